"""What imports what, read from the source: data flows one way, and starting up is cheap."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import quoteattr

PACKAGE = Path(__file__).parent.parent / "quoteattr"
STAGES = {"layout", "marks", "utterances", "reading", "evidence", "clusters", "mentions", "coreference", "attribution"}
NOTEBOOK = ("model", "rendering")  # a notebook asks the value itself how it looks
BASE = {"model", "errors", "lexicon", "values"}  # what every module may import
EDGES = {"cli", "records", "rendering", "evaluate", "verify", "testing", "integrations"}
HEAVY = {"spacy", "numpy", "thinc", "wasabi", "tqdm", "pandas"}


def modules():
    """Every source file with the part of the package that it belongs to."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        yield path, "__init__" if parts == ("__init__",) else parts[0]


def imported(path):
    """The parts of the package that a file imports, wherever in the file it does so."""
    package = ("quoteattr", *path.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, [base, node.module]))
            # `from quoteattr import marks` names a part; `from quoteattr import extract` names the whole
            names = [f"{module}.{alias.name}" for alias in node.names] if module == "quoteattr" else [module]
        else:
            continue
        for name in names:
            if name == "quoteattr" or name.startswith("quoteattr."):
                yield [*name.split("."), "__init__"][1]


@cache
def imports():
    """(importing part, imported part, file), without what a part imports from itself."""
    found = [(part, other, path) for path, part in modules() for other in imported(path)]
    rows = [(part, other, path.name) for part, other, path in found if part != other]
    assert [row[:2] for row in rows].count(NOTEBOOK) == 1
    return [row for row in rows if row[:2] != NOTEBOOK]


def test_the_parts_are_found():
    parts = {part for _, part in modules()}
    assert {"cli", "model", "pipeline", "records"} <= parts
    assert parts & STAGES


def test_a_stage_imports_the_base_alone():
    assert [row for row in imports() if row[0] in STAGES and row[1] not in BASE] == []


def test_the_base_imports_the_base_alone():
    assert [row for row in imports() if row[0] in BASE and row[1] not in BASE] == []


def test_the_stream_knows_nothing_of_what_it_carries():
    assert [row for row in imports() if row[0] == "stream" and row[1] not in {"errors", "stream"}] == []


def test_the_pipeline_alone_joins_the_stages():
    assert [row for row in imports() if row[1] in STAGES and row[0] != "pipeline"] == []


def test_nothing_inside_imports_an_edge():
    assert [row for row in imports() if row[1] in EDGES and row[0] in STAGES | BASE | {"pipeline"}] == []


def test_nothing_imports_the_command_but_its_entry():
    assert {row[0] for row in imports() if row[1] == "cli"} == {"__main__"}


def run(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return set(done.stdout.split("LOADED")[-1].split())


LOADED = "import sys; print('LOADED', *{name.split('.')[0] for name in sys.modules})"


@pytest.mark.parametrize(
    "code",
    [
        "import quoteattr",
        "import quoteattr.cli",
        "import quoteattr; list(quoteattr.extract('“We won,” said Ann Lee.'))",
        "import contextlib, quoteattr.cli\nwith contextlib.suppress(SystemExit): quoteattr.cli.main(['--help'])",
    ],
)
def test_nothing_heavy_is_loaded(code):
    assert run(f"{code}\n{LOADED}") & HEAVY == set()


def test_no_module_has_a_public_name():
    # a module that is imported becomes an attribute of the package, and would stand in the function's place
    assert set(quoteattr.__all__) & {path.stem for path in PACKAGE.iterdir()} == set()
