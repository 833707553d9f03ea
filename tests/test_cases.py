"""Every case of `tests/cases/**/*.txt` is one test; the format is told in `tests/cases/README.md`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest
from promises import check_promises

from quoteattr import Quote, Quotes, extract

CASES = Path(__file__).parent / "cases"
ESCAPES = {r"\r": "\r", r"\n": "\n", r"\t": "\t", r"\f": "\f", r"\u00a0": "\u00a0"}


@attrs.frozen
class Expected:
    kind: str
    speaker: str
    words: str
    fields: dict[str, str]


@attrs.frozen
class Case:
    name: str
    text: str
    expected: tuple[Expected | None, ...]  # None: any number of quotes
    fails: str | None
    kinds: tuple[str, ...] = ("direct", "mixed")
    near_miss: bool = False


def decode(text: str) -> str:
    return re.sub(r"\\(?:u00a0|[rntf])", lambda found: ESCAPES[found.group()], text)


def read_case(file: str, block: str) -> Case:
    title, _, body = block.partition("\n")
    title, *flags = title.split("!")
    flags = [flag.strip() for flag in flags]
    assert set(flags) <= {"escapes", "indirect"}, f"{file}: {title}: unknown flag"
    escaped = "escapes" in flags
    head, parted, answers = body.partition("\n---\n")
    assert parted, f"{file}: {title}: no --- line"
    fails = None
    near_miss = False
    lines = head.split("\n")
    while lines and lines[0].startswith(("#", "expect:")):
        near_miss = near_miss or lines[0].startswith("# Near miss")
        if lines[0].startswith("expect:"):
            word, _, fails = lines[0].removeprefix("expect:").strip().partition(" — ")
            assert (word, bool(fails)) == ("fail", True), f"{file}: {title}: write “expect: fail — why”"
        lines.pop(0)
    text = "\n".join(lines).strip("\n")
    if escaped:
        text, answers = decode(text), answers.replace(r"\u00a0", "\u00a0")
    expected = [read_expected(line, escaped) for line in answers.splitlines() if line.strip()]
    assert expected, f"{file}: {title}: say none where nothing is to be found"
    kinds = ("direct", "mixed", "indirect") if "indirect" in flags else ("direct", "mixed")
    wanted = tuple(one for one in expected if one != "none")
    return Case(f"{file}: {title.strip()}", text, wanted, fails, kinds, near_miss)


def read_expected(line: str, escaped: bool) -> Expected | str | None:
    if line.strip() in ("none", "any"):
        return None if line.strip() == "any" else "none"
    kind, speaker, words, *fields = (part.strip() for part in line.split(" | "))
    pairs = dict(field.split("=", 1) for field in fields)
    assert kind in ("direct", "mixed", "indirect"), line
    assert set(pairs) <= set(FIELDS), f"unknown field in {line!r}"
    return Expected(kind, speaker, decode(words) if escaped else words, pairs)


def read_cases() -> Iterator[Case]:
    for path in sorted(CASES.rglob("*.txt")):
        for block in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            yield read_case(str(path.relative_to(CASES).with_suffix("")), block)


def or_dash(value: object) -> str:
    return "-" if value is None else str(value)


def words_at(text: str, *spans: object) -> str:
    return " ".join(text[span.start : span.end] for span in spans if span is not None) or "-"


FIELDS: dict[str, Callable[[Quote, str], str]] = {
    "mention": lambda quote, text: words_at(text, quote.mention),
    "mention_kind": lambda quote, _: or_dash(quote.mention and quote.mention.kind),
    "cue": lambda quote, text: words_at(text, quote.cue),
    "addressee": lambda quote, _: or_dash(quote.addressee and quote.addressee.name),
    "clause": lambda quote, text: words_at(text, *quote.clause),
    "pieces": lambda quote, _: str(len(quote.spans)),
    "parent": lambda quote, _: or_dash(quote.parent),
    "speaker_kind": lambda quote, _: or_dash(quote.speaker and quote.speaker.kind),
    "gender": lambda quote, _: or_dash(quote.speaker and quote.speaker.gender),
    "reason": lambda quote, _: "*" if quote.reason else "-",
}

Row = tuple[str, str, str, dict[str, str]]


def show(quote: Quote, text: str, fields: dict[str, str]) -> Row:
    speaker = or_dash(quote.speaker and quote.speaker.name)
    return quote.kind, speaker, quote.text, {name: FIELDS[name](quote, text) for name in fields}


def matches(quotes: tuple[Quote, ...], expected: tuple[Expected | None, ...], text: str) -> bool:
    """Whether the quotes are the expected ones, where None stands for any number of them."""
    if not expected:
        return not quotes
    first, *rest = expected
    if first is None:
        return any(matches(quotes[skipped:], tuple(rest), text) for skipped in range(len(quotes) + 1))
    return (
        bool(quotes)
        and show(quotes[0], text, first.fields) == attrs.astuple(first, recurse=False)
        and matches(quotes[1:], tuple(rest), text)
    )


ALL = list(read_cases())


def test_names_are_unique() -> None:
    names = [case.name for case in ALL]
    assert sorted(set(names)) == sorted(names)


HARD = sorted({case.name.partition(":")[0] for case in ALL if case.name.startswith("hard/")})


def test_every_hard_case_has_a_file() -> None:
    assert [int(name.removeprefix("hard/")[:2]) for name in HARD] == list(range(1, 19))


@pytest.mark.parametrize("name", HARD)
def test_hard_cases_are_enough(name: str) -> None:
    """Each hard case has at least eight texts, a third of them near misses, a third of several paragraphs."""
    cases = [case for case in ALL if case.name.startswith(f"{name}:")]
    assert len(cases) >= 8
    assert 3 * sum(case.near_miss for case in cases) >= len(cases)
    assert 3 * sum("\n\n" in case.text for case in cases) >= len(cases)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case.name,
            marks=[pytest.mark.xfail(reason=case.fails, strict=True)] if case.fails else [],
        )
        for case in ALL
    ],
)
def test_case(case: Case) -> None:
    check_case(case, extract(case.text, kinds=case.kinds))


def check_case(case: Case, quotes: Quotes) -> None:
    """Compare the quotes of a case's text with the expected ones."""
    check_promises(case.text, quotes)
    if None in case.expected:
        assert matches(tuple(quotes), case.expected, case.text), quotes
        return
    fields = [one.fields for one in case.expected]
    fields += [{}] * (len(quotes) - len(fields))
    found = [show(quote, case.text, asked) for quote, asked in zip(quotes, fields, strict=False)]
    assert found == [attrs.astuple(one, recurse=False) for one in case.expected]
