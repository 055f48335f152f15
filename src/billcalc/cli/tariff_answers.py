"""``billcalc tariffs list``, ``show``, ``diff``, ``coverage``, ``missing``: what the tariff library says."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

import click
from pydantic import BeforeValidator, Field

from billcalc.agreement.named import NamedArea, SupplyVoltage
from billcalc.cli.answers import FILE, Answers, language_option
from billcalc.cli.checkout import shipped_tariffs_told
from billcalc.cli.exits import Exit, epilog
from billcalc.explain.library import coverage_text, differences_text, document_text, listed_text, missing_text
from billcalc.explain.library_data import (
    differences_data,
    document_data,
    listed_data,
    missing_data,
)
from billcalc.fields import Day, Flag, Model, Text, validated
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.library.catalog import Library, areas_of, load_library
from billcalc.tariff.catalog import places_of
from billcalc.tariff.components import PriceKey
from billcalc.tariff.differences import differences
from billcalc.tariff.listing import covered, listed
from billcalc.tariff.reach import NeededFor, months, reach
from billcalc.vocabulary import AREAS, Billing, CustomerClass, Kind, Purchase, nearest_areas
from billcalc.wire.coverage import coverage_data

__all__ = ["coverage", "diff", "list_", "missing", "show"]

_F = TypeVar("_F", bound=Callable[..., Any])
_M = TypeVar("_M", bound=Model)

_DAY = "YYYY-MM-DD"
_MONTH = "YYYY-MM"


def _first_of_month(raw: object) -> object:
    return f"{raw}-01" if isinstance(raw, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}", raw) else raw


Month = Annotated[Day, BeforeValidator(_first_of_month)]
"""A calendar month, written ``YYYY-MM``, or any of its days."""


class _Asked(Model):
    """What the options of a command say."""

    area: NamedArea | None = None
    kind: Kind | None = None
    on: Day | None = None
    first: Day | None = None
    second: Day | None = None
    start: Month | None = Field(None, alias="from")
    end: Month | None = Field(None, alias="to")


class _Customer(Model):
    """Who is asked about."""

    customer_class: CustomerClass = Field(CustomerClass.INDUSTRIAL_COMMERCIAL, alias="class")
    subclass: Text | None = None
    billing: Billing = Billing.TWO_PART
    voltage: SupplyVoltage
    purchase: Purchase = Purchase.AGENT
    time_of_use: Flag

    @property
    def key(self) -> PriceKey:
        """What decides his prices."""
        return PriceKey(**{name: getattr(self, name) for name in type(self).model_fields})


class _BasicBy(click.Choice[str]):
    """By what the basic charge is billed, in our words or in those of the field."""

    def __init__(self) -> None:
        super().__init__([NeededFor.CAPACITY.value, NeededFor.DEMAND.value])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The one of the two that is meant."""
        return super().convert(_BASIC_BY.get(value, value), param, ctx)


_BASIC_BY = {
    **dict.fromkeys(("容量", "按容量", "容量电费"), NeededFor.CAPACITY.value),
    **dict.fromkeys(("需量", "按需量", "需量电费"), NeededFor.DEMAND.value),
}


def _answer_options(command: _F) -> _F:
    """The options that every answer of the library has."""
    for decorate in (
        click.option("--tariffs", type=FILE, metavar="DIR"),
        language_option(),
        click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True),
    ):
        command = decorate(command)
    return command


def _customer_options(command: _F) -> _F:
    """The options that say who the customer is."""
    for decorate in (
        click.option("--time-of-use/--no-time-of-use", "time_of_use", default=None),
        click.option("--purchase"),
        click.option("--voltage"),
        click.option("--billing"),
        click.option("--subclass"),
        click.option("--class", "class_"),
    ):
        command = decorate(command)
    return command


class _Question:
    """One call: its options, the part of the library that it needs, and its answer."""

    def __init__(self, shape: str, lang: str | None, tariffs: Path | None) -> None:
        self.answers = Answers(shape, lang)
        self.root = tariffs or shipped_tariffs_told()

    def asked(self, model: type[_M], **told: object) -> _M:
        """The options as a record; what is not told is left to its default."""
        given = {name: value for name, value in told.items() if value is not None}
        try:
            return validated(model, given, where=_option)
        except InvalidInput as error:
            self.answers.reject(error.faults)

    def library(self, area: str | None) -> Library:
        """The documents that an area needs; without one, all."""
        try:
            if area is not None and area not in AREAS and area not in areas_of(self.root):
                facts = {"area": area, "nearest": nearest_areas(area)}
                raise InvalidInput([Fault(FaultCode.UNKNOWN_AREA, "--area", facts)])
            return load_library(self.root, areas=None if area is None else [area])
        except InvalidInput as error:
            self.answers.reject(error.faults)


def _option(path: tuple[int | str, ...]) -> str:
    """How the command line calls a value."""
    name = str(path[0])
    return {"first": "DAY1", "second": "DAY2"}.get(name, f"--{name.replace('_', '-')}")


@click.command("list", epilog=epilog("tariffs list", "billcalc tariffs list --area cn-anhui --on 2026-08-01"))
@click.option("--area")
@click.option("--kind")
@click.option("--on", metavar=_DAY)
@_answer_options
def list_(
    *, area: str | None, kind: str | None, on: str | None, shape: str, lang: str | None, tariffs: Path | None
) -> None:
    """List the documents: id, kind, days, evidence, title and number."""
    question = _Question(shape, lang, tariffs)
    asked = question.asked(_Asked, area=area, kind=kind, on=on)
    library = question.library(asked.area)
    areas = None if asked.area is None else places_of(asked.area)
    found = listed(library.catalog, areas=areas, kind=asked.kind, on=asked.on)
    if question.answers.is_json:
        question.answers.data(listed_data(found))
    else:
        question.answers.text(listed_text(found, lexicon=question.answers.lexicon))


@click.command(epilog=epilog("tariffs show", "billcalc tariffs show cn/anhui/purchase_price/2026-08 --lang zh"))
@click.argument("identity", metavar="ID")
@_answer_options
def show(*, identity: str, shape: str, lang: str | None, tariffs: Path | None) -> None:
    """Show the document ID: its source, days, evidence, and its prices and whom they are for, or its other content."""
    question = _Question(shape, lang, tariffs)
    nation, _, rest = identity.partition("/")
    place = rest.partition("/")[0]
    library = question.library(nation if place == "national" else f"{nation}-{place}")
    found = {each.document.id: each for each in listed(library.catalog)}
    if identity not in found:
        facts = {"kind": "document", "id": identity, "known": ", ".join(found)}
        question.answers.reject([Fault(FaultCode.UNKNOWN_REFERENCE, "ID", facts)])
    file = str(question.root / f"{identity}.yaml")
    if question.answers.is_json:
        question.answers.data(document_data(found[identity], file=file))
    else:
        question.answers.text(document_text(found[identity], file=file, lexicon=question.answers.lexicon))


@click.command(
    epilog=epilog(
        "tariffs diff",
        "billcalc tariffs diff --area cn-anhui 2026-07-01 2026-08-01",
        "billcalc tariffs diff --area cn-anhui 2026-07-01 2026-08-01 --billing two_part --voltage 10kV",
    )
)
@click.option("--area", required=True)
@click.argument("first", metavar="DAY1")
@click.argument("second", metavar="DAY2")
@_customer_options
@_answer_options
def diff(
    *, area: str, first: str, second: str, shape: str, lang: str | None, tariffs: Path | None, **customer: Any
) -> None:
    """Tell which prices changed from DAY1 to DAY2: of the customer of the options, or without any of all rows."""
    question = _Question(shape, lang, tariffs)
    asked = question.asked(_Asked, area=area, first=first, second=second)
    assert asked.first is not None, "a day is an argument"
    assert asked.second is not None, "a day is an argument"
    told = any(value is not None for value in customer.values())
    key = _key(question, customer) if told else None
    assert asked.area is not None, "an area is required"
    area = asked.area
    library = question.library(area)
    found = differences(library.catalog, area=area, first=asked.first, second=asked.second, key=key)
    days: dict[str, date] = {"first": asked.first, "second": asked.second}
    answers = question.answers
    if answers.is_json:
        answers.data(differences_data(found, area=area, lexicon=answers.data_lexicon, **days))
    else:
        answers.text(differences_text(found, area=area, lexicon=answers.lexicon, **days))
    if found.changes:
        raise SystemExit(Exit.DIFFERS)


def _key(question: _Question, customer: Mapping[str, Any]) -> PriceKey:
    """The customer that the options tell; who is not told is on 10 kV, two-part, with the agency, by bands."""
    told = {**customer, "class": customer["class_"]}
    del told["class_"]
    told["voltage"] = told["voltage"] or "10kV"
    told["time_of_use"] = told["time_of_use"] is not False
    return question.asked(_Customer, **told).key


@click.command(epilog=epilog("tariffs coverage", "billcalc tariffs coverage --area cn-anhui --lang zh"))
@click.option("--area")
@_answer_options
def coverage(*, area: str | None, shape: str, lang: str | None, tariffs: Path | None) -> None:
    """Tell which months the documents of each area and kind cover, and on what evidence."""
    question = _Question(shape, lang, tariffs)
    asked = question.asked(_Asked, area=area)
    library = question.library(asked.area)
    found = covered(library.catalog, areas=None if asked.area is None else places_of(asked.area))
    if question.answers.is_json:
        question.answers.data(coverage_data(found))
    else:
        question.answers.text(coverage_text(found, lexicon=question.answers.lexicon))


@click.command(
    epilog=epilog(
        "tariffs missing",
        "billcalc tariffs missing --area cn-anhui --from 2025-01 --to 2026-12",
        "billcalc tariffs missing --area cn-anhui --from 2025-01 --to 2025-12 --purchase market --basic demand",
    )
)
@click.option("--area", required=True)
@click.option("--from", "start", required=True, metavar=_MONTH)
@click.option("--to", "end", required=True, metavar=_MONTH)
@click.option("--basic", type=_BasicBy(), default="capacity", show_default=True)
@_customer_options
@_answer_options
def missing(
    *, area: str, start: str, end: str, basic: str, shape: str, lang: str | None, tariffs: Path | None, **customer: Any
) -> None:
    """Tell everything that a customer's bills of some months would lack, and the step that brings it."""
    question = _Question(shape, lang, tariffs)
    asked = question.asked(_Asked, area=area, **{"from": start, "to": end})
    assert asked.start is not None, "a month is required"
    assert asked.end is not None, "a month is required"
    assert asked.area is not None, "an area is required"
    area = asked.area
    if asked.end < asked.start:
        facts = {"start": start, "end": end}
        question.answers.reject([Fault(FaultCode.SPAN_REVERSED, "--to", facts)])
    key = _key(question, customer)
    catalog = question.library(area).catalog
    found = [reach(catalog=catalog, area=area, key=key, month=month) for month in months(asked.start, asked.end)]
    by, answers = NeededFor(basic), question.answers
    if answers.is_json:
        answers.data(missing_data(found, area=area, key=key, basic=by, lexicon=answers.data_lexicon))
    else:
        answers.text(missing_text(found, area=area, key=key, basic=by, lexicon=answers.lexicon))
    if any(each.lacks(by, NeededFor.POWER_FACTOR) for each in found):
        raise SystemExit(Exit.DIFFERS)
