"""Prices that have a hole: a section of the area's price that nothing prices, bands that all cost the same."""

from collections.abc import Iterator, Sequence

from billcalc.billing.charges.energy.records import EnergyLinePlan
from billcalc.billing.charges.fees.records import FeePlan
from billcalc.billing.charges.hourly.records import HourlyPlan
from billcalc.billing.planning.case import Case
from billcalc.billing.planning.floats import tables_of
from billcalc.billing.planning.prices import group_key, paid_in, replaced_kinds
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Problem, Severity
from billcalc.tariff.kinds import KIND_OF_SECTION, MAIN_SECTIONS
from billcalc.vocabulary import Band, Kind, Section

__all__ = ["note_holes"]

_FLOATING = (Section.ENERGY, Section.CATALOGUE)
"""The sections in which the price of time of use is told, unless the network's is."""


def note_holes(
    case: Case, lines: tuple[EnergyLinePlan, ...], hourly: tuple[HourlyPlan, ...], fees: tuple[FeePlan, ...]
) -> None:
    """Doubt a bill of the request's own prices that lacks what its class pays, and time of use at one price."""
    by_hour = {line.name.group for line in hourly}
    for line in (each for each in lines if each.name.group not in by_hour):
        _note_one_price(case, line, lines)
    measured = {line.name.group for line in lines} | by_hour
    for piece in range(len(case.pieces)):
        for group in (group for group in case.agreement_of(piece).groups if group in measured):
            _note_sections(case, group, piece, (*lines, *hourly), fees)


def _note_one_price(case: Case, line: EnergyLinePlan, lines: tuple[EnergyLinePlan, ...]) -> None:
    piece = line.pieces[0]
    terms = case.group(line.name.group, piece)
    if terms is None or not terms.time_of_use or line.name.section not in _FLOATING or Band.TOTAL in line.bands:
        return
    beside = [each for each in lines if each.name.group == line.name.group and each.name.section in _FLOATING]
    if any(band is not Band.TOTAL for each in beside for part in each.parts for band, _ in part.prices):
        return
    found = case.catalog.find(Kind.TIME_OF_USE, case.request.area, case.pieces[piece].span.start)
    if found is not None and tables_of(found).float_rows(group_key(terms)):
        return  # the document tells that it does not float
    where = f"/agreement/{case.pieces[piece].agreement}/groups/{line.name.group}/time_of_use"
    case.notes.note(Problem(ProblemCode.BANDS_AT_ONE_PRICE, Severity.DOUBT, where, {"group": line.name.group}))


def _note_sections(
    case: Case, group: str, piece: int, lines: Sequence[EnergyLinePlan | HourlyPlan], fees: tuple[FeePlan, ...]
) -> None:
    sheet = case.request.price_sheet
    own, stated = replaced_kinds(case), _stated(case, group, piece)
    priced = set(_priced(case, group, piece, lines, fees))
    for section in _wanted(case, group, piece):
        kind = KIND_OF_SECTION[section]
        alike = MAIN_SECTIONS[kind] if section in MAIN_SECTIONS[kind] else (section,)
        if priced.intersection(alike) or not (kind in own or (stated is not None and section in stated)):
            continue
        if sheet is not None and section in sheet.not_charged:
            case.notes.ask(f"/price_sheet/not_charged/{section.value}")
            continue
        facts = {"group": group, "section": section.value, "area": case.request.area}
        case.notes.note(
            Problem(ProblemCode.SECTION_NOT_PRICED, Severity.DOUBT, "/price_sheet" if kind in own else "/area", facts)
        )


def _wanted(case: Case, group: str, piece: int) -> tuple[Section, ...]:
    """The sections that the price of a group's class has by the structure in force."""
    found = case.catalog.find(Kind.PRICE_STRUCTURE, case.request.area, case.pieces[piece].span.start)
    terms = case.group(group, piece)
    if found is None or terms is None:
        return ()
    stated = _stated(case, group, piece)
    kinds = found.document.made_of.get(terms.customer_class, ())
    return stated if stated is not None else tuple(MAIN_SECTIONS[kind][0] for kind in kinds)


def _stated(case: Case, group: str, piece: int) -> tuple[Section, ...] | None:
    """The sections that the structure names one by one for a group's class; None where it names kinds alone."""
    found = case.catalog.find(Kind.PRICE_STRUCTURE, case.request.area, case.pieces[piece].span.start)
    terms = case.group(group, piece)
    return None if found is None or terms is None else found.document.sections.get(terms.customer_class)


def _priced(
    case: Case, group: str, piece: int, lines: Sequence[EnergyLinePlan | HourlyPlan], fees: tuple[FeePlan, ...]
) -> Iterator[str]:
    """The sections of what a group pays, and what else it is said to pay with them."""
    yield from (line.name.section for line in lines if line.name.group == group and piece in line.pieces)
    yield from (fee.name.section for fee in fees if fee.name.group == group)
    for given in (each for each in case.request.given if each.group == group):
        yield from (given.section, *given.supplies)
    for component in (each.component for each in paid_in(case, group, piece)):
        yield from component.supplies
        if "levy" in component.tags:
            yield Section.LEVIES
