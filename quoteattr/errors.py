"""What can go wrong, and whose mistake it was.

The caller's mistakes raise at once.  Odd text never raises.  A document of a stream that could
not be read is an `ExtractionError` *value* in the stream, so the stream goes on.
"""

from __future__ import annotations

import attrs


class QuoteattrError(Exception):
    """Base class of everything this library raises."""


class UsageError(QuoteattrError, ValueError):
    """The caller gave something that cannot be used; the message says what to do."""


class TextTypeError(QuoteattrError, TypeError):
    """The caller gave something that is no text, such as bytes."""


class LexiconError(QuoteattrError):
    """A table of `quoteattr.lexicon` is malformed: a defect of this library."""

    def __init__(self, table: str, line: int, problem: str) -> None:
        super().__init__(f"{table}, line {line}: {problem}")
        self.table = table
        self.line = line
        self.problem = problem


@attrs.frozen
class ExtractionError:
    """Stands in a stream of `extract_many` in place of a text that could not be read.

    >>> from quoteattr import extract_many
    >>> [type(answer).__name__ for answer in extract_many(["“Go,” said Ann Lee.", None])]
    ['Quotes', 'ExtractionError']
    """

    position: int = attrs.field(metadata={"doc": "which text of the stream, counted from 0"})
    message: str = attrs.field(metadata={"doc": "what went wrong"})
