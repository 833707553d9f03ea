"""Runs of capitalised words → the names in them."""

from __future__ import annotations

import re
from functools import lru_cache

import attrs

from quoteattr.lexicon import Lexicon, words_of
from quoteattr.mentions.words import (
    COMPOUND,
    COMPOUND_ENDS,
    PERSON_WORDS,
    SUFFIXES,
    UPPER,
    find_role,
    gender_of,
    is_bearer,
    is_honorific,
    is_matter,
    is_time,
    is_word,
    keeps_dot,
    surname_start,
    title_end,
)

# after a capital: more initials, or the rest of a word: "J. R.", "O'Brien-Smith", "Jr."
# two characters that stand for one letter, read in the wrong encoding: JoÃ£o
_GARBLED = r"(?:(?<=[ÃÄÅ])[\xa1-\xbf†‡ˆ‰™š›œžŸ]\w*)*"
_AFTER_CAPITAL = (
    rf"(?:\.(?:[ \xa0]?[{UPPER}]\.)*(?!\w)|\w*{_GARBLED}(?:[-'’](?![sS](?![^\W_]))(?=[^\W_])\w*{_GARBLED})*\.?)"
)
_SPACE = r"[ \xa0\n\r\t]{1,3}"
# no name with its titles has more words
LONGEST_NAME = 14
# a run of more words is no run, and is read in pieces, so that time stays linear
_LONGEST_RUN = 60
# how many runs are kept, and how many characters the longest of them has
_MOST_RUNS, _LONGEST_KEPT = 1 << 13, 100
# The Diary of Ann Smith
_TEXTS = words_of("texts in the first person")
# months that are first names, before a surname
_MONTHS = words_of("months that are first names")
_CALLS = words_of("words before a vocative")
# words inside a name that neither begin nor end it
_LINKS = frozenset({"of", "the", "&"})
_SPLIT = re.compile(r"[ \xa0\n\r\t]+")


@attrs.define(eq=False)
class Reading:
    """One name in a run of capitalised words, as far as the run itself tells; offsets are from its start."""

    start: int
    end: int
    core_start: int
    core: tuple[str, ...]
    kind: str
    title: str | None
    title_kind: str | None
    gender: str | None
    roles: tuple[str, ...]
    initial: bool
    seeks: str | None
    """what of the words beside it tells who it is: every role, or only an apposition that can be nothing else"""


@lru_cache(maxsize=4)
def make_run_pattern(particles: frozenset[str]) -> re.Pattern[str]:
    """A run of capitalised words.  It begins with one class of characters: a search is fast then."""
    small = "|".join(sorted(particles, key=len, reverse=True))
    heads = "".join(sorted({particle[0] for particle in particles}))
    particle = rf"(?:(?=[{heads}])(?:{small})(?:{_SPACE}|-|['’]))*"
    word = rf"[{UPPER}]{_AFTER_CAPITAL}"
    return re.compile(
        rf"[{UPPER}](?<!\w[{UPPER}])(?<!\w['’]S\b){_AFTER_CAPITAL}(?:"
        rf"(?:(?=[ \xa0\n\r\t]){_SPACE}|-|[ \xa0]&[ \xa0]){particle}{word}"
        rf"|{_SPACE}of{_SPACE}(?:the{_SPACE})?{word})*"
    )


class _Runs(dict[str, tuple[Reading, ...]]):
    """What runs of capitalised words mean: read once, for a text repeats its names, and texts share them."""

    def __init__(self, lexicon: Lexicon, *, initial: bool) -> None:
        super().__init__()
        self._lexicon = lexicon
        self._initial = initial
        """whether they begin a sentence"""

    def __missing__(self, run: str) -> tuple[Reading, ...]:
        readings = tuple(self._read(run))
        if len(run) <= _LONGEST_KEPT:
            if len(self) >= _MOST_RUNS:
                self.clear()
            self[run] = readings
        return readings

    def _read(self, run: str) -> list[Reading]:
        words = _SPLIT.split(run)
        at: list[int] = []
        position = 0
        for word in words:
            position = run.index(word, position)
            at.append(position)
            position += len(word)
        readings: list[Reading] = []
        for i in range(0, len(words), _LONGEST_RUN):
            j = i + _LONGEST_RUN
            readings += _read_pieces(words[i:j], at[i:j], self._lexicon, initial=self._initial or i > 0)
        return readings


@lru_cache(maxsize=16)
def read_runs(lexicon: Lexicon) -> tuple[_Runs, _Runs]:
    """Return the runs inside a sentence, and those that begin one."""
    return _Runs(lexicon, initial=False), _Runs(lexicon, initial=True)


def _read_pieces(words: list[str], at: list[int], lexicon: Lexicon, *, initial: bool) -> list[Reading]:
    """Part a run where a second person or a second sentence begins in it, and read the pieces."""
    for i in range(1, len(words) - 1):
        # Mr Smith of Mr Jones, Upstairs Mrs Smith: a second person begins with the second honorific
        row = lexicon.titles.get(words[i].rstrip("."))
        if (
            row is not None
            and row.kind == "honorific"
            and words[i - 1].rstrip(".") not in lexicon.titles
            and (
                words[i - 1] == "of"
                or (words[0] not in lexicon.given_names and words[i - 1].lower() not in lexicon.roles)
            )
        ):
            last = i - 1 if words[i - 1] == "of" else i
            head = _read_pieces(words[:last], at[:last], lexicon, initial=initial)
            return head + _read_pieces(words[i:], at[i:], lexicon, initial=words[i - 1].endswith("."))
        if (
            words[i] == "of"
            and words[i + 1] in lexicon.given_names
            and (words[i - 1] in lexicon.given_names or words[i - 1].lower() in _TEXTS)
        ):
            head = _read_words(words[:i], at[:i], lexicon, initial=initial)
            return head + _read_pieces(words[i + 1 :], at[i + 1 :], lexicon, initial=False)
    names: list[Reading] = []
    begin = 0
    for i, word in enumerate(words):
        bare = word.rstrip(".")
        stops = (
            word.endswith(".")
            and len(bare) > 1
            and "." not in bare
            and (bare not in lexicon.abbreviations or _ends_run(words, begin, i, lexicon))
        )
        if (
            i + 1 == len(words) or stops or i - begin >= LONGEST_NAME
        ):  # a sentence stop inside the run: "He met Smith. Jones left."
            names += _read_words(words[begin : i + 1], at[begin : i + 1], lexicon, initial=initial)
            begin, initial = i + 1, True
    return names


def _ends_run(words: list[str], begin: int, i: int, lexicon: Lexicon) -> bool:
    """Whether an abbreviation ends its sentence all the same: “said Ann Hill Jr. The …”, “… Jr. Mayor Ann Lee”."""
    if i == begin or i + 1 == len(words):
        return False
    following = words[i + 1]
    if following.lower() in lexicon.tags and following not in lexicon.given_names:
        return True
    # not: Rev. Sr. Ann Hill
    suffix = i - begin > 1 and words[i].rstrip(".").lower() in SUFFIXES
    return suffix and (following in lexicon.given_names or following.rstrip(".") in lexicon.titles)


def begins_sentence(text: str, start: int, floor: int) -> bool:
    """Whether a capital says nothing: a sentence begins there, or a quotation."""
    i = start - 1
    while i >= floor and (text[i].isspace() or text[i] in "\"“‘'«(-–—”’"):
        if text[i] in "“‘«" or (text[i] in "\"'" and (i == floor or text[i - 1].isspace())):
            return True
        i -= 1
    return i < floor or text[i] in ".?!:…"


def _read_words(words: list[str], at: list[int], lexicon: Lexicon, *, initial: bool) -> list[Reading]:
    """Read the names in capitalised words, which begin `at` these offsets; `initial` says that a sentence does too."""
    if len(words) == 1 and is_time(words[0], lexicon):
        return [read_bare(words[0].rstrip("."), at[0], initial=initial)]
    first = _find_first(words, lexicon, initial=initial)
    last = _find_last(words, first, lexicon)
    if first >= last:
        return []
    if not initial and first == 0 and lexicon.tags.get(words[0].lower()) == "e" and words[0] not in lexicon.given_names:
        # a heading runs into the text: “The Cost to Be Wise Veronique stayed”
        first = next((i for i in range(1, last) if words[i] in lexicon.given_names), first)
    if last - first > 1 and (words[first][:2] in ("I'", "I’") or words[first].lower() in _CALLS):
        first, initial = first + 1, False  # I'm Ann Smith, Dear Ann
    words, at = words[first:last], at[first:last]
    initial = initial and first == 0
    stop = at[-1] + len(words[-1])
    if words[-1].endswith(".") and not keeps_dot(words[-1]):
        words = [*words[:-1], words[-1].rstrip(".")]
        stop -= 1
    while len(words) > 1 and (suffix := lexicon.titles.get(words[-1])) is not None and suffix.kind == "suffix":
        words, at = words[:-1], at[:-1]
        stop = at[-1] + len(words[-1])
    if (cut := _person_end(words, lexicon)) is not None:
        # "Ann Smith of the Bank": a person and a body
        head = _read_words(words[:cut], at[:cut], lexicon, initial=initial)
        return head + _read_words(words[cut + 1 :], at[cut + 1 :], lexicon, initial=False)
    return _make(words, at, stop, _office_end(words, lexicon), lexicon, initial=initial)


def _find_first(words: list[str], lexicon: Lexicon, *, initial: bool) -> int:
    """Find the first word of a run that may belong to a name: the end of the run where a noun with "of" begins it."""
    first, last, closed = 0, len(words), lexicon.tags
    if last > 1 and words[0].endswith(COMPOUND_ENDS) and COMPOUND.match(words[0]):
        first = int(not initial or words[1] in lexicon.given_names or words[0].endswith("-old"))
    while first < last and _is_closed(words, first, lexicon, initial=initial):
        first += 1
        if first < last and words[first] == "of":
            return last
    if (
        first + 1 < last
        and closed.get(words[first].lower()) == "m"
        and words[first] not in lexicon.given_names
        and words[first].lower() not in _MONTHS
        and words[first + 1] in lexicon.given_names
    ):
        first += 1  # on Thursday Ann Smith left
    if initial and words[first + 1 : first + 2] == ["of"] and is_matter(words[first], lexicon):
        first += 1  # Shares of Acme
    while first < last and words[first] in _LINKS:
        first += 1
    return first


def _is_closed(words: list[str], i: int, lexicon: Lexicon, *, initial: bool) -> bool:
    """Whether a word, all before it being so, is a function word that no name begins with."""
    word, low = words[i], words[i].lower()
    tag = lexicon.tags.get(low.rstrip("."))
    if (tag is None and word != "I") or not (i > 0 or initial or low in ("i", "the", "i'm")):
        return False
    if word.isupper() and len(word) > 1:
        return False
    if tag != "m" or i + 1 == len(words):
        return True
    if low in _MONTHS:
        return False  # Jun Pascual, April Jones
    # The Morning Post
    return not (i and words[i - 1].lower() == "the" and words[i + 1] not in lexicon.given_names)


def _find_last(words: list[str], first: int, lexicon: Lexicon) -> int:
    """Find where the words of a run end that may belong to a name."""
    last = len(words)
    while last > first:
        word = words[last - 1]
        closed = lexicon.tags.get(word.lower().rstrip("."), "") in ("m", "p") and not word.isupper()
        if word not in _LINKS and not (closed and not _is_time_surname(words, first, last - 1, lexicon)):
            break
        last -= 1
    return last


def _office_end(words: list[str], lexicon: Lexicon) -> int:
    """Where the titles and the office at the head of a run end: Minister of Education Ann Smith."""
    split = title_end(words, lexicon)
    if 0 < split < len(words) - 1 and words[split] == "of":
        # the office goes up to one word after "of"
        longer = words[split + 1] in ("the", "Foreign", "Public", "Social") and split + 3 < len(words)
        split = min(split + (3 if longer else 2), len(words))
        if split < len(words) and len(words) - split < 2 and words[split] not in lexicon.given_names:
            split = len(words)
    surname = surname_start(words, lexicon) if split == len(words) else None
    return split if surname is None else surname


def _is_time_surname(words: list[str], first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a word for a time stands right after a first name or an honorific: Ann Day, against Robert Lee Day."""
    before = words[last - 1]
    if last == first or not is_time(words[last], lexicon):
        return False
    begins = last - 1 == first or words[last - 2].rstrip(".") in lexicon.titles
    given = begins and before in lexicon.given_names and before not in lexicon.places
    return given or is_honorific(before, lexicon)


def _person_end(words: list[str], lexicon: Lexicon) -> int | None:
    """Where "of" parts a person's name from what the person is of; None where the name is one."""
    if "of" not in words:
        return None
    cut = words.index("of")
    split = min(title_end(words[:cut], lexicon), cut)
    core = words[split:cut]
    if any(lexicon.organizations.get(word, ("",))[0] == "keyword" for word in core):
        return None
    if _is_of_body(core, words[cut + 1 :], lexicon):
        return cut
    return cut if len(core) > 1 and (core[0].rstrip(".") in lexicon.given_names or split) else None


def _is_of_body(core: list[str], rest: list[str], lexicon: Lexicon) -> bool:
    """Whether the words before "of" can be nothing but a person of a body: Mujtaba Rahl of the Eurasia Group."""
    body = len(rest) > 1 and lexicon.organizations.get(rest[-1], ("",))[0] == "keyword"
    return body and bool(core) and not any(_is_ordinary(word, lexicon) for word in core)


def _is_ordinary(word: str, lexicon: Lexicon) -> bool:
    """Whether a word with a capital may be no name: a noun of a body's name, a plural, a word of the lexicon."""
    low = word.lower()
    known = lexicon.verbs, lexicon.tags, lexicon.roles, lexicon.cue_nouns, lexicon.organizations, lexicon.places
    return low.endswith(("s", "ion", "ty", "ment", "ship")) or any(
        one in table for table in known for one in (word, low)
    )


def _make(
    words: list[str],
    at: list[int],
    stop: int,
    split: int,
    lexicon: Lexicon,
    *,
    initial: bool,
) -> list[Reading]:
    """Make the reading of words of which those before `split` are a title or an office."""
    whole, prefix, core = " ".join(words), words[:split], words[split:]
    if not core:
        if whole in lexicon.organizations:
            core, prefix, split = words, [], 0
        elif len(words) == 1 and whole not in lexicon.abbreviations:
            return [read_bare(whole, at[0], initial=initial)]
        else:
            return []  # a bare title: a description, read by coreference
    bare = " ".join(core)
    title = title_kind = gender = None
    begin = 0
    for i in range(len(prefix)):
        for j in range(len(prefix), i, -1):
            row = lexicon.titles.get(" ".join(prefix[i:j]).rstrip(".")) if i >= begin else None
            if row is not None:
                title, title_kind = row.text, row.kind
                gender = gender or row.gender
                begin = j  # a Prime Minister is no Minister
                break
    roles = []
    role = find_role(prefix[-1], lexicon) if prefix else None
    if prefix and (role is not None or title_kind not in ("honorific", None)):
        office = prefix
        while len(office) > 1 and is_honorific(office[-1], lexicon):
            office = office[:-1]  # Kuwaiti Prime Minister Sheikh
        if not is_honorific(office[-1], lexicon):
            roles.append(" ".join(office))
        gender = gender or (role.gender if role else None)
    if title and title.lower() in lexicon.roles and title.lower() not in (role.lower() for role in roles):
        roles.append(title)  # Cardinal Ferrante, then the cardinal
    kind = _classify(core, bare, title_kind, lexicon, titled=bool(roles))
    if whole in lexicon.organizations and prefix:
        kind = {"metonym": "organization", "agency": "organization", "body": "organization"}.get(
            lexicon.organizations[whole][0], kind
        )
        if kind == "organization":
            core, split, roles, title, title_kind, gender = words, 0, [], None, None, None
    if gender is None:
        gender = gender_of(roles[1:] if title else roles, lexicon)
    seeks = None
    if kind in ("person", "unknown") and (len(core) > 1 or title):
        seeks = "role"
    elif kind == "other" and is_bearer(core, lexicon):
        kind, seeks = "person" if roles else kind, "role"
    elif kind == "unknown" and not (initial and is_word(core[0], lexicon)):
        seeks = "apposition" if initial and core[0] not in lexicon.given_names else "role"
    return [Reading(at[0], stop, at[split], tuple(core), kind, title, title_kind, gender, tuple(roles), initial, seeks)]


def read_bare(word: str, at: int, *, initial: bool) -> Reading:
    """Read a word that is a name only where the text has it as a surname: King, Day."""
    return Reading(at, at + len(word), at, (word,), "title", None, None, None, (), initial, None)


def _classify(core: list[str], bare: str, title_kind: str | None, lexicon: Lexicon, *, titled: bool) -> str:
    known = lexicon.organizations.get(bare)
    if known is not None and known[0] in ("metonym", "agency", "body"):
        return "organization"
    if title_kind is not None:
        return "person"
    if len(core) > PERSON_WORDS and core[-1].rstrip(".").lower() in ("jr", "sr"):
        return "person"
    if bare[1:2] == "-" and bare[2:3].isupper():  # R-Texas
        return "other"
    place = lexicon.places.get(bare)
    if place is not None:
        return "place"
    if bare in lexicon.demonyms:
        return "group"
    if (
        len(core) > 1
        and core[0].rstrip(".").split("-")[0] in lexicon.given_names
        and lexicon.organizations.get(core[-1]) is None
    ):
        return "person"
    bodies = (lexicon.organizations.get(word) or lexicon.organizations.get(word.rstrip(".")) for word in core)
    kinds = {found[0] for found in bodies if found is not None}
    if "keyword" in kinds and (len(core) > 1 or bare in lexicon.organizations):
        return "organization"
    if kinds & {"place-keyword", "event-keyword"} and len(core) > 1:
        return "person" if titled and len(core) == 2 else "other"  # hydrologist Ann Street
    if known is not None and known[0] == "other":
        return "other"
    if titled:
        return "person"
    if "of" in core or "&" in core:
        return "organization"
    if core[0].rstrip(".") in lexicon.given_names or (len(core) > 1 and len(core[0].rstrip(".")) == 1):
        return "person" if len(core) > 1 else "unknown"
    if len(core) == 1 and bare.isupper() and len(bare) > 1:
        return "organization"
    return "unknown"
