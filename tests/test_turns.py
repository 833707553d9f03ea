"""What tells that a turn of a conversation goes back to a speaker before."""

import attrs

from quoteattr.coreference.dialogue import Dialogue, Turn
from quoteattr.coreference.entities import Entity

_FIRST = Turn(first=0, last=0, document=0, start=0, asks=False, breaks=False, answers=False)
_ANN = Entity(0, "person", "Ann", ("Ann",), 0)


def _links(before: Turn, turn: Turn) -> tuple[list[str], list[str]]:
    return Dialogue([_FIRST, before, turn]).links(2, 0)


def test_the_turn_before_asks_or_does_not() -> None:
    before, turn = attrs.evolve(_FIRST, first=1, last=1), attrs.evolve(_FIRST, first=2, last=2)
    assert _links(before, turn) == (["repeat"], ["return"])
    asked = attrs.evolve(before, asks=True)
    assert _links(asked, turn) == (["repeat", "repeat-asked"], ["return", "return-asked"])


def test_narration_parts_two_turns_or_acts_beside_one() -> None:
    before, turn = attrs.evolve(_FIRST, first=1, last=1), attrs.evolve(_FIRST, first=3, last=3)
    assert _links(before, turn) == (["repeat-apart"], ["return-apart"])
    far = attrs.evolve(turn, first=4, last=4)
    assert _links(before, far) == (["repeat-apart", "repeat-far"], ["return-apart", "return-far"])
    acted = attrs.evolve(turn, acting=(_ANN,))
    assert _links(before, acted) == (["repeat-apart", "repeat-acts"], ["return-apart", "return-acts"])
