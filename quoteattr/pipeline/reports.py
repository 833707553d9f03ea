"""Text → drafts: what is quoted or reported, and by which words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby, zip_longest

import attrs

from quoteattr.attribution import attribute_block
from quoteattr.attribution.indirect import report_block
from quoteattr.lexicon import Lexicon
from quoteattr.marks import find_dashes, find_marks
from quoteattr.model import Config
from quoteattr.pipeline.drafts import LEAD_IN, Draft
from quoteattr.reading import read_paragraph
from quoteattr.utterances import find_stretches
from quoteattr.values import DOUBLE, NO_EVIDENCE, SINGLE, Evidence, Paragraph, Passage, Piece, Report, Stretch

# a heading in quotation marks is no longer than this
_HEADING = 80
# a nested stretch without a source is an utterance from this many words
_NESTED_WORDS = 4
_STOP = re.compile(r"[.?!]\s")


def collect_stretches(text: str, paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> list[Stretch]:
    """Find every quoted stretch of a text."""
    marks_of = find_marks(text, paragraphs, lexicon)
    for number, dashes in find_dashes(text, paragraphs, lexicon).items():
        marks_of[number] = sorted((*marks_of.get(number, ()), *dashes), key=lambda mark: mark.start)
    return find_stretches(text, paragraphs, marks_of)


@attrs.frozen
class Found:
    """What a text reports: the drafts, those of indirect reports, and the stretches that they rest on."""

    stretches: Sequence[Stretch]
    drafts: Sequence[Draft]
    reported: Sequence[Draft]


def find_reports(
    text: str,
    paragraphs: Sequence[Paragraph],
    stretches: Sequence[Stretch],
    lexicon: Lexicon,
    config: Config,
    evidence: Evidence = NO_EVIDENCE,
    *,
    indirect: bool = False,
) -> Found:
    """Attribute every block that holds a stretch: paragraphs, and the insides of stretches.

    If indirect reports are asked for, every paragraph is read.  A stretch that another speaker turns out to begin in
    comes back in two.
    """
    finder = _Finder(text, paragraphs, stretches, lexicon, config, evidence)
    blocks = finder.read_blocks()
    finder.read_insides()
    drafts = list(finder.drafts.values())
    reported = _find_reported(text, paragraphs, blocks, drafts, lexicon, config, evidence) if indirect else []
    drafts.sort(key=lambda draft: (draft.parent is not None, draft.report.start))
    return Found(finder.stretches, drafts, reported)


_Block = tuple[int, int, list[Passage]]
"""The first and the last of some paragraphs that are read together, and what is read."""


class _Finder:
    """The drafts of a text, by stretch and in the order in which they were found."""

    def __init__(
        self,
        text: str,
        paragraphs: Sequence[Paragraph],
        stretches: Sequence[Stretch],
        lexicon: Lexicon,
        config: Config,
        evidence: Evidence,
    ) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.stretches = list(stretches)
        self.starts = [stretch.pieces[0][0] for stretch in stretches]
        self.attribute = partial(attribute_block, text, lexicon=lexicon, attitudes=config.attitudes)
        self.read = partial(read_paragraph, text, lexicon=lexicon, evidence=evidence)
        self.by_stretch: dict[int, Draft] = {}
        self.drafts: dict[int, Draft] = {}

    def read_blocks(self) -> list[_Block]:
        """Find the reports of all outer stretches, and return what was read."""
        outer: dict[int, list[Piece]] = defaultdict(list)
        headings = _find_headings(self.text, self.paragraphs, self.stretches)
        for stretch in self.stretches:
            if stretch.parent is None and stretch.number not in headings:
                for (start, end), words, number in zip(stretch.outer, stretch.pieces, stretch.paragraphs, strict=True):
                    outer[number].append(Piece(start, end, stretch.number, words))
        blocks: list[_Block] = []
        for first, last in _join_blocks(self.text, self.paragraphs, outer):
            block = self.paragraphs[first]
            heading = block.kind == "heading" and first == last
            quoted = sorted(piece for number in range(first, last + 1) for piece in outer.get(number, ()))
            passages = self.read(block.start, self.paragraphs[last].end, quoted, heading=heading)
            turn = block.kind == "turn"
            for report in self.attribute(passages, heading=heading, turn=turn, paragraph=first):
                self.keep(_place(report, first, last, self.paragraphs), None)
            blocks.append((first, last, passages))
        return blocks

    def read_insides(self) -> None:
        """Find the reports of the stretches that stand in others."""
        nested = _find_nested(self.stretches)
        for (number, left, right), children in sorted(nested.items(), key=lambda item: item[0][1]):
            parent = self.stretches[number]
            where = parent.paragraphs[parent.pieces.index((left, right))]
            passages = self.read(left, right, sorted(children))
            for report in self.attribute(passages, heading=False, turn=False, paragraph=where):
                if report.rule != "none" or self._count_words(report) >= _NESTED_WORDS:
                    self.keep(report, number)

    def keep(self, report: Report, parent: int | None) -> None:
        """Make a draft of a report, unless its stretches are another's."""
        taken = {number: other for number in report.stretches if (other := self.by_stretch.get(number)) is not None}
        if parent is None and (left := _find_unclosed(self.text, report, taken, self.stretches)) is not None:
            last = self._part(left, report.paragraph)
            report = attrs.evolve(report, stretches=tuple(last if n == left else n for n in report.stretches))
            taken.pop(left)
        if any(report.rule == "none" or other.report.rule != "none" for other in taken.values()):
            rest = tuple(number for number in report.stretches if number not in taken)
            if parent is not None or not rest or report.kind != "direct":
                return
            # “We won.” left open, “We go on,” he said. “We do.”: the last is an act of its own
            report = attrs.evolve(report, stretches=rest, start=self.stretches[rest[0]].pieces[0][0])
        draft = Draft(report, parent)
        for number in report.stretches:
            other = self.by_stretch.get(number)
            if other is not None:
                self.drafts.pop(id(other), None)
            self.by_stretch[number] = draft
        self.drafts[id(draft)] = draft

    def _count_words(self, report: Report) -> int:
        pieces = (piece for number in report.stretches for piece in self.stretches[number].pieces)
        return sum(len(self.text[start:end].split()) for start, end in pieces)

    def _part(self, number: int, paragraph: int) -> int:
        """End a stretch before a paragraph; what goes on there is a stretch of its own, whose number is returned."""
        whole = self.stretches[number]
        at, last = whole.paragraphs.index(paragraph), len(self.stretches)
        before, after = (
            attrs.evolve(whole, pieces=whole.pieces[part], outer=whole.outer[part], paragraphs=whole.paragraphs[part])
            for part in (slice(at), slice(at, None))
        )
        self.stretches[number] = attrs.evolve(before, closed=False)
        self.stretches.append(attrs.evolve(after, number=last))
        inside = bisect_left(self.starts, after.pieces[0][0]), bisect_left(self.starts, after.pieces[-1][1])
        for nested in range(*inside):
            if self.stretches[nested].parent == number:
                self.stretches[nested] = attrs.evolve(self.stretches[nested], parent=last)
        return last


def _find_headings(text: str, paragraphs: Sequence[Paragraph], stretches: Sequence[Stretch]) -> set[int]:
    """Find the stretches that are headings of sections, where a section quotes the words of one again: 'A long road'.

    A heading is a paragraph of its own, in single marks where the text's quotations are in double ones, or in capitals.
    """
    headings = set()
    outer = (stretch for stretch in stretches if stretch.parent is None)
    for _, group in groupby(outer, lambda stretch: paragraphs[stretch.paragraphs[0]].document):
        own = list(group)
        if 2 * sum(stretch.family == DOUBLE for stretch in own) < len(own):
            continue
        found = [stretch for stretch in own if _may_head(text, paragraphs, stretch)]
        for stretch, following in zip_longest(found, found[1:]):
            (start, end), below = stretch.pieces[0], stretch.outer[0][1]
            stop = following.pieces[0][0] if following is not None else text.find("\f", below)
            if text[start:end].rstrip(".,!?").lower() in text[below : stop if stop >= 0 else len(text)].lower():
                headings |= {stretch.number for stretch in found}
                break
    return headings


def _may_head(text: str, paragraphs: Sequence[Paragraph], stretch: Stretch) -> bool:
    """Whether a stretch is a short paragraph, in single marks or in capitals."""
    (start, end), (left, right) = stretch.pieces[0], stretch.outer[0]
    if end - start > _HEADING:
        return False
    words = text[start:end]
    if stretch.family != SINGLE and not (words.isupper() and " " in words):
        return False
    paragraph = paragraphs[stretch.paragraphs[0]]
    around = text[paragraph.start : left] + text[right : paragraph.end]
    return len(stretch.pieces) == 1 and not around.strip(" .–—-")


def _find_nested(stretches: Sequence[Stretch]) -> dict[tuple[int, int, int], list[Piece]]:
    """Group the stretches that stand inside others by the piece that they stand in."""
    inner: dict[tuple[int, int, int], list[Piece]] = defaultdict(list)
    for stretch in stretches:
        if stretch.parent is None:
            continue
        for (start, end), words in zip(stretch.outer, stretch.pieces, strict=True):
            for left, right in stretches[stretch.parent].pieces:
                if left <= start and end <= right:
                    inner[stretch.parent, left, right].append(Piece(start, end, stretch.number, words))
    return inner


def _find_unclosed(text: str, report: Report, taken: Mapping[int, Draft], stretches: Sequence[Stretch]) -> int | None:
    """Find a stretch left open before another speaker's report: “A,” said Smith. “B.   “C,” said Jones."""
    source = report.source
    if source is None or source.code != "N" or report.kind != "direct" or report.leads:
        return None
    for number, draft in taken.items():
        before, paragraphs = draft.report.source, stretches[number].paragraphs
        if before is None or before.code != "N" or report.paragraph not in paragraphs[1:]:
            continue
        words = text[source.start : source.end].split()
        if not set(words) & set(text[before.start : before.end].split()):
            return number
    return None


def _place(report: Report, first: int, last: int, paragraphs: Sequence[Paragraph]) -> Report:
    """Tell a report of a block of several paragraphs the one that it begins in."""
    where = first
    while where < last and report.start >= paragraphs[where].end:
        where += 1
    return report if where == report.paragraph else attrs.evolve(report, paragraph=where)


def _find_reported(
    text: str,
    paragraphs: Sequence[Paragraph],
    blocks: Sequence[_Block],
    drafts: Sequence[Draft],
    lexicon: Lexicon,
    config: Config,
    evidence: Evidence,
) -> list[Draft]:
    """Find the indirect reports of every paragraph, in text order; `blocks` are those already read."""
    quoted = {number for draft in drafts for number in draft.report.stretches}
    used = {draft.report.cue[0] for draft in drafts if draft.report.cue is not None}
    read = {number for first, last, _ in blocks for number in range(first, last + 1)}
    out: list[Draft] = []

    def add(first: int, last: int, passages: Sequence[Passage]) -> None:
        block = paragraphs[first]
        for report in report_block(
            text,
            passages,
            lexicon,
            heading=block.kind == "heading" and first == last,
            attitudes=config.attitudes,
            paragraph=first,
            quoted=quoted,
            used=used,
        ):
            source = report.source
            if source is not None and any(start <= source.start < end for start, end in report.clause):
                continue  # a clause read too far: its source is the next one's
            out.append(Draft(_place(report, first, last, paragraphs), None))

    for first, last, passages in blocks:
        add(first, last, passages)
    for number, paragraph in enumerate(paragraphs):
        if number not in read:
            heading = paragraph.kind == "heading"
            passages = read_paragraph(
                text, paragraph.start, paragraph.end, (), lexicon, heading=heading, evidence=evidence
            )
            add(number, number, passages)
    # "said in his claim that": one clause, one report
    out = list({draft.report.clause: draft for draft in reversed(out)}.values())
    out.sort(key=lambda draft: (draft.report.start, -draft.report.clause[-1][1]))
    # a report inside the clause of another
    around: list[Draft] = []
    for draft in out:
        start, end = draft.report.start, draft.report.clause[-1][1]
        while around and around[-1].report.clause[-1][1] <= start:
            around.pop()
        draft.holder = next((one for one in reversed(around) if end <= one.report.clause[-1][1]), None)
        around.append(draft)
    return out


def _join_blocks(text: str, paragraphs: Sequence[Paragraph], outer: Mapping[int, list[Piece]]) -> list[tuple[int, int]]:
    """Paragraphs that hold stretches, each with the lead-in before it and the byline after it."""
    blocks: list[tuple[int, int]] = []
    for number in sorted(outer):
        paragraph = paragraphs[number]
        first = last = number
        pieces = sorted(outer[number])
        if pieces[0][0] == paragraph.start and number:
            before = paragraphs[number - 1]
            # a comma or a dash leads in where its sentence holds no quotation itself
            begin = max((end for _, end, _, _ in outer.get(number - 1, ())), default=before.start)
            leads = text[before.end - 1] == ":" or (
                text[before.end - 1] in ",—-"
                and (number - 1 not in outer or _STOP.search(text, begin, before.end) is not None)
            )
            if leads and before.document == paragraph.document and before.end - before.start < LEAD_IN:
                first = number - 1
        if pieces[0][0] == paragraph.start and pieces[-1][1] == paragraph.end and number + 1 < len(paragraphs):
            after = paragraphs[number + 1]
            if (
                text[after.start] in "-–—―"
                and all(piece.start > after.start for piece in outer.get(number + 1, ()))
                and after.end - after.start < LEAD_IN // 3
                and after.document == paragraph.document
            ):
                last = number + 1
        if blocks and blocks[-1][1] >= first:
            if blocks[-1][1] == number - 1 and first < number:
                blocks[-1] = (blocks[-1][0], last)
                continue
            first = number
        blocks.append((first, last))
    return blocks
