"""The charges of reactive energy: of every group that has a price of it."""

from collections.abc import Iterator, Sequence

from billcalc.billing.charges.reactive.records import ReactivePlan
from billcalc.billing.line_name import LineName
from billcalc.billing.plan_metering import PointPlan
from billcalc.billing.planning.case import Case, refuse, runs
from billcalc.billing.planning.prices import Paid, paid_in, price_part, takes
from billcalc.billing.planning.registers import reactive_registers
from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.decimals import ZERO
from billcalc.kernel.reasons import Reason
from billcalc.kernel.values import Rounding
from billcalc.vocabulary import Band

__all__ = ["plan_reactive"]

KVARH = "kvarh"


def plan_reactive(case: Case, metered: Sequence[PointPlan]) -> Iterator[ReactivePlan]:
    """The charges of reactive energy, each over the pieces in which it is the same.

    Raises:
        Refused: where nothing counts the reactive energy of a group.
    """
    for group in case.groups:
        found: dict[str, dict[int, Paid]] = {}
        for piece in range(len(case.pieces)):
            for paid in paid_in(case, group, piece):
                if paid.component.priced_by == KVARH and paid.component.code not in case.supplied[group]:
                    found.setdefault(paid.component.code, {})[piece] = paid
        for of_pieces in found.values():
            for run in runs(of_pieces, lambda before, piece: _same(case, group, of_pieces, before, piece)):  # noqa: B023
                yield _plan(case, group, run, of_pieces[run[0]], metered)


def _same(case: Case, group: str, paid: dict[int, Paid], before: int, piece: int) -> bool:
    """Whether a piece only prolongs the one before it."""
    scopes = [(case.scopes.of(group, each), case.scopes.standard(group, each)) for each in (before, piece)]
    return paid[before].component == paid[piece].component and scopes[0] == scopes[1]


def _plan(case: Case, group: str, pieces: tuple[int, ...], paid: Paid, metered: Sequence[PointPlan]) -> ReactivePlan:
    component, piece = paid.component, pieces[0]
    terms = case.agreement_of(piece).groups[group]
    in_base = takes(case, component, group, terms)
    points = tuple(
        (point.id, reactive_registers(case, number, point, needed_by="the reactive energy"))
        for number, point in enumerate(metered)
        if point.group == group
    )
    if not points or any(child.group == group for each in case.request.metering_points for child in each.children):
        facts = {"what": Reason.REACTIVE_OF_PARTS, "group": group}
        raise refuse(RefusalCode.NOT_SUPPORTED, "/metering_points", **facts)
    return ReactivePlan(
        name=LineName(component.code, component.label, component.section, group, case.span_of(pieces)),
        part=price_part(case, paid, (Band.TOTAL,), in_base=in_base, group=group, piece=piece),
        free_share=component.free_share or ZERO,
        points=points,
        pieces=pieces,
        rounding=Rounding(component.round.amount),
        scope=case.scopes.of(group, piece),
    )
