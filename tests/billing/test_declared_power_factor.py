"""Power factors that hardly anybody has: registers that were exchanged, a slipped point, an empty cell that became 0."""

import pytest

from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Severity
from billcalc.tariff.catalog import Catalog
from tests.billing.cases import bill, catalog, changed, codes, document, problems, request
from tests.billing.test_declared import CLOSING, IDLE, LIMITS

POWER_FACTORS: Catalog = catalog(limits=document("plausibility", "2020-01-01", {**LIMITS, "cosphi_least": "0.45"}))


@pytest.mark.parametrize(
    ("shown", "told"),
    # × 100 beside 6,000 kWh: 6000 ÷ √(6000² + 12110²) = 0.4439, and with 11,580 kvarh 0.4600
    [("121.10", {"power_factor_implausible"}), ("115.80", set()), ("0", {"reactive_of_nothing"})],
)
def test_a_power_factor_of_hardly_anybody_is_a_doubt(shown: str, told: set[str]) -> None:
    answer = bill(changed(request(), {f"{CLOSING}.reactive_forward": shown}), POWER_FACTORS)
    assert codes(answer) - {"reactive_above_capacity"} == told
    for doubt in (each for code in told for each in problems(answer, ProblemCode(code))):
        assert (doubt.severity, doubt.where, doubt.facts["scope"]) == (Severity.DOUBT, "/metering_points", "S1")


@pytest.mark.parametrize(("cosphi", "doubts"), [("0.092", 1), ("0", 1), ("0.45", 0)])
def test_a_given_power_factor_with_a_slipped_point_is_a_doubt(cosphi: str, doubts: int) -> None:
    answer = bill(changed(request(), {"facts.S1.cosphi": cosphi}), POWER_FACTORS)
    found = problems(answer, ProblemCode.POWER_FACTOR_IMPLAUSIBLE)
    assert [each.where for each in found] == ["/facts/S1/cosphi"] * doubts
    assert "reactive_of_nothing" not in codes(answer)


def test_a_month_without_energy_has_no_doubt_about_its_reactive_energy() -> None:
    opening = "metering_points.0.readings.0"
    idle = {f"{at}.{each}": "0" for at in (opening, CLOSING) for each in IDLE}
    assert "reactive_of_nothing" not in codes(bill(changed(request(), idle), POWER_FACTORS))
