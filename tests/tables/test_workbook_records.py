"""Workbooks are read as they are shown, and what cannot be trusted is told by the address of its cell."""

import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from billcalc.kernel.troubles import InvalidInput
from billcalc.tables import workbook_cells, workbook_grid, workbook_package
from billcalc.tables.grid import Grid
from billcalc.tables.readers import open_records, read_grid
from billcalc.tables.workbook_package import open_package
from tests.tables.workbooks import rewritten, saved, workbook

HEAD = ["户号", "电费年月", "合计"]


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def grid_of(rows: Sequence[Any], **told: Any) -> Grid:
    return read_grid(workbook(("电费", rows), **told), name="book.xlsx")


def faults_of(content: bytes, name: str = "book.xlsx") -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        read_grid(content, name=name)
    return [str(fault) for fault in caught.value.faults]


def test_a_cell_knows_its_address_and_numbers_have_the_digits_that_are_shown() -> None:
    grid = grid_of([HEAD, ["0301", 202407, 0.1 + 0.2], ["3012345678901", "2024年7月", 1234.5], [None, "x", True]])
    assert texts(grid) == [HEAD, ["0301", "202407", "0.3"], ["3012345678901", "2024年7月", "1234.5"], ["", "x", "true"]]
    assert grid.rows[1][2].where == "book.xlsx: 电费!C2"
    assert (grid.encoding, grid.hidden) == ("utf-8", 0)


def test_a_number_that_has_lost_digits_is_shown_as_a_spreadsheet_shows_it() -> None:
    assert texts(grid_of([HEAD, [3012345678901234567, "2024-07", 1]]))[1][0] == "3.01235E+18"


def test_days_and_times_are_written_as_they_are_meant() -> None:
    first = datetime(2024, 6, 1)  # noqa: DTZ001 a wall clock
    rows = [["timestamp", "day", "clock", "hours"]] + [
        [first + timedelta(minutes=15 * step), date(2024, 6, 1), time(0, 15), timedelta(hours=24)] for step in (0, 1, 7)
    ]
    formats = {
        (r, c): kind for r in (1, 2, 3) for c, kind in enumerate(("yyyy-mm-dd hh:mm", "yyyy-mm-dd", "hh:mm", "[h]:mm"))
    }
    found = texts(grid_of(rows, formats=formats))
    assert found[1] == ["2024-06-01 00:00:00", "2024-06-01", "00:15:00", "24:00:00"]
    assert [row[0] for row in found[2:]] == ["2024-06-01 00:15:00", "2024-06-01 01:45:00"]


def test_titles_above_and_notes_below_are_no_rows() -> None:
    rows = [
        ["某公司电费清单", None, None],
        ["单位：元", None, "2024年7月"],
        [],
        HEAD,
        ["0301", "202407", 1],
        [],
        ["制表：甲"],
        [],
    ]
    grid = grid_of(rows, merged=[(0, 0, 0, 2), (1, 0, 1, 1)])
    assert texts(grid) == [HEAD, ["0301", "202407", "1"]]
    assert grid.rows[1][0].where == "book.xlsx: 电费!A5"


def test_an_account_alone_in_a_last_row_is_a_row_and_no_note() -> None:
    rows = [["户号", "电量", "备注"], ["0301", 5, "a"], ["0302"], [None, 7], ["制表人：张三"]]
    assert texts(grid_of(rows))[1:] == [["0301", "5", "a"], ["0302", "", ""], ["", "7", ""]]


def test_a_row_of_units_below_the_head_belongs_to_it() -> None:
    rows = [["户号", "电量", "电费"], ["", "kWh", "（元）"], ["0301", 5, 7]]
    assert texts(grid_of(rows)) == [["户号", "电量", "电费"], ["0301", "5", "7"]]


@pytest.mark.parametrize(("units", "place"), [(["", "万kWh", "元"], "B2"), (["单位", "千瓦时", "万元"], "C2")])
def test_a_row_of_other_units_below_the_head_is_told_by_its_address(units: list[str], place: str) -> None:
    with pytest.raises(InvalidInput, match=f"{place}.*numbers are in 万"):
        grid_of([["户号", "电量", "电费"], units, ["0301", 5, 7]])


@pytest.mark.parametrize(
    "head", [["户号", "合计", "电费年月"], ["户号", "电费年月", "尖电量"], ["序号", "户号", "电费年月"]]
)
def test_a_second_table_of_other_columns_is_told_by_its_head(head: list[str]) -> None:
    rows = [HEAD, ["0301", "202407", 1], [], head, ["0302", 5, "202407"]]
    with pytest.raises(InvalidInput, match=r'电费!.4: .*the key "户号" stands twice'):
        grid_of(rows)


def test_the_same_head_again_and_a_word_of_it_are_rows_that_their_readers_tell() -> None:
    rows = [HEAD, ["0301", "202407", 1], HEAD, ["合计", None, 5], ["户号", "0302", 1]]
    assert len(texts(grid_of(rows))) == 5


@pytest.mark.parametrize(
    ("code", "unit"),
    [
        ('0.00"万元"', "万元"),
        ('#,##0.0 "MWh";-#,##0.0 "MWh"', "MWh"),
        ("[Red]0.00\\万", "万"),
        ('General"万kWh"', "万kWh"),
        ('_ * 0.00"元/兆瓦时"_ ', "元/兆瓦时"),
    ],
)
def test_a_format_that_shows_numbers_in_another_unit_is_told_by_the_first_cell(code: str, unit: str) -> None:
    formats = {(2, 2): code, (3, 2): code}
    rows = [HEAD, ["0301", "202407", 5], ["0302", "202407", 12.34], ["0303", "202407", 1]]
    with pytest.raises(InvalidInput, match=rf"电费!C3: .*shows its number as one in {unit}"):
        grid_of(rows, formats=formats)


@pytest.mark.parametrize(
    "code",
    [
        '0!.0,"万"',
        '0\\.0,"万元"',
        '#,##0,"千"',
        '#,##0.00"元"',
        "0%",
        '"¥"#,##0.00',
        'yyyy"年"m"月"',
        "0.00",
        '0"万";@',
        '@"万"',
    ],
)
def test_a_format_that_scales_or_tells_no_other_unit_leaves_the_number(code: str) -> None:
    text = "万" in code and code.startswith(("@", '0"'))
    rows = [HEAD, ["0301", "202407", "5" if text else 45444]]
    told = grid_of(rows, formats={(1, 2): code})
    assert len(texts(told)) == 2


def test_a_workbook_without_styles_has_no_formats() -> None:
    content = workbook(("S", [HEAD, ["0301", "202407", 1]]))
    bare = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(bare, "w") as after:
        for name in before.namelist():
            if name != "xl/styles.xml":
                after.writestr(name, before.read(name))
    assert open_package(bare.getvalue(), "x").other_units == {}


def test_titles_that_are_all_merged_are_no_head() -> None:
    rows = [["单位：元", None, "2024年7月", None], ["户号", "峰", "平", "谷"], ["0301", 1, 2, 3]]
    assert texts(grid_of(rows, merged=[(0, 0, 0, 1), (0, 2, 0, 3)]))[0] == ["户号", "峰", "平", "谷"]


def test_a_head_of_two_rows_is_read_as_one() -> None:
    rows = [["户号", "电量", None, None, "合计"], [None, "峰", "平", "谷", None], ["0301", 1, 2, 3, 4]]
    grid = grid_of(rows, merged=[(0, 0, 1, 0), (0, 1, 0, 3), (0, 4, 1, 4)])
    assert texts(grid) == [["户号", "电量 峰", "电量 平", "电量 谷", "合计"], ["0301", "1", "2", "3", "4"]]


def test_a_head_whose_single_cells_are_not_merged_has_two_rows_all_the_same() -> None:
    rows = [["户号", "电量", None], [None, "峰", "谷"], ["0301", 1, 2]]
    assert texts(grid_of(rows, merged=[(0, 1, 0, 2)]))[0] == ["户号", "电量 峰", "电量 谷"]


def test_a_table_of_one_column_and_one_of_titles_alone() -> None:
    assert texts(grid_of([["户号"], ["0301"], ["0302"]])) == [["户号"], ["0301"], ["0302"]]
    assert texts(grid_of([["标题", None], [None, None]], merged=[(0, 0, 0, 1)])) == [["标题"]]


def test_a_column_without_a_head_is_left_out_where_it_is_empty_and_told_where_it_is_not() -> None:
    assert texts(grid_of([["a", None, "b"], ["1", None, "2"]])) == [["a", "b"], ["1", "2"]]
    [fault] = faults_of(workbook(("S", [["a", None, "b"], ["1", "x", "2"]])))
    assert fault.startswith('book.xlsx: S!B1: missing_key: the key "name of the column" is missing')


def test_hidden_columns_are_read_and_named(tmp_path: Path) -> None:
    content = workbook(("S", [HEAD, ["0301", "202407", 1]]), hidden_columns=[(1, 2), (9, 12)])
    assert read_grid(content, name="x.xlsx").hidden_columns == tuple(HEAD[1:3])
    assert open_records(saved(tmp_path / "b.xlsx", content), 10).hidden_columns == tuple(HEAD[1:3])
    assert grid_of([HEAD, ["0301", "202407", 1]]).hidden_columns == ()


def test_a_column_that_is_only_wide_or_has_no_place_is_not_hidden() -> None:
    text = b'<cols><col min="1" max="1" width="9"/><col hidden="1"/><col max="3" hidden="true" min="3"/></cols>'
    assert workbook_cells.sheet_notes(text).hidden_columns == ((2, 2),)


def test_hidden_rows_are_read_and_counted() -> None:
    grid = grid_of([HEAD, ["0301", "202407", 1], ["0302", "202407", 2]], hidden_rows=[0, 2])
    assert (len(grid.rows), grid.hidden) == (3, 1)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (b"<f>1+1</f><v></v></c>", "the formula has no result"),
        (b"<f>1+1</f></c>", "the formula has no result"),
        (b"<f>1+1</f><v/></c>", "the formula has no result"),
    ],
)
def test_a_formula_that_was_never_calculated_is_told_by_its_address(cell: bytes, reason: str) -> None:
    content = rewritten(
        workbook(("电费", [HEAD, ["0301", "202407", 1]])),
        lambda text: text.replace(b"<v>1</v></c></row></sheetData>", cell + b"</row></sheetData>"),
    )
    [fault] = faults_of(content)
    assert fault.startswith(f"book.xlsx: 电费!C2: cannot_read: the input cannot be read: {reason}")


def test_a_formula_with_a_result_even_an_empty_text_is_a_cell_as_any_other() -> None:
    rows = [HEAD, ["0301", None, 1], ["0302", "202407", 2]]
    content = workbook(("S", rows))
    changed = rewritten(
        content,
        lambda text: text.replace(b'<c r="C2">', b'<c r="B2" t="str"><f>""</f><v></v></c><c r="C2"><f>0+1</f>'),
    )
    assert texts(read_grid(changed, name="book.xlsx"))[1] == ["0301", "", "1"]


def test_cells_that_tell_no_place_stand_behind_each_other() -> None:
    rows = b'<row><c t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><t>b</t></is></c></row>'
    rows += b'<row><c r="A2" s="0"/><c t="e"><v>#N/A</v></c></row>'
    content = rewritten(
        workbook(("S", [["a"]])),
        lambda text: re.sub(b"<sheetData>.*</sheetData>", b"<sheetData>" + rows + b"</sheetData>", text),
    )
    assert [fault.split(": ")[1] for fault in faults_of(content)] == ["S!B2"]


def test_what_is_merged_beside_and_below_the_table_is_nothing() -> None:
    assert texts(grid_of([["a", "b"], ["1", "2"]], merged=[]))[1] == ["1", "2"]
    out = rewritten(
        workbook(("S", [["a", "b"], ["1", "2"]])),
        lambda text: text.replace(
            b"<pageMargins",
            b'<mergeCells count="2"><mergeCell ref="D2:E2"/><mergeCell ref="A9:B9"/></mergeCells><pageMargins',
            1,
        ),
    )
    assert texts(read_grid(out, name="book.xlsx")) == [["a", "b"], ["1", "2"]]


def test_an_error_in_a_cell_is_told_by_its_address() -> None:
    content = rewritten(
        workbook(("S", [HEAD, ["0301", "202407", 1]])),
        lambda text: text.replace(b'<c r="C2"><v>1</v>', b'<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v>'),
    )
    assert faults_of(content)[0].startswith(
        "book.xlsx: S!C2: cannot_read: the input cannot be read: the cell has an error"
    )


def test_merged_rows_are_told_by_their_addresses_and_a_merged_total_is_none() -> None:
    rows = [HEAD, ["0301", "202407", 1], [None, "202408", 2], ["合计", None, 3]]
    content = workbook(("S", rows), merged=[(1, 0, 2, 0), (3, 0, 3, 1)])
    assert [fault.split(": ")[1] for fault in faults_of(content)] == ["S!A2", "S!A3"]


def test_a_record_whose_cell_cannot_be_trusted_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    rows = [HEAD, ["0301", "202407", 1], ["0302", "202407", 2], [], ["0303", "202407", 3], [None, "202408", 4]]
    path = saved(tmp_path / "book.xlsx", workbook(("S", rows), merged=[(4, 0, 5, 0)]))
    records = open_records(path, 2)
    assert (records.name, records.schema.names, records.rows, records.hidden) == (path, HEAD, 5, 0)
    assert list(records.places()) == [(2, (0, 2)), (2, (2, 4)), (1, (4, 5))]
    found = [each for _, place in records.places() for each in records.read(place, ["合计", "户号"])]
    assert [each.batch.to_pylist() for each in found] == [
        [{"合计": "1", "户号": "0301"}, {"合计": "2", "户号": "0302"}], [], []
    ]  # fmt: skip
    assert found[0].numbers.tolist() == [1, 2]
    merged = {"reason": "in_a_cell", "why": "merged"}
    assert [each.malformed for each in found] == [
        (),
        ((4, {**merged, "cell": "S!A5"}),),
        ((5, {**merged, "cell": "S!A6"}),),
    ]
    assert [each.batch.num_rows for _, place in records.places() for each in records.read(place, ["合计"])] == [2, 1, 1]


def test_of_several_sheets_one_is_named(tmp_path: Path) -> None:
    content = workbook(("六月", [HEAD]), ("七月", [HEAD, ["0301", "202407", 1]]), ("空", []))
    path = saved(tmp_path / "book.xlsx", content)
    with pytest.raises(InvalidInput) as caught:
        open_records(path, 10)
    [fault] = caught.value.faults
    assert (fault.code, fault.facts) == ("several_sheets", {"known": "六月, 七月", "one": f"{path}#六月"})
    assert open_records(f"{path}#七月", 10).rows == 1
    assert texts(read_grid(f"{path}#七月"))[1] == ["0301", "202407", "1"]
    with pytest.raises(InvalidInput, match="unknown_reference"):
        open_records(f"{path}#八月", 10)


def test_a_hidden_sheet_is_read_where_it_is_named(tmp_path: Path) -> None:
    content = workbook(("shown", [["a", "b"], [1, 2]]), ("hidden", [["c", "d"], [3, 4]]), hidden_sheets=["hidden"])
    path = saved(tmp_path / "a#b.xlsx", content)
    assert open_records(path, 10).schema.names == ["a", "b"]
    assert open_records(f"{path}#hidden", 10).schema.names == ["c", "d"]


def test_a_workbook_without_any_cell_is_empty() -> None:
    assert faults_of(workbook(("S", [])))[0].startswith("book.xlsx: empty")


@pytest.mark.parametrize("content", [b"PK\x03\x04 and noise", b"\xd0\xcf\x11\xe0 and noise", b"<html><table></table>"])
def test_what_is_no_workbook_is_told(content: bytes) -> None:
    [fault] = faults_of(content)
    assert fault.startswith("book.xlsx: cannot_read: the input cannot be read: it is no workbook, or it is damaged")


def test_a_workbook_that_unpacks_to_very_much_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_package, "_UNPACKED_BYTES_MAX", 100)
    assert "too large when it is unpacked" in faults_of(workbook(("S", [HEAD])))[0]


def test_a_part_that_cannot_be_unpacked_is_told() -> None:
    content = workbook(("S", [HEAD]))
    with pytest.raises(InvalidInput, match="it is no workbook"):
        open_package(content, "x").text("another")


def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_grid, "find_spec", lambda name: None)
    assert 'install "billcalc[excel]"' in faults_of(workbook(("S", [HEAD])))[0]


def test_the_place_of_a_part_may_be_told_from_the_root() -> None:
    content = workbook(("S", [HEAD, ["0301", "202407", 1]]), hidden_rows=[1])
    changed = rewritten(
        content, lambda text: text.replace(b'"worksheets/', b'"/xl/worksheets/'), "xl/_rels/workbook.xml.rels"
    )
    with zipfile.ZipFile(BytesIO(changed)) as packed:
        assert b'"/xl/worksheets/' in packed.read("xl/_rels/workbook.xml.rels")
    assert workbook_cells.sheet_notes(open_package(changed, "x").text("S")).hidden == {1}


def test_the_merged_cells_of_an_old_workbook_are_told() -> None:
    content = (Path(__file__).parents[1] / "library" / "notices" / "notice.xls").read_bytes()
    assert faults_of(content, "notice.xls")[0].startswith(
        "notice.xls: 电价表!A6: cannot_read: the input cannot be read: cells are merged"
    )


def test_an_error_in_the_head_or_above_it_is_no_row() -> None:
    content = rewritten(
        workbook(("S", [["标题"], HEAD, ["0301", "202407", 1]])),
        lambda text: text.replace(b"</c></row>", b'</c><c r="B1" t="e"><v>#N/A</v></c></row>', 1),
    )
    assert texts(read_grid(content, name="book.xlsx")) == [HEAD, ["0301", "202407", "1"]]


@pytest.mark.parametrize("place", ["A1", "A6"])
@pytest.mark.parametrize("text", ["电费清单（单位：万元）", "单位:元、万千瓦时", "2024年6月 MWh"])
def test_a_title_or_a_note_that_tells_another_unit_is_told_by_its_address(place: str, text: str) -> None:
    above, below = (text, "备注") if place == "A1" else ("2024年6月 单位：元", text)
    rows = [[above], [], HEAD, ["0301", 202407, 1], ["0302", 202407, 1], [below]]
    [fault] = faults_of(workbook(("电费", rows)))
    assert f"book.xlsx: 电费!{place}" in fault
    assert "convert" in fault
    assert len(grid_of([["2024年6月 单位：元"], [], HEAD, ["0301", 202407, 1], ["单位为千瓦时"]]).rows) == 2


def test_the_zero_of_a_formula_that_only_a_program_wrote_is_no_result() -> None:
    """A program that does not calculate writes 0 for each result, and asks the spreadsheet for the numbers on opening."""
    written = workbook(("电费", [HEAD, ["0301", 202407, "=1+1"], ["0302", 202407, 5]]))
    [fault] = faults_of(written)
    assert fault.startswith("book.xlsx: 电费!C2: cannot_read")
    assert "the formula has no result" in fault
    calculated = rewritten(written, lambda text: text.replace(b"<v>0</v>", b"<v>2</v>"))
    assert texts(read_grid(calculated, name="book.xlsx"))[1][2] == "2"
    saved_again = rewritten(written, lambda text: text.replace(b' fullCalcOnLoad="1"', b""), "xl/workbook.xml")
    assert texts(read_grid(saved_again, name="book.xlsx"))[1][2] == "0"
