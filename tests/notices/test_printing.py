"""What a person sees of a reading, in both languages, and the data of it."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from billcalc.explain.printing import plain_text
from billcalc.library.catalog import load_catalog
from billcalc.notices.checks_library import LastMonth, last_month
from billcalc.notices.findings import NoticeCode, NoticeFinding
from billcalc.notices.printing import finding_line, reading_data, reading_table
from billcalc.notices.reading import Correction, Reading, read_tables
from billcalc.words.language import Language
from tests.notices.samples import AREA, figures, in_fen, library, table


def reading() -> Reading:
    rows = figures()[2:4]
    more = table(figures("1.5")[2:4], lines=["1.5倍", "元/千瓦时"])
    return read_tables([table(rows).grid(), more.grid()], source="n")


@pytest.fixture
def last(tmp_path: Path) -> LastMonth:
    return last_month(load_catalog(library(tmp_path)), AREA, date(2026, 9, 1))


def test_the_table_has_every_number_and_what_changed(last: LastMonth) -> None:
    assert plain_text(reading_table(reading(), last, Language.ENGLISH)) == (
        "cell  customers            voltage   total  purchase  upstream loss  network energy  system operation  levies   sharp    peak    flat  valley  demand  capacity\n"
        "4,2   one part agent       35kV     0.6625    0.4000         0.0125          0.1600            0.0500  0.0400       —  0.8625  0.6625  0.4625       —         —\n"
        "5,2   two part agent       1-10kV   0.6225    0.4000         0.0125          0.1200            0.0500  0.0400  0.9425  0.8225  0.6225  0.4225      40        25\n"
        "4,2   one part agent 1.5x  35kV     0.8625    0.6000         0.0125          0.1600            0.0500  0.0400       —  1.1625  0.8625  0.5625       —         —\n"
        "5,2   two part agent 1.5x  1-10kV   0.8225    0.6000         0.0125          0.1200            0.0500  0.0400  1.3025  1.1225  0.8225  0.5225      40        25\n"
        "\n"
        "component                 this month  month before   change\n"
        "purchase (agent)                 0.4          0.39    +0.01\n"
        "upstream loss (agent)         0.0125         0.012  +0.0005\n"
        "system operation (agent)        0.05          0.05        0\n"
    )


def test_the_table_speaks_chinese(last: LastMonth) -> None:
    told = plain_text(reading_table(reading(), last, Language.CHINESE))
    for word in ("单元格", "电度用电价格", "单一制 代理购电", "两部制 1.5倍代理购电", "上月", "尖", "线损 (代理购电)"):
        assert word in told


def test_without_a_month_before_nothing_is_said_of_it() -> None:
    assert "before" not in plain_text(reading_table(reading(), LastMonth("2026-08", None), Language.ENGLISH))


def test_a_part_that_is_gone_or_was_not_there_is_told_by_what_there_is(last: LastMonth) -> None:
    told = plain_text(
        reading_table(read_tables([table().change("0.0500", "—").grid()], source="n"), last, Language.ENGLISH)
    )
    assert "system operation (agent)           0          0.05    -0.05\n" in told


@pytest.mark.parametrize(
    ("finding", "english", "chinese"),
    [
        (
            NoticeFinding(NoticeCode.CELL_EMPTY, "n:B5"),
            "n:B5: error [cell_empty]: the cell is empty; write the number, or / where there is none",
            "n:B5: 错误 [cell_empty]：单元格为空；请填写数字，没有时写 /",
        ),
        (
            NoticeFinding(NoticeCode.RATIO_NOT_TOLD, "n:B5", {"band": "deep_valley"}),
            "n:B5: warning [ratio_not_told]: the price of the band deep valley is not compared: no time-of-use document of the month tells its ratio",
            "n:B5: 警告 [ratio_not_told]：深谷 价格未核对：没有当月的分时电价文件说明其比例",
        ),
        (
            NoticeFinding(NoticeCode.PRICE_NOT_COMPARED, "n:B5", {"column": "demand", "kind": "network_price"}),
            "n:B5: warning [price_not_compared]: demand is not compared: the library has no document of kind network prices with such a row in that month",
            "n:B5: 警告 [price_not_compared]：需量未核对：电价库没有当月含此行的 输配电价 文件",
        ),
    ],
)
def test_a_finding_is_one_line_in_each_language(finding: NoticeFinding, english: str, chinese: str) -> None:
    assert finding_line(finding, Language.ENGLISH).text == english
    assert finding_line(finding, Language.CHINESE).text == chinese


def test_the_data_have_the_cell_of_every_number() -> None:
    grid = table(in_fen(figures()), lines=["电价表", "分/千瓦时"]).grid()
    made = read_tables([grid], source="n", corrections=[Correction("4,3", Decimal("70.26"), "a slip")])
    data = reading_data(made)
    assert data["titles"] == ["电价表", "分/千瓦时"]
    assert data["rows"][0]["for"] == {"purchase": "agent", "billing": "one_part", "voltage": "<1kV"}
    assert data["rows"][0]["figures"]["total"] == {
        "printed": "70.25",
        "unit": "fen",
        "price": "0.7026",
        "cell": "4,3",
        "misprint": "0.7025",
        "reason": "a slip",
    }
    assert data["rows"][1]["figures"]["levies"] == {"printed": "4.00", "unit": "fen", "price": "0.0400", "cell": "4,8"}
    assert [each["code"] for each in data["findings"]] == ["corrected"]


def test_a_row_of_last_month_is_told_in_the_words_of_the_table() -> None:
    facts = {"row": "agent general_commercial two_part 35kV", "document": "d"}
    told = finding_line(NoticeFinding(NoticeCode.ROW_GONE, "n", facts), Language.CHINESE).text
    assert told == "n: 警告 [row_gone]：d 的 代理购电 一般工商业 两部制 35kV 一行已取消"
