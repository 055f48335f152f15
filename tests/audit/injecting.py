"""Bills that are wrong by known causes, printed as finely or as coarsely as bills are."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from billcalc.audit.comparing import compare
from billcalc.audit.diagnose.cause import Instance, Situation
from billcalc.audit.diagnose.causes import CAUSES
from billcalc.audit.diagnose.cells import Cells, Priced
from billcalc.audit.diagnose.diagnosis import Diagnosis, canonical, diagnose
from billcalc.audit.diagnose.pricing import lines_under
from billcalc.audit.issued import IssuedBill
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.evaluated import EvaluatedLine
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.kernel.decimals import decimal_text, exact_sum
from billcalc.kernel.scalars import number_of
from billcalc.tariff.catalog import Catalog

__all__ = ["NAMES", "bill_of", "diagnosed", "instances", "issued_under", "printed", "situation"]


def bill_of(request: Request, catalog: Catalog) -> Bill:
    bill = calculate(request, catalog, derivation=False)
    assert isinstance(bill, Bill), str(bill)
    return bill


def printed(lines: Iterable[EvaluatedLine], shape: str = "lines") -> IssuedBill:
    """An issued bill: all ``lines``, those of all ``bands`` together, ``sections`` alone, or the ``total`` alone."""
    rows: dict[tuple[str, ...], list[Decimal]] = {}
    sections: dict[str, list[Decimal]] = {}
    for line in lines:
        band = "" if line.band is None or shape == "bands" else line.band.value
        name = (line.name.code, line.name.section.value, line.name.group, band)
        days = str(line.name.span) if shape == "lines" else ""
        rows.setdefault((*name, days), []).append(number_of(line.amount))
        sections.setdefault(line.name.section.value, []).append(number_of(line.amount))
    told: list[Mapping[str, str]] = [
        {
            "code": code, "section": section, "group": group, "amount": decimal_text(exact_sum(amounts)),
            **({"band": band} if band else {}),
            **({"from": days.split("/")[0], "to": days.split("/")[1]} if days else {}),
        }
        for (code, section, group, band, days), amounts in rows.items()
    ]  # fmt: skip
    total = decimal_text(exact_sum(amount for amounts in sections.values() for amount in amounts))
    if shape == "total":
        return validated(IssuedBill, {"lines": [], "total": total})
    if shape == "sections":
        sums = [{"section": name, "amount": decimal_text(exact_sum(each))} for name, each in sections.items()]
        return validated(IssuedBill, {"lines": [], "subtotals": sums, "total": total})
    return validated(IssuedBill, {"lines": told, "total": total})


def situation(request: Request, catalog: Catalog, issued: IssuedBill | None = None) -> Situation:
    """What causes are looked for in; without an issued bill, the bill as it should be."""
    bill = bill_of(request, catalog)
    beside = printed(lines_under(canonical(request), catalog, ())) if issued is None else issued
    cells = Cells(compare(bill, beside))
    recomputed = cells.of(Priced(line, line.band, line.amount) for line in bill.lines)
    return Situation(canonical(request), request, catalog, bill, cells, recomputed)


def instances(where: Situation) -> list[Instance]:
    """Every possible cause."""
    return [each for cause in CAUSES for each in cause.find(where)]


def issued_under(where: Situation, causes: Iterable[Instance], shape: str = "lines") -> IssuedBill:
    """The bill that some causes make."""
    return printed(lines_under(where.data, where.catalog, causes), shape)


def diagnosed(where: Situation, issued: IssuedBill, **limits: Any) -> Diagnosis:
    found = diagnose(where.request, issued, where.catalog, **limits)
    assert isinstance(found, Diagnosis), str(found)
    return found


NAMES = tuple(cause.code for cause in CAUSES)
