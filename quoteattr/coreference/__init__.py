"""Mentions → speakers: a small engine and its table of rules.

`entities` knows who is who by name, `narration` who is named where, `facts` what a document tells of them, `unnamed`
those who have no name, `descriptions` what a role says; `subjects` finds whom a sentence without a name is about.
A rule of `rules` is asked about one mention with a `context`, by the `engine`.  `scene`, `dialogue` and `decoding` read
conversations, `narrator` finds who says "I", `clusters` reads what another program found, and `trace` tells it all.
"""

from quoteattr.coreference.clusters import CLUSTER_RULES
from quoteattr.coreference.engine import Coreference
from quoteattr.coreference.rules import RULES, CoreferenceRule

__all__ = ["CLUSTER_RULES", "RULES", "Coreference", "CoreferenceRule"]
