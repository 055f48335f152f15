"""Bills of rates of the URDB kind beside those of PySAM, which runs in an environment of its own.

    python -m venv pysam && pysam/bin/pip install nrel-pysam
    python -m bench.urdb --python pysam/bin/python fixtures/urdb/time-of-use.json

PySAM computes in binary numbers and rounds nothing: each line of ours may be half a cent away.
"""

import argparse
import json
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.urdb_pysam import load
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.files.documents import parse_document
from billcalc.library.notices.rates import import_rate
from billcalc.notices.document import next_month
from billcalc.notices.urdb_documents import RateImport
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.documents import AnyDocument

YEAR = 2018
"""A year of 365 days that begins on a Monday, as PySAM's does."""
_HALF_CENT = Decimal("0.005")


def catalog_of(path: Path) -> Catalog:
    """The documents of a rate."""
    start = date(YEAR, 1, 1)
    asked = RateImport("us-bench", start, date(YEAR + 1, 1, 1), start, clock="-05:00")
    texts = import_rate(str(path), asked)
    return Catalog([validated(AnyDocument, parse_document(text, name=name).data).root for name, text in texts.items()])


def request_of(first: date, kw: list[int], *, time_of_use: bool) -> dict[str, Any]:
    """A month of the load."""
    end, begins = next_month(first), (first - date(YEAR, 1, 1)).days * 24
    hours = (end - first).days * 24
    span = {"from": str(first), "to": str(end)}
    group = {
        "class": "general_commercial", "billing": "two_part", "voltage": "10kV", "time_of_use": time_of_use,
        "purchase": "catalogue",
    }  # fmt: skip
    series = {
        "step": "60", "start": f"{first}T00:00:00-05:00", "unit": "kwh", "fill": "refuse",
        "values": [str(each) for each in kw[begins : begins + hours]], "demand": {"minutes": "60", "rolling": False},
    }  # fmt: skip
    agreement = {
        "from": str(date(YEAR, 1, 1)), "groups": {"main": group},
        "supply_points": {"S1": {"power_factor_standard": "none"}}, "basic": {"mode": "actual"},
    }  # fmt: skip
    point = {"id": "M1", "group": "main", "supply_point": "S1", "side": "high", "intervals": series}
    return {"area": "us-bench", "cycle": span, "period": span, "agreement": [agreement], "metering_points": [point]}


def bills(path: Path) -> list[Bill]:
    """Our bill of each month."""
    catalog = catalog_of(path)
    is_timed = any("time_of_use" in document.id for document in catalog.documents)
    made = []
    for month in range(1, 13):
        request = request_of(date(YEAR, month, 1), load(), time_of_use=is_timed)
        bill = calculate(validated(Request, request), catalog, derivation=False)
        assert isinstance(bill, Bill), str(bill)
        made.append(bill)
    return made


def main() -> None:
    """Tell both, month by month; ends with 1 where a month is further away than rounding takes it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rate", type=Path)
    parser.add_argument("--python", required=True, help="the interpreter of the environment that has PySAM")
    told = parser.parse_args()
    script = Path(__file__).with_name("urdb_pysam.py")
    found = subprocess.run([told.python, str(script), str(told.rate)], check=True, capture_output=True, text=True)
    apart = 0
    for month, (ours, theirs) in enumerate(zip(bills(told.rate), json.loads(found.stdout), strict=True), start=1):
        difference = abs(ours.total - Decimal(repr(theirs)))
        is_near = difference <= _HALF_CENT * len(ours.lines)
        apart += not is_near
        print(f"{month:>2} {ours.total:>12} {theirs:>12.4f} {'' if is_near else 'apart'}")
    raise SystemExit(apart > 0)


if __name__ == "__main__":
    main()
