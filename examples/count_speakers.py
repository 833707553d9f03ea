"""Counts the quotes of every speaker in a folder of .txt files: python examples/count_speakers.py [FOLDER]."""

import sys
from collections import Counter
from pathlib import Path

from quoteattr import Quotes, extract_many


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    texts = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt")))
    counts: Counter[str] = Counter()
    for quotes in extract_many(texts):
        if isinstance(quotes, Quotes):  # in place of a text that could not be read stands an error value
            counts.update(str(quote.speaker or "unknown") for quote in quotes)
    for name, count in counts.most_common():
        print(f"{count:4}  {name}")


if __name__ == "__main__":
    main()
