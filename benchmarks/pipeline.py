"""What the component adds to the time of a spaCy pipeline, on the same texts in the same run.

usage: python benchmarks/pipeline.py [FILE.jsonl | FOLDER ...] [--pipeline NAME] [--limit N] [--indirect] [--json]

The pipeline is a package or a folder, by default the one that the environment variable QUOTEATTR_SPACY names.  After a
warm-up, in each of five rounds every text goes through the pipeline and then, as the Doc that came out, through the
component: both are timed on every text, so that a busy machine slows both alike.  `added` is the component's
time as a share of the pipeline's, and of five rounds the median is told.
"""

import argparse
import json
import os
import platform
import statistics
import time
from pathlib import Path
from typing import Any

import corpora
import spacy

ROUNDS = 5
KINDS = ("direct", "mixed")


def measure(name: str, texts: list[str], nlp: spacy.Language, component: Any) -> dict[str, object]:
    for text in texts[:10]:
        component(nlp(text))  # imports, tables and caches are not what is measured
    rounds = []
    for _ in range(ROUNDS):
        before = after = 0.0
        for text in texts:
            began = time.process_time()
            doc = nlp(text)
            between = time.process_time()
            component(doc)
            before += between - began
            after += time.process_time() - between
        rounds.append((after / before, before, after))
    _, before, after = sorted(rounds)[ROUNDS // 2]
    words = sum(len(text.split()) for text in texts)
    return {
        "texts": name,
        "documents": len(texts),
        "words": words,
        "pipeline_words_s": round(words / before),
        "component_words_s": round(words / after),
        "added": round(statistics.median(share for share, _, _ in rounds), 3),
        "least": round(min(rounds)[0], 3),
        "most": round(max(rounds)[0], 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--pipeline", default=os.environ.get("QUOTEATTR_SPACY"), help="a package, or a folder")
    parser.add_argument("--limit", type=int, default=40, help="documents of each file, evenly spread; default: 40")
    parser.add_argument("--indirect", action="store_true", help="indirect quotations too")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not options.pipeline:
        raise SystemExit("no pipeline: give --pipeline, or set QUOTEATTR_SPACY")
    nlp = spacy.load(options.pipeline)
    config = {"kinds": [*KINDS, "indirect"] if options.indirect else [*KINDS]}
    component = spacy.blank("en").add_pipe("quoteattr", config=config)
    texts = {
        path.stem: [document["text"] for document in corpora.documents(path, options.limit)]
        for path in corpora.files(options.paths)
    }
    rows = [measure(name, some, nlp, component) for name, some in texts.items()]
    if options.json:
        print(json.dumps(rows, indent=1))
        return
    print(f"Python {platform.python_version()}, spaCy {spacy.__version__}, {nlp.meta['lang']}_{nlp.meta['name']}")
    print(f"{'texts':<20}{'docs':>6}{'words':>9}{'pipeline w/s':>14}{'component w/s':>15}{'added':>8}  (least-most)")
    for row in rows:
        print(
            f"{row['texts']:<20}{row['documents']:>6}{row['words']:>9}{row['pipeline_words_s']:>14}"
            f"{row['component_words_s']:>15}{row['added']:>8.1%}  ({row['least']:.1%}-{row['most']:.1%})"
        )


if __name__ == "__main__":
    main()
