"""What a set of causes makes of a bill: applied in one fixed order, computed, and remembered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from billcalc.audit.diagnose.cause import Instance, Path, Situation, assigned, pointer_of
from billcalc.audit.diagnose.cells import Cells, Money, NotFen, Priced
from billcalc.billing.evaluate import evaluate
from billcalc.billing.evaluated import EvaluatedLine
from billcalc.billing.kept import planned
from billcalc.billing.months import months_of
from billcalc.billing.plan import Plan
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.kernel.decimals import last_digit_of
from billcalc.kernel.scalars import Input, PlainArithmetic, number_of
from billcalc.kernel.slots import LAST_DIGIT, Slot
from billcalc.kernel.troubles import InvalidInput, Refused
from billcalc.tariff.catalog import Catalog

__all__ = ["Pricing", "Repricing", "Spent", "lines_of"]


class Spent(Exception):
    """The budget of a search ended."""


def lines_of(data: Mapping[str, Any], catalog: Catalog) -> tuple[EvaluatedLine, ...]:
    """The lines of a request, month by month where it is of several.

    Raises:
        InvalidInput: where it contradicts itself.
        Refused: where it cannot be billed.
    """
    request = validated(Request, data)
    found: list[EvaluatedLine] = []
    for each in [month.request for month in months_of(request)] or [request]:
        plan, inputs = planned(each, catalog)
        found += evaluate(plan, PlainArithmetic(inputs)).lines
    return tuple(found)


_Planned = tuple[Plan, Mapping[Slot, Input]]
"""A plan with its inputs."""


def _of_documents(causes: Iterable[Instance]) -> tuple[Instance, ...]:
    return tuple(each for each in causes if each.edit.catalog is not None)


def _is_of_numbers(cause: Instance) -> bool:
    """Whether a cause assigns numbers of meters alone, on which no plan depends."""
    paths = [path for path, _ in cause.edit.assigned]
    return cause.edit.catalog is None and bool(paths) and all(_is_number(path) for path in paths)


def _is_number(path: Path) -> bool:
    return path[0] == "metering_points" and ("registers" in path[-2:-1] or path[-1] == "multiplier")


def _meet(numbers: Iterable[Instance], others: Iterable[Instance]) -> bool:
    """Whether a place of some is a place of the others, or holds one, or is in one."""
    theirs = [path for each in others for path, _ in each.edit.assigned]
    return any(
        path[: len(other)] == other or other[: len(path)] == path
        for each in numbers
        for path, _ in each.edit.assigned
        for other in theirs
    )


def _changed(slot: Slot, entry: Input, told: Mapping[str, Decimal]) -> Input:
    if slot.where not in told:
        return entry
    number = told[slot.where]
    return replace(entry, number=last_digit_of(number) if slot.use == LAST_DIGIT else number)


class Repricing:
    """What sets of causes make of one request, each computed once; whatever bill was issued for it.

    Wrong numbers of meters leave the plan of a bill as it is: only its inputs are others.

    Args:
        data: the request, in its canonical form.
        catalog: the tariffs that it asks for.
    """

    def __init__(self, data: Mapping[str, Any], catalog: Catalog) -> None:
        self._data = data
        self._catalogs: dict[tuple[Instance, ...], Catalog] = {(): catalog}
        self._plans: dict[tuple[Instance, ...], _Planned | InvalidInput | Refused | None] = {}
        self._known: dict[frozenset[Instance], tuple[Priced, ...] | None] = {}

    def lines(self, causes: Iterable[Instance]) -> tuple[EvaluatedLine, ...]:
        """The lines under some causes, which are applied in their fixed order; raises as ``lines_of`` does."""
        ordered = sorted(causes, key=lambda each: each.key)
        numbers = [each for each in ordered if _is_of_numbers(each)]
        others = tuple(each for each in ordered if not _is_of_numbers(each))
        if numbers and not _meet(numbers, others):
            return self._with_numbers(numbers, others)
        return lines_of(self._assigned(ordered), self._documents(_of_documents(ordered)))

    def _assigned(self, causes: Iterable[Instance]) -> Any:
        told: Any = self._data
        for cause in causes:
            for path, value in cause.edit.assigned:
                told = assigned(told, path, value)
        return told

    def planned(self, causes: tuple[Instance, ...]) -> _Planned | None:
        """The plan under causes in their order; None of several months. Raises as ``lines`` does."""
        if causes not in self._plans:
            try:
                request = validated(Request, self._assigned(causes))
                is_one = not months_of(request)
                catalog = self._documents(_of_documents(causes))
                self._plans[causes] = planned(request, catalog) if is_one else None
            except (InvalidInput, Refused) as error:
                self._plans[causes] = error
        made = self._plans[causes]
        if isinstance(made, Exception):
            raise made
        return made

    def _with_numbers(self, numbers: Sequence[Instance], others: tuple[Instance, ...]) -> tuple[EvaluatedLine, ...]:
        """The lines under some causes and with some numbers of meters, by the plan of the others."""
        made = self.planned(others)
        told = {pointer_of(path): Decimal(value) for each in numbers for path, value in each.edit.assigned}
        if made is None or not told.keys() <= {slot.where for slot in made[1]}:
            every = sorted((*numbers, *others), key=lambda each: each.key)
            return lines_of(self._assigned(every), self._documents(_of_documents(every)))
        plan, inputs = made
        changed = {slot: _changed(slot, entry, told) for slot, entry in inputs.items()}
        return evaluate(plan, PlainArithmetic(changed)).lines

    def _documents(self, causes: tuple[Instance, ...]) -> Catalog:
        if causes not in self._catalogs:
            *before, last = causes
            assert last.edit.catalog is not None, "only causes that change documents are asked for"
            self._catalogs[causes] = last.edit.catalog(self._documents(tuple(before)))
        return self._catalogs[causes]

    def amounts(self, causes: Iterable[Instance]) -> tuple[Priced, ...] | None:
        """What they are billed with; None where they cannot be billed so."""
        wanted = frozenset(causes)
        if wanted not in self._known:
            try:
                made = tuple(Priced(each.name, each.band, number_of(each.amount)) for each in self.lines(wanted))
            except (InvalidInput, Refused):
                self._known[wanted] = None
            else:
                self._known[wanted] = made
        return self._known[wanted]


class Pricing:
    """The amounts under sets of causes, by cell.

    Args:
        situation: the request and its documents.
        budget: how many sets may be computed.

    Attributes:
        refused: how many sets cannot be billed.
    """

    def __init__(self, situation: Situation, budget: int) -> None:
        self._situation = situation
        self._left = budget
        self._known: dict[frozenset[Instance], Money | None] = {frozenset(): situation.recomputed}
        self.refused = 0

    @property
    def cells(self) -> Cells:
        """The cells."""
        return self._situation.cells

    def of(self, causes: frozenset[Instance]) -> Money | None:
        """The amounts under some causes [fen]; None where they cannot be billed so.

        Raises:
            Spent: where the budget has ended.
        """
        if causes not in self._known:
            if self._left <= 0:
                raise Spent
            self._left -= 1
        return self.always(causes)

    def always(self, causes: frozenset[Instance]) -> Money | None:
        """The same beyond the budget: the parts of what was found."""
        if causes not in self._known:
            self._known[causes] = self._computed(causes)
        return self._known[causes]

    def _computed(self, causes: frozenset[Instance]) -> Money | None:
        made = self._situation.repricing.amounts(causes)
        try:
            if made is not None:
                return self.cells.of(made)
        except NotFen:
            pass
        self.refused += 1
        return None
