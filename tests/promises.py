"""What every answer of `extract` promises, whatever the text."""

from __future__ import annotations

import itertools

from quoteattr import Quotes, Span, find_quotes

KINDS = ("direct", "mixed", "indirect")
SPEAKER_KINDS = ("person", "organization", "place", "group", "document", "unnamed")


def check_spans(text: str, spans: tuple[Span, ...]) -> None:
    """Sorted, apart from each other, not empty, inside the text."""
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
    for before, after in itertools.pairwise(spans):
        assert before.end <= after.start


def check_promises(text: str, quotes: Quotes) -> None:
    """Offsets, order, parents, and a reason wherever a speaker is missing."""
    assert quotes.text == text
    assert [quote.start for quote in quotes] == sorted(quote.start for quote in quotes)
    for position, quote in enumerate(quotes):
        assert quote.kind in KINDS
        assert quote.spans
        check_spans(text, quote.spans)
        check_spans(text, quote.clause)
        assert quote.text == " ".join(text[span.start : span.end] for span in quote.spans)
        assert (quote.start, quote.end) == (quote.spans[0].start, quote.spans[-1].end)
        assert quote.kind == "mixed" or not quote.clause
        if quote.mention is not None:
            assert quote.mention.text == text[quote.mention.start : quote.mention.end] != ""
            assert quote.mention.kind in ("name", "nominal", "pronoun")
        if quote.cue is not None:
            check_spans(text, (quote.cue,))
        assert (quote.reason is not None) == (quote.speaker is None)
        assert quote.rule
        assert 0 <= quote.confidence <= 1
        for speaker in (quote.speaker, quote.addressee):
            if speaker is not None:
                assert speaker.name
                assert speaker.kind in SPEAKER_KINDS
                for mention in speaker.mentions:
                    assert mention.text == text[mention.start : mention.end] != ""
        if quote.parent is not None:
            assert 0 <= quote.parent < position
            around = quotes[quote.parent]
            assert around.start <= quote.start < quote.end <= around.end
    assert set(quotes.speakers) == {quote.speaker for quote in quotes if quote.speaker is not None}
    for pieces in find_quotes(text):
        assert isinstance(pieces, tuple)
        assert pieces
        check_spans(text, pieces)
