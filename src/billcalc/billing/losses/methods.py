"""The loss of one segment by the method that was agreed on: records and what was used → kWh and kvarh."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from billcalc.billing.charges.monthly import part_of_month
from billcalc.billing.evaluated import SIX_PLACES
from billcalc.billing.losses import rule
from billcalc.billing.losses.records import (
    RATED,
    CoefficientPlan,
    CurrentPlan,
    FixedPlan,
    FormulaPlan,
    LossSegment,
    RatedNumber,
    SharePlan,
    TableBandPlan,
    TablePlan,
    TransformerPlan,
)
from billcalc.billing.plan_metering import Share
from billcalc.billing.planning.case import REQUEST
from billcalc.kernel.codes import FaultCode, RefusalCode
from billcalc.kernel.slots import Slot
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, Refusal
from billcalc.kernel.units import KVAR, KVARH, KW, KWH
from billcalc.kernel.values import Arithmetic, Rounding, Value, choose, look_up, named, rounded, total

__all__ = ["Load", "Loss", "line_loss", "transformer_loss"]

_PERCENT = Decimal("0.01")
_HOURS_OF_MONTH = 31 * 24
"""Of the longest month."""
_WATTS = 1000
"""In a kilowatt."""


@dataclass(frozen=True, slots=True)
class Loss:
    """An active energy [kWh], and the reactive one where it is known [kvarh]."""

    active: Value
    reactive: Value | None


@dataclass(frozen=True, slots=True)
class Load:
    """What a transformer or a line carried in a segment, and where it is told how that is lost.

    Attributes:
        where: the pointer of the losses of the metering point.
    """

    point: str
    where: str
    segment: LossSegment
    used: Loss
    rounding: Rounding
    arithmetic: Arithmetic

    def input(self, slot: Slot, *, above: int | None = None, least: int = 0, most: int | None = None) -> Value:
        """A number of the request, which must lie within its limits."""
        value = self.arithmetic.input(slot)
        low = f"{least}" if above is None else f">{above}"
        within = f"{low}.." if most is None else f"{low}..{most}"
        fault = Fault(FaultCode.OUT_OF_RANGE, slot.where, {"range": within})
        if above is not None:
            self.arithmetic.require(value > above, fault, value=value)
        if least:
            self.arithmetic.require(value >= least, fault, value=value)
        if most is not None:
            self.arithmetic.require(value <= most, fault, value=value)
        return value

    def rounded(self, active: Sequence[Value], reactive: Sequence[Value], term: Term) -> Loss:
        """A loss of some parts, rounded once on their sum."""
        of = (self.point,)
        return Loss(
            rule.rounded_loss(parts=active, term=term, rounding=self.rounding, of=of),
            rule.rounded_loss(parts=reactive, term=term, rounding=self.rounding, of=of) if reactive else None,
        )

    def hours(self) -> Value:
        """The running hours [h]; of a part of the month to six places."""
        hours = self.input(self.segment.hours.whole, above=0, most=_HOURS_OF_MONTH)
        share = self.segment.hours.share
        if share is None or share.whole:
            return hours
        return named(Term.RUNNING_HOURS, _of_month(hours, share, SIX_PLACES, self.arithmetic), self.point)


def transformer_loss(
    method: FormulaPlan | CoefficientPlan | TablePlan | FixedPlan | SharePlan, load: Load
) -> Loss | None:
    """The loss of the transformers of a segment; None where none of them ran.

    Raises:
        Refused: (one bill only) where energy was counted and none ran, or a document does not tell a capacity.
    """
    if isinstance(method, FixedPlan):
        return _fixed(method, load, Term.TRANSFORMER_LOSS)
    if isinstance(method, SharePlan):
        return _share(method, load, load.used, Term.TRANSFORMER_LOSS)
    arithmetic, energy = load.arithmetic, load.used.active
    loaded = [each for each in load.segment.transformers if each.is_loaded]
    if not loaded:
        facts = {"point": load.point, "span": str(load.segment.span)}
        at_rest = Refusal(RefusalCode.TRANSFORMERS_AT_REST, f"{load.where}/transformer", facts)
        arithmetic.require(energy <= 0, at_rest, energy=energy)
    if not load.segment.transformers:
        return None
    negative = Refusal(RefusalCode.LOSS_OF_NEGATIVE_ENERGY, load.where, {"point": load.point})
    arithmetic.require(energy >= 0, negative, energy=energy)
    for each in loaded[:1]:
        kva = total([load.input(one.kva) for one in loaded])
        nothing = Fault(FaultCode.OUT_OF_RANGE, each.kva.where, {"range": ">0.."})
        arithmetic.require(kva > 0, nothing, value=kva)
    if isinstance(method, FormulaPlan):
        return _formula(method, load)
    if isinstance(method, CoefficientPlan):
        return _coefficient(method, load)
    return _table(method, load)


def line_loss(method: FixedPlan | SharePlan | CurrentPlan, load: Load, of: Loss) -> Loss:
    """The loss of the line in a segment.

    Args:
        method: by which it is told.
        load: what it carried.
        of: what an agreed share is of.
    """
    if isinstance(method, FixedPlan):
        return _fixed(method, load, Term.LINE_LOSS)
    if isinstance(method, SharePlan):
        return _share(method, load, of, Term.LINE_LOSS)
    return load.rounded(*_current(method, load), Term.LINE_LOSS)


# Agreed losses


def _fixed(method: FixedPlan, load: Load, term: Term) -> Loss:
    """So much for each month, and of a part of it by days, so that the parts sum to the month's."""

    def part(slot: Slot) -> Value:
        whole, share = load.input(slot), load.segment.share
        if share is None:
            return whole - whole
        if share.whole:
            return rounded(whole, load.rounding)
        return _of_month(whole, share, load.rounding, load.arithmetic)

    reactive = None if method.kvarh is None else named(term, part(method.kvarh), load.point)
    return Loss(named(term, part(method.kwh), load.point), reactive)


def _of_month(whole: Value, share: Share, rounding: Rounding, arithmetic: Arithmetic) -> Value:
    before = None if share.before is None else arithmetic.input(share.before)
    days, cycle = arithmetic.input(share.days), arithmetic.input(share.cycle)
    return part_of_month(whole=whole, before=before, days=days, cycle=cycle, rounding=rounding)


def _share(method: SharePlan, load: Load, of: Loss, term: Term) -> Loss:
    active = [of.active * load.input(method.share, most=1)]
    reactive = []
    if method.reactive_share is not None:
        assert of.reactive is not None, "the planner asks for the registers"
        reactive = [of.reactive * load.input(method.reactive_share, most=1)]
    return load.rounded(active, reactive, term)


# By formula, coefficient and table


def _formula(method: FormulaPlan, load: Load) -> Loss:
    """Iron of all that have voltage, and copper of those that carry the load."""
    hours, of = load.hours(), (load.point,)
    running = load.segment.transformers
    loaded = [each for each in running if each.is_loaded]
    square, shape = _square(method.assumed, load), load.input(method.load_shape, least=1)

    def lost(no_load: Sequence[Value], full_load: Sequence[Value]) -> list[Value]:
        iron = rule.iron_loss(powers=no_load, hours=hours, of=of)
        if not loaded:
            return [iron]
        capacity = total([load.input(each.kva) for each in loaded])
        copper = rule.copper_loss(
            powers=full_load, square=square, capacity=capacity, hours=hours, load_shape=shape, of=of
        )
        return [iron, copper]

    active = lost([_rated(each, "p0", load) for each in running], [_rated(each, "pk", load) for each in loaded])
    reactive = []
    if method.reactive:
        reactive = lost(_of_capacity(running, "i0", load), _of_capacity(loaded, "uk", load))
    return load.rounded(active, reactive, Term.TRANSFORMER_LOSS)


def _square(assumed: Slot | None, load: Load) -> Value:
    """The square of the apparent energy, by the registers or by an assumed power factor [kVAh²]."""
    of = (load.point,)
    if assumed is not None:
        cosphi = load.input(assumed, above=0, most=1)
        return rule.assumed_square(active=load.used.active, cosphi=cosphi, of=of)
    assert load.used.reactive is not None, "the planner asks for a register or an assumed power factor"
    return rule.apparent_square(active=load.used.active, reactive=load.used.reactive, of=of)


def _of_capacity(transformers: Sequence[TransformerPlan], key: str, load: Load) -> list[Value]:
    """A percentage of the rated capacity of each transformer [kvar]."""
    return [load.input(each.kva) * _rated(each, key, load) * _PERCENT for each in transformers]


def _rated(transformer: TransformerPlan, key: str, load: Load) -> Value:
    """A number of a transformer: of the request, or of a document by its rated capacity."""
    number: RatedNumber | None = getattr(transformer, key)
    assert number is not None, "the planner asks for what the rule needs"
    if isinstance(number, Slot):
        return load.input(number)
    kva = load.input(transformer.kva)
    none = kva - kva
    told = [choose(kva < row, none, choose(kva > row, none, none + 1)) for row, _ in number.entries]
    facts = {"document": number.source.id, "series": number.series, "transformer": transformer.id}
    unknown = Refusal(RefusalCode.LOSS_NOT_TOLD, f"{load.where}/transformer", facts)
    load.arithmetic.require(total(told) > 0, unknown, kva=kva)
    term, unit = RATED[key]
    found = look_up(kva, dict(number.entries), number.source, unit=unit)
    return named(term, found, transformer.id, number.series)


def _coefficient(method: CoefficientPlan, load: Load) -> Loss:
    """Iron of all that have voltage, and copper as a share of the energy by the load of those that carry it."""
    hours, of, arithmetic = load.hours(), (load.point,), load.arithmetic
    running = load.segment.transformers
    loaded = [load.input(each.kva) for each in running if each.is_loaded]
    active = [rule.iron_loss(powers=[_rated(each, "p0", load) for each in running], hours=hours, of=of)]
    reactive = []
    if method.reactive_copper is not None:
        reactive = [rule.iron_loss(powers=_of_capacity(running, "i0", load), hours=hours, of=of)]
    if loaded:
        capacity = total(loaded)
        if method.usable is not None:
            capacity = capacity * load.input(method.usable, above=0)
        full = capacity * hours
        limits = [
            full * arithmetic.constant(step, term=Term.LOAD_LIMIT, unit="kWh/kVAh", source=REQUEST)
            for step, _ in method.steps
            if step is not None
        ]
        shares = [arithmetic.constant(share, term=Term.LOSS_SHARE, source=REQUEST) for _, share in method.steps]
        copper = rule.copper_by_share(energy=load.used.active, limits=limits, shares=shares, of=of)
        active.append(copper)
        if method.reactive_copper is not None:
            reactive.append(named(Term.COPPER_LOSS, copper * load.input(method.reactive_copper), *of))
    return load.rounded(active, reactive, Term.TRANSFORMER_LOSS)


def _table(method: TablePlan, load: Load) -> Loss:
    """The row of the smallest capacity that is not below the transformer's, and in it the band of the energy."""
    arithmetic, rows, kva = load.arithmetic, method.rows, load.input(load.segment.transformers[0].kva)
    largest = rows[-1][0]
    if largest is not None:
        facts = {"document": method.source.id, "series": method.series, "transformer": load.segment.transformers[0].id}
        unknown = Refusal(RefusalCode.LOSS_NOT_TOLD, f"{load.where}/transformer", facts)
        arithmetic.require(kva <= largest, unknown, kva=kva)

    def loss(*, reactive: bool) -> Value:
        found = _of_band(rows[-1][1], method, load, reactive=reactive)
        for capacity, bands in reversed(rows[:-1]):
            assert capacity is not None, "a table of several rows tells whose they are"
            found = choose(kva <= capacity, _of_band(bands, method, load, reactive=reactive), found)
        return found

    tells_reactive = rows[0][1][0].kvarh is not None
    return load.rounded([loss(reactive=False)], [loss(reactive=True)] if tells_reactive else [], Term.TRANSFORMER_LOSS)


def _of_band(bands: Sequence[TableBandPlan], method: TablePlan, load: Load, *, reactive: bool) -> Value:
    def entry(band: TableBandPlan) -> Value:
        number = band.kvarh if reactive else band.kwh
        assert number is not None, "all bands tell the kvarh, or none does"
        unit = KVARH if reactive else KWH
        return load.arithmetic.constant(number, term=Term.TABLE_LOSS, unit=unit, source=method.source)

    found = entry(bands[-1])
    for band in reversed(bands[:-1]):
        assert band.up_to is not None, "each band but the last has its limit"
        limit = load.arithmetic.constant(band.up_to, term=Term.TABLE_LIMIT, unit=KWH, source=method.source)
        found = choose(load.used.active <= limit, entry(band), found)
    return found


# By current


def _current(method: CurrentPlan, load: Load) -> tuple[list[Value], list[Value]]:
    """What the resistance of a line loses, and what its reactance takes."""
    arithmetic, of, hours = load.arithmetic, (load.point,), load.hours()
    resistance = load.input(method.resistance)
    reactance = [] if method.reactance is None else [load.input(method.reactance)]
    if method.current is not None:
        current = load.input(method.current)

        def lost(impedance: Value, unit: str) -> Value:
            factor = arithmetic.constant(_WATTS, term=Term.LINE_FACTOR, unit=f"A·A·Ω/{unit}")
            return rule.current_loss(current=current, resistance=impedance, hours=hours, factor=factor, of=of)

    else:
        assert method.voltage is not None, "a current is told, or what it follows from"
        assert method.load_shape is not None, "and the shape of the load, too"
        square, voltage = _square(None, load), load.input(method.voltage, above=0)
        shape = load.input(method.load_shape, least=1)

        def lost(impedance: Value, unit: str) -> Value:
            factor = arithmetic.constant(_WATTS, term=Term.LINE_FACTOR, unit=f"kVA·kVA·Ω/kV·kV·{unit}")
            return rule.line_loss(
                square=square,
                resistance=impedance,
                voltage=voltage,
                hours=hours,
                load_shape=shape,
                factor=factor,
                of=of,
            )

    return [lost(resistance, KW)], [lost(each, KVAR) for each in reactance]
