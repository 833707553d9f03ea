"""Names corrected by the other names and words of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

import attrs

from quoteattr.lexicon import Lexicon, words_of
from quoteattr.mentions.roles import BLANKS, read_before
from quoteattr.mentions.runs import LONGEST_NAME
from quoteattr.mentions.words import INITIAL, SURNAMES, UPPER, is_cue, is_present_cue
from quoteattr.values import Name, Paragraph

# no particle has more letters
_LONGEST_PARTICLE = 12
# a name of so many words may be a headline
_HEADLINE = 4
# what a firm of several names ends in
_PARTNERSHIPS = words_of("forms of partnerships")
_DETERMINED = re.compile(r"\b(?:the|an?|this|that|my|your|his|her|its|our|their)[ \xa0\n]$", re.IGNORECASE)
_SMALL = re.compile(r"[a-zà-ÿ]{2,}")
_WORDS = re.compile(r"\w+")
# so many words are looked for one by one
_FEW_WORDS = 30


def particle_start(text: str, start: int, floor: int, lexicon: Lexicon) -> int:
    """Where the particle begins that a hyphen ties to a run: al-Sadr."""
    begin = start - 1
    while begin > floor and start - begin < _LONGEST_PARTICLE and (text[begin - 1].isalnum() or text[begin - 1] == "_"):
        begin -= 1
    return begin if text[begin : start - 1] in lexicon.particles else start


# a nickname in marks inside a name: Ann “Skip” Smith
_NICKNAME = re.compile(r"[ \xa0](?:[“\"][^“”\"\n.?!]{1,30}[”\"]|[‘'][^‘’'\n.?!]{1,30}[’']|\([^()\s]{1,20}\))[ \xa0]$")
_LONGEST_NICKNAME = 36
_NICKNAME_ENDS = frozenset("”\"’')")


def join_nicknames(text: str, names: list[Name], lexicon: Lexicon) -> list[Name]:
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
_OFFICE_HOLDER = re.compile(rf"(?:[{UPPER}][\w.-]*[ \xa0]){{0,3}}(?P<title>[{UPPER}][a-z]+)['’]s[ \xa0]$")
_LONGEST_HOLDER = 60


def join_bodies(text: str, names: list[Name], lexicon: Lexicon) -> list[Name]:
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


def begin_after_cues(text: str, names: list[Name], lexicon: Lexicon) -> list[Name]:
    """Begin names after a cue that begins the sentence: "Said Ann Lee: “We won.”"; not where Said Lee comes again."""
    found = [
        i
        for i, name in enumerate(names)
        if name.initial
        and text.startswith(":", name.end)
        and len(name.core) > 1
        and is_cue(name.core[0].lower(), lexicon)
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


def end_at_verbs(text: str, names: list[Name], lexicon: Lexicon) -> list[Name]:
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
    return next((i for i, word in enumerate(core) if i and is_present_cue(word.lower(), lexicon)), 0)


def part_headlines(text: str, names: list[Name], lexicon: Lexicon) -> list[Name]:
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


def keep_surnames(text: str, names: list[Name], lexicon: Lexicon) -> list[Name]:
    """Keep a bare title where it is a surname: Stephen King, then King, but not the King."""
    if not any(name.kind == "title" for name in names):
        return names
    surnames = _find_surnames(names, lexicon)
    surnames |= SURNAMES & {
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


def keep_persons(text: str, names: list[Name], lexicon: Lexicon) -> list[Name]:
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


def _is_alone(text: str, name: Name, known: dict[str, bool], lexicon: Lexicon) -> bool:
    """Whether a title or role that is a surname too does something without an article: King said, of no king."""
    word = name.core[0]
    if word not in SURNAMES or not (_acts(text, name, lexicon) or _is_told(text, name, lexicon)):
        return False
    if word not in known:
        known[word] = not _has_word(text, word.lower())
    return known[word]


def _is_told(text: str, name: Name, lexicon: Lexicon) -> bool:
    """Whether a verb of speech stands before a name: “…,” said King."""
    return is_cue(read_before(text, name.start)[2], lexicon)


def _find_surnames(names: Iterable[Name], lexicon: Lexicon) -> set[str]:
    """Find the surnames that stand after a first name: Ann Hill, against the Tampa Coach."""
    return {
        name.core[-1]
        for name in names
        if len(name.core) > 1
        and name.kind == "person"
        and (name.core[0] in lexicon.given_names or INITIAL.match(name.core[0]))
        and name.core[0] not in lexicon.places
    }


def name_families(text: str, names: list[Name], lexicon: Lexicon) -> list[Name]:
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
    return surnames and _FIRM.search(text, max(0, one.start - LONGEST_NAME), one.start) is not None


def _is_partner(name: Name, lexicon: Lexicon) -> bool:
    """Whether a firm may be called by a name: Smith; not: Lawyers."""
    role = lexicon.roles.get(name.core[0].lower())
    surname = len(name.core) == 1 and not name.title and name.kind in ("unknown", "organization")
    return surname and (role is None or not role.plural)


# before the name of a firm
_FIRM = re.compile(rf"(?i:{'|'.join(sorted(words_of('nouns before the name of a firm')))})[ \xa0]$")


def share_surnames(text: str, names: list[Name], lexicon: Lexicon) -> list[Name]:
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


def drop_words(text: str, names: list[Name], paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> list[Name]:
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
        surname = word in surnames or (word in SURNAMES and word.lower() not in small)
        return not (surname and _acts(text, name, lexicon))

    return [name for name in names if not is_word(name)]


def _acts(text: str, name: Name, lexicon: Lexicon) -> bool:
    """Whether a verb in the past or the third person follows a name: Cook said; not: Cook the rice."""
    found = _SMALL.match(text, name.end + 1) if text[name.end : name.end + 1] in BLANKS else None
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
