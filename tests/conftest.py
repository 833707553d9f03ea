"""Settings of the test run: hypothesis gives the same examples every time; what several tests use."""

import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import settings

settings.register_profile("fast", max_examples=60, deadline=None, derandomize=True)
settings.register_profile("long", max_examples=3000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))


@pytest.fixture(scope="session")
def benchmarks():
    """The scripts of `benchmarks` that need no annotated texts."""
    folder = str(Path(__file__).parent.parent / "benchmarks")
    sys.path.insert(0, folder)
    try:
        import readme
        import rules
    finally:
        sys.path.remove(folder)
    return SimpleNamespace(readme=readme, rules=rules)
