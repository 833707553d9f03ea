"""Text → paragraphs.

A paragraph is a block between blank lines, or a single line where the text is not hard-wrapped.
Nothing is copied: a paragraph is two offsets and what kind of block it is.
"""

from __future__ import annotations

import re

from quoteattr.values import Paragraph

_LINE = re.compile(r"[^\r\n\f\u2028\u2029\x0b\x85]+")
_CONTENT = re.compile(r"\S(?:.*\S)?", re.DOTALL)
_CAPITALS = r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}"
_FULL_NAME = r"(?:[A-Z][\w.'’-]+ ){1,3}[A-Z][\w'’-]+"
_TURN = re.compile(rf"(?P<label>(?:Q|A|{_CAPITALS}|{_FULL_NAME})(?: \([^)]{{1,40}}\))?):[ \t]+(?=\S)")
# a block of at most this many code points that ends without a stop is a heading, caption or credit
_HEADING_LENGTH = 200
_STOPS = frozenset(".?!…\"”'’»:;,)]")
# share of single line breaks that fall inside a sentence, from which a text counts as hard-wrapped
_WRAPPED_SHARE = 0.25
# a transcript has at least this many labelled turns
_TURNS = 4


def split_paragraphs(text: str) -> list[Paragraph]:
    r"""Split a text into paragraphs.

    >>> [(p.start, p.end, p.kind) for p in split_paragraphs("A headline\n\nOne line.\nAnother.")]
    [(0, 10, 'heading'), (12, 21, 'body'), (22, 30, 'body')]
    """
    lines: list[tuple[int, int]] = []
    gaps: list[str] = []
    end = 0
    for found in _LINE.finditer(text):
        inner = _CONTENT.search(text, found.start(), found.end())
        if inner is None:
            continue
        start = inner.start()
        gaps.append(text[end:start])
        lines.append((start, inner.end()))
        end = inner.end()
    if not lines:
        return []
    wrapped = _is_wrapped(text, lines, gaps)
    blocks: list[tuple[int, int, int]] = []
    document = 0
    for number, (start, stop) in enumerate(lines):
        gap = gaps[number]
        if number and "\f" in gap:
            document += 1
        elif number and wrapped and _count_breaks(gap) == 1:
            blocks[-1] = (blocks[-1][0], stop, document)
            continue
        blocks.append((start, stop, document))
    turns = [_TURN.match(text, start, stop) for start, stop, _ in blocks]
    labelled = [turn.group("label") for turn in turns if turn]
    transcript = len(labelled) >= _TURNS and 2 <= len(set(labelled)) <= len(labelled) // 2
    paragraphs = []
    for (start, stop, which), turn in zip(blocks, turns, strict=True):
        if transcript and turn:
            paragraphs.append(Paragraph(start, stop, "turn", which, turn.span("label")))
        elif stop - start <= _HEADING_LENGTH and text[stop - 1] not in _STOPS:
            paragraphs.append(Paragraph(start, stop, "heading", which))
        else:
            paragraphs.append(Paragraph(start, stop, "body", which))
    return paragraphs


def _count_breaks(gap: str) -> int:
    if gap.isspace() and ("\n" in gap or "\r" in gap):
        return gap.count("\n") or gap.count("\r")
    return 2 if gap.strip(" \t\xa0") else 1


def _is_wrapped(text: str, lines: list[tuple[int, int]], gaps: list[str]) -> bool:
    single = inside = 0
    for number in range(1, len(lines)):
        if _count_breaks(gaps[number]) == 1:
            single += 1
            last, first = text[lines[number - 1][1] - 1], text[lines[number][0]]
            inside += first.islower() and last not in ".?!:"
    return inside > 0 and inside >= _WRAPPED_SHARE * single
