"""Drafts → drafts whose sources are resolved, in text order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Sequence

import attrs

from quoteattr.attribution import find_reporter
from quoteattr.coreference import Coreference
from quoteattr.coreference.engine import Resolution, Setting, Spoken
from quoteattr.coreference.entities import Entity
from quoteattr.coreference.narrator import Statement
from quoteattr.lexicon import IN_CONVERSATION
from quoteattr.pipeline.drafts import LEAD_IN, Draft, Trace
from quoteattr.pipeline.turns import NAMELESS, is_personal, read_conversation, take_turn, take_turns
from quoteattr.values import Paragraph, Passage, Report, Stretch


def resolve_drafts(
    drafts: Sequence[Draft],
    stretches: Sequence[Stretch],
    coreference: Coreference,
    trace: Trace | None,
    read: Callable[[int, int], list[Passage]],
) -> None:
    """Resolve the drafts in text order: outer ones first, then those inside them."""
    by_stretch = {number: draft for draft in drafts for number in draft.report.stretches}
    previous: Spoken | None = None
    last: Draft | None = None
    paragraphs = coreference.paragraphs
    pending: list[Draft] = []
    quoting = {number for stretch in stretches for number in stretch.paragraphs}
    for draft in drafts:
        if draft.report.source is not None:
            coreference.note_speaker(draft.report.source)
    coreference.statements = _statements(drafts, stretches, coreference)
    dialogue, turn_of, members = take_turns(coreference.text, drafts, stretches, coreference)
    conversations = dict(dialogue.conversations())

    def resolve(draft: Draft, outer: Entity | None, *, talk: bool) -> Resolution:
        """Resolve the source of a draft, and remember whom it names."""
        report = draft.report
        assert report.source is not None
        if trace is not None:
            coreference.trace = []
            trace.append((report.start, coreference.trace))
        inside = [piece for number in report.stretches for piece in stretches[number].pieces]
        coreference.inside = stretches[draft.parent].pieces if draft.parent is not None else ()
        found = coreference.resolve(
            report.source, Setting(report.paragraph, previous, outer, coreference.named_in(inside), talk)
        )
        coreference.inside = ()
        return found

    for draft in drafts:
        report = draft.report
        outer = None
        if draft.parent is not None:
            holder = by_stretch.get(draft.parent)
            outer = holder.resolution.entity if holder is not None and holder.resolution is not None else None
        if previous is not None and paragraphs[previous.paragraph].document != paragraphs[report.paragraph].document:
            previous = last = None
        number = turn_of.get(id(draft))
        talks = number is not None and dialogue.talks(paragraphs[report.paragraph].document)
        turn = dialogue.turns[number] if number is not None and talks else None
        if number in conversations:
            high = conversations.pop(number)
            for one in (one for group in members[number:high] for one in group):
                if one.report.source is not None and not is_personal(coreference, one.report.source):
                    one.resolution = resolve(one, None, talk=True)
                    if one.resolution.entity is not None and one.resolution.rule not in NAMELESS:
                        coreference.note(one.report.source, one.report.paragraph, one.resolution.entity)
            read_conversation(dialogue, number, high, members, stretches, coreference)
        if turn is None and _stands_alone(draft, quoting, paragraphs):
            before = paragraphs[report.paragraph - 1]
            source = find_reporter(coreference.text, read(before.start, before.end), coreference.lexicon)
            report = draft.report = attrs.evolve(report, source=source, rule="float.report" if source else report.rule)
        if report.source is not None:
            settled = draft.resolution is not None and draft.resolution.rule not in NAMELESS
            if turn is not None and not settled and (turn.entity or turn.rule):
                draft.resolution = take_turn(coreference, turn, draft, trace)
            if draft.resolution is None:
                draft.resolution = resolve(draft, outer, talk=turn is not None)
            if draft.resolution.entity is not None and not settled:
                coreference.note(report.source, report.paragraph, draft.resolution.entity)
            draft.rule = f"{report.rule} > {draft.resolution.rule}"
            if report.rule == "float.report":
                draft.rule = report.rule
        elif report.follows == "nobody":
            draft.resolution = Resolution(None, "name", report.rule, "the words that report it name nobody")
            draft.rule = report.rule
        elif turn is not None:
            draft.resolution = take_turn(coreference, turn, draft, trace)
            draft.rule = draft.resolution.rule if draft.resolution is not None else ""
        elif report.follows == "after" and report.alone:
            pending.append(draft)
            continue
        elif last is not None and last.resolution is not None and draft.parent is None:
            rule = _float_rule(report, last, stretches)
            if rule is not None:
                draft.resolution = attrs.evolve(last.resolution, rule=rule)
                draft.rule = rule
        if draft.resolution is None:
            draft.resolution = Resolution(None, "pronoun", "none", "no cue and no speaker near the quotation")
            draft.rule = "none"
        if report.addressee is not None:
            draft.addressee = coreference.resolve(report.addressee, Setting(report.paragraph, previous, outer)).entity
        for waiting in pending:
            waiting.resolution = attrs.evolve(draft.resolution, rule="float.next")
            waiting.rule = "float.next"
        pending = []
        if draft.parent is None:
            last = draft
            if draft.resolution.entity is not None:
                at = report.source.end if report.source is not None else report.start
                previous = Spoken(draft.resolution.entity, max(at, report.start), report.paragraph)
    for waiting in pending:
        waiting.resolution = Resolution(None, "pronoun", "none", "no cue and no speaker near the quotation")
        waiting.rule = "none"
    for draft in drafts:
        if " > " in draft.rule and dialogue.talks(paragraphs[draft.report.paragraph].document):
            draft.rule += IN_CONVERSATION


def resolve_reported(
    drafts: Sequence[Draft],
    reported: Sequence[Draft],
    coreference: Coreference,
    trace: Trace | None,
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
            if trace is not None:
                coreference.trace = []
                trace.append((report.start, coreference.trace))
            draft.rule = report.rule
            if report.source is None:
                draft.resolution = Resolution(None, "pronoun", report.rule, "the cue names no source")
            else:
                draft.resolution = coreference.resolve(report.source, Setting(report.paragraph, previous))
                draft.rule = f"{report.rule} > {draft.resolution.rule}"
                if draft.resolution.entity is not None:
                    coreference.note(report.source, report.paragraph, draft.resolution.entity)
            if report.addressee is not None:
                draft.addressee = coreference.resolve(report.addressee, Setting(report.paragraph, previous)).entity
        if draft.resolution is not None and draft.resolution.entity is not None:
            at = report.source.end if report.source is not None else report.start
            previous = Spoken(draft.resolution.entity, max(at, report.start), report.paragraph)


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
        and paragraphs[before].kind == "body"
        and paragraphs[before].document == paragraphs[report.paragraph].document
        and paragraphs[before].end - paragraphs[before].start < LEAD_IN
    )


def _statements(
    drafts: Sequence[Draft], stretches: Sequence[Stretch], coreference: Coreference
) -> dict[int, list[Statement]]:
    """Group the outer quotations by document, as far as they tell who the narrator is."""
    found: dict[int, list[Statement]] = defaultdict(list)
    for draft in drafts:
        report = draft.report
        if draft.parent is None:
            pieces = [piece for number in report.stretches for piece in stretches[number].pieces]
            own = report.source is not None and coreference.text[report.source.start : report.source.end] == "I"
            document = coreference.paragraphs[report.paragraph].document
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
