"""Tiers are the same in columns, to the last digit: what was used before is a column as any other."""

from collections.abc import Sequence

import pytest

from billcalc.bulk.paths import is_not_negative, is_number
from billcalc.kernel.codes import FaultCode, RefusalCode
from billcalc.tariff.catalog import Catalog
from tests.billing.cases import Data, changed
from tests.billing.tiers.homes import ADDITIONS, BANDED, MONTHLY, TIERS, YEARLY, area, before, home
from tests.bulk.comparing import Tally, compare

KWH = ("0", "1", "200", "201", "399", "400", "401", "2401", "5000", "1234.56")
USED = ("0", "2399", "2400", "2401", "4799", "4800", "4801", "9999", "123.4", "1")
FREE: Data = {"code": "free_energy", "section": "catalogue", "quantity": "free_kwh", "price": "-0.5"}
SHARES = ("0", "1", "99", "100", "101", "1500", "3333", "7", "13", "4801")


def months(*, bands: bool = False, **more: object) -> list[Data]:
    if bands:
        pairs = zip(SHARES, reversed(SHARES), strict=True)
        return [home({"peak": peak, "valley": valley}, **more) for peak, valley in pairs]  # type: ignore[arg-type]
    return [home(kwh, **more) for kwh in KWH]  # type: ignore[arg-type]


def years(*rows: Data, **household: object) -> list[Data]:
    """Months of March, with what was used before in each."""
    told = {"before": [before("2024-01-01", "2024-03-01", "0")], **household}
    data = home("0", "2024-03-01", "2024-04-01", household=told)
    place = "households.main.before.0.kwh"
    return [
        changed(data, {place: used, "metering_points.0.given.kwh.total": kwh})
        for used, kwh in zip(USED, reversed(KWH), strict=True)
    ]


def settled() -> list[Data]:
    """A grant of many persons in February, where the earlier bill had 40 kWh in the second tier, or all of it."""
    larger = [{"from": "2024-02-01", "kwh_per_month": "100"}]
    rows = [("2440", ("2400", "40", "0")), ("9", ("0", "0", "9")), ("9000", ("2400", "2400", "4200"))]
    return [
        home(kwh, "2024-03-01", "2024-04-01",
             household={"before": [before("2024-01-01", "2024-03-01", used, *by_tier)], "larger": larger})
        for kwh in ("0", "500", "3000") for used, by_tier in rows
    ]  # fmt: skip


CASES: dict[str, tuple[Sequence[Data], Catalog]] = {
    "of a month": (months(), area(MONTHLY)),
    "of a month by bands": (months(bands=True), area(MONTHLY, components=[*TIERS, *ADDITIONS])),
    "by tier and band": (months(bands=True), area(MONTHLY, components=BANDED)),
    "by tier and band, in doubt": (months(bands=True), area(MONTHLY, components=BANDED, told={})),
    "of a year": (years(), area(YEARLY)),
    "of a part of a year": (
        [changed(each, {"households.main.opened": "2024-02-11",
                        "households.main.before.0.from": "2024-02-11"}) for each in years()], area(YEARLY),
    ),
    "with an allowance": (years(free_kwh="15"), area(YEARLY, components=[*TIERS, FREE])),
    "settled": (settled(), area(YEARLY)),
    "with a limit that is not known": (
        months(), area({"months": "1", "limits": [{"up_to": ["400"]}], "above_unknown": True}),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_tiers_are_the_same_in_columns(name: str) -> None:
    requests, tariffs = CASES[name]
    tally = Tally()
    compare([(f"A{place}", data) for place, data in enumerate(requests)], tariffs, tally)
    assert tally.billed + sum(tally.rejected.values()) == len(requests)
    assert set(tally.paths) <= {"columns"}


def test_rows_are_rejected_one_by_one() -> None:
    requests, tariffs = CASES["with a limit that is not known"]
    tally = Tally()
    compare([(f"A{place}", data) for place, data in enumerate(requests)], tariffs, tally)
    assert dict(tally.rejected) == {RefusalCode.TIER_LIMIT_UNKNOWN: 4}
    wrong = [changed(each, {"households.main.before.0.by_tier.0": "1"}) for each in settled()]
    tally = Tally()
    compare([(f"A{place}", data) for place, data in enumerate(wrong)], area(YEARLY), tally)
    assert dict(tally.rejected) == {FaultCode.INCONSISTENT: 9}


def test_what_was_used_before_is_a_column_of_numbers() -> None:
    for column in ("households.main.before.0.kwh", "households.main.before.11.by_tier.2", "households.main.free_kwh"):
        assert (is_number(column), is_not_negative(column)) == (True, True)
    assert not is_number("households.main.before.0.from")
