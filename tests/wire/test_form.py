"""The JSON of every official bill has not moved by a byte: who reads it may rely on each key, formula and figure.

``python -m tests.wire.test_form`` writes what the engine answers now into fixtures/regression/wire, to be read line by
line before it is kept.
"""

from functools import cache
from pathlib import Path

import pytest

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.files.loading import load
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.wire.bill import bill_data
from billcalc.wire.json_writing import json_text

FIXTURES = Path(__file__).parents[2] / "fixtures"
SAVED = FIXTURES / "regression" / "wire"
NAMES = sorted(path.parent.name for path in (FIXTURES / "official").glob("*/request.yaml"))


@cache
def tariffs() -> Catalog:
    return load_catalog()


def written(name: str) -> str:
    """A bill as JSON, without its identity, what that is a hash of, and its problems."""
    bill = calculate(load(Request, FIXTURES / "official" / name / "request.yaml"), tariffs())
    assert isinstance(bill, Bill), bill
    return json_text(
        {**bill_data(bill), "id": "", "version": "", "tariff_set": "", "problems": [], "documents": [], "request": {}}
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_json_of_an_official_bill_has_not_moved(name: str) -> None:
    assert (SAVED / f"{name}.json").read_text(encoding="utf-8") == written(name)


def test_every_saved_bill_is_an_official_one() -> None:
    assert sorted(path.stem for path in SAVED.glob("*.json")) == NAMES


if __name__ == "__main__":
    for each in NAMES:
        (SAVED / f"{each}.json").write_text(written(each), encoding="utf-8")
