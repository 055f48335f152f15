"""A hundred thousand rows of requests, and what they come to on this machine alone."""

from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from billcalc.bulk.calculate import calculate
from billcalc.files.documents import read_document
from billcalc.library.catalog import load_catalog
from billcalc.spark import ROW

TEMPLATE: Any = read_document("fixtures/bulk/template.yaml").data
MANY = 100_000
_PEAK = "metering_points.0.readings.1.peak"


@cache
def requests(count: int = MANY) -> pa.Table:
    """Rows of accounts: each hundredth cannot be billed, each thousandth comes back; the first row counts."""
    numbers = np.arange(count)
    read = {"peak": 130, "flat": 110, "valley": 250, "reactive_forward": 300}
    columns: dict[str, Any] = {
        "account": [f"{number - number % 2 * (number % 1000 == 999):07d}" for number in numbers],
        "agreement.0.supply_points.S1.transformers.0.kva": 1000 + numbers % 7 * 500,
        "metering_points.0.config.0.multiplier": np.full(count, 100),
    }
    for register, kwh in read.items():
        columns[f"metering_points.0.readings.0.{register}"] = numbers % 1000
        columns[f"metering_points.0.readings.1.{register}"] = numbers % 1000 + kwh + numbers % 13
    columns[_PEAK] = np.where(numbers % 100 == 50, -1, columns[_PEAK])
    return pa.table(columns).append_column(ROW, pa.array(numbers + 1, pa.int64()))


@cache
def here(count: int = MANY) -> tuple[pa.Table, pa.Table]:
    """The bills and the rejects of these rows on this machine."""
    table = requests(count).drop_columns([ROW])
    found = list(calculate(table.to_batches(), load_catalog(areas=["cn-guangxi"]), template=TEMPLATE))
    return (
        pa.Table.from_batches([each.bills for each in found]),
        pa.Table.from_batches([each.rejects for each in found]),
    )


def same(told: pa.Table, count: int = MANY) -> bool:
    """Whether a cluster told exactly what this machine tells, of every row that came in."""
    told = told.sort_by(ROW)
    bills, rejects = here(count)
    billed = told.filter(pc.is_null(told["reject_code"]))
    others = told.filter(pc.is_valid(told["reject_code"]))
    plain = pa.table([_plain(column) for column in bills.columns], names=bills.column_names)
    theirs = others.select([ROW, "account", "reject_field", "reject_code", "reject_message"])
    theirs = theirs.rename_columns(rejects.column_names)
    counted = told[ROW].to_pylist() == list(range(1, count + 1))
    return counted and _equal(billed.select(plain.column_names), plain) and _equal(theirs, rejects)


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column


def _equal(left: pa.Table, right: pa.Table) -> bool:
    schema = pa.schema([(field.name, field.type) for field in right.schema])
    return bool(left.cast(schema).combine_chunks().equals(right.cast(schema).combine_chunks()))
