"""Quotes → HTML, and the plain data that displaCy draws.

`render` draws by itself, or by displaCy.  What displaCy is given, `to_displacy` returns: for more than one text on a
page, options of your own, or a server,

    displacy.serve(to_displacy(text, quotes), style="span", manual=True)
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from itertools import pairwise
from typing import Any, Literal

from quoteattr.errors import UsageError
from quoteattr.model import Doc, Quote, Quotes
from quoteattr.pipeline import read_text

Style = Literal["mark", "span", "ent"]
STYLES: tuple[Style, ...] = ("mark", "span", "ent")

UNKNOWN = "unknown"
"""What a quote without a speaker is labelled."""
MENTION, CUE = "source", "cue"
_GREY = {MENTION: "#ddd", CUE: "#eee"}
_WORD = re.compile(r"\S+")

_PAGE = """<div class="quoteattr" style="white-space: pre-wrap; line-height: 1.7">
{%- for piece in pieces -%}
{%- if piece.colour -%}
<mark style="background: {{ piece.colour }}" title="{{ piece.title }}">{{ piece.text }}</mark>
{%- else -%}{{ piece.text }}{%- endif -%}
{%- endfor -%}
</div>"""


def render(text_or_doc: str | Doc, quotes: Sequence[Quote], *, style: Style = "mark") -> str:
    """Return the text as HTML with its quotes, coloured by speaker.

    "mark" marks the quotes, and the title of each says who and why.  "span" and "ent" are displaCy's styles: "span"
    shows what stands inside another as well, and the words that name the source and report; "ent" the quotes alone.
    Raises `UsageError` for another style, and for quotes of another text.

    >>> from quoteattr import extract
    >>> text = "“We won,” said Ann Lee."
    >>> 'title="Ann Lee' in render(text, extract(text))
    True
    """
    if style not in STYLES:
        raise UsageError(f"style is one of {', '.join(STYLES)}; not {style!r}")
    if style == "mark":
        return _render_marks(_text_of(text_or_doc, quotes), quotes)
    from spacy import displacy

    shown = to_displacy(text_or_doc, quotes, style=style)
    if style == "span" and not _escapes():
        for token in {n for one in shown["spans"] for n in range(one["start_token"], one["end_token"])}:
            shown["tokens"][token] = escape(shown["tokens"][token])
    for one in shown.get("spans") or shown.get("ents") or ():
        one["label"] = escape(one["label"])  # displaCy writes labels as they are
    options = {"colors": {**{escape(who): colour for who, colour in _colours(quotes).items()}, **_GREY}}
    return displacy.render(shown, style=style, manual=True, jupyter=False, options=options)


def to_displacy(
    text_or_doc: str | Doc, quotes: Sequence[Quote], *, style: Literal["span", "ent"] = "span"
) -> dict[str, Any]:
    """Return what `displacy.render(..., manual=True)` takes for a style; each quote is labelled with its speaker.

    For "span" it holds "text", "tokens" and "spans" with half-open places among the tokens: those of the Doc, of
    which a span covers all that it touches; of a string the pieces between white space and the ends of spans.
    The spans are the quotes, those inside others too, and the words that name a source ("source") and
    report ("cue").  For "ent" it holds "text", "title" and "ents" with half-open code points: the quotes that
    stand in no other.  Raises `UsageError` for another style, and for quotes of another text.

    >>> from quoteattr import extract
    >>> text = "“We won,” said Ann Lee."
    >>> to_displacy(text, extract(text), style="ent")["ents"]
    [{'start': 1, 'end': 8, 'label': 'Ann Lee'}]
    >>> shown = to_displacy(text, extract(text))
    >>> [(" ".join(shown["tokens"][s["start_token"]:s["end_token"]]), s["label"]) for s in shown["spans"]]
    [('We won,', 'Ann Lee'), ('said', 'cue'), ('Ann Lee', 'source')]
    """
    text = _text_of(text_or_doc, quotes)
    if style == "ent":
        ents = [{"start": start, "end": end, "label": _label(quote)} for start, end, quote in _outer(quotes)]
        return {"text": text, "ents": ents, "title": None}
    if style != "span":
        raise UsageError(f"displaCy shows quotes in the styles span and ent; not {style!r}")
    places = [(span.start, span.end, _label(quote)) for quote in quotes for span in quote.spans]
    places += [(one.start, one.end, MENTION) for quote in quotes if (one := quote.mention) is not None]
    places += [(cue.start, cue.end, CUE) for quote in quotes if (cue := quote.cue) is not None]
    places = sorted(dict.fromkeys(places), key=lambda place: (place[0], -place[1]))
    tokens = _tokens_of(text_or_doc) or _split(text, places)
    starts, ends = [start for start, _ in tokens], [end for _, end in tokens]
    spans = [
        {"start_token": bisect_right(ends, start), "end_token": bisect_left(starts, end), "label": label}
        for start, end, label in places
    ]
    return {"text": text, "tokens": [text[start:end] for start, end in tokens], "spans": spans}


@cache
def _escapes() -> bool:
    """Whether this displaCy escapes the words under a span; spaCy 3.5 does not."""
    from spacy import displacy

    probe = {"text": "<", "tokens": ["<"], "spans": [{"start_token": 0, "end_token": 1, "label": ""}]}
    return "&lt;" in displacy.render(probe, style="span", manual=True, jupyter=False)


def _text_of(text_or_doc: str | Doc, quotes: Sequence[Quote]) -> str:
    """Return the text, if the quotes are its own."""
    text = read_text(text_or_doc)
    if (isinstance(quotes, Quotes) and quotes.text != text) or any(
        quote.text != " ".join(text[span.start : span.end] for span in quote.spans) for quote in quotes
    ):
        raise UsageError("these quotes are not of this text: give the text that they were extracted from")
    return text


def _label(quote: Quote) -> str:
    return quote.speaker.name if quote.speaker is not None else UNKNOWN


def _colours(quotes: Iterable[Quote]) -> dict[str, str]:
    """Return a colour for each speaker, the ones that follow each other far apart."""
    names = dict.fromkeys(map(_label, quotes))
    return {name: f"hsl({1 + number * 137 % 359}, 80%, 88%)" for number, name in enumerate(names)}


def _outer(quotes: Iterable[Quote]) -> list[tuple[int, int, Quote]]:
    """Return the pieces of the quotes that stand in no other, in text order."""
    pieces = [(span.start, span.end, quote) for quote in quotes if quote.parent is None for span in quote.spans]
    kept: list[tuple[int, int, Quote]] = []
    for start, end, quote in sorted(pieces, key=lambda piece: (piece[0], -piece[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, quote))
    return kept


def _render_marks(text: str, quotes: Sequence[Quote]) -> str:
    from jinja2 import Environment

    colours = _colours(quotes)
    pieces: list[dict[str, str]] = []
    at = 0
    for start, end, quote in _outer(quotes):
        who = _label(quote)
        title = f"{who} ({quote.kind}, {quote.rule})"
        pieces += [{"text": text[at:start]}, {"text": text[start:end], "colour": colours[who], "title": title}]
        at = end
    pieces.append({"text": text[at:]})
    return Environment(autoescape=True).from_string(_PAGE).render(pieces=pieces)


def _tokens_of(text_or_doc: Any) -> list[tuple[int, int]]:
    """Return the tokens of a Doc; of a string none."""
    if isinstance(text_or_doc, str):
        return []
    return [(token.idx, token.idx + len(token)) for token in text_or_doc]


def _split(text: str, places: Iterable[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """Return the pieces of a text between white space and the ends of places."""
    cuts = sorted({at for start, end, _ in places for at in (start, end)})
    pieces: list[tuple[int, int]] = []
    for word in _WORD.finditer(text):
        inside = cuts[bisect_right(cuts, word.start()) : bisect_left(cuts, word.end())]
        pieces += pairwise([word.start(), *inside, word.end()])
    return pieces
