import doctest
import re
import shlex
from pathlib import Path

import pytest

from quoteattr import cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
EXAMPLES = [body for language, body in BLOCKS if language == "python"]
COMMANDS = [line for language, body in BLOCKS if language == "sh" for line in body.splitlines() if line]


def words(command):
    """The words of the last command of a pipe or list, without the comment."""
    return shlex.split(re.split(r"&&|\|", command)[-1], comments=True)


def command_under(heading):
    section = README.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^```sh\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)[0].splitlines()


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_print_what_they_say(example):
    test = doctest.DocTestParser().get_doctest(example, {}, "README.md", "README.md", 0)
    assert test.examples
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
    assert named
    for path in [*named, *links, *re.findall(r"`(quoteattr/[\w/.]+|\.ci/run)`", README)]:
        assert (ROOT / path).exists(), path
