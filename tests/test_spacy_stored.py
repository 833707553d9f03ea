"""Quotes on a Doc, and the component in a pipeline, survive every way in which spaCy stores, moves and cuts them.

The texts are our own examples, and real articles where QUOTEATTR_SHARED names the folder of annotated texts.  The
pipelines are a blank one, and the one that QUOTEATTR_SPACY names.  What is stored is read in another process.
"""

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

import quoteattr

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("QUOTEATTR_SHARED", ROOT.parent / "shared"))
KINDS = ["direct", "mixed", "indirect"]
TEXT = "Ann Lee left on Monday.“We won,” said the minister. “Prices will rise,” Bob Smith told Ms Lee."
ODD = ["", " ", "\n", "No quotation.", "“", "“𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𝔴𝔬𝔫,” said Zoë Ñandú.\r\n\f\r\n“We lost,” she said."]
HOWS = ("bytes", "pickle", "copy", "docbin")


def articles():
    """Our examples, the news articles, and a document from each of up to four genres of every corpus."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.txt"))]
    texts += [path.read_text(encoding="utf-8") for path in sorted((SHARED / "seeds").glob("*.txt"))]
    for path in sorted((SHARED / "corpora").glob("*.jsonl")):
        genres = {}
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                document = json.loads(line)
                genres.setdefault(document.get("genre"), document["text"])
        texts += [*genres.values()][:4]
    return texts


@pytest.fixture(scope="module", params=["blank", "trained"])
def nlp(request):
    if request.param == "blank":
        loaded = spacy.blank("en")
    elif not os.environ.get("QUOTEATTR_SPACY"):
        pytest.skip("QUOTEATTR_SPACY names no pipeline")
    else:
        loaded = spacy.load(os.environ["QUOTEATTR_SPACY"])
    people = [{"name": "Ann Lee", "id": "Q1", "roles": ["minister"]}]
    loaded.add_pipe("quoteattr", config={"kinds": KINDS, "people": people, "aliases": {"the Boss": "Ann Lee"}})
    return loaded


@pytest.fixture(scope="module")
def docs(nlp):
    return list(nlp.pipe([TEXT, *ODD, *articles()]))


def groups(doc):
    return {
        key: [(span.start, span.end, span.label_) for span in group]
        for key, group in doc.spans.items()
        if key.startswith("quoteattr")
    }


def dumped(doc):
    """All of a Doc's quotes, comparable between processes."""
    return json.dumps([repr(doc._.quotes.items), [repr(s.mentions) for s in doc._.quotes.speakers], groups(doc)])


def stored(doc, how, vocab):
    if how == "bytes":
        return Doc(vocab).from_bytes(doc.to_bytes())
    if how == "pickle":
        return pickle.loads(pickle.dumps(doc))
    if how == "copy":
        return doc.copy()
    packed = DocBin(store_user_data=True)
    packed.add(doc)
    return next(iter(DocBin().from_bytes(packed.to_bytes()).get_docs(vocab)))


def test_there_is_something_to_store(docs):
    assert sum(len(doc._.quotes) for doc in docs) > 5
    assert all(
        set(groups(doc)) == {"quoteattr", "quoteattr:cue", "quoteattr:mention", "quoteattr:speaker"} for doc in docs
    )


def test_the_quotes_are_those_of_extract(nlp, docs):
    config = nlp.get_pipe("quoteattr").extractor.config
    for doc in docs:
        assert doc._.quotes == quoteattr.extract(doc, kinds=KINDS, config=config)
        assert doc._.quotes.text == doc.text


@pytest.mark.parametrize("how", HOWS)
def test_a_stored_doc_keeps_its_quotes(docs, how):
    for doc in docs:
        again = stored(doc, how, Vocab())
        assert again._.quotes == doc._.quotes
        assert groups(again) == groups(doc)


READ = """
import sys
from pathlib import Path
import pickle
import spacy
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab
folder = Path(sys.argv[1])
nlp = spacy.load(folder / "pipeline")
sys.path.insert(0, sys.argv[2])
from test_spacy_stored import dumped
for name in sorted(path.name for path in folder.glob("*.doc")):
    print(dumped(Doc(nlp.vocab).from_bytes((folder / name).read_bytes())))
for doc in DocBin().from_disk(folder / "all.spacy").get_docs(Vocab()):
    print(dumped(doc))
for doc in pickle.loads((folder / "all.pickle").read_bytes()):
    print(dumped(doc))
again = pickle.loads((folder / "nlp.pickle").read_bytes())
for doc in DocBin().from_disk(folder / "all.spacy").get_docs(nlp.vocab):
    print(dumped(nlp(doc.text)))
    print(dumped(again(doc.text)))
"""


def test_another_process_reads_what_this_one_stored(nlp, docs, tmp_path):
    """`nlp.to_disk`, `Doc.to_bytes`, `DocBin` and pickles; and the pipeline there finds the same again."""
    nlp.to_disk(tmp_path / "pipeline")
    for number, doc in enumerate(docs):
        (tmp_path / f"{number:03}.doc").write_bytes(doc.to_bytes())
    DocBin(docs=docs, store_user_data=True).to_disk(tmp_path / "all.spacy")
    (tmp_path / "all.pickle").write_bytes(pickle.dumps(docs))
    (tmp_path / "nlp.pickle").write_bytes(pickle.dumps(nlp))
    done = subprocess.run(
        [sys.executable, "-c", READ, tmp_path, Path(__file__).parent],
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    expected = [dumped(doc) for doc in docs]
    assert done.stdout.splitlines() == expected * 3 + [line for line in expected for _ in range(2)]


def test_several_processes_give_the_same(nlp, docs):
    texts = [doc.text for doc in docs]
    assert [dumped(doc) for doc in nlp.pipe(texts, n_process=2, batch_size=4)] == [dumped(doc) for doc in docs]


def test_pipe_keeps_what_goes_with_a_text(nlp):
    ((doc, number),) = nlp.pipe([(TEXT, 7)], as_tuples=True)
    assert (len(doc._.quotes), number) == (2, 7)


# ---------------------------------------------------------------- put together, cut, merged


def moved(quotes, by):
    return [(quote.start + by, quote.end + by, str(quote.speaker), quote.rule) for quote in quotes]


def test_docs_put_together_keep_their_quotes(docs):
    some = [doc for doc in docs if doc.text.strip()][:8]
    joined = Doc.from_docs(some)
    expected, at = [], 0
    for doc in some:
        at = joined.text.index(doc.text, at)
        expected += moved(doc._.quotes, at)
        at += len(doc.text)
    assert moved(joined._.quotes, 0) == expected
    for quote in joined._.quotes:
        assert quote.text == " ".join(joined.text[span.start : span.end] for span in quote.spans)
        if quote.parent is not None:
            outer = joined._.quotes[quote.parent]
            assert outer.start <= quote.start
            assert quote.end <= outer.end
    for speaker in joined._.quotes.speakers:
        for mention in speaker.mentions:
            assert joined.text[mention.start : mention.end] == mention.text


def test_a_piece_that_is_cut_out_has_the_quotes_that_are_whole_in_it():
    blank = spacy.blank("en")
    blank.add_pipe("quoteattr")
    doc = blank(TEXT)
    first = next(token.i for token in doc if token.text == "Prices") - 1
    for copied, kept in ((True, ["Prices will rise,"]), (False, [])):
        piece = doc[first:].as_doc(copy_user_data=copied)
        assert [quote.text for quote in piece._.quotes] == kept
        for quote in piece._.quotes:
            assert piece.text[quote.start : quote.end] == quote.text
            assert piece.text[quote.mention.start : quote.mention.end] == "Bob Smith"
            assert quote.addressee.name == "Ann Lee"
    assert [quote.text for quote in doc[:first].as_doc(copy_user_data=True)._.quotes] == ["We won,"]


def test_tokens_may_be_merged_and_split_afterwards():
    blank = spacy.blank("en")
    blank.add_pipe("quoteattr")
    doc = blank(TEXT)
    before = doc._.quotes
    with doc.retokenize() as retokenizer:
        retokenizer.merge(doc[0:2])
    assert doc._.quotes == before


# ---------------------------------------------------------------- the pipeline's settings


@pytest.mark.parametrize("how", ["disk", "bytes", "pickle", "config", "source"])
def test_a_stored_pipeline_keeps_its_settings(tmp_path, how):
    blank = spacy.blank("en")
    config = {"kinds": ["indirect"], "spans_key": "said", "aliases": {"the Boss": "Ann Lee"}, "attitudes": True}
    blank.add_pipe("quoteattr", config=config)
    if how == "disk":
        blank.to_disk(tmp_path)
        again = spacy.load(tmp_path)
    elif how == "bytes":
        again = type(blank).from_config(blank.config).from_bytes(blank.to_bytes())
    elif how == "pickle":
        again = pickle.loads(pickle.dumps(blank))
    elif how == "config":
        again = type(blank).from_config(json.loads(json.dumps(blank.config)))
    else:
        again = spacy.blank("en")
        again.add_pipe("quoteattr", source=blank)
    one, other = blank.get_pipe("quoteattr"), again.get_pipe("quoteattr")
    assert (one.kinds, one.spans_key, one.extractor.config) == (other.kinds, other.spans_key, other.extractor.config)


def test_settings_may_be_changed_when_a_pipeline_is_loaded(tmp_path):
    blank = spacy.blank("en")
    blank.add_pipe("quoteattr", config={"kinds": ["direct"]})
    blank.to_disk(tmp_path)
    again = spacy.load(tmp_path, config={"components": {"quoteattr": {"kinds": ["indirect"]}}})
    assert again.get_pipe("quoteattr").kinds == ["indirect"]
    assert len(spacy.load(tmp_path, exclude=["quoteattr"])(TEXT).spans) == 0


# ---------------------------------------------------------------- spaCy's commands


def command(*words):
    done = subprocess.run(
        [sys.executable, "-m", "spacy", *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_commands_of_spacy_know_the_component(tmp_path):
    """Without an import of quoteattr: spaCy finds it by the entry point."""
    blank = spacy.blank("en")
    blank.add_pipe("quoteattr", config={"kinds": ["indirect"]})
    blank.to_disk(tmp_path / "one")
    # older ones ask the network about a folder, and do not find their own default logger
    if tuple(map(int, spacy.__version__.split(".")[:2])) >= (3, 8):
        assert "quoteattr" in command("info", tmp_path / "one")
        options = ["--paths.train", "x", "--paths.dev", "x"]
        assert "Config is valid" in command("debug", "config", tmp_path / "one" / "config.cfg", *options)
    command("assemble", tmp_path / "one" / "config.cfg", tmp_path / "two")
    assert spacy.load(tmp_path / "two").get_pipe("quoteattr").kinds == ["indirect"]
    command("init", "fill-config", tmp_path / "one" / "config.cfg", tmp_path / "full.cfg")
    assert 'factory = "quoteattr"' in (tmp_path / "full.cfg").read_text(encoding="utf-8")
