"""Prices of tiers rise from one to the next: where they do not, two have changed places."""

from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Severity
from tests.billing.cases import Data, bill, problems, sheet
from tests.billing.tiers.homes import MONTHLY, TIERS, area, home


def priced(*prices: str) -> list[Data]:
    return [{**tier, "price": price} for tier, price in zip(TIERS, prices, strict=True)]


def test_tiers_of_a_document_that_changed_places_are_a_doubt() -> None:
    # 250 kWh: 200 at 0.55 and 50 at 0.50
    answer = bill(home("250"), area(MONTHLY, components=priced("0.55", "0.5", "0.8")))
    [doubt] = problems(answer, ProblemCode.TIERS_NOT_ORDERED)
    assert (str(answer.total), doubt.severity) == ("135.00", Severity.DOUBT)
    assert (doubt.facts["number"], doubt.facts["price"], doubt.facts["below"]) == ("2", "0.5", "0.55")


def test_tiers_that_rise_or_stay_are_none() -> None:
    for prices in (("0.5", "0.55", "0.8"), ("0.5", "0.5", "0.8")):
        answer = bill(home("250"), area(MONTHLY, components=priced(*prices)))
        assert problems(answer, ProblemCode.TIERS_NOT_ORDERED) == []


def test_a_document_that_says_so_is_right() -> None:
    told = area(MONTHLY, components=priced("0.55", "0.5", "0.8"), acknowledged={"tier_price_falls": "as printed"})
    assert problems(bill(home("250"), told), ProblemCode.TIERS_NOT_ORDERED) == []


def test_tiers_of_the_requests_own_prices_are_held_by_band() -> None:
    # 1,000 / 2,000 / 3,000 kWh of peak, flat and valley
    bands = [("0.6", "0.5", "0.3"), ("0.66", "0.55", "0.03"), ("0.96", "0.8", "0.48")]
    components = [
        {"code": f"tier_{number}", "section": "catalogue", "quantity": f"tier_kwh.{number}",
         "price": {"bands": dict(zip(("peak", "flat", "valley"), prices, strict=True))}}
        for number, prices in enumerate(bands, start=1)
    ]  # fmt: skip
    answer = bill(sheet(*components, tiers=[MONTHLY], not_charged=["levies", "energy"]))
    [doubt] = problems(answer, ProblemCode.TIERS_NOT_ORDERED)
    assert (doubt.where, doubt.facts["below"]) == ("/price_sheet/components/1/price/bands/valley", "0.3")
