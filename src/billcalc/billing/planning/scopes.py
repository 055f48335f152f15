"""The scopes of the power factor: what is assessed together, and at which standard in each piece."""

from collections.abc import Mapping
from dataclasses import dataclass

from billcalc.billing.planning.context import Context, refuse
from billcalc.kernel.wording import RefusalCode
from billcalc.tariff.conventions import Scope

__all__ = ["ACCOUNT", "NOT_ASSESSED", "Scopes", "find_scopes", "supply_points_of"]

NOT_ASSESSED = "none"
ACCOUNT = "account"
"""The name of the one scope of an account that is assessed as a whole."""


@dataclass(frozen=True, slots=True)
class Scopes:
    """Which scope each group belongs to.

    Attributes:
        groups: group → scope, for the groups whose money can be adjusted.
        standards: scope → the standard of each piece; ``none`` where it is not assessed then.
        supply_points: scope → where it is supplied.
    """

    groups: Mapping[str, str]
    standards: Mapping[str, tuple[str, ...]]
    supply_points: Mapping[str, tuple[str, ...]]

    def of(self, group: str, piece: int) -> str | None:
        """The scope that a group's money of a piece belongs to; None where it is not adjusted."""
        scope = self.groups.get(group)
        return scope if scope is not None and self.standards[scope][piece] != NOT_ASSESSED else None

    def standard(self, group: str, piece: int) -> str:
        """The standard that a group's money of a piece is adjusted by."""
        scope = self.groups.get(group)
        return NOT_ASSESSED if scope is None else self.standards[scope][piece]

    def runs(self, scope: str) -> list[tuple[int, ...]]:
        """The neighbouring pieces of a scope that are assessed at one standard."""
        found: list[tuple[int, ...]] = []
        for piece, standard in enumerate(self.standards[scope]):
            if standard == NOT_ASSESSED:
                continue
            before = found[-1][-1] if found else None
            if before is not None and before == piece - 1 and self.standards[scope][before] == standard:
                found[-1] = (*found[-1], piece)
            else:
                found.append((piece,))
        return found


def find_scopes(context: Context) -> Scopes:
    """The power-factor scope of each group that is assessed.

    A group whose adjustment is a given line belongs to none: nothing of it is adjusted again.

    Raises:
        Refused: where a group is supplied at several supply points and the scope is the supply point, or supply points
            that are assessed together have several standards.
    """
    given = {line.group for line in context.request.given if "power_factor" in line.supplies}
    groups: dict[str, str] = {}
    members: dict[str, dict[str, None]] = {}
    for group in context.groups:
        supply_points = supply_points_of(context, group)
        scope = _scope(context, group, supply_points)
        if scope is not None:
            members.setdefault(scope, {}).update(dict.fromkeys(supply_points))
            if group not in given:
                groups[group] = scope
    standards = {
        scope: tuple(_standard(context, tuple(names), piece) for piece in range(len(context.pieces)))
        for scope, names in members.items()
    }
    return Scopes(groups, standards, {scope: tuple(names) for scope, names in members.items()})


def _scope(context: Context, group: str, supply_points: list[str]) -> str | None:
    """The scope a group lies in; None where none of its supply points is ever assessed."""
    standards = {
        entry.supply_points[name].power_factor_standard
        for _, entry in context.entries
        for name in supply_points
        if name in entry.supply_points
    }
    if standards <= {NOT_ASSESSED}:
        return None
    scope = context.conventions.power_factor.scope.value
    if scope is Scope.ACCOUNT:
        return ACCOUNT
    if scope is Scope.GROUP:
        return group
    if len(supply_points) > 1:
        what = f"a power factor by supply point for group {group}, which is supplied at {', '.join(supply_points)},"
        raise refuse(RefusalCode.NOT_SUPPORTED, "/conventions/power_factor/scope", what=what)
    return supply_points[0]


def supply_points_of(context: Context, group: str) -> list[str]:
    """The supply points at which a group is supplied; all of them where it is not metered."""
    found: dict[str, None] = {}
    for point in context.request.metering_points:
        if point.group == group or any(child.group == group for child in point.children):
            found[point.supply_point] = None
    return list(found) or list(context.supply_points)


def _standard(context: Context, supply_points: tuple[str, ...], piece: int) -> str:
    """The standard of a scope in a piece; supply points that are assessed together share one."""
    entry = context.agreement_of(piece)
    standards = {
        entry.supply_points[name].power_factor_standard for name in supply_points if name in entry.supply_points
    } or {NOT_ASSESSED}
    if len(standards) > 1:
        what = f"one power factor for supply points with the standards {', '.join(sorted(standards))}"
        raise refuse(RefusalCode.NOT_SUPPORTED, "/conventions/power_factor/scope", what=what)
    return standards.pop()
