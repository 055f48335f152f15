"""The basic charge: figures that others published, the corners of each rule, and what must always hold."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from billcalc.billing.charges.basic import rule as basic
from billcalc.kernel.derived import Derived
from billcalc.kernel.steps import sources_of, steps_of
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Rounding, Value
from billcalc.tariff.documents import ExcessStep
from tests.billing.charges.kinds import FEN, RULES, Make, derived, on_both


def step(above: str, factor: str, *, free_band: bool = False) -> ExcessStep:
    return ExcessStep(above=Decimal(above), factor=Decimal(factor), free_band=free_band)


ABOVE_5_PERCENT = [step("0.05", "2")]
TAIPOWER = [step("0", "2"), step("0.10", "3")]


def contracted(
    make: Make,
    *,
    metered: str | Decimal | None,
    contract: str | Decimal,
    running: str | Decimal = "0",
    floor_share: str = "0.40",
    steps: Sequence[ExcessStep] = ABOVE_5_PERCENT,
) -> Value:
    capacity, share = make(running, "kVA"), make(floor_share, "kW/kVA")
    basis = basic.demand_basis(
        contracted=make(contract, "kW"), running_capacity=capacity, floor_share=share, source=RULES
    )
    limits = basic.demand_limits(basis=basis, over_steps=steps, source=RULES)
    demand = None if metered is None else make(metered, "kW")
    return basic.contracted_demand(metered=demand, basis=basis, limits=limits, over_steps=steps, source=RULES)


# By capacity


def test_a_whole_month_of_capacity_is_billed_by_its_kva() -> None:
    # https://85l.net/l/366790538575307292.html: 400 kVA × 26 = 10400
    charge = on_both(
        lambda make: basic.charge(quantity=make(400, "kVA"), price=make(26, "CNY/kVA"), proration=None, rounding=FEN)
    )
    assert charge == Decimal("10400.00")


def test_capacity_that_was_connected_inside_the_month_is_billed_by_its_days() -> None:
    # Guangxi, June 2024, first point: 100000 kVA from 12 June, printed 63333.33 kVA and 1355333.26
    def billed(make: Make) -> Value:
        served = basic.capacity_days(kva=[make(100000, "kVA")], days=[make(19, "day")])
        return basic.prorated(quantity=served, cycle=make(30, "day"), rounding=FEN, term=Term.BILLED_CAPACITY)

    assert on_both(billed) == Decimal("63333.33")
    amount = on_both(
        lambda make: basic.charge(quantity=billed(make), price=make("21.4", "CNY/kVA"), proration=None, rounding=FEN)
    )
    assert amount == Decimal("1355333.26")


def test_each_transformer_is_billed_for_its_own_days() -> None:
    # https://m.274949.com/4591/t28841077.html: 1000 kVA sealed on 11 June, half of it still owed then, and 630 kVA
    def served(make: Make) -> Value:
        kva = [make(1000, "kVA"), make(500, "kVA"), make(630, "kVA")]
        days = [make(10, "day"), make(20, "day"), make(30, "day")]
        return basic.capacity_days(kva=kva, days=days)

    assert on_both(served) == 38900
    charge = on_both(
        lambda make: basic.charge(
            quantity=served(make),
            price=make(15, "CNY/kVA"),
            proration=basic.Proration(make(1), make(30, "day")),
            rounding=FEN,
        )
    )
    assert charge == Decimal("19450.00")


def test_an_increase_inside_the_month_is_billed_from_its_day() -> None:
    # https://www.kc22.net/237416502-1-041e.html: 200 kVA more from 14 April. Published 18266.67, a slip for 10266.67.
    def charge(make: Make) -> Value:
        served = basic.capacity_days(kva=[make(400, "kVA"), make(200, "kVA")], days=[make(30, "day"), make(17, "day")])
        proration = basic.Proration(make(1), make(30, "day"))
        return basic.charge(quantity=served, price=make(20, "CNY/kVA"), proration=proration, rounding=FEN)

    assert on_both(charge) == Decimal("10266.67")


def test_a_transformer_without_its_days_is_a_programmers_error() -> None:
    with pytest.raises(ValueError, match="shorter"):
        basic.capacity_days(kva=[derived(400, "kVA"), derived(200, "kVA")], days=[derived(30, "day")])


def test_kva_days_have_a_unit_that_a_quotient_turns_back_into_kva() -> None:
    served = basic.capacity_days(kva=[derived(100000, "kVA")], days=[derived(19, "day")])
    billed = basic.prorated(quantity=served, cycle=derived(30, "day"), rounding=FEN, term=Term.BILLED_CAPACITY)
    assert isinstance(served, Derived)
    assert isinstance(billed, Derived)
    assert (served.unit, billed.unit) == ("day·kVA", "kVA")
    assert [(each.term, each.formula) for each in steps_of(billed)] == [
        (Term.CAPACITY_DAYS, "{0} × {1}"),
        (Term.BILLED_CAPACITY, "{0} ÷ {1}"),
    ]


# By contracted demand


def test_the_contract_is_billed_when_less_was_used() -> None:
    assert on_both(lambda make: contracted(make, metered="700", contract="1000", running="2000")) == 1000


def test_up_to_the_limit_nothing_more_than_the_contract_is_billed() -> None:
    assert on_both(lambda make: contracted(make, metered="1050", contract="1000")) == 1000


def test_just_above_the_limit_the_band_below_it_is_billed_too() -> None:
    # 1.05 × 1000 + 2 × 0.01
    assert on_both(lambda make: contracted(make, metered="1050.01", contract="1000")) == Decimal("1050.02")


def test_the_part_above_105_percent_is_doubled() -> None:
    # https://58z.net/z/310404533.html: contract 1000 kW, 1300 kW metered, 1550 kW billed
    assert on_both(lambda make: contracted(make, metered="1300", contract="1000")) == 1550


def test_a_free_band_stays_free_when_it_is_exceeded() -> None:
    # the other reading of 1583号: C + 2 × (MD − 1.05 C)
    free = [step("0.05", "2", free_band=True)]
    assert on_both(lambda make: contracted(make, metered="1300", contract="1000", steps=free)) == 1500


def test_less_than_the_floor_share_of_the_capacity_is_billed_at_the_floor() -> None:
    # https://daowen.com/lilun/1083847.html, example 12-8: 0.152 × 1500 = 228 kW on 800 kVA, 320 kW billed
    assert on_both(lambda make: contracted(make, metered="228", contract="228", running="800")) == 320
    charge = on_both(
        lambda make: basic.charge(
            quantity=contracted(make, metered="228", contract="228", running="800"),
            price=make(39, "CNY/kW"),
            proration=None,
            rounding=FEN,
        )
    )
    assert charge == Decimal("12480.00")


def test_what_exceeds_the_floor_is_compared_with_the_floor_and_not_with_the_contract() -> None:
    # floor 320: 330 is within 336 and 340 is not: 336 + 2 × 4
    assert on_both(lambda make: contracted(make, metered="330", contract="228", running="800")) == 320
    assert on_both(lambda make: contracted(make, metered="340", contract="228", running="800")) == 344


def test_where_no_demand_was_measured_the_contract_alone_is_billed() -> None:
    assert on_both(lambda make: contracted(make, metered=None, contract="1000", running="1000")) == 1000
    assert on_both(lambda make: contracted(make, metered=None, contract="300", running="1000")) == 400


@pytest.mark.parametrize(
    ("metered", "billed"),
    [
        ("1000", "1000"),
        ("1001", "1002"),  # 1000 + 2 × 1
        ("1100", "1200"),  # 1000 + 2 × 100
        ("1101", "1203"),  # 1000 + 2 × 100 + 3 × 1
        ("1300", "1800"),  # 1000 + 2 × 100 + 3 × 200
    ],
)
def test_two_steps_charge_each_band_by_its_own_factor(metered: str, billed: str) -> None:
    # Taipower, tariffs of 2025-10-01: up to 10 % above the contract twice, what is above that three times
    assert on_both(lambda make: contracted(make, metered=metered, contract="1000", steps=TAIPOWER)) == Decimal(billed)


def test_a_first_step_that_charges_nothing_leaves_the_bands_below_the_second_as_they_are() -> None:
    # free up to 105 %, then nothing more, double only above 110 %: 1000 + 2 × (1200 − 1100)
    steps = [step("0.05", "0", free_band=True), step("0.10", "2")]
    assert on_both(lambda make: contracted(make, metered="1080", contract="1000", steps=steps)) == 1000
    assert on_both(lambda make: contracted(make, metered="1200", contract="1000", steps=steps)) == 1200


def test_a_rule_without_steps_bills_the_contract_whatever_was_used() -> None:
    assert on_both(lambda make: contracted(make, metered="5000", contract="1000", steps=[])) == 1000


def test_a_contract_of_nothing_pays_for_all_demand_by_the_last_step() -> None:
    assert on_both(lambda make: contracted(make, metered="100", contract="0", steps=TAIPOWER)) == 300


def test_the_limit_is_exact_whatever_digits_the_share_has() -> None:
    many = "0.0500000000000000000000000000000000001"
    limit = Decimal(1050) + Decimal("1E-34")
    assert on_both(lambda make: contracted(make, metered=limit, contract="1000", steps=[step(many, "2")])) == 1000


def test_billed_demand_tells_its_floor_basis_and_limit_and_the_document() -> None:
    billed = contracted(derived, metered="1300", contract="1000", running="2000")
    assert isinstance(billed, Derived)
    assert [(each.term, each.formula, each.number, each.sources) for each in steps_of(billed)] == [
        (Term.DEMAND_FLOOR, "{0} × {1}", Decimal(800), (RULES,)),
        (Term.DEMAND_BASIS, "max({0}, {1})", Decimal(1000), (RULES,)),
        (Term.DEMAND_LIMIT, "{0} × {1}", Decimal(1050), (RULES,)),
        (Term.BILLED_DEMAND, "{0} + ({1} − {2}) × {3} + {2} − {0} [{1} > {2}]", Decimal(1550), (RULES,)),
    ]
    assert sources_of(billed) == (RULES,)


def test_billed_demand_without_a_measured_one_is_named_as_such() -> None:
    billed = contracted(derived, metered=None, contract="1000", running="2000")
    assert isinstance(billed, Derived)
    assert [each.term for each in steps_of(billed)] == [Term.DEMAND_FLOOR, Term.DEMAND_BASIS, Term.BILLED_DEMAND]


DEMANDS = st.decimals(min_value=0, max_value=20000, places=2)
STEPS = st.sampled_from([ABOVE_5_PERCENT, TAIPOWER, [step("0.05", "2", free_band=True)], [step("0", "2")], []])


def as_published(metered: Fraction, basis: Fraction, steps: Sequence[ExcessStep]) -> Fraction:
    """The rule told another way: cut the demand at the limits and charge each band."""
    if not steps or metered <= basis * (1 + Fraction(steps[0].above)):
        return basis
    limits = [basis * (1 + Fraction(each.above)) for each in steps]
    billed = basis if steps[0].free_band else limits[0]
    for lower, upper, each in zip(limits, [*limits[1:], None], steps, strict=True):
        reached = metered if upper is None else min(metered, upper)
        billed += max(reached - lower, Fraction(0)) * Fraction(each.factor)
    return billed


@given(metered=DEMANDS, contract=DEMANDS, running=DEMANDS, steps=STEPS)
@example(metered=Decimal("1050.01"), contract=Decimal(1000), running=Decimal(0), steps=ABOVE_5_PERCENT)
def test_each_band_is_charged_once(
    metered: Decimal, contract: Decimal, running: Decimal, steps: list[ExcessStep]
) -> None:
    billed = on_both(lambda make: contracted(make, metered=metered, contract=contract, running=running, steps=steps))
    basis = max(Fraction(contract), Fraction(running) * Fraction(2, 5))
    assert Fraction(billed) == as_published(Fraction(metered), basis, steps)


@given(demands=st.tuples(DEMANDS, DEMANDS), contract=DEMANDS, running=DEMANDS, steps=STEPS)
def test_more_demand_never_costs_less(
    demands: tuple[Decimal, Decimal], contract: Decimal, running: Decimal, steps: list[ExcessStep]
) -> None:
    def billed(metered: Decimal) -> Decimal:
        return on_both(lambda make: contracted(make, metered=metered, contract=contract, running=running, steps=steps))

    less, more = map(billed, sorted(demands))
    assert max(contract, running * Decimal("0.40")) <= less <= more


# By actual demand, and the discount


def test_actual_demand_has_no_floor() -> None:
    # West Inner Mongolia, March 2025: 1470 kW on 780000 kVA, 45864.00 at 31.2
    charge = on_both(
        lambda make: basic.charge(
            quantity=basic.actual_demand(metered=make(1470, "kW"), source=RULES),
            price=make("31.2", "CNY/kW"),
            proration=None,
            rounding=FEN,
        )
    )
    assert charge == Decimal("45864.00")


def test_actual_demand_cites_the_rules() -> None:
    billed = basic.actual_demand(metered=derived(1470, "kW"), source=RULES)
    assert isinstance(billed, Derived)
    assert [(each.term, each.number, each.sources) for each in steps_of(billed)] == [
        (Term.BILLED_DEMAND, Decimal(1470), (RULES,))
    ]


def demand_price(make: Make, *, energy: str | Decimal, capacity: str | Decimal) -> Value:
    return basic.discounted_price(
        price=make("38", "CNY/kW"),
        energy=make(energy, "kWh"),
        capacity=make(capacity, "kVA"),
        threshold=make("260", "kWh/kVA"),
        factor=make("0.90"),
        source=RULES,
    )


@pytest.mark.parametrize(
    ("energy", "capacity", "price"),
    [
        ("119735", "400", "34.20"),  # https://blog.csdn.net/sean9169/article/details/144386221: 299 kWh per kVA
        ("104000", "400", "34.20"),  # 260 exactly
        ("103999.99", "400", "38"),
        ("103800", "400", "38"),  # 259.5 would be 260 if the quotient were rounded first
        ("0", "400", "38"),
    ],
)
def test_the_demand_price_falls_at_exactly_260_kwh_per_kva(energy: str, capacity: str, price: str) -> None:
    assert on_both(lambda make: demand_price(make, energy=energy, capacity=capacity)) == Decimal(price)


def test_the_discount_tells_the_energy_it_asks_for() -> None:
    price = demand_price(derived, energy="119735", capacity="400")
    assert isinstance(price, Derived)
    assert [(each.term, each.formula, each.number, each.sources) for each in steps_of(price)] == [
        (Term.DISCOUNT_LIMIT, "{0} × {1}", Decimal(104000), (RULES,)),
        (Term.DISCOUNTED_PRICE, "{0} × {1} [{2} ≥ {3}]", Decimal("34.20"), (RULES,)),
    ]


# By days


def test_the_share_of_a_month_is_taken_last_and_rounded_once() -> None:
    # 1000 × 38 × 10 ÷ 31 = 12258.0645…; a demand rounded to 322.58 kW before would give 12258.04
    def charge(make: Make) -> Value:
        proration = basic.Proration(make(10, "day"), make(31, "day"))
        return basic.charge(quantity=make(1000, "kW"), price=make(38, "CNY/kW"), proration=proration, rounding=FEN)

    assert on_both(charge) == Decimal("12258.06")


def test_a_charge_tells_its_days() -> None:
    proration = basic.Proration(derived(10, "day", Term.DAYS), derived(31, "day", Term.DAYS_OF_CYCLE))
    charge = basic.charge(quantity=derived(1000, "kW"), price=derived(38, "CNY/kW"), proration=proration, rounding=FEN)
    assert isinstance(charge, Derived)
    [told] = steps_of(charge)
    assert (told.formula, told.exact, told.rounded_to) == (
        "{0} × {1} × {2} ÷ {3}",
        "12258.06451612…",
        Decimal("0.01"),
    )
    assert charge.unit == "CNY"


def test_a_charge_of_a_whole_month_is_an_amount() -> None:
    charge = basic.charge(quantity=derived(1000, "kW"), price=derived("38.1", "CNY/kW"), proration=None, rounding=FEN)
    assert isinstance(charge, Derived)
    assert [(each.term, each.formula) for each in steps_of(charge)] == [(Term.AMOUNT, "{0} × {1}")]


MONTHS = st.sampled_from([28, 29, 30, 31])
QUANTITIES = st.decimals(min_value=0, max_value=200000, places=2)
PRICES = st.decimals(min_value=0, max_value=60, places=4)


@given(quantity=QUANTITIES, price=PRICES, month=MONTHS, cut=st.integers(0, 31))
def test_the_parts_of_a_month_are_its_whole_but_for_a_fen(
    quantity: Decimal, price: Decimal, month: int, cut: int
) -> None:
    def charge(days: int | None) -> Decimal:
        def rule(make: Make) -> Value:
            proration = None if days is None else basic.Proration(make(days, "day"), make(month, "day"))
            return basic.charge(
                quantity=make(quantity, "kW"), price=make(price, "CNY/kW"), proration=proration, rounding=FEN
            )

        return on_both(rule)

    days = min(cut, month)
    whole = charge(None)
    assert charge(month) == whole
    assert abs(charge(days) + charge(month - days) - whole) <= Decimal("0.01")


@given(
    transformers=st.lists(st.tuples(st.integers(1, 100000), st.integers(0, 31)), min_size=1, max_size=5),
    month=MONTHS,
)
def test_each_kva_day_is_billed_once(transformers: list[tuple[int, int]], month: int) -> None:
    def served(make: Make, days: list[int]) -> Value:
        return basic.capacity_days(
            kva=[make(kva, "kVA") for kva, _ in transformers], days=[make(each, "day") for each in days]
        )

    in_service = [min(days, month) for _, days in transformers]
    sealed = [month - days for days in in_service]
    together = on_both(lambda make: served(make, in_service)) + on_both(lambda make: served(make, sealed))
    assert together == month * sum(kva for kva, _ in transformers)


@given(quantity=QUANTITIES, month=MONTHS, days=st.integers(0, 31))
def test_a_prorated_quantity_is_the_nearest_of_its_step(quantity: Decimal, month: int, days: int) -> None:
    step_kva = Decimal("0.01")

    def billed(make: Make) -> Value:
        served = basic.capacity_days(kva=[make(quantity, "kVA")], days=[make(min(days, month), "day")])
        return basic.prorated(
            quantity=served, cycle=make(month, "day"), rounding=Rounding(step_kva), term=Term.BILLED_CAPACITY
        )

    exact = Fraction(quantity) * min(days, month) / month
    assert abs(Fraction(on_both(billed)) - exact) <= Fraction(step_kva) / 2
