"""Role descriptions: "the Russian president", "Iran's foreign minister", "a spokesman for the bank"."""

from __future__ import annotations

import re

import attrs

from quoteattr.lexicon import Lexicon, Role, read_table, words_of

_WORD = re.compile(r"[^\W_](?:[^\W_]|[-.&'’](?=[^\W_]))*")
_AGE = re.compile(r"\d{1,3}-year-old$")
_POSSESSIVE = re.compile(r"['’]s$")
# words that change what a role is: a vice president is no president
_STATUS = words_of("status words")
# of these, words of an office of its own
_OFFICES = words_of("status words of another office")
# words that add nothing by which one person can be told from another
_EMPTY = words_of("empty words of a role")
_DEFINITE = words_of("definite determiners")
_INDEFINITE = words_of("indefinite determiners")
_CUT = words_of("words after a role")
# a general noun stands for a role of these classes
_GENERAL = {row["noun"]: frozenset(row["classes"].split("|")) for row in read_table("general_roles")}
_SAME_CLASS = frozenset({"spokesperson", "lawyer"})


@attrs.frozen
class Description:
    """A parsed description: head noun, what it is, whose, and the other words."""

    text: str
    head: str
    role: Role
    countries: frozenset[str]
    words: frozenset[str]
    status: frozenset[str]
    definite: bool
    possessor: str | None


def _role_of(word: str, lexicon: Lexicon) -> Role | None:
    """Return the role of a noun, also of its last part: sous-chef."""
    return lexicon.roles.get(word) or (lexicon.roles.get(word.rpartition("-")[2]) if "-" in word else None)


def parse_description(phrase: str, lexicon: Lexicon) -> Description | None:
    """Parse a noun phrase whose head is a role noun; None where it has none.

    >>> from quoteattr.lexicon import load_lexicon
    >>> from quoteattr.model import Config
    >>> parse_description("the Russian president", load_lexicon(Config())).countries
    frozenset({'Russia'})
    """
    words = _WORD.findall(phrase)
    head = None
    for i, word in enumerate(words):
        low = word.lower()
        if head is not None and low in _CUT:
            break
        if _role_of(low, lexicon) is not None or _AGE.match(low):
            head = i
    if head is None:
        return None
    countries: set[str] = set()
    rest: set[str] = set()
    skip = -1
    for i, word in enumerate(words):
        bare = _POSSESSIVE.sub("", word)
        if i == head or i <= skip:
            continue
        pair = f"{bare} {_POSSESSIVE.sub('', words[i + 1])}" if i + 1 < len(words) else ""
        if pair in lexicon.places or pair in lexicon.demonyms:
            countries.add(lexicon.demonyms.get(pair) or lexicon.places[pair].country)
            skip = i + 1
        elif bare[0].isupper() and (bare in lexicon.demonyms or bare in lexicon.places or bare + "." in lexicon.places):
            place = lexicon.places.get(bare) or lexicon.places.get(bare + ".")
            countries.add(lexicon.demonyms.get(bare) or (place.country if place else bare))
            if place is not None and place.kind in ("state", "city"):
                countries.add(place.name)
        elif (
            bare.lower() not in _EMPTY
            and bare.lower() not in _CUT
            and lexicon.tags.get(bare.lower(), "n") not in "dicaekoT"
        ):
            rest.add(bare.lower())
    status = frozenset(word for word in rest | {w.lower() for w in words} if word in _STATUS)
    first = words[0].lower()
    possessor = None
    if found := re.match(r"(?P<who>.+?)['’]s? ", phrase):
        possessor = found.group("who")
    return Description(
        phrase,
        words[head].lower(),
        _role_of(words[head].lower(), lexicon) or Role(words[head].lower(), "person", None, plural=False),
        frozenset(countries),
        frozenset(rest - _STATUS),
        status,
        first in _DEFINITE or possessor is not None or first not in _INDEFINITE,
        possessor,
    )


def stands_for(mention: Description) -> frozenset[str]:
    """Return the classes of role that a mention's head noun can stand for."""
    general = _GENERAL.get(mention.head, frozenset())
    return general | {mention.role.kind} if mention.role.kind in _SAME_CLASS else general


def heads_match(mention: Description, role: Description) -> bool:
    """Whether the head of a mention can stand for the head of a role."""
    if mention.head == role.head:
        return True
    if role.head == "counterpart" and mention.countries & role.countries:
        return True
    if mention.role.kind == role.role.kind and mention.role.kind in _SAME_CLASS:
        return not (mention.role.gender and role.role.gender and mention.role.gender != role.role.gender)
    general = _GENERAL.get(mention.head)
    return general is not None and role.role.kind in general


def fits(mention: Description, role: Description, *, loose: bool = False) -> bool:
    """Whether a mention may be the bearer of a role; `loose` lets the role be silent on a country."""
    if not heads_match(mention, role):
        return False
    if mention.status & _OFFICES != role.status & _OFFICES:
        return False
    if mention.countries and not mention.countries & role.countries and (role.countries or not loose):
        return False
    return bool(
        mention.words <= role.words or (mention.head != role.head and not mention.words) or (loose and not role.words)
    )
