"""A report on its way to a quote."""

from __future__ import annotations

import attrs

from quoteattr.coreference.engine import Resolution
from quoteattr.coreference.entities import Entity
from quoteattr.values import Report

Trace = list[tuple[int, list[str]]]
"""Of every decision where its quotation starts, and the steps that led to it; None where nobody asks."""

LEAD_IN = 600
"""A paragraph that leads in the quotation of the next one is no longer than this."""


@attrs.define
class Draft:
    """A report on its way to a quote."""

    report: Report
    parent: int | None
    resolution: Resolution | None = None
    addressee: Entity | None = None
    rule: str = ""
    holder: Draft | None = None
    """of an indirect report: the report whose clause it stands in"""
