"""Drafts → turns: the quotations of a conversation, handed round among those who take part."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quoteattr.coreference import Coreference
from quoteattr.coreference.context import Resolution
from quoteattr.coreference.descriptions import PUBLIC
from quoteattr.coreference.dialogue import Dialogue, Turn
from quoteattr.coreference.entities import GENDER_OF
from quoteattr.coreference.narration import SUBJECT_GENDERS
from quoteattr.lexicon import words_of
from quoteattr.pipeline.drafts import Draft
from quoteattr.values import Paragraph, Phrase, Stretch

# sources that say no more than a gender
PERSONAL: dict[str, str | None] = {"the other": None, **{word: GENDER_OF[word] for word in ("he", "she", "him", "her")}}
# sources of which two in one paragraph are two persons
_VOICES = {"i": "own", **SUBJECT_GENDERS}
# rules that know a person by a description alone
NAMELESS = ("nominal.unnamed", "nominal.same", "nominal.introduced")
_DEFINITE = tuple(f"{word} " for word in sorted(words_of("definite determiners")))
_ANSWERS = words_of("words that begin an answer")
_FIRST_WORD = re.compile(r"\W*([^\W\d_]+)")
# how many paragraphs before a conversation are read with it
_PAUSE = 3
_ACTS = re.compile(r"\W*(he|she)\b", re.IGNORECASE)
# classes of description that one person in a land has
_OFFICES = PUBLIC | {"royal"}


def take_turns(
    text: str, drafts: Sequence[Draft], stretches: Sequence[Stretch], coreference: Coreference
) -> tuple[Dialogue, dict[int, int], list[list[Draft]]]:
    """Put the direct quotations of each paragraph together into a turn."""
    turns: list[Turn] = []
    members: list[list[Draft]] = []
    turn_of: dict[int, int] = {}
    paragraphs = coreference.paragraphs
    for draft in drafts:
        report = draft.report
        if draft.parent is not None or report.kind != "direct" or report.follows == "nobody":
            continue
        if report.beside and report.source is None:
            continue  # cries of a crowd, side by side, are no turns
        final = stretches[report.stretches[-1]]
        source = report.source
        named = coreference.narration.peek(source) if source is not None else None
        voice = _VOICES.get(text[source.start : source.end].lower()) if source is not None else None
        asks = text[final.pieces[-1][1] - 1] == "?"
        here = turns and report.paragraph <= turns[-1].last
        before = _find_voice(text, turns[-1], members[-1], stretches, report.start) if here and voice else None
        if not here or report.beside or _differ(turns[-1].named, named) or _differ(before, voice):
            gap = range(turns[-1].last + 1 if turns else 0, report.paragraph)
            turns.append(
                Turn(
                    first=report.paragraph,
                    last=final.paragraphs[-1],
                    document=paragraphs[report.paragraph].document,
                    start=report.start,
                    asks=asks,
                    answers=_answers(text, stretches[report.stretches[0]]),
                    breaks=any(paragraphs[n].kind in ("heading", "credit") for n in gap[-2:]),
                )
            )
            members.append([])
        turn = turns[-1]
        turn.last, turn.asks, turn.named = max(turn.last, final.paragraphs[-1]), asks, turn.named or named
        turn.voice = voice or turn.voice
        turn.answers = turn.answers and source is None
        members[-1].append(draft)
        turn_of[id(draft)] = len(turns) - 1
    dialogue = Dialogue(turns)
    for turn, group in zip(turns, members, strict=True):
        if dialogue.talks(turn.document):
            _listen(turn, group, stretches, coreference)
    return dialogue, turn_of, members


def _answers(text: str, stretch: Stretch) -> bool:
    """Whether a quotation begins with a word by which one answers: Yes, Oh."""
    found = _FIRST_WORD.match(text, *stretch.pieces[0])
    return found is not None and found.group(1).lower() in _ANSWERS


def _listen(turn: Turn, group: Sequence[Draft], stretches: Sequence[Stretch], coreference: Coreference) -> None:
    """Note whom the quotations of a turn name, call and address."""
    for draft in group:
        inside = [piece for number in draft.report.stretches for piece in stretches[number].pieces]
        turn.called += coreference.scene.called_in(inside)
        turn.mentioned |= coreference.narration.named_in(inside)
        turn.address = coreference.scene.addressed_in(inside) or turn.address


def _differ(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


def _find_voice(text: str, turn: Turn, group: Sequence[Draft], stretches: Sequence[Stretch], stop: int) -> str | None:
    """Return which pronoun speaks in a turn, or acts right after it: “Oh!” She rose."""
    if turn.voice is not None or turn.named is not None:
        return turn.voice
    acts = _ACTS.match(text, _end_of(group, stretches), stop)
    return _VOICES[acts.group(1).lower()] if acts is not None else None


def read_conversation(
    dialogue: Dialogue,
    low: int,
    high: int,
    members: Sequence[Sequence[Draft]],
    stretches: Sequence[Stretch],
    coreference: Coreference,
) -> None:
    """Gather what tells who has the turns of one conversation, and hand them round."""
    text, paragraphs = coreference.text, coreference.paragraphs
    end = paragraphs[dialogue.turns[low].first - _PAUSE].start if dialogue.turns[low].first >= _PAUSE else 0
    if low:
        end = max(end, _end_of(members[low - 1], stretches))
    for number in range(low, high):
        turn, group = dialogue.turns[number], members[number]
        open_source: Phrase | None = None
        for draft in group:
            source, resolution = draft.report.source, draft.resolution
            if source is None:
                continue
            if draft.report.addressee is not None:
                turn.told = turn.told or coreference.narration.peek(draft.report.addressee)
            words = text[source.start : source.end].lower()
            if resolution is None or (owner := _owner_of(words, resolution)) is not None:
                turn.source = turn.source or "pronoun"
                turn.gender = turn.gender or (PERSONAL[words] if resolution is None else owner)
                draft.resolution = None
                open_source = open_source or source
            elif words in ("i", "me") and resolution.entity is None:
                turn.fixed = turn.fixed or dialogue.teller(turn.document)
            elif words.startswith(_DEFINITE) and _is_anybody(resolution) and draft.report.rule != "turn.label":
                turn.source = turn.source or "nominal"
                turn.own = own = turn.own or resolution.entity
                assert own is not None
                turn.again = resolution.rule == "nominal.same"
                turn.owner = coreference.scene.owner_of(source, turn.first)
                turn.sure_owner = coreference.scene.owner_of(source, turn.first, 0)
                turn.gender = turn.gender or own.gender
                open_source = open_source or source
            else:
                turn.fixed = turn.fixed or resolution.entity
        if turn.fixed is not None:
            turn.own = None
        else:
            gaps = [] if turn.source else _gaps(group, stretches, paragraphs[turn.first])
            place = (open_source.start, open_source.end) if open_source is not None else None
            coreference.scene.read(turn, end, place, gaps)
        end = _end_of(group, stretches)
    dialogue.hand_round(low, high)


def take_turn(coreference: Coreference, turn: Turn, draft: Draft) -> Resolution | None:
    """Resolve a quotation to who has its turn; None where that cannot be."""
    if draft.trace is not None and turn.choices:
        names = ", ".join(one.name for one in turn.choices)
        share = f"the first has {turn.share:.2f} of all ways to hand the turns round"
        draft.tell(f"{turn.rule or 'turn.same'}: the turn may be of {names}; {share}")
        others = [one for one in turn.choices if one is not turn.entity]
        draft.trace.lost.extend(f"{one.name}: less likely by the conversation as a whole" for one in others)
    source, entity = draft.report.source, turn.entity
    if source is not None:
        gender = PERSONAL.get(coreference.text[source.start : source.end].lower())
        if draft.resolution is not None and (
            entity is None or entity is turn.own or turn.own is not draft.resolution.entity
        ):
            return draft.resolution
        kind = "pronoun" if source.code == "p" else "nominal"
        if entity is None:
            names = " or ".join(one.name for one in turn.choices[:2])
            words = coreference.text[source.start : source.end]
            return Resolution(None, kind, f"{kind}.turn", f"“{words}” may be {names}")
        if entity.kind == "teller" or (gender and entity.gender not in (None, gender) and entity.titled):
            return None
        return Resolution(
            entity, kind, "pronoun.subject" if kind == "pronoun" and turn.rule == "turn.narration" else f"{kind}.turn"
        )
    if entity is None:
        if not turn.rule:
            return None
        names = " or ".join(one.name for one in turn.choices[:2])
        return Resolution(None, "pronoun", turn.rule, f"the turn may be of {names}")
    rule = turn.rule if not turn.source and turn.fixed is None else "turn.same"
    if entity.kind == "teller":
        return Resolution(None, "pronoun", rule, "the teller of the story, whom nothing names")
    return Resolution(entity, "pronoun", rule)


def is_personal(coreference: Coreference, source: Phrase) -> bool:
    """Whether a source says of its person the gender alone, or that it is "the other"."""
    if source.code != "p" or source.joint or coreference.config.coreference == "none":
        return False
    if coreference.text[source.start : source.end].lower() not in PERSONAL:
        return False
    return not coreference.is_clustered(source, coreference.paragraphs[0].document)


def _owner_of(words: str, resolution: Resolution) -> str | None:
    """Return the gender of whose voice, or word, or hand, it is that speaks; None of a person."""
    return GENDER_OF.get(words.split(" ")[0]) if _is_thing(resolution) else None


def _is_thing(resolution: Resolution) -> bool:
    """Whether a source is no person: a voice, her answer."""
    entity = resolution.entity
    return entity is not None and entity.kind == "unnamed" and not entity.descriptions and not entity.names


def _is_anybody(resolution: Resolution) -> bool:
    """Whether a description may be said of somebody in the room: the girl, his wife, the doctor; not the king."""
    entity = resolution.entity
    if entity is None or entity.kind != "unnamed" or resolution.rule not in NAMELESS:
        return False
    return not entity.descriptions or entity.descriptions[0].role.kind not in _OFFICES


def _end_of(group: Sequence[Draft], stretches: Sequence[Stretch]) -> int:
    """Return where the last quotation of a turn and the words that name its source end."""
    quoted = (stretches[number].outer[-1][1] for draft in group for number in draft.report.stretches)
    return max(*quoted, *(draft.report.source.end for draft in group if draft.report.source is not None), 0)


def _gaps(group: Sequence[Draft], stretches: Sequence[Stretch], paragraph: Paragraph) -> list[tuple[int, int]]:
    """Return what stands before, between and after the quotations of a turn in its first paragraph."""
    quoted = sorted(piece for draft in group for number in draft.report.stretches for piece in stretches[number].outer)
    gaps, at = [], paragraph.start
    for start, end in quoted:
        if start > at:
            gaps.append((at, start))
        at = max(at, end)
    return [*gaps, (at, paragraph.end)] if at < paragraph.end else gaps
