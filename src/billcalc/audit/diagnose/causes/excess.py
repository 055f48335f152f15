"""Demand above the contract not charged more, or charged from the contract on."""

from collections.abc import Iterator

from billcalc.audit.diagnose.capacity import BASIC
from billcalc.audit.diagnose.cause import Cause, Edit, Instance, Situation, Stage
from billcalc.audit.diagnose.documents import changed, rules
from billcalc.tariff.documents import BasicChargeRules
from billcalc.vocabulary import Kind

__all__ = ["EXCESS"]


def _find(situation: Situation) -> Iterator[Instance]:
    stated = rules(situation, Kind.BASIC_CHARGE_RULES)
    if stated is not None and stated.over_steps:
        facts = {"document": stated.id}
        for value, how, change in (("none", "not_billed", _without), ("other_band", "other_band", _other_band)):
            edit = Edit(catalog=changed(Kind.BASIC_CHARGE_RULES, change))
            yield Instance("excess", "rules.excess", value, Stage.RULES, BASIC, edit, {**facts, "wrong": how})


def _without(rules: BasicChargeRules) -> BasicChargeRules:
    return rules.model_copy(update={"over_steps": ()})


def _other_band(rules: BasicChargeRules) -> BasicChargeRules:
    """The band between the contract and the first limit free where it is charged, and charged where it is free."""
    steps = [step.model_copy(update={"free_band": not step.free_band}) for step in rules.over_steps]
    return rules.model_copy(update={"over_steps": tuple(steps)})


EXCESS = Cause("excess", _find)
