"""Whom the sentences before a mention are about, where they name nobody: a small boy rose, Ann Smith and her sons.

Each function finds words in the narration before a mention, and asks who is meant by them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from quoteattr.coreference.context import BEGINS_WITH, Context
from quoteattr.coreference.descriptions import PUBLIC, Description, parse_description
from quoteattr.coreference.entities import Entity
from quoteattr.coreference.narration import BREAK, NAMED, SUBJECT_GENDERS, Event
from quoteattr.lexicon import Lexicon, words_of
from quoteattr.values import Name, Phrase

_TWO = 2
# how many paragraphs before "the two mayors" they may be named
_PAIR_REACH = 5
# how far before a definite description its indefinite one may stand
_INTRODUCTION_REACH = 4000
# how far before a pronoun the subject that it takes up may stand
_SUBJECT_REACH = 2000
_SUBJECT_PHRASE = re.compile(
    r"(?:^|(?<=[.?!…”\"’] )|(?<=[\n“\"])|(?<=[-–—] )(?=[A-Z]))(?:(?:But|And|Yet|Then|Still) )?"
    r"(?:(?:When|As|While|After|Before|Once|In|On|At) [^,.;\n“”\"]{3,80}, |(?:At|In|On) (?:the|my) [a-z]+ "
    r"|(?P<met>(?:When )?(?:I|[Ww]e) (?:asked|met|rang|called)) )?"
    r"(?P<phrase>(?:[Aa]n?|[Tt]he|One|Another|[Hh]er|[Hh]is|[Mm]y|[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,2}['’]s?)"
    r"(?: [A-Z][a-z-]+)? (?:[a-z0-9-]+(?:['’]s)? ?){1,5})"
)
# what may belong to a noun phrase after its noun: at the Flood Audit Office, with
_AFTER_NOUN = re.compile(r" (?:at|for|from|in|of|with)(?= )")
_WORD_AFTER = re.compile(r" ([^\W_](?:[\w&'’-]|\.(?=\w))*)")
_LONGEST_TAIL = 7
_RELATIVE = re.compile(r", who(?:m|se)?\b[^,.;\n“”\"]{3,120},")
_VERBAL = frozenset("vaexcsSAwpT")
_SECOND = frozenset({"other", "second"})
_INTRODUCING = words_of("determiners that bring in")
# several persons without a name who are the subject of a sentence
_SUBJECTS_PHRASE = re.compile(
    r"(?:^|(?<=[.?!…”\"’] )|(?<=\n))(?P<phrase>(?:(?:The|Her|His|Their|Some|Many|Most|Two|Three|Four|Five|Several) )?"
    r"[A-Za-z][a-z-]+(?: [a-z-]+){0,3})(?=,| [a-z])"
)
# what stands before the first word of a subject
_OPENING = re.compile(r"(?:^|[.?!…”\"’,\n])[ \xa0\n]?(?:(?:[Tt]he|[Hh]is|[Hh]er) )?(?:[A-Za-z-]+ ){0,2}$")
_OPENING_REACH = 60
# between two names that are one subject: Ann Smith and the drummer Bob Jones
_JOINED = re.compile(
    r"(?: (?:of|from) [A-Z][\w.-]*(?: [A-Z][\w.-]*)?)?,? (?:and|&) "
    r"(?:(?:the|a|an|his|her|their) )?(?:[a-z-]+ ){0,3}(?:[a-z-]+, )?$"
)
_COMPANIONS = re.compile(r",? and (?P<phrase>(?:his|her|their) [a-z-]+(?: [a-z-]+){0,2})\b")
# how far before a pronoun the document that it takes up may stand
_DOCUMENT_REACH = 400
_DEFINITE = words_of("definite determiners")
_BODIES = words_of("bodies without a name")


def find_subject(context: Context) -> Entity | None:
    """Find the person noun that is the subject of a sentence before a mention, of this paragraph or the last."""
    inside = context.setting.outer is not None
    here = _find_inside(context) if inside else _find_here(context)
    found = here or (None if inside else _find_before(context))
    words = _trim_subject(context.lexicon, found.group("phrase").split()) if found is not None else []
    if found is None or not words:
        return None
    end = found.start("phrase") + len(" ".join(words))
    if _is_superseded(context, end, met=found.group("met") is not None):
        return None
    entity = _resolve_subject(context, found, words)
    if entity is None or entity.names or words[0].lower() in _INTRODUCING:
        return entity
    # the senator has a name, if nobody told it; in another paragraph everybody has, but "my son", or "the senator, who"
    public = words[0].lower() == "the" and context.lexicon.roles[words[-1].lower()].kind in PUBLIC
    own = words[0].lower() == "my"
    return entity if own or (here and not public) or context.text.startswith(", who ", end) else None


def find_one(context: Context) -> list[Entity]:
    """Find who is "they" though one only: "A spokesperson said it would reopen. “We hope so,” they added"."""
    found = _find_here(context)
    words = _trim_subject(context.lexicon, found.group("phrase").split()) if found is not None else []
    if found is None or not words or words[0].lower() not in _INTRODUCING:
        return []
    end = found.start("phrase") + len(" ".join(words))
    if context.lexicon.roles[words[-1].lower()].gender or _is_superseded(context, end):
        return []
    entity = _resolve_subject(context, found, words)
    return [entity] if entity is not None else []


def find_body(context: Context) -> Entity | None:
    """Find the noun for a body that is the subject of the sentence of a mention, or of the one before."""
    found = _find_here(context)
    if found is None or any(
        entity.kind in ("organization", "place") and not name.oblique
        for _, entity, name in context.narration.names_between(found.start("phrase"), context.start)
    ):
        return None
    words = found.group("phrase").split()
    head = next((n for n, word in enumerate(words) if word.removesuffix("’s").removesuffix("'s") in _BODIES), None)
    if head is not None:
        words[head] = words[head].removesuffix("’s").removesuffix("'s")
    return None if head is None else _resolve_subject(context, found, words[: head + 1])


def _find_last(context: Context, start: int, end: int) -> re.Match[str] | None:
    """Find the last subject in a stretch of the narration."""
    found = _SUBJECT_PHRASE.finditer(context.text, start, end)
    subjects = [one for one in found if not context.narration.is_quoted(one.start("phrase"))]
    return subjects[-1] if subjects else None


def _find_here(context: Context) -> re.Match[str] | None:
    """Find the last subject in the paragraph before a mention."""
    block = context.narration.paragraphs[context.setting.paragraph]
    return _find_last(context, max(block.start, context.start - _SUBJECT_REACH), context.start)


def _find_inside(context: Context) -> re.Match[str] | None:
    """Find the last subject in the quotation around a mention: “My boss came,” and ‘Go,’ he said."""
    pieces = [(start, min(end, context.start)) for start, end in context.narration.inside]
    return next(filter(None, (_find_last(context, *piece) for piece in reversed(pieces))), None)


def _find_before(context: Context) -> re.Match[str] | None:
    """Find whom the paragraph before is about, or who comes new into its last sentence: "a small boy rose"."""
    number = context.setting.paragraph
    block = context.narration.paragraphs[number]
    before = context.narration.paragraphs[number - 1] if number else block
    if before is block or before.document != block.document or not context.narration.is_quoted(block.start):
        return None
    last = _find_last(context, before.start, before.end)
    if last is not None and last.group("phrase").split(" ")[0].lower() in _INTRODUCING:
        stop = BREAK.search(context.text, last.end(), before.end - 1)
        return last if stop is None or BEGINS_WITH.match(context.text, stop.end(), before.end) else None
    return last


def _trim_subject(lexicon: Lexicon, words: list[str]) -> list[str]:
    """Cut the words of a subject after the noun for one person; none are left where it has no such noun."""
    if words[:3] == ["One", "of", "those"]:
        return words[:3]
    head = next((n for n, word in enumerate(words) if word.lower() in lexicon.roles), None)
    if head is None:
        return []
    while head + 1 < len(words) and words[head + 1] in lexicon.roles:
        head += 1  # the deputy chief
    plural = lexicon.roles[words[head].lower()].plural and words[:2] != ["One", "of"]
    return [] if plural else words[: head + 1]


def _is_superseded(context: Context, end: int, *, met: bool = False) -> bool:
    """Whether a subject that ends at a place cannot be who is meant: somebody else has come in since.

    Whom "I" `met` may be taken up in the same sentence: When I asked a neighbour, she laughed.
    """
    gender, spoken = SUBJECT_GENDERS.get(context.word), context.setting.previous
    if spoken is not None and gender is not None and spoken.entity.gender not in (None, gender):
        spoken = None  # called her “a cow”, she said
    stop = BREAK.search(context.text, end, context.start)
    return (
        (spoken is not None and spoken.end > end and context.setting.outer is None)
        or (stop is None and not met)
        or not _ends_noun(context, end)
        or any(
            entity.kind in NAMED and entity.gender in (None, gender) and not _is_object(context, name, stop)
            for _, entity, name in context.narration.names_between(_end_relative(context, end), context.start)
        )
    )


def _is_object(context: Context, name: Name, stop: re.Match[str] | None) -> bool:
    """Whether a name in a subject's sentence is only an object of it: lent it to Lee, lent it to a Lee."""
    if stop is None or name.end > stop.start():
        return False
    held = name.oblique and context.text[name.start - 1] != "("  # Her brother (Ann Lee) left
    return held or context.text.endswith((" a ", " an "), 0, name.start)


def _end_relative(context: Context, end: int) -> int:
    """Return where a relative clause ends that follows a subject: His neighbour, whom Ann Lee knows, left."""
    found = _RELATIVE.match(context.text, end, context.start)
    return found.end() if found is not None else end


def _resolve_subject(context: Context, found: re.Match[str], words: Sequence[str]) -> Entity | None:
    text = " ".join(words)
    end = found.start("phrase") + len(text)
    if context.text[found.start("phrase") : end] != text:
        return None
    return context.resolve(Phrase(found.start("phrase"), _end_phrase(context, end), "n"))


def _ends_noun(context: Context, end: int) -> bool:
    """Whether no other noun follows a role: the driver left, against the driver shortage."""
    after = _WORD_AFTER.match(context.text, end)
    low = after.group(1).lower() if after is not None else ""
    return not low or low in context.lexicon.tags or low in context.lexicon.verbs


def _end_phrase(context: Context, end: int) -> int:
    """Return where a noun phrase ends whose noun ends at a place: a woman in a green coat, left."""
    if (found := _AFTER_NOUN.match(context.text, end)) is None:
        return end
    last, tag = found.end(), "i"
    for _ in range(_LONGEST_TAIL):
        word = _WORD_AFTER.match(context.text, last)
        if word is None:
            break
        low = word.group(1).lower()
        form = context.lexicon.verbs.get(low)
        if word.group(1) in context.lexicon.titles and context.text[word.end() : word.end() + 1] == ".":
            return end  # a friend of Mr. Lee's
        if context.lexicon.tags.get(low, "n") in _VERBAL or (form is not None and form.forms & {"past", "third"}):
            break
        last, tag = word.end(1), context.lexicon.tags.get(low, "n")
    return last if tag not in "idf" else end


def find_introduced(context: Context, description: Description) -> list[Entity]:
    """Find who was "an official" or "Ann Lee's official", for "the official": the last such phrase.

    Of "the Duke of Selm" and "the Duke of Oslo" the duke is either.
    """
    floor = context.floor(_INTRODUCTION_REACH)
    words = {word.removesuffix("s") for word in description.text.lower().split() if word not in _DEFINITE}
    last: dict[str, Phrase] = {}
    for found in _introductions(description.head).finditer(context.text, floor, context.start):
        told = {word.removesuffix("s") for word in found.group().lower().split()}
        new = _SECOND if "another" in told else frozenset()
        if words - new <= told and not context.narration.is_quoted(found.start()):
            phrase = Phrase(found.start(), _end_phrase(context, found.end()), "n")
            if not found.group("the"):
                last.clear()
            last[context.text[phrase.start : phrase.end].lower()] = phrase
    return [
        context.unnamed.make(
            phrase, context.facts, parse_description(context.text[phrase.start : phrase.end], context.lexicon)
        )
        for phrase in last.values()
    ]


def find_introduced_body(context: Context, word: str) -> list[Entity]:
    """Find "the interior ministry" for "the ministry": the last such phrase of the narration."""
    if word not in _BODIES:
        return []
    last = None
    pattern = re.compile(rf"\b(?:[Tt]he|[Aa]n?) (?:[\w’'-]+ ){{1,3}}?{re.escape(word)}\b")
    for found in pattern.finditer(context.text, context.floor(_INTRODUCTION_REACH), context.start):
        words = found.group().lower().split()[1:-1]
        plain = all(context.lexicon.tags.get(one, "n") == "n" and one not in _BODIES for one in words)
        if plain and not context.narration.is_quoted(found.start()):
            last = found
    if last is None:
        return []
    return [context.unnamed.make(Phrase(last.start(), last.end(), "n"), context.facts, None)]


def find_document(context: Context) -> Entity | None:
    """Return the document that the sentences before, in the same paragraph, speak of: a note, his letter."""
    block = context.narration.paragraphs[context.setting.paragraph]
    last = None
    begin = max(block.start, context.start - _DOCUMENT_REACH)
    for found in _documents(context.lexicon).finditer(context.text, begin, context.start):
        words = found.group("phrase").lower().split()
        if not context.narration.is_quoted(found.start()) and not any(
            word in context.lexicon.tags for word in words[1:-1]
        ):
            last = found
    if last is None:
        return None
    return context.resolve(Phrase(last.start(), last.end(), "n"))


def _join_subjects(text: str, events: Sequence[Event]) -> list[list[Entity]]:
    """Return the persons of a sentence, those together who are one subject: Ann Smith and Bob Jones."""
    groups: list[list[Entity]] = []
    last: Event | None = None
    for event in events:
        joined = last is not None and _JOINED.match(text, last.end, event.start) is not None
        if joined and groups and event.entity not in groups[-1]:
            groups[-1].append(event.entity)
        else:
            groups.append([event.entity])
        last = event
    return groups


def share_subject(context: Context, subject: Event, acting: Sequence[Event]) -> list[Entity]:
    """Return a subject with those acting who share it; in a conversation, alone."""
    groups = [] if context.setting.talk else _join_subjects(context.text, acting)
    return next((group for group in groups if subject.entity in group), [subject.entity])


def find_several(context: Context) -> list[Entity]:
    """Return whom "they" may mean: the nearest sentence of several persons, or of one who is called so."""
    singular = context.facts.singular_they
    if context.setting.previous is not None and context.setting.previous.entity in singular:
        return [context.setting.previous.entity]
    begin = context.narration.paragraphs[max(0, context.setting.paragraph - 1)].start
    unnamed = _find_plural_subject(context, max(begin, context.floor(_SUBJECT_REACH)))
    for group in context.sentences_back(1):
        if unnamed is not None and group[-1].start < unnamed.start:
            break
        subjects = [
            event
            for event in group
            if not event.oblique
            and (event.entity.kind == "person" or (event.entity.kind == "unknown" and len(event.entity.core) > 1))
        ]
        for members in _join_subjects(context.text, [event for event in subjects if not event.possessive]):
            first = next(event.start for event in subjects if event.entity is members[0])
            listed = any(event.end < first <= event.end + 2 for event in group)
            opens = _OPENING.search(context.text, max(0, first - _OPENING_REACH), first)
            if len(members) > 1 and opens and not listed:
                return [context.unnamed.join(members)]
            if opens and not listed and (others := _find_companions(context, first)):
                return [context.unnamed.join([members[0], others])]
        found = [event.entity for event in subjects if event.entity in singular]
        if found:
            return found[:1]
    entity = context.resolve(unnamed) if unnamed is not None else None
    return [entity] if entity is not None else []


def _find_companions(context: Context, start: int) -> Entity | None:
    """Find who shares a sentence's subject with somebody named at a place: Smith and her colleagues."""
    index = context.narration.index
    position = bisect_left(index.starts, start)
    named = index.starts[position : position + 1] == [start]
    found = _COMPANIONS.match(context.text, index.names[position].end) if named else None
    if found is None:
        return None
    at = found.start("phrase")
    for word in re.finditer(r"[a-z-]+", found.group("phrase")):
        if word.group() in context.lexicon.roles:
            return context.resolve(Phrase(at, at + word.end(), "n"))
    return None


def _find_plural_subject(context: Context, begin: int) -> Phrase | None:
    """Find the last sentence whose subject are several persons without a name."""
    last = None
    for found in _SUBJECTS_PHRASE.finditer(context.text, begin, context.start):
        if context.narration.is_quoted(found.start("phrase")):
            continue
        words = found.group("phrase").split(" ")
        while words and not _is_several(words[-1], context.lexicon):
            words.pop()
        tags = [context.lexicon.tags.get(word.lower(), "n") for word in words]
        apart = context.text[found.end() : found.end() + 1] == ","
        if words and tags[0] in ("d#" if apart else "d#n") and set(tags[1:]) <= {"n", "#", "d"}:
            start = found.start("phrase")
            last = Phrase(start, start + len(" ".join(words)), "n")
    return last


def _is_several(word: str, lexicon: Lexicon) -> bool:
    """Whether a noun is for several persons, not for a body of them."""
    role = lexicon.roles.get(word.lower())
    return role is not None and role.plural and word.title() not in lexicon.organizations


def find_pair(context: Context) -> list[Entity]:
    """Return the last two persons who are named as one: Ann Smith and Bob Jones, then the two mayors."""
    for group in context.sentences_back(_PAIR_REACH):
        people = [event for event in group if event.entity.kind in NAMED and not event.possessive]
        for members in reversed(_join_subjects(context.text, people)):
            first = next(event.start for event in people if event.entity is members[0])
            listed = any(event.end < first <= event.end + 2 for event in people)
            if len(members) > 1:
                return [context.unnamed.join(members)] if len(members) == _TWO and not listed else []
    return []


@lru_cache(maxsize=1 << 10)
def _introductions(head: str) -> re.Pattern[str]:
    """How somebody without a name comes in: an official, one of the officials, Ann's official, the Duke of Selm."""
    noun = re.escape(head)
    title = re.escape(head.title())
    return re.compile(
        rf"\b(?:(?:[Aa]n?|[Oo]ne|[Aa]nother) (?:(?!an? |the )[\w’'-]+ ){{0,4}}?{noun}"
        rf"|[Oo]ne of (?:[\w’'-]+ ){{1,3}}?{noun}s"
        rf"|[A-Z][\w.-]*(?: [A-Z][\w.-]*)*['’]s? (?:[a-z-]+ ){{0,2}}?{noun}"
        rf"|(?P<the>[Tt]he )(?:{noun}|{title})(?= of (?:the )?[A-Z]))\b"
    )


@lru_cache(maxsize=4)
def _documents(lexicon: Lexicon) -> re.Pattern[str]:
    """A document with its article, and who it is from."""
    found = (noun for noun, frames in lexicon.cue_nouns.items() if "document" in frames and noun[-1] != "s")
    nouns = "|".join(sorted(found))
    name = r"(?:the )?[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*)*"
    articles = "[Aa]n?|[Tt]he|[Oo]ne|[Hh]is|[Hh]er|[Tt]heir"
    return re.compile(rf"\b(?P<phrase>(?:{articles}) (?:[a-z-]+ ){{0,3}}?(?:{nouns}))\b(?: (?:from|by|to) {name})?")
