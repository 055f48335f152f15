"""The facts of many accounts: what a run collects of each bill, with nothing where a fact is not told."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import chain, repeat
from json import dumps

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from billcalc.audit.checks.facts import Billed, class_of, facts_in
from billcalc.audit.checks.shapes import shaped
from billcalc.audit.checks.told import TOLD_BY_BILL
from billcalc.billing.evaluate import Evaluation
from billcalc.billing.plan import Plan
from billcalc.bulk.column import Column
from billcalc.bulk.output import COLUMNS, Asked, bills_with
from billcalc.bulk.paths import ACCOUNT
from billcalc.kernel.decimals import EXACT, decimal_text
from billcalc.kernel.plain import Plain
from billcalc.kernel.scalars import number_of
from billcalc.kernel.troubles import Problem
from billcalc.kernel.values import Value, total
from billcalc.vocabulary import Band

__all__ = ["PROBLEMS", "SHAPE", "FactsWanted"]

SHAPE = "shape"
"""The column of what accounts have in common (see ``shapes``)."""
PROBLEMS = "problems"
"""The column of the bill's problems that are checks, as a list in JSON: code, place and facts of each."""
_OURS = frozenset(TOLD_BY_BILL.values())


@dataclass(frozen=True, slots=True)
class FactsWanted:
    """What a run collects: these facts of each bill.

    Attributes:
        names: of the facts.
        problems: whether its problems that are checks are told, too.
    """

    names: tuple[str, ...]
    problems: bool = False

    @property
    def value(self) -> str:
        """What it is called."""
        return f"facts {' '.join(self.names)}{' and problems' if self.problems else ''}"

    def collector(self, accounts: pa.Array) -> "_Facts":
        """What collects them of a batch."""
        return _Facts(self, accounts)


class _Facts:
    """Collects the facts of a batch, chunk by chunk."""

    doubts_too = False

    def __init__(self, wanted: FactsWanted, accounts: pa.Array) -> None:
        self.problems: Counter[str] = Counter()
        self._names = wanted.names
        self._accounts = accounts
        self._parts: list[tuple[NDArray[np.int64], int, Mapping[str, Column]]] = []
        self._shapes: dict[str, int] = {}
        self._told: dict[int, list[tuple[str, str, dict[str, str]]]] | None = {} if wanted.problems else None

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
        self.problems.update(bills_with(plan, problems, billed))
        request = asked.request()
        everywhere = np.ones(len(rows), dtype=np.bool_)
        noted = [*((everywhere, problem) for problem in plan.problems), *problems]
        if self._told is not None:
            self._tell(rows, billed, noted, chain(({} for _ in plan.problems), asked.told, repeat({})))
        single = not isinstance(asked.evaluation.total, Column)
        found = facts_in(
            Billed(
                request,
                partial(_number, asked.numbers, Plain if single else Column.constant),
                asked.evaluation.total,
                [(line.name.section, line.amount, line.price) for line in asked.evaluation.lines],
                _energies(asked.evaluation),
                [(each.active, each.reactive, each.cosphi) for each in asked.evaluation.facts.scopes],
                [
                    (loss.whole.active, None if loss.transformer is None else loss.transformer.active)
                    for loss in asked.evaluation.quantities.losses
                ],
                [(problem.code, _once(mask, single=single)) for mask, problem in noted],
            )
        )
        told = class_of(request)
        facts = {name: _column(found[name]) for name in self._names if name in found}
        if not billed.all():
            rows, facts = rows[billed], {name: column.of_rows(billed) for name, column in facts.items()}
        for part, shape, differing in shaped("" if told is None else told.value, facts, len(rows)):
            code = self._shapes.setdefault(shape.text, len(self._shapes))
            self._parts.append((rows[part], code, differing))

    def _tell(
        self,
        rows: NDArray[np.int64],
        billed: NDArray[np.bool_],
        noted: Sequence[tuple[NDArray[np.bool_], Problem]],
        numbers: Iterable[Mapping[str, Column]],
    ) -> None:
        """Keep the problems that are checks, each with the numbers of its row."""
        assert self._told is not None, "they are wanted"
        for (mask, problem), of_rows in zip(noted, numbers, strict=False):
            for place in np.flatnonzero(mask & billed).tolist() if problem.code in _OURS else ():
                facts = {name: _shown(column, place) for name, column in of_rows.items()}
                told = (problem.code.value, problem.where, {**problem.facts, **facts})
                self._told.setdefault(int(rows[place]), []).append(told)

    def batch(self, metadata: Mapping[str, str]) -> pa.RecordBatch:
        """The facts of the billed rows, in the order of the input."""
        billed = np.zeros(len(self._accounts), dtype=np.bool_)
        for rows, _, _ in self._parts:
            billed[rows] = True
        places = np.cumsum(billed) - 1
        accounts = pc.utf8_trim_whitespace(self._accounts.cast(pa.string()).filter(pa.array(billed)))
        codes = np.empty(len(accounts), dtype=np.int32)
        for rows, code, _ in self._parts:
            codes[places[rows]] = code
        columns = {
            ACCOUNT: accounts,
            SHAPE: pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(list(self._shapes), pa.string())),
        }
        if self._told is not None:
            told = (self._told.get(row) for row in np.flatnonzero(billed).tolist())
            texts = [None if each is None else dumps(each, ensure_ascii=False) for each in told]
            columns[PROBLEMS] = pa.array(texts, pa.string())
        columns |= {name: self._differing(name, places, len(accounts)) for name in self._names}
        fields = [pa.field(name, array.type) for name, array in columns.items()]
        return pa.RecordBatch.from_arrays(list(columns.values()), schema=pa.schema(fields, dict(metadata)))

    def _differing(self, name: str, places: NDArray[np.int64], rows: int) -> pa.Array:
        """The integers of a fact; nothing where it is the same in all rows of a shape."""
        some = [(places[rows_], column) for rows_, _, told in self._parts if (column := told.get(name)) is not None]
        if not some:
            return pa.nulls(rows, pa.int64())
        numbers, none = np.zeros(rows, dtype=np.int64), np.ones(rows, dtype=np.bool_)
        for place, column in some:
            numbers[place], none[place] = column.numbers, False
        return pa.array(numbers, mask=none if none.any() else None)


def _shown(column: Column, place: int) -> str:
    """The number of a row as a bill shows it."""
    integer = column.integer if column.is_constant else int(column.numbers[place])
    return decimal_text(EXACT.scaleb(Decimal(integer), -column.scale))


def _number(numbers: Mapping[str, Column], constant: Callable[[Decimal], Value], where: str, stated: Decimal) -> Value:
    """A number of the rows by its place, or the one that stands for all of them."""
    found = numbers.get(where)
    return constant(stated) if found is None else found


def _once(mask: NDArray[np.bool_], *, single: bool) -> Value:
    """1 in the rows that have a problem."""
    return Plain(Decimal(int(mask[0]))) if single else Column(mask.astype(np.int64), 0, 0, 1)


def _energies(evaluation: Evaluation) -> dict[str, dict[Band, Value]]:
    """The billed energy by group and band."""
    parts: dict[str, dict[Band, list[Value]]] = {}
    for part in evaluation.quantities.parts:
        for band, energy in part.kwh.items():
            parts.setdefault(part.group, {}).setdefault(band, []).append(energy)
    return {group: {band: total(each) for band, each in bands.items()} for group, bands in parts.items()}


def _column(value: Value) -> Column:
    return value if isinstance(value, Column) else Column.constant(number_of(value))
