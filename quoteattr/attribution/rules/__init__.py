"""Attribution rules: which cue or lead-in reports a quoted stretch, and where is its source?

A rule is a row of `table` with a sentence it fires on and a near miss.  The engine tries the rows in order and takes
the first answer.  The functions that decide stand in `tails`, `leads`, `complements`, `nouns`, `headings` and `beats`;
what they ask of a sentence in `frame`, `stretches` and `cues`.  New words go to the tables of `lexicon`, not here.
"""

from quoteattr.attribution.rules.frame import DirectRule
from quoteattr.attribution.rules.table import RULES

__all__ = ["RULES", "DirectRule"]
