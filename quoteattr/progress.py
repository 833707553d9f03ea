"""How far a run of the command has come, kept in a small file beside its output, so that a killed run can go on.

The file tells the last document whose answer is whole in the output, how long the output was then, and under which
settings it was made.  It is replaced in one step, after the output has reached the disk.  So whatever is in the output
beyond that length was not finished: it is cut off, and the documents after that last one are done.
"""

from __future__ import annotations

import json
import os
import time
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, NamedTuple

from quoteattr.errors import UsageError

# seconds between two notes of the progress
_INTERVAL = 1.0


class Place(NamedTuple):
    """Where a document stands: which input and which line of it, from 1; `check` tells these inputs from others."""

    file: int = 0
    line: int = 0
    check: int = 0


def check(names: Iterable[str], number: int = 0) -> int:
    """Return a number that changes with the names of the inputs and their order; `number` is that of those before.

    >>> check(["a.txt", "b.txt"]) == check(["b.txt", "a.txt"])
    False
    """
    for name in names:
        number = zlib.crc32(name.encode("utf-8", "surrogateescape") + b"\n", number)
    return number


class Progress:
    """The progress of one run that writes to a file."""

    def __init__(self, output: Path, settings: Mapping[str, Any]) -> None:
        self.output = output
        self.path = beside(output)
        self.place = Place()
        self.failed = False
        self.size = 0  # of the output, in bytes
        self._settings = dict(settings)
        self._written = time.monotonic()
        self._held: IO[bytes] | None = None  # the output, locked as long as this lives

    def begin(self) -> None:
        """Take up the run where it stopped, if there was one; the output is as it was at that place afterwards."""
        known = self._read()
        if known is None:
            if self.output.exists():
                raise UsageError(f"{self.output}: was not begun with --resume: delete it, or choose another --output")
            self._write()  # before the output is there, so that a kill between the two is no trouble
            self._lock()
            return
        for name, value in self._settings.items():
            if known["settings"].get(name) != value:
                raise UsageError(
                    f"{self.output}: was begun with another {name}: "
                    f"go on as it was begun, or delete it and {self.path.name}"
                )
        self._lock()
        size = self.output.stat().st_size
        if size < known["size"]:
            raise UsageError(f"{self.output}: is shorter than it was: delete it and {self.path.name}")
        if size:
            os.truncate(self.output, known["size"])
        self.place = Place(*known["place"])
        self.failed = known["failed"]
        self.size = known["size"]

    def _read(self) -> dict[str, Any] | None:
        try:
            known = json.loads(self.path.read_bytes())
        except FileNotFoundError:
            return None
        except ValueError:
            known = None
        if not _is_note(known):
            raise UsageError(f"{self.path}: not a note of progress: delete it and {self.output.name}")
        return dict(known)

    def end(self) -> None:
        """Let other runs write there."""
        if self._held is not None:
            self._held.close()

    def _lock(self) -> None:
        """See to it that no other run writes there at the same time, where the system has such locks."""
        self._held = open(self.output, "ab")  # noqa: SIM115
        with suppress(ImportError):  # of Windows
            import fcntl

            try:
                fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise UsageError(f"{self.output}: another run is writing it: wait until it ends") from None
            except OSError:  # a file system that knows no locks
                pass

    def note(self, place: Place, out: IO[str], *, failed: bool) -> None:
        """Note that all answers up to a place are in the output, and nothing else; it has been flushed."""
        self.size = os.fstat(out.fileno()).st_size
        self.place, self.failed = place, failed
        if time.monotonic() - self._written >= _INTERVAL:
            self.save(out)

    def save(self, out: IO[str]) -> None:
        """Make sure that what was noted last outlives the process and the machine."""
        os.fsync(out.fileno())
        self._write()
        self._written = time.monotonic()

    def _write(self) -> None:
        known = {
            "settings": self._settings,
            "place": self.place,
            "size": self.size,
            "failed": self.failed,
        }
        fresh = self.path.with_name(self.path.name + ".new")
        with open(fresh, "w", encoding="utf-8") as file:
            json.dump(known, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, self.path)


def _is_note(known: Any) -> bool:
    """Whether what a file holds has the form of a note of progress."""
    return (
        isinstance(known, dict)
        and isinstance(known.get("settings"), dict)
        and isinstance(known.get("size"), int)
        and isinstance(known.get("failed"), bool)
        and isinstance(known.get("place"), list)
        and len(known["place"]) == len(Place._fields)
        and all(isinstance(one, int) for one in known["place"])
    )


def beside(output: Path) -> Path:
    """Return the file that keeps the progress of an output.

    >>> beside(Path("quotes.jsonl")).name
    'quotes.jsonl.progress'
    """
    return output.with_name(output.name + ".progress")
