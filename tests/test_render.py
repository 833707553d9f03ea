"""The text as HTML, by our own drawing; displaCy's styles have tests of their own."""

import html
import re

import pytest

import quoteattr
from quoteattr import extract, render

TEXT = "“Stay < here,” said Ann Lee.\n\n“Gone & lost,” somebody wrote. “Who?” asked Bob Kay."


def test_a_quote_is_marked_in_the_text_and_says_who_and_why():
    page = render(TEXT, extract(TEXT))
    assert "<mark" in page
    assert 'title="Ann Lee (direct, tail.verb-subject &gt; name.full)">Stay &lt; here,</mark>” said Ann Lee.' in page


def test_one_speaker_has_one_colour_and_two_have_two():
    text = "“We won,” said Ann Lee. “They lost,” said Bob Kay. “We sang,” said Ann Lee."
    colours = [piece.split(";")[0].split('"')[0] for piece in render(text, extract(text)).split("background: ")[1:]]
    assert colours[0] == colours[2] != colours[1]


def test_the_text_is_whole():
    page = render(TEXT, extract(TEXT))
    assert html.unescape(re.sub(r"<[^>]*>", "", page)) == TEXT


def test_quotes_show_themselves_in_a_notebook():
    quotes = extract(TEXT)
    assert quotes._repr_html_() == render(TEXT, quotes)
    assert "nothing said" in extract("nothing said")._repr_html_()


def test_quotes_of_another_text_and_another_style_are_refused():
    with pytest.raises(quoteattr.QuoteattrError, match="not of this text"):
        render("Other words.", extract(TEXT))
    with pytest.raises(quoteattr.QuoteattrError, match="style is one of"):
        render(TEXT, extract(TEXT), style="bold")
