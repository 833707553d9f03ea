"""What the words beside a name say of its bearer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from quoteattr.lexicon import Lexicon, words_of
from quoteattr.mentions.runs import Reading
from quoteattr.mentions.words import UPPER, gender_of, is_cue
from quoteattr.values import Name

_PREPOSITIONS = words_of("prepositions before a name")
# what closes an apposition; or the text ends
_CLOSING = frozenset((",", ".", ";", ")", "\n", ""))
# how far before and after a name a role of its bearer is looked for
_BEFORE_REACH, _AFTER_REACH = 90, 130
BLANKS = " \xa0\n"
_GENITIVES = ("'s", "’s", "‘s")
_APOSTROPHES = frozenset(("'", "’", "‘"))
_END_OF_WORD = re.compile(r"[^\W_]*$")
_SMALL_END = re.compile(r"\b[a-z][\w-]+$")
_GAP = r"[ \xa0\n]+"
_DETERMINERS = r"the|a|an|his|her|their|its|then|now|one of the|former"
_WHO_IS = rf"who{_GAP}(?:is|has{_GAP}been|became|serves{_GAP}as|works{_GAP}as){_GAP}(?:(?:now|also|still){_GAP})?"
_APPOSITION = re.compile(
    rf",{_GAP}(?:{_WHO_IS})?(?P<role>(?:(?:{_DETERMINERS}){_GAP})?[^,.;:()“”\"«»\n]{{3,90}}?)"
    r"(?=[,.;:]|[ \n]who\b|[ \n]whose\b|[ \n](?:has|had|said|says|told|is|was)\b)"
)
_AGE = re.compile(r",[ \xa0\n]+(\d{1,3})(?=[,.;])")
# Ann Smith (R-Fla.), Ann Smith, D-Vermont,
_PARTY = re.compile(r",?[ \xa0\n]\(?(?P<role>[A-Z]-[A-Z][\w. ]{1,18}?)(?=[,);]|\.\))")
_COPULA = re.compile(
    rf"{_GAP}(?:is|was|became|remains|serves as|served as){_GAP}"
    rf"(?P<role>(?:the|a|an|now|also){_GAP}[^,.;:()“”\"«»\n]{{3,70}})"
)
# the minister of energy, Ann Smith,
_OFFICE = re.compile(rf"(?=(?<!\w)(?P<role>(?:(?i:{_DETERMINERS})){_GAP}[^,.;:()“”\"«»\n]{{3,80}}),{_GAP}$)")
_BODIES_BEFORE = words_of("bodies before a name")
# Greenleaf, a charity that
_BODY_APPOSED = re.compile(
    rf",{_GAP}(?:an?|the){_GAP}(?:(?!(?:of|for|at|in|from|to|with)\b)[\w-]+{_GAP}){{0,4}}?"
    rf"(?:{'|'.join(sorted(words_of('bodies without a name')))})"
    r"(?=,|[ \xa0\n](?:that|which|based|owned|run|founded|behind)\b)"
)
# Runa Dahl, who lost her house, left
_OWNING = re.compile(r", who [^,.;:“”\"\n]{1,40}?\b(?:his|her)\b")
# a plumber named Runa Dahl
_NAMED = re.compile(r"(?P<role>[a-z-]+) (?:named|called)$")


def _is_bearer_told(text: str, stop: int, mark: str, before: _Before, lexicon: Lexicon) -> bool:
    """Whether words beside a name tell that it is a person's: a plumber named Dahl; Dahl, who lost her house."""
    if mark == "," and _OWNING.match(text, stop):
        return True
    named = _NAMED.search(text, *before[:2])
    return named is not None and named.group("role") in lexicon.roles


def place(
    text: str, at: int, paragraph: int, reading: Reading, lexicon: Lexicon, judge: Callable[[Name], bool]
) -> Name:
    """Make the name of a reading: the words before and after it tell the rest."""
    start, stop = at + reading.start, at + reading.end
    kind, gender, roles = reading.kind, reading.gender, reading.roles
    mark = text[stop : stop + 1]
    if reading.seeks or kind == "unknown":
        before = read_before(text, start)
        if kind == "unknown" and _is_body(text, stop, mark, before, reading, lexicon):
            kind = "organization"
        elif kind == "unknown" and len(reading.core) > 1 and _is_bearer_told(text, stop, mark, before, lexicon):
            kind = "person"
        elif reading.seeks and (found := _find_roles(text, start, stop, mark, before, lexicon)):
            found = _sift_roles(found, reading, lexicon)
            roles += found
            kind = "person" if found else kind
            gender = gender or gender_of(roles[1:] if reading.title else roles, lexicon)
    return Name(
        start,
        stop,
        at + reading.core_start,
        reading.core,
        kind,
        reading.title,
        reading.title_kind,
        gender,
        roles,
        paragraph,
        reading.initial,
        possessive=mark in _APOSTROPHES and (text[stop + 1 : stop + 2] == "s" or text[stop - 1] == "s"),
        judge=judge,
    )


def _sift_roles(found: tuple[str, ...], reading: Reading, lexicon: Lexicon) -> tuple[str, ...]:
    """Keep the roles beside a name that can be its bearer's."""
    if reading.seeks == "apposition":
        # “Listen, old fellow,” against “Smith, the mayor,” and “Smith, mayor of Oslo,”
        found = tuple(
            role for role in found if " of " in role or lexicon.tags.get(role.split()[0].lower()) in ("d", "#")
        )
    return tuple(role for role in found if not _contradicts(role, reading.core, lexicon))


_Before = tuple[int, int, str]
"""How far back the words before a name are read, where they end, and the last of them."""


def _is_body(text: str, stop: int, mark: str, before: _Before, reading: Reading, lexicon: Lexicon) -> bool:
    """Whether words beside a name say that it is a body's: the mining giant Acme; Acme, a charity that; Acme, which."""
    if mark == ",":
        if _BODY_APPOSED.match(text, stop, stop + _AFTER_REACH):
            return True
        return reading.initial and text.startswith(", which ", stop)
    floor, end, last = before
    if reading.initial or last not in _BODIES_BEFORE:
        return False
    # the mining giant Acme, against "near the club Smith saw"
    return lexicon.tags.get(_last_word(text[floor : end - len(last)].rstrip(BLANKS)).lower()) != "d"


_OF = re.compile(r" (?:of|for|to) ")


def _contradicts(role: str, core: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a first name speaks against a word beside it: his daughter, Thomas Smith; Tell your mother, Thomas."""
    given = lexicon.given_names.get(core[0])
    if given not in ("male", "female"):
        return False
    words = _OF.split(role, maxsplit=1)[0].lower().split()  # the lawyer of her brother
    noun = next((lexicon.roles[word] for word in reversed(words) if word in lexicon.roles), None)
    return noun is not None and noun.kind in ("kin", "person") and noun.gender not in (None, given)


def read_before(text: str, start: int) -> _Before:
    """Read back from a name; without a blank before it there is no last word."""
    floor = max(0, start - _BEFORE_REACH)
    end = start
    while end > floor and text[end - 1] in BLANKS:
        end -= 1
    return floor, end, text[(text.rfind(" ", floor, end) + 1) or floor : end] if end < start else ""


def is_oblique(text: str, lexicon: Lexicon, name: Name) -> bool:
    """Whether a preposition ends the words before a name, or one with "the"."""
    if text[name.start - 1 : name.start] == "(" and text[max(0, name.start - 3) : name.start - 2].isalnum():
        return True  # Smith (Bob Jones) left
    floor, end, last = read_before(text, name.start)
    if last and not last.isalnum():
        if last.endswith(","):
            return _last_word(last[:-1]) in lexicon.roles and _APPOSED.search(text, floor, end) is not None
        last = _last_word(last)
    if last == "to" and text.startswith("ccording to ", end - len("ccording to")):
        return False
    if last != "the":
        return last.lower() in _PREPOSITIONS
    before = text[floor : end - 3]
    bare = before.rstrip(BLANKS)
    return len(bare) < len(before) and _last_word(bare).lower() in _PREPOSITIONS


# before a name in apposition to an object: learned it from her aunt, Ann Smith
_APPOSED = re.compile(
    rf"[ \n](?:{'|'.join(sorted(_PREPOSITIONS))}) (?:his|her|their|its|the|an?|[\w.-]+['’]s?)"
    r" (?:[\w'’-]+ ){0,2}[\w'’-]+,$"
)


def _last_word(before: str) -> str:
    word = before.rpartition(" ")[2]
    if word.isalnum():
        return word
    found = _END_OF_WORD.search(word)
    return found.group() if found else ""


# an apposition that can be of the name after it
_OWNED = re.compile(rf"(?:{'|'.join(sorted(words_of('third-person possessives')))})\b")
_NEXT_NAME = re.compile(rf",{_GAP}[{UPPER}]\w+{_GAP}[{UPPER}]")
# The bank's chief executive is Ann Smith
_TOLD_OF = re.compile(
    rf"(?:^|[.;,“”\n]{_GAP}|[.;,“”\n])(?P<role>(?:(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir)"
    rf"|[{UPPER}][\w.-]*(?:{_GAP}[{UPPER}][\w.-]*){{0,3}}['’]s?){_GAP}[^,.;:()“”\"\n]{{3,60}}?){_GAP}(?:is|was){_GAP}$"
)


def _find_roles(text: str, start: int, stop: int, mark: str, before: _Before, lexicon: Lexicon) -> tuple[str, ...]:
    """What the words beside a name say of its bearer: apposition, copula, a role before it."""
    roles: tuple[str, ...] = ()
    if text[stop : stop + 2] in (" (", ", ") and (party := _PARTY.match(text, stop, stop + _AFTER_REACH)):
        roles, found = (party.group("role"),), None
    elif mark == ",":
        if found := _AGE.match(text, stop, stop + _AFTER_REACH):
            roles = (f"{found.group(1)}-year-old",)
        found = _APPOSITION.match(text, found.end() if found else stop, stop + _AFTER_REACH)
    else:
        found = _COPULA.match(text, stop, stop + _AFTER_REACH) if mark in BLANKS else None
    floor, _, last = before
    # Ann Smith, his deputy, Bob Jones, and
    if found and mark == "," and _NEXT_NAME.match(text, found.end()) and _OWNED.match(found.group("role")):
        found = None
    # In Reef, a spokesman said; after talks with Bob Kay, the pilot said: a new subject, not he
    if found and text[found.end() : found.end() + 1] == " " and not text.startswith("who", found.end() + 1):
        word = _last_word(last)
        if word and word.lower() not in lexicon.roles:
            found = None
    if found and (role := _trim_role(found.group("role"), lexicon)):
        roles += (role,)
    if (
        last
        and (not last.isalpha() or last in lexicon.roles or last in ("is", "was"))
        and (role := _find_role_before(text, floor, start, last, mark, lexicon))
    ):
        roles += (role,)
    return roles


def _find_role_before(text: str, floor: int, start: int, last: str, mark: str, lexicon: Lexicon) -> str | None:
    """The role that stands before a name: “the lawyer Ann Smith”, “the minister of energy, Ann Smith,”."""
    if last.endswith(":"):
        label = lexicon.roles.get(last[:-1].lower())
        return last[:-1] if label is not None and not label.plural else None  # Referee: Ann Smith
    if last in ("is", "was"):
        told = _TOLD_OF.search(text, floor, start) if mark not in _APOSTROPHES else None
        return _trim_role(told.group("role"), lexicon) if told is not None else None
    comma = last.endswith(",")
    found = _SMALL_END.search(last, 0, len(last) - comma)
    if found:
        # only a word in small letters can be the role's noun
        role = lexicon.roles.get(found.group().lower())
        if role is None or role.plural:
            return _find_office(text, floor, start, lexicon) if comma and mark in _CLOSING else None
        before = text[floor:start].rstrip(BLANKS).removesuffix(",")
        # back to the determiner, or to the last word that cannot belong to the phrase
        window = re.split(r"[.;:,(“”\"]", before)[-1]
        keep: list[str] = []
        for part in reversed(window.split()[-7:]):
            tag = lexicon.tags.get(part.lower())
            if (tag is not None and tag not in "dfr#") or is_cue(part, lexicon):
                break
            keep.append(part)
            if tag == "d":
                break
        owned = any(part.endswith(_GENITIVES) for part in keep[1:])  # Acton's captain, Ann Smith,
        determined = owned or (bool(keep) and lexicon.tags.get(keep[-1].lower()) == "d")
        return " ".join(reversed(keep)) if keep and (determined or not comma) else None
    return _find_office(text, floor, start, lexicon) if comma and mark in _CLOSING else None


def _find_office(text: str, floor: int, start: int, lexicon: Lexicon) -> str | None:
    """The role with what depends on it that stands before a name in apposition: the minister of energy, Ann Smith."""
    offices = (_trim_role(office.group("role"), lexicon) for office in _OFFICE.finditer(text[floor:start]))
    return next((phrase for phrase in offices if phrase), None)


def _trim_role(phrase: str, lexicon: Lexicon) -> str | None:
    """Keep a phrase up to its role noun and the words that depend on it, or None."""
    words = phrase.split()
    head = None
    for i, word in enumerate(words[:9]):
        low = word.lower().strip("'’")
        if low in lexicon.roles:
            head = i
        elif head is not None or lexicon.tags.get(low, "") in ("v", "p", "w", "s", "T", "i", "f", "F", "k"):
            break
    if head is None or lexicon.tags.get(words[0].lower(), "") in ("c", "b", "s", "S", "A", "i", "p"):
        return None
    first = words[0].lower()
    form = lexicon.verbs.get(first)
    if (first.endswith("ing") or (form is not None and "past" in form.forms)) and any(
        lexicon.tags.get(word.lower()) == "d" for word in words[1:head]
    ):
        return None  # Smith, met her counterpart, Jones; Smith, hugging his wife, Ann
    if (
        lexicon.roles[words[min(head, len(words) - 1)].lower()].plural
        if words[min(head, len(words) - 1)].lower() in lexicon.roles
        else False
    ):
        return None
    return " ".join(words)
