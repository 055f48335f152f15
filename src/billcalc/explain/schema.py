"""The shape of a bill as JSON Schema: what ``serialize`` writes, for those who read it."""

from typing import Any

from billcalc.kernel.sources import Evidence
from billcalc.kernel.troubles import Severity
from billcalc.kernel.wording import ProblemCode
from billcalc.vocabulary import Band, Section

__all__ = ["bill_schema"]

_TEXT = {"type": "string"}
_OPTIONAL_TEXT = {"type": ["string", "null"]}
_DAY = {"type": "string", "format": "date"}
_NUMBER = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
_OPTIONAL_NUMBER = {"type": ["string", "null"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
_CURRENCY = {"type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217; all money of the bill is in it."}


def bill_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a bill; decimals are strings, days ISO, spans half-open."""
    return _record(
        {
            "kind": {"const": "bill"},
            "id": _TEXT,
            "version": _TEXT,
            "tariff_set": _TEXT,
            "area": _TEXT,
            "currency": _CURRENCY,
            "cycle": _span(),
            "period": _span(),
            "total": _NUMBER,
            "sections": _list(_record({"section": _words(Section), "amount": _NUMBER})),
            "lines": _list(_line()),
            "kwh": {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": _NUMBER}},
            "power_factors": _list(_power_factor()),
            "evidence": _words(Evidence),
            "problems": _list(_problem()),
            "sources": _list(_source()),
        }
    )


def _record(properties: dict[str, Any], *, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "required": required, "additionalProperties": False, "properties": properties}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _words(vocabulary: Any) -> dict[str, Any]:
    return {"type": "string", "enum": [word.value for word in vocabulary]}


def _span() -> dict[str, Any]:
    return _record({"from": _DAY, "to": _DAY})


def _line() -> dict[str, Any]:
    return _record(
        {
            "code": _TEXT,
            "label": _TEXT,
            "section": _words(Section),
            "group": _TEXT,
            "band": {"type": ["string", "null"], "enum": [*(band.value for band in Band), None]},
            "from": _DAY,
            "to": _DAY,
            "quantity": _OPTIONAL_NUMBER,
            "unit": _TEXT,
            "price": _OPTIONAL_NUMBER,
            "amount": _NUMBER,
            "given": {"type": "boolean"},
            "steps": _list(_step()),
            "sources": _list(_TEXT),
        },
        optional=("label",),
    )


def _step() -> dict[str, Any]:
    operand = {"name": _OPTIONAL_TEXT, "of": _list(_TEXT), "value": _NUMBER, "unit": _TEXT, "source": _TEXT}
    return _record(
        {
            "name": _TEXT,
            "of": _list(_TEXT),
            "formula": _TEXT,
            "operands": _list(_record(operand, optional=("source",))),
            "exact": _OPTIONAL_TEXT,
            "rounded_to": _OPTIONAL_NUMBER,
            "value": _NUMBER,
            "unit": _TEXT,
            "sources": _list(_TEXT),
        }
    )


def _power_factor() -> dict[str, Any]:
    return _record(
        {
            "scope": _TEXT,
            "active_kwh": _OPTIONAL_NUMBER,
            "reactive_kvarh": _OPTIONAL_NUMBER,
            "cosphi": _OPTIONAL_NUMBER,
            "ratio": _OPTIONAL_NUMBER,
        }
    )


def _problem() -> dict[str, Any]:
    return _record(
        {
            "code": _words(ProblemCode),
            "severity": _words(Severity),
            "where": _TEXT,
            "message": _TEXT,
            "facts": {"type": "object", "additionalProperties": _TEXT},
            "alternatives": _list(_record({"value": _TEXT, "difference": _OPTIONAL_NUMBER})),
        }
    )


def _source() -> dict[str, Any]:
    return _record(
        {
            "id": _TEXT,
            "title": _TEXT,
            "number": _OPTIONAL_TEXT,
            "clause": _OPTIONAL_TEXT,
            "url": _OPTIONAL_TEXT,
            "evidence": _words(Evidence),
        }
    )
