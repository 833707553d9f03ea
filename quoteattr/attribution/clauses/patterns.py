"""Patterns of clauses, and what is trimmed off them."""

from __future__ import annotations

import re

from quoteattr.attribution.rules.frame import Frame

GAP = re.compile(
    r"(?:r+(?=m|pm|i|T|$)|[iFf]?m|[iFf]?pm(?![nN])|#(?=[iT])|[iFkAS]#?[Nno](?:[ifFc][Nno])*)*(?:,[^,;:Q]{1,30},(?=[Ts])|-+[^-;:Q]{1,30}-+(?=T))?"
)
FRONT = r"(?:r|i?m,?|i[Nn],?)*"
# a main clause: circumstances, a subject, what stands beside it, a verb
MAIN = re.compile(
    rf"{FRONT}[Nnp](?:[ifF]#?[NnopG]|c[Nn])*"
    r"(?:,[^Q;:,]{1,12},|wT?[^,;:Q]{1,12}?)?(?:[arxe]|i?m)*[yvea]"
)
VERBAL = re.compile(r"[yveau]")
VERBAL_ANY = re.compile(r"[yveauBgG]")


# ---------------------------------------------------------------- where a clause begins and ends


def trim(frame: Frame, begin: int, end: int) -> tuple[int, int] | None:
    """Strip what stands around a clause: stops, commas, dashes."""
    codes = frame.sentence.codes
    while end > begin and codes[end - 1] in ".,-:;(cb":
        end -= 1
    while begin < end and codes[begin] in ",-:;.)":
        begin += 1
    if codes[end - 1 : end] == ")" and "(" not in codes[begin:end]:
        end -= 1
    return (begin, close_bracket(codes, begin, end)) if begin < end else None


def close_bracket(codes: str, begin: int, end: int) -> int:
    """Take to a clause the bracket that closes one in it: “said the town (a “trap”) would burn”."""
    left_open = codes.count("(", begin, end) > codes.count(")", begin, end)
    return end + 1 if left_open and codes[end : end + 1] == ")" else end


AGAIN = re.compile(r"[cb]r*(?:[arxe]|i?m)*(?P<v>[vg])")


def lemma(frame: Frame, chunk: int) -> str:
    """Return the lemma of the verb at a chunk; empty if none is there."""
    form = frame.sentence.tokens.verbs.get(frame.sentence.first[chunk])
    return form.lemma if form is not None else ""
