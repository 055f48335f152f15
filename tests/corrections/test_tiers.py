"""Corrections of households: what a month was billed wrongly counts in the tiers of later months of its year."""

from typing import Any

import pytest

from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import InvalidInput
from tests.billing.tiers.homes import TIERS, YEARLY, before, home
from tests.corrections.cases import case_of, rebilled

SHEET: dict[str, Any] = {
    "title": "prices of the test",
    "not_charged": ["levies"],
    "components": [{key: value for key, value in each.items() if key != "for"} for each in TIERS],
    "tiers": [YEARLY],
}
TWICE: dict[str, Any] = {"cause": "倍率不符", "right": {"metering_points.0.config.0.multiplier": "2"}}


def month(number: int, shown: str, *rows: dict[str, Any]) -> dict[str, Any]:
    """A month of 2023 of a household whose register shows so much more at its end."""
    start, end = f"2023-{number:02}-01", f"2023-{number + 1:02}-01"
    data = home("0", start, end, household={"before": list(rows)}, price_sheet=SHEET, area="cn")
    readings = [{"at": at, "kind": kind, "total": total}
                for at, kind, total in ((start, "opening", "0"), (end, "closing", shown))]  # fmt: skip
    config = [{"from": "2020-01-01", "meter": "A", "multiplier": "1", "digits": 6}]
    point = {"id": "M1", "group": "main", "supply_point": "S1", "side": "low", "config": config, "readings": readings}
    return {**data, "metering_points": [point]}


JANUARY = month(1, "2000")
FEBRUARY = month(2, "300", before("2023-01-01", "2023-02-01", "2000"))


def test_a_later_month_counts_what_was_corrected_of_the_earlier_one() -> None:
    found = rebilled(case_of(FEBRUARY, JANUARY, **TWICE))
    # January 4,000 instead of 2,000: 1200.00 + 880.00 for 1000.00; February from 4,000 on: 600 × 0.55 for 300 × 0.5
    assert [str(each.money) for each in found.months] == ["1080.00", "180.00"]
    [row] = found.months[1].right.request["households"]["main"]["before"]
    assert row["kwh"] == "4000"


def test_who_tells_what_is_right_before_a_month_is_believed() -> None:
    told = {"billed": FEBRUARY, "right": {"households.main.before.0.kwh": "3000"}}
    found = rebilled(case_of(JANUARY, told, **TWICE))
    assert found.months[1].right.request["households"]["main"]["before"][0]["kwh"] == "3000"


def test_a_month_of_other_days_carries_nothing() -> None:
    found = rebilled(case_of(FEBRUARY, **TWICE))
    assert [str(each.money) for each in found.months] == ["160.00"]  # 400 × 0.5 + 200 × 0.55 for 300 × 0.5


def test_earlier_bills_by_tier_are_asked_for_as_they_are_right() -> None:
    rows = before("2023-01-01", "2023-02-01", "2000", "2000", "0", "0")
    granted = month(2, "300", rows)
    granted["households"]["main"]["larger"] = [{"from": "2023-02-01", "kwh_per_month": "100"}]
    with pytest.raises(InvalidInput) as raised:
        rebilled(case_of(JANUARY, granted, **TWICE))
    [fault] = raised.value.faults
    assert (fault.code, fault.where) == (FaultCode.INCONSISTENT, "/months/1/billed/households/main/before/0/by_tier")
    assert (fault.facts["reason"], fault.facts["kwh"]) == (Reason.TIERS_CORRECTED, "2000")
