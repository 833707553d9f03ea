"""Noun phrases of the narration that a mention may take up: the subject before it, whom an indefinite brought in."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

import attrs

from quoteattr.coreference.context import Context
from quoteattr.coreference.descriptions import PUBLIC, Description, parse_description
from quoteattr.coreference.entities import Entity
from quoteattr.coreference.narration import BEGINS_WITH, BREAK, GENDERS, NAMED, NEAR, Narration
from quoteattr.coreference.relations import Relations
from quoteattr.coreference.unnamed import Unnamed
from quoteattr.lexicon import Lexicon, words_of
from quoteattr.values import Phrase

_TWO = 2
# how far before a definite description its indefinite one may stand
_INTRODUCTION_REACH = 4000
# how far before a pronoun the subject that it takes up may stand
_SUBJECT_REACH = 2000
_SUBJECT_PHRASE = re.compile(
    r"(?:^|(?<=[.?!…”\"’] )|(?<=[\n“\"])|(?<=[-–—] )(?=[A-Z]))(?:(?:But|And|Yet|Then|Still) )?"
    r"(?:(?:When|As|While|After|Before|Once|In|On|At) [^,.;\n“”\"]{3,80}, )?"
    r"(?P<phrase>(?:[Aa]n?|[Tt]he|One|Another|[Hh]er|[Hh]is|[Mm]y|[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,2}['’]s?)"
    r"(?: [A-Z][a-z-]+)? (?:[a-z0-9-]+(?:['’]s)? ?){1,5})"
)
# what may belong to a noun phrase after its noun: at the Flood Audit Office, with
_AFTER_NOUN = re.compile(r" (?:at|for|from|in|of|with)(?= )")
_WORD_AFTER = re.compile(r" ([^\W_](?:[\w&'’-]|\.(?=\w))*)")
_LONGEST_TAIL = 7
_VERBAL = frozenset("vaexcsSAwpT")
_SECOND = frozenset({"other", "second"})
_INTRODUCING = frozenset({"a", "an", "another", "one"})
# several persons without a name who are the subject of a sentence
_SUBJECTS_PHRASE = re.compile(
    r"(?:^|(?<=[.?!…”\"’] )|(?<=\n))(?P<phrase>(?:(?:The|Her|His|Their|Some|Many|Most|Two|Three|Four|Five|Several) )?"
    r"[A-Za-z][a-z-]+(?: [a-z-]+){0,3})(?=,| [a-z])"
)
# what stands before the first word of a subject
_OPENING = re.compile(r"(?:^|[.?!…”\"’,\n])[ \xa0\n]?(?:(?:[Tt]he|[Hh]is|[Hh]er) )?(?:[A-Za-z-]+ ){0,2}$")
_OPENING_REACH = 60
_COMPANIONS = re.compile(r",? and (?P<phrase>(?:his|her|their) [a-z-]+(?: [a-z-]+){0,2})\b")
# a document, with who it is from
_DOCUMENT_REACH = 400
_DEFINITE = words_of("definite determiners")
_BODIES = words_of("bodies without a name")


class Subjects:
    """Finds the noun phrases of one text that a mention may take up; the engine tells whom they mean."""

    def __init__(self, narration: Narration, relations: Relations, unnamed: Unnamed) -> None:
        self.narration = narration
        self.relations = relations
        self.unnamed = unnamed
        self.text = narration.text
        self.paragraphs = narration.paragraphs
        self.lexicon = narration.lexicon
        self.names = narration.names

    def introduced(self, description: Description, before: int, paragraph: int) -> list[Entity]:
        """Find who was "an official" or "Ann Lee's official", for "the official": the last such phrase."""
        floor = max(0, before - _INTRODUCTION_REACH)
        words = {word.removesuffix("s") for word in description.text.lower().split() if word not in _DEFINITE}
        last = None
        for found in _introductions(description.head).finditer(self.text, floor, before):
            told = {word.removesuffix("s") for word in found.group().lower().split()}
            new = _SECOND if "another" in told else frozenset()
            if words - new <= told and not self.narration.is_quoted(found.start()):
                last = found
        if last is None:
            return []
        phrase = Phrase(last.start(), self._end_phrase(last.end()), "n")
        told_of = parse_description(self.text[phrase.start : phrase.end], self.lexicon)
        return [self.unnamed.make(phrase, paragraph, told_of)]

    def introduced_body(self, word: str, before: int, paragraph: int) -> list[Entity]:
        """Find "the interior ministry" for "the ministry": the last such phrase of the narration."""
        last = None
        pattern = re.compile(rf"\b(?:[Tt]he|[Aa]n?) (?:[\w’'-]+ ){{1,3}}?{re.escape(word)}\b")
        for found in pattern.finditer(self.text, max(0, before - _INTRODUCTION_REACH), before):
            words = found.group().lower().split()[1:-1]
            plain = all(self.lexicon.tags.get(one, "n") == "n" and one not in _BODIES for one in words)
            if plain and not self.narration.is_quoted(found.start()):
                last = found
        return [] if last is None else [self.unnamed.make(Phrase(last.start(), last.end(), "n"), paragraph, None)]

    def nominal_subject(self, context: Context) -> Entity | None:
        """Find the person noun that is the subject of a sentence before a mention, of this paragraph or the last."""
        inside = context.setting.outer is not None
        here = self._find_subject_inside(context) if inside else self._find_subject_phrase(context)
        found = here or (None if inside else self._find_subject_before(context))
        words = self._trim_subject(found.group("phrase").split()) if found is not None else []
        if found is None or not words:
            return None
        end = found.start("phrase") + len(" ".join(words))
        if self._is_superseded(context, end):
            return None
        entity = self._resolve_subject(context, found, words)
        if entity is None or entity.names or words[0].lower() in _INTRODUCING:
            return entity
        # the senator has a name, if nobody told it; in another paragraph everybody has, but "the senator, who rose"
        public = words[0].lower() == "the" and self.lexicon.roles[words[-1].lower()].kind in PUBLIC
        return entity if (here and not public) or self.text.startswith(", who ", end) else None

    def _trim_subject(self, words: list[str]) -> list[str]:
        """Cut the words of a subject after the noun for one person; none are left where it has no such noun."""
        if words[:3] == ["One", "of", "those"]:
            return words[:3]
        head = next((n for n, word in enumerate(words) if word.lower() in self.lexicon.roles), None)
        if head is None:
            return []
        while head + 1 < len(words) and words[head + 1] in self.lexicon.roles:
            head += 1  # the deputy chief
        plural = self.lexicon.roles[words[head].lower()].plural and words[:2] != ["One", "of"]
        return [] if plural else words[: head + 1]

    def _is_superseded(self, context: Context, end: int) -> bool:
        """Whether a subject that ends at a place cannot be who is meant: somebody else has come in since."""
        gender, spoken = GENDERS.get(context.word), context.setting.previous
        return (
            (spoken is not None and spoken.end > end and context.setting.outer is None)
            or not BREAK.search(self.text, end, context.start)
            or not self._ends_noun(end)
            or any(
                entity.kind in ("person", "unknown") and entity.gender in (None, gender)
                for _, entity, _ in self.narration.names_between(end, context.start)
            )
        )

    def _ends_noun(self, end: int) -> bool:
        """Whether no other noun follows a role: the driver left, against the driver shortage."""
        after = _WORD_AFTER.match(self.text, end)
        low = after.group(1).lower() if after is not None else ""
        return not low or low in self.lexicon.tags or low in self.lexicon.verbs

    def _end_phrase(self, end: int) -> int:
        """Return where a noun phrase ends whose noun ends at a place: a woman in a green coat, left."""
        if (found := _AFTER_NOUN.match(self.text, end)) is None:
            return end
        last, tag = found.end(), "i"
        for _ in range(_LONGEST_TAIL):
            word = _WORD_AFTER.match(self.text, last)
            if word is None:
                break
            low = word.group(1).lower()
            form = self.lexicon.verbs.get(low)
            if word.group(1) in self.lexicon.titles and self.text[word.end() : word.end() + 1] == ".":
                return end  # a friend of Mr. Lee's
            if self.lexicon.tags.get(low, "n") in _VERBAL or (form is not None and form.forms & {"past", "third"}):
                break
            last, tag = word.end(1), self.lexicon.tags.get(low, "n")
        return last if tag not in "idf" else end

    def _find_subject_inside(self, context: Context) -> re.Match[str] | None:
        """Find the last subject in the quotation around a mention: “My boss came,” and ‘Go,’ he said."""
        last = None
        for start, end in self.narration.inside:
            for found in _SUBJECT_PHRASE.finditer(self.text, start, min(end, context.start)):
                last = found
        return last

    def _find_subject_before(self, context: Context) -> re.Match[str] | None:
        """Find whom the paragraph before is about, or who comes new into its last sentence: "a small boy rose"."""
        number = context.setting.paragraph
        block = self.paragraphs[number]
        before = self.paragraphs[number - 1] if number else block
        if before is block or before.document != block.document or not self.narration.is_quoted(block.start):
            return None
        last = None
        for found in _SUBJECT_PHRASE.finditer(self.text, before.start, before.end):
            if not self.narration.is_quoted(found.start("phrase")):
                last = found
        if last is None:
            return None
        if last.group("phrase").split(" ")[0].lower() in _INTRODUCING:
            stop = BREAK.search(self.text, last.end(), before.end - 1)
            return last if stop is None or BEGINS_WITH.match(self.text, stop.end(), before.end) else None
        return last

    def nominal_body(self, context: Context) -> Entity | None:
        """Find the noun for a body that is the subject of the sentence of a mention, or of the one before."""
        found = self._find_subject_phrase(context)
        if found is None or any(
            entity.kind in ("organization", "place") and not name.oblique
            for _, entity, name in self.narration.names_between(found.start("phrase"), context.start)
        ):
            return None
        words = found.group("phrase").split()
        head = next((n for n, word in enumerate(words) if word.removesuffix("’s").removesuffix("'s") in _BODIES), None)
        if head is not None:
            words[head] = words[head].removesuffix("’s").removesuffix("'s")
        return None if head is None else self._resolve_subject(context, found, words[: head + 1])

    def several(self, context: Context) -> list[Entity]:
        """Return whom "they" may mean: the nearest sentence of several persons, or of one who is called so."""
        singular = self.relations.find_singular_they(context.document)
        if context.setting.previous is not None and context.setting.previous.entity in singular:
            return [context.setting.previous.entity]
        block = self.paragraphs[context.setting.paragraph]
        begin = self.paragraphs[max(0, context.setting.paragraph - 1)].start
        unnamed = self._find_plural_subject(max(begin, context.start - _SUBJECT_REACH), context.start)
        for group in self.narration.sentences_back(context.start, context.setting.paragraph, 1):
            if unnamed is not None and group[-1].start < unnamed.start:
                break
            subjects = [
                event
                for event in group
                if not event.oblique
                and (event.entity.kind == "person" or (event.entity.kind == "unknown" and len(event.entity.core) > 1))
            ]
            for members in self.narration.joined_subjects([event for event in subjects if not event.possessive]):
                first = next(event.start for event in subjects if event.entity is members[0])
                listed = any(event.end < first <= event.end + 2 for event in group)
                opens = _OPENING.search(self.text, max(0, first - _OPENING_REACH), first)
                if len(members) > 1 and opens and not listed:
                    return [self.unnamed.join(members)]
                if opens and not listed and (others := self._find_companions(first, context)):
                    return [self.unnamed.join([members[0], others])]
            found = [event.entity for event in subjects if event.entity in singular]
            if found:
                return found[:1]
        if unnamed is None or self.paragraphs[context.setting.paragraph].document != block.document:
            return []
        entity = _resolve(unnamed, context)
        return [entity] if entity is not None else []

    def pair(self, context: Context) -> list[Entity]:
        """Return the last two persons who are named as one: Ann Smith and Bob Jones, then the two mayors."""
        for group in self.narration.sentences_back(context.start, context.setting.paragraph, NEAR):
            people = [event for event in group if event.entity.kind in NAMED and not event.possessive]
            for members in reversed(self.narration.joined_subjects(people)):
                first = next(event.start for event in people if event.entity is members[0])
                listed = any(event.end < first <= event.end + 2 for event in people)
                if len(members) > 1:
                    return [self.unnamed.join(members)] if len(members) == _TWO and not listed else []
        return []

    def _find_companions(self, start: int, context: Context) -> Entity | None:
        """Find who shares a sentence's subject with somebody named at a place: Smith and her colleagues."""
        position = bisect_left(self.narration.starts, start)
        named = self.narration.starts[position : position + 1] == [start]
        found = _COMPANIONS.match(self.text, self.names[position].end) if named else None
        if found is None:
            return None
        at = found.start("phrase")
        for word in re.finditer(r"[a-z-]+", found.group("phrase")):
            if word.group() in self.lexicon.roles:
                phrase = Phrase(at, at + word.end(), "n")
                return _resolve(phrase, context)
        return None

    def _find_plural_subject(self, begin: int, end: int) -> Phrase | None:
        """Find the last sentence whose subject are several persons without a name."""
        last = None
        for found in _SUBJECTS_PHRASE.finditer(self.text, begin, end):
            if self.narration.is_quoted(found.start("phrase")):
                continue
            words = found.group("phrase").split(" ")
            while words and not self._is_several(words[-1]):
                words.pop()
            tags = [self.lexicon.tags.get(word.lower(), "n") for word in words]
            apart = self.text[found.end() : found.end() + 1] == ","
            if words and tags[0] in ("d#" if apart else "d#n") and set(tags[1:]) <= {"n", "#", "d"}:
                start = found.start("phrase")
                last = Phrase(start, start + len(" ".join(words)), "n")
        return last

    def _is_several(self, word: str) -> bool:
        """Whether a noun is for several persons, not for a body of them."""
        role = self.lexicon.roles.get(word.lower())
        return role is not None and role.plural and word.title() not in self.lexicon.organizations

    def document_before(self, context: Context) -> Entity | None:
        """Return the document that the sentences before, in the same paragraph, speak of: a note, his letter."""
        block = self.paragraphs[context.setting.paragraph]
        last = None
        begin = max(block.start, context.start - _DOCUMENT_REACH)
        for found in _documents(self.lexicon).finditer(self.text, begin, context.start):
            words = found.group("phrase").lower().split()
            if not self.narration.is_quoted(found.start()) and not any(
                word in self.lexicon.tags for word in words[1:-1]
            ):
                last = found
        if last is None:
            return None
        phrase = Phrase(last.start(), last.end(), "n")
        return _resolve(phrase, context)

    def _find_subject_phrase(self, context: Context) -> re.Match[str] | None:
        block = self.paragraphs[context.setting.paragraph]
        last = None
        floor = max(block.start, context.start - _SUBJECT_REACH)
        for found in _SUBJECT_PHRASE.finditer(self.text, floor, context.start):
            if not self.narration.is_quoted(found.start("phrase")):
                last = found
        return last

    def _resolve_subject(self, context: Context, found: re.Match[str], words: Sequence[str]) -> Entity | None:
        text = " ".join(words)
        end = found.start("phrase") + len(text)
        if self.text[found.start("phrase") : end] != text:
            return None
        phrase = Phrase(found.start("phrase"), self._end_phrase(end), "n")
        return _resolve(phrase, context)


@lru_cache(maxsize=1 << 10)
def _introductions(head: str) -> re.Pattern[str]:
    """How somebody without a name comes in: an official, one of the three officials, Ann Lee's official."""
    noun = re.escape(head)
    return re.compile(
        rf"\b(?:(?:[Aa]n?|[Oo]ne|[Aa]nother) (?:(?!an? |the )[\w’'-]+ ){{0,4}}?{noun}"
        rf"|[Oo]ne of (?:[\w’'-]+ ){{1,3}}?{noun}s"
        rf"|[A-Z][\w.-]*(?: [A-Z][\w.-]*)*['’]s? (?:[a-z-]+ ){{0,2}}?{noun})\b"
    )


@lru_cache(maxsize=4)
def _documents(lexicon: Lexicon) -> re.Pattern[str]:
    """A document with its article, and who it is from."""
    found = (noun for noun, frames in lexicon.cue_nouns.items() if "document" in frames and noun[-1] != "s")
    nouns = "|".join(sorted(found))
    name = r"(?:the )?[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*)*"
    articles = "[Aa]n?|[Tt]he|[Oo]ne|[Hh]is|[Hh]er|[Tt]heir"
    return re.compile(rf"\b(?P<phrase>(?:{articles}) (?:[a-z-]+ ){{0,3}}?(?:{nouns}))\b(?: (?:from|by|to) {name})?")


def _resolve(phrase: Phrase, context: Context) -> Entity | None:
    """Resolve a phrase that a mention takes up, where it stands in the narration."""
    setting = attrs.evolve(context.setting, quoted=frozenset(), talk=False)
    return context.engine.resolve_words(phrase, setting).entity
