"""The seed articles, which are not part of the checkout: skipped where they are not at hand."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from promises import check_promises

from quoteattr import extract

BESIDE = Path(__file__).resolve().parents[2] / "shared"
GOLD = Path(os.environ.get("QUOTEATTR_SHARED", BESIDE)) / "seeds" / "gold.jsonl"

if not GOLD.is_file():
    pytest.skip("no seed articles: set QUOTEATTR_SHARED to their folder", allow_module_level=True)

ARTICLES = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines() if line.strip()]

Row = tuple[list[list[int]], str, str | None, str | None]


def gold_rows(article: dict[str, Any]) -> list[Row]:
    return [(quote["content"], quote["kind"], quote["speaker"], quote["addressee"]) for quote in article["quotes"]]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article["id"])
def test_quotes_speakers_and_addressees(article: dict[str, Any]) -> None:
    found: list[Row] = [
        (
            [[span.start, span.end] for span in quote.spans],
            quote.kind,
            quote.speaker and quote.speaker.name,
            quote.addressee and quote.addressee.name,
        )
        for quote in extract(article["text"])
    ]
    assert found == gold_rows(article)


def whole_words(text: str, spans: list[list[int]]) -> bool:
    """Whether no span starts inside a word: seed-000.q4 has for its source the "he" of "the", not of "he added"."""
    return not any(start and text[start - 1].isalnum() for start, _ in spans)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article["id"])
def test_mentions_and_cues(article: dict[str, Any]) -> None:
    text = article["text"]
    found = {quote.start: quote for quote in extract(text)}
    for gold in article["quotes"]:
        quote = found[gold["content"][0][0]]
        assert ([[quote.cue.start, quote.cue.end]] if quote.cue else []) == gold["cue"]
        if whole_words(text, gold["source"]):
            assert ([[quote.mention.start, quote.mention.end]] if quote.mention else []) == gold["source"]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article["id"])
def test_promises(article: dict[str, Any]) -> None:
    check_promises(article["text"], extract(article["text"]))


def test_nineteen_quotes() -> None:
    assert sum(len(article["quotes"]) for article in ARTICLES) == 19
