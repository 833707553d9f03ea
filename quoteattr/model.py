"""The values that travel between stages and reach the caller.

Nothing here decides anything.  All values are frozen; all offsets are half-open, in code points,
into the caller's own string.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, Protocol, get_args, overload

import attrs

from quoteattr.errors import UsageError

Kind = Literal["direct", "mixed", "indirect"]
KINDS: tuple[Kind, ...] = ("direct", "mixed", "indirect")
PRESETS = ("default", "strict")
COREFERENCES = ("own", "doc", "none")

SpeakerKind = Literal["person", "organization", "place", "group", "document", "unnamed"]
MentionKind = Literal["name", "nominal", "pronoun"]
Gender = Literal["male", "female", "plural"]


class Doc(Protocol):
    """A spaCy `Doc`, by what is asked of every one: so signatures name it, and spaCy need not be loaded."""

    @property
    def text(self) -> str:
        """The text."""

    def has_annotation(self, attr: str) -> bool:
        """Whether tokens have that attribute."""


@attrs.frozen(order=True)
class Span:
    """A half-open stretch of the caller's text, in code points.

    >>> "He left."[Span(0, 2).start:Span(0, 2).end]
    'He'
    """

    start: int
    end: int


@attrs.frozen
class Mention:
    """The words that name a source in one place.

    >>> Mention(3, 11, "name", "Mr Raisi").kind
    'name'
    """

    start: int
    end: int
    kind: MentionKind
    text: str


@attrs.frozen
class Speaker:
    """Who said it, resolved over the whole text.

    `gender` is what the text itself says ("Mr", "she"); where only the lexicon's list of first
    names speaks, `gender_source` is "first name", else "text".

    >>> Speaker("Ebrahim Raisi", "person").aliases
    ()
    """

    name: str
    kind: SpeakerKind
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = attrs.field(default=(), repr=False)
    gender: Gender | None = None
    gender_source: Literal["text", "first name"] | None = None
    id: str | None = None

    def __str__(self) -> str:
        return self.name


@attrs.frozen
class Quote:
    """One reporting act: the words, where they stand, and who said them.

    speaker: who said it, resolved over the whole text; None if that is unknown or doubtful, and `reason` says why.
    text: the words, the pieces joined by one space, without the outer marks.
    spans: the pieces, in text order; `start` is that of the first, `end` that of the last.
    kind: "direct", "mixed" (marked words in the grammar of the sentence that reports) or "indirect" (no marks).
    mention: the words that name the source here; None if none do.
    cue: the reporting verb or phrase; None in headlines, transcripts and where nothing reports.
    clause: of a mixed quote the whole reported clause, in pieces where a cue stands inside it; else ().
    addressee: whom it is said to, if the cue tells.
    parent: the position in the result of the quotation that this one stands inside, or None.
    rule: the named rule that decided the speaker, which `explain` tells more of.
    confidence: how often that rule was right on annotated texts, from 0 to 1.

    >>> from quoteattr import extract
    >>> text = "Ann Lee told reporters that the vote was “a disgrace”."
    >>> quote = extract(text)[0]
    >>> quote.kind, quote.speaker.name, text[quote.cue.start : quote.cue.end], quote.addressee.name
    ('mixed', 'Ann Lee', 'told', 'reporters')
    >>> [text[piece.start : piece.end] for piece in quote.clause]
    ['the vote was “a disgrace”']
    """

    speaker: Speaker | None
    text: str
    spans: tuple[Span, ...]
    kind: Kind
    mention: Mention | None = None
    cue: Span | None = None
    clause: tuple[Span, ...] = ()
    addressee: Speaker | None = None
    parent: int | None = None
    rule: str = ""
    confidence: float = 0.0
    reason: str | None = None

    @property
    def start(self) -> int:
        """Start of the first piece, in code points of the text."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """End of the last piece, in code points of the text."""
        return self.spans[-1].end


def _as_words(value: Iterable[str]) -> tuple[str, ...]:
    if isinstance(value, str):
        raise UsageError(f"expected a list of words, got the one string {value!r}: write [{value!r}]")
    if not isinstance(value, Iterable):
        raise UsageError(f"expected a list of words, got {value!r}")
    words = tuple(value)
    for word in words:
        if not isinstance(word, str) or not word.strip():
            raise UsageError(f"expected words, got {word!r}")
    return words


def _as_name(value: str) -> str:
    return " ".join(_as_words([value]))


def _as_gender(value: Gender | None) -> Gender | None:
    if value not in (None, *get_args(Gender)):
        raise UsageError(f"a gender is {', '.join(get_args(Gender))} or None; not {value!r}")
    return value


def _as_id(value: str | None) -> str | None:
    if value is not None and not isinstance(value, str):
        raise UsageError(f"an id is a string; got {value!r}")
    return value


def _as_verbs(value: Iterable[str]) -> tuple[str, ...]:
    verbs = tuple(word.strip().lower() for word in _as_words(value))
    for verb in verbs:
        if not verb.replace("-", "").isalpha():
            raise UsageError(f"a cue is one verb in its base form, such as 'opine'; got {verb!r}")
    return verbs


def _as_titles(value: Iterable[str]) -> tuple[str, ...]:
    titles = tuple(" ".join(word.split()) for word in _as_words(value))
    for title in titles:
        if not title[0].isupper():
            raise UsageError(f"a title begins with a capital, as it does before a name; got {title!r}")
    return titles


@attrs.frozen
class Person:
    """Somebody whom the user's own `Config` knows.

    >>> Person("Ebrahim Raisi", roles=("Iranian president",), id="Q5933319").id
    'Q5933319'
    """

    name: str = attrs.field(converter=_as_name)
    aliases: tuple[str, ...] = attrs.field(default=(), converter=_as_words)
    roles: tuple[str, ...] = attrs.field(default=(), converter=_as_words)
    gender: Gender | None = attrs.field(default=None, converter=_as_gender)
    id: str | None = attrs.field(default=None, converter=_as_id)


def _as_people(value: Iterable[Person | Mapping[str, Any] | str]) -> tuple[Person, ...]:
    if isinstance(value, (str, Mapping)) or not isinstance(value, Iterable):
        raise UsageError("people is a list: of names, of mappings with a name, or of Person values")
    people = []
    for one in value:
        if isinstance(one, Person):
            people.append(one)
        elif isinstance(one, str):
            people.append(Person(one))
        elif isinstance(one, Mapping) and "name" in one:
            known = {field.name for field in attrs.fields(Person)}
            if unknown := sorted(set(one) - known):
                raise UsageError(f"a person has {', '.join(sorted(known))}; not {', '.join(unknown)}")
            people.append(Person(**one))
        else:
            raise UsageError(f"a person is a name, or a mapping with a name; got {one!r}")
    return tuple(people)


def _as_pairs(value: Mapping[str, str] | Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    items = value.items() if isinstance(value, Mapping) else value
    pairs = []
    for pair in items if isinstance(items, Iterable) and not isinstance(items, str) else (items,):
        if not isinstance(pair, Sequence) or isinstance(pair, str) or len(pair) != 2:
            raise UsageError(f"aliases is a mapping from a name to a full name; got {value!r}")
        pairs.append((_as_name(pair[0]), _as_name(pair[1])))
    return tuple(pairs)


def _as_switch(value: bool) -> bool:
    if not isinstance(value, bool):
        raise UsageError(f"attitudes is True or False; not {value!r}")
    return value


@attrs.frozen
class Config:
    """What a caller may change.  This docstring is the reference.

    cues: further verbs of speech, as lemmas of regular verbs: `["opine"]`.
    titles: further titles that stand before a name: `["Tánaiste"]`.
    people: persons known beforehand, as names, mappings or `Person` values:
        `[{"name": "Ebrahim Raisi", "roles": ["Iranian president"], "id": "Q5933319"}]`.
        They are found in a text by name, by a surname that nobody else has, by alias, or by a role that is said
        with its country, place or body ("the Iranian president"; the bare "the president" may be another); their
        `id` comes back as `Speaker.id`.
    aliases: other names for somebody: `{"the Iron Lady": "Margaret Thatcher"}`.
    preset: "default", or "strict", which answers `speaker=None` where the deciding rule's measured
        precision is under 0.9.
    attitudes: indirect speech also with verbs of thought and attitude ("believes", "hopes").
    coreference: "own"; "none", which leaves pronouns and descriptions unresolved; or "doc", for which every
        text is a spaCy Doc: the clusters on it, by fastcoref, coreferee or spaCy's experimental component, say
        whom a pronoun or description means, and where they say nothing of one, the own rules do.

    >>> Config(cues=["opine"]).cues
    ('opine',)
    >>> Config(preset="loose")
    Traceback (most recent call last):
      ...
    quoteattr.errors.UsageError: preset is one of default, strict; not 'loose'
    """

    cues: tuple[str, ...] = attrs.field(default=(), converter=_as_verbs)
    titles: tuple[str, ...] = attrs.field(default=(), converter=_as_titles)
    people: tuple[Person, ...] = attrs.field(default=(), converter=_as_people)
    aliases: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=_as_pairs)
    preset: str = attrs.field(default="default")
    attitudes: bool = attrs.field(default=False, converter=_as_switch)
    coreference: str = attrs.field(default="own")

    @preset.validator
    def _check_preset(self, _attribute: object, value: str) -> None:
        if value not in PRESETS:
            raise UsageError(f"preset is one of {', '.join(PRESETS)}; not {value!r}")

    @coreference.validator
    def _check_coreference(self, _attribute: object, value: str) -> None:
        if value not in COREFERENCES:
            raise UsageError(f"coreference is one of {', '.join(COREFERENCES)}; not {value!r}")


@attrs.frozen(repr=False)
class Quotes(Sequence[Quote]):
    """The quotes of one text, in text order; knows its text, its config and its speakers.

    >>> from quoteattr import extract
    >>> quotes = extract("“We won,” said Ann Lee.")
    >>> len(quotes), quotes[0].speaker.name, [speaker.name for speaker in quotes.speakers]
    (1, 'Ann Lee', ['Ann Lee'])
    """

    items: tuple[Quote, ...]
    text: str
    config: Config

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """Everybody who is quoted, in order of first quote, each once."""
        return tuple(dict.fromkeys(quote.speaker for quote in self.items if quote.speaker is not None))

    @overload
    def __getitem__(self, index: int) -> Quote: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Quote, ...]: ...
    def __getitem__(self, index: int | slice) -> Quote | tuple[Quote, ...]:
        return self.items[index]

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Quote]:
        return iter(self.items)

    def __repr__(self) -> str:
        rows = [
            f"  {quote.start}:{quote.end} {quote.kind} {quote.speaker}: {quote.text[:60]!r}" for quote in self.items
        ]
        return "\n".join([f"<Quotes: {len(self.items)}>", *rows])

    def _repr_html_(self) -> str:
        from quoteattr.rendering import render  # the one look outwards: a notebook asks the value itself

        return render(self.text, self)
