"""Quotes → HTML."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quoteattr.model import Quote

if TYPE_CHECKING:
    from spacy.tokens import Doc

_PAGE = """<div class="quoteattr" style="white-space: pre-wrap; line-height: 1.7">
{%- for piece in pieces -%}
{%- if piece.colour -%}
<mark style="background: hsl({{ piece.colour }}, 80%, 88%)" title="{{ piece.title }}">{{ piece.text }}</mark>
{%- else -%}{{ piece.text }}{%- endif -%}
{%- endfor -%}
</div>"""


def render(text_or_doc: str | Doc, quotes: Sequence[Quote]) -> str:
    """Return the text as HTML with its quotes coloured by speaker; the title of each says who and why.

    >>> from quoteattr import extract
    >>> text = "“We won,” said Ann Lee."
    >>> 'title="Ann Lee' in render(text, extract(text))
    True
    """
    from jinja2 import Environment

    text = text_or_doc if isinstance(text_or_doc, str) else text_or_doc.text
    colours: dict[str, int] = {}
    pieces: list[dict[str, object]] = []
    at = 0
    marked = sorted((span.start, span.end, quote) for quote in quotes if quote.parent is None for span in quote.spans)
    for start, end, quote in marked:
        who = quote.speaker.name if quote.speaker is not None else "unknown"
        colour = colours.setdefault(who, 1 + (len(colours) * 137) % 359)
        pieces.append({"text": text[at:start]})
        pieces.append({"text": text[start:end], "colour": colour, "title": f"{who} ({quote.kind}, {quote.rule})"})
        at = end
    pieces.append({"text": text[at:]})
    return Environment(autoescape=True).from_string(_PAGE).render(pieces=pieces)
