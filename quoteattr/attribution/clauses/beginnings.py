"""Where a clause that a cue reports begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quoteattr.attribution.clauses.patterns import FRONT, GAP, MAIN, VERBAL, lemma
from quoteattr.attribution.rules.complements import PURPOSES, find_complement
from quoteattr.attribution.rules.frame import Cue, Frame
from quoteattr.attribution.shapes import ADDRESSEE, SUBJECTS, TO_ADDRESSEE, can_speak
from quoteattr.lexicon import CueRow, words_of

# "told voters here Sunday that"
_FAR_ADDRESSEE = re.compile(r"r?(?P<adr>[Nnop](?:c[Nno])?)(?=r+(?:i?m)*T)")
# further words between a cue and its "that": "wrote in a Sun op-ed that", "said the day before that", "when asked that"
_LONG_GAP = re.compile(
    r"(?:[irmF][^,;:QTvea]{0,8}Q?|p[ir]?mS?|i+#m+|(?:s[vyugG]|[SAg])[^,;:QT]{1,14}(?<![ifFk]))(?=T(?![arx]*[yve]))"
)
# a subject and its verb side by side
_STRICT = re.compile(
    r"(?:r|i?m)*(?P<src>[Nnp])(?:[ifF]#?[Nnop]|c[Nn])*(?:,[^Q;:,]{1,12},)?(?:[arxe]|i?m)*(?P<verb>[yvea])"
)
# anything that a clause may begin with, and a verb somewhere after it
_CLAUSE = re.compile(
    rf"{FRONT}(?:s[^,;:]{{1,20}},)?(?:p|r[ea]|x?(?:[NndTogG]|mz)[^,;:Q]*?[yvea]"
    r"|[Nndp][^;:Q]{0,12}?,[^;:Q]*?(?:,|Q,?)[arxe]*[yvea]|(?:r|i)?#[^;:Q]*?[yvea])"
)


def find_lead(frame: Frame, begin: int, at: int) -> int:
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
_QUESTIONS = words_of("question words")
GAP_OF_RELATIVE = re.compile(r"r*[arx]*[yvea]")
INFINITIVE = re.compile(r"(?:[Nno](?:c[Nn])?(?:[ifF][Nn])*)?(?P<gap>(?:r?i?m)*)x?(?P<to>k)r*(?:[yvBea]|(?P<quoted>Q))")
# verbs whose infinitive has its subject with it: asked the court to wait
_REQUESTS = words_of("verbs of request")
_NAMED_SOURCE = re.compile(r"kr*er*u")
_NAMING_SOURCE = words_of("verbs of naming a source")
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
    found = INFINITIVE.match(codes, cue.last) if "act" in cue.row.frames else None
    if found is None:
        return None
    if (
        _NAMED_SOURCE.match(codes, found.start("to"))
        and lemma(frame, codes.index("u", found.start("to"))) in _NAMING_SOURCE
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
        return cue.last if GAP_OF_RELATIVE.match(codes, cue.last) else None
    return None


def open_bare(frame: Frame, cue: Cue) -> int | None:
    """Where the clause begins that nothing introduces: said prices would rise."""
    if frame.sentence.codes[cue.chunk] == "u":
        return None
    found = next((start for start in find_starts(frame, cue) if begins_bare(frame, cue, start)), None)
    return None if found is not None and _is_object(frame, cue, found) else found


# pronouns that are subjects, whatever a parse says of them: "claiming he alone knew", "confirming it will go on"
_WITH_VERB = re.compile(r"p[arx]*[yvea]")


def _is_object(frame: Frame, cue: Cue, at: int) -> bool:
    """Whether a parse shows a mere object where a clause might begin: "rejecting a plan that few liked"."""
    sentence = frame.sentence
    evidence = sentence.tokens.evidence
    verb = evidence.token(*sentence.span(cue.chunk)) if evidence.roles else -1
    if verb < 0 or "object" not in cue.row.frames:
        return False
    if frame.word(at) in SUBJECTS or _WITH_VERB.match(sentence.codes, at):
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


# where and when it was said, after the words: "in a statement", "on Monday", "during a rally in Ohio"
_CIRCUMSTANCE = re.compile(r"i?m(?:[iFf][Nn]|i?m)*|i[Nn](?:[iFf][Nnm]|i?m)*(?:[yv](?:i?m|i[Nn])+)?")
_OCCASIONS = words_of("occasions")
_WHERE = words_of("prepositions of an occasion")


def is_circumstance(frame: Frame, at: int) -> bool:
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
