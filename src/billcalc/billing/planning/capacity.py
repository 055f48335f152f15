"""The capacity of a supply point: which transformers are billed for which part of the month."""

from collections.abc import Sequence
from decimal import Decimal

from billcalc.billing.piece import Standing
from billcalc.billing.plan_metering import Capacity, CapacityPart
from billcalc.billing.planning.case import Case
from billcalc.billing.planning.shares import month_share
from billcalc.kernel.decimals import ONE
from billcalc.kernel.slots import Slot
from billcalc.kernel.sources import Source
from billcalc.kernel.spans import Span
from billcalc.kernel.terms import Term
from billcalc.kernel.units import KVA
from billcalc.vocabulary import Kind

__all__ = ["capacity_parts", "kva_slot", "lines_of_supply", "pieces_standing", "running_capacities"]


def capacity_parts(
    case: Case, name: str, span: Span, piece: int, together: Sequence[Sequence[str]] = ()
) -> tuple[CapacityPart, ...]:
    """Every transformer that is billed in a segment, with the share of the month it was in service.

    Of those that are interlocked, one at a time can run: they are one part, the largest of them. Lines of supply are
    one part where the largest of them is billed.

    Args:
        case: the planning state.
        name: the supply point.
        span: the segment.
        piece: the first of its pieces.
        together: the lines of which the largest is billed.

    Source: 供电营业规则 1996 art. 85, 条文未见; an exercise bills the larger of two that are interlocked.
    """
    sets = _sets(case, name, piece, together)
    held = {transformer for alternatives in sets for line in alternatives for transformer in line}
    found: list[tuple[Capacity, Decimal, list[int], str]] = [
        (((kva_slot(case, name, piece, each),),), each.share, pieces_standing(case, name, each),
         f"{each.transformer.id}/{each.share}")
        for each in case.standings[name][piece]
        if each.share > 0 and (each.transformer.id not in held or each.share < ONE)
    ]  # fmt: skip
    for alternatives in sets:
        capacity = _largest_of(case, name, piece, alternatives)
        if capacity:
            members = {transformer for line in alternatives for transformer in line}
            found.append((capacity, ONE, _pieces_of_any(case, name, members), "/".join(sorted(members))))
    parts = []
    for capacity, due, pieces, what in found:
        share = month_share(case, span, served=case.spans(pieces), what=f"capacity/{name}/{what}")
        if share is not None:
            parts.append(CapacityPart(capacity, share, due, None if due == ONE else _law_of_dues(case, span)))
    return tuple(parts)


def _law_of_dues(case: Case, span: Span) -> Source:
    """The document that leaves a part of the charge due; stops are found by it, so there is one."""
    return case.catalog.in_force(Kind.CHANGES_OF_USE, case.request.area, span.start).source


def _pieces_of_any(case: Case, name: str, members: set[str]) -> list[int]:
    """The pieces in which one of some transformers is billed."""
    return [
        number
        for number, standings in enumerate(case.standings[name])
        if any(each.transformer.id in members and each.share == ONE for each in standings)
    ]


def running_capacities(
    case: Case, name: str, piece: int, together: Sequence[Sequence[str]] = ()
) -> tuple[Capacity, ...]:
    """The capacities that a floor is of: of what is not stopped, and of a set of which one can run the largest."""
    sets = _sets(case, name, piece, together)
    held = {transformer for alternatives in sets for line in alternatives for transformer in line}
    alone: list[Capacity] = [
        ((kva_slot(case, name, piece, each),),)
        for each in case.standings[name][piece]
        if each.share == ONE and each.transformer.id not in held
    ]
    return (*alone, *filter(None, (_largest_of(case, name, piece, alternatives) for alternatives in sets)))


def lines_of_supply(case: Case, name: str, piece: int) -> tuple[tuple[str, ...], ...]:
    """The lines that stand by for each other at a supply point; none of which one alone has transformers."""
    lines = case.agreement_of(piece).supply_points[name].mutual_standby
    billed = {each.transformer.id for each in case.standings[name][piece] if each.share == ONE}
    return lines if sum(not billed.isdisjoint(line) for line in lines) > 1 else ()


def _sets(case: Case, name: str, piece: int, together: Sequence[Sequence[str]]) -> list[tuple[tuple[str, ...], ...]]:
    """The sets of which the largest is billed: alternatives, each of transformers that run together."""
    interlocked = case.agreement_of(piece).supply_points[name].interlocked
    for number in range(len(interlocked)):
        case.notes.ask(f"/agreement/{case.pieces[piece].agreement}/supply_points/{name}/interlocked/{number}")
    lines = [tuple(tuple(line) for line in together)] if together else []
    return [*(tuple((transformer,) for transformer in each) for each in interlocked), *lines]


def _largest_of(case: Case, name: str, piece: int, alternatives: Sequence[Sequence[str]]) -> Capacity:
    """The capacities of which the largest sum is billed; empty where none of the transformers is billed."""
    slots = {
        each.transformer.id: kva_slot(case, name, piece, each)
        for each in case.standings[name][piece]
        if each.share == ONE
    }
    found = (tuple(slots[transformer] for transformer in line if transformer in slots) for line in alternatives)
    return tuple(filter(None, found))


def pieces_standing(case: Case, name: str, standing: Standing) -> list[int]:
    """The pieces in which a transformer, with this capacity, is billed in this share."""
    return [piece for piece, stated in enumerate(_stated(case, name)) if standing.stated in stated]


def _stated(case: Case, name: str) -> Sequence[frozenset[tuple[str, Decimal, Decimal]]]:
    """What is billed of a supply point in each piece; found once, for there may be hundreds of transformers."""
    if name not in case.stated:
        case.stated[name] = [frozenset(each.stated for each in found) for found in case.standings[name]]
    return case.stated[name]


def kva_slot(case: Case, name: str, piece: int, standing: Standing) -> Slot:
    """The slot of a transformer's capacity."""
    here = f"/agreement/{case.pieces[piece].agreement}/supply_points/{name}/transformers/{standing.number}"
    return case.notes.slot(f"{here}/kva", standing.transformer.kva, KVA, Term.CAPACITY, standing.transformer.id)
