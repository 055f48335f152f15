"""What floats with the time of use: which components, and by which ratios.

A price that is listed by band, in a document or by the customer's own contract, is not asked for here: it wins.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from billcalc.billing.plan_prices import BandPrice
from billcalc.billing.planning.case import Case, last_day, refuse
from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.sources import Source
from billcalc.kernel.spans import Span
from billcalc.kernel.values import Rounding
from billcalc.tariff.catalog import InForce
from billcalc.tariff.components import Component, PriceKey
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
        rounding: of band prices, by a convention or the document of the ratios; or None [money/kWh].
        base: what the ratio of a band to another multiplies, as the convention ``time_of_use.ratio_of`` says.
    """

    chains: Mapping[Band, Chain]
    source: Source
    rounding: Rounding | None
    base: Callable[[], RatioBase]

    def prices(self, price: BandPrice, bands: Iterable[Band]) -> dict[Band, BandPrice]:
        """The price in each band that has a ratio."""
        rounding = self.rounding if price.rounding is None else Rounding(price.rounding.step, self.source)
        found = {}
        for band in bands:
            if band in self.chains:
                chain = band_chain(self.chains[band], None if rounding is None else rounding.step, self.base)
                found[band] = BandPrice(price.price, price.slot, chain, self.source, rounding)
        return found


def floats_by(case: Case, component: Component, key: PriceKey, span: Span) -> InForce | None:
    """The time-of-use document by which a component without band prices floats in a piece; None where it does not.

    Raises:
        Refused: where the component is tagged as one that floats, and no document is in force or it does not tell what
            floats for such a customer.
    """
    if not key.time_of_use or not component.is_energy or component.is_timed:
        return None
    tagged = FLOATS in component.tags
    area = case.request.area
    found = case.catalog.find(Kind.TIME_OF_USE, area, span.start)
    if found is None:
        return case.catalog.in_force(Kind.TIME_OF_USE, area, span.start) if tagged else None
    stated = tables_of(found).floats_for(component, key)
    if stated is None and tagged:
        raise _not_told(found, key, span.start)
    return found if stated else None


def ratios_of(case: Case, component: Component, key: PriceKey, span: Span, paid: Iterable[Component]) -> Ratios | None:
    """The ratios of a component in a piece; None where it does not float.

    Args:
        case: the planning state.
        component: it has no band prices.
        key: what the group is.
        span: the days of the piece.
        paid: everything the group pays in the piece.

    Raises:
        Refused: where a component that floats has no ratios; also where they multiply a sum of several that is rounded
            as a whole, since the price of each is then not told.
    """
    found = floats_by(case, component, key, span)
    if found is None:
        return None
    tables = tables_of(found)
    chains = tables.chains(key, span.start)
    if chains is None:
        raise _not_told(found, key, span.start)
    step, convention = price_step(component, tables, case.conventions)
    stated_by = None
    if convention is not None:
        case.notes.cited(convention)
        stated_by = convention.source
    rounding = tables.price_round
    if stated_by is None and rounding is not None and rounding.of == "sum":
        others = [each.code for each in paid if floats_by(case, each, key, span) is not None]
        if len(others) > 1:
            facts = {"what": Reason.SUM_ROUNDED, "lines": ", ".join(others)}
            raise refuse(RefusalCode.NOT_SUPPORTED, "/price_sheet", **facts)
    source = case.notes.use(found, last_day(span))
    by_step = None if step is None else Rounding(step, stated_by or source)
    return Ratios(chains, source, by_step, lambda: case.notes.decided_by(case.conventions.time_of_use.ratio_of))


def tables_of(found: InForce) -> TimeOfUse:
    """The time-of-use document that is in force."""
    document = found.document
    assert isinstance(document, TimeOfUse), "a document of a kind is of its class"
    return document


def _not_told(found: InForce, key: PriceKey, day: date) -> Exception:
    facts = {"wanted": Kind.TIME_OF_USE.value, "key": str(key), "day": str(day), "document": found.document.id}
    return refuse(RefusalCode.NO_PRICE, "/area", **facts)
