"""The operations of the contract: what each takes and gives, as OpenAPI; their examples are real bills."""

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from starlette.responses import Response

from billcalc.kernel.codes import FaultCode, RefusalCode
from billcalc.words.service import TITLES
from billcalc_api.bodies import JSON, JSON_LINES
from billcalc_api.forms import FORM
from billcalc_api.problems import PROBLEM_TYPE
from billcalc_api.schemas import reference
from billcalc_api.tables import ANSWERS, TABLES

__all__ = [
    "ACT_OPERATION",
    "ADVICE_OPERATION",
    "ALIVE_OPERATION",
    "AREAS_OPERATION",
    "BATCH_OPERATION",
    "BEYOND_SCHEMA",
    "BILL_OPERATION",
    "CHECKS_OPERATION",
    "CLAIMS_OPERATION",
    "CODES_OPERATION",
    "CODE_OPERATION",
    "COMPARE_OPERATION",
    "CORRECTION_OPERATION",
    "COVERAGE_OPERATION",
    "DIAGNOSE_OPERATION",
    "DOCUMENTS_OPERATION",
    "DOCUMENT_OPERATION",
    "FINDINGS_OPERATION",
    "FINDING_OPERATION",
    "INDEX_OPERATION",
    "LOG_OPERATION",
    "METRICS_OPERATION",
    "READY_OPERATION",
    "RUNS_OPERATION",
    "RUN_OPERATION",
    "SHEET_OPERATION",
    "SIMULATION_OPERATION",
    "example",
]


BEYOND_SCHEMA = (
    FaultCode.AGREEMENT_GAP, FaultCode.BAND_NOT_PRICED, FaultCode.CAPACITY_MISSING, FaultCode.CLOSING_BELOW_OPENING,
    FaultCode.CONTRACT_MISSING, FaultCode.DUPLICATE_ID, FaultCode.HOURS_WITHOUT_BAND, FaultCode.INCONSISTENT,
    FaultCode.MISSING_KEY, FaultCode.OUT_OF_RANGE, FaultCode.READINGS_NOT_ORDERED, FaultCode.READING_OUTSIDE,
    FaultCode.SPAN_REVERSED, FaultCode.UNKNOWN_KEY, FaultCode.UNKNOWN_REFERENCE, FaultCode.UNKNOWN_STANDARD,
    FaultCode.UNKNOWN_WORD, FaultCode.WRONG_TYPE, FaultCode.AMOUNT_TOO_FINE, FaultCode.DEMAND_BELOW_MEAN,
    FaultCode.MULTIPLIER_BELOW_ONE, FaultCode.READING_ABOVE_METER, FaultCode.READING_TOO_FINE,
    FaultCode.ROLLOVER_AND_RISE, FaultCode.CYCLE_NOT_A_MONTH, FaultCode.UNKNOWN_AREA,
    FaultCode.INTERVAL_OUTSIDE, FaultCode.INTERVAL_NOT_ALIGNED,
    FaultCode.SPAN_TOO_LONG, FaultCode.TOO_MANY, FaultCode.MORE_FAULTS, FaultCode.NOT_TEXT,
    FaultCode.NOT_A_NUMBER, FaultCode.NEGATIVE, FaultCode.EMPTY, FaultCode.TOO_LARGE, FaultCode.JSON_NUMBER,
)  # fmt: skip
"""What may be wrong with a body that fits its schema: values that do not go together, which JSON Schema cannot say; and
of ``wrong_type`` a day that is in no calendar, and a whole number written with a decimal point."""


@cache
def example(name: str) -> Any:
    """One of the examples: the data of a real bill's request or issued bill."""
    return json.loads(files("billcalc_api").joinpath("examples", f"{name}.json").read_text(encoding="utf-8"))


def _problem(status: int, description: str | None = None) -> dict[int | str, dict[str, Any]]:
    content = {PROBLEM_TYPE: {"schema": reference("Problem")}}
    return {status: {"description": description or TITLES[status].english, "content": content}}


def _operation(
    *problems: int,
    ok: dict[str, Any] | None = None,
    media_type: str = JSON,
    body: dict[str, Any] | None = None,
    headers: dict[str, Any] | None = None,
    told: Mapping[int, str] | None = None,
    guarded: tuple[int, ...] = (401, 403, 429, 500, 503),
) -> dict[str, Any]:
    """The keyword arguments of a route: its answers, its problems, what is told of some of these, and its body."""
    responses: dict[int | str, dict[str, Any]] = {
        200: {"description": "Done", "content": {media_type: {"schema": ok or {"type": "object"}}}}
    }
    if headers:
        responses[200]["headers"] = headers
    for status in (*problems, *guarded):
        responses.update(_problem(status, (told or {}).get(status)))
    extra = {} if body is None else {"requestBody": {"required": True, "content": body}}
    return {"response_class": Response, "responses": responses, "openapi_extra": extra}


def _one_of(codes: Iterable[StrEnum]) -> str:
    return ", ".join(f"`{code.value}`" for code in codes)


_BODY_PROBLEMS = (400, 408, 413, 415)
_REFUSED = f"{TITLES[422].english}; its `reason` is one of: {_one_of(RefusalCode)}"
_TOLD = {
    400: f"{TITLES[400].english}. A body that fits its schema may still contradict itself; its faults are then of: "
    + _one_of(BEYOND_SCHEMA),
    422: _REFUSED,
}

_FILES: dict[str, Any] = {
    "intervals": {
        "type": "array",
        "items": {"type": "string", "contentMediaType": "application/octet-stream"},
        "description": "Files of intervals; of a metering point where the part is named intervals.ID.",
    },
    "intervals_as": {
        "type": "array",
        "items": {"type": "string"},
        "description": "What the files do not tell, such as times=ends.",
    },
}


def _form(**parts: dict[str, Any]) -> dict[str, Any]:
    """A body of several parts, of which some are JSON, and files of intervals."""
    optional = ("tolerance", "history")
    json_parts = {name: {"contentType": JSON} for name in parts if name != "tolerance"}
    return {
        FORM: {
            "schema": {
                "type": "object",
                "properties": {**parts, **_FILES},
                "required": [name for name in parts if name not in optional],
            },
            "encoding": json_parts,
        }
    }


BILL_OPERATION = _operation(
    *_BODY_PROBLEMS,
    422,
    told=_TOLD,
    ok=reference("Bill"),
    body={
        JSON: {
            "schema": reference("Request"),
            "examples": {"guangxi-2024-06-p1": {"value": example("guangxi-2024-06-p1")}},
        },
        **_form(request=reference("Request")),
    },
)
BATCH_OPERATION = _operation(
    *_BODY_PROBLEMS,
    media_type=JSON_LINES,
    ok={"type": "string", "description": "A BatchLine for each request, in their order; BatchTable last."},
    body={
        JSON_LINES: {
            "schema": {"type": "string", "description": "A Request on each line."},
            "examples": {
                "guangxi-2024-06-p1": {"value": json.dumps(example("guangxi-2024-06-p1"), ensure_ascii=False)}
            },
        },
        **{
            media_type: {
                "schema": {
                    "type": "string",
                    "format": "binary",
                    "description": "A table with a Request in each row; a column is named by its place in it.",
                }
            }
            for media_type in TABLES
        },
    },
)


def _beside_an_issued_bill(body: str, answer: str, **told: dict[str, Any]) -> dict[str, Any]:
    """An operation that is asked with a request and the bill that was issued for it."""
    beside = {"request": example("guangxi-2024-06-p1"), "issued": example("guangxi-2024-06-p1-issued")}
    content = {"schema": reference(body), "examples": {"guangxi-2024-06-p1": {"value": beside}}}
    form = _form(request=reference("Request"), issued=reference("IssuedBill"), **told)
    return _operation(*_BODY_PROBLEMS, 422, told=_TOLD, ok=reference(answer), body={JSON: content, **form})


COMPARE_OPERATION = _beside_an_issued_bill("CompareBody", "Comparison", tolerance={"type": "string"})
_TABLE = {"type": "string", "format": "binary"}
_TABLES_FORM: dict[str, Any] = {
    "type": "object",
    "properties": {
        "issued": {**_TABLE, "description": "A table of issued bills."},
        "requests": {"type": "array", "items": _TABLE, "description": "Tables with a Request in each row."},
        "layout": {"type": "string", "description": "A file with a layout, or the name of one that is ready."},
        "guess": {"type": "string", "description": "yes, where the layout is to be guessed."},
        "where": {"type": "array", "items": {"type": "string"}, "description": "Facts of all bills: area=cn-guangxi."},
        "mapping": {**_TABLE, "description": "What the columns of the issued table mean."},
        "template": {**_TABLE, "description": "What all requests have in common."},
        "columns": {**_TABLE, "description": "The places that the columns of the requests have."},
        "tolerance": {"type": "string"},
        "causes": {"type": "string", "description": "yes, where the causes of differences are to be looked for."},
    },
    "required": ["issued"],
}
"""The parts of a comparison of tables."""
_form_of_one = COMPARE_OPERATION["openapi_extra"]["requestBody"]["content"][FORM]
_form_of_one["schema"] = {"anyOf": [_form_of_one["schema"], _TABLES_FORM]}
COMPARE_OPERATION["responses"][200] |= {
    "content": {
        JSON: {"schema": {"anyOf": [reference("Comparison"), reference("BulkComparison")]}},
        **{media_type: {"schema": _TABLE} for media_type in ANSWERS},
    },
    "headers": {
        "x-rejected-rows": {
            "schema": {"type": "string"},
            "description": "Of a table: how many rows could not be billed or compared; JSON tells which and why.",
        }
    },
}
DIAGNOSE_OPERATION = _beside_an_issued_bill("DiagnoseBody", "Diagnosis")
CHECKS_OPERATION = _operation(
    *_BODY_PROBLEMS,
    422,
    told=_TOLD,
    ok=reference("Checks"),
    body={
        JSON: {
            "schema": reference("ChecksBody"),
            "examples": {"guangxi-2024-06-p1": {"value": {"request": example("guangxi-2024-06-p1"), "history": []}}},
        },
        **_form(request=reference("Request"), history={"type": "array", "items": reference("Request")}),
    },
)
ADVICE_OPERATION = _operation(
    *_BODY_PROBLEMS,
    422,
    told=_TOLD,
    ok=reference("Advice"),
    body={
        JSON: {
            "schema": reference("AdviceBody"),
            "examples": {"guangxi-2024-06-p1": {"value": {"months": [example("guangxi-2024-06-p1")]}}},
        }
    },
)
_asked = example("guangxi-2024-06-p1")
SIMULATION_OPERATION = _operation(
    *_BODY_PROBLEMS,
    422,
    told=_TOLD,
    ok=reference("Simulation"),
    body={
        JSON: {
            "schema": reference("SimulationBody"),
            "examples": {
                "guangxi-2024-06-p1": {
                    "value": {
                        "request": _asked,
                        "variants": [
                            {"name": "35 kV", "edits": {"/agreement/0/groups/main/voltage": "35kV"}},
                            {"name": "0.85", "edits": {"/agreement/0/supply_points/S1/power_factor_standard": "0.85"}},
                        ],
                    }
                }
            },
        },
        **_form(request=reference("Request"), variants={"type": "array", "items": {"type": "object"}}),
    },
)
CLAIMS_OPERATION = _operation(
    *_BODY_PROBLEMS, told=_TOLD, ok=reference("Claims"), body={JSON: {"schema": reference("ClaimCase")}}
)
CORRECTION_OPERATION = _operation(
    *_BODY_PROBLEMS,
    422,
    told=_TOLD,
    ok=reference("Correction"),
    body={JSON: {"schema": reference("CorrectionBody")}},
)
_ETAG = {"ETag": {"schema": {"type": "string"}, "description": "Strong; a document never changes."}}
DOCUMENTS_OPERATION = _operation(
    400,
    told={
        400: f"{TITLES[400].english}; `unknown_cursor` where the cursor was not given by this service, "
        "`invalid_parameter` where a parameter is not of its form or no day of a calendar"
    },
    ok=reference("Documents"),
)
DOCUMENT_OPERATION = _operation(400, 404, ok={"type": "object"}, headers=_ETAG)
DOCUMENT_OPERATION["responses"][304] = {"description": "The document is the one that was asked about"}
SHEET_OPERATION = _operation(400, 422, told={422: _REFUSED}, ok=reference("PriceSheet"))
AREAS_OPERATION = _operation(400, ok=reference("Areas"))
CODES_OPERATION = _operation(400, ok=reference("Codes"))
CODE_OPERATION = _operation(
    400, 404, told={404: f"{TITLES[404].english}; `unknown_code` where no problem has this code"}, ok=reference("Code")
)
COVERAGE_OPERATION = _operation(
    400,
    told={400: f"{TITLES[400].english}; `unknown_area` where there is none, `invalid_parameter` where it is no code"},
    ok=reference("Coverage"),
)
_NO_STORE = f"{TITLES[404].english}; `no_store` where the service keeps no findings"
_OF_FINDINGS = {
    404: _NO_STORE + ", `no_finding` where there is none of this number",
    409: f"{TITLES[409].english}; its `code` tells why: `act_not_allowed`, `until_past`, `correction_sum`, "
    "`two_persons`, `not_gone`, `not_compared`, `other_run_proves`, `corrections_differ`",
}
FINDINGS_OPERATION = _operation(400, 404, told={404: _NO_STORE}, ok=reference("Findings"))
FINDING_OPERATION = _operation(400, 404, told=_OF_FINDINGS, ok=reference("ShownFinding"))
ACT_OPERATION = _operation(
    *_BODY_PROBLEMS,
    404,
    409,
    told={400: _TOLD[400], **_OF_FINDINGS},
    ok=reference("ShownFinding"),
    body={JSON: {"schema": reference("Act")}},
)
RUNS_OPERATION = _operation(400, 404, told={404: _NO_STORE}, ok=reference("AuditRuns"))
RUN_OPERATION = _operation(
    *_BODY_PROBLEMS,
    404,
    told={400: _TOLD[400], 404: _NO_STORE},
    ok=reference("RecordedRun"),
    body={JSON: {"schema": reference("AuditRunBody")}},
)
LOG_OPERATION = _operation(
    *_BODY_PROBLEMS,
    404,
    told={400: _TOLD[400], 404: _NO_STORE},
    ok=reference("AuditLog"),
    body={JSON: {"schema": reference("CheckpointsBody")}},
)
INDEX_OPERATION = _operation(ok=reference("Index"))
INDEX_OPERATION["responses"][303] = {"description": "The service has pages: go to the first"}
ALIVE_OPERATION = _operation(ok=reference("Alive"), guarded=(500,))
READY_OPERATION = _operation(ok=reference("Ready"), guarded=(500,))
METRICS_OPERATION = _operation(media_type="text/plain", ok={"type": "string"}, guarded=(401, 403, 429, 500, 503))
for _open in (ALIVE_OPERATION, READY_OPERATION):
    _open["openapi_extra"] = {"security": [{}]}
