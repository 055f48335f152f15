"""Tables of any format, in pieces of any size, give the same rows with the same numbers."""

import pickle
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow.feather import write_feather

from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.runs.request_tables import RequestTable, open_tables, pieces_of, read_mapping, table_names

ROWS = 57


def table_of(rows: int = ROWS) -> pa.Table:
    return pa.table(
        {
            "account": pa.array(range(rows)),
            "area": ["cn"] * rows,
            "given.0.amount": [f"{number}.50" for number in range(rows)],
            "other": [0.5] * rows,
        }
    )


def write(path: Path, *, group: int = 10, table: pa.Table | None = None) -> Path:
    table = table_of() if table is None else table
    batches = table.to_batches(max_chunksize=group)
    match path.suffix:
        case ".parquet":
            pq.write_table(table, path, row_group_size=group)
        case ".csv":
            pa_csv.write_csv(table, path)
        case ".arrows":
            with pa.ipc.new_stream(path, table.schema) as stream:
                for batch in batches:
                    stream.write_batch(batch)
        case _:
            with pa.ipc.new_file(path, table.schema) as file:
                for batch in batches:
                    file.write_batch(batch)
    return path


def rows_of(tables: list[RequestTable]) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    for piece in pieces_of(tables):
        for rows in tables[piece.source].read(piece.place):
            cells = zip(*(column.to_pylist() for column in rows.batch.columns), strict=True)
            found += [(piece.source, int(number), *each) for number, each in zip(rows.numbers, cells, strict=True)]
    return found


MAPPING = {"account": "account", "given.0.amount": "given.0.amount"}
EXPECTED = [(0, number + 1, str(number), f"{number}.50") for number in range(ROWS)]


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".arrow", ".arrows", ".feather"])
@pytest.mark.parametrize("group", [1, 10, 57, 100])
@pytest.mark.parametrize("chunk", [1, 4, 25, 1000])
def test_every_row_is_read_once_with_its_number(tmp_path: Path, suffix: str, group: int, chunk: int) -> None:
    path = write(tmp_path / f"table{suffix}", group=group)
    tables = open_tables([str(path)], mapping=MAPPING, chunk=chunk)
    assert rows_of(tables) == EXPECTED
    assert tables[0].rows == ROWS
    assert tables[0].unread == ("area", "other")
    assert sum(piece.rows for piece in pieces_of(tables)) == ROWS
    assert all(rows.batch.num_rows <= 4 * chunk for piece in pieces_of(tables) for rows in tables[0].read(piece.place))


def test_a_few_large_row_groups_are_shared_and_many_small_ones_put_together(tmp_path: Path) -> None:
    large = open_tables([str(write(tmp_path / "large.parquet", group=57))], mapping=MAPPING, chunk=10)
    assert [piece.rows for piece in pieces_of(large)] == [14, 14, 14, 15]
    some = open_tables([str(write(tmp_path / "some.parquet", group=19))], mapping=MAPPING, chunk=5)
    assert [piece.rows for piece in pieces_of(some)] == [6, 6, 7] * 3, "a reader of a share decodes those before it"
    small = open_tables([str(write(tmp_path / "small.parquet", group=3))], mapping=MAPPING, chunk=10)
    assert [piece.rows for piece in pieces_of(small)] == [9] * 6 + [3]


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".arrow", ".arrows"])
def test_a_table_without_rows(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path / f"none{suffix}", table=table_of(0))
    tables = open_tables([str(path)], mapping=MAPPING, chunk=10)
    assert rows_of(tables) == []
    assert tables[0].rows == 0


def test_several_tables_are_read_in_their_order(tmp_path: Path) -> None:
    names = [str(write(tmp_path / name)) for name in ("b.csv", "a.parquet")]
    tables = open_tables(names, mapping=MAPPING, chunk=20)
    assert [row[0] for row in rows_of(tables)] == [0] * ROWS + [1] * ROWS
    assert [piece.number for piece in pieces_of(tables)] == list(range(6))


def test_patterns_mean_files_in_order_and_each_once(tmp_path: Path) -> None:
    names = [str(write(tmp_path / name)) for name in ("m-2.csv", "m-1.csv", "odd[1].csv")]
    assert table_names([str(tmp_path / "m-*.csv"), names[0]]) == [names[1], names[0]]
    assert table_names([names[2]]) == [names[2]]
    assert table_names(["not-there.csv"]) == ["not-there.csv"]
    with pytest.raises(InvalidInput, match="no file has a name of this pattern"):
        table_names([str(tmp_path / "*.xlsx")])


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("not-there.csv", None, "cannot_read: the input cannot be read: no such file or directory"),
        ("not-there.parquet", None, "cannot_read"),
        ("not-there.arrow", None, "cannot_read"),
        ("bills.doc", b"", "a table is a file of"),
        ("noise.parquet", b"noise noise noise", "cannot_read"),
        ("noise.arrow", b"noise noise noise", "cannot_read"),
        ("empty.arrow", b"", "cannot_read"),
    ],
)
def test_what_is_no_table(tmp_path: Path, name: str, content: bytes | None, found: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InvalidInput) as raised:
        open_tables([str(path)], mapping=None, chunk=10)
    assert found in str(raised.value)


def test_everything_that_is_wrong_with_several_tables_is_told(tmp_path: Path) -> None:
    names = [str(write(tmp_path / "a.parquet")), str(tmp_path / "b.csv"), str(write(tmp_path / "c.csv"))]
    with pytest.raises(InvalidInput) as raised:
        open_tables(names, mapping={"户号": "account"}, chunk=10)
    assert [fault.code for fault in raised.value.faults] == ["unknown_reference", "cannot_read", "unknown_reference"]
    assert "account, area, given.0.amount, other" in str(raised.value)


def test_a_column_of_floats_is_refused_before_anything_is_billed(tmp_path: Path) -> None:
    path = write(tmp_path / "floats.parquet")
    with pytest.raises(InvalidInput) as raised:
        open_tables([str(path)], mapping={"account": "account", "other": "given.0.kwh"}, chunk=10)
    [fault] = raised.value.faults
    assert (fault.code, fault.where) == ("not_a_number", f"{path}#/given/0/kwh")


def test_a_mapping_gives_columns_their_paths(tmp_path: Path) -> None:
    path = tmp_path / "columns.yaml"
    path.write_text("户号: account\n峰: metering_points.0.given.kwh.peak\n")
    assert read_mapping(str(path)) == {"户号": "account", "峰": "metering_points.0.given.kwh.peak"}


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("- a\n", "columns.yaml:1:1: wrong_type: a mapping of columns to paths is expected here"),
        ("a: [x]\n", "columns.yaml:1:4: wrong_type: a path in the request is expected here"),
        ("a:\n", "wrong_type: a path in the request is expected here"),
        ("a: account\nb: account\n", "columns.yaml:2:4: duplicate_key"),
    ],
)
def test_what_is_no_mapping(tmp_path: Path, content: str, found: str) -> None:
    path = tmp_path / "columns.yaml"
    path.write_text(content)
    with pytest.raises(InvalidInput) as raised:
        read_mapping(str(path))
    assert found in str(raised.value)


DAMAGED = ("a.parquet", "b.parquet", "c.feather", "d.arrow", "e.arrow", "f.csv")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small table in every format."""
    folder = tmp_path_factory.mktemp("sound")
    areas = pa.array(["cn-guangxi", None] * 30).dictionary_encode()
    table = pa.table(
        {"account": [f"甲{row}" for row in range(60)], "area": areas, "given.0.amount": pa.array(range(60))}
    )
    pq.write_table(table, folder / "a.parquet", row_group_size=20)
    pq.write_table(table, folder / "b.parquet", compression="zstd")
    write_feather(table, folder / "c.feather", compression="lz4")
    with pa.ipc.new_stream(folder / "d.arrow", table.schema) as stream:
        stream.write_table(table)
    with pa.ipc.new_file(folder / "e.arrow", table.schema) as file:
        file.write_table(table)
    (folder / "f.csv").write_text("account,area\n" + "".join(f'甲{row},"x"\n' for row in range(60)))
    return folder


@given(
    name=st.sampled_from(DAMAGED),
    cut=st.none() | st.floats(0, 1, exclude_max=True),
    hits=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=8),
    lost=st.integers(0, 40),
)
def test_a_file_that_is_damaged_in_any_way_is_read_or_told_in_a_sentence(
    sound: Path, name: str, cut: float | None, hits: list[tuple[float, int]], lost: int
) -> None:
    content = bytearray((sound / name).read_bytes())
    for hit, byte in hits:
        content[int(hit * len(content))] = byte
    if cut is not None:
        at = int(cut * len(content))
        content = content[:at] + (content[at + lost :] if lost else b"")
    path = sound / f"damaged-{name}"
    path.write_bytes(content)
    faults: tuple[Fault, ...] = ()
    try:
        for table in open_tables([str(path)], mapping=None, chunk=16):
            for _, place in table.places():
                for rows in table.read(place):
                    rows.batch.to_pylist()
    except InvalidInput as invalid:
        faults = invalid.faults
    assert all(str(fault).startswith(str(path)) and "\n" not in str(fault) for fault in faults)


def test_what_a_worker_finds_damaged_is_told_to_the_process_that_started_it() -> None:
    fault = Fault(FaultCode.CANNOT_READ, "in.parquet", {"reason": "damaged"})
    assert pickle.loads(pickle.dumps(InvalidInput([fault]))).faults == (fault,)


def test_a_column_of_another_unit_is_refused_by_its_name(tmp_path: Path) -> None:
    table = pa.table({"户号": ["1"], "电量(万千瓦时)": ["13"], "备注(%)": ["x"]})
    path = str(write(tmp_path / "in.csv", table=table))
    mapping = {"户号": "account", "电量(万千瓦时)": "metering_points.0.given.kwh.peak", "备注(%)": "area"}
    with pytest.raises(InvalidInput) as caught:
        open_tables([path], mapping=mapping, chunk=10)
    facts = {"reason": "unit_of_column", "column": "电量(万千瓦时)", "value": "万千瓦时"}
    facts |= {"key": "metering_points.0.given.kwh.peak", "unit": "kWh"}
    assert caught.value.faults == (Fault(FaultCode.INCONSISTENT, path, facts),)


def test_a_column_that_a_mapping_takes_for_another_band_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("户号,峰电量\nA,1\n", encoding="utf-8")
    mapping = {"户号": "account", "峰电量": "metering_points.0.given.kwh.valley"}
    with pytest.raises(InvalidInput) as invalid:
        open_tables([str(tmp_path / "in.csv")], mapping=mapping, chunk=10)
    assert [fault.facts["reason"] for fault in invalid.value.faults] == ["says_otherwise"]
