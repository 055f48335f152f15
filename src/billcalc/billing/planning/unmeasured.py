"""Bands that a group has a price of and a metering point tells nothing of."""

from collections.abc import Collection, Iterator, Mapping

from billcalc.billing.charges.energy.charge import ENERGY
from billcalc.billing.plan import Plan
from billcalc.billing.plan_metering import PointPlan
from billcalc.billing.planning.band_hours import band_hours
from billcalc.billing.planning.case import Case, refuse
from billcalc.billing.planning.prices import paid_in, priced_bands
from billcalc.kernel.codes import ProblemCode, RefusalCode
from billcalc.kernel.troubles import Problem, Refusal, Severity
from billcalc.metering.models import REGISTER_OF, ChildKind
from billcalc.vocabulary import BANDS, Band

__all__ = ["find_unmeasured"]

_EVERY_DAY = (Band.PEAK, Band.VALLEY)
"""The bands that every day has where they have a price; of the others there are hours in some seasons alone."""


def find_unmeasured(case: Case, plan: Plan) -> Iterator[Problem]:
    """A doubt for each band of the price that a meter by bands does not tell.

    The energy of its hours would be billed at nothing where no register counts them, or in the band of another one.
    Where it is said that the register is not installed, other registers count the hours that there are. Where nothing
    tells whether there are any, a total register that is read beside the bands shows whether they leave something out.

    Raises:
        Refused: where there are hours of a band that not every day has, and nothing is said of its register.
    """
    codes = {(line.name.group, part.code) for line in plan.charges.of(ENERGY) for part in line.parts}
    priced = {group: _priced(case, codes, group) for group in case.groups}
    hours: dict[tuple[str, Band], set[bool]] = {}
    for number, (measured, point) in enumerate(zip(plan.points, case.request.metering_points, strict=True)):
        if measured.bands == (Band.TOTAL,) or point.intervals is not None:
            continue
        for group, band in _untold(priced, measured):
            if band not in _EVERY_DAY and (group, band) not in hours:
                hours[group, band] = _hours(case, codes, group, band)
            found = _unmeasured(case, hours.get((group, band), set()), number, measured, group, band)
            if found is not None:
                yield found


def _unmeasured(
    case: Case, hours: set[bool], number: int, measured: PointPlan, group: str, band: Band
) -> Problem | None:
    here, register = f"/metering_points/{number}", REGISTER_OF[band]
    is_told = register in case.request.metering_points[number].not_installed
    if is_told:
        case.notes.ask(f"{here}/not_installed/{register.value}")
    facts = {"point": measured.id, "register": register.value, "group": group}
    if True in hours and not is_told:
        facts = {"point": measured.id, "register": register.value, "needed_by": "time of use"}
        raise refuse(RefusalCode.REGISTER_MISSING, here, **facts)
    if True in hours or (is_told and band in _EVERY_DAY):
        return Problem(ProblemCode.BAND_NOT_INSTALLED, Severity.DOUBT, here, facts)
    shows_all = band not in _EVERY_DAY and bool(measured.held_against)
    if is_told or shows_all or hours:
        return None
    return Problem(ProblemCode.BAND_NOT_MEASURED, Severity.DOUBT, here, facts)


def _untold(priced: Mapping[str, set[Band]], measured: PointPlan) -> Iterator[tuple[str, Band]]:
    """The bands that a metering point does not tell and one of its groups has a price of, each with the first group."""
    groups = (measured.group, *(child.group for child in measured.children if child.kind is not ChildKind.METER))
    for band in BANDS:
        paying = [group for group in groups if band in priced.get(group, ())]
        if paying and band not in measured.bands:
            yield paying[0], band


def _hours(case: Case, codes: Collection[tuple[str, str]], group: str, band: Band) -> set[bool]:
    """Whether the days on which a group has a price of a band have hours of it; nothing where that is not known."""
    found: set[bool] = set()
    for piece, each in enumerate(case.pieces):
        terms = case.group(group, piece)
        if terms is None or band not in _priced_in(case, codes, group, piece):
            continue
        hours = band_hours(case, terms, each.span, band)
        if isinstance(hours, Refusal) or not hours:
            return set()
        found |= hours
    return found


def _priced(case: Case, codes: Collection[tuple[str, str]], group: str) -> set[Band]:
    """The bands in which something on the bill of a group with time of use has a price of its own."""
    return {band for piece in range(len(case.pieces)) for band in _priced_in(case, codes, group, piece)}


def _priced_in(case: Case, codes: Collection[tuple[str, str]], group: str, piece: int) -> set[Band]:
    terms = case.group(group, piece)
    if terms is None or not terms.time_of_use:
        return set()
    return {
        band
        for each in paid_in(case, group, piece)
        if (group, each.component.code) in codes
        for band in priced_bands(case, each, group, piece) or ()
    }
