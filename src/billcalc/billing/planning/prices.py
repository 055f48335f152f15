"""Which components each group pays in each piece, and at which prices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from billcalc.agreement.models import Group
from billcalc.billing.plan import BandPrice, PricePart
from billcalc.billing.planning.context import Context, refuse
from billcalc.kernel.sources import Evidence, Source
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.units import CNY, KWH
from billcalc.kernel.wording import FaultCode, RefusalCode
from billcalc.tariff.catalog import SheetComponent
from billcalc.tariff.components import BandPrices, Component, FlatPrice, PriceKey
from billcalc.tariff.conventions import BaseSelector, LineSelector
from billcalc.vocabulary import Band, CustomerClass, Grain, Kind, Section

__all__ = [
    "Paid",
    "grain_of",
    "group_key",
    "is_energy",
    "paid_components",
    "parts_are_told",
    "price_part",
    "takes",
]

BASIC_QUANTITIES = ("capacity_kva", "demand_kw")


@dataclass(frozen=True, slots=True)
class Paid:
    """A component one group pays in one piece, with the document that states it."""

    component: Component
    source: Source


def group_key(group: Group) -> PriceKey:
    """What decides a group's prices."""
    return PriceKey(
        customer_class=group.customer_class,
        subclass=group.subclass,
        billing=group.billing,
        voltage=group.voltage,
        purchase=group.purchase,
        time_of_use=group.time_of_use,
    )


def is_energy(component: Component) -> bool:
    """Whether a component is priced by energy (of whatever name) and not by capacity, demand or the month."""
    return component.quantity not in (*BASIC_QUANTITIES, "months")


def paid_components(context: Context, group: Group, day: date, supplied: frozenset[str]) -> tuple[Paid, ...]:
    """The components of a group on a day: the documents' and the request's, less what given lines stand for.

    Raises:
        Refused: where a kind of document that makes up the price is missing.
    """
    key = group_key(group)
    sheet = context.request.price_sheet
    own: list[SheetComponent] = []
    replaced: tuple[Kind, ...] | None = ()
    if sheet is not None and (sheet.components or sheet.instead_of is not None):
        source = Source(id="request/price_sheet", title=sheet.title, evidence=Evidence.GIVEN)
        own = [SheetComponent(component, source) for component in sheet.components if component.selector.matches(key)]
        replaced = sheet.instead_of
    found = list(own)
    if replaced is not None:
        found.extend(_from_documents(context, key, day, replaced))
    return tuple(Paid(each.component, each.source) for each in found if each.component.code not in supplied)


def _from_documents(context: Context, key: PriceKey, day: date, replaced: Sequence[Kind]) -> list[SheetComponent]:
    area = context.request.area
    structure = context.catalog.in_force(Kind.PRICE_STRUCTURE, area, day)
    found: list[SheetComponent] = []
    for kind in structure.document.made_of.get(key.customer_class, ()):
        if kind not in replaced:
            on = context.price_day(kind, day)
            document, components = context.catalog.components(kind, area=area, key=key, day=on)
            context.use(document, on)
            found.extend(components)
    return found


def price_part(context: Context, paid: Paid, bands: tuple[Band, ...], in_base: bool) -> PricePart:  # noqa: FBT001
    """A component's prices in the bands that a group is billed in.

    Raises:
        InvalidInput: where a band is neither priced nor unpriced.
        Refused: where the customer's own contract prices it and the request does not tell the price.
    """
    component, source = paid.component, paid.source
    if component.price is None:
        return _own_prices(context, component, in_base)
    if isinstance(component.price, FlatPrice):
        prices = {Band.TOTAL: component.price.flat.value}
    else:
        prices = _band_prices(component, component.price, bands, source)
    told = tuple((band, BandPrice(price)) for band, price in prices.items())
    return PricePart(component.code, told, source, in_base)


def _own_prices(context: Context, component: Component, in_base: bool) -> PricePart:  # noqa: FBT001
    sheet = context.request.price_sheet
    prices = sheet.prices.get(component.code) if sheet is not None else None
    if sheet is None or prices is None:
        raise refuse(RefusalCode.PRICE_NOT_GIVEN, "/price_sheet/prices", component=component.code)
    source = Source(id="request/price_sheet", title=sheet.title, evidence=Evidence.GIVEN)
    context.documents[source] = None
    told = []
    for band, price in prices.items():
        pointer = f"/price_sheet/prices/{component.code}/{band.value}"
        of = (component.code,) if band is Band.TOTAL else (component.code, band.value)
        slot = context.slot(pointer, price.value, f"{CNY}/{KWH}", Term.UNIT_PRICE, *of)
        told.append((band, BandPrice(None, slot)))
    return PricePart(component.code, tuple(told), source, in_base)


def _band_prices(
    component: Component, price: BandPrices, bands: tuple[Band, ...], source: Source
) -> dict[Band, Decimal]:
    found = {}
    for band in bands:
        if band in price.bands:
            found[band] = price.bands[band].value
        elif band in price.unpriced:
            found[band] = Decimal(0)
        else:
            facts = {"component": component.code, "band": band.value}
            raise InvalidInput([Fault(FaultCode.BAND_NOT_PRICED, source.id, facts)])
    return found


def takes(context: Context, component: Component, group_id: str, group: Group) -> bool:
    """Whether the power-factor base has a component: exclusion wins, then the group's word, then inclusion."""
    base: BaseSelector = context.conventions["power_factor.base"]

    def named(selector: LineSelector) -> bool:
        return (
            component.section in selector.sections
            or any(tag in selector.tags for tag in component.tags)
            or component.code in selector.components
            or group_id in selector.groups
        )

    if named(base.exclude):
        return False
    if group.power_factor.money_in_base is not None:
        return group.power_factor.money_in_base
    include = base.include
    if include.sections or include.tags or include.components or include.groups:
        return named(include)
    return group.customer_class is not CustomerClass.RESIDENTIAL


def parts_are_told(context: Context, component: Component, group_id: str, group: Group) -> bool:
    """Whether the base can take or leave a component as a whole: a total must not stand for parts on both sides."""
    if not component.supplies:
        return True
    inside = takes(context, component, group_id, group)
    for name in component.supplies:
        section = Section(name) if name in set(Section) else component.section
        part = component.model_copy(update={"code": name, "section": section, "tags": ()})
        if takes(context, part, group_id, group) != inside:
            return False
    return True


def grain_of(context: Context, components: Sequence[Component], banded: bool) -> Grain:  # noqa: FBT001
    """What is rounded to the fen as one in a line."""
    stated = components[0].round_per
    if stated is not None:
        return stated
    if components[0].section is Section.LEVIES:
        return Grain(str(context.convention("levies.round_per")))
    return Grain.BAND if banded else Grain.TOTAL
