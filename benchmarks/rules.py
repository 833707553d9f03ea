"""The table of rules: what each reads, and how often it is right.

usage: python benchmarks/rules.py [--write]

A rule's figures are those of its rows in `quoteattr/lexicon/confidence.tsv`, one outside conversations and one in them;
`benchmarks/confidence.py` measures them.
With --write, writes the table into README.md.
"""

import argparse

import readme

from quoteattr.attribution import RULES as ATTRIBUTION
from quoteattr.attribution.indirect import RULES as INDIRECT
from quoteattr.coreference import CLUSTER_RULES
from quoteattr.coreference import RULES as COREFERENCE
from quoteattr.coreference.dialogue import RULES as DIALOGUE
from quoteattr.lexicon import FEWEST, IN_CONVERSATION, read_table

LINKS = {
    "float.sentence": "Ann Smith called it “a disgrace”. “We won the vote.”",
    "float.next": "“We won the vote.” Ann Smith called it “a disgrace”.",
    "float.paragraph": "“We won,” Ann Smith said.\n\n“We go on.”",
    "float.report": "Ann Smith said the vote was over.\n\n“We go on to the next one.”",
    "turn.same": "“Who is there?” asked Ann.\n\n“Me,” said Bob. The snow fell. There was a wind. “A letter.”\n\n“Oh.”",
}
"""How a quotation without a source of its own gets that of its neighbour or of its turn, with a text for each."""

NAMES = {
    "name.full": "“We won,” said Ann Smith.",
    "name.short": "Ann Smith left. “We won,” said Smith.",
    "joint.members": "“We won,” said Ann Smith and Bob Jones.",
    "nominal.unnamed": "“We won,” said a farmer.",
    "nominal.turn": "“Who is there?” asked Ann.\n\n“The postman,” said Bob.\n\n“At night?” asked the girl.",
    "pronoun.turn": "“Who is there?” asked Ann.\n\n“The postman,” said Bob.\n\n“At night?” she said.",
    "pronoun.relative": "Ann Smith, who said “we won”, left.",
}
"""Who is meant where nothing has to be looked for, with a text for each."""


Rows = tuple[str, str]  # of confidence.tsv: outside conversations, and in them; "" where a rule is not asked


def tables() -> list[tuple[str, list[tuple[str, str, Rows]]]]:
    """(what the rules answer, [(name, example, rows of confidence.tsv)])."""

    def both(row: str) -> Rows:
        return row, row + IN_CONVERSATION

    found = [(rule.name, rule.fires_on, both(f"{rule.name} > *")) for rule in ATTRIBUTION]
    reported = [(rule.name, rule.fires_on, both(f"{rule.name} > *")) for rule in INDIRECT]
    named = [(name, text, both(f"* > {name}")) for name, text in NAMES.items()]
    resolved = [(rule.name, rule.fires_on, both(f"* > {rule.name}")) for rule in COREFERENCE]
    clustered = [(rule.name, rule.fires_on, both(f"* > {rule.name}")) for rule in CLUSTER_RULES]
    linked = [(name, text, (name, "")) for name, text in LINKS.items() if name.startswith("float.")]
    turns = [(name, text, ("", name)) for name, text in LINKS.items() if name.startswith("turn.")]
    turns += [(rule.name, rule.fires_on, ("", rule.name)) for rule in DIALOGUE]
    return [
        ("which words name the source", found),
        ("which words name the source of indirect speech", reported),
        ("who that is", named + resolved),
        ("who that is, by a Doc's clusters, here in brackets", clustered),
        ("who speaks where no words say so", linked + turns),
    ]


def cells_of(row: str, figures: dict[str, dict[str, str]]) -> tuple[str, str]:
    """Decisions, and how many of them are right in per cent; a row that is too seldom asked has no figures."""
    if row not in figures:
        return f"under {FEWEST}" if row else "–", "–"
    return figures[row]["decisions"], readme.percent(float(figures[row]["precision"]))


def lines() -> list[str]:
    """The tables as they stand in README.md."""
    figures = {row["rule"]: row for row in read_table("confidence")}
    written = []
    for question, rows in tables():
        written += ["", f"| {question} | decides | decisions | right, % | in conversations | right, % |"]
        written.append("|---|---|--:|--:|--:|--:|")
        for name, example, (outside, inside) in rows:
            text = " ⏎ ".join(filter(None, example.split("\n"))).replace("|", "\\|")
            cells = [cell for row in (outside, inside) for cell in cells_of(row, figures)]
            written.append(f"| `{name}` | {text} | {' | '.join(cells)} |")
    return written[1:]


def write() -> None:
    """Writes the tables into README.md."""
    readme.replace("rules", lines())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the table into README.md")
    if parser.parse_args().write:
        write()
    print("\n".join(lines()))


if __name__ == "__main__":
    main()
