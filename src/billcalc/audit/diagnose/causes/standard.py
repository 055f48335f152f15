"""Another standard of the power factor, or none."""

from collections.abc import Iterator

from billcalc.audit.diagnose.adjustment import ADJUSTMENT
from billcalc.audit.diagnose.cause import Cause, Edit, Instance, Situation, Stage
from billcalc.audit.diagnose.documents import rules
from billcalc.vocabulary import Kind

__all__ = ["STANDARD"]


def _find(situation: Situation) -> Iterator[Instance]:
    found = rules(situation, Kind.POWER_FACTOR_RULES)
    names = dict.fromkeys(name for _, entry in situation.entries() for name in entry["supply_points"])
    for name in names:
        told = [
            (("agreement", index, "supply_points", name, "power_factor_standard"), entry["supply_points"][name])
            for index, entry in situation.entries()
            if name in entry["supply_points"]
        ]
        stated = told[0][1]["power_factor_standard"]
        for standard in (*(() if found is None else found.tables), "none"):
            if standard != stated:
                edit = Edit(tuple((path, standard) for path, _ in told))
                facts = {"supply_point": name, "right": _said(stated), "wrong": _said(standard)}
                yield Instance("standard", f"{name}.standard", standard, Stage.FILE, ADJUSTMENT, edit, facts)


def _said(standard: str) -> str:
    return "not_assessed" if standard == "none" else standard


STANDARD = Cause("standard", _find)
