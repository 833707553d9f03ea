"""The values that travel from stage to stage and never reach the caller.

They are frozen, or written once by the stage that makes them.  A stage imports these and never
another stage.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence, Set
from typing import Literal, NamedTuple, Protocol

import attrs

from quoteattr.lexicon import VerbForm

DOUBLE, SINGLE, ANGLE = "double", "single", "angle"
ANGLE_SINGLE, CORNER, CORNER_DOUBLE = "angle-single", "corner", "corner-double"
DASH = "dash"

ParagraphKind = Literal["body", "heading", "turn", "credit"]


@attrs.frozen
class Paragraph:
    """A block of text: half-open offsets, its kind, the document it is in, a turn's label."""

    start: int
    end: int
    kind: ParagraphKind
    document: int
    label: tuple[int, int] | None = None


class Mark(NamedTuple):
    """One quotation mark: half-open offsets, family, and the sides it may stand on."""

    start: int
    end: int
    family: str
    shape: str
    opens: bool
    closes: bool
    weak: bool
    """True of a single mark that may as well be an apostrophe."""
    curly: bool = False


@attrs.frozen
class Stretch:
    """One quoted stretch.

    `pieces` are the words without marks, one piece for each paragraph; `outer` the same pieces
    with their marks.  `parent` is the number of the stretch that this one stands inside.
    """

    number: int
    pieces: tuple[tuple[int, int], ...]
    outer: tuple[tuple[int, int], ...]
    paragraphs: tuple[int, ...]
    parent: int | None
    family: str
    closed: bool


class Piece(NamedTuple):
    """One piece of a quoted stretch in its paragraph: with its marks, and the words within them."""

    start: int
    end: int
    number: int
    """of the stretch"""
    words: tuple[int, int]


@attrs.frozen(eq=False)
class Evidence:
    """What a parsed Doc says about a text, by character offset; every column is empty without one.

    The codes are explained in `quoteattr.evidence`.
    """

    starts: Mapping[int, int] = {}
    """offset → the Doc's token that begins there"""
    ends: Mapping[int, int] = {}
    tags: str = ""
    heads: Sequence[int] = ()
    roles: str = ""
    edges: Sequence[tuple[int, int]] = ()
    """the first and last token of what depends on a token"""
    subjects: Mapping[int, int] = {}
    """verb → its subject"""
    children: Mapping[int, Sequence[int]] = {}
    """token → its dependents whose role has a code"""
    begin: Sequence[int] = ()
    """the offsets of each token"""
    end: Sequence[int] = ()
    sentences: Set[int] = frozenset()
    """the offsets where sentences begin"""
    entities: Mapping[tuple[int, int], str] = {}
    """the kinds of stretches that are named entities: person, organization"""
    clusters: Sequence[Sequence[tuple[int, int]]] | None = None
    """the stretches that mean one thing, if the Doc's clusters are to be used"""

    def token(self, start: int, end: int) -> int:
        """Return the Doc's token for some characters, the last one where there are several; -1 for none."""
        at = self.ends.get(end, -1)
        return at if at >= 0 and start in self.starts else -1

    def tag(self, start: int, end: int) -> str:
        """Return the tag of some characters, "O" or "M" for a noun or modifier in the parse; "." for no opinion.

        Where the parse contradicts the tag there is none.
        """
        at = self.token(start, end) if self.tags else -1
        if at < 0:
            return "."
        tag = self.tags[at]
        if not self.roles:
            return tag
        role = self.roles[at]
        if tag == "n":
            verbal = at in self.subjects or self.heads[at] == at or bool(self.kids(at, "o"))
            return "." if verbal else "O" if role in "nos" else tag
        if tag == "v":
            return "." if role in "no" and at not in self.subjects else tag
        return "M" if tag == "u" and role == "d" and self.heads[at] > at else tag

    def kids(self, at: int, roles: str) -> list[int]:
        """Return the dependents of a token that have one of some roles."""
        return [i for i in self.children.get(at, ()) if self.roles[i] in roles]

    def subject(self, verb: int) -> int:
        """Return the subject of a verb, its own or the one that it shares; -1 for none."""
        for _ in range(_LONGEST_CHAIN):
            found = self.subjects.get(verb, -1)
            if found >= 0:
                return found
            role, head = self.roles[verb], self.heads[verb]
            if head == verb:
                return -1
            if role == "l":
                return head  # "protesters saying"
            if role == "x" and self.tags[verb : verb + 1] != "g":
                objects = self.kids(head, "o")
                if objects and objects[0] < verb:
                    return objects[0]
            if role == "a" and self.tags[verb : verb + 1] == "v":
                return -1  # "said it once he knew": a finite verb in a clause of its own
            if role in "jxa":
                verb = head
            elif role == "m" and self.roles[head] in "ia":
                verb = self.heads[head]
            else:
                return -1
        return -1

    def complement(self, verb: int) -> tuple[int, int, bool] | None:
        """Return the clause after a verb that is its complement: first token, head, and whether it is finite."""
        for i in self.kids(verb, "c"):
            first = self.edges[i][0]
            if first <= verb:
                continue
            subject = self.subjects.get(i, -1)
            if subject >= 0:
                between = self.tags[min(subject, i) : max(subject, i) + 1] or "v"
                return first, i, "v" in between or "a" in between
            predicate = self.tags[i : i + 1] not in ("b", "g", "u")  # it may be a noun, above its verb "was"
            finite = "a" in self.tags[first:i] or (predicate and "v" in self.tags[first : i + 1])
            # its subject, taken for the verb's own: an object, or before a finite verb a clause ("said winning it was")
            own = self.kids(verb, "oxa" if finite else "o")
            taken = [o for o in own if verb < o < first and self.edges[o][1] + 1 == first]
            if taken and self.roles[taken[-1]] != "o":
                return self.edges[taken[-1]][0], i, True
            objects = [o for o in own if verb < o < first and self.roles[o] == "o"]
            return (self.edges[objects[-1]][0] if objects else first), i, False
        return None

    def role_of(self, offset: int, verb: int) -> str:
        """Return the role of the dependent of a verb that the word at an offset belongs to; "" for none."""
        at = bisect_left(self.begin, offset)
        return next(
            (self.roles[i] for i in self.children.get(verb, ()) if self.edges[i][0] <= at <= self.edges[i][1]), ""
        )

    def follows_clause(self, verb: int) -> bool:
        """Whether a verb stands after a whole clause that it reports: "prices would rise, Smith said"."""
        clauses = [i for i in self.kids(verb, "c") if i < verb]
        if self.roles[verb : verb + 1] == "q" and self.heads[verb] < verb:
            clauses.append(self.heads[verb])
        return any(i in self.subjects for i in clauses)

    def does_something(self, end: int) -> bool:
        """Whether the word that ends at an offset is a subject; without a parse it may be."""
        at = self.ends.get(end, -1)
        return not self.roles or (at >= 0 and self.roles[at] in "sj")

    def has_object(self, verb: int, offset: int) -> bool:
        """Whether a verb has an object that begins at an offset, and no clause."""
        if self.kids(verb, "cxq"):
            return False
        return any(self.begin[self.edges[i][0]] == offset for i in self.kids(verb, "o"))

    def is_reduced(self, verb: int) -> bool:
        """Whether a participle stands for a relative clause: "the plan announced on Monday"."""
        return self.roles[verb : verb + 1] == "l" and self.tags[verb : verb + 1] == "u" and verb not in self.subjects


# a chain of verbs that share a subject is no longer
_LONGEST_CHAIN = 6

NO_EVIDENCE = Evidence()


@attrs.define(eq=False)
class Tokens:
    """The tokens of one passage, as columns of equal length."""

    raw: Sequence[str]
    """as written"""
    word: Sequence[str]
    """lower-cased"""
    stops: Sequence[bool]
    """whether a sentence may end with it"""
    tags: list[str]
    stretch: list[int]
    """number of the quoted stretch, or -1"""
    quoted: dict[int, tuple[int, int]]
    """the words within the marks, for the tokens that are stretches"""
    verbs: dict[int, VerbForm]
    """the verb's row, for the tokens that are one"""
    _locate: Callable[[], tuple[list[int], list[int]]]
    evidence: Evidence = NO_EVIDENCE
    title_case: bool = False
    """whether the paragraph is written Like a Headline"""
    _offsets: tuple[list[int], list[int]] | None = None

    @property
    def start(self) -> list[int]:
        """Return where each token begins, found when a rule first asks."""
        if self._offsets is None:
            self._offsets = self._locate()
        return self._offsets[0]

    @property
    def end(self) -> list[int]:
        """Return where each token ends."""
        if self._offsets is None:
            self._offsets = self._locate()
        return self._offsets[1]


@attrs.define(eq=False)
class Sentence:
    """One reporting sentence as chunks.

    `codes[i]` is the code of chunk i, which covers the tokens `first[i]:last[i]`.
    """

    codes: str
    first: tuple[int, ...]
    last: tuple[int, ...]
    tokens: Tokens

    def span(self, chunk: int) -> tuple[int, int]:
        """Return the offsets of one chunk."""
        return self.tokens.start[self.first[chunk]], self.tokens.end[self.last[chunk] - 1]


class Reader(Protocol):
    """Who reads the passages of one paragraph, step by step, as far as rules ask."""

    def holds(self, passage: Passage, words: frozenset[str]) -> bool:
        """Whether one of some words stands outside the quotations."""

    def find(self, passage: Passage) -> Tokens:
        """Find the tokens, outside the quotations."""

    def tag(self, tokens: Tokens) -> None:
        """Tag them."""

    def part(self, tokens: Tokens) -> list[Sentence]:
        """Part them into sentences, and those into chunks."""


@attrs.define(eq=False)
class Passage:
    """A part of a paragraph that ends at a sure stop: one sentence or more, read when a rule looks at it."""

    start: int
    end: int
    quoted: Sequence[Piece]
    """the quoted stretches that stand in it"""
    _reader: Reader
    _found: Tokens | None = None
    _tagged: Tokens | None = None
    _sentences: list[Sentence] | None = None

    def holds(self, words: frozenset[str]) -> bool:
        """Whether one of some words, lower-cased, stands outside its quotations; it need not be read for that."""
        if self._found is not None:
            return not words.isdisjoint(self._found.word)
        return self._reader.holds(self, words)

    @property
    def words(self) -> Sequence[str]:
        """Return the words outside its quotations, lower-cased."""
        if self._found is None:
            self._found = self._reader.find(self)
        return self._found.word

    @property
    def tokens(self) -> Tokens:
        """Return its tokens with their tags."""
        if self._tagged is None:
            self._found = self._tagged = self._found or self._reader.find(self)
            self._reader.tag(self._tagged)
        return self._tagged

    @property
    def sentences(self) -> list[Sentence]:
        """Return its sentences."""
        if self._sentences is None:
            self._sentences = self._reader.part(self.tokens)
        return self._sentences


@attrs.frozen
class Phrase:
    """The words that name somebody: offsets and a code, `N` name, `n` nominal, `p` pronoun, `w` relative."""

    start: int
    end: int
    code: str
    antecedent: tuple[int, int] | None = None
    """of a relative pronoun: the phrase it stands for"""
    joint: bool = False


@attrs.frozen
class Report:
    """One reporting act as the sentence shows it, before anybody is resolved.

    `stretches` are the numbers of its quoted stretches; `follows` says that the source is the one
    of the report before ("before"), after ("after"), or of the turn before the last ("alternate").
    """

    stretches: tuple[int, ...]
    kind: str
    rule: str
    source: Phrase | None = None
    cue: tuple[int, int] | None = None
    addressee: Phrase | None = None
    clause: tuple[tuple[int, int], ...] = ()
    follows: str | None = None
    paragraph: int = 0
    start: int = 0
    sentence: int = 0
    alone: bool = False
    """whether its sentence is nothing but quoted words; of words without a cue, whether it begins with them"""
    leads: bool = False
    """whether its cue stands before the words"""
    beside: bool = False
    """whether its words begin right after other quoted words, as those of whoever answers do"""
    opponent: Phrase | None = None
    """who denies it, and so has not said it: Smith rejected his claim"""


@attrs.define(eq=False)
class Name:
    """A proper name somewhere in the text, with what stands attached to it.

    `start:end` covers the title; `core` is the name without it.
    """

    start: int
    end: int
    core_start: int
    core: tuple[str, ...]
    kind: str
    """person, organization, place, group, other, or unknown"""
    title: str | None
    title_kind: str | None
    gender: str | None
    roles: tuple[str, ...]
    paragraph: int
    initial: bool
    """whether it begins a sentence"""
    possessive: bool
    _judge: Callable[[Name], bool]
    _oblique: bool | None = None

    @property
    def oblique(self) -> bool:
        """Whether a preposition stands before it, read when a rule first asks."""
        if self._oblique is None:
            self._oblique = self._judge(self)
        return self._oblique
