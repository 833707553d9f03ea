"""Runs of the command that are killed and go on: no line lost, none twice, no half line."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quoteattr import cli
from quoteattr.progress import Progress, beside

# the command, but noting its progress often, so that a short run has much to lose
EAGER = "import sys, quoteattr.progress as p; p._INTERVAL = 0.01; import quoteattr.cli as c; sys.exit(c.main())"
ROUNDS = int(os.environ.get("QUOTEATTR_ROUNDS", "4"))
NAMES = ["Ann Lee", "Bo Ray", "Cy Fox", "Di Orr"]


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def write_articles(path, count):
    """Every third has no quotation, and every tenth line is none that can be read."""
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            name = NAMES[number % len(NAMES)]
            text = "Nothing was said." if number % 3 == 2 else f"“We won {number} times,” said {name}.\n\n“And lost.”"
            file.write("{oops\n" if number % 10 == 9 else json.dumps({"id": number, "text": text * 3}) + "\n")


def run(*arguments):
    return cli.main(["--no-progress", *arguments])


def command(*arguments):
    return subprocess.Popen(
        [sys.executable, "-c", EAGER, *arguments],
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )


def lines_done(output):
    """How far the run noted that it has come."""
    return json.loads(beside(output).read_bytes())["place"][1] if beside(output).exists() else 0


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL as POSIX has it")
@pytest.mark.parametrize(("format", "workers"), [("csv", 1), ("jsonl", 2)])
def test_a_run_killed_again_and_again_ends_as_one_that_was_not(format, workers):
    write_articles("b.jsonl", 2000)
    Path("a.txt").write_text("“We won,” said Ann Lee.", encoding="utf-8")
    assert run("a.txt", "b.jsonl", "--output", f"whole.{format}") == 2
    whole, output = Path(f"whole.{format}"), Path(f"parts.{format}")
    chance = random.Random(7)
    places = []
    for _ in range(ROUNDS):
        with command("a.txt", "b.jsonl", "--output", str(output), "--resume", "--workers", str(workers)) as running:
            goal = lines_done(output) + chance.randrange(20, 120)
            while lines_done(output) < goal and running.poll() is None:
                time.sleep(0.001)
            time.sleep(chance.random() * 0.02)
            running.send_signal(signal.SIGKILL)
            running.stderr.read()
        places.append(lines_done(output))
    assert places[0] > 0
    assert places == sorted(set(places))  # each went on where the one before it was killed
    assert run("a.txt", "b.jsonl", "--output", str(output), "--resume") == 2
    assert output.read_bytes() == whole.read_bytes()


def test_what_was_not_finished_is_cut_off(capsys):
    write_articles("a.jsonl", 50)
    run("a.jsonl", "--output", "whole.jsonl")
    lines = Path("a.jsonl").read_bytes().splitlines(keepends=True)
    Path("a.jsonl").write_bytes(b"".join(lines[:20]))
    run("a.jsonl", "--output", "out.jsonl", "--resume")
    Path("a.jsonl").write_bytes(b"".join(lines))
    with open("out.jsonl", "ab") as file:
        file.write(b'{"id": 20, "speaker": "half a li')
    assert run("a.jsonl", "--output", "out.jsonl", "--resume") == 2
    assert Path("out.jsonl").read_bytes() == Path("whole.jsonl").read_bytes()
    capsys.readouterr()


def test_a_finished_run_has_nothing_left_to_do(monkeypatch, capsys):
    write_articles("a.jsonl", 30)
    assert run("a.jsonl", "--output", "out.csv", "--resume") == 2
    before = Path("out.csv").read_bytes()
    monkeypatch.setattr(cli, "_answer", lambda *_: "more")
    assert run("a.jsonl", "--output", "out.csv", "--resume") == 2  # as the run whose end this is
    assert Path("out.csv").read_bytes() == before
    capsys.readouterr()


def test_an_interrupted_run_goes_on_where_it_was(monkeypatch, capsys):
    write_articles("a.jsonl", 30)
    run("a.jsonl", "--output", "whole.jsonl")
    answer = cli._answer

    def interrupt(extractor, kinds, format, width, document):
        if document.id == 21:
            raise KeyboardInterrupt
        return answer(extractor, kinds, format, width, document)

    with monkeypatch.context() as patch:
        patch.setattr(cli, "_answer", interrupt)
        assert run("a.jsonl", "--output", "out.jsonl", "--resume") == 130
    assert json.loads(Path("out.jsonl.progress").read_bytes())["place"][:2] == [1, 21]
    assert run("a.jsonl", "--output", "out.jsonl", "--resume") == 2
    assert Path("out.jsonl").read_bytes() == Path("whole.jsonl").read_bytes()
    capsys.readouterr()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (["--kinds", "direct"], "another list of kinds"),
        (["--preset", "strict"], "another config"),
        (["--format", "csv"], "another format"),
    ],
)
def test_another_run_is_not_gone_on_with(change, problem, capsys):
    write_articles("a.jsonl", 5)
    assert run("a.jsonl", "--output", "out.jsonl", "--resume") == 0
    before = Path("out.jsonl").read_bytes()
    assert run("a.jsonl", "--output", "out.jsonl", "--resume", *change) == 2
    assert problem in capsys.readouterr().err
    assert Path("out.jsonl").read_bytes() == before


@pytest.mark.parametrize("change", ["another text", "a file before", "a line less"])
def test_other_inputs_are_not_gone_on_with(change, capsys):
    write_articles("b.jsonl", 8)
    assert run(".", "--output", "out.jsonl", "--resume") == 0
    before = Path("out.jsonl").read_bytes()
    lines = Path("b.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    if change == "another text":
        lines[-1] = lines[-1].replace("won", "lost")
    elif change == "a line less":
        del lines[-1]
    else:
        Path("a.jsonl").write_text(lines[0], encoding="utf-8")
    Path("b.jsonl").write_text("".join(lines), encoding="utf-8")
    assert run(".", "--output", "out.jsonl", "--resume") == 2
    assert "the inputs are not those" in capsys.readouterr().err
    assert Path("out.jsonl").read_bytes() == before


def test_a_file_that_comes_later_is_done():
    write_articles("a.jsonl", 5)
    assert run(".", "--output", "out.jsonl", "--resume") == 0
    write_articles("b.jsonl", 5)
    assert run(".", "--output", "out.jsonl", "--resume") == 0
    assert run("a.jsonl", "b.jsonl", "--output", "whole.jsonl") == 0
    assert Path("out.jsonl").read_bytes() == Path("whole.jsonl").read_bytes()


def test_an_output_of_another_origin_is_not_touched(capsys):
    write_articles("a.jsonl", 5)
    Path("out.jsonl").write_text("mine", encoding="utf-8")
    assert run("a.jsonl", "--output", "out.jsonl", "--resume") == 2
    assert "not begun with --resume" in capsys.readouterr().err
    assert Path("out.jsonl").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "note", ["[]", "{}", "123", '"x"', "null", "{oops", '{"settings": {}, "size": 0, "place": [1]}']
)
def test_a_damaged_note_is_told(note, capsys):
    write_articles("a.jsonl", 3)
    beside(Path("out.jsonl")).write_text(note, encoding="utf-8")
    assert run("a.jsonl", "--output", "out.jsonl", "--resume") == 2
    assert "not a note of progress" in capsys.readouterr().err


def test_an_output_that_lost_lines_is_told(capsys):
    write_articles("a.jsonl", 5)
    run("a.jsonl", "--output", "out.jsonl", "--resume")
    Path("out.jsonl").write_text("", encoding="utf-8")
    assert run("a.jsonl", "--output", "out.jsonl", "--resume") == 2
    assert "shorter" in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="locks as POSIX has them")
def test_two_runs_do_not_write_one_output(capsys):
    write_articles("a.jsonl", 4)
    arguments = ("a.jsonl", "--output", "q.jsonl", "--resume")
    assert run(*arguments) == 0
    before = Path("q.jsonl").read_bytes()
    other = Progress(Path("q.jsonl"), {})
    other.begin()
    assert run(*arguments) == 2
    assert "q.jsonl: another run is writing it" in capsys.readouterr().err
    assert Path("q.jsonl").read_bytes() == before
    other.end()
    assert run(*arguments) == 0


def test_without_resume_the_output_is_written_anew():
    write_articles("a.jsonl", 5)
    run("a.jsonl", "--output", "out.jsonl", "--resume")
    run("a.jsonl", "--output", "out.jsonl")
    assert not beside(Path("out.jsonl")).exists()


@pytest.mark.parametrize("arguments", [(), ("--output", "out.json"), ("--output", "out.jsonl", "--format", "table")])
def test_only_a_file_that_can_be_cut_is_resumed(arguments, capsys):
    with pytest.raises(SystemExit, match="2"):
        run("a.txt", "--resume", *arguments)
    assert "--resume needs" in capsys.readouterr().err
