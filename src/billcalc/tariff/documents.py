"""Tariff documents: a header that dates and sources it, and a body by kind."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, RootModel, model_validator

from billcalc.fields import Day, Exact, Flag, Model, NotNegative, fault_error
from billcalc.kernel.decimals import EXACT, ONE
from billcalc.kernel.sources import Evidence, Source
from billcalc.kernel.spans import Span
from billcalc.kernel.wording import FaultCode
from billcalc.tariff.components import Component
from billcalc.tariff.conventions import Conventions, DayCount
from billcalc.tariff.kinds import PRICE_KINDS, PriceKind
from billcalc.tariff.roundings import RoundingStep
from billcalc.vocabulary import CustomerClass, Kind

__all__ = [
    "PRICE_KINDS",
    "AnyDocument",
    "BasicChargeRules",
    "ConventionsDocument",
    "DemandDiscount",
    "Document",
    "Effective",
    "ExcessStep",
    "Header",
    "PowerFactorRules",
    "PowerFactorTable",
    "PriceDocument",
    "PriceStructure",
    "Publication",
    "SeenInForce",
    "span_of",
]


class Effective(Model):
    """When a document is in force; its end is its successor's start where ``repealed_on`` does not tell another."""

    start: Day = Field(alias="from")
    repealed_on: Day | None = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> "Effective":
        if self.repealed_on is not None and self.repealed_on <= self.start:
            raise fault_error(FaultCode.SPAN_REVERSED, start=str(self.start), end=str(self.repealed_on))
        return self


class SeenInForce(Model):
    """The first and last day on which a document of unknown start was seen in force, both inclusive."""

    first: Day
    last: Day

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> "SeenInForce":
        if self.last < self.first:
            raise fault_error(FaultCode.INCONSISTENT, reason="the last day it was seen lies before the first")
        return self


class Publication(Model):
    """The published document."""

    title: str
    number: str | None = None
    issuer: str | None = None
    issued: Day | None = None
    url: str | None = None
    clause: str | None = None


class Header(Model):
    """What every document tells of itself.

    Attributes:
        id: where it lies in the library, without the suffix: ``cn/guangxi/levies/2024-06``.
        kind: what it states.
        area: the area it is for; ``cn`` for the nation.
        effective, seen_in_force: exactly one of them dates it.
        supersedes: the id of a document it corrects and takes the place of, on all its days.
        recorded_on: the day it was entered.
        fixtures: the real bills it was inferred from.

    Left out: ``amends``, a document that changes a part of another.
    """

    id: str
    kind: Kind
    area: str
    effective: Effective | None = None
    seen_in_force: SeenInForce | None = None
    document: Publication
    evidence: Evidence
    recorded_on: Day
    supersedes: str | None = None
    fixtures: tuple[str, ...] = ()
    note: str | None = None

    @model_validator(mode="after")
    def _is_dated_once(self) -> "Header":
        if (self.effective is None) == (self.seen_in_force is None):
            raise fault_error(FaultCode.INCONSISTENT, reason="a document is dated by effective or by seen_in_force")
        return self

    @property
    def start(self) -> date:
        """The first day on which it can be applied."""
        if self.effective is not None:
            return self.effective.start
        assert self.seen_in_force is not None
        return self.seen_in_force.first

    @property
    def source(self) -> Source:
        """How a line cites it."""
        publication = self.document
        return Source(
            id=self.id,
            title=publication.title,
            number=publication.number,
            clause=publication.clause,
            url=publication.url,
            evidence=self.evidence,
        )


class PriceDocument(Header):
    """Prices by component."""

    kind: Literal[Kind.NETWORK_PRICE, Kind.PURCHASE_PRICE, Kind.CATALOGUE_PRICE, Kind.LEVIES]
    components: tuple[Component, ...] = Field(min_length=1)


class PriceStructure(Header):
    """Which kinds of price documents make up the price of a class."""

    kind: Literal[Kind.PRICE_STRUCTURE]
    made_of: dict[CustomerClass, tuple[PriceKind, ...]]


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
    factor: NotNegative


class BasicChargeRules(Header):
    """How the basic charge is calculated.

    Attributes:
        days: the day count of a month that is cut.
        floor_share: the least share of the running capacity that contracted demand is billed at [kW/kVA].
        over_steps: what is charged above the contract, from the lowest limit up.
        discount: the lower demand price for intensive use, or None.
    """

    kind: Literal[Kind.BASIC_CHARGE_RULES]
    days: DayCount
    floor_share: NotNegative
    over_steps: tuple[ExcessStep, ...]
    discount: DemandDiscount | None = None

    @model_validator(mode="after")
    def _steps_rise(self) -> "BasicChargeRules":
        if any(upper.above <= lower.above for lower, upper in pairwise(self.over_steps)):
            raise fault_error(FaultCode.INCONSISTENT, reason="each of the over_steps must be above the one before")
        if any(step.free_band for step in self.over_steps[1:]):
            reason = "only the first of the over_steps has a band below it that can be free"
            raise fault_error(FaultCode.INCONSISTENT, reason=reason)
        return self


class PowerFactorTable(Model):
    """The ratios of one standard.

    Attributes:
        percent: the adjustment by power factor, from 1.00 down [%].
        below: what each further step adds below the last row [%].
    """

    percent: dict[Exact, Exact] = Field(min_length=1)
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

    @model_validator(mode="after")
    def _tables_have_no_hole(self) -> "PowerFactorRules":
        if EXACT.remainder(ONE, self.rounding) != 0:
            raise fault_error(FaultCode.INCONSISTENT, reason=f"1 is no multiple of the rounding {self.rounding}")
        for standard, table in self.tables.items():
            rows = sorted(table.percent, reverse=True)
            if rows[0] != 1 or any(upper - lower != self.rounding for upper, lower in pairwise(rows)) or rows[-1] < 0:
                reason = f"table {standard} must have a row for each {self.rounding} from 1.00 down, and none below 0"
                raise fault_error(FaultCode.INCONSISTENT, reason=reason)
        return self

    def ratios(self, standard: str) -> Mapping[Decimal, Decimal]:
        """The ratio for every rounded power factor from 1 to 0 [1], the rows below the table by its step."""
        table = self.tables[standard]
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


Document = Annotated[
    PriceDocument | PriceStructure | BasicChargeRules | PowerFactorRules | ConventionsDocument,
    Field(discriminator="kind"),
]


class AnyDocument(RootModel[Document]):
    """A document of any kind, as it is read."""


def span_of(header: Header, successor: date | None) -> Span:
    """The days a document is in force, given the start of the next of its kind and area (or None)."""
    end = header.effective.repealed_on if header.effective is not None else None
    return Span(header.start, end if end is not None else successor)
