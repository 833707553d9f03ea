"""The table of attribution rules."""

from __future__ import annotations

from quoteattr.attribution.rules.beats import beat_after, beat_before
from quoteattr.attribution.rules.complements import clause_cue
from quoteattr.attribution.rules.frame import DirectRule
from quoteattr.attribution.rules.headings import byline_after, heading_colon, turn_label
from quoteattr.attribution.rules.leads import lead_colon, lead_cue
from quoteattr.attribution.rules.nouns import (
    according,
    in_view,
    noun_after,
    noun_of,
    noun_that,
    noun_words,
    tail_noun,
    under_rules,
)
from quoteattr.attribution.rules.tails import (
    clause_tail,
    tail_subject_first,
    tail_subject_inner,
    tail_verb_first,
    tail_verb_inner,
)

# a verb of reporting, in any form
_VERB = frozenset("vguB")
RULES: tuple[DirectRule, ...] = (
    DirectRule(
        "turn.label",
        turn_label,
        "ANN SMITH: We won.\n\nBOB JONES: Who did?\n\nANN SMITH: We did.\n\nBOB JONES: Well done.",
        "ANN SMITH: We won.",
        "transcript",
    ),
    DirectRule(
        "tail.subject-verb",
        tail_subject_first,
        "“We won,” Ann Smith said.",
        "“We won” was all over the papers.",
        "news style",
        needs=_VERB,
    ),
    DirectRule(
        "tail.verb-subject",
        tail_verb_first,
        "“We won,” said Ann Smith.",
        "“We won” said it all.",
        "news style",
        needs=frozenset("v"),
    ),
    DirectRule(
        "byline.after",
        byline_after,
        "“We won the vote.” – Ann Smith",
        "“We won” – a slogan.",
        "textacy issue 383; headline style",
        needs=frozenset(":-"),
    ),
    DirectRule(
        "tail.noun",
        tail_noun,
        "“We won,” was Ann Smith's answer.",
        "“We won,” was Ann Smith's dream.",
        "news style",
        needs=frozenset("e"),
    ),
    DirectRule(
        "words.noun",
        noun_words,
        "In the words of Ann Smith, “we won”.",
        "The words “we won” were painted over.",
        "Guardian annotation guide",
        needs=frozenset("nN"),
    ),
    DirectRule(
        "heading.colon",
        heading_colon,
        "Smith: ‘we won’",
        "Rain: ‘wet’ days ahead?",
        "headline style",
        needs=frozenset(":"),
    ),
    DirectRule(
        "lead.cue", lead_cue, "Ann Smith said: “We won.”", "Ann Smith read “War and Peace”.", "news style", needs=_VERB
    ),
    DirectRule(
        "clause.lead",
        clause_cue,
        "Ann Smith said the deal was “a disgrace”.",
        "Ann Smith walked past the “wet paint” sign.",
        "PARC: mixed",
        needs=_VERB,
    ),
    DirectRule(
        "noun.that",
        noun_that,
        "Ann Smith's claim that the deal was “a disgrace” failed.",
        "The house that “a disgrace” built.",
        "PARC: noun cues",
        needs=frozenset("nN"),
    ),
    DirectRule(
        "noun.of",
        noun_of,
        "The crowd broke into chants of “shame on you”.",
        "The house of “shame” is closed.",
        "PARC: noun cues",
        needs=frozenset("f"),
    ),
    DirectRule(
        "noun.after",
        noun_after,
        "Ann Smith's “lazy voters” remark was recalled.",
        "Ann Smith's “lazy” dog was recalled.",
        "PARC: noun cues",
        needs=frozenset("n"),
    ),
    DirectRule(
        "tail.subject-verb-inner",
        tail_subject_inner,
        "The plan, “a disgrace,” Ann Smith said, was dead.",
        "The plan, “a disgrace”, is dead.",
        "news style",
        needs=_VERB,
    ),
    DirectRule(
        "tail.verb-subject-inner",
        tail_verb_inner,
        "The plan is “a disgrace,” said Ann Smith.",
        "The plan is “a disgrace”.",
        "news style",
        needs=frozenset("v"),
    ),
    DirectRule(
        "clause.tail",
        clause_tail,
        "It was “even worse” that they left, Ann Smith added.",
        "It was “even worse” that they left.",
        "news style",
        needs=frozenset("v"),
    ),
    DirectRule(
        "view.of",
        in_view,
        "In Ann Smith's view, the plan is “a disgrace”.",
        "In Ann Smith's town, the plan is “a disgrace”.",
        "news style",
        needs=frozenset("ifFk"),
    ),
    DirectRule(
        "according.to",
        according,
        "The plan is “a disgrace”, according to Ann Smith.",
        "The plan is “a disgrace”, in keeping with custom.",
        "news style",
        needs=frozenset("h"),
    ),
    DirectRule(
        "according.under",
        under_rules,
        "Under town law, a stall is closed when it is “a danger to those who pass”.",
        "Under town law, a stall is a “light trade”.",
        "news style",
        needs=frozenset("i"),
    ),
    DirectRule(
        "lead.colon",
        lead_colon,
        "Ann Smith had one message: “We won.”",
        "Two words were on the wall: “Wet paint”",
        "news style",
        needs=frozenset(":e-"),
    ),
    DirectRule(
        "beat.before",
        beat_before,
        "Ann Smith put down the lamp. “We won the vote.”",
        "The lamp went out. “We won the vote.”",
        "fiction style",
    ),
    DirectRule(
        "beat.after",
        beat_after,
        "“We won the vote.” Ann Smith put down the lamp.",
        "“We won the vote.” The lamp went out.",
        "fiction style",
    ),
)
"""The rules in the order in which they are asked."""
