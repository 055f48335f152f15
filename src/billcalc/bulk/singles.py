"""Rows that columns are not for, billed one by one with plain values: the same to the last digit."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import pyarrow as pa

from billcalc.billing.evaluate import Evaluation, evaluate
from billcalc.billing.plan import Plan
from billcalc.billing.request import Request
from billcalc.bulk.column import Column
from billcalc.bulk.doubts import doubts_of_single
from billcalc.bulk.groups import Key
from billcalc.bulk.output import COLUMNS, SCALARS, Asked, Collector, unstorable_rows
from billcalc.bulk.paths import pointer_of
from billcalc.bulk.plans import GroupPlan, Plans
from billcalc.bulk.rejects import Rejects, failure, too_long
from billcalc.kernel.decimals import last_digit_of, parse_decimal
from billcalc.kernel.scalars import Input, PlainArithmetic, number_of
from billcalc.kernel.slots import LAST_DIGIT, Slot
from billcalc.kernel.troubles import InvalidInput, Refused
from billcalc.kernel.values import Value

__all__ = ["calculate_few", "calculate_single"]


def calculate_single(
    batch: pa.RecordBatch, row: int, key: Key, plans: Plans, results: Sequence[Collector], rejects: Rejects
) -> None:
    """Bill one row of a batch; where the program fails, the row is rejected with that."""
    numbers = {name: batch.column(name)[row].as_py() for name in key.numbers}
    request = partial(plans.request_of, key, numbers)
    _calculate(row, partial(plans.single, key, numbers), request, results, rejects, SCALARS)


def calculate_few(
    batch: pa.RecordBatch,
    rows: Iterable[int],
    key: Key,
    plans: Plans,
    planned: GroupPlan,
    results: Sequence[Collector],
    rejects: Rejects,
) -> None:
    """Bill rows of a plan one after the other, where they are too few for columns."""
    for row in rows:
        numbers = {name: batch.column(name)[row].as_py() for name in key.numbers}
        told = {pointer_of(name): number for name, number in numbers.items()}
        inputs = {slot: _input(slot, entry, told) for slot, entry in planned.inputs.items()}
        request = partial(plans.request_of, key, numbers)
        _calculate(row, partial(_known, planned.plan, inputs), request, results, rejects, COLUMNS)


def _known(plan: Plan, inputs: Mapping[Slot, Input]) -> tuple[Plan, Mapping[Slot, Input]]:
    return plan, inputs


def _input(slot: Slot, entry: Input, told: Mapping[str, object]) -> Input:
    """The number of a slot in a row, or the one that the template or the dates give to all rows."""
    if slot.where not in told:
        return entry
    number = parse_decimal(told[slot.where])
    return Input(last_digit_of(number) if slot.use == LAST_DIGIT else number, entry.unit, entry.term, entry.of)


def _calculate(
    row: int,
    planned: Callable[[], tuple[Plan, Mapping[Slot, Input]]],
    request: Callable[[], Request],
    results: Sequence[Collector],
    rejects: Rejects,
    path: str,
) -> None:
    rows = np.array([row])
    try:
        plan, inputs = planned()
        arithmetic = PlainArithmetic(inputs)
        alone = evaluate(plan, arithmetic)
        total, evaluation = number_of(alone.total), _in_columns(alone)
        unfit = [(too_long(places), column) for _, column, places in unstorable_rows(evaluation, 1)]
        everything = np.ones(1, dtype=np.bool_)
        problems = [(everything, problem) for problem in arithmetic.problems]
        if any(each.doubts_too for each in results):
            problems += doubts_of_single(plan, inputs, total)
    except InvalidInput as invalid:
        rejects.add(rows, invalid.faults[0], {})
    except Refused as refused:
        rejects.add(rows, refused.refusal, {})
    except Exception as error:  # noqa: BLE001 - whatever it is, it is this row's
        rejects.add(rows, failure(error), {})
    else:
        for trouble, column in unfit:
            rejects.add(rows, trouble, {"value": column})
        asked = Asked(request, {}, alone)
        for each in results:
            each.add(rows, plan, evaluation, problems, billed=~rejects.rows[rows], asked=asked, path=path)


def _in_columns(evaluation: Evaluation) -> Evaluation:
    """The values as columns of one row, which is what the results take."""
    lines = tuple(
        replace(line, amount=_column(line.amount), quantity=_optional(line.quantity), price=_optional(line.price))
        for line in evaluation.lines
    )
    facts = replace(evaluation.facts, energy=_optional(evaluation.facts.energy))
    return replace(evaluation, lines=lines, facts=facts, total=_column(evaluation.total))


def _optional(value: Value | None) -> Column | None:
    return None if value is None else _column(value)


def _column(value: Value) -> Column:
    return Column.constant(number_of(value))
