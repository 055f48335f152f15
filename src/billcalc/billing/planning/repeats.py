"""What stands twice in a request and would be billed twice: meters at two places, parts of a meter, given lines."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from billcalc.billing.charges.given.charge import GIVEN
from billcalc.billing.doubts import Doubt, OtherReading, Reading
from billcalc.billing.line_name import LineName
from billcalc.billing.plan import Plan
from billcalc.billing.request import Request
from billcalc.kernel.codes import FaultCode, ProblemCode
from billcalc.kernel.troubles import Fault, Problem, Severity
from billcalc.metering.models import MeteringPoint, ReadingKind, Register
from billcalc.vocabulary import Band

__all__ = [
    "find_lines_twice",
    "find_meters_again",
    "find_meters_twice",
    "parts_twice",
    "without_lines",
    "without_point",
]


class _Place(NamedTuple):
    """A meter at a metering point, from a day on until another; what was read of it there."""

    where: str
    start: date
    end: date
    registers: frozenset[Register]


def find_meters_twice(request: Request) -> Iterator[Problem]:
    """A doubt for each meter of which one register is read at two metering points at the same time."""
    seen: dict[str, list[tuple[int, _Place]]] = {}
    for number, point in enumerate(request.metering_points):
        for meter, place in _meters(number, point):
            others = [other for at, other in seen.setdefault(meter, []) if at != number]
            if any(
                place.start < other.end and other.start < place.end and place.registers & other.registers
                for other in others
            ):
                facts = {"meter": meter, "point": point.id}
                once = OtherReading(Reading.WITHOUT_POINT, request=partial(without_point, number=number))
                yield Doubt(ProblemCode.METER_TWICE, Severity.DOUBT, place.where, facts, others=(once,))
            seen[meter].append((number, place))


def _meters(number: int, point: MeteringPoint) -> Iterator[tuple[str, _Place]]:
    """Each meter of a metering point, with its days and the registers that were read on them."""
    numbered = sorted(enumerate(point.config), key=lambda each: each[1].start)
    ends = [*(config.start for _, config in numbered[1:]), date.max]
    for (index, config), end in zip(numbered, ends, strict=False):
        read = (each.registers for each in point.readings if config.start <= each.at <= end)
        registers = frozenset(register for shown in read for register in shown)
        where = f"/metering_points/{number}/config/{index}/meter"
        yield config.meter, _Place(where, config.start, end, registers)


def find_meters_again(request: Request) -> Iterator[Problem]:
    """A doubt for each meter that takes its own place: what it counted between removal and installation is lost."""
    for number, point in enumerate(request.metering_points):
        numbered = sorted(enumerate(point.config), key=lambda each: each[1].start)
        put_in = {reading.at for reading in point.readings if reading.kind is ReadingKind.INSTALLATION}
        for (_, before), (index, config) in pairwise(numbered):
            if config.meter == before.meter and config.start in put_in:
                facts = {"point": point.id, "meter": config.meter, "day": str(config.start)}
                where = f"/metering_points/{number}/config/{index}/meter"
                yield Problem(ProblemCode.METER_AGAIN, Severity.DOUBT, where, facts)


def without_point(request: Request, *, number: int) -> Request:
    """A request without one of its metering points."""
    points = request.metering_points
    return request.model_copy(update={"metering_points": (*points[:number], *points[number + 1 :])})


def parts_twice(points: Sequence[MeteringPoint]) -> Iterator[Fault]:
    """A fault for each part of a metering point's energy whose id another part of it has."""
    for number, point in enumerate(points):
        ids = [child.id for child in point.children]
        for index, name in enumerate(ids):
            if name in ids[:index]:
                yield Fault(FaultCode.DUPLICATE_ID, f"/metering_points/{number}/children/{index}/id", {"id": name})


def find_lines_twice(plan: Plan) -> Iterator[Problem]:
    """A doubt for each name that several given lines have: code, label, section, group and band."""
    named: dict[tuple[LineName, Band | None], list[int]] = {}
    for number, line in enumerate(plan.charges.of(GIVEN)):
        named.setdefault((line.name, line.band), []).append(number)
    for (name, _), (first, *others) in named.items():
        if others:
            facts = {"line": name.code, "group": name.group, "first": f"/given/{first}"}
            once = OtherReading(Reading.ONCE, request=partial(without_lines, numbers=frozenset(others)))
            yield Doubt(ProblemCode.GIVEN_TWICE, Severity.DOUBT, f"/given/{others[0]}", facts, others=(once,))


def without_lines(request: Request, *, numbers: Collection[int]) -> Request:
    """A request without some of its given lines."""
    kept = tuple(line for number, line in enumerate(request.given) if number not in numbers)
    return request.model_copy(update={"given": kept})
