"""The maximum demand billed as its meters show it, without the multiplier."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from billcalc.audit.diagnose.capacity import BASIC
from billcalc.audit.diagnose.cause import Cause, Edit, Instance, Path, Situation, Stage
from billcalc.kernel.decimals import decimal_text
from billcalc.metering.models import Register

__all__ = ["DEMAND_MULTIPLIER", "demand_cause", "shown_demands"]


def _find(situation: Situation) -> Iterator[Instance]:
    for name, points in shown_demands(situation.data).items():
        number = sum((max(map(Decimal, told.values()), default=Decimal()) for told in points), Decimal())
        if number:
            yield demand_cause(name, decimal_text(number))


def shown_demands(data: Mapping[str, Any]) -> dict[str, list[dict[Path, str]]]:
    """What the maximum-demand registers of each supply point show, meter by meter, with the places."""
    found: dict[str, list[dict[Path, str]]] = {}
    for index, point in enumerate(data.get("metering_points", ())):
        told: dict[Path, str] = {
            ("metering_points", index, "readings", number, "registers", Register.MAXIMUM_DEMAND.value): text
            for number, reading in enumerate(point.get("readings", ()))
            if (text := reading["registers"].get(Register.MAXIMUM_DEMAND)) is not None
        }
        found.setdefault(point["supply_point"], []).append(told)
    return found


def demand_cause(supply_point: str, wrong: str) -> Instance:
    """The demand of a supply point as its meters show it."""
    edit = Edit(((("facts", supply_point, "demand_kw"), wrong),))
    facts = {"supply_point": supply_point, "wrong": wrong}
    return Instance("demand_multiplier", f"{supply_point}.demand", wrong, Stage.FACTS, BASIC, edit, facts)


DEMAND_MULTIPLIER = Cause("demand_multiplier", _find)
