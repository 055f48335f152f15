"""Groups of an assessed scope whose money the adjustment leaves out: never in silence."""

from functools import partial

from billcalc.billing.charges.charge import Planned
from billcalc.billing.doubts import OtherReading, Reading
from billcalc.billing.planning.case import Case
from billcalc.billing.planning.prices import is_apart, is_excluded, paid_in
from billcalc.billing.request import Request
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Problem, Severity

__all__ = ["doubt_what_is_outside"]


def doubt_what_is_outside(case: Case, scope: str, pieces: tuple[int, ...], earlier: Planned) -> None:
    """A doubt for each group that pays and of whose money nothing is adjusted, with the money of it inside.

    It is one, too, where a class alone keeps out what a group pays beside amounts that are given. The agreement may
    say that a group's money is not in the base, and the base of the request may name the group: then it is told.
    """
    span = case.span_of(pieces)
    inside = {group for name, group, days in earlier.adjustable() if name == scope and span.intersect(days)}
    inside.update(line.group for line in case.request.given if line.power_factor != "none")
    paying = {group for group, _ in earlier.priced()}.union(line.group for line in case.request.given)
    base = case.conventions.power_factor.base
    for group in (each for each in case.groups if each in paying.difference(base.value.exclude.groups)):
        piece = next((each for each in pieces if case.group(group, each) is not None), None)
        terms = None if piece is None else case.group(group, piece)
        if piece is None or terms is None or case.scopes.groups.get(group) != scope:
            continue
        is_told = group in inside and (base.source is not None or not is_apart(case, group, terms))
        if is_told or terms.power_factor.money_in_base is False:
            continue
        facts = {"scope": scope, "group": group, "area": case.request.area}
        where = f"/agreement/{case.pieces[piece].agreement}/groups/{group}"
        noted = case.notes.note(Problem(ProblemCode.GROUP_OUTSIDE_BASE, Severity.DOUBT, where, facts))
        if terms.power_factor.money_in_base is None and not all(
            is_excluded(case, each.component) for each in paid_in(case, group, piece)
        ):
            case.notes.doubt(noted, OtherReading(Reading.INSIDE_BASE, request=partial(_with_money_of, group)))


def _with_money_of(group: str, request: Request) -> Request:
    """The request with a group's word that its money is adjusted."""
    agreement = []
    for entry in request.agreement:
        terms = entry.groups.get(group)
        if terms is not None:
            word = terms.power_factor.model_copy(update={"money_in_base": True})
            groups = {**entry.groups, group: terms.model_copy(update={"power_factor": word})}
            entry = entry.model_copy(update={"groups": groups})
        agreement.append(entry)
    return request.model_copy(update={"agreement": tuple(agreement)})
