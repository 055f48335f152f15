"""What a line prints is what its steps billed: a quantity and a price, and no other number that has their units."""

import json
from typing import Any

import pytest

from billcalc.tariff.catalog import Catalog
from billcalc.verify import verify
from billcalc.wire.bill import proof_data
from billcalc.wire.json_writing import json_text
from tests.billing.cases import AREA, Data, bill, changed, energy, reading, request, sheet
from tests.billing.test_fees import with_fees
from tests.billing.test_given import given
from tests.billing.test_printed_apart import APART, intense
from tests.billing.test_registers import read
from tests.billing.test_rounded_quantities import two_groups

BY_PARTS = changed(
    sheet(energy("energy", "0.500001"), energy("green", "0.000001", line="energy")),
    {"conventions.amounts.components": "each_part"},
)
TO_A_STEP = changed(
    read(reading("2024-07-01", "opening", total="0"), reading("2024-08-01", "closing", total="1.236")),
    {"conventions.kwh.round": {"reading": "0.1", "print": "1"}},
)
LINES: dict[str, Data] = {
    "components rounded one by one": BY_PARTS,
    "a discount printed apart": changed(intense(), APART),
    "energy printed to a step": TO_A_STEP,
    "an adjustment rounded by group": two_groups(round="group"),
    "two ratios of one supply point": request(given=[given(power_factor={"ratio": "75"})]),
}


def written(data: Data, tariffs: Catalog = AREA) -> Any:
    return json.loads(json_text(proof_data(bill(data, tariffs))))


def wrong(data: Any) -> list[tuple[str, str]]:
    return [(each.where, each.code) for each in verify({**data, "seal": None}) if not each.is_open]


@pytest.mark.parametrize("name", LINES)
def test_a_line_that_is_billed_in_parts_proves_itself(name: str) -> None:
    assert wrong(written(LINES[name])) == []


def test_a_fee_by_weighted_days_proves_itself() -> None:
    begun = changed(request("2024-06-24", "2024-07-24"), {"period.from": "2024-07-04"})
    begun["metering_points"][0]["readings"][0]["at"] = "2024-07-04"
    told = written(begun, with_fees())
    assert [each["quantity"] for each in told["lines"] if each["code"] == "metering_fee"] == [
        "0.645161"
    ]  # 20 × 30 ÷ 930
    assert wrong(told) == []


def test_a_reading_is_no_quantity_and_a_ratio_no_price() -> None:
    told = written(request())
    [place] = [place for place, each in enumerate(told["lines"]) if each["code"] == "network_energy"]
    for key, other in (("quantity", "10"), ("price", "100")):  # the closing reading, and the multiplier
        changed_line = {**told["lines"][place], key: other}
        lines = [*told["lines"][:place], changed_line, *told["lines"][place + 1 :]]
        assert (f"/lines/{place}/{key}", "not_computed") in wrong({**told, "lines": lines})
