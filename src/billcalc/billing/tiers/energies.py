"""The energy of tiers: what a plan of them and the measured quantities give."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from billcalc.billing.charges.components import BilledQuantity
from billcalc.billing.quantities import Quantities, maximum_demand
from billcalc.billing.tiers.records import FreePlan, LimitPlan, TierCounter, TierPlan
from billcalc.billing.tiers.rule import above_limit, free_energy, in_bands, in_tier, tier_limit
from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.slots import Slot
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, Problem, Refusal, Severity
from billcalc.kernel.units import KW, KWH, PURE
from billcalc.kernel.values import Arithmetic, Value, named, total
from billcalc.tariff.conventions import TierBands
from billcalc.vocabulary import FROM_THE_DEAREST, Band

__all__ = ["counted_energy"]

Stretch = tuple[Value | None, Value]
"""The energy of the period to the start of some energy (None where that is the start of the period), and to its end."""


def counted_energy(
    plan: TierPlan | FreePlan,
    *,
    quantities: Quantities,
    pieces: tuple[int, ...],
    bands: tuple[Band, ...],
    arithmetic: Arithmetic,
) -> BilledQuantity | None:
    """The energy of a tier, or of an allowance, in some pieces [kWh]; None where none is measured."""
    if isinstance(plan, FreePlan):
        return _free(plan, quantities, pieces, bands, arithmetic)
    key = (plan.counter, pieces, bands, plan.by_band)
    if key not in quantities.tiers:
        quantities.tiers[key] = _tiers(plan, quantities, pieces, bands, arithmetic)
    tiers: Sequence[BilledQuantity] | None = quantities.tiers[key]
    return None if tiers is None else tiers[plan.tier - 1]


def _free(
    plan: FreePlan, quantities: Quantities, pieces: tuple[int, ...], bands: tuple[Band, ...], arithmetic: Arithmetic
) -> BilledQuantity | None:
    billed = quantities.billed(group=plan.group, pieces=pieces, bands=bands)
    if billed is None:
        return None
    months = arithmetic.constant(plan.months, term=Term.TIER_MONTHS, unit=PURE)
    allowance = arithmetic.input(plan.per_month) * months
    return BilledQuantity.of({Band.TOTAL: free_energy(energy=billed.whole, allowance=allowance, of=(plan.group,))})


def _tiers(
    plan: TierPlan, quantities: Quantities, pieces: tuple[int, ...], bands: tuple[Band, ...], arithmetic: Arithmetic
) -> Sequence[BilledQuantity] | None:
    """The energy of every tier of a counter in some pieces."""
    counter = plan.counter
    billed = quantities.billed(group=counter.group, pieces=pieces, bands=bands)
    if billed is None:
        return None
    count = _Count(counter, quantities, arithmetic)
    count.check_billed()
    start = count.start(quantities, pieces, bands)
    settles = pieces[0] == counter.first
    if not plan.by_band or counter.bands is TierBands.SHARES:
        until = billed.whole if start is None else named(Term.USED_UNTIL, start + billed.whole, counter.group)
        tiers = count.tiers(billed.whole, (start, until), settles=settles)
        if not plan.by_band:
            return [BilledQuantity.of({Band.TOTAL: energy}) for energy in tiers]
        parts = in_bands(tiers, list(billed.by_band.values()), counter.step)
        return [
            _named(number, dict(zip(billed.by_band, each, strict=True))) for number, each in enumerate(parts, start=1)
        ]
    return _one_band_after_another(count, billed.by_band, start, settles=settles)


def _named(number: int, by_band: Mapping[Band, Value]) -> BilledQuantity:
    """The energy of a tier by band, each part under its name."""
    return BilledQuantity.of(
        {band: named(Term.TIER_ENERGY, energy, str(number), band.value) for band, energy in by_band.items()}
    )


def _one_band_after_another(
    count: "_Count", by_band: Mapping[Band, Value], start: Value | None, *, settles: bool
) -> list[BilledQuantity]:
    """The energy of every tier where the bands are counted as if one were used after the other."""
    order = [band for band in FROM_THE_DEAREST if band in by_band]
    if count.counter.bands is TierBands.CHEAPEST_FIRST:
        order.reverse()
    found: list[dict[Band, Value]] = [{} for _ in range(len(count.limits) + 1)]
    for band in order:
        until = by_band[band] if start is None else named(Term.USED_UNTIL, start + by_band[band], count.counter.group)
        tiers = count.tiers(by_band[band], (start, until), settles=settles, of=(band.value,))
        for tier, energy in enumerate(tiers):
            found[tier][band] = energy
        start, settles = until, False
    return [BilledQuantity.of({band: each[band] for band in by_band}) for each in found]


class _Count:
    """The limits of a counter, and what was used and billed before."""

    def __init__(self, counter: TierCounter, quantities: Quantities, arithmetic: Arithmetic) -> None:
        self.counter, self._arithmetic = counter, arithmetic
        per = counter.per
        self._demand = (
            None
            if per is None
            else maximum_demand(
                per.demand, arithmetic, of=per.supply_point, rounding=per.rounding, losses=quantities.losses
            )
        )
        self.limits = [self._limit(number, each) for number, each in enumerate(counter.limits, start=1)]

    def _limit(self, number: int, plan: LimitPlan) -> Value:
        of, source = (str(number),), self.counter.source
        term, unit = Term.TIER_LIMIT, KWH
        if self._demand is not None:
            term, unit = Term.TIER_LIMIT_PER_KW, f"{KWH}/{KW}"
        stated = [self._arithmetic.constant(each, term=term, of=of, unit=unit, source=source) for each in plan.stated]
        part = None
        if plan.there is not None:
            part = (self._months(plan.there), self._months(plan.months), self.counter.rounding)
        raised = [(self._raise(each.by), self._months(each.months)) for each in self.counter.raises]
        return tier_limit(stated=stated, part=part, raised=raised, per=self._demand, of=of, source=source)

    def _months(self, number: int) -> Value:
        return self._arithmetic.constant(number, term=Term.TIER_MONTHS, unit=PURE)

    def _raise(self, by: Decimal | Slot) -> Value:
        if isinstance(by, Slot):
            return self._arithmetic.input(by)
        return self._arithmetic.constant(by, term=Term.TIER_RAISE, unit=KWH, source=self.counter.source)

    def start(self, quantities: Quantities, pieces: tuple[int, ...], bands: tuple[Band, ...]) -> Value | None:
        """What was used in the period before some pieces of it; None where they begin it."""
        counter, used = self.counter, [self._arithmetic.input(slot) for slot in self.counter.before]
        earlier = tuple(range(counter.first, pieces[0]))
        billed = quantities.billed(group=counter.group, pieces=earlier, bands=bands) if earlier else None
        used.extend([] if billed is None else [billed.whole])
        if len(used) < 2:
            return used[0] if used else None
        return named(Term.USED_BEFORE, total(used), counter.group)

    def tiers(self, energy: Value, stretch: Stretch, *, settles: bool, of: tuple[str, ...] = ()) -> list[Value]:
        """The energy of each tier of some energy [kWh].

        Args:
            energy: [kWh].
            stretch: where it lies in the period.
            settles: whether what earlier bills had by tier counts here.
            of: the band, where the energy is of one.
        """
        start, until = stretch
        above = [energy]
        for number, limit in enumerate(self.limits, start=1):
            billed = self._billed_above(number) if settles else None
            above.append(above_limit(until=until, limit=limit, before=start, billed=billed, of=(str(number), *of)))
        if self.counter.above_unknown:
            facts = {"group": self.counter.group, "document": self.counter.source.id}
            refusal = Refusal(RefusalCode.TIER_LIMIT_UNKNOWN, self.counter.where, facts)
            self._arithmetic.require(until <= self.limits[-1], refusal, used=until, limit=self.limits[-1])
        return [
            in_tier(above_lower=lower, above_upper=upper, of=(str(number), *of))
            for number, (lower, upper) in enumerate(zip(above, [*above[1:], None], strict=True), start=1)
        ]

    def _billed_above(self, number: int) -> Value | None:
        """What earlier bills had above a limit; None where what lies above it tells."""
        told = [self._arithmetic.input(slot) for tier in self.counter.billed[number:] for slot in tier]
        return named(Term.BILLED_ABOVE_TIER, total(told), str(number)) if told else None

    def check_billed(self) -> None:
        """Find earlier bills whose tiers are not what they were billed for, each by itself."""
        counter, read = self.counter, self._arithmetic.input
        for number, (slot, tiers) in enumerate(zip(counter.before, zip(*counter.billed, strict=True), strict=False)):
            told, whole = total([read(each) for each in tiers]), read(slot)
            fault = Fault(
                FaultCode.INCONSISTENT, f"{counter.where}/before/{number}/by_tier", {"reason": Reason.TIERS_OF_ROW_SUM}
            )
            for holds in (told <= whole, told >= whole):
                self._arithmetic.require(holds, fault, total=told, used=whole)
        self._arithmetic.settle()
        self._check_widths()

    def _check_widths(self) -> None:
        """Earlier bills have no more in a tier than it is wide at the most: raised, and of the whole period."""
        counter, below = self.counter, None
        for number, (plan, told) in enumerate(zip(counter.limits, counter.billed, strict=False), start=1):
            limit = total([self._arithmetic.constant(each, term=Term.TIER_LIMIT, unit=KWH) for each in plan.stated])
            raises = [self._raise(each.by) * self._months(plan.months) for each in counter.raises]
            width = total([limit, *raises]) if below is None else limit - below
            facts = {"group": counter.group, "number": str(number)}
            doubt = Problem(ProblemCode.TIER_OVERFILLED, Severity.DOUBT, f"{counter.where}/before", facts)
            used = total([self._arithmetic.input(slot) for slot in told])
            self._arithmetic.report(used > width, doubt, told=used, limit=width)
            below = limit
