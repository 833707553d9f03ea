"""A paragraph → tokens as columns, sentences, and chunks.

A quoted stretch is one token here, tagged `Q`: what the rules read is the reporting sentence around
it.  Every token has a one-letter tag and every chunk a one-letter code, so that a sentence is a short
string and a rule can be a pattern over it (finite-state cascades: Abney, Partial Parsing via
Finite-State Cascades, 1996).

Tags (tokens):   d determiner  n word  N capitalised word  t title  p subject pronoun  o object pronoun
                 v reporting verb, finite  g its -ing form  u its passive participle  B its infinitive
                 y other verb, finite  G other -ing form  e form of be  a other auxiliary  x negation
                 r adverb  m time word  # number  z possessive  i preposition  f of  F for  k to  A as
                 T that  s subordinator  S subordinator or preposition  w relative  c and  b but  h according
                 Q quoted stretch
                 , : ; - ( ) . punctuation
Codes (chunks):  N phrase with a name  n phrase without  p pronoun, and every other tag as it is.

`paragraph` parts the text into tokens and reads on as rules ask; `tags` and `verbs` settle the tags that a word leaves
open, `hints` weighs them against a Doc's, and `sentences` puts tokens into sentences and chunks.
"""

from quoteattr.reading.paragraph import read_paragraph

__all__ = ["read_paragraph"]
