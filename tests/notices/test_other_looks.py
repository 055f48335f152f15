"""Notices of another look than the usual one: what the figures were made from comes back without a finding."""

from collections.abc import Mapping

import pytest

from billcalc.notices.findings import NoticeCode
from billcalc.notices.reading import read_tables
from billcalc.notices.words import Column
from tests.notices.samples import UNIT, WIDTH, Table, expected, figures, in_fen, read_figures, table

OTHER_HEADS = {
    "用电\n分类": "用电性质",
    "电压等级": "供电电压\n等级",
    "电度用电价格": "小计①",
    "代理购电\n价格": "代理购电价*",
    "上网环节\n线损费用": "线损费用③（元/千瓦时）",
    "电度输配\n电价": "输配电价",
    "系统运行\n费用": "系统运行费²",
    "政府性基金\n及附加": "政府性基金及附加注1",
    "尖峰时段": "尖",
    "高峰时段": "峰",
    "平时段": "平",
    "低谷时段": "谷",
    "容(需)量用电价格": "基本电价",
    "最大需量\n(元/千瓦·月)": "按需量",
    "变压器容量\n(元/千伏安·月)": "按容量",
}


def renamed(names: Mapping[str, str], made: Table) -> Table:
    for old, new in names.items():
        made = made.change(old, new)
    return made


def turned(made: Table) -> Table:
    """The columns in the opposite order, the words of the customers last."""
    return Table(
        made.lines,
        [(text, row, WIDTH - column - columns, rows, columns) for text, row, column, rows, columns in made.cells],
    )


def noted(made: Table, note: str) -> Table:
    """With a row of notes below, over the whole width."""
    return Table(made.lines, [*made.cells, (note, made.height, 0, 1, WIDTH)])


def test_other_names_footnote_marks_and_a_row_of_notes() -> None:
    note = "注：①小计由各项组成；②系统运行费用含0.0012元/千瓦时的容量电费。"
    reading = read_tables([noted(turned(renamed(OTHER_HEADS, table())), note).grid()], source="n")
    assert (list(read_figures(reading.rows)), reading.findings) == (list(expected(figures())), [])


def test_a_line_of_units_below_the_heads_names_no_column() -> None:
    units = {"1=2+3+4+5+6": "元/千瓦时", "11": "元/千瓦/月", "12": "元/千伏安/月"}
    reading = read_tables([renamed(units, table()).grid()], source="n")
    assert (list(read_figures(reading.rows)), reading.findings) == (list(expected(figures())), [])


def test_two_tables_with_titles_that_begin_with_the_number_of_an_annex() -> None:
    regular = table(lines=["附件1", "附表1：2026年9月代理购电工商业用户电价表", UNIT])
    multiple = table(figures("1.5"), lines=["附表2：2026年9月执行1.5倍代理购电价格的用户电价表", UNIT])
    reading = read_tables([regular.grid(), multiple.grid()], source="n")
    assert list(read_figures(reading.rows)) == [*expected(figures()), *expected(figures("1.5"), "agent_1.5x")]
    assert reading.findings == []


@pytest.mark.parametrize("mark", ["*", "※", "①", "¹", " *", "（注1）", "注2"])
def test_a_mark_behind_a_number_is_no_part_of_it(mark: str) -> None:
    reading = read_tables([table().change("0.6825", f"0.6825{mark}").grid()], source="n")
    assert (list(read_figures(reading.rows)), reading.findings) == (list(expected(figures())), [])
    assert reading.rows[1].figures[Column.TOTAL].printed == f"0.6825{mark}"


def test_fen_with_five_places() -> None:
    rows = figures(purchase="0.39123", loss="0.01254")
    reading = read_tables([table(in_fen(rows), lines=["电价表", "单位：分/千瓦时"]).grid()], source="n")
    assert (list(read_figures(reading.rows)), reading.findings) == (list(expected(rows)), [])


def test_a_voltage_up_to_but_without_the_next_is_the_lower_one() -> None:
    made = table().change("110千伏", "110-220千伏以下").change("35千伏", "35-110千伏以下", nth=1)
    reading = read_tables([made.grid()], source="n")
    assert [row.voltage for row in reading.rows[4:6]] == ["35-66kV", "110kV"]
    assert reading.findings == []


def test_a_remark_is_no_footnote() -> None:
    assert [each.code for each in read_tables([table().change("平时段", "备注1").grid()], source="n").findings] == [
        NoticeCode.HEAD_UNKNOWN
    ]


def test_a_head_with_its_formula_and_a_unit_without_brackets() -> None:
    heads = {
        "电度用电价格": "电度用电价格①=②+③+④＋⑤+⑥",
        "代理购电\n价格": "代理购电价格②",
        "最大需量\n(元/千瓦·月)": "需量电价\n元/千瓦·月",
        "变压器容量\n(元/千伏安·月)": "容量电价\n元/千伏安·月",
    }
    reading = read_tables([renamed(heads, table()).grid()], source="n")
    assert (list(read_figures(reading.rows)), reading.findings) == (list(expected(figures())), [])
