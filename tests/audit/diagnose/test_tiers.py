"""Tiers that were counted otherwise: limits not reset, earlier use or the account's days, persons or allowance ignored."""

import pytest

from billcalc.audit.diagnose.cause import Instance, Situation
from billcalc.audit.diagnose.say import what_happened
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS
from tests.audit.injecting import diagnosed, instances, issued_under, situation
from tests.billing.cases import Data, parsed
from tests.billing.tiers.homes import MONTHLY, TIERS, YEARLY, area, before, home

FREE: Data = {
    "code": "free",
    "section": "catalogue",
    "quantity": "free_kwh",
    "price": "-0.5",
    "for": {"time_of_use": False},
}


def household(kwh: str, tiers: Data, *, components: list[Data] | None = None, **told: object) -> Situation:
    request = home(kwh, "2024-05-01", "2024-06-01", household=told or None)
    return situation(parsed(request), area(tiers, components=components))


def tiers(where: Situation) -> dict[str, Instance]:
    return {each.value: each for each in instances(where) if each.cause == "tiers"}


def issued_by_tier(where: Situation, cause: Instance) -> list[str]:
    lines = issued_under(where, [cause]).lines
    return [str(line.amount) for line in lines if line.codes[0].startswith("tier") and line.amount]


CASES = {
    # 500 kWh above limits of 0: all at 0.8
    "used_up": (household("500", MONTHLY), ["0", "0", "400"]),
    # 2,300 kWh before: right are 100 in the first tier and 400 in the second; anew all 500 are in the first, at 0.5
    "began_anew": (household("500", YEARLY, before=[before("2024-01-01", "2024-05-01", "2300")]), ["250", "0", "0"]),
    # here since May: 8 of 12 months are 1,600 kWh; a whole year is 2,400
    "opening_ignored": (
        household("2000", YEARLY, opened="2024-05-01"),
        ["1000", "0", "0"],
    ),
    # the end of the account in May: 5 of 12 months are 1,000 and 2,000 kWh
    "closing_ignored": (
        household("2000", YEARLY, before=[before("2024-01-01", "2024-05-01", "0", "0", "0", "0")], closed="2024-06-01"),
        ["1000", "0", "0"],
    ),
    # 100 kWh a month more for many persons
    "persons_ignored": (
        household("500", MONTHLY, larger=[{"from": "2024-05-01", "kwh_per_month": "100"}]),
        ["100", "110", "80"],
    ),
    # 10 kWh for nothing
    "allowance_ignored": (household("100", MONTHLY, components=[*TIERS, FREE], free_kwh="10"), ["50", "0", "0"]),
}  # fmt: skip


@pytest.mark.parametrize("value", CASES)
def test_tiers_that_were_counted_otherwise_are_found(value: str) -> None:
    where, amounts = CASES[value]
    cause = tiers(where)[value]
    assert issued_by_tier(where, cause) == [each for each in amounts if each != "0"]
    found = diagnosed(where, issued_under(where, [cause]), sizes_max=1)
    assert found.status == "proved"
    assert cause in {each for answer in found.answers for each in answer.causes}


def test_an_account_of_some_months_is_taken_for_one_of_the_whole_year() -> None:
    """Since March, 2,000 kWh by May: 10 of 12 months are 2,000 kWh in the first tier, and a whole year is 2,400."""
    earlier = before("2024-03-01", "2024-05-01", "2000", "2000", "0", "0")
    where = household("100", YEARLY, opened="2024-03-01", before=[earlier])
    cause = tiers(where)["opening_ignored"]
    assert issued_by_tier(where, cause) == ["50"]
    assert diagnosed(where, issued_under(where, [cause]), sizes_max=1).status == "proved"


def test_who_has_no_tiers_has_none_counted_otherwise() -> None:
    where = household("100", MONTHLY)
    assert set(tiers(where)) == {"used_up"}
    text = {language: what_happened(LEXICONS[language], tiers(where)["used_up"]) for language in Language}
    assert text[Language.CHINESE] == "cn-test/residential_price/2020-01-01 的阶梯计算有误（分档电量未重置）"
    assert text[Language.ENGLISH].endswith("were counted otherwise (the limits not reset)")
