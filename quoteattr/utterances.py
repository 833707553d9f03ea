"""Marks → quoted stretches: nested, split over paragraphs, left open.

Damage stays in its paragraph: a mark that finds no partner never changes how the marks of another
paragraph are read.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence

import attrs

from quoteattr.values import DOUBLE, SINGLE, Mark, Paragraph, Stretch

# how many marks ahead a decision looks, and how deep stretches nest: more is damage, not language
_AHEAD = 40
_DEEPEST = 12
_LETTER = re.compile(r"[^\W_]")


@attrs.define(eq=False)
class _Open:
    """A stretch under construction."""

    family: str
    shape: str
    begin: int
    inner: int
    parent: _Open | None
    curly: bool = False
    closed: bool = False
    number: int = -1
    pieces: list[tuple[tuple[int, int], tuple[int, int], int]] = attrs.field(factory=list)
    """the words, the same with their marks, and the paragraph"""


def find_stretches(text: str, paragraphs: Sequence[Paragraph], marks_of: Mapping[int, Sequence[Mark]]) -> list[Stretch]:
    """Find every quoted stretch, in text order, a parent before its children.

    `marks_of` gives the marks of each paragraph that has any, by the paragraph's number.
    """
    done: list[_Open] = []
    left_open: list[_Open] = []
    left_at = -1
    turns = {number for number, paragraph in enumerate(paragraphs) if paragraph.kind == "turn"}
    for number in sorted(turns.union(marks_of)):
        paragraph = paragraphs[number]
        marks = marks_of.get(number, ())
        if left_open and number != left_at + 1:
            left_open = []
        stack: list[_Open] = []
        rest = marks
        turn = _open_turn(text, paragraph) if number in turns else None
        if turn is not None:
            stack, left_open = [turn], []
            rest = [mark for mark in marks if mark.start >= turn.inner]
        if left_open:
            resumed, rest = _resume(left_open, marks, paragraph)
            if resumed is not None:
                resumed.begin = rest[0].start if rest and rest[0].start == paragraph.start else paragraph.start
                resumed.inner = (
                    rest[0].end
                    if resumed.begin == paragraph.start and rest and rest[0].start == paragraph.start
                    else paragraph.start
                )
                if rest and rest[0].start == paragraph.start:
                    rest = rest[1:]
                stack = [resumed]
                if done and done[-1] is resumed:
                    done.pop()
        left_open = []
        resumes = _resumes(marks_of.get(number + 1, ()), paragraphs, number + 1)
        _pair(text, paragraph, number, rest, stack, done, resumes=resumes)
        for opened in reversed(stack):
            _cut(text, opened, paragraph.end, paragraph.end, number)
            _keep(opened, done)
        if (
            stack
            and turn is None
            and number + 1 < len(paragraphs)
            and paragraphs[number + 1].document == paragraph.document
        ):
            left_open = [stack[0]]
            left_at = number
    done.sort(key=lambda opened: (opened.pieces[0][1][0], -opened.pieces[-1][1][1]))
    kept: set[int] = set()
    for number, opened in enumerate(done):
        opened.number = number
        kept.add(id(opened))
    return [_make_stretch(opened, kept) for opened in done]


def _make_stretch(opened: _Open, kept: Container[int]) -> Stretch:
    pieces, outer, paragraphs = zip(*opened.pieces, strict=True)
    parent = _parent_of(opened, kept)
    return Stretch(opened.number, pieces, outer, paragraphs, parent, opened.family, opened.closed)


def _parent_of(opened: _Open, kept: Container[int]) -> int | None:
    """Return the innermost stretch around one; a mark that was never closed opened none."""
    parent = opened.parent
    while parent is not None and id(parent) not in kept:
        parent = parent.parent
    return parent.number if parent is not None else None


def _keep(opened: _Open, done: list[_Open]) -> None:
    """Keep a stretch that has words."""
    if opened.pieces:
        done.append(opened)


def _resumes(marks: Sequence[Mark], paragraphs: Sequence[Paragraph], number: int) -> bool:
    """Whether a paragraph begins with a single mark, as one does that goes on with a quotation."""
    return bool(marks) and marks[0].family == SINGLE and marks[0].opens and marks[0].start == paragraphs[number].start


def _open_turn(text: str, paragraph: Paragraph) -> _Open | None:
    """The words of a transcript's turn, after its label."""
    if paragraph.label is None:
        return None
    start = paragraph.label[1] + 1
    while start < paragraph.end and text[start].isspace():
        start += 1
    return _Open("turn", "open", start, start, None)


def _resume(left_open: list[_Open], marks: Sequence[Mark], paragraph: Paragraph) -> tuple[_Open | None, Sequence[Mark]]:
    """Whether a paragraph continues the stretch that the one before left open."""
    opened = left_open[0]
    same = [mark for mark in marks if mark.family == opened.family]
    if same and same[0].start == paragraph.start and same[0].opens:
        return opened, marks
    strong = [mark for mark in same if not mark.weak]
    if strong and strong[0].closes and not strong[0].opens and strong[0].shape != "open" and paragraph.kind == "body":
        return opened, marks
    return None, marks


def _pair(
    text: str,
    paragraph: Paragraph,
    number: int,
    marks: Sequence[Mark],
    stack: list[_Open],
    done: list[_Open],
    *,
    resumes: bool,
) -> None:
    count = len(marks)
    for position, mark in enumerate(marks):
        family = mark.family
        depth = len(stack) - 1
        while depth >= 0 and stack[depth].family != family:
            depth -= 1
        if depth < 0 and len(stack) >= _DEEPEST:
            continue
        if depth < 0:
            if _opens(mark, marks, position, paragraph, resumes=resumes and not stack):
                stack.append(_Open(family, mark.shape, mark.start, mark.end, stack[-1] if stack else None, mark.curly))
            elif (
                position == 0
                and family == DOUBLE
                and not stack
                and mark.closes
                and text[mark.start - 1] in ",.?!"
                and mark.start - paragraph.start < 600
                and not (count > 1 and marks[1].family == DOUBLE and marks[1].shape == "close")
            ):
                # a missing opening mark: the words from the paragraph's start
                whole = _Open(family, mark.shape, paragraph.start, paragraph.start, None)
                _cut(text, whole, mark.start, mark.end, number)
                _keep(whole, done)
            continue
        opened = stack[depth]
        if mark.start == opened.inner and mark.shape != "close" and text[mark.end : mark.end + 1].isalnum():
            opened.inner = mark.end  # a mark typed twice
            continue
        if _closes(text, mark, marks, position, opened, depth == len(stack) - 1, paragraph):
            for inner in stack[depth + 1 :]:
                # an inner stretch that was never closed was no stretch
                inner.pieces.clear()
            del stack[depth + 1 :]
            stack.pop()
            opened.closed = True
            end = mark.end
            if (
                position + 1 < count
                and marks[position + 1].start == end
                and marks[position + 1].shape == mark.shape == "close"
                and marks[position + 1].family == family
                and all(one.family != family for one in stack)
            ):
                end = marks[position + 1].end  # a mark typed twice
            _cut(text, opened, mark.start, end, number)
            _keep(opened, done)
        elif mark.opens and not mark.weak:
            following = [later for later in marks[position + 1 : position + 1 + _AHEAD] if later.family == family][:2]
            nested = len(following) == 2 and all(later.closes and not later.opens for later in following)
            # a curly mark inside straight ones, with its partner
            nested = nested or (
                mark.curly
                and not opened.curly
                and bool(following)
                and following[0].curly
                and following[0].shape == "close"
            )
            if not nested:
                # the stretch before was never closed: it ends here
                for inner in stack[depth + 1 :]:
                    inner.pieces.clear()
                del stack[depth:]
                _cut(text, opened, mark.start, mark.start, number)
                _keep(opened, done)
            stack.append(_Open(family, mark.shape, mark.start, mark.end, stack[-1] if stack else None, mark.curly))
    # a weak single mark left open inside a paragraph was an apostrophe
    while stack and stack[-1].family == SINGLE and len(stack) > 1:
        stack.pop()


def _opens(mark: Mark, marks: Sequence[Mark], position: int, paragraph: Paragraph, *, resumes: bool) -> bool:
    if mark.family == SINGLE:
        if mark.shape == "close":
            return False
        if not mark.opens:
            return False
        if not mark.weak and mark.shape in ("open", "low"):
            return True
        return resumes or any(
            later.family == SINGLE and later.closes and later.start > mark.end
            for later in marks[position + 1 : position + 1 + _AHEAD]
        )
    if mark.shape == "close":
        return mark.opens and not mark.closes
    if mark.shape in ("open", "low"):
        return mark.opens or not mark.closes
    return mark.opens or (mark.end < paragraph.end and not mark.closes)


def _closes(
    text: str, mark: Mark, marks: Sequence[Mark], position: int, opened: _Open, on_top: bool, paragraph: Paragraph
) -> bool:
    if mark.family == SINGLE:
        if mark.shape == "open" and opened.shape == "low" and on_top:
            return text[mark.start - 1].isalnum() or text[mark.start - 1] in ",.?!"
        if not mark.closes or mark.shape in ("open", "low"):
            return False
        if not on_top:
            return False
        left = text[mark.start - 1]
        right = text[mark.end] if mark.end < paragraph.end else " "
        if right.isalnum():
            return False
        if left in ",.?!…—-":
            return True
        if left in "sSzxn" and right == "," and _closes_later(text, marks, position):
            return False  # the governors’, not mine
        if left in "sSzxn" and right == " " and text[mark.end + 1 : mark.end + 2].islower():
            # the workers’ union: a possessive if the stretch still closes further on
            for later in marks[position + 1 : position + 1 + _AHEAD]:
                if later.family == SINGLE:
                    if later.shape == "open" and not later.weak:
                        return True
                    if later.closes and not (later.opens and not later.closes):
                        return False
        return True
    if mark.shape == "close":
        return mark.closes or not mark.opens
    if mark.shape == "open":
        return not mark.opens and mark.closes
    if mark.closes and text[mark.start - 1].isdigit() and _closes_later(text, marks, position, anywhere=True):
        return False  # was 24", not 36"; a 12" gun" of brass
    return mark.closes


def _closes_later(text: str, marks: Sequence[Mark], position: int, *, anywhere: bool = False) -> bool:
    """Whether the next mark of a mark's shape, after a stop or a digit or `anywhere`, can only close too."""
    mark = marks[position]
    for later in marks[position + 1 : position + 1 + _AHEAD]:
        if later.family == mark.family:
            left = text[later.start - 1]
            return later.closes and not later.opens and (anywhere or left in ",.?!…" or left.isdigit())
    return False


def _cut(text: str, opened: _Open, inner_end: int, outer_end: int, number: int) -> None:
    """Close one piece of a stretch; an empty one leaves no piece."""
    start, end = opened.inner, inner_end
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if _LETTER.search(text, start, end):
        while outer_end > inner_end and text[outer_end - 1].isspace():
            outer_end -= 1
        opened.pieces.append(((start, end), (opened.begin, max(outer_end, end)), number))
