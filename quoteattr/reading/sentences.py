"""Tokens → sentences, and sentences → chunks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, compress

from quoteattr.lexicon import Lexicon, words_of
from quoteattr.values import Sentence, Tokens

_CHUNK = re.compile(
    r"(?:d+(?:m#(?=[nN]))?|d*#)?(?:r(?=[nNt]))?(?:[nNt#]|[nNt]-(?=[nN]))+(?:z(?:[rd]?[nNt#]+)?)*"
    r"(?:f(?:d+|d*#)?(?:r(?=[nNt]))?[nNt#]+(?:z(?:[rd]?[nNt#]+)?)*)*"
    r"|d+(?:f(?:o|d*[nNt#]+(?:z[nNt#]+)*))?|[\s\S]"
)
# no real sentence has more tokens outside its quotations; a longer one is cut, so that time stays linear
_LONGEST_SENTENCE = 300
# a word of time after a determiner: the last month, a year ago; against the night guard
_TIME = re.compile("[dr#]{0,3}m(?:m|(?!n))")
SENTENCE_STOPS = frozenset(".?!")
_LONGEST_ABBREVIATION = 5
# how many words the tables of what is known of a word hold
MOST_WORDS = 1 << 15
_AFTER = re.compile("Sn")
_WHILES = words_of("nouns for a while")
_SUFFIXES = words_of("name suffixes")
# before a word of time they make it an adverb even after a verb: said this week
_DEICTIC = words_of("determiners of a time")
# quantifiers that may part from what they count: they have both said
_FLOATING = words_of("floating quantifiers")


def split_sentences(text: str, tokens: Tokens) -> list[tuple[int, int]]:
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
        elif tags[i] == "." and raw[i] in SENTENCE_STOPS:
            cut = tags[i + 1] not in ".),;:" and not (raw[i + 1][0].islower() and stretch[i + 1] < 0)
            if cut and tokens.evidence.sentences:
                cut = tokens.start[i + 1] in tokens.evidence.sentences or not _may_abbreviate(tokens, i)
        elif stretch[i] >= 0:
            cut = _ends_sentence(text, tokens, raw, i)
        elif tags[i] == ")":  # (“We won,” she said. “We did.”) The crowd
            ends = begin < i and stretch[i - 1] >= 0 and text[tokens.quoted[i - 1][1] - 1] in SENTENCE_STOPS
            cut = ends and raw[i + 1][0].isupper()
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
    """Whether an abbreviation before the stretch at token i ends a sentence: at 3 a.m., before “We won”."""
    if len(word) > 4:
        return True
    apart = "." in word[:-1] or (tokens.raw[i - 2 : i - 1] == [","] and tokens.tags[i - 1] != "t")  # in Selm, Fla.
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
    """Whether a short "Smith said" begins at token i, or "Smith, the mayor, said"."""
    tags = tokens.tags
    count = len(tags)
    j = i
    while j < count and j - i < 8 and tags[j] in "dnNtp#zf":
        j += 1
    if j == i or j >= count:
        return False
    if tags[j] == ",":
        j = _skip_apposition(tags, j)
        rest = "".join(tags[j : j + _LONGEST_REST]).partition(".")[0]
        if tags[i] == "f" or re.search("[T:Q]", rest):
            return False  # “Who?” Smith, the mayor, said in May that; of Lee, Smith, the mayor, said, “...”
        strict, wide, i = True, not strict, j
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


# how many tokens an apposition, and what follows its verb, may have
_LONGEST_APPOSITION = 20
_LONGEST_REST = 12


def _skip_apposition(tags: list[str], i: int) -> int:
    """Return the token after the comma that closes an apposition; where none closes it, the first comma."""
    for j in range(i + 1, min(i + _LONGEST_APPOSITION, len(tags) - 1)):
        if tags[j] in ".;:Q":
            break
        if tags[j] == "," and tags[j + 1] in "vra":
            return j + 1
    return i


def _closes_tail(tags: list[str], i: int, *, wide: bool) -> bool:
    if tags[i] == "r":
        return i + 1 >= len(tags) or tags[i + 1] in ".,;"
    if tags[i] == "k":
        return wide and i + 1 < len(tags) and tags[i + 1] in "odnNtp#"
    return tags[i] in (".,;imFfkgsA" if wide else ".,")


class _ChunkCodes(dict[str, str]):
    """The code of a chunk by its tags; determiners and numbers without a noun are told by what stands beside them."""

    def __missing__(self, tags: str) -> str:
        if len(self) >= MOST_WORDS:
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


def chunk_sentence(tokens: Tokens, begin: int, end: int, lexicon: Lexicon) -> Sentence:
    """Group the tokens of one sentence into chunks."""
    tags = "".join(tokens.tags[begin:end])
    pieces = _CHUNK.findall(tags)
    if "Q" in tags and "n" in tags:
        for found in _GAPPED.finditer(tags):
            if _lacks_object(tokens, begin, found, lexicon):
                pieces = _cut(pieces, found.start("name"))
    codes = "".join(map(_CODES.__getitem__, pieces))
    bounds = tuple(accumulate(map(len, pieces), initial=begin))
    if "d" in codes or _NUMBERED in codes:
        codes = _settle_determiners(codes, tags, bounds, tokens)
    if "Sn" in codes:
        codes = _settle_whiles(codes, bounds, tokens)
    return Sentence(codes, bounds[:-1], bounds[1:], tokens)


# a noun, a name, and a verb without an object: the firm Smith described as “late”
_GAPPED = re.compile(r"[dz][rn#]*n(?P<name>[tN]*N)[arx]*(?P<verb>v)i?(?P<as>Ad?Q|(?=d?Q))")


def _lacks_object(tokens: Tokens, begin: int, found: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether a noun before a name is the object of the verb after it, and no part of the name."""
    form = tokens.verbs.get(begin + found.start("verb"))
    if form is None or form.cue is None:
        return False
    noun = tokens.word[begin + found.start("name") - 1]
    return ("as" if found.group("as") else "naming") in form.cue.frames and noun not in lexicon.roles


def _cut(pieces: list[str], place: int) -> list[str]:
    """Cut the piece that holds a place in two."""
    at = 0
    for i, piece in enumerate(pieces):
        if at < place < at + len(piece):
            return [*pieces[:i], piece[: place - at], piece[place - at :], *pieces[i + 1 :]]
        at += len(piece)
    return pieces


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
