"""Batches of requests in, batches of bills out: streaming, in memory bounded by the batch."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from billcalc.billing.evaluate import Evaluation, evaluate
from billcalc.bulk.arithmetic import ColumnArithmetic
from billcalc.bulk.arrow import FloatColumnError, as_column
from billcalc.bulk.column import Column
from billcalc.bulk.groups import Group, group_rows
from billcalc.bulk.output import Output, Results, schema_metadata
from billcalc.bulk.paths import ACCOUNT, is_number, pointer_of
from billcalc.bulk.plans import GroupPlan, Plans
from billcalc.bulk.rejects import Rejects
from billcalc.kernel.scalars import Input
from billcalc.kernel.troubles import Fault, InvalidInput, Refusal
from billcalc.kernel.wording import FaultCode
from billcalc.tariff.catalog import Catalog

__all__ = ["BulkResult", "calculate"]

CHUNK_ROWS = 16 * 1024
"""Rows computed at a time: their columns stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What one batch gives; bills and rejects together are as many as the rows that came in.

    Attributes:
        bills: by the chosen output (docs/bulk.md).
        rejects: row, account, field, code, message.
        billed: the number of bills.
        problems: how many bills have each problem.
    """

    bills: pa.RecordBatch
    rejects: pa.RecordBatch
    billed: int
    problems: Mapping[str, int]


def calculate(
    batches: Iterable[pa.RecordBatch],
    catalog: Catalog,
    *,
    output: Literal["totals", "components", "lines"] = "totals",
    template: Mapping[str, Any] | None = None,
    first_row: int = 1,
) -> Iterator[BulkResult]:
    """Bill every row of some batches.

    Args:
        batches: a column ``account`` and columns named by their path in the request; numbers as integers, decimals or
            digit strings, all else as strings, dates or booleans; null is what is not told.
        catalog: the tariffs.
        output: one row for each bill (``totals``), for each component of it, or for each printed line.
        template: what all rows have in common, as the data of a request.
        first_row: the number of the first row, for the rejects.

    Yields:
        A result for each batch, in order.

    Raises:
        InvalidInput: where a batch lacks the column ``account`` or a column of numbers is one of floats.
    """
    plans = Plans(catalog, template or {})
    for batch in batches:
        yield _calculate_batch(batch, plans, Output(output), catalog.version, first_row)
        first_row += batch.num_rows


def _calculate_batch(
    batch: pa.RecordBatch, plans: Plans, output: Output, tariff_set: str, first_row: int
) -> BulkResult:
    names = [name for name in batch.schema.names if name != ACCOUNT]
    if len(names) == batch.num_columns:
        raise InvalidInput([Fault(FaultCode.MISSING_KEY, "", {"key": ACCOUNT})])
    numbers = [name for name in names if is_number(name)]
    structure = [name for name in names if not is_number(name)]
    rejects = Rejects(batch.column(ACCOUNT), first_row)
    columns = {name: _column(batch, name, rejects) for name in numbers}
    results = Results(output, batch.column(ACCOUNT))
    for group in group_rows(batch, structure, numbers):
        planned = plans.of(group.key)
        if not isinstance(planned, GroupPlan):
            rejects.add(group.rows, planned, {})
            continue
        for start in range(0, len(group.rows), CHUNK_ROWS):
            rows = group.rows[start : start + CHUNK_ROWS]
            _calculate_chunk(group, planned, rows, columns, results, rejects)
    bills = results.batch(~rejects.rows, schema_metadata(tariff_set))
    return BulkResult(bills, rejects.batch(), int((~rejects.rows).sum()), results.problems)


def _column(batch: pa.RecordBatch, name: str, rejects: Rejects) -> Column:
    array = batch.column(name)
    try:
        column, wrong = as_column(array)
    except FloatColumnError as error:
        facts = {"reason": f"the column is of {error}: binary floating-point numbers have lost their digits"}
        raise InvalidInput([Fault(FaultCode.NOT_A_NUMBER, name, facts)]) from None
    for row in np.flatnonzero(wrong):
        reason = f"{array[int(row)].as_py()!r} is not an exact number"
        rejects.add(np.array([row]), Fault(FaultCode.NOT_A_NUMBER, pointer_of(name), {"reason": reason}), {})
    return column


def _calculate_chunk(
    group: Group,
    planned: GroupPlan,
    rows: NDArray[np.int64],
    columns: Mapping[str, Column],
    results: Results,
    rejects: Rejects,
) -> None:
    present = {pointer_of(name): _taken(columns[name], rows) for name, _ in group.key if is_number(name)}
    for name in planned.not_negative:
        column = present[pointer_of(name)]
        if column.low < 0:
            negative = np.broadcast_to(column.numbers < 0, rows.shape)
            rejects.add(
                rows[negative], Fault(FaultCode.NEGATIVE, pointer_of(name), {}), {"value": _taken(column, negative)}
            )
    arithmetic = ColumnArithmetic(
        {slot: _input(slot, entry, present) for slot, entry in planned.inputs.items()}, len(rows)
    )
    evaluation: Evaluation = evaluate(planned.plan, arithmetic)
    for rejection in arithmetic.rejections:
        facts = {name: _taken(column, rejection.rows) for name, column in rejection.facts.items()}
        rejects.add(rows[rejection.rows], rejection.trouble, facts)
    results.add(rows, planned.plan, evaluation, arithmetic)


def _input(slot: str, entry: Input, present: Mapping[str, Column]) -> Column:
    """A slot's column, or the one number that the template or the dates give to all rows."""
    column = present.get(slot.removesuffix("#closing"))
    return Column.constant(entry.number) if column is None else column


def _taken(column: Column, rows: NDArray[Any]) -> Column:
    """Some rows of a column, with their own bounds."""
    if column.numbers.ndim == 0:
        return column
    return Column.of(column.numbers[rows], column.scale)
