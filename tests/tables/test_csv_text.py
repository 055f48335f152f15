"""CSV text to rows, and where each cell stood."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billcalc.files.positions import Lines
from billcalc.kernel.troubles import InvalidInput
from billcalc.tables.csv_text import parse_csv


def rows(text: str) -> list[list[str]]:
    return [[cell.text for cell in row] for row in parse_csv(text, place=str)]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", []),
        ("a", [["a"]]),
        ("a,b\n", [["a", "b"]]),
        ("a,b\r\nc,d\rе,f", [["a", "b"], ["c", "d"], ["е", "f"]]),
        ("a,\n,b", [["a", ""], ["", "b"]]),
        ("a,", [["a", ""]]),
        ('"a, b","c ""d"""', [["a, b", 'c "d"']]),
        ('"one\ntwo",b', [["one\ntwo", "b"]]),
        (" a , b ", [["a", "b"]]),
        ("a\n\n,,\n \nb\n", [["a"], ["b"]]),
        ('""', []),
        ('a,5" pipe', [["a", '5" pipe']]),
        ('="0301","=""0302"""', [["0301", "0302"]]),
        ('=" 0301"," =1+1", =""', [["0301", "=1+1", ""]]),
        ("\u3000a\ufeff,\u00a0b", [["a", "b"]]),
        ("项目,金额\n代购电费,1.00", [["项目", "金额"], ["代购电费", "1.00"]]),
    ],
)
def test_what_a_text_means(text: str, read: list[list[str]]) -> None:
    assert rows(text) == read


@pytest.mark.parametrize(("text", "place"), [('a\n"b', 2), ('a,"b" c', 2), ('"a"b,c', 0)])
def test_a_cell_that_goes_on_behind_its_quote_is_told_with_its_place(text: str, place: int) -> None:
    with pytest.raises(InvalidInput) as caught:
        rows(text)
    [fault] = caught.value.faults
    assert fault.where == str(place)
    assert "goes on behind its closing quote" in str(fault)


def test_each_cell_knows_its_line_and_column() -> None:
    lines = Lines("issued.csv", '项目,金额\n"a\nb",1.00\nc,2.00\n')
    places = [[cell.where for cell in row] for row in parse_csv(lines.text, place=lines.place)]
    assert places == [
        ["issued.csv:1:1", "issued.csv:1:4"],
        ["issued.csv:2:1", "issued.csv:3:4"],
        ["issued.csv:4:1", "issued.csv:4:3"],
    ]


cells = st.text(alphabet='ab,"\n\r 项', max_size=5)


@given(st.lists(st.lists(cells, min_size=2, max_size=3), max_size=5))
def test_what_a_spreadsheet_writes_is_read(table: list[list[str]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(table)
    wanted = [[cell.strip() for cell in row] for row in table]
    assert rows(written.getvalue()) == [row for row in wanted if any(row)]
