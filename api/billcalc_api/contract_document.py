"""The contract as one document: the operations of all routes and the schemas of all that they take and give."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from billcalc.audit import IssuedBill
from billcalc.billing.request import Request
from billcalc.claims.case import ClaimCase
from billcalc.corrections.case import Case
from billcalc.wire.issued import with_printed_words
from billcalc.wire.request import ClosedKeys, widened
from billcalc_api.opening import opened
from billcalc_api.problems import PROBLEM_TYPE
from billcalc_api.schemas import own_schemas, reference

__all__ = ["openapi_document"]


def openapi_document(app: FastAPI) -> dict[str, Any]:
    """The whole contract."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title,
            version=app.version,
            summary="Electricity bills, exact and explained.",
            routes=app.routes,
        )
        components = document.setdefault("components", {})
        words = {name: told for name, told in components.get("schemas", {}).items() if "enum" in told}  # of parameters
        components["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
        document["security"] = [{"key": []}, {}]
        for operations in document["paths"].values():
            for operation in operations.values():
                operation["responses"].pop("422", None) if _is_framework_only(operation) else None
                if any(each["name"] == "lang" for each in operation.get("parameters", ())):
                    _speaks(operation)
        components["schemas"] = opened({**words, **_schemas()}, document["paths"])
        app.openapi_schema = document
    return app.openapi_schema


_LANGUAGE = {"type": "string", "description": "The language of the sentences of the answer."}


def _speaks(operation: dict[str, Any]) -> None:
    """Tell that an answer has sentences, and how its language is asked for."""
    accepted = {
        "name": "Accept-Language",
        "in": "header",
        "required": False,
        "schema": {"type": "string"},
        "description": "zh or en, with their qualities; `lang` is above it, and where neither is spoken here it is en.",
    }
    operation["parameters"].append(accepted)
    for status, response in operation["responses"].items():
        if status != "304":
            headers = {**response.get("headers", {}), "Content-Language": {"schema": _LANGUAGE}}
            operation["responses"][status] = {**response, "headers": headers}


def _is_framework_only(operation: dict[str, Any]) -> bool:
    """Whether a 422 is the framework's, which this service answers with 400."""
    content = operation["responses"].get("422", {}).get("content", {})
    return PROBLEM_TYPE not in content and bool(content)


def _schemas() -> dict[str, Any]:
    _, models = models_json_schema(
        [(Request, "validation"), (IssuedBill, "validation"), (Case, "validation"), (ClaimCase, "validation")],
        ref_template=reference("{model}")["$ref"],
        schema_generator=ClosedKeys,
    )
    return {**with_printed_words(widened(models["$defs"])), **own_schemas()}
