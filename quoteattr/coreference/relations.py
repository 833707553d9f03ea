"""What a text tells of its persons and bodies: who is married, accused or called they, who tells, what is a business.

Everything is read when a rule first asks for it, once for each document.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

from quoteattr.coreference.entities import Entity
from quoteattr.coreference.narration import ADDRESS, Narration
from quoteattr.coreference.narrator import Statement, find_narrator
from quoteattr.lexicon import Lexicon, words_of

# how many bearers of a surname, and bodies whose names have one head noun, are compared
_MOST_BEARERS, _MOST_BODIES = 40, 8
_OPENING_REACH = 60
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
_BUSINESSES = words_of("businesses without a name")
_BUSINESS_WORDS = words_of("words of a business's name")
# how far beside a name, and beside how many of them, it is sought that it is a business's
_BESIDE_REACH, _MOST_BESIDE = 80, 6
# honorifics by which a spouse is known
_WIVES, _HUSBANDS = frozenset({"Mrs", "Madame", "Mme"}), frozenset({"Mr", "M"})
_NOUN_OF = dict(pair.split("=") for pair in words_of("nouns for a body by a word of its name"))


class Relations:
    """What one text tells of those whom it names."""

    def __init__(self, narration: Narration) -> None:
        self.narration = narration
        self.text = narration.text
        self.paragraphs = narration.paragraphs
        self.lexicon = narration.lexicon
        self.index = narration.index
        self.gather: Callable[[], Mapping[int, Sequence[Statement]]] = dict
        """gathers the quotations of each document, as far as they tell of its narrator"""
        self.bodies: dict[tuple[int, str], list[Entity]] = defaultdict(list)
        """bodies by document and the head noun of their name"""
        for entity in self.index.entities:
            if entity.kind == "organization" and len(entity.core) > 1:
                same = self.bodies[entity.document, entity.head]
                if len(same) < _MOST_BODIES:
                    same.append(entity)
        self._narrators: dict[int, Entity | None] = {}
        self._kin_names: dict[int, dict[str, str]] = {}
        self._singular_they: dict[int, set[Entity]] = {}
        self._couples: dict[int, list[tuple[Entity, Entity]]] = {}
        self._accused: dict[int, list[Entity]] = {}
        self._second: dict[int, int] = {}
        self._called: dict[int, Mapping[str, list[Entity]]] = {}

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

    def _find_couples(self, document: int) -> list[tuple[Entity, Entity]]:
        """Find the pairs of one surname that the text names as one: Peter and Ann Lee."""
        named = list(self.narration.names_in_document(document))
        return [
            (one, other)
            for (first, one), (second, other) in pairwise(named)
            if one is not other
            and one.key[-1] == other.key[-1]
            and min(len(first.core), len(second.core)) > 1
            and self.text[first.end : second.start] in (" and ", " & ")
        ]

    def _couples_of(self, document: int) -> list[tuple[Entity, Entity]]:
        if document not in self._couples:
            self._couples[document] = self._find_couples(document)
        return self._couples[document]

    def partner(self, spoken: Entity, gender: str | None, *, siblings: bool) -> list[Entity]:
        """Return who somebody's spouse or sibling is: of two of one surname who are named as one, the other."""
        found = [
            other
            for couple in self._couples_of(spoken.document)
            for one, other in (couple, couple[::-1])
            if one is spoken and (siblings or one.gender != gender) and other.gender in (None, gender or other.gender)
        ]
        return list(dict.fromkeys(found))

    def couple(self, document: int) -> tuple[Entity, ...]:
        """Return the one couple of a document, by surname or as husband and wife; nobody if there are more."""
        found = dict.fromkeys(self._couples_of(document))
        found |= dict.fromkeys(couple for couple in self.index.married if couple[0].document == document)
        return next(iter(found)) if len(found) == 1 else ()

    def married(self, owner: Entity, gender: str | None) -> list[Entity]:
        """Return who has somebody's surname with a title that tells of a marriage: Mr Lee's Mrs Lee."""
        if len(owner.key) < 2 and not owner.honorifics:
            return []
        found = self.index.by_surname(owner.document, owner.key[-1])[:_MOST_BEARERS]
        titles = _WIVES if gender == "female" else _HUSBANDS
        return [one for one in found if one is not owner and one.gender == gender and one.honorifics & titles]

    def second_person(self, document: int) -> int:
        """Return where a document first names a second person, or its end."""
        if document not in self._second:
            named = (
                (name, entity) for name, entity in self.narration.names_in_document(document) if name.kind == "person"
            )
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
                    for name, entity in self.narration.names_in_document(document)
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
            for name, entity in self.narration.names_in_document(document):
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

    def find_singular_they(self, document: int) -> set[Entity]:
        """Find the persons of whom a document says that they are called they."""
        if document not in self._singular_they:
            called = set()
            for found in _SINGULAR_THEY.finditer(self.text):
                position = bisect_left(self.narration.starts, found.start()) - 1
                entity = self.index.entity_of.get(position) if position >= 0 else None
                if entity is not None and entity.kind == "person" and entity.document == document:
                    called.add(entity)
            self._singular_they[document] = called
        return self._singular_they[document]

    def narrator(self, document: int) -> Entity | None:
        """Return who says "I" in the telling of a document, if the text lets it be known."""
        if document not in self._narrators:
            self._narrators[document] = find_narrator(self.narration, document, self.statements.get(document, ()))
        return self._narrators[document]

    @cached_property
    def statements(self) -> Mapping[int, Sequence[Statement]]:
        """The quotations of each document, gathered when a rule first asks."""
        return self.gather()

    def find_kin_name(self, name: str, document: int) -> str | None:
        """Find what the teller calls "my mother", and may call so in the telling: “It is late, Mom,” I said."""
        word = name.removeprefix("my ")
        noun = self._kin_noun(word) if word.isalpha() else None
        if noun is None:
            return None
        if document not in self._kin_names:
            found = self._kin_names[document] = {}
            for statement in self.statements.get(document, ()):
                for start, end in statement.pieces if statement.own else ():
                    for called in ADDRESS.finditer(self.text, start, end):
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
