"""Role descriptions: "the Russian president", "Iran's foreign minister", "a spokesman for the bank"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import attrs

from quoteattr.lexicon import HIGH_OFFICES, Lexicon, Role, read_table, words_of

_WORD = re.compile(r"[^\W_](?:[^\W_]|[-.&'’](?=[^\W_]))*")
_AGE = re.compile(r"\d{1,3}-year-old$")
_AGES = dict(pair.split("=") for pair in words_of("ages in words"))
# the youngest and the oldest whom a noun calls
_AGE_NOUNS = {
    noun: range(int(span.split("-")[0]), int(span.split("-")[1]) + 1)
    for noun, span in (pair.split("=") for pair in words_of("nouns of an age"))
}
_AGE_IN_WORDS = re.compile(rf"\b({'|'.join(sorted(_AGES))})(?=-year-old\b)")
# Sen. Ann Smith (R-Fla.)
_PARTY = re.compile(r"([A-Z])-([A-Z][\w. ]*)$")
_PARTIES = dict(pair.split("=") for pair in words_of("letters of parties"))
# parties of which nobody is in both
_OPPOSED = frozenset({"democrat", "republican"})
# how many letters the noun and the adjective of a party share
_STEM = 6
_POSSESSIVE = re.compile(r"['’]s$")
# words that change what a role is: a vice president is no president
_STATUS = words_of("status words")
_PAST = words_of("status words of the past")
_FULL = dict(pair.split("=") for pair in words_of("short forms of words in a role"))
_PRESENT = words_of("status words of the present")
# of these, words of an office of its own
_OFFICES = words_of("status words of another office")
# words that add nothing by which one person can be told from another
_EMPTY = words_of("empty words of a role")
_DEFINITE = words_of("definite determiners")
_INDEFINITE = words_of("indefinite determiners")
_CUT = words_of("words after a role")
# a general noun stands for a role of these classes
_GENERAL = {row["noun"]: frozenset(row["classes"].split("|")) for row in read_table("general_roles")}
# nouns that stand for a body named elsewhere
_BODIES = words_of("bodies without a name")
# of these, what is no single body: a business mogul
_TRADES = frozenset({"business"})
# of these, those that an office of the state may be of
_POLITICAL = words_of("bodies with public offices")
# classes of public office, of which one person may have several
PUBLIC = frozenset(
    {"candidate", "governor", "head-of-government", "head-of-state", "leader", "legislator", "mayor", "minister"}
)
# of these, classes of which a place has many
_ELECTED = frozenset({"candidate", "governor", "legislator", "mayor"})
# classes of roles by which the persons of a story are called, rather than persons who only come with a scene
_PROMINENT = frozenset({"academic", "activist", "artist", "athlete", "coach", "executive", "expert", "royal"})
# of these, classes by which somebody of whom nothing else is told is taken up: the singer, the striker
_FAMOUS = frozenset({"artist", "athlete"})
# classes of which one person at a scene has one: the referee is not the coach, and the bishop no minister
_EXCLUSIVE = frozenset({"athlete", "clergy", "coach", "judge"})
_SAME_CLASS = frozenset({"spokesperson", "lawyer"})
# classes of ranks of two nouns
_RANKED = frozenset({"military", "police"})
# classes of which somebody is only by somebody else
_OWNED = frozenset({"kin", "lawyer"})


@attrs.frozen
class Description:
    """A parsed description: head noun, what it is, whose, and the other words."""

    text: str
    head: str
    role: Role
    countries: frozenset[str]
    places: frozenset[str]
    """states and cities within them"""
    words: frozenset[str]
    status: frozenset[str]
    definite: bool
    possessor: str | None
    inferred: bool = False
    """whether the text tells it only the other way round: of a lawyer's client"""


def _role_of(word: str, lexicon: Lexicon) -> Role | None:
    """Return the role of a noun, also of its last part: sous-chef; or of a title that is short for one: Sen."""
    if word[0].isupper() and (title := lexicon.titles.get(word)) is not None and title.noun:
        return lexicon.roles.get(title.noun)  # Rep., who is no rep of a union
    low = word.lower()
    role = lexicon.roles.get(low) or (lexicon.roles.get(low.rpartition("-")[2]) if "-" in low else None)
    return lexicon.roles.get(low.partition("-of-")[0]) if role is None and "-of-" in low else role  # mother-of-two


# texts share their descriptions, and one is asked for more than once
@lru_cache(maxsize=1 << 13)
def parse_description(phrase: str, lexicon: Lexicon) -> Description | None:
    """Parse a noun phrase whose head is a role noun; None where it has none.

    >>> from quoteattr.lexicon import load_lexicon
    >>> from quoteattr.model import Config
    >>> parse_description("the Russian president", load_lexicon(Config())).countries
    frozenset({'Russia'})
    """
    if (party := _PARTY.match(phrase)) and party.group(1) in _PARTIES:
        phrase = f"{party.group(2)} {_PARTIES[party.group(1)]}"
    if "-year-old" in phrase:
        phrase = _AGE_IN_WORDS.sub(lambda found: _AGES[found.group()], phrase)
    words = _WORD.findall(phrase.replace("ex-", "ex ") if "ex-" in phrase else phrase)
    head, role = _find_head(words, lexicon)
    if head < 0 or any(_POSSESSIVE.search(word) for word in words[head + 1 : -1]):
        return None  # Senator Ann Smith's office
    countries, places, rest = _sort_words(words, head, lexicon)
    told = {word.lower() for i, word in enumerate(words) if i != head or role is None or role.kind != "military"}
    noun = words[head].lower()
    if role is None:
        role = Role(noun, "person", None, plural=False)  # the 34-year-old
    elif noun not in lexicon.roles and "-" not in noun:
        noun = role.noun  # Sen.
    first = words[0].lower()
    found = re.match(r"(?P<who>.+?)['’]s? ", phrase)
    return Description(
        phrase,
        noun,
        role,
        countries,
        places,
        rest - _STATUS,
        _STATUS & (rest | told),
        first in _DEFINITE or found is not None or first not in _INDEFINITE,
        found.group("who") if found is not None else None,
    )


def _find_head(words: Sequence[str], lexicon: Lexicon) -> tuple[int, Role | None]:
    """Find the last word that is a role, or an age, before what depends on it; -1 where there is none."""
    head, role = -1, None
    for i, word in enumerate(words):
        low = word.lower()
        if head >= 0 and low in _CUT:
            break
        if (one := _role_of(word, lexicon)) is not None or _AGE.match(low):
            head, role = i, one
    return head, role


def _sort_words(
    words: Sequence[str], head: int, lexicon: Lexicon
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Sort the words beside the head into countries, places in one, and what else tells somebody apart."""
    countries, places, rest = set(), set(), set()
    skip = head
    for i, word in enumerate(words):
        bare = _POSSESSIVE.sub("", word)
        if i in (head, skip):
            continue
        pair = f"{bare} {_POSSESSIVE.sub('', words[i + 1])}" if i + 1 < len(words) else ""
        if pair in lexicon.places or pair in lexicon.demonyms:
            name, skip = pair, i + 1
        elif bare[0].isupper() and (bare in lexicon.demonyms or bare in lexicon.places or bare + "." in lexicon.places):
            name = bare
        else:
            low = _FULL.get(bare.lower(), bare.lower())
            if low not in _EMPTY and low not in _CUT and lexicon.tags.get(low, "n") not in "dicaekoT":
                rest.add(low)
            continue
        place = lexicon.places.get(name) or lexicon.places.get(name + ".")
        countries.add(lexicon.demonyms.get(name) or (place.country if place else name))
        if place is not None and place.kind in ("state", "city"):
            places.add(place.name)
    return frozenset(countries), frozenset(places), frozenset(rest)


def stands_for(mention: Description) -> frozenset[str]:
    """Return the classes of role that a mention's head noun can stand for."""
    general = _GENERAL.get(mention.head, frozenset())
    if mention.head in _AGE_NOUNS:
        return general | {"person"}
    return general | {mention.role.kind} if mention.role.kind in _SAME_CLASS | _RANKED else general


def heads_match(mention: Description, role: Description) -> bool:
    """Whether the head of a mention can stand for the head of a role."""
    if mention.head == role.head or role.head in mention.status:
        return True  # the deputy chief, of her deputy
    if mention.head in _AGE_NOUNS and _AGE.match(role.head):
        return int(role.head.partition("-")[0]) in _AGE_NOUNS[mention.head]  # the teenager, of a 17-year-old
    if role.head == "counterpart" and mention.countries & role.countries:
        return True
    if mention.role.kind == role.role.kind and mention.role.kind in _SAME_CLASS:
        return not (mention.role.gender and role.role.gender and mention.role.gender != role.role.gender)
    if mention.role.kind == role.role.kind and mention.role.kind in _RANKED and mention.head in role.words:
        return True  # the detective, of a detective inspector
    general = _GENERAL.get(mention.head)
    return general is not None and role.role.kind in general


def fits(mention: Description, roles: Sequence[Description], *, loose: bool = False) -> bool:
    """Whether a mention may be somebody of whom some roles are told; `loose` lets them be silent on a country."""
    return any(_fits(mention, role, roles, loose=loose) for role in roles)


def _fits(mention: Description, role: Description, roles: Sequence[Description], *, loose: bool) -> bool:
    if not heads_match(mention, role) or mention.status & _OFFICES != role.status & _OFFICES:
        return False
    if mention.status & _PAST and not role.status & _PAST:
        return False
    if mention.countries:
        told = role if role.countries else _join(roles)  # Sen. Ann Smith (R-Fla.)
        if not (agree(mention, told) if told.countries else loose):
            return False
    words = mention.words
    owner = (mention.possessor or "").lower()
    if mention.role.kind in _OWNED and role.possessor and owner.startswith("the "):
        words -= {owner.rpartition(" ")[2]}  # the boy's father, of Tom's father
    if _is_of_body(mention) and not role.words:
        return False
    if mention.definite and role.words | role.countries and not role.words & _BODIES:
        words -= _BODIES  # the company's chief executive, of Acme
    return bool(
        words <= role.words
        or (mention.head != role.head and not mention.words)
        or (loose and not role.words and mention.head == role.head)
    )


def is_past(description: Description) -> bool:
    """Whether a description tells what somebody was: the former president."""
    return bool(description.status & _PAST)


def is_prominent(description: Description) -> bool:
    """Whether a description is of those whom stories are about: the billionaire; not: the driver."""
    return description.role.kind in PUBLIC | _PROMINENT


def is_present(description: Description) -> bool:
    """Whether a description tells what somebody is by now: the new president."""
    return any(word in _PRESENT for word in description.text.lower().split())


def was_such(mention: Description, roles: Sequence[Description]) -> bool:
    """Whether some roles tell that somebody was what a description calls a bearer by now: the new president."""
    return any(is_past(role) and heads_match(mention, role) for role in roles)


def is_still(mention: Description, roles: Sequence[Description]) -> bool:
    """Whether some roles tell that somebody is what a description calls, and not only was it."""
    same = [role for role in roles if heads_match(mention, role)] or roles
    return not all(is_past(role) for role in same)


def is_called(mention: Description, roles: Sequence[Description]) -> bool:
    """Whether somebody is called by the very noun of a description, and not only by one that it stands for."""
    return any(mention.head == role.head and mention.status & _OFFICES == role.status & _OFFICES for role in roles)


def tells(mention: Description, roles: Sequence[Description]) -> bool:
    """Whether a role of somebody has all the words of a description, those for a body too."""
    return bool(mention.words) and any(heads_match(mention, role) and mention.words <= role.words for role in roles)


def repeats(mention: Description, role: Description) -> bool:
    """Whether a role is told in all the words of a mention, those that tell nobody apart too: the new chairman."""
    words = set(mention.text.lower().split()) - _DEFINITE
    return len(words) > 1 and words <= set(role.text.lower().split())


def _is_of_body(mention: Description) -> bool:
    """Whether an office is one of a body: the bank governor is no governor of a state."""
    return mention.role.kind in PUBLIC and bool(mention.words & (_BODIES - _POLITICAL))


def resumes(mention: Description, roles: Sequence[Description], *, alone: bool) -> bool:
    """Whether a description can take up somebody of whom it is not told: the Florida senator, the real estate mogul.

    `roles` are what is told of them, `alone` whether nobody else is named so far.  The driver and the judge are
    others, whom the scene brings in; and of several the mere mayor may be any.
    """
    kind = mention.role.kind
    if _is_of_body(mention) or (kind == "executive" and mention.words & _BODIES - _TRADES and not is_told(roles)):
        return False  # the bank governor; the club chairman, of somebody of whom nothing is told
    if mention.countries and (told := [role for role in roles if role.countries]) and not agree(mention, _join(told)):
        return False
    if _AGE.match(mention.head) or any(map(_AGE.match, mention.words)):
        return not any(_AGE.match(role.head) for role in roles)  # the 61-year-old, the 61-year-old former general
    if mention.status & (_PAST | _OFFICES) and any(mention.head == role.head for role in roles):
        return False  # the former president, of a president
    if not mention.status & _PAST and was_such(mention, roles):
        return False  # the president, the new president, of who left the office
    if mention.status & _OFFICES and roles:
        return False  # the deputy chief, of a judge
    if _parties_of([mention]) | _parties_of(roles) >= _OPPOSED and not _parties_of([mention]) >= _OPPOSED:
        return False  # the Democratic nominee, of a Republican
    if not mention.status & _PAST and _has_other_office(kind, roles):
        return False  # the foreign minister, of a president
    kinds = {role.role.kind for role in roles}
    if kind in kinds and kind in PUBLIC | _PROMINENT:
        return True
    if mention.words or mention.countries or mention.status or is_present(mention):
        return kind in PUBLIC | _PROMINENT
    return alone and kind in _ELECTED | _FAMOUS and not is_told(roles)


def _has_other_office(kind: str, roles: Sequence[Description]) -> bool:
    """Whether some roles tell of an office beside which nobody holds another one."""
    held = {role.role.kind for role in roles if not is_past(role)} & HIGH_OFFICES
    return kind in HIGH_OFFICES and bool(held) and kind not in held


def is_told(roles: Sequence[Description]) -> bool:
    """Whether some roles tell more of somebody than an age."""
    return not all(_AGE.match(role.head) for role in roles)


def excludes(mention: Description, roles: Sequence[Description]) -> bool:
    """Whether who has some roles at a scene is not whom a description calls: the coach is no referee."""
    meant = PUBLIC if mention.role.kind in PUBLIC else frozenset({mention.role.kind}) & _EXCLUSIVE
    kinds = {kind for role in roles for kind in (role.role.kind, *_GENERAL.get(role.head, ()))}
    return bool(meant) and bool(kinds & _EXCLUSIVE) and not meant & kinds


def _parties_of(roles: Sequence[Description]) -> set[str]:
    """Return the parties that descriptions tell: a Republican, the Democratic nominee."""
    told = {word[:_STEM] for role in roles for word in (*role.words, role.head)}
    return {party for party in _PARTIES.values() if party[:_STEM] in told}


def agree(one: Description, other: Description) -> bool:
    """Whether two descriptions can be of one country, and of one state in it."""
    if one.places and other.places:
        return bool(one.places & other.places)
    return bool(one.countries & other.countries)


def _join(roles: Sequence[Description]) -> Description:
    """Return one of some descriptions, with the places of all."""
    return attrs.evolve(
        roles[0],
        countries=frozenset().union(*(role.countries for role in roles)),
        places=frozenset().union(*(role.places for role in roles)),
    )
