"""A sub-meter not taken off its parent, or taken off twice."""

from collections.abc import Iterator
from decimal import Decimal

from billcalc.audit.diagnose.cause import ANYTHING, GONE, Cause, Edit, Instance, Situation, Stage
from billcalc.kernel.decimals import decimal_text

__all__ = ["SUB_METER"]

_HOW = {"none": "not_deducted", "twice": "deducted_twice"}


def _find(situation: Situation) -> Iterator[Instance]:
    for index, point in situation.points():
        for number, child in enumerate(point.get("children", ())):
            here = ("metering_points", index, "children", number)
            facts = {"point": point["id"], "child": child["id"]}
            made = [("none", Edit(((here, GONE),)))]
            if child.get("value") is not None:
                made.append(("twice", Edit((((*here, "value"), decimal_text(Decimal(child["value"]) * 2)),))))
            for value, edit in made:
                slot = f"{point['id']}.{child['id']}"
                yield Instance("sub_meter", slot, value, Stage.LOSSES, ANYTHING, edit, {**facts, "wrong": _HOW[value]})


SUB_METER = Cause("sub_meter", _find)
