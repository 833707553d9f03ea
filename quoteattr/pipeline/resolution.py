"""Drafts → drafts whose sources are resolved, in text order."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Container, Sequence
from functools import cache, partial

import attrs

from quoteattr.attribution import find_reporter
from quoteattr.coreference import Coreference
from quoteattr.coreference.context import Resolution, Setting, Spoken
from quoteattr.coreference.dialogue import Turn
from quoteattr.coreference.entities import Entity
from quoteattr.coreference.narrator import Statement
from quoteattr.lexicon import IN_CONVERSATION
from quoteattr.pipeline.drafts import LEAD_IN, Draft
from quoteattr.pipeline.turns import NAMELESS, is_personal, read_conversation, take_turn, take_turns
from quoteattr.values import Paragraph, Passage, Phrase, Report, Stretch

# how many stretches of one quotation, before and after, count as what stands around a report inside it
_AROUND = 8


def resolve_drafts(
    drafts: Sequence[Draft],
    stretches: Sequence[Stretch],
    coreference: Coreference,
    read: Callable[[int, int], list[Passage]],
) -> None:
    """Resolve the drafts in text order: outer ones first, then those inside them."""
    for draft in drafts:
        if draft.report.source is not None:
            coreference.note_source(draft.report.source)
    told = [draft.report for draft in drafts if draft.parent is None]
    # not of the coreference itself, which would hold itself
    coreference.gather = cache(partial(_statements, told, stretches, coreference.text, coreference.paragraphs))
    resolver = _Resolver(drafts, stretches, coreference, read)
    for draft in drafts:
        resolver.resolve(draft)
    resolver.leave_waiting()
    for draft in drafts:
        if " > " in draft.rule and resolver.talks(draft):
            draft.rule += IN_CONVERSATION


class _Resolver:
    """How far the drafts of a text are resolved, and what those that are tell of the next."""

    def __init__(
        self,
        drafts: Sequence[Draft],
        stretches: Sequence[Stretch],
        coreference: Coreference,
        read: Callable[[int, int], list[Passage]],
    ) -> None:
        self.stretches = stretches
        self.coreference = coreference
        self.read = read
        self.paragraphs = coreference.paragraphs
        self.by_stretch = {number: draft for draft in drafts for number in draft.report.stretches}
        self.quoting = {number for stretch in stretches for number in stretch.paragraphs}
        self.dialogue, self.turn_of, self.members = take_turns(coreference.text, drafts, stretches, coreference)
        self.conversations = dict(self.dialogue.conversations())
        self.previous: Spoken | None = None
        self.last: Draft | None = None
        self.waiting: list[Draft] = []

    def talks(self, draft: Draft) -> bool:
        """Whether a draft is of a document whose speakers take turns."""
        return self.dialogue.talks(self.paragraphs[draft.report.paragraph].document)

    def resolve(self, draft: Draft) -> None:
        """Resolve the next draft, and those before it that waited for it."""
        if (
            self.previous is not None
            and self.paragraphs[self.previous.paragraph].document != self.paragraphs[draft.report.paragraph].document
        ):
            self.previous = self.last = None
        turn = self._turn_of(draft)
        if turn is None and _stands_alone(draft, self.quoting, self.paragraphs):
            self._look_before(draft)
        report = draft.report
        if report.source is not None:
            self._resolve_source(draft, turn)
        elif report.follows == "nobody":
            draft.resolution = Resolution(None, "name", report.rule, "the words that report it name nobody")
            draft.rule = report.rule
        elif turn is not None:
            draft.resolution = take_turn(self.coreference, turn, draft)
            draft.rule = draft.resolution.rule if draft.resolution is not None else ""
        elif report.follows == "after" and report.alone:
            self.waiting.append(draft)
            return
        elif draft.parent is None:
            self._continue(draft)
        if draft.resolution is None:
            _leave(draft)
        self._finish(draft)

    def leave_waiting(self) -> None:
        """Leave the drafts open that wait for one that does not come."""
        for draft in self.waiting:
            _leave(draft)

    def _turn_of(self, draft: Draft) -> Turn | None:
        """Return the turn of a draft in a conversation, which is read when its first turn is met."""
        number = self.turn_of.get(id(draft))
        if number is None or not self.talks(draft):
            return None
        if number in self.conversations:
            high = self.conversations.pop(number)
            for one in (one for group in self.members[number:high] for one in group):
                source = one.report.source
                if source is not None and not is_personal(self.coreference, source):
                    one.resolution = self._ask(one, source, None, talk=True)
                    if one.resolution.rule not in NAMELESS:
                        self._note(one, source)
            read_conversation(self.dialogue, number, high, self.members, self.stretches, self.coreference)
        return self.dialogue.turns[number]

    def _look_before(self, draft: Draft) -> None:
        """Give a quotation that begins its paragraph the source of what the paragraph before reports."""
        before = self.paragraphs[draft.report.paragraph - 1]
        passages = self.read(before.start, before.end)
        source = find_reporter(self.coreference.text, passages, self.coreference.lexicon)
        if source is not None:
            draft.report = attrs.evolve(draft.report, source=source, rule="float.report")
            draft.tell("float.report: no words name the source; the paragraph before it reports")

    def _resolve_source(self, draft: Draft, turn: Turn | None) -> None:
        report, source = draft.report, draft.report.source
        assert source is not None
        settled = draft.resolution is not None and draft.resolution.rule not in NAMELESS
        if turn is not None and not settled and (turn.entity or turn.rule):
            draft.resolution = take_turn(self.coreference, turn, draft)
            near = self.previous is not None and self.previous.paragraph == report.paragraph
            if near and draft.resolution is not None and draft.resolution.entity is None:
                again = self._ask(draft, source, self._holder_of(draft), talk=False)
                draft.resolution = again if again.entity is not None else draft.resolution
        if draft.resolution is None:
            draft.resolution = self._ask(draft, source, self._holder_of(draft), talk=turn is not None)
        if not settled:
            self._note(draft, source)
        draft.rule = report.rule if report.rule == "float.report" else f"{report.rule} > {draft.resolution.rule}"

    def _ask(self, draft: Draft, source: Phrase, holder: Entity | None, *, talk: bool) -> Resolution:
        """Ask who the source of a draft is, at its place."""
        report, coreference = draft.report, self.coreference
        inside = [piece for number in report.stretches for piece in self.stretches[number].pieces]
        holding = self.by_stretch.get(draft.parent) if draft.parent is not None else None
        numbers = holding.report.stretches if holding is not None else ()
        if len(numbers) > _AROUND:
            at = bisect_left(numbers, draft.parent or 0)
            numbers = numbers[max(0, at - _AROUND) : at + _AROUND]
        around = [piece for number in numbers for piece in self.stretches[number].pieces]
        quoted = coreference.narration.named_in(inside) | _opponents(report, coreference)
        words = inside if report.kind == "direct" else ()
        return coreference.resolve(
            source, Setting(report.paragraph, self.previous, holder, quoted, talk, words, around, draft.trace)
        )

    def _note(self, draft: Draft, source: Phrase) -> None:
        """Remember whom a source names."""
        if draft.resolution is not None and draft.resolution.entity is not None:
            self.coreference.note(source, draft.report.paragraph, draft.resolution.entity)

    def _holder_of(self, draft: Draft) -> Entity | None:
        """Return who says the quotation that a draft stands in."""
        holder = self.by_stretch.get(draft.parent) if draft.parent is not None else None
        return holder.resolution.entity if holder is not None and holder.resolution is not None else None

    def _continue(self, draft: Draft) -> None:
        """Give a draft without a source the speaker of the one before, if it continues that."""
        if self.last is None or self.last.resolution is None or self.last.rule == "none":
            return
        rule = _float_rule(draft.report, self.last, self.stretches)
        if rule is not None:
            draft.resolution, draft.rule = attrs.evolve(self.last.resolution, rule=rule), rule
            draft.tell(f"{rule}: no words name the source; the quotation before goes on")

    def _finish(self, draft: Draft) -> None:
        """Hand a resolved draft on: to its addressee, to those that waited, to the next."""
        report, resolution = draft.report, draft.resolution
        assert resolution is not None
        if report.addressee is not None:
            speaker = frozenset({resolution.entity} if resolution.entity is not None else ())
            setting = Setting(report.paragraph, self.previous, self._holder_of(draft), speaker)
            draft.addressee = self.coreference.resolve(report.addressee, setting).entity
        for waiting in self.waiting:
            waiting.resolution, waiting.rule = attrs.evolve(resolution, rule="float.next"), "float.next"
            waiting.tell("float.next: no words name the source; the quotation after it goes on")
        self.waiting = []
        if draft.parent is None:
            self.last = draft
            self.previous = _spoken(draft) or self.previous


def _leave(draft: Draft) -> None:
    draft.resolution = Resolution(None, "pronoun", "none", "no cue and no speaker near the quotation")
    draft.rule = "none"


def _spoken(draft: Draft) -> Spoken | None:
    """Return who speaks in a resolved draft, and up to where."""
    report, resolution = draft.report, draft.resolution
    if resolution is None or resolution.entity is None:
        return None
    at = report.source.end if report.source is not None else report.start
    narrates = resolution.rule == "pronoun.narrator"
    return Spoken(resolution.entity, max(at, report.start), report.paragraph, narrates)


def resolve_reported(
    drafts: Sequence[Draft],
    reported: Sequence[Draft],
    coreference: Coreference,
) -> None:
    """Resolve indirect reports after all others, so that they change nothing in them."""
    previous: Spoken | None = None
    paragraphs = coreference.paragraphs
    outer = [draft for draft in drafts if draft.parent is None]
    for draft in sorted((*outer, *reported), key=lambda draft: draft.report.start):
        report = draft.report
        if previous is not None and paragraphs[previous.paragraph].document != paragraphs[report.paragraph].document:
            previous = None
        if report.kind == "indirect":
            draft.rule = report.rule
            if report.source is None:
                draft.resolution = Resolution(None, "pronoun", report.rule, "the cue names no source")
            else:
                setting = Setting(report.paragraph, previous, quoted=_opponents(report, coreference), trace=draft.trace)
                draft.resolution = coreference.resolve(report.source, setting)
                draft.rule = f"{report.rule} > {draft.resolution.rule}"
                if draft.resolution.entity is not None:
                    coreference.note(report.source, report.paragraph, draft.resolution.entity)
            if report.addressee is not None:
                speaker = frozenset({draft.resolution.entity} if draft.resolution.entity is not None else ())
                setting = Setting(report.paragraph, previous, quoted=speaker)
                draft.addressee = coreference.resolve(report.addressee, setting).entity
        previous = _spoken(draft) or previous


def _opponents(report: Report, coreference: Coreference) -> frozenset[Entity]:
    """Return who denies what a report says, if a name tells."""
    entity = coreference.narration.peek(report.opponent) if report.opponent is not None else None
    return frozenset() if entity is None else frozenset({entity})


def _stands_alone(draft: Draft, quoting: Container[int], paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a quotation without a source begins its paragraph, after one that might say who speaks."""
    report, before = draft.report, draft.report.paragraph - 1
    return (
        report.source is None
        and draft.parent is None
        and report.follows is None
        and report.alone
        and report.sentence == 0
        and before >= 0
        and before not in quoting
        and paragraphs[before].kind == paragraphs[report.paragraph].kind == "body"
        and paragraphs[before].document == paragraphs[report.paragraph].document
        and paragraphs[before].end - paragraphs[before].start < LEAD_IN
    )


def _statements(
    reports: Sequence[Report], stretches: Sequence[Stretch], text: str, paragraphs: Sequence[Paragraph]
) -> dict[int, list[Statement]]:
    """Group the outer quotations by document, as far as they tell who the narrator is."""
    found: dict[int, list[Statement]] = defaultdict(list)
    for report in reports:
        pieces = [piece for number in report.stretches for piece in stretches[number].pieces]
        own = report.source is not None and text[report.source.start : report.source.end] == "I"
        document = paragraphs[report.paragraph].document
        found[document].append(Statement(pieces, own, report.source is not None))
    return found


def _float_rule(report: Report, last: Draft, stretches: Sequence[Stretch]) -> str | None:
    """Why a quotation without a source of its own continues the one before."""
    if report.follows == "before":
        return "float.sentence"
    if not report.alone or report.sentence > 0:
        return None  # the paragraph begins with somebody else's deeds
    distance = report.paragraph - last.report.paragraph
    if distance > 1:
        multi = stretches[last.report.stretches[-1]].paragraphs[-1]
        distance = report.paragraph - multi
    return "float.paragraph" if distance == 1 else None
