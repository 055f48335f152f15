"""The floor of the contracted demand, a share of the running capacity, left out."""

from collections.abc import Iterator

from billcalc.audit.diagnose.capacity import BASIC
from billcalc.audit.diagnose.cause import Cause, Edit, Instance, Situation, Stage
from billcalc.audit.diagnose.documents import changed, rules
from billcalc.tariff.documents import BasicChargeRules
from billcalc.vocabulary import Kind

__all__ = ["FLOOR"]


def _find(situation: Situation) -> Iterator[Instance]:
    stated = rules(situation, Kind.BASIC_CHARGE_RULES)
    if stated is not None and stated.floor_share:
        edit = Edit(catalog=changed(Kind.BASIC_CHARGE_RULES, _without))
        facts = {"share": str(stated.floor_share), "document": stated.id}
        yield Instance("floor", "rules.floor", "none", Stage.RULES, BASIC, edit, facts)


def _without(rules: BasicChargeRules) -> BasicChargeRules:
    return rules.model_copy(update={"floor_share": rules.floor_share * 0})


FLOOR = Cause("floor", _find)
