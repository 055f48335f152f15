"""A request's own prices: held to what is plausible of them, and to the order of the bands; priced beside documents."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise

from billcalc.billing.doubts import OtherReading, Reading
from billcalc.billing.plan_checks import PriceCheck
from billcalc.billing.planning.case import Case
from billcalc.billing.planning.limits import ranges_of
from billcalc.billing.planning.prices import OWN_PRICES, Paid, paid_in
from billcalc.billing.planning.supplied import ONCE
from billcalc.billing.request import Request
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.slots import Slot
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Problem, Severity
from billcalc.kernel.units import KWH, MONEY
from billcalc.tariff.catalog import InForce
from billcalc.tariff.components import BandPrices, Component, FlatPrice
from billcalc.tariff.documents import PriceDocument
from billcalc.tariff.price_ranges import range_of
from billcalc.tariff.price_series import PriceSeries, SeriesPrice
from billcalc.vocabulary import FROM_THE_DEAREST, Band

__all__ = ["by_hours_use", "doubt_priced_twice", "paid_together", "price_checks", "without_component"]


def price_checks(case: Case, limits: InForce | None, currency: str) -> tuple[PriceCheck, ...]:
    """What each own price of some group is held against; nothing where the request brings none."""
    if case.request.price_sheet is None:
        return ()
    ranges = ranges_of(limits, currency)
    found: dict[str, PriceCheck] = {}
    tiers = _tiers_below(case)
    for together in paid_together(case):
        beside = [each.component for each in together]
        for paid in together:
            told, of = dict(_told(case, paid)), paid.component
            order = [band for band in reversed(FROM_THE_DEAREST) if band in told]
            below = {higher: told[lower][1] for lower, higher in pairwise(order)}
            limit = range_of(of, beside, ranges)
            for band, (where, slot) in told.items():
                tier = (of.tier, tiers.get(where))
                check = PriceCheck(where, slot, of.code, of.section, band, limit, below.get(band), *tier)
                found.setdefault(where, check)
    return tuple(found.values())


def _tiers_below(case: Case) -> Mapping[str, Slot]:
    """By the place of an own price of a tier the price of the tier before it, in the same band."""
    found: dict[str, Slot] = {}
    for paid in paid_together(case):
        told = {
            (each.component.section, each.component.tier, band): place
            for each in paid
            if each.component.tier is not None and not by_hours_use(case, each)
            for band, place in _told(case, each)
        }
        for (section, tier, band), (where, _) in told.items():
            if (before := told.get((section, tier - 1, band))) is not None:
                found[where] = before[1]
    return found


def by_hours_use(case: Case, paid: Paid) -> bool:
    """Whether a price is of tiers by hours' use of demand, of which the later ones cost less as a rule."""
    sheet, document = case.request.price_sheet, case.catalog.document(paid.source.id)
    own = () if sheet is None else sheet.tiers
    tables = document.tiers if isinstance(document, PriceDocument) else own
    return any(table.per is not None and table.selector.matches(paid.key) for table in tables)


def paid_together(case: Case) -> Iterator[Sequence[Paid]]:
    """For each group and piece what it pays."""
    return (paid_in(case, group, piece) for group in case.groups for piece in range(len(case.pieces)))


def _told(case: Case, paid: Paid) -> Iterator[tuple[Band, tuple[str, Slot]]]:
    """The own prices of a component by band, with their places."""
    sheet, component = case.request.price_sheet, paid.component
    assert sheet is not None, "there are own prices"
    unit = f"{MONEY}/{KWH}"
    for band, number in sheet.prices.get(component.code, {}).items() if component.price is None else ():
        of = (component.code,) if band is Band.TOTAL else (component.code, band.value)
        where = f"/price_sheet/prices/{component.code}/{band.value}"
        yield band, (where, case.notes.slot(where, number.value, unit, Term.UNIT_PRICE, *of))
    if component.price is None and component.code in sheet.series:
        yield from _mean(case, sheet.series[component.code], f"/price_sheet/series/{component.code}", component.code)
    for place in (number for number, each in enumerate(sheet.components) if each is component):
        where = f"/price_sheet/components/{place}/price"
        if isinstance(component.price, FlatPrice):
            slot = case.notes.computed(where, component.price.flat.value, unit, Term.UNIT_PRICE, component.code)
            yield Band.TOTAL, (where, slot)
        elif isinstance(component.price, SeriesPrice):
            yield from _mean(case, component.price.series, f"{where}/series", component.code)
        elif isinstance(component.price, BandPrices):
            for band, number in component.price.bands.items():
                at = f"{where}/bands/{band.value}"
                of = (component.code, band.value)
                yield band, (at, case.notes.computed(at, number.value, unit, Term.UNIT_PRICE, *of))


def _mean(case: Case, series: PriceSeries, where: str, code: str) -> Iterator[tuple[Band, tuple[str, Slot]]]:
    """The mean of prices by interval, which is held against what a price is; nothing where none is known."""
    if series.mean is not None:
        slot = case.notes.computed(where, series.mean, f"{MONEY}/{KWH}", Term.INTERVAL_PRICE, code)
        yield Band.TOTAL, (where, slot)


def doubt_priced_twice(case: Case) -> None:
    """Doubt an own component beside a document's price of the same section, with the money without it.

    What prices another quantity, such as energy that is fed back, is priced once.
    """
    sheet = case.request.price_sheet
    named = {quantity.name for quantity in case.request.quantities}
    for place, component in enumerate(() if sheet is None else sheet.components):
        if component.section not in ONCE:
            continue
        for group in case.groups:
            for piece in range(len(case.pieces)):
                paid = [each for each in paid_in(case, group, piece) if each.component.section is component.section]
                beside = [each for each in paid if each.source.id != OWN_PRICES]
                beside = [each for each in beside if _price_one_quantity(component, each.component, named)]
                if not beside or not any(each.component is component for each in paid):
                    continue
                facts = {"component": component.code, "other": beside[0].component.code, "group": group}
                facts["document"] = beside[0].source.id
                where = f"/price_sheet/components/{place}"
                noted = case.notes.note(Problem(ProblemCode.PRICED_TWICE, Severity.DOUBT, where, facts))
                without = partial(without_component, place=place)
                case.notes.doubt(noted, OtherReading(Reading.WITHOUT_COMPONENT, request=without))


def _price_one_quantity(one: Component, other: Component, named: set[str]) -> bool:
    """Whether two components price the same: the energy that is measured, by tiers or not, or one named quantity."""
    return one.quantity == other.quantity or named.isdisjoint((one.quantity, other.quantity))


def without_component(request: Request, *, place: int) -> Request:
    """A request without one of its own components."""
    sheet = request.price_sheet
    assert sheet is not None, "the doubt is about a component"
    kept = tuple(each for number, each in enumerate(sheet.components) if number != place)
    return request.model_copy(update={"price_sheet": sheet.model_copy(update={"components": kept})})
