"""How often each rule is right: set on half of the annotated documents, tested on the other half.

usage: python benchmarks/confidence.py [FILE.jsonl | FOLDER ...] [--write]

Set on the documents at even positions of each corpus, tested on those at odd positions.  Decisions and right answers
are those of `benchmarks/accuracy.py --indirect`, over all corpora together.  A row of
`quoteattr/lexicon/confidence.tsv` is a rule, or a family of rules, with at least 30 decisions on the even documents;
a rule without a row takes the nearest (`quoteattr.lexicon.name_rows`), told here in the last column.

The second table is for direct and mixed quotations of news and other prose (PolNeAR, GUM and the news articles
together) on the odd documents alone: answers whose confidence is at least the threshold, as a share of all answers,
and how many of them are right.

With --write, rewrites `quoteattr/lexicon/confidence.tsv`, and the tables of README.md that rest on it.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import accuracy
import corpora
import readme
import rules

from quoteattr.lexicon import COLUMNS, FEWEST, name_rows, read_confidence

TABLE = corpora.CHECKOUT / "quoteattr" / "lexicon" / "confidence.tsv"
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
PROSE = ("polnear", "gum", "gold")
EVEN, ODD = 0, 1

Counts = dict[str, Counter[str]]  # rule → its decisions, and how many were right


def counts_of(scores: Iterable[accuracy.Score], parity: int) -> Counts:
    """The decisions of every rule on the documents of one parity."""
    counts: Counts = defaultdict(Counter)
    for score in scores:
        for (rule, half), one in score.rules.items():
            if half == parity and one["decisions"]:
                counts[rule].update({name: one[name] for name in ("decisions", "right")})
    return counts


def with_families(counts: Counts) -> Counts:
    """The same for every row that may speak for one of the rules."""
    rows: Counts = defaultdict(Counter)
    for rule, one in counts.items():
        for row in name_rows(rule):
            rows[row].update(one)
    return rows


def table_of(even: Counts) -> list[dict[str, str]]:
    """The rows of confidence.tsv."""
    cells = [
        (row, str(one["decisions"]), str(one["right"]), f"{one['right'] / one['decisions']:.3f}")
        for row, one in sorted(with_families(even).items())
        if one["decisions"] >= FEWEST or row == "*"
    ]
    return [dict(zip(COLUMNS["confidence"], row, strict=True)) for row in cells]


def row_of(rule: str, table: Mapping[str, float]) -> str:
    return next(row for row in name_rows(rule) if row in table)


def comparison(even: Counts, odd: Counts, table: Mapping[str, float]) -> list[dict[str, Any]]:
    """Rules and families, most decisions first: how often right on the even and on the odd documents."""
    evens, odds = with_families(even), with_families(odd)
    return [
        {
            "rule": rule,
            "even": evens[rule]["decisions"],
            "even right": accuracy.ratio(evens[rule]["right"], evens[rule]["decisions"]),
            "odd": odds[rule]["decisions"],
            "odd right": accuracy.ratio(odds[rule]["right"], odds[rule]["decisions"]),
            "confidence": table[near],
            "row": near if near != rule else "",
        }
        for rule in sorted(odds | evens, key=lambda rule: (-evens[rule]["decisions"], -odds[rule]["decisions"], rule))
        if rule in table or rule in even or rule in odd
        for near in [rule if rule in table else row_of(rule, table)]
    ]


def coverage(odd: Counts, table: Mapping[str, float]) -> list[dict[str, Any]]:
    """For each threshold the answers at or above it, as a share of all answers, and how many of them are right."""
    everything = sum(one["decisions"] for one in odd.values())
    rows = []
    for threshold in (0.0, *THRESHOLDS):
        kept = sum((one for rule, one in odd.items() if table[row_of(rule, table)] >= threshold), Counter[str]())
        rows.append(
            {
                "threshold": f"{threshold:.2f}",
                "answers": kept["decisions"],
                "share": accuracy.ratio(kept["decisions"], everything),
                "right": accuracy.ratio(kept["right"], kept["decisions"]),
            }
        )
    return rows


def readme_lines(rows: list[dict[str, Any]]) -> list[str]:
    return [
        "| confidence at least | answers | share of all answers, % | right, % |",
        "|---|--:|--:|--:|",
        *(
            f"| {row['threshold']} | {row['answers']} | {share} | {right} |"
            for row in rows
            for share, right in [map(readme.percent, (row["share"], row["right"]))]
        ),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true", help="rewrite confidence.tsv and its tables in README.md")
    options = parser.parse_args()
    scores = dict(accuracy.scored(corpora.files(options.paths), None, indirect=True))
    even, odd = (counts_of(scores.values(), parity) for parity in (EVEN, ODD))
    if not even:
        raise SystemExit("no rule decided anything: are there annotated quotations in these files?")
    rows = table_of(even)
    table = read_confidence(rows)
    accuracy.print_table(comparison(even, odd, table))
    print("\ndirect and mixed, odd documents of " + ", ".join(name for name in scores if name.startswith(PROSE)))
    prose = counts_of((score for name, score in scores.items() if name.startswith(PROSE)), ODD)
    covered = coverage({rule: one for rule, one in prose.items() if not rule.startswith("indirect.")}, table)
    accuracy.print_table(covered)
    if options.write:
        lines = ["\t".join(COLUMNS["confidence"]), *("\t".join(row.values()) for row in rows)]
        TABLE.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        readme.replace("coverage", readme_lines(covered))
        rules.write()
        print(f"\nwritten by benchmarks/confidence.py --write: {TABLE.relative_to(corpora.CHECKOUT)}, README.md")


if __name__ == "__main__":
    main()
