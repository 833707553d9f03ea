"""The engine: mention by mention, in text order, from words to an entity.

It knows no rule by name.  An answer is accepted only where exactly one candidate remains.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import attrs

from quoteattr.coreference.clusters import ClusterIndex
from quoteattr.coreference.context import Context, Resolution, Setting
from quoteattr.coreference.descriptions import parse_description
from quoteattr.coreference.entities import Entity, NameIndex
from quoteattr.coreference.narration import GENDERS, Narration
from quoteattr.coreference.relations import Relations
from quoteattr.coreference.rules import RULES
from quoteattr.coreference.scene import Scene
from quoteattr.coreference.subjects import Subjects
from quoteattr.coreference.trace import Trace, tell_lost, tell_namesakes
from quoteattr.coreference.unnamed import Unnamed
from quoteattr.lexicon import Lexicon, words_of
from quoteattr.model import Config
from quoteattr.values import Name, Paragraph, Phrase

_AND = re.compile(r",?\s+(?:and|&)\s+|,\s+")
_BUSINESSES = words_of("businesses without a name")
_INDEFINITE = words_of("indefinite pronouns")
_RULES_FOR = {kind: [rule for rule in RULES if rule.reads == kind] for kind in ("pronoun", "nominal")}


class Coreference:
    """Resolves the phrases of one text."""

    def __init__(
        self,
        text: str,
        paragraphs: Sequence[Paragraph],
        names: Sequence[Name],
        quoted: Sequence[tuple[int, int]],
        lexicon: Lexicon,
        config: Config,
        trace: Trace | None = None,
        clusters: Sequence[Sequence[tuple[int, int]]] = (),
    ) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.lexicon = lexicon
        self.config = config
        self.trace = trace
        self.index = NameIndex(text, names, [paragraph.document for paragraph in paragraphs], lexicon, config)
        self.names = self.index.names
        self.clusters = ClusterIndex(text, clusters, self.index) if clusters else None
        self.narration = Narration(text, paragraphs, self.index, quoted, lexicon)
        self.relations = Relations(self.narration)
        self.unnamed = Unnamed(self.narration, self.relations)
        self.subjects = Subjects(self.narration, self.relations, self.unnamed)
        self.scene = Scene(self.narration)

    def resolve(self, phrase: Phrase, setting: Setting) -> Resolution:
        """Resolve one phrase to an entity, a new unnamed one, or none with a reason."""
        if phrase.code == "w":
            if phrase.antecedent is None:
                return Resolution(None, "pronoun", "pronoun.relative", "a relative pronoun without an antecedent")
            start, end = phrase.antecedent
            code = "N" if any(char.isupper() for char in self.text[start:end]) else "n"
            inner = self.resolve(Phrase(start, end, code), setting)
            return Resolution(inner.entity, "pronoun", "pronoun.relative", inner.reason)
        if phrase.joint:
            return self._resolve_joint(phrase, setting)
        if phrase.code == "p":
            return self._resolve_pronoun(phrase, setting)
        return self.resolve_words(phrase, setting)

    def _resolve_joint(self, phrase: Phrase, setting: Setting) -> Resolution:
        pieces = []
        at = phrase.start
        breaks = [
            one
            for one in _AND.finditer(self.text, phrase.start, phrase.end)
            if not self.narration.is_in_name(one.start())
        ]
        if not breaks:  # the Cod and Herring Board
            return self.resolve_words(attrs.evolve(phrase, joint=False), setting)
        for found in (*breaks, None):
            stop = found.start() if found else phrase.end
            if stop > at:
                pieces.append((at, stop))
            at = found.end() if found else stop
        members: list[Entity] = []
        for (start, end), after in zip(pieces, (*pieces[1:], None), strict=True):
            words = self.text[start:end]
            apposed = after is not None and words.islower() and not self.text[slice(*after)].islower()
            if words.isdigit() or apposed or (members and self.lexicon.tags.get(words.split(" ")[0]) in ("i", "f")):
                continue  # Smith, 33, of the bank, and his deputy, Jones
            code = "N" if any(word[:1].isupper() for word in self.text[start:end].split()) else "n"
            one = self.resolve_words(Phrase(start, end, code), setting)
            if one.entity is None:
                return Resolution(None, "nominal", "joint.members", one.reason)
            members.append(one.entity)
        members = list(dict.fromkeys(members))
        if len(members) == 1:
            return Resolution(members[0], "name", "joint.members")
        return Resolution(self.unnamed.join(members), "name" if phrase.code == "N" else "nominal", "joint.members")

    def _resolve_pronoun(self, phrase: Phrase, setting: Setting) -> Resolution:
        word = self.text[phrase.start : phrase.end].lower()
        if self.config.coreference == "none":
            return Resolution(None, "pronoun", "pronoun.unread", "coreference is switched off")
        context = Context(self, phrase.start, phrase.end, word, None, setting)
        first = word.split()[0] if word else word
        if first in _INDEFINITE:
            return Resolution(self.unnamed.make(phrase, setting.paragraph, None), "pronoun", "pronoun.indefinite")
        return self._ask(context, "pronoun") or Resolution(
            None, "pronoun", "pronoun.unresolved", f"nobody before “{word}” fits it, or more than one does"
        )

    def is_clustered(self, pronoun: Phrase, document: int) -> bool:
        """Whether the Doc's clusters say whom a pronoun means."""
        return (
            self.clusters is not None
            and self.clusters.candidates(pronoun.start, pronoun.end, None, document) is not None
        )

    def _ask_clusters(self, context: Context, kind: str) -> Resolution | None:
        """Take whom the Doc's clusters name for a mention; None if they say nothing of it."""
        if self.clusters is None:
            return None
        head = None
        if kind == "nominal":
            head = context.description.head if context.description is not None else context.word.split()[-1]
        paragraph = context.setting.paragraph
        candidates = self.clusters.candidates(context.start, context.end, head, self.paragraphs[paragraph].document)
        if candidates is None:
            return None
        if kind == "nominal" and not candidates:
            phrase = Phrase(context.start, context.end, "n")
            return Resolution(self.unnamed.make(phrase, paragraph, context.description), kind, "nominal.unnamed")
        gender = GENDERS.get(context.word)
        one = candidates[0] if len(candidates) == 1 else None
        words, names = self.text[context.start : context.end], " and ".join(each.name for each in candidates)
        if one is not None and not (gender and one.gender_source == "text" and one.gender != gender):
            if gender:
                one.gender, one.gender_source = gender, "text"
            if self.trace is not None:
                self.trace.steps.append(f"{kind}.cluster: the Doc has “{words}” in a cluster with {names}; accepted")
            return Resolution(one, kind, f"{kind}.cluster")
        reason = f"the Doc has “{words}” in a cluster with {names or 'nobody who is named'}"
        return Resolution(None, kind, f"{kind}.unresolved", reason)

    def _ask(self, context: Context, kind: str) -> Resolution | None:
        answer = self._ask_rules(context, kind)
        if self.trace is not None:
            rule, entity = (answer.rule, answer.entity) if answer is not None else ("no rule", None)
            if answer is None and kind == "pronoun":
                self.trace.steps.append(f"no rule finds one whom “{context.word}” means")
            self.trace.lost.extend(tell_lost(context, kind, rule, entity))
        return answer

    def _ask_rules(self, context: Context, kind: str) -> Resolution | None:
        clustered = self._ask_clusters(context, kind)
        if clustered is not None:
            return clustered
        doubt: list[Entity] = []
        for rule in _RULES_FOR[kind]:
            candidates = [one for one in dict.fromkeys(rule.ask(context)) if context.allows(one, kind)]
            if self.trace is not None and candidates:
                names = ", ".join(one.name for one in candidates)
                verdict = "accepted" if len(candidates) == 1 else "more than one: not decided"
                words = self.text[context.start : context.end]
                self.trace.steps.append(f"{rule.name}: “{words}” may be {names}; {verdict}")
            if len(candidates) == 1:
                entity = candidates[0]
                if kind == "pronoun" and context.word in ("he", "she") and entity.gender_source != "text":
                    entity.gender, entity.gender_source = ("male" if context.word == "he" else "female"), "text"
                return Resolution(entity, kind, rule.name)
            if rule.doubts and not doubt and not context.setting.talk:
                doubt = candidates
        if doubt:
            names = " or ".join(one.name for one in doubt)
            reason = f"“{self.text[context.start : context.end]}” may be {names}"
            return Resolution(None, kind, f"{kind}.ambiguous", reason)
        return None

    def resolve_words(self, phrase: Phrase, setting: Setting) -> Resolution:
        """Resolve a name or a noun phrase."""
        words = self.text[phrase.start : phrase.end]
        if self.index.alias_of and (called := self.index.find_alias(words, setting.paragraph)) is not None:
            if self.trace is not None:
                self.trace.steps.append(f"name.full: “{words}” is another name of {called.name}")
            return Resolution(called, "name", "name.full")
        if phrase.code == "N" or self._is_surname(phrase):
            named = self._named(phrase)
            if named is not None:
                return named
        description = parse_description(words, self.lexicon)
        if self.config.coreference == "none":
            return Resolution(self.unnamed.make(phrase, setting.paragraph, description), "nominal", "nominal.unnamed")
        context = Context(self, phrase.start, phrase.end, words.lower(), description, setting)
        answer = self._ask(context, "nominal")
        if answer is not None:
            if answer.entity is not None and context.word.split()[-1] in _BUSINESSES:
                answer.entity.kind = "organization"
            if answer.entity is not None and description is not None and not setting.talk:
                self.index.learn(answer.entity, description)
            return answer
        if self.trace is not None:
            self.trace.steps.append(f"nominal.unnamed: nobody who is named is called “{words}”")
        return Resolution(self.unnamed.make(phrase, setting.paragraph, description), "nominal", "nominal.unnamed")

    def _is_surname(self, phrase: Phrase) -> bool:
        """Whether a phrase that seems a noun is the surname of somebody: Staff, of Ann Staff."""
        position = bisect_left(self.narration.starts, phrase.start)
        name = self.names[position] if position < len(self.names) else None
        if name is None or (name.start, name.end) != (phrase.start, phrase.end):
            return False
        entity = self.index.entity_of.get(position)
        return entity is not None and entity.kind == "person" and len(entity.core) > len(name.core)

    def _named(self, phrase: Phrase) -> Resolution | None:
        """Resolve a phrase that ends in a name by the name index."""
        low = bisect_left(self.narration.starts, phrase.start)
        inside = [
            position
            for position in range(max(0, low - 1), bisect_left(self.narration.starts, phrase.end))
            if self.names[position].end > phrase.start and self.names[position].start < phrase.end
        ]
        for position in reversed(inside):
            name = self.names[position]
            if name.end < phrase.end and re.search(
                r"[^\W_]", self.text[name.end : phrase.end].removeprefix("'s").removeprefix("’s")
            ):
                rest = self.text[name.end : phrase.end]
                suffix = self.lexicon.titles.get(rest.strip(" ,"))
                if (suffix is None or suffix.kind != "suffix") and not re.match(
                    r"\s*(?:of|for|from|in|at)\s|\s*\(|,? (?:Jr|Sr)", rest
                ):
                    return None
            if name.kind in ("group", "other") or self._is_document(name, phrase):
                return None
            ambiguous = self.index.ambiguous.get(position)
            if ambiguous:
                names = " or ".join(one.name for one in ambiguous)
                if self.trace is not None:
                    self.trace.steps.append(f"name.ambiguous: “{' '.join(name.core)}” may be {names}")
                return Resolution(None, "name", "name.ambiguous", f"“{' '.join(name.core)}” may be {names}")
            entity = self.index.entity_of.get(position)
            if entity is None:
                return None
            if entity.kind == "unknown":
                entity.kind = "person"
            rule = "name.full" if len(name.core) == len(entity.core) else "name.short"
            if self.trace is not None:
                self.trace.steps.append(f"{rule}: “{self.text[phrase.start : phrase.end]}” is {entity.name}")
                bearers = self.index.by_surname(entity.document, entity.key[-1])
                self.trace.lost.extend(tell_namesakes(entity, bearers))
            return Resolution(entity, "name", rule)
        return None

    def _is_document(self, name: Name, phrase: Phrase) -> bool:
        """Whether a phrase is a document with an article and a capital: the Act, the Treaty."""
        return (
            name.kind == "unknown"
            and len(name.core) == 1
            and self.text[phrase.start : name.start].lower() == "the "
            and "document" in self.lexicon.cue_nouns.get(name.core[0].lower(), ())
        )

    def note(self, phrase: Phrase, paragraph: int, entity: Entity) -> None:
        """Remember that a phrase that is no name named an entity."""
        if self.clusters is not None:
            self.clusters.note(phrase.start, phrase.end, entity)
        nobody = self.text[phrase.start : phrase.end].lower() in _INDEFINITE
        if phrase.code != "N" and not nobody:
            self.narration.note(phrase, paragraph, entity)
