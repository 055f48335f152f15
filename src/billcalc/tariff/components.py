"""Price components: everything billed is a quantity × the price of a component."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from billcalc.fields import Exact, Flag, Model, fault_error
from billcalc.kernel.wording import FaultCode
from billcalc.vocabulary import (
    BANDS,
    VOLTAGE_ALIASES,
    Band,
    Billing,
    CustomerClass,
    Grain,
    Purchase,
    Section,
    Voltage,
)

__all__ = ["BandPrices", "Component", "FlatPrice", "PriceKey", "PriceNumber", "Selector"]

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class PriceNumber(Model):
    """One price as a document states it.

    Attributes:
        official: the digits of the document.
        billed: the digits that are billed, where a utility cuts or rounds them.
        printed: the digits as printed, where they are a misprint; ``corrected`` then is what the parts give.
        reason: why it was corrected.
    """

    official: Exact | None = None
    billed: Exact | None = None
    printed: Exact | None = None
    corrected: Exact | None = None
    reason: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, raw: Any) -> Any:
        return raw if isinstance(raw, Mapping | PriceNumber) else {"official": raw}

    @model_validator(mode="after")
    def _is_one_price(self) -> "PriceNumber":
        told = (self.official is not None, self.printed is not None)
        if sum(told) != 1 or (self.corrected is None) != (self.printed is None):
            raise fault_error(
                FaultCode.INCONSISTENT, reason="a price is official (and billed), or printed and corrected"
            )
        return self

    @property
    def value(self) -> Decimal:
        """What is multiplied by the quantity."""
        for number in (self.billed, self.corrected, self.official):
            if number is not None:
                return number
        raise AssertionError("a price number has a value")


class FlatPrice(Model):
    """One price for every band."""

    flat: PriceNumber


class BandPrices(Model):
    """A price for each band; bands the tariff knows and does not price are listed as unpriced."""

    bands: dict[Band, PriceNumber] = Field(min_length=1)
    unpriced: tuple[Band, ...] = ()


def _given(raw: object) -> object:
    if raw == "given":
        return None
    if isinstance(raw, Mapping | FlatPrice | BandPrices):
        return raw
    return {"flat": raw}


class Rounding(Model):
    """The steps to which a price and an amount are rounded; null leaves the price as it is."""

    price: Exact | None = None
    amount: Exact = Decimal("0.01")


class PriceKey(Model):
    """What decides which components a billing group pays."""

    customer_class: CustomerClass
    subclass: str | None = None
    billing: Billing
    voltage: Voltage
    purchase: Purchase
    time_of_use: bool
    capacity_kva: Decimal | None = None

    def __str__(self) -> str:
        told = (self.customer_class, self.subclass, self.billing, self.voltage, self.purchase)
        return ", ".join(str(part) for part in told if part is not None)


def _one_or_many(raw: object) -> object:
    return [raw] if isinstance(raw, str) else raw


def _voltages(raw: object) -> object:
    listed = _one_or_many(raw)
    if not isinstance(listed, list | tuple):
        return raw
    found: list[Voltage] = []
    for word in listed:
        if word not in VOLTAGE_ALIASES:
            raise fault_error(FaultCode.UNKNOWN_WORD, value=str(word), known=", ".join(VOLTAGE_ALIASES))
        found.extend(VOLTAGE_ALIASES[word])
    return tuple(found)


class Selector(Model):
    """Which customers a component (or a ratio) is for; what is not told applies to all."""

    customer_class: Annotated[tuple[CustomerClass, ...], BeforeValidator(_one_or_many)] = Field((), alias="class")
    subclass: Annotated[tuple[str, ...], BeforeValidator(_one_or_many)] = ()
    billing: Annotated[tuple[Billing, ...], BeforeValidator(_one_or_many)] = ()
    voltage: Annotated[tuple[Voltage, ...], BeforeValidator(_voltages)] = ()
    purchase: Annotated[tuple[Purchase, ...], BeforeValidator(_one_or_many)] = ()
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


class Component(Model):
    """One part of a price.

    Attributes:
        code: its name on lines and in selectors.
        section: where its line prints.
        line: components of one line have one name here: their prices are added, then multiplied.
        quantity: what the price multiplies: ``billed_kwh``, ``capacity_kva``, ``demand_kw``, ``months`` or a named base.
        price: one price, a price for each band, or None where the customer's own contract gives it [money per unit].
        round_per: the grain that is rounded to the fen; None leaves it to the kind of price (and to the convention for levies).
        print_per: the grain that is printed; a printed line is a sum of rounded grains.
        tags: what time-of-use floats, what the power-factor base selects.
        supplies: the components a total stands for, where a notice gives only totals.
        selector: the customers it is for.
    """

    code: Code
    label: str | None = None
    section: Section
    line: Code | None = None
    quantity: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.]{0,39}$")] = "billed_kwh"
    price: Annotated[FlatPrice | BandPrices | None, BeforeValidator(_given)]
    round_per: Grain | None = None
    print_per: Grain | None = None
    tags: tuple[Literal["floats", "levy", "green"], ...] = ()
    round: Rounding = Rounding()
    supplies: tuple[Code, ...] = ()
    selector: Selector = Field(default=Selector(), alias="for")

    @field_validator("price")
    @classmethod
    def _bands_are_not_total(cls, price: FlatPrice | BandPrices | None) -> FlatPrice | BandPrices | None:
        if isinstance(price, BandPrices):
            for band in (*price.bands, *price.unpriced):
                if band not in BANDS:
                    known = ", ".join(BANDS)
                    raise fault_error(FaultCode.UNKNOWN_WORD, value=band.value, known=known)
        return price

    @property
    def line_code(self) -> str:
        """The code of the line it prints on."""
        return self.line or self.code
