"""Mentions → speakers: a small engine and its table of rules."""

from quoteattr.coreference.engine import Coreference
from quoteattr.coreference.rules import RULES, Rule

__all__ = ["RULES", "Coreference", "Rule"]
