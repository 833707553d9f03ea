"""Coreference clusters that other components left on a Doc → character offsets.

Three published forms are read; none of the libraries is needed:

- spaCy's experimental components: `doc.spans["coref_clusters_1"]` and so on, a group for each cluster
  (https://spacy.io/api/coref); before its span resolver `"coref_head_clusters_1"`, of head words alone;
- fastcoref: `doc._.coref_clusters`, lists of (start, end) in characters;
- coreferee: `doc._.coref_chains`, chains of mentions with `token_indexes`: head words alone, several for a
  plural such as "Ann and Bob", which is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from quoteattr.errors import UsageError

if TYPE_CHECKING:
    from spacy.tokens import Doc

    Clusters = Sequence[Sequence[tuple[int, int]]]

_KEYS = (re.compile(r"coref_clusters_\d+"), re.compile(r"coref_head_clusters_\d+"))


def read_clusters(doc: Doc) -> Clusters:
    """Return the clusters of a Doc, each as the stretches that mean one thing; () if it has none.

    Of several annotations the first that has any cluster is read.  Raises `UsageError` if an attribute of
    one of the names has another form.
    """
    return _of_spans(doc) or _of_offsets(doc) or _of_chains(doc)


def _of_spans(doc: Doc) -> Clusters:
    for key in _KEYS:
        groups = [group for name, group in doc.spans.items() if key.fullmatch(name)]
        if groups:
            return tuple(tuple((span.start_char, span.end_char) for span in group) for group in groups)
    return ()


def _of_offsets(doc: Doc) -> Clusters:
    if not doc.has_extension("coref_clusters"):
        return ()
    try:
        clusters = tuple(tuple((start, end) for start, end in cluster) for cluster in doc._.coref_clusters or ())
        if all(0 <= start < end <= len(doc.text) for cluster in clusters for start, end in cluster):
            return clusters
    except (TypeError, ValueError):
        pass
    raise UsageError(
        "doc._.coref_clusters is not as fastcoref makes it: lists of (start, end), in characters of the Doc"
    )


def _of_chains(doc: Doc) -> Clusters:
    if not doc.has_extension("coref_chains"):
        return ()
    try:
        return tuple(tuple(_heads(doc, chain)) for chain in doc._.coref_chains or ())
    except (AttributeError, IndexError, TypeError):
        raise UsageError("doc._.coref_chains is not as coreferee makes it: mentions with token_indexes") from None


def _heads(doc: Doc, chain: Iterable[object]) -> Iterable[tuple[int, int]]:
    for mention in chain:
        indexes: Sequence[int] = mention.token_indexes  # type: ignore[attr-defined]
        if len(indexes) == 1:
            token = doc[indexes[0]]
            yield token.idx, token.idx + len(token)
