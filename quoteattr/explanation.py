"""Why this speaker?  Runs again with a trace."""

from __future__ import annotations

import attrs

from quoteattr.errors import UsageError
from quoteattr.model import KINDS, Config, Doc, Quote
from quoteattr.pipeline import read_evidence, read_text, run


@attrs.frozen
class Explanation:
    """The rule that decided, the words it rested on, and the steps from the words to the name."""

    quote: Quote
    rule: str
    evidence: tuple[str, ...]
    steps: tuple[str, ...]

    def __str__(self) -> str:
        who = self.quote.speaker.name if self.quote.speaker is not None else f"nobody: {self.quote.reason}"
        lines = [f"“{self.quote.text}”", f"speaker: {who}", f"rule: {self.rule}"]
        lines += [f"words: {words}" for words in self.evidence]
        lines += [f"step: {step}" for step in self.steps]
        return "\n".join(lines)


def _says_same(one: Quote, other: Quote) -> bool:
    """Whether two quotes are one, whatever kinds were asked for with it."""
    names = [quote.speaker.name if quote.speaker is not None else None for quote in (one, other)]
    return one.spans == other.spans and one.rule == other.rule and names[0] == names[1]


def explain(text: str | Doc, quote: Quote, *, config: Config | None = None) -> Explanation:
    """Explain one quote of a text: rule, words, candidates that lost, chain to the name.

    Raises `UsageError` if the quote is none of this text's under this config.

    >>> from quoteattr import extract
    >>> text = "Ann Lee left. “We won,” she said."
    >>> print(explain(text, extract(text)[0]))
    “We won,”
    speaker: Ann Lee
    rule: tail.subject-verb > pronoun.subject
    words: mention “she” at 24:27
    words: cue “said” at 28:32
    step: pronoun.subject: “she” may be Ann Lee; accepted
    """
    source = read_text(text)
    if not isinstance(quote, Quote):
        raise UsageError(f"explain takes one quote, as extract gives them; not {type(quote).__name__}")
    trace: list[tuple[int, list[str]]] = []
    config = config if config is not None else Config()
    again = run(source, KINDS, config, trace, read_evidence(text, config))
    same = next((one for one in again if _says_same(one, quote)), None)
    if same is None:
        raise UsageError("this quote is not one of this text: give the text and config that it was extracted with")
    evidence = []
    if same.mention is not None:
        evidence.append(f"mention “{same.mention.text}” at {same.mention.start}:{same.mention.end}")
    if same.cue is not None:
        evidence.append(f"cue “{source[same.cue.start : same.cue.end]}” at {same.cue.start}:{same.cue.end}")
    steps: list[str] = []
    for start, lines in trace:
        if start <= same.spans[0].start and start >= same.spans[0].start - 8:
            steps = lines
    return Explanation(same, same.rule, tuple(evidence), tuple(steps))
