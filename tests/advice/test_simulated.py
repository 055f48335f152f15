"""Two bills beside each other line by line, and what a statement tells of them."""

from dataclasses import replace
from decimal import Decimal

from billcalc.advice.simulated import changed_lines, simulation_statement
from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.troubles import Refusal
from billcalc.vocabulary import Section
from billcalc.words.lexicon import CHINESE, ENGLISH
from tests.billing.cases import bill, changed, request
from tests.billing.test_months import two_months
from tests.explain.bills import bill as own_bill
from tests.explain.bills import line

MULTIPLIER = "metering_points.0.config.0.multiplier"


def test_lines_of_one_name_are_taken_together_and_those_that_agree_are_left_out() -> None:
    base = own_bill(line(amount=Decimal(2)), line(amount=Decimal(3)), line(code="levies", section=Section.LEVIES))
    variant = own_bill(line(amount=Decimal(4)), line(code="levies", section=Section.LEVIES))
    [found] = changed_lines(base, variant)
    assert (found.base, found.variant, found.difference) == (Decimal(5), Decimal(4), Decimal(-1))


def test_a_line_that_only_one_bill_has_is_told_even_where_it_is_nothing() -> None:
    base, variant = own_bill(line(amount=Decimal(0))), own_bill(line(code="levies", section=Section.LEVIES))
    found = changed_lines(base, variant)
    assert [(each.line.code, each.base) for each in found] == [("network_energy", Decimal(0)), ("levies", None)]


def test_lines_of_a_part_of_the_period_say_so() -> None:
    both = two_months()
    blocks = simulation_statement(bill(both), {"a": bill(changed(both, {MULTIPLIER: "50"}))}, lexicon=ENGLISH)
    [lines] = [block for block in blocks if block.title == "a: lines that differ"]
    assert "Network energy charge 2024-08-01 to 2024-08-31" in {row[0] for row in lines.rows}


def test_what_is_doubtful_of_the_request_itself_is_told_last() -> None:
    doubted = changed(request(), {"given": [{"code": "fee", "section": "refunds", "group": "main", "amount": "1"}] * 2})
    base = bill(doubted)
    last = simulation_statement(base, {"a": base}, lexicon=ENGLISH)[-1]
    assert last.title == "Problems of the request as it is"
    assert len(last.rows) == len(base.problems) > 0


def test_what_a_rounded_total_adds_is_a_row_of_its_own() -> None:
    base = bill(request())
    variant = replace(base, total=base.total + Decimal("0.40"))
    blocks = simulation_statement(base, {"a": variant}, lexicon=ENGLISH)
    assert [row[0] for row in blocks[2].rows] == ["rounding of the total", "sum"]
    assert [row[-1] for row in blocks[2].rows] == [Decimal("0.40"), Decimal("0.40")]


def test_a_name_that_two_bills_print_for_two_charges_says_which() -> None:
    """A bill by capacity and one by demand both print 基本电费."""
    labels = {"label": "基本电费", "section": Section.NETWORK_CAPACITY}
    base = own_bill(line(code="capacity", **labels))
    variant = own_bill(line(code="demand", **labels))
    for lexicon, names in (
        (CHINESE, ["基本电费（容量电费）", "基本电费（需量电费）"]),
        (ENGLISH, ["Basic charge by capacity", "Basic charge by demand"]),
    ):
        assert [row[0] for row in simulation_statement(base, {"a": variant}, lexicon=lexicon)[2].rows][:-1] == names
    own = own_bill(line(code="own_charge", **labels))
    told = [row[0] for row in simulation_statement(base, {"a": own}, lexicon=CHINESE)[2].rows]
    assert told[:2] == ["基本电费（容量电费）", "基本电费（own_charge）"]


def test_a_variant_that_is_not_billed_says_what_is_the_matter_and_then_where() -> None:
    base = own_bill(line())
    facts = {"wanted": "purchase_price", "key": "two_part, 35kV", "day": "2024-06-30", "document": "d"}
    refusal = Refusal(RefusalCode.NO_PRICE, "/area", facts)
    [_, _, english] = simulation_statement(base, {"a": refusal}, lexicon=ENGLISH)
    [_, _, chinese] = simulation_statement(base, {"a": refusal}, lexicon=CHINESE)
    assert english.rows == [
        ("no_price", "agency purchase prices: there is no row for two-part, 35kV on 2024-06-30; add the row to the document d, "
         "or give a price sheet with the request (/area)")
    ]  # fmt: skip
    assert chinese.rows == [
        (
            "no_price",
            "代理购电价格：2024-06-30 没有适用于 两部制、35kV 的价格；请在文件 d 中补充该行，或在请求中给出价格表（/area）",
        )
    ]
    [_, _, nowhere] = simulation_statement(base, {"a": replace(refusal, where="")}, lexicon=ENGLISH)
    assert "(" not in str(nowhere.rows[0][1])


def test_of_bills_without_problems_none_are_told() -> None:
    base = own_bill(line())
    assert [block.title for block in simulation_statement(base, {"a": base}, lexicon=ENGLISH)] == [
        "Simulation", "Variants", "a: lines that differ",
    ]  # fmt: skip
