"""Readings as causes assign them: a register's place, and what a wrong one can move."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from billcalc.audit.diagnose.capacity import BASIC
from billcalc.audit.diagnose.cause import ANYTHING, Path, Place, Reach, Situation, Stage
from billcalc.metering.models import Register
from billcalc.tariff.convention_words import EnergySource, Remainder
from billcalc.vocabulary import BANDS

if TYPE_CHECKING:
    from billcalc.audit.diagnose.mistaken import Mistaken

__all__ = ["is_straight", "places_of_readings", "reach_of"]

_BANDS = frozenset(band.value for band in BANDS)
_STRAIGHT = _BANDS | {Register.TOTAL.value}
"""Registers of which the amounts are a straight line; demands have thresholds, power factors steps."""


def reach_of(situation: Situation, registers: Iterable[str]) -> Reach:
    """What wrong registers can move: the lines of their bands, and of all bands together.

    Where what one band has is taken off others, or shared among them, it is any line.
    """
    told = frozenset(registers)
    if told <= _BANDS:
        return ANYTHING if _bands_hang_together(situation) else Reach(bands=told)
    if told == {Register.MAXIMUM_DEMAND.value}:
        return BASIC
    return Reach(frozenset()) if all(each.startswith("reactive") for each in told) else ANYTHING


def is_straight(register: str) -> bool:
    """Whether the amounts of energy are a straight line in a register."""
    return register in _STRAIGHT


def _bands_hang_together(situation: Situation) -> bool:
    """Whether flat energy is what the other bands leave, or losses and sub-meters go by the shares of bands."""
    energy = {situation.conventions.get(("kwh", key)) for key in ("source", "remainder")}
    whole = not energy.isdisjoint((EnergySource.TOTAL, Remainder.FLAT))
    return any(
        point.get("children")
        or point.get("losses")
        or (whole and any(Register.TOTAL.value in each["registers"] for each in point.get("readings", ())))
        for _, point in situation.points()
    )


def places_of_readings(situation: Situation, cause: str, mistaken: "Mistaken") -> Iterator[Place]:
    """Every register of every reading.

    Args:
        situation: what is diagnosed.
        cause: the code of the cause.
        mistaken: what numbers, as they are written, may have been by mistake.
    """
    for index, point in situation.points():
        readings, configs = point.get("readings", ()), point.get("config", ())
        beside = tuple(_numbers(index, readings))
        for number, reading in enumerate(readings):
            for register, text in reading["registers"].items():
                here: Path = ("metering_points", index, "readings")
                yield Place(
                    cause=cause,
                    slot=f"{point['id']}.{number}.{register}",
                    stage=Stage.READINGS,
                    path=(*here, number, "registers", register),
                    reach=reach_of(situation, (register,)),
                    right=text,
                    mistaken=mistaken,
                    facts={"point": point["id"], "register": register, "day": str(reading["at"])},
                    digits=max((config["digits"] for config in configs), default=1),
                    decimals=max((config.get("decimals", 0) for config in configs), default=0),
                    beside=beside,
                    neighbour=_beside(here, readings, number, register),
                    is_straight=is_straight(register),
                )


def _numbers(index: int, readings: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Path, str]]:
    """All numbers that a meter showed, with their places."""
    for number, reading in enumerate(readings):
        for register, text in reading["registers"].items():
            yield ("metering_points", index, "readings", number, "registers", register), text


def _beside(here: Path, readings: Sequence[Mapping[str, Any]], number: int, register: str) -> tuple[Path, str] | None:
    """The reading before that has the register, or the first one after, with its place."""
    having = [place for place, each in enumerate(readings) if register in each["registers"] and place != number]
    before = [place for place in having if place < number]
    for place in (*before[-1:], *having[:1]):
        return (*here, place, "registers", register), str(readings[place]["registers"][register])
    return None
