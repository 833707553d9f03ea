"""What a rule may look at for one mention."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import attrs

from quoteattr.coreference.descriptions import Description
from quoteattr.coreference.entities import Entity
from quoteattr.coreference.narration import BREAK, NAMED, Event
from quoteattr.lexicon import words_of
from quoteattr.values import Name

if TYPE_CHECKING:
    from quoteattr.coreference.engine import Coreference

# how many bearers of a role are looked at on each side of a mention
_MOST_DESCRIBED = 40
# how many unnamed persons with one head noun are compared
_MOST_NAMELESS = 200
# nouns for one of a people
_NATIVES = words_of("nouns for one of a people")
_NATIVE_ENDS = ("an", "ian", "man", "er")
_FIRST = words_of("first-person pronouns")
_THIRD = words_of("third-person pronouns")
_BODIES = words_of("bodies without a name")


@attrs.frozen
class Spoken:
    """Who spoke before: the entity, the place after which somebody else may have been named, its paragraph."""

    entity: Entity
    end: int
    paragraph: int


@attrs.frozen
class Setting:
    """Where a mention stands."""

    paragraph: int
    previous: Spoken | None = None
    """who spoke before it"""
    outer: Entity | None = None
    """who speaks the quotation that it stands in"""
    quoted: frozenset[Entity] = frozenset()
    """who is named inside the quotation that it is the source of: not its speaker"""
    talk: bool = False
    """whether it is in a conversation"""


@attrs.frozen
class Resolution:
    """Where a mention led: the entity or None, the rule, the reason if there is none."""

    entity: Entity | None
    kind: str
    rule: str
    reason: str | None = None


@attrs.frozen
class Context:
    """What a rule may look at for one mention."""

    engine: Coreference
    start: int
    end: int
    word: str
    description: Description | None
    setting: Setting

    @property
    def document(self) -> int:
        """Return the number of the document that it stands in."""
        return self.engine.paragraphs[self.setting.paragraph].document

    def allows(self, entity: Entity, kind: str) -> bool:
        """Whether an entity may be meant: few name themselves in what they say, or are "he" inside it."""
        if entity.kind == "teller":
            return False
        if kind != "pronoun" or self.word in _FIRST:
            return True
        own = entity is self.setting.outer and self.word in _THIRD
        return entity not in self.setting.quoted and not own

    def described(self, kinds: frozenset[str]) -> list[Entity]:
        """Return the entities of this document with the description's head noun, or of some classes."""
        if self.description is None:
            return []
        found: dict[Entity, None] = {}
        for key in (self.description.head, "counterpart", *sorted(self.description.status), *sorted(kinds)):
            entities = self.engine.index.described.get((self.document, key), [])
            near = bisect_left(entities, self.start, key=lambda one: one.names[0].start if one.names else -1)
            found.update(dict.fromkeys(entities[max(0, near - _MOST_DESCRIBED) : near + _MOST_DESCRIBED]))
        return list(found)

    def nearest(self, entities: Sequence[Entity]) -> list[Entity]:
        """Return the one that was named last before the mention, unless the same sentence names another of them."""
        named = sorted((last, n) for n, one in enumerate(entities) if (last := one.last_before(self.start)) >= 0)
        if not named:
            return list(entities)
        if len(named) > 1 and not BREAK.search(self.engine.text, named[-2][0], named[-1][0]):
            return [entities[n] for _, n in named[-2:]]
        return [entities[named[-1][1]]]

    def is_beside(self, entity: Entity) -> bool:
        """Whether the sentence that names somebody has the words of the mention too: Ann Lee met the mayor."""
        at = entity.last_before(self.start)
        stop = BREAK.search(self.engine.text, at, self.start)
        return self.word in self.engine.text[at : stop.start() if stop else self.start].lower()

    def introduced(self) -> list[Entity]:
        """Return the unnamed person brought in last before the mention by an indefinite description."""
        assert self.description is not None
        return self.engine.subjects.introduced(self.description, self.start, self.setting.paragraph)

    def nominal_subject(self) -> Entity | None:
        """Return the unnamed person whom the sentence before, in the same paragraph, is about."""
        return self.engine.subjects.nominal_subject(self)

    def nominal_body(self) -> Entity | None:
        """Return the body without a name that this sentence, or the one before, is about."""
        return self.engine.subjects.nominal_body(self)

    def joined_subjects(self, subject: Event, acting: Sequence[Event]) -> list[Entity]:
        """Return a subject with those acting who share it; in a conversation, alone."""
        groups = [] if self.setting.talk else self.engine.narration.joined_subjects(acting)
        return next((group for group in groups if subject.entity in group), [subject.entity])

    def events_after(self, reach: int) -> Iterator[Event]:
        """Yield who is named outside quotations after the mention, up to some paragraphs further."""
        yield from self.engine.narration.events_after(self.end, self.setting.paragraph, reach)

    def opens_next(self) -> Entity | None:
        """Return the person whose full name the next paragraph begins with."""
        return self.engine.narration.opens(self.setting.paragraph + 1, self.setting.paragraph)

    def several(self) -> list[Entity]:
        """Return whom "they" may mean, besides who spoke before."""
        return self.engine.subjects.several(self)

    def pair(self) -> list[Entity]:
        """Return the last two persons who are named as one, together."""
        return self.engine.subjects.pair(self)

    def couple(self) -> list[Entity]:
        """Return the one married couple that the text tells of, together."""
        members = self.engine.relations.couple(self.document)
        return [self.engine.unnamed.join(members)] if members else []

    def persons_back(self, reach: int) -> Iterator[Event]:
        """Yield who is named in the sentences before the mention, nearest sentence first."""
        for group in self.sentences_back(reach):
            for event in group:
                if event.entity.kind in NAMED and event.entity.names and not event.possessive:
                    yield event

    def partner(self, *, siblings: bool) -> list[Entity]:
        """Return the other one of the couple, or of the two siblings, that the speaker before is of."""
        if self.setting.previous is None:
            return []
        gender = self.description.role.gender if self.description is not None else None
        return self.engine.relations.partner(self.setting.previous.entity, gender, siblings=siblings)

    def document_before(self) -> Entity | None:
        """Return the document that the sentences before speak of."""
        return self.engine.subjects.document_before(self)

    def unnamed_bodies(self, word: str) -> list[Entity]:
        """Return the unnamed bodies of this document that were called by a word: Chile’s central bank, the bank."""
        if self.engine.lexicon.organizations.get(word.title(), ("",))[0] != "keyword":
            return []
        return list(self.engine.unnamed.bodies.get((self.document, word), ()))

    def introduced_body(self, word: str) -> list[Entity]:
        """Return the body without a name that the text spoke of last by a noun and more: the interior ministry."""
        return self.engine.subjects.introduced_body(word, self.start, self.setting.paragraph) if word in _BODIES else []

    def native_of(self, word: str) -> str | None:
        """Return the country of whom a noun calls one of its people: Swede, Texan; not British."""
        noun = word.title()
        return self.engine.lexicon.demonyms.get(noun) if noun.endswith(_NATIVE_ENDS) or noun in _NATIVES else None

    def is_business(self, entity: Entity) -> bool:
        """Whether a name is one of a business."""
        return self.engine.relations.is_business(entity)

    def bodies_ending(self, word: str) -> list[Entity]:
        """Return the bodies of this document whose name has a head noun: the Audit Office, the Office of Mines."""
        return [
            one
            for one in self.engine.relations.bodies.get((self.document, word), ())
            if one.names[0].start < self.start
        ]

    def bodies_called(self, word: str) -> list[Entity]:
        """Return the bodies of this document that the text calls by a noun: the charity Sea Watch."""
        if word not in _BODIES and self.engine.lexicon.organizations.get(word.title(), ("",))[0] != "keyword":
            return []
        return self.engine.relations.bodies_called(self.document).get(word, [])

    def names_between(self, start: int, end: int) -> Iterator[tuple[int, Entity, Name]]:
        """Yield the names outside quotations that begin in a range."""
        yield from self.engine.narration.names_between(start, end)

    def sentences_back(self, reach: int) -> Iterator[list[Event]]:
        """Yield the named entities of the sentences before the mention, nearest sentence first."""
        yield from self.engine.narration.sentences_back(self.start, self.setting.paragraph, reach)

    def has_subject(self, event: Event, gender: str) -> bool:
        """Whether the sentence that names somebody begins with a pronoun of a gender."""
        return self.engine.narration.has_subject(event, gender)

    def acts(self, event: Event) -> bool:
        """Whether a verb stands after a name of several words: Runa Dahl came."""
        return self.engine.narration.acts(event)

    def reports(self, event: Event) -> bool:
        """Whether somebody is named beside a verb of speech: Ann Lee said, said Ann Lee."""
        return self.engine.narration.reports(event)

    def narrator(self) -> Entity | None:
        """Return the teller of this document's story."""
        return self.engine.relations.narrator(self.document)

    def owner(self, gender: str) -> Entity | None:
        """Return whom "his" or "her" means: who spoke before, or whom the nearest sentence is about."""
        spoken = self.setting.previous
        if spoken is not None and spoken.entity.gender == gender and spoken.entity.names:
            return spoken.entity
        return self.engine.narration.subject_before(self.start, self.setting.paragraph, gender)

    def married(self, owner: Entity, gender: str | None) -> list[Entity]:
        """Return who has the surname of somebody, and a title that tells of a marriage."""
        return self.engine.relations.married(owner, gender)

    def is_alone(self) -> bool:
        """Whether the text before names no more than one person."""
        return self.start <= self.engine.relations.second_person(self.document)

    def accused(self) -> list[Entity]:
        """Return the persons of whom the text before says that they are accused: Ann Lee denies assaulting him."""
        return [one for one in self.engine.relations.accused(self.document) if one.names[0].start < self.start]

    def unnamed_like(self, description: Description) -> list[Entity]:
        """Return the unnamed sources before that share the head noun."""
        return [
            one
            for one in self.engine.unnamed.heads.get((self.document, description.head), ())[-_MOST_NAMELESS:]
            if one.descriptions[0].countries >= description.countries
            and description.words <= one.descriptions[0].words
            and (description.definite or one.name == self.engine.unnamed.name_of(description.text))
        ]
