"""quoteattr: who said what, and where is it written?

Finds the quotations of an English text and resolves each to its speaker, by rules.

>>> import quoteattr
>>> text = "Iranian President Ebrahim Raisi left Moscow. “We won,” Mr Raisi said."
>>> for quote in quoteattr.extract(text):
...     print(quote.speaker, "|", quote.text, "|", text[quote.start:quote.end])
Ebrahim Raisi | We won, | We won,

Offsets are half-open code points into the caller's own string, which is never changed.  A quotation
whose speaker is unknown is returned with `speaker=None` and a `reason`.  No text raises.
"""

from quoteattr.errors import QuoteattrError
from quoteattr.explain import explain
from quoteattr.model import Config, Mention, Quote, Quotes, Span, Speaker
from quoteattr.pipeline import Extractor, extract, extract_many, find_quotes
from quoteattr.render import render

__all__ = [
    "Config",
    "Extractor",
    "Mention",
    "Quote",
    "QuoteattrError",
    "Quotes",
    "Span",
    "Speaker",
    "explain",
    "extract",
    "extract_many",
    "find_quotes",
    "render",
]
__version__ = "0.1.0"
