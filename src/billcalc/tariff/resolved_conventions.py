"""The conventions of one bill: each with its value, where it is told, and the readings it is doubted against."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any, Generic, TypeVar

from billcalc.kernel.sources import Source
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
from billcalc.tariff.conventions import BaseSelector, Conventions, LineSelector
from billcalc.tariff.kinds import PRICE_KINDS
from billcalc.vocabulary import Grain, Kind, PriceBy, Section

__all__ = ["DEFAULT_CONVENTIONS", "Convention", "ResolvedConventions", "convention_pointer", "resolve_conventions"]

T_co = TypeVar("T_co", covariant=True)


def convention_pointer(path: Sequence[str]) -> str:
    """Where a request tells a convention."""
    return "/".join(("/conventions", *path))


@dataclass(frozen=True, slots=True)
class Convention(Generic[T_co]):
    """One convention of one bill.

    Attributes:
        path: its place in a document's or a request's conventions.
        value: what holds.
        others: the other readings whose money a bill tells where the default was taken.
        only_where_it_tells: it is in doubt only where these change the bill: a whole number is the same under every
            step.
        source: where it is told; None where the default was taken.
    """

    path: tuple[str, ...]
    value: T_co
    others: tuple[T_co, ...] = ()
    only_where_it_tells: bool = False
    source: Source | None = None

    @property
    def key(self) -> str:
        """Its name, such as ``kwh.round.reading``."""
        return ".".join(self.path)

    @property
    def pointer(self) -> str:
        """Where a request tells it."""
        return convention_pointer(self.path)


@dataclass(frozen=True, slots=True)
class _PowerFactor:
    scope: Convention[Scope]
    active: Convention[EnergySource | None]
    reactive: Convention[tuple[Reactive, ...]]
    reactive_sum: Convention[ReactiveSum]
    base: Convention[BaseSelector]
    round: Convention[RoundScope]
    no_energy: Convention[NoEnergy]


@dataclass(frozen=True, slots=True)
class _Energy:
    source: Convention[EnergySource]
    remainder: Convention[Remainder]
    round_reading: Convention[Decimal]
    round_print: Convention[Decimal | None]
    sharp_elsewhere: Convention[SharpElsewhere]


@dataclass(frozen=True, slots=True)
class _SubMeters:
    order: Convention[tuple[SubMeterKind, ...]]
    ratio_of: Convention[RatioOf]
    ratio_bands: Convention[RatioBands]
    from_bands: Convention[FromBands]
    without_sharp: Convention[WithoutSharp]


@dataclass(frozen=True, slots=True)
class _Losses:
    round: Convention[Decimal]
    bands: Convention[LossBandsBy]
    groups: Convention[LossGroups]
    line_of: Convention[LineLossOf]
    demand: Convention[LossInDemand]


@dataclass(frozen=True, slots=True)
class _Basic:
    days: Convention[DayCount | None]
    first_day: Convention[EdgeDay]
    last_day: Convention[EdgeDay]
    kva_round: Convention[Decimal | None]
    demand_round: Convention[Decimal | None]
    changes: Convention[ChangesCount]
    discount: Convention[DiscountPrint]


@dataclass(frozen=True, slots=True)
class _Levies:
    round_per: Convention[Grain]


@dataclass(frozen=True, slots=True)
class _TimeOfUse:
    price_round: Convention[Decimal | None]
    unrounded: Convention[tuple[str, ...]]
    ratio_of: Convention[RatioBase]
    own_prices: Convention[OwnPrices]
    sharp_surcharge: Convention[tuple[SharpSurcharge, ...]]


@dataclass(frozen=True, slots=True)
class _Amounts:
    joint: Convention[tuple[JointAmount, ...]]
    components: Convention[PartRounding]


@dataclass(frozen=True, slots=True)
class _Tiers:
    months: Convention[TierMonths]
    part_year: Convention[TiersOfPartYear]
    limit_round: Convention[Decimal]
    before: Convention[TiersBefore]
    bands: Convention[TierBands]


@dataclass(frozen=True, slots=True)
class ResolvedConventions:
    """Every convention of one bill.

    ``power_factor.active`` None is what is billed; ``basic.days`` None is the day count of the basic-charge rules in
    force on the day of the change; ``time_of_use.price_round`` None is the rounding of the time-of-use document in
    force.
    """

    power_factor: _PowerFactor
    kwh: _Energy
    sub_meters: _SubMeters
    losses: _Losses
    basic: _Basic
    levies: _Levies
    time_of_use: _TimeOfUse
    amounts: _Amounts
    tiers: _Tiers
    price_by: Mapping[Kind, Convention[PriceBy]]
    total_round: Convention[Decimal]

    def __iter__(self) -> Iterator[Convention[object]]:
        """Each of them."""
        for field in fields(self):
            yield from _each(getattr(self, field.name))


def _each(part: Any) -> Iterator[Convention[object]]:
    if isinstance(part, Convention):
        yield part
    elif isinstance(part, Mapping):
        yield from part.values()
    else:
        yield from (getattr(part, field.name) for field in fields(part))


DEFAULT_CONVENTIONS = ResolvedConventions(
    power_factor=_PowerFactor(
        scope=Convention(("power_factor", "scope"), Scope.SUPPLY_POINT, (Scope.ACCOUNT,)),
        active=Convention(("power_factor", "active"), None),
        reactive=Convention(("power_factor", "reactive"), (Reactive.FORWARD, Reactive.REVERSE), ((Reactive.FORWARD,),)),
        reactive_sum=Convention(("power_factor", "reactive_sum"), ReactiveSum.ABSOLUTE),
        base=Convention(
            ("power_factor", "base"),
            BaseSelector(exclude=LineSelector(sections=(Section.LEVIES,))),
            (
                BaseSelector(exclude=LineSelector(sections=(Section.LEVIES, Section.SYSTEM_OPERATION))),
                BaseSelector(include=LineSelector(sections=(Section.NETWORK_ENERGY, Section.NETWORK_CAPACITY))),
            ),
        ),
        round=Convention(("power_factor", "round"), RoundScope.ONCE, (RoundScope.LINE, RoundScope.GROUP)),
        no_energy=Convention(("power_factor", "no_energy"), NoEnergy.REFUSE),
    ),
    kwh=_Energy(
        source=Convention(("kwh", "source"), EnergySource.BANDS, (EnergySource.TOTAL,)),
        remainder=Convention(("kwh", "remainder"), Remainder.REPORT, (Remainder.FLAT,)),
        round_reading=Convention(("kwh", "round", "reading"), Decimal(1), (Decimal("0.01"),), only_where_it_tells=True),
        round_print=Convention(("kwh", "round", "print"), None),
        sharp_elsewhere=Convention(
            ("kwh", "sharp_elsewhere"), SharpElsewhere.SHARP, (SharpElsewhere.PEAK,), only_where_it_tells=True
        ),
    ),
    sub_meters=_SubMeters(
        order=Convention(
            ("sub_meters", "order"),
            (SubMeterKind.FIXED, SubMeterKind.RATIO, SubMeterKind.METER),
            ((SubMeterKind.RATIO, SubMeterKind.FIXED, SubMeterKind.METER),),
        ),
        ratio_of=Convention(("sub_meters", "ratio_of"), RatioOf.READING, (RatioOf.AFTER_FIXED,)),
        ratio_bands=Convention(
            ("sub_meters", "ratio_bands"),
            RatioBands.FLAT_REST,
            (RatioBands.EACH, RatioBands.SHARES),
            only_where_it_tells=True,
        ),
        from_bands=Convention(("sub_meters", "from_bands"), FromBands.SHARES, (FromBands.FLAT_FIRST,)),
        without_sharp=Convention(("sub_meters", "without_sharp"), WithoutSharp.REFUSE),
    ),
    losses=_Losses(
        round=Convention(("losses", "round"), Decimal(1), (Decimal("0.01"),), only_where_it_tells=True),
        bands=Convention(("losses", "bands"), LossBandsBy.FLAT_REST, (LossBandsBy.SHARES,), only_where_it_tells=True),
        groups=Convention(("losses", "groups"), LossGroups.MAIN, (LossGroups.SHARES,)),
        line_of=Convention(("losses", "line_of"), LineLossOf.WITH_TRANSFORMER, (LineLossOf.READING,)),
        demand=Convention(("losses", "demand"), LossInDemand.SHARE, (LossInDemand.NONE,)),
    ),
    basic=_Basic(
        days=Convention(("basic", "days"), None, (DayCount.THIRTIETH, DayCount.CALENDAR)),
        first_day=Convention(("basic", "first_day"), EdgeDay.BILLED, (EdgeDay.FREE,)),
        last_day=Convention(("basic", "last_day"), EdgeDay.FREE, (EdgeDay.BILLED,)),
        kva_round=Convention(("basic", "kva_round"), None, (Decimal("0.01"),)),
        demand_round=Convention(("basic", "demand_round"), None, (Decimal(1),), only_where_it_tells=True),
        changes=Convention(("basic", "changes"), ChangesCount.BY_LAW, (ChangesCount.AS_STATED,)),
        discount=Convention(("basic", "discount"), DiscountPrint.IN_PRICE),
    ),
    levies=_Levies(round_per=Convention(("levies", "round_per"), Grain.TOTAL, (Grain.BAND,))),
    time_of_use=_TimeOfUse(
        price_round=Convention(("time_of_use", "price_round"), None),
        unrounded=Convention(("time_of_use", "unrounded"), ()),
        ratio_of=Convention(
            ("time_of_use", "ratio_of"), RatioBase.ROUNDED, (RatioBase.EXACT,), only_where_it_tells=True
        ),
        own_prices=Convention(("time_of_use", "own_prices"), OwnPrices.AS_GIVEN, (OwnPrices.FLOAT,)),
        sharp_surcharge=Convention(("time_of_use", "sharp_surcharge"), ()),
    ),
    amounts=_Amounts(
        joint=Convention(("amounts", "joint"), ()),
        components=Convention(("amounts", "components"), PartRounding.TOGETHER),
    ),
    tiers=_Tiers(
        months=Convention(("tiers", "months"), TierMonths.AS_STATED, (TierMonths.MONTH,)),
        part_year=Convention(("tiers", "part_year"), TiersOfPartYear.WHOLE_MONTHS, (TiersOfPartYear.WHOLE_PERIOD,)),
        limit_round=Convention(("tiers", "limit_round"), Decimal(1), (Decimal("0.01"),), only_where_it_tells=True),
        before=Convention(("tiers", "before"), TiersBefore.SETTLED, (TiersBefore.ONWARDS,)),
        bands=Convention(("tiers", "bands"), TierBands.SHARES, (TierBands.DEAREST_FIRST, TierBands.CHEAPEST_FIRST)),
    ),
    price_by={
        kind: Convention(("price_by", kind.value), PriceBy.CONSUMPTION_DAY, (PriceBy.BILLING_MONTH,))
        if kind is not Kind.PURCHASE_PRICE
        else Convention(("price_by", kind.value), PriceBy.BILLING_MONTH, (PriceBy.CONSUMPTION_DAY,))
        for kind in PRICE_KINDS
    },
    total_round=Convention(("total_round",), Decimal("0.01")),
)
"""What is done where nothing is told; what is doubted then, and what else it could be, stands beside it."""


def resolve_conventions(*layers: tuple[Conventions, Source]) -> ResolvedConventions:
    """Take each convention from the first layer that tells it, else from the defaults."""
    told: dict[tuple[str, ...], tuple[object, Source]] = {}
    for conventions, source in reversed(layers):
        told.update({path: (value, source) for path, value in conventions.stated.items()})
    if not told:
        return DEFAULT_CONVENTIONS
    parts = {path[0] for path in told}
    return replace(
        DEFAULT_CONVENTIONS, **{name: _with_told(getattr(DEFAULT_CONVENTIONS, name), told) for name in parts}
    )


def _with_told(part: Any, told: Mapping[tuple[str, ...], tuple[object, Source]]) -> Any:
    """A part of the conventions with what is told of it."""
    if isinstance(part, Convention):
        if part.path not in told:
            return part
        value, source = told[part.path]
        return replace(part, value=value, source=source)
    if isinstance(part, Mapping):
        return {name: _with_told(each, told) for name, each in part.items()}
    return replace(part, **{field.name: _with_told(getattr(part, field.name), told) for field in fields(part)})
