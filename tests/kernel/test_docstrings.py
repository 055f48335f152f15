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
