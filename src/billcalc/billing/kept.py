"""Plans that are kept: requests of one structure are planned once, and then differ in their inputs alone."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter, itemgetter
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from billcalc.billing.places import Holds, pattern_of
from billcalc.billing.plan import Plan
from billcalc.billing.planning.planner import make_plan
from billcalc.billing.request import Request
from billcalc.billing.structure import Structure, structure_of
from billcalc.fields import Model
from billcalc.fields.values import key_of
from billcalc.kernel.decimals import last_digit_of
from billcalc.kernel.scalars import Input
from billcalc.kernel.slots import LAST_DIGIT, Slot
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.components import PriceNumber

__all__ = ["KEPT_MAX", "KeptPlan", "kept_plan", "planned"]

KEPT_MAX = 512
"""How many plans are kept for a catalog; those that were asked for the longest time ago are forgotten."""

_NUMBERS = pattern_of(Holds.NUMBER)


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A plan, and where the requests of its structure have the numbers of its slots.

    Attributes:
        inputs: the slots, with the numbers of the request that it was made of.
        places: where a request has the numbers of those that are its own; the others are of all requests.
    """

    plan: Plan
    inputs: Mapping[Slot, Input]
    places: tuple[tuple[Slot, "_Place"], ...]

    def inputs_of(self, request: Request) -> dict[Slot, Input]:
        """The numbers of a request of this structure by slot."""
        found = dict(self.inputs)
        for slot, place in self.places:
            kept = found[slot]
            number: Decimal = place.number_in(request)
            found[slot] = Input(
                last_digit_of(number) if slot.use == LAST_DIGIT else number, kept.unit, kept.term, kept.of
            )
        return found


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in requests of one structure: what leads to it."""

    steps: tuple[Callable[[Any], Any], ...]

    def number_in(self, request: Request) -> Decimal:
        """The number that a request has there."""
        found: Any = request
        for step in self.steps:
            found = step(found)
        assert isinstance(found, Decimal), "a slot of the customer's leads to a number"
        return found


def planned(request: Request, catalog: Catalog) -> tuple[Plan, dict[Slot, Input]]:
    """How a bill is calculated, as ``make_plan`` decides it, which is asked once for each structure.

    Raises:
        InvalidInput: where the request contradicts itself.
        Refused: where it cannot be billed.
    """
    kept = kept_plan(request, catalog)
    return kept.plan, kept.inputs_of(request)


def kept_plan(request: Request, catalog: Catalog) -> KeptPlan:
    """The plan of a request's structure; what cannot be planned is not kept. Raises as ``planned`` does."""
    with _LOCK:
        plans = _PLANS.setdefault(catalog, _Plans())
    structure = structure_of(request)
    kept = plans.get(structure)
    if kept is None:
        plan, inputs = make_plan(request, catalog)
        own = (slot for slot in inputs if _NUMBERS.fullmatch(slot.where))
        kept = KeptPlan(plan, inputs, tuple((slot, _Place(tuple(_steps_to(slot.where, request)))) for slot in own))
        plans.keep(structure, kept)
    return kept


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


def _steps_to(pointer: str, request: Request) -> Iterator[Callable[[Any], Any]]:
    """What leads from a request to the number at a pointer."""
    found: Any = request
    for part in pointer.split("/")[1:]:
        for step in _steps(found, part):
            yield step
            found = step(found)
    if isinstance(found, PriceNumber):
        yield attrgetter("value")


def _steps(found: Any, part: str) -> tuple[Callable[[Any], Any], ...]:
    if isinstance(found, tuple):
        return (itemgetter(int(part)),)
    if isinstance(found, Mapping):
        return (itemgetter(next(key for key in found if str(key) == part)),)
    assert isinstance(found, Model), "a pointer leads through records, lists and mappings"
    fields = type(found).model_fields
    name = next((name for name, field in fields.items() if key_of(name, field) == part and name != found.spread), None)
    if name is not None:
        return (attrgetter(name),)
    assert found.spread is not None, f"{part} is no key"
    within = attrgetter(found.spread)
    return (within, *_steps(within(found), part))
