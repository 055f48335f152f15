"""Which months an advice is made of, and what is wrong with others."""

import pytest

from billcalc.advice.months import ordered
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from tests.advice.cases import asked, month, months
from tests.billing.cases import Data, catalog, changed, request


def fault(*data: Data) -> Fault:
    """The one thing that is wrong with some months."""
    with pytest.raises(InvalidInput) as raised:
        ordered(asked(data), catalog())
    assert str(raised.value), "its sentence has all its facts"
    [found] = raised.value.faults
    return found


def test_months_stand_in_the_order_of_their_days() -> None:
    first, second, third = asked(months("500", "510", "520"))
    assert ordered([third, first, second], catalog()) == (first, second, third)


def test_a_request_of_several_months_is_each_of_them() -> None:
    data = request("2024-07-01", "2024-09-01")
    middle = {**data["metering_points"][0]["readings"][1], "at": "2024-08-01", "kind": "cut"}
    data["metering_points"][0]["readings"].insert(1, middle)
    assert [str(each.request.period.start) for each in ordered(asked([data]), catalog())] == [
        "2024-07-01",
        "2024-08-01",
    ]


def test_no_month_at_all_is_a_fault() -> None:
    assert fault().code is FaultCode.EMPTY


def test_a_month_that_is_told_twice_is_a_fault_with_both_places() -> None:
    found = fault(month(0, "500"), month(0, "510"))
    assert (found.where, found.facts["reason"]) == ("month 2/period", Reason.MONTH_TWICE)
    assert found.facts["other"] == "month 1"


def test_a_month_that_is_missing_is_a_fault_with_its_days() -> None:
    found = fault(month(0, "500"), month(2, "510"))
    assert found.facts == {"reason": Reason.MONTH_MISSING, "start": "2024-08-01", "end": "2024-09-01"}


def test_months_of_two_areas_are_of_two_customers() -> None:
    found = fault(month(0, "500"), month(1, "500", area="cn-guangxi"))
    assert (found.where, found.facts["reason"]) == ("month 2/area", Reason.OTHER_CUSTOMER)


def test_months_without_a_common_metering_point_are_of_two_customers() -> None:
    found = fault(month(0, "500"), month(1, "500", **{"metering_points.0.id": "M9"}))
    assert (found.where, found.facts["found"], found.facts["other"]) == ("month 2/metering_points", "M9", "M1")


def test_a_month_whose_quantities_are_given_has_no_metering_point_to_differ() -> None:
    given = changed(month(1, "500"), {"metering_points": []})
    assert len(ordered(asked([month(0, "500"), given]), catalog())) == 2
