"""Whose a step of a charge is, and the documents it rests on: what the derivation prints beside the numbers."""

from decimal import Decimal

import pytest

from billcalc.billing.charges.basic import rule as basic
from billcalc.billing.charges.power_factor import rule as power_factor
from billcalc.kernel.derived import Derived
from billcalc.kernel.sources import Evidence, Source
from billcalc.kernel.steps import steps_of
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Value
from billcalc.tariff.conventions import RoundScope
from billcalc.tariff.documents import ExcessStep
from tests.billing.charges.kinds import FEN, RULES, derived

DAYS = Source("cn-test/conventions/2020", "days of a month", Evidence.INFERRED)
OF = ("S1", "regular")
STEPS = [ExcessStep(above=Decimal("0.05"), factor=Decimal(2), free_band=False)]


def told(value: Value) -> list[tuple[Term, tuple[str, ...], tuple[Source, ...]]]:
    assert isinstance(value, Derived)
    return [(each.term, each.of, each.sources) for each in steps_of(value)]


def contracted(metered: str | None) -> Value:
    basis = basic.demand_basis(
        contracted=derived(100, "kW"),
        running_capacity=derived(200, "kVA"),
        floor_share=derived("0.40", "kW/kVA"),
        source=RULES,
        of=OF,
    )
    return basic.contracted_demand(
        metered=None if metered is None else derived(metered, "kW"),
        basis=basis,
        limits=basic.demand_limits(basis=basis, over_steps=STEPS, source=RULES, of=OF),
        over_steps=STEPS,
        source=RULES,
        of=OF,
    )


def test_each_step_of_a_contracted_demand_is_its_supply_point_s() -> None:
    assert told(contracted("120")) == [
        (Term.DEMAND_FLOOR, OF, (RULES,)),
        (Term.DEMAND_BASIS, OF, (RULES,)),
        (Term.DEMAND_LIMIT, OF, (RULES,)),
        (Term.BILLED_DEMAND, OF, (RULES,)),
    ]


def test_a_contract_without_a_measured_demand_is_its_supply_point_s() -> None:
    assert told(contracted(None)) == [
        (Term.DEMAND_FLOOR, OF, (RULES,)),
        (Term.DEMAND_BASIS, OF, (RULES,)),
        (Term.BILLED_DEMAND, OF, ()),
    ]


def test_a_step_without_its_limit_is_a_programmers_error() -> None:
    with pytest.raises(ValueError, match="shorter"):
        basic.contracted_demand(
            metered=derived(120, "kW"), basis=derived(100, "kW"), limits=[], over_steps=STEPS, source=RULES
        )


def test_an_actual_demand_is_its_supply_point_s() -> None:
    demand = basic.actual_demand(metered=derived(120, "kW"), source=RULES, of=OF)
    assert told(demand) == [(Term.BILLED_DEMAND, OF, (RULES,))]


def test_a_prorated_quantity_cites_what_counts_the_days() -> None:
    billed = basic.prorated(
        quantity=derived(1900000, "day·kVA"),
        cycle=derived(30, "day"),
        rounding=FEN,
        term=Term.BILLED_CAPACITY,
        of=OF,
        source=DAYS,
    )
    assert told(billed) == [(Term.BILLED_CAPACITY, OF, (DAYS,))]


def charge(proration: basic.Proration | None) -> Value:
    quantity, price = derived(1000, "kVA"), derived(30, "CNY/kVA")
    return basic.charge(quantity=quantity, price=price, proration=proration, rounding=FEN, of=OF)


def test_a_charge_of_some_days_cites_what_counts_them() -> None:
    some_days = basic.Proration(derived(10, "day"), derived(31, "day"), DAYS)
    assert told(charge(some_days)) == [(Term.AMOUNT, OF, (DAYS,))]


def test_a_charge_of_a_whole_month_counts_no_days() -> None:
    assert told(charge(None)) == [(Term.AMOUNT, OF, ())]


def adjustment(scope: RoundScope) -> Value:
    return power_factor.adjustment(
        lines=[derived("1000.00", "CNY"), derived("200.10", "CNY")],
        ratio=derived("-0.0075"),
        round=scope,
        rounding=FEN,
        of=("S1",),
        names=[("purchase", "peak"), ("capacity",)],
    )


def test_an_adjustment_and_its_base_are_their_scope_s() -> None:
    assert told(adjustment(RoundScope.ONCE)) == [
        (Term.POWER_FACTOR_BASE, ("S1",), ()),
        (Term.AMOUNT, ("S1",), ()),
    ]


def test_the_adjustment_of_each_line_has_the_line_s_name() -> None:
    assert told(adjustment(RoundScope.LINE)) == [
        (Term.LINE_ADJUSTMENT, ("purchase", "peak"), ()),
        (Term.LINE_ADJUSTMENT, ("capacity",), ()),
        (Term.AMOUNT, ("S1",), ()),
    ]
