"""The shape of an issued bill as JSON Schema: the models' own, widened by the words with which bills are printed."""

from typing import Any, TypedDict

from billcalc.vocabulary import Band, Section
from billcalc.wire.bill import BillData
from billcalc.words.lexicon import LEXICONS

__all__ = ["RestsOnData", "with_printed_words"]


class RestsOnData(TypedDict):
    """The two bills that are compared: ours with its proof, the issued one as it was read."""

    bill: BillData
    issued: dict[str, Any]


def with_printed_words(definitions: dict[str, Any]) -> dict[str, Any]:
    """The models' definitions, where one may stand for a list of one, and bands and sections have printed words."""
    bands = {word for lexicon in LEXICONS.values() for word in lexicon.bands.values()}
    sections = {word for lexicon in LEXICONS.values() for word in lexicon.sections.values()}
    band = {"type": "string", "enum": [*(band.value for band in Band), *sorted(bands - set(Band))]}
    section = {"type": "string", "enum": [*(section.value for section in Section), *sorted(sections - set(Section))]}
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
