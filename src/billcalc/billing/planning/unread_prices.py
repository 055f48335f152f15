"""What a request's own prices state and nobody pays."""

from collections.abc import Collection, Iterator

from billcalc.billing.charges.hourly.charge import HOURLY
from billcalc.billing.plan import Plan
from billcalc.billing.planning.case import Case
from billcalc.billing.planning.prices import paid_in, replaced_kinds
from billcalc.billing.planning.unread_place import Unread
from billcalc.kernel.troubles import Severity
from billcalc.tariff.components import Component
from billcalc.tariff.kinds import PRICE_KINDS
from billcalc.vocabulary import Kind

__all__ = ["unread_prices"]


def unread_prices(case: Case, plan: Plan, slots: Collection[str]) -> Iterator[Unread]:
    """The places of the price sheet that nothing depends on: prices nobody pays, kinds of price nobody would."""
    sheet = case.request.price_sheet
    if sheet is None:
        return
    here = "/price_sheet"
    if not sheet.components and not sheet.prices and not sheet.series:
        yield Unread(f"{here}/title", Severity.NOTE)
    paying = {id(component) for component in _components(case)}
    hourly = {each.name.code for each in plan.charges.of(HOURLY)}
    priced = _priced(plan) | {code for line in case.request.given for code in line.supplies}
    for number, component in enumerate(sheet.components):
        if id(component) not in paying or component.code not in priced:
            yield Unread(f"{here}/components/{number}", Severity.DOUBT, component.code)
    for code, stated in sheet.prices.items():
        for band in stated:
            if f"{here}/prices/{code}/{band.value}" not in slots:
                yield Unread(f"{here}/prices/{code}/{band.value}", Severity.NOTE)
    for code in sheet.series:
        if code not in hourly:
            yield Unread(f"{here}/series/{code}", Severity.DOUBT, code)
    if replaced_kinds(case) != PRICE_KINDS:
        wanted = _kinds(case)
        for number, kind in enumerate(sheet.instead_of or ()):
            if kind not in wanted:
                yield Unread(f"{here}/instead_of/{number}", Severity.NOTE, kind.value)
    for number in range(len(sheet.tiers)):
        if f"{here}/tiers/{number}" not in case.notes.asked:
            yield Unread(f"{here}/tiers/{number}", Severity.DOUBT)
    on_bill = _priced(plan)
    charged = {component.section for component in _components(case) if component.code in on_bill}
    for number, section in enumerate(sheet.not_charged):
        if f"{here}/not_charged/{section.value}" not in case.notes.asked:
            severity = Severity.DOUBT if section in charged else Severity.NOTE
            yield Unread(f"{here}/not_charged/{number}", severity, section.value)


def _components(case: Case) -> Iterator[Component]:
    """The components that some group pays: those of the sheet are the request's own records."""
    for group in case.groups:
        for piece in range(len(case.pieces)):
            yield from (each.component for each in paid_in(case, group, piece))


def _priced(plan: Plan) -> set[str]:
    """The codes of what is on the bill."""
    return {code for _, code in plan.charges.priced()}


def _kinds(case: Case) -> set[Kind]:
    """The kinds of price that the groups would pay by documents."""
    found: set[Kind] = set()
    for number, piece in enumerate(case.pieces):
        structure = case.catalog.in_force(Kind.PRICE_STRUCTURE, case.request.area, piece.span.start).document
        for group in case.agreement_of(number).groups.values():
            found.update(structure.made_of.get(group.customer_class, ()))
    return found
