"""Prices of the day of consumption in place of those of the month of the bill, or the other way round."""

from collections.abc import Iterator

from billcalc.audit.diagnose.adjustment import other_conventions
from billcalc.audit.diagnose.cause import Cause, Instance, Reach, Situation, Stage
from billcalc.audit.diagnose.documents import reach_of_prices, rules
from billcalc.tariff.kinds import PRICE_KINDS
from billcalc.vocabulary import PriceBy

__all__ = ["PRICE_DAY"]


def _find(situation: Situation) -> Iterator[Instance]:
    values = [each.value for each in PriceBy]
    for kind in PRICE_KINDS:
        document = rules(situation, kind)
        reach = Reach() if document is None else reach_of_prices(document)
        yield from other_conventions(situation, "price_day", f"price_by.{kind}", values, Stage.DOCUMENTS, reach)


PRICE_DAY = Cause("price_day", _find)
