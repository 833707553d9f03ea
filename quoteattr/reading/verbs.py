"""What the words around a verb say of it: finite or not, reporting or not, or a noun after all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quoteattr.lexicon import Lexicon, VerbForm, words_of
from quoteattr.values import Tokens

_ORDINALS = words_of("ordinals")


def is_open(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether a word is there that is no function word."""
    raw = tokens.raw
    return i < len(raw) and tokens.stretch[i] < 0 and raw[i][0].isalpha() and tokens.word[i] not in lexicon.tags


def _before_quote(tokens: Tokens, i: int) -> bool:
    """Whether a quotation stands at a word, or after the comma or colon there."""
    raw, stretch = tokens.raw, tokens.stretch
    i += i < len(raw) and stretch[i] < 0 and raw[i] in (",", ":")
    return i < len(raw) and stretch[i] >= 0


def is_plain_noun(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether a word is most likely a noun or an adjective: no verb form and no function word."""
    return is_open(tokens, i, lexicon) and ((form := lexicon.verbs.get(tokens.word[i])) is None or form.noun)


NUMBERS = words_of("number words")
# after these a verb in the singular is no noun
_ONE_OF_MANY = words_of("pronouns for one of many")
# after these a form is a noun, whatever it is elsewhere; after other determiners ("one in three said") not
ARTICLES = words_of("determiners before a noun alone")


def _governs(near: str, tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether a form that is never a noun ("say", "insist") stands after a subject and before what it reports."""
    raw, words, stretch = tokens.raw, tokens.word, tokens.stretch
    if near not in "nNpo#r,)md" or not i or words[i - 1] in ARTICLES or i + 1 >= len(raw):
        return False
    if stretch[i + 1] >= 0:
        return True
    if not raw[i + 1][0].isalnum():
        return False
    if near == "#":
        return True  # four in 10 said
    follower = lexicon.tags.get(words[i + 1], "n")
    return follower in ("Tpds" if near == "," else "Tpdsnm" if raw[i + 1][0].isupper() else "Tpds")


PLURALS = words_of("plurals without s")


def tag_verb(form: VerbForm, tokens: Tokens, i: int, lexicon: Lexicon) -> str:
    """Decide whether a form that may be a verb is one here, and which."""
    raw, words, tags, stretch = tokens.raw, tokens.word, tokens.tags, tokens.stretch
    j = i - 1
    while j >= 0 and tags[j] in "rx":
        j -= 1
    before = tags[j] if j >= 0 else "."
    near = tags[i - 1] if i else "."
    if near == "#" and tags[i - 2 : i - 1] == ["N"]:
        near = before = "N"  # Exhibit 9 reads
    finite = "v" if form.cue else "y"
    kinds = form.forms
    if words[i] == "close" and before != "k" and words[i + 1 : i + 2] == ["to"]:
        return "n"  # people close to the minister
    verbal = form.cue is not None and form.cue.verbal and "ing" not in kinds
    if verbal and (_governs(near, tokens, i, lexicon) or ("third" in kinds and near not in "dzft#")):
        return finite
    if near == "d" and form.cue is not None and words[i - 1] in _ONE_OF_MANY and kinds & {"third", "past"}:
        return finite  # another tweeted
    if near == "#" and form.cue is not None and "past" in kinds and _before_quote(tokens, i + 1):
        return finite  # a crowd of 200 chanted, “Open!”
    if tags[i - 2 : i - 1] == ["f"] and words[i - 1] in NUMBERS and form.cue is not None and "past" in kinds:
        return finite  # the mother of seven said
    single = near == "d" and words[i - 1] == "one" and not is_open(tokens, i + 1, lexicon)
    if single and form.cue is not None and kinds & {"third", "past"}:
        return finite  # one recalled, one called it “late”; not: one called meeting
    if near in "dz" and form.cue is not None and "past" in kinds and _is_double_genitive(tokens, i, lexicon):
        return finite
    if near in "dz#" and not (near == "d" and words[i - 1] in ("this", "all", "both", "many", "some", "others")):
        if "base" in kinds and form.cue and words[i - 1] in NUMBERS and _is_after_quote(tags, i):
            return finite  # “…,” the two write
        bare = "ing" in kinds and form.cue is None and not is_plain_noun(tokens, i + 1, lexicon)
        return "G" if bare else "n"
    if near == "f" or (near == "t"):
        return ("g" if form.cue else "G") if "ing" in kinds else "n"
    if "ing" in kinds:
        return finite if before == "e" else _tag_ing(_Verb(form, tokens, i, lexicon, near, before))
    if "past" in kinds or "participle" in kinds:
        return _tag_past(_Verb(form, tokens, i, lexicon, near, before), j)
    if before == "k" and "base" in kinds:
        again = words[j - 1] == words[i]  # from state to state
        return "n" if tags[j - 1 : j] == ["h"] or again else "B" if form.cue else "y"
    if before in "ax":
        return finite
    if (
        near == "n"
        and "base" in kinds
        and not form.noun
        and words[i - 1] in lexicon.roles
        and (not form.cue or form.cue.kind == "action")
    ):
        return finite if lexicon.roles[words[i - 1]].plural else "n"  # told by many leaders go beyond
    follower = mark = "."
    if i + 1 < len(raw):
        mark = raw[i + 1]
        if stretch[i + 1] >= 0:
            follower = "Q"
        elif raw[i + 1][0].isalnum():
            follower = lexicon.tags.get(words[i + 1], "n")
    if near in "nN" and has_finite(tags, i):
        new = "third" in kinds and follower in "QTdpo" and _after_saying(tokens, i, lexicon)
        return finite if new else "n"
    if "third" in kinds:
        return _tag_third(_Verb(form, tokens, i, lexicon, near, before, follower, mark))
    return _tag_base(_Verb(form, tokens, i, lexicon, near, before, follower, mark))


def _is_double_genitive(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether a phrase with two genitives stands before a word: a friend of Smith's said, a friend of his said."""
    owner = i - 2 if tokens.tags[i - 1] == "z" else i - 1
    while owner >= 0 and tokens.tags[owner] in "Nt":
        owner -= 1
    if tokens.tags[i - 1] == "d":
        owner = i - 2 if tokens.word[i - 1] == "his" else -1
    return owner > 0 and tokens.tags[owner] == "f" and not is_open(tokens, i + 1, lexicon)


class _Verb(NamedTuple):
    """A form that may be a verb, and what stands around it."""

    form: VerbForm
    tokens: Tokens
    i: int
    lexicon: Lexicon
    near: str
    """the tag before it"""
    before: str
    """the same, but for adverbs"""
    follower: str = "."
    """the usual tag of the word after it"""
    mark: str = "."
    """that word"""

    @property
    def finite(self) -> str:
        """Return its tag if it is finite."""
        return "v" if self.form.cue else "y"


def _tag_ing(verb: _Verb) -> str:
    """Decide whether a form in -ing is a noun or a participle."""
    form, tokens, i, lexicon, near = verb.form, verb.tokens, verb.i, verb.lexicon, verb.near
    raw, words, stretch = tokens.raw, tokens.word, tokens.stretch
    if near == "n" and words[i] in lexicon.cue_nouns and i + 1 < len(raw) and _is_third(words[i + 1], lexicon):
        return "n"  # as the old saying goes
    if near == "n" and words[i - 1] in _ORDINALS:
        return "n"  # the third warning
    if (
        near in "nN"
        and words[i] in lexicon.cue_nouns
        and not (form.cue and form.cue.verbal)
        and (
            i + 1 >= len(raw)
            or (raw[i + 1] in ".,;?!" and (i + 2 >= len(raw) or stretch[i + 2] < 0))
            or _is_finite(words[i + 1], lexicon)
            or (words[i + 1] == "that" and _is_compound(form, words[i - 1], near, lexicon))
        )
    ):
        return "n"  # in a court filing, a court filing alleges
    return "g" if form.cue else "G"


def _tag_past(verb: _Verb, auxiliary: int) -> str:
    """Decide whether a past form or participle is a verb; `auxiliary` is the word before it, but for adverbs."""
    form, tokens, i, lexicon = verb.form, verb.tokens, verb.i, verb.lexicon
    tags, words = tokens.tags, tokens.word
    near, before, finite, kinds = verb.near, verb.before, verb.finite, verb.form.forms
    if form.lemma == "turn" and _stands_between_roles(words, i, lexicon):
        return "n"  # defender turned pundit
    if before == "e":
        has = words[auxiliary] in ("'s", "’s") and form.cue is not None and "clause" in form.cue.frames
        return ("v" if has and "naming" not in form.cue.frames else "u") if form.cue else "y"
    if "base" in kinds and before == "k":
        return "B" if form.cue else "y"
    if "base" in kinds and near in "nN" and has_finite(tags, i):
        return "n"  # called the new forecast “bold”
    if near == "r" and before in "dz" and is_open(tokens, i + 1, lexicon):
        return "n"  # the newly elected mayor
    if near in "iFk" and ("past" not in kinds or is_plain_noun(tokens, i + 1, lexicon)):
        return "n"  # articles from noted scholars, referred to wounded soldiers
    if form.cue is None and near in "iv":
        return "n"  # said retired general Ann Smith
    return finite


def _tag_third(verb: _Verb) -> str:
    """Decide whether a form in -s is a verb or a noun."""
    form, tokens, i, lexicon = verb.form, verb.tokens, verb.i, verb.lexicon
    tags, raw, words, stretch = tokens.tags, tokens.raw, tokens.word, tokens.stretch
    near, before, finite = verb.near, verb.before, verb.finite
    follower, mark, verbal = verb.follower, verb.mark, form.cue is not None and form.cue.verbal
    if near == "n" and (_is_in_phrase(tags, i) or _is_described(tokens, i, form, lexicon, follower)):
        return "n"  # saying in court files
    if near in "pNw),Q-" or (near == "r" and before in "pNnw,"):
        named = (form.cue is None and form.noun) or words[i] in lexicon.roles
        return finite if not (near == "N" and follower in "fi" and named) else "n"
    leads = i + 2 < len(raw) and mark in ",:" and stretch[i + 2] >= 0
    if near == "n" and leads and form.cue is not None and "quote" in form.cue.frames and _is_subject(tags, i):
        return finite  # its first line reads, “...”
    if near == "n" and mark == "," and form.cue is not None and _is_quoted_as(tokens, i, lexicon):
        return finite  # as the old saying goes,
    if (
        near == "n"
        and form.cue is not None
        and not verbal
        and (follower in "iFeax" or mark in ";,")
        and words[i - 1] not in lexicon.roles
        and not words[i - 1].endswith("s")
        and lexicon.organizations.get(words[i - 1].title(), ("",))[0] != "keyword"
        and "document" not in lexicon.cue_nouns.get(words[i - 1], ())
    ):
        return "n"  # his recent remarks about
    if "m" in (near, before) and form.cue is not None and (follower in "TdpoQ" or mark[:1].isupper() or leads):
        return finite  # an ad released Monday accuses Smith, the entry for May reads: “...”
    if near == "n" and form.cue is not None and mark[:1].isdigit() and not has_finite(tags, i):
        return finite  # the paper calls 22 letters “secret”
    if near == "n" and i == 1 and form.cue is not None and follower == "n" and words[0] not in lexicon.cue_nouns:
        return finite  # Ministry calls 22 letters “secret”
    if near == "n" and form.cue is not None and form.cue.frames & {"clause", "quote"} and follower not in "fc":
        if follower != "." or mark in ",:":
            return finite
        j = i - 1
        while j >= 0 and tags[j] in "dnN#zf":
            j -= 1
        beside = j >= 0 and tags[j] in "Q,"
        return finite if beside or _opens_with_quote(tags, i) else "n"  # “…,” the letter reads.
    if near == "n" and follower == "f" and form.cue is not None and "of" in form.cue.frames and not has_finite(tags, i):
        return finite  # the report warns of
    if near == "n":
        named = mark[:1].isupper() and follower == "n" and form.cue is not None and not has_finite(tags, i)
        return finite if follower in "QTdpskw" or named else "n"
    if near == "c" and (_begins_clause(tags, i - 1) or (i + 1 < len(raw) and _is_finite(words[i + 1], lexicon))):
        return "n"  # fishermen and pilots said, medics and witnesses said
    if near in "co.:Tb":
        return finite if near != "." else "n"
    return "n"


def _ends_in_plural(word: str) -> bool:
    """Whether a word may be a plural noun: voters; not: famous."""
    return word.endswith("s") and not word.endswith("ous")


def _tag_base(verb: _Verb) -> str:
    """Decide whether a base form is a verb with a plural subject or a noun."""
    form, tokens, i, lexicon = verb.form, verb.tokens, verb.i, verb.lexicon
    tags, raw, words, stretch = tokens.tags, tokens.raw, tokens.word, tokens.stretch
    near, before, finite = verb.near, verb.before, verb.finite
    follower, mark, verbal = verb.follower, verb.mark, form.cue is not None and form.cue.verbal
    speaks = form.cue is not None and form.cue.kind == "speech" and _is_after_quote(tags, i)
    if speaks and near in "nN" and words[i - 1].endswith("s") and not _finds_finite(words, i + 1, lexicon):
        return finite  # “…,” the Saudis state in a paper; not: “…,” the Sanders campaign said
    if near in "pw" or (near == "r" and before in "pw") or (verbal and near == "d"):  # many argue
        return finite
    if near == "n" and _ends_in_plural(words[i - 1]) and (follower in "QTdpskwoi" or not form.noun):
        return finite if follower != "f" else "n"
    if near == "N" and form.cue is not None and words[i - 1].endswith("s") and follower in "QTdps":
        return finite
    if near == "N" and follower == "k" and form.cue is not None and words[i - 1] in lexicon.roles:
        return finite if lexicon.roles[words[i - 1]].plural else "n"  # Republicans continue to warn
    if follower == "k" and form.cue is not None and "infinitive" in form.cue.frames and _is_plural(tokens, i):
        return finite if not _finds_finite(words, i + 2, lexicon) else "n"  # members of the board plan to
    if near == "N" and form.cue is not None and _is_joint_subject(tags, i):
        return finite
    if i and words[i - 1] in PLURALS:
        return "n" if i + 1 < len(words) and _is_finite(words[i + 1], lexicon) else finite  # people present said
    if near in "cb,)Q" and follower in "QTdpo":
        return finite
    if near == "c" and mark in ",:" and i + 2 < len(raw) and stretch[i + 2] >= 0 and form.cue is not None:
        return finite  # he'd look up and go, “...”
    return "n"


def _stands_between_roles(words: Sequence[str], i: int, lexicon: Lexicon) -> bool:
    return 0 < i < len(words) - 1 and words[i - 1] in lexicon.roles and words[i + 1] in lexicon.roles


def _is_compound(form: VerbForm, before: str, tag: str, lexicon: Lexicon) -> bool:
    """Whether an -ing form before "that" is a noun: at the lobby briefing that, in a tax filing that."""
    if form.cue is not None and "addressee" in form.cue.frames and "quote" not in form.cue.frames:
        return True  # who is told is missing
    body = before.title() in lexicon.organizations and not before.endswith("s")
    return tag == "n" and not (body or before in lexicon.roles or before in lexicon.cue_nouns)


def _is_third(word: str, lexicon: Lexicon) -> bool:
    form = lexicon.verbs.get(word)
    return form is not None and "third" in form.forms and not form.noun


def _is_finite(word: str, lexicon: Lexicon) -> bool:
    form = lexicon.verbs.get(word)
    return form is not None and form.cue is not None and bool(form.forms & {"third", "past"})


def _is_plural(tokens: Tokens, i: int) -> bool:
    """Whether a clause begins with a plural that a prepositional phrase parts from word i."""
    tags, words = tokens.tags, tokens.word
    j = i
    while j and tags[j - 1] in "dnN#tif":
        j -= 1
    if j and tags[j - 1] not in ".,;:Qcb":
        return False
    head = next((k for k in range(j, i) if tags[k] in "if"), j)
    return head > j and tags[head - 1] == "n" and words[head - 1].endswith("s")


# how far a finite verb is looked for
_CLAUSE_REACH = 30


def _finds_finite(words: Sequence[str], i: int, lexicon: Lexicon) -> bool:
    """Whether a verb that can only be finite stands ahead in the clause."""
    for word in words[i : i + _CLAUSE_REACH]:
        if not word or word in ",.;:":
            return False
        if lexicon.tags.get(word) in ("e", "a"):
            return True
        form = lexicon.verbs.get(word)
        if form is not None and form.forms & {"past"} and not form.forms & {"base"}:
            return True
    return False


def _is_joint_subject(tags: list[str], i: int) -> bool:
    """Whether the clause begins with two names: "Ann Smith and Bob Jones write"."""
    begin = i
    while begin and tags[begin - 1] in "NntcdQ," and tags[begin - 1] not in "Q,":
        begin -= 1
    return "c" in tags[begin:i] and (begin == 0 or tags[begin - 1] in ".,Q")


def _is_subject(tags: Sequence[str], i: int) -> bool:
    """Whether the phrase before word i can be a subject: not "according to court files"."""
    j = i - 1
    while j >= 0 and tags[j] in "nNdr#z":
        j -= 1
    return j < 0 or tags[j] in ".,;:-Qcb"


def _is_quoted_as(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether "as" and something said stand before a verb: as the old saying goes, as the joke runs."""
    tags, words = tokens.tags, tokens.word
    j = i - 1
    while j > 0 and tags[j] in "nd":
        j -= 1
    return tags[j] == "A" and words[i - 1] in lexicon.cue_nouns


def _is_in_phrase(tags: list[str], i: int) -> bool:
    """Whether the noun phrase before word i hangs on a preposition that follows no noun, so that it is no subject."""
    j = i - 1
    while j >= 0 and tags[j] in "nN#tzrdf":
        if tags[j] == "d" and j and tags[j - 1] in "nN#t":
            return False  # a phrase after the phrase: in a statement the mayor says
        j -= 1
    if tags[max(0, j - 1) : j + 1] == ["h", "k"]:
        return True  # according to court files
    return j >= 0 and tags[j] in "iF" and (j == 0 or tags[j - 1] in ".,;:(-QvygGBcT")


# endings of adjectives, some of which are nouns too
_ADJECTIVAL, _RARELY_NOUNS = ("ful", "ial", "ous", "ive"), ("ful", "ial", "ous")


def _is_described(tokens: Tokens, i: int, form: VerbForm, lexicon: Lexicon, follower: str) -> bool:
    """Whether an adjective stands before a form that is a noun too: the long investigative reports “...”."""
    before = tokens.word[i - 1]
    if form.lemma not in lexicon.cue_nouns or before in lexicon.roles or before in lexicon.cue_nouns:
        return False
    return before.endswith(_ADJECTIVAL if follower in "Qf" else _RARELY_NOUNS)


def _begins_clause(tags: list[str], i: int) -> bool:
    """Whether nothing but a noun phrase stands at the head of a sentence before word i: no verb went before."""
    j = i - 1
    while j >= 0 and tags[j] in "dnN#tz":
        j -= 1
    return j < i - 1 and (j < 0 or tags[j] in ".Q")


def _is_after_quote(tags: list[str], i: int) -> bool:
    """Whether nothing but a noun phrase stands between a quotation and word i."""
    j = i - 1
    while j >= 0 and tags[j] in "dnN#tz":
        j -= 1
    return 0 <= j < i - 1 and (tags[j] == "Q" or tags[j - 1 : j + 1] == ["Q", ","])


def _opens_with_quote(tags: list[str], i: int) -> bool:
    """Whether a sentence is a quotation and a noun phrase up to word i: “We won,” a note on the door reads."""
    j = i - 1
    while j >= 0 and tags[j] in "dnN#tzifk":
        j -= 1
    j -= tags[j : j + 1] == [","]
    return j >= 0 and tags[j] == "Q" and (j == 0 or tags[j - 1] == ".")


def has_finite(tags: list[str], i: int) -> bool:
    """Whether the clause that word i stands in has a finite verb before it."""
    return _last_finite(tags, i) >= 0


def _last_finite(tags: list[str], i: int) -> int:
    """Return the finite verb before word i in its clause; -1 for none."""
    for at in range(i - 1, max(-1, i - 61), -1):
        if tags[at] in ",;:.sSwTcbQ(-kAh":
            return -1
        if tags[at] in "vye":
            return at
    return -1


def _after_saying(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether the last finite verb takes nothing but a clause, so that a new one has begun: "said the plan makes"."""
    words, tags = tokens.word, tokens.tags
    at = _last_finite(tags, i)
    form = lexicon.verbs.get(words[at]) if at >= 0 and tags[at] == "v" else None
    cue = form.cue if form is not None else None
    return cue is not None and cue.verbal and "clause" in cue.frames and "object" not in cue.frames
