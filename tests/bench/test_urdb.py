"""What the bench of rates bills is what PySAM billed of the same load."""

import json
from datetime import date
from pathlib import Path

import pytest

from bench.urdb import YEAR, catalog_of, request_of
from bench.urdb_pysam import load
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.fields import validated

RATES = Path("fixtures/urdb")


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("rate", "month"),
    [
        *(("time-of-use", month) for month in (2, 7, 10)),
        *(("tiers", month) for month in (1, 7)),
        *(("demand-tiers", month) for month in (5, 6)),
        *(("hours-use", month) for month in (1, 9)),
    ],
)
def test_a_month_is_that_of_pysam(rate: str, month: int) -> None:
    expected = json.loads((RATES / "pysam.json").read_text())[rate][month - 1]
    request = request_of(date(YEAR, month, 1), load(), time_of_use=rate not in ("tiers", "hours-use"))
    made = calculate(validated(Request, request), catalog_of(RATES / f"{rate}.json"), derivation=False)
    assert isinstance(made, Bill), str(made)
    assert str(made.total) == expected
