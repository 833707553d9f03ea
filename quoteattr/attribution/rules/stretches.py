"""What a quoted stretch, or a phrase beside it, is: a title, a whole clause, somebody's."""

from __future__ import annotations

import re

from quoteattr.attribution.rules.frame import Cue, Frame
from quoteattr.attribution.shapes import (
    POSSESSIVES,
)
from quoteattr.lexicon import Lexicon, words_of
from quoteattr.values import Sentence


def is_detached(frame: Frame, k: int) -> bool:
    """Whether a stretch is set off from what follows by punctuation, or is a whole utterance."""
    codes = frame.sentence.codes
    if codes[k + 1 : k + 2] in (",", "-") or frame.ending(k) in ",?!…-—–":
        return True
    return frame.begins_utterance(k) and stands_first(frame, k) and not frame.is_title(k)


def stands_first(frame: Frame, k: int) -> bool:
    """Whether nothing but a conjunction stands before the stretch in its sentence."""
    before = frame.sentence.codes[:k]
    return before.endswith(":") or not before.strip("cb,rsS-(.")


# a work whose title may follow
_WORKS = words_of("works with a title")


def is_named_work(frame: Frame, k: int) -> bool:
    """Whether a stretch is the title of a work, a nickname, or a word as such, in the writer's own sentence."""
    codes = frame.sentence.codes
    nickname = frame.begins_utterance(k) or frame.content(k).startswith("the ")
    if codes[k - 1 : k] == codes[k + 1 : k + 2] == "N" and nickname and frame.ending(k).isalnum():
        return frame.content(k).count(" ") < 3
    at = k - (codes[k - 1 : k] == "d" and frame.begins_utterance(k))  # known as “Red Ann”, as the “Fox”
    if codes[at - 1 : at] == "A" and (frame.last_word(at - 2) == "such" or _is_known_as(frame, at - 2)):
        return True
    if follows_work(frame, k) or (codes[k - 2 : k] == "hk" and frame.is_title(k, marked=True)):
        return True  # in the film “Sharks: The End”, according to “The Deal: A Life”
    if k and (frame.last_word(k - 1) == "so-called" or (codes[k - 1] == "n" and _is_word(frame, k))):
        return True
    return frame.is_title(k) and (
        codes[k - 1 : k] in ("i", "n", "N", ",", "F", "z", "T")
        or codes[k - 2 : k] in ("nf", "Nf")
        or (k and frame.word(k - 1).isdigit())
        or (codes[k - 2 : k] == "n-" and codes[k + 1 : k + 2] == "-")
        or codes[k + 1 : k + 2] in ("n", "N")
    )


def follows_work(frame: Frame, k: int) -> bool:
    """Whether a stretch is the title of the work that stands right before it: in her book “Rain: A Life”."""
    return k > 0 and frame.last_word(k - 1) in _WORKS and frame.is_title(k, marked=True)


def _is_word(frame: Frame, k: int) -> bool:
    """Whether a stretch is a word as such: the word “late”; not her word: “Never”."""
    return frame.last_word(k - 1) in ("term", "word") and frame.word(k - 1) == "the" and " " not in frame.content(k)


def is_apposed(frame: Frame, k: int) -> bool:
    """Whether a stretch is a name between commas, before another: said of the film, “Mill”, “a dear one”."""
    return frame.sentence.codes[k - 2 : k + 3] in ("n,Q,Q", "N,Q,Q") and " " not in frame.content(k)


def is_entitled(frame: Frame, k: int) -> bool:
    """Whether a stretch is a title after a participle: an essay titled “Why I Left”."""
    form = frame.sentence.tokens.verbs.get(frame.sentence.first[k - 1]) if k else None
    named = form is not None and form.cue is not None and "naming" in form.cue.frames and "participle" in form.forms
    return named and frame.is_title(k, marked=True)


def _is_known_as(frame: Frame, chunk: int) -> bool:
    """Whether a chunk is the participle of a name without a giver: a smuggler known as “the Fox”."""
    form = frame.sentence.tokens.verbs.get(frame.sentence.first[chunk]) if chunk >= 0 else None
    return form is not None and form.lemma == "know"


def is_found(frame: Frame, cue: Cue) -> bool:
    """Whether a document finds or notes something: "the report found “no evidence”"."""
    source = cue.source
    if source is None or "object" not in cue.row.frames or frame.sentence.codes[cue.chunk] != "v":
        return False
    return is_document(frame, source.first if source.antecedent is None else source.antecedent)


def is_document(frame: Frame, chunk: int) -> bool:
    """Whether a phrase is a text: a report, her letter."""
    return "document" in frame.lexicon.cue_nouns.get(frame.last_word(chunk), ())


def is_clause(frame: Frame, cue: Cue, k: int) -> bool:
    """Whether a parse has a stretch as the clause that a cue reports."""
    evidence = frame.sentence.tokens.evidence
    verb = evidence.token(*frame.sentence.span(cue.chunk)) if evidence.roles else -1
    quoted = frame.sentence.tokens.quoted.get(frame.sentence.first[k])
    return verb >= 0 and quoted is not None and evidence.role_of(quoted[0], verb) == "c"


_BELONGS = re.compile(r"n[iF][Nn](?:c[Nn])?")


def span_source(frame: Frame, chunk: int) -> int:
    """Return the chunk after a source with whose it is: a report by the Ice Office, a spokesman for the bank."""
    found = _BELONGS.match(frame.sentence.codes, chunk)
    word = frame.word(chunk + 1) if found is not None else ""
    if found is None or word not in ("by", "for", "from"):
        return chunk + 1
    return found.end() if word == "by" else chunk + 3


def has_possessor(frame: Frame, chunk: int) -> bool:
    """Whether a phrase names whose it is: "Smith's claim", "her claim"."""
    tokens, first = frame.sentence.tokens, frame.sentence.first[chunk]
    return "z" in tokens.tags[first : frame.sentence.last[chunk]] or tokens.word[first] in POSSESSIVES


def head_word(frame: Frame, chunk: int) -> str:
    """Return the head noun of a phrase: of "his answer to all of us" it is "answer"."""
    return frame.sentence.tokens.word[head_span(frame, chunk)[0]]


def head_span(frame: Frame, chunk: int) -> tuple[int, int]:
    """Return the token of the head noun of a phrase, as a range."""
    tokens, first, last = frame.sentence.tokens, frame.sentence.first[chunk], frame.sentence.last[chunk]
    end = tokens.tags.index("f", first + 1) if "f" in tokens.tags[first + 1 : last] else last
    return end - 1, end


def is_speaker(frame: Frame, token: int) -> bool:
    """Whether a noun is one for a person or a body."""
    word, lexicon = frame.sentence.tokens.word[token], frame.lexicon
    return word in lexicon.roles or lexicon.organizations.get(word.title(), ("",))[0] == "keyword"


def is_full_name(sentence: Sentence, chunk: int, lexicon: Lexicon) -> bool:
    """Whether a phrase ends in a person's name that a title, a role or a first name shows."""
    words = sentence.tokens.word[sentence.first[chunk] : sentence.last[chunk]]
    tags = sentence.tokens.tags[sentence.first[chunk] : sentence.last[chunk]]
    return tags[-1] == "N" and (
        "t" in tags or any(word in lexicon.roles or word.title() in lexicon.given_names for word in words[:-1])
    )
