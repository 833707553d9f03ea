"""Several processes: order, laziness, a dying worker, the keyboard, and nothing left behind."""

import itertools
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from jobs import die_of, die_once, double, halve, tell_worker

from quoteattr import Quotes, extract, extract_many
from quoteattr.errors import ExtractionError, QuoteattrError
from quoteattr.stream import stream

posix = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
TEXT = "“We won,” said Ann Lee."


def answers(work, items, workers=2):
    return [answer for _, answer in stream(work, items, workers=workers, weigh=len)]


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text().rsplit(")")[-1].split()[0] == "Z")


def wait_for_the_end_of(pids, seconds=20.0):
    until = time.monotonic() + seconds
    while any(map(is_alive, pids)) and time.monotonic() < until:
        time.sleep(0.02)
    assert not any(map(is_alive, pids))


# ------------------------------------------------- streams


@pytest.mark.parametrize("workers", [1, 3])
def test_every_item_has_its_answer_in_order(workers, capfd):
    items = [str(number) for number in range(100)]
    assert list(stream(double, items, workers=workers, weigh=len)) == [(item, 2 * item) for item in items]
    capfd.readouterr()


@pytest.mark.parametrize("workers", [1, 2])
def test_an_item_that_cannot_be_done_is_an_error_in_its_place(workers):
    assert answers(halve, ["abcd", "", "ab"], workers) == [
        "ab",
        ExtractionError(1, "ValueError: nothing to halve"),
        "a",
    ]


@posix
def test_a_worker_dies_of_one_item_alone():
    items = [str(number) for number in range(60)]
    given = answers(partial(die_of, "41"), items)
    assert given[:41] + given[42:] == items[:41] + items[42:]
    assert given[41] == ExtractionError(41, "a worker process died on it (signal 9)")


def test_who_killed_the_worker_may_not_have_been_the_item(tmp_path):
    items = [str(number) for number in range(60)]
    assert answers(partial(die_once, tmp_path / "died"), items) == items
    assert (tmp_path / "died").exists()


@posix
def test_a_worker_killed_from_outside_loses_nothing():
    killed = set()
    for _, pid in itertools.islice(stream(tell_worker, itertools.repeat("a"), workers=2, weigh=len), 200):
        if len(killed) < 2 and pid not in killed:
            os.kill(pid, signal.SIGKILL)
            killed.add(pid)
        assert isinstance(pid, int)
    assert len(killed) == 2


def test_what_is_read_ahead_is_bounded():
    taken = itertools.count()
    running = stream(halve, (str(number) for number in taken), workers=2, weigh=len)
    for number in range(300):
        assert next(running)[0] == str(number)
    time.sleep(0.1)
    assert next(taken) - 300 <= 2 * 3 * 16 + 16
    running.close()


def test_heavy_items_are_not_read_in_bulk():
    taken = itertools.count()
    running = stream(halve, (str(number) for number in taken), workers=2, weigh=lambda _: 10**6)
    for _ in range(50):
        next(running)
    assert next(taken) - 50 <= 2 * 3 + 1
    running.close()


@posix
@pytest.mark.parametrize("end", ["close", "forget", "fail"])
def test_a_stream_that_is_left_leaves_no_process(end):
    running = stream(tell_worker, itertools.repeat("a"), workers=2, weigh=len)
    pids = {pid for _, pid in itertools.islice(running, 100)}
    if end == "close":
        running.close()
    elif end == "forget":
        del running
    else:
        with pytest.raises(RuntimeError):
            running.throw(RuntimeError())
    assert pids
    assert not any(map(is_alive, pids))


def test_a_worker_that_cannot_start_is_told(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false" if os.name == "posix" else sys.prefix)
    with pytest.raises((QuoteattrError, OSError)):
        answers(halve, ["ab"])


def test_a_text_of_a_class_of_the_callers_own_travels():
    class Text(str):
        __slots__ = ()

    assert [list(quotes) for quotes in extract_many([Text(TEXT)] * 3, workers=2)] == [list(extract(TEXT))] * 3


def test_a_defect_is_kept_to_its_text(monkeypatch):
    from quoteattr.pipeline import extraction

    def run(text, *_):
        if "Bob" in text:
            raise RecursionError("too deep")
        return Quotes((), text, None)  # type: ignore[arg-type]

    monkeypatch.setattr(extraction, "run", run)
    given = list(extract_many([TEXT, "Bob", TEXT]))
    assert given[1] == ExtractionError(1, "RecursionError: too deep")
    assert [type(answer).__name__ for answer in given] == ["Quotes", "ExtractionError", "Quotes"]


# ------------------------------------------------- whole programs

SCRIPT = """
import {imports}
from quoteattr import extract_many
{before}
for number, quotes in enumerate(extract_many(({text!r} for _ in range({count})), workers=2)):
    if number in (0, 60):
        print(number, [quote.speaker.name for quote in quotes], flush=True)
print("end")
"""


def start(tmp_path, before="", count=61, imports="os"):
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(before=before, text=TEXT, count=count, imports=imports), encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        # a test run in the background ignores the keyboard
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL) if os.name == "posix" else None,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_script_needs_no_guard(tmp_path, method):
    import multiprocessing

    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"this system has no {method}")
    with start(tmp_path, f"multiprocessing.set_start_method({method!r})", imports="multiprocessing") as script:
        out, err = script.communicate(timeout=60)
    assert (script.returncode, err) == (0, "")
    assert out.split("\n") == ["0 ['Ann Lee']", "60 ['Ann Lee']", "end", ""]


def workers_of(pid):
    """The processes whose parent is this one."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")")[-1].split()
        except OSError:  # it has ended
            continue
        if int(fields[1]) == pid:
            found.append(int(path.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see the workers")
@pytest.mark.parametrize("how", ["SIGINT", "SIGKILL"])
def test_the_workers_end_with_the_program(tmp_path, how):
    with start(tmp_path, count=10**9) as script:
        for _ in range(2):
            script.stdout.readline()
        workers = workers_of(script.pid)
        began = time.monotonic()
        # as a terminal does: to all processes of its group
        os.killpg(script.pid, getattr(signal, how))
        _, err = script.communicate(timeout=30)
        assert time.monotonic() - began < 10
    assert len(workers) == 2
    wait_for_the_end_of(workers)
    assert script.returncode == -getattr(signal, how)
    assert err.count("Traceback") == err.count("KeyboardInterrupt\n") == (how == "SIGINT")
