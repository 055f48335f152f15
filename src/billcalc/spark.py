"""Bills on many machines: a frame of requests in, a frame of bills and rejects out, of Spark or of what speaks like it.

Nothing here imports Spark: what is done with rows is a function of Arrow's batches, the same that tables run through,
and a frame is asked for what every one has. Each row that comes in comes out: billed, or with its reject.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, Protocol, Self, TypeVar

import numpy as np
import pyarrow as pa

from billcalc._version import __version__
from billcalc.bulk.calculate import calculate_batch
from billcalc.bulk.cells import check_columns, plain_cells
from billcalc.bulk.keys import Told, keys_of, told_twice
from billcalc.bulk.money import money_of_rows
from billcalc.bulk.output import ByPlace, Output, Results
from billcalc.bulk.paths import ACCOUNT, check_places, pointer_of
from billcalc.bulk.plans import Plans
from billcalc.fields.shown import quoted
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.vocabulary import area_named
from billcalc.words.language import Language

__all__ = ["KEY", "ROW", "TIMES", "Billing", "Frame", "bill_frame"]

ROW, KEY, TIMES = "row", "billcalc_key", "billcalc_times"
"""The column that numbers the rows of a frame, each once; that by which the rows of an account come together; the one
that tells how often the number of a row stands in the frame."""

_OURS = (ROW, KEY, TIMES)

AT_ONCE = 1 << 16
"""How many rows are billed at one time."""

_BEFORE = [(ROW, pa.int64()), (ACCOUNT, pa.string()), ("period_from", pa.string()), ("period_to", pa.string())]
_BEHIND = [
    *(("currency", pa.string()), ("tariff_set", pa.string()), ("engine", pa.string())),
    *(("reject_field", pa.string()), ("reject_code", pa.string()), ("reject_message", pa.string())),
]
_TYPES = {
    "string": pa.string(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "void": pa.null(),
    **dict.fromkeys(("tinyint", "smallint", "int", "bigint"), pa.int64()),
    **dict.fromkeys(("float", "double"), pa.float64()),
}
_NAMES = {pa.string(): "string", pa.int64(): "bigint", pa.date32(): "date"}
_DECIMAL = re.compile(r"decimal\(([0-9]+),([0-9]+)\)")
_CATALOGS: dict[tuple[str | None, str | None], Catalog] = {}
"""The tariffs of a worker: read once, whatever it is handed."""
_READING = Lock()


class Frame(Protocol):
    """What is asked of a ``DataFrame``."""

    @property
    def dtypes(self) -> Sequence[tuple[str, str]]:
        """Its columns with their types."""
        ...

    def toDF(self, *cols: str) -> Self:
        """It with other names of its columns."""
        ...

    def mapInArrow(self, func: Any, schema: str) -> Self:
        """What a function makes of its batches."""
        ...

    def repartition(self, *cols: Any) -> Self:
        """It with the rows together that have a value of some columns in common."""
        ...


F = TypeVar("F", bound=Frame)


@dataclass(frozen=True, slots=True)
class Billing:
    """Bills the rows of batches; it is sent to each worker.

    Attributes:
        template: what all rows have in common, as the data of a request.
        output: one row for each bill (``totals``), or for each component, printed line or problem of it.
        tariffs: a directory that every worker has; by default what was shipped.
        tariff_set: the hash of these tariffs; a worker that has others bills nothing.
        language: of the messages of rejects.
    """

    template: Mapping[str, Any] = field(default_factory=dict)
    output: Output = Output.TOTALS
    tariffs: str | None = None
    tariff_set: str | None = None
    language: Language = Language.ENGLISH

    @property
    def schema(self) -> pa.Schema:
        """Of the results: which row it is, the columns of its bill, what it was billed by, and its reject."""
        of_bills = Results(self.output, pa.array([], pa.int64())).batch({}).schema
        told = [(each.name, _plain_type(each.type)) for each in of_bills][1:]
        return pa.schema([*_BEFORE, *told, *_BEHIND])

    def keyed(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Batches with the key of each row: what its account is called whatever way it is written."""
        for batch in batches:
            requests = plain_cells(_requests(batch))
            key = keys_of(requests, self.template).column(0)
            yield batch.append_column(KEY, key.cast(pa.string()))

    def counted(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Batches with how often the number of each row stands in the frame; all rows of a number are among them."""
        held = [batch for batch in batches if batch.num_rows]
        if held:
            yield from _with_times(pa.Table.from_batches(held)).to_batches()

    def billed(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The results of batches: of some rows first the bills, then the rejects.

        Args:
            batches: with columns ``row``, ``account`` and others named by their path in the request; all rows of an
                account are among them. What is not ``counted`` is counted here, among these rows.

        Raises:
            InvalidInput: where the columns are none of a request, or the tariffs are not those that are asked for.
        """
        catalog = _catalog(self.tariffs, _area(self.template))
        if self.tariff_set not in (None, catalog.version):
            facts = {"reason": Reason.OTHER_TARIFFS, "asked": str(self.tariff_set), "found": catalog.version}
            raise InvalidInput([Fault(FaultCode.INCONSISTENT, "/tariff_set/hash", facts)])
        plans = Plans(catalog, self.template, currency=money_of_rows(self.template, catalog, self.output))
        for requests, numbers, keys, known in _in_order(batches, self.template):
            result = calculate_batch(
                requests, plans, ByPlace(self.output), first_row=0, known=known, language=self.language
            )
            rows = (numbers, requests.column(ACCOUNT).cast(pa.string()), keys.column(1), keys.column(2))
            by = (plans.currency, plans.catalog.version, __version__)
            bills, rejects = result.bills, result.rejects
            yield self._told(rows, bills.column(0).cast(pa.int64()), bills.columns[1:], by, None)
            yield self._told(rows, rejects.column("row"), None, by, [rejects.column(at) for at in (2, 3, 4)])

    def _told(
        self,
        rows: Sequence[pa.Array],
        places: pa.Array,
        bills: Sequence[pa.Array] | None,
        by: Sequence[str],
        rejects: Sequence[pa.Array] | None,
    ) -> pa.RecordBatch:
        """Rows of the result; nulls stand where the bill or the reject of a row is not."""
        schema, count = self.schema, len(places)
        between = schema.types[len(_BEFORE) : -len(_BEHIND)]
        arrays = [each.take(places) for each in rows]
        arrays += [pa.nulls(count, kind) for kind in between] if bills is None else bills
        arrays += [pa.repeat(pa.scalar(each, pa.string()), count) for each in by]
        arrays += [pa.nulls(count, pa.string())] * 3 if rejects is None else rejects
        told = [array.cast(kind) for array, kind in zip(arrays, schema.types, strict=True)]
        return pa.RecordBatch.from_arrays(told, schema=schema)


def bill_frame(
    frame: F,
    *,
    template: Mapping[str, Any] | None = None,
    output: str = "totals",
    tariffs: str | None = None,
    partitions: int | None = None,
    language: str = "en",
) -> F:
    """Bill every row of a frame.

    The rows of an account are brought together first, for its days are billed once: of rows that tell the same days of
    it the one with the smallest ``row`` is billed, and the others are rejected, wherever they were. Before that the
    rows of a number are: those without one and all that share one are rejected, for results are known by it.

    Args:
        frame: a column ``row`` that numbers its rows, a column ``account``, and columns named by their path in the
            request, or by its JSON pointer.
        template: see ``Billing``.
        output: see ``Billing``.
        tariffs: see ``Billing``; this machine has it, too.
        partitions: into how many parts the rows go, each of which a worker holds; by default as the cluster is set.
        language: of the messages of rejects, ``en`` or ``zh``.

    Returns:
        A frame of ``Billing.schema``: bills have no ``reject_code``, rejects nothing but which row it is, and why.

    Raises:
        InvalidInput: where a column is none of a request, or is of floats.
    """
    common = dict(template or {})
    names = [name if name in (ROW, ACCOUNT) else pointer_of(name) for name, _ in frame.dtypes]
    types = [kind for _, kind in frame.dtypes]
    _check(pa.schema([(name, _arrow_type(kind)) for name, kind in zip(names, types, strict=True)]), common)
    catalog = _catalog(tariffs, _area(common))
    billing = Billing(common, Output(output), tariffs, catalog.version, Language(language))
    columns = ", ".join(f"{_quoted(name)} {kind}" for name, kind in zip(names, types, strict=True))
    keyed = frame.toDF(*names).mapInArrow(billing.keyed, f"{columns}, {_quoted(KEY)} string")
    into = [] if partitions is None else [partitions]
    counted = keyed.repartition(*into, ROW).mapInArrow(
        billing.counted, f"{columns}, {_quoted(KEY)} string, {_quoted(TIMES)} bigint"
    )
    placed = counted.repartition(*into, KEY)
    told = ", ".join(f"{_quoted(each.name)} {_type_name(each.type)}" for each in billing.schema)
    return placed.mapInArrow(billing.billed, told)


def _check(schema: pa.Schema, template: Mapping[str, Any]) -> None:
    """See that the columns of a frame are those of rows of requests.

    Raises:
        InvalidInput: where they are not.
    """
    if ROW not in schema.names:
        raise InvalidInput([Fault(FaultCode.MISSING_KEY, "", {"key": ROW})])
    if not pa.types.is_integer(schema.field(ROW).type):
        facts = {"reason": Reason.COLUMN_OF_OTHERS, "value": quoted(ROW)}
        raise InvalidInput([Fault(FaultCode.WRONG_TYPE, f"/{ROW}", facts)])
    names = [name for name in schema.names if name not in _OURS]
    check_columns(pa.schema([schema.field(name) for name in names]))
    check_places(names, template)


def _requests(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The columns of a batch that are of requests."""
    return batch.select([name for name in batch.schema.names if name not in _OURS])


_Rows = tuple[pa.RecordBatch, pa.Array, pa.RecordBatch, dict[int, Fault]]


def _in_order(batches: Iterable[pa.RecordBatch], template: Mapping[str, Any]) -> Iterator[_Rows]:
    """The rows that a worker is handed in the order of their numbers, and those that are known to come back.

    They are held, for what hands them over promises no order, and which of two rows counts must not hang on it.

    Yields:
        Some requests, their numbers, their keys, and by their places what is wrong with some.
    """
    held = [batch for batch in batches if batch.num_rows]
    if not held:
        return
    table = pa.Table.from_batches(held).sort_by(ROW)
    table = table if TIMES in table.column_names else _with_times(table)
    numbers = table[ROW].cast(pa.int64()).combine_chunks()
    told, first = Told(), 0
    for batch in table.combine_chunks().to_batches(max_chunksize=AT_ONCE):
        requests = _requests(batch)
        keys = keys_of(plain_cells(requests), template)
        accounts = requests.column(ACCOUNT)
        known = {
            place: told_twice(str(accounts[place].as_py()), numbers[before].as_py(), "this table")
            for place, before in told.repeats(keys, first)
        } | _numbered_badly(batch)
        yield requests, numbers.slice(first, batch.num_rows), keys, known
        first += batch.num_rows


def _with_times(table: pa.Table) -> pa.Table:
    """Rows with how often the number of each stands among them."""
    numbers = table[ROW].combine_chunks().dictionary_encode("encode").indices.to_numpy()
    return table.append_column(TIMES, pa.array(np.bincount(numbers)[numbers], pa.int64()))


def _numbered_badly(batch: pa.RecordBatch) -> dict[int, Fault]:
    """By their places the rows that results would not be known by: without a number, or with one of several rows."""
    numbers = batch[ROW]
    several = np.flatnonzero(batch[TIMES].to_numpy() > 1).tolist()
    found = {place: Fault(FaultCode.DUPLICATE_ID, f"/{ROW}", {"id": str(numbers[place])}) for place in several}
    missing = np.flatnonzero(numbers.is_null()).tolist()
    return found | dict.fromkeys(missing, Fault(FaultCode.MISSING_KEY, f"/{ROW}", {"key": ROW}))


def _catalog(tariffs: str | None, area: str | None) -> Catalog:
    """The tariffs of a directory; of one area alone, where all rows are of it."""
    with _READING:
        found = _CATALOGS.get((tariffs, area))
        if found is None:
            directory = None if tariffs is None else Path(tariffs)
            found = load_catalog(directory, areas=None if area is None else [area])
            _CATALOGS[tariffs, area] = found
        return found


def _area(template: Mapping[str, Any]) -> str | None:
    area = template.get("area")
    return area_named(area) if isinstance(area, str) else None


def _arrow_type(name: str) -> pa.DataType:
    """The type of a column that a frame calls so; what is of no request is of bytes."""
    found = _DECIMAL.fullmatch(name)
    return pa.decimal128(int(found[1]), int(found[2])) if found else _TYPES.get(name, pa.binary())


def _type_name(kind: pa.DataType) -> str:
    return _NAMES.get(kind) or f"decimal({kind.precision},{kind.scale})"


def _plain_type(kind: pa.DataType) -> pa.DataType:
    """The type of a column of results without its dictionary, which frames do not have."""
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
