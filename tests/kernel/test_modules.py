"""What holds for every module of the kernel."""

import importlib
import pkgutil

import pytest

import billcalc.kernel

MODULES = [module.name for module in pkgutil.iter_modules(billcalc.kernel.__path__, "billcalc.kernel.")]


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


@pytest.mark.parametrize("name", MODULES)
def test_records_are_frozen_and_have_no_room_for_further_attributes(name: str) -> None:
    for each in vars(importlib.import_module(name)).values():
        if isinstance(each, type) and hasattr(each, "__dataclass_params__"):
            assert each.__dataclass_params__.frozen, each
            assert hasattr(each, "__slots__"), each
