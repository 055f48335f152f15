"""Fees by the month: the whole, and parts that are never more or less than it."""

from decimal import Decimal
from itertools import accumulate, pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from billcalc.billing.charges import monthly
from billcalc.kernel.derived import Derived
from billcalc.kernel.plain import Plain
from billcalc.kernel.scalars import number_of
from billcalc.kernel.steps import steps_of
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Value
from tests.billing.charges.kinds import FEN, Make, derived, on_both


def part(price: str | Decimal, before: int | None, days: int, cycle: int) -> Decimal:
    def rule(make: Make) -> Value:
        return monthly.part_of_fee(
            price=make(price, "CNY"),
            before=None if before is None else make(before, "day"),
            days=make(days, "day"),
            cycle=make(cycle, "day"),
            rounding=FEN,
        )

    return on_both(rule)


def test_the_fee_of_a_month_is_its_price() -> None:
    assert on_both(lambda make: monthly.fee(price=make("15.8", "CNY"), rounding=FEN)) == Decimal("15.80")
    assert on_both(lambda make: monthly.fee(price=make("0.125", "CNY"), rounding=FEN)) == Decimal("0.13")


def test_a_month_has_its_price_in_february_too() -> None:
    # and not twelve months' price by the days of the year, which makes 92.05 of 100
    assert part("100", None, 28, 28) == Decimal("100.00")


def test_the_parts_are_differences_of_rounded_running_sums() -> None:
    thirds = [part("100", None, 10, 30), part("100", 10, 10, 30), part("100", 20, 10, 30)]
    assert thirds == [Decimal("33.33"), Decimal("33.34"), Decimal("33.33")]


def test_a_fee_is_an_amount() -> None:
    fee = monthly.fee(price=derived("15.8", "CNY"), rounding=FEN)
    assert isinstance(fee, Derived)
    assert [each.term for each in steps_of(fee)] == [Term.AMOUNT]


def test_a_part_tells_its_days() -> None:
    first = monthly.part_of_fee(
        price=derived("100", "CNY"), before=None, days=derived(10, "day"), cycle=derived(30, "day"), rounding=FEN
    )
    assert isinstance(first, Derived)
    assert first.unit == "CNY"
    [told] = steps_of(first)
    assert (told.term, told.formula, told.number) == (Term.AMOUNT, "{0} × {1} ÷ {2}", Decimal("33.33"))


@given(
    price=st.decimals(min_value=-1000, max_value=1000, places=4),
    days=st.lists(st.integers(1, 31), min_size=1, max_size=5),
)
@example(price=Decimal("0.01"), days=[1, 1, 1])
def test_the_parts_of_a_month_sum_to_its_fee(price: Decimal, days: list[int]) -> None:
    cycle = sum(days)
    parts = [
        part(price, before or None, each, cycle) for before, each in zip([0, *accumulate(days)], days, strict=False)
    ]
    assert sum(parts) == on_both(lambda make: monthly.fee(price=make(price, "CNY"), rounding=FEN))


@given(price=st.decimals(min_value=0, max_value=1000, places=2), days=st.lists(st.integers(0, 30), min_size=2))
def test_a_longer_part_from_the_start_never_costs_less(price: Decimal, days: list[int]) -> None:
    costs = [part(price, None, each, 30) for each in sorted(days)]
    assert all(shorter <= longer for shorter, longer in pairwise(costs))


def test_what_nothing_tells_the_use_of_is_due_whole() -> None:
    price, half = Plain(Decimal(100)), Plain(Decimal("0.5"))
    assert number_of(monthly.idle_price(price=price, uses=[], share=half)) == 100
    assert number_of(monthly.idle_price(price=price, uses=[Plain(Decimal(0))], share=half)) == 50
