"""Shares of a row group hold the rows they stand for, in whatever order and by whomever they are read."""

from itertools import permutations
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from billcalc.tables import parquet_records
from billcalc.tables.parquet_records import ParquetRecords, open_records

ROWS = 20


def table(path: Path, first: int, rows: int = ROWS) -> ParquetRecords:
    numbers = list(range(first, first + rows))
    pq.write_table(pa.table({"account": list(map(str, numbers)), "kwh": numbers}), path)
    return open_records(str(path), 2)


def told(records: ParquetRecords, place: tuple[int, ...], column: str = "kwh") -> list[int]:
    found = list(records.read(place, [column]))
    assert [number for each in found for number in each.numbers] == list(range(place[2] + 1, place[3] + 1))
    return [int(cell) for each in found for cell in each.batch.column(0).to_pylist()]


def test_shares_are_read_in_any_order(tmp_path: Path) -> None:
    records = table(tmp_path / "in.parquet", 100)
    places = [place for _, place in records.places()]
    assert len(places) == 4
    for order in permutations(places):
        for place in order:
            assert told(records, place) == list(range(100 + place[2], 100 + place[3]))


def test_a_share_goes_on_only_where_the_same_columns_of_the_same_file_were_left(tmp_path: Path) -> None:
    records = table(tmp_path / "in.parquet", 100)
    first, second, *_ = (place for _, place in records.places())
    told(records, first)
    assert told(records, second, "account") == list(range(105, 110))
    table(tmp_path / "in.parquet", 2000)
    assert told(records, second, "account") == list(range(2005, 2010))


def test_each_row_is_decoded_once_where_shares_are_read_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    real = pq.ParquetFile

    def counted(name: str, **more: object) -> pq.ParquetFile:
        opened.append(name)
        return real(name, **more)

    records = table(tmp_path / "in.parquet", 100)
    monkeypatch.setattr("billcalc.tables.parquet_records.pq.ParquetFile", counted)
    for _, place in records.places():
        told(records, place)
    assert len(opened) == 1
    assert parquet_records._LEFT == []


def test_a_file_that_has_fewer_rows_than_it_told_gives_those_it_has(tmp_path: Path) -> None:
    records = table(tmp_path / "in.parquet", 100)
    table(tmp_path / "in.parquet", 100, rows=3)
    [found] = records.read((0, 0, 0, 20), ["kwh"])
    assert found.batch.num_rows == 3
