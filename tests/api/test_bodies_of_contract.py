"""What bodies take and what the contract says of them agree member by member: which there are, which may be null."""

from collections.abc import Mapping
from types import NoneType
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from billcalc.audit.findings.acts import Act
from billcalc.runs.simulating import Simulation, Variant
from billcalc_api.advice import AdviceBody, AdviceShift
from billcalc_api.audit_run import AuditedAccount, RunBody
from billcalc_api.checks import ChecksBody
from billcalc_api.compare import CompareBody
from billcalc_api.corrections import CorrectionBody
from billcalc_api.diagnose import DiagnoseBody
from billcalc_api.findings import CheckpointsBody
from tests.api.calling import contract

BODIES: tuple[tuple[type[BaseModel], str], ...] = (
    (Act, "Act"),
    (AdviceBody, "AdviceBody"),
    (AdviceShift, "AdviceBody/properties/shift"),
    (AuditedAccount, "AuditRunBody/properties/accounts/items"),
    (ChecksBody, "ChecksBody"),
    (CheckpointsBody, "CheckpointsBody"),
    (CompareBody, "CompareBody"),
    (CorrectionBody, "CorrectionBody"),
    (DiagnoseBody, "DiagnoseBody"),
    (RunBody, "AuditRunBody"),
    (Simulation, "SimulationBody"),
    (Variant, "SimulationBody/properties/variants/items"),
)


def schema_at(place: str) -> Mapping[str, Any]:
    found = contract()["components"]["schemas"]
    for key in place.split("/"):
        found = found[key]
    return next((each for each in found.get("anyOf", [found]) if "properties" in each), found)


def takes_null(schema: Mapping[str, Any]) -> bool:
    return "null" in schema.get("type", ()) or any(takes_null(each) for each in schema.get("anyOf", ()))


@pytest.mark.parametrize(("body", "place"), BODIES, ids=lambda value: getattr(value, "__name__", ""))
def test_a_body_takes_what_the_contract_says(body: type[BaseModel], place: str) -> None:
    told = schema_at(place)
    assert {each.alias or name for name, each in body.model_fields.items()} == set(told["properties"])
    needed = {each.alias or name for name, each in body.model_fields.items() if each.is_required()}
    assert needed == set(told.get("required", ()))
    nullable = {each.alias or name for name, each in body.model_fields.items() if NoneType in get_args(each.annotation)}
    assert nullable == {name for name, schema in told["properties"].items() if takes_null(schema)}
