"""A refusal of what the tariffs are to tell names the options that ask for all that the bill lacks."""

import pytest

from billcalc.kernel.codes import RefusalCode
from tests.billing.cases import INDUSTRY, PURCHASE, SHOP, Data, catalog, entry, prices, refusal, request


def of_customer(customer: Data, **more: object) -> str:
    """What is asked for after the area and the months, where there are no levies."""
    whole = request(agreement=[entry("2020-01-01", groups={"main": customer}, **more)])
    found = refusal(whole, catalog(levies=None))
    assert found.code is RefusalCode.NO_DOCUMENT
    before, _, after = found.lacking.partition(" --class ")
    assert before == "--area cn-test --from 2024-07 --to 2024-07"
    return after


def test_the_customer_and_his_months_are_asked_for() -> None:
    assert of_customer(INDUSTRY) == "industrial_commercial --billing two_part --voltage 1-10kV --purchase agent"
    plain = {**SHOP, "time_of_use": False, "voltage": "380V", "subclass": "一类-250以上"}
    assert of_customer(plain, basic={"mode": "exempt"}) == (
        "industrial_commercial --subclass '一类-250以上' --billing one_part --voltage '<1kV' --purchase agent "
        "--no-time-of-use"
    )


@pytest.mark.parametrize("mode", ["contracted", "actual"])
def test_who_is_billed_by_demand_is_asked_for_as_such(mode: str) -> None:
    asked = of_customer(INDUSTRY, basic={"mode": mode, "contracts": {"regular": "800"}})
    assert asked.endswith(" --purchase agent --basic demand")


def test_the_group_that_has_no_price_is_asked_for() -> None:
    groups = {"main": INDUSTRY, "shop": {**SHOP, "voltage": "35kV"}}
    row = {**PURCHASE[0], "for": {"billing": "two_part"}}
    found = refusal(
        request(agreement=[entry("2020-01-01", groups=groups)]), catalog(purchase=prices("purchase_price", [row]))
    )
    assert found.code is RefusalCode.NO_PRICE
    assert "--billing one_part --voltage 35kV" in found.lacking


def test_what_no_tariffs_would_tell_is_not_asked_of_them() -> None:
    without_closing = request()
    del without_closing["metering_points"][0]["readings"][1]
    found = refusal(without_closing)
    assert (found.code, found.lacking) == (RefusalCode.READING_MISSING, "")
    own = refusal(request(area="us-own", own_area={"currency": "USD", "clock": "-05:00"}))
    assert (own.code, own.lacking) == (RefusalCode.NO_DOCUMENT, "")
