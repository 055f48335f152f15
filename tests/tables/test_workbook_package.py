"""Workbooks that anyone may have sent: what they would unpack to is looked at first."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from billcalc.kernel.troubles import InvalidInput
from billcalc.library.notices.workbook import workbook_grids
from billcalc.notices.findings import NoticeRejected
from billcalc.tables import old_workbook, workbook_package
from billcalc.tables.readers import read_grid
from billcalc.tables.workbook_package import open_package
from tests.tables.workbooks import workbook

OLD = (Path(__file__).parents[1] / "library" / "notices" / "notice.xls").read_bytes()


def spread(place: str = "A2", style: str = "") -> bytes:
    """A sheet with a head and one cell more, perhaps only formatted."""
    content = workbook(("甲", [["a", "b"], [1]]))

    def moved(text: bytes) -> bytes:
        cell = text[text.index(b'<c r="A2"') : text.index(b"</c></row>", text.index(b'<c r="A2"')) + 4]
        placed = f'<c r="{place}" s="1"/>'.encode() if style else cell.replace(b"A2", place.encode())
        return text.replace(cell, placed)

    return changed(content, "xl/worksheets/sheet1.xml", moved)


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(out, "w") as made:
        for name in packed.namelist():
            made.writestr(name, change(packed.read(name)) if name == part else packed.read(name))
    return out.getvalue()


def told(content: bytes) -> str:
    with pytest.raises(InvalidInput) as caught:
        read_grid(content, name="x.xlsx")
    return str(caught.value)


def test_cells_at_the_corners_of_a_sheet_do_not_take_the_memory() -> None:
    assert "the cells of the sheet 甲 are too far apart" in told(spread("XFD1048576"))
    quoted = changed(spread("XFD1048576"), "xl/worksheets/sheet1.xml", lambda text: text.replace(b'"', b"'"))
    assert "are too far apart" in told(quoted)
    with pytest.raises(NoticeRejected, match="too far apart"):
        workbook_grids(spread("XFD1048576"), name="notice.xlsx")


def sheet_of(rows: str) -> bytes:
    def put(text: bytes) -> bytes:
        start, end = text.index(b"<sheetData>") + 11, text.index(b"</sheetData>")
        return text[:start] + rows.encode() + text[end:]

    return changed(workbook(("甲", [["a"], ["b"]])), "xl/worksheets/sheet1.xml", put)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c><c r="C1"r="XFD1048576"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="C1" r="XFD1048576"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c a=">" r="XFD1048576"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row><row r="1048576"><c><v>2</v></c></row>',
    ],
)
def test_a_place_told_twice_or_by_the_row_alone_does_not_take_the_memory_either(rows: str) -> None:
    assert "are too far apart" in told(sheet_of(rows))


def test_cells_that_do_not_tell_their_places_are_read() -> None:
    rows = '<row r="1"><c><v>1</v></c><c><v>2</v></c></row><row r="2"><c r="A2"><v>4</v></c><c><v>3</v></c></row>'
    found = read_grid(sheet_of(rows), name="x.xlsx").rows
    assert [[cell.text for cell in row] for row in found] == [["1", "2"], ["4", "3"]]
    assert "the input is empty" in told(sheet_of(""))


def with_merged(*ranges: str) -> bytes:
    merged = "".join(f'<mergeCell ref="{each}"/>' for each in ranges)
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="A2"><v>3</v></c></row>'
    after = f"</sheetData><mergeCells>{merged}</mergeCells>".encode()
    return changed(sheet_of(rows), "xl/worksheets/sheet1.xml", lambda text: text.replace(b"</sheetData>", after))


def test_merged_cells_are_looked_at_where_there_are_cells() -> None:
    assert len(read_grid(with_merged("A9:XFD1048576"), name="x.xlsx").rows) == 2
    assert len(read_grid(with_merged("A1:XFD1048576"), name="x.xlsx").rows) <= 2
    assert "it is no workbook, or it is damaged" in told(with_merged("A1:B2", "A1:B2"))


def test_cells_that_are_only_formatted_take_none() -> None:
    assert len(read_grid(spread("XFD1048576", "bold"), name="x.xlsx").rows) == 1


@pytest.mark.parametrize("place", ["ZZZZZZZZZ2", "A99999999", "XFE1"])
def test_a_place_that_no_sheet_has_is_far_away(place: str) -> None:
    assert "are too far apart" in told(spread(place))


def test_entities_are_in_no_workbook() -> None:
    entities = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]>'
    for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        content = changed(spread(), part, lambda text: entities + text.partition(b"?>")[2])
        assert "it is no workbook, or it is damaged" in told(content)


def test_the_list_of_sheets_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_package, "_LIST_BYTES_MAX", 10)
    assert "it is no workbook" in told(spread())


def test_a_part_that_is_damaged_is_told() -> None:
    def damage(text: bytes) -> bytes:
        return text[: text.index(b"<c ") + 4]

    assert "it is no workbook" in told(changed(spread(), "xl/worksheets/sheet1.xml", damage))
    assert "it is no workbook" in told(changed(spread(), "xl/workbook.xml", lambda _: b"<"))


def test_a_part_is_unpacked_once() -> None:
    package = open_package(spread(), "x")
    assert package.text("甲") is package.text("甲")


# Old workbooks


def test_an_old_workbook_is_read_in_a_process_of_its_own_as_it_would_be_here() -> None:
    book = old_workbook.old_book(OLD)
    assert book is not None
    here = json.loads(old_workbook.told(OLD))
    assert [each.name for each in book.sheets_metadata] == [title for title, *_ in here]
    assert [len(each.values) for each in book.sheets.values()] == [len(rows) for _, _, rows, _ in here]


def test_every_kind_of_cell_comes_back_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    values = ["a", 0.1, 2, True, False, date(2024, 6, 1), datetime(2024, 6, 1, 12), time(0, 15), timedelta(hours=30)]  # noqa: DTZ001
    cells = json.dumps([["s", "Visible", [[old_workbook._said(each) for each in values]], [[[0, 0], [0, 1]]]]])
    answer = SimpleNamespace(returncode=0, stdout=cells.encode())
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: answer)
    book = old_workbook.old_book(b"")
    assert book is not None
    sheet = book.get_sheet_by_name("s")
    assert (sheet.height, list(sheet.to_python(skip_empty_area=False)[0])) == (1, values)
    assert sheet.merged_cell_ranges == [((0, 0), (0, 1))]


def test_one_that_ends_the_process_or_takes_too_long_is_no_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: SimpleNamespace(returncode=-6, stdout=b""))
    assert "it is no workbook" in told(b"\xd0\xcf\x11\xe0")

    def slow(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("x", 1)

    monkeypatch.setattr(subprocess, "run", slow)
    assert "it is no workbook" in told(b"\xd0\xcf\x11\xe0")


@pytest.mark.parametrize("has_limits", [True, False])
def test_the_other_process_bounds_its_memory_where_it_can(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, has_limits: bool
) -> None:
    import resource

    set_to: list[Any] = []
    monkeypatch.setattr(resource, "setrlimit", lambda *told: set_to.append(told))
    monkeypatch.setattr(old_workbook, "find_spec", lambda _: has_limits or None)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(OLD)))
    old_workbook.main()
    assert json.loads(capsys.readouterr().out)
    assert [(kind, soft) for kind, (soft, _) in set_to] == [(resource.RLIMIT_AS, 1 << 31)] * has_limits


def test_a_sheet_of_an_old_workbook_has_no_text() -> None:
    assert open_package(OLD, "x").text("甲") == b""
    assert workbook(("s", [["a"]])).startswith(b"PK")
