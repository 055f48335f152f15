"""A diagnosis of a bill that prints sums which cross proves itself: each fen is in one sum, and what is changed is found."""

from collections import defaultdict
from decimal import Decimal

from billcalc.audit import Reading
from tests.audit.issuing import printed, recomputed
from tests.proofs import put
from tests.test_verify_comparisons import codes, diagnosed


def test_sums_that_cross_are_followed_and_their_money_is_counted_once() -> None:
    """By section and by group: 10.00 too much of energy, 1.00 of levies, 11.00 of a group, and 11.00 in all."""
    name = "chongqing-lines"
    bill = recomputed(name)
    by: dict[str, dict[str, Decimal]] = {"section": defaultdict(Decimal), "group": defaultdict(Decimal)}
    for line in bill.lines:
        by["section"][line.section.value] += line.amount
        by["group"][line.group] += line.amount
    by["section"]["energy"] += 10
    by["section"]["levies"] += 1
    by["group"]["main"] += 11
    sums = [{key: each, "amount": f"{amount:f}"} for key, told in by.items() for each, amount in told.items()]
    for total, more in ((f"{bill.total + 11:f}", 0), (f"{bill.total + 12:f}", 1)):
        data = diagnosed(name, Reading(printed(subtotals=[*sums, {"section": "levies", "amount": "7"}], total=total)))
        assert data["difference_amount"] == f"{11 + more}.00"
        assert {cell["cell"]["code"] for cell in data["difference"] if cell["cell"]["crosses"]} == {"main", "levies 2"}
        assert codes(data) == []
        at_group = next(at for at, cell in enumerate(data["difference"]) if cell["cell"]["code"] == "main")
        assert ("/difference", "should_be") in codes(put(data, f"/difference/{at_group}/amount", "5.00"))
        assert ("/difference_amount", "sum") in codes(put(data, f"/difference/{at_group}/cell/crosses", value=False))
