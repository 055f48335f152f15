"""The maximum demand billed as its meters show it, without the multiplier."""

from collections.abc import Iterator
from decimal import Decimal

from billcalc.audit.diagnose.capacity import BASIC
from billcalc.audit.diagnose.cause import Cause, Edit, Instance, Situation, Stage
from billcalc.kernel.decimals import decimal_text
from billcalc.metering.models import Register

__all__ = ["DEMAND_MULTIPLIER"]


def _find(situation: Situation) -> Iterator[Instance]:
    shown: dict[str, Decimal] = {}
    for _, point in situation.points():
        told = [reading["registers"].get(Register.MAXIMUM_DEMAND) for reading in point.get("readings", ())]
        numbers = [Decimal(text) for text in told if text is not None]
        name = point["supply_point"]
        shown[name] = shown.get(name, Decimal()) + max(numbers, default=Decimal())
    for name, number in shown.items():
        if number:
            wrong = decimal_text(number)
            edit, facts = Edit(((("facts", name, "demand_kw"), wrong),)), {"supply_point": name, "wrong": wrong}
            yield Instance("demand_multiplier", f"{name}.demand", wrong, Stage.FACTS, BASIC, edit, facts)


DEMAND_MULTIPLIER = Cause("demand_multiplier", _find)
