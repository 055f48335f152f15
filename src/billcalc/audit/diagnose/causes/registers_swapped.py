"""The readings of two registers exchanged."""

from collections.abc import Iterator
from itertools import combinations

from billcalc.audit.diagnose.cause import Cause, Edit, Instance, Path, Situation, Stage
from billcalc.audit.diagnose.registers import reach_of
from billcalc.vocabulary import BANDS

__all__ = ["REGISTERS_SWAPPED"]


def _find(situation: Situation) -> Iterator[Instance]:
    for index, point in situation.points():
        readings = point.get("readings", ())
        stated = {register for reading in readings for register in reading["registers"]}
        for one, other in combinations([band.value for band in BANDS if band.value in stated], 2):
            assigned: list[tuple[Path, str]] = []
            for number, reading in enumerate(readings):
                here, shown = ("metering_points", index, "readings", number, "registers"), reading["registers"]
                if one in shown and other in shown:
                    assigned += [((*here, one), shown[other]), ((*here, other), shown[one])]
            facts = {"point": point["id"], "register": one, "other": other}
            slot, value, edit = f"{point['id']}.registers", f"{one}/{other}", Edit(tuple(assigned))
            yield Instance(
                "registers_swapped", slot, value, Stage.READINGS, reach_of(situation, (one, other)), edit, facts
            )


REGISTERS_SWAPPED = Cause("registers_swapped", _find)
