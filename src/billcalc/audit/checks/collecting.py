"""The facts of many accounts: what a run collects of each bill, with nothing where a fact is not told."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from billcalc.audit.checks.facts import Billed, class_of, facts_in
from billcalc.billing.evaluate import Evaluation
from billcalc.billing.plan import Plan
from billcalc.bulk.arrow import decimal_array, unstorable
from billcalc.bulk.assembly import Codes, Numbers, Part, Places
from billcalc.bulk.column import Column
from billcalc.bulk.output import COLUMNS, Asked, bills_with
from billcalc.kernel.plain import Plain
from billcalc.kernel.scalars import number_of
from billcalc.kernel.troubles import Problem
from billcalc.kernel.values import Value, total
from billcalc.vocabulary import Band

__all__ = ["CLASS", "FactsWanted"]

CLASS = "class"
"""The column of the class of an account, empty where its groups have several."""
_MONEY, _OTHERS = 2, 8
"""Decimals that are kept of amounts and of everything else; a number that has more is not told."""


@dataclass(frozen=True, slots=True)
class FactsWanted:
    """What a run collects: these facts of each bill.

    Attributes:
        names: of the facts.
    """

    names: tuple[str, ...]

    @property
    def value(self) -> str:
        """What it is called."""
        return f"facts {' '.join(self.names)}"

    def collector(self, accounts: pa.Array) -> "_Facts":
        """What collects them of a batch."""
        return _Facts(self.names, accounts)


class _Facts:
    """Collects the facts of a batch, chunk by chunk."""

    doubts_too = False

    def __init__(self, names: Sequence[str], accounts: pa.Array) -> None:
        self.problems: Counter[str] = Counter()
        self._names = names
        self._accounts = accounts
        self._parts: list[Part] = []
        self._classes: dict[str, int] = {}

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
        code = self._classes.setdefault("" if told is None else told.value, len(self._classes))
        columns: list[Numbers] = [[_column(found.get(name), name, len(rows))] for name in self._names]
        if not billed.all():
            rows = rows[billed]
            columns = [[None if each is None else each.of_rows(billed) for each in column] for column in columns]
        cells: list[Codes | Numbers] = [np.array([code], dtype=np.int32), *columns]
        self._parts.append(Part(rows, 1, cells))

    def batch(self, metadata: Mapping[str, str]) -> pa.RecordBatch:
        """The facts of the billed rows, in the order of the input."""
        places = Places(self._parts, len(self._accounts))
        accounts = self._accounts.filter(pa.array(places.lines > 0))
        classes = pa.DictionaryArray.from_arrays(pa.array(places.codes(0)), pa.array(list(self._classes), pa.string()))
        arrays = [accounts, classes]
        for field, name in enumerate(self._names, 1):
            kept = _places_of(name)
            arrays.append(decimal_array(places.decimals(field, kept), kept))
        names = ["account", CLASS, *self._names]
        told = [pa.field(name, array.type) for name, array in zip(names, arrays, strict=True)]
        return pa.RecordBatch.from_arrays(arrays, schema=pa.schema(told, dict(metadata)))


def _places_of(name: str) -> int:
    return _MONEY if "money" in name else _OTHERS


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


def _column(value: Value | None, name: str, rows: int) -> Column | None:
    """A fact as a column; None where it is not told, or has more digits than are kept."""
    if value is None:
        return None
    column = value if isinstance(value, Column) else Column.constant(number_of(value))
    return column if unstorable(column, rows, _places_of(name)) is None else None
