"""What a set of causes makes of one request: applied in one fixed order, planned, computed."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from billcalc.audit.diagnose.cause import Instance, Path, assigned
from billcalc.audit.diagnose.cells import Priced
from billcalc.billing.evaluate import evaluate
from billcalc.billing.evaluated import EvaluatedLine
from billcalc.billing.kept import planned
from billcalc.billing.months import months_of
from billcalc.billing.plan import Plan
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.kernel.scalars import Input, PlainArithmetic, number_of
from billcalc.kernel.slots import Slot
from billcalc.kernel.troubles import InvalidInput, Refused
from billcalc.tariff.catalog import Catalog

__all__ = ["Planned", "Repricing", "is_replaced"]

Planned = tuple[tuple[Plan, Mapping[Slot, Input]], ...]
"""The plans of the months of a request, with their inputs."""


class Repricing:
    """What sets of causes make of one request, each planned once; whatever bill was issued for it.

    Args:
        data: the request, in its canonical form.
        catalog: the tariffs that it asks for.
    """

    def __init__(self, data: Mapping[str, Any], catalog: Catalog) -> None:
        self._data = data
        self._catalogs: dict[tuple[Instance, ...], Catalog] = {(): catalog}
        self._plans: dict[tuple[object, ...], Planned | InvalidInput | Refused] = {}

    def lines(self, causes: Iterable[Instance]) -> tuple[EvaluatedLine, ...]:
        """The lines under some causes, which are applied in their fixed order.

        Raises:
            InvalidInput: where the request contradicts itself under them.
            Refused: where it cannot be billed so.
        """
        return _lines(self.planned(tuple(sorted(causes, key=lambda each: each.key))))

    def amounts(self, causes: tuple[Instance, ...], numbers: Sequence[tuple[Path, str]]) -> tuple[Priced, ...] | None:
        """The amounts under some causes in their order, and with some numbers; None where they cannot be billed so.

        Such plans are not kept here: there are as many as numbers.
        """
        try:
            lines = _lines(self._made(causes, tuple(numbers)) if numbers else self.planned(causes))
        except (InvalidInput, Refused):
            return None
        return tuple(Priced(each.name, each.band, number_of(each.amount)) for each in lines)

    def planned(self, causes: tuple[Instance, ...], numbers: tuple[tuple[Path, str], ...] = ()) -> Planned:
        """The plans under causes in their order; raises as ``lines`` does."""
        key = (*causes, *numbers)
        if key not in self._plans:
            try:
                self._plans[key] = self._made(causes, numbers)
            except (InvalidInput, Refused) as error:
                self._plans[key] = error
        made = self._plans[key]
        if isinstance(made, Exception):
            raise made
        return made

    def _made(self, causes: tuple[Instance, ...], numbers: tuple[tuple[Path, str], ...]) -> Planned:
        told: Any = self._data
        for path, value in (*(each for cause in causes for each in cause.edit.assigned), *numbers):
            told = assigned(told, path, value)
        request = validated(Request, told)
        catalog = self._documents(tuple(each for each in causes if each.edit.catalog is not None))
        months = [month.request for month in months_of(request, catalog)] or [request]
        made = tuple(planned(each, catalog) for each in months)
        for change in (each.edit.plan for each in causes if each.edit.plan is not None):
            made = tuple((change(plan), inputs) for plan, inputs in made)
        return made

    def terms_like(self, path: Path) -> frozenset[Decimal]:
        """The numbers that a plan compares one in a place with: of the same kind, in all entries of an agreement."""
        if path[0] != "agreement" or len(self._data["agreement"]) < 2:
            return frozenset()
        if path[2] == "basic":
            told = (each for entry in self._data["agreement"] for each in entry["basic"].get(path[3], {}).values())
            return frozenset(map(Decimal, told))
        points = (point for entry in self._data["agreement"] for point in entry["supply_points"].values())
        return frozenset(Decimal(each["kva"]) for point in points for each in point.get("transformers", ()))

    def _documents(self, causes: tuple[Instance, ...]) -> Catalog:
        if causes not in self._catalogs:
            *before, last = causes
            assert last.edit.catalog is not None, "only causes that change documents are asked for"
            self._catalogs[causes] = last.edit.catalog(self._documents(tuple(before)))
        return self._catalogs[causes]


def is_replaced(path: Path, causes: Iterable[Instance]) -> bool:
    """Whether causes replace what a place is in."""
    return any(path[: len(other)] == other for each in causes for other, _ in each.edit.assigned)


def _lines(planned: Planned) -> tuple[EvaluatedLine, ...]:
    return tuple(line for plan, inputs in planned for line in evaluate(plan, PlainArithmetic(inputs)).lines)
