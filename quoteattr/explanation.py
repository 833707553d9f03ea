"""Why this speaker?  Runs again with a trace."""

from __future__ import annotations

import attrs

from quoteattr.errors import UsageError
from quoteattr.model import KINDS, Config, Doc, Quote
from quoteattr.pipeline import Trace, read_evidence, read_text, run


@attrs.frozen
class Explanation:
    """Why a quote has its speaker, or none.

    rule: the rule that decided.
    words: the words it rested on, with their places in code points.
    steps: how the words led to the name, rule by rule.
    lost: who else was named before, the nearest first, and what spoke against them.

    >>> from quoteattr import extract
    >>> text = "Ann Lee met Bob Fox. “We won,” she said."
    >>> explain(text, extract(text)[0]).lost
    ('Bob Fox: is male',)
    """

    quote: Quote
    rule: str
    words: tuple[str, ...]
    steps: tuple[str, ...]
    lost: tuple[str, ...] = ()

    def __str__(self) -> str:
        who = self.quote.speaker.name if self.quote.speaker is not None else f"nobody: {self.quote.reason}"
        lines = [f"“{self.quote.text}”", f"speaker: {who}", f"rule: {self.rule}"]
        lines += [f"words: {words}" for words in self.words]
        lines += [f"step: {step}" for step in self.steps]
        lines += [f"lost: {other}" for other in self.lost]
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
    traces: list[Trace] = []
    config = config if config is not None else Config()
    again = run(source, KINDS, config, traces, read_evidence(text, config))
    place = next((number for number, one in enumerate(again) if _says_same(one, quote)), None)
    if place is None:
        raise UsageError("this quote is not one of this text: give the text and config that it was extracted with")
    same, trace = again[place], traces[place]
    words = []
    if same.mention is not None:
        words.append(f"mention “{same.mention.text}” at {same.mention.start}:{same.mention.end}")
    if same.cue is not None:
        words.append(f"cue “{source[same.cue.start : same.cue.end]}” at {same.cue.start}:{same.cue.end}")
    return Explanation(same, same.rule, tuple(words), tuple(trace.steps), tuple(trace.lost))
