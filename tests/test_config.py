"""What a caller may change, and what is refused at once."""

from collections.abc import Iterator

import pytest

from quoteattr import Config, QuoteattrError, explain, extract, extract_many

RAISI = {"name": "Ebrahim Raisi", "roles": ["Iranian president"], "aliases": ["the Butcher"], "id": "Q5"}


@pytest.mark.parametrize(
    ("text", "name", "known"),
    [
        ("“We win,” said Ebrahim Raisi.", "Ebrahim Raisi", "Q5"),
        ("“We win,” said President Raisi.", "Ebrahim Raisi", "Q5"),
        ("“We win,” said the Iranian president.", "Ebrahim Raisi", "Q5"),
        ("Ebrahim Raisi left. “We win,” said the Butcher.", "Ebrahim Raisi", "Q5"),
        ("Ann Raisi left. “We win,” said Raisi.", "Ann Raisi", None),
        ("“We win,” said the Chilean president.", "the Chilean president", None),
    ],
)
def test_a_known_person_is_found_however_the_text_says_it(text: str, name: str, known: str | None) -> None:
    (quote,) = extract(text, config=Config(people=[RAISI]))
    assert quote.speaker is not None
    assert (quote.speaker.name, quote.speaker.id) == (name, known)


@pytest.mark.parametrize("alias", ["the Iron Lady", "Iron Lady"])
def test_an_alias_names_somebody_whom_the_text_does_not(alias: str) -> None:
    (quote,) = extract("“We win,” said the Iron Lady.", config=Config(aliases={alias: "Margaret Thatcher"}))
    assert str(quote.speaker) == "Margaret Thatcher"


@pytest.mark.parametrize(
    "given",
    [
        {"cues": "opine"},
        {"cues": None},
        {"cues": [5]},
        {"cues": ["bear out"]},
        {"people": [{"name": "Bo Kay", "id": 5}]},
        {"people": [{"name": "Bo Kay", "id": ["Q1"]}]},
        {"titles": [" "]},
        {"titles": ["grand zorb"]},
        {"people": None},
        {"people": [{"name": "Bo Kay", "aliases": "Bobby"}]},
        {"people": [{"name": "Bo Kay", "gender": "m"}]},
        {"people": [{"name": 5}]},
        {"aliases": ["abc"]},
        {"aliases": {"x": 5}},
        {"attitudes": "no"},
    ],
    ids=str,
)
def test_what_cannot_be_used_is_refused_at_once(given: dict[str, object]) -> None:
    with pytest.raises(QuoteattrError):
        Config(**given)  # type: ignore[arg-type]


def test_a_cue_may_have_a_capital() -> None:
    config = Config(cues=["Skeet"], titles=["Grand Zorb"])
    (quote,) = extract("“We win,” skeeted Grand Zorb Ann Lee.", config=config)
    assert str(quote.speaker) == "Ann Lee"


def test_a_refusal_says_what_to_write() -> None:
    with pytest.raises(QuoteattrError, match=r"\['direct', 'mixed'\]"):
        extract("“We win,” said Ann Lee.", kinds="direct, mixed")  # type: ignore[arg-type]
    with pytest.raises(QuoteattrError, match="sequence of texts"):
        extract_many(None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "thoughts"),
    [
        (
            "Poe thinks the bridge is too narrow and Reed believes it should be closed.",
            [("Poe", "the bridge is too narrow"), ("Reed", "it should be closed")],
        ),
        (
            "Ann Poe thinks that the plan will fail, and Carl Reed fears that it will cost lives.",
            [("Ann Poe", "the plan will fail"), ("Carl Reed", "it will cost lives")],
        ),
        (
            "Ann Poe thinks the plan will fail and fears it will cost lives.",
            [("Ann Poe", "the plan will fail"), ("Ann Poe", "it will cost lives")],
        ),
        # near miss: one thought about two
        (
            "Ann Poe believes Bob Lee and Carl Moss know the way.",
            [("Ann Poe", "Bob Lee and Carl Moss know the way")],
        ),
    ],
)
def test_thoughts_side_by_side_are_two(text: str, thoughts: list[tuple[str, str]]) -> None:
    quotes = extract(text, kinds=["indirect"], config=Config(attitudes=True))
    assert [(quote.speaker.name, quote.text) for quote in quotes if quote.speaker] == thoughts
    assert not extract(text, kinds=["indirect"])


def test_explain_refuses_a_quote_of_another_reading() -> None:
    text = "Ann Lee left. “We won,” she said."
    (quote,) = extract(text)
    with pytest.raises(QuoteattrError, match="text and config"):
        explain("Bob Kay left. “We won,” he said.", quote)
    with pytest.raises(QuoteattrError, match="one quote"):
        explain(text, None)  # type: ignore[arg-type]


@pytest.mark.parametrize("workers", [1, 2])
def test_the_answers_before_a_failing_reader_are_given(workers: int) -> None:
    def texts() -> Iterator[str]:
        yield from ["“We won,” said Ann Lee."] * 3
        raise OSError("the disk is gone")

    answers = extract_many(texts(), workers=workers)
    given = [next(answers) for _ in range(3)]
    with pytest.raises(OSError, match="disk"):
        next(answers)
    assert [len(quotes) for quotes in given] == [1, 1, 1]  # type: ignore[arg-type]
