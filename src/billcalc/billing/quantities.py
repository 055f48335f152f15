"""QUANTITIES: readings and given quantities → energy per group and band, reactive energy, maximum demand."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial, reduce
from typing import Any

from billcalc.billing.charges.components import BilledQuantity
from billcalc.billing.doubts import Doubt, OtherReading, Reading
from billcalc.billing.losses.billed import billed_parts, counting_parts
from billcalc.billing.losses.energies import PointLoss, losses_of, raised_demand
from billcalc.billing.losses.methods import Loss
from billcalc.billing.losses.records import LossesPlan
from billcalc.billing.plan_demand import MaximumDemand
from billcalc.billing.plan_metering import EnergyRules, PointPlan, SharpRules
from billcalc.billing.plan_registers import GivenEnergy, Run, Unread
from billcalc.billing.request import Request
from billcalc.billing.sub_meters import ByBand, share_out
from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.decimals import ONE, ZERO
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, Problem, Refusal, Severity
from billcalc.kernel.units import KVARH, KWH
from billcalc.kernel.values import Arithmetic, Rounding, Value, absolute, choose, maximum, named, rounded, total
from billcalc.metering.declared import check_shown
from billcalc.metering.energy import difference, read_energy, split_by_days
from billcalc.metering.models import ENERGY_REGISTERS, REACTIVE_REGISTERS, REGISTER_OF, Register
from billcalc.tariff.conventions import EnergySource, Remainder
from billcalc.vocabulary import Band

__all__ = ["EnergyPart", "Quantities", "maximum_demand", "measure", "settling_points"]


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
        parts: each kWh of the bill, once; what was lost in parts of its own.
        registers: what each register counted, by metering point, register and piece [kWh or kvarh].
        losses: of each metering point and segment.
        lost: by metering point and piece, what of its losses counts in a power factor beside its registers.
        tiers: what is worked out of it by tiers, once for all lines that price it.
    """

    parts: Sequence[EnergyPart]
    registers: Mapping[tuple[str, Register, int], Value]
    losses: Sequence[PointLoss] = ()
    lost: Mapping[tuple[str, int], Loss] = field(default_factory=dict)
    tiers: dict[object, Any] = field(default_factory=dict)
    _sums: dict[tuple[str, tuple[int, ...], Band], Value] = field(default_factory=dict)
    _billed: dict[tuple[str, tuple[int, ...], tuple[Band, ...]], BilledQuantity | None] = field(default_factory=dict)

    def energy(self, *, group: str, pieces: tuple[int, ...], band: Band) -> Value | None:
        """The energy of a group in a band over some pieces [kWh]; one value, however many lines price it."""
        key = (group, pieces, band)
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

    def energy_at(self, supply_point: str) -> Value | None:
        """The energy of a supply point over all days [kWh]; None where nothing was measured at it."""
        found = [kwh for part in self.parts if part.supply_point == supply_point for kwh in part.kwh.values()]
        return named(Term.BILLED_ENERGY, total(found), supply_point) if found else None

    def billed(self, *, group: str, pieces: tuple[int, ...], bands: tuple[Band, ...]) -> BilledQuantity | None:
        """The energy of a group in some bands [kWh], of which each line that prices it is one reading; None of none."""
        key = (group, pieces, bands)
        if key not in self._billed:
            found = {band: self.energy(group=group, pieces=pieces, band=band) for band in bands}
            by_band = {band: energy for band, energy in found.items() if energy is not None}
            self._billed[key] = BilledQuantity.of(by_band) if by_band else None
        return self._billed[key]


def measure(points: Sequence[PointPlan], rules: EnergyRules, lost: LossesPlan, arithmetic: Arithmetic) -> Quantities:
    """Compute every quantity of a plan."""
    parts: list[EnergyPart] = []
    counted: dict[tuple[str, Register, int], Value] = {}
    gross: dict[tuple[str, int], ByBand] = {}
    for number, point in enumerate(points):
        registers: dict[Register, dict[int, Value]] = {
            register: _register(point, register, tellers, rules, arithmetic) for register, tellers in point.registers
        }
        for register, by_piece in registers.items():
            counted.update({(point.id, register, piece): value for piece, value in by_piece.items()})
        for piece in (piece for block in point.blocks for piece in block):
            gross[point.id, piece] = _bands(point, registers, piece)
        _compare_total(number, point, registers, rules, arithmetic)
        _compare_intervals(number, point, registers, rules, arithmetic)
    arithmetic.settle()
    losses = losses_of(lost, gross, counted, arithmetic)
    losses_at: defaultdict[str, list[PointLoss]] = defaultdict(list)
    for loss in losses:
        losses_at[loss.point].append(loss)
    counting: dict[tuple[str, int], Loss] = {}
    for number, point in enumerate(points):
        billed = share_out(point, number, gross, rules, arithmetic)
        for loss in losses_at[point.id]:
            added = billed_parts(loss, point.group, billed, gross, lost)
            counting.update(counting_parts(loss, added, gross, lost))
            billed = [*billed, *added]
        shared = [
            (group, piece, _sharp_at_peak(rules.sharp, group, piece, kwh, arithmetic)) for group, piece, kwh in billed
        ]
        parts.extend(EnergyPart(group, point.id, point.supply_point, piece, kwh) for group, piece, kwh in shared)
    quantities = Quantities(parts, counted, losses, counting)
    _check_signs(points, quantities, arithmetic)
    return quantities


def _sharp_at_peak(rules: SharpRules, group: str, piece: int, kwh: ByBand, arithmetic: Arithmetic) -> ByBand:
    """The energy of a group in a piece, with what is sharp by the register and not by the tariff billed at peak."""
    if Band.SHARP not in kwh:
        return kwh
    for refusal in [why for of_group, of_piece, why in rules.untold if (of_group, of_piece) == (group, piece)]:
        arithmetic.require(kwh[Band.SHARP] <= 0, refusal)
    if not rules.at_peak(group, piece):
        return kwh
    both = [kwh[band] for band in (Band.PEAK, Band.SHARP) if band in kwh]
    peak = named(Term.BILLED_ENERGY, total(both), group, Band.PEAK.value)
    return {Band.PEAK: peak, **{band: energy for band, energy in kwh.items() if band not in (Band.PEAK, Band.SHARP)}}


def _check_signs(points: Sequence[PointPlan], quantities: Quantities, arithmetic: Arithmetic) -> None:
    """Refuse energy below zero: given corrections, or bands above the total, may take off more than there was.

    Where an estimate is settled it may be: then what was billed too much is given back.
    """
    settling = settling_points(points)
    settled = {part.group for part in quantities.parts if part.point in settling}
    for group, piece, band in dict.fromkeys(
        (part.group, part.piece, band) for part in quantities.parts for band in part.kwh
    ):
        if group in settled:
            continue
        energy = quantities.energy(group=group, pieces=(piece,), band=band)
        assert energy is not None
        refusal = Refusal(RefusalCode.NEGATIVE_ENERGY, "/metering_points", {"group": group, "band": band.value})
        arithmetic.require(energy >= 0, refusal, energy=energy)


def settling_points(points: Sequence[PointPlan]) -> frozenset[str]:
    """The metering points at which an estimate is settled: what they count may be below zero."""
    return frozenset(point.id for point in points if any(map(_settles, point.registers)))


def _settles(stated: tuple[Register, Sequence[Run | GivenEnergy]]) -> bool:
    return any(isinstance(teller, Run) and teller.settles for teller in stated[1])


def _register(
    point: PointPlan,
    register: Register,
    tellers: Sequence[Run | GivenEnergy],
    rules: EnergyRules,
    arithmetic: Arithmetic,
) -> dict[int, Value]:
    """One register's energy in each piece."""
    rounding = rules.reading
    by_piece: defaultdict[int, list[Value]] = defaultdict(list)
    of = (point.id, register.value)
    for teller in tellers:
        if isinstance(teller, GivenEnergy):
            energy = arithmetic.input(teller.slot)
        else:
            _check_beginning(point, register, teller, arithmetic)
            energy = _read(teller, rounding, of, arithmetic)
        if teller.days:
            days = [arithmetic.input(slot) for slot in teller.days]
            shared = split_by_days(energy=energy, days=days, step=rules.reading.step, of=of)
        else:
            shared = (energy,)
        for piece, part in zip(teller.pieces, shared, strict=True):
            by_piece[piece].append(part)
    return {piece: named(Term.METERED_ENERGY, total(values), *of) for piece, values in by_piece.items()}


def _check_beginning(point: PointPlan, register: Register, run: Run, arithmetic: Arithmetic) -> None:
    """A register that its meter showed from some day on began at zero then, or it was not read before."""
    if run.begins is None:
        return
    opening = arithmetic.input(run.opening)
    facts = Unread(register, run.begins, forgotten=True).facts(point.id)
    energy = [*(REGISTER_OF[band] for band in point.bands), *([Register.TOTAL] if point.total_is_billed else [])]
    if register in (*energy, *REACTIVE_REGISTERS):
        arithmetic.require(opening <= 0, Refusal(RefusalCode.READING_MISSING, run.opening.where, facts))
    else:
        problem = Problem(ProblemCode.REGISTER_UNREAD, Severity.NOTE, run.opening.where, facts)
        arithmetic.report(opening > 0, problem)


def _read(run: Run, rounding: Rounding, of: tuple[str, ...], arithmetic: Arithmetic) -> Value:
    rollover = None
    if run.rollover is not None:
        unit = KVARH if Register(of[1]) in REACTIVE_REGISTERS else KWH
        rollover = arithmetic.constant(run.rollover, term=Term.ROLLOVER_RANGE, unit=unit)
    opening, closing = arithmetic.input(run.opening), arithmetic.input(run.closing)
    counted = difference(opening=opening, closing=closing, rollover_range=rollover)
    where = run.closing.where
    multiplier = arithmetic.input(run.multiplier)
    for shown, slot in ((opening, run.opening.where), (closing, where)):
        check_shown(shown, slot, of[1], digits=run.shows.digits, decimals=run.shows.decimals, arithmetic=arithmetic)
    fault = Fault(FaultCode.CLOSING_BELOW_OPENING, where, {"register": of[1]})
    facts = {"point": of[0], "register": of[1]}
    if not run.settles:
        arithmetic.require(counted >= 0, fault, opening=opening, closing=closing)
    if run.rollover is not None:
        rose = Fault(FaultCode.ROLLOVER_AND_RISE, where, {"register": of[1]})
        arithmetic.require(closing < opening, rose, opening=opening, closing=closing)
        problem = Problem(ProblemCode.ROLLOVER_LARGE, Severity.DOUBT, where, {**facts, "range": str(run.rollover)})
        arithmetic.report(counted + counted > run.rollover, problem, counted=counted)
    energy = read_energy(counted=counted, multiplier=multiplier, rounding=rounding, of=of)
    if run.settles:
        problem = Problem(ProblemCode.BELOW_ESTIMATE, Severity.NOTE, where, facts)
        arithmetic.report(energy < 0, problem, energy=energy)
    return energy


def _bands(point: PointPlan, registers: Mapping[Register, Mapping[int, Value]], piece: int) -> dict[Band, Value]:
    """The billed bands of a metering point in a piece, before its sub-meters."""
    found = {
        band: stated for band in point.bands if (stated := registers.get(REGISTER_OF[band], {}).get(piece)) is not None
    }
    if point.total_is_billed:
        whole = registers[Register.TOTAL][piece]
        others = [value for band, value in found.items() if band is not Band.FLAT]
        flat = whole - total(others) if others else whole
        found[Band.FLAT] = named(Term.FLAT_REMAINDER, flat, point.id)
    return found


def _compare_total(
    number: int,
    point: PointPlan,
    registers: Mapping[Register, Mapping[int, Value]],
    rules: EnergyRules,
    arithmetic: Arithmetic,
) -> None:
    """Report a total register that does not show the sum of the bands.

    It is a doubt, with the money of the other one, beyond what the last digits of the registers make: each register is
    read to one at both ends, and rounded.
    """
    if not point.held_against:
        return
    total_kwh = total(list(registers[Register.TOTAL].values()))
    bands_kwh = total([value for band in point.held_against for value in registers[REGISTER_OF[band]].values()])
    apart = absolute(total_kwh - bands_kwh)
    where, facts = f"/metering_points/{number}", {"point": point.id}
    told = {"total": total_kwh, "bands": bands_kwh}
    most = _last_digits(point, rules, arithmetic)
    if most is not None:
        reading = Reading.BY_BANDS if point.bills_total else Reading.BY_TOTAL
        other = OtherReading(reading, request=partial(_by_source, is_total=not point.bills_total))
        doubt = Doubt(ProblemCode.TOTAL_DIFFERS_FROM_BANDS, Severity.DOUBT, where, facts, others=(other,))
        arithmetic.report(apart > most, doubt, **told)
        apart = choose(apart > most, apart - apart, apart)
    problem = Problem(ProblemCode.TOTAL_DIFFERS_FROM_BANDS, Severity.NOTE, where, facts)
    arithmetic.report(apart > 0, problem, **told)


def _last_digits(point: PointPlan, rules: EnergyRules, arithmetic: Arithmetic) -> Value | None:
    """By how much a total and its bands may be apart for the digits they are read to [kWh]; None where no data tell."""
    if rules.register_step is None:
        return None
    compared = {Register.TOTAL, *(REGISTER_OF[band] for band in point.held_against)}
    tellers = [teller for register, tellers in point.registers if register in compared for teller in tellers]
    rounded_off = _kwh(rules.reading.step * len(tellers), arithmetic)
    steps = [
        _kwh(rules.register_step if each.shows.decimals is None else ONE.scaleb(-each.shows.decimals), arithmetic)
        * arithmetic.input(each.multiplier)
        for each in tellers
        if isinstance(each, Run)
    ]
    return total([rounded_off, *steps])


def _kwh(number: Decimal, arithmetic: Arithmetic) -> Value:
    return arithmetic.constant(number, term=Term.METERED_ENERGY, unit=KWH)


def _by_source(request: Request, *, is_total: bool) -> Request:
    """A request that says whether the total register or the bands tell the energy."""
    source = EnergySource.TOTAL if is_total else EnergySource.BANDS
    kwh = request.conventions.kwh.model_copy(update={"source": source, "remainder": Remainder.REPORT})
    return request.model_copy(update={"conventions": request.conventions.model_copy(update={"kwh": kwh})})


def _compare_intervals(
    number: int,
    point: PointPlan,
    registers: Mapping[Register, Mapping[int, Value]],
    rules: EnergyRules,
    arithmetic: Arithmetic,
) -> None:
    """Report a register that was read beside intervals and does not show what they sum to."""
    rounding = rules.reading
    none = _kwh(ZERO, arithmetic)
    for register, runs in point.compared:
        read = total([_read(run, rounding, (point.id, register.value), arithmetic) for run in runs])
        telling = ENERGY_REGISTERS if register is Register.TOTAL else (register,)
        energies = [value for each in telling for value in registers.get(each, {}).values()]
        summed = total(energies or [none])
        facts = {"point": point.id, "register": register.value}
        problem = Problem(ProblemCode.INTERVALS_DIFFER, Severity.DOUBT, f"/metering_points/{number}", facts)
        for differs in (read > summed, read < summed):
            arithmetic.report(differs, problem, read=read, intervals=summed)


def maximum_demand(
    demand: MaximumDemand,
    arithmetic: Arithmetic,
    *,
    of: str,
    band: str = "",
    rounding: Rounding | None = None,
    losses: Sequence[PointLoss] | None = None,
) -> Value:
    """The maximum demand of a supply point [kW]: per metering point the largest reading, added over the points.

    What is shown (register × multiplier) or given is rounded where the convention ``basic.demand_round`` rounds it.

    Args:
        demand: by metering point.
        arithmetic: makes the values.
        of: the supply point.
        band: of which band it is; none where it is of all hours.
        rounding: of a metering point's demand, or None.
        losses: of the metering points, for what they add to it; None for what the meters show.
    """
    name = (of, band) if band else (of,)
    if demand.given is not None:
        given = arithmetic.input(demand.given)
        return given if rounding is None else named(Term.MAXIMUM_DEMAND, rounded(given, rounding), *name)
    by_point = []
    for readings in demand.points:
        shown = [
            arithmetic.input(each.demand)
            if each.multiplier is None
            else arithmetic.input(each.demand) * arithmetic.input(each.multiplier)
            for each in readings
        ]
        largest = reduce(maximum, shown)
        if losses is not None and readings[0].loss is not None:
            largest = raised_demand(largest, readings[0].loss, losses, arithmetic)
        by_point.append(largest if rounding is None else rounded(largest, rounding))
    whole = reduce(maximum, by_point) if demand.is_largest else total(by_point)
    return named(Term.MAXIMUM_DEMAND, whole, *name)
