"""A register that went through zero billed by its last reading alone."""

from collections.abc import Iterator

from billcalc.audit.diagnose.cause import GONE, Cause, Edit, Instance, Situation, Stage
from billcalc.audit.diagnose.registers import reach_of

__all__ = ["ROLLOVER"]


def _find(situation: Situation) -> Iterator[Instance]:
    for index, point in situation.points():
        for number, reading in enumerate(point.get("readings", ())):
            for register in reading.get("rollover", ()):
                here = ("metering_points", index, "readings")
                left = [each for each in reading["rollover"] if each != register]
                edit = Edit(
                    (
                        ((*here, number - 1, "registers", register), "0"),
                        ((*here, number, "rollover"), left or GONE),
                    )
                )
                facts = {"point": point["id"], "register": register, "day": str(reading["at"])}
                slot = f"{point['id']}.{number}.{register}"
                yield Instance(
                    "rollover", slot, "missed", Stage.READINGS, reach_of(situation, (register,)), edit, facts
                )


ROLLOVER = Cause("rollover", _find)
