"""The request: everything one bill is calculated from, besides the tariffs."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal, cast

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import from_json

from billcalc.agreement.changes import Change
from billcalc.agreement.households import Household
from billcalc.agreement.models import Agreement
from billcalc.agreement.named import NamedArea
from billcalc.fields import (
    AS_TEXT,
    CURRENCY,
    PLANNED,
    Code,
    Day,
    Exact,
    Flag,
    Id,
    Model,
    NotNegative,
    Offset,
    Text,
    Unchanging,
    at_most,
    fault_error,
)
from billcalc.fields.limits import DAYS_MAX
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.spans import Span
from billcalc.metering.interval_models import APART, Intervals
from billcalc.metering.models import MeteringPoint
from billcalc.tariff.component_codes import ComponentCode, told_once
from billcalc.tariff.components import Component, PriceNumber
from billcalc.tariff.conventions import Conventions
from billcalc.tariff.documents import TaxRate
from billcalc.tariff.kinds import PriceKind
from billcalc.tariff.measured_demand import TimeBand
from billcalc.tariff.price_series import PriceSeries
from billcalc.tariff.tiers import TierTable
from billcalc.vocabulary import Band, Section

__all__ = [
    "BilledBefore",
    "Cycle",
    "GivenFacts",
    "GivenLine",
    "NamedQuantity",
    "OwnArea",
    "Period",
    "Request",
    "RequestSheet",
    "TariffSet",
]

_NUMBER_OR_METER = re.compile(r'"(?<!\\")((?:(?<="meter":")[^"\\]*)|-?[0-9]+(?:\.[0-9]+)?)"(?!:)')
"""A text in the JSON of a request that looks like a number, or the id of a meter; a quote in a text has its `\\`."""

_ONLY_COUNTED = re.compile(r'"values":\["\*[0-9]+"\]')
"""What stands for the values of whole intervals (``APART``); no text looks so, for its quotes have their `\\`."""


class OwnArea(Model):
    """An area that the library does not list, which the request brings with it.

    Attributes:
        currency: its three letters.
        clock: the offset of its clock, which a series of intervals must have, such as ``+08:00``.
        tax_added: the rate of the tax that is added to the bill, whose prices are without it [1]; None where none is.
    """

    currency: Annotated[str, Field(pattern=CURRENCY), AS_TEXT]
    clock: Offset
    tax_added: TaxRate | None = None


class Period(Model):
    """Days from the first (in) to the last (out)."""

    start: Day = Field(alias="from")
    end: Day = Field(alias="to")

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> "Period":
        if self.end <= self.start:
            raise fault_error(FaultCode.SPAN_REVERSED, start=str(self.start), end=str(self.end))
        if self.span.days > DAYS_MAX:
            stated = {"start": str(self.start), "end": str(self.end), "days": str(self.span.days)}
            raise fault_error(FaultCode.SPAN_TOO_LONG, **stated, limit=str(DAYS_MAX))
        return self

    @cached_property
    def span(self) -> Span:
        """The days as a span."""
        return Span(self.start, self.end)


class Cycle(Period):
    """The nominal billing cycle.

    Attributes:
        as_one: its months are read and billed as one, as those of a household are that is read every two months.
    """

    as_one: Flag = False


class GivenRatio(Model):
    """The power-factor ratio that a given line is adjusted at, whatever its supply point's [1]."""

    ratio: Exact


class GivenLine(Model):
    """A line whose amount is given.

    Attributes:
        amount: any sign [the bill's currency].
        kwh, price: told where the bill tells them; an amount that they do not make is a doubt.
        supplies: the components it stands for; they are not priced again.
        power_factor: whether the power-factor adjustment has it in its base; ``none`` unless told.
    """

    code: ComponentCode
    label: Text | None = None
    section: Section
    group: Id
    band: Band | None = None
    amount: Exact
    kwh: Exact | None = None
    price: Exact | None = None
    supplies: Annotated[tuple[ComponentCode, ...], at_most("given.supplies")] = ()
    power_factor: Literal["base", "none"] | GivenRatio = "none"


class BilledBefore(Model):
    """What of a row of the month was billed before, in a month that is settled in parts.

    Attributes:
        group: the billing group; of the power-factor adjustment its scope.
        amount: of the row [the bill's currency].
        kwh: of the row, where it was told [kWh].
    """

    code: Code
    section: Section
    group: Id
    band: Band | None = None
    amount: Exact
    kwh: Exact | None = None


MonthName = Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$"), AS_TEXT]
"""A calendar month, such as ``2024-06``."""


class GivenFacts(Model):
    """Facts of a supply point that are given instead of computed.

    Attributes:
        cosphi: the power factor, rounded as the rules round it [1].
        power_factor_ratio: the adjustment's ratio [1].
        demand_kw: the maximum demand of the cycle [kW].
        demand_by_band_kw: that of each band of the day [kW].
        demand_kva: the maximum apparent demand of the cycle [kVA].
        earlier_demand_kw: the maximum demands of earlier months by month and band, ``total`` of all hours [kW].
    """

    cosphi: NotNegative | None = None
    power_factor_ratio: Exact | None = None
    demand_kw: NotNegative | None = None
    demand_by_band_kw: Annotated[dict[TimeBand, NotNegative], at_most("by band or register")] = Field(
        default_factory=Unchanging
    )
    demand_kva: NotNegative | None = None
    earlier_demand_kw: Annotated[
        dict[MonthName, Annotated[dict[Band, NotNegative], at_most("by band or register")]], at_most("words")
    ] = Field(default_factory=Unchanging)


class NamedQuantity(Model):
    """A quantity that is not the billed energy, such as net energy, which some components are priced by.

    Attributes:
        kwh: by band, or ``total``, never both [kWh].
    """

    name: Code
    group: Id
    kwh: Annotated[dict[Band, Exact], Field(min_length=1), at_most("by band or register")]

    @model_validator(mode="after")
    def _is_told_once(self) -> "NamedQuantity":
        if Band.TOTAL in self.kwh and len(self.kwh) > 1:
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.QUANTITY_TWICE, name=self.name)
        return self


PricesByBand = Annotated[dict[Band, PriceNumber], Field(min_length=1), at_most("by band or register")]


class RequestSheet(Model):
    """Prices that come with the request.

    Attributes:
        title: what the prices are taken from, such as the customer's contract.
        instead_of: the kinds of document that ``components`` stand in for; by default all of them.
        components: the components of those kinds.
        prices: the customer's own prices for components that a document prices as ``given``, by band or ``total``.
        series: as ``prices``, by interval.
        not_charged: sections of the area's price that this customer does not pay.
        tiers: up to which energy those of the components go that are prices by tier.
    """

    title: Text
    instead_of: Annotated[tuple[PriceKind, ...], at_most("words")] | None = None
    components: Annotated[tuple[Component, ...], at_most("price_sheet.components"), PLANNED] = ()
    prices: Annotated[dict[ComponentCode, PricesByBand], at_most("price_sheet.prices"), BeforeValidator(told_once)] = (
        Field(default_factory=Unchanging)
    )
    series: Annotated[
        dict[ComponentCode, PriceSeries], at_most("price_sheet.prices"), BeforeValidator(told_once), PLANNED
    ] = Field(default_factory=Unchanging)
    not_charged: Annotated[tuple[Section, ...], at_most("words")] = ()
    tiers: Annotated[tuple[TierTable, ...], at_most("words"), PLANNED] = ()

    @model_validator(mode="after")
    def _prices_once(self) -> "RequestSheet":
        twice = next((code for code in self.series if code in self.prices), None)
        if twice is not None:
            raise fault_error(FaultCode.DUPLICATE_KEY, key=twice)
        return self


class TariffSet(Model):
    """Which tariffs to use: the set with a hash, or what was known on a day."""

    hash: Text | None = None
    as_known_on: Day | None = None


class Request(Model):
    """One bill's request (docs/requests.md).

    Words of closed lists are read under the names of docs/codes.md, too; this schema has the codes alone.

    Attributes:
        area: one of ``vocabulary.AREAS`` by its code or another of its names, or the code of ``own_area``.
        own_area: told where the area is not one of those.
        cycle: the nominal billing cycle.
        period: what is billed of it.
        agreement: dated entries; the first starts on or before the first day billed.
        changes: orders of change of use, with the days that the law asks for.
        households: by billing group what its tiers depend on.
        billed_before: the rows of a part of the month that was billed already: this bill is the whole month less them.
        clock: what the area's days and hours are counted by, where no document tells it; it is asked for intervals.
        events: by measure, such as ``guangzhou_max_temperature``, what was measured on each day, where bands need it.
    """

    area: NamedArea
    own_area: OwnArea | None = None
    cycle: Cycle
    period: Period
    agreement: Annotated[tuple[Agreement, ...], Field(min_length=1), at_most("agreement")]
    changes: Annotated[tuple[Change, ...], at_most("changes")] = ()
    metering_points: Annotated[tuple[MeteringPoint, ...], at_most("metering_points")] = ()
    quantities: Annotated[tuple[NamedQuantity, ...], at_most("quantities")] = ()
    facts: Annotated[dict[Id, GivenFacts], at_most("facts")] = Field(default_factory=Unchanging)
    households: Annotated[dict[Id, Household], at_most("households")] = Field(default_factory=Unchanging)
    given: Annotated[tuple[GivenLine, ...], at_most("given")] = ()
    billed_before: Annotated[tuple[BilledBefore, ...], at_most("billed_before")] = ()
    price_sheet: RequestSheet | None = None
    events: Annotated[dict[Code, Annotated[dict[Day, Exact], at_most("events.days")]], at_most("events"), PLANNED] = (
        Field(default_factory=Unchanging)
    )
    conventions: Annotated[Conventions, PLANNED] = Conventions()
    tariff_set: TariffSet = TariffSet()

    @cached_property
    def written(self) -> str:
        """Its JSON, with all its keys in their order and numbers in their canonical form."""
        return self.with_values(self._written_apart)

    @cached_property
    def written_parts(self) -> list[str]:
        """``written`` without the values of whole intervals, parted at what looks like a number and at ids of meters.

        These are every second part; ``with_values`` puts the values in again.
        """
        return _NUMBER_OR_METER.split(self._written_apart)

    @cached_property
    def _written_apart(self) -> str:
        return self.model_dump_json(by_alias=True, context=APART)

    def is_written(self, parts: list[str]) -> None:
        """Take the ``written_parts`` of the request, where they are known and need not be written."""
        self.__dict__.update(written_parts=parts, _written_apart='"'.join(parts))

    def with_values(self, text: str) -> str:
        """A JSON text of it with the values of whole intervals, where only their number stands."""
        texts = ('","'.join(cast("list[str]", each.texts)) for each in self._whole())
        return _ONLY_COUNTED.sub(lambda _: f'"values":["{next(texts)}"]', text)

    def as_data(self) -> Any:
        """What a reader of ``written`` has: mappings, lists and texts."""
        data = from_json(self._written_apart)
        for point, told in zip(self.metering_points, data["metering_points"], strict=True):
            if point.intervals is not None:
                told["intervals"]["values"] = [*point.intervals.texts]
        return data

    def _whole(self) -> Iterator[Intervals]:
        return (each for point in self.metering_points if (each := point.intervals) is not None and each.is_whole)
