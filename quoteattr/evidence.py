"""What a parsed Doc says about a text: tags, dependencies, entities, sentence starts, found by character offset.

A Doc is read once, into columns.  Nothing here imports spaCy: a Doc is what answers `has_annotation`.
Labels of both schemes in use, ClearNLP (spaCy's English pipelines) and Universal Dependencies, become
one-letter codes, so that no rule knows a scheme.

Tags:  v finite verb  b base form  g -ing form  u past participle  V verb, form unknown  a auxiliary
       n noun  N proper noun  j adjective  r adverb  i adposition or subordinator  t "to"  d determiner
       w relative  p pronoun  ' possessive mark  . no opinion
       (when asked also: O a noun in a noun's role  M a participle before its noun)
Roles: s subject  S subject of a passive  o object  c clausal complement  x open complement
       a adverbial clause  l clause of a noun  j conjunct  i preposition, with its noun  m preposition's clause
       g agent  n preposition's noun  u auxiliary of a passive  q aside  d modifier before a noun  . any other
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from operator import add
from typing import TYPE_CHECKING, Any

from quoteattr.values import NO_EVIDENCE, Evidence

if TYPE_CHECKING:
    from spacy.tokens import Doc

_TAGS = {
    "VBD": "v", "VBZ": "v", "VBP": "v", "VB": "b", "VBG": "g", "VBN": "u", "MD": "a", "NN": "n", "NNS": "n",
    "NNP": "N", "NNPS": "N", "JJ": "j", "JJR": "j", "JJS": "j", "RB": "r", "RBR": "r", "RBS": "r", "IN": "i",
    "TO": "t", "DT": "d", "PDT": "d", "WDT": "w", "WP": "w", "PRP": "p", "POS": "'",
}  # fmt: skip
_POS = {
    "VERB": "V", "AUX": "a", "NOUN": "n", "PROPN": "N", "ADJ": "j", "ADV": "r", "ADP": "i", "SCONJ": "i", "DET": "d",
    "PRON": "p",
}  # fmt: skip
_KINDS = {"PERSON": "person", "PER": "person", "ORG": "organization"}
_FORMS = {"Ger": "g", "Inf": "b", "Fin": "v"}
_ROLES = {
    "nsubj": "s", "csubj": "s", "nsubjpass": "S", "csubjpass": "S", "nsubj:pass": "S", "csubj:pass": "S",
    "obl": "i", "nmod": "i", "obl:npmod": ".", "obl:tmod": ".", "obl:unmarked": ".",
    "dobj": "o", "obj": "o", "iobj": "o", "dative": "o", "ccomp": "c", "xcomp": "x", "advcl": "a", "acl": "l",
    "relcl": "l", "acl:relcl": "l", "conj": "j", "prep": "i", "pcomp": "m", "agent": "g", "obl:agent": "G",
    "pobj": "n", "auxpass": "u", "aux:pass": "u", "parataxis": "q", "amod": "d",
}  # fmt: skip


def read_doc(doc: Doc) -> Evidence:
    """Read the annotations of a Doc, each kind of them if it is there."""
    tagged, posed = doc.has_annotation("TAG"), doc.has_annotation("POS")
    parsed, split = doc.has_annotation("DEP"), doc.has_annotation("SENT_START")
    entities = {
        (ent.start_char + 4 * ent.text.lower().startswith("the "), ent.end_char): kind
        for ent in doc.ents
        if (kind := _KINDS.get(ent.label_))
    }
    if not (tagged or posed or parsed or split or entities):
        return NO_EVIDENCE
    # columns of numbers: an object for each token would take longer than all the rest
    columns = doc.to_array(["TAG", "POS", "DEP", "SENT_START", "HEAD"]).T
    fine, coarse, labels, starts, _ = columns.tolist()
    offsets = columns[-1].astype("int64").tolist()
    begin, end = locate_tokens(doc)
    heads = list(map(add, range(len(offsets)), offsets)) if parsed else []
    roles = _read_roles(doc, labels, heads) if parsed else ""
    subjects: dict[int, int] = {}
    children: dict[int, list[int]] = {}
    for i, role in enumerate(roles):
        head = heads[i]
        if head == i or role == ".":
            continue
        children.setdefault(head, []).append(i)
        if role in "sS":
            other = subjects.get(head)
            if other is None or abs(head - i) < abs(head - other):
                subjects[head] = i
    return Evidence(
        {at: i for i, at in enumerate(begin)},
        {at: i for i, at in enumerate(end)},
        _read_tags(doc, fine if tagged else None, coarse) if tagged or posed else "",
        tuple(heads),
        roles,
        _find_edges(heads),
        subjects,
        children,
        tuple(begin),
        tuple(end),
        frozenset(at for at, start in zip(begin, starts, strict=True) if start == 1) if split else frozenset(),
        entities,
    )


def locate_tokens(doc: Doc) -> tuple[list[int], list[int]]:
    """Return where each token of a Doc begins, and where it ends."""
    lengths, spaces = doc.to_array(["LENGTH", "SPACY"]).T.tolist()
    begin = [0, *accumulate(map(add, lengths, spaces))][: len(lengths)]
    return begin, list(map(add, begin, lengths))


def _read_tags(doc: Doc, fine: Sequence[int] | None, coarse: Sequence[int]) -> str:
    """Return one code for each token: of its fine tag if it has one that is known, else of its part of speech."""
    strings = doc.vocab.strings
    known = {tag: _TAGS.get(strings[tag], "") for tag in set(fine or ())}
    classes = {pos: _POS.get(strings[pos], ".") for pos in set(coarse)}
    tags = [known[tag] for tag in fine] if fine else [""] * len(coarse)
    return "".join(
        tag or ("." if code == "." else _read_form(doc[i]) if code == "V" else code)
        for i, (tag, code) in enumerate(zip(tags, map(classes.__getitem__, coarse), strict=True))
    )


def _read_roles(doc: Doc, labels: Sequence[int], heads: list[int]) -> str:
    """Return one code for each token; a head is set right where "that" was taken for a preposition."""
    strings = doc.vocab.strings
    known = {label: _role_of(strings[label]) for label in set(labels)}
    roles = [known[label] for label in labels]
    for i, role in enumerate(roles):
        that = heads[i]
        if role == "m" and heads[that] != that and doc[that].lower_ == "that":
            roles[i], heads[i] = "c", heads[that]
            roles[that], heads[that] = ".", i
    return "".join(roles)


def _find_edges(heads: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return the first and the last token of what depends on each token."""
    first = list(range(len(heads)))
    last = list(first)
    for i in range(len(heads)):
        at = heads[i]
        while first[at] > i:  # once set, it and all above it are right
            first[at] = i
            at = heads[at]
    for i in reversed(range(len(heads))):
        at = heads[i]
        while last[at] < i:
            last[at] = i
            at = heads[at]
    return tuple(zip(first, last, strict=True))


def _role_of(label: str) -> str:
    label = label.lower()
    return _ROLES.get(label) or _ROLES.get(label.partition(":")[0], ".")


def _read_form(token: Any) -> str:
    """Return the code of a verb's form as far as the morphology tells it."""
    form = token.morph.get("VerbForm")
    if form == ["Part"]:
        return "g" if token.morph.get("Tense") == ["Pres"] else "u"
    return _FORMS.get(form[0], "V") if form else "V"
