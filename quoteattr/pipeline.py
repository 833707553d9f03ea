"""The one module that knows the order of the stages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import attrs

from quoteattr.attribution import attribute_block, find_reporter
from quoteattr.attribution.indirect import report_block
from quoteattr.clusters import read_clusters
from quoteattr.coreference import Coreference
from quoteattr.coreference.dialogue import Dialogue, Turn
from quoteattr.coreference.engine import Resolution, Setting, Spoken
from quoteattr.coreference.entities import Entity
from quoteattr.coreference.narrator import Statement
from quoteattr.errors import ExtractionError, TextTypeError, UsageError
from quoteattr.evidence import read_doc
from quoteattr.layout import split_paragraphs
from quoteattr.lexicon import IN_CONVERSATION, Lexicon, load_lexicon, name_rows, words_of
from quoteattr.marks import find_dashes, find_marks
from quoteattr.mentions import find_names
from quoteattr.model import KINDS, Config, Doc, Kind, Mention, Quote, Quotes, Span, Speaker
from quoteattr.reading import read_paragraph
from quoteattr.stream import stream
from quoteattr.utterances import find_stretches
from quoteattr.values import NO_EVIDENCE, Evidence, Name, Paragraph, Passage, Phrase, Piece, Report, Stretch

DEFAULT_KINDS: tuple[Kind, ...] = ("direct", "mixed")
_STRICT = 0.9
# a nested stretch without a source is an utterance from this many words
_NESTED_WORDS = 4
# sources that say no more than a gender
_PERSONAL: dict[str, str | None] = {"he": "male", "she": "female", "him": "male", "her": "female", "the other": None}
# rules that know a person by a description alone
_NAMELESS = ("nominal.unnamed", "nominal.same", "nominal.introduced")
_DEFINITE = tuple(f"{word} " for word in sorted(words_of("definite determiners")))
# how many paragraphs before a conversation are read with it
_PAUSE = 3
# a paragraph that ends in a colon leads in the next one if it is no longer than this
_LEAD_IN = 600
_STOP = re.compile(r"[.?!]\s")


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
        """Return the quotes of one text."""
        wanted = _check_kinds(kinds)
        source = _text_of(text)
        return _run(source, wanted, self.config, None, _evidence_of(text, self.config))

    def extract_many(
        self, texts: Iterable[str | Doc], *, kinds: Iterable[Kind] = DEFAULT_KINDS, workers: int = 1
    ) -> Iterator[Quotes | ExtractionError]:
        """Return a lazy stream of answers in the order of the texts."""
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
            source = str.__str__(_text_of(text))  # a class of the caller's own cannot travel
        except TextTypeError as error:
            return cls("", problem=str(error))
        evidence = _evidence_of(text, config)
        return cls(source, None if evidence is NO_EVIDENCE else evidence)

    def weigh(self) -> int:
        return len(self.text)


def _answer(kinds: tuple[Kind, ...], config: Config, item: _Item) -> tuple[Quote, ...]:
    """Return the quotes of one text of a stream, without the text, which the caller has."""
    if item.problem is not None:
        raise TextTypeError(item.problem)
    return _run(item.text, kinds, config, None, item.evidence or NO_EVIDENCE).items


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


def _text_of(text: Any) -> str:
    if isinstance(text, str):
        return text
    if isinstance(text, (bytes, bytearray)):
        raise TextTypeError("got bytes, not text: decode them first, as in data.decode('utf-8')")
    if type(text).__module__.startswith("spacy.") and isinstance(getattr(text, "text", None), str):
        return text.text  # type: ignore[no-any-return]
    raise TextTypeError(f"a text is a str or a spaCy Doc; got {type(text).__name__}")


def _evidence_of(text: Any, config: Config) -> Evidence:
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

    One `Quotes` for each text, or in its place an `ExtractionError` value.  `workers` is the number
    of processes.

    >>> [len(quotes) for quotes in extract_many(["“We won,” said Ann Lee.", "Nothing here."])]
    [1, 0]
    """
    return Extractor(config).extract_many(texts, kinds=kinds, workers=workers)


def find_quotes(text: str | Doc) -> list[tuple[Span, ...]]:
    """Find every quoted stretch with its pieces, before any source is sought.

    >>> find_quotes("“We won,” said Ann Lee.")
    [(Span(start=1, end=8),)]
    """
    source = _text_of(text)
    paragraphs = split_paragraphs(source)
    stretches = _find_stretches(source, paragraphs, load_lexicon(Config()))
    return [tuple(Span(start, end) for start, end in stretch.pieces) for stretch in stretches]


def _find_stretches(text: str, paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> list[Stretch]:
    marks_of = {}
    for number, paragraph in enumerate(paragraphs):
        marks = find_marks(text, paragraph.start, paragraph.end, lexicon)
        if marks:
            marks_of[number] = marks
    for number, dashes in find_dashes(text, paragraphs, lexicon).items():
        marks_of[number] = sorted((*marks_of.get(number, ()), *dashes), key=lambda mark: mark.start)
    return find_stretches(text, paragraphs, marks_of)


@attrs.define
class _Draft:
    """A report on its way to a quote."""

    report: Report
    parent: int | None
    resolution: Resolution | None = None
    addressee: Entity | None = None
    rule: str = ""
    holder: _Draft | None = None
    """of an indirect report: the report whose clause it stands in"""


def _run(
    text: str,
    kinds: tuple[Kind, ...],
    config: Config,
    trace: list[tuple[int, list[str]]] | None,
    evidence: Evidence = NO_EVIDENCE,
) -> Quotes:
    if config.coreference == "doc" and evidence.clusters is None:
        raise TextTypeError('with coreference="doc" a text is a spaCy Doc, of which the clusters are read; got a str')
    lexicon = load_lexicon(config)
    paragraphs = split_paragraphs(text)
    stretches = _find_stretches(text, paragraphs, lexicon)
    reported: list[_Draft] | None = [] if "indirect" in kinds else None
    drafts = _find_reports(text, paragraphs, stretches, lexicon, config, reported, evidence)
    if not drafts and not reported:
        return Quotes((), text, config)
    names = _classify(text, find_names(text, paragraphs, lexicon), evidence)
    quoted = [piece for stretch in stretches if stretch.parent is None for piece in stretch.outer]
    coreference = Coreference(text, paragraphs, names, quoted, lexicon, config, clusters=evidence.clusters or ())
    read = partial(read_paragraph, text, quoted=(), lexicon=lexicon, evidence=evidence)
    _resolve(drafts, stretches, coreference, trace, read)
    speakers = _make_speakers(text, drafts, {})
    if reported:
        _resolve_reported(drafts, reported, coreference, trace)
        speakers = _make_speakers(text, reported, speakers)
        drafts = [*drafts, *reported]
    quotes = _build(text, drafts, stretches, speakers, config, lexicon)
    return Quotes(_filter(quotes, kinds), text, config)


def _classify(text: str, names: list[Name], evidence: Evidence) -> list[Name]:
    """Tell the kind of a name that the text leaves open, where a Doc has it as an entity of one kind throughout."""
    entities = evidence.entities
    if not entities:
        return names
    kinds: dict[tuple[str, ...], set[str]] = {}
    for name in names:
        if name.kind == "unknown":
            kind = entities.get((name.start, name.end)) or entities.get((name.core_start, name.end), "unknown")
            if kind == "organization" and text[max(0, name.start - 4) : name.start].lower() != "the ":
                kind = "unknown"  # persons are taken for bodies often, but have no article
            kinds.setdefault(name.core, set()).add(kind)
    sure = {core: next(iter(found)) for core, found in kinds.items() if len(found) == 1}
    return [
        attrs.evolve(name, kind=sure[name.core]) if name.kind == "unknown" and name.core in sure else name
        for name in names
    ]


def _find_reports(
    text: str,
    paragraphs: Sequence[Paragraph],
    stretches: list[Stretch],
    lexicon: Lexicon,
    config: Config,
    reported: list[_Draft] | None = None,
    evidence: Evidence = NO_EVIDENCE,
) -> list[_Draft]:
    """Attribute every block that holds a stretch: paragraphs, and the insides of stretches.

    A stretch that another speaker turns out to begin in is parted in two in `stretches`.

    Indirect reports are added to `reported`, if it is given: then every paragraph is read.
    """
    outer: dict[int, list[Piece]] = defaultdict(list)
    for stretch in stretches:
        if stretch.parent is None:
            for (start, end), words, number in zip(stretch.outer, stretch.pieces, stretch.paragraphs, strict=True):
                outer[number].append(Piece(start, end, stretch.number, words))
    drafts: dict[int, _Draft] = {}
    order: list[_Draft] = []

    def keep(report: Report, parent: int | None) -> None:
        taken = {number: other for number in report.stretches if (other := drafts.get(number)) is not None}
        if parent is None and (left := _find_unclosed(text, report, taken, stretches)) is not None:
            _part(stretches, left, report.paragraph)
            last = len(stretches) - 1
            report = attrs.evolve(report, stretches=tuple(last if n == left else n for n in report.stretches))
            taken.pop(left)
        if any(report.rule == "none" or other.report.rule != "none" for other in taken.values()):
            rest = tuple(number for number in report.stretches if number not in taken)
            if parent is not None or not rest or report.kind != "direct":
                return
            # “We won.” left open, “We go on,” he said. “We do.”: the last is an act of its own
            report = attrs.evolve(report, stretches=rest, start=stretches[rest[0]].pieces[0][0])
        draft = _Draft(report, parent)
        for number in report.stretches:
            other = drafts.get(number)
            if other is not None and other in order:
                order.remove(other)
            drafts[number] = draft
        order.append(draft)

    blocks = _join_blocks(text, paragraphs, outer)
    kept: list[tuple[int, int, list[Passage]]] = []
    for first, last in blocks:
        block = paragraphs[first]
        heading = block.kind == "heading" and first == last
        quoted = sorted(piece for number in range(first, last + 1) for piece in outer.get(number, ()))
        passages = read_paragraph(
            text, block.start, paragraphs[last].end, quoted, lexicon, heading=heading, evidence=evidence
        )
        for report in attribute_block(
            text,
            passages,
            lexicon,
            heading=heading,
            turn=block.kind == "turn",
            attitudes=config.attitudes,
            paragraph=first,
        ):
            keep(_place(report, first, last, paragraphs), None)
        if reported is not None:
            kept.append((first, last, passages))
    for (parent_number, left, right), children in sorted(_find_nested(stretches).items(), key=lambda item: item[0][1]):
        passages = read_paragraph(text, left, right, sorted(children), lexicon, evidence=evidence)
        parent = stretches[parent_number]
        where = parent.paragraphs[parent.pieces.index((left, right))]
        for report in attribute_block(
            text, passages, lexicon, heading=False, turn=False, attitudes=config.attitudes, paragraph=where
        ):
            if report.rule == "none":
                count = sum(len(text[s:e].split()) for n in report.stretches for s, e in stretches[n].pieces)
                if count < _NESTED_WORDS:
                    continue
            keep(report, parent_number)
    if reported is not None:
        reported += _find_reported(text, paragraphs, kept, order, lexicon, config, evidence)
    order.sort(key=lambda draft: (draft.parent is not None, draft.report.start))
    return order


def _find_nested(stretches: Sequence[Stretch]) -> dict[tuple[int, int, int], list[Piece]]:
    """Group the stretches that stand inside others by the piece that they stand in."""
    inner: dict[tuple[int, int, int], list[Piece]] = defaultdict(list)
    for stretch in stretches:
        if stretch.parent is None:
            continue
        for (start, end), words in zip(stretch.outer, stretch.pieces, strict=True):
            for left, right in stretches[stretch.parent].pieces:
                if left <= start and end <= right:
                    inner[stretch.parent, left, right].append(Piece(start, end, stretch.number, words))
    return inner


def _find_unclosed(text: str, report: Report, taken: Mapping[int, _Draft], stretches: Sequence[Stretch]) -> int | None:
    """Find a stretch left open before another speaker's report: “A,” said Smith. “B.   “C,” said Jones."""
    source = report.source
    if source is None or source.code != "N" or report.kind != "direct" or report.leads:
        return None
    for number, draft in taken.items():
        before, paragraphs = draft.report.source, stretches[number].paragraphs
        if before is None or before.code != "N" or report.paragraph not in paragraphs[1:]:
            continue
        words = text[source.start : source.end].split()
        if not set(words) & set(text[before.start : before.end].split()):
            return number
    return None


def _part(stretches: list[Stretch], number: int, paragraph: int) -> None:
    """End a stretch before a paragraph; what goes on there is a stretch of its own, the last one."""
    whole = stretches[number]
    at, last = whole.paragraphs.index(paragraph), len(stretches)
    stretches[number] = attrs.evolve(
        whole, pieces=whole.pieces[:at], outer=whole.outer[:at], paragraphs=whole.paragraphs[:at], closed=False
    )
    stretches.append(
        attrs.evolve(
            whole, number=last, pieces=whole.pieces[at:], outer=whole.outer[at:], paragraphs=whole.paragraphs[at:]
        )
    )
    for nested in [one for one in stretches if one.parent == number and one.paragraphs[0] >= paragraph]:
        stretches[nested.number] = attrs.evolve(nested, parent=last)


def _place(report: Report, first: int, last: int, paragraphs: Sequence[Paragraph]) -> Report:
    """Tell a report of a block of several paragraphs the one that it begins in."""
    where = first
    while where < last and report.start >= paragraphs[where].end:
        where += 1
    return report if where == report.paragraph else attrs.evolve(report, paragraph=where)


def _find_reported(
    text: str,
    paragraphs: Sequence[Paragraph],
    blocks: Sequence[tuple[int, int, list[Passage]]],
    drafts: Sequence[_Draft],
    lexicon: Lexicon,
    config: Config,
    evidence: Evidence,
) -> list[_Draft]:
    """Find the indirect reports of every paragraph, in text order; `blocks` are those already read."""
    quoted = {number for draft in drafts for number in draft.report.stretches}
    used = {draft.report.cue[0] for draft in drafts if draft.report.cue is not None}
    read = {number for first, last, _ in blocks for number in range(first, last + 1)}
    out: list[_Draft] = []

    def add(first: int, last: int, passages: Sequence[Passage]) -> None:
        block = paragraphs[first]
        for report in report_block(
            text,
            passages,
            lexicon,
            heading=block.kind == "heading" and first == last,
            attitudes=config.attitudes,
            paragraph=first,
            quoted=quoted,
            used=used,
        ):
            source = report.source
            if source is not None and any(start <= source.start < end for start, end in report.clause):
                continue  # a clause read too far: its source is the next one's
            out.append(_Draft(_place(report, first, last, paragraphs), None))

    for first, last, passages in blocks:
        add(first, last, passages)
    for number, paragraph in enumerate(paragraphs):
        if number not in read:
            heading = paragraph.kind == "heading"
            passages = read_paragraph(
                text, paragraph.start, paragraph.end, (), lexicon, heading=heading, evidence=evidence
            )
            add(number, number, passages)
    # "said in his claim that": one clause, one report
    out = list({draft.report.clause: draft for draft in reversed(out)}.values())
    out.sort(key=lambda draft: (draft.report.start, -draft.report.clause[-1][1]))
    # a report inside the clause of another
    around: list[_Draft] = []
    for draft in out:
        start, end = draft.report.start, draft.report.clause[-1][1]
        while around and around[-1].report.clause[-1][1] <= start:
            around.pop()
        draft.holder = next((one for one in reversed(around) if end <= one.report.clause[-1][1]), None)
        around.append(draft)
    return out


def _join_blocks(text: str, paragraphs: Sequence[Paragraph], outer: Mapping[int, list[Piece]]) -> list[tuple[int, int]]:
    """Paragraphs that hold stretches, each with the lead-in before it and the byline after it."""
    blocks: list[tuple[int, int]] = []
    for number in sorted(outer):
        paragraph = paragraphs[number]
        first = last = number
        pieces = sorted(outer[number])
        if pieces[0][0] == paragraph.start and number:
            before = paragraphs[number - 1]
            # a comma or a dash leads in where its sentence holds no quotation itself
            begin = max((end for _, end, _, _ in outer.get(number - 1, ())), default=before.start)
            leads = text[before.end - 1] == ":" or (
                text[before.end - 1] in ",—-"
                and (number - 1 not in outer or _STOP.search(text, begin, before.end) is not None)
            )
            if leads and before.document == paragraph.document and before.end - before.start < _LEAD_IN:
                first = number - 1
        if pieces[0][0] == paragraph.start and pieces[-1][1] == paragraph.end and number + 1 < len(paragraphs):
            after = paragraphs[number + 1]
            if (
                text[after.start] in "-–—―"
                and all(piece.start > after.start for piece in outer.get(number + 1, ()))
                and after.end - after.start < _LEAD_IN // 3
                and after.document == paragraph.document
            ):
                last = number + 1
        if blocks and blocks[-1][1] >= first:
            if blocks[-1][1] == number - 1 and first < number:
                blocks[-1] = (blocks[-1][0], last)
                continue
            first = number
        blocks.append((first, last))
    return blocks


def _resolve(
    drafts: Sequence[_Draft],
    stretches: Sequence[Stretch],
    coreference: Coreference,
    trace: list[tuple[int, list[str]]] | None,
    read: Callable[[int, int], list[Passage]],
) -> None:
    """Resolve the drafts in text order: outer ones first, then those inside them."""
    by_stretch = {number: draft for draft in drafts for number in draft.report.stretches}
    previous: Spoken | None = None
    last: _Draft | None = None
    paragraphs = coreference.paragraphs
    pending: list[_Draft] = []
    quoting = {number for stretch in stretches for number in stretch.paragraphs}
    for draft in drafts:
        if draft.report.source is not None:
            coreference.note_speaker(draft.report.source)
    coreference.statements = _statements(drafts, stretches, coreference)
    dialogue, turn_of, members = _take_turns(coreference.text, drafts, stretches, coreference)
    conversations = dict(dialogue.conversations())

    def resolve(draft: _Draft, outer: Entity | None, *, talk: bool) -> Resolution:
        """Resolve the source of a draft, and remember whom it names."""
        report = draft.report
        assert report.source is not None
        if trace is not None:
            coreference.trace = []
            trace.append((report.start, coreference.trace))
        inside = [piece for number in report.stretches for piece in stretches[number].pieces]
        coreference.inside = stretches[draft.parent].pieces if draft.parent is not None else ()
        found = coreference.resolve(
            report.source, Setting(report.paragraph, previous, outer, coreference.named_in(inside), talk)
        )
        coreference.inside = ()
        return found

    for draft in drafts:
        report = draft.report
        outer = None
        if draft.parent is not None:
            holder = by_stretch.get(draft.parent)
            outer = holder.resolution.entity if holder is not None and holder.resolution is not None else None
        if previous is not None and paragraphs[previous.paragraph].document != paragraphs[report.paragraph].document:
            previous = last = None
        number = turn_of.get(id(draft))
        talks = number is not None and dialogue.talks(paragraphs[report.paragraph].document)
        turn = dialogue.turns[number] if number is not None and talks else None
        if number in conversations:
            high = conversations.pop(number)
            for one in (one for group in members[number:high] for one in group):
                if one.report.source is not None and not _is_personal(coreference, one.report.source):
                    one.resolution = resolve(one, None, talk=True)
                    if one.resolution.entity is not None and one.resolution.rule not in _NAMELESS:
                        coreference.note(one.report.source, one.report.paragraph, one.resolution.entity)
            _read_conversation(dialogue, number, high, members, stretches, coreference)
        if turn is None and _stands_alone(draft, quoting, paragraphs):
            before = paragraphs[report.paragraph - 1]
            source = find_reporter(coreference.text, read(before.start, before.end), coreference.lexicon)
            report = draft.report = attrs.evolve(report, source=source, rule="float.report" if source else report.rule)
        if report.source is not None:
            settled = draft.resolution is not None and draft.resolution.rule not in _NAMELESS
            if turn is not None and not settled and (turn.entity or turn.rule):
                draft.resolution = _take_turn(coreference, turn, draft, trace)
            if draft.resolution is None:
                draft.resolution = resolve(draft, outer, talk=turn is not None)
            if draft.resolution.entity is not None and not settled:
                coreference.note(report.source, report.paragraph, draft.resolution.entity)
            draft.rule = f"{report.rule} > {draft.resolution.rule}"
            if report.rule == "float.report":
                draft.rule = report.rule
        elif report.follows == "nobody":
            draft.resolution = Resolution(None, "name", report.rule, "the words that report it name nobody")
            draft.rule = report.rule
        elif turn is not None:
            draft.resolution = _take_turn(coreference, turn, draft, trace)
            draft.rule = draft.resolution.rule if draft.resolution is not None else ""
        elif report.follows == "after" and report.alone:
            pending.append(draft)
            continue
        elif last is not None and last.resolution is not None and draft.parent is None:
            rule = _float_rule(report, last, stretches)
            if rule is not None:
                draft.resolution = attrs.evolve(last.resolution, rule=rule)
                draft.rule = rule
        if draft.resolution is None:
            draft.resolution = Resolution(None, "pronoun", "none", "no cue and no speaker near the quotation")
            draft.rule = "none"
        if report.addressee is not None:
            draft.addressee = coreference.resolve(report.addressee, Setting(report.paragraph, previous, outer)).entity
        for waiting in pending:
            waiting.resolution = attrs.evolve(draft.resolution, rule="float.next")
            waiting.rule = "float.next"
        pending = []
        if draft.parent is None:
            last = draft
            if draft.resolution.entity is not None:
                at = report.source.end if report.source is not None else report.start
                previous = Spoken(draft.resolution.entity, max(at, report.start), report.paragraph)
    for waiting in pending:
        waiting.resolution = Resolution(None, "pronoun", "none", "no cue and no speaker near the quotation")
        waiting.rule = "none"
    for draft in drafts:
        if " > " in draft.rule and dialogue.talks(paragraphs[draft.report.paragraph].document):
            draft.rule += IN_CONVERSATION


def _is_personal(coreference: Coreference, source: Phrase) -> bool:
    """Whether a source says of its person the gender alone, or that it is "the other"."""
    if source.code != "p" or source.joint or coreference.config.coreference == "none":
        return False
    if coreference.text[source.start : source.end].lower() not in _PERSONAL:
        return False
    return not coreference.is_clustered(source, coreference.paragraphs[0].document)


def _stands_alone(draft: _Draft, quoting: Container[int], paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a quotation without a source begins its paragraph, after one that might say who speaks."""
    report, before = draft.report, draft.report.paragraph - 1
    return (
        report.source is None
        and draft.parent is None
        and report.follows is None
        and report.alone
        and report.sentence == 0
        and before >= 0
        and before not in quoting
        and paragraphs[before].kind == "body"
        and paragraphs[before].document == paragraphs[report.paragraph].document
        and paragraphs[before].end - paragraphs[before].start < _LEAD_IN
    )


def _statements(
    drafts: Sequence[_Draft], stretches: Sequence[Stretch], coreference: Coreference
) -> dict[int, list[Statement]]:
    """Group the outer quotations by document, as far as they tell who the narrator is."""
    found: dict[int, list[Statement]] = defaultdict(list)
    for draft in drafts:
        report = draft.report
        if draft.parent is None:
            pieces = [piece for number in report.stretches for piece in stretches[number].pieces]
            own = report.source is not None and coreference.text[report.source.start : report.source.end] == "I"
            document = coreference.paragraphs[report.paragraph].document
            found[document].append(Statement(pieces, own, report.source is not None))
    return found


def _take_turn(
    coreference: Coreference, turn: Turn, draft: _Draft, trace: list[tuple[int, list[str]]] | None
) -> Resolution | None:
    """Resolve a quotation to who has its turn; None where that cannot be."""
    if trace is not None and turn.choices:
        names = ", ".join(one.name for one in turn.choices)
        share = f"the first has {turn.share:.2f} of all ways to hand the turns round"
        trace.append((draft.report.start, [f"{turn.rule or 'turn.same'}: the turn may be of {names}; {share}"]))
    source, entity = draft.report.source, turn.entity
    if source is not None:
        gender = _PERSONAL.get(coreference.text[source.start : source.end].lower())
        if draft.resolution is not None and (
            entity is None or entity is turn.own or turn.own is not draft.resolution.entity
        ):
            return draft.resolution
        kind = "pronoun" if draft.resolution is None else "nominal"
        if entity is None:
            names = " or ".join(one.name for one in turn.choices[:2])
            words = coreference.text[source.start : source.end]
            return Resolution(None, kind, f"{kind}.turn", f"“{words}” may be {names}")
        if gender and entity.gender not in (None, gender) and entity.titled:
            return None
        return Resolution(
            entity, kind, "pronoun.subject" if kind == "pronoun" and turn.rule == "turn.narration" else f"{kind}.turn"
        )
    if entity is None:
        if not turn.rule:
            return None
        names = " or ".join(one.name for one in turn.choices[:2])
        return Resolution(None, "pronoun", turn.rule, f"the turn may be of {names}")
    rule = turn.rule if not turn.source and turn.fixed is None else "turn.same"
    if entity.kind == "teller":
        return Resolution(None, "pronoun", rule, "the teller of the story, whom nothing names")
    return Resolution(entity, "pronoun", rule)


def _read_conversation(
    dialogue: Dialogue,
    low: int,
    high: int,
    members: Sequence[Sequence[_Draft]],
    stretches: Sequence[Stretch],
    coreference: Coreference,
) -> None:
    """Gather what tells who has the turns of one conversation, and hand them round."""
    text, paragraphs = coreference.text, coreference.paragraphs
    end = paragraphs[dialogue.turns[low].first - _PAUSE].start if dialogue.turns[low].first >= _PAUSE else 0
    if low:
        end = max(end, _end_of(members[low - 1], stretches))
    for number in range(low, high):
        turn, group = dialogue.turns[number], members[number]
        open_source: Phrase | None = None
        for draft in group:
            source, resolution = draft.report.source, draft.resolution
            if source is None:
                continue
            if draft.report.addressee is not None:
                turn.told = turn.told or coreference.peek(draft.report.addressee)
            words = text[source.start : source.end].lower()
            if resolution is None:
                turn.source = turn.source or "pronoun"
                turn.gender = turn.gender or _PERSONAL[words]
                open_source = open_source or source
            elif words in ("i", "me") and resolution.entity is None:
                turn.fixed = turn.fixed or dialogue.teller(turn.document)
            elif words.startswith(_DEFINITE) and _is_anybody(resolution):
                turn.source = turn.source or "nominal"
                turn.own = own = turn.own or resolution.entity
                assert own is not None
                turn.again = resolution.rule == "nominal.same"
                turn.gender = turn.gender or own.gender
                open_source = open_source or source
            else:
                turn.fixed = turn.fixed or resolution.entity
        if turn.fixed is not None:
            turn.own = None
        else:
            gaps = [] if turn.source else _gaps(group, stretches, paragraphs[turn.first])
            place = (open_source.start, open_source.end) if open_source is not None else None
            coreference.read_narration(turn, end, place, gaps)
        end = _end_of(group, stretches)
    dialogue.hand_round(low, high)


def _is_anybody(resolution: Resolution) -> bool:
    """Whether a description may be said of anybody in the room: the girl, his wife; not the king."""
    entity = resolution.entity
    if entity is None or entity.kind != "unnamed" or resolution.rule not in _NAMELESS:
        return False
    return not entity.descriptions or entity.descriptions[0].role.kind in ("person", "kin")


def _end_of(group: Sequence[_Draft], stretches: Sequence[Stretch]) -> int:
    """Return where the last quotation of a turn and the words that name its source end."""
    quoted = (stretches[number].outer[-1][1] for draft in group for number in draft.report.stretches)
    return max(*quoted, *(draft.report.source.end for draft in group if draft.report.source is not None), 0)


def _gaps(group: Sequence[_Draft], stretches: Sequence[Stretch], paragraph: Paragraph) -> list[tuple[int, int]]:
    """Return what stands before, between and after the quotations of a turn in its first paragraph."""
    quoted = sorted(piece for draft in group for number in draft.report.stretches for piece in stretches[number].outer)
    gaps, at = [], paragraph.start
    for start, end in quoted:
        if start > at:
            gaps.append((at, start))
        at = max(at, end)
    return [*gaps, (at, paragraph.end)] if at < paragraph.end else gaps


def _take_turns(
    text: str, drafts: Sequence[_Draft], stretches: Sequence[Stretch], coreference: Coreference
) -> tuple[Dialogue, dict[int, int], list[list[_Draft]]]:
    """Put the direct quotations of each paragraph together into a turn."""
    turns: list[Turn] = []
    members: list[list[_Draft]] = []
    turn_of: dict[int, int] = {}
    paragraphs = coreference.paragraphs
    for draft in drafts:
        report = draft.report
        if draft.parent is not None or report.kind != "direct" or report.follows == "nobody":
            continue
        final = stretches[report.stretches[-1]]
        named = coreference.peek(report.source) if report.source is not None else None
        asks = text[final.pieces[-1][1] - 1] == "?"
        inside = [piece for number in report.stretches for piece in stretches[number].pieces]
        here = turns and report.paragraph <= turns[-1].last
        if not here or (named is not None and turns[-1].named not in (None, named)):
            gap = range(turns[-1].last + 1 if turns else 0, report.paragraph)
            turns.append(
                Turn(
                    first=report.paragraph,
                    last=final.paragraphs[-1],
                    document=paragraphs[report.paragraph].document,
                    start=report.start,
                    asks=asks,
                    breaks=any(paragraphs[n].kind in ("heading", "credit") for n in gap[-2:]),
                )
            )
            members.append([])
        turn = turns[-1]
        turn.last, turn.asks, turn.named = max(turn.last, final.paragraphs[-1]), asks, turn.named or named
        turn.called += coreference.called_in(inside)
        turn.mentioned |= coreference.named_in(inside)
        turn.address = coreference.addressed_in(inside) or turn.address
        members[-1].append(draft)
        turn_of[id(draft)] = len(turns) - 1
    return Dialogue(turns), turn_of, members


def _resolve_reported(
    drafts: Sequence[_Draft],
    reported: Sequence[_Draft],
    coreference: Coreference,
    trace: list[tuple[int, list[str]]] | None,
) -> None:
    """Resolve indirect reports after all others, so that they change nothing in them."""
    previous: Spoken | None = None
    paragraphs = coreference.paragraphs
    outer = [draft for draft in drafts if draft.parent is None]
    for draft in sorted((*outer, *reported), key=lambda draft: draft.report.start):
        report = draft.report
        if previous is not None and paragraphs[previous.paragraph].document != paragraphs[report.paragraph].document:
            previous = None
        if report.kind == "indirect":
            if trace is not None:
                coreference.trace = []
                trace.append((report.start, coreference.trace))
            draft.rule = report.rule
            if report.source is None:
                draft.resolution = Resolution(None, "pronoun", report.rule, "the cue names no source")
            else:
                draft.resolution = coreference.resolve(report.source, Setting(report.paragraph, previous))
                draft.rule = f"{report.rule} > {draft.resolution.rule}"
                if draft.resolution.entity is not None:
                    coreference.note(report.source, report.paragraph, draft.resolution.entity)
            if report.addressee is not None:
                draft.addressee = coreference.resolve(report.addressee, Setting(report.paragraph, previous)).entity
        if draft.resolution is not None and draft.resolution.entity is not None:
            at = report.source.end if report.source is not None else report.start
            previous = Spoken(draft.resolution.entity, max(at, report.start), report.paragraph)


def _float_rule(report: Report, last: _Draft, stretches: Sequence[Stretch]) -> str | None:
    """Why a quotation without a source of its own continues the one before."""
    if report.follows == "before":
        return "float.sentence"
    if not report.alone or report.sentence > 0:
        return None  # the paragraph begins with somebody else's deeds
    distance = report.paragraph - last.report.paragraph
    if distance > 1:
        multi = stretches[last.report.stretches[-1]].paragraphs[-1]
        distance = report.paragraph - multi
    return "float.paragraph" if distance == 1 else None


def _make_speakers(text: str, drafts: Sequence[_Draft], known: Mapping[Entity, Speaker]) -> dict[Entity, Speaker]:
    """Turn the entities of some drafts into speakers, beside those that are known."""
    used: dict[Entity, list[Mention]] = defaultdict(list)
    for draft in drafts:
        source = draft.report.source
        if draft.resolution is not None and draft.resolution.entity is not None and source is not None:
            used[draft.resolution.entity].append(_mention(text, source, draft.resolution))
        elif draft.resolution is not None and draft.resolution.entity is not None:
            used.setdefault(draft.resolution.entity, [])
        if draft.addressee is not None:
            used.setdefault(draft.addressee, [])
    made = {entity: _make_speaker(text, entity, mentions) for entity, mentions in used.items() if entity not in known}
    return {**made, **known}


def _build(
    text: str,
    drafts: Sequence[_Draft],
    stretches: Sequence[Stretch],
    speakers: Mapping[Entity, Speaker],
    config: Config,
    lexicon: Lexicon,
) -> list[Quote]:
    """Turn drafts into quotes."""
    ordered = sorted(drafts, key=lambda draft: _order(draft, stretches))
    at = {number: position for position, draft in enumerate(ordered) for number in draft.report.stretches}
    place = {id(draft): position for position, draft in enumerate(ordered)}
    quotes = []
    for draft in ordered:
        report, resolution = draft.report, draft.resolution
        assert resolution is not None
        if report.kind == "indirect":
            pieces = list(report.clause)
        else:
            pieces = sorted(piece for number in report.stretches for piece in stretches[number].pieces)
        clause = report.clause + tuple(
            piece
            for number in report.stretches
            for piece in stretches[number].outer
            if not any(start < piece[1] and piece[0] < end for start, end in report.clause)
        )
        spans = tuple(Span(start, end) for start, end in pieces)
        entity = resolution.entity
        confidence = _confidence(draft.rule, lexicon)
        speaker = speakers.get(entity) if entity is not None else None
        reason = resolution.reason
        if speaker is not None and config.preset == "strict" and confidence < _STRICT:
            speaker, reason = (
                None,
                f"the rule {draft.rule} is right in {confidence:.2f} of its decisions, too few for the preset",
            )
        parent = draft.parent
        while parent is not None and parent not in at:
            parent = stretches[parent].parent
        holder = place[id(draft.holder)] if draft.holder is not None else at[parent] if parent is not None else None
        quotes.append(
            Quote(
                speaker,
                " ".join(text[span.start : span.end] for span in spans),
                spans,
                report.kind,  # type: ignore[arg-type]
                _mention(text, report.source, resolution) if report.source is not None else None,
                Span(*report.cue) if report.cue is not None else None,
                tuple(Span(start, end) for start, end in sorted(clause)) if report.kind == "mixed" else (),
                speakers.get(draft.addressee) if draft.addressee is not None else None,
                holder,
                draft.rule,
                confidence,
                reason if speaker is None else None,
            )
        )
    return quotes


def _order(draft: _Draft, stretches: Sequence[Stretch]) -> tuple[int, bool, int]:
    """Text order; of two that begin together, the outer one first."""
    if draft.report.kind == "indirect":
        clause = draft.report.clause
        return clause[0][0], draft.holder is not None, -clause[-1][1]
    return min(stretches[number].pieces[0][0] for number in draft.report.stretches), draft.parent is not None, 0


def _mention(text: str, source: Phrase, resolution: Resolution) -> Mention:
    kind = "pronoun" if source.code in "pw" else resolution.kind
    return Mention(source.start, source.end, kind, text[source.start : source.end])  # type: ignore[arg-type]


def _make_speaker(text: str, entity: Entity, mentions: Sequence[Mention]) -> Speaker:
    found = {
        (name.start, name.end): Mention(name.start, name.end, "name", text[name.start : name.end])
        for name in entity.names
    }
    for mention in mentions:
        found[mention.start, mention.end] = mention
    everywhere = tuple(found[key] for key in sorted(found))
    aliases = dict.fromkeys(" ".join(mention.text.split()) for mention in everywhere if mention.kind != "pronoun")
    for name in entity.names:
        aliases.setdefault(" ".join(name.core))
    for alias in entity.extra_aliases:
        aliases.setdefault(alias)
    aliases.pop(entity.name, None)
    kind = "person" if entity.kind == "unknown" else entity.kind
    return Speaker(
        entity.name,
        kind,  # type: ignore[arg-type]
        tuple(aliases),
        tuple(dict.fromkeys(description.text for description in entity.descriptions)),
        everywhere,
        entity.gender,
        entity.gender_source,  # type: ignore[arg-type]
        entity.id,
    )


def _confidence(rule: str, lexicon: Lexicon) -> float:
    """Return the measured precision of a rule, or of the nearest family that has been measured."""
    if rule == "none":
        return 0.0
    return next(lexicon.confidence[row] for row in name_rows(rule) if row in lexicon.confidence)


def _filter(quotes: Sequence[Quote], kinds: tuple[Kind, ...]) -> tuple[Quote, ...]:
    """Keep the kinds asked for; a parent of another kind becomes None."""
    position: dict[int, int] = {}
    kept: list[Quote] = []
    for number, quote in enumerate(quotes):
        if quote.kind in kinds:
            position[number] = len(kept)
            kept.append(quote)
    return tuple(
        quote if quote.parent is None else attrs.evolve(quote, parent=position.get(quote.parent)) for quote in kept
    )
