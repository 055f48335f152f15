"""Conventions: what an area's utility does and no national document fixes (DESIGN §6).

A convention comes from the request, else from the area's document in force, else from the stated default, which puts a
problem with the money of the alternatives on the bill: nothing here is ever silent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from billcalc.fields import Code, Model, Text, at_most, fault_error
from billcalc.kernel.sources import Source
from billcalc.kernel.wording import FaultCode
from billcalc.tariff.convention_rules import JointAmount, SharpSurcharge
from billcalc.tariff.convention_words import (
    DayCount,
    EdgeDay,
    EnergySource,
    FromBands,
    NoEnergy,
    OwnPrices,
    RatioBands,
    RatioBase,
    RatioOf,
    Reactive,
    Remainder,
    RoundScope,
    Scope,
    SharpElsewhere,
    SubMeterKind,
    WithoutSharp,
)
from billcalc.tariff.kinds import PRICE_KINDS, PriceKind
from billcalc.tariff.roundings import RoundingStep
from billcalc.vocabulary import Grain, Kind, PriceBy, Section

__all__ = [
    "ALTERNATIVES",
    "DEFAULTS",
    "ONLY_WHERE_IT_TELLS",
    "BaseSelector",
    "Conventions",
    "DayCount",
    "EdgeDay",
    "EnergySource",
    "FromBands",
    "JointAmount",
    "LineSelector",
    "NoEnergy",
    "OwnPrices",
    "RatioBands",
    "RatioBase",
    "RatioOf",
    "Reactive",
    "Remainder",
    "ResolvedConventions",
    "RoundScope",
    "Scope",
    "SharpElsewhere",
    "SharpSurcharge",
    "SubMeterKind",
    "WithoutSharp",
    "resolve_conventions",
]


def _each_once(words: tuple[StrEnum, ...]) -> tuple[StrEnum, ...]:
    for word in words:
        if words.count(word) > 1:
            raise fault_error(FaultCode.INCONSISTENT, reason=f'"{word}" stands twice in the list')
    return words


def _every_kind(order: tuple[SubMeterKind, ...]) -> tuple[SubMeterKind, ...]:
    missing = [kind for kind in SubMeterKind if kind not in order]
    if missing:
        raise fault_error(FaultCode.INCONSISTENT, reason=f"the order does not tell the place of {', '.join(missing)}")
    return order


class LineSelector(Model):
    """A set of lines by section, tag, component and group; a line is in it when any of the lists names it."""

    sections: Annotated[tuple[Section, ...], at_most("words")] = ()
    tags: Annotated[tuple[Text, ...], at_most("names")] = ()
    components: Annotated[tuple[Text, ...], at_most("names")] = ()
    groups: Annotated[tuple[Text, ...], at_most("names")] = ()


class BaseSelector(Model):
    """The lines the power factor adjusts; exclusion wins over inclusion."""

    include: LineSelector = LineSelector()
    exclude: LineSelector = LineSelector()


class PowerFactorConventions(Model):
    """How the power factor is measured and what it adjusts."""

    scope: Scope | None = None
    active: EnergySource | None = None
    reactive: (
        Annotated[tuple[Reactive, ...], Field(min_length=1), at_most("words"), AfterValidator(_each_once)] | None
    ) = None
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


class BasicConventions(Model):
    """How a monthly charge is cut by days, and what its quantity is rounded to."""

    days: DayCount | None = None
    first_day: EdgeDay | None = None
    last_day: EdgeDay | None = None
    kva_round: RoundingStep | None = None
    demand_round: RoundingStep | None = None


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
    """

    joint: Annotated[tuple[JointAmount, ...], at_most("names")] | None = None


class Conventions(Model):
    """The conventions a document or a request states; what it does not state is None."""

    power_factor: PowerFactorConventions = PowerFactorConventions()
    kwh: EnergyConventions = EnergyConventions()
    sub_meters: SubMeterConventions = SubMeterConventions()
    basic: BasicConventions = BasicConventions()
    levies: LevyConventions = LevyConventions()
    time_of_use: TimeOfUseConventions = TimeOfUseConventions()
    amounts: AmountConventions = AmountConventions()
    price_by: Annotated[dict[PriceKind, PriceBy], at_most("words")] = Field(default_factory=dict)
    total_round: RoundingStep | None = None

    @cached_property
    def told(self) -> Mapping[str, Any]:
        """What is stated, by key, such as ``kwh.round.reading``."""
        return dict(_told(self, ""))


DEFAULTS: Mapping[str, Any] = {
    "power_factor.scope": Scope.SUPPLY_POINT,
    "power_factor.active": None,
    "power_factor.reactive": (Reactive.FORWARD, Reactive.REVERSE),
    "power_factor.base": BaseSelector(exclude=LineSelector(sections=(Section.LEVIES,))),
    "power_factor.round": RoundScope.ONCE,
    "power_factor.no_energy": NoEnergy.REFUSE,
    "kwh.source": EnergySource.BANDS,
    "kwh.remainder": Remainder.REPORT,
    "kwh.round.reading": Decimal(1),
    "kwh.round.print": None,
    "kwh.sharp_elsewhere": SharpElsewhere.SHARP,
    "sub_meters.order": (SubMeterKind.FIXED, SubMeterKind.RATIO, SubMeterKind.METER),
    "sub_meters.ratio_of": RatioOf.READING,
    "sub_meters.ratio_bands": RatioBands.FLAT_REST,
    "sub_meters.from_bands": FromBands.SHARES,
    "sub_meters.without_sharp": WithoutSharp.REFUSE,
    "basic.days": None,
    "basic.first_day": EdgeDay.BILLED,
    "basic.last_day": EdgeDay.FREE,
    "basic.kva_round": None,
    "basic.demand_round": None,
    "levies.round_per": Grain.TOTAL,
    "time_of_use.price_round": None,
    "time_of_use.unrounded": (),
    "time_of_use.ratio_of": RatioBase.ROUNDED,
    "time_of_use.own_prices": OwnPrices.AS_GIVEN,
    "time_of_use.sharp_surcharge": (),
    "amounts.joint": (),
    "total_round": Decimal("0.01"),
    **{
        f"price_by.{kind}": PriceBy.BILLING_MONTH if kind is Kind.PURCHASE_PRICE else PriceBy.CONSUMPTION_DAY
        for kind in PRICE_KINDS
    },
}
"""What is done where nothing is told. ``power_factor.active`` None is what is billed; ``basic.days`` None is the day
count of the basic-charge rules in force on the day of the change; ``time_of_use.price_round`` None is the rounding of
the time-of-use document in force."""

ALTERNATIVES: Mapping[str, tuple[Any, ...]] = {
    "power_factor.scope": (Scope.ACCOUNT,),
    "power_factor.reactive": ((Reactive.FORWARD,),),
    "power_factor.base": (
        BaseSelector(exclude=LineSelector(sections=(Section.LEVIES, Section.SYSTEM_OPERATION))),
        BaseSelector(include=LineSelector(sections=(Section.NETWORK_ENERGY, Section.NETWORK_CAPACITY))),
    ),
    "power_factor.round": (RoundScope.LINE, RoundScope.GROUP),
    "kwh.source": (EnergySource.TOTAL,),
    "kwh.remainder": (Remainder.FLAT,),
    "sub_meters.order": ((SubMeterKind.RATIO, SubMeterKind.FIXED, SubMeterKind.METER),),
    "sub_meters.ratio_of": (RatioOf.AFTER_FIXED,),
    "sub_meters.ratio_bands": (RatioBands.EACH, RatioBands.SHARES),
    "sub_meters.from_bands": (FromBands.FLAT_FIRST,),
    "basic.days": (DayCount.THIRTIETH, DayCount.CALENDAR),
    "basic.first_day": (EdgeDay.FREE,),
    "basic.last_day": (EdgeDay.BILLED,),
    "kwh.round.reading": (Decimal("0.01"),),
    "kwh.sharp_elsewhere": (SharpElsewhere.PEAK,),
    "basic.kva_round": (Decimal("0.01"),),
    "basic.demand_round": (Decimal(1),),
    "time_of_use.ratio_of": (RatioBase.EXACT,),
    "time_of_use.own_prices": (OwnPrices.FLOAT,),
    "levies.round_per": (Grain.BAND,),
    "price_by.purchase_price": (PriceBy.CONSUMPTION_DAY,),
    "price_by.network_price": (PriceBy.BILLING_MONTH,),
    "price_by.catalogue_price": (PriceBy.BILLING_MONTH,),
    "price_by.levies": (PriceBy.BILLING_MONTH,),
}
"""The other readings whose money a bill tells where a convention is not documented."""

ONLY_WHERE_IT_TELLS = (
    "kwh.round.reading",
    "kwh.sharp_elsewhere",
    "sub_meters.ratio_bands",
    "basic.demand_round",
    "time_of_use.ratio_of",
)
"""Conventions that are in doubt only where they change the bill: a whole number is the same under every step."""


@dataclass(frozen=True, slots=True)
class ResolvedConventions:
    """Every convention of one bill, with the source of those that are told."""

    values: Mapping[str, Any]
    sources: Mapping[str, Source]

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    def source(self, key: str) -> Source | None:
        """Where a convention is told; None where the default was taken."""
        return self.sources.get(key)


def resolve_conventions(*layers: tuple[Conventions, Source]) -> ResolvedConventions:
    """Take each convention from the first layer that tells it, else from the defaults."""
    values = dict(DEFAULTS)
    sources: dict[str, Source] = {}
    for conventions, source in reversed(layers):
        values.update(conventions.told)
        sources.update(dict.fromkeys(conventions.told, source))
    return ResolvedConventions(values, sources)


def _told(model: Model, prefix: str) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, Model) and not isinstance(value, BaseSelector):
            found.extend(_told(value, f"{prefix}{name}."))
        elif isinstance(value, dict):
            found.extend((f"{prefix}{name}.{key}", entry) for key, entry in value.items())
        elif value is not None:
            found.append((prefix + name, value))
    return found
