"""The comparison of a table of issued bills as data: the counts, which add up, the money, and every finding."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, NotRequired, TypedDict

from billcalc.bulk.run import Counts
from billcalc.kernel.decimals import EXACT
from billcalc.runs.causes_workbook import BulkDiagnosis
from billcalc.runs.comparison_outcome import BulkComparison
from billcalc.wire.schema import Form, Number, Schema, schema_of
from billcalc.words.naming import money

__all__ = ["BulkComparisonData", "bulk_comparison_data", "bulk_comparison_schema"]


class CodeMoneyData(TypedDict):
    """What the bills in both differ by in one code."""

    code: str
    bills: int
    difference: Number
    absolute: Number


class DifferenceData(TypedDict):
    """One finding, or a bill that only one of the tables has."""

    account: str
    month: str | None
    kind: str
    code: str
    issued: Number | None
    recomputed: Number | None
    difference: Number | None
    bill_difference: Annotated[Number | None, Form(description="by which the whole bill differs")]
    status: NotRequired[Annotated[str | None, Form(description="with causes: what the bill was told")]]
    answers: NotRequired[Annotated[int | None, Form(description="how many sets of causes nothing tells apart")]]
    cause: NotRequired[Annotated[str | None, Form(description="the causes of the first of them")]]
    what: NotRequired[Annotated[str | None, Form(description="the same in words")]]


class CauseMoneyData(TypedDict):
    """What one cause comes to in one area, in first answers."""

    cause: Annotated[str, Form(description="empty: what is not explained")]
    area: str
    bills: int
    money: Number


class CausesData(TypedDict):
    """What the bills that differ were told of causes."""

    statuses: Annotated[dict[str, int], Form(description="how many bills were told what")]
    by_cause: Annotated[list[CauseMoneyData], Form(description="the most money first")]


class RejectData(TypedDict):
    """A row that could not be billed or compared."""

    file: str
    row: int | None
    account: str | None
    field: str
    code: str
    message: str


class NameProposalData(TypedDict):
    """A printed name that has no meaning yet, and the code of ours that has its amounts."""

    name: str
    code: str
    bills: int


class BulkComparisonData(TypedDict):
    """A comparison of tables."""

    kind: Literal["bulk_comparison"]
    agrees: bool
    requests: Annotated[dict[str, int], Form(description="rows, billed, rejected")]
    accounts: Annotated[dict[str, int], Form(description="issued = matched + unreadable + rejected + only_issued")]
    issued_total: Number
    recomputed_total: Number
    difference: Number
    over: Annotated[int, Form(description="bills of too much")]
    too_much: Number
    under: int
    too_little: Number
    by_code: list[CodeMoneyData]
    differences: Annotated[list[DifferenceData], Form(description="by bill, the largest first")]
    rejects: list[RejectData]
    given_lines: Annotated[int, Form(description="in agreement, and given by the requests: they prove nothing")]
    offsetting_lines: Annotated[int, Form(description="in agreement, and sums of amounts above and below zero")]
    untold_tax: Annotated[str | None, Form(description="rate of a tax that all lines of bills are without")]
    unread_columns: list[str]
    unread_months: Annotated[list[str], Form(description="those that tell months, where no month is read")]
    hidden_rows: Annotated[int, Form(description="of the issued table: read, and not shown by a spreadsheet")]
    hidden_columns: Annotated[list[str], Form(description="the same of columns")]
    problems: Annotated[dict[str, int], Form(description="how many recomputed bills have each")]
    proposals: list[NameProposalData]
    causes: NotRequired[CausesData]


_ACCOUNTS = (
    *("issued", "recomputed", "matched", "differing", "unreadable", "unreadable_recomputed", "rejected", "only_issued"),
    *("only_recomputed", "nameless", "issued_repeated", "recomputed_repeated", "totals"),
)


def bulk_comparison_data(
    counts: Counts,
    outcome: BulkComparison,
    differences: Iterable[Mapping[str, Any]],
    rejects: Iterable[Mapping[str, str]],
    *,
    causes: BulkDiagnosis | None = None,
) -> BulkComparisonData:
    """A comparison of tables as plain data.

    Args:
        counts: of the requests.
        outcome: of the comparison.
        differences: the rows of the ranked table.
        rejects: the rows of the table of rejects, as texts.
        causes: what the bills that differ were told, where their causes were looked for.
    """
    data: BulkComparisonData = {
        "kind": "bulk_comparison",
        "agrees": outcome.agrees and not counts.rejected,
        "requests": {"rows": counts.rows, "billed": counts.billed, "rejected": counts.rejected},
        "accounts": {name: getattr(outcome, name) for name in _ACCOUNTS},
        "issued_total": money(outcome.issued_total),
        "recomputed_total": money(outcome.recomputed_total),
        "difference": money(EXACT.subtract(outcome.issued_total, outcome.recomputed_total)),
        "over": outcome.over,
        "too_much": money(outcome.too_much),
        "under": outcome.under,
        "too_little": money(outcome.too_little),
        "by_code": [
            {
                "code": each.code,
                "bills": each.bills,
                "difference": money(each.difference),
                "absolute": money(each.absolute),
            }
            for each in outcome.by_code
        ],
        "differences": [_difference(row) for row in differences],
        "rejects": [_reject(row) for row in rejects],
        "given_lines": outcome.given,
        "offsetting_lines": outcome.offsetting,
        "untold_tax": None if outcome.untold_tax is None else outcome.untold_tax[0],
        "unread_columns": list(outcome.unread),
        "unread_months": list(outcome.unread_months),
        "hidden_rows": outcome.hidden,
        "hidden_columns": list(outcome.hidden_columns),
        "problems": dict(sorted(counts.problems.items())),
        "proposals": [{"name": name, "code": code, "bills": bills} for name, code, bills in outcome.proposals],
    }
    if causes is not None:
        data["causes"] = _causes(causes)
    return data


def bulk_comparison_schema() -> Schema:
    """JSON Schema of a comparison of tables."""
    return schema_of(BulkComparisonData)


def _causes(told: BulkDiagnosis) -> CausesData:
    return {
        "statuses": dict(told.statuses),
        "by_cause": [
            {"cause": each.cause, "area": each.area, "bills": each.bills, "money": money(each.money)}
            for each in told.by_cause
        ],
    }


def _difference(row: Mapping[str, Any]) -> DifferenceData:
    data: DifferenceData = {
        "account": row["account"],
        "month": row.get("month"),
        "kind": row["kind"],
        "code": row["code"],
        "issued": _money(row["issued"]),
        "recomputed": _money(row["recomputed"]),
        "difference": _money(row["difference"]),
        "bill_difference": _money(row["bill_difference"]),
    }
    if "status" in row:
        data["status"], data["answers"] = row["status"], row["answers"]
        data["cause"], data["what"] = row["cause"], row["what"]
    return data


def _money(amount: Any) -> str | None:
    return None if amount is None else money(amount)


def _reject(row: Mapping[str, str]) -> RejectData:
    return {
        "file": row["file"],
        "row": int(row["row"]) if row["row"] else None,
        "account": row["account"] or None,
        "field": row["field"],
        "code": row["code"],
        "message": row["message"],
    }
