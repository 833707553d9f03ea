"""What `explain` tells: the rule, the words, the steps, and who lost and why."""

import pytest
from hypothesis import given
from promises import KINDS
from test_properties import articles

from quoteattr import explain, extract

TOLD = [
    (
        "Ann Lee met Eva Fox and Bob Fox. “No,” she said.",
        ["pronoun.subject: “she” may be Ann Lee; accepted"],
        ["Bob Fox: is male", "Eva Fox: pronoun.subject finds Ann Lee"],
    ),
    (
        "Norwegian Prime Minister Ann Lee met Kari Holm. “We won,” the Norwegian prime minister said.",
        ["nominal.role: “the Norwegian prime minister” may be Ann Lee; accepted"],
        ["Kari Holm: the text nowhere calls them “the Norwegian prime minister”"],
    ),
    (
        "Ann Lee and Bob Lee came. “We won,” Lee said.",
        ["name.ambiguous: “Lee” may be Ann Lee or Bob Lee"],
        [],
    ),
    (
        "Bob Lee met Ann Lee. “We won,” Mr Lee said.",
        ["name.short: “Mr Lee” is Bob Lee"],
        ["Ann Lee: told apart by title, first name or kind"],
    ),
    ("“We won,” said a farmer.", ["nominal.unnamed: nobody who is named is called “a farmer”"], []),
    ("<p>&amp;ldquo;We won,&amp;rdquo; said Ann Lee.</p>", ["name.full: “Ann Lee” is Ann Lee"], []),
    ("“We won,” he said.", ["no rule finds one whom “he” means"], []),
    ("Ann Lee said the vote was over.\n\n“We go on to the next one.”", ["float.report: *", "name.full: *"], []),
]


@pytest.mark.parametrize(("text", "steps", "lost"), TOLD)
def test_the_steps_and_who_lost_are_told(text, steps, lost):
    told = explain(text, extract(text)[0])
    assert [one.split(": ")[0] for one in told.steps] == [one.split(": ")[0] for one in steps]
    assert all(step.endswith("*") or step in told.steps for step in steps)
    assert list(told.lost) == lost
    assert all(line in str(told) for line in [*told.steps, *told.lost])


def test_the_turns_of_a_conversation_tell_who_else_it_may_be():
    text = "“Who is there?” asked Ann Lee.\n\n“The postman,” said Bob Fox.\n\n“At night?”"
    told = explain(text, extract(text)[2])
    assert told.steps[0].startswith("turn.alternate: the turn may be of Ann Lee, Bob Fox; ")
    assert told.lost == ("Bob Fox: less likely by the conversation as a whole",)


def test_whom_a_sentence_addresses_is_no_step_of_who_says_it():
    text = "Ann Lee met Bob Fox. “We won,” Ann Lee told the tired man."
    assert explain(text, extract(text)[0]).steps == ("name.full: “Ann Lee” is Ann Lee",)


@given(articles())
def test_every_source_has_a_step(article):
    text, _ = article
    for quote in extract(text, kinds=KINDS):
        assert explain(text, quote).steps
