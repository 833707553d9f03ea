"""Quotation marks, told from apostrophes, primes and elisions.

A mark is classified by its own shape and by the characters beside it; what depends on the marks
before it (a straight mark between two letters, say) is left open here and settled by `utterances`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from quoteattr.lexicon import Lexicon
from quoteattr.values import ANGLE, ANGLE_SINGLE, CORNER, CORNER_DOUBLE, DASH, DOUBLE, SINGLE, Mark, Paragraph

# what a mark begins with; a search for one class of characters is fast
_HEAD = r"[&`'’‘‚‛´′“”„‟«»‹›「」『』\"＂″]"
_ENTITY = (
    r"(?:amp;)?(?:quot|[lrb]dquo|[ls]quo|rsquo|sbquo|[lr]aquo|apos"
    r"|#0?3[49]|#82(?:1[678]|2[012])|#x201[89A-Fa-f]|#x2[27]);"
)
_MARK_PATTERN = (
    rf"{_HEAD}(?:(?<=&){_ENTITY}|(?<=`)`|(?<=')'|(?<=’)’|(?<=‘)‘|(?<=[“”„‟«»‹›「」『』\"＂″])"
    r"|(?<=['’‘‚‛`´′])(?:(?<![^\W_].)|(?![^\W_])|(?<=[^\W_]‘)(?=[^\W_])))|,,(?=\w)"
)
_MARK = re.compile(_MARK_PATTERN, re.DOTALL)
# the same without double commas, which few texts have
_PLAIN_MARK = re.compile(_MARK_PATTERN.removesuffix(r"|,,(?=\w)"), re.DOTALL)


def _garble(char: str, times: int, encoding: str) -> str:
    """What a character becomes whose UTF-8 bytes are read in another encoding."""
    for _ in range(times):
        # five bytes mean nothing in Windows-1252: they are kept as they are
        char = "".join(
            chr(byte) if encoding == "latin-1" or byte in b"\x81\x8d\x8f\x90\x9d" else bytes([byte]).decode("cp1252")
            for byte in char.encode()
        )
    return char


# garbled marks, and the garbled dashes and ellipsis that hold the shape of a mark
_GARBLED = {
    _garble(char, times, encoding): char
    for char in "“”‘’„‚–—…"
    for times, encoding in ((2, "cp1252"), (1, "cp1252"), (1, "latin-1"))
}
_LOST = "â€"  # a closing mark whose last byte was lost
_DAMAGED_MARK = re.compile(
    "|".join(map(re.escape, sorted(_GARBLED, key=len, reverse=True)))
    + rf"|{_LOST}[\"�]?(?![^\W_])|\\\\?[\"']|{_MARK_PATTERN}",
    re.DOTALL,
)
_DAMAGE = re.compile(r"[âÃ\\]")
_ENTITIES = {
    "quot": '"', "#34": '"', "#034": '"', "#x22": '"', "ldquo": "“", "#8220": "“", "#x201c": "“",
    "rdquo": "”", "#8221": "”", "#x201d": "”", "bdquo": "„", "#8222": "„", "#x201e": "„",
    "lsquo": "‘", "#8216": "‘", "#x2018": "‘", "rsquo": "’", "#8217": "’", "#x2019": "’",
    "apos": "'", "#39": "'", "#039": "'", "#x27": "'", "sbquo": "‚", "#8218": "‚", "#x201a": "‚",
    "squo": "'", "laquo": "«", "raquo": "»", "#x201b": "‛", "#x201f": "‟",
}  # fmt: skip
# the shape's own side: it opens, it closes, or either
_SHAPES = {
    "“": (DOUBLE, "open"), "”": (DOUBLE, "close"), "„": (DOUBLE, "low"), "‟": (DOUBLE, "open"),
    '"': (DOUBLE, "either"), "＂": (DOUBLE, "either"), "″": (DOUBLE, "either"), "``": (DOUBLE, "open"),
    "''": (DOUBLE, "either"), "’’": (DOUBLE, "close"), "‘‘": (DOUBLE, "open"), ",,": (DOUBLE, "open"),
    "‘": (SINGLE, "open"), "’": (SINGLE, "close"), "‚": (SINGLE, "low"), "‛": (SINGLE, "open"),
    "'": (SINGLE, "either"), "`": (SINGLE, "open"), "´": (SINGLE, "close"), "′": (SINGLE, "close"),
    "«": (ANGLE, "open"), "»": (ANGLE, "close"), "‹": (ANGLE_SINGLE, "open"), "›": (ANGLE_SINGLE, "close"),
    "「": (CORNER, "open"), "」": (CORNER, "close"), "『": (CORNER_DOUBLE, "open"), "』": (CORNER_DOUBLE, "close"),
}  # fmt: skip
_OPENERS = frozenset(" \t\r\n\f\xa0\u2009\u202f([{—–-/…¿¡>|*_\"“‘'«‹„‚`\u2003\u200b")
_FEET = re.compile(r"\d(?:['’′]|''|&#39;)\s?\d{1,2}(?:\.\d+)?(?:½|¼|¾)?$")
_CURLY = frozenset("“”‘’„‚")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>")
_LETTER = re.compile(r"[^\W_]")


def find_marks(text: str, paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> dict[int, list[Mark]]:
    """Find the marks of each paragraph that has any, by its number.

    Apostrophes inside a word, primes and elisions are no marks and are left out.
    """
    found = {}
    unusual = any(sign in text for sign in _UNUSUAL)
    for number, paragraph in enumerate(paragraphs):
        start, end = paragraph.start, paragraph.end
        pattern, tags = _choose_pattern(text, start, end) if unusual else (_PLAIN_MARK, [])
        if marks := _read_marks(text, start, end, pattern, tags, lexicon):
            if len(marks) == 1 and (lost := _find_lost(text, end, marks[0], lexicon)) > 0 and marks[0].start == start:
                marks.append(Mark(lost, lost, DOUBLE, "close", False, True, weak=False))
            found[number] = marks
    return found


# a report at a paragraph's end: , said Ann Smith.
_REPORT_LAST = re.compile(
    r",(?P<tail>[ \xa0](?P<verb>[a-z]+)(?:[ \xa0][^\W\d_a-z][\w.'’-]*){1,3}(?<!\.)|"
    r"[ \xa0][^\W\d_a-z][\w.'’-]*(?:[ \xa0][^\W\d_a-z][\w.'’-]*)?[ \xa0](?P<last>[a-z]+))\.$"
)
_LONGEST_REPORT = 60


def _find_lost(text: str, end: int, mark: Mark, lexicon: Lexicon) -> int:
    """Find where words end whose closing mark was lost, by the report after them; 0 for nowhere: “We wait, said Ann."""
    if mark.family is not DOUBLE or mark.shape == "close" or text[end - 1] != ".":
        return 0
    found = _REPORT_LAST.search(text, max(mark.end, end - _LONGEST_REPORT), end)
    form = lexicon.verbs.get(found.group("verb") or found.group("last")) if found is not None else None
    speaks = form is not None and form.cue is not None and form.cue.kind == "speech" and "base" not in form.forms
    return found.start("tail") if found is not None and speaks else 0


# signs of tags, damage and double commas, which few texts have
_UNUSUAL = ("<", "â", "Ã", "\\", ",,")


def _choose_pattern(text: str, start: int, end: int) -> tuple[re.Pattern[str], list[tuple[int, int]]]:
    """Choose the pattern for the marks of a paragraph, and find the tags, in which there are none."""
    tags = [tag.span() for tag in _TAG.finditer(text, start, end)] if text.find("<", start, end) >= 0 else []
    if _DAMAGE.search(text, start, end):
        return _DAMAGED_MARK, tags
    return _MARK if text.find(",,", start, end) >= 0 else _PLAIN_MARK, tags


def _read_marks(
    text: str, start: int, end: int, pattern: re.Pattern[str], tags: Sequence[tuple[int, ...]], lexicon: Lexicon
) -> list[Mark]:
    marks = []
    for found in pattern.finditer(text, start, end):
        char = found.group()
        if char[0] in "âÃ\\":
            char = _GARBLED.get(char) or (char[-1] if char[0] == "\\" else "”" if char[-1] != '"' else "—")
            if char in "–—…":
                continue
        if char[0] == "&":
            name = char[1:-1].removeprefix("amp;")
            char = _ENTITIES.get(name) or _ENTITIES.get(name.lower(), '"')
        at, after = found.span()
        if tags and (i := bisect_left(tags, (at + 1,))) and at < tags[i - 1][1]:
            continue
        left = text[at - 1] if at > start else ""
        right = text[after] if after < end else " "
        family = _SHAPES[char][0]
        if family is DOUBLE:
            if left.isdigit() and char in "\"″''”\"" and _FEET.search(text, max(start, at - 12), at):
                continue
        elif family is SINGLE:
            if right.isalnum() and lexicon.elision(text, after, end):
                continue
            if char in "'’" and left.isdigit() and right == " " and text[after + 1 : after + 2].isdigit():
                continue
            if char in "'’" and left in ("n", "N") and at - 1 > start and text[at - 2] in "'’‘":
                continue  # rock ’n’ roll
        sides = _judge(char, left, right)
        if sides is not None:
            marks.append(Mark(at, after, *sides))
    return marks


@lru_cache(maxsize=1 << 12)
def _judge(char: str, left: str, right: str) -> tuple[str, str, bool, bool, bool, bool] | None:
    """Return what a mark is by the characters beside it: a `Mark` without its place, or None for no mark.

    `left` is empty at the start of a paragraph.
    """
    family, shape = _SHAPES[char]
    starts, left = not left, left or " "
    if family is DOUBLE and char == "″" and left.isdigit():
        return None
    if family is SINGLE:
        if char == "‘" and _LETTER.match(left) and _LETTER.match(right):
            return None
        if char == "′" or (left.isdigit() and _LETTER.match(right)) or (char == "`" and right == " "):
            return None
    free_left = left in _OPENERS or left.isspace() or not left.isprintable()
    free_right = right.isspace() or not (right.isalnum() or right in "$£€#@&[({<“‘\"'„«‹…—-.~`¿¡_*+")
    opens = not right.isspace() and not (free_right and not free_left) and (free_left or left in ".,:;!?)=")
    if not free_left and left in ".,;!?" and shape == "either":
        opens = False
    closes = not (left.isspace() or starts) or right.isspace()
    if free_left and not free_right and not left.isspace() and shape == "either":
        closes = True
    if free_left and left.isspace() and not right.isspace() and not free_right:
        closes = False
    if starts:
        closes = False
    if free_left and shape in ("open", "low"):
        opens = True
    if shape == "close" and family not in (SINGLE, DOUBLE) and (right.isspace() or free_right):
        closes = True
    return family, shape, opens, closes, family is SINGLE and char in "'’´", char in _CURLY


_DASHES = frozenset("–—―")
_SPOKEN = re.compile(r"[–—―][ \xa0\u2009]?(?=[¿¡…]?[^\W\d_a-z])")
# where the words end and a reporting verb with its subject follows: ? asked Ann   , he said.
_TAIL = re.compile(
    r"[,?!…](?P<tail>[ \xa0](?:(?P<verb>[a-z]+)[ \xa0](?=[^\W\d_a-z]|(?:he|she|they|we|the|an?|my|his|her)\b)"
    r"|(?:he|she|they|we|I|[^\W\d_a-z][\w.'’-]*)[ \xa0](?P<last>[a-z]+)(?=[.,;:]|[ \xa0]\w+ly\b|$)))"
)
_RESUMED = re.compile(r"[^.,;:?!]{1,80},[ \xa0](?=\w)")
# what somebody does meanwhile, and words of their own in the next sentence: smiling. I put it there.
_PARTICIPLE = re.compile(
    r"(?P<verb>[a-z]+ing)\b[^.?!]{0,80}[.?!](?P<own>[ \xa0](?=(?:I|My|Our|We|You|Your)\b))?", re.DOTALL
)


def find_dashes(text: str, paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> dict[int, list[Mark]]:
    """Find where speech begins and ends in paragraphs of dialogue that a dash introduces, by paragraph.

    A list with dashes has the same shape: at least two paragraphs must begin so, one must ask or exclaim, and one
    must have a reporting verb after its words.
    """
    spoken = {
        number: found
        for number, paragraph in enumerate(paragraphs)
        if text[paragraph.start] in _DASHES and (found := _SPOKEN.match(text, paragraph.start, paragraph.end))
    }
    if len(spoken) < 2:
        return {}
    marks: dict[int, list[Mark]] = {}
    reported = asks = False
    for number, dash in spoken.items():
        end = paragraphs[number].end
        tail = _find_tail(text, dash.end(), end, lexicon)
        stop = end if tail is None else tail
        marks[number] = [_dash_mark(*dash.span(), "open"), _dash_mark(stop, stop, "close")]
        if tail is not None and (resumed := _find_resumed(text, tail, end, lexicon)) > 0:
            marks[number] += [_dash_mark(resumed, resumed, "open"), _dash_mark(end, end, "close")]
        reported = reported or tail is not None
        asks = asks or "?" in text[dash.end() : stop] or "!" in text[dash.end() : stop]
    return marks if reported and asks else {}


def _find_tail(text: str, start: int, end: int, lexicon: Lexicon) -> int | None:
    for found in _TAIL.finditer(text, start, end):
        form = lexicon.verbs.get(found.group("verb") or found.group("last"))
        if form is not None and form.cue is not None and form.cue.kind == "speech" and "base" not in form.forms:
            return found.start("tail")
    return None


def _find_resumed(text: str, start: int, end: int, lexicon: Lexicon) -> int:
    """Find where speech goes on after a report; 0 if it does not: , said Ann, on the shelf   , said Ann, smiling."""
    found = _RESUMED.match(text, start, end)
    if found is None:
        return 0
    participle = _PARTICIPLE.match(text, found.end(), end)
    if participle is None or participle.group("verb") not in lexicon.verbs:
        return found.end()
    return participle.end() if participle.group("own") else 0


def _dash_mark(start: int, end: int, shape: str) -> Mark:
    return Mark(start, end, DASH, shape, shape == "open", shape == "close", weak=False)
