"""What a meter counted before it was exchanged, or the new one since, left out."""

from collections.abc import Iterator

from billcalc.audit.diagnose.cause import ANYTHING, Cause, Edit, Instance, Situation, Stage
from billcalc.metering.models import ReadingKind

__all__ = ["METER_EXCHANGE"]

_LEFT_OUT = {ReadingKind.REMOVAL: ("before", 0), ReadingKind.INSTALLATION: ("after", 1)}
"""What is left out at a reading, and which reading then shows what the one before it did."""


def _find(situation: Situation) -> Iterator[Instance]:
    for index, point in situation.points():
        readings = point.get("readings", ())
        for number, reading in enumerate(readings):
            if reading["kind"] not in _LEFT_OUT:
                continue
            value, step = _LEFT_OUT[ReadingKind(reading["kind"])]
            place = number + step
            shown, registers = readings[place - 1]["registers"], readings[place]["registers"]
            kept = {name: shown.get(name, text) for name, text in registers.items()}
            facts = {"point": point["id"], "day": str(reading["at"]), "wrong": value}
            edit = Edit(((("metering_points", index, "readings", place, "registers"), kept),))
            yield Instance("meter_exchange", f"{point['id']}.{place}", value, Stage.READINGS, ANYTHING, edit, facts)


METER_EXCHANGE = Cause("meter_exchange", _find)
