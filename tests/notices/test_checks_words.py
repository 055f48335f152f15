"""What the words around a table say: another month or area, some days, no tax, a draft, and what nothing is read of."""

from datetime import date

import pytest

from billcalc.notices.checks_words import check_words
from billcalc.notices.findings import NoticeCode
from billcalc.notices.reading import Reading, read_tables
from tests.notices.samples import AREA, TITLE, UNIT, Table, figures, table


def checked(*tables: Table, area: str = AREA, day: date = date(2026, 9, 1)) -> Reading:
    reading = read_tables([each.grid() for each in tables], source="n")
    check_words(reading, area=area, day=day)
    return reading


def found(reading: Reading) -> list[tuple[str, str]]:
    return [(each.code, each.where) for each in reading.findings]


def titled(*lines: str) -> Table:
    return table(lines=[*lines, UNIT])


def test_the_notice_of_the_month_and_area_has_no_finding() -> None:
    assert found(checked(table())) == []


def test_another_month_is_told() -> None:
    reading = checked(table(), day=date(2026, 10, 1))
    assert found(reading) == [("month_differs", "n:line 1")]
    assert reading.findings[0].facts == {"found": "2026-09", "month": "2026-10"}
    assert found(checked(titled(TITLE + "，2026年10月印发"), day=date(2026, 10, 1))) == []


def test_the_title_of_a_later_table_is_held_to_the_month_too() -> None:
    later = table(figures("1.5"), lines=["1.5倍代理购电价格表（2026年8月）", UNIT])
    [finding] = checked(table(), later).findings
    assert (finding.code, finding.facts["found"]) == (NoticeCode.MONTH_DIFFERS, "2026-08")


def test_a_notice_that_names_no_month_is_told() -> None:
    assert found(checked(titled("国网安徽省电力有限公司代理购电价格表"))) == [("month_not_told", "n")]


@pytest.mark.parametrize(
    "days", ["2026年9月15日起执行", "2026年9月15日至9月30日", "2026年9月1日—9月15日", "2026年9月1日至20日"]
)
def test_prices_for_some_days_of_the_month_are_no_prices_of_the_month(days: str) -> None:
    assert found(checked(titled(f"安徽代理购电价格表（{days}）"))) == [("part_of_month", "n:line 1")]


@pytest.mark.parametrize(
    "days", ["2026年9月1日起执行", "2026年9月1日至9月30日", "2026年9月1日至30日", "2026年8月28日印发，2026年9月"]
)
def test_prices_for_all_days_of_the_month_are_read(days: str) -> None:
    assert found(checked(titled(f"安徽代理购电价格表（{days}）"))) == []


def test_the_notice_of_another_area_is_told() -> None:
    reading = checked(table(), area="cn-shandong")
    assert found(reading) == [("area_differs", "n:line 1")]
    assert reading.findings[0].facts == {"found": "cn-anhui", "area": "cn-shandong"}


@pytest.mark.parametrize("area", ["cn-guangdong", "cn-guangdong-prd5"])
def test_a_notice_of_the_province_is_one_of_its_zones(area: str) -> None:
    assert found(checked(titled("广东电网代理购电价格表（2026年9月）"), area=area)) == []


@pytest.mark.parametrize(
    ("line", "code", "text"),
    [
        ("（不含税）", "net_of_tax", "不含税"),
        ("（不含增值税）", "net_of_tax", "不含增值税"),
        ("（征求意见稿）", "draft", "征求意见"),
    ],
)
def test_prices_without_tax_and_drafts_are_refused(line: str, code: str, text: str) -> None:
    [finding] = checked(titled(TITLE + line)).findings
    assert (finding.code, finding.facts["text"]) == (code, text)


def test_footnotes_are_told_for_nothing_is_read_of_them() -> None:
    note = "注：1.以上价格不含政府性基金及附加"
    reading = checked(table(), Table(cells=[(note, 0, 0, 1, 14)], lines=[]))
    assert [(each.code, each.facts) for each in reading.findings] == [("words_not_read", {"text": note})]


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("注：2.高耗能用户在上表基础上加收0.1元", "加收、0.1元"),
        ("注：农村提灌站按上表价格的一半执行", "一半"),
        ("3.对退出市场的用户按上表1.5倍执行", "1.5倍"),
        ("注：自2026年9月15日起，尖峰电价上浮20%", "9月15日起、上浮、20%"),
        ("注：以上价格不含税", "不含税"),
        ("4.氯碱企业每千瓦时优惠2分，截至2026年12月31日", "优惠、2分、截至"),
        ("注：污水处理用户免收容（需）量电价", "免收"),
        ("注：分时电度用电价格在电度用电价格基础上形成", None),
    ],
)
def test_what_a_footnote_says_of_prices_is_a_warning(note: str, said: str | None) -> None:
    [finding] = checked(table(), Table(cells=[(note, 0, 0, 1, 14)], lines=[])).findings
    assert (finding.code, finding.facts.get("said")) == ("words_not_read" if said is None else "prices_in_words", said)
    assert finding.severity.value == ("note" if said is None else "warning")


@pytest.mark.parametrize(
    ("line", "month"),
    [("本表自2026年10月1日起执行", "2026-10"), ("自10月起执行", "2026-10"), ("自2027年1月1日起执行", "2027-01")],
)
def test_prices_that_hold_from_a_later_month_on_are_none_of_the_month(line: str, month: str) -> None:
    assert [each.facts["found"] for each in checked(titled(TITLE, line)).findings] == [month]


def test_a_rule_that_has_been_in_force_for_long_is_no_other_month() -> None:
    assert found(checked(titled(TITLE, "按发改价格〔2023〕526号，自2023年6月1日起执行"))) == []


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("安徽农业生产用户电价表（2026年9月）", "农业"),
        ("安徽市场化用户零售电价表（2026年9月）", "市场化"),
        ("安徽居民生活用电价格（2026年9月）", "居民"),
        ("安徽未参与市场化交易的代理购电用户电价表（2026年9月）", None),
        ("安徽代理购电工商业用户电价表（不含居民、农业，2026年9月）", None),
    ],
)
def test_the_prices_of_other_customers_are_told(title: str, said: str | None) -> None:
    reading = checked(titled(title))
    assert [each.facts["text"] for each in reading.findings] == ([] if said is None else [said])
    assert {each.code for each in reading.findings} <= {NoticeCode.OTHER_CUSTOMERS}


def test_a_remark_beside_prices_is_told_once_and_the_number_of_a_row_is_none() -> None:
    plain, said = table(), "仅限高耗能"
    remarks = [
        ("备注", 0, 14, 3, 1),
        (said, 3, 14, 2, 1),
        ("序号", 0, 15, 3, 1),
        ("1", 3, 15, 1, 1),
        ("/", 5, 14, 1, 1),
    ]
    reading = checked(Table(plain.lines, [*plain.cells, *remarks]))
    assert [(each.code, each.facts) for each in reading.findings] == [("words_not_read", {"text": said})]
