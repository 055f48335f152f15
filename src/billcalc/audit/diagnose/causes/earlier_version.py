"""A price table that a correction has superseded."""

from collections.abc import Iterator

from billcalc.audit.diagnose.cause import Cause, Edit, Instance, Situation, Stage
from billcalc.audit.diagnose.documents import PRICED, in_place_of, reach_of_prices, rules

__all__ = ["EARLIER_VERSION"]


def _find(situation: Situation) -> Iterator[Instance]:
    by_id = {each.id: each for each in situation.catalog.documents}
    for kind in PRICED:
        current = rules(situation, kind)
        other = None if current is None else by_id.get(current.supersedes or "")
        if other is not None:
            facts = {"document": other.id, "right": current.id}
            edit = Edit(catalog=in_place_of(current, other))
            reach = reach_of_prices(current, other)
            yield Instance("earlier_version", f"tariff.{kind}", other.id, Stage.DOCUMENTS, reach, edit, facts)


EARLIER_VERSION = Cause("earlier_version", _find)
