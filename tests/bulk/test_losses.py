"""Losses are the same in columns, to the last digit, by every method; also where users share them."""

from collections.abc import Sequence
from typing import Any

import pytest

from billcalc.tariff.catalog import Catalog
from tests.billing.cases import AREA, CONVENTIONS, Data, catalog, changed, conventions
from tests.billing.losses import test_billed, test_lines, test_shared
from tests.billing.losses.lost import COEFFICIENT, FIXED, FORMULA, SHARE, TABLE, low, series
from tests.billing.losses.test_transformers import LISTED, TABLES, of_series, of_table
from tests.bulk.comparing import Tally, compare

SHOWN = ("0", "7", "10", "9999", "1234.56")
KVA = ("20", "30", "40", "50", "63", "100", "2000")
UNTOLD = catalog(conventions=conventions(told={key: each for key, each in CONVENTIONS.items() if key != "losses"}))


def read(data: Data) -> list[Data]:
    """A request with other readings."""
    place = "metering_points.0.readings.1"
    return [
        changed(data, {f"{place}.peak": shown, f"{place}.reactive_forward": other})
        for shown, other in zip(SHOWN, reversed(SHOWN), strict=True)
    ]


def of(method: Data, **told: Any) -> list[Data]:
    return read(low({"transformer": method, **told}))


def by_capacity(data: Data) -> list[Data]:
    return [changed(data, {"agreement.0.supply_points.S1.transformers.0.kva": kva}) for kva in KVA]


CASES: dict[str, tuple[Sequence[Data], Catalog]] = {
    "by formula": (of(FORMULA), AREA),
    "by formula, of conventions in doubt": (of(FORMULA), UNTOLD),
    "by formula, of stated hours": (of(FORMULA, hours="720"), AREA),
    "by formula, of a series": (by_capacity(of_series()), LISTED),
    "by coefficient": ([*of(COEFFICIENT), *of({**COEFFICIENT, "usable": "0.1"})], AREA),
    "by table": (of(TABLE), AREA),
    "by the table of a series": (by_capacity(of_table("50")), catalog(series=series(tables=[TABLES]))),
    "by agreement": ([*of(FIXED), *of(SHARE), *of({**SHARE, "share": "1.5"})], AREA),
    "of a line": (
        [*read(test_lines.line(test_lines.CURRENT, transformer=FORMULA)), *read(test_lines.line(SHARE))],
        AREA,
    ),
    "of several groups": (read(test_billed.behind(**{test_billed.GROUPS: "shares"})), AREA),
    "of users": (
        [
            each
            for by in ("energy", "equal")
            for each in read(test_shared.shared(test_shared.U2, {**test_shared.U2, "id": "A1", "kwh": "1"}, by=by))
        ],
        AREA,
    ),
    "of transformers at rest": (
        read(
            changed(low({"transformer": FORMULA}), {"agreement.0.supply_points.S1.transformers.0.state": "suspended"})
        ),
        AREA,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_losses_are_the_same_in_columns(name: str) -> None:
    requests, tariffs = CASES[name]
    tally = Tally()
    compare([(f"A{place}", data) for place, data in enumerate(requests)], tariffs, tally)
    assert tally.billed + sum(tally.rejected.values()) == len(requests)
    assert set(tally.paths) <= {"columns"}
