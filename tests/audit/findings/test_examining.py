"""One account examined: what checks say, and what its issued bill differs by."""

from billcalc.audit import IssuedBill
from billcalc.audit.findings.examining import examine
from billcalc.audit.findings.records import Examined
from billcalc.audit.findings.seeing import BILL_CODES
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.files.documents import read_document
from billcalc.kernel.troubles import Refusal
from billcalc.library.catalog import load_catalog
from billcalc.runs.check_limits import limits_documents
from tests.cli.calling import P1, ROOT

CATALOG = load_catalog(areas=["cn-guangxi"])
REQUEST = validated(Request, read_document(P1).data)
TOTAL = "1629271.00"


def found(issued: object = None) -> Examined:
    bill = None if issued is None else validated(IssuedBill, issued)
    told = examine("A-1", REQUEST, CATALOG, limits_documents(), issued=bill)
    assert isinstance(told, Examined)
    return told


def test_without_an_issued_bill_nothing_is_said_of_it() -> None:
    told = found()
    assert (told.recomputed_fen, told.unchecked >= BILL_CODES, told.period) == (None, True, "2024-06")


def test_a_bill_that_agrees_is_compared_and_nothing_is_found() -> None:
    document = read_document(str(ROOT / "fixtures" / "issued" / "guangxi-2024-06-p1.yaml"))
    told = found(document.data)
    assert (told.issued_fen, told.recomputed_fen) == (162927100, 162927100)
    assert [each.code for each in told.seen if each.code in BILL_CODES] == []
    assert not told.unchecked & BILL_CODES


def test_a_bill_that_differs_is_found_line_by_line() -> None:
    lines = [
        {"name": "购电", "code": "purchase", "amount": "1.00"},
        {"name": "其他", "amount": "5.00"},
        {"name": "某项", "code": "no_such_line", "amount": "7.00"},
    ]
    told = found({"lines": lines, "total": TOTAL})
    [bill] = [each for each in told.seen if each.code == "bill_differs"]
    kinds = {line["code"]: (line["kind"], line["issued_fen"]) for line in bill.values["lines"]}
    assert (kinds["purchase"], kinds["其他"][1], kinds["no_such_line"][1]) == (("differing", 100), 500, 700)
    assert kinds["levies"] == ("missing_in_issued", None)
    assert (bill.money_fen, bill.explained["diagnosis"]) == (0, "hindered")


def test_an_amount_that_is_finer_than_the_fen_is_not_compared() -> None:
    told = found({"lines": [{"name": "购电", "code": "purchase", "amount": "1.001"}], "total": TOTAL})
    assert (told.recomputed_fen, told.unchecked >= BILL_CODES) == (None, True)


def test_what_cannot_be_billed_is_refused() -> None:
    nowhere = REQUEST.model_copy(update={"area": "cn-xizang"})
    assert isinstance(examine("A-1", nowhere, CATALOG, limits_documents()), Refusal)
