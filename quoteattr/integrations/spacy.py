"""quoteattr as a component of a spaCy pipeline.

    nlp.add_pipe("quoteattr", config={"kinds": ["direct", "mixed", "indirect"]})

needs no import: spaCy finds the factory by its entry point.  What the pipeline's other components
say (entities, tags, a parse) is evidence if they run before this one.  The quotes are kept in
`doc.user_data` as plain data, so that they survive every way of storing a Doc, and come back through
`doc._.quotes`; importing this module is what makes that attribute known.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from quoteattr.model import Config, Kind, Mention, Quote, Quotes, Span, Speaker
from quoteattr.pipeline import DEFAULT_KINDS, Extractor

KEY = "quoteattr"
"""Where the quotes stand in `doc.user_data`, and the default key in `doc.spans`."""

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
        self._set(list(kinds), spans_key, config)

    def _set(self, kinds: list[Kind], spans_key: str, config: Mapping[str, Any]) -> None:
        self.kinds = kinds
        self.spans_key = spans_key
        self.extractor = Extractor(Config(**config))
        self.extractor.extract("", kinds=kinds)  # an unknown kind is told now, not at the first text

    def __call__(self, doc: Doc) -> Doc:
        """Find the quotes of one Doc."""
        quotes = self.extractor.extract(doc, kinds=self.kinds)
        doc.user_data[KEY] = _pack(quotes)
        _set_spans(doc, quotes, self.spans_key)
        return doc

    def _settings(self) -> dict[str, Any]:
        return {"kinds": list(self.kinds), "spans_key": self.spans_key, "config": _plain(self.extractor.config)}

    def to_bytes(self, *, exclude: Sequence[str] = ()) -> bytes:  # noqa: ARG002 - spaCy's interface
        """Return the settings."""
        return json.dumps(self._settings()).encode()

    def from_bytes(self, data: bytes, *, exclude: Sequence[str] = ()) -> QuoteAttributor:  # noqa: ARG002
        """Take the settings that `to_bytes` gave."""
        stored = json.loads(data)
        self._set(stored["kinds"], stored["spans_key"], stored["config"])
        return self

    def to_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> None:  # noqa: ARG002
        """Write the settings into a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "settings.json").write_text(json.dumps(self._settings(), indent=1), encoding="utf-8")

    def from_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> QuoteAttributor:  # noqa: ARG002
        """Read the settings from a folder."""
        stored = json.loads((Path(path) / "settings.json").read_text(encoding="utf-8"))
        self._set(stored["kinds"], stored["spans_key"], stored["config"])
        return self


@Language.factory("quoteattr", assigns=["doc._.quotes", "doc.spans", "doc.user_data"], default_config=_DEFAULTS)
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
    """Return the quotes that a Doc carries; none if the component never saw it."""
    packed = doc.user_data.get(KEY)
    return Quotes((), doc.text, Config()) if packed is None else _unpack(packed, doc.text)


if not Doc.has_extension("quotes"):
    Doc.set_extension("quotes", getter=get_quotes)


# ---------------------------------------------------------------- spans over tokens


def _set_spans(doc: Doc, quotes: Quotes, key: str) -> None:
    starts = [token.idx for token in doc]
    ends = [token.idx + len(token) for token in doc]

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


def _unpack(packed: Mapping[str, Any], text: str) -> Quotes:
    speakers = [
        Speaker(
            **{
                **row,
                "aliases": tuple(row["aliases"]),
                "roles": tuple(row["roles"]),
                "mentions": tuple(Mention(**mention) for mention in row["mentions"]),
            }
        )
        for row in packed["speakers"]
    ]

    def person(number: int | None) -> Speaker | None:
        return None if number is None else speakers[number]

    def spans(rows: Iterable[Mapping[str, int]]) -> tuple[Span, ...]:
        return tuple(Span(**row) for row in rows)

    quotes = tuple(
        Quote(
            **{
                **row,
                "speaker": person(row["speaker"]),
                "addressee": person(row["addressee"]),
                "spans": spans(row["spans"]),
                "clause": spans(row["clause"]),
                "mention": None if row["mention"] is None else Mention(**row["mention"]),
                "cue": None if row["cue"] is None else Span(**row["cue"]),
            }
        )
        for row in packed["quotes"]
    )
    return Quotes(quotes, text, Config(**packed["config"]))
