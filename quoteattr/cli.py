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
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple, cast

import attrs

from quoteattr.errors import ExtractionError, QuoteattrError, UsageError
from quoteattr.model import KINDS, PRESETS, Config, Kind
from quoteattr.progress import Place, Progress, beside, check

if TYPE_CHECKING:
    from quoteattr.pipeline import Extractor

OK, FAILED, INTERRUPTED, PIPE_CLOSED = 0, 2, 130, 141  # the last two as shells report the signals
FORMATS = ("table", "jsonl", "json", "csv")
ENDINGS = {**{f".{format}": format for format in FORMATS}, ".ndjson": "jsonl", "": None}
RESUMABLE = ("jsonl", "csv")  # a file that can be cut after any document
JSONL_ENDINGS = (".jsonl", ".ndjson")
FOLDER_ENDINGS = (".txt", *JSONL_ENDINGS)
STDIN = 0  # the file descriptor
MANY = 50  # no more lines about what could not be read
FEW = 3  # no progress bar for so many documents or fewer
PATIENCE = 1.0  # seconds before a progress bar shows itself

DESCRIPTION = """\
Finds the quotations in English texts and says who said each.

A file that ends in .jsonl holds one JSON object a line with a field "text" and, if you like, an
"id"; so does standard input if its first line that is not empty is such an object.  Every other file is
one plain text.  Of a folder, all .txt and .jsonl files are read, in order of name."""

EPILOG = """\
Offsets are half-open and count code points, after a byte order mark if there is one.
Exit status: 0, or 2 if something could not be read."""


class Document(NamedTuple):
    """One text to be read, and what it is called in the answer."""

    id: str | int
    text: str
    place: Place


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status; `arguments` are those of the process by default."""
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
    parser.add_argument("--preset", choices=PRESETS, help="strict: rather no speaker than a doubtful one")
    parser.add_argument("--config", metavar="FILE", help="a JSON object of settings, as quoteattr.Config has")
    parser.add_argument("--text-field", default="text", metavar="NAME", help="the field of a JSONL line; default: text")
    parser.add_argument("--workers", type=_workers, default=1, metavar="N", help="processes to use; default: 1")
    parser.add_argument(
        "--resume", action="store_true", help="go on with a killed run; needs --output, in jsonl or csv"
    )
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

    if options.output and not options.format and options.output.suffix.lower() not in ENDINGS:
        parser.error(f"the ending of {options.output} tells no format: add --format, of {', '.join(FORMATS)}")

    try:
        config = Config(**{**_settings(options.config), **({"preset": options.preset} if options.preset else {})})
    except UsageError as error:
        parser.error(f"--config: {error}")
    progress = _progress(parser, options, config)

    problems = _Problems()
    inputs = list(_inputs(options.paths, options.output, problems))
    with ExitStack() as stack:
        stack.callback(problems.end)
        try:
            if progress is not None:
                stack.callback(progress.end)
                progress.begin()
                problems.status = FAILED if progress.failed else problems.status
            out = _output(options.output, progress, stack)
        except OSError as error:
            missing = isinstance(error, FileNotFoundError)
            problems.add(f"{options.output}: {'no such folder' if missing else _reason(error)}")
            return problems.status
        except UsageError as error:
            problems.add(str(error))
            return problems.status
        documents = _documents(inputs, options.text_field, problems, progress.place if progress else Place())
        if _wants_progress(options, inputs, out):
            documents = stack.enter_context(problems.progress(documents, inputs))
        try:
            _write(out, _format(options, out), _answers(documents, options, config, out), problems, progress)
        except QuoteattrError as error:  # other inputs than those the run was begun with; no workers to be had
            problems.add(str(error))
        except _UnwritableError as error:  # a full disk, say
            problems.add(f"{options.output or 'standard output'}: {error}")
            if options.output is None:
                _abandon_output()
    return problems.status


def _progress(parser: argparse.ArgumentParser, options: argparse.Namespace, config: Config) -> Progress | None:
    """What keeps how far the run has come, if that is asked for."""
    if not options.resume:
        return None
    format = options.output and _format(options, None)
    if format not in RESUMABLE:
        parser.error("--resume needs an --output whose format is jsonl or csv")
    if options.output.exists() and not options.output.is_file():
        parser.error(f"--resume needs an --output that is a file; {options.output} is none")
    from quoteattr import __version__

    settings = {
        "version of quoteattr": __version__,
        "format": format,
        "list of kinds": ",".join(options.kinds),
        "config": repr(config),
        "text field": options.text_field,
    }
    return Progress(options.output, settings)


class _Problems:
    """What could not be read: a line each on standard error, and the exit status that follows."""

    def __init__(self) -> None:
        self.status = OK
        self._told = 0
        self._print: Callable[[str], None] = lambda line: print(line, file=sys.stderr)

    def add(self, problem: str) -> None:
        self.status = FAILED
        self._told += 1
        if self._told <= MANY:
            self._print(f"quoteattr: {problem}")

    def end(self) -> None:
        """Say how many were not told."""
        if self._told > MANY:
            self._print(f"quoteattr: and {self._told - MANY} more like these")

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


def _settings(value: str | None) -> dict[str, Any]:
    """The settings in a JSON file; what they hold is checked by `Config`."""
    if value is None:
        return {}
    try:
        given = json.loads(Path(value).read_bytes())
    except OSError as error:
        raise UsageError(f"{value}: {_reason(error)}") from None
    except (ValueError, RecursionError):
        raise UsageError(f"{value}: no JSON") from None
    known = [field.name for field in attrs.fields(Config)]
    if not isinstance(given, dict) or not set(given) <= set(known):
        raise UsageError(f"{value}: settings are a JSON object with some of {', '.join(known)}")
    return given


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


def _documents(inputs: Sequence[str], field: str, problems: _Problems, done: Place) -> Iterator[Document]:
    """The documents of all inputs after a place, in order, read when they are asked for."""
    before = max(done.file - 1, 0)  # inputs that are done with
    names = check(inputs[:before])
    reached = done == Place()
    for number, path in enumerate(inputs[before:], before + 1):
        name = "standard input" if path == "-" else path
        names = check([path], names)
        try:
            with open(STDIN, "rb", closefd=False) if path == "-" else open(path, "rb") as file:
                for line, data, is_json in _parts(path, file):
                    place = Place(number, line, zlib.crc32(data, names))
                    if place[:2] < done[:2]:
                        continue
                    if not reached:
                        if place != done:
                            break
                        reached = True
                        continue
                    try:
                        text = _decode(data)
                        if not is_json:
                            yield Document(path, text, place)
                        elif text.strip():
                            yield Document(*_read_line(text, field, f"{name}:{line}"), place)
                    except _UnreadableError as error:
                        problems.add(f"{name}, line {line}: {error}" if is_json else f"{name}: {error}")
        except OSError as error:
            problems.add(f"{name}: {_reason(error)}")
        if not reached:
            break
    if not reached:
        raise UsageError("the inputs are not those that the run was begun with: go on with those, or delete its output")


def _parts(path: str, file: IO[bytes]) -> Iterator[tuple[int, bytes, bool]]:
    """The lines of a JSONL file, or the one text of another, each with its number and whether it is JSON."""
    first: list[bytes] = []
    if path == "-":
        for line in file:
            first.append(line)
            if line.strip():
                break
        is_json = bool(first) and _is_json_object(first[-1])
    else:
        is_json = path.lower().endswith(JSONL_ENDINGS)
    if is_json:
        for number, line in enumerate(chain(first, file), 1):
            yield number, line, True
    else:
        yield 1, b"".join(first) + file.read(), False


def _read_line(line: str, field: str, id: str) -> tuple[str | int, str]:
    """The id and the text in a line of JSONL."""
    try:
        record = json.loads(line.strip())
    except (ValueError, RecursionError):
        raise _UnreadableError("no JSON") from None
    if not isinstance(record, dict) or not isinstance(record.get(field), str):
        fields = f"; it has {', '.join(map(str, record))}" if isinstance(record, dict) and record else ""
        raise _UnreadableError(f'no JSON object with a text in its field "{field}"{fields}')
    own = record.get("id")
    return own if isinstance(own, (str, int)) and not isinstance(own, bool) else id, record[field]


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
    documents: Iterable[Document], options: argparse.Namespace, config: Config, out: IO[str]
) -> Iterator[tuple[Document, str | ExtractionError]]:
    """Every document with its answer as it is to be written, in order."""
    from quoteattr.pipeline import Extractor
    from quoteattr.stream import stream

    width = shutil.get_terminal_size().columns
    work = partial(_answer, Extractor(config), options.kinds, _format(options, out), width)
    return stream(work, documents, workers=options.workers, weigh=_measure)


def _answer(extractor: Extractor, kinds: tuple[Kind, ...], format: str, width: int, document: Document) -> str:
    """The quotes of one document as text, made where they are found, which may be a worker."""
    from quoteattr.records import to_csv, to_dicts, to_jsonl, to_table

    quotes = extractor.extract(document.text, kinds=kinds)
    if format == "jsonl":
        return to_jsonl(quotes, document.id)
    if format == "csv":
        return to_csv(quotes, document.id, header=False)
    if format == "table":
        return f"{document.id}\n{to_table(quotes, width) if quotes else 'no quotations'}\n"
    return ",\n".join(json.dumps(record, ensure_ascii=False) for record in to_dicts(quotes, document.id))


def _measure(document: Document) -> int:
    return len(document.text)


def _output(path: Path | None, progress: Progress | None, stack: ExitStack) -> IO[str]:
    """The stream to write to: UTF-8, and a lone surrogate of a JSON input becomes its escape again."""
    if path is not None:
        if progress is None:
            beside(path).unlink(missing_ok=True)  # of a run whose output is now written over
        mode = "w" if progress is None else "a"
        return stack.enter_context(open(path, mode, encoding="utf-8", errors="backslashreplace", newline=""))
    if reconfigure := getattr(sys.stdout, "reconfigure", None):
        reconfigure(errors="backslashreplace", **({} if sys.stdout.isatty() else {"encoding": "utf-8"}))
    return sys.stdout


def _abandon_output() -> None:
    """Lets what is still buffered go nowhere: Python flushes it once more at exit, and would fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _format(options: argparse.Namespace, out: IO[str] | None) -> str:
    if options.format:
        return str(options.format)
    if options.output and (told := ENDINGS[options.output.suffix.lower()]):
        return told
    return "table" if out is not None and out.isatty() else "jsonl"


def _wants_progress(options: argparse.Namespace, inputs: Sequence[str], out: IO[str]) -> bool:
    """Long work alone, on a terminal, and not where the answers themselves move across it."""
    long = len(inputs) > FEW or any(map(_may_hold_many, inputs))
    return long and not options.no_progress and sys.stderr.isatty() and not out.isatty()


def _may_hold_many(path: str) -> bool:
    return path == "-" or path.lower().endswith(JSONL_ENDINGS)


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _UnwritableError(_reason(error)) from None


def _write(
    out: IO[str],
    format: str,
    answers: Iterable[tuple[Document, str | ExtractionError]],
    problems: _Problems,
    progress: Progress | None,
) -> None:
    """Writes every answer as soon as it is there."""

    def put(text: str) -> None:
        with _writing():
            out.write(text)
            out.flush()

    before, between = {"json": ("\n", ",\n"), "table": ("", "\n")}.get(format, ("", ""))
    begun = progress is not None and progress.size > 0
    if format == "json":
        put("[")
    elif format == "csv" and not begun:
        from quoteattr.records import COLUMNS

        put(",".join(COLUMNS) + "\n")
    written = 0
    try:
        for document, answer in answers:
            if isinstance(answer, ExtractionError):
                problems.add(f"{document.id}: {answer.message}")
            elif answer:
                put((between if written else before) + answer)
                written += 1
            if progress is not None:
                with _writing():
                    progress.note(document.place, out, failed=problems.status != OK)
    finally:
        if progress is not None:
            with _writing():
                progress.save(out)
    if format == "json":
        put("\n]\n" if written else "]\n")


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
