"""Another contracted demand than the agreement's."""

from collections.abc import Iterator
from decimal import Decimal

from billcalc.audit.diagnose.capacity import BASIC
from billcalc.audit.diagnose.cause import Cause, Edit, Instance, Situation, Stage
from billcalc.audit.diagnose.inverted import by_trial
from billcalc.audit.diagnose.mistaken import sizes
from billcalc.kernel.decimals import decimal_text

__all__ = ["CONTRACT"]


def _find(situation: Situation) -> Iterator[Instance]:
    for index, entry in situation.entries():
        for name, text in entry["basic"].get("contracts", {}).items():
            stated, path = Decimal(text), ("agreement", index, "basic", "contracts", name)
            told = (*_others(situation, index, name), stated * 10, stated / 10)
            for number in by_trial(situation, BASIC, path, stated * 2 + 1, sizes(text, told)):
                wrong = decimal_text(number)
                facts = {"entry": str(entry["from"]), "name": name, "right": text, "wrong": wrong}
                slot, edit = f"contract.{index}.{name}", Edit(((path, wrong),))
                yield Instance("contract", slot, wrong, Stage.FILE, BASIC, edit, facts)


def _others(situation: Situation, index: int, name: str) -> Iterator[Decimal]:
    """The contract of the other entries: that of before, or that of after."""
    for other, entry in situation.entries():
        contracts = entry["basic"].get("contracts", {})
        if other != index and name in contracts:
            yield Decimal(contracts[name])


CONTRACT = Cause("contract", _find, by_effect=True)
