"""The weights by which conversations are handed round: set on half of the annotated documents, tested on the rest.

usage: python benchmarks/turns.py [FILE.jsonl | FOLDER ...] [--rounds N] [--write]

Set on the documents at even positions of every corpus that tells speakers, tested on those at odd positions.  A weight
is the log odds of one sign for or against a candidate of a turn: together they are the weights of a conditional random
field (Lafferty, McCallum and Pereira 2001), set by gradient steps (Duchi, Hazan and Singer 2011) on the likelihood of
the annotated speakers.  A turn whose annotated speaker is none of its candidates says nothing.

With --write, writes the weights into `quoteattr/lexicon/turns.tsv`.
"""

import argparse
import math
import random
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import accuracy
import corpora

import quoteattr
from quoteattr.coreference.decoding import Decoding, decode
from quoteattr.coreference.dialogue import WEIGHTS, Dialogue
from quoteattr.coreference.entities import Entity
from quoteattr.lexicon import COLUMNS, read_table

TABLE = corpora.CHECKOUT / "quoteattr" / "lexicon" / "turns.tsv"
EVEN, ODD = 0, 1
ROUNDS, BATCH, RATE, SHRINK = 30, 20, 0.2, 0.5
NEVER = -1e3  # log odds of what the annotation rules out
NEAR = 3  # characters by which an annotated quote and a turn may begin apart


class Talk(NamedTuple):
    """One conversation: by turn its candidates, the evidence for each, and which of them are right."""

    choices: list[list[Entity | None]]
    evidence: list[list[list[str]]]
    links: list[tuple[list[str], list[str]]]
    right: list[list[bool]]
    named: list[bool]  # whether the words of the turn's source leave no choice


def talks_of(document: dict[str, Any]) -> Iterator[Talk]:
    """Reads one document; its conversations as the library sees them."""
    names = accuracy.speaker_names(document["quotes"])
    gold = sorted(
        (record["content"][0][0], names[record["speaker"]]) for record in document["quotes"] if record.get("speaker")
    )
    starts = [start for start, _ in gold]
    found: list[Talk] = []

    class Watched(Dialogue):
        def hand_round(self, low: int, high: int) -> None:
            super().hand_round(low, high)
            turns = self.turns[low:high]
            right = []
            for turn in turns:
                at = bisect_right(starts, turn.start + NEAR) - 1
                speaker = gold[at][1] if at >= 0 and starts[at] >= turn.start - NEAR else []
                right.append([accuracy.same_name(speaker, one.name)[1] for one in turn.choices] or [False])
            evidence = [
                [[] if turn.fixed is not None else self.evidence(n, one, low, high) for one in turn.choices] or [[]]
                for n, turn in enumerate(turns, start=low)
            ]
            links = [self.links(n, low) for n in range(low, high)]
            choices: list[list[Entity | None]] = [[*turn.choices] or [None] for turn in turns]
            found.append(Talk(choices, evidence, links, right, [turn.fixed is not None for turn in turns]))

    with mock.patch("quoteattr.pipeline.turns.Dialogue", Watched):
        quoteattr.extract(document["text"])
    yield from found


def weigh(talk: Talk, weights: dict[str, float], *, told: bool) -> Decoding:
    """The shares of all candidates; with `told`, of the right ones alone."""
    points = [
        [
            NEVER if told and any(right) and not right[k] else sum(weights[name] for name in names)
            for k, names in enumerate(rows)
        ]
        for rows, right in zip(talk.evidence, talk.right, strict=True)
    ]
    repeat, back = ([sum(weights[name] for name in pair[which]) for pair in talk.links] for which in (0, 1))
    return decode(talk.choices, points, repeat, back)


def expected(talk: Talk, shares: Decoding) -> Counter[str]:
    """How often each sign is expected to hold for the speakers."""
    counts: Counter[str] = Counter()
    for n, rows in enumerate(talk.evidence):
        for share, names in zip(shares.shares[n], rows, strict=True):
            for name in names:
                counts[name] += share  # type: ignore[assignment]
        for names, share in zip(talk.links[n], (shares.repeats[n], shares.returns[n]), strict=True):
            for name in names:
                counts[name] += share  # type: ignore[assignment]
    return counts


def train(corpora_talks: list[list[Talk]], rounds: int) -> dict[str, float]:
    """Sets the weights; a corpus counts by the root of its turns, so that the largest does not decide alone."""
    turns = [sum(len(talk.choices) for talk in talks) for talks in corpora_talks]
    talks = [
        (talk, math.sqrt(sum(turns) / count))
        for among, count in zip(corpora_talks, turns, strict=True)
        for talk in among
    ]
    weights, squares = dict.fromkeys(WEIGHTS, 0.0), defaultdict[str, float](lambda: 1e-3)
    order = list(range(len(talks)))
    shuffled = random.Random(0)
    for number in range(rounds):
        shuffled.shuffle(order)
        likelihood = 0.0
        for start in range(0, len(order), BATCH):
            gradient: Counter[str] = Counter()
            for talk, weight in (talks[n] for n in order[start : start + BATCH]):
                right, every = weigh(talk, weights, told=True), weigh(talk, weights, told=False)
                likelihood += weight * (right.score - every.score)
                for sign, shares in ((weight, right), (-weight, every)):
                    for name, count in expected(talk, shares).items():
                        gradient[name] += sign * count  # type: ignore[assignment]
            for name in weights:
                slope = gradient[name] - SHRINK * weights[name] * BATCH / len(order)
                squares[name] += slope * slope
                weights[name] += RATE * slope / math.sqrt(squares[name])
        print(f"round {number + 1}: log likelihood {likelihood:.1f}", flush=True)
    return weights


def report(name: str, talks: Iterable[Talk], weights: dict[str, float]) -> dict[str, Any]:
    """How many of the turns that name nobody go to the right candidate, and how many have it among theirs."""
    turns = right = within = 0
    for talk in talks:
        shares = weigh(talk, weights, told=False).shares
        for row, ok, named in zip(shares, talk.right, talk.named, strict=True):
            if not named and any(ok):
                within += 1
                right += ok[max(range(len(row)), key=row.__getitem__)]
            turns += not named
    return {
        "corpus": name,
        "turns": turns,
        "right one among the candidates": within,
        "of these right": accuracy.ratio(right, within),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="passes over the even documents")
    parser.add_argument("--write", action="store_true", help="rewrite turns.tsv")
    options = parser.parse_args()
    talks: dict[str, dict[int, list[Talk]]] = {}
    for path in corpora.files(options.paths):
        documents = corpora.documents(path)
        if any(quote.get("speaker") for document in documents for quote in document["quotes"]):
            talks[path.stem] = {
                parity: [talk for document in documents[parity::2] for talk in talks_of(document)]
                for parity in (EVEN, ODD)
            }
    weights = train([halves[EVEN] for halves in talks.values() if halves[EVEN]], options.rounds)
    rows = [{**row, "weight": f"{weights[row['evidence']]:.2f}"} for row in read_table("turns")]
    accuracy.print_table([{key: row[key] for key in ("evidence", "rule", "weight")} for row in rows])
    for parity, which in ((EVEN, "even"), (ODD, "odd")):
        accuracy.print_table([report(f"{name}, {which}", halves[parity], weights) for name, halves in talks.items()])
    if options.write:
        lines = ["\t".join(COLUMNS["turns"]), *("\t".join(row[column] for column in COLUMNS["turns"]) for row in rows)]
        TABLE.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        print(f"\nwritten by benchmarks/turns.py --write: {TABLE.relative_to(corpora.CHECKOUT)}")


if __name__ == "__main__":
    main()
