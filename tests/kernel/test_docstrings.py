"""The examples in the kernel's docstrings run, and show what they say."""

import doctest
import importlib
import pkgutil

import pytest

import billcalc.kernel

MODULES = [module.name for module in pkgutil.iter_modules(billcalc.kernel.__path__, "billcalc.kernel.")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_the_docstrings_run(name: str) -> None:
    results = doctest.testmod(importlib.import_module(name), raise_on_error=True)
    assert results.failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_all_lists_the_public_classes_and_functions_of_the_module(name: str) -> None:
    module = importlib.import_module(name)
    defined = {
        each
        for each, value in vars(module).items()
        if not each.startswith("_") and getattr(value, "__module__", "") == name and hasattr(value, "__name__")
    }
    listed = getattr(module, "__all__", [])
    assert defined <= set(listed)
    assert all(hasattr(module, each) for each in listed)
