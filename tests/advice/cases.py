"""Months of the tests: of the invented area of tests/billing/cases.py, where a kVA costs 30 and a kW of demand 40."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from dateutil.relativedelta import relativedelta

from billcalc.advice.advice import Advice, advise
from billcalc.advice.months import AskedMonth
from billcalc.advice.shifting import Shift
from billcalc.tariff.catalog import Catalog
from tests.billing.cases import Data, catalog, changed, changes_of_use, parsed, request

__all__ = ["BY_CONTRACT", "LAW", "advised", "asked", "month", "months", "tariffs"]

LAW: Data = {
    "mode": {"article": "art. 1 (1)", "evidence": "secondary", "months": 3, "notice_days": 15},
    "contract": {"article": "art. 1 (2)", "evidence": "secondary", "months": 1, "notice_days": 5},
    "actual": {"article": "art. 2", "evidence": "secondary"},
}
"""The way is kept for three months, the contract for one; demand may be billed as it was metered."""
BY_CONTRACT: Data = {"mode": "contracted", "contracts": {"regular": "600"}}


@cache
def tariffs() -> Catalog:
    return catalog(changes=changes_of_use(**LAW))


def month(number: int, kw: str, **changes: Any) -> Data:
    """A month from July 2024 on, the first being 0, whose maximum demand is so many kW."""
    start = date(2024, 7, 1) + relativedelta(months=number)
    end = start + relativedelta(months=1)
    shown = f"{float(kw) / 100:.4f}"  # at a multiplier of 100
    data = request(str(start), str(end))
    return changed(data, {"metering_points.0.readings.1.maximum_demand": shown, **changes})


def months(*demands: str, **changes: Any) -> list[Data]:
    """Months that follow one another, by their maximum demands [kW]."""
    return [month(number, kw, **changes) for number, kw in enumerate(demands)]


def asked(data: Sequence[Data]) -> list[AskedMonth]:
    return [AskedMonth(parsed(each), f"month {number}") for number, each in enumerate(data, start=1)]


def advised(data: Sequence[Data], *, shift: Shift | None = None, among: Catalog | None = None) -> Advice:
    """The advice for some months."""
    found = advise(asked(data), among or tariffs(), shift=shift)
    assert isinstance(found, Advice), str(found)
    return found
