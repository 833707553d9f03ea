"""A paragraph → tokens as columns, sentences, and chunks.

A quoted stretch is one token here, tagged `Q`: what the rules read is the reporting sentence around
it.  Every token has a one-letter tag and every chunk a one-letter code, so that a sentence is a short
string and a rule can be a pattern over it (finite-state cascades: Abney, Partial Parsing via
Finite-State Cascades, 1996).

Tags (tokens):   d determiner  n word  N capitalised word  t title  p subject pronoun  o object pronoun
                 v reporting verb, finite  g its -ing form  u its passive participle  B its infinitive
                 y other verb, finite  G other -ing form  e form of be  a other auxiliary  x negation
                 r adverb  m time word  # number  z possessive  i preposition  f of  F for  k to  A as
                 T that  s subordinator  S subordinator or preposition  w relative  c and  b but  h according
                 Q quoted stretch
                 , : ; - ( ) . punctuation
Codes (chunks):  N phrase with a name  n phrase without  p pronoun, and every other tag as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import accumulate, chain, compress, zip_longest
from typing import NamedTuple

import attrs

from quoteattr.lexicon import Lexicon, VerbForm, words_of
from quoteattr.values import NO_EVIDENCE, Evidence, Passage, Piece, Sentence, Tokens

_TOKEN = re.compile(
    r"(?:[^\W_]+-)?(?:[^\W\d_]\.){2,}(?![^\W_])|\d+(?:[.,:]\d+)*(?:[-'’][^\W_]+|[^\W\d_]+)*"
    r"|[^\W_]+(?:(?<=[ÃÄÅ])[\xa1-\xbf†‡ˆ‰™š›œžŸ][^\W_]*)*(?:[-'’&](?!(?:[sSdm]|ll|re|ve)(?![^\W_]))[^\W_]+)*"
    r"|['’](?:[sSdm]|ll|re|ve)(?![^\W_])"
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
_CHUNK = re.compile(
    r"(?:d+|d*#)?(?:r(?=[nNt]))?(?:[nNt#]|[nNt]-(?=[nN]))+(?:z(?:[rd]?[nNt#]+)?)*"
    r"(?:f(?:d+|d*#)?(?:r(?=[nNt]))?[nNt#]+(?:z(?:[rd]?[nNt#]+)?)*)*"
    r"|d+(?:f(?:o|d*[nNt#]+(?:z[nNt#]+)*))?|[\s\S]"
)
# no real sentence has more tokens outside its quotations; a longer one is cut, so that time stays linear
_LONGEST_SENTENCE = 300
# a word of time after a determiner: the last month, a year ago; against the night guard
_TIME = re.compile("[dr#]{0,3}m(?:m|(?!n))")
# months that are first names too
_MONTH_NAMES = words_of("months that are first names")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_SENTENCE_STOPS = frozenset(".?!")
_STOP = re.compile(r"[.?!][ \n\r\t\xa0]+(?=[A-Z0-9(])")
_LONGEST_WORD = 24
_LONGEST_ABBREVIATION = 5
_SMALL_WORD = re.compile(r"[ \n][a-z]")
# a superset of the capitals
_CAPITAL = re.compile("[A-Z\xaa\xb5\xba\xc0-\xde\u0100-\u200f\u2070-\U0010ffff]")
# how many words the tables of what is known of a word hold
_MOST_WORDS = 1 << 15
# words that keep the "to" after them in one phrase: "a source close to the minister"
_BOUND_TO = words_of("words bound to to")
_GENITIVES = frozenset(("'s", "’s", "'S", "’S"))
# function words whose tag depends on what stands beside them
_PERCEPTION = words_of("verbs of perception")
_AFTER = re.compile("Sn")
_WHILES = words_of("nouns for a while")
_UNSETTLED = words_of("function words of two readings")
# the endings of verbs after "to": to legalize
_INFINITIVES = ("ise", "ize", "ify")
_DAYS = words_of("adverbs of the day")
_DAY_WORDS = words_of("short days that are words")
_CALENDAR = words_of("names of days and months")
_ORDINALS = words_of("ordinals")
_SURNAMES = words_of("titles and roles that are surnames")
_SUFFIXES = words_of("name suffixes")
# after "in" they make an adverb: in particular
_AFTER_IN = words_of("words after in")

# the first word of a quotation, and the tags of those that only an utterance begins with
_FIRST_WORD = re.compile(r"[^\w]*([^\W_]+(?:['’][^\W_]+)?)")
_UTTERANCE_TAGS = frozenset("epwrsa")


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
    gaps: list[tuple[int, int]] = []
    for piece in quoted:
        gaps.append((start, piece.start))
        start = piece.end
    gaps.append((start, end))
    share = 0.6 if heading else 0.7
    most = sum(len(_CAPITAL.findall(text, *gap)) for gap in gaps) * (1 - share)
    small = chain.from_iterable(_SMALL_WORD.finditer(text, *gap) for gap in gaps)
    if not most or any(share * number >= most for number, _ in enumerate(small, 1)):
        return False
    chunks = _read_chunks(lexicon)
    words = [
        token.raw
        for left, right in gaps
        for word in _blank_debris(text[left:right]).split()
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
            if len(self) >= _MOST_WORDS:
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
            yield _Token(word, word.lower(), self._settle(word), word[-1] in _SENTENCE_STOPS or word == "Q")

    def _settle(self, word: str) -> str:
        """Return what a word alone says of its tag."""
        char, low, lexicon = word[0], word.lower(), self._lexicon
        closed = lexicon.tags
        if not char.isalnum():
            if word in _GENITIVES or word in ("'", "’"):
                return ""
            if len(word) > 1 and low in closed:
                return closed[low]
            return "c" if word == "&amp;" else _PUNCTUATION.get(word, "-")
        if char.isdigit():
            return "" if _YEAR.fullmatch(low) else "n" if low.endswith("old") else "#"
        bare = low.rstrip(".")
        known = closed.get(low) or closed.get(bare)
        if word == "i" or low in _UNSETTLED or low in _AFTER_IN or known == "m" or (low.endswith("ing") and not known):
            return ""
        if not word.islower():
            if not char.isupper() or word in lexicon.titles or word.rstrip(".") in lexicon.titles:
                return ""
            if known:
                shouted = len(word) > 1 and word.isupper()
                return "" if shouted or known == "a" else "p" if known == "p" else f"{known}Nt"
            return "" if low in lexicon.verbs or low in lexicon.roles or _ADVERB.fullmatch(low) else "N"
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
        if low.endswith(_INFINITIVES) and len(low) > 5:
            return "nk"
        return "ydfiF#zvgGBk" if low.endswith("ed") and len(low) > 4 else "n"


class _Holding(dict[str, bool]):
    """Whether what stands between two blanks holds one of some words."""

    def __init__(self, lexicon: Lexicon, words: frozenset[str]) -> None:
        super().__init__()
        self._chunks = _read_chunks(lexicon)
        self._words = words

    def __missing__(self, chunk: str) -> bool:
        holds = any(token.word in self._words for token in self._chunks[chunk])
        if len(chunk) <= _LONGEST_WORD:
            if len(self) >= _MOST_WORDS:
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
        _tag(tokens, self.lexicon)
        if tokens.quoted and "like" in tokens.word:
            _read_like(self.text, tokens, self.lexicon)

    def part(self, tokens: Tokens) -> list[Sentence]:
        bounds = _split_sentences(self.text, tokens) if tokens.raw else ()
        return [chunk_sentence(tokens, begin, stop) for begin, stop in bounds]


def _abbreviates(word: str, lexicon: Lexicon) -> bool:
    return (len(word) == 1 and word.isupper() and word != "I") or word.rpartition("-")[2] in lexicon.abbreviations


def _tag(tokens: Tokens, lexicon: Lexicon) -> None:
    """Settle the tags that the words alone leave open, and note the verbs."""
    raw, words, tags, verbs, stretch = tokens.raw, tokens.word, tokens.tags, tokens.verbs, tokens.stretch
    title_case, evidence, forms = tokens.title_case, tokens.evidence, lexicon.verbs
    hints = None
    if evidence.tags and not title_case:  # of words Like These a tagger says little
        hints = [evidence.tag(*span) for span in zip(tokens.start, tokens.end, strict=True)]
    open_ones = [i for i, tag in enumerate(tags) if len(tag) != 1 or tag == "V"]
    for i in open_ones if hints is None else range(len(tags)):
        tag = tags[i]
        if tag == "V":
            tag = _tag_verb(forms[words[i]], tokens, i, lexicon)
            if tag not in "nN":
                verbs[i] = forms[words[i]]
        elif len(tag) > 1 and (i == 0 or tags[i - 1] not in tag[1:]):
            tag = tag[0]
        elif len(tag) != 1:
            tag = _tag_word(i, tokens, lexicon)
        if hints is not None and hints[i] != "." and stretch[i] < 0 and raw[i][0].isalnum():
            tag = _weigh(tag, hints, i, tokens, lexicon)
        elif hints is not None and hints[i] == "'" and tag == "e" and hints[i + 1 : i + 2] in _NOMINAL_HINTS:
            tag = "z"  # nobody's fault
        tags[i] = tag


def _tag_word(i: int, tokens: Tokens, lexicon: Lexicon) -> str:
    """Decide the tag of a word by its neighbours."""
    raw, words, tags, verbs, stretch, title_case = (
        tokens.raw,
        tokens.word,
        tokens.tags,
        tokens.verbs,
        tokens.stretch,
        tokens.title_case,
    )
    word, count = raw[i], len(raw)
    closed = lexicon.tags
    forms = lexicon.verbs
    before = tags[i - 1] if i else "."
    char = word[0]
    if not char.isalnum():
        if word in _GENITIVES:
            return "e" if before in "pwsT" or (i and words[i - 1] in ("there", "here")) else "z"
        return "z" if i and words[i - 1].endswith(("s", "z", "x")) else "-"
    initial = before in ".:;Q" or (before in "-(" and _is_initial(tags, i))
    low = words[i]
    bare = low.rstrip(".")
    article, _, stem = word.partition("-")
    capital = char.isupper() or (stem[:1].isupper() and article in lexicon.particles)  # al-Sadr
    if char.isdigit():
        tag = "m" if _YEAR.fullmatch(low) else "#" if not low.endswith("old") else "n"
        dated = i and (words[i - 1] in _ARTICLES or before == "z")
        if tag == "m" and dated and _is_open(tokens, i + 1, lexicon):
            tag = "#"  # his 1996 book
    elif (
        capital and word in lexicon.titles and (i + 1 < count and raw[i + 1][0].isupper() and stretch[i + 1] < 0)
    ) or (
        capital
        and raw[i].rstrip(".") in lexicon.titles
        and i + 1 < count
        and raw[i + 1][0].isupper()
        and stretch[i + 1] < 0
    ):
        tag = "t"
    elif capital and len(word) > 1 and word.isupper() and not title_case and (low not in closed or before != "."):
        tag = "N"
    elif (
        (known := closed.get(low) or closed.get(bare))
        and not (capital and not initial and not title_case and known not in "pm" and before in "Nt")
        and (capital or known != "m" or low not in _DAY_WORDS)
    ):
        tag = _tag_known(known, i, tokens, lexicon, capital=capital, initial=initial)
    elif low in _AFTER_IN and i and words[i - 1] == "in" and not _is_plain_noun(tokens, i + 1, lexicon):
        tags[i - 1] = tag = "r"  # in particular
    elif capital and initial and not title_case and _is_adverb(word, low, lexicon):
        tag = "r"  # Recently, Similarly
    elif (
        capital
        and not title_case
        and not (
            initial and (_is_plain_role(tokens, i, lexicon) or (low in forms and not _before_cue(words, i, lexicon)))
        )
    ):
        tag = "N"
    elif (
        low.endswith("ing")
        and i + 1 < count
        and words[i + 1] in lexicon.roles
        and before in "dNz.nt"
        and ((form := forms.get(low)) is None or form.cue is None or "addressee" not in form.cue.frames)
    ):
        tag = "n"  # managing director
    elif (form := forms.get(low)) is not None:
        tag = _tag_verb(form, tokens, i, lexicon)
        if tag not in "nN":
            verbs[i] = form
        elif capital and not initial:
            tag = "N"
    elif capital and (not initial or (title_case and low not in lexicon.roles)):
        tag = "N"
    elif low in lexicon.roles:
        tag = "n"
    elif low.endswith("ly") and len(low) > 4:
        tag = "r"
    elif low.endswith("ing") and len(low) > 5 and before not in "di":
        tag = "G"
    elif (
        low.endswith("s")
        and before in "np"
        and not low.endswith(("ss", "us"))
        and i + 1 < count
        and stretch[i + 1] < 0
        and closed.get(words[i + 1], "n") in "do"
        and not _has_finite(tags, i)
    ):
        tag = "y"  # the doctor swabs her arm
    elif low.endswith("ed") and len(low) > 4 and before not in "dfiF#zvgGBk":
        tag = "y"
    elif before == "k" and len(low) > 5 and low.endswith(_INFINITIVES):
        tag = "y"  # to legalize
    else:
        tag = "n"
    return tag


def _tag_known(tag: str, i: int, tokens: Tokens, lexicon: Lexicon, *, capital: bool, initial: bool) -> str:
    """Decide the tag of a function word, or a word of time, whose usual tag the lexicon has."""
    raw, words, tags, stretch, title_case = tokens.raw, tokens.word, tokens.tags, tokens.stretch, tokens.title_case
    low, count = words[i], len(raw)
    before = tags[i - 1] if i else "."
    if (
        tag == "d"
        and low == "her"
        and (i + 1 >= count or not _may_be_noun(tokens, i + 1, lexicon) or _is_heard(tokens, i, lexicon))
    ):
        tag = "o"
    elif low == "one" and i + 1 < count and (words[i + 1] == "of" or _may_be_noun(tokens, i + 1, lexicon)):
        tag = "d"
    elif low in _BEFORE_NUMBERS and i + 1 < count and stretch[i + 1] < 0 and _is_number(tokens, i + 1):
        if low != "than":
            tag = "d" if _is_open(tokens, i + 2, lexicon) else tag  # about 200 people
        elif i and words[i - 1] in _COMPARATIVES:
            tag = "d"  # more than two weeks
    elif low == "past" and before in ("d", "z"):
        tag = "n" if _is_plain_noun(tokens, i + 1, lexicon) else "m"  # in the past
    elif tag == "i" and i and words[i - 1] in ("a", "an", "the") and _is_open(tokens, i + 1, lexicon):
        tag = "n"  # an outside report
    elif tag == "p" and i and words[i - 1] in ("a", "an", "the"):
        tag = "n"  # the newspaper that is called the i
    elif low == "minutes" and i + 1 < count and (words[i + 1] == "of" or (i and words[i - 1] == "the")):
        tag = "n"
    elif (
        tag == "m"
        and i + 1 < count
        and (
            words[i + 1] in _POSSESSIVES
            or (i + 2 < count and lexicon.tags.get(words[i + 1]) == "m" and words[i + 2] in _POSSESSIVES)
            or (capital and i and words[i - 1] in _ARTICLES and _is_open(tokens, i + 1, lexicon))
        )
    ):
        tag = "n"  # November's election, her Sunday show
    elif tag == "m" and i and words[i - 1] in _ARTICLES and _is_one(words, i + 1, lexicon):
        tag = "n"  # the night guard
    elif tag == "m" and capital and i + 1 < count and raw[i + 1][:1].isupper() and stretch[i + 1] < 0:
        tag = "N" if low in _MONTH_NAMES and (not initial or raw[i + 1].lower() not in lexicon.tags) else tag
    elif tag == "m" and capital and not title_case and _is_time_surname(tokens, i, lexicon):
        tag = "N"  # Ann Day
    elif tag == "m" and capital and not initial and not title_case and low in _DAYS:
        tag = "N"  # the Today programme
    elif (
        ((low in _MONTH_NAMES and before == "Q") or (tag == "m" and low not in _CALENDAR))
        and capital
        and _before_cue(words, i, lexicon)
    ):
        tag = "N"  # “We won,” April said; Day said
    elif low == "will" and capital and before == "Q" and i + 1 < count and raw[i + 1][:1].isupper():
        tag = "N"  # “We won,” Will Smith said
    elif tag == "a" and capital and not initial and not title_case and before != "N":
        tag = "m" if low == "may" else "N"
    elif low == "to" and i and words[i - 1] in _BOUND_TO:
        tag = "F"
    elif tag == "b" and i and (words[i - 1] == "all" if low == "but" else before in "ax"):
        tag = "r"  # all but accused him, had not yet said
        tags[i - 1] = "r" if low == "but" else before
    return tag


def _read_like(text: str, tokens: Tokens, lexicon: Lexicon) -> None:
    """Read a "like" that reports as a verb of saying: I was like, “Oh no!”, not: she was like “a sister” to me."""
    tags, words, stretch = tokens.tags, tokens.word, tokens.stretch
    for i, word in enumerate(words):
        if word != "like":
            continue
        subject, quoted = i - 1, i + 1
        while subject >= 0 and tags[subject] == "r":
            subject -= 1
        while quoted < len(words) and stretch[quoted] < 0 and tags[quoted] in ",:r":
            quoted += 1
        if subject < 0 or tags[subject] != "e" or quoted == len(words) or stretch[quoted] < 0:
            continue
        inside = _FIRST_WORD.match(text, tokens.start[quoted], tokens.end[quoted])
        if inside is not None and (
            quoted > i + 1
            or inside.group(1)[0].isupper()
            or lexicon.tags.get(inside.group(1).lower()) in _UTTERANCE_TAGS
            or text[inside.end() : inside.end() + 1] in ("!", "?", ",")
        ):
            tags[i] = "v"
            tokens.verbs[i] = lexicon.verbs["saying"]


def _is_initial(tags: Sequence[str], i: int) -> bool:
    """Whether nothing but dashes and brackets stands between the last stop and word i."""
    i -= 1
    while i >= 0 and tags[i] in "-(":
        i -= 1
    return i < 0 or tags[i] in ".:;Q"


# what a Doc may say of a word after a possessive mark
_NOMINAL_HINTS = (["n"], ["N"], ["j"], ["O"], ["M"])
# the endings of nouns for those who do something: "surveyor Ann Smith"
_AGENTS = ("er", "or", "ist", "man")


def _weigh(tag: str, hints: Sequence[str], i: int, tokens: Tokens, lexicon: Lexicon) -> str:
    """Weigh a tag against what a Doc says of the word: verb or noun, where the word alone leaves it open."""
    raw, words, tags, verbs, stretch = tokens.raw, tokens.word, tokens.tags, tokens.verbs, tokens.stretch
    hint = hints[i]
    if hint == "." or words[i] in lexicon.tags or tag in "tm#" or tags[max(i - 2, 0) : i] == ["h", "k"]:
        return tag
    form = lexicon.verbs.get(words[i])
    cue = form.cue if form is not None else None
    j = i - 1
    while j >= 0 and tags[j] in "rx":
        j -= 1
    helped = j >= 0 and tags[j] in "ea"
    if tag == "n" and hint in "vbug":
        near = tags[i - 1] if i else "."
        if hint == "g" and words[i] in lexicon.cue_nouns:
            return tag  # "as the old saying goes"
        if (hint == "u" and not helped) or near in "dz" or words[i] in lexicon.roles:
            return tag
        if form is None and words[i].endswith(_AGENTS):
            return tag
        following = raw[i + 1] if i + 1 < len(raw) else "."
        if raw[i][0].isupper() and following[0].isupper() and stretch[i + 1] < 0:
            return tag  # "Win Lee, a clerk, said"
        if hint == "g" and near in "dNzn#" and (role := lexicon.roles.get(following)) is not None and not role.plural:
            return tag  # "the organizing director"
        if form is not None:
            if hint == "v" and near == "n" and not helped and not _agrees(form, words[i - 1], lexicon):
                return tag  # "star of the show"
            verbs[i] = form
        if hint == "g":
            return "g" if cue else "G"
        if not cue or (hint == "b" and near in ".:;("):
            return "y"  # what a reader is told to do reports nothing
        if hint == "b":
            return "B" if j >= 0 and tags[j] == "k" else "v"
        if hint == "u":
            return "u" if tags[j] == "e" else "v"
        return "v"
    near = tags[i - 1] if i else "."
    if tag in "vyB" and form is not None and (near == "k" or not form.forms - {"past", "participle"}):
        return tag  # a noun's tag for what can only be a verb: "to boycott", "the candidate misspoke"
    if tag in "gG" and hint in "nj" and near not in "dz" and raw[i + 1 : i + 2] and raw[i + 1][0].isupper():
        return tag  # "officers briefing Ann Smith"
    if hint in "nO" and tag == "g" and near == "n" and words[i] in lexicon.cue_nouns:
        verbs.pop(i, None)
        return "n"  # "her stern warning that"
    if i + 1 < len(raw) and cue:
        that = lexicon.tags.get(words[i + 1]) == "T"
        if raw[i + 1] == ":" or (that and (cue.verbal or (tag == "g" and near == ","))):
            return tag
    ends = i + 1 >= len(raw) or raw[i + 1] in ".,"
    leads = i + 2 < len(raw) and raw[i + 1] in ",:" and stretch[i + 2] >= 0
    if hint in "nO" and tag == "g" and leads:
        return tag  # "a hat reading, “…”"
    if hint in "nO" and tag == "v" and near in "nN" and (leads or (ends and _follows_quote(tags, i))):
        return tag  # “…,” the editorial read; the editor announces, “…”
    if hint in "nO" and tag == "v" and i > 1 and tags[i - 1] == "n" and tags[i - 2] in "nydivGNz":
        verbs.pop(i, None)
        return "n"  # the end of a noun phrase
    if hint == "M" and tag in "vyu" and not helped:
        verbs.pop(i, None)
        return "n"  # "their deeply held belief"
    if hint == "O" and tag in "vgG" and i and tags[i - 1] not in "Np":
        verbs.pop(i, None)
        return "n"
    beside = (i and stretch[i - 1] >= 0) or (i + 1 < len(raw) and stretch[i + 1] >= 0)
    tail = (
        i + 1 >= len(raw)
        or raw[i + 1] in ",.:;"
        or lexicon.tags.get(words[i + 1]) in tuple("Tp")
        or (i and tags[i - 1] in "Nptc,Q)r")
    )
    if tag in "vyguG" and hint in "njNO" and not beside and not (cue and tail):
        verbs.pop(i, None)
        return "n" if not raw[i][0].isupper() else "N"
    return tag


def _agrees(form: VerbForm, noun: str, lexicon: Lexicon) -> bool:
    """Whether a form may be the verb of a noun before it: "voters show", "the poll shows", not "the show"."""
    if form.forms & {"third", "past", "participle"}:
        return True
    role = lexicon.roles.get(noun)
    return noun.endswith("s") or noun in _PLURALS or (role is not None and role.plural)


def _follows_quote(tags: Sequence[str], i: int) -> bool:
    """Whether nothing but a phrase stands between a quotation and word i."""
    j = i - 1
    while j >= 0 and tags[j] in "dnN#zft":
        j -= 1
    return j >= 0 and (tags[j] == "Q" or (tags[j] == "," and tags[j - 1 : j] == ["Q"]))


def _is_firm(raw: Sequence[str], i: int) -> bool:
    """Whether two names stand together at token i: Smith and Jones LLP."""
    return raw[i + 1] in ("and", "&") and i + 2 < len(raw) and raw[i + 2][0].isupper()


def _is_plain_role(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether a word that begins a sentence is a role noun there, not a name like Baker."""
    raw, words = tokens.raw, tokens.word
    role = lexicon.roles.get(words[i])
    if role is None or (role.plural and words[i].title() not in _SURNAMES) or i + 1 >= len(words):
        return role is not None
    if words[i].title() in _SURNAMES and (words[i + 1] == "," or _is_firm(raw, i)):
        return False
    return not (words[i + 1] == ":" or _before_cue(words, i, lexicon))


def _before_cue(words: Sequence[str], i: int, lexicon: Lexicon) -> bool:
    """Whether a reporting verb in the past follows: "Read said"."""
    form = lexicon.verbs.get(words[i + 1]) if i + 1 < len(words) else None
    return form is not None and form.cue is not None and "past" in form.forms and "clause" in form.cue.frames


def _may_be_noun(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    raw, stretch = tokens.raw, tokens.stretch
    if stretch[i] >= 0 or not raw[i][0].isalnum():
        return False
    return lexicon.tags.get(raw[i].lower(), "n") in "nrd#m" or raw[i][0].isdigit()


def _is_heard(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether a pronoun stands between a verb of perception and what is done: heard her yelling, “...”."""
    raw, words = tokens.raw, tokens.word
    seen = lexicon.verbs.get(words[i - 1]) if i else None
    if seen is None or seen.lemma not in _PERCEPTION or not words[i + 1].endswith("ing"):
        return False
    done = lexicon.verbs.get(words[i + 1])
    return done is not None and done.cue is not None and i + 2 < len(raw) and not _may_be_noun(tokens, i + 2, lexicon)


def _is_one(words: Sequence[str], i: int, lexicon: Lexicon) -> bool:
    """Whether a role noun in the singular stands at a token."""
    role = lexicon.roles.get(words[i]) if i < len(words) else None
    return role is not None and not role.plural


def _is_adverb(word: str, low: str, lexicon: Lexicon) -> bool:
    """Whether a word that begins a sentence is an adverb in -ly, no name and no adjective."""
    return _ADVERB.fullmatch(low) is not None and word not in lexicon.given_names and low not in _LY_ADJECTIVES


def _is_time_surname(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether a word for a time is a surname: Ann Day, Mr Day, said Day; not: Ann Monday, Robert Lee Day."""
    raw, tags = tokens.raw, tokens.tags
    if raw[i].lower().rstrip(".") in _CALENDAR or i == 0:
        return False
    before = raw[i - 1]
    if tags[i - 1] == "N":
        return before in lexicon.given_names and before not in lexicon.places and "N" not in tags[i - 2 : i - 1]
    title, verb = lexicon.titles.get(before.rstrip(".")), lexicon.verbs.get(before)
    cue = verb.cue if verb is not None and "past" in verb.forms else None
    return (cue is not None and cue.kind == "speech") or (title is not None and title.kind == "honorific")


def _is_number(tokens: Tokens, i: int) -> bool:
    """Whether a number stands at a token, in figures or in words."""
    raw, words = tokens.raw, tokens.word
    return (
        raw[i][0].isdigit() or words[i] in _NUMBERS or (words[i] in ("a", "half") and words[i - 1] in ("than", "about"))
    )


def _is_open(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether a word is there that is no function word."""
    raw = tokens.raw
    return i < len(raw) and tokens.stretch[i] < 0 and raw[i][0].isalpha() and tokens.word[i] not in lexicon.tags


def _before_quote(tokens: Tokens, i: int) -> bool:
    """Whether a quotation stands at a word, or after the comma or colon there."""
    raw, stretch = tokens.raw, tokens.stretch
    i += i < len(raw) and stretch[i] < 0 and raw[i] in (",", ":")
    return i < len(raw) and stretch[i] >= 0


def _is_plain_noun(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether a word is most likely a noun or an adjective: no verb form and no function word."""
    return _is_open(tokens, i, lexicon) and ((form := lexicon.verbs.get(tokens.word[i])) is None or form.noun)


_POSSESSIVES = frozenset(("'s", "’s"))
# before a word of time they make it an adverb even after a verb: said this week
_DEICTIC = words_of("determiners of a time")
# quantifiers that may part from what they count: they have both said
_FLOATING = words_of("floating quantifiers")
# an adverb that begins a sentence, against a surname such as Connelly
_LY_ADJECTIVES = words_of("adjectives in ly")
_ADVERB = re.compile(r"\w{3,}(?:[^eiou]l|ful|[^l])ly")
# about 200, more than two
_BEFORE_NUMBERS = words_of("words before a number")
_COMPARATIVES = words_of("comparatives of amount")
_NUMBERS = words_of("number words")
# after these a verb in the singular is no noun
_ONE_OF_MANY = words_of("pronouns for one of many")
# after these a form is a noun, whatever it is elsewhere; after other determiners ("one in three said") not
_ARTICLES = words_of("determiners before a noun alone")


def _governs(near: str, tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether a form that is never a noun ("say", "insist") stands after a subject and before what it reports."""
    raw, words, stretch = tokens.raw, tokens.word, tokens.stretch
    if near not in "nNpo#r,)md" or not i or words[i - 1] in _ARTICLES or i + 1 >= len(raw):
        return False
    if stretch[i + 1] >= 0:
        return True
    if not raw[i + 1][0].isalnum():
        return False
    if near == "#":
        return True  # four in 10 said
    follower = lexicon.tags.get(words[i + 1], "n")
    return follower in ("Tpds" if near == "," else "Tpdsnm" if raw[i + 1][0].isupper() else "Tpds")


_PLURALS = words_of("plurals without s")


def _tag_verb(form: VerbForm, tokens: Tokens, i: int, lexicon: Lexicon) -> str:
    """Decide whether a form that may be a verb is one here, and which."""
    raw, words, tags, stretch = tokens.raw, tokens.word, tokens.tags, tokens.stretch
    j = i - 1
    while j >= 0 and tags[j] in "rx":
        j -= 1
    before = tags[j] if j >= 0 else "."
    near = tags[i - 1] if i else "."
    if near == "#" and tags[i - 2 : i - 1] == ["N"]:
        near = before = "N"  # Exhibit 9 reads
    finite = "v" if form.cue else "y"
    kinds = form.forms
    if words[i] == "close" and before != "k" and words[i + 1 : i + 2] == ["to"]:
        return "n"  # people close to the minister
    verbal = form.cue is not None and form.cue.verbal and "ing" not in kinds
    if verbal and (_governs(near, tokens, i, lexicon) or ("third" in kinds and near not in "dzft#")):
        return finite
    if near == "d" and form.cue is not None and words[i - 1] in _ONE_OF_MANY and kinds & {"third", "past"}:
        return finite  # another tweeted
    if near == "#" and form.cue is not None and "past" in kinds and _before_quote(tokens, i + 1):
        return finite  # a crowd of 200 chanted, “Open!”
    single = near == "d" and words[i - 1] == "one" and not _is_open(tokens, i + 1, lexicon)
    if single and form.cue is not None and kinds & {"third", "past"}:
        return finite  # one recalled, one called it “late”; not: one called meeting
    if near in "dz#" and not (near == "d" and words[i - 1] in ("this", "all", "both", "many", "some", "others")):
        if "base" in kinds and form.cue and words[i - 1] in _NUMBERS and _is_after_quote(tags, i):
            return finite  # “…,” the two write
        bare = "ing" in kinds and form.cue is None and not _is_plain_noun(tokens, i + 1, lexicon)
        return "G" if bare else "n"
    if near == "f" or (near == "t"):
        return ("g" if form.cue else "G") if "ing" in kinds else "n"
    if "ing" in kinds:
        return finite if before == "e" else _tag_ing(_Verb(form, tokens, i, lexicon, near, before))
    if "past" in kinds or "participle" in kinds:
        return _tag_past(_Verb(form, tokens, i, lexicon, near, before), j)
    if before == "k" and "base" in kinds:
        return "n" if tags[j - 1 : j] == ["h"] else "B" if form.cue else "y"
    if before in "ax":
        return finite
    if (
        near == "n"
        and "base" in kinds
        and not form.noun
        and words[i - 1] in lexicon.roles
        and (not form.cue or form.cue.kind == "action")
    ):
        return finite if lexicon.roles[words[i - 1]].plural else "n"  # told by many leaders go beyond
    follower = mark = "."
    if i + 1 < len(raw):
        mark = raw[i + 1]
        if stretch[i + 1] >= 0:
            follower = "Q"
        elif raw[i + 1][0].isalnum():
            follower = lexicon.tags.get(words[i + 1], "n")
    if near in "nN" and _has_finite(tags, i):
        new = "third" in kinds and follower in "QTdpo" and _after_saying(tokens, i, lexicon)
        return finite if new else "n"
    if "third" in kinds:
        return _tag_third(_Verb(form, tokens, i, lexicon, near, before, follower, mark))
    return _tag_base(_Verb(form, tokens, i, lexicon, near, before, follower, mark))


class _Verb(NamedTuple):
    """A form that may be a verb, and what stands around it."""

    form: VerbForm
    tokens: Tokens
    i: int
    lexicon: Lexicon
    near: str
    """the tag before it"""
    before: str
    """the same, but for adverbs"""
    follower: str = "."
    """the usual tag of the word after it"""
    mark: str = "."
    """that word"""

    @property
    def finite(self) -> str:
        """Return its tag if it is finite."""
        return "v" if self.form.cue else "y"


def _tag_ing(verb: _Verb) -> str:
    """Decide whether a form in -ing is a noun or a participle."""
    form, tokens, i, lexicon, near = verb.form, verb.tokens, verb.i, verb.lexicon, verb.near
    raw, words, stretch = tokens.raw, tokens.word, tokens.stretch
    if near == "n" and words[i] in lexicon.cue_nouns and i + 1 < len(raw) and _is_third(words[i + 1], lexicon):
        return "n"  # as the old saying goes
    if near == "n" and words[i - 1] in _ORDINALS:
        return "n"  # the third warning
    if (
        near in "nN"
        and words[i] in lexicon.cue_nouns
        and not (form.cue and form.cue.verbal)
        and (
            i + 1 >= len(raw)
            or (raw[i + 1] in ".,;?!" and (i + 2 >= len(raw) or stretch[i + 2] < 0))
            or _is_finite(words[i + 1], lexicon)
            or (words[i + 1] == "that" and _is_compound(form, words[i - 1], near, lexicon))
        )
    ):
        return "n"  # in a court filing, a court filing alleges
    return "g" if form.cue else "G"


def _tag_past(verb: _Verb, auxiliary: int) -> str:
    """Decide whether a past form or participle is a verb; `auxiliary` is the word before it, but for adverbs."""
    form, tokens, i, lexicon = verb.form, verb.tokens, verb.i, verb.lexicon
    tags, words = tokens.tags, tokens.word
    near, before, finite, kinds = verb.near, verb.before, verb.finite, verb.form.forms
    if form.lemma == "turn" and _stands_between_roles(words, i, lexicon):
        return "n"  # defender turned pundit
    if before == "e":
        has = words[auxiliary] in ("'s", "’s") and form.cue is not None and "clause" in form.cue.frames
        return ("v" if has and "naming" not in form.cue.frames else "u") if form.cue else "y"
    if "base" in kinds and before == "k":
        return "B" if form.cue else "y"
    if "base" in kinds and near in "nN" and _has_finite(tags, i):
        return "n"  # called the new forecast “bold”
    if near == "r" and before in "dz" and _is_open(tokens, i + 1, lexicon):
        return "n"  # the newly elected mayor
    if near in "iFk" and ("past" not in kinds or _is_plain_noun(tokens, i + 1, lexicon)):
        return "n"  # articles from noted scholars, referred to wounded soldiers
    if form.cue is None and near in "iv":
        return "n"  # said retired general Ann Smith
    return finite


def _tag_third(verb: _Verb) -> str:
    """Decide whether a form in -s is a verb or a noun."""
    form, tokens, i, lexicon = verb.form, verb.tokens, verb.i, verb.lexicon
    tags, raw, words, stretch = tokens.tags, tokens.raw, tokens.word, tokens.stretch
    near, before, finite = verb.near, verb.before, verb.finite
    follower, mark, verbal = verb.follower, verb.mark, form.cue is not None and form.cue.verbal
    if near == "n" and _is_in_phrase(tags, i):
        return "n"  # saying in court files
    if near in "pNw),Q-" or (near == "r" and before in "pNnw,"):
        named = (form.cue is None and form.noun) or words[i] in lexicon.roles
        return finite if not (near == "N" and follower in "fi" and named) else "n"
    leads = i + 2 < len(raw) and mark in ",:" and stretch[i + 2] >= 0
    if near == "n" and leads and form.cue is not None and "quote" in form.cue.frames and _is_subject(tags, i):
        return finite  # its first line reads, “...”
    if near == "n" and mark == "," and form.cue is not None and _is_quoted_as(tokens, i, lexicon):
        return finite  # as the old saying goes,
    if (
        near == "n"
        and form.cue is not None
        and not verbal
        and (follower in "iFeax" or mark in ";,")
        and words[i - 1] not in lexicon.roles
        and not words[i - 1].endswith("s")
        and lexicon.organizations.get(words[i - 1].title(), ("",))[0] != "keyword"
        and "document" not in lexicon.cue_nouns.get(words[i - 1], ())
    ):
        return "n"  # his recent remarks about
    if near == "m" and form.cue is not None and (follower in "Tdpo" or mark[:1].isupper()):
        return finite  # an ad released Monday accuses Smith
    if near == "n" and form.cue is not None and mark[:1].isdigit() and not _has_finite(tags, i):
        return finite  # the paper calls 22 letters “secret”
    if near == "n" and i == 1 and form.cue is not None and follower == "n" and words[0] not in lexicon.cue_nouns:
        return finite  # Ministry calls 22 letters “secret”
    if near == "n" and form.cue is not None and form.cue.frames & {"clause", "quote"} and follower not in "fc":
        if follower != "." or mark in ",:":
            return finite
        j = i - 1
        while j >= 0 and tags[j] in "dnN#zf":
            j -= 1
        return finite if j >= 0 and tags[j] in "Q," else "n"  # “…,” the letter reads.
    if (
        near == "n"
        and follower == "f"
        and form.cue is not None
        and "of" in form.cue.frames
        and not _has_finite(tags, i)
    ):
        return finite  # the report warns of
    if near == "n":
        named = mark[:1].isupper() and follower == "n" and form.cue is not None and not _has_finite(tags, i)
        return finite if follower in "QTdpskw" or named else "n"
    if near == "c" and (_begins_clause(tags, i - 1) or (i + 1 < len(raw) and _is_finite(words[i + 1], lexicon))):
        return "n"  # fishermen and pilots said, medics and witnesses said
    if near in "co.:Tb":
        return finite if near != "." else "n"
    return "n"


def _tag_base(verb: _Verb) -> str:
    """Decide whether a base form is a verb with a plural subject or a noun."""
    form, tokens, i, lexicon = verb.form, verb.tokens, verb.i, verb.lexicon
    tags, raw, words, stretch = tokens.tags, tokens.raw, tokens.word, tokens.stretch
    near, before, finite = verb.near, verb.before, verb.finite
    follower, mark, verbal = verb.follower, verb.mark, form.cue is not None and form.cue.verbal
    speaks = form.cue is not None and form.cue.kind == "speech" and _is_after_quote(tags, i)
    if speaks and near in "nN" and words[i - 1].endswith("s") and not _finds_finite(words, i + 1, lexicon):
        return finite  # “…,” the Saudis state in a paper; not: “…,” the Sanders campaign said
    if near in "pw" or (near == "r" and before in "pw") or (verbal and near == "d"):  # many argue
        return finite
    if near == "n" and words[i - 1].endswith("s") and (follower in "QTdpskwoi" or not form.noun):
        return finite if follower != "f" else "n"
    if near == "N" and form.cue is not None and words[i - 1].endswith("s") and follower in "QTdps":
        return finite
    if near == "N" and follower == "k" and form.cue is not None and words[i - 1] in lexicon.roles:
        return finite if lexicon.roles[words[i - 1]].plural else "n"  # Republicans continue to warn
    if follower == "k" and form.cue is not None and "infinitive" in form.cue.frames and _is_plural(tokens, i):
        return finite if not _finds_finite(words, i + 2, lexicon) else "n"  # members of the board plan to
    if near == "N" and form.cue is not None and _is_joint_subject(tags, i):
        return finite
    if i and words[i - 1] in _PLURALS:
        return finite
    if near in "cb,)Q" and follower in "QTdpo":
        return finite
    if near == "c" and mark in ",:" and i + 2 < len(raw) and stretch[i + 2] >= 0 and form.cue is not None:
        return finite  # he'd look up and go, “...”
    return "n"


def _stands_between_roles(words: Sequence[str], i: int, lexicon: Lexicon) -> bool:
    return 0 < i < len(words) - 1 and words[i - 1] in lexicon.roles and words[i + 1] in lexicon.roles


def _is_compound(form: VerbForm, before: str, tag: str, lexicon: Lexicon) -> bool:
    """Whether an -ing form before "that" is a noun: at the lobby briefing that, in a tax filing that."""
    if form.cue is not None and "addressee" in form.cue.frames and "quote" not in form.cue.frames:
        return True  # who is told is missing
    body = before.title() in lexicon.organizations and not before.endswith("s")
    return tag == "n" and not (body or before in lexicon.roles or before in lexicon.cue_nouns)


def _is_third(word: str, lexicon: Lexicon) -> bool:
    form = lexicon.verbs.get(word)
    return form is not None and "third" in form.forms and not form.noun


def _is_finite(word: str, lexicon: Lexicon) -> bool:
    form = lexicon.verbs.get(word)
    return form is not None and form.cue is not None and bool(form.forms & {"third", "past"})


def _is_plural(tokens: Tokens, i: int) -> bool:
    """Whether a clause begins with a plural that a prepositional phrase parts from word i."""
    tags, words = tokens.tags, tokens.word
    j = i
    while j and tags[j - 1] in "dnN#tif":
        j -= 1
    if j and tags[j - 1] not in ".,;:Qcb":
        return False
    head = next((k for k in range(j, i) if tags[k] in "if"), j)
    return head > j and tags[head - 1] == "n" and words[head - 1].endswith("s")


# how far a finite verb is looked for
_CLAUSE_REACH = 30


def _finds_finite(words: Sequence[str], i: int, lexicon: Lexicon) -> bool:
    """Whether a verb that can only be finite stands ahead in the clause."""
    for word in words[i : i + _CLAUSE_REACH]:
        if not word or word in ",.;:":
            return False
        if lexicon.tags.get(word) in ("e", "a"):
            return True
        form = lexicon.verbs.get(word)
        if form is not None and form.forms & {"past"} and not form.forms & {"base"}:
            return True
    return False


def _is_joint_subject(tags: list[str], i: int) -> bool:
    """Whether the clause begins with two names: "Ann Smith and Bob Jones write"."""
    begin = i
    while begin and tags[begin - 1] in "NntcdQ," and tags[begin - 1] not in "Q,":
        begin -= 1
    return "c" in tags[begin:i] and (begin == 0 or tags[begin - 1] in ".,Q")


def _is_subject(tags: Sequence[str], i: int) -> bool:
    """Whether the phrase before word i can be a subject: not "according to court files"."""
    j = i - 1
    while j >= 0 and tags[j] in "nNdr#z":
        j -= 1
    return j < 0 or tags[j] in ".,;:-Qcb"


def _is_quoted_as(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether "as" and something said stand before a verb: as the old saying goes, as the joke runs."""
    tags, words = tokens.tags, tokens.word
    j = i - 1
    while j > 0 and tags[j] in "nd":
        j -= 1
    return tags[j] == "A" and words[i - 1] in lexicon.cue_nouns


def _is_in_phrase(tags: list[str], i: int) -> bool:
    """Whether the noun phrase before word i hangs on a preposition that follows no noun, so that it is no subject."""
    j = i - 1
    while j >= 0 and tags[j] in "nN#tzrdf":
        if tags[j] == "d" and j and tags[j - 1] in "nN#t":
            return False  # a phrase after the phrase: in a statement the mayor says
        j -= 1
    if tags[max(0, j - 1) : j + 1] == ["h", "k"]:
        return True  # according to court files
    return j >= 0 and tags[j] in "iF" and (j == 0 or tags[j - 1] in ".,;:(-QvygGBcT")


def _begins_clause(tags: list[str], i: int) -> bool:
    """Whether nothing but a noun phrase stands at the head of a sentence before word i: no verb went before."""
    j = i - 1
    while j >= 0 and tags[j] in "dnN#tz":
        j -= 1
    return j < i - 1 and (j < 0 or tags[j] in ".Q")


def _is_after_quote(tags: list[str], i: int) -> bool:
    """Whether nothing but a noun phrase stands between a quotation and word i."""
    j = i - 1
    while j >= 0 and tags[j] in "dnN#tz":
        j -= 1
    return 0 <= j < i - 1 and (tags[j] == "Q" or tags[j - 1 : j + 1] == ["Q", ","])


def _has_finite(tags: list[str], i: int) -> bool:
    """Whether the clause that word i stands in has a finite verb before it."""
    return _last_finite(tags, i) >= 0


def _last_finite(tags: list[str], i: int) -> int:
    """Return the finite verb before word i in its clause; -1 for none."""
    for at in range(i - 1, max(-1, i - 61), -1):
        if tags[at] in ",;:.sSwTcbQ(-kAh":
            return -1
        if tags[at] in "vye":
            return at
    return -1


def _after_saying(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether the last finite verb takes nothing but a clause, so that a new one has begun: "said the plan makes"."""
    words, tags = tokens.word, tokens.tags
    at = _last_finite(tags, i)
    form = lexicon.verbs.get(words[at]) if at >= 0 and tags[at] == "v" else None
    cue = form.cue if form is not None else None
    return cue is not None and cue.verbal and "clause" in cue.frames and "object" not in cue.frames


def _split_sentences(text: str, tokens: Tokens) -> list[tuple[int, int]]:
    """Sentences of the paragraph outside its quoted stretches."""
    bounds = []
    begin = 0
    raw, tags, stretch = tokens.raw, tokens.tags, tokens.stretch
    count = len(tags)
    places = list(compress(range(count), tokens.stops))
    if places[-1:] != [count - 1]:
        places.append(count - 1)
    for i in places:
        while i - begin >= _LONGEST_SENTENCE:
            bounds.append((begin, begin + _LONGEST_SENTENCE + 1))
            begin += _LONGEST_SENTENCE + 1
        cut = False
        if i + 1 == count:
            cut = True
        elif tags[i] == "." and raw[i] in _SENTENCE_STOPS:
            cut = tags[i + 1] not in ".),;:" and not (raw[i + 1][0].islower() and stretch[i + 1] < 0)
            if cut and tokens.evidence.sentences:
                cut = tokens.start[i + 1] in tokens.evidence.sentences or not _may_abbreviate(tokens, i)
        elif stretch[i] >= 0:
            cut = _ends_sentence(text, tokens, raw, i)
        elif raw[i].endswith(".") and len(raw[i]) > 1 and raw[i + 1][0].isupper():
            # an abbreviation ends a sentence only before a word that begins one
            if stretch[i + 1] >= 0:
                cut = _ends_clause(text, tokens, raw[i], i + 1)
            elif tags[i + 1] == "t":
                cut = _is_suffix(tokens, i)
            else:
                cut = tags[i + 1] in "dpTsSibw" and tags[i] != "t" and raw[i][:-1] not in ("Mr", "Mrs", "Ms", "Dr")
        if cut and begin <= i:
            bounds.append((begin, i + 1))
            begin = i + 1
    return bounds


def _is_suffix(tokens: Tokens, i: int) -> bool:
    """Whether the abbreviation at token i ends a name: Hugh Marlow Jr., against the Rev. Sr. Ann Hill."""
    raw, tags = tokens.raw, tokens.tags
    return i > 1 and raw[i][:-1].lower() in _SUFFIXES and tags[i - 1] != "t"


def _may_abbreviate(tokens: Tokens, i: int) -> bool:
    """Whether the stop at token i may belong to the word before it, and no quotation stands beside it."""
    raw, stretch = tokens.raw, tokens.stretch
    word = raw[i - 1] if i else ""
    return len(word) <= _LONGEST_ABBREVIATION and word[:1].isupper() and stretch[i - 1] < 0 and stretch[i + 1] < 0


def _ends_clause(text: str, tokens: Tokens, word: str, i: int) -> bool:
    """Whether an abbreviation before the stretch at token i ends a sentence: at 3 a.m. “We won,” in Selm, Fla. “We won.”"""
    if len(word) > 4:
        return True
    apart = "." in word[:-1] or (tokens.raw[i - 2 : i - 1] == [","] and tokens.tags[i - 1] != "t")
    return apart and text[tokens.quoted[i][0]].isupper()


def _ends_sentence(text: str, tokens: Tokens, raw: Sequence[str], i: int) -> bool:
    """Whether the sentence ends with the quoted stretch at token i."""
    tags = tokens.tags
    following = tags[i + 1]
    left, inner = tokens.quoted[i]
    inner -= 1
    while inner > left and not text[inner].isalnum() and text[inner] not in ".?!…,;:—–-)":
        inner -= 1
    last = text[inner]
    if following in ",;:.)" or (following == "-" and tokens.start[i + 1] - tokens.end[i] <= 2):
        return False
    if last not in ".?!…—–-":
        return False
    if tokens.stretch[i + 1] >= 0:
        return last in ".?!…"
    if raw[i + 1][0].islower() and raw[i + 1] != "i":
        return False
    if following == "p" and raw[i + 1] != "I" and _leads_in(tokens, i + 1):
        return True  # “Did you know?” He answered, “No.”
    if last == "." and tags[i - 1 : i] == [":"] and following != "p":
        return True  # Smith said: “We won.” The crowd agreed.
    # “Who?” Smith asked.   “Stop!” cried the man.   against   “Stop.” Smith left.
    if last == "." and following != "p":
        return not _tail_follows(tokens, i + 1, strict=True)
    if last == ".":
        return not _tail_follows(tokens, i + 1, strict=True, wide=True)
    return not _tail_follows(tokens, i + 1, strict=False)


def _leads_in(tokens: Tokens, i: int) -> bool:
    """Whether a pronoun at token i reports what follows: "He answered, “No.”", "She added, however, that"."""
    tags = tokens.tags
    j = i + 1
    while j < len(tags) and tags[j] in "ra":
        j += 1
    ahead = "".join(tags[j : j + 6])
    return _LEAD_IN.match(ahead) is not None and j in tokens.verbs and tokens.verbs[j].cue is not None


_LEAD_IN = re.compile("v(?:[,:]Q|,?r,?T)")


def _tail_follows(tokens: Tokens, i: int, *, strict: bool, wide: bool = False) -> bool:
    """Whether a short "Smith said" begins at token i."""
    tags = tokens.tags
    count = len(tags)
    j = i
    while j < count and j - i < 8 and tags[j] in "dnNtp#zf":
        j += 1
    if j == i or j >= count:
        return False
    while j < count and tags[j] in "ra" and j - i < 8:
        j += 1
    if j >= count or tags[j] != "v":
        return False
    form = tokens.verbs.get(j)
    if form is None or form.cue is None:
        return False
    if strict:
        return form.cue.kind == "speech" and (
            j + 1 >= count or (_closes_tail(tags, j + 1, wide=wide) and "clause" in form.cue.frames)
        )
    # nothing after the verb that it could report instead, and no verb whose subject it would belong to
    after = j + 1
    while after < count and tags[after] in "mr":
        after += 1
    return j + 1 >= count or (tags[j + 1] not in ":TQp" and tags[min(after, count - 1)] not in "vye")


def _closes_tail(tags: list[str], i: int, *, wide: bool) -> bool:
    if tags[i] == "r":
        return i + 1 >= len(tags) or tags[i + 1] in ".,;"
    if tags[i] == "k":
        return wide and i + 1 < len(tags) and tags[i + 1] in "odnNtp#"
    return tags[i] in (".,;imFkg" if wide else ".,")


class _ChunkCodes(dict[str, str]):
    """The code of a chunk by its tags; determiners and numbers without a noun are told by what stands beside them."""

    def __missing__(self, tags: str) -> str:
        if len(self) >= _MOST_WORDS:
            self.clear()
        code = self[tags] = self._find(tags)
        return code

    def _find(self, tags: str) -> str:
        if len(tags) == 1 and tags not in "nNt#":
            return tags
        if tags[0] == "d" and not re.search("[nNt#]", tags):
            return "d"
        if tags == "#":
            return "#"
        if not tags.strip("d#"):
            return _NUMBERED
        head = tags.split("f")[0].rstrip("z")
        return "N" if "N" in head or "t" in head else "n"


_CODES = _ChunkCodes()
# the code, for a while, of a determiner with a number
_NUMBERED = "%"


def chunk_sentence(tokens: Tokens, begin: int, end: int) -> Sentence:
    """Group the tokens of one sentence into chunks."""
    tags = "".join(tokens.tags[begin:end])
    pieces = _CHUNK.findall(tags)
    codes = "".join(map(_CODES.__getitem__, pieces))
    bounds = tuple(accumulate(map(len, pieces), initial=begin))
    if "d" in codes or _NUMBERED in codes:
        codes = _settle_determiners(codes, tags, bounds, tokens)
    if "Sn" in codes:
        codes = _settle_whiles(codes, bounds, tokens)
    return Sentence(codes, bounds[:-1], bounds[1:], tokens)


def _settle_whiles(codes: str, bounds: Sequence[int], tokens: Tokens) -> str:
    """Tell where "after" is a preposition: after a long pause he said, against after a man spoke he said."""
    settled = list(codes)
    for found in _AFTER.finditer(codes):
        if tokens.word[bounds[found.end()] - 1] in _WHILES:
            settled[found.start()] = "i"
    return "".join(settled)


def _settle_determiners(codes: str, tags: str, bounds: Sequence[int], tokens: Tokens) -> str:
    """Tell what determiners and numbers without a noun are by what stands beside them."""
    settled: list[str] = []
    for at, code in enumerate(codes):
        after = bounds[at + 1] - bounds[0]
        if code == "d":
            word, following = tokens.word[bounds[at]], tags[after : after + 1]
            near = settled[-1] if settled else "."
            if near not in "Ff" and (
                (word in _DEICTIC and following == "m") or (near not in "vygB" and _TIME.match(tags, after))
            ):
                code = "m"  # this week, a few minutes later
            elif near in "Nnaw" and word in _FLOATING and following and following in "vyare":
                code = "r"  # Smith and Jones both said
            elif following != "Q":
                code = "r" if near == "p" else "p"
        elif code == _NUMBERED:
            code = "m" if _TIME.match(tags, after) else "n"  # the 10 minutes
        settled.append(code)
    return "".join(settled)
