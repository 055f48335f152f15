"""The case: what is claimed, and on which facts; an input like a request."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from billcalc.billing.evaluated import FEN
from billcalc.fields import AboveZero, Count, Day, Flag, Id, Model, NotNegative, Text, at_most, fault_error
from billcalc.kernel.closed_lists import Word
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.numbers import rounded_number
from billcalc.kernel.reasons import Reason
from billcalc.vocabulary import Billing

__all__ = [
    "AcrossYears",
    "Act",
    "Breach",
    "ClaimCase",
    "Customer",
    "Debt",
    "Load",
    "Price",
    "Rent",
    "Theft",
    "Unmetered",
    "Use",
]


class Customer(Word):
    """Whose rates apply."""

    RESIDENTIAL = "residential", "居民"
    OTHER = "other", "非居民", "其他"


class AcrossYears(Word):
    """How the days of a debt count that is paid in a later year."""

    BY_DAY = "by_day", "按日分段"
    WHOLE = "whole", "整段跨年"


class Act(Word):
    """What a customer did in breach of the contract."""

    HIGHER_PRICE = "higher_price", "高价低接", "擅自改变用电类别"
    OVER_CAPACITY = "over_capacity", "私增容量", "私自超过合同容量"
    SEALED = "sealed", "擅自启用", "擅自使用已暂停设备"
    METER = "meter", "私动计量装置", "擅自操作计量装置"
    OWN_SOURCE = "own_source", "擅自引入电源", "擅自并网"


class Use(Word):
    """What stolen energy was used for, where its time is not known."""

    POWER = "power", "电力", "动力"
    LIGHTING = "lighting", "照明"


def _in_fen(amount: Decimal) -> Decimal:
    if amount != rounded_number(amount, FEN.step):
        raise fault_error(FaultCode.AMOUNT_TOO_FINE, amount=f"{amount:f}")
    return amount


Fen = Annotated[AboveZero, AfterValidator(_in_fen)]
"""What was billed: yuan and whole fen [CNY]."""


class Debt(Model):
    """A bill that was paid late; one that was paid in parts is a debt for each part.

    Attributes:
        owed: what was paid late [CNY].
        due: the last day on which to pay.
        paid: the day of the payment, or that up to which is claimed.
    """

    owed: Fen
    due: Day
    paid: Day
    customer: Customer
    across_years: AcrossYears = AcrossYears.BY_DAY

    @model_validator(mode="after")
    def _is_late(self) -> Self:
        if self.paid <= self.due:
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.PAID_IN_TIME, day=str(self.paid), end=str(self.due))
        if self.customer is Customer.RESIDENTIAL and self.across_years is AcrossYears.WHOLE:
            facts = {"key": "across_years", "other": f"customer: {self.customer}"}
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.TOLD_BY_ANOTHER, **facts)
        return self


class Breach(Model):
    """A breach of the contract.

    Attributes:
        difference: of a higher price: what the right price adds for all the time of use [CNY].
        billing: of capacity: in two parts the basic charge is made good, else each kilowatt has its rate.
        capacity: that was used without right [kW or kVA].
        price: the basic charge of a month [CNY/kVA].
        months, days: of use; a day is a part of a month of the rules.
        times: how often.
        multiple: where the rules have a ceiling and no fixed multiple [1].
        rebilled: what is made good is charged by corrected bills (docs/rebill.md), so it is not claimed here again.
    """

    act: Act
    multiple: NotNegative | None = None
    difference: Fen | None = None
    billing: Billing | None = None
    capacity: AboveZero | None = None
    price: AboveZero | None = None
    months: NotNegative | None = None
    days: NotNegative | None = None
    times: Count | None = None
    customer: Customer | None = None
    rebilled: Flag | None = None

    @property
    def is_two_part(self) -> bool:
        """Whether the basic charge is made good."""
        return self.billing is Billing.TWO_PART

    @model_validator(mode="after")
    def _tells_what_its_act_needs(self) -> Self:
        needed = list(_needed(self.act, is_two_part=self.is_two_part))
        for key in needed:
            if getattr(self, key) is None:
                raise fault_error(FaultCode.MISSING_KEY, key=key)
        may = {"multiple", "rebilled"} if self.act is Act.HIGHER_PRICE or self.is_two_part else set()
        for key in type(self).model_fields:
            if getattr(self, key) is not None and key not in {"act", *needed, *may}:
                raise self._of_no_effect(key)
        if self.times == 0 or (self.months == 0 and self.days == 0):
            raise fault_error(FaultCode.OUT_OF_RANGE, value="0", range="above_zero")
        return self

    def _of_no_effect(self, key: str) -> PydanticCustomError:
        """What the act needs in two parts is not of another act: it is the billing that leaves it without effect."""
        if self.billing is not None and key in {"multiple", "rebilled", *_needed(self.act, is_two_part=True)}:
            facts = {"key": key, "other": f"billing: {self.billing}"}
            return fault_error(FaultCode.INCONSISTENT, reason=Reason.TOLD_BY_ANOTHER, **facts)
        return fault_error(FaultCode.INCONSISTENT, reason=Reason.NOT_OF_THE_ACT, key=key, value=self.act)


def _needed(act: Act, *, is_two_part: bool) -> Iterator[str]:
    match act:
        case Act.HIGHER_PRICE:
            yield "difference"
        case Act.METER:
            yield from ("customer", "times")
        case Act.OWN_SOURCE:
            yield "capacity"
        case _:
            yield from ("billing", "capacity")
            if is_two_part:
                yield from ("price", "months", "days")
            elif act is Act.SEALED:
                yield "times"


class Load(Model):
    """Equipment that no meter counted.

    Attributes:
        power: connected [kW; kVA count as kW].
        use: the share of it in use [1].
        hours: of use a day [h].
    """

    power: AboveZero
    use: AboveZero
    hours: AboveZero

    @model_validator(mode="after")
    def _fits_a_day(self) -> Self:
        for value, most in ((self.use, 1), (self.hours, 24)):
            if value > most:
                raise fault_error(FaultCode.OUT_OF_RANGE, value=str(value), range=f">0..{most}")
        return self


class Theft(Model):
    """Stolen energy: counted, or the power that was connected for some time.

    Attributes:
        kwh: where it is known [kWh].
        power: else, what was connected [kW; kVA count as kW].
        use: what for, a household's being lighting; decides the hours of a day where they are not known.
        days, hours: of use, where they are known; else those of the rules.
        price: of the energy [CNY/kWh].
        multiple, rebilled: see ``Breach``.
    """

    kwh: AboveZero | None = None
    power: AboveZero | None = None
    use: Use | None = None
    days: AboveZero | None = None
    hours: AboveZero | None = None
    price: AboveZero
    multiple: NotNegative | None = None
    rebilled: Flag = False

    @model_validator(mode="after")
    def _tells_its_energy_once(self) -> Self:
        if self.kwh is None and self.power is None:
            raise fault_error(FaultCode.MISSING_KEY, key="power")
        if self.kwh is None and self.use is None and self.hours is None:
            raise fault_error(FaultCode.MISSING_KEY, key="use")
        known = "kwh" if self.kwh is not None else "hours" if self.hours is not None else None
        beside = {"kwh": ("power", "use", "days", "hours"), "hours": ("use",), None: ()}[known]
        for key in beside:
            if getattr(self, key) is not None:
                raise fault_error(FaultCode.INCONSISTENT, reason=Reason.TOLD_BY_ANOTHER, key=key, other=str(known))
        if self.hours is not None and self.hours > 24:
            raise fault_error(FaultCode.OUT_OF_RANGE, value=str(self.hours), range=">0..24")
        return self


class Price(Model):
    """A part of the price of energy, with a line of its own [CNY/kWh]."""

    label: Text
    price: AboveZero


class Rent(Model):
    """What is paid by the month [CNY]."""

    label: Text
    amount: AboveZero


class Unmetered(Model):
    """A temporary supply without a meter, such as a building site.

    Attributes:
        days: of use, all counted.
        rents: by the month, a day being a part of a month of the rules.
    """

    loads: Annotated[tuple[Load, ...], Field(min_length=1), at_most("claims")]
    days: AboveZero
    prices: Annotated[tuple[Price, ...], Field(min_length=1), at_most("claims")]
    rents: Annotated[tuple[Rent, ...], at_most("claims")] = ()

    @model_validator(mode="after")
    def _charges_each_once(self) -> Self:
        _check_once("prices", self.prices)
        _check_once("rents", self.rents)
        return self


def _check_once(key: str, entries: Sequence[Model]) -> None:
    """Refuse an entry that is typed twice: it would be claimed twice, without a word."""
    first: dict[Model, int] = {}
    for place, entry in enumerate(entries, start=1):
        alone = entry.model_copy(update={"rebilled": None}) if "rebilled" in type(entry).model_fields else entry
        earlier = first.setdefault(alone, place)
        if earlier != place:
            facts = {"key": key, "number": str(place), "earlier": str(earlier)}
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.ENTRY_TWICE, **facts)


class ClaimCase(Model):
    """A case (docs/claims.md).

    Attributes:
        found: the day on which a breach or a theft was found, or a supply ended: it decides which rules are in force.
    """

    id: Id = Field(alias="case")
    account: Text | None = None
    found: Day | None = None
    debts: Annotated[tuple[Debt, ...], at_most("claims")] = ()
    breaches: Annotated[tuple[Breach, ...], at_most("claims")] = ()
    thefts: Annotated[tuple[Theft, ...], at_most("claims")] = ()
    unmetered: Annotated[tuple[Unmetered, ...], at_most("claims")] = ()

    @model_validator(mode="after")
    def _claims_something(self) -> Self:
        dated = bool(self.breaches or self.thefts or self.unmetered)
        if not self.debts and not dated:
            raise fault_error(FaultCode.MISSING_KEY, key="debts")
        if dated and self.found is None:
            raise fault_error(FaultCode.MISSING_KEY, key="found")
        if self.found is not None and not dated:
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.DATES_NOTHING, key="found")
        for key in ("debts", "breaches", "thefts", "unmetered"):
            _check_once(key, getattr(self, key))
        return self
