"""The power factor cut to the step of its table in place of being rounded, or rounded up."""

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR

from billcalc.audit.diagnose.adjustment import ADJUSTMENT
from billcalc.audit.diagnose.cause import Cause, Edit, Instance, Situation, Stage
from billcalc.audit.diagnose.documents import rules
from billcalc.kernel.decimals import decimal_text
from billcalc.vocabulary import Kind

__all__ = ["COSPHI_CUT"]


def _find(situation: Situation) -> Iterator[Instance]:
    stated = rules(situation, Kind.POWER_FACTOR_RULES)
    for fact in situation.bill.power_factors:
        active, reactive, right = fact.active_kwh, fact.reactive_kvarh, fact.cosphi
        if stated is None or active is None or reactive is None or right is None or active <= 0:
            continue
        exact = active / (active**2 + reactive**2).sqrt()
        for value, direction in (("cut", ROUND_FLOOR), ("up", ROUND_CEILING)):
            number = (exact / stated.rounding).to_integral_value(direction) * stated.rounding
            if number != right:
                edit = Edit(((("facts", fact.scope, "cosphi"), decimal_text(number)),))
                facts = {"scope": fact.scope, "right": decimal_text(right), "wrong": decimal_text(number)}
                yield Instance("cosphi_cut", f"{fact.scope}.cosphi", value, Stage.FACTS, ADJUSTMENT, edit, facts)


COSPHI_CUT = Cause("cosphi_cut", _find)
