"""Registers as runs between readings, and the quantities that are given instead of them."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from billcalc.billing.plan_metering import PointPlan
from billcalc.billing.plan_registers import Display, GivenEnergy, Run, Unread, untold
from billcalc.billing.planning.case import Case, refuse
from billcalc.billing.planning.given_facts import note_given
from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.slots import Slot
from billcalc.kernel.spans import Span, gaps
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, InvalidInput, Problem, Refused, Severity
from billcalc.kernel.units import DAY, KVARH, KWH, PURE
from billcalc.metering.models import (
    ENERGY_REGISTERS,
    REACTIVE_REGISTERS,
    MeterConfig,
    MeteringPoint,
    Reading,
    ReadingKind,
    Register,
)

__all__ = [
    "CLOSING_KINDS",
    "Teller",
    "check_told",
    "life_of",
    "note_unread",
    "reactive_registers",
    "tellers_of",
    "unread_days",
]

Teller = Run | GivenEnergy
"""What tells the energy of a register in some pieces."""

_STARTS = (ReadingKind.OPENING, ReadingKind.INSTALLATION, ReadingKind.CUT, ReadingKind.ESTIMATED)
CLOSING_KINDS = (ReadingKind.CLOSING, ReadingKind.REMOVAL, ReadingKind.CUT, ReadingKind.ESTIMATED)
_BOTH = (ReadingKind.CUT, ReadingKind.ESTIMATED)


def life_of(case: Case, point: MeteringPoint) -> Span:
    """The days of the period on which there is a meter: what must be read of it.

    A metering point begins with the installation of its first meter and ends with the removal of its last; where a
    meter was there before, or another one follows, that meter's reading is missing instead.
    """
    period = case.request.period.span
    if not point.readings:
        return period
    first, last = point.readings[0], point.readings[-1]
    start, end = period.start, period.end
    if first.kind is ReadingKind.INSTALLATION and all(config.start >= first.at for config in point.config):
        start = first.at
    if last.kind is ReadingKind.REMOVAL and all(config.start < last.at for config in point.config):
        end = last.at
    assert end is not None
    return Span(start, max(end, start + timedelta(days=1)))


def tellers_of(
    case: Case, number: int, point: MeteringPoint
) -> tuple[dict[Register, tuple[Teller, ...]], tuple[Unread, ...]]:
    """What tells the energy of each register of a metering point, and the days of which a register tells nothing.

    What a meter did not have before a day it did not count: that of a register which no reading of a meter shows, or
    which began at zero, is nothing. What is missing otherwise was not read.

    Raises:
        InvalidInput: where readings are out of order or outside the period, or no meter is told for one.
        Refused: where a meter was changed between two readings.
    """
    here = f"/metering_points/{number}"
    _check_readings(case, here, point)
    given = _given(case, number, point)
    _note_estimates(case, here, point)
    life = life_of(case, point)
    meters = _meters(point)
    runs: dict[Register, tuple[Teller, ...]] = {}
    unread: list[Unread] = []
    for register, read in _read(point).items():
        if register in given or register is Register.MAXIMUM_DEMAND:
            continue
        between = _between(here, point, register, read)
        stated = [span for first, last in between if (span := _days_between(point, first, last)) is not None]
        before = _before(point, meters, register, between)
        absent = [*before.values(), *_without(point, meters, register)]
        forgotten = gaps([*stated, *absent], within=life)
        unread.extend(Unread(register, span, forgotten=True) for span in forgotten)
        unread.extend(Unread(register, span, forgotten=False) for span in gaps([*stated, *forgotten], within=life))
        runs[register] = tuple(
            _run(case, here, point, register, first, last, before.get(first)) for first, last in between
        )
    tellers = {register: telling for register in Register if (telling := given.get(register) or runs.get(register))}
    return tellers, tuple(unread)


def unread_days(here: str, point: str, unread: Unread) -> Refused:
    """The refusal of a register that is needed and not read, with both ends of the days it tells nothing of."""
    return refuse(RefusalCode.READING_MISSING, f"{here}/readings", **unread.facts(point))


def reactive_registers(case: Case, number: int, plan: PointPlan, *, needed_by: str) -> tuple[Register, ...]:
    """The reactive registers of a metering point that the convention adds.

    Raises:
        Refused: where it has none of a register and does not say that it is not installed.
    """
    stated = {register for register, _ in plan.registers}
    registers = []
    for reactive in case.notes.decided_by(case.conventions.power_factor.reactive):
        register = Register(reactive.value)
        if register in stated:
            registers.append(register)
        elif register not in case.request.metering_points[number].not_installed:
            raise refuse(
                RefusalCode.REGISTER_MISSING, f"/metering_points/{number}", point=plan.id, register=register.value,
                needed_by=needed_by,
            )  # fmt: skip
        else:
            case.notes.ask(f"/metering_points/{number}/not_installed/{register.value}")
    check_told(number, plan, registers)
    return tuple(registers)


def check_told(number: int, plan: PointPlan, registers: Sequence[Register]) -> None:
    """Refuse days on which one of some registers was not read, or no meter had any of them."""
    found = untold(plan.unread, registers)
    if found is not None:
        raise unread_days(f"/metering_points/{number}", plan.id, found)


def note_unread(case: Case, points: Sequence[PointPlan]) -> None:
    """Tell of registers that were not read and that the bill did not need."""
    for number, point in enumerate(points):
        for unread in (each for each in point.unread if each.forgotten):
            where = f"/metering_points/{number}/readings"
            problem = Problem(ProblemCode.REGISTER_UNREAD, Severity.NOTE, where, unread.facts(point.id))
            case.notes.note(problem)


def _meters(point: MeteringPoint) -> list[list[int]]:
    """The places of the readings of each meter, from what puts it in to what takes it out."""
    meters: list[list[int]] = [[]]
    for index, reading in enumerate(point.readings):
        if reading.kind is ReadingKind.INSTALLATION and meters[-1]:
            meters.append([])
        meters[-1].append(index)
        if reading.kind is ReadingKind.REMOVAL:
            meters.append([])
    return [meter for meter in meters if meter]


def _days_between(point: MeteringPoint, first: int, last: int) -> Span | None:
    """The days between two readings; None where both are of one day, as of a meter put in and taken out on it."""
    start, end = point.readings[first].at, point.readings[last].at
    return Span(start, end) if start < end else None


def _without(point: MeteringPoint, meters: Sequence[Sequence[int]], register: Register) -> list[Span]:
    """The days of the meters that do not have a register."""
    spans = [
        _days_between(point, meter[0], meter[-1])
        for meter in meters
        if all(register not in point.readings[index].registers for index in meter)
    ]
    return [span for span in spans if span is not None]


def _before(
    point: MeteringPoint, meters: Sequence[Sequence[int]], register: Register, between: Sequence[tuple[int, int]]
) -> dict[int, Span]:
    """By the reading a run begins with: the days before it on which its meter did not have the register yet."""
    found = {}
    for meter in meters:
        shown = [index for index in meter if register in point.readings[index].registers]
        span = _days_between(point, meter[0], shown[0]) if shown else None
        if span is not None and any(first == shown[0] for first, _ in between):
            found[shown[0]] = span
    return found


def _read(point: MeteringPoint) -> dict[Register, list[int]]:
    """The places of the readings of each register."""
    read: dict[Register, list[int]] = {}
    for index, reading in enumerate(point.readings):
        for register in reading.registers:
            read.setdefault(register, []).append(index)
    return {register: read[register] for register in Register if register in read}


def _check_readings(case: Case, here: str, point: MeteringPoint) -> None:
    faults: list[Fault] = []
    period = case.request.period.span
    days = [reading.at for reading in point.readings]
    if days != sorted(days):
        faults.append(Fault(FaultCode.READINGS_NOT_ORDERED, f"{here}/readings", {}))
    for index, day in enumerate(days):
        if day not in period and day != period.end:
            facts = {"day": str(day), "span": str(period)}
            faults.append(Fault(FaultCode.READING_OUTSIDE, f"{here}/readings/{index}/at", facts))
    starts = [config.start for config in point.config]
    for index, start in enumerate(starts):
        if start in starts[:index]:
            facts = {"reason": Reason.TWO_METERS, "start": str(start)}
            faults.append(Fault(FaultCode.INCONSISTENT, f"{here}/config/{index}/from", facts))
    if days and not starts:
        faults.append(Fault(FaultCode.MISSING_KEY, f"{here}/config", {"key": "config"}))
    elif days and min(starts) > min(days):
        facts = {"reason": Reason.METER_TOLD_LATE, "start": str(min(starts)), "day": str(min(days))}
        faults.append(Fault(FaultCode.INCONSISTENT, f"{here}/config/{starts.index(min(starts))}/from", facts))
    faults.extend(_exchange_faults(here, point))
    if faults:
        raise InvalidInput(faults)


def _exchange_faults(here: str, point: MeteringPoint) -> Iterator[Fault]:
    """Meters that took the place of another and counted for some days, and that config does not tell of."""
    starts = {config.start for config in point.config}
    for _, meter in pairwise(_meters(point)):
        put_in, last = point.readings[meter[0]], point.readings[meter[-1]]
        if put_in.kind is ReadingKind.INSTALLATION and put_in.at not in starts and put_in.at < last.at:
            facts = {"reason": Reason.METER_UNTOLD, "day": str(put_in.at)}
            yield Fault(FaultCode.INCONSISTENT, f"{here}/readings/{meter[0]}", facts)


def _note_estimates(case: Case, here: str, point: MeteringPoint) -> None:
    """Tell of each estimate that closes a run; one that the period begins with is settled here."""
    for index, reading in enumerate(point.readings):
        if index > 0 and reading.kind is ReadingKind.ESTIMATED:
            facts = {"point": point.id, "day": str(reading.at)}
            where = f"{here}/readings/{index}"
            case.notes.note(Problem(ProblemCode.ESTIMATED_READING, Severity.NOTE, where, facts))


def _between(here: str, point: MeteringPoint, register: Register, read: Sequence[int]) -> list[tuple[int, int]]:
    """The readings of a register that open and close its runs."""
    found = []
    opened = latest = None
    for index in read:
        kind = point.readings[index].kind
        _check_order(here, point, register, index, opened=opened, latest=latest, is_last=index == read[-1])
        if opened is not None and kind in CLOSING_KINDS:
            found.append((opened, index))
            opened = None
        if kind in _STARTS:
            opened = latest = index
    return found


def _check_order(
    here: str,
    point: MeteringPoint,
    register: Register,
    index: int,
    *,
    opened: int | None,
    latest: int | None,
    is_last: bool,
) -> None:
    """Find readings that contradict the one before: what a register moved between them would be lost.

    Raises:
        InvalidInput: where a run is opened or closed twice, or the period goes on after its closing reading, or a
            register was read twice on one day.
    """
    reading = point.readings[index]
    reason = None
    if reading.kind is ReadingKind.CLOSING and not is_last:
        reason = Reason.READ_AFTER_CLOSING
    elif reading.kind in CLOSING_KINDS and reading.kind not in _BOTH and opened is None and latest is not None:
        reason = Reason.CLOSED_NOT_OPEN
    elif reading.kind is ReadingKind.OPENING and opened is not None and point.readings[opened].at == reading.at:
        reason = Reason.OPENED_TWICE
    elif opened is not None and _is_same_look(point.readings[opened], reading):
        reason = Reason.READ_AGAIN_THAT_DAY
    if reason is not None:
        facts = {"reason": reason, "register": register.value, "day": str(reading.at)}
        raise InvalidInput([Fault(FaultCode.INCONSISTENT, f"{here}/readings/{index}", facts)])


def _is_same_look(before: Reading, reading: Reading) -> bool:
    """Whether one meter was read, not estimated, twice on one day: between the two it counted nothing."""
    starts, ends = (ReadingKind.OPENING, ReadingKind.CUT), (ReadingKind.CUT, ReadingKind.CLOSING)
    return before.at == reading.at and before.kind in starts and reading.kind in ends


def _run(
    case: Case,
    here: str,
    point: MeteringPoint,
    register: Register,
    first: int,
    last: int,
    begins: Span | None,
) -> Run:
    opening, closing = point.readings[first], point.readings[last]
    config = _config(point, opening)
    for other in point.config:
        between = opening.at < other.start < closing.at
        unread = other.start == closing.at and closing.kind in _BOTH and other.meter != config.meter
        if between or unread:
            raise refuse(
                RefusalCode.CHANGE_WITHOUT_READING, f"{here}/readings", what=Reason.THE_METER, day=str(other.start),
                point=point.id,
            )  # fmt: skip
    span = Span(opening.at, closing.at) if opening.at < closing.at else None
    pieces = _pieces(case, opening, span)
    unit = KVARH if register in REACTIVE_REGISTERS else KWH
    of = (point.id, register.value)
    opened, closed = (f"{here}/readings/{index}/{register.value}" for index in (first, last))
    use = "closing" if closing.kind in _BOTH else ""  # it closes one run and opens the next
    multiplier = f"{here}/config/{point.config.index(config)}/multiplier"
    return Run(
        opening=case.notes.slot(opened, opening.registers[register], unit, Term.OPENING_READING, *of),
        closing=case.notes.slot(closed, closing.registers[register], unit, Term.CLOSING_READING, *of, use=use),
        multiplier=case.notes.slot(multiplier, config.multiplier, PURE, Term.MULTIPLIER, point.id),
        rollover=Decimal(10) ** config.digits if register in closing.rollover else None,
        pieces=pieces,
        shows=Display(config.digits, config.decimals),
        days=_days(case, span, pieces) if span is not None and len(pieces) > 1 else (),
        settles=opening.kind is ReadingKind.ESTIMATED,
        begins=begins,
    )


def _config(point: MeteringPoint, reading: Reading) -> MeterConfig:
    """The meter that runs from a reading on."""
    return max((config for config in point.config if config.start <= reading.at), key=lambda config: config.start)


def _pieces(case: Case, opening: Reading, span: Span | None) -> tuple[int, ...]:
    """The pieces a run goes through; one that begins and ends on one day belongs to the piece of that day."""
    numbered = list(enumerate(case.pieces))
    if span is not None:
        return tuple(number for number, piece in numbered if piece.span.intersect(span) is not None)
    return (max(number for number, piece in numbered if number == 0 or piece.span.start <= opening.at),)


def _days(case: Case, span: Span, pieces: tuple[int, ...]) -> tuple[Slot, ...]:
    """Slots of the days that a run has in each of its pieces."""
    found = []
    for piece in pieces:
        shared = case.pieces[piece].span.intersect(span)
        assert shared is not None
        use = f"days/{shared.start}/{shared.end}"
        found.append(case.notes.computed(use, shared.days, DAY, Term.DAYS, str(shared)))
    return tuple(found)


def _given(case: Case, number: int, point: MeteringPoint) -> dict[Register, tuple[Teller, ...]]:
    here, pieces = f"/metering_points/{number}", tuple(range(len(case.pieces)))
    days = _days(case, case.request.period.span, pieces) if len(pieces) > 1 else ()
    found: dict[Register, tuple[Teller, ...]] = {}
    faults = []
    for name, stated, allowed, unit in (
        ("kwh", point.given.kwh, ENERGY_REGISTERS, KWH),
        ("kvarh", point.given.kvarh, REACTIVE_REGISTERS, KVARH),
    ):
        for register, quantity in stated.items():
            where = f"{here}/given/{name}/{register.value}"
            if register not in allowed:
                facts = {"value": register.value, "known": ", ".join(allowed)}
                faults.append(Fault(FaultCode.UNKNOWN_WORD, where, facts))
            slot = case.notes.slot(where, quantity, unit, Term.GIVEN_ENERGY, point.id, register.value)
            found[register] = (GivenEnergy(slot, pieces, days),)
        if stated:
            note_given(case, number, name, frozenset(stated))
    if faults:
        raise InvalidInput(faults)
    return found
