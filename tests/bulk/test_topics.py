"""What happens inside a month is the same in columns, to the last digit: exchanges, parts, discounts, changes, losses."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest

from billcalc.bulk.calculate import calculate_batch
from billcalc.bulk.output import Output
from billcalc.bulk.plans import Plans
from billcalc.kernel.decimals import exact_sum
from billcalc.tariff.catalog import Catalog
from tests.billing.cases import AREA, SHOP, Data, bill, changed, entry, point, reading, request, transformer
from tests.billing.changing import BY_QUARTER, of_two, order, with_law
from tests.billing.losses.lost import FORMULA, low
from tests.billing.test_discount import used
from tests.billing.test_months import FIRST, SECOND, two_months
from tests.billing.test_sub_meters import HOME_BANDS, behind, fixed, home_meter, metered, ratio
from tests.bulk.comparing import Tally, batch_of, compare

READ = "metering_points.0.readings"
ONE_PART = {"from": "2024-07-11", "groups": {"main": SHOP}, "basic": {"mode": "exempt"}}


def each_with(data: Data, place: str, numbers: Sequence[str]) -> list[Data]:
    """The request with other numbers at a place."""
    return [changed(data, {place: number}) for number in numbers]


def cut(second: Data, **more: Any) -> Data:
    """July 2024 with another entry of the agreement from the 11th on, read on that day."""
    day = reading("2024-07-11", "cut", peak="3", flat="5", valley="7", reactive_forward="4", maximum_demand="6")
    first = request()
    readings = first["metering_points"][0]["readings"]
    return {
        **request(agreement=[*first["agreement"], entry(**{"start": second["from"], **_rest(second)})]),
        "metering_points": [point(readings=[readings[0], day, readings[1]])],
        **more,
    }


def _rest(told: Mapping[str, Any]) -> Data:
    return {key: value for key, value in told.items() if key != "from"}


def exchanged() -> Data:
    """Meter A goes through zero at peak and is exchanged on the 11th for B, which has another multiplier."""
    shown = {"flat": "20", "valley": "30", "reactive_forward": "12", "maximum_demand": "5"}
    zeros = dict.fromkeys(("peak", "flat", "valley", "reactive_forward", "maximum_demand"), "0")
    readings = [
        reading("2024-07-01", "opening", **{**zeros, "peak": "9990"}),
        {**reading("2024-07-11", "removal", **{**shown, "peak": "10"}), "rollover": ["peak"]},
        reading("2024-07-11", "installation", **zeros),
        reading("2024-08-01", "closing", **{**shown, "peak": "7"}),
    ]
    config = [
        {"from": "2020-01-01", "meter": "A", "multiplier": "100", "digits": "4"},
        {"from": "2024-07-11", "meter": "B", "multiplier": "80", "digits": "4"},
    ]
    return request(metering_points=[point(readings=readings, config=config)])


DEEPER = changed(
    behind(metered("M2"), home=HOME_BANDS, others=(home_meter(peak="1", flat="2", valley="0"),)),
    {"metering_points.1.not_installed": ["reactive_forward"]},
)
BY_DEMAND = {"basic": {"mode": "contracted", "contracts": {"regular": "400"}}}
MODE = cut({"from": "2024-07-11", **BY_DEMAND}, changes=[{"kind": "mode", "supply_point": "S1", "done": "2024-07-11"}])
LARGER = {"S1": {"power_factor_standard": "0.90", "transformers": [transformer(), transformer("T2", "500")]}}

CASES: Mapping[str, tuple[list[Data], Catalog]] = {
    "an exchange of meters with a rollover": (each_with(exchanged(), f"{READ}.3.peak", ["0", "7.31", "6999"]), AREA),
    "another multiplier": (each_with(exchanged(), "metering_points.0.config.1.multiplier", ["1", "1.5", "1200"]), AREA),
    "a part by ratio": (each_with(behind(ratio("0.0333")), f"{READ}.1.peak", ["0", "1.5", "999"]), AREA),
    "a part by ratio with bands": (
        each_with(behind(ratio("0.0333"), home=HOME_BANDS), f"{READ}.1.flat", ["0", "1.5", "999"]), AREA),
    "ratios of other size": (each_with(behind(ratio("0.5")), "metering_points.0.children.0.value", ["0", "0.333", "1"]), AREA),
    "a fixed part": (each_with(behind(fixed("5")), "metering_points.0.children.0.value", ["0", "7", "333"]), AREA),
    "a meter behind a meter": (each_with(DEEPER, f"{READ}.1.flat", ["20", "33.3"]), AREA),
    "260 kWh for each kVA": (
        each_with(used("0"), "metering_points.0.given.kwh.flat", ["1", "259999", "259999.99", "260000", "900000"]), AREA),
    "260 kWh for each kVA where the capacity grows": (
        [changed(cut({"from": "2024-07-11", "supply_points": LARGER, **BY_DEMAND}), {f"{READ}.2.flat": flat, "agreement.0.basic": BY_DEMAND["basic"]})
         for flat in ("20", "2900", "3200", "4000")], AREA),
    "a demand above the contract": (
        each_with(request(agreement=[entry("2020-01-01", **BY_DEMAND)]), f"{READ}.1.maximum_demand", ["4", "4.2", "4.21", "9"]), AREA),
    "a change from two parts to one": (each_with(cut(ONE_PART), f"{READ}.1.peak", ["0", "3", "9.99"]), AREA),
    "a change of the mode": (each_with(MODE, f"{READ}.2.maximum_demand", ["5", "9"]), with_law(mode=BY_QUARTER)),
    "an increase": (
        each_with(
            cut({"from": "2024-07-11", "supply_points": LARGER}, changes=[{"kind": "increase", "supply_point": "S1", "done": "2024-07-11"}]),
            "agreement.1.supply_points.S1.transformers.1.kva", ["0.1", "630", "99999"]), AREA),
    "a suspension in a month of losses": (
        [changed(low({"transformer": FORMULA}), {f"{READ}.1.peak": peak}) for peak in ("0", "10", "777")], AREA),
    "a reduction": (
        each_with(changed(of_two(), {"changes": [order("reduction", sealed="2024-07-11")]}), f"{READ}.1.peak", ["1", "99"]), AREA),
    "an end of supply": (
        each_with(changed(request("2024-07-01", "2024-07-20"), {"cycle.to": "2024-08-01"}), f"{READ}.1.peak", ["1", "99"]), AREA),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_columns_and_single_bills_agree(name: str) -> None:
    requests, tariffs = CASES[name]
    tally = Tally()
    compare([(str(place), data) for place, data in enumerate(requests)], tariffs, tally)
    assert (tally.billed, set(tally.paths)) == (len(requests), {"columns"}), tally


def test_a_row_of_several_months_is_rejected_and_asks_for_a_row_each_which_come_to_the_same() -> None:
    months = []
    for (start, first), (end, last) in (
        (("2024-07-01", dict.fromkeys(FIRST, "0")), ("2024-08-01", FIRST)),
        (("2024-08-01", FIRST), ("2024-09-01", SECOND)),
    ):
        readings = [reading(start, "opening", **first), reading(end, "closing", **last)]
        months.append({**request(start, end), "metering_points": [point(readings=readings)]})
    batch = batch_of([("both", two_months()), ("july", months[0]), ("august", months[1])])
    result = calculate_batch(batch, Plans(AREA, {}), Output.TOTALS, first_row=1)
    [reject] = result.rejects.to_pylist()
    assert (reject["account"], reject["code"], reject["field"]) == ("both", "not_supported", "/cycle")
    assert "a row for each month" in reject["message"]
    totals: list[Decimal] = result.bills.column("total").to_pylist()
    assert exact_sum(totals) == bill(two_months()).total
