"""What floats with the time of use: which components, and by which ratios.

A price that is listed by band, in a document or by the customer's own contract, is not asked for here: it wins.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from billcalc.billing.plan import BandPrice
from billcalc.billing.planning.context import Context, last_day, refuse
from billcalc.kernel.sources import Source
from billcalc.kernel.spans import Span
from billcalc.kernel.wording import RefusalCode
from billcalc.tariff.catalog import InForce
from billcalc.tariff.components import BandPrices, Component, PriceKey
from billcalc.tariff.conventions import RatioBase
from billcalc.tariff.floating import Chain, band_chain, price_step
from billcalc.tariff.time_of_use import TimeOfUse
from billcalc.vocabulary import Band, Kind

__all__ = ["Ratios", "floats_by", "ratios_of", "tables_of"]

FLOATS = "floats"
"""The tag of a component that must not be billed at one price where a group has time of use."""


@dataclass(frozen=True, slots=True)
class Ratios:
    """What the bands cost of a price that floats.

    Attributes:
        chains: by band, the bands on the way to it with their multiples of the one before, or of the untimed price [1].
        round: the step to which band prices are rounded, or None [money/kWh].
        round_source: the convention that states the step, or None where the document of the ratios does.
        base: what the ratio of a band to another multiplies, as the convention ``time_of_use.ratio_of`` says.
    """

    chains: Mapping[Band, Chain]
    source: Source
    round: Decimal | None
    round_source: Source | None
    base: Callable[[], RatioBase]

    def prices(self, price: BandPrice, bands: Iterable[Band]) -> dict[Band, BandPrice]:
        """The price in each band that has a ratio."""
        step, stated_by = (self.round, self.round_source) if price.round is None else (price.round, None)
        found = {}
        for band in bands:
            if band in self.chains:
                chain = band_chain(self.chains[band], step, self.base)
                found[band] = BandPrice(price.price, price.slot, chain, self.source, step, stated_by)
        return found


def floats_by(context: Context, component: Component, key: PriceKey, span: Span) -> InForce | None:
    """The time-of-use document by which a component without band prices floats in a piece; None where it does not.

    Raises:
        Refused: where the component is tagged as one that floats, and no document is in force or it does not tell what
            floats for such a customer.
    """
    if not key.time_of_use or not component.is_energy or isinstance(component.price, BandPrices):
        return None
    tagged = FLOATS in component.tags
    area = context.request.area
    found = context.catalog.find(Kind.TIME_OF_USE, area, span.start)
    if found is None:
        return context.catalog.in_force(Kind.TIME_OF_USE, area, span.start) if tagged else None
    told = tables_of(found).floats_for(component, key)
    if told is None and tagged:
        raise _not_told(found, key, span.start)
    return found if told else None


def ratios_of(
    context: Context, component: Component, key: PriceKey, span: Span, paid: Iterable[Component]
) -> Ratios | None:
    """The ratios of a component in a piece; None where it does not float.

    Args:
        context: the planning state.
        component: it has no band prices.
        key: what the group is.
        span: the days of the piece.
        paid: everything the group pays in the piece.

    Raises:
        Refused: where a component that floats has no ratios; also where they multiply a sum of several that is rounded
            as a whole, since the price of each is then not told.
    """
    found = floats_by(context, component, key, span)
    if found is None:
        return None
    tables = tables_of(found)
    chains = tables.chains(key, span.start)
    if chains is None:
        raise _not_told(found, key, span.start)
    step, key_of_step = price_step(component, tables, context.conventions)
    stated_by = None
    if key_of_step is not None:
        context.told(key_of_step)
        stated_by = context.conventions.source(key_of_step)
    rounding = tables.price_round
    if stated_by is None and rounding is not None and rounding.of == "sum":
        others = [each.code for each in paid if floats_by(context, each, key, span) is not None]
        if len(others) > 1:
            what = f"a band price that is rounded as the sum of {', '.join(others)}"
            raise refuse(RefusalCode.NOT_SUPPORTED, "/price_sheet", what=what)
    source = context.use(found, last_day(span))
    return Ratios(chains, source, step, stated_by, lambda: RatioBase(context.convention("time_of_use.ratio_of")))


def tables_of(found: InForce) -> TimeOfUse:
    """The time-of-use document that is in force."""
    document = found.document
    assert isinstance(document, TimeOfUse), "a document of a kind is of its class"
    return document


def _not_told(found: InForce, key: PriceKey, day: date) -> Exception:
    facts = {"wanted": Kind.TIME_OF_USE.value, "key": str(key), "day": str(day), "document": found.document.id}
    return refuse(RefusalCode.NO_PRICE, "/area", **facts)
