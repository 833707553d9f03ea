"""What a Doc says of a word, weighed against what the words around it say: verb or noun."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quoteattr.lexicon import Lexicon, VerbForm
from quoteattr.reading.verbs import PLURALS
from quoteattr.values import Tokens

# the endings of nouns for those who do something: "surveyor Ann Smith"
_AGENTS = ("er", "or", "ist", "man")

# a tag, and what a Doc may say against it
_CONTRARY = {"n": "vbug", **dict.fromkeys("vyBguG", "njNOM")}


class _Word(NamedTuple):
    """A word whose tag is weighed."""

    tokens: Tokens
    i: int
    tag: str
    hint: str
    """what the Doc says of it"""
    form: VerbForm | None
    near: str
    """the tag before it"""
    helper: str
    """the tag before it, adverbs and negations aside"""
    lexicon: Lexicon

    @property
    def after(self) -> str:
        """The word after it; a stop at the end."""
        raw = self.tokens.raw
        return raw[self.i + 1] if self.i + 1 < len(raw) else "."

    @property
    def leads(self) -> bool:
        """Whether a quotation stands after it and a comma or colon."""
        return self.i + 2 < len(self.tokens.raw) and self.after in ",:" and self.tokens.stretch[self.i + 2] >= 0


def weigh_hint(tag: str, hints: Sequence[str], i: int, tokens: Tokens, lexicon: Lexicon) -> str:
    """Weigh a tag against what a Doc says of the word: verb or noun, where the word alone leaves it open."""
    words, tags, hint = tokens.word, tokens.tags, hints[i]
    if hint not in _CONTRARY.get(tag, "") or words[i] in lexicon.tags or tags[max(i - 2, 0) : i] == ["h", "k"]:
        return tag
    j = i - 1
    while j >= 0 and tags[j] in "rx":
        j -= 1
    form, near, helper = lexicon.verbs.get(words[i]), tags[i - 1] if i else ".", tags[j] if j >= 0 else "."
    word = _Word(tokens, i, tag, hint, form, near, helper, lexicon)
    if tag == "n":
        if _stays_noun(word):
            return tag
        if form is not None:
            tokens.verbs[i] = form
        return _tag_verb(word)
    # "her stern warning that"
    warning = hint in "nO" and tag == "g" and near == "n" and words[i] in lexicon.cue_nouns
    if _is_surely_verb(word) or (not warning and _reports(word)):
        return tag
    if warning or _is_noun(word):
        tokens.verbs.pop(i, None)
        return "n"
    if _may_be_noun(word):
        tokens.verbs.pop(i, None)
        return "N" if tokens.raw[i][0].isupper() else "n"
    return tag


def _stays_noun(word: _Word) -> bool:
    """Whether a word stays a noun though the Doc takes it for a verb."""
    tokens, i, _, hint, form, near, helper, lexicon = word
    low, after, helped = tokens.word[i], word.after, helper in "ea"
    if hint == "g" and low in lexicon.cue_nouns:
        return True  # "as the old saying goes"
    if (hint == "u" and not helped) or near in "dz" or low in lexicon.roles:
        return True
    if form is None and low.endswith(_AGENTS):
        return True
    if tokens.raw[i][0].isupper() and after[0].isupper() and tokens.stretch[i + 1] < 0:
        return True  # "Win Lee, a clerk, said"
    if hint == "g" and near in "dNzn#" and (role := lexicon.roles.get(after)) is not None and not role.plural:
        return True  # "the organizing director"
    if form is None or hint != "v" or near != "n" or helped:
        return False
    return not _agrees(form, tokens.word[i - 1], lexicon)  # "star of the show"


def _tag_verb(word: _Word) -> str:
    """Return the tag of a word that the Doc takes for a verb."""
    cue = word.form.cue if word.form is not None else None
    if word.hint == "g":
        return "g" if cue else "G"
    if not cue or (word.hint == "b" and word.near in ".:;("):
        return "y"  # what a reader is told to do reports nothing
    if word.hint == "b":
        return "B" if word.helper == "k" else "v"
    return "u" if word.hint == "u" and word.helper == "e" else "v"


def _is_surely_verb(word: _Word) -> bool:
    """Whether a word can only be a verb: "to boycott", "the ad says", "officers briefing Ann Smith"."""
    if word.tag in "vyB" and word.form is not None:
        cue = word.form.cue
        noun = word.tokens.word[word.i] in word.lexicon.cue_nouns
        alone = word.tag == "v" and word.hint in "nNO" and cue is not None and cue.verbal and not noun
        return alone or word.near == "k" or not word.form.forms - {"past", "participle"}
    return word.tag in "gG" and word.hint in "nj" and word.near not in "dz" and word.after[0].isupper()


def _reports(word: _Word) -> bool:
    """Whether what stands beside a verb is what it reports, though the Doc takes it for a noun."""
    tokens, i, tag, hint, form, near, _, lexicon = word
    if i + 1 < len(tokens.raw) and form is not None and form.cue:
        that = lexicon.tags.get(tokens.word[i + 1]) == "T"
        if word.after == ":" or (that and (form.cue.verbal or (tag == "g" and near == ","))):
            return True
        if word.after in form.cue.particles and tokens.raw[i + 2 : i + 3] in ([], ["."], [","], [":"]):
            return True  # her husband cut in.
    if hint not in "nO":
        return False
    if tag == "g":
        return word.leads  # "a hat reading, “…”"
    if tag == "v" and near in "nN" and (word.leads or (word.after in ".," and _follows_quote(tokens.tags, i))):
        return True  # “…,” the editorial read; the editor announces, “…”
    # "the dam, which they said would hold, burst"
    return tag in "vy" and near == "," and _ends_relative(tokens.tags, i - 1)


def _is_noun(word: _Word) -> bool:
    """Whether a word is a noun, as the Doc says, by what stands before it."""
    tags, i, tag, hint = word.tokens.tags, word.i, word.tag, word.hint
    if hint in "nO" and tag == "v" and i > 1 and tags[i - 1] == "n" and tags[i - 2] in "nydivGNz":
        return True  # the end of a noun phrase
    if hint == "M" and tag in "vyu" and word.helper not in "ea":
        return True  # "their deeply held belief"
    return hint == "O" and tag in "vgG" and i > 0 and word.near not in "Np"


def _may_be_noun(word: _Word) -> bool:
    """Whether a word is a noun, as the Doc says, where no quotation stands beside it and it reports nothing."""
    tokens, i, stretch = word.tokens, word.i, word.tokens.stretch
    if word.tag not in "vyguG" or word.hint not in "njNO":
        return False
    if (i and stretch[i - 1] >= 0) or (i + 1 < len(stretch) and stretch[i + 1] >= 0):
        return False
    tail = (
        word.after in ",.:;"
        or word.lexicon.tags.get(tokens.word[i + 1]) in tuple("Tp")
        or (i > 0 and word.near in "Nptc,Q)r")
    )
    return not (word.form is not None and word.form.cue and tail)


def _ends_relative(tags: Sequence[str], i: int) -> bool:
    """Whether the comma at token i ends a relative clause, and the clause around it has no verb yet."""
    j = i - 1
    while j > 0 and tags[j] not in ",;:.Q":
        j -= 1
    if tags[max(j, 0)] != "," or tags[j + 1] != "w":
        return False
    while j > 0 and tags[j - 1] not in ";:.Q":
        j -= 1
        if tags[j] in "vyea":
            return False
    return True


def _agrees(form: VerbForm, noun: str, lexicon: Lexicon) -> bool:
    """Whether a form may be the verb of a noun before it: "voters show", "the poll shows", not "the show"."""
    if form.forms & {"third", "past", "participle"}:
        return True
    role = lexicon.roles.get(noun)
    return noun.endswith("s") or noun in PLURALS or (role is not None and role.plural)


def _follows_quote(tags: Sequence[str], i: int) -> bool:
    """Whether nothing but a phrase stands between a quotation and word i."""
    j = i - 1
    while j >= 0 and tags[j] in "dnN#zft":
        j -= 1
    return j >= 0 and (tags[j] == "Q" or (tags[j] == "," and tags[j - 1 : j] == ["Q"]))
