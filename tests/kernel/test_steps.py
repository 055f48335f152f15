"""A derivation read back as steps: their order, their figures, their sources."""

from decimal import Decimal
from functools import reduce

import pytest

from billcalc.kernel.derived import Derived
from billcalc.kernel.expressions import Choice, Operation, Place, Primitive, Rounded
from billcalc.kernel.sources import Evidence, Source
from billcalc.kernel.steps import Operand, Step, sources_of, steps_of
from billcalc.kernel.terms import Term
from billcalc.kernel.values import (
    Rounding,
    Value,
    allocate,
    choose,
    cosphi,
    look_up,
    maximum,
    named,
    quotient,
    rounded,
    total,
)

NOTICE = Source("cn/guangxi/network_price/2023", "输配电价", Evidence.OFFICIAL_TEXT)
RULES = Source("cn/national/basic_charge_rules/2024", "基本电费", Evidence.SECONDARY)
CONVENTION = Source("cn/guangxi/conventions/2024", "惯例", Evidence.INFERRED)
FEN = Rounding(Decimal("0.01"))


def given(text: str, unit: str = "1", *, term: Term = Term.AMOUNT, source: Source | None = None) -> Derived:
    return Derived(Decimal(text), unit, "given", term=term, qualifiers=("peak",), source=source)


def derived(value: Value) -> Derived:
    assert isinstance(value, Derived)
    return value


def only_step(value: Value) -> Step:
    (step,) = steps_of(derived(named(Term.TOTAL, value)))
    return step


def terms(value: Value) -> list[Term]:
    return [step.term for step in steps_of(derived(value))]


def test_the_first_capacity_charge_of_guangxi_is_told_in_two_steps() -> None:
    capacity = given("100000", "kVA", term=Term.CAPACITY)
    days = given("19", "day", term=Term.DAYS)
    cycle = given("30", "day", term=Term.DAYS_OF_CYCLE)
    price = given("21.4", "CNY/kVA", term=Term.UNIT_PRICE, source=NOTICE)
    kva_round = Rounding(Decimal("0.01"), CONVENTION)

    billed = named(Term.BILLED_CAPACITY, quotient(capacity * days, cycle, kva_round), "S1", source=RULES)
    amount = named(Term.AMOUNT, rounded(billed * price, FEN))

    assert steps_of(derived(amount)) == (
        Step(
            term=Term.BILLED_CAPACITY,
            of=("S1",),
            expression=Operation(Primitive.QUOTIENT, (Operation(Primitive.PRODUCT, (Place(0), Place(1))), Place(2))),
            operands=(
                Operand(Term.CAPACITY, ("peak",), Decimal(100000), "kVA", None),
                Operand(Term.DAYS, ("peak",), Decimal(19), "day", None),
                Operand(Term.DAYS_OF_CYCLE, ("peak",), Decimal(30), "day", None),
            ),
            exact="63333.33333333…",
            rounded_to=Decimal("0.01"),
            number=Decimal("63333.33"),
            unit="kVA",
            sources=(RULES, CONVENTION),
        ),
        Step(
            term=Term.AMOUNT,
            of=(),
            expression=Operation(Primitive.PRODUCT, (Place(0), Place(1))),
            operands=(
                Operand(Term.BILLED_CAPACITY, ("S1",), Decimal("63333.33"), "kVA", None),
                Operand(Term.UNIT_PRICE, ("peak",), Decimal("21.4"), "CNY/kVA", NOTICE),
            ),
            exact="1355333.262",
            rounded_to=Decimal("0.01"),
            number=Decimal("1355333.26"),
            unit="CNY",
            sources=(NOTICE,),
        ),
    )


def test_a_step_keeps_its_expression_as_a_tree() -> None:
    first, second, third = given("7"), given("5"), given("3")
    price = choose(second > first, first, rounded(first * (second * third), FEN))
    step = only_step(rounded(price - first, FEN))
    product = Operation(Primitive.PRODUCT, (Place(0), Place(1), Place(2)))
    chosen = Choice(Rounded(product, Decimal("0.01")), Place(1), "≤", Place(0))
    assert step.expression == Operation(Primitive.DIFFERENCE, (chosen, Place(0)))
    assert [operand.number for operand in step.operands] == [7, 5, 3]
    assert step.formula == "(round({0} × {1} × {2}, 0.01) [{1} ≤ {0}]) − {0}"


def test_a_value_without_a_name_has_no_step_of_its_own() -> None:
    assert steps_of(given("1") + given("2")) == ()
    assert terms(named(Term.FLOOR_SHARE, given("1")) + given("2")) == [Term.FLOOR_SHARE]


def test_a_name_used_twice_is_one_step() -> None:
    share = named(Term.FLOOR_SHARE, given("2") * given("3"))
    assert terms(named(Term.TOTAL, share + share)) == [Term.FLOOR_SHARE, Term.TOTAL]


def test_operands_come_before_results_from_left_to_right() -> None:
    left, right = named(Term.CAPACITY, given("1")), named(Term.DAYS, given("2"))
    middle = named(Term.DEMAND_BASIS, right * left)
    assert terms(named(Term.TOTAL, left + middle)) == [Term.CAPACITY, Term.DAYS, Term.DEMAND_BASIS, Term.TOTAL]


def test_what_was_compared_comes_before_what_was_chosen() -> None:
    metered, limit = named(Term.MAXIMUM_DEMAND, given("5")), named(Term.DEMAND_LIMIT, given("4"))
    taken, left_out = named(Term.DISCOUNT_FACTOR, given("2")), named(Term.DEMAND_BASIS, given("1"))
    chosen = named(Term.BILLED_DEMAND, choose(metered > limit, taken, left_out))
    assert terms(chosen) == [Term.MAXIMUM_DEMAND, Term.DEMAND_LIMIT, Term.DISCOUNT_FACTOR, Term.BILLED_DEMAND]


def test_a_name_for_a_named_value_is_a_step_of_its_own() -> None:
    first, second = steps_of(derived(named(Term.TOTAL, named(Term.AMOUNT, given("5"), source=RULES))))
    assert (first.formula, first.sources) == ("{0}", (RULES,))
    assert (second.formula, second.sources) == ("{0}", ())  # the first step has cited its rule already
    assert second.operands == (Operand(Term.AMOUNT, (), Decimal(5), "1", None),)


def test_a_step_that_is_not_rounded_has_no_exact_value_beside_its_number() -> None:
    step = only_step(given("1.5") * given("1.5"))
    assert (step.number, step.exact, step.rounded_to) == (Decimal("2.25"), None, None)


@pytest.mark.parametrize(
    ("above", "below", "exact"),
    [
        ("1", "8", "0.125"),
        ("6", "3", "2"),
        ("1", "3", "0.33333333…"),
        ("-1", "3", "-0.33333333…"),
        ("1", "-3", "-0.33333333…"),
        ("2", "3", "0.66666666…"),
        ("100000000", "3", "33333333.33333333…"),
        ("1", "100000000", "0.00000001"),
        ("1", "1000000000", "0…"),
        ("0", "3", "0"),
        ("1", "0", None),
        ("123456789012345678901234567890", "8", "15432098626543209862654320986.25"),
    ],
)
def test_an_exact_quotient_is_shown_to_eight_places_with_dots_where_it_goes_on(
    above: str, below: str, exact: str | None
) -> None:
    step = only_step(quotient(given(above), given(below), FEN))
    assert step.exact == exact
    assert step.rounded_to == Decimal("0.01")


def test_a_share_and_a_power_factor_have_no_exact_text() -> None:
    for part in (
        allocate(given("100"), [given("1"), given("2")], Decimal(1))[0],
        cosphi(given("4", "kWh"), given("3", "kvarh"), Rounding(Decimal(1))),
    ):
        step = only_step(part)
        assert (step.exact, step.rounded_to) == (None, Decimal(1))


def test_a_step_cites_its_rule_its_rounding_and_the_figures_it_uses() -> None:
    price = given("2", source=NOTICE)
    inner = rounded(given("1.5") * price, Rounding(Decimal(1), CONVENTION))
    ratio = look_up(given("1"), {Decimal(1): Decimal(4)}, RULES)
    assert only_step(inner + ratio).sources == (CONVENTION, NOTICE, RULES)
    assert only_step(inner).sources == (CONVENTION, NOTICE)


def test_a_step_cites_each_document_once() -> None:
    price, levy = given("2", source=NOTICE), given("3", source=NOTICE)
    assert only_step(price + levy).sources == (NOTICE,)


def test_a_step_does_not_cite_what_another_step_cites() -> None:
    part = named(Term.AMOUNT, given("2", source=NOTICE) * 3, source=RULES)
    assert steps_of(derived(named(Term.TOTAL, part + 1)))[-1].sources == ()


def test_a_value_rests_on_every_document_below_it_in_the_order_of_first_use() -> None:
    part = named(Term.AMOUNT, given("2", source=NOTICE) * given("3", source=NOTICE), source=RULES)
    value = rounded(part + 1, Rounding(Decimal(1), CONVENTION))
    assert sources_of(derived(value)) == (NOTICE, RULES, CONVENTION)


def test_a_value_rests_on_what_was_compared_and_not_on_the_branch_left_out() -> None:
    limit = given("4", source=RULES)
    value = choose(given("5") > limit, given("1", source=NOTICE), given("2", source=CONVENTION))
    assert sources_of(derived(value)) == (RULES, NOTICE)


def test_a_rule_s_own_name_and_rounding_are_both_cited() -> None:
    value = named(Term.TOTAL, rounded(given("1.5"), Rounding(Decimal(1), CONVENTION)), source=RULES)
    assert sources_of(derived(value)) == (CONVENTION, RULES)


def test_a_sum_of_thousands_of_values_is_one_formula() -> None:
    running: Value = given("1")
    for _ in range(5000):
        running = running + given("1")
    step = only_step(running)
    assert step.number == Decimal(5001)
    assert step.formula == " + ".join(f"{{{place}}}" for place in range(5001))


def test_what_thousands_of_values_are_taken_off_of_is_one_formula() -> None:
    rest: Value = given("9000")
    for _ in range(5000):
        rest = rest - given("1")
    step = only_step(rest)
    assert step.number == Decimal(4000)
    assert step.formula == " − ".join(f"{{{place}}}" for place in range(5001))
    assert step == only_step(rest)


def test_the_largest_of_thousands_of_values_is_one_formula() -> None:
    values: list[Value] = [given(str(number)) for number in range(3000)]
    step = only_step(reduce(maximum, values))
    assert step.number == Decimal(2999)
    assert step.formula.startswith("max(" * 2999 + "{0}, {1}), {2})")


def test_a_total_carried_through_thousands_of_names_is_told() -> None:
    running: Value = given("1", source=NOTICE)
    for _ in range(5000):
        running = named(Term.METERED_ENERGY, running + 1)
    assert [step.number for step in steps_of(derived(running))] == list(range(2, 5002))
    assert sources_of(derived(running)) == (NOTICE,)


def test_a_total_of_many_values_keeps_their_order() -> None:
    step = only_step(total([given(str(number)) for number in (3, 1, 2)]))
    assert step.formula == "{0} + {1} + {2}"
    assert [operand.number for operand in step.operands] == [3, 1, 2]
