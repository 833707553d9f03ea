"""Every rule is a row with a text that it decides and a near miss that it does not."""

from __future__ import annotations

import pytest

from quoteattr import extract
from quoteattr.attribution import RULES as ATTRIBUTION
from quoteattr.attribution import Rule as AttributionRule
from quoteattr.attribution.indirect import RULES as INDIRECT
from quoteattr.attribution.indirect import IndirectRule
from quoteattr.coreference import RULES as COREFERENCE
from quoteattr.coreference import Rule as CoreferenceRule
from quoteattr.coreference.dialogue import RULES as DIALOGUE
from quoteattr.coreference.dialogue import Rule as DialogueRule
from quoteattr.model import Kind


def deciding(text: str, kinds: tuple[Kind, ...] = ("direct", "mixed")) -> set[str]:
    """Name the rules that decided something in a text."""
    return {name for quote in extract(text, kinds=kinds) for name in quote.rule.split(" > ")}


@pytest.mark.parametrize("rule", ATTRIBUTION, ids=lambda rule: rule.name)
def test_an_attribution_rule_decides_its_own_example_alone(rule: AttributionRule) -> None:
    assert rule.name in deciding(rule.fires_on)
    assert rule.name not in deciding(rule.silent_on)


@pytest.mark.parametrize("rule", COREFERENCE, ids=lambda rule: rule.name)
def test_a_coreference_rule_decides_its_own_example_alone(rule: CoreferenceRule) -> None:
    assert rule.name in deciding(rule.fires_on)
    assert rule.name not in deciding(rule.silent_on)


@pytest.mark.parametrize("rule", DIALOGUE, ids=lambda rule: rule.name)
def test_a_dialogue_rule_decides_its_own_example_alone(rule: DialogueRule) -> None:
    assert rule.name in deciding(rule.fires_on)
    assert rule.name not in deciding(rule.silent_on)


@pytest.mark.parametrize("rule", INDIRECT, ids=lambda rule: rule.name)
def test_a_rule_of_indirect_speech_decides_its_own_example_alone(rule: IndirectRule) -> None:
    assert rule.name in deciding(rule.fires_on, ("indirect",))
    assert rule.name not in deciding(rule.silent_on, ("indirect",))


@pytest.mark.parametrize("rules", [ATTRIBUTION, COREFERENCE, INDIRECT, DIALOGUE])
def test_names_are_unique_and_have_a_family(rules: tuple[AttributionRule | IndirectRule, ...]) -> None:
    names = [rule.name for rule in rules]
    assert len(set(names)) == len(names)
    assert all(name.count(".") == 1 for name in names)
