"""Tables of many structures: one for each account, some hundreds of rows each, and ids that tell nothing.

Each row is a ratio of processor times, medians of interleaved runs. Where each account has a structure of its own, the
other program is one bill at a time: the request of each row validated and calculated, without a derivation.
"""

import itertools
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.bulk import accounts, template_of
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.bulk import calculate as calculate_batches
from billcalc.bulk.paths import ACCOUNT, request_data
from billcalc.fields import validated
from billcalc.library.catalog import load_catalog
from billcalc.runs.batches import Settings, bill_tables
from billcalc.tariff.catalog import Catalog

SHAPE = "guangxi-2024-06-p1"
TRANSFORMER = "agreement.0.supply_points.S1.transformers.0.id"
"""An id that makes a structure: the basic charge asks which transformer is which."""
UNREAD = {"point": "metering_points.0.id", "meter": "metering_points.0.config.0.meter"}
ALONE, EACH, STRUCTURES, MANY = 200, 1_000, 100, 100_000
RUNS = 5

_numbers = itertools.count()


def named(batch: pa.RecordBatch, column: str, places: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> pa.RecordBatch:
    """A batch with a column of ids that no run before had."""
    run = next(_numbers)
    return batch.append_column(column, pa.array([f"I{run}-{place}" for place in places]))


def in_columns(batch: pa.RecordBatch, catalog: Catalog) -> None:
    """The totals of a batch."""
    [result] = calculate_batches([batch], catalog, output="totals", template=template_of(SHAPE))
    assert result.billed == batch.num_rows, result.rejects.slice(0, 3).to_pylist()


def one_by_one(batch: pa.RecordBatch, catalog: Catalog) -> None:
    """The bills of a batch, one at a time."""
    template = template_of(SHAPE)
    for row in batch.drop_columns(ACCOUNT).to_pylist():
        request = validated(Request, request_data(template, {name: str(value) for name, value in row.items()}))
        assert isinstance(calculate(request, catalog, derivation=False), Bill)


def in_files(batch: pa.RecordBatch) -> None:
    """The totals of a file."""
    with tempfile.TemporaryDirectory() as directory:
        table = Path(directory) / "requests.parquet"
        pq.write_table(pa.Table.from_batches([batch]), table)
        out = Path(directory) / "totals.parquet"
        counts = bill_tables(Settings([str(table)], out, template=template_of(SHAPE), workers=1))
        assert counts.billed == batch.num_rows


def seconds(work: Callable[[], None]) -> float:
    """The processor time of one run."""
    before = time.process_time()
    work()
    return time.process_time() - before


def report(name: str, works: Callable[[], tuple[Callable[[], None], Callable[[], None]]]) -> None:
    """Print how much faster the second of two is than the first."""
    times = [tuple(map(seconds, works())) for _ in range(RUNS)]
    first, second = (statistics.median(each) for each in zip(*times, strict=True))
    print(f"{name:60} {first * 1e3:9.1f} ms, {second * 1e3:9.1f} ms, ratio {first / second:6.2f}", flush=True)


def main() -> None:
    """Measure all rows."""
    catalog = load_catalog()
    few, many = accounts(SHAPE, ALONE), accounts(SHAPE, MANY)
    own = np.arange(ALONE)
    report(
        "a structure each: one at a time ÷ columns",
        lambda: (
            partial(one_by_one, named(few, TRANSFORMER, own), catalog),
            partial(in_columns, named(few, TRANSFORMER, own), catalog),
        ),
    )
    ordered = np.repeat(np.arange(STRUCTURES), EACH)
    mixed = np.random.default_rng(1).permutation(ordered)
    report(
        f"{EACH:,} rows a structure, file: in order ÷ shuffled",
        lambda: (
            partial(in_files, named(many, TRANSFORMER, ordered)),
            partial(in_files, named(many, TRANSFORMER, mixed)),
        ),
    )
    for name, column in UNREAD.items():
        report(
            f"one structure ÷ the same with a {name}'s id in each row",
            lambda column=column: (  # type: ignore[misc]
                partial(in_columns, many, catalog),
                partial(in_columns, named(many, column, np.arange(MANY)), catalog),
            ),
        )


if __name__ == "__main__":
    main()
