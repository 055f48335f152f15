"""CSV tables: digits survive, records are found whatever is quoted, and what is no row is told."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from billcalc.fields.cells import cell_text
from billcalc.kernel.troubles import InvalidInput
from billcalc.runs.request_tables import RequestTable, open_tables
from billcalc.tables.csv_text import read_csv_text
from billcalc.tables.readers import read_grid

HEADER = "account,area,given.0.amount\n"


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("csv")


def opened(folder: Path, content: str | bytes, *, chunk: int = 100, mapping: Any = None) -> RequestTable:
    path = folder / "table.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    [table] = open_tables([str(path)], mapping=mapping, chunk=chunk)
    return table


def rows_of(table: RequestTable) -> list[tuple[Any, ...]]:
    """The number of each row with its cells, and the malformed rows."""
    found: list[tuple[Any, ...]] = []
    for _, place in table.places():
        for rows in table.read(place):
            cells = zip(*(column.to_pylist() for column in rows.batch.columns), strict=True)
            found += [(int(number), *each) for number, each in zip(rows.numbers, cells, strict=True)]
            found += list(rows.malformed)
    return sorted(found)


def test_every_cell_is_a_text_and_an_empty_one_is_not_told(folder: Path) -> None:
    table = opened(folder, HEADER + "007,cn,1.50\nNA,,0012\n")
    assert rows_of(table) == [(1, "007", "cn", "1.50"), (2, "NA", None, "0012")]
    assert (table.records.encoding, table.rows) == ("utf-8", 2)


def test_a_row_of_units_below_the_head_belongs_to_it(folder: Path) -> None:
    table = opened(folder, HEADER + ',,"(kWh)"\na,x,1\n')
    assert (rows_of(table), table.rows) == ([(1, "a", "x", "1")], 1)
    grid = read_grid(folder / "table.csv")
    assert [[cell.text for cell in row] for row in grid.rows[1:]] == [["a", "x", "1"]]


@pytest.mark.parametrize("chunk", [1, 100])
def test_a_comma_at_the_end_of_each_line_is_no_column(folder: Path, chunk: int) -> None:
    table = opened(folder, HEADER.replace("\n", ",,\n") + "a,x,1,,\nb,y,2,, \n", chunk=chunk)
    assert rows_of(table) == [(1, "a", "x", "1"), (2, "b", "y", "2")]
    grid = read_grid(folder / "table.csv")
    assert [[cell.text for cell in row] for row in grid.rows[1:]] == [["a", "x", "1"], ["b", "y", "2"]]


@pytest.mark.parametrize("chunk", [1, 100])
def test_a_cell_behind_the_last_head_is_told_with_its_row(folder: Path, chunk: int) -> None:
    table = opened(folder, HEADER.replace("\n", ",\n") + "a,x,1,\nb,y,2,z\nc,x\nd,z,4,\n", chunk=chunk)
    rows = [row for row in rows_of(table) if len(row) > 2]
    told = [(row[0], row[1]["count"], row[1]["expected"], row[1]["text"]) for row in rows_of(table) if len(row) == 2]
    assert rows == [(1, "a", "x", "1"), (4, "d", "z", "4")]
    assert told == [(2, "4", "3", "b,y,2,z"), (3, "2", "4", "c,x")]
    assert [len(row) for row in read_grid(folder / "table.csv").rows] == [4, 4, 4, 2, 4]


@pytest.mark.parametrize("units", [",,万kWh", "单位,—,（MWh）"])
def test_a_row_of_other_units_below_the_head_is_told_by_its_place(folder: Path, units: str) -> None:
    with pytest.raises(InvalidInput, match=r"table.csv:2.*numbers are in"):
        opened(folder, f"{HEADER}{units}\na,x,1\n")
    with pytest.raises(InvalidInput, match=r"table.csv:2.*numbers are in"):
        read_grid(folder / "table.csv")


@pytest.mark.parametrize("chunk", [1, 2, 3, 100])
@pytest.mark.parametrize(
    ("records", "rows"),
    [
        ('a,"x,y",1\nb,"x\ny",2\nc,"x""\n",3\n', [(1, "a", "x,y", "1"), (2, "b", "x\ny", "2"), (3, "c", 'x"', "3")]),
        ("a,x,1\r\nb,y,2\r\n", [(1, "a", "x", "1"), (2, "b", "y", "2")]),
        ("a,x,1\n\n  ,,\nb,y,2", [(1, "a", "x", "1"), (4, "b", "y", "2")]),
        ('a,5" pipe,1\nb,6" pipe,2\n', [(1, "a", '5" pipe', "1"), (2, "b", '6" pipe', "2")]),
        ("  a\t,\tx , 1\n", [(1, "a", "x", "1")]),
        ('"a","","1"\n', [(1, "a", None, "1")]),
        ("", []),
    ],
)
def test_records(folder: Path, records: str, rows: list[Any], chunk: int) -> None:
    assert rows_of(opened(folder, HEADER + records, chunk=chunk)) == rows


@pytest.mark.parametrize("chunk", [1, 2, 100])
def test_a_record_with_too_many_or_too_few_cells_is_told_with_its_number(folder: Path, chunk: int) -> None:
    found = rows_of(opened(folder, HEADER + f"a,x\n\nb,y,2\nc,y,2,{'z' * 80}\nd,y,3\n", chunk=chunk))
    assert [each[0] for each in found] == [1, 3, 4, 5]
    assert found[0][1] == {"reason": "cells_instead_of", "count": "2", "expected": "3", "text": "a,x"}
    assert (found[2][1]["count"], found[2][1]["text"][:9]) == ("4", "c,y,2,zzz")
    assert found[2][1]["text"].endswith("…")
    assert found[3] == (5, "d", "y", "3")


@given(
    cells=st.lists(st.lists(st.text('ab",\n 0中', max_size=4), min_size=3, max_size=3), max_size=12),
    chunk=st.integers(1, 5),
)
def test_whatever_is_quoted_each_record_is_one_row(
    cells: list[list[str]], chunk: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in cells]
    found = rows_of(opened(tmp_path_factory.mktemp("csv"), HEADER + "\n".join([*lines, ""]), chunk=chunk))
    expected = [(number, *(cell_text(cell) or None for cell in row)) for number, row in enumerate(cells, start=1)]
    assert found == [row for row in expected if any(row[1:])]


def test_a_byte_order_mark_is_no_part_of_the_first_name(folder: Path) -> None:
    table = opened(folder, b"\xef\xbb\xbf" + HEADER.encode() + "甲,cn,1\n".encode())
    assert rows_of(table) == [(1, "甲", "cn", "1")]


def test_what_is_no_utf_8_is_gb18030(folder: Path) -> None:
    content = "户号,地区\n甲乙丙,广西\n㐀丂,两部制\n"
    mapping = {"户号": "account", "地区": "area"}
    table = opened(folder, content.encode("gb18030"), mapping=mapping)
    assert table.records.encoding == "gb18030"
    assert rows_of(table) == [(1, "甲乙丙", "广西"), (2, "㐀丂", "两部制")]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("", "table.csv: empty"),
        ("\n\n", "table.csv: empty"),
        ("account,,area\n", "table.csv:1: missing_key"),
        ("account,account\n", "table.csv: duplicate_key"),
        ("area\ncn\n", "table.csv: missing_key"),
        (HEADER.encode() + b"\xff\xff\xff\n", f"table.csv: not_text: the input is not UTF-8 text (byte {len(HEADER)})"),
        ("account,area\n".encode("utf-16"), "table.csv: not_text"),
        (HEADER.encode() + b"a,\xe4\n", "not_text"),
        (HEADER + 'a,x,1\nb,"y"z,2\n', "table.csv:3: stray_quote: the quoted cell that begins here is never closed"),
        ('account,"area\na,x\n', "table.csv:1: stray_quote"),
        ("\n账户;area;x\na;b;c\n", "table.csv:2: other_separator: between the names of the columns stands ;, and no comma"),
        ("account\tarea\n", "table.csv:1: other_separator: between the names of the columns stands TAB"),
        (HEADER.encode() + b"a,\0\n", "table.csv: not_text: the input is not UTF-8 text (byte 30)"),
        (b"\xef\xbb\xbf" + HEADER.encode() + b"a,\xd6\xd0,1\n", "table.csv: not_text"),
        (HEADER.encode() + b"\xe4\xb8\xff", f"(byte {len(HEADER)})"),
        (HEADER + 'a,x,1\nb,"y,2\nc,z,3\n', "table.csv:3: stray_quote: the quoted cell that begins here is never closed"),
    ],
)  # fmt: skip
def test_what_is_no_table(folder: Path, content: str | bytes, found: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        opened(folder, content)
    assert found in str(raised.value)


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
@pytest.mark.parametrize("chunk", [1, 100])
def test_every_line_end_is_read_alike(folder: Path, end: str, chunk: int) -> None:
    content = HEADER + 'a,x,1\n\nb,"y\nz",2\nc,,3'
    table = opened(folder, content.replace("\n", end), chunk=chunk)
    assert [(row[0], row[1], row[3]) for row in rows_of(table)] == [(1, "a", "1"), (3, "b", "2"), (4, "c", "3")]


def test_a_formula_that_is_only_a_text_is_the_text_and_a_blank_of_any_kind_is_none(folder: Path) -> None:
    content = HEADER + '="0301",\u3000=1+1\u00a0,"=""1.5"""\n\ufeff0302,="",\u200b\n'
    assert rows_of(opened(folder, content)) == [(1, "0301", "=1+1", "1.5"), (2, "0302", None, None)]


def test_lines_before_the_header_may_be_blank_and_lines_of_nothing_but_commas_are_no_rows(folder: Path) -> None:
    content = ",,,\n \n" + HEADER + "a,x,1\n,,,,,\n  \nb,y,2\n"
    assert rows_of(opened(folder, content)) == [(1, "a", "x", "1"), (4, "b", "y", "2")]


def test_a_line_that_is_longer_than_any_is_refused_before_it_fills_the_memory(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("billcalc.tables.csv_text._BLOCK_BYTES", 8)
    monkeypatch.setattr("billcalc.tables.csv_text.LINE_BYTES_MAX", 64)
    with pytest.raises(InvalidInput, match=r"one line: too_large: the input is larger than 64 bytes"):
        opened(folder, HEADER + "a" * 100)


ENDS = ("\n", "\r", "\r\n")


@given(
    text=st.lists(st.sampled_from([*ENDS, ",", '"', " ", "a", "0", "中", "=", '"a"', '""', "\u3000"]), max_size=25).map(
        "".join
    ),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
    block=st.integers(1, 9),
    chunk=st.integers(1, 4),
)
@example(text="a\r", encoding="utf-8", block=7, chunk=1)
def test_a_table_and_a_single_bill_read_the_same_cells_of_any_text_or_refuse_it_alike(
    text: str, encoding: str, block: int, chunk: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = f"account,b\n{text}".encode(encoding)
    path = tmp_path_factory.mktemp("csv") / "table.csv"

    def cells_of_a_table() -> Any:
        try:
            with pytest.MonkeyPatch.context() as patched:
                patched.setattr("billcalc.tables.csv_text._BLOCK_BYTES", block)
                rows = rows_of(opened(path.parent, content, chunk=chunk, mapping={"account": "account", "b": "area"}))
        except InvalidInput as invalid:
            return [fault.code for fault in invalid.faults]
        return [row[1:] if len(row) == 3 else "malformed" for row in rows]

    def cells_of_a_bill() -> Any:
        try:
            _, *rows = read_csv_text(content).rows()
        except InvalidInput as invalid:
            return [fault.code for fault in invalid.faults]
        return [tuple(c.text or None for c in row) if len(row) == 2 else "malformed" for row in rows]

    assert cells_of_a_table() == cells_of_a_bill()


def test_names_may_be_quoted_over_lines_and_doubled_where_they_are_not_read(folder: Path) -> None:
    table = opened(folder, '" ac\ncount",x,x\na,1,2\n', mapping={"ac\ncount": "account"})
    assert table.unread == ("x", "x")
    assert rows_of(table) == [(1, "a")]


def test_a_large_file_is_cut_where_records_end(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("billcalc.tables.csv_text._BLOCK_BYTES", 64)
    records = [
        f'{number},{"中" * (number % 7)},"{number}"' if number % 3 else f"{number},x,y" for number in range(1, 400)
    ]
    table = opened(folder, HEADER + "\n".join(records), chunk=17)
    assert [row[0] for row in rows_of(table)] == list(range(1, 400))
    assert [count for count, _ in table.places()] == [17] * 23 + [8]
    assert table.rows == 399
