"""The maximum demand of a supply point.

What is billed of it, and of a contracted one, is in ``rule.py``.
"""

from collections.abc import Callable, Sequence
from datetime import date

from billcalc.agreement.models import BasicMode
from billcalc.billing.losses.demand import with_loss
from billcalc.billing.plan_demand import MaximumDemand, ShownDemand
from billcalc.billing.plan_registers import Display
from billcalc.billing.planning.case import Case, refuse
from billcalc.billing.planning.intervals import interval_band_demand, interval_demand, note_interval_demand
from billcalc.billing.planning.registers import life_of
from billcalc.kernel.codes import ProblemCode, RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.slots import Slot
from billcalc.kernel.spans import Span, gaps
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Problem, Severity
from billcalc.kernel.units import KW, PURE
from billcalc.metering.models import ChildKind, MeteringPoint, Reading, ReadingKind, Register
from billcalc.vocabulary import Band

__all__ = ["band_demand", "known_part", "measuring", "plan_demand", "untimed_demand"]


def plan_demand(
    case: Case,
    supply_point: str,
    groups: Sequence[str],
    mode: BasicMode,
    span: Span,
    window: Span,
    *,
    is_only: bool,
) -> MaximumDemand | int:
    """The maximum demand that bills a segment; where none was read, the place of the doubt about it.

    It is that of the segment where the registers were read and reset at its ends, else that of all the days with the
    same terms (a price does not change a demand). What was read for other days too is not known to belong to these:
    actual demand is then refused, and contracted demand is billed by the contract alone, with a problem. A demand that
    is given is that of the cycle, and bills a segment where the cycle has no other terms.

    Args:
        case: the planning state.
        supply_point: whose demand it is.
        groups: the groups that pay it: a meter of others does not count.
        mode: actual or contracted.
        span: the segment.
        window: the days around it on the same terms.
        is_only: whether no demand of the supply point has other terms.

    Raises:
        Refused: where actual demand was neither read nor given.
    """
    known = _known_demand(case, supply_point, groups, span, window, is_only=is_only)
    if known is not None:
        slots = [each.demand for shown in known.points for each in shown]
        for number, point in measuring(case, supply_point, groups):
            note_interval_demand(case, number, point, slots)
        for pointer in known.given_at:
            case.notes.note(Problem(ProblemCode.GIVEN_FACT, Severity.NOTE, pointer, {"fact": "demand_kw"}))
        return known
    _check_unchanged(case, supply_point, groups, span)
    where = f"/facts/{supply_point}/demand_kw"
    if mode is BasicMode.ACTUAL:
        raise refuse(RefusalCode.DEMAND_MISSING, where, **_untold(case, supply_point, groups, span))
    facts = {**_untold(case, supply_point, groups, span), "span": str(span)}
    return case.notes.note(Problem(ProblemCode.DEMAND_NOT_READ, Severity.DOUBT, where, facts))


def _untold(case: Case, supply_point: str, groups: Sequence[str], span: Span) -> dict[str, str]:
    """Whose demand is not known and from when to when: the first metering point's that does not tell it."""
    unknown, unread = supply_point, span
    for _, point in measuring(case, supply_point, groups):
        lived = span.intersect(life_of(case, point))
        missing = () if lived is None else gaps([each for _, each in _read_within(point, span)], within=lived)
        if missing:
            unknown, unread = point.id, missing[0]
            break
    return {"supply_point": supply_point, "of": unknown, "start": str(unread.start), "end": str(unread.end)}


def _check_unchanged(case: Case, supply_point: str, groups: Sequence[str], span: Span) -> None:
    """Refuse a meter or multiplier that changes while a demand register runs on: it showed one and is not known which.

    Raises:
        Refused: where a config begins between two readings of the register.
    """
    for number, point in measuring(case, supply_point, groups):
        for _, since in _read_within(point, case.request.period.span):
            day = _changed_on(point, since)
            if day is not None and since.intersect(span) is not None:
                where = f"/metering_points/{number}/readings"
                facts = {"what": Reason.METER_OR_MULTIPLIER, "day": str(day), "point": point.id}
                raise refuse(RefusalCode.CHANGE_WITHOUT_READING, where, **facts)


def _changed_on(point: MeteringPoint, since: Span) -> date | None:
    """The first day inside a span on which the meter or its multiplier changes."""
    return min((each.start for each in point.config if each.start in since and each.start != since.start), default=None)


def untimed_demand(
    case: Case, supply_point: str, groups: Sequence[str], *, billed: MaximumDemand | None
) -> MaximumDemand | None:
    """The maximum demand of the whole period, whatever its terms; None where it is not known or says nothing new.

    Beside a demand that is billed because the meters tell it of the segment alone, only a given one says something new.
    """
    period = case.request.period.span
    known = _known_demand(case, supply_point, groups, period, period, is_only=True)
    return known if known is None or billed is None or known.given_at else None


def known_part(
    case: Case, supply_point: str, groups: Sequence[str], span: Span, *, is_only: bool
) -> MaximumDemand | None:
    """The demands of those metering points that tell theirs, where others do not: at least that much was used at them.

    None where no point tells one, for the registers of a meter that was exchanged unread are no demand of anything.
    """
    return _known_demand(case, supply_point, groups, span, span, is_only=is_only, is_part=True)


def _known_demand(
    case: Case,
    supply_point: str,
    groups: Sequence[str],
    span: Span,
    window: Span,
    *,
    is_only: bool,
    is_part: bool = False,
) -> MaximumDemand | None:
    """The demand that is given or read for a segment; None where neither is, of one point where not a part will do."""
    facts = case.request.facts.get(supply_point)
    metered = measuring(case, supply_point, groups)
    if facts is not None and facts.demand_kw is not None and is_only:
        pointer = f"/facts/{supply_point}/demand_kw"
        slot = case.notes.slot(pointer, facts.demand_kw, KW, Term.MAXIMUM_DEMAND, supply_point)
        return MaximumDemand(slot, (), _all_shown(case, metered, span, window), (pointer,))
    shown: list[tuple[ShownDemand, ...]] = []
    given_at: list[str] = []
    for number, point in metered:
        given = point.given.demand_kw
        if given is not None and is_only:
            pointer = f"/metering_points/{number}/given/demand_kw"
            given_at.append(pointer)
            told = ShownDemand(case.notes.slot(pointer, given, KW, Term.MAXIMUM_DEMAND, point.id))
            shown.append(with_loss(case, number, point, (told,), span))
            continue
        found = None if given is not None else _of_point(case, number, point, span, window)
        if found is None and not is_part:
            return None
        if found:
            shown.append(found)
    if not shown:
        return None
    read = _all_shown(case, metered, span, window) if given_at else ()
    return MaximumDemand(None, tuple(shown), read, tuple(given_at))


def band_demand(case: Case, supply_point: str, groups: Sequence[str], band: Band, span: Span) -> MaximumDemand:
    """The maximum demand of a band over some days: given, or shown by the registers of the band.

    Raises:
        Refused: where it is neither.
    """
    if band is Band.TOTAL:
        known = _known_demand(case, supply_point, groups, span, span, is_only=True)
    else:
        known = _known_of_band(case, supply_point, groups, band, span)
    if known is None:
        where = f"/facts/{supply_point}/demand_by_band_kw"
        raise refuse(RefusalCode.DEMAND_OF_BAND_MISSING, where, supply_point=supply_point, band=band.value)
    fact = "demand_kw" if band is Band.TOTAL else "demand_by_band_kw"
    for pointer in known.given_at:
        case.notes.note(Problem(ProblemCode.GIVEN_FACT, Severity.NOTE, pointer, {"fact": fact}))
    return known


def _known_of_band(
    case: Case, supply_point: str, groups: Sequence[str], band: Band, span: Span
) -> MaximumDemand | None:
    facts = case.request.facts.get(supply_point)
    if facts is not None and band in facts.demand_by_band_kw:
        pointer = f"/facts/{supply_point}/demand_by_band_kw/{band.value}"
        told = facts.demand_by_band_kw[band]
        slot = case.notes.slot(pointer, told, KW, Term.MAXIMUM_DEMAND, supply_point, band.value)
        return MaximumDemand(slot, (), given_at=(pointer,))
    shown, given_at = [], []
    for number, point in measuring(case, supply_point, groups):
        here = f"/metering_points/{number}"
        if band in point.given.demand_by_band_kw:
            pointer, told = f"{here}/given/demand_by_band_kw/{band.value}", point.given.demand_by_band_kw[band]
            slot = case.notes.slot(pointer, told, KW, Term.MAXIMUM_DEMAND, point.id, band.value)
            found: tuple[ShownDemand, ...] = (ShownDemand(slot),)
            given_at.append(pointer)
        else:
            found = _intervals_of_band(case, number, point, band, span) or _registers_of_band(
                case, here, point, band, span
            )
        if not found:
            return None
        shown.append(with_loss(case, number, point, found, span))
    return MaximumDemand(None, tuple(shown), given_at=tuple(given_at)) if shown else None


def _intervals_of_band(
    case: Case, number: int, point: MeteringPoint, band: Band, span: Span
) -> tuple[ShownDemand, ...]:
    """What the intervals of a metering point tell of a band; nothing where they are not to tell it."""
    lived = span.intersect(life_of(case, point))
    slot = None if lived is None else interval_band_demand(case, number, point, lived, band)
    if slot is None:
        return ()
    note_interval_demand(case, number, point, (slot,))
    return (ShownDemand(slot),)


def _registers_of_band(case: Case, here: str, point: MeteringPoint, band: Band, span: Span) -> tuple[ShownDemand, ...]:
    """What the registers of a band show of some days; nothing where they do not tell of all of them."""
    found = _read_within(point, span, lambda reading: band in reading.demand_by_band)
    lived = span.intersect(life_of(case, point))
    if lived is None or gaps([each for _, each in found], within=lived):
        return ()
    if any(_changed_on(point, since) is not None for _, since in found):
        return ()
    shown = []
    for index, since in found:
        number = point.readings[index].demand_by_band[band]
        slot = case.notes.slot(
            f"{here}/readings/{index}/demand_by_band/{band.value}",
            number,
            KW,
            Term.MAXIMUM_DEMAND,
            point.id,
            band.value,
        )
        shown.append(ShownDemand(slot, *_multiplier(case, here, point, since)))
    return tuple(shown)


def _has_none(case: Case, number: int, point: MeteringPoint) -> bool:
    case.notes.ask(f"/metering_points/{number}/not_installed/{Register.MAXIMUM_DEMAND.value}")
    return Register.MAXIMUM_DEMAND in point.not_installed


def _all_shown(
    case: Case, measuring: Sequence[tuple[int, MeteringPoint]], span: Span, window: Span
) -> tuple[tuple[ShownDemand, ...], ...]:
    """What all meters show for a segment, whatever is given; empty where one of them does not tell."""
    found = [_of_point(case, number, point, span, window) for number, point in measuring]
    return tuple(each for each in found if each) if None not in found else ()


def measuring(case: Case, supply_point: str, groups: Sequence[str]) -> list[tuple[int, MeteringPoint]]:
    """The metering points whose demands add up to that of a supply point: not those inside another."""
    points = case.request.metering_points
    inside = {child.point for point in points for child in point.children if child.kind is ChildKind.METER}
    return [
        (number, point)
        for number, point in enumerate(points)
        if point.supply_point == supply_point
        and point.id not in inside
        and (point.group in groups or any(child.group in groups for child in point.children))
        and not _has_none(case, number, point)
    ]


def _of_point(
    case: Case, number: int, point: MeteringPoint, span: Span, window: Span
) -> tuple[ShownDemand, ...] | None:
    """What a metering point's meter shows for a segment, with its loss; None where that is not known."""
    found = _shown_of(case, number, point, span, window)
    return found if found is None else with_loss(case, number, point, found, span)


def _shown_of(
    case: Case, number: int, point: MeteringPoint, span: Span, window: Span
) -> tuple[ShownDemand, ...] | None:
    here = f"/metering_points/{number}"
    life = life_of(case, point)
    lived = span.intersect(life)
    by_intervals = None if lived is None else interval_demand(case, number, point, lived)
    if by_intervals is not None:
        return (ShownDemand(by_intervals),)
    for days in (span, window):
        lived = days.intersect(life)
        if lived is None:
            return ()
        found = _read_within(point, days)
        if any(_changed_on(point, since) is not None for _, since in found):
            return None
        if not gaps([each for _, each in found], within=lived):
            return tuple(_slots(case, here, point, index, since) for index, since in found)
    return None


def _shows_demand(reading: Reading) -> bool:
    return Register.MAXIMUM_DEMAND in reading.registers


def _read_within(
    point: MeteringPoint, days: Span, shows: Callable[[Reading], bool] = _shows_demand
) -> list[tuple[int, Span]]:
    """The readings of a demand register that tell of some days and no others, each with the days it tells of.

    A register is reset when it is read; a meter that is put in starts anew.
    """
    found = []
    reset_on = None
    for index, reading in enumerate(point.readings):
        is_shown = shows(reading)
        if is_shown and reset_on is not None and reset_on < reading.at and reading.kind is not ReadingKind.INSTALLATION:
            since = Span(reset_on, reading.at)
            if days.covers(since):
                found.append((index, since))
        if reset_on is None or is_shown or reading.kind is ReadingKind.INSTALLATION:
            reset_on = reading.at
    return found


def _slots(case: Case, here: str, point: MeteringPoint, index: int, since: Span) -> ShownDemand:
    shown = point.readings[index].registers[Register.MAXIMUM_DEMAND]
    slot = case.notes.slot(f"{here}/readings/{index}/maximum_demand", shown, KW, Term.MAXIMUM_DEMAND, point.id)
    return ShownDemand(slot, *_multiplier(case, here, point, since))


def _multiplier(case: Case, here: str, point: MeteringPoint, since: Span) -> tuple[Slot, Display]:
    """The multiplier of the meter that stands on some days, and what it can show."""
    config = max((each for each in point.config if each.start <= since.start), key=lambda each: each.start)
    pointer = f"{here}/config/{point.config.index(config)}/multiplier"
    multiplier = case.notes.slot(pointer, config.multiplier, PURE, Term.MULTIPLIER, point.id)
    return multiplier, Display(config.digits, config.decimals)
