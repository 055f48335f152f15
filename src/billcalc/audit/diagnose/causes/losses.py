"""The losses of a metering point left out, as of a meter on the high side, or a fixed loss or share of them doubled."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from billcalc.audit.diagnose.cause import ANYTHING, GONE, Cause, Edit, Instance, Path, Situation, Stage
from billcalc.kernel.decimals import decimal_text
from billcalc.metering.models import Side

__all__ = ["LOSSES"]

_DOUBLED = ("kwh", "kvarh", "share", "reactive_share")

_HOW = {"none": "not_billed", "twice": "billed_twice"}


def _find(situation: Situation) -> Iterator[Instance]:
    for index, point in situation.points():
        here: Path = ("metering_points", index)
        if point.get("losses"):
            none = ((*here, "losses"), GONE), ((*here, "side"), Side.HIGH.value)
            for value, assigned in (("none", none), ("twice", tuple(_doubled((*here, "losses"), point["losses"])))):
                if assigned:
                    facts = {"point": point["id"], "wrong": _HOW[value]}
                    slot, edit = f"{point['id']}.losses", Edit(assigned)
                    yield Instance("losses", slot, value, Stage.LOSSES, ANYTHING, edit, facts)


def _doubled(here: Path, losses: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    """Twice the numbers that a loss is told by."""
    for kind, loss in losses.items():
        for key in _DOUBLED:
            if isinstance(loss, Mapping) and key in loss:
                yield (*here, kind, key), decimal_text(Decimal(loss[key]) * 2)


LOSSES = Cause("losses", _find)
