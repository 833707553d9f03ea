"""What a verb governs, and the rule for words inside a reported clause: Smith said that it was “late”."""

from __future__ import annotations

import re

from quoteattr.attribution.rules.cues import (
    ENCLOSED,
    MAIN_AFTER,
    MAIN_GOES_ON,
    NEW_SUBJECT,
    after_words,
    begins_main,
    corrects,
    interrupts,
    is_closed,
    is_reduced,
    is_refused,
    is_reported,
    is_shown,
    is_subordinate,
    is_title_in_list,
    is_told,
    is_under_object,
    names_alone,
    object_before,
    recover,
    stays,
    yields,
)
from quoteattr.attribution.rules.frame import REPORTING, Cue, Finding, Frame
from quoteattr.attribution.rules.nouns import ACCORDING, DENIALS, find_author, noun_that
from quoteattr.attribution.rules.stretches import has_possessor, is_found, is_named_work
from quoteattr.attribution.rules.tails import find_tail, is_aside, is_weak, tail_subject, tail_verb
from quoteattr.attribution.shapes import (
    can_speak,
    chunk_at,
    find_inverted,
    is_person,
)
from quoteattr.lexicon import words_of
from quoteattr.values import Sentence

# a phrase and, without a relative pronoun, a clause that tells of it
_TOLD_OF = re.compile(r"(?:^|[,;:cbsST])[nNp]$")


def tells_of_subject(frame: Frame, cue: Cue, k: int) -> bool:
    """Whether a stretch has the verb of what a clause before it tells of: nothing Smith said “will help”."""
    source, codes = cue.source, frame.sentence.codes
    if cue.last != k or source is None or source.last != cue.chunk or codes[source.first] == "w":
        return False
    told = _TOLD_OF.search(codes, 0, source.first) is not None
    return told and frame.begins_with_verb(k, plural=True) and not frame.begins_utterance(k)


# a bracket with a clause of its own: writes tales (his book has a “fool”)
_OWN_CLAUSE = re.compile(r"\((?:[rcb]|i?m)*[Nnp][^)]*[yvea][^)]*$")
_BESIDE_UTTERANCE = re.compile(r"Q,?c(?:r|i?m)*[Nnp](?:[ifF][Nn])*")
# “Do svidaniya!” - Russian for “goodbye”
_LEFT_BY_DASH = re.compile(r",?Q-+(?![cbQ-])")
_LEAVES = re.compile(r"^[^TswyveaGQ:,]*Q?c[arx]*[yv](?=.)|,?b[rx]*[yvea]|;|,c[rx]*[yv]")
_NOMINAL_ONLY = re.compile(r"[NnpodfFirAkzTGgm#c,\-()xwQ.BuM]*$")
# a verb that belongs to the source after "according to"
_IN_ACCORDING = re.compile(r"hk[^,;:Q]*(?:,w[^,;:Q]*)?$")
# what parts a report from one inside it
_PARTS = re.compile("[,;b-]")


def clause_cue(frame: Frame, k: int) -> Finding | None:
    """Smith said that the deal was “a disgrace”."""
    codes = frame.sentence.codes
    if is_named_work(frame, k) and not _is_called(frame, k):
        return None
    best: Finding | None = None
    for cue in reversed(frame.cues.values()):
        if cue.last > k or not _may_hold(frame, cue, codes[cue.last : k], k):
            continue
        if _takes_up(frame, cue, k) or _is_held(frame, cue, k) or tells_of_subject(frame, cue, k):
            return None
        inverts = "clause" in cue.row.frames and codes[cue.chunk] == "v"
        source = cue.source or (find_inverted(frame.sentence, cue.last - 1, frame.lexicon) if inverts else None)
        if source is None:
            source = recover(frame, cue)
        if source is None and best is None and is_told(frame, cue) and not MAIN_AFTER.search(codes, cue.last, k):
            if find_tail(frame, k) or ACCORDING.search(codes):
                return None  # they are asked to choose, and it is “late”, Smith said
            return Finding(cue, None, "clause-lead")  # he was told that it was “late”
        if source is None:
            continue
        finding = Finding(cue, source, "clause-lead")
        if best is None:
            best = finding
            if not yields(frame, cue, source):
                break
        elif cue.row.frames & REPORTING and cue.row.kind == "speech" and codes[cue.chunk] in "vg":
            # "Shaw said that he credits “luck”": the report is Shaw's
            inner = best.source
            if inner is not None and source.first < inner.first and not _PARTS.search(codes, cue.last, inner.first):
                best = finding
            break
    if best is not None and best.cue is not None and is_weak(frame, best) and find_tail(frame, k):
        return None  # knew that it was “a bomb”, a filing alleges
    return best


def _may_hold(frame: Frame, cue: Cue, between: str, k: int) -> bool:
    """Whether a stretch may stand in what a cue before it reports, with the chunks between them."""
    if _is_left(frame, cue, between) or _takes_title(frame, cue, between, k):
        return False
    if _reports_other(frame, cue, between, k):
        return False
    if not _governs(frame, cue, between, k) and not _governs_in_parse(frame, cue, k):
        return False
    return not _is_behind(frame, cue, between, k)


def _is_left(frame: Frame, cue: Cue, between: str) -> bool:
    """Whether what a cue reports is over before a stretch: offered no details, but officials did."""
    if "," in between and NEW_SUBJECT.match(between):
        return True
    if ";" in between or (between.endswith(":") and "Q" in between) or _LEFT_BY_DASH.match(between):
        return True
    left = _LEAVES.search(between)
    if left is not None and not stays(frame, cue, cue.last + left.end() - 1) and not corrects(frame, cue, left):
        return True
    if _OWN_CLAUSE.search(between) or (",w" in between and names_alone(cue, between)):
        return True
    if _BESIDE_UTTERANCE.fullmatch(between) and frame.ends_utterance(cue.last) and "quote" in cue.row.frames:
        return True  # cried “Sell!” and the room “went wild”
    return is_closed(frame, cue, between) or is_under_object(frame, cue, between)


def _takes_title(frame: Frame, cue: Cue, between: str, k: int) -> bool:
    """Whether a stretch is the title of a work that a verb is about: wrote “Night Train”, vows to mend “Old Bridge”."""
    if between[-1:] in ("B", "y", "v") and frame.is_title(k):
        return True
    if "object" in cue.row.frames and is_title_in_list(frame, cue.last, k):
        return True
    return not between and is_shown(frame, cue, k)


def _reports_other(frame: Frame, cue: Cue, between: str, k: int) -> bool:
    """Whether a cue reports other words than a stretch after it, or tells how these are reported."""
    codes, source = frame.sentence.codes, cue.source
    if codes[cue.chunk] == "u" and not (source or "clause" in cue.row.frames):
        return True
    if codes[k - 1] == "," and is_aside(frame, cue, k):
        return True
    if codes[k - 1] == ":" and gives_words(frame, cue, k):
        return True
    if source is not None and codes[source.first - 1 : source.first + 1] == ",w" and MAIN_GOES_ON.search(between):
        return True  # Smith, who claimed to know it, has called it “late”
    if codes[cue.chunk - 1] == "," and _ASIDE_OF_NOUN.match(between):
        frames = frame.lexicon.cue_nouns.get(frame.last_word(cue.chunk - 2), frozenset()) if cue.chunk > 1 else ()
        return "that" in frames  # her claim, repeated on Monday, that it was “late”
    return codes[cue.chunk - 1] == "s" and "T" in between  # said, when asked, that it was “late”


# what may stand between a participle beside a noun and what that noun holds
_ASIDE_OF_NOUN = re.compile(r"(?:r|i?m|i[Nn])*,T")


def _is_behind(frame: Frame, cue: Cue, between: str, k: int) -> bool:
    """Whether a cue stands in a clause before that of a stretch, or after the words that are its own."""
    codes = frame.sentence.codes
    if is_subordinate(frame, cue) and begins_main(frame, between, k):
        return True  # after Smith asked, the mood was “sour”
    if "h" in codes[: cue.chunk] and _IN_ACCORDING.search(codes, 0, cue.chunk) and begins_main(frame, between, k):
        return True  # according to those briefed on it, the mood was “sour”
    if _is_participle(frame, cue):
        return True  # the fears expressed by Smith go beyond Lee's vow to be “fair”
    if not between or not after_words(frame, cue):
        return False
    return between[:2] in (",g", ",G") or not _CLAUSE_AFTER.match(between)  # “No,” she said, meaning that it is “late”


_AGENT = re.compile(r"(?P<by>i)[Nno](?:[ifF][Nn])*(?:r|i?m)*[vyea]")


def _is_participle(frame: Frame, cue: Cue) -> bool:
    """Whether a participle only tells of a subject whose verb follows its agent: the fears expressed by Smith grow."""
    found = _AGENT.match(frame.sentence.codes, cue.last)
    return found is not None and frame.word(found.start("by")) == "by"


# the object of a verb, and what goes on after a stretch where the object is the subject of a clause
_TAKEN_UP = re.compile(r"(?:r|i?m)*(?P<noun>[nN])")
_HOLDS = words_of("words between a noun and what it holds")
_CLAUSE_GOES_ON = re.compile(r"[nN]?(?:f#?[Nn])*[rx]*[vyea]")


def _takes_up(frame: Frame, cue: Cue, k: int) -> bool:
    """Whether a stretch stands in somebody's saying, the verb's object: rejected Smith's claim that it was “late”."""
    codes = frame.sentence.codes
    found = _TAKEN_UP.match(codes, cue.last, k) if "object" in cue.row.frames else None
    if found is None or (finding := noun_that(frame, k)) is None:
        return False
    begin = finding.begin or 0
    if finding.phrase is None or finding.phrase[0] != found.start("noun") or frame.word(begin - 1) not in _HOLDS:
        return False  # blasted Smith's call for a “ban”, rejected her offer to “wait”
    between = codes[begin:k]
    if "as" in cue.row.frames and between.endswith(("A", "Ad")) and re.search("[vyea]", between):
        return False  # rejected Smith's claim that she left as “new”
    # acknowledged that Smith's claim that it was “late” had hurt her
    clause = "clause" in cue.row.frames and _CLAUSE_GOES_ON.match(codes, k + 1) is not None
    return not clause or re.search("[vye]", between) is None


def _is_held(frame: Frame, cue: Cue, k: int) -> bool:
    """Whether a stretch stands in a saying, and a cue before it takes no clause: blamed all for Smith's claim that."""
    if ("clause" in cue.row.frames and not cue.row.response) or "T" not in frame.sentence.codes[cue.last : k]:
        return False
    finding = noun_that(frame, k)
    if finding is None or finding.phrase is None or finding.source is None or finding.begin is None:
        return False
    owned = "clause" not in cue.row.frames or has_possessor(frame, finding.phrase[0])
    return owned and finding.phrase[0] > cue.last and frame.sentence.codes[finding.begin - 1] == "T"


# nouns whose own clause follows them: "whispered in order that", "left in the hope that"
PURPOSES = words_of("nouns of purpose")


def _token_span(sentence: Sentence, token: int) -> tuple[int, int]:
    return sentence.tokens.start[token], sentence.tokens.end[token]


_THAT_NOUN = re.compile(r"Tn(?:[ifF][Nn]|i?m|r)*,g")


def find_complement(frame: Frame, cue: Cue) -> int:
    """Return the chunk where the clause begins that the cue's verb has in a parse; -1 for none."""
    sentence = frame.sentence
    evidence = sentence.tokens.evidence
    if not evidence.roles or not cue.row.frames & {"clause", "addressee"}:
        return -1
    verb = evidence.token(*sentence.span(cue.chunk))
    found = evidence.complement(verb) if verb >= 0 else None
    if found is None:
        return -1
    start, finite = evidence.begin[found[0]], found[2]
    if not finite and (not cue.row.verbal or "object" in cue.row.frames):
        return -1
    at = chunk_at(sentence, start)
    codes = sentence.codes
    between = codes[cue.last : at]
    if at < cue.last or sentence.span(at)[0] != start or re.search("[;:QbcT(-]", between):
        return -1
    if frame.word(at) == "than" or _THAT_NOUN.match(codes, at):
        return -1  # "said more than she meant", "echoed that promise on Monday, saying"
    if codes[at] in ",-(" or (codes[at] != "T" and re.search("[,yvea]", between)):
        return -1
    if not between and "addressee" in cue.row.frames and codes[at] in "Nno":
        return -1  # "told the board any plan was" begins after the board
    if between and between[-1] in "nN":
        # "noted the steps that they took" is a relative clause, "noted last week that they left" is not
        last = evidence.token(*_token_span(sentence, sentence.last[at - 1] - 1))
        listens = "addressee" in cue.row.frames and can_speak(sentence, at - 1, frame.lexicon)
        if last < 0 or frame.last_word(at - 1) in PURPOSES or (evidence.roles[last] in "on" and not listens):
            return -1
    return at


def _is_called(frame: Frame, k: int) -> bool:
    """Whether a naming verb and its object stand right before: Smith called Lee “Big Bird”."""
    cue = next((cue for cue in reversed(frame.cues.values()) if cue.last < k), None)
    return (
        cue is not None
        and "naming" in cue.row.frames
        and (
            frame.sentence.codes[cue.last : k] in ("N", "o")
            or (frame.sentence.codes[cue.last : k] == "n" and is_person(frame.sentence, cue.last, frame.lexicon))
        )
        and cue.source is not None
        and frame.sentence.codes[cue.chunk] in "vgB"
        and can_speak(frame.sentence, cue.source.first, frame.lexicon)
    )


def _governs(frame: Frame, cue: Cue, between: str, k: int) -> bool:
    """Whether the words between a cue and a stretch let the stretch stand in what the cue reports."""
    frames = cue.row.frames
    if cue.row.kind == "action" and not cue.row.particles:
        return "clause" in frames and between.startswith("T")
    if cue.chunk and is_refused(frame, cue.chunk):
        return False  # declined to comment on the “ghost fleet”
    if cue.row.kind == "attitude" and not (between == "" and is_found(frame, cue)):
        return _governs_thought(frame, cue, between, k)
    if "object" in frames and _REMARK_AFTER.match(between):
        return False  # signalled her support for the plan - as long as it came with a “pause”
    if between == "d" and "addressee" in frames and _is_addressed(frame, cue, k):
        return False  # urged his “sons” to go, needled the “reporter,” saying
    if frames & REPORTING and _governs_clause(frame, cue, between, k):
        return True
    if "infinitive" in frames and re.match(r"(?:[Nnop](?:c[Nn])?)?(?:[ifF][Nn]|i?m)*r?k", between):
        return True
    if "of" in frames and cue.row.kind == "speech" and _ABOUT_WHETHER.match(between):
        return True  # quarrelled over whether it was “late”
    if between[:1] == "s" and "object" in frames and frame.word(cue.last) == "how":
        return True  # described how he left “without a word”
    if not between:
        passive = cue.source is not None and cue.source.shape == "passive-by"
        return (
            ("object" in frames or (passive and "naming" in frames))
            and (not frame.begins_utterance(k) or frame.opens_with_owner(k))
            and not frame.is_title(k)
        )
    return _governs_object(frame, cue, between, k)


def _governs_thought(frame: Frame, cue: Cue, between: str, k: int) -> bool:
    """Whether a verb of thinking governs a stretch: a thought is a report only as a whole clause."""
    frames = cue.row.frames
    negated = "x" in frame.sentence.codes[max(0, cue.chunk - 3) : cue.chunk]
    if negated or ("infinitive" in frames and _WISHED.match(between) is not None):
        return not negated and _acts(frame, cue, k)
    return bool(frames & REPORTING) and (
        (between[:1] == "," and interrupts(frame, cue))
        or _THOUGHT.match(between) is not None
        or ("quote" in frames and _WONDERED.match(between) is not None)
        or _is_subject_of(frame, cue, between, k)
    )


def _governs_clause(frame: Frame, cue: Cue, between: str, k: int) -> bool:
    """Whether a stretch stands in a clause that a verb of reporting takes."""
    if "T" in between or "w" in between or not between:
        return True
    inserted = _after_source(cue, between)
    if inserted[:1] == "," and interrupts(frame, cue):
        return True  # there was no sign, said Smith, of “foul play”
    concession = _find_concession(frame, cue.last, between)
    if "s" in between and concession < 1:
        return True
    if (
        re.search(r"[NnpoTG].*[yvea]", between[: max(concession, 0) or None])
        or frame.heading
        or (between[0] == "," and interrupts(frame, cue))
    ):
        return True
    if _is_existential(frame, cue.last, k):
        return True
    if _OF_RELATIVE.match(between) and object_before(frame.sentence.codes, cue):
        return True  # the use, which Smith said was “careless”
    if "clause" in cue.row.frames and (_FILLED.match(between) or 0 <= find_complement(frame, cue) < k):
        return True
    return _is_subject_of(frame, cue, between, k)


def _governs_object(frame: Frame, cue: Cue, between: str, k: int) -> bool:
    """Whether a stretch stands in the object of a verb, or in what the verb says of its object."""
    frames = cue.row.frames
    if "object" in frames and _HELD_OBJECT.match(between) and cue.row.lemma not in DENIALS:
        return "that" in frame.lexicon.cue_nouns.get(frame.last_word(cue.last), ())  # defended the view that
    if "clause" in frames and (found := _GERUND.match(between)) and frame.word(cue.last + found.end() - 1) in _GERUNDS:
        return True  # admitted being “a fool”, owned up to having “lost”
    between = _BEING.sub("G", between)
    if ",w" in between:
        between = ENCLOSED.sub("", between)
    if "as" in frames and re.match("A[eadG]*$", between) and object_before(frame.sentence.codes, cue):
        return True  # whom she describes as having “a gift”
    if "as" in frames and (_AS_COMPLEMENT.match(between) or _AS_RELATIVE.match(between)):
        return not is_reduced(frame, cue)
    if "naming" in frames and _RESTRICTED.match(between) and frame.opens_with_article(k):
        return cue.source is not None and frame.sentence.codes[cue.source.first] in "Np"
    if between.endswith("S") and "naming" in frames and frame.word(k - 1) == "than" and not frame.is_title(k):
        between = between[:-1]  # called Smith less an asset than “a burden”
    if not between or not _NOMINAL_ONLY.match(between) or (between[-1] in "ifFk" and not frames & {"object", "of"}):
        return False
    if frames & {"naming", "as"} and between[0] not in "po" and is_reduced(frame, cue):
        return False
    if "naming" in frames and between[0] in "NnopdT":
        return True
    if "object" in frames and between[0] not in "ifFk":
        return True
    if "as" in frames and "A" in between:
        return True
    if cue.row.lemma == "point" and frame.begins_utterance(k) and " " not in frame.content(k):
        return False  # pointed to the “Exit” sign
    return "of" in frames and re.match(r"r*[Nno]?[fiFk]", between) is not None


# what may follow all that is reported
_CONCESSIVE = words_of("conjunctions of concession")


def _is_addressed(frame: Frame, cue: Cue, k: int) -> bool:
    """Whether a noun in quotation marks is whom a verb of speech addresses."""
    bidden = "infinitive" in cue.row.frames and frame.sentence.codes[k + 1 : k + 2] == "k"
    return " " not in frame.content(k) and (bidden or "object" not in cue.row.frames)


def _after_source(cue: Cue, between: str) -> str:
    """Return what of the words between a cue and a stretch stands after the cue's subject."""
    source = cue.source
    if source is None or source.first < cue.last or source.last > cue.last + len(between):
        return between
    return between[source.last - cue.last :]


def _find_concession(frame: Frame, begin: int, between: str) -> int:
    """Where a clause with "though" or "because" begins among the words after a cue; -1 for none."""
    return next((n for n, code in enumerate(between) if code == "s" and frame.word(begin + n) in _CONCESSIVE), -1)


def _acts(frame: Frame, cue: Cue, k: int) -> bool:
    """Whether a stretch says what somebody wants done: she wants ministers to “stop hiding”."""
    source = cue.source
    wants = source is not None and can_speak(frame.sentence, source.first, frame.lexicon)
    return wants and frame.begins_with_verb(k, plural=True)


def _is_subject_of(frame: Frame, cue: Cue, between: str, k: int) -> bool:
    """Whether the subject of a clause stands between, and its verb in the stretch."""
    found = _SUBJECT_OF_QUOTED.search(between)
    if found is None or found.group("pronoun"):
        return found is not None and cue.row.kind == "speech"
    plural = found.group("joint") is not None or frame.last_word(cue.last + found.start("head")).endswith("s")
    return frame.begins_with_verb(k, plural=plural)


# a thought, or a question to oneself, as a whole clause
_THOUGHT = re.compile(r"(?:r|i?m)*T|[Nnp][^k,]*[yvea]")
_WISHED = re.compile(r"(?:[Nno](?:[ifF][Nn])*)?r?kr?$")
_WONDERED = re.compile(r"(?:r|i?m)*[sw].*[yvea]")


def _governs_in_parse(frame: Frame, cue: Cue, k: int) -> bool:
    """Whether a parse gives a stretch to what a verb of speech reports: its clause, its object, what it is about."""
    sentence = frame.sentence
    evidence = sentence.tokens.evidence
    frames = cue.row.frames
    if not evidence.roles or cue.row.kind == "action" or not frames & {"clause", "object"}:
        return False
    if cue.chunk and is_refused(frame, cue.chunk):
        return False
    verb = evidence.token(*sentence.span(cue.chunk))
    if verb < 0 or evidence.is_reduced(verb) or is_reduced(frame, cue):
        return False
    role = evidence.role_of(sentence.tokens.quoted[sentence.first[k]][0], verb)
    if role != "c" and is_reported(frame, cue):
        return False
    if sentence.codes[k - 1] == ":" and frame.begins_utterance(k):
        return False
    between = sentence.codes[cue.last : k]
    if between.count("(") > between.count(")"):
        return False  # "drew anger (“Never,” wrote Lee)": an aside
    if between == "d" and "addressee" in frames and _is_addressed(frame, cue, k):
        return False
    if role != "c" and _find_concession(frame, cue.last, between) > 0:
        return False  # advised suing Lee even though he found “traces”
    if role == "c":
        return cue.row.kind == "speech" or sentence.codes[cue.chunk] != "B"
    if role == "x" and sentence.codes[cue.last] == ",":
        return False  # "he said, seeking to calm “the market”"
    if frame.ending(k) == "," and (tail_verb(frame, k) or tail_subject(frame, k)):
        return False  # what follows the stretch says whose it is
    if between and role in ("i", "o") and "object" not in frames:
        return False  # "responded with a “yes”", said nothing of “the danger”
    return cue.row.kind == "speech" and role in ("o", "x", "q", "i")


_ABOUT_WHETHER = re.compile(r"[ifF][sw](?!.*[,;:Q])")
_OF_RELATIVE = re.compile(r"[arx]*[eavy]")
# what a cue reports even where it stands after another quotation
_CLAUSE_AFTER = re.compile(
    r",|[Nnp](?:[ifF][Nn])*,[arx]*[vea]|[Nno](?:c[Nn])?k$|(?:[ik][Nno])*,?T|(?:r|i?m)*[Nnp](?:[ifF][Nn])*[rx]*[yvea]"
)
_HELD_OBJECT = re.compile(r"[nN]T(?![arx]*[yve])")
# an object, a dash, and a clause
_REMARK_AFTER = re.compile(r"[^yveaT-]*[nNo][^yveaT-]*-[^-]*[yvea]")
_GERUND = re.compile("k?[ea]")
_GERUNDS = words_of("gerunds of auxiliaries")
_BEING = re.compile(r"(?<=[Fif])e")
# an object with all its clauses, and its complement: hailed the vote to leave as “bold”, defended it as being “bold”
_AS_COMPLEMENT = re.compile(r"[NnopdT][^,;:Q(\-hsSb]*A[de]?$")
# a complement with a relative clause: portrayed him as a man who would be “bold”
_AS_RELATIVE = re.compile(r"[Nnop][^,;:Q(\-hsSb]*A[nN](?:,n)?[^,;:Q(\-hsSb]*[wT][arx]*[eay][^,;:Q(\-hsSbAv]*$")
_RESTRICTED = re.compile(r"[Nn](?:[ifF][Nn])*[Tw][arxe]*[vy](?:r|i?m|i?#?[Nno])+$")
# the subject of a clause whose verb is in the fragment: said she “cannot wait”, said the plan “needs work”
_SUBJECT_OF_QUOTED = re.compile(
    r"(?:^|[^ifFk#])(?:(?P<pronoun>p)|(?P<head>[Nn])(?:[ifF]#?[Nnop])*(?P<joint>,?c[Nnp])?(?:[ifF]#?[Nnop])*)(?:,[^,;:Q]{1,14},|r|i?m)*$"
)
# adverbs, times, prepositional phrases and one object between a cue and a fragment
_FILLED = re.compile(r"(?:r|i?m|#|[iFkfAS]#?[Nnop])*(?:d|[Nn]?[,:]?)$")


def _is_existential(frame: Frame, begin: int, k: int) -> bool:
    """Whether a clause with "there" stands between: said there was “no excuse”."""
    codes = frame.sentence.codes
    return any(
        frame.word(i) in ("there", "here") and re.match(r"[arx]*[eay]", codes[i + 1 : k]) for i in range(begin, k)
    )


_QUOTING = words_of("verbs of quoting")


def gives_words(frame: Frame, cue: Cue, k: int) -> bool:
    """Whether a verb gives another's words: he ended with a line from Smith: “...”; he quoted her words: “...”."""
    return (cue.row.kind == "action" or cue.row.lemma in _QUOTING) and find_author(frame, k) is not None
