"""A layout: how one kind of paper or export names what we have codes for. One YAML file for each, kept by the clerk."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from billcalc.audit.heads_told import Measure, band_otherwise, measure_otherwise
from billcalc.audit.issued import Codes, Groups, IssuedTax, PrintedBand, Sections, one_or_many
from billcalc.fields import Id, Model, Text, fault_error
from billcalc.fields.printed_names import bracketed, listed_name
from billcalc.kernel.closed_lists import Word
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.vocabulary import Band

__all__ = ["Column", "FactName", "Layout", "Meaning", "SubtotalMeaning", "TaxMeaning"]


class Column(StrEnum):
    """What a column of a table can hold: the keys of a line."""

    NAME = "name"
    CODE = "code"
    SECTION = "section"
    GROUP = "group"
    BAND = "band"
    FROM = "from"
    TO = "to"
    QUANTITY = "quantity"
    PRICE = "price"
    AMOUNT = "amount"


class FactName(Word):
    """What a row of a table can tell besides amounts; its number stands in the column of the amounts."""

    COSPHI = "cosphi", "功率因数"
    RATIO = "ratio", "调整系数", "功率因数调整系数", "力调系数"
    BASE = "base", "参与调整电费", "参与力调电费"
    KVARH = "kvarh", "无功电量"
    KWH_TOTAL = "kwh.total", "总电量", *(f"kwh.{name}" for name in Band.TOTAL.aliases)
    KWH_SHARP = "kwh.sharp", "尖电量", *(f"kwh.{name}" for name in Band.SHARP.aliases)
    KWH_PEAK = "kwh.peak", "峰电量", *(f"kwh.{name}" for name in Band.PEAK.aliases)
    KWH_HALF_PEAK = "kwh.half_peak", "半尖峰电量", *(f"kwh.{name}" for name in Band.HALF_PEAK.aliases)
    KWH_SATURDAY_HALF_PEAK = (
        *("kwh.saturday_half_peak", "周六半尖峰电量"),
        *(f"kwh.{name}" for name in Band.SATURDAY_HALF_PEAK.aliases),
    )
    KWH_FLAT = "kwh.flat", "平电量", *(f"kwh.{name}" for name in Band.FLAT.aliases)
    KWH_VALLEY = "kwh.valley", "谷电量", *(f"kwh.{name}" for name in Band.VALLEY.aliases)
    KWH_DEEP_VALLEY = "kwh.deep_valley", "深谷电量", *(f"kwh.{name}" for name in Band.DEEP_VALLEY.aliases)


class Meaning(Model):
    """What a printed name stands for; what a line itself tells goes before."""

    codes: Codes = Field((), alias="code")
    sections: Sections = Field((), alias="section")
    group: Id | None = None
    band: PrintedBand | None = None


class SubtotalMeaning(Model):
    """Which lines a printed subtotal sums: those of a section, of a group, or of both."""

    sections: Sections = Field((), alias="section")
    groups: Groups = Field((), alias="group")

    @model_validator(mode="after")
    def _sums_a_part(self) -> "SubtotalMeaning":
        if not self.sections and not self.groups:
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.SUBTOTAL_OF_ONE)
        return self


class TaxMeaning(IssuedTax):
    """A tax that the lines are without.

    Attributes:
        names: of the row that tells its amount.
    """

    names: Annotated[tuple[Text, ...], BeforeValidator(one_or_many)] = ()


def _code_alone(raw: object) -> object:
    return {"code": raw} if isinstance(raw, str | list) else raw


class Layout(Model):
    """The words of one layout; each list is by what is printed, with or without numbering and brackets at the end.

    Attributes:
        columns: of a table, by the head of the column; columns that are not named here are not read.
        names: of lines; a code alone, a list of codes, or a ``Meaning``.
        sections, groups, bands: words in the columns or keys of these.
        subtotals: names of rows of a table that sum other rows.
        total: names of the row with the total.
        facts: names of rows of a table that tell a fact.
        tax: where the lines are without a tax: its rate, and the names of the row with its amount.
        ignore: names of rows that are neither, such as the tax inside the total.
    """

    columns: Mapping[str, Column] = Field(default_factory=dict)
    names: Mapping[str, Annotated[Meaning, BeforeValidator(_code_alone)]] = Field(default_factory=dict)
    sections: Mapping[str, Annotated[Sections, Field(min_length=1)]] = Field(default_factory=dict)
    groups: Mapping[str, Id] = Field(default_factory=dict)
    bands: Mapping[str, PrintedBand] = Field(default_factory=dict)
    subtotals: Mapping[str, SubtotalMeaning] = Field(default_factory=dict)
    total: Annotated[tuple[Text, ...], BeforeValidator(one_or_many)] = ("合计", "Total", "total")
    facts: Mapping[str, FactName] = Field(default_factory=dict)
    tax: TaxMeaning | None = None
    ignore: Annotated[tuple[Text, ...], BeforeValidator(one_or_many)] = ()

    @model_validator(mode="after")
    def _is_clear(self) -> "Layout":
        held = list(self.columns.values())
        for column in dict.fromkeys(held):
            if held.count(column) > 1:
                raise fault_error(FaultCode.INCONSISTENT, reason=Reason.TWO_COLUMNS, column=column.value)
        if self.columns and Column.AMOUNT not in held:
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.NO_AMOUNT_COLUMN)
        for name, word, key in self._said_otherwise():
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.SAYS_OTHERWISE, column=name, value=word, key=key)
        seen: set[str] = set()
        for name in self._row_names():
            if name in seen:
                raise fault_error(FaultCode.INCONSISTENT, reason=Reason.TWO_MEANINGS, name=name)
            seen.add(name)
        return self

    def _said_otherwise(self) -> Iterator[tuple[str, str, str]]:
        """The names that say another band or quantity than they are taken for, each with its word and what that is."""
        banded = [(name, meaning.band) for name, meaning in self.names.items()]
        banded += self.bands.items()
        banded += [(name, Band.named(fact.value.rpartition(".")[2])) for name, fact in self.facts.items()]
        for name, band in banded:
            if band is not None and band is not Band.TOTAL and (word := band_otherwise(name, band)) is not None:
                yield name, word, band.value
        for name, column in self.columns.items():
            measure = _MEASURES.get(column)
            if measure is not None and (word := measure_otherwise(name, measure)) is not None:
                yield name, word, column.value

    def _row_names(self) -> Iterator[str]:
        total = self.total if "total" in self.model_fields_set else ()
        tax = () if self.tax is None else self.tax.names
        for names in (self.names, self.subtotals, total, self.facts, tax, self.ignore):
            yield from names

    def listed(self, name: object) -> str | None:
        """The name of a row that a printed name is, over all kinds of rows; None where it is none, or no text."""
        return _listed(name, dict.fromkeys((*self._row_names(), *self.total)))

    def is_total(self, name: object) -> bool:
        """Whether a row of this name has the total; a name that the layout itself gives to a line has not."""
        listed = self.listed(name)
        return listed in self.total and listed not in self.names and listed not in self.ignore

    def is_tax(self, name: object) -> bool:
        """Whether a row of this name has the amount of the tax."""
        return self.tax is not None and self.listed(name) in self.tax.names

    def is_ignored(self, name: object) -> bool:
        """Whether a row of this name is no line."""
        return self.listed(name) in self.ignore

    def is_subtotal(self, name: object) -> bool:
        """Whether a row of this name sums others."""
        return self.listed(name) in self.subtotals

    def fact(self, name: object) -> FactName | None:
        """The fact that a row of this name tells, or None."""
        return self.facts.get(self.listed(name) or "")

    def line(self, raw: object) -> object:
        """A line of the input with its words put into ours; words that are not known stay for the model to judge."""
        if not isinstance(raw, Mapping):
            return raw
        line: dict[str, Any] = dict(raw)
        name = line.get("name")
        meaning = self.names.get(self.listed(name) or "")
        if meaning is not None:
            told = {"code": list(meaning.codes), "section": list(meaning.sections), "group": meaning.group}
            told["band"] = _band_of(str(name)) if meaning.band is None else meaning.band.value
            line = {**{key: value for key, value in told.items() if value}, **_told(line)}
        return self._words(line)

    def subtotal(self, raw: object) -> object:
        """A subtotal of the input with its words put into ours."""
        if not isinstance(raw, Mapping):
            return raw
        subtotal: dict[str, Any] = dict(raw)
        meaning = self.subtotals.get(self.listed(subtotal.get("name")) or "")
        if meaning is not None:
            told = {"section": list(meaning.sections), "group": list(meaning.groups)}
            subtotal = {**{key: value for key, value in told.items() if value}, **_told(subtotal)}
        return self._words(subtotal)

    def _words(self, raw: dict[str, Any]) -> dict[str, Any]:
        """The sections, group and band of a line or subtotal in our words."""
        found = dict(raw)
        words: dict[str, Mapping[str, Any]] = {
            "section": {word: [each.value for each in of] for word, of in self.sections.items()},
            "group": self.groups,
            "band": {word: band.value for word, band in self.bands.items()},
        }
        for key, known in words.items():
            word = found.get(key)
            listed = _listed(word, known)
            if listed is not None:
                found[key] = known[listed]
        return found


_MEASURES = {Column.AMOUNT: Measure.MONEY, Column.PRICE: Measure.PRICE}
"""What the numbers of a column are; quantities are of several kinds."""


def _listed(name: object, listed: Iterable[str]) -> str | None:
    """The one of some names that a printed one is; None where it is none, or no text."""
    return listed_name(name, listed) if isinstance(name, str) else None


def _band_of(name: str) -> str | None:
    """The band in the brackets of a printed name, or None."""
    band = Band.named(bracketed(name))
    return None if band is None else band.value


def _told(raw: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in a record besides null."""
    return {key: value for key, value in raw.items() if value is not None}
