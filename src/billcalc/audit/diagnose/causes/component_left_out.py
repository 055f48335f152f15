"""A component of the price not billed: a levy, system operation, a charge of the network."""

from collections.abc import Callable, Iterator
from typing import Any

from billcalc.audit.diagnose.cause import Cause, Edit, Instance, Reach, Situation, Stage
from billcalc.audit.diagnose.documents import PRICED, changed, rules
from billcalc.tariff.components import Component, FlatPrice, PriceNumber

__all__ = ["COMPONENT_LEFT_OUT"]

_NOTHING = FlatPrice(flat=PriceNumber.model_validate("0"))


def _find(situation: Situation) -> Iterator[Instance]:
    billed = {source.id for source in situation.bill.sources}
    for kind in PRICED:
        document = rules(situation, kind)
        if document is None or document.id not in billed:
            continue
        for code, section in dict.fromkeys((each.code, each.section) for each in document.components):
            reach, edit = Reach(frozenset((section.value,))), Edit(catalog=changed(kind, _without(code)))
            slot, facts = f"component.{code}", {**situation.line(code), "document": document.id}
            yield Instance("component_left_out", slot, "none", Stage.RULES, reach, edit, facts)


def _without(code: str) -> Callable[[Any], Any]:
    def change(document: Any) -> Any:
        return document.model_copy(update={"components": tuple(map(free, document.components))})

    def free(component: Component) -> Component:
        return component.model_copy(update={"price": _NOTHING, "tags": ()}) if component.code == code else component

    return change


COMPONENT_LEFT_OUT = Cause("component_left_out", _find)
