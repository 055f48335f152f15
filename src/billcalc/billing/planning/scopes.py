"""The scopes of the power factor: what is assessed together, and at which standard in each piece."""

from billcalc.billing.planning.case import NOT_ASSESSED, Case, Scopes, refuse
from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.tariff.conventions import Scope

__all__ = ["ACCOUNT", "find_scopes", "supply_points_of"]

ACCOUNT = "account"
"""The name of the one scope of an account that is assessed as a whole."""


def find_scopes(case: Case) -> Scopes:
    """The power-factor scope of each group that is assessed.

    A group whose adjustment is a given line belongs to none: nothing of it is adjusted again.

    Raises:
        Refused: where a group is supplied at several supply points and the scope is the supply point, or supply points
            that are assessed together have several standards.
    """
    given = {line.group for line in case.request.given if "power_factor" in line.supplies}
    groups: dict[str, str] = {}
    members: dict[str, dict[str, None]] = {}
    for group in case.groups:
        supply_points = supply_points_of(case, group)
        scope = _scope(case, group, supply_points)
        if scope is not None:
            members.setdefault(scope, {}).update(dict.fromkeys(supply_points))
            if group not in given:
                groups[group] = scope
    standards = {
        scope: tuple(_standard(case, tuple(names), piece) for piece in range(len(case.pieces)))
        for scope, names in members.items()
    }
    return Scopes(groups, standards, {scope: tuple(names) for scope, names in members.items()})


def _scope(case: Case, group: str, supply_points: list[str]) -> str | None:
    """The scope a group lies in; None where none of its supply points is ever assessed."""
    standards = {
        entry.supply_points[name].power_factor_standard
        for _, entry in case.entries
        for name in supply_points
        if name in entry.supply_points
    }
    if standards <= {NOT_ASSESSED}:
        return None
    scope = case.conventions.power_factor.scope.value
    if scope is Scope.ACCOUNT:
        return ACCOUNT
    if scope is Scope.GROUP:
        return group
    if len(supply_points) > 1:
        facts = {"what": Reason.GROUP_OF_SEVERAL_POINTS, "group": group, "supply_points": ", ".join(supply_points)}
        raise refuse(RefusalCode.NOT_SUPPORTED, "/conventions/power_factor/scope", **facts)
    return supply_points[0]


def supply_points_of(case: Case, group: str) -> list[str]:
    """The supply points at which a group is supplied; all of them where it is not metered."""
    found: dict[str, None] = {}
    for point in case.request.metering_points:
        if point.group == group or any(child.group == group for child in point.children):
            found[point.supply_point] = None
    return list(found) or list(case.supply_points)


def _standard(case: Case, supply_points: tuple[str, ...], piece: int) -> str:
    """The standard of a scope in a piece; supply points that are assessed together share one."""
    entry = case.agreement_of(piece)
    standards = {
        entry.supply_points[name].power_factor_standard for name in supply_points if name in entry.supply_points
    } or {NOT_ASSESSED}
    if len(standards) > 1:
        facts = {"what": Reason.SEVERAL_STANDARDS, "standards": ", ".join(sorted(standards))}
        raise refuse(RefusalCode.NOT_SUPPORTED, "/conventions/power_factor/scope", **facts)
    return standards.pop()
