"""Plans what ``billing/declared.py`` holds against declared facts: billed demands, largest intervals."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial
from heapq import nlargest
from itertools import pairwise

from billcalc.agreement.models import BasicMode
from billcalc.billing.charges.basic.records import BasicPlan, DemandPlan
from billcalc.billing.doubts import OtherReading, Reading
from billcalc.billing.plan_checks import CapacityCheck, ContractCheck, IntervalCheck
from billcalc.billing.plan_metering import PointPlan
from billcalc.billing.plan_series import is_usual, per_hour
from billcalc.billing.planning.capacity import kva_slot
from billcalc.billing.planning.case import Case
from billcalc.billing.planning.intervals import measured
from billcalc.billing.planning.limits import limits_of
from billcalc.billing.request import Request
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.decimals import EXACT, ZERO, decimal_text
from billcalc.kernel.slots import Slot
from billcalc.kernel.spans import Span
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Problem, Severity
from billcalc.kernel.units import KW
from billcalc.metering.intervals import FillRule
from billcalc.metering.measures import Largest
from billcalc.metering.models import MeteringPoint
from billcalc.tariff.plausibility import DemandLimits, IntervalLimits
from billcalc.vocabulary import Billing, TransformerState

__all__ = [
    "capacity_checks",
    "contract_checks",
    "interval_checks",
    "note_spikes",
    "pieces_of",
    "running_of",
]

_HOURS_OF_DAY, _MINUTES_OF_HOUR = 24, 60


def pieces_of(case: Case, span: Span) -> tuple[int, ...]:
    """The pieces that have a day of some."""
    return tuple(number for number, piece in enumerate(case.pieces) if piece.span.intersect(span) is not None)


def contract_checks(case: Case, basic: Sequence[BasicPlan]) -> tuple[ContractCheck, ...]:
    """What each contracted demand is held against, where transformers are in service."""
    limits = limits_of(case.plausible)
    found = []
    for plan in basic if limits is not None else ():
        if isinstance(plan, DemandPlan) and plan.contract is not None:
            capacities = running_of(case, plan.terms.supply_point, pieces_of(case, plan.terms.span))
            if capacities:
                assert limits is not None, "there are limits"
                found.append(ContractCheck(plan.terms.supply_point, plan.contract.demand, capacities, limits))
    return tuple(found)


def capacity_checks(case: Case, points: Sequence[PointPlan]) -> tuple[CapacityCheck, ...]:
    """What the energy of each supply point is held against of which transformers are told.

    It is that of all days, and beside it that of days between two readings on which nothing was in service.
    """
    limits = limits_of(case.plausible)
    found = []
    for name in case.supply_points if limits is not None else ():
        assert limits is not None, "there are limits"
        whole = range(len(case.pieces))
        stretches = [whole, *(each for each in _read_apart(points, name) if each != tuple(whole))]
        checks = (_capacity_check(case, name, each, limits) for each in stretches)
        found += [check for check in checks if check is not None and (check.pieces == tuple(whole) or _stands(check))]
    return tuple(found)


def _stands(check: CapacityCheck) -> bool:
    """Whether none of the transformers is in service."""
    return not any(slots for slots, _ in check.in_service)


def _read_apart(points: Sequence[PointPlan], supply_point: str) -> Iterator[tuple[int, ...]]:
    """The pieces of which the metering points of a supply point were read by themselves."""
    blocks = [set(point.blocks) for point in points if point.supply_point == supply_point and not point.is_child]
    yield from sorted(set.intersection(*blocks)) if blocks else ()


def _capacity_check(case: Case, supply_point: str, pieces: Sequence[int], limits: DemandLimits) -> CapacityCheck | None:
    inside = {child.point for point in case.request.metering_points for child in point.children}
    at = [each for each in case.request.metering_points if each.supply_point == supply_point and each.id not in inside]
    in_service, are_all = [], True
    for number in pieces:
        piece = case.pieces[number]
        standings = case.standings[supply_point][number]
        slots = tuple(kva_slot(case, supply_point, number, each) for each in standings if each.runs)
        if not slots and not (standings and _pays_basic(case, at, number)):
            return None
        in_service.append((slots, piece.span.days * _HOURS_OF_DAY))
        are_all = are_all and len(slots) == len(standings)
    again = OtherReading(Reading.IN_SERVICE, request=partial(_in_service, supply_point=supply_point))
    return CapacityCheck(
        supply_point=supply_point,
        where=f"/agreement/{case.pieces[pieces[0]].agreement}/supply_points/{supply_point}/transformers",
        span=Span(case.pieces[pieces[0]].span.start, case.pieces[pieces[-1]].span.end),
        points=tuple(each.id for each in at),
        pieces=tuple(pieces),
        in_service=tuple(in_service),
        limits=limits,
        others=() if are_all else (again,),
    )


def _pays_basic(case: Case, points: Sequence[MeteringPoint], piece: int) -> bool:
    """Whether a group of some metering points pays a basic charge: of others what is in service need not be told."""
    entry = case.agreement_of(piece)
    groups = {group for point in points for group in (point.group, *(child.group for child in point.children))}
    pays = any(entry.groups[name].billing is Billing.TWO_PART for name in groups if name in entry.groups)
    return pays and entry.basic.mode is not BasicMode.EXEMPT


def _in_service(request: Request, *, supply_point: str) -> Request:
    """A request whose supply point has all its transformers in service, and no order that stops one."""
    entries = []
    for entry in request.agreement:
        points = dict(entry.supply_points)
        if supply_point in points:
            standing = points[supply_point].transformers
            running = tuple(each.model_copy(update={"state": TransformerState.IN_SERVICE}) for each in standing)
            points[supply_point] = points[supply_point].model_copy(update={"transformers": running})
        entries.append(entry.model_copy(update={"supply_points": points}))
    orders = tuple(each for each in request.changes if each.supply_point != supply_point or not each.stops)
    return request.model_copy(update={"agreement": tuple(entries), "changes": orders})


def running_of(case: Case, supply_point: str, pieces: Sequence[int]) -> tuple[tuple[Slot, ...], ...]:
    """By piece the slots of the transformers in service; empty where one piece has none."""
    found = {}
    for piece in pieces:
        standings = case.standings[supply_point][piece]
        found[tuple(each.stated for each in standings if each.runs)] = tuple(
            kva_slot(case, supply_point, piece, each) for each in standings if each.runs
        )
    return tuple(found.values()) if all(found.values()) else ()


def interval_checks(case: Case) -> tuple[IntervalCheck, ...]:
    """What the largest interval of each metering point is held against, where its transformers are told."""
    limits = limits_of(case.plausible)
    checks = [
        _interval_check(case, number, point, limits)
        for number, point in enumerate(case.request.metering_points)
        if limits is not None
    ]
    return tuple(check for check in checks if check is not None)


def _interval_check(case: Case, number: int, point: MeteringPoint, limits: DemandLimits) -> IntervalCheck | None:
    stated = point.intervals
    if stated is None or _MINUTES_OF_HOUR % stated.step:
        return None
    capacities = running_of(case, point.supply_point, range(len(case.pieces)))
    if not capacities or not stated.known:
        return None
    place = stated.values.index(stated.largest)
    where = f"/metering_points/{number}/intervals/values/{place}"
    kw = measured(case, number, Largest(per_hour(stated)), KW, Term.MAXIMUM_DEMAND, point.id, use="kw")
    start = stated.start + place * timedelta(minutes=stated.step)
    without = OtherReading(Reading.FILLED, request=partial(_without, number=number, places=(place,)))
    return IntervalCheck(point.id, where, str(start), kw, capacities, limits, without)


def _without(request: Request, *, number: int, places: Sequence[int]) -> Request:
    """A request with some intervals taken as missing and filled as their neighbours tell."""
    points = list(request.metering_points)
    intervals = points[number].intervals
    assert intervals is not None, "the doubt is about an interval"
    values = list(intervals.values)
    for place in places:
        values[place] = None
    filled = intervals.model_copy(update={"values": tuple(values), "fill": FillRule.NEIGHBOURS})
    points[number] = points[number].model_copy(update={"intervals": filled})
    return request.model_copy(update={"metering_points": tuple(points)})


def note_spikes(case: Case, limits: IntervalLimits | None) -> bool:
    """Doubt the largest intervals of a point where few stand far above the others, with the money without; whether."""
    before = len(case.notes.problems)
    for number, point in enumerate(case.request.metering_points if limits is not None else ()):
        assert limits is not None, "there are limits"
        stated = point.intervals
        if stated is None or is_usual(stated, limits):
            continue
        values = ((each, -place) for place, each in enumerate(stated.values) if each is not None)
        times = per_hour(stated)
        largest = [(EXACT.multiply(each, times), place) for each, place in nlargest(limits.among + 1, values)]
        steps = (
            count
            for count, ((kw, _), (below, _)) in enumerate(pairwise(largest), start=1)
            if kw >= limits.least and kw > EXACT.multiply(max(below, ZERO), limits.times)
        )
        if (count := next(steps, None)) is not None:
            kw, place = largest[0]
            start = stated.start - place * timedelta(minutes=stated.step)
            told = {"kw": decimal_text(kw), "limit": decimal_text(largest[count][0]), "count": str(count)}
            where = f"/metering_points/{number}/intervals/values/{-place}"
            facts = {"point": point.id, "start": str(start), **told}
            noted = case.notes.note(Problem(ProblemCode.INTERVAL_ABOVE_OTHERS, Severity.DOUBT, where, facts))
            places = tuple(-each for _, each in largest[:count])
            case.notes.doubt(
                noted, OtherReading(Reading.FILLED, request=partial(_without, number=number, places=places))
            )
    return len(case.notes.problems) > before
