"""The public face: what `import billcalc` shows is what `billcalc.__all__` promises, no more and no less."""

from types import ModuleType

import billcalc


def test_all_lists_every_visible_name_and_no_other() -> None:
    visible = [
        name
        for name in dir(billcalc)
        if name == "__version__" or not (name.startswith("_") or isinstance(getattr(billcalc, name), ModuleType))
    ]
    # The order of the list in the file is ruff's to check (RUF022).
    assert sorted(billcalc.__all__) == visible
