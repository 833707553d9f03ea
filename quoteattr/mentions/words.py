"""What the words of a name can be: a title, a particle, a role, a surname, a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from quoteattr.lexicon import Lexicon, Role, words_of

# capital letters of the Latin, Greek and Cyrillic scripts
UPPER = "".join(chr(point) for point in range(0x530) if chr(point).isupper())
SUFFIXES = words_of("name suffixes")
# a titled name of more words that ends in the noun of a body is one of that body
PERSON_WORDS = 2
# words for times that have a capital everywhere
_CALENDAR = words_of("names of days and months")
# a status before a role, tied to it by a hyphen: Then-Senator
_STATUS = words_of("status words")
# titles that begin a surname
_SAINTS = words_of("saints in a surname")
# words of the tables of titles and roles that are surnames: Mr King, Ann Miller
SURNAMES = words_of("titles and roles that are surnames")
INITIAL = re.compile(rf"[{UPPER}]\.$")


def is_present_cue(word: str, lexicon: Lexicon) -> bool:
    """Whether a word may be a verb of speech in the present: Says."""
    form = lexicon.verbs.get(word)
    return form is not None and form.cue is not None and form.cue.kind == "speech" and "third" in form.forms


def is_time(word: str, lexicon: Lexicon) -> bool:
    """Whether a word for a time may be a surname: Day; not: Monday."""
    low = word.lower().rstrip(".")
    return lexicon.tags.get(low) == "m" and low not in _CALENDAR


def is_matter(word: str, lexicon: Lexicon) -> bool:
    """Whether a word that begins a sentence is a plural noun for what a name is told of: Shares of, Reports of."""
    return word.endswith("s") and word.lower() in lexicon.verbs and word not in lexicon.organizations


# a word with a small second part before a name: Second-placed Ann Smith, Oscar-winning Bob Jones
COMPOUND = re.compile(r"[^\W\d_]+(?:-[a-z]+)+$")
COMPOUND_ENDS = ("ed", "ing", *sorted(words_of("ends of compounds before a name")))


def keeps_dot(word: str) -> bool:
    """Whether the dot after a word is part of it: J., Jr., U.S."""
    return "." in word[:-1] or len(word) == 2 or word.rstrip(".") in ("Jr", "Sr", "Inc", "Corp", "Co", "Ltd")


def title_end(words: list[str], lexicon: Lexicon) -> int:
    """Where the titles at the head of a run end."""
    split = 0
    count = len(words)
    last = words[words.index("of") - 1] if "of" in words else words[-1]
    body = lexicon.organizations.get(last, ("",))[0] == "keyword" and last not in lexicon.given_names
    if body and count > PERSON_WORDS and (title := lexicon.titles.get(words[0])) is not None and title.kind == "noble":
        return 0  # Queen Ann Hospital Trust
    for i in range(count):
        if i > split and (_is_surname(words, i, lexicon) or _is_particle(words, i, lexicon)):
            continue
        if i == 0 and count == 2 and words[0] in lexicon.given_names and words[1] not in lexicon.given_names:
            continue  # Dean Smith, against Don Pedro
        if words[i] == "M." and i + 2 < count and lexicon.given_names.get(words[i + 1]) != "male":
            continue  # M. Kavitha Reddy, against M. Jean Dupont and M. Dupont
        if body and i > split and i + 2 == count and not _is_known(words[i - 1], lexicon):
            continue  # Acton General Hospital
        for j in range(min(count, i + lexicon.longest_title), i, -1):
            phrase = " ".join(words[i:j])
            bare = phrase.rstrip(".")
            if bare in lexicon.titles or phrase in lexicon.titles:
                if i == 0 or split == i or lexicon.titles.get(bare, lexicon.titles.get(phrase)).kind != "honorific":  # type: ignore[union-attr]
                    split = max(split, j)
                break
        if (
            lexicon.organizations.get(words[i], ("",))[0] == "keyword"
            and i + 2 < count
            and words[i + 1] in lexicon.given_names
            and (i > 1 or split)
        ):
            split = max(split, i + 1)  # Refugee Council chief, without the chief
        if (
            not body
            and i + 1 < count
            and (role := find_role(words[i], lexicon)) is not None
            and (
                lexicon.organizations.get(words[i], ("",))[0] != "keyword"
                or (i == 0 and role.plural and words[1] in lexicon.given_names)
            )
        ):
            split = max(split, i + 1)
    return split


def find_role(word: str, lexicon: Lexicon) -> Role | None:
    """Find the role that a word is, or that a compound ends in: Oscar-winner, Then-Senator."""
    role = lexicon.roles.get(word.lower())
    if role is None and "-" in word and (COMPOUND.match(word) or word.partition("-")[0].lower() in _STATUS):
        role = lexicon.roles.get(word.rpartition("-")[2].lower())
    return role


def _is_particle(words: Sequence[str], i: int, lexicon: Lexicon) -> bool:
    """Whether a title after a first name is a particle of the surname: Connie Del Rosario."""
    return i + 1 < len(words) and words[i].lower() in lexicon.particles and words[i - 1] in lexicon.given_names


def _is_surname(words: Sequence[str], i: int, lexicon: Lexicon) -> bool:
    """Whether a title after a first name is a surname, or begins one: Ann King, Ann St. John."""
    first = words[i - 1]
    if first in lexicon.places or not (
        first in lexicon.given_names or first.partition("-")[0] in lexicon.given_names or INITIAL.match(first)
    ):
        return False
    return words[i].rstrip(".") in _SAINTS or all(word.rstrip(".").lower() in SUFFIXES for word in words[i + 1 :])


def surname_start(words: Sequence[str], lexicon: Lexicon) -> int | None:
    """Where a name begins that ends in a title or role used as a surname: Mr King, Jared Yates Sexton."""
    last = len(words) - 1
    if words[last] not in SURNAMES or last == 0 or " ".join(words) in lexicon.titles:
        return None
    begin = last
    while begin > 0 and not _is_known(words[begin - 1], lexicon):
        begin -= 1
    if begin < last:
        return begin
    title = lexicon.titles.get(words[last - 1].rstrip("."))
    dotted = words[last - 1].endswith(".")
    return last if title is not None and (title.kind == "honorific" or dotted) else None


def _is_known(word: str, lexicon: Lexicon) -> bool:
    """Whether a word before a title or role belongs to it, and is no first name: the Saudi King."""
    if word in lexicon.given_names or INITIAL.match(word):
        return False
    low = word.lower().rstrip(".")
    return (
        low in lexicon.roles
        or low in lexicon.tags
        or word.rstrip(".") in lexicon.titles
        or word in lexicon.places
        or word in lexicon.demonyms
        or word in lexicon.organizations
    )


def is_bearer(core: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a word for a place may be a surname: the manager Felicity Strand."""
    return len(core) == 2 and core[0] in lexicon.given_names and core[1] in lexicon.organizations


def gender_of(roles: Iterable[str], lexicon: Lexicon) -> str | None:
    """The gender that the last role noun of a description tells, of the first description that tells one."""
    for phrase in roles:
        role = next((lexicon.roles[word] for word in reversed(phrase.lower().split()) if word in lexicon.roles), None)
        if role is not None and role.gender:
            return role.gender
    return None


def is_word(word: str, lexicon: Lexicon) -> bool:
    """Whether a word that begins a sentence may be an ordinary one: "Reacting, the minister"."""
    low = word.lower()
    return low in lexicon.verbs or low in lexicon.tags or low.endswith("ing")


def is_honorific(word: str, lexicon: Lexicon) -> bool:
    """Whether a word is a title that anybody may have, or a noble one: Mrs, Lord."""
    title = lexicon.titles.get(word.rstrip("."))
    return title is not None and title.kind in ("honorific", "noble")


def is_cue(word: str, lexicon: Lexicon) -> bool:
    """Whether a word can only be a finite verb of speech: said coach Ann Smith."""
    form = lexicon.verbs.get(word)
    return form is not None and not form.noun and form.cue is not None and bool(form.forms & {"past", "third"})
