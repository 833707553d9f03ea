"""A report on its way to a quote."""

from __future__ import annotations

import attrs

from quoteattr.coreference.context import Resolution
from quoteattr.coreference.entities import Entity
from quoteattr.coreference.trace import Trace
from quoteattr.values import Report

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
    trace: Trace | None = None
    """how it was resolved, if somebody asks"""
    holder: Draft | None = None
    """of an indirect report: the report whose clause it stands in"""

    def tell(self, step: str) -> None:
        """Write down a step of its resolution, if somebody asks."""
        if self.trace is not None:
            self.trace.steps.append(step)

    def tell_reason(self) -> None:
        """Write down why it was not resolved, where no step says so."""
        found = self.resolution
        if self.trace is not None and not self.trace.steps and found is not None and found.reason is not None:
            self.trace.steps.append(f"{found.rule}: {found.reason}")
