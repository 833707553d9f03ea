import doctest
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from quoteattr import Config, cli, extract
from quoteattr.model import KINDS
from quoteattr.records import to_table

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
EXAMPLES = [body for language, body in BLOCKS if language == "python"]
ARTICLE, TABLE = [body for language, body in BLOCKS if language == "text"]
FOUND = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in README.split("## What it finds, and what not\n")[1].split("\n## ")[0].splitlines()
    if line.startswith("| ") and not line.startswith("| |")
]
COMMANDS = [line for language, body in BLOCKS if language == "sh" for line in body.splitlines() if line]


def words(command):
    """The words of the last command of a pipe or list, without the comment."""
    return shlex.split(re.split(r"&&|\|", command)[-1], comments=True)


def command_under(heading):
    section = README.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^```sh\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)[0].splitlines()


def test_the_examples_print_what_they_say():
    test = doctest.DocTestParser().get_doctest("\n".join(EXAMPLES), {}, "README.md", "README.md", 0)
    assert len(test.examples) >= len(EXAMPLES)
    report = []
    assert doctest.DocTestRunner().run(test, out=report.append).failed == 0, "".join(report)


@pytest.mark.parametrize("heading", ["Install and run", "Develop"])
def test_installing_and_testing_are_one_command_each(heading):
    assert len(command_under(heading)) == 1
    assert command_under(heading)[0].startswith("python3 -m venv .venv && .venv/bin/pip install -q ")


@pytest.mark.parametrize("command", [c for c in COMMANDS if Path(words(c)[0]).name == "quoteattr"])
def test_the_options_shown_are_options(command):
    cli._parser().parse_args(words(command)[1:])


def test_the_files_named_are_there():
    named = [word for command in COMMANDS for word in words(command) if word.startswith(("examples/", "benchmarks/"))]
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]
    headings = {
        "#" + line.strip("# ").lower().replace(" ", "-") for line in README.splitlines() if line.startswith("#")
    }
    assert named
    assert {link for link in links if link.startswith("#")} <= headings
    for path in [
        *named,
        *(link for link in links if link[0] != "#"),
        *re.findall(r"`(quoteattr/[\w/.]+|\.ci/run)`", README),
    ]:
        assert (ROOT / path).exists(), path


def test_the_first_screen_is_what_comes_out():
    shown = [line.rstrip() for line in to_table(extract(ARTICLE), 80).splitlines()]
    assert shown == TABLE.splitlines()


@pytest.mark.parametrize(("what", "text", "found"), FOUND, ids=[what for what, *_ in FOUND])
def test_what_is_found_and_what_not(what, text, found):
    quotes = extract(
        text.replace("⏎", "\n").replace("␌", "\f"), kinds=KINDS if what.startswith("indirect") else KINDS[:2]
    )
    shown = [f"{quote.speaker or 'nobody'}: {quote.text}" for quote in quotes]
    assert shown == ([] if found == "nothing" else found.split(" · "))
    if what in KINDS:
        assert {quote.kind for quote in quotes} <= {what}


def test_the_table_of_what_is_found_is_read():
    assert {"direct", "mixed", "indirect, on request"} <= {what for what, *_ in FOUND}
    assert len(FOUND) > 20


BENCHMARKS = [command for command in COMMANDS if "benchmarks/" in command]


@pytest.mark.parametrize("command", BENCHMARKS)
def test_the_options_of_the_benchmarks_are_options(command):
    _, script, *rest = words(command)
    done = subprocess.run(
        [sys.executable, ROOT / script, "--help"], capture_output=True, encoding="utf-8", timeout=60, check=True
    )
    assert {word for word in rest if word.startswith("--")} <= set(re.findall(r"--[a-z]+", done.stdout))


def test_the_table_of_rules_is_up_to_date(benchmarks):
    assert benchmarks.readme.read("rules") == benchmarks.rules.lines(), "run benchmarks/rules.py --write"


def test_what_decides_without_being_a_rule_decides_its_example(benchmarks):
    for name, text in (benchmarks.rules.LINKS | benchmarks.rules.NAMES).items():
        assert name in {part for quote in extract(text) for part in quote.rule.split(" > ")}, name


@pytest.mark.parametrize(("part", "columns"), [("accuracy", 10), ("coverage", 4)])
def test_measured_tables_have_figures(benchmarks, part, columns):
    rows = [line for line in benchmarks.readme.read(part) if line.startswith("|")]
    assert len(rows) > 5
    assert {line.count("|") - 1 for line in rows} == {columns}


def test_the_command_that_made_the_accuracy_table_is_the_one_told(benchmarks):
    made = re.search(r"`python (benchmarks/accuracy\.py --readme [\d-]+)`", benchmarks.readme.read("accuracy")[0])
    assert any(made.group(1) in command for command in COMMANDS)


def test_of_a_doc_the_text_is_read():
    spacy = pytest.importorskip("spacy")
    assert list(extract(spacy.blank("en")(ARTICLE))) == list(extract(ARTICLE))


def test_two_texts_are_linked_by_an_id_alone():
    known = Config(people=[{"name": "Ann Lee", "id": "7"}])
    texts = ["“We won,” said Ann Lee.", "Ms Lee left. “We lost,” Ann Lee said."]
    assert [extract(text)[0].speaker.id for text in texts] == [None, None]
    assert [extract(text, config=known)[0].speaker.id for text in texts] == ["7", "7"]
