"""Who is near a turn of a conversation: whom the narration around it tells of, whom its words call."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from quoteattr.coreference.dialogue import Turn
from quoteattr.coreference.entities import Entity
from quoteattr.coreference.narration import ADDRESS, GENDERS, NAMED, NEAR, Narration

# how many characters before a turn are read for who is near
_READ = 3000
# paragraphs before a turn that are read for what happens since the turn before
_PAUSE = 3
# the subject of a sentence, and of what goes on after a quotation
_ACTS = re.compile(r"\b(He|She)\b")
_ACTS_FIRST = re.compile(r"\W*(he|she)\b", re.IGNORECASE)
_OF_GENDER = {
    "male": re.compile(r"\b(?:he|his|him)\b", re.IGNORECASE),
    "female": re.compile(r"\b(?:she|her)\b", re.IGNORECASE),
}
# a title before a name, and no address: “Mr. Lee is here.”
_TITLES = re.compile(r"[A-Z]\w*\.[ \n]+[A-Z]")


class Scene:
    """What stands around the turns of one text."""

    def __init__(self, narration: Narration) -> None:
        self.narration = narration
        self.text = narration.text
        self.paragraphs = narration.paragraphs
        self.lexicon = narration.lexicon
        self.index = narration.index
        self.names = narration.names
        self._exclaimed: dict[Entity, bool] = {}

    def called_in(self, spans: Sequence[tuple[int, int]]) -> tuple[Entity, ...]:
        """Return who is called by name in some stretches."""
        found = []
        for start, end in spans:
            for position in range(bisect_left(self.narration.starts, start), bisect_left(self.narration.starts, end)):
                entity = self.index.entity_of.get(position)
                if entity is None or entity.kind not in ("person", "unknown"):
                    continue
                name = self.names[position]
                if name.start == start and end - name.end <= 1 and self.text[end - 1] != "!":
                    continue  # “Who was it?” “Ann Smith.”
                if self.narration.is_vocative(name) and not self._is_exclamation(entity):
                    found.append(entity)
        return tuple(dict.fromkeys(found))

    def _is_exclamation(self, entity: Entity) -> bool:
        """Whether a word has its capital because speech begins with it: “Splendid, come in” (the shape)."""
        if entity.kind != "unknown" or entity.gender is not None or len(entity.core) > 1:
            return False
        if entity not in self._exclaimed:
            self._exclaimed[entity] = all(
                name.initial and self.narration.is_quoted(name.start) for name in entity.names
            )
        return self._exclaimed[entity]

    def addressed_in(self, spans: Sequence[tuple[int, int]]) -> str | None:
        """Return the gender of whom some stretches address by a word like "sir" or "mother", if it is one."""
        found = set()
        for start, end in spans:
            for called in ADDRESS.finditer(self.text, start, end):
                role = self.lexicon.roles.get(called.group(1).lower())
                title = self.lexicon.titles.get(called.group(1).capitalize())
                if role is not None and role.gender and not role.plural:
                    found.add(role.gender)
                elif title is not None and title.gender and not _TITLES.match(self.text, called.start(1), end):
                    found.add(title.gender)
        return found.pop() if len(found) == 1 else None

    def named_near(self, paragraph: int) -> dict[Entity, int]:
        """Return the persons whom the narration up to a paragraph names, but for sources, by sentences back."""
        found: dict[Entity, int] = {}
        rank = 0
        for group in self.narration.sentences_back(self.paragraphs[paragraph].end, paragraph, NEAR - 1):
            people = [
                event.entity
                for event in group
                if event.end not in self.narration.speaking and event.entity.kind in NAMED
            ]
            for entity in people:
                found.setdefault(entity, rank)
            rank += bool(people)
        return found

    def opening_of(self, paragraph: int) -> Entity | None:
        """Return whom the last sentence before a paragraph is about."""
        if paragraph == 0 or self.paragraphs[paragraph - 1].kind == "heading":
            return None
        for group in self.narration.sentences_back(self.paragraphs[paragraph].start, paragraph - 1, 0):
            people = [e for e in group if e.entity.kind == "person"]
            return next((e.entity for e in people if not e.possessive and not e.oblique), None)
        return None

    def read_narration(
        self, turn: Turn, start: int, source: tuple[int, int] | None, gaps: Sequence[tuple[int, int]]
    ) -> None:
        """Note for a turn whom the narration names from the turn before, which ends at `start`, to its source.

        `gaps` are what stands between and after the quotations of a turn without a source.
        """
        turn.acting = self.acting_in(turn.first)
        turn.near = self.named_near(turn.first)
        turn.opening = self.opening_of(turn.first)
        end = source[0] if source is not None else self.paragraphs[turn.first].end
        start = max(start, end - _READ)
        pronoun = end
        if turn.source == "pronoun" and turn.gender is not None:
            same = _OF_GENDER[turn.gender].finditer(self.text, start, end)
            pronoun = next((found.start() for found in same if not self.narration.is_quoted(found.start())), end)
            turn.subject = self.narration.subject_before(pronoun, turn.first, turn.gender)
        for group in self.narration.sentences_back(end, turn.first, _PAUSE):
            people = [event for event in group if event.start >= start and event.entity.kind in NAMED]
            subjects = [event for event in people if not event.possessive and not event.oblique]
            rank = len(set(turn.since.values()))
            for event in subjects:
                turn.since.setdefault(event.entity, rank)
                if event.start < pronoun and event.entity.gender in (None, turn.gender):
                    turn.leading.setdefault(event.entity, len(turn.leading))
            turn.objects.update(event.entity for event in people if event.oblique and not event.possessive)
            if group[0].start < start:
                break
        if not turn.source:
            for left, right in gaps:
                if found := _ACTS_FIRST.match(self.text, left, right) or _ACTS.search(self.text, left, right):
                    turn.acts = GENDERS[found.group(1).lower()]
                    turn.subject = self.narration.subject_before(found.start(1), turn.first, turn.acts)
                    break

    def acting_in(self, paragraph: int) -> tuple[Entity, ...]:
        """Return the persons whom the narration of a paragraph is about."""
        events = [
            event
            for event in self.narration.events_of(paragraph)
            if event.entity.kind == "person" and not event.oblique
        ]
        events = [event for event in events if not event.possessive] or events
        return tuple(dict.fromkeys(event.entity for event in events))
