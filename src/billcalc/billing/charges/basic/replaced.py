"""Transformers that take each other's place within a cycle."""

from collections.abc import Sequence

from billcalc.agreement.models import Transformer
from billcalc.billing.charges.basic.records import ReplacedCapacity
from billcalc.billing.planning.capacity import kva_slot, pieces_standing
from billcalc.billing.planning.case import Case
from billcalc.billing.planning.shares import days_apart
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.decimals import ONE
from billcalc.kernel.slots import Slot
from billcalc.kernel.spans import Span
from billcalc.kernel.troubles import Problem, Severity

__all__ = ["replaced_capacity"]


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
        relieving = {
            each.transformer: kva_slot(case, name, piece, each)
            for each in case.standings[name][piece]
            if each.share == ONE and len(pieces_standing(case, name, each)) < len(billed)
        }
        if not relieving or case.agreement_of(piece).supply_points[name].interlocked:
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
