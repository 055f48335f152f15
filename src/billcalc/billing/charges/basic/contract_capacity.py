"""What the discount for intensive use compares the energy of a customer with: the capacity of all transformers."""

from collections.abc import Mapping

from billcalc.billing.plan_metering import CapacityPart, Share
from billcalc.billing.planning.case import Case, runs
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Problem, Severity
from billcalc.kernel.units import DAY, KVA

__all__ = ["contract_capacity", "part_period"]


def part_period(case: Case) -> Share | None:
    """The days of a period that is a part of its cycle, and those of the cycle; None where it is the whole of it."""
    period, cycle = case.request.period.span, case.request.cycle.span
    if period == cycle:
        return None
    days, whole = (
        case.notes.computed(f"days/{span.start}/{span.end}", span.days, DAY, Term.DAYS, str(span))
        for span in (period, cycle)
    )
    return Share(days, whole)


def contract_capacity(case: Case, supply_point: str) -> tuple[tuple[CapacityPart, ...], int | None]:
    """Every transformer of the customer, of all supply points, whatever its state: what the energy is compared with.

    Where the capacity changed within the period it is averaged by days, with a problem; where it or the energy is not
    known there is none, with a problem.

    Returns:
        Them, and the place of the problem; or None.
    """
    missing = [
        {"missing": Reason.CAPACITY_OF, "of": name}
        for _, entry in case.entries
        for name, point in entry.supply_points.items()
        if not point.transformers
    ]
    if not case.request.metering_points:
        missing.append({"missing": Reason.ENERGY_OF_ALL})
    if missing:
        return (), _doubt(case, ProblemCode.DISCOUNT_NOT_TESTED, supply_point, missing[0])
    all_kva = [_all_transformers(case, piece) for piece in range(len(case.pieces))]
    found = runs(range(len(case.pieces)), lambda before, piece: all_kva[before] == all_kva[piece])
    noted = _doubt(case, ProblemCode.DISCOUNT_CAPACITY_CHANGED, supply_point, {}) if len(found) > 1 else None
    return tuple(part for run in found for part in _parts(case, run, is_all=len(found) == 1)), noted


def _doubt(case: Case, code: ProblemCode, supply_point: str, missing: Mapping[str, str]) -> int:
    facts = {"supply_point": supply_point, **missing}
    where = f"/agreement/{case.entries[0][0]}/supply_points/{supply_point}/transformers"
    return case.notes.note(Problem(code, Severity.DOUBT, where, facts))


def _all_transformers(case: Case, piece: int) -> frozenset[tuple[str, str, object]]:
    """The capacities of an entry by supply point and transformer, whatever their states."""
    points = case.agreement_of(piece).supply_points
    return frozenset((name, each.id, each.kva) for name, point in points.items() for each in point.transformers)


def _parts(case: Case, run: tuple[int, ...], *, is_all: bool) -> list[CapacityPart]:
    index = case.pieces[run[0]].agreement
    share = Share(whole=True)
    if not is_all:
        span = case.span_of(run)
        period = case.request.period.span
        days = case.notes.computed(f"days/{span.start}/{span.end}", span.days, DAY, Term.DAYS, str(span))
        share = Share(
            days, case.notes.computed(f"days/{period.start}/{period.end}", period.days, DAY, Term.DAYS, str(period))
        )
    return [
        CapacityPart(
            ((case.notes.slot(
                f"/agreement/{index}/supply_points/{name}/transformers/{number}/kva",
                each.kva, KVA, Term.CAPACITY, each.id,
            ),),),
            share,
        )
        for name, point in case.request.agreement[index].supply_points.items()
        for number, each in enumerate(point.transformers)
    ]  # fmt: skip
