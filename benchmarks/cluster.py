"""What a million articles cost, measured on this machine, and the cluster sizes that follow on paper.

usage: python benchmarks/cluster.py [FILE.jsonl ...] [--articles N] [--workers N] [--json] [--write MONTH]

N articles (those of the files, else the examples, repeated) are read by one process and by several workers in turn,
three times, direct and mixed, and with indirect.  The core seconds are those of all processes together, starting them
included; the speed-up is that of the clock and needs a machine of one's own.  --write makes the table of README.md.
"""

import argparse
import itertools
import json
import os
import platform
import statistics
import time
from pathlib import Path

import corpora
import readme

from quoteattr import Extractor
from quoteattr.model import KINDS, Kind

ROUNDS = 3
CORES = (16, 64, 256)
MILLIONS = (1, 10, 100)


def articles(files: list[Path], count: int) -> list[str]:
    texts = [document["text"] for path in files for document in corpora.documents(path)] or [
        path.read_text(encoding="utf-8") for path in sorted((corpora.CHECKOUT / "examples").glob("*.txt"))
    ]
    return list(itertools.islice(itertools.cycle(texts), count))


def used() -> float:
    """Core seconds of this process and of its workers that have ended."""
    return sum(os.times()[:4])


def run(texts: list[str], kinds: tuple[Kind, ...], workers: int) -> tuple[float, float]:
    """Core seconds, and seconds of the clock."""
    core, clock = used(), time.perf_counter()
    for _ in Extractor().extract_many(texts, kinds=kinds, workers=workers):
        pass
    return used() - core, time.perf_counter() - clock


def measure(texts: list[str], kinds: tuple[Kind, ...], workers: int) -> dict[str, object]:
    run(texts[: len(texts) // 10 + 1], kinds, 1)  # imports, tables and caches are not what is measured
    rounds = [(run(texts, kinds, 1), run(texts, kinds, workers)) for _ in range(ROUNDS)]

    def of_each(seconds: list[float]) -> float:
        return statistics.median(seconds) / len(texts)

    return {
        "kinds": ", ".join(kinds),
        "articles": len(texts),
        "words_an_article": round(sum(len(text.split()) for text in texts) / len(texts)),
        "workers": workers,
        "core_ms_an_article": round(1000 * of_each([one[0] for one, _ in rounds]), 2),
        "core_ms_an_article_workers": round(1000 * of_each([many[0] for _, many in rounds]), 2),
        "speed_up": round(statistics.median(one[1] / many[1] for one, many in rounds), 2),
    }


def span(hours: float) -> str:
    """A time as a reader would say it."""
    if hours < 1:
        return f"{max(1, round(60 * hours))} min"
    return f"{hours:.1f} h" if hours < 48 else f"{hours / 24:.1f} days"


def lines(rows: list[dict[str, object]], month: str) -> list[str]:
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    table = [
        (
            f"State of {month}; {machine}; `python benchmarks/cluster.py TEXTS.jsonl --write {month}`; "
            f"{rows[0]['articles']} articles of {rows[0]['words_an_article']} words, {rows[0]['workers']} workers."
        ),
        "",
        "| kinds | an article, one process | with workers | a million articles | "
        + " | ".join(f"{size} M on {cores} cores" for size, cores in zip(MILLIONS, CORES, strict=True))
        + " |",
        "|---|--:|--:|--:|" + "--:|" * len(MILLIONS),
    ]
    for row in rows:
        hours = float(str(row["core_ms_an_article_workers"])) / 1000 * 1e6 / 3600  # core hours of a million
        paper = [span(size * hours / cores) for size, cores in zip(MILLIONS, CORES, strict=True)]
        table.append(
            f"| {row['kinds']} | {row['core_ms_an_article']} ms | {row['core_ms_an_article_workers']} ms "
            f"| {hours:.1f} core hours | " + " | ".join(paper) + " |"
        )
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--articles", type=int, default=2000, metavar="N")
    parser.add_argument("--workers", type=int, default=min(os.cpu_count() or 1, 8), metavar="N")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--write", metavar="MONTH", help="write the table into README.md, as the state of a month")
    options = parser.parse_args()
    texts = articles(options.files, options.articles)
    rows = [measure(texts, kinds, options.workers) for kinds in (KINDS[:2], KINDS)]
    if options.json:
        print(json.dumps(rows, indent=1))
        return
    for row in rows:
        print("; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in row.items()))
    table = lines(rows, options.write or "now")
    print("", *table, sep="\n")
    if options.write:
        readme.replace("cluster", table)


if __name__ == "__main__":
    main()
