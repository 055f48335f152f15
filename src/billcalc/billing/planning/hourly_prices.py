"""Which components are priced by interval, and at which prices: a document's, or the request's own."""

from typing import NamedTuple

from billcalc.billing.planning.case import Case
from billcalc.billing.planning.prices import OWN_PRICES, Paid, sheet_source
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.hour_reasons import HourReason
from billcalc.kernel.sources import Source
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.tariff.price_series import PriceSeries, SeriesPrice

__all__ = ["Hourly", "hourly_of", "is_hourly"]


class Hourly(NamedTuple):
    """The prices of a component by interval, and where they stand."""

    series: PriceSeries
    source: Source
    where: str


def is_hourly(case: Case, paid: Paid) -> bool:
    """Whether a component is priced by interval."""
    return hourly_of(case, paid) is not None


def hourly_of(case: Case, paid: Paid) -> Hourly | None:
    """The prices of a component by interval; None where it is priced otherwise.

    Raises:
        InvalidInput: where the request has such prices of a component that cannot be priced so.
    """
    component, sheet = paid.component, case.request.price_sheet
    if isinstance(component.price, SeriesPrice):
        of_request = sheet is not None and paid.source.id == OWN_PRICES
        where = "/price_sheet/components" if of_request else f"/tariffs/{paid.source.id}"
        return Hourly(component.price.series, paid.source, where)
    if component.price is not None or sheet is None or component.code not in sheet.series:
        return None
    where = f"/price_sheet/series/{component.code}"
    if not component.may_be_by_interval:
        facts = {"reason": HourReason.SERIES_OF_COMPONENT, "component": component.code}
        raise InvalidInput([Fault(FaultCode.INCONSISTENT, where, facts)])
    source = sheet_source(sheet.title)
    case.notes.documents[source] = None
    return Hourly(sheet.series[component.code], source, where)
