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
from collections.abc import Sequence
from functools import lru_cache, partial

from quoteattr.lexicon import Lexicon, VerbForm
from quoteattr.values import NO_EVIDENCE, Evidence, Passage, Piece, Sentence, Tokens

_TOKEN = re.compile(
    r"</?[A-Za-z][^<>]{0,300}>|&(?!amp;)(?:#\d{2,5}|#x[\da-fA-F]{2,4}|[a-z]{2,8});"
    r"|(?:[^\W\d_]-)?(?:[^\W\d_]\.){2,}(?![^\W_])|\d+(?:[.,:]\d+)*(?:[-'’][^\W_]+|[^\W\d_]+)*"
    r"|[^\W_]+(?:[-'’&](?!(?:[sSdm]|ll|re|ve)(?![^\W_]))[^\W_]+)*|['’](?:[sSdm]|ll|re|ve)(?![^\W_])"
    r"|&amp;|\.\.\.+|[^\s\w]|_+"
)
_PUNCTUATION = {
    ",": ",", ":": ":", ";": ";", "-": "-", "–": "-", "—": "-", "―": "-", "(": "(", ")": ")", "[": "(", "]": ")",
    ".": ".", "?": ".", "!": ".", "…": "-", "&": "c", "$": "d", "%": "n", "£": "d", "€": "d",
}  # fmt: skip
# what begins a tag, an entity or a list's item; and the entities that are punctuation
_DEBRIS = frozenset("<&•·▪●◦‣■►▶")
_NO_DEBRIS = frozenset(("<", "&", "&amp;"))
_ENTITIES = {"&mdash;": "—", "&ndash;": "–", "&#8211;": "–", "&#8212;": "—", "&hellip;": "…", "&#8230;": "…"}
_CHUNK = re.compile(
    r"(?:d+|d*#)?(?:r(?=[nNt]))?(?:[nNt#]|[nNt]-(?=[nN]))+(?:z(?:r?[nNt#]+)?)*"
    r"(?:f(?:d+|d*#)?(?:r(?=[nNt]))?[nNt#]+(?:z(?:r?[nNt#]+)?)*)*"
    r"|d(?:f(?:o|d?[nNt#]+(?:z[nNt#]+)*))?|[\s\S]"
)
# no real sentence has more tokens outside its quotations; a longer one is cut, so that time stays linear
_LONGEST_SENTENCE = 300
# months that are first names too
_MONTH_NAMES = frozenset({"jan", "jun", "april", "may", "june", "august"})
# of how many some are: "6 in 10 said"
_TENS = (["10"], ["ten"], ["100"], ["five"], ["5"], ["four"], ["4"], ["three"], ["3"])
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_SENTENCE_STOPS = frozenset(".?!")
_STOP = re.compile(r"[.?!][ \n\r\t\xa0]+(?=[A-Z0-9(])")
_LONGEST_WORD = 24
_SMALL_WORD = re.compile(r"[ \n][a-z]")
_NOT_SMALL = re.compile(r"[^\W\d_a-zß-öø-ÿ]")
# how many words the table of tags holds
_MOST_WORDS = 1 << 15
# words that keep the "to" after them in one phrase: "a source close to the minister"
_BOUND_TO = frozenset(
    {
        "adviser",
        "advisor",
        "aide",
        "ambassador",
        "assistant",
        "close",
        "counsel",
        "envoy",
        "loyal",
        "related",
        "secretary",
    }
)
_GENITIVES = frozenset(("'s", "’s", "'S", "’S"))
# function words whose tag depends on what stands beside them
_UNSETTLED = frozenset(("her", "minutes", "one", "to"))

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
    title_case = _is_title_case(text, start, end, quoted, lexicon, heading=heading)
    # a tag may hold what looks like a stop; and a Doc is asked about a paragraph as a whole
    whole = text.find("<", start, end) >= 0 or bool(evidence.tags)
    out: list[Passage] = []

    def add(begin: int, stop: int, pieces: Sequence[Piece]) -> None:
        read = partial(_read_passage, text, begin, stop, pieces, lexicon, title_case=title_case, evidence=evidence)
        out.append(Passage(begin, stop, pieces, read))

    begin = position = start
    pieces: list[Piece] = []
    for piece in (*quoted, None):
        left = end if piece is None else piece.start
        if not whole:
            for found in _STOP.finditer(text, position, left):
                stop = found.start() + 1
                if found.end() < left and (text[stop - 1] != "." or _is_sure(text, position, stop - 1, lexicon)):
                    add(begin, stop, pieces)
                    begin, pieces = stop, []
        if piece is not None:
            pieces.append(piece)
            position = piece.end
    add(begin, end, pieces)
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
    small = sum(len(_SMALL_WORD.findall(text, *gap)) for gap in gaps)
    if sum(len(_NOT_SMALL.findall(text, *gap)) for gap in gaps) * (1 - share) <= share * small:
        return False
    words: list[str] = []
    for gap in gaps:
        _, _, found = _tokenise(text, *gap, lexicon)
        words += [word for word in found if word[0].isalpha()]
    return len(words) > 3 and sum(word[0].isupper() for word in words) > share * len(words)


def _tokenise(text: str, start: int, end: int, lexicon: Lexicon) -> tuple[list[int], list[int], list[str]]:
    """Return the tokens of some text without quotations: where each begins and ends, and the words."""
    found = list(_TOKEN.finditer(text, start, end))
    words = [one.group() for one in found]
    starts = [one.start() for one in found]
    ends = [one.end() for one in found]
    kept = [word[0] not in _DEBRIS or word in _NO_DEBRIS for word in words]
    if not all(kept):
        words = [word if keep else _ENTITIES.get(word.lower(), "") for word, keep in zip(words, kept, strict=True)]
        starts = [at for at, word in zip(starts, words, strict=True) if word]
        ends = [at for at, word in zip(ends, words, strict=True) if word]
        words = [word for word in words if word]
    # the dot of an abbreviation is part of it
    dots = {
        i
        for i, word in enumerate(words)
        if word == "." and i and ends[i - 1] == starts[i] and _abbreviates(words[i - 1], lexicon)
    }
    if dots:
        words = [f"{word}." if i + 1 in dots else word for i, word in enumerate(words) if i not in dots]
        starts = [at for i, at in enumerate(starts) if i not in dots]
        ends = [at + (i + 1 in dots) for i, at in enumerate(ends) if i not in dots]
    return starts, ends, words


def _read_passage(
    text: str,
    start: int,
    end: int,
    quoted: Sequence[Piece],
    lexicon: Lexicon,
    *,
    title_case: bool,
    evidence: Evidence,
) -> list[Sentence]:
    """Tokenise and tag one passage, and group its words into chunks."""
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    raw: list[str] = []
    stretch: list[int] = []
    inside: dict[int, tuple[int, int]] = {}
    position = start
    for left, right, number, within in (*quoted, Piece(end, end, -1, (end, end))):
        begins, stops, found = _tokenise(text, position, left, lexicon)
        starts += begins
        ends += stops
        raw += found
        words += [word.lower() for word in found]
        stretch += [-1] * len(found)
        if number >= 0:
            inside[len(starts)] = within
            starts.append(left)
            ends.append(right)
            raw.append("Q")
            words.append("")
            stretch.append(number)
        position = right
    hints = [evidence.tag(left, right) for left, right in zip(starts, ends, strict=True)] if evidence.tags else None
    tags, verbs = _tag(raw, words, stretch, lexicon, title_case=title_case, hints=hints)
    tokens = Tokens(starts, ends, words, tags, stretch, inside, verbs, title_case, evidence)
    if quoted and "like" in words:
        _read_like(text, tokens, lexicon)
    return [chunk_sentence(tokens, begin, stop) for begin, stop in _split_sentences(text, tokens, raw)]


def _abbreviates(word: str, lexicon: Lexicon) -> bool:
    return (len(word) == 1 and word.isupper() and word != "I") or word.rpartition("-")[2] in lexicon.abbreviations


def _tag(
    raw: list[str],
    words: list[str],
    stretch: list[int],
    lexicon: Lexicon,
    *,
    title_case: bool,
    hints: Sequence[str] | None = None,
) -> tuple[list[str], dict[int, VerbForm]]:
    tags: list[str] = []
    verbs: dict[int, VerbForm] = {}
    count = len(raw)
    closed = lexicon.tags
    forms = lexicon.verbs
    plain = _plain_tags(lexicon)
    for i, word in enumerate(raw):
        tag = plain[word]
        if tag and (hints is None or not word[0].isalnum()):
            tags.append(tag)
            continue
        if stretch[i] >= 0:
            tags.append("Q")
            continue
        before = tags[-1] if tags else "."
        char = word[0]
        if not char.isalnum():
            if word in _GENITIVES:
                tags.append("e" if before in "pwsT" else "z")
            elif i and words[i - 1].endswith(("s", "z", "x")):
                tags.append("z")
            else:
                tags.append("-")
            continue
        initial = before in ".:;Q" or (before in "-(" and _is_initial(tags))
        low = words[i]
        bare = low.rstrip(".")
        article, _, stem = word.partition("-")
        capital = char.isupper() or (stem[:1].isupper() and article in lexicon.particles)  # al-Sadr
        if char.isdigit():
            tag = "m" if _YEAR.fullmatch(low) else "#" if not low.endswith("old") else "n"
            if tag == "m" and i and words[i - 1] in _ARTICLES and _is_open(raw, words, stretch, i + 1, lexicon):
                tag = "#"  # his 1996 book
            elif tag == "#" and words[i + 1 : i + 2] == ["in"] and words[i + 2 : i + 3] in _TENS:
                tag = "d"  # four in ten
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
        elif (known := closed.get(low) or closed.get(bare)) and not (
            capital and not initial and not title_case and known not in "pm" and before in "Nt"
        ):
            tag = known
            if tag == "d" and low == "her" and (i + 1 >= count or not _may_be_noun(raw, stretch, i + 1, lexicon)):
                tag = "o"
            elif (
                low == "one" and i + 1 < count and (words[i + 1] == "of" or _may_be_noun(raw, stretch, i + 1, lexicon))
            ):
                tag = "d"
            elif low == "minutes" and i + 1 < count and (words[i + 1] == "of" or (i and words[i - 1] == "the")):
                tag = "n"
            elif (
                tag == "m"
                and i + 1 < count
                and (
                    words[i + 1] in _POSSESSIVES
                    or (i + 2 < count and closed.get(words[i + 1]) == "m" and words[i + 2] in _POSSESSIVES)
                    or (capital and i and words[i - 1] in _ARTICLES and _is_open(raw, words, stretch, i + 1, lexicon))
                )
            ):
                tag = "n"  # November's election, her Sunday show
            elif tag == "m" and capital and i + 1 < count and raw[i + 1][:1].isupper() and stretch[i + 1] < 0:
                tag = "N" if low in _MONTH_NAMES and (not initial or raw[i + 1].lower() not in closed) else tag
            elif low in _MONTH_NAMES and capital and before == "Q" and _before_cue(words, stretch, i, lexicon):
                tag = "N"  # “We won,” April said
            elif low == "will" and capital and before == "Q" and i + 1 < count and raw[i + 1][:1].isupper():
                tag = "N"  # “We won,” Will Smith said
            elif tag == "a" and capital and not initial and not title_case and before != "N":
                tag = "m" if low == "may" else "N"
            elif low == "to" and i and words[i - 1] in _BOUND_TO:
                tag = "F"
        elif (
            capital
            and not title_case
            and not (
                initial
                and (
                    _is_plain_role(words, i, lexicon) or (low in forms and not _before_cue(words, stretch, i, lexicon))
                )
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
            tag = _tag_verb(form, tags, raw, words, stretch, i, lexicon)
            if tag not in "nN":
                verbs[i] = form
            elif capital and not initial:
                tag = "N"
        elif capital and (not initial or (title_case and low not in lexicon.roles)):
            tag = "N"
        elif low.endswith("ly") and len(low) > 4:
            tag = "r"
        elif low in lexicon.roles:
            tag = "n"
        elif low.endswith("ing") and len(low) > 5 and before not in "di":
            tag = "G"
        elif (
            low.endswith("s")
            and before in "np"
            and not low.endswith(("ss", "us"))
            and i + 1 < count
            and stretch[i + 1] < 0
            and closed.get(words[i + 1], "n") in "do"
            and not _has_finite(tags)
        ):
            tag = "y"  # the doctor swabs her arm
        elif low.endswith("ed") and len(low) > 4 and before not in "dfiF#zvgGB":
            tag = "y"
        else:
            tag = "n"
        if hints is not None and hints[i] != ".":
            tag = _weigh(tag, hints, i, tags, raw, words, stretch, verbs, lexicon)
        tags.append(tag)
    return tags, verbs


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


def _is_initial(tags: Sequence[str]) -> bool:
    """Whether nothing but dashes and brackets stands between the last stop and the next word."""
    i = len(tags) - 1
    while i >= 0 and tags[i] in "-(":
        i -= 1
    return i < 0 or tags[i] in ".:;Q"


class _PlainTags(dict[str, str]):
    """The tags of the words that have the same one wherever they stand; "" for all others."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST_WORDS:
            self.clear()
        tag = self[word] = self._find(word)
        return tag

    def _find(self, word: str) -> str:
        char, low, closed = word[0], word.lower(), self._lexicon.tags
        if not char.isalnum():
            if word in _GENITIVES or word in ("'", "’"):
                return ""
            if len(word) > 1 and low in closed:
                return closed[low]
            return "c" if word == "&amp;" else _PUNCTUATION.get(word, "-")
        if not word.islower() or char.isdigit() or low in _UNSETTLED:
            return ""
        known = closed.get(low) or closed.get(low.rstrip("."))
        if known:
            return "" if known == "m" else known
        if low in self._lexicon.verbs or low.endswith("ing"):
            return ""
        if low.endswith("ly") and len(low) > 4:
            return "r"
        inflected = low.endswith(("s", "ed")) and not low.endswith(("ss", "us"))
        return "" if inflected and low not in self._lexicon.roles else "n"


@lru_cache(maxsize=16)
def _plain_tags(lexicon: Lexicon) -> _PlainTags:
    return _PlainTags(lexicon)


# the endings of nouns for those who do something: "surveyor Ann Smith"
_AGENTS = ("er", "or", "ist", "man")


def _weigh(
    tag: str,
    hints: Sequence[str],
    i: int,
    tags: list[str],
    raw: list[str],
    words: list[str],
    stretch: list[int],
    verbs: dict[int, VerbForm],
    lexicon: Lexicon,
) -> str:
    """Weigh a tag against what a Doc says of the word: verb or noun, where the word alone leaves it open."""
    hint = hints[i]
    if hint == "." or words[i] in lexicon.tags or tag in "tm#" or tags[-2:] == ["h", "k"]:
        return tag
    form = lexicon.verbs.get(words[i])
    cue = form.cue if form is not None else None
    j = i - 1
    while j >= 0 and tags[j] in "rx":
        j -= 1
    helped = j >= 0 and tags[j] in "ea"
    if tag == "n" and hint in "vbug":
        near = tags[-1] if tags else "."
        if (hint == "u" and not helped) or near in "dz" or words[i] in lexicon.roles:
            return tag
        if form is None and words[i].endswith(_AGENTS):
            return tag
        if form is not None:
            verbs[i] = form
        if hint == "g":
            return "g" if cue else "G"
        if not cue:
            return "y"
        if hint == "b":
            return "B" if j >= 0 and tags[j] == "k" else "v"
        if hint == "u":
            return "u" if tags[j] == "e" else "v"
        return "v"
    near = tags[-1] if tags else "."
    if tag in "vyB" and form is not None and (near == "k" or not form.forms - {"past", "participle"}):
        return tag  # a noun's tag for what can only be a verb: "to boycott", "the candidate misspoke"
    if i + 1 < len(raw) and cue and (raw[i + 1] == ":" or (cue.verbal and lexicon.tags.get(words[i + 1]) == "T")):
        return tag
    if hint in "nO" and tag == "v" and len(tags) > 1 and tags[-1] == "n" and tags[-2] in "nydivGNz":
        verbs.pop(i, None)
        return "n"  # the end of a noun phrase
    if hint == "M" and tag in "vyu" and not helped:
        verbs.pop(i, None)
        return "n"  # "their deeply held belief"
    if hint == "O" and tag in "vgG" and tags and tags[-1] not in "Np":
        verbs.pop(i, None)
        return "n"
    beside = (i and stretch[i - 1] >= 0) or (i + 1 < len(raw) and stretch[i + 1] >= 0)
    tail = (
        i + 1 >= len(raw)
        or raw[i + 1] in ",.:;"
        or lexicon.tags.get(words[i + 1]) in tuple("Tp")
        or (tags and tags[-1] in "Nptc,Q)r")
    )
    if tag in "vyguG" and hint in "njNO" and not beside and not (cue and tail):
        verbs.pop(i, None)
        return "n" if not raw[i][0].isupper() else "N"
    return tag


def _is_plain_role(words: list[str], i: int, lexicon: Lexicon) -> bool:
    """Whether a word that begins a sentence is a role noun there, not a name like Baker."""
    role = lexicon.roles.get(words[i])
    if role is None or role.plural or i + 1 >= len(words):
        return role is not None
    return not (words[i + 1] == ":" or _before_cue(words, [-1] * len(words), i, lexicon))


def _before_cue(words: list[str], stretch: list[int], i: int, lexicon: Lexicon) -> bool:
    """Whether a reporting verb in the past follows: "Read said"."""
    if i + 1 >= len(words) or stretch[i + 1] >= 0:
        return False
    form = lexicon.verbs.get(words[i + 1])
    return form is not None and form.cue is not None and "past" in form.forms and "clause" in form.cue.frames


def _may_be_noun(raw: list[str], stretch: list[int], i: int, lexicon: Lexicon) -> bool:
    if stretch[i] >= 0 or not raw[i][0].isalnum():
        return False
    return lexicon.tags.get(raw[i].lower(), "n") in "nrd#m" or raw[i][0].isdigit()


def _is_open(raw: list[str], words: list[str], stretch: list[int], i: int, lexicon: Lexicon) -> bool:
    """Whether a word is there that is no function word."""
    return i < len(raw) and stretch[i] < 0 and raw[i][0].isalpha() and words[i] not in lexicon.tags


def _is_plain_noun(raw: list[str], words: list[str], stretch: list[int], i: int, lexicon: Lexicon) -> bool:
    """Whether a word is most likely a noun or an adjective: no verb form and no function word."""
    return _is_open(raw, words, stretch, i, lexicon) and ((form := lexicon.verbs.get(words[i])) is None or form.noun)


_POSSESSIVES = frozenset(("'s", "’s"))
# after these a verb in the singular is no noun
_ONE_OF_MANY = frozenset(("another", "each", "neither", "either"))
# before a word of time they make it an adverb: "this week"
_DEICTIC = frozenset(("this", "that", "each", "every", "some", "any", "one"))
# after these a form is a noun, whatever it is elsewhere; after other determiners ("one in three said") not
_ARTICLES = frozenset(
    ("a", "an", "the", "my", "your", "his", "her", "its", "our", "their", "no", "each", "every", "this", "that", "any")
)


def _governs(near: str, words: list[str], raw: list[str], stretch: list[int], i: int, lexicon: Lexicon) -> bool:
    """Whether a form that is never a noun ("say", "insist") stands after a subject and before what it reports."""
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


def _tag_verb(
    form: VerbForm, tags: list[str], raw: list[str], words: list[str], stretch: list[int], i: int, lexicon: Lexicon
) -> str:
    """Decide whether a form that may be a verb is one here, and which."""
    j = i - 1
    while j >= 0 and tags[j] in "rx":
        j -= 1
    before = tags[j] if j >= 0 else "."
    near = tags[i - 1] if i else "."
    finite = "v" if form.cue else "y"
    kinds = form.forms
    if words[i] == "close" and before != "k" and words[i + 1 : i + 2] == ["to"]:
        return "n"  # people close to the minister
    verbal = form.cue is not None and form.cue.verbal and "ing" not in kinds
    if verbal and (_governs(near, words, raw, stretch, i, lexicon) or ("third" in kinds and near in "nNi")):
        return finite
    if near == "d" and form.cue is not None and words[i - 1] in _ONE_OF_MANY and kinds & {"third", "past"}:
        return finite  # another tweeted
    if near in "dz#" and not (near == "d" and words[i - 1] in ("this", "all", "both", "many", "some", "others")):
        bare = "ing" in kinds and form.cue is None and not _is_plain_noun(raw, words, stretch, i + 1, lexicon)
        return "G" if bare else "n"
    if near == "f" or (near == "t"):
        return ("g" if form.cue else "G") if "ing" in kinds else "n"
    if "ing" in kinds:
        if before == "e":
            return finite
        if (
            near in "nN"
            and words[i] in lexicon.cue_nouns
            and not (form.cue and form.cue.verbal)
            and (
                i + 1 >= len(raw)
                or (raw[i + 1] in ".,;?!" and (i + 2 >= len(raw) or stretch[i + 2] < 0))
                or _is_finite(words[i + 1], lexicon)
            )
        ):
            return "n"  # in a court filing, a court filing alleges
        return "g" if form.cue else "G"
    if "past" in kinds or "participle" in kinds:
        if before == "e":
            has = words[j] in ("'s", "’s") and form.cue is not None and "clause" in form.cue.frames
            return ("v" if has and "naming" not in form.cue.frames else "u") if form.cue else "y"
        if "base" in kinds and before == "k":
            return "B" if form.cue else "y"
        if "base" in kinds and near in "nN" and _has_finite(tags):
            return "n"  # called the new forecast “bold”
        if near == "r" and before in "dz" and _is_open(raw, words, stretch, i + 1, lexicon):
            return "n"  # the newly elected mayor
        if near in "iF" and ("past" not in kinds or _is_plain_noun(raw, words, stretch, i + 1, lexicon)):
            return "n"  # articles from noted scholars
        if form.cue is None and near in "iv":
            return "n"  # said retired general Ann Smith
        return finite
    if before == "k" and "base" in kinds:
        return "n" if tags[j - 1 : j] == ["h"] else "B" if form.cue else "y"
    if before in "ax":
        return finite
    if near in "nN" and _has_finite(tags):
        return "n"
    follower = mark = "."
    if i + 1 < len(raw):
        mark = raw[i + 1]
        if stretch[i + 1] >= 0:
            follower = "Q"
        elif raw[i + 1][0].isalnum():
            follower = lexicon.tags.get(words[i + 1], "n")
    if "third" in kinds:
        if near in "pNw),Q-" or (near == "r" and before in "pNnw,"):
            return finite if not (near == "N" and follower in "fi" and form.cue is None and form.noun) else "n"
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
            and not _has_finite(tags)
        ):
            return finite  # the report warns of
        if near == "n":
            named = mark[:1].isupper() and follower == "n" and form.cue is not None and not _has_finite(tags)
            return finite if follower in "QTdpskw" or named else "n"
        if near in "co.:Tb":
            return finite if near != "." else "n"
        return "n"
    # base form
    if near in "pw" or (near == "r" and before in "pw"):
        return finite
    if near == "n" and words[i - 1].endswith("s") and (follower in "QTdpskwoi" or not form.noun):
        return finite if follower != "f" else "n"
    if near == "N" and form.cue is not None and words[i - 1].endswith("s") and follower in "QTdps":
        return finite
    if near == "N" and form.cue is not None and _is_joint_subject(tags):
        return finite
    if words[i - 1] in ("people", "police", "men", "women", "others") if i else False:
        return finite
    if near in "c,)Q" and follower in "QTdpo":
        return finite
    return "n"


def _is_finite(word: str, lexicon: Lexicon) -> bool:
    form = lexicon.verbs.get(word)
    return form is not None and form.cue is not None and bool(form.forms & {"third", "past"})


def _is_joint_subject(tags: list[str]) -> bool:
    """Whether the clause begins with two names: "Ann Smith and Bob Jones write"."""
    begin = len(tags)
    while begin and tags[begin - 1] in "NntcdQ," and tags[begin - 1] not in "Q,":
        begin -= 1
    return "c" in tags[begin:] and (begin == 0 or tags[begin - 1] in ".,Q")


def _has_finite(tags: list[str]) -> bool:
    """Whether the clause so far has a finite verb already."""
    for tag in reversed(tags[-60:]):
        if tag in ",;:.sSwTcbQ(-kAh":
            return False
        if tag in "vye":
            return True
    return False


def _split_sentences(text: str, tokens: Tokens, raw: list[str]) -> list[tuple[int, int]]:
    """Sentences of the paragraph outside its quoted stretches."""
    bounds = []
    begin = 0
    tags, stretch = tokens.tags, tokens.stretch
    count = len(tags)
    places = [i for i, word in enumerate(raw) if word[-1] in _SENTENCE_STOPS or word == "Q" or i + 1 == count]
    for i in places:
        while i - begin >= _LONGEST_SENTENCE:
            bounds.append((begin, begin + _LONGEST_SENTENCE + 1))
            begin += _LONGEST_SENTENCE + 1
        cut = False
        if i + 1 == count:
            cut = True
        elif tags[i] == "." and raw[i] in _SENTENCE_STOPS:
            cut = tags[i + 1] not in ".),;" and not (raw[i + 1][0].islower() and stretch[i + 1] < 0)
        elif stretch[i] >= 0:
            cut = _ends_sentence(text, tokens, raw, i)
        elif raw[i].endswith(".") and len(raw[i]) > 1 and raw[i + 1][0].isupper():
            # an abbreviation ends a sentence only before a word that begins one
            cut = (stretch[i + 1] >= 0 and _ends_clause(text, tokens, raw[i], i + 1)) or (
                stretch[i + 1] < 0
                and tags[i + 1] in "dpTsSibw"
                and raw[i][:-1] not in ("Mr", "Mrs", "Ms", "Dr")
                and tags[i] != "t"
            )
        if cut and begin <= i:
            bounds.append((begin, i + 1))
            begin = i + 1
    return bounds


def _ends_clause(text: str, tokens: Tokens, word: str, i: int) -> bool:
    """Whether an abbreviation before the stretch at token i ends a sentence: at 3 a.m., before “We won”."""
    return len(word) > 4 or ("." in word[:-1] and text[tokens.quoted[i][0]].isupper())


def _ends_sentence(text: str, tokens: Tokens, raw: list[str], i: int) -> bool:
    """Whether the sentence ends with the quoted stretch at token i."""
    tags = tokens.tags
    following = tags[i + 1]
    right = tokens.end[i]
    left, inner = tokens.quoted[i]
    inner -= 1
    while inner > left and not text[inner].isalnum() and text[inner] not in ".?!…,;:—–-)":
        inner -= 1
    last = text[inner]
    if following in ",;:.)" or (following == "-" and tokens.start[i + 1] - right <= 2):
        return False
    if last not in ".?!…—–-":
        return False
    if tokens.stretch[i + 1] >= 0:
        return last in ".?!…"
    if raw[i + 1][0].islower() and raw[i + 1] != "i":
        return False
    if last == "." and tags[i - 1 : i] == [":"] and following != "p":
        return True  # Smith said: “We won.” The crowd agreed.
    # “Who?” Smith asked.   “Stop!” cried the man.   against   “Stop.” Smith left.
    if last == "." and following != "p":
        return not _tail_follows(tokens, i + 1, strict=True)
    if last == ".":
        return not _tail_follows(tokens, i + 1, strict=True, wide=True)
    return not _tail_follows(tokens, i + 1, strict=False)


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
    return tags[i] in (".,;imFkg" if wide else ".,")


def chunk_sentence(tokens: Tokens, begin: int, end: int) -> Sentence:
    """Group the tokens of one sentence into chunks."""
    codes: list[str] = []
    first: list[int] = []
    last: list[int] = []
    tags = "".join(tokens.tags[begin:end])
    for found in _CHUNK.finditer(tags):
        piece = found.group()
        at, after = found.span()
        if len(piece) == 1 and piece not in "nNt#d":
            code = piece
        elif piece[0] == "d" and not re.search("[nNt#]", piece):
            following = tags[after : after + 1]
            if following == "m" and tokens.word[begin + at] in _DEICTIC and codes[-1:] not in (["F"], ["f"]):
                code = "m"
            else:
                code = "d" if following == "Q" else "r" if codes and codes[-1] == "p" else "p"
        elif piece == "#":
            code = "#"
        else:
            head = piece.split("f")[0].rstrip("z")
            code = "N" if "N" in head or "t" in head else "n"
        codes.append(code)
        first.append(begin + at)
        last.append(begin + after)
    return Sentence("".join(codes), tuple(first), tuple(last), tokens)
