"""The basic charge in a plan: by capacity or by demand, over days in which its terms and its price are the same."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from billcalc.billing.doubts import OtherReading
from billcalc.billing.plan_demand import MaximumDemand
from billcalc.billing.plan_metering import Capacity, CapacityPart, Share
from billcalc.kernel.slots import Slot
from billcalc.kernel.sources import Source
from billcalc.kernel.spans import Span
from billcalc.kernel.values import Rounding
from billcalc.tariff.documents import DemandDiscount, ExcessStep
from billcalc.vocabulary import Section

__all__ = [
    "BandDemand",
    "BasicPlan",
    "BasicTerms",
    "CapacityLeft",
    "CapacityPlan",
    "ContractTerms",
    "DemandPlan",
    "DiscountTerms",
    "KindsPlan",
    "MeasuredPlan",
    "PayingGroup",
    "ReplacedCapacity",
]


@dataclass(frozen=True, slots=True)
class ReplacedCapacity:
    """What transformers that took each other's place kept in service through a cycle that is counted in thirtieths.

    Attributes:
        runs: for each run of days the slots of the transformers in service that were not so all the time.
        days: the slot of what a month has more than the cycle, or less (then below 0) [day].
    """

    runs: tuple[tuple[Slot, ...], ...]
    days: Slot


@dataclass(frozen=True, slots=True)
class PayingGroup:
    """A group that pays a basic charge, alone or with others.

    Attributes:
        weight: the slot of its weight where there are several, or None.
        in_base: whether the power-factor base has its part.
        scope: the power-factor scope its part belongs to, or None where that is not assessed.
    """

    group: str
    weight: Slot | None
    in_base: bool
    scope: str | None


@dataclass(frozen=True, slots=True)
class CapacityLeft:
    """What is left of a capacity after a stop, against what a charge of two parts is for.

    Attributes:
        running: what is left.
        least: from which capacity on there are two parts [kVA].
        rule: the article that says so.
        since: the first day of it.
        entry: the place of the agreement's entry.
        one_part: the request of a customer who has one part from that day on.
    """

    running: tuple[Capacity, ...]
    least: Decimal
    rule: str
    since: date
    entry: int
    one_part: OtherReading = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class BasicTerms:
    """What a basic charge by capacity and one by demand have in common.

    Attributes:
        price: [money per unit].
        price_rounding: of the price, or None.
        rounding: of the amount.
        rule_source: the rules of its quantity: that it is due by the month, or the floor and the excess of demand.
        share: the share of the month that it is billed for.
        groups: who pays it.
        left: what is left of the capacity after some was stopped, or None.
    """

    code: str
    label: str | None
    section: Section
    supply_point: str
    span: Span
    price: Decimal
    price_source: Source
    price_rounding: Rounding | None
    rounding: Rounding
    rule_source: Source
    share: Share
    groups: tuple[PayingGroup, ...]
    left: CapacityLeft | None = None


@dataclass(frozen=True, slots=True)
class CapacityPlan:
    """The basic charge by capacity of one supply point and segment.

    Attributes:
        parts: what is billed, each with its share of the month.
        replaced: in the last segment of a cycle, the capacity that was in service all the time by replacement, or None.
        kva_rounding: of the prorated capacity, or None.
    """

    terms: BasicTerms
    parts: tuple[CapacityPart, ...]
    replaced: ReplacedCapacity | None = None
    kva_rounding: Rounding | None = None


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """What demand that is billed by contract is compared with.

    Attributes:
        demand: the contracted demand.
        running: the capacities of the running transformers, for the floor.
        floor_share: the least share of them that is billed [kW/kVA].
        over_steps: from which limits on demand above the contract costs more.
        excess_adjusted: whether the power factor adjusts what is charged above the contract.
        idle_share: the share of the contract that is billed where no demand was metered, or None [1].
    """

    demand: Slot
    running: tuple[Capacity, ...]
    floor_share: Decimal
    over_steps: tuple[ExcessStep, ...]
    excess_adjusted: bool = True
    idle_share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DiscountTerms:
    """The discount of the demand price for intensive use.

    Attributes:
        source: the rules that state it.
        capacity: every transformer of the customer, each with its share of the period; empty where it cannot be tested.
        part_period: where a part of the cycle is billed, its days and those of the cycle, for the doubt which capacity
            the energy is compared with.
        assumed: None where the discount is tested; else what is assumed of it.
    """

    rule: DemandDiscount
    source: Source
    capacity: tuple[CapacityPart, ...]
    part_period: Share | None
    assumed: bool | None = None


@dataclass(frozen=True, slots=True)
class DemandPlan:
    """The basic charge by demand of one supply point and segment.

    Attributes:
        metered: the maximum demand that bills it; None where none was read, and the contract alone does.
        rounding: of a maximum demand before it is compared and priced, or None.
        contract: None where the actual demand is billed.
        discount: None where the rules have none.
        untimed: a demand of more days than the segment has, which is not billed; for the doubt about it. Beside a
            demand that the meters tell of the segment it is a given one.
        discount_apart: the discount is a line of its own.
    """

    terms: BasicTerms
    metered: MaximumDemand | None
    rounding: Rounding | None
    contract: ContractTerms | None
    discount: DiscountTerms | None
    untimed: MaximumDemand | None = None
    discount_apart: bool = False


@dataclass(frozen=True, slots=True)
class BandDemand:
    """The demand of a band and the contracts that cover it.

    Attributes:
        name: of the band, where not all hours are meant.
        covered: the contracts that cover it.
        price: the quantity of the component that prices its excess.
    """

    name: str
    metered: MaximumDemand
    covered: tuple[Slot, ...]
    price: str


@dataclass(frozen=True, slots=True)
class KindsPlan:
    """The basic charge by contracts of several kinds: what one price is paid for, at one supply point and segment.

    Attributes:
        price: the quantity of the component that prices it.
        contracts: those that it is for.
        less: those of which a share is taken off.
        less_share: that share [1].
        bands: the demands of all bands, in the order in which their excess is counted.
        over_steps: from which limits on excess costs more.
        excess_adjusted: whether the power factor adjusts what is charged of it.
        idle_share: the share of the contracts that is billed in a month without use, or None [1].
        rounding: of a maximum demand, or None.
        from_counted: the steps of an excess are counted from what earlier bands have, not from the contracts.
    """

    terms: BasicTerms
    price: str
    contracts: tuple[Slot, ...]
    less: tuple[Slot, ...]
    less_share: Decimal
    bands: tuple[BandDemand, ...]
    over_steps: tuple[ExcessStep, ...]
    excess_adjusted: bool
    idle_share: Decimal | None
    rounding: Rounding | None
    from_counted: bool = False


@dataclass(frozen=True, slots=True)
class MeasuredPlan:
    """The basic charge by demand as it was measured, of one price, at one supply point and segment.

    Attributes:
        unit: of the demand: kW, or kVA of an apparent one.
        bands: the demands of which the greatest is billed, each with the name of its band; none of all hours.
        earlier: of which the greatest is the demand of earlier months; empty where they count for nothing.
        earlier_share: the share of it that is billed at least [1].
        least: what is billed at least [kW or kVA], or None.
        above, up_to: of a tier, what of that is billed at the price [kW or kVA], or None.
        rounding: of a maximum demand, or None.
    """

    terms: BasicTerms
    unit: str
    bands: tuple[tuple[str, MaximumDemand], ...]
    earlier: tuple[Slot, ...]
    earlier_share: Decimal
    least: Decimal | None
    above: Decimal | None
    up_to: Decimal | None
    rounding: Rounding | None


BasicPlan = CapacityPlan | DemandPlan | KindsPlan | MeasuredPlan
"""The basic charge of one supply point and segment."""
