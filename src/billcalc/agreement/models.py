"""The customer's agreement: billing groups, supply points and the basic-charge mode, each dated."""

from typing import Annotated

from pydantic import Field

from billcalc.agreement.named import SupplyVoltage
from billcalc.fields import Code, Day, Flag, Id, Model, NotNegative, Text, Unchanging, at_most
from billcalc.kernel.closed_lists import Word
from billcalc.vocabulary import Billing, CustomerClass, Purchase, TransformerState

__all__ = [
    "Agreement",
    "Basic",
    "BasicMode",
    "Group",
    "GroupPowerFactor",
    "SupplyPoint",
    "Transformer",
]


class BasicMode(Word):
    """What the basic charge is billed by."""

    CAPACITY = "capacity", "按容量", "容量", "按变压器容量"
    CONTRACTED = "contracted", "按合同最大需量", "合同最大需量", "核定需量"
    ACTUAL = "actual", "按实际最大需量", "实际最大需量"
    EXEMPT = "exempt", "免收", "不计收"


class Transformer(Model):
    """A transformer, or a motor on high voltage at 1 kW = 1 kVA.

    Attributes:
        kva: its rated capacity [kVA].
    """

    id: Id
    kva: NotNegative
    state: TransformerState


_Set = Annotated[tuple[Id, ...], Field(min_length=1), at_most("names")]
_Alternatives = Annotated[tuple[Id, ...], Field(min_length=2), at_most("names")]


class SupplyPoint(Model):
    """A supply point: what one power factor and one maximum demand belong to.

    Attributes:
        power_factor_standard: ``0.90``, ``0.85`` or ``0.80``; ``none`` where it is not assessed. Never derived.
        interlocked: sets of transformers of which one at a time can run.
        mutual_standby: lines of supply that stand by for each other, each with its transformers.
    """

    power_factor_standard: Text
    transformers: Annotated[tuple[Transformer, ...], at_most("agreement.supply_points.transformers")] = ()
    interlocked: Annotated[tuple[_Alternatives, ...], at_most("names")] = ()
    mutual_standby: Annotated[tuple[_Set, ...], at_most("names")] = ()


class GroupPowerFactor(Model):
    """A group's part in the power factor, where it differs from the convention.

    Attributes:
        counts_energy: its energy counts for the power factor.
        money_in_base: its money is adjusted.
    """

    counts_energy: Flag | None = None
    money_in_base: Flag | None = None


class Group(Model):
    """A billing group: what is billed alike."""

    customer_class: CustomerClass = Field(alias="class")
    subclass: Text | None = None
    billing: Billing
    voltage: SupplyVoltage
    time_of_use: Flag
    purchase: Purchase
    power_factor: GroupPowerFactor = GroupPowerFactor()


class Basic(Model):
    """The basic charge.

    Attributes:
        contracts: contracted demand by name; ``regular`` is the ordinary one [kW].
        further_contracts: by supply point, contracts of other kinds beside it, such as ``half_peak`` [kW].
        demand_shares: each group's part in the basic charge of a supply point that several groups share, as weights.
    """

    mode: BasicMode
    contracts: Annotated[dict[str, NotNegative], at_most("agreement.basic.contracts")] = Field(
        default_factory=Unchanging
    )
    further_contracts: Annotated[
        dict[Id, Annotated[dict[Code, NotNegative], at_most("names")]], at_most("agreement.supply_points")
    ] = Field(default_factory=Unchanging)
    demand_shares: Annotated[dict[str, NotNegative], at_most("agreement.basic.demand_shares")] = Field(
        default_factory=Unchanging
    )


class Agreement(Model):
    """What was agreed from a day on, until the next entry."""

    start: Day = Field(alias="from")
    groups: Annotated[dict[Id, Group], Field(min_length=1), at_most("agreement.groups")]
    supply_points: Annotated[dict[Id, SupplyPoint], Field(min_length=1), at_most("agreement.supply_points")]
    basic: Basic
