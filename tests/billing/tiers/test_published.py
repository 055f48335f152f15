"""The other bills of published examples that have several: ``request.yaml`` of each is held by tests/test_official.py."""

from pathlib import Path

import pytest

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.files.documents import read_document
from billcalc.files.loading import load
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from tests.billing.cases import TARIFFS

PUBLISHED = Path(__file__).parents[3] / "fixtures" / "published"
BILLS = sorted(PUBLISHED.glob("tier-*/*_expected.yaml"))


@pytest.fixture(scope="module")
def nation() -> Catalog:
    return load_catalog(TARIFFS, areas=["cn"])


def test_there_are_such_bills() -> None:
    assert [path.name for path in BILLS] == [
        "february_expected.yaml",
        "october_expected.yaml",
        "february_expected.yaml",
    ]


@pytest.mark.parametrize("path", BILLS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_bill_of_an_example_has_the_published_figures(path: Path, nation: Catalog) -> None:
    request = load(Request, str(path.with_name(path.name.replace("_expected", ""))))
    bill, told = calculate(request, nation), read_document(str(path)).data
    assert isinstance(bill, Bill), str(bill)
    assert isinstance(told, dict)
    lines = [(line.code, line.band, str(line.quantity), str(line.amount)) for line in bill.lines]
    assert lines == [(line["code"], line.get("band"), line["quantity"], line["amount"]) for line in told["lines"]]
    assert str(bill.total) == told["total"]
