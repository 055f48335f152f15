"""Batches of requests in, batches of bills out: streaming, in memory bounded by the batch."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from billcalc.billing.evaluate import Evaluation, evaluate
from billcalc.billing.request import Request
from billcalc.bulk.arithmetic import ColumnArithmetic
from billcalc.bulk.arrow import as_column, last_digits
from billcalc.bulk.cells import check_columns, plain_cells
from billcalc.bulk.column import Column, Mask
from billcalc.bulk.doubts import doubts_of_column
from billcalc.bulk.equalities import find_equalities
from billcalc.bulk.groups import Group, group_rows
from billcalc.bulk.keys import Told, keys_of, no_requests, told_twice
from billcalc.bulk.meters import renamed_meters
from billcalc.bulk.money import money_of_rows
from billcalc.bulk.output import Asked, ByPlace, Collector, Output, Results, Wanted, schema_metadata, unstorable_rows
from billcalc.bulk.paths import ACCOUNT, check_places, is_number, pointer_of
from billcalc.bulk.plans import GroupPlan, Limits, Plans
from billcalc.bulk.point import PointName, renamed_point
from billcalc.bulk.rejects import Rejects, failure, too_long
from billcalc.bulk.singles import calculate_few, calculate_single
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import NumberError, parse_decimal
from billcalc.kernel.scalars import Input
from billcalc.kernel.slots import LAST_DIGIT, Slot
from billcalc.kernel.troubles import Fault
from billcalc.kernel.why import Why
from billcalc.tariff.catalog import Catalog
from billcalc.words.language import Language

__all__ = ["BulkResult", "calculate", "calculate_batch"]

CHUNK_ROWS = 8 * 1024
"""Rows computed at a time: their columns stay in the processor's cache."""

SPAN_ROWS = 64 * 1024
"""Rows whose results are kept at a time, until they are put into columns."""

FEW_ROWS = 3
"""Rows of a structure up to which one after the other is sooner: arrays take as long for one as for hundreds."""


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What one batch gives; bills and rejects together are as many as the rows that came in.

    Attributes:
        bills: by the chosen output (docs/bulk.md).
        rejects: row, account, field, code, message.
        billed: the number of bills.
        problems: how many bills have each problem, and at how many rows the program failed; undocumented conventions
            are counted for the output ``problems``.
        beside: the tables of the further outputs that were asked for.
    """

    bills: pa.RecordBatch
    rejects: pa.RecordBatch
    billed: int
    problems: Mapping[str, int]
    beside: tuple[pa.RecordBatch, ...] = ()


@dataclass(frozen=True, slots=True)
class _Planned:
    """Rows of one structure, their plan, and the request that stands for all of theirs."""

    group: Group
    planned: GroupPlan
    request: Callable[[], Request]


def calculate(
    batches: Iterable[pa.RecordBatch],
    catalog: Catalog,
    *,
    output: Literal["totals", "components", "lines", "problems"] = "totals",
    template: Mapping[str, Any] | None = None,
    first_row: int = 1,
) -> Iterator[BulkResult]:
    """Bill every row of some batches.

    Args:
        batches: a column ``account`` and columns named by their path in the request; numbers as integers, decimals or
            digit strings, all else as strings, dates or booleans; null is what is not told.
        catalog: the tariffs.
        output: one row for each bill (``totals``), or for each component, printed line or problem of it.
        template: what all rows have in common, as the data of a request.
        first_row: the number of the first row, for the rejects.

    Yields:
        A result for each batch, in order.

    Raises:
        InvalidInput: see ``check_columns`` and ``check_places``.
    """
    common = template or {}
    plans = Plans(catalog, common, currency=money_of_rows(common, catalog, Output(output)))
    told = Told()
    for batch in batches:
        check_columns(batch.schema)
        repeats = told.repeats(keys_of(plain_cells(batch), plans.template), first_row)
        accounts = batch.column(ACCOUNT)
        known = {row: told_twice(str(accounts[row].as_py()), earlier, "this table") for row, earlier in repeats}
        yield calculate_batch(batch, plans, Output(output), first_row=first_row, known=known)
        first_row += batch.num_rows


def calculate_batch(
    batch: pa.RecordBatch,
    plans: Plans,
    output: Wanted,
    *beside: Wanted,
    first_row: int,
    known: Mapping[int, Fault] = MappingProxyType({}),
    language: Language = Language.ENGLISH,
) -> BulkResult:
    """Bill the rows of one batch, for one output or several; see ``calculate``.

    Args:
        batch: of rows.
        plans: of their structures.
        output: what is wanted of each bill.
        *beside: further outputs.
        first_row: its number.
        known: what is known to be wrong with some rows of the batch.
        language: of the messages of rejects.
    """
    check_columns(batch.schema)
    check_places(batch.schema.names, plans.template)
    batch, point = _cells(batch, plans, output, *beside)
    names = [name for name in batch.schema.names if name != ACCOUNT]
    numbers = [name for name in names if is_number(name)]
    structure = [name for name in names if not is_number(name)]
    accounts = batch.column(ACCOUNT)
    rejects = Rejects(accounts, first_row, language, point)
    for row, fault in no_requests(batch):
        rejects.add(np.array([row]), fault, {})
    for row, fault in known.items():
        rejects.add(np.array([row]), fault, {})
    outside = np.zeros(batch.num_rows, dtype=np.bool_)
    columns = {name: _column(batch, name, rejects, outside) for name in numbers}
    results = [each.collector(accounts) for each in (output, *beside)]
    equalities = find_equalities(columns, plans.template, batch.num_rows)
    held = plans.held(names)
    for group in group_rows(batch, structure, numbers, equalities, held):
        limits, planned = plans.of(group.key)
        together, alone = group.rows[~outside[group.rows]], [*group.rows[outside[group.rows]]]
        _check_limits(limits, together, columns, rejects)
        if isinstance(planned, GroupPlan) and len(together) <= FEW_ROWS:
            left = [int(row) for row in together if not rejects.rows[row]]
            calculate_few(batch, left, group.key, plans, planned, results, rejects)
        elif isinstance(planned, GroupPlan):
            made = _Planned(group, planned, cache(partial(plans.placeholder, group.key)))
            alone = [*alone, *_calculate_together(batch, made, together, columns, results, rejects)]
        else:
            rejects.add(together, planned, {})
        for row in alone:
            if not rejects.rows[row]:
                calculate_single(batch, int(row), group.key, plans, results, rejects)
    metadata = schema_metadata(plans.catalog.version, plans.currency)
    bills, *others = (each.batch(metadata) for each in results)
    billed = int((~rejects.rows).sum())
    problems = dict(results[0].problems)
    if rejects.failed:
        problems[FaultCode.INTERNAL.value] = rejects.failed
    return BulkResult(bills, rejects.batch(), billed, problems, tuple(others))


def _cells(batch: pa.RecordBatch, plans: Plans, *wanted: Wanted) -> tuple[pa.RecordBatch, PointName | None]:
    """The plain cells of a batch; outputs other than ours may tell of the meters and points of a request, by ids."""
    batch = plain_cells(batch)
    ours = all(isinstance(each, Output | ByPlace) for each in wanted)
    return renamed_point(renamed_meters(batch, plans.template), plans.template) if ours else (batch, None)


def _column(batch: pa.RecordBatch, name: str, rejects: Rejects, outside: NDArray[np.bool_]) -> Column:
    """A column of numbers; rows without an exact number are rejected, those with too many digits noted as outside."""
    array = batch.column(name)
    read = as_column(array)
    outside |= read.outside
    for row in np.flatnonzero(read.wrong):
        why = _what_is_wrong(array[int(row)].as_py())
        facts = {"reason": why.reason, **why.facts}
        rejects.add(np.array([row]), Fault(FaultCode.NOT_A_NUMBER, pointer_of(name), facts), {})
    return read.column


def _what_is_wrong(value: object) -> Why:
    """What a single request would be told of something that is no number."""
    why: Why | None = None
    try:
        parse_decimal(value)
    except NumberError as error:
        why = error.why
    assert why is not None, "what is a number was read as none"
    return why


def _check_limits(limits: Limits, rows: NDArray[np.int64], columns: Mapping[str, Column], rejects: Rejects) -> None:
    """Reject the rows whose numbers the request's own fields refuse."""
    for name in limits.not_negative:
        if columns[name].low < 0:
            column = columns[name].of_rows(rows)
            fault = Fault(FaultCode.NEGATIVE, pointer_of(name), {})
            _reject(rows, column < 0, fault, column, rejects)
    for name, where in limits.at_most_one.items():
        column = columns[name].of_rows(rows)
        _reject(rows, column > 1, Fault(FaultCode.OUT_OF_RANGE, where, {"range": "0..1"}), column, rejects)


def _reject(rows: NDArray[np.int64], broken: Mask, fault: Fault, column: Column, rejects: Rejects) -> None:
    concerned = np.broadcast_to(broken.rows, rows.shape)
    rejects.add(rows[concerned], fault, {"value": column.of_rows(concerned)})


def _calculate_together(
    batch: pa.RecordBatch,
    made: _Planned,
    rows: NDArray[np.int64],
    columns: Mapping[str, Column],
    results: Sequence[Collector],
    rejects: Rejects,
) -> list[int]:
    """Bill the rows of a group in columns; those that are left are found by halves and have to be billed alone."""
    left = []
    for start in range(0, len(rows), SPAN_ROWS):
        span = _calculate_span(batch, made, rows[start : start + SPAN_ROWS], columns, results, rejects)
        chunks = [span[begin : begin + CHUNK_ROWS] for begin in range(0, len(span), CHUNK_ROWS)]
        while chunks:
            chunk = chunks.pop()
            if not _calculate_chunk(batch, made, chunk, columns, results, rejects):
                if len(chunk) == 1:
                    left.append(int(chunk[0]))
                else:
                    chunks += np.array_split(chunk, 2)
    return left


def _calculate_span(
    batch: pa.RecordBatch,
    made: _Planned,
    rows: NDArray[np.int64],
    columns: Mapping[str, Column],
    results: Sequence[Collector],
    rejects: Rejects,
) -> NDArray[np.int64]:
    """Bill some rows of a group by the tape of its plan; those that are left are for the rules."""
    taking = [each for each in results if isinstance(each, Results) and not each.doubts_too]
    if len(taking) < len(results):
        return rows
    planned = made.planned
    present, inputs = _inputs(batch, made, rows, columns)
    told = {slot: column for slot, column in inputs.items() if slot.where in present}
    taken = planned.taped.taken(taking, told, len(rows))
    if taken is None:
        return rows
    billed = ~rejects.rows[rows] if taken.held is None else taken.held & ~rejects.rows[rows]
    for each, picked in zip(taking, taken.picked, strict=True):
        each.take(rows, planned.plan, picked, taken.problems, billed=billed)
    return rows[:0] if taken.held is None else rows[~taken.held]


def _calculate_chunk(
    batch: pa.RecordBatch,
    made: _Planned,
    rows: NDArray[np.int64],
    columns: Mapping[str, Column],
    results: Sequence[Collector],
    rejects: Rejects,
) -> bool:
    """Bill some rows of a group at one time; False, and nothing is done, where the program fails at one of them."""
    planned = made.planned
    present, inputs = _inputs(batch, made, rows, columns)
    arithmetic = ColumnArithmetic(inputs, len(rows))
    try:
        evaluation: Evaluation = evaluate(planned.plan, arithmetic)
        unfit = list(unstorable_rows(evaluation, len(rows)))
        problems = arithmetic.problems
        if any(each.doubts_too for each in results):
            problems = [*problems, *doubts_of_column(planned.plan, inputs, evaluation.total, len(rows))]
    except Exception as error:  # noqa: BLE001 - whatever it is, it is of one of these rows, which is then found
        failure(error)
        return False
    for rejection in arithmetic.rejections:
        facts = {name: column.of_rows(rejection.rows) for name, column in rejection.facts.items()}
        rejects.add(rows[rejection.rows], rejection.trouble, facts)
    for unstorable, column, places in unfit:
        rejects.add(rows[unstorable], too_long(places), {"value": column.of_rows(unstorable)})
    for each in results:
        asked = Asked(made.request, present, evaluation, arithmetic.told)
        each.add(rows, planned.plan, evaluation, problems, billed=~rejects.rows[rows], asked=asked)
    return True


def _inputs(
    batch: pa.RecordBatch, made: _Planned, rows: NDArray[np.int64], columns: Mapping[str, Column]
) -> tuple[Mapping[str, Column], dict[Slot, Column]]:
    """The numbers of some rows of a group by their places, and those of all slots."""
    names = {pointer_of(name): name for name in made.group.key.numbers}
    stretch = slice(int(rows[0]), int(rows[-1]) + 1) if rows[-1] - rows[0] == len(rows) - 1 else rows
    present = {pointer: columns[name].of_rows(stretch) for pointer, name in names.items()}
    inputs = {slot: _input(slot, entry, present) for slot, entry in made.planned.inputs.items()}
    for slot in (each for each in inputs if each.use == LAST_DIGIT and each.where in names):
        inputs[slot] = last_digits(batch.column(names[slot.where]).take(pa.array(rows)), present[slot.where])
    return present, inputs


def _input(slot: Slot, entry: Input, present: Mapping[str, Column]) -> Column:
    """A slot's column, or the one number that the template or the dates give to all rows."""
    column = present.get(slot.where)
    return Column.constant(entry.number) if column is None else column
