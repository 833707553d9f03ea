"""The table of attribution rules.

A rule answers one question about one quoted stretch: which cue or lead-in reports it, and where is
its source?  It is a row with a sentence it fires on and a near miss.  The engine tries the rows in
order and takes the first answer.  New patterns of words go to the tables of `lexicon`, not here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import attrs

from quoteattr.attribution.shapes import (
    ADDRESSEE,
    CLAUSE_GAP,
    LEAD_GAP,
    POSSESSIVES,
    TO_ADDRESSEE,
    Source,
    can_speak,
    chunk_at,
    find_inverted,
    find_source,
    find_subject,
    is_person,
    is_shared_office,
    prefer_name,
)
from quoteattr.lexicon import CueRow, Lexicon, VerbForm, words_of
from quoteattr.values import Passage, Sentence

REPORTING = frozenset({"clause", "addressee"})
SPOKEN = frozenset({"clause", "addressee", "quote", "naming"})


@attrs.define(eq=False)
class Cue:
    """A reporting verb in a sentence: its chunk, its row, where its words end, its source."""

    chunk: int
    row: CueRow
    last: int
    """chunk after the cue and its particle"""
    _subjects: Subjects | None = None
    _source: Source | None = None

    @property
    def source(self) -> Source | None:
        """Return its source, found when a rule first asks."""
        if self._subjects is not None:
            self._source, self._subjects = self._subjects.find(self.chunk), None
        return self._source


@attrs.define(eq=False)
class Subjects:
    """The subjects of the reporting verbs of a sentence, found one after the other, as far as one is asked for."""

    sentence: Sentence
    lexicon: Lexicon
    waiting: list[tuple[int, CueRow, int]] = attrs.field(factory=list)
    """of the verbs whose subject nobody has asked for: the chunk, the row, where the words end"""
    known: dict[int, Source] = attrs.field(factory=dict)

    def find(self, chunk: int) -> Source | None:
        """Find the subject of a verb, and of all before it, which it may share one with."""
        while self.waiting and self.waiting[0][0] <= chunk:
            first, row, last = self.waiting.pop(0)
            if (source := self._find(first, row, last)) is not None:
                self.known[first] = source
        return self.known.get(chunk)

    def drop(self, chunk: int) -> None:
        """Forget a verb that reports nothing."""
        self.known.pop(chunk, None)

    def _find(self, chunk: int, row: CueRow, last: int) -> Source | None:
        source = find_source(self.sentence, chunk, self.known, self.lexicon)
        codes = self.sentence.codes
        if codes[chunk] == "v" and codes[chunk - 1 : chunk] in ("Q", ",", "-"):
            if source is None:
                return find_inverted(self.sentence, last - 1, self.lexicon)
            if source.shape == "coordinated" and row.frames & {"clause", "quote"} and "addressee" not in row.frames:
                inverted = find_inverted(self.sentence, last - 1, self.lexicon)  # “..., explained Smith, “...”
                if inverted is not None and codes[inverted.last : inverted.last + 1] in (",", ".", ""):
                    return inverted
        return source


@attrs.define
class Frame:
    """What a rule may look at: the sentence, its cues, and the text."""

    text: str
    sentence: Sentence
    lexicon: Lexicon
    cues: dict[int, Cue]
    heading: bool
    turn: bool = False
    passages: Sequence[Passage] = ()
    """those of the paragraph; none where no neighbour is asked for"""
    place: tuple[int, int] = (0, 0)
    """the passage and the sentence of it"""
    tails: dict[int, object] = attrs.field(factory=dict)
    """of cues that end an indirect report or interrupt one: what was found, for two rules ask"""
    starts: dict[int, tuple[int, ...]] = attrs.field(factory=dict)
    """of cues: where what they report may begin, for many rules ask"""
    _titles: dict[int, bool] = attrs.field(factory=dict)
    """of stretches: whether they are capitalised as titles are, for many rules ask"""

    @property
    def before(self) -> Sentence | None:
        """Return the sentence before, in the same paragraph."""
        passage, number = self.place
        if number:
            return self.passages[passage].sentences[number - 1]
        before = self.passages[passage - 1].sentences if passage else []
        return before[-1] if before else None

    @property
    def after(self) -> Sentence | None:
        """Return the sentence after, in the same paragraph."""
        passage, number = self.place
        if number + 1 < len(self.passages[passage].sentences):
            return self.passages[passage].sentences[number + 1]
        after = self.passages[passage + 1].sentences if passage + 1 < len(self.passages) else []
        return after[0] if after else None

    def word(self, chunk: int) -> str:
        """Return the lower-cased first word of a chunk."""
        return self.sentence.tokens.word[self.sentence.first[chunk]]

    def last_word(self, chunk: int) -> str:
        """Return the lower-cased last word of a chunk."""
        return self.sentence.tokens.word[self.sentence.last[chunk] - 1]

    def content(self, chunk: int) -> str:
        """Return the words of a chunk, of a stretch those within its marks."""
        start, end = self.sentence.tokens.quoted.get(self.sentence.first[chunk]) or self.sentence.span(chunk)
        return self.text[start:end]

    def ending(self, chunk: int) -> str:
        """Return the last mark of punctuation inside a stretch, or its last letter."""
        words = self.content(chunk)
        last = words[-1:]
        return last if last.isalnum() or last in ",.?!" else _CLOSING.sub("", words)[-1:]

    def begins_utterance(self, chunk: int) -> bool:
        """Whether a stretch begins as a sentence does."""
        words = self.content(chunk)
        if words[:1].isalpha():
            return words[0].isupper()
        for char in _OPENING.sub("", words, count=1):
            if char.isalpha():
                return char.isupper()
            if char.isdigit():
                return True
        return False

    def begins_with_verb(self, chunk: int, *, plural: bool) -> bool:
        """Whether the words of a stretch go on from a subject before it: “has won”, “never said so”."""
        for word in _VERBAL.findall(self.content(chunk).lower())[:3]:
            tag = self.lexicon.tags.get(word)
            if tag is not None and tag in "eax":
                return True
            if tag == "r" or (tag is None and word.endswith("ly")):
                continue
            form = self.lexicon.verbs.get(word)
            if form is None or tag is not None:
                return False
            return bool(form.forms & {"third", "past"}) or (plural and "base" in form.forms)
        return False

    def ends_utterance(self, chunk: int) -> bool:
        """Whether a stretch is a sentence: a capital and a full stop."""
        return self.begins_utterance(chunk) and self.ending(chunk) in ".?!…"

    def opens_with_article(self, chunk: int) -> bool:
        """Whether a stretch is a phrase with its article: “an attack on all of us”."""
        return _OPENING.sub("", self.content(chunk), count=1).lower().startswith(("a ", "an ", "the "))

    def opens_with_owner(self, chunk: int) -> bool:
        """Whether a stretch is a phrase that begins with whose it is: praised “Ann's great heart”."""
        words = self.content(chunk)
        return _OWNED.match(words) is not None and self.ending(chunk) not in ".?!"

    def is_title(self, chunk: int, *, marked: bool = False) -> bool:
        """Whether a stretch looks like the title of a work: every longer word has a capital.

        `marked` allows the marks that few titles hold: “Who Was He?”
        """
        capital = self._titles.get(chunk)
        if capital is None:
            capital = self._titles[chunk] = not self.sentence.tokens.title_case and self._has_capitals(chunk)
        return capital and (marked or not any(mark in self.content(chunk) for mark in "!?;:"))

    def _has_capitals(self, chunk: int) -> bool:
        """Whether every longer word of a stretch has a capital, and one after the first."""
        capital = False
        for number, found in enumerate(_WORDS.finditer(self.content(chunk))):
            word = found.group()
            if word[0].isupper():
                capital = capital or number > 0 or word.partition("-")[2][:1].isupper()  # “See-Saw”
            elif not word[0].isdigit() and (number == 0 or (len(word) > 3 and not self._stays_small(word))):
                return False
            if number == _LONGEST_TITLE:
                return False
        return capital

    def _stays_small(self, word: str) -> bool:
        return self.lexicon.tags.get(word, "n") in _SMALL_IN_TITLES


@attrs.frozen
class Finding:
    """A rule's answer for one stretch."""

    cue: Cue | None
    source: Source | None
    placement: str
    """lead, tail, clause-lead, clause-tail or object"""
    phrase: tuple[int, int] | None = None
    """chunk range of a cue that is no verb"""
    stop: int | None = None
    """the chunk where the clause ends, where the rule knows it"""
    begin: int | None = None
    """of a clause under a noun: the chunk where the clause begins"""
    cue_tokens: tuple[int, int] | None = None
    """of a cue that is no verb: its tokens, where they are not the whole phrase"""
    head: tuple[int, int] | None = None
    """the part of the clause before an interrupting cue"""
    elsewhere: Sentence | None = None
    """the sentence that the source stands in, if it is another one"""
    opponent: Source | None = None
    """who denies it, and so has not said it"""


Ask = Callable[[Frame, int], Finding | None]


@attrs.frozen
class DirectRule:
    """One row: a name, the function that decides, a sentence it fires on, a near miss, its origin."""

    name: str
    ask: Ask
    fires_on: str
    silent_on: str
    origin: str
    needs: frozenset[str] = frozenset()
    """the codes of chunks without one of which in the sentence it finds nothing"""


# a verb of reporting, in any form
_VERB = frozenset("vguB")

# words that stay small in a title, however long: “Mornings with Ann”
_SMALL_IN_TITLES = frozenset("iScsf")
_OPENING = re.compile(r"^(?:&(?:amp;)?#?\w+;|\W)+")
_OWNED = re.compile(r"[^\W\d_][\w.-]*['’]s (?!been|got|gone|not)[a-z]+(?: (?:and )?[a-z]+)*,?$")
_CLOSING = re.compile(r"(?:&(?:amp;)?#?\w+;|[\s\"”’'»›」』“‘`|])+$")
# labels of a transcript that name nobody
_NOBODY = words_of("turn labels")
_LABELS = words_of("labels of notices")
_VERBAL = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# in words
_LONGEST_TITLE = 12
_WORDS = re.compile(r"[^\W_](?:[^\W_]|['’.&-](?=[^\W_]))*")
_TAIL = re.compile(r"[,-]?-?(?=[Nnpw(]|r)")
_TAIL_SUBJECT = re.compile(
    r"[,-]*(?P<as>A)?(?:[rcb]|i?m)*(?:[Nn]\([^()]*\)(?=N))?(?P<src>[Nnp])(?:[ifF]#?[Nnop])*(?:\([^()]*\))?(?P<app>,[^Q;:]*?,|,[^;:]{1,14}?,|-[^-Q;:]*-|,w[arx]*[vye][^,Q;:vye]*|,[Nn](?:[ifF]#?[Nn])*)?(?:[arxe]|i?m)*(?:u(?:r|i?m|i[Nn])*A(?=g)|[uy](?=g)|(?:[yvu]|en)r?k(?=B)|enf(?=g))?(?P<cue>v(?!r?kB)|(?<=[Auyf])g|(?<=k)B)"
)
# “Good,” was all she would say
_TAIL_ALL = re.compile(r"[,-]*e(?P<all>p)(?P<src>[Nnp])(?:[arx]|i?m)*(?P<cue>v)(?=[.,;sS]|$)")
# “A farce,” was how she described it
_TAIL_HOW = re.compile(r"[,-]*e(?P<how>s)(?P<src>[Nnp])(?:[ifF][Nn])*(?:[arx]|i?m)*(?P<cue>v)")
# the “late” vote, as Smith called it
_TAIL_CALLED = re.compile(
    r"[nN]?(?:[ifF]#?[Nn])*[,-]A(?P<src>[Nnp])(?:[ifF][Nn])*(?:[arx]|i?m)*(?P<cue>v)(?=[po](?:[,.;-]|$))"
)
_TAIL_COORDINATED = re.compile(
    r"[,-]*(?P<src>[Nnp])[arx]*[yv][^,Q;:]*?,?c[arx]*(?P<cue>v)(?:[rimo]|[ikfF][Nnop])*[.,;:]?"
)
# a subject with a participle and its agent: a memo seen by the council said
_TAIL_AGENT = re.compile(
    r"[,-]*(?:[rcb]|i?m)*(?P<src>[Nn])(?:[ifF]#?[Nnop])*,?[vyu](?:r|i?m)*(?P<by>i)[Nno](?:[ifFk]#?[Nnop]|i?m)*,?"
    r"(?:[arxe]|i?m)*(?P<cue>v)"
)
# “Go,” Smith was told by his boss
_TAIL_TOLD = re.compile(
    r"[,-]*(?:[rcb]|i?m)*[Nnp](?:[ifF]#?[Nnop])*[arx]*e[rx]*(?P<cue>u)(?:r|i?m)*(?P<by>i)(?P<src>[Nno])"
)
_TAIL_VERB = re.compile(r"[,-]*(?:[rcb]|i?m)*(?P<cue>v)")
_TAIL_JOINT = re.compile(
    r"[,-]*(?P<src>[Nnp](?:[ifF][Nn])*(?:,[Nn])*,?c[Nn])(?:[ifF][Nn])*(?:,[^Q;:]*?,)?(?:[arxe]|i?m)*(?P<cue>v)"
)
_ACCORDING = re.compile(r"hk(?P<src>[Nnop])")
_AFTER_TAIL = re.compile(
    r"(?:k?[Nno](?:[ifF][Nn])*|p(?=[.,;:-]))?(?:[rmo#]|in[vy](?=i?m)|[ikfFAS]#?[Nnopm]|i?m|G|\([^()]*\))*(?P<next>[.,;:Q)-]|$|(?<!k)[sSA])"
)
# subordinators that tell when something was said
_OCCASION = words_of("conjunctions of time")
_AFTER_DASH = re.compile(r"-(?P<src>N(?:,?cN)?):$")
_DASHES = frozenset("-–—―")


def _speaks(row: CueRow, frames: frozenset[str]) -> bool:
    return bool(row.frames & frames)


# the patterns of a report after its words, each with the frames one of which its verb must have, and a word that it
# must hold
_TAILS = (
    (_TAIL_JOINT, SPOKEN, ""),
    (_TAIL_AGENT, SPOKEN, "by"),
    (_TAIL_TOLD, frozenset({"addressee"}), "by"),
    (_TAIL_SUBJECT, SPOKEN, ""),
    (_TAIL_ALL, REPORTING, "all"),
    (_TAIL_HOW, REPORTING | {"quote", "as"}, "how"),
    (_TAIL_CALLED, frozenset({"naming"}), ""),
    (_TAIL_COORDINATED, REPORTING, ""),
)


def _tail_subject(frame: Frame, k: int) -> Finding | None:
    """“We won,” Smith said."""
    codes = frame.sentence.codes
    for pattern, frames, word in _TAILS:
        found = pattern.match(codes, k + 1)
        if found is None or (word and frame.word(found.start(word)) != word):
            continue
        cue = frame.cues.get(found.start("cue"))
        if cue is None or not _speaks(cue.row, frames) or _only_names(frame, cue):
            continue
        if pattern is _TAIL_SUBJECT and found.group("as") and cue.row.kind != "speech":
            continue  # “Go,” as he smiled
        beside = cue.row.kind == "action" and codes[k + 1] == "c"
        if beside and not can_speak(frame.sentence, found.start("src"), frame.lexicon):
            continue  # “It is calm,” and gifts began to rise, Smith said
        if (pattern is not _TAIL_CALLED and not _detached(frame, k)) or (
            pattern is _TAIL_HOW and not can_speak(frame.sentence, found.start("src"), frame.lexicon)
        ):
            continue
        if cue.row.kind == "action" and frame.ending(k) == "." and frame.begins_utterance(k):
            continue
        if cue.row.kind == "action" and _is_deed(frame, k, found.start("src"), cue):
            continue
        if cue.source is not None and cue.source.shape == "voiced" and frame.ending(k) != ",":
            continue  # “Shame!” The question came from Smith
        if cue.source is not None and cue.source.shape == "relative" and "c" in codes[k + 1 : found.start("src")]:
            continue  # a “turn”, and Smith, who projects it
        at = found.start("src")
        if _begins_anew(frame, k, at, cue):
            continue
        last = found.end("src") if pattern is _TAIL_JOINT else at + 1
        joint = pattern is _TAIL_JOINT and not is_shared_office(frame.sentence, at, last - 1, frame.lexicon)
        source = cue.source
        apart = (found.group("app") or "") if pattern is _TAIL_SUBJECT else ""
        named = apart[-1:] in ("N", "n")
        if named and not (frame.ending(k) == "," and can_speak(frame.sentence, at, frame.lexicon)):
            continue
        unclosed = apart.startswith(",w") or (named and codes[at] == "N")
        if source is None or source.first < k or pattern is not _TAIL_SUBJECT or unclosed:
            source = Source(at, last, None, "joint" if joint else "subject")
        stop = at - 2 if pattern is _TAIL_CALLED else None  # before the comma and "as"
        return Finding(cue, source, "tail", stop=stop)
    return _tail_in_parse(frame, k)


def _only_names(frame: Frame, cue: Cue) -> bool:
    """Whether a verb names something else: in “Why?”, the Post named Smith; not: “a farce,” Smith dubbed it."""
    if cue.row.lemma == "call" or cue.row.frames & {"clause", "addressee", "quote", "naming"} != {"naming"}:
        return False  # “Ann!” he called
    return frame.sentence.codes[cue.last : cue.last + 1] not in ("o", "p")


def _is_deed(frame: Frame, k: int, subject: int, cue: Cue) -> bool:
    """Whether somebody or something acts after a stretch, and says nothing: “We won,” and prices fell."""
    codes = frame.sentence.codes
    if codes[k + 1] in "cb" and not can_speak(frame.sentence, subject, frame.lexicon):
        return True
    whole = frame.ending(k) in ".?!" and frame.begins_utterance(k)
    return whole and codes[subject] == "N" and _DEED.match(codes, cue.last) is not None


_DEED = re.compile(r"[nNw]|ir*w")


_PERSONAL = words_of("subject pronouns")
_ANYBODY = words_of("indefinite pronouns")


def _begins_anew(frame: Frame, k: int, subject: int, cue: Cue) -> bool:
    """Whether a pronoun with a capital begins a sentence of its own: “We won!” He blasted the plan."""
    codes = frame.sentence.codes
    word = frame.sentence.tokens.raw[frame.sentence.first[subject]]
    pronoun = codes[subject] == "p" or word.lower() in _ANYBODY
    capital = pronoun and word[0].isupper() and word != "I"
    if capital and word.lower() not in _PERSONAL:
        return frame.ending(k) in ".?!"  # “Who is there?” Nobody answered.
    return capital and frame.ending(k) in ".?!" and codes[cue.last : cue.last + 1] in tuple("nNpdQ")


def _tail_in_parse(frame: Frame, k: int) -> Finding | None:
    """“We won,” the tall, tired Smith said: a parse shows the verb, its object and its subject."""
    sentence = frame.sentence
    evidence = sentence.tokens.evidence
    if not evidence.roles or frame.ending(k) not in ",?!" or k + 1 == len(sentence.codes):
        return None
    cue = next((cue for cue in frame.cues.values() if cue.chunk > k), None)
    if cue is None or "Q" in sentence.codes[k + 1 : cue.chunk] or not _speaks(cue.row, REPORTING):
        return None
    verb = evidence.token(*sentence.span(cue.chunk))
    subject = evidence.subjects.get(verb, -1)
    if subject < 0 or evidence.begin[evidence.edges[subject][0]] != sentence.span(k + 1)[0]:
        return None
    at = chunk_at(sentence, evidence.begin[subject])
    if (
        not k < at < cue.chunk
        or sentence.codes[at] not in "Nnp"
        or evidence.role_of(sentence.tokens.quoted[sentence.first[k]][0], verb) != "c"
    ):
        return None
    first = at if sentence.codes[at] != "n" else k + 1
    return Finding(cue, prefer_name(sentence, Source(first, at + 1, None, "parsed"), frame.lexicon), "tail")


def _tail_verb(frame: Frame, k: int) -> Finding | None:
    """“We won,” said Smith."""
    codes = frame.sentence.codes
    found = _TAIL_VERB.match(codes, k + 1)
    if found is None:
        return None
    cue = frame.cues.get(found.start("cue"))
    if cue is None or not _speaks(cue.row, SPOKEN) or _only_names(frame, cue):
        return None
    source = find_inverted(frame.sentence, cue.last - 1, frame.lexicon)
    if source is None:
        return None
    if not _detached(frame, k):
        return None
    return Finding(cue, source, "tail")


def _detached(frame: Frame, k: int) -> bool:
    """Whether a stretch is set off from what follows by punctuation, or is a whole utterance."""
    codes = frame.sentence.codes
    if codes[k + 1 : k + 2] in (",", "-") or frame.ending(k) in ",?!…-—–":
        return True
    return frame.begins_utterance(k) and _begins(frame, k) and not frame.is_title(k)


def _begins(frame: Frame, k: int) -> bool:
    """Whether nothing but a conjunction stands before the stretch in its sentence."""
    before = frame.sentence.codes[:k]
    return before.endswith(":") or not before.strip("cb,rsS-(.")


def _tail_subject_inner(frame: Frame, k: int) -> Finding | None:
    finding = None if is_named_work(frame, k) else _tail_subject(frame, k)
    if finding is None or finding.source is None or not _ends_report(frame, finding):
        return None
    if finding.cue is not None and _has_object(frame, finding.cue):
        return None
    fronted = "uv" if finding.cue is None or finding.cue.row.kind != "action" else "sSAgGuv"
    if frame.sentence.codes[0] in fronted:
        return None  # told that it was “late,” she laughed
    if (
        finding.cue is not None
        and finding.cue.row.kind == "action"
        and not re.search("[yvea]", frame.sentence.codes[:k])
    ):
        return None  # of the “Old Firm”, he smiled
    return finding if can_speak(frame.sentence, finding.source.first, frame.lexicon) else None


def _has_subject(cue: Cue, k: int) -> bool:
    """Whether the subject of a cue stands before a stretch: "Smith, host of “Night Tide,” reminded his staff"."""
    source = cue.source
    return source is not None and source.first < k and source.shape in ("subject", "apposition", "restrictive")


def _tail_verb_inner(frame: Frame, k: int) -> Finding | None:
    finding = None if is_named_work(frame, k) else _tail_verb(frame, k)
    if finding is None or finding.source is None or finding.cue is None:
        return None
    if _has_subject(finding.cue, k) or finding.cue.row.kind == "attitude":
        return None
    if re.search("[cb]", frame.sentence.codes[k + 1 : finding.cue.chunk]):
        return None  # said it was “late,” and welcomed Smith
    return finding if can_speak(frame.sentence, finding.source.first, frame.lexicon) else None


def _ends_report(frame: Frame, finding: Finding) -> bool:
    """Whether nothing that the cue could report instead follows it."""
    cue = finding.cue
    if cue is None:
        return True
    found = _AFTER_TAIL.match(frame.sentence.codes, cue.last)
    if found is None:
        return False
    at = found.start("next")
    return found.group("next") not in ("s", "S", "A") or frame.word(at) in _OCCASION


# a work whose title may follow
_WORKS = words_of("works with a title")


def is_named_work(frame: Frame, k: int) -> bool:
    """Whether a stretch is the title of a work, a nickname, or a word as such, in the writer's own sentence."""
    codes = frame.sentence.codes
    nickname = frame.begins_utterance(k) or frame.content(k).startswith("the ")
    if codes[k - 1 : k] == codes[k + 1 : k + 2] == "N" and nickname and frame.ending(k).isalnum():
        return frame.content(k).count(" ") < 3
    at = k - (codes[k - 1 : k] == "d" and frame.begins_utterance(k))  # known as “Red Ann”, as the “Fox”
    if codes[at - 1 : at] == "A" and (frame.last_word(at - 2) == "such" or _is_known_as(frame, at - 2)):
        return True
    if _follows_work(frame, k) or (codes[k - 2 : k] == "hk" and frame.is_title(k, marked=True)):
        return True  # in the film “Sharks: The End”, according to “The Deal: A Life”
    if k and (frame.last_word(k - 1) == "so-called" or (codes[k - 1] == "n" and _is_word(frame, k))):
        return True
    return frame.is_title(k) and (
        codes[k - 1 : k] in ("i", "n", "N", ",", "F", "z", "T")
        or codes[k - 2 : k] in ("nf", "Nf")
        or (k and frame.word(k - 1).isdigit())
        or (codes[k - 2 : k] == "n-" and codes[k + 1 : k + 2] == "-")
        or codes[k + 1 : k + 2] in ("n", "N")
    )


def _follows_work(frame: Frame, k: int) -> bool:
    """Whether a stretch is the title of the work that stands right before it: in her book “Rain: A Life”."""
    return k > 0 and frame.last_word(k - 1) in _WORKS and frame.is_title(k, marked=True)


def _is_word(frame: Frame, k: int) -> bool:
    """Whether a stretch is a word as such: the word “late”; not her word: “Never”."""
    return frame.last_word(k - 1) in ("term", "word") and frame.word(k - 1) == "the" and " " not in frame.content(k)


def is_apposed(frame: Frame, k: int) -> bool:
    """Whether a stretch is a name between commas, before another: said of the film, “Mill”, “a dear one”."""
    return frame.sentence.codes[k - 2 : k + 3] in ("n,Q,Q", "N,Q,Q") and " " not in frame.content(k)


def is_entitled(frame: Frame, k: int) -> bool:
    """Whether a stretch is a title after a participle: an essay titled “Why I Left”."""
    form = frame.sentence.tokens.verbs.get(frame.sentence.first[k - 1]) if k else None
    named = form is not None and form.cue is not None and "naming" in form.cue.frames and "participle" in form.forms
    return named and frame.is_title(k, marked=True)


def _is_known_as(frame: Frame, chunk: int) -> bool:
    """Whether a chunk is the participle of a name without a giver: a smuggler known as “the Fox”."""
    form = frame.sentence.tokens.verbs.get(frame.sentence.first[chunk]) if chunk >= 0 else None
    return form is not None and form.lemma == "know"


def _tail_subject_first(frame: Frame, k: int) -> Finding | None:
    if _begins(frame, k):
        finding = _tail_subject(frame, k)
        anew = finding is not None and finding.source is not None and frame.sentence.codes[finding.source.first] != "p"
        return None if anew and _is_led(frame, k) else finding
    # "in an interview published on Monday, “we won,” he said"
    last = next((cue for cue in reversed(frame.cues.values()) if cue.last <= k), None)
    mark = frame.sentence.codes[k - 1]
    if mark != "-" and (mark != "," or last is None or not _is_reduced(frame, last)):
        return None  # but: the plan was hasty - “a mess,” he said - and dear
    finding = _tail_subject(frame, k)
    return finding if finding is not None and finding.cue and finding.cue.row.frames & REPORTING else None


def _is_led(frame: Frame, k: int) -> bool:
    """Whether somebody's report and a colon lead in a stretch, whoever cites it: Smith said: “We,” the Sun wrote."""
    if frame.sentence.codes[k - 1 : k] != ":":
        return False
    cue = next((cue for cue in frame.cues.values() if cue.last == k - 1), None)
    return cue is not None and cue.row.kind == "speech" and cue.source is not None and cue.source.first < cue.chunk


def _tail_verb_first(frame: Frame, k: int) -> Finding | None:
    return _tail_verb(frame, k) if _begins(frame, k) else None


def _lead_cue(frame: Frame, k: int) -> Finding | None:
    """Smith said: “We won.” (the shape)."""
    codes = frame.sentence.codes
    for cue in reversed(frame.cues.values()):
        if cue.last > k:
            continue
        if k - cue.last > _LONGEST_LEAD:
            return None
        if not _speaks(cue.row, SPOKEN):
            continue
        if codes[cue.chunk] == "u" and cue.row.lemma != "quote":
            spoken = cue.row.frames & REPORTING and codes[cue.chunk - 1] == "e" and cue.source is None
            if spoken and codes[cue.last : k] in (",", ":"):
                return Finding(cue, None, "lead") if frame.begins_utterance(k) else None  # he was asked, “Why?”
            continue
        if cue.row.kind == "attitude" and _is_in_object(frame, cue):
            continue
        if _tells_of_subject(frame, cue, k):
            return None
        if codes[k - 1] in ",:" and _is_of_addressee(frame, cue):
            continue
        source, after = _find_lead_source(frame, cue, k)
        found = _match_gap(frame, cue, after, k)
        if found is None or _is_no_lead(frame, cue, found.group("mark"), found.string, k):
            continue
        mark, gap = found.group("mark"), found.string
        title = frame.is_title(k) or _follows_work(frame, k)
        shown = cue.row.lemma == "read" and not gap and frame.begins_utterance(k) and _shows_text(frame, cue)
        called = title and not mark and not gap and cue.row.lemma in _CALLS and after == k
        if shown or called:  # a message reading “Thank You”; chanting “Dump Smith”
            return Finding(cue, source or _recover(frame, cue), "lead")
        if title and (gap.strip(",:-") or (not mark and (not _takes_clause_alone(cue) or after != k))):
            continue
        if _is_mere_object(frame, cue, mark, gap, k):
            continue
        if source is None:
            source = _recover(frame, cue)
        if source is None:
            continue
        finding = Finding(cue, source, "lead" if mark or frame.begins_utterance(k) else "clause-lead")
        return None if not mark and _is_weak(frame, finding) and _find_tail(frame, k) else finding
    return None


# a phrase and, without a relative pronoun, a clause that tells of it
_TOLD_OF = re.compile(r"(?:^|[,;:cbsST])[nNp]$")


def _tells_of_subject(frame: Frame, cue: Cue, k: int) -> bool:
    """Whether a stretch has the verb of what a clause before it tells of: nothing Smith said “will help”."""
    source, codes = cue.source, frame.sentence.codes
    if cue.last != k or source is None or source.last != cue.chunk or codes[source.first] == "w":
        return False
    told = _TOLD_OF.search(codes, 0, source.first) is not None
    return told and frame.begins_with_verb(k, plural=True) and not frame.begins_utterance(k)


# how many chunks may stand between a cue and the words that it leads in
_LONGEST_LEAD = 14


def _find_lead_source(frame: Frame, cue: Cue, k: int) -> tuple[Source | None, int]:
    """Find the source of a cue before a stretch, and where what stands between it and the stretch begins."""
    codes, source = frame.sentence.codes, cue.source
    if source is None or (source.first < cue.chunk and _after_words(frame, cue) and codes[cue.chunk - 1] in "Q,"):
        inverted = find_inverted(frame.sentence, cue.last - 1, frame.lexicon) if codes[cue.chunk] == "v" else None
        if inverted is not None and inverted.last <= k:
            return inverted, inverted.last
    elif source.first > cue.chunk and source.last <= k:
        return source, source.last
    return source, cue.last


def _match_gap(frame: Frame, cue: Cue, after: int, k: int) -> re.Match[str] | None:
    """Match what stands between a cue, with its source, and the words that it leads in."""
    codes, frames = frame.sentence.codes, cue.row.frames
    gap = codes[after:k]
    listener = ADDRESSEE.match(gap) if after == cue.last and "addressee" in frames else None
    if listener is not None and not ends_possessive(frame, after + listener.end("adr") - 1):
        gap = gap[listener.end() :]
    found = LEAD_GAP.match(gap)
    if found is None and "addressee" in frames:
        found = _TOLD_WHO.match(gap)  # told those who waited, “...”
    if found is not None or cue.row.kind != "speech":
        return found
    free = "Q" not in codes[:k] or codes[cue.chunk] == "g" or gap.endswith(":")
    if free and (frame.ends_utterance(k) or _is_clause(frame, cue, k)):
        found = _OBJECT_GAP.match(gap)  # "repeating the man's last words, “...”"
    if found is None and gap[:1] == "w" and frame.word(after) == "what":
        found = _WHAT_GAP.match(gap)
    if found is None and frame.begins_utterance(k) and _tells_occasion(frame, gap, after):
        found = _OCCASION_GAP.match(gap)  # "said as he signed the order, “...”"
    return found


def ends_possessive(frame: Frame, chunk: int) -> bool:
    """Whether a phrase says whose what follows is: questioned Smith's “values”."""
    return frame.sentence.tokens.tags[frame.sentence.last[chunk] - 1] == "z"


def _is_no_lead(frame: Frame, cue: Cue, mark: str | None, gap: str, k: int) -> bool:
    """Whether what stands before a stretch does not lead it in: an aside, a thought, a deed that is no speech."""
    codes, row = frame.sentence.codes, cue.row
    if mark == "," and (_is_aside(frame, cue, k) or is_apposed(frame, k)):
        return True
    if row.kind == "attitude" and not mark and not _is_found(frame, cue):
        return True
    if (row.kind == "action" or row.particles) and ",b" in gap:
        return True  # had gone on for months, but in May, “...”
    if row.particles and cue.last == cue.chunk + 1 and not mark and not frame.ends_utterance(k):
        return True  # carried “Wet paint”, without on
    if mark == ":" and _gives_words(frame, cue, k):
        return True
    if row.kind != "action":
        return False
    begins = frame.begins_utterance(k)
    if not mark and not (begins and "quote" in row.frames):
        return True
    if mark == "-" and gap.strip("-") and not frame.ends_utterance(k) and codes[k + 1 : k + 2] == "-":
        return True  # served in Oslo - “13 months of rain” - and left
    if not begins and mark != ":" and "Q" not in codes[: cue.chunk]:
        return True  # came home - “the last of them”
    # by clicking “Accept”; “Go,” he snapped, turning to the door, “and stay.”
    return codes[cue.chunk] == "g" and _BESIDE_CUE.search(codes[: cue.chunk]) is not None


def _takes_clause_alone(cue: Cue) -> bool:
    """Whether a verb reports a clause and takes no mere object."""
    return bool(cue.row.frames & REPORTING) and "object" not in cue.row.frames


def _is_mere_object(frame: Frame, cue: Cue, mark: str | None, gap: str, k: int) -> bool:
    """Whether a stretch is what a verb shows, names or does, not what somebody says with it."""
    codes, row, begins = frame.sentence.codes, cue.row, frame.begins_utterance(k)
    if not mark and not gap and _is_shown(frame, cue, k):
        return True
    plain = bool(row.frames & REPORTING)
    named = not plain and "naming" in row.frames
    called = mark is not None and begins and not gap.strip(",:")  # a voice called, “...”
    if named and not called and not _object_before(codes, cue):
        return True
    if not plain and not named and not mark and (gap or (row.kind == "action" and not begins)):
        return True
    # “Smith,” Lee joked, putting on a voice, “Come in!”
    set_off = mark is not None or (gap.endswith(",") and frame.ends_utterance(k))
    return bool(_after_words(frame, cue) and not set_off and gap) or (codes[cue.chunk] == "B" and len(gap) > 3)


# an addressee, and what tells who that is
_TOLD_WHO = re.compile(r"r?[Nno](?:[ifF][Nn])*w[^,;:QT]*(?P<mark>[,:])$")


def _is_of_addressee(frame: Frame, cue: Cue) -> bool:
    """Whether a verb tells who is spoken to: told the mayors who gathered there, “...”."""
    source = cue.source
    if source is None or source.antecedent is None:
        return False
    before = (one for one in frame.cues.values() if one.last <= source.antecedent < cue.chunk)
    return any("addressee" in one.row.frames and source.antecedent - one.last < _ADVERB for one in before)


# between a cue and its addressee: told again the mayors
_ADVERB = 2
# an object that tells whose thought the words are: said what all of them feared:
_WHAT_GAP = re.compile(r"w[^,;:Q]*(?P<mark>:)$")


def _is_in_object(frame: Frame, cue: Cue) -> bool:
    """Whether a thought stands in the object of another cue: said what everyone was thinking: “...”."""
    before = cue.source.first - 1 if cue.source is not None else 0
    return before > 0 and frame.word(before) == "what" and any(other.last == before for other in frame.cues.values())


_TEXT_BEFORE = re.compile(r"(?P<noun>n|^N)(?:i[NnmG])*,?[wT]?$")


def _shows_text(frame: Frame, cue: Cue) -> bool:
    """Whether a text stands right before a verb: a message on her door reading, a note that read."""
    found = _TEXT_BEFORE.search(frame.sentence.codes, 0, cue.chunk)
    return found is not None and is_document(frame, found.start("noun"))


def _is_shown(frame: Frame, cue: Cue, k: int) -> bool:
    """Whether a stretch right after a cue is what it is about: showed “The Mill”, blamed “Monday”."""
    frames = cue.row.frames
    if "quote" in frames or cue.row.verbal:
        return False
    one = "clause" not in frames and " " not in frame.content(k) and frame.ending(k).isalnum()
    return (one and frame.begins_utterance(k)) or frame.is_title(k)


# a preposition, or a quotation with a verb of its own, before a participle
_BESIDE_CUE = re.compile(r"(?:Q[^Q]*v[^Q]*|[iF])$")


def _is_aside(frame: Frame, cue: Cue, k: int) -> bool:
    """Whether a cue before a comma only tells the occasion: "Smith said, as he left, “we go”"."""
    source, codes = cue.source, frame.sentence.codes
    if source is None or source.first > cue.chunk:
        return False
    opener = codes[max(0, source.first - 1) : source.first]
    if (
        opener in ("s", "S", "A")
        and codes[cue.chunk] == "v"
        and any(
            other.last == source.first - 1 and other.row.kind == "speech" and other.row.frames & REPORTING
            for other in frame.cues.values()
        )
    ):
        return True  # "Smith said as he introduced her, “we go”"
    if cue.row.kind == "action":
        if opener in ("s", "S", "A") and any(
            at < source.first and other.row.frames & REPORTING and other.row.kind == "speech"
            for at, other in frame.cues.items()
        ):
            return True
        if codes[source.first] == "w" and (opener != "," or frame.begins_with_verb(k, plural=False)):
            return True
        tail = _tail_subject(frame, k)
        return tail is not None and tail.cue is not None and bool(tail.cue.row.frames & REPORTING)
    # said that when they railed against it, “...”
    return codes[max(0, source.first - 2) : source.first] in ("Ts", "TS", "TA")


_OCCASION_GAP = re.compile(r"[sSA][^,;:Q]*[yvea][^,;:Q]*(?P<mark>,)$")


def _tells_occasion(frame: Frame, gap: str, begin: int) -> bool:
    """Whether a gap is a clause that tells when something was said."""
    return gap[:1] in ("s", "S", "A") and frame.word(begin) in _OCCASION


def _object_before(codes: str, cue: Cue) -> bool:
    """Whether the object of a naming verb stands before it: "what he called"."""
    if cue.source is None:
        return False
    first = cue.source.first
    if cue.source.shape == "apposition" and codes[max(0, first - 2) : first] in ("N,", "n,"):
        first -= 2  # a country that the nominee, Ann Smith, called
    if codes[max(0, first - 1) : first + 1] == "nN":
        return cue.row.lemma != "name"  # the firm Smith called
    return codes[max(0, first - 1) : first] in ("w", "A", "T")


def _after_words(frame: Frame, cue: Cue) -> bool:
    """Whether the cue already reports a stretch right before it."""
    codes = frame.sentence.codes
    first = cue.chunk
    if cue.source is not None and cue.source.first < cue.chunk:
        if cue.source.shape in ("shared", "coordinated", "absolute"):
            return False
        first = cue.source.first
    before = codes[:first].rstrip(",-r")
    if cue.source is not None and before.endswith(("c", "b")):
        return False  # called it “new”, but he also noted
    before = before.rstrip(",-rcb")
    if before.endswith(("v,Q", "v:Q")) and len(before) - 3 in frame.cues:
        return False  # when one shouted, “Smith,” she joked, “Never”
    if _FRONTED_PARTICIPLE.fullmatch(before) and frame.ending(len(before) - 1) == ",":
        return False  # recalling “the cost,” Smith asked for “peace”
    if before.endswith("Q") and is_entitled(frame, len(before) - 1):
        return False  # in an essay titled “Why I Left,” Smith calls it “late”
    if _FRONTED_CLAUSE.match(before) and any(other < len(before) - 1 for other in frame.cues):
        return False  # while Jones described it as “new”, Smith called it “late”
    return before.endswith("Q") and not (_PROGRAMME.match(before) and frame.begins_utterance(len(before) - 1))


# calling it “late,” and: having called it “late,” before the main clause
_FRONTED_PARTICIPLE = re.compile(r"[cbr]*(?:[gG]|a[rx]*[vy])[^,;:Q]*Q")
# an object before an utterance
_OBJECT_GAP = re.compile(r"(?:,[^,;:Q]{1,14},)?[Nnop](?:[ifF]#?[Nnopm]|i?m|r)*(?P<mark>[,:])$")
# where somebody spoke, at the head of a sentence: on Monday on the network's “Night Talk,”
_PROGRAMME = re.compile(r"(?:i?m|,)*i[Nn]*(?:[ifF][Nn]*)*Q$")


# a clause that opens a sentence and ends in a quotation
_FRONTED_CLAUSE = re.compile(r"[rcb]*[sS][^;:Q]*Q$")


def _recover(frame: Frame, cue: Cue) -> Source | None:
    if frame.sentence.codes[cue.chunk] == "u" or frame.sentence.codes[: cue.chunk].strip("T,rcb") == "":
        return None
    codes = frame.sentence.codes
    source = find_subject(codes, cue.chunk)
    if (
        source is None
        and codes[cue.chunk - 1 : cue.chunk + 1] in ("cv", "Qv")
        and (found := _FIRST_SUBJECT.match(codes))
    ):
        at = found.start("src")
        if can_speak(frame.sentence, at, frame.lexicon):
            return Source(at, at + 1, None, "clause-subject")
    return source


# the phrase that a sentence begins with, all that depends on it left out
_FIRST_SUBJECT = re.compile(r"[rcb,]*(?P<src>[Nnp])(?:[ifF]#?[Nnop])*[,w(]")


def _yields(frame: Frame, cue: Cue, source: Source) -> bool:
    """Whether a cue gives way to one further out: a pronoun, a thing or a thought reports less than a person."""
    codes = frame.sentence.codes
    code = codes[source.first]
    if source.first > cue.chunk or (codes[cue.chunk] == "g" and codes[cue.chunk - 1 : cue.chunk] in (",", "r", "c")):
        return False
    if cue.row.kind != "speech":
        return True
    if not cue.row.frames & REPORTING:
        return False
    if code in "po":
        return True
    return code == "n" and not is_person(frame.sentence, source.first, frame.lexicon)


# as Smith said in a letter on Monday, the plan was “sour”
COMMENT = re.compile(r"(?:r|i?m|i[Nn])*,")
_MAIN_SUBJECT = re.compile(r",(?:r|i?m)*[Nnp](?:[ifF][Nnop])*$")


# a bracket with a clause of its own: writes tales (his book has a “fool”)
_OWN_CLAUSE = re.compile(r"\((?:[rcb]|i?m)*[Nnp][^)]*[yvea][^)]*$")


def _names_alone(cue: Cue, between: str) -> bool:
    """Whether a naming verb has no complement, only an object with a relative: somebody named Smith, who said."""
    return "naming" in cue.row.frames and not cue.row.frames & REPORTING and ",w" in _ENCLOSED.sub("", between)


_BESIDE_UTTERANCE = re.compile(r"Q,?c(?:r|i?m)*[Nnp](?:[ifF][Nn])*")
_SENTENCE_AFTER = re.compile(r"^[^sSA]*Q(?P<next>(?:[Nn]|p(?!v))(?:[ifF][Nnop])*(?:[arxe]|i?m)*[vyea])")
_OBJECT_OF = re.compile(r"[Nno](?:[ifF][Nn])*[iFk]d?$")


def _is_closed(frame: Frame, cue: Cue, between: str) -> bool:
    """Whether the clause of a cue is over: thought it “safe,” the agency left; whose art he praised, with a “joke”."""
    source = cue.source
    if between[:1] == "," and source is not None and source.first < cue.chunk and frame.word(source.first) == "whose":
        return True
    found = _SENTENCE_AFTER.match(between)
    return found is not None and frame.ending(cue.last + found.start("next") - 1) == ","


def _is_under_object(frame: Frame, cue: Cue, between: str) -> bool:
    """Whether an infinitive belongs to the object of a verb of blame: blamed his wish to praise Smith on “bad luck”."""
    codes = frame.sentence.codes
    if codes[cue.chunk - 2 : cue.chunk + 1] != "nkB" or "of" in cue.row.frames or not _OBJECT_OF.match(between):
        return False
    return any(other.last == cue.chunk - 2 and "of" in other.row.frames for other in frame.cues.values())


# a clause, or a phrase with a participle, that opens a sentence: when she saw Smith talking; despite polls showing
_OPENING_CLAUSE = re.compile(r"[rcb]*[sS][^,;:Q]*|i[Nn][^,;:QvyeaT]*g")


def _is_subordinate(frame: Frame, cue: Cue) -> bool:
    """Whether a cue stands in a clause that only tells the occasion, after its subordinator or before the main one."""
    codes, source = frame.sentence.codes, cue.source
    if source is None:
        return False
    before = codes[max(0, source.first - 1) : source.first]
    if before == "A" and "clause" in cue.row.frames and COMMENT.match(codes, cue.last):
        return False  # as Smith said in a letter, the plan was “sour”
    if codes[cue.chunk] == "g" and not codes[: cue.chunk].strip("cb,r"):
        return True  # recalling “the cost,” Smith asked for “peace”
    return before in ("s", "S", "A") or _OPENING_CLAUSE.fullmatch(codes, 0, cue.chunk + 1) is not None


def _begins_main(frame: Frame, between: str, k: int) -> bool:
    """Whether a main clause begins before a stretch: "after Smith asked, the mood was “sour”", "... she “left”"."""
    if "Q" in between:  # after he called it “sour,” the mood was “sweet”
        ends = [code == "Q" and frame.ending(at) == "," for at, code in enumerate(between, k - len(between))]
        between = "".join("Q," if end else code for code, end in zip(between, ends, strict=True))
    if _MAIN_AFTER.search(between):
        return True
    if between.endswith(",") and frame.content(k).partition(" ")[0] in _PERSONAL:
        return True
    return _MAIN_SUBJECT.search(between) is not None and frame.begins_with_verb(k, plural=True)


def _is_told(frame: Frame, cue: Cue) -> bool:
    """Whether a passive tells somebody something, and not who does: staff were warned that."""
    codes = frame.sentence.codes
    if "addressee" not in cue.row.frames:
        return False
    if cue.chunk == 0 and codes[0] in "uv":
        return True  # asked if it was “late”, she nodded
    return codes[cue.chunk] == "u" and "e" in codes[max(0, cue.chunk - 3) : cue.chunk]


def _stays(frame: Frame, cue: Cue, chunk: int) -> bool:
    """Whether a coordinated verb is in the present, and the cue in the past: said it was late but supports it."""
    verbs, first = frame.sentence.tokens.verbs, frame.sentence.first
    told, verb = verbs.get(first[cue.chunk]), verbs.get(first[chunk])
    past = told is not None and "past" in told.forms and "clause" in cue.row.frames
    return past and verb is not None and verb.forms == _PRESENT


def _corrects(frame: Frame, cue: Cue, left: re.Match[str]) -> bool:
    """Whether a conjunction puts one thing in place of another: said they offered nothing but rather took it."""
    return left.group().startswith("br") and frame.word(cue.last + left.start() + 1) in _CORRECTIONS


# adverbs after "but" that put one thing in place of another
_CORRECTIONS = words_of("adverbs of correction")
_PRESENT = frozenset({"third"})
# “Do svidaniya!” - Russian for “goodbye”
_LEFT_BY_DASH = re.compile(r",?Q-+(?![cbQ-])")
_MAIN_GOES_ON = re.compile(r",(?:[arx]|i?m)*[yvea]")
_MAIN_AFTER = re.compile(r",(?:r|i?m)*(?:p(?=p))?[Nnp](?:[ifF][Nnop])*(?:[arxe]|i?m)*[vyea]")
_NEW_SUBJECT = re.compile(
    r"[^yveaTs]*,b(?:r|i?m)*[Nnp]|[^yveaTs,]*[Nnop][^yveaTs,]*,c(?:r|i?m|i#?[Nn])*[Nnp](?:[ifF][Nn])*[arxe]*[yvea]"
)
_LEAVES = re.compile(r"^[^TswyveaGQ:,]*Q?c[arx]*[yv](?=.)|,?b[rx]*[yvea]|;|,c[rx]*[yv]")
_NOMINAL_ONLY = re.compile(r"[NnpodfFirAkzTGgm#c,\-()xwQ.BuM]*$")


# a verb that belongs to the source after "according to"
_IN_ACCORDING = re.compile(r"hk[^,;:Q]*(?:,w[^,;:Q]*)?$")


# what parts a report from one inside it
_PARTS = re.compile("[,;b-]")


def _is_title_in_list(frame: Frame, first: int, k: int) -> bool:
    """Whether a stretch is a title right after a verb, or after other titles there."""
    codes = frame.sentence.codes
    if first == k:
        return frame.is_title(k)
    titles = [at for at in range(first, k) if codes[at] == "Q"]
    if not titles or codes[first:k].strip("Q,c") or codes[first] != "Q" or not all(map(frame.is_title, titles)):
        return False
    return frame.is_title(k) or (frame.begins_utterance(k) and " " not in frame.content(k))


def _clause_cue(frame: Frame, k: int) -> Finding | None:
    """Smith said that the deal was “a disgrace”."""
    codes = frame.sentence.codes
    if is_named_work(frame, k) and not _is_called(frame, k):
        return None
    best: Finding | None = None
    for cue in reversed(frame.cues.values()):
        if cue.last > k:
            continue
        between = codes[cue.last : k]
        if codes[cue.chunk] == "u" and not (cue.source or "clause" in cue.row.frames):
            continue
        if "," in between and _NEW_SUBJECT.match(between):
            continue  # offered no details, but officials did
        if codes[k - 1] == "," and _is_aside(frame, cue, k):
            continue
        if codes[k - 1] == ":" and _gives_words(frame, cue, k):
            continue
        if (
            cue.source is not None
            and codes[cue.source.first - 1 : cue.source.first + 1] == ",w"
            and _MAIN_GOES_ON.search(between)
        ):
            continue  # Smith, who claimed to know it, has called it “late”
        if between[-1:] in ("B", "y", "v") and frame.is_title(k):
            continue  # vows to mend ‘Bridge of Sighs’
        if ";" in between or (between.endswith(":") and "Q" in between) or _LEFT_BY_DASH.match(between):
            continue
        if codes[cue.chunk - 1] == "s" and cue.source is None and "T" in between:
            continue  # said, when asked if it was late, that it was “early”
        left = _LEAVES.search(between)
        if left is not None and not _stays(frame, cue, cue.last + left.end() - 1) and not _corrects(frame, cue, left):
            continue
        if not _governs(frame, cue, between, k) and not _governs_in_parse(frame, cue, k):
            continue
        if "object" in cue.row.frames and _is_title_in_list(frame, cue.last, k):
            continue  # wrote “Night Train” and “Stay”
        if not between and _is_shown(frame, cue, k):
            continue
        if _is_subordinate(frame, cue) and _begins_main(frame, between, k):
            continue  # "After Smith asked, the mood was “sour”"
        if _OWN_CLAUSE.search(between) or (",w" in between and _names_alone(cue, between)):
            continue
        if _BESIDE_UTTERANCE.fullmatch(between) and frame.ends_utterance(cue.last) and "quote" in cue.row.frames:
            continue  # cried “Sell!” and the room “went wild”
        if _is_closed(frame, cue, between) or _is_under_object(frame, cue, between):
            continue
        if "h" in codes[: cue.chunk] and _IN_ACCORDING.search(codes, 0, cue.chunk) and _begins_main(frame, between, k):
            continue  # "According to those briefed on it, the mood was “sour”"
        if _is_participle(frame, cue):
            continue  # the fears expressed by Smith go beyond Lee's vow to be “fair”
        if between[:2] in (",g", ",G") and _after_words(frame, cue):
            continue  # “No,” she said, meaning that it is “late”
        if between and _after_words(frame, cue) and not _CLAUSE_AFTER.match(between):
            continue
        if _takes_up(frame, cue, k) or _is_held(frame, cue, k) or _tells_of_subject(frame, cue, k):
            return None
        inverts = "clause" in cue.row.frames and codes[cue.chunk] == "v"
        source = cue.source or (find_inverted(frame.sentence, cue.last - 1, frame.lexicon) if inverts else None)
        if source is None:
            source = _recover(frame, cue)
        if source is None and best is None and _is_told(frame, cue) and not _MAIN_AFTER.search(between):
            if _find_tail(frame, k) or _ACCORDING.search(codes):
                return None  # they are asked to choose, and it is “late”, Smith said
            return Finding(cue, None, "clause-lead")  # he was told that it was “late”
        if source is None:
            continue
        finding = Finding(cue, source, "clause-lead")
        if best is None:
            best = finding
            if not _yields(frame, cue, source):
                break
        elif cue.row.frames & REPORTING and cue.row.kind == "speech" and codes[cue.chunk] in "vg":
            # "Shaw said that he credits “luck”": the report is Shaw's
            inner = best.source
            if inner is not None and source.first < inner.first and not _PARTS.search(codes, cue.last, inner.first):
                best = finding
            break
    if best is not None and best.cue is not None and _is_weak(frame, best) and _find_tail(frame, k):
        return None  # knew that it was “a bomb”, a filing alleges
    return best


_AGENT = re.compile(r"(?P<by>i)[Nno](?:[ifF][Nn])*(?:r|i?m)*[vyea]")


def _is_participle(frame: Frame, cue: Cue) -> bool:
    """Whether a participle only tells of a subject whose verb follows its agent: the fears expressed by Smith grow."""
    found = _AGENT.match(frame.sentence.codes, cue.last)
    return found is not None and frame.word(found.start("by")) == "by"


# the object of a verb, and what goes on after a stretch where the object is the subject of a clause
_TAKEN_UP = re.compile(r"(?:r|i?m)*(?P<noun>[nN])")
_HOLDS = words_of("words between a noun and what it holds")
_CLAUSE_GOES_ON = re.compile(r"[nN]?(?:f#?[Nn])*[rx]*[vyea]")


def _takes_up(frame: Frame, cue: Cue, k: int) -> bool:
    """Whether a stretch stands in somebody's saying, the verb's object: rejected Smith's claim that it was “late”."""
    codes = frame.sentence.codes
    found = _TAKEN_UP.match(codes, cue.last, k) if "object" in cue.row.frames else None
    if found is None or (finding := _noun_that(frame, k)) is None:
        return False
    begin = finding.begin or 0
    if finding.phrase is None or finding.phrase[0] != found.start("noun") or frame.word(begin - 1) not in _HOLDS:
        return False  # blasted Smith's call for a “ban”, rejected her offer to “wait”
    between = codes[begin:k]
    if "as" in cue.row.frames and between.endswith(("A", "Ad")) and re.search("[vyea]", between):
        return False  # rejected Smith's claim that she left as “new”
    # acknowledged that Smith's claim that it was “late” had hurt her
    clause = "clause" in cue.row.frames and _CLAUSE_GOES_ON.match(codes, k + 1) is not None
    return not clause or re.search("[vye]", between) is None


def _is_held(frame: Frame, cue: Cue, k: int) -> bool:
    """Whether a stretch stands in a saying, and a cue before it takes no clause: blamed all for Smith's claim that."""
    if ("clause" in cue.row.frames and not cue.row.response) or "T" not in frame.sentence.codes[cue.last : k]:
        return False
    finding = _noun_that(frame, k)
    if finding is None or finding.phrase is None or finding.source is None or finding.begin is None:
        return False
    owned = "clause" not in cue.row.frames or _has_possessor(frame, finding.phrase[0])
    return owned and finding.phrase[0] > cue.last and frame.sentence.codes[finding.begin - 1] == "T"


def _is_weak(frame: Frame, finding: Finding) -> bool:
    """Whether a report is a thought, or that of a mere thing: "the vote signals “an end”"."""
    if finding.cue is not None and (finding.cue.row.kind == "attitude" or _is_negated(frame, finding.cue)):
        return True
    return finding.source is not None and not can_speak(frame.sentence, finding.source.first, frame.lexicon)


# the ends of an auxiliary that says no
_NOT = ("not", "n't", "n’t")


def _is_negated(frame: Frame, cue: Cue) -> bool:
    """Whether somebody does not or cannot say something."""
    if cue.source is None or cue.source.antecedent is not None:
        return False
    around = range(max(0, cue.chunk - 2), cue.chunk)
    return any(frame.sentence.codes[at] == "x" or frame.word(at).endswith(_NOT) for at in around)


def _find_tail(frame: Frame, k: int) -> Finding | None:
    """Find the report that follows a clause with a fragment in it: it was “late”, Smith said."""
    return _clause_tail(frame, k) or _tail_subject_inner(frame, k) or _tail_verb_inner(frame, k)


# nouns whose own clause follows them: "whispered in order that", "left in the hope that"
PURPOSES = words_of("nouns of purpose")


def _token_span(sentence: Sentence, token: int) -> tuple[int, int]:
    return sentence.tokens.start[token], sentence.tokens.end[token]


_THAT_NOUN = re.compile(r"Tn(?:[ifF][Nn]|i?m|r)*,g")


def find_complement(frame: Frame, cue: Cue) -> int:
    """Return the chunk where the clause begins that the cue's verb has in a parse; -1 for none."""
    sentence = frame.sentence
    evidence = sentence.tokens.evidence
    if not evidence.roles or not cue.row.frames & {"clause", "addressee"}:
        return -1
    verb = evidence.token(*sentence.span(cue.chunk))
    found = evidence.complement(verb) if verb >= 0 else None
    if found is None:
        return -1
    start, finite = evidence.begin[found[0]], found[2]
    if not finite and (not cue.row.verbal or "object" in cue.row.frames):
        return -1
    at = chunk_at(sentence, start)
    codes = sentence.codes
    between = codes[cue.last : at]
    if at < cue.last or sentence.span(at)[0] != start or re.search("[;:QbcT(-]", between):
        return -1
    if frame.word(at) == "than" or _THAT_NOUN.match(codes, at):
        return -1  # "said more than she meant", "echoed that promise on Monday, saying"
    if codes[at] in ",-(" or (codes[at] != "T" and re.search("[,yvea]", between)):
        return -1
    if not between and "addressee" in cue.row.frames and codes[at] in "Nno":
        return -1  # "told the board any plan was" begins after the board
    if between and between[-1] in "nN":
        # "noted the steps that they took" is a relative clause, "noted last week that they left" is not
        last = evidence.token(*_token_span(sentence, sentence.last[at - 1] - 1))
        listens = "addressee" in cue.row.frames and can_speak(sentence, at - 1, frame.lexicon)
        if last < 0 or frame.last_word(at - 1) in PURPOSES or (evidence.roles[last] in "on" and not listens):
            return -1
    return at


def _is_called(frame: Frame, k: int) -> bool:
    """Whether a naming verb and its object stand right before: Smith called Lee “Big Bird”."""
    cue = next((cue for cue in reversed(frame.cues.values()) if cue.last < k), None)
    return (
        cue is not None
        and "naming" in cue.row.frames
        and (
            frame.sentence.codes[cue.last : k] in ("N", "o")
            or (frame.sentence.codes[cue.last : k] == "n" and is_person(frame.sentence, cue.last, frame.lexicon))
        )
        and cue.source is not None
        and frame.sentence.codes[cue.chunk] in "vgB"
        and can_speak(frame.sentence, cue.source.first, frame.lexicon)
    )


def _governs(frame: Frame, cue: Cue, between: str, k: int) -> bool:
    """Whether the words between a cue and a stretch let the stretch stand in what the cue reports."""
    frames = cue.row.frames
    if cue.row.kind == "action" and not cue.row.particles:
        return "clause" in frames and between.startswith("T")
    if cue.chunk and is_refused(frame, cue.chunk):
        return False  # declined to comment on the “ghost fleet”
    if cue.row.kind == "attitude" and not (between == "" and _is_found(frame, cue)):
        # a thought is a report only as a whole clause
        negated = "x" in frame.sentence.codes[max(0, cue.chunk - 3) : cue.chunk]
        if negated or ("infinitive" in frames and _WISHED.match(between) is not None):
            return not negated and _acts(frame, cue, k)
        return bool(frames & REPORTING) and (
            (between[:1] == "," and interrupts(frame, cue))
            or _THOUGHT.match(between) is not None
            or ("quote" in frames and _WONDERED.match(between) is not None)
            or _is_subject_of(frame, cue, between, k)
        )
    if "object" in frames and _REMARK_AFTER.match(between):
        return False  # signalled her support for the plan - as long as it came with a “pause”
    if between == "d" and "addressee" in frames and _is_addressed(frame, cue, k):
        return False  # urged his “sons” to go, needled the “reporter,” saying
    if frames & REPORTING:
        if "T" in between or "w" in between or not between:
            return True
        inserted = _after_source(cue, between)
        if inserted[:1] == "," and interrupts(frame, cue):
            return True  # there was no sign, said Smith, of “foul play”
        concession = _find_concession(frame, cue.last, between)
        if "s" in between and concession < 1:
            return True
        if (
            re.search(r"[NnpoTG].*[yvea]", between[: max(concession, 0) or None])
            or frame.heading
            or (between[0] == "," and interrupts(frame, cue))
        ):
            return True
        if _is_existential(frame, cue.last, k):
            return True
        if _OF_RELATIVE.match(between) and _object_before(frame.sentence.codes, cue):
            return True  # the use, which Smith said was “careless”
        if "clause" in frames and (_FILLED.match(between) or 0 <= find_complement(frame, cue) < k):
            return True
        if _is_subject_of(frame, cue, between, k):
            return True
    if "infinitive" in frames and re.match(r"(?:[Nnop](?:c[Nn])?)?(?:[ifF][Nn]|i?m)*r?k", between):
        return True
    if "of" in frames and cue.row.kind == "speech" and _ABOUT_WHETHER.match(between):
        return True  # quarrelled over whether it was “late”
    if between[:1] == "s" and "object" in frames and frame.word(cue.last) == "how":
        return True  # described how he left “without a word”
    if not between:
        passive = cue.source is not None and cue.source.shape == "passive-by"
        return (
            ("object" in frames or (passive and "naming" in frames))
            and (not frame.begins_utterance(k) or frame.opens_with_owner(k))
            and not frame.is_title(k)
        )
    if "object" in frames and _HELD_OBJECT.match(between) and cue.row.lemma not in _DENIALS:
        return "that" in frame.lexicon.cue_nouns.get(frame.last_word(cue.last), ())  # defended the view that
    if "clause" in frames and (found := _GERUND.match(between)) and frame.word(cue.last + found.end() - 1) in _GERUNDS:
        return True  # admitted being “a fool”, owned up to having “lost”
    between = _BEING.sub("G", between)
    if ",w" in between:
        between = _ENCLOSED.sub("", between)
    if "as" in frames and re.match("A[eadG]*$", between) and _object_before(frame.sentence.codes, cue):
        return True  # whom she describes as having “a gift”
    if "as" in frames and (_AS_COMPLEMENT.match(between) or _AS_RELATIVE.match(between)):
        return not _is_reduced(frame, cue)
    if "naming" in frames and _RESTRICTED.match(between) and frame.opens_with_article(k):
        return cue.source is not None and frame.sentence.codes[cue.source.first] in "Np"
    if between.endswith("S") and "naming" in frames and frame.word(k - 1) == "than" and not frame.is_title(k):
        between = between[:-1]  # called Smith less an asset than “a burden”
    if not between or not _NOMINAL_ONLY.match(between) or (between[-1] in "ifFk" and not frames & {"object", "of"}):
        return False
    if frames & {"naming", "as"} and between[0] not in "po" and _is_reduced(frame, cue):
        return False
    if "naming" in frames and between[0] in "NnopdT":
        return True
    if "object" in frames and between[0] not in "ifFk":
        return True
    if "as" in frames and "A" in between:
        return True
    if cue.row.lemma == "point" and frame.begins_utterance(k) and " " not in frame.content(k):
        return False  # pointed to the “Exit” sign
    return "of" in frames and re.match(r"r*[Nno]?[fiFk]", between) is not None


# what may follow all that is reported
_CONCESSIVE = words_of("conjunctions of concession")


def _is_addressed(frame: Frame, cue: Cue, k: int) -> bool:
    """Whether a noun in quotation marks is whom a verb of speech addresses."""
    bidden = "infinitive" in cue.row.frames and frame.sentence.codes[k + 1 : k + 2] == "k"
    return " " not in frame.content(k) and (bidden or "object" not in cue.row.frames)


def _after_source(cue: Cue, between: str) -> str:
    """Return what of the words between a cue and a stretch stands after the cue's subject."""
    source = cue.source
    if source is None or source.first < cue.last or source.last > cue.last + len(between):
        return between
    return between[source.last - cue.last :]


def _find_concession(frame: Frame, begin: int, between: str) -> int:
    """Where a clause with "though" or "because" begins among the words after a cue; -1 for none."""
    return next((n for n, code in enumerate(between) if code == "s" and frame.word(begin + n) in _CONCESSIVE), -1)


def _acts(frame: Frame, cue: Cue, k: int) -> bool:
    """Whether a stretch says what somebody wants done: she wants ministers to “stop hiding”."""
    source = cue.source
    wants = source is not None and can_speak(frame.sentence, source.first, frame.lexicon)
    return wants and frame.begins_with_verb(k, plural=True)


def _is_found(frame: Frame, cue: Cue) -> bool:
    """Whether a document finds or notes something: "the report found “no evidence”"."""
    source = cue.source
    if source is None or "object" not in cue.row.frames or frame.sentence.codes[cue.chunk] != "v":
        return False
    return is_document(frame, source.first if source.antecedent is None else source.antecedent)


def is_document(frame: Frame, chunk: int) -> bool:
    """Whether a phrase is a text: a report, her letter."""
    return "document" in frame.lexicon.cue_nouns.get(frame.last_word(chunk), ())


def _is_subject_of(frame: Frame, cue: Cue, between: str, k: int) -> bool:
    """Whether the subject of a clause stands between, and its verb in the stretch."""
    found = _SUBJECT_OF_QUOTED.search(between)
    if found is None or found.group("pronoun"):
        return found is not None and cue.row.kind == "speech"
    plural = found.group("joint") is not None or frame.last_word(cue.last + found.start("head")).endswith("s")
    return frame.begins_with_verb(k, plural=plural)


# a thought, or a question to oneself, as a whole clause
_THOUGHT = re.compile(r"(?:r|i?m)*T|[Nnp][^k,]*[yvea]")
_WISHED = re.compile(r"(?:[Nno](?:[ifF][Nn])*)?r?kr?$")
_WONDERED = re.compile(r"(?:r|i?m)*[sw].*[yvea]")


def _is_clause(frame: Frame, cue: Cue, k: int) -> bool:
    """Whether a parse has a stretch as the clause that a cue reports."""
    evidence = frame.sentence.tokens.evidence
    verb = evidence.token(*frame.sentence.span(cue.chunk)) if evidence.roles else -1
    quoted = frame.sentence.tokens.quoted.get(frame.sentence.first[k])
    return verb >= 0 and quoted is not None and evidence.role_of(quoted[0], verb) == "c"


def _governs_in_parse(frame: Frame, cue: Cue, k: int) -> bool:
    """Whether a parse gives a stretch to what a verb of speech reports: its clause, its object, what it is about."""
    sentence = frame.sentence
    evidence = sentence.tokens.evidence
    frames = cue.row.frames
    if not evidence.roles or cue.row.kind == "action" or not frames & {"clause", "object"}:
        return False
    if cue.chunk and is_refused(frame, cue.chunk):
        return False
    verb = evidence.token(*sentence.span(cue.chunk))
    if verb < 0 or evidence.is_reduced(verb) or _is_reduced(frame, cue):
        return False
    role = evidence.role_of(sentence.tokens.quoted[sentence.first[k]][0], verb)
    if role != "c" and _is_reported(frame, cue):
        return False
    if sentence.codes[k - 1] == ":" and frame.begins_utterance(k):
        return False
    between = sentence.codes[cue.last : k]
    if between.count("(") > between.count(")"):
        return False  # "drew anger (“Never,” wrote Lee)": an aside
    if role == "c":
        return cue.row.kind == "speech" or sentence.codes[cue.chunk] != "B"
    if role == "x" and sentence.codes[cue.last] == ",":
        return False  # "he said, seeking to calm “the market”"
    if frame.ending(k) == "," and (_tail_verb(frame, k) or _tail_subject(frame, k)):
        return False  # what follows the stretch says whose it is
    if role == "i" and "object" not in frames and not evidence.kids(verb, "o"):
        return False  # "responded with a “yes”"
    return cue.row.kind == "speech" and role in ("o", "x", "q", "i")


def _is_reported(frame: Frame, cue: Cue) -> bool:
    """Whether a cue stands in a clause with "that" after another: expressed regret that he had hailed it."""
    codes = frame.sentence.codes
    return any(
        other.row.kind == "speech" and _REPORTED.match(codes, other.last, cue.chunk) is not None
        for other in frame.cues.values()
        if other.chunk < cue.chunk
    )


_REPORTED = re.compile(r"[nN]?T[^,;:Q(-]*$")
# whoever declines to say something has not said it
_REFUSALS = words_of("verbs of refusal")


_ACT = re.compile(r"kB|key")


def is_refused(frame: Frame, chunk: int) -> bool:
    """Whether a verb of speech, or the one under it, is what somebody declines to do."""
    sentence = frame.sentence
    at = chunk - 2 if sentence.codes[chunk - 1 : chunk + 1] == "kB" else chunk
    if at == chunk and not _ACT.match(sentence.codes, chunk + 1):
        return False
    form = sentence.tokens.verbs.get(sentence.first[at])
    return form is not None and form.lemma in _REFUSALS


_ABOUT_WHETHER = re.compile(r"[ifF][sw](?!.*[,;:Q])")
_OF_RELATIVE = re.compile(r"[arx]*[eavy]")
# what a cue reports even where it stands after another quotation
_CLAUSE_AFTER = re.compile(
    r",|[Nnp](?:[ifF][Nn])*,[arx]*[vea]|[Nno](?:c[Nn])?k$|(?:[ik][Nno])*,?T|(?:r|i?m)*[Nnp](?:[ifF][Nn])*[rx]*[yvea]"
)
_HELD_OBJECT = re.compile(r"[nN]T(?![arx]*[yve])")
# an object, a dash, and a clause
_REMARK_AFTER = re.compile(r"[^yveaT-]*[nNo][^yveaT-]*-[^-]*[yvea]")
_GERUND = re.compile("k?[ea]")
_GERUNDS = words_of("gerunds of auxiliaries")
_BEING = re.compile(r"(?<=[Fif])e")
# a relative clause between commas
_ENCLOSED = re.compile(r",w[^,Q;]*,")
# an object with all its clauses, and its complement: hailed the vote to leave as “bold”, defended it as being “bold”
_AS_COMPLEMENT = re.compile(r"[NnopdT][^,;:Q(\-hsSb]*A[de]?$")
# a complement with a relative clause: portrayed him as a man who would be “bold”
_AS_RELATIVE = re.compile(r"[Nnop][^,;:Q(\-hsSb]*A[nN](?:,n)?[^,;:Q(\-hsSb]*[wT][arx]*[eay][^,;:Q(\-hsSbAv]*$")
_RESTRICTED = re.compile(r"[Nn](?:[ifF][Nn])*[Tw][arxe]*[vy](?:r|i?m|i?#?[Nno])+$")
# the subject of a clause whose verb is in the fragment: said she “cannot wait”, said the plan “needs work”
_SUBJECT_OF_QUOTED = re.compile(
    r"(?:^|[^ifFk#])(?:(?P<pronoun>p)|(?P<head>[Nn])(?:[ifF]#?[Nnop])*(?P<joint>,?c[Nnp])?(?:[ifF]#?[Nnop])*)(?:,[^,;:Q]{1,14},|r|i?m)*$"
)
# adverbs, times, prepositional phrases and one object between a cue and a fragment
_FILLED = re.compile(r"(?:r|i?m|#|[iFkfAS]#?[Nnop])*(?:d|[Nn]?[,:]?)$")


def _is_existential(frame: Frame, begin: int, k: int) -> bool:
    """Whether a clause with "there" stands between: said there was “no excuse”."""
    codes = frame.sentence.codes
    return any(
        frame.word(i) in ("there", "here") and re.match(r"[arx]*[eay]", codes[i + 1 : k]) for i in range(begin, k)
    )


def _is_reduced(frame: Frame, cue: Cue) -> bool:
    """Whether a naming verb is a participle after a thing: "a band called", "a business pitched as"."""
    source = cue.source
    parted = frame.sentence.codes[: cue.chunk].rstrip("r").endswith(",")
    if source is not None and source.shape == "coordinated" and parted:
        return frame.sentence.codes[cue.last : cue.last + 1] == "A"  # a note names Smith, described as “able”
    if source is None or source.shape not in ("subject", "parsed") or frame.word(source.first) == "whose":
        return False
    if source.last != cue.chunk and frame.sentence.codes[source.last : cue.chunk] != ",":
        return False
    evidence = frame.sentence.tokens.evidence
    head = frame.last_word(source.first)
    person = head in frame.lexicon.roles and not _lacks_object(frame, cue)
    form = frame.sentence.tokens.verbs.get(frame.sentence.first[cue.chunk])
    return (
        frame.sentence.codes[source.first] == "n"
        and not person
        and form is not None
        and "participle" in form.forms
        and (
            not _is_main_verb(frame.sentence.codes, cue.chunk, source.first)
            or evidence.is_reduced(evidence.token(*frame.sentence.span(cue.chunk)))
        )
    )


def _lacks_object(frame: Frame, cue: Cue) -> bool:
    """Whether a verb has its complement alone after it: a man described as “armed” left."""
    codes = frame.sentence.codes
    found = _COMPLEMENT_ALONE.match(codes, cue.last)
    return found is not None and not _object_before(codes, cue)


_COMPLEMENT_ALONE = re.compile(r"Ad?Q[arx]*[yvea]")
# verbs beside the one before them or below it: and left, where he was
_NO_MAIN_VERB = re.compile(r"[^vyecbwsST]*(?:S[^vyecbwsST]*)?$|[^vyecbwsST]*(?:,?[cb][rx]*[vyea]|[ws])")


def _is_main_verb(codes: str, verb: int, subject: int) -> bool:
    """Whether no other verb of the sentence can be the main one: a phrase and a comma at most stand before."""
    return (
        _NO_MAIN_VERB.match(codes, verb + 1) is not None
        and re.match(r"(?:.*,)?(?:r|i?m)*$", codes[:subject]) is not None
    )


def interrupts(frame: Frame, cue: Cue) -> bool:
    """Whether a cue with its source stands between commas inside the clause it reports."""
    first = cue.chunk if cue.source is None else min(cue.source.first, cue.chunk)
    first -= frame.sentence.codes[first - 1 : first] == "A"  # and, as Smith put it,
    return first > 1 and frame.sentence.codes[first - 1] == ","


# what a short report after a clause begins with: ..., Smith said; “...” as Smith said
_SET_OFF = re.compile(r"[,Q-](?:[rcb]|i?m)*$|QA$")


def _clause_tail(frame: Frame, k: int) -> Finding | None:
    """The deal was “a disgrace”, Smith said."""
    codes = frame.sentence.codes
    if is_named_work(frame, k):
        return None
    for cue in frame.cues.values():
        if cue.chunk < k or codes[cue.chunk] != "v" or not _speaks(cue.row, REPORTING | {"quote"}):
            continue
        if cue.row.kind == "action" or (cue.source is not None and cue.source.antecedent is not None):
            continue
        if cue.source is not None and cue.source.first == k + 1 and _begins_anew(frame, k, k + 1, cue):
            continue
        needs_addressee = {"addressee", "clause"} <= cue.row.frames and "quote" not in cue.row.frames
        if needs_addressee and not codes[cue.last :].strip("."):
            continue  # "court told"
        aside = codes[cue.last : cue.last + 1] == "," and interrupts(frame, cue)
        # an inverted subject may stand between
        tail = _ends_report(frame, Finding(cue, None, "tail")) or find_inverted(
            frame.sentence, cue.last - 1, frame.lexicon
        )
        if not aside and not tail:
            continue
        source = cue.source
        start = None
        if _has_object(frame, cue) or _LATER_CLAUSE.match(codes, cue.last):
            continue  # the “list” directed the staff to wait, she has seen her lead shrink
        if source is not None and source.first > cue.chunk:
            start = cue.chunk
        elif (
            source is not None
            and source.first > k
            and (found := _SET_OFF.search(codes, 0, source.first))
            and (found.group() != "QA" or cue.row.kind == "speech")
        ):
            start = source.first
        else:
            inverted = find_inverted(frame.sentence, cue.last - 1, frame.lexicon)
            if inverted is not None and codes[cue.chunk - 1] in ",Q-" and not _has_subject(cue, k):
                source, start = inverted, cue.chunk
        if source is None or start is None or not can_speak(frame.sentence, source.first, frame.lexicon):
            continue
        stop = start
        while stop > k + 1 and codes[stop - 1] in ",-rcbAs":
            stop -= 1
        if stop == start and codes[stop - 1] != "Q":
            continue
        # "in her “little book,” he wrote, “We go.”"
        circumstance = aside and codes[:1] == "i" and codes[cue.last + 1 : cue.last + 2] == "Q"
        if (
            codes[:1] in ("S", "A", "g", "G", "u", "v")
            or (codes[:1] == "s" and codes[1:2] not in ("e", "a"))
            or codes[:2] in ("ig", "iG")
            or (circumstance and frame.ends_utterance(cue.last + 1))
        ) and not _MAIN_AFTER.search(codes[:stop]):
            continue  # "While the plan is “bold”, he offered no figures"
        return Finding(cue, source, "clause-tail", stop=stop)
    return None


# the “past” page explains, in jest, that
_LATER_CLAUSE = re.compile(r"(?:,[^,;:Q]{1,12},)?T")
_BIDDEN = re.compile(r"[Nno](?:[ifF][Nn])*kB")


def _has_object(frame: Frame, cue: Cue) -> bool:
    """Whether what follows a verb is its object, not a subject after it nor somebody who is told."""
    codes, source = frame.sentence.codes, cue.source
    if _BIDDEN.match(codes, cue.last) is not None:
        return "infinitive" in cue.row.frames
    before = source is not None and source.first < cue.chunk
    return before and cue.row.kind == "attitude" and codes[cue.last : cue.last + 1] in ("N", "n", "o")


# what one goes by, and nobody's words
_MEASURES = words_of("nouns of a measure")
# according to one, citing another, ...
_CITING = re.compile(r",[gG][^,;:Qvyea]*(?=,)")


_CLAUSE_NEXT = re.compile(r"[Nnp](?:[ifF][Nnop])*[arx]*[vyea]")


def _according(frame: Frame, k: int) -> Finding | None:
    """The deal was “a disgrace”, according to Smith."""
    codes = frame.sentence.codes
    part = max(codes.rfind(mark, 0, k) for mark in ";:") + 1
    found = _ACCORDING.search(codes, part) or _ACCORDING.search(codes)
    if found is None:
        return None
    at = found.start("src")
    if codes[at] == "n" and frame.last_word(at) in _MEASURES:
        return None  # they choose “red” or “blue”, according to their taste
    last = span_source(frame, at)
    source = prefer_name(frame.sentence, Source(at, last, None, "according"), frame.lexicon)
    if source.last == at + 1 and codes[at : at + 3] == "NcN" and codes[at + 3 : at + 4] in (",", ".", ""):
        source = Source(at, at + 3, None, "joint")
    phrase = (found.start(), found.start() + 2)
    if found.start() > k:
        stop = found.start()
        while stop > k + 1 and codes[stop - 1] in ",-r":
            stop -= 1
        return Finding(None, source, "clause-tail" if codes[:k].strip("cb,r") or stop > k + 1 else "tail", phrase, stop)
    if source.last == k and frame.is_title(k, marked=True):
        return None  # according to his book “The Deal”
    comma = codes.find(",", source.last)
    if aside := _CITING.match(codes, max(comma, 0), k):
        comma = aside.end()
    if 0 <= comma < k or codes[source.last : k].strip(",:") == "":
        begin = comma + 1 if 0 <= comma < k and not re.search(r"[vyea]", codes[source.last : comma]) else None
        return Finding(None, source, "clause-lead", phrase, begin=begin)
    if _CLAUSE_NEXT.match(codes, source.last, k):  # according to Smith the deal was “a disgrace”
        return Finding(None, source, "clause-lead", phrase, begin=source.last)
    return None


# in Smith's view, to Smith, for Smith: at the head of a clause, or between its subject or its verb and the rest
_VIEW = re.compile(r"(?P<by>i)(?P<src>[nN]),")
_VIEW_INSIDE = re.compile(
    r"(?:^|(?<=[,;:cbsSTA]))(?:r|i?m)*(?P<head>[Nnp](?:[ifF][Nn])*[arx]*(?P<verb>er?)?)"
    r",(?P<by>[ik])(?P<src>[nN]),(?(verb)|[arx]*er?)$"
)
# the plan by her own admission was
_AVOWED = re.compile(r"(?:^|(?<=[,;:cbT]))(?P<head>[Nnp](?:[fF][Nn])*)(?P<by>i)(?P<src>[nN])(?=[arx]*[yvea])")
_VIEW_LAST = re.compile(r"(?P<rest>[^Q;:.]*),(?P<by>i)(?P<src>[nN])\.?$")
_SO_TO = re.compile(
    r"(?P<by>[Fk])(?:n,(?=N))?(?P<src>[Nn]),(?:n[^,;:Qyvea]*,)?(?P<clause>(?:r|i?m)*(?P<subject>[Nnp])(?:[ifF][Nn])*[arx]*er?d?)$"
)
_VIEWS = words_of("nouns of view")


def _in_view(frame: Frame, k: int) -> Finding | None:
    """In Ann Smith's view, to Ann Smith, the deal was “a disgrace”.  The deal was “a disgrace”, in Ann Smith's view."""
    codes = frame.sentence.codes
    first = codes[:1] in ("c", "b")
    found = _VIEW.match(codes, first, k) or _VIEW_LAST.match(codes, k + 1) or _SO_TO.match(codes, first, k)
    found = found or _VIEW_INSIDE.search(codes, 0, k) or _AVOWED.search(codes, 0, k)
    if found is None or not (re.search(r"[yvea]", codes[:k]) or (_begins(frame, k) and frame.begins_utterance(k))):
        return None
    at = found.start("src")
    if found.group("by") != "i":
        source, words = _viewer(frame, found.start("by"), at, k), None
        if found.re is _SO_TO and frame.word(at - 1) != "to" and codes[found.start("subject")] == "N":
            return None  # for Ann Smith, Bob Jones was “best man”
    else:
        source, words = _whose_view(frame, at), _head_span(frame, at)
    if source is None:
        return None
    phrase = (at, at + 1) if words is not None else None
    if at > k:
        return Finding(None, source, "clause-tail", (at - 1, at + 1), found.end("rest"), cue_tokens=words)
    inside = found.span("head") if found.re in (_VIEW_INSIDE, _AVOWED) else None
    begin = found.start("clause") if found.re is _SO_TO else at + 1 + (codes[at + 1] == ",")
    return Finding(None, source, "clause-lead", phrase, begin=begin, cue_tokens=words, head=inside)


def _whose_view(frame: Frame, chunk: int) -> Source | None:
    """Find whose view a phrase is: in Smith's view, in the view of Smith."""
    tags = frame.sentence.tokens.tags[frame.sentence.first[chunk] : frame.sentence.last[chunk]]
    if frame.word(chunk - 1) not in ("in", "by") or _head_word(frame, chunk) not in _VIEWS:
        return None
    if "f" in tags:
        return Source(chunk, chunk + 1, None, "shown") if _is_of_somebody(frame, chunk) else None
    return Source(chunk, chunk + 1, None, "noun-possessive") if _has_possessor(frame, chunk) else None


def _viewer(frame: Frame, preposition: int, chunk: int, k: int) -> Source | None:
    """Find to whom something is so: to Smith, to the mayor, for Ann Smith."""
    word, sentence, lexicon = frame.word(preposition), frame.sentence, frame.lexicon
    if word not in ("to", "for") or frame.is_title(k):
        return None
    if sentence.codes[chunk] == "n":
        known = word == "to" and is_person(sentence, chunk, lexicon)
    else:
        known = _is_full_name(sentence, chunk, lexicon) or (word == "to" and frame.content(chunk) not in lexicon.places)
    if not known:
        return None
    return Source(chunk, chunk + 1, None, "according")


_UNDER = re.compile(r"[cbr]*i(?P<src>[nN])(?:[ifF][Nn])*,")


def _under_rules(frame: Frame, k: int) -> Finding | None:
    """Under the town's rules, a stall may be closed when it is “a danger to those who pass”."""
    found = _UNDER.match(frame.sentence.codes, 0, k)
    if found is None or frame.word(found.start("src") - 1) != "under" or frame.is_title(k):
        return None
    at = found.start("src")
    long = frame.content(k).count(" ") >= _LONG_TERM
    if not long or frame.begins_utterance(k) or _head_word(frame, at) not in _RULES:
        return None
    if re.search("[vyea]", frame.sentence.codes[found.end() : k]) is None:
        return None
    source = Source(at, at + 1, None, "according")
    return Finding(None, source, "clause-lead", (at - 1, at), begin=found.end())


# fewer words than these are a term of the rules
_LONG_TERM = 3
_RULES = words_of("nouns of rules")
_BELONGS = re.compile(r"n[iF][Nn](?:c[Nn])?")


def span_source(frame: Frame, chunk: int) -> int:
    """Return the chunk after a source with whose it is: a report by the Ice Office, a spokesman for the bank."""
    found = _BELONGS.match(frame.sentence.codes, chunk)
    word = frame.word(chunk + 1) if found is not None else ""
    if found is None or word not in ("by", "for", "from"):
        return chunk + 1
    return found.end() if word == "by" else chunk + 3


def _noun_words(frame: Frame, k: int) -> Finding | None:
    """In the words of Smith, “we won”.  In Smith's words: “We won.” (the shape)."""
    sentence = frame.sentence
    codes = sentence.codes
    tokens = sentence.tokens
    begin, end = max(0, k - 8), min(len(codes), k + 9)
    if "words" not in tokens.word[sentence.first[begin] : sentence.last[end - 1]]:
        return None
    for i in range(begin, end):
        if codes[i] not in "nN":
            continue
        words = tokens.word[sentence.first[i] : sentence.last[i]]
        if "words" not in words:
            continue
        if not (i and frame.word(i - 1) == "in"):
            continue
        at = words.index("words")
        head = sentence.first[i] + at
        if "of" in words[at:]:
            return _in_words(codes, Source(i, i + 1, None, "words-of"), i, k, (head, head + 1))
        if "z" in tokens.tags[sentence.first[i] : head] or words[0] in POSSESSIVES:
            return _in_words(codes, Source(i, i + 1, None, "words-possessive"), i, k, (head, head + 1))
    return None


def _in_words(codes: str, source: Source, noun: int, k: int, head: tuple[int, int]) -> Finding:
    """Mixed where the phrase stands inside a clause, direct where it leads in an utterance."""
    before = codes[: noun - 1].rstrip(",")
    goes_on = before.strip("cb,r") and re.search(r"[yvea]", codes[noun + 1 : k])
    if noun < k and (goes_on or re.search(r"[yvea]", before)):
        # what the writer says before in the same clause: "Smith was, in the words of Lee, “late”"
        begin = max((found.end() for found in _CLAUSE_BREAK.finditer(before)), default=0)
        inside = (begin, len(before)) if begin < len(before) else None
        return Finding(None, source, "clause-lead", (noun, noun + 1), begin=noun + 1, cue_tokens=head, head=inside)
    return Finding(None, source, "lead" if noun < k else "tail", (noun, noun + 1), cue_tokens=head)


_CLAUSE_BREAK = re.compile(r"[,;:sST-]|(?<!p)A|c(?=T)")
# a noun of saying with what it holds: his claim that, her promise to, their call for
_NOUN = re.compile(
    r"(?P<noun>[nN])(?:i(?P<by>[Nn])|[iS]?m|[ifFS]T?[Nn])*"
    r"(?:(?:,(?:[vyu](?:r|i?m)*(?:i(?P<agent>[Nn]))?|[gG])[^,;:Q]*,(?=e?T)|[,-](?=T))?e?T|(?P<act>k)(?=r?[BvyeaQ]|$)|(?P<of>[Ffi])d?$|(?P<as>A)d?$)"
)


def _noun_that(frame: Frame, k: int) -> Finding | None:
    """Smith's claim that the deal was “a disgrace” failed."""
    found = _find_noun(frame, k)
    if found is None or ";" in frame.sentence.codes[found.end() : k]:
        return None
    noun = found.start("noun")
    last = frame.sentence.last[noun]
    owned = bool(found.group("as")) or frame.last_word(noun) not in frame.lexicon.cue_nouns
    head = _head_span(frame, noun) if owned else (last - 1, last)
    held = _span_held(frame, found, frame.sentence.tokens.word[head[0]], k)
    if held is None:
        return None
    source = _find_sayer(frame, found, owned=owned)
    if source is None and _lemma_before(frame, noun) not in _DENIALS and not _is_hearsay(frame, noun):
        return None  # denied the charge that she “lied”: nobody's, and not hers
    opponent = find_opponent(frame, noun) if source is None or source.first == noun else None
    return Finding(None, source, "clause-lead", (noun, noun + 1), held[1], held[0], head, opponent=opponent)


def _span_held(frame: Frame, found: re.Match[str], word: str, k: int) -> tuple[int, int | None] | None:
    """Find where what a noun of saying holds begins, and where it ends as far as its shape tells."""
    codes = frame.sentence.codes
    rest = _REST_OF_PHRASE.match(codes, k + 1).end()  # type: ignore[union-attr]
    if found.group("as"):
        return found.start("as") + 1, rest
    if found.group("act"):
        form = frame.lexicon.verbs.get(word)
        if form is None or form.cue is None or not form.cue.frames & {"infinitive", "act"}:
            return None
        begin = found.start("act") - (codes[found.start("act") - 2] == "F")  # a call for the board to “act”
        return begin, rest if codes[rest : rest + 1] in ("v", "y", "e", "a") else None  # "his vow to be “fair” pleased"
    if not found.group("of"):
        return found.end(), None
    begin = found.start("of") + 1
    written = "document" in frame.lexicon.cue_nouns[word] and frame.word(begin - 1) != "against"
    if written or frame.begins_utterance(k):
        return None  # her book on “late frost”; but her speech against “late fees”
    if frame.ending(k) == ",":
        return begin, k + 1
    return begin, None if codes[rest : rest + 1] == "w" and "Q" in codes[rest:] else rest


def _find_sayer(frame: Frame, found: re.Match[str], *, owned: bool) -> Source | None:
    """Find whose saying a noun is; `owned` says that its phrase goes on after it: the claim of Smith."""
    noun = found.start("noun")
    if found.group("as"):
        return Source(noun, noun + 1, None, "noun-possessive")
    if owned:
        return Source(noun, noun + 1, None, "shown")
    if found.group("by") and frame.word(found.start("by") - 1) in ("by", "among"):
        return Source(found.start("by"), found.start("by") + 1, None, "noun-by")
    if found.group("agent") and frame.word(found.start("agent") - 1) == "by":  # the charge, made by Smith, that
        return Source(found.start("agent"), found.start("agent") + 1, None, "noun-by")
    return find_owner(frame, noun)


def _is_hearsay(frame: Frame, noun: int) -> bool:
    """Whether a noun alone tells that something was said, by nobody named: the charges that she was a “spy”."""
    word = frame.last_word(noun)
    said = word in _REMARKS or word.removesuffix("s") in _REMARKS
    codes = frame.sentence.codes
    return said and codes[noun - 1 : noun] not in tuple("vygBG") and _HEARSAY.match(codes, noun) is not None


_HEARSAY = re.compile(r"[nN]T[^vyeaTQ]+[ea]")


_PARTICLES = frozenset({"forth", "forward", "out"})


def _lemma_before(frame: Frame, chunk: int) -> str:
    """Return the verb right before a phrase, or before a particle there, in its plain form; none is empty."""
    if chunk > 1 and frame.sentence.codes[chunk - 1] == "i" and frame.word(chunk - 1) in _PARTICLES:
        chunk -= 1  # laid out a vision
    form = frame.sentence.tokens.verbs.get(frame.sentence.first[chunk - 1]) if chunk else None
    return form.lemma if form is not None else ""


# verbs whose object is what another said
_DENIALS = words_of("verbs of denial")


# what words are about: his claim of, her views on
_ABOUT = words_of("object prepositions")


def _find_noun(frame: Frame, k: int) -> re.Match[str] | None:
    """Find the last noun of saying before a stretch with what introduces its clause."""
    codes = frame.sentence.codes
    for noun in range(k - 1, -1, -1):
        if codes[noun] in "nN" and (found := _NOUN.match(codes, noun, k)):
            if found.group("as"):
                if _head_word(frame, noun) in _DESCRIPTIONS and _has_possessor(frame, noun):
                    return found
                continue
            frames = frame.lexicon.cue_nouns.get(frame.last_word(noun))
            if frames is None and _is_of_somebody(frame, noun):
                frames = frame.lexicon.cue_nouns.get(_head_word(frame, noun))  # the claim of Smith that
            about = found.group("of") is None or frame.word(found.start("of")) in _ABOUT
            if frames is not None and about and ("of" if found.group("of") else "that") in frames:
                return found
    return None


_DESCRIPTIONS = words_of("nouns of describing")
# a phrase after a fragment inside it: a “total” ban on travel
_REST_OF_PHRASE = re.compile(r"[nN]?(?:[ifF]#?[Nnop])*")


def _has_possessor(frame: Frame, chunk: int) -> bool:
    """Whether a phrase names whose it is: "Smith's claim", "her claim"."""
    tokens, first = frame.sentence.tokens, frame.sentence.first[chunk]
    return "z" in tokens.tags[first : frame.sentence.last[chunk]] or tokens.word[first] in POSSESSIVES


def find_owner(frame: Frame, noun: int) -> Source | None:
    """Find whose saying a noun is: "Smith's claim", "Smith repeated his claim", "Smith made the claim"."""
    if not _has_possessor(frame, noun):
        return _find_utterer(frame, noun)
    cue = next((cue for cue in frame.cues.values() if cue.last == noun), None)
    own = frame.word(noun) in POSSESSIVES and cue is not None and cue.row.lemma in _REPEATING
    if own and cue is not None and cue.source is not None and cue.source.last <= cue.chunk:
        return cue.source
    return Source(noun, noun + 1, None, "noun-possessive")


def find_opponent(frame: Frame, noun: int) -> Source | None:
    """Find who denies what a noun is for: Smith rejected his claim."""
    return find_subject(frame.sentence.codes, noun) if _lemma_before(frame, noun) in _DENIALS else None


def _find_utterer(frame: Frame, noun: int) -> Source | None:
    """Find who gives words that are nobody's otherwise: "Smith made the point that"."""
    codes = frame.sentence.codes
    if not (_is_said_with(frame, noun) or _is_insisted(frame, noun) or _is_uttered(frame, noun)):
        return None
    source = find_subject(codes, noun)
    return source if source is not None and can_speak(frame.sentence, source.first, frame.lexicon) else None


def _is_said_with(frame: Frame, noun: int) -> bool:
    """Whether a noun is what somebody speaks with: opened with a call to, launched into a lament for."""
    codes = frame.sentence.codes
    if _WITH_NOUN.search(codes, 0, noun) is None or frame.word(noun - 1) not in ("into", "with"):
        return False
    return _RELATIVE_NOUN.match(codes, noun) is None


def _is_insisted(frame: Frame, noun: int) -> bool:
    """Whether a word tells how sure somebody is: was adamant that, is of the view that."""
    codes, word = frame.sentence.codes, frame.last_word(noun)
    return (codes[noun - 1] == "e" and word in _INSISTENT) or (codes[noun - 2 : noun] == "ef" and word in _VIEWS)


def _is_uttered(frame: Frame, noun: int) -> bool:
    """Whether a noun is the object of a verb of uttering, and holds words: made the point that."""
    codes, lemma = frame.sentence.codes, _lemma_before(frame, noun)
    if lemma not in UTTERING:
        return False
    before = codes[: noun - 1].rstrip("rx")
    if "x" in codes[len(before) : noun - 1] or (before[-1:] in ("a", "k") and frame.word(noun - 1) == lemma):
        return False  # never made the point, could make it
    content = _SURE_CONTENT if frame.word(noun) in ("a", "an") else _CONTENT
    aimed = codes[noun + 1 : noun + 2] == "i" and frame.word(noun + 1) in ("against", "at")  # took a swipe at “cheats”
    return aimed or content.match(codes, noun) is not None  # not: made a speech that lasted three hours


# a noun with the clause that it holds, no relative one; after "a" the clause needs an auxiliary: a claim that he made
_CONTENT = re.compile(r"[nN](?:[^T]*T(?![rx]*[vyea])|x?k|[Ff]d?Q)")
_SURE_CONTENT = re.compile(r"[nN](?:[^T]*T[^vyeaTQ]+[ae]|x?k|[Ff]d?Q)")
_INSISTENT = words_of("adjectives of insisting")
_RELATIVE_NOUN = re.compile(r"[nN]T[rx]*[vyea]")
_WITH_NOUN = re.compile(r"[vyg]r*i$")
# verbs whose object is words, and the subject's own
UTTERING = words_of("verbs of uttering")
# verbs whose object is the subject's own saying
_REPEATING = words_of("verbs of repeating")
# nouns of crying out
_CALLS = words_of("nouns of calling out")
_MADE_TO_CALL = re.compile(r"[vygB](?P<src>[Nno])[ik]$")
_CALL = re.compile(r"(?P<noun>n)f(?:Q,?c?)*$")


def _noun_of(frame: Frame, k: int) -> Finding | None:
    """They met him with cries of “shame”."""
    found = _CALL.search(frame.sentence.codes[:k])
    if found is None or frame.last_word(found.start("noun")) not in _CALLS:
        return None
    noun = found.start("noun")
    head = (frame.sentence.last[noun] - 1, frame.sentence.last[noun])
    source = None
    if _has_possessor(frame, noun):
        source = Source(noun, noun + 1, None, "noun-possessive")
    elif re.search(r"[Nnp][rax]*[vyg](?:r|i?m|k?o|i|k)*$", frame.sentence.codes[:noun]):
        source = find_subject(frame.sentence.codes, noun)  # "the crowd broke into chants of"
    elif found := _MADE_TO_CALL.search(frame.sentence.codes[:noun]):
        source = Source(found.start("src"), found.end("src"), None, "object")  # "led the crowd in chants of"
        source = source if can_speak(frame.sentence, source.first, frame.lexicon) else None
    return Finding(None, source, "object", (noun, noun + 1), cue_tokens=head)


def _noun_after(frame: Frame, k: int) -> Finding | None:
    """Smith's “disgrace” remark."""
    sentence = frame.sentence
    if k == 0 or sentence.codes[k + 1 : k + 2] != "n" or sentence.codes[k - 1] not in "nN":
        return None
    if sentence.tokens.tags[sentence.last[k - 1] - 1] != "z" or frame.is_title(k):
        return None
    last = sentence.last[k + 1]
    if frame.last_word(k + 1) not in _REMARKS:
        return None
    return Finding(None, Source(k - 1, k, None, "possessor"), "object", (k + 1, k + 2), cue_tokens=(last - 1, last))


_IS_NOUN = re.compile(r",?(?:-T)?r*e(?:r|x)*(?P<noun>[nN])(?:i(?P<by>[Nn]))?(?:,[nN][^Q;:,]*)?[.,]?$")


def _tail_noun(frame: Frame, k: int) -> Finding | None:
    """“We won,” was Smith's answer.  “We won,” was the answer from Smith."""
    found = _IS_NOUN.match(frame.sentence.codes, k + 1)
    if found is None or not _begins(frame, k) or not frame.begins_utterance(k):
        return None
    noun = found.start("noun")
    if "colon" not in frame.lexicon.cue_nouns.get(_head_word(frame, noun), ()):
        return None
    last = frame.sentence.last[noun]
    if _has_possessor(frame, noun):
        source = Source(noun, noun + 1, None, "noun-possessive")
    elif found.group("by") and frame.word(found.start("by") - 1) == "from":
        source = Source(found.start("by"), found.end("by"), None, "noun-by")
    elif "f" in frame.sentence.tokens.tags[frame.sentence.first[noun] : last] and _is_of_somebody(frame, noun):
        source = Source(noun, noun + 1, None, "shown")
        last = frame.sentence.first[noun] + frame.sentence.tokens.tags[frame.sentence.first[noun] : last].index("f")
    else:
        return None
    return Finding(None, source, "tail", (noun, noun + 1), cue_tokens=(last - 1, last))


def _is_of_somebody(frame: Frame, chunk: int) -> bool:
    """Whether a phrase is of a name or a person: the verdict of Smith; not: the verdict of history."""
    sentence = frame.sentence
    tags = sentence.tokens.tags[sentence.first[chunk] : sentence.last[chunk]]
    return tags[-1] == "N" or frame.last_word(chunk) in frame.lexicon.roles


_REMARKS = words_of("nouns of what somebody said")


def _lead_colon(frame: Frame, k: int) -> Finding | None:
    """Smith had one message: “We won.” (the shape)."""
    codes = frame.sentence.codes
    if k == 0 or (frame.is_title(k) and frame.ending(k) != "."):
        return None
    found = _NOUN_IS.search(codes[:k])  # "His answer was, “...”", "Her message to voters was simple: “...”"
    if found is not None and (codes[k - 1] in ":," or frame.ends_utterance(k)) and frame.begins_utterance(k):
        noun = found.start("noun")
        if "colon" in frame.lexicon.cue_nouns.get(_head_word(frame, noun), ()) and _has_possessor(frame, noun):
            return Finding(None, Source(noun, noun + 1, None, "noun-possessive"), "lead")
        sent = _FROM_SOMEBODY.match(codes, noun)
        if sent is not None and frame.word(sent.start("from")) == "from" and _is_message(frame, noun):
            at = sent.start("src")
            return Finding(None, Source(at, at + 1, None, "noun-by"), "lead")
    if codes[k - 1] == "-":
        return _lead_dash(frame, k)
    if codes[k - 1] != ":" or _follows_label(frame, k):
        return None
    if (author := find_author(frame, k)) is not None:
        return Finding(None, author, "lead")
    if codes[max(0, k - 3) : k - 1] in ("N", "n", ".N", ".n") and (
        _is_topic(frame, k - 2, k) or _is_label(frame, k - 2)
    ):
        return None
    if _NOUN_ALONE.fullmatch(codes, 0, k) and "colon" in frame.lexicon.cue_nouns.get(frame.last_word(0), ()):
        own = frame.word(0) in POSSESSIVES or "z" in frame.sentence.tokens.tags[: frame.sentence.last[0]]
        if own or codes[1:2] != "i" or frame.word(1) != "from":  # His answer: “We won.”
            return Finding(None, Source(0, 1, None, "noun-possessive"), "lead") if own else None
    if (floor := codes.rfind("Q", 0, k)) >= 0:  # said it was “late”, but he had one question: “...”
        source = find_subject(codes, k - 1)
        whole = codes[0] == "Q" and floor == 0 and frame.ending(0) in ".?!"
        new = source is not None and source.first > floor and (whole or _NEW_CLAUSE.search(codes[: source.first]))
        return Finding(None, source, "lead") if new and _speaking(frame, source) else None
    source = None
    found = re.search(r"i(?P<src>N(?:,?cN)?|n)(?:(?<=N)iN)?(?:,[^:Q]*)?$", codes[: k - 1])
    if found and frame.word(found.start()) == "from" and can_speak(frame.sentence, found.start("src"), frame.lexicon):
        # "And from Chairwoman Smith:"
        source = Source(*found.span("src"), None, "joint" if "c" in found.group("src") else "from")
    if codes[k - 2] == "N" and _is_full_name(
        frame.sentence, k - 2, frame.lexicon
    ):  # "It surprised nobody less than Ann Smith:"
        source = source or _speaking(frame, find_subject(codes, k - 1)) or Source(k - 2, k - 1, None, "heading")
    source = source or find_subject(codes, k - 1)
    if source is None:
        found = re.search(r"(?P<src>[Nnp])[arx]*[yvea]", codes[: k - 1]) or re.match(
            r"(?:[^Nnp]*)(?P<src>[Nnp])", codes[: k - 1]
        )
        if found is None:
            return None
        source = Source(found.start("src"), found.start("src") + 1, None, "clause-subject")
    source = prefer_name(frame.sentence, source, frame.lexicon)
    if source.shape in ("from", "joint") or _speaking(frame, source):
        return Finding(None, source, "lead")
    found = _NOUN_LAST.search(codes[:k])  # "It rests on Smith's words: “...”"
    if found is None or "colon" not in frame.lexicon.cue_nouns.get(_head_word(frame, found.start("noun")), ()):
        return None
    noun = found.start("noun")
    return (
        Finding(None, Source(noun, noun + 1, None, "noun-possessive"), "lead") if _has_possessor(frame, noun) else None
    )


# somebody else's words, and whose they are: the famous line by Smith
_AUTHORED = re.compile(r"(?P<noun>n)(?P<by>i)(?P<src>[Nn])(?:,[^,:;Qyvea]*)?:$")
_QUOTING = words_of("verbs of quoting")
_QUOTED_WORDS = words_of("nouns of quoted words")


def find_author(frame: Frame, k: int) -> Source | None:
    """Find whose words a colon leads in: the famous line by Smith: “...”; a word of Smith's: “...”."""
    sentence = frame.sentence
    found = _AUTHORED.search(sentence.codes, 0, k)
    if found is not None:
        at, noun = found.start("src"), found.start("noun")
        told = frame.word(found.start("by")) in ("by", "from") and (
            sentence.codes[at] == "N" or is_person(sentence, at, frame.lexicon)
        )
        return Source(at, at + 1, None, "from") if told and frame.last_word(noun) in _QUOTED_WORDS else None
    noun = k - 2
    if sentence.codes[max(noun, 0) : k] != "n:" or _head_word(frame, noun) not in _QUOTED_WORDS:
        return None
    tags = sentence.tokens.tags[sentence.first[noun] : sentence.last[noun]]
    return Source(noun, noun + 1, None, "shown") if "f" in tags and _is_of_somebody(frame, noun) else None


def _gives_words(frame: Frame, cue: Cue, k: int) -> bool:
    """Whether a verb gives another's words: he ended with a line from Smith: “...”; he quoted her words: “...”."""
    return (cue.row.kind == "action" or cue.row.lemma in _QUOTING) and find_author(frame, k) is not None


def _is_message(frame: Frame, chunk: int) -> bool:
    """Whether a phrase is a saying of somebody."""
    return "colon" in frame.lexicon.cue_nouns.get(_head_word(frame, chunk), ())


_FROM_SOMEBODY = re.compile(r"[nN](?P<from>i)(?P<src>[Nn])")
_FIRST = words_of("first-person pronouns")
_PLAIN = re.compile(r"(?:r|i?m|i[Nn],)*(?P<src>[Nnp])(?:[ifF][Nn])*(?:,[^,;:Qyvea]*,)?[arx]*[yve][^Qc,;:-]*-$")


def _lead_dash(frame: Frame, k: int) -> Finding | None:
    """Ann Smith was blunt – “I do not care.” (the shape)."""
    found = _PLAIN.match(frame.sentence.codes, 0, k)
    words = _VERBAL.findall(frame.content(k).lower())
    if found is None or not frame.ends_utterance(k) or frame.is_title(k) or not _FIRST & set(words):
        return None
    at = found.start("src")
    source = Source(at, at + 1, None, "clause-subject")
    return Finding(None, source, "lead") if _speaking(frame, source) else None


_POINTERS = words_of("pronouns for things")
# somebody's saying with what it is about: Smith's warning to voters
_NOUN_ALONE = re.compile(r"[nN](?:[ifkF][Nnop])*:")
_NOUN_LAST = re.compile(r"(?P<noun>[nN])(?:i[NnmG]|i?m)*:$")
_NOUN_IS = re.compile(
    r"(?:^|(?<=[,;:cbsSATQ.(-]))(?:r|i?m)*(?P<noun>[nN])(?:[ikfFA][NnmpG]|i?m|r|\([^()]*\))*a?e(?:r|x|n|d)*[:,]?$"
)


def _head_word(frame: Frame, chunk: int) -> str:
    """Return the head noun of a phrase: of "his answer to all of us" it is "answer"."""
    return frame.sentence.tokens.word[_head_span(frame, chunk)[0]]


def _head_span(frame: Frame, chunk: int) -> tuple[int, int]:
    """Return the token of the head noun of a phrase, as a range."""
    tokens, first, last = frame.sentence.tokens, frame.sentence.first[chunk], frame.sentence.last[chunk]
    end = tokens.tags.index("f", first + 1) if "f" in tokens.tags[first + 1 : last] else last
    return end - 1, end


_NEW_CLAUSE = re.compile(r"(?:;|[,Q][cb])(?:r|i?m)*$")


def _speaking(frame: Frame, source: Source | None) -> Source | None:
    """The source, if it is a person or a body."""
    if source is None:
        return None
    last = frame.sentence.last[source.first] - 1
    if frame.sentence.codes[source.first] == "n" or frame.sentence.tokens.tags[last] == "n":
        return source if _is_speaker(frame, last) or _argues(frame, source) else None
    return None if frame.word(source.first) in _POINTERS else source


_MAKES = re.compile(r"[arx]*[vyg]r*[nN](?:[ifF][Nn])*:Q")


def _argues(frame: Frame, source: Source) -> bool:
    """Whether a text has words for its object: Smith's letter makes a case; not: the letter had three pages."""
    found = _MAKES.match(frame.sentence.codes, source.last)
    if found is None or not is_document(frame, source.first):
        return False
    return "colon" in frame.lexicon.cue_nouns.get(_head_word(frame, found.end() - 3), ())


def _is_speaker(frame: Frame, token: int) -> bool:
    """Whether a noun is one for a person or a body."""
    word, lexicon = frame.sentence.tokens.word[token], frame.lexicon
    return word in lexicon.roles or lexicon.organizations.get(word.title(), ("",))[0] == "keyword"


def _is_full_name(sentence: Sentence, chunk: int, lexicon: Lexicon) -> bool:
    """Whether a phrase ends in a person's name that a title, a role or a first name shows."""
    words = sentence.tokens.word[sentence.first[chunk] : sentence.last[chunk]]
    tags = sentence.tokens.tags[sentence.first[chunk] : sentence.last[chunk]]
    return tags[-1] == "N" and (
        "t" in tags or any(word in lexicon.roles or word.title() in lexicon.given_names for word in words[:-1])
    )


def _heading_colon(frame: Frame, k: int) -> Finding | None:
    """Smith: ‘we won’ (the shape)."""
    codes = frame.sentence.codes
    name = _AFTER_DASH.search(codes[:k]) if codes[k - 1 : k] == ":" else None
    if name is not None and frame.word(name.start()) in _DASHES:  # "Pollsters agree – Ann Smith: “...”"
        shape = "joint" if "c" in name.group("src") else "heading"
        return Finding(None, Source(name.start("src"), name.end("src"), None, shape), "lead")
    if interview := re.match(r"ni(?P<src>N):", codes):  # "Lunch with Ann Smith: ‘we won’"
        at = interview.start("src")
        return Finding(None, Source(at, at + 1, None, "heading"), "lead") if interview.end() == k else None
    found = re.match(r"[cb]?(?:[iF]N,)?(?P<src>[Nn])(?:i[NnG][^:Qvyea]{0,12}|,[^:Qvyea]*)?:", codes)
    if found is None or found.end() > k or "Q" in codes[: found.end()]:
        return None
    if (author := find_author(frame, found.end())) is not None:
        return Finding(None, author, "lead") if found.end() == k else None
    between = codes[found.end() : k]
    at = found.start("src")
    last = frame.sentence.last[at]
    if frame.sentence.tokens.tags[last - 1] == "n":
        told = _is_speaker(frame, last - 1) or "document" in frame.lexicon.cue_nouns.get(frame.last_word(at), ())
        if not told or (codes[at] == "n" and not frame.heading):
            return None  # "Water level: ‘critical’"
    if _is_label(frame, at) or _is_possessed(frame, at):
        return None
    if not between and _is_topic(frame, at, k):
        return None
    if (met := _MET.search(between)) and frame.last_word(found.end() + met.start()) in _OCCASIONS:
        return None  # "Ann Smith: an interview with ‘the Poet’"
    for cue in frame.cues.values():
        if (
            found.end() <= cue.chunk < k
            and cue.source is not None
            and cue.source.first >= found.end()
            and not _yields(frame, cue, cue.source)
        ):
            return None  # "The Latest: Smith declares ‘revolution’"
    # ‘No idea’ if the bridge will open
    goes_on = frame.heading and frame.ending(k).isalnum() and codes[k + 1 : k + 2].strip(".,;:-")
    placement = "clause-lead" if between or goes_on else "lead"
    return Finding(None, Source(at, at + 1, None, "heading"), placement)


_MET = re.compile(r"nid?$")
_OCCASIONS = words_of("occasions")


def _is_possessed(frame: Frame, at: int) -> bool:
    """Whether a phrase before a colon is somebody's saying: Smith's verdict."""
    return "colon" in frame.lexicon.cue_nouns.get(frame.last_word(at), ()) and _has_possessor(frame, at)


def _is_label(frame: Frame, at: int) -> bool:
    """Whether a phrase before a colon is the label of a notice: Ticket price, Read more; not Ann Price."""
    if frame.content(at).lower() in _LABELS:
        return True
    return frame.last_word(at) in _LABELS and not _is_full_name(frame.sentence, at, frame.lexicon)


def _is_topic(frame: Frame, at: int, k: int) -> bool:
    """Whether a label only names what follows: "Weather: “wet”", "Chile: ‘gold fever’ spreads"."""
    if frame.begins_utterance(k):
        return False
    sentence, lexicon = frame.sentence, frame.lexicon
    word = frame.text[slice(*sentence.span(at))]
    if word in lexicon.places:
        return re.match(r"[arx]*[yvea]", sentence.codes[k + 1 :]) is not None
    known = word in lexicon.given_names or word in lexicon.organizations or word in lexicon.demonyms
    headline = frame.heading and not sentence.tokens.title_case
    return not headline and not known and " " not in word and " " not in frame.content(k)


def _byline_after(frame: Frame, k: int) -> Finding | None:
    """“We won.” – Ann Smith.  ‘We won’: Ann Smith (the shape)."""
    codes = frame.sentence.codes
    found = re.match(r"-+(?P<src>N)(?:,[^Q:;]*)?\.?$", codes[k + 1 :])
    if found is None or not _begins(frame, k) or frame.is_title(k) or " " not in frame.content(k):
        return _heading_last(frame, k)
    at = k + 1 + found.start("src")
    return Finding(None, Source(at, at + 1, None, "byline"), "tail")


def _heading_last(frame: Frame, k: int) -> Finding | None:
    """‘We won’: Ann Smith (the shape)."""
    codes = frame.sentence.codes
    if (k and not _follows_label(frame, k)) or frame.is_title(k):
        return None
    acts = _HEADLINE_SUBJECT.match(codes, k + 1) if frame.heading else None
    if acts is not None and can_speak(frame.sentence, k + 2, frame.lexicon) and _may_be_said(frame, k, acts.end() - 1):
        joint = "joint" if "c" in acts.group("src") else "heading"
        return Finding(None, Source(*acts.span("src"), None, joint), "tail")
    if not _SOURCE_LAST.fullmatch(codes, k):
        return None
    if codes[k + 2] == "n" and not is_person(frame.sentence, k + 2, frame.lexicon):
        return None
    return Finding(None, Source(k + 2, k + 3, None, "heading"), "tail")


_SOURCE_LAST = re.compile(r"Q[:-]N\.?|Q:Ni[nNG][^Q]*|Q:n")
# ‘We lost’: Ann Smith leaves early
_HEADLINE_SUBJECT = re.compile(r":(?P<src>[Nn](?:[ifF][Nn])*|[Nn]c[Nn])[arx]*[vy]")
# whom a headline's quotation speaks of, who may be the one that it names
_SPOKEN_OF = words_of("pronouns for one spoken of")


def _may_be_said(frame: Frame, k: int, verb: int) -> bool:
    """Whether a headline's words may be those of whoever acts in it: ‘We lost’; not ‘She was brave’, ‘Old town’."""
    words = frozenset(_VERBAL.findall(frame.content(k).lower()))
    if not words & _SPOKEN_OF:
        return any(frame.lexicon.tags.get(word, "n") in "pea" for word in words)
    return verb in frame.cues and frame.cues[verb].row.kind == "speech"


def _follows_label(frame: Frame, k: int) -> bool:
    """Whether nothing but the label of a notice stands before a stretch: Read more: ‘I quit’."""
    if frame.sentence.codes[k - 1 : k] != ":":
        return False
    start, end = frame.sentence.span(0)[0], frame.sentence.span(k - 1)[0]
    return frame.text[start:end].lower().strip() in _LABELS


def _turn_label(frame: Frame, k: int) -> Finding | None:
    """SMITH: We won."""
    codes = frame.sentence.codes
    if frame.turn and frame.word(0).rstrip(".") in _NOBODY:
        return Finding(None, None, "lead")
    if not frame.turn or codes[k - 1 : k] != ":":
        return None
    bracket = codes.find("(", 0, k)
    holder = bracket + 1 if codes[bracket : bracket + 3] == "(N)" else 0
    if holder and is_person(frame.sentence, 0, frame.lexicon) and _is_full_name(frame.sentence, holder, frame.lexicon):
        return Finding(None, Source(holder, holder + 1, None, "heading"), "lead")  # The Minister for Roads (Ann Smith)
    comma = codes.find(",", 0, k)
    last = min((at for at in (bracket, comma) if at > 0), default=k - 1)
    return Finding(None, Source(0, last, None, "heading"), "lead")


def _beat(frame: Frame, sentence: Sentence | None) -> Finding | None:
    """The person whom the neighbouring sentence of the paragraph is about."""
    if sentence is None or "Q" in sentence.codes or frame.sentence.codes.replace("Q", "").strip(".,-:"):
        return None
    codes = sentence.codes
    source = find_subject(codes, len(codes))
    if source is None or codes[: source.first].strip("rcbim,"):
        return None
    tokens = sentence.tokens
    word = tokens.word[sentence.first[source.first]]
    if codes[source.first] == "p" and word not in ("he", "she", "i"):
        return None
    if codes[source.first] == "n" or (
        codes[source.first] == "N" and tokens.tags[sentence.last[source.first] - 1] != "N"
    ):
        head = tokens.word[sentence.last[source.first] - 1]
        role = frame.lexicon.roles.get(head)
        if role is None or role.plural or (head in _FURNITURE and not _acts_on(sentence, source)):
            return None
    return Finding(None, source, "lead", elsewhere=sentence)


_FURNITURE = words_of("roles that are things too")
_ACT_ON = re.compile(r"(?:,[^,]*,)?(?:r|i?m)*[yv]r*[nNo]|,N")


def _acts_on(sentence: Sentence, source: Source) -> bool:
    """Whether a subject does something to something, or is named: the chair opened the meeting; not: creaked."""
    return _ACT_ON.match(sentence.codes, source.last) is not None


# Smith's answer? “Never.”
_ASKED_FOR = re.compile(r"[cb]?[nN](?:[ikfF][NnpG])*\.")


def _beat_before(frame: Frame, _k: int) -> Finding | None:
    """Smith put down the lamp. “We won.” (the shape).  In May, Smith said it was over. “We won.” (the shape)."""
    before = frame.before
    if before is None or frame.sentence.codes.replace("Q", "").strip(".,-:"):
        return None
    if "Q" in before.codes:
        source = _find_interrupter(before, frame.lexicon)
        return Finding(None, source, "lead", elsewhere=before) if source is not None else None
    if _ASKED_FOR.fullmatch(before.codes):
        asked = Frame(frame.text, before, frame.lexicon, {}, frame.heading)
        noun = asked.sentence.codes.find("n") if "n" in before.codes else before.codes.find("N")
        if "colon" in frame.lexicon.cue_nouns.get(_head_word(asked, noun), ()) and _has_possessor(asked, noun):
            return Finding(None, Source(noun, noun + 1, None, "noun-possessive"), "lead", elsewhere=before)
    source = find_teller(before, frame.lexicon)
    return _beat(frame, before) if source is None else Finding(None, source, "lead", elsewhere=before)


# “...,” Smith said, and Jones cut in.
_BREAKS_IN = re.compile(r"Q[^Q]*,[cb](?P<src>[Nnp])(?:[ifF][Nn])*r*(?P<verb>v)[iroNn]*\.$")


def _find_interrupter(sentence: Sentence, lexicon: Lexicon) -> Source | None:
    """Find who answers the words of another at the end of a sentence."""
    found = _BREAKS_IN.search(sentence.codes)
    form = sentence.tokens.verbs.get(sentence.first[found.start("verb")]) if found is not None else None
    if found is None or form is None or form.cue is None or not can_speak(sentence, found.start("src"), lexicon):
        return None
    after = sentence.tokens.word[sentence.last[found.start("verb")] :][:2]
    if not form.cue.response and form.cue.particles.isdisjoint(after):
        return None
    return Source(found.start("src"), found.start("src") + 1, None, "subject")


def find_teller(sentence: Sentence, lexicon: Lexicon) -> Source | None:
    """Find who reports something in a sentence, by its first verb of speech, or reads a text out."""
    presented = _PRESENTED.match(sentence.codes)
    if presented is not None and sentence.tokens.word[sentence.first[presented.start("from")]] == "from":
        return Source(presented.start("src"), presented.start("src") + 1, None, "from")
    for chunk, code in enumerate(sentence.codes):
        form = sentence.tokens.verbs.get(sentence.first[chunk]) if code == "v" else None
        if form is None or not (_reports(form) or _shows(form) or _makes_public(sentence, chunk, form, lexicon)):
            continue
        source = find_source(sentence, chunk, {}, lexicon)
        if not _reports(form) and _shows(form) and (source is None or not _is_study(sentence, source, lexicon)):
            continue
        if source is None and sentence.codes[chunk - 1 : chunk] == ",":
            source = find_inverted(sentence, chunk, lexicon)
        if source is None or source.antecedent is not None or sentence.codes[max(0, source.first - 1)] in "sSA":
            return None
        single = sentence.codes[source.first] != "p" or sentence.tokens.word[sentence.first[source.first]] in _TELLERS
        return source if single and can_speak(sentence, source.first, lexicon) else None
    return None


# And this is from Ann Smith, the mayor.
_PRESENTED = re.compile(r"[cr]*p(?:[er]|z)*(?P<from>i)(?P<src>N)(?:[,(w]|\.?$)")
_TELLERS = words_of("pronouns for one teller")
_PUBLISHING = words_of("verbs of making public")
# the object of a verb: read out his letter, issued a statement
_OBJECT = re.compile(r"i?(?P<obj>n)")


def _reports(form: VerbForm) -> bool:
    """Whether a verb form reports a clause."""
    return form.cue is not None and form.cue.kind == "speech" and bool(form.cue.frames & REPORTING)


def _shows(form: VerbForm) -> bool:
    """Whether a verb form says what somebody thinks, or what a document finds."""
    return form.cue is not None and form.cue.kind == "attitude" and "clause" in form.cue.frames


def _is_study(sentence: Sentence, source: Source, lexicon: Lexicon) -> bool:
    """Whether a source is a document: the report found that."""
    first, last = sentence.first[source.first], sentence.last[source.first]
    tags = sentence.tokens.tags[first:last]
    head = first + (tags.index("f") if "f" in tags else len(tags)) - 1
    return "document" in lexicon.cue_nouns.get(sentence.tokens.word[head], ())


def _makes_public(sentence: Sentence, chunk: int, form: VerbForm, lexicon: Lexicon) -> bool:
    """Whether a verb makes the words of its object public: read out his letter, issued a statement."""
    if form.lemma not in _PUBLISHING or (found := _OBJECT.match(sentence.codes, chunk + 1)) is None:
        return False
    words, at = sentence.tokens.word, found.start("obj")
    first, last = sentence.first[at], sentence.last[at]
    written = any("document" in lexicon.cue_nouns.get(word, ()) for word in words[first:last])
    return written and words[last : last + 1] != ["from"]


# that was how Smith put it; that was Smith's verdict, the verdict of Smith, the message from Smith
_THAT_WAS = re.compile(
    r"T[arx]*er*(?:(?P<how>s)(?P<src>[Nnp])(?:[ifF][Nn])*[arx]*(?P<cue>v)|(?P<noun>[nN])(?:(?P<from>i)(?P<sender>[Nn]))?)"
)


def _find_summer(frame: Frame, sentence: Sentence) -> Source | None:
    """Find whom a sentence after quoted words gives them to: that was how Smith put it, that was Smith's verdict."""
    found = _THAT_WAS.match(sentence.codes)
    if found is None:
        return None
    after = Frame(frame.text, sentence, frame.lexicon, {}, frame.heading)
    if found.group("how"):
        form = sentence.tokens.verbs.get(sentence.first[found.start("cue")])
        at = found.start("src")
        told = form is not None and form.cue is not None and after.word(found.start("how")) == "how"
        told = told and can_speak(sentence, at, frame.lexicon)
        return Source(at, at + 1, None, "subject") if told else None
    noun = found.start("noun")
    if not _is_message(after, noun):
        return None
    if found.group("from") and after.word(found.start("from")) == "from":
        return Source(found.start("sender"), found.end("sender"), None, "noun-by")
    if _has_possessor(after, noun):
        return Source(noun, noun + 1, None, "noun-possessive")
    return Source(noun, noun + 1, None, "shown") if _is_of_phrase(after, noun) else None


def _is_of_phrase(frame: Frame, chunk: int) -> bool:
    """Whether a phrase goes on with who it is of: the verdict of Smith."""
    tags = frame.sentence.tokens.tags[frame.sentence.first[chunk] : frame.sentence.last[chunk]]
    return "f" in tags and _is_of_somebody(frame, chunk)


def _beat_after(frame: Frame, _k: int) -> Finding | None:
    """“We won.” Smith put down the lamp.  “We won.” That was how Smith put it."""
    after = frame.after
    if after is not None and "Q" not in after.codes and not frame.sentence.codes.replace("Q", "").strip(".,-:"):
        source = _find_summer(frame, after)
        if source is not None:
            return Finding(None, source, "lead", elsewhere=after)
    return _beat(frame, frame.after) if frame.before is None else None


RULES: tuple[DirectRule, ...] = (
    DirectRule(
        "turn.label",
        _turn_label,
        "ANN SMITH: We won.\n\nBOB JONES: Who did?\n\nANN SMITH: We did.\n\nBOB JONES: Well done.",
        "ANN SMITH: We won.",
        "transcript",
    ),
    DirectRule(
        "tail.subject-verb",
        _tail_subject_first,
        "“We won,” Ann Smith said.",
        "“We won” was all over the papers.",
        "news style",
        needs=_VERB,
    ),
    DirectRule(
        "tail.verb-subject",
        _tail_verb_first,
        "“We won,” said Ann Smith.",
        "“We won” said it all.",
        "news style",
        needs=frozenset("v"),
    ),
    DirectRule(
        "byline.after",
        _byline_after,
        "“We won the vote.” – Ann Smith",
        "“We won” – a slogan.",
        "textacy issue 383; headline style",
        needs=frozenset(":-"),
    ),
    DirectRule(
        "tail.noun",
        _tail_noun,
        "“We won,” was Ann Smith's answer.",
        "“We won,” was Ann Smith's dream.",
        "news style",
        needs=frozenset("e"),
    ),
    DirectRule(
        "words.noun",
        _noun_words,
        "In the words of Ann Smith, “we won”.",
        "The words “we won” were painted over.",
        "Guardian annotation guide",
        needs=frozenset("nN"),
    ),
    DirectRule(
        "heading.colon",
        _heading_colon,
        "Smith: ‘we won’",
        "Rain: ‘wet’ days ahead?",
        "headline style",
        needs=frozenset(":"),
    ),
    DirectRule(
        "lead.cue", _lead_cue, "Ann Smith said: “We won.”", "Ann Smith read “War and Peace”.", "news style", needs=_VERB
    ),
    DirectRule(
        "clause.lead",
        _clause_cue,
        "Ann Smith said the deal was “a disgrace”.",
        "Ann Smith walked past the “wet paint” sign.",
        "PARC: mixed",
        needs=_VERB,
    ),
    DirectRule(
        "noun.that",
        _noun_that,
        "Ann Smith's claim that the deal was “a disgrace” failed.",
        "The house that “a disgrace” built.",
        "PARC: noun cues",
        needs=frozenset("nN"),
    ),
    DirectRule(
        "noun.of",
        _noun_of,
        "The crowd broke into chants of “shame on you”.",
        "The house of “shame” is closed.",
        "PARC: noun cues",
        needs=frozenset("f"),
    ),
    DirectRule(
        "noun.after",
        _noun_after,
        "Ann Smith's “lazy voters” remark was recalled.",
        "Ann Smith's “lazy” dog was recalled.",
        "PARC: noun cues",
        needs=frozenset("n"),
    ),
    DirectRule(
        "tail.subject-verb-inner",
        _tail_subject_inner,
        "The plan, “a disgrace,” Ann Smith said, was dead.",
        "The plan, “a disgrace”, is dead.",
        "news style",
        needs=_VERB,
    ),
    DirectRule(
        "tail.verb-subject-inner",
        _tail_verb_inner,
        "The plan is “a disgrace,” said Ann Smith.",
        "The plan is “a disgrace”.",
        "news style",
        needs=frozenset("v"),
    ),
    DirectRule(
        "clause.tail",
        _clause_tail,
        "It was “even worse” that they left, Ann Smith added.",
        "It was “even worse” that they left.",
        "news style",
        needs=frozenset("v"),
    ),
    DirectRule(
        "view.of",
        _in_view,
        "In Ann Smith's view, the plan is “a disgrace”.",
        "In Ann Smith's town, the plan is “a disgrace”.",
        "news style",
        needs=frozenset("ifFk"),
    ),
    DirectRule(
        "according.to",
        _according,
        "The plan is “a disgrace”, according to Ann Smith.",
        "The plan is “a disgrace”, in keeping with custom.",
        "news style",
        needs=frozenset("h"),
    ),
    DirectRule(
        "according.under",
        _under_rules,
        "Under town law, a stall is closed when it is “a danger to those who pass”.",
        "Under town law, a stall is a “light trade”.",
        "news style",
        needs=frozenset("i"),
    ),
    DirectRule(
        "lead.colon",
        _lead_colon,
        "Ann Smith had one message: “We won.”",
        "Two words were on the wall: “Wet paint”",
        "news style",
        needs=frozenset(":e-"),
    ),
    DirectRule(
        "beat.before",
        _beat_before,
        "Ann Smith put down the lamp. “We won the vote.”",
        "The lamp went out. “We won the vote.”",
        "fiction style",
    ),
    DirectRule(
        "beat.after",
        _beat_after,
        "“We won the vote.” Ann Smith put down the lamp.",
        "“We won the vote.” The lamp went out.",
        "fiction style",
    ),
)
"""The rules in the order in which they are asked."""

__all__ = [
    "ADDRESSEE",
    "CLAUSE_GAP",
    "COMMENT",
    "RULES",
    "TO_ADDRESSEE",
    "Cue",
    "Finding",
    "Frame",
    "ends_possessive",
    "find_source",
    "interrupts",
    "is_apposed",
    "is_named_work",
    "is_refused",
]
