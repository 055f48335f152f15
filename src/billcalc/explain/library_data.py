"""The tariff library as plain data: decimals are strings, days are ISO, spans are half-open."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from billcalc.explain.library import facts_of, step_of, unit_of
from billcalc.kernel.decimals import EXACT, decimal_text
from billcalc.kernel.spans import Span
from billcalc.tariff.components import PriceKey
from billcalc.tariff.differences import Change, Differences
from billcalc.tariff.listing import Listed
from billcalc.tariff.reach import NeededFor, Reach, Stretch, stretches
from billcalc.words.lexicon import Lexicon
from billcalc.words.saying import sentence

__all__ = ["differences_data", "document_data", "listed_data", "missing_data"]

Data = dict[str, Any]


def _span(span: Span) -> Data:
    return {"from": str(span.start), "to": None if span.end is None else str(span.end)}


def _customer(key: PriceKey) -> Data:
    told: Mapping[str, Any] = key.model_dump(mode="json", exclude_none=True)
    return {"class" if name == "customer_class" else name: value for name, value in told.items()}


def listed_data(found: Sequence[Listed]) -> Data:
    """One entry for each document."""
    return {"kind": "tariff_list", "documents": [_listed(each) for each in found]}


def _listed(listed: Listed) -> Data:
    document = listed.document
    return {
        "id": document.id,
        "kind": document.kind.value,
        "area": document.area,
        **_span(listed.span),
        "superseded_by": listed.superseded_by,
        "evidence": document.evidence.value,
        "title": document.document.title,
        "number": document.document.number,
    }


def document_data(listed: Listed, *, file: str) -> Data:
    """A document as it is read, with its days and where it lies."""
    whole = listed.document.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {
        "kind": "tariff_document",
        "file": file,
        **_span(listed.span),
        "superseded_by": listed.superseded_by,
        "document": whole,
    }


def differences_data(found: Differences, *, area: str, first: date, second: date, lexicon: Lexicon) -> Data:
    """What changed between two days; the lexicon gives the language of the sentences."""
    return {
        "kind": "tariff_differences",
        "area": area,
        "days": [str(first), str(second)],
        "compared": [_customer(key) for key in found.customers],
        "not_compared": [
            {"code": each.code.value, "message": sentence(lexicon, each.code, each.facts), "facts": dict(each.facts)}
            for each in found.lacking
        ],
        "changes": [_change(each, found.currency) for each in found.changes],
    }


def _change(change: Change, currency: str) -> Data:
    by = None
    if change.before is not None and change.after is not None:
        by = decimal_text(EXACT.subtract(change.after, change.before))
    return {
        "section": change.section.value,
        "component": change.component,
        "unit": unit_of(change.quantity, currency),
        "band": change.band.value,
        "before": _price(change.before, is_priced=change.is_priced[0]),
        "after": _price(change.after, is_priced=change.is_priced[1]),
        "difference": by,
        "customers": [_customer(key) for key in change.customers],
    }


def _price(price: Decimal | None, *, is_priced: bool) -> str | None:
    """A price, ``given`` where the customer's own contract tells it, None where there is none."""
    if price is not None:
        return decimal_text(price)
    return "given" if is_priced else None


def missing_data(reaches: Sequence[Reach], *, area: str, key: PriceKey, basic: NeededFor, lexicon: Lexicon) -> Data:
    """Everything that bills of a customer would lack; see ``library.missing_text``."""
    return {
        "kind": "tariff_missing",
        "area": area,
        "customer": _customer(key),
        "basic": basic.value,
        "months": [
            {
                "month": str(each.month.start)[:7],
                "billable": not each.lacks(basic, NeededFor.POWER_FACTOR),
                "doubted": list(each.doubted),
                "evidence": each.evidence.value,
            }
            for each in reaches
        ],
        "missing": [_stretch(each, area, key, lexicon) for each in stretches(reaches)],
    }


def _stretch(stretch: Stretch, area: str, key: PriceKey, lexicon: Lexicon) -> Data:
    gap = stretch.gap
    return {
        "needed_for": gap.needed_for.value,
        **_span(stretch.span),
        "document_kind": None if gap.kind is None else gap.kind.value,
        "code": gap.refusal.code.value,
        "message": sentence(lexicon, gap.refusal.code, facts_of(stretch, key, lexicon)),
        "facts": dict(gap.refusal.facts),
        "step": step_of(stretch, area=area, lexicon=lexicon),
    }
