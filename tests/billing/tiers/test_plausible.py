"""Numbers of households that are hardly meant: earlier use, allowances, tiers that hold more than they can."""

from typing import Any

import pytest

from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Severity
from billcalc.tariff.catalog import Catalog
from tests.billing.cases import Data, bill, catalog, codes, document, faults, problems
from tests.billing.tiers.homes import MONTHLY, YEARLY, before, home, homes
from tests.billing.tiers.test_households import year

LIMITS: Data = {"kwh_per_day": "350", "times": "10", "least": "40", "free_kwh": "60", "larger_kwh": "300"}


def limited(tiers: Data = YEARLY, **more: Any) -> Catalog:
    body = {"households": LIMITS}
    return catalog(homes=homes(tiers, **more), limits=document("plausibility", "2020-01-01", body))


def told(kwh: str, before_kwh: str, **more: Any) -> Data:
    return year(kwh, 3, before=[before("2024-01-01", "2024-03-01", before_kwh)], **more)


def test_earlier_use_that_no_household_has_is_a_doubt() -> None:
    assert "household_use_implausible" not in codes(bill(told("3000", "21000"), limited()))  # 60 days × 350
    [found] = problems(bill(told("3000", "21001"), limited()), ProblemCode.HOUSEHOLD_USE_IMPLAUSIBLE)
    assert (found.where, found.severity) == ("/households/main/before/0/kwh", Severity.DOUBT)
    assert found.facts == {"group": "main", "span": "2024-01-01/2024-03-01", "told": "21001", "limit": "21000"}


def test_the_billed_energy_of_a_household_is_held_to_the_same() -> None:
    assert "household_use_implausible" not in codes(bill(home("10850"), limited(MONTHLY)))  # 31 × 350
    [found] = problems(bill(home("10851"), limited(MONTHLY)), ProblemCode.HOUSEHOLD_USE_IMPLAUSIBLE)
    assert (found.where, found.facts["told"], found.facts["limit"]) == ("/metering_points", "10851", "10850")


@pytest.mark.parametrize(
    ("kwh", "earlier", "is_apart"),
    [
        ("140", "2709", False),  # 45.15 a day of 60 beside 4.516 × 10
        ("140", "2710", True),
        ("31", "2400", False),  # ten a day, but 40 a day are not looked at
        ("31", "2401", True),
        ("0", "9000", False),  # nobody was there this month
        ("3100", "0", False),
    ],
)
def test_earlier_use_many_times_that_of_the_bill_is_a_doubt(kwh: str, earlier: str, is_apart: bool) -> None:
    found = problems(bill(told(kwh, earlier), limited()), ProblemCode.USED_BEFORE_APART)
    assert bool(found) is is_apart
    if is_apart:
        facts = {"group": "main", "span": "2024-01-01/2024-03-01", "times": "10", "told": earlier, "used": kwh}
        assert (found[0].where, found[0].facts) == ("/households/main/before/0/kwh", facts)


def test_grants_that_nobody_has_are_doubts() -> None:
    free = {"code": "allowance", "section": "catalogue", "quantity": "free_kwh", "price": "-0.5", "supplies": []}
    sheet = {"title": "test", "instead_of": [], "components": [free]}
    for kwh, is_found in (("60", False), ("61", True)):
        found = problems(
            bill(home("300", household={"free_kwh": kwh}, price_sheet=sheet), limited(MONTHLY)),
            ProblemCode.HOUSEHOLD_GRANT_IMPLAUSIBLE,
        )
        assert [(each.where, each.facts["key"]) for each in found] == (
            [("/households/main/free_kwh", "free_kwh")] if is_found else []
        )
    for kwh, is_found in (("300", False), ("301", True)):
        larger = [{"from": "2024-01-01", "kwh_per_month": kwh}]
        found = problems(
            bill(home("300", household={"larger": larger}), limited(MONTHLY)), ProblemCode.HOUSEHOLD_GRANT_IMPLAUSIBLE
        )
        assert [(each.where, each.facts["limit"]) for each in found] == (
            [("/households/main/larger/0/kwh_per_month", "300")] if is_found else []
        )


def closing(*tiers: str) -> Data:
    """The last bill of an account in June, with what earlier bills of the year had in each tier."""
    kwh = str(sum(map(int, tiers)))
    row = {**before("2024-01-01", "2024-06-01", kwh), "by_tier": list(tiers)}
    return year("100", 6, before=[row], closed="2024-07-01")


def test_earlier_bills_have_no_more_in_a_tier_than_it_holds() -> None:
    assert "tier_overfilled" not in codes(bill(closing("2400", "2400", "50"), limited()))
    found = problems(bill(closing("2401", "2401", "0"), limited()), ProblemCode.TIER_OVERFILLED)
    assert [each.facts for each in found] == [
        {"group": "main", "number": "1", "told": "2401", "limit": "2400"},
        {"group": "main", "number": "2", "told": "2401", "limit": "2400"},
    ]
    assert {each.where for each in found} == {"/households/main/before"}


def test_many_persons_widen_the_first_tier_alone() -> None:
    data = closing("3600", "2401", "0")
    data["households"]["main"]["larger"] = [{"from": "2024-01-01", "to": "2024-05-01", "kwh_per_month": "100"}]
    found = problems(bill(data, limited()), ProblemCode.TIER_OVERFILLED)
    assert [each.facts["number"] for each in found] == ["2"]  # 2400 + 12 × 100, and 2400


def test_each_earlier_bill_is_held_to_its_own_tiers() -> None:
    rows = [
        {**before("2024-01-01", "2024-03-01", "100"), "by_tier": ["90", "0", "0"]},
        {**before("2024-03-01", "2024-06-01", "100"), "by_tier": ["110", "0", "0"]},
    ]
    found = faults(year("100", 6, before=rows, closed="2024-07-01"), limited())
    assert [each.where for each in found] == [f"/households/main/before/{number}/by_tier" for number in (0, 1)]


def test_a_household_of_which_nothing_is_measured_uses_nothing_that_could_be_held() -> None:
    assert "household_use_implausible" not in codes(bill({**home("1"), "metering_points": []}, limited(MONTHLY)))
