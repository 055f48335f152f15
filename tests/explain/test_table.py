"""The bill as a table: an issued bill line by line, and what stands below it."""

from decimal import Decimal

import pytest

from billcalc.billing.bill import Bill, PowerFactorFact
from billcalc.explain.printing import Role, plain_text, width
from billcalc.explain.table import bill_table
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.spans import Span
from billcalc.kernel.troubles import Alternative, Problem, Severity
from billcalc.vocabulary import Band, Section
from billcalc.words.lexicon import CHINESE, ENGLISH, Lexicon
from tests.billing.cases import bill as calculated
from tests.billing.losses.lost import FORMULA, LINE, low, supply_point
from tests.billing.test_months import two_months
from tests.explain.bills import JUNE, bill, line, official

P1 = "guangxi-2024-06-p1"
UNASSESSED = {
    "agreement.0.supply_points": {"S1": supply_point(standard="none")},
    "metering_points.0.losses.line": {"method": "share", "share": "0.01"},
}


def text_of(found: Bill, lexicon: Lexicon = ENGLISH) -> list[str]:
    return plain_text(bill_table(found, lexicon=lexicon)).splitlines()


def below(found: Bill, lexicon: Lexicon = ENGLISH) -> list[str]:
    """What stands below the table."""
    told = text_of(found, lexicon)
    return told[told.index("", 2) + 1 :]


def test_the_first_issued_bill_in_chinese() -> None:
    told = text_of(official(P1), CHINESE)
    assert told[0] == "电费账单  cn-guangxi  2024-06-12 至 2024-06-30  结算周期：2024-06-01 至 2024-06-30"
    table = told[2 : told.index("", 2)]
    assert [row.split() for row in table] == [
        ["项目", "时段", "计费量", "单价", "金额（元）", "小计（元）"],
        ["购电电费", "201719.74"],
        ["代购电费", "峰", "132000", "千瓦时", "0.691794", "91316.81"],
        ["代购电费", "平", "105600", "千瓦时", "0.467564", "49374.76"],
        ["代购电费", "谷", "250800", "千瓦时", "0.243334", "61028.17"],
        ["上网环节线损费用", "7968.73"],
        ["上网环节线损电费", "488400", "千瓦时", "0.016316", "7968.73"],
        ["输配电量电费", "37948.68"],
        ["输配电费", "488400", "千瓦时", "0.0777", "37948.68"],
        ["输配容（需）量电费", "1355333.26"],
        ["基本电费", "63333.33", "千伏安", "21.4", "1355333.26"],
        ["系统运行费用", "13145.78"],
        ["煤电容量电费", "488400", "千瓦时", "0.01827", "8923.07"],
        ["其他费用合计", "488400", "千瓦时", "0.008646", "4222.71"],
        ["政府性基金及附加", "20427.33"],
        ["基金及附加费", "488400", "千瓦时", "0.041825", "20427.33"],
        ["功率因数调整电费", "-7272.52"],
        ["功率因数调整电费", "1616116.19", "元", "-0.45", "%", "-7272.52"],
        ["合计", "1629271.00"],
    ]


def test_the_first_issued_bill_in_english() -> None:
    told = text_of(official(P1))
    assert told[0] == "Electricity bill  cn-guangxi  2024-06-12 to 2024-06-30  cycle: 2024-06-01 to 2024-06-30"
    assert "  Energy purchase                  peak        132000 kWh  0.691794      91316.81" in told
    assert "  Basic charge by capacity                   63333.33 kVA      21.4    1355333.26" in told
    assert "Total                                                                                 1629271.00" in told


@pytest.mark.parametrize("lexicon", [CHINESE, ENGLISH])
def test_amounts_and_sums_stand_under_one_another(lexicon: Lexicon) -> None:
    told = text_of(official(P1), lexicon)
    rows = told[3 : told.index("", 2)]
    amounts = {width(row) for row in rows if row.startswith("  ")}
    sums = {width(row) for row in rows if not row.startswith("  ")}
    assert len(amounts) == 1
    assert len(sums) == 1
    assert amounts < {sums.pop() - 1, *amounts}


def test_the_facts_of_the_first_issued_bill_stand_below_it() -> None:
    told = below(official(P1), CHINESE)
    assert told[:4] == [
        "功率因数 S1：有功 488400 千瓦时，无功 198000 千乏时，cosφ 0.93，调整率 -0.45 %",
        "结算电量 main：峰 132000，平 105600，谷 250800，合计 488400 千瓦时",
        "平均电价：3.33594 元/千瓦时",
        "最弱依据：由已出账单推断",
    ]
    assert told[4].startswith("账单 sha256:")
    assert (
        "  提示：计量点 M1：总计度器电量 495000 千瓦时，各时段合计 488400 千瓦时；如果差异超出取整误差，请检查电能表"
    ) in told
    assert f"    {official(P1).problems[0].where}  total_differs_from_bands" in told


def test_a_bill_of_a_full_cycle_does_not_repeat_its_dates() -> None:
    assert text_of(bill(line()))[0] == "Electricity bill  cn-x  2024-06-01 to 2024-06-30"


def test_the_sections_stand_in_the_order_of_printing_and_a_line_in_its_section() -> None:
    fee, levy = line(amount=Decimal("2.00")), line(code="levies", section=Section.LEVIES, amount=Decimal("1.00"))
    assert [row.split()[-1] for row in text_of(bill(levy, fee))[3:8]] == ["2.00", "2.00", "1.00", "1.00", "3.00"]


def test_a_line_of_a_part_of_the_period_says_so() -> None:
    first, second = JUNE.cut([JUNE.start.replace(day=16)])
    told = text_of(bill(line(span=first), line(span=second)))
    assert told[4].startswith("  Network energy charge 2024-06-01 to 2024-06-15 ")
    assert told[5].startswith("  Network energy charge 2024-06-16 to 2024-06-30 ")
    assert isinstance(second, Span)


def test_what_each_of_several_months_comes_to_stands_above_the_total() -> None:
    told = text_of(calculated(two_months()))
    at = next(place for place, row in enumerate(told) if row.startswith("Total"))
    assert [row.split()[:4] for row in told[at - 2 : at]] == [
        ["sum", "2024-07-01", "to", "2024-07-31"], ["sum", "2024-08-01", "to", "2024-08-31"],
    ]  # fmt: skip
    assert sum(Decimal(row.split()[-1]) for row in told[at - 2 : at]) == Decimal(told[at].split()[-1])


def test_a_given_line_is_marked_and_may_have_no_quantity() -> None:
    refund = line(code="refund", section=Section.REFUNDS, given=True, amount=Decimal("-5.50"))
    assert text_of(bill(refund), CHINESE)[4].split() == ["退补电费", "[给定]", "-5.50"]


def test_each_row_says_what_it_is_for() -> None:
    own = bill(line(), problems=(Problem(ProblemCode.GIVEN_FACT, Severity.DOUBT, "/x", {"fact": "cosphi"}),))
    roles = [each.role for each in bill_table(own, lexicon=ENGLISH)]
    assert roles == [
        Role.TITLE,
        Role.TEXT,
        Role.ASIDE,
        Role.HEADING,
        Role.TEXT,
        Role.TITLE,
        Role.TEXT,
        Role.TEXT,
        Role.ASIDE,
        Role.TEXT,
        Role.HEADING,
        Role.DOUBT,
        Role.ASIDE,
    ]


def test_losses_stand_below_with_their_parts() -> None:
    lost = calculated(low({"transformer": FORMULA, "line": LINE}))
    [told] = [row for row in below(lost) if row.startswith("loss energy")]
    assert told == (
        "loss energy M1 2024-07-01 to 2024-07-31: transformer loss 173 kWh, line loss 62 kWh, reactive 792 kvarh"
    )
    plain = calculated(low({"line": LINE}, {"metering_points.0.side": "high", **UNASSESSED}))
    [told] = [row for row in below(plain, CHINESE) if row.startswith("损耗电量")]
    assert told == "损耗电量 M1 2024-07-01 至 2024-07-31：线损 60 千瓦时"


def test_energy_without_bands_is_told_once() -> None:
    kwh = {"home": {Band.TOTAL: Decimal(8330)}}
    assert below(bill(line(), kwh=kwh))[0] == "Billed energy home: sum 8330 kWh"


def test_a_power_factor_that_was_given_has_no_energies() -> None:
    fact = PowerFactorFact("S1", None, None, Decimal(1), Decimal("-0.0075"))
    assert below(bill(line(), power_factors=(fact,)))[0] == "Power factor S1: cosφ 1.00, adjustment -0.75 %"


def test_a_problem_tells_the_money_of_its_alternatives() -> None:
    facts = {"key": "power_factor.round", "area": "cn-x", "chosen": "once"}
    alternatives = (Alternative("line", Decimal("0.01")), Alternative("once", Decimal("-2")), Alternative("none", None))
    problem = Problem(
        ProblemCode.CONVENTION_UNDOCUMENTED, Severity.DOUBT, "/conventions/power_factor.round", facts, alternatives
    )
    english, chinese = below(bill(line(), problems=(problem,))), below(bill(line(), problems=(problem,)), CHINESE)
    assert english[-6:] == [
        "Problems",
        "  doubt: no document tells rounding of the power-factor adjustment (power_factor.round) for cn-x; once was used; "
        "compare with an issued bill of the area and record the convention",
        "    /conventions/power_factor.round  convention_undocumented",
        "    with each line the total would change by +0.01 CNY",
        "    with once the total would change by -2.00 CNY",
        "    with none the bill could not be calculated",
    ]
    assert chinese[-6:] == [
        "疑点与提示",
        "  疑点：没有文件说明 cn-x 的计费惯例 功率因数调整电费的取整（power_factor.round），现按“一次取整”计算；"
        "请与该地区已出的账单比对，并把惯例记录下来",
        "    /conventions/power_factor.round  convention_undocumented",
        "    若按“逐行取整”，合计变化 +0.01 元",
        "    若按“一次取整”，合计变化 -2.00 元",
        "    若按“无”，则无法计算",
    ]


def test_a_problem_of_the_whole_request_stands_at_its_root() -> None:
    problem = Problem(ProblemCode.GIVEN_FACT, Severity.NOTE, "", {"fact": "cosphi"})
    assert below(bill(line(), problems=(problem,)))[-1] == "    /  given_fact"


def test_a_bill_without_problems_does_not_speak_of_them() -> None:
    assert "Problems" not in text_of(bill(line()))


def test_a_label_of_the_request_cannot_forge_a_row() -> None:
    evil = line(code="fee", label="fee\nTotal 0.00", amount=Decimal("9.00"))
    told = text_of(bill(evil), CHINESE)
    assert "  fee\\nTotal 0.00" in told[4]
    assert not any(row.startswith("Total") for row in told)
