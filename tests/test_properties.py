"""The promises of the public contract, on generated texts.

Two sources of texts: noise (any characters, and pieces of articles in any order), on which only the
form of the answer is known; and articles built sentence by sentence, whose quotes are known by
construction.
"""

from __future__ import annotations

import gc
import itertools
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from promises import KINDS, check_promises

import quoteattr
from quoteattr import (
    Config,
    Extractor,
    Mention,
    Quote,
    QuoteattrError,
    Quotes,
    Span,
    Speaker,
    explain,
    extract,
    extract_many,
    find_quotes,
)
from quoteattr.errors import ExtractionError, TextTypeError, UsageError

# ---------------------------------------------------------------- articles with known quotes

NAMES = (
    "Ingrid Solberg", "Walter Quinn", "Rosa Delgado", "Kenji Mori", "Priya Nair",
    "Callum Reid", "Lucia Ferri", "Tobias Renn", "Hilde Voss", "Emeka Obi",
)  # fmt: skip
OTHER_NAMES = (
    "Greta Lindner", "Dai Prosser", "Joan Whitby", "Pavel Horak", "Tanja Kolb",
    "Ivo Baric", "Petra Kovar", "Marek Dolan", "Olga Brandl", "Sven Aker",
)  # fmt: skip
CUES = ("said", "argued", "warned", "explained", "replied", "insisted")
WORDS = (
    ("The harbour", "will stay open all winter"),
    ("The roof of the mill", "is not safe"),
    ("Nobody in the village", "was ever asked"),
    ("Every school", "needs a nurse"),
    ("The money", "has gone, and so have the people"),
    ("Our members", "have waited long enough"),
)
FRAGMENTS = ("a leap in the dark", "deeply flawed", "too little and far too late", "madness")
THINGS = ("the merger", "the verdict", "the new tax", "the harbour plan")
NEUTRAL = "The rain fell all day on the old roofs of the town."
DOUBLE = (("“", "”"), ('"', '"'))
MARKS = (*DOUBLE, ("‘", "’"), ("'", "'"), ("«", "»"), ("„", "“"), ("``", "''"), ("“", '"'))


@attrs.frozen
class Known:
    """One quote that an article holds by construction."""

    speaker: str
    kind: str
    pieces: tuple[str, ...]


def paragraph(order: str, name: str, cue: str, words: tuple[str, str], marks: tuple[str, str]) -> tuple[str, Known]:
    """One paragraph with one direct quote."""
    a, z = marks
    first, rest = words
    whole = f"{first} {rest}"
    if order == "quote, cue name":
        return f"{a}{whole},{z} {cue} {name}.", Known(name, "direct", (f"{whole},",))
    if order == "quote, name cue":
        return f"{a}{whole},{z} {name} {cue}.", Known(name, "direct", (f"{whole},",))
    if order == "name cue, quote":
        return f"{name} {cue}: {a}{whole}.{z}", Known(name, "direct", (f"{whole}.",))
    if order == "split":
        return f"{a}{first},{z} {name} {cue}, {a}{rest}.{z}", Known(name, "direct", (f"{first},", f"{rest}."))
    assert order == "two sentences"
    return (
        f"{a}{whole},{z} {cue} {name}. {a}That much is known.{z}",
        Known(name, "direct", (f"{whole},", "That much is known.")),
    )


ORDERS = ("quote, cue name", "quote, name cue", "name cue, quote", "split", "two sentences")


@st.composite
def direct_paragraphs(draw: st.DrawFn, marks: tuple[tuple[str, str], ...] = MARKS) -> tuple[str, Known]:
    picks = (st.sampled_from(choice) for choice in (ORDERS, NAMES, CUES, WORDS, marks))
    return paragraph(*(draw(pick) for pick in picks))


@st.composite
def mixed_paragraphs(draw: st.DrawFn, marks: tuple[tuple[str, str], ...] = MARKS) -> tuple[str, Known]:
    name, thing, fragment = (draw(st.sampled_from(choice)) for choice in (NAMES, THINGS, FRAGMENTS))
    a, z = draw(st.sampled_from(marks))
    frame = draw(st.sampled_from(("{n} said {t} was {q}.", "{n} called {t} {q}.", "{n} described {t} as {q}.")))
    return frame.format(n=name, t=thing, q=f"{a}{fragment}{z}"), Known(name, "mixed", (fragment,))


def paragraphs(marks: tuple[tuple[str, str], ...] = MARKS) -> st.SearchStrategy[tuple[str, Known]]:
    return st.one_of(direct_paragraphs(marks), mixed_paragraphs(marks))


def articles(marks: tuple[tuple[str, str], ...] = MARKS) -> st.SearchStrategy[tuple[str, list[Known]]]:
    """A text of neutral paragraphs and paragraphs with a quote, and its quotes."""
    neutral = st.just((NEUTRAL, None))
    return st.lists(st.one_of(paragraphs(marks), neutral), min_size=1, max_size=5).map(
        lambda parts: ("\n\n".join(text for text, _ in parts), [known for _, known in parts if known])
    )


def known_quotes(quotes: Quotes) -> list[Known]:
    return [
        Known(
            quote.speaker.name if quote.speaker else "-",
            quote.kind,
            tuple(quotes.text[span.start : span.end] for span in quote.spans),
        )
        for quote in quotes
    ]


# ---------------------------------------------------------------- noise

PIECES = (
    "“", "”", "‘", "’", '"', "'", "«", "»", "„", "``", "''", "&quot;", "&#8220;", "「", "」", "″",
    " ", " ", " ", ", ", ". ", ": ", "\n", "\n\n", "\r\n\r\n", "\f", "\t", "\u00a0", "—", " – ", "…", "(", ")",
    "Ingrid Solberg", "Mr Quinn", "Iranian President Tariq Saleh", "she", "He", "who", "the Kremlin", "the minister",
    "said", "told", "called", "accused", "of", "as", "according to", "adding", "that", "was", "in a statement", "read",
    "the harbour is closed", "a disgrace", "’90s", "6' 2\"", "workers’", "don't", "SOLBERG:", "Q:", "A.",
)  # fmt: skip
assembled = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
spaced = st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join)
DIRT = ("&ab;", "<b>", "</p>", "\r", "\u200b", "\ufeff", "\ud800", "A. ", "* ", "1. ", "he ", "who ", "and ")
EXAMPLES = Path(__file__).parent.parent / "examples"
ARTICLES = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """A piece of an article with words lost, and marks and dirt put in, anywhere."""
    article = draw(st.sampled_from(ARTICLES))
    start = draw(st.integers(0, len(article)))
    text = article[start : start + draw(st.sampled_from((60, 200, 800)))]
    edits = st.tuples(st.integers(0, 800), st.integers(0, 30), st.sampled_from(("", *PIECES, *DIRT)))
    for at, lost, put in draw(st.lists(edits, max_size=12)):
        text = text[:at] + put + text[at + lost :]
    return text


noise = st.one_of(st.text(), assembled, spaced, articles().map(lambda article: article[0]), mangled())


def outcome(quotes: Quotes) -> tuple[object, ...]:
    return quotes.items, quotes.text, quotes.config


# ---------------------------------------------------------------- 1 and 2: any text, exact offsets


@given(noise)
def test_any_text_gives_an_answer_with_exact_offsets(text: str) -> None:
    check_promises(text, extract(text))
    check_promises(text, extract(text, kinds=KINDS))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n\n",
        "\f\f",
        "\ud800 “Go,” said Ann Lee.",
        "\x00“Go,” said Ann Lee.\x00",
        "“" * 3000,
        "”" * 3000,
        "“‘" * 1500,
        "“‘" * 800 + "a" + "’”" * 800,
        "'" * 3000,
        '" ' * 3000,
        "said " * 3000,
        "Ann " * 3000,
        "“Go,” said " * 1000,
        "Ann Lee, " * 1000 + "said: “Go.”",
        "“Go.\n\n" * 1000,
        "A:" * 2000,
        "— " * 2000,
        "&quot;" * 1000,
        "(" * 3000,
        "&ab;\n\n‘: 0 and nothing more than that’",
        "<b>\n\n“We won the vote again.”",
        "He left. &ab; “We won the vote again.” &ab; He sat. &ab;",
        "Three attacks,which,“I",
        '"« "n"r\'\'M implied',
        "noon Sen. Max Renner and joked, “We will see it all, you’re ridiculor us,” bringing cheers d “d”F said S the",
    ],
    ids=range(27),
)
def test_odd_texts_give_an_answer(text: str) -> None:
    check_promises(text, extract(text, kinds=KINDS))


@given(noise)
def test_find_quotes_gives_spans_in_order(text: str) -> None:
    found = find_quotes(text)
    assert isinstance(found, list)
    assert all(isinstance(pieces, tuple) and all(isinstance(piece, Span) for piece in pieces) for pieces in found)
    assert [pieces[0].start for pieces in found] == sorted(pieces[0].start for pieces in found)


@pytest.mark.parametrize("wrong", [b"bytes", None, 7, ["a list"]], ids=repr)
@pytest.mark.parametrize(
    "call", [extract, find_quotes, Extractor(Config()).extract], ids=["extract", "find_quotes", "Extractor"]
)
def test_what_is_no_text_raises(call: object, wrong: object) -> None:
    assert issubclass(TextTypeError, QuoteattrError)
    with pytest.raises(TextTypeError) as error:
        call(wrong)  # type: ignore[operator]
    assert type(wrong).__name__ in str(error.value) or repr(wrong) in str(error.value)


def test_an_unknown_kind_raises_at_once() -> None:
    assert issubclass(UsageError, QuoteattrError)
    for call in (
        lambda: extract("“Go,” said Ann Lee.", kinds=("spoken",)),
        lambda: Extractor(Config()).extract("", kinds=("direct", "spoken")),
        lambda: extract_many([], kinds=("spoken",)),
    ):
        with pytest.raises(UsageError, match="spoken"):
            call()


# ---------------------------------------------------------------- 3 and 4: what the answer is


@given(articles())
def test_built_articles_give_their_quotes(article: tuple[str, list[Known]]) -> None:
    text, known = article
    assert known_quotes(extract(text)) == known


@given(articles())
def test_every_quoted_stretch_is_found(article: tuple[str, list[Known]]) -> None:
    text, known = article
    found = [text[piece.start : piece.end] for pieces in find_quotes(text) for piece in pieces]
    assert found == [piece for one in known for piece in one.pieces]


@given(st.sampled_from(WORDS), st.sampled_from(MARKS))
def test_a_quotation_without_speaker_is_returned_with_a_reason(words: tuple[str, str], marks: tuple[str, str]) -> None:
    text = f"{NEUTRAL}\n\n{marks[0]}{' '.join(words)}.{marks[1]}\n\n{NEUTRAL}"
    (quote,) = extract(text)
    assert quote.text == " ".join(words) + "."
    assert quote.speaker is None
    assert quote.reason


@given(articles(), st.sampled_from(("\f", "\n\f\n", ".\f")))
def test_nothing_is_resolved_across_a_form_feed(article: tuple[str, list[Known]], feed: str) -> None:
    text, known = article
    quotes = extract(f"{text}{feed}“The door was open,” she said.\n\n“The lamp was out,” he said.")
    assert known_quotes(quotes)[: len(known)] == known
    assert [quote.speaker for quote in quotes][len(known) :] == [None, None]


def test_a_form_feed_parts_namesakes() -> None:
    text = "Ann Lee left.\f“Go,” said Ms Lee.\f“Stay,” said Tom Lee."
    first, second = extract(text)
    assert str(first.speaker) not in ("None", "Ann Lee", "Tom Lee")
    assert str(second.speaker) == "Tom Lee"


@given(articles(DOUBLE))
def test_straight_and_curly_marks_give_the_same_answer(article: tuple[str, list[Known]]) -> None:
    text, _ = article
    straight = text.translate({ord("“"): '"', ord("”"): '"'})
    answers = [
        [
            (quote.spans, quote.kind, quote.cue, quote.mention, quote.clause, str(quote.speaker))
            for quote in extract(one)
        ]
        for one in (text, straight)
    ]
    assert answers[0] == answers[1]


def shifted(value: object, by: int) -> object:
    """The value with every offset in it moved."""
    if isinstance(value, Span):
        return Span(value.start + by, value.end + by)
    if isinstance(value, Mention):
        return attrs.evolve(value, start=value.start + by, end=value.end + by)
    if isinstance(value, tuple):
        return tuple(shifted(one, by) for one in value)
    if isinstance(value, Speaker):
        return attrs.evolve(value, mentions=shifted(value.mentions, by))
    if isinstance(value, Quote):
        names = ("speaker", "spans", "mention", "cue", "clause", "addressee")
        return attrs.evolve(value, **{name: shifted(getattr(value, name), by) for name in names})
    return value


@given(articles())
def test_a_paragraph_in_front_shifts_the_offsets(article: tuple[str, list[Known]]) -> None:
    text, _ = article
    front = NEUTRAL + "\n\n"
    assert extract(front + text).items == shifted(extract(text).items, len(front))


@given(paragraphs(), paragraphs(), st.sampled_from(("“", '"', "‘", "«", "”", "„", "``", "&ldquo;")))
def test_an_unclosed_mark_spoils_only_its_paragraph(
    before: tuple[str, Known], after: tuple[str, Known], mark: str
) -> None:
    broken = f"The keeper left {mark}a long note behind the door."
    text = "\n\n".join([before[0], NEUTRAL, broken, NEUTRAL, after[0]])
    start = text.index(broken)
    quotes = extract(text)
    outside = [quote for quote in quotes if not start <= quote.start < start + len(broken)]
    assert [one for quote, one in zip(quotes, known_quotes(quotes), strict=True) if quote in outside] == [
        before[1],
        after[1],
    ]


@given(articles())
def test_a_renamed_speaker_renames_only_the_speaker(article: tuple[str, list[Known]]) -> None:
    text, _ = article
    renamed = text
    names = dict(zip(NAMES, OTHER_NAMES, strict=True))
    for old, new in names.items():
        renamed = renamed.replace(old, new)
    here, there = known_quotes(extract(text)), known_quotes(extract(renamed))
    assert [attrs.evolve(one, speaker=names.get(one.speaker, one.speaker)) for one in here] == there


@given(articles(), st.sampled_from(NAMES))
def test_one_person_is_one_speaker(article: tuple[str, list[Known]], name: str) -> None:
    text, _ = article
    last = name.split()[1]
    quotes = extract(f"{text}\n\n“It is so,” said {name}.\n\n“It will be so,” {last} said.")
    assert [str(quote.speaker) for quote in quotes[-2:]] == [name, name]
    assert quotes[-1].speaker == quotes[-2].speaker
    assert len(quotes.speakers) == len({str(quote.speaker) for quote in quotes})


# ---------------------------------------------------------------- 5: the same answer, and what kinds do


@given(noise)
def test_the_same_text_gives_the_same_answer(text: str) -> None:
    first = outcome(extract(text))
    extractor = Extractor(Config())
    assert outcome(extract(text)) == first
    assert outcome(extractor.extract(text)) == first
    assert outcome(extractor.extract(text)) == first
    assert outcome(pickle.loads(pickle.dumps(extractor)).extract(text)) == first


@given(noise)
def test_quotes_can_be_pickled(text: str) -> None:
    quotes = extract(text, kinds=KINDS)
    again = pickle.loads(pickle.dumps(quotes))
    assert outcome(again) == outcome(quotes)
    assert again == quotes
    assert hash(again) == hash(quotes)


@given(noise, st.sets(st.sampled_from(KINDS)))
def test_kinds_only_filter(text: str, kinds: set[str]) -> None:
    everything = extract(text, kinds=KINDS)
    some = extract(text, kinds=tuple(sorted(kinds)))
    kept = [position for position, quote in enumerate(everything) if quote.kind in kinds]
    places = {position: place for place, position in enumerate(kept)}
    expected = [attrs.evolve(everything[one], parent=places.get(everything[one].parent)) for one in kept]
    assert list(some) == expected


def test_the_answer_is_the_same_in_every_process() -> None:
    choices = zip(ORDERS, NAMES, CUES, WORDS, DOUBLE[:1] * 5, strict=False)
    text = "\\n\\n".join(paragraph(*choice)[0] for choice in choices)
    program = f"from quoteattr import extract; print(ascii(extract('{text}').items), extract('{text}').speakers)"
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            cwd=Path(quoteattr.__file__).parents[1],
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "77")
    }
    assert len(answers) == 1
    assert b"Ingrid Solberg" in answers.pop()


def test_one_extractor_serves_many_threads() -> None:
    texts = [paragraph(*choice)[0] for choice in itertools.product(ORDERS, NAMES[:3], CUES[:2], WORDS[:2], MARKS[:2])]
    extractor = Extractor(Config())
    alone = [outcome(extractor.extract(text)) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert [outcome(quotes) for quotes in pool.map(extractor.extract, texts)] == alone
    assert gc.isenabled()


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collection_of_cycles_is_left_as_it_was(enabled: bool) -> None:
    before = gc.isenabled()
    (gc.enable if enabled else gc.disable)()
    try:
        extract("“We won,” said Ann Lee.")
        assert gc.isenabled() is enabled
        with pytest.raises(TextTypeError):
            extract("“We won,” said Ann Lee.", config=Config(coreference="doc"))
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if before else gc.disable)()


def test_a_text_leaves_no_cycle() -> None:
    """Its values go with its answer, and nothing is left to the search for cycles."""
    text = (
        "Ann Lee, a lawyer, met the mayor of Oslo. “We won,” she said, adding that they would go on. “Why?” the mayor "
        "asked. “We wait,” the lawyer replied, “and they said ‘never’.” For Bob Jones the vote was “a disgrace”."
    )
    extract(text, kinds=KINDS)
    before = gc.isenabled()
    gc.disable()
    try:
        gc.collect()
        extract(text, kinds=KINDS)
        assert gc.collect() == 0
    finally:
        (gc.enable if before else gc.disable)()


# ---------------------------------------------------------------- streams


@pytest.mark.parametrize("workers", [1, 2])
def test_extract_many_keeps_the_order_and_goes_on(workers: int) -> None:
    texts: list[object] = [paragraph("split", name, "said", WORDS[0], ("“", "”"))[0] for name in NAMES]
    texts[3:3] = [None, b"bytes", ""]
    answers = list(extract_many(texts, workers=workers))  # type: ignore[arg-type]
    assert len(answers) == len(texts)
    for position, (text, answer) in enumerate(zip(texts, answers, strict=True)):
        if isinstance(text, str):
            assert isinstance(answer, Quotes)
            assert outcome(answer) == outcome(extract(text))
        else:
            assert isinstance(answer, ExtractionError)
            assert answer.position == position
            assert answer.message


@pytest.mark.parametrize("workers", [1, 2])
def test_extract_many_is_lazy(workers: int) -> None:
    def endless() -> Iterator[str]:
        for number in itertools.count():
            yield f"“Number {number} is late,” said Ann Lee."

    stream = extract_many(endless(), workers=workers)
    answers = list(itertools.islice(stream, 5))
    assert [answer[0].text for answer in answers] == [f"Number {number} is late," for number in range(5)]
    stream.close()


def test_extract_many_takes_nothing_before_it_is_asked() -> None:
    taken = []

    def texts() -> Iterator[str]:
        for text in ("“Go,” said Ann Lee.", "“Stay,” said Ann Lee."):
            taken.append(text)
            yield text

    stream = extract_many(texts())
    assert taken == []
    next(stream)
    assert len(taken) == 1


@pytest.mark.parametrize("workers", [1, 2])
def test_extract_many_filters_kinds(workers: int) -> None:
    texts = ["Ann Lee called it “a fudge”. “We go,” she said."] * 3
    stream = extract_many(texts, kinds=("mixed",), workers=workers)
    assert [[quote.text for quote in quotes] for quotes in stream] == [["a fudge"]] * 3


# ---------------------------------------------------------------- explanations


def test_an_explanation_names_the_rule_and_the_speaker() -> None:
    text = (
        "Mr Ivo Baric left the court on Monday. He said the verdict was “a relief”.\n\n"
        "“I shall sleep,” he told Tanja Kolb.\n\n“I shall eat.”\n\n“It is late,” said the clerk."
    )
    quotes = extract(text)
    assert len(quotes) == 4
    for quote in quotes:
        told = str(explain(text, quote))
        assert quote.rule in told
        assert str(quote.speaker) in told
        assert quote.mention is None or quote.mention.text in told


@given(articles())
def test_an_explanation_agrees_with_the_answer(article: tuple[str, list[Known]]) -> None:
    text, _ = article
    for quote in extract(text):
        told = str(explain(text, quote))
        assert quote.rule in told
        assert str(quote.speaker) in told


@given(noise)
def test_every_quote_can_be_explained(text: str) -> None:
    for quote in extract(text, kinds=KINDS):
        assert quote.rule in str(explain(text, quote))
