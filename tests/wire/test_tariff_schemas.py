"""The schema of a kind of tariff document takes what is written in the library, and refuses what is hardly meant."""

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from billcalc.files.documents import read_document
from billcalc.library.catalog import shipped_tariffs
from billcalc.vocabulary import Kind
from billcalc.wire.tariff_schemas import tariff_schemas

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
