"""The table of coreference rules.

A rule is asked for the candidates to whom a mention may refer, and why.  The engine accepts a rule's
answer only if exactly one candidate remains (after eyecite and Raghunathan et al., A Multi-Pass
Sieve for Coreference Resolution, 2010: precise rules first).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import attrs

from quoteattr.coreference.descriptions import fits, stands_for
from quoteattr.coreference.entities import Entity
from quoteattr.lexicon import words_of

if TYPE_CHECKING:
    from quoteattr.coreference.engine import Context

Ask = Callable[["Context"], list[Entity]]

_PERSONAL = {
    "he": "male",
    "him": "male",
    "his": "male",
    "himself": "male",
    "she": "female",
    "her": "female",
    "herself": "female",
}
_FIRST = words_of("first-person pronouns")
# how many paragraphs back a pronoun looks
_REACH = 4


@attrs.frozen
class Rule:
    """One row: a name, the kind of mention it reads, its function, a text it decides, a near miss."""

    name: str
    reads: str
    ask: Ask
    fires_on: str
    silent_on: str
    origin: str


def _described(context: Context, *, loose: bool, before: bool) -> list[Entity]:
    description = context.description
    if description is None or not description.definite or description.role.plural:
        return []
    found = []
    for entity in context.described(stands_for(description)):
        if before and entity.names and entity.names[0].start > context.start:
            continue
        if description.role.gender and entity.gender and description.role.gender != entity.gender:
            continue
        if any(fits(description, one, loose=loose) for one in entity.descriptions):
            found.append(entity)
    return found


def _introduced(context: Context) -> list[Entity]:
    """Who was brought in as "a Chilean official" is "the official", if nobody named has just that role."""
    description = context.description
    if description is None or not description.definite or description.possessor or description.role.plural:
        return []
    if context.setting.talk:
        return []
    if description.countries or any(
        one.head == description.head for entity in context.described(frozenset()) for one in entity.descriptions
    ):
        return []
    return context.introduced(description.head)


def _role(context: Context) -> list[Entity]:
    found = _described(context, loose=False, before=True)
    if (
        context.description is not None
        and not context.description.countries
        and not context.description.words
        and len(found) > 1
    ):
        return context.nearest(found)
    return found


def _role_later(context: Context) -> list[Entity]:
    return _described(context, loose=False, before=False)


def _role_loose(context: Context) -> list[Entity]:
    return _described(context, loose=True, before=True)


def _role_loose_later(context: Context) -> list[Entity]:
    return _described(context, loose=True, before=False)


def _short_organization(context: Context) -> list[Entity]:
    """The last word of one body's name: the Infrastructure Audit Office, the office."""
    words = context.word.split()
    if len(words) != 2 or words[0] != "the":
        return []
    return context.bodies_ending(words[1]) or context.unnamed_bodies(words[1])


def _same_description(context: Context) -> list[Entity]:
    description = context.description
    if description is None:
        return []
    return context.unnamed_like(description)


def _personal(context: Context) -> str | None:
    return _PERSONAL.get(context.word)


def _pronoun_nominal(context: Context) -> list[Entity]:
    """Whom the sentence before is about, where it names nobody: "A small boy rose. “Me,” he said"."""
    gender = _personal(context)
    if gender is None or context.setting.talk or context.setting.outer is not None:
        return []
    entity = context.nominal_subject()
    return [entity] if entity is not None and entity.gender in (None, gender) else []


def _pronoun_despite_name(context: Context) -> list[Entity]:
    """The one person of the last paragraphs, whatever a list of first names says of that name."""
    if _personal(context) is None or context.setting.talk or context.setting.outer is not None:
        return []
    found = {
        event.entity: None
        for group in context.sentences_back(_REACH)
        for event in group
        if event.entity.kind == "person" and event.entity not in context.setting.quoted and not event.possessive
    }
    return list(found) if all(one.gender_source == "first name" for one in found) else []


def _pronoun_speaker(context: Context) -> list[Entity]:
    """The speaker before, where nobody else of that gender has been named since."""
    gender = _personal(context)
    if gender is None or context.setting.previous is None or context.setting.outer is not None:
        return []
    speaker, where = context.setting.previous.entity, context.setting.previous.end
    if (
        speaker.kind not in ("person", "unknown", "unnamed")
        or context.setting.paragraph - context.setting.previous.paragraph > 2
    ):
        return []
    if speaker.gender not in (None, gender):
        return []
    for _, entity, name in context.names_between(where, context.start):
        if (
            entity is not speaker
            and entity.kind in ("person", "unknown")
            and entity.gender in (None, gender)
            and not name.possessive
        ):
            return []
    return [speaker]


def _pronoun_subject(context: Context) -> list[Entity]:
    """The first person of that gender in the nearest sentence that has one."""
    return _nearest_subject(context, ("person", "unnamed"))


def _pronoun_subject_weak(context: Context) -> list[Entity]:
    """The same, with words that are only known to have a capital."""
    return _nearest_subject(context, ("unknown",))


def _nearest_subject(context: Context, kinds: tuple[str, ...]) -> list[Entity]:
    gender = _personal(context)
    if gender is None:
        return []
    spare: list[Entity] = []
    for group in context.sentences_back(_REACH):
        fitting = [
            event
            for event in group
            if event.entity.kind in kinds
            and event.entity.gender in (None, gender)
            and event.entity not in context.setting.quoted
        ]
        fitting = [event for event in fitting if event.entity.gender == gender] or fitting
        subjects = [event.entity for event in fitting if not event.possessive and not event.oblique]
        if subjects:
            return subjects[:1]
        spare = spare or [event.entity for event in fitting]
    return spare[:1]


def _pronoun_narrator(context: Context) -> list[Entity]:
    """First person in the telling of a story is the teller, where the story says who that is."""
    if context.word not in ("i", "me") or context.setting.outer is not None:
        return []
    teller = context.narrator()
    return [teller] if teller is not None else []


def _pronoun_body(context: Context) -> list[Entity]:
    """A body without a name that is the subject: "The company left what it called “a trap”"."""
    if context.word != "it" or context.setting.outer is not None:
        return []
    body = context.nominal_body()
    return [body] if body is not None else []


def _pronoun_thing(context: Context) -> list[Entity]:
    if context.word != "it":
        return []
    for group in context.sentences_back(2):
        things = [
            event.entity
            for event in group
            if event.entity.kind in ("organization", "place", "document") and not event.oblique
        ]
        if things:
            return [things[0]]
    return []


def _pronoun_plural(context: Context) -> list[Entity]:
    if context.word not in ("they", "them", "their"):
        return []
    if context.setting.previous is not None:
        speaker = context.setting.previous.entity
        if context.setting.paragraph - context.setting.previous.paragraph <= 1 and (
            speaker.kind in ("group", "organization") or speaker.gender == "plural"
        ):
            return [speaker]
    return []


def _pronoun_own(context: Context) -> list[Entity]:
    """First person inside a quotation is its speaker."""
    if context.word in _FIRST and context.setting.outer is not None:
        return [context.setting.outer]
    return []


RULES: tuple[Rule, ...] = (
    Rule(
        "nominal.introduced",
        "nominal",
        _introduced,
        "A Chilean diplomat came in. “We won,” the diplomat said.",
        "A Chilean diplomat came in. “We won,” the farmer said.",
        "indefinite, then definite",
    ),
    Rule(
        "nominal.role",
        "nominal",
        _role,
        "Russian President Ann Smith left. “We won,” the Russian president said.",
        "Russian President Ann Smith left. “We won,” the Iranian president said.",
        "role and country in the text",
    ),
    Rule(
        "nominal.role-later",
        "nominal",
        _role_later,
        "“We won,” the Russian president said. Russian President Ann Smith left.",
        "“We won,” a president said. Russian President Ann Smith left.",
        "cataphora",
    ),
    Rule(
        "nominal.role-loose",
        "nominal",
        _role_loose,
        "President Ann Smith left. “We won,” the American president said.",
        "Senator Ann Smith left. “We won,” the American president said.",
        "a role that is silent on the country",
    ),
    Rule(
        "nominal.role-loose-later",
        "nominal",
        _role_loose_later,
        "“We won,” the American senator said. Senator Ann Smith left.",
        "“We won,” an American senator said. Senator Ann Smith left.",
        "cataphora, silent on the country",
    ),
    Rule(
        "nominal.body",
        "nominal",
        _short_organization,
        "The Flood Audit Office met. “We won,” the office said.",
        "The Flood Audit Office met the River Bureau. “We won,” the commission said.",
        "head of a name",
    ),
    Rule(
        "nominal.same",
        "nominal",
        _same_description,
        "“We won,” the tired official said. “We lost,” the official said later.",
        "“We won,” a farmer said. “We lost,” the baker said.",
        "same head noun",
    ),
    Rule(
        "pronoun.own",
        "pronoun",
        _pronoun_own,
        "“I said: ‘Go home now,’” Ann Smith said.",
        "“We won,” I said.",
        "first person inside a quotation",
    ),
    Rule(
        "pronoun.nominal",
        "pronoun",
        _pronoun_nominal,
        "“We won,” Tom Smith said.\n\nA small boy raised his hand. “We lost,” he said.",
        "“We won,” Tom Smith said.\n\nA small dog raised its paw. “We lost,” he said.",
        "subject of the sentence before",
    ),
    Rule(
        "pronoun.speaker",
        "pronoun",
        _pronoun_speaker,
        "“We won,” Ann Smith said. “We lost,” she said.",
        "“We won,” Ann Smith said. Mary Jones rose. “We lost,” she said.",
        "speaker before",
    ),
    Rule(
        "pronoun.subject",
        "pronoun",
        _pronoun_subject,
        "Ann Smith rose. “We won,” she said.",
        "Ann Smith rose. “We won,” he said.",
        "subject before object: Hobbs 1978",
    ),
    Rule(
        "pronoun.subject-weak",
        "pronoun",
        _pronoun_subject_weak,
        "Zandorel rose. “We won,” she said.",
        "Ann Smith rose. “We won,” she said.",
        "capitals alone",
    ),
    Rule(
        "pronoun.despite-name",
        "pronoun",
        _pronoun_despite_name,
        "Mary Smith left the mine. “We won,” he said.",
        "Mrs Mary Smith left the mine. “We won,” he said.",
        "one person only",
    ),
    Rule(
        "pronoun.narrator",
        "pronoun",
        _pronoun_narrator,
        "“Come in, Zoe,” Ann Smith said. “Gladly, I say,” I said.",
        "“Come in,” Ann Smith said. “Gladly,” I said.",
        "called by name",
    ),
    Rule(
        "pronoun.body",
        "pronoun",
        _pronoun_body,
        "The company left what it called “a trap”.",
        "Acme left what it called “a trap”.",
        "subject first",
    ),
    Rule(
        "pronoun.thing",
        "pronoun",
        _pronoun_thing,
        "The Kremlin is calm. “We won,” it said.",
        "Ann Smith is calm. “We won,” it said.",
        "subject before object",
    ),
    Rule(
        "pronoun.plural",
        "pronoun",
        _pronoun_plural,
        "“We won,” residents said. “We lost,” they said.",
        "“We won,” Ann Smith said. “We lost,” they said.",
        "speaker before",
    ),
)
"""The rules in the order in which they are asked."""
