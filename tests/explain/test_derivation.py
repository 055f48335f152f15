"""Derivations of lines in words: issued bills, and each kind of step."""

from decimal import Decimal

import pytest

from billcalc.billing.bill import Bill
from billcalc.explain.derivation import ExplainedStep, derivation_text, explained_line
from billcalc.explain.printing import Role, plain_text
from billcalc.kernel.derived import Derived
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Rounding, Value, allocate, choose, cosphi, look_up, named, quotient, rounded
from billcalc.vocabulary import Band, Section
from billcalc.words.lexicon import CHINESE, ENGLISH, Lexicon
from tests.explain.bills import CUSTOM, FEN, NOTICE, bill, given, line, money, official

P1 = "guangxi-2024-06-p1"


def text_of(found: Bill, code: str, lexicon: Lexicon) -> list[str]:
    lines = [each for each in found.lines if each.code == code]
    return plain_text(derivation_text(found, lines, lexicon=lexicon)).splitlines()


def step(value: Value, lexicon: Lexicon = ENGLISH) -> ExplainedStep:
    """The last step of a line with this amount."""
    assert isinstance(value, Derived)
    own = line(value)
    return explained_line(bill(own), own, lexicon=lexicon).steps[-1]


def amount(value: Value) -> Value:
    return named(Term.AMOUNT, value)


def test_the_first_capacity_charge_of_guangxi_in_chinese() -> None:
    told = text_of(official(P1), "capacity", CHINESE)
    assert told[:8] == [
        "基本电费  1355333.26 元",
        "  输配容（需）量电费，capacity，main，2024-06-12 至 2024-06-30",
        "  1. 计费容量（S1）",
        "     = 变压器容量（T1） × 计费天数（2024-06-12 至 2024-06-30） ÷ 结算周期天数",
        "     = 100000 千伏安 × 19 ÷ 30 = 63333.33333333… → 63333.33 千伏安（四舍五入到 0.01） [1] [2]",
        "  2. 电费（基本电费）",
        "     = 计费容量（S1） × 电价（基本电费）",
        "     = 63333.33 千伏安 × 21.4 元/千伏安·月 = 1355333.262 → 1355333.26 元（四舍五入到 0.01） [3]",
    ]
    assert (
        "  取自请求：变压器容量（T1） 100000 千伏安，结算周期天数 30，计费天数（2024-06-12 至 2024-06-30） 19" in told
    )
    assert "      规则：计费容量（S1）" in told
    assert "      数据：电价（基本电费） 21.4 元/千伏安·月" in told


def test_the_first_capacity_charge_of_guangxi_in_english() -> None:
    told = text_of(official(P1), "capacity", ENGLISH)
    assert told[0] == "Basic charge by capacity  1355333.26 CNY"
    assert (
        "     = 100000 kVA × 19 ÷ 30 = 63333.33333333… → 63333.33 kVA (rounded to 0.01, half away from zero) [1] [2]"
        in told
    )
    assert (
        "     = 63333.33 kVA × 21.4 CNY/kVA per month = 1355333.262 → 1355333.26 CNY"
        " (rounded to 0.01, half away from zero) [3]"
    ) in told


@pytest.mark.parametrize(
    "wanted",
    [
        "功率因数调整电费  −7272.52 元",
        "     = (0.3 − 0) × 660000 = 198000 → 198000 千乏时（四舍五入到 1）",
        "     = 132000 千瓦时 + 105600 千瓦时 + 250800 千瓦时 = 488400 千瓦时",
        "有功电量（S1） ÷ √(有功电量（S1）² + 无功电量（S1）²)",
        "= 488400 ÷ √(488400² + 198000²) = 0.92673926… → 0.93（四舍五入到 0.01）",
        "= 查表（功率因数（S1））",
        "= 查表（0.93） = −0.0045 = −0.45 %",
        "= 1616116.19 元 × −0.0045 = −7272.522855 → −7272.52 元（四舍五入到 0.01）",
        "  其他行的金额，推导见各行：代购电费（峰） 91316.81 元，代购电费（平） 49374.76 元，",
        "《功率因数调整电费办法》，(83)水电财字第215号，附表一、二、三，二手资料，cn/national/power_factor_rules/1983-12",
        "      http://wgbc.cn/zxjs/205.html",
    ],
)
def test_the_first_power_factor_adjustment_of_guangxi(wanted: str) -> None:
    assert any(wanted in told for told in text_of(official(P1), "power_factor", CHINESE))


def test_the_power_factor_line_does_not_repeat_how_the_lines_of_its_base_came_about() -> None:
    told = "\n".join(text_of(official(P1), "power_factor", CHINESE))
    assert "代购电费（峰） + 代购电费（平） + 代购电费（谷）" in told
    assert "91316.81 元 + 49374.76 元 + 61028.17 元" in told
    assert "0.691794" not in told
    assert "63333.33" not in told


def test_levies_are_rounded_for_each_band() -> None:
    told = text_of(official(P1), "levies", CHINESE)
    funds = " + ".join(f"{price} 元/千瓦时" for price in ("0.015", "0.001125", "0.0062", "0.019", "0.0005"))
    assert f"     = {funds} = 0.041825 元/千瓦时 [1]" in told
    assert "     = 132000 千瓦时 × 0.041825 元/千瓦时 = 5520.9 → 5520.90 元（四舍五入到 0.01） [2]" in told
    assert "     = 5520.90 元 + 4416.72 元 + 10489.71 元 = 20427.33 元" in told


def test_a_reading_is_named_once_with_all_its_names() -> None:
    told = text_of(official(P1), "purchase", CHINESE)
    assert "  1. 两次示数间电量（M1·峰） = 抄见电量（M1·峰） = 结算电量（main·峰）" in told
    assert "     = (本次示数（M1·峰） − 上次示数（M1·峰）) × 综合倍率（M1）" in told
    assert "     = (0.2 − 0) × 660000 = 132000 → 132000 千瓦时（四舍五入到 1）" in told


def test_the_total_is_told_below_the_lines() -> None:
    assert text_of(official(P1), "capacity", CHINESE)[-4:] == [
        "",
        "合计  1629271.00 元",
        "  = 购电电费 + 上网环节线损费用 + 输配电量电费 + 输配容（需）量电费 + 系统运行费用 + 政府性基金及附加"
        " + 功率因数调整电费",
        "  = 201719.74 + 7968.73 + 37948.68 + 1355333.26 + 13145.78 + 20427.33 + (−7272.52) = 1629271.00 元",
    ]


def test_a_total_that_is_rounded_further_says_so() -> None:
    fees = (line(amount=Decimal("7.04")), line(amount=Decimal("3.00"), section=Section.LEVIES))
    told = derivation_text(bill(*fees, total=Decimal("10.0")), [], lexicon=ENGLISH)
    assert told[-1].text == "  = 7.04 + 3.00 = 10.04 → 10.00 CNY"


def test_every_line_of_the_issued_bill_is_told_in_both_languages() -> None:
    found = official("guangxi-2024-06-p2")
    for lexicon in (CHINESE, ENGLISH):
        told = plain_text(derivation_text(found, found.lines, lexicon=lexicon))
        assert all(explained_line(found, each, lexicon=lexicon).title in told for each in found.lines)
        assert "{" not in told


def test_a_given_line_says_that_it_was_given() -> None:
    told = text_of(official("guangxi-2024-06-p2"), "refund", CHINESE)
    assert told[:3] == [
        "退补电费  −2268006.64 元",
        "  退补电费，refund，main，2024-06-01 至 2024-06-30",
        "  该金额由请求给定，未经计算。",
    ]


def test_a_bill_without_a_derivation_says_so() -> None:
    told = text_of(official(P1, derivation=False), "capacity", ENGLISH)
    assert told[2] == "  The bill was calculated without a derivation."


def test_a_comparison_is_told_in_words_and_numbers() -> None:
    metered, limit = given("30", "kW", term=Term.MAXIMUM_DEMAND), given("21", "kW", term=Term.DEMAND_LIMIT)
    told = step(amount(choose(metered > limit, limit + 2 * (metered - limit), limit)))
    assert told.words == "limit of the demand + 2 × (maximum demand − limit of the demand)"
    assert told.numbers == "21 kW + 2 × (30 kW − 21 kW)"
    assert told.conditions == (("maximum demand > limit of the demand", "30 kW > 21 kW"),)
    own = line(named(Term.AMOUNT, choose(metered > limit, limit, metered)))
    because = [each.text for each in derivation_text(bill(own), [own], lexicon=ENGLISH) if "because" in each.text]
    assert because == ["       because: maximum demand > limit of the demand, 30 kW > 21 kW"]


def test_a_share_is_not_called_a_rounding() -> None:
    whole, days = given("100", "kWh", "M1"), [given(number, "day", term=Term.DAYS) for number in ("10", "20")]
    told = step(named(Term.SPLIT_ENERGY, allocate(whole, days, Decimal(1))[0]))
    assert (told.exact, told.result) == (None, "33 kWh")
    assert told.rounding == "shared out in steps of 1 so that the parts sum to the whole"
    assert told.numbers == "100 kWh × 10 ÷ (10 + 20)"


def test_a_share_is_printed_with_an_arrow() -> None:
    own = line(named(Term.SPLIT_ENERGY, allocate(given("100", "kWh"), [given("1"), given("2")], Decimal(1))[0]))
    told = [each.text for each in derivation_text(bill(own), [own], lexicon=CHINESE)]
    assert "     = 100 千瓦时 × 1 ÷ (1 + 2) → 33 千瓦时（按 1 的整数倍分摊，各部分之和等于总数）" in told


def test_a_single_figure_is_not_repeated_in_numbers() -> None:
    told = step(named(Term.METERED_ENERGY, given("7", "kWh", "M1", term=Term.GIVEN_ENERGY)), CHINESE)
    assert (told.words, told.numbers, told.result) == ("给定电量（M1）", "", "7 千瓦时")


def test_a_single_figure_that_was_chosen_is_not_repeated_either() -> None:
    price, least = given("39", "CNY/kW", "fee", term=Term.UNIT_PRICE), given("8", "kWh", term=Term.DISCOUNT_LIMIT)
    chosen = choose(given("9", "kWh", term=Term.ACTIVE_ENERGY) >= least, price, price * 2)
    told = step(named(Term.DISCOUNTED_PRICE, chosen))
    assert (told.words, told.numbers) == ("unit price (fee)", "")
    assert told.conditions == (("active energy ≥ energy from which the discount applies", "9 kWh ≥ 8 kWh"),)


def test_a_result_shows_its_zeros_where_it_was_rounded_to_one_or_two_places() -> None:
    assert step(amount(rounded(money("5.1") * 2, FEN))).result == "10.20 CNY"
    assert step(amount(quotient(given("6", "kVA"), given("3"), FEN))).result == "2.00 kVA"
    assert step(amount(cosphi(given("5", "kWh"), given("0", "kvarh"), FEN))).result == "1.00"
    assert step(amount(quotient(given("7", "kW"), given("2"), Rounding(Decimal("0.1"))))).result == "3.5 kW"
    assert step(amount(quotient(given("6", "kW"), given("3"), Rounding(Decimal("0.000001"))))).result == "2 kW"
    assert step(amount(rounded(given("12", "kWh"), Rounding(Decimal(10))))).result == "10 kWh"


def test_the_power_factor_inside_a_longer_formula_has_no_exact_value() -> None:
    told = step(amount(cosphi(given("4", "kWh"), given("3", "kvarh"), FEN) * given("2")))
    assert (told.exact, told.result) == (None, "1.6")


def test_the_ratio_of_a_power_factor_is_shown_in_percent() -> None:
    cosine = given("0.93", term=Term.POWER_FACTOR)
    told = step(named(Term.POWER_FACTOR_RATIO, look_up(cosine, {Decimal("0.93"): Decimal("-0.0045")}, NOTICE), "0.90"))
    assert (told.names, told.result) == (("power-factor ratio (0.90)",), "−0.0045 = −0.45 %")


def test_documents_are_cited_with_what_was_taken_from_them() -> None:
    price = given("0.5", "CNY/kWh", "levies", term=Term.UNIT_PRICE, source=NOTICE)
    kwh = named(Term.BILLED_ENERGY, rounded(given("7.5", "kWh", term=Term.GIVEN_ENERGY), Rounding(Decimal(1), CUSTOM)))
    own = line(named(Term.AMOUNT, rounded(kwh * price, FEN), "levies"), code="levies", section=Section.LEVIES)
    told = explained_line(bill(own), own, lexicon=ENGLISH)
    assert [(each.number, each.source.id, each.figures, each.rules) for each in told.cited] == [
        (1, CUSTOM.id, (), ("billed energy",)),
        (2, NOTICE.id, ("unit price (Government funds and surcharges) 0.5 CNY/kWh",), ()),
    ]
    assert told.inputs == ("given energy 7.5 kWh",)
    assert [each.sources for each in told.steps] == [(1,), (2,)]
    texts = [each.text for each in derivation_text(bill(own), [own], lexicon=CHINESE)]
    assert "  [1] 《账单》，由已出账单推断，cn/x/conventions/2024-06" in texts
    assert "      https://example.org/bill" in texts
    assert "  [2] 《关于输配电价的通知》，发改〔2024〕1号，附表，官方原文，cn/x/network_price/2024-06" in texts
    assert "      规则：结算电量" in texts
    assert "      数据：电价（政府性基金及附加） 0.5 元/千瓦时" in texts


def test_an_amount_of_a_line_is_called_by_the_name_of_that_line() -> None:
    kwh = given("100", "kWh", "main", term=Term.BILLED_ENERGY)
    bands = [named(Term.BAND_AMOUNT, rounded(kwh * given(price, "CNY/kWh"), FEN), band) for price, band in
             (("0.5", "peak"), ("0.3", "flat"))]  # fmt: skip
    levies = line(named(Term.AMOUNT, bands[0] + bands[1], "levies"), code="levies", label="基金")
    peak = line(named(Term.AMOUNT, named(Term.BAND_AMOUNT, rounded(kwh * 2, FEN) * given("1", "CNY/kWh"), "peak")),
                code="purchase", label="购电", band=Band.PEAK)  # fmt: skip
    base = named(Term.POWER_FACTOR_BASE, bands[0] + bands[1] + peak.derivation[0])
    factor = line(named(Term.AMOUNT, rounded(base * given("0.01"), FEN)), code="power_factor")
    told = explained_line(bill(levies, peak, factor), factor, lexicon=CHINESE)
    assert told.steps[0].words == "基金（峰） + 基金（平） + 购电（峰）"
    assert told.others == ("基金（峰） 50.00 元", "基金（平） 30.00 元", "购电（峰） 200.00 元")


def test_each_line_of_a_text_says_what_it_is_for() -> None:
    own = official(P1).lines[0]
    told = derivation_text(official(P1), [own], lexicon=ENGLISH)
    assert [each.role for each in told[:5]] == [Role.TITLE, Role.ASIDE, Role.HEADING, Role.TEXT, Role.RESULT]
