"""The discount of the demand price for intensive use not granted, or granted below its threshold."""

from collections.abc import Iterator

from billcalc.audit.diagnose.capacity import BASIC
from billcalc.audit.diagnose.cause import Cause, Edit, Instance, Situation, Stage
from billcalc.audit.diagnose.documents import changed, rules
from billcalc.tariff.documents import BasicChargeRules
from billcalc.vocabulary import Kind

__all__ = ["DISCOUNT"]


def _find(situation: Situation) -> Iterator[Instance]:
    stated = rules(situation, Kind.BASIC_CHARGE_RULES)
    if stated is not None and stated.discount is not None:
        facts = {"document": stated.id}
        for value, how, change in (("none", "not_granted", _without), ("always", "always", _always)):
            edit = Edit(catalog=changed(Kind.BASIC_CHARGE_RULES, change))
            yield Instance("discount", "rules.discount", value, Stage.RULES, BASIC, edit, {**facts, "wrong": how})


def _without(rules: BasicChargeRules) -> BasicChargeRules:
    return rules.model_copy(update={"discount": None})


def _always(rules: BasicChargeRules) -> BasicChargeRules:
    discount = rules.discount
    if discount is None:
        return rules
    always = discount.model_copy(update={"energy_per_capacity": discount.energy_per_capacity * 0})
    return rules.model_copy(update={"discount": always})


DISCOUNT = Cause("discount", _find)
