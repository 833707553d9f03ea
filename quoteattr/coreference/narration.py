"""Who is named where in a text: the names outside quotations, sentence by sentence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from operator import attrgetter

import attrs

from quoteattr.coreference.entities import Entity, NameIndex
from quoteattr.model import Gender
from quoteattr.values import Name, Paragraph, Phrase

BREAK = re.compile(
    r"[.?!…](?<!\b(?:Jan|Feb|Aug|Oct|Nov|Dec)\.)(?<!\bSept\.)(?<!\bNo\.(?= \d))[\"”’»)]*[ \n](?![a-z])|[.?!]$"
)
"""Between two sentences; not: on Feb. 11."""
NAMED = frozenset({"person", "unknown"})
"""Kinds of those who are named, and may be persons."""
NEAR = 4
"""How many paragraphs back it is sought whom the narration is about."""
SUBJECT_GENDERS: dict[str, Gender] = {"he": "male", "she": "female"}
"""The gender of who is the subject, by the pronoun."""
_start_of = attrgetter("start")
# what stands before the name that a letter begins with, and how much may follow that
_GREETING = re.compile(r"(?:My )?(?:[Dd]ear(?:est)?|Hello|Hi) (?:[A-Z][a-z]+\.? )?$")
_GREETED = 3
# how far in a paragraph, and no further, one looks who is named
_FARTHEST = 4000
_PERSONS = frozenset({"person", "unknown", "unnamed"})


@attrs.define(eq=False)
class Event:
    """An entity named at a place."""

    start: int
    end: int
    entity: Entity
    possessive: bool
    oblique: bool


class Narration:
    """The names of one text in their places; what is inside quotations is left out, but for the one that is read."""

    def __init__(
        self, text: str, paragraphs: Sequence[Paragraph], index: NameIndex, quoted: Sequence[tuple[int, int]]
    ) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.index = index
        self.inside: Sequence[tuple[int, int]] = ()
        """the quotation whose inside is being read: names in it count"""
        self._quoted = sorted(quoted)
        self._quoted_starts = [start for start, _ in self._quoted]
        self._by_paragraph: dict[int, list[int]] = defaultdict(list)
        for position, name in enumerate(index.names):
            block = paragraphs[name.paragraph]
            if block.kind != "credit" and (block.end - name.end >= _GREETED or not self._greets(name, block)):
                self._by_paragraph[name.paragraph].append(position)
        self._events: dict[int, list[Event]] = {}

    def _greets(self, name: Name, block: Paragraph) -> bool:
        """Whether a letter begins with a name ("Dear Ann,"), of whom it tells nothing by that."""
        return _GREETING.match(self.text, block.start, name.start) is not None

    def within(self, pieces: Sequence[tuple[int, int]]) -> Narration:
        """Return the narration as it is inside a quotation, whose own words then count."""
        if not pieces:
            return self
        view = copy(self)
        view.inside = pieces
        return view

    def is_quoted(self, at: int) -> bool:
        """Whether a place is inside a quotation, other than the one that is being read."""
        return not any(start <= at < end for start, end in self.inside) and self._is_marked(at)

    def _is_marked(self, at: int) -> bool:
        i = bisect_right(self._quoted_starts, at) - 1
        return i >= 0 and at < self._quoted[i][1]

    def names_between(self, start: int, end: int) -> Iterator[tuple[int, Entity, Name]]:
        """Yield position, entity and name of the names outside quotations that begin in a range."""
        for position in self.index.positions(start, end):
            entity = self.index.entity_of.get(position)
            if entity is not None and not self.is_quoted(self.index.names[position].start):
                yield position, entity, self.index.names[position]

    def named_in(self, spans: Sequence[tuple[int, int]]) -> frozenset[Entity]:
        """Return the entities whose name stands in some stretches of text."""
        found = (self.index.entity_of.get(n) for start, end in spans for n in self.index.positions(start, end))
        return frozenset(entity for entity in found if entity is not None)

    def peek(self, phrase: Phrase) -> Entity | None:
        """Return the entity that a source names, if it is a name; nothing is settled by it."""
        if phrase.code != "N" or phrase.joint:
            return None
        position = self.index.find_position(phrase.start, phrase.end)
        return None if position is None else self.index.entity_of.get(position)

    def names_in_document(self, document: int) -> Iterator[tuple[Name, Entity]]:
        """Yield the names of one document that have an entity, in text order."""
        first = bisect_left(self.index.names, document, key=lambda name: self.paragraphs[name.paragraph].document)
        for position in range(first, len(self.index.names)):
            if self.paragraphs[self.index.names[position].paragraph].document != document:
                return
            entity = self.index.entity_of.get(position)
            if entity is not None:
                yield self.index.names[position], entity

    def sentences_back(self, start: int, paragraph: int, reach: int) -> Iterator[list[Event]]:
        """Yield who is named outside quotations before `start`, sentence by sentence backwards."""
        document = self.paragraphs[paragraph].document
        for number in range(paragraph, max(-1, paragraph - reach - 1), -1):
            block = self.paragraphs[number]
            if block.document != document:
                return
            stop = min(start, block.end)
            group: list[Event] = []
            right: int | None = None
            for event in reversed(self._events_between(number, stop - _FARTHEST, stop)):
                if right is not None and BREAK.search(self.text, event.end, right):
                    yield group[::-1]
                    group = []
                group.append(event)
                right = event.start
            if group:
                yield group[::-1]

    def events_after(self, end: int, paragraph: int, reach: int) -> Iterator[Event]:
        """Yield who is named outside quotations from `end` on, in this paragraph and some after it."""
        document = self.paragraphs[paragraph].document
        for number in range(paragraph, min(len(self.paragraphs), paragraph + reach + 1)):
            if self.paragraphs[number].document != document:
                return
            begin = max(end, self.paragraphs[number].start)
            for event in self._events_between(number, begin, begin + _FARTHEST):
                if number > paragraph or BREAK.search(self.text, end, event.start):
                    yield event
                else:
                    return  # in one sentence “he” is another: he rose, but Smith stayed

    def _events_between(self, number: int, start: int, end: int) -> list[Event]:
        """Return who is named in a part of a paragraph, in order."""
        events = self._events_of(number)
        events = events[bisect_left(events, start, key=_start_of) : bisect_left(events, end, key=_start_of)]
        if not self.inside:
            return events
        here = self._by_paragraph.get(number, ())
        first, last = (bisect_left(here, bisect_left(self.index.starts, at)) for at in (start, end))
        return sorted((*events, *self._find_events(here[first:last], quoted=True)), key=_start_of)

    def _events_of(self, number: int) -> list[Event]:
        """Return who is named in a paragraph outside quotations, in order."""
        if number not in self._events:
            self._events[number] = list(self._find_events(self._by_paragraph.get(number, ()), quoted=False))
        return self._events[number]

    def _find_events(self, positions: Iterable[int], *, quoted: bool) -> Iterator[Event]:
        """Yield who is named outside quotations; with `quoted`, who is named in the one that is being read."""
        for position in positions:
            name = self.index.names[position]
            entity = self.index.entity_of.get(position)
            if entity is None or self.is_quoted(name.start) or self._is_marked(name.start) != quoted:
                continue
            yield Event(name.start, name.end, entity, name.possessive, name.oblique)

    def note(self, phrase: Phrase, paragraph: int, entity: Entity) -> None:
        """Remember that a phrase that is no name named an entity."""
        if phrase.code != "N" and not self.is_quoted(phrase.start):
            event = Event(phrase.start, phrase.end, entity, possessive=False, oblique=False)
            insort(self._events_of(paragraph), event, key=_start_of)

    def opens(self, number: int, before: int) -> Entity | None:
        """Return the person whose full name a paragraph of the same document begins with."""
        if number >= len(self.paragraphs) or self.paragraphs[number].document != self.paragraphs[before].document:
            return None
        if self.paragraphs[number].kind == "turn":
            return None  # its label tells nothing of the turn before
        event = next(iter(self._events_of(number)), None)
        if event is None or event.start != self.paragraphs[number].start or event.possessive:
            return None
        return event.entity if event.entity.kind == "person" and len(event.entity.core) > 1 else None

    def opening_of(self, paragraph: int) -> Entity | None:
        """Return whom the last sentence before a paragraph is about."""
        if paragraph == 0 or self.paragraphs[paragraph - 1].kind == "heading":
            return None
        for group in self.sentences_back(self.paragraphs[paragraph].start, paragraph - 1, 0):
            people = [e for e in group if e.entity.kind == "person"]
            return next((e.entity for e in people if not e.possessive and not e.oblique), None)
        return None

    def acting_in(self, paragraph: int) -> tuple[Entity, ...]:
        """Return the persons whom the narration of a paragraph is about."""
        events = [event for event in self._events_of(paragraph) if event.entity.kind == "person" and not event.oblique]
        events = [event for event in events if not event.possessive] or events
        return tuple(dict.fromkeys(event.entity for event in events))

    def subject_before(self, start: int, paragraph: int, gender: str, reach: int = NEAR) -> Entity | None:
        """Return the first person of a gender in the nearest sentence that has one."""
        other = None
        for group in self.sentences_back(start, paragraph, reach):
            fitting = [e for e in group if e.entity.kind in _PERSONS and e.entity.gender in (None, gender)]
            fitting = [e for e in fitting if e.entity.gender == gender] or fitting
            subject = next((e.entity for e in fitting if not e.possessive and not e.oblique), None)
            if subject is not None:
                return subject
            other = other or (fitting[0].entity if fitting else None)
        return other
