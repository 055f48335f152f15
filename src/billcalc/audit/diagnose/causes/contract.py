"""Another contracted demand than the agreement's."""

from collections.abc import Iterator
from decimal import Decimal

from billcalc.audit.diagnose.capacity import BASIC
from billcalc.audit.diagnose.cause import Cause, Edit, Instance, Situation, Stage
from billcalc.audit.diagnose.inverted import by_trial, digits_exchanged, digits_misread
from billcalc.kernel.decimals import decimal_text

__all__ = ["CONTRACT"]


def _find(situation: Situation) -> Iterator[Instance]:
    for index, entry in situation.entries():
        for name, text in entry["basic"].get("contracts", {}).items():
            stated, path = Decimal(text), ("agreement", index, "basic", "contracts", name)
            tens = {Decimal(each) for each in _others(situation, index, name)}
            wanted = [*tens, *digits_misread(stated), *digits_exchanged(stated), stated * 10, stated / 10]
            for number in by_trial(situation, BASIC, path, stated, stated * 2 + 1, wanted):
                wrong = decimal_text(number)
                facts = {"entry": str(entry["from"]), "name": name, "right": text, "wrong": wrong}
                slot, edit = f"contract.{index}.{name}", Edit(((path, wrong),))
                yield Instance("contract", slot, wrong, Stage.FILE, BASIC, edit, facts)


def _others(situation: Situation, index: int, name: str) -> Iterator[str]:
    """The contract of the other entries: that of before, or that of after."""
    for other, entry in situation.entries():
        contracts = entry["basic"].get("contracts", {})
        if other != index and name in contracts:
            yield contracts[name]


CONTRACT = Cause("contract", _find, by_effect=True)
