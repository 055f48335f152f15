"""The lines of energy × price, and the given lines."""

from dataclasses import replace

from billcalc.agreement.models import Group
from billcalc.billing.plan import EnergyLinePlan, GivenLinePlan, PointPlan
from billcalc.billing.planning.context import Context, refuse
from billcalc.billing.planning.prices import (
    Paid,
    grain_of,
    is_energy,
    paid_components,
    parts_are_told,
    price_part,
    takes,
)
from billcalc.billing.request import GivenLine, GivenRatio
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.units import CNY, KWH, PURE
from billcalc.kernel.wording import FaultCode, RefusalCode
from billcalc.tariff.components import BandPrices, Component
from billcalc.vocabulary import BANDS, Band, Grain

__all__ = ["plan_energy_lines", "plan_given_lines", "supplied_by_group"]


def supplied_by_group(context: Context) -> dict[str, frozenset[str]]:
    """For each group the components that its given lines stand for."""
    supplied: dict[str, set[str]] = {}
    for line in context.request.given:
        supplied.setdefault(line.group, set()).update(line.supplies)
    return {group: frozenset(codes) for group, codes in supplied.items()}


def plan_energy_lines(
    context: Context, points: tuple[PointPlan, ...], scopes: dict[str, str | None]
) -> tuple[EnergyLinePlan, ...]:
    """The energy lines of every group, each over the pieces in which its terms and prices are the same."""
    supplied = supplied_by_group(context)
    groups = {name: None for entry in context.request.agreement for name in entry.groups}
    plans: list[EnergyLinePlan] = []
    for group in groups:
        bands = _bands_of(context, group, points)
        named = {quantity.name for quantity in context.request.quantities if quantity.group == group}
        if bands or named:
            plans.extend(_group_lines(context, group, bands, supplied.get(group, frozenset()), scopes.get(group)))
    return tuple(plans)


def _bands_of(context: Context, group: str, points: tuple[PointPlan, ...]) -> tuple[Band, ...]:
    """The bands in which a group's energy is measured, over all its points and sub-meters."""
    found: set[Band] = set()
    for point in points:
        if point.group == group:
            found.update(point.bands)
        for child in point.children:
            if child.group == group and child.bands == (Band.TOTAL,):
                found.add(Band.TOTAL)
            elif child.group == group:
                found.update(point.bands)
    return tuple(band for band in (*BANDS, Band.TOTAL) if band in found)


def _group_lines(
    context: Context, group_id: str, bands: tuple[Band, ...], supplied: frozenset[str], scope: str | None
) -> list[EnergyLinePlan]:
    """Merge the pieces of each line while nothing about it changes."""
    open_lines: dict[str, EnergyLinePlan] = {}
    done: list[EnergyLinePlan] = []
    terms_before: Group | None = None
    for piece in range(len(context.pieces)):
        terms = context.group(group_id, piece)
        current: dict[str, EnergyLinePlan] = {}
        if terms is not None:
            day = context.pieces[piece].span.start
            paid = [each for each in paid_components(context, terms, day, supplied) if is_energy(each.component)]
            for code, parts in _by_line(paid).items():
                current[code] = _line(context, group_id, terms, code, parts, bands, piece, scope)
        for code, line in current.items():
            before = open_lines.get(code)
            if before is not None and terms == terms_before and _same(before, line):
                current[code] = _longer(context, before, piece)
        done.extend(line for code, line in open_lines.items() if not _continues(current.get(code), line))
        open_lines = current
        terms_before = terms
    return sorted((*done, *open_lines.values()), key=lambda line: line.pieces[0])


def _same(before: EnergyLinePlan, line: EnergyLinePlan) -> bool:
    return (before.parts, before.round_per, before.print_per) == (line.parts, line.round_per, line.print_per)


def _longer(context: Context, line: EnergyLinePlan, piece: int) -> EnergyLinePlan:
    pieces = (*line.pieces, piece)
    return replace(line, pieces=pieces, span=context.span_of(pieces))


def _continues(current: EnergyLinePlan | None, line: EnergyLinePlan) -> bool:
    return current is not None and current.pieces[: len(line.pieces)] == line.pieces


def _by_line(paid: list[Paid]) -> dict[str, list[Paid]]:
    """Components by the line they print on; those of one line must agree on how it is calculated."""
    lines: dict[str, list[Paid]] = {}
    for each in paid:
        lines.setdefault(each.component.line_code, []).append(each)
    for code, parts in lines.items():
        members = [part.component for part in parts]
        shapes = {(each.section, each.quantity, each.round_per, each.print_per) for each in members}
        if len(shapes) > 1:
            reason = f'the components of line "{code}" differ in section, quantity or grain'
            raise InvalidInput([Fault(FaultCode.INCONSISTENT, parts[0].source.id, {"reason": reason})])
    return lines


def _line(
    context: Context,
    group_id: str,
    terms: Group,
    code: str,
    paid: list[Paid],
    bands: tuple[Band, ...],
    piece: int,
    scope: str | None,
) -> EnergyLinePlan:
    components = [each.component for each in paid]
    first = components[0]
    slots = _named_quantity(context, group_id, first.quantity) if first.quantity != "billed_kwh" else ()
    billed_bands = tuple(band for band, _ in slots) or bands
    if scope is not None:
        _refuse_untold_parts(context, components, group_id, terms)
    parts = tuple(
        price_part(context, each, billed_bands, takes(context, each.component, group_id, terms)) for each in paid
    )
    banded = any(isinstance(component.price, BandPrices) for component in components) or any(
        band is not Band.TOTAL for part in parts for band, _ in part.prices
    )
    round_per = grain_of(context, components, banded)
    if len(billed_bands) == 1 and first.print_per is None:
        print_per = Grain.BAND if banded else Grain.TOTAL
    else:
        print_per = first.print_per or (Grain.BAND if banded else Grain.TOTAL)
    return EnergyLinePlan(
        code=code,
        label=first.label,
        section=first.section,
        group=group_id,
        pieces=(piece,),
        span=context.pieces[piece].span,
        quantity=first.quantity,
        slots=slots,
        bands=billed_bands,
        parts=parts,
        round_per=Grain.BAND if print_per is Grain.BAND else round_per,
        round_source=context.conventions.source("levies.round_per") if first.round_per is None else None,
        print_per=print_per,
        round_amount=first.round.amount,
        scope=scope,
    )


def _refuse_untold_parts(context: Context, components: list[Component], group_id: str, terms: Group) -> None:
    for component in components:
        if not parts_are_told(context, component, group_id, terms):
            raise refuse(RefusalCode.PRICE_PARTS_UNKNOWN, "/price_sheet", component=component.code)


def _named_quantity(context: Context, group: str, name: str) -> tuple[tuple[Band, str], ...]:
    """The slots of a given quantity that some components are priced by."""
    for index, quantity in enumerate(context.request.quantities):
        if quantity.group == group and quantity.name == name:
            here = f"/quantities/{index}/kwh"
            return tuple(
                (band, context.slot(f"{here}/{band.value}", kwh, KWH, Term.GIVEN_ENERGY, name, band.value))
                for band, kwh in quantity.kwh.items()
            )
    known = ["billed_kwh", *(quantity.name for quantity in context.request.quantities if quantity.group == group)]
    facts = {"kind": "quantity", "id": name, "known": ", ".join(known)}
    raise InvalidInput([Fault(FaultCode.UNKNOWN_REFERENCE, "/quantities", facts)])


def plan_given_lines(context: Context, scopes: dict[str, str | None]) -> tuple[GivenLinePlan, ...]:
    """The lines whose amounts are given."""
    known = {group for entry in context.request.agreement for group in entry.groups}
    plans = []
    for index, line in enumerate(context.request.given):
        if line.group not in known:
            facts = {"kind": "group", "id": line.group, "known": ", ".join(sorted(known))}
            raise InvalidInput([Fault(FaultCode.UNKNOWN_REFERENCE, f"/given/{index}/group", facts)])
        plans.append(_given(context, f"/given/{index}", line, scopes.get(line.group)))
    return tuple(plans)


def _given(context: Context, here: str, line: GivenLine, scope: str | None) -> GivenLinePlan:
    ratio = None
    if isinstance(line.power_factor, GivenRatio):
        pointer = f"{here}/power_factor/ratio"
        ratio = context.slot(pointer, line.power_factor.ratio, PURE, Term.POWER_FACTOR_RATIO, line.code)
    kwh = price = None
    if line.kwh is not None:
        kwh = context.slot(f"{here}/kwh", line.kwh, KWH, Term.GIVEN_ENERGY, line.code)
    if line.price is not None:
        price = context.slot(f"{here}/price", line.price, f"{CNY}/{KWH}", Term.UNIT_PRICE, line.code)
    return GivenLinePlan(
        code=line.code,
        label=line.label,
        section=line.section,
        group=line.group,
        band=line.band,
        span=context.request.period.span,
        amount=context.slot(f"{here}/amount", line.amount, CNY, Term.GIVEN_AMOUNT, line.code),
        kwh=kwh,
        price=price,
        in_base=line.power_factor != "none",
        ratio=ratio,
        scope=scope,
    )
