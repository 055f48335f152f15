"""Laws: whatever a price is of, and wherever a request or a document tells one, something is held against it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from billcalc.fields import validated
from billcalc.library.catalog import load_catalog
from billcalc.tariff.components import NOT_ENERGY, Component
from billcalc.tariff.documents import PriceDocument
from billcalc.tariff.plausibility import Plausibility, PriceRange
from billcalc.tariff.price_ranges import range_of, ranges_in
from billcalc.vocabulary import Kind, Section
from tests.billing.cases import TARIFFS, day

LIBRARY = load_catalog(TARIFFS)
SCHEMAS = Path("docs/schema")


def ranges(nation: str, currency: str) -> dict[str, PriceRange]:
    found = LIBRARY.find(Kind.PLAUSIBILITY, nation, day("2026-01-01"))
    assert found is not None
    assert isinstance(found.document, Plausibility)
    return dict(ranges_in(found.document, currency))


OF_ENERGY = [
    (section, quantity)
    for section in Section
    if section is not Section.MINIMUM
    for quantity in ("billed_kwh", "tier_kwh.2", "net_kwh")
]
OTHERS = [(Section.NETWORK_CAPACITY, quantity) for quantity in NOT_ENERGY]
MEASURED = [(Section.NETWORK_CAPACITY, "demand_kw.half_peak")]
MINIMUMS = [(Section.MINIMUM, quantity) for quantity in ("months", "capacity_kva", "demand_kw")]


@pytest.mark.parametrize(("section", "quantity"), [*OF_ENERGY, *OTHERS, *MEASURED, *MINIMUMS])
def test_a_price_of_anything_has_a_range_in_which_hundredths_of_it_do_not_lie(section: Section, quantity: str) -> None:
    told: dict[str, Any] = {"code": "some", "section": section.value, "quantity": quantity, "price": "1"}
    component = validated(Component, {**told, **({"minimum_of": "bill"} if section is Section.MINIMUM else {})})
    limit = range_of(component, [component], ranges("cn", "CNY"))
    assert limit is not None
    assert limit.unit.startswith("CNY/")


def test_what_is_taken_beside_the_price_of_all_energy_has_ranges_of_its_own() -> None:
    base, tier, free = (
        validated(Component, {"code": quantity[:4], "section": "catalogue", "quantity": quantity, "price": "1"})
        for quantity in ("billed_kwh", "tier_kwh.2", "free_kwh")
    )
    found = [range_of(each, [base, tier, free], ranges("cn", "CNY")) for each in (base, tier, free)]
    assert [each and each.of for each in found] == ["catalogue", "tier_addition", "free_kwh"]


def test_every_price_of_the_library_has_a_range() -> None:
    lacking = []
    for series in LIBRARY.series.values():
        for _, document in series:
            if isinstance(document, PriceDocument):
                held = ranges(*{"cn": ("cn", "CNY"), "tw": ("tw", "TWD")}[document.area[:2]])
                for each in document.components:
                    if each.price is not None and range_of(each, document.components, held) is None:
                        lacking.append((document.id, each.code))
    assert lacking == []


PRICE_LIKE = re.compile(
    r"price|amount|money|tax|_rate$|^ratio|_ratio$|^factor$|official|billed$|printed|corrected|^flat$"
)
RANGE = "the range of what the price is of"
HELD = {
    **dict.fromkeys(("price", "prices", "flat", "official", "billed", "corrected"), RANGE),
    "printed": "nothing: a misprint, which nobody bills",
    "amount": "a given line: the prices of what it stands for; a row billed before: those of the month; else a step",
    "power_factor_ratio": "the table of ratios",
    "ratio": "the table of ratios",
    "tax_added": "below 1",
    "tax_inside": "below 1",
    "factor": "a multiple of a price that is held",
}
"""What holds each number of a request and of documents that is told in money or taken times a price."""


def numbers(schema: Any, definitions: Any) -> Iterator[str]:
    """The keys of a schema that numbers stand under."""
    if isinstance(schema, dict):
        for key, each in schema.get("properties", {}).items():
            if "[0-9]+" in json.dumps(_resolved(each, definitions)):
                yield key
        for each in schema.values():
            yield from numbers(each, definitions)
    elif isinstance(schema, list):
        for each in schema:
            yield from numbers(each, definitions)


def _resolved(schema: Any, definitions: Any) -> Any:
    """Itself with the definitions that it names, one level deep; without what stands below keys of its own."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            found = definitions[schema["$ref"].rpartition("/")[2]]
            return {} if "properties" in found else _resolved(found, definitions)
        return {key: _resolved(each, definitions) for key, each in schema.items() if key != "properties"}
    return [_resolved(each, definitions) for each in schema] if isinstance(schema, list) else schema


@pytest.mark.parametrize("path", [SCHEMAS / "request.schema.json", *sorted((SCHEMAS / "tariffs").iterdir())], ids=str)
def test_each_number_that_is_told_in_money_is_held_to_something(path: Path) -> None:
    if path.name.startswith("plausibility"):
        return  # these are the limits themselves
    schema = json.loads(path.read_text())
    told = {key for key in numbers(schema, schema.get("$defs", {})) if PRICE_LIKE.search(key)}
    assert told - set(HELD) == set()
    assert path.name != "request.schema.json" or told >= {"price", "prices", "flat", "amount", "ratio", "tax_added"}
