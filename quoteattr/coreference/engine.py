"""The engine: mention by mention, in text order, from words to an entity.

It knows no rule by name.  An answer is accepted only where exactly one candidate remains.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import attrs

from quoteattr.coreference.clusters import ClusterIndex
from quoteattr.coreference.context import Context, Resolution, Setting
from quoteattr.coreference.descriptions import Description, parse_description
from quoteattr.coreference.entities import Entity, NameIndex
from quoteattr.coreference.facts import Facts, settle_genders
from quoteattr.coreference.narration import SUBJECT_GENDERS, Narration
from quoteattr.coreference.narrator import Statement
from quoteattr.coreference.rules import RULES
from quoteattr.coreference.scene import Scene, join_pet_forms
from quoteattr.coreference.trace import tell_lost, tell_namesakes
from quoteattr.coreference.unnamed import Unnamed
from quoteattr.lexicon import Lexicon, words_of
from quoteattr.model import Config
from quoteattr.values import Name, Paragraph, Phrase

_AND = re.compile(r",?\s+(?:and|&|n?or)\s+|,\s+")
_OR = re.compile(r"\sor\s")
_SUBJECTS = words_of("subject pronouns")
_ARTICLES = frozenset({"a", "an", "the"})
_CORRELATIVE = re.compile(r"(?:both|either|neither)\s+", re.IGNORECASE)
_OF = re.compile(r"\s+of\s")
_BUSINESSES = words_of("businesses without a name")
_INDEFINITE_PRONOUNS = words_of("indefinite pronouns")
_FIRST = words_of("first-person pronouns")
# what may stand after the name in a phrase
_LETTER = re.compile(r"[^\W_]")
_AFTER_NAME = re.compile(r"\s*(?:of|for|from|in|at)\s|\s*\(|,? (?:Jr|Sr)")
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
        clusters: Sequence[Sequence[tuple[int, int]]] = (),
    ) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.lexicon = lexicon
        self.config = config
        self.index = NameIndex(text, names, [paragraph.document for paragraph in paragraphs], lexicon, config)
        self.narration = Narration(text, paragraphs, self.index, quoted)
        join_pet_forms(self.narration)
        settle_genders(self.narration)
        self.scene = Scene(self.narration, lexicon)
        self.gather: Callable[[], Mapping[int, Sequence[Statement]]] = dict
        """gathers the quotations of each document, as far as they tell of its narrator"""
        self._clusters = ClusterIndex(text, clusters, self.index) if clusters else None
        self._unnamed = Unnamed(text, lexicon)
        self._facts_of: dict[int, Facts] = {}

    def _facts(self, document: int) -> Facts:
        if document not in self._facts_of:
            self._facts_of[document] = Facts(document, self.narration, self.lexicon, self.gather)
        return self._facts_of[document]

    def note(self, phrase: Phrase, paragraph: int, entity: Entity) -> None:
        """Remember that a phrase named an entity."""
        if self._clusters is not None:
            self._clusters.note(phrase.start, phrase.end, entity)
        if self.text[phrase.start : phrase.end].lower() not in _INDEFINITE_PRONOUNS | _FIRST:
            self.narration.note(phrase, paragraph, entity)

    def note_source(self, phrase: Phrase) -> None:
        """Remember that a phrase is a source: a name that speaks is no mere word with a capital."""
        self.scene.sources.add(phrase.end)
        position = self.index.find_position(phrase.start, phrase.end) if phrase.code == "N" else None
        entity = self.index.entity_of.get(position) if position is not None else None
        if entity is not None and entity.kind == "unknown":
            entity.kind = "person"

    def resolve(self, phrase: Phrase, setting: Setting) -> Resolution:
        """Resolve one phrase to an entity, a new unnamed one, or none with a reason."""
        if phrase.code == "w":
            if phrase.antecedent is None:
                return Resolution(None, "pronoun", "pronoun.relative", "a relative pronoun without an antecedent")
            start, end = phrase.antecedent
            inner = self.resolve(self._antecedent(start, end, self.text[phrase.start : phrase.end].lower()), setting)
            return Resolution(inner.entity, "pronoun", "pronoun.relative", inner.reason)
        if phrase.joint:
            return self._resolve_joint(phrase, setting)
        if phrase.code == "p":
            return self._resolve_pronoun(phrase, setting)
        return self._resolve_words(phrase, setting)

    def _resolve_joint(self, phrase: Phrase, setting: Setting) -> Resolution:
        pieces = []
        opening = _CORRELATIVE.match(self.text, phrase.start, phrase.end)
        at = phrase.start if opening is None else opening.end()
        breaks = [
            one
            for one in _AND.finditer(self.text, phrase.start, phrase.end)
            if self.index.find_position(one.start(), one.start()) is None
        ]
        if not breaks:  # the Cod and Herring Board; economists at Cod & Partner
            position = self.index.find_position(phrase.start, phrase.end)
            name = self.index.names[position] if position is not None else None
            code = "n" if name is not None and name.oblique and name.start > phrase.start else phrase.code
            return self._resolve_words(attrs.evolve(phrase, joint=False, code=code), setting)
        for found in (*breaks, None):
            stop = found.start() if found else phrase.end
            if stop > at:
                pieces.append((at, stop))
            at = found.end() if found else stop
        if self._are_of_one_noun([self.text[start:end] for start, end in pieces]):
            return self._resolve_words(attrs.evolve(phrase, joint=False, code="n"), setting)
        members: list[Entity] = []
        for (start, end), after in zip(pieces, (*pieces[1:], None), strict=True):
            words = self.text[start:end]
            pronoun = words.lower() in _SUBJECTS
            apposed = after is not None and not pronoun and self._is_apposed(start, end, *after)
            if members and after is not None and self._tells_of_name(start, end, after[0]):
                continue  # Smith, a joiner, and Jones, a nurse
            if words.isdigit() or apposed or (members and self.lexicon.tags.get(words.split(" ")[0]) in ("i", "f")):
                continue  # Smith, 33, of the bank, and his deputy, Jones
            own = _OF.split(words, maxsplit=1)[0]  # the prime minister of Selm is no Selm
            code = "N" if any(word[:1].isupper() for word in own.split()) else "n"
            part = Phrase(start, self._end_bearer(start, end), "p" if pronoun else code)
            others = attrs.evolve(setting, quoted=setting.quoted.union(members))  # Ann Lee and the mayor are two
            one = self._resolve_pronoun(part, others) if pronoun else self._resolve_words(part, others)
            if one.entity is None:
                return Resolution(None, "nominal", "joint.members", one.reason)
            members.append(one.entity)
        members = list(dict.fromkeys(members))
        if len(members) > 1 and _OR.search(self.text, phrase.start, phrase.end):
            if not any(one.names for one in members):
                return self._resolve_words(attrs.evolve(phrase, joint=False), setting)  # a doctor or a nurse
            reason = f"{' or '.join(one.name for one in members)} has said it"
            return Resolution(None, "nominal", "joint.ambiguous", reason)
        if len(members) == 1:
            return Resolution(members[0], "name", "joint.members")
        return Resolution(self._unnamed.join(members), "name" if phrase.code == "N" else "nominal", "joint.members")

    def _is_apposed(self, start: int, end: int, after: int, stop: int) -> bool:
        """Whether a noun and the name after it are of one: his deputy, Jones; the writer and activist Ann Lee."""
        if not self.text[start:end].islower() or self.text[after:stop].islower():
            return False
        return self.text[end:after].strip() == "," or self.text[after].islower()  # not: the mayor and Ann Lee

    def _tells_of_name(self, start: int, end: int, after: int) -> bool:
        """Whether a description between commas is of the name before it: Smith, a joiner, and."""
        article = self.text[start:end].partition(" ")[0]
        set_off = self.text[max(0, start - 2) : start].rstrip() == "," and self.text[end:after].startswith(",")
        return set_off and article in _ARTICLES

    def _are_of_one_noun(self, pieces: Sequence[str]) -> bool:
        """Whether all words but the last tell only whom its noun is of: French and German officials."""
        role = self.lexicon.roles.get(pieces[-1].rpartition(" ")[2])
        if role is None or not role.plural or " " not in pieces[-1]:
            return False
        for words in pieces[:-1]:
            first, _, last = words.rpartition(" ")
            word = last in self.lexicon.roles or last in self.lexicon.tags
            plain = last.islower() and not word and not last.endswith("s")
            if (first and first.lower() not in self.lexicon.tags) or not (plain or last in self.lexicon.demonyms):
                return False
        return True

    def _antecedent(self, start: int, end: int, relative: str) -> Phrase:
        """Return what a relative stands for: Ann Smith, of Ann Smith of Oslo, who; the head of Acme, who."""
        words = _OF.split(self.text[start:end], maxsplit=1)
        office = len(words) > 1 and words[0].rpartition(" ")[2].lower() in self.lexicon.roles
        code = "N" if any(char.isupper() for char in self.text[start:end]) else "n"
        if relative != "who":
            return Phrase(start, end, code)
        return Phrase(start, self._end_bearer(start, end), "n" if office else code)

    def _end_bearer(self, start: int, end: int) -> int:
        """Return where a person's name ends before what they are of: Ann Smith of Acme, Ann Smith (R)."""
        bracket = self.text.find(" (", start, end)
        end = bracket if bracket > start else end
        found = _OF.search(self.text, start, end)
        position = None if found is None else self.index.find_position(start, found.start())
        if found is None or position is None:
            return end
        name = self.index.names[position]
        return name.end if name.end == found.start() and name.kind in ("person", "unknown") else end

    def _resolve_pronoun(self, phrase: Phrase, setting: Setting) -> Resolution:
        if self.config.coreference == "none":
            return Resolution(None, "pronoun", "pronoun.unread", "coreference is switched off")
        context = self._context(phrase, setting, None)
        if context.word.split()[0] in _INDEFINITE_PRONOUNS:
            return Resolution(self._make_unnamed(context), "pronoun", "pronoun.indefinite")
        return self._ask(context, "pronoun") or Resolution(
            None, "pronoun", "pronoun.unresolved", f"nobody before “{context.word}” fits it, or more than one does"
        )

    def _resolve_words(self, phrase: Phrase, setting: Setting) -> Resolution:
        words = self.text[phrase.start : phrase.end]
        if self.index.alias_of and (called := self.index.find_alias(words, setting.paragraph)) is not None:
            setting.tell(f"name.full: “{words}” is another name of {called.name}")
            return Resolution(called, "name", "name.full")
        if phrase.code == "N" or self._is_surname(phrase) or self._is_office(phrase):
            named = self._resolve_name(phrase, setting)
            if named is not None:
                return named
        context = self._context(phrase, setting, parse_description(words, self.lexicon))
        if self.config.coreference == "none":
            return Resolution(self._make_unnamed(context), "nominal", "nominal.unnamed")
        answer = self._ask(context, "nominal")
        if answer is not None:
            if answer.entity is not None and context.word.split()[-1] in _BUSINESSES:
                answer.entity.kind = "organization"
            if answer.entity is not None and context.description is not None and not setting.talk:
                self.index.learn(answer.entity, context.description)
            return answer
        setting.tell(f"nominal.unnamed: nobody who is named is called “{words}”")
        return Resolution(self._make_unnamed(context), "nominal", "nominal.unnamed")

    def _context(self, phrase: Phrase, setting: Setting, description: Description | None) -> Context:
        return Context(
            phrase,
            self.text[phrase.start : phrase.end].lower(),
            description,
            setting,
            self.narration.within(setting.inside),
            self._facts(self.paragraphs[setting.paragraph].document),
            self._unnamed,
            self.lexicon,
            lambda other, place: self._resolve_words(other, place).entity,
        )

    def _make_unnamed(self, context: Context) -> Entity:
        return self._unnamed.make(context.phrase, context.facts, context.description)

    def _is_surname(self, phrase: Phrase) -> bool:
        """Whether a phrase that seems a noun is the surname of somebody: Staff, of Ann Staff."""
        for position in self.index.positions(phrase.start, phrase.start + 1):
            name, entity = self.index.names[position], self.index.entity_of.get(position)
            if name.end == phrase.end and entity is not None and entity.kind == "person":
                return len(entity.core) > len(name.core)
        return False

    def _is_office(self, phrase: Phrase) -> bool:
        """Whether a phrase is an office with its holder: Leader of the House Mr Smith; not: Wife of President Smith."""
        for position in self.index.positions(phrase.start, phrase.start + 1):
            name = self.index.names[position]
            if name.end == phrase.end and name.title is not None:
                role = parse_description(self.text[phrase.start : name.core_start], self.lexicon)
                return role is None or role.role.kind != "kin"
        return False

    def _resolve_name(self, phrase: Phrase, setting: Setting) -> Resolution | None:
        """Resolve a phrase that ends in a name by the name index."""
        position = self.index.find_position(phrase.start, phrase.end)
        if position is None:
            return None
        name = self.index.names[position]
        if name.kind in ("group", "other") or self._goes_on(name, phrase) or self._is_document(name, phrase):
            return None
        if ambiguous := self.index.ambiguous.get(position):
            reason = f"“{' '.join(name.core)}” may be {' or '.join(one.name for one in ambiguous)}"
            setting.tell(f"name.ambiguous: {reason}")
            return Resolution(None, "name", "name.ambiguous", reason)
        entity = self.index.entity_of.get(position)
        if entity is None:
            return None
        if entity.kind == "unknown":
            entity.kind = "person"
        rule = "name.full" if len(name.core) == len(entity.core) else "name.short"
        if setting.trace is not None:
            setting.tell(f"{rule}: “{self.text[phrase.start : phrase.end]}” is {entity.name}")
            bearers = self.index.by_surname(entity.document, entity.key[-1])
            setting.trace.lost.extend(tell_namesakes(entity, bearers))
        return Resolution(entity, "name", rule)

    def _goes_on(self, name: Name, phrase: Phrase) -> bool:
        """Whether a phrase has a noun after its name: the Smith letter; not Smith Jr, Smith of Acme."""
        rest = self.text[name.end : phrase.end]
        if not _LETTER.search(rest.removeprefix("'s").removeprefix("’s")):
            return False
        suffix = self.lexicon.titles.get(rest.strip(" ,"))
        held = name.kind == "organization"  # the Labour MP
        return (suffix is None or suffix.kind != "suffix" or held) and _AFTER_NAME.match(rest) is None

    def _is_document(self, name: Name, phrase: Phrase) -> bool:
        """Whether a phrase is a document with an article and a capital: the Act, the Treaty."""
        return (
            name.kind == "unknown"
            and len(name.core) == 1
            and self.text[phrase.start : name.start].lower() == "the "
            and "document" in self.lexicon.cue_nouns.get(name.core[0].lower(), ())
        )

    def is_clustered(self, pronoun: Phrase, document: int) -> bool:
        """Whether the Doc's clusters say whom a pronoun means."""
        return (
            self._clusters is not None
            and self._clusters.candidates(pronoun.start, pronoun.end, None, document) is not None
        )

    def _ask(self, context: Context, kind: str) -> Resolution | None:
        answer = self._ask_clusters(context, kind) or self._ask_rules(context, kind)
        trace = context.setting.trace
        if trace is not None:
            rule, entity = (answer.rule, answer.entity) if answer is not None else ("no rule", None)
            if answer is None and kind == "pronoun":
                context.setting.tell(f"no rule finds one whom “{context.word}” means")
            trace.lost.extend(tell_lost(context, kind, rule, entity))
        return answer

    def _ask_rules(self, context: Context, kind: str) -> Resolution | None:
        doubt: list[Entity] = []
        for rule in _RULES_FOR[kind]:
            candidates = [one for one in dict.fromkeys(rule.ask(context)) if context.allows(one, kind)]
            if context.setting.trace is not None and candidates:
                names = ", ".join(one.name for one in candidates)
                verdict = "accepted" if len(candidates) == 1 else "more than one: not decided"
                context.setting.tell(f"{rule.name}: “{context.words}” may be {names}; {verdict}")
            if len(candidates) == 1:
                entity, gender = candidates[0], SUBJECT_GENDERS.get(context.word)
                if gender and entity.gender_source != "text":
                    entity.gender, entity.gender_source = gender, "text"
                return Resolution(entity, kind, rule.name)
            if rule.doubts and not doubt and not context.setting.talk:
                doubt = candidates
        if doubt:
            reason = f"“{context.words}” may be {' or '.join(one.name for one in doubt)}"
            return Resolution(None, kind, f"{kind}.ambiguous", reason)
        return None

    def _ask_clusters(self, context: Context, kind: str) -> Resolution | None:
        """Take whom the Doc's clusters name for a mention; None if they say nothing of it."""
        if self._clusters is None:
            return None
        head = None
        if kind == "nominal":
            head = context.description.head if context.description is not None else context.word.split()[-1]
        candidates = self._clusters.candidates(context.phrase.start, context.phrase.end, head, context.facts.document)
        if candidates is None:
            return None
        if kind == "nominal" and not candidates:
            return Resolution(self._make_unnamed(context), kind, "nominal.unnamed")
        gender = SUBJECT_GENDERS.get(context.word)
        one = candidates[0] if len(candidates) == 1 else None
        told = f"the Doc has “{context.words}” in a cluster with "
        names = " and ".join(each.name for each in candidates)
        if one is not None and not (gender and one.gender_source == "text" and one.gender != gender):
            if gender:
                one.gender, one.gender_source = gender, "text"
            context.setting.tell(f"{kind}.cluster: {told}{names}; accepted")
            return Resolution(one, kind, f"{kind}.cluster")
        return Resolution(None, kind, f"{kind}.unresolved", told + (names or "nobody who is named"))
