"""A given line left out, billed twice, or with the other sign."""

from collections.abc import Iterator
from decimal import Decimal

from billcalc.audit.diagnose.cause import GONE, Cause, Edit, Instance, Path, Reach, Situation, Stage
from billcalc.kernel.decimals import decimal_text

__all__ = ["GIVEN_LINE"]


def _find(situation: Situation) -> Iterator[Instance]:
    for index, line in enumerate(situation.data.get("given", ())):
        amount = Decimal(line["amount"])
        here: Path = ("given", index)
        reach = Reach(frozenset((line["section"],)))
        for value, how, edit in (
            ("none", "not_billed", _amount(here, Decimal())),
            ("twice", "billed_twice", _amount(here, amount * 2)),
            ("other_sign", "other_sign", _amount(here, -amount)),
        ):
            facts = {**situation.line(line["code"]), "wrong": how}
            yield Instance("given_line", f"given.{index}", value, Stage.FILE, reach, edit, facts)


def _amount(here: Path, amount: Decimal) -> Edit:
    """Another amount; what made the old one of energy and price would contradict it, and goes."""
    return Edit((((*here, "amount"), decimal_text(amount)), ((*here, "kwh"), GONE), ((*here, "price"), GONE)))


GIVEN_LINE = Cause("given_line", _find)
