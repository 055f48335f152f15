"""Plans that are kept: requests of one structure are planned once, and then differ in their inputs alone."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter, itemgetter
from threading import Lock
from types import MappingProxyType
from typing import Any
from weakref import WeakKeyDictionary

from billcalc.billing.bill import Figures, figures_of, lines_of
from billcalc.billing.declared import check_intervals
from billcalc.billing.evaluate import evaluate
from billcalc.billing.places import Holds, keys_to, pattern_of
from billcalc.billing.plan import Plan
from billcalc.billing.planning.planner import make_plan
from billcalc.billing.quantities import Quantities
from billcalc.billing.request import Request
from billcalc.billing.structure import Structure, structure_of
from billcalc.billing.taped import Taped
from billcalc.fields import Model
from billcalc.kernel.decimals import last_digit_of
from billcalc.kernel.scalars import DerivedArithmetic, Input, PlainArithmetic, number_of
from billcalc.kernel.slots import LAST_DIGIT, Slot
from billcalc.kernel.troubles import Problem
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.components import PriceNumber

__all__ = ["KEPT_MAX", "KeptPlan", "Numbers", "Outcome", "kept_plan", "planned"]

KEPT_MAX = 512
"""How many plans are kept for a catalog; those that were asked for the longest time ago are forgotten."""

_NUMBERS = pattern_of(Holds.NUMBER)


Numbers = tuple[Decimal, ...]
"""The numbers of a request, in the order of its plan's places."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a plan makes of the numbers of a request.

    Attributes:
        problems: that the numbers make, beside those of the plan.
        quantities: what was measured, where the rules were asked and not their tape.
    """

    figures: Figures
    problems: Sequence[Problem]
    quantities: Quantities | None = None


class KeptPlan:
    """A plan, where the requests of its structure have the numbers of its slots, and from the second on its tape.

    Attributes:
        plan: the structure.
        inputs: the slots, with the numbers of the request that it was made of.
        own: the slots whose numbers are each request's own; the others are of all.
    """

    def __init__(self, plan: Plan, inputs: Mapping[Slot, Input], own: tuple[Slot, ...]) -> None:
        self.plan = plan
        self.inputs = inputs
        self.own = own
        self._places: tuple[_Place, ...] | None = None
        self._was_asked = False
        self._taped: Taped | None = None
        self._others: dict[object, KeptPlan] = {}

    def numbers_of(self, request: Request) -> Numbers | None:
        """The numbers of a request of this structure; None where its intervals are doubted: their bill is another."""
        if self._places is None:
            self._places = tuple(_place(slot, request) for slot in self.own if _is_number(slot.where))
        found = [place.number_in(request) for place in self._places]
        for series in self.plan.series:
            numbers = series.numbers_in(request)
            if numbers is None:
                return None
            found += numbers
        return None if self._doubts_an_interval(found) else tuple(found)

    def is_for_others(self, request: Request) -> bool:
        """Whether the plan of a request is that of others, too: where it looks at no interval, it is."""
        return not (self.plan.series or self.plan.interval_checks) or self.numbers_of(request) is not None

    def _doubts_an_interval(self, numbers: Sequence[Decimal]) -> bool:
        """Whether the largest interval of a point is too large for its transformers: the bill tells which it is."""
        if not self.plan.interval_checks:
            return False
        arithmetic = PlainArithmetic(self.inputs_of(numbers))
        check_intervals(self.plan, arithmetic)
        return bool(arithmetic.problems)

    def inputs_of(self, numbers: Sequence[Decimal]) -> dict[Slot, Input]:
        """Some numbers by slot."""
        found = dict(self.inputs)
        for slot, number in zip(self.own, numbers, strict=True):
            kept = found[slot]
            if kept.number is not number:
                found[slot] = Input(number, kept.unit, kept.term, kept.of)
        return found

    def other(
        self, key: object, made: Callable[[Plan], Plan], inputs: Mapping[Slot, Input] = MappingProxyType({})
    ) -> "KeptPlan":
        """A plan that is made of this one for the same requests, kept by its key; it may need further inputs."""
        found = self._others.get(key)
        if found is None:
            found = self._others[key] = KeptPlan(made(self.plan), {**self.inputs, **inputs}, self.own)
        return found

    def outcome(self, numbers: Numbers) -> Outcome:
        """What is billed, by plain values.

        Raises:
            InvalidInput: where they contradict each other.
            Refused: where they cannot be billed.
        """
        tape = self._tape_for(numbers)
        found = None if tape is None else tape.figures(numbers)
        if found is not None:
            return Outcome(*found)
        return self._by_rules(PlainArithmetic(self.inputs_of(numbers)))

    def derived(self, numbers: Numbers) -> Outcome:
        """What is billed, by values that remember how they came about; raises as ``outcome`` does."""
        return self._by_rules(DerivedArithmetic(self.inputs_of(numbers), self.plan.currency))

    def _by_rules(self, arithmetic: DerivedArithmetic | PlainArithmetic) -> Outcome:
        evaluation = evaluate(self.plan, arithmetic)
        figures = figures_of(lines_of(self.plan, evaluation), evaluation)
        return Outcome(figures, arithmetic.problems, evaluation.quantities)

    def total(self, numbers: Numbers) -> Decimal:
        """The total of a bill; raises as ``outcome`` does."""
        tape = self._tape_for(numbers)
        found = None if tape is None else tape.total(numbers)
        if found is None:
            found = number_of(evaluate(self.plan, PlainArithmetic(self.inputs_of(numbers))).total)
        return found

    def _tape_for(self, numbers: Numbers) -> Taped | None:
        """The tape, which is made when a second bill is asked for: it takes longer than one evaluation."""
        if self._taped is None and self._was_asked:
            fixed = {slot: entry.number for slot, entry in self.inputs.items() if slot not in self.own}
            self._taped = Taped(self.plan, fixed, self.own, numbers)
        self._was_asked = True
        return self._taped


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in requests of one structure: what leads to it."""

    steps: tuple[Callable[[Any], Any], ...]
    is_last_digit: bool

    def number_in(self, request: Request) -> Decimal:
        """The number that a request has there, or the place value of its last digit."""
        found: Any = request
        for step in self.steps:
            found = step(found)
        assert isinstance(found, Decimal), "a slot of the customer's leads to a number"
        return last_digit_of(found) if self.is_last_digit else found


def planned(request: Request, catalog: Catalog) -> tuple[Plan, dict[Slot, Input]]:
    """How a bill is calculated, as ``make_plan`` decides it, which is asked once for each structure.

    Raises:
        InvalidInput: where the request contradicts itself.
        Refused: where it cannot be billed.
    """
    kept, numbers = kept_plan(request, catalog)
    return kept.plan, kept.inputs_of(numbers)


def kept_plan(request: Request, catalog: Catalog) -> tuple[KeptPlan, Numbers]:
    """The plan of a request's structure and the request's numbers; what cannot be planned is not kept.

    Raises as ``planned`` does.
    """
    with _LOCK:
        plans = _PLANS.get(catalog)
        if plans is None:
            plans = _PLANS[catalog] = _Plans()
    structure = structure_of(request)
    kept = plans.get(structure)
    numbers = None if kept is None else kept.numbers_of(request)
    if kept is not None and numbers is not None:
        return kept, numbers
    plan, inputs = make_plan(request, catalog)
    of_series = [slot for series in plan.series for slot, _ in series.measures]
    kept = KeptPlan(plan, inputs, (*(slot for slot in inputs if _is_number(slot.where)), *of_series))
    if kept.is_for_others(request):
        plans.keep(structure, kept)
    return kept, tuple(inputs[slot].number for slot in kept.own)


@lru_cache(maxsize=4096)
def _is_number(pointer: str) -> bool:
    return _NUMBERS.fullmatch(pointer) is not None


class _Plans:
    """The plans of one catalog; several threads may ask for one at once, and then each makes it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Structure, KeptPlan] = OrderedDict()
        self._lock = Lock()

    def get(self, structure: Structure) -> KeptPlan | None:
        """The plan of a structure, which is then the latest that was asked for."""
        with self._lock:
            kept = self._kept.get(structure)
            if kept is not None:
                self._kept.move_to_end(structure)
            return kept

    def keep(self, structure: Structure, plan: KeptPlan) -> None:
        """Keep the plan of a structure."""
        with self._lock:
            self._kept[structure] = plan
            if len(self._kept) > KEPT_MAX:
                self._kept.popitem(last=False)


_LOCK = Lock()
_PLANS: WeakKeyDictionary[Catalog, _Plans] = WeakKeyDictionary()
"""By the catalog itself: what was known on a day has the version of the whole, and other documents."""


def _place(slot: Slot, request: Request) -> _Place:
    return _Place(tuple(_steps_to(slot.where, request)), slot.use == LAST_DIGIT)


def _steps_to(pointer: str, request: Request) -> Iterator[Callable[[Any], Any]]:
    """What leads from a request to the number at a pointer."""
    found: Any = request
    for within, key in keys_to(pointer, request):
        step = attrgetter(key) if isinstance(within, Model) else itemgetter(key)
        yield step
        found = step(within)
    if isinstance(found, PriceNumber):
        yield attrgetter("value")
