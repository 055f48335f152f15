"""Metering points: their registers as runs between readings, their bands, their sub-meters."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from billcalc.billing.plan import ChildPlan, EnergyRules, GivenEnergy, PointPlan, Run, Share
from billcalc.billing.planning.basic import month_share
from billcalc.billing.planning.context import Context, refuse
from billcalc.kernel.spans import Span
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.units import DAY, KVARH, KWH, PURE
from billcalc.kernel.wording import FaultCode, RefusalCode
from billcalc.metering.models import (
    ENERGY_REGISTERS,
    REACTIVE_REGISTERS,
    Child,
    ChildKind,
    MeterConfig,
    MeteringPoint,
    Reading,
    ReadingKind,
    Register,
)
from billcalc.tariff.conventions import EnergySource, FromBands, RatioOf, Remainder, SubMeterKind
from billcalc.vocabulary import BANDS, Band

__all__ = ["energy_rules", "group_bands", "plan_points", "register_runs"]

_STARTS = (ReadingKind.OPENING, ReadingKind.INSTALLATION, ReadingKind.CUT)
_ENDS = (ReadingKind.CLOSING, ReadingKind.REMOVAL, ReadingKind.CUT)


def energy_rules(context: Context) -> EnergyRules:
    """The conventions that turn readings into energies."""
    return EnergyRules(
        round_reading=_decimal(context.convention("kwh.round.reading")),
        round_source=context.conventions.source("kwh.round.reading"),
        ratio_of=RatioOf(str(context.conventions["sub_meters.ratio_of"])),
        from_bands=FromBands(str(context.conventions["sub_meters.from_bands"])),
    )


def plan_points(context: Context) -> tuple[PointPlan, ...]:
    """The plan of every metering point, sub-meters before the points they are taken off.

    Raises:
        InvalidInput: with everything that is wrong with the points and their readings.
        Refused: where a register that is billed is missing.
    """
    points = context.request.metering_points
    children = {child.point for point in points for child in point.children if child.point is not None}
    faults = _reference_faults(context)
    if faults:
        raise InvalidInput(faults)
    return tuple(_plan_point(context, index, point, point.id in children) for index, point in enumerate(points))


def _reference_faults(context: Context) -> list[Fault]:
    """References to groups, supply points and metering points that are not there, and ids that stand twice."""
    points = context.request.metering_points
    entries = context.request.agreement
    groups = {group for entry in entries for group in entry.groups}
    supply_points = {supply_point for entry in entries for supply_point in entry.supply_points}
    ids = [point.id for point in points]
    faults = []

    def check(where: str, kind: str, name: str, known: Sequence[str] | set[str]) -> None:
        if name not in known:
            facts = {"kind": kind, "id": name, "known": ", ".join(sorted(known))}
            faults.append(Fault(FaultCode.UNKNOWN_REFERENCE, where, facts))

    for index, point in enumerate(points):
        here = f"/metering_points/{index}"
        if ids.index(point.id) != index:
            faults.append(Fault(FaultCode.DUPLICATE_ID, f"{here}/id", {"id": point.id}))
        check(f"{here}/group", "group", point.group, groups)
        check(f"{here}/supply_point", "supply point", point.supply_point, supply_points)
        for number, child in enumerate(point.children):
            check(f"{here}/children/{number}/group", "group", child.group, groups)
            if child.point is not None:
                others = [other for other in ids if other != point.id]
                check(f"{here}/children/{number}/point", "metering point", child.point, others)
    return faults


def _plan_point(context: Context, index: int, point: MeteringPoint, is_child: bool) -> PointPlan:  # noqa: FBT001
    here = f"/metering_points/{index}"
    runs = register_runs(context, here, point)
    tellers: dict[Register, tuple[Run | GivenEnergy, ...]] = {**runs, **_given(context, here, point)}
    time_of_use = any(
        entry.groups[point.group].time_of_use for entry in context.request.agreement if point.group in entry.groups
    )
    bands = group_bands(point, tellers, time_of_use=time_of_use)
    has_both = Register.TOTAL in tellers and bands != (Band.TOTAL,)
    total_is_billed = False
    if has_both:
        source = context.convention("kwh.source")
        remainder = context.convention("kwh.remainder")
        total_is_billed = source is EnergySource.TOTAL or remainder is Remainder.FLAT
        if total_is_billed and Band.FLAT not in bands:
            bands = tuple(band for band in BANDS if band in bands or band is Band.FLAT)
    return PointPlan(
        id=point.id,
        group=point.group,
        supply_point=point.supply_point,
        registers=tuple((register, told) for register, told in tellers.items()),
        bands=bands,
        total_is_billed=total_is_billed,
        children=_children(context, here, point),
        is_child=is_child,
    )


def group_bands(point: MeteringPoint, tellers: Mapping[Register, object], *, time_of_use: bool) -> tuple[Band, ...]:
    """The registers a point is billed by.

    Raises:
        Refused: where a time-of-use point has no band register, or another neither a total nor bands.
    """
    bands = tuple(band for band in BANDS if Register(band.value) in tellers)
    if time_of_use:
        if not bands:
            raise refuse(
                RefusalCode.REGISTER_MISSING,
                f"/metering_points/{point.id}",
                point=point.id,
                register="peak, flat, valley",
                needed_by="time of use",
            )
        return bands
    if Register.TOTAL in tellers:
        return (Band.TOTAL,)
    if bands:
        return bands
    raise refuse(
        RefusalCode.REGISTER_MISSING,
        f"/metering_points/{point.id}",
        point=point.id,
        register="total",
        needed_by="the energy charge",
    )


def register_runs(context: Context, here: str, point: MeteringPoint) -> dict[Register, tuple[Run, ...]]:
    """Each register's runs between readings.

    Raises:
        InvalidInput: where readings are out of order, outside the period, or run backwards.
    """
    faults: list[Fault] = []
    period = context.request.period.span
    days = [reading.at for reading in point.readings]
    if days != sorted(days):
        faults.append(Fault(FaultCode.READINGS_NOT_ORDERED, f"{here}/readings", {}))
    for number, reading in enumerate(point.readings):
        if reading.at not in period and reading.at != period.end:
            facts = {"day": str(reading.at), "span": str(period)}
            faults.append(Fault(FaultCode.READING_OUTSIDE, f"{here}/readings/{number}/at", facts))
    if faults:
        raise InvalidInput(faults)
    runs: dict[Register, list[Run]] = {}
    registers = [r for r in Register if r is not Register.MAXIMUM_DEMAND]
    for register in registers:
        opened: int | None = None
        for number, reading in enumerate(point.readings):
            if register not in reading.registers:
                continue
            if opened is not None and reading.kind in _ENDS:
                run = _run(context, here, point, register, opened, number, faults)
                if run is not None:
                    runs.setdefault(register, []).append(run)
                opened = None
            if reading.kind in _STARTS:
                opened = number
    if faults:
        raise InvalidInput(faults)
    _complete(context, point, runs)
    return {register: tuple(found) for register, found in runs.items()}


def _complete(context: Context, point: MeteringPoint, runs: Mapping[Register, Sequence[Run]]) -> None:
    """Refuse where a register's runs leave a part of the period unread."""
    everything = set(range(len(context.pieces)))
    for register, found in runs.items():
        read = {piece for run in found for piece in run.pieces}
        missing = everything - read
        if missing:
            day = context.pieces[min(missing)].span.start
            raise refuse(
                RefusalCode.READING_MISSING,
                f"/metering_points/{point.id}/{register.value}",
                point=point.id,
                day=str(day),
            )


def _run(
    context: Context, here: str, point: MeteringPoint, register: Register, first: int, last: int, faults: list[Fault]
) -> Run | None:
    opening, closing = point.readings[first], point.readings[last]
    config = _config(point, opening)
    if config is None:
        facts = {"key": f"config on {opening.at}"}
        faults.append(Fault(FaultCode.MISSING_KEY, f"{here}/config", facts))
        return None
    start, end = opening.registers[register], closing.registers[register]
    rollover = Decimal(10) ** config.digits if register in closing.rollover else None
    where = f"{here}/readings/{last}/{register.value}"
    span = Span(opening.at, closing.at) if opening.at < closing.at else None
    pieces = tuple(
        number
        for number, piece in enumerate(context.pieces)
        if span is not None and piece.span.intersect(span) is not None
    )
    unit = KWH if register in ENERGY_REGISTERS else KVARH
    of = (point.id, register.value)
    return Run(
        opening=context.slot(f"{here}/readings/{first}/{register.value}", start, unit, Term.OPENING_READING, *of),
        closing=context.slot(where, end, unit, Term.CLOSING_READING, *of)
        if closing.kind is not ReadingKind.CUT
        else _reread(context, where, end, unit, of),
        multiplier=context.slot(
            f"{here}/config/{point.config.index(config)}/multiplier", config.multiplier, PURE, Term.MULTIPLIER, point.id
        ),
        rollover=rollover,
        pieces=pieces,
        days=_days(context, span, pieces) if span is not None and len(pieces) > 1 else (),
    )


def _reread(context: Context, where: str, number: Decimal, unit: str, of: tuple[str, str]) -> str:
    """A reading at a cut closes one run and opens the next: it is one number under two names."""
    return context.slot(f"{where}#closing", number, unit, Term.CLOSING_READING, *of)


def _days(context: Context, span: Span, pieces: tuple[int, ...]) -> tuple[str, ...]:
    """Slots of the days that a run has in each of its pieces."""
    found = []
    for piece in pieces:
        shared = context.pieces[piece].span.intersect(span)
        assert shared is not None
        pointer = f"#days/{shared.start}/{shared.end}"
        found.append(context.slot(pointer, shared.days, DAY, Term.DAYS, str(shared)))
    return tuple(found)


def _config(point: MeteringPoint, reading: Reading) -> MeterConfig | None:
    """The meter that runs from a reading on."""
    valid = [config for config in point.config if config.start <= reading.at]
    return valid[-1] if valid else None


def _given(context: Context, here: str, point: MeteringPoint) -> dict[Register, tuple[GivenEnergy, ...]]:
    pieces = tuple(range(len(context.pieces)))
    days = _days(context, context.request.period.span, pieces) if len(pieces) > 1 else ()
    found: dict[Register, tuple[GivenEnergy, ...]] = {}
    faults = []
    for name, told, allowed, unit in (
        ("kwh", point.given.kwh, ENERGY_REGISTERS, KWH),
        ("kvarh", point.given.kvarh, REACTIVE_REGISTERS, KVARH),
    ):
        for register, number in told.items():
            where = f"{here}/given/{name}/{register.value}"
            if register not in allowed:
                facts = {"value": register.value, "known": ", ".join(allowed)}
                faults.append(Fault(FaultCode.UNKNOWN_WORD, where, facts))
            slot = context.slot(where, number, unit, Term.GIVEN_ENERGY, point.id, register.value)
            found[register] = (GivenEnergy(slot, pieces, days),)
    if faults:
        raise InvalidInput(faults)
    return found


def _children(context: Context, here: str, point: MeteringPoint) -> tuple[ChildPlan, ...]:
    if not point.children:
        return ()
    order = context.convention("sub_meters.order")
    assert isinstance(order, tuple)
    if any(child.kind is ChildKind.RATIO for child in point.children):
        context.convention("sub_meters.ratio_of")
    ranked = sorted(enumerate(point.children), key=lambda numbered: order.index(SubMeterKind(numbered[1].kind.value)))
    return tuple(_child(context, f"{here}/children/{number}", child) for number, child in ranked)


def _child(context: Context, here: str, child: Child) -> ChildPlan:
    time_of_use = any(
        entry.groups[child.group].time_of_use for entry in context.request.agreement if child.group in entry.groups
    )
    value = None
    shares: tuple[Share, ...] = ()
    if child.kind is ChildKind.FIXED and child.value is not None:
        value = context.slot(f"{here}/value", child.value, KWH, Term.FIXED_ENERGY, child.id)
        shares = tuple(month_share(context, (piece,)) for piece in range(len(context.pieces)))
    elif child.value is not None:
        value = context.slot(f"{here}/value", child.value, PURE, Term.SUB_METER_SHARE, child.id)
    if child.band is None and child.kind is not ChildKind.METER:
        context.convention("sub_meters.from_bands")
    return ChildPlan(
        id=child.id,
        kind=child.kind,
        group=child.group,
        value=value,
        point=child.point,
        bands=BANDS if time_of_use else (Band.TOTAL,),
        band=None if child.band is None else Band(child.band.value),
        shares=shares,
    )


def _decimal(raw: object) -> Decimal:
    assert isinstance(raw, Decimal)
    return raw


def read_days(point: MeteringPoint) -> set[date]:
    """The days on which a metering point was read."""
    return {reading.at for reading in point.readings}
