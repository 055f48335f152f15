"""Tables of issued bills of formats whose cells are read as they are."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from billcalc.runs.bulk_comparison import compare_tables
from billcalc.runs.issued_tables import IssuedTable
from tests.runs.issued import recomputed, rows_of


@pytest.mark.parametrize("ending", ["parquet", "arrow"])
def test_blanks_around_the_cells_of_columns_are_none(ending: str, tmp_path: Path) -> None:
    """A CSV and a workbook are read without them."""
    cells = {"account": [" 1", "1\u3000"], "code": ["energy\t", " levies"], "amount": [" 10.00", "2.00 "]}
    path = tmp_path / f"issued.{ending}"
    if ending == "parquet":
        pq.write_table(pa.table(cells), path)
    else:
        with pa.ipc.new_file(path, pa.table(cells).schema) as file:
            file.write_table(pa.table(cells))
    ours = recomputed(tmp_path, [("1", "energy", "10.00"), ("1", "levies", "3.00")])
    outcome = compare_tables(path, ours, tmp_path / "out.csv", table=IssuedTable())
    assert (outcome.matched, outcome.differing) == (1, 1)
    assert rows_of(tmp_path / "out.csv")[1:] == [["1", "-1.00", "differing", "levies", "2.00", "3.00", "-1.00"]]
