"""Words as data: tables with a header, read and checked once.

Every table is a `*.tsv` beside this file; `SOURCES.md` says where each comes from.  A `Lexicon` is
the tables together with what a `Config` adds, turned round so that a form found in a text leads to
its row in one look-up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files

import attrs

from quoteattr.errors import LexiconError
from quoteattr.model import Config

COLUMNS: dict[str, tuple[str, ...]] = {
    "abbreviations": ("abbreviation", "comment"),
    "confidence": ("rule", "decisions", "right", "precision"),
    "cue_nouns": ("noun", "frames", "comment"),
    "cues": ("lemma", "frames", "class", "forms", "particles", "use"),
    "elisions": ("elision", "case", "comment"),
    "function_words": ("word", "tag", "comment"),
    "general_roles": ("noun", "classes", "comment"),
    "given_names": ("name", "gender"),
    "organizations": ("name", "kind", "country", "comment"),
    "particles": ("particle", "comment"),
    "places": ("place", "demonyms", "kind", "country", "comment", "full"),
    "roles": ("noun", "class", "gender", "number", "comment"),
    "titles": ("title", "class", "gender", "comment", "noun"),
    "turns": ("evidence", "rule", "weight", "comment"),
    "verbs": ("lemma", "forms", "noun"),
    "word_groups": ("group", "words", "comment"),
}
"""Every table and the header it must have."""

# classes of offices of which one person has one
HIGH_OFFICES = frozenset({"governor", "head-of-government", "head-of-state", "mayor", "minister"})
FRAMES = frozenset({"clause", "addressee", "quote", "object", "naming", "as", "of", "infinitive", "act"})
"""What a cue may stand with.  "infinitive": it may hold the words; "act": it is what was said."""
USES = ("", "response", "verb")
"""What a cue is besides: an answer to something, so that its negation reports nothing; a form that is never a noun."""
FEWEST = 30
"""A rule with fewer measured decisions takes the figure of its family."""

_VOWELS = frozenset("aeiou")
_ELIDED_DECADE = re.compile(r"\d\d?0?s?\b(?!['’])")
_WORD = re.compile(r"[^\W\d_]+")


@attrs.frozen
class CueRow:
    """A verb that reports speech: its frames and its class."""

    lemma: str
    frames: frozenset[str]
    kind: str
    particles: frozenset[str]
    response: bool = False
    """whether it answers something, so that its negation reports nothing"""
    verbal: bool = False
    """whether its forms are never nouns ("say", "insist")"""


@attrs.frozen
class VerbForm:
    """What a form may be: the lemma, the forms it stands for, the cue's row if it is one."""

    lemma: str
    forms: frozenset[str]
    cue: CueRow | None
    noun: bool


@attrs.frozen
class Title:
    """A word that stands before a name."""

    text: str
    kind: str
    gender: str | None
    noun: str = ""
    """the role noun that it is short for: Sen, senator"""


@attrs.frozen
class Role:
    """A head noun that describes a person or a group."""

    noun: str
    kind: str
    gender: str | None
    plural: bool


@attrs.frozen
class Place:
    """A place and the country it stands for."""

    name: str
    kind: str
    country: str


def read_table(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one table, checked: header, number of columns, order, no duplicates.

    >>> next(read_table("particles"))["particle"]
    'abu'
    """
    lines = files(__package__).joinpath(f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    header = COLUMNS[name]
    if tuple(lines[0].split("\t")) != header:
        raise LexiconError(name, 1, f"the header is {lines[0]!r}, expected {header}")
    before = ""
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) > len(header):
            raise LexiconError(name, number, f"{len(cells)} cells for {len(header)} columns")
        cells += [""] * (len(header) - len(cells))
        if cells[0] <= before:
            raise LexiconError(name, number, f"{cells[0]!r} is not after {before!r}: sorted, each once")
        before = cells[0]
        yield dict(zip(header, cells, strict=True))


@cache
def _read_groups() -> dict[str, frozenset[str]]:
    return {row["group"]: frozenset(row["words"].split("|")) for row in read_table("word_groups")}


def words_of(group: str) -> frozenset[str]:
    """Return the words of one row of `word_groups`; KeyError for a group that has no row.

    >>> sorted(words_of("titles of one bearer"))
    ['Miss', 'Mrs']
    """
    return _read_groups()[group]


# how the name of a decision ends where speakers take turns: there the same rule is less often right
IN_CONVERSATION = " > conversation"


def name_rows(rule: str) -> tuple[str, ...]:
    """Name the rows of `confidence` that speak for a rule: itself, then what is ever less like it.

    >>> for row in name_rows("tail.verb-subject > name.full"):
    ...     print(row)
    tail.verb-subject > name.full
    tail.* > name.*
    tail.verb-subject > *
    tail.* > *
    * > name.full
    * > name.*
    *
    >>> name_rows("float.next")
    ('float.next', 'float.*', '*')

    In a conversation only the rows of conversations speak, and at last the one of all rules together:

    >>> name_rows("lead.cue > name.full > conversation")[-2:]
    ('* > conversation', '*')
    """
    plain = rule.removesuffix(IN_CONVERSATION)
    if plain != rule:
        return (*(row + IN_CONVERSATION for row in name_rows(plain)), "*")
    first, _, second = rule.partition(" > ")
    family = f"{first.partition('.')[0]}.*"
    if not second:
        return rule, family, "*"
    other = f"{second.partition('.')[0]}.*"
    return rule, f"{family} > {other}", f"{first} > *", f"{family} > *", f"* > {second}", f"* > {other}", "*"


def read_confidence(rows: Iterable[Mapping[str, str]]) -> dict[str, float]:
    """Return the measured precision of every rule and family of `confidence`, checked.

    >>> read_confidence([{"rule": "*", "decisions": "40", "right": "30", "precision": "0.750"}])
    {'*': 0.75}
    """
    found: dict[str, float] = {}
    for number, row in enumerate(rows, start=2):
        rule, counts = row["rule"], (row["decisions"], row["right"])
        if not all(count.isdecimal() for count in counts):
            raise LexiconError("confidence", number, f"{rule}: decisions and right are whole numbers")
        decisions, right = map(int, counts)
        if not max(right, 1 if rule == "*" else FEWEST) <= decisions:
            raise LexiconError("confidence", number, f"{rule}: {right} right of {decisions} decisions")
        if row["precision"] != f"{right / decisions:.3f}":
            raise LexiconError("confidence", number, f"{rule}: the precision is {right / decisions:.3f}")
        found[rule] = float(row["precision"])
    if "*" not in found:
        raise LexiconError("confidence", 1, "no row * for all rules together")
    return found


def inflect(lemma: str, forms: str = "") -> dict[str, str]:
    """Return the past, participle, third person and -ing form of a verb.

    `forms` gives the irregular ones, "past/participle/third/ing", blank where regular.

    >>> inflect("reply")
    {'past': 'replied', 'participle': 'replied', 'third': 'replies', 'ing': 'replying'}
    >>> inflect("say", "said/said")["past"]
    'said'
    """
    given = [*forms.split("/"), "", "", "", ""][:4]
    stem = lemma.removesuffix("e")
    consonant_y = lemma.endswith("y") and lemma[-2:-1] not in _VOWELS
    past = lemma[:-1] + "ied" if consonant_y else stem + "ed"
    third = (
        lemma[:-1] + "ies"
        if consonant_y
        else lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    )
    ing = (lemma if lemma.endswith(("ee", "oe", "ye")) else stem) + "ing"
    return {
        "past": given[0] or past,
        "participle": given[1] or given[0] or past,
        "third": given[2] or third,
        "ing": given[3] or ing,
    }


class Lexicon:
    """All tables, by the forms a text shows, with what a `Config` adds."""

    def __init__(self, config: Config) -> None:
        self.tags: dict[str, str] = {}
        for row in read_table("function_words"):
            self.tags[row["word"]] = row["tag"]
        self.verbs: dict[str, VerbForm] = {}
        self._add_verbs(config)
        self.cue_nouns = {row["noun"]: frozenset(row["frames"].split(",")) for row in read_table("cue_nouns")}
        for noun, frames in [*self.cue_nouns.items()]:
            if "that" in frames and "document" not in frames:
                self.cue_nouns.setdefault(_pluralise(noun), frames)  # allegations that; but letters are things
        self.titles: dict[str, Title] = {}
        for row in read_table("titles"):
            self.titles[row["title"]] = Title(row["title"], row["class"], row["gender"] or None, row["noun"])
        for title in config.titles:
            self.titles[title] = Title(title, "office", None)
        self.longest_title = max(title.count(" ") + 1 for title in self.titles)
        self.roles: dict[str, Role] = {}
        for row in read_table("roles"):
            role = Role(row["noun"], row["class"], row["gender"] or None, row["number"] == "plural")
            self.roles.setdefault(row["noun"], role)
            if not role.plural:
                self.roles.setdefault(_pluralise(row["noun"]), attrs.evolve(role, plural=True))
        self.places: dict[str, Place] = {}
        self.demonyms: dict[str, str] = {}
        for row in read_table("places"):
            self.places[row["place"]] = Place(row["full"] or row["place"], row["kind"], row["country"] or row["place"])
            for demonym in row["demonyms"].split("|") if row["demonyms"] else ():
                if row["kind"] in ("country", "region", "continent", "state", "city", "capital"):
                    self.demonyms.setdefault(demonym, row["country"] or row["place"])
        self.organizations = {row["name"]: (row["kind"], row["country"]) for row in read_table("organizations")}
        self.given_names = {row["name"]: row["gender"] for row in read_table("given_names")}
        self.particles = frozenset(row["particle"] for row in read_table("particles"))
        abbreviations = {row["abbreviation"] for row in read_table("abbreviations")}
        for short in abbreviations & self.titles.keys():
            self.titles.setdefault(short.upper(), self.titles[short])  # MR. SMITH
        self.abbreviations = frozenset(abbreviations | {short.upper() for short in abbreviations & self.titles.keys()})
        self.confidence = read_confidence(read_table("confidence"))
        self._elisions = {row["elision"]: row["case"] for row in read_table("elisions")}

    def _add_verbs(self, config: Config) -> None:
        found: dict[str, list[tuple[str, str, CueRow | None, bool]]] = {}

        def add(lemma: str, forms: str, cue: CueRow | None, noun: bool) -> None:
            found.setdefault(lemma, []).append((lemma, "base", cue, noun))
            for form, word in inflect(lemma, forms).items():
                for variant in word.split("|"):
                    found.setdefault(variant, []).append((lemma, form, cue, noun))

        for row in read_table("cues"):
            frames = frozenset(row["frames"].split(","))
            if unknown := frames - FRAMES:
                raise LexiconError("cues", 0, f"{row['lemma']}: unknown frame {', '.join(unknown)}")
            if row["use"] not in USES:
                raise LexiconError("cues", 0, f"{row['lemma']}: unknown use {row['use']}")
            particles = frozenset(row["particles"].split("|") if row["particles"] else ())
            cue = CueRow(row["lemma"], frames, row["class"], particles, row["use"] == "response", row["use"] == "verb")
            add(row["lemma"], row["forms"], cue, False)
        for lemma in config.cues:
            add(lemma, "", CueRow(lemma, frozenset({"clause", "quote"}), "speech", frozenset()), False)
        cues = {lemma for rows in found.values() for lemma, _, cue, _ in rows if cue}
        for row in read_table("verbs"):
            if row["lemma"] not in cues:
                add(row["lemma"], row["forms"], None, row["noun"] == "yes")
        for word, rows in found.items():
            rows.sort(key=lambda row: row[2] is None)
            lemma, _, best, noun = rows[0]
            forms = frozenset(form for _, form, one, _ in rows if (one is None) == (best is None))
            self.verbs[word] = VerbForm(lemma, forms, best, noun)

    def elision(self, text: str, start: int, end: int) -> bool:
        """Whether a word at `start`, after an apostrophe, is one that has lost its head."""
        char = text[start : start + 1]
        if char.isdigit():
            return text[start + 2 : start + 3] in ("s", "") or _ELIDED_DECADE.match(text, start, end) is not None
        word = _WORD.match(text, start, end)
        if word is None:
            return False
        case = self._elisions.get(word.group().lower())
        return case == "either" or (case == "lower" and word.group().islower())


def _pluralise(noun: str) -> str:
    if noun.endswith("man") and noun not in ("human", "shaman", "roman", "german"):
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "sh", "ch", "x", "z")) else "s")


@lru_cache(maxsize=16)
def load_lexicon(config: Config) -> Lexicon:
    """Return the lexicon for a config; built once for each."""
    return Lexicon(config)
