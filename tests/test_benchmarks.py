"""The benchmarks that compare and tell, on invented texts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from quoteattr import extract
from quoteattr.records import to_dicts

FOLDER = Path(__file__).parent.parent / "benchmarks"
TEXT = "“We won,” said Ann Lee. Bob Kay said the vote was “a disgrace”."


def run(script, *arguments):
    command = [sys.executable, FOLDER / script, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=True).stdout


def saved(path, records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def compared(tmp_path, before, after):
    printed = run("compare.py", saved(tmp_path / "1", before), saved(tmp_path / "2", after), "--json")
    return [json.loads(line) for line in printed.splitlines()]


def test_two_equal_runs_differ_in_nothing(tmp_path):
    records = to_dicts(extract(TEXT), id="a")
    assert len(records) == 2
    assert compared(tmp_path, records, records) == []


def test_gained_lost_and_re_attributed(tmp_path):
    first, second = to_dicts(extract(TEXT), id="a")
    other = {**first, "speaker": "Eve Day"}
    found = compared(tmp_path, [first, second], [other, {**second, "id": "b"}])
    assert [change["what"] for change in found] == ["re-attributed", "lost", "gained"]
    assert (found[0]["before"]["speaker"], found[0]["after"]["speaker"]) == ("Ann Lee", "Eve Day")


def test_a_rule_of_another_name_changes_nothing_but_a_clause_does(tmp_path):
    records = to_dicts(extract(TEXT), id="a")
    assert compared(tmp_path, records, [{**one, "rule": "x.y"} for one in records]) == []
    found = compared(tmp_path, records, [records[0], {**records[1], "clause": []}])
    assert [change["what"] for change in found] == ["changed"]


def gold(**fields):
    at = TEXT.index("We won")
    return {"content": [[at, at + 7]], "cue": [[10, 14]], "source": [[15, 22]], "kind": "direct", **fields}


def test_failures_are_told_by_cause_with_sentence_and_rule(tmp_path):
    document = {"id": "a", "text": TEXT, "quotes": [gold(speaker="Eve Day", aliases=["Eve Day"])]}
    path = saved(tmp_path / "polnear_own.jsonl", [document])
    printed = run("accuracy.py", path, "--failures", 3)
    for line in (
        "wrong person: 1",
        "false: 1",
        "missed: 0",
        "[tail.verb-subject > name.full] Ann Lee (Ann Lee), not Eve Day",
    ):
        assert line in printed
    assert "⟦We won,⟧" in printed


def test_the_page_counts_rules_and_failures_and_shows_no_text(tmp_path):
    document = {"id": "a", "text": TEXT, "quotes": [gold()]}
    printed = run("page.py", saved(tmp_path / "polnear_own.jsonl", [document]))
    assert "| polnear_own | 1 | 1 | 2 |" in printed
    assert "`tail.verb-subject > name.full` | 1 | 100.0" in printed
    assert "disgrace" not in printed
