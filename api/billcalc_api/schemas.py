"""The shapes of the contract that are the service's own: problems, lines of a batch, comparisons, documents."""

from collections.abc import Iterable
from typing import Any

from billcalc.explain.schema import bill_schema
from billcalc.vocabulary import Kind, Section
from billcalc_api.columns import LINE_KEYS, PROBLEM_KEYS

__all__ = ["own_schemas", "reference"]

_REFERENCE = "#/components/schemas/"
_TEXT = {"type": "string"}
_OPTIONAL_TEXT = {"type": ["string", "null"]}
_DAY = {"type": "string", "format": "date"}
_NUMBER = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
_TEXTS = {"type": "object", "additionalProperties": _TEXT}
_SPAN = {"type": "object", "required": ["from", "to"], "properties": {"from": _DAY, "to": _DAY}}
_CURRENCY = bill_schema()["properties"]["currency"]
_WHERE = {"type": "string", "description": "A JSON Pointer into the request; empty for the whole of it."}


def reference(name: str) -> dict[str, str]:
    """A reference to a schema of the contract."""
    return {"$ref": _REFERENCE + name}


def own_schemas() -> dict[str, Any]:
    """All of them by name."""
    return {
        "Problem": _problem(),
        "CompareBody": _compare_body(),
        "Comparison": _comparison(),
        "BatchLine": {"oneOf": [reference("BatchBill"), reference("BatchRefusal"), reference("BatchInvalid")]},
        "BatchBill": _batch_bill(),
        "BatchRefusal": _answer("refusal", code=_TEXT, where=_WHERE, message=_TEXT, facts=_TEXTS),
        "BatchInvalid": _answer("invalid", faults=_list(_trouble("where"))),
        "Documents": _record(items=_list(reference("Document")), next_cursor=_OPTIONAL_TEXT, tariff_set=_TEXT),
        "Document": _document(),
        "PriceSheet": _price_sheet(),
        "Alive": _record(status={"const": "ok"}),
        "Ready": _record(status={"const": "ready"}, version=_TEXT, tariff_set=_TEXT),
    }


def _record(**properties: Any) -> dict[str, Any]:
    """Exactly these members."""
    return {
        "type": "object",
        "required": list(properties),
        "additionalProperties": False,
        "properties": properties,
    }


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _answer(kind: str, **properties: Any) -> dict[str, Any]:
    """A line of a batch's answer."""
    return _record(index={"type": "integer", "minimum": 0}, kind={"const": kind}, **properties)


def _trouble(place: str) -> dict[str, Any]:
    return _record(code=_TEXT, **{place: _WHERE}, message=_TEXT, facts=_TEXTS)


def _problem() -> dict[str, Any]:
    return {
        "type": "object",
        "description": "RFC 9457: what is the matter, where, and what to do.",
        "required": ["type", "title", "status", "code", "detail"],
        "additionalProperties": False,
        "properties": {
            "type": {"type": "string", "description": "urn:billcalc:problem: and the code"},
            "title": _TEXT,
            "status": {"type": "integer"},
            "code": {"type": "string", "description": "of a closed list"},
            "detail": {"type": "string", "description": "what is the matter; what to do"},
            "reason": {"type": "string", "description": "why there is no bill (422): the same as code"},
            "pointer": _WHERE,
            "facts": _TEXTS,
            "faults": {**_list(_trouble("pointer")), "description": "all that is wrong with the body (400)"},
            "parameters": _list(_record(parameter=_TEXT, message=_TEXT)),
        },
    }


def _compare_body() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["request", "issued"],
        "additionalProperties": False,
        "properties": {
            "request": reference("Request"),
            "issued": reference("IssuedBill"),
            "tolerance": {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?$", "maxLength": 40, "default": "0"},
        },
    }


def _comparison() -> dict[str, Any]:
    entries = _list({"type": "object", "required": ["issued", "recomputed", "amounts", "parts"]})
    section = _record(section={"type": ["string", "null"]}, issued=_NUMBER, recomputed=_NUMBER, difference=_NUMBER)
    return {
        **_record(
            kind={"const": "comparison"},
            bill=_record(
                id=_TEXT, version=_TEXT, tariff_set=_TEXT, area=_TEXT, currency=_CURRENCY, cycle=_SPAN, period=_SPAN
            ),
            tolerance=_NUMBER,
            agrees={"type": "boolean"},
            own={**_list({"type": "object"}), "description": "errors of the issued bill in itself"},
            unmapped=entries,
            missing=entries,
            differing=entries,
            differing_facts=_list({"type": "object"}),
            tolerated=entries,
            zero=entries,
            agreeing=entries,
            agreeing_given={"type": "integer", "description": "printed lines that agree with amounts of the request"},
            not_read=entries,
            not_printed=entries,
            net=entries,
            tax={**_NUMBER, "type": ["string", "null"]},
            untold_tax={**_NUMBER, "type": ["string", "null"]},
            facts=_list({"type": "object"}),
            money=_record(
                issued=_NUMBER,
                recomputed=_NUMBER,
                difference=_NUMBER,
                causes=_list(_record(cause=_TEXT, amount=_NUMBER)),
                sections=_list(section),
            ),
            readings=_list(_record(convention=_TEXT, value=_TEXT)),
            unread=_list(_trouble("where")),
            ignored=_list(_TEXT),
        ),
        "description": "Every printed line and every recomputed one stands in one entry; the money sums exactly.",
    }


def _batch_bill() -> dict[str, Any]:
    """The members of a line and of a problem are a bill's, so their shapes are taken from there."""
    lines, problems = (
        _list(_part(bill_schema()["properties"][name]["items"], keys))
        for name, keys in (("lines", LINE_KEYS), ("problems", PROBLEM_KEYS))
    )
    return _answer(
        "bill", version=_TEXT, tariff_set=_TEXT, currency=_CURRENCY, total=_NUMBER, lines=lines, problems=problems
    )


def _part(record: dict[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    """Some members of a record."""
    required = [key for key in keys if key in record["required"]]
    return {**record, "required": required, "properties": {key: record["properties"][key] for key in keys}}


def _document() -> dict[str, Any]:
    return _record(
        id=_TEXT,
        kind={"type": "string", "enum": [kind.value for kind in Kind]},
        area=_TEXT,
        **{"from": _DAY},
        title=_TEXT,
        number=_OPTIONAL_TEXT,
        evidence=_TEXT,
        recorded_on=_DAY,
    )


def _price_sheet() -> dict[str, Any]:
    flat = _record(flat=_NUMBER)
    bands = _record(bands={"type": "object", "additionalProperties": _NUMBER})
    component = _record(
        code=_TEXT,
        section={"type": "string", "enum": [section.value for section in Section]},
        line=_TEXT,
        quantity=_TEXT,
        price={"anyOf": [flat, bands, {"type": "null"}], "description": "null: the price is given with the request"},
        tags=_list(_TEXT),
        source={"type": "string", "description": "the id of the document it comes from"},
    )
    return _record(
        area=_TEXT, on=_DAY, components=_list(component), sources=_list(reference("Document")), tariff_set=_TEXT
    )
