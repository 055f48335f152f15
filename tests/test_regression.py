"""Bills of our own making: they change on purpose only, and the change is reviewed."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from billcalc import Bill, Request, calculate, load_catalog
from billcalc.files.documents import read_document
from billcalc.files.loading import load

FOLDERS = sorted(path.parent for path in (Path(__file__).parents[1] / "fixtures/regression").glob("*/expected.yaml"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_bill_of_our_own_has_not_moved(folder: Path) -> None:
    request = load(Request, str(folder / "request.yaml"))
    expected: Any = read_document(str(folder / "expected.yaml")).data

    bill = calculate(request, load_catalog(areas=[request.area]))

    assert isinstance(bill, Bill)
    told = sorted(
        (line["code"], line.get("group", line.get("scope")), line.get("band"), Decimal(line["amount"]))
        for line in expected["lines"]
    )
    made = sorted(
        (line.code, line.group, None if line.band is None else line.band.value, line.amount) for line in bill.lines
    )
    assert [tuple(map(str, line)) for line in made] == [tuple(map(str, line)) for line in told]
    assert bill.total == Decimal(expected["total"])
