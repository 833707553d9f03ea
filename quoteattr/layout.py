"""Text → paragraphs.

A paragraph is a block between blank lines, or a single line where the text is not hard-wrapped.
Nothing is copied: a paragraph is two offsets and what kind of block it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quoteattr.lexicon import Lexicon, words_of
from quoteattr.values import Paragraph

_LINE = re.compile(r"[^\r\n\f\u2028\u2029\x0b\x85]+")
_CONTENT = re.compile(r"\S(?:.*\S)?", re.DOTALL)
# tags that begin or end a block part lines too; a bullet or a tag around a block is no part of it
_BLOCK_TAG = re.compile(r"</?(?:p|br|div|li|[uo]l|h[1-6]|blockquote|tr|t[dh])\b[^<>]{0,300}>", re.IGNORECASE)
_LEADERS = frozenset("<•·▪●◦‣■►▶&*>")
_LEADING = re.compile(r"(?:(?:</?[A-Za-z][^<>]{0,300}>|[•·▪●◦‣■►▶]|&bull;|[*>]+(?=\s))\s*)+")
_TRAILING = re.compile(r"(?:\s*</[A-Za-z][^<>]{0,100}>)+$")
_CAPITALS = r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}"
_NAME = r"(?:[A-Z][\w.'’-]+ (?:(?:of|for|and|the) ){0,2}){0,8}[A-Z][\w'’-]+"
_CROWD = r"(?:The|An?|Another|Some|Several|All) (?:[a-z.-]+ ){0,2}[a-z]+"
_BRACKETS = r"(?: \([^)]{1,40}\)){0,2}"
# who somebody is, after the first label with the name: ANN LEE, CNN ANCHOR   SEN. ANN LEE (R), OHIO
_DESCRIPTION = rf"(?<=[A-Z.)])(?P<described>, [A-Z][A-Z.,'’&/ -]{{1,60}}){_BRACKETS}"
# when it is said, before a label: [00:01:02] Ann Lee:
_CLOCK = r"(?:[\[(]?\d{1,2}(?::\d\d){1,2}(?:\.\d+)?[\])]?[ \t]+(?:[-–][ \t])?)?"
_TURN = re.compile(
    rf"{_CLOCK}(?P<label>(?P<who>Q|A|{_CAPITALS}|{_NAME}|{_CROWD}){_BRACKETS}(?:{_DESCRIPTION})?)"
    r"(?::|(?<=\b[QA])\.)[ \t]+(?=\S)"
)
# a block of at most this many code points that ends without a stop is a heading, caption or credit
_HEADING_LENGTH = 200
_STOPS = frozenset(".?!…\"”'’»:;,)]")
_MARKS = frozenset("\"”'’“‘«»`")
# who took a picture or wrote the text: a line of its own, or the end of a caption
_PERSON = r"[^\W\d_a-z][\w.'’-]*(?: (?:[a-z]{1,4} )?[^\W\d_a-z][\w.'’-]*){1,4}"
_PICTURE = (
    r"(?:(?:[Pp]hoto(?:graph(?:y|s)?|s)?|PHOTO|[Pp]ictures?|[Ii]mages?|[Ii]llustrations?|[Gg]raphics?|[Vv]ideo)"
    r"(?: ?[Cc]redit)?|[Cc]redit)"
)
_CREDIT = re.compile(rf"\(?(?P<label>{_PICTURE}(?::| by\b)|By(?= [^\W\d_a-z]))\s*{_PERSON}(?:\s?[,/|(].{{0,60}})?$")
# code points of a credit, and of a caption with one
_CREDIT_LENGTH, _CAPTION_LENGTH = 120, 500
_CAPTION_CREDIT = re.compile(rf"(?<=[.?!)\s])\(?(?P<label>{_PICTURE}(?::| by\b))\s*[^.?!]{{2,60}}$")
# share of single line breaks that fall inside a sentence, from which a text counts as hard-wrapped
_WRAPPED_SHARE = 0.25
# a transcript has at least this many labelled turns, or this many if they show that somebody talks
_TURNS, _TALKING_TURNS = 4, 3
# which part of a short transcript's turns have a person's label, and which part is talk
_PERSONS_SHARE, _TALK_SHARE = 2 / 3, 1 / 3
# whoever talks says "I" and "you", or asks
_TALK = re.compile(r"\bI\b|\b(?:[Mm]e|[Mm]y|[Mm]ine|[Ww]e|us|[Oo]ur|[Yy]ou|[Yy]our)\b|\?[”\"]?$")
_NO_PERSONS = words_of("labels of notices") | words_of("question words") | words_of("months that are first names")


def split_paragraphs(text: str, lexicon: Lexicon) -> list[Paragraph]:
    r"""Split a text into paragraphs.

    >>> from quoteattr.lexicon import load_lexicon
    >>> from quoteattr.model import Config
    >>> text = "A headline\n\nOne line.\nAnother."
    >>> [(p.start, p.end, p.kind) for p in split_paragraphs(text, load_lexicon(Config()))]
    [(0, 10, 'heading'), (12, 21, 'body'), (22, 30, 'body')]
    """
    lines: list[tuple[int, int]] = []
    gaps: list[str] = []
    end = 0
    for left, right in _find_lines(text):
        inner = _CONTENT.search(text, left, right)
        if inner is None:
            continue
        start, stop = inner.span()
        if text[start] in _LEADERS and (led := _LEADING.match(text, start, stop)):
            start = led.end()
        if text[stop - 1] == ">" and (trailed := _TRAILING.search(text, start, stop)):
            stop = trailed.start()
        if start >= stop:
            continue
        gaps.append(text[end:start])
        lines.append((start, stop))
        end = stop
    if not lines:
        return []
    wrapped = _is_wrapped(text, lines, gaps)
    blocks: list[tuple[int, int, int]] = []
    document = 0
    for number, (start, stop) in enumerate(lines):
        gap = gaps[number]
        if number and "\f" in gap:
            document += 1
        elif number and wrapped and _count_breaks(gap) == 1:
            blocks[-1] = (blocks[-1][0], stop, document)
            continue
        blocks.append((start, stop, document))
    turns = _find_turns(text, blocks, lexicon)
    paragraphs = []
    for (start, stop, which), turn in zip(blocks, turns, strict=True):
        if turn:
            paragraphs.append(Paragraph(turn.start("label"), stop, "turn", which, turn.span("label")))
            continue
        credit = _find_credit(text, start, stop)
        if credit is not None:
            if credit.start() > start:
                paragraphs.append(Paragraph(start, credit.start(), "body", which))
            paragraphs.append(Paragraph(credit.end("label"), stop, "credit", which, credit.span("label")))
        elif stop - start <= _HEADING_LENGTH and _is_headed(text, stop):
            paragraphs.append(Paragraph(start, stop, "heading", which))
        else:
            paragraphs.append(Paragraph(start, stop, "body", which))
    return paragraphs


def _find_turns(text: str, blocks: list[tuple[int, int, int]], lexicon: Lexicon) -> list[re.Match[str] | None]:
    """Find which blocks are turns of a transcript: none, or all that begin with a label."""
    turns: list[re.Match[str] | None] = []
    labels: list[str] = []
    surnames: set[str] = set()
    initials: dict[str, str] = {}
    persons = talking = own = 0
    for start, stop, _ in blocks:
        turn = _find_label(text, start, stop)
        if turn is not None:
            who = initials.get(re.sub("[.-]", "", turn.group("who")), turn.group("who"))
            person = True if who in surnames else _is_person(who, lexicon)
            if person is None or (turn.group("described") and not _may_be_described(who, lexicon)):
                turn = None
            else:
                labels.append(who)
                if " " in who and person:
                    initials["".join(part[0] for part in re.split("[ -]", who) if part)] = who
                surnames |= {who.split()[-1]} if " " in who and who.isupper() else set()
                persons += person
                talking += text[stop - 1] in _STOPS and _TALK.search(text, turn.end(), stop) is not None
                own += text.find(who.split()[-1], turn.end(), stop) >= 0
        turns.append(turn)
    count, different = len(labels), _count_speakers(labels)
    repeated = count >= _TURNS and 2 <= 5 * different <= 3 * count
    # what is written of somebody names them again
    talk = persons >= _PERSONS_SHARE * count and talking >= _TALK_SHARE * count and not own
    if repeated or (count >= _TALKING_TURNS and different > 1 and talk):
        capitals = 2 * sum(label.isupper() for label in labels) > count
        return [None if turn and capitals and not turn.group("who").isupper() else turn for turn in turns]
    return [None] * len(blocks)


def _count_speakers(labels: list[str]) -> int:
    """Count the different labels; in capitals a surname alone is that of the longer label that ends in it."""
    different = set(labels)
    surnames = {label.split()[-1] for label in different if " " in label and label.isupper()}
    return sum(label not in surnames for label in different)


def _may_be_described(who: str, lexicon: Lexicon) -> bool:
    """Whether a label is a whole name in capitals: ANN LEE, MAYOR; not OSLO, NORWAY."""
    return who.isupper() and " " in who and who.title() not in lexicon.places


def _is_person(label: str, lexicon: Lexicon) -> bool | None:
    """Whether the label of a turn names a person; None if it can be no label of a turn."""
    words = label.split()
    if words[-1].lower() in _NO_PERSONS and words[0].title() not in lexicon.given_names:
        return None
    first, last = words[0].rstrip("."), lexicon.roles.get(words[-1].lower())
    if words[-1].islower():
        return True if last is not None else None  # Some members, The witness
    person = label.title() not in lexicon.places and (
        first.title() in lexicon.given_names
        or first.title() in lexicon.titles
        or (last is not None and not last.plural)
    )
    # one word with a capital begins many a line
    return person if person or len(words) > 1 or label.isupper() else None


def _find_lines(text: str) -> Iterator[tuple[int, int]]:
    marked_up = "<" in text and _BLOCK_TAG.search(text) is not None
    for found in _LINE.finditer(text):
        start, end = found.span()
        if marked_up:
            for tag in _BLOCK_TAG.finditer(text, start, end):
                yield start, tag.start()
                start = tag.end()
        yield start, end


def _find_label(text: str, start: int, stop: int) -> re.Match[str] | None:
    """Find the label that a block begins with, as the turn of a transcript does."""
    return _TURN.match(text, start, stop) if text[start] in "QA" or text.find(":", start, stop) >= 0 else None


def _is_headed(text: str, stop: int) -> bool:
    """Whether a short block ends as a headline does: without a stop, or with a quoted word: ... was ‘top secret’."""
    last = text[stop - 1]
    if last in _MARKS:
        return text[stop - 2].isalnum()
    return last not in _STOPS


def _find_credit(text: str, start: int, stop: int) -> re.Match[str] | None:
    """Find a credit or byline that a block is, or a credit that a caption ends with."""
    if stop - start <= _CREDIT_LENGTH and (found := _CREDIT.match(text, start, stop)):
        return found
    if stop - start > _CAPTION_LENGTH or text[stop - 1] in '.?!”"':
        return None
    return _CAPTION_CREDIT.search(text, max(start + 1, stop - _CREDIT_LENGTH), stop)


def _count_breaks(gap: str) -> int:
    if gap.isspace() and ("\n" in gap or "\r" in gap):
        return gap.count("\n") or gap.count("\r")
    return 2 if gap.strip(" \t\xa0") else 1


def _is_wrapped(text: str, lines: list[tuple[int, int]], gaps: list[str]) -> bool:
    single = inside = 0
    for number in range(1, len(lines)):
        if _count_breaks(gaps[number]) == 1:
            single += 1
            last, first = text[lines[number - 1][1] - 1], text[lines[number][0]]
            inside += first.islower() and last not in ".?!:"
    return inside > 0 and inside >= _WRAPPED_SHARE * single
