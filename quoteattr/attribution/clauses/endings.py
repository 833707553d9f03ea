"""Where a reported clause ends."""

from __future__ import annotations

import re

import attrs

from quoteattr.attribution.clauses.beginnings import find_lead, is_circumstance
from quoteattr.attribution.clauses.others import (
    another_begins,
    another_says,
    contrasts,
    embedded,
    reports_again,
    says_besides,
)
from quoteattr.attribution.clauses.patterns import MAIN, VERBAL
from quoteattr.attribution.rules.complements import find_complement
from quoteattr.attribution.rules.frame import Cue, Frame
from quoteattr.attribution.shapes import can_speak, chunk_at
from quoteattr.lexicon import words_of

TAIL_AT_END = re.compile(
    r",(?:[Nnp](?:[ifF][Nnop])*(?:[arx]|i?m)*(?P<v>v)|(?P<inverted>v)[Nn])(?:[rmo#]|i?m|[ikfF][Nnop])*\.?$"
)


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
        fronted, inserted = embedded(codes, cue)
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
            return find_lead(frame, begin, j)
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
    if has_circumstance(frame, at + 1):
        return True
    verb_next = clause.inserted and _VERB_NEXT.match(codes, at + 1) is not None
    return comma and (verb_next or is_circumstance(frame, at + 1))


_ABSOLUTE = re.compile(r"i[Nn](?:[ifF][Nn])*[gG]")


def _ends_at_comma(clause: _Clause, at: int, *, verb: bool, apposed: bool) -> bool:
    """Whether a clause ends at a comma; `verb` says that it has one before, `apposed` that an apposition began."""
    frame, codes, begin, cue = clause.frame, clause.codes, clause.begin, clause.cue
    quoting = clause.last >= 0
    rest = codes[at + 1 : at + 40]
    if not rest or rest[0] == "h" or says_besides(frame, at + 1) or _tail_follows(frame, at):
        return True
    if verb and _ABSOLUTE.match(rest) and frame.word(at + 1) == "with":
        return True  # denied it happened, with aides calling it “late”
    if quoting and _moves_on(frame, begin, at):
        return True
    if (
        ((verb or rest[0] == "b") and contrasts(frame, at + 1))
        or reports_again(frame, at + 1, cue)
        or another_says(frame, at, cue)
    ):
        return True
    if (verb or quoting) and ((clause.fronted and MAIN.match(rest)) or _is_interrupted(frame, at)):
        return True
    if verb and clause.inserted and not apposed and _VERB_NEXT.match(rest):
        return True
    begun = codes[begin] not in "sSAi" or "," in codes[begin:at]
    if (verb or quoting) and begun and comments(frame, at + 1, begin) and not _concedes(frame, at + 1, cue):
        return True
    return quoting and rest[0] == "G"


def _ends_at_dash(clause: _Clause, at: int, *, verb: bool) -> bool:
    """Whether a clause ends at a dash; `verb` says that it has one before."""
    frame, codes, begin = clause.frame, clause.codes, clause.begin
    # a report that began after a dash ends with the next one
    dashed = "-" in codes[:begin] and codes[:begin].replace("--", "-").count("-") % 2 == 1
    if (dashed and verb) or codes[at + 1 : at + 2] in ("b", "g", "s") or another_says(frame, at, clause.cue):
        return True
    if verb and codes[at + 1 : at + 2] == "c" and "-" not in codes[begin:at] and contrasts(frame, at + 1):
        return True
    return verb and "-" not in codes[at + 1 :].lstrip("-") and comments(frame, at + 1, begin)


def _goes_on(clause: _Clause, at: int) -> bool:
    """Whether a conjunction goes on with the writer's words, not with the clause."""
    frame, codes = clause.frame, clause.codes
    if codes[at] in "cb":
        if _leaves_infinitive(frame, clause.begin, at):
            return True
        changes = codes[at - 1] not in "xae" and at > clause.begin and another_begins(frame, at, clause.cue)
        return changes or (clause.last >= 0 and _moves_on(frame, clause.begin, at))
    return codes[at] in "sS" and clause.last >= 0 and is_sequel(frame, at)


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


def is_sequel(frame: Frame, at: int) -> bool:
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


def comments(frame: Frame, at: int, begin: int = 0) -> bool:
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


def has_circumstance(frame: Frame, at: int) -> bool:
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
    found = TAIL_AT_END.match(frame.sentence.codes, at)
    if found is None:
        return False
    cue = frame.cues.get(max(found.start("v"), found.start("inverted")))
    return cue is not None and bool(cue.row.frames & {"clause", "addressee"})


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


# nouns whose own clause follows them: "whispered in order that", "left in the hope that"
_RELATIVES = words_of("relative pronouns")
_OPPOSING = words_of("conjunctions of contrast")
_COMMENTING = words_of("openings of a comment")
