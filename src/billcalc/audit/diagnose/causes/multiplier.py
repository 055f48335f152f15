"""Another multiplier: another ratio of the current transformers, or ten times it or a tenth."""

from collections.abc import Iterator
from decimal import Decimal

from billcalc.audit.diagnose.cause import ANYTHING, Cause, Edit, Instance, Situation, Stage
from billcalc.audit.diagnose.inverted import by_effect
from billcalc.audit.diagnose.mistaken import ratios
from billcalc.kernel.decimals import decimal_text

__all__ = ["MULTIPLIER"]


def _find(situation: Situation) -> Iterator[Instance]:
    currents = () if situation.ratings is None else tuple(situation.ratings.currents.all())
    for index, point in situation.points():
        for number, config in enumerate(point.get("config", ())):
            text, path = config["multiplier"], ("metering_points", index, "config", number, "multiplier")
            for found in by_effect(situation, ANYTHING, path, Decimal(text) * 2, ratios(text, currents)):
                wrong = decimal_text(found)
                facts = {"point": point["id"], "right": text, "wrong": wrong}
                slot, edit = f"{point['id']}.{number}.multiplier", Edit(((path, wrong),))
                yield Instance("multiplier", slot, wrong, Stage.READINGS, ANYTHING, edit, facts)


MULTIPLIER = Cause("multiplier", _find, by_effect=True)
