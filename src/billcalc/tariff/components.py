"""Price components: everything billed is a quantity × the price of a component."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from billcalc.fields import AS_TEXT, Exact, Flag, Model, PartOfOne, Text, at_most, fault_error
from billcalc.kernel.closed_lists import known_words
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.hour_reasons import HourReason
from billcalc.kernel.reasons import Reason
from billcalc.tariff.component_codes import ComponentCode
from billcalc.tariff.measured_demand import MeasuredDemand, TimeBand
from billcalc.tariff.price_series import SeriesPrice
from billcalc.tariff.roundings import RoundingStep
from billcalc.vocabulary import (
    RANGES,
    Band,
    Billing,
    CustomerClass,
    Grain,
    Purchase,
    Section,
    Voltage,
    voltages_named,
)

__all__ = [
    "BASIC",
    "BILLED_KWH",
    "FREE_KWH",
    "MEASURED",
    "NOT_ENERGY",
    "BandPrices",
    "Component",
    "FlatPrice",
    "PriceKey",
    "PriceNumber",
    "Selector",
    "Voltages",
]


BASIC = ("capacity_kva", "demand_kw")
"""What a basic charge is priced by."""
BILLED_KWH = "billed_kwh"
"""The energy that is billed, as it is metered: what a component is priced by unless it says otherwise."""
FREE_KWH = "free_kwh"
"""What of the billed energy a household has for nothing, as its allowance says."""
NOT_ENERGY = (*BASIC, "demand_kva", "months", "days", "kvarh")
"""The quantities that are not energy and therefore have no bands."""


class PriceNumber(Model):
    """One price as a document states it.

    Attributes:
        official: the digits of the document.
        billed: the digits that are billed, where a utility cuts or rounds them.
        printed: the digits as printed, where they are a misprint; ``corrected`` then is what the parts give.
        reason: why it was corrected; told where it was.
    """

    plain_number: ClassVar[str | None] = "official"

    official: Exact | None = None
    billed: Exact | None = None
    printed: Exact | None = None
    corrected: Exact | None = None
    reason: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, raw: Any) -> Any:
        return raw if isinstance(raw, Mapping | PriceNumber) else {cls.plain_number: raw}

    @model_validator(mode="after")
    def _is_one_price(self) -> "PriceNumber":
        told = tuple(name for name in type(self).model_fields if getattr(self, name) is not None)
        if told not in (("official",), ("official", "billed"), ("printed", "corrected", "reason")):
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.PRICE_FORM)
        return self

    @cached_property
    def value(self) -> Decimal:
        """What is multiplied by the quantity."""
        value = next((each for each in (self.billed, self.corrected, self.official) if each is not None), None)
        assert value is not None, "a price number has a value"
        return value


class FlatPrice(Model):
    """One price for every band."""

    flat: PriceNumber


class BandPrices(Model):
    """A price for each band; bands the tariff knows and does not price are listed as unpriced."""

    bands: Annotated[dict[TimeBand, PriceNumber], Field(min_length=1), at_most("by band or register")]
    unpriced: Annotated[tuple[TimeBand, ...], at_most("words")] = ()

    @model_validator(mode="after")
    def _is_priced_or_not(self) -> "BandPrices":
        for band in self.unpriced:
            if band in self.bands:
                raise fault_error(FaultCode.INCONSISTENT, reason=Reason.BAND_BOTH, band=band.value)
        return self

    @property
    def known(self) -> frozenset[Band]:
        """The bands the tariff knows: those it prices and those it does not."""
        return frozenset((*self.bands, *self.unpriced))


def _given(raw: object) -> object:
    if raw == "given":
        return None
    if isinstance(raw, Mapping):
        known = ("flat", *BandPrices.model_fields, *SeriesPrice.model_fields)
        unknown = [key for key in raw if key not in known]
        if unknown:
            raise fault_error(FaultCode.UNKNOWN_KEY, key=str(unknown[0]), known=", ".join(known))
        return raw
    if isinstance(raw, FlatPrice | BandPrices | SeriesPrice):
        return raw
    return {"flat": raw}


class Rounding(Model):
    """The steps to which a price and an amount are rounded; null leaves the price as it is."""

    price: RoundingStep | None = None
    amount: RoundingStep = Decimal("0.01")


class PriceKey(Model):
    """What decides which components a billing group pays."""

    customer_class: CustomerClass
    subclass: Text | None = None
    billing: Billing
    voltage: Voltage
    purchase: Purchase
    time_of_use: bool

    def __str__(self) -> str:
        told = (self.customer_class, self.subclass, self.billing, self.voltage, self.purchase)
        time_of_use = "time of use" if self.time_of_use else "no time of use"
        return ", ".join([*(str(part) for part in told if part is not None), time_of_use])


def _one_or_many(raw: object) -> object:
    return [raw] if isinstance(raw, str) else raw


def _voltages(raw: object) -> object:
    listed = _one_or_many(raw)
    if not isinstance(listed, list | tuple):
        return raw
    found: list[Voltage] = []
    for word in listed:
        voltages = voltages_named(word) if isinstance(word, str) else ()
        if not voltages:
            known = known_words(str(word), (*Voltage, *RANGES))
            raise fault_error(FaultCode.UNKNOWN_WORD, value=str(word), known=known)
        found.extend(voltages)
    return tuple(found)


Voltages = Annotated[tuple[Voltage, ...], at_most("words"), BeforeValidator(_voltages)]
"""Voltages and ranges of them, as notices print them."""


class Selector(Model):
    """Which customers a component (or a ratio) is for; what is not told applies to all."""

    customer_class: Annotated[tuple[CustomerClass, ...], at_most("words"), BeforeValidator(_one_or_many)] = Field(
        (), alias="class", min_length=1
    )
    subclass: Annotated[tuple[Text, ...], at_most("names"), BeforeValidator(_one_or_many)] = Field((), min_length=1)
    billing: Annotated[tuple[Billing, ...], at_most("words"), BeforeValidator(_one_or_many)] = Field((), min_length=1)
    voltage: Voltages = Field((), min_length=1)
    purchase: Annotated[tuple[Purchase, ...], at_most("words"), BeforeValidator(_one_or_many)] = Field((), min_length=1)
    time_of_use: Flag | None = None

    def matches(self, key: PriceKey) -> bool:
        """Whether a customer with this key is meant."""
        return (
            (not self.customer_class or key.customer_class in self.customer_class)
            and (not self.subclass or key.subclass in self.subclass)
            and (not self.billing or key.billing in self.billing)
            and (not self.voltage or key.voltage in self.voltage)
            and (not self.purchase or key.purchase in self.purchase)
            and (self.time_of_use is None or key.time_of_use == self.time_of_use)
        )

    def meets(self, other: "Selector") -> bool:
        """Whether some customer is meant by both."""
        return (
            _meet(self.customer_class, other.customer_class)
            and _meet(self.subclass, other.subclass)
            and _meet(self.billing, other.billing)
            and _meet(self.voltage, other.voltage)
            and _meet(self.purchase, other.purchase)
            and (None in (self.time_of_use, other.time_of_use) or self.time_of_use == other.time_of_use)
        )


def _meet(one: Sequence[object], other: Sequence[object]) -> bool:
    """Whether two lists of a selector name something in common; an empty one names everything."""
    return not one or not other or not set(one).isdisjoint(other)


def _base_of(quantity: str) -> str:
    """``demand_kw`` of ``demand_kw.regular``."""
    return quantity.partition(".")[0]


_DUE = (*BASIC, "months")
"""What a minimum may be due by."""
_DEMANDS = ("demand_kw", "demand_kva")
MEASURED = "measured"
"""What starts the name of what prices a demand as it was measured."""
_TIER = re.compile(r"tier_kwh\.([1-9])")


def _a_tier(quantity: str) -> str:
    if _base_of(quantity) == "tier_kwh" and _TIER.fullmatch(quantity) is None:
        raise fault_error(FaultCode.INCONSISTENT, reason=Reason.TIER_NUMBER, value=quantity)
    return quantity


class Component(Model):
    """One part of a price.

    Attributes:
        code: its name on lines and in selectors.
        section: where its line prints.
        line: components of one line have one name here: their prices are added, then multiplied.
        quantity: what the price multiplies: ``billed_kwh``, the part of it in a tier (``tier_kwh.1`` is the first),
            ``free_kwh``, ``capacity_kva``, ``demand_kw``, ``demand_kva``, ``kvarh``, ``months``, ``days`` or a named
            energy, such as one net of export.
        price: one price, a price for each band or each interval, or None where the customer's own contract gives it
            [money per unit].
        round_per: the grain that is rounded to the fen; None leaves it to the kind of price (for levies, to the
            convention).
        print_per: the grain that is printed; a printed line is a sum of rounded grains.
        tags: what time-of-use floats, what the power-factor base selects.
        demand: of a price of demand, what of the measured demand it is for; it is then billed as measured, and not by
            contract. A price of ``demand_kva`` always is.
        supplies: what a total stands for, by code or by section, where a notice gives only totals; none of that is
            beside it in a sheet.
        idle_share: of a fee by the month, the share that is due in a month without use [1]; None where all of it is.
        free_share: of reactive energy, what is free beside each kWh [kvarh/kWh].
        minimum_of: of a minimum what it is the minimum of: the bill or some sections. Its quantity is what it is due by
            each month: ``months``, ``capacity_kva`` (in service) or ``demand_kw`` (of the contract).
        selector: the customers it is for.
    """

    code: ComponentCode
    label: Text | None = None
    section: Section
    line: ComponentCode | None = None
    quantity: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.]{0,39}$"), AS_TEXT, AfterValidator(_a_tier)] = BILLED_KWH
    price: Annotated[FlatPrice | BandPrices | SeriesPrice | None, BeforeValidator(_given)]
    round_per: Grain | None = None
    print_per: Grain | None = None
    tags: Annotated[tuple[Literal["floats", "levy", "green"], ...], at_most("words")] = ()
    round: Rounding = Rounding()
    supplies: Annotated[tuple[ComponentCode, ...], at_most("names")] = ()
    demand: MeasuredDemand | None = None
    idle_share: PartOfOne | None = None
    free_share: PartOfOne | None = None
    minimum_of: Literal["bill"] | Annotated[tuple[Section, ...], Field(min_length=1), at_most("words")] | None = None
    selector: Selector = Field(default=Selector(), alias="for")

    @field_validator("price")
    @classmethod
    def _is_one_without_energy(
        cls, price: FlatPrice | BandPrices | SeriesPrice | None, info: ValidationInfo
    ) -> FlatPrice | BandPrices | SeriesPrice | None:
        quantity = info.data.get("quantity", "")  # absent where it is itself at fault
        if _base_of(quantity) in NOT_ENERGY and not isinstance(price, FlatPrice):
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.ONE_PRICE, value=str(quantity))
        return price

    @field_validator("print_per")
    @classmethod
    def _is_no_finer_than_what_is_rounded(cls, print_per: Grain | None, info: ValidationInfo) -> Grain | None:
        if print_per is Grain.BAND and info.data.get("round_per") is Grain.TOTAL:
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.PRINTED_BY_BAND)
        return print_per

    @field_validator("supplies")
    @classmethod
    def _are_others(cls, supplies: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if not {info.data.get("code"), info.data.get("section")}.isdisjoint(supplies):
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.SUPPLIES_ITSELF)
        return supplies

    @model_validator(mode="after")
    def _fits_its_quantity(self) -> "Component":
        reason: Reason | HourReason | None = None
        facts: dict[str, str] = {}
        if (self.section is Section.MINIMUM) != (self.minimum_of is not None):
            reason = Reason.MINIMUM_OF_NOTHING
        elif self.minimum_of is not None and self.quantity not in _DUE:
            reason, facts = Reason.MINIMUM_DUE, {"known": ", ".join(_DUE), "value": self.quantity}
        elif self.idle_share is not None and (self.quantity != "months" or self.minimum_of is not None):
            reason = Reason.IDLE_OF_NO_FEE
        elif self.free_share is not None and self.quantity != "kvarh":
            reason = Reason.FREE_OF_NO_REACTIVE
        elif self.demand is not None and (_base_of(self.quantity) not in _DEMANDS or self.minimum_of is not None):
            reason, facts = Reason.DEMAND_OF_NO_DEMAND, {"known": ", ".join(_DEMANDS), "value": self.quantity}
        elif self.demand is not None and _base_of(self.quantity) == "demand_kva" and self.demand.needs_kw:
            reason = Reason.DEMAND_OF_KVA
        elif self.minimum_of is not None and Section.MINIMUM in self.minimum_of:
            reason = Reason.MINIMUM_OF_ITSELF
        elif isinstance(self.price, SeriesPrice) and not self.may_be_by_interval:
            reason, facts = HourReason.SERIES_OF_COMPONENT, {"component": self.code}
        if reason is not None:
            raise fault_error(FaultCode.INCONSISTENT, reason=reason, **facts)
        return self

    @property
    def parts(self) -> tuple["Component", ...]:
        """What a total stands for, as components of their own; those told by a code are of its own section."""
        return tuple(
            self.model_copy(
                update={"code": name, "section": Section(name) if name in set(Section) else self.section, "tags": ()}
            )
            for name in self.supplies
        )

    @property
    def may_be_by_interval(self) -> bool:
        """Whether its price may be one by interval: of all billed energy, on a line of its own, not rounded before."""
        alone = self.line in (None, self.code) and self.quantity == BILLED_KWH and "floats" not in self.tags
        return alone and self.round.price is None and Grain.BAND not in (self.round_per, self.print_per)

    @cached_property
    def is_timed(self) -> bool:
        """Whether its price tells by itself what it is at which time, so that no ratio makes it."""
        return isinstance(self.price, BandPrices | SeriesPrice)

    @cached_property
    def is_energy(self) -> bool:
        """Whether it is priced by energy, of whatever name, and not by capacity, demand or the month."""
        return _base_of(self.quantity) not in NOT_ENERGY

    @cached_property
    def tier(self) -> int | None:
        """The number of the tier whose energy it prices, from 1; None where it prices any other quantity."""
        found = _TIER.fullmatch(self.quantity)
        return None if found is None else int(found[1])

    @cached_property
    def measured(self) -> MeasuredDemand | None:
        """What of the measured demand it prices; None of what is billed by contract or is no demand."""
        is_kva = _base_of(self.quantity) == "demand_kva" and self.minimum_of is None
        return self.demand if self.demand is not None or not is_kva else MeasuredDemand()

    @cached_property
    def is_basic(self) -> bool:
        """Whether a basic charge is priced by it."""
        return self.priced_by in BASIC or self.measured is not None

    @cached_property
    def priced_by(self) -> str:
        """What charge asks for it: energy and a minimum by their section, the others by capacity, demand, the month."""
        if self.measured is not None:
            return f"{MEASURED}.{self.quantity}"
        return self.section.value if self.is_energy or self.minimum_of is not None else self.quantity

    @property
    def line_code(self) -> str:
        """The code of the line it prints on."""
        return self.line or self.code
