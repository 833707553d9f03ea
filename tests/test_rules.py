"""Every rule is a row with a text that it decides and a near miss that it does not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from test_cases import ALL
from test_readme import README

import quoteattr
from quoteattr import extract
from quoteattr.attribution import RULES as ATTRIBUTION
from quoteattr.attribution import DirectRule
from quoteattr.attribution.indirect import RULES as INDIRECT
from quoteattr.attribution.indirect import IndirectRule
from quoteattr.coreference import RULES as COREFERENCE
from quoteattr.coreference import CoreferenceRule
from quoteattr.coreference.dialogue import RULES as DIALOGUE
from quoteattr.coreference.dialogue import TurnRule
from quoteattr.lexicon import IN_CONVERSATION
from quoteattr.model import KINDS, Kind

Rule = DirectRule | IndirectRule | CoreferenceRule | TurnRule


def deciding(text: str, kinds: tuple[Kind, ...] = ("direct", "mixed")) -> set[str]:
    """Name the rules that decided something in a text."""
    return {name for quote in extract(text, kinds=kinds) for name in quote.rule.split(" > ")}


@pytest.mark.parametrize("rule", [*ATTRIBUTION, *COREFERENCE, *DIALOGUE, *INDIRECT], ids=lambda rule: rule.name)
def test_a_rule_decides_its_own_example_alone(rule: Rule) -> None:
    kinds: tuple[Kind, ...] = ("indirect",) if rule in INDIRECT else ("direct", "mixed")
    assert rule.name in deciding(rule.fires_on, kinds)
    assert rule.name not in deciding(rule.silent_on, kinds)


@pytest.mark.parametrize("rules", [ATTRIBUTION, COREFERENCE, INDIRECT, DIALOGUE])
def test_names_are_unique_and_have_a_family(rules: Sequence[Rule]) -> None:
    names = [rule.name for rule in rules]
    assert len(set(names)) == len(names)
    assert all(name.count(".") == 1 for name in names)


def test_the_readme_tells_every_rule_that_a_quote_may_have() -> None:
    decided = {quote.rule.removesuffix(IN_CONVERSATION) for case in ALL for quote in extract(case.text, kinds=KINDS)}
    names = {name for rule in decided for name in rule.split(" > ")}
    assert len(names) > 70
    assert {name for name in names if f"`{name}`" not in README} == set()


def test_every_group_of_words_is_asked_for():
    package = Path(quoteattr.__file__).parent
    source = "\n".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    rows = (package / "lexicon" / "word_groups.tsv").read_text(encoding="utf-8").splitlines()[1:]
    groups = [row.split("\t")[0] for row in rows]
    assert [group for group in groups if f'"{group}"' not in source and f"'{group}'" not in source] == []
