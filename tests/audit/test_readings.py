"""Where the issued total is what the bill would be under another reading of an undocumented convention."""

from decimal import Decimal

import pytest

from billcalc.audit import compare
from billcalc.audit.report import comparison_text
from billcalc.explain.printing import plain_text
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Alternative, Problem, Severity
from billcalc.wire.comparison import comparison_data
from billcalc.words.lexicon import ENGLISH
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


def test_a_doubt_that_is_no_convention_is_told_by_its_code_and_sentence() -> None:
    facts = {"supply_point": "S1", "missing": "capacity_of", "of": "S1"}
    others = (Alternative("discount", Decimal("0.01")),)
    doubt = Problem(ProblemCode.DISCOUNT_NOT_TESTED, Severity.DOUBT, "/", facts, others)
    bill = our_bill(our_line("purchase", "5.00"), problems=(doubt,))
    comparison = compare(bill, printed({"code": "purchase", "amount": "5.01"}, total="5.01"))
    assert comparison_data(comparison)["readings"] == [{"convention": "discount_not_tested", "value": "discount"}]
    told = plain_text(comparison_text(comparison, lexicon=ENGLISH))
    assert "The issued total is what the bill would be with the other reading (" in told
