"""Which components each group pays in each piece, and at which prices."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from billcalc.agreement.models import Group
from billcalc.billing.plan_prices import BandPrice, PricePart
from billcalc.billing.planning.case import Case, last_day, refuse
from billcalc.billing.planning.floats import Ratios, floats_by, ratios_of
from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.sources import Evidence, Source
from billcalc.kernel.spans import Span
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, InvalidInput, Problem, Refused, Severity
from billcalc.kernel.units import KWH, MONEY
from billcalc.kernel.values import Rounding
from billcalc.tariff.catalog import SheetComponent, is_in_total, without_parts
from billcalc.tariff.components import BandPrices, Component, FlatPrice, PriceKey
from billcalc.tariff.conventions import OwnPrices
from billcalc.tariff.kinds import PRICE_KINDS, priced_as
from billcalc.vocabulary import Band, Billing, CustomerClass, Grain, Kind, PriceBy, Purchase, Section, Voltage

__all__ = [
    "OWN_PRICES",
    "Paid",
    "flat_price",
    "grain_of",
    "group_key",
    "is_excluded",
    "paid_in",
    "parts_are_told",
    "price_part",
    "priced_bands",
    "ratios_in",
    "replaced_kinds",
    "sheet_source",
    "takes",
    "takes_given",
]

_KEYS_MAX = 1024
"""How many kinds of customers are kept."""
OWN_PRICES = "request/price_sheet"
"""The id by which prices of the request's own are cited."""


@dataclass(frozen=True, slots=True)
class Paid:
    """A component one group pays in one piece, with the document that states it, and what the group is."""

    component: Component
    source: Source
    key: PriceKey


def flat_price(paid: Paid) -> Decimal:
    """The one price of a component that has no prices of bands [money per unit]."""
    price = paid.component.price
    assert isinstance(price, FlatPrice), "what is no energy has one price, what is by interval is a charge of its own"
    return price.flat.value


def group_key(group: Group) -> PriceKey:
    """What decides a group's prices."""
    return _key(
        group.customer_class,
        group.subclass,
        group.billing,
        group.voltage,
        group.purchase,
        time_of_use=group.time_of_use,
    )


@lru_cache(maxsize=_KEYS_MAX)
def _key(
    customer_class: CustomerClass,
    subclass: str | None,
    billing: Billing,
    voltage: Voltage,
    purchase: Purchase,
    *,
    time_of_use: bool,
) -> PriceKey:
    return PriceKey(
        customer_class=customer_class,
        subclass=subclass,
        billing=billing,
        voltage=voltage,
        purchase=purchase,
        time_of_use=time_of_use,
    )


def replaced_kinds(case: Case) -> tuple[Kind, ...]:
    """The kinds of document that the request's own prices stand in for."""
    sheet = case.request.price_sheet
    if sheet is not None and sheet.instead_of is not None:
        return sheet.instead_of
    return PRICE_KINDS if sheet is not None and sheet.components else ()


def paid_in(case: Case, group: str, piece: int) -> tuple[Paid, ...]:
    """The components that a group pays in a piece: the request's and the documents'; none where it has no terms.

    Raises:
        InvalidInput: where one component would be priced twice.
        Refused: where a kind of document that makes up the price is missing.
    """
    key = (group, piece)
    if key not in case.paid:
        terms = case.group(group, piece)
        case.paid[key] = () if terms is None else _paid(case, terms, case.pieces[piece].span)
    found: tuple[Paid, ...] = case.paid[key]
    return found


def _paid(case: Case, group: Group, span: Span) -> tuple[Paid, ...]:
    key = group_key(group)
    sheet = case.request.price_sheet
    found: list[SheetComponent] = []
    if sheet is not None:
        source = sheet_source(sheet.title)
        found = [SheetComponent(component, source) for component in sheet.components if component.selector.matches(key)]
        if found:
            case.notes.documents[source] = None
    replaced = replaced_kinds(case)
    if replaced != PRICE_KINDS:
        stated = _from_documents(case, key, span, replaced)
        _refuse_parts_beside_totals(replaced, stated)
        found.extend(stated)
    paid = tuple(Paid(each.component, each.source, key) for each in without_parts(found))
    codes = [each.component.code for each in paid]
    twice = next((each for number, each in enumerate(paid) if each.component.code in codes[:number]), None)
    if twice is not None:
        raise InvalidInput([Fault(FaultCode.DUPLICATE_ID, twice.source.id, {"id": twice.component.code})])
    return paid


def _refuse_parts_beside_totals(replaced: Iterable[Kind], stated: Sequence[SheetComponent]) -> None:
    """Refuse prices of the request's own for what is inside a total of the documents, which would be paid twice."""
    for kind in replaced:
        if is_in_total(kind, stated):
            total = next(each.component.code for each in stated if each.component.supplies)
            raise refuse(RefusalCode.PRICE_PARTS_UNKNOWN, "/price_sheet/instead_of", component=total)


def sheet_source(title: str) -> Source:
    """How a line cites prices of the request's own."""
    return Source(id=OWN_PRICES, title=title, evidence=Evidence.GIVEN)


def _from_documents(case: Case, key: PriceKey, span: Span, replaced: Sequence[Kind]) -> Sequence[SheetComponent]:
    days = {kind: case.price_day(kind, span.start) for kind in PRICE_KINDS}
    sheet = case.catalog.price_sheet(area=case.request.area, key=key, on=span.start, on_by_kind=days, without=replaced)
    case.notes.use(sheet.structure, last_day(span))
    for document in sheet.documents:
        kind = priced_as(document.document.kind)
        convention = case.conventions.price_by[kind]
        case.notes.ask(convention.pointer)
        by_month = convention.value is PriceBy.BILLING_MONTH
        source = case.notes.use(document, days[kind] if by_month else last_day(span))
        for each in document.document.left_out:
            if each.selector.matches(key):
                facts = {"document": source.id, "rule": each.clause, "of": each.what}
                case.notes.note(Problem(ProblemCode.LEFT_OUT, Severity.NOTE, f"/tariffs/{source.id}", facts))
    return sheet.components


def price_part(case: Case, paid: Paid, bands: tuple[Band, ...], *, in_base: bool, group: str, piece: int) -> PricePart:
    """A component's prices in the bands that a group is billed in.

    Args:
        case: the planning state.
        paid: the component.
        bands: what the group's energy is measured in.
        in_base: whether the power-factor base has it.
        group: who pays it.
        piece: when.

    Raises:
        InvalidInput: where a band is neither priced nor unpriced.
        Refused: where the customer's own contract prices it and the request does not tell the price, or where its price
            floats with the time of use and no document tells how.
    """
    component, source = paid.component, paid.source
    if component.price is None:
        return _own_prices(case, paid, bands, in_base=in_base, group=group, piece=piece)
    if isinstance(component.price, BandPrices):
        return _band_prices(component, component.price, bands, source, in_base=in_base)
    price = BandPrice(flat_price(paid), rounding=_rounding(component, source))
    ratios = ratios_in(case, paid, group, piece)
    return _flat_part(component, price, bands, ratios, source, in_base=in_base)


def _rounding(component: Component, source: Source) -> Rounding | None:
    """The rounding that a component states of its own price, or None."""
    return None if component.round.price is None else Rounding(component.round.price, source)


def ratios_in(case: Case, paid: Paid, group: str, piece: int) -> Ratios | None:
    """The ratios by which a component without band prices floats, or None."""
    key = (group, piece, id(paid.component))  # of the request or the catalog, so it lives as long as the case
    if key not in case.ratios:
        everything = (each.component for each in paid_in(case, group, piece))
        case.ratios[key] = ratios_of(case, paid.component, paid.key, case.pieces[piece].span, everything)
    found: Ratios | None = case.ratios[key]
    return found


def priced_bands(case: Case, paid: Paid, group: str, piece: int) -> frozenset[Band] | None:
    """The bands that a component has prices of, ``total`` for those not named; None where it has one price for all."""
    price = paid.component.price
    if isinstance(price, BandPrices):
        return frozenset(price.bands)
    sheet = case.request.price_sheet
    own = sheet.prices.get(paid.component.code, {}) if price is None and sheet is not None else {}
    if own and set(own) != {Band.TOTAL}:
        return frozenset(own)
    ratios = ratios_in(case, paid, group, piece)
    return None if ratios is None else frozenset(ratios.chains)


def _flat_part(
    component: Component,
    price: BandPrice,
    bands: tuple[Band, ...],
    ratios: Ratios | None,
    source: Source,
    *,
    in_base: bool,
) -> PricePart:
    """One price for all bands, or what the ratios make of it in each."""
    if ratios is None:
        return PricePart(component.code, ((Band.TOTAL, price),), source, in_base)
    stated = ratios.prices(price, bands)
    unpriced = tuple((band, ratios.source.id) for band in bands if band not in stated)
    return PricePart(component.code, tuple(stated.items()), source, in_base, unpriced)


def _own_prices(case: Case, paid: Paid, bands: tuple[Band, ...], *, in_base: bool, group: str, piece: int) -> PricePart:
    """The customer's own prices: one for all bands, or one for each, with that under ``total`` for the others.

    One price for all bands floats where the documents say so; prices of bands are what they are. Whether the one price
    floats in the bands without one of their own is the convention ``time_of_use.own_prices``; then that of flat does.
    """
    component = paid.component
    sheet = case.request.price_sheet
    prices = sheet.prices.get(component.code) if sheet is not None else None
    here = "/price_sheet/prices"
    if sheet is None or prices is None:
        raise refuse(RefusalCode.PRICE_NOT_GIVEN, here, component=component.code)
    source = sheet_source(sheet.title)
    case.notes.documents[source] = None

    def own(band: Band) -> BandPrice:
        of = (component.code,) if band is Band.TOTAL else (component.code, band.value)
        pointer = f"{here}/{component.code}/{band.value}"
        slot = case.notes.slot(pointer, prices[band].value, f"{MONEY}/{KWH}", Term.UNIT_PRICE, *of)
        return BandPrice(None, slot, rounding=_rounding(component, source))

    if set(prices) == {Band.TOTAL}:
        ratios = ratios_in(case, paid, group, piece)
        return _flat_part(component, own(Band.TOTAL), bands, ratios, source, in_base=in_base)
    stated = {band: own(band) for band in bands if band in prices}
    others = tuple(band for band in bands if band not in prices)
    one = next((band for band in (Band.TOTAL, Band.FLAT) if band in prices), None)
    ratios = None if one is None or not others else _floated_rest(case, paid, one, group, piece)
    unpriced: tuple[tuple[Band, str], ...] = ()
    if one is not None and ratios is not None:
        part = _flat_part(component, own(one), others, ratios, source, in_base=in_base)
        stated, unpriced = {**stated, **dict(part.prices)}, part.unpriced
    elif others and Band.TOTAL in prices:
        stated = {**stated, **dict.fromkeys(others, own(Band.TOTAL))}
    elif others:
        facts = {"component": component.code, "band": others[0].value}
        raise InvalidInput([Fault(FaultCode.BAND_NOT_PRICED, f"{here}/{component.code}", facts)])
    in_order = tuple((band, stated[band]) for band in bands if band in stated)
    return PricePart(component.code, in_order, source, in_base, unpriced)


def _floated_rest(case: Case, paid: Paid, one: Band, group: str, piece: int) -> Ratios | None:
    """The ratios by which a customer's one price floats in the bands without a price of their own; or None.

    Where nobody tells, the price under ``total`` is billed as it is, and that is in doubt where it could float.
    """
    convention = case.conventions.time_of_use.own_prices
    if convention.source is None:
        with suppress(Refused):
            span = case.pieces[piece].span
            if one is Band.TOTAL and floats_by(case, paid.component, paid.key, span) is not None:
                case.notes.decided_by(convention)
        return None
    return ratios_in(case, paid, group, piece) if case.notes.decided_by(convention) is OwnPrices.FLOAT else None


def _band_prices(
    component: Component, price: BandPrices, bands: tuple[Band, ...], source: Source, *, in_base: bool
) -> PricePart:
    """The listed price of each band; a band that is listed as unpriced must have no energy."""
    for band in bands:
        if band not in price.known:
            facts = {"component": component.code, "band": band.value}
            raise InvalidInput([Fault(FaultCode.BAND_NOT_PRICED, source.id, facts)])
    rounding = _rounding(component, source)
    stated = tuple(
        (band, BandPrice(price.bands[band].value, rounding=rounding)) for band in bands if band in price.bands
    )
    unpriced = tuple((band, source.id) for band in bands if band in price.unpriced)
    return PricePart(component.code, stated, source, in_base, unpriced)


def takes(case: Case, component: Component, group_id: str, group: Group) -> bool:
    """Whether the power-factor base has a component.

    What is excluded by section, tag or code stays out; then the group's own word counts, which also goes before an
    exclusion or inclusion of the whole group; then inclusion; then what class the group is of.
    """
    base = case.conventions.power_factor.base.value
    if is_excluded(case, component):
        return False
    if group.power_factor.money_in_base is not None:
        return group.power_factor.money_in_base
    if group_id in base.exclude.groups:
        return False
    include = base.include
    if not include.is_empty:
        return include.names(component) or group_id in include.groups
    return not is_apart(case, group_id, group)


def is_apart(case: Case, group_id: str, group: Group) -> bool:
    """Whether a group's class keeps its money out of the power-factor base of others.

    A household's is never adjusted; a farm's is by its own standard where it is assessed for itself, and not beside
    customers of other classes. Known practice, not seen in a document.
    """
    if group.customer_class is not CustomerClass.AGRICULTURAL:
        return group.customer_class is CustomerClass.RESIDENTIAL
    scope = case.scopes.groups.get(group_id)
    return any(
        case.scopes.groups.get(name) == scope and other.customer_class not in _AT_CATALOGUE_PRICES
        for _, entry in case.entries
        for name, other in entry.groups.items()
        if name != group_id
    )


_AT_CATALOGUE_PRICES = (CustomerClass.RESIDENTIAL, CustomerClass.AGRICULTURAL)


def takes_given(case: Case, code: str, section: Section, group: str) -> bool:
    """Whether the power-factor base has a given line, by what the convention says of sections, codes and groups."""
    base = case.conventions.power_factor.base.value
    named = [
        section in each.sections or code in each.components or group in each.groups
        for each in (base.exclude, base.include)
    ]
    return not named[0] and (named[1] or base.include.is_empty)


def is_excluded(case: Case, component: Component) -> bool:
    """Whether a component stays out of the power-factor base, whatever a group says."""
    return case.conventions.power_factor.base.value.exclude.names(component)


def parts_are_told(case: Case, component: Component, group_id: str, group: Group) -> bool:
    """Whether the base can take or leave a component as a whole: a total must not stand for parts on both sides."""
    return len({takes(case, each, group_id, group) for each in (component, *component.parts)}) == 1


def grain_of(case: Case, component: Component, *, banded: bool) -> Grain:
    """What is rounded to the fen as one in a line, by its first component."""
    if component.round_per is not None:
        return component.round_per
    if component.section is Section.LEVIES:
        return case.notes.decided_by(case.conventions.levies.round_per)
    return Grain.BAND if banded else Grain.TOTAL
