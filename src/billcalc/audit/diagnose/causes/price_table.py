"""The price table of another month, or an earlier version of it."""

from collections.abc import Iterator

from billcalc.audit.diagnose.cause import Cause, Edit, Instance, Situation, Stage
from billcalc.audit.diagnose.documents import PRICED, in_place_of, neighbours, reach_of_prices

__all__ = ["PRICE_TABLE"]

_PLACES = (-1, 1, -2, -12)
"""The month before and after, the one before that, and that of the year before."""


def _find(situation: Situation) -> Iterator[Instance]:
    for kind in PRICED:
        for current, other in neighbours(situation, kind, _PLACES):
            facts = {"document": other.id, "right": current.id}
            edit = Edit(catalog=in_place_of(current, other))
            reach = reach_of_prices(current, other)
            yield Instance("price_table", f"tariff.{kind}", other.id, Stage.DOCUMENTS, reach, edit, facts)


PRICE_TABLE = Cause("price_table", _find)
