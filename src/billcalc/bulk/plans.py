"""Plans for groups of rows: each made once, from a request with zeros for the customer's numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from billcalc.billing.plan import Plan
from billcalc.billing.planning.planner import make_plan
from billcalc.billing.request import Request
from billcalc.bulk.paths import is_number, pointer_of, request_data
from billcalc.fields import validated
from billcalc.kernel.scalars import Input
from billcalc.kernel.troubles import Fault, InvalidInput, Refusal, Refused
from billcalc.kernel.wording import FaultCode
from billcalc.tariff.catalog import Catalog

__all__ = ["GroupPlan", "Plans"]


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """The plan of a group of rows.

    Attributes:
        inputs: the slots, with the numbers that come from the template or from the dates.
        not_negative: the number columns that may not be negative.
    """

    plan: Plan
    inputs: Mapping[str, Input]
    not_negative: frozenset[str]


class Plans:
    """Makes plans and keeps them: a million rows of one structure are planned once."""

    def __init__(self, catalog: Catalog, template: Mapping[str, Any]) -> None:
        self._catalog = catalog
        self._template = template
        self._made: dict[tuple[tuple[str, object], ...], GroupPlan | Fault | Refusal] = {}

    def of(self, key: tuple[tuple[str, object], ...]) -> GroupPlan | Fault | Refusal:
        """The plan of a structure, or why it has none."""
        if key not in self._made:
            self._made[key] = self._make(key)
        return self._made[key]

    def _make(self, key: tuple[tuple[str, object], ...]) -> GroupPlan | Fault | Refusal:
        try:
            request = validated(Request, self._data(key, number="0"))
            plan, inputs = make_plan(request, self._catalog)
        except InvalidInput as invalid:
            return invalid.faults[0]
        except Refused as refused:
            return refused.refusal
        return GroupPlan(plan, inputs, self._not_negative(key))

    def _data(self, key: tuple[tuple[str, object], ...], *, number: str) -> dict[str, Any]:
        values = {name: number if is_number(name) else _text(value) for name, value in key}
        return request_data(self._template, values)

    def _not_negative(self, key: tuple[tuple[str, object], ...]) -> frozenset[str]:
        """The columns whose numbers the request's own fields refuse below zero."""
        try:
            validated(Request, self._data(key, number="-1"))
        except InvalidInput as invalid:
            refused = {fault.where for fault in invalid.faults if fault.code is FaultCode.NEGATIVE}
            return frozenset(name for name, _ in key if is_number(name) and _is_refused(name, refused))
        return frozenset()


def _is_refused(column: str, refused: set[str]) -> bool:
    """Whether a column is among refused places; readings are refused under the name of their registers."""
    pointer = pointer_of(column)
    parent, _, leaf = pointer.rpartition("/")
    return pointer in refused or f"{parent}/registers/{leaf}" in refused


def _text(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
