"""The engine: mention by mention, in text order, from words to an entity.

It knows no rule by name.  An answer is accepted only where exactly one candidate remains.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from operator import attrgetter

import attrs

from quoteattr.coreference.clusters import ClusterIndex
from quoteattr.coreference.descriptions import PUBLIC, Description, parse_description
from quoteattr.coreference.dialogue import Turn
from quoteattr.coreference.entities import PRONOUN_REACH, VOTES, Entity, NameIndex, find_pronoun
from quoteattr.coreference.narrator import Statement, find_narrator
from quoteattr.coreference.rules import RULES
from quoteattr.coreference.trace import Trace, tell_lost, tell_namesakes
from quoteattr.lexicon import Lexicon, words_of
from quoteattr.model import Config, Gender
from quoteattr.values import Name, Paragraph, Phrase

_BREAK = re.compile(r"[.?!…][\"”’»)]*[ \n](?![a-z])|[.?!]$")
# how many bearers of a role are looked at on each side of a mention
_MOST_DESCRIBED = 40
# how many bodies whose names have one head noun are compared
_MOST_BODIES = 8
# how many unnamed persons with one head noun are compared
_MOST_NAMELESS = 200
_TWO = 2
# how many paragraphs, and characters of them, before a turn are read for who is near
_NEAR, _READ = 5, 3000
# paragraphs before a turn that are read for what happens since the turn before
_PAUSE = 3
# the subject of a sentence, and of what goes on after a quotation
_ACTS = re.compile(r"\b(He|She)\b")
_ACTS_FIRST = re.compile(r"\W*(he|she)\b", re.IGNORECASE)
_OF_GENDER = {
    "male": re.compile(r"\b(?:he|his|him)\b", re.IGNORECASE),
    "female": re.compile(r"\b(?:she|her)\b", re.IGNORECASE),
}
# how far before a definite description its indefinite one may stand
_INTRODUCTION_REACH = 4000
# how far before a pronoun the subject that it takes up may stand
_SUBJECT_REACH = 2000
# how far in a paragraph, and no further, one looks who is named
_FARTHEST = 4000
_SUBJECT_PHRASE = re.compile(
    r"(?:^|(?<=[.?!…”\"’] )|(?<=[\n“\"])|(?<=[-–—] )(?=[A-Z]))(?:(?:But|And|Yet|Then|Still) )?"
    r"(?:(?:When|As|While|After|Before|Once|In|On|At) [^,.;\n“”\"]{3,80}, )?"
    r"(?P<phrase>(?:[Aa]n?|[Tt]he|One|Another|[Hh]er|[Hh]is|[Mm]y|[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,2}['’]s?)"
    r"(?: [A-Z][a-z-]+)? (?:[a-z0-9-]+(?:['’]s)? ?){1,5})"
)
# what may belong to a noun phrase after its noun: at the Flood Audit Office, with
_AFTER_NOUN = re.compile(r" (?:at|for|from|in|of|with)(?= )")
_WORD_AFTER = re.compile(r" ([^\W_](?:[\w&'’-]|\.(?=\w))*)")
_LONGEST_TAIL = 7
_VERBAL = frozenset("vaexcsSAwpT")
_SECOND = frozenset({"other", "second"})
# nouns for one of a people
_NATIVES = words_of("nouns for one of a people")
_NATIVE_ENDS = ("an", "ian", "man", "er")
_INTRODUCING = frozenset({"a", "an", "another", "one"})
# several persons without a name who are the subject of a sentence
_SUBJECTS_PHRASE = re.compile(
    r"(?:^|(?<=[.?!…”\"’] )|(?<=\n))(?P<phrase>(?:(?:The|Her|His|Their|Some|Many|Most|Two|Three|Four|Five|Several) )?"
    r"[A-Za-z][a-z-]+(?: [a-z-]+){0,3})(?=,| [a-z])"
)
# what stands before the first word of a subject
_OPENING = re.compile(r"(?:^|[.?!…”\"’,\n])[ \xa0\n]?(?:(?:[Tt]he|[Hh]is|[Hh]er) )?(?:[A-Za-z-]+ ){0,2}$")
_OPENING_REACH = 60
# between two names that are one subject: Ann Smith and the drummer Bob Jones
_JOINED = re.compile(
    r"(?: (?:of|from) [A-Z][\w.-]*(?: [A-Z][\w.-]*)?)?,? (?:and|&) "
    r"(?:(?:the|a|an|his|her|their) )?(?:[a-z-]+ ){0,3}(?:[a-z-]+, )?$"
)
_COMPANIONS = re.compile(r",? and (?P<phrase>(?:his|her|their) [a-z-]+(?: [a-z-]+){0,2})\b")
# where a text tells that one person is called they
_SINGULAR_THEY = re.compile(r"\bthey(?:/| and )them\b|\bnon-?binary\b", re.IGNORECASE)
# a noun in apposition to the name of a body: the charity Sea Watch; Sea Watch, a charity
_APPOSED_BEFORE = re.compile(r"\b(?:[Tt]he|[Aa]n?) (?:[a-z-]+ ){0,3}(?P<noun>[a-z]+),? (?:the )?$")
_APPOSED_AFTER = re.compile(
    r", (?:the|an?) (?:[a-z-]+ ){0,3}(?P<noun>[a-z]+)(?=[,.]| (?:based|for|in|of|that|which)\b)"
)
# what is told of who stands trial: Ann Smith, 29, denies assaulting him
_ACCUSED = re.compile(
    r"(?:, [^,.\n]{1,40},)? (?:has |had |also )?"
    r"(?:(?:denie[ds]|admit(?:s|ted)) (?:[a-z]+ing|(?:all |both |the |two |three )?charges?)"
    rf"|{'|'.join(sorted(words_of('predicates of the accused')))})\b"
)
_ACCUSING = re.compile(rf"\b(?:{'|'.join(sorted(words_of('verbs of accusing')))}) $")
_LONGEST_ACCUSING = 12
# a document, with who it is from
_DOCUMENT_REACH = 400
_AND = re.compile(r",?\s+(?:and|&)\s+|,\s+")
# a word set off by commas, where an address stands: “Yes, sir.” “Oh, my dear mother!”
_ADDRESS = re.compile(
    r"(?:(?<=,) ?(?:my )?(?:(?:dear|good|poor) )?|(?<=[“\"‘]))([^\W\d_]+['’]?[^\W\d_]*)(?=[,.?!;”\"]|--|—|$)"
)
# a title before a name, and no address: “Mr. Lee is here.”
_TITLES = re.compile(r"[A-Z]\w*\.[ \n]+[A-Z]")
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
_BEGINS_WITH = re.compile(r"(?:[A-Z][a-z]+,? )?(He|She|he|she)\b")
_SENTENCE = 300
_FIRST = words_of("first-person pronouns")
_DEFINITE = words_of("definite determiners")
_BUSINESSES = words_of("businesses without a name")
_BUSINESS_WORDS = words_of("words of a business's name")
# how far beside a name, and beside how many of them, it is sought that it is a business's
_BESIDE_REACH, _MOST_BESIDE = 80, 6
_THIRD = words_of("third-person pronouns")
_INDEFINITE = words_of("indefinite pronouns")
# honorifics by which a spouse is known
_WIVES, _HUSBANDS = frozenset({"Mrs", "Madame", "Mme"}), frozenset({"Mr", "M"})
_BODIES = words_of("bodies without a name")
_NOUN_OF = dict(pair.split("=") for pair in words_of("nouns for a body by a word of its name"))
_SIBLINGS = frozenset({"brother", "sister", "twin"})
_PERSONS = frozenset({"person", "unknown", "unnamed"})
_NAMED = frozenset({"person", "unknown"})
_OWNER_GENDERS = {"her": "female", "his": "male"}
_GENDERS: dict[str, Gender] = {"he": "male", "she": "female"}


_RULES_FOR = {kind: [rule for rule in RULES if rule.reads == kind] for kind in ("pronoun", "nominal")}


@attrs.frozen
class Resolution:
    """Where a mention led: the entity or None, the rule, the reason if there is none."""

    entity: Entity | None
    kind: str
    rule: str
    reason: str | None = None


@attrs.define(eq=False)
class Event:
    """An entity named at a place, outside quotations."""

    start: int
    end: int
    entity: Entity
    possessive: bool
    oblique: bool


_start_of = attrgetter("start")


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
class Context:
    """What a rule may look at for one mention."""

    engine: Coreference
    start: int
    end: int
    word: str
    description: Description | None
    setting: Setting

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
        document = self.engine.paragraphs[self.setting.paragraph].document
        found: dict[Entity, None] = {}
        for key in (self.description.head, "counterpart", *sorted(self.description.status), *sorted(kinds)):
            entities = self.engine.index.described.get((document, key), [])
            near = bisect_left(entities, self.start, key=lambda one: one.names[0].start if one.names else -1)
            found.update(dict.fromkeys(entities[max(0, near - _MOST_DESCRIBED) : near + _MOST_DESCRIBED]))
        return list(found)

    def nearest(self, entities: Sequence[Entity]) -> list[Entity]:
        """Return the one that was named last before the mention, unless the same sentence names another of them."""
        named = sorted((last, n) for n, one in enumerate(entities) if (last := one.last_before(self.start)) >= 0)
        if not named:
            return list(entities)
        if len(named) > 1 and not _BREAK.search(self.engine.text, named[-2][0], named[-1][0]):
            return [entities[n] for _, n in named[-2:]]
        return [entities[named[-1][1]]]

    def is_beside(self, entity: Entity) -> bool:
        """Whether the sentence that names somebody has the words of the mention too: Ann Lee met the mayor."""
        at = entity.last_before(self.start)
        stop = _BREAK.search(self.engine.text, at, self.start)
        return self.word in self.engine.text[at : stop.start() if stop else self.start].lower()

    def introduced(self) -> list[Entity]:
        """Return the unnamed person brought in last before the mention by an indefinite description."""
        assert self.description is not None
        return self.engine.introduced(self.description, self.start, self.setting.paragraph)

    def nominal_subject(self) -> Entity | None:
        """Return the unnamed person whom the sentence before, in the same paragraph, is about."""
        return self.engine.nominal_subject(self)

    def nominal_body(self) -> Entity | None:
        """Return the body without a name that this sentence, or the one before, is about."""
        return self.engine.nominal_body(self)

    def joined_subjects(self, subject: Event, acting: Sequence[Event]) -> list[Entity]:
        """Return a subject with those acting who share it; in a conversation, alone."""
        groups = [] if self.setting.talk else self.engine.joined_subjects(acting)
        return next((group for group in groups if subject.entity in group), [subject.entity])

    def events_after(self, reach: int) -> Iterator[Event]:
        """Yield who is named outside quotations after the mention, up to some paragraphs further."""
        yield from self.engine.events_after(self.end, self.setting.paragraph, reach)

    def opens_next(self) -> Entity | None:
        """Return the person whose full name the next paragraph begins with."""
        return self.engine.opens(self.setting.paragraph + 1, self.setting.paragraph)

    def several(self) -> list[Entity]:
        """Return whom "they" may mean, besides who spoke before."""
        return self.engine.several(self)

    def pair(self) -> list[Entity]:
        """Return the last two persons who are named as one, together."""
        return self.engine.pair(self)

    def couple(self) -> list[Entity]:
        """Return the one married couple that the text tells of, together."""
        return self.engine.couple(self.engine.paragraphs[self.setting.paragraph].document)

    def persons_back(self, reach: int) -> Iterator[Event]:
        """Yield who is named in the sentences before the mention, nearest sentence first."""
        for group in self.sentences_back(reach):
            for event in group:
                if event.entity.kind in _NAMED and event.entity.names and not event.possessive:
                    yield event

    def spouse(self) -> list[Entity]:
        """Return the other one of the couple that the speaker before is of."""
        return self.engine.spouse(self)

    def document_before(self) -> Entity | None:
        """Return the document that the sentences before speak of."""
        return self.engine.document_before(self)

    def unnamed_bodies(self, word: str) -> list[Entity]:
        """Return the unnamed bodies of this document that were called by a word: Chile’s central bank, the bank."""
        document = self.engine.paragraphs[self.setting.paragraph].document
        if self.engine.lexicon.organizations.get(word.title(), ("",))[0] != "keyword":
            return []
        return list(self.engine.unnamed_bodies.get((document, word), ()))

    def introduced_body(self, word: str) -> list[Entity]:
        """Return the body without a name that the text spoke of last by a noun and more: the interior ministry."""
        return self.engine.introduced_body(word, self.start, self.setting.paragraph) if word in _BODIES else []

    def native_of(self, word: str) -> str | None:
        """Return the country of whom a noun calls one of its people: Swede, Texan; not British."""
        noun = word.title()
        return self.engine.lexicon.demonyms.get(noun) if noun.endswith(_NATIVE_ENDS) or noun in _NATIVES else None

    def is_business(self, entity: Entity) -> bool:
        """Whether a name is one of a business."""
        return self.engine.is_business(entity)

    def bodies_ending(self, word: str) -> list[Entity]:
        """Return the bodies of this document whose name has a head noun: the Audit Office, the Office of Mines."""
        document = self.engine.paragraphs[self.setting.paragraph].document
        return [one for one in self.engine.bodies.get((document, word), ()) if one.names[0].start < self.start]

    def bodies_called(self, word: str) -> list[Entity]:
        """Return the bodies of this document that the text calls by a noun: the charity Sea Watch."""
        document = self.engine.paragraphs[self.setting.paragraph].document
        if word not in _BODIES and self.engine.lexicon.organizations.get(word.title(), ("",))[0] != "keyword":
            return []
        return self.engine.bodies_called(document).get(word, [])

    def names_between(self, start: int, end: int) -> Iterator[tuple[int, Entity, Name]]:
        """Yield the names outside quotations that begin in a range."""
        yield from self.engine.names_between(start, end)

    def sentences_back(self, reach: int) -> Iterator[list[Event]]:
        """Yield the named entities of the sentences before the mention, nearest sentence first."""
        yield from self.engine.sentences_back(self.start, self.setting.paragraph, reach)

    def has_subject(self, event: Event, gender: str) -> bool:
        """Whether the sentence that names somebody begins with a pronoun of a gender."""
        return self.engine.has_subject(event, gender)

    def acts(self, event: Event) -> bool:
        """Whether a verb stands after a name of several words: Runa Dahl came."""
        return self.engine.acts(event)

    def reports(self, event: Event) -> bool:
        """Whether somebody is named beside a verb of speech: Ann Lee said, said Ann Lee."""
        return self.engine.reports(event)

    def narrator(self) -> Entity | None:
        """Return the teller of this document's story."""
        return self.engine.narrator(self.engine.paragraphs[self.setting.paragraph].document)

    def owner(self, gender: str) -> Entity | None:
        """Return whom "his" or "her" means: who spoke before, or whom the nearest sentence is about."""
        spoken = self.setting.previous
        if spoken is not None and spoken.entity.gender == gender and spoken.entity.names:
            return spoken.entity
        return self.engine.subject_before(self.start, self.setting.paragraph, gender)

    def married(self, owner: Entity, gender: str | None) -> list[Entity]:
        """Return who has the surname of somebody, and a title that tells of a marriage."""
        return self.engine.married(owner, gender)

    def is_alone(self) -> bool:
        """Whether the text before names no more than one person."""
        return self.start <= self.engine.second_person(self.engine.paragraphs[self.setting.paragraph].document)

    def accused(self) -> list[Entity]:
        """Return the persons of whom the text before says that they are accused: Ann Lee denies assaulting him."""
        document = self.engine.paragraphs[self.setting.paragraph].document
        return [one for one in self.engine.accused(document) if one.names[0].start < self.start]

    def unnamed_like(self, description: Description) -> list[Entity]:
        """Return the unnamed sources before that share the head noun."""
        document = self.engine.paragraphs[self.setting.paragraph].document
        return [
            one
            for one in self.engine.unnamed_heads.get((document, description.head), ())[-_MOST_NAMELESS:]
            if one.descriptions[0].countries >= description.countries
            and description.words <= one.descriptions[0].words
            and (description.definite or one.name == self.engine.unnamed_name(description.text))
        ]


class Coreference:
    """Resolves the phrases of one text."""

    def __init__(
        self,
        text: str,
        paragraphs: Sequence[Paragraph],
        names: Sequence[Name],
        quoted: Sequence[tuple[int, int]],
        lexicon: Lexicon,
        config: Config,
        trace: Trace | None = None,
        clusters: Sequence[Sequence[tuple[int, int]]] = (),
    ) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.lexicon = lexicon
        self.config = config
        self.trace = trace
        self.index = NameIndex(text, names, [paragraph.document for paragraph in paragraphs], lexicon, config)
        self.names = self.index.names
        self.clusters = ClusterIndex(text, clusters, self.index) if clusters else None
        self._starts = [name.start for name in self.names]
        self._quoted = sorted(quoted)
        self._quoted_starts = [start for start, _ in self._quoted]
        self.unnamed: list[Entity] = []
        self._unnamed_of: dict[tuple[int, str], Entity] = {}
        self.unnamed_heads: dict[tuple[int, str], list[Entity]] = defaultdict(list)
        """unnamed persons by document and the head noun of their description"""
        self.unnamed_bodies: dict[tuple[int, str], list[Entity]] = defaultdict(list)
        """unnamed bodies by document and last word"""
        self._by_paragraph: dict[int, list[int]] = defaultdict(list)
        for position, name in enumerate(self.names):
            if paragraphs[name.paragraph].kind != "credit":
                self._by_paragraph[name.paragraph].append(position)
        self.inside: Sequence[tuple[int, int]] = ()
        """the quotation whose inside is being read: names in it count"""
        self.bodies: dict[tuple[int, str], list[Entity]] = defaultdict(list)
        for entity in self.index.entities:
            if entity.kind == "organization" and len(entity.core) > 1:
                same = self.bodies[entity.document, entity.head]
                if len(same) < _MOST_BODIES:
                    same.append(entity)
        self._speaking: set[int] = set()
        """where the words that name a source end"""
        self._events: dict[int, list[Event]] = {}
        self.gather: Callable[[], Mapping[int, Sequence[Statement]]] = dict
        """gathers the quotations of each document, as far as they tell of its narrator"""
        self._narrators: dict[int, Entity | None] = {}
        self._kin_names: dict[int, dict[str, str]] = {}
        self._singular_they: dict[int, set[Entity]] = {}
        self._exclaimed: dict[Entity, bool] = {}
        self._couples: dict[int, list[tuple[Entity, Entity]]] = {}
        self._accused: dict[int, list[Entity]] = {}
        self._second: dict[int, int] = {}
        self._called: dict[int, Mapping[str, list[Entity]]] = {}
        self._count_pronouns()

    @cached_property
    def statements(self) -> Mapping[int, Sequence[Statement]]:
        """The quotations of each document, gathered when a rule first asks."""
        return self.gather()

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

    def is_quoted(self, at: int) -> bool:
        """Whether a place is inside a quotation, other than the one that is being read."""
        return not any(start <= at < end for start, end in self.inside) and self._is_marked(at)

    def _is_marked(self, at: int) -> bool:
        i = bisect_right(self._quoted_starts, at) - 1
        return i >= 0 and at < self._quoted[i][1]

    def names_between(self, start: int, end: int) -> Iterator[tuple[int, Entity, Name]]:
        """Yield position, entity and name of the names outside quotations that begin in a range."""
        for position in range(bisect_left(self._starts, start), bisect_left(self._starts, end)):
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
                if right is not None and _BREAK.search(self.text, event.end, right):
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
                if number > paragraph or _BREAK.search(self.text, end, event.start):
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
        first, last = (bisect_left(here, bisect_left(self._starts, at)) for at in (start, end))
        return sorted((*events, *self._find_events(here[first:last], quoted=True)), key=_start_of)

    def _events_of(self, number: int) -> list[Event]:
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

    def has_subject(self, event: Event, gender: str) -> bool:
        """Whether the sentence that names somebody begins with a pronoun of a gender: He met Smith."""
        floor = max(event.start - _SENTENCE, 0)
        before = self.text[floor : event.start]
        begin = max((found.end() for found in _BREAK.finditer(before)), default=0)
        found = _BEGINS_WITH.match(self.text, floor + max(begin, before.rfind("\n") + 1), event.start)
        if found is None or self.is_quoted(found.start()):
            return False
        return _GENDERS.get(found.group(1).lower()) == gender

    def is_business(self, entity: Entity) -> bool:
        """Whether a name, or the words beside it, are those of a business: Acme Foods, the chairman of Acme."""
        if entity.kind not in ("organization", "unknown", "other") or entity.title_kind or not entity.names:
            return False
        if any(word in _BUSINESS_WORDS for word in entity.key):
            return True
        before, after = _beside_business(self.lexicon)
        return any(
            before.search(self.text, max(0, name.start - _BESIDE_REACH), name.start)
            or after.match(self.text, name.end, name.end + _BESIDE_REACH)
            for name in entity.names[:_MOST_BESIDE]
        )

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

    def note(self, phrase: Phrase, paragraph: int, entity: Entity) -> None:
        """Remember that a phrase that is no name named an entity."""
        if self.clusters is not None:
            self.clusters.note(phrase.start, phrase.end, entity)
        nobody = self.text[phrase.start : phrase.end].lower() in _INDEFINITE
        if phrase.code != "N" and not nobody and not self.is_quoted(phrase.start):
            event = Event(phrase.start, phrase.end, entity, possessive=False, oblique=False)
            insort(self._events_of(paragraph), event, key=_start_of)

    def note_speaker(self, phrase: Phrase) -> None:
        """Remember that a phrase is a source: a name that speaks is no mere word with a capital."""
        self._speaking.add(phrase.end)
        if phrase.code != "N":
            return
        position = bisect_left(self._starts, phrase.end) - 1
        if position >= 0 and self.names[position].end > phrase.start:
            entity = self.index.entity_of.get(position)
            if entity is not None and entity.kind == "unknown":
                entity.kind = "person"

    def resolve(self, phrase: Phrase, setting: Setting) -> Resolution:
        """Resolve one phrase to an entity, a new unnamed one, or none with a reason."""
        if phrase.code == "w":
            if phrase.antecedent is None:
                return Resolution(None, "pronoun", "pronoun.relative", "a relative pronoun without an antecedent")
            start, end = phrase.antecedent
            code = "N" if any(char.isupper() for char in self.text[start:end]) else "n"
            inner = self.resolve(Phrase(start, end, code), setting)
            return Resolution(inner.entity, "pronoun", "pronoun.relative", inner.reason)
        if phrase.joint:
            return self._resolve_joint(phrase, setting)
        if phrase.code == "p":
            return self._resolve_pronoun(phrase, setting)
        return self._resolve_words(phrase, setting)

    def _resolve_joint(self, phrase: Phrase, setting: Setting) -> Resolution:
        pieces = []
        at = phrase.start
        breaks = [
            one for one in _AND.finditer(self.text, phrase.start, phrase.end) if not self._is_in_name(one.start())
        ]
        if not breaks:  # the Cod and Herring Board
            return self._resolve_words(attrs.evolve(phrase, joint=False), setting)
        for found in (*breaks, None):
            stop = found.start() if found else phrase.end
            if stop > at:
                pieces.append((at, stop))
            at = found.end() if found else stop
        members: list[Entity] = []
        for (start, end), after in zip(pieces, (*pieces[1:], None), strict=True):
            words = self.text[start:end]
            apposed = after is not None and words.islower() and not self.text[slice(*after)].islower()
            if words.isdigit() or apposed or (members and self.lexicon.tags.get(words.split(" ")[0]) in ("i", "f")):
                continue  # Smith, 33, of the bank, and his deputy, Jones
            code = "N" if any(word[:1].isupper() for word in self.text[start:end].split()) else "n"
            one = self._resolve_words(Phrase(start, end, code), setting)
            if one.entity is None:
                return Resolution(None, "nominal", "joint.members", one.reason)
            members.append(one.entity)
        members = list(dict.fromkeys(members))
        if len(members) == 1:
            return Resolution(members[0], "name", "joint.members")
        return Resolution(self.join(members), "name" if phrase.code == "N" else "nominal", "joint.members")

    def _is_in_name(self, at: int) -> bool:
        """Whether a place is inside a name."""
        position = bisect_left(self._starts, at) - 1
        return position >= 0 and self.names[position].end > at

    def join(self, members: Sequence[Entity]) -> Entity:
        """Return the group of some speakers."""
        entity = next((one for one in self.unnamed if one.members == tuple(members)), None)
        if entity is None:
            name = ", ".join(one.name for one in members[:-1]) + " and " + members[-1].name
            entity = Entity(-1 - len(self.unnamed), "group", name, tuple(name.split()), members[0].document)
            entity.gender, entity.gender_source, entity.members = "plural", "text", tuple(members)
            self._keep_unnamed(entity)
        return entity

    def _resolve_pronoun(self, phrase: Phrase, setting: Setting) -> Resolution:
        word = self.text[phrase.start : phrase.end].lower()
        if self.config.coreference == "none":
            return Resolution(None, "pronoun", "pronoun.unread", "coreference is switched off")
        context = Context(self, phrase.start, phrase.end, word, None, setting)
        first = word.split()[0] if word else word
        if first in _INDEFINITE:
            return Resolution(self._make_unnamed(phrase, setting.paragraph, None), "pronoun", "pronoun.indefinite")
        return self._ask(context, "pronoun") or Resolution(
            None, "pronoun", "pronoun.unresolved", f"nobody before “{word}” fits it, or more than one does"
        )

    def named_in(self, spans: Sequence[tuple[int, int]]) -> frozenset[Entity]:
        """Return the entities whose name stands in some stretches of text."""
        found = set()
        for start, end in spans:
            for position in range(bisect_left(self._starts, start), bisect_left(self._starts, end)):
                entity = self.index.entity_of.get(position)
                if entity is not None:
                    found.add(entity)
        return frozenset(found)

    def peek(self, phrase: Phrase) -> Entity | None:
        """Return the entity that a source names, if it is a name; nothing is settled by it."""
        if phrase.code != "N" or phrase.joint:
            return None
        position = bisect_left(self._starts, phrase.end) - 1
        if position < 0 or self.names[position].end <= phrase.start:
            return None
        return self.index.entity_of.get(position)

    def called_in(self, spans: Sequence[tuple[int, int]]) -> tuple[Entity, ...]:
        """Return who is called by name in some stretches."""
        found = []
        for start, end in spans:
            for position in range(bisect_left(self._starts, start), bisect_left(self._starts, end)):
                entity = self.index.entity_of.get(position)
                if entity is None or entity.kind not in ("person", "unknown"):
                    continue
                name = self.names[position]
                if name.start == start and end - name.end <= 1 and self.text[end - 1] != "!":
                    continue  # “Who was it?” “Ann Smith.”
                if self.is_vocative(name) and not self._is_exclamation(entity):
                    found.append(entity)
        return tuple(dict.fromkeys(found))

    def _is_exclamation(self, entity: Entity) -> bool:
        """Whether a word has its capital because speech begins with it: “Splendid, come in” (the shape)."""
        if entity.kind != "unknown" or entity.gender is not None or len(entity.core) > 1:
            return False
        if entity not in self._exclaimed:
            self._exclaimed[entity] = all(name.initial and self.is_quoted(name.start) for name in entity.names)
        return self._exclaimed[entity]

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

    def addressed_in(self, spans: Sequence[tuple[int, int]]) -> str | None:
        """Return the gender of whom some stretches address by a word like "sir" or "mother", if it is one."""
        found = set()
        for start, end in spans:
            for called in _ADDRESS.finditer(self.text, start, end):
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
        for group in self.sentences_back(self.paragraphs[paragraph].end, paragraph, _NEAR - 1):
            people = [
                event.entity for event in group if event.end not in self._speaking and event.entity.kind in _NAMED
            ]
            for entity in people:
                found.setdefault(entity, rank)
            rank += bool(people)
        return found

    def opening_of(self, paragraph: int) -> Entity | None:
        """Return whom the last sentence before a paragraph is about."""
        if paragraph == 0 or self.paragraphs[paragraph - 1].kind == "heading":
            return None
        for group in self.sentences_back(self.paragraphs[paragraph].start, paragraph - 1, 0):
            people = [e for e in group if e.entity.kind == "person"]
            return next((e.entity for e in people if not e.possessive and not e.oblique), None)
        return None

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
            pronoun = next((found.start() for found in same if not self.is_quoted(found.start())), end)
            turn.subject = self.subject_before(pronoun, turn.first, turn.gender)
        for group in self.sentences_back(end, turn.first, _PAUSE):
            people = [event for event in group if event.start >= start and event.entity.kind in _NAMED]
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
                    turn.acts = _GENDERS[found.group(1).lower()]
                    turn.subject = self.subject_before(found.start(1), turn.first, turn.acts)
                    break

    def owner_of(self, phrase: Phrase, paragraph: int) -> Entity | None:
        """Return whom the narration before "her mother" means by "her"."""
        owner = _OWNER_GENDERS.get(self.text[phrase.start : phrase.start + 4].lower().split(" ")[0])
        return None if owner is None else self.subject_before(phrase.start, paragraph, owner)

    def subject_before(self, start: int, paragraph: int, gender: str) -> Entity | None:
        """Return the first person of a gender in the nearest sentence that has one."""
        other = None
        for group in self.sentences_back(start, paragraph, _NEAR - 1):
            fitting = [e for e in group if e.entity.kind in _PERSONS and e.entity.gender in (None, gender)]
            fitting = [e for e in fitting if e.entity.gender == gender] or fitting
            subject = next((e.entity for e in fitting if not e.possessive and not e.oblique), None)
            if subject is not None:
                return subject
            other = other or (fitting[0].entity if fitting else None)
        return other

    def acting_in(self, paragraph: int) -> tuple[Entity, ...]:
        """Return the persons whom the narration of a paragraph is about."""
        events = [event for event in self._events_of(paragraph) if event.entity.kind == "person" and not event.oblique]
        events = [event for event in events if not event.possessive] or events
        return tuple(dict.fromkeys(event.entity for event in events))

    def introduced(self, description: Description, before: int, paragraph: int) -> list[Entity]:
        """Find who was "an official" or "Ann Lee's official", for "the official": the last such phrase."""
        floor = max(0, before - _INTRODUCTION_REACH)
        words = {word.removesuffix("s") for word in description.text.lower().split() if word not in _DEFINITE}
        last = None
        for found in _introductions(description.head).finditer(self.text, floor, before):
            told = {word.removesuffix("s") for word in found.group().lower().split()}
            new = _SECOND if "another" in told else frozenset()
            if words - new <= told and not self.is_quoted(found.start()):
                last = found
        if last is None:
            return []
        phrase = Phrase(last.start(), self._end_phrase(last.end()), "n")
        told_of = parse_description(self.text[phrase.start : phrase.end], self.lexicon)
        return [self._make_unnamed(phrase, paragraph, told_of)]

    def introduced_body(self, word: str, before: int, paragraph: int) -> list[Entity]:
        """Find "the interior ministry" for "the ministry": the last such phrase of the narration."""
        last = None
        pattern = re.compile(rf"\b(?:[Tt]he|[Aa]n?) (?:[\w’'-]+ ){{1,3}}?{re.escape(word)}\b")
        for found in pattern.finditer(self.text, max(0, before - _INTRODUCTION_REACH), before):
            words = found.group().lower().split()[1:-1]
            plain = all(self.lexicon.tags.get(one, "n") == "n" and one not in _BODIES for one in words)
            if plain and not self.is_quoted(found.start()):
                last = found
        return [] if last is None else [self._make_unnamed(Phrase(last.start(), last.end(), "n"), paragraph, None)]

    def nominal_subject(self, context: Context) -> Entity | None:
        """Find the person noun that is the subject of a sentence before a mention, of this paragraph or the last."""
        inside = context.setting.outer is not None
        here = self._find_subject_inside(context) if inside else self._find_subject_phrase(context)
        found = here or (None if inside else self._find_subject_before(context))
        words = self._trim_subject(found.group("phrase").split()) if found is not None else []
        if found is None or not words:
            return None
        end = found.start("phrase") + len(" ".join(words))
        if self._is_superseded(context, end):
            return None
        entity = self._resolve_subject(context, found, words)
        if entity is None or entity.names or words[0].lower() in _INTRODUCING:
            return entity
        # the senator has a name, if nobody told it; in another paragraph everybody has, but "the senator, who rose"
        public = words[0].lower() == "the" and self.lexicon.roles[words[-1].lower()].kind in PUBLIC
        return entity if (here and not public) or self.text.startswith(", who ", end) else None

    def _trim_subject(self, words: list[str]) -> list[str]:
        """Cut the words of a subject after the noun for one person; none are left where it has no such noun."""
        if words[:3] == ["One", "of", "those"]:
            return words[:3]
        head = next((n for n, word in enumerate(words) if word.lower() in self.lexicon.roles), None)
        if head is None:
            return []
        while head + 1 < len(words) and words[head + 1] in self.lexicon.roles:
            head += 1  # the deputy chief
        plural = self.lexicon.roles[words[head].lower()].plural and words[:2] != ["One", "of"]
        return [] if plural else words[: head + 1]

    def _is_superseded(self, context: Context, end: int) -> bool:
        """Whether a subject that ends at a place cannot be who is meant: somebody else has come in since."""
        gender, spoken = _GENDERS.get(context.word), context.setting.previous
        return (
            (spoken is not None and spoken.end > end and context.setting.outer is None)
            or not _BREAK.search(self.text, end, context.start)
            or not self._ends_noun(end)
            or any(
                entity.kind in ("person", "unknown") and entity.gender in (None, gender)
                for _, entity, _ in self.names_between(end, context.start)
            )
        )

    def _ends_noun(self, end: int) -> bool:
        """Whether no other noun follows a role: the driver left, against the driver shortage."""
        after = _WORD_AFTER.match(self.text, end)
        low = after.group(1).lower() if after is not None else ""
        return not low or low in self.lexicon.tags or low in self.lexicon.verbs

    def _end_phrase(self, end: int) -> int:
        """Return where a noun phrase ends whose noun ends at a place: a woman in a green coat, left."""
        if (found := _AFTER_NOUN.match(self.text, end)) is None:
            return end
        last, tag = found.end(), "i"
        for _ in range(_LONGEST_TAIL):
            word = _WORD_AFTER.match(self.text, last)
            if word is None:
                break
            low = word.group(1).lower()
            form = self.lexicon.verbs.get(low)
            if word.group(1) in self.lexicon.titles and self.text[word.end() : word.end() + 1] == ".":
                return end  # a friend of Mr. Lee's
            if self.lexicon.tags.get(low, "n") in _VERBAL or (form is not None and form.forms & {"past", "third"}):
                break
            last, tag = word.end(1), self.lexicon.tags.get(low, "n")
        return last if tag not in "idf" else end

    def _find_subject_inside(self, context: Context) -> re.Match[str] | None:
        """Find the last subject in the quotation around a mention: “My boss came,” and ‘Go,’ he said."""
        last = None
        for start, end in self.inside:
            for found in _SUBJECT_PHRASE.finditer(self.text, start, min(end, context.start)):
                last = found
        return last

    def _find_subject_before(self, context: Context) -> re.Match[str] | None:
        """Find whom the paragraph before is about, or who comes new into its last sentence: "a small boy rose"."""
        number = context.setting.paragraph
        block = self.paragraphs[number]
        before = self.paragraphs[number - 1] if number else block
        if before is block or before.document != block.document or not self.is_quoted(block.start):
            return None
        last = None
        for found in _SUBJECT_PHRASE.finditer(self.text, before.start, before.end):
            if not self.is_quoted(found.start("phrase")):
                last = found
        if last is None:
            return None
        if last.group("phrase").split(" ")[0].lower() in _INTRODUCING:
            stop = _BREAK.search(self.text, last.end(), before.end - 1)
            return last if stop is None or _BEGINS_WITH.match(self.text, stop.end(), before.end) else None
        return last

    def nominal_body(self, context: Context) -> Entity | None:
        """Find the noun for a body that is the subject of the sentence of a mention, or of the one before."""
        found = self._find_subject_phrase(context)
        if found is None or any(
            entity.kind in ("organization", "place") and not name.oblique
            for _, entity, name in self.names_between(found.start("phrase"), context.start)
        ):
            return None
        words = found.group("phrase").split()
        head = next((n for n, word in enumerate(words) if word.removesuffix("’s").removesuffix("'s") in _BODIES), None)
        if head is not None:
            words[head] = words[head].removesuffix("’s").removesuffix("'s")
        return None if head is None else self._resolve_subject(context, found, words[: head + 1])

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

    def several(self, context: Context) -> list[Entity]:
        """Return whom "they" may mean: the nearest sentence of several persons, or of one who is called so."""
        singular = self._find_singular_they(context)
        if context.setting.previous is not None and context.setting.previous.entity in singular:
            return [context.setting.previous.entity]
        block = self.paragraphs[context.setting.paragraph]
        begin = self.paragraphs[max(0, context.setting.paragraph - 1)].start
        unnamed = self._find_plural_subject(max(begin, context.start - _SUBJECT_REACH), context.start)
        for group in self.sentences_back(context.start, context.setting.paragraph, 1):
            if unnamed is not None and group[-1].start < unnamed.start:
                break
            subjects = [
                event
                for event in group
                if not event.oblique
                and (event.entity.kind == "person" or (event.entity.kind == "unknown" and len(event.entity.core) > 1))
            ]
            for members in self.joined_subjects([event for event in subjects if not event.possessive]):
                first = next(event.start for event in subjects if event.entity is members[0])
                listed = any(event.end < first <= event.end + 2 for event in group)
                opens = _OPENING.search(self.text, max(0, first - _OPENING_REACH), first)
                if len(members) > 1 and opens and not listed:
                    return [self.join(members)]
                if opens and not listed and (others := self._find_companions(first, context)):
                    return [self.join([members[0], others])]
            found = [event.entity for event in subjects if event.entity in singular]
            if found:
                return found[:1]
        if unnamed is None or self.paragraphs[context.setting.paragraph].document != block.document:
            return []
        entity = self._resolve_words(unnamed, attrs.evolve(context.setting, quoted=frozenset(), talk=False)).entity
        return [entity] if entity is not None else []

    def pair(self, context: Context) -> list[Entity]:
        """Return the last two persons who are named as one: Ann Smith and Bob Jones, then the two mayors."""
        for group in self.sentences_back(context.start, context.setting.paragraph, _NEAR):
            people = [event for event in group if event.entity.kind in _NAMED and not event.possessive]
            for members in reversed(self.joined_subjects(people)):
                first = next(event.start for event in people if event.entity is members[0])
                listed = any(event.end < first <= event.end + 2 for event in people)
                if len(members) > 1:
                    return [self.join(members)] if len(members) == _TWO and not listed else []
        return []

    def spouse(self, context: Context) -> list[Entity]:
        """Return who a spouse, a brother or a sister is: of two of one surname who are named as one, the other one."""
        document = self.paragraphs[context.setting.paragraph].document
        if context.description is None:
            return []
        gender, siblings = context.description.role.gender, context.description.head in _SIBLINGS
        spoken = context.setting.previous
        found = [
            other
            for couple in self._couples_of(document)
            for one, other in (couple, couple[::-1])
            if spoken is not None
            and one is spoken.entity
            and (siblings or one.gender != gender)
            and other.gender in (None, gender or other.gender)
        ]
        return list(dict.fromkeys(found))

    def couple(self, document: int) -> list[Entity]:
        """Return the one couple of a document, by surname or as husband and wife, together."""
        found = dict.fromkeys(tuple(couple) for couple in self._couples_of(document))
        found |= dict.fromkeys(couple for couple in self.index.married if couple[0].document == document)
        return [self.join(list(couple)) for couple in found] if len(found) == 1 else []

    def _couples_of(self, document: int) -> list[tuple[Entity, Entity]]:
        if document not in self._couples:
            self._couples[document] = self._find_couples(document)
        return self._couples[document]

    def _find_couples(self, document: int) -> list[tuple[Entity, Entity]]:
        """Find the pairs of one surname that the text names as one: Peter and Ann Lee."""
        named = list(self.names_in_document(document))
        return [
            (one, other)
            for (first, one), (second, other) in pairwise(named)
            if one is not other
            and one.key[-1] == other.key[-1]
            and min(len(first.core), len(second.core)) > 1
            and self.text[first.end : second.start] in (" and ", " & ")
        ]

    def _find_companions(self, start: int, context: Context) -> Entity | None:
        """Find who shares a sentence's subject with somebody named at a place: Smith and her colleagues."""
        position = bisect_left(self._starts, start)
        named = self._starts[position : position + 1] == [start]
        found = _COMPANIONS.match(self.text, self.names[position].end) if named else None
        if found is None:
            return None
        at = found.start("phrase")
        for word in re.finditer(r"[a-z-]+", found.group("phrase")):
            if word.group() in self.lexicon.roles:
                phrase = Phrase(at, at + word.end(), "n")
                return self._resolve_words(phrase, attrs.evolve(context.setting, quoted=frozenset(), talk=False)).entity
        return None

    def _find_plural_subject(self, begin: int, end: int) -> Phrase | None:
        """Find the last sentence whose subject are several persons without a name."""
        last = None
        for found in _SUBJECTS_PHRASE.finditer(self.text, begin, end):
            if self.is_quoted(found.start("phrase")):
                continue
            words = found.group("phrase").split(" ")
            while words and not self._is_several(words[-1]):
                words.pop()
            tags = [self.lexicon.tags.get(word.lower(), "n") for word in words]
            apart = self.text[found.end() : found.end() + 1] == ","
            if words and tags[0] in ("d#" if apart else "d#n") and set(tags[1:]) <= {"n", "#", "d"}:
                start = found.start("phrase")
                last = Phrase(start, start + len(" ".join(words)), "n")
        return last

    def _is_several(self, word: str) -> bool:
        """Whether a noun is for several persons, not for a body of them."""
        role = self.lexicon.roles.get(word.lower())
        return role is not None and role.plural and word.title() not in self.lexicon.organizations

    def _find_singular_they(self, context: Context) -> set[Entity]:
        """Find the persons of whom the text says that they are called they."""
        document = self.paragraphs[context.setting.paragraph].document
        if document not in self._singular_they:
            called = set()
            for found in _SINGULAR_THEY.finditer(self.text):
                position = bisect_left(self._starts, found.start()) - 1
                entity = self.index.entity_of.get(position) if position >= 0 else None
                if entity is not None and entity.kind == "person" and entity.document == document:
                    called.add(entity)
            self._singular_they[document] = called
        return self._singular_they[document]

    def married(self, owner: Entity, gender: str | None) -> list[Entity]:
        """Return who has somebody's surname with a title that tells of a marriage: Mr Lee's Mrs Lee."""
        if len(owner.key) < 2 and not owner.honorifics:
            return []
        found = self.index.by_surname(owner.document, owner.key[-1])[:_MOST_DESCRIBED]
        titles = _WIVES if gender == "female" else _HUSBANDS
        return [one for one in found if one is not owner and one.gender == gender and one.honorifics & titles]

    def second_person(self, document: int) -> int:
        """Return where a document first names a second person, or its end."""
        if document not in self._second:
            named = ((name, entity) for name, entity in self.names_in_document(document) if name.kind == "person")
            one: Entity | None = None
            self._second[document] = len(self.text)
            for name, entity in named:
                if one is not None and entity is not one:
                    self._second[document] = name.start
                    break
                one = entity
        return self._second[document]

    def accused(self, document: int) -> list[Entity]:
        """Return the persons of a document of whom it says that they are accused."""
        if document not in self._accused:
            self._accused[document] = list(
                dict.fromkeys(
                    entity
                    for name, entity in self.names_in_document(document)
                    if entity.kind == "person"
                    and (
                        _ACCUSED.match(self.text, name.end)
                        or _ACCUSING.search(self.text, max(0, name.start - _LONGEST_ACCUSING), name.start)
                    )
                )
            )
        return self._accused[document]

    def bodies_called(self, document: int) -> Mapping[str, list[Entity]]:
        """Return the bodies of a document by the nouns in apposition to their names."""
        if document not in self._called:
            called: dict[str, dict[Entity, None]] = defaultdict(dict)
            for name, entity in self.names_in_document(document):
                if entity.kind in ("organization", "unknown"):
                    before = _APPOSED_BEFORE.search(self.text, max(0, name.start - _OPENING_REACH), name.start)
                    after = _APPOSED_AFTER.match(self.text, name.end)
                    for found in filter(None, (before, after)):
                        called[found.group("noun")][entity] = None
                body = entity.kind == "organization" and len(entity.core) > 1
                for word in entity.key:
                    if body and word in _NOUN_OF:
                        called[_NOUN_OF[word]][entity] = None
            self._called[document] = {noun: list(entities) for noun, entities in called.items()}
        return self._called[document]

    def document_before(self, context: Context) -> Entity | None:
        """Return the document that the sentences before, in the same paragraph, speak of: a note, his letter."""
        block = self.paragraphs[context.setting.paragraph]
        last = None
        begin = max(block.start, context.start - _DOCUMENT_REACH)
        for found in _documents(self.lexicon).finditer(self.text, begin, context.start):
            words = found.group("phrase").lower().split()
            if not self.is_quoted(found.start()) and not any(word in self.lexicon.tags for word in words[1:-1]):
                last = found
        if last is None:
            return None
        phrase = Phrase(last.start(), last.end(), "n")
        return self._resolve_words(phrase, attrs.evolve(context.setting, quoted=frozenset(), talk=False)).entity

    def _find_subject_phrase(self, context: Context) -> re.Match[str] | None:
        block = self.paragraphs[context.setting.paragraph]
        last = None
        floor = max(block.start, context.start - _SUBJECT_REACH)
        for found in _SUBJECT_PHRASE.finditer(self.text, floor, context.start):
            if not self.is_quoted(found.start("phrase")):
                last = found
        return last

    def _resolve_subject(self, context: Context, found: re.Match[str], words: Sequence[str]) -> Entity | None:
        text = " ".join(words)
        end = found.start("phrase") + len(text)
        if self.text[found.start("phrase") : end] != text:
            return None
        phrase = Phrase(found.start("phrase"), self._end_phrase(end), "n")
        return self._resolve_words(phrase, attrs.evolve(context.setting, quoted=frozenset(), talk=False)).entity

    def narrator(self, document: int) -> Entity | None:
        """Return who says "I" in the telling of a document, if the text lets it be known."""
        if document not in self._narrators:
            self._narrators[document] = find_narrator(self, document, self.statements.get(document, ()))
        return self._narrators[document]

    def is_clustered(self, pronoun: Phrase, document: int) -> bool:
        """Whether the Doc's clusters say whom a pronoun means."""
        return (
            self.clusters is not None
            and self.clusters.candidates(pronoun.start, pronoun.end, None, document) is not None
        )

    def _ask_clusters(self, context: Context, kind: str) -> Resolution | None:
        """Take whom the Doc's clusters name for a mention; None if they say nothing of it."""
        if self.clusters is None:
            return None
        head = None
        if kind == "nominal":
            head = context.description.head if context.description is not None else context.word.split()[-1]
        paragraph = context.setting.paragraph
        candidates = self.clusters.candidates(context.start, context.end, head, self.paragraphs[paragraph].document)
        if candidates is None:
            return None
        if kind == "nominal" and not candidates:
            phrase = Phrase(context.start, context.end, "n")
            return Resolution(self._make_unnamed(phrase, paragraph, context.description), kind, "nominal.unnamed")
        gender = _GENDERS.get(context.word)
        one = candidates[0] if len(candidates) == 1 else None
        words, names = self.text[context.start : context.end], " and ".join(each.name for each in candidates)
        if one is not None and not (gender and one.gender_source == "text" and one.gender != gender):
            if gender:
                one.gender, one.gender_source = gender, "text"
            if self.trace is not None:
                self.trace.steps.append(f"{kind}.cluster: the Doc has “{words}” in a cluster with {names}; accepted")
            return Resolution(one, kind, f"{kind}.cluster")
        reason = f"the Doc has “{words}” in a cluster with {names or 'nobody who is named'}"
        return Resolution(None, kind, f"{kind}.unresolved", reason)

    def _ask(self, context: Context, kind: str) -> Resolution | None:
        answer = self._ask_rules(context, kind)
        if self.trace is not None:
            rule, entity = (answer.rule, answer.entity) if answer is not None else ("no rule", None)
            if answer is None and kind == "pronoun":
                self.trace.steps.append(f"no rule finds one whom “{context.word}” means")
            self.trace.lost.extend(tell_lost(context, kind, rule, entity))
        return answer

    def _ask_rules(self, context: Context, kind: str) -> Resolution | None:
        clustered = self._ask_clusters(context, kind)
        if clustered is not None:
            return clustered
        doubt: list[Entity] = []
        for rule in _RULES_FOR[kind]:
            candidates = [one for one in dict.fromkeys(rule.ask(context)) if context.allows(one, kind)]
            if self.trace is not None and candidates:
                names = ", ".join(one.name for one in candidates)
                verdict = "accepted" if len(candidates) == 1 else "more than one: not decided"
                words = self.text[context.start : context.end]
                self.trace.steps.append(f"{rule.name}: “{words}” may be {names}; {verdict}")
            if len(candidates) == 1:
                entity = candidates[0]
                if kind == "pronoun" and context.word in ("he", "she") and entity.gender_source != "text":
                    entity.gender, entity.gender_source = ("male" if context.word == "he" else "female"), "text"
                return Resolution(entity, kind, rule.name)
            if rule.doubts and not doubt and not context.setting.talk:
                doubt = candidates
        if doubt:
            names = " or ".join(one.name for one in doubt)
            reason = f"“{self.text[context.start : context.end]}” may be {names}"
            return Resolution(None, kind, f"{kind}.ambiguous", reason)
        return None

    def _resolve_words(self, phrase: Phrase, setting: Setting) -> Resolution:
        words = self.text[phrase.start : phrase.end]
        if self.index.alias_of and (called := self.index.find_alias(words, setting.paragraph)) is not None:
            if self.trace is not None:
                self.trace.steps.append(f"name.full: “{words}” is another name of {called.name}")
            return Resolution(called, "name", "name.full")
        if phrase.code == "N" or self._is_surname(phrase):
            named = self._named(phrase)
            if named is not None:
                return named
        description = parse_description(words, self.lexicon)
        if self.config.coreference == "none":
            return Resolution(self._make_unnamed(phrase, setting.paragraph, description), "nominal", "nominal.unnamed")
        context = Context(self, phrase.start, phrase.end, words.lower(), description, setting)
        answer = self._ask(context, "nominal")
        if answer is not None:
            if answer.entity is not None and context.word.split()[-1] in _BUSINESSES:
                answer.entity.kind = "organization"
            if answer.entity is not None and description is not None and not setting.talk:
                self.index.learn(answer.entity, description)
            return answer
        if self.trace is not None:
            self.trace.steps.append(f"nominal.unnamed: nobody who is named is called “{words}”")
        return Resolution(self._make_unnamed(phrase, setting.paragraph, description), "nominal", "nominal.unnamed")

    def _is_surname(self, phrase: Phrase) -> bool:
        """Whether a phrase that seems a noun is the surname of somebody: Staff, of Ann Staff."""
        position = bisect_left(self._starts, phrase.start)
        name = self.names[position] if position < len(self.names) else None
        if name is None or (name.start, name.end) != (phrase.start, phrase.end):
            return False
        entity = self.index.entity_of.get(position)
        return entity is not None and entity.kind == "person" and len(entity.core) > len(name.core)

    def _named(self, phrase: Phrase) -> Resolution | None:
        """Resolve a phrase that ends in a name by the name index."""
        low = bisect_left(self._starts, phrase.start)
        inside = [
            position
            for position in range(max(0, low - 1), bisect_left(self._starts, phrase.end))
            if self.names[position].end > phrase.start and self.names[position].start < phrase.end
        ]
        for position in reversed(inside):
            name = self.names[position]
            if name.end < phrase.end and re.search(
                r"[^\W_]", self.text[name.end : phrase.end].removeprefix("'s").removeprefix("’s")
            ):
                rest = self.text[name.end : phrase.end]
                suffix = self.lexicon.titles.get(rest.strip(" ,"))
                if (suffix is None or suffix.kind != "suffix") and not re.match(
                    r"\s*(?:of|for|from|in|at)\s|\s*\(|,? (?:Jr|Sr)", rest
                ):
                    return None
            if name.kind in ("group", "other") or self._is_document(name, phrase):
                return None
            ambiguous = self.index.ambiguous.get(position)
            if ambiguous:
                names = " or ".join(one.name for one in ambiguous)
                if self.trace is not None:
                    self.trace.steps.append(f"name.ambiguous: “{' '.join(name.core)}” may be {names}")
                return Resolution(None, "name", "name.ambiguous", f"“{' '.join(name.core)}” may be {names}")
            entity = self.index.entity_of.get(position)
            if entity is None:
                return None
            if entity.kind == "unknown":
                entity.kind = "person"
            rule = "name.full" if len(name.core) == len(entity.core) else "name.short"
            if self.trace is not None:
                self.trace.steps.append(f"{rule}: “{self.text[phrase.start : phrase.end]}” is {entity.name}")
                bearers = self.index.by_surname(entity.document, entity.key[-1])
                self.trace.lost.extend(tell_namesakes(entity, bearers))
            return Resolution(entity, "name", rule)
        return None

    def _is_document(self, name: Name, phrase: Phrase) -> bool:
        """Whether a phrase is a document with an article and a capital: the Act, the Treaty."""
        return (
            name.kind == "unknown"
            and len(name.core) == 1
            and self.text[phrase.start : name.start].lower() == "the "
            and "document" in self.lexicon.cue_nouns.get(name.core[0].lower(), ())
        )

    def unnamed_name(self, words: str) -> str:
        """Return a description as a name: white space folded, a sentence's capital lowered."""
        words = " ".join(words.split())
        first = words.split(" ", 1)[0]
        low = first.lower()
        role = low in self.lexicon.roles and first not in self.lexicon.titles
        if words.isupper() and (role or low in self.lexicon.tags):
            return words.lower()  # THE WITNESS, HOST; not: CEO
        one = self.lexicon.organizations.get(first.removesuffix("s"), ("",))[0]
        if one == "keyword" and first.endswith("s") and first == words:
            return words.lower()  # unions
        if low in self.lexicon.tags or (first[:1].isupper() and low in self.lexicon.roles and not first[1:].isupper()):
            return words[:1].lower() + words[1:]
        return words

    def _make_unnamed(self, phrase: Phrase, paragraph: int, description: Description | None) -> Entity:
        name = self.unnamed_name(self.text[phrase.start : phrase.end])
        document = self.paragraphs[paragraph].document
        name = self._find_kin_name(name, document) or name
        known = self._unnamed_of.get((document, name))
        if known is not None and (description is None or description.definite):
            return known
        plural = description is not None and description.role.plural and not _ONE_OF.match(name)
        kind = "group" if plural else "unnamed"
        if _is_document(name, self.lexicon):
            kind, description, plural = "document", None, False  # a joint statement from the two bishops
        elif description is None and (head := _organization_head(name, self.lexicon)) is not None:
            kind = head
        entity = Entity(-1 - len(self.unnamed), kind, name, tuple(name.split()), document)
        if description is not None:
            entity.descriptions.append(description)
            if plural:
                entity.gender, entity.gender_source = "plural", "text"
            elif description.role.gender:
                entity.gender, entity.gender_source = description.role.gender, "text"  # type: ignore[assignment]
            entity.titled = entity.gender is not None
        self._keep_unnamed(entity)
        return entity

    def _find_kin_name(self, name: str, document: int) -> str | None:
        """Find what the teller calls "my mother", and may call so in the telling: “It is late, Mom,” I said."""
        word = name.removeprefix("my ")
        noun = self._kin_noun(word) if word.isalpha() else None
        if noun is None:
            return None
        if document not in self._kin_names:
            found = self._kin_names[document] = {}
            for statement in self.statements.get(document, ()):
                for start, end in statement.pieces if statement.own else ():
                    for called in _ADDRESS.finditer(self.text, start, end):
                        kin = self._kin_noun(called.group(1)) if called.group(1)[0].isupper() else None
                        if kin is not None:
                            found.setdefault(kin, called.group(1))
        return self._kin_names[document].get(noun)

    def _kin_noun(self, word: str) -> str | None:
        """Return the role noun for a word of kinship: Mom, mother."""
        title = self.lexicon.titles.get(word.capitalize())
        noun = title.noun if title is not None and title.noun else word.lower()
        role = self.lexicon.roles.get(noun)
        return noun if role is not None and role.kind == "kin" else None

    def _keep_unnamed(self, entity: Entity) -> None:
        self.unnamed.append(entity)
        self._unnamed_of.setdefault((entity.document, entity.name), entity)
        if entity.descriptions:
            self.unnamed_heads[entity.document, entity.descriptions[0].head].append(entity)
        if entity.kind == "organization":
            self.unnamed_bodies[entity.document, entity.name.rpartition(" ")[2]].append(entity)


@lru_cache(maxsize=4)
def _beside_business(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before and after the name of a business: the chairman of, shares in; Acme, the biggest bank."""
    executives = "|".join(sorted(noun for noun, role in lexicon.roles.items() if role.kind == "executive"))
    nouns = "|".join(sorted(_BUSINESSES))
    return (
        re.compile(rf"\b(?:(?:{executives}) (?:of|at)|shares? (?:of|in)|(?:{nouns}),?) $"),
        re.compile(
            rf"['’]s? (?:[a-z-]+ ){{0,2}}(?:{executives}|shares|customers)\b"
            rf"|, (?:an?|the|one of) [^,.;\n]{{0,50}}\b(?:{nouns})s?\b"
        ),
    )


@lru_cache(maxsize=1 << 10)
def _introductions(head: str) -> re.Pattern[str]:
    """How somebody without a name comes in: an official, one of the three officials, Ann Lee's official."""
    noun = re.escape(head)
    return re.compile(
        rf"\b(?:(?:[Aa]n?|[Oo]ne|[Aa]nother) (?:(?!an? |the )[\w’'-]+ ){{0,4}}?{noun}"
        rf"|[Oo]ne of (?:[\w’'-]+ ){{1,3}}?{noun}s"
        rf"|[A-Z][\w.-]*(?: [A-Z][\w.-]*)*['’]s? (?:[a-z-]+ ){{0,2}}?{noun})\b"
    )


@lru_cache(maxsize=4)
def _documents(lexicon: Lexicon) -> re.Pattern[str]:
    """A document with its article, and who it is from."""
    found = (noun for noun, frames in lexicon.cue_nouns.items() if "document" in frames and noun[-1] != "s")
    nouns = "|".join(sorted(found))
    name = r"(?:the )?[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*)*"
    articles = "[Aa]n?|[Tt]he|[Oo]ne|[Hh]is|[Hh]er|[Tt]heir"
    return re.compile(rf"\b(?P<phrase>(?:{articles}) (?:[a-z-]+ ){{0,3}}?(?:{nouns}))\b(?: (?:from|by|to) {name})?")


_ONE_OF = re.compile(r"(?:another |any|either |neither |every|each )?(?:one )?of ", re.IGNORECASE)
# what stands after the head of a phrase for a document: Section 4 of the Act
_NO_HEAD = re.compile(r" (?:\d+ ?)?(?:from|by|to|for|of|in|on|at|about|against) | \d+$")


def _is_document(name: str, lexicon: Lexicon) -> bool:
    """Whether the head of a phrase, before its prepositions, is a document."""
    words = _NO_HEAD.split(name.lower(), maxsplit=1)[0].split()
    head = words[-1] if words else ""
    return head not in lexicon.roles and "document" in lexicon.cue_nouns.get(head, ())


def _organization_head(name: str, lexicon: Lexicon) -> str | None:
    words = name.split()
    last = words[-1]
    if last.lower() in lexicon.cue_nouns and "document" in lexicon.cue_nouns[last.lower()]:
        return "document"
    known = lexicon.organizations.get(last.title())
    if known is not None and known[0] == "keyword":
        return "organization"
    if last in lexicon.demonyms:
        return "group"
    return None
