"""Issued bills to compare: those of fixtures/issued beside what the engine gives, and small ones made by hand."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from billcalc.audit import IssuedBill, IssuedLine, Layout, Reading, read_data, read_rows
from billcalc.billing.bill import Bill, Line
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.files.documents import read_document
from billcalc.files.loading import load
from billcalc.files.positions import Lines
from billcalc.files.text import read_text
from billcalc.kernel.decimals import exact_sum
from billcalc.kernel.sources import Evidence
from billcalc.kernel.spans import Span
from billcalc.library.catalog import load_catalog
from billcalc.tables.csv_text import parse_csv
from billcalc.tariff.catalog import Catalog
from billcalc.vocabulary import Section

ROOT = Path(__file__).parents[2]
ISSUED = ROOT / "fixtures" / "issued"
LAYOUTS = {"chongqing-lines": "chongqing.yaml", "guangxi-2025-04-p1": "guangxi.yaml"}
CONTRADICTORY = "large-ind-full-51dzw"
NAMES = sorted(path.stem for path in ISSUED.iterdir() if path.suffix in (".csv", ".json", ".yaml"))
SOUND = [name for name in NAMES if name != CONTRADICTORY]
JUNE = Span(date(2024, 6, 1), date(2024, 7, 1))


@cache
def tariffs() -> Catalog:
    return load_catalog(ROOT / "tariffs")


@cache
def recomputed(name: str) -> Bill:
    """The bill that the engine gives for the request of an issued one."""
    [request] = ROOT.glob(f"fixtures/*/{name}/request.yaml")
    bill = calculate(load(Request, request), tariffs())
    assert isinstance(bill, Bill), bill
    return bill


def layout(name: str) -> Layout:
    """The layout of an issued bill; the plain one where it needs none."""
    return load(Layout, ISSUED / "layouts" / LAYOUTS[name]) if name in LAYOUTS else Layout()


def path_of(name: str) -> Path:
    """The file of an issued bill."""
    [path] = ISSUED.glob(f"{name}.*")
    return path


@cache
def reading(name: str) -> Reading:
    """An issued bill as a clerk typed it."""
    path = path_of(name)
    if path.suffix == ".csv":
        text = read_text(path)
        rows = parse_csv(text.content, place=Lines(text.name, text.content).place)
        return read_rows(rows, layout=layout(name), where=text.name)
    document = read_document(path)
    return read_data(document.data, layout=layout(name), where=document.where, where_key=document.where_key)


def issued(name: str) -> IssuedBill:
    """An issued bill, of which every line could be read."""
    read = reading(name)
    assert not read.faults
    return read.bill


def with_lines(bill: IssuedBill, *lines: IssuedLine, add_up: bool = False) -> IssuedBill:
    """An issued bill with other lines; where wanted, without subtotals and with the total that these lines have."""
    told: dict[str, Any] = {"lines": lines}
    if add_up:
        told |= {"subtotals": (), "total": exact_sum(line.amount for line in lines)}
    return bill.model_copy(update=told)


def our_line(code: str, amount: str, **told: Any) -> Line:
    """A line of a recomputed bill."""
    numbers: dict[str, Any] = {key: Decimal(told.pop(key)) for key in ("quantity", "price") if key in told}
    line: dict[str, Any] = {
        "label": None,
        "section": Section.ENERGY,
        "group": "main",
        "band": None,
        "span": JUNE,
        "quantity": None,
        "unit": "kWh",
        "price": None,
        "given": True,
        "derivation": (),
    }
    return Line(**{**line, "code": code, "amount": Decimal(amount), **numbers, **told})


def our_bill(*lines: Line, **told: Any) -> Bill:
    """A recomputed bill of some lines."""
    total = exact_sum(line.amount for line in lines)
    bill: dict[str, Any] = {
        "id": "sha256:1",
        "version": "0.1.0",
        "tariff_set": "2",
        "area": "cn-x",
        "currency": "CNY",
        "cycle": JUNE,
        "period": JUNE,
        "kwh": {},
        "power_factors": (),
        "sections": {},
        "evidence": Evidence.INFERRED,
        "problems": (),
        "sources": (),
        "total_step": Decimal("0.01"),
        "request": {},
        "documents": {},
    }
    return Bill(**{**bill, "lines": lines, "total": total, **told})


def printed(*lines: dict[str, Any], **told: Any) -> IssuedBill:
    """An issued bill, of data as a YAML file has them."""
    data: dict[str, Any] = {"lines": list(lines), **told}
    return read_data(data, where=str).bill
