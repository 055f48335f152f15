"""The shapes of the contract: each declared in ``billcalc.wire``, here under its name."""

from collections.abc import Mapping
from typing import Annotated, Any, NotRequired, TypedDict

from billcalc.audit import IssuedBill
from billcalc.audit.findings.records import DocumentKind, EventKind, Occasion, Way
from billcalc.billing.request import Request
from billcalc.corrections.case import Case
from billcalc.runs.comparison_data import bulk_comparison_schema
from billcalc.wire.advice import advice_schema
from billcalc.wire.areas import AreaData, AreasData
from billcalc.wire.batch import BatchBillData, BatchInvalidData, BatchRefusalData, BatchTableData
from billcalc.wire.bill import BillData, bill_schema
from billcalc.wire.checks import checks_schema
from billcalc.wire.claims import claims_schema
from billcalc.wire.codes import CodeData, CodesData
from billcalc.wire.comparison import comparison_schema
from billcalc.wire.corrections import CorrectionData
from billcalc.wire.coverage import CoverageData
from billcalc.wire.diagnosis import diagnosis_schema
from billcalc.wire.findings import FindingsData, LogData, RecordedRunData, RunsData, ShownData
from billcalc.wire.schema import Day, Form, OneOf, Schema, schema_of
from billcalc.wire.service import AliveData, IndexData, ReadyData
from billcalc.wire.simulation import (
    SimulatedBillData,
    SimulatedInvalidData,
    SimulatedRefusalData,
    SimulationData,
)
from billcalc.wire.tariffs import DocumentData, PageData, PriceSheetData
from billcalc.wire.troubles import ProblemAnswer

__all__ = ["own_schemas", "reference"]

_REFERENCE = "#/components/schemas/"


_Said = Annotated[str, Form(minLength=1)]


class CompareBodyData(TypedDict):
    """What a comparison is asked with."""

    request: Request
    issued: IssuedBill
    tolerance: NotRequired[Annotated[str, Form(pattern=r"^[0-9]+(\.[0-9]+)?$", maxLength=40, default="0")]]


class DiagnoseBodyData(TypedDict):
    """What a diagnosis is asked with."""

    request: Request
    issued: IssuedBill


class VariantData(TypedDict):
    """A variant: a merge patch of the request, edits by JSON pointer, or both."""

    name: _Said
    patch: NotRequired[Annotated[dict[str, Any], Form(description="RFC 7396; null leaves a member out")] | None]
    edits: NotRequired[
        Annotated[dict[str, Any], Form(description="new values by their JSON pointer; null leaves out")] | None
    ]


class SimulationBodyData(TypedDict):
    """What a simulation is asked with."""

    request: Request
    variants: Annotated[list[VariantData], Form(description="at most 64, each of another name")]


class CorrectionBodyData(TypedDict):
    """A case, or a correction to undo; beside it those that were made before."""

    case: NotRequired[Case | None]
    earlier: NotRequired[list[CorrectionData]]
    undo: NotRequired[CorrectionData | None]


def reference(name: str) -> Schema:
    """A reference to a schema of the contract."""
    return {"$ref": _REFERENCE + name}


class ChecksBodyData(TypedDict):
    """What checks are asked with."""

    request: Request
    history: NotRequired[Annotated[list[Request], Form(description="at most 24 earlier months of the account")]]


_NotNegative = Annotated[str, Form(pattern=r"^[0-9]+(\.[0-9]+)?$", maxLength=40)]


class AdviceShiftData(TypedDict):
    """How much load is moved in each month; ``kwh`` where both are told."""

    percent: NotRequired[_NotNegative | None]
    kwh: NotRequired[_NotNegative | None]


class AdviceBodyData(TypedDict):
    """What advice is asked with."""

    months: Annotated[list[Request], Form(minItems=1, description="at most 36 months of one customer, without a gap")]
    shift: NotRequired[AdviceShiftData]


class DocumentBodyData(TypedDict):
    """A document of a correction."""

    kind: Annotated[str, OneOf(DocumentKind)]
    sha256: Annotated[str, Form(pattern="^[0-9a-f]{64}$")]
    total_fen: Annotated[int, Form(description="what it adds to what the customer was asked for [fen]")]


class ActData(TypedDict):
    """What is done to a finding; each kind needs what docs/findings.md names, and takes nothing else."""

    kind: Annotated[str, OneOf(EventKind)]
    to: NotRequired[_Said | None]
    text: NotRequired[_Said | None]
    reason: NotRequired[_Said | None]
    until: NotRequired[Day | None]
    documents: NotRequired[list[DocumentBodyData]]
    left_fen: NotRequired[int | None]
    run: NotRequired[Annotated[int, Form(minimum=0)] | None]


class AuditedAccountData(TypedDict):
    """An account of a run."""

    account: _Said
    request: Request
    history: NotRequired[Annotated[list[Request], Form(description="at most 24 earlier months")]]
    issued: NotRequired[IssuedBill | None]


class AuditRunBodyData(TypedDict):
    """What a run is asked."""

    occasion: NotRequired[Annotated[str, OneOf(Occasion)]]
    way: NotRequired[Annotated[str, OneOf(Way)]]
    note: NotRequired[_Said | None]
    accounts: Annotated[list[AuditedAccountData], Form(description="at most 64")]


class CheckpointBodyData(TypedDict):
    """A checkpoint that was kept elsewhere."""

    store: _Said
    seq: Annotated[int, Form(minimum=0)]
    head: _Said
    at: _Said


class CheckpointsBodyData(TypedDict):
    """Checkpoints that were kept elsewhere."""

    checkpoints: NotRequired[list[CheckpointBodyData]]


_REFERRED: Mapping[Any, Schema] = {
    Request: reference("Request"),
    Case: reference("Case"),
    CorrectionData: reference("Correction"),
    BillData: reference("Bill"),
    IssuedBill: reference("IssuedBill"),
    DocumentData: reference("Document"),
    CodeData: reference("Code"),
    AreaData: reference("Area"),
}


_VARIANTS: Mapping[Any, Schema] = {
    SimulatedBillData: reference("SimulatedBill"),
    SimulatedRefusalData: reference("SimulatedRefusal"),
    SimulatedInvalidData: reference("SimulatedInvalid"),
}


def own_schemas() -> dict[str, Schema]:
    """All but the models of the request and the issued bill, by name."""
    return {
        "Bill": bill_schema(),
        "Problem": _described("RFC 9457: what is the matter, where, and what to do.", schema_of(ProblemAnswer)),
        "CompareBody": schema_of(CompareBodyData, instead=_REFERRED),
        "Comparison": comparison_schema(),
        "BulkComparison": bulk_comparison_schema(),
        "DiagnoseBody": schema_of(DiagnoseBodyData, instead=_REFERRED),
        "Diagnosis": diagnosis_schema(),
        "SimulationBody": schema_of(SimulationBodyData, instead=_REFERRED),
        "Simulation": schema_of(SimulationData, instead=_VARIANTS),
        "SimulatedBill": schema_of(SimulatedBillData),
        "SimulatedRefusal": schema_of(SimulatedRefusalData),
        "SimulatedInvalid": schema_of(SimulatedInvalidData),
        "CorrectionBody": schema_of(CorrectionBodyData, instead=_REFERRED),
        "Correction": schema_of(CorrectionData, instead={BillData: reference("Bill")}),
        "ChecksBody": schema_of(ChecksBodyData, instead=_REFERRED),
        "Checks": checks_schema(),
        "Claims": claims_schema(),
        "AdviceBody": schema_of(AdviceBodyData, instead=_REFERRED),
        "Advice": advice_schema(),
        "BatchLine": {
            "oneOf": [reference(f"Batch{kind}") for kind in ("Bill", "Refusal", "Invalid", "Table")],
        },
        "BatchBill": schema_of(BatchBillData),
        "BatchRefusal": schema_of(BatchRefusalData),
        "BatchInvalid": schema_of(BatchInvalidData),
        "BatchTable": schema_of(BatchTableData),
        "Areas": schema_of(AreasData, instead=_REFERRED),
        "Area": schema_of(AreaData),
        "Coverage": schema_of(CoverageData),
        "Codes": schema_of(CodesData, instead=_REFERRED),
        "Code": schema_of(CodeData),
        "Documents": schema_of(PageData, instead=_REFERRED),
        "Document": schema_of(DocumentData),
        "PriceSheet": schema_of(PriceSheetData, instead=_REFERRED),
        "Act": schema_of(ActData),
        "AuditLog": schema_of(LogData),
        "AuditRunBody": schema_of(AuditRunBodyData, instead=_REFERRED),
        "AuditRuns": schema_of(RunsData),
        "CheckpointsBody": schema_of(CheckpointsBodyData),
        "Findings": schema_of(FindingsData),
        "RecordedRun": schema_of(RecordedRunData),
        "ShownFinding": schema_of(ShownData),
        "Index": schema_of(IndexData),
        "Alive": schema_of(AliveData),
        "Ready": schema_of(ReadyData),
    }


def _described(description: str, schema: Schema) -> Schema:
    return {"type": schema["type"], "description": description, **schema}
