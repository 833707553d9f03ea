"""Which spaCy is supported, and that its warnings and ours are kept apart."""

import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
import spacy

ROOT = Path(__file__).parent.parent
REQUIRED = next(one for one in metadata.requires("quoteattr") or () if one.startswith("spacy"))


def number(version):
    return tuple(int(part) for part in re.findall(r"\d+", version)[:2])


OLDEST = number(re.search(r">=([\d.]+)", REQUIRED).group(1))


def test_every_spacy_3_from_the_oldest_on_is_allowed():
    assert sorted(re.findall(r"[<>=!~]+", REQUIRED)) == ["<", ">="]
    assert "<4" in REQUIRED


def test_the_spacy_of_this_run_is_one_of_them():
    assert OLDEST <= number(spacy.__version__) < (4, 0)


def test_the_readme_names_the_oldest():
    oldest = re.search(r"works with spaCy (3\.\d+) and newer", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert oldest is not None
    assert number(oldest.group(1)) == OLDEST


def test_warnings_are_let_through_by_module_alone(pytestconfig):
    rules = [rule for rule in pytestconfig.getini("filterwarnings") if rule != "error"]
    modules = [rule.split(":")[-1] for rule in rules]
    assert all(rule.count(":") >= 2 and module for rule, module in zip(rules, modules, strict=True))
    assert not [module for module in modules if module.startswith("quoteattr")]


PROGRAM = """
import warnings
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    import spacy
    nlp = spacy.blank("en")
    nlp.add_pipe("quoteattr")
    doc = nlp("“We won,” said Ann Lee.")
    assert [quote.speaker.name for quote in doc._.quotes] == ["Ann Lee"]
print(*{warning.filename for warning in caught}, sep="\\n")
"""


def test_this_library_warns_of_nothing_when_a_pipeline_loads_it():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "quoteattr" not in {Path(name).parts[-2] for name in done.stdout.split("\n") if name}


@pytest.mark.parametrize("annotations", ["TAG", "DEP", "ENT_IOB", "SENT_START"])
def test_what_is_asked_of_a_doc_is_there_in_this_spacy(annotations):
    doc = spacy.blank("en")("“We won,” said Ann Lee.")
    assert doc.has_annotation(annotations) is False
