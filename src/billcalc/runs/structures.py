"""Rows of one structure as bills that are searched together: numbers that stand for theirs, and the causes there are.

A plan knows nothing of a customer's numbers, so the request of a structure has others that stand for them. Whatever a
cause does with a number, takes another register's, twice it, or none, is known again in the plan by what stands there;
what a cause computes of the bill itself gets a number of its own to stand for it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial, reduce
from typing import Any

import numpy as np
import pyarrow as pa

from billcalc.audit.diagnose.cause import Instance, Situation, pointer_of
from billcalc.audit.diagnose.causes import CAUSES
from billcalc.audit.diagnose.causes.cosphi_cut import COSPHI_CUT, cosphi_cause, other_cosphis
from billcalc.audit.diagnose.causes.demand_multiplier import DEMAND_MULTIPLIER, demand_cause, shown_demands
from billcalc.audit.diagnose.diagnosis import Recomputed, canonical
from billcalc.audit.diagnose.documents import in_force
from billcalc.audit.diagnose.pricing import Repricing
from billcalc.audit.diagnose.stacked import Bills, Fen, Mask, Stacked, column_of, number_at
from billcalc.billing.evaluate import evaluate
from billcalc.billing.facts import ScopeFacts
from billcalc.billing.request import Request
from billcalc.bulk.arithmetic import ColumnArithmetic
from billcalc.bulk.arrow import as_column
from billcalc.bulk.column import Column
from billcalc.bulk.groups import Group, Key
from billcalc.bulk.paths import pointer_of as pointer_of_name
from billcalc.bulk.plans import Plans
from billcalc.kernel.decimals import decimal_text, parse_decimal
from billcalc.kernel.slots import LAST_DIGIT
from billcalc.kernel.troubles import InvalidInput, Refused
from billcalc.metering.models import ReadingKind
from billcalc.tariff.catalog import Catalog
from billcalc.vocabulary import Kind

__all__ = ["Standing", "Structure", "standing_of", "structure_of"]

_STEP = Decimal("0.0000001")
_FIRST = Decimal("0.1")
"""Numbers that stand for others are below one, so that they may be shares, and have more decimals than bills have."""
_TIMES = (2, -1)
"""How often a cause takes a number: a line twice, or with the other sign."""
_READ_ON = frozenset((ReadingKind.OPENING, ReadingKind.CLOSING, ReadingKind.CUT))


@dataclass(frozen=True, slots=True)
class Structure:
    """The rows of a group.

    Attributes:
        request: the one with the numbers that stand for theirs.
        bills: their numbers.
        own: the causes that compute a number of each bill.
        standing: of causes that were told, the facts that are numbers of each bill, with their pointers.
    """

    request: Request
    repricing: Repricing
    bills: Bills
    own: tuple[Instance, ...]
    standing: dict[Instance, dict[str, str]] = field(default_factory=dict)

    def words(self, situation: Situation) -> list[Instance]:
        """The causes of words, rules and documents, and those that compute a number of each bill."""
        computing = {COSPHI_CUT.code, DEMAND_MULTIPLIER.code}
        found = (each for cause in CAUSES if cause.code not in computing for each in cause.find(situation))
        return [*found, *self.own]

    def of_rows(self, rows: Fen) -> Stacked:
        """Some of the rows."""
        columns = {pointer: column.of_rows(rows) for pointer, column in self.bills.columns.items()}
        texts = {pointer: _shifted(text, rows) for pointer, text in self.bills.texts.items()}
        missing = {cause: mask[rows] for cause, mask in self.bills.missing.items()}
        return Stacked(self.repricing, Bills(len(rows), columns, texts, self.bills.stand_ins, missing))

    def told(self, cause: Instance, row: int) -> Instance:
        """A cause with the numbers of a row in what is told of it; a wrong number was found in the row itself."""
        if cause.is_number:
            return cause
        if cause not in self.standing:
            texts = {name: self._stand_in(told) for name, told in cause.facts.items()}
            self.standing[cause] = {name: where for name, where in texts.items() if where is not None}
        standing = self.standing[cause]
        own = {name: self.bills.texts[where](row) for name, where in standing.items()}
        return replace(cause, facts={**cause.facts, **own}) if own else cause

    def _stand_in(self, told: str) -> str | None:
        if not told.startswith("0.1"):
            return None
        return self.bills.stand_ins.get(Decimal(told), (None, 0))[0]


def _shifted(text: Any, rows: Fen) -> Any:
    return lambda row: text(int(rows[row]))


@dataclass(frozen=True, slots=True)
class Standing:
    """What is planned of a structure: once, for whatever rows of it come.

    Attributes:
        request: the one with the numbers that stand for those of rows.
        repricing: its plans under causes.
        numbers: what stands for each number, by pointer.
        names: the columns of them.
    """

    request: Request
    repricing: Repricing
    numbers: Mapping[str, Decimal]
    names: Mapping[str, str]


def standing_of(key: Key, plans: Plans, tariffs: Catalog) -> Standing | None:
    """What is planned of a structure; None where its rows have to be looked at one by one.

    That is where a plan knows more of their numbers: which of two entries are equal, how many decimals one is written
    with, months; and where a meter was exchanged or went through zero, for then causes replace whole readings.

    Args:
        key: of the rows.
        plans: of the structures.
        tariffs: those that the rows ask for, of their area.
    """
    names = {pointer_of_name(name): name for name in key.numbers}
    numbers = {pointer: _FIRST + place * _STEP for place, pointer in enumerate(names, start=1)}
    told = {names[pointer]: decimal_text(number) for pointer, number in numbers.items()}
    try:
        request = plans.request_of(key, told)
        data = canonical(request)
        repricing = Repricing(data, tariffs)
        planned = repricing.planned(())
    except (InvalidInput, Refused):
        return None
    if len(data["agreement"]) > 1 or len(planned) > 1 or not _is_read_on(data):
        return None
    [(_, inputs)] = planned
    if any(slot.use == LAST_DIGIT for slot in inputs):
        return None
    return Standing(request, repricing, numbers, names)


def structure_of(batch: pa.RecordBatch, group: Group, standing: Standing, ours: Recomputed) -> Structure:
    """What the rows of a group have in common, and their numbers.

    Args:
        batch: of plain cells.
        group: the rows.
        standing: what is planned of them.
        ours: the bill of the first row, as it should be.
    """
    numbers, names = standing.numbers, standing.names
    columns = {pointer: as_column(batch.column(name)).column.of_rows(group.rows) for pointer, name in names.items()}
    texts = {pointer: _texts(batch.column(name), group.rows) for pointer, name in names.items()}
    stand_ins = {number: (pointer, 1) for pointer, number in numbers.items()}
    stand_ins.update({number * times: (stand_ins[number][0], times) for number in numbers.values() for times in _TIMES})
    bills = Bills(len(group.rows), columns, texts, stand_ins)
    stacked = Stacked(standing.repricing, bills)
    [(plan, inputs)] = standing.repricing.planned(())
    evaluated = evaluate(plan, ColumnArithmetic(stacked.columns(inputs), bills.rows))
    own = [
        *_cosphis(evaluated.facts.scopes, bills.rows, ours),
        *_demands(canonical(standing.request), bills),
    ]
    return _with_own(Structure(standing.request, standing.repricing, bills, ()), own, len(numbers))


@dataclass(frozen=True, slots=True)
class _Own:
    """A cause that computes a number of each bill.

    Attributes:
        made: the cause of what stands for the right number and for the wrong one.
        wrong: the number of each bill; 0 where there is none.
        right: that of each bill as it should be.
        missing: the bills for which the cause is not there.
    """

    made: Callable[[str, str], Instance]
    wrong: Column
    right: Column
    missing: Mask


def _with_own(structure: Structure, own: Sequence[_Own], taken: int) -> Structure:
    """The structure with the causes that compute a number, each with numbers that stand for it."""
    bills, causes = structure.bills, []
    columns, texts = dict(bills.columns), dict(bills.texts)
    stand_ins, missing = dict(bills.stand_ins), dict(bills.missing)
    for place, each in enumerate(own):
        told = []
        for number, column in enumerate((each.right, each.wrong), start=1 + taken + 2 * place):
            stands, pointer = _FIRST + number * _STEP, f"own {number}"
            columns[pointer], texts[pointer], stand_ins[stands] = column, partial(_text_of, column), (pointer, 1)
            told.append(decimal_text(stands))
        causes.append(each.made(*told))
        missing[causes[-1]] = each.missing
    made = Bills(bills.rows, columns, texts, stand_ins, missing)
    return replace(structure, bills=made, own=tuple(causes))


def _text_of(column: Column, row: int) -> str:
    return decimal_text(number_at(column, row))


def _cosphis(scopes: Sequence[ScopeFacts], rows: int, ours: Recomputed) -> Iterator[_Own]:
    stated = in_force(ours.tariffs, ours.request, Kind.POWER_FACTOR_RULES)
    for scope in scopes:
        active, reactive, right = scope.active, scope.reactive, scope.cosphi
        if stated is None or active is None or reactive is None or right is None:
            continue
        assert isinstance(active, Column), "columns were computed"
        assert isinstance(reactive, Column), "columns were computed"
        assert isinstance(right, Column), "columns were computed"
        told = [other_cosphis(number_at(active, row), number_at(reactive, row), stated.rounding) for row in range(rows)]
        for value in ("cut", "up"):
            numbers = [each[value] for each in told]
            is_none = [each is None or each == number_at(right, row) for row, each in enumerate(numbers)]
            wrong = column_of([Decimal() if each is None else each for each in numbers])
            yield _Own(partial(cosphi_cause, scope.scope, value), wrong, right, np.array(is_none, dtype=np.bool_))


def _demands(data: Mapping[str, Any], bills: Bills) -> Iterator[_Own]:
    for name, points in shown_demands(data).items():
        wrong = Column.constant(0)
        for told in points:
            shown = [
                bills.columns.get(pointer_of(path)) or Column.constant(parse_decimal(text))
                for path, text in told.items()
            ]
            wrong = wrong + reduce(Column.maximum, shown, Column.constant(0))
        missing = np.broadcast_to(wrong.numbers == 0, (bills.rows,))
        yield _Own(partial(_demand_cause, name), wrong, wrong, np.array(missing, dtype=np.bool_))


def _demand_cause(name: str, right: str, wrong: str) -> Instance:
    return demand_cause(name, wrong)


def _is_read_on(data: Mapping[str, Any]) -> bool:
    """Whether no meter was exchanged and no register went through zero."""
    readings = [each for point in data.get("metering_points", ()) for each in point.get("readings", ())]
    return all(each["kind"] in _READ_ON and not each.get("rollover") for each in readings)


def _texts(column: pa.Array, rows: Fen) -> Any:
    return lambda row: decimal_text(parse_decimal(column[int(rows[row])].as_py()))
