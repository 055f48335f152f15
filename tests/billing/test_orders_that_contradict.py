"""Orders of change of use that contradict each other or the agreement, and those that only seem to."""

import pytest

from billcalc.kernel.codes import FaultCode
from tests.billing.cases import Data, bill, changed, codes, fault, faults, quantities, request
from tests.billing.changing import of_two, order


def found(data: Data) -> tuple[str, str, str]:
    told = fault(data)
    assert told.code is FaultCode.INCONSISTENT
    return told.where, told.facts["reason"], told.facts.get("span", told.facts.get("day", ""))


def test_an_order_that_seals_what_the_agreement_has_suspended_before_is_found() -> None:
    data = of_two(("2024-06-01", "suspended"))
    assert found(changed(data, {"changes": [order(sealed="2024-07-05")]})) == (
        "/changes/0/transformers/0", "sealed_while_suspended", "2024-07-05",
    )  # fmt: skip


def test_a_stop_that_its_own_order_and_the_agreement_tell_is_one_and_may_be_followed_by_another() -> None:
    data = of_two(("2024-05-01", "suspended"))
    orders = [order(sealed="2024-04-20", resumed="2024-06-20"), order("reduction", sealed="2024-06-20")]
    answer = bill(changed(data, {"changes": orders}))
    assert quantities(answer, "capacity") == ["1000"]
    assert codes(answer) == set()


def test_another_transformer_may_be_stopped_at_the_same_time() -> None:
    orders = [order(sealed="2024-06-01"), order(sealed="2024-06-10", transformers=["T1"])]
    assert quantities(bill(changed(of_two(), {"changes": orders})), "capacity") == []


@pytest.mark.parametrize("kind", ["increase", "mode"])
def test_an_order_of_new_terms_needs_an_entry_of_its_day(kind: str) -> None:
    data = changed(of_two(), {"changes": [order(kind, done="2024-07-17")]})
    assert found(data) == ("/changes/0/done", "order_without_terms", "2024-07-17")
    of_the_first_day = changed(data, {"changes.0.done": "2024-07-01"})
    assert quantities(bill(of_the_first_day), "capacity") == ["1500"]


def test_a_row_that_was_billed_before_names_a_group_or_what_is_assessed() -> None:
    row = {"code": "purchase", "section": "energy", "group": "nobody", "band": "peak", "amount": "1.00"}
    told = faults(request(billed_before=[row]))
    assert [(each.code, each.where) for each in told] == [(FaultCode.UNKNOWN_REFERENCE, "/billed_before/0/group")]
    of_the_scope = {"code": "power_factor", "section": "power_factor", "group": "S1", "amount": "-1.00"}
    assert bill(request(billed_before=[of_the_scope])).total == bill(request()).total + 1


def test_a_cycle_of_two_months_less_a_day_is_told_the_end_of_two() -> None:
    assert fault(request("2024-06-01", "2024-07-31")).facts["meant"] == "2024-08-01"
