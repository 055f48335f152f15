"""The power factor cut to the step of its table in place of being rounded, or rounded up."""

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from billcalc.audit.diagnose.adjustment import ADJUSTMENT
from billcalc.audit.diagnose.cause import Cause, Edit, Instance, Situation, Stage
from billcalc.audit.diagnose.documents import rules
from billcalc.kernel.decimals import decimal_text
from billcalc.vocabulary import Kind

__all__ = ["COSPHI_CUT", "cosphi_cause", "other_cosphis"]


def _find(situation: Situation) -> Iterator[Instance]:
    stated = rules(situation, Kind.POWER_FACTOR_RULES)
    for fact in situation.bill.power_factors:
        active, reactive, right = fact.active_kwh, fact.reactive_kvarh, fact.cosphi
        if stated is None or active is None or reactive is None or right is None:
            continue
        for value, number in other_cosphis(active, reactive, stated.rounding).items():
            if number is not None and number != right:
                yield cosphi_cause(fact.scope, value, decimal_text(right), decimal_text(number))


def cosphi_cause(scope: str, value: str, right: str, wrong: str) -> Instance:
    """Another power factor of a scope."""
    edit, facts = Edit(((("facts", scope, "cosphi"), wrong),)), {"scope": scope, "right": right, "wrong": wrong}
    return Instance("cosphi_cut", f"{scope}.cosphi", value, Stage.FACTS, ADJUSTMENT, edit, facts)


def other_cosphis(active: Decimal, reactive: Decimal, step: Decimal) -> dict[str, Decimal | None]:
    """A power factor cut, and rounded up, to a step; None where no energy was used."""
    if active <= 0:
        return {"cut": None, "up": None}
    exact = active / (active**2 + reactive**2).sqrt()
    return {
        value: (exact / step).to_integral_value(direction) * step
        for value, direction in (("cut", ROUND_FLOOR), ("up", ROUND_CEILING))
    }


COSPHI_CUT = Cause("cosphi_cut", _find)
