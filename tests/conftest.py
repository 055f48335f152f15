"""How many examples hypothesis makes: few while writing, more in CI, very many by night (`make soak`).

What they reach is chance, so they are no part of the coverage (`make coverage`, and `make test` in CI): each line needs a test that always reaches it.
Nor is a test that repeats thousands of bills or whole commands (`no_cover`), nor what uses the package from outside: tracing
takes twice the time of what it traces, and the rule, the command or the reader has its own tests.
"""

import gc
import os
import sys
from collections.abc import Generator

import pytest
from hypothesis import is_hypothesis_test, settings

# No deadlines: speed is measured in bench/, and a busy machine must not fail a test.
settings.register_profile("dev", max_examples=10, deadline=None)
# Derandomised, so that a commit which passed once passes always.
settings.register_profile("ci", max_examples=100, deadline=None, derandomize=True)
# For `make mutants`: the same examples for every mutant, and few, since each mutant runs all of them.
settings.register_profile("mutants", max_examples=25, deadline=None, derandomize=True)
settings.register_profile("nightly", max_examples=20_000, deadline=None)

# The tests themselves are over a million objects that stay: to go over them for garbage as often as a program does, which has few,
# took a twelfth of all time.
gc.set_threshold(20_000, 20, 50)

# What a developer has settled for himself must not decide a test.
os.environ["BILLCALC_CONFIG"] = ""
for name in ("LANG", "TARIFFS", "OUTPUT", "LAYOUTS"):
    os.environ.pop(f"BILLCALC_{name}", None)

OUTSIDE = ("tests/pages/", "tests/tools/")
"""Folders of tests of what only uses the package."""

by_place = "ci" if os.environ.get("CI") == "true" else "dev"
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", by_place))


@pytest.fixture(autouse=True)
def _thawed() -> Generator[None]:
    """Let garbage be looked for as before, where a service that a test started has frozen what it loaded.

    What is frozen is counted object by object at each load of a library, so that every test after that one would be slower.
    """
    yield
    gc.unfreeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)  # before pytest chooses by marks, and after the order has been shuffled
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None]:
    """Leave the tests of invented examples out of the coverage: a missed line is then missed each time.

    They run after what is traced: what is kept once it was made would else be made where nothing is traced.
    """
    for item in items:
        if item.nodeid.startswith(OUTSIDE) or is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker("no_cover")
    yield
    items.sort(key=lambda item: item.get_closest_marker("no_cover") is not None)


@pytest.hookimpl(wrapper=True, trylast=True)  # inside of what pytest-cov does
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Trace nothing in them: one of several processes that pauses its measuring falls back to one that is thrown away."""
    if not item.get_closest_marker("no_cover"):
        return (yield)
    tracing = sys.gettrace()
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracing)
