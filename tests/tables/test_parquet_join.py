"""Joined files of Parquet hold what a file written at one time would."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from billcalc.tables import parquet_join
from billcalc.tables.parquet_join import join_parquet


def table_of(first: int, rows: int) -> pa.Table:
    numbers = range(first, first + rows)
    table = pa.table(
        {
            "account": [f"A{number}" for number in numbers],
            "amount": pa.array([Decimal(number).scaleb(-2) for number in numbers], pa.decimal128(38, 2)),
            "word": pa.array(
                [("peak", "flat", None)[number % 3] for number in numbers], pa.string()
            ).dictionary_encode(),
            "truth": [number % 2 == 0 for number in numbers],
        }
    )
    return table.replace_schema_metadata({"billcalc.version": "1"})


@pytest.fixture
def joined(tmp_path: Path) -> Path:
    """Files of several sizes, with and without indexes, joined to one."""
    paths = []
    for place, (first, rows) in enumerate(((0, 5), (5, 0), (5, 20_000), (20_005, 3))):
        path = tmp_path / f"{place}.parquet"
        pq.write_table(
            table_of(first, rows), path, row_group_size=700, use_dictionary=["word"], write_page_index=place % 2 == 0,
            compression="zstd",
        )  # fmt: skip
        paths.append(path)
    out = tmp_path / "joined.parquet"
    with out.open("wb") as file:
        join_parquet(paths, file)
    return out


def asked(question: str) -> tuple[Any, ...]:
    """The one row that DuckDB answers."""
    [row] = duckdb.connect().execute(question).fetchall()
    return tuple(row)


def test_every_reader_finds_every_row(joined: Path) -> None:
    expected = table_of(0, 20_008)
    found = pq.read_table(joined)
    assert found.schema.metadata == expected.schema.metadata
    assert found.to_pydict() == expected.to_pydict()
    count, amount, words = asked(
        f"select count(*), sum(amount), count(distinct word) from '{joined}' where truth or not truth"
    )
    assert (count, amount, words) == (20_008, sum(expected.column("amount").to_pylist()), 2)


def test_a_part_of_the_file_can_be_read(joined: Path) -> None:
    with pq.ParquetFile(joined) as file:
        ordinals = file.metadata.num_row_groups
        assert ordinals == 32
        assert file.read_row_group(20, columns=["account"]).column("account")[0].as_py() == "A12605"
        assert file.metadata.num_rows == 20_008
    [found] = asked(f"select word from '{joined}' where account = 'A19999'")
    assert found == "flat"


def test_a_joined_file_can_be_joined_again(joined: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.parquet"
    with again.open("wb") as file:
        join_parquet([joined], file)
    assert again.read_bytes() == joined.read_bytes()


def test_a_row_group_loses_the_number_it_had_in_its_own_file() -> None:
    """Field 1 its columns, of which there are none; field 5 its offset 4; field 7 its number."""
    group = parquet_join._Reader(bytes([0x19, 0x0C, 0x46, 0x08, 0x24, 0x02, 0x00])).struct()
    [moved] = parquet_join._moved([group], 96)
    assert [(field.number, field.value) for field in moved] == [(1, (12, [])), (5, 100)]


def test_what_is_no_parquet_is_the_callers_error(tmp_path: Path) -> None:
    noise = tmp_path / "noise"
    noise.write_bytes(b"noise noise noise")
    with (tmp_path / "out").open("wb") as out, pytest.raises(AssertionError, match="a part is a file of Parquet"):
        join_parquet([noise], out)


def test_of_nothing_there_is_no_schema(tmp_path: Path) -> None:
    with (tmp_path / "out").open("wb") as out, pytest.raises(AssertionError, match="has a schema"):
        join_parquet([], out)


def test_a_footer_is_read_and_written_byte_by_byte() -> None:
    """Kinds of field that no footer of today has, each after a field far away."""
    data = bytes(
        [
            0x11,  # field 1: true
            0x12,  # field 2: false
            0x13, 0x7F,  # field 3: a byte
            0x17, *range(8),  # field 4: a double
            0x08, 0xC8, 0x01, 0x02, 0x61, 0x62,  # field 100, told in full: two bytes
            0x1A, 0x21, 0x01, 0x02,  # field 101: a set of two truths
            0x19, 0xF5, 0x10, *([0x80, 0x01] * 16),  # field 102: a list of sixteen integers
            0x1C, 0x16, 0x03, 0x00,  # field 103: a structure with the integer -2
            0x00,
        ]
    )  # fmt: skip
    fields = parquet_join._Reader(data).struct()
    assert [field.number for field in fields] == [1, 2, 3, 4, 100, 101, 102, 103]
    assert fields[6].value == (5, [64] * 16)
    assert fields[7].value[0].value == -2
    written = bytearray()
    parquet_join._write_struct(fields, written)
    assert bytes(written) == data


def test_a_field_of_an_unknown_kind_is_no_footer() -> None:
    with pytest.raises(AssertionError, match="a footer has no field of kind 11"):
        parquet_join._Reader(bytes([0x1B, 0x00])).struct()
