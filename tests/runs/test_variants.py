"""What causes make of many rows in columns is what they make of each row alone; where columns are not for them, that."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from billcalc.audit.diagnose.cause import ANYTHING, Edit, Instance, Stage, assigned
from billcalc.audit.diagnose.pricing import Repricing
from billcalc.bulk.column import Column
from billcalc.kernel.slots import LAST_DIGIT, Slot
from billcalc.runs.variants import RowRepricing, Variants
from tests.audit.diagnose.samples import SAMPLES, tariffs
from tests.audit.injecting import canonical, instances, situation
from tests.billing.cases import parsed
from tests.billing.test_months import two_months

PEAK = ("metering_points", 0, "readings", 1, "registers", "peak")
POINTER = "/metering_points/0/readings/1/peak"
DATA = canonical(SAMPLES["plain"])
SHOWN = ("12", "17.5", "-3")
COLUMNS = {POINTER: Column.of(np.array([120, 175, -30]), 1)}
NOTHING: frozenset[Instance] = frozenset()


def variants(columns: Mapping[str, Column] = COLUMNS, data: Mapping[str, Any] = DATA) -> Variants:
    return Variants(Repricing(assigned(data, PEAK, "0"), tariffs()), columns, len(SHOWN))


def test_each_row_has_what_it_has_alone() -> None:
    together = variants()
    possible = instances(situation(SAMPLES["plain"], tariffs()))
    chosen = [each for each in possible if each.value in ("0.85", "<1kV", "contracted", "none", "thirtieth")]
    assert {each.cause for each in chosen} >= {"standard", "voltage", "basic_mode", "component_left_out"}
    for row, peak in enumerate(SHOWN):
        alone = Repricing(assigned(DATA, PEAK, peak), tariffs())
        ours = RowRepricing(alone, together, row)
        for causes in (NOTHING, *(frozenset((each,)) for each in chosen)):
            assert ours.amounts(causes) == alone.amounts(causes), causes
        assert (ours.amounts(NOTHING) is None) == (peak == "-3"), "a reading below the one before"
    assert len(ours.lines(NOTHING)) > 0 if peak != "-3" else True


def test_a_number_of_a_row_is_computed_for_that_row() -> None:
    wrong = Instance("digit", "x", "19", Stage.READINGS, ANYTHING, Edit(((PEAK, "19"),)))
    alone = Repricing(assigned(DATA, PEAK, "12"), tariffs())
    ours = RowRepricing(alone, variants(), 0)
    assert ours.amounts([wrong]) == alone.amounts([wrong])
    assert list(map(str, ours.lines([wrong]))) == list(map(str, alone.lines([wrong])))


@pytest.mark.parametrize("why", ["a column of the rows is assigned", "several months", "the last digit of a column"])
def test_what_columns_are_not_for_is_not_computed_in_them(why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = Instance("rounding", "x", "", Stage.ROUNDING, ANYTHING, Edit(((PEAK, "19"),)))
    causes, ours = NOTHING, variants()
    if why.startswith("a column"):
        causes = frozenset((rules,))
    elif why.startswith("several"):
        ours = variants(data=canonical(parsed(two_months())))
    else:
        plan, inputs = Repricing(DATA, tariffs()).planned(()) or (None, {})
        slot = next(each for each in inputs if each.where == POINTER)
        monkeypatch.setattr(
            Repricing, "planned", lambda self, causes: (plan, {**inputs, Slot(POINTER, LAST_DIGIT): inputs[slot]})
        )
    with pytest.raises(LookupError):
        ours.of(causes, 0)
