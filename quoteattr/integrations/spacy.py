"""quoteattr as a component of a spaCy pipeline.

    nlp.add_pipe("quoteattr", config={"kinds": ["direct", "mixed", "indirect"]})

needs no import: spaCy finds the factory by its entry point.  What the pipeline's other components
say (tags, a parse, clusters) is evidence if they run before this one.  The settings are those of the
pipeline's config, where spaCy stores them.  The quotes are kept in `doc.user_data` as plain data, so
that they survive every way of storing a Doc, and come back through `doc._.quotes`; importing this
module is what makes that attribute known.
"""

# no `from __future__ import annotations`: before spaCy 3.8 a factory's annotations must be types, not strings
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from quoteattr.model import Config, Kind, Mention, Quote, Quotes, Span, Speaker
from quoteattr.pipeline import DEFAULT_KINDS, Extractor, locate_tokens

KEY = "quoteattr"
"""The default key in `doc.spans`, and the name under which the quotes stand in `doc.user_data`."""

_DEFAULTS: dict[str, Any] = {
    "kinds": list(DEFAULT_KINDS),
    "cues": [],
    "titles": [],
    "people": [],
    "aliases": {},
    "preset": "default",
    "attitudes": False,
    "coreference": "own",
    "spans_key": KEY,
}


class QuoteAttributor:
    """The component: finds the quotes of each Doc; sets `doc._.quotes` and four groups in `doc.spans`.

    The groups are `quoteattr` (the pieces of each quote, labelled with its kind), `quoteattr:cue`,
    `quoteattr:mention` (labelled with the mention's kind) and `quoteattr:speaker` (every place that names
    a speaker, labelled with the name).  A span that begins or ends inside a token is widened to it.
    """

    def __init__(
        self,
        name: str = "quoteattr",
        *,
        kinds: Iterable[Kind] = DEFAULT_KINDS,
        spans_key: str = KEY,
        **config: Any,
    ) -> None:
        self.name = name
        self.kinds = list(kinds)
        self.spans_key = spans_key
        self.extractor = Extractor(Config(**config))
        self.extractor.extract_many([], kinds=self.kinds)  # an unknown kind is told now, not at the first text

    def __call__(self, doc: Doc) -> Doc:
        """Find the quotes of one Doc."""
        quotes = self.extractor.extract(doc, kinds=self.kinds)
        _store(doc, quotes)
        _set_spans(doc, quotes, self.spans_key)
        return doc


@Language.factory(
    "quoteattr",
    assigns=["doc._.quotes", "doc.spans", "doc.user_data"],
    requires=[],  # what other components say is used if it is there
    default_config=_DEFAULTS,
)
def create_quoteattr(
    nlp: Language,  # noqa: ARG001 - spaCy's interface
    name: str,
    kinds: list[str],
    cues: list[str],
    titles: list[str],
    people: list[Any],
    aliases: dict[str, str],
    preset: str,
    attitudes: bool,
    coreference: str,
    spans_key: str,
) -> QuoteAttributor:
    """Build the component; the settings are those of `quoteattr.Config`."""
    return QuoteAttributor(
        name,
        kinds=kinds,  # type: ignore[arg-type]  # checked there
        spans_key=spans_key,
        cues=cues,
        titles=titles,
        people=people,
        aliases=aliases,
        preset=preset,
        attitudes=attitudes,
        coreference=coreference,
    )


def get_quotes(doc: Doc) -> Quotes:
    """Return the quotes that a Doc carries; none if the component never saw it.

    A Doc that was put together of others (`Doc.from_docs`), or cut out of one (`Span.as_doc`), carries
    the quotes that stand in it in full.
    """
    found: list[Quote] = []
    config = Config()
    for shift, packed in sorted(_stored(doc), key=lambda one: one[0]):
        config = _unpack_config(packed)
        found += _unpack(packed, doc.text, shift, len(found))
    return Quotes(tuple(found), doc.text, config)


if not Doc.has_extension("quotes"):
    Doc.set_extension("quotes", getter=get_quotes)


# ---------------------------------------------------------------- spans over tokens


def _set_spans(doc: Doc, quotes: Quotes, key: str) -> None:
    starts, ends = locate_tokens(doc)

    def cover(start: int, end: int, label: str) -> DocSpan:
        """Return the tokens that some characters touch, the nearest one if they touch none."""
        first = min(bisect_right(ends, start), len(starts) - 1)
        return DocSpan(doc, first, max(bisect_left(starts, end), first + 1), label=label)

    doc.spans[key] = [cover(span.start, span.end, quote.kind) for quote in quotes for span in quote.spans]
    doc.spans[f"{key}:cue"] = [
        cover(quote.cue.start, quote.cue.end, "cue") for quote in quotes if quote.cue is not None
    ]
    mentions = [quote.mention for quote in quotes if quote.mention is not None]
    doc.spans[f"{key}:mention"] = [cover(mention.start, mention.end, mention.kind) for mention in mentions]
    doc.spans[f"{key}:speaker"] = [
        cover(mention.start, mention.end, speaker.name) for speaker in quotes.speakers for mention in speaker.mentions
    ]


# ---------------------------------------------------------------- plain data, and back


def _plain(value: Any) -> Any:
    """Return a value as lists, dictionaries and scalars."""
    if attrs.has(type(value)):
        return {field.name: _plain(getattr(value, field.name)) for field in attrs.fields(type(value))}
    return [_plain(one) for one in value] if isinstance(value, (list, tuple)) else value


def _store(doc: Doc, quotes: Quotes) -> None:
    """Keep the quotes as spaCy keeps an attribute of a span, here of the whole text: so it moves them with the text."""
    data: dict[Any, Any] = doc.user_data
    data["._.", KEY, 0, len(quotes.text)] = _pack(quotes)


def _stored(doc: Doc) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield what `_store` kept, each with the place where its text now begins."""
    for key, packed in doc.user_data.items():
        if isinstance(key, tuple) and key[:2] == ("._.", KEY):
            yield key[2], packed


def _pack(quotes: Quotes) -> dict[str, Any]:
    """Return quotes as plain data; each speaker is there once."""
    speakers: dict[Speaker, int] = {}
    rows = []
    for quote in quotes:
        for one in (quote.speaker, quote.addressee):
            if one is not None:
                speakers.setdefault(one, len(speakers))
        row = {
            field.name: _plain(getattr(quote, field.name))
            for field in attrs.fields(Quote)
            if field.name not in ("speaker", "addressee")
        }
        row["speaker"] = None if quote.speaker is None else speakers[quote.speaker]
        row["addressee"] = None if quote.addressee is None else speakers[quote.addressee]
        rows.append(row)
    return {"speakers": _plain(list(speakers)), "quotes": rows, "config": _plain(quotes.config)}


def _unpack_config(packed: Mapping[str, Any]) -> Config:
    return Config(**packed["config"])


def _unpack(packed: Mapping[str, Any], text: str, shift: int, before: int) -> list[Quote]:
    """Return the quotes that stand in a text in full, `shift` further on; `before` others stand before them."""

    def here(row: Mapping[str, Any]) -> bool:
        start: int = row["start"] + shift
        end: int = row["end"] + shift
        return start >= 0 and end <= len(text)

    def span(row: Mapping[str, int]) -> Span:
        return Span(row["start"] + shift, row["end"] + shift)

    def spans(rows: Iterable[Mapping[str, int]]) -> tuple[Span, ...]:
        return tuple(map(span, rows))

    def mention(row: Mapping[str, Any]) -> Mention:
        return Mention(row["start"] + shift, row["end"] + shift, row["kind"], row["text"])

    def whole(row: Mapping[str, Any]) -> bool:
        """Whether all of a quote is here, and the text under it is still its own."""
        parts = [*row["spans"], *row["clause"], *filter(None, (row["mention"], row["cue"]))]
        return all(map(here, parts)) and row["text"] == " ".join(text[s.start : s.end] for s in spans(row["spans"]))

    speakers = [
        Speaker(
            **{
                **row,
                "aliases": tuple(row["aliases"]),
                "roles": tuple(row["roles"]),
                "mentions": tuple(mention(one) for one in row["mentions"] if here(one)),
            }
        )
        for row in packed["speakers"]
    ]
    kept = [number for number, row in enumerate(packed["quotes"]) if whole(row)]
    place = {number: before + position for position, number in enumerate(kept)}
    return [
        Quote(
            **{
                **row,
                "speaker": None if row["speaker"] is None else speakers[row["speaker"]],
                "addressee": None if row["addressee"] is None else speakers[row["addressee"]],
                "spans": spans(row["spans"]),
                "clause": spans(row["clause"]),
                "mention": None if row["mention"] is None else mention(row["mention"]),
                "cue": None if row["cue"] is None else span(row["cue"]),
                "parent": place.get(row["parent"]),
            }
        )
        for number in kept
        for row in [packed["quotes"][number]]
    ]
