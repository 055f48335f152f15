"""Tariff documents: a header that dates and sources it, and a body by kind."""

from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    RootModel,
    ValidationInfo,
    field_validator,
    model_validator,
)

from billcalc.fields import AS_TEXT, CURRENCY, Exact, Flag, Model, NotNegative, PartOfOne, Text, at_most, fault_error
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import NumberError, decimal_text, parse_decimal
from billcalc.kernel.reasons import Reason
from billcalc.kernel.units import CNY
from billcalc.tariff.calendars import Calendar
from billcalc.tariff.changes_of_use import ChangesOfUse
from billcalc.tariff.clocks import Clock
from billcalc.tariff.components import Component, Selector
from billcalc.tariff.conventions import Conventions, DayCount
from billcalc.tariff.demand_kinds import ContractKinds
from billcalc.tariff.headers import Effective, Header, Publication, SeenInForce, span_of
from billcalc.tariff.kinds import KIND_OF_SECTION, PRICE_KINDS, PriceKind
from billcalc.tariff.losses import LossRules, TransformerLosses
from billcalc.tariff.plausibility import Plausibility
from billcalc.tariff.printed import PrintedTotal
from billcalc.tariff.resolved_conventions import ResolvedConventions, resolve_conventions
from billcalc.tariff.roundings import RoundingStep
from billcalc.tariff.tiers import TierTable
from billcalc.tariff.time_of_use import TimeOfUse
from billcalc.vocabulary import CustomerClass, Kind, Section

__all__ = [
    "PRICE_KINDS",
    "AnyDocument",
    "BasicChargeRules",
    "Calendar",
    "ChangesOfUse",
    "Clock",
    "ConventionsDocument",
    "DemandDiscount",
    "Document",
    "Effective",
    "ExcessStep",
    "Header",
    "LeftOut",
    "LossRules",
    "Plausibility",
    "PowerFactorRules",
    "PowerFactorTable",
    "PriceDocument",
    "PriceStructure",
    "Publication",
    "RulePart",
    "SeenInForce",
    "TaxRate",
    "TimeOfUse",
    "TransformerLosses",
    "span_of",
]


def _for_all(raw: object) -> object:
    """Give every component what the head of the document tells of whom its prices are for."""
    if not isinstance(raw, Mapping) or not isinstance(head := raw.get("for"), Mapping):
        return raw
    components = raw.get("components")
    if not isinstance(components, list | tuple):
        return raw
    return {**raw, "components": [_for_this(component, head) for component in components]}


def _for_this(component: object, head: Mapping[str, object]) -> object:
    own = component.get("for", {}) if isinstance(component, Mapping) else None
    if not isinstance(component, Mapping) or not isinstance(own, Mapping):
        return component  # the field itself tells what is no component
    if twice := sorted(set(own) & set(head)):
        raise fault_error(FaultCode.INCONSISTENT, reason=Reason.TOLD_AT_HEAD, known=", ".join(twice))
    return {**component, "for": {**head, **own}}


class LeftOut(Model):
    """What the published text says of some customers' prices and the document does not have; their bills say so.

    Attributes:
        selector: the customers.
        clause: where it stands.
        what: what it is called there.
    """

    selector: Selector = Field(default=Selector(), alias="for")
    clause: Text
    what: Text


class PriceDocument(Header):
    """Prices by component.

    Attributes:
        selector: the customers that all components are for; each component's own ``for`` adds to it.
        totals: sums of the parts that are printed beside them; not billed, but compared (``billcalc tariffs check``).
        tiers: up to which energy its prices by tier go, for whom.
        left_out: what is not calculated, for whom.
    """

    kind: Literal[Kind.NETWORK_PRICE, Kind.PURCHASE_PRICE, Kind.CATALOGUE_PRICE, Kind.LEVIES, Kind.RESIDENTIAL_PRICE]
    selector: Selector = Field(default=Selector(), alias="for")
    components: tuple[Component, ...] = Field(min_length=1)
    totals: tuple[PrintedTotal, ...] = ()
    tiers: tuple[TierTable, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _is_for_those_at_its_head(cls, raw: object) -> object:
        return _for_all(raw)


def _is_priced(section: Section) -> Section:
    if section not in KIND_OF_SECTION:
        raise fault_error(FaultCode.UNKNOWN_WORD, value=section.value, known=", ".join(KIND_OF_SECTION))
    return section


PricedSection = Annotated[Section, AfterValidator(_is_priced)]


TaxRate = PartOfOne
"""The rate of a tax, on what is taxed without it [1]."""


class PriceStructure(Header):
    """Which kinds of price documents make up the price of a class.

    Attributes:
        sections: the sections of the price, besides the basic charge, where the document tells them one by one.
        currency: the three letters of the money of prices and bills.
        tax_inside: the rate of the tax that the prices contain, on what they are without it [1]; None where not told.
        tax_added: the rate of the tax that is added to a bill, whose prices are without it [1]; None where none is.
    """

    kind: Literal[Kind.PRICE_STRUCTURE]
    made_of: dict[CustomerClass, tuple[PriceKind, ...]]
    sections: dict[CustomerClass, tuple[PricedSection, ...]] = Field(default_factory=dict)
    currency: Annotated[str, Field(pattern=CURRENCY), AS_TEXT] = CNY
    tax_inside: TaxRate | None = None
    tax_added: TaxRate | None = None

    @model_validator(mode="after")
    def _has_one_tax(self) -> "PriceStructure":
        if self.tax_inside is not None and self.tax_added is not None:
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.TAX_TWICE)
        return self


class ExcessStep(Model):
    """A limit of demand and what is charged above it, up to the next limit.

    Attributes:
        above: the share of the basis above which it applies [1]: 0.05 is 105 % of the basis.
        factor: the multiple of the price above the limit [1].
        free_band: whether the demand between the basis and the first limit stays free once the limit is exceeded; what
            lies between two limits is charged by the lower one.
    """

    above: NotNegative
    factor: NotNegative
    free_band: Flag


class DemandDiscount(Model):
    """A lower demand price for intensive use.

    Attributes:
        energy_per_capacity: the energy of the month per contract capacity from which it applies [kWh/kVA].
        factor: the multiple of the demand price [1].
    """

    energy_per_capacity: NotNegative
    factor: PartOfOne


def _steps_rise(steps: tuple[ExcessStep, ...]) -> tuple[ExcessStep, ...]:
    if any(upper.above <= lower.above for lower, upper in pairwise(steps)):
        raise fault_error(FaultCode.INCONSISTENT, reason=Reason.STEPS_NOT_RISING)
    if any(step.free_band for step in steps[1:]):
        raise fault_error(FaultCode.INCONSISTENT, reason=Reason.FREE_BAND_AFTER_FIRST)
    return steps


class RulePart(StrEnum):
    """A part of the rules of the basic charge that has its own legal source."""

    DAYS = "days"
    DEMAND = "demand"
    DISCOUNT = "discount"


class BasicChargeRules(Header):
    """How the basic charge is calculated.

    Attributes:
        stated_in: the ids of the earlier documents that state a part of the rules which this one leaves in force: the
            day count, the floor and excess of demand, the discount. What is not in it this document states itself.
        days: the day count of a month that is cut.
        floor_share: the least share of the running capacity that contracted demand is billed at [kW/kVA].
        over_steps: what is charged above the contract, from the lowest limit up.
        excess_adjusted: whether the power factor adjusts what is charged above the contract.
        idle_share: the share of the contract that is billed where no demand was metered, or None [1].
        discount: the lower demand price for intensive use, or None.
        contracts: contracts of several kinds, each with the demand that it covers, by customer; the first that is for
            a customer is his. They have no floor by capacity and no discount.
    """

    kind: Literal[Kind.BASIC_CHARGE_RULES]
    stated_in: dict[RulePart, Text] = Field(default_factory=dict)
    days: DayCount
    floor_share: PartOfOne
    over_steps: Annotated[tuple[ExcessStep, ...], AfterValidator(_steps_rise)]
    excess_adjusted: Flag = True
    idle_share: PartOfOne | None = None
    discount: DemandDiscount | None = None
    contracts: Annotated[tuple[ContractKinds, ...], at_most("names")] = ()

    @model_validator(mode="after")
    def _has_one_measure(self) -> "BasicChargeRules":
        if self.contracts and (self.floor_share > 0 or self.discount is not None):
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.KINDS_AND_FLOOR)
        return self

    def told(self, part: RulePart) -> object:
        """What the document says of a part, whoever states it."""
        if part is RulePart.DEMAND:
            return self.floor_share, self.over_steps, self.excess_adjusted, self.idle_share, self.contracts
        return self.days if part is RulePart.DAYS else self.discount


def _rows_once(raw: object) -> object:
    """Refuse two writings of one power factor: of equal numbers a mapping would keep only the last."""
    if isinstance(raw, Mapping):
        written: set[Decimal] = set()
        for key in raw:
            with suppress(NumberError):  # the field itself tells what is no number
                row = parse_decimal(key)
                if row in written:
                    raise fault_error(FaultCode.INCONSISTENT, reason=Reason.TWO_ROWS, row=decimal_text(row))
                written.add(row)
    return raw


class PowerFactorTable(Model):
    """The ratios of one standard.

    Attributes:
        percent: the adjustment by power factor, from 1.00 down [%].
        below: what each further step adds below the last row [%].
    """

    percent: Annotated[dict[Exact, Exact], BeforeValidator(_rows_once), Field(min_length=1)]
    below: NotNegative


class PowerFactorRules(Header):
    """The adjustment for each power factor and standard.

    Attributes:
        rounding: the step to which the power factor is rounded, a part of 1 [1].
        tables: by standard.
    """

    kind: Literal[Kind.POWER_FACTOR_RULES]
    rounding: RoundingStep
    tables: dict[str, PowerFactorTable]

    @field_validator("tables")
    @classmethod
    def _have_no_hole(cls, tables: dict[str, PowerFactorTable], info: ValidationInfo) -> dict[str, PowerFactorTable]:
        step = info.data.get("rounding")  # absent where it is itself at fault
        for standard, table in tables.items():
            rows = sorted(table.percent, reverse=True)
            follow = all(upper - lower == step for upper, lower in pairwise(rows))
            if step is not None and not (rows[0] == 1 and follow and rows[-1] >= 0):
                facts = {"standard": standard, "step": decimal_text(step)}
                raise fault_error(FaultCode.INCONSISTENT, reason=Reason.TABLE_ROWS, **facts)
        return tables

    @cached_property
    def ratios(self) -> Mapping[str, Mapping[Decimal, Decimal]]:
        """By standard the ratio for every rounded power factor from 1 to 0 [1]."""
        return {standard: self._ratios(table) for standard, table in self.tables.items()}

    def _ratios(self, table: PowerFactorTable) -> dict[Decimal, Decimal]:
        """The rows of a table, and below it what its step adds."""
        ratios = {row: percent.scaleb(-2) for row, percent in table.percent.items()}
        row = min(table.percent)
        percent = table.percent[row]
        while row > 0:
            row -= self.rounding
            percent += table.below
            ratios[row] = percent.scaleb(-2)
        return ratios


class ConventionsDocument(Header):
    """What the area's utility does."""

    kind: Literal[Kind.CONVENTIONS]
    conventions: Conventions

    @cached_property
    def resolved(self) -> ResolvedConventions:
        """What holds where nobody else tells anything."""
        return resolve_conventions((self.conventions, self.source))


Document = Annotated[
    PriceDocument
    | PriceStructure
    | BasicChargeRules
    | PowerFactorRules
    | ConventionsDocument
    | TimeOfUse
    | Calendar
    | Plausibility
    | Clock
    | ChangesOfUse
    | TransformerLosses
    | LossRules,
    Field(discriminator="kind"),
]


class AnyDocument(RootModel[Document]):
    """A document of any kind, as it is read."""
