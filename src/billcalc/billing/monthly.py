"""The lines of what is paid by the month: the basic charge, and fees."""

from collections.abc import Sequence

from billcalc.agreement.models import BasicMode
from billcalc.billing.evaluated import SIX_PLACES, EvaluatedLine
from billcalc.billing.facts import Facts
from billcalc.billing.plan import BasicPlan, DemandPlan, FeePlan, PayingGroup, PricePart, Share
from billcalc.billing.pricing import part_prices
from billcalc.billing.quantities import maximum_demand
from billcalc.charges import basic, components, monthly
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, Problem, Severity
from billcalc.kernel.units import CNY, PURE
from billcalc.kernel.values import Arithmetic, Rounding, Value, allocate, choose, named, quotient, rounded, total
from billcalc.kernel.wording import FaultCode, ProblemCode
from billcalc.vocabulary import Band

__all__ = ["basic_lines", "fee_line"]


def basic_lines(plan: BasicPlan, facts: Facts, arithmetic: Arithmetic, of: Sequence[str]) -> list[EvaluatedLine]:
    """The basic charge of a supply point and segment, a line for each group that pays it.

    Args:
        plan: of the segment.
        facts: of the cycle.
        arithmetic: makes the values.
        of: the supply point, where the bill has basic charges of several.
    """
    price = arithmetic.constant(
        plan.price, term=Term.UNIT_PRICE, of=(plan.code,), unit=f"{CNY}/{plan.unit}", source=plan.price_source
    )
    if plan.price_round is not None:
        stated = rounded(price, Rounding(plan.price_round, plan.price_source))
        price = named(Term.UNIT_PRICE, stated, plan.code)
    if plan.capacity:
        quantity, proration = _capacity(plan, arithmetic)
        term = Term.BILLED_CAPACITY
    else:
        quantity, proration = _demand(plan, arithmetic)
        price = _discounted(plan, price, facts, arithmetic)
        term = Term.BILLED_DEMAND
    made = []
    for payer, part in _shared_out(plan, quantity, arithmetic):
        rounding = Rounding(plan.amount_round)
        amount = basic.charge(quantity=part, price=price, proration=proration, rounding=rounding, of=(plan.code, *of))
        shown = part
        if proration is not None:
            days = part * proration.days
            shown = basic.prorated(
                quantity=days,
                cycle=proration.cycle,
                rounding=SIX_PLACES,
                term=term,
                of=(plan.supply_point,),
                source=proration.source,
            )
        made.append(
            EvaluatedLine(
                code=plan.code,
                label=plan.label,
                section=plan.section,
                group=payer.group,
                band=None,
                span=plan.span,
                quantity=shown,
                unit=plan.unit,
                price=price,
                amount=amount,
                scope=payer.scope,
                base=amount if payer.in_base else None,
            )
        )
    return made


def _capacity(plan: BasicPlan, arithmetic: Arithmetic) -> tuple[Value, basic.Proration | None]:
    """The billed capacity [kVA]; where it is not rounded on the way, its days [kVA·day] and their divisor."""
    kva = _kva([part.kva for part in plan.capacity], arithmetic)
    of = (plan.supply_point,)
    if plan.share.whole:
        return named(Term.BILLED_CAPACITY, total(kva), *of, source=plan.rule_source), None
    cycle = arithmetic.input(plan.share.cycle)
    days = [arithmetic.input(part.share.days) for part in plan.capacity]
    kept = None
    if plan.replaced is not None:
        runs = [[arithmetic.input(slot) for slot in run] for run in plan.replaced.runs]
        kept = (basic.kept_capacity(runs=runs), arithmetic.input(plan.replaced.days))
    served = basic.capacity_days(kva=kva, days=days, kept=kept)
    if plan.kva_round is None:
        return served, basic.Proration(arithmetic.constant(1, term=Term.DAYS, unit=PURE), cycle, plan.share.source)
    rounding = Rounding(plan.kva_round, plan.kva_round_source)
    billed = basic.prorated(
        quantity=served, cycle=cycle, rounding=rounding, term=Term.BILLED_CAPACITY, of=of, source=plan.share.source
    )
    return billed, None


def _kva(slots: Sequence[str], arithmetic: Arithmetic) -> list[Value]:
    """The capacities of transformers [kVA]: one at least is above 0, or nothing would be charged."""
    kva = [arithmetic.input(slot) for slot in slots]
    facts = {"value": "0", "range": "capacities of which one at least is above 0"}
    arithmetic.require(total(kva) > 0, Fault(FaultCode.OUT_OF_RANGE, slots[0], facts))
    arithmetic.settle()
    return kva


def _demand(plan: BasicPlan, arithmetic: Arithmetic) -> tuple[Value, basic.Proration | None]:
    """The billed demand of a full month [kW] and the share of the month it is billed for."""
    metered = None if plan.demand is None else _metered(plan, plan.demand, arithmetic)
    if plan.mode is BasicMode.ACTUAL:
        assert metered is not None, "the planner refuses actual demand without a demand"
        quantity = basic.actual_demand(metered=metered, source=plan.rule_source, of=(plan.supply_point,))
    else:
        quantity = _contracted(plan, metered, arithmetic)
    if plan.share.whole:
        return quantity, None
    days, cycle = arithmetic.input(plan.share.days), arithmetic.input(plan.share.cycle)
    return quantity, basic.Proration(days, cycle, plan.share.source)


def _metered(plan: BasicPlan, demand: DemandPlan, arithmetic: Arithmetic) -> Value:
    """The maximum demand of a segment [kW]; one that is given is held against what the meters show.

    So is one that is given for a period whose terms change, where the meters are billed because they tell each segment.
    """
    rounding = None if plan.demand_round is None else Rounding(plan.demand_round, plan.demand_round_source)
    metered = maximum_demand(demand, arithmetic, of=plan.supply_point, rounding=rounding)
    told = demand if plan.untimed is None else plan.untimed
    shown = told.read or demand.points
    if told.given_at and shown:
        given = maximum_demand(told, arithmetic, of=plan.supply_point, rounding=rounding)
        read = maximum_demand(DemandPlan(None, shown), arithmetic, of=plan.supply_point, rounding=rounding)
        facts = {"supply_point": plan.supply_point, "span": str(plan.span)}
        problem = Problem(ProblemCode.DEMAND_DIFFERS, Severity.DOUBT, told.given_at[0], facts)
        for differs in (given > read, given < read):
            arithmetic.report(differs, problem, given=given, read=read)
    return metered


def _contracted(plan: BasicPlan, metered: Value | None, arithmetic: Arithmetic) -> Value:
    assert plan.contract is not None, "the planner asks for the contract"
    source = plan.rule_source
    floor_share = arithmetic.constant(plan.floor_share, term=Term.FLOOR_SHARE, unit="kW/kVA", source=source)
    running = [arithmetic.input(slot) for slot in plan.running]
    none_runs = arithmetic.constant(0, term=Term.RUNNING_CAPACITY, unit="kVA")
    capacity = named(Term.RUNNING_CAPACITY, total(running), plan.supply_point) if running else none_runs
    of = (plan.supply_point,)
    basis = basic.demand_basis(
        contracted=arithmetic.input(plan.contract),
        running_capacity=capacity,
        floor_share=floor_share,
        source=source,
        of=of,
    )
    limits = basic.demand_limits(basis=basis, over_steps=plan.over_steps, source=source, of=of)
    if metered is not None and limits:
        where = f"/facts/{plan.supply_point}/demand_kw"
        told = {"supply_point": plan.supply_point, "rule": source.id, "span": str(plan.span)}
        problem = Problem(ProblemCode.EXCESS_DEMAND, Severity.DOUBT, where, told)
        arithmetic.report(metered > limits[0], problem, metered=metered, limit=limits[0])
    return basic.contracted_demand(
        metered=metered, basis=basis, limits=limits, over_steps=plan.over_steps, source=source, of=of
    )


def _discounted(plan: BasicPlan, price: Value, facts: Facts, arithmetic: Arithmetic) -> Value:
    """The demand price, discounted where the energy of the cycle reaches the threshold of the customer's capacity.

    Where the capacity changed it is averaged by days, and both sides are compared × the days of the period, so that
    nothing is divided.
    """
    discount, source = plan.discount, plan.discount_source
    if discount is None or plan.discounted is False or (plan.discounted is None and not plan.contract_capacity):
        return price
    factor = arithmetic.constant(discount.factor, term=Term.DISCOUNT_FACTOR, source=source)
    if plan.discounted:
        return named(Term.DISCOUNTED_PRICE, price * factor, source=source)
    assert facts.energy is not None, "the planner asks for metering points"
    energy = facts.energy
    kva = _kva([part.kva for part in plan.contract_capacity], arithmetic)
    shares = [part.share for part in plan.contract_capacity]
    if not shares[0].whole:
        kva = [each * arithmetic.input(share.days) for each, share in zip(kva, shares, strict=True)]
        energy = energy * arithmetic.input(shares[0].cycle)
    threshold = arithmetic.constant(
        discount.energy_per_capacity, term=Term.DISCOUNT_THRESHOLD, unit="kWh/kVA", source=source
    )
    capacity = named(Term.CONTRACT_CAPACITY, total(kva))
    if plan.part_period is not None:
        _report_part_period(plan, plan.part_period, energy, capacity * threshold, arithmetic)
    return basic.discounted_price(
        price=price, energy=energy, capacity=capacity, threshold=threshold, factor=factor, source=source
    )


def _report_part_period(plan: BasicPlan, part: Share, energy: Value, limit: Value, arithmetic: Arithmetic) -> None:
    """Tell where the energy of a part of the cycle misses the discount and would reach it with the capacity by days.

    No text says which capacity counts in the month of a connection or an end; the full one is the usual practice.
    """
    days, cycle = arithmetic.input(part.days), arithmetic.input(part.cycle)
    none = energy - energy
    missed = choose(energy >= limit, none, choose(energy * cycle >= limit * days, none + 1, none))
    where, facts = f"/facts/{plan.supply_point}", {"supply_point": plan.supply_point, "span": str(plan.span)}
    problem = Problem(ProblemCode.DISCOUNT_PART_PERIOD, Severity.DOUBT, where, facts)
    arithmetic.report(missed > 0, problem)


def _shared_out(plan: BasicPlan, quantity: Value, arithmetic: Arithmetic) -> list[tuple[PayingGroup, Value]]:
    """The quantity, split over the groups that share the supply point, to six decimals."""
    weights = [arithmetic.input(payer.weight) for payer in plan.groups if payer.weight is not None]
    if not weights:
        return [(plan.groups[0], quantity)]
    where = str(plan.groups[0].weight)
    fault = Fault(FaultCode.OUT_OF_RANGE, where, {"value": "0", "range": "shares of which one at least is above 0"})
    arithmetic.require(total(weights) > 0, fault)
    arithmetic.settle()
    parts = allocate(quantity, weights, SIX_PLACES.step)
    return [(payer, named(Term.DEMAND_PART, part, payer.group)) for payer, part in zip(plan.groups, parts, strict=True)]


def fee_line(plan: FeePlan, arithmetic: Arithmetic) -> EvaluatedLine:
    """The line of a monthly fee."""
    share = plan.share
    months = arithmetic.constant(1, term=Term.MONTHS, unit=PURE)
    if not share.whole:
        days, cycle = arithmetic.input(share.days), arithmetic.input(share.cycle)
        months = named(Term.MONTHS, quotient(days, cycle, SIX_PLACES), source=share.source)
    price, amount = _fee(plan, plan.parts, arithmetic)
    excluded = [part for part in plan.parts if not part.in_base]
    base: Value | None = amount
    if len(excluded) == len(plan.parts):
        base = None
    elif excluded:
        base = amount - named(Term.EXCLUDED_PART, _fee(plan, excluded, arithmetic)[1], plan.code, plan.group)
    return EvaluatedLine(
        code=plan.code,
        label=plan.label,
        section=plan.section,
        group=plan.group,
        band=None,
        span=plan.span,
        quantity=months,
        unit="month",
        price=price,
        amount=amount,
        scope=plan.scope,
        base=base,
    )


def _fee(plan: FeePlan, parts: Sequence[PricePart], arithmetic: Arithmetic) -> tuple[Value, Value]:
    """The price by the month of some components of a fee, and what is due of it."""
    prices = [part_prices(part, CNY, arithmetic) for part in parts]
    price = components.line_price(parts=prices, band=Band.TOTAL, component=plan.code)
    rounding = Rounding(plan.round_amount)
    share = plan.share
    if share.whole:
        return price, monthly.fee(price=price, rounding=rounding)
    before = arithmetic.input(share.before) if share.before else None
    days, cycle = arithmetic.input(share.days), arithmetic.input(share.cycle)
    amount = monthly.part_of_fee(price=price, before=before, days=days, cycle=cycle, rounding=rounding)
    return price, amount
