"""Prints who said what in an article: python examples/who_said_what.py [ARTICLE]."""

import sys
from pathlib import Path

from quoteattr import extract


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("summit.txt")
    for quote in extract(path.read_text(encoding="utf-8")):
        print(f"{quote.speaker or 'unknown'}: {quote.text}")


if __name__ == "__main__":
    main()
