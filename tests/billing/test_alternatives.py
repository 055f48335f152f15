"""The money of another reading is what the bill comes to that tells it."""

from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, assume, given, settings

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.decimals import EXACT
from billcalc.kernel.troubles import InvalidInput, Problem
from billcalc.tariff.catalog import Catalog
from billcalc.vocabulary import Kind
from tests.billing.cases import Data, bill, catalog, changed, parsed, problems, request
from tests.strategies import Case, cases

REACTIVE = {"reactive_forward": ["reactive_forward"]}
"""The one alternative that a request writes in another way than a bill shows it."""


def total_with(data: Data, tariffs: Catalog, key: str, word: str) -> Decimal | None:
    """What the bill comes to where the request tells a convention; None where it cannot be billed so."""
    told: Any = REACTIVE.get(word, word)
    try:
        answer = calculate(parsed(changed(data, {f"conventions.{key}": told})), tariffs, derivation=False)
    except InvalidInput:
        return None
    return answer.total if isinstance(answer, Bill) else None


@settings(
    max_examples=settings().max_examples // 3,  # each of them is billed some sixty times
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
@given(case=cases())
def test_the_money_of_another_reading_is_what_a_request_that_tells_it_is_billed(case: Case) -> None:
    tariffs = Catalog(each for each in case.tariffs.documents if each.kind is not Kind.CONVENTIONS)
    answer = calculate(parsed(case.data), tariffs)
    assume(isinstance(answer, Bill))
    assert isinstance(answer, Bill)
    for doubt in problems(answer, ProblemCode.CONVENTION_UNDOCUMENTED):
        for other in doubt.alternatives:
            if other.value.startswith("{"):
                continue  # a selector, which tests/billing/test_conventions.py looks at
            total = total_with(case.data, tariffs, doubt.facts["key"], other.value)
            assert other.difference == (None if total is None else EXACT.subtract(total, answer.total))


UNTOLD = catalog(conventions=None)


def reading_step(**changes: Any) -> list[Problem]:
    """The doubt about the rounding of readings, where nothing tells any convention."""
    data = changed(request(), {"metering_points.0.not_installed": ["reactive_reverse"], **changes})
    found = problems(bill(data, UNTOLD), ProblemCode.CONVENTION_UNDOCUMENTED)
    return [each for each in found if each.facts["key"] == "kwh.round.reading"]


def test_readings_in_whole_steps_leave_no_doubt_about_their_rounding() -> None:
    assert reading_step() == []


def test_a_reading_that_was_rounded_is_in_doubt_with_its_money() -> None:
    # 20.001 × 100 = 2000.1 kWh was billed as 2000
    [doubt] = reading_step(**{"metering_points.0.readings.1.flat": "20.001"})
    # 0.1 kWh × (0.50 + 0.10) = 0.06; the levies are 120.002 and the adjustment −0.75 % of 33000.06: not a fen more
    assert [(other.value, other.difference) for other in doubt.alternatives] == [("0.01", Decimal("0.06"))]


def test_another_rounding_of_readings_that_leaves_less_than_nothing_has_no_money() -> None:
    # In whole kWh: total 1, peak 1, valley 0, so flat 0. To 0.01 the bands are 0.54 of a total of 0.53.
    shown = {"total": "0.53", "peak": "0.5", "flat": "0", "valley": "0.04"}
    told = {f"metering_points.0.readings.1.{register}": number for register, number in shown.items()}
    whole = {"metering_points.0.readings.0.total": "0", "metering_points.0.config.0.multiplier": "1"}
    by_total = {"conventions.kwh.source": "total", "conventions.kwh.remainder": "flat"}
    for _ in range(2):  # by the rules, and then by the tape
        [doubt] = reading_step(**told, **whole, **by_total)
        assert [(other.value, other.difference) for other in doubt.alternatives] == [("0.01", None)]
