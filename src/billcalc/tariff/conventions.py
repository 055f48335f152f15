"""Conventions: what an area's utility does and no national document fixes (docs/conventions.md).

A convention comes from the request, else from the area's document in force, else from the stated default, which puts a
problem with the money of the alternatives on the bill: nothing here is ever silent.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from pydantic import AfterValidator, Field

from billcalc.fields import Code, Model, Text, Unchanging, at_most, fault_error
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.tariff.component_codes import ComponentName
from billcalc.tariff.components import Component
from billcalc.tariff.convention_rules import JointAmount, SharpSurcharge
from billcalc.tariff.convention_words import (
    ChangesCount,
    DayCount,
    DiscountPrint,
    EdgeDay,
    EnergySource,
    FromBands,
    LineLossOf,
    LossBandsBy,
    LossGroups,
    LossInDemand,
    NoEnergy,
    OwnPrices,
    PartRounding,
    RatioBands,
    RatioBase,
    RatioOf,
    Reactive,
    ReactiveSum,
    Remainder,
    RoundScope,
    Scope,
    SharpElsewhere,
    SubMeterKind,
    TierBands,
    TierMonths,
    TiersBefore,
    TiersOfPartYear,
    WithoutSharp,
)
from billcalc.tariff.kinds import PriceKind
from billcalc.tariff.roundings import RoundingStep
from billcalc.vocabulary import Grain, PriceBy, Section

__all__ = [
    "BaseSelector",
    "ChangesCount",
    "Conventions",
    "DayCount",
    "DiscountPrint",
    "EdgeDay",
    "EnergySource",
    "FromBands",
    "JointAmount",
    "LineLossOf",
    "LineSelector",
    "LossBandsBy",
    "LossGroups",
    "LossInDemand",
    "NoEnergy",
    "OwnPrices",
    "PartRounding",
    "RatioBands",
    "RatioBase",
    "RatioOf",
    "Reactive",
    "ReactiveSum",
    "Remainder",
    "RoundScope",
    "Scope",
    "SharpElsewhere",
    "SharpSurcharge",
    "SubMeterKind",
    "TierBands",
    "TierMonths",
    "TiersBefore",
    "TiersOfPartYear",
    "WithoutSharp",
]


def _each_once(words: tuple[StrEnum, ...]) -> tuple[StrEnum, ...]:
    for word in words:
        if words.count(word) > 1:
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.WORD_TWICE, value=str(word))
    return words


def _every_kind(order: tuple[SubMeterKind, ...]) -> tuple[SubMeterKind, ...]:
    missing = [kind for kind in SubMeterKind if kind not in order]
    if missing:
        raise fault_error(FaultCode.INCONSISTENT, reason=Reason.ORDER_INCOMPLETE, known=", ".join(missing))
    return order


class LineSelector(Model):
    """A set of lines by section, tag, component and group; a line is in it when any of the lists names it."""

    sections: Annotated[tuple[Section, ...], at_most("words")] = ()
    tags: Annotated[tuple[Text, ...], at_most("names")] = ()
    components: Annotated[tuple[ComponentName, ...], at_most("names")] = ()
    groups: Annotated[tuple[Text, ...], at_most("names")] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it names nothing."""
        return not (self.sections or self.tags or self.components or self.groups)

    def names(self, component: Component) -> bool:
        """Whether it names a component, whoever pays it."""
        return (
            component.section in self.sections
            or component.code in self.components
            or not set(component.tags).isdisjoint(self.tags)
        )


class BaseSelector(Model):
    """The lines the power factor adjusts; exclusion wins over inclusion."""

    include: LineSelector = LineSelector()
    exclude: LineSelector = LineSelector()

    def takes(self, component: Component) -> bool:
        """Whether it takes a component of a group of which nothing is said."""
        return not self.exclude.names(component) and (self.include.is_empty or self.include.names(component))


class PowerFactorConventions(Model):
    """How the power factor is measured and what it adjusts."""

    scope: Scope | None = None
    active: EnergySource | None = None
    reactive: (
        Annotated[tuple[Reactive, ...], Field(min_length=1), at_most("words"), AfterValidator(_each_once)] | None
    ) = None
    reactive_sum: ReactiveSum | None = None
    base: BaseSelector | None = None
    round: RoundScope | None = None
    no_energy: NoEnergy | None = None


class EnergyRounding(Model):
    """The steps to which energies are rounded [kWh].

    Attributes:
        reading: what is billed.
        print: what a line shows; its amount is of the energy before.
    """

    reading: RoundingStep | None = None
    print: RoundingStep | None = None


class EnergyConventions(Model):
    """How readings become billed energy."""

    source: EnergySource | None = None
    remainder: Remainder | None = None
    round: EnergyRounding = EnergyRounding()
    sharp_elsewhere: SharpElsewhere | None = None


class SubMeterConventions(Model):
    """How sub-meters are taken off their parent."""

    order: (
        Annotated[tuple[SubMeterKind, ...], at_most("words"), AfterValidator(_each_once), AfterValidator(_every_kind)]
        | None
    ) = None
    ratio_of: RatioOf | None = None
    ratio_bands: RatioBands | None = None
    from_bands: FromBands | None = None
    without_sharp: WithoutSharp | None = None


class LossConventions(Model):
    """How the energy of losses is rounded, and told for bands, groups and demands.

    Attributes:
        round: the step of a loss [kWh and kvarh].
    """

    round: RoundingStep | None = None
    bands: LossBandsBy | None = None
    groups: LossGroups | None = None
    line_of: LineLossOf | None = None
    demand: LossInDemand | None = None


class BasicConventions(Model):
    """How a monthly charge is cut by days, and what its quantity is rounded to."""

    days: DayCount | None = None
    first_day: EdgeDay | None = None
    last_day: EdgeDay | None = None
    kva_round: RoundingStep | None = None
    demand_round: RoundingStep | None = None
    changes: ChangesCount | None = None
    discount: DiscountPrint | None = None


class LevyConventions(Model):
    """How levies are rounded."""

    round_per: Grain | None = None


class TimeOfUseConventions(Model):
    """How the prices of bands are made.

    Attributes:
        price_round: the step to which what floats is rounded, component by component [money/kWh].
        unrounded: what floats and is not rounded, by component or section.
        ratio_of: what the ratio of a band to another multiplies.
        own_prices: what a customer's own price is in the bands he gives none for.
        sharp_surcharge: lines whose sharp hours are printed as a surcharge apart.
    """

    price_round: RoundingStep | None = None
    unrounded: Annotated[tuple[Code, ...], at_most("names")] | None = None
    ratio_of: RatioBase | None = None
    own_prices: OwnPrices | None = None
    sharp_surcharge: Annotated[tuple[SharpSurcharge, ...], at_most("names")] | None = None


class AmountConventions(Model):
    """How amounts are rounded.

    Attributes:
        joint: lines that are rounded as one.
        components: how the components of one line are rounded.
    """

    joint: Annotated[tuple[JointAmount, ...], at_most("names")] | None = None
    components: PartRounding | None = None


class TierConventions(Model):
    """How tiers are counted.

    Attributes:
        months: how long tiers are counted whose document has limits of a year and of a month.
        part_year: the limits of an account that was opened or is closed within the period of its tiers.
        limit_round: the step to which a part of a limit is rounded [kWh].
        before: what becomes of earlier bills of the period where the limits change within it.
        bands: which band the energy of a tier is of, where its prices are by band.
    """

    months: TierMonths | None = None
    part_year: TiersOfPartYear | None = None
    limit_round: RoundingStep | None = None
    before: TiersBefore | None = None
    bands: TierBands | None = None


class Conventions(Model):
    """The conventions a document or a request states; what it does not state is None."""

    power_factor: PowerFactorConventions = PowerFactorConventions()
    kwh: EnergyConventions = EnergyConventions()
    sub_meters: SubMeterConventions = SubMeterConventions()
    losses: LossConventions = LossConventions()
    basic: BasicConventions = BasicConventions()
    levies: LevyConventions = LevyConventions()
    time_of_use: TimeOfUseConventions = TimeOfUseConventions()
    amounts: AmountConventions = AmountConventions()
    tiers: TierConventions = TierConventions()
    price_by: Annotated[dict[PriceKind, PriceBy], at_most("words")] = Field(default_factory=Unchanging)
    total_round: RoundingStep | None = None

    @cached_property
    def stated(self) -> Mapping[tuple[str, ...], object]:
        """What is stated, by path, such as kwh, round, reading."""
        return dict(_stated(self, ()))


def _stated(model: Model, prefix: tuple[str, ...]) -> list[tuple[tuple[str, ...], object]]:
    found: list[tuple[tuple[str, ...], object]] = []
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, Model) and not isinstance(value, BaseSelector):
            found.extend(_stated(value, (*prefix, name)))
        elif isinstance(value, dict):
            found.extend(((*prefix, name, str(key)), entry) for key, entry in value.items())
        elif value is not None:
            found.append(((*prefix, name), value))
    return found
