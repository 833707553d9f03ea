"""Holds the promises about offsets against real text: nothing raises, and every offset says what it should.

usage: python benchmarks/offsets.py [FILE.jsonl | FOLDER ...] [--limit N]

Any JSONL file with a field "text" will do; by default the annotated texts beside the checkout.  Prints counts, every
kind of violation with its first cases, and exits 1 if there is one.
"""

import argparse
import sys
import traceback
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import attrs
import corpora

import quoteattr
from quoteattr.model import KINDS, Kind, Mention, Quote, Quotes, Span, Speaker

SHOWN = 3  # cases of each violation
SUBSETS: tuple[tuple[Kind, ...], ...] = (("direct", "mixed"), ("direct",), ("mixed",), ("indirect",))


def in_order(spans: Sequence[Span], text: str) -> bool:
    inside = all(0 <= span.start < span.end <= len(text) for span in spans)
    return inside and all(one.end <= other.start for one, other in pairwise(spans))


def broken(quotes: Quotes, text: str) -> Iterator[tuple[str, object]]:
    """Every promise that the quotes of one text break, with what breaks it."""
    if quotes.text != text:
        yield "Quotes.text is the text", quotes.text[:60]
    if [quote.start for quote in quotes] != sorted(quote.start for quote in quotes):
        yield "quotes are in text order", [quote.start for quote in quotes]
    for number, quote in enumerate(quotes):
        for promise, held in promises(quote, number, quotes, text):
            if not held:
                yield promise, quote
    yield from unequal_speakers(quotes, text)


def promises(quote: Quote, number: int, quotes: Quotes, text: str) -> Iterator[tuple[str, bool]]:
    yield "spans are within the text, in order and not empty", bool(quote.spans) and in_order(quote.spans, text)
    yield (
        "start and end are those of the spans",
        (quote.start, quote.end) == (quote.spans[0].start, quote.spans[-1].end),
    )
    yield "text is the pieces, joined by a space", quote.text == " ".join(text[s.start : s.end] for s in quote.spans)
    yield "the text of a quote is not blank", bool(quote.text.strip())
    yield "the kind is one of three", quote.kind in KINDS
    if quote.mention is not None:
        yield "a mention is its slice", is_slice(quote.mention, text)
        yield "a mention stands outside the words quoted", not any(overlap(quote.mention, s) for s in quote.spans)
    if quote.cue is not None:
        yield "a cue is within the text", in_order([quote.cue], text)
        yield "a cue stands outside the words quoted", not any(overlap(quote.cue, s) for s in quote.spans)
    yield "clauses are for mixed quotes, and each has one", bool(quote.clause) == (quote.kind == "mixed")
    if quote.clause:
        yield "clauses are within the text, in order and not empty", in_order(quote.clause, text)
        yield (
            "a clause holds every fragment",
            all(
                any(piece.start <= span.start and span.end <= piece.end for piece in quote.clause)
                for span in quote.spans
            ),
        )
    if quote.parent is not None:
        valid = 0 <= quote.parent < len(quotes) and quote.parent != number
        yield "a parent is another quote of the result", valid
        parent = quotes[quote.parent] if valid else quote
        yield "a parent encloses its child", parent.start <= quote.start and quote.end <= parent.end
    yield "a rule decided", bool(quote.rule)
    yield "confidence is from 0 to 1", 0.0 <= quote.confidence <= 1.0
    yield "there is a speaker, or a reason why not", (quote.speaker is None) == bool(quote.reason)
    for speaker in (quote.speaker, quote.addressee):
        if speaker is not None:
            yield "a speaker has a name", bool(speaker.name.strip())
            yield "a speaker's mentions are slices", all(is_slice(mention, text) for mention in speaker.mentions)


def is_slice(mention: Mention, text: str) -> bool:
    return in_order([Span(mention.start, mention.end)], text) and text[mention.start : mention.end] == mention.text


def overlap(one: Span | Mention, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def unequal_speakers(quotes: Quotes, text: str) -> Iterator[tuple[str, object]]:
    """One name for two speakers; two unnamed officials may differ, and so may namesakes across a form feed."""
    known: dict[tuple[str, str, int], Speaker] = {}
    for quote in quotes:
        for speaker in (quote.speaker, quote.addressee):
            if speaker is not None and speaker.kind != "unnamed":
                key = (speaker.name, speaker.kind, text.count("\f", 0, quote.start))
                if known.setdefault(key, speaker) != speaker:
                    yield "equal speakers are equal objects", (known[key], speaker)


def filtered(quotes: Quotes, kinds: tuple[Kind, ...]) -> tuple[Quote, ...]:
    """What extract should answer when it is asked for these kinds alone."""
    kept = [number for number, quote in enumerate(quotes) if quote.kind in kinds]
    place: dict[int | None, int] = {number: position for position, number in enumerate(kept)}
    return tuple(attrs.evolve(quotes[number], parent=place.get(quotes[number].parent)) for number in kept)


def check(text: str, counts: Counter[str]) -> Iterator[tuple[str, object]]:
    extractor = quoteattr.Extractor()
    quotes = extractor.extract(text, kinds=KINDS)
    counts.update(quote.kind for quote in quotes)
    counts["quotes"] += len(quotes)
    counts["with a speaker"] += sum(quote.speaker is not None for quote in quotes)
    yield from broken(quotes, text)
    for kinds in SUBSETS:
        answer = extractor.extract(text, kinds=kinds)
        if answer.items != filtered(quotes, kinds):
            expected = filtered(quotes, kinds)
            yield (
                "kinds filters the answer and changes nothing",
                (kinds, sorted({*answer.items} ^ {*expected}, key=repr)),
            )
    if not all(stretch and in_order(stretch, text) for stretch in quoteattr.find_quotes(text)):
        yield "find_quotes: within the text, in order and not empty", ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--limit", type=int, help="documents of each file, evenly spread")
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    violations: dict[str, list[str]] = defaultdict(list)
    for path in corpora.files(options.paths):
        for document in corpora.documents(path, options.limit):
            counts["documents"] += 1
            counts["characters"] += len(document["text"])
            try:
                for promise, case in check(document["text"], counts):
                    violations[promise].append(f"{document.get('id')}: {case}")
            except Exception:
                violations["no text raises"].append(f"{document.get('id')}: {traceback.format_exc(limit=-2)}")
    print("  ".join(f"{name} {count}" for name, count in counts.items()))
    for promise, cases in violations.items():
        print(f"\nBROKEN {len(cases)} times: {promise}")
        for case in cases[:SHOWN]:
            print(f"  {case[:600]}")
    if not violations:
        print("every promise holds")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
