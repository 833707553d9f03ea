"""Indirect speech: reported clauses without quotation marks.

A rule is asked about one place of a sentence: a reporting verb, "according to", or a noun that
reports.  It answers with the reported clause in pieces, and with the source.  The rows are tried in
order and the first answer is taken.  Words stay in the tables of `lexicon`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import lru_cache

import attrs

from quoteattr.attribution.clauses.beginnings import (
    begins_bare,
    has_agent,
    open_bare,
    open_infinitive,
    open_question,
    open_relative,
    open_that,
    skip_addressee,
)
from quoteattr.attribution.clauses.endings import find_end
from quoteattr.attribution.clauses.others import another_says
from quoteattr.attribution.clauses.patterns import GAP, MAIN, VERBAL, VERBAL_ANY, trim
from quoteattr.attribution.engine import find_addressee, find_cues, phrase_of
from quoteattr.attribution.rules.frame import Cue, Finding, Frame
from quoteattr.attribution.rules.nouns import UTTERING, find_opponent, find_owner
from quoteattr.attribution.rules.stretches import span_source
from quoteattr.attribution.shapes import POSSESSIVES, TO_ADDRESSEE, Source, find_inverted, find_subject, prefer_name
from quoteattr.lexicon import Lexicon, words_of
from quoteattr.values import Passage, Report, Sentence

# a sentence of more chunks than this is no sentence
_LONGEST = 400
# a reported clause has at least this many words
_FEWEST = 2

_AFTER = re.compile(r"(?:[rmo#]|i?p?m|i#|[ikfFAS]#?[Nnopm]|c[Nn])*")
_APPOSED = re.compile(r"[NndA#pw](?!.*[yvea])|w")


@attrs.frozen
class Reported:
    """A rule's answer: the clause as chunk ranges, the source, the cue's tokens."""

    pieces: tuple[tuple[int, int], ...]
    source: Source | None
    cue: tuple[int, int]
    verb: Cue | None = None
    opponent: Source | None = None
    """who denies it"""


Ask = Callable[[Frame, int], "Reported | None"]


@attrs.frozen
class IndirectRule:
    """One row: a name, the function that decides, a sentence it fires on, a near miss, its origin."""

    name: str
    place: str
    """by what the report is announced: verb, according, or noun"""
    ask: Ask
    fires_on: str
    silent_on: str
    origin: str
    needs: frozenset[str] = frozenset()
    """the codes of chunks without one of which in the sentence it finds nothing"""


def report_block(
    text: str,
    passages: Sequence[Passage],
    lexicon: Lexicon,
    *,
    heading: bool,
    attitudes: bool,
    paragraph: int,
    quoted: Set[int],
    used: Set[int] = frozenset(),
) -> list[Report]:
    """Build the indirect reports of one block.

    `quoted` are the stretches that are quotations, `used` where the cues begin that report them.
    """
    reports: list[Report] = []
    kinds = _KINDS[attitudes]
    for passage in passages:
        if not _may_tell_of(passage, lexicon, kinds):
            continue
        for sentence in passage.sentences:
            if len(sentence.codes) > _LONGEST:
                continue
            taken: Set[int] = frozenset()
            if "Q" in sentence.codes:
                places = [k for k, code in enumerate(sentence.codes) if code == "Q"]
                taken = {k for k in places if sentence.tokens.stretch[sentence.first[k]] in quoted}
                if len(places) > len(taken):
                    sentence = _read_titles(text, sentence, lexicon, taken)
            cues = find_cues(sentence, lexicon, attitudes=attitudes)
            frame = Frame(text, sentence, lexicon, cues, heading)
            present = _NEEDED.intersection(sentence.codes)
            for at, place in _find_places(frame, kinds):
                if passage.quoted and sentence.span(at)[0] in used:
                    continue
                for rule in _rules_for(place, present):
                    answer = rule.ask(frame, at)
                    if answer is not None:
                        if _stands(frame, answer, taken):
                            reports.append(_build(frame, rule, answer, paragraph))
                        break
    return reports


def _read_titles(text: str, sentence: Sentence, lexicon: Lexicon, taken: Set[int]) -> Sentence:
    """Read the title of a work as a noun phrase: said on “Meet the Press” that."""
    frame = Frame(text, sentence, lexicon, {}, heading=False)
    codes = list(sentence.codes)
    for k, code in enumerate(codes):
        if code == "Q" and k not in taken and frame.is_title(k):
            codes[k] = "n"
    return attrs.evolve(sentence, codes="".join(codes))


# the kinds of cues that report, without attitudes and with them
_KINDS = {False: frozenset({"speech"}), True: frozenset({"speech", "attitude"})}
# the frames of a verb that reports without marks
_CLAUSES = frozenset({"clause", "addressee", "infinitive"})
_OWNED = POSSESSIVES | {"'s", "’s", "'", "’", "by"}


@attrs.frozen
class _Telling:
    """The words that may report: some alone, some only where others stand with them."""

    alone: frozenset[str]
    beside: Mapping[str, frozenset[str]]
    """a verb → the particles without which it does not report"""
    nouns: frozenset[str]
    """nouns that take a clause with "that", or an infinitive, if it is told whose they are"""
    owned: frozenset[str]
    """the words that tell it: possessives, and verbs of uttering"""
    words: frozenset[str]
    """all of these"""


@lru_cache(maxsize=16)
def _find_telling(lexicon: Lexicon, kinds: frozenset[str]) -> _Telling:
    alone = {word for word, tag in lexicon.tags.items() if tag == "h"}
    beside: dict[str, frozenset[str]] = {}
    nouns = {word for word, frames in lexicon.cue_nouns.items() if "that" in frames}
    for word, form in lexicon.verbs.items():
        if form.cue is None:
            continue
        if "act" in form.cue.frames:
            nouns.add(word)
        if form.cue.frames & _CLAUSES:
            if form.cue.particles:
                beside[word] = form.cue.particles
            elif form.cue.kind in kinds:
                alone.add(word)
    owned = _OWNED | {word for word, form in lexicon.verbs.items() if form.lemma in UTTERING}
    words = frozenset(alone | nouns | beside.keys())
    return _Telling(frozenset(alone), beside, frozenset(nouns), frozenset(owned), words)


def _may_tell_of(passage: Passage, lexicon: Lexicon, kinds: frozenset[str]) -> bool:
    """Whether a passage has a word that reports, and where it is a verb, as a verb."""
    telling = _find_telling(lexicon, kinds)
    if not passage.holds(telling.words):
        return False
    words = passage.words
    if (
        not telling.nouns.isdisjoint(words)
        and not telling.owned.isdisjoint(words)
        and ("that" in words or "to" in words)
    ):
        return True
    if telling.alone.isdisjoint(words) and not any(
        not telling.beside[word].isdisjoint(words) for word in telling.beside.keys() & words
    ):
        return False
    tokens = passage.tokens
    return "h" in tokens.tags or any(
        form.cue is not None and form.cue.frames & _CLAUSES and (form.cue.kind in kinds or form.cue.particles)
        for form in tokens.verbs.values()
    )


def _find_places(frame: Frame, kinds: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Yield where a report may be announced, and by what: a verb, "according", or a noun."""
    sentence = frame.sentence
    codes = sentence.codes
    nouns = _find_telling(frame.lexicon, kinds).nouns
    for at, code in enumerate(codes):
        if code in "vguB":
            cue = frame.cues.get(at)
            if (
                cue is not None
                and (cue.row.kind in kinds or cue.last > at + 1)
                and cue.row.frames & _CLAUSES
                and not _may_be_noun(frame, cue)
            ):
                yield at, "verb"
        elif code == "h":
            yield at, "according"
        elif code in "nN" and codes[at + 1 : at + 2] in _AFTER_NOUN and frame.last_word(at) in nouns:
            yield at, "noun"


_AFTER_NOUN = frozenset("TifkxF")


def _may_be_noun(frame: Frame, cue: Cue) -> bool:
    """Whether a cue is rather a noun with its modifier: "whiter states", "sniper posts"."""
    sentence = frame.sentence
    form = sentence.tokens.verbs[sentence.first[cue.chunk]]
    evidence = sentence.tokens.evidence
    hint = evidence.tag(*sentence.span(cue.chunk)) if evidence.tags else "."
    verbal = sentence.codes[cue.chunk - 1 : cue.chunk] == "," or sentence.codes[cue.last : cue.last + 1] == "p"
    if sentence.codes[cue.chunk] == "g" and (
        (hint in "nO" and not verbal) or (hint == "j" and sentence.codes[cue.last : cue.last + 1] in ("n", "N"))
    ):
        return True
    if hint == "v":
        # a noun with a relative clause, tagged as a verb: "a fleet of survey drones that were lost"
        return (
            not cue.row.verbal
            and "past" not in form.forms
            and _RELATIVE_HEAD.match(sentence.codes, cue.last) is not None
        )
    if sentence.codes[cue.chunk] == "g" and sentence.codes[cue.chunk - 1 : cue.chunk] in ("n", "N"):
        return not cue.row.verbal and frame.word(cue.chunk) in frame.lexicon.cue_nouns
    if cue.row.verbal or sentence.codes[cue.chunk] != "v" or form.forms & {"past", "participle", "ing"}:
        return False
    source = cue.source
    if source is None or sentence.codes[source.first] not in "nN" or source.first > cue.chunk:
        return source is None
    word = frame.last_word(cue.chunk - 1)
    if _RELATIVE_HEAD.match(sentence.codes, cue.last):
        return True
    if sentence.codes[source.first] == "N":
        return sentence.codes[cue.last : cue.last + 1] not in tuple("TpswkdnNQ:,.")
    role = frame.lexicon.roles.get(word)
    bare = sentence.last[source.first] - sentence.first[source.first] == 1
    return (role is None or (bare and not role.plural)) and sentence.codes[cue.last : cue.last + 1] not in ("T", "p")


_RELATIVE_HEAD = re.compile(r"T[arx]*(?:[yv](?![ae])|[ea])")


def _stands(frame: Frame, answer: Reported, taken: Set[int]) -> bool:
    """Whether the clause is long enough and touches nothing that is quoted."""
    tokens = frame.sentence.tokens
    words = 0
    for first, last in answer.pieces:
        if any(k in taken for k in range(first, last)):
            return False
        inside = range(frame.sentence.first[first], frame.sentence.last[last - 1])
        words += sum(tokens.word[i][:1].isalnum() for i in inside)
    return words >= _FEWEST


# whom a request asks, in the clause itself: asked the court to wait
_REQUESTED = re.compile(r"[Nno](?:[ifF][Nn])*x?k")


def _build(frame: Frame, rule: IndirectRule, answer: Reported, paragraph: int) -> Report:
    sentence = frame.sentence
    tokens = sentence.tokens
    clause = tuple((sentence.span(first)[0], sentence.span(last - 1)[1]) for first, last in answer.pieces)
    source = phrase_of(frame, answer.source) if answer.source is not None else None
    addressee = None
    if answer.verb is not None:
        addressee = find_addressee(frame, answer.verb, Finding(answer.verb, answer.source, "lead"))
        after = answer.verb.last
        begin = answer.pieces[0][0]
        told = sentence.codes[after : after + 1] in tuple("Nno") and (
            begin == after + 1 or _REQUESTED.match(sentence.codes, begin)
        )
        if addressee is None and told and "addressee" in answer.verb.row.frames:
            addressee = phrase_of(frame, Source(after, after + 1, None, "addressee"))
    first, last = answer.cue
    cue = tokens.start[first], tokens.end[last - 1]
    opponent = phrase_of(frame, answer.opponent) if answer.opponent is not None else None
    return Report(
        (), "indirect", rule.name, source, cue, addressee, clause, None, paragraph, clause[0][0], opponent=opponent
    )


def _source(frame: Frame, cue: Cue) -> Source | None:
    codes = frame.sentence.codes
    if codes[cue.chunk] == "g" and codes[cue.chunk - 1 : cue.chunk] == ",":
        # "prices rose, Smith said, adding that": the source of the cue right before
        for other in reversed(frame.cues.values()):
            if other.chunk < cue.chunk and codes[other.chunk] == "v":
                source = other.source or find_inverted(frame.sentence, other.last - 1, frame.lexicon)
                if source is None or source.antecedent is not None:
                    break
                found = _AFTER.match(codes, max(other.last, source.last))
                if found is not None and found.end() == cue.chunk - 1 and codes[other.chunk - 1] in "NnpQ,":
                    return source
                break
    if cue.source is not None and cue.source.first < cue.chunk:
        return cue.source
    if codes[cue.chunk] in "gGu" and cue.source is not None:
        return cue.source
    if codes[cue.chunk] == "u" or not codes[: cue.chunk].strip("T,rcb"):
        return cue.source
    source = find_subject(codes, cue.chunk)
    if source is None and (found := re.match(r"(?:[rcb,]|[iFS](?:[Nnm]|r)+,)*(?P<src>[Nnp])", codes[: cue.chunk])):
        source = Source(found.start("src"), found.start("src") + 1, None, "clause-subject")
    return source


def _follow(frame: Frame, at: int, find: Callable[[Frame, Cue], int | None]) -> Reported | None:
    """Report the clause that follows a cue, if it opens in one way."""
    cue = frame.cues.get(at)
    if cue is None or has_agent(frame, at):
        return None
    begin = find(frame, cue)
    return None if begin is None else _answer(frame, cue, begin)


def _answer(frame: Frame, cue: Cue, begin: int) -> Reported | None:
    piece = trim(frame, begin, find_end(frame, begin, cue))
    if piece is None:
        return None
    sentence = frame.sentence
    source = None if sentence.codes[cue.chunk] == "u" and cue.source is None else _source(frame, cue)
    if source is None and sentence.codes[cue.chunk] != "u":
        return None
    words = sentence.last[piece[1] - 1] - sentence.first[piece[0]]
    if words < 5 and sentence.codes[piece[0]] != "s" and not VERBAL_ANY.search(sentence.codes, *piece):
        return None
    return Reported((piece,), source, (sentence.first[cue.chunk], sentence.last[cue.chunk]), cue)


def _that(frame: Frame, at: int) -> Reported | None:
    """Smith said that prices would rise."""
    return _follow(frame, at, open_that)


_ASKED = re.compile(r"(?P<opener>^|[sSw,(])r*$")


def _asked(frame: Frame, at: int) -> Reported | None:
    """Asked by Smith whether prices would rise, he shrugged."""
    codes = frame.sentence.codes
    cue = frame.cues.get(at)
    if (
        cue is None
        or codes[at] != "v"
        or not {"clause", "addressee"} <= cue.row.frames
        or not _ASKED.search(codes[:at])
    ):
        return None
    after, source = cue.last, None
    if re.match(r"r*i[Nnp]", codes[after:]) and frame.word(codes.index("i", after)) == "by":
        after = codes.index("i", after) + 2
        source = Source(after - 1, after, None, "passive-by")
    gap = GAP.match(codes, after)
    begin = gap.end() if gap and codes[gap.end() : gap.end() + 1] in ("s", "w", "T") else after
    if codes[begin : begin + 1] == "T" and at and codes[at - 1] not in "sS":
        return None
    if codes[begin : begin + 1] not in ("s", "w", "T") or (
        codes[begin] in "sw" and frame.word(begin) not in _QUESTIONS
    ):
        return None
    if codes[begin] == "T":
        begin += 1
    piece = trim(frame, begin, find_end(frame, begin, Cue(cue.chunk, cue.row, cue.last)))
    if piece is None:
        return None
    return Reported((piece,), source, (frame.sentence.first[at], frame.sentence.last[at]))


def _whether(frame: Frame, at: int) -> Reported | None:
    """Smith asked whether prices would rise."""
    return _follow(frame, at, open_question)


_QUESTIONS = words_of("question words")


def _passive(frame: Frame, at: int) -> Reported | None:
    """It was reported that prices would rise.  Smith was asked whether they would."""
    if frame.sentence.codes[at] != "u":
        return None
    return _that(frame, at) or _whether(frame, at) or _said_to(frame, at)


def _said_to(frame: Frame, at: int) -> Reported | None:
    """Smith was said to own half the island."""
    sentence = frame.sentence
    codes = sentence.codes
    cue = frame.cues.get(at)
    if cue is None or cue.row.lemma not in _HEARSAY or not _SAID_TO.match(codes, cue.last):
        return None
    subject = find_subject(codes, at, nearest=True)
    tail = trim(frame, cue.last, find_end(frame, cue.last, attrs.evolve(cue, source=None)))
    if subject is None or tail is None or sentence.codes[tail[1] : tail[1] + 2] == ":Q":
        return None
    cue_tokens = sentence.first[at], sentence.last[at]
    return Reported(((subject.first, subject.last), tail), None, cue_tokens)


_HEARSAY = words_of("verbs of hearsay")
_SAID_TO = re.compile(r"x?kr*[yvBea]")


def _clause(frame: Frame, at: int) -> Reported | None:
    """Smith said prices would rise.  Prices, which Smith said he would raise, fell."""
    answer = _follow(frame, at, open_bare)
    first = answer.source.first if answer is not None and answer.source is not None else 0
    codes = frame.sentence.codes
    if answer is None or first < 2 or first > at or codes[first - 1] != "w" or codes[first - 2] not in ",nN":
        return answer
    if frame.word(first - 1) not in _MOVED:
        return answer
    return attrs.evolve(answer, pieces=((first - 1, first), *answer.pieces))


_MOVED = words_of("relative pronouns")


def _relative(frame: Frame, at: int) -> Reported | None:
    """Few liked the plan, which Smith said would fail."""
    answer = _follow(frame, at, open_relative)
    if answer is None or answer.source is None or frame.sentence.codes[answer.source.first - 1] != "w":
        return answer
    first = answer.source.first
    return attrs.evolve(answer, pieces=((first - 1, first), *answer.pieces))


def _infinitive(frame: Frame, at: int) -> Reported | None:
    """Smith promised to cut prices."""
    return _follow(frame, at, open_infinitive)


# ---------------------------------------------------------------- the cue after or inside the clause


_DATELINE = re.compile(r"N(?:,[Nnm#]+)*(?:\([^()]*\))?-+")


def _head_begin(frame: Frame, stop: int) -> int:
    codes = frame.sentence.codes
    begin = max(codes.rfind(";", 0, stop), codes.rfind(":", 0, stop)) + 1
    bracket = codes.rfind("(", begin, stop)
    if bracket >= 0 and ")" not in codes[bracket:stop]:
        begin = bracket + 1
    if begin == 0 and (place := _DATELINE.match(codes)) and frame.content(0).isupper():
        begin = place.end()
    while begin < stop and (
        (codes[begin] in "cb,-." and codes[begin + 1] not in "ea")
        or (begin == 0 and codes[1] in "pNn" and frame.word(0) == "so")
    ):
        begin += 1
    return begin


def _tail(frame: Frame, at: int) -> Reported | None:
    """Prices would rise, Smith said."""
    if at not in frame.tails:
        frame.tails[at] = _find_tail(frame, at)
    return frame.tails[at]  # type: ignore[return-value]


# was quoted in the Post as saying
_QUOTED_AS = re.compile(r"u(?:r|i?m|i[Nn])*Ag$")


def _find_tail(frame: Frame, at: int) -> Reported | None:
    """Find a clause that a cue with its source ends or interrupts."""
    codes = frame.sentence.codes
    cue = frame.cues.get(at)
    if cue is None or not cue.row.frames & {"clause", "addressee"}:
        return None
    if codes[at] != "v" and not _QUOTED_AS.search(codes, 0, at + 1):
        return None
    evidence = frame.sentence.tokens.evidence
    source, last, first = cue.source, cue.last, None
    restricted = source is not None and source.shape == "restrictive"
    if evidence.roles and not restricted and evidence.is_reduced(evidence.token(*frame.sentence.span(at))):
        return None
    before = source.first if source is not None and source.first < at and source.antecedent is None else 0
    if source is not None and before and re.search(r"[yv]", codes[source.last : at]):
        # "disclosures filed on Sunday showed"
        reduced = restricted and _REDUCED.fullmatch(codes, source.last, at)
        if not reduced or codes[cue.last : cue.last + 1] not in ("", ".", ","):
            return None
    if before and codes[before - 1] in ",-":
        assert source is not None
        first = _find_role(frame, source)
        if first < before and (codes[first - 1 : first] not in (",", "-") or not codes[:first].strip("cb,r")):
            return None  # the mayor of Oslo, Ann Smith, disagreed
    elif before and codes[before - 2 : before] == ",A":
        first = before - 1
    elif codes[at - 1 : at] in (",", "-"):
        source = find_inverted(frame.sentence, cue.last - 1, frame.lexicon)
        if source is None or not _may_follow(frame, cue, source):
            return None
        first, last = at, source.last
    if first is None or source is None:
        return None
    return _around(frame, cue, source, first, last, (frame.sentence.first[at], frame.sentence.last[at]))


_ROLE_BEFORE = re.compile(r"(?P<role>n)(?:[ifF]#?[Nn])*,$")


def _find_role(frame: Frame, source: Source) -> int:
    """Where the source begins, with the role that its name stands in apposition to: his lawyer, Ann Smith, said."""
    codes = frame.sentence.codes
    found = _ROLE_BEFORE.search(codes, 0, source.first)
    if found is None or codes[source.last : source.last + 1] != ",":
        return source.first
    role = found.start("role")
    named = prefer_name(frame.sentence, Source(role, role + 1, None, source.shape), frame.lexicon)
    return role if named.first == source.first else source.first


_REDUCED = re.compile(r"[yv](?:r|i?m|i[Nno](?:[ifF][Nn])*)*")


def _parenthetical(frame: Frame, at: int) -> Reported | None:
    """Prices, Smith said, would rise."""
    answer = _tail(frame, at)
    return answer if answer is not None and len(answer.pieces) > 1 else None


def _may_follow(frame: Frame, cue: Cue, source: Source) -> bool:
    """Whether the phrase after a cue is its subject, not its object."""
    sentence = frame.sentence
    code = sentence.codes[source.first]
    if code == "p":
        return frame.word(source.first) in ("he", "she", "they", "i", "we")
    if re.match(r"(?:[arxe]|i?m)*[yvea]", sentence.codes[source.last :]):
        return False
    if code == "N":
        return "object" not in cue.row.frames or sentence.tokens.tags[sentence.first[source.first]] in "Nt"
    return "object" not in cue.row.frames or frame.last_word(source.first) in frame.lexicon.roles


def _is_reported(frame: Frame, head: tuple[int, int], but: Cue | None) -> bool:
    """Whether a clause is itself a report: then its source is the speaker of record."""
    codes = frame.sentence.codes
    for at, cue in frame.cues.items():
        if (
            head[0] <= at < head[1]
            and cue is not but
            and codes[at] == "v"
            and cue.row.kind == "speech"
            and cue.source is not None
        ):
            start = cue.source.first
            opens = head[0] <= start and not codes[head[0] : start].strip("rim,NnF")
            if opens and (open_that(frame, cue) is not None or begins_bare(frame, cue, skip_addressee(frame, cue))):
                return True
    return False


_PHRASE = re.compile(r"[rxcb,]|i?m|n?#?(?=[sSA])|[iF][gG]?#?[Nnopm](?:[ifF]#?[NnopmG]|c[Nn]|z[Nn])*")
_SUBORDINATE = frozenset("sSAkGgwi")


def _has_main(codes: str) -> bool:
    """Whether some chunks hold a main clause, not only circumstances or a subject with its apposition."""
    if codes[:1] in ("g", "G") and "," not in codes:
        return VERBAL.search(codes) is not None
    while codes:
        found = _PHRASE.match(codes)
        if found and found.end():
            codes = codes[found.end() :]
        elif codes[0] in _SUBORDINATE or codes[0] in "vuy":
            codes = codes.partition(",")[2]
        else:
            break
    if not codes:
        return False
    rest = re.sub(r"^[Nnpd#T](?:[ifF]#?[NnopmG]|c[Nn])*", "", codes)
    while rest.startswith(","):
        rest = rest[1:].partition(",")[2]
    return VERBAL.search(rest) is not None


def _may_go_on(frame: Frame, head: tuple[int, int], last: int) -> bool:
    """Whether what stands before a cue is a clause, or the beginning of one that goes on after it."""
    codes = frame.sentence.codes
    first = codes[head[0] : head[1]]
    if _has_main(first) or not VERBAL.search(first):
        return True
    return codes[last : last + 1] == "," and VERBAL.search(codes, last + 1) is not None


def _follows_clause(frame: Frame, cue: Cue) -> bool:
    evidence = frame.sentence.tokens.evidence
    verb = evidence.token(*frame.sentence.span(cue.chunk)) if evidence.roles else -1
    return verb >= 0 and evidence.follows_clause(verb)


def _around(
    frame: Frame, cue: Cue | None, source: Source, first: int, last: int, words: tuple[int, int]
) -> Reported | None:
    """Take the clause around an interruption: the chunks before `first`, and those after if it goes on."""
    codes = frame.sentence.codes
    begin = _head_begin(frame, first)
    dash = codes.rfind("-", begin, first)
    if (
        dash > begin
        and not VERBAL.search(codes, dash, first)
        and VERBAL.search(codes, begin, dash)
        and codes[last : last + 1] == ","
    ):
        begin = dash + 1
    head = trim(frame, begin, first)
    if head is None and cue is not None and codes[:first].strip("rcb,") == "" and codes[last : last + 1] == ",":
        # "But, Smith said, prices would rise"
        piece = trim(frame, last + 1, find_end(frame, last + 1))
        return None if piece is None or not first else Reported((piece,), source, words, cue)
    if head is None or _is_reported(frame, head, cue):
        return None
    if cue is not None:
        listener = _TOLD if "addressee" in cue.row.frames else TO_ADDRESSEE
        if found := listener.match(codes, last):
            last = found.end()
    found = _AFTER.match(codes, last)
    last = found.end() if found else last
    if source.last == last and (aged := _AGE.match(codes, last)):
        last = aged.end()  # said Ann Smith, 33.
    follower = codes[last : last + 1]
    if cue is not None and not _may_go_on(frame, head, last) and not _follows_clause(frame, cue):
        return None
    finite = VERBAL.search(codes, head[0], head[1]) is not None and codes[head[1] - 1] not in "eaTk"
    alone = Reported((head,), source, words, cue)
    if follower in ("", ".", ";", ")"):
        if cue is not None and codes[head[0]] in "sSAiF" and not VERBAL.search(codes, *head):
            return None
        return alone
    if follower in "g-" or codes[last : last + 2] == ",g":
        return alone if finite else None
    rest = codes[last + 1 :]
    if follower == "w" and source.shape == "inverted":
        return alone if finite else None
    if finite and follower == "," and _another_reports(frame, last + 1):
        return alone
    if follower != ",":
        return alone if finite and (cue is None or _is_aside(frame, head, last)) else None
    if finite and (source.shape == "inverted" or rest[:1] in ("w", "h", "G", "b", "A") or _APPOSED.match(rest)):
        return alone
    if finite and another_says(frame, last):
        return alone  # "prices rose, records show, and experts say they will"
    if not finite and not VERBAL.search(rest) and not VERBAL.search(codes, *head):
        return None
    tail = trim(frame, last + 1, find_end(frame, last + 1))
    if tail is None:
        return alone if finite else None
    return Reported((head, tail), source, words, cue)


_ANOTHER = re.compile(r"[cb]r*[Nnp](?:[ifF][Nn])*(?:,?c[Nnp](?:[ifF][Nn])*)*(?:[arx]|i?m)*(?P<v>v)")


def _another_reports(frame: Frame, at: int) -> bool:
    """Whether the sentence goes on with who else reports: prices rose, Smith said, and Jones denied it."""
    found = _ANOTHER.match(frame.sentence.codes, at)
    cue = frame.cues.get(found.start("v")) if found is not None else None
    return cue is not None and cue.row.kind == "speech" and bool(cue.row.frames & {"clause", "addressee"})


def _is_aside(frame: Frame, head: tuple[int, int], after: int) -> bool:
    """Whether a cue and what follows it stand after a whole clause: "it rained, Smith said in posing the question"."""
    codes = frame.sentence.codes
    if codes[after] not in "sSiFA" or MAIN.match(codes, head[0]) is None:
        return False
    comma = codes.find(",", after)
    return codes[after] in "sS" or VERBAL.search(codes, after + 1, comma if comma > 0 else len(codes)) is None


_AGE = re.compile(r",#(?=[,.;]|$)")
_TOLD = re.compile(r"r?[Nnop](?:c[Nn])?")
_AS_BY = re.compile(r"Ar*(?P<cue>[vu])i[Nnp]$")


def _as_said(frame: Frame, at: int) -> Reported | None:
    """As Smith said, prices would rise."""
    codes = frame.sentence.codes
    cue = frame.cues.get(at)
    if cue is None or codes[at] not in "vu" or "clause" not in cue.row.frames:
        return None
    if found := _AS_BY.search(codes[: at + 3]):
        if found.start("cue") != at or frame.word(at + 1) != "by":
            return None
        source = Source(at + 2, at + 3, None, "passive-by")
        words = frame.sentence.first[at], frame.sentence.last[at]
        if codes[: found.start()].strip("cbr,"):
            return _around(frame, None, source, found.start(), at + 3, words)
        comma = codes.find(",", at)
        if comma < 0:
            return None
        piece = trim(frame, comma + 1, find_end(frame, comma + 1))
        return None if piece is None else Reported((piece,), source, words, cue)
    if cue.source is None or codes[at] != "v":
        return None
    first = cue.source.first
    if first == 0 or codes[first - 1] != "A" or codes[: first - 1].strip("cbr,("):
        return None
    found = _AFTER.match(codes, cue.last)
    last = found.end() if found else cue.last
    if codes[last : last + 1] != "," or len(codes) - last < 4:
        return None
    return _answer(frame, cue, last + 1)


# so near its source an opening "according to" leads in what is no whole clause
_NEAR = 10
_ACCORDING = re.compile(r"hkr?(?P<src>[NnopB])")


def _may_tell(frame: Frame, at: int) -> bool:
    """Whether a phrase names a source: not "according to plan", "according to custom"."""
    sentence = frame.sentence
    if sentence.last[at] - sentence.first[at] > 1 or sentence.codes[at + 1 : at + 2] not in ("", ".", ",", ";"):
        return True
    word = frame.last_word(at)
    if word in frame.lexicon.roles or "document" in frame.lexicon.cue_nouns.get(word, ()):
        return True
    return sentence.codes[at] == "n" and word.endswith("s")


def _according(frame: Frame, at: int) -> Reported | None:
    """Prices will rise, according to Smith.  According to Smith, prices will rise."""
    codes = frame.sentence.codes
    found = _ACCORDING.match(codes, at)
    if found is None:
        return None
    first = found.start("src")
    if codes[first] in "nB" and not _may_tell(frame, first):
        return None
    source = Source(first, span_source(frame, first), None, "according")
    words = frame.sentence.first[at], frame.sentence.last[at + 1]
    if codes[:at].strip("cbr,-("):
        return _around(frame, None, source, at, first + 1, words)
    start = _clause_after(codes, first)
    piece = None if start is None else trim(frame, start, find_end(frame, start))
    return None if piece is None else Reported((piece,), source, words)


def _clause_after(codes: str, source: int) -> int | None:
    """Where the clause begins that an opening "according to" leads in: after a comma, or right after the source."""
    starts = [source + 1 + comma.end() for comma in re.finditer(",", codes[source + 1 :])]
    for start in (*starts, source + 1):
        if MAIN.match(codes, start):
            return start
    for start in starts:
        if start - source <= _NEAR and codes[start : start + 1] in "Nnpdri" and not _APPOSED.match(codes[start:]):
            return start
    return None


_NOUN = re.compile(r"[nN](?:i(?P<by>[Nn])|i?m|[ifF][Nn])*(?P<that>T)|[nN]x?(?P<to>k)r*[yvBea]")


def _noun(frame: Frame, at: int) -> Reported | None:
    """Smith's claim that prices would rise failed."""
    sentence = frame.sentence
    codes, tokens = sentence.codes, sentence.tokens
    found = _NOUN.match(codes, at)
    if found is None:
        return None
    words = tokens.word[sentence.first[at] : sentence.last[at]]
    frames = frame.lexicon.cue_nouns.get(words[-1])
    if found.group("to"):
        form = frame.lexicon.verbs.get(words[-1])
        if form is None or form.cue is None or "act" not in form.cue.frames:
            return None
    elif frames is None or "that" not in frames:
        return None
    if found.group("by") and frame.word(found.start("by") - 1) == "by":
        source = Source(found.start("by"), found.start("by") + 1, None, "noun-by")
    elif (owner := find_owner(frame, at)) is not None:
        source = owner
    else:
        return None
    begin = at + 1 if found.group("to") else found.end()
    fronted = codes[at - 1 : at] in ("i", "S", "F") and not VERBAL.search(codes, 0, at)
    piece = trim(frame, begin, find_end(frame, begin, fronted=fronted))
    if piece is None:
        return None
    return Reported((piece,), source, (sentence.last[at] - 1, sentence.last[at]), opponent=find_opponent(frame, at))


RULES: tuple[IndirectRule, ...] = (
    IndirectRule(
        "indirect.as",
        "verb",
        _as_said,
        "As Ann Smith said, prices will rise.",
        "As Ann Smith left, prices rose.",
        "news style",
        needs=frozenset("A"),
    ),
    IndirectRule(
        "indirect.asked",
        "verb",
        _asked,
        "Asked whether prices will rise, Ann Smith shrugged.",
        "Asked for a price, Ann Smith shrugged.",
        "PolNeAR: participles",
        needs=frozenset("swT"),
    ),
    IndirectRule(
        "indirect.parenthetical",
        "verb",
        _parenthetical,
        "Prices, Ann Smith said, will rise.",
        "Prices, Ann Smith or no, will rise.",
        "news style",
        needs=frozenset(",-"),
    ),
    IndirectRule(
        "indirect.tail",
        "verb",
        _tail,
        "Prices will rise, Ann Smith said.",
        "Prices will rise, Ann Smith or no.",
        "news style",
        needs=frozenset(",-"),
    ),
    IndirectRule(
        "indirect.passive",
        "verb",
        _passive,
        "It was announced that prices will rise.",
        "It was so wet that prices will rise.",
        "PARC: passives",
        needs=frozenset("u"),
    ),
    IndirectRule(
        "indirect.that",
        "verb",
        _that,
        "Ann Smith said that prices will rise.",
        "Ann Smith kept that secret.",
        "PARC: indirect",
        needs=frozenset("T"),
    ),
    IndirectRule(
        "indirect.whether",
        "verb",
        _whether,
        "Ann Smith asked whether prices will rise.",
        "Ann Smith knew whether prices will rise.",
        "PARC: indirect",
        needs=frozenset("sw"),
    ),
    IndirectRule(
        "indirect.infinitive",
        "verb",
        _infinitive,
        "Ann Smith promised to cut prices.",
        "Ann Smith paused to cut prices.",
        "PolNeAR: infinitives",
        needs=frozenset("k"),
    ),
    IndirectRule(
        "indirect.relative",
        "verb",
        _relative,
        "Few liked the plan, which Ann Smith said would fail.",
        "Few liked the plan, which Ann Smith said little about.",
        "PolNeAR: relatives",
        needs=frozenset("wT"),
    ),
    IndirectRule(
        "indirect.clause",
        "verb",
        _clause,
        "Ann Smith said prices will rise.",
        "Ann Smith said a few words.",
        "PARC: indirect",
    ),
    IndirectRule(
        "indirect.according",
        "according",
        _according,
        "Prices will rise, according to Ann Smith.",
        "Prices will rise in accord with Ann Smith.",
        "news style",
    ),
    IndirectRule(
        "indirect.noun",
        "noun",
        _noun,
        "Few believe Ann Smith's claim that prices will rise.",
        "Few visit Ann Smith's house that the river flooded.",
        "PARC: noun cues",
    ),
)
"""The rules in the order in which they are asked."""

# the codes of chunks that one rule or another needs
_NEEDED = frozenset().union(*(rule.needs for rule in RULES))


@lru_cache(maxsize=1 << 12)
def _rules_for(place: str, codes: frozenset[str]) -> tuple[IndirectRule, ...]:
    """Return the rules for a place that may find something in a sentence that has some of the codes that are needed."""
    return tuple(rule for rule in RULES if rule.place == place and (not rule.needs or not rule.needs.isdisjoint(codes)))
