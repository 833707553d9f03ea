"""The page of figures: each corpus, each cause of failure, each rule, and the rules that need mending.

usage: python benchmarks/page.py [FILE.jsonl | FOLDER ...] [--write]

With --write, rewrites benchmarks/FIGURES.md.  Nothing of the corpora's texts is in it: `accuracy.py --failures N` shows
the failures themselves.
"""

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

import accuracy
import corpora
import readme
import rules

PAGE = corpora.CHECKOUT / "benchmarks" / "FIGURES.md"
LEAST = 0.6  # a rule that is right less often is to be merged, mended or removed
FEWEST = 10  # decisions without which a share says nothing


def table(head: list[str], rows: list[list[Any]]) -> list[str]:
    cells = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return ["", *(f"| {' | '.join(map(str, row))} |" for row in cells), ""]


def figures(scores: dict[str, accuracy.Score]) -> list[str]:
    rows = [{"corpus": corpus, **score.row()} for corpus, score in scores.items()]
    shares = ("exact", "soft", "e2e", "source", "full", "alias", "part")
    return table(
        ["corpus", "documents", "gold", "found", *shares],
        [
            [
                row["corpus"],
                row["documents"],
                row["gold"],
                row["found"],
                *(readme.percent(row[name]) for name in shares),
            ]
            for row in rows
        ],
    )


def judged(score: accuracy.Score) -> list[accuracy.Failure]:
    """The failures, without those of sources where a corpus does not mark them."""
    return [one for one in score.failures if score.form.sources or one.cause != "wrong source"]


def failures(scores: dict[str, accuracy.Score]) -> list[str]:
    rows = []
    for corpus, score in scores.items():
        counts = Counter(failure.cause for failure in judged(score))
        rows.append([corpus, *(counts[cause] for cause in accuracy.FAILURES)])
    return table(["corpus", *accuracy.FAILURES], rows)


def failing_rules(scores: dict[str, accuracy.Score]) -> list[str]:
    """For each cause the rules that fail most often by it."""
    rows = []
    for cause in accuracy.FAILURES[1:]:
        counts = Counter(one.rule or "-" for score in scores.values() for one in judged(score) if one.cause == cause)
        rows.append([cause, "; ".join(f"`{rule}` {count}" for rule, count in counts.most_common(6))])
    return table(["cause", "rules, with their failures"], rows)


def decisions(rows: list[dict[str, Any]]) -> list[str]:
    return table(
        ["rule", "decisions", "right, %", "source right, %", "speaker right, %", "abstained"],
        [
            [
                f"`{row['rule']}`",
                row["decisions"],
                *(readme.percent(row[name]) for name in ("precision", "source", "speaker")),
                row["abstained"],
            ]
            for row in rows
        ],
    )


def by_name(rows: list[dict[str, Any]]) -> dict[str, Counter[str]]:
    """Decisions and right answers of each single rule, whatever it was paired with."""
    counts: dict[str, Counter[str]] = {name: Counter() for _, part in rules.tables() for name, _, _ in part}
    for row in rows:
        for name in row["rule"].split(" > "):
            if name in counts:
                counts[name].update(decisions=row["decisions"], right=round(row["decisions"] * (row["precision"] or 0)))
    return counts


def lines(scores: dict[str, accuracy.Score]) -> list[str]:
    rows = accuracy.rule_rows(scores.values())
    counts = by_name(rows)
    idle = [f"`{name}`" for name, one in counts.items() if not one["decisions"]]
    weak = [
        [f"`{name}`", one["decisions"], readme.percent(one["right"] / one["decisions"])]
        for name, one in sorted(counts.items(), key=lambda item: -item[1]["decisions"])
        if one["decisions"] >= FEWEST and one["right"] < LEAST * one["decisions"]
    ]
    return [
        "# Figures",
        "",
        "Written by `python benchmarks/page.py --write`: the built-in reading on all annotated texts, indirect speech",
        "included where a corpus marks it. Shares in per cent; what they mean is told in `benchmarks/accuracy.py`.",
        "",
        "## By corpus",
        *figures(scores),
        "## What goes wrong",
        *failures(scores),
        "One quotation may go wrong in several ways. A corpus that does not mark every quotation has many that are",
        "false only by its count.",
        *failing_rules(scores),
        f"## Rules that are right in less than {100 * LEAST:.0f} %",
        *table(["rule", "decisions", "right, %"], weak),
        "## Rules that decide nothing here",
        "",
        ", ".join(idle) or "None.",
        "",
        "## Every decision",
        *decisions(rows),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true", help="rewrite benchmarks/FIGURES.md")
    options = parser.parse_args()
    written = "\n".join(lines(dict(accuracy.scored(corpora.files(options.paths), None, indirect=True))))
    if options.write:
        PAGE.write_text(written, encoding="utf-8")
    else:
        print(written)


if __name__ == "__main__":
    main()
