"""Where the issued total is what the bill would be under another reading of an undocumented convention."""

from decimal import Decimal

import pytest

from billcalc.audit import compare
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Alternative, Problem, Severity
from tests.audit.issuing import our_bill, our_line, printed

OTHERS = (Alternative("line", Decimal("0.01")), Alternative("none", None), Alternative("total", Decimal(0)))
FACTS = {"key": "power_factor.round", "area": "cn-x", "chosen": "once"}
DOUBT = Problem(ProblemCode.CONVENTION_UNDOCUMENTED, Severity.DOUBT, "/conventions/power_factor.round", FACTS, OTHERS)
BILL = our_bill(our_line("purchase", "5.00"), problems=(DOUBT,))


def test_the_reading_that_gives_the_issued_total_is_named() -> None:
    [reading] = compare(BILL, printed({"code": "purchase", "amount": "5.01"}, total="5.01")).readings
    assert (reading.problem, reading.value) == (DOUBT, "line")


@pytest.mark.parametrize("told", [{"total": "5.00"}, {"total": "5.02"}, {}])
def test_no_other_total_is_explained_by_a_reading(told: dict[str, str]) -> None:
    assert compare(BILL, printed({"code": "purchase", "amount": "5.00"}, **told)).readings == ()
