"""Rules for a report by a noun: Smith's claim that, in Smith's view, according to Smith."""

from __future__ import annotations

import re

from quoteattr.attribution.rules.frame import Finding, Frame
from quoteattr.attribution.rules.stretches import (
    has_possessor,
    head_span,
    head_word,
    is_full_name,
    span_source,
    stands_first,
)
from quoteattr.attribution.shapes import (
    CALLS,
    POSSESSIVES,
    Source,
    can_speak,
    find_subject,
    is_person,
    prefer_name,
)
from quoteattr.lexicon import words_of

ACCORDING = re.compile(r"hk(?P<src>[Nnop])")
# what one goes by, and nobody's words
_MEASURES = words_of("nouns of a measure")
# according to one, citing another, ...
_CITING = re.compile(r",[gG][^,;:Qvyea]*(?=,)")
_CLAUSE_NEXT = re.compile(r"[Nnp](?:[ifF][Nnop])*[arx]*[vyea]")


def according(frame: Frame, k: int) -> Finding | None:
    """The deal was “a disgrace”, according to Smith."""
    codes = frame.sentence.codes
    part = max(codes.rfind(mark, 0, k) for mark in ";:") + 1
    found = ACCORDING.search(codes, part) or ACCORDING.search(codes)
    if found is None:
        return None
    at = found.start("src")
    if codes[at] == "n" and frame.last_word(at) in _MEASURES:
        return None  # they choose “red” or “blue”, according to their taste
    last = span_source(frame, at)
    source = prefer_name(frame.sentence, Source(at, last, None, "according"), frame.lexicon)
    if source.last == at + 1 and codes[at : at + 3] == "NcN" and codes[at + 3 : at + 4] in (",", ".", ""):
        source = Source(at, at + 3, None, "joint")
    phrase = (found.start(), found.start() + 2)
    if found.start() > k:
        stop = found.start()
        while stop > k + 1 and codes[stop - 1] in ",-r":
            stop -= 1
        return Finding(None, source, "clause-tail" if codes[:k].strip("cb,r") or stop > k + 1 else "tail", phrase, stop)
    if source.last == k and frame.is_title(k, marked=True):
        return None  # according to his book “The Deal”
    comma = codes.find(",", source.last)
    if aside := _CITING.match(codes, max(comma, 0), k):
        comma = aside.end()
    if 0 <= comma < k or codes[source.last : k].strip(",:") == "":
        begin = comma + 1 if 0 <= comma < k and not re.search(r"[vyea]", codes[source.last : comma]) else None
        return Finding(None, source, "clause-lead", phrase, begin=begin)
    if _CLAUSE_NEXT.match(codes, source.last, k):  # according to Smith the deal was “a disgrace”
        return Finding(None, source, "clause-lead", phrase, begin=source.last)
    return None


# in Smith's view, to Smith, for Smith: at the head of a clause, or between its subject or its verb and the rest
_VIEW = re.compile(r"(?P<by>i)(?P<src>[nN]),")
_VIEW_INSIDE = re.compile(
    r"(?:^|(?<=[,;:cbsSTA]))(?:r|i?m)*(?P<head>[Nnp](?:[ifF][Nn])*[arx]*(?P<verb>er?)?)"
    r",(?P<by>[ik])(?P<src>[nN]),(?(verb)|[arx]*er?)$"
)
# the plan by her own admission was
_AVOWED = re.compile(r"(?:^|(?<=[,;:cbT]))(?P<head>[Nnp](?:[fF][Nn])*)(?P<by>i)(?P<src>[nN])(?=[arx]*[yvea])")
_VIEW_LAST = re.compile(r"(?P<rest>[^Q;:.]*),(?P<by>i)(?P<src>[nN])\.?$")
_SO_TO = re.compile(
    r"(?P<by>[Fk])(?:n,(?=N))?(?P<src>[Nn]),(?:n[^,;:Qyvea]*,)?(?P<clause>(?:r|i?m)*(?P<subject>[Nnp])(?:[ifF][Nn])*[arx]*er?d?)$"
)
_VIEWS = words_of("nouns of view")


def in_view(frame: Frame, k: int) -> Finding | None:
    """In Ann Smith's view, to Ann Smith, the deal was “a disgrace”.  The deal was “a disgrace”, in Ann Smith's view."""
    codes = frame.sentence.codes
    first = codes[:1] in ("c", "b")
    found = _VIEW.match(codes, first, k) or _VIEW_LAST.match(codes, k + 1) or _SO_TO.match(codes, first, k)
    found = found or _VIEW_INSIDE.search(codes, 0, k) or _AVOWED.search(codes, 0, k)
    if found is None or not (re.search(r"[yvea]", codes[:k]) or (stands_first(frame, k) and frame.begins_utterance(k))):
        return None
    at = found.start("src")
    if found.group("by") != "i":
        source, words = _viewer(frame, found.start("by"), at, k), None
        if found.re is _SO_TO and frame.word(at - 1) != "to" and codes[found.start("subject")] == "N":
            return None  # for Ann Smith, Bob Jones was “best man”
    else:
        source, words = _whose_view(frame, at), head_span(frame, at)
    if source is None:
        return None
    phrase = (at, at + 1) if words is not None else None
    if at > k:
        return Finding(None, source, "clause-tail", (at - 1, at + 1), found.end("rest"), cue_tokens=words)
    inside = found.span("head") if found.re in (_VIEW_INSIDE, _AVOWED) else None
    begin = found.start("clause") if found.re is _SO_TO else at + 1 + (codes[at + 1] == ",")
    return Finding(None, source, "clause-lead", phrase, begin=begin, cue_tokens=words, head=inside)


def _whose_view(frame: Frame, chunk: int) -> Source | None:
    """Find whose view a phrase is: in Smith's view, in the view of Smith."""
    tags = frame.sentence.tokens.tags[frame.sentence.first[chunk] : frame.sentence.last[chunk]]
    if frame.word(chunk - 1) not in ("in", "by") or head_word(frame, chunk) not in _VIEWS:
        return None
    if "f" in tags:
        return Source(chunk, chunk + 1, None, "shown") if is_of_somebody(frame, chunk) else None
    return Source(chunk, chunk + 1, None, "noun-possessive") if has_possessor(frame, chunk) else None


def _viewer(frame: Frame, preposition: int, chunk: int, k: int) -> Source | None:
    """Find to whom something is so: to Smith, to the mayor, for Ann Smith."""
    word, sentence, lexicon = frame.word(preposition), frame.sentence, frame.lexicon
    if word not in ("to", "for") or frame.is_title(k):
        return None
    if sentence.codes[chunk] == "n":
        known = word == "to" and is_person(sentence, chunk, lexicon)
    else:
        known = is_full_name(sentence, chunk, lexicon) or (word == "to" and frame.content(chunk) not in lexicon.places)
    if not known:
        return None
    return Source(chunk, chunk + 1, None, "according")


_UNDER = re.compile(r"[cbr]*i(?P<src>[nN])(?:[ifF][Nn])*,")


def under_rules(frame: Frame, k: int) -> Finding | None:
    """Under the town's rules, a stall may be closed when it is “a danger to those who pass”."""
    found = _UNDER.match(frame.sentence.codes, 0, k)
    if found is None or frame.word(found.start("src") - 1) != "under" or frame.is_title(k):
        return None
    at = found.start("src")
    long = frame.content(k).count(" ") >= _LONG_TERM
    if not long or frame.begins_utterance(k) or head_word(frame, at) not in _RULES:
        return None
    if re.search("[vyea]", frame.sentence.codes[found.end() : k]) is None:
        return None
    source = Source(at, at + 1, None, "according")
    return Finding(None, source, "clause-lead", (at - 1, at), begin=found.end())


# fewer words than these are a term of the rules
_LONG_TERM = 3
_RULES = words_of("nouns of rules")


def noun_words(frame: Frame, k: int) -> Finding | None:
    """In the words of Smith, “we won”.  In Smith's words: “We won.” (the shape)."""
    sentence = frame.sentence
    codes = sentence.codes
    tokens = sentence.tokens
    begin, end = max(0, k - 8), min(len(codes), k + 9)
    if "words" not in tokens.word[sentence.first[begin] : sentence.last[end - 1]]:
        return None
    for i in range(begin, end):
        if codes[i] not in "nN":
            continue
        words = tokens.word[sentence.first[i] : sentence.last[i]]
        if "words" not in words:
            continue
        if not (i and frame.word(i - 1) == "in"):
            continue
        at = words.index("words")
        head = sentence.first[i] + at
        if "of" in words[at:]:
            return _in_words(codes, Source(i, i + 1, None, "words-of"), i, k, (head, head + 1))
        if "z" in tokens.tags[sentence.first[i] : head] or words[0] in POSSESSIVES:
            return _in_words(codes, Source(i, i + 1, None, "words-possessive"), i, k, (head, head + 1))
    return None


def _in_words(codes: str, source: Source, noun: int, k: int, head: tuple[int, int]) -> Finding:
    """Mixed where the phrase stands inside a clause, direct where it leads in an utterance."""
    before = codes[: noun - 1].rstrip(",")
    goes_on = before.strip("cb,r") and re.search(r"[yvea]", codes[noun + 1 : k])
    if noun < k and (goes_on or re.search(r"[yvea]", before)):
        # what the writer says before in the same clause: "Smith was, in the words of Lee, “late”"
        begin = max((found.end() for found in _CLAUSE_BREAK.finditer(before)), default=0)
        inside = (begin, len(before)) if begin < len(before) else None
        return Finding(None, source, "clause-lead", (noun, noun + 1), begin=noun + 1, cue_tokens=head, head=inside)
    return Finding(None, source, "lead" if noun < k else "tail", (noun, noun + 1), cue_tokens=head)


_CLAUSE_BREAK = re.compile(r"[,;:sST-]|(?<!p)A|c(?=T)")
# a noun of saying with what it holds: his claim that, her promise to, their call for
_NOUN = re.compile(
    r"(?P<noun>[nN])(?:i(?P<by>[Nn])|[iS]?m|[ifFS]T?[Nn])*"
    r"(?:(?:,(?:[vyu](?:r|i?m)*(?:i(?P<agent>[Nn]))?|[gG])[^,;:Q]*,(?=e?T)|[,-](?=T))?e?T|(?P<act>k)(?=r?[BvyeaQ]|$)|(?P<of>[Ffi])d?$|(?P<as>A)d?$)"
)


def noun_that(frame: Frame, k: int) -> Finding | None:
    """Smith's claim that the deal was “a disgrace” failed."""
    found = _find_noun(frame, k)
    if found is None or ";" in frame.sentence.codes[found.end() : k]:
        return None
    noun = found.start("noun")
    last = frame.sentence.last[noun]
    owned = bool(found.group("as")) or frame.last_word(noun) not in frame.lexicon.cue_nouns
    head = head_span(frame, noun) if owned else (last - 1, last)
    held = _span_held(frame, found, frame.sentence.tokens.word[head[0]], k)
    if held is None:
        return None
    source = _find_sayer(frame, found, owned=owned)
    if source is None and _lemma_before(frame, noun) not in DENIALS and not _is_hearsay(frame, noun):
        return None  # denied the charge that she “lied”: nobody's, and not hers
    opponent = find_opponent(frame, noun) if source is None or source.first == noun else None
    return Finding(None, source, "clause-lead", (noun, noun + 1), held[1], held[0], head, opponent=opponent)


def _span_held(frame: Frame, found: re.Match[str], word: str, k: int) -> tuple[int, int | None] | None:
    """Find where what a noun of saying holds begins, and where it ends as far as its shape tells."""
    codes = frame.sentence.codes
    rest = _REST_OF_PHRASE.match(codes, k + 1).end()  # type: ignore[union-attr]
    if found.group("as"):
        return found.start("as") + 1, rest
    if found.group("act"):
        form = frame.lexicon.verbs.get(word)
        if form is None or form.cue is None or not form.cue.frames & {"infinitive", "act"}:
            return None
        begin = found.start("act") - (codes[found.start("act") - 2] == "F")  # a call for the board to “act”
        return begin, rest if codes[rest : rest + 1] in ("v", "y", "e", "a") else None  # "his vow to be “fair” pleased"
    if not found.group("of"):
        return found.end(), None
    begin = found.start("of") + 1
    written = "document" in frame.lexicon.cue_nouns[word] and frame.word(begin - 1) != "against"
    if written or frame.begins_utterance(k):
        return None  # her book on “late frost”; but her speech against “late fees”
    if frame.ending(k) == ",":
        return begin, k + 1
    return begin, None if codes[rest : rest + 1] == "w" and "Q" in codes[rest:] else rest


def _find_sayer(frame: Frame, found: re.Match[str], *, owned: bool) -> Source | None:
    """Find whose saying a noun is; `owned` says that its phrase goes on after it: the claim of Smith."""
    noun = found.start("noun")
    if found.group("as"):
        return Source(noun, noun + 1, None, "noun-possessive")
    if owned:
        return Source(noun, noun + 1, None, "shown")
    if found.group("by") and frame.word(found.start("by") - 1) in ("by", "among"):
        return Source(found.start("by"), found.start("by") + 1, None, "noun-by")
    if found.group("agent") and frame.word(found.start("agent") - 1) == "by":  # the charge, made by Smith, that
        return Source(found.start("agent"), found.start("agent") + 1, None, "noun-by")
    return find_owner(frame, noun)


def _is_hearsay(frame: Frame, noun: int) -> bool:
    """Whether a noun alone tells that something was said, by nobody named: the charges that she was a “spy”."""
    word = frame.last_word(noun)
    said = word in _REMARKS or word.removesuffix("s") in _REMARKS
    codes = frame.sentence.codes
    return said and codes[noun - 1 : noun] not in tuple("vygBG") and _HEARSAY.match(codes, noun) is not None


_HEARSAY = re.compile(r"[nN]T[^vyeaTQ]+[ea]")
_PARTICLES = words_of("particles of uttering")


def _lemma_before(frame: Frame, chunk: int) -> str:
    """Return the verb right before a phrase, or before a particle there, in its plain form; none is empty."""
    if chunk > 1 and frame.sentence.codes[chunk - 1] == "i" and frame.word(chunk - 1) in _PARTICLES:
        chunk -= 1  # laid out a vision
    form = frame.sentence.tokens.verbs.get(frame.sentence.first[chunk - 1]) if chunk else None
    return form.lemma if form is not None else ""


# verbs whose object is what another said
DENIALS = words_of("verbs of denial")
# what words are about: his claim of, her views on
_ABOUT = words_of("object prepositions")


def _find_noun(frame: Frame, k: int) -> re.Match[str] | None:
    """Find the last noun of saying before a stretch with what introduces its clause."""
    codes = frame.sentence.codes
    for noun in range(k - 1, -1, -1):
        if codes[noun] in "nN" and (found := _NOUN.match(codes, noun, k)):
            if found.group("as"):
                if head_word(frame, noun) in _DESCRIPTIONS and has_possessor(frame, noun):
                    return found
                continue
            frames = frame.lexicon.cue_nouns.get(frame.last_word(noun))
            if frames is None and is_of_somebody(frame, noun):
                frames = frame.lexicon.cue_nouns.get(head_word(frame, noun))  # the claim of Smith that
            about = found.group("of") is None or frame.word(found.start("of")) in _ABOUT
            if frames is not None and about and ("of" if found.group("of") else "that") in frames:
                return found
    return None


_DESCRIPTIONS = words_of("nouns of describing")
# a phrase after a fragment inside it: a “total” ban on travel
_REST_OF_PHRASE = re.compile(r"[nN]?(?:[ifF]#?[Nnop])*")


def find_owner(frame: Frame, noun: int) -> Source | None:
    """Find whose saying a noun is: "Smith's claim", "Smith repeated his claim", "Smith made the claim"."""
    if not has_possessor(frame, noun):
        return _find_utterer(frame, noun)
    cue = next((cue for cue in frame.cues.values() if cue.last == noun), None)
    own = frame.word(noun) in POSSESSIVES and cue is not None and cue.row.lemma in _REPEATING
    if own and cue is not None and cue.source is not None and cue.source.last <= cue.chunk:
        return cue.source
    return Source(noun, noun + 1, None, "noun-possessive")


def find_opponent(frame: Frame, noun: int) -> Source | None:
    """Find who denies what a noun is for: Smith rejected his claim."""
    return find_subject(frame.sentence.codes, noun) if _lemma_before(frame, noun) in DENIALS else None


def _find_utterer(frame: Frame, noun: int) -> Source | None:
    """Find who gives words that are nobody's otherwise: "Smith made the point that"."""
    codes = frame.sentence.codes
    if not (_is_said_with(frame, noun) or _is_insisted(frame, noun) or _is_uttered(frame, noun)):
        return None
    source = find_subject(codes, noun)
    return source if source is not None and can_speak(frame.sentence, source.first, frame.lexicon) else None


def _is_said_with(frame: Frame, noun: int) -> bool:
    """Whether a noun is what somebody speaks with: opened with a call to, launched into a lament for."""
    codes = frame.sentence.codes
    if _WITH_NOUN.search(codes, 0, noun) is None or frame.word(noun - 1) not in ("into", "with"):
        return False
    return _RELATIVE_NOUN.match(codes, noun) is None


def _is_insisted(frame: Frame, noun: int) -> bool:
    """Whether a word tells how sure somebody is: was adamant that, is of the view that."""
    codes, word = frame.sentence.codes, frame.last_word(noun)
    return (codes[noun - 1] == "e" and word in _INSISTENT) or (codes[noun - 2 : noun] == "ef" and word in _VIEWS)


def _is_uttered(frame: Frame, noun: int) -> bool:
    """Whether a noun is the object of a verb of uttering, and holds words: made the point that."""
    codes, lemma = frame.sentence.codes, _lemma_before(frame, noun)
    if lemma not in UTTERING:
        return False
    before = codes[: noun - 1].rstrip("rx")
    if "x" in codes[len(before) : noun - 1] or (before[-1:] in ("a", "k") and frame.word(noun - 1) == lemma):
        return False  # never made the point, could make it
    content = _SURE_CONTENT if frame.word(noun) in ("a", "an") else _CONTENT
    aimed = codes[noun + 1 : noun + 2] == "i" and frame.word(noun + 1) in ("against", "at")  # took a swipe at “cheats”
    return aimed or content.match(codes, noun) is not None  # not: made a speech that lasted three hours


# a noun with the clause that it holds, no relative one; after "a" the clause needs an auxiliary: a claim that he made
_CONTENT = re.compile(r"[nN](?:[^T]*T(?![rx]*[vyea])|x?k|[Ff]d?Q)")
_SURE_CONTENT = re.compile(r"[nN](?:[^T]*T[^vyeaTQ]+[ae]|x?k|[Ff]d?Q)")
_INSISTENT = words_of("adjectives of insisting")
_RELATIVE_NOUN = re.compile(r"[nN]T[rx]*[vyea]")
_WITH_NOUN = re.compile(r"[vyg]r*i$")
# verbs whose object is words, and the subject's own
UTTERING = words_of("verbs of uttering")
# verbs whose object is the subject's own saying
_REPEATING = words_of("verbs of repeating")
_MADE_TO_CALL = re.compile(r"[vygB](?P<src>[Nno])[ik]$")
_CALL = re.compile(r"(?P<noun>n)f(?:Q,?c?)*$")


def noun_of(frame: Frame, k: int) -> Finding | None:
    """They met him with cries of “shame”."""
    found = _CALL.search(frame.sentence.codes[:k])
    if found is None or frame.last_word(found.start("noun")) not in CALLS:
        return None
    noun = found.start("noun")
    head = (frame.sentence.last[noun] - 1, frame.sentence.last[noun])
    source = None
    if has_possessor(frame, noun):
        source = Source(noun, noun + 1, None, "noun-possessive")
    elif re.search(r"[Nnp][rax]*[vyg](?:r|i?m|k?o|i|k)*$", frame.sentence.codes[:noun]):
        source = find_subject(frame.sentence.codes, noun)  # "the crowd broke into chants of"
    elif found := _MADE_TO_CALL.search(frame.sentence.codes[:noun]):
        source = Source(found.start("src"), found.end("src"), None, "object")  # "led the crowd in chants of"
        source = source if can_speak(frame.sentence, source.first, frame.lexicon) else None
    return Finding(None, source, "object", (noun, noun + 1), cue_tokens=head)


def noun_after(frame: Frame, k: int) -> Finding | None:
    """Smith's “disgrace” remark."""
    sentence = frame.sentence
    if k == 0 or sentence.codes[k + 1 : k + 2] != "n" or sentence.codes[k - 1] not in "nN":
        return None
    if sentence.tokens.tags[sentence.last[k - 1] - 1] != "z" or frame.is_title(k):
        return None
    last = sentence.last[k + 1]
    if frame.last_word(k + 1) not in _REMARKS:
        return None
    return Finding(None, Source(k - 1, k, None, "possessor"), "object", (k + 1, k + 2), cue_tokens=(last - 1, last))


_IS_NOUN = re.compile(r",?(?:-T)?r*e(?:r|x)*(?P<noun>[nN])(?:i(?P<by>[Nn]))?(?:,[nN][^Q;:,]*)?[.,]?$")


def tail_noun(frame: Frame, k: int) -> Finding | None:
    """“We won,” was Smith's answer.  “We won,” was the answer from Smith."""
    found = _IS_NOUN.match(frame.sentence.codes, k + 1)
    if found is None or not stands_first(frame, k) or not frame.begins_utterance(k):
        return None
    noun = found.start("noun")
    if "colon" not in frame.lexicon.cue_nouns.get(head_word(frame, noun), ()):
        return None
    last = frame.sentence.last[noun]
    if has_possessor(frame, noun):
        source = Source(noun, noun + 1, None, "noun-possessive")
    elif found.group("by") and frame.word(found.start("by") - 1) == "from":
        source = Source(found.start("by"), found.end("by"), None, "noun-by")
    elif "f" in frame.sentence.tokens.tags[frame.sentence.first[noun] : last] and is_of_somebody(frame, noun):
        source = Source(noun, noun + 1, None, "shown")
        last = frame.sentence.first[noun] + frame.sentence.tokens.tags[frame.sentence.first[noun] : last].index("f")
    else:
        return None
    return Finding(None, source, "tail", (noun, noun + 1), cue_tokens=(last - 1, last))


def is_of_somebody(frame: Frame, chunk: int) -> bool:
    """Whether a phrase is of a name or a person: the verdict of Smith; not: the verdict of history."""
    sentence = frame.sentence
    tags = sentence.tokens.tags[sentence.first[chunk] : sentence.last[chunk]]
    return tags[-1] == "N" or frame.last_word(chunk) in frame.lexicon.roles


_REMARKS = words_of("nouns of what somebody said")
# somebody else's words, and whose they are: the famous line by Smith
_AUTHORED = re.compile(r"(?P<noun>n)(?P<by>i)(?P<src>[Nn])(?:,[^,:;Qyvea]*)?:$")
_QUOTED_WORDS = words_of("nouns of quoted words")


def find_author(frame: Frame, k: int) -> Source | None:
    """Find whose words a colon leads in: the famous line by Smith: “...”; a word of Smith's: “...”."""
    sentence = frame.sentence
    found = _AUTHORED.search(sentence.codes, 0, k)
    if found is not None:
        at, noun = found.start("src"), found.start("noun")
        told = frame.word(found.start("by")) in ("by", "from") and (
            sentence.codes[at] == "N" or is_person(sentence, at, frame.lexicon)
        )
        return Source(at, at + 1, None, "from") if told and frame.last_word(noun) in _QUOTED_WORDS else None
    noun = k - 2
    if sentence.codes[max(noun, 0) : k] != "n:" or head_word(frame, noun) not in _QUOTED_WORDS:
        return None
    tags = sentence.tokens.tags[sentence.first[noun] : sentence.last[noun]]
    return Source(noun, noun + 1, None, "shown") if "f" in tags and is_of_somebody(frame, noun) else None
