import csv
import io
import json
import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from quoteattr import cli
from quoteattr.records import COLUMNS

ARTICLE = "“We won,” said Ann Lee.\n"
OTHER = "“We lost,” said Bo Ray.\n"


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(ARTICLE, encoding="utf-8")
    Path("b.txt").write_text(OTHER, encoding="utf-8")


@pytest.fixture
def run(capsys):
    """Runs the command in this process: status, output, lines on standard error."""

    def call(*arguments):
        status = cli.main(arguments)
        out, err = capsys.readouterr()
        return status, out, err.splitlines()

    return call


def piped(*arguments, stdin=b""):
    return subprocess.run(
        [sys.executable, "-m", "quoteattr", *arguments], input=stdin, capture_output=True, timeout=60, check=False
    )


def records(out):
    return [json.loads(line) for line in out.splitlines()]


def test_a_pipe_gets_jsonl_with_the_path_as_id(run):
    status, out, err = run("a.txt", "b.txt")
    assert (status, err) == (0, [])
    assert [(r["id"], r["speaker"], r["text"]) for r in records(out)] == [
        ("a.txt", "Ann Lee", "We won,"),
        ("b.txt", "Bo Ray", "We lost,"),
    ]


def test_json_is_one_array_and_csv_has_one_header(run):
    assert [r["id"] for r in json.loads(run("a.txt", "b.txt", "--format", "json")[1])] == ["a.txt", "b.txt"]
    rows = list(csv.reader(io.StringIO(run("a.txt", "b.txt", "--format", "csv")[1])))
    assert [row[0] for row in rows] == ["id", "a.txt", "b.txt"]


def test_with_no_quotations_json_and_csv_are_still_whole(run):
    Path("none.txt").write_text("Nothing was said.", encoding="utf-8")
    assert json.loads(run("none.txt", "--format", "json")[1]) == []
    assert run("none.txt", "--format", "csv")[1] == ",".join(COLUMNS) + "\n"
    assert run("none.txt", "--format", "jsonl")[1] == ""
    assert "no quotations" in run("none.txt", "--format", "table")[1]


def test_a_table_names_the_text_and_its_speakers(run):
    out = run("a.txt", "--format", "table")[1]
    assert out.startswith("a.txt\n")
    assert "Ann Lee" in out


def test_a_terminal_gets_a_table(run, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert "start–end" in run("a.txt")[1]


def test_a_folder_is_read_with_its_folders_in_order(run):
    Path("deep").mkdir()
    Path("deep/c.txt").write_text(ARTICLE, encoding="utf-8")
    Path("notes.md").write_text(ARTICLE, encoding="utf-8")
    Path("d.jsonl").write_text(json.dumps({"id": "d1", "text": OTHER}), encoding="utf-8")
    names = [Path(str(r["id"])).as_posix() for r in records(run(".")[1])]
    assert names == ["a.txt", "b.txt", "d1", "deep/c.txt"]


def test_a_folder_with_nothing_in_it_is_told(run):
    Path("empty").mkdir()
    assert run("empty") == (2, "", ["quoteattr: empty: no .txt or .jsonl file in this folder"])


def test_a_missing_file_is_told_and_the_others_are_done(run):
    status, out, err = run("news.txt", "a.txt")
    assert (status, err) == (2, ["quoteattr: news.txt: no such file"])
    assert [r["id"] for r in records(out)] == ["a.txt"]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"PK\0\1", "not a text file (it has NUL bytes)"),
        (b"caf\xe9 said", "not UTF-8 text (at byte 3)"),
        ("“Go,” said Ann.".encode("utf-16"), "not a text file (it has NUL bytes)"),
    ],
)
def test_what_is_no_text_is_told_and_the_others_are_done(run, data, problem):
    Path("odd.txt").write_bytes(data)
    status, out, err = run("odd.txt", "a.txt")
    assert (status, err) == (2, [f"quoteattr: odd.txt: {problem}"])
    assert [r["id"] for r in records(out)] == ["a.txt"]


def test_bad_lines_of_jsonl_are_told_by_number(run):
    lines = ['{"id": 1, "text": "“We won,” said Ann Lee."}', "{oops", "", '{"id": 2}', '["text"]', '{"text": 5}']
    Path("x.jsonl").write_text("\n".join([*lines, lines[0].replace("1", "9")]), encoding="utf-8")
    status, out, err = run("x.jsonl")
    assert status == 2
    assert [r["id"] for r in records(out)] == [1, 9]
    told = 'no JSON object with a text in its field "text"'
    assert err == ["quoteattr: x.jsonl, line 2: no JSON"] + [
        f"quoteattr: x.jsonl, line {number}: {told}{fields}"
        for number, fields in ((4, "; it has id"), (5, ""), (6, "; it has text"))
    ]


def test_many_problems_are_told_in_few_lines(run):
    Path("x.jsonl").write_text('{"body": "“We won,” said Ann Lee."}\n' * 1000, encoding="utf-8")
    status, _, err = run("x.jsonl")
    assert (status, len(err), err[-1]) == (2, cli.MANY + 1, f"quoteattr: and {1000 - cli.MANY} more like these")


def test_an_id_is_a_string_or_a_whole_number(run):
    rows = [{"id": own, "text": "“We won,” said Ann Lee."} for own in ("a", 7, True, None)]
    Path("x.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert [record["id"] for record in records(run("x.jsonl")[1])] == ["a", 7, "x.jsonl:3", "x.jsonl:4"]


def test_a_line_without_an_id_is_called_by_its_place_and_the_field_can_be_named(run):
    Path("x.jsonl").write_text(json.dumps({"body": ARTICLE}), encoding="utf-8")
    assert records(run("x.jsonl", "--text-field", "body")[1])[0]["id"] == "x.jsonl:1"


def test_newlines_are_kept_and_offsets_count_from_after_a_byte_order_mark(run):
    Path("w.txt").write_bytes(b"\xef\xbb\xbf" + "Won\r\n\r\n“We won,” said Ann Lee.\r\n".encode())
    record = records(run("w.txt")[1])[0]
    assert (record["start"], record["end"]) == (8, 15)


def test_a_lone_surrogate_goes_out_as_it_came_in(run):
    Path("x.jsonl").write_text('{"text": "“We \\ud800 won,” said Ann Lee."}', encoding="utf-8")
    status, out, _ = run("x.jsonl")
    assert status == 0
    assert records(out)[0]["text"] == "We \ud800 won,"


def test_output_goes_to_a_file_whose_ending_tells_the_format(run):
    assert run("a.txt", "--output", "out.csv") == (0, "", [])
    assert Path("out.csv").read_text(encoding="utf-8").startswith("id,speaker,")
    run("a.txt", "--output", "out.json")
    assert len(json.loads(Path("out.json").read_text(encoding="utf-8"))) == 1
    assert run("a.txt", "--output", "out.ndjson")[0] == 0
    assert len(records(Path("out.ndjson").read_text(encoding="utf-8"))) == 1


def test_an_ending_that_tells_no_format_needs_the_format(run):
    with pytest.raises(SystemExit, match="2"):
        run("a.txt", "--output", "out.xlsx")
    assert not Path("out.xlsx").exists()
    assert run("a.txt", "--output", "out.txt", "--format", "table")[0] == 0
    assert "Ann Lee" in Path("out.txt").read_text(encoding="utf-8")


def test_an_output_file_is_never_an_input(run):
    assert run(".", "--output", "out.jsonl")[0] == 0
    before = Path("out.jsonl").read_bytes()
    assert run(".", "--output", "out.jsonl")[0] == 0
    assert Path("out.jsonl").read_bytes() == before
    with pytest.raises(SystemExit, match="2"):
        run("a.txt", "--output", "a.txt")
    assert Path("a.txt").read_text(encoding="utf-8") == ARTICLE


def test_an_output_that_cannot_be_written_is_told(run):
    assert run("a.txt", "--output", "no/out.csv") == (2, "", ["quoteattr: no/out.csv: no such folder"])


@pytest.mark.parametrize(
    "arguments", [("--kinds", "spoken"), ("--workers", "0"), ("--preset", "loose"), ("--format", "xml")]
)
def test_wrong_options_end_with_2(run, capsys, arguments):
    with pytest.raises(SystemExit, match="2"):
        run("a.txt", *arguments)
    assert arguments[1] in capsys.readouterr().err


def test_kinds_are_a_choice(run):
    assert records(run("a.txt", "--kinds", "mixed")[1]) == []
    assert len(records(run("a.txt", "--kinds", "mixed, direct")[1])) == 1


def test_workers_change_nothing(run):
    assert run("a.txt", "b.txt", "a.txt", "--workers", "2") == run("a.txt", "b.txt", "a.txt")


def test_interrupted_by_the_keyboard_it_ends_with_130(run, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_write", interrupt)
    assert run("a.txt") == (130, "", [])


def test_nothing_on_a_terminal_prints_help(run, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    status, out, _ = run()
    assert status == 2
    assert out.startswith("usage: quoteattr")


def test_a_progress_bar_counts_texts_on_standard_error(run, monkeypatch):
    monkeypatch.setattr(cli, "PATIENCE", 0.0)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    files = ["a.txt", "b.txt", "no.txt", "a.txt", "b.txt"]
    status, out, err = run(*files)
    assert status == 2
    assert len(records(out)) == 4
    assert "texts" in "".join(err)
    assert any("quoteattr: no.txt: no such file" in line for line in err)
    assert run(*files, "--no-progress")[2] == ["quoteattr: no.txt: no such file"]
    assert run("a.txt", "b.txt")[2] == []


@pytest.mark.parametrize("arguments", [(), ("-",)])
def test_standard_input_is_a_text(arguments):
    done = piped(*arguments, stdin=ARTICLE.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert [(r["id"], r["start"]) for r in records(done.stdout.decode())] == [("-", 1)]


def test_standard_input_is_jsonl_if_its_first_line_is_an_object():
    lines = "\n".join(json.dumps({"id": number, "text": ARTICLE}) for number in range(3))
    assert [r["id"] for r in records(piped(stdin=lines.encode()).stdout.decode())] == [0, 1, 2]


def test_a_closed_pipe_ends_quietly():
    command = subprocess.Popen(
        [sys.executable, "-m", "quoteattr", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    with command:
        command.stdout.close()
        command.stdin.write(ARTICLE.encode() * 50)
        command.stdin.close()
        assert command.stderr.read() == b""
    assert command.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_is_told_in_one_line():
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "quoteattr", "a.txt"], stdout=full, stderr=subprocess.PIPE, timeout=60, check=False
        )
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == ["quoteattr: standard output: no space left on device"]


def test_the_version_is_that_of_the_package():
    assert piped("--version").stdout.startswith(b"quoteattr")


def test_standard_input_may_begin_with_empty_lines():
    line = json.dumps({"id": 7, "text": ARTICLE})
    assert [r["id"] for r in records(piped(stdin=f"\n  \n{line}\n".encode()).stdout.decode())] == [7]
    done = piped("--text-field", "body", stdin=f"\n{line}\n".encode())
    assert done.stderr.decode().startswith("quoteattr: standard input, line 2: no JSON object with a text")
    text = records(piped(stdin=b"\n\n" + ARTICLE.encode()).stdout.decode())
    assert [(r["id"], r["start"]) for r in text] == [("-", 3)]


def test_settings_come_from_a_file(run):
    Path("people.json").write_text(json.dumps({"people": [{"name": "Ann Lee", "id": "Q7"}]}), encoding="utf-8")
    assert records(run("a.txt", "--config", "people.json")[1])[0]["speaker_id"] == "Q7"
    Path("preset.json").write_text(json.dumps({"preset": "strict"}), encoding="utf-8")
    text = "“Who is there?” asked Ann Lee.\n\n“The postman,” said Bob Kay.\n\n“At night?”"
    Path("talk.txt").write_text(text, encoding="utf-8")
    assert records(run("talk.txt", "--config", "preset.json")[1])[2]["speaker"] is None
    assert records(run("talk.txt", "--config", "preset.json", "--preset", "default")[1])[2]["speaker"] == "Ann Lee"


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ("{oops", "no JSON"),
        ('["cues"]', "with some of cues, titles"),
        ('{"colour": 1}', "with some of cues, titles"),
        ('{"cues": "opine"}', "--config: expected a list of words"),
        (None, "no such file"),
    ],
)
def test_settings_that_are_none_are_told(run, capsys, settings, problem):
    if settings is not None:
        Path("c.json").write_text(settings, encoding="utf-8")
    with pytest.raises(SystemExit, match="2"):
        run("a.txt", "--config", "c.json")
    assert problem in capsys.readouterr().err


def test_workers_that_cannot_start_are_told(run, monkeypatch):
    monkeypatch.setattr(sys, "executable", "")
    status, out, err = run("a.txt", "--workers", "2")
    assert (status, out) == (2, "")
    assert err == ["quoteattr: no interpreter is known that could be a worker: use workers=1"]


@pytest.mark.skipif(sys.platform == "win32", reason="a keyboard's signal, as POSIX has it")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_keyboard_ends_a_run_of_workers_with_130(workers):
    command = subprocess.Popen(
        [sys.executable, "-m", "quoteattr", "-", "--workers", workers],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # a test run in the background ignores it
    )
    with command:
        command.stdin.write((json.dumps({"text": ARTICLE}) + "\n").encode() * 400)
        command.stdin.flush()
        assert command.stdout.readline()
        os.killpg(command.pid, signal.SIGINT)
        try:
            assert command.communicate(timeout=60)[1] == b""
        finally:
            command.kill()
    assert command.returncode == 130
