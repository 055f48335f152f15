"""The public face: what `import billcalc` shows is what `billcalc.__all__` promises, no more and no less."""

from types import ModuleType

import pytest

import billcalc


def test_all_lists_every_visible_name_and_no_other() -> None:
    visible = [
        name
        for name in dir(billcalc)
        if name == "__version__" or not (name.startswith("_") or isinstance(getattr(billcalc, name), ModuleType))
    ]
    # The order of the list in the file is ruff's to check (RUF022).
    assert sorted(billcalc.__all__) == visible


def test_a_name_is_that_of_the_module_that_has_it() -> None:
    from billcalc.billing.calculate import calculate
    from billcalc.kernel.troubles import Refusal

    assert (billcalc.calculate, billcalc.Refusal) == (calculate, Refusal)


def test_a_name_that_is_not_there_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="module 'billcalc' has no attribute 'bills'"):
        _ = billcalc.bills
