import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from quoteattr import extract

EXAMPLES = Path(__file__).parent.parent / "examples"


def run(script, *arguments, quiet=True):
    done = subprocess.run(
        [sys.executable, "-X", "utf8", str(EXAMPLES / script), *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        timeout=60 if quiet else 300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not quiet or done.stderr == ""
    return done.stdout


def test_every_script_is_run_here():
    assert {path.name for path in EXAMPLES.glob("*.py")} == {
        "who_said_what.py", "count_speakers.py", "explain_a_quote.py",
        "quotes_with_spark.py", "quotes_with_dask.py", "quotes_with_ray.py",
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


@pytest.mark.parametrize("engine", [pytest.param("spark", marks=pytest.mark.spark), "dask", "ray"])
def test_the_engines_give_what_one_process_gives(engine):
    for name in ("pandas", {"spark": "pyspark"}.get(engine, engine)):
        if find_spec(name) is None:
            pytest.skip(f"{name} is not installed")
    if engine == "spark" and shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Java is not installed")
    rows = [json.loads(line) for line in (EXAMPLES / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    expected = [f"{row['id']}: {quote.speaker}: {quote.text}" for row in rows for quote in extract(row["text"])]
    assert sorted(run(f"quotes_with_{engine}.py", quiet=False).splitlines()) == sorted(expected)


@pytest.mark.parametrize("path", [*EXAMPLES.glob("*.txt")], ids=lambda path: path.stem)
def test_every_article_has_quotes_with_speakers(path):
    lines = run("who_said_what.py", path).splitlines()
    assert len(lines) >= 5
    assert sum(not line.startswith("unknown:") for line in lines) > len(lines) / 2


def test_the_jsonl_example_has_ids_and_texts():
    rows = [json.loads(line) for line in (EXAMPLES / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    assert all(set(row) == {"id", "text"} for row in rows)
    assert len({row["id"] for row in rows}) == len(rows) == 3
