"""All of a reported clause: from where to where, with what stands before its cue and after it."""

from __future__ import annotations

import re

from quoteattr.attribution.clauses.beginnings import GAP_OF_RELATIVE, INFINITIVE, is_circumstance, open_clause
from quoteattr.attribution.clauses.endings import TAIL_AT_END, comments, find_end, has_circumstance, is_sequel
from quoteattr.attribution.clauses.others import FRONTED, another_says
from quoteattr.attribution.clauses.patterns import MAIN, VERBAL, close_bracket
from quoteattr.attribution.rules.complements import find_complement
from quoteattr.attribution.rules.cues import COMMENT
from quoteattr.attribution.rules.frame import REPORTING, Cue, Finding, Frame
from quoteattr.attribution.rules.leads import ends_possessive
from quoteattr.attribution.rules.stretches import is_named_work
from quoteattr.attribution.shapes import ADDRESSEE, CLAUSE_GAP, TO_ADDRESSEE, Source
from quoteattr.lexicon import words_of

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
    if cue is not None and cue.row.kind == "attitude" and at == cue.last and INFINITIVE.match(codes, at):
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
        fronted = FRONTED.match(codes) is not None and _is_under_noun(finding)
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
    if beside or has_circumstance(frame, last + 1) or is_circumstance(frame, last + 1):
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
        if code == "," and not near and comments(frame, j + 1):
            return j
        if (code in ",cb-" and another_says(frame, j)) or (code in "sS" and is_sequel(frame, j)):
            return j
        if code == "," or (comma_inside and near):
            rest = codes[j + 1 :] if code == "," else codes[j:]
            if not rest or rest[0] in "gGhAvyea" or TAIL_AT_END.match("," + rest):
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
        last = close_bracket(codes, first, last)
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
        takes = not cue.row.frames & {"clause", "addressee"} or GAP_OF_RELATIVE.match(codes, begin)
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
