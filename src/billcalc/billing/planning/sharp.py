"""Sharp energy where there is no sharp hour, or no sharp price: whether it is billed at peak.

The sharp register of a meter counts the same hours every day. Where an area has sharp hours on some days only, what it
shows of the others is not sharp; a month with both kinds of day is told by intervals, or given, but not by a register.
"""

from collections.abc import Sequence

from billcalc.agreement.models import Group
from billcalc.billing.plan_metering import PointPlan, SharpRules
from billcalc.billing.plan_registers import Run
from billcalc.billing.planning.band_hours import band_hours
from billcalc.billing.planning.case import Case, refuse
from billcalc.billing.planning.prices import Paid, paid_in, priced_bands
from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.spans import Span
from billcalc.kernel.troubles import Refusal
from billcalc.metering.models import ChildKind, Register
from billcalc.tariff.conventions import SharpElsewhere, WithoutSharp
from billcalc.vocabulary import Band

__all__ = ["plan_sharp"]


def plan_sharp(case: Case, points: Sequence[PointPlan]) -> SharpRules:
    """What becomes of the sharp energy of each group in each piece.

    Whether there are sharp hours is asked only of groups whose meters have a sharp and a peak register.
    """
    no_hours: list[tuple[str, int]] = []
    no_price: list[tuple[str, int]] = []
    untold: list[tuple[str, int, Refusal]] = []
    elsewhere = case.conventions.kwh.sharp_elsewhere
    for group in case.groups:
        feeding = [point for point in points if group in (point.group, *_shared(point))]
        if not any({Band.SHARP, Band.PEAK} <= set(point.bands) for point in feeding):
            continue
        for piece in range(len(case.pieces)):
            terms = case.group(group, piece)
            if terms is None or not terms.time_of_use:
                continue
            if _lacks_price(case, points, group, piece):
                no_price.append((group, piece))
                continue
            hours = _sharp_hours(case, terms, case.pieces[piece].span)
            if hours is False:
                case.notes.decided_by(elsewhere)
                no_hours.append((group, piece))
            elif (
                isinstance(hours, Refusal) and case.notes.cited(elsewhere) is SharpElsewhere.PEAK and _is_read(feeding)
            ):
                untold.append((group, piece, hours))
    return SharpRules(elsewhere.value, tuple(no_hours), tuple(no_price), tuple(untold))


def _shared(point: PointPlan) -> set[str]:
    """The groups that a metering point's energy is shared out to, but for meters of their own."""
    return {child.group for child in point.children if child.kind is not ChildKind.METER}


def _is_read(feeding: Sequence[PointPlan]) -> bool:
    """Whether a register tells the sharp energy, and not intervals or what is given."""
    return any(
        register is Register.SHARP and any(isinstance(each, Run) for each in tellers)
        for point in feeding
        for register, tellers in point.registers
    )


def _lacks_price(case: Case, points: Sequence[PointPlan], group: str, piece: int) -> bool:
    """Whether a group that has a part of a meter's energy has no sharp price, and is billed at peak for it."""
    if case.conventions.sub_meters.without_sharp.value is not WithoutSharp.PEAK:
        return False
    if not any(group in _shared(point) for point in points):
        return False
    paid = [each for each in paid_in(case, group, piece) if each.component.is_energy]
    lacks = any(not _prices_sharp(case, each, group, piece) for each in paid)
    if lacks:
        case.notes.cited(case.conventions.sub_meters.without_sharp)
    return lacks


def _prices_sharp(case: Case, paid: Paid, group: str, piece: int) -> bool:
    bands = priced_bands(case, paid, group, piece)
    return bands is None or not bands.isdisjoint((Band.SHARP, Band.TOTAL))


def _sharp_hours(case: Case, terms: Group, span: Span) -> bool | Refusal:
    """Whether the days of a span have sharp hours: all, none, or why that cannot be said of what a register shows.

    Where no document tells the hours, they are what the register counts.
    """
    found = band_hours(case, terms, span, Band.SHARP)
    if isinstance(found, Refusal):
        return found
    if len(found) > 1:
        facts = {"what": Reason.SHARP_ON_SOME_DAYS, "span": str(span)}
        return refuse(RefusalCode.NOT_SUPPORTED, "/metering_points", **facts).refusal
    return found != {False}
