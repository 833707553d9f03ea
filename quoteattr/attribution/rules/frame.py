"""What a rule may look at, and what it answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import attrs

from quoteattr.attribution.shapes import (
    Source,
    find_inverted,
    find_source,
)
from quoteattr.lexicon import CueRow, Lexicon
from quoteattr.values import Passage, Sentence

REPORTING = frozenset({"clause", "addressee"})
SPOKEN = frozenset({"clause", "addressee", "quote", "naming"})


@attrs.define(eq=False)
class Cue:
    """A reporting verb in a sentence: its chunk, its row, where its words end, its source."""

    chunk: int
    row: CueRow
    last: int
    """chunk after the cue and its particle"""
    _subjects: Subjects | None = None
    _source: Source | None = None

    @property
    def source(self) -> Source | None:
        """Return its source, found when a rule first asks."""
        if self._subjects is not None:
            self._source, self._subjects = self._subjects.find(self.chunk), None
        return self._source


@attrs.define(eq=False)
class Subjects:
    """The subjects of the reporting verbs of a sentence, found one after the other, as far as one is asked for."""

    sentence: Sentence
    lexicon: Lexicon
    waiting: list[tuple[int, CueRow, int]] = attrs.field(factory=list)
    """of the verbs whose subject nobody has asked for: the chunk, the row, where the words end"""
    known: dict[int, Source] = attrs.field(factory=dict)

    def find(self, chunk: int) -> Source | None:
        """Find the subject of a verb, and of all before it, which it may share one with."""
        while self.waiting and self.waiting[0][0] <= chunk:
            first, row, last = self.waiting.pop(0)
            if (source := self._find(first, row, last)) is not None:
                self.known[first] = source
        return self.known.get(chunk)

    def drop(self, chunk: int) -> None:
        """Forget a verb that reports nothing."""
        self.known.pop(chunk, None)

    def _find(self, chunk: int, row: CueRow, last: int) -> Source | None:
        source = find_source(self.sentence, chunk, self.known, self.lexicon)
        codes = self.sentence.codes
        if codes[chunk] == "v" and codes[chunk - 1 : chunk] in ("Q", ",", "-"):
            if source is None:
                return find_inverted(self.sentence, last - 1, self.lexicon)
            if source.shape == "coordinated" and row.frames & {"clause", "quote"} and "addressee" not in row.frames:
                inverted = find_inverted(self.sentence, last - 1, self.lexicon)  # “..., explained Smith, “...”
                if inverted is not None and codes[inverted.last : inverted.last + 1] in (",", ".", ""):
                    return inverted
        return source


@attrs.define
class Frame:
    """What a rule may look at: the sentence, its cues, and the text."""

    text: str
    sentence: Sentence
    lexicon: Lexicon
    cues: dict[int, Cue]
    heading: bool
    turn: bool = False
    passages: Sequence[Passage] = ()
    """those of the paragraph; none where no neighbour is asked for"""
    place: tuple[int, int] = (0, 0)
    """the passage and the sentence of it"""
    tails: dict[int, object] = attrs.field(factory=dict)
    """of cues that end an indirect report or interrupt one: what was found, for two rules ask"""
    starts: dict[int, tuple[int, ...]] = attrs.field(factory=dict)
    """of cues: where what they report may begin, for many rules ask"""
    _titles: dict[int, bool] = attrs.field(factory=dict)
    """of stretches: whether they are capitalised as titles are, for many rules ask"""

    @property
    def before(self) -> Sentence | None:
        """Return the sentence before, in the same paragraph."""
        passage, number = self.place
        if number:
            return self.passages[passage].sentences[number - 1]
        before = self.passages[passage - 1].sentences if passage else []
        return before[-1] if before else None

    @property
    def after(self) -> Sentence | None:
        """Return the sentence after, in the same paragraph."""
        passage, number = self.place
        if number + 1 < len(self.passages[passage].sentences):
            return self.passages[passage].sentences[number + 1]
        after = self.passages[passage + 1].sentences if passage + 1 < len(self.passages) else []
        return after[0] if after else None

    def word(self, chunk: int) -> str:
        """Return the lower-cased first word of a chunk."""
        return self.sentence.tokens.word[self.sentence.first[chunk]]

    def last_word(self, chunk: int) -> str:
        """Return the lower-cased last word of a chunk."""
        return self.sentence.tokens.word[self.sentence.last[chunk] - 1]

    def content(self, chunk: int) -> str:
        """Return the words of a chunk, of a stretch those within its marks."""
        start, end = self.sentence.tokens.quoted.get(self.sentence.first[chunk]) or self.sentence.span(chunk)
        return self.text[start:end]

    def ending(self, chunk: int) -> str:
        """Return the last mark of punctuation inside a stretch, or its last letter."""
        words = self.content(chunk)
        last = words[-1:]
        return last if last.isalnum() or last in ",.?!" else _CLOSING.sub("", words)[-1:]

    def begins_utterance(self, chunk: int) -> bool:
        """Whether a stretch begins as a sentence does."""
        words = self.content(chunk)
        if words[:1].isalpha():
            return words[0].isupper()
        for char in _OPENING.sub("", words, count=1):
            if char.isalpha():
                return char.isupper()
            if char.isdigit():
                return True
        return False

    def begins_with_verb(self, chunk: int, *, plural: bool) -> bool:
        """Whether the words of a stretch go on from a subject before it: “has won”, “never said so”."""
        for word in WORD.findall(self.content(chunk).lower())[:3]:
            tag = self.lexicon.tags.get(word)
            if tag is not None and tag in "eax":
                return True
            if tag == "r" or (tag is None and word.endswith("ly")):
                continue
            form = self.lexicon.verbs.get(word)
            if form is None or tag is not None:
                return False
            return bool(form.forms & {"third", "past"}) or (plural and "base" in form.forms)
        return False

    def ends_utterance(self, chunk: int) -> bool:
        """Whether a stretch is a sentence: a capital and a full stop."""
        return self.begins_utterance(chunk) and self.ending(chunk) in ".?!…"

    def opens_with_article(self, chunk: int) -> bool:
        """Whether a stretch is a phrase with its article: “an attack on all of us”."""
        return _OPENING.sub("", self.content(chunk), count=1).lower().startswith(("a ", "an ", "the "))

    def opens_with_owner(self, chunk: int) -> bool:
        """Whether a stretch is a phrase that begins with whose it is: praised “Ann's great heart”."""
        words = self.content(chunk)
        return _OWNED.match(words) is not None and self.ending(chunk) not in ".?!"

    def is_title(self, chunk: int, *, marked: bool = False) -> bool:
        """Whether a stretch looks like the title of a work: every longer word has a capital.

        `marked` allows the marks that few titles hold: “Who Was He?”
        """
        capital = self._titles.get(chunk)
        if capital is None:
            capital = self._titles[chunk] = not self.sentence.tokens.title_case and self._has_capitals(chunk)
        return capital and (marked or not any(mark in self.content(chunk) for mark in "!?;:"))

    def _has_capitals(self, chunk: int) -> bool:
        """Whether every longer word of a stretch has a capital, and one after the first."""
        capital = False
        for number, found in enumerate(_WORDS.finditer(self.content(chunk))):
            word = found.group()
            if word[0].isupper():
                capital = capital or number > 0 or word.partition("-")[2][:1].isupper()  # “See-Saw”
            elif not word[0].isdigit() and (number == 0 or (len(word) > 3 and not self._stays_small(word))):
                return False
            if number == _LONGEST_TITLE:
                return False
        return capital

    def _stays_small(self, word: str) -> bool:
        return self.lexicon.tags.get(word, "n") in _SMALL_IN_TITLES


@attrs.frozen
class Finding:
    """A rule's answer for one stretch."""

    cue: Cue | None
    source: Source | None
    placement: str
    """lead, tail, clause-lead, clause-tail or object"""
    phrase: tuple[int, int] | None = None
    """chunk range of a cue that is no verb"""
    stop: int | None = None
    """the chunk where the clause ends, where the rule knows it"""
    begin: int | None = None
    """of a clause under a noun: the chunk where the clause begins"""
    cue_tokens: tuple[int, int] | None = None
    """of a cue that is no verb: its tokens, where they are not the whole phrase"""
    head: tuple[int, int] | None = None
    """the part of the clause before an interrupting cue"""
    elsewhere: Sentence | None = None
    """the sentence that the source stands in, if it is another one"""
    opponent: Source | None = None
    """who denies it, and so has not said it"""


Ask = Callable[[Frame, int], Finding | None]


@attrs.frozen
class DirectRule:
    """One row: a name, the function that decides, a sentence it fires on, a near miss, its origin."""

    name: str
    ask: Ask
    fires_on: str
    silent_on: str
    origin: str
    needs: frozenset[str] = frozenset()
    """the codes of chunks without one of which in the sentence it finds nothing"""


# words that stay small in a title, however long: “Mornings with Ann”
_SMALL_IN_TITLES = frozenset("iScsf")
_OPENING = re.compile(r"^(?:&(?:amp;)?#?\w+;|\W)+")
_OWNED = re.compile(r"[^\W\d_][\w.-]*['’]s (?!been|got|gone|not)[a-z]+(?: (?:and )?[a-z]+)*,?$")
_CLOSING = re.compile(r"(?:&(?:amp;)?#?\w+;|[\s\"”’'»›」』“‘`|])+$")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# in words
_LONGEST_TITLE = 12
_WORDS = re.compile(r"[^\W_](?:[^\W_]|['’.&-](?=[^\W_]))*")


def speaks(row: CueRow, frames: frozenset[str]) -> bool:
    """Whether a verb has one of some frames."""
    return bool(row.frames & frames)
