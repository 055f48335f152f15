"""Structures of few rows: billed one after the other, and to the last digit as in columns."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from tests.bulk import tariffs
from tests.bulk.comparing import batch_of, bulk
from tests.bulk.test_fixtures import FIXTURES, names, request_of
from tests.bulk.test_isolation import readings_template

OUTPUTS = ("totals", "components", "lines", "problems")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def told(batch: pa.RecordBatch, catalog: Catalog, few: int, **more: Any) -> list[Any]:
    """All that is told of a batch, with so many rows of a structure as few."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_module("billcalc.bulk.calculate"), "FEW_ROWS", few)
        results = [bulk(batch, catalog, output, **more) for output in OUTPUTS]
    return [(each.bills.to_pylist(), each.rejects.to_pylist(), each.billed, each.problems) for each in results]


@pytest.mark.no_cover
@pytest.mark.parametrize("fixture", FIXTURES[::4], ids=names(FIXTURES[::4]))
def test_few_rows_are_billed_as_in_columns(fixture: Path, catalog: Catalog) -> None:
    batch = batch_of([("one", request_of(fixture)), ("two", request_of(fixture))])
    assert told(batch, catalog, 2) == told(batch, catalog, 0)


def test_what_is_refused_of_few_rows_is_refused_as_in_columns() -> None:
    """Too high for its digits, below zero, no number, rolled over, with a last digit of its own, and sound."""
    columns = {
        "account": ["a", "b", "c", "d", "e", "f"],
        "metering_points.0.readings.1.total": ["9999999", "-1", "x", "100", "100.5", "200"],
    }
    batch = pa.RecordBatch.from_pydict(columns)
    few, many = (told(batch, tariffs.catalog(), size, template=readings_template()) for size in (6, 0))
    assert few == many
    assert 0 < few[0][2] < 6


@pytest.mark.parametrize(
    "cells",
    [
        ["100", "100.5", "100.50"],
        pa.array(["100.00", "100.50", "120.25"]).cast(pa.decimal128(12, 2)),
        pa.array([100, 120, 7]),
    ],
)
def test_the_last_digit_of_few_rows_is_that_of_columns(cells: Any) -> None:
    """Meter readings are told with the last digit they are read to, which the demand of a reading rests on."""
    batch = pa.RecordBatch.from_pydict({"account": ["a", "b", "c"], "metering_points.0.readings.1.total": cells})
    few, many = (told(batch, tariffs.catalog(), size, template=readings_template()) for size in (3, 0))
    assert few == many
    assert few[0][2] == 3
