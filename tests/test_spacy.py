"""The spaCy component.

Tests with a real pipeline run when the environment variable QUOTEATTR_SPACY names one: a package, or a folder.
"""

import json
import os
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from test_cases import ALL, check_case

import quoteattr
from quoteattr import errors
from quoteattr.integrations import spacy as integration

ROOT = Path(__file__).parent.parent
TEXT = "Ann Lee left on Monday.“We won,” said the minister. “Prices will rise,” Bob Smith told Ms Lee."
REAL = os.environ.get("QUOTEATTR_SPACY")
real = pytest.mark.skipif(not REAL, reason="QUOTEATTR_SPACY names no pipeline")


@pytest.fixture
def nlp():
    blank = spacy.blank("en")
    blank.add_pipe("quoteattr")
    return blank


def key(quotes):
    return [(q.spans, q.speaker, q.mention, q.cue, q.kind, q.clause, q.addressee, q.parent, q.rule) for q in quotes]


# ---------------------------------------------------------------- the component


def test_the_entry_point_is_declared():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    target = project.partition("spacy_factories]\nquoteattr = ")[2].partition("\n")[0].strip('"')
    module, _, name = target.partition(":")
    assert (module, getattr(integration, name)) == (integration.__name__, integration.create_quoteattr)


def test_a_blank_pipeline_gives_what_the_text_gives(nlp):
    doc = nlp(TEXT)
    assert key(doc._.quotes) == key(quoteattr.extract(TEXT))
    assert doc._.quotes == quoteattr.extract(TEXT)


def test_a_doc_that_the_component_never_saw_has_no_quotes():
    assert len(spacy.blank("en")(TEXT)._.quotes) == 0


def test_nothing_else_is_overwritten(nlp):
    doc = nlp.make_doc(TEXT)
    doc.ents = [Span(doc, 0, 2, label="PERSON")]
    doc.spans["mine"] = [doc[0:1]]
    doc.user_data["mine"] = 1
    nlp.get_pipe("quoteattr")(doc)
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Ann Lee", "PERSON")]
    assert doc.spans["mine"][0].text == "Ann"
    assert doc.user_data["mine"] == 1


def test_the_spans_cover_the_characters(nlp):
    doc = nlp(TEXT)
    quotes = doc._.quotes
    pieces = [(span, quote.kind) for quote in quotes for span in quote.spans]
    assert len(doc.spans["quoteattr"]) == len(pieces)
    for found, (span, kind) in zip(doc.spans["quoteattr"], pieces, strict=True):
        assert found.start_char <= span.start
        assert span.end <= found.end_char
        assert found.label_ == kind
    assert [span.text for span in doc.spans["quoteattr:cue"]] == ["said", "told"]
    assert [span.text for span in doc.spans["quoteattr:mention"]] == ["the minister", "Bob Smith"]
    assert {span.label_ for span in doc.spans["quoteattr:speaker"]} == {str(one) for one in quotes.speakers}


@pytest.mark.parametrize("words", [[TEXT], TEXT.split(" "), list(TEXT)])
def test_a_mark_glued_to_a_token_loses_nothing(nlp, words):
    spaces = [i + 1 < len(words) and len(words) != len(TEXT) for i in range(len(words))]
    doc = nlp.get_pipe("quoteattr")(Doc(nlp.vocab, words=words, spaces=spaces))
    assert doc.text == TEXT
    assert key(doc._.quotes) == key(quoteattr.extract(TEXT))
    assert len(doc.spans["quoteattr"]) == 2


def test_settings_are_json_and_reach_the_rules():
    blank = spacy.blank("en")
    config = {
        "kinds": ["direct", "mixed", "indirect"],
        "cues": ["opine"],
        "people": [{"name": "Ann Lee", "id": "Q1"}],
        "aliases": {"the Boss": "Ann Lee"},
    }
    blank.add_pipe("quoteattr", config=json.loads(json.dumps(config)))
    doc = blank("“We won,” opined Ann Lee. Bob Smith said that prices would rise.")
    assert [(quote.speaker.id, quote.kind) for quote in doc._.quotes] == [("Q1", "direct"), (None, "indirect")]
    assert doc._.quotes == quoteattr.extract(
        doc.text,
        kinds=config["kinds"],
        config=quoteattr.Config(cues=["opine"], people=config["people"], aliases=config["aliases"]),
    )


def test_a_wrong_setting_is_told_at_once():
    blank = spacy.blank("en")
    with pytest.raises(errors.UsageError, match="kinds are"):
        blank.add_pipe("quoteattr", config={"kinds": ["reported"]})


def test_the_pipeline_is_analysed(nlp):
    analysis = nlp.analyze_pipes()
    assert analysis["problems"] == {"quoteattr": []}
    assert "doc._.quotes" in analysis["summary"]["quoteattr"]["assigns"]
    assert Language.get_factory_meta("quoteattr").default_config["spans_key"] == "quoteattr"


def test_two_components_keep_their_spans_apart():
    blank = spacy.blank("en")
    blank.add_pipe("quoteattr")
    blank.add_pipe("quoteattr", name="reports", config={"kinds": ["indirect"], "spans_key": "reports"})
    doc = blank("“We won,” said Ann Lee. Bob Smith said that prices would rise.")
    assert [span.label_ for span in doc.spans["quoteattr"]] == ["direct"]
    assert [span.label_ for span in doc.spans["reports"]] == ["indirect"]


# ---------------------------------------------------------------- a real pipeline


@pytest.fixture(scope="module")
def trained():
    loaded = spacy.load(REAL)
    loaded.add_pipe("quoteattr", config={"kinds": ["direct", "mixed", "indirect"]})
    return loaded


@real
def test_a_real_pipeline_keeps_every_offset(trained):
    doc = trained(TEXT)
    assert doc._.quotes.text == TEXT
    for quote in doc._.quotes:
        assert quote.text == " ".join(TEXT[span.start : span.end] for span in quote.spans)
    assert [quote.speaker.name for quote in doc._.quotes][-1] == "Bob Smith"


# ---------------------------------------------------------------- the cases, read through a real pipeline


# what the small pipeline's own mistakes change
DIFFERS = {
    "clause: somebody told, far before the clause": "a noun before “house” is tagged as a verb",
    "fiction: two first names side by side are two persons": "two persons are one entity",
    "reach: quarrelled over whether": "the cue is tagged as a noun",
    "reach: worry among": "the noun of saying is tagged as a verb",
}


@pytest.fixture(scope="module")
def plain_trained():
    return spacy.load(REAL)


@real
@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case.name,
            marks=[pytest.mark.xfail(reason=DIFFERS[case.name], strict=True)] if case.name in DIFFERS else [],
        )
        for case in ALL
        if not case.fails
    ],
)
def test_the_cases_hold_with_a_real_pipeline(case, plain_trained):
    check_case(case, quoteattr.extract(plain_trained(case.text), kinds=case.kinds))
