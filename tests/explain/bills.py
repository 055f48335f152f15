"""Bills to explain: issued ones as the engine calculates them, and small ones made by hand."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from billcalc.billing.bill import Bill, Line
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.files.loading import load
from billcalc.kernel.decimals import exact_sum
from billcalc.kernel.derived import Derived
from billcalc.kernel.sources import Evidence, Source
from billcalc.kernel.spans import Span
from billcalc.kernel.terms import Term
from billcalc.kernel.units import CNY
from billcalc.kernel.values import Rounding, Value
from billcalc.library.catalog import load_catalog
from billcalc.vocabulary import Section

ROOT = Path(__file__).parents[2]
JUNE = Span(date(2024, 6, 1), date(2024, 7, 1))
FEN = Rounding(Decimal("0.01"))
NOTICE = Source("cn/x/network_price/2024-06", "关于输配电价的通知", Evidence.OFFICIAL_TEXT, "发改〔2024〕1号", "附表")
CUSTOM = Source("cn/x/conventions/2024-06", "账单", Evidence.INFERRED, url="https://example.org/bill")


def request_path(name: str) -> Path:
    """The request of an issued bill."""
    return ROOT / "fixtures" / "official" / name / "request.yaml"


@cache
def official(name: str, *, derivation: bool = True) -> Bill:
    """An issued bill, calculated with the shipped tariffs."""
    request = load(Request, request_path(name))
    bill = calculate(request, load_catalog(areas=[request.area]), derivation=derivation)
    assert isinstance(bill, Bill), bill
    return bill


def given(
    number: str, unit: str = "1", *of: str, term: Term = Term.BILLED_ENERGY, source: Source | None = None
) -> Derived:
    """A number from outside."""
    return Derived(Decimal(number), unit, "given", term=term, qualifiers=of, source=source)


def line(value: Value | None = None, /, **changes: Any) -> Line:
    """A line, with the derivation of its amount where there is one."""
    derivation = (value,) if isinstance(value, Derived) else ()
    told: dict[str, Any] = {
        "code": "network_energy",
        "label": None,
        "section": Section.NETWORK_ENERGY,
        "group": "main",
        "band": None,
        "span": JUNE,
        "quantity": None,
        "unit": "kWh",
        "price": None,
        "amount": derivation[0].number if derivation else Decimal("1.00"),
        "given": False,
        "derivation": derivation,
    }
    return Line(**{**told, **changes})


def bill(*lines: Line, **changes: Any) -> Bill:
    """A bill of some lines; its total is their sum."""
    sections: dict[Section, Decimal] = {}
    for each in sorted(lines, key=lambda each: list(Section).index(each.section)):
        sections[each.section] = sections.get(each.section, Decimal(0)) + each.amount
    told: dict[str, Any] = {
        "id": "sha256:1",
        "version": "0.1.0",
        "tariff_set": "2",
        "area": "cn-x",
        "currency": "CNY",
        "cycle": JUNE,
        "period": JUNE,
        "lines": lines,
        "kwh": {},
        "power_factors": (),
        "sections": sections,
        "total": exact_sum(each.amount for each in lines),
        "evidence": Evidence.INFERRED,
        "problems": (),
        "sources": (),
        "total_step": Decimal("0.01"),
        "request": {},
        "documents": {},
    }
    return Bill(**{**told, **changes})


def money(number: str, *of: str, term: Term = Term.BAND_AMOUNT) -> Derived:
    """An amount from outside."""
    return given(number, CNY, *of, term=term)
