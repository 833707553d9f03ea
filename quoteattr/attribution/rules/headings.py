"""Rules for words that a name alone leads in or signs: headlines, turns, bylines."""

from __future__ import annotations

import re

from quoteattr.attribution.rules.cues import yields
from quoteattr.attribution.rules.frame import WORD, Finding, Frame
from quoteattr.attribution.rules.leads import follows_label, is_label, is_topic
from quoteattr.attribution.rules.nouns import find_author
from quoteattr.attribution.rules.stretches import has_possessor, is_full_name, is_speaker, stands_first
from quoteattr.attribution.shapes import (
    Source,
    can_speak,
    is_person,
)
from quoteattr.lexicon import words_of

# labels of a transcript that name nobody
_NOBODY = words_of("turn labels")
_AFTER_DASH = re.compile(r"-(?P<src>N(?:,?cN)?):$")
_DASHES = frozenset("-–—―")


def heading_colon(frame: Frame, k: int) -> Finding | None:
    """Smith: ‘we won’ (the shape)."""
    codes = frame.sentence.codes
    name = _AFTER_DASH.search(codes[:k]) if codes[k - 1 : k] == ":" else None
    if name is not None and frame.word(name.start()) in _DASHES:  # "Pollsters agree – Ann Smith: “...”"
        shape = "joint" if "c" in name.group("src") else "heading"
        return Finding(None, Source(name.start("src"), name.end("src"), None, shape), "lead")
    if interview := re.match(r"ni(?P<src>N):", codes):  # "Lunch with Ann Smith: ‘we won’"
        at = interview.start("src")
        return Finding(None, Source(at, at + 1, None, "heading"), "lead") if interview.end() == k else None
    found = re.match(r"[cb]?(?:[iF]N,)?(?P<src>[Nn])(?:i[NnG][^:Qvyea]{0,12}|,[^:Qvyea]*)?:", codes)
    if found is None or found.end() > k or "Q" in codes[: found.end()]:
        return None
    if (author := find_author(frame, found.end())) is not None:
        return Finding(None, author, "lead") if found.end() == k else None
    between = codes[found.end() : k]
    at = found.start("src")
    last = frame.sentence.last[at]
    if frame.sentence.tokens.tags[last - 1] == "n":
        told = is_speaker(frame, last - 1) or "document" in frame.lexicon.cue_nouns.get(frame.last_word(at), ())
        if not told or (codes[at] == "n" and not frame.heading):
            return None  # "Water level: ‘critical’"
    if is_label(frame, at) or _is_possessed(frame, at):
        return None
    if not between and is_topic(frame, at, k):
        return None
    if (met := _MET.search(between)) and frame.last_word(found.end() + met.start()) in _OCCASIONS:
        return None  # "Ann Smith: an interview with ‘the Poet’"
    for cue in frame.cues.values():
        if (
            found.end() <= cue.chunk < k
            and cue.source is not None
            and cue.source.first >= found.end()
            and not yields(frame, cue, cue.source)
        ):
            return None  # "The Latest: Smith declares ‘revolution’"
    # ‘No idea’ if the bridge will open
    goes_on = frame.heading and frame.ending(k).isalnum() and codes[k + 1 : k + 2].strip(".,;:-")
    placement = "clause-lead" if between or goes_on else "lead"
    return Finding(None, Source(at, at + 1, None, "heading"), placement)


_MET = re.compile(r"nid?$")
_OCCASIONS = words_of("occasions")


def _is_possessed(frame: Frame, at: int) -> bool:
    """Whether a phrase before a colon is somebody's saying: Smith's verdict."""
    return "colon" in frame.lexicon.cue_nouns.get(frame.last_word(at), ()) and has_possessor(frame, at)


def byline_after(frame: Frame, k: int) -> Finding | None:
    """“We won.” – Ann Smith.  ‘We won’: Ann Smith (the shape)."""
    codes = frame.sentence.codes
    found = re.match(r"-+(?P<src>N)(?:,[^Q:;]*)?\.?$", codes[k + 1 :])
    if found is None or not stands_first(frame, k) or frame.is_title(k) or " " not in frame.content(k):
        return _heading_last(frame, k)
    at = k + 1 + found.start("src")
    return Finding(None, Source(at, at + 1, None, "byline"), "tail")


def _heading_last(frame: Frame, k: int) -> Finding | None:
    """‘We won’: Ann Smith (the shape)."""
    codes = frame.sentence.codes
    if (k and not follows_label(frame, k)) or frame.is_title(k):
        return None
    acts = _HEADLINE_SUBJECT.match(codes, k + 1) if frame.heading else None
    if acts is not None and can_speak(frame.sentence, k + 2, frame.lexicon) and _may_be_said(frame, k, acts.end() - 1):
        joint = "joint" if "c" in acts.group("src") else "heading"
        return Finding(None, Source(*acts.span("src"), None, joint), "tail")
    if not _SOURCE_LAST.fullmatch(codes, k):
        return None
    if codes[k + 2] == "n" and not is_person(frame.sentence, k + 2, frame.lexicon):
        return None
    return Finding(None, Source(k + 2, k + 3, None, "heading"), "tail")


_SOURCE_LAST = re.compile(r"Q[:-]N\.?|Q:Ni[nNG][^Q]*|Q:n")
# ‘We lost’: Ann Smith leaves early
_HEADLINE_SUBJECT = re.compile(r":(?P<src>[Nn](?:[ifF][Nn])*|[Nn]c[Nn])[arx]*[vy]")
# whom a headline's quotation speaks of, who may be the one that it names
_SPOKEN_OF = words_of("pronouns for one spoken of")


def _may_be_said(frame: Frame, k: int, verb: int) -> bool:
    """Whether a headline's words may be those of whoever acts in it: ‘We lost’; not ‘She was brave’, ‘Old town’."""
    words = frozenset(WORD.findall(frame.content(k).lower()))
    if not words & _SPOKEN_OF:
        return any(frame.lexicon.tags.get(word, "n") in "pea" for word in words)
    return verb in frame.cues and frame.cues[verb].row.kind == "speech"


def turn_label(frame: Frame, k: int) -> Finding | None:
    """SMITH: We won."""
    codes = frame.sentence.codes
    if frame.turn and frame.word(0).rstrip(".") in _NOBODY:
        return Finding(None, None, "lead")
    if not frame.turn or codes[k - 1 : k] != ":":
        return None
    bracket = codes.find("(", 0, k)
    holder = bracket + 1 if codes[bracket : bracket + 3] == "(N)" else 0
    if holder and is_person(frame.sentence, 0, frame.lexicon) and is_full_name(frame.sentence, holder, frame.lexicon):
        return Finding(None, Source(holder, holder + 1, None, "heading"), "lead")  # The Minister for Roads (Ann Smith)
    comma = codes.find(",", 0, k)
    last = min((at for at in (bracket, comma) if at > 0), default=k - 1)
    return Finding(None, Source(0, last, None, "heading"), "lead")
