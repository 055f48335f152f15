"""The capacity of a supply point: which transformers are in service for which part of the month."""

from collections.abc import Sequence
from decimal import Decimal

from billcalc.agreement.models import SupplyPoint, Transformer, TransformerState
from billcalc.billing.plan_metering import CapacityPart
from billcalc.billing.planning.case import Case
from billcalc.billing.planning.shares import month_share
from billcalc.kernel.slots import Slot
from billcalc.kernel.spans import Span
from billcalc.kernel.terms import Term
from billcalc.kernel.units import KVA

__all__ = ["capacity_parts", "kva_slot", "pieces_in_service"]


def capacity_parts(case: Case, here: str, name: str, span: Span, point: SupplyPoint) -> tuple[CapacityPart, ...]:
    """Every transformer that is billed in a segment, with the share of the month it was in service."""
    parts = []
    for number, transformer in enumerate(point.transformers):
        served = case.spans(pieces_in_service(case, name, transformer))
        if transformer.state is not TransformerState.IN_SERVICE:
            continue
        share = month_share(case, span, served=served, what=f"capacity/{name}/{transformer.id}")
        if share is not None:
            parts.append(CapacityPart(kva_slot(case, here, name, number, transformer), share))
    return tuple(parts)


def pieces_in_service(case: Case, supply_point: str, transformer: Transformer) -> list[int]:
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
