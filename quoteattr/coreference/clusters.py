"""Clusters that a Doc carries: the places that mean one thing, as another program says.

They are asked before the rules for pronouns and descriptions.  Names stay what the names say: a cluster leads to an
entity that is named in it, and decides nothing where it holds two of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

import attrs

from quoteattr.coreference.entities import Entity, NameIndex

_ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
# "the president of Iran" is the president, "Ann Lee, a farmer," is Ann Lee; "Ann Lee's farm", "Ann Lee and Bob" are not
_AFTER_HEAD = re.compile(r",?\s+(?:of|for|from|in|at|on|with|who|whom|which|that)\b")
_AFTER_NAME = re.compile(rf"\s*[,(—–]|{_AFTER_HEAD.pattern}")
# "his friend Ann Lee" ends in its head; "the wife of Bob Lee" does not
_TURNS_AWAY = re.compile(r"['’]s?\s|[,;:(]|\b(?:of|for|from|in|at|by|with|on|to|and|or|about|against)\s")


@attrs.frozen
class ClusterRule:
    """What a cluster decides: a text, with its one cluster in brackets, and a near miss."""

    name: str
    reads: str
    fires_on: str
    silent_on: str


class ClusterIndex:
    """The clusters of one text, with the entities that are named in them."""

    def __init__(self, text: str, clusters: Sequence[Sequence[tuple[int, int]]], names: NameIndex) -> None:
        self._text = text
        self._names = names
        self._clusters = clusters
        self._whole: dict[tuple[int, int], set[int]] = defaultdict(set)
        self._from: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, cluster in enumerate(clusters):
            for start, end in cluster:
                bare = self._trim(start, end)
                self._whole[bare].add(number)
                self._from[bare[0]].append((bare[1], number))
        self._unnamed: dict[int, Entity] = {}

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        """Leave out an article before a stretch, and a possessive mark after it."""
        article = _ARTICLE.match(self._text, start, end)
        mark = _POSSESSIVE.search(self._text, start, end)
        return (article.end() if article and article.end() < end else start), (mark.start() if mark else end)

    def _find(self, start: int, end: int, head: str | None) -> set[int]:
        """Return the clusters that a phrase is in: by all its words, by its beginning, or by its head noun."""
        start, end = self._trim(start, end)
        found = self._whole.get((start, end))
        if found or head is None:
            return found or set()
        longer = {number for stop, number in self._from.get(start, ()) if stop > end}
        if longer and _AFTER_HEAD.match(self._text, end):
            return longer
        heads = [*re.finditer(rf"\b{re.escape(head)}\b", self._text[start:end], re.IGNORECASE)]
        return self._whole.get((start + heads[-1].start(), start + heads[-1].end()), set()) if heads else set()

    def candidates(self, start: int, end: int, head: str | None, document: int) -> list[Entity] | None:
        """Return whom the clusters of a phrase name in its document; None if it is in no cluster.

        `head` is the head noun of a description, None for a pronoun.
        """
        numbers = sorted(self._find(start, end, head))
        if not numbers:
            return None
        named = [self._named(*stretch) for number in numbers for stretch in self._clusters[number]]
        known = [self._unnamed.get(number) for number in numbers]
        here = [
            [entity for entity in dict.fromkeys(group) if entity is not None and entity.document == document]
            for group in (named, known)
        ]
        return here[0] or here[1]

    def note(self, start: int, end: int, entity: Entity) -> None:
        """Remember an unnamed source, for the rest of a cluster that names nobody."""
        if not entity.names:
            for number in self._whole.get(self._trim(start, end), ()):
                self._unnamed.setdefault(number, entity)

    def _named(self, start: int, end: int) -> Entity | None:
        """Return the entity whose name is the head of a stretch, or holds it."""
        start, end = self._trim(start, end)
        low = bisect_left(self._names.starts, start)
        if low and self._names.names[low - 1].end == end:
            return self._names.entity_of.get(low - 1)  # the head word of a name
        for position in range(low, bisect_left(self._names.starts, end)):
            name, entity = self._names.names[position], self._names.entity_of.get(position)
            if name.end > end or _TURNS_AWAY.search(self._text, start, name.start):
                return None
            if entity is not None:  # not the demonym of "Iranian minister Ann Lee"
                return entity if name.end == end or _AFTER_NAME.match(self._text, name.end, end) else None
        return None


CLUSTER_RULES: tuple[ClusterRule, ...] = (
    ClusterRule(
        "nominal.cluster",
        "nominal",
        "[Ann Smith] met Mary Jones. “We won,” [the mayor] said.",
        "[Ann Smith] met [Mary Jones]. “We won,” [the mayor] said.",
    ),
    ClusterRule(
        "pronoun.cluster",
        "pronoun",
        "Ann Smith met [Mary Jones]. “We won,” [she] said.",
        "[Ann Smith] met Mary Jones. “We won,” she said.",
    ),
)
"""What clusters decide, before every other rule of the kind of mention."""
