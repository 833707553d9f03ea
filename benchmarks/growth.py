"""Whether time grows in proportion to the text: time per character at 1, 4 and 16 times the length.

usage: python benchmarks/growth.py [--characters N] [--indirect] [--only NAME] [--output FILE.json]

The inputs are the example articles repeated, as documents and as one text, and hostile texts: nothing but marks, marks
left open, one paragraph, deep nesting, names, no spaces.  Processor time is told, the least of three runs; a row grows
as it should if its last column is near 1.  With annotated texts at hand (see corpora.py), novels are read as well.
Novels and names are the same text for every length, cut in 16 parts, in 4, and whole: one page has more talk than
another, and the names of a short text would be remembered from one run to the next.
"""

import argparse
import gc
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import corpora

import quoteattr
from quoteattr.model import Kind

STEPS = (1, 4, 16)
RUNS = 3


def repeat(piece: str, end: str = "") -> Callable[[int], str]:
    return lambda length: piece * (length // len(piece)) + end


def name(number: int) -> str:
    letters = [chr(97 + number // 26**place % 26) for place in range(4)]
    return f"Ann{''.join(letters[:2])} Lee{''.join(letters[2:])}ski"


def names(length: int) -> str:
    told = "“We won,” he said. "
    return "".join(f"{name(number)} left. " + told * (number % 9 == 0) for number in range(length // 24))


def nameless(length: int) -> str:
    return "".join(f"“We won,” a {name(number)[3:5]}x farmer said.\n\n" for number in range(length // 30))


def bodies(length: int) -> str:
    return "".join(
        f"The {name(number)[:5]} Gazette met. The paper said it was “late”.\n\n" for number in range(length // 56)
    )


def inputs() -> dict[str, Callable[[int], str]]:
    articles = [path.read_text(encoding="utf-8") for path in sorted((corpora.CHECKOUT / "examples").glob("*.txt"))]
    found = {
        "articles": repeat("\n\f\n".join(articles) + "\n\f\n"),
        "one article": repeat("\n\n".join(articles) + "\n\n"),
        "straight marks": repeat('"'),
        "curly marks": repeat("“”"),
        "all left open": repeat("“We won. "),
        "left open, paragraphs": repeat("“We won.\n\n"),
        "one paragraph": repeat("Ann Lee said the deal was “a disgrace”. It rained all day and the men went home. "),
        "one paragraph, roles": repeat("Ann Lee left. “We won,” said the mayor. “No,” she said. They said “so”. "),
        "documents": repeat("Ann Lee left. “We won,” they said. “No,” the mayor said.\n\f\n"),
        "one paragraph, tags": repeat("<b>“We won,”</b> said Ann Lee. "),
        "nesting": lambda length: "“a ‘b " * (length // 12) + " c’ d”" * (length // 12),
        "many names": names,
        "one name": repeat("Ann Lee ", "“We won,” said Ann Lee."),
        "namesakes": repeat("Ann Lee met Bob Lee. “We won,” Lee said. "),
        "one name, titled": repeat("Mr Smith ", "“We won,” he said."),
        "many nameless": nameless,
        "many bodies": bodies,
        "pronouns": repeat("“We won,” he said. "),
        "no stops": repeat("the man said that he was told by Ann Lee that ", "“we won”"),
        "no spaces": repeat("a"),
        "no spaces, marks": repeat("“aaaaaaaaaa”"),
    }
    folder = corpora.folder()
    if folder is not None and (folder / "pdnc_open.jsonl").exists():
        novels = "\n\n".join(document["text"] for document in corpora.documents(folder / "pdnc_open.jsonl"))
        found["novels"] = lambda length: novels[:length]
    return found


# inputs in which one part is not like another: every length reads the same text, in parts
CUT = ("many names", "many bodies", "novels")


def cut(text: str, length: int) -> list[str]:
    return [text[at : at + length] for at in range(0, len(text), length)]


def seconds(texts: Sequence[str], kinds: tuple[Kind, ...]) -> float:
    """Read all texts in turn, so that nothing is remembered of one when it is read again."""
    best = float("inf")
    for _ in range(RUNS):
        gc.collect()
        began = time.process_time()
        for text in texts:
            quoteattr.extract(text, kinds=kinds)
        best = min(best, time.process_time() - began)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--characters", type=int, default=20_000, help="of the shortest text; default: 20000")
    parser.add_argument("--indirect", action="store_true", help="read indirect speech too")
    parser.add_argument("--only", help="one input")
    parser.add_argument("--output", type=Path, help="a JSON file for the rows")
    options = parser.parse_args()
    kinds: tuple[Kind, ...] = ("direct", "mixed", "indirect") if options.indirect else ("direct", "mixed")
    quoteattr.extract("“We won,” said Ann Lee.", kinds=kinds)
    rows = []
    print(f"{'microseconds a character':<26}" + "".join(f"{f'x {step}':>9}" for step in STEPS) + f"{'growth':>9}")
    for title, make in inputs().items():
        if options.only not in (None, title):
            continue
        costs = []
        for length in (options.characters * step for step in STEPS):
            texts = [make(length)] if title not in CUT else cut(make(options.characters * STEPS[-1]), length)
            costs.append(1e6 * seconds(texts, kinds) / sum(map(len, texts)))
        rows.append({"input": title, "us_per_character": [round(cost, 3) for cost in costs]})
        rows[-1]["growth"] = round(costs[-1] / costs[0], 2)
        print(f"{title:<26}" + "".join(f"{cost:>9.2f}" for cost in costs) + f"{costs[-1] / costs[0]:>9.2f}", flush=True)
    if options.output:
        options.output.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
