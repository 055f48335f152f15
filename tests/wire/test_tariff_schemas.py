"""The schema of a kind of tariff document takes what is written in the library, and refuses what is hardly meant."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from billcalc.files.documents import read_document
from billcalc.library.catalog import shipped_tariffs
from billcalc.vocabulary import Kind
from billcalc.wire.tariff_schemas import tariff_schemas
from tests.documents import ROOT

SCHEMAS = {kind: Draft202012Validator(schema) for kind, schema in tariff_schemas().items()}


def written() -> Iterator[Any]:
    """The first and the last document of each kind and area."""
    for directory in sorted(shipped_tariffs().glob("*/*/*")):
        paths = sorted(directory.iterdir())
        yield from (read_document(path).data for path in dict.fromkeys((paths[0], paths[-1])))


def test_there_is_a_schema_of_every_kind_and_it_is_one() -> None:
    assert list(SCHEMAS) == list(Kind)
    for validator in SCHEMAS.values():
        Draft202012Validator.check_schema(validator.schema)


def test_what_is_written_in_the_library_is_what_the_schemas_say() -> None:
    found = list(written())

    assert len(found) > 150
    for document in found:
        errors = [error.message for error in SCHEMAS[document["kind"]].iter_errors(document)]
        assert errors == [], document["id"]


def keys_of(schema: Any) -> Iterator[str]:
    """Every key that a schema knows, at whatever depth."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from keys_of(part)


def keys_in_tables(*pages: str) -> set[str]:
    """The keys that stand in the rows of the tables of some pages."""
    rows = re.findall(r"^\|.*$", "\n".join((ROOT / "docs" / page).read_text(encoding="utf-8") for page in pages), re.M)
    return {key for row in rows for told in re.findall(r"`([^`]+)`", row) for key in re.findall(r"\w+", told, re.A)}


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("suffix", [".md", ".zh-CN.md"])
def test_every_key_of_every_schema_has_its_row_in_the_documentation(kind: Kind, suffix: str) -> None:
    pages = ["tariffs", "conventions"] if kind is Kind.CONVENTIONS else ["tariffs"]
    told = keys_in_tables(*(f"{page}{suffix}" for page in pages))
    assert sorted(set(keys_of(SCHEMAS[kind].schema)) - told) == []


PRICES: dict[str, Any] = {
    "id": "cn/anhui/purchase_price/2026-09",
    "kind": "purchase_price",
    "area": "cn-anhui",
    "effective": {"from": "2026-09-01", "repealed_on": "2026-10-01"},
    "document": {"title": "a notice"},
    "evidence": "official_text",
    "recorded_on": "2026-08-31",
    "for": {"class": "industrial_commercial", "voltage": ">=110kV"},
    "components": [
        {"code": "purchase", "section": "energy", "price": "0.31"},
        {"code": "own", "section": "energy", "price": "given", "for": {"purchase": "market"}},
        {"code": "listed", "section": "energy", "price": {"bands": {"peak": "0.5"}, "unpriced": ["sharp"]}},
    ],
}


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "network_price"},
        {"kind": "prices"},
        {"evidence": "seen"},
        {"effective": {"from": "1 September"}},
        {"components": []},
        {"components": [{"code": "purchase", "section": "energy", "price": "0,31"}]},
        {"components": [{"code": "purchase", "section": "energy", "price": {"bands": {"pek": "0.5"}}}]},
        {"components": [{"code": "purchase", "section": "energy", "price": "1", "tag": "floats"}]},
        {"for": {"voltage": "110-220kV"}},
        {"totals": [{"for": {}, "bands": {"pek": "1"}}]},
    ],
)
def test_what_is_hardly_meant_is_refused(change: dict[str, Any]) -> None:
    validator = Draft202012Validator(
        SCHEMAS[Kind.PURCHASE_PRICE].schema, format_checker=Draft202012Validator.FORMAT_CHECKER
    )

    assert validator.is_valid(PRICES)
    assert not validator.is_valid({**PRICES, **change})
