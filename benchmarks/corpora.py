"""Where the annotated texts lie and what their form is; shared by the benchmarks.

A corpus is a JSONL file, one document a line: {"id", "text", "quotes": [...], "discard"?: [[start, end], ...]}, with
half-open code point offsets into "text".  A quote: {"content": [[start, end], ...], "cue", "source", "kind",
"speaker"?, "aliases"?}.
"""

import json
import os
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parent.parent


def folder() -> Path | None:
    """The folder of annotated texts: in QUOTEATTR_SHARED, or in `shared` beside the checkout, if either is there."""
    shared = Path(os.environ.get("QUOTEATTR_SHARED", CHECKOUT.parent / "shared")) / "corpora"
    return shared if shared.is_dir() else None


def files(given: list[Path]) -> list[Path]:
    """The JSONL files given, folders replaced by what is in them; by default those of `folder()`."""
    if not given:
        default = folder()
        if default is None:
            raise SystemExit("no annotated texts: give the paths of JSONL files, or set QUOTEATTR_SHARED")
        seeds = default.parent / "seeds"
        given = [*([seeds] if seeds.is_dir() else []), default]
    return [file for path in given for file in (sorted(path.glob("*.jsonl")) if path.is_dir() else [path])]


def documents(path: Path, limit: int | None = None) -> list[dict[str, Any]]:
    """The documents of a file; with `limit` at most so many, evenly spread."""
    with open(path, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return rows if limit is None else rows[:: max(1, len(rows) // max(1, limit))][:limit]
