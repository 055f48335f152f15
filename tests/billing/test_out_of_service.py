"""Energy that was read on days on which no transformer was in service, or through one of no capacity."""

import pytest

from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Severity
from tests.billing.cases import bill, changed, codes, entry, point, problems, reading, request, transformer
from tests.billing.test_declared import LIMITED


def test_who_pays_by_demand_gets_no_energy_through_transformers_out_of_service() -> None:
    state = "agreement.0.supply_points.S1.transformers.0.state"
    by_demand = {"agreement.0.basic": {"mode": "actual"}, state: "suspended"}
    [doubt] = problems(bill(changed(request(), by_demand), LIMITED), ProblemCode.ENERGY_ABOVE_CAPACITY)
    assert (doubt.facts["energy"], doubt.facts["limit"]) == ("6000", "0")


def test_energy_through_transformers_that_an_order_stops_is_told_with_their_charge() -> None:
    order = {"kind": "suspension", "supply_point": "S1", "transformers": ["T1"], "sealed": "2024-07-01"}
    data = request(changes=[{**order, "resumed": "2024-08-01"}])
    [doubt] = problems(bill(data, LIMITED), ProblemCode.ENERGY_ABOVE_CAPACITY)
    assert doubt.severity is Severity.DOUBT
    assert [str(each.difference) for each in doubt.alternatives] == ["29775.00"]


@pytest.mark.parametrize(("read", "told"), [("0", ["6000"]), ("1", ["5300"])])
def test_energy_of_days_on_which_nothing_is_in_service_is_a_doubt_where_readings_tell_it(
    read: str, told: list[str]
) -> None:
    """Ten days of 1,000 kVA bear all of it; the days from the 11th on bear nothing. At the cut 100, 200 or 300 kWh each."""
    state = "agreement.1.supply_points.S1.transformers.0.state"
    entries = [entry("2020-01-01"), entry("2024-07-11")]
    cut = {"peak": read, "flat": str(2 * int(read)), "valley": str(4 * int(read)), "reactive_forward": read}
    readings = point()["readings"]
    shown = [readings[0], reading("2024-07-11", "cut", **cut, maximum_demand="0"), readings[1]]
    data = changed(request(agreement=entries, metering_points=[point(readings=shown)]), {state: "suspended"})
    found = problems(bill(data, LIMITED), ProblemCode.ENERGY_ABOVE_CAPACITY)
    assert [each.facts["energy"] for each in found] == told
    assert {each.facts["span"] for each in found} == {"2024-07-11/2024-08-01"}
    assert {each.where for each in found} == {"/agreement/1/supply_points/S1/transformers"}


def test_energy_of_days_in_service_is_no_doubt_because_of_others() -> None:
    state = "agreement.1.supply_points.S1.transformers.0.state"
    readings = point()["readings"]
    cut = {**readings[1], "at": "2024-07-11", "kind": "cut"}
    data = request(agreement=[entry("2020-01-01"), entry("2024-07-11")])
    data["metering_points"] = [point(readings=[readings[0], cut, readings[1]])]
    assert "energy_above_capacity" not in codes(bill(changed(data, {state: "suspended"}), LIMITED))


def test_a_transformer_of_exactly_nothing_is_a_doubt() -> None:
    standing = {"S1": {"power_factor_standard": "0.90", "transformers": [transformer(), transformer("T2", "0")]}}
    data = request(agreement=[entry("2020-01-01", supply_points=standing)])
    [doubt] = problems(bill(data, LIMITED), ProblemCode.TRANSFORMER_OF_NOTHING)
    assert (doubt.severity, doubt.where) == (Severity.DOUBT, "/agreement/0/supply_points/S1/transformers/1/kva")
