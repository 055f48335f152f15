"""The programs that bill tables by hand come to the same cells."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bench.bulk_by_hand import Bench, same, table
from bench.by_duckdb import by_duckdb
from billcalc.bulk.output import Output

pytestmark = pytest.mark.no_cover


@pytest.fixture
def made(tmp_path: Path) -> Bench:
    found = Bench(3_000, tmp_path)
    found.batch = table(3_000, found.common, seed=2)
    pq.write_table(pa.Table.from_batches([found.batch]), found.requests)
    return found


def test_totals_by_numpy_integers_and_by_duckdb_are_those_of_columns(made: Bench) -> None:
    made.billed(Output.TOTALS)
    made.by_numpy(made.arrays.table_of_totals)
    assert same(pq.read_table(made.ours), pq.read_table(made.theirs))
    by_duckdb(made.requests, made.theirs, made.tariff, made.common)
    assert same(pq.read_table(made.ours), pq.read_table(made.theirs))
    totals = pq.read_table(made.ours).column("total").combine_chunks()
    assert totals.equals(made.arrays.totals(made.batch, made.common))


def test_lines_by_numpy_integers_are_those_of_columns(made: Bench) -> None:
    made.billed(Output.LINES)
    made.by_numpy(made.lines)
    assert same(pq.read_table(made.ours), pq.read_table(made.theirs))
