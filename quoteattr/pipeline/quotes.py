"""Drafts → quotes: the values that the caller gets."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import attrs

from quoteattr.coreference.context import Resolution
from quoteattr.coreference.entities import Entity
from quoteattr.lexicon import Lexicon, name_rows
from quoteattr.model import Config, Kind, Mention, Quote, Span, Speaker
from quoteattr.pipeline.drafts import Draft
from quoteattr.values import Phrase, Report, Stretch

_LEAST_CONFIDENCE = 0.9


def sort_drafts(drafts: Iterable[Draft], stretches: Sequence[Stretch]) -> list[Draft]:
    """Put drafts into the order of their quotes in the text."""
    return sorted(drafts, key=lambda draft: _order(draft, stretches))


def build_quotes(
    text: str,
    drafts: Sequence[Draft],
    stretches: Sequence[Stretch],
    speakers: Mapping[Entity, Speaker],
    config: Config,
    lexicon: Lexicon,
) -> list[Quote]:
    """Turn drafts in their order into quotes."""
    at = {number: position for position, draft in enumerate(drafts) for number in draft.report.stretches}
    place = {id(draft): position for position, draft in enumerate(drafts)}
    quotes = []
    for draft in drafts:
        report, resolution = draft.report, draft.resolution
        assert resolution is not None
        if report.kind == "indirect":
            pieces = list(report.clause)
        else:
            pieces = sorted(piece for number in report.stretches for piece in stretches[number].pieces)
        spans = tuple(Span(start, end) for start, end in pieces)
        entity = resolution.entity
        confidence = find_confidence(draft.rule, lexicon)
        speaker = speakers.get(entity) if entity is not None else None
        reason = resolution.reason
        if speaker is not None and config.preset == "strict" and confidence < _LEAST_CONFIDENCE:
            speaker, reason = (
                None,
                f"the rule {draft.rule} is right in {confidence:.2f} of its decisions, too few for the preset",
            )
        parent = draft.parent
        while parent is not None and parent not in at:
            parent = stretches[parent].parent
        holder = place[id(draft.holder)] if draft.holder is not None else at[parent] if parent is not None else None
        quotes.append(
            Quote(
                speaker,
                " ".join(text[span.start : span.end] for span in spans),
                spans,
                report.kind,  # type: ignore[arg-type]
                _mention(text, report.source, resolution) if report.source is not None else None,
                Span(*report.cue) if report.cue is not None else None,
                _find_clause(report, stretches) if report.kind == "mixed" else (),
                speakers.get(draft.addressee) if draft.addressee is not None else None,
                holder,
                draft.rule,
                confidence,
                reason if speaker is None else None,
            )
        )
    return quotes


def _find_clause(report: Report, stretches: Sequence[Stretch]) -> tuple[Span, ...]:
    """Return the whole reported clause of a mixed quote, with the fragments that stand apart from it."""
    apart = (
        piece
        for number in report.stretches
        for piece in stretches[number].outer
        if not any(start < piece[1] and piece[0] < end for start, end in report.clause)
    )
    return tuple(Span(start, end) for start, end in sorted((*report.clause, *apart)))


def filter_kinds(quotes: Sequence[Quote], kinds: tuple[Kind, ...]) -> tuple[Quote, ...]:
    """Keep the kinds asked for; a parent of another kind becomes None."""
    position: dict[int, int] = {}
    kept: list[Quote] = []
    for number, quote in enumerate(quotes):
        if quote.kind in kinds:
            position[number] = len(kept)
            kept.append(quote)
    return tuple(
        quote if quote.parent is None else attrs.evolve(quote, parent=position.get(quote.parent)) for quote in kept
    )


def make_speakers(text: str, drafts: Sequence[Draft], known: Mapping[Entity, Speaker]) -> dict[Entity, Speaker]:
    """Turn the entities of some drafts into speakers, beside those that are known."""
    used: dict[Entity, list[Mention]] = defaultdict(list)
    for draft in drafts:
        source = draft.report.source
        if draft.resolution is not None and draft.resolution.entity is not None and source is not None:
            used[draft.resolution.entity].append(_mention(text, source, draft.resolution))
        elif draft.resolution is not None and draft.resolution.entity is not None:
            used.setdefault(draft.resolution.entity, [])
        if draft.addressee is not None:
            used.setdefault(draft.addressee, [])
    made = {entity: _make_speaker(text, entity, mentions) for entity, mentions in used.items() if entity not in known}
    return {**made, **known}


def _make_speaker(text: str, entity: Entity, mentions: Sequence[Mention]) -> Speaker:
    found = {
        (name.start, name.end): Mention(name.start, name.end, "name", text[name.start : name.end])
        for name in entity.names
    }
    for mention in mentions:
        found[mention.start, mention.end] = mention
    everywhere = tuple(found[key] for key in sorted(found))
    called = dict.fromkeys(mention.text for mention in everywhere if mention.kind != "pronoun")
    aliases = dict.fromkeys(" ".join(words.split()) for words in called)
    for core in dict.fromkeys(name.core for name in entity.names):
        aliases.setdefault(" ".join(core))
    for alias in entity.extra_aliases:
        aliases.setdefault(alias)
    aliases.pop(entity.name, None)
    kind = "person" if entity.kind == "unknown" else entity.kind
    return Speaker(
        entity.name,
        kind,  # type: ignore[arg-type]
        tuple(aliases),
        tuple(dict.fromkeys(description.text for description in entity.descriptions if not description.inferred)),
        everywhere,
        entity.gender,
        entity.gender_source,  # type: ignore[arg-type]
        entity.id,
    )


def _mention(text: str, source: Phrase, resolution: Resolution) -> Mention:
    kind = "pronoun" if source.code in "pw" else resolution.kind
    end = _end_of_body(text, source, resolution.entity) if source.code == "N" else source.end
    return Mention(source.start, end, kind, text[source.start : end])  # type: ignore[arg-type]


def _end_of_body(text: str, source: Phrase, entity: Entity | None) -> int:
    """Return where a source ends whose name goes on after a preposition: the Institute for Deep Mining."""
    if entity is None or entity.kind != "organization" or text.startswith(" of ", source.end):
        return source.end  # Lee of the Acme Group is somebody
    before = bisect_left(entity.names, source.end, key=lambda name: name.start) - 1
    inside = before >= 0 and entity.names[before].start >= source.start
    return max(source.end, entity.names[before].end) if inside else source.end


def _order(draft: Draft, stretches: Sequence[Stretch]) -> tuple[int, bool, int]:
    """Text order; of two that begin together, the outer one first."""
    if draft.report.kind == "indirect":
        clause = draft.report.clause
        return clause[0][0], draft.holder is not None, -clause[-1][1]
    return min(stretches[number].pieces[0][0] for number in draft.report.stretches), draft.parent is not None, 0


@lru_cache(maxsize=1 << 12)
def find_confidence(rule: str, lexicon: Lexicon) -> float:
    """Return the measured precision of a rule, or of the nearest family that has been measured."""
    if rule == "none":
        return 0.0
    return next(lexicon.confidence[row] for row in name_rows(rule) if row in lexicon.confidence)
