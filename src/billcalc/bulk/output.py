"""Results of a batch: totals, components or printed lines, in the order of the input rows."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from billcalc._version import __version__
from billcalc.billing.evaluate import EvaluatedLine, Evaluation
from billcalc.billing.plan import Plan
from billcalc.bulk.arrow import NONE, decimal_array, decimal_words, unstorable
from billcalc.bulk.column import Column
from billcalc.kernel.troubles import Problem
from billcalc.kernel.values import Value, total
from billcalc.vocabulary import Section

__all__ = ["COLUMNS", "SCALARS", "Output", "Results", "schema_metadata", "unstorable_rows"]


class Output(StrEnum):
    """What a run gives for each bill."""

    TOTALS = "totals"
    COMPONENTS = "components"
    LINES = "lines"
    PROBLEMS = "problems"


@dataclass(frozen=True, slots=True)
class _Field:
    """A column of the results: words, days, or decimals with a number of places."""

    name: str
    places: int | None = None
    days: bool = False


MONEY_PLACES, QUANTITY_PLACES, PRICE_PLACES = 2, 8, 12
_CODE, _SECTION, _GROUP = _Field("code"), _Field("section"), _Field("group")
_AMOUNT = _Field("amount", MONEY_PLACES)
_WHERE = _Field("where")
_FIELDS = {
    Output.TOTALS: (
        *(_Field(section.value, MONEY_PLACES) for section in Section),
        _Field("total", MONEY_PLACES),
        _Field("kwh", QUANTITY_PLACES),
        _Field("path"),
    ),
    Output.COMPONENTS: (_CODE, _SECTION, _GROUP, _AMOUNT),
    Output.LINES: (
        *(_CODE, _Field("label"), _SECTION, _GROUP, _Field("band"), _Field("from", days=True), _Field("to", days=True)),
        *(_Field("quantity", QUANTITY_PLACES), _Field("unit"), _Field("price", PRICE_PLACES), _AMOUNT),
    ),
    Output.PROBLEMS: (_CODE, _WHERE),
}

_PRINTED = {section: place for place, section in enumerate(Section)}

Cells = NDArray[Any]
"""What a column has for a chunk: codes of words, days, or decimals as pairs of 64-bit words."""


COLUMNS, SCALARS = "columns", "scalars"
"""How a bill was computed: with the other rows of its structure, or by itself."""


def schema_metadata(tariff_set: str) -> dict[str, str]:
    """What a file of results tells of how it was made."""
    return {"billcalc.version": __version__, "billcalc.tariff_set": tariff_set}


class Results:
    """Collects the results of a batch, chunk by chunk.

    Attributes:
        problems: how many bills have each problem.
    """

    def __init__(self, output: Output, accounts: pa.Array) -> None:
        self._output = output
        self._accounts = accounts
        self._rows: list[NDArray[np.int64]] = []
        self._parts: list[list[Cells]] = []
        self._words: dict[str, dict[str, int]] = {}
        self.problems: Counter[str] = Counter()

    @property
    def doubts_too(self) -> bool:
        """Whether the doubts about whole bills are wanted, which cost another evaluation."""
        return self._output is Output.PROBLEMS

    def add(
        self,
        rows: NDArray[np.int64],
        plan: Plan,
        evaluation: Evaluation,
        problems: Sequence[tuple[NDArray[np.bool_], Problem]],
        *,
        billed: NDArray[np.bool_],
        path: str = COLUMNS,
    ) -> None:
        """Take a chunk: its rows in the batch, what they were billed, and which of them count as bills."""
        concerned: dict[str, NDArray[np.bool_]] = {problem.code.value: billed for problem in plan.problems}
        for mask, problem in problems:
            code = problem.code.value
            concerned[code] = concerned.get(code, False) | (mask & billed)
        self.problems.update({code: int(mask.sum()) for code, mask in concerned.items() if mask.any()})
        if self._output is Output.TOTALS:
            self._rows.append(rows)
            self._parts.append(self._totals(evaluation, len(rows), path))
            return
        if self._output is Output.PROBLEMS:
            for problem in plan.problems:
                self._tell(problem, rows)
            for mask, problem in problems:
                self._tell(problem, rows[mask])
            return
        lines = sorted(evaluation.lines, key=lambda line: _PRINTED[line.section])
        lines = lines if self._output is Output.LINES else _components(lines)
        self._rows.append(np.repeat(rows, len(lines)))
        self._parts.append(self._table(lines, len(rows)))

    def _tell(self, problem: Problem, rows: NDArray[np.int64]) -> None:
        words = {"code": problem.code.value, "where": problem.where}
        self._rows.append(rows)
        self._parts.append([np.full(len(rows), self._code(*each), dtype=np.int32) for each in words.items()])

    def batch(self, billed: NDArray[np.bool_], metadata: Mapping[str, str]) -> pa.RecordBatch:
        """The results of the billed rows in the order of the input."""
        fields = _FIELDS[self._output]
        rows = np.concatenate([np.zeros(0, dtype=np.int64), *self._rows])
        cells = [
            np.concatenate([_empty(field), *(part[place] for part in self._parts)])
            for place, field in enumerate(fields)
        ]
        if not billed.all():
            kept = billed[rows]
            rows, cells = rows[kept], [column[kept] for column in cells]
        if np.any(rows[1:] < rows[:-1]):
            order = np.argsort(rows, kind="stable")
            rows, cells = rows[order], [column[order] for column in cells]
        in_place = len(rows) == len(self._accounts) and self._output is Output.TOTALS
        accounts = self._accounts if in_place else self._accounts.take(pa.array(rows))
        arrays = [accounts, *(self._array(field, column) for field, column in zip(fields, cells, strict=True))]
        names = ["account", *(field.name for field in fields)]
        schema = pa.schema(
            [pa.field(name, array.type) for name, array in zip(names, arrays, strict=True)], dict(metadata)
        )
        return pa.RecordBatch.from_arrays(arrays, schema=schema)

    def _totals(self, evaluation: Evaluation, rows: int, path: str) -> list[Cells]:
        """One row for each bill: its sections, its total, its energy, and how it was computed."""
        amounts: dict[Section, list[Value]] = {section: [] for section in Section}
        for line in evaluation.lines:
            amounts[line.section].append(line.amount)
        zero = Column.constant(0)
        summed = [_as_column(total(amounts[section])) if amounts[section] else zero for section in Section]
        energy = evaluation.facts.energy
        money = [decimal_words(column, rows, MONEY_PLACES) for column in (*summed, _as_column(evaluation.total))]
        kwh = decimal_words(zero if energy is None else _as_column(energy), rows, QUANTITY_PLACES)
        return [*money, kwh, np.full(rows, self._code("path", path), dtype=np.int32)]

    def _table(self, lines: Sequence[EvaluatedLine], rows: int) -> list[Cells]:
        """A row for each bill and line, bill by bill."""
        code = self._tiled("code", [line.code for line in lines], rows)
        words = [
            self._tiled("section", [line.section.value for line in lines], rows),
            self._tiled("group", [line.group for line in lines], rows),
        ]
        amounts = _woven([_as_column(line.amount) for line in lines], rows, MONEY_PLACES)
        if self._output is Output.COMPONENTS:
            return [code, *words, amounts]
        bands = [None if line.band is None else line.band.value for line in lines]
        return [
            code,
            self._tiled("label", [line.label for line in lines], rows),
            *words,
            self._tiled("band", bands, rows),
            np.tile(np.array([line.span.start for line in lines], dtype="datetime64[D]"), rows),
            np.tile(np.array([line.span.end for line in lines], dtype="datetime64[D]"), rows),
            _woven(
                [None if line.quantity is None else _as_column(line.quantity) for line in lines], rows, QUANTITY_PLACES
            ),
            self._tiled("unit", [line.unit for line in lines], rows),
            _woven([None if line.price is None else _as_column(line.price) for line in lines], rows, PRICE_PLACES),
            amounts,
        ]

    def _tiled(self, name: str, words: Sequence[str | None], rows: int) -> Cells:
        """The codes of the lines' words, once for each bill; −1 is none."""
        codes = [-1 if word is None else self._code(name, word) for word in words]
        return np.tile(np.array(codes, dtype=np.int32), rows)

    def _code(self, name: str, word: str) -> int:
        """The code of a word in a column of words, in the order of first use."""
        codes = self._words.setdefault(name, {})
        return codes.setdefault(word, len(codes))

    def _array(self, field: _Field, cells: Cells) -> pa.Array:
        if field.places is not None:
            return decimal_array(cells, field.places)
        if field.days:
            return pa.array(cells)
        none = cells < 0
        codes = pa.array(cells, mask=none if none.any() else None)
        return pa.DictionaryArray.from_arrays(codes, pa.array(list(self._words.get(field.name, {})), pa.string()))


def unstorable_rows(evaluation: Evaluation, rows: int) -> Iterator[tuple[NDArray[np.bool_], Column, int]]:
    """What of an evaluation the results have no room for: the rows, the numbers, and the decimals there are."""
    energy = evaluation.facts.energy
    stored: list[tuple[Value | None, int]] = [(evaluation.total, MONEY_PLACES), (energy, QUANTITY_PLACES)]
    for line in evaluation.lines:
        stored += [(line.amount, MONEY_PLACES), (line.quantity, QUANTITY_PLACES), (line.price, PRICE_PLACES)]
    for value, places in stored:
        if value is not None:
            column = _as_column(value)
            found = unstorable(column, rows, places)
            if found is not None:
                yield found, column, places


def _empty(field: _Field) -> Cells:
    if field.places is not None:
        return np.zeros((0, 2), dtype=np.int64)
    return np.zeros(0, dtype="datetime64[D]" if field.days else np.int32)


def _components(lines: Sequence[EvaluatedLine]) -> list[EvaluatedLine]:
    """The lines added up by component, section and group."""
    found: dict[tuple[str, Section, str], list[EvaluatedLine]] = {}
    for line in lines:
        found.setdefault((line.code, line.section, line.group), []).append(line)
    return [replace(lines[0], amount=total([line.amount for line in lines])) for lines in found.values()]


def _woven(columns: Sequence[Column | None], rows: int, places: int) -> Cells:
    """One column per line, woven into one bill by bill; a line that has none is marked (see ``decimal_array``)."""
    woven = np.empty((rows, len(columns), 2), dtype=np.int64)
    for place, column in enumerate(columns):
        woven[:, place, :] = NONE if column is None else decimal_words(column, rows, places)
    return woven.reshape(-1, 2)


def _as_column(value: Value) -> Column:
    assert isinstance(value, Column), "bulk computes columns"
    return value
