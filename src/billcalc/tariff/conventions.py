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

from billcalc.fields import Model, Text, fault_error
from billcalc.kernel.sources import Source
from billcalc.kernel.wording import FaultCode
from billcalc.tariff.kinds import PRICE_KINDS, PriceKind
from billcalc.tariff.roundings import RoundingStep
from billcalc.vocabulary import Grain, Kind, PriceBy, Section

__all__ = [
    "ALTERNATIVES",
    "DEFAULTS",
    "BaseSelector",
    "Conventions",
    "DayCount",
    "EdgeDay",
    "EnergySource",
    "FromBands",
    "LineSelector",
    "NoEnergy",
    "RatioOf",
    "Reactive",
    "Remainder",
    "ResolvedConventions",
    "RoundScope",
    "Scope",
    "SubMeterKind",
    "resolve_conventions",
]


class Scope(StrEnum):
    """What one power factor is calculated for."""

    SUPPLY_POINT = "supply_point"
    ACCOUNT = "account"
    GROUP = "group"


class EnergySource(StrEnum):
    """Which registers tell the energy: the bands together, or the total."""

    BANDS = "bands"
    TOTAL = "total"


class Remainder(StrEnum):
    """What becomes of the difference between the total register and the bands."""

    REPORT = "report"
    FLAT = "flat"


class Reactive(StrEnum):
    """A reactive register."""

    FORWARD = "reactive_forward"
    REVERSE = "reactive_reverse"
    Q1 = "reactive_q1"
    Q2 = "reactive_q2"
    Q3 = "reactive_q3"
    Q4 = "reactive_q4"


class RoundScope(StrEnum):
    """Whether the adjustment is rounded once on its base or on each line of it."""

    ONCE = "once"
    LINE = "line"


class NoEnergy(StrEnum):
    """What to do where reactive but no active energy was used."""

    REFUSE = "refuse"
    NONE = "none"


class DayCount(StrEnum):
    """A day's share of a monthly charge: a thirtieth, or its share of its own calendar month."""

    THIRTIETH = "thirtieth"
    CALENDAR = "calendar"


class EdgeDay(StrEnum):
    """Whether the day of a change is billed."""

    BILLED = "billed"
    FREE = "free"


class SubMeterKind(StrEnum):
    """How a sub-meter takes its energy off its parent."""

    FIXED = "fixed"
    RATIO = "ratio"
    METER = "meter"


class FromBands(StrEnum):
    """Which bands of the parent a sub-meter without bands takes its energy from: all by their shares, or flat first."""

    SHARES = "shares"
    FLAT_FIRST = "flat_first"


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

    sections: tuple[Section, ...] = ()
    tags: tuple[Text, ...] = ()
    components: tuple[Text, ...] = ()
    groups: tuple[Text, ...] = ()


class BaseSelector(Model):
    """The lines the power factor adjusts; exclusion wins over inclusion."""

    include: LineSelector = LineSelector()
    exclude: LineSelector = LineSelector()


class PowerFactorConventions(Model):
    """How the power factor is measured and what it adjusts."""

    scope: Scope | None = None
    active: EnergySource | None = None
    reactive: Annotated[tuple[Reactive, ...], Field(min_length=1), AfterValidator(_each_once)] | None = None
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


class RatioOf(StrEnum):
    """What a ratio sub-meter's ratio multiplies."""

    READING = "reading"
    AFTER_FIXED = "after_fixed"


class SubMeterConventions(Model):
    """How sub-meters are taken off their parent."""

    order: Annotated[tuple[SubMeterKind, ...], AfterValidator(_each_once), AfterValidator(_every_kind)] | None = None
    ratio_of: RatioOf | None = None
    from_bands: FromBands | None = None


class BasicConventions(Model):
    """How a monthly charge is cut by days."""

    days: DayCount | None = None
    first_day: EdgeDay | None = None
    last_day: EdgeDay | None = None
    kva_round: RoundingStep | None = None


class LevyConventions(Model):
    """How levies are rounded."""

    round_per: Grain | None = None


class Conventions(Model):
    """The conventions a document or a request states; what it does not state is None."""

    power_factor: PowerFactorConventions = PowerFactorConventions()
    kwh: EnergyConventions = EnergyConventions()
    sub_meters: SubMeterConventions = SubMeterConventions()
    basic: BasicConventions = BasicConventions()
    levies: LevyConventions = LevyConventions()
    price_by: dict[PriceKind, PriceBy] = Field(default_factory=dict)
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
    "sub_meters.order": (SubMeterKind.FIXED, SubMeterKind.RATIO, SubMeterKind.METER),
    "sub_meters.ratio_of": RatioOf.READING,
    "sub_meters.from_bands": FromBands.SHARES,
    "basic.days": None,
    "basic.first_day": EdgeDay.BILLED,
    "basic.last_day": EdgeDay.FREE,
    "basic.kva_round": None,
    "levies.round_per": Grain.TOTAL,
    "total_round": Decimal("0.01"),
    **{
        f"price_by.{kind}": PriceBy.BILLING_MONTH if kind is Kind.PURCHASE_PRICE else PriceBy.CONSUMPTION_DAY
        for kind in PRICE_KINDS
    },
}
"""What is done where nothing is told. ``power_factor.active`` None is what is billed; ``basic.days`` None is the day
count of the basic-charge rules in force on the day of the change."""

ALTERNATIVES: Mapping[str, tuple[Any, ...]] = {
    "power_factor.scope": (Scope.ACCOUNT,),
    "power_factor.reactive": ((Reactive.FORWARD,),),
    "power_factor.base": (
        BaseSelector(exclude=LineSelector(sections=(Section.LEVIES, Section.SYSTEM_OPERATION))),
        BaseSelector(include=LineSelector(sections=(Section.NETWORK_ENERGY, Section.NETWORK_CAPACITY))),
    ),
    "power_factor.round": (RoundScope.LINE,),
    "kwh.source": (EnergySource.TOTAL,),
    "kwh.remainder": (Remainder.FLAT,),
    "sub_meters.order": ((SubMeterKind.RATIO, SubMeterKind.FIXED, SubMeterKind.METER),),
    "sub_meters.ratio_of": (RatioOf.AFTER_FIXED,),
    "sub_meters.from_bands": (FromBands.FLAT_FIRST,),
    "basic.days": (DayCount.THIRTIETH, DayCount.CALENDAR),
    "basic.first_day": (EdgeDay.FREE,),
    "basic.last_day": (EdgeDay.BILLED,),
    "kwh.round.reading": (Decimal("0.01"),),
    "basic.kva_round": (Decimal("0.01"),),
    "levies.round_per": (Grain.BAND,),
    "price_by.purchase_price": (PriceBy.CONSUMPTION_DAY,),
    "price_by.network_price": (PriceBy.BILLING_MONTH,),
    "price_by.catalogue_price": (PriceBy.BILLING_MONTH,),
    "price_by.levies": (PriceBy.BILLING_MONTH,),
}
"""The other readings whose money a bill tells where a convention is not documented."""


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
