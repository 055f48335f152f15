"""Bills that are wrong by known causes, printed as finely or as coarsely as bills are."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from billcalc.audit.comparing import compare
from billcalc.audit.diagnose.cause import Instance, Situation
from billcalc.audit.diagnose.causes import CAUSES
from billcalc.audit.diagnose.cells import AGAIN, Cells
from billcalc.audit.diagnose.diagnosis import Diagnosis, Recomputed, canonical
from billcalc.audit.diagnose.pricing import Repricing
from billcalc.audit.diagnose.stacked import Bills, Stacked
from billcalc.audit.issued import IssuedBill
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.evaluated import EvaluatedLine
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.kernel.decimals import decimal_text, exact_sum
from billcalc.kernel.scalars import number_of
from billcalc.tariff.catalog import Catalog

__all__ = ["NAMES", "bill_of", "canonical", "diagnosed", "instances", "issued_under", "printed", "situation"]


def bill_of(request: Request, catalog: Catalog) -> Bill:
    bill = calculate(request, catalog, derivation=False)
    assert isinstance(bill, Bill), str(bill)
    return bill


def printed(lines: Iterable[EvaluatedLine], shape: str = "lines") -> IssuedBill:
    """An issued bill of ``lines``, with quantities ``rounded``, without ``bands``, or of sums alone.

    Those are of ``sections``, of sections and of groups ``crossing`` them, or of the ``total``.
    """
    rows: dict[tuple[str, ...], list[EvaluatedLine]] = {}
    sections: dict[str, list[Decimal]] = {}
    groups: dict[str, list[Decimal]] = {}
    for line in lines:
        band = "" if line.band is None or shape == "bands" else line.band.value
        name = (line.name.code.removesuffix(AGAIN), line.name.section.value, line.name.group, band)
        days = str(line.name.span) if shape in ("lines", "rounded") else ""
        rows.setdefault((*name, days), []).append(line)
        sections.setdefault(line.name.section.value, []).append(number_of(line.amount))
        groups.setdefault(line.name.group, []).append(number_of(line.amount))
    told: list[Mapping[str, str]] = [
        {
            "code": code, "section": section, "group": group, "amount": _sum(each),
            **({"band": band} if band else {}),
            **({"from": days.split("/")[0], "to": days.split("/")[1]} if days else {}),
            **(_rounded(each) if shape == "rounded" else {}),
        }
        for (code, section, group, band, days), each in rows.items()
    ]  # fmt: skip
    total = decimal_text(exact_sum(amount for amounts in sections.values() for amount in amounts))
    if shape == "total":
        return validated(IssuedBill, {"lines": [], "total": total})
    if shape in ("sections", "crossing"):
        sums = [{"section": name, "amount": decimal_text(exact_sum(each))} for name, each in sections.items()]
        if shape == "crossing":
            sums += [{"group": name, "amount": decimal_text(exact_sum(each))} for name, each in groups.items()]
        return validated(IssuedBill, {"lines": [], "subtotals": sums, "total": total})
    return validated(IssuedBill, {"lines": told, "total": total})


def _sum(lines: Iterable[EvaluatedLine]) -> str:
    return decimal_text(exact_sum(number_of(line.amount) for line in lines))


def _rounded(lines: Sequence[EvaluatedLine]) -> Mapping[str, str]:
    """The quantity of a row, rounded to its whole unit, as bills print it."""
    quantity = lines[0].quantity if len(lines) == 1 else None
    return {} if quantity is None else {"quantity": f"{number_of(quantity):.0f}"}


_OURS: dict[tuple[int, int], tuple[Request, Catalog, Recomputed]] = {}
"""What was recomputed, so that many bills of one request share what causes make of it; by identity, and kept with it."""


def _ours(request: Request, catalog: Catalog) -> Recomputed:
    key = id(request), id(catalog)
    if key not in _OURS:
        bill, stacked = bill_of(request, catalog), Stacked(Repricing(canonical(request), catalog), Bills())
        _OURS[key] = request, catalog, Recomputed(request, bill, catalog, catalog, stacked)
    return _OURS[key][2]


def situation(request: Request, catalog: Catalog, issued: IssuedBill | None = None) -> Situation:
    """What causes are looked for in; without an issued bill, the bill as it should be."""
    ours = _ours(request, catalog)
    beside = printed(ours.stacked.repricing.lines(())) if issued is None else issued
    return ours.situation(Cells(compare(ours.bill, beside)))


def instances(where: Situation) -> list[Instance]:
    """Every possible cause."""
    return [each for cause in CAUSES for each in cause.find(where)]


def lines(where: Situation, causes: Iterable[Instance]) -> tuple[EvaluatedLine, ...]:
    """The lines that some causes make."""
    return _ours(where.request, where.catalog).stacked.repricing.lines(causes)


def issued_under(where: Situation, causes: Iterable[Instance], shape: str = "lines") -> IssuedBill:
    """The bill that some causes make."""
    return printed(lines(where, causes), shape)


def diagnosed(where: Situation, issued: IssuedBill, **limits: Any) -> Diagnosis:
    return _ours(where.request, where.catalog).diagnosed(issued, **limits)


NAMES = tuple(cause.code for cause in CAUSES)
