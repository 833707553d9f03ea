"""The values that travel from stage to stage and never reach the caller.

They are frozen, or written once by the stage that makes them.  A stage imports these and never
another stage.
"""

from __future__ import annotations

from typing import Literal

import attrs

from quoteattr.lexicon import VerbForm

DOUBLE, SINGLE, ANGLE = "double", "single", "angle"
ANGLE_SINGLE, CORNER, CORNER_DOUBLE = "angle-single", "corner", "corner-double"

ParagraphKind = Literal["body", "heading", "turn"]


@attrs.frozen
class Paragraph:
    """A block of text: half-open offsets, its kind, the document it is in, a turn's label."""

    start: int
    end: int
    kind: ParagraphKind
    document: int
    label: tuple[int, int] | None = None


@attrs.frozen
class Mark:
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


@attrs.define
class Tokens:
    """The tokens of one paragraph, as columns of equal length."""

    start: list[int]
    end: list[int]
    word: list[str]
    """lower-cased"""
    tags: list[str]
    stretch: list[int]
    """number of the quoted stretch, or -1"""
    verbs: dict[int, VerbForm]
    """the verb's row, for the tokens that are one"""
    bounds: list[tuple[int, int]]
    """token ranges of the sentences"""
    title_case: bool = False
    """whether the paragraph is written Like a Headline"""


@attrs.frozen
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
    last_sentence: int = 0
    alone: bool = False
    """whether its sentence is nothing but quoted words"""
    leads: bool = False
    """whether its cue stands before the words"""


@attrs.frozen
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
    oblique: bool
    """whether a preposition stands before it"""
