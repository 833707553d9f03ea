"""Mentions → speakers: a small engine and its table of rules."""

from quoteattr.coreference.clusters import CLUSTER_RULES
from quoteattr.coreference.engine import Coreference
from quoteattr.coreference.rules import RULES, CoreferenceRule

__all__ = ["CLUSTER_RULES", "RULES", "Coreference", "CoreferenceRule"]
