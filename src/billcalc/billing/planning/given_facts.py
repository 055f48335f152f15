"""What is given instead of computed: told on the bill, with the money of what was measured where meters tell it too."""

from collections.abc import Collection, Sequence
from functools import partial

from billcalc.billing.doubts import OtherReading, Reading
from billcalc.billing.planning.case import Case
from billcalc.billing.request import GivenFacts, Request
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Problem, Severity
from billcalc.metering.models import REACTIVE_REGISTERS, MeteringPoint, Register

__all__ = ["note_given", "note_given_power_factor"]


def note_given(case: Case, number: int, name: str, given: frozenset[Register]) -> None:
    """Tell of the energies that are given at a metering point, under ``kwh`` or ``kvarh``."""
    noted = _note(case, f"/metering_points/{number}/given/{name}", name)
    point = case.request.metering_points[number]
    measured = given if point.intervals is not None and name == "kwh" else _read(point) & given
    if measured:
        without = partial(_as_measured, number=number, name=name, measured=measured)
        case.notes.doubt(noted, OtherReading(Reading.AS_MEASURED, request=without))


def note_given_power_factor(case: Case, scope: str, facts: GivenFacts, name: str) -> None:
    """Tell of the power factor of a scope that is given, or of its ratio, which goes before it."""
    noted = _note(case, f"/facts/{scope}/{name}", name)
    if name == "power_factor_ratio" and facts.cosphi is not None:
        without = partial(_without_facts, scope=scope, dropped=(name,))
        case.notes.doubt(noted, OtherReading(Reading.GIVEN_POWER_FACTOR, request=without))
    points = case.request.metering_points
    if any(point.given.kvarh or _read(point).intersection(REACTIVE_REGISTERS) for point in points):
        without = partial(_without_facts, scope=scope, dropped=("power_factor_ratio", "cosphi"))
        case.notes.doubt(noted, OtherReading(Reading.AS_MEASURED, request=without))


def _note(case: Case, pointer: str, fact: str) -> int:
    return case.notes.note(Problem(ProblemCode.GIVEN_FACT, Severity.NOTE, pointer, {"fact": fact}))


def _read(point: MeteringPoint) -> frozenset[Register]:
    """The registers of which a metering point has a reading."""
    return frozenset(register for reading in point.readings for register in reading.registers)


def _as_measured(request: Request, *, number: int, name: str, measured: Collection[Register]) -> Request:
    """A request without what is given of some registers of a metering point."""
    points = list(request.metering_points)
    given = points[number].given
    kept = {register: value for register, value in getattr(given, name).items() if register not in measured}
    points[number] = points[number].model_copy(update={"given": given.model_copy(update={name: kept})})
    return request.model_copy(update={"metering_points": tuple(points)})


def _without_facts(request: Request, *, scope: str, dropped: Sequence[str]) -> Request:
    """A request without some of the facts that are given of a scope."""
    facts = request.facts[scope].model_copy(update=dict.fromkeys(dropped))
    return request.model_copy(update={"facts": {**request.facts, scope: facts}})
