"""What once was lost, counted twice or passed over in silence; each case was found by a reviewer."""

from datetime import date
from decimal import Decimal

import pytest

from billcalc.billing.planning.notes import Notes
from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.terms import Term
from tests.billing.cases import (
    INDUSTRY,
    NETWORK,
    SHOP,
    Data,
    amounts,
    bill,
    catalog,
    changed,
    conventions,
    energy,
    entry,
    fault,
    line,
    lines,
    point,
    prices,
    problems,
    reading,
    refusal,
    request,
    sheet,
    transformer,
)

OPEN = reading("2024-07-01", "opening", total="0")
CLOSED = reading("2024-08-01", "closing", total="30")


def read(*readings: Data, **changes: object) -> Data:
    shop = {**SHOP, "time_of_use": False}
    points = {"S1": {"power_factor_standard": "none"}}
    agreement = [entry("2020-01-01", groups={"main": shop}, supply_points=points, basic={"mode": "exempt"})]
    return request(agreement=agreement, metering_points=[point(readings=list(readings), **changes)])


@pytest.mark.parametrize(
    "readings",
    [
        # What the register moved from 4 to 6 would be nobody's.
        [OPEN, reading("2024-07-11", "closing", total="4"), reading("2024-07-11", "opening", total="6"), CLOSED],
        [OPEN, CLOSED, reading("2024-08-01", "closing", total="32")],
        [OPEN, reading("2024-07-01", "opening", total="2"), CLOSED],
        [OPEN, reading("2024-08-01", "removal", total="20"), reading("2024-08-01", "removal", total="22")],
    ],
)
def test_readings_that_contradict_each_other_are_a_fault(readings: list[Data]) -> None:
    found = fault(read(*readings))
    assert found.code is FaultCode.INCONSISTENT
    assert found.where.startswith("/metering_points/0/readings/")


def test_a_new_meter_needs_more_than_a_cut() -> None:
    configs = [
        {"from": "2020-01-01", "meter": "A", "multiplier": "100", "digits": "4"},
        {"from": "2024-07-11", "meter": "B", "multiplier": "100", "digits": "4"},
    ]
    readings = (OPEN, reading("2024-07-11", "cut", total="10"), CLOSED)
    refused = refusal(read(*readings, config=configs))
    assert (refused.code, refused.facts["day"]) == (RefusalCode.CHANGE_WITHOUT_READING, "2024-07-11")


def test_a_new_multiplier_of_the_same_meter_is_settled_by_a_cut() -> None:
    configs = [
        {"from": "2020-01-01", "meter": "A", "multiplier": "100", "digits": "4"},
        {"from": "2024-07-11", "meter": "A", "multiplier": "200", "digits": "4"},
    ]
    answer = bill(read(OPEN, reading("2024-07-11", "cut", total="10"), CLOSED, config=configs))
    # 10 × 100 + 20 × 200
    assert line(answer, "network_energy").quantity == 5000


def test_a_fee_and_a_transformer_of_one_name_do_not_share_a_slot() -> None:
    fee = {"code": "t1", "section": "network_capacity", "quantity": "months", "price": "10"}
    tariffs = catalog(network=prices("network_price", [*NETWORK, fee]))
    groups = {"S1": INDUSTRY}

    def of(name: str) -> str:
        first = entry("2024-05-01", groups=groups, supply_points=_point(transformer("t0", "100")))
        second = entry(
            "2024-05-11", groups=groups, supply_points=_point(transformer("t0", "100"), transformer(name, "3000"))
        )
        data = request("2024-05-01", "2024-06-01", agreement=[first, second])
        return amounts(bill(changed(data, {"metering_points.0.group": "S1"}), tariffs), "capacity")[-1]

    assert of("t1") == of("t9")


SILENT = catalog(conventions=conventions(told={"power_factor": {"reactive": ["reactive_forward"]}}))


def _point(*transformers: Data) -> Data:
    return {"S1": {"power_factor_standard": "0.90", "transformers": list(transformers)}}


def test_one_slot_never_holds_two_numbers() -> None:
    notes = Notes(date(2024, 5, 31))
    notes.slot("/a", Decimal(1), "kWh", Term.GIVEN_ENERGY)
    with pytest.raises(AssertionError, match="two numbers in the slot Slot\\(where='/a'"):
        notes.slot("/a", Decimal(2), "kWh", Term.GIVEN_ENERGY)


def test_the_roundings_of_a_capacity_price_count() -> None:
    capacity = {**NETWORK[1], "price": "30.126", "round": {"price": "0.01", "amount": "1"}}
    tariffs = catalog(network=prices("network_price", [NETWORK[0], capacity, NETWORK[2]]))
    answer = bill(changed(request(), {"agreement.0.supply_points.S1.transformers.0.kva": "1500.3"}), tariffs)
    # 1500.3 × 30.13 = 45204.039
    assert (line(answer, "capacity").price, amounts(answer, "capacity")) == (Decimal("30.13"), ["45204"])


def test_a_price_by_bands_that_is_rounded_in_total_is_printed_in_total() -> None:
    bands = {"bands": {"peak": "0.7000004", "flat": "0.5000002", "valley": "0.3000001"}}
    answer = bill(sheet(energy("purchase", bands, round_per="total")))
    # 700.0004 + 1000.0004 + 900.0003 = 2600.0011
    assert [(each.band, each.amount) for each in lines(answer, "purchase")] == [(None, Decimal("2600.00"))]


def test_levies_alone_are_no_price_of_energy() -> None:
    levy = {"code": "fund", "section": "levies", "price": "0.04", "tags": ["levy"]}
    assert refusal(sheet(levy)).code is RefusalCode.NO_PRICE


def test_the_day_on_which_a_service_ends_is_a_matter_of_doubt() -> None:
    before = entry("2020-01-01", supply_points=_point(transformer(), transformer("T2", "500")))
    after = entry("2024-07-11", supply_points=_point(transformer(), transformer("T2", "500", "suspended")))
    told = problems(bill(request(agreement=[before, after]), SILENT), ProblemCode.CONVENTION_UNDOCUMENTED)
    (found,) = [each for each in told if each.facts["key"] == "basic.last_day"]
    (other,) = found.alternatives
    # one more day of 500 kVA: 500 × 30 ÷ 31 = 483.87, less 0.75 % of it
    assert (other.value, other.difference) == ("billed", Decimal("480.24"))


def test_conventions_that_change_inside_the_period_are_refused() -> None:
    old = conventions("2020-01-01", told={"power_factor": {"round": "once"}})
    new = conventions("2024-07-11", told={"power_factor": {"round": "line"}})
    refused = refusal(request(), catalog(conventions=[old, new]))
    assert refused.code is RefusalCode.NOT_SUPPORTED
    assert str(date(2024, 7, 11)) in str(refused)


def test_the_word_of_a_group_goes_before_an_exclusion_of_the_group() -> None:
    base = {"power_factor": {"base": {"exclude": {"sections": ["levies"], "groups": ["main"]}}}}
    outside = bill(request(conventions=base))
    inside = bill(changed(request(conventions=base), {"agreement.0.groups.main.power_factor": {"money_in_base": True}}))
    assert lines(outside, "power_factor") == []
    assert amounts(inside, "power_factor") == ["-247.50"]
