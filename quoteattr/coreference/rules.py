"""The table of coreference rules.

A rule is asked for the candidates to whom a mention may refer, and why.  The engine accepts a rule's
answer only if exactly one candidate remains (after eyecite and Raghunathan et al., A Multi-Pass
Sieve for Coreference Resolution, 2010: precise rules first).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import attrs

from quoteattr.coreference.descriptions import (
    PUBLIC,
    Description,
    excludes,
    fits,
    is_called,
    is_past,
    is_present,
    is_prominent,
    is_still,
    is_told,
    repeats,
    resumes,
    stands_for,
    tells,
    was_such,
)
from quoteattr.coreference.entities import GENDER_OF, Entity, fold
from quoteattr.coreference.subjects import (
    find_body,
    find_document,
    find_introduced,
    find_introduced_body,
    find_one,
    find_pair,
    find_several,
    find_subject,
    share_subject,
)
from quoteattr.lexicon import words_of

if TYPE_CHECKING:
    from quoteattr.coreference.context import Context

Ask = Callable[["Context"], list[Entity]]

_BOTH = ("the two ", "both ", "the pair ")
_COUPLES = ("the couple", "the pair")
_SPOUSES = words_of("nouns for a spouse")
_ANONYMOUS = words_of("nouns for an anonymous source")
_SIBLINGS = words_of("nouns for a sibling")
_OTHER_OWNER = {"his": "her ", "her": "his "}
_OWNERS = ("my ", "our ", "your ")
_FIRST = words_of("first-person pronouns")
_BUSINESSES = words_of("businesses without a name")
# the father of three, the mum-of-two
_OF_SO_MANY = re.compile(rf"[ -]of[ -](?:{'|'.join(sorted(words_of('small numbers')))}|\d+)\b")
_LONGEST_NUMBER = 9
_ACCUSED = words_of("nouns for the accused")
_MARRIED = words_of("nouns for the married")
_ANYBODY = words_of("nouns for anybody")
_THIRD_OWNERS = frozenset({"her", "his"})
_BODIES = words_of("bodies without a name")
# of these, those by which a body is called that the sentence before names
_FIRMS = words_of("bodies that take up a name")
_ANY_FIRM = words_of("nouns for any body")
_OTHER_NOUNS = dict(pair.split("=") for pair in words_of("other nouns for a body"))
# how many paragraphs back a pronoun looks
_REACH = 4
# and for whom a later name may stand
_FAR = 16
# and a description that somebody is taken up by
_NEAR = 2
# the 22-year-old Swede
_LONGEST_NATIVE = 4
# how far after a role its bearer may be named first
_LATER = 2000


@attrs.frozen
class CoreferenceRule:
    """One row: a name, the kind of mention it reads, its function, a text it decides, a near miss."""

    name: str
    reads: str
    ask: Ask
    fires_on: str
    silent_on: str
    origin: str
    doubts: bool = False
    """whether nobody at all is meant where it finds more than one and no later rule decides"""


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
        if fits(description, entity.descriptions, loose=loose):
            found.append(entity)
    if len(found) > 1 and not is_past(description):
        # the president, of a former president and his successor
        found = [one for one in found if is_still(description, one.descriptions)] or found
    if len(found) > 1:
        # the prosecutor, of a prosecutor and a lawyer
        found = [one for one in found if is_called(description, one.descriptions)] or found
        # the union spokesman, of one for the union and one for Acme
        literal = [one for one in found if tells(description, one.descriptions)]
        found = literal if len(literal) == 1 else found
    if is_present(description):
        found = [
            one
            for one in found
            if not was_such(description, one.descriptions) and (not one.names or one.names[0].start < context.start)
        ]
    other = _OTHER_OWNER.get(context.word.partition(" ")[0])
    if other is not None:  # her agent is nobody's who is told of as his agent
        found = [one for one in found if not any(role.text.lower().startswith(other) for role in one.descriptions)]
        found = [one for one in found if _is_owned(context, description, one)]
    own = next((word for word in _OWNERS if context.word.startswith(word)), None)
    if own is not None:  # my boss is nobody else's
        found = [one for one in found if any(role.text.lower().startswith(own) for role in one.descriptions)]
    return found


def _is_owned(context: Context, description: Description, entity: Entity) -> bool:
    """Whether "her" may mean whose boss somebody is, where the text tells only that she is his deputy."""
    told = [role for role in entity.descriptions if role.head == description.head]
    owner = context.owner(GENDER_OF[context.word.partition(" ")[0]]) if any(role.inferred for role in told) else None
    return owner is None or any(not role.inferred or role.possessor == owner.name for role in told)


def _introduced(context: Context) -> list[Entity]:
    """Who was brought in as "a Chilean official" is "the official", if nobody named has just that role."""
    description = context.description
    if description is None or not description.definite or description.possessor or description.role.plural:
        return []
    if context.setting.talk:
        return []
    if any(one.head == description.head for entity in context.described(frozenset()) for one in entity.descriptions):
        return []
    return find_introduced(context, description)


def _role(context: Context) -> list[Entity]:
    description, found = context.description, _described(context, loose=False, before=True)
    if _may_be_anybody(context):
        return []
    if description is None or len(found) < 2:
        return found or _accused(context)
    called = [one for one in found if any(repeats(description, role) for role in one.descriptions)]
    if len(called) == 1:
        return called
    if description.countries or description.words or context.setting.talk:
        return found
    if description.role.kind in PUBLIC and (about := _about(context)) and not set(about) & set(found):
        return found  # of whom the text speaks may be meant as well
    return context.nearest(found)


def _role_later(context: Context) -> list[Entity]:
    """Who bears the role and is named soon after: “…,” the Russian president said.  President Ann Smith left."""
    if context.setting.talk:
        return []
    found = _described(context, loose=False, before=False) or _described(context, loose=True, before=False)
    return [
        one
        for one in found
        if (not one.names or one.names[0].start - context.start < _LATER) and not _was(context.description, one)
    ]


def _was(description: Description | None, entity: Entity) -> bool:
    """Whether somebody only was what a description calls a bearer now: the captain, of a former captain."""
    if description is None or is_past(description):
        return False
    same = [role for role in entity.descriptions if role.head == description.head]
    return bool(same) and all(is_past(role) and " and " not in role.text for role in same)


def _may_be_anybody(context: Context) -> bool:
    """Whether a description can be said of anybody in a conversation: then the turns tell of whom it is."""
    return context.setting.talk and context.description is not None and context.description.head in _ANYBODY


def _named_next(context: Context) -> list[Entity]:
    """Whom the next paragraph is about, where nobody was named before: the singer said so.  Ann Smith, 52, left."""
    description = context.description
    if description is None or not description.definite or description.role.plural or description.possessor:
        return []
    if context.setting.talk or context.setting.outer is not None or description.role.kind in ("kin", "person"):
        return []
    if any(event.entity.kind == "person" for group in context.sentences_back(_FAR) for event in group):
        return []
    gender = description.role.gender
    one = context.narration.opens(context.setting.paragraph + 1, context.setting.paragraph)
    if one is None or one.gender not in (None, gender or one.gender):
        return []
    return [] if is_told(one.descriptions) and not fits(description, one.descriptions, loose=True) else [one]


def _later(context: Context) -> list[Entity]:
    """Who is named after the description: as such, or as whom the text goes on with."""
    return _role_later(context) or _named_next(context)


def _parent(context: Context, description: Description) -> list[Entity]:
    """The person named last who can be called a parent of so many: Ann Smith, the mother of two."""
    told = _OF_SO_MANY.search(context.text, context.start, context.phrase.end + _LONGEST_NUMBER)
    if told is None or context.setting.talk or context.setting.outer is not None:
        return []
    gender = description.role.gender
    for group in context.sentences_back(_FAR):
        persons = {event.entity: event for event in group if event.entity.kind == "person" and event.entity.names}
        known = [one for one in persons if one.gender == gender and one not in context.setting.quoted]
        found = known or [one for one, event in persons.items() if one.gender is None and not event.oblique]
        if found:
            return found
    return []


def _topic(context: Context) -> list[Entity]:
    """Whom the nearest sentence with a person is about, where the description can be said of them."""
    description = context.description
    if description is None or description.role.plural or description.possessor or not context.word.startswith("the "):
        return []
    if description.role.kind == "kin" and (found := _parent(context, description)):
        return found
    if context.word.startswith("the then ") or context.setting.talk or context.setting.outer is not None:
        return []
    about = _about(context)
    if bearers := _described(context, loose=True, before=False):
        return [one for one in about if one in bearers]
    if any(context.is_beside(one) for one in about):
        return []
    gender = description.role.gender
    found = [
        one
        for one in about
        if one not in context.setting.quoted
        and one.gender in (None, gender or one.gender)
        and not excludes(description, one.descriptions)
    ]
    kind = description.role.kind
    same = [one for one in found if any(role.role.kind == kind for role in one.descriptions)]
    found = same if len(same) == 1 and kind in PUBLIC else found
    if len(found) == 1 and context.is_spoken_of(found[0]):
        return []
    alone = context.start <= context.facts.second_person
    if len(found) != 1 or resumes(description, found[0].descriptions, alone=alone):
        return found
    return found if is_prominent(description) and context.told_here(found[0]) else []


def _about(context: Context) -> list[Entity]:
    """Return whom the nearest sentence that names a person is about."""
    for group in context.sentences_back(_NEAR):
        found = {
            event.entity: None
            for event in group
            if (event.entity.kind == "person" or (event.entity.kind == "unknown" and context.acts(event)))
            and not context.signs(event)
            and event.entity.names
            and not event.possessive
            and not event.oblique
        }
        if found:
            return list(found)
    return []


def _pair(context: Context) -> list[Entity]:
    """Two persons by what both are: the two mayors."""
    description = context.description
    if context.word in _COUPLES and not context.setting.talk and (couple := context.facts.couple):
        return [context.unnamed.join(couple)]
    if description is None or not description.role.plural or context.setting.talk:
        return []
    return find_pair(context) if f"{context.word} ".startswith(_BOTH) else []


def _spouse(context: Context) -> list[Entity]:
    """The other of a couple that the text names as one, or whose title tells of the marriage: his wife, Mrs Lee."""
    description = context.description
    words = context.word.split()
    if description is None or description.head not in _MARRIED | _SIBLINGS or words[0] not in _THIRD_OWNERS:
        return []
    siblings = description.head in _SIBLINGS
    if (siblings or description.head in _SPOUSES) and (other := context.partner(siblings=siblings)):
        return other
    owner = context.owner(GENDER_OF[words[0]]) if len(words) == 2 and description.head in _MARRIED else None
    return [] if owner is None else context.facts.married(owner, description.role.gender)


def _short_organization(context: Context) -> list[Entity]:
    """The noun of one body's name, and other words of it, or what the text calls it: the charity Sea Watch."""
    words = context.word.split()
    if words[0] != "the":
        return context.bodies_called(words[0]) if len(words) == 1 else []  # of a headline
    if len(words) < 2:
        return []
    words[-1] = _OTHER_NOUNS.get(words[-1], words[-1])
    found = [one for one in context.bodies_ending(words[-1]) if set(fold(tuple(words[1:]))) <= set(one.key)]
    if found or len(words) > 2:
        return context.nearest(found)
    return context.bodies_called(words[1]) or context.unnamed_bodies(words[1])


def _body_before(context: Context) -> list[Entity]:
    """The one body that the sentence before names, in the same paragraph: a spokesman for Acme, the company."""
    words = context.word.split()
    if len(words) != 2 or words[0] != "the" or words[1] not in _FIRMS or context.setting.outer is not None:
        return []
    for group in context.sentences_back(0):
        found = {event.entity: None for event in group if event.entity.kind in ("organization", "unknown")}
        if found:
            return [one for one in found if _may_be_called(one, words[1])]
    return []


def _may_be_called(body: Entity, noun: str) -> bool:
    """Whether a noun can call a body whose name may end in another: the firm, of Acme Group; not of Acme Police."""
    return body.head == noun or body.head in _ANY_FIRM or body.head not in _BODIES


def _accused(context: Context) -> list[Entity]:
    """Who is said to deny a deed or to be charged is the defendant."""
    description = context.description
    if description is None or not description.definite or description.head not in _ACCUSED:
        return []
    return context.accused()


def _business(context: Context) -> list[Entity]:
    """The business named last, if its name or the words beside it tell that it is one: Acme Foods, the firm."""
    words = context.word.split()
    if len(words) != 2 or words[0] != "the" or words[1] not in _BUSINESSES:
        return []
    for group in context.sentences_back(_REACH):
        bodies = list(dict.fromkeys(event.entity for event in group if _may_be_body(event.entity)))
        bodies = [one for one in bodies if _may_be_called(one, words[1])]
        if any(context.facts.is_business(one) for one in bodies):
            return bodies
    return []


def _may_be_body(entity: Entity) -> bool:
    """Whether a name may be one of a body: not a surname."""
    bare = entity.kind in ("other", "unknown") and not entity.gender and not entity.title_kind
    return entity.kind == "organization" or (bare and len(entity.core) > 1)


def _introduced_body(context: Context) -> list[Entity]:
    """The body without a name that was spoken of last by more than its noun: the interior ministry, the ministry."""
    words = context.word.split()
    return find_introduced_body(context, words[1]) if len(words) == 2 and words[0] == "the" else []


def _native(context: Context) -> list[Entity]:
    """Whom the nearest sentence with a person is about, by where they are from: the Swede."""
    words = context.word.split()
    if context.setting.talk or not 1 < len(words) < _LONGEST_NATIVE or words[0] != "the":
        return []
    country = context.native_of(words[-1])
    if country is None:
        alone = _about(context) if words[-1].title() in context.lexicon.demonyms else []
        reported = len(alone) == 1 and not alone[0].countries and context.told_here(alone[0])
        return alone if reported else []  # Smith said so.  “We won,” the Japanese said.
    named = {event.entity: None for event in context.persons_back(_FAR)}
    told = [one for one in named if country in one.countries]
    if told:
        return told
    about = _about(context)
    if context.setting.quoted & set(about):
        return []
    here = list(context.persons_back(0)) or context.persons_back(_NEAR)
    near = {event.entity for event in here} - context.setting.quoted
    others = [one for one in near if one not in about and not one.countries]
    return [] if others else [one for one in about if not one.countries]


def _of_country(context: Context) -> list[Entity]:
    """Who is named with a country alone, by an office of it: Peru’s Ann Smith, then the Peruvian president."""
    description = context.description
    if description is None or not description.definite or description.role.plural or context.setting.talk:
        return []
    if description.role.kind not in PUBLIC or len(description.countries) != 1:
        return []
    named = {event.entity: None for event in context.persons_back(_FAR)}
    return [one for one in named if one.countries == description.countries and not is_told(one.descriptions)]


def _from_country(context: Context) -> list[Entity]:
    """Whom the text places in the country that a description names: the Swede, the Peruvian president."""
    return _native(context) or _of_country(context)


def _same_description(context: Context) -> list[Entity]:
    description = context.description
    if description is None:
        return []
    return context.unnamed_like(description) or _renamed(context, description)


def _renamed(context: Context, description: Description) -> list[Entity]:
    """Who was brought in without a name, by another noun for the same: a source close to the band, the insider."""
    if context.setting.talk or not context.word.startswith("the ") or description.words or description.role.plural:
        return []
    spoken = context.setting.previous
    if spoken is not None and spoken.entity.kind == "unnamed" and context.setting.paragraph - spoken.paragraph <= 1:
        heads = {one.head for one in spoken.entity.descriptions}
        if heads & _ANONYMOUS and description.head in _ANONYMOUS:
            return [spoken.entity]
    one = find_subject(context)
    if one is None or one.kind != "unnamed" or (spoken is not None and one is spoken.entity):
        return []
    if one.gender not in (None, description.role.gender or one.gender):
        return []
    kinds = {role.role.kind for role in one.descriptions}
    return [one] if description.role.kind in kinds - {"person", "kin"} else []


def _personal(context: Context) -> str | None:
    return GENDER_OF.get(context.word)


def _pronoun_nominal(context: Context) -> list[Entity]:
    """Whom the sentence before is about, where it names nobody: "A small boy rose. “Me,” he said"."""
    gender = _personal(context)
    if gender is None or context.setting.talk:
        return []
    entity = find_subject(context)
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
    if not all(one.gender_source == "first name" for one in found):
        return []
    previous = context.setting.previous
    if previous is None or previous.entity not in found:
        return list(found)
    others = (
        one for _, one, _ in context.narration.names_between(previous.end, context.start) if one is not previous.entity
    )
    return list(found) if any(one.kind in ("person", "unknown") for one in others) else [previous.entity]


def _pronoun_speaker(context: Context) -> list[Entity]:
    """The speaker before, where nobody else of that gender has been named since."""
    gender = _personal(context)
    if gender is None or context.setting.previous is None or context.setting.outer is not None:
        return []
    speaker, where = context.setting.previous.entity, context.setting.previous.end
    if context.setting.previous.narrates:
        return []  # “Go,” I said; he is another
    if speaker.kind not in ("person", "unknown") or context.setting.paragraph - context.setting.previous.paragraph > 2:
        return []
    if speaker.gender not in (None, gender):
        return []
    for _, entity, name in context.narration.names_between(where, context.start):
        if (
            entity is not speaker
            and entity.kind in ("person", "unknown")
            and entity.gender in (None, gender)
            and not name.possessive
        ):
            return []
    return [speaker]


def _nearest_subject(context: Context) -> list[Entity]:
    """The first person of the pronoun's gender in the nearest sentence that has one."""
    gender = _personal(context)
    if gender is None:
        return []
    spare: list[Entity] = []
    words: list[Entity] = []
    for group in context.sentences_back(_REACH):
        fitting = [
            event
            for event in group
            if event.entity.gender in (None, gender)
            and event.entity not in context.setting.quoted
            and (event.entity.kind != "unnamed" or event.entity.descriptions)  # a card on the door
        ]
        unknown = [event for event in fitting if event.entity.kind == "unknown"]
        words = words or [event.entity for event in unknown if event.entity.gender or context.acts(event)]
        fitting = [event for event in fitting if event.entity.kind in ("person", "unnamed")]
        acting = subjects = [event for event in fitting if not event.possessive and not event.oblique]
        fitting = [event for event in fitting if event.entity.gender == gender] or fitting
        known = [event for event in subjects if event.entity.gender == gender]
        subjects = known or [event for event in subjects if event in fitting or len(event.entity.core) > 1]
        if subjects and context.has_subject(group[0], gender):
            continue  # “He will vote for Clinton or Sanders.”: he is neither
        if subjects:
            reporting = [event.entity for event in subjects if context.reports(event)]
            # Ann Smith and Mary Jones left: nothing tells which of them "she" is
            return reporting[:1] or share_subject(context, subjects[0], acting)
        spare = spare or [event.entity for event in fitting]
    return (spare or words)[:1]  # words with a capital alone, where “he” stands after them or a verb


def _pronoun_narrator(context: Context) -> list[Entity]:
    """First person is who tells: the speaker of the quotation around it, or the teller of a story that says who."""
    if context.setting.outer is not None:
        return [context.setting.outer] if context.word in _FIRST else []
    if context.word not in ("i", "me") or context.narration.inside:
        return []
    teller = context.facts.narrator
    return [teller] if teller is not None else []


def _pronoun_body(context: Context) -> list[Entity]:
    """A body without a name that is the subject: "The company left what it called “a trap”"."""
    if context.word != "it" or context.setting.outer is not None:
        return []
    body = find_body(context)
    return [body] if body is not None else []


def _may_be_thing(speaker: Entity) -> bool:
    """Whether a speaker that has a name is a person by nothing but its capital."""
    return (
        speaker.kind in ("person", "unknown")
        and bool(speaker.names)
        and speaker.gender is None
        and speaker.title_kind is None
        and not speaker.descriptions
    )


def _pronoun_thing(context: Context) -> list[Entity]:
    if context.word != "it":
        return []
    previous = context.setting.previous
    if previous is not None and previous.paragraph == context.setting.paragraph and _may_be_thing(previous.entity):
        return [previous.entity]  # “We won,” Acme said. It said ...
    for group in context.sentences_back(2):
        things = [
            event.entity
            for event in group
            if event.entity.kind in ("organization", "place", "document") and not event.oblique
        ]
        if things:
            return [things[0]]
    return []


def _pronoun_later(context: Context) -> list[Entity]:
    """Who is named first, right after the pronoun, where nobody is before: “We won,” he said. Tom Smith left."""
    gender = _personal(context)
    if gender is None or context.setting.talk or context.setting.outer is not None:
        return []
    if any(event.entity.kind in ("person", "unnamed") for group in context.sentences_back(_FAR) for event in group):
        return []
    for event in context.events_after(2):
        if event.entity.kind == "person" and not event.possessive and not event.oblique:
            return [event.entity] if event.entity.gender in (None, gender) else []
    return []


def _pronoun_document(context: Context) -> list[Entity]:
    """A document that the paragraph speaks of: "A note hung there. “Gone,” it read"."""
    if context.word != "it" or context.setting.outer is not None or context.setting.talk:
        return []
    document = find_document(context)
    return [document] if document is not None else []


def _pronoun_plural(context: Context) -> list[Entity]:
    if context.word not in ("they", "them", "their"):
        return []
    if context.setting.previous is not None:
        speaker = context.setting.previous.entity
        if context.setting.paragraph - context.setting.previous.paragraph <= 1 and (
            speaker.kind in ("group", "organization") or speaker.gender == "plural"
        ):
            return [speaker]
    if context.word != "they" or context.setting.outer is not None:
        return []
    return ([] if context.setting.talk else find_several(context)) or find_one(context)


RULES: tuple[CoreferenceRule, ...] = (
    CoreferenceRule(
        "nominal.introduced",
        "nominal",
        _introduced,
        "A Chilean diplomat came in. “We won,” the diplomat said.",
        "A Chilean diplomat came in. “We won,” the farmer said.",
        "indefinite, then definite",
    ),
    CoreferenceRule(
        "nominal.role",
        "nominal",
        _role,
        "Russian President Ann Smith left. “We won,” the Russian president said.",
        "Russian President Ann Smith left. “We won,” the Iranian president said.",
        "role and country in the text",
        doubts=True,
    ),
    CoreferenceRule(
        "nominal.topic",
        "nominal",
        _topic,
        "Ann Smith left. “We won,” the Florida senator said.",
        "Ann Smith left. “We won,” the bus driver said.",
        "elegant variation: whom the sentence before is about",
    ),
    CoreferenceRule(
        "nominal.pair",
        "nominal",
        _pair,
        "Ann Smith and Bob Jones left. “We won,” the two mayors said.",
        "Ann Smith, Bob Jones and Carl Emms left. “We won,” the two mayors said.",
        "two of a kind",
    ),
    CoreferenceRule(
        "nominal.spouse",
        "nominal",
        _spouse,
        "Ann and Bob Smith left. “We won,” Ann Smith said. “We lost,” her husband said.",
        "Ann Smith and Bob Jones left. “We won,” Ann Smith said. “We lost,” her husband said.",
        "a couple with one surname",
    ),
    CoreferenceRule(
        "nominal.body",
        "nominal",
        _short_organization,
        "The Flood Audit Office met. “We won,” the office said.",
        "The Flood Audit Office met the River Bureau. “We won,” the commission said.",
        "head of a name",
    ),
    CoreferenceRule(
        "nominal.body-before",
        "nominal",
        _body_before,
        "A spokesman for Acme Farms left. The company said it was “a trap”.",
        "A spokesman for Acme Farms met Bolt Steel. The company said it was “a trap”.",
        "one body only",
    ),
    CoreferenceRule(
        "nominal.business",
        "nominal",
        _business,
        "Ann Smith runs Acme Foods.\n\n“We won,” the company said.",
        "Ann Smith runs the Acme Choir.\n\n“We won,” the company said.",
        "elegant variation: the business named last",
    ),
    CoreferenceRule(
        "nominal.introduced-body",
        "nominal",
        _introduced_body,
        "The interior ministry met. “We won,” the ministry said.",
        "The interior ministry met. “We won,” the commission said.",
        "fuller, then shorter",
    ),
    CoreferenceRule(
        "nominal.native",
        "nominal",
        _from_country,
        "Ann Smith left. “We won,” the Swede said.",
        "Ann Smith left. “We won,” the Swedish said.",
        "elegant variation: where somebody is from",
    ),
    CoreferenceRule(
        "nominal.same",
        "nominal",
        _same_description,
        "“We won,” the tired official said. “We lost,” the official said later.",
        "“We won,” a farmer said. “We lost,” the baker said.",
        "same head noun",
    ),
    CoreferenceRule(
        "nominal.role-later",
        "nominal",
        _later,
        "“We won,” the Russian president said. Russian President Ann Smith left.",
        "“We won,” a president said. Russian President Ann Smith left.",
        "cataphora",
    ),
    CoreferenceRule(
        "pronoun.nominal",
        "pronoun",
        _pronoun_nominal,
        "“We won,” Tom Smith said.\n\nA small boy raised his hand. “We lost,” he said.",
        "“We won,” Tom Smith said.\n\nA small dog raised its paw. “We lost,” he said.",
        "subject of the sentence before",
    ),
    CoreferenceRule(
        "pronoun.speaker",
        "pronoun",
        _pronoun_speaker,
        "“We won,” Ann Smith said. “We lost,” she said.",
        "“We won,” Ann Smith said. Mary Jones rose. “We lost,” she said.",
        "speaker before",
    ),
    CoreferenceRule(
        "pronoun.subject",
        "pronoun",
        _nearest_subject,
        "Ann Smith rose. “We won,” she said.",
        "Ann Smith rose. “We won,” he said.",
        "subject before object: Hobbs 1978",
    ),
    CoreferenceRule(
        "pronoun.despite-name",
        "pronoun",
        _pronoun_despite_name,
        "Mary Smith left the mine. “We won,” he said.",
        "Mrs Mary Smith left the mine. “We won,” he said.",
        "one person only",
    ),
    CoreferenceRule(
        "pronoun.narrator",
        "pronoun",
        _pronoun_narrator,
        "“Come in, Zoe,” Ann Smith said. “Gladly, I say,” I said.",
        "“Come in,” Ann Smith said. “Gladly,” I said.",
        "called by name",
    ),
    CoreferenceRule(
        "pronoun.body",
        "pronoun",
        _pronoun_body,
        "The company left what it called “a trap”.",
        "Acme left what it called “a trap”.",
        "subject first",
    ),
    CoreferenceRule(
        "pronoun.thing",
        "pronoun",
        _pronoun_thing,
        "The Kremlin is calm. “We won,” it said.",
        "Ann Smith is calm. “We won,” it said.",
        "subject before object",
    ),
    CoreferenceRule(
        "pronoun.later",
        "pronoun",
        _pronoun_later,
        "“We won,” he said.\n\nTom Smith left.",
        "“We won,” she said.\n\nTom Smith left.",
        "cataphora",
    ),
    CoreferenceRule(
        "pronoun.document",
        "pronoun",
        _pronoun_document,
        "A note was nailed to the door. “We won,” it read.",
        "A lamp was nailed to the door. “We won,” it read.",
        "nearest document",
    ),
    CoreferenceRule(
        "pronoun.plural",
        "pronoun",
        _pronoun_plural,
        "“We won,” residents said. “We lost,” they said.",
        "“We won,” Ann Smith said. “We lost,” they said.",
        "speaker before",
    ),
)
"""The rules in the order in which they are asked."""
