"""A quantity that is given and not read, typed otherwise: a digit that is another, or two exchanged."""

from collections.abc import Iterator, Mapping
from functools import partial, reduce
from operator import getitem
from typing import Any

from billcalc.audit.diagnose.cause import Cause, Place, Situation, Stage
from billcalc.audit.diagnose.registers import is_straight, reach_of
from billcalc.metering.models import Register

__all__ = ["GIVEN_QUANTITY"]


def _places(situation: Situation) -> Iterator[Place]:
    from billcalc.audit.diagnose.mistaken import sizes  # which needs the packages of bulk

    for index, point in situation.points():
        for path, register in _numbers(point.get("given", {})):
            yield Place(
                cause="given_quantity",
                slot=f"{point['id']}.given.{'.'.join(path)}",
                stage=Stage.READINGS,
                path=("metering_points", index, "given", *path),
                reach=reach_of(situation, (register,)),
                right=reduce(getitem, path, point["given"]),
                mistaken=partial(sizes, made=()),
                facts={"point": point["id"], "register": register, "quantity": _QUANTITY.get(path[0], "demand_kw")},
                is_straight=is_straight(register) and not point.get("losses") and not _has_tiers(situation),
            )


_QUANTITY = {"kwh": "kwh", "kvarh": "kvarh"}


def _numbers(given: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The places of numbers, and the registers that would have shown them; a demand of a band is a demand."""
    for key, told in given.items():
        for name in told if isinstance(told, Mapping) else ("",):
            path = (key, name) if name else (key,)
            yield path, name if key in _QUANTITY else Register.MAXIMUM_DEMAND.value


def _has_tiers(situation: Situation) -> bool:
    """Whether some energy is priced by tiers, which have thresholds."""
    return any(line.counted is not None for line in situation.energy_lines)


GIVEN_QUANTITY = Cause("given_quantity", places=_places)
