"""How often the answers are right, by corpus and by rule, against annotated texts.

usage: python benchmarks/accuracy.py [FILE.jsonl | FOLDER ...] [--indirect] [--limit N] [--failures N] [--json]
       python benchmarks/accuracy.py --readme 2026-11   # writes the figures of README.md, with this date

Spans are compared as sets of words, so quotation marks and punctuation never matter.  Quotes are paired one to one,
best overlap first; a pair that shares half of its words or more is a soft match, one with equal words an exact match.

  exact, soft   F1 of the quotes found
  e2e           F1 of soft matches whose source is right too
  source        share of soft matches whose source words overlap, or that have none on both sides
  full, alias, part   share of the annotated quotes with a speaker whose answer is the main name; any name that no
                other speaker of the document has; also a part of a name that ends in the same surname

By rule: decisions are soft matches in which that rule named a speaker; right means the right speaker (as in `part`) if
the annotation has one, else the right source (for a quote without source words of its own, words elsewhere that name
its speaker); a quote without a speaker in a corpus without sources is left out.
Documents at even positions of a corpus, on which confidence is set, are told apart from those at odd positions, on
which it is tested.
"""

import argparse
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import corpora
import readme

import quoteattr
from quoteattr.model import Kind, Quote

WORD = re.compile(r"\w+")
POSSESSIVE = re.compile(r"['’]s\b")
HONORIFICS = {
    "mr": "mr", "sir": "mr", "lord": "mr", "mrs": "mrs", "lady": "mrs", "dame": "mrs", "miss": "miss", "ms": "ms",
}  # fmt: skip
TITLES = {
    *HONORIFICS, "dr", "sen", "senator", "rep", "gov", "governor", "president", "prof", "professor", "rev", "justice",
    "judge", "jr", "sr", "ii", "iii", "the",
}  # fmt: skip
FAILURES = ("missed", "false", "wrong boundary", "wrong source", "wrong person", "abstained")
CONTEXT = 120  # characters shown on either side of a failure

Tokens = frozenset[int]


class Form(NamedTuple):
    """How a corpus is annotated: which kinds, and what the content of one record is."""

    title: str = ""
    kinds: tuple[str, ...] = ("direct", "mixed")
    content: str = "spans"  # the quoted words; "clause": of a mixed quote its clause; "pieces": a record for each piece
    nested: bool = False  # whether quotations inside quotations are annotated
    sources: bool = True  # whether the words that name the source are annotated
    complete: bool = False  # whether every quotation is annotated, so that what else is found is wrong
    indirect: bool = True  # whether indirect speech is annotated

    @property
    def asked(self) -> tuple[Kind, ...]:
        """The kinds to extract: a quote that the corpus calls direct may be found as mixed."""
        return ("direct", "mixed", "indirect") if "indirect" in self.kinds else ("direct", "mixed")

    def with_indirect(self) -> "Form":
        """The same for all three kinds, where the corpus annotates them."""
        return self._replace(kinds=(*self.kinds, "indirect")) if self.indirect else self


FORMS = {
    "polnear": Form("PolNeAR, political news", content="clause", complete=True),
    "gum": Form("GUM, many genres", content="clause"),
    "pdnc": Form("PDNC, ten novels", kinds=("direct",), indirect=False),
    "litbank": Form("LitBank, openings of novels", kinds=("direct",), content="pieces", sources=False, indirect=False),
    "quoteli": Form("QuoteLi3, Pride and Prejudice", kinds=("direct",), content="pieces", indirect=False),
    "gold": Form("two news articles", nested=True, complete=True, indirect=False),
}


class Failure(NamedTuple):
    """One quotation that went wrong, and how."""

    cause: str
    document: str
    rule: str
    detail: str
    sentence: str


class Words:
    """The words of a text, and which of them a span touches."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.number: dict[int, int] = {}  # character → number of its word
        for number, match in enumerate(WORD.finditer(text)):
            self.number.update(dict.fromkeys(range(match.start(), match.end()), number))

    def of(self, spans: Iterable[tuple[int, int]]) -> Tokens:
        """The numbers of the words that the spans touch."""
        return frozenset(self.number[at] for start, end in spans for at in range(start, end) if at in self.number)

    def of_content(self, spans: Iterable[tuple[int, int]]) -> Tokens:
        """Without a leading "that", which some corpora keep and we leave out."""
        spans = list(spans)
        tokens = self.of(spans)
        starts = [at for start, end in spans for at in range(start, end) if at in self.number]
        first = min(starts, default=0)
        leads = len(tokens) > 1 and WORD.match(self.text, first)
        return tokens - {self.number[first]} if leads and leads.group() == "that" else tokens


def paired(gold: list[Tokens], found: list[Tokens]) -> dict[int, tuple[int, float]]:
    """Gold position → found position and overlap (Jaccard), one to one, best overlap first."""
    holders: dict[int, list[int]] = defaultdict(list)
    for position, tokens in enumerate(found):
        for token in tokens:
            holders[token].append(position)
    candidates = sorted(
        (-len(tokens & found[other]) / len(tokens | found[other]), position, other)
        for position, tokens in enumerate(gold)
        for other in {other for token in tokens for other in holders[token]}
    )
    pairs: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for overlap, position, other in candidates:
        if position not in pairs and other not in taken:
            pairs[position] = (other, -overlap)
            taken.add(other)
    return pairs


def name_words(name: str | None) -> list[str]:
    plain = "".join(
        char for char in unicodedata.normalize("NFKD", name or "").casefold() if not unicodedata.combining(char)
    )
    words = WORD.findall(POSSESSIVE.sub("", plain))
    return [word for word in words if word not in TITLES] or words


def honorific(name: str | None) -> str | None:
    """The word that tells namesakes apart: Mr X is not Mrs X."""
    return next((HONORIFICS[word] for word in WORD.findall((name or "").casefold()) if word in HONORIFICS), None)


def same_name(names: list[str], answer: str | None) -> tuple[bool, bool]:
    """Whether the answer is one of the names; and whether it is, or shares a part that ends in the surname."""
    words, own = name_words(answer), honorific(answer)
    rivals = {honorific(name) for name in names} - {None}
    if not words or (own and rivals and own not in rivals and not (own == "ms" and rivals & {"mrs", "miss"})):
        return False, False
    whole = part = False
    for number, name in enumerate(names):
        other = name_words(name)
        short, long = sorted((other, words), key=len)
        whole |= other == words
        # an alias of one word ("Jack") is no surname
        part |= bool(other) and {*short} <= {*long} and short[-1] == long[-1] and (len(other) > 1 or number == 0)
    return whole, whole or part


def contents(quote: Quote, form: Form) -> list[list[tuple[int, int]]]:
    spans = quote.clause if form.content == "clause" and quote.clause else quote.spans
    pairs = [(span.start, span.end) for span in spans]
    return [[pair] for pair in pairs] if form.content == "pieces" else [pairs]


class Score:
    """The counts of one corpus."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.counts: Counter[str] = Counter()
        self.rules: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)  # (rule, parity of the document)
        self.failures: list[Failure] = []

    def add(self, document: dict[str, Any], parity: int) -> None:
        """Runs over one document and counts what is right and wrong."""
        text, form = document["text"], self.form
        words = Words(text)
        answers = [
            (quote, tokens)
            for quote in quoteattr.extract(text, kinds=form.asked)
            if form.nested or quote.parent is None
            for spans in contents(quote, form)
            if (tokens := words.of_content(spans))
        ]
        annotated = [(quote, tokens) for quote in document["quotes"] if (tokens := words.of_content(quote["content"]))]
        gold = [one for one in annotated if one[0]["kind"] in form.kinds]
        idle = [tokens for quote, tokens in annotated if quote["kind"] not in form.kinds]
        answers = self._judged(answers, gold, idle, words.of(document.get("discard") or ()))
        matches = paired([tokens for _, tokens in gold], [tokens for _, tokens in answers])
        soft = {position: match for position, match in matches.items() if match[1] >= 0.5}
        names = speaker_names(document["quotes"])

        self.counts["documents"] += 1
        self.counts["gold"] += len(gold)
        self.counts["found"] += len(answers)
        self.counts["soft"] += len(soft)
        self.counts["exact"] += sum(overlap == 1.0 for _, overlap in soft.values())
        for position, (record, tokens) in enumerate(gold):
            self.counts["with speaker"] += bool(record.get("speaker"))
            if position not in soft:
                self._fail("missed", document, "", record.get("speaker") or "", record["content"])
                continue
            quote, found = answers[soft[position][0]]
            if found != tokens:
                self._fail("wrong boundary", document, quote.rule, quote.text, record["content"])
            self._judge(record, quote, words, names, document, parity)
        matched = {other for other, _ in soft.values()}
        for position, (quote, _) in enumerate(answers):
            if position not in matched:
                self._fail("false", document, quote.rule, str(quote.speaker), [(quote.start, quote.end)])

    def _judged(
        self, answers: list[tuple[Quote, Tokens]], gold: list[Any], idle: list[Tokens], discard: Tokens
    ) -> list[tuple[Quote, Tokens]]:
        """The answers less those that the annotation says nothing about."""
        matches = paired([tokens for _, tokens in gold], [tokens for _, tokens in answers])
        matched = {other for other, overlap in matches.values() if overlap >= 0.5}
        rest = [position for position in range(len(answers)) if position not in matched]
        spare = {
            rest[other]
            for other, overlap in paired(idle, [answers[position][1] for position in rest]).values()
            if overlap >= 0.5
        }
        for position in rest:
            quote, tokens = answers[position]
            if quote.kind not in self.form.kinds or any(
                2 * len(tokens & area) > len(tokens) for area in [*idle, discard]
            ):
                spare.add(position)
        return [answer for position, answer in enumerate(answers) if position not in spare]

    def _judge(
        self,
        record: dict[str, Any],
        quote: Quote,
        words: Words,
        names: dict[str, list[str]],
        document: dict[str, Any],
        parity: int,
    ) -> None:
        """Counts source and speaker of one soft match."""
        source = words.of(record.get("source") or ())
        mention = words.of([(quote.mention.start, quote.mention.end)] if quote.mention else ())
        source_right = bool(source & mention) or not (source or mention)
        self.counts["source right"] += source_right
        self.counts["sourced"] += bool(source)
        told = str(quote.speaker) if quote.speaker else None
        rule = self.rules[quote.rule, parity]
        detail = f"{told} ({quote.mention.text if quote.mention else 'no mention'})"
        if not source_right:
            gold_source = " ".join(document["text"][start:end] for start, end in record.get("source") or ())
            self._fail("wrong source", document, quote.rule, f"{detail}, not {gold_source!r}", record["content"])
        if speaker := record.get("speaker"):
            whole, part = same_name(names[speaker], told)
            self.counts["full"] += same_name([speaker], told)[0]
            self.counts["alias"] += whole
            self.counts["part"] += part
            if told and not part:
                self._fail("wrong person", document, quote.rule, f"{detail}, not {speaker}", record["content"])
            if told:
                rule["speaker judged"] += 1
                rule["speaker right"] += part
                rule["right"] += part
        elif told and self.form.sources:
            # a quotation that continues another has no source words of its own: those of its speaker stand elsewhere
            named = quote.speaker.mentions if quote.speaker and not quote.mention else ()
            elsewhere = words.of((one.start, one.end) for one in named)
            rule["right"] += source_right or bool(source & elsewhere)
        if told and (speaker or self.form.sources):
            rule["decisions"] += 1
            rule["source judged"] += bool(source)
            rule["source right"] += bool(source) and source_right
        if not told:
            rule["abstained"] += 1
            if speaker or source:
                self._fail("abstained", document, quote.rule, f"{speaker}: {quote.reason}", record["content"])

    def _fail(self, cause: str, document: dict[str, Any], rule: str, detail: str, spans: Any) -> None:
        text, start, end = document["text"], spans[0][0], spans[-1][1]
        before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        sentence = " ".join(f"{before}⟦{text[start:end]}⟧{after}".split())
        self.failures.append(Failure(cause, str(document.get("id")), rule, detail, sentence))

    def row(self) -> dict[str, Any]:
        """The figures of this corpus."""
        counts = self.counts
        return {
            "documents": counts["documents"],
            "gold": counts["gold"],
            "found": counts["found"],
            "exact": f1(counts["exact"], counts["found"], counts["gold"]),
            "soft": f1(counts["soft"], counts["found"], counts["gold"]),
            "e2e": f1(counts["source right"], counts["found"], counts["gold"]) if counts["sourced"] else None,
            "source": ratio(counts["source right"], counts["soft"]) if counts["sourced"] else None,
            **{name: ratio(counts[name], counts["with speaker"]) for name in ("full", "alias", "part")},
        }


def speaker_names(records: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Main name → it and the aliases that no other speaker of the document has."""
    owners: dict[tuple[str | None, tuple[str, ...]], set[str | None]] = defaultdict(set)
    aliases: dict[str, dict[str, None]] = defaultdict(dict)
    for record in records:
        for alias in record.get("aliases") or ():
            owners[honorific(alias), tuple(name_words(alias))].add(record.get("speaker"))
            aliases[record.get("speaker") or ""][alias] = None
    return {
        speaker: [speaker, *(a for a in aliases[speaker] if len(owners[honorific(a), tuple(name_words(a))]) == 1)]
        for record in records
        if (speaker := record.get("speaker"))
    }


def ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def f1(right: int, found: int, gold: int) -> float:
    return 2 * right / (found + gold) if found + gold else 0.0


def readme_lines(scores: list[Score], date: str) -> list[str]:
    """The table of README.md: shares in per cent."""
    lines = [
        f"State of {date}; all documents of each corpus; `python benchmarks/accuracy.py --readme {date}`.",
        "",
        "| corpus | documents | quotations | found | exact | precision | source | end to end | speaker | named right |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for score in sorted(scores, key=lambda score: -score.counts["gold"]):
        form, counts = score.form, score.counts
        title = f"{form.title}, with indirect" if "indirect" in form.kinds else form.title
        speakers = sum((rule for rule in score.rules.values()), Counter[str]())
        sourced, complete = form.sources, form.complete
        shares = [
            ratio(counts["soft"], counts["gold"]),
            ratio(counts["exact"], counts["gold"]),
            ratio(counts["soft"], counts["found"]) if complete else None,
            ratio(counts["source right"], counts["soft"]) if sourced else None,
            f1(counts["source right"], counts["found"], counts["gold"]) if sourced and complete else None,
            ratio(counts["part"], counts["with speaker"]),
            ratio(speakers["speaker right"], speakers["speaker judged"]),
        ]
        cells = [title, counts["documents"], counts["gold"], *map(readme.percent, shares)]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return lines


def rule_rows(scores: Iterable[Score]) -> list[dict[str, Any]]:
    """One row for each rule over all corpora, most decisions first."""
    tables: dict[str, list[Counter[str]]] = defaultdict(lambda: [Counter(), Counter()])
    for score in scores:
        for (rule, parity), counts in score.rules.items():
            tables[rule][parity].update(counts)
    rows = [
        {
            "rule": rule,
            "decisions": both["decisions"],
            "source": ratio(both["source right"], both["source judged"]),
            "speaker": ratio(both["speaker right"], both["speaker judged"]),
            "precision": ratio(both["right"], both["decisions"]),
            "even_decisions": even["decisions"],
            "even": ratio(even["right"], even["decisions"]),
            "odd_decisions": odd["decisions"],
            "odd": ratio(odd["right"], odd["decisions"]),
            "abstained": both["abstained"],
        }
        for rule, (even, odd) in tables.items()
        for both in [even + odd]
    ]
    return sorted(rows, key=lambda row: (-row["decisions"], -row["abstained"], row["rule"]))


def shown(value: object) -> str:
    return "-" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)


def print_table(rows: list[dict[str, Any]]) -> None:
    """Prints rows with the same keys, the first column to the left, the others to the right."""
    if not rows:
        return
    cells = [list(rows[0]), *([shown(value) for value in row.values()] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for first, *others in cells:
        print(first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)))


def print_failures(scores: dict[str, Score], number: int) -> None:
    """Prints up to `number` failures of each cause for each corpus, evenly spread over it."""
    for corpus, score in scores.items():
        for cause in FAILURES:
            failures = [failure for failure in score.failures if failure.cause == cause]
            print(f"\n{corpus}, {cause}: {len(failures)}")
            for failure in failures[:: max(1, len(failures) // number)][:number]:
                print(f"  {failure.document} [{failure.rule or '-'}] {failure.detail}\n    {failure.sentence}")


def scored(paths: list[Path], limit: int | None, indirect: bool) -> Iterator[tuple[str, Score]]:
    for path in paths:
        form = next((form for name, form in FORMS.items() if path.stem.startswith(name)), Form())
        score = Score(form.with_indirect() if indirect else form)
        for position, document in enumerate(corpora.documents(path, limit)):
            score.add(document, position % 2)
        yield path.stem, score


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--indirect", action="store_true", help="judge indirect quotations too")
    parser.add_argument("--limit", type=int, help="documents of each file, evenly spread")
    parser.add_argument("--failures", type=int, default=0, metavar="N", help="print N failures of each cause")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--readme", metavar="DATE", help="write the figures into README.md, with this date")
    options = parser.parse_args()
    scores = dict(scored(corpora.files(options.paths), options.limit, options.indirect))
    if options.readme:
        wider = [path for path in corpora.files(options.paths) if scores[path.stem].form.indirect]
        more = [score for _, score in scored(wider, options.limit, indirect=True)]
        readme.replace("accuracy", readme_lines([*scores.values(), *more], options.readme))
    rows = [{"corpus": corpus, **score.row()} for corpus, score in scores.items()]
    rules = rule_rows(scores.values())
    if options.json:
        print(json.dumps({"corpora": rows, "rules": rules}, indent=1))
        return
    print_table(rows)
    print()
    print_table(rules)
    if options.failures:
        print_failures(scores, options.failures)


if __name__ == "__main__":
    main()
