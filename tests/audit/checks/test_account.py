"""The checks of one account: those that need no bill are made of what cannot be billed, too."""

from billcalc.audit.checks.account import check_unbilled, month_unbilled
from billcalc.audit.checks.judging import Answer
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.runs.check_limits import limits_documents
from tests.billing.cases import request


def test_what_needs_no_bill_is_checked_without_one() -> None:
    july, may = (
        validated(Request, request(*days)) for days in (("2024-07-01", "2024-08-01"), ("2024-05-01", "2024-06-01"))
    )
    found = check_unbilled(july, limits_documents(), earlier=[month_unbilled(may, where="may")])
    outcomes = {each.check.code: each.answer for each in found}
    assert outcomes["period_gap"] is Answer.SPEAKS
    assert outcomes["period_overlap"] is Answer.PASSES
    assert outcomes["zero_total_with_energy"] is Answer.NOT_CHECKED
