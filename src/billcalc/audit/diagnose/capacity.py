"""What the causes of the basic charge, and of shares of a month, can move."""

from billcalc.audit.diagnose.cause import ANYTHING, Reach, Situation
from billcalc.metering.models import ChildKind
from billcalc.tariff.documents import PriceDocument
from billcalc.vocabulary import Section

__all__ = ["BASIC", "reach_of_shares", "reach_of_transformers"]

BASIC = Reach(frozenset((Section.NETWORK_CAPACITY.value, Section.CATALOGUE.value)))
"""The basic charge, which older prices print in the section of the catalogue."""


def reach_of_transformers(situation: Situation) -> Reach:
    """What transformers can move: the basic charge, and where their losses are billed all that is made of energy."""
    return ANYTHING if any(point.get("losses") for _, point in situation.points()) else BASIC


def reach_of_shares(situation: Situation) -> Reach:
    """What the shares of a month can move: what is billed by the month, and energy that is told for a month."""
    points = [point for _, point in situation.points()]
    fixed = any(child["kind"] == ChildKind.FIXED for point in points for child in point.get("children", ()))
    if fixed or any(point.get("losses") for point in points) or situation.request.price_sheet is not None:
        return ANYTHING
    documents = (each for each in situation.catalog.documents if isinstance(each, PriceDocument))
    by_month = (each.section.value for document in documents for each in document.components if not each.is_energy)
    return Reach(frozenset(by_month) | (BASIC.sections or frozenset()))
