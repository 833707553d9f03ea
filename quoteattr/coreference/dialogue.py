"""Who speaks in a conversation: its turns, their candidates, and the evidence by which one of them has the turn.

A quotation without a cue of its own goes on with the speaker before in news, and changes the
speaker in a conversation.  Which of the two a document is, it says itself (`is_conversation`):
its turns stand in paragraphs side by side, one asks and the next one answers, and neighbours that
have a cue have different speakers.

A conversation is read as a whole.  Some turns name their speaker; every other turn has candidates, and each sign for or
against one of them has points, set from annotated texts (`lexicon/turns.tsv`).  A turn goes to the candidate that has
the largest share of all ways to hand the whole conversation round; where two have nearly the same, to nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

import attrs

from quoteattr.coreference.decoding import decode
from quoteattr.coreference.descriptions import Description
from quoteattr.coreference.entities import Entity
from quoteattr.lexicon import read_table, words_of

# narration between two turns of one conversation, in paragraphs
_PAUSE = 3
# a conversation has at least this share of its turns side by side
_SIDE_BY_SIDE = 1 / 3
# candidates of one turn, and how many turns around it bring them
_MOST = 9
_AROUND = 16
# of these, how many turns around bring those who are called, addressed or told of in them
_CLOSE = 2
# how many turns around one tell who takes part in the conversation
_PARTY, _SPEAKS = 6, 8
# so many turns with a source are many
_MUCH = 3
# so many paragraphs on, narration stands between two turns and parts them
_FAR = 3
# a speaker with this share of the named turns of a document is one of its main speakers
_MAIN = 0.1
# the best candidate has at least this share, and is so many times as likely as the next
_LEAST, _AHEAD = 0.33, 1.05
# a turn that does not rest on the order of turns has at least this share; more, if no one sign decides it
_CLEAR, _CLEARER = 0.6, 0.7
# a turn that rests on the order of turns is sure from this share on
_SURE = 0.9
# classes of how often somebody is named
_NAMES = (1, 3, 10)
_OLD, _YOUNG = words_of("words for the old"), words_of("words for the young")
_SPEAKERS = ("person", "unknown", "unnamed", "teller")

_ROWS = {row["evidence"]: row for row in read_table("turns")}
WEIGHTS = {name: float(row["weight"]) for name, row in _ROWS.items()}
"""Points by kind of evidence: log odds."""
_RULE_OF = {name: f"turn.{row['rule']}" for name, row in _ROWS.items()}


@attrs.define(eq=False)
class Turn:
    """The direct quotations of one paragraph, or of those over which a stretch runs, that have one speaker."""

    first: int
    last: int
    """paragraphs"""
    document: int
    start: int
    asks: bool
    """whether it ends in a question"""
    breaks: bool
    """whether a heading or a row of stars stands before it"""
    answers: bool
    """whether no words name its source and it begins as an answer does: Yes, Oh"""
    named: Entity | None = None
    """the source, if it is a name"""
    voice: str | None = None
    """the pronoun that is its source: "own" for I, else its gender"""
    fixed: Entity | None = None
    """its speaker, if the words of its source leave no choice"""
    source: str = ""
    """whether its source is a "pronoun", a "nominal", or nothing"""
    own: Entity | None = None
    """whom a description makes its speaker, if that is nobody who has a name"""
    again: bool = False
    """whether a turn before was of the same description"""
    gender: str | None = None
    """what its source says"""
    called: list[Entity] = attrs.field(factory=list)
    """who is called by name in it: never its speaker"""
    mentioned: set[Entity] = attrs.field(factory=set)
    """who is named in it"""
    address: str | None = None
    """the gender of whom it addresses: "sir", "mother" """
    told: Entity | None = None
    """to whom the cue says that it is said"""
    acting: tuple[Entity, ...] = ()
    """whom the narration of its paragraph is about"""
    acts: str | None = None
    """the gender of a pronoun that is the subject of that narration"""
    since: dict[Entity, int] = attrs.field(factory=dict)
    """who is the subject in the narration since the turn before, by sentences back"""
    leading: dict[Entity, int] = attrs.field(factory=dict)
    """of these, those named before any pronoun of the source's gender"""
    aside: frozenset[Entity] = frozenset()
    """who is named after its source, in the same sentence"""
    objects: set[Entity] = attrs.field(factory=set)
    """who is named there otherwise"""
    owner: Entity | None = None
    """whose relation a description tells of: her, in "her mother" """
    sure_owner: Entity | None = None
    """the same, where the same paragraph names them: never the speaker"""
    subject: Entity | None = None
    """the nearest subject before a pronoun, that of the source or of the narration"""
    near: dict[Entity, int] = attrs.field(factory=dict)
    """who is named in the narration before it and is no source, by sentences back"""
    opening: Entity | None = None
    """whom the paragraph before is about"""
    choices: list[Entity] = attrs.field(factory=list)
    """its candidates"""
    entity: Entity | None = None
    """its speaker"""
    share: float = 0.0
    """how likely that is"""
    rule: str = ""
    """the rule that decided it"""


def is_conversation(turns: Sequence[Turn]) -> bool:
    """Whether the turns of one document are a conversation and no row of statements.

    Evidence: turns side by side, of which some follow a question or begin as an answer does, or differ in their
    named speakers more often than not.
    """
    beside = replies = answers = change = same = 0
    for one, two in pairwise(turns):
        if two.first - one.last != 1:
            continue
        beside += 1
        replies += one.asks
        answers += two.answers and not one.asks
        if one.named is not None and two.named is not None:
            if one.named is two.named:
                same += 1
            else:
                change += 1
    exchange = replies > 0 or answers > 1
    return beside >= _SIDE_BY_SIDE * len(turns) and replies + answers + change > same and exchange


class Dialogue:
    """The turns of one text, and who has them."""

    def __init__(self, turns: Sequence[Turn]) -> None:
        self.turns = turns
        self._talks: dict[int, bool] = {}
        self._tellers: dict[int, Entity] = {}
        self._parties: dict[int, Counter[Entity]] = {}
        """how many turns the words of their sources give to whom, by the first turn of a conversation"""
        self._called: set[Entity] = set()
        """who is called by name in a conversation"""
        self._beside: dict[tuple[Entity, Entity], set[int]] = {}
        """turns of a description, by it and whom the words of a turn before or after name"""
        self._named: dict[int, Counter[Entity]] = {}
        by_document: dict[int, list[Turn]] = {}
        for turn in turns:
            by_document.setdefault(turn.document, []).append(turn)
        for document, members in by_document.items():
            self._talks[document] = is_conversation(members)
            self._named[document] = Counter(turn.named for turn in members if turn.named is not None)

    def talks(self, document: int) -> bool:
        """Whether a document is told in conversations."""
        return self._talks.get(document, False)

    def teller(self, document: int) -> Entity:
        """Return a stand-in for the "I" of a document that nobody names: it has turns, and no name."""
        return self._tellers.setdefault(document, Entity(-1, "teller", "I", ("I",), document))

    def conversations(self) -> Iterator[tuple[int, int]]:
        """Yield the ranges of turns that are one conversation each."""
        low = 0
        for number in range(1, len(self.turns) + 1):
            if number == len(self.turns) or not self._linked(number - 1, number):
                if self.talks(self.turns[low].document):
                    yield low, number
                low = number

    def _linked(self, one: int, two: int) -> bool:
        """Whether two neighbouring turns belong to one conversation."""
        left, right = self.turns[one], self.turns[two]
        return left.document == right.document and not right.breaks and right.first - left.last <= _PAUSE

    def hand_round(self, low: int, high: int) -> None:
        """Give the turns of one conversation to their speakers."""
        turns = self.turns[low:high]
        self._parties[low] = Counter(turn.fixed for turn in turns if turn.fixed is not None)
        for number, turn in enumerate(turns, start=low):
            turn.choices = [turn.fixed] if turn.fixed is not None else self._candidates(number)
        self._called.update(one for turn in turns for one in turn.called)
        self._note_neighbours(low, high)
        decided = all(len(turn.choices) == 1 for turn in turns)
        shares = [[1.0] for _ in turns] if decided else self._find_shares(low, high)
        for turn, share in zip(turns, shares, strict=True):
            if turn.choices:
                self._choose(turn, share)
        for number in range(low, high):
            self._name_rule(number, low, high)

    def _note_neighbours(self, low: int, high: int) -> None:
        """Note who speaks next to whom only a description names: the two are not one."""
        for number in range(low + 1, high):
            before, turn = self.turns[number - 1], self.turns[number]
            if turn.first - before.last > 1:
                continue
            for at, own, other in ((number, turn.own, before.fixed), (number - 1, before.own, turn.fixed)):
                if own is not None and other is not None:
                    self._beside.setdefault((own, other), set()).add(at)

    def _find_shares(self, low: int, high: int) -> list[list[float]]:
        """Return the shares of the candidates of each turn of a conversation."""
        points = []
        for number in range(low, high):
            turn = self.turns[number]
            if len(turn.choices) < 2:
                points.append([0.0])
            else:
                points.append([_sum_weights(self.evidence(number, one, low, high)) for one in turn.choices])
        links = [self.links(number, low) for number in range(low, high)]
        choices: list[Sequence[Entity | None]] = [turn.choices or [None] for turn in self.turns[low:high]]
        repeat, back = ([_sum_weights(signs[which]) for signs in links] for which in (0, 1))
        return decode(choices, points, repeat, back).shares

    def _choose(self, turn: Turn, shares: Sequence[float]) -> None:
        """Settle a turn, if one candidate is likely enough."""
        order = sorted(range(len(shares)), key=lambda at: -shares[at])
        best, turn.share = turn.choices[order[0]], shares[order[0]]
        if len(order) > 1 and (turn.share < _LEAST or turn.share < _AHEAD * shares[order[1]]):
            turn.rule = "turn.open"
        else:
            turn.entity = best
        turn.choices = [turn.choices[at] for at in order]

    def _name_rule(self, number: int, low: int, high: int) -> None:
        """Name a decision by the strongest of the signs that set the speaker apart from the next candidate."""
        turn = self.turns[number]
        if turn.entity is None or turn.fixed is not None:
            return
        points: Counter[str] = Counter()
        for sign, one in zip((1, -1), turn.choices, strict=False):
            for name in self.evidence(number, one, low, high):
                points[_RULE_OF[name]] += sign * WEIGHTS[name]  # type: ignore[assignment]
            for step in (-1, 1):
                near, far = number + step, number + 2 * step
                if low <= far < high and self.turns[far].entity is one and self.turns[near].entity is not one:
                    points["turn.alternate"] += sign * _sum_weights(self.links(max(number, far), low)[1])  # type: ignore[assignment]
        turn.rule = max(points, key=lambda rule: points[rule], default="turn.weighed")
        least = _CLEARER if turn.rule == "turn.weighed" else _CLEAR
        # who is the only candidate, and has no sign, mostly speaks to somebody unnamed
        alone = turn.rule == "turn.weighed" and len(turn.choices) == 1
        if turn.rule != "turn.alternate" and not turn.source and (alone or turn.share < least):
            turn.entity, turn.rule = None, "turn.open"
        elif turn.rule == "turn.alternate" and turn.share < _SURE:
            turn.rule = "turn.alternate-weak"

    def links(self, number: int, low: int) -> tuple[list[str], list[str]]:
        """Name the evidence that a turn has the speaker of the one before, and of the one before that."""
        if number == low:
            return ["repeat"], ["return"]
        turn, before = self.turns[number], self.turns[number - 1]
        gap = turn.first - before.last
        repeat = "repeat" + (f"-{turn.source}" if turn.source else "")
        if gap > 1:
            repeat += "-apart"
            if turn.source == "pronoun" and turn.leading:
                repeat += "-named"
        apart = gap > 1 or (number - low > 1 and before.first - self.turns[number - 2].last > 1)
        signs = {"asked": before.asks, "acts": turn.acts or turn.acting, "far": gap >= _FAR}
        also = [sign for sign, holds in signs.items() if holds]
        return (
            [repeat, *(f"repeat-{sign}" for sign in also)],
            ["return-apart" if apart else "return", *(f"return-{sign}" for sign in also)],
        )

    def _candidates(self, number: int) -> list[Entity]:
        """Return who may have a turn: those about whom the narration is, and those who speak or are named around it."""
        turn, found, most = self.turns[number], {}, _MOST - (self.turns[number].own is not None)

        def add(*ones: Entity | None) -> None:
            for one in ones:
                if one is not None and one not in found:
                    found[one] = may_have(turn, one)

        add(*turn.acting[:2], *islice(turn.since, 2))
        around = [
            (step, self.turns[at])
            for step in range(1, _AROUND + 1)
            for at in (number - step, number + step)
            if 0 <= at < len(self.turns) and self.turns[at].document == turn.document
        ]
        for step, other in around:
            if step == _CLOSE + 1:
                add(turn.opening, turn.subject, *islice(turn.near, 3))
            if step <= _CLOSE:
                add(*other.called)
                if step == 1:
                    add(other.told)
                if other.fixed is None and other.own is None:
                    add(*other.acting[:1], *islice(other.since, 1))
            add(other.fixed or other.own)
            if step > _CLOSE and sum(found.values()) >= most:
                break
        else:
            add(turn.opening, turn.subject, *turn.near)
            for _, other in around:
                if sum(found.values()) >= most:
                    break
                add(*other.near, *other.called)
        fitting = [one for one, fits in found.items() if fits][:most]
        return fitting + ([turn.own] if turn.own is not None else [])

    def evidence(self, number: int, one: Entity, low: int, high: int) -> list[str]:
        """Name the evidence for and against a candidate of one turn, but for who has the other turns."""
        turn = self.turns[number]
        if one is turn.own:
            return list(_of_own(turn))
        before = self.turns[number - 1] if number > low else None
        after = self.turns[number + 1] if number + 1 < high else None
        found = [
            *_of_kind(one, called=one in self._called),
            _of_names(one),
            *_of_narration(turn, one, apart=before is None or turn.first - before.last > 1),
        ]
        if turn.source:
            found += _of_source(turn, one)
        if turn.own is not None and self._beside.get((turn.own, one), set()) - {number}:
            found.append("nominal-beside")
        if before is not None:
            found += _of_words(before, one, "before")
        if after is not None:
            found += _of_words(after, one, "after")
            if after.first - turn.last > 1 and one in after.since:
                found.append("since-after")
        if one in turn.mentioned:
            found.append("mentioned")
        found += self._of_party(number, one, low, high)
        return found

    def _of_party(self, number: int, one: Entity, low: int, high: int) -> Iterator[str]:
        """How a candidate takes part in the conversation, and in the whole document."""
        last = next(
            (
                number - at
                for at in range(number - 1, max(low, number - _SPEAKS) - 1, -1)
                if self.turns[at].fixed is one
            ),
            _SPEAKS + 1,
        )
        later = next(
            (at - number for at in range(number + 1, min(high, number + _SPEAKS + 1)) if self.turns[at].fixed is one),
            _SPEAKS + 1,
        )
        yield f"spoke-{_DISTANCES[last]}"
        yield f"speaks-{_DISTANCES[later]}"
        yield f"party-{min(self._parties[low][one], _MUCH)}"
        named = False
        for at in range(max(low, number - _PARTY), min(high, number + _PARTY + 1)):
            if at != number and one in self.turns[at].mentioned:
                if one in self.turns[at].called:
                    yield "called-around"
                    break
                named = True
        else:
            if named:
                yield "mentioned-around"
        counts = self._named[self.turns[number].document]
        yield "silent" if one not in counts else "main" if counts[one] > _MAIN * counts.total() else "minor"


def _sum_weights(names: Iterable[str]) -> float:
    return sum(map(WEIGHTS.__getitem__, names))


_DISTANCES = ("", "1", "2", "4", "4", "8", "8", "8", "8", "not")


def may_have(turn: Turn, one: Entity) -> bool:
    """Whether somebody may have a turn: who is called or told in it does not speak it, nor does he where "she" does."""
    return (
        one.kind in _SPEAKERS
        and one not in turn.called
        and one is not turn.told
        and one is not turn.sure_owner
        and one is not turn.own
        and not (one.kind == "teller" and turn.source)
        and not (turn.gender and one.titled and one.gender != turn.gender)
    )


def _of_kind(one: Entity, *, called: bool) -> Iterator[str]:
    if one.kind == "unknown" and called:
        yield "unknown-called"
    elif one.kind == "unknown" and one.gender is not None:
        yield "unknown-gender"
    elif one.kind != "person":
        yield one.kind


def _of_names(one: Entity) -> str:
    """How often the text names a candidate."""
    return next((f"names-{most}" for most in _NAMES if len(one.names) <= most), "names-many")


def _of_own(turn: Turn) -> Iterator[str]:
    """Whether a description is all that is known of a speaker."""
    yield "own"
    if turn.again:
        yield "own-again"
    told = turn.own.descriptions[0] if turn.own is not None and turn.own.descriptions else None
    if told is None:
        yield "own-thing"
    else:
        yield f"own-{told.role.kind}" if told.role.kind in ("kin", "person") else "own-role"


def _of_gender(one: Entity, gender: str | None, where: str) -> Iterator[str]:
    """Whether the gender that a pronoun or a word tells is that of a candidate."""
    if gender is None:
        return
    if one.gender is None:
        yield f"{where}-unknown"
    elif one.gender == gender:
        yield f"{where}-fits"
    elif one.gender_source == "text":
        yield f"{where}-conflict"
    else:
        yield f"{where}-conflict-weak"


def _of_source(turn: Turn, one: Entity) -> Iterator[str]:
    """What a pronoun or a description that is the source says of a candidate."""
    yield from _of_gender(one, turn.gender, turn.source)
    if one in turn.aside and (turn.own is None or turn.own.descriptions):
        yield "aside"
    if turn.source == "nominal" and turn.own is not None and turn.own.descriptions:
        description = turn.own.descriptions[0]
        if one is turn.owner:
            yield "nominal-owner"
        elif turn.owner is not None and description.role.kind == "kin" and one.key[-1] == turn.owner.key[-1]:
            yield "nominal-surname"
        age = _age_of(description)
        if age:
            yield f"nominal-{age}-{'titled' if len(one.core) == 1 and one.honorifics else 'first'}"
    if turn.source == "pronoun":
        if one in turn.leading:
            yield "leading" if not turn.leading[one] else "leading-also"
        elif one in turn.since:
            yield "since-pronoun"
        if one is turn.subject:
            yield "subject"


def _age_of(description: Description) -> str:
    """Whether a description is of somebody young or old, or tells neither."""
    words = {description.head, *description.text.lower().split()}
    return "old" if words & _OLD else "young" if words & _YOUNG else ""


def _of_narration(turn: Turn, one: Entity, *, apart: bool) -> Iterator[str]:
    """Whether a candidate acts in the narration of a turn, or before it."""
    if not turn.source:
        if one in turn.acting:
            yield "acting-alone" if len(turn.acting) == 1 else "acting"
        elif one in turn.since:
            yield "since" if not turn.since[one] else "since-also"
        yield from _of_gender(one, turn.acts, "acts")
        if turn.acts and one is turn.subject:
            yield "acts-subject"
    if apart and one is turn.opening:
        yield "opening"
    if one in turn.objects:
        yield "object"
    if one in turn.near:
        yield "near-1" if not turn.near[one] else "near-3" if turn.near[one] < 3 else "near"


def _of_words(turn: Turn, one: Entity, which: str) -> Iterator[str]:
    """What the words of a neighbouring turn, the one "before" or "after", say of a candidate."""
    if one in turn.called:
        yield f"called-{which}"
    elif one in turn.mentioned:
        yield f"mentioned-{which}"
    if turn.told is one:
        yield f"told-{which}"
    if turn.address and one.gender:
        weak = "-weak" if one.gender_source != "text" else ""
        yield f"address-{which}" if one.gender == turn.address else f"address-{which}-conflict{weak}"


@attrs.frozen
class TurnRule:
    """One row: a name for decisions of one kind, a text that it decides, a near miss, where it comes from."""

    name: str
    fires_on: str
    silent_on: str
    origin: str


RULES: tuple[TurnRule, ...] = (
    TurnRule(
        "turn.beat",
        "“Who is there?” asked Ann.\n\nBob opened the door. There was snow on it. “The postman.”",
        "“Who is there?” asked Ann.\n\nBob met Carl at the door. There was snow on it. “The postman.”",
        "one paragraph, one speaker: whom its narration is about",
    ),
    TurnRule(
        "turn.vocative",
        "“Who is there, Bob?” asked Ann.\n\n“The postman.”",
        "“Who is there, sir?” asked Ann.\n\n“The postman.”",
        "He, Barbosa and Kondrak 2013: vocatives",
    ),
    TurnRule(
        "turn.alternate",
        "“Who is there?” asked Ann.\n\n“The postman,” said Bob.\n\n“At night?”",
        "“Nobody came,” said Ann.\n\n“Nobody,” said Bob.\n\n“Not one of them.”",
        "Elson and McKeown 2010: A, B, A",
    ),
    TurnRule(
        "turn.alternate-weak",
        "“Is Carl there?” asked Ann.\n\n“He is,” said Bob.\n\n“Here,” said Carl.\n\n“Good.”",
        "“Is Carl there?” asked Ann.\n\n“He is,” said Bob.\n\n“Good.”",
        "the same, where others may speak too",
    ),
    TurnRule(
        "turn.narration",
        "Bob Lee knocked at the door.\n\n“Who is there?”\n\n“The postman,” said Ann.",
        "The rain beat on the door.\n\n“Who is there?”\n\n“The postman,” said Ann.",
        "who acts before the talk begins it",
    ),
    TurnRule(
        "turn.weighed",
        "“Who?” asked Ann.\n\n“Me,” said Bob.\n\n“Me?” asked Ann.\n\nIt rained.\n\n“Ann fell.”\n\n“Oh?” asked Ann.",
        "“Who?” asked Ann.\n\n“Me,” said Bob.\n\n“Me?” asked Ann.\n\n“Me again.”",
        "several signs, none of them strong",
    ),
)
"""Names of decisions by the strongest sign for them."""
