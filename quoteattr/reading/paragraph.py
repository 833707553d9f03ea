"""A paragraph → the passages that rules ask for, read as far as they ask."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import chain, islice, zip_longest
from math import ceil
from typing import NamedTuple

import attrs

from quoteattr.lexicon import Lexicon, words_of
from quoteattr.reading.sentences import MOST_WORDS, SENTENCE_STOPS, chunk_sentence, split_sentences
from quoteattr.reading.tags import (
    ADVERB,
    AFTER_IN,
    ARTICLELESS,
    GENITIVES,
    INFINITIVES,
    QUOTATIVES,
    YEAR,
    read_quotatives,
    tag_tokens,
)
from quoteattr.values import NO_EVIDENCE, Evidence, Passage, Piece, Sentence, Tokens

_TOKEN = re.compile(
    r"(?:[^\W_]+-)?(?:[^\W\d_]\.){2,}(?![^\W_])|\d+(?:[.,:]\d+)*(?:[-'’][^\W_]+|[^\W\d_]+)*"
    r"|[^\W_]+(?:(?<=[ÃÄÅ])[\xa1-\xbf†‡ˆ‰™š›œžŸ][^\W_]*)*(?:[-'’&](?!(?:[sSdm]|ll|re|ve)(?![^\W_]))[^\W_]+)*"
    r"|(?:['’]|(?<=[^\W_])‘)(?:[sSdm]|ll|re|ve)(?![^\W_])"
    r"|&amp;|\.\.\.+|[-–—]{2,}|[^\s\w]|_+"
)
_PUNCTUATION = {
    ",": ",", ":": ":", ";": ";", "-": "-", "–": "-", "—": "-", "―": "-", "(": "(", ")": ")", "[": "(", "]": ")",
    ".": ".", "?": ".", "!": ".", "…": "-", "&": "c", "$": "d", "%": "n", "£": "d", "€": "d",
}  # fmt: skip
# tags, entities and a list's bullets are read as blanks; and the entities that are punctuation
_DEBRIS = re.compile(
    r"</?[A-Za-z][^<>]{0,300}>|&(?!amp;)(?:#\d{2,5}|#x[\da-fA-F]{2,4}|[a-z]{2,8});|[•·▪●◦‣■►▶\u00ad\u200b]"
)
_DEBRIS_HEAD = re.compile("[<&•·▪●◦‣■►▶\u00ad\u200b]")
_ENTITIES = {"&mdash;": "—", "&ndash;": "–", "&#8211;": "–", "&#8212;": "—", "&hellip;": "…", "&#8230;": "…"}
_STOP = re.compile(r"[.?!][ \n\r\t\xa0]+(?=[A-Z0-9(])")
_LONGEST_WORD = 24
_MAY_END = SENTENCE_STOPS | {")"}
_SMALL_WORD = re.compile(r"[ \n][a-z]")
# a superset of the capitals
_CAPITAL = re.compile("[A-Z\xaa\xb5\xba\xc0-\xde\u0100-\u200f\u2070-\U0010ffff]")
_UNSETTLED = words_of("function words of two readings") | words_of("words before a time") | AFTER_IN | ARTICLELESS


def read_paragraph(
    text: str,
    start: int,
    end: int,
    quoted: Sequence[Piece],
    lexicon: Lexicon,
    *,
    heading: bool = False,
    evidence: Evidence = NO_EVIDENCE,
) -> list[Passage]:
    """Part one paragraph into passages; `quoted` are its outermost stretches."""
    # a tag may hold what looks like a stop; and a Doc is asked about a paragraph as a whole
    clean = _DEBRIS_HEAD.search(text, start, end) is None
    whole = (not clean and text.find("<", start, end) >= 0) or bool(evidence.tags or evidence.sentences)
    reader = _Reader(text, start, end, quoted, lexicon, heading, evidence, clean)
    out: list[Passage] = []
    begin = position = start
    pieces: list[Piece] = []
    for piece in (*quoted, None):
        left = end if piece is None else piece.start
        if not whole:
            for found in _STOP.finditer(text, position, left):
                stop = found.start() + 1
                if found.end() < left and (text[stop - 1] != "." or _is_sure(text, position, stop - 1, lexicon)):
                    out.append(Passage(begin, stop, pieces, reader))
                    begin, pieces = stop, []
        if piece is not None:
            pieces.append(piece)
            position = piece.end
    out.append(Passage(begin, end, pieces, reader))
    return out


def _is_sure(text: str, floor: int, at: int, lexicon: Lexicon) -> bool:
    """Whether a dot cannot belong to the word before it, so that it ends a sentence."""
    word = text[max(floor, at - _LONGEST_WORD) : at].rpartition(" ")[2]
    return 1 < len(word) < _LONGEST_WORD and word.isalnum() and word not in lexicon.abbreviations


def _is_title_case(
    text: str, start: int, end: int, quoted: Sequence[Piece], lexicon: Lexicon, *, heading: bool
) -> bool:
    """Whether most words of a paragraph have a capital, quotations left out."""
    gaps: list[str] = []
    for piece in quoted:
        gaps.append(text[start : piece.start])
        start = piece.end
    gaps.append(text[start:end])
    share = 0.6 if heading else 0.7
    outside = "”".join(gaps)
    capitals = len(_CAPITAL.findall(outside))
    # so many words without a capital are too many, even if every capital begins a word
    enough = ceil(capitals * (1 - share) / share)
    if not capitals or next(islice(_SMALL_WORD.finditer(outside), enough - 1, None), None) is not None:
        return False
    chunks = _read_chunks(lexicon)
    words = [
        token.raw
        for gap in gaps
        for word in _blank_debris(gap).split()
        for token in chunks[word]
        if token.raw[0].isalpha()
    ]
    return len(words) > 3 and sum(word[0].isupper() for word in words) > share * len(words)


class _Token(NamedTuple):
    """A token as far as it shows by itself, wherever it stands."""

    raw: str
    word: str
    """lower-cased"""
    tag: str
    """one letter: its tag everywhere; more: the first, but not after the others; none: its neighbours decide;
    V: a form of a verb in small letters, its neighbours decide"""
    stops: bool
    """whether a sentence may end with it"""


class _Chunks(dict[str, tuple[_Token, ...]]):
    """The tokens of what stands between two blanks: read once, for texts repeat their words."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, chunk: str) -> tuple[_Token, ...]:
        tokens = tuple(self._read(chunk))
        if len(chunk) <= _LONGEST_WORD:
            if len(self) >= MOST_WORDS:
                self.clear()
            self[chunk] = tokens
        return tokens

    def _read(self, chunk: str) -> Iterator[_Token]:
        words = _TOKEN.findall(chunk)
        for i, word in enumerate(words):
            # the dot of an abbreviation is part of it
            if word == "." and i and _abbreviates(words[i - 1], self._lexicon):
                continue
            if words[i + 1 : i + 2] == ["."] and _abbreviates(word, self._lexicon):
                word = f"{word}."
            yield _Token(word, word.lower(), self._settle(word), word[-1] in _MAY_END or word == "Q")

    def _settle(self, word: str) -> str:
        """Return what a word alone says of its tag."""
        char, low, lexicon = word[0], word.lower(), self._lexicon
        closed = lexicon.tags
        if not char.isalnum():
            if word in GENITIVES or word in ("'", "’"):
                return ""
            if len(word) > 1 and low in closed:
                return closed[low]
            return "c" if word == "&amp;" else _PUNCTUATION.get(word, "-")
        if char.isdigit():
            return "" if YEAR.fullmatch(low) else "n" if low.endswith("old") else "#"
        bare = low.rstrip(".")
        known = closed.get(low) or closed.get(bare)
        if word == "i" or low in _UNSETTLED or known == "m" or (low.endswith("ing") and not known):
            return ""
        if not word.islower():
            if not char.isupper() or word in lexicon.titles or word.rstrip(".") in lexicon.titles:
                return ""
            if known:
                shouted = len(word) > 1 and word.isupper()
                return "" if shouted or known == "a" else "p" if known == "p" else f"{known}Nt"
            return "" if low in lexicon.verbs or low in lexicon.roles or ADVERB.fullmatch(low) else "N"
        if known:
            return known
        if low in lexicon.verbs:
            return "V"
        if low in lexicon.roles:
            return "n"
        if low.endswith("ly") and len(low) > 4:
            return "r"
        if low.endswith("s") and not low.endswith(("ss", "us")):
            return "nnp"
        if low.endswith(INFINITIVES) and len(low) > 5:
            return "nk"
        return "yrdfiF#zvgGBk" if low.endswith("ed") and len(low) > 4 else "n"


class _Holding(dict[str, bool]):
    """Whether what stands between two blanks holds one of some words."""

    def __init__(self, lexicon: Lexicon, words: frozenset[str]) -> None:
        super().__init__()
        self._chunks = _read_chunks(lexicon)
        self._words = words

    def __missing__(self, chunk: str) -> bool:
        holds = any(token.word in self._words for token in self._chunks[chunk])
        if len(chunk) <= _LONGEST_WORD:
            if len(self) >= MOST_WORDS:
                self.clear()
            self[chunk] = holds
        return holds


@lru_cache(maxsize=16)
def _read_holding(lexicon: Lexicon, words: frozenset[str]) -> _Holding:
    return _Holding(lexicon, words)


@lru_cache(maxsize=16)
def _read_chunks(lexicon: Lexicon) -> _Chunks:
    return _Chunks(lexicon)


def _blank_debris(text: str) -> str:
    """Put blanks in the place of what is no language; the length stays."""
    if _DEBRIS_HEAD.search(text) is None:
        return text
    return _DEBRIS.sub(lambda found: _ENTITIES.get(found.group().lower(), " ").ljust(len(found.group())), text)


# a quoted stretch, as one token
_QUOTED = _Token("Q", "", "Q", stops=True)


@attrs.define(eq=False)
class _Reader:
    """Reads the passages of one paragraph."""

    text: str
    start: int
    end: int
    quoted: Sequence[Piece]
    lexicon: Lexicon
    heading: bool
    evidence: Evidence
    clean: bool
    """whether nothing in the paragraph is to be read as a blank"""
    _title_case: bool | None = None

    def _text_of(self, start: int, end: int) -> str:
        text = self.text[start:end]
        return text if self.clean else _blank_debris(text)

    def _split(self, passage: Passage) -> Iterator[list[str]]:
        """Yield what stands between blanks, before, between and after the quotations."""
        start = position = passage.start
        text = self._text_of(start, passage.end)
        for piece in passage.quoted:
            yield text[position - start : piece.start - start].split()
            position = piece.end
        yield text[position - start :].split()

    def holds(self, passage: Passage, words: frozenset[str]) -> bool:
        holding = _read_holding(self.lexicon, words)
        return any(any(map(holding.__getitem__, part)) for part in self._split(passage))

    def find(self, passage: Passage) -> Tokens:
        chunks = _read_chunks(self.lexicon)
        found: list[_Token] = []
        pieces: dict[int, Piece] = {}
        for part, piece in zip_longest(self._split(passage), passage.quoted):
            found += chain.from_iterable(map(chunks.__getitem__, part))
            if piece is not None:
                pieces[len(found)] = piece
                found.append(_QUOTED)
        raw, word, tags, stops = map(list, zip(*found, strict=True)) if found else ([], [], [], [])
        stretch = [-1] * len(found)
        for i, piece in pieces.items():
            stretch[i] = piece.number
        inside = {i: piece.words for i, piece in pieces.items()}
        # not of the passage itself, which would hold itself
        locate = partial(self._locate, passage.start, passage.end, pieces, raw)
        return Tokens(raw, word, stops, tags, stretch, inside, {}, locate, self.evidence)

    def _locate(
        self, start: int, end: int, quoted: Mapping[int, Piece], raw: Sequence[str]
    ) -> tuple[list[int], list[int]]:
        """Return where the tokens of a passage begin and end."""
        text = self._text_of(start, end)
        starts: list[int] = []
        ends: list[int] = []
        position = 0
        for i, word in enumerate(raw):
            if word == "Q" and (piece := quoted.get(i)) is not None:
                begin, position = piece.start - start, piece.end - start
            else:
                begin = text.index(word, position)
                position = begin + len(word)
            starts.append(begin + start)
            ends.append(position + start)
        return starts, ends

    def tag(self, tokens: Tokens) -> None:
        if self._title_case is None:
            self._title_case = _is_title_case(
                self.text, self.start, self.end, self.quoted, self.lexicon, heading=self.heading
            )
        tokens.title_case = self._title_case
        tag_tokens(tokens, self.lexicon)
        if tokens.quoted and not QUOTATIVES.isdisjoint(tokens.word):
            read_quotatives(self.text, tokens, self.lexicon)

    def part(self, tokens: Tokens) -> list[Sentence]:
        bounds = split_sentences(self.text, tokens) if tokens.raw else ()
        return [chunk_sentence(tokens, begin, stop, self.lexicon) for begin, stop in bounds]


def _abbreviates(word: str, lexicon: Lexicon) -> bool:
    return (len(word) == 1 and word.isupper() and word != "I") or word.rpartition("-")[2] in lexicon.abbreviations
