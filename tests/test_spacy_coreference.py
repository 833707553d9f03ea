"""Clusters that other components left on a Doc: `Config(coreference="doc")`.

The attributes are made by hand, in the published forms of fastcoref, coreferee and spaCy's experimental components.
In the texts a place of the first cluster is written [so], one of the second {so}.
"""

import re
from types import SimpleNamespace

import pytest
import spacy
from spacy.tokens import Doc

import quoteattr
from quoteattr import Config, errors
from quoteattr.coreference import CLUSTER_RULES
from quoteattr.coreference.clusters import ClusterRule

USED = Config(coreference="doc")
NLP = spacy.blank("en")
FORMS = ("fastcoref", "coreferee", "experimental", "heads")


@pytest.fixture(autouse=True)
def attributes():
    """What the components register when they are built."""
    for name in ("coref_clusters", "coref_chains"):
        Doc.set_extension(name, default=None)
    yield
    for name in ("coref_clusters", "coref_chains"):
        Doc.remove_extension(name)


def made(written, form="experimental"):
    """A Doc of a text without its brackets, with what stood in brackets as its clusters."""
    places, text = {"[": [], "{": []}, ""
    for part in re.split(r"([\[{][^\]}]*[\]}])", written):
        if part[:1] in places:
            places[part[0]].append((len(text), len(text) + len(part) - 2))
            part = part[1:-1]
        text += part
    clusters = [cluster for cluster in places.values() if cluster]
    doc = NLP(text)
    spans = [[doc.char_span(*place, alignment_mode="expand") for place in cluster] for cluster in clusters]
    if form == "fastcoref":
        doc._.coref_clusters = clusters
    elif form == "experimental":
        for number, group in enumerate(spans, 1):
            doc.spans[f"coref_clusters_{number}"] = group
    elif form == "heads":
        for number, group in enumerate(spans, 1):
            doc.spans[f"coref_head_clusters_{number}"] = [doc[head(span) : head(span) + 1] for span in group]
    else:
        doc._.coref_chains = [[SimpleNamespace(token_indexes=[head(span)]) for span in group] for group in spans]
    return doc


def head(span):
    """The last word, without a possessive mark."""
    words = [token.i for token in span if token.text not in ("'s", "’s")]
    return words[-1]


def speakers(doc, config=USED):
    quotes = quoteattr.extract(doc, config=config)
    return [quote.speaker and quote.speaker.name for quote in quotes]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("rule", CLUSTER_RULES, ids=lambda rule: rule.name)
def test_a_rule_decides_its_own_example_alone(rule: ClusterRule, form):
    def deciding(written):
        quotes = quoteattr.extract(made(written, form), config=USED)
        return {name for quote in quotes for name in quote.rule.split(" > ")}

    assert rule.name in deciding(rule.fires_on)
    assert rule.name not in deciding(rule.silent_on)


@pytest.mark.parametrize("form", FORMS)
def test_every_published_form_says_the_same(form):
    written = "Ann Lee met [Mary Jones]. “We won,” [she] said. {Bob Smith} left. “We lost,” {the farmer} said."
    doc = made(written, form)
    assert speakers(doc) == ["Mary Jones", "Bob Smith"]
    assert speakers(doc, Config()) == ["Ann Lee", "the farmer"]
    quote = quoteattr.extract(doc, config=USED)[0]
    assert quote.rule == "tail.subject-verb > pronoun.cluster"
    assert 0 < quote.confidence < 1
    assert quote.mention.kind == "pronoun"


@pytest.mark.parametrize(
    ("written", "who"),
    [
        # names with what stands around them
        ("Ann Lee met [Iranian minister Mary Jones, a farmer]. “We won,” [she] said.", "Mary Jones"),
        ("Ann Lee met [Mary Jones of Acme]. “We won,” [she] said.", "Mary Jones"),
        ("Ann Lee met [Mary Jones’s] son. “We won,” [she] said.", "Mary Jones"),
        ("Tom Kay saw [his old friend Bob Lee]. “We won,” [he] said.", "Bob Lee"),
        # a name in a place that means somebody else
        ("[Mary Jones’s son] met Ann Lee. “We won,” [he] said.", None),
        ("[Mary Jones and Ann Lee] met Bob Kay. “We won,” [he] said.", None),
        ("[The son of Bob Kay] met Tom Lee. “We won,” [he] said.", None),
        # the description is found by all its words, by their beginning, and by the head
        ("Ann Lee met [Mary Jones]. “We won,” [the tired minister] said.", "Mary Jones"),
        ("Ann Lee met [Mary Jones]. “We won,” said [the minister of energy].", "Mary Jones"),
        ("Ann Lee met [Mary Jones]. “We won,” the [minister] said.", "Mary Jones"),
        # several, or none
        ("[Ann Lee] met [Mary Jones]. “We won,” [she] said.", None),
        ("[Ann Lee] met {Mary Jones}. “We won,” [the minister] said.", "Ann Lee"),
        ("Ann Lee met Mary Jones. [A friend] came. “We won,” [she] said.", None),
        # what no cluster holds is read as always
        ("[Ann Lee] met Bob Kay. “We won,” he said. [She] left.", "Bob Kay"),
        # names stay what they are
        ("Ann Lee met [Mary Jones]. “We won,” [Lee] said.", "Ann Lee"),
        # a gender that the text tells against the cluster
        ("[Mrs Ann Lee] met Bob Kay. “We won,” [he] said.", None),
    ],
)
def test_whom_a_cluster_names(written, who):
    assert speakers(made(written)) == [who]


def test_an_undecided_cluster_says_why():
    (quote,) = quoteattr.extract(made("[Ann Lee] met [Mary Jones]. “We won,” [she] said."), config=USED)
    assert quote.rule == "tail.subject-verb > pronoun.unresolved"
    assert quote.reason == "the Doc has “she” in a cluster with Ann Lee and Mary Jones"
    (quote,) = quoteattr.extract(made("Ann Lee met Mary Jones. [A friend] came. “We won,” [she] said."), config=USED)
    assert quote.reason == "the Doc has “she” in a cluster with nobody who is named"


def test_an_unnamed_source_is_one_within_its_cluster():
    doc = made("“We won,” said [an official]. Ann Lee left. “We lost,” [she] said. “Good,” said [the adviser].")
    assert speakers(doc) == ["an official"] * 3
    assert len(quoteattr.extract(doc, config=USED).speakers) == 1


def test_a_cluster_does_not_cross_documents():
    assert speakers(made("[Ann Lee] came.\f“We won,” [she] said.")) == [None]


def test_coreferees_plural_mentions_are_left_out():
    doc = made("Ann Lee met Bob Kay. “We won,” [she] said.", "coreferee")
    doc._.coref_chains[0].insert(0, SimpleNamespace(token_indexes=[1, 4]))
    assert speakers(doc) == [None]


def test_spans_that_were_resolved_go_before_their_heads():
    doc = made("Ann Lee met [Mary Jones]. “We won,” [she] said.", "experimental")
    doc.spans["coref_head_clusters_1"] = [doc[1:2], doc[10:11]]
    assert speakers(doc) == ["Mary Jones"]


@pytest.mark.parametrize("empty", [None, []])
def test_without_clusters_the_own_rules_decide(empty):
    doc = NLP("Ann Lee left. “We won,” she said.")
    doc._.coref_clusters = empty
    assert list(quoteattr.extract(doc, config=USED)) == list(quoteattr.extract(doc.text))


def test_without_being_asked_for_no_cluster_is_read():
    doc = made("Ann Lee met [Mary Jones]. “We won,” [she] said.")
    assert speakers(doc, Config()) == ["Ann Lee"]
    assert speakers(doc, Config(coreference="none")) == [None]


def test_a_string_has_no_clusters():
    with pytest.raises(errors.TextTypeError, match="spaCy Doc"):
        quoteattr.extract("“We won,” she said.", config=USED)
    for workers in (1, 2):
        good = made("Ann Lee met [Mary Jones]. “We won,” [she] said.")
        bad, answer = quoteattr.extract_many(["“We won.”", good], config=USED, workers=workers)
        assert isinstance(bad, errors.ExtractionError)
        assert answer[0].speaker.name == "Mary Jones"


@pytest.mark.parametrize("odd", ["x", [1], [[1, 2]], [[(5, 2)]], [[(0, 10_000)]], [[("a", "b")]], 7])
def test_an_attribute_of_another_form_is_told(odd):
    doc = NLP("Ann Lee left. “We won,” she said.")
    doc._.coref_clusters = odd
    with pytest.raises(errors.UsageError, match="fastcoref"):
        quoteattr.extract(doc, config=USED)
    doc._.coref_clusters = None
    doc._.coref_chains = [["x"]]
    with pytest.raises(errors.UsageError, match="coreferee"):
        quoteattr.extract(doc, config=USED)
    assert speakers(doc, Config()) == ["Ann Lee"]


def test_explain_tells_the_cluster():
    doc = made("Ann Lee met [Mary Jones]. “We won,” [she] said.")
    quote = quoteattr.extract(doc, config=USED)[0]
    assert "in a cluster with Mary Jones" in str(quoteattr.explain(doc, quote, config=USED))


def test_the_component_takes_it_as_a_setting():
    nlp = spacy.blank("en")
    component = nlp.add_pipe("quoteattr", config={"coreference": "doc"})
    doc = component(made("Ann Lee met [Mary Jones]. “We won,” [she] said."))
    assert [quote.speaker.name for quote in doc._.quotes] == ["Mary Jones"]
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.quotes == doc._.quotes
    assert again._.quotes.config.coreference == "doc"


def test_indirect_speech_too():
    doc = made("Ann Lee met [Mary Jones]. [She] said that prices rose.")
    quotes = quoteattr.extract(doc, kinds=["indirect"], config=USED)
    assert [(quote.speaker.name, quote.text) for quote in quotes] == [("Mary Jones", "prices rose")]
