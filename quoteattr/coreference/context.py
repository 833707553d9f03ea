"""What a rule may look at: a mention, where it stands, and what the text tells around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

import attrs

from quoteattr.coreference.descriptions import Description
from quoteattr.coreference.entities import GENDER_OF, Entity
from quoteattr.coreference.facts import Facts
from quoteattr.coreference.narration import BREAK, NAMED, SUBJECT_GENDERS, Event, Narration
from quoteattr.coreference.scene import LAST_WORD, LONGEST_WORD
from quoteattr.coreference.trace import Trace
from quoteattr.coreference.unnamed import Unnamed
from quoteattr.lexicon import Lexicon, words_of
from quoteattr.values import Phrase

BEGINS_WITH = re.compile(r"(?:[A-Z][a-z]+,? )?(He|She|he|she)\b")
"""A sentence whose subject is a pronoun."""
# how many bearers of a role are looked at on each side of a mention
_MOST_DESCRIBED = 40
# how many unnamed persons with one head noun, or bodies called by one, are compared
_MOST_NAMELESS = 200
# nouns for one of a people
_NATIVES = words_of("nouns for one of a people")
_NATIVE_ENDS = ("an", "ian", "man", "er")
_REQUESTS = words_of("verbs of request")
_TIMES = words_of("conjunctions of time")
_NEXT_WORD = re.compile(r"[ \xa0\n]([a-z]+)\b")
_APART = re.compile(r",[ \n][^.;:“”\"\n]{2,80},[ \n]([a-z]+)\b")
_WORD_BEFORE = re.compile(r"[,\"”’'][ \xa0\n]([a-z]+)[ \xa0\n]$")
# how far before a name the beginning of its sentence is sought
_SENTENCE = 300
_FIRST = words_of("first-person pronouns")
_THIRD = words_of("third-person pronouns")
_WORD = re.compile(r"[a-z]+")
# how many paragraphs back a pronoun in what somebody says is looked for
_NEAR = 2
_BODIES = words_of("bodies without a name")


@attrs.frozen
class Spoken:
    """Who spoke before: the entity, the place after which somebody else may have been named, its paragraph."""

    entity: Entity
    end: int
    paragraph: int
    narrates: bool = False
    """whether it was "I" who spoke, in the telling"""


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
    words: Sequence[tuple[int, int]] = ()
    """the pieces of that quotation, if it is an utterance of its own"""
    inside: Sequence[tuple[int, int]] = ()
    """the pieces of that quotation, whose names count"""
    trace: Trace | None = None
    """where the steps are written down, if somebody asks"""

    def tell(self, step: str) -> None:
        """Write down a step, if somebody asks."""
        if self.trace is not None:
            self.trace.steps.append(step)


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

    phrase: Phrase
    word: str
    """its words in lower case"""
    description: Description | None
    setting: Setting
    narration: Narration
    facts: Facts
    """what its document tells"""
    unnamed: Unnamed
    lexicon: Lexicon
    _resolve: Callable[[Phrase, Setting], Entity | None]

    @property
    def text(self) -> str:
        """The text that the mention stands in."""
        return self.narration.text

    @property
    def start(self) -> int:
        """Where the mention begins."""
        return self.phrase.start

    @property
    def words(self) -> str:
        """The mention as it is written."""
        return self.text[self.phrase.start : self.phrase.end]

    def resolve(self, phrase: Phrase) -> Entity | None:
        """Resolve another phrase of the narration around the mention."""
        return self._resolve(phrase, attrs.evolve(self.setting, quoted=frozenset(), talk=False))

    def floor(self, reach: int) -> int:
        """Return how far back words before the mention are read: some characters, and not into another document."""
        return max(self.facts.start, self.start - reach)

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
            entities = self.narration.index.described.get((self.facts.document, key), [])
            near = bisect_left(entities, self.start, key=lambda one: one.names[0].start if one.names else -1)
            found.update(dict.fromkeys(entities[max(0, near - _MOST_DESCRIBED) : near + _MOST_DESCRIBED]))
        return list(found)

    def nearest(self, entities: Sequence[Entity]) -> list[Entity]:
        """Return the one that was named last before the mention, unless the same sentence names another of them."""
        named = sorted((last, n) for n, one in enumerate(entities) if (last := one.last_before(self.start)) >= 0)
        if not named:
            return list(entities)
        if len(named) > 1 and not BREAK.search(self.text, named[-2][0], named[-1][0]):
            return [entities[n] for _, n in named[-2:]]
        return [entities[named[-1][1]]]

    def is_beside(self, entity: Entity) -> bool:
        """Whether the sentence that names somebody has the words of the mention too: Ann Lee met the mayor."""
        at = entity.last_before(self.start)
        stop = BREAK.search(self.text, at, self.start)
        words = self.text[at : stop.start() if stop else self.start].lower()
        head = self.description.head if self.description is not None else ""
        other = (
            re.search(rf"(?<!,) the {re.escape(head)}\b", words) if head else None
        )  # not: Ann Lee, the mayor of Oslo
        return self.word in words or other is not None

    def is_spoken_of(self, entity: Entity) -> bool:
        """Whether the words that the mention is the source of can speak of nobody else by a pronoun: He will return."""
        said = (self.text[start:end].lower() for start, end in self.setting.words)
        genders = {GENDER_OF[word] for words in said for word in _WORD.findall(words) if word in GENDER_OF}
        if not genders or entity.gender not in (None, *genders):
            return False
        near = {event.entity for event in self.persons_back(_NEAR)} | self.setting.quoted
        return not any(one.kind == "person" and one.gender in (None, *genders) for one in near - {entity})

    def sentences_back(self, reach: int) -> Iterator[list[Event]]:
        """Yield the named entities of the sentences before the mention, nearest sentence first."""
        yield from self.narration.sentences_back(self.start, self.setting.paragraph, reach)

    def events_after(self, reach: int) -> Iterator[Event]:
        """Yield who is named outside quotations after the mention, up to some paragraphs further."""
        yield from self.narration.events_after(self.phrase.end, self.setting.paragraph, reach)

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
        return self.facts.partner(self.setting.previous.entity, gender, siblings=siblings)

    def owner(self, gender: str) -> Entity | None:
        """Return whom "his" or "her" means: who spoke before, or whom the nearest sentence is about."""
        spoken = self.setting.previous
        if spoken is not None and spoken.entity.gender == gender and spoken.entity.names:
            return spoken.entity
        return self.narration.subject_before(self.start, self.setting.paragraph, gender)

    def told_here(self, entity: Entity) -> bool:
        """Whether the nearest sentence with a name, in the same paragraph, reports what somebody says: Lee said so."""
        group = next(self.sentences_back(0), [])
        return any(event.entity is entity and (self.reports(event) or self._reports_apart(event)) for event in group)

    def _reports_apart(self, event: Event) -> bool:
        """Whether a verb of speech stands after an apposition: Ann Lee, the mayor, said."""
        found = _APART.match(self.text, event.end, self.start)
        verb = self.lexicon.verbs.get(found.group(1)) if found is not None else None
        return verb is not None and verb.cue is not None and verb.cue.kind == "speech" and "past" in verb.forms

    def signs(self, event: Event) -> bool:
        """Whether a name is all that a line has: who signs a letter is not whom the next one is about."""
        block = self.narration.paragraphs[self.setting.paragraph]
        begin, stop = self.text.rfind("\n", 0, event.start) + 1, self.text.find("\n", event.end)
        return begin == event.start and event.end == stop < block.start and begin > self.facts.start

    def native_of(self, word: str) -> str | None:
        """Return the country of whom a noun calls one of its people: Swede, Texan; not British."""
        noun = word.title()
        return self.lexicon.demonyms.get(noun) if noun.endswith(_NATIVE_ENDS) or noun in _NATIVES else None

    def bodies_ending(self, word: str) -> list[Entity]:
        """Return the bodies of this document whose name has a head noun: the Audit Office, the Office of Mines."""
        bodies = self.narration.index.bodies.get((self.facts.document, word), ())
        return [one for one in bodies if one.names[0].start < self.start]

    def bodies_called(self, word: str) -> list[Entity]:
        """Return the bodies of this document that the text calls by a noun: the charity Sea Watch."""
        if word not in _BODIES and self.lexicon.organizations.get(word.title(), ("",))[0] != "keyword":
            return []
        return self.facts.bodies_called.get(word, [])[:_MOST_NAMELESS]

    def unnamed_bodies(self, word: str) -> list[Entity]:
        """Return the unnamed bodies of this document that were called by a word: Chile’s central bank, the bank."""
        if self.lexicon.organizations.get(word.title(), ("",))[0] != "keyword":
            return []
        return list(self.unnamed.bodies.get((self.facts.document, word), ()))[-_MOST_NAMELESS:]

    def unnamed_like(self, description: Description) -> list[Entity]:
        """Return the unnamed sources before that share the head noun."""
        return [
            one
            for one in self.unnamed.by_head.get((self.facts.document, description.head), ())[-_MOST_NAMELESS:]
            if one.descriptions[0].countries >= description.countries
            and description.words <= one.descriptions[0].words
            and (description.definite or one.name == self.unnamed.name(description.text))
        ]

    def accused(self) -> list[Entity]:
        """Return the persons of whom the text before says that they are accused: Ann Lee denies assaulting him."""
        return [one for one in self.facts.accused if one.names[0].start < self.start]

    def has_subject(self, event: Event, gender: str) -> bool:
        """Whether the sentence that names somebody begins with a pronoun of a gender: He met Smith."""
        floor = max(event.start - _SENTENCE, 0)
        before = self.text[floor : event.start]
        begin = max((found.end() for found in BREAK.finditer(before)), default=0)
        found = BEGINS_WITH.match(self.text, floor + max(begin, before.rfind("\n") + 1), event.start)
        if found is None or self.narration.is_quoted(found.start()):
            return False
        return SUBJECT_GENDERS.get(found.group(1).lower()) == gender

    def acts(self, event: Event) -> bool:
        """Whether a verb stands after a name of several words: Runa Dahl came."""
        if len(event.entity.core) < 2 or event.possessive or event.oblique:
            return False
        first = event.entity.names[0].end if event.entity.names else event.end
        found = (_NEXT_WORD.match(self.text, at) for at in (event.end, first))
        return any(one is not None and one.group(1) in self.lexicon.verbs for one in found)

    def reports(self, event: Event) -> bool:
        """Whether a verb of speech stands beside a name: Ann Lee said, and after a comma said Ann Lee."""
        before = max(0, event.start - LONGEST_WORD)
        found = _NEXT_WORD.match(self.text, event.end) or _WORD_BEFORE.search(self.text, before, event.start)
        verb = self.lexicon.verbs.get(found.group(1)) if found is not None else None
        if verb is None or verb.cue is None or verb.cue.kind != "speech" or verb.lemma in _REQUESTS:
            return False
        word = LAST_WORD.search(self.text, before, event.start)
        return ("past" in verb.forms or verb.cue.verbal) and not (word and word.group(1).lower() in _TIMES)
