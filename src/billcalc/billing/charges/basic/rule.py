"""The basic charge 基本电费 (容（需）量电费): by capacity, by contracted demand, by actual demand."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from billcalc.kernel.decimals import EXACT, ONE, ZERO
from billcalc.kernel.sources import Source
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Rounding, Value, choose, maximum, minimum, named, quotient, rounded, total
from billcalc.tariff.documents import ExcessStep

__all__ = [
    "Proration",
    "actual_demand",
    "capacity_days",
    "charge",
    "contracted_demand",
    "contracts_due",
    "demand_basis",
    "demand_in_tier",
    "demand_limits",
    "discounted_price",
    "excess_of_band",
    "idle_basis",
    "kept_capacity",
    "measured_demand",
    "prorated",
]


@dataclass(frozen=True, slots=True)
class Proration:
    """A share of a month: billed days ÷ days of the cycle [day], and the rules that count them."""

    days: Value
    cycle: Value
    source: Source | None = None


def kept_capacity(*, runs: Sequence[Sequence[Value]]) -> Value:
    """The capacity that transformers which took each other's place kept in service all the time [kVA].

    The least of the sums of each run of days.
    """
    return named(Term.KEPT_CAPACITY, reduce(minimum, [total(run) for run in runs]))


def capacity_days(*, kva: Sequence[Value], days: Sequence[Value], kept: tuple[Value, Value] | None = None) -> Value:
    """Capacity × billed days, summed over the transformers [kVA·day].

    Every kVA·day in service is in exactly one segment. What was in service all the time pays one month, whichever
    transformer it was: counted in thirtieths its days are more or fewer than 30.

    Args:
        kva: of each transformer [kVA].
        days: that each is billed for [day].
        kept: the capacity that was in service all the time by replacement, and what a month has more than the cycle.

    Source: 供电营业规则 2024, 条号未见 (basic charge by actual days); 1996 art. 84 (thirtieths of the monthly charge).
    """
    parts = [each * served for each, served in zip(kva, days, strict=True)]
    if kept is not None:
        capacity, apart = kept
        parts.append(capacity * apart)
    return named(Term.CAPACITY_DAYS, total(parts))


def prorated(
    *,
    quantity: Value,
    cycle: Value,
    rounding: Rounding,
    term: Term,
    of: Sequence[str] = (),
    source: Source | None = None,
) -> Value:
    """A quantity × days divided by the days of the cycle, and rounded where the convention rounds it [kVA or kW].

    Args:
        quantity: × days [kVA·day or kW·day].
        cycle: the days of the full month [day].
        rounding: of the result.
        term: what the result is.
        of: whose, for the derivation.
        source: the rules that count the days.

    >>> from decimal import Decimal
    >>> from billcalc.kernel.plain import Plain
    >>> prorated(quantity=Plain(Decimal(1900000)), cycle=Plain(Decimal(30)), rounding=Rounding(Decimal("0.01")),
    ...          term=Term.BILLED_CAPACITY)
    Plain(63333.33)
    """
    return named(term, quotient(quantity, cycle, rounding), *of, source=source)


def demand_basis(
    *, contracted: Value, running_capacity: Value, floor_share: Value, source: Source, of: Sequence[str] = ()
) -> Value:
    """The basis of demand that is billed by contract [kW]: the contract, but not less than its floor.

    Args:
        contracted: the contracted demand [kW].
        running_capacity: of the transformers in service, without suspended ones [kVA].
        floor_share: the least share of it that is billed [kW/kVA].
        source: the rules that state the floor.
        of: whose, for the derivation.

    Source: 发改办价格〔2016〕1583号, 条号未见.
    """
    floor = named(Term.DEMAND_FLOOR, running_capacity * floor_share, *of, source=source)
    return named(Term.DEMAND_BASIS, maximum(contracted, floor), *of, source=source)


def idle_basis(
    *, metered: Value, energy: Value | None, basis: Value, share: Value, source: Source, of: Sequence[str] = ()
) -> Value:
    """The basis of a month without any use [kW]: a share of it; of another month all of it.

    Args:
        metered: the maximum demand [kW].
        energy: what was used [kWh]; None where nothing tells it, and the demand alone does.
        basis: see ``demand_basis`` and ``contracts_due`` [kW].
        share: what is due of it without use [1].
        source: the rules that state the share.
        of: whose, for the derivation.

    Source: 台灣電力公司詳細電價表（經能字第11458000380號）, 第五章 五、(二).
    """
    idle = basis * share
    if energy is not None:
        idle = choose(energy > 0, basis, idle)
    return named(Term.DEMAND_BASIS, choose(metered > 0, basis, idle), *of, source=source)


def demand_limits(
    *, basis: Value, over_steps: Sequence[ExcessStep], source: Source, of: Sequence[str] = ()
) -> list[Value]:
    """What demand may reach before each step of the excess begins [kW]: basis × (1 + the step's share).

    Source: 发改办价格〔2016〕1583号, 条号未见.
    """
    return [named(Term.DEMAND_LIMIT, basis * EXACT.add(ONE, step.above), *of, source=source) for step in over_steps]


def contracted_demand(
    *,
    metered: Value | None,
    basis: Value,
    limits: Sequence[Value],
    over_steps: Sequence[ExcessStep],
    source: Source,
    of: Sequence[str] = (),
) -> Value:
    """The demand that is billed by contract [kW].

    Metered demand above a step's limit is billed at the step's factor, up to the limit of the next. With one step of
    5 % at ×2 and a band that is charged once it is exceeded: billed = basis, or 1.05 × basis + 2 × (metered − 1.05 ×
    basis). Exactly at a limit nothing above it is billed.

    Args:
        metered: the maximum demand [kW]; None where none was measured: then the basis alone is billed.
        basis: see ``demand_basis`` [kW].
        limits: of the steps, see ``demand_limits`` [kW].
        over_steps: limits and factors, from the lowest limit up; each factor is the multiple of the price above its
            limit, up to the next.
        source: the rules that state them.
        of: whose, for the derivation.

    Source: 发改办价格〔2016〕1583号, 条号未见.
    """
    if metered is None:
        return named(Term.BILLED_DEMAND, basis, *of)
    billed = basis
    factor_below = ZERO
    for number, (step, limit) in enumerate(zip(over_steps, limits, strict=True)):
        extra = (metered - limit) * EXACT.subtract(step.factor, factor_below)
        if number == 0 and not step.free_band:
            extra = extra + (limit - basis)
        billed = choose(metered > limit, billed + extra, billed)
        factor_below = step.factor
    return named(Term.BILLED_DEMAND, billed, *of, source=source)


def contracts_due(
    *, contracts: Sequence[Value], less: Sequence[Value], share: Value, source: Source, of: Sequence[str] = ()
) -> Value:
    """What is due of contracts that have one price [kW]: their sum less a share of others, but not below 0.

    Args:
        contracts: of the kinds that the price is for [kW].
        less: of the kinds of which a share is taken off [kW].
        share: of their sum [1].
        source: the rules that state it.
        of: whose, for the derivation.

    Source: 台灣電力公司詳細電價表（經能字第11458000380號）, 第五章 五、(一); 第三章 五、(三); 第四章 五、(三).
    """
    whole = total(contracts)
    if less:
        left = whole - total(less) * share
        whole = choose(left > 0, left, left - left)
    return named(Term.DEMAND_BASIS, whole, *of, source=source)


def excess_of_band(
    *, metered: Value, covered: Value, counted: Value, over_steps: Sequence[ExcessStep], source: Source,
    of: Sequence[str], from_counted: bool = False,
) -> tuple[Value, Value, Value]:  # fmt: skip
    """The excess of a band over the contracts that cover it, without what was counted in earlier bands [kW].

    net = max(max(metered − covered, 0) − counted, 0), charged as what lies so far above a contract of ``covered``.

    Args:
        metered: the maximum demand of the band [kW].
        covered: the contracts that cover it [kW].
        counted: the largest excess of the bands before [kW].
        over_steps: limits and factors, see ``contracted_demand``.
        source: the rules that state them.
        of: whose, and of which band, for the derivation.
        from_counted: whether the steps are counted from what was counted before, instead of from the contracts.

    Returns:
        The net excess, what is charged of it, and the largest excess of the bands up to this.

    Source: 台灣電力公司詳細電價表（經能字第11458000380號）, 第五章 七、(一)(二); 第三章 五、(三)5; 第四章 七、(二).
    """

    def charged(excess: Value) -> Value:
        billed = contracted_demand(
            metered=covered + excess,
            basis=covered,
            limits=demand_limits(basis=covered, over_steps=over_steps, source=source, of=of),
            over_steps=over_steps,
            source=source,
            of=of,
        )
        return billed - covered

    none = covered - covered
    gross = choose(metered > covered, metered - covered, none)
    net = named(Term.EXCESS_DEMAND, choose(gross > counted, gross - counted, none), *of, source=source)
    whole = maximum(gross, counted)
    due = charged(whole) - charged(counted) if from_counted else charged(net)
    return net, due, whole


def actual_demand(*, metered: Value, source: Source, of: Sequence[str] = ()) -> Value:
    """The demand that is billed as metered [kW]: no floor.

    Source: 发改价格〔2018〕500号, 条号未见 (billing by actual maximum demand).
    """
    return named(Term.BILLED_DEMAND, metered, *of, source=source)


def measured_demand(
    *,
    metered: Value,
    earlier: Sequence[Value],
    share: Value,
    least: Value | None,
    source: Source,
    of: Sequence[str] = (),
) -> Value:
    """The demand that is billed as measured [kW or kVA]: no less than a share of earlier months' greatest, nor a least.

    max(metered, share × max(earlier), least)

    Args:
        metered: the maximum demand.
        earlier: those of earlier months; none where they count for nothing.
        share: of the greatest of them that is billed at least [1].
        least: what is billed at least, or None.
        source: the document that states them.
        of: whose, for the derivation.
    """
    billed = metered if least is None else maximum(metered, least)
    if earlier:
        greatest = named(Term.EARLIER_DEMAND, reduce(maximum, earlier), *of)
        billed = maximum(billed, greatest * share)
    return named(Term.BILLED_DEMAND, billed, *of, source=source)


def demand_in_tier(
    *, demand: Value, above: Value | None, up_to: Value | None, source: Source, of: Sequence[str] = ()
) -> Value:
    """What of a billed demand is in a tier [kW or kVA]: max(min(demand, up_to) − above, 0).

    A tier is reached at exactly its end: that kilowatt is in it still.

    Args:
        demand: that is billed in all tiers.
        above: where the tier begins; None of the first.
        up_to: where it ends; None of the last.
        source: the document that states them.
        of: whose, for the derivation.

    >>> from billcalc.kernel.plain import Plain
    >>> from decimal import Decimal
    >>> from billcalc.kernel.sources import Evidence
    >>> notice = Source("us/example/catalogue_price/2024-01", "a rate", Evidence.SECONDARY)
    >>> demand, above, up_to = [Plain(Decimal(kw)) for kw in (130, 100, 120)]
    >>> demand_in_tier(demand=demand, above=above, up_to=up_to, source=notice)
    Plain(20)
    """
    billed = demand if up_to is None else minimum(demand, up_to)
    if above is not None:
        billed = maximum(billed, above) - above
    return named(Term.BILLED_DEMAND, billed, *of, source=source)


def discounted_price(
    *, price: Value, energy: Value, capacity: Value, threshold: Value, factor: Value, source: Source
) -> Value:
    """The demand price after the discount for intensive use [money/kW].

    price × factor where energy ≥ threshold × capacity (compared exactly, not as a rounded quotient), else price. The
    planner asks only where there is a capacity: of none, any energy would do.

    Args:
        price: without the discount [money/kW].
        energy: of all metering points in the cycle [kWh].
        capacity: the contract capacity [kVA].
        threshold: [kWh/kVA].
        factor: [1].
        source: the rules that state the discount.

    Source: 发改价格〔2023〕526号, 条号未见.
    """
    limit = named(Term.DISCOUNT_LIMIT, capacity * threshold, source=source)
    return named(Term.DISCOUNTED_PRICE, choose(energy >= limit, price * factor, price), source=source)


def charge(
    *, quantity: Value, price: Value, proration: Proration | None, rounding: Rounding, of: Sequence[str] = ()
) -> Value:
    """The basic charge: quantity × price, × days ÷ days of the cycle where the month is cut [money].

    The quotient is taken last and rounded once, so no proration of the quantity is rounded on the way.
    """
    amount = quantity * price
    if proration is None:
        return named(Term.AMOUNT, rounded(amount, rounding), *of)
    by_days = quotient(amount * proration.days, proration.cycle, rounding)
    return named(Term.AMOUNT, by_days, *of, source=proration.source)
