"""How fast extract is, in words a second, beside spaCy's bare tokenizer on the same texts in the same run.

usage: python benchmarks/speed.py [FILE.jsonl ...] [--words N] [--json]

Texts are the example articles, repeated until there are N words, and each JSONL file given.  After a warm-up, both are
timed five times in turn, and the median is told; the ratio is that of the medians.
"""

import argparse
import json
import platform
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import corpora
import spacy

import quoteattr

ROUNDS = 5


def examples(words: int) -> list[str]:
    texts = [path.read_text(encoding="utf-8") for path in sorted((corpora.CHECKOUT / "examples").glob("*.txt"))]
    return texts * max(1, round(words / count(texts)))


def count(texts: list[str]) -> int:
    return sum(len(text.split()) for text in texts)


def seconds(work: Callable[[str], object], texts: list[str]) -> float:
    began = time.perf_counter()
    for text in texts:
        work(text)
    return time.perf_counter() - began


def measure(name: str, texts: list[str]) -> dict[str, object]:
    workers = {"quoteattr": quoteattr.Extractor().extract, "spacy": spacy.blank("en").make_doc}
    for work in workers.values():
        seconds(work, texts[: max(1, len(texts) // 10)])  # imports, tables and caches are not what is measured
    times: dict[str, list[float]] = {reader: [] for reader in workers}
    for _ in range(ROUNDS):
        for reader, work in workers.items():
            times[reader].append(seconds(work, texts))
    words = count(texts)
    rates = {reader: words / statistics.median(taken) for reader, taken in times.items()}
    return {
        "texts": name,
        "documents": len(texts),
        "words": words,
        "quoteattr_words_s": round(rates["quoteattr"]),
        "slowest": round(words / max(times["quoteattr"])),
        "fastest": round(words / min(times["quoteattr"])),
        "tokenizer_words_s": round(rates["spacy"]),
        "ratio": round(rates["quoteattr"] / rates["spacy"], 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--words", type=int, default=50_000, help="words of example articles; default: 50000")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    texts = {"examples": examples(options.words)}
    texts.update({path.stem: [document["text"] for document in corpora.documents(path)] for path in options.files})
    rows = [measure(*one) for one in texts.items()]
    if options.json:
        print(json.dumps(rows, indent=1))
        return
    print(f"Python {platform.python_version()}, spaCy {spacy.__version__}, {platform.machine()}; median of {ROUNDS}")
    print(
        f"{'texts':<20}{'docs':>7}{'words':>10}{'words/s':>10}  {'(slowest-fastest)':<19}{'tokenizer':>10}{'ratio':>7}"
    )
    for row in rows:
        spread = f"({row['slowest']}-{row['fastest']})"
        print(
            f"{row['texts']:<20}{row['documents']:>7}{row['words']:>10}{row['quoteattr_words_s']:>10}  "
            f"{spread:<19}{row['tokenizer_words_s']:>10}{row['ratio']:>7}"
        )


if __name__ == "__main__":
    main()
