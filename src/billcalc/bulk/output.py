"""Results of a batch: totals, components or printed lines, in the order of the input rows."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from billcalc._version import __version__
from billcalc.billing.evaluate import EvaluatedLine, Evaluation
from billcalc.billing.plan import Plan
from billcalc.billing.request import Request
from billcalc.bulk.arrow import decimal_array, unstorable
from billcalc.bulk.assembly import Codes, Numbers, Part, Places
from billcalc.bulk.column import Column
from billcalc.bulk.picked import (
    MONEY_PLACES,
    PRICE_PLACES,
    QUANTITY_PLACES,
    Picked,
    picked_components,
    picked_lines,
    picked_totals,
    stored_of,
)
from billcalc.kernel.troubles import Problem
from billcalc.kernel.units import in_currency
from billcalc.kernel.values import Value
from billcalc.vocabulary import Section

__all__ = [
    "BILLS",
    "COLUMNS",
    "SCALARS",
    "Asked",
    "ByPlace",
    "Collector",
    "Output",
    "Results",
    "Wanted",
    "bills_with",
    "schema_metadata",
    "unstorable_rows",
]


class Output(StrEnum):
    """What a run gives for each bill."""

    TOTALS = "totals"
    COMPONENTS = "components"
    LINES = "lines"
    PROBLEMS = "problems"
    COMPARED = "compared"
    """Components, with whether the request gave them."""
    COMPARED_LINES = "compared_lines"
    """The same of each line."""

    def collector(self, accounts: pa.Array) -> "Results":
        """What collects the results of a batch."""
        return Results(self, accounts)


@dataclass(frozen=True, slots=True)
class ByPlace:
    """An output whose first column is the place of each bill's row in its batch, and not its account."""

    output: Output

    @property
    def value(self) -> str:
        """What it is called."""
        return self.output.value

    def collector(self, accounts: pa.Array) -> "Results":
        """What collects the results of a batch."""
        return Results(self.output, pa.array(np.arange(len(accounts)), pa.int64()))


BILLS = (Output.TOTALS, Output.COMPONENTS, Output.LINES, Output.PROBLEMS)
"""What tells bills, in the money of their area; what is compared and checked is in CNY."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What some rows of one structure asked for, and what they got before it was put into columns.

    Attributes:
        request: with numbers that stand for those of the rows.
        numbers: the numbers that the rows tell, by their places in the request.
        evaluation: with its own kind of values.
        told: of each problem that was found on the way, in their order, the numbers that it tells.
    """

    request: Callable[[], Request]
    numbers: Mapping[str, Column]
    evaluation: Evaluation
    told: Sequence[Mapping[str, Column]] = ()


class Collector(Protocol):
    """Collects what is wanted of the bills of a batch, chunk by chunk."""

    problems: Counter[str]

    @property
    def doubts_too(self) -> bool:
        """Whether the doubts about whole bills are wanted."""
        ...

    def add(
        self,
        rows: NDArray[np.int64],
        plan: Plan,
        evaluation: Evaluation,
        problems: Sequence[tuple[NDArray[np.bool_], Problem]],
        *,
        billed: NDArray[np.bool_],
        asked: Asked,
        path: str = ...,
    ) -> None:
        """Take a chunk: its rows in the batch, what they were billed, and which of them count as bills."""
        ...

    def batch(self, metadata: Mapping[str, str]) -> pa.RecordBatch:
        """What was collected, in the order of the rows."""
        ...


class Wanted(Protocol):
    """What a run gives for each bill: an ``Output``, or what another collects; it is sent to the workers."""

    @property
    def value(self) -> str:
        """What it is called."""
        ...

    def collector(self, accounts: pa.Array) -> Collector:
        """What collects it for a batch."""
        ...


@dataclass(frozen=True, slots=True)
class _Field:
    """A column of the results: words, days, or decimals with a number of places."""

    name: str
    places: int | None = None
    days: bool = False
    nullable: bool = False


_CODE, _SECTION, _GROUP = _Field("code"), _Field("section"), _Field("group")
_AMOUNT = _Field("amount", MONEY_PLACES)
_DAYS = (_Field("from", days=True), _Field("to", days=True))
_WHERE = _Field("where")
_FIELDS = {
    Output.TOTALS: (
        *(_Field(section.value, MONEY_PLACES) for section in Section),
        _Field("total", MONEY_PLACES),
        _Field("kwh", QUANTITY_PLACES),
        _Field("path"),
    ),
    Output.COMPONENTS: (_CODE, _SECTION, _GROUP, *_DAYS, _AMOUNT),
    Output.LINES: (
        *(_CODE, _Field("label", nullable=True), _SECTION, _GROUP, _Field("band", nullable=True)),
        *(*_DAYS, _Field("quantity", QUANTITY_PLACES, nullable=True)),
        *(_Field("unit"), _Field("price", PRICE_PLACES, nullable=True), _AMOUNT),
    ),
    Output.PROBLEMS: (_CODE, _WHERE),
    **dict.fromkeys(
        (Output.COMPARED, Output.COMPARED_LINES),
        (_CODE, _SECTION, _GROUP, *_DAYS, _Field("given", nullable=True), _AMOUNT),
    ),
}

_PICKED: Mapping[Output, Callable[[Evaluation], Picked]] = {
    Output.TOTALS: picked_totals,
    Output.COMPONENTS: picked_components,
    Output.LINES: picked_lines,
    Output.PROBLEMS: lambda evaluation: Picked(),
    Output.COMPARED: picked_components,
    Output.COMPARED_LINES: picked_lines,
}

COLUMNS, SCALARS = "columns", "scalars"
"""How a bill was computed: with the other rows of its structure, or by itself."""


def schema_metadata(tariff_set: str, currency: str) -> dict[str, str]:
    """What a file of results tells of how it was made."""
    return {"billcalc.version": __version__, "billcalc.tariff_set": tariff_set, "billcalc.currency": currency}


def bills_with(
    plan: Plan, problems: Sequence[tuple[NDArray[np.bool_], Problem]], billed: NDArray[np.bool_]
) -> dict[str, int]:
    """How many of the bills of a chunk have each problem, once for each code."""
    concerned: dict[str, NDArray[np.bool_]] = {problem.code.value: billed for problem in plan.problems}
    for mask, problem in problems:
        code = problem.code.value
        concerned[code] = concerned.get(code, False) | (mask & billed)
    return {code: int(mask.sum()) for code, mask in concerned.items() if mask.any()}


class Results:
    """Collects the results of a batch, chunk by chunk.

    Attributes:
        output: what is wanted.
        problems: how many bills have each problem.
    """

    def __init__(self, output: Output, accounts: pa.Array) -> None:
        self.output = output
        self._accounts = accounts
        self._parts: list[Part] = []
        self._words: dict[str, dict[str, int]] = {}
        self.problems: Counter[str] = Counter()

    @property
    def doubts_too(self) -> bool:
        """Whether the doubts about whole bills are wanted, which cost another evaluation."""
        return self.output is Output.PROBLEMS

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
        """Take a chunk: its rows in the batch, what they were billed, and which of them count as bills."""
        self.take(rows, plan, self.pick(evaluation), problems, billed=billed, path=path)

    def pick(self, evaluation: Evaluation) -> Picked:
        """What is wanted of an evaluation, whatever the kind of its values."""
        return _PICKED[self.output](evaluation)

    def take(
        self,
        rows: NDArray[np.int64],
        plan: Plan,
        picked: Picked,
        problems: Sequence[tuple[NDArray[np.bool_], Problem]],
        *,
        billed: NDArray[np.bool_],
        path: str = COLUMNS,
    ) -> None:
        """Take of a chunk what was picked already, of columns."""
        self.problems.update(bills_with(plan, problems, billed))
        if self.output is Output.TOTALS:
            zero = Column.constant(0)
            numbers = [[zero if number is None else _as_column(number)] for number in picked.numbers]
            self._take(rows, 1, [*numbers, self._coded("path", [path])], billed)
        elif self.output is Output.PROBLEMS:
            for mask, problem in (*((billed, problem) for problem in plan.problems), *problems):
                told = [self._coded("code", [problem.code.value]), self._coded("where", [problem.where])]
                self._take(rows, 1, told, billed & mask)
        else:
            self._take(rows, len(picked.lines), self._table(picked.lines, plan), billed)

    def _take(
        self, rows: NDArray[np.int64], lines: int, cells: Sequence[Codes | Numbers], wanted: NDArray[np.bool_]
    ) -> None:
        """Keep the lines of those rows that are wanted, of which there may be none."""
        if not wanted.all():
            rows, cells = rows[wanted], [_of_rows(each, wanted) for each in cells]
        if lines and len(rows):
            self._parts.append(Part(rows, lines, cells))

    def batch(self, metadata: Mapping[str, str]) -> pa.RecordBatch:
        """The results of the billed rows in the order of the input."""
        fields = _FIELDS[self.output]
        places = Places(self._parts, len(self._accounts))
        accounts = self._accounts_of(places.lines)
        arrays = [accounts, *(self._array(place, field, places) for place, field in enumerate(fields))]
        told = [pa.field("account", accounts.type, nullable=pa.types.is_null(accounts.type))]
        for field, array in zip(fields, arrays[1:], strict=True):
            told.append(pa.field(field.name, array.type, nullable=field.nullable))
        return pa.RecordBatch.from_arrays(arrays, schema=pa.schema(told, dict(metadata)))

    def _accounts_of(self, lines: NDArray[np.int64]) -> pa.Array:
        """The account of each line: of many lines each account is stored once."""
        if self.output is Output.TOTALS:
            return self._accounts if lines.all() else self._accounts.filter(pa.array(lines > 0))
        encoded = self._accounts.dictionary_encode()
        codes = encoded.indices.fill_null(0).to_numpy()  # of rows without an account there is no line
        return pa.DictionaryArray.from_arrays(pa.array(np.repeat(codes, lines)), encoded.dictionary)

    def _table(self, lines: Sequence[EvaluatedLine], plan: Plan) -> list[Codes | Numbers]:
        """A row for each bill and line."""
        code = self._coded("code", [line.name.code for line in lines])
        words = [
            self._coded("section", [line.name.section.value for line in lines]),
            self._coded("group", [line.name.group for line in lines]),
        ]
        amounts = [_as_column(line.amount) for line in lines]
        if self.output is not Output.LINES:
            days = [_days([day] * len(lines)) for day in (plan.period.start, plan.period.end)]
            given = [self._coded("given", ["given" if line.given else None for line in lines])]
            return [code, *words, *days, *([] if self.output is Output.COMPONENTS else given), amounts]
        return [
            code,
            self._coded("label", [line.name.label for line in lines]),
            *words,
            self._coded("band", [None if line.band is None else line.band.value for line in lines]),
            _days([line.name.span.start for line in lines]),
            _days([line.name.span.end for line in lines]),
            [None if line.quantity is None else _as_column(line.quantity) for line in lines],
            self._coded("unit", [in_currency(line.unit, plan.currency) for line in lines]),
            [None if line.price is None else _as_column(line.price) for line in lines],
            amounts,
        ]

    def _coded(self, name: str, words: Sequence[str | None]) -> Codes:
        """The codes of words in a column, in the order of first use; −1 is none."""
        codes = self._words.setdefault(name, {})
        return np.array([-1 if word is None else codes.setdefault(word, len(codes)) for word in words], dtype=np.int32)

    def _array(self, place: int, field: _Field, places: Places) -> pa.Array:
        if field.places is not None:
            return decimal_array(places.decimals(place, field.places), field.places, nullable=field.nullable)
        codes = places.codes(place)
        if field.days:
            return pa.Array.from_buffers(pa.date32(), len(codes), [None, pa.py_buffer(codes)])
        none = codes < 0 if field.nullable else None
        words = pa.array(list(self._words.get(field.name, {})), pa.string())
        return pa.DictionaryArray.from_arrays(pa.array(codes, mask=none), words)


def unstorable_rows(evaluation: Evaluation, rows: int) -> Iterator[tuple[NDArray[np.bool_], Column, int]]:
    """What of an evaluation the results have no room for: the rows, the numbers, and the decimals there are."""
    for value, places in stored_of(evaluation):
        column = _as_column(value)
        found = unstorable(column, rows, places)
        if found is not None:
            yield found, column, places


def _days(days: Sequence[date | None]) -> Codes:
    assert None not in days, "what was billed has an end"
    return np.array(days, dtype="datetime64[D]").astype(np.int32)


def _of_rows(cells: Codes | Numbers, rows: NDArray[np.bool_]) -> Codes | Numbers:
    """The cells of some of a part's bills."""
    if isinstance(cells, np.ndarray):
        return cells
    return [column if column is None else column.of_rows(rows) for column in cells]


def _as_column(value: Value) -> Column:
    assert isinstance(value, Column), "bulk computes columns"
    return value
