"""How the losses of a metering point are told: what its meter does not show because it stands behind what loses."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from billcalc.fields import PLANNED, Id, Model, NotNegative, Text, at_most, fault_error
from billcalc.kernel.closed_lists import Word
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.tariff.losses import LossBands, check_rising

__all__ = [
    "CoefficientLoss",
    "CopperStep",
    "CurrentLoss",
    "FixedLoss",
    "FormulaLoss",
    "LineLoss",
    "LossMethod",
    "LossUser",
    "Losses",
    "NoLoss",
    "Rated",
    "ShareBy",
    "ShareLoss",
    "SharedLoss",
    "TableLoss",
    "TransformerLoss",
]


class LossMethod(Word):
    """How a loss is told."""

    FORMULA = "formula", "公式法"
    COEFFICIENT = "coefficient", "系数法"
    TABLE = "table", "查表法"
    FIXED = "fixed", "协议定量", "定量"
    SHARE = "share", "协议比例", "比例"
    NONE = "none", "不计损耗"
    CURRENT = "current", "按电流"


class Rated(Model):
    """What a transformer loses: by its series, which documents tell, or by its own numbers, which come before those.

    Attributes:
        series: its make, such as ``S11``.
        p0_kw: its loss without load [kW].
        pk_kw: its loss at full load [kW].
        i0_percent: its no-load current [%].
        uk_percent: its short-circuit voltage [%].
    """

    series: Text | None = None
    p0_kw: NotNegative | None = None
    pk_kw: NotNegative | None = None
    i0_percent: NotNegative | None = None
    uk_percent: NotNegative | None = None


Transformers = Annotated[dict[Id, Rated], Field(min_length=1), at_most("agreement.supply_points.transformers")]
"""The transformers of the supply point that the meter stands behind, by their ids in the agreement."""


class FormulaLoss(Model):
    """The loss of transformers by formula.

    Attributes:
        load_shape: K, by which a load that changes loses more than an even one [1].
        assumed_cosphi: the power factor that the copper loss is reckoned with where no meter shows reactive energy [1].
    """

    method: Literal[LossMethod.FORMULA]
    transformers: Transformers
    load_shape: NotNegative
    assumed_cosphi: NotNegative | None = None


class CopperStep(Model):
    """A copper loss as a share of the energy.

    Attributes:
        up_to_load: the highest load that it is for, inclusive; None in the last step [1].
        share: of the energy [1].
    """

    up_to_load: NotNegative | None = None
    share: NotNegative


def _steps_rise(steps: tuple[CopperStep, ...]) -> tuple[CopperStep, ...]:
    limits = [step.up_to_load for step in steps[:-1]]
    if None in limits or steps[-1].up_to_load is not None:
        raise fault_error(FaultCode.INCONSISTENT, reason=Reason.STEPS_WITHOUT_LIMIT)
    check_rising([limit for limit in limits if limit is not None])
    return steps


class CoefficientLoss(Model):
    """The loss of transformers by coefficient: iron by the hours, copper as a share of the energy.

    Attributes:
        copper: the shares, by the load: energy ÷ (capacity × usable × hours).
        usable: the part of the rated capacity that the load is told of; 1 where it is not told [1].
        reactive_copper: the reactive copper loss for each kWh of the active one [1].
    """

    method: Literal[LossMethod.COEFFICIENT]
    transformers: Transformers
    copper: Annotated[
        tuple[CopperStep, ...], Field(min_length=1), at_most("losses.rows"), AfterValidator(_steps_rise), PLANNED
    ]
    usable: NotNegative | None = None
    reactive_copper: NotNegative | None = None


class TableLoss(Model):
    """The loss of a transformer by a table of the utility, by the energy of the month.

    Attributes:
        transformer: its id in the agreement.
        series: its make, where the table is a document's.
        bands: the table of its capacity, where the request tells it.
    """

    method: Literal[LossMethod.TABLE]
    transformer: Id
    series: Text | None = None
    bands: Annotated[LossBands | None, PLANNED] = None

    @model_validator(mode="after")
    def _has_one_table(self) -> "TableLoss":
        if (self.series is None) == (self.bands is None):
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.LOSS_TABLE_FORM)
        return self


class FixedLoss(Model):
    """A loss agreed on for each month [kWh and kvarh]."""

    method: Literal[LossMethod.FIXED]
    kwh: NotNegative
    kvarh: NotNegative | None = None


class ShareLoss(Model):
    """A loss agreed on as a share of the energy.

    Attributes:
        share: of the active energy [1].
        reactive_share: of the reactive energy [1].
    """

    method: Literal[LossMethod.SHARE]
    share: NotNegative
    reactive_share: NotNegative | None = None


class NoLoss(Model):
    """No loss, as was agreed, or because the energy that is told has it in it."""

    method: Literal[LossMethod.NONE]


class CurrentLoss(Model):
    """The loss of a line by its resistance: 3 I² R, where I is told or follows from energy, voltage and hours.

    Attributes:
        resistance_ohm, reactance_ohm: of one phase [Ω].
        current_a: the root mean square of the current; None where it follows from the energy [A].
        voltage_kv: of the line, where the current follows from the energy [kV].
        load_shape: K, by which a load that changes loses more than an even one; with the voltage [1].
    """

    method: Literal[LossMethod.CURRENT]
    resistance_ohm: NotNegative
    reactance_ohm: NotNegative | None = None
    current_a: NotNegative | None = None
    voltage_kv: NotNegative | None = None
    load_shape: NotNegative | None = None

    @model_validator(mode="after")
    def _has_a_current(self) -> "CurrentLoss":
        told = (self.current_a is not None, self.voltage_kv is not None, self.load_shape is not None)
        if told not in ((True, False, False), (False, True, True)):
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.CURRENT_FORM)
        return self


def _one_word(raw: object) -> object:
    """The method by its own name, whichever it is told by."""
    if not isinstance(raw, Mapping) or (method := LossMethod.named(raw.get("method"))) is None:
        return raw
    return {**raw, "method": method}


TransformerLoss = Annotated[
    FormulaLoss | CoefficientLoss | TableLoss | FixedLoss | ShareLoss | NoLoss,
    Field(discriminator="method"),
    BeforeValidator(_one_word),
]
LineLoss = Annotated[FixedLoss | ShareLoss | CurrentLoss, Field(discriminator="method"), BeforeValidator(_one_word)]


class ShareBy(Word):
    """What the users behind one transformer share its loss by."""

    ENERGY = "energy", "按电量"
    CAPACITY = "capacity", "按容量"
    FIXED = "fixed", "按定值"
    EQUAL = "equal", "平均"


class LossUser(Model):
    """Another user behind the same transformer.

    Attributes:
        id: its name; the parts are rounded in the order of the names.
        point: the metering point of this request that it is, and that is billed for its part; else None.
        kwh, kvarh: what it used in the period, where no metering point tells it [kWh and kvarh].
        weight: its capacity, or its fixed part [kVA or 1].
    """

    id: Id
    point: Id | None = None
    kwh: NotNegative | None = None
    kvarh: NotNegative | None = None
    weight: NotNegative | None = None

    @model_validator(mode="after")
    def _tells_its_energy(self) -> "LossUser":
        if (self.point is None) == (self.kwh is None) or (self.point is not None and self.kvarh is not None):
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.USER_FORM)
        return self


class SharedLoss(Model):
    """The loss of a transformer that several users stand behind.

    Attributes:
        by: what it is shared by.
        weight: this metering point's capacity, or its fixed part [kVA or 1].
        users: the others.
    """

    by: ShareBy
    weight: NotNegative | None = None
    users: Annotated[tuple[LossUser, ...], Field(min_length=1), at_most("losses.users")]

    @model_validator(mode="after")
    def _has_its_weights(self) -> "SharedLoss":
        needed = self.by in (ShareBy.CAPACITY, ShareBy.FIXED)
        if any((weight is not None) is not needed for weight in (self.weight, *(user.weight for user in self.users))):
            reason = Reason.WEIGHTS_NEEDED if needed else Reason.WEIGHTS_NEEDLESS
            raise fault_error(FaultCode.INCONSISTENT, reason=reason, value=self.by.value)
        return self


class Losses(Model):
    """What comes on top of what a meter shows.

    Attributes:
        transformer: the loss of the transformer it stands behind (高供低计).
        line: the loss of the customer's line.
        shared: where others stand behind the transformer, too.
        hours: the running hours of a full month; 24 a day where they are not told [h].
        demand_share: by how much of itself a demand is raised for its losses, where that is agreed on [1].
    """

    transformer: TransformerLoss | None = None
    line: LineLoss | None = None
    shared: SharedLoss | None = None
    hours: NotNegative | None = None
    demand_share: NotNegative | None = None

    @model_validator(mode="after")
    def _has_what_it_tells(self) -> "Losses":
        if self.transformer is None and self.line is None:
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.LOSS_OF_NOTHING)
        if self.shared is not None and isinstance(self.transformer, NoLoss | None):
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.NOTHING_SHARED)
        return self
