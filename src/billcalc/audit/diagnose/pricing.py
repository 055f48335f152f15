"""What a set of causes makes of a bill: applied in one fixed order, computed, and remembered."""

from collections.abc import Iterable, Mapping
from typing import Any

from billcalc.audit.diagnose.cause import Instance, Situation, assigned
from billcalc.audit.diagnose.cells import Cells, Money, NotFen, Priced
from billcalc.billing.evaluate import evaluate
from billcalc.billing.evaluated import EvaluatedLine
from billcalc.billing.months import months_of
from billcalc.billing.planning.planner import make_plan
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.kernel.scalars import PlainArithmetic, number_of
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
        plan, inputs = make_plan(each, catalog)
        found += evaluate(plan, PlainArithmetic(inputs)).lines
    return tuple(found)


class Repricing:
    """What sets of causes make of one request, each computed once; whatever bill was issued for it.

    Args:
        data: the request, in its canonical form.
        catalog: the tariffs that it asks for.
    """

    def __init__(self, data: Mapping[str, Any], catalog: Catalog) -> None:
        self._data = data
        self._catalogs: dict[tuple[Instance, ...], Catalog] = {(): catalog}
        self._known: dict[frozenset[Instance], tuple[Priced, ...] | None] = {}

    def lines(self, causes: Iterable[Instance]) -> tuple[EvaluatedLine, ...]:
        """The lines under some causes, which are applied in their fixed order; raises as ``lines_of`` does."""
        ordered = sorted(causes, key=lambda each: each.key)
        told: Any = self._data
        for cause in ordered:
            for path, value in cause.edit.assigned:
                told = assigned(told, path, value)
        return lines_of(told, self._documents(tuple(each for each in ordered if each.edit.catalog is not None)))

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
