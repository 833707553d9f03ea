"""The command `quoteattr`: files, folders or standard input to a table, JSONL, JSON or CSV.

Input is UTF-8.  Newlines are kept as they are, and offsets count code points of the text after a
byte order mark, if it has one.  One document is in memory at a time.  What cannot be read is one
line on standard error and exit status 2; the rest is still done.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from quoteattr.model import KINDS, PRESETS, Config, Kind, Quotes

OK, FAILED, INTERRUPTED, PIPE_CLOSED = 0, 2, 130, 141  # the last two as shells report the signals
FORMATS = ("table", "jsonl", "json", "csv")
JSONL_ENDINGS = (".jsonl", ".ndjson")
FOLDER_ENDINGS = (".txt", *JSONL_ENDINGS)
STDIN = 0  # the file descriptor
FEW = 3  # no progress bar for so many documents or fewer
PATIENCE = 1.0  # seconds before a progress bar shows itself

DESCRIPTION = """\
Finds the quotations in English texts and says who said each.

A file that ends in .jsonl holds one JSON object a line with a field "text" and, if you like, an
"id"; so does standard input if its first line is such an object.  Every other file is one plain text.
Of a folder, all .txt and .jsonl files are read, in order of name."""

EPILOG = """\
Offsets are half-open and count code points, after a byte order mark if there is one.
Exit status: 0, or 2 if something could not be read."""


class Document(NamedTuple):
    """One text to be read, and what it is called in the answer."""

    id: str | int
    text: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and returns its exit status; `arguments` are those of the process by default."""
    try:
        return _run(_parser(), arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _abandon_output()
        return PIPE_CLOSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="quoteattr",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="a file, a folder, or - for standard input")
    parser.add_argument("--format", choices=FORMATS, help="default: table on a terminal, else jsonl")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write there; its ending may tell the format")
    parser.add_argument(
        "--kinds",
        type=_kinds,
        default=("direct", "mixed"),
        metavar="KIND,...",
        help=f"of {', '.join(KINDS)}; default: direct,mixed",
    )
    parser.add_argument(
        "--preset", choices=PRESETS, default="default", help="strict: rather no speaker than a doubtful one"
    )
    parser.add_argument("--text-field", default="text", metavar="NAME", help="the field of a JSONL line; default: text")
    parser.add_argument("--workers", type=_workers, default=1, metavar="N", help="processes to use; default: 1")
    parser.add_argument("--no-progress", action="store_true", help="never show a progress bar")
    parser.add_argument("--version", action=_Version, help="print the version and end")
    return parser


def _run(parser: argparse.ArgumentParser, arguments: Sequence[str] | None) -> int:
    options = parser.parse_intermixed_args(arguments)
    if not options.paths:
        if sys.stdin is None or sys.stdin.isatty():
            parser.print_help()
            return FAILED
        options.paths = ["-"]
    if options.output and any(_same_file(path, options.output) for path in options.paths):
        parser.error(f"{options.output} is to be read and written: choose another --output")

    problems = _Problems()
    inputs = list(_inputs(options.paths, options.output, problems))
    with ExitStack() as stack:
        try:
            out = _output(options.output, stack)
        except OSError as error:
            problems.add(f"{options.output}: {_reason(error)}")
            return problems.status
        documents = _documents(inputs, options.text_field, problems)
        if _wants_progress(options, inputs, out):
            documents = stack.enter_context(problems.progress(documents, inputs))
        try:
            _write(out, _format(options, out), _answers(documents, options, problems))
        except _UnwritableError as error:  # a full disk, say
            problems.add(f"{options.output or 'standard output'}: {error}")
            if options.output is None:
                _abandon_output()
    return problems.status


class _Problems:
    """What could not be read: a line each on standard error, and the exit status that follows."""

    def __init__(self) -> None:
        self.status = OK
        self._print: Callable[[str], None] = lambda line: print(line, file=sys.stderr)

    def add(self, problem: str) -> None:
        self.status = FAILED
        self._print(f"quoteattr: {problem}")

    def progress(self, documents: Iterable[Document], inputs: Sequence[str]) -> Any:
        """The documents behind a progress bar, which gives way to every problem's line."""
        from tqdm import tqdm

        total = None if any(map(_may_hold_many, inputs)) else len(inputs)
        bar = tqdm(documents, total=total, unit=" texts", delay=PATIENCE, leave=False, file=sys.stderr)
        self._print = lambda line: tqdm.write(line, file=sys.stderr)
        return bar


class _Version(argparse.Action):
    """Prints the version; looked up only when it is asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str | None = None) -> None:
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            print(f"quoteattr {version('quoteattr')}")
        except PackageNotFoundError:
            print("quoteattr, not installed")
        parser.exit()


def _kinds(value: str) -> tuple[Kind, ...]:
    kinds = tuple(kind.strip() for kind in value.split(","))
    for kind in kinds:
        if kind not in KINDS:
            raise argparse.ArgumentTypeError(f"a kind is one of {', '.join(KINDS)}; not {kind!r}")
    return cast("tuple[Kind, ...]", kinds)


def _workers(value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"a number of processes, 1 or more; not {value!r}")
    return int(value)


def _inputs(paths: Iterable[str], output: Path | None, problems: _Problems) -> Iterator[str]:
    """The files to read, folders replaced by what is in them; the output file is no input."""
    for path in paths:
        if path == "-" or not os.path.isdir(path):
            yield path
            continue
        found = [
            os.path.join(folder, name)
            for folder, _, names in os.walk(path, onerror=lambda error: problems.add(_unread(error)))
            for name in names
            if name.lower().endswith(FOLDER_ENDINGS)
        ]
        inside = sorted(file for file in found if output is None or not _same_file(file, output))
        if not inside:
            problems.add(f"{path}: no .txt or .jsonl file in this folder")
        yield from inside


def _documents(inputs: Iterable[str], field: str, problems: _Problems) -> Iterator[Document]:
    """The documents of all inputs, in order, read when they are asked for."""
    for path in inputs:
        name = "standard input" if path == "-" else path
        try:
            with open(STDIN, "rb", closefd=False) if path == "-" else open(path, "rb") as file:
                if path == "-":
                    first = file.readline()
                    if _is_json_object(first):
                        yield from _lines(name, [first], file, field, problems)
                    else:
                        yield Document("-", _decode(first + file.read()))
                elif path.lower().endswith(JSONL_ENDINGS):
                    yield from _lines(name, [], file, field, problems)
                else:
                    yield Document(path, _decode(file.read()))
        except OSError as error:
            problems.add(f"{name}: {_reason(error)}")
        except _UnreadableError as error:
            problems.add(f"{name}: {error}")


def _lines(name: str, first: list[bytes], rest: Iterable[bytes], field: str, problems: _Problems) -> Iterator[Document]:
    """The documents of a JSONL file; a line that holds none is a problem, and the next is read."""
    number = 0
    for lines in (first, rest):
        for line in lines:
            number += 1
            try:
                if (document := _document(line, field, f"{name}:{number}")) is not None:
                    yield document
            except _UnreadableError as error:
                problems.add(f"{name}, line {number}: {error}")


def _document(line: bytes, field: str, id: str) -> Document | None:
    text = _decode(line).strip()
    if not text:
        return None
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        raise _UnreadableError("no JSON") from None
    if not isinstance(record, dict) or not isinstance(record.get(field), str):
        raise _UnreadableError(f'no JSON object with a text in its field "{field}"')
    own = record.get("id")
    return Document(own if isinstance(own, (str, int)) else id, record[field])


class _UnreadableError(Exception):
    """Bytes that are not what was asked for; the message says what is wrong with them."""


class _UnwritableError(Exception):
    """The output takes no more; told apart from an error of the engine."""


def _decode(data: bytes) -> str:
    if b"\0" in data:
        raise _UnreadableError("not a text file (it has NUL bytes)")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _UnreadableError(f"not UTF-8 text (at byte {error.start})") from None


def _is_json_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _answers(
    documents: Iterable[Document], options: argparse.Namespace, problems: _Problems
) -> Iterator[tuple[str | int, Quotes]]:
    """The id and the quotes of every document, in order."""
    from quoteattr.pipeline import Extractor

    asked: deque[str | int] = deque()  # ids of the texts that were handed over and not yet answered

    def texts() -> Iterator[str]:
        for document in documents:
            asked.append(document.id)
            yield document.text

    extractor = Extractor(Config(preset=options.preset))
    for answer in extractor.extract_many(texts(), kinds=options.kinds, workers=options.workers):
        id = asked.popleft()
        if isinstance(answer, Quotes):
            yield id, answer
        else:
            problems.add(f"{id}: {answer.message}")


def _output(path: Path | None, stack: ExitStack) -> IO[str]:
    """The stream to write to: UTF-8, and a lone surrogate of a JSON input becomes its escape again."""
    if path is not None:
        return stack.enter_context(open(path, "w", encoding="utf-8", errors="backslashreplace", newline=""))
    if reconfigure := getattr(sys.stdout, "reconfigure", None):
        reconfigure(errors="backslashreplace", **({} if sys.stdout.isatty() else {"encoding": "utf-8"}))
    return sys.stdout


def _abandon_output() -> None:
    """Lets what is still buffered go nowhere: Python flushes it once more at exit, and would fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _format(options: argparse.Namespace, out: IO[str]) -> str:
    if options.format:
        return str(options.format)
    if options.output and options.output.suffix[1:].lower() in FORMATS:
        return str(options.output.suffix[1:].lower())
    return "table" if out.isatty() else "jsonl"


def _wants_progress(options: argparse.Namespace, inputs: Sequence[str], out: IO[str]) -> bool:
    """Long work alone, on a terminal, and not where the answers themselves move across it."""
    long = len(inputs) > FEW or any(map(_may_hold_many, inputs))
    return long and not options.no_progress and sys.stderr.isatty() and not out.isatty()


def _may_hold_many(path: str) -> bool:
    return path == "-" or path.lower().endswith(JSONL_ENDINGS)


def _write(out: IO[str], format: str, answers: Iterable[tuple[str | int, Quotes]]) -> None:
    """Writes every answer as soon as it is there."""
    from quoteattr.records import COLUMNS, to_csv, to_dicts, to_jsonl, to_table

    def put(text: str) -> None:
        try:
            out.write(text)
            out.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise _UnwritableError(_reason(error)) from None

    width = shutil.get_terminal_size().columns
    separator = "\n"
    if format == "json":
        put("[")
    elif format == "csv":
        put(",".join(COLUMNS) + "\n")
    for number, (id, quotes) in enumerate(answers):
        if format == "jsonl":
            put(to_jsonl(quotes, id))
        elif format == "csv":
            put(to_csv(quotes, id, header=False))
        elif format == "table":
            body = to_table(quotes, width) if quotes else "no quotations"
            put(("\n" if number else "") + f"{id}\n{body}\n")
        elif quotes:
            put(separator + ",\n".join(json.dumps(record, ensure_ascii=False) for record in to_dicts(quotes, id)))
            separator = ",\n"
    if format == "json":
        put("]\n" if separator == "\n" else "\n]\n")


def _same_file(one: str | Path, other: str | Path) -> bool:
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file"
    return (error.strerror or str(error)).lower()


def _unread(error: OSError) -> str:
    return f"{error.filename}: {_reason(error)}"
