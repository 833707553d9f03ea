"""Words → tags, where the word alone leaves its tag open."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quoteattr.lexicon import Lexicon, VerbForm, words_of
from quoteattr.reading.hints import weigh_hint
from quoteattr.reading.verbs import ARTICLES, NUMBERS, has_finite, is_open, is_plain_noun, tag_verb
from quoteattr.values import Tokens

# months that are first names too
_MONTH_NAMES = words_of("months that are first names")
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
# words that keep the "to" after them in one phrase: "a source close to the minister"
_BOUND_TO = words_of("words bound to to")
GENITIVES = frozenset(("'s", "’s", "‘s", "'S", "’S", "‘S"))
# function words whose tag depends on what stands beside them
_PERCEPTION = words_of("verbs of perception")
# the endings of verbs after "to": to legalize
INFINITIVES = ("ise", "ize", "ify")
_DAYS = words_of("adverbs of the day")
_DAY_WORDS = words_of("short days that are words")
_CALENDAR = words_of("names of days and months")
_SURNAMES = words_of("titles and roles that are surnames")
# after "in" they make an adverb: in particular
AFTER_IN = words_of("words after in")
ARTICLELESS = words_of("nouns of a place without an article")
"""Nouns that may stand without an article before a name: outside court Ann Smith said."""
# the first word of a quotation, and the tags of those that only an utterance begins with
_FIRST_WORD = re.compile(r"[^\w]*([^\W_]+(?:['’][^\W_]+)?)")
_UTTERANCE_TAGS = frozenset("epwrsa")
# after the first word: a mark of punctuation, or more words
_MORE = re.compile(r"[.,!?…]|\w")
_APOSTROPHE = re.compile("['’]")
_THINGS = words_of("pronouns for things")
# words after a form of "be" that may report
QUOTATIVES = words_of("quotatives")


def tag_tokens(tokens: Tokens, lexicon: Lexicon) -> None:
    """Settle the tags that the words alone leave open, and note the verbs."""
    raw, words, tags, verbs, stretch = tokens.raw, tokens.word, tokens.tags, tokens.verbs, tokens.stretch
    title_case, evidence, forms = tokens.title_case, tokens.evidence, lexicon.verbs
    hints = None
    if evidence.tags and not title_case:  # of words Like These a tagger says little
        hints = [evidence.tag(*span) for span in zip(tokens.start, tokens.end, strict=True)]
    open_ones = [i for i, tag in enumerate(tags) if len(tag) != 1 or tag == "V"]
    for i in open_ones if hints is None else range(len(tags)):
        tag = tags[i]
        if tag == "V":
            tag = tag_verb(forms[words[i]], tokens, i, lexicon)
            if tag not in "nN":
                verbs[i] = forms[words[i]]
        elif len(tag) > 1 and (i == 0 or tags[i - 1] not in tag[1:]):
            tag = tag[0]
        elif len(tag) != 1:
            tag = _tag_word(i, tokens, lexicon)
        if hints is not None and hints[i] != "." and stretch[i] < 0 and raw[i][0].isalnum():
            tag = weigh_hint(tag, hints, i, tokens, lexicon)
        elif hints is not None and hints[i] == "'" and tag == "e" and hints[i + 1 : i + 2] in _NOMINAL_HINTS:
            tag = "z"  # nobody's fault
        tags[i] = tag


def _opens_name(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether a name of a person begins at token i."""
    word = tokens.raw[i] if i < len(tokens.raw) else ""
    return word[:1].isupper() and (word in lexicon.given_names or word.lower() not in lexicon.tags)


def _tag_word(i: int, tokens: Tokens, lexicon: Lexicon) -> str:
    """Decide the tag of a word by its neighbours."""
    words, tags, title_case = tokens.word, tokens.tags, tokens.title_case
    word, low = tokens.raw[i], words[i]
    before = tags[i - 1] if i else "."
    if not word[0].isalnum():
        return _tag_mark(i, before, tokens)
    if word[0].isdigit():
        return _tag_figures(i, before, tokens, lexicon)
    initial = before in ".:;Q" or (before in "-(" and _is_initial(tags, i))
    article, _, stem = word.partition("-")
    capital = word[0].isupper() or (stem[:1].isupper() and article in lexicon.particles)  # al-Sadr
    closed = lexicon.tags
    if capital and _is_title(i, tokens, lexicon):
        return "t"
    if capital and len(word) > 1 and word.isupper() and not title_case and (low not in closed or before != "."):
        return "N"
    if (
        (known := closed.get(low) or closed.get(low.rstrip(".")))
        and not (capital and not initial and not title_case and known not in "pm" and before in "Nt")
        and (capital or known != "m" or low not in _DAY_WORDS)
    ):
        return _tag_known(known, i, tokens, lexicon, capital=capital, initial=initial)
    if word in ARTICLELESS and before in "iS" and _opens_name(tokens, i + 1, lexicon):
        return "m"
    if low in AFTER_IN and i and words[i - 1] == "in" and not is_plain_noun(tokens, i + 1, lexicon):
        tags[i - 1] = "r"  # in particular
        return "r"
    if capital and not title_case:
        if initial and _is_adverb(word, low, lexicon):
            return "r"  # Recently, Similarly
        verb = low in lexicon.verbs and not _before_cue(words, i, lexicon)
        if not (initial and (_is_plain_role(tokens, i, lexicon) or verb)):
            return "N"
    if low in _NEAR_TIMES and before in "nNv" and _is_time_next(words, i, lexicon):
        return "r"  # Smith late Monday announced, said late on Monday
    form = lexicon.verbs.get(low)
    if _is_managing(form, i, before, tokens, lexicon):
        return "n"
    if form is not None:
        tag = tag_verb(form, tokens, i, lexicon)
        if tag not in "nN":
            tokens.verbs[i] = form
        return "N" if tag in "nN" and capital and not initial else tag
    if capital and (not initial or (title_case and low not in lexicon.roles)):
        return "N"
    return "n" if low in lexicon.roles else _tag_ending(i, before, tokens, lexicon)


def _tag_mark(i: int, before: str, tokens: Tokens) -> str:
    """Decide the tag of an apostrophe, with its s or alone: there’s, Ann’s, the clerks’."""
    follows = tokens.word[i - 1] if i else ""
    if tokens.raw[i] in GENITIVES:
        return "e" if before in "pwsT" or follows in ("there", "here") else "z"
    return "z" if follows.endswith(("s", "z", "x")) else "-"


def _tag_figures(i: int, before: str, tokens: Tokens, lexicon: Lexicon) -> str:
    """Decide the tag of a word that begins with a figure."""
    low = tokens.word[i]
    if not YEAR.fullmatch(low):
        return "n" if low.endswith("old") else "#"
    dated = i and (tokens.word[i - 1] in ARTICLES or before == "z")
    return "#" if dated and is_open(tokens, i + 1, lexicon) else "m"  # his 1996 book


def _is_title(i: int, tokens: Tokens, lexicon: Lexicon) -> bool:
    """Whether a word is a title, and another word with a capital stands after it."""
    raw = tokens.raw
    if raw[i] not in lexicon.titles and raw[i].rstrip(".") not in lexicon.titles:
        return False
    return i + 1 < len(raw) and raw[i + 1][0].isupper() and tokens.stretch[i + 1] < 0


def _is_managing(form: VerbForm | None, i: int, before: str, tokens: Tokens, lexicon: Lexicon) -> bool:
    """Whether a word in -ing belongs to the role after it: managing director."""
    words = tokens.word
    return (
        words[i].endswith("ing")
        and i + 1 < len(words)
        and words[i + 1] in lexicon.roles
        and before in "dNz.nt"
        and (form is None or form.cue is None or "addressee" not in form.cue.frames)
    )


def _tag_ending(i: int, before: str, tokens: Tokens, lexicon: Lexicon) -> str:
    """Decide the tag of a word that no table has, by its ending."""
    low, words = tokens.word[i], tokens.word
    if low.endswith("ly") and len(low) > 4:
        return "r"
    if low.endswith("ing") and len(low) > 5 and before not in "diz":
        return "G"
    if (
        low.endswith("s")
        and before in "np"
        and not low.endswith(("ss", "us"))
        and i + 1 < len(words)
        and tokens.stretch[i + 1] < 0
        and lexicon.tags.get(words[i + 1], "n") in "do"
        and not has_finite(tokens.tags, i)
    ):
        return "y"  # the doctor swabs her arm
    if low.endswith("ed") and before == "r" and i > 1 and tokens.tags[i - 2] in "dz":
        return "n"  # a similarly timed debate
    if low.endswith("ed") and len(low) > 4 and before not in "dfiF#zvgGBk":
        return "y"
    return "y" if before == "k" and len(low) > 5 and low.endswith(INFINITIVES) else "n"  # to legalize


def _tag_known(tag: str, i: int, tokens: Tokens, lexicon: Lexicon, *, capital: bool, initial: bool) -> str:
    """Decide the tag of a function word, or a word of time, whose usual tag the lexicon has."""
    raw, words, tags, stretch, title_case = tokens.raw, tokens.word, tokens.tags, tokens.stretch, tokens.title_case
    low, count = words[i], len(raw)
    before = tags[i - 1] if i else "."
    if (
        tag == "d"
        and low == "her"
        and (i + 1 >= count or not _may_be_noun(tokens, i + 1, lexicon) or _is_heard(tokens, i, lexicon))
    ):
        tag = "o"
    elif low == "one" and i + 1 < count and (words[i + 1] == "of" or _may_be_noun(tokens, i + 1, lexicon)):
        tag = "d"
    elif low in _BEFORE_NUMBERS and i + 1 < count and stretch[i + 1] < 0 and _is_number(tokens, i + 1):
        if low != "than":
            tag = "d" if is_open(tokens, i + 2, lexicon) else tag  # about 200 people
        elif i and words[i - 1] in _COMPARATIVES:
            tag = "d"  # more than two weeks
    elif low == "first" and before == "n" and words[i - 1] in _STATUS and is_plain_noun(tokens, i + 1, lexicon):
        tag = "n"  # the former first lady
    elif low == "past" and before in ("d", "z"):
        tag = "n" if is_plain_noun(tokens, i + 1, lexicon) else "m"  # in the past
    elif tag == "i" and i and words[i - 1] in ("a", "an", "the") and is_open(tokens, i + 1, lexicon):
        tag = "n"  # an outside report
    elif low == "over" and i and words[i - 1] == "voice":
        tag = "n"  # a voice over says
    elif tag == "p" and i and words[i - 1] in ("a", "an", "the"):
        tag = "n"  # the newspaper that is called the i
    elif low == "minutes" and i + 1 < count and (words[i + 1] == "of" or (i and words[i - 1] == "the")):
        tag = "n"
    elif (
        tag == "m"
        and i + 1 < count
        and (
            words[i + 1] in GENITIVES
            or (i + 2 < count and lexicon.tags.get(words[i + 1]) == "m" and words[i + 2] in GENITIVES)
            or (capital and i and words[i - 1] in ARTICLES and is_open(tokens, i + 1, lexicon))
        )
    ):
        tag = "n"  # November's election, her Sunday show
    elif tag == "m" and i and words[i - 1] in ARTICLES and _is_one(words, i + 1, lexicon):
        tag = "n"  # the night guard
    elif tag == "m" and capital and i + 1 < count and raw[i + 1][:1].isupper() and stretch[i + 1] < 0:
        tag = "N" if low in _MONTH_NAMES and (not initial or raw[i + 1].lower() not in lexicon.tags) else tag
    elif tag == "m" and capital and not title_case and _is_time_surname(tokens, i, lexicon):
        tag = "N"  # Ann Day
    elif tag == "m" and capital and not initial and not title_case and low in _DAYS:
        tag = "N"  # the Today programme
    elif (
        ((low in _MONTH_NAMES and before == "Q") or (tag == "m" and low not in _CALENDAR))
        and capital
        and _before_cue(words, i, lexicon)
    ):
        tag = "N"  # “We won,” April said; Day said
    elif (
        low == "will"
        and capital
        and before == "Q"
        and i + 1 < count
        and (raw[i + 1][:1].isupper() or _before_cue(words, i, lexicon))
    ):
        tag = "N"  # “We won,” Will Smith said
    elif tag == "a" and capital and not initial and not title_case and before != "N":
        tag = "m" if low == "may" else "N"
    elif low == "to" and i and words[i - 1] in _BOUND_TO:
        tag = "F"
    elif tag == "b" and i and (words[i - 1] == "all" if low == "but" else before in "ax"):
        tag = "r"  # all but accused him, had not yet said
        tags[i - 1] = "r" if low == "but" else before
    return tag


def read_quotatives(text: str, tokens: Tokens, lexicon: Lexicon) -> None:
    """Read a "like" or "all" that reports as a verb of saying: I was like, “Oh no!”, not: she was like “a sister”."""
    tags, words, stretch = tokens.tags, tokens.word, tokens.stretch
    for i, word in enumerate(words):
        if word not in QUOTATIVES:
            continue
        if word == "all" and i > 1 and words[i - 1] in ("is", "was") and stretch[i - 2] >= 0:
            tags[i] = "p"  # “Ready” was all the mayor would say
            continue
        subject, quoted = i - 1, i + 1
        while subject >= 0 and tags[subject] == "r":
            subject -= 1
        while quoted < len(words) and stretch[quoted] < 0 and tags[quoted] in ",:r":
            quoted += 1
        if subject < 0 or tags[subject] != "e" or quoted == len(words) or stretch[quoted] < 0:
            continue
        parted = quoted > i + 1
        of_thing = subject > 0 and words[subject - 1] in _THINGS
        if word == "like" and not parted and of_thing:
            continue  # it was like “Groundhog Day”
        if (word == "like" and parted) or _begins_utterance(text, tokens, quoted, lexicon):
            tags[i] = "v"
            tokens.verbs[i] = lexicon.verbs["saying"]


def _begins_utterance(text: str, tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether the marked words at token i begin as an utterance does, not as a phrase: “Oh no”, “we’re lost”."""
    first = _FIRST_WORD.match(text, tokens.start[i], tokens.end[i])
    if first is None:
        return False
    word, rest = first.group(1), text[first.end() : tokens.end[i]]
    return (
        (word[0].isupper() and (word.lower() in lexicon.tags or _MORE.search(rest) is not None))
        or lexicon.tags.get(word.lower()) in _UTTERANCE_TAGS
        or lexicon.tags.get(_APOSTROPHE.split(word.lower(), maxsplit=1)[0]) == "p"
        or text[first.end() : first.end() + 1] in ("!", "?", ",")
    )


def _is_initial(tags: Sequence[str], i: int) -> bool:
    """Whether nothing but dashes and brackets stands between the last stop and word i."""
    i -= 1
    while i >= 0 and tags[i] in "-(":
        i -= 1
    return i < 0 or tags[i] in ".:;Q"


# what a Doc may say of a word after a possessive mark
_NOMINAL_HINTS = (["n"], ["N"], ["j"], ["O"], ["M"])


def _is_firm(raw: Sequence[str], i: int) -> bool:
    """Whether two names stand together at token i: Smith and Jones LLP."""
    return raw[i + 1] in ("and", "&") and i + 2 < len(raw) and raw[i + 2][0].isupper()


def _is_plain_role(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether a word that begins a sentence is a role noun there, not a name like Baker."""
    raw, words = tokens.raw, tokens.word
    role = lexicon.roles.get(words[i])
    if role is None or (role.plural and words[i].title() not in _SURNAMES) or i + 1 >= len(words):
        return role is not None
    if words[i].title() in _SURNAMES and (words[i + 1] == "," or _is_firm(raw, i)):
        return False
    return not (words[i + 1] == ":" or _before_cue(words, i, lexicon))


def _before_cue(words: Sequence[str], i: int, lexicon: Lexicon) -> bool:
    """Whether a reporting verb in the past follows: "Read said"."""
    form = lexicon.verbs.get(words[i + 1]) if i + 1 < len(words) else None
    return form is not None and form.cue is not None and "past" in form.forms and "clause" in form.cue.frames


def _may_be_noun(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    raw, stretch = tokens.raw, tokens.stretch
    if stretch[i] >= 0 or not raw[i][0].isalnum():
        return False
    return lexicon.tags.get(raw[i].lower(), "n") in "nrd#m" or raw[i][0].isdigit()


def _is_heard(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether a pronoun stands between a verb of perception and what is done: heard her yelling, “...”."""
    raw, words = tokens.raw, tokens.word
    seen = lexicon.verbs.get(words[i - 1]) if i else None
    if seen is None or seen.lemma not in _PERCEPTION or not words[i + 1].endswith("ing"):
        return False
    done = lexicon.verbs.get(words[i + 1])
    return done is not None and done.cue is not None and i + 2 < len(raw) and not _may_be_noun(tokens, i + 2, lexicon)


def _is_one(words: Sequence[str], i: int, lexicon: Lexicon) -> bool:
    """Whether a role noun in the singular stands at a token."""
    role = lexicon.roles.get(words[i]) if i < len(words) else None
    return role is not None and not role.plural


def _is_adverb(word: str, low: str, lexicon: Lexicon) -> bool:
    """Whether a word that begins a sentence is an adverb in -ly, no name and no adjective."""
    return ADVERB.fullmatch(low) is not None and word not in lexicon.given_names and low not in _LY_ADJECTIVES


def _is_time_surname(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether a word for a time is a surname: Ann Day, Mr Day, said Day; not: Ann Monday, Robert Lee Day."""
    raw, tags = tokens.raw, tokens.tags
    if raw[i].lower().rstrip(".") in _CALENDAR or i == 0:
        return False
    before = raw[i - 1]
    if tags[i - 1] == "N":
        return before in lexicon.given_names and before not in lexicon.places and "N" not in tags[i - 2 : i - 1]
    title, verb = lexicon.titles.get(before.rstrip(".")), lexicon.verbs.get(before)
    cue = verb.cue if verb is not None and "past" in verb.forms else None
    return (cue is not None and cue.kind == "speech") or (title is not None and title.kind == "honorific")


def _is_number(tokens: Tokens, i: int) -> bool:
    """Whether a number stands at a token, in figures or in words."""
    raw, words = tokens.raw, tokens.word
    return (
        raw[i][0].isdigit() or words[i] in NUMBERS or (words[i] in ("a", "half") and words[i - 1] in ("than", "about"))
    )


_NEAR_TIMES = words_of("words before a time")


def _is_time_next(words: Sequence[str], i: int, lexicon: Lexicon) -> bool:
    """Whether a time follows a word, with or without its preposition: late Monday, late on Monday."""
    ahead = words[i + 1 : i + 3]
    at = 1 if ahead[:1] in (["on"], ["in"]) else 0
    return lexicon.tags.get(ahead[at]) == "m" if at < len(ahead) else False


# an adverb that begins a sentence, against a surname such as Connelly
_LY_ADJECTIVES = words_of("adjectives in ly")
ADVERB = re.compile(r"\w{3,}(?:[^eiou]l|ful|[^l])ly")
# about 200, more than two
_STATUS = words_of("status words")
_BEFORE_NUMBERS = words_of("words before a number")
_COMPARATIVES = words_of("comparatives of amount")
