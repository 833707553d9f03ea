"""Proper names in the whole text: by their shape, their titles and the company they keep."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import pairwise

import attrs

from quoteattr.lexicon import Lexicon, Role, words_of
from quoteattr.values import Name, Paragraph

# capital letters of the Latin, Greek and Cyrillic scripts
_UPPER = "".join(chr(point) for point in range(0x530) if chr(point).isupper())
# after a capital: more initials, or the rest of a word: "J. R.", "O'Brien-Smith", "Jr."
# two characters that stand for one letter, read in the wrong encoding: JoÃ£o
_GARBLED = r"(?:(?<=[ÃÄÅ])[\xa1-\xbf†‡ˆ‰™š›œžŸ]\w*)*"
_AFTER_CAPITAL = (
    rf"(?:\.(?:[ \xa0]?[{_UPPER}]\.)*(?!\w)|\w*{_GARBLED}(?:[-'’](?![sS](?![^\W_]))(?=[^\W_])\w*{_GARBLED})*\.?)"
)
_SPACE = r"[ \xa0\n\r\t]{1,3}"
_PREPOSITIONS = words_of("prepositions before a name")
_SUFFIXES = words_of("name suffixes")
# no particle has more letters
_LONGEST_PARTICLE = 12
# what closes an apposition; or the text ends
_CLOSING = frozenset((",", ".", ";", ")", "\n", ""))
# how far before and after a name a role of its bearer is looked for
_BEFORE_REACH, _AFTER_REACH = 90, 130
_BLANKS = " \xa0\n"
_GENITIVES = ("'s", "’s", "‘s")
_APOSTROPHES = frozenset(("'", "’", "‘"))
_END_OF_WORD = re.compile(r"[^\W_]*$")
_SMALL_END = re.compile(r"\b[a-z][\w-]+$")
# no name with its titles has more words
_LONGEST_NAME = 14
# a titled name of more words that ends in the noun of a body is one of that body
_PERSON_WORDS = 2
# a name of so many words may be a headline
_HEADLINE = 4
# a run of more words is no run, and is read in pieces, so that time stays linear
_LONGEST_RUN = 60
# how many runs are kept, and how many characters the longest of them has
_MOST_RUNS, _LONGEST_KEPT = 1 << 13, 100
# The Diary of Ann Smith
_TEXTS = words_of("texts in the first person")
# months that are first names, before a surname
_MONTHS = words_of("months that are first names")
# words for times that have a capital everywhere
_CALENDAR = words_of("names of days and months")
# a status before a role, tied to it by a hyphen: Then-Senator
_STATUS = words_of("status words")
# what a firm of several names ends in
_PARTNERSHIPS = words_of("forms of partnerships")
# titles that begin a surname
_SAINTS = words_of("saints in a surname")
# words of the tables of titles and roles that are surnames: Mr King, Ann Miller
_SURNAMES = words_of("titles and roles that are surnames")
_DETERMINED = re.compile(r"\b(?:the|an?|this|that|my|your|his|her|its|our|their)[ \xa0\n]$", re.IGNORECASE)
# a word in capitals without one is an abbreviation
_VOWELS = frozenset("AEIOUYÀÁÂÃÄÅÆÈÉÊËÌÍÎÏÒÓÔÕÖØÙÚÛÜÝ")
# labels of a transcript that name nobody
_LABELS = words_of("turn labels")
_CALLS = words_of("words before a vocative")
# words inside a name that neither begin nor end it
_LINKS = frozenset({"of", "the", "&"})
# OSLO, March 3 (Wire) - The mayor
_DATELINE = re.compile(
    rf"[{_UPPER}]{{2}}[{_UPPER} .'’-]{{0,30}}(?:, [^\n()–—-]{{1,40}})? ?"
    rf"(?:\([^()\n]{{1,30}}\) ?)?(?:--|[-–—]) (?=[{_UPPER}“\"])"
)
_INITIAL = re.compile(rf"[{_UPPER}]\.$")
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
_SMALL = re.compile(r"[a-zà-ÿ]{2,}")
_WORDS = re.compile(r"\w+")
# so many words are looked for one by one
_FEW_WORDS = 30
_SPLIT = re.compile(r"[ \xa0\n\r\t]+")


@attrs.define(eq=False)
class _Reading:
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
def _pattern(particles: frozenset[str]) -> re.Pattern[str]:
    """A run of capitalised words.  It begins with one class of characters: a search is fast then."""
    small = "|".join(sorted(particles, key=len, reverse=True))
    heads = "".join(sorted({particle[0] for particle in particles}))
    particle = rf"(?:(?=[{heads}])(?:{small})(?:{_SPACE}|-|['’]))*"
    word = rf"[{_UPPER}]{_AFTER_CAPITAL}"
    return re.compile(
        rf"[{_UPPER}](?<!\w[{_UPPER}])(?<!\w['’]S\b){_AFTER_CAPITAL}(?:"
        rf"(?:(?=[ \xa0\n\r\t]){_SPACE}|-|[ \xa0]&[ \xa0]){particle}{word}"
        rf"|{_SPACE}of{_SPACE}(?:the{_SPACE})?{word})*"
    )


def find_names(text: str, paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> list[Name]:
    """Find every proper name, in text order.

    Errors: none; a capitalised word that is no name comes back with the kind "other" or not at all.
    """
    judge = partial(_is_oblique, text, lexicon)
    names = [
        _place(text, start, paragraph, reading, lexicon, judge)
        for start, paragraph, reading in _find_readings(text, paragraphs, lexicon)
    ]
    names = _part_headlines(text, _end_at_verbs(text, _begin_after_cues(text, names, lexicon), lexicon), lexicon)
    names = _join_nicknames(text, names, lexicon)
    names = _keep_surnames(text, _keep_persons(text, names, lexicon), lexicon)
    names = _name_families(text, _share_surnames(text, names, lexicon), lexicon)
    return _join_bodies(text, _drop_words(text, names, paragraphs, lexicon), lexicon)


def _find_readings(text: str, paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> Iterator[tuple[int, int, _Reading]]:
    """Find the names in every run of capitalised words, each with the start of the run and its paragraph."""
    pattern = _pattern(lexicon.particles)
    runs = _read_runs(lexicon)
    holders: set[str] = set()
    for number, paragraph in enumerate(paragraphs):
        begin = floor = paragraph.start
        label = begin if paragraph.kind == "turn" else -1
        if (dated := _DATELINE.match(text, begin, paragraph.end)) is not None:
            begin = floor = dated.end()
        for found in pattern.finditer(text, begin, paragraph.end):
            start, end = found.span()
            before = text[start - 1 : start]
            if before == "-":
                start = _particle_start(text, start, floor, lexicon)
            inside = before == " " and start - 2 >= begin and text[start - 2].isalnum()
            initial = not inside and _begins_sentence(text, start, begin)
            if start == label and text[start:end].lower() in _LABELS:
                floor = end
                continue  # Q: and A: name nobody
            readings = runs[initial][text[start:end]]
            if start == label:
                readings = _read_label(text[start:end], readings, holders, lexicon)
            for reading in readings:
                yield start, number, reading
            floor = end


def _read_label(run: str, readings: tuple[_Reading, ...], holders: set[str], lexicon: Lexicon) -> tuple[_Reading, ...]:
    """Read the label of a turn; `holders` are the surnames in capitals of the whole names before it."""
    if " " in run and run.lower() in lexicon.roles:
        return ()  # DIRECTOR GENERAL
    if run in holders:
        return (attrs.evolve(_read_bare(run, 0, initial=False), kind="unknown"),)  # KING, after LARRY KING
    if run.isupper() and len(readings) == 1:
        core = readings[0].core
        if readings[0].title or core[0].title() in lexicon.given_names:
            holders.add(core[-1])
    return tuple(_read_capitals(reading, lexicon) for reading in readings)


def _read_capitals(reading: _Reading, lexicon: Lexicon) -> _Reading:
    """Read one word in capitals as a person’s name: OKAFOR; not NGX, nor a body."""
    word = reading.core[0]
    if len(reading.core) == 1 and reading.kind == "other":
        return attrs.evolve(reading, kind="unknown")  # BC, of Ben Crewe
    person = len(reading.core) == 1 and word not in lexicon.organizations and not _VOWELS.isdisjoint(word)
    return attrs.evolve(reading, kind="unknown") if person and reading.kind == "organization" else reading


def _particle_start(text: str, start: int, floor: int, lexicon: Lexicon) -> int:
    """Where the particle begins that a hyphen ties to a run: al-Sadr."""
    begin = start - 1
    while begin > floor and start - begin < _LONGEST_PARTICLE and (text[begin - 1].isalnum() or text[begin - 1] == "_"):
        begin -= 1
    return begin if text[begin : start - 1] in lexicon.particles else start


# a nickname in marks inside a name: Ann “Skip” Smith
_NICKNAME = re.compile(r"[ \xa0](?:[“\"][^“”\"\n.?!]{1,30}[”\"]|[‘'][^‘’'\n.?!]{1,30}[’']|\([^()\s]{1,20}\))[ \xa0]$")
_LONGEST_NICKNAME = 36
_NICKNAME_ENDS = frozenset("”\"’')")


def _join_nicknames(text: str, names: list[Name], lexicon: Lexicon) -> list[Name]:
    """Join the parts of a person's name that a nickname parts; the nickname is no name of its own."""
    out: list[Name] = []
    for name in names:
        ends = text[name.start - 2 : name.start - 1] in _NICKNAME_ENDS
        if not ends or not out or name.start - out[-1].end > _LONGEST_NICKNAME:
            out.append(name)
            continue
        # before the name: the first name, or that and a nickname with a capital
        for back in (1, 2):
            first = out[-back] if len(out) >= back else None
            if (
                first is not None
                and first.core[-1] in lexicon.given_names
                and not first.possessive
                and first.kind in ("person", "unknown")
                and name.kind in ("person", "unknown", "title")
                and name.title is None
                and name.start - first.end <= _LONGEST_NICKNAME
                and _NICKNAME.match(text, first.end, name.start)
            ):
                out[-back:] = [
                    attrs.evolve(
                        first,
                        end=name.end,
                        core=(*first.core, *name.core),
                        kind="person",
                        roles=first.roles + name.roles,
                        gender=first.gender or name.gender,
                        possessive=name.possessive,
                    )
                ]
                break
        else:
            out.append(name)
    return out


_POSSESSIVE_GAPS = ("’ ", "' ", "’s ", "'s ")
# what ties the matter of a body to its noun: the Institute for Deep Mining
_PURPOSE_GAPS = (" for ", " for the ", " on ", " against ")
# no longer words tie two names into one
_LONGEST_TIE = max(map(len, _PURPOSE_GAPS))
_PURPOSEFUL = words_of("bodies with a purpose")
_MATTERS = words_of("matters of a ministry")
# the Coos County Sheriff’s Office, where a bare title is no name of its own
_OFFICE_HOLDER = re.compile(rf"(?:[{_UPPER}][\w.-]*[ \xa0]){{0,3}}(?P<title>[{_UPPER}][a-z]+)['’]s[ \xa0]$")
_LONGEST_HOLDER = 60


def _join_bodies(text: str, names: list[Name], lexicon: Lexicon) -> list[Name]:
    """Join a body's name that a possessive or a preposition parts: the Dockworkers’ Union, the Institute for Mining."""
    out: list[Name] = []
    for name in names:
        last = out[-1] if out else None
        floor = last.end if last is not None else 0
        if last is None or name.start - floor > _LONGEST_TIE:
            out.append(_take_holder(text, name, floor, lexicon))
        elif last.possessive and _is_owned_body(text, last, name, lexicon):
            gap = text[last.end : name.start]
            core = (*last.core[:-1], last.core[-1] + gap[:-1], *name.core)
            out[-1] = attrs.evolve(last, end=name.end, core=core, kind="organization", possessive=name.possessive)
        elif _is_purpose(text, last, name, lexicon) or _is_second_matter(text, last, name, lexicon):
            core = (*last.core, *text[last.end : name.start].split(), *name.core)
            out[-1] = attrs.evolve(last, end=name.end, core=core, kind="organization", possessive=name.possessive)
        else:
            out.append(_take_holder(text, name, floor, lexicon))
    return out


def _is_owned_body(text: str, owner: Name, body: Name, lexicon: Lexicon) -> bool:
    """Whether a possessive is part of a body's name: the Dockworkers’ Union, the Hawke’s Bay Police."""
    gap = text[owner.end : body.start]
    if gap not in _POSSESSIVE_GAPS or body.title is not None:
        return False
    if not any(lexicon.organizations.get(word, ("",))[0] == "keyword" for word in body.core):
        return False
    if len(gap) == len("’ "):
        return text[owner.end - 1] == "s"
    single = owner.kind in ("unknown", "group") and len(owner.core) == 1
    return single and text[owner.start - 4 : owner.start].lower() == "the "


def _is_purpose(text: str, body: Name, matter: Name, lexicon: Lexicon) -> bool:
    """Whether a name tells what the body before it is for: the Council on Harbours; not: the Council on Ann Smith."""
    if body.core[-1] not in _PURPOSEFUL or body.title is not None or text[body.end : matter.start] not in _PURPOSE_GAPS:
        return False
    person = matter.kind in ("person", "group") or matter.core[0] in lexicon.given_names
    return matter.title is None and not person and body.paragraph == matter.paragraph


def _is_second_matter(text: str, one: Name, other: Name, lexicon: Lexicon) -> bool:
    """Whether two names are one body's: the Cod and Herring Board, the Ministry of Trade and Fisheries."""
    if text[one.end : other.start] not in (" and ", " & ") or one.title is not None or other.title is not None:
        return False
    if one.kind not in ("unknown", "other", "organization") or text[one.start - 4 : one.start].lower() != "the ":
        return False
    tied = next((i for i, word in enumerate(one.core[1:]) if word in ("of", "for")), None)
    if tied is not None and one.core[tied] in _PURPOSEFUL:
        return other.core[-1].lower() in _MATTERS
    if one.core[-1] in _PURPOSEFUL or one.core[0] in lexicon.given_names:
        return False
    known = lexicon.organizations.get(" ".join(one.core), ("keyword",))[0]
    if known in ("agency", "body", "metonym"):
        return False  # the Treasury and Rural Board
    return other.core[-1] in _PURPOSEFUL and other.kind == "organization" and not one.possessive


def _take_holder(text: str, name: Name, floor: int, lexicon: Lexicon) -> Name:
    """Give the office of a holder the words before it: the Coos County Sheriff’s Office."""
    if text[name.start - 3 : name.start] not in ("’s ", "'s ") or name.title is not None:
        return name
    if lexicon.organizations.get(name.core[0], ("",))[0] != "keyword":
        return name
    found = _OFFICE_HOLDER.search(text, max(floor, name.start - _LONGEST_HOLDER), name.start)
    if found is None or found.group("title").lower() not in lexicon.roles:
        return name
    start = found.start()
    words = text[start : name.start].split()
    if len(words) > 1 and words[0].lower() in lexicon.tags:
        start = text.index(words[1], start + len(words[0]))
        words = words[1:]
    return attrs.evolve(name, start=start, core_start=start, core=(*words, *name.core), kind="organization")


def _begin_after_cues(text: str, names: list[Name], lexicon: Lexicon) -> list[Name]:
    """Begin names after a cue that begins the sentence: "Said Ann Lee: “We won.”"; not where Said Lee comes again."""
    found = [
        i
        for i, name in enumerate(names)
        if name.initial
        and text.startswith(":", name.end)
        and len(name.core) > 1
        and _is_cue(name.core[0].lower(), lexicon)
    ]
    if not found:
        return names
    out = list(names)
    for i in found:
        name, core = names[i], names[i].core[1:]
        if name.title is None and sum(other.core == name.core for other in names) == 1:
            start = text.index(core[0], name.core_start + len(name.core[0]))
            kind = "person" if len(core) > 1 and core[0] in lexicon.given_names else "unknown"
            out[i] = attrs.evolve(name, start=start, core_start=start, core=core, kind=kind, initial=False)
    return out


def _end_at_verbs(text: str, names: list[Name], lexicon: Lexicon) -> list[Name]:
    """End names of a headline with capitals before its verb: "Lee Says", "Ann Lee Warns Of"; not "Consumer Reports"."""
    found = {i: at for i, name in enumerate(names) if len(name.core) > 1 and (at := _find_verb(name.core, lexicon))}
    if not found:
        return names
    known = {name.core[-1] for i, name in enumerate(names) if i not in found and name.kind in ("person", "unknown")}
    out = list(names)
    for i, at in found.items():
        name, core = names[i], names[i].core[:at]
        full = len(core) > 1 and core[0] in lexicon.given_names
        if full or core[-1] in known:
            end = name.core_start
            for word in core:
                end = text.index(word, end) + len(word)
            kind = "person" if full else "unknown"
            out[i] = attrs.evolve(name, core=core, end=end, kind=kind, possessive=False)
    return out


@lru_cache(maxsize=1 << 13)
def _find_verb(core: tuple[str, ...], lexicon: Lexicon) -> int:
    """Return where the first verb of speech stands in a name; 0 for nowhere."""
    return next((i for i, word in enumerate(core) if i and _is_present_cue(word.lower(), lexicon)), 0)


def _is_present_cue(word: str, lexicon: Lexicon) -> bool:
    form = lexicon.verbs.get(word)
    return form is not None and form.cue is not None and form.cue.kind == "speech" and "third" in form.forms


def _part_headlines(text: str, names: list[Name], lexicon: Lexicon) -> list[Name]:
    """Cut the names that the text has elsewhere out of a headline with capitals: "Ann Lee Defends Bob Jones Again"."""
    long = [name for name in names if len(name.core) >= _HEADLINE]
    if not long:
        return names
    known = {
        name.core
        for name in names
        if 1 < len(name.core) < _HEADLINE and name.kind == "person" and name.core[0].rstrip(".") in lexicon.given_names
    }
    parts: dict[int, list[Name]] = {}
    for name in long:
        core, i, at = name.core, 0, name.core_start
        found: list[Name] = []
        while i < len(core):
            start = text.index(core[i], at)
            size = next((n for n in (3, 2) if core[i : i + n] in known and len(core[i : i + n]) == n), 1)
            at = start
            for word in core[i : i + size]:
                at = text.index(word, at) + len(word)
            if size > 1 and i + size < len(core) + bool(found):
                first = name.start if i == 0 else start
                part = attrs.evolve(name, start=first, end=at, core_start=start, core=core[i : i + size], kind="person")
                found.append(part if i == 0 else attrs.evolve(part, title=None, title_kind=None, roles=(), gender=None))
            i += size
        if found:
            parts[id(name)] = found
    if not parts:
        return names
    return [part for name in names for part in parts.get(id(name), [name])]


def _keep_surnames(text: str, names: list[Name], lexicon: Lexicon) -> list[Name]:
    """Keep a bare title where it is a surname: Stephen King, then King, but not the King."""
    if not any(name.kind == "title" for name in names):
        return names
    surnames = _find_surnames(names, lexicon)
    surnames |= _SURNAMES & {
        name.core[-1] for name in names if name.kind in ("person", "unknown") and (name.title or name.core[1:])
    }
    known: dict[str, bool] = {}
    out: list[Name] = []
    for name in names:
        if name.kind == "title":
            word = name.core[0]
            determined = _DETERMINED.search(text, max(0, name.start - _LONGEST_PARTICLE), name.start)
            if determined or not (word in surnames or _is_alone(text, name, known, lexicon)):
                continue
            name = attrs.evolve(name, kind="unknown")
        out.append(name)
    return out


# what stands after a person's name and no body's: Ann Church, 40, Ann Church, who
_OF_PERSON = re.compile(r",? who\b|, (?:aged )?\d{1,3}\b(?! (?:years?|per|%))| \(\d{1,3}\)")


def _keep_persons(text: str, names: list[Name], lexicon: Lexicon) -> list[Name]:
    """Take a first name with a word for a body as a person, where the text shows one: Ann Church, then Ms Church."""
    doubtful = {
        id(name): name.core
        for name in names
        if name.kind == "organization" and len(name.core) == 2 and name.core[0] in lexicon.given_names
    }
    if not doubtful:
        return names
    surnames = {core[1] for core in doubtful.values() if core[1][-1] != "s" and core[1] not in lexicon.demonyms}
    single = [name for name in names if len(name.core) == 1 and name.core[0] in surnames]
    alone = {name.core[0] for name in single if name.title is not None or _speaks_alone(text, name, lexicon)}
    persons = {
        name.core
        for name in names
        if id(name) in doubtful and (name.core[1] in alone or _OF_PERSON.match(text, name.end))
    }
    bare = {
        id(name) for name in single if name.kind == "organization" and name.core[0] in {core[1] for core in persons}
    }
    return [
        attrs.evolve(name, kind="person" if id(name) in doubtful else "unknown")
        if (id(name) in doubtful and name.core in persons) or id(name) in bare
        else name
        for name in names
    ]


def _speaks_alone(text: str, name: Name, lexicon: Lexicon) -> bool:
    """Whether a word for a body does something without an article, and has a capital everywhere: Bank said."""
    article = text[name.start - 4 : name.start].lower() == "the "
    does = not article and (_acts(text, name, lexicon) or _is_told(text, name, lexicon))
    return does and not _has_word(text, name.core[0].lower())


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


def _is_alone(text: str, name: Name, known: dict[str, bool], lexicon: Lexicon) -> bool:
    """Whether a title or role that is a surname too does something without an article: King said, of no king."""
    word = name.core[0]
    if word not in _SURNAMES or not (_acts(text, name, lexicon) or _is_told(text, name, lexicon)):
        return False
    if word not in known:
        known[word] = not _has_word(text, word.lower())
    return known[word]


def _is_told(text: str, name: Name, lexicon: Lexicon) -> bool:
    """Whether a verb of speech stands before a name: “…,” said King."""
    return _is_cue(_read_before(text, name.start)[2], lexicon)


def _find_surnames(names: Iterable[Name], lexicon: Lexicon) -> set[str]:
    """Find the surnames that stand after a first name: Ann Hill, against the Tampa Coach."""
    return {
        name.core[-1]
        for name in names
        if len(name.core) > 1
        and name.kind == "person"
        and (name.core[0] in lexicon.given_names or _INITIAL.match(name.core[0]))
        and name.core[0] not in lexicon.places
    }


def _name_families(text: str, names: list[Name], lexicon: Lexicon) -> list[Name]:
    """Find families by the plural of a surname: Ann Smith, then the Smiths; and firms: Smith and Jones LLP."""
    out: list[Name] = []
    surnames: set[str] | None = None
    for name in names:
        last = out[-1] if out else None
        if last is not None and name.start - last.end == len(" and ") and _is_firm(text, last, name, lexicon):
            core = (*last.core, "and", *name.core)
            out[-1] = attrs.evolve(last, end=name.end, core=core, kind="organization", possessive=name.possessive)
            while len(out) > 1 and text[out[-2].end : out[-1].start] == ", " and _is_partner(out[-2], lexicon):
                one, other = out[-2:]
                core = (*one.core[:-1], f"{one.core[-1]},", *other.core)
                out[-2:] = [attrs.evolve(other, start=one.start, core_start=one.core_start, core=core)]
            continue
        if (
            len(name.core) == 1
            and name.title is None
            and name.kind in ("unknown", "organization")
            and name.core[0].endswith("s")
            and text[name.start - 4 : name.start].lower() == "the "
        ):
            if surnames is None:
                surnames = {one.core[-1] for one in names if len(one.core) > 1 and one.kind in ("person", "unknown")}
            if name.core[0].removesuffix("s") in surnames:
                name = attrs.evolve(name, kind="family")
        out.append(name)
    return out


def _is_firm(text: str, one: Name, other: Name, lexicon: Lexicon) -> bool:
    """Whether two surnames are one firm: the law firm Smith and Jones, Smith and Jones LLP."""
    if text[one.end : other.start] != " and " or other.title or not _is_partner(one, lexicon):
        return False
    if other.core[-1].rstrip(".").lower() in _PARTNERSHIPS:
        return True
    surnames = len(other.core) == 1 and other.kind in ("unknown", "organization")
    return surnames and _FIRM.search(text, max(0, one.start - _LONGEST_NAME), one.start) is not None


def _is_partner(name: Name, lexicon: Lexicon) -> bool:
    """Whether a firm may be called by a name: Smith; not: Lawyers."""
    role = lexicon.roles.get(name.core[0].lower())
    surname = len(name.core) == 1 and not name.title and name.kind in ("unknown", "organization")
    return surname and (role is None or not role.plural)


# before the name of a firm
_FIRM = re.compile(rf"(?i:{'|'.join(sorted(words_of('nouns before the name of a firm')))})[ \xa0]$")


def _share_surnames(text: str, names: list[Name], lexicon: Lexicon) -> list[Name]:
    """Give the first of a couple the surname of the second, if nobody has that first name yet: "Ann and Bob Lee"."""
    couples = [
        (i, one, other)
        for i, (one, other) in enumerate(pairwise(names))
        if len(one.core) == 1
        and len(other.core) == 2
        and one.title_kind != "honorific"
        and one.kind in ("person", "unknown")
        and other.core[0] in lexicon.given_names
        and text[one.end : other.start] in (" and ", " & ")
    ]
    if not couples:
        return names
    first: dict[str, int] = {}
    for i, name in enumerate(names):
        first.setdefault(name.core[0], i)
        first.setdefault(name.core[-1], i)
    out = list(names)
    for i, one, other in couples:
        if first[one.core[0]] == i:
            out[i] = attrs.evolve(one, core=(one.core[0], other.core[1]), kind="person")
    return out


def _drop_words(text: str, names: list[Name], paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> list[Name]:
    """Drop the words that have a capital only because a sentence begins with them."""
    names = _drop_first_words(text, names, paragraphs, lexicon)
    doubtful = {name.core[0] for name in names if name.initial and _is_bare(name)}
    doubtful = {word for word in doubtful if word not in lexicon.given_names}
    if doubtful:
        doubtful -= {name.core[0] for name in names if not name.initial or name.kind == "person" or name.title}
    if not doubtful:
        return names
    small = _find_small(text, doubtful)
    words = {
        word
        for word in doubtful
        if (low := word.lower()) in small
        or low in lexicon.verbs
        or low in lexicon.roles
        or "’" in word
        or "'" in word
        or _is_plural(word, lexicon)
    }
    surnames = _find_surnames(names, lexicon)

    def is_word(name: Name) -> bool:
        word = name.core[0]
        if word not in words or not _is_bare(name):
            return False
        if word in surnames and text[name.end : name.end + 1] == ",":
            return False  # Miller, 33, says
        surname = word in surnames or (word in _SURNAMES and word.lower() not in small)
        return not (surname and _acts(text, name, lexicon))

    return [name for name in names if not is_word(name)]


def _acts(text: str, name: Name, lexicon: Lexicon) -> bool:
    """Whether a verb in the past or the third person follows a name: Cook said; not: Cook the rice."""
    found = _SMALL.match(text, name.end + 1) if text[name.end : name.end + 1] in _BLANKS else None
    word = found.group() if found else ""
    form = lexicon.verbs.get(word)
    return lexicon.tags.get(word, "") in ("a", "e") or (form is not None and bool(form.forms & {"past", "third"}))


def _is_plural(word: str, lexicon: Lexicon) -> bool:
    """Whether a word is the plural of one for bodies: unions, banks."""
    return word.endswith("s") and lexicon.organizations.get(word[:-1], ("",))[0] == "keyword"


def _is_bare(name: Name) -> bool:
    return name.kind == "unknown" and len(name.core) == 1 and name.title is None


def _find_small(text: str, words: Iterable[str]) -> set[str]:
    """Find which of some words the text has without a capital too."""
    small = {low for word in words if _SMALL.fullmatch(low := word.lower())}
    if len(small) > _FEW_WORDS:
        return small.intersection(_WORDS.findall(text))
    return {word for word in small if _has_word(text, word)}


def _has_word(text: str, word: str) -> bool:
    at = text.find(word)
    while at >= 0:
        beside = text[at - 1 : at] + text[at + len(word) : at + len(word) + 1]
        if not (beside and _WORDS.search(beside)):
            return True
        at = text.find(word, at + 1)
    return False


def _drop_first_words(text: str, names: list[Name], paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> list[Name]:
    """Drop the first word of a sentence from the name after it: "Generally Lucy left"; and shouted headings."""
    long = [name for name in names if len(name.core) > 1]
    doubtful = [
        name
        for name in long
        if name.initial
        and name.title is None
        and name.core[0].lower() not in lexicon.tags
        and name.core[0] not in lexicon.given_names
    ]
    labels: set[tuple[str, ...]] = set()
    if doubtful:
        labels = {name.core for name in names if _is_label(name, paragraphs)}
        alone = {name.core for name in names if not name.initial or name.title}
        whole = {name.core for name in long if not name.initial}
        doubtful = [
            name
            for name in doubtful
            if name.core not in whole
            and (name.core[1:] in alone or (name.core[1:] in labels and not _is_label(name, paragraphs)))
        ]
    shouted = [
        name for name in long if name.core[0].isupper() and _is_shouted(name, paragraphs[name.paragraph], lexicon)
    ]
    if not doubtful and not shouted:
        return names
    small = _find_small(text, (name.core[0] for name in doubtful)) if doubtful else set()
    changed: dict[int, Name | None] = {id(name): None for name in shouted}
    for name in doubtful:
        word = name.core[0].lower()
        known = name.core[1] in lexicon.given_names or name.core[1:] in labels
        if word in small or (word in lexicon.verbs and known):
            start = text.index(name.core[1], name.core_start + len(name.core[0]))
            kind = "unknown" if len(name.core) == 2 and name.kind == "person" else name.kind
            changed[id(name)] = attrs.evolve(
                name, start=start, core_start=start, core=name.core[1:], kind=kind, initial=False
            )
    kept = [changed.get(id(name), name) for name in names]
    return [name for name in kept if name is not None]


def _is_label(name: Name, paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a name is the label of a turn."""
    paragraph = paragraphs[name.paragraph]
    return paragraph.kind == "turn" and name.start == paragraph.start


def _is_shouted(name: Name, paragraph: Paragraph, lexicon: Lexicon) -> bool:
    """Whether capitals that seem a name are words of a heading: "THE FLIGHT OF SMITH"."""
    if not all(word.isupper() for word in name.core):
        return False
    if name.core[0] == "THE":
        return True  # THE WITNESS: of a transcript
    given = name.core[0].title() in lexicon.given_names
    if paragraph.kind == "turn" and name.start == paragraph.start and given and len(name.core) == 2:
        return False  # ANN MAY
    if any(word.lower() in lexicon.tags for word in name.core[1:]):
        return True
    return paragraph.kind == "heading" and name.title is None and not given and name.kind == "unknown"


class _Runs(dict[str, tuple[_Reading, ...]]):
    """What runs of capitalised words mean: read once, for a text repeats its names, and texts share them."""

    def __init__(self, lexicon: Lexicon, *, initial: bool) -> None:
        super().__init__()
        self._lexicon = lexicon
        self._initial = initial
        """whether they begin a sentence"""

    def __missing__(self, run: str) -> tuple[_Reading, ...]:
        readings = tuple(self._read(run))
        if len(run) <= _LONGEST_KEPT:
            if len(self) >= _MOST_RUNS:
                self.clear()
            self[run] = readings
        return readings

    def _read(self, run: str) -> list[_Reading]:
        words = _SPLIT.split(run)
        at: list[int] = []
        position = 0
        for word in words:
            position = run.index(word, position)
            at.append(position)
            position += len(word)
        readings: list[_Reading] = []
        for i in range(0, len(words), _LONGEST_RUN):
            j = i + _LONGEST_RUN
            readings += _read_pieces(words[i:j], at[i:j], self._lexicon, initial=self._initial or i > 0)
        return readings


@lru_cache(maxsize=16)
def _read_runs(lexicon: Lexicon) -> tuple[_Runs, _Runs]:
    """Return the runs inside a sentence, and those that begin one."""
    return _Runs(lexicon, initial=False), _Runs(lexicon, initial=True)


def _read_pieces(words: list[str], at: list[int], lexicon: Lexicon, *, initial: bool) -> list[_Reading]:
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
    names: list[_Reading] = []
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
            i + 1 == len(words) or stops or i - begin >= _LONGEST_NAME
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
    suffix = i - begin > 1 and words[i].rstrip(".").lower() in _SUFFIXES
    return suffix and (following in lexicon.given_names or following.rstrip(".") in lexicon.titles)


def _begins_sentence(text: str, start: int, floor: int) -> bool:
    """Whether a capital says nothing: a sentence begins there, or a quotation."""
    i = start - 1
    while i >= floor and (text[i].isspace() or text[i] in "\"“‘'«(-–—”’"):
        if text[i] in "“‘«" or (text[i] in "\"'" and (i == floor or text[i - 1].isspace())):
            return True
        i -= 1
    return i < floor or text[i] in ".?!:…"


def _read_words(words: list[str], at: list[int], lexicon: Lexicon, *, initial: bool) -> list[_Reading]:
    """Read the names in capitalised words, which begin `at` these offsets; `initial` says that a sentence does too."""
    if len(words) == 1 and _is_time(words[0], lexicon):
        return [_read_bare(words[0].rstrip("."), at[0], initial=initial)]
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
    if words[-1].endswith(".") and not _keeps_dot(words[-1]):
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
    if last > 1 and words[0].endswith(_COMPOUND_ENDS) and _COMPOUND.match(words[0]):
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
    if initial and words[first + 1 : first + 2] == ["of"] and _is_matter(words[first], lexicon):
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
    split = _title_end(words, lexicon)
    if 0 < split < len(words) - 1 and words[split] == "of":
        # the office goes up to one word after "of"
        longer = words[split + 1] in ("the", "Foreign", "Public", "Social") and split + 3 < len(words)
        split = min(split + (3 if longer else 2), len(words))
        if split < len(words) and len(words) - split < 2 and words[split] not in lexicon.given_names:
            split = len(words)
    surname = _surname_start(words, lexicon) if split == len(words) else None
    return split if surname is None else surname


def _is_time(word: str, lexicon: Lexicon) -> bool:
    """Whether a word for a time may be a surname: Day; not: Monday."""
    low = word.lower().rstrip(".")
    return lexicon.tags.get(low) == "m" and low not in _CALENDAR


def _is_time_surname(words: list[str], first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a word for a time stands right after a first name or an honorific: Ann Day, against Robert Lee Day."""
    before = words[last - 1]
    if last == first or not _is_time(words[last], lexicon):
        return False
    begins = last - 1 == first or words[last - 2].rstrip(".") in lexicon.titles
    given = begins and before in lexicon.given_names and before not in lexicon.places
    return given or _is_honorific(before, lexicon)


def _is_matter(word: str, lexicon: Lexicon) -> bool:
    """Whether a word that begins a sentence is a plural noun for what a name is told of: Shares of, Reports of."""
    return word.endswith("s") and word.lower() in lexicon.verbs and word not in lexicon.organizations


# a word with a small second part before a name: Second-placed Ann Smith, Oscar-winning Bob Jones
_COMPOUND = re.compile(r"[^\W\d_]+(?:-[a-z]+)+$")
_COMPOUND_ENDS = ("ed", "ing", *sorted(words_of("ends of compounds before a name")))


def _person_end(words: list[str], lexicon: Lexicon) -> int | None:
    """Where "of" parts a person's name from what the person is of; None where the name is one."""
    if "of" not in words:
        return None
    cut = words.index("of")
    split = min(_title_end(words[:cut], lexicon), cut)
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


def _keeps_dot(word: str) -> bool:
    return "." in word[:-1] or len(word) == 2 or word.rstrip(".") in ("Jr", "Sr", "Inc", "Corp", "Co", "Ltd")


def _title_end(words: list[str], lexicon: Lexicon) -> int:
    """Where the titles at the head of a run end."""
    split = 0
    count = len(words)
    last = words[words.index("of") - 1] if "of" in words else words[-1]
    body = lexicon.organizations.get(last, ("",))[0] == "keyword" and last not in lexicon.given_names
    if body and count > _PERSON_WORDS and (title := lexicon.titles.get(words[0])) is not None and title.kind == "noble":
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
            and (role := _find_role(words[i], lexicon)) is not None
            and (
                lexicon.organizations.get(words[i], ("",))[0] != "keyword"
                or (i == 0 and role.plural and words[1] in lexicon.given_names)
            )
        ):
            split = max(split, i + 1)
    return split


def _find_role(word: str, lexicon: Lexicon) -> Role | None:
    """Find the role that a word is, or that a compound ends in: Oscar-winner, Then-Senator."""
    role = lexicon.roles.get(word.lower())
    if role is None and "-" in word and (_COMPOUND.match(word) or word.partition("-")[0].lower() in _STATUS):
        role = lexicon.roles.get(word.rpartition("-")[2].lower())
    return role


def _is_particle(words: Sequence[str], i: int, lexicon: Lexicon) -> bool:
    """Whether a title after a first name is a particle of the surname: Connie Del Rosario."""
    return i + 1 < len(words) and words[i].lower() in lexicon.particles and words[i - 1] in lexicon.given_names


def _is_surname(words: Sequence[str], i: int, lexicon: Lexicon) -> bool:
    """Whether a title after a first name is a surname, or begins one: Ann King, Ann St. John."""
    first = words[i - 1]
    if first in lexicon.places or not (
        first in lexicon.given_names or first.partition("-")[0] in lexicon.given_names or _INITIAL.match(first)
    ):
        return False
    return words[i].rstrip(".") in _SAINTS or all(word.rstrip(".").lower() in _SUFFIXES for word in words[i + 1 :])


def _surname_start(words: Sequence[str], lexicon: Lexicon) -> int | None:
    """Where a name begins that ends in a title or role used as a surname: Mr King, Jared Yates Sexton."""
    last = len(words) - 1
    if words[last] not in _SURNAMES or last == 0 or " ".join(words) in lexicon.titles:
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
    if word in lexicon.given_names or _INITIAL.match(word):
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


def _make(
    words: list[str],
    at: list[int],
    stop: int,
    split: int,
    lexicon: Lexicon,
    *,
    initial: bool,
) -> list[_Reading]:
    """Make the reading of words of which those before `split` are a title or an office."""
    whole, prefix, core = " ".join(words), words[:split], words[split:]
    if not core:
        if whole in lexicon.organizations:
            core, prefix, split = words, [], 0
        elif len(words) == 1 and whole not in lexicon.abbreviations:
            return [_read_bare(whole, at[0], initial=initial)]
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
    role = _find_role(prefix[-1], lexicon) if prefix else None
    if prefix and (role is not None or title_kind not in ("honorific", None)):
        office = prefix
        while len(office) > 1 and _is_honorific(office[-1], lexicon):
            office = office[:-1]  # Kuwaiti Prime Minister Sheikh
        if not _is_honorific(office[-1], lexicon):
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
        gender = _gender_of(roles[1:] if title else roles, lexicon)
    seeks = None
    if kind in ("person", "unknown") and (len(core) > 1 or title):
        seeks = "role"
    elif kind == "other" and _is_bearer(core, lexicon):
        kind, seeks = "person" if roles else kind, "role"
    elif kind == "unknown" and not (initial and _is_word(core[0], lexicon)):
        seeks = "apposition" if initial and core[0] not in lexicon.given_names else "role"
    return [
        _Reading(at[0], stop, at[split], tuple(core), kind, title, title_kind, gender, tuple(roles), initial, seeks)
    ]


def _read_bare(word: str, at: int, *, initial: bool) -> _Reading:
    """Read a word that is a name only where the text has it as a surname: King, Day."""
    return _Reading(at, at + len(word), at, (word,), "title", None, None, None, (), initial, None)


def _place(
    text: str, at: int, paragraph: int, reading: _Reading, lexicon: Lexicon, judge: Callable[[Name], bool]
) -> Name:
    """Make the name of a reading: the words before and after it tell the rest."""
    start, stop = at + reading.start, at + reading.end
    kind, gender, roles = reading.kind, reading.gender, reading.roles
    mark = text[stop : stop + 1]
    if reading.seeks or kind == "unknown":
        before = _read_before(text, start)
        if kind == "unknown" and _is_body(text, stop, mark, before, reading, lexicon):
            kind = "organization"
        elif kind == "unknown" and len(reading.core) > 1 and _is_bearer_told(text, stop, mark, before, lexicon):
            kind = "person"
        elif reading.seeks and (found := _find_roles(text, start, stop, mark, before, lexicon)):
            found = _sift_roles(found, reading, lexicon)
            roles += found
            kind = "person" if found else kind
            gender = gender or _gender_of(roles[1:] if reading.title else roles, lexicon)
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


def _sift_roles(found: tuple[str, ...], reading: _Reading, lexicon: Lexicon) -> tuple[str, ...]:
    """Keep the roles beside a name that can be its bearer's."""
    if reading.seeks == "apposition":
        # “Listen, old fellow,” against “Smith, the mayor,” and “Smith, mayor of Oslo,”
        found = tuple(
            role for role in found if " of " in role or lexicon.tags.get(role.split()[0].lower()) in ("d", "#")
        )
    return tuple(role for role in found if not _contradicts(role, reading.core, lexicon))


_Before = tuple[int, int, str]
"""How far back the words before a name are read, where they end, and the last of them."""


def _is_body(text: str, stop: int, mark: str, before: _Before, reading: _Reading, lexicon: Lexicon) -> bool:
    """Whether words beside a name say that it is a body's: the mining giant Acme; Acme, a charity that; Acme, which."""
    if mark == ",":
        if _BODY_APPOSED.match(text, stop, stop + _AFTER_REACH):
            return True
        return reading.initial and text.startswith(", which ", stop)
    floor, end, last = before
    if reading.initial or last not in _BODIES_BEFORE:
        return False
    # the mining giant Acme, against "near the club Smith saw"
    return lexicon.tags.get(_last_word(text[floor : end - len(last)].rstrip(_BLANKS)).lower()) != "d"


_OF = re.compile(r" (?:of|for|to) ")


def _contradicts(role: str, core: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a first name speaks against a word beside it: his daughter, Thomas Smith; Tell your mother, Thomas."""
    given = lexicon.given_names.get(core[0])
    if given not in ("male", "female"):
        return False
    words = _OF.split(role, maxsplit=1)[0].lower().split()  # the lawyer of her brother
    noun = next((lexicon.roles[word] for word in reversed(words) if word in lexicon.roles), None)
    return noun is not None and noun.kind in ("kin", "person") and noun.gender not in (None, given)


def _read_before(text: str, start: int) -> _Before:
    """Read back from a name; without a blank before it there is no last word."""
    floor = max(0, start - _BEFORE_REACH)
    end = start
    while end > floor and text[end - 1] in _BLANKS:
        end -= 1
    return floor, end, text[(text.rfind(" ", floor, end) + 1) or floor : end] if end < start else ""


def _is_bearer(core: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a word for a place may be a surname: the manager Felicity Strand."""
    return len(core) == 2 and core[0] in lexicon.given_names and core[1] in lexicon.organizations


def _is_oblique(text: str, lexicon: Lexicon, name: Name) -> bool:
    """Whether a preposition ends the words before a name, or one with "the"."""
    if text[name.start - 1 : name.start] == "(" and text[max(0, name.start - 3) : name.start - 2].isalnum():
        return True  # Smith (Bob Jones) left
    floor, end, last = _read_before(text, name.start)
    if last and not last.isalnum():
        if last.endswith(","):
            return _last_word(last[:-1]) in lexicon.roles and _APPOSED.search(text, floor, end) is not None
        last = _last_word(last)
    if last == "to" and text.startswith("ccording to ", end - len("ccording to")):
        return False
    if last != "the":
        return last.lower() in _PREPOSITIONS
    before = text[floor : end - 3]
    bare = before.rstrip(_BLANKS)
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


def _gender_of(roles: Iterable[str], lexicon: Lexicon) -> str | None:
    """The gender that the last role noun of a description tells, of the first description that tells one."""
    for phrase in roles:
        role = next((lexicon.roles[word] for word in reversed(phrase.lower().split()) if word in lexicon.roles), None)
        if role is not None and role.gender:
            return role.gender
    return None


def _is_word(word: str, lexicon: Lexicon) -> bool:
    """Whether a word that begins a sentence may be an ordinary one: "Reacting, the minister"."""
    low = word.lower()
    return low in lexicon.verbs or low in lexicon.tags or low.endswith("ing")


def _is_honorific(word: str, lexicon: Lexicon) -> bool:
    title = lexicon.titles.get(word.rstrip("."))
    return title is not None and title.kind in ("honorific", "noble")


def _classify(core: list[str], bare: str, title_kind: str | None, lexicon: Lexicon, *, titled: bool) -> str:
    known = lexicon.organizations.get(bare)
    if known is not None and known[0] in ("metonym", "agency", "body"):
        return "organization"
    if title_kind is not None:
        return "person"
    if len(core) > _PERSON_WORDS and core[-1].rstrip(".").lower() in ("jr", "sr"):
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


# an apposition that can be of the name after it
_OWNED = re.compile(rf"(?:{'|'.join(sorted(words_of('third-person possessives')))})\b")
_NEXT_NAME = re.compile(rf",{_GAP}[{_UPPER}]\w+{_GAP}[{_UPPER}]")
# The bank's chief executive is Ann Smith
_TOLD_OF = re.compile(
    rf"(?:^|[.;,“”\n]{_GAP}|[.;,“”\n])(?P<role>(?:(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir)"
    rf"|[{_UPPER}][\w.-]*(?:{_GAP}[{_UPPER}][\w.-]*){{0,3}}['’]s?){_GAP}[^,.;:()“”\"\n]{{3,60}}?){_GAP}(?:is|was){_GAP}$"
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
        found = _COPULA.match(text, stop, stop + _AFTER_REACH) if mark in _BLANKS else None
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
        before = text[floor:start].rstrip(_BLANKS).removesuffix(",")
        # back to the determiner, or to the last word that cannot belong to the phrase
        window = re.split(r"[.;:,(“”\"]", before)[-1]
        keep: list[str] = []
        for part in reversed(window.split()[-7:]):
            tag = lexicon.tags.get(part.lower())
            if (tag is not None and tag not in "dfr#") or _is_cue(part, lexicon):
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


def _is_cue(word: str, lexicon: Lexicon) -> bool:
    """Whether a word can only be a finite verb of speech: said coach Ann Smith."""
    form = lexicon.verbs.get(word)
    return form is not None and not form.noun and form.cue is not None and bool(form.forms & {"past", "third"})


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
