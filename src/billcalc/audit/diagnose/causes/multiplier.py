"""Another multiplier: another ratio of the current transformers, or ten times it or a tenth."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from billcalc.audit.diagnose.cause import ANYTHING, Cause, Edit, Instance, Situation, Stage
from billcalc.audit.diagnose.inverted import by_effect
from billcalc.kernel.decimals import decimal_text

__all__ = ["MULTIPLIER"]

_PRIMARY = ("1", "1.5", "2", "3", "4", "5", "6", "7.5")
"""The rated primary currents of current transformers, and their multiples by ten (GB/T 20840.2, 条号未见)."""


def _find(situation: Situation) -> Iterator[Instance]:
    for index, point in situation.points():
        for number, config in enumerate(point.get("config", ())):
            stated, path = Decimal(config["multiplier"]), ("metering_points", index, "config", number, "multiplier")
            for found in by_effect(situation, path, stated, stated * 2, _others(stated)):
                wrong = decimal_text(found)
                facts = {"point": point["id"], "right": config["multiplier"], "wrong": wrong}
                slot, edit = f"{point['id']}.{number}.multiplier", Edit(((path, wrong),))
                yield Instance("multiplier", slot, wrong, Stage.READINGS, ANYTHING, edit, facts)


def _others(stated: Decimal) -> list[Decimal]:
    """The multiplier by the quotient of two rated currents, by ten and by a tenth, and none."""
    currents = [Fraction(each) * 10**power for each in _PRIMARY for power in range(3)]
    found = {Fraction(stated) * one / other for one in currents for other in currents} | {Fraction(1)}
    return sorted(Decimal(each.numerator) for each in found if each.denominator == 1)


MULTIPLIER = Cause("multiplier", _find)
