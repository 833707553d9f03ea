"""Stretches × cues × mentions → who said it: a small engine and its table of rules."""

from quoteattr.attribution.engine import attribute_block, find_reporter
from quoteattr.attribution.rules import RULES, DirectRule

__all__ = ["RULES", "DirectRule", "attribute_block", "find_reporter"]
