"""What is written down while a source is resolved, for those who ask why: never on the normal path."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs

from quoteattr.coreference.descriptions import fits
from quoteattr.coreference.entities import GENDER_OF, Entity
from quoteattr.lexicon import words_of

if TYPE_CHECKING:
    from quoteattr.coreference.context import Context

_THIRD = words_of("third-person pronouns")
_FOR_PERSONS = frozenset({*GENDER_OF, "who"})
_NO_PERSONS = frozenset({"organization", "place", "document", "group"})
# how many of those who lost are told of, the nearest first
_MOST = 6


@attrs.frozen
class Trace:
    """The steps from the words to the name, and who else was near, with what spoke against them."""

    steps: list[str] = attrs.field(factory=list)
    lost: list[str] = attrs.field(factory=list)


def tell_lost(context: Context, kind: str, rule: str, answer: Entity | None) -> list[str]:
    """Say of the others who are named before a mention why it is not they, the nearest first."""
    near: dict[Entity, int] = {}
    for name, entity in context.narration.names_in_document(context.facts.document):
        if name.start >= context.start:
            break
        near[entity] = name.start
    others = sorted((one for one in near if one is not answer), key=lambda one: -near[one])
    return [f"{one.name}: {_tell_why(one, context, kind, rule, answer)}" for one in others[:_MOST]]


def tell_namesakes(entity: Entity, bearers: Sequence[Entity]) -> list[str]:
    """Say of the others who bear somebody's surname that the rest of the name tells them apart."""
    others = [one for one in bearers if one is not entity]
    return [f"{one.name}: told apart by title, first name or kind" for one in others[:_MOST]]


def _tell_why(other: Entity, context: Context, kind: str, rule: str, answer: Entity | None) -> str:
    setting, word = context.setting, context.word
    gender = GENDER_OF.get(word)
    if kind == "pronoun":
        if other in setting.quoted:
            return "is named in the quotation itself"
        if other is setting.outer and word in _THIRD:
            return "speaks the quotation around this one"
        if gender and other.gender not in (None, gender):
            return f"is {other.gender}"
        if word in _FOR_PERSONS and other.kind in _NO_PERSONS:
            return f"is no person but a {other.kind}"
        if word == "it" and other.kind == "person":
            return "is a person"
    elif context.description is not None:
        role = context.description.role
        if role.gender and other.gender not in (None, role.gender):
            return f"is {other.gender}"
        if not fits(context.description, other.descriptions, loose=True):
            return f"the text nowhere calls them “{context.words}”"
    return f"{rule} finds {answer.name}" if answer is not None else "no rule finds them alone"
