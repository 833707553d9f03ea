"""Whether another report begins where a clause might go on."""

from __future__ import annotations

import re

from quoteattr.attribution.clauses.beginnings import begins_bare, skip_addressee
from quoteattr.attribution.clauses.patterns import AGAIN, MAIN, VERBAL
from quoteattr.attribution.rules.frame import REPORTING, Cue, Frame

_CONTRAST = re.compile(
    r"[cb](?:r|i?m,?|[iF][Nn],?)*(?:(?P<src>[Nnp]|(?<=b)w)(?:[ifF]#?[Nnop]|G)*(?:,[^Q;:,]{1,12},)?(?:[arxe]|i?m)*[yvea]|r[ae])"
)
_OTHER = re.compile(r"(?:[-,]*(?:c|b|s)|-+)r*[Nnp](?:[ifF]#?[Nnop]|i#)*o?(?:[arxe]|i?m)*(?P<v>v)r*")


def says_besides(frame: Frame, at: int) -> bool:
    """Whether a participle of speech stands at a chunk: ", adding that", ", pointing to", not ", making it worse"."""
    if frame.sentence.codes[at] != "g" or at not in frame.cues:
        return False
    row = frame.sentence.tokens.verbs[frame.sentence.first[at]].cue
    return row is not None and (row.kind == "speech" or bool(row.particles and "clause" in row.frames))


def another_begins(frame: Frame, at: int, first: Cue | None) -> bool:
    """Whether a second report begins with the conjunction at a chunk, after that of the first cue."""
    return reports_again(frame, at, first) or another_says(frame, at, first) or _another_adds(frame, at)


_OWN_PARTICIPLE = re.compile(r"[cb]N(?P<v>g)")


def _another_adds(frame: Frame, at: int) -> bool:
    """Whether a participle with a subject of its own stands beside the cue: Smith saying that and Lee calling it."""
    found = _OWN_PARTICIPLE.match(frame.sentence.codes, at)
    return found is not None and found.start("v") in frame.cues


def contrasts(frame: Frame, at: int) -> bool:
    """Whether the writer goes on beside what was reported: ", but the campaign refused", ", and he left"."""
    codes = frame.sentence.codes
    found = _CONTRAST.match(codes, at)
    if found is None:
        return False
    subject = found.start("src")
    if subject < 0:
        return codes[at] == "b" and frame.word(found.end() - 2) == "there"
    if codes[at] == "c":
        return codes[subject] == "p"
    return codes[subject] != "n" or frame.sentence.tokens.tags[frame.sentence.first[subject]] == "d"


def another_says(frame: Frame, at: int, first: Cue | None = None) -> bool:
    """Whether somebody else's report, or thought beside a thought, follows: "and one in four said the party was"."""
    found = _OTHER.match(frame.sentence.codes, at)
    cue = frame.cues.get(found.start("v")) if found else None
    if cue is None:
        return False
    after = skip_addressee(frame, cue)
    after = max(after, found.end()) if found is not None else after
    opener = frame.sentence.codes[after : after + 1]
    if cue.row.kind == "speech" and "infinitive" in cue.row.frames and opener == "k":
        return True  # and Smith vowed to leave
    if not _are_thoughts(first, cue) and (cue.row.kind != "speech" or not cue.row.verbal):
        return False
    codes = frame.sentence.codes
    if opener in ("T", "Q") or codes[after : after + 2] == "dQ":
        return True
    return bool(cue.row.frames & _NAMING and _CALLED.match(codes, cue.last)) or begins_bare(frame, cue, after)


def _are_thoughts(first: Cue | None, second: Cue) -> bool:
    """Whether two cues report thoughts, not speech."""
    thoughts = first is not None and first.row.kind == second.row.kind == "attitude"
    return thoughts and bool(second.row.frames & REPORTING)


# a circumstance before the main clause, and where that begins
FRONTED = re.compile(r"[rcb]*[sSAgG]")
# in chunks
_LONGEST_OPENING = 4
_FRONTED_MAIN = re.compile(rf",{MAIN.pattern}")


def embedded(codes: str, cue: Cue) -> tuple[bool, bool]:
    """Whether a cue stands in a clause before the main one, and whether in one inside the main one."""
    source = cue.source
    first = source.first if source is not None and source.first < cue.chunk and codes[cue.chunk] == "v" else cue.chunk
    relative = source is not None and source.antecedent is not None
    opener = codes[first - 1] if first else "^"
    if codes[max(0, first - 2) : first] == ",w":
        return False, True
    alone = opener == "," and first < _LONGEST_OPENING and VERBAL.search(codes, 0, first) is None  # and so, he said,
    if FRONTED.match(codes) and not alone and not _FRONTED_MAIN.search(codes, 0, first):
        return True, False
    if re.search(r"[yvea]", codes[:first]):
        return False, False
    if relative:
        return opener == "," and codes[0] in "iFSAGg", True
    if opener in "sSAiF" or (codes[cue.chunk] in "gGu" and not codes[:first].strip("rcb,")) or source is None:
        return True, False
    return False, codes[cue.chunk] == "g" and opener == ","


# and called the review “slow”, and dismissed him as “weak”
_NAMING = frozenset({"naming", "as"})
_CALLED = re.compile(r"r?(?:[Nno](?:[ifF][Nn])*)?[Ad]?Q")


def _is_base(frame: Frame, cue: Cue) -> bool:
    """Whether a Doc has a cue as a base form: said they would leave and tell her that."""
    return frame.sentence.tokens.evidence.tag(*frame.sentence.span(cue.chunk)) == "b"


def reports_again(frame: Frame, at: int, first: Cue | None) -> bool:
    """Whether a conjunction and a second cue with something to report stand at a chunk: "and added that"."""
    codes = frame.sentence.codes
    found = AGAIN.match(codes, at)
    if found is None:
        return False
    cue = frame.cues.get(found.start("v"))
    if cue is None or not (cue.row.kind == "speech" or _are_thoughts(first, cue)):
        return False
    if first is not None and _is_later(frame, first, cue):
        return False
    if first is not None and "a" not in found.group() and _is_base(frame, cue) > _is_base(frame, first):
        return False
    if cue.row.frames & _NAMING and _CALLED.match(codes, cue.last):
        return True
    if not cue.row.frames & {"clause", "addressee", "infinitive"}:
        shared = first is not None and first.source is not None and cue.source is not None
        same = shared and cue.source.first == first.source.first and codes[at] == "c"  # type: ignore[union-attr]
        return same and codes[cue.chunk] == "v" and codes[cue.last : cue.last + 1] in ("N", "n", "o", "F")
    after = skip_addressee(frame, cue)
    if codes[after : after + 1] in ("T", "s", "Q", ":") or codes[after : after + 2] in (",Q", "iQ"):
        return True
    if "infinitive" in cue.row.frames and codes[after : after + 1] == "k":
        return True
    return begins_bare(frame, cue, after)


def _is_later(frame: Frame, first: Cue, second: Cue) -> bool:
    """Whether a verb in the present stands in what one in the past reports: said that he agrees and calls it late."""
    verbs, chunks = frame.sentence.tokens.verbs, frame.sentence.first
    past, present = verbs.get(chunks[first.chunk]), verbs.get(chunks[second.chunk])
    plain = frame.sentence.codes[second.chunk] == "v" and not re.match("[ax]", frame.sentence.codes[second.chunk - 1])
    return (
        plain
        and past is not None
        and present is not None
        and "past" in past.forms
        and present.forms == frozenset({"third"})
    )
