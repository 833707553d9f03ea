"""Chains of choices: how likely each choice is when all evidence of the chain is put together.

Every place of a chain has choices with points (log odds); a place whose choice is that of the place before, or of the
one before that with another between them, has further points.  Forward-backward over pairs of neighbouring choices
(Rabiner 1989), in time proportional to the length of the chain and the square of the choices of a place.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from math import exp, log

import attrs


@attrs.frozen
class Decoding:
    """What a chain gives: by place, the share of each choice, and how likely a repeat and a return are."""

    shares: list[list[float]]
    repeats: list[float]
    """by place, how likely it has the choice of the place before"""
    returns: list[float]
    """by place, how likely it has the choice of the place before the last, and not that of the last"""
    score: float
    """log of the sum over all ways to choose"""


def decode(
    choices: Sequence[Sequence[Hashable]],
    points: Sequence[Sequence[float]],
    repeat: Sequence[float],
    back: Sequence[float],
) -> Decoding:
    """Return the share of every choice of a chain; `repeat` and `back` are the points of those, by place.

    Every place has at least one choice; None is a choice that repeats nothing.

    >>> [round(one, 2) for one in decode([["a"], ["a", "b"]], [[0], [0, 0]], [0, -2], [0, 0]).shares[1]]
    [0.12, 0.88]
    """
    # position of each choice among those of the place before, and of the one before that
    last = [_find(choices[n], choices[n - 1]) if n else [-1] * len(choices[0]) for n in range(len(choices))]
    far = [_find(choices[n], choices[n - 2]) if n > 1 else [-1] * len(choices[n]) for n in range(len(choices))]
    odds = [[exp(one) for one in row] for row in points]
    forward: list[list[list[float]]] = []
    sums: list[list[float]] = []
    totals: list[float] = []
    for n, row in enumerate(odds):
        before = forward[-1] if n else [[1.0]]
        reached = [sum(column) for column in zip(*before, strict=True)]
        again, returned = exp(repeat[n]), exp(back[n]) - 1
        step = [[total * one for one in row] for total in reached]
        for k, one in enumerate(row):
            if (i := far[n][k]) >= 0:
                for j, paths in enumerate(before[i]):
                    if j != last[n][k]:
                        step[j][k] += returned * paths * one
            if (j := last[n][k]) >= 0:
                step[j][k] *= again
        total = sum(map(sum, step))
        forward.append([[one / total for one in line] for line in step])
        sums.append(reached)
        totals.append(total)
    shares: list[list[float]] = []
    repeats = [0.0] * len(odds)
    returns = [0.0] * len(odds)
    after = [[1.0] * len(line) for line in forward[-1]]
    for n in range(len(odds) - 1, -1, -1):
        pairs = [
            [one * rest for one, rest in zip(line, other, strict=True)]
            for line, other in zip(forward[n], after, strict=True)
        ]
        whole = sum(map(sum, pairs))
        shares.append([sum(column) / whole for column in zip(*pairs, strict=True)])
        if not n:
            break
        before, again, returned = forward[n - 1], exp(repeat[n]), exp(back[n]) - 1
        step = [[one * rest / totals[n] for one, rest in zip(odds[n], other, strict=True)] for other in after]
        for k, j in enumerate(last[n]):
            if j >= 0:
                step[j][k] *= again
                repeats[n] += pairs[j][k] / whole
        left = [sum(line) for line in step]
        after = [left[:] for _ in before]
        for k, i in enumerate(far[n]):
            if i >= 0:
                for j, paths in enumerate(before[i]):
                    if j != last[n][k]:
                        after[i][j] += returned * step[j][k]
                        ways = sums[n][j] + returned * paths
                        if ways > 0:
                            returns[n] += pairs[j][k] / whole * (1 + returned) * paths / ways
    return Decoding(shares[::-1], repeats, returns, sum(map(log, totals)))


def _find(ones: Sequence[Hashable], among: Sequence[Hashable]) -> list[int]:
    place = {one: at for at, one in enumerate(among) if one is not None}
    return [place.get(one, -1) for one in ones]
