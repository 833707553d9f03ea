"""Many items through several processes: in order, lazily, with the failure of one item kept to it.

A worker is a fresh interpreter that imports this package, and neither a fork nor a copy of the caller's program.  So a
script needs no `if __name__ == "__main__"`, threads of the caller do no harm, and every system does the same.  Beside
each worker stands a thread of the caller that hands it one task after the other through a pipe; a task is a few items,
so that a large share of the time is work.  What is read ahead is a bounded window.

A worker that dies, whatever killed it, is replaced, and the items of its task are done once more, one by one; an item
on which a worker dies again is answered by an `ExtractionError`.  Workers hear no keyboard: they end when the caller
closes the stream or dies, at the latest when they are done with their task.
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any, TypeVar

import attrs

from quoteattr.errors import ExtractionError, QuoteattrError

if TYPE_CHECKING:
    from concurrent.futures import Future
    from queue import SimpleQueue
    from subprocess import Popen

Item = TypeVar("Item")
Answer = TypeVar("Answer")

# a task is full with so many items, or with so much weight
_MOST = 16
_HEAVY = 65_536
# tasks read ahead for each worker
_AHEAD = 3
# the worker's first words; `sys` is built in, so nothing is imported before the caller's path is set
_BOOT = "import sys; sys.path[:] = eval(sys.stdin.buffer.readline()); import quoteattr.stream; quoteattr.stream.serve()"


def stream(
    work: Callable[[Item], Answer], items: Iterable[Item], *, workers: int = 1, weigh: Callable[[Item], int]
) -> Iterator[tuple[Item, Answer | ExtractionError]]:
    """Yield every item with what `work` makes of it, in order; with an `ExtractionError` where it raises.

    With several workers, `work` is a function of an importable module, or a `functools.partial` of one; it, the items
    and the answers can be pickled.  `weigh` tells the size of an item in characters, so that tasks have a bound.  What
    the iterator of the items raises is raised after the answers to the items before it.

    >>> list(stream(len, ["ab", "", "abc"], weigh=len))
    [('ab', 2), ('', 0), ('abc', 3)]
    >>> [answer for _, answer in stream(int, ["1", "x"], weigh=len)][1].position
    1
    """
    answered = (
        ((item, _attempt(work, item)) for item in items)
        if workers == 1
        else _stream_parallel(work, items, workers, weigh)
    )
    for position, (item, answer) in enumerate(answered):
        yield item, ExtractionError(position, answer.message) if isinstance(answer, _Failure) else answer


@attrs.frozen
class _Failure:
    """In place of an answer: why there is none."""

    message: str


class _DeathError(Exception):
    """A worker died before it answered; the message tells of what."""


def _attempt(work: Callable[[Item], Answer], item: Item) -> Answer | _Failure:
    try:
        return work(item)
    except QuoteattrError as error:
        return _Failure(str(error))
    except Exception as error:  # a defect, and still no reason to lose the other items
        return _Failure(f"{type(error).__name__}: {error}")


def _stream_parallel(
    work: Callable[[Item], Answer], items: Iterable[Item], workers: int, weigh: Callable[[Item], int]
) -> Iterator[tuple[Item, Answer | _Failure]]:
    tasks = _split(items, weigh)
    waiting: deque[tuple[list[Item], Future[list[Any]]]] = deque()
    failure: Exception | None = None
    more = True
    with _Crew(work, workers) as crew:
        while more or waiting:
            while more and len(waiting) < _AHEAD * workers:
                try:
                    task = next(tasks, None)
                except Exception as error:
                    failure, task = error, None
                if task is None:
                    more = False
                    break
                waiting.append((task, crew.submit(task)))
                if waiting[0][1].done():
                    break
            if waiting:
                task, answers = waiting.popleft()
                yield from zip(task, answers.result(), strict=True)
    if failure is not None:
        raise failure


def _split(items: Iterable[Item], weigh: Callable[[Item], int]) -> Iterator[list[Item]]:
    """Yield tasks: small ones at first, so that answers come soon; what `items` raises comes after the last."""
    task: list[Item] = []
    weight, most = 0, 1
    failure: Exception | None = None
    try:
        for item in items:
            task.append(item)
            weight += weigh(item)
            if len(task) >= most or weight >= _HEAVY:
                yield task
                task, weight, most = [], 0, min(2 * most, _MOST)
    except Exception as error:
        failure = error
    if task:
        yield task
    if failure is not None:
        raise failure


class _Crew:
    """Some workers, each with the thread that speaks to it; a task goes to whoever is free."""

    def __init__(self, work: Callable[[Any], Any], workers: int) -> None:
        from queue import SimpleQueue

        self._work = pickle.dumps(work)
        self._tasks: SimpleQueue[tuple[list[Any], Future[list[Any]]] | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._closed = False
        self._hired: list[Popen[bytes]] = []
        # daemons: a program that ends in the middle of a stream does not wait for its window
        self._threads = [threading.Thread(target=self._serve, name="quoteattr", daemon=True) for _ in range(workers)]

    def __enter__(self) -> _Crew:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        """End all workers at once."""
        with self._lock:
            self._closed = True
            for process in self._hired:
                process.kill()
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join()

    def submit(self, task: list[Any]) -> Future[list[Any]]:
        """Have a task done; the answers are in the order of its items."""
        from concurrent.futures import Future

        future: Future[list[Any]] = Future()
        self._tasks.put((task, future))
        return future

    def _serve(self) -> None:
        """Do tasks with a worker of one's own until the crew is closed: the life of a thread."""
        worker: list[Popen[bytes]] = []  # none, or the one

        def ask(items: list[Any]) -> list[Any]:
            if not worker:
                worker.append(self._hire())
            try:
                return _exchange(worker[0], items)
            except (EOFError, OSError, pickle.UnpicklingError):
                raise _DeathError(f"a worker process died on it ({_end(worker.pop())})") from None

        try:
            while (entry := self._tasks.get()) is not None and not self._closed:
                items, future = entry
                try:
                    future.set_result(_do(ask, items))
                except BaseException as error:
                    future.set_exception(error)
        finally:
            for process in worker:
                _end(process)

    def _hire(self) -> Popen[bytes]:
        """Start a worker."""
        import subprocess

        if not sys.executable:
            raise QuoteattrError("no interpreter is known that could be a worker: use workers=1")
        with self._lock:
            if self._closed:
                raise QuoteattrError("the stream was closed")
            process = subprocess.Popen(
                [sys.executable, "-c", _BOOT],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # what the keyboard says to the caller is not for the workers
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
            self._hired.append(process)
        try:
            path = ascii([entry for entry in sys.path if isinstance(entry, str)])
            _pipe(process.stdin).write(f"{path}\n".encode("ascii") + self._work)
            _exchange(process, [])
        except (EOFError, OSError, pickle.UnpicklingError):
            raise QuoteattrError(f"a worker process could not start ({_end(process)})") from None
        return process


def _do(ask: Callable[[list[Any]], list[Any]], items: list[Any]) -> list[Any]:
    """Have some items answered together; if that kills the worker, one by one."""
    try:
        return ask(items)
    except _DeathError:
        return [_do_alone(ask, item) for item in items]


def _do_alone(ask: Callable[[list[Any]], list[Any]], item: Any) -> Any:
    try:
        return ask([item])[0]
    except _DeathError as death:
        return _Failure(str(death))


def _exchange(process: Popen[bytes], items: list[Any]) -> list[Any]:
    """Send a task and wait for its answers."""
    tasks = _pipe(process.stdin)
    pickle.dump(items, tasks, pickle.HIGHEST_PROTOCOL)
    tasks.flush()
    answers: list[Any] = pickle.load(_pipe(process.stdout))
    return answers


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe


def _end(process: Popen[bytes]) -> str:
    """End a worker that is of no use any more, and tell how it ended."""
    process.kill()
    status = process.wait()
    _pipe(process.stdout).close()
    with suppress(OSError):  # of what was still to be sent
        _pipe(process.stdin).close()
    return f"signal {-status}" if status < 0 else f"exit status {status}"


def serve() -> None:
    """Answer tasks from standard input until it ends: the life of a worker process."""
    tasks = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever is printed must not mix with the answers
    try:
        work = pickle.load(tasks)
        while True:
            items = pickle.load(tasks)
            pickle.dump([_attempt(work, item) for item in items], answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
    except (EOFError, BrokenPipeError):
        os._exit(0)  # the caller is gone
