"""The contract that costs least: exactly, by the engine's own bills of whole kilowatts.

What a contract costs bends where it reaches a floor and where a demand no longer exceeds it, and is a straight line in
between, but for what the roundings of a bill come to. So the cheapest whole kilowatt stands beside a bend, or on a line
so flat that roundings decide, and there each is billed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise

from billcalc.billing.calculate import wanted_tariffs
from billcalc.billing.charges.basic.breaks import contract_breaks
from billcalc.billing.charges.basic.charge import BASIC
from billcalc.billing.evaluate import evaluate
from billcalc.billing.evaluated import FEN
from billcalc.billing.kept import KeptPlan, Numbers, kept_plan
from billcalc.billing.request import Request
from billcalc.kernel.decimals import EXACT, ONE, ZERO, exact_sum
from billcalc.kernel.scalars import PlainArithmetic, number_of
from billcalc.tariff.catalog import Catalog

__all__ = ["Bends", "ContractMonth", "best_contract", "contract_month"]

_FLAT_MAX = 1000
"""How many contracts between two bends are billed at most: where more cost the same but for roundings, a kW is free."""


@dataclass(frozen=True, slots=True)
class Bends:
    """Where what a contract costs bends in a month [kW].

    Attributes:
        metered: the maximum demand.
        floor: the least that is billed.
        limits: the contracts from which on a demand exceeds a limit no more.
    """

    metered: Decimal
    floor: Decimal
    limits: tuple[Decimal, ...]

    def whole(self) -> Iterator[int]:
        """The whole kilowatts on both sides of each bend."""
        for bend in (self.floor, *self.limits):
            above = int(bend.to_integral_value(ROUND_CEILING))
            yield above
            yield max(above - 1, 0)


@dataclass(slots=True)
class ContractMonth:
    """A month that is billed by contract, whatever its contracts.

    Attributes:
        bends: by supply point.
        unread: the supply points whose demand was not read: nobody knows what a contract would have cost.
        flat: what the roundings of its bill come to at most [money].
    """

    kept: KeptPlan
    numbers: Numbers
    bends: Mapping[str, tuple[Bends, ...]]
    unread: tuple[str, ...]
    flat: Decimal
    _places: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    _known: dict[tuple[tuple[str, int], ...], Decimal] = field(default_factory=dict)

    def total(self, contracts: Mapping[str, int]) -> Decimal:
        """What the month is billed with contracts of the supply points [money]."""
        key = tuple(sorted(contracts.items()))
        if key not in self._known:
            numbers = list(self.numbers)
            for name, places in self._places.items():
                for place in places:
                    numbers[place] = Decimal(contracts[name])
            self._known[key] = self.kept.total(tuple(numbers))
        return self._known[key]


def contract_month(request: Request, catalog: Catalog) -> ContractMonth:
    """A month that is billed by contract.

    Raises:
        InvalidInput: where it contradicts itself so.
        Refused: where it cannot be billed so.
    """
    kept, numbers = kept_plan(request, wanted_tariffs(request, catalog))
    arithmetic = PlainArithmetic(kept.inputs_of(numbers))
    evaluation = evaluate(kept.plan, arithmetic)
    bends: dict[str, list[Bends]] = {}
    unread = []
    for each in contract_breaks(kept.plan.charges.of(BASIC), evaluation.facts, arithmetic):
        if each.metered is None:
            unread.append(each.supply_point)
        metered = ZERO if each.metered is None else number_of(each.metered)
        shares = [EXACT.add(ONE, step.above) for step in each.over_steps]
        limits = tuple(_quotient_up(metered, share) for share in shares)
        bends.setdefault(each.supply_point, []).append(Bends(metered, number_of(each.floor), limits))
    slots = [slot.where.rpartition("/basic/contracts/") for slot in kept.own]
    places = {
        name: tuple(place for place, (_, is_contract, told) in enumerate(slots) if is_contract and told == name)
        for name in bends
    }
    flat = EXACT.add(EXACT.multiply(FEN.step, Decimal(len(evaluation.lines) + 1)), kept.plan.total_rounding.step)
    by_point = {name: tuple(each) for name, each in bends.items()}
    return ContractMonth(kept, numbers, by_point, tuple(unread), flat, places)


def _quotient_up(metered: Decimal, share: Decimal) -> Decimal:
    """The least whole contract that a demand does not exceed by more than a share [kW]."""
    contract = int(metered / share)
    while EXACT.multiply(Decimal(contract), share) < metered:
        contract += 1
    return Decimal(contract)


def best_contract(months: Sequence[ContractMonth], name: str, others: Mapping[str, int]) -> tuple[int, Decimal]:
    """The cheapest contract of a supply point for some months, and their money with it; of equal ones the highest.

    Args:
        months: in which it is the same.
        name: the supply point.
        others: the contracts of the other supply points [kW].
    """
    known: dict[int, Decimal] = {}

    def cost(contract: int) -> Decimal:
        if contract not in known:
            known[contract] = exact_sum(month.total({**others, name: contract}) for month in months)
        return known[contract]

    bends = [bend for month in months for bend in month.bends.get(name, ())]
    candidates = sorted({0, *(each for bend in bends for each in bend.whole())})
    for each in candidates:
        cost(each)
    floor = min((bend.floor for bend in bends), default=ZERO)
    flat = exact_sum(month.flat for month in months)
    for low, high in pairwise(candidates):
        if high > floor:  # below all floors each contract is billed alike
            for each in _doubtful(low, high, cost, min(known.values()), flat):
                cost(each)
    best = min(known.values())
    return max(each for each, money in known.items() if money == best), best


def _doubtful(low: int, high: int, cost: Callable[[int], Decimal], best: Decimal, flat: Decimal) -> Iterator[int]:
    """The contracts between two that may cost less than the best by what roundings come to."""
    width = Decimal(high - low)
    rise = EXACT.subtract(cost(high), cost(low))
    inner = range(low + 1, high) if rise >= 0 else range(high - 1, low, -1)
    for contract in inner[:_FLAT_MAX]:
        line = EXACT.add(EXACT.multiply(cost(low), width), EXACT.multiply(rise, Decimal(contract - low)))
        if line >= EXACT.multiply(EXACT.add(best, flat), width):
            return
        yield contract
