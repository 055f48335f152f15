"""How the lines of energy × price are planned."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from billcalc.agreement.models import Group
from billcalc.billing.charges.energy.records import EnergyLinePlan
from billcalc.billing.charges.energy.together import tied
from billcalc.billing.line_name import LineName
from billcalc.billing.plan_metering import PointPlan, SharpRules
from billcalc.billing.plan_prices import PricePart, Unpriced
from billcalc.billing.planning.case import Case, refuse
from billcalc.billing.planning.hourly_prices import is_hourly
from billcalc.billing.planning.priced_parts import by_line, pays_the_same, price_parts
from billcalc.billing.planning.prices import (
    Paid,
    grain_of,
    paid_in,
    parts_are_told,
)
from billcalc.billing.tiers.plan import plan_counted
from billcalc.kernel.codes import FaultCode, RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.slots import Slot
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.units import KWH
from billcalc.kernel.values import Rounding
from billcalc.metering.models import ChildKind
from billcalc.tariff.components import BILLED_KWH, FREE_KWH
from billcalc.tariff.conventions import PartRounding
from billcalc.vocabulary import BANDS, Band, Grain, Section

__all__ = ["plan_energy_lines"]

_ENERGY_SECTIONS = (Section.ENERGY, Section.NETWORK_ENERGY, Section.CATALOGUE, Section.LEVIES)


def plan_energy_lines(
    case: Case,
    points: tuple[PointPlan, ...],
    sharp: SharpRules,
) -> tuple[EnergyLinePlan, ...]:
    """The energy lines of every group, each over the pieces in which its terms and prices are the same.

    Raises:
        InvalidInput: where components of one line contradict each other, or a given quantity is priced by none.
        Refused: where energy is priced by nothing, or a given quantity would have to be split.
    """
    plans: list[EnergyLinePlan] = []
    for group in case.groups:
        bands = _bands_of(group, points)
        named = [quantity.name for quantity in case.request.quantities if quantity.group == group]
        lines = _group_lines(case, group, bands, sharp)
        if bands:
            _check_priced(case, group)
        _check_named(case, group, named, lines)
        plans.extend(lines)
    return tuple(plans)


def _bands_of(group: str, points: tuple[PointPlan, ...]) -> tuple[Band, ...]:
    """The bands in which a group's energy is measured, over all its points and sub-meters."""
    found: set[Band] = set()
    for point in points:
        if point.group == group:
            found.update(point.bands)
        for child in point.children:
            if child.group == group and child.kind is not ChildKind.METER:
                found.update((Band.TOTAL,) if child.bands == (Band.TOTAL,) else point.bands)
    return tuple(band for band in (*BANDS, Band.TOTAL) if band in found)


def _group_lines(
    case: Case,
    group: str,
    bands: tuple[Band, ...],
    sharp: SharpRules,
) -> list[EnergyLinePlan]:
    """The lines of each piece, joined while nothing about them changes."""
    found: list[EnergyLinePlan] = []
    open_lines: dict[str, int] = {}
    for piece in range(len(case.pieces)):
        current: dict[str, int] = {}
        at_peak = sharp.at_peak(group, piece)
        billed = tuple(band for band in bands if band is not Band.SHARP) if at_peak else bands
        paid = [each for each in paid_in(case, group, piece) if each.component.is_energy]
        paid = [each for each in paid if each.component.code not in case.supplied[group]]
        paid = [each for each in paid if not is_hourly(case, each)]
        _refuse_given_parts(case, group, paid)
        by_code = by_line(paid)
        alone = ((code, _line(case, group, code, parts, billed, piece)) for code, parts in by_code.items())
        lines, together = tied(case, group, piece, {code: each for code, each in alone if each}, by_code)
        on = {code for code in lines if code in open_lines}
        on = {code for code in on if _goes_on(case, found[open_lines[code]], lines[code])}
        if not together <= on:  # what hangs together is cut together
            on -= together
        for code, line in lines.items():
            if code in on:
                place = open_lines[code]
                before = found[place]
                pieces, every = (*before.pieces, piece), {*before.bands, *line.bands}
                stated = tuple(band for band in (*BANDS, Band.TOTAL) if band in every)
                name = replace(before.name, span=case.span_of(pieces))
                found[place] = replace(before, name=name, pieces=pieces, bands=stated)
            else:
                place = len(found)
                found.append(line)
            current[code] = place
        open_lines = current
    return sorted(found, key=lambda line: line.pieces[0])


def _goes_on(case: Case, before: EnergyLinePlan, line: EnergyLinePlan) -> bool:
    """Whether a line of the next piece only prolongs the one before it; the document may be a later one."""
    earlier, later, group = before.pieces[-1], line.pieces[0], line.name.group
    return (
        case.group(group, earlier) == case.group(group, later)
        and case.scopes.standard(group, earlier) == case.scopes.standard(group, later)
        and pays_the_same(before.parts, line.parts)
        and (before.name.section, before.round_per) == (line.name.section, line.round_per)
        and (before.joint, before.sharp_at_peak, before.surcharge) == (line.joint, line.sharp_at_peak, line.surcharge)
        and (before.quantity, before.counted, before.print_per) == (line.quantity, line.counted, line.print_per)
        and before.rounding.step == line.rounding.step
    )


def _line(
    case: Case,
    group: str,
    code: str,
    paid: list[Paid],
    bands: tuple[Band, ...],
    piece: int,
) -> EnergyLinePlan | None:
    """A line in one piece; None where the group has no energy of that kind."""
    first = paid[0].component
    is_counted = first.tier is not None or first.quantity == FREE_KWH
    is_named = first.quantity != BILLED_KWH and not is_counted
    slots = _named_quantity(case, group, first.quantity) if is_named else ()
    billed_bands = tuple(band for band, _ in slots) or bands
    counted = plan_counted(case, group, paid[0], bands, piece) if is_counted and bands else None
    if not billed_bands or (is_counted and counted is None):
        return None
    terms = case.agreement_of(piece).groups[group]
    scope = case.scopes.of(group, piece)
    if scope is not None:
        _refuse_untold_parts(case, paid, group, terms)
    parts = price_parts(case, paid, billed_bands, group, piece)
    unpriced = _unpriced(parts, dict(slots))
    lacking = {each.band for each in unpriced}
    banded = any(band is not Band.TOTAL for part in parts for band, _ in part.prices)
    stated = Grain.BAND if first.print_per is Grain.BAND else grain_of(case, first, banded=banded)
    print_per = first.print_per or (Grain.BAND if banded and stated is Grain.BAND else Grain.TOTAL)
    levy_grain = first.section is Section.LEVIES and first.round_per is None and first.print_per is not Grain.BAND
    return EnergyLinePlan(
        name=LineName(code, first.label, first.section, group, case.pieces[piece].span),
        pieces=(piece,),
        quantity=first.quantity,
        slots=tuple((band, slot) for band, slot in slots if band not in lacking),
        bands=tuple(band for band in billed_bands if band not in lacking),
        parts=parts,
        round_per=stated,
        levy_grain=levy_grain,
        print_per=print_per,
        rounding=Rounding(first.round.amount, case.conventions.levies.round_per.source if levy_grain else None),
        scope=scope,
        unpriced=unpriced,
        counted=counted,
        each_part=len(parts) > 1 and case.notes.cited(case.conventions.amounts.components) is PartRounding.EACH_PART,
    )


def _unpriced(parts: Iterable[PricePart], slots: Mapping[Band, Slot]) -> tuple[Unpriced, ...]:
    """The bands that some component has no price in."""
    return tuple(
        Unpriced(band, slots.get(band), part.code, document) for part in parts for band, document in part.unpriced
    )


def _refuse_untold_parts(case: Case, paid: Iterable[Paid], group: str, terms: Group) -> None:
    for each in paid:
        if not parts_are_told(case, each.component, group, terms):
            raise refuse(RefusalCode.PRICE_PARTS_UNKNOWN, "/price_sheet", component=each.component.code)


def _refuse_given_parts(case: Case, group: str, paid: Iterable[Paid]) -> None:
    """Refuse a given line that stands for a part of a total, which would be paid twice; a refund is no such line."""
    lines = [line for line in case.request.given if line.group == group and line.section is not Section.REFUNDS]
    given = {name for line in lines for name in (line.code, line.section.value, *line.supplies)}
    for each in paid:
        if not given.isdisjoint(each.component.supplies):
            raise refuse(RefusalCode.PRICE_PARTS_UNKNOWN, "/given", component=each.component.code)


def _named_quantity(case: Case, group: str, name: str) -> tuple[tuple[Band, Slot], ...]:
    """The slots of a given quantity that some components are priced by.

    Raises:
        InvalidInput: where the request does not give it.
    """
    for index, quantity in enumerate(case.request.quantities):
        if quantity.group == group and quantity.name == name:
            here = f"/quantities/{index}/kwh"
            return tuple(
                (band, case.notes.slot(f"{here}/{band.value}", kwh, KWH, Term.GIVEN_ENERGY, name, band.value))
                for band, kwh in quantity.kwh.items()
            )
    known = [BILLED_KWH, *(quantity.name for quantity in case.request.quantities if quantity.group == group)]
    facts = {"kind": "quantity", "id": name, "known": ", ".join(known)}
    raise InvalidInput([Fault(FaultCode.UNKNOWN_REFERENCE, "/quantities", facts)])


def _check_priced(case: Case, group: str) -> None:
    """Refuse energy that no component prices and no given line can stand for.

    Documents are held to price every customer they are for; the request's own sheet is not.
    """
    if any(line.group == group and line.section in _ENERGY_SECTIONS for line in case.request.given):
        return
    for piece in range(len(case.pieces)):
        paid = paid_in(case, group, piece)
        if case.group(group, piece) is not None and not any(_is_main(each) for each in paid):
            day = str(case.pieces[piece].span.start)
            facts = {"wanted": "energy", "key": group, "day": day, "document": "price_sheet"}
            raise refuse(RefusalCode.NO_PRICE, "/price_sheet", **facts)


def _is_main(paid: Paid) -> bool:
    """Whether a component prices energy itself: levies alone are no price."""
    return paid.component.is_energy and paid.component.section is not Section.LEVIES


def _check_named(case: Case, group: str, named: Iterable[str], lines: Collection[EnergyLinePlan]) -> None:
    """Find given quantities that no component is priced by, or that a change inside the period would split."""
    present = tuple(piece for piece in range(len(case.pieces)) if case.group(group, piece) is not None)
    for name in named:
        priced = [line for line in lines if line.quantity == name]
        if not priced:
            known = sorted({line.quantity for line in lines} - {BILLED_KWH})
            facts = {"kind": "priced quantity", "id": name, "known": ", ".join(known) or "none"}
            raise InvalidInput([Fault(FaultCode.UNKNOWN_REFERENCE, "/quantities", facts)])
        for line in priced:
            if line.pieces != present:
                facts = {"what": Reason.LINE_OF_QUANTITY, "line": line.name.code, "name": name}
                raise refuse(RefusalCode.NOT_SUPPORTED, "/quantities", **facts)
