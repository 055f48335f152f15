"""Bands that have a price and are not measured: what was used in them would be billed at nothing."""

import pytest

from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Severity
from tests.billing.cases import (
    NETWORK,
    SHOP,
    Data,
    bill,
    catalog,
    changed,
    codes,
    energy,
    entry,
    point,
    prices,
    problems,
    reading,
    request,
    sheet,
)


def read(*registers: str, **changes: object) -> Data:
    """A metering point of which some registers were read."""
    names = (*registers, "reactive_forward")
    start = reading("2024-07-01", "opening", **dict.fromkeys(names, "0"))
    return point(readings=[start, reading("2024-08-01", "closing", **dict.fromkeys(names, "10"))], **changes)


@pytest.mark.parametrize(
    ("registers", "missing"),
    [
        (("peak", "flat", "valley"), []),
        (("peak", "flat"), ["valley"]),
        (("flat", "valley"), ["peak"]),
        (("total", "flat"), ["peak", "valley"]),
    ],
)
def test_a_band_that_has_a_price_and_no_register_is_a_doubt(registers: tuple[str, ...], missing: list[str]) -> None:
    found = problems(bill(request(metering_points=[read(*registers)])), ProblemCode.BAND_NOT_MEASURED)
    assert [each.facts["register"] for each in found] == missing
    assert {(each.severity, each.where) for each in found} <= {(Severity.DOUBT, "/metering_points/0")}


def test_a_register_of_every_day_that_is_not_installed_is_told_all_the_same() -> None:
    answer = bill(request(metering_points=[read("peak", "flat", not_installed=["valley"])]))
    [problem] = answer.problems
    assert (problem.code, problem.severity) == (ProblemCode.BAND_NOT_INSTALLED, Severity.DOUBT)
    assert problem.facts == {"point": "M1", "register": "valley", "group": "main"}


def test_a_quantity_that_is_not_given_is_a_doubt_and_a_given_zero_is_none() -> None:
    measured = {key: each for key, each in point().items() if key not in ("readings", "config")}
    given = {"kwh": {"peak": "10", "flat": "10"}, "kvarh": {"reactive_forward": "1"}}
    data = request(metering_points=[{**measured, "given": given}])
    assert codes(bill(data)) == {"band_not_measured", "given_fact"}
    assert codes(bill(changed(data, {"metering_points.0.given.kwh.valley": "0"}))) == {"given_fact"}


def test_a_band_without_a_price_of_its_own_needs_no_register() -> None:
    boiler = [{**energy("purchase", {"bands": {"flat": "0.5", "valley": "0.2"}})}]
    two_bands = catalog(purchase=prices("purchase_price", boiler))
    assert codes(bill(request(metering_points=[read("flat", "valley")]), two_bands)) == set()
    one_price = catalog(
        purchase=prices("purchase_price", [energy("purchase", "0.5")]), network=prices("network_price", NETWORK)
    )
    assert codes(bill(request(metering_points=[read("flat", "valley")]), one_price)) <= {"bands_at_one_price"}
    untimed = [entry("2020-01-01", groups={"main": {**SHOP, "time_of_use": False}}, basic={"mode": "exempt"})]
    assert codes(bill(request(agreement=untimed, metering_points=[read("total")]))) == set()


def test_prices_of_the_customers_own_need_their_bands() -> None:
    data = sheet(energy("purchase", "given"), prices={"purchase": {"peak": "0.8", "total": "0.5"}})
    found = problems(bill({**data, "metering_points": [read("flat", "valley")]}), ProblemCode.BAND_NOT_MEASURED)
    assert [each.facts for each in found] == [{"point": "M1", "register": "peak", "group": "main"}]


def test_a_price_that_a_given_line_stands_for_needs_none() -> None:
    line = {"code": "agreed", "section": "energy", "group": "main", "amount": "900.00", "supplies": ["purchase"]}
    assert codes(bill(request(given=[line], metering_points=[read("peak", "flat")]))) == set()
