"""A workbook shows names and numbers as they are."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from billcalc.kernel.troubles import InvalidInput
from billcalc.runs.batches import Settings, bill_tables
from billcalc.tables import workbook_writing
from billcalc.tables.workbook_writing import Page, write_pages
from tests.runs.test_batches import KWH, TARIFFS, TEMPLATE


def test_what_a_cell_can_hold_is_a_number_and_everything_else_a_text() -> None:
    numbers = [Decimal("12.50"), Decimal("0.041825000000"), 7, Decimal("0.00"), Decimal(10) ** 14]
    long = [Decimal("1234567890123.456"), Decimal("0.1234567890123456"), 2**53 + 1, Decimal("1E-15")]
    out = io.BytesIO()
    write_pages(out, [Page("bills", ["account"], [["0301", None, date(2024, 6, 1), "=1+1", *numbers, *long]])])
    out.seek(0)
    [head, row] = CalamineWorkbook.from_filelike(out).get_sheet_by_name("bills").to_python()
    assert head[0] == "account"
    assert row[:4] == ["0301", "", "2024-06-01", "=1+1"]
    assert row[4:9] == [12.5, 0.041825, 7, 0, 10**14]
    assert row[9:] == ["1234567890123.456", "0.1234567890123456", "9007199254740993", "1E-15"]


def settings(folder: Path, output: str) -> Settings:
    pq.write_table(pa.table({"account": ["a", "b"], KWH: ["1", "2"]}), folder / "in.parquet")
    (folder / "template.yaml").write_text(TEMPLATE)
    from billcalc.bulk.output import Output

    return Settings(
        inputs=[str(folder / "in.parquet")], out=folder / "out.xlsx", output=Output(output),
        template=str(folder / "template.yaml"), tariffs=TARIFFS, workers=1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("output", "rows_max", "found"),
    [("totals", 1, "2 rows are more than the 1"), ("lines", 5, "rows are more than the 5")],
)
def test_bills_that_are_too_many_for_a_workbook_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str, rows_max: int, found: str
) -> None:
    monkeypatch.setattr(workbook_writing, "WORKBOOK_ROWS_MAX", rows_max)
    with pytest.raises(InvalidInput, match=found):
        bill_tables(settings(tmp_path, output))
    assert not (tmp_path / "out.xlsx").exists()
