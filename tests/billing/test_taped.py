"""Four ways to evaluate a plan, and one bill: derived values, plain ones, the tape in whole numbers, and columns."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from billcalc.billing import taped
from billcalc.billing.bill import Bill, Figures, NumberOf, figures_of, lines_of
from billcalc.billing.calculate import calculate, wanted_tariffs
from billcalc.billing.evaluate import evaluate
from billcalc.billing.kept import KeptPlan, Numbers, kept_plan
from billcalc.billing.request import Request
from billcalc.billing.taped import Taped
from billcalc.bulk.arithmetic import ColumnArithmetic
from billcalc.bulk.column import Column
from billcalc.files.loading import load
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.decimals import EXACT, decimals_of
from billcalc.kernel.scalars import Input, PlainArithmetic, number_of
from billcalc.kernel.slots import Slot
from billcalc.kernel.troubles import InvalidInput, Refused
from billcalc.kernel.values import Arithmetic, Value
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from tests.billing.cases import AREA, changed, codes, parsed, request
from tests.proofs import REQUESTS
from tests.strategies import Case, cases


@pytest.fixture(scope="module")
def tariffs() -> Catalog:
    return load_catalog()


def by_columns(kept: KeptPlan, inputs: Mapping[Slot, Input]) -> object:
    """The figures by columns of one row, and the codes of its problems; None where the row is rejected."""
    columns = {slot: Column.of(*_integers(entry.number)) for slot, entry in inputs.items()}
    arithmetic = ColumnArithmetic(columns, 1)
    found = _figures(kept, arithmetic, _number)
    if arithmetic.rejections:
        return None
    return found, [problem.code for _, problem in arithmetic.problems]


def _figures(kept: KeptPlan, arithmetic: Arithmetic, number: NumberOf = number_of) -> Figures:
    evaluation = evaluate(kept.plan, arithmetic)
    return figures_of(lines_of(kept.plan, evaluation, number), evaluation, number)


def _integers(number: Decimal) -> tuple[NDArray[np.int64], int]:
    scale = decimals_of(number)
    return np.array([int(number.scaleb(scale))]), scale


def _number(value: Value) -> Decimal:
    assert isinstance(value, Column)
    return EXACT.scaleb(Decimal(int(value.numbers.reshape(-1)[0])), -value.scale)


def check(kept: KeptPlan, numbers: Numbers) -> None:
    """Evaluate a plan in all four ways."""
    inputs = kept.inputs_of(numbers)
    fixed = {slot: entry.number for slot, entry in inputs.items() if slot not in kept.own}
    tape = Taped(kept.plan, fixed, kept.own, numbers)
    try:
        derived = kept.derived(numbers)
    except (InvalidInput, Refused):
        assert tape.figures(numbers) is None
        assert tape.total(numbers) is None
        with pytest.raises((InvalidInput, Refused)):
            evaluate(kept.plan, PlainArithmetic(inputs))
        assert by_columns(kept, inputs) is None
        return
    arithmetic = PlainArithmetic(inputs)
    plain = _figures(kept, arithmetic)
    assert (plain, arithmetic.problems) == (derived.figures, derived.problems)
    assert tape.figures(numbers) == (plain, arithmetic.problems)
    assert tape.total(numbers) == plain.total
    assert by_columns(kept, inputs) == (plain, [problem.code for problem in arithmetic.problems])


@pytest.mark.no_cover
@pytest.mark.parametrize("path", REQUESTS, ids=lambda path: path.parent.name)
def test_every_way_gives_one_bill(path: Path, tariffs: Catalog) -> None:
    asked = load(Request, path)
    catalog = wanted_tariffs(asked, tariffs)
    try:
        kept, numbers = kept_plan(asked, catalog)
    except (InvalidInput, Refused):
        return
    check(kept, numbers)
    check(kept, tuple(number * 2 + Decimal(place).scaleb(-2) for place, number in enumerate(numbers)))


@settings(max_examples=25)
@given(case=cases(), more=st.lists(st.sampled_from(["0", "0.5", "1.01", "10"]), min_size=1, max_size=7))
def test_every_way_gives_one_bill_of_any_customer(case: Case, more: list[str]) -> None:
    asked = parsed(case.data)
    try:
        kept, numbers = kept_plan(asked, case.tariffs)
    except (InvalidInput, Refused):
        return
    check(kept, numbers)
    check(kept, tuple(number + Decimal(more[place % len(more)]) for place, number in enumerate(numbers)))


def tape_of(asked: Request) -> tuple[Taped, Numbers]:
    kept, numbers = kept_plan(asked, AREA)
    fixed = {slot: entry.number for slot, entry in kept.inputs.items() if slot not in kept.own}
    return Taped(kept.plan, fixed, kept.own, numbers), numbers


def test_the_functions_are_written_anew_for_more_decimals_and_not_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taped, "WIDENED_MAX", 2)
    tape, numbers = tape_of(parsed(request()))
    finer = [tuple(number + Decimal(1).scaleb(-places) for number in numbers) for places in (2, 4, 6)]
    assert [tape.figures(each) is not None for each in finer] == [True, True, False]
    assert tape.figures(numbers) is not None


def test_a_bill_that_is_refused_is_the_rules_own() -> None:
    tape, numbers = tape_of(parsed(request()))
    assert tape.total(numbers) is not None
    assert tape.total(tuple(-number for number in numbers)) is None
    assert tape.figures(tuple(-number for number in numbers)) is None


def test_the_tape_is_made_for_the_second_bill(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []

    class Counted(Taped):
        def __init__(self, *told: object) -> None:
            made.append(self)
            super().__init__(*told)  # type: ignore[arg-type]

    monkeypatch.setattr("billcalc.billing.kept.Taped", Counted)
    asked = parsed(changed(request(), {"metering_points.0.id": "SECOND"}))
    kept, numbers = kept_plan(asked, AREA)
    first = kept.outcome(numbers)
    assert not made
    assert kept.outcome(numbers).figures == first.figures
    assert len(made) == 1
    assert kept.total(numbers) == first.figures.total
    assert len(made) == 1


def test_the_problems_that_numbers_make_are_told_with_their_facts_and_money() -> None:
    told = changed(request(), {"metering_points.0.readings.0.total": "0", "metering_points.0.readings.1.total": "66"})
    told["metering_points"][0]["id"] = "APART"
    answers = [calculate(parsed(told), AREA, derivation=derivation) for derivation in (True, False, False, False)]
    first = answers[0]
    assert isinstance(first, Bill)
    assert ProblemCode.TOTAL_DIFFERS_FROM_BANDS in codes(first)
    assert answers == [first] * 4
