"""How a reporting verb stands in its sentence: refused, subordinate, set off, after words of its own."""

from __future__ import annotations

import re

from quoteattr.attribution.rules.frame import REPORTING, Cue, Frame
from quoteattr.attribution.rules.stretches import is_document, is_entitled
from quoteattr.attribution.shapes import (
    SUBJECTS,
    Source,
    can_speak,
    find_subject,
    is_person,
)
from quoteattr.lexicon import words_of

# subordinators that tell when something was said
OCCASION = words_of("conjunctions of time")
_TEXT_BEFORE = re.compile(r"(?P<noun>n|^N)(?:i[NnmG])*,?[wT]?$")


def shows_text(frame: Frame, cue: Cue) -> bool:
    """Whether a text stands right before a verb: a message on her door reading, a note that read."""
    found = _TEXT_BEFORE.search(frame.sentence.codes, 0, cue.chunk)
    return found is not None and is_document(frame, found.start("noun"))


def is_shown(frame: Frame, cue: Cue, k: int) -> bool:
    """Whether a stretch right after a cue is what it is about: showed “The Mill”, blamed “Monday”."""
    frames = cue.row.frames
    if "quote" in frames or cue.row.verbal:
        return False
    one = "clause" not in frames and " " not in frame.content(k) and frame.ending(k).isalnum()
    return (one and frame.begins_utterance(k)) or frame.is_title(k)


OCCASION_GAP = re.compile(r"[sSA][^,;:Q]*[yvea][^,;:Q]*(?P<mark>,)$")


def tells_occasion(frame: Frame, gap: str, begin: int) -> bool:
    """Whether a gap is a clause that tells when something was said."""
    return gap[:1] in ("s", "S", "A") and frame.word(begin) in OCCASION


def object_before(codes: str, cue: Cue) -> bool:
    """Whether the object of a naming verb stands before it: "what he called"."""
    if cue.source is None:
        return False
    first = cue.source.first
    if cue.source.shape == "apposition" and codes[max(0, first - 2) : first] in ("N,", "n,"):
        first -= 2  # a country that the nominee, Ann Smith, called
    if codes[max(0, first - 1) : first + 1] == "nN":
        return cue.row.lemma != "name"  # the firm Smith called
    return codes[max(0, first - 1) : first] in ("w", "A", "T")


def after_words(frame: Frame, cue: Cue) -> bool:
    """Whether the cue already reports a stretch right before it."""
    codes = frame.sentence.codes
    first = cue.chunk
    if cue.source is not None and cue.source.first < cue.chunk:
        if cue.source.shape in ("shared", "coordinated", "absolute"):
            return False
        first = cue.source.first
    before = codes[:first].rstrip(",-r")
    if cue.source is not None and before.endswith(("c", "b")):
        return False  # called it “new”, but he also noted
    before = before.rstrip(",-rcb")
    if before.endswith(("v,Q", "v:Q")) and len(before) - 3 in frame.cues:
        return False  # when one shouted, “Smith,” she joked, “Never”
    if _FRONTED_PARTICIPLE.fullmatch(before) and frame.ending(len(before) - 1) == ",":
        return False  # recalling “the cost,” Smith asked for “peace”
    if before.endswith("Q") and is_entitled(frame, len(before) - 1):
        return False  # in an essay titled “Why I Left,” Smith calls it “late”
    if _FRONTED_CLAUSE.match(before) and any(other < len(before) - 1 for other in frame.cues):
        return False  # while Jones described it as “new”, Smith called it “late”
    return before.endswith("Q") and not (_PROGRAMME.match(before) and frame.begins_utterance(len(before) - 1))


# calling it “late,” and: having called it “late,” before the main clause
_FRONTED_PARTICIPLE = re.compile(r"[cbr]*(?:[gG]|a[rx]*[vy])[^,;:Q]*Q")
# where somebody spoke, at the head of a sentence: on Monday on the network's “Night Talk,”
_PROGRAMME = re.compile(r"(?:i?m|,)*i[Nn]*(?:[ifF][Nn]*)*Q$")
# a clause that opens a sentence and ends in a quotation
_FRONTED_CLAUSE = re.compile(r"[rcb]*[sS][^;:Q]*Q$")


def recover(frame: Frame, cue: Cue) -> Source | None:
    """Find a subject further off for a cue that has none beside it."""
    if frame.sentence.codes[cue.chunk] == "u" or frame.sentence.codes[: cue.chunk].strip("T,rcb") == "":
        return None
    codes = frame.sentence.codes
    source = find_subject(codes, cue.chunk)
    if (
        source is None
        and codes[cue.chunk - 1 : cue.chunk + 1] in ("cv", "Qv")
        and (found := _FIRST_SUBJECT.match(codes))
    ):
        at = found.start("src")
        if can_speak(frame.sentence, at, frame.lexicon):
            return Source(at, at + 1, None, "clause-subject")
    return source


# the phrase that a sentence begins with, all that depends on it left out
_FIRST_SUBJECT = re.compile(r"[rcb,]*(?P<src>[Nnp])(?:[ifF]#?[Nnop])*[,w(]")


def yields(frame: Frame, cue: Cue, source: Source) -> bool:
    """Whether a cue gives way to one further out: a pronoun, a thing or a thought reports less than a person."""
    codes = frame.sentence.codes
    code = codes[source.first]
    if source.first > cue.chunk or (codes[cue.chunk] == "g" and codes[cue.chunk - 1 : cue.chunk] in (",", "r", "c")):
        return False
    if cue.row.kind != "speech":
        return True
    if not cue.row.frames & REPORTING:
        return False
    if code in "po":
        return True
    return code == "n" and not is_person(frame.sentence, source.first, frame.lexicon)


# as Smith said in a letter on Monday, the plan was “sour”
COMMENT = re.compile(r"(?:r|i?m|i[Nn])*,")
_MAIN_SUBJECT = re.compile(r",(?:r|i?m)*[Nnp](?:[ifF][Nnop])*$")


def names_alone(cue: Cue, between: str) -> bool:
    """Whether a naming verb has no complement, only an object with a relative: somebody named Smith, who said."""
    return "naming" in cue.row.frames and not cue.row.frames & REPORTING and ",w" in ENCLOSED.sub("", between)


_SENTENCE_AFTER = re.compile(r"^[^sSA]*Q(?P<next>(?:[Nn]|p(?!v))(?:[ifF][Nnop])*(?:[arxe]|i?m)*[vyea])")
_OBJECT_OF = re.compile(r"[Nno](?:[ifF][Nn])*[iFk]d?$")


def is_closed(frame: Frame, cue: Cue, between: str) -> bool:
    """Whether the clause of a cue is over: thought it “safe,” the agency left; whose art he praised, with a “joke”."""
    source = cue.source
    if between[:1] == "," and source is not None and source.first < cue.chunk and frame.word(source.first) == "whose":
        return True
    found = _SENTENCE_AFTER.match(between)
    return found is not None and frame.ending(cue.last + found.start("next") - 1) == ","


def is_under_object(frame: Frame, cue: Cue, between: str) -> bool:
    """Whether an infinitive belongs to the object of a verb of blame: blamed his wish to praise Smith on “bad luck”."""
    codes = frame.sentence.codes
    if codes[cue.chunk - 2 : cue.chunk + 1] != "nkB" or "of" in cue.row.frames or not _OBJECT_OF.match(between):
        return False
    return any(other.last == cue.chunk - 2 and "of" in other.row.frames for other in frame.cues.values())


# a clause, or a phrase with a participle, that opens a sentence: when she saw Smith talking; despite polls showing
_OPENING_CLAUSE = re.compile(r"[rcb]*[sS][^,;:Q]*|i[Nn][^,;:QvyeaT]*g")


def is_subordinate(frame: Frame, cue: Cue) -> bool:
    """Whether a cue stands in a clause that only tells the occasion, after its subordinator or before the main one."""
    codes, source = frame.sentence.codes, cue.source
    if source is None:
        return False
    before = codes[max(0, source.first - 1) : source.first]
    if before == "A" and "clause" in cue.row.frames and COMMENT.match(codes, cue.last):
        return False  # as Smith said in a letter, the plan was “sour”
    if codes[cue.chunk] == "g" and not codes[: cue.chunk].strip("cb,r"):
        return True  # recalling “the cost,” Smith asked for “peace”
    return before in ("s", "S", "A") or _OPENING_CLAUSE.fullmatch(codes, 0, cue.chunk + 1) is not None


def begins_main(frame: Frame, between: str, k: int) -> bool:
    """Whether a main clause begins before a stretch: "after Smith asked, the mood was “sour”", "... she “left”"."""
    if "Q" in between:  # after he called it “sour,” the mood was “sweet”
        ends = [code == "Q" and frame.ending(at) == "," for at, code in enumerate(between, k - len(between))]
        between = "".join("Q," if end else code for code, end in zip(between, ends, strict=True))
    if MAIN_AFTER.search(between):
        return True
    if between.endswith(",") and frame.content(k).partition(" ")[0] in SUBJECTS:
        return True
    return _MAIN_SUBJECT.search(between) is not None and frame.begins_with_verb(k, plural=True)


def is_told(frame: Frame, cue: Cue) -> bool:
    """Whether a passive tells somebody something, and not who does: staff were warned that."""
    codes = frame.sentence.codes
    if "addressee" not in cue.row.frames:
        return False
    if cue.chunk == 0 and codes[0] in "uv":
        return True  # asked if it was “late”, she nodded
    return codes[cue.chunk] == "u" and "e" in codes[max(0, cue.chunk - 3) : cue.chunk]


def stays(frame: Frame, cue: Cue, chunk: int) -> bool:
    """Whether a coordinated verb is in the present, and the cue in the past: said it was late but supports it."""
    verbs, first = frame.sentence.tokens.verbs, frame.sentence.first
    told, verb = verbs.get(first[cue.chunk]), verbs.get(first[chunk])
    past = told is not None and "past" in told.forms and "clause" in cue.row.frames
    return past and verb is not None and verb.forms == _PRESENT


def corrects(frame: Frame, cue: Cue, left: re.Match[str]) -> bool:
    """Whether a conjunction puts one thing in place of another: said they offered nothing but rather took it."""
    return left.group().startswith("br") and frame.word(cue.last + left.start() + 1) in _CORRECTIONS


# adverbs after "but" that put one thing in place of another
_CORRECTIONS = words_of("adverbs of correction")
_PRESENT = frozenset({"third"})
MAIN_GOES_ON = re.compile(r",(?:[arx]|i?m)*[yvea]")
MAIN_AFTER = re.compile(r",(?:r|i?m)*(?:p(?=p))?[Nnp](?:[ifF][Nnop])*(?:[arxe]|i?m)*[vyea]")
NEW_SUBJECT = re.compile(
    r"[^yveaTs]*,b(?:r|i?m)*[Nnp]|[^yveaTs,]*[Nnop][^yveaTs,]*,c(?:r|i?m|i#?[Nn])*[Nnp](?:[ifF][Nn])*[arxe]*[yvea]"
)


def is_title_in_list(frame: Frame, first: int, k: int) -> bool:
    """Whether a stretch is a title right after a verb, or after other titles there."""
    codes = frame.sentence.codes
    if first == k:
        return frame.is_title(k)
    titles = [at for at in range(first, k) if codes[at] == "Q"]
    if not titles or codes[first:k].strip("Q,c") or codes[first] != "Q" or not all(map(frame.is_title, titles)):
        return False
    return frame.is_title(k) or (frame.begins_utterance(k) and " " not in frame.content(k))


# the ends of an auxiliary that says no
_NOT = ("not", "n't", "n’t")


# not, cannot, won't, isn't
_MAY_NEGATE = frozenset("xae")


def is_negated(frame: Frame, cue: Cue) -> bool:
    """Whether somebody does not or cannot say something."""
    first = max(0, cue.chunk - 2)
    before = frame.sentence.codes[first : cue.chunk]
    if _MAY_NEGATE.isdisjoint(before) or cue.source is None or cue.source.antecedent is not None:
        return False
    return "x" in before or any(frame.word(at).endswith(_NOT) for at in range(first, cue.chunk))


def is_reported(frame: Frame, cue: Cue) -> bool:
    """Whether a cue stands in a clause with "that" after another: expressed regret that he had hailed it."""
    codes = frame.sentence.codes
    return any(
        other.row.kind == "speech" and _REPORTED.match(codes, other.last, cue.chunk) is not None
        for other in frame.cues.values()
        if other.chunk < cue.chunk
    )


_REPORTED = re.compile(r"[nN]?T[^,;:Q(-]*$")
# whoever declines to say something has not said it
_REFUSALS = words_of("verbs of refusal")
_ACT = re.compile(r"kB|key")


def is_refused(frame: Frame, chunk: int) -> bool:
    """Whether a verb of speech, or the one under it, is what somebody declines to do."""
    sentence = frame.sentence
    at = chunk - 2 if sentence.codes[chunk - 1 : chunk + 1] == "kB" else chunk
    if at == chunk and not _ACT.match(sentence.codes, chunk + 1):
        return False
    form = sentence.tokens.verbs.get(sentence.first[at])
    return form is not None and form.lemma in _REFUSALS


# a relative clause between commas
ENCLOSED = re.compile(r",w[^,Q;]*,")


def is_reduced(frame: Frame, cue: Cue) -> bool:
    """Whether a naming verb is a participle after a thing: "a band called", "a business pitched as"."""
    source = cue.source
    parted = frame.sentence.codes[: cue.chunk].rstrip("r").endswith(",")
    if source is not None and source.shape == "coordinated" and parted:
        return frame.sentence.codes[cue.last : cue.last + 1] == "A"  # a note names Smith, described as “able”
    if source is None or source.shape not in ("subject", "parsed") or frame.word(source.first) == "whose":
        return False
    if source.last != cue.chunk and frame.sentence.codes[source.last : cue.chunk] != ",":
        return False
    evidence = frame.sentence.tokens.evidence
    head = frame.last_word(source.first)
    person = head in frame.lexicon.roles and not _lacks_object(frame, cue)
    form = frame.sentence.tokens.verbs.get(frame.sentence.first[cue.chunk])
    return (
        frame.sentence.codes[source.first] == "n"
        and not person
        and form is not None
        and "participle" in form.forms
        and (
            not _is_main_verb(frame.sentence.codes, cue.chunk, source.first)
            or evidence.is_reduced(evidence.token(*frame.sentence.span(cue.chunk)))
        )
    )


def _lacks_object(frame: Frame, cue: Cue) -> bool:
    """Whether a verb has its complement alone after it: a man described as “armed” left."""
    codes = frame.sentence.codes
    found = _COMPLEMENT_ALONE.match(codes, cue.last)
    return found is not None and not object_before(codes, cue)


_COMPLEMENT_ALONE = re.compile(r"Ad?Q[arx]*[yvea]")
# verbs beside the one before them or below it: and left, where he was
_NO_MAIN_VERB = re.compile(r"[^vyecbwsST]*(?:S[^vyecbwsST]*)?$|[^vyecbwsST]*(?:,?[cb][rx]*[vyea]|[ws])")


def _is_main_verb(codes: str, verb: int, subject: int) -> bool:
    """Whether no other verb of the sentence can be the main one: a phrase and a comma at most stand before."""
    return (
        _NO_MAIN_VERB.match(codes, verb + 1) is not None
        and re.match(r"(?:.*,)?(?:r|i?m)*$", codes[:subject]) is not None
    )


def interrupts(frame: Frame, cue: Cue) -> bool:
    """Whether a cue with its source stands between commas inside the clause it reports."""
    first = cue.chunk if cue.source is None else min(cue.source.first, cue.chunk)
    first -= frame.sentence.codes[first - 1 : first] == "A"  # and, as Smith put it,
    return first > 1 and frame.sentence.codes[first - 1] == ","
