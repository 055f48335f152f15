"""What a set of causes makes of a bill: applied in one fixed order, computed, and remembered."""

from collections.abc import Iterable, Mapping
from typing import Any

from billcalc.audit.diagnose.cause import Instance, Situation, assigned
from billcalc.audit.diagnose.cells import Cells, Money, NotFen, Priced
from billcalc.billing.calculate import wanted_tariffs
from billcalc.billing.evaluate import evaluate
from billcalc.billing.evaluated import EvaluatedLine
from billcalc.billing.planning.planner import make_plan
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.kernel.scalars import PlainArithmetic, number_of
from billcalc.kernel.troubles import InvalidInput, Refused
from billcalc.tariff.catalog import Catalog

__all__ = ["Pricing", "Spent", "lines_under"]


class Spent(Exception):
    """The budget of a search ended."""


def lines_under(data: Mapping[str, Any], catalog: Catalog, causes: Iterable[Instance]) -> tuple[EvaluatedLine, ...]:
    """The lines of a request under some causes, in their fixed order.

    Raises:
        InvalidInput: where the request that they make contradicts itself.
        Refused: where it cannot be billed.
    """
    told: Any = data
    for cause in sorted(causes, key=lambda each: each.key):
        for path, value in cause.edit.assigned:
            told = assigned(told, path, value)
        if cause.edit.catalog is not None:
            catalog = cause.edit.catalog(catalog)
    request = validated(Request, told)
    plan, inputs = make_plan(request, wanted_tariffs(request, catalog))
    return evaluate(plan, PlainArithmetic(inputs)).lines


class Pricing:
    """The amounts under sets of causes; each set is computed once.

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
        try:
            lines = lines_under(self._situation.data, self._situation.catalog, causes)
            return self.cells.of(Priced(line.name, line.band, number_of(line.amount)) for line in lines)
        except (InvalidInput, Refused, NotFen):
            self.refused += 1
            return None
