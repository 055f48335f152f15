"""An issued bill: what a clerk types from the paper, or another system exports."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from billcalc.billing.request import Period
from billcalc.fields import Day, Exact, Id, JsonNumber, Model, Printed, at_most, fault_error
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.spans import Span
from billcalc.tariff.component_codes import ComponentCode
from billcalc.vocabulary import Band, Section
from billcalc.words.lexicon import LEXICONS

__all__ = [
    "Codes",
    "Groups",
    "IssuedBill",
    "IssuedFacts",
    "IssuedLine",
    "IssuedSubtotal",
    "IssuedTax",
    "PrintedBand",
    "PrintedRatio",
    "Sections",
    "TaxRate",
    "one_or_many",
]


def one_or_many(raw: object) -> object:
    """A list of what may also be told as one."""
    return [raw] if isinstance(raw, str) else raw


_BANDS = {word: band for lexicon in LEXICONS.values() for band, word in lexicon.bands.items()}
_SECTIONS = {word: section for lexicon in LEXICONS.values() for section, word in lexicon.sections.items()}


def _band(raw: object) -> object:
    return _BANDS.get(raw, raw) if isinstance(raw, str) else raw


def _section(raw: object) -> object:
    return _SECTIONS.get(raw, raw) if isinstance(raw, str) else raw


_HALF_WIDTH = str.maketrans("０１２３４５６７８９．－−％", "0123456789.--%")
_PERCENT = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)\s*%")


def _printed(raw: object) -> object:
    """A number as bills print it, perhaps with the full-width digits of a Chinese keyboard."""
    return raw.translate(_HALF_WIDTH) if isinstance(raw, str) and not isinstance(raw, JsonNumber) else raw


def _ratio(raw: object) -> object:
    """The same, perhaps in percent."""
    raw = _printed(raw)
    found = _PERCENT.fullmatch(raw) if isinstance(raw, str) and len(raw) <= _RATIO_CHARACTERS_MAX else None
    return raw if found is None else f"{Decimal(found[1]).scaleb(-2):f}"


_RATIO_CHARACTERS_MAX = 25
_DIGITS = r"[-－−]?[0-9０-９]+([.．][0-9０-９]+)?"


def _schema_of(pattern: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^{pattern}$", "maxLength": 40})


PrintedNumber = Annotated[Exact, BeforeValidator(_printed), _schema_of(_DIGITS)]
"""A number; its digits may be full-width ones."""
PrintedRatio = Annotated[Exact, BeforeValidator(_ratio), _schema_of(_DIGITS + r"\s*[%％]?")]
"""A price or a ratio; −0.45 % is −0.0045."""

PrintedBand = Annotated[Band, BeforeValidator(_band)]
"""A band, by our word or by one with which our own bills print it."""
Codes = Annotated[tuple[ComponentCode, ...], at_most("names"), BeforeValidator(one_or_many)]
Sections = Annotated[
    tuple[Annotated[Section, BeforeValidator(_section)], ...],
    at_most("words"),
    BeforeValidator(one_or_many),
]
"""One section or several, each by our word or by one with which our own bills print it."""
Groups = Annotated[tuple[Id, ...], at_most("names"), BeforeValidator(one_or_many)]


class IssuedLine(Model):
    """One printed line; all but its amount may be left out where the bill does not print it.

    Attributes:
        name: as printed.
        codes: the codes of the lines of ours that it stands for; usually one, several where it prints their sum.
        sections: where it is printed; several where the bill prints sections of ours as one.
        group: the billing group; for a power-factor line the scope, or the group that the bill prints it with.
        band: ``total`` is the same as none: the line is for all bands.
        start, end: the days it is for; both or none.
        quantity: what the price multiplies; for a power-factor line the base.
        price: for a power-factor line the ratio, as a number or in percent.
    """

    name: Printed | None = None
    codes: Codes = Field((), alias="code")
    sections: Sections = Field((), alias="section")
    group: Id | None = None
    band: PrintedBand | None = None
    start: Day | None = Field(None, alias="from")
    end: Day | None = Field(None, alias="to")
    quantity: PrintedNumber | None = None
    price: PrintedRatio | None = None
    amount: PrintedNumber

    @model_validator(mode="after")
    def _can_be_named(self) -> "IssuedLine":
        if self.name is None and not self.codes:
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.NAME_OR_CODE)
        if (self.start is None) != (self.end is None):
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.FROM_AND_TO)
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise fault_error(FaultCode.SPAN_REVERSED, start=str(self.start), end=str(self.end))
        return self

    @property
    def span(self) -> Span | None:
        """The days it is for, where told."""
        return None if self.start is None else Span(self.start, self.end)

    @property
    def one_band(self) -> Band | None:
        """The one band it is for; None where it is for all."""
        return None if self.band is Band.TOTAL else self.band


class IssuedSubtotal(Model):
    """A printed sum of lines; what is not told does not restrict it.

    Attributes:
        sections, groups: of the lines it sums.
    """

    name: Printed | None = None
    sections: Sections = Field((), alias="section")
    groups: Groups = Field((), alias="group")
    amount: PrintedNumber

    @model_validator(mode="after")
    def _sums_a_part(self) -> "IssuedSubtotal":
        if not self.sections and not self.groups:
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.SUBTOTAL_OR_TOTAL)
        return self


class IssuedFacts(Model):
    """Printed facts; those of the power factor belong to a bill with one power factor.

    Attributes:
        kwh: billed energy of all groups, by band; ``total`` is all of it [kWh].
        kvarh: the reactive energy of the power factor [kvarh].
        ratio: of the power-factor adjustment, as a number or in percent [1].
        base: what the ratio multiplies [money].
    """

    kwh: Annotated[Mapping[PrintedBand, PrintedNumber], at_most("by band or register")] = Field(default_factory=dict)
    kvarh: PrintedNumber | None = None
    cosphi: PrintedNumber | None = None
    ratio: PrintedRatio | None = None
    base: PrintedNumber | None = None


class TaxRate(Model):
    """A tax that lines are without, and that their total has in it.

    Attributes:
        rate: of the amounts without it; above 0 [1].
    """

    rate: PrintedRatio

    @model_validator(mode="after")
    def _is_above_zero(self) -> Self:
        if self.rate <= 0:
            raise fault_error(FaultCode.OUT_OF_RANGE, value=str(self.rate), range="above_zero")
        return self


class IssuedTax(TaxRate):
    """The tax of an issued bill.

    Attributes:
        amount: as printed, or None.
    """

    amount: PrintedNumber | None = None


class IssuedBill(Model):
    """An issued bill (docs/compare.md).

    Attributes:
        period: the days it says it is for.
        total: None where it prints none.
        tax: where its lines are without one.
    """

    period: Period | None = None
    lines: Annotated[tuple[IssuedLine, ...], at_most("issued.lines")]
    subtotals: Annotated[tuple[IssuedSubtotal, ...], at_most("issued.subtotals")] = ()
    total: PrintedNumber | None = None
    tax: IssuedTax | None = None
    facts: IssuedFacts = IssuedFacts()
