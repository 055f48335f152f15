"""The shape of a request as JSON Schema: the models' own, widened by what their validators also accept."""

import re
from collections.abc import Callable
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from billcalc.billing.request import Request
from billcalc.fields.limits import LIMITS
from billcalc.fields.values import NUMBER
from billcalc.metering.models import Reading, Register
from billcalc.vocabulary import RANGES, Voltage

_KV = re.compile(r"[0-9.]+kV")
"""The aliases of voltages that are in the schema, for they have no Chinese in them."""

__all__ = ["ClosedKeys", "request_schema", "widened"]


class ClosedKeys(GenerateJsonSchema):
    """Pydantic's schemas, which also say that a key of a mapping of another form is refused."""

    def dict_schema(self, schema: Any) -> JsonSchemaValue:
        """A mapping whose keys have a form has no others."""
        found = super().dict_schema(schema)
        return {**found, "additionalProperties": False} if "patternProperties" in found else found


def request_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a request; decimals are strings, days ISO, spans half-open."""
    schema = Request.model_json_schema(schema_generator=ClosedKeys)
    return {**schema, "$defs": widened(schema["$defs"])}


def widened(definitions: dict[str, Any]) -> dict[str, Any]:
    """The models' definitions with the shorter forms in which a value may be written.

    A reading has its registers beside its day; a price may be a plain number, or ``given``; where a selector takes a
    list it takes one word too; a voltage has the names under which notices print it.
    """
    number = {"type": "string", "pattern": NUMBER, "maxLength": 40}
    single = [*Voltage, *(alias for each in Voltage for alias in each.aliases if _KV.fullmatch(alias))]
    ways: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
        "Reading": _with_registers_beside,
        "PriceNumber": lambda price: {"anyOf": [number, price]},
        "Component": lambda component: _with_short_price(component, number),
        "Selector": _with_words_alone,
        "DayRule": _with_words_alone,
        "Group": lambda group: _with(group, voltage={"enum": single}),
    }
    named = {name: _with_voltages(each, [*single, *RANGES]) for name, each in definitions.items()}
    return {name: ways[name](each) if name in ways else each for name, each in named.items()}


def _with_short_price(component: dict[str, Any], number: dict[str, Any]) -> dict[str, Any]:
    price = component["properties"]["price"]
    return _with(component, price={**price, "anyOf": [number, {"const": "given"}, *price["anyOf"]]})


def _with_words_alone(definition: dict[str, Any]) -> dict[str, Any]:
    """Where a list of words may be told, one of them may be told alone."""
    fields = definition["properties"].items()
    return _with(definition, **{name: _one_or_many(field) for name, field in fields if field.get("type") == "array"})


def _with_voltages(definition: dict[str, Any], voltages: list[str]) -> dict[str, Any]:
    """A list of voltages has the ranges that notices print, too, and one of them may be told alone."""
    if definition.get("properties", {}).get("voltage", {}).get("type") != "array":
        return definition
    names = {"type": "array", "items": {"enum": voltages}, "maxItems": LIMITS["words"]}
    return _with(definition, voltage=_one_or_many(names))


def _with(definition: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {**definition, "properties": {**definition["properties"], **fields}}


def _one_or_many(field: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [field["items"], field]}


def _with_registers_beside(reading: dict[str, Any]) -> dict[str, Any]:
    properties = dict(reading["properties"])
    entry = properties.pop(Reading.spread)["additionalProperties"]
    beside = {register.value: entry for register in Register}
    required = [name for name in reading["required"] if name != Reading.spread]
    return {**reading, "properties": {**properties, **beside}, "required": required}
