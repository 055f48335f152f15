"""The shape of an issued bill as JSON Schema: the models' own, widened by the words with which bills are printed."""

from typing import Any, TypedDict

from billcalc.vocabulary import Band, Section
from billcalc.wire.bill import BillData

__all__ = ["RestsOnData", "with_printed_words"]


class RestsOnData(TypedDict):
    """The two bills that are compared: ours with its proof, the issued one as it was read."""

    bill: BillData
    issued: dict[str, Any]


def with_printed_words(definitions: dict[str, Any]) -> dict[str, Any]:
    """The models' definitions, where one may stand for a list of one.

    The names with which bills print bands and sections are taken in place of their words, and stand in no closed list:
    whoever writes a program writes the words.
    """
    words = "; the name with which bills print it is taken, too"
    band = {"type": "string", "enum": [band.value for band in Band], "description": "A band" + words}
    section = {"type": "string", "enum": [each.value for each in Section], "description": "A section" + words}
    found = dict(definitions)
    line = found["IssuedLine"]["properties"]
    subtotal = found["IssuedSubtotal"]["properties"]
    found["IssuedLine"] = _with(
        found["IssuedLine"],
        band={**line["band"], "anyOf": [band, {"type": "null"}]},
        code=_one_or_many(line["code"], line["code"]["items"]),
        section=_one_or_many(line["section"], section),
    )
    found["IssuedSubtotal"] = _with(
        found["IssuedSubtotal"],
        section=_one_or_many(subtotal["section"], section),
        group=_one_or_many(subtotal["group"], subtotal["group"]["items"]),
    )
    kwh = found["IssuedFacts"]["properties"]["kwh"]
    found["IssuedFacts"] = _with(found["IssuedFacts"], kwh={**kwh, "propertyNames": band})
    return found


def _with(definition: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {**definition, "properties": {**definition["properties"], **fields}}


def _one_or_many(field: dict[str, Any], item: dict[str, Any]) -> dict[str, Any]:
    own = {name: says for name, says in field.items() if name not in ("type", "items")}
    return {**own, "anyOf": [item, {"type": "array", "items": item}]}
