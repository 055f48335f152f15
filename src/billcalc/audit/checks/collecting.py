"""The facts of many accounts: what a run collects of each bill, with nothing where a fact is not told."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from billcalc.audit.checks.told import TOLD_BY_BILL
from billcalc.billing.evaluate import Evaluation
from billcalc.billing.plan import Plan
from billcalc.bulk.arrow import decimal_array, unstorable
from billcalc.bulk.assembly import Part, Places
from billcalc.bulk.column import Column
from billcalc.bulk.output import COLUMNS, Asked, bills_with
from billcalc.bulk.paths import ACCOUNT
from billcalc.kernel.decimals import EXACT, decimal_text
from billcalc.kernel.plain import Plain
from billcalc.kernel.scalars import number_of
from billcalc.kernel.troubles import Problem
from billcalc.kernel.values import Value, total
from billcalc.vocabulary import Band

__all__ = ["CLASS", "PROBLEMS", "WHOLE", "FactsWanted"]

CLASS = "class"
"""The column of the class of an account, empty where its groups have several."""
WHOLE = "whole"
"""The column that tells whether all facts of the bill are here: a number with more decimals than are kept is not."""
PROBLEMS = "problems"
"""The column of the bill's problems that are checks, as a list in JSON: code, place and facts of each."""
_MONEY, _OTHERS = 2, 8
"""Decimals that are kept of amounts and of everything else; a number that has more is not told."""
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
        self._parts: list[Part] = []
        self._classes: dict[str, int] = {}
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
        code = self._classes.setdefault("" if told is None else told.value, len(self._classes))
        for part, whole, columns in _storable([found.get(name) for name in self._names], self._names, len(rows)):
            self._take(rows, code, part & billed, whole=whole, columns=columns)

    def _take(
        self,
        rows: NDArray[np.int64],
        code: int,
        wanted: NDArray[np.bool_],
        *,
        whole: bool,
        columns: Sequence[Column | None],
    ) -> None:
        """Keep those rows that are wanted, of which there may be none."""
        if not wanted.all():
            rows = rows[wanted]
            columns = [None if each is None else each.of_rows(wanted) for each in columns]
        if len(rows):
            words = (np.array([each], dtype=np.int32) for each in (code, int(whole)))
            self._parts.append(Part(rows, 1, [*words, *([each] for each in columns)]))

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
        places = Places(self._parts, len(self._accounts))
        billed = places.lines > 0
        accounts = pc.utf8_trim_whitespace(self._accounts.cast(pa.string()).filter(pa.array(billed)))
        classes = pa.DictionaryArray.from_arrays(pa.array(places.codes(0)), pa.array(list(self._classes), pa.string()))
        arrays = [accounts, classes, pa.array(places.codes(1) > 0, pa.bool_())]
        names = [ACCOUNT, CLASS, WHOLE]
        if self._told is not None:
            told = (self._told.get(row) for row in np.flatnonzero(billed).tolist())
            texts = [None if each is None else dumps(each, ensure_ascii=False) for each in told]
            arrays.append(pa.array(texts, pa.string()))
            names.append(PROBLEMS)
        for field, name in enumerate(self._names, 2):
            kept = _places_of(name)
            arrays.append(decimal_array(places.decimals(field, kept), kept))
        names += self._names
        fields = [pa.field(name, array.type) for name, array in zip(names, arrays, strict=True)]
        return pa.RecordBatch.from_arrays(arrays, schema=pa.schema(fields, dict(metadata)))


def _places_of(name: str) -> int:
    return _MONEY if "money" in name else _OTHERS


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


def _storable(
    values: Sequence[Value | None], names: Sequence[str], rows: int
) -> Iterator[tuple[NDArray[np.bool_], bool, list[Column | None]]]:
    """The facts as columns: of the rows whose numbers are all kept, and of the others without those that are not."""
    columns = [None if value is None else _column(value) for value in values]
    unkept = [
        None if column is None else unstorable(column, rows, _places_of(name))
        for column, name in zip(columns, names, strict=True)
    ]
    whole = np.ones(rows, dtype=np.bool_)
    for mask in unkept:
        if mask is not None:
            whole &= ~mask
    yield whole, True, columns
    if not whole.all():
        yield ~whole, False, [column if mask is None else None for column, mask in zip(columns, unkept, strict=True)]


def _column(value: Value) -> Column:
    return value if isinstance(value, Column) else Column.constant(number_of(value))
