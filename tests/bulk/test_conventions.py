"""What conventions round, join and move is the same in columns, to the last digit."""

from collections.abc import Sequence
from typing import Any

import pytest

from billcalc.tariff.catalog import Catalog
from tests.billing import test_band_prices as floating
from tests.billing import test_ratio_parts as parts
from tests.billing import test_sharp as sharp
from tests.billing import test_together as together
from tests.billing.cases import AREA, CONVENTIONS, Data, catalog, changed, conventions
from tests.billing.test_rounded_quantities import actual, two_groups
from tests.bulk.comparing import Tally, compare

KWH = ("0", "1", "1025", "1700", "123457", "9999999")


def _untold(section: str) -> Any:
    return conventions(told={key: value for key, value in CONVENTIONS.items() if key != section})


def _shared(**told: str) -> list[Data]:
    reads = [
        parts.HUBEI,
        {"sharp": "5", "peak": "5", "flat": "0", "valley": "5"},
        {"sharp": "1", "peak": "1", "flat": "1", "valley": "0"},
        *(dict.fromkeys(parts.HUBEI, kwh) for kwh in KWH[:5]),
    ]
    return [parts.share_of(ratio, read, **told) for ratio in ("0.03", "0.5") for read in reads]


def _registers(data: Data, register: str) -> list[Data]:
    return [changed(data, {f"metering_points.0.readings.1.{register}": kwh}) for kwh in KWH]


def _shops() -> list[Data]:
    return [
        changed(floating.given_prices(total=price, sharp="0.85"), {"metering_points.0.readings.1.sharp": kwh})
        for price in ("0.4", "0.33333333", "0.0155")
        for kwh in ("40", "0", "1.5")
    ]


EXACT = {"ratio_of": "exact", "price_round": "0.0001", "own_prices": "float"}
CASES: dict[str, tuple[Sequence[Data], Catalog]] = {
    "a ratio part": (_shared(), catalog(conventions=_untold("sub_meters"), **parts.BY_BAND)),
    "by running sums": (_shared(ratio_bands="shares"), catalog(**parts.BY_BAND)),
    "each band by itself": (_shared(ratio_bands="each"), catalog(**parts.BY_BAND)),
    "chained ratios in doubt": (_shops(), floating.tariffs(time_of_use={"price_round": "0.0001", "own_prices": "float"})),
    "ratios at once": (_shops(), floating.tariffs(time_of_use=EXACT)),
    "own prices in doubt": (_shops(), floating.tariffs(floating.GUANGDONG)),
    "a joint amount": (
        _registers(together.month(**together.BANDS), "peak"),
        together.tariffs(amounts={"joint": [together.JOINT]}),
    ),
    "a surcharge apart": (
        _registers(together.month(**together.SHARP), "sharp"),
        together.tariffs("1.843", time_of_use=together.APART, amounts={"joint": [together.JOINT]}),
    ),
    "sharp billed at peak": (
        [changed(sharp.month(), {"metering_points.0.readings.1.sharp": kwh}) for kwh in ("0", "1", "2.5")],
        sharp.tariffs(**sharp.PEAK),
    ),
    "sharp in doubt": (
        [changed(sharp.month(), {"metering_points.0.readings.1.sharp": kwh}) for kwh in ("0", "1", "2.5")],
        sharp.tariffs(),
    ),
    "sharp not told": (
        [changed(sharp.month(hot=(3,)), {"metering_points.0.readings.1.sharp": kwh}) for kwh in ("0", "1")],
        sharp.tariffs(**sharp.PEAK),
    ),
    "a part without sharp": ([sharp.lit(value=ratio) for ratio in ("0.1", "0.333", "0")],
                             sharp.tariffs(components=sharp.TWO, **sharp.AT_PEAK)),
    "a demand in doubt": ([actual(kw) for kw in ("0.834", "0.83", "0.005", "0")], AREA),
    "the adjustment by groups": (
        [changed(two_groups(round="group"), {"metering_points.0.readings.1.flat": kwh}) for kwh in ("20", "20.01", "7")],
        AREA,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_columns_bill_and_doubt_as_single_bills_do(case: str) -> None:
    requests, tariffs = CASES[case]
    tally = Tally()
    compare([(f"{case} {number}", data) for number, data in enumerate(requests)], tariffs, tally)
    assert tally.billed >= (1 if case == "sharp not told" else len(requests))
