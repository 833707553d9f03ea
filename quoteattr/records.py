"""Quotes as plain records: dictionaries, JSONL, CSV, and a table for a terminal.

All offsets are half-open, in code points, into the text that was given to `extract`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from quoteattr.model import Quote, Quotes, Span

Id = str | int | None
Record = dict[str, Any]

COLUMNS = (
    "id", "speaker", "speaker_kind", "speaker_id", "text", "start", "end", "spans", "kind",
    "mention", "mention_start", "mention_end", "mention_kind", "cue", "cue_start", "cue_end",
    "clause", "addressee", "parent", "rule", "confidence", "reason",
)  # fmt: skip
TABLE_COLUMNS = ("speaker", "kind", "start–end", "text")
GAP = 3  # columns of white space between two columns of the table
NARROWEST = 20  # a text is not shortened below this, however narrow the terminal


def to_dict(quote: Quote, text: str | None = None, id: Id = None) -> Record:
    """Return one quote as a dictionary that JSON can hold.

    `text` is the source text, from which the words of the cue are read; without it they are None.
    `id` names the text.  `parent` counts the quotes of that text from 0.

    >>> from quoteattr import extract
    >>> quotes = extract("“We won,” said Ann Lee.")
    >>> record = to_dict(quotes[0], quotes.text, id="a.txt")
    >>> record["id"], record["speaker"], record["start"], record["spans"]
    ('a.txt', 'Ann Lee', 1, [[1, 8]])
    >>> record["cue"]
    {'text': 'said', 'start': 10, 'end': 14}
    """
    speaker, mention, cue = quote.speaker, quote.mention, quote.cue
    return {
        "id": id,
        "speaker": speaker and speaker.name,
        "speaker_kind": speaker and speaker.kind,
        "speaker_id": speaker and speaker.id,
        "text": quote.text,
        "start": quote.start,
        "end": quote.end,
        "spans": _pairs(quote.spans),
        "kind": quote.kind,
        "mention": mention and {"text": mention.text, "start": mention.start, "end": mention.end, "kind": mention.kind},
        "cue": cue
        and {"text": None if text is None else text[cue.start : cue.end], "start": cue.start, "end": cue.end},
        "clause": _pairs(quote.clause),
        "addressee": quote.addressee and quote.addressee.name,
        "parent": quote.parent,
        "rule": quote.rule,
        "confidence": quote.confidence,
        "reason": quote.reason,
    }


def to_dicts(quotes: Quotes, id: Id = None) -> list[Record]:
    """Return the quotes of one text as dictionaries, in text order; `id` names the text.

    >>> from quoteattr import extract
    >>> [record["speaker"] for record in to_dicts(extract("“We won,” said Ann Lee."))]
    ['Ann Lee']
    """
    return [to_dict(quote, quotes.text, id) for quote in quotes]


def to_jsonl(quotes: Quotes, id: Id = None) -> str:
    r"""Return one JSON object a line, each line ended by a newline; no quotes give the empty string.

    >>> from quoteattr import extract
    >>> to_jsonl(extract("“We won,” said Ann Lee."), id=7)[:29]
    '{"id": 7, "speaker": "Ann Lee'
    """
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in to_dicts(quotes, id))


def to_row(record: Record) -> list[object]:
    """Return a record as a flat row with the columns `COLUMNS`; spans are "start:end" with a blank between.

    >>> from quoteattr import extract
    >>> to_row(to_dicts(extract("“We won,” said Ann Lee."), id=7)[0])[4:9]
    ['We won,', 1, 8, '1:8', 'direct']
    """
    flat = dict(record)
    for name in ("mention", "cue"):
        part = record[name] or {}
        flat[name] = part.get("text")
        flat.update({f"{name}_{key}": part.get(key) for key in ("start", "end", "kind")})
    for name in ("spans", "clause"):
        flat[name] = " ".join(f"{start}:{end}" for start, end in record[name])
    return [flat[column] for column in COLUMNS]


def to_csv(quotes: Quotes, id: Id = None, *, header: bool = True) -> str:
    """Return CSV rows with the columns `COLUMNS`; None is an empty field, spans are "start:end" with a blank between.

    >>> from quoteattr import extract
    >>> to_csv(extract("“We won,” said Ann Lee."), header=False)[:41]
    ',Ann Lee,person,,"We won,",1,8,1:8,direct'
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if header:
        writer.writerow(COLUMNS)
    writer.writerows(to_row(record) for record in to_dicts(quotes, id))
    return out.getvalue()


def to_table(quotes: Quotes, width: int = 80) -> str:
    """Return an aligned table without a final newline; a text is shortened so that a row takes `width` columns.

    >>> from quoteattr import extract
    >>> print(to_table(extract("“We won,” said Ann Lee.")))
    speaker   kind     start–end   text
    Ann Lee   direct   1–8         We won,
    """
    from wasabi.tables import table  # slow to import, and only a table needs it

    rows = [
        (_shown(str(quote.speaker or "unknown"), width // 3), quote.kind, f"{quote.start}–{quote.end}")
        for quote in quotes
    ]
    taken = sum(max(map(len, column)) + GAP for column in zip(TABLE_COLUMNS[:3], *rows, strict=True))
    room = max(width - taken, NARROWEST)
    data = [(*row, _shown(quote.text, room)) for row, quote in zip(rows, quotes, strict=True)]
    shown = table(data, header=TABLE_COLUMNS, spacing=GAP, max_col=max(width, NARROWEST))
    return "\n".join(line.rstrip() for line in shown.strip("\n").split("\n"))


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _shown(text: str, room: int) -> str:
    """The text on one line of at most `room` columns, without characters that could steer a terminal."""
    line = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in " ".join(text.split()))
    return line if len(line) <= room else line[: max(room - 1, 0)].rstrip() + "…"
