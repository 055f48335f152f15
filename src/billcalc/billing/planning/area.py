"""Whether there is such an area, and whether a bill can be calculated in its currency."""

from billcalc.billing.planning.case import refuse
from billcalc.billing.request import Request
from billcalc.kernel.codes import FaultCode, RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.units import CNY
from billcalc.tariff.catalog import Catalog
from billcalc.vocabulary import AREAS, nearest_areas

__all__ = ["check_area"]


def check_area(request: Request, catalog: Catalog) -> None:
    """Find an area that is neither the library's, nor the tariffs' at hand, nor the request's own.

    Raises:
        InvalidInput: where there is none, or the request brings one that is listed.
        Refused: where its money is not that of the bill.
    """
    own = request.own_area
    if own is None:
        if request.area not in AREAS and request.area not in catalog.areas:
            facts = {"area": request.area, "nearest": nearest_areas(request.area)}
            raise InvalidInput([Fault(FaultCode.UNKNOWN_AREA, "/area", facts)])
        return
    if request.area in AREAS:
        facts = {"reason": Reason.KNOWN_AREA, "area": request.area}
        raise InvalidInput([Fault(FaultCode.INCONSISTENT, "/own_area", facts)])
    if own.currency != CNY:
        raise refuse(RefusalCode.OTHER_CURRENCY, "/own_area/currency", currency=own.currency)
