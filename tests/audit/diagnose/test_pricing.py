"""What sets of causes make of a request, alone and as rows of columns: a row of a stack is what it is alone."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from billcalc.audit.diagnose.cause import ANYTHING, Edit, Instance, Path, Stage, assigned
from billcalc.audit.diagnose.cells import NotFen, fen_of, money_of
from billcalc.audit.diagnose.pricing import Repricing
from billcalc.audit.diagnose.stacked import Assigned, Bills, Rows, Stacked, column_of, fen_of_rows
from billcalc.kernel.slots import LAST_DIGIT, Slot
from billcalc.kernel.troubles import InvalidInput
from tests.audit.diagnose.samples import SAMPLES, tariffs
from tests.audit.injecting import canonical, instances, situation
from tests.billing.cases import parsed
from tests.billing.test_months import two_months

PEAK: Path = ("metering_points", 0, "readings", 1, "registers", "peak")
MULTIPLIER: Path = ("metering_points", 0, "config", 0, "multiplier")
CONTRACT: Path = ("agreement", 1, "basic", "contracts", "regular")


def number(path: Path, value: str) -> Instance:
    slot = "/".join(map(str, path))
    return Instance("digit", slot, value, Stage.READINGS, ANYTHING, Edit(((path, value),)), is_number=True)


def alone(data: Mapping[str, Any], name: str, *causes: Instance) -> dict[Any, int] | None:
    """The amounts of one request by cell, planned by itself."""
    made = Repricing(data, tariffs()).amounts(causes, ())
    return None if made is None else told(situation(SAMPLES[name], tariffs()).cells.of(made))


def told(money: Mapping[Any, int]) -> dict[Any, int]:
    """The amounts without those of nothing."""
    return {cell: fen for cell, fen in money.items() if fen}


def stacked(name: str, path: Path, values: list[str], *causes: Instance) -> list[dict[Any, int] | None]:
    """The amounts of a request with numbers in one place, stacked."""
    where = situation(SAMPLES[name], tariffs())
    stack = Stacked(Repricing(where.data, tariffs()), Bills())
    rows = np.arange(len(values))
    numbers = [Assigned(path, rows, column_of([Decimal(each) for each in values]))]
    made = stack.priced(where.cells, causes, np.zeros(len(values), dtype=np.int64), numbers)
    return [
        None if made.refused[row] else told({cell: int(fen[row]) for cell, fen in made.amounts.items()}) for row in rows
    ]


@pytest.mark.parametrize("name", ["plain", "cut", "shared", "over", "facts"])
@pytest.mark.parametrize(
    ("path", "values"), [(PEAK, ["17.5", "1", "-1"]), (MULTIPLIER, ["150", "1"])], ids=["peak", "multiplier"]
)
def test_a_row_with_a_wrong_number_is_what_it_is_alone(name: str, path: Path, values: list[str]) -> None:
    data = canonical(SAMPLES[name])
    levy = next(each for each in instances(situation(SAMPLES[name], tariffs())) if each.cause == "component_left_out")
    for causes in ((), (levy,)):
        found = stacked(name, path, values, *causes)
        assert found == [alone(assigned(data, path, value), name, *causes) for value in values]


def test_a_term_of_one_entry_that_is_that_of_another_has_a_plan_of_its_own() -> None:
    data, values = canonical(SAMPLES["contracts"]), ["600", "800", "900", "1000"]
    found = stacked("contracts", CONTRACT, values)
    assert found == [alone(assigned(data, CONTRACT, value), "contracts") for value in values]
    transformer: Path = ("agreement", 0, "supply_points", "S1", "transformers", 0, "kva")
    sizes = ["800", "1250"]
    assert stacked("contracts", transformer, sizes) == [
        alone(assigned(data, transformer, size), "contracts") for size in sizes
    ]


def test_a_number_in_what_another_cause_replaces_is_planned_by_itself() -> None:
    data = canonical(SAMPLES["plain"])
    whole = data["metering_points"][0]["readings"]
    replaced = Instance("x", "x", "", Stage.FILE, ANYTHING, Edit(((PEAK[:3], whole),)))
    found = stacked("plain", PEAK, ["17", "-1"], replaced)
    assert found == [alone(assigned(data, PEAK, "17"), "plain"), None]


def test_numbers_of_several_months_are_planned_each_by_itself() -> None:
    asked = parsed(two_months())
    where = situation(asked, tariffs())
    stack = Stacked(Repricing(where.data, tariffs()), Bills())
    wrong = [Assigned(PEAK, np.array([1]), column_of([Decimal(11)]))]
    made = stack.priced(where.cells, (), np.zeros(2, dtype=np.int64), wrong)
    wanted = Repricing(assigned(where.data, PEAK, "11"), tariffs()).amounts((), ())
    assert wanted is not None
    assert {cell: int(fen[1]) for cell, fen in made.amounts.items()} == where.cells.of(wanted)
    assert {cell: int(fen[0]) for cell, fen in made.amounts.items()} == where.recomputed


def test_what_cannot_be_billed_under_a_cause_cannot_with_a_wrong_number_either() -> None:
    where = situation(SAMPLES["plain"], tariffs())
    impossible = next(each for each in instances(where) if each.value == "contracted")
    repricing = Repricing(where.data, tariffs())
    for _ in range(2):
        with pytest.raises(InvalidInput):
            repricing.lines([impossible])
    assert repricing.amounts((impossible,), ()) is None
    assert Stacked(repricing, Bills()).priced(where.cells, (impossible,)).refused.tolist() == [True]
    assert stacked("plain", PEAK, ["17"], impossible) == [None]


def test_the_last_digit_of_a_wrong_number_is_that_of_the_number(monkeypatch: pytest.MonkeyPatch) -> None:
    where = situation(SAMPLES["plain"], tariffs())
    stack = Stacked(Repricing(where.data, tariffs()), Bills())
    entry = next(entry for slot, entry in stack.repricing.planned(())[0][1].items() if slot.where.endswith("1/peak"))
    wrong = [Assigned(PEAK, np.array([0]), column_of([Decimal("17.5")]))]
    slot = Slot("/metering_points/0/readings/1/peak", LAST_DIGIT)
    made = Rows(stack.bills, np.array([0])).columns({slot: entry}, wrong)[slot]
    assert (made.numbers.tolist(), made.scale) == ([1], 1)


def test_bills_with_numbers_of_their_own_are_each_what_they_are_alone() -> None:
    data, shown = canonical(SAMPLES["plain"]), ["12", "17.5", "1"]
    where = situation(SAMPLES["plain"], tariffs())
    stands = Decimal("0.1234567")
    pointer = "/metering_points/0/readings/1/peak"
    bills = Bills(3, {pointer: column_of([Decimal(each) for each in shown])}, {}, {stands: (pointer, 1)})
    stack = Stacked(Repricing(assigned(data, PEAK, "0.1234567"), tariffs()), bills)
    made = stack.priced(where.cells)
    for row, each in enumerate(shown):
        assert told({cell: int(fen[row]) for cell, fen in made.amounts.items()}) == alone(
            assigned(data, PEAK, each), "plain"
        )
    assert stack.priced(where.cells, (), np.array([1])).refused.tolist() == [False]


def test_an_amount_finer_than_the_fen_or_beyond_64_bits_is_none() -> None:
    for number, is_unfit in (("0.005", True), ("0.010", False), ("7", False), ("1" + "0" * 20, True)):
        fen, unfit = fen_of_rows(column_of([Decimal(number)]) if len(number) < 9 else _wide(number), 1)
        assert unfit.tolist() == [is_unfit]
        assert is_unfit or money_of(int(fen[0])) == Decimal(number)


def _wide(number: str) -> Any:
    from billcalc.bulk.column import Column

    return Column.of(np.array([int(number)], dtype=object), 0)


def test_fen() -> None:
    assert (fen_of(Decimal("-1.5")), money_of(-150)) == (-150, Decimal("-1.50"))
    with pytest.raises(NotFen):
        fen_of(Decimal("0.005"))
