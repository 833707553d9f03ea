"""Who speaks in a conversation: turns, and the rules that hand them round.

A quotation without a cue of its own goes on with the speaker before in news, and changes the
speaker in a conversation.  Which of the two a document is, it says itself (`is_conversation`):
its turns stand in paragraphs side by side, one asks and the next one answers, and neighbours that
have a cue have different speakers.

A rule is asked for the candidates of a turn that has no source; the answer is accepted only if
exactly one remains.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import attrs

from quoteattr.coreference.entities import Entity

# narration between two turns of one conversation, in paragraphs
_PAUSE = 3
# how many turns around one are looked at for who is present
_PRESENT = 6
# a conversation has at least this share of its turns side by side
_SIDE_BY_SIDE = 1 / 3


@attrs.define(eq=False)
class Turn:
    """The direct quotations of one paragraph (or of several, where one stretch runs over them)."""

    first: int
    last: int
    """paragraphs"""
    document: int
    asks: bool
    """whether it ends in a question"""
    sourced: bool
    """whether one of its quotations has a source of its own"""
    breaks: bool
    """whether a heading or a row of stars stands before it"""
    named: Entity | None = None
    """the source, if it is a name"""
    called: list[Entity] = attrs.field(factory=list)
    """who is called by name in it: never its speaker"""
    address: str | None = None
    """the gender of whom it addresses: "sir", "mother" """
    acting: tuple[Entity, ...] = ()
    """whom the narration of its paragraph is about"""
    near: tuple[Entity, ...] = ()
    """who is named in the narration before it, nearest first"""
    opening: tuple[Entity, ...] = ()
    """whom the paragraph before is about"""
    entity: Entity | None = None

    @property
    def speaker(self) -> Entity | None:
        """The speaker as far as known."""
        return self.entity or self.named


@attrs.frozen
class Scene:
    """The conversation as it stands at one turn."""

    same: Entity | None
    """who has this turn, if another quotation of it says so"""
    before: Entity | None
    """who has the turn before"""
    alternate: Entity | None
    """who has the turn before that one"""
    present: tuple[Entity, ...]
    """who speaks in the turns around, nearest first"""
    near: tuple[Entity, ...]
    """who is named in the narration before the turn, nearest first"""
    last: int
    """the paragraph in which the turn before ends"""


@attrs.frozen
class Rule:
    """One row: a name, its function, a text it decides, a near miss, where it comes from."""

    name: str
    ask: Callable[[Dialogue, int], list[Entity]]
    fires_on: str
    silent_on: str
    origin: str


def is_conversation(turns: Sequence[Turn]) -> bool:
    """Whether the turns of one document are a conversation and no row of statements.

    Evidence: turns side by side, of which some follow a question, or differ in their named speakers
    more often than not.
    """
    beside = replies = change = same = 0
    for one, two in pairwise(turns):
        if two.first - one.last != 1:
            continue
        beside += 1
        replies += one.asks
        if one.named is not None and two.named is not None:
            if one.named is two.named:
                same += 1
            else:
                change += 1
    return beside >= _SIDE_BY_SIDE * len(turns) and replies + change > same and replies > 0


class Dialogue:
    """The turns of one text, and who has them."""

    def __init__(self, turns: Sequence[Turn]) -> None:
        self.turns = turns
        self._talks: dict[int, bool] = {}
        self._tellers: dict[int, Entity] = {}
        by_document: dict[int, list[Turn]] = {}
        for turn in turns:
            by_document.setdefault(turn.document, []).append(turn)
        for document, members in by_document.items():
            self._talks[document] = is_conversation(members)

    def talks(self, document: int) -> bool:
        """Whether a document is told in conversations."""
        return self._talks.get(document, False)

    def teller(self, document: int) -> Entity:
        """Return a stand-in for the "I" of a document that nobody names: it has turns, and no name."""
        return self._tellers.setdefault(document, Entity(-1, "teller", "I", ("I",), document))

    def linked(self, one: int, two: int) -> bool:
        """Whether two neighbouring turns belong to one conversation."""
        if not (0 <= one < len(self.turns) and two < len(self.turns)):
            return False
        left, right = self.turns[one], self.turns[two]
        return left.document == right.document and not right.breaks and right.first - left.last <= _PAUSE

    def scene(self, number: int) -> tuple[int, int]:
        """The turns of the conversation around one turn, as a range."""
        low = high = number
        while low > 0 and number - low < _PRESENT and self.linked(low - 1, low):
            low -= 1
        while high - number < _PRESENT and self.linked(high, high + 1):
            high += 1
        return low, high + 1

    def present(self, number: int) -> list[Entity]:
        """Who speaks or is called in the turns around one, nearest first."""
        low, high = self.scene(number)
        order = sorted(range(low, high), key=lambda at: (abs(at - number), at > number))
        found = [who for at in order if at != number for who in (self.turns[at].speaker,) if who is not None]
        return list(dict.fromkeys(found))

    def view(self, number: int) -> Scene:
        """Return the conversation as it stands at one turn."""
        before = self.turns[number - 1].speaker if self.linked(number - 1, number) else None
        alternate = (
            self.turns[number - 2].speaker if before is not None and self.linked(number - 2, number - 1) else None
        )
        last = self.turns[number - 1].last if number else 0
        return Scene(
            self.turns[number].entity, before, alternate, tuple(self.present(number)), self.turns[number].near, last
        )

    def decide(self, number: int) -> tuple[Entity, str] | None:
        """Return who has a turn without a source, and by which rule."""
        turn = self.turns[number]
        gender = self.turns[number - 1].address if self.linked(number - 1, number) else None
        for rule in RULES:
            candidates = [
                one
                for one in dict.fromkeys(rule.ask(self, number))
                if one not in turn.called and not (gender and one.gender and one.gender != gender)
            ]
            if len(candidates) == 1:
                return candidates[0], rule.name
        return None

    def other(self, number: int, step: int) -> list[Entity]:
        """The speaker two turns away, where the one in between is another."""
        near, far = number + step, number + 2 * step
        if not self.linked(min(near, number), max(near, number)) or not self.linked(min(near, far), max(near, far)):
            return []
        between, speaker = self.turns[near].speaker, self.turns[far].speaker
        if speaker is None or between is None or between is speaker:
            return []
        return [speaker]


def _acting(dialogue: Dialogue, number: int) -> list[Entity]:
    return list(dialogue.turns[number].acting)


def _called(dialogue: Dialogue, number: int) -> list[Entity]:
    if not dialogue.linked(number - 1, number):
        return []
    before = dialogue.turns[number - 1]
    called = [one for one in before.called if one is not before.speaker]
    here = dialogue.present(number)
    return (
        [one for one in called if one in here]
        or [one for one in called if one in before.near]
        or [one for one in called if one.kind == "person"]
    )


def _alternate(dialogue: Dialogue, number: int) -> list[Entity]:
    turn = dialogue.turns[number]
    found = dialogue.other(number, -1)
    if found and turn.first - dialogue.turns[number - 1].last > 1 and turn.opening and turn.opening[0] is not found[0]:
        return []
    return found


def _answer(dialogue: Dialogue, number: int) -> list[Entity]:
    if not dialogue.linked(number - 1, number):
        return []
    before = dialogue.turns[number - 1].speaker
    if before is None:
        return []
    after = dialogue.turns[number + 1] if dialogue.linked(number, number + 1) else None
    near = after.named if after is not None and after.first - dialogue.turns[number].last == 1 else None
    return [one for one in dialogue.present(number) if one is not before and one is not near]


def _company(dialogue: Dialogue, number: int) -> list[Entity]:
    turn = dialogue.turns[number]
    if not dialogue.linked(number - 1, number):
        return []
    before = dialogue.turns[number - 1].speaker
    if before is None:
        return []
    return [one for one in turn.near if one is not before and one.kind == "person"]


def _opening(dialogue: Dialogue, number: int) -> list[Entity]:
    if dialogue.linked(number - 1, number) and dialogue.turns[number].first - dialogue.turns[number - 1].last < 2:
        return []
    return list(dialogue.turns[number].opening)


def _back(dialogue: Dialogue, number: int) -> list[Entity]:
    return dialogue.other(number, 1)


RULES: tuple[Rule, ...] = (
    Rule(
        "turn.beat",
        _acting,
        "“Who is there?” asked Ann.\n\nBob opened the door. There was snow on it. “The postman.”",
        "“Who is there?” asked Ann.\n\nBob met Carl at the door. There was snow on it. “The postman.”",
        "one paragraph, one speaker: whom its narration is about",
    ),
    Rule(
        "turn.vocative",
        _called,
        "“Who is there, Bob?” asked Ann.\n\n“The postman.”",
        "“Who is there, sir?” asked Ann.\n\n“The postman.”",
        "He, Barbosa and Kondrak 2013: vocatives",
    ),
    Rule(
        "turn.alternate",
        _alternate,
        "“Who is there?” asked Ann.\n\n“The postman,” said Bob.\n\n“At night?”",
        "“Nobody came,” said Ann.\n\n“Nobody,” said Bob.\n\n“Not one of them.”",
        "Elson and McKeown 2010: A, B, A",
    ),
    Rule(
        "turn.answer",
        _answer,
        "“Who is there?” asked Ann.\n\n“The postman.”\n\n“At night?”\n\n“Yes,” said Bob.",
        "“Who is there?” asked Ann.\n\n“The postman.”\n\n“At night?”\n\n“Yes,” she said.",
        "two persons in the scene",
    ),
    Rule(
        "turn.company",
        _company,
        "Bob Lee sat by the fire.\n\n“Who is there?” asked Ann.\n\n“The postman.”",
        "Bob Lee and Carl Moe sat by the fire.\n\n“Who is there?” asked Ann.\n\n“The postman.”",
        "the one other person whom the narration names",
    ),
    Rule(
        "turn.back",
        _back,
        "“Who is there?”\n\n“The postman,” said Ann.\n\n“At night?” said Bob.",
        "“Who is there?”\n\n“The postman,” said Ann.",
        "alternation read backwards",
    ),
    Rule(
        "turn.opening",
        _opening,
        "Bob Lee knocked at the door.\n\n“Who is there?”\n\n“The postman,” said Ann.",
        "The rain beat on the door.\n\n“Who is there?”\n\n“The postman,” said Ann.",
        "who acts before the talk begins it",
    ),
)
"""The rules in the order in which they are asked."""
