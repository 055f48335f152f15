"""The lines of the basic charge: by capacity, by contracted demand, by actual demand."""

from collections.abc import Sequence
from dataclasses import replace

from billcalc.billing.capacity import billed_capacity, largest
from billcalc.billing.charges.basic import rule as basic
from billcalc.billing.charges.basic.amounts import demand_lines, lines_of, price_of
from billcalc.billing.charges.basic.kinds_lines import kinds_lines
from billcalc.billing.charges.basic.measured_lines import measured_lines
from billcalc.billing.charges.basic.records import (
    BasicPlan,
    CapacityLeft,
    CapacityPlan,
    ContractTerms,
    DemandPlan,
    DiscountTerms,
    KindsPlan,
    MeasuredPlan,
)
from billcalc.billing.charges.charge import Known
from billcalc.billing.doubts import Doubt, OtherReading, Reading
from billcalc.billing.evaluated import EvaluatedLine
from billcalc.billing.facts import Facts
from billcalc.billing.plan_demand import MaximumDemand
from billcalc.billing.plan_metering import CapacityPart, Share
from billcalc.billing.quantities import maximum_demand
from billcalc.kernel.codes import FaultCode, ProblemCode
from billcalc.kernel.decimals import decimal_text
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, Problem, Severity
from billcalc.kernel.units import KVA, KW, PURE
from billcalc.kernel.values import Arithmetic, Value, choose, named, total

__all__ = ["basic_lines", "read_instead"]

_DISCOUNT = "demand_discount"
"""The line of the discount for intensive use, where it is printed apart."""


def basic_lines(plans: Sequence[BasicPlan], known: Known, arithmetic: Arithmetic) -> list[EvaluatedLine]:
    """The basic charges of a bill; where it has those of several supply points, each amount is told whose it is."""
    several = len({plan.terms.supply_point for plan in plans}) > 1
    of = [(plan.terms.supply_point,) if several else () for plan in plans]
    return [
        line for plan, name in zip(plans, of, strict=True) for line in _segment_lines(plan, known, arithmetic, name)
    ]


def _segment_lines(plan: BasicPlan, known: Known, arithmetic: Arithmetic, of: Sequence[str]) -> list[EvaluatedLine]:
    """The basic charge of a supply point and segment, a line for each group that pays it.

    Args:
        plan: of the segment.
        known: quantities, and facts of the cycle.
        arithmetic: makes the values.
        of: the supply point, where the bill has basic charges of several.
    """
    if isinstance(plan, KindsPlan):
        return kinds_lines(plan, known, arithmetic, of)
    if isinstance(plan, MeasuredPlan):
        return measured_lines(plan, known, arithmetic, of)
    terms = plan.terms
    if terms.left is not None:
        _report_left(terms.supply_point, terms.left, arithmetic)
    if isinstance(plan, CapacityPlan):
        price = price_of(terms, KVA, arithmetic)
        quantity, proration = _capacity(plan, arithmetic)
        return lines_of(terms, (quantity, KVA, Term.BILLED_CAPACITY), price, proration, of, arithmetic)
    price = price_of(terms, KW, arithmetic)
    quantity, proration, excess, metered = _demand(plan, known, arithmetic)
    lines = _priced_demand(plan, (quantity, excess), price, proration, of, known, arithmetic)
    return [replace(line, demand=metered) for line in lines]


def _priced_demand(
    plan: DemandPlan, billed: tuple[Value, Value | None], price: Value, proration: basic.Proration | None,
    of: Sequence[str], known: Known, arithmetic: Arithmetic,
) -> list[EvaluatedLine]:  # fmt: skip
    """The lines of a billed demand and of what the power factor does not adjust of it, with their discount."""
    terms, (quantity, excess) = plan.terms, billed
    if plan.discount is None:
        return demand_lines(terms, quantity, excess, price, proration, of, arithmetic)
    discounted = _discounted(plan, plan.discount, price, known.facts, arithmetic)
    lines = demand_lines(terms, quantity, excess, discounted, proration, of, arithmetic)
    if not plan.discount_apart:
        return lines
    full = demand_lines(terms, quantity, excess, price, proration, of, arithmetic)
    return [each for pair in zip(full, map(_apart, full, lines), strict=True) for each in pair]


def _apart(full: EvaluatedLine, discounted: EvaluatedLine) -> EvaluatedLine:
    """The line of the discount: what the charge is at the discounted price, less what it is at the full one."""
    assert full.price is not None, "a basic charge has a price"
    assert discounted.price is not None, "a basic charge has a price"
    amount = named(Term.AMOUNT, discounted.amount - full.amount, _DISCOUNT)
    return replace(
        full,
        name=replace(full.name, code=_DISCOUNT, label=None),
        price=named(Term.UNIT_PRICE, discounted.price - full.price, _DISCOUNT),
        amount=amount,
        base=None if full.base is None else amount,
    )


def _capacity(plan: CapacityPlan, arithmetic: Arithmetic) -> tuple[Value, basic.Proration | None]:
    """The billed capacity [kVA]; where it is not rounded on the way, its days [kVA·day] and their divisor."""
    terms, share = plan.terms, plan.terms.share
    kva = _kva(plan.parts, arithmetic)
    of = (terms.supply_point,)
    if share.whole:
        return named(Term.BILLED_CAPACITY, total(kva), *of, source=terms.rule_source), None
    cycle = arithmetic.input(share.cycle)
    days = [arithmetic.input(part.share.days) for part in plan.parts]
    kept = None
    if plan.replaced is not None:
        runs = [[arithmetic.input(slot) for slot in run] for run in plan.replaced.runs]
        kept = (basic.kept_capacity(runs=runs), arithmetic.input(plan.replaced.days))
    served = basic.capacity_days(kva=kva, days=days, kept=kept)
    if plan.kva_rounding is None:
        return served, basic.Proration(arithmetic.constant(1, term=Term.DAYS, unit=PURE), cycle, share.source)
    billed = basic.prorated(
        quantity=served,
        cycle=cycle,
        rounding=plan.kva_rounding,
        term=Term.BILLED_CAPACITY,
        of=of,
        source=share.source,
    )
    return billed, None


def _kva(parts: Sequence[CapacityPart], arithmetic: Arithmetic) -> list[Value]:
    """The capacities that are billed [kVA]: one at least is above 0, or nothing would be charged."""
    kva = [billed_capacity(part, arithmetic) for part in parts]
    facts = {"value": "0", "range": "some_capacity"}
    arithmetic.require(total(kva) > 0, Fault(FaultCode.OUT_OF_RANGE, parts[0].capacity[0][0].where, facts))
    arithmetic.settle()
    return kva


def _report_left(supply_point: str, left: CapacityLeft, arithmetic: Arithmetic) -> None:
    """Tell where less is left after a stop than a charge of two parts is for."""
    kva = total([largest(each, arithmetic) for each in left.running])
    where, day = f"/agreement/{left.entry}/supply_points/{supply_point}", str(left.since)
    facts = {"supply_point": supply_point, "day": day, "rule": left.rule, "least": decimal_text(left.least)}
    doubt = Doubt(ProblemCode.TWO_PART_BELOW_THRESHOLD, Severity.DOUBT, where, facts, others=(left.one_part,))
    arithmetic.report(kva < left.least, doubt, capacity=kva)


def _demand(
    plan: DemandPlan, known: Known, arithmetic: Arithmetic
) -> tuple[Value, basic.Proration | None, Value | None, Value | None]:
    """The billed demand of a full month [kW], its share of the month, what is not adjusted, and the maximum [kW]."""
    excess = None
    terms, share = plan.terms, plan.terms.share
    metered = None if plan.metered is None else _metered(plan, plan.metered, known.facts, arithmetic)
    if plan.contract is None:
        assert metered is not None, "the planner refuses actual demand without a demand"
        quantity = basic.actual_demand(metered=metered, source=terms.rule_source, of=(terms.supply_point,))
    else:
        quantity, excess = _contracted(plan, plan.contract, metered, known, arithmetic)
    if share.whole:
        return quantity, None, excess, metered
    days, cycle = arithmetic.input(share.days), arithmetic.input(share.cycle)
    return quantity, basic.Proration(days, cycle, share.source), excess, metered


def _metered(plan: DemandPlan, demand: MaximumDemand, facts: Facts, arithmetic: Arithmetic) -> Value:
    """The maximum demand of a segment [kW]; one that is given is held against what the meters show.

    So is one that is given for a period whose terms change, where the meters are billed because they tell each segment.
    """
    of, rounding = plan.terms.supply_point, plan.rounding
    metered = maximum_demand(demand, arithmetic, of=of, rounding=rounding, losses=facts.losses)
    known = demand if plan.untimed is None else plan.untimed
    shown = known.read or demand.points
    if known.given_at and shown:
        given = maximum_demand(known, arithmetic, of=of, rounding=rounding, losses=facts.losses)
        read = maximum_demand(MaximumDemand(None, shown), arithmetic, of=of, rounding=rounding, losses=facts.losses)
        others = [*read_instead(plan, demand)]
        if plan.untimed is not None:
            others.append(OtherReading(Reading.CYCLE_DEMAND, ((plan, replace(plan, metered=plan.untimed)),)))
        doubt = Doubt(
            ProblemCode.DEMAND_DIFFERS, Severity.DOUBT, known.given_at[0], _segment(plan), others=tuple(others)
        )
        for differs in (given > read, given < read):
            arithmetic.report(differs, doubt, given=given, read=read)
    return metered


def read_instead(plan: DemandPlan, demand: MaximumDemand) -> tuple[OtherReading, ...]:
    """What the meters show; nothing where that is billed."""
    if not demand.read:
        return ()
    other = replace(plan, metered=MaximumDemand(None, demand.read))
    return (OtherReading(Reading.READ_DEMAND, ((plan, other),)),)


def _segment(plan: DemandPlan) -> dict[str, str]:
    return {"supply_point": plan.terms.supply_point, "span": str(plan.terms.span)}


def _contracted(
    plan: DemandPlan, contract: ContractTerms, metered: Value | None, known: Known, arithmetic: Arithmetic
) -> tuple[Value, Value | None]:
    """The billed demand, and of it what lies above the contract where the power factor does not adjust that [kW]."""
    source, of = plan.terms.rule_source, (plan.terms.supply_point,)
    floor_share = arithmetic.constant(contract.floor_share, term=Term.FLOOR_SHARE, unit="kW/kVA", source=source)
    running = [largest(each, arithmetic) for each in contract.running]
    none_runs = arithmetic.constant(0, term=Term.RUNNING_CAPACITY, unit="kVA")
    capacity = named(Term.RUNNING_CAPACITY, total(running), *of) if running else none_runs
    basis = basic.demand_basis(
        contracted=arithmetic.input(contract.demand),
        running_capacity=capacity,
        floor_share=floor_share,
        source=source,
        of=of,
    )
    told = Problem(
        ProblemCode.CONTRACT_BELOW_FLOOR, Severity.NOTE, contract.demand.where,
        {"supply_point": plan.terms.supply_point, "rule": source.id},
    )  # fmt: skip
    stated = arithmetic.input(contract.demand)
    arithmetic.report(stated < basis, told, contract=stated, limit=basis)
    limits = basic.demand_limits(basis=basis, over_steps=contract.over_steps, source=source, of=of)
    if metered is not None and limits:
        where, facts = f"/facts/{plan.terms.supply_point}/demand_kw", {**_segment(plan), "rule": source.id}
        doubt = Doubt(ProblemCode.EXCESS_DEMAND, Severity.DOUBT, where, facts, others=(_other_band(plan, contract),))
        arithmetic.report(metered > limits[0], doubt, metered=metered, limit=limits[0])
    if metered is not None and contract.idle_share is not None:
        share = arithmetic.constant(contract.idle_share, term=Term.DUE_SHARE, source=source)
        energy = known.quantities.energy_at(plan.terms.supply_point)
        basis = basic.idle_basis(metered=metered, energy=energy, basis=basis, share=share, source=source, of=of)
    billed = basic.contracted_demand(
        metered=metered, basis=basis, limits=limits, over_steps=contract.over_steps, source=source, of=of
    )
    return billed, None if contract.excess_adjusted else billed - basis


def _other_band(plan: DemandPlan, contract: ContractTerms) -> OtherReading:
    """The band between the contract and the first limit free where it is charged, and charged where it is free."""
    first, *others = contract.over_steps
    steps = (first.model_copy(update={"free_band": not first.free_band}), *others)
    return OtherReading(Reading.OTHER_BAND, ((plan, replace(plan, contract=replace(contract, over_steps=steps))),))


def _discounted(plan: DemandPlan, discount: DiscountTerms, price: Value, facts: Facts, arithmetic: Arithmetic) -> Value:
    """The demand price, discounted where the energy of the cycle reaches the threshold of the customer's capacity.

    Where the capacity changed it is averaged by days, and both sides are compared × the days of the period, so that
    nothing is divided.
    """
    rule, source = discount.rule, discount.source
    if discount.assumed is False or (discount.assumed is None and not discount.capacity):
        return price
    factor = arithmetic.constant(rule.factor, term=Term.DISCOUNT_FACTOR, source=source)
    if discount.assumed:
        return named(Term.DISCOUNTED_PRICE, price * factor, source=source)
    assert facts.energy is not None, "the planner asks for metering points"
    energy = facts.energy
    kva = _kva(discount.capacity, arithmetic)
    shares = [part.share for part in discount.capacity]
    if not shares[0].whole:
        kva = [each * arithmetic.input(share.days) for each, share in zip(kva, shares, strict=True)]
        energy = energy * arithmetic.input(shares[0].cycle)
    threshold = arithmetic.constant(
        rule.energy_per_capacity, term=Term.DISCOUNT_THRESHOLD, unit="kWh/kVA", source=source
    )
    capacity = named(Term.CONTRACT_CAPACITY, total(kva))
    if discount.part_period is not None:
        other = replace(plan, discount=replace(discount, assumed=True))
        doubt = Doubt(
            ProblemCode.DISCOUNT_PART_PERIOD, Severity.DOUBT, f"/facts/{plan.terms.supply_point}", _segment(plan),
            others=(OtherReading(Reading.DISCOUNT, ((plan, other),)),),
        )  # fmt: skip
        _report_part_period(doubt, discount.part_period, energy, capacity * threshold, arithmetic)
    return basic.discounted_price(
        price=price, energy=energy, capacity=capacity, threshold=threshold, factor=factor, source=source
    )


def _report_part_period(doubt: Doubt, part: Share, energy: Value, limit: Value, arithmetic: Arithmetic) -> None:
    """Tell where the energy of a part of the cycle misses the discount and would reach it with the capacity by days.

    No text says which capacity counts in the month of a connection or an end; the full one is the usual practice.
    """
    days, cycle = arithmetic.input(part.days), arithmetic.input(part.cycle)
    none = energy - energy
    missed = choose(energy >= limit, none, choose(energy * cycle >= limit * days, none + 1, none))
    arithmetic.report(missed > 0, doubt)
