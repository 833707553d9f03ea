"""The one part that knows the order of the stages.

`extraction` has what the caller calls, and the order.  `reports` finds what is said and by which words,
`resolution` finds who that is, `turns` does so in conversations, and `quotes` makes the values that the caller gets;
what goes between them is in `drafts`.
"""

from quoteattr.coreference.trace import Trace
from quoteattr.evidence import locate_tokens
from quoteattr.pipeline.extraction import (
    DEFAULT_KINDS,
    Extractor,
    extract,
    extract_many,
    find_quotes,
    read_evidence,
    read_text,
    run,
)

__all__ = [
    "DEFAULT_KINDS",
    "Extractor",
    "Trace",
    "extract",
    "extract_many",
    "find_quotes",
    "locate_tokens",
    "read_evidence",
    "read_text",
    "run",
]
