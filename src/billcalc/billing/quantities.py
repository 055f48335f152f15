"""QUANTITIES: readings and given quantities → energy per group and band, reactive energy, maximum demand."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from billcalc.billing.plan import ChildPlan, DemandPlan, EnergyRules, GivenEnergy, Plan, PointPlan, Run, Share
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, Problem, Refusal, Severity
from billcalc.kernel.values import Arithmetic, Rounding, Value, maximum, named, quotient, total
from billcalc.kernel.wording import FaultCode, ProblemCode, RefusalCode
from billcalc.metering.energy import difference, ratio_part, read_energy, split_by_days, taken_by_shares
from billcalc.metering.models import ChildKind, Register
from billcalc.tariff.conventions import FromBands, RatioOf
from billcalc.vocabulary import Band

__all__ = ["EnergyPart", "Quantities", "maximum_demand", "measure"]

ByBand = Mapping[Band, Value]


@dataclass(frozen=True, slots=True)
class EnergyPart:
    """The energy of one group at one metering point in one piece, by band [kWh]."""

    group: str
    point: str
    supply_point: str
    piece: int
    kwh: ByBand


@dataclass(frozen=True, slots=True)
class Quantities:
    """What was used.

    Attributes:
        parts: each kWh of the bill, once.
        registers: what each register counted, by metering point, register and piece [kWh or kvarh].
    """

    parts: Sequence[EnergyPart]
    registers: Mapping[tuple[str, Register, int], Value]
    _sums: dict[tuple[str, tuple[int, ...], Band], Value] = field(default_factory=dict)

    def energy(self, *, group: str, pieces: Sequence[int], band: Band) -> Value | None:
        """The energy of a group in a band over some pieces [kWh]; one value, however many lines price it."""
        key = (group, tuple(pieces), band)
        if key not in self._sums:
            found = [
                part.kwh[band]
                for part in self.parts
                if part.group == group and part.piece in pieces and band in part.kwh
            ]
            if not found:
                return None
            self._sums[key] = named(Term.BILLED_ENERGY, total(found), group, band.value)
        return self._sums[key]


def measure(plan: Plan, arithmetic: Arithmetic) -> Quantities:
    """Compute every quantity of the plan."""
    parts: list[EnergyPart] = []
    counted: dict[tuple[str, Register, int], Value] = {}
    gross: dict[tuple[str, int], dict[Band, Value]] = {}
    for point in plan.points:
        registers: dict[Register, dict[int, Value]] = {
            register: _register(point, register, tellers, plan.energy, arithmetic)
            for register, tellers in point.registers
            if register is not Register.MAXIMUM_DEMAND
        }
        for register, by_piece in registers.items():
            counted.update({(point.id, register, piece): value for piece, value in by_piece.items()})
        for piece in range(len(plan.pieces)):
            gross[point.id, piece] = _bands(point, registers, piece, arithmetic)
        _compare_total(point, registers, arithmetic)
    arithmetic.settle()
    for point in plan.points:
        for piece in range(len(plan.pieces)):
            if gross[point.id, piece]:
                parts.extend(_parts(point, piece, gross, plan.energy, arithmetic))
    return Quantities(parts, counted)


def _register(
    point: PointPlan,
    register: Register,
    tellers: Sequence[Run | GivenEnergy],
    rules: EnergyRules,
    arithmetic: Arithmetic,
) -> dict[int, Value]:
    """One register's energy in each piece."""
    rounding = Rounding(rules.round_reading, rules.round_source)
    by_piece: defaultdict[int, list[Value]] = defaultdict(list)
    of = (point.id, register.value)
    for teller in tellers:
        if isinstance(teller, GivenEnergy):
            energy = arithmetic.input(teller.slot)
        else:
            energy = _read(teller, rounding, of, arithmetic)
        if teller.days:
            days = [arithmetic.input(slot) for slot in teller.days]
            shared = split_by_days(energy=energy, days=days, step=rules.round_reading, of=of)
        else:
            shared = (energy,)
        for piece, part in zip(teller.pieces, shared, strict=True):
            by_piece[piece].append(part)
    return {piece: named(Term.METERED_ENERGY, total(values), *of) for piece, values in by_piece.items()}


def _read(run: Run, rounding: Rounding, of: tuple[str, ...], arithmetic: Arithmetic) -> Value:
    rollover = None
    if run.rollover is not None:
        rollover = arithmetic.constant(run.rollover, term=Term.ROLLOVER_RANGE)
    opening, closing = arithmetic.input(run.opening), arithmetic.input(run.closing)
    counted = difference(opening=opening, closing=closing, rollover_range=rollover)
    where = run.closing.removesuffix("#closing")
    fault = Fault(FaultCode.CLOSING_BELOW_OPENING, where, {"register": of[1]})
    arithmetic.require(counted >= 0, fault, opening=opening, closing=closing)
    multiplier = arithmetic.input(run.multiplier)
    return read_energy(counted=counted, multiplier=multiplier, rounding=rounding, of=of)


def _bands(
    point: PointPlan, registers: Mapping[Register, Mapping[int, Value]], piece: int, arithmetic: Arithmetic
) -> dict[Band, Value]:
    """The billed bands of a metering point in a piece, before its sub-meters."""
    found = {
        band: registers[Register(band.value)][piece]
        for band in point.bands
        if piece in registers.get(Register(band.value), {})
    }
    whole = registers.get(Register.TOTAL, {}).get(piece)
    if point.total_is_billed and whole is not None:
        others = total([value for band, value in found.items() if band is not Band.FLAT])
        found[Band.FLAT] = named(Term.METERED_ENERGY, whole - others, point.id, Band.FLAT.value)
    return found


def _compare_total(point: PointPlan, registers: Mapping[Register, Mapping[int, Value]], arithmetic: Arithmetic) -> None:
    """Report a total register that does not show the sum of the bands."""
    whole = registers.get(Register.TOTAL, {})
    bands = [registers.get(Register(band.value), {}) for band in point.bands if band is not Band.TOTAL]
    if not whole or not bands or not all(bands):
        return  # a band that the others define cannot differ from them
    total_kwh = total(list(whole.values()))
    bands_kwh = total([value for by_piece in bands for value in by_piece.values()])
    problem = Problem(
        ProblemCode.TOTAL_DIFFERS_FROM_BANDS, Severity.NOTE, f"/metering_points/{point.id}", {"point": point.id}
    )
    for differs in (total_kwh > bands_kwh, total_kwh < bands_kwh):
        arithmetic.report(differs, problem, total=total_kwh, bands=bands_kwh)


def _parts(
    point: PointPlan,
    piece: int,
    gross: Mapping[tuple[str, int], Mapping[Band, Value]],
    rules: EnergyRules,
    arithmetic: Arithmetic,
) -> list[EnergyPart]:
    """The point's energy shared out: to its sub-meters' groups in their order, the rest to its own group."""
    rest = dict(gross[point.id, piece])
    reading = dict(rest)
    parts: list[EnergyPart] = []
    for child in point.children:
        whole = reading if rules.ratio_of is RatioOf.READING else rest
        taken = _taken(child, piece, whole=whole, rest=rest, gross=gross, rules=rules, arithmetic=arithmetic)
        for band, energy in taken.items():
            facts = {"child": child.id, "point": point.id, "band": band.value}
            refusal = Refusal(RefusalCode.CHILD_ABOVE_PARENT, f"/metering_points/{point.id}", facts)
            arithmetic.require(energy <= rest[band], refusal)
            rest[band] = rest[band] - energy
        if child.kind is not ChildKind.METER:
            kwh = _as_billed(child, taken)
            parts.append(EnergyPart(child.group, point.id, point.supply_point, piece, kwh))
    own = {band: named(Term.METERED_ENERGY, energy, point.id, band.value) for band, energy in rest.items()}
    parts.append(EnergyPart(point.group, point.id, point.supply_point, piece, own if point.children else rest))
    return parts


def _as_billed(child: ChildPlan, taken: ByBand) -> ByBand:
    if child.bands == (Band.TOTAL,) and Band.TOTAL not in taken:
        return {Band.TOTAL: named(Term.SUB_METERED_ENERGY, total(list(taken.values())), child.id)}
    return taken


def _taken(
    child: ChildPlan,
    piece: int,
    *,
    whole: ByBand,
    rest: ByBand,
    gross: Mapping[tuple[str, int], ByBand],
    rules: EnergyRules,
    arithmetic: Arithmetic,
) -> dict[Band, Value]:
    """What a sub-meter takes from each of its parent's bands in a piece."""
    rounding = Rounding(rules.round_reading, rules.round_source)
    if child.kind is ChildKind.METER:
        assert child.point is not None
        measured = gross[child.point, piece]
        if set(measured) <= set(rest):
            return dict(measured)
        return _spread(total(list(measured.values())), rest, rules)
    assert child.value is not None
    value = arithmetic.input(child.value)
    if child.kind is ChildKind.RATIO:
        if child.bands != (Band.TOTAL,):
            return {
                band: ratio_part(whole=energy, ratio=value, rounding=rounding, of=(child.id, band.value))
                for band, energy in whole.items()
            }
        part = ratio_part(whole=total(list(whole.values())), ratio=value, rounding=rounding, of=(child.id,))
        return _spread(part, rest, rules)
    fixed = named(Term.FIXED_ENERGY, _of_month(value, child.shares[piece], rounding, arithmetic), child.id)
    if child.band is not None:
        return {child.band: fixed}
    return _spread(fixed, rest, rules)


def _of_month(value: Value, share: Share, rounding: Rounding, arithmetic: Arithmetic) -> Value:
    if share.whole:
        return value
    return quotient(value * arithmetic.input(share.days), arithmetic.input(share.cycle), rounding)


def _spread(energy: Value, bands: ByBand, rules: EnergyRules) -> dict[Band, Value]:
    """An energy without bands, taken from the bands of the parent by the convention ``sub_meters.from_bands``."""
    if len(bands) == 1 or rules.from_bands is FromBands.FLAT_FIRST:
        band = Band.FLAT if Band.FLAT in bands else next(iter(bands))
        return {band: energy}
    taken = taken_by_shares(energy=energy, bands=list(bands.values()), step=rules.round_reading)
    return dict(zip(bands, taken, strict=True))


def maximum_demand(demand: DemandPlan, arithmetic: Arithmetic) -> Value | None:
    """The maximum demand of a supply point [kW]: per metering point the largest reading, added over the points."""
    if demand.given is not None:
        return arithmetic.input(demand.given)
    by_point = []
    for readings in demand.points:
        largest: Value | None = None
        for reading, multiplier in readings:
            shown = arithmetic.input(reading)
            value = shown if multiplier is None else shown * arithmetic.input(multiplier)
            largest = value if largest is None else maximum(largest, value)
        if largest is not None:
            by_point.append(largest)
    return named(Term.MAXIMUM_DEMAND, total(by_point)) if by_point else None
