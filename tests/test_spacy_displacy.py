"""Quotes as HTML: our own marks, displaCy's styles, and the plain data that displaCy takes."""

import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
import spacy
from spacy import displacy

import quoteattr
from quoteattr import Config, errors, extract, render
from quoteattr.rendering import STYLES, to_displacy

TEXT = (
    "Ann Lee, a <farmer> & miller, rose.\n\n“Bob told me: ‘Stay at home,’” Ann Lee said. “We <b>won</b>,” she added.\f"
    "“We lost the vote.”"
)
QUOTES = extract(TEXT)


class Page(HTMLParser):
    """What a browser would show, and whether every tag is closed in its turn."""

    def __init__(self, html):
        super().__init__()
        self.shown, self.open, self.tags = "", [], []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag != "br":
            assert self.open.pop() == tag

    def handle_data(self, data):
        self.shown += data


def words(text):
    return " ".join(text.split())


def test_the_marks_change_no_character():
    page = Page(render(TEXT, QUOTES))
    assert page.shown == TEXT
    titles = [attrs["title"] for tag, attrs in page.tags if tag == "mark"]
    assert [title.split(" (")[0] for title in titles] == ["Ann Lee", "Ann Lee", "unknown"]


@pytest.mark.parametrize("style", STYLES)
def test_html_of_every_style_is_well_formed_and_shows_the_words(style):
    page = Page(render(TEXT, QUOTES, style=style))
    assert "b" not in {tag for tag, _ in page.tags}
    for word in ("<farmer>", "&", "home", "<b>won</b>"):
        assert word in page.shown


@pytest.mark.parametrize("style", ["span", "ent"])
def test_displacy_shows_who_speaks(style):
    html = render(TEXT, QUOTES, style=style)
    shown = words(Page(html).shown)
    assert "Ann Lee" in shown.replace("Ann Lee, a", "")
    assert shown.count("unknown") == 1
    colours = set(re.findall(r"hsl\(\d+, 80%, 88%\)", html))
    assert len(colours) == (3 if style == "span" else 2)  # Bob stands inside another quotation


def test_two_speakers_have_two_colours():
    names = ["Ann Lee", "Bob Kay", "Cy Hall", "Di Moss", "Ed Nash"]
    text = " ".join(f"“We won,” said {name}." for name in names)
    colours = re.findall(r"background: (hsl[^)]*\))", render(text, extract(text)))
    assert len(set(colours)) == len(names)


def test_the_plain_data_is_what_displacy_takes():
    for style in ("span", "ent"):
        shown = json.loads(json.dumps(to_displacy(TEXT, QUOTES, style=style)))
        assert words(Page(displacy.render(shown, style=style, manual=True, jupyter=False)).shown)
        page = displacy.render([shown, shown], style=style, manual=True, jupyter=False, page=True)
        assert page.count("<figure") == 2


def test_spans_cover_what_they_are_named_after():
    shown = to_displacy(TEXT, QUOTES)
    found = [(" ".join(shown["tokens"][s["start_token"] : s["end_token"]]), s["label"]) for s in shown["spans"]]
    assert found == [
        ("Bob told me : ‘ Stay at home, ’".replace(" :", ":"), "Ann Lee"),
        ("Bob", "source"),
        ("told", "cue"),
        ("Stay at home,", "Bob"),
        ("Ann Lee", "source"),
        ("said", "cue"),
        ("We <b>won</b>,", "Ann Lee"),
        ("she", "source"),
        ("added", "cue"),
        ("We lost the vote.", "unknown"),
    ]
    assert "".join(shown["tokens"]) == "".join(TEXT.split())


def test_a_doc_gives_its_own_tokens():
    doc = spacy.blank("en")(TEXT)
    shown = to_displacy(doc, extract(doc))
    assert shown["tokens"] == [token.text for token in doc]
    for span, quote in zip([s for s in shown["spans"] if s["label"] == "unknown"], QUOTES[-1:], strict=True):
        covered = doc[span["start_token"] : span["end_token"]]
        assert covered.start_char <= quote.start
        assert quote.end <= covered.end_char
    for style in STYLES:
        assert Page(render(doc, extract(doc), style=style)).shown


def test_entities_do_not_overlap_and_stand_in_order():
    ents = to_displacy(TEXT, QUOTES, style="ent")["ents"]
    assert [TEXT[ent["start"] : ent["end"]] for ent in ents] == [
        "Bob told me: ‘Stay at home,’",
        "We <b>won</b>,",
        "We lost the vote.",
    ]
    for one, two in pairwise(ents):
        assert one["end"] <= two["start"]


def test_the_groups_of_the_component_are_shown_too():
    nlp = spacy.blank("en")
    nlp.add_pipe("quoteattr")
    doc = nlp(TEXT.replace("<b>", "").replace("</b>", ""))  # before spaCy 3.7 displaCy itself escapes no words
    for key in ("quoteattr", "quoteattr:cue", "quoteattr:mention", "quoteattr:speaker"):
        html = displacy.render(doc, style="span", jupyter=False, options={"spans_key": key})
        assert Page(html).shown
        for span in doc.spans[key]:
            assert span.label_ in html


def test_a_name_is_text_and_no_tag():
    text = "“We won,” said the Boss."
    quotes = extract(text, config=Config(aliases={"the Boss": "Ann <i>Lee</i>"}))
    for style in STYLES:
        page = Page(render(text, quotes, style=style))
        assert "i" not in {tag for tag, _ in page.tags}
    assert quotes[0].speaker.name == "Ann <i>Lee</i>"


@pytest.mark.parametrize("style", STYLES)
def test_quotes_of_another_text_are_refused(style):
    for other in (TEXT + " ", TEXT[1:], "", "“We won,” said Bob Kay."):
        with pytest.raises(errors.UsageError, match="not of this text"):
            render(other, QUOTES, style=style)
    for other in (TEXT[1:], "", "“We won,” said Bob Kay."):
        with pytest.raises(errors.UsageError, match="not of this text"):
            render(other, list(QUOTES)[:1], style=style)
    assert render(TEXT, list(QUOTES)[:1], style=style)
    assert render(TEXT, [], style=style)


def test_no_text_at_all():
    for style in STYLES:
        assert Page(render("", extract(""), style=style)).shown.strip() == ""


@pytest.mark.parametrize("style", ["dep", "", None])
def test_another_style_is_refused(style):
    with pytest.raises(errors.UsageError, match="style"):
        render(TEXT, QUOTES, style=style)
    with pytest.raises(errors.UsageError, match="style"):
        to_displacy(TEXT, QUOTES, style=style)


def test_what_is_no_text_is_refused():
    with pytest.raises(errors.TextTypeError, match="decode"):
        render(b"x", [])


def test_quotes_of_some_kinds_alone():
    text = "Ann Lee said that they had won. “We won,” she added."
    quotes = quoteattr.extract(text, kinds=["indirect"])
    assert [ent["label"] for ent in to_displacy(text, quotes, style="ent")["ents"]] == ["Ann Lee"]
