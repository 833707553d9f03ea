"""The clause that a cue reports: where it begins and where it ends, with quotation marks or without.

Mixed and indirect reports end by the same grammar.  All positions are chunks of one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from quoteattr.attribution.rules import (
    ADDRESSEE,
    CLAUSE_GAP,
    COMMENT,
    PURPOSES,
    REPORTING,
    TO_ADDRESSEE,
    Cue,
    Finding,
    Frame,
    ends_possessive,
    find_complement,
    is_named_work,
)
from quoteattr.attribution.shapes import Source, can_speak, chunk_at
from quoteattr.lexicon import CueRow, words_of

GAP = re.compile(
    r"(?:r+(?=m|pm|i|T|$)|[iFf]?m|[iFf]?pm(?![nN])|#(?=[iT])|[iFkAS]#?[Nno](?:[ifFc][Nno])*)*(?:,[^,;:Q]{1,30},(?=[Ts])|-+[^-;:Q]{1,30}-+(?=T))?"
)
# "told voters here Sunday that"
_FAR_ADDRESSEE = re.compile(r"r?(?P<adr>[Nnop](?:c[Nno])?)(?=r+(?:i?m)*T)")
# further words between a cue and its "that": "wrote in a Sun op-ed that", "said the day before that", "when asked that"
_LONG_GAP = re.compile(
    r"(?:[irmF][^,;:QTvea]{0,8}Q?|p[ir]?mS?|i+#m+|(?:s[vyugG]|[SAg])[^,;:QT]{1,14}(?<![ifFk]))(?=T(?![arx]*[yve]))"
)
_FRONT = r"(?:r|i?m,?|i[Nn],?)*"
# a subject and its verb side by side
_STRICT = re.compile(
    r"(?:r|i?m)*(?P<src>[Nnp])(?:[ifF]#?[Nnop]|c[Nn])*(?:,[^Q;:,]{1,12},)?(?:[arxe]|i?m)*(?P<verb>[yvea])"
)
# anything that a clause may begin with, and a verb somewhere after it
_CLAUSE = re.compile(
    rf"{_FRONT}(?:s[^,;:]{{1,20}},)?(?:p|r[ea]|x?(?:[NndTogG]|mz)[^,;:Q]*?[yvea]"
    r"|[Nndp][^;:Q]{0,12}?,[^;:Q]*?(?:,|Q,?)[arxe]*[yvea]|(?:r|i)?#[^;:Q]*?[yvea])"
)
# a main clause: circumstances, a subject, what stands beside it, a verb
MAIN = re.compile(
    rf"{_FRONT}[Nnp](?:[ifF]#?[NnopG]|c[Nn])*"
    r"(?:,[^Q;:,]{1,12},|wT?[^,;:Q]{1,12}?)?(?:[arxe]|i?m)*[yvea]"
)
VERBAL = re.compile(r"[yveau]")
VERBAL_ANY = re.compile(r"[yveauBgG]")


# ---------------------------------------------------------------- where a clause begins and ends


def trim(frame: Frame, begin: int, end: int) -> tuple[int, int] | None:
    """Strip what stands around a clause: stops, commas, dashes."""
    codes = frame.sentence.codes
    while end > begin and codes[end - 1] in ".,-:;(cb":
        end -= 1
    while begin < end and codes[begin] in ",-:;.)":
        begin += 1
    if codes[end - 1 : end] == ")" and "(" not in codes[begin:end]:
        end -= 1
    return (begin, _close_bracket(codes, begin, end)) if begin < end else None


def _close_bracket(codes: str, begin: int, end: int) -> int:
    """Take to a clause the bracket that closes one in it: “said the town (a “trap”) would burn”."""
    left_open = codes.count("(", begin, end) > codes.count(")", begin, end)
    return end + 1 if left_open and codes[end : end + 1] == ")" else end


_TAIL = re.compile(
    r",(?:[Nnp](?:[ifF][Nnop])*(?:[arx]|i?m)*(?P<v>v)|(?P<inverted>v)[Nn])(?:[rmo#]|i?m|[ikfF][Nnop])*\.?$"
)
_AGAIN = re.compile(r"[cb]r*(?:[arxe]|i?m)*(?P<v>[vg])")
_CONTRAST = re.compile(
    r"[cb](?:r|i?m,?|[iF][Nn],?)*(?:(?P<src>[Nnp]|(?<=b)w)(?:[ifF]#?[Nnop]|G)*(?:,[^Q;:,]{1,12},)?(?:[arxe]|i?m)*[yvea]|r[ae])"
)
_OTHER = re.compile(r"(?:[-,]*(?:c|b|s)|-+)r*[Nnp](?:[ifF]#?[Nnop]|i#)*o?(?:[arxe]|i?m)*(?P<v>v)r*")


@attrs.frozen
class _Clause:
    """A reported clause whose end is sought."""

    frame: Frame
    begin: int
    cue: Cue | None
    last: int
    """the last quoted stretch that is known to stand in it"""
    fronted: bool
    """whether the report stands in a circumstance before the main clause"""
    inserted: bool
    """whether the report stands inside the main clause"""

    @property
    def codes(self) -> str:
        """The chunks of its sentence."""
        return self.frame.sentence.codes


def find_end(frame: Frame, begin: int, cue: Cue | None = None, *, fronted: bool = False, last: int = -1) -> int:
    """Where a reported clause that begins at a chunk ends: the sentence's end, or the writer's words.

    `fronted` says that the report stands in a circumstance before the main clause; `last` is the last
    quoted stretch that is known to stand in the clause.
    """
    codes = frame.sentence.codes
    if begin >= len(codes):
        return len(codes)  # "Smith said that", and no more
    inserted = False
    if cue is not None:
        fronted, inserted = _embedded(codes, cue)
    clause = _Clause(frame, begin, cue, last, fronted, inserted)
    held, count = _find_held(clause), len(codes)
    if cue is not None:
        count = max(min(_find_limit(frame, begin, cue), _find_other_verb(frame, begin, cue)), last + 1)
    depth = 0
    verb = apposed = False
    for j in range(begin, count):
        code = codes[j]
        verb = verb or code in "yvea"
        depth += (code == "(") - (code == ")")
        if j < held:
            continue
        if code in ";h" or (code == "." and j + 1 == count) or (code == ")" and depth < 0):
            return j
        if code in ":-" and codes[j + 1 : j + 2] == "Q" and last < 0 and verb and frame.begins_utterance(j + 1):
            return _find_lead(frame, begin, j)
        if code == "Q":
            verb = verb or frame.begins_with_verb(j, plural=True)
            if _ends_after_quote(clause, j):
                return j + 1
        elif code == "," and j > begin:
            if _ends_at_comma(clause, j, verb=verb, apposed=apposed):
                return j
            apposed = not apposed and codes[j + 1] in "NndAw"
        elif (code == "-" and j > begin and _ends_at_dash(clause, j, verb=verb)) or _goes_on(clause, j):
            return j
    return count


def _find_held(clause: _Clause) -> int:
    """Find the chunk before which a clause cannot end: its main verb, or the last quoted words in it."""
    codes, begin, cue = clause.codes, clause.begin, clause.cue
    relative = cue is not None and cue.source is not None and codes[: cue.source.first].endswith("w")
    held = -1 if clause.inserted or relative else _main_verb(clause.frame, begin, cue)
    if clause.fronted and ("," not in codes[max(held, 0) :] or _passes_clause(codes, begin, held)):
        held = -1  # then it is the verb of the main clause
    return max(clause.last, held)


def _ends_after_quote(clause: _Clause, at: int) -> bool:
    """Whether a clause ends with quoted words: the writer goes on after them."""
    frame, codes, begin = clause.frame, clause.codes, clause.begin
    comma = frame.ending(at) == ","
    if clause.last >= 0 and comma and _moves_on(frame, begin, at + 1):
        return True
    # that when prices fell to “ruin,” the bank stepped in
    fronted_inside = _FRONTED_INSIDE.match(codes, begin) and "," not in codes[begin + 1 : at]
    if begin == at and codes[at - 1 : at] == "T":  # that “when prices fell,” the bank stepped in
        word = frame.content(at).partition(" ")[0].lower()
        fronted_inside = frame.lexicon.tags.get(word, "n") in ("s", "S", "A")
    if _leaves_quote(frame, at) and not (fronted_inside and MAIN.match(codes, at + 1)):
        return True
    if comma and clause.fronted and clause.last <= at and MAIN.match(codes, at + 1):
        return True  # where he boasted of a “win,” he said it was late
    if comma and _ABSOLUTE.match(codes, at + 1) and frame.word(at + 1) == "with":
        return True  # called it “late,” with Smith saying
    if codes[at + 1 : at + 3] == "iw" and frame.word(at + 1) == "at":
        return True  # told her she was “late,” at which she laughed
    if _has_circumstance(frame, at + 1):
        return True
    verb_next = clause.inserted and _VERB_NEXT.match(codes, at + 1) is not None
    return comma and (verb_next or _is_circumstance(frame, at + 1))


_ABSOLUTE = re.compile(r"i[Nn](?:[ifF][Nn])*[gG]")


def _ends_at_comma(clause: _Clause, at: int, *, verb: bool, apposed: bool) -> bool:
    """Whether a clause ends at a comma; `verb` says that it has one before, `apposed` that an apposition began."""
    frame, codes, begin, cue = clause.frame, clause.codes, clause.begin, clause.cue
    quoting = clause.last >= 0
    rest = codes[at + 1 : at + 40]
    if not rest or rest[0] == "h" or _says_besides(frame, at + 1) or _tail_follows(frame, at):
        return True
    if verb and _ABSOLUTE.match(rest) and frame.word(at + 1) == "with":
        return True  # denied it happened, with aides calling it “late”
    if quoting and _moves_on(frame, begin, at):
        return True
    if (
        ((verb or rest[0] == "b") and _contrasts(frame, at + 1))
        or _reports_again(frame, at + 1, cue)
        or another_says(frame, at, cue)
    ):
        return True
    if (verb or quoting) and ((clause.fronted and MAIN.match(rest)) or _is_interrupted(frame, at)):
        return True
    if verb and clause.inserted and not apposed and _VERB_NEXT.match(rest):
        return True
    begun = codes[begin] not in "sSAi" or "," in codes[begin:at]
    if (verb or quoting) and begun and _comments(frame, at + 1, begin) and not _concedes(frame, at + 1, cue):
        return True
    return quoting and rest[0] == "G"


def _ends_at_dash(clause: _Clause, at: int, *, verb: bool) -> bool:
    """Whether a clause ends at a dash; `verb` says that it has one before."""
    frame, codes, begin = clause.frame, clause.codes, clause.begin
    # a report that began after a dash ends with the next one
    dashed = "-" in codes[:begin] and codes[:begin].replace("--", "-").count("-") % 2 == 1
    if (dashed and verb) or codes[at + 1 : at + 2] in ("b", "g", "s") or another_says(frame, at, clause.cue):
        return True
    if verb and codes[at + 1 : at + 2] == "c" and "-" not in codes[begin:at] and _contrasts(frame, at + 1):
        return True
    return verb and "-" not in codes[at + 1 :].lstrip("-") and _comments(frame, at + 1, begin)


def _goes_on(clause: _Clause, at: int) -> bool:
    """Whether a conjunction goes on with the writer's words, not with the clause."""
    frame, codes = clause.frame, clause.codes
    if codes[at] in "cb":
        if _leaves_infinitive(frame, clause.begin, at):
            return True
        changes = codes[at - 1] not in "xae" and at > clause.begin and _changes(frame, at, clause.cue)
        return changes or (clause.last >= 0 and _moves_on(frame, clause.begin, at))
    return codes[at] in "sS" and clause.last >= 0 and _is_sequel(frame, at)


_PAST_BESIDE = re.compile(r"[cb]r*(?P<verb>[yv])")


def _leaves_infinitive(frame: Frame, begin: int, at: int) -> bool:
    """Whether a verb in the past stands beside the one that an infinitive depends on: vowed to go but said little."""
    sentence = frame.sentence
    found = _PAST_BESIDE.match(sentence.codes, at)
    if found is None or sentence.codes[begin] != "k" or VERBAL.search(sentence.codes, begin + 2, at):
        return False
    form = sentence.tokens.verbs.get(sentence.first[found.start("verb")])
    return form is not None and "past" in form.forms and "base" not in form.forms


_SEQUEL = re.compile(r"[sS]r*(?P<verb>[gGvyu])")


def _is_sequel(frame: Frame, at: int) -> bool:
    """Whether a clause tells when it was said, or who said the contrary: "before adding", "while Smith said that"."""
    word = frame.word(at)
    if word in _OPPOSING and another_says(frame, at):
        return True
    found = _SEQUEL.match(frame.sentence.codes, at)
    return found is not None and (word in ("before", "when") or (word == "while" and found.group("verb") == "g"))


_INTERRUPTED = re.compile(r",(?:[cb][NnpdT](?:[ifF][Nn])*|(?:[npd#][ifF])?w),[Nnp][arx]*(?P<v>v),")


def _is_interrupted(frame: Frame, at: int) -> bool:
    """Whether a comma begins a clause with a report of its own inside it: ", and nobody, he added, would"."""
    found = _INTERRUPTED.match(frame.sentence.codes, at)
    return found is not None and found.start("v") in frame.cues


_REMARK = re.compile(r"(?:w|[nNp]|v|s)(?!.*,(?:c[NnT]|k|(?:r|i?m|i[Nn])*[xa]*[vyea]))")
_LISTED = re.compile(r"[^,yvea]*,?c")


def _comments(frame: Frame, at: int, begin: int = 0) -> bool:
    """Whether the writer adds a remark that ends the sentence: ", which he denied", ", a plan that failed"."""
    codes = frame.sentence.codes
    if _REMARK.match(codes, at) is None:
        return False
    code, word = codes[at], frame.word(at)
    if code == "w":
        return word in _RELATIVES
    if code == "v":
        return at in frame.cues
    if code == "s":
        return word in _OPPOSING
    return (
        word in _COMMENTING
        and _LISTED.match(codes, at) is None
        and ",N" not in codes[begin:at]
        and ",n" not in codes[begin : at - 1]
    )


def _concedes(frame: Frame, at: int, cue: Cue | None) -> bool:
    """Whether a parse puts a clause with "though" under the verb of what is reported, and nobody reports in it."""
    evidence = frame.sentence.tokens.evidence
    if cue is None or not evidence.roles or frame.word(at) not in _CONCESSIVE:
        return False
    found = evidence.complement(evidence.token(*frame.sentence.span(cue.chunk)))
    start = frame.sentence.span(at)[0]
    return (
        found is not None
        and evidence.begin[found[1]] < start < evidence.end[evidence.edges[found[1]][1]]
        and all(other.chunk < at or other.row.kind != "speech" for other in frame.cues.values())
    )


# of the conjunctions of contrast, those that a speaker uses more often than the writer
_CONCESSIVE = words_of("conjunctions of concession")
_MEANWHILE = re.compile(r"[AS][Nnp](?:[ifF][Nn])*[vyea]")


def _has_circumstance(frame: Frame, at: int) -> bool:
    """Whether a headline goes on with what else happened: calls pier ‘a trap’ as row grows."""
    return frame.heading and _MEANWHILE.match(frame.sentence.codes, at) is not None


_FRONTED_INSIDE = re.compile(r",?(?:[sSA]|ig)")
_VERB_NEXT = re.compile(r"[rx]*[vyea]")
_AFTER_QUOTE = re.compile(r"[gGNnpdw#]|A[Nnp][arx]*v|s(?=(?:r|i?m)*[Nnp])|[cb]r*(?:[arxe]*[vgG]|[Nnp])")
_BESIDE_QUOTE = re.compile(r"c[arxe]*[vg]|p[arxe]*[vyea]|\)")


# a contrast without a verb of its own: “open,” but only in part; “right,” but also eager for what is new
_FRAGMENT = re.compile(r"b[^yveaQ,;:-]*(?:w[^,;:-]*)?\.?$")


def _leaves_quote(frame: Frame, at: int) -> bool:
    """Whether the writer's words go on after a stretch: “…,” noting that; “…” and called him."""
    rest = frame.sentence.codes[at + 1 : at + 40]
    if frame.ending(at) == ",":
        if _FRAGMENT.match(frame.sentence.codes, at + 1):
            return False
        found = _AFTER_QUOTE.match(rest)
        if found is None or rest[0] not in "sA":
            return found is not None
        return frame.word(at + 1) in _OPPOSING if rest[0] == "s" else at + found.end() in frame.cues
    found = _BESIDE_QUOTE.match(rest)
    if found is None:
        return False
    return found.group() in "p)" or at + found.end() in frame.cues


def _main_verb(frame: Frame, begin: int, cue: Cue | None) -> int:
    """Return the chunk of the main verb that a parse gives a clause from a chunk on; -1 for none."""
    evidence = frame.sentence.tokens.evidence
    if cue is None or not evidence.roles:
        return -1
    opening = find_complement(frame, cue)
    if opening < 0 or opening + (frame.sentence.codes[opening] == "T") != begin:
        return -1
    found = evidence.complement(evidence.token(*frame.sentence.span(cue.chunk)))
    return chunk_at(frame.sentence, evidence.begin[found[1]]) if found is not None and found[2] else -1


def _passes_clause(codes: str, begin: int, verb: int) -> bool:
    """Whether a whole clause, a comma and a subject stand before a verb: "asks how it was, you can say"."""
    return any(
        codes[j] == "," and VERBAL.search(codes, begin, j) and MAIN.match(codes, j + 1, verb + 1)
        for j in range(begin + 1, verb)
    )


def _find_limit(frame: Frame, begin: int, cue: Cue) -> int:
    """Return the chunk that a clause ends before where a parse puts its cue below a word that follows it.

    "Those who say the law is bad were few", "asked if the law was bad, she left".
    """
    sentence = frame.sentence
    count = len(sentence.codes)
    evidence = sentence.tokens.evidence
    if not evidence.roles:
        return count
    verb = token = evidence.token(*sentence.span(cue.chunk))
    opening = sentence.span(begin)[0]
    for _ in range(_HIGHEST):
        if token < 0 or evidence.heads[token] == token:
            break
        head = evidence.heads[token]
        if evidence.begin[head] > opening:
            stop = evidence.end[evidence.edges[token][1]]
            found = next((k for k in range(begin + 1, count) if sentence.span(k)[0] >= stop), count)
            below = token != verb and evidence.roles[token] in "sS"
            return found if stop > opening and _is_parted(frame, begin, found, cue, below=below) else count
        token = head
    return count


def _find_other_verb(frame: Frame, begin: int, cue: Cue) -> int:
    """Return the chunk that a clause in a relative ends before: who said it was late told Smith."""
    head = cue.source.antecedent if cue.source is not None else None
    if head is not None:
        for other in frame.cues.values():
            source = other.source if other.chunk > begin else None
            if source is not None and source.shape == "restrictive" and source.first == head:
                return other.chunk
    return len(frame.sentence.codes)


# a word has no more words above it than this
_HIGHEST = 12
# words that need more words after them
_OPEN_END = re.compile(r"(?<![yvea])[ifFkATd]$|,c[^yvea]*$")
_WHOLE = re.compile(rf"{MAIN.pattern}|r[ae]")
_INFINITIVE_CLAUSE = re.compile(r"(?:[Nno](?:[ifF][Nn])*)?x?k")
_MAIN_AFTER = re.compile(r"(?![wcbsSgGA])[^,;:Q]*?[yvea]")


def _is_parted(frame: Frame, begin: int, end: int, cue: Cue, *, below: bool) -> bool:
    """Whether a parse parts a whole clause from a comma and a clause, or from the verb whose subject it stands in."""
    codes = frame.sentence.codes
    if codes[begin] in "sw":
        whole = VERBAL.search(codes, begin + 1, end) is not None
    else:
        pattern = _WHOLE if _INFINITIVE_CLAUSE.match(codes, begin) is None else _INFINITIVE_CLAUSE
        whole = pattern.match(codes, begin, end) is not None or (below and "object" in cue.row.frames)
    if not whole or _OPEN_END.search(codes[begin:end]):
        return False
    if codes[end : end + 1] == ",":
        return _MAIN_AFTER.match(codes, end + 1) is not None
    return below and _VERB_NEXT.match(codes, end) is not None


def _tail_follows(frame: Frame, at: int) -> bool:
    """Whether a comma and a short report end the sentence: ", Smith said on Monday."."""
    found = _TAIL.match(frame.sentence.codes, at)
    if found is None:
        return False
    cue = frame.cues.get(max(found.start("v"), found.start("inverted")))
    return cue is not None and bool(cue.row.frames & {"clause", "addressee"})


def _find_lead(frame: Frame, begin: int, at: int) -> int:
    """Where a clause ends before quoted words that follow a colon at a chunk, and before their own cue.

    "Said that it was late: “We go home”", "asked what she wanted, Lee said: “Nothing”".
    """
    codes = frame.sentence.codes
    for k in range(at - 1, begin if codes[at] == ":" else at, -1):
        cue = frame.cues.get(k)
        if cue is not None and cue.row.kind == "speech" and codes[k] == "v" and cue.source is not None:
            if not begin <= cue.source.first < k:
                break
            comma = codes.rfind(",", begin, cue.source.first)
            return comma if comma > begin else begin if cue.source.first == begin else at
        if codes[k] in "yea,;":
            break
    return at


def _says_besides(frame: Frame, at: int) -> bool:
    """Whether a participle of speech stands at a chunk: ", adding that", ", pointing to", not ", making it worse"."""
    if frame.sentence.codes[at] != "g" or at not in frame.cues:
        return False
    row = frame.sentence.tokens.verbs[frame.sentence.first[at]].cue
    return row is not None and (row.kind == "speech" or bool(row.particles and "clause" in row.frames))


def _changes(frame: Frame, at: int, first: Cue | None) -> bool:
    """Whether a second report begins with the conjunction at a chunk, after that of the first cue."""
    return _reports_again(frame, at, first) or another_says(frame, at, first) or _another_adds(frame, at)


_OWN_PARTICIPLE = re.compile(r"[cb]N(?P<v>g)")


def _another_adds(frame: Frame, at: int) -> bool:
    """Whether a participle with a subject of its own stands beside the cue: Smith saying that and Lee calling it."""
    found = _OWN_PARTICIPLE.match(frame.sentence.codes, at)
    return found is not None and found.start("v") in frame.cues


_MOVED = re.compile(r",?(?:c?(?P<then>r)|c)(?P<v>[yv])")
_MOVES = words_of("verbs of moving off")
_ROOMS = words_of("places of a meeting")
_THINGS = words_of("pronouns for things")


def _moves_on(frame: Frame, begin: int, at: int) -> bool:
    """Whether the speaker, not the thing that a clause is of, did what follows: and drove home, then left the room."""
    sentence = frame.sentence
    found = _MOVED.match(sentence.codes, at)
    if found is None or not _is_thing(frame, begin):
        return False
    bare = "c" not in found.group()
    set_off = found.group()[0] == "," or (sentence.codes[at - 1] == "Q" and frame.ending(at - 1) == ",")
    if bare and not (set_off and frame.word(found.start("then")) == "then"):
        return False
    verb = found.start("v")
    form = sentence.tokens.verbs.get(sentence.first[verb])
    if form is None or "past" not in form.forms:
        return False
    if form.lemma == "leave":
        return sentence.codes[verb + 1 : verb + 2] == "n" and frame.last_word(verb + 1) in _ROOMS
    return form.lemma in _MOVES


def _is_thing(frame: Frame, chunk: int) -> bool:
    """Whether the subject that a clause begins with can do nothing: the bridge, it."""
    code = frame.sentence.codes[chunk]
    if code == "p":
        return frame.word(chunk) in _THINGS
    return code == "n" and not can_speak(frame.sentence, chunk, frame.lexicon)


def _contrasts(frame: Frame, at: int) -> bool:
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
_FRONTED = re.compile(r"[rcb]*[sSAgG]")
# in chunks
_LONGEST_OPENING = 4
_FRONTED_MAIN = re.compile(rf",{MAIN.pattern}")


def _embedded(codes: str, cue: Cue) -> tuple[bool, bool]:
    """Whether a cue stands in a clause before the main one, and whether in one inside the main one."""
    source = cue.source
    first = source.first if source is not None and source.first < cue.chunk and codes[cue.chunk] == "v" else cue.chunk
    relative = source is not None and source.antecedent is not None
    opener = codes[first - 1] if first else "^"
    if codes[max(0, first - 2) : first] == ",w":
        return False, True
    alone = opener == "," and first < _LONGEST_OPENING and VERBAL.search(codes, 0, first) is None  # and so, he said,
    if _FRONTED.match(codes) and not alone and not _FRONTED_MAIN.search(codes, 0, first):
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


def _reports_again(frame: Frame, at: int, first: Cue | None) -> bool:
    """Whether a conjunction and a second cue with something to report stand at a chunk: "and added that"."""
    codes = frame.sentence.codes
    found = _AGAIN.match(codes, at)
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


# verbs that also take a mere object: "maintain a lead"
_OBJECTS = frozenset({"object"})
# a participle before its noun: "closed primaries"
_MODIFIED = re.compile(r"[yvu][nN](?:[ifF][Nn])*[arx]*[yvea]")
_EXISTS = re.compile(r"r(?:[arx]|i?m)*e")
# a determiner that stands for a phrase: "more", "little of it"
_AMOUNT = re.compile(r"p(?:[ifFkSA,.;:Q-]|$)")
# verbs that take nothing but a clause, so that a phrase after them is its subject: "say"
_CLAUSE_ALONE = frozenset({"clause", "infinitive"})


def begins_bare(frame: Frame, cue: Cue, at: int) -> bool:
    """Whether a clause without "that" may begin at a chunk after a cue."""
    if "clause" not in cue.row.frames:
        return False
    codes = frame.sentence.codes
    if find_complement(frame, cue) == at:
        return True
    if "addressee" in cue.row.frames and codes[at : at + 2] == "nT":
        return False
    if (
        cue.row.verbal
        and cue.row.frames <= _CLAUSE_ALONE
        and (codes[at : at + 1] in ("N", "n", "g", "G") or _MODIFIED.match(codes, at))
    ):
        words = frame.sentence.last[-1] - frame.sentence.first[at]
        first = cue.source.first if cue.source is not None else cue.chunk
        after_subject = first < cue.chunk and codes[first - 1 : first] != "w"
        if after_subject and words > 4 and frame.word(at) not in ("a", "an") and codes[at + 1 : at + 2] != ",":
            return True
    if codes[at : at + 1] == "r" and frame.word(at) == "there" and _EXISTS.match(codes, at):
        return True  # denied there was a rift
    pattern = _CLAUSE if cue.row.verbal and cue.row.frames.isdisjoint(_OBJECTS) else _STRICT
    if _AMOUNT.match(codes, at) and frame.sentence.tokens.tags[frame.sentence.first[at]] == "d":
        pattern = MAIN  # against "said more about the war"
    if codes[at : at + 1] == "i" and _counts(frame, at):
        at += 1  # "said about half were sold"
    return pattern.match(codes, at) is not None


# ---------------------------------------------------------------- the cue before the clause


def skip_addressee(frame: Frame, cue: Cue) -> int:
    """Where a clause may begin after a cue, its subject if it is inverted, its addressee, and time and place."""
    codes = frame.sentence.codes
    at = cue.last
    if "addressee" in cue.row.frames:
        found = ADDRESSEE.match(codes, at) or _FAR_ADDRESSEE.match(codes, at)
        if found and not re.match(r"[fF]", codes[found.end() :]) and _may_listen(frame, found.start("adr"), cue.row):
            at = found.end()
        elif "object" not in cue.row.frames and (found := _LONG_ADDRESSEE.match(codes, at)):
            heads = frame.lexicon.cue_nouns
            at = at if codes[at] == "n" and frame.last_word(at) in heads else found.end()
    elif found := TO_ADDRESSEE.match(codes, at):
        at = found.end()
    return at


# "told voters who asked that", "told guests at a hotel in Lima, Peru, that"
_LONG_ADDRESSEE = re.compile(
    r"[Nno](?:[ifFA]#?[NnomG]|,N,[Nn]?|,w[^;:QT]{1,40}?,|w[^,;:QTc]{1,40}|G(?:[ifF]?[Nn])*)+(?=T)"
)
_DEFINITE = words_of("determiners of one thing")


def _may_listen(frame: Frame, at: int, row: CueRow) -> bool:
    """Whether a phrase after a cue is somebody: not "tell stories that", "threaten the work that"."""
    if frame.sentence.codes[at] != "n" or frame.sentence.codes[at + 1 : at + 2] != "T":
        return True
    word = frame.last_word(at)
    if "object" not in row.frames and frame.word(at) in _DEFINITE:
        return True
    return word in frame.lexicon.roles or word.title() in frame.lexicon.organizations or word in _LISTENERS


_LISTENERS = words_of("listeners")


def find_starts(frame: Frame, cue: Cue) -> tuple[int, ...]:
    """Where what a cue reports may begin: after the words that may stand between, or at once."""
    starts = frame.starts.get(cue.chunk)
    if starts is None:
        starts = frame.starts[cue.chunk] = tuple(dict.fromkeys(_find_starts(frame, cue)))
    return starts


def _find_starts(frame: Frame, cue: Cue) -> Iterator[int]:
    codes = frame.sentence.codes
    parsed = find_complement(frame, cue)
    if parsed >= 0:
        yield parsed
    begin = skip_addressee(frame, cue)
    for pattern in (_LONG_GAP, GAP):
        gap = pattern.match(codes, begin)
        if gap and pattern is _LONG_GAP and _holds_cue(frame, begin, gap.end()):
            continue
        if gap and not (codes[begin : begin + 1] == "i" and _counts(frame, begin)):
            yield gap.end()
    yield begin
    yield cue.last


def _holds_cue(frame: Frame, begin: int, end: int) -> bool:
    """Whether a verb of its own reports what comes after two chunks: not "when asked", but "after he heard that"."""
    codes = frame.sentence.codes
    for at, cue in frame.cues.items():
        own = codes[at - 1 : at + 1] in ("Sg", "Ag") or (codes[at] == "v" and codes[at - 1] != "s")
        if begin <= at < end and own and "clause" in cue.row.frames:
            return True
    return False


def _counts(frame: Frame, at: int) -> bool:
    """Whether a preposition belongs to a number: "at least six", "about 400"."""
    tokens = frame.sentence.tokens
    i = frame.sentence.first[at]
    if tokens.word[i] not in _ABOUT or i + 1 == len(tokens.word):
        return False
    return tokens.word[i + 1] in _AMOUNTS or tokens.tags[i + 1] == "#"


_ABOUT = words_of("prepositions of a subject matter")
_AMOUNTS = words_of("amounts")


# "a list that included": a relative clause
_RELATIVE = re.compile(r"[Nn]T[arx]*(?:[yv](?![ae])|[ea])")
# nouns whose own clause follows them: "whispered in order that", "left in the hope that"
_RELATIVES = words_of("relative pronouns")
_OPPOSING = words_of("conjunctions of contrast")
_COMMENTING = words_of("openings of a comment")
_QUESTIONS = words_of("question words")
_GAP_OF_RELATIVE = re.compile(r"r*[arx]*[yvea]")
_INFINITIVE = re.compile(r"(?:[Nno](?:c[Nn])?(?:[ifF][Nn])*)?(?P<gap>(?:r?i?m)*)x?(?P<to>k)r*(?:[yvBea]|(?P<quoted>Q))")
# verbs whose infinitive has its subject with it: asked the court to wait
_REQUESTS = words_of("verbs of request")


_NAMED_SOURCE = re.compile(r"kr*er*u")
_NAMING_SOURCE = words_of("verbs of naming a source")


def _lemma(frame: Frame, chunk: int) -> str:
    form = frame.sentence.tokens.verbs.get(frame.sentence.first[chunk])
    return form.lemma if form is not None else ""


# verbs whose object only names what kind of saying it is: expressed hope that, repeated his claim that
_EXPRESSING = words_of("verbs of expressing")
_EXPRESSED = re.compile(r"[nNp](?:i?m|[ifF][Nnm])*n?T")


def open_that(frame: Frame, cue: Cue) -> int | None:
    """Where the clause begins that "that" introduces: said that prices would rise."""
    codes = frame.sentence.codes
    if not cue.row.frames & {"clause", "addressee"}:
        return None
    if cue.row.lemma in _EXPRESSING and (found := _EXPRESSED.match(codes, cue.last)):
        return found.end()
    begin = next((start for start in find_starts(frame, cue) if codes[start : start + 1] == "T"), None)
    if begin is None:
        return _open_cleft(frame, cue)
    evidence = frame.sentence.tokens.evidence
    if evidence.tags and evidence.tag(*frame.sentence.span(begin)) == "d":
        return None  # "said that much"
    if codes[begin + 1 : begin + 3] == ",g":
        return None  # "disputed that, saying"
    relative = _RELATIVE.match(codes, begin - 1) and frame.word(begin + 1) != "there"
    if begin > cue.last and (relative or frame.last_word(begin - 1) in PURPOSES):
        return None
    return begin + 1 if codes[begin + 1 : begin + 2] not in ("e", "a") else begin  # "said that was late"


_CLEFT = re.compile(r"[Nno]?(?:r|i[Nno]|i?m)*er*T")


def _open_cleft(frame: Frame, cue: Cue) -> int | None:
    """Where the clause begins that a form of "be" ties to a cue: what Smith said was that prices would rise."""
    found = _CLEFT.match(frame.sentence.codes, cue.last)
    if found is None or cue.source is None or not cue.source.first:
        return None
    return found.end() if frame.word(cue.source.first - 1) == "what" else None


def open_question(frame: Frame, cue: Cue) -> int | None:
    """Where the clause begins that a question word introduces: asked whether prices would rise."""
    sentence = frame.sentence
    codes = sentence.codes
    if not cue.row.frames & {"clause", "addressee"}:
        return None
    starts = find_starts(frame, cue)
    begin = next((start for start in starts if codes[start : start + 1] in ("s", "w")), None)
    if begin is None:
        # "asked Smith what", "asked publicly whether"
        found = _BEFORE_QUESTION.match(codes, cue.last)
        if found is None or (found.group("adr") and "addressee" not in cue.row.frames):
            return None
        begin = found.end()
    word = frame.word(begin)
    if word == "if" and codes[cue.last] == "n" and not can_speak(sentence, cue.last, frame.lexicon):
        return None  # threatened a strike if
    if word not in _QUESTIONS or (word in ("who", "which", "where", "when") and begin > skip_addressee(frame, cue)):
        return None
    if not VERBAL.search(codes, begin + 1) and (codes[begin] == "w" or sentence.last[-1] - sentence.first[begin] < 5):
        return None
    return begin


_BEFORE_QUESTION = re.compile(r"(?P<adr>[Nno](?:c[Nn])?)?r*(?=[sw])")


def open_infinitive(frame: Frame, cue: Cue) -> int | None:
    """Where the infinitive begins that a verb reports: promised to cut prices."""
    codes = frame.sentence.codes
    found = _INFINITIVE.match(codes, cue.last) if "act" in cue.row.frames else None
    if found is None:
        return None
    if (
        _NAMED_SOURCE.match(codes, found.start("to"))
        and _lemma(frame, codes.index("u", found.start("to"))) in _NAMING_SOURCE
    ):
        return None  # asked not to be named
    if found.group("quoted") and not frame.begins_with_verb(found.start("quoted"), plural=True):
        return None  # urged a return to “normal life”
    begin = found.start("to") - (codes[found.start("to") - 1] == "x")
    if cue.row.lemma in _REQUESTS and found.start("gap") > cue.last:
        return cue.last
    return begin if found.start("gap") == cue.last or "addressee" in cue.row.frames else None


def open_relative(frame: Frame, cue: Cue) -> int | None:
    """Where the clause goes on whose subject is a relative before the source: which he said would fail."""
    codes = frame.sentence.codes
    source = cue.source
    if source is None or not 1 < source.first < cue.chunk or "clause" not in cue.row.frames:
        return None
    before = codes[source.first - 2 : source.first]
    if before[1] == "w" or (before[1] == "T" and before[0] in "nN"):
        return cue.last if _GAP_OF_RELATIVE.match(codes, cue.last) else None
    return None


def open_bare(frame: Frame, cue: Cue) -> int | None:
    """Where the clause begins that nothing introduces: said prices would rise."""
    if frame.sentence.codes[cue.chunk] == "u":
        return None
    found = next((start for start in find_starts(frame, cue) if begins_bare(frame, cue, start)), None)
    return None if found is not None and _is_object(frame, cue, found) else found


# pronouns that are subjects, whatever a parse says of them: "claiming he alone knew", "confirming it will go on"
_SUBJECTS = words_of("subject pronouns")
_WITH_VERB = re.compile(r"p[arx]*[yvea]")


def _is_object(frame: Frame, cue: Cue, at: int) -> bool:
    """Whether a parse shows a mere object where a clause might begin: "rejecting a plan that few liked"."""
    sentence = frame.sentence
    evidence = sentence.tokens.evidence
    verb = evidence.token(*sentence.span(cue.chunk)) if evidence.roles else -1
    if verb < 0 or "object" not in cue.row.frames:
        return False
    if frame.word(at) in _SUBJECTS or _WITH_VERB.match(sentence.codes, at):
        return False
    finite = sentence.codes[cue.chunk] == "v" and evidence.tags[verb : verb + 1] not in ("b", "u", "g")
    return not finite and evidence.has_object(verb, sentence.span(at)[0])


def open_clause(frame: Frame, cue: Cue) -> int | None:
    """Where the clause begins that a cue reports after it; None if none follows."""
    if has_agent(frame, cue.chunk):
        return None
    for find in (open_that, open_question, open_infinitive, open_bare):
        begin = find(frame, cue)
        if begin is not None:
            return begin
    return None


def has_agent(frame: Frame, at: int) -> bool:
    """Whether a form is a participle with its agent: "the facts reported by the press"."""
    return frame.sentence.codes[at : at + 2] == "vi" and frame.word(at + 1) == "by"


# ---------------------------------------------------------------- the clause around quoted words


def delimit(
    frame: Frame,
    members: list[int],
    finding: Finding,
    placement: str,
    loose: list[int],
    answers: dict[int, tuple[str, Finding]],
) -> tuple[int, int, list[int]]:
    """Delimit the reported clause in chunks, and the stretches that stand in it."""
    codes = frame.sentence.codes
    if placement == "clause-tail":
        # after what another cue reports in the same sentence
        begin = max((k + 1 for k in answers if k < members[0] and answers[k][1].cue is not finding.cue), default=0)
        others = [answers[k][1] for k in answers if k < members[0] and answers[k][1].cue is not finding.cue]
        for other in others:
            if other.cue is not None and other.source is not None and other.cue.chunk < members[0]:
                begin = max(begin, other.cue.last, other.source.last)
        begin = min(begin, members[0])  # a source may stand behind the words
        while begin < members[0] and codes[begin] in "cb,r-." and frame.word(begin) != "there":
            begin += 1
        stop = finding.stop
        if stop is None:
            stop = members[-1] + 1
        source = finding.source
        if source is not None and codes[source.first - 1] == "A" and codes[members[0] - 1] == "-":
            begin = members[0]  # the bank - “too big,” as Smith put it - fell
        semi = codes.rfind(";", begin, members[0])
        if semi >= 0:
            begin = semi + 1
        bracket = codes.rfind("(", begin, members[0])
        if bracket > codes.rfind(")", begin, members[0]):
            begin = bracket + 1
        end = stop
        rest = find_rest(frame, begin, end, finding)
        if rest is not None:
            return begin, end, [*members, *(k for k in loose if rest[0] <= k < rest[1])]
    else:
        cue = finding.cue
        following = [k for k in members if cue is None or k > cue.chunk] or members
        at = (
            finding.begin
            if finding.begin is not None
            else cue.last
            if cue is not None
            else (finding.source.last if finding.source else 0)
        )
        if cue is not None and finding.source is not None and cue.last <= finding.source.first < following[0]:
            at = finding.source.last  # said the judge, Ann Smith, “...”
        begin = _clause_begin(frame, at, following[0], cue)
        if finding.stop is not None and len(members) == 1:
            return begin, max(finding.stop, members[0] + 1), members
        end = _find_quoted_end(frame, begin, members, finding, loose)
        end = min(end, _find_next_report(frame, members[-1], finding, answers))
    # a title in the clause is no fragment of it
    chosen = [*members, *(k for k in loose if begin <= k < end and not is_named_work(frame, k))]
    return begin, max(end, max(members) + 1), sorted(chosen)


# who spoke, where and when, between a cue and the comma after which its clause goes on
_PARENTHESIS = r"(?:k?[Nno])?(?:r|i?m|[ikfF]#?[Nnop])*(?:,[Nn][^,;:QyveaTw]*)?,"
_RESUMED = re.compile(rf"{_PARENTHESIS}(?=T|[rx]*[ea]|r*[yv][^,c]|c[rx]*[ea]|[iFf](?:d?Q|w))")
_BEFORE_MAIN = re.compile(rf"{_PARENTHESIS}(?={MAIN.pattern})")
# a circumstance without a verb, whose clause follows: in spite of his “brash” ways, Smith wrote, he was kind
_CIRCUMSTANTIAL = re.compile(r"(?:r|[bc])*(?:[iFSgGA][^yvea]*|s[^,;:]*)")


def find_rest(frame: Frame, begin: int, end: int, finding: Finding) -> tuple[int, int] | None:
    """Find what of a clause goes on after a report between commas: the “late” plan, Smith said, would fail."""
    cue, source, codes = finding.cue, finding.source, frame.sentence.codes
    if cue is None or source is None or codes[cue.chunk] != "v" or cue.chunk < end:
        return None
    if codes[min(cue.chunk, source.first) - 1] == "A":
        return None  # that it is “late,” as Smith said, changes nothing
    after = max(cue.last, source.last)
    found = _RESUMED.match(codes, after)
    if found is None and _CIRCUMSTANTIAL.fullmatch(codes, begin, end):
        found = _BEFORE_MAIN.match(codes, after)
    if found is None:
        return None
    begin = found.end() + (codes[found.end()] == "T")
    stop = find_end(frame, begin, last=codes.rfind("Q", begin))
    return (begin, stop) if stop > begin else None


# what a second report of a sentence begins with, before its subject or its verb
_OPENER = re.compile(r",?(?:r|i?m)*(?:[cbsSA](?:r|i?m)*)*$")
_OPENER_OF_VERB = re.compile(r",?(?:[cb]r*[arxe]*|(?<=,)r*)$")


def _find_next_report(frame: Frame, last: int, finding: Finding, answers: dict[int, tuple[str, Finding]]) -> int:
    """Where the report of the next quoted words begins, if these are somebody else's or another cue's."""
    codes = frame.sentence.codes
    for k, (_, other) in sorted(answers.items()):
        cue, source = other.cue, other.source
        if k <= last or cue is None or source is None or cue is finding.cue or not last < cue.chunk < k:
            continue
        own = last < source.first < cue.chunk and source.antecedent is None and codes[cue.chunk] == "v"
        shared = source.first < last and codes[cue.chunk] in "vg"
        if own or shared:
            first = source.first if own else cue.chunk
            found = (_OPENER if own else _OPENER_OF_VERB).search(codes, last + 1, first)
            if found is not None and found.group().strip("rim"):
                return found.start()
        break
    return len(codes)


# its "that", where what stands before it was taken for the clause's subject
_THAT_AHEAD = re.compile(r"[NnprimfF]*T")


# what stands with a cue that interrupts its clause: "wrote in a note to clients, would be"
_INSERTED = re.compile(r"(?:k?[Nno])?(?:r|i?m|[ikfF]#?[Nnop])*,(?=[arx]*[yvea])")


def _resumes(frame: Frame, cue: Cue, begin: int) -> bool:
    """Whether a clause goes on at a chunk after a cue between commas."""
    codes, source = frame.sentence.codes, cue.source
    inserted = source is not None and 1 < source.first < cue.chunk and codes[source.first - 1] == ","
    return inserted and codes[begin - 1] == ","


def _clause_begin(frame: Frame, at: int, k: int, cue: Cue | None) -> int:
    codes = frame.sentence.codes
    if cue is not None and cue.source is not None and cue.source.shape == "passive-by" and cue.source.last <= k:
        at = max(at, cue.source.last)
    begin = at
    if cue is not None and cue.source is not None and codes[cue.source.first - 1 : cue.source.first] == "A":
        found = COMMENT.match(codes, at, k)
        if found is not None:
            return found.end()  # as Smith put it in a note, the plan was “late”
    if cue is not None and at == cue.last:
        resumed = _INSERTED.match(codes, at, k)
        if resumed is not None and _resumes(frame, cue, resumed.end()):
            return resumed.end()
        opened = open_clause(frame, cue)
        if opened is not None and opened <= k:
            return opened
    if cue is not None and cue.row.kind == "attitude" and at == cue.last and _INFINITIVE.match(codes, at):
        return at  # hopes to “turn a page”, wants ministers to “stop”
    if cue is not None and "addressee" in cue.row.frames and (far := _FAR_THAT.match(codes, at, k)):
        begins = far.end() < k or not frame.begins_with_verb(k, plural=True)
        return far.end() if begins else at
    if cue is not None:
        frames = cue.row.frames
        parsed = find_complement(frame, cue) if at == cue.last else -1
        if 0 <= parsed <= k:
            found = _THAT_AHEAD.match(codes, parsed, k)
            parsed = found.end() if found else parsed
            while parsed < k and codes[parsed] in ",:-":
                parsed += 1
            return parsed
        if "addressee" in frames and codes[cue.chunk] != "u":
            found = ADDRESSEE.match(codes, begin)
            if found and found.end("adr") <= k and not ends_possessive(frame, found.end("adr") - 1):
                rest = codes[found.end() : k]
                if (not re.match(r"[fFi]", rest) or re.match(r"(?:[ifF]#?[Nno])+,?T", rest)) and (
                    "clause" in frames or not rest.strip(",:")
                ):
                    begin = found.end()
        elif (
            (found := TO_ADDRESSEE.match(codes, begin))
            and found.end() <= k
            and codes[found.end()] in "TQ,:"
            and ("as" not in frames or "clause" in frames)
        ):
            begin = found.end()
        ahead = CLAUSE_GAP.match(codes, begin)
        that = ahead is not None and ahead.group("that") and ahead.end() <= k
        if "of" in frames and begin < k and not that:
            if (when := _WHEN.match(codes, begin)) is not None and when.end() < k:
                begin = when.end()
            about = frame.word(begin) in _OBJECT_PREPOSITIONS or re.match("[ifF][sw]", codes[begin : begin + 2])
            if about:
                return begin + 1
    if begin < k and frame.word(begin) == "there":
        return begin  # her claim that there is “no hope”
    found = CLAUSE_GAP.match(codes, begin)
    if found and found.end() <= k:
        plain = cue is not None and not cue.row.frames & REPORTING
        begin = found.start("that") if plain and found.group("that") else found.end()  # called that plan “late”
    while begin < k and codes[begin] in ",:-":
        begin += 1
    return begin


# warned again on Tuesday of
_WHEN = re.compile("(?:r|i?m)+(?=[ifFk])")
# told guests at a mill in Lima, Peru, that; told the board - in earnest - that
_FAR_THAT = re.compile(r"r?[Nno][^yvea;:Qw]*[,-][^yvea;:Qw]*T|[dNn]Q[nN]?(?:i?m|[iFf][Nn])*T")
# the prepositions that a verb's frame "of" asks for
_OBJECT_PREPOSITIONS = words_of("object prepositions")
_ASIDE = re.compile(r"i[nN]?|[nNpd#w]|g|G|h|-|Q|r")
_MAIN_CLAUSE = re.compile(r"[Nnp](?:[ifF][Nnop])*(?:[arxe]|i?m)*[vyea]")


# where and when it was said, after the words: "in a statement", "on Monday", "during a rally in Ohio"
_CIRCUMSTANCE = re.compile(r"i?m(?:[iFf][Nn]|i?m)*|i[Nn](?:[iFf][Nnm]|i?m)*(?:[yv](?:i?m|i[Nn])+)?")
_OCCASIONS = words_of("occasions")
_WHERE = words_of("prepositions of an occasion")


def _is_circumstance(frame: Frame, at: int) -> bool:
    """Whether a phrase at a chunk tells the occasion of the report, and nothing of its sentence follows."""
    codes = frame.sentence.codes
    found = _CIRCUMSTANCE.match(codes, at)
    if (
        found is None
        or (codes[at] != "m" and frame.word(at) not in _WHERE)
        or codes[found.end() : found.end() + 1].strip(".,;sS")
    ):
        return False
    if codes[at] == "m" or codes[at + 1 : at + 2] == "m":
        return True
    head = frame.last_word(at + 1)
    return head in _OCCASIONS or head in frame.lexicon.cue_nouns


def _find_quoted_end(frame: Frame, begin: int, members: list[int], finding: Finding, loose: list[int]) -> int:
    """Where a report that holds quoted words ends: with their stop, or as its clause or its object does."""
    last = max(members)
    codes = frame.sentence.codes
    if frame.ending(last) in ".?!":
        return last + 1
    cue = finding.cue
    if cue is not None and cue.last == begin == last and cue.row.lemma in _VOICES:
        return last + 1  # chanting “no deal” after the vote
    if cue is None:
        fronted = _FRONTED.match(codes) is not None and _is_under_noun(finding)
        end = find_end(frame, begin, fronted=fronted, last=last)
        return min(end, _find_main_verb(frame, begin, last, finding))
    clause = begin >= cue.last and (open_clause(frame, cue) == begin or _resumes(frame, cue, begin))
    end = find_end(frame, begin, cue, last=last) if clause else _find_object_end(frame, begin, last, finding, loose)
    if end > last + 1 and _is_in_subject(frame, cue):
        end = min(end, _find_outer_verb(frame, begin, last, complete=not clause))
    return end


_VOICES = words_of("verbs of voice")


def _is_under_noun(finding: Finding) -> bool:
    """Whether a noun reports the clause: her claim that it was “late”."""
    return finding.phrase is not None and finding.begin is not None


_GOES_ON = re.compile(r",?c[rx]*[yv]")


def _find_main_verb(frame: Frame, begin: int, last: int, finding: Finding) -> int:
    """Where the verb stands whose subject a noun is together with its clause: her claim that it was “late” failed."""
    codes = frame.sentence.codes
    noun = finding.phrase[0] if finding.phrase is not None and finding.begin is not None else -1
    if noun < 0 or codes[begin - 1] != "T" or codes[begin - 2] == "e":
        return len(codes)
    if VERBAL.search(codes, 0, noun):
        found = _GOES_ON.match(codes, last + 1)  # disputed her claim that it was “late”, and left
        comma = found is not None and (codes[last + 1] == "," or frame.ending(last) == ",")
        return last + 1 if comma else len(codes)
    return _find_outer_verb(frame, begin, last)


def _is_in_subject(frame: Frame, cue: Cue) -> bool:
    """Whether a cue is in the subject of a verb to come: tenants who called it “late” left; a man shouting “no” ran."""
    codes, source = frame.sentence.codes, cue.source
    if source is None or source.first > cue.chunk:
        return False
    head = source.first if source.antecedent is None else source.antecedent
    if source.antecedent is None and (codes[cue.chunk] != "g" or source.last < cue.chunk):
        return False
    opening = max(codes.rfind(mark, 0, head) for mark in "sST;:") + 1
    return "," not in codes[head : cue.chunk] and VERBAL.search(codes, opening, head) is None


def _find_outer_verb(frame: Frame, begin: int, last: int, *, complete: bool = False) -> int:
    """Where the verb stands that the subject with a report in it is of; `complete`: the report has no verb to come."""
    codes = frame.sentence.codes
    expected = VERBAL.search(codes, begin, last) is None and not (begin == last and frame.begins_utterance(last))
    expected = expected and not complete
    # a verb with its adverbs and "not", which no other verb stands before
    verbs = [
        (len(before), j)
        for j in range(last + 1, len(codes))
        if codes[j] in "vyea" and (before := codes[:j].rstrip("rx"))[-1] not in "vyeak"
    ]
    if begin == last and len(verbs) == 1:
        return verbs[0][0]  # the claim that “nobody knew” fell flat
    at = last + 1
    for start, verb in verbs:
        expected = expected or re.search("[cbwTsSA]", codes[at:verb]) is not None
        if not expected:
            return start - (codes[start - 1] == ",")
        expected, at = False, verb + 1
    return len(codes)


SENTENCE_BESIDE = re.compile(r",?[cb](?:r|i?m)*[Nnp](?:[ifF][Nn])*[arxe]*[yvea]")
_MAIN_VERB_NEXT = re.compile(r"(?P<rest>[nN]?(?:f#?[Nn])*)b?r*[vyea]")


# called them “late” (although he knew that few were)
_ASIDE_CLAUSE = re.compile(r"\([^()]*[yvea]")


def _is_gapped(codes: str, cue: Cue, source: Source) -> bool:
    """Whether the object of a naming verb stands before it: what he called, a deal he called, one called so by him."""
    before = codes[max(0, source.first - 1) : source.first + 1]
    if before[:1] == "w":
        return True
    alone = codes[cue.last : cue.last + 1] in ("Q", "A", "d")
    if source.shape == "passive-by":
        return codes[cue.chunk - 1 : cue.chunk + 1] == "nv"
    return alone and (before[:1] == "T" or before == "nN")


def _find_object_end(frame: Frame, begin: int, last: int, finding: Finding, loose: list[int]) -> int:
    """Where an object with its complement ends: called the deal “wrong” for the city, and left."""
    codes = frame.sentence.codes
    count = len(codes)
    comma_inside = frame.ending(last) == ","
    nominal = finding.cue is not None and "clause" not in finding.cue.row.frames
    source = finding.source
    subordinate = source is not None and source.first > 0 and codes[source.first - 1] in "sSA"
    if source is not None and finding.cue is not None and source.shape == "passive-by":
        subordinate = not codes[: finding.cue.chunk].strip("rcb,")  # asked by Smith if it was “late”, she left
    limit = count
    if source is not None and finding.cue is not None and source.first > last:
        limit = source.first  # "calling it “wrong”, Smith left"
    participle = finding.cue is not None and codes[finding.cue.chunk] == "g"
    if nominal and source is not None and finding.cue is not None and _is_gapped(codes, finding.cue, source):
        found = _MAIN_VERB_NEXT.match(codes, last + 1)
        if comma_inside:
            return last + 1
        if found is not None:
            return found.end("rest")  # what he called a “farce” of a vote took a turn
    alone = finding.cue is not None and begin == last == finding.cue.last and "quote" in finding.cue.row.frames
    # chanting “no way” after the vote
    beside = alone and codes[last + 1 : last + 2] in ("s", "S", "A")
    if beside or _has_circumstance(frame, last + 1) or _is_circumstance(frame, last + 1):
        return last + 1
    if codes[begin - 1] == "," and begin == last and SENTENCE_BESIDE.match(codes, last + 1):
        return last + 1  # said, “we go”, and Smith looked at her
    near_bracket = _ASIDE_CLAUSE.match(codes, last + 1) is not None
    j = last + 1
    while j < limit:
        code = codes[j]
        if code == "Q" and j in loose:
            last = j
            comma_inside = frame.ending(j) == ","
            if frame.ending(j) in ".?!":
                return j + 1
            j += 1
            continue
        unopened = code == ")" and "(" not in codes[begin:j]
        if code in ".;-hQ" or unopened or (near_bracket and j == last + 1):
            return j
        near = j == last + 1
        if code == "," and not near and _comments(frame, j + 1):
            return j
        if (code in ",cb-" and another_says(frame, j)) or (code in "sS" and _is_sequel(frame, j)):
            return j
        if code == "," or (comma_inside and near):
            rest = codes[j + 1 :] if code == "," else codes[j:]
            if not rest or rest[0] in "gGhAvyea" or _TAIL.match("," + rest):
                return j
            if re.match(r"[cb]r*(?:[arxe]*[vygG])", rest) or (nominal and rest[0] in "cbsSA"):
                return j
            if subordinate and _MAIN_CLAUSE.match(rest):
                return j
            if near and (_ASIDE.match(rest) or rest[0] in "bA" or (re.match(r"s(?=[Nnp])", rest) and comma_inside)):
                return j
        elif code in "cb":
            found = re.match(r"[cb]r*(?:[arxe]*(?P<v>[vgG]))", codes[j:])
            if found and VERBAL.search(codes, begin, j) is None:
                return j
            if found:
                at = j + found.start("v")
                if (codes[at] == "v" and at in frame.cues) or (codes[at] in "gG" and participle):
                    return j
            if nominal and re.match(r"[cb]r*(?:[Nnp](?:[ifF][Nn])*)?r*[arxe]*[vygG]", codes[j:]):
                return j
        j += 1
    return limit


def span_clause(frame: Frame, begin: int, end: int, finding: Finding, chosen: list[int]) -> tuple[tuple[int, int], ...]:
    """Return the offsets of a clause's pieces; `chosen` are the stretches that stand in it."""
    sentence = frame.sentence
    codes = sentence.codes
    while end > begin + 1 and codes[end - 1] in ",-(:" and end - 1 not in chosen:
        end -= 1
    if (agent := _find_agent(finding, begin)) is not None and agent < end:
        end = agent
    while begin + 1 < end and codes[begin] == ",":
        begin += 1  # that, if elected, she will
    pieces = [(begin, end)]
    head = finding.head or find_head(frame, begin, finding) or _find_passive(frame, begin, finding)
    if head is not None:
        if codes[begin - 1] == "T":
            pieces = [(begin - 1, end)]
        pieces.insert(0, head)
        chosen = [k for k in chosen if not head[0] <= k < head[1]]
    outside = [k for k in chosen if k >= end]
    rest = find_rest(frame, begin, end, finding)
    if rest is not None:
        pieces.append(rest)
    elif outside:
        pieces.append((outside[0], outside[-1] + 1))
    before = [k for k in chosen if k < begin]
    if before:
        pieces.insert(0, (before[0], before[-1] + 1))
    out = []
    for first, last in pieces:
        last = _close_bracket(codes, first, last)
        out.append((sentence.span(first)[0], sentence.span(last - 1)[1]))
    return tuple(out)


_PASSIVE = re.compile(
    r"(?:^|(?<=[,;:cbsSAQ.(-]))(?:[rcb]|i?m,?)*(?P<src>[NnpdG](?:[ifF]#?[Nnop])*)(?:[arxe]|i?m)*e(?:r|x)*$"
)


def _find_agent(finding: Finding, begin: int) -> int | None:
    """Find the preposition before an agent that follows what it named: branded “a liar” by Smith."""
    source = finding.source
    if source is None or source.shape != "passive-by" or source.first <= begin:
        return None
    return source.first - 1


def _find_passive(frame: Frame, begin: int, finding: Finding) -> tuple[int, int] | None:
    """Find the subject of a passive that names or blames it: the plan was called “a farce” by Smith."""
    cue, source = finding.cue, finding.source
    if cue is None or source is None or source.shape != "passive-by" or cue.row.frames & {"clause", "addressee"}:
        return None
    found = _PASSIVE.search(frame.sentence.codes, 0, cue.chunk)
    return found.span("src") if found is not None and begin > cue.chunk else None


# a circumstance, which tells of the saying as well as of the said
_ALONE = re.compile(r"(?:i?m|p?m|[iFfS](?:p?[nNmpQ]|G)(?:[ifF][NnmG]|c[Nn])*|h.*|[gG].*|v.*|[cb,r])*")


# a verb beside the cue's own auxiliaries
_OTHER_VERB = re.compile(r"[yv]")
# a clause, and what begins the quoted phrase after it: she praised all, including, Smith said, “...”
_PHRASE_OPENING = re.compile(r"[yvea].*(?:,(?=i$)|[cb](?=r*$))")


def find_head(frame: Frame, begin: int, finding: Finding) -> tuple[int, int] | None:
    """Find the part of a clause before its cue: "Trump, Smith said, was “wrong”", "which he called “wrong”"."""
    codes = frame.sentence.codes
    cue, source = finding.cue, finding.source
    if cue is None:
        return (
            _find_front(frame, finding.phrase[0], begin) if finding.phrase and codes[finding.phrase[0]] == "h" else None
        )
    if source is None or codes[cue.chunk] != "v" or begin <= cue.chunk or source.antecedent is not None:
        return None
    first = min(source.first, cue.chunk)
    if codes[first - 1 : first] == "A" and codes[max(0, first - 3) : first - 2] not in ("i", "k", "f", "F"):
        first -= 1  # the vote was, as she put it, “a mess”
    if source.first > cue.chunk and source.first < begin:
        first = cue.chunk
    if first and codes[first - 1] == "w":
        governed = codes[first - 2 : first - 1] in ("i", "f", "F", "k") and frame.word(first - 1) != "what"
        takes = not cue.row.frames & {"clause", "addressee"} or _GAP_OF_RELATIVE.match(codes, begin)
        return (first - 1, first) if takes and not governed else None
    if source.last < cue.chunk and _OTHER_VERB.search(frame.sentence.codes, source.last, cue.chunk):
        return None  # after the vote, Smith saw the crowd and said, “...”
    return _find_front(frame, first, begin)


def _find_front(frame: Frame, first: int, begin: int) -> tuple[int, int] | None:
    """Find what of a clause stands before an interruption, from chunk `first` to `begin`."""
    codes = frame.sentence.codes
    resumed = codes[begin - 1] == "," or codes[begin - 2 : begin] == ",T"
    if first < 2 or codes[first - 1] != "," or not resumed:
        return None
    start = max(codes.rfind(mark, 0, first) for mark in (";", ":", ",c", ",b")) + 1
    while start < first - 1 and codes[start] in "cb,r-.(" and frame.word(start) != "there":
        start += 1
    quoted = codes.rfind("Q", start, first)
    if quoted >= 0 and any(at < quoted for at in frame.cues):
        start = quoted + 1  # after another report: said Smith was “late” and Lee, she said, “later”
        while start < first - 1 and codes[start] in "cb,r":
            start += 1
    if _ALONE.fullmatch(codes, start, first - 1):
        return None
    opening = _PHRASE_OPENING.search(codes, start, first - 1)
    start = opening.end() if opening is not None else start
    return (start, first - 1) if start < first - 1 else None
