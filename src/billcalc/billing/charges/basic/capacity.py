"""The capacity of a supply point: which transformers are billed for which part of the month."""

from collections.abc import Sequence
from decimal import Decimal

from billcalc.agreement.models import SupplyPoint, Transformer, TransformerState
from billcalc.billing.charges.basic.records import CapacityPart, ReplacedCapacity
from billcalc.billing.planning.case import Case
from billcalc.billing.planning.shares import days_apart, month_share
from billcalc.kernel.slots import Slot
from billcalc.kernel.spans import Span
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Problem, Severity
from billcalc.kernel.units import KVA
from billcalc.kernel.wording import ProblemCode

__all__ = ["capacity_parts", "kva_slot", "replaced_capacity"]


def capacity_parts(case: Case, here: str, name: str, span: Span, point: SupplyPoint) -> tuple[CapacityPart, ...]:
    """Every transformer that is billed in a segment, with the share of the month it was in service."""
    parts = []
    for number, transformer in enumerate(point.transformers):
        served = case.spans(_pieces_in_service(case, name, transformer))
        if transformer.state is not TransformerState.IN_SERVICE:
            continue
        share = month_share(case, span, served=served, what=f"capacity/{name}/{transformer.id}")
        if share is not None:
            parts.append(CapacityPart(kva_slot(case, here, name, number, transformer), share))
    return tuple(parts)


def replaced_capacity(case: Case, name: str, span: Span, billed: Sequence[int]) -> tuple[ReplacedCapacity, int] | None:
    """What transformers that took each other's place kept in service through the whole cycle.

    Each is billed by its own thirtieths, and in a cycle of 31 days those of one and the other are 31: more than a month
    for a kVA that was in service all the time. Like the thirtieths of a transformer that stays, what is too much or too
    little is the last segment's.

    Args:
        case: the planning state.
        name: the supply point.
        span: the segment.
        billed: the pieces in which it is billed by capacity.

    Returns:
        It and the place of the doubt about it; or None.

    Source: 供电营业规则 1996 art. 84: the charge is by the month, and a day is a thirtieth of it.
    """
    cycle = case.request.cycle.span
    all_pieces = list(range(len(case.pieces)))
    if span.end != cycle.end or case.request.period.span != cycle or list(billed) != all_pieces:
        return None
    runs: dict[frozenset[Transformer], tuple[Slot, ...]] = {}
    changes = []
    before: frozenset[Transformer] = frozenset()
    for piece in billed:
        here = f"/agreement/{case.pieces[piece].agreement}"
        point = case.agreement_of(piece).supply_points[name]
        relieving = {
            each: kva_slot(case, here, name, number, each)
            for number, each in enumerate(point.transformers)
            if each.state is TransformerState.IN_SERVICE and len(_pieces_in_service(case, name, each)) < len(billed)
        }
        if not relieving:
            return None
        if relieving.keys() != before:
            changes.append(case.pieces[piece].span.start)
            before = frozenset(relieving)
        runs.setdefault(before, tuple(relieving.values()))
    apart = days_apart(case, changes[1:])
    if apart is None:
        return None
    facts = {"supply_point": name, "days": str(cycle.days)}
    where = f"/agreement/{case.pieces[-1].agreement}/supply_points/{name}/transformers"
    noted = case.notes.note(Problem(ProblemCode.CAPACITY_REPLACED, Severity.DOUBT, where, facts))
    return ReplacedCapacity(tuple(runs.values()), apart), noted


def _pieces_in_service(case: Case, supply_point: str, transformer: Transformer) -> list[int]:
    """The pieces in which a transformer, with this capacity, was in service."""
    stated = (transformer.id, transformer.kva)
    return [piece for piece, served in enumerate(_in_service(case, supply_point)) if stated in served]


def _in_service(case: Case, supply_point: str) -> Sequence[frozenset[tuple[str, Decimal]]]:
    """The transformers of a supply point that are in service in each piece; found once, for there may be hundreds."""
    if supply_point not in case.in_service:
        points = (case.agreement_of(piece).supply_points.get(supply_point) for piece in range(len(case.pieces)))
        case.in_service[supply_point] = [
            frozenset(
                (each.id, each.kva)
                for each in (() if point is None else point.transformers)
                if each.state is TransformerState.IN_SERVICE
            )
            for point in points
        ]
    return case.in_service[supply_point]


def kva_slot(case: Case, here: str, supply_point: str, number: int, transformer: Transformer) -> Slot:
    """The slot of a transformer's capacity."""
    pointer = f"{here}/supply_points/{supply_point}/transformers/{number}/kva"
    return case.notes.slot(pointer, transformer.kva, KVA, Term.CAPACITY, transformer.id)
