"""Rules for a report after its words: “We won,” Smith said."""

from __future__ import annotations

import re

from quoteattr.attribution.rules.cues import MAIN_AFTER, OCCASION, interrupts, is_negated, is_reduced
from quoteattr.attribution.rules.frame import REPORTING, SPOKEN, Cue, Finding, Frame, speaks
from quoteattr.attribution.rules.stretches import is_detached, is_named_work, stands_first
from quoteattr.attribution.shapes import (
    SUBJECTS,
    Source,
    can_speak,
    chunk_at,
    find_inverted,
    is_shared_office,
    prefer_name,
)
from quoteattr.lexicon import words_of

_TAIL = re.compile(r"[,-]?-?(?=[Nnpw(]|r)")
_TAIL_SUBJECT = re.compile(
    r"[,-]*(?P<as>A)?(?:[rcb]|i?m)*(?:[Nn]\([^()]*\)(?=N))?(?P<src>[Nnp])(?:[ifF]#?[Nnop])*(?:\([^()]*\))?(?P<app>,[^Q;:]*?,|,[^;:]{1,14}?,|-[^-Q;:]*-|,w[arx]*[vye][^,Q;:vye]*|,[Nn](?:[ifF]#?[Nn])*)?(?:[arxe]|i?m)*(?:u(?:r|i?m|i[Nn])*A(?=g)|[uy](?=g)|(?:[yvu]|en)r?k(?=B)|enf(?=g))?(?P<cue>v(?!r?kB)|(?<=[Auyf])g|(?<=k)B)"
)
# “Good,” was all she would say
_TAIL_ALL = re.compile(r"[,-]*e(?P<all>p)(?P<src>[Nnp])(?:[arx]|i?m)*(?P<cue>v)(?=[.,;sS]|$)")
# “A farce,” was how she described it
_TAIL_HOW = re.compile(r"[,-]*e(?P<how>s)(?P<src>[Nnp])(?:[ifF][Nn])*(?:[arx]|i?m)*(?P<cue>v)")
# the “late” vote, as Smith called it
_TAIL_CALLED = re.compile(
    r"[nN]?(?:[ifF]#?[Nn])*[,-]A(?P<src>[Nnp])(?:[ifF][Nn])*(?:[arx]|i?m)*(?P<cue>v)(?=[po](?:[,.;-]|$))"
)
_TAIL_COORDINATED = re.compile(
    r"[,-]*(?P<src>[Nnp])[arx]*[yv][^,Q;:]*?,?c[arx]*(?P<cue>v)(?:[rimo]|[ikfF][Nnop])*[.,;:]?"
)
# a subject with a participle and its agent: a memo seen by the council said
_TAIL_AGENT = re.compile(
    r"[,-]*(?:[rcb]|i?m)*(?P<src>[Nn])(?:[ifF]#?[Nnop])*,?[vyu](?:r|i?m)*(?P<by>i)[Nno](?:[ifFk]#?[Nnop]|i?m)*,?"
    r"(?:[arxe]|i?m)*(?P<cue>v)"
)
# “Go,” Smith was told by his boss
_TAIL_TOLD = re.compile(
    r"[,-]*(?:[rcb]|i?m)*[Nnp](?:[ifF]#?[Nnop])*[arx]*e[rx]*(?P<cue>u)(?:r|i?m)*(?P<by>i)(?P<src>[Nno])"
)
_TAIL_VERB = re.compile(r"[,-]*(?:[rcb]|i?m)*(?P<cue>v)")
_TAIL_JOINT = re.compile(
    r"[,-]*(?P<src>[Nnp](?:[ifF][Nn])*(?:,[Nn])*,?c[Nn])(?:[ifF][Nn])*(?:,[^Q;:]*?,)?(?:[arxe]|i?m)*(?P<cue>v)"
)
_AFTER_TAIL = re.compile(
    r"(?:k?[Nno](?:[ifF][Nn])*|p(?=[.,;:-]))?(?:[rmo#]|in[vy](?=i?m)|[ikfFAS]#?[Nnopm]|i?m|G|\([^()]*\))*(?P<next>[.,;:Q)-]|$|(?<!k)[sSA])"
)
# the patterns of a report after its words, each with the frames one of which its verb must have, and a word that it
# must hold
_TAILS = (
    (_TAIL_JOINT, SPOKEN, ""),
    (_TAIL_AGENT, SPOKEN, "by"),
    (_TAIL_TOLD, frozenset({"addressee"}), "by"),
    (_TAIL_SUBJECT, SPOKEN, ""),
    (_TAIL_ALL, REPORTING, "all"),
    (_TAIL_HOW, REPORTING | {"quote", "as"}, "how"),
    (_TAIL_CALLED, frozenset({"naming"}), ""),
    (_TAIL_COORDINATED, REPORTING, ""),
)


def tail_subject(frame: Frame, k: int) -> Finding | None:
    """“We won,” Smith said."""
    codes = frame.sentence.codes
    for pattern, frames, word in _TAILS:
        found = pattern.match(codes, k + 1)
        if found is None or (word and frame.word(found.start(word)) != word):
            continue
        cue = frame.cues.get(found.start("cue"))
        if cue is None or not speaks(cue.row, frames) or _only_names(frame, cue):
            continue
        if pattern is _TAIL_SUBJECT and found.group("as") and cue.row.kind != "speech":
            continue  # “Go,” as he smiled
        beside = cue.row.kind == "action" and codes[k + 1] == "c"
        if beside and not can_speak(frame.sentence, found.start("src"), frame.lexicon):
            continue  # “It is calm,” and gifts began to rise, Smith said
        if (pattern is not _TAIL_CALLED and not is_detached(frame, k)) or (
            pattern is _TAIL_HOW and not can_speak(frame.sentence, found.start("src"), frame.lexicon)
        ):
            continue
        if cue.row.kind == "action" and frame.ending(k) == "." and frame.begins_utterance(k):
            continue
        if cue.row.kind == "action" and _is_deed(frame, k, found.start("src"), cue):
            continue
        if cue.source is not None and cue.source.shape == "voiced" and frame.ending(k) != ",":
            continue  # “Shame!” The question came from Smith
        if cue.source is not None and cue.source.shape == "relative" and "c" in codes[k + 1 : found.start("src")]:
            continue  # a “turn”, and Smith, who projects it
        at = found.start("src")
        if _begins_anew(frame, k, at, cue):
            continue
        last = found.end("src") if pattern is _TAIL_JOINT else at + 1
        joint = pattern is _TAIL_JOINT and not is_shared_office(frame.sentence, at, last - 1, frame.lexicon)
        source = cue.source
        apart = (found.group("app") or "") if pattern is _TAIL_SUBJECT else ""
        named = apart[-1:] in ("N", "n")
        if named and not (frame.ending(k) == "," and can_speak(frame.sentence, at, frame.lexicon)):
            continue
        unclosed = apart.startswith(",w") or (named and codes[at] == "N")
        if source is None or source.first < k or pattern is not _TAIL_SUBJECT or unclosed:
            source = Source(at, last, None, "joint" if joint else "subject")
        stop = at - 2 if pattern is _TAIL_CALLED else None  # before the comma and "as"
        return Finding(cue, source, "tail", stop=stop)
    return _tail_in_parse(frame, k)


def _only_names(frame: Frame, cue: Cue) -> bool:
    """Whether a verb names something else: in “Why?”, the Post named Smith; not: “a farce,” Smith dubbed it."""
    if cue.row.lemma == "call" or cue.row.frames & {"clause", "addressee", "quote", "naming"} != {"naming"}:
        return False  # “Ann!” he called
    return frame.sentence.codes[cue.last : cue.last + 1] not in ("o", "p")


def _is_deed(frame: Frame, k: int, subject: int, cue: Cue) -> bool:
    """Whether somebody or something acts after a stretch, and says nothing: “We won,” and prices fell."""
    codes = frame.sentence.codes
    if codes[k + 1] in "cb" and not can_speak(frame.sentence, subject, frame.lexicon):
        return True
    whole = frame.ending(k) in ".?!" and frame.begins_utterance(k)
    return whole and codes[subject] == "N" and _DEED.match(codes, cue.last) is not None


_DEED = re.compile(r"[nNw]|ir*w")
_ANYBODY = words_of("indefinite pronouns")


def _begins_anew(frame: Frame, k: int, subject: int, cue: Cue) -> bool:
    """Whether a pronoun with a capital begins a sentence of its own: “We won!” He blasted the plan."""
    codes = frame.sentence.codes
    word = frame.sentence.tokens.raw[frame.sentence.first[subject]]
    pronoun = codes[subject] == "p" or word.lower() in _ANYBODY
    capital = pronoun and word[0].isupper() and word != "I"
    if capital and word.lower() not in SUBJECTS:
        return frame.ending(k) in ".?!"  # “Who is there?” Nobody answered.
    return capital and frame.ending(k) in ".?!" and codes[cue.last : cue.last + 1] in tuple("nNpdQ")


def _tail_in_parse(frame: Frame, k: int) -> Finding | None:
    """“We won,” the tall, tired Smith said: a parse shows the verb, its object and its subject."""
    sentence = frame.sentence
    evidence = sentence.tokens.evidence
    if not evidence.roles or frame.ending(k) not in ",?!" or k + 1 == len(sentence.codes):
        return None
    cue = next((cue for cue in frame.cues.values() if cue.chunk > k), None)
    if cue is None or "Q" in sentence.codes[k + 1 : cue.chunk] or not speaks(cue.row, REPORTING):
        return None
    verb = evidence.token(*sentence.span(cue.chunk))
    subject = evidence.subjects.get(verb, -1)
    if subject < 0 or evidence.begin[evidence.edges[subject][0]] != sentence.span(k + 1)[0]:
        return None
    at = chunk_at(sentence, evidence.begin[subject])
    if (
        not k < at < cue.chunk
        or sentence.codes[at] not in "Nnp"
        or evidence.role_of(sentence.tokens.quoted[sentence.first[k]][0], verb) != "c"
    ):
        return None
    first = at if sentence.codes[at] != "n" else k + 1
    return Finding(cue, prefer_name(sentence, Source(first, at + 1, None, "parsed"), frame.lexicon), "tail")


def tail_verb(frame: Frame, k: int) -> Finding | None:
    """“We won,” said Smith."""
    codes = frame.sentence.codes
    found = _TAIL_VERB.match(codes, k + 1)
    if found is None:
        return None
    cue = frame.cues.get(found.start("cue"))
    if cue is None or not speaks(cue.row, SPOKEN) or _only_names(frame, cue):
        return None
    source = find_inverted(frame.sentence, cue.last - 1, frame.lexicon)
    if source is None:
        return None
    if not is_detached(frame, k):
        return None
    return Finding(cue, source, "tail")


def tail_subject_inner(frame: Frame, k: int) -> Finding | None:
    """The plan, “a disgrace,” Smith said, was dead."""
    finding = None if is_named_work(frame, k) else tail_subject(frame, k)
    if finding is None or finding.source is None or not _ends_report(frame, finding):
        return None
    if finding.cue is not None and _has_object(frame, finding.cue):
        return None
    fronted = "uv" if finding.cue is None or finding.cue.row.kind != "action" else "sSAgGuv"
    if frame.sentence.codes[0] in fronted:
        return None  # told that it was “late,” she laughed
    if (
        finding.cue is not None
        and finding.cue.row.kind == "action"
        and not re.search("[yvea]", frame.sentence.codes[:k])
    ):
        return None  # of the “Old Firm”, he smiled
    return finding if can_speak(frame.sentence, finding.source.first, frame.lexicon) else None


def _has_subject(cue: Cue, k: int) -> bool:
    """Whether the subject of a cue stands before a stretch: "Smith, host of “Night Tide,” reminded his staff"."""
    source = cue.source
    return source is not None and source.first < k and source.shape in ("subject", "apposition", "restrictive")


def tail_verb_inner(frame: Frame, k: int) -> Finding | None:
    """The plan is “a disgrace,” said Smith."""
    finding = None if is_named_work(frame, k) else tail_verb(frame, k)
    if finding is None or finding.source is None or finding.cue is None:
        return None
    if _has_subject(finding.cue, k) or finding.cue.row.kind == "attitude":
        return None
    if re.search("[cb]", frame.sentence.codes[k + 1 : finding.cue.chunk]):
        return None  # said it was “late,” and welcomed Smith
    return finding if can_speak(frame.sentence, finding.source.first, frame.lexicon) else None


def _ends_report(frame: Frame, finding: Finding) -> bool:
    """Whether nothing that the cue could report instead follows it."""
    cue = finding.cue
    if cue is None:
        return True
    found = _AFTER_TAIL.match(frame.sentence.codes, cue.last)
    if found is None:
        return False
    at = found.start("next")
    return found.group("next") not in ("s", "S", "A") or frame.word(at) in OCCASION


def tail_subject_first(frame: Frame, k: int) -> Finding | None:
    """“We won,” Smith said, at the head of a sentence."""
    if stands_first(frame, k):
        finding = tail_subject(frame, k)
        anew = finding is not None and finding.source is not None and frame.sentence.codes[finding.source.first] != "p"
        return None if anew and _is_led(frame, k) else finding
    # "in an interview published on Monday, “we won,” he said"
    last = next((cue for cue in reversed(frame.cues.values()) if cue.last <= k), None)
    mark = frame.sentence.codes[k - 1]
    if mark != "-" and (mark != "," or last is None or not is_reduced(frame, last)):
        return None  # but: the plan was hasty - “a mess,” he said - and dear
    finding = tail_subject(frame, k)
    return finding if finding is not None and finding.cue and finding.cue.row.frames & REPORTING else None


def _is_led(frame: Frame, k: int) -> bool:
    """Whether somebody's report and a colon lead in a stretch, whoever cites it: Smith said: “We,” the Sun wrote."""
    if frame.sentence.codes[k - 1 : k] != ":":
        return False
    cue = next((cue for cue in frame.cues.values() if cue.last == k - 1), None)
    return cue is not None and cue.row.kind == "speech" and cue.source is not None and cue.source.first < cue.chunk


def tail_verb_first(frame: Frame, k: int) -> Finding | None:
    """“We won,” said Smith, at the head of a sentence."""
    return tail_verb(frame, k) if stands_first(frame, k) else None


# a preposition, or a quotation with a verb of its own, before a participle
BESIDE_CUE = re.compile(r"(?:Q[^Q]*v[^Q]*|[iF])$")


def is_aside(frame: Frame, cue: Cue, k: int) -> bool:
    """Whether a cue before a comma only tells the occasion: "Smith said, as he left, “we go”"."""
    source, codes = cue.source, frame.sentence.codes
    if source is None or source.first > cue.chunk:
        return False
    opener = codes[max(0, source.first - 1) : source.first]
    if (
        opener in ("s", "S", "A")
        and codes[cue.chunk] == "v"
        and any(
            other.last == source.first - 1 and other.row.kind == "speech" and other.row.frames & REPORTING
            for other in frame.cues.values()
        )
    ):
        return True  # "Smith said as he introduced her, “we go”"
    if cue.row.kind == "action":
        if opener in ("s", "S", "A") and any(
            at < source.first and other.row.frames & REPORTING and other.row.kind == "speech"
            for at, other in frame.cues.items()
        ):
            return True
        if codes[source.first] == "w" and (opener != "," or frame.begins_with_verb(k, plural=False)):
            return True
        tail = tail_subject(frame, k)
        return tail is not None and tail.cue is not None and bool(tail.cue.row.frames & REPORTING)
    # said that when they railed against it, “...”
    return codes[max(0, source.first - 2) : source.first] in ("Ts", "TS", "TA")


def is_weak(frame: Frame, finding: Finding) -> bool:
    """Whether a report is a thought, or that of a mere thing: "the vote signals “an end”"."""
    if finding.cue is not None and (finding.cue.row.kind == "attitude" or is_negated(frame, finding.cue)):
        return True
    return finding.source is not None and not can_speak(frame.sentence, finding.source.first, frame.lexicon)


def find_tail(frame: Frame, k: int) -> Finding | None:
    """Find the report that follows a clause with a fragment in it: it was “late”, Smith said."""
    return clause_tail(frame, k) or tail_subject_inner(frame, k) or tail_verb_inner(frame, k)


# what a short report after a clause begins with: ..., Smith said; “...” as Smith said
_SET_OFF = re.compile(r"[,Q-](?:[rcb]|i?m)*$|QA$")


def clause_tail(frame: Frame, k: int) -> Finding | None:
    """The deal was “a disgrace”, Smith said."""
    codes = frame.sentence.codes
    if is_named_work(frame, k):
        return None
    for cue in frame.cues.values():
        if cue.chunk < k or codes[cue.chunk] != "v" or not speaks(cue.row, REPORTING | {"quote"}):
            continue
        if cue.row.kind == "action" or (cue.source is not None and cue.source.antecedent is not None):
            continue
        if cue.source is not None and cue.source.first == k + 1 and _begins_anew(frame, k, k + 1, cue):
            continue
        needs_addressee = {"addressee", "clause"} <= cue.row.frames and "quote" not in cue.row.frames
        if needs_addressee and not codes[cue.last :].strip("."):
            continue  # "court told"
        aside = codes[cue.last : cue.last + 1] == "," and interrupts(frame, cue)
        # an inverted subject may stand between
        tail = _ends_report(frame, Finding(cue, None, "tail")) or find_inverted(
            frame.sentence, cue.last - 1, frame.lexicon
        )
        if not aside and not tail:
            continue
        source = cue.source
        start = None
        if _has_object(frame, cue) or _LATER_CLAUSE.match(codes, cue.last):
            continue  # the “list” directed the staff to wait, she has seen her lead shrink
        if source is not None and source.first > cue.chunk:
            start = cue.chunk
        elif (
            source is not None
            and source.first > k
            and (found := _SET_OFF.search(codes, 0, source.first))
            and (found.group() != "QA" or cue.row.kind == "speech")
        ):
            start = source.first
        else:
            inverted = find_inverted(frame.sentence, cue.last - 1, frame.lexicon)
            if inverted is not None and codes[cue.chunk - 1] in ",Q-" and not _has_subject(cue, k):
                source, start = inverted, cue.chunk
        if source is None or start is None or not can_speak(frame.sentence, source.first, frame.lexicon):
            continue
        stop = start
        while stop > k + 1 and codes[stop - 1] in ",-rcbAs":
            stop -= 1
        if stop == start and codes[stop - 1] != "Q":
            continue
        # "in her “little book,” he wrote, “We go.”"
        circumstance = aside and codes[:1] == "i" and codes[cue.last + 1 : cue.last + 2] == "Q"
        if (
            codes[:1] in ("S", "A", "g", "G", "u", "v")
            or (codes[:1] == "s" and codes[1:2] not in ("e", "a"))
            or codes[:2] in ("ig", "iG")
            or (circumstance and frame.ends_utterance(cue.last + 1))
        ) and not MAIN_AFTER.search(codes[:stop]):
            continue  # "While the plan is “bold”, he offered no figures"
        return Finding(cue, source, "clause-tail", stop=stop)
    return None


# the “past” page explains, in jest, that
_LATER_CLAUSE = re.compile(r"(?:,[^,;:Q]{1,12},)?T")
_BIDDEN = re.compile(r"[Nno](?:[ifF][Nn])*kB")


def _has_object(frame: Frame, cue: Cue) -> bool:
    """Whether what follows a verb is its object, not a subject after it nor somebody who is told."""
    codes, source = frame.sentence.codes, cue.source
    if _BIDDEN.match(codes, cue.last) is not None:
        return "infinitive" in cue.row.frames
    before = source is not None and source.first < cue.chunk
    return before and cue.row.kind == "attitude" and codes[cue.last : cue.last + 1] in ("N", "n", "o")
