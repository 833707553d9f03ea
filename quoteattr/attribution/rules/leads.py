"""Rules for a report before its words, as in: Smith said, “We won”."""

from __future__ import annotations

import re

from quoteattr.attribution.rules.complements import gives_words, tells_of_subject
from quoteattr.attribution.rules.cues import (
    OCCASION_GAP,
    after_words,
    is_shown,
    object_before,
    recover,
    shows_text,
    tells_occasion,
)
from quoteattr.attribution.rules.frame import REPORTING, SPOKEN, WORD, Cue, Finding, Frame, speaks
from quoteattr.attribution.rules.nouns import find_author
from quoteattr.attribution.rules.stretches import (
    follows_work,
    has_possessor,
    head_word,
    is_apposed,
    is_clause,
    is_document,
    is_found,
    is_full_name,
    is_speaker,
)
from quoteattr.attribution.rules.tails import BESIDE_CUE, find_tail, is_aside, is_weak
from quoteattr.attribution.shapes import (
    ADDRESSEE,
    CALLS,
    LEAD_GAP,
    POSSESSIVES,
    Source,
    can_speak,
    find_inverted,
    find_subject,
    prefer_name,
)
from quoteattr.lexicon import words_of

_LABELS = words_of("labels of notices")


def lead_cue(frame: Frame, k: int) -> Finding | None:
    """Smith said: “We won.” (the shape)."""
    codes = frame.sentence.codes
    for cue in reversed(frame.cues.values()):
        if cue.last > k:
            continue
        if k - cue.last > _LONGEST_LEAD:
            return None
        if not speaks(cue.row, SPOKEN):
            continue
        if codes[cue.chunk] == "u" and cue.row.lemma != "quote":
            spoken = cue.row.frames & REPORTING and codes[cue.chunk - 1] == "e" and cue.source is None
            if spoken and codes[cue.last : k] in (",", ":"):
                return Finding(cue, None, "lead") if frame.begins_utterance(k) else None  # he was asked, “Why?”
            continue
        if cue.row.kind == "attitude" and _is_in_object(frame, cue):
            continue
        if tells_of_subject(frame, cue, k):
            return None
        if codes[k - 1] in ",:" and _is_of_addressee(frame, cue):
            continue
        source, after = _find_lead_source(frame, cue, k)
        found = _match_gap(frame, cue, after, k)
        if found is None or _is_no_lead(frame, cue, found.group("mark"), found.string, k):
            continue
        mark, gap = found.group("mark"), found.string
        title = frame.is_title(k) or follows_work(frame, k)
        shown = cue.row.lemma == "read" and not gap and frame.begins_utterance(k) and shows_text(frame, cue)
        called = title and not mark and not gap and cue.row.lemma in CALLS and after == k
        if shown or called:  # a message reading “Thank You”; chanting “Dump Smith”
            return Finding(cue, source or recover(frame, cue), "lead")
        if title and (gap.strip(",:-") or (not mark and (not _takes_clause_alone(cue) or after != k))):
            continue
        if _is_mere_object(frame, cue, mark, gap, k):
            continue
        if source is None:
            source = recover(frame, cue)
        if source is None:
            continue
        finding = Finding(cue, source, "lead" if mark or frame.begins_utterance(k) else "clause-lead")
        return None if not mark and is_weak(frame, finding) and find_tail(frame, k) else finding
    return None


# how many chunks may stand between a cue and the words that it leads in
_LONGEST_LEAD = 14


def _find_lead_source(frame: Frame, cue: Cue, k: int) -> tuple[Source | None, int]:
    """Find the source of a cue before a stretch, and where what stands between it and the stretch begins."""
    codes, source = frame.sentence.codes, cue.source
    if source is None or (source.first < cue.chunk and after_words(frame, cue) and codes[cue.chunk - 1] in "Q,"):
        inverted = find_inverted(frame.sentence, cue.last - 1, frame.lexicon) if codes[cue.chunk] == "v" else None
        if inverted is not None and inverted.last <= k:
            return inverted, inverted.last
    elif source.first > cue.chunk and source.last <= k:
        return source, source.last
    return source, cue.last


def _match_gap(frame: Frame, cue: Cue, after: int, k: int) -> re.Match[str] | None:
    """Match what stands between a cue, with its source, and the words that it leads in."""
    codes, frames = frame.sentence.codes, cue.row.frames
    gap = codes[after:k]
    listener = ADDRESSEE.match(gap) if after == cue.last and "addressee" in frames else None
    if listener is not None and not ends_possessive(frame, after + listener.end("adr") - 1):
        gap = gap[listener.end() :]
    found = LEAD_GAP.match(gap)
    if found is None and "addressee" in frames:
        found = _TOLD_WHO.match(gap)  # told those who waited, “...”
    if found is not None or cue.row.kind != "speech":
        return found
    free = "Q" not in codes[:k] or codes[cue.chunk] == "g" or gap.endswith(":")
    if free and (frame.ends_utterance(k) or is_clause(frame, cue, k)):
        found = _OBJECT_GAP.match(gap)  # "repeating the man's last words, “...”"
    if found is None and gap[:1] == "w" and frame.word(after) == "what":
        found = _WHAT_GAP.match(gap)
    if found is None and frame.begins_utterance(k) and tells_occasion(frame, gap, after):
        found = OCCASION_GAP.match(gap)  # "said as he signed the order, “...”"
    return found


def ends_possessive(frame: Frame, chunk: int) -> bool:
    """Whether a phrase says whose what follows is: questioned Smith's “values”."""
    return frame.sentence.tokens.tags[frame.sentence.last[chunk] - 1] == "z"


def _is_no_lead(frame: Frame, cue: Cue, mark: str | None, gap: str, k: int) -> bool:
    """Whether what stands before a stretch does not lead it in: an aside, a thought, a deed that is no speech."""
    codes, row = frame.sentence.codes, cue.row
    if mark == "," and (is_aside(frame, cue, k) or is_apposed(frame, k)):
        return True
    if row.kind == "attitude" and not mark and not is_found(frame, cue):
        return True
    if (row.kind == "action" or row.particles) and ",b" in gap:
        return True  # had gone on for months, but in May, “...”
    if row.particles and cue.last == cue.chunk + 1 and not mark and not frame.ends_utterance(k):
        return True  # carried “Wet paint”, without on
    if mark == ":" and gives_words(frame, cue, k):
        return True
    if row.kind != "action":
        return False
    begins = frame.begins_utterance(k)
    if not mark and not (begins and "quote" in row.frames):
        return True
    if mark == "-" and gap.strip("-") and not frame.ends_utterance(k) and codes[k + 1 : k + 2] == "-":
        return True  # served in Oslo - “13 months of rain” - and left
    if not begins and mark != ":" and "Q" not in codes[: cue.chunk]:
        return True  # came home - “the last of them”
    # by clicking “Accept”; “Go,” he snapped, turning to the door, “and stay.”
    return codes[cue.chunk] == "g" and BESIDE_CUE.search(codes[: cue.chunk]) is not None


def _takes_clause_alone(cue: Cue) -> bool:
    """Whether a verb reports a clause and takes no mere object."""
    return bool(cue.row.frames & REPORTING) and "object" not in cue.row.frames


def _is_mere_object(frame: Frame, cue: Cue, mark: str | None, gap: str, k: int) -> bool:
    """Whether a stretch is what a verb shows, names or does, not what somebody says with it."""
    codes, row, begins = frame.sentence.codes, cue.row, frame.begins_utterance(k)
    if not mark and not gap and is_shown(frame, cue, k):
        return True
    plain = bool(row.frames & REPORTING)
    named = not plain and "naming" in row.frames
    called = mark is not None and begins and not gap.strip(",:")  # a voice called, “...”
    if named and not called and not object_before(codes, cue):
        return True
    if not plain and not named and not mark and (gap or (row.kind == "action" and not begins)):
        return True
    # “Smith,” Lee joked, putting on a voice, “Come in!”
    set_off = mark is not None or (gap.endswith(",") and frame.ends_utterance(k))
    return bool(after_words(frame, cue) and not set_off and gap) or (codes[cue.chunk] == "B" and len(gap) > 3)


# an addressee, and what tells who that is
_TOLD_WHO = re.compile(r"r?[Nno](?:[ifF][Nn])*w[^,;:QT]*(?P<mark>[,:])$")


def _is_of_addressee(frame: Frame, cue: Cue) -> bool:
    """Whether a verb tells who is spoken to: told the mayors who gathered there, “...”."""
    source = cue.source
    if source is None or source.antecedent is None:
        return False
    before = (one for one in frame.cues.values() if one.last <= source.antecedent < cue.chunk)
    return any("addressee" in one.row.frames and source.antecedent - one.last < _ADVERB for one in before)


# between a cue and its addressee: told again the mayors
_ADVERB = 2
# an object that tells whose thought the words are: said what all of them feared:
_WHAT_GAP = re.compile(r"w[^,;:Q]*(?P<mark>:)$")


def _is_in_object(frame: Frame, cue: Cue) -> bool:
    """Whether a thought stands in the object of another cue: said what everyone was thinking: “...”."""
    before = cue.source.first - 1 if cue.source is not None else 0
    return before > 0 and frame.word(before) == "what" and any(other.last == before for other in frame.cues.values())


# an object before an utterance
_OBJECT_GAP = re.compile(r"(?:,[^,;:Q]{1,14},)?[Nnop](?:[ifF]#?[Nnopm]|i?m|r)*(?P<mark>[,:])$")


def lead_colon(frame: Frame, k: int) -> Finding | None:
    """Smith had one message: “We won.” (the shape)."""
    codes = frame.sentence.codes
    if k == 0 or (frame.is_title(k) and frame.ending(k) != "."):
        return None
    found = _NOUN_IS.search(codes[:k])  # "His answer was, “...”", "Her message to voters was simple: “...”"
    if found is not None and (codes[k - 1] in ":," or frame.ends_utterance(k)) and frame.begins_utterance(k):
        noun = found.start("noun")
        if "colon" in frame.lexicon.cue_nouns.get(head_word(frame, noun), ()) and has_possessor(frame, noun):
            return Finding(None, Source(noun, noun + 1, None, "noun-possessive"), "lead")
        sent = _FROM_SOMEBODY.match(codes, noun)
        if sent is not None and frame.word(sent.start("from")) == "from" and is_message(frame, noun):
            at = sent.start("src")
            return Finding(None, Source(at, at + 1, None, "noun-by"), "lead")
    if codes[k - 1] == "-":
        return _lead_dash(frame, k)
    if codes[k - 1] != ":" or follows_label(frame, k):
        return None
    if (author := find_author(frame, k)) is not None:
        return Finding(None, author, "lead")
    if codes[max(0, k - 3) : k - 1] in ("N", "n", ".N", ".n") and (is_topic(frame, k - 2, k) or is_label(frame, k - 2)):
        return None
    if _NOUN_ALONE.fullmatch(codes, 0, k) and "colon" in frame.lexicon.cue_nouns.get(frame.last_word(0), ()):
        own = frame.word(0) in POSSESSIVES or "z" in frame.sentence.tokens.tags[: frame.sentence.last[0]]
        if own or codes[1:2] != "i" or frame.word(1) != "from":  # His answer: “We won.”
            return Finding(None, Source(0, 1, None, "noun-possessive"), "lead") if own else None
    if (floor := codes.rfind("Q", 0, k)) >= 0:  # said it was “late”, but he had one question: “...”
        source = find_subject(codes, k - 1)
        whole = codes[0] == "Q" and floor == 0 and frame.ending(0) in ".?!"
        new = source is not None and source.first > floor and (whole or _NEW_CLAUSE.search(codes[: source.first]))
        return Finding(None, source, "lead") if new and _speaking(frame, source) else None
    source = None
    found = re.search(r"i(?P<src>N(?:,?cN)?|n)(?:(?<=N)iN)?(?:,[^:Q]*)?$", codes[: k - 1])
    if found and frame.word(found.start()) == "from" and can_speak(frame.sentence, found.start("src"), frame.lexicon):
        # "And from Chairwoman Smith:"
        source = Source(*found.span("src"), None, "joint" if "c" in found.group("src") else "from")
    if codes[k - 2] == "N" and is_full_name(
        frame.sentence, k - 2, frame.lexicon
    ):  # "It surprised nobody less than Ann Smith:"
        source = source or _speaking(frame, find_subject(codes, k - 1)) or Source(k - 2, k - 1, None, "heading")
    source = source or find_subject(codes, k - 1)
    if source is None:
        found = re.search(r"(?P<src>[Nnp])[arx]*[yvea]", codes[: k - 1]) or re.match(
            r"(?:[^Nnp]*)(?P<src>[Nnp])", codes[: k - 1]
        )
        if found is None:
            return None
        source = Source(found.start("src"), found.start("src") + 1, None, "clause-subject")
    source = prefer_name(frame.sentence, source, frame.lexicon)
    if source.shape in ("from", "joint") or _speaking(frame, source):
        return Finding(None, source, "lead")
    found = _NOUN_LAST.search(codes[:k])  # "It rests on Smith's words: “...”"
    if found is None or "colon" not in frame.lexicon.cue_nouns.get(head_word(frame, found.start("noun")), ()):
        return None
    noun = found.start("noun")
    return (
        Finding(None, Source(noun, noun + 1, None, "noun-possessive"), "lead") if has_possessor(frame, noun) else None
    )


def is_message(frame: Frame, chunk: int) -> bool:
    """Whether a phrase is a saying of somebody."""
    return "colon" in frame.lexicon.cue_nouns.get(head_word(frame, chunk), ())


_FROM_SOMEBODY = re.compile(r"[nN](?P<from>i)(?P<src>[Nn])")
_FIRST = words_of("first-person pronouns")
_PLAIN = re.compile(r"(?:r|i?m|i[Nn],)*(?P<src>[Nnp])(?:[ifF][Nn])*(?:,[^,;:Qyvea]*,)?[arx]*[yve][^Qc,;:-]*-$")


def _lead_dash(frame: Frame, k: int) -> Finding | None:
    """Ann Smith was blunt – “I do not care.” (the shape)."""
    found = _PLAIN.match(frame.sentence.codes, 0, k)
    words = WORD.findall(frame.content(k).lower())
    if found is None or not frame.ends_utterance(k) or frame.is_title(k) or not _FIRST & set(words):
        return None
    at = found.start("src")
    source = Source(at, at + 1, None, "clause-subject")
    return Finding(None, source, "lead") if _speaking(frame, source) else None


_POINTERS = words_of("pronouns for things")
# somebody's saying with what it is about: Smith's warning to voters
_NOUN_ALONE = re.compile(r"[nN](?:[ifkF][Nnop])*:")
_NOUN_LAST = re.compile(r"(?P<noun>[nN])(?:i[NnmG]|i?m)*:$")
_NOUN_IS = re.compile(
    r"(?:^|(?<=[,;:cbsSATQ.(-]))(?:r|i?m)*(?P<noun>[nN])(?:[ikfFA][NnmpG]|i?m|r|\([^()]*\))*a?e(?:r|x|n|d)*[:,]?$"
)
_NEW_CLAUSE = re.compile(r"(?:;|[,Q][cb])(?:r|i?m)*$")


def _speaking(frame: Frame, source: Source | None) -> Source | None:
    """The source, if it is a person or a body."""
    if source is None:
        return None
    last = frame.sentence.last[source.first] - 1
    if frame.sentence.codes[source.first] == "n" or frame.sentence.tokens.tags[last] == "n":
        return source if is_speaker(frame, last) or _argues(frame, source) else None
    return None if frame.word(source.first) in _POINTERS else source


_MAKES = re.compile(r"[arx]*[vyg]r*[nN](?:[ifF][Nn])*:Q")


def _argues(frame: Frame, source: Source) -> bool:
    """Whether a text has words for its object: Smith's letter makes a case; not: the letter had three pages."""
    found = _MAKES.match(frame.sentence.codes, source.last)
    if found is None or not is_document(frame, source.first):
        return False
    return "colon" in frame.lexicon.cue_nouns.get(head_word(frame, found.end() - 3), ())


def is_label(frame: Frame, at: int) -> bool:
    """Whether a phrase before a colon is the label of a notice: Ticket price, Read more; not Ann Price."""
    if frame.content(at).lower() in _LABELS:
        return True
    return frame.last_word(at) in _LABELS and not is_full_name(frame.sentence, at, frame.lexicon)


def is_topic(frame: Frame, at: int, k: int) -> bool:
    """Whether a label only names what follows: "Weather: “wet”", "Chile: ‘gold fever’ spreads"."""
    if frame.begins_utterance(k):
        return False
    sentence, lexicon = frame.sentence, frame.lexicon
    word = frame.text[slice(*sentence.span(at))]
    if word in lexicon.places:
        return re.match(r"[arx]*[yvea]", sentence.codes[k + 1 :]) is not None
    known = word in lexicon.given_names or word in lexicon.organizations or word in lexicon.demonyms
    headline = frame.heading and not sentence.tokens.title_case
    return not headline and not known and " " not in word and " " not in frame.content(k)


def follows_label(frame: Frame, k: int) -> bool:
    """Whether nothing but the label of a notice stands before a stretch: Read more: ‘I quit’."""
    if frame.sentence.codes[k - 1 : k] != ":":
        return False
    start, end = frame.sentence.span(0)[0], frame.sentence.span(k - 1)[0]
    return frame.text[start:end].lower().strip() in _LABELS
