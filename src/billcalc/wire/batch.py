"""The lines of a batch's answer: of each bill what is printed, without how it came about."""

from typing import Annotated, Literal, TypedDict

from billcalc.wire.bill import Currency, PrintedLineData
from billcalc.wire.schema import Form, Number
from billcalc.wire.troubles import InvalidData, RefusalData

__all__ = [
    "LINE_KEYS",
    "PROBLEM_KEYS",
    "BatchAnswer",
    "BatchBillData",
    "BatchInvalidData",
    "BatchProblemData",
    "BatchRefusalData",
    "BatchTableData",
]


class _Indexed(TypedDict):
    index: Annotated[int, Form(minimum=0)]


class BatchProblemData(TypedDict):
    """A problem of a bill of a batch."""

    code: Annotated[str, Form(description="of an open list; GET /v1/problems has it")]
    where: str


class BatchBillData(_Indexed):
    """A bill of a batch."""

    kind: Literal["bill"]
    version: str
    tariff_set: str
    currency: Currency
    total: Number
    lines: list[PrintedLineData]
    problems: list[BatchProblemData]


class BatchRefusalData(_Indexed, RefusalData):
    """A request of a batch that cannot be billed."""


class BatchInvalidData(_Indexed, InvalidData):
    """A malformed request of a batch."""


class BatchTableData(TypedDict):
    """The last line of the answer to a table that was not read as it looks; it is of no request."""

    kind: Literal["table"]
    messages: list[str]


BatchAnswer = BatchBillData | BatchRefusalData | BatchInvalidData

LINE_KEYS = tuple(PrintedLineData.__annotations__)
"""What a line of a batch tells, in this order; the label where there is one."""
PROBLEM_KEYS = tuple(BatchProblemData.__annotations__)
"""What a problem of a batch tells."""
