"""The engine: asks the rules about each quoted stretch of a block, and builds the reports.

It knows no rule by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import attrs

from quoteattr.attribution.clauses.beginnings import open_clause
from quoteattr.attribution.clauses.endings import find_end
from quoteattr.attribution.clauses.extents import SENTENCE_BESIDE, delimit, find_head, span_clause
from quoteattr.attribution.clauses.patterns import VERBAL, trim
from quoteattr.attribution.rules.beats import find_teller
from quoteattr.attribution.rules.cues import interrupts, is_refused
from quoteattr.attribution.rules.frame import Cue, DirectRule, Finding, Frame, Subjects
from quoteattr.attribution.rules.stretches import is_apposed, is_entitled, is_named_work
from quoteattr.attribution.rules.table import RULES
from quoteattr.attribution.shapes import ADDRESSEE, POSSESSIVES, TO_ADDRESSEE, Source
from quoteattr.lexicon import Lexicon, words_of
from quoteattr.values import Passage, Phrase, Report, Sentence, Tokens

# a stretch of this many words or more is an utterance even without a stop
_UTTERANCE_WORDS = 4
# words quoted in a sentence without a cue go on with the report before if they are this many
_FRAGMENT_WORDS = 6


# how somebody wants to be cited, and no more
_NAMELESS = re.compile(r"(?:xk|kx)r*er*u(?=,)")
# a subject, its verb, and a particle that governs a noun
_PREPOSITION = re.compile(r"[Nnp]vi[nN]")


# when a thing came out, which is told of in a phrase after a verb
_IN_WHAT, _ON_A_DAY = re.compile(r"[vg](?:r|i?m)*i[nN]$"), re.compile(r"i?m(?:[,.;T]|i|$)")


def find_cues(sentence: Sentence, lexicon: Lexicon, *, attitudes: bool) -> dict[int, Cue]:
    """Find the reporting verbs of a sentence, each with its subject, by chunk."""
    cues: dict[int, Cue] = {}
    subjects: Subjects | None = None
    tokens = sentence.tokens
    for chunk, code in enumerate(sentence.codes):
        if code not in "vguB" or (cues and chunk < next(reversed(cues.values())).last):
            continue
        form = tokens.verbs.get(sentence.first[chunk])
        if form is None or form.cue is None:
            continue
        row = form.cue
        last = chunk + 1
        if row.particles:
            ahead = [tokens.word[sentence.first[i]] for i in range(last, min(last + 3, len(sentence.codes)))]
            hit = next((n for n, word in enumerate(ahead) if word in row.particles), None)
            if hit is None:
                if "quote" not in row.frames:
                    continue
                about = (
                    (code != "g" or row.lemma == "point")
                    and "of" in row.frames
                    and _is_about(sentence, last, row.lemma)
                )
                frames = frozenset({"quote", "of"} if about else {"quote"})
                row = attrs.evolve(row, frames=frames, kind=row.kind if about else "action")
            elif hit == 0 or ahead[:hit] == ["it"]:
                held = "object" not in row.frames and _PREPOSITION.match(sentence.codes, chunk - 1)
                if held and "Q" not in sentence.codes[:chunk]:
                    continue  # goes on holiday
                last += 1 + hit  # made it clear
                if row.kind == "action" and "clause" in row.frames:
                    row = attrs.evolve(row, kind="speech")  # pointed out
        if row.kind == "attitude" and not attitudes and not row.frames & {"clause", "addressee", "infinitive"}:
            continue
        if row.response and code == "v" and "x" in sentence.codes[max(0, chunk - 3) : chunk].rpartition(",")[2]:
            continue  # did not respond; against: asked why they had not, he responded
        if _NAMELESS.match(sentence.codes, last):
            continue  # who asked not to be named, said
        if _ON_A_DAY.match(sentence.codes, last) and _IN_WHAT.search(sentence.codes, 0, chunk) and cues:
            continue  # said in remarks published on Friday
        subjects = subjects or Subjects(sentence, lexicon)
        cue = cues[chunk] = Cue(chunk, row, last, subjects)
        subjects.waiting.append((chunk, row, last))
        if (
            row.lemma == "quote"
            and (source := cue.source) is not None
            and tokens.word[sentence.first[source.first]] == "i"
        ):
            del cues[chunk]
            subjects.drop(chunk)  # "said, and I quote, “we won”"
    return cues


def _is_about(sentence: Sentence, chunk: int, lemma: str) -> bool:
    """Whether a preposition after a verb introduces what it speaks of: spoke again of, pointed to."""
    while sentence.codes[chunk : chunk + 1] == "r":
        chunk += 1
    word = sentence.tokens.word[sentence.first[chunk]] if chunk < len(sentence.codes) else ""
    return word in ("of", "about") or (lemma == "point" and word == "to")


def attribute_block(
    text: str,
    passages: Sequence[Passage],
    lexicon: Lexicon,
    *,
    heading: bool,
    turn: bool,
    attitudes: bool,
    paragraph: int,
) -> list[Report]:
    """Build the reports of one block: a paragraph, or the inside of a stretch."""
    reports: list[Report] = []
    for number, place, sentence in _find_quoting(passages):
        places = [k for k, code in enumerate(sentence.codes) if code == "Q"]
        cues = find_cues(sentence, lexicon, attitudes=attitudes)
        frame = Frame(text, sentence, lexicon, cues, heading or sentence.tokens.title_case, turn, passages, place)
        answers: dict[int, tuple[str, Finding]] = {}
        rules = _rules_for(_NEEDED.intersection(sentence.codes))
        for k in places:
            for rule in rules:
                finding = rule.ask(frame, k)
                if finding is not None:
                    answers[k] = (rule.name, _widen(frame, k, finding))
                    break
        reports += _build_reports(frame, places, answers, paragraph, number)
    return _join_reports(reports)


# the codes of chunks that one rule or another needs
_NEEDED = frozenset().union(*(rule.needs for rule in RULES))


@lru_cache(maxsize=1 << 12)
def _rules_for(codes: frozenset[str]) -> tuple[DirectRule, ...]:
    """Return the rules that may find something in a sentence that has some of the codes that are needed."""
    return tuple(rule for rule in RULES if not rule.needs or not rule.needs.isdisjoint(codes))


def find_reporter(text: str, passages: Sequence[Passage], lexicon: Lexicon) -> Phrase | None:
    """Find who reports something in the last sentence of a paragraph that holds no quotation."""
    sentences = passages[-1].sentences if passages else []
    if not sentences:
        return None
    sentence = sentences[-1]
    source = find_teller(sentence, lexicon)
    return None if source is None else phrase_of(Frame(text, sentence, lexicon, {}, heading=False), source)


def _find_quoting(passages: Sequence[Passage]) -> Iterator[tuple[int, tuple[int, int], Sentence]]:
    """Yield the sentences that hold a quotation, each with its number and its place.

    A passage without one counts as one sentence: what matters is which sentences are neighbours.
    """
    number = 0
    for passage, part in enumerate(passages):
        if not part.quoted:
            number += 1
            continue
        for at, sentence in enumerate(part.sentences):
            if "Q" in sentence.codes:
                yield number, (passage, at), sentence
            number += 1


# an object and what it did: mocked Smith for calling it “new”
_BLAMED = re.compile(r"[Nnod]*(?:Q[nN]?)?(?:[if][Nn])*[Ff]x?g")


_ASIDE_BEFORE = re.compile(r",[Nnp]")
# a clause after another that tells when
_OCCASION = re.compile(r"[yvea][^,]*,s[Nnp][arx]*$")


def _widen(frame: Frame, k: int, finding: Finding) -> Finding:
    """Take the outermost cue whose clause holds the one that was found: said that he calls it “wrong”."""
    inner = finding.cue
    if inner is None or not finding.placement.endswith("lead"):
        return finding
    codes = frame.sentence.codes
    if inner.source is not None and inner.source.shape == "absolute":
        return finding  # "Smith saying it was late and Lee calling it “wrong”"
    if codes[inner.chunk] == "g" and codes[inner.chunk - 1 : inner.chunk] == ",":
        return finding  # "Smith said that Lee left, calling it “wrong”"
    if finding.placement == "lead" and (frame.sentence.codes[k - 1] in ",:-" or frame.begins_utterance(k)):
        return finding
    for at, cue in frame.cues.items():
        if at >= inner.chunk:
            break
        if cue.row.kind != "speech" or cue.source is None or is_refused(frame, at):
            continue
        if _is_beside(frame, cue, inner) or _is_in_opening(frame, cue, inner):
            continue
        if inner.source is not None and cue.source.first == inner.source.first and codes[inner.chunk] == "v":
            continue  # beside it: said that it was late, but called it “right”
        blamed = _BLAMED.match(frame.sentence.codes, cue.last) if "object" in cue.row.frames else None
        if blamed is not None and blamed.end() == inner.chunk + 1:
            return attrs.evolve(finding, cue=cue, source=cue.source)
        if codes[at] == codes[inner.chunk] == "g" and codes[inner.chunk - 1] == "c":
            continue  # stating that it was late and calling it “wrong”
        begin = open_clause(frame, cue)
        if begin is not None and _OCCASION.search(codes, begin, inner.chunk):
            continue  # asked about what he had said, when he called it “wrong”
        if begin is None and _ASIDE_BEFORE.match(codes, cue.last) and interrupts(frame, cue):
            begin = cue.last + 1  # but, Smith added, he called it
        if begin is not None and begin <= inner.chunk and find_end(frame, begin, cue) > k:
            return attrs.evolve(finding, cue=cue, source=cue.source)
    return finding


# a phrase or a clause that opens a sentence, with the verb in it
_OPENING = re.compile(r"[rcb]*[isSA][^,;:QT]*$")


def _is_in_opening(frame: Frame, outer: Cue, inner: Cue) -> bool:
    """Whether a verb only tells the occasion of another: after farmers agreed on it, Smith called it “late”."""
    codes, source = frame.sentence.codes, inner.source
    if source is None or _OPENING.match(codes[: outer.chunk]) is None:
        return False
    return re.fullmatch(r"[^;:QT]*,r*", codes[outer.last : source.first]) is not None


# with a conjunction of time: said it was late before claiming that
_BEFORE_VERB = re.compile(r"[sSA]r*$")


def _is_beside(frame: Frame, outer: Cue, inner: Cue) -> bool:
    """Whether a verb stands beside another one, or tells when, and not in what that reports."""
    codes = frame.sentence.codes
    if codes[inner.chunk] == "g":
        if inner.chunk == outer.last:
            return codes[:1] == "Q" and not codes[1 : outer.chunk].strip("Nnpr,")  # “...,” he said praising Smith
        if codes[inner.chunk - 1] == "c" and codes[outer.chunk] == "g":
            return True  # stating that it was late and calling Smith “slow”
        found = _BEFORE_VERB.search(codes, 0, inner.chunk)
        return found is not None and frame.word(found.start()) in ("before", "after", "while")
    source = inner.source
    before = codes[max(0, source.first - 2) : source.first] if source is not None else ""
    if before in ("nT", "NT") and "naming" in inner.row.frames and codes[inner.last : inner.last + 1] == "Q":
        return True  # uttered charges that Smith called “wild”
    # spoke of it on Monday, when he said
    return (
        source is not None and before == ",s" and codes[source.first] == "p" and frame.word(source.first - 1) == "when"
    )


def _stretch_of(frame: Frame, k: int) -> int:
    return frame.sentence.tokens.stretch[frame.sentence.first[k]]


def _build_reports(
    frame: Frame,
    places: list[int],
    answers: dict[int, tuple[str, Finding]],
    paragraph: int,
    number: int,
) -> list[Report]:
    """Put the stretches that share a cue together."""
    out: list[Report] = []
    groups: dict[tuple[int, int], list[int]] = {}
    for k in places:
        if k in answers:
            _, finding = answers[k]
            groups.setdefault(_key(finding), []).append(k)
    loose = [k for k in places if k not in answers]
    for k in loose:
        members = _find_interrupted(frame, k, groups, answers)
        if members is not None:
            answers[k] = answers[members[-1]]
            members.append(k)
    loose = [k for k in loose if k not in answers]
    for members in groups.values():
        report = _build_report(frame, members, answers, loose, paragraph, number)
        if report is not None:
            out.append(report)
    taken = {stretch for report in out for stretch in report.stretches}
    alone = _ALONE.fullmatch(frame.sentence.codes) is not None
    for k in loose:
        stretch = _stretch_of(frame, k)
        if stretch not in taken and _is_utterance(frame, k, alone=alone):
            start, _ = frame.sentence.span(k)
            out.append(
                Report(
                    (stretch,),
                    "direct",
                    "none",
                    paragraph=paragraph,
                    start=start,
                    sentence=number,
                    alone=alone,
                    beside=_stands_beside(frame.text, start),
                )
            )
    if not out and not answers:
        out += _find_sequels(frame, loose, paragraph, number)
    out.sort(key=lambda report: report.start)
    return out


def _find_sequels(frame: Frame, loose: list[int], paragraph: int, number: int) -> list[Report]:
    """Find words that may go on with the report before: “We won,” Smith said. It was “a bad day for all who left”."""
    long = [k for k in loose if frame.content(k).count(" ") + 1 >= _FRAGMENT_WORDS]
    if not long or any(is_named_work(frame, k) or frame.is_title(k) for k in long):
        return []
    clause = trim(frame, 0, len(frame.sentence.codes))
    if clause is None:
        return []
    start, stop = frame.sentence.span(clause[0])[0], frame.sentence.span(clause[1] - 1)[1]
    numbers = tuple(dict.fromkeys(_stretch_of(frame, k) for k in loose))
    return [
        Report(
            numbers,
            "mixed",
            "none",
            clause=((start, stop),),
            paragraph=paragraph,
            start=frame.sentence.span(loose[0])[0],
            sentence=number,
            alone=VERBAL.search(frame.sentence.codes, 0, loose[0]) is None,
        )
    ]


def _find_interrupted(
    frame: Frame, k: int, groups: Mapping[tuple[int, int], list[int]], answers: Mapping[int, tuple[str, Finding]]
) -> list[int] | None:
    """Find the utterance that a cue interrupts and that goes on here: “We,” said Smith warmly; “won.”."""
    codes = frame.sentence.codes
    if (joined := _AND_QUOTED.search(codes[:k])) is not None:  # telling them, “Go,” and, “Come back”
        before = next((m for m in groups.values() if m[-1] == joined.start()), None)
        if before is not None and answers[before[-1]][1].placement == "lead":
            return before
    if codes[k - 1 : k] not in (",", ";", ":", "-") or frame.is_title(k):
        return None
    if is_apposed(frame, k):
        return None
    for members in groups.values():
        first, last = members[0], members[-1]
        finding = answers[last][1]
        if (
            finding.placement != "tail"
            or finding.cue is None
            or not last < finding.cue.chunk < k
            or not _starts(frame, first)
        ):
            continue
        between = codes[finding.cue.chunk : k]
        held = any(codes[i] == "Q" and not is_apposed(frame, i) for i in range(finding.cue.chunk, k))
        if not held and re.search(r"[,;]c[rm,]*$", between) is None and frame.ending(last) != ".":
            return members
    return None


# nothing but quoted words: “We won.”  And: “They lost.”
_ALONE = re.compile(r"(?:[cb]r?:)?[Q.,:-]*\)?")
_AND_QUOTED = re.compile(r"Q,?c,?$")


def _starts(frame: Frame, k: int) -> bool:
    return not frame.sentence.codes[:k].strip("cb,rsS-(.")


def _key(finding: Finding) -> tuple[int, int]:
    if finding.cue is not None:
        return finding.cue.chunk, -1
    if finding.phrase is not None:
        return finding.phrase[0], -2
    return (finding.source.first if finding.source else 0), -3


def _is_utterance(frame: Frame, k: int, *, alone: bool) -> bool:
    """Whether a stretch without a cue is an utterance of its own, not a term or a title."""
    codes = frame.sentence.codes
    words = frame.content(k).count(" ") + 1
    if alone:
        return words >= 2 or frame.ending(k) in ".?!…,—"
    if k == 0 and codes[1:2] == ":" and words > 2:
        return True  # ‘I never learned to be afraid’: a cook looks back
    if not frame.begins_utterance(k) or frame.is_title(k) or is_named_work(frame, k) or is_entitled(frame, k):
        return False
    before, after = codes[:k], codes[k + 1 :]
    if not before.strip("cb,r-") or before[-1:] in (".", ":"):
        if frame.ending(k) == "," and after[:1] == "v":
            return True  # “We won,” tweeted @annlee
        if k == 0 and frame.ending(k) in "?!" and frame.text[frame.sentence.span(1)[0]].isupper():
            return True  # “Shame!” The call came from the hall
        return words >= _UTTERANCE_WORDS and frame.ending(k) in ".?!…,—-"
    if before[-1:] in ("i", "f") and frame.is_title(k, marked=True):
        return False  # the author of “Who Was He?”
    if before[-1:] == "-" and after[:1] == "-" and words >= _UTTERANCE_WORDS and frame.ending(k) in ".?!…":
        return True  # when he had done — “We go on!” — they clapped
    return words >= _UTTERANCE_WORDS and frame.ending(k) in ".?!…" and (not after.strip(".") or before[-1:] in ",:")


def _build_report(
    frame: Frame,
    members: list[int],
    answers: dict[int, tuple[str, Finding]],
    loose: list[int],
    paragraph: int,
    number: int,
) -> Report | None:
    rule, finding = _choose_answer(members, answers)
    kind, placement = _choose_kind(frame, members, answers, finding)
    clause: tuple[tuple[int, int], ...] = ()
    chosen = members
    if kind == "mixed":
        begin, end, chosen = delimit(frame, members, finding, placement, loose, answers)
        clause = span_clause(frame, begin, end, finding, chosen)
    source = None
    if finding.source is not None:
        where = (
            frame
            if finding.elsewhere is None
            else Frame(frame.text, finding.elsewhere, frame.lexicon, {}, frame.heading)
        )
        if _is_sign(where, finding.source):
            return None
        source = phrase_of(where, finding.source)
    start, _ = frame.sentence.span(min(members))
    return Report(
        tuple(dict.fromkeys(_stretch_of(frame, k) for k in sorted(chosen))),
        kind,
        rule,
        source,
        _span_cue(frame.sentence, finding),
        find_addressee(frame, finding.cue, finding) if finding.cue is not None else None,
        clause,
        None if finding.source is not None else "nobody",
        paragraph,
        start,
        number,
        leads=placement in ("lead", "clause-lead"),
        beside=kind == "direct" and _stands_beside(frame.text, start),
        opponent=phrase_of(frame, finding.opponent) if finding.opponent is not None else None,
    )


def _choose_answer(members: list[int], answers: dict[int, tuple[str, Finding]]) -> tuple[str, Finding]:
    """Choose the rule and the finding that speak for the fragments of one report: of the first, mostly."""
    rule, finding = answers[members[0]]
    cue = finding.cue
    if cue is not None and finding.placement == "clause-tail" and members[-1] > cue.chunk:
        return answers[members[-1]]  # the cue stands between the fragments
    return rule, finding


def _choose_kind(
    frame: Frame, members: list[int], answers: dict[int, tuple[str, Finding]], finding: Finding
) -> tuple[str, str]:
    """Tell whether a report is direct or mixed, and where its cue stands, which that may change."""
    codes, cue, placement = frame.sentence.codes, finding.cue, finding.placement
    split = (
        placement == "tail"
        and cue is not None
        and codes[cue.last : cue.last + 1] == ","
        and _starts(frame, members[0])
        and not (len(members) > 1 and _resumes(frame, members[0], finding))
    )
    mixed = any(answers[k][1].placement.startswith("clause") for k in members) and not split
    if mixed and cue is not None and _is_led_in(frame, members) and open_clause(frame, cue) is None:
        mixed = False
    if not mixed and placement == "lead" and _is_built_in(frame, members, finding):
        mixed = True
    if not mixed and placement == "tail" and cue is not None:
        # words of the same clause outside the marks, before the cue
        own = frame.begins_utterance(members[0]) and codes[members[0] - 1] in ",:;-("
        if (codes[: members[0]].strip("cb,r-(.s") and not own) or _resumes(frame, members[-1], finding):
            return "mixed", "clause-tail"
    return "mixed" if mixed else "direct", placement


# a clause that goes on after a report: “Only you,” she said, would ask; “It is sad,” he said, that she left
_RESUMED = re.compile(r"(?:k?[Nno])?,(?:[rx]*(?P<verb>[ea])|T[Nnp][^,;:Q]*[yvea])")


def _resumes(frame: Frame, k: int, finding: Finding) -> bool:
    """Whether a stretch is but the beginning of a clause that goes on after its report."""
    cue, source = finding.cue, finding.source
    if cue is None or source is None or "," not in (frame.ending(k), frame.sentence.codes[k + 1 : k + 2]):
        return False
    found = _RESUMED.match(frame.sentence.codes, max(cue.last, source.last))
    return found is not None and (found["verb"] is None or not frame.word(found.start("verb")).endswith("ing"))


def _span_cue(sentence: Sentence, finding: Finding) -> tuple[int, int] | None:
    """Return the offsets of the words that report."""
    if finding.cue is not None:
        return sentence.span(finding.cue.chunk)
    if finding.phrase is None:
        return None
    if finding.cue_tokens is not None:
        first, last = finding.cue_tokens
        return sentence.tokens.start[first], sentence.tokens.end[last - 1]
    first, last = finding.phrase
    return sentence.span(first)[0], sentence.span(last - 1)[1]


_CLOSED = frozenset("”’\"'")


def _stands_beside(text: str, start: int) -> bool:
    """Whether quoted words end right before others begin: “How?” “Slowly.” are of two."""
    at = start - 2 if text[start - 1 : start] == " " else start - 1
    return at > 0 and text[at] in _CLOSED and text[at - 1] in _ENDINGS


# what an utterance ends with, before its mark
_ENDINGS = frozenset(".?!…—–-")


def _is_sign(frame: Frame, source: Source) -> bool:
    """Whether the source is a sign, a placard, a banner: its words are no quotation."""
    sentence = frame.sentence
    at = source.first if source.antecedent is None else source.antecedent
    last = sentence.last[at] - 1
    if sentence.codes[at] not in "nN" or sentence.tokens.raw[last][0].isupper():
        return False  # against the firm Neon Sign
    return "sign" in frame.lexicon.cue_nouns.get(sentence.tokens.word[last].removesuffix("s"), ())


def _is_led_in(frame: Frame, members: list[int]) -> bool:
    """Whether a colon or a comma leads in a whole utterance: answered with a line that could be his: “We won.”."""
    first = members[0]
    codes = frame.sentence.codes
    if len(members) > 1 or not frame.begins_utterance(first) or codes[first + 1 :].strip("."):
        return False
    if codes[first - 1 : first] == ",":
        long = frame.content(first).count(" ") + 1 >= _UTTERANCE_WORDS
        return long and frame.ending(first) in ".?!" and not frame.is_title(first, marked=True)
    return codes[first - 1 : first] == ":"


def _is_built_in(frame: Frame, members: list[int], finding: Finding) -> bool:
    """Whether words after a cue are built into its sentence, not set off as an utterance."""
    if (len(members) > 1 and _words_between(frame.sentence, members)) or _continues(frame, members[-1]):
        return True
    first = members[0]
    if (
        frame.sentence.codes[first - 1] == ","
        and not frame.begins_utterance(first)
        and (find_head(frame, first, finding) or _is_inserted(frame, first, finding))
    ):
        return True
    owned = frame.sentence.tokens.tags[frame.sentence.first[first] - 1] in "dz"  # questioned Smith's “Lund values”
    free = not owned and (frame.begins_utterance(first) or _short_whole(frame, first))
    return finding.elsewhere is None and finding.cue is not None and not free


# words that go on after a report that parts them: with ten dollars and, she said, “a stove”
_UNFINISHED = re.compile(r"[ceaiFfk]r?,A?$")


def _is_inserted(frame: Frame, k: int, finding: Finding) -> bool:
    """Whether a cue with its subject stands between commas in an unfinished clause: it is, as Smith put it, “fine”."""
    source = finding.source
    if source is None or finding.cue is None or source.first > finding.cue.chunk or frame.ending(k) in "?!":
        return False
    return _UNFINISHED.search(frame.sentence.codes, 0, source.first) is not None


def _words_between(sentence: Sentence, members: list[int]) -> bool:
    codes = sentence.codes
    return any(re.search(r"[nNyveaBGgu]", codes[a + 1 : b]) is not None for a, b in pairwise(members))


def _short_whole(frame: Frame, k: int) -> bool:
    """Whether a lower-case stretch after a comma or colon still is an utterance."""
    codes = frame.sentence.codes
    rest = codes[k + 1 :].strip(".")
    return codes[k - 1 : k] in (",", ":") and (not rest or SENTENCE_BESIDE.match(rest) is not None)


def _continues(frame: Frame, k: int) -> bool:
    """Whether the reported clause goes on after a leading stretch."""
    codes = frame.sentence.codes
    rest = codes[k + 1 :]
    if frame.ending(k) in ".?!,":
        return False
    return (bool(rest) and rest[0] in "eafTvyx") or (
        bool(re.match(r"[iFkf][nN]|w|s", rest)) and not frame.begins_utterance(k)
    )


def _is_voice(tokens: Tokens, last: int) -> bool:
    """Whether words that end before a token name a voice by its owner's name, who speaks with it: Smith's voice."""
    return tokens.word[last - 1] == "voice" and tokens.tags[max(0, last - 3) : last - 1] == ["N", "z"]


def _span_antecedent(frame: Frame, chunk: int, relative: str) -> tuple[int, int]:
    """Where the words stand that a relative is about: of "the writings of linguists who", the linguists."""
    sentence = frame.sentence
    tokens, roles = sentence.tokens, frame.lexicon.roles
    start, end = sentence.span(chunk)
    first, last = sentence.first[chunk], sentence.last[chunk]
    if relative == "who" and "f" in tokens.tags[first:last]:
        of = tokens.tags.index("f", first)
        if tokens.word[of - 1] not in roles and tokens.word[last - 1] in roles:
            return tokens.start[of + 1], end
    return start, end


def phrase_of(frame: Frame, source: Source) -> Phrase:
    """Turn a source's chunks into offsets: the name with its title, or the noun phrase."""
    sentence = frame.sentence
    tokens = sentence.tokens
    code = sentence.codes[source.first]
    first, last = sentence.first[source.first], sentence.last[source.last - 1]
    possessed = source.shape == "noun-possessive" or _is_voice(tokens, last)
    if possessed or source.shape in ("words-of", "words-possessive"):
        head = _find_possessed(tokens, first, last) if possessed else tokens.word.index("words", first)
        if source.shape == "words-of":
            first = tokens.word.index("of", head) + 1
        else:
            last = head
            if tokens.tags[last - 1] == "z":
                last -= 1
            elif (tokens.tags[last - 1] in "nN") and "z" in tokens.tags[first:last]:
                last = max(i for i in range(first, last) if tokens.tags[i] == "z")
            elif tokens.word[first] in POSSESSIVES:
                return Phrase(tokens.start[first], tokens.end[first], "p")
        code = "N" if "N" in tokens.tags[first:last] or "t" in tokens.tags[first:last] else "n"
    if source.shape == "document":
        code = "n"  # a T-shirt
    if source.shape == "shown":
        first = tokens.word.index("of", first) + 1
        code = "N" if "N" in tokens.tags[first:last] else "n"
    if source.shape == "joint" or source.joint:
        joined = "N" if "N" in sentence.codes[source.first : source.last] else "n"
        return Phrase(tokens.start[first], tokens.end[last - 1], joined, joint=True)
    antecedent = None
    if source.antecedent is not None:
        antecedent = _span_antecedent(frame, source.antecedent, tokens.word[first])
        code = "w"
    ending = source.last - 1
    if (
        ending > source.first
        and sentence.codes[ending] == "N"
        and "t" in tokens.tags[sentence.first[ending] : last]
        and not _opens_with_title(tokens, sentence.first[ending], last, frame.lexicon)
    ):
        code = "N"  # "Undersecretary for Education Mr Smith"
    while tokens.tags[first] == "r" and first + 1 < last and tokens.tags[first + 1] in "Nt":
        first += 1  # at last Mr Smith said
    if tokens.tags[first : first + 2] == ["N", "#"] and "document" in frame.lexicon.cue_nouns.get(
        tokens.word[first], ()
    ):
        code = "n"  # Section 4 of the Act
    if code == "N":
        first, last = _name_range(tokens.tags, tokens.word, first, last, frame.lexicon)
    if code in "nN" and tokens.tags[last - 1] == "z":
        last -= 1
    return Phrase(tokens.start[first], tokens.end[last - 1], "p" if code == "o" else code, antecedent)


def _find_possessed(tokens: Tokens, first: int, last: int) -> int:
    """Find the noun after a possessive: Smith's description of the plan."""
    tags = tokens.tags[first:last]
    if "z" in tags and "f" in tags and tags.index("z") < tags.index("f"):
        return first + tags.index("f") - 1
    return last - 1


def _opens_with_title(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a chunk is a titled name and nothing more: a spokesman for Prime Minister Smith."""
    at = max(i for i in range(first, last) if tokens.tags[i] == "t")
    return tokens.tags[first] == "t" or " ".join(tokens.word[first : at + 1]).title() in lexicon.titles


_BEFORE_SUBJECTS = words_of("nouns before a subject")


def _ends_before_name(word: str, lexicon: Lexicon) -> bool:
    """Whether a noun and the name after it are two phrases: her diary, the first time; not: the lawyer Smith."""
    if word in lexicon.roles:
        return False
    return "document" in lexicon.cue_nouns.get(word, ()) or word in _BEFORE_SUBJECTS


def _name_range(tags: list[str], words: Sequence[str], first: int, last: int, lexicon: Lexicon) -> tuple[int, int]:
    """Narrow a phrase that holds a name to the name with its attached title."""
    if "f" in tags[first:last]:
        at = tags.index("f", first)
        head = words[at - 1]
        if tags[at - 1] in "Nt" and head not in lexicon.roles and head.title() not in lexicon.titles:
            keyword = lexicon.organizations.get(head.title(), ("", ""))[0]
            if keyword != "keyword" and tags[first] != "d":
                last = at
    if tags[first] == "n" and tags[first - 1 : first] == ["i"] and words[first] not in lexicon.roles:
        first += tags[first + 1] in "Nt"  # in reply Smith said
    elif tags[first] == "n" and tags[first - 1 : first] == ["f"] and words[first] not in lexicon.roles:
        # "after hours of talks Chairman Smith": the title begins it
        at = next((i for i in range(first + 1, last) if tags[i] != "n"), first)
        first = at if tags[at] == "t" else first
    if "#" in tags[first : last - 1] and tags[last - 1] == "N" and tags[first] != "d":
        after = last - tags[first:last][::-1].index("#")
        first = first if tags[after] == "f" else after
    if words[first] == "all" and tags[first] == "d" and tags[first + 1] in "Nt":
        return first + 1, last  # all Smith would say
    if tags[first] == "d" and tags[last - 1] in "N#":
        # "the lawyer Ann Smith": the name; "the White House": the phrase
        at = last
        while at > first and tags[at - 1] in "Nt":
            at -= 1
        lower = [i for i in range(first + 1, at) if tags[i] == "n"]
        if lower and lower[-1] == at - 1 and _ends_before_name(words[at - 1], lexicon):
            return at, last  # in her diary Smith wrote
        if lower and words[lower[-1]] in lexicon.roles and last - at >= 2:
            return at, last
        if words[first] in ("his", "her", "their", "my", "our", "its") and last - at >= 2:
            return at, last
    return first, last


def find_addressee(frame: Frame, cue: Cue, finding: Finding) -> Phrase | None:
    """Find whom a cue says that its words are told."""
    codes = frame.sentence.codes
    source = finding.source
    at = cue.last
    if {"addressee", "clause"} <= cue.row.frames:
        found = ADDRESSEE.match(codes, at)
        if found is None and (found := re.match(r"r?(?P<adr>[Nnop])(?=\.|$)", codes[at:])):
            first = at + found.start("adr")
        elif found is not None:
            first = found.start("adr")
        else:
            return None
    elif found := TO_ADDRESSEE.match(codes, at):
        first = found.start("adr")
    else:
        return None
    if source is not None and first == source.first:
        return None
    if codes[first] == "Q":
        return None
    return phrase_of(frame, Source(first, first + 1, None, "addressee"))


def _join_reports(reports: list[Report]) -> list[Report]:
    """Join what one reporting act says over several sentences of a block."""
    out: list[Report] = []
    joined: list[list[int]] = []
    end = 0  # the last sentence of the last report
    for report in reports:
        last = out[-1] if out else None
        if report.beside and not (joined and report.stretches[0] - 1 in joined[-1]):
            report = attrs.evolve(report, beside=False)  # after a title: said on “Night Talk.” “We won.”
        next_sentence = last is not None and report.sentence <= end + 1
        goes_on = False
        if report.rule == "none" and report.kind == "mixed":
            if last is None or not next_sentence or (last.rule == "none" and last.follows is None):
                continue  # words in the writer's own sentence
            goes_on = last.kind == "direct" and report.alone
        elif report.rule == "none" and last is not None:
            goes_on = last.kind == "direct" and report.alone and next_sentence and (last.rule != "none" or last.alone)
            goes_on = goes_on and not report.beside
        elif (
            last is not None
            and last.rule == "none"
            and last.alone
            and report.kind == "direct"
            and not report.leads
            and not report.beside
            and report.sentence == end + 1
        ):
            out[-1] = attrs.evolve(report, start=last.start, follows=None)
            goes_on = True
        if goes_on:
            joined[-1] += report.stretches
        else:
            follows = last is not None and report.rule == "none" and not report.beside
            out.append(attrs.evolve(report, follows="before") if follows else report)
            joined.append(list(report.stretches))
        end = report.sentence
    for at, (report, numbers) in enumerate(zip(out, joined, strict=True)):
        if len(numbers) > len(report.stretches):
            out[at] = attrs.evolve(report, stretches=tuple(dict.fromkeys(numbers)))
    # a stretch before an attributed one of the same paragraph
    for number in range(len(out) - 2, -1, -1):
        if out[number].rule == "none" and out[number].follows is None and not out[number + 1].beside:
            out[number] = attrs.evolve(out[number], follows="after")
    return out
