"""Who says "I" in the telling: the narrator of a story, the writer of a letter, the one interviewed.

Evidence is weighed in votes.  Others call the narrator by name next to what "I" said, and "I" calls nobody so;
narrators say what they are called, stand in the heading of what they tell, or sign it; and are hardly ever told of.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

import attrs

from quoteattr.coreference.entities import Entity
from quoteattr.coreference.narration import Narration
from quoteattr.coreference.scene import is_vocative
from quoteattr.lexicon import words_of
from quoteattr.values import Name

_MY_NAME = re.compile(
    r"\b(?:[Mm]y (?:(?:first|full|own) )?name (?:is|was)|[Mm]y name['’]s|[Cc]all me|I am called|[Tt]hey call me)[ \n]$"
)
# “I am Ann Smith.”, “It's Ann Smith here”: only where the name ends its clause
_I_AM = re.compile(r"(?:\bI am|\bI['’]m|\bI,|\b[Ii]t['’]s|\b[Tt]his is|\bmyself,)[ \n]$")
_CLOSED = re.compile(r"[,.;:!?)]|[ \n](?:here|speaking)\b|$", re.MULTILINE)
_DEAR = re.compile(r"(?:My )?(?:[Dd]ear(?:est)?|Hello|Hi)\b[^.?!\n]{0,60}[,:!]?$")
_TEXTS = rf"(?:{'|'.join(sorted(words_of('texts in the first person')))})s?\b"
# Remarks by Ann Smith; Ann Smith's Diary, Ann Smith delivered her remarks
_TITLE_BY = re.compile(
    rf"\b{_TEXTS}[ \n](?:of|(?:[^\W\d]+[ \n]){{0,3}}(?:by|with|from))[ \n](?:the[ \n])?$", re.IGNORECASE
)
_BY_TITLE = re.compile(rf"(?:['’]s|:)?[ \n](?:[^\W\d]+[ \n]){{0,3}}{_TEXTS}", re.IGNORECASE)
_ACTS = re.compile(r"[ \n][a-z]")
_BEFORE, _WINDOW = 30, 80
# the paragraphs at the head of a text that may name its narrator
_LINES = 4
_LONGEST_LINE = 160
# votes: called by name, and beside what “I” said; called so by “I”; a name said, signed or in the heading
_CALLED, _BESIDE, _CALLING, _SAID = 1, 2, -3, 4
# a mention in the telling itself
_TOLD = -1
# the first has so many times the votes of the next
_AHEAD = 2


@attrs.frozen
class Statement:
    """A quotation, as far as it tells who the narrator is."""

    pieces: Sequence[tuple[int, int]]
    own: bool
    """whether its source is "I" """
    sourced: bool


def find_narrator(narration: Narration, document: int, statements: Sequence[Statement]) -> Entity | None:
    """Find who says "I" outside the quotations of a document; None where nothing tells.

    `statements` are the quotations of the document in text order.
    """
    pieces = sorted((start, end, number) for number, one in enumerate(statements) for start, end in one.pieces)
    starts = [start for start, _, _ in pieces]
    votes: Counter[Entity] = Counter()
    called: set[tuple[int, Entity]] = set()
    for name, entity in narration.names_in_document(document):
        at = bisect_right(starts, name.start) - 1
        vote = 0
        if at < 0 or name.start >= pieces[at][1]:
            if not narration.is_quoted(name.start):
                vote = _vote_told(narration, name)
        elif _says_name(narration.text, name):
            one = statements[pieces[at][2]]
            vote = _SAID if one.own else 0 if one.sourced else _CALLED
        elif is_vocative(narration.text, name):
            start, end, number = pieces[at]
            one = statements[number]
            answer = one.own and name.start == start and end - name.end < 2  # “Ann,” I said
            if (number, entity) not in called and not answer:
                called.add((number, entity))
                beside = any(statements[n].own for n in (number - 1, number + 1) if 0 <= n < len(statements))
                vote = _CALLING if one.own else _BESIDE if beside else _CALLED
        if entity.kind == "person" or (entity.kind == "unknown" and _says_name(narration.text, name)):
            votes[entity] += vote
    best = votes.most_common(2)
    if not best or best[0][1] <= 0 or (len(best) > 1 and best[0][1] < _AHEAD * best[1][1]):
        return None
    return best[0][0]


def _vote_told(narration: Narration, name: Name) -> int:
    """What a name in the telling itself says of the narrator."""
    if _says_name(narration.text, name) or _is_titled(narration, name) or _is_signed(narration, name):
        return _SAID
    acts = not name.possessive and not name.oblique and _ACTS.match(narration.text, name.end) is not None
    return _TOLD if acts else 0


def _says_name(text: str, name: Name) -> bool:
    """Whether "I" gives a name as its own: “My name is Ann Smith”, “I am Ann Smith.”."""
    before = text[max(0, name.start - _BEFORE) : name.start]
    if _MY_NAME.search(before):
        return True
    return not name.possessive and _I_AM.search(before) is not None and _CLOSED.match(text, name.end) is not None


def _is_titled(narration: Narration, name: Name) -> bool:
    """Whether the head of a text calls it by its narrator: Ann Smith's Diary, Ann Smith: An Interview."""
    paragraph = narration.paragraphs[name.paragraph]
    if paragraph.kind != "heading" and name.paragraph >= _LINES:
        return False
    before = narration.text[max(paragraph.start, name.start - _WINDOW) : name.start]
    return _TITLE_BY.search(before) is not None or _BY_TITLE.match(narration.text, name.end, paragraph.end) is not None


def _is_signed(narration: Narration, name: Name) -> bool:
    """Whether a name alone in the last lines signs a letter: Dear Mom, … Yours, Ann."""
    paragraphs = narration.paragraphs
    paragraph = paragraphs[name.paragraph]
    last = name.paragraph + 1 == len(paragraphs) or paragraphs[name.paragraph + 1].document != paragraph.document
    if not last or name.start != paragraph.start or paragraph.end - name.end > 1:
        return False
    for number in range(name.paragraph - 1, -1, -1):
        one = paragraphs[number]
        if one.document != paragraph.document:
            return False
        if _DEAR.match(narration.text[one.start : min(one.end, one.start + _LONGEST_LINE)]):
            return True
    return False
