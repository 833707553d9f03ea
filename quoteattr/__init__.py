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

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quoteattr.errors import QuoteattrError
    from quoteattr.explanation import explain
    from quoteattr.model import Config, Mention, Quote, Quotes, Span, Speaker
    from quoteattr.pipeline import Extractor, extract, extract_many, find_quotes
    from quoteattr.rendering import render

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

_HOMES = {
    "errors": ("QuoteattrError",),
    "explanation": ("explain",),
    "model": ("Config", "Mention", "Quote", "Quotes", "Span", "Speaker"),
    "pipeline": ("Extractor", "extract", "extract_many", "find_quotes"),
    "rendering": ("render",),
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for, so that the import itself costs nothing."""
    for module, names in _HOMES.items():
        if name in names:
            value = getattr(import_module(f"quoteattr.{module}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'quoteattr' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
