"""Sources without a name: "a senior official", "the witness", "the bank", "my mother", "Ann Lee and Bob Jones"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from quoteattr.coreference.descriptions import Description
from quoteattr.coreference.entities import Entity
from quoteattr.coreference.facts import Facts
from quoteattr.lexicon import Lexicon
from quoteattr.values import Phrase

_ONE_OF = re.compile(r"(?:another |any|either |neither |every|each )?(?:one )?of ", re.IGNORECASE)
# what stands after the head of a phrase for a document: Section 4 of the Act
_NO_HEAD = re.compile(r" (?:\d+ ?)?(?:from|by|to|for|of|in|on|at|about|against) | \d+$")


class Unnamed:
    """The entities of one text that are known by a description alone, and the groups of those who speak together."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._text = text
        self._lexicon = lexicon
        self._count = 0
        self._by_name: dict[tuple[int, str], Entity] = {}
        self._groups: dict[tuple[Entity, ...], Entity] = {}
        self.by_head: dict[tuple[int, str], list[Entity]] = defaultdict(list)
        """persons by document and the head noun of their description"""
        self.bodies: dict[tuple[int, str], list[Entity]] = defaultdict(list)
        """bodies by document and last word"""

    def make(self, phrase: Phrase, facts: Facts, description: Description | None) -> Entity:
        """Return who is meant by a description that fits nobody who is named: the one of that name, or a new one."""
        document, name = facts.document, self.name(self._text[phrase.start : phrase.end])
        titled = description is not None and _is_titled(name, description)
        name = name.removeprefix("the ") if titled else facts.kin_name(name) or name
        known = self._by_name.get((document, name))
        if known is not None and (description is None or description.definite):
            return known
        plural = description is not None and description.role.plural and not _ONE_OF.match(name)
        kind = "group" if plural else "person" if titled else "unnamed"
        if _is_document(name, self._lexicon):
            kind, description, plural = "document", None, False  # a joint statement from the two bishops
        elif description is None and (head := _organization_head(name, self._lexicon)) is not None:
            kind = head
        entity = Entity(-1 - self._count, kind, name, tuple(name.split()), document)
        if description is not None:
            entity.descriptions.append(description)
            if plural:
                entity.gender, entity.gender_source = "plural", "text"
            elif description.role.gender:
                entity.gender, entity.gender_source = description.role.gender, "text"  # type: ignore[assignment]
            entity.titled = entity.gender is not None
        elif kind == "unnamed" and _is_plural(name, self._lexicon):
            entity.gender, entity.gender_source = "plural", "text"
        self._keep(entity)
        return entity

    def join(self, members: Sequence[Entity]) -> Entity:
        """Return the group of some speakers."""
        entity = self._groups.get(tuple(members))
        if entity is None:
            name = ", ".join(one.name for one in members[:-1]) + " and " + members[-1].name
            entity = Entity(-1 - self._count, "group", name, tuple(name.split()), members[0].document)
            entity.gender, entity.gender_source, entity.members = "plural", "text", tuple(members)
            self._groups[entity.members] = entity
            self._keep(entity)
        return entity

    def name(self, words: str) -> str:
        """Return a description as a name: white space folded, a sentence's capital lowered."""
        words = " ".join(words.split())
        first = words.split(" ", 1)[0]
        low = first.lower()
        role = low in self._lexicon.roles and first not in self._lexicon.titles
        if words.isupper() and (role or low in self._lexicon.tags):
            return words.lower()  # THE WITNESS, HOST; not: CEO
        one = self._lexicon.organizations.get(first.removesuffix("s"), ("",))[0]
        if one == "keyword" and first.endswith("s") and first == words:
            return words.lower()  # unions
        if low in self._lexicon.tags or (
            first[:1].isupper() and low in self._lexicon.roles and not first[1:].isupper()
        ):
            return words[:1].lower() + words[1:]
        return words

    def _keep(self, entity: Entity) -> None:
        self._count += 1
        self._by_name.setdefault((entity.document, entity.name), entity)
        if entity.descriptions:
            self.by_head[entity.document, entity.descriptions[0].head].append(entity)
        if entity.kind == "organization":
            self.bodies[entity.document, entity.name.rpartition(" ")[2]].append(entity)


def _is_titled(name: str, description: Description) -> bool:
    """Whether a phrase is a noble title, by which its bearer is named: the Duke of Selm."""
    return description.role.kind == "royal" and name.startswith(f"the {description.head.title()} of ")


def _is_plural(name: str, lexicon: Lexicon) -> bool:
    """Whether a description without a determiner ends in a plural: trolls, angry fans of the band."""
    words = _NO_HEAD.split(name, maxsplit=1)[0].split()
    bare = bool(words) and name.islower() and words[0] not in lexicon.tags
    return bare and words[-1].endswith("s") and not words[-1].endswith(("ss", "us", "is", "'s", "’s"))


def _is_document(name: str, lexicon: Lexicon) -> bool:
    """Whether the head of a phrase, before its prepositions, is a document."""
    words = _NO_HEAD.split(name.lower(), maxsplit=1)[0].split()
    head = words[-1] if words else ""
    return head not in lexicon.roles and "document" in lexicon.cue_nouns.get(head, ())


def _organization_head(name: str, lexicon: Lexicon) -> str | None:
    words = name.split()
    last = words[-1]
    if last.lower() in lexicon.cue_nouns and "document" in lexicon.cue_nouns[last.lower()]:
        return "document"
    known = lexicon.organizations.get(last.title())
    if known is not None and known[0] == "keyword":
        return "organization"
    if last in lexicon.demonyms:
        return "group"
    return None
