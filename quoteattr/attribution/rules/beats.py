"""Rules for what somebody does beside their words."""

from __future__ import annotations

import re

from quoteattr.attribution.rules.frame import REPORTING, Finding, Frame
from quoteattr.attribution.rules.leads import is_message
from quoteattr.attribution.rules.nouns import is_of_somebody
from quoteattr.attribution.rules.stretches import has_possessor, head_word
from quoteattr.attribution.shapes import (
    Source,
    can_speak,
    find_inverted,
    find_source,
    find_subject,
)
from quoteattr.lexicon import Lexicon, VerbForm, words_of
from quoteattr.values import Sentence


def _beat(frame: Frame, sentence: Sentence | None) -> Finding | None:
    """The person whom the neighbouring sentence of the paragraph is about."""
    if sentence is None or "Q" in sentence.codes or frame.sentence.codes.replace("Q", "").strip(".,-:"):
        return None
    codes = sentence.codes
    source = find_subject(codes, len(codes))
    if source is None or codes[: source.first].strip("rcbim,"):
        return None
    tokens = sentence.tokens
    word = tokens.word[sentence.first[source.first]]
    if codes[source.first] == "p" and word not in ("he", "she", "i"):
        return None
    if codes[source.first] == "n" or (
        codes[source.first] == "N" and tokens.tags[sentence.last[source.first] - 1] != "N"
    ):
        head = tokens.word[sentence.last[source.first] - 1]
        role = frame.lexicon.roles.get(head)
        if role is None or role.plural or (head in _FURNITURE and not _acts_on(sentence, source)):
            return None
    return Finding(None, source, "lead", elsewhere=sentence)


_FURNITURE = words_of("roles that are things too")
_ACT_ON = re.compile(r"(?:,[^,]*,)?(?:r|i?m)*[yv]r*[nNo]|,N")


def _acts_on(sentence: Sentence, source: Source) -> bool:
    """Whether a subject does something to something, or is named: the chair opened the meeting; not: creaked."""
    return _ACT_ON.match(sentence.codes, source.last) is not None


# Smith's answer? “Never.”
_ASKED_FOR = re.compile(r"[cb]?[nN](?:[ikfF][NnpG])*\.")


def beat_before(frame: Frame, _k: int) -> Finding | None:
    """Smith put down the lamp. “We won.” (the shape).  In May, Smith said it was over. “We won.” (the shape)."""
    before = frame.before
    if before is None or frame.sentence.codes.replace("Q", "").strip(".,-:"):
        return None
    if "Q" in before.codes:
        source = _find_interrupter(before, frame.lexicon)
        return Finding(None, source, "lead", elsewhere=before) if source is not None else None
    if _ASKED_FOR.fullmatch(before.codes):
        asked = Frame(frame.text, before, frame.lexicon, {}, frame.heading)
        noun = asked.sentence.codes.find("n") if "n" in before.codes else before.codes.find("N")
        if "colon" in frame.lexicon.cue_nouns.get(head_word(asked, noun), ()) and has_possessor(asked, noun):
            return Finding(None, Source(noun, noun + 1, None, "noun-possessive"), "lead", elsewhere=before)
    source = find_teller(before, frame.lexicon)
    return _beat(frame, before) if source is None else Finding(None, source, "lead", elsewhere=before)


# “...,” Smith said, and Jones cut in.
_BREAKS_IN = re.compile(r"Q[^Q]*,[cb](?P<src>[Nnp])(?:[ifF][Nn])*r*(?P<verb>v)[iroNn]*\.$")


def _find_interrupter(sentence: Sentence, lexicon: Lexicon) -> Source | None:
    """Find who answers the words of another at the end of a sentence."""
    found = _BREAKS_IN.search(sentence.codes)
    form = sentence.tokens.verbs.get(sentence.first[found.start("verb")]) if found is not None else None
    if found is None or form is None or form.cue is None or not can_speak(sentence, found.start("src"), lexicon):
        return None
    after = sentence.tokens.word[sentence.last[found.start("verb")] :][:2]
    if not form.cue.response and form.cue.particles.isdisjoint(after):
        return None
    return Source(found.start("src"), found.start("src") + 1, None, "subject")


def find_teller(sentence: Sentence, lexicon: Lexicon) -> Source | None:
    """Find who reports something in a sentence, by its first verb of speech, or reads a text out."""
    presented = _PRESENTED.match(sentence.codes)
    if presented is not None and sentence.tokens.word[sentence.first[presented.start("from")]] == "from":
        return Source(presented.start("src"), presented.start("src") + 1, None, "from")
    for chunk, code in enumerate(sentence.codes):
        form = sentence.tokens.verbs.get(sentence.first[chunk]) if code == "v" else None
        if form is None or not (_reports(form) or _shows(form) or _makes_public(sentence, chunk, form, lexicon)):
            continue
        source = find_source(sentence, chunk, {}, lexicon)
        if not _reports(form) and _shows(form) and (source is None or not _is_study(sentence, source, lexicon)):
            continue
        if source is None and sentence.codes[chunk - 1 : chunk] == ",":
            source = find_inverted(sentence, chunk, lexicon)
        if source is None or source.antecedent is not None or sentence.codes[max(0, source.first - 1)] in "sSA":
            return None
        single = sentence.codes[source.first] != "p" or sentence.tokens.word[sentence.first[source.first]] in _TELLERS
        return source if single and can_speak(sentence, source.first, lexicon) else None
    return None


# And this is from Ann Smith, the mayor.
_PRESENTED = re.compile(r"[cr]*p(?:[er]|z)*(?P<from>i)(?P<src>N)(?:[,(w]|\.?$)")
_TELLERS = words_of("pronouns for one teller")
_PUBLISHING = words_of("verbs of making public")
# the object of a verb: read out his letter, issued a statement
_OBJECT = re.compile(r"i?(?P<obj>n)")


def _reports(form: VerbForm) -> bool:
    """Whether a verb form reports a clause."""
    return form.cue is not None and form.cue.kind == "speech" and bool(form.cue.frames & REPORTING)


def _shows(form: VerbForm) -> bool:
    """Whether a verb form says what somebody thinks, or what a document finds."""
    return form.cue is not None and form.cue.kind == "attitude" and "clause" in form.cue.frames


def _is_study(sentence: Sentence, source: Source, lexicon: Lexicon) -> bool:
    """Whether a source is a document: the report found that."""
    first, last = sentence.first[source.first], sentence.last[source.first]
    tags = sentence.tokens.tags[first:last]
    head = first + (tags.index("f") if "f" in tags else len(tags)) - 1
    return "document" in lexicon.cue_nouns.get(sentence.tokens.word[head], ())


def _makes_public(sentence: Sentence, chunk: int, form: VerbForm, lexicon: Lexicon) -> bool:
    """Whether a verb makes the words of its object public: read out his letter, issued a statement."""
    if form.lemma not in _PUBLISHING or (found := _OBJECT.match(sentence.codes, chunk + 1)) is None:
        return False
    words, at = sentence.tokens.word, found.start("obj")
    first, last = sentence.first[at], sentence.last[at]
    written = any("document" in lexicon.cue_nouns.get(word, ()) for word in words[first:last])
    return written and words[last : last + 1] != ["from"]


# that was how Smith put it; that was Smith's verdict, the verdict of Smith, the message from Smith
_THAT_WAS = re.compile(
    r"T[arx]*er*(?:(?P<how>s)(?P<src>[Nnp])(?:[ifF][Nn])*[arx]*(?P<cue>v)|(?P<noun>[nN])(?:(?P<from>i)(?P<sender>[Nn]))?)"
)


def _find_summer(frame: Frame, sentence: Sentence) -> Source | None:
    """Find whom a sentence after quoted words gives them to: that was how Smith put it, that was Smith's verdict."""
    found = _THAT_WAS.match(sentence.codes)
    if found is None:
        return None
    after = Frame(frame.text, sentence, frame.lexicon, {}, frame.heading)
    if found.group("how"):
        form = sentence.tokens.verbs.get(sentence.first[found.start("cue")])
        at = found.start("src")
        told = form is not None and form.cue is not None and after.word(found.start("how")) == "how"
        told = told and can_speak(sentence, at, frame.lexicon)
        return Source(at, at + 1, None, "subject") if told else None
    noun = found.start("noun")
    if not is_message(after, noun):
        return None
    if found.group("from") and after.word(found.start("from")) == "from":
        return Source(found.start("sender"), found.end("sender"), None, "noun-by")
    if has_possessor(after, noun):
        return Source(noun, noun + 1, None, "noun-possessive")
    return Source(noun, noun + 1, None, "shown") if _is_of_phrase(after, noun) else None


def _is_of_phrase(frame: Frame, chunk: int) -> bool:
    """Whether a phrase goes on with who it is of: the verdict of Smith."""
    tags = frame.sentence.tokens.tags[frame.sentence.first[chunk] : frame.sentence.last[chunk]]
    return "f" in tags and is_of_somebody(frame, chunk)


def beat_after(frame: Frame, _k: int) -> Finding | None:
    """“We won.” Smith put down the lamp.  “We won.” That was how Smith put it."""
    after = frame.after
    if after is not None and "Q" not in after.codes and not frame.sentence.codes.replace("Q", "").strip(".,-:"):
        source = _find_summer(frame, after)
        if source is not None:
            return Finding(None, source, "lead", elsewhere=after)
    return _beat(frame, frame.after) if frame.before is None else None
