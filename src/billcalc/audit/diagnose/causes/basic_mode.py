"""The basic charge by capacity in place of demand, or the other way round."""

from collections.abc import Iterator

from billcalc.agreement.models import BasicMode
from billcalc.audit.diagnose.capacity import BASIC
from billcalc.audit.diagnose.cause import Cause, Edit, Instance, Situation, Stage

__all__ = ["BASIC_MODE"]


def _find(situation: Situation) -> Iterator[Instance]:
    entries = list(situation.entries())
    stated = entries[0][1]["basic"]["mode"]
    for mode in BasicMode:
        if mode.value != stated:
            edit = Edit(tuple((("agreement", index, "basic", "mode"), mode.value) for index, _ in entries))
            facts = {"right": stated, "wrong": mode.value}
            yield Instance("basic_mode", "basic.mode", mode.value, Stage.FILE, BASIC, edit, facts)


BASIC_MODE = Cause("basic_mode", _find)
