"""Names → entities: who is who by name alone."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from operator import attrgetter

import attrs

from quoteattr.coreference.descriptions import PUBLIC, Description, parse_description
from quoteattr.lexicon import Lexicon, words_of
from quoteattr.model import Config, Gender, Person
from quoteattr.values import Name

_SUFFIXES = words_of("name suffixes")
# first names by the short forms that do not begin them: Bob, of Robert
_SHORT_FORMS = frozenset(tuple(pair.split("=")) for pair in words_of("short forms of first names"))
# what ends a pet form
_ENDING = re.compile(r"(?:ie|e?y)$")
_DOUBLED = re.compile(r"([a-z])\1")
# a first name that begins another one is its short form from so many letters: Ken, of Kenneth
_SHORT_FORM = 3
# beyond so many namesakes nobody is told apart
_MOST_NAMESAKES = 24
# titles of which one person has one
_MARRIED = words_of("titles of one bearer")
# titles of who is none of these
_LADIES = words_of("titles of a lord’s wife")
# names at most this far apart in one paragraph are taken to be two persons
_BESIDE = 40
# who has the office of somebody else, before or after; and how far apart the two are named
_PEERS = frozenset({"predecessor", "successor"})
_PEER_REACH = 120
_PAST = words_of("status words of the past")
# what somebody is to whom a role ties them: who has a successor is the predecessor
_INVERSES = dict(pair.split("=") for pair in words_of("roles and their inverses"))
_SPOUSES = words_of("nouns for a spouse")
_OWNERS = {"male": "his", "female": "her", None: "their"}
_POSSESSIVES = words_of("third-person possessives")
# what tells that somebody has an office no longer, and who has it then
_LEAVES = re.compile(
    r"(?:, [^,.;\n]{1,60},)? (?:(?:has|had|have|abruptly|suddenly) )?"
    rf"(?:{'|'.join(sorted(words_of('predicates of leaving an office')))})\b"
)
_REPLACED = re.compile(
    r"\b(?:(?:replaced|succeeded) by|hand(?:s|ed|ing)? over to|mak(?:es|ing) way for) (?:[a-z-]+ ){0,3}$"
)
_LONGEST_REPLACED = 50
_HELD = PUBLIC | {"coach", "executive"}
_OF_COUNTRY = re.compile(r"(?P<country>[^\W\d_a-z][\w.-]*(?: [^\W\d_a-z][\w.-]*){0,2})['’]s? $")
_LONGEST_COUNTRY = 30
# words before a name that are none of it
_EPITHETS = words_of("epithets before a name")
# how many times as often a name stands without a word that is none of it
_OFTEN = 3
# words that tell two of one surname apart
_OLDER = words_of("kin of the older generation")
_YOUNGER = words_of("kin of the younger generation")
# between a name and another name of the same
_BEFORE_OTHER = (" (", " as ", " as the ")
_KNOWN_AS = re.compile(r",? (?:(?:also|better) )?known as (?:the )?$")
# before a month: In April Smith left, by the end of June Smith had left
_MONTHS = words_of("months that are first names")
_BEFORE_MONTH = re.compile(
    r"\b(?:(?:in|since|until|till|last|next|early|late|this|by|during)|(?:end|middle|start|beginning|most) of) $",
    re.IGNORECASE,
)
_PAIR, _OF_ANOTHER, _LONGEST_BEFORE_MONTH = 2, 3, 14
_LONGEST_AGE, _LONGEST_ARTICLE = 10, 5
# titles that may stand for a first name
_PERSONAL_TITLES = frozenset({"honorific", "noble", "kin"})
# no person's name has more words; a headline may
_LONGEST_NAME = 5
# a surname of so many letters may be misspelt by one
_LONG_SURNAME = 5
# how many bodies whose names have one head noun are compared
_MOST_BODIES = 8
# how many of somebody's names tell what titles and roles he has
_MOST_NAMES = 200
_start_of = attrgetter("start")
# what stands after the noun of a body's name
_AFTER_HEAD = frozenset({"against", "for", "of", "on"})
# titles that go with a first name
_FIRST_NAME_TITLES = frozenset({"noble"})


# the pronoun that a name is taken up by: how far after it, and how many times
_HE_SHE = re.compile(r"[HhSs.?!“\"](?:(?<=[.?!“\"])|(?<!\w[HhSs])(?i:(?<=h)(?:e|is|im|imself|er|erself)|(?<=s)he)\b)")
PRONOUN_REACH = 80
VOTES = 2
GENDER_OF: dict[str, Gender] = {
    **dict.fromkeys(words_of("masculine pronouns"), "male"),
    **dict.fromkeys(words_of("feminine pronouns"), "female"),
}
"""The gender that a personal pronoun tells."""


def find_pronoun(text: str, start: int, stop: int) -> Gender | None:
    """Return the gender of the first "he" or "she" in the rest of a sentence."""
    found = _HE_SHE.search(text, start, stop)
    return None if found is None else GENDER_OF.get(found.group().lower())


@attrs.define(eq=False)
class Entity:
    """A person or body under construction."""

    number: int
    kind: str
    name: str
    core: tuple[str, ...]
    document: int
    names: list[Name] = attrs.field(factory=list)
    gender: Gender | None = None
    gender_source: str | None = None
    titled: bool = False
    """whether a title, a description or the caller tells the gender, and no pronoun"""
    descriptions: list[Description] = attrs.field(factory=list)
    title_kind: str | None = None
    id: str | None = None
    extra_aliases: tuple[str, ...] = ()
    members: tuple[Entity, ...] = ()
    honorifics: frozenset[str | None] = frozenset()
    countries: frozenset[str] = frozenset()
    """where the text says that somebody is from"""

    def last_before(self, start: int) -> int:
        """Return where the entity was last named before a place, or -1."""
        i = bisect_left(self.names, start, key=_start_of)
        return self.names[i - 1].start if i else -1

    @property
    def key(self) -> tuple[str, ...]:
        """Folded name words without dots and generation."""
        return fold(self.core)

    @property
    def head(self) -> str:
        """The noun of a body's name: the Office of Mines, the Institute for Mining, the Audit Office."""
        key = self.key
        return next((key[i] for i, word in enumerate(key[1:]) if word in _AFTER_HEAD), key[-1])


@lru_cache(maxsize=1 << 13)
def fold(core: tuple[str, ...]) -> tuple[str, ...]:
    """Fold the words of a name for comparison."""
    words = tuple(word.rstrip(".,").casefold().replace("’", "'") for word in core)
    return words[:-1] if len(words) > 1 and words[-1] in _SUFFIXES else words


@lru_cache(maxsize=1 << 13)
def _undouble(word: str) -> str:
    """Write doubled letters once."""
    return _DOUBLED.sub(r"\1", word)


def _fold_alias(alias: str) -> tuple[str, ...]:
    words = fold(tuple(alias.split()))
    return words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words


def _first_compatible(one: str, other: str) -> bool:
    return one == other or (len(one) == 1 and other.startswith(one)) or (len(other) == 1 and one.startswith(other))


def same_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two full names are forms of one: same last word, compatible first, the rest a subset."""
    if one == other:
        return True
    if len(one) < 2 or len(other) < 2 or one[-1] != other[-1]:
        return False
    if not _first_compatible(one[0], other[0]):
        return False
    short, long_ = sorted((set(one[1:-1]), set(other[1:-1])), key=len)
    return not short or short <= long_ or all(any(_first_compatible(a, b) for b in long_) for a in short)


class _Acronyms:
    """Entities by the initials of their names, which are read when a short name is first looked up."""

    def __init__(self) -> None:
        self._added: list[tuple[tuple[str, ...], Entity]] = []
        self._by_initials: dict[str, list[Entity]] = {}

    def add(self, entity: Entity) -> None:
        self._added.append((entity.core, entity))

    def find(self, initials: str) -> list[Entity]:
        for core, entity in self._added:
            parts = [part for word in core for part in word.split("-") if part[:1].isupper()]
            self._by_initials.setdefault("".join(part[0] for part in parts), []).append(entity)
        self._added.clear()
        return self._by_initials.get(initials, [])


class _Misspelt:
    """Surnames that are one letter away from a surname of the text; read when a name that nobody has is looked up."""

    def __init__(self, by_last: Mapping[str, Sequence[Entity]], counts: Mapping[tuple[str, ...], int]) -> None:
        self._by_last = by_last
        self._counts = counts
        self._by_letter: dict[str, list[str]] | None = None
        """by their first letter, which nobody misspells"""
        self._by_shorter: dict[str, dict[str, set[str]]] = {}

    def find(self, name: Name, key: tuple[str, ...]) -> Entity | None:
        """Find whose surname a name of one word misspells: Ann Gustavsen, then Gustafsen."""
        word = key[0]
        if len(key) > 1 or len(word) < _LONG_SURNAME or name.title_kind is not None or self._counts[key] > 1:
            return None
        if self._by_letter is None:
            self._by_letter = self._read()
        surnames = self._by_letter.get(word[0])
        if surnames is None:
            return None
        if word[0] not in self._by_shorter:
            self._by_shorter[word[0]] = _read_shorter(surnames)
        by_shorter = self._by_shorter[word[0]]
        near = set().union(*(by_shorter.get(shorter, ()) for shorter in _shorten(word))) - {word}
        bearers = self._by_last[near.pop()] if len(near) == 1 else ()
        return bearers[0] if len(bearers) == 1 and len(bearers[0].names) > 1 else None

    def _read(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for surname, bearers in self._by_last.items():
            if len(surname) >= _LONG_SURNAME and any(len(one.key) > 1 and one.kind == "person" for one in bearers):
                found[surname[0]].append(surname)
        return found


def _abbreviates(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether a name of capitals has letters of a fuller one, in order, from its first: the Road Agency (RdAg)."""
    if len(short) > 1 or len(full) < 2 or not short[0][1:2].isupper() or short[0][0] != full[0][0]:
        return False
    letters = iter("".join(full).casefold())
    return all(letter in letters for letter in short[0].casefold())


def _read_shorter(words: Sequence[str]) -> dict[str, set[str]]:
    """Return some words by what they are without one of their letters."""
    found: dict[str, set[str]] = defaultdict(set)
    for word in words:
        for shorter in _shorten(word):
            found[shorter].add(word)
    return found


def _shorten(word: str) -> set[str]:
    """Return a word, and it without each of its letters after the first."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(1, len(word)))}


class _Bearers:
    """The entities of one document by what they may be called."""

    def __init__(self, document: int, named: Sequence[tuple[int, Name, tuple[str, ...]]]) -> None:
        self.document = document
        self.surnames = {key[-1] for _, name, key in named if len(name.core) > 1 and name.kind == "person"}
        """those of persons who are named in full"""
        self.by_key: dict[tuple[str, ...], Entity] = {}
        self.by_last: dict[str, list[Entity]] = defaultdict(list)
        self.by_first: dict[str, list[Entity]] = defaultdict(list)
        self.by_inner: dict[str, list[Entity]] = defaultdict(list)
        self.by_country: dict[str, Entity] = {}
        self.by_acronym = _Acronyms()
        self.misspelt = _Misspelt(self.by_last, Counter(key for _, _, key in named))

    def add(self, entity: Entity) -> None:
        """Add an entity by its name."""
        key = entity.key
        self.by_key.setdefault(key, entity)
        if entity.kind in ("person", "unknown"):
            self.by_last[key[-1]].append(entity)
            if len(key) > 1:
                self.by_first[key[0]].append(entity)
            for word in key[1:-1]:
                self.by_inner[word].append(entity)
        else:
            for word in {key[0], key[-1]}:
                self.by_last[word].append(entity)
        if len(key) > 1:
            self.by_acronym.add(entity)


class NameIndex:
    """All entities of one text that have names, with the entity of every name."""

    def __init__(
        self, text: str, names: Sequence[Name], documents: Sequence[int], lexicon: Lexicon, config: Config
    ) -> None:
        self.text = text
        self.lexicon = lexicon
        self._taken_up: dict[str, Gender | None] = {}
        self._untitled: dict[str, list[int]] = defaultdict(list)
        self.entities: list[Entity] = []
        self.entity_of: dict[int, Entity | None] = {}
        """by position of the name in the list"""
        self.ambiguous: dict[int, tuple[Entity, ...]] = {}
        self.described: dict[tuple[int, str], list[Entity]] = defaultdict(list)
        """entities by document and the head noun, or the class, of a description"""
        self.married: list[tuple[Entity, Entity]] = []
        """of whom the text tells that one is the wife or husband of the other"""
        self.names = list(names)
        self.alias_of = {_fold_alias(alias): name for alias, name in config.aliases}
        """full names by what the caller says that they are also called"""
        for person in config.people:
            self.alias_of |= {_fold_alias(alias): person.name for alias in person.aliases}
        self._known = {fold(tuple(person.name.split())): person for person in config.people}
        self._documents = documents
        self._surnames: dict[tuple[int, str], list[Entity]] = defaultdict(list)
        by_document: dict[int, list[int]] = defaultdict(list)
        for position, name in enumerate(self.names):
            by_document[documents[name.paragraph]].append(position)
        for document, positions in by_document.items():
            self._cluster(document, positions)
        self.starts = [name.start for name in self.names]
        self.bodies: dict[tuple[int, str], list[Entity]] = defaultdict(list)
        """bodies by document and the head noun of their name"""
        for entity in self.entities:
            if entity.kind == "organization" and len(entity.core) > 1:
                same = self.bodies[entity.document, entity.head]
                if len(same) < _MOST_BODIES:
                    same.append(entity)

    def positions(self, start: int, end: int) -> range:
        """Return the positions of the names that begin in a stretch."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def find_position(self, start: int, end: int) -> int | None:
        """Find the last name that begins before the end of a stretch and ends after its start."""
        position = bisect_left(self.starts, end) - 1
        return position if position >= 0 and self.names[position].end > start else None

    def _new(self, kind: str, core: tuple[str, ...], document: int) -> Entity:
        entity = Entity(len(self.entities), kind, " ".join(core), core, document)
        self.entities.append(entity)
        return entity

    def _cluster(self, document: int, positions: list[int]) -> None:
        """Give the names of a document their entities: full names make them, short forms lead to them."""
        first_here = len(self.entities)
        self._trim_names(positions)
        named = [(position, self.names[position], fold(self.names[position].core)) for position in positions]
        bearers = _Bearers(document, named)
        for position, name, key in named:
            self._name_in_full(position, name, key, bearers)
        short = [one for one in named if one[0] not in self.entity_of]
        # of a name that nobody has in full a title tells most: Lee, before Miss Lee and Mr Lee, is Mr Lee
        told = bearers.surnames | bearers.by_first.keys()
        titled = [one for one in short if one[1].title_kind == "honorific" and one[2][-1] not in told]
        for position, name, key in (*titled, *short):
            if position not in self.entity_of:
                self._name_in_short(position, name, key, bearers)
        present = {entity.key for entity in self.entities[first_here:]}
        for key, person in self._known.items():
            if person.roles and key not in present:  # whom the text may only describe
                self._tell_known(self._new("person", tuple(person.name.split()), document), person)
        self._describe(self.entities[first_here:])

    def _describe(self, entities: Sequence[Entity]) -> None:
        """Tell of the entities of a document what their names, and the words beside these, say."""
        for entity in entities:
            self._finish(entity)
        for entity in entities:
            if entity.names and entity.kind == "person":
                self._share_office(entity)
                self._leave_office(entity)
                self._relate(entity)
        for entity in entities:
            for description in entity.descriptions:
                self.described[entity.document, description.head].append(entity)
                self.described[entity.document, description.role.kind].append(entity)
        self._tell_apart(entities)

    def _name_in_full(self, position: int, name: Name, key: tuple[str, ...], bearers: _Bearers) -> None:
        """Give a name its entity, or make one, unless it is the short form of another."""
        if name.kind == "group" and key[0] in bearers.surnames and self._is_bare(name):
            self.names[position] = attrs.evolve(name, kind="unknown")  # Joe Finn, then Finn
        elif name.kind in ("other", "group"):
            self.entity_of[position] = None
            return
        core = name.core
        if key in self.alias_of:
            core = tuple(self.alias_of[key].split())
            key = fold(core)
        if len(key) < 2 and (name.kind not in ("organization", "place") or name.core[0].isupper()):
            return
        if name.kind == "place" and key[0] in bearers.surnames and self._is_surname(name):
            return
        if len(key) > 1 and key[0] in self.lexicon.particles and name.title_kind != "noble":
            return  # De Santis, for Gian Piero De Santis
        entity = self._find_full(name, core, key, bearers)
        if entity is None:
            entity = self._new(name.kind, core, bearers.document)
            if key in self._known:
                self._tell_known(entity, self._known[key])
            self._register(entity, name, bearers)
        self._add(entity, position)

    def _find_full(self, name: Name, core: tuple[str, ...], key: tuple[str, ...], bearers: _Bearers) -> Entity | None:
        """Find whom a full name names, in these words or in others: Ken Smith, Kenneth Smith; US, United States."""
        junior = (*key, core[-1].rstrip(".").casefold()) if len(core) > len(key) else None
        entity = bearers.by_key.get(junior or key) or bearers.by_key.get(key)
        if entity is not None and junior is not None and len(key) == len(entity.core):
            entity = self._new(name.kind, core, bearers.document)  # Ann Smith, and then Ann Smith Jr.
            bearers.by_key[junior] = entity
            bearers.by_last[key[-1]].append(entity)
        if entity is None and name.kind in ("person", "unknown"):
            matches = [
                one
                for one in bearers.by_last.get(key[-1], ())[-_MOST_NAMESAKES:]
                if len(full := one.key) > 1
                and one.kind in ("person", "unknown")
                and (same_name(full, key) or self._is_short_form(full, key))
            ] or self._find_surnames(key, bearers.by_last)
            entity = matches[0] if len(matches) == 1 else None
        if entity is None and name.kind == "place":
            entity = bearers.by_country.get(self._country(name))
        return entity

    def _name_in_short(self, position: int, name: Name, key: tuple[str, ...], bearers: _Bearers) -> None:
        """Give a name of one word, or of surnames, the one entity that it may be short for, or make one."""
        entity = self._find_known_as(position)
        if entity is not None:
            bearers.by_key.setdefault(key, entity)
            bearers.by_last[key[-1]].append(entity)
        elif name.kind in ("organization", "place"):
            entity = self._find_short_body(name, key, bearers)
        elif name.kind == "family":
            entity = bearers.by_key.get(key)
            if entity is None:
                entity = self._new("group", name.core, bearers.document)
                entity.gender, entity.gender_source = "plural", "text"
                bearers.add(entity)
        else:
            candidates = self._find_short(name, key, bearers)
            if len(candidates) > 1:
                self.ambiguous[position], self.entity_of[position] = tuple(candidates), None
                return
            entity = candidates[0] if candidates else None
            entity = entity or self._find_inner(name, key, bearers.by_inner) or bearers.misspelt.find(name, key)
        if entity is None:
            entity = self._find_known(name, key, bearers.document) or self._new(name.kind, name.core, bearers.document)
            self._register(entity, name, bearers)
        self._add(entity, position)

    def _register(self, entity: Entity, name: Name, bearers: _Bearers) -> None:
        """Let an entity be found by its name, and a place by its country."""
        bearers.add(entity)
        if entity.kind == "place":
            bearers.by_country.setdefault(self._country(name), entity)

    def _find_short_body(self, name: Name, key: tuple[str, ...], bearers: _Bearers) -> Entity | None:
        """Find what a body or place is the short form of, or whose surname it is: LOPEZ, of a transcript."""
        entity = bearers.by_key.get(key)
        people = [
            one for one in bearers.by_last.get(key[0], ())[-_MOST_NAMESAKES:] if one.kind in ("person", "unknown")
        ]
        if entity is None and len(people) == 1 and name.core[0].isupper() and len(key) == 1:
            entity = people[0]
        elif len(people) == 1 and len(people[0].key) > 1 and self._is_surname(name):
            entity = people[0]  # John Bolton, then Bolton
        if entity is None and len(known_as := bearers.by_acronym.find(re.sub("[.-]", "", name.core[0]))) == 1:
            entity = known_as[0]
            entity.kind = "organization" if entity.kind == "unknown" else entity.kind
        if entity is None and name.kind == "place":
            entity = bearers.by_country.get(self._country(name))
        return entity

    def _trim_names(self, positions: Sequence[int]) -> None:
        """Cut words from names that are none of theirs: Poor Emma, Asking Emma, Emma I, beside many an Emma."""
        counts = Counter(self.names[position].core for position in positions)
        told = {name.core for position in positions if not (name := self.names[position]).initial}
        persons = Counter(name.core[-1] for position in positions if (name := self.names[position]).kind == "person")
        seen: set[str] = set()
        for position in positions:
            name = self.names[position]
            known = name.core[-1] in seen
            seen.add(name.core[-1])
            if name.kind == "organization" and _is_of_person(name.core, counts, persons):
                stop = name.core_start + len(name.core[0])
                self.names[position] = attrs.evolve(name, end=stop, core=name.core[:1], kind="person")
            if len(name.core) < 2 or name.kind not in ("person", "unknown"):
                continue
            core = name.core[1:] if known and self._begins_with_month(name) else name.core
            if core == name.core:
                core = self._trim_core(name, counts, persons, initial=name.core not in told)
            if core != name.core:
                start = self.text.index(core[0], name.core_start, name.end)
                end = self.text.rindex(core[-1], start, name.end) + len(core[-1])
                first = start if name.title is None else name.start
                self.names[position] = attrs.evolve(name, start=first, core_start=start, end=end, core=core)

    def _begins_with_month(self, name: Name) -> bool:
        """Whether a first name is a month, before a surname that the text has: in April Smith left."""
        if len(name.core) != _PAIR or name.title is not None or name.core[0].lower() not in _MONTHS:
            return False
        return _BEFORE_MONTH.search(self.text, max(0, name.start - _LONGEST_BEFORE_MONTH), name.start) is not None

    def _trim_core(
        self, name: Name, counts: Mapping[tuple[str, ...], int], persons: Mapping[str, int], *, initial: bool
    ) -> tuple[str, ...]:
        """Return the words of a name without those that a sentence or a heading put beside it."""
        core = name.core
        first, last, often = core[0], core[-1], _OFTEN * counts[core]
        given = self.lexicon.given_names
        if (
            len(core) == _PAIR
            and first in given
            and last in given
            and persons.get(last) == 1
            and _stand_alone(core, counts)
        ):
            return core[:1]  # when she left Emma Tom sat down
        if first.lower() in _EPITHETS and counts.get(core[1:], 0) >= counts[core]:
            return core[1:]
        if first not in given and name.title is None:
            if initial and counts.get(core[1:], 0) >= often and (self._is_word(first) or first.endswith(("ing", "ly"))):
                return core[1:]
            if len(core) > 2 and last in given and counts.get(core[-1:], 0) >= often:
                return core[-1:]  # On Harvest Thanksgiving Emma left
        if (
            counts.get(core[:-1], 0) >= often
            and last not in given
            and (self._is_word(last) or last in self.lexicon.demonyms)
        ):
            return core[:-1]
        return core

    def _is_word(self, word: str) -> bool:
        """Whether a word with a capital may be an ordinary one that is no name."""
        low = word.lower()
        form = self.lexicon.verbs.get(low)
        closed = self.lexicon.tags.get(low, "n") not in "nm#"
        return closed or (form is not None and "past" in form.forms)

    def by_surname(self, document: int, surname: str) -> list[Entity]:
        """Return the persons of a document that have a surname."""
        if not self._surnames:
            for entity in self.entities:
                if entity.kind in ("person", "unknown") and entity.names:
                    self._surnames[entity.document, entity.key[-1]].append(entity)
        return self._surnames.get((document, surname), [])

    def find_formal(self, entity: Entity) -> list[Entity]:
        """Find the other persons of a document whose first name somebody's only name is a form of: Lizzy, Elizabeth."""
        short, firsts = entity.key[0], self._firsts[entity.document]
        found = [first for pet, first in _SHORT_FORMS if pet == short]
        stem = _undouble(_ENDING.sub("", short))
        if len(stem) >= _SHORT_FORM:
            at = bisect_left(firsts, stem)
            found += [first for first in firsts[at : at + _MOST_NAMESAKES] if first.startswith(stem)]
        bearers = (one for first in {*found} - {short} for one in self._by_first[entity.document, first])
        return [one for one in bearers if entity.gender is None or one.gender in (None, entity.gender)]

    @cached_property
    def _by_first(self) -> Mapping[tuple[int, str], list[Entity]]:
        """The persons of each document by the first name, where it stands without a title."""
        found: dict[tuple[int, str], list[Entity]] = defaultdict(list)
        for entity in self.entities:
            if entity.kind == "person" and any(name.title is None for name in entity.names[:_MOST_NAMES]):
                found[entity.document, entity.key[0]].append(entity)
        return found

    @cached_property
    def _firsts(self) -> Mapping[int, list[str]]:
        """The first names of each document, sorted."""
        found: dict[int, list[str]] = defaultdict(list)
        for document, first in sorted(self._by_first):
            found[document].append(first)
        return found

    def merge(self, entity: Entity, other: Entity) -> None:
        """Let another entity have the names, and the descriptions, of one."""
        for name in entity.names:
            self.entity_of[bisect_left(self.starts, name.start)] = other
            insort(other.names, name, key=_start_of)
        for description in entity.descriptions:
            self.learn(other, description)
        entity.names, entity.descriptions = [], []

    def learn(self, entity: Entity, description: Description) -> None:
        """Add a description by which the text calls a named entity: later ones may rest on it."""
        if entity.names and all(one.head != description.head for one in entity.descriptions):
            entity.descriptions.append(description)
            for key in (description.head, description.role.kind):
                entities = self.described[entity.document, key]
                if entity not in entities:
                    insort(entities, entity, key=lambda one: one.names[0].start if one.names else -1)

    def _tell_known(self, entity: Entity, person: Person) -> None:
        """Add to an entity what the caller knows of that person."""
        entity.id, entity.kind = person.id, "person"
        entity.extra_aliases = person.aliases
        if person.gender:
            entity.gender, entity.gender_source = person.gender, "text"
        for role in person.roles:
            if (description := parse_description(role, self.lexicon)) is not None:
                entity.descriptions.append(description)

    def _find_known(self, name: Name, key: tuple[str, ...], document: int) -> Entity | None:
        """Make the one person whom the caller knows by a surname that nobody named in full has here."""
        if not self._known or len(key) > 1 or name.kind not in ("person", "unknown"):
            return None
        found = [one for full, one in self._known.items() if full[-1] == key[0]]
        if len(found) != 1 or (name.gender and found[0].gender and name.gender != found[0].gender):
            return None
        entity = self._new("person", tuple(found[0].name.split()), document)
        self._tell_known(entity, found[0])
        return entity

    def find_alias(self, words: str, paragraph: int) -> Entity | None:
        """Find, or make, whom the caller says that some words call."""
        full = self.alias_of.get(_fold_alias(words))
        if full is None:
            return None
        core = tuple(full.split())
        key, document = fold(core), self._documents[paragraph]
        for entity in self.entities:
            if entity.document == document and entity.key == key:
                return entity
        entity = self._new("person", core, document)
        if key in self._known:
            self._tell_known(entity, self._known[key])
        return entity

    def _is_short_form(self, one: tuple[str, ...], other: tuple[str, ...]) -> bool:
        """Whether two full names differ by a form of the first name: Ken Smith, Kenneth Smith; Philip, Phillip."""
        if one[1:] != other[1:]:
            return False
        if _undouble(one[0]) == _undouble(other[0]):
            return True
        short, long_ = sorted((one[0], other[0]), key=len)
        if len(short) < _SHORT_FORM:
            return False
        if not long_.startswith(short) and not {(short, long_), (long_, short)} & _SHORT_FORMS:
            return False
        genders = {self.lexicon.given_names.get(first.title()) for first in (short, long_)}
        return genders in ({"male"}, {"female"})  # Chris Smith may be beside Christine Smith

    def _find_surnames(self, key: tuple[str, ...], by_last: Mapping[str, Sequence[Entity]]) -> list[Entity]:
        """Find whose surnames a name of several words is: Ana Maria Ruiz Ortega, then Ruiz Ortega."""
        if key[0].title() in self.lexicon.given_names:
            return []
        return [
            one
            for one in by_last.get(key[-1], ())[-_MOST_NAMESAKES:]
            if one.kind in ("person", "unknown") and len(full := one.key) > len(key) and full[-len(key) :] == key
        ]

    def _find_inner(self, name: Name, key: tuple[str, ...], by_inner: Mapping[str, Sequence[Entity]]) -> Entity | None:
        """Find whose first surname a name is: Ana Ruiz Ortega, then Ruiz; Ana de la Paz Ruiz, then De la Paz."""
        bare = [word for word in key if word not in self.lexicon.particles]
        given = len(key) == 1 and name.core[-1] in self.lexicon.given_names
        if len(bare) != 1 or given or name.title_kind not in (None, "honorific"):
            return None
        found = [
            one
            for one in dict.fromkeys(by_inner.get(key[-1], ()))
            if len(one.key) <= _LONGEST_NAME and any(one.key[i : i + len(key)] == key for i in range(1, len(one.key)))
        ]
        return found[0] if len(found) == 1 and name.gender in (None, self._gender(found[0]) or name.gender) else None

    def _find_known_as(self, position: int) -> Entity | None:
        """Find who is named right before a name that is another one of theirs: the Water Authority, known as Ofdwr."""
        other = self.names[position]
        if position == 0 or not self.text.endswith(_BEFORE_OTHER, 0, other.start):
            return None
        one = self.names[position - 1]
        if _KNOWN_AS.match(self.text, one.end, other.start):
            return self.entity_of.get(position - 1)
        bracketed = self.text[one.end : other.start] == " (" and self.text[other.end : other.end + 1] == ")"
        entity = self.entity_of.get(position - 1) if bracketed and _abbreviates(other.core, one.core) else None
        if entity is not None and entity.kind == "unknown":
            entity.kind = "organization"
        return entity

    def _is_bare(self, name: Name) -> bool:
        """Whether a name of one word stands without an article."""
        before = self.text[max(0, name.start - _LONGEST_ARTICLE) : name.start].rstrip().rpartition(" ")[2].lower()
        return len(name.core) == 1 and before not in ("a", "an", "the")

    def _is_surname(self, name: Name) -> bool:
        """Whether a city's name can be the surname of somebody whom the text names: not "in Bolton"."""
        place = self.lexicon.places.get(name.core[0])
        return place is not None and place.kind == "city" and len(name.core) == 1 and not name.oblique

    def _country(self, name: Name) -> str:
        """Return what a place is the same as under another name: the country, or the name itself."""
        words = " ".join(name.core)
        place = self.lexicon.places.get(words)
        return f"country {place.country}" if place is not None and place.kind == "country" else words

    def _find_short(self, name: Name, key: tuple[str, ...], bearers: _Bearers) -> list[Entity]:
        """Find the persons of whom a name may be the short form."""
        word, by_last, by_first = key[0], bearers.by_last, bearers.by_first
        if len(key) > 1:
            candidates = [one for one in by_last.get(key[-1], ())[-_MOST_NAMESAKES:] if one.key[-len(key) :] == key]
        elif name.title_kind in _FIRST_NAME_TITLES:
            candidates = by_first.get(word, []) or by_last.get(word, [])
        elif name.title_kind is not None:
            candidates = by_last.get(word, []) or [
                one
                for one in by_first.get(word, [])
                if self._is_family_first(one.core) or (name.title == "Miss" and self._gender(one) == "female")
            ]
        else:
            candidates = by_last.get(word, [])
            if not candidates:
                candidates = by_first.get(word, []) or (
                    bearers.by_acronym.find(name.core[0]) if name.core[0].isupper() and len(word) > 1 else []
                )
        if len(candidates) > 1:
            candidates = list(dict.fromkeys(candidates[-_MOST_NAMESAKES - 1 :]))
        if name.title_kind is not None:
            candidates = [one for one in candidates if one.kind != "organization"] or candidates
        elif any(one.kind == "person" and len(one.key) > 1 for one in candidates):
            candidates = [one for one in candidates if one.kind != "organization"]  # Tom Smith, then Smith Foods
        if name.gender:
            candidates = [one for one in candidates if self._gender(one) in (None, name.gender)]
        if name.title_kind == "honorific":
            candidates = [one for one in candidates if not self._is_apart(name, one)]
        elif name.title in _LADIES:
            candidates = [one for one in candidates if len(one.core) > 1 or not one.honorifics & _MARRIED]
        return self._choose(name, candidates) if 1 < len(candidates) <= _MOST_NAMESAKES else candidates

    def _is_apart(self, name: Name, entity: Entity) -> bool:
        """Whether the text keeps a titled name apart from one: Mrs Lee beside Rose, Miss Lee beside Mrs Lee."""
        called = entity.honorifics
        if name.title in called:
            return False
        if name.title in _MARRIED and len(entity.core) == 1 and entity.names[0].title in _LADIES:
            return True  # Miss Lee, beside Lady Lee
        if called & _MARRIED and name.title in _MARRIED:
            return True
        if name.gender and len(entity.core) > 1 and self._gender(entity) is None:
            taken_up = self._find_gender(entity.core[0])
            if taken_up is not None and taken_up != name.gender:
                return True  # Santa wrote his list, against Mrs Claus
        return len(entity.core) > 1 and (
            (name.title, name.core[-1], entity.core[0]) in self._beside
            or (
                name.title == "Mrs"
                and entity.core[0] in self._bare
                and entity.core[0] in self.lexicon.given_names
                and not self._tells_age(entity, _OLDER)
            )
        )

    def _find_gender(self, first: str) -> Gender | None:
        """Find by which pronoun a first name that no list has is taken up in its sentences."""
        if first not in self._taken_up:
            if not self._untitled:
                for position, name in enumerate(self.names):
                    if name.title is None:
                        self._untitled[name.core[0]].append(position)
            votes = {"male": 0, "female": 0}
            for position in self._untitled.get(first, ()):
                name, after = self.names[position], self.names[position + 1 : position + 2]
                stop = min(name.end + PRONOUN_REACH, after[0].start if after else len(self.text))
                if (gender := find_pronoun(self.text, name.end, stop)) is not None:
                    votes[gender] += 1
            male, female = votes["male"], votes["female"]
            sure = max(male, female) >= VOTES and max(male, female) >= 3 * min(male, female)
            self._taken_up[first] = ("male" if male > female else "female") if sure else None
        return self._taken_up[first]

    @cached_property
    def _bare(self) -> set[str]:
        """Names of one word that stand without a title inside a sentence."""
        return {name.core[0] for name in self.names if len(name.core) == 1 and name.title is None and not name.initial}

    @cached_property
    def _beside(self) -> set[tuple[str | None, str, str]]:
        """Titled surnames that stand beside a first name, in narration or in speech: two persons."""
        found = set()
        for one, two in pairwise(self.names):
            if one.paragraph != two.paragraph or two.start - one.end > _BESIDE:
                continue
            for titled, bare in ((one, two), (two, one)):
                if (
                    titled.title_kind == "honorific"
                    and len(titled.core) == 1
                    and bare.title is None
                    and len(bare.core) == 1
                ):
                    found.add((titled.title, titled.core[0], bare.core[0]))
        return found

    def _choose(self, name: Name, candidates: list[Entity]) -> list[Entity]:
        """Narrow namesakes by title, then by who was last called by the full name alone."""
        if name.title is not None:
            # Dr Lee is not called Ms Lee
            otherwise = [
                one
                for one in candidates
                if (used := {n.title for n in one.names[:_MOST_NAMES] if n.title and len(n.core) == 1})
                and name.title not in used
            ]
            rest = [one for one in candidates if one not in otherwise]
            if len(rest) == 1:
                return rest
            candidates = rest or candidates
        if name.title_kind == "honorific":
            same = [one for one in candidates if any(n.title == name.title for n in one.names[:_MOST_NAMES])]
            if len(same) == 1:
                return same
        if name.roles:
            wanted = [d for role in name.roles if (d := parse_description(role, self.lexicon))]
            same = [one for one in candidates if any(d.head == w.head for d in self._descriptions(one) for w in wanted)]
            if len(same) == 1:
                return same
        if (older := self._is_older(name)) is not None:
            marked = [one for one in candidates if self._tells_age(one, _OLDER if older else _YOUNGER)]
            if len(marked) == 1:
                return marked
            rest = [one for one in candidates if not self._tells_age(one, _YOUNGER if older else _OLDER)]
            return rest if len(rest) == 1 else candidates
        if name.title is None and all(one.honorifics & _MARRIED or len(one.key) == 1 for one in candidates):
            # beside Miss Lee and Mrs Lee, Lee alone is Mr Lee
            same = [one for one in candidates if not one.honorifics & _MARRIED]
            if len(same) == 1 and self._gender(same[0]) == "male":
                return same
        if name.title is None:
            # whom the text has named in full so far, and whom it calls "she" by the surname
            candidates = [one for one in candidates if one.names and one.names[0].start < name.start] or candidates
            gender = self._find_gender(name.core[0])
            candidates = [one for one in candidates if gender and self._gender(one) == gender] or candidates
            if len(candidates) == 1:
                return candidates
        single = [one for one in candidates if len(one.key) == 1 and name.title is not None]
        if len(single) == 1 and any(n.title == name.title for n in single[0].names[:_MOST_NAMES]):
            return single
        full = [one for one in candidates if len(one.key) > 1]
        if len(full) == 1:
            return full
        given = [one for one in full if one.core[0] in self.lexicon.given_names]
        if len(given) == 1 and all(len(one.names) <= len(given[0].names) for one in candidates):
            return given
        counts = {one.number: bisect_left(one.names, name.start, key=_start_of) for one in candidates}
        ranked = sorted(candidates, key=lambda one: -counts[one.number])
        first, second = ranked[:2]
        if counts[first.number] < 2 * counts[second.number]:
            return candidates
        # Smith, beside Tom Smith and Ann Smith, whom the text often calls Ann
        often = counts[first.number] - self._count_first(first, name)
        return ranked[:1] if often >= 2 * (counts[second.number] - self._count_first(second, name)) else candidates

    def _count_first(self, entity: Entity, name: Name) -> int:
        """Count how often the text calls somebody by the first name alone, before a name that is the surname."""
        first = entity.key[:1]
        if fold(name.core)[-1:] == first:
            return 0
        before = bisect_left(entity.names, name.start, key=_start_of)
        return sum(fold(one.core) == first for one in entity.names[: min(before, _MOST_NAMES)])

    def _is_older(self, name: Name) -> bool | None:
        """Whether a word before a name tells two of one surname apart by age: the elder Lee."""
        word = self.text[max(0, name.start - _LONGEST_AGE) : name.start].rstrip().rpartition(" ")[2].lower()
        return word in _OLDER if word in _OLDER | _YOUNGER else None

    def _tells_age(self, entity: Entity, words: frozenset[str]) -> bool:
        """Whether a role of somebody is one of the older, or of the younger: his father, his younger brother."""
        told = (word for role in self._descriptions(entity) for word in (role.head, *role.words))
        return any(word in words for word in told)

    def _is_family_first(self, core: Sequence[str]) -> bool:
        """Whether the first word may be the family name: Kim Sung-ho, then Mr Kim."""
        given = self.lexicon.given_names
        return "-" in core[-1] or (given.get(core[0]) not in ("male", "female") and core[-1] in given)

    def _gender(self, entity: Entity) -> str | None:
        for name in entity.names[:_MOST_NAMES]:
            if name.gender:
                return name.gender
        first = entity.core[0].rstrip(".")
        gender = self.lexicon.given_names.get(first) if len(entity.core) > 1 else None
        return gender if gender in ("male", "female") else None

    def _descriptions(self, entity: Entity) -> list[Description]:
        return [
            d
            for name in entity.names[:_MOST_NAMES]
            for role in name.roles
            if (d := parse_description(role, self.lexicon))
        ]

    def _add(self, entity: Entity, position: int) -> None:
        name = self.names[position]
        self.entity_of[position] = entity
        if not entity.names or entity.names[-1].start < name.start:
            entity.names.append(name)
        else:
            insort(entity.names, name, key=_start_of)
        if name.title_kind == "honorific" and name.title not in entity.honorifics:
            entity.honorifics |= {name.title}
        if name.kind == "person" and entity.kind == "unknown":
            entity.kind = "person"
        if entity.kind == "organization" and name.title_kind is not None and _is_in_capitals(entity.core, name.core):
            entity.kind, entity.core, entity.name = "person", name.core, " ".join(name.core)  # LEE, of a heading
        if len(name.core) > len(entity.core) and entity.kind in ("person", "unknown", "place") and not entity.id:
            entity.core, entity.name = name.core, " ".join(name.core)

    def _finish(self, entity: Entity) -> None:
        """Settle the name, gender and descriptions of an entity."""
        entity.titled = entity.gender is not None
        if entity.descriptions and not entity.names:
            return
        if len(entity.core) > 1 and entity.kind in ("person", "unknown") and entity.name.isupper():
            self._write_small(entity)
        seen = {description.text.lower() for description in entity.descriptions}
        for name in entity.names:
            if name.gender and not entity.gender:
                entity.gender, entity.gender_source = name.gender, "text"  # type: ignore[assignment]
                entity.titled = True
            for role in name.roles:
                if role.lower() not in seen:
                    seen.add(role.lower())
                    description = parse_description(role, self.lexicon)
                    if description is not None:
                        entity.descriptions.append(description)
        entity.title_kind = entity.names[0].title_kind if entity.names else None
        if entity.kind in ("person", "unknown"):
            told = filter(None, map(self._country_before, entity.names[:_MOST_NAMES]))
            entity.countries = frozenset(told).union(*(one.countries for one in entity.descriptions))
        if entity.gender is None and entity.kind in ("person", "unknown"):
            guess = self.lexicon.given_names.get(entity.core[0].rstrip("."))
            if guess in ("male", "female"):
                entity.gender, entity.gender_source = guess, "first name"  # type: ignore[assignment]
                entity.kind = "person"
        noble = entity.title_kind == "noble" and entity.core[1:2] == ("of",)  # Princess Ann of Oslo
        if (len(entity.core) == 1 or noble) and entity.kind in ("person", "unknown") and entity.names:
            titled = [name for name in entity.names if name.title_kind in _PERSONAL_TITLES]
            if titled and len(titled) * 2 >= len(entity.names):
                entity.name = _titled_name(titled[0])

    def _write_small(self, entity: Entity) -> None:
        """Write a name in capitals as the text writes parts of it elsewhere: ANN LEE, beside Miss Lee."""
        if not all(" ".join(name.core).isupper() for name in entity.names[:_MOST_NAMES]):
            entity.core = tuple(word.title() for word in entity.core)
            entity.name = " ".join(entity.core)

    def _country_before(self, name: Name) -> str | None:
        """Return the country whose possessive stands before a name: Peru’s Ann Smith."""
        if self.text[name.start - 3 : name.start] not in ("’s ", "'s "):
            return None
        found = _OF_COUNTRY.search(self.text, max(0, name.start - _LONGEST_COUNTRY), name.start)
        place = self.lexicon.places.get(found.group("country")) if found is not None else None
        return place.country if place is not None else None

    def _named_before(self, entity: Entity) -> Iterator[Entity]:
        """Yield the other persons who are named right before somebody's first name, the nearest first."""
        name = entity.names[0]
        position = bisect_left(self.names, name.start, key=_start_of) - 1
        while position >= 0 and name.start - self.names[position].end < _PEER_REACH:
            other = self.entity_of.get(position)
            if other is not None and other is not entity:
                yield other
            position -= 1

    def _share_office(self, entity: Entity) -> None:
        """Give a successor or a predecessor the office of whoever is named just before: his successor, Ann Smith."""
        peer = next((one for one in entity.descriptions if one.head in _PEERS), None)
        told = peer is not None and peer.text.split(" ")[0].lower() in _POSSESSIVES
        if peer is not None and told:
            self._give_office(entity, peer.text, past=peer.head == "predecessor")
        start = entity.names[0].start
        if _REPLACED.search(self.text, max(0, start - _LONGEST_REPLACED), start):
            self._give_office(entity, None, past=False)

    def _give_office(self, entity: Entity, told: str | None, *, past: bool) -> None:
        for other in self._named_before(entity):
            office = next((one for one in other.descriptions if one.role.kind in _HELD), None)
            if office is not None:
                status = office.status | {"former"} if past else office.status - _PAST
                words = office.text if told is None else told
                given = attrs.evolve(office, text=words, status=status, inferred=told is None)
                entity.descriptions.append(given)
                return

    def _leave_office(self, entity: Entity) -> None:
        """Tell of who leaves an office that they had it: Minister Ann Smith resigned, and then the former minister."""
        office = next((one for one in entity.descriptions if one.role.kind in _HELD), None)
        if office is None or office.status & _PAST:
            return
        if any(_LEAVES.match(self.text, name.end) for name in entity.names[:_MOST_NAMES]):
            entity.descriptions.append(attrs.evolve(office, status=office.status | {"outgoing"}))

    def _relate(self, entity: Entity) -> None:
        """Tell of whoever is named just before what they are: of "his successor, Ann Smith", her predecessor."""
        for description in entity.descriptions[:]:
            owner, inverse = description.text.partition(" ")[0].lower(), _INVERSES.get(description.head)
            if owner not in ("his", "her"):
                continue
            for other in self._named_before(entity):
                person = other.kind == "person" or (other.kind == "unknown" and len(other.core) > 1)
                if person and other.gender in (None, GENDER_OF[owner]):
                    owned = attrs.evolve(description, words=description.words | set(other.key), possessor=other.name)
                    entity.descriptions.append(owned)
                    if inverse is None:
                        break
                    if description.head in _SPOUSES:
                        self.married.append((other, entity))
                    words = f"{_OWNERS.get(entity.gender, 'their')} {inverse}"
                    if (told := parse_description(words, self.lexicon)) is not None:
                        other.descriptions.append(attrs.evolve(told, possessor=entity.name, inferred=True))
                    break

    def _tell_apart(self, entities: Sequence[Entity]) -> None:
        """Keep the honorific of namesakes that the text tells apart by nothing else."""
        namesakes: dict[tuple[int, str], list[Entity]] = defaultdict(list)
        for entity in entities:
            if entity.kind in ("person", "unknown") and entity.names:
                namesakes[entity.document, entity.name].append(entity)
        for group in namesakes.values():
            for entity in group if len(group) > 1 else ():
                titled = next((name for name in entity.names if name.title_kind in _PERSONAL_TITLES), None)
                if titled is not None:
                    entity.name = _titled_name(titled)


def _is_of_person(core: tuple[str, ...], counts: Mapping[tuple[str, ...], int], persons: Mapping[str, int]) -> bool:
    """Whether a body's name is that of a person who is asked something of another one: asked Lee of Smith."""
    return (
        len(core) == _OF_ANOTHER
        and core[1] == "of"
        and persons.get(core[0], 0) > 0
        and counts.get(core[2:], 0) >= _OFTEN
    )


def _stand_alone(core: tuple[str, ...], counts: Mapping[tuple[str, ...], int]) -> bool:
    """Whether both words of a name that stands once are often names on their own."""
    return counts[core] == 1 and min(counts.get(core[:1], 0), counts.get(core[1:], 0)) >= _OFTEN


def _is_in_capitals(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether a name is another one in capitals."""
    return one != other and " ".join(one) == " ".join(other).upper()


def _titled_name(name: Name) -> str:
    return f"{name.title}{'.' if _dotted(name) else ''} {' '.join(name.core)}"


def _dotted(name: Name) -> bool:
    return name.core_start - name.start == len(name.title or "") + 2
