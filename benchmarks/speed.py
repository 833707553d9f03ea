"""How fast extract is, in words a second, beside spaCy's bare tokenizer on the same texts in the same run.

usage: python benchmarks/speed.py [FILE.jsonl ...] [--words N] [--pipeline NAME] [--output FILE.json]

Texts are the example articles, repeated until there are N words, and each JSONL file given.  Every reader reads all of
them once, which is the first pass, and then five times in turn, of which the median is told; the ratio is that to the
tokenizer's median.  Times are processor times, in one process.  Readers: quoteattr, the same with indirect speech, the
tokenizer, a spaCy pipeline if one is named, and textacy's quotations on that pipeline if textacy is installed.  Last
comes the cold start: importing quoteattr, over an interpreter that imports attrs and regex.
"""

import argparse
import importlib.util
import json
import platform
import statistics
import subprocess
import sys
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
    began = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - began


def readers(pipeline: str | None) -> dict[str, Callable[[str], object]]:
    extract = quoteattr.Extractor().extract
    found: dict[str, Callable[[str], object]] = {
        "tokenizer": spacy.blank("en").make_doc,
        "quoteattr": extract,
        "quoteattr, with indirect": lambda text: extract(text, kinds=("direct", "mixed", "indirect")),
    }
    if pipeline:
        nlp = spacy.load(pipeline)
        found["pipeline"] = nlp
        if importlib.util.find_spec("textacy") is not None:
            quotations = importlib.import_module("textacy.extract").direct_quotations
            found["pipeline and textacy"] = lambda text: list(quotations(nlp(text)))
    return found


def measure(name: str, texts: list[str], pipeline: str | None) -> list[dict[str, object]]:
    works = readers(pipeline)
    words = count(texts)
    first = {reader: words / seconds(work, texts) for reader, work in works.items()}
    times: dict[str, list[float]] = {reader: [] for reader in works}
    for _ in range(ROUNDS):
        for reader, work in works.items():
            times[reader].append(seconds(work, texts))
    rates = {reader: words / statistics.median(taken) for reader, taken in times.items()}
    return [
        {
            "texts": name,
            "documents": len(texts),
            "words": words,
            "reader": reader,
            "first_pass_words_s": round(first[reader]),
            "words_s": round(rates[reader]),
            "first_pass_ratio": round(first[reader] / first["tokenizer"], 3),
            "ratio": round(rates[reader] / rates["tokenizer"], 3),
        }
        for reader in works
    ]


def start(code: str) -> float:
    """Seconds that an interpreter takes for a line of code, the median of some."""
    taken = []
    for _ in range(4 * ROUNDS + 1):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--words", type=int, default=50_000, help="words of example articles; default: 50000")
    parser.add_argument("--limit", type=int, help="at most so many documents of each file")
    parser.add_argument("--pipeline", help="a trained spaCy pipeline, by name or path")
    parser.add_argument("--output", type=Path, help="a JSON file for the rows")
    options = parser.parse_args()
    texts = {"examples": examples(options.words)} if not options.files else {}
    for path in options.files:
        texts[path.stem] = [document["text"] for document in corpora.documents(path, options.limit)]
    print(f"Python {platform.python_version()}, spaCy {spacy.__version__}, {platform.machine()}; median of {ROUNDS}")
    print(f"{'texts':<16}{'words':>9}  {'reader':<26}{'first pass':>11}{'ratio':>7}{'words/s':>9}{'ratio':>7}")
    rows: list[dict[str, object]] = []
    for name, found in texts.items():
        for row in measure(name, found, options.pipeline):
            rows.append(row)
            print(
                f"{name:<16}{row['words']:>9}  {row['reader']:<26}{row['first_pass_words_s']:>11}"
                f"{row['first_pass_ratio']:>7}{row['words_s']:>9}{row['ratio']:>7}"
            )
    cold = 1000 * (start("import attrs, regex, quoteattr") - start("import attrs, regex"))
    print(f"cold start: {cold:.1f} ms over attrs and regex")
    if options.output:
        result = {"rows": rows, "cold_start_ms": round(cold, 1)}
        options.output.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
