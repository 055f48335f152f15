"""Where the charge of a contracted demand bends: at its floor, and where demand begins to exceed it.

Between two such contracts the charge is a straight line, so the cheapest contract is one of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from billcalc.billing.capacity import largest
from billcalc.billing.charges.basic.records import BasicPlan, DemandPlan
from billcalc.billing.facts import Facts
from billcalc.billing.quantities import maximum_demand
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Arithmetic, Value, total
from billcalc.tariff.documents import ExcessStep

__all__ = ["ContractBreaks", "contract_breaks"]


@dataclass(frozen=True, slots=True)
class ContractBreaks:
    """What a contract of a supply point is held against, over some days.

    Attributes:
        floor: the least that is billed [kW].
        metered: the maximum demand; None where none was read [kW].
        over_steps: demand exceeds the contract where it is above contract × (1 + a step's share).
    """

    supply_point: str
    floor: Value
    metered: Value | None
    over_steps: Sequence[ExcessStep]


def contract_breaks(plans: Sequence[BasicPlan], facts: Facts, arithmetic: Arithmetic) -> tuple[ContractBreaks, ...]:
    """What the contracts of a bill are held against; nothing of what is billed without one.

    Source: 发改办价格〔2016〕1583号 第一条（二）.
    """
    return tuple(
        _breaks(plan, facts, arithmetic) for plan in plans if isinstance(plan, DemandPlan) and plan.contract is not None
    )


def _breaks(plan: DemandPlan, facts: Facts, arithmetic: Arithmetic) -> ContractBreaks:
    contract, name = plan.contract, plan.terms.supply_point
    assert contract is not None, "what is billed without a contract bends nowhere"
    none_runs = arithmetic.constant(0, term=Term.RUNNING_CAPACITY, unit="kVA")
    running = total([none_runs, *(largest(each, arithmetic) for each in contract.running)])
    share = arithmetic.constant(contract.floor_share, term=Term.FLOOR_SHARE, unit="kW/kVA")
    metered = None
    if plan.metered is not None:
        metered = maximum_demand(plan.metered, arithmetic, of=name, rounding=plan.rounding, losses=facts.losses)
    return ContractBreaks(name, running * share, metered, contract.over_steps)
