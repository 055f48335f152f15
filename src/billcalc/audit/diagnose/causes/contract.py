"""Another contracted demand than the agreement's."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from billcalc.audit.diagnose.capacity import BASIC
from billcalc.audit.diagnose.cause import Cause, Place, Situation, Stage

__all__ = ["CONTRACT"]


def _places(situation: Situation) -> Iterator[Place]:
    from billcalc.audit.diagnose.mistaken import contracts  # which needs the packages of bulk

    for index, entry in situation.entries():
        for name, text in entry["basic"].get("contracts", {}).items():
            yield Place(
                cause="contract",
                slot=f"contract.{index}.{name}",
                stage=Stage.FILE,
                path=("agreement", index, "basic", "contracts", name),
                reach=BASIC,
                right=text,
                mistaken=partial(contracts, others=tuple(_others(situation, index, name))),
                facts={"entry": str(entry["from"]), "name": name},
            )


def _others(situation: Situation, index: int, name: str) -> Iterator[Decimal]:
    """The contract of the other entries: that of before, or that of after."""
    for other, entry in situation.entries():
        contracts = entry["basic"].get("contracts", {})
        if other != index and name in contracts:
            yield Decimal(contracts[name])


CONTRACT = Cause("contract", places=_places)
