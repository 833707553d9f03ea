"""What changed between two runs: quotations gained, lost, re-attributed, and otherwise changed.

usage: python benchmarks/compare.py BEFORE.jsonl AFTER.jsonl [--show N] [--json]

A run is what the command writes: `quoteattr TEXTS.jsonl --kinds direct,mixed,indirect --output BEFORE.jsonl`.  Two
quotations are the same if their document, their spans and the quotation around them agree.  Re-attributed: the
speaker or the words that name the source differ.  Changed: only the kind, the clause, the cue or the addressee does.
A rule that is called otherwise changes nothing.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import accuracy

Record = dict[str, Any]
SOURCE = ("speaker", "mention")
REST = ("kind", "clause", "cue", "addressee")
LONGEST = 70  # characters of a quotation that are shown


class Change(NamedTuple):
    """One quotation of which two runs say something else."""

    what: str
    before: Record | None
    after: Record | None


def read(path: Path) -> list[Record]:
    with open(path, encoding="utf-8") as lines:
        return [record for line in lines if line.strip() for record in [json.loads(line)] if "spans" in record]


def by_place(records: Iterable[Record]) -> dict[tuple[Any, ...], Record]:
    """Place → record; of two in one place, a nested and an outer one, each keeps its own."""
    return {(one["id"], tuple(map(tuple, one["spans"])), one["parent"] is None): one for one in records}


def changes(before: Iterable[Record], after: Iterable[Record]) -> list[Change]:
    """The changes, in the order of the documents and of their texts."""
    old, new = by_place(before), by_place(after)
    found = []
    for place in dict.fromkeys([*old, *new]):
        one, two = old.get(place), new.get(place)
        if one is None or two is None:
            found.append(Change("gained" if one is None else "lost", one, two))
        elif any(one[field] != two[field] for field in SOURCE):
            found.append(Change("re-attributed", one, two))
        elif any(one[field] != two[field] for field in REST):
            found.append(Change("changed", one, two))
    return found


def told(record: Record | None) -> str:
    if record is None:
        return "-"
    mention = record["mention"]["text"] if record["mention"] else "no mention"
    return f"{record['speaker'] or 'nobody'} ({mention}) [{record['rule']}]"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--show", type=int, default=20, metavar="N", help="how many of each are listed (20)")
    parser.add_argument("--json", action="store_true", help="print every change as a line of JSON")
    options = parser.parse_args()
    found = changes(read(options.before), read(options.after))
    if options.json:
        for change in found:
            print(json.dumps(change._asdict(), ensure_ascii=False))
        return
    counts = Counter(change.what for change in found)
    kinds = ("gained", "lost", "re-attributed", "changed")
    accuracy.print_table([{"what": what, "quotations": counts[what]} for what in kinds])
    for what in kinds:
        of_kind = [change for change in found if change.what == what]
        for change in of_kind[:: max(1, len(of_kind) // max(1, options.show))][: options.show]:
            record = change.after or change.before
            assert record is not None
            words = " ".join(record["text"].split())
            print(f"\n{what}: {record['id']} at {record['start']}: {words[:LONGEST]}")
            print(f"  before: {told(change.before)}\n  after:  {told(change.after)}")


if __name__ == "__main__":
    main()
