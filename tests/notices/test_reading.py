"""Reading tables: the figures they were made from come back, and what is not understood is told with its cell."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from billcalc.notices.findings import NoticeCode
from billcalc.notices.grid import Cell, Grid, Spanned
from billcalc.notices.reading import Correction, Reading, read_tables
from billcalc.notices.words import Column
from tests.notices.samples import TITLE, UNIT, Table, expected, figures, in_fen, read_figures, table


def read(*tables: Table, corrections: Sequence[Correction] = ()) -> Reading:
    return read_tables([each.grid() for each in tables], source="n", corrections=corrections)


def found(reading: Reading) -> list[tuple[NoticeCode, str]]:
    return [(each.code, each.where) for each in reading.findings]


def plain(rows: Sequence[Sequence[str | None]], *, knows_merged: bool = True) -> Grid:
    """A small table, a text in each cell."""
    spanned = (
        Spanned(Cell(text, f"{number},{place}"), number - 1, place - 1)
        for number, row in enumerate(rows, 1)
        for place, text in enumerate(row, 1)
        if text is not None
    )
    return Grid.of(spanned, knows_merged=knows_merged)


SMALL: list[list[str | None]] = [
    ["用电分类", "电压等级", "电度用电价格(元/千瓦时)", "代理购电价格(元/千瓦时)"],
    ["单一制", "不满1千伏", "0.6", "0.6"],
]


def small(*rows: list[str | None], knows_merged: bool = True) -> Reading:
    return read_tables([plain([*SMALL, *rows], knows_merged=knows_merged)], source="n")


def test_the_figures_come_back_with_their_cells() -> None:
    reading = read(table())
    assert (list(read_figures(reading.rows)), reading.findings) == (list(expected(figures())), [])
    figure = reading.rows[1].figures[Column.TOTAL]
    assert (figure.printed, figure.address, figure.misprint) == ("0.6825", "5,3", None)
    assert reading.rows[1].figures[Column.PURCHASE].address == "4,4"
    assert [line.text for line in reading.titles] == [TITLE, UNIT]


def test_the_order_of_columns_does_not_matter() -> None:
    turned = Table(
        table().lines,
        [(text, row, 13 - column - columns + 1, rows, columns) for text, row, column, rows, columns in table().cells],
    )
    assert list(read_figures(read(turned).rows)) == list(expected(figures()))


def test_a_table_in_fen_is_read_in_yuan() -> None:
    reading = read(table(in_fen(figures()), lines=[TITLE, "单位：分/千瓦时"]))
    assert (list(read_figures(reading.rows)), reading.findings) == (list(expected(figures())), [])
    assert reading.rows[0].figures[Column.TOTAL].printed == "70.25"


def test_the_table_at_one_and_a_half_times_is_one_of_its_own() -> None:
    notes = "注：1.5倍代理购电价格见下表"
    reading = read(
        table(lines=[TITLE, UNIT]),
        Table(cells=[(notes, 0, 0, 1, 14)], lines=[]),
        table(figures("1.5"), lines=["1.5倍代理购电工商业用户电价表", UNIT]),
    )
    assert list(read_figures(reading.rows)) == [*expected(figures()), *expected(figures("1.5"), "agent_1.5x")]
    reading = read(Table(cells=[(notes, 0, 0, 1, 14)], lines=[]), table())
    assert {row.purchase.value for row in reading.rows} == {"agent"}


def test_rows_may_say_the_multiple_themselves() -> None:
    reading = small(["单一制（1.5倍）", "不满1千伏", "0.9", "0.9"])
    assert [row.purchase.value for row in reading.rows] == ["agent", "agent_1.5x"]


def test_a_table_goes_on_below_the_heads_of_the_one_before() -> None:
    rows = figures()
    reading = read(table(rows[:3]), table(rows[3:], lines=["（续）"], heads=False))
    assert list(read_figures(reading.rows)) == list(expected(rows))
    assert found(reading) == [(NoticeCode.TABLE_CONTINUED, "n:line 1")]


def test_a_table_that_repeats_its_heads_is_read_on() -> None:
    rows = figures()
    reading = read(table(rows[:3]), table(rows[3:]))
    assert (list(read_figures(reading.rows)), reading.findings) == (list(expected(rows)), [])


def test_a_row_of_prices_in_no_table_is_told() -> None:
    narrow = plain([["单一制", "35千伏", "0.5"], ["不满1千伏", "不满1千伏", "是"]])
    reading = read_tables([plain(SMALL), narrow], source="n")
    assert found(reading) == [(NoticeCode.ROW_NOT_READ, "n:1,2")]


def test_an_empty_row_ends_a_table() -> None:
    reading = small([None, None, None, None], ["明细", "", "", "0.003"], ["x", "35千伏", "0.5", "0.5"])
    assert found(reading) == [(NoticeCode.ROW_NOT_READ, "n:5,2")]


@pytest.mark.parametrize("grids", [[], [plain([["明细", "0.003"]])], [plain([["电压等级", "分类"]])]])
def test_a_notice_without_a_table_of_prices_is_told(grids: list[Grid]) -> None:
    codes = {code for code, _ in found(read_tables(grids, source="n"))}
    assert codes in ({NoticeCode.NO_TABLE}, {NoticeCode.HEAD_MISSING})


def test_a_voltage_that_is_not_known_is_told() -> None:
    reading = read(table().change("110千伏", "高压"))
    assert (found(reading), reading.findings[0].facts) == ([(NoticeCode.VOLTAGE_UNKNOWN, "n:9,2")], {"text": "高压"})
    assert found(small(["单一制", None, "0.5", "0.5"])) == [(NoticeCode.VOLTAGE_UNKNOWN, "n:3,1")]


def test_a_row_that_does_not_say_how_it_is_billed_is_told() -> None:
    reading = small(["工商业", "35千伏", "0.5", "0.5"])
    assert found(reading) == [(NoticeCode.BILLING_UNKNOWN, "n:3,2")]


def test_customers_who_have_a_row_already_are_told() -> None:
    reading = small(["单一制", "不满1千伏", "0.6", "0.6"])
    assert (found(reading), len(reading.rows)) == ([(NoticeCode.ROW_TWICE, "n:3,2")], 1)


def test_a_csv_has_words_of_customers_once_and_a_merged_cell_is_not_guessed_elsewhere() -> None:
    below: list[str | None] = ["", "35千伏", "0.5", "0.5"]
    assert found(small(below, knows_merged=False)) == []
    assert found(small(below)) == [(NoticeCode.BILLING_UNKNOWN, "n:3,2")]


def test_an_empty_head_beside_the_customers_is_theirs_in_a_csv() -> None:
    rows: list[list[str | None]] = [
        ["用电分类", "", "电压等级", "电度用电价格(元/千瓦时)", "代理购电价格"],
        ["工商业", "单一制", "不满1千伏", "0.6", "0.6"],
    ]
    assert len(read_tables([plain(rows, knows_merged=False)], source="n").rows) == 1
    reading = read_tables([plain(rows)], source="n")
    assert found(reading) == [(NoticeCode.HEAD_UNKNOWN, "n:2,2"), (NoticeCode.BILLING_UNKNOWN, "n:2,3")]
    rows[0][1] = None
    assert found(read_tables([plain(rows)], source="n"))[0] == (NoticeCode.HEAD_UNKNOWN, "n:2,2")


def test_heads_that_are_not_known_or_there_twice_or_missing_are_told() -> None:
    assert found(read(table().change("高峰时段", "峰值价"))) == [(NoticeCode.HEAD_UNKNOWN, "n:2,10")]
    assert found(read(table().change("高峰时段", "尖峰"))) == [(NoticeCode.HEAD_TWICE, "n:2,10")]
    reading = read(table().change("电度用电价格", "备注"))
    assert found(reading)[0] == (NoticeCode.HEAD_MISSING, "n:1,2")
    assert reading.findings[0].facts == {"column": "total"}


def test_a_head_that_is_not_known_and_has_nothing_below_is_left_alone() -> None:
    rows: list[list[str | None]] = [
        [*SMALL[0], "价差", "备注"],
        [*SMALL[1], " ", "x"],
        ["电压等级", "电压等级", "x", "x", "x", "x"],
    ]
    assert (NoticeCode.HEAD_UNKNOWN, "n:1,5") not in found(read_tables([plain(rows)], source="n"))


def test_a_unit_that_is_told_nowhere_or_twice_is_told() -> None:
    codes = {code for code, _ in found(read(table(lines=[TITLE])))}
    assert codes == {NoticeCode.UNIT_UNKNOWN}
    assert {code for code, _ in found(read(table(lines=[TITLE, "元/千瓦时，分/千瓦时"])))} == {NoticeCode.UNIT_UNKNOWN}


@pytest.mark.parametrize("text", ["0.69２5", "0.69 25", "0.69\n25", "．6925", "约0.69", "1e-1", "0,6925"])
def test_what_is_no_number_is_told_and_never_repaired(text: str) -> None:
    reading = read(table().change("0.6825", text))
    assert (found(reading), reading.findings[0].facts) == ([(NoticeCode.NOT_A_NUMBER, "n:5,3")], {"text": text})


@pytest.mark.parametrize("dash", ["/", "—", "－", "-", "——", "无", " / "])
def test_a_dash_is_none(dash: str) -> None:
    reading = read(table().change("0.9425", dash))
    assert (Column.SHARP in reading.rows[3].figures, reading.findings) == (False, [])


def test_an_empty_cell_is_none_only_where_rows_have_nothing() -> None:
    assert read(table().change("0.9425", " ")).findings == []
    assert found(read(table().change("0.2000", ""))) == [(NoticeCode.CELL_EMPTY, "n:4,6")]
    assert found(small(["单一制", "35千伏", "0.5", None])) == [(NoticeCode.CELL_EMPTY, "n:3,2")]


def test_a_correction_keeps_what_was_printed() -> None:
    reading = read(
        table(), corrections=[Correction("4,4", Decimal("0.41"), "the parts"), Correction("1,1", Decimal(1), "x")]
    )
    assert found(reading) == [(NoticeCode.CORRECTED, "n:4,4"), (NoticeCode.CORRECTION_UNKNOWN, "n:1,1")]
    for row in reading.rows:
        figure = row.figures[Column.PURCHASE]
        assert (figure.price, figure.misprint) == (Decimal("0.41"), (Decimal("0.4000"), "the parts"))


def test_a_correction_is_in_the_unit_of_its_cell() -> None:
    reading = read(table(in_fen(figures()), lines=["分/千瓦时"]), corrections=[Correction("4,3", Decimal("71"), "x")])
    assert reading.rows[0].figures[Column.TOTAL].price == Decimal("0.71")


def test_a_row_of_dashes_is_none_and_a_row_without_a_number_that_is_right_is_not_passed_over() -> None:
    assert found(small(["单一制", "35千伏", "/", "—"])) == []
    reading = small(["单一制", "35千伏", "约0.5", "约0.5"])
    assert found(reading) == [(NoticeCode.NOT_A_NUMBER, "n:3,3"), (NoticeCode.NOT_A_NUMBER, "n:3,4")]
