"""A whole line as bills print it, of several components, or any section, not billed or billed twice."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from billcalc.audit.diagnose.cause import Cause, Edit, Instance, Reach, Situation, Stage
from billcalc.audit.diagnose.cells import AGAIN
from billcalc.billing.charges.charge import Planned
from billcalc.billing.charges.energy.records import EnergyLinePlan
from billcalc.billing.plan import Plan

__all__ = ["PRINTED_LINE"]


def _find(situation: Situation) -> Iterator[Instance]:
    """Lines of energy; one component alone that is not billed is a cause of its own."""
    several: dict[str, bool] = {}
    sections: dict[str, dict[str, None]] = {}
    for line in situation.energy_lines:
        several[line.name.code] = several.get(line.name.code, False) or len(line.parts) > 1
        sections.setdefault(line.name.section.value, {})[line.name.code] = None
    for section, codes in sections.items():
        for code in codes:
            if several[code]:
                yield _instance(situation.line(code), section, (code,), "none")
            if several[code] or len(codes) == 1:
                yield _instance(situation.line(code), section, (code,), "twice")
        if len(codes) > 1:
            yield _instance({"line": section}, section, tuple(codes), "none")
            yield _instance({"line": section}, section, tuple(codes), "twice")


def _instance(line: Mapping[str, str], section: str, codes: tuple[str, ...], value: str) -> Instance:
    slot, facts = f"line.{'+'.join(codes)}", {**line, "wrong": _HOW[value]}
    edit = Edit(plan=partial(_changed, codes=frozenset(codes), change=_CHANGES[value]))
    return Instance("printed_line", slot, value, Stage.RULES, Reach(frozenset((section,))), edit, facts)


_HOW = {"none": "not_billed", "twice": "billed_twice"}


def _without(line: EnergyLinePlan) -> tuple[EnergyLinePlan, ...]:
    return ()


def _twice(line: EnergyLinePlan) -> tuple[EnergyLinePlan, ...]:
    """The line and another like it: each is rounded by itself, and what is made of amounts has both."""
    return line, replace(line, name=replace(line.name, code=f"{line.name.code}{AGAIN}"))


_CHANGES: dict[str, Callable[[EnergyLinePlan], tuple[EnergyLinePlan, ...]]] = {"none": _without, "twice": _twice}


def _changed(
    plan: Plan, *, codes: frozenset[str], change: Callable[[EnergyLinePlan], tuple[EnergyLinePlan, ...]]
) -> Plan:
    """A plan in which lines of some codes are others."""

    def of(record: Any) -> tuple[Any, ...]:
        return change(record) if isinstance(record, EnergyLinePlan) and record.name.code in codes else (record,)

    charges = ((charge, tuple(made for record in records for made in of(record))) for charge, records in plan.charges)
    return replace(plan, charges=Planned(tuple(charges)))


PRINTED_LINE = Cause("printed_line", _find)
