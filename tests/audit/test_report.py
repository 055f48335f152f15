"""The text of a comparison: what a clerk reads, word for word."""

from decimal import Decimal
from typing import Any

import pytest

from billcalc.audit import IssuedBill, Reading, compare
from billcalc.audit.report import comparison_text, signed
from billcalc.billing.bill import Bill, PowerFactorFact
from billcalc.explain.printing import plain_text
from billcalc.kernel.codes import FaultCode, ProblemCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Alternative, Fault, Problem, Severity
from billcalc.vocabulary import Band, Section
from billcalc.words.lexicon import CHINESE, ENGLISH, Lexicon
from tests.audit.issuing import issued, our_bill, our_line, printed, recomputed

S1 = PowerFactorFact("S1", Decimal(1000), Decimal(300), Decimal("0.96"), Decimal("-0.0075"))


def report(
    bill: Bill, said: IssuedBill, *, lexicon: Lexicon = ENGLISH, tolerance: str = "0", reading: Reading | None = None
) -> list[str]:
    comparison = compare(bill, said, tolerance=Decimal(tolerance))
    return plain_text(comparison_text(comparison, lexicon=lexicon, reading=reading)).splitlines()


def below(rows: list[str], head: str) -> list[str]:
    """The rows of a part, up to the next empty one."""
    start = next(number for number, row in enumerate(rows) if row.startswith(head))
    found = []
    for row in rows[start + 1 :]:
        if not row:
            break
        found.append(row)
    return found


def changed(name: str, row: int, **told: Any) -> IssuedBill:
    lines = list(issued(name).lines)
    lines[row] = lines[row].model_copy(update=told)
    return issued(name).model_copy(update={"lines": tuple(lines)})


NETWORK = 5  # the row of 输配电费


def test_a_wrong_price_is_told_with_its_money_and_what_proves_ours() -> None:
    said = changed("guangxi-2024-06-p1", NETWORK, price=Decimal("0.0877"), amount=Decimal("42832.68"))
    rows = report(recomputed("guangxi-2024-06-p1"), said, lexicon=CHINESE)
    assert below(rows, "账单自身") == ["  合计印为 1629271.00，各行之和为 1634155.00：相差 -4884.00"]
    assert below(rows, "不一致的行 (1)") == [
        "  输配电费：已出 42832.68，复算 37948.68，差 +4884.00",
        "    一致：计费量 488400 千瓦时",
        "    不一致：单价已出 0.0877，复算 0.0777",
        "    折合金额：单价 +4884.00",
        "    复算过程：",
        "      计费量 = 132000 千瓦时 + 105600 千瓦时 + 250800 千瓦时 = 488400 千瓦时",
        "      电费（输配电费） = 488400 千瓦时 × 0.0777 元/千瓦时 = 37948.68 → 37948.68 元（四舍五入到 0.01） [1]",
        "      [1] 《国家发展改革委关于第三监管周期省级电网输配电价及有关事项的通知》，发改价格〔2023〕526号，官方文件的转引，cn/guangxi/network_price/2023-06",
    ]
    assert rows[-4:] == [
        "  合计                1629271.00  1629271.00      0.00",
        "合计差额的构成",
        "  不一致的行              +4884.00",
        "  已出合计不等于各行之和  -4884.00",
    ]


def test_a_wrong_ratio_is_told_with_the_power_factor_that_gives_ours() -> None:
    name = "mengxi-2025-03"
    row = len(issued(name).lines) - 1
    said = changed(name, row, price=Decimal("1.40"), amount=Decimal("132534.16"))
    rows = below(report(recomputed(name), said), "Differing (1)")
    assert rows[:4] == [
        "  功率因数调整电费 (Power-factor adjustment): issued 132534.16, recomputed 133480.83, difference -946.67",
        "    agree: power-factor base 94667.26 CNY",
        "    differ: power-factor ratio issued 1.4, recomputed 1.41",
        "    in money: power-factor ratio -946.67",
    ]
    assert any("0.02" in row and "÷ √(" in row for row in rows)
    assert "      power-factor ratio (S1, 0.90) = table entry of (0.02) = 1.41 = 141 % [1]" in rows
    assert not any(row.strip().startswith("active energy") for row in rows)


def test_a_sum_is_told_as_one_with_every_line_of_ours() -> None:
    name = "large-ind-5000kva-327024"
    [row] = [row for row, line in enumerate(issued(name).lines) if line.codes == ("rural_grid_loan",)]
    rows = below(report(recomputed(name), changed(name, row, amount=Decimal("10236.01"))), "Differing (1)")
    assert rows[:6] == [
        "  Rural grid loan fund: issued 10236.01, recomputed 10236.00, difference +0.01",
        "    one printed line beside the sum of 2 of ours",
        "    agree: quantity 511800 kWh, price 0.02",
        "    in money: not explained by them +0.01",
        "    recomputed as:",
        "      Rural grid loan fund (main) 10196.00",
    ]
    assert "      Rural grid loan fund (lighting) 40.00" in rows


def test_what_only_one_bill_has_is_told_with_what_to_do() -> None:
    bill = our_bill(our_line("purchase", "5.00", band=Band.PEAK))
    lines = ({"code": "ancillary_services", "amount": "1.00"}, {"name": "服务费", "amount": "2.00"})
    rows = report(bill, printed(*lines, {"code": "purchse", "amount": "3.00"}))
    assert below(rows, "Unmapped (2)") == [
        "  服务费: issued 2.00, not on the recomputed bill",
        '    no code is told for "服务费", and no recomputed line has that name: add it to the mapping',
        "  purchse: issued 3.00, not on the recomputed bill",
        "    the code purchse is not known: correct it; the recomputed bill has purchase",
    ]
    assert below(rows, "Missing (2)") == [
        "  Ancillary services: issued 1.00, not on the recomputed bill",
        "    if it is owed, the request or the tariffs lack it; else it was billed without ground",
        "  Energy purchase (peak): recomputed 5.00, not on the issued bill",
        "    it may be one of the unmapped lines: map these before it is taken for forgotten",
        "    recomputed as:",
        "      The amount was given with the request and not calculated.",
    ]
    assert "  In no section, or in several    6.00        0.00       +6.00" in rows


def test_an_ambiguous_name_asks_for_the_code() -> None:
    bill = our_bill(our_line("purchase", "5.00", label="电费"), our_line("levies", "6.00", label="电费"))
    rows = below(report(bill, printed({"name": "电费", "amount": "5.00"})), "Unmapped (1)")
    assert rows[1] == '    several recomputed lines are called "电费": give the code, or the mapping'


def test_a_line_printed_elsewhere_says_where() -> None:
    bill = our_bill(our_line("purchase", "5.00", band=Band.PEAK), our_line("levies", "1.00", group="other"))
    line = {"code": "purchase", "band": "sharp", "group": "main", "from": "2024-06-01", "to": "2024-07-01"}
    said = printed({**line, "amount": "5.00"}, {"code": "levies", "amount": "1.00"})
    rows = below(report(bill, said), "Differing (1)")
    assert rows[:4] == [
        "  Energy purchase (main, sharp, 2024-06-01 to 2024-06-30): issued 5.00, recomputed 5.00, difference 0.00",
        "    the figures agree, but it is printed elsewhere",
        "    agree: group main, days 2024-06-01 to 2024-06-30",
        "    differ: band issued sharp, recomputed peak",
    ]


def test_a_section_that_differs_is_told_in_words() -> None:
    bill = our_bill(our_line("levies", "5.00", section=Section.LEVIES))
    line = {"code": "levies", "section": ["energy", "catalogue"], "amount": "5.00"}
    rows = below(report(bill, printed(line)), "Differing (1)")
    assert rows[2] == (
        "    differ: section issued Energy purchase + Catalogue price, recomputed Government funds and surcharges"
    )


def test_what_the_issued_bill_gets_wrong_by_itself_comes_first() -> None:
    lines = (
        {"name": "电费", "band": "peak", "quantity": "10", "price": "1", "amount": "10.01"},
        {"name": "力调", "section": "power_factor", "quantity": "10", "price": "0.1", "amount": "1.01"},
    )
    rows = report(our_bill(), printed(*lines, subtotals=[{"section": "energy", "amount": "9.00"}], total="9.00"))
    assert below(rows, "The issued bill by itself") == [
        "  电费 (peak) is printed as 10.01, 10 × 1 gives 10.00: off by +0.01",
        "  力调 is printed as 1.01, 10 × 0.1 gives 1.00: off by +0.01",
        "    rounding in parts can make as much, so it is no finding",
        "  energy is printed as 9.00, its lines sum to 0.00: off by +9.00",
        "  the total is printed as 9.00, its lines sum to 11.02: off by -2.02",
    ]


def test_a_bill_without_a_total_says_so() -> None:
    assert "  prints no total; its 1 lines sum to 5.00 CNY" in report(
        our_bill(), printed({"name": "a", "amount": "5.00"})
    )


def test_the_tolerance_is_named_and_what_it_hides_is_told() -> None:
    bill = our_bill(our_line("purchase", "5.00"))
    rows = report(bill, printed({"code": "purchase", "amount": "5.01"}), tolerance="0.02")
    assert rows[1] == "tolerance: 0.02 CNY"
    assert "No line differs: 0 printed lines agree." in rows
    assert "Within the tolerance, no findings: Energy purchase +0.01" in rows
    assert rows[-1] == "  differences within the tolerance  +0.01"


def test_facts_are_told_with_their_units() -> None:
    bill = our_bill(power_factors=(S1,), kwh={"main": {Band.PEAK: Decimal(600)}})
    told = {"kwh": {"peak": "601"}, "kvarh": "301", "cosphi": "0.95", "base": "1.00"}
    rows = report(bill, printed(facts=told, period={"from": "2024-06-02", "to": "2024-07-01"}))
    assert below(rows, "Printed facts that differ (4)")[:4] == [
        "  period issued 2024-06-02 to 2024-06-30, recomputed 2024-06-01 to 2024-06-30",
        "  energy (peak) issued 601 kWh, recomputed 600 kWh",
        "  reactive energy issued 301 kvarh, recomputed 300 kvarh",
        "  power factor issued 0.95, recomputed 0.96",
    ]
    assert "Printed facts that the recomputed bill does not tell: power-factor base" in rows


def test_rows_that_were_not_read_or_left_out_are_told_first() -> None:
    bill = printed({"code": "purchase", "amount": "5.00"})
    fault = Fault(FaultCode.NOT_A_NUMBER, "issued.csv:3:7", {"reason": Reason.NO_NUMBER, "value": "x"})
    reading = Reading(bill, ("issued.csv:2:1",), (fault,), ("其中：税额",))
    rows = report(our_bill(our_line("purchase", "5.01")), bill, reading=reading)
    assert rows[3:6] == [
        "Not read (1)",
        '  issued.csv:3:7: "x" is not a number: write digits with at most one decimal point, such as "1234.50"; correct the number',
        "Left out, as the mapping says: 其中：税额",
    ]
    assert below(rows, "Differing (1)")[0].endswith("difference -0.01  [issued.csv:2:1]")


def test_where_our_total_is_rounded_further_the_lines_have_a_row_of_their_own() -> None:
    bill = our_bill(our_line("purchase", "5.04"), total=Decimal("5.00"))
    rows = report(bill, printed({"code": "purchase", "amount": "5.04"}, total="5.04"))
    assert rows[-4:] == [
        "  All lines          5.04        5.04        0.00",
        "  Total              5.04        5.00       +0.04",
        "What the difference of the totals is made of",
        "  the recomputed total is rounded further  +0.04",
    ]


def test_a_reading_that_would_explain_the_total_is_told() -> None:
    facts = {"key": "power_factor.round", "area": "cn-x", "chosen": "once"}
    others = (Alternative("line", Decimal("0.01")),)
    doubt = Problem(ProblemCode.CONVENTION_UNDOCUMENTED, Severity.DOUBT, "/conventions/x", facts, others)
    bill = our_bill(our_line("purchase", "5.00"), problems=(doubt,))
    said = printed({"code": "purchase", "amount": "5.01"}, total="5.01")
    assert report(bill, said)[-1] == (
        "The issued total is what the bill would be with each line as rounding of the power-factor adjustment "
        "(power_factor.round), which no document tells"
    )
    assert report(bill, said, lexicon=CHINESE)[-1] == (
        "若“功率因数调整电费的取整（power_factor.round）”按“逐行取整”计算，合计正好等于已出账单；没有文件规定这一惯例"
    )


def test_names_of_an_issued_bill_cannot_steer_a_terminal() -> None:
    rows = report(our_bill(), printed({"name": "a\x1b[2Jb", "amount": "1.00"}))
    assert any("a\\x1b[2Jb" in row for row in rows)


@pytest.mark.parametrize(("amount", "text"), [("1", "+1.00"), ("-1.5", "-1.50"), ("0", "0.00"), ("0.005", "+0.005")])
def test_a_difference_has_its_sign(amount: str, text: str) -> None:
    assert signed(Decimal(amount)) == text
