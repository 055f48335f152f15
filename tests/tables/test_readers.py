"""Whatever a table is written in, its cells are the same, and what we write we read, cell for cell."""

import io
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from billcalc.fields.cells import is_total
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import InvalidInput
from billcalc.tables import readers
from billcalc.tables.readers import READERS, is_table, open_records, read_grid
from billcalc.tables.writers import FORMATS, Tabular, format_of
from billcalc.words.lexicon import ENGLISH
from tests.tables.interval_reading import read_as_stated
from tests.tables.workbooks import saved, workbook

TEXTS = ["0301", "=1+1", "'=1+1", "'0301", "-甲", "+1", "@乙", 'a "sign", no', "a\nb", "3.01235E+12", "''-5"]
TABLE = pa.table(
    {
        "account": pa.array(TEXTS),
        "amount": pa.array([Decimal(number) / 8 - 1 for number in range(len(TEXTS))], pa.decimal128(12, 3)),
        "count": pa.array([None, *range(1, len(TEXTS))], pa.int64()),
    }
)
AS_TEXTS = [
    [account, f"{amount:f}".rstrip("0").rstrip("."), "" if count is None else str(count)]
    for account, amount, count in zip(*(column.to_pylist() for column in TABLE.columns), strict=True)
]


def written(table: pa.Table, written_in: Tabular) -> bytes:
    out = io.BytesIO()
    FORMATS[written_in].write(table.to_batches(), out, table.schema)
    return out.getvalue()


def plain(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text and "E" not in text else text


@pytest.mark.parametrize("written_in", list(Tabular))
def test_what_is_written_is_read_cell_for_cell(written_in: Tabular, tmp_path: Path) -> None:
    content = written(TABLE, written_in)
    grid = read_grid(content, name="x.csv" if written_in is Tabular.MARKED_CSV else f"x.{written_in}")
    assert [cell.text for cell in grid.rows[0]] == TABLE.column_names
    assert [[row[0].text, plain(row[1].text), row[2].text] for row in grid.rows[1:]] == AS_TEXTS

    records = open_records(saved(tmp_path / f"x.{written_in.removesuffix('-bom')}", content), 4)
    found = [
        row
        for _, place in records.places()
        for each in records.read(place, ["account"])
        for row in each.batch.to_pylist()
    ]
    assert [row["account"] for row in found] == TEXTS


@pytest.mark.parametrize("written_in", [Tabular.PARQUET, Tabular.ARROW, Tabular.EXCEL])
def test_the_first_bytes_tell_what_a_file_is_whatever_its_name(written_in: Tabular) -> None:
    assert len(read_grid(written(TABLE, written_in)).rows) == len(TEXTS) + 1


def test_a_stream_of_arrow_is_read_from_bytes() -> None:
    out = io.BytesIO()
    with pa.ipc.new_stream(out, TABLE.schema) as stream:
        stream.write_table(TABLE)
    assert [row[0].text for row in read_grid(out.getvalue()).rows[1:]] == TEXTS


def test_a_csv_with_a_mark_for_spreadsheets_begins_with_it() -> None:
    assert written(TABLE, Tabular.MARKED_CSV) == b"\xef\xbb\xbf" + written(TABLE, Tabular.CSV)


def test_what_no_spreadsheet_would_calculate_is_written_as_it_is() -> None:
    assert written(pa.table({"a": ["x", "1"]}), Tabular.CSV) == b'a\n"x"\n"1"\n'


def test_floats_are_refused_by_the_names_of_their_columns() -> None:
    out = io.BytesIO()
    pq.write_table(pa.table({"a": [0.5], "b": [1], "c": [1.5]}), out)
    with pytest.raises(InvalidInput) as caught:
        read_grid(out.getvalue(), name="x.parquet")
    assert [fault.facts["value"].strip('"') for fault in caught.value.faults] == ["a", "c"]


def test_a_damaged_table_is_told_at_every_door() -> None:
    for name in ("x.parquet", "x.arrow"):
        with pytest.raises(InvalidInput, match="cannot_read"):
            read_grid(b"noise", name=name)


def test_every_format_is_named_where_a_file_is_none() -> None:
    suffixes = [suffix for reader in READERS for suffix in reader.suffixes]
    assert all(is_table(f"x{suffix}") for suffix in suffixes)
    assert not is_table("x.yaml")
    told = ENGLISH.reasons[Reason.NAME_OF_A_TABLE]
    assert all(reader.suffixes[0] in told for reader in READERS)
    assert format_of("x.yaml") is None


def test_intervals_are_read_from_workbooks() -> None:
    rows = [["timestamp", "kwh"], ["2024-06-01 00:00", 1.5], ["2024-06-01 00:15", 0.1]]
    table = read_as_stated(workbook(("S", rows)), name="i.xlsx", zone="Asia/Shanghai")
    assert [energy for _, energy in table.readings] == [Decimal("1.5"), Decimal("0.1")]


def test_no_rows_at_all_are_told() -> None:
    with pytest.raises(InvalidInput, match="empty"):
        read_as_stated(b" \n", name="i.csv")


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        *(
            (each, True)
            for each in ("合 计", "总计：", "Total", "合计（12户）", "合计12户", "共12户", "一车间小计", "汇总")
        ),
        *((each, True) for each in ("平均值", "合計", "2024年6月合计", "合计电量", "ＴＯＴＡＬ (2)", "Sub total: 3")),
        *(
            (each, False)
            for each in ("合计户", "", "0301", "Total Energies 5", "total2", "共和12户", "summit", "平均户")
        ),
    ],
)
def test_rows_that_sum_others_are_known_by_their_name(text: str, yes: bool) -> None:
    assert is_total(text) is yes


def test_a_format_whose_package_is_missing_is_told_and_csv_is_read_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    with monkeypatch.context() as patch:
        patch.setattr(readers, "import_module", missing)
        with pytest.raises(InvalidInput) as raised:
            read_grid(b"PAR1", name="bills.parquet")
    assert raised.value.faults[0].facts == {"reason": Reason.NO_PACKAGE_FOR_COLUMNS}


def test_a_command_for_one_bill_needs_no_columns() -> None:
    code = "import sys, billcalc.cli.compare, billcalc.cli.bill; sys.exit('pyarrow' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
