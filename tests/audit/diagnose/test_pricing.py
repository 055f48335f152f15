"""What sets of causes make of a bill: wrong numbers of meters by the plan that is there, the same as by a new one."""

from decimal import Decimal
from typing import Any

import pytest

from billcalc.audit.diagnose.cause import ANYTHING, Edit, Instance, Path, Stage, assigned
from billcalc.audit.diagnose.cells import NotFen, fen_of, money_of
from billcalc.audit.diagnose.mistaken import exchanged, misread
from billcalc.audit.diagnose.pricing import Repricing, lines_of
from billcalc.kernel.scalars import number_of
from billcalc.kernel.troubles import InvalidInput
from tests.audit.diagnose.samples import SAMPLES, tariffs
from tests.audit.injecting import canonical, instances, situation
from tests.billing.cases import parsed
from tests.billing.test_months import two_months

PEAK: Path = ("metering_points", 0, "readings", 1, "registers", "peak")
MULTIPLIER: Path = ("metering_points", 0, "config", 0, "multiplier")


def number(path: Path, value: str) -> Instance:
    return Instance("digit", "/".join(map(str, path)), value, Stage.READINGS, ANYTHING, Edit(((path, value),)))


def amounts(lines: Any) -> list[tuple[str, object, object]]:
    return [(str(line.name), line.band, number_of(line.amount)) for line in lines]


@pytest.mark.parametrize("name", ["plain", "cut", "shared", "over", "exchanged", "facts"])
@pytest.mark.parametrize(("path", "value"), [(PEAK, "17.5"), (MULTIPLIER, "150")])
def test_a_wrong_number_by_the_plan_that_is_there_is_that_by_a_new_one(name: str, path: Path, value: str) -> None:
    data = canonical(SAMPLES[name])
    if name == "exchanged" and path == PEAK:
        value = "3"
    ours = Repricing(data, tariffs())
    levy = next(each for each in instances(situation(SAMPLES[name], tariffs())) if each.cause == "component_left_out")
    told = assigned(data, path, value)
    assert amounts(ours.lines([number(path, value)])) == amounts(lines_of(told, tariffs()))
    assert levy.edit.catalog is not None
    both = ours.lines([number(path, value), levy])
    assert amounts(both) == amounts(lines_of(told, levy.edit.catalog(tariffs())))


def test_numbers_of_several_months_are_planned_anew() -> None:
    data = canonical(parsed(two_months()))
    wrong = number(PEAK, "11")
    assert amounts(Repricing(data, tariffs()).lines([wrong])) == amounts(
        lines_of(assigned(data, PEAK, "11"), tariffs())
    )


def test_a_number_that_no_plan_reads_and_one_in_what_another_cause_replaces_are_planned_anew() -> None:
    data = canonical(SAMPLES["plain"])
    ours, unread = Repricing(data, tariffs()), number((*PEAK[:-1], "total"), "70")
    assert amounts(ours.lines([unread])) == amounts(lines_of(assigned(data, (*PEAK[:-1], "total"), "70"), tariffs()))
    whole = data["metering_points"][0]["readings"]
    replaced = Instance("x", "x", "", Stage.FILE, ANYTHING, Edit(((PEAK[:3], whole),)))
    assert amounts(ours.lines([replaced, number(PEAK, "17")])) == amounts(ours.lines([number(PEAK, "17")]))


def test_what_cannot_be_billed_under_a_cause_cannot_with_a_wrong_number_either() -> None:
    ours = Repricing(canonical(SAMPLES["plain"]), tariffs())
    impossible = next(each for each in instances(situation(SAMPLES["plain"], tariffs())) if each.value == "contracted")
    for _ in range(2):
        with pytest.raises(InvalidInput):
            ours.lines([impossible, number(PEAK, "17")])
    assert ours.amounts([impossible, number(PEAK, "17")]) is None


def test_fen() -> None:
    assert (fen_of(Decimal("-1.5")), money_of(-150)) == (-150, Decimal("-1.50"))
    with pytest.raises(NotFen):
        fen_of(Decimal("0.005"))


def test_digits() -> None:
    assert Decimal("15") in misread("10").numbers
    assert exchanged("11").numbers == []
