"""The official bills, the published ones and those worked out by hand, flattened into columns, are billed as expected."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.bulk.paths import is_number
from billcalc.fields import validated
from billcalc.files.documents import read_document
from billcalc.kernel.decimals import decimal_text
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from tests.bulk.comparing import batch_of, bulk, components_of, flattened, lines_of, problems_of, totals_of

THOUSANDTHS = Path("fixtures/published/pf-tou-x60-4817")
"""An exercise that rounds nothing: its total has three decimals, and columns hold fen."""
FIXTURES = sorted(
    path.parent
    for kind in ("official", "published", "by_hand")
    for path in (Path("fixtures") / kind).glob("*/request.yaml")
    if path.parent != THOUSANDTHS
)


def names(paths: list[Path]) -> list[str]:
    return [path.name for path in paths]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def request_of(fixture: Path) -> dict[str, Any]:
    data = read_document(fixture / "request.yaml").data
    assert isinstance(data, dict)
    return data


def bill_of(fixture: Path, catalog: Catalog) -> Bill:
    bill = calculate(validated(Request, request_of(fixture)), catalog, derivation=False)
    assert isinstance(bill, Bill)
    return bill


def rows_of(result: Any) -> list[dict[str, Any]]:
    assert result.rejects.num_rows == 0, result.rejects.to_pylist()
    return [{key: value for key, value in row.items() if key != "account"} for row in result.bills.to_pylist()]


@pytest.mark.parametrize("fixture", FIXTURES, ids=names(FIXTURES))
def test_a_bill_as_one_row_of_columns(fixture: Path, catalog: Catalog) -> None:
    data = request_of(fixture)
    common = {key: data.pop(key) for key in ("area", "own_area") if key in data}  # whose money the columns are in
    batch = batch_of([("one", data)])
    bill = bill_of(fixture, catalog)
    assert rows_of(bulk(batch, catalog, "lines", template=common)) == lines_of(bill)
    assert rows_of(bulk(batch, catalog, "components", template=common)) == components_of(bill)
    assert rows_of(bulk(batch, catalog, "problems", template=common)) == problems_of(bill)
    assert rows_of(bulk(batch, catalog, "totals", template=common)) == [{**totals_of(bill), "path": "columns"}]


@pytest.mark.parametrize("fixture", FIXTURES, ids=names(FIXTURES))
def test_a_bill_as_a_template_and_one_number(fixture: Path, catalog: Catalog) -> None:
    request = request_of(fixture)
    path, value = next((path, value) for path, value in flattened(request) if is_number(path))
    batch = pa.RecordBatch.from_pydict({"account": ["one", "two"], path: [Decimal(str(value))] * 2})
    lines = lines_of(bill_of(fixture, catalog))
    assert rows_of(bulk(batch, catalog, "lines", template=request)) == lines * 2


def test_a_total_with_more_digits_than_columns_hold_is_rejected_by_name(catalog: Catalog) -> None:
    rejects = bulk(batch_of([("one", request_of(THOUSANDTHS))]), catalog, "totals").rejects.to_pylist()
    assert [each["code"] for each in rejects] == ["out_of_range"]


def test_the_printed_total_of_an_issued_bill(catalog: Catalog) -> None:
    fixture = Path("fixtures/official/guangxi-2024-06-p1")
    batch = batch_of([("one", request_of(fixture))])
    [row] = bulk(batch, catalog, "totals").bills.to_pylist()
    expected = read_document(fixture / "expected.yaml").data
    assert isinstance(expected, dict)
    assert decimal_text(row["total"]) == decimal_text(Decimal(expected["total"]))
