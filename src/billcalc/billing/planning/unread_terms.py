"""What the agreement states of groups and supply points and no rule asks for."""

from collections.abc import Iterator

from billcalc.agreement.models import BasicMode, Group
from billcalc.billing.charges.power_factor.charge import POWER_FACTOR
from billcalc.billing.charges.power_factor.records import PowerFactorPlan
from billcalc.billing.plan import Plan
from billcalc.billing.planning.case import NOT_ASSESSED, Case
from billcalc.billing.planning.prices import group_key, is_excluded, paid_in, replaced_kinds
from billcalc.billing.planning.scopes import supply_points_of
from billcalc.billing.planning.unread_place import Unread
from billcalc.kernel.troubles import Severity
from billcalc.tariff.components import Selector
from billcalc.tariff.kinds import PRICE_KINDS
from billcalc.vocabulary import Band, Kind, TransformerState

__all__ = ["unread_terms"]


def unread_terms(case: Case, plan: Plan) -> Iterator[Unread]:
    """The places of the terms that nothing depends on, in the entries that hold in the period."""
    billed = _billed_groups(case, plan)
    used = {point.supply_point for point in case.request.metering_points} or set(case.supply_points)
    for index, entry in case.entries:
        here = f"/agreement/{index}"
        pieces = [number for number, piece in enumerate(case.pieces) if piece.agreement == index]
        for name, group in entry.groups.items():
            if name in billed:
                yield from _group(case, plan, f"{here}/groups/{name}", name, group, pieces)
            else:
                yield Unread(f"{here}/groups/{name}", Severity.DOUBT)
        for name, point in entry.supply_points.items():
            where = f"{here}/supply_points/{name}"
            if name not in used:
                yield Unread(where, Severity.NOTE)
            elif point.power_factor_standard != NOT_ASSESSED and not any(
                name in each.supply_points and _is_assessed(each) and set(each.pieces) & set(pieces)
                for each in plan.charges.of(POWER_FACTOR)
            ):
                yield Unread(f"{where}/power_factor_standard", Severity.NOTE)
            if entry.basic.mode is BasicMode.ACTUAL:  # by the demand alone; the discount takes every transformer
                for number, transformer in enumerate(point.transformers):
                    if transformer.state is not TransformerState.IN_SERVICE:
                        yield Unread(f"{where}/transformers/{number}/state", Severity.NOTE)
            for key, sets in (("interlocked", point.interlocked), ("mutual_standby", point.mutual_standby)):
                if sets and f"{where}/{key}/0" not in case.notes.asked:
                    yield Unread(f"{where}/{key}", Severity.NOTE)
        if entry.basic.mode is not BasicMode.EXEMPT and f"{here}/basic/mode" not in case.notes.asked:
            yield Unread(f"{here}/basic/mode", Severity.NOTE)


def _is_assessed(plan: PowerFactorPlan) -> bool:
    """Whether a standard turns a power factor into a ratio."""
    return plan.ratio is None and (plan.cosphi is not None or any(registers for _, registers in plan.points))


def _billed_groups(case: Case, plan: Plan) -> set[str]:
    """The groups that use energy or pay something."""
    found = {group for group, _ in plan.charges.priced()} | {line.group for line in case.request.given}
    for point in case.request.metering_points:
        found.update((point.group, *(child.group for child in point.children)))
    return found


def _group(case: Case, plan: Plan, here: str, name: str, group: Group, pieces: list[int]) -> Iterator[Unread]:
    if group.power_factor.counts_energy is not None and not any(
        each.cosphi is None and each.ratio is None and set(supply_points_of(case, name)) & set(each.supply_points)
        for each in plan.charges.of(POWER_FACTOR)
    ):
        yield Unread(f"{here}/power_factor/counts_energy", Severity.NOTE)
    if group.power_factor.money_in_base is not None and not any(
        case.scopes.of(name, piece) is not None
        and any(not is_excluded(case, each.component) for each in paid_in(case, name, piece))
        for piece in pieces
    ):
        yield Unread(f"{here}/power_factor/money_in_base", Severity.NOTE)
    if group.subclass is not None and not any(
        group.subclass in each.subclass for each in _selectors(case, group, pieces)
    ):
        yield Unread(f"{here}/subclass", Severity.DOUBT)
    if _is_untimed_by_bands(plan, name, group) and all(
        each.time_of_use is None for each in _selectors(case, group, pieces)
    ):
        yield Unread(f"{here}/time_of_use", Severity.DOUBT)
    if _is_all_own(case, group, pieces):  # a document's prices are for a class, a voltage and a purchase
        unread = _unasked(case, plan, name, group, pieces, list(_selectors(case, group, pieces)))
        yield from [Unread(here, Severity.NOTE, ", ".join(unread))] if unread else []


def _is_untimed_by_bands(plan: Plan, name: str, group: Group) -> bool:
    """Whether a group has no time of use, and is metered by bands; it is a doubt where its prices do not ask."""
    return not group.time_of_use and any(point.group == name and Band.TOTAL not in point.bands for point in plan.points)


def _is_all_own(case: Case, group: Group, pieces: list[int]) -> bool:
    """Whether no document prices anything of a group."""
    replaced = replaced_kinds(case)
    if replaced == PRICE_KINDS:
        return True
    days = (case.pieces[piece].span.start for piece in pieces)
    found = [case.catalog.in_force(Kind.PRICE_STRUCTURE, case.request.area, day).document for day in days]
    return all(set(each.made_of.get(group.customer_class, ())) <= set(replaced) for each in found)


def _unasked(
    case: Case, plan: Plan, name: str, group: Group, pieces: list[int], selectors: list[Selector]
) -> list[str]:
    """The terms of a group with own prices alone that neither a price nor a rule asks for, with their values."""
    is_metered = any(
        point.group == name or any(child.group == name for child in point.children) for point in plan.points
    )
    pays_basic = all(case.agreement_of(piece).basic.mode is not BasicMode.EXEMPT for piece in pieces)
    is_assessed = any(case.scopes.of(name, piece) is not None for piece in pieces)
    loses = any(point.group == name and point.losses is not None for point in case.request.metering_points)
    asked = {
        "class": is_assessed or any(each.customer_class for each in selectors),
        "billing": pays_basic or any(each.billing for each in selectors),
        "voltage": loses or any(each.voltage for each in selectors),
        "time_of_use": is_metered or any(each.time_of_use is not None for each in selectors),
        "purchase": any(each.purchase for each in selectors),
    }
    stated = (
        group.customer_class,
        group.billing,
        group.voltage,
        "true" if group.time_of_use else "false",
        group.purchase,
    )
    return [f"{key} {value}" for (key, is_asked), value in zip(asked.items(), stated, strict=True) if not is_asked]


def _selectors(case: Case, group: Group, pieces: list[int]) -> Iterator[Selector]:
    """The selectors of every price and every row of time of use that could be the group's."""
    sheet, area = case.request.price_sheet, case.request.area
    if sheet is not None:
        yield from (each.selector for each in sheet.components)
    for day in (case.pieces[piece].span.start for piece in pieces):
        for kind in (kind for kind in PRICE_KINDS if kind not in replaced_kinds(case)):
            found = case.catalog.stating_prices(kind, area, group_key(group), case.price_day(kind, day))
            yield from (each.selector for each in (found.document.components if found is not None else ()))
        found = case.catalog.find(Kind.TIME_OF_USE, area, day) if group.time_of_use else None
        if found is not None:
            yield from found.document.selectors
