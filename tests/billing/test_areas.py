"""An area is the library's, or the tariffs' at hand, or the request's own; another one is a fault."""

import pytest

from billcalc.billing.planning.area import check_area
from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from tests.billing.cases import (
    AREA,
    Data,
    bill,
    changed,
    energy,
    fault,
    parsed,
    point,
    problems,
    refusal,
    request,
    sheet,
)
from tests.billing.pairs import SERIES_ELSEWHERE
from tests.bulk.comparing import batch_of, bulk

OWN = sheet(energy("energy", "0.5"))


@pytest.mark.parametrize(
    ("area", "nearest"),
    [("cn-gansuu", "cn-gansu"), ("cn-guangxu", "cn-guangxi"), ("us-ca", "cn-hunan"), ("xx", "cn-shanxi")],
)
def test_an_area_that_does_not_exist_is_a_fault_with_the_nearest_names(area: str, nearest: str) -> None:
    found = fault(changed(OWN, {"area": area}))
    assert (found.code, found.where) == (FaultCode.UNKNOWN_AREA, "/area")
    assert nearest in found.facts["nearest"].split(", ")


def test_own_prices_for_a_listed_area_are_billed() -> None:
    assert str(bill(changed(OWN, {"area": "cn-gansu"})).total) == "3000.00"


@pytest.mark.parametrize("name", ["蒙西", "cn-mengxi", "cn-neimenggu-west"])
def test_an_area_has_other_names(name: str) -> None:
    assert bill(changed(OWN, {"area": name})).area == "cn-neimenggu-west"


def test_what_is_no_text_is_no_area() -> None:
    assert fault({**OWN, "area": ["cn-gansu"]}).where == "/area"


def test_tariffs_at_hand_bring_their_areas() -> None:
    check_area(parsed(request()), AREA)


def elsewhere(**told: str) -> Data:
    return {**changed(OWN, {"area": "us-ca"}), "own_area": {"currency": "CNY", "clock": "-08:00", **told}}


def test_a_request_may_bring_its_own_area() -> None:
    answer = bill(elsewhere())
    assert (answer.area, str(answer.total)) == ("us-ca", "3000.00")


def test_a_bill_is_in_the_money_of_its_area() -> None:
    assert (bill(elsewhere(currency="USD")).currency, bill(OWN).currency) == ("USD", "CNY")


def test_columns_of_many_bills_are_in_one_money() -> None:
    result = bulk(batch_of([("1", elsewhere()), ("2", elsewhere(currency="USD"))]), AREA, "totals")
    assert result.billed == 1
    [row] = result.rejects.to_pylist()
    assert (row["account"], row["code"]) == ("2", RefusalCode.OTHER_CURRENCY.value)


def test_columns_are_in_the_money_of_the_area_that_all_rows_have_in_common() -> None:
    data = elsewhere(currency="USD")
    common = {key: data.pop(key) for key in ("area", "own_area")}
    result = bulk(batch_of([("1", data)]), AREA, "lines", template=common)
    assert result.billed == 1
    assert result.bills.schema.metadata[b"billcalc.currency"] == b"USD"
    for compared in ("compared", "compared_lines"):  # what is compared is in CNY
        refused = bulk(batch_of([("1", data)]), AREA, compared, template=common)
        [row] = refused.rejects.to_pylist()
        assert row["code"] == RefusalCode.OTHER_CURRENCY.value


def test_an_area_of_the_library_cannot_be_brought() -> None:
    found = fault({**elsewhere(), "area": "cn-gansu"})
    assert (found.code, found.where) == (FaultCode.INCONSISTENT, "/own_area")


@pytest.mark.parametrize(("key", "value"), [("currency", "yuan"), ("clock", "Z")])
def test_currency_and_clock_have_their_forms(key: str, value: str) -> None:
    found = fault(elsewhere(**{key: value}))
    assert (found.code, found.where) == (FaultCode.WRONG_TYPE, f"/own_area/{key}")


def test_a_series_has_the_clock_of_the_area() -> None:
    assert bill(SERIES_ELSEWHERE).lines
    found = fault(changed(SERIES_ELSEWHERE, {"own_area.clock": "-08:00"}))
    assert (found.code, found.where) == (FaultCode.INTERVAL_OUTSIDE, "/metering_points/0/intervals/values/0")
    assert found.facts["clock"] == "UTC-08:00"


def test_the_side_of_a_meter_elsewhere_matters_as_well() -> None:
    low = changed(elsewhere(), {"metering_points.0": point(side="low")})
    assert refusal(low).code is RefusalCode.LOSS_NOT_CALCULATED


def test_an_area_is_known_before_its_documents_were() -> None:
    early = changed(request(), {"tariff_set.as_known_on": "2023-01-01"})
    assert refusal(early).code is RefusalCode.NO_DOCUMENT


def test_a_day_that_tariffs_are_wanted_of_decides_nothing_where_there_are_none() -> None:
    told = problems(
        bill({**elsewhere(), "tariff_set": {"as_known_on": "2024-06-01"}}), ProblemCode.STATED_WITHOUT_EFFECT
    )
    assert "/tariff_set/as_known_on" in [each.where for each in told]
