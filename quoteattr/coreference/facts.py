"""What a document tells, in so many words, of those whom it names: who is accused, whose wife, called they, a firm."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

from quoteattr.coreference.entities import PRONOUN_REACH, VOTES, Entity, find_pronoun
from quoteattr.coreference.narration import NAMED, Narration
from quoteattr.coreference.narrator import Statement, find_narrator
from quoteattr.coreference.scene import ADDRESS
from quoteattr.lexicon import Lexicon, words_of

# how far before a name its apposition may begin
_APPOSED_REACH = 60
# how many of one surname are looked at for whom somebody is married to
_MOST_NAMESAKES = 40
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


class Facts:
    """What one document tells of those whom it names, each thing read when a rule first asks."""

    def __init__(
        self,
        document: int,
        narration: Narration,
        lexicon: Lexicon,
        gather: Callable[[], Mapping[int, Sequence[Statement]]],
    ) -> None:
        self.document = document
        self._narration = narration
        self._lexicon = lexicon
        self._gather = gather
        """gathers the quotations of every document"""

    @property
    def _statements(self) -> Sequence[Statement]:
        return self._gather().get(self.document, ())

    @cached_property
    def _span(self) -> tuple[int, int]:
        paragraphs = self._narration.paragraphs
        first, last = (
            bisect(paragraphs, self.document, key=lambda one: one.document) for bisect in (bisect_left, bisect_right)
        )
        return paragraphs[first].start, paragraphs[last - 1].end

    @property
    def start(self) -> int:
        """Where the document begins."""
        return self._span[0]

    @cached_property
    def narrator(self) -> Entity | None:
        """Who says "I" in the telling, if the text lets it be known."""
        return find_narrator(self._narration, self.document, self._statements)

    @cached_property
    def second_person(self) -> int:
        """Where a second person is first named, or the end of the text."""
        named = [
            (name, entity) for name, entity in self._narration.names_in_document(self.document) if name.kind == "person"
        ]
        return next((name.start for name, entity in named if entity is not named[0][1]), len(self._narration.text))

    @cached_property
    def accused(self) -> list[Entity]:
        """The persons of whom the text says that they are accused."""
        found = {
            entity: None
            for name, entity in self._narration.names_in_document(self.document)
            if entity.kind == "person"
            and (
                _ACCUSED.match(self._narration.text, name.end)
                or _ACCUSING.search(self._narration.text, max(0, name.start - _LONGEST_ACCUSING), name.start)
            )
        }
        return list(found)

    @cached_property
    def _couples(self) -> list[tuple[Entity, Entity]]:
        """The pairs of one surname that the text names as one: Peter and Ann Lee."""
        named = list(self._narration.names_in_document(self.document))
        return [
            (one, other)
            for (first, one), (second, other) in pairwise(named)
            if one is not other
            and one.key[-1] == other.key[-1]
            and min(len(first.core), len(second.core)) > 1
            and self._narration.text[first.end : second.start] in (" and ", " & ")
        ]

    def partner(self, spoken: Entity, gender: str | None, *, siblings: bool) -> list[Entity]:
        """Return who somebody's spouse or sibling is: of two of one surname who are named as one, the other."""
        found = {
            other: None
            for couple in self._couples
            for one, other in (couple, couple[::-1])
            if one is spoken and (siblings or one.gender != gender) and other.gender in (None, gender or other.gender)
        }
        return list(found)

    @property
    def couple(self) -> tuple[Entity, ...]:
        """The one couple, by surname or as husband and wife; nobody if there are more."""
        married = (couple for couple in self._narration.index.married if couple[0].document == self.document)
        found = dict.fromkeys((*self._couples, *married))
        return next(iter(found)) if len(found) == 1 else ()

    @cached_property
    def singular_they(self) -> set[Entity]:
        """The persons of whom the text says that they are called they."""
        index, called = self._narration.index, set()
        for found in _SINGULAR_THEY.finditer(self._narration.text, *self._span):
            position = bisect_left(index.starts, found.start()) - 1
            entity = index.entity_of.get(position) if position >= 0 else None
            if entity is not None and entity.kind == "person" and entity.document == self.document:
                called.add(entity)
        return called

    @cached_property
    def bodies_called(self) -> Mapping[str, list[Entity]]:
        """The bodies by the nouns in apposition to their names: the charity Sea Watch."""
        called: dict[str, dict[Entity, None]] = defaultdict(dict)
        for name, entity in self._narration.names_in_document(self.document):
            if entity.kind in ("organization", "unknown"):
                floor = max(0, name.start - _APPOSED_REACH)
                before = _APPOSED_BEFORE.search(self._narration.text, floor, name.start)
                after = _APPOSED_AFTER.match(self._narration.text, name.end)
                for found in filter(None, (before, after)):
                    called[found.group("noun")][entity] = None
            body = entity.kind == "organization" and len(entity.core) > 1
            for word in entity.key:
                if body and word in _NOUN_OF:
                    called[_NOUN_OF[word]][entity] = None
        return {noun: list(entities) for noun, entities in called.items()}

    @cached_property
    def _kin_names(self) -> Mapping[str, str]:
        """How the narrator calls those who are kin of theirs, by the role noun: “It is late, Mom,” I said."""
        names: dict[str, str] = {}
        for statement in self._statements:
            for start, end in statement.pieces if statement.own else ():
                for called in ADDRESS.finditer(self._narration.text, start, end):
                    kin = self._kin_noun(called.group(1)) if called.group(1)[0].isupper() else None
                    if kin is not None:
                        names.setdefault(kin, called.group(1))
        return names

    def kin_name(self, name: str) -> str | None:
        """Return what the narrator calls "my mother", and may call so in the telling."""
        word = name.removeprefix("my ")
        noun = self._kin_noun(word) if word.isalpha() else None
        return self._kin_names.get(noun) if noun is not None else None

    def _kin_noun(self, word: str) -> str | None:
        """Return the role noun for a word of kinship: Mom, mother."""
        title = self._lexicon.titles.get(word.capitalize())
        noun = title.noun if title is not None and title.noun else word.lower()
        role = self._lexicon.roles.get(noun)
        return noun if role is not None and role.kind == "kin" else None

    def is_business(self, entity: Entity) -> bool:
        """Whether a name, or the words beside it, are those of a business: Acme Foods, the chairman of Acme."""
        if entity.kind not in ("organization", "unknown", "other") or entity.title_kind or not entity.names:
            return False
        if any(word in _BUSINESS_WORDS for word in entity.key):
            return True
        before, after = _beside_business(self._lexicon)
        return any(
            before.search(self._narration.text, max(0, name.start - _BESIDE_REACH), name.start)
            or after.match(self._narration.text, name.end, name.end + _BESIDE_REACH)
            for name in entity.names[:_MOST_BESIDE]
        )

    def married(self, owner: Entity, gender: str | None) -> list[Entity]:
        """Return who has somebody's surname with a title that tells of a marriage: Mr Lee's Mrs Lee."""
        if len(owner.key) < 2 and not owner.honorifics:
            return []
        found = self._narration.index.by_surname(owner.document, owner.key[-1])[:_MOST_NAMESAKES]
        titles = _WIVES if gender == "female" else _HUSBANDS
        return [one for one in found if one is not owner and one.gender == gender and one.honorifics & titles]


def settle_genders(narration: Narration) -> None:
    """Let "he" and "she" after a name in its sentence tell the gender of whom nothing else tells."""
    names = narration.index.names
    votes: dict[Entity, list[int]] = defaultdict(lambda: [0, 0])
    for position, name in enumerate(names):
        entity = narration.index.entity_of.get(position)
        if (
            entity is None
            or entity.kind not in NAMED
            or entity.gender_source == "text"
            or len(entity.names) < (VOTES if entity.gender is None else 2 * VOTES)
            or narration.is_quoted(name.start)
        ):
            continue
        stop = min(name.end + PRONOUN_REACH, narration.paragraphs[name.paragraph].end)
        if position + 1 < len(names):
            stop = min(stop, names[position + 1].start)
        if (gender := find_pronoun(narration.text, name.end, stop)) is not None:
            votes[entity][gender == "female"] += 1
    for entity, (male, female) in votes.items():
        most, least = max(male, female), min(male, female)
        if most >= (VOTES if entity.gender is None else 2 * VOTES) and most >= 3 * least:
            if not all(name.initial for name in entity.names):  # “Finally he rose”
                entity.kind = "person"
            entity.gender, entity.gender_source = ("male" if male > female else "female"), "text"


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
