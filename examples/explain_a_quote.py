"""Tells why a quote has its speaker: python examples/explain_a_quote.py [ARTICLE [NUMBER]], counted from 1."""

import sys
from pathlib import Path

from quoteattr import explain, extract


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("summit.txt")
    number = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    text = path.read_text(encoding="utf-8")
    print(explain(text, extract(text)[number - 1]))


if __name__ == "__main__":
    main()
