"""Another multiplier: another ratio of the current transformers, or ten times it or a tenth."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from billcalc.audit.diagnose.cause import ANYTHING, Cause, Edit, Instance, Situation, Stage
from billcalc.audit.diagnose.inverted import by_effect
from billcalc.kernel.decimals import decimal_text

__all__ = ["MULTIPLIER"]


def _find(situation: Situation) -> Iterator[Instance]:
    currents = [] if situation.ratings is None else [Fraction(each) for each in situation.ratings.currents.all()]
    for index, point in situation.points():
        for number, config in enumerate(point.get("config", ())):
            stated, path = Decimal(config["multiplier"]), ("metering_points", index, "config", number, "multiplier")
            for found in by_effect(situation, ANYTHING, path, stated, stated * 2, _others(stated, currents)):
                wrong = decimal_text(found)
                facts = {"point": point["id"], "right": config["multiplier"], "wrong": wrong}
                slot, edit = f"{point['id']}.{number}.multiplier", Edit(((path, wrong),))
                yield Instance("multiplier", slot, wrong, Stage.READINGS, ANYTHING, edit, facts)


def _others(stated: Decimal, currents: Sequence[Fraction]) -> list[Decimal]:
    """The multiplier by the quotient of two rated currents, by ten and by a tenth, and none."""
    quotients = {one / other for one in currents for other in currents} | {Fraction(10), Fraction(1, 10)}
    found = {Fraction(stated) * each for each in quotients} | {Fraction(1)}
    return sorted(Decimal(each.numerator) for each in found if each.denominator == 1)


MULTIPLIER = Cause("multiplier", _find, by_effect=True)
