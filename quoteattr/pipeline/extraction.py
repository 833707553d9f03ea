"""The order of the stages."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple

import attrs

from quoteattr.clusters import read_clusters
from quoteattr.coreference import Coreference
from quoteattr.coreference.trace import Trace
from quoteattr.errors import ExtractionError, TextTypeError, UsageError
from quoteattr.evidence import read_doc
from quoteattr.layout import split_paragraphs
from quoteattr.lexicon import Lexicon, load_lexicon
from quoteattr.mentions import find_names
from quoteattr.model import KINDS, Config, Doc, Kind, Quote, Quotes, Span
from quoteattr.pipeline.quotes import build_quotes, filter_kinds, make_speakers, sort_drafts
from quoteattr.pipeline.reports import collect_stretches, find_reports
from quoteattr.pipeline.resolution import resolve_drafts, resolve_reported
from quoteattr.reading import read_paragraph
from quoteattr.stream import stream
from quoteattr.values import NO_EVIDENCE, Evidence, Name

DEFAULT_KINDS: tuple[Kind, ...] = ("direct", "mixed")


class Extractor:
    """Finds quotations and their speakers; built once, safe to share between threads and to pickle.

    >>> Extractor().extract("“We won,” said Ann Lee.")[0].speaker.name
    'Ann Lee'
    """

    def __init__(self, config: Config | None = None) -> None:
        if config is not None and not isinstance(config, Config):
            raise UsageError(f"config is a quoteattr.Config, not {type(config).__name__}")
        self.config = config if config is not None else Config()

    def extract(self, text: str | Doc, *, kinds: Iterable[Kind] = DEFAULT_KINDS) -> Quotes:
        """Return the quotes of one text, as `quoteattr.extract` does.

        >>> [quote.kind for quote in Extractor().extract("Ann Lee said they won.", kinds=["indirect"])]
        ['indirect']
        """
        wanted = _check_kinds(kinds)
        source = read_text(text)
        return run(source, wanted, self.config, None, read_evidence(text, self.config))

    def extract_many(
        self, texts: Iterable[str | Doc], *, kinds: Iterable[Kind] = DEFAULT_KINDS, workers: int = 1
    ) -> Iterator[Quotes | ExtractionError]:
        """Return a lazy stream of answers in the order of the texts, as `quoteattr.extract_many` does.

        >>> [len(quotes) for quotes in Extractor().extract_many(["“We won,” said Ann Lee.", "Nothing here."])]
        [1, 0]
        """
        wanted = _check_kinds(kinds)
        if not isinstance(workers, int) or isinstance(workers, bool) or workers < 1:
            raise UsageError(f"workers is a whole number from 1; not {workers!r}")
        if isinstance(texts, (str, bytes)):
            raise UsageError("texts is a sequence of texts, not one text: use extract, or write [text]")
        if not isinstance(texts, Iterable):
            raise UsageError(f"texts is a sequence of texts; not {texts!r}")
        return self._stream(texts, wanted, workers)

    def _stream(
        self, texts: Iterable[str | Doc], kinds: tuple[Kind, ...], workers: int
    ) -> Iterator[Quotes | ExtractionError]:
        work = partial(_answer, kinds, self.config)
        for item, answer in stream(
            work, map(partial(_Item.read, self.config), texts), workers=workers, weigh=_Item.weigh
        ):
            yield answer if isinstance(answer, ExtractionError) else Quotes(answer, item.text, self.config)


class _Item(NamedTuple):
    """One text of a stream, as it travels to a worker: what is no text, as the reason why."""

    text: str
    evidence: Evidence | None = None
    problem: str | None = None

    @classmethod
    def read(cls, config: Config, text: Any) -> _Item:
        try:
            source = str.__str__(read_text(text))  # a class of the caller's own cannot travel
        except TextTypeError as error:
            return cls("", problem=str(error))
        evidence = read_evidence(text, config)
        return cls(source, None if evidence is NO_EVIDENCE else evidence)

    def weigh(self) -> int:
        return len(self.text)


def _answer(kinds: tuple[Kind, ...], config: Config, item: _Item) -> tuple[Quote, ...]:
    """Return the quotes of one text of a stream, without the text, which the caller has."""
    if item.problem is not None:
        raise TextTypeError(item.problem)
    return run(item.text, kinds, config, None, item.evidence or NO_EVIDENCE).items


def _check_kinds(kinds: Iterable[Kind]) -> tuple[Kind, ...]:
    if isinstance(kinds, str):
        raise UsageError(f"kinds is a list of kinds: write kinds={[one.strip() for one in kinds.split(',')]}")
    if not isinstance(kinds, Iterable):
        raise UsageError(f"kinds is a list of kinds, such as {list(KINDS)}; not {kinds!r}")
    wanted = tuple(kinds)
    for kind in wanted:
        if kind not in KINDS:
            raise UsageError(f"kinds are {', '.join(KINDS)}; not {kind!r}")
    return wanted


def read_text(text: Any) -> str:
    """Return the string that a caller's text is, or holds; raises `TextTypeError` for what is none."""
    if isinstance(text, str):
        return text
    if isinstance(text, (bytes, bytearray)):
        raise TextTypeError("got bytes, not text: decode them first, as in data.decode('utf-8')")
    held = getattr(text, "text", None) if type(text).__module__.startswith("spacy.") else None
    if isinstance(held, str):  # a Doc joins its tokens anew each time it is asked
        return held
    raise TextTypeError(f"a text is a str or a spaCy Doc; got {type(text).__name__}")


def read_evidence(text: Any, config: Config) -> Evidence:
    """Return what a Doc says of its text; nothing for a string."""
    if not hasattr(text, "has_annotation"):
        return NO_EVIDENCE
    evidence = read_doc(text)
    return attrs.evolve(evidence, clusters=read_clusters(text)) if config.coreference == "doc" else evidence


def extract(text: str | Doc, *, kinds: Iterable[Kind] = DEFAULT_KINDS, config: Config | None = None) -> Quotes:
    """Find the quotations of a text and who said them.

    `text` is a string, or a spaCy Doc, of which the text is read.  `kinds` are the kinds answered; with
    "indirect" among them every paragraph is read for reported clauses without marks.  All offsets are half-open code
    points into that text.  Raises `TextTypeError` for what is no text and `UsageError` for an unknown
    kind; no text raises.

    >>> for quote in extract("Ann Lee left. “We won,” she said."):
    ...     print(quote.speaker, quote.text, quote.start, quote.end)
    Ann Lee We won, 15 22
    """
    return Extractor(config).extract(text, kinds=kinds)


def extract_many(
    texts: Iterable[str | Doc],
    *,
    kinds: Iterable[Kind] = DEFAULT_KINDS,
    config: Config | None = None,
    workers: int = 1,
) -> Iterator[Quotes | ExtractionError]:
    """Find the quotations of many texts: a lazy stream in input order.

    One `Quotes` for each text, or in its place an `ExtractionError` value with its position: what is no text, a text on
    which a worker died twice, one that shows a defect.  `workers` is the number of processes; no more texts are
    read ahead than a small window.  `kinds` and `config` are those of `extract`.  Raises `UsageError` at once for one
    text in place of many, for an unknown kind, and for a number of workers below 1.

    >>> [len(quotes) for quotes in extract_many(["“We won,” said Ann Lee.", "Nothing here."])]
    [1, 0]
    """
    return Extractor(config).extract_many(texts, kinds=kinds, workers=workers)


def find_quotes(text: str | Doc) -> list[tuple[Span, ...]]:
    """Find every quoted stretch with its pieces, before any source is sought.

    One tuple of pieces for each stretch, in text order, those inside others too; titles and single words in marks are
    among them.  A stretch that runs over paragraphs has a piece in each.  Offsets are half-open code points.
    Raises `TextTypeError` for what is no text.

    >>> find_quotes("“We won,” said Ann Lee.")
    [(Span(start=1, end=8),)]
    """
    source = read_text(text)
    lexicon = load_lexicon(Config())
    paragraphs = split_paragraphs(source, lexicon)
    stretches = collect_stretches(source, paragraphs, lexicon)
    return [tuple(Span(start, end) for start, end in stretch.pieces) for stretch in stretches]


def run(
    text: str,
    kinds: tuple[Kind, ...],
    config: Config,
    traces: list[Trace] | None,
    evidence: Evidence = NO_EVIDENCE,
) -> Quotes:
    """Find the quotations of one text: every stage in its turn; `traces` takes how each of them was resolved."""
    if config.coreference == "doc" and evidence.clusters is None:
        raise TextTypeError('with coreference="doc" a text is a spaCy Doc, of which the clusters are read; got a str')
    with _collection_paused():
        return _run(text, kinds, config, traces, evidence)


@contextmanager
def _collection_paused() -> Iterator[None]:
    """Pause the search for cycles, which would go over the values of a text again and again while they are made.

    Whoever paused it ends the pause, so that threads that read at the same time leave it as they found it.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _run(text: str, kinds: tuple[Kind, ...], config: Config, traces: list[Trace] | None, evidence: Evidence) -> Quotes:
    lexicon = load_lexicon(config)
    paragraphs = split_paragraphs(text, lexicon)
    marked = collect_stretches(text, paragraphs, lexicon)
    found = find_reports(text, paragraphs, marked, lexicon, config, evidence, indirect="indirect" in kinds)
    stretches, drafts, reported = found.stretches, found.drafts, found.reported
    if not drafts and not reported:
        return Quotes((), text, config)
    names = _classify(text, find_names(text, paragraphs, lexicon), evidence, lexicon)
    quoted = [piece for stretch in stretches if stretch.parent is None for piece in stretch.outer]
    coreference = Coreference(text, paragraphs, names, quoted, lexicon, config, clusters=evidence.clusters or ())
    read = partial(read_paragraph, text, quoted=(), lexicon=lexicon, evidence=evidence)
    if traces is not None:
        for draft in (*drafts, *reported):
            draft.trace = Trace()
    resolve_drafts(drafts, stretches, coreference, read)
    speakers = make_speakers(text, drafts, {})
    if reported:
        resolve_reported(drafts, reported, coreference)
        speakers = make_speakers(text, reported, speakers)
    drafts = sort_drafts((*drafts, *reported), stretches)
    if traces is not None:
        traces += [draft.trace for draft in drafts if draft.trace is not None]
        for draft in drafts:
            draft.tell_reason()
    quotes = build_quotes(text, drafts, stretches, speakers, config, lexicon)
    return Quotes(filter_kinds(quotes, kinds), text, config)


def _classify(text: str, names: list[Name], evidence: Evidence, lexicon: Lexicon) -> list[Name]:
    """Tell the kind of a name that the text leaves open, where a Doc has it as an entity of one kind throughout."""
    entities = evidence.entities
    if not entities:
        return names
    kinds: dict[tuple[str, ...], set[str]] = {}
    acting: set[tuple[str, ...]] = set()
    for name in names:
        if name.kind == "unknown":
            kind = entities.get((name.start, name.end)) or entities.get((name.core_start, name.end), "unknown")
            kinds.setdefault(name.core, set()).add(kind if _may_be(kind, name, text, lexicon) else "unknown")
            if kind != "person" or evidence.does_something(name.end):
                acting.add(name.core)
    sure = {core: next(iter(found)) for core, found in kinds.items() if len(found) == 1 and core in acting}
    return [
        attrs.evolve(name, kind=sure[name.core]) if name.kind == "unknown" and name.core in sure else name
        for name in names
    ]


def _may_be(kind: str, name: Name, text: str, lexicon: Lexicon) -> bool:
    """Whether a name looks like what a Doc says of it: a first name, or a name alone; an article before a body."""
    if kind == "organization":  # persons are taken for bodies often, but have no article
        article = text[max(0, name.start - 4) : name.start].lower() == "the "
        return article and name.core[-1].lower() not in lexicon.cue_nouns
    first = name.core[0]
    if len(name.core) == 1:
        return text[name.start - 1 : name.start] not in _OPENING  # “Begorra!”
    return first in lexicon.given_names or len(first.rstrip(".")) == 1


# marks that an utterance begins with
_OPENING = tuple("“‘\"'«„")
