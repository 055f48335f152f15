"""The examples in the docstrings of explain and of the command line run; their modules list what they give."""

import doctest
import importlib
import pkgutil

import pytest

import billcalc.cli
import billcalc.explain

MODULES = [
    module.name
    for package in (billcalc.cli, billcalc.explain)
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}.")
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_the_docstrings_run(name: str) -> None:
    results = doctest.testmod(importlib.import_module(name), raise_on_error=True)
    assert results.failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_all_lists_what_a_module_gives(name: str) -> None:
    module = importlib.import_module(name)
    defined = {
        each
        for each, value in vars(module).items()
        if not each.startswith("_") and getattr(value, "__module__", "") == name and hasattr(value, "__name__")
    }
    assert defined <= set(module.__all__)
    assert all(hasattr(module, each) for each in module.__all__)
