import json
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"


def run(script, *arguments):
    done = subprocess.run(
        [sys.executable, "-X", "utf8", str(EXAMPLES / script), *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_every_script_is_run_here():
    assert {path.name for path in EXAMPLES.glob("*.py")} == {
        "who_said_what.py", "count_speakers.py", "explain_a_quote.py",
    }  # fmt: skip


def test_who_said_what():
    assert "Astrid Lindqvist: Nobody leaves this room with everything" in run("who_said_what.py")


def test_count_speakers():
    counts = {
        name: int(count) for count, name in (line.split(maxsplit=1) for line in run("count_speakers.py").splitlines())
    }
    assert counts["Jonas Hartveit"] >= 1
    assert list(counts.values()) == sorted(counts.values(), reverse=True)


def test_explain_a_quote():
    assert run("explain_a_quote.py").strip()


@pytest.mark.parametrize("path", [*EXAMPLES.glob("*.txt")], ids=lambda path: path.stem)
def test_every_article_has_quotes_with_speakers(path):
    lines = run("who_said_what.py", path).splitlines()
    assert len(lines) >= 5
    assert sum(not line.startswith("unknown:") for line in lines) > len(lines) / 2


def test_the_jsonl_example_has_ids_and_texts():
    rows = [json.loads(line) for line in (EXAMPLES / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    assert all(set(row) == {"id", "text"} for row in rows)
    assert len({row["id"] for row in rows}) == len(rows) == 3
