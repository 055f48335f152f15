"""What the service answers, as frozen records; decimals are exact, and ``data`` holds the whole answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from billcalc.wire.batch import BatchAnswer, BatchProblemData
from billcalc.wire.bill import BillData, PrintedLineData, StepData
from billcalc.wire.comparison import ComparisonData
from billcalc.wire.diagnosis import DiagnosisData
from billcalc.wire.service import ReadyData
from billcalc.wire.tariffs import ComponentData, DocumentData, PriceSheetData
from billcalc.wire.troubles import PointedFault, ProblemData

__all__ = [
    "BatchBill",
    "Bill",
    "Comparison",
    "Diagnosis",
    "Document",
    "Fault",
    "Health",
    "Invalid",
    "Line",
    "PriceSheet",
    "Refusal",
    "Tariff",
    "batch_answer",
    "bill_of",
    "comparison_of",
    "diagnosis_of",
    "document_of",
    "health_of",
    "invalid_of",
    "line_of",
    "price_sheet_of",
]

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line.

    Attributes:
        label: what it is called in print, where the tariff or the request tells.
        steps: how it came about, where they were asked for; in the form of the contract.
    """

    code: str
    section: str
    group: str
    band: str | None
    quantity: Decimal | None
    unit: str
    price: Decimal | None
    amount: Decimal
    label: str | None = None
    steps: Sequence[StepData] = ()


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill.

    Attributes:
        problems: doubts, with the money of the other reading where there is one; in the form of the contract.
    """

    id: str
    version: str
    tariff_set: str
    currency: str
    total: Decimal
    lines: tuple[Line, ...]
    problems: tuple[ProblemData, ...]
    data: BillData


@dataclass(frozen=True, slots=True)
class BatchBill:
    """A bill of a batch: its printed lines and its total.

    Attributes:
        problems: doubts by ``code`` and ``where``; ``Client.bill`` tells the money of the other reading.
    """

    version: str
    tariff_set: str
    currency: str
    total: Decimal
    lines: tuple[Line, ...]
    problems: tuple[BatchProblemData, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A well-formed request that cannot be billed.

    Attributes:
        code: the reason, of a closed list.
        where: a JSON pointer into the request.
    """

    code: str
    where: str
    message: str
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a request."""

    code: str
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Invalid:
    """A malformed request, with all that is wrong with it."""

    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """An issued bill beside the recomputed one.

    Attributes:
        difference: issued − recomputed.
    """

    agrees: bool
    issued: Decimal
    recomputed: Decimal
    difference: Decimal
    data: ComparisonData


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The causes of what an issued bill differs by.

    Attributes:
        status: ``agrees``, ``hindered``, ``proved``, ``part`` or ``unexplained``.
        difference: issued − recomputed.
        is_complete: whether every set of causes was searched.
    """

    status: str
    difference: Decimal
    is_complete: bool
    data: DiagnosisData


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the tariff set, in a list."""

    id: str
    kind: str
    area: str
    start: str
    title: str
    number: str | None
    evidence: str


@dataclass(frozen=True, slots=True)
class Tariff:
    """A document as it was entered, with the ETag by which it may be kept."""

    etag: str
    data: Data


@dataclass(frozen=True, slots=True)
class PriceSheet:
    """The components that one customer pays on a day, in the form of the contract, and their documents."""

    tariff_set: str
    components: tuple[ComponentData, ...]
    sources: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Health:
    """A ready service: its engine's version and the tariff set it bills by."""

    version: str
    tariff_set: str


def line_of(data: PrintedLineData, steps: Sequence[StepData] = ()) -> Line:
    """A line of an answer."""
    return Line(
        code=data["code"],
        section=data["section"],
        group=data["group"],
        band=data["band"],
        quantity=_optional(data["quantity"]),
        unit=data["unit"],
        price=_optional(data["price"]),
        amount=Decimal(data["amount"]),
        label=data.get("label"),
        steps=tuple(steps),
    )


def _optional(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def bill_of(data: BillData) -> Bill:
    """The bill of an answer."""
    return Bill(
        id=data["id"],
        version=data["version"],
        tariff_set=data["tariff_set"],
        currency=data["currency"],
        total=Decimal(data["total"]),
        lines=tuple(line_of(line, line["steps"]) for line in data["lines"]),
        problems=tuple(data["problems"]),
        data=data,
    )


def batch_answer(data: BatchAnswer) -> BatchBill | Refusal | Invalid:
    """The answer of a line of a batch."""
    if data["kind"] == "bill":
        lines = tuple(map(line_of, data["lines"]))
        return BatchBill(
            version=data["version"],
            tariff_set=data["tariff_set"],
            currency=data["currency"],
            total=Decimal(data["total"]),
            lines=lines,
            problems=tuple(data["problems"]),
        )
    if data["kind"] == "refusal":
        return Refusal(data["code"], data["where"], data["message"], data["facts"])
    return Invalid(tuple(Fault(each["code"], each["where"], each["message"]) for each in data["faults"]))


def invalid_of(faults: Sequence[PointedFault]) -> Invalid:
    """The faults of an answer."""
    return Invalid(tuple(Fault(each["code"], each["pointer"], each["message"]) for each in faults))


def comparison_of(data: ComparisonData) -> Comparison:
    """The comparison of an answer."""
    money = data["money"]
    return Comparison(
        agrees=data["agrees"],
        issued=Decimal(money["issued"]),
        recomputed=Decimal(money["recomputed"]),
        difference=Decimal(money["difference"]),
        data=data,
    )


def diagnosis_of(data: DiagnosisData) -> Diagnosis:
    """The diagnosis of an answer."""
    return Diagnosis(
        status=data["status"],
        difference=Decimal(data["difference_amount"]),
        is_complete=data["is_complete"],
        data=data,
    )


def document_of(data: DocumentData) -> Document:
    """A document of a list."""
    return Document(
        data["id"], data["kind"], data["area"], data["from"], data["title"], data["number"], data["evidence"]
    )


def price_sheet_of(data: PriceSheetData) -> PriceSheet:
    """The price sheet of an answer."""
    return PriceSheet(data["tariff_set"], tuple(data["components"]), tuple(map(document_of, data["sources"])))


def health_of(data: ReadyData) -> Health:
    """What a ready service tells."""
    return Health(data["version"], data["tariff_set"])
