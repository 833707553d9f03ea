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
# words whose opening mark is missing are no longer than this
_LONGEST_UNOPENED = 600
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
        _Pairing(text, paragraph, number, rest, stack, done, resumes).pair()
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


@attrs.define(eq=False)
class _Pairing:
    """The marks of one paragraph, and the stretches that they open and close."""

    text: str
    paragraph: Paragraph
    number: int
    marks: Sequence[Mark]
    stack: list[_Open]
    """the stretches that are open, the innermost last"""
    done: list[_Open]
    resumes: bool
    """whether the next paragraph goes on with what is open"""

    def pair(self) -> None:
        """Go over the marks: each opens a stretch, closes one, or is none."""
        stack = self.stack
        for position, mark in enumerate(self.marks):
            depth = len(stack) - 1
            while depth >= 0 and stack[depth].family != mark.family:
                depth -= 1
            if depth < 0:
                if len(stack) < _DEEPEST:
                    self._begin(position, mark)
                continue
            opened = stack[depth]
            if mark.start == opened.inner and mark.shape != "close" and self.text[mark.end : mark.end + 1].isalnum():
                opened.inner = mark.end  # a mark typed twice
            elif _closes(self.text, mark, self.marks, position, opened, depth == len(stack) - 1, self.paragraph):
                self._drop(depth)
                opened.closed = True
                self._cut(opened, mark.start, self._find_end(position, mark))
            elif mark.opens and not mark.weak:
                if not self._is_nested(position, mark, opened):
                    self._drop(depth)  # the stretch before was never closed: it ends here
                    self._cut(opened, mark.start, mark.start)
                self._push(mark)
        # a weak single mark left open inside a paragraph was an apostrophe
        while stack and stack[-1].family == SINGLE and len(stack) > 1:
            stack.pop()

    def _begin(self, position: int, mark: Mark) -> None:
        """Open a stretch in whose family none is open, or one from the paragraph's start whose mark is missing."""
        if _opens(mark, self.marks, position, self.paragraph, resumes=self.resumes and not self.stack):
            self._push(mark)
        elif position == 0 and not self.stack and self._lacks_opening(mark):
            start = self.paragraph.start
            self._cut(_Open(mark.family, mark.shape, start, start, None), mark.start, mark.end)

    def _lacks_opening(self, mark: Mark) -> bool:
        """Whether the first mark of a paragraph closes words from its start."""
        return (
            mark.family == DOUBLE
            and mark.closes
            and self.text[mark.start - 1] in ",.?!"
            and mark.start - self.paragraph.start < _LONGEST_UNOPENED
            and not (len(self.marks) > 1 and self.marks[1].family == DOUBLE and self.marks[1].shape == "close")
        )

    def _push(self, mark: Mark) -> None:
        outer = self.stack[-1] if self.stack else None
        self.stack.append(_Open(mark.family, mark.shape, mark.start, mark.end, outer, mark.curly))

    def _drop(self, depth: int) -> None:
        """Take a stretch from the stack, and those in it: what was never closed there was none."""
        for inner in self.stack[depth + 1 :]:
            inner.pieces.clear()
        del self.stack[depth:]

    def _cut(self, opened: _Open, inner_end: int, outer_end: int) -> None:
        _cut(self.text, opened, inner_end, outer_end, self.number)
        _keep(opened, self.done)

    def _find_end(self, position: int, mark: Mark) -> int:
        """Return where a closing mark ends, which may be typed twice."""
        following = self.marks[position + 1] if position + 1 < len(self.marks) else None
        twice = (
            following is not None
            and following.start == mark.end
            and following.shape == mark.shape == "close"
            and following.family == mark.family
            and all(one.family != mark.family for one in self.stack)
        )
        return following.end if twice and following is not None else mark.end

    def _is_nested(self, position: int, mark: Mark, opened: _Open) -> bool:
        """Whether a mark opens a stretch inside one of its own family."""
        ahead = self.marks[position + 1 : position + 1 + _AHEAD]
        following = [later for later in ahead if later.family == mark.family][:2]
        if len(following) == 2 and all(later.closes and not later.opens for later in following):
            return True
        # a curly mark inside straight ones, with its partner
        partner = bool(following) and following[0].curly and following[0].shape == "close"
        return mark.curly and not opened.curly and partner


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
