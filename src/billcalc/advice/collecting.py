"""The ways of many months at once: what a run collects of each, in columns, for accounts to be advised on.

Each variant of a structure is planned once and evaluated for all rows; a row that stands alone is a column of one.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from billcalc.advice.basic import NotAdvised, why_not_basic
from billcalc.advice.choosing import WAYS
from billcalc.advice.compensating import best_step, most_reactive, with_reactive
from billcalc.advice.editing import basic_of, with_basic, with_energies
from billcalc.advice.months import AskedMonth
from billcalc.advice.rules import law_on, start_of
from billcalc.advice.shifting import Counted, Shift, counted_energies, moved_energies
from billcalc.agreement.models import BasicMode
from billcalc.billing.calculate import wanted_tariffs
from billcalc.billing.charges.basic.breaks import ContractBreaks, contract_breaks
from billcalc.billing.charges.basic.charge import BASIC
from billcalc.billing.charges.power_factor.charge import POWER_FACTOR
from billcalc.billing.evaluate import Evaluation, evaluate
from billcalc.billing.kept import KeptPlan, kept_plan
from billcalc.billing.plan import Plan
from billcalc.billing.request import Request
from billcalc.bulk.arithmetic import ColumnArithmetic
from billcalc.bulk.arrow import decimal_array
from billcalc.bulk.assembly import Part, Places
from billcalc.bulk.column import Column
from billcalc.bulk.keys import called_alike
from billcalc.bulk.output import COLUMNS, Asked
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.decimals import ONE, ZERO
from billcalc.kernel.troubles import InvalidInput, Problem, Refused, Severity
from billcalc.kernel.values import Value, absolute, choose, total
from billcalc.metering.models import ENERGY_REGISTERS
from billcalc.tariff.catalog import Catalog

__all__ = ["MONEY", "NAMES", "STEP_KW", "AdviceWanted", "ContractWanted"]

MONEY = ("paid", "capacity", "actual", "at_none", "at_floor", "below_limit", "at_limit", "above", "own", "shifted",
         "compensated", "one")  # fmt: skip
NAMES = (
    *("first_day", "end_day", "way", "kept_months", "by_month", "changed", "why", "doubted", "floor", "limit"),
    *("own_kw", "moved", "kvar"),
    *MONEY[:-1],
)
"""What is told of a month; of what cannot be billed nothing."""
STEP_KW = 1000
"""How far above its last bend a month is billed to tell how its line goes on [kW]."""
_PLACES: Mapping[str, int] = {**dict.fromkeys(NAMES, 0), **dict.fromkeys(MONEY, 2), "moved": 8}
_WHYS = tuple(NotAdvised)
_EXEMPT = len(WAYS)
_HOURS = 24


@dataclass(frozen=True, slots=True)
class AdviceWanted:
    """What a run collects for advice.

    Attributes:
        catalog: the tariffs.
        shift: how much load is moved.
    """

    catalog: Catalog
    shift: Shift

    @property
    def value(self) -> str:
        """What it is called."""
        return f"advice {self.shift}"

    def collector(self, accounts: pa.Array) -> "_Collected":
        """What collects it of a batch."""
        return _Collected(accounts, NAMES, lambda made: _of_month(made, self.shift), self.catalog)


@dataclass(frozen=True, slots=True)
class ContractWanted:
    """What months are billed with one contract for each account.

    Attributes:
        catalog: the tariffs.
        accounts: those that have one.
        contracts: theirs [kW].
    """

    catalog: Catalog
    accounts: pa.Array
    contracts: NDArray[np.int64]

    @property
    def value(self) -> str:
        """What it is called."""
        return "one contract"

    def collector(self, accounts: pa.Array) -> "_Collected":
        """What collects it of a batch."""
        places = pa.compute.index_in(called_alike(accounts), value_set=called_alike(self.accounts))
        known = places.is_valid().to_numpy(zero_copy_only=False)
        contracts = np.zeros(len(accounts), dtype=np.int64)
        contracts[known] = self.contracts[places.filter(places.is_valid()).to_numpy()]

        def of_month(made: "_Month") -> Mapping[str, Value | None]:
            rows = made.rows
            if not known[rows].any():
                return {}
            contracted = made.contracted()
            return {} if contracted is None else {"one": contracted.at(Column.of(contracts[rows], 0))}

        return _Collected(accounts, ("one",), of_month, self.catalog)


@dataclass(frozen=True, slots=True)
class _Variant:
    """What rows are billed by a plan."""

    kept: KeptPlan
    evaluation: Evaluation
    arithmetic: ColumnArithmetic


class _Apart(Exception):
    """Some of the rows cannot be billed so, and are told apart from the others."""

    def __init__(self, rows: NDArray[np.bool_]) -> None:
        self.rows = rows
        super().__init__()


@dataclass(frozen=True, slots=True)
class _Month:
    """Rows of one structure.

    Attributes:
        rows: their places in the batch.
        numbers: by pointer, where they have their own.
        present: as they were asked for.
    """

    rows: NDArray[np.int64]
    request: Request
    numbers: Mapping[str, Column]
    catalog: Catalog
    plan: Plan
    present: Evaluation
    doubted: NDArray[np.bool_]

    def variant(self, request: Request, assigned: Mapping[str, Value] | None = None) -> _Variant | None:
        """What the rows are billed by another request, and with some other numbers; None where they are not.

        Raises:
            _Apart: where some of several are not.
        """
        try:
            kept, numbers = kept_plan(request, wanted_tariffs(request, self.catalog))
        except (Refused, InvalidInput):
            return None
        told = {**self.numbers, **(assigned or {})}
        inputs = {
            slot: _column(told[slot.where]) if slot.where in told and not slot.use else Column.constant(entry.number)
            for slot, entry in kept.inputs_of(numbers).items()
        }
        arithmetic = ColumnArithmetic(inputs, len(self.rows))
        evaluation = evaluate(kept.plan, arithmetic)
        refused = np.zeros(len(self.rows), dtype=np.bool_)
        for rejection in arithmetic.rejections:
            refused |= rejection.rows
        if refused.any() and len(self.rows) > 1:
            raise _Apart(refused)
        return None if refused.any() else _Variant(kept, evaluation, arithmetic)

    def of(self, rows: NDArray[np.bool_]) -> "_Month":
        """Some of the rows."""
        numbers = {where: column.of_rows(rows) for where, column in self.numbers.items()}
        some = replace(self, rows=self.rows[rows], numbers=numbers, doubted=self.doubted[rows])
        alone = some.variant(self.request)
        assert alone is not None, "what was billed is billed again"
        return replace(some, present=alone.evaluation)

    def contracted(self) -> "_Contracted | None":
        """The rows by contract; None where that cannot be told in columns."""
        points = {name: ZERO for each in self.request.agreement for name in each.supply_points}
        request, changes = with_basic(self.request, BasicMode.CONTRACTED, points)
        none = self.variant(request)
        if none is None:
            return None
        breaks = contract_breaks(none.kept.plan.charges.of(BASIC), none.evaluation.facts, none.arithmetic)
        if len(breaks) != 1 or breaks[0].metered is None or len(breaks[0].over_steps) != 1:
            return None
        return _Contracted(self, request, [where for where in changes if "/contracts/" in where], none, breaks[0])


@dataclass(frozen=True, slots=True)
class _Contracted:
    """Rows by contract.

    Attributes:
        places: of their contracts in the request.
        none: with a contract of 0 kW.
    """

    month: _Month
    request: Request
    places: Sequence[str]
    none: _Variant
    breaks: ContractBreaks

    def at(self, contract: Column) -> Value:
        """What is billed with contracts [kW]."""
        found = self.month.variant(self.request, dict.fromkeys(self.places, contract))
        assert found is not None, "what can be billed with one contract can be with others"
        return found.evaluation.total

    def samples(self) -> Mapping[str, Value]:
        """What is billed on both sides of each bend, and above the last."""
        metered, share = self.breaks.metered, ONE + self.breaks.over_steps[0].above
        assert metered is not None, "a demand was read"
        floor, limit = _up(_column(self.breaks.floor), ONE), _up(_column(metered), share)
        below = (limit - 1).maximum(floor)
        top = limit.maximum(floor)
        at = {"at_floor": self.at(floor), "below_limit": self.at(below), "at_limit": self.at(top)}
        at |= {"at_none": self.none.evaluation.total, "above": self.at(top + STEP_KW)}
        best: Value = (floor - 1).maximum(floor * 0)
        own = at["at_none"]
        for contract, money in ((floor, at["at_floor"]), (below, at["below_limit"]), (top, at["at_limit"])):
            best, own = choose(money <= own, contract, best), choose(money <= own, money, own)
        return {"floor": floor, "limit": limit, **at, "own_kw": best, "own": own}


def _column(value: Value) -> Column:
    assert isinstance(value, Column), "many months are columns"
    return value


def _up(column: Column, share: Decimal) -> Column:
    """The least whole numbers that are not below a column ÷ a share."""
    places = max(0, -int(share.as_tuple().exponent))
    below = int(share.scaleb(places)) * 10**column.scale
    numbers = -(-column.numbers * 10**places // below)
    return Column.of(np.atleast_1d(numbers), 0) if numbers.shape else Column.constant(Decimal(int(numbers)))


def _of_month(month: _Month, shift: Shift) -> Mapping[str, Value | None]:
    """Everything that is told of a month."""
    request, catalog = month.request, wanted_tariffs(month.request, month.catalog)
    law, start = law_on(catalog, request), start_of(request)
    why = why_not_basic(AskedMonth(request), catalog)
    mode = basic_of(request).mode
    facts = {
        "first_day": request.period.start.toordinal(),
        "end_day": request.period.end.toordinal(),
        "way": WAYS.index(mode) if mode in WAYS else _EXEMPT,
        "kept_months": 0 if law is None or law.mode is None else law.mode.months,
        "by_month": int(law is not None and law.contract_by_month),
        "changed": 0 if start.changed is None else start.changed.toordinal(),
        "why": -1 if why is None else _WHYS.index(why),
    }
    found: dict[str, Value | None] = {name: Column.constant(number) for name, number in facts.items()}
    found |= {"paid": month.present.total, "doubted": Column.of(month.doubted.astype(np.int64), 0)}
    if why is None:
        ways = {mode, *(() if law is None else law.ways)}
        found |= _ways(month, mode, ways)
    return {**found, **_shifted(month, shift), **_compensated(month)}


def _ways(month: _Month, mode: BasicMode, ways: set[BasicMode]) -> Mapping[str, Value | None]:
    found: dict[str, Value | None] = {mode.value: month.present.total} if mode is not BasicMode.CONTRACTED else {}
    for way in (BasicMode.CAPACITY, BasicMode.ACTUAL):
        if way is not mode and way in ways:
            other = month.variant(with_basic(month.request, way)[0])
            found[way.value] = None if other is None else other.evaluation.total
    contracted = month.contracted() if BasicMode.CONTRACTED in ways else None
    return found if contracted is None else {**found, **contracted.samples()}


def _shifted(month: _Month, shift: Shift) -> Mapping[str, Value | None]:
    """The months with load in the valley."""
    timed = any(group.time_of_use for each in month.request.agreement for group in each.groups.values())
    points = [point.id for point in month.plan.points]
    counted = counted_energies(month.present.quantities, points, ENERGY_REGISTERS)
    found = moved_energies(counted, shift, month.plan.energy.reading)
    if found is None or not timed or len(month.plan.pieces) > 1:
        return {}
    other = _with(month, found[1])
    return {} if other is None else {"moved": found[0], "shifted": other}


def _with(month: _Month, energies: Counted) -> Value | None:
    """The months with other energies."""
    request, changes = with_energies(month.request, dict.fromkeys(energies, ZERO))
    numbers = {point.id: number for number, point in enumerate(month.request.metering_points)}
    assigned = {
        f"/metering_points/{numbers[point]}/given/{key}/{register.value}": value
        for (point, register), value in energies.items()
        for key in ("kwh", "kvarh")
    }
    other = month.variant(request, {where: value for where, value in assigned.items() if where in changes})
    return None if other is None else other.evaluation.total


def _compensated(month: _Month) -> Mapping[str, Value | None]:
    """The months at the best step of their power factor, where they have one that is measured."""
    plans = month.plan.charges.of(POWER_FACTOR)
    told = [(each.active, each.reactive, each.cosphi) for each in month.present.facts.scopes]
    measured = [(active, reactive, cosphi) for active, reactive, cosphi in told if active and reactive and cosphi]
    if len(plans) != 1 or len(measured) != 1 or len(month.plan.pieces) > 1 or plans[0].nets:
        return {}
    [plan], [(active, reactive, cosphi)] = plans, measured
    target = best_step(plan.table)
    registers = {
        key: absolute(value)
        for point, each in plan.points
        for key, value in counted_energies(month.present.quantities, (point,), each).items()
    }
    there = total(list(registers.values()))
    lost = reactive - there
    allowed = most_reactive(active, reactive, target, plan.rounding) - lost
    parts = with_reactive(list(registers.values()), allowed.maximum(Column.constant(0)))
    left = {
        key: choose(cosphi >= target, value, choose(allowed < 0, value, part))
        for (key, value), part in zip(registers.items(), parts, strict=True)
    }
    other = _with(month, left)
    hours = Decimal(month.request.period.span.days * _HOURS)
    kvar = _up(_column(there - total(list(left.values()))), hours)
    return {} if other is None else {"kvar": kvar, "compensated": other}


def _is_doubt(problem: Problem) -> bool:
    """Whether a month is doubted; what its own way does not use, such as a price of demand, others do."""
    return problem.severity is Severity.DOUBT and problem.code is not ProblemCode.STATED_WITHOUT_EFFECT


class _Collected:
    """Collects what is told of months, chunk by chunk."""

    doubts_too = False

    def __init__(
        self,
        accounts: pa.Array,
        names: Sequence[str],
        of_month: Callable[[_Month], Mapping[str, Value | None]],
        catalog: Catalog,
    ) -> None:
        self.problems: Counter[str] = Counter()
        self._accounts, self._names, self._of_month, self._catalog = accounts, names, of_month, catalog
        self._parts: list[Part] = []

    def add(
        self,
        rows: NDArray[np.int64],
        plan: Plan,
        evaluation: Evaluation,
        problems: Sequence[tuple[NDArray[np.bool_], Problem]],
        *,
        billed: NDArray[np.bool_],
        asked: Asked,
        path: str = COLUMNS,
    ) -> None:
        """Take a chunk."""
        if not billed.any():
            return
        doubted = np.full(len(rows), any(map(_is_doubt, plan.problems)))
        for mask, problem in problems:
            if _is_doubt(problem):
                doubted |= mask
        request = asked.request()
        month = _Month(rows, request, asked.numbers, self._catalog, plan, asked.evaluation, doubted)
        is_whole = isinstance(asked.evaluation.total, Column) and bool(billed.all())
        self._take(month if is_whole else month.of(billed))

    def _take(self, month: _Month) -> None:
        """Keep what is told of rows; those that cannot be billed another way each by itself."""
        try:
            found = self._of_month(month)
        except _Apart as apart:
            for rows in (~apart.rows, *(np.arange(len(apart.rows)) == row for row in np.flatnonzero(apart.rows))):
                if rows.any():
                    self._take(month.of(rows))
            return
        columns = [[None if (each := found.get(name)) is None else _column(each)] for name in self._names]
        self._parts.append(Part(month.rows, 1, columns))

    def batch(self, metadata: Mapping[str, str]) -> pa.RecordBatch:
        """What is told of the billed rows, in the order of the input."""
        places = Places(self._parts, len(self._accounts))
        arrays = [self._accounts.filter(pa.array(places.lines > 0))]
        for field, name in enumerate(self._names):
            kept = _PLACES[name]
            arrays.append(decimal_array(places.decimals(field, kept), kept))
        told = [pa.field(name, each.type) for name, each in zip(("account", *self._names), arrays, strict=True)]
        return pa.RecordBatch.from_arrays(arrays, schema=pa.schema(told, dict(metadata)))
