"""Who is near a turn of a conversation: whom the narration around it tells of, whom its words call."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quoteattr.coreference.dialogue import Turn
from quoteattr.coreference.entities import GENDER_OF, Entity
from quoteattr.coreference.narration import BREAK, NAMED, NEAR, SUBJECT_GENDERS, Narration
from quoteattr.lexicon import Lexicon, words_of
from quoteattr.values import Name, Phrase

# a word set off by commas, where an address stands: “Yes, sir.” “Oh, my dear mother!”
ADDRESS = re.compile(
    r"(?:(?<=,) ?(?:my )?(?:(?:dear|good|poor) )?|(?<=[“\"‘]))([^\W\d_]+['’]?[^\W\d_]*)(?=[,.?!;”\"]|--|—|$)"
)
LAST_WORD = re.compile(r"([^\W\d_]+)[ \n]$")
LONGEST_WORD = 12
"""The word before a place, and how far back it is sought."""
# a title before a name, and no address: “Mr. Lee is here.”
_TITLES = re.compile(r"[A-Z]\w*\.[ \n]+[A-Z]")
_BEFORE_CALL = frozenset(",“‘\"'")
_AFTER_CALL = re.compile(r"[,.?!;:”’\"'—…]|--|$")
_CALLS = words_of("words before a vocative")
# how many characters before a turn are read
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


def is_vocative(text: str, name: Name) -> bool:
    """Whether a name calls somebody: set off by a comma, or alone in the quotation."""
    if name.possessive or _AFTER_CALL.match(text, name.end) is None:
        return False
    if not (left := text[max(0, name.start - 2) : name.start].rstrip()) or left[-1] in _BEFORE_CALL:
        return True
    word = LAST_WORD.search(text, max(0, name.start - LONGEST_WORD), name.start)
    return word is not None and word.group(1).lower() in _CALLS


def join_pet_forms(narration: Narration) -> None:
    """Join who is called by a form of the first name with whom the narration calls by that name: Lizzy, Elizabeth."""
    index, text = narration.index, narration.text
    for entity in index.entities:
        if (
            entity.kind in NAMED
            and entity.names
            and len(entity.core) == 1
            and all(name.title is None and narration.is_quoted(name.start) for name in entity.names)
            and any(is_vocative(text, name) for name in entity.names)
        ):
            formal = index.find_formal(entity)
            told = [one for one in formal if any(not narration.is_quoted(name.start) for name in one.names)]
            if len(formal) == len(told) == 1:
                index.merge(entity, told[0])


class Scene:
    """What stands around the turns of one text."""

    def __init__(self, narration: Narration, lexicon: Lexicon) -> None:
        self._narration = narration
        self._lexicon = lexicon
        self.sources: set[int] = set()
        """where the words that name a source end"""
        self._exclaimed: dict[Entity, bool] = {}

    def called_in(self, spans: Sequence[tuple[int, int]]) -> tuple[Entity, ...]:
        """Return who is called by name in some stretches."""
        index, text = self._narration.index, self._narration.text
        found = []
        for start, end in spans:
            for position in index.positions(start, end):
                entity, name = index.entity_of.get(position), index.names[position]
                if entity is None or entity.kind not in NAMED:
                    continue
                if name.start == start and end - name.end <= 1 and text[end - 1] != "!":
                    continue  # “Who was it?” “Ann Smith.”
                if is_vocative(text, name) and not self._is_exclamation(entity):
                    found.append(entity)
        return tuple(dict.fromkeys(found))

    def _is_exclamation(self, entity: Entity) -> bool:
        """Whether a word has its capital because speech begins with it: “Splendid, come in” (the shape)."""
        if entity.kind != "unknown" or entity.gender is not None or len(entity.core) > 1:
            return False
        if entity not in self._exclaimed:
            self._exclaimed[entity] = all(
                name.initial and self._narration.is_quoted(name.start) for name in entity.names
            )
        return self._exclaimed[entity]

    def addressed_in(self, spans: Sequence[tuple[int, int]]) -> str | None:
        """Return the gender of whom some stretches address by a word like "sir" or "mother", if it is one."""
        found = set()
        for start, end in spans:
            for called in ADDRESS.finditer(self._narration.text, start, end):
                word = called.group(1).replace("’", "'")
                role, title = self._lexicon.roles.get(word.lower()), self._lexicon.titles.get(word.capitalize())
                if role is not None and role.gender and not role.plural:
                    found.add(role.gender)
                elif (
                    title is not None and title.gender and not _TITLES.match(self._narration.text, called.start(1), end)
                ):
                    found.add(title.gender)
        return found.pop() if len(found) == 1 else None

    def read(self, turn: Turn, start: int, source: tuple[int, int] | None, gaps: Sequence[tuple[int, int]]) -> None:
        """Note for a turn whom the narration names from the turn before, which ends at `start`, to its source.

        `gaps` are what stands between and after the quotations of a turn without a source.
        """
        turn.acting = self._narration.acting_in(turn.first)
        turn.near = self._named_near(turn.first)
        turn.opening = self._narration.opening_of(turn.first)
        end = self._narration.paragraphs[turn.first].end
        if source is not None:
            turn.aside = self._named_after(source[1], end)
            end = source[0]
        start = max(start, end - _READ)
        pronoun = end
        if turn.source == "pronoun" and turn.gender is not None:
            same = _OF_GENDER[turn.gender].finditer(self._narration.text, start, end)
            pronoun = next((found.start() for found in same if not self._narration.is_quoted(found.start())), end)
            turn.subject = self._narration.subject_before(pronoun, turn.first, turn.gender)
        for group in self._narration.sentences_back(end, turn.first, _PAUSE):
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
                text = self._narration.text
                if found := _ACTS_FIRST.match(text, left, right) or _ACTS.search(text, left, right):
                    turn.acts = SUBJECT_GENDERS[found.group(1).lower()]
                    turn.subject = self._narration.subject_before(found.start(1), turn.first, turn.acts)
                    break

    def _named_after(self, start: int, stop: int) -> frozenset[Entity]:
        """Return who is named in the rest of a sentence: she said, and looked at Ann."""
        rest = BREAK.search(self._narration.text, start, stop)
        names = self._narration.names_between(start, rest.start() if rest is not None else stop)
        return frozenset(entity for _, entity, _ in names)

    def _named_near(self, paragraph: int) -> dict[Entity, int]:
        """Return the persons whom the narration up to a paragraph names, but for sources, by sentences back."""
        found: dict[Entity, int] = {}
        rank = 0
        for group in self._narration.sentences_back(self._narration.paragraphs[paragraph].end, paragraph, NEAR):
            people = [event.entity for event in group if event.end not in self.sources and event.entity.kind in NAMED]
            for entity in people:
                found.setdefault(entity, rank)
            rank += bool(people)
        return found

    def owner_of(self, phrase: Phrase, paragraph: int, reach: int = NEAR) -> Entity | None:
        """Return whom the narration before "her mother" means by "her"; `reach` is how many paragraphs back."""
        owner = GENDER_OF.get(self._narration.text[phrase.start : phrase.end].partition(" ")[0].lower())
        return None if owner is None else self._narration.subject_before(phrase.start, paragraph, owner, reach)
