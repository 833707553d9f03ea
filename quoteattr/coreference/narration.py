"""Who is named where in a text: the names outside quotations, and what the words beside them tell."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

import attrs

from quoteattr.coreference.entities import PRONOUN_REACH, VOTES, Entity, NameIndex, find_pronoun
from quoteattr.lexicon import Lexicon, words_of
from quoteattr.model import Gender
from quoteattr.values import Name, Paragraph, Phrase

BREAK = re.compile(r"[.?!…][\"”’»)]*[ \n](?![a-z])|[.?!]$")
# how many paragraphs before a mention are read for who is near
NEAR = 5
# how far in a paragraph, and no further, one looks who is named
_FARTHEST = 4000
# between two names that are one subject: Ann Smith and the drummer Bob Jones
_JOINED = re.compile(
    r"(?: (?:of|from) [A-Z][\w.-]*(?: [A-Z][\w.-]*)?)?,? (?:and|&) "
    r"(?:(?:the|a|an|his|her|their) )?(?:[a-z-]+ ){0,3}(?:[a-z-]+, )?$"
)
# a word set off by commas, where an address stands: “Yes, sir.” “Oh, my dear mother!”
ADDRESS = re.compile(
    r"(?:(?<=,) ?(?:my )?(?:(?:dear|good|poor) )?|(?<=[“\"‘]))([^\W\d_]+['’]?[^\W\d_]*)(?=[,.?!;”\"]|--|—|$)"
)
_BEFORE_CALL = frozenset(",“‘\"'")
_AFTER_CALL = frozenset((*",.?!”’\"'", ""))
_CALLS = words_of("words before a vocative")
_LONGEST_CALL = 12
_LAST_WORD = re.compile(r"([^\W\d_]+)[ \n]$")
_REQUESTS = words_of("verbs of request")
_TIMES = words_of("conjunctions of time")
_NEXT_WORD = re.compile(r"[ \xa0\n]([a-z]+)\b")
_WORD_BEFORE = re.compile(r"[,\"”’'][ \xa0\n]([a-z]+)[ \xa0\n]$")
# a sentence whose subject is a pronoun, and how far before a name it is sought
BEGINS_WITH = re.compile(r"(?:[A-Z][a-z]+,? )?(He|She|he|she)\b")
_SENTENCE = 300
_PERSONS = frozenset({"person", "unknown", "unnamed"})
NAMED = frozenset({"person", "unknown"})
_OWNER_GENDERS = {"her": "female", "his": "male"}
GENDERS: dict[str, Gender] = {"he": "male", "she": "female"}


@attrs.define(eq=False)
class Event:
    """An entity named at a place, outside quotations."""

    start: int
    end: int
    entity: Entity
    possessive: bool
    oblique: bool


start_of = attrgetter("start")


class Narration:
    """The names of one text in their places; what is inside quotations is left out, but for the one that is read."""

    def __init__(
        self,
        text: str,
        paragraphs: Sequence[Paragraph],
        index: NameIndex,
        quoted: Sequence[tuple[int, int]],
        lexicon: Lexicon,
    ) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.lexicon = lexicon
        self.index = index
        self.names = index.names
        self.starts = [name.start for name in self.names]
        self.inside: Sequence[tuple[int, int]] = ()
        """the quotation whose inside is being read: names in it count"""
        self.speaking: set[int] = set()
        """where the words that name a source end"""
        self._quoted = sorted(quoted)
        self._quoted_starts = [start for start, _ in self._quoted]
        self._by_paragraph: dict[int, list[int]] = defaultdict(list)
        for position, name in enumerate(self.names):
            if paragraphs[name.paragraph].kind != "credit":
                self._by_paragraph[name.paragraph].append(position)
        self._events: dict[int, list[Event]] = {}
        self._count_pronouns()

    def is_quoted(self, at: int) -> bool:
        """Whether a place is inside a quotation, other than the one that is being read."""
        return not any(start <= at < end for start, end in self.inside) and self._is_marked(at)

    def _is_marked(self, at: int) -> bool:
        i = bisect_right(self._quoted_starts, at) - 1
        return i >= 0 and at < self._quoted[i][1]

    def names_between(self, start: int, end: int) -> Iterator[tuple[int, Entity, Name]]:
        """Yield position, entity and name of the names outside quotations that begin in a range."""
        for position in range(bisect_left(self.starts, start), bisect_left(self.starts, end)):
            entity = self.index.entity_of.get(position)
            if entity is not None and not self.is_quoted(self.names[position].start):
                yield position, entity, self.names[position]

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
        events = self.events_of(number)
        events = events[bisect_left(events, start, key=start_of) : bisect_left(events, end, key=start_of)]
        if not self.inside:
            return events
        here = self._by_paragraph.get(number, ())
        first, last = (bisect_left(here, bisect_left(self.starts, at)) for at in (start, end))
        return sorted((*events, *self._find_events(here[first:last], quoted=True)), key=start_of)

    def events_of(self, number: int) -> list[Event]:
        """Return who is named in a paragraph outside quotations, in order."""
        if number not in self._events:
            self._events[number] = list(self._find_events(self._by_paragraph.get(number, ()), quoted=False))
        return self._events[number]

    def _find_events(self, positions: Iterable[int], *, quoted: bool) -> Iterator[Event]:
        """Yield who is named outside quotations; with `quoted`, who is named in the one that is being read."""
        for position in positions:
            name = self.names[position]
            entity = self.index.entity_of.get(position)
            if entity is None or self.is_quoted(name.start) or self._is_marked(name.start) != quoted:
                continue
            yield Event(name.start, name.end, entity, name.possessive, name.oblique)

    def note(self, phrase: Phrase, paragraph: int, entity: Entity) -> None:
        """Remember that a phrase that is no name named an entity."""
        if not self.is_quoted(phrase.start):
            event = Event(phrase.start, phrase.end, entity, possessive=False, oblique=False)
            insort(self.events_of(paragraph), event, key=start_of)

    def has_subject(self, event: Event, gender: str) -> bool:
        """Whether the sentence that names somebody begins with a pronoun of a gender: He met Smith."""
        floor = max(event.start - _SENTENCE, 0)
        before = self.text[floor : event.start]
        begin = max((found.end() for found in BREAK.finditer(before)), default=0)
        found = BEGINS_WITH.match(self.text, floor + max(begin, before.rfind("\n") + 1), event.start)
        if found is None or self.is_quoted(found.start()):
            return False
        return GENDERS.get(found.group(1).lower()) == gender

    def acts(self, event: Event) -> bool:
        """Whether a verb stands after a name of several words: Runa Dahl came."""
        if len(event.entity.core) < 2 or event.possessive or event.oblique:
            return False
        first = event.entity.names[0].end if event.entity.names else event.end
        found = (_NEXT_WORD.match(self.text, at) for at in (event.end, first))
        return any(one is not None and one.group(1) in self.lexicon.verbs for one in found)

    def reports(self, event: Event) -> bool:
        """Whether a verb of speech stands beside a name: Ann Lee said, and after a comma said Ann Lee."""
        before = max(0, event.start - _LONGEST_CALL)
        found = _NEXT_WORD.match(self.text, event.end) or _WORD_BEFORE.search(self.text, before, event.start)
        verb = self.lexicon.verbs.get(found.group(1)) if found is not None else None
        if verb is None or verb.cue is None or verb.cue.kind != "speech" or verb.lemma in _REQUESTS:
            return False
        word = _LAST_WORD.search(self.text, before, event.start)
        return ("past" in verb.forms or verb.cue.verbal) and not (word and word.group(1).lower() in _TIMES)

    def note_speaker(self, phrase: Phrase) -> None:
        """Remember that a phrase is a source: a name that speaks is no mere word with a capital."""
        self.speaking.add(phrase.end)
        if phrase.code != "N":
            return
        position = bisect_left(self.starts, phrase.end) - 1
        if position >= 0 and self.names[position].end > phrase.start:
            entity = self.index.entity_of.get(position)
            if entity is not None and entity.kind == "unknown":
                entity.kind = "person"

    def named_in(self, spans: Sequence[tuple[int, int]]) -> frozenset[Entity]:
        """Return the entities whose name stands in some stretches of text."""
        found = set()
        for start, end in spans:
            for position in range(bisect_left(self.starts, start), bisect_left(self.starts, end)):
                entity = self.index.entity_of.get(position)
                if entity is not None:
                    found.add(entity)
        return frozenset(found)

    def peek(self, phrase: Phrase) -> Entity | None:
        """Return the entity that a source names, if it is a name; nothing is settled by it."""
        if phrase.code != "N" or phrase.joint:
            return None
        position = bisect_left(self.starts, phrase.end) - 1
        if position < 0 or self.names[position].end <= phrase.start:
            return None
        return self.index.entity_of.get(position)

    def is_vocative(self, name: Name) -> bool:
        """Whether a name calls somebody: set off by a comma, or alone in the quotation."""
        if name.possessive or self.text[name.end : name.end + 1] not in _AFTER_CALL:
            return False
        if not (left := self.text[max(0, name.start - 2) : name.start].rstrip()) or left[-1] in _BEFORE_CALL:
            return True
        word = _LAST_WORD.search(self.text, max(0, name.start - _LONGEST_CALL), name.start)
        return word is not None and word.group(1).lower() in _CALLS

    def names_in_document(self, document: int) -> Iterator[tuple[Name, Entity]]:
        """Yield the names of one document that have an entity, in text order."""
        first = bisect_left(self.names, document, key=lambda name: self.paragraphs[name.paragraph].document)
        for position in range(first, len(self.names)):
            if self.paragraphs[self.names[position].paragraph].document != document:
                return
            entity = self.index.entity_of.get(position)
            if entity is not None:
                yield self.names[position], entity

    def opens(self, number: int, before: int) -> Entity | None:
        """Return the person whose full name a paragraph of the same document begins with."""
        if number >= len(self.paragraphs) or self.paragraphs[number].document != self.paragraphs[before].document:
            return None
        if self.paragraphs[number].kind == "turn":
            return None  # its label tells nothing of the turn before
        event = next(iter(self.events_of(number)), None)
        if event is None or event.start != self.paragraphs[number].start or event.possessive:
            return None
        return event.entity if event.entity.kind == "person" and len(event.entity.core) > 1 else None

    def owner_of(self, phrase: Phrase, paragraph: int) -> Entity | None:
        """Return whom the narration before "her mother" means by "her"."""
        owner = _OWNER_GENDERS.get(self.text[phrase.start : phrase.start + 4].lower().split(" ")[0])
        return None if owner is None else self.subject_before(phrase.start, paragraph, owner)

    def subject_before(self, start: int, paragraph: int, gender: str) -> Entity | None:
        """Return the first person of a gender in the nearest sentence that has one."""
        other = None
        for group in self.sentences_back(start, paragraph, NEAR - 1):
            fitting = [e for e in group if e.entity.kind in _PERSONS and e.entity.gender in (None, gender)]
            fitting = [e for e in fitting if e.entity.gender == gender] or fitting
            subject = next((e.entity for e in fitting if not e.possessive and not e.oblique), None)
            if subject is not None:
                return subject
            other = other or (fitting[0].entity if fitting else None)
        return other

    def joined_subjects(self, events: Sequence[Event]) -> list[list[Entity]]:
        """Return the persons of a sentence, those together who are one subject: Ann Smith and Bob Jones."""
        groups: list[list[Entity]] = []
        last: Event | None = None
        for event in events:
            joined = last is not None and _JOINED.match(self.text, last.end, event.start) is not None
            if joined and groups and event.entity not in groups[-1]:
                groups[-1].append(event.entity)
            else:
                groups.append([event.entity])
            last = event
        return groups

    def _count_pronouns(self) -> None:
        """Let "he" and "she" after a name in its sentence tell the gender of whom nothing else tells."""
        votes: dict[Entity, list[int]] = defaultdict(lambda: [0, 0])
        for position, name in enumerate(self.names):
            entity = self.index.entity_of.get(position)
            if (
                entity is None
                or entity.kind not in ("person", "unknown")
                or entity.gender_source == "text"
                or len(entity.names) < (VOTES if entity.gender is None else 2 * VOTES)
                or self.is_quoted(name.start)
            ):
                continue
            stop = min(name.end + PRONOUN_REACH, self.paragraphs[name.paragraph].end)
            if position + 1 < len(self.names):
                stop = min(stop, self.names[position + 1].start)
            if (gender := find_pronoun(self.text, name.end, stop)) is not None:
                votes[entity][gender == "female"] += 1
        for entity, (male, female) in votes.items():
            most, least = max(male, female), min(male, female)
            if most >= (VOTES if entity.gender is None else 2 * VOTES) and most >= 3 * least:
                if not all(name.initial for name in entity.names):  # “Finally he rose”
                    entity.kind = "person"
                entity.gender, entity.gender_source = ("male" if male > female else "female"), "text"

    def is_in_name(self, at: int) -> bool:
        """Whether a place is inside a name."""
        position = bisect_left(self.starts, at) - 1
        return position >= 0 and self.names[position].end > at
