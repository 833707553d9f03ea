"""Confidence is the measured precision of the deciding rule, read from a table."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from test_cases import ALL

from quoteattr import Config, Extractor, Quote, extract
from quoteattr.attribution import RULES as ATTRIBUTION
from quoteattr.attribution.indirect import RULES as INDIRECT
from quoteattr.coreference import RULES as COREFERENCE
from quoteattr.coreference.dialogue import RULES as DIALOGUE
from quoteattr.errors import LexiconError
from quoteattr.lexicon import FEWEST, load_lexicon, name_rows, read_confidence, read_table
from quoteattr.model import KINDS
from quoteattr.pipeline.quotes import find_confidence

ROOT = Path(__file__).parent.parent
EXAMPLES = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.txt"))]
TEXTS = [
    *EXAMPLES,
    *(case.text for case in ALL),
    *(rule.fires_on for rule in (*ATTRIBUTION, *COREFERENCE, *DIALOGUE, *INDIRECT)),
]
LEXICON = load_lexicon(Config())
ROWS = list(read_table("confidence"))
GOOD = {"rule": "*", "decisions": "40", "right": "30", "precision": "0.750"}


@pytest.fixture(scope="module")
def quotes() -> list[Quote]:
    extractor = Extractor()
    return [quote for text in TEXTS for quote in extractor.extract(text, kinds=KINDS)]


def test_every_rule_of_the_cases_has_a_confidence(quotes: list[Quote]) -> None:
    seen = {quote.rule: quote.confidence for quote in quotes}
    assert len(seen) > 20
    for rule, confidence in seen.items():
        assert 0 <= confidence <= 1, rule
        assert confidence == find_confidence(rule, LEXICON)
        assert (confidence == 0) == (rule == "none")


def test_confidence_is_the_nearest_row() -> None:
    figures = LEXICON.confidence
    exact = next(row["rule"] for row in ROWS if " > " in row["rule"] and "*" not in row["rule"])
    assert find_confidence(exact, LEXICON) == figures[exact]
    assert find_confidence("tail.unheard > name.unheard", LEXICON) == figures["tail.* > name.*"]
    assert find_confidence("tail.unheard > other.unheard", LEXICON) == figures["tail.* > *"]
    assert find_confidence("unheard.of > name.full", LEXICON) == figures["* > name.full"]
    assert find_confidence("unheard.of > name.unheard", LEXICON) == figures["* > name.*"]
    family = next(row["rule"] for row in ROWS if re.fullmatch(r"\w+\.\*", row["rule"]))
    assert find_confidence(family.replace("*", "unheard"), LEXICON) == figures[family]
    assert find_confidence("unheard", LEXICON) == figures["*"]
    assert find_confidence("none", LEXICON) == 0.0


def test_a_whole_name_is_surer_than_a_pronoun_and_than_nothing() -> None:
    figures = LEXICON.confidence
    assert figures["* > name.full"] > figures["* > pronoun.*"] > find_confidence("float.paragraph", LEXICON) > 0


def test_every_row_is_of_a_rule_that_there_is(quotes: list[Quote], benchmarks: SimpleNamespace) -> None:
    names = {name for _, rows in benchmarks.rules.tables() for name, _, _ in rows}
    names |= {part for quote in quotes for part in quote.rule.split(" > ")}
    families = {row for name in names for row in (name, f"{name.partition('.')[0]}.*")} | {"*"}
    for row in ROWS:
        assert {*row["rule"].split(" > ")} <= families, f"{row['rule']}: run benchmarks/confidence.py --write"


def test_rows_add_up() -> None:
    counted = {row["rule"]: int(row["decisions"]) for row in ROWS}
    for rule, decisions in counted.items():
        for wider in name_rows(rule)[1:] if "*" not in rule else ("*",):
            assert counted[wider] >= decisions


def test_strict_leaves_open_what_is_doubtful_and_nothing_else() -> None:
    changed = 0
    for text in TEXTS:
        for usual, strict in zip(extract(text), extract(text, config=Config(preset="strict")), strict=True):
            assert (usual.spans, usual.rule, usual.confidence) == (strict.spans, strict.rule, strict.confidence)
            if usual.speaker is None or usual.confidence >= 0.9:
                assert (strict.speaker, strict.reason) == (usual.speaker, usual.reason)
            else:
                changed += 1
                assert strict.speaker is None
                assert strict.reason is not None
                assert usual.rule in strict.reason
    assert changed > 10


def test_strict_leaves_open_what_no_words_say() -> None:
    assert max(find_confidence(rule.name, LEXICON) for rule in DIALOGUE) < 0.9
    assert find_confidence("float.paragraph", LEXICON) < 0.9


def test_strict_keeps_a_whole_name() -> None:
    quote = extract("“We won,” said Ann Lee.", config=Config(preset="strict"))[0]
    assert str(quote.speaker) == "Ann Lee"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"decisions": "many"}, "whole numbers"),
        ({"right": "-1"}, "whole numbers"),
        ({"right": "41"}, "41 right of 40"),
        ({"rule": "tail.* > *", "decisions": str(FEWEST - 1), "right": "1"}, f"1 right of {FEWEST - 1}"),
        ({"decisions": "0", "right": "0"}, "0 right of 0"),
        ({"precision": "0.8"}, "0.750"),
        ({"rule": "tail.* > *"}, "no row *"),
    ],
)
def test_a_malformed_table_is_told(change: dict[str, str], problem: str) -> None:
    with pytest.raises(LexiconError, match=re.escape(problem)):
        read_confidence([GOOD | change])


def test_the_table_as_it_is_read() -> None:
    assert read_confidence([GOOD]) == {"*": 0.75}
    assert read_confidence(ROWS) == LEXICON.confidence
    for row in ROWS:
        assert row["rule"] == "*" or int(row["decisions"]) >= FEWEST
