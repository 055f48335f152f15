"""Bands that a group has a price of and a metering point tells nothing of."""

from collections.abc import Collection, Iterator

from billcalc.billing.charges.energy.charge import ENERGY
from billcalc.billing.plan import Plan
from billcalc.billing.planning.case import Case
from billcalc.billing.planning.prices import paid_in, priced_bands
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Problem, Severity
from billcalc.metering.models import Register
from billcalc.vocabulary import Band

__all__ = ["find_unmeasured"]

_EVERY_DAY = (Band.PEAK, Band.VALLEY)
"""The bands that every day has where they have a price; there are sharp and deep hours in some seasons alone."""


def find_unmeasured(case: Case, plan: Plan) -> Iterator[Problem]:
    """A doubt for each band of the price that a meter by bands does not tell: its energy would be billed at nothing."""
    codes = {(line.name.group, part.code) for line in plan.charges.of(ENERGY) for part in line.parts}
    for number, (measured, point) in enumerate(zip(plan.points, case.request.metering_points, strict=True)):
        if measured.bands == (Band.TOTAL,) or point.intervals is not None:
            continue
        priced = _priced(case, codes, point.group)
        for band in (each for each in _EVERY_DAY if each in priced and each not in measured.bands):
            register = Register(band.value)
            if register in point.not_installed:
                case.notes.ask(f"/metering_points/{number}/not_installed/{register.value}")
                continue
            facts = {"point": point.id, "register": register.value, "group": point.group}
            yield Problem(ProblemCode.BAND_NOT_MEASURED, Severity.DOUBT, f"/metering_points/{number}", facts)


def _priced(case: Case, codes: Collection[tuple[str, str]], group: str) -> set[Band]:
    """The bands in which something on the bill of a group with time of use has a price of its own."""
    return {
        band
        for piece in range(len(case.pieces))
        if (terms := case.group(group, piece)) is not None and terms.time_of_use
        for each in paid_in(case, group, piece)
        if (group, each.component.code) in codes
        for band in priced_bands(case, each, group, piece) or ()
    }
