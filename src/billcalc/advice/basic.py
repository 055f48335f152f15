"""The ways of paying the basic charge: what each would have cost, month by month, and the cheapest by the rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from billcalc.advice.choosing import WAYS, Start, cheapest, ways_in
from billcalc.advice.contracts import Bends, ContractMonth, best_contract, contract_month
from billcalc.advice.editing import Changes, basic_of, with_basic
from billcalc.advice.months import AskedMonth
from billcalc.advice.rules import Law, Moved, law_on, moved_ways, start_of
from billcalc.agreement.models import BasicMode
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate, wanted_tariffs
from billcalc.billing.charges.basic.charge import BASIC
from billcalc.billing.charges.basic.records import KindsPlan
from billcalc.billing.kept import kept_plan
from billcalc.kernel.decimals import EXACT, ZERO, exact_sum
from billcalc.kernel.plain import Plain
from billcalc.kernel.scalars import number_of
from billcalc.kernel.troubles import Fault, InvalidInput, Refusal, Refused
from billcalc.kernel.values import Value
from billcalc.tariff.catalog import Catalog
from billcalc.vocabulary import Billing

__all__ = ["BasicAdvice", "BasicMonth", "NotAdvised", "Plan", "Rebilled", "Why", "advise_basic", "why_not_basic"]


class NotAdvised(StrEnum):
    """Why nothing is advised."""

    ONE_PART = "one_part"
    EXEMPT = "exempt"
    GIVEN = "given"
    CONTRACT_KINDS = "contract_kinds"
    NOT_ASSESSED = "not_assessed"
    NOT_MEASURED = "not_measured"
    NETTED = "netted"
    LOST = "lost"
    NO_BANDS = "no_bands"
    READ_WITHIN = "read_within"
    DEMAND_NOT_READ = "demand_not_read"
    NOT_IN_FORCE = "not_in_force"


Why = NotAdvised | Refusal | Fault
"""Why something is not told: by our own reason, or by that of the engine."""


@dataclass(frozen=True, slots=True)
class Rebilled:
    """A month with one thing else.

    Attributes:
        changes: of its request.
    """

    bill: Bill
    changes: Changes


@dataclass(frozen=True, slots=True)
class BasicMonth:
    """A month, by every way.

    Attributes:
        present: the bill as it was asked for.
        law: in force on its first day; None where no document tells it.
        ways: what it would be billed; by contract with the best of the month, where the contract may change with it.
        troubles: why it cannot be billed another way.
        contracts: by supply point the best of the month; None where it cannot be told [kW].
        one_contract: with the best contract of all months; None where it cannot be told.
        bends: by supply point what a contract is held against; empty where it cannot be told.
    """

    asked: AskedMonth
    present: Bill
    way: BasicMode
    law: Law | None
    ways: Mapping[BasicMode, Rebilled]
    troubles: Mapping[BasicMode, Why]
    contracts: Mapping[str, int] | None = None
    one_contract: Rebilled | None = None
    bends: Mapping[str, tuple[Bends, ...]] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The first that is billed."""
        return self.asked.request.period.start


@dataclass(frozen=True, slots=True)
class Plan:
    """The cheapest ways by the rules.

    Attributes:
        ways: of the months.
        bills: of the months.
        cost: of all months [money].
    """

    ways: tuple[BasicMode, ...]
    bills: tuple[Rebilled, ...]
    cost: Decimal
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class BasicAdvice:
    """What the basic charge would have cost.

    Attributes:
        months: those that were billed.
        start: what was before the first.
        cost: as it was asked for [money].
        contracts: by supply point the best for all months; None where it cannot be told [kW].
        plan: None where nothing costs less than what was asked for.
        by_quarter: the cheapest, where a way begins with a quarter of the calendar; None as ``plan``.
    """

    months: tuple[BasicMonth, ...]
    start: Start
    cost: Decimal
    contracts: Mapping[str, int] | None
    plan: Plan | None
    by_quarter: Plan | None

    def whole(self, way: BasicMode) -> Decimal | None:
        """What all months would have cost one way, with one contract; None where one cannot be billed so [money]."""
        if way is BasicMode.CONTRACTED:
            bills = [month.one_contract for month in self.months]
        else:
            bills = [month.ways.get(way) for month in self.months]
        known = [each.bill.total for each in bills if each is not None]
        return exact_sum(known) if len(known) == len(self.months) else None

    def saving(self, plan: Plan | None) -> Decimal:
        """What a plan costs less than what was asked for [money]."""
        return ZERO if plan is None else EXACT.subtract(self.cost, plan.cost)


def why_not_basic(asked: AskedMonth, catalog: Catalog) -> NotAdvised | None:
    """Why nothing is advised of a month's basic charge; None where something is.

    Raises as ``calculate`` does.
    """
    groups = (group for each in asked.request.agreement for group in each.groups.values())
    is_two_part = any(group.billing is Billing.TWO_PART for group in groups)
    if basic_of(asked.request).mode is BasicMode.EXEMPT:
        return NotAdvised.EXEMPT if is_two_part else NotAdvised.ONE_PART
    kept, _ = kept_plan(asked.request, wanted_tariffs(asked.request, catalog))
    plans = kept.plan.charges.of(BASIC)
    if any(isinstance(plan, KindsPlan) for plan in plans):
        return NotAdvised.CONTRACT_KINDS
    if plans:
        return None
    return NotAdvised.GIVEN if is_two_part else NotAdvised.ONE_PART


@dataclass(slots=True)
class _Tried:
    """A month while its ways are tried."""

    asked: AskedMonth
    present: Bill
    law: Law | None
    ways: dict[BasicMode, Rebilled] = field(default_factory=dict)
    troubles: dict[BasicMode, Why] = field(default_factory=dict)
    contract: ContractMonth | None = None

    @property
    def way(self) -> BasicMode:
        return basic_of(self.asked.request).mode

    @property
    def allowed(self) -> tuple[BasicMode, ...]:
        ways = () if self.law is None else self.law.ways
        return tuple(way for way in WAYS if way in ways or way is self.way)

    @property
    def by_month(self) -> bool:
        """Whether the contract may be another each month."""
        return self.law is not None and self.law.contract_by_month

    def try_ways(self, catalog: Catalog) -> None:
        """Bill every way but that by contract, of which it is found what it would be held against."""
        for way in WAYS:
            if way not in self.allowed:
                self.troubles[way] = NotAdvised.NOT_IN_FORCE
                continue
            try:
                if way is BasicMode.CONTRACTED:
                    self.contract = self._contract(catalog)
                elif way is self.way:
                    self.ways[way] = Rebilled(self.present, {})
                else:
                    self.ways[way] = self.rebilled(way, None, catalog)
            except Refused as refused:
                self.troubles[way] = refused.refusal
            except InvalidInput as invalid:
                self.troubles[way] = invalid.faults[0]

    def _contract(self, catalog: Catalog) -> ContractMonth | None:
        points = {name: ZERO for each in self.asked.request.agreement for name in each.supply_points}
        request, _ = with_basic(self.asked.request, BasicMode.CONTRACTED, points)
        found = contract_month(request, catalog)
        if found.unread:
            self.troubles[BasicMode.CONTRACTED] = NotAdvised.DEMAND_NOT_READ
            return None
        return found

    def rebilled(self, way: BasicMode, contracts: Mapping[str, int] | None, catalog: Catalog) -> Rebilled:
        told = None if contracts is None else {name: Decimal(each) for name, each in contracts.items()}
        request, changes = with_basic(self.asked.request, way, told)
        bill = calculate(request, catalog, derivation=False)
        if isinstance(bill, Refusal):
            raise Refused(bill)
        return Rebilled(bill, changes)


def advise_basic(months: Sequence[tuple[AskedMonth, Bill]], catalog: Catalog) -> BasicAdvice:
    """The ways of paying for months that were billed, in their order.

    Raises:
        InvalidInput: where a month contradicts itself as it was asked for.
    """
    tried = [
        _Tried(asked, bill, law_on(wanted_tariffs(asked.request, catalog), asked.request)) for asked, bill in months
    ]
    for each in tried:
        each.try_ways(catalog)
    contracts = None
    if all(each.contract is not None for each in tried):
        contracts = _best([each.contract for each in tried if each.contract is not None])
    made = _months(tried, contracts, catalog)
    start, cost = start_of(tried[0].asked.request), exact_sum(each.present.total for each in tried)
    plans = [_planned(made, start, cost, catalog, by_quarter=quarter) for quarter in (False, True)]
    return BasicAdvice(made, start, cost, contracts, *plans)


def _best(months: Sequence[ContractMonth]) -> dict[str, int]:
    """The cheapest contract of each supply point, the same in all months [kW]: each pays for itself."""
    names = sorted({name for month in months for name in month.bends})
    floors = {
        name: max(
            int(bend.floor.to_integral_value(ROUND_CEILING)) for month in months for bend in month.bends.get(name, ())
        )
        for name in names
    }
    found = dict(floors)
    for name in names:
        found[name], _ = best_contract(months, name, found)
    return found


def _months(tried: Sequence[_Tried], contracts: Mapping[str, int] | None, catalog: Catalog) -> tuple[BasicMonth, ...]:
    """The months by every way; the present contracts stay where others do not cost less."""
    ones = [None if contracts is None else each.rebilled(BasicMode.CONTRACTED, contracts, catalog) for each in tried]
    held = [each for each in zip(tried, ones, strict=True) if not each[0].by_month]
    keeps = all(each.way is BasicMode.CONTRACTED for each, _ in held) and _costs_less(
        [each.present for each, _ in held], [one for _, one in held]
    )
    return tuple(_month(each, one, catalog, keeps=keeps) for each, one in zip(tried, ones, strict=True))


def _month(tried: _Tried, one: Rebilled | None, catalog: Catalog, *, keeps: bool) -> BasicMonth:
    """A month by every way.

    Args:
        tried: the month.
        one: with the contract of all months.
        catalog: the tariffs.
        keeps: whether the present contracts stay, where the contract is not another each month.
    """
    own = None if tried.contract is None else _best([tried.contract])
    ways = dict(tried.ways)
    other = one
    if own is not None and tried.by_month:
        other = tried.rebilled(BasicMode.CONTRACTED, own, catalog)
        keeps = _costs_less([tried.present], [other])
    if tried.way is BasicMode.CONTRACTED and (other is None or keeps):
        other = Rebilled(tried.present, {})
    if other is not None:
        ways[BasicMode.CONTRACTED] = other
    bends = {} if tried.contract is None else tried.contract.bends
    return BasicMonth(tried.asked, tried.present, tried.way, tried.law, ways, tried.troubles, own, one, bends)


def _costs_less(bills: Sequence[Bill], others: Sequence[Rebilled | None]) -> bool:
    """Whether bills cost no more than others that may not be there."""
    known = [each.bill.total for each in others if each is not None]
    return len(known) < len(others) or exact_sum(bill.total for bill in bills) <= exact_sum(known)


def _planned(
    months: Sequence[BasicMonth], start: Start, cost: Decimal, catalog: Catalog, *, by_quarter: bool
) -> Plan | None:
    """The cheapest ways by the rules; None where they cost no less than what was asked for."""
    days = [month.day for month in months]
    costs: list[Mapping[BasicMode, Value]] = [
        {way: Plain(each.bill.total) for way, each in month.ways.items()} for month in months
    ]
    kept = [None if month.law is None or month.law.mode is None else month.law.mode.months for month in months]
    choice = cheapest(days, costs, kept, start, by_quarter=by_quarter)
    if choice is None or number_of(choice.cost) >= cost:
        return None
    ways = ways_in(int(number_of(choice.code)), len(months))
    bills = tuple(month.ways[way] for month, way in zip(months, ways, strict=True))
    area = months[0].asked.request.area
    before = start.way or ways[0]
    moved = moved_ways(days, ways, [month.law for month in months], before, catalog, area)
    return Plan(ways, bills, number_of(choice.cost), moved)
