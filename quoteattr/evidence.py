"""What a parsed Doc says about a text: tags and dependencies, found by character offset.

A Doc is read once, into columns.  Nothing here imports spaCy: a Doc is what answers `has_annotation`.
Labels of both schemes in use, ClearNLP (spaCy's English pipelines) and Universal Dependencies, become
one-letter codes, so that no rule knows a scheme.

Tags:  v finite verb  b base form  g -ing form  u past participle  V verb, form unknown  a auxiliary
       n noun  N proper noun  j adjective  r adverb  i adposition or subordinator  t "to"  d determiner
       w relative  p pronoun  ' possessive mark  . no opinion
       (when asked also: O a noun in a noun's role  M a participle before its noun)
Roles: s subject  S subject of a passive  o object  c clausal complement  x open complement
       a adverbial clause  l clause of a noun  j conjunct  i preposition  m preposition's clause
       g agent  n preposition's noun  u auxiliary of a passive  q aside  d modifier before a noun  . any other
"""

from __future__ import annotations

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
_ROLES = {
    "nsubj": "s", "csubj": "s", "nsubjpass": "S", "csubjpass": "S", "nsubj:pass": "S", "csubj:pass": "S",
    "dobj": "o", "obj": "o", "iobj": "o", "dative": "o", "ccomp": "c", "xcomp": "x", "advcl": "a", "acl": "l",
    "relcl": "l", "acl:relcl": "l", "conj": "j", "prep": "i", "pcomp": "m", "agent": "g", "obl:agent": "G",
    "pobj": "n", "auxpass": "u", "aux:pass": "u", "parataxis": "q", "amod": "d",
}  # fmt: skip


def read_doc(doc: Doc) -> Evidence:
    """Read the annotations of a Doc, each kind of them if it is there."""
    tagged, posed = doc.has_annotation("TAG"), doc.has_annotation("POS")
    parsed = doc.has_annotation("DEP")
    if not (tagged or posed or parsed):
        return NO_EVIDENCE
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    tags: list[str] = []
    heads: list[int] = []
    roles: list[str] = []
    edges: list[tuple[int, int]] = []
    for token in doc:
        starts[token.idx] = token.i
        ends[token.idx + len(token)] = token.i
        if tagged or posed:
            tags.append(_tag_of(token, tagged=tagged))
        if parsed:
            heads.append(token.head.i)
            role = _role_of(token.dep_)
            first = token.left_edge.i
            if role == "m" and token.head.lower_ == "that":
                # "that" taken for a preposition
                role, first, heads[-1] = "c", token.head.i, token.head.head.i
            roles.append(role)
            edges.append((first, token.right_edge.i))
    subjects: dict[int, int] = {}
    children: dict[int, list[int]] = {}
    for i, role in enumerate(roles):
        if heads[i] != i and role != ".":
            children.setdefault(heads[i], []).append(i)
        if role in "sS" and heads[i] != i:
            other = subjects.get(heads[i])
            if other is None or abs(heads[i] - i) < abs(heads[i] - other):
                subjects[heads[i]] = i
    return Evidence(
        starts, ends, "".join(tags), tuple(heads), "".join(roles), tuple(edges), subjects, children,
        tuple(token.idx for token in doc), tuple(token.idx + len(token) for token in doc),
    )  # fmt: skip


def _role_of(label: str) -> str:
    label = label.lower()
    return _ROLES.get(label) or _ROLES.get(label.partition(":")[0], ".")


def _tag_of(token: Any, *, tagged: bool) -> str:
    fine = _TAGS.get(token.tag_) if tagged else None
    if fine is not None:
        return fine
    coarse = _POS.get(token.pos_, ".")
    if coarse == "V":
        morph = token.morph
        if morph.get("VerbForm") == ["Part"]:
            return "g" if morph.get("Tense") == ["Pres"] else "u"
        if morph.get("VerbForm") == ["Ger"]:
            return "g"
        if morph.get("VerbForm") == ["Inf"]:
            return "b"
        if morph.get("VerbForm") == ["Fin"]:
            return "v"
    return coarse
