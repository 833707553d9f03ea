"""Text → drafts: what is quoted or reported, and by which words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

import attrs

from quoteattr.attribution import attribute_block
from quoteattr.attribution.indirect import report_block
from quoteattr.lexicon import Lexicon
from quoteattr.marks import find_dashes, find_marks
from quoteattr.model import Config
from quoteattr.pipeline.drafts import LEAD_IN, Draft
from quoteattr.reading import read_paragraph
from quoteattr.utterances import find_stretches
from quoteattr.values import NO_EVIDENCE, Evidence, Paragraph, Passage, Piece, Report, Stretch

# a nested stretch without a source is an utterance from this many words
_NESTED_WORDS = 4
_STOP = re.compile(r"[.?!]\s")


def collect_stretches(text: str, paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> list[Stretch]:
    """Find every quoted stretch of a text."""
    marks_of = find_marks(text, paragraphs, lexicon)
    for number, dashes in find_dashes(text, paragraphs, lexicon).items():
        marks_of[number] = sorted((*marks_of.get(number, ()), *dashes), key=lambda mark: mark.start)
    return find_stretches(text, paragraphs, marks_of)


def find_reports(
    text: str,
    paragraphs: Sequence[Paragraph],
    stretches: list[Stretch],
    lexicon: Lexicon,
    config: Config,
    reported: list[Draft] | None = None,
    evidence: Evidence = NO_EVIDENCE,
) -> list[Draft]:
    """Attribute every block that holds a stretch: paragraphs, and the insides of stretches.

    A stretch that another speaker turns out to begin in is parted in two in `stretches`.

    Indirect reports are added to `reported`, if it is given: then every paragraph is read.
    """
    outer: dict[int, list[Piece]] = defaultdict(list)
    for stretch in stretches:
        if stretch.parent is None:
            for (start, end), words, number in zip(stretch.outer, stretch.pieces, stretch.paragraphs, strict=True):
                outer[number].append(Piece(start, end, stretch.number, words))
    drafts: dict[int, Draft] = {}
    order: list[Draft] = []

    def keep(report: Report, parent: int | None) -> None:
        taken = {number: other for number in report.stretches if (other := drafts.get(number)) is not None}
        if parent is None and (left := _find_unclosed(text, report, taken, stretches)) is not None:
            _part(stretches, left, report.paragraph)
            last = len(stretches) - 1
            report = attrs.evolve(report, stretches=tuple(last if n == left else n for n in report.stretches))
            taken.pop(left)
        if any(report.rule == "none" or other.report.rule != "none" for other in taken.values()):
            rest = tuple(number for number in report.stretches if number not in taken)
            if parent is not None or not rest or report.kind != "direct":
                return
            # “We won.” left open, “We go on,” he said. “We do.”: the last is an act of its own
            report = attrs.evolve(report, stretches=rest, start=stretches[rest[0]].pieces[0][0])
        draft = Draft(report, parent)
        for number in report.stretches:
            other = drafts.get(number)
            if other is not None and other in order:
                order.remove(other)
            drafts[number] = draft
        order.append(draft)

    blocks = _join_blocks(text, paragraphs, outer)
    kept: list[tuple[int, int, list[Passage]]] = []
    for first, last in blocks:
        block = paragraphs[first]
        heading = block.kind == "heading" and first == last
        quoted = sorted(piece for number in range(first, last + 1) for piece in outer.get(number, ()))
        passages = read_paragraph(
            text, block.start, paragraphs[last].end, quoted, lexicon, heading=heading, evidence=evidence
        )
        for report in attribute_block(
            text,
            passages,
            lexicon,
            heading=heading,
            turn=block.kind == "turn",
            attitudes=config.attitudes,
            paragraph=first,
        ):
            keep(_place(report, first, last, paragraphs), None)
        if reported is not None:
            kept.append((first, last, passages))
    for (parent_number, left, right), children in sorted(_find_nested(stretches).items(), key=lambda item: item[0][1]):
        passages = read_paragraph(text, left, right, sorted(children), lexicon, evidence=evidence)
        parent = stretches[parent_number]
        where = parent.paragraphs[parent.pieces.index((left, right))]
        for report in attribute_block(
            text, passages, lexicon, heading=False, turn=False, attitudes=config.attitudes, paragraph=where
        ):
            if report.rule == "none":
                count = sum(len(text[s:e].split()) for n in report.stretches for s, e in stretches[n].pieces)
                if count < _NESTED_WORDS:
                    continue
            keep(report, parent_number)
    if reported is not None:
        reported += _find_reported(text, paragraphs, kept, order, lexicon, config, evidence)
    order.sort(key=lambda draft: (draft.parent is not None, draft.report.start))
    return order


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


def _part(stretches: list[Stretch], number: int, paragraph: int) -> None:
    """End a stretch before a paragraph; what goes on there is a stretch of its own, the last one."""
    whole = stretches[number]
    at, last = whole.paragraphs.index(paragraph), len(stretches)
    stretches[number] = attrs.evolve(
        whole, pieces=whole.pieces[:at], outer=whole.outer[:at], paragraphs=whole.paragraphs[:at], closed=False
    )
    stretches.append(
        attrs.evolve(
            whole, number=last, pieces=whole.pieces[at:], outer=whole.outer[at:], paragraphs=whole.paragraphs[at:]
        )
    )
    for nested in [one for one in stretches if one.parent == number and one.paragraphs[0] >= paragraph]:
        stretches[nested.number] = attrs.evolve(nested, parent=last)


def _place(report: Report, first: int, last: int, paragraphs: Sequence[Paragraph]) -> Report:
    """Tell a report of a block of several paragraphs the one that it begins in."""
    where = first
    while where < last and report.start >= paragraphs[where].end:
        where += 1
    return report if where == report.paragraph else attrs.evolve(report, paragraph=where)


def _find_reported(
    text: str,
    paragraphs: Sequence[Paragraph],
    blocks: Sequence[tuple[int, int, list[Passage]]],
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
