"""Bills of meters whose registers did not live all month, as worked out by hand."""

from typing import Any

import pytest

from billcalc import Bill, Request, calculate, load_catalog
from billcalc.files.documents import read_document
from billcalc.files.loading import load
from billcalc.kernel.codes import ProblemCode
from tests.documents import ROOT

FOLDER = ROOT / "fixtures/registers"
EXPECTED: Any = read_document(str(FOLDER / "expected.yaml")).data


@pytest.mark.parametrize("name", EXPECTED)
def test_what_a_meter_did_not_have_it_did_not_count(name: str) -> None:
    request = load(Request, str(FOLDER / f"{name}.yaml"))

    bill = calculate(request, load_catalog(areas=[request.area]))

    assert isinstance(bill, Bill), str(bill)
    [fed_back] = [problem for problem in bill.problems if problem.code is ProblemCode.ENERGY_FED_BACK]
    assert {
        "kwh": str(sum(bill.kwh["main"].values())),
        "fed_back": fed_back.facts["energy"],
        "total": str(bill.total),
    } == EXPECTED[name]
