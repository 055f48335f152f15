"""Readings as causes assign them: a register's place, and what a wrong one can move."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from billcalc.audit.diagnose.capacity import BASIC
from billcalc.audit.diagnose.cause import ANYTHING, Edit, Instance, Path, Reach, Situation, Stage
from billcalc.audit.diagnose.inverted import by_effect, by_trial
from billcalc.audit.diagnose.mistaken import Mistaken
from billcalc.kernel.decimals import decimal_text
from billcalc.metering.models import Register
from billcalc.vocabulary import BANDS

__all__ = ["other_readings", "reach_of"]

_BANDS = frozenset(band.value for band in BANDS)
_STRAIGHT = _BANDS | {Register.TOTAL.value}
"""Registers of which the amounts are a straight line; demands have thresholds, power factors steps."""


def reach_of(registers: Iterable[str]) -> Reach:
    """What wrong registers can move: the lines of their bands, and of all bands together."""
    told = frozenset(registers)
    if told <= _BANDS:
        return Reach(bands=told)
    if told == {Register.MAXIMUM_DEMAND.value}:
        return BASIC
    return Reach(frozenset()) if all(each.startswith("reactive") for each in told) else ANYTHING


def other_readings(situation: Situation, cause: str, others: Callable[[str], Mistaken]) -> Iterator[Instance]:
    """Another number in one register of one reading.

    Args:
        situation: what is diagnosed.
        cause: the code of the cause.
        others: what a number, as it is written, may have been by mistake.
    """
    for index, point in situation.points():
        readings = point.get("readings", ())
        for number, reading in enumerate(readings):
            for register, text in reading["registers"].items():
                path: Path = ("metering_points", index, "readings", number, "registers", register)
                sought = by_effect if register in _STRAIGHT else by_trial
                reach, probe = reach_of((register,)), _probe(readings, number, register)
                for found in sought(situation, reach, path, probe, others(text)):
                    wrong, day = decimal_text(found), str(reading["at"])
                    facts = {"point": point["id"], "register": register, "day": day, "right": text, "wrong": wrong}
                    slot, edit = f"{point['id']}.{number}.{register}", Edit(((path, wrong),))
                    yield Instance(cause, slot, wrong, Stage.READINGS, reach, edit, facts)


def _probe(readings: Sequence[Mapping[str, Any]], number: int, register: str) -> Decimal:
    """A reading at which the amounts are computed: half way to another reading of the register."""
    stated = Decimal(readings[number]["registers"][register])
    shown = (Decimal(each["registers"].get(register, stated)) for each in readings)
    other = next((each for each in shown if each != stated), stated + 1)
    return (stated + other) / 2
