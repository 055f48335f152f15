"""EVALUATE: the plan's lines over the measured quantities, in one order.

Quantity lines and given items come first, lines on amounts after them, totals last; nothing later is asked by something
earlier. The same text runs for one bill with its derivation and for a column of them: which, only ``arithmetic`` knows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from billcalc.agreement.models import BasicMode
from billcalc.billing.facts import Facts, month_facts
from billcalc.billing.plan import BandPrice, BasicPlan, EnergyLinePlan, GivenLinePlan, Plan, PricePart
from billcalc.billing.quantities import Quantities, maximum_demand, measure
from billcalc.charges import basic, components, power_factor
from billcalc.kernel.spans import Span
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Arithmetic, Rounding, Value, allocate, named, rounded, total
from billcalc.vocabulary import Band, Grain, Section

__all__ = ["EvaluatedLine", "Evaluation", "evaluate"]

FEN = Rounding(Decimal("0.01"))


@dataclass(frozen=True, slots=True)
class EvaluatedLine:
    """A line as computed, whatever the kind of its values.

    Attributes:
        quantity: what the price multiplies, or None [unit].
        price: or None [money per unit].
        amount: [money].
        base: what the power-factor base takes of it, or None.
        own_ratio: the ratio a given line is adjusted at instead of its scope's, or None.
        exact_quantity: a quantity that is shown rounded because it has no end; printing only.
    """

    code: str
    label: str | None
    section: Section
    group: str
    band: Band | None
    span: Span
    quantity: Value | None
    unit: str
    price: Value | None
    amount: Value
    scope: str | None
    base: Value | None
    given: bool = False
    own_ratio: Value | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a plan and its inputs give."""

    lines: tuple[EvaluatedLine, ...]
    facts: Facts
    quantities: Quantities
    total: Value


def evaluate(plan: Plan, arithmetic: Arithmetic) -> Evaluation:
    """Compute the bill of a plan.

    Args:
        plan: the structure.
        arithmetic: makes the values and holds the inputs.

    Raises:
        Refused: (one bill only) where a requirement does not hold.
    """
    quantities = measure(plan, arithmetic)
    facts = month_facts(plan, quantities, arithmetic)
    lines: list[EvaluatedLine] = []
    for stage in STAGES:
        lines.extend(stage(plan, quantities, facts, tuple(lines), arithmetic))
    amounts = [line.amount for line in lines]
    rounding = Rounding(plan.total_round, plan.total_round_source)
    return Evaluation(tuple(lines), facts, quantities, named(Term.TOTAL, rounded(total(amounts), rounding)))


def _energy_lines(
    plan: Plan, quantities: Quantities, facts: Facts, lines: Sequence[EvaluatedLine], arithmetic: Arithmetic
) -> list[EvaluatedLine]:
    return [line for each in plan.energy_lines for line in _energy_line(each, quantities, arithmetic)]


def _basic_lines(
    plan: Plan, quantities: Quantities, facts: Facts, lines: Sequence[EvaluatedLine], arithmetic: Arithmetic
) -> list[EvaluatedLine]:
    return [line for each in plan.basic for line in _basic_line(each, facts, arithmetic)]


def _given_lines(
    plan: Plan, quantities: Quantities, facts: Facts, lines: Sequence[EvaluatedLine], arithmetic: Arithmetic
) -> list[EvaluatedLine]:
    return [_given_line(each, arithmetic) for each in plan.given]


def _power_factor_lines(
    plan: Plan, quantities: Quantities, facts: Facts, lines: Sequence[EvaluatedLine], arithmetic: Arithmetic
) -> list[EvaluatedLine]:
    """One line for each assessed scope; a given line with a ratio of its own is adjusted beside it."""
    made = []
    for scope_plan, scope_facts in zip(plan.power_factors, facts.scopes, strict=True):
        mine = [
            line
            for line in lines
            if line.base is not None and line.scope == scope_plan.scope and scope_plan.span.intersect(line.span)
        ]
        common = [line.base for line in mine if line.base is not None and line.own_ratio is None]
        parts = []
        if common and scope_facts.ratio is not None:
            parts.append(
                power_factor.adjustment(lines=common, ratio=scope_facts.ratio, round=scope_plan.round, rounding=FEN)
            )
        parts.extend(
            power_factor.adjustment(lines=[line.base], ratio=line.own_ratio, round=scope_plan.round, rounding=FEN)
            for line in mine
            if line.own_ratio is not None and line.base is not None
        )
        if parts:
            amount = named(Term.AMOUNT, total(parts)) if len(parts) > 1 else parts[0]
            made.append(
                EvaluatedLine(
                    code="power_factor",
                    label=None,
                    section=Section.POWER_FACTOR,
                    group=scope_plan.scope,
                    band=None,
                    span=scope_plan.span,
                    quantity=named(
                        Term.POWER_FACTOR_BASE, total([line.base for line in mine if line.base is not None])
                    ),
                    unit="CNY",
                    price=scope_facts.ratio,
                    amount=amount,
                    scope=scope_plan.scope,
                    base=None,
                )
            )
    return made


STAGES = (_energy_lines, _basic_lines, _given_lines, _power_factor_lines)
"""The order of calculation; the order of printing is that of the sections."""


def _energy_line(plan: EnergyLinePlan, quantities: Quantities, arithmetic: Arithmetic) -> list[EvaluatedLine]:
    energies = _energies(plan, quantities, arithmetic)
    if not energies:
        return []
    part_prices = [_prices(part, arithmetic) for part in plan.parts]
    banded = any(Band.TOTAL not in prices for prices in part_prices)
    bands = list(energies) if banded else [Band.TOTAL]
    prices = {band: components.line_price(parts=part_prices, band=band, component=plan.code) for band in bands}
    rounding = Rounding(plan.round_amount, plan.round_source)
    amounts = components.grains(quantities=energies, prices=prices, round_per=plan.round_per, rounding=rounding)
    bases = _bases(plan, energies, part_prices, amounts, rounding)

    def line(
        band: Band | None, quantity: Value, price: Value | None, amount: Value, base: Value | None
    ) -> EvaluatedLine:
        return EvaluatedLine(
            plan.code, plan.label, plan.section, plan.group, band, plan.span, quantity, "kWh", price,
            named(Term.AMOUNT, amount, plan.code), plan.scope, base,
        )  # fmt: skip

    if plan.print_per is Grain.BAND:
        return [
            line(band, energies[band], prices.get(band, prices.get(Band.TOTAL)), amount, bases.get(band))
            for band, amount in amounts.items()
        ]
    whole = named(Term.BILLED_QUANTITY, total(list(energies.values())))
    base = total(list(bases.values())) if bases else None
    return [line(None, whole, prices.get(Band.TOTAL), total(list(amounts.values())), base)]


def _energies(plan: EnergyLinePlan, quantities: Quantities, arithmetic: Arithmetic) -> dict[Band, Value]:
    if plan.slots:
        return {band: arithmetic.input(slot) for band, slot in plan.slots}
    found = {band: quantities.energy(group=plan.group, pieces=plan.pieces, band=band) for band in plan.bands}
    return {band: energy for band, energy in found.items() if energy is not None}


def _bases(
    plan: EnergyLinePlan,
    energies: Mapping[Band, Value],
    part_prices: Sequence[Mapping[Band, Value]],
    amounts: Mapping[Band, Value],
    rounding: Rounding,
) -> dict[Band, Value]:
    """What the power-factor base takes of a line: all of it, or all but its excluded components, grain by grain."""
    excluded = [prices for part, prices in zip(plan.parts, part_prices, strict=True) if not part.in_base]
    if len(excluded) == len(plan.parts):
        return {}
    if not excluded:
        return dict(amounts)
    bands = list(energies) if any(Band.TOTAL not in prices for prices in excluded) else [Band.TOTAL]
    prices = {band: components.line_price(parts=excluded, band=band, component=plan.code) for band in bands}
    out = components.grains(quantities=energies, prices=prices, round_per=plan.round_per, rounding=rounding)
    return {band: amount - named(Term.EXCLUDED_PART, out[band], plan.code) for band, amount in amounts.items()}


def _prices(part: PricePart, arithmetic: Arithmetic) -> dict[Band, Value]:
    return {band: _price(part, band, price, arithmetic) for band, price in part.prices}


def _price(part: PricePart, band: Band, price: BandPrice, arithmetic: Arithmetic) -> Value:
    of = (part.code,) if band is Band.TOTAL else (part.code, band.value)
    if price.price is None:
        assert price.slot is not None
        return arithmetic.input(price.slot)
    stated = arithmetic.constant(price.price, term=Term.UNIT_PRICE, of=of, unit="CNY/kWh", source=part.source)
    if price.ratio is None:
        return stated
    ratio = arithmetic.constant(price.ratio, term=Term.FLOAT_RATIO, of=(band.value,), source=price.ratio_source)
    rounding = None if price.round is None else Rounding(price.round, part.source)
    return components.floated_price(price=stated, ratio=ratio, rounding=rounding)


def _basic_line(plan: BasicPlan, facts: Facts, arithmetic: Arithmetic) -> list[EvaluatedLine]:
    unit_price = arithmetic.constant(
        plan.price, term=Term.UNIT_PRICE, of=(plan.code,), unit=f"CNY/{plan.unit}", source=plan.price_source
    )
    if plan.mode is BasicMode.CAPACITY:
        quantity, proration = _capacity(plan, arithmetic)
        price = unit_price
    else:
        quantity, proration = _demand(plan, arithmetic)
        price = _discounted(plan, unit_price, facts, arithmetic)
    if proration is None or plan.mode is BasicMode.CAPACITY:
        shown = quantity
    else:
        shown = basic.prorated(
            quantity=quantity * proration.days, cycle=proration.cycle, rounding=_SIX_PLACES, term=Term.BILLED_DEMAND
        )
    made = []
    for group, part in _shared_out(plan, quantity, arithmetic):
        amount = basic.charge(quantity=part, price=price, proration=proration, rounding=FEN)
        if proration is None:
            shown = part
        made.append(
            EvaluatedLine(
                plan.code,
                plan.label,
                plan.section,
                group,
                None,
                plan.span,
                shown,
                plan.unit,
                price,
                amount,
                plan.scope,
                amount if plan.in_base else None,
            )  # fmt: skip
        )
    return made


_SIX_PLACES = Rounding(Decimal("0.000001"))


def _capacity(plan: BasicPlan, arithmetic: Arithmetic) -> tuple[Value, basic.Proration | None]:
    """The billed capacity [kVA], or [kVA·day ÷ …] with its proration where it is not rounded on the way."""
    kva = [arithmetic.input(part.kva) for part in plan.capacity]
    if all(part.share.whole for part in plan.capacity):
        return named(Term.BILLED_CAPACITY, total(kva), plan.supply_point), None
    cycle = arithmetic.input(plan.share.cycle)
    days = [cycle if part.share.whole else arithmetic.input(part.share.days) for part in plan.capacity]
    served = basic.capacity_days(kva=kva, days=days)
    rounding = Rounding(plan.kva_round, plan.kva_round_source) if plan.kva_round is not None else _SIX_PLACES
    billed = basic.prorated(quantity=served, cycle=cycle, rounding=rounding, term=Term.BILLED_CAPACITY)
    return billed, None


def _demand(plan: BasicPlan, arithmetic: Arithmetic) -> tuple[Value, basic.Proration | None]:
    """The billed demand of a full month [kW] and the share of the month it is billed for."""
    metered = maximum_demand(plan.demand, arithmetic) if plan.demand is not None else None
    if plan.mode is BasicMode.ACTUAL:
        assert metered is not None, "the planner refuses actual demand without a demand"
        quantity = basic.actual_demand(metered=metered, source=plan.rule_source)
    else:
        assert plan.contract is not None
        floor = arithmetic.constant(plan.floor_share, term=Term.FLOOR_SHARE, unit="kW/kVA", source=plan.rule_source)
        running = [arithmetic.input(slot) for slot in plan.running]
        no_capacity = arithmetic.constant(0, term=Term.RUNNING_CAPACITY, unit="kVA")
        capacity = named(Term.RUNNING_CAPACITY, total(running)) if running else no_capacity
        quantity = basic.contracted_demand(
            metered=metered,
            contracted=arithmetic.input(plan.contract),
            running_capacity=capacity,
            floor_share=floor,
            over_steps=plan.over_steps,
            source=plan.rule_source,
        )
    if plan.share.whole:
        return quantity, None
    days, cycle = arithmetic.input(plan.share.days), arithmetic.input(plan.share.cycle)
    return quantity, basic.Proration(days, cycle)


def _discounted(plan: BasicPlan, price: Value, facts: Facts, arithmetic: Arithmetic) -> Value:
    if plan.discount is None or facts.energy is None or not plan.contract_capacity:
        return price
    source = plan.rule_source
    discount = plan.discount
    threshold = arithmetic.constant(
        discount.energy_per_capacity, term=Term.DISCOUNT_THRESHOLD, unit="kWh/kVA", source=source
    )
    factor = arithmetic.constant(discount.factor, term=Term.DISCOUNT_FACTOR, source=source)
    capacity = named(Term.CONTRACT_CAPACITY, total([arithmetic.input(slot) for slot in plan.contract_capacity]))
    return basic.discounted_price(
        price=price, energy=facts.energy, capacity=capacity, threshold=threshold, factor=factor, source=source
    )


def _shared_out(plan: BasicPlan, quantity: Value, arithmetic: Arithmetic) -> list[tuple[str, Value]]:
    """The quantity, split over the groups that share the supply point, to six decimals."""
    if len(plan.groups) == 1:
        return [(plan.groups[0][0], quantity)]
    weights = [arithmetic.input(slot) for _, slot in plan.groups if slot is not None]
    parts = allocate(quantity, weights, _SIX_PLACES.step)
    return [(group, named(Term.DEMAND_PART, part, group)) for (group, _), part in zip(plan.groups, parts, strict=True)]


def _given_line(plan: GivenLinePlan, arithmetic: Arithmetic) -> EvaluatedLine:
    given = arithmetic.input(plan.amount)
    return EvaluatedLine(
        code=plan.code,
        label=plan.label,
        section=plan.section,
        group=plan.group,
        band=plan.band,
        span=plan.span,
        quantity=None if plan.kwh is None else arithmetic.input(plan.kwh),
        unit="kWh",
        price=None if plan.price is None else arithmetic.input(plan.price),
        amount=given,
        scope=plan.scope,
        base=given if plan.in_base else None,
        given=True,
        own_ratio=None if plan.ratio is None else arithmetic.input(plan.ratio),
    )
