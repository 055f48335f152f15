"""Results of a batch: totals, components or printed lines, in the order of the input rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from billcalc._version import __version__
from billcalc.billing.evaluate import EvaluatedLine, Evaluation
from billcalc.billing.plan import Plan
from billcalc.bulk.arithmetic import ColumnArithmetic
from billcalc.bulk.arrow import as_decimals
from billcalc.bulk.column import Column
from billcalc.kernel.values import Value, total
from billcalc.vocabulary import Section

__all__ = ["Output", "Results", "schema_metadata"]

MONEY_PLACES, QUANTITY_PLACES, PRICE_PLACES = 2, 8, 12

_WORD = pa.dictionary(pa.int32(), pa.string())
_MONEY = pa.decimal128(38, MONEY_PLACES)
_QUANTITY = pa.decimal128(38, QUANTITY_PLACES)
_PRICE = pa.decimal128(38, PRICE_PLACES)


class Output(StrEnum):
    """What a run gives for each bill."""

    TOTALS = "totals"
    COMPONENTS = "components"
    LINES = "lines"


_TOTALS = [
    *((section.value, _MONEY) for section in Section),
    ("total", _MONEY),
    ("kwh", _QUANTITY),
    ("path", _WORD),
]
_COMPONENTS = [("code", _WORD), ("section", _WORD), ("group", _WORD), ("amount", _MONEY)]
_LINES = [
    ("code", _WORD),
    ("section", _WORD),
    ("group", _WORD),
    ("band", _WORD),
    ("from", pa.date32()),
    ("to", pa.date32()),
    ("quantity", _QUANTITY),
    ("unit", _WORD),
    ("price", _PRICE),
    ("amount", _MONEY),
]
_FIELDS = {Output.TOTALS: _TOTALS, Output.COMPONENTS: _COMPONENTS, Output.LINES: _LINES}


def schema_metadata(tariff_set: str) -> dict[str, str]:
    """What a file of results tells of how it was made."""
    return {"billcalc.version": __version__, "billcalc.tariff_set": tariff_set}


class Results:
    """Collects the results of a batch, chunk by chunk."""

    def __init__(self, output: Output, accounts: pa.Array) -> None:
        self._output = output
        self._accounts = accounts
        self._rows: list[NDArray[np.int64]] = []
        self._parts: list[list[pa.Array]] = []
        self.problems: Counter[str] = Counter()

    def add(self, rows: NDArray[np.int64], plan: Plan, evaluation: Evaluation, arithmetic: ColumnArithmetic) -> None:
        """Take a chunk: its rows in the batch and what they were billed."""
        for concerned, problem in arithmetic.problems:
            self.problems[problem.code.value] += int(concerned.sum())
        for problem in plan.problems:
            self.problems[problem.code.value] += len(rows)
        count = len(rows)
        if self._output is Output.TOTALS:
            self._rows.append(rows)
            self._parts.append(_totals(evaluation, count))
            return
        lines = evaluation.lines if self._output is Output.LINES else _components(evaluation)
        self._rows.append(np.repeat(rows, len(lines)))
        self._parts.append(_table(lines, count, self._output))

    def batch(self, billed: NDArray[np.bool_], metadata: Mapping[str, str]) -> pa.RecordBatch:
        """The results of the billed rows in the order of the input."""
        fields = _FIELDS[self._output]
        names = ["account", *(name for name, _ in fields)]
        if not self._rows:
            arrays = [self._accounts.slice(0, 0), *(pa.array([], kind) for _, kind in fields)]
        else:
            rows = np.concatenate(self._rows)
            columns = [pa.chunked_array([part[place] for part in self._parts]) for place in range(len(fields))]
            columns = [column.unify_dictionaries().combine_chunks() for column in columns]
            kept = np.flatnonzero(billed[rows])
            order = kept[np.argsort(rows[kept], kind="stable")]
            accounts = self._accounts.take(pa.array(rows[order]))
            in_order = len(order) == len(rows) and bool((order == np.arange(len(order))).all())
            taken = columns if in_order else [column.take(pa.array(order)) for column in columns]
            arrays = [accounts, *taken]
        schema = pa.schema(
            [pa.field(name, array.type) for name, array in zip(names, arrays, strict=True)], dict(metadata)
        )
        return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _totals(evaluation: Evaluation, rows: int) -> list[pa.Array]:
    """One row for each bill: its sections, its total and its energy."""
    amounts: dict[Section, list[Value]] = {section: [] for section in Section}
    for line in evaluation.lines:
        amounts[line.section].append(line.amount)
    zero = Column.constant(0)
    summed = [_sum(amounts[section]) if amounts[section] else zero for section in Section]
    energy = evaluation.facts.energy
    kwh = energy if isinstance(energy, Column) else zero
    wide = any(_is_wide(line.amount) or _is_wide(line.quantity) for line in evaluation.lines)
    path = pa.DictionaryArray.from_arrays(
        pa.array(np.zeros(rows, dtype=np.int32)), pa.array(["integers" if wide else "columns"])
    )
    money = [as_decimals(column, rows, MONEY_PLACES) for column in (*summed, _as_column(evaluation.total))]
    return [*money, as_decimals(kwh, rows, QUANTITY_PLACES), path]


def _components(evaluation: Evaluation) -> list[EvaluatedLine]:
    """The lines added up by component and group."""
    found: dict[tuple[str, str], EvaluatedLine] = {}
    amounts: dict[tuple[str, str], list[Value]] = {}
    for line in evaluation.lines:
        found.setdefault((line.code, line.group), line)
        amounts.setdefault((line.code, line.group), []).append(line.amount)
    return [replace(line, amount=_sum(amounts[key])) for key, line in found.items()]


def _table(lines: Sequence[EvaluatedLine], rows: int, output: Output) -> list[pa.Array]:
    """A row for each bill and line, bill by bill."""
    words: dict[str, list[str | None]] = {
        "code": [line.code for line in lines],
        "section": [line.section.value for line in lines],
        "group": [line.group for line in lines],
    }
    amount = _interleaved([_as_column(line.amount) for line in lines], rows, MONEY_PLACES)
    if output is Output.COMPONENTS:
        return [*(_tiled(values, rows) for values in words.values()), amount]
    words["band"] = [None if line.band is None else line.band.value for line in lines]
    starts = pa.array(np.tile(np.array([line.span.start for line in lines], dtype="datetime64[D]"), rows))
    ends = pa.array(np.tile(np.array([line.span.end for line in lines], dtype="datetime64[D]"), rows))
    return [
        *(_tiled(values, rows) for values in words.values()),
        starts,
        ends,
        _interleaved([_optional(line.quantity) for line in lines], rows, QUANTITY_PLACES),
        _tiled([line.unit for line in lines], rows),
        _interleaved([_optional(line.price) for line in lines], rows, PRICE_PLACES),
        amount,
    ]


def _tiled(words: Sequence[str | None], rows: int) -> pa.Array:
    """The lines' words, once for each bill."""
    distinct = sorted({word for word in words if word is not None})
    places = {word: place for place, word in enumerate(distinct)}
    indices = np.array([places.get(word, -1) if word is not None else -1 for word in words], dtype=np.int32)
    tiled = np.tile(indices, rows)
    return pa.DictionaryArray.from_arrays(pa.array(tiled, mask=tiled < 0), pa.array(distinct, pa.string()))


def _interleaved(columns: Sequence[Column | None], rows: int, places: int) -> pa.Array:
    """One column per line, woven into one array bill by bill."""
    arrays = [
        pa.nulls(rows, pa.decimal128(38, places)) if column is None else as_decimals(column, rows, places)
        for column in columns
    ]
    joined = pa.concat_arrays(arrays)
    order = np.arange(len(columns) * rows).reshape(len(columns), rows).T.ravel()
    return joined.take(pa.array(order))


def _sum(values: list[Value]) -> Column:
    return _as_column(total(values))


def _as_column(value: Value) -> Column:
    assert isinstance(value, Column), "bulk computes columns"
    return value


def _optional(value: Value | None) -> Column | None:
    return None if value is None else _as_column(value)


def _is_wide(value: Value | None) -> bool:
    return isinstance(value, Column) and value.numbers.dtype == object
