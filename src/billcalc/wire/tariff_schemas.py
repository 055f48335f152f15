"""The shape of each kind of tariff document as JSON Schema, for editors and for who writes documents by a program."""

from typing import Any, get_args

from pydantic import BaseModel

from billcalc.tariff.documents import Document
from billcalc.vocabulary import Kind
from billcalc.wire.request import ClosedKeys, widened

__all__ = ["tariff_schemas"]


def tariff_schemas() -> dict[Kind, dict[str, Any]]:
    """By kind the schema (JSON Schema 2020-12) of a document as it is written.

    What only several keys together show, such as an overlap, is for ``billcalc tariffs check``.
    """
    found: dict[Kind, dict[str, Any]] = {}
    for model in get_args(get_args(Document)[0]):
        schema = _schema(model)
        for kind in get_args(model.model_fields["kind"].annotation):
            found[kind] = {**schema, "properties": {**schema["properties"], "kind": {"const": kind.value}}}
    return {kind: found[kind] for kind in Kind}


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema(schema_generator=ClosedKeys)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "$defs": widened(schema.get("$defs", {})),
    }
