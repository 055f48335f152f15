"""Causes that need documents of other dates: the hours of a holiday, a levy at the rate of another date."""

from decimal import Decimal
from functools import cache

import pytest

from billcalc.audit.diagnose.cause import Instance, Situation
from billcalc.audit.diagnose.say import what_happened
from billcalc.tariff.catalog import Catalog
from billcalc.vocabulary import Band
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS
from tests.audit.injecting import diagnosed, instances, issued_under, situation
from tests.billing.cases import LEVIES, Data, catalog, document, parsed, prices, request
from tests.billing.test_intervals import HOURS, metered, timed

DRAGON_BOAT: Data = {
    "holidays": ["dragon_boat"],
    "off": {"from": "2024-07-04", "to": "2024-07-06"},
    "statutory": ["2024-07-04"],
    "worked": ["2024-07-07"],
}
"""A Thursday and a Friday off; the Sunday after them is worked."""
NEW_YEAR: Data = {"holidays": ["new_year"], "off": {"from": "2024-01-01", "to": "2024-01-02"}}
ROWS = {
    **HOURS["periods"],
    "rest": {"days": {"kind": ["rest_day"]}, "bands": {"valley": ["06:00-08:00"]}},
    "holiday": {"days": {"kind": ["statutory_day"]}, "bands": {"valley": ["06:00-08:30"]}},
}


@cache
def of_a_holiday(*, is_worked: bool = True) -> Situation:
    """Wednesday to Sunday at 1 kWh every half hour."""
    told = DRAGON_BOAT if is_worked else {key: each for key, each in DRAGON_BOAT.items() if key != "worked"}
    year = document("calendar", "2024-01-01", {"breaks": [NEW_YEAR, told]}, area="cn", until="2025-01-01")
    past = document("calendar", "2023-01-01", {"breaks": [{**NEW_YEAR, "off": {"from": "2023-01-01", "to": "2023-01-02"}}]},
                    area="cn", until="2024-01-01")  # fmt: skip
    data = metered(start="2024-07-03T00:00:00+08:00", values=["1"] * 48 * 5)
    for place in ("cycle", "period"):
        data[place] = {"from": "2024-07-03", "to": "2024-07-08"}
    hours = document("time_of_use", "2020-01-01", {**HOURS, "periods": ROWS})
    return situation(parsed(data), catalog(hours=hours, year=year, past=past))


def holidays(where: Situation) -> dict[str, Instance]:
    return {each.value: each for each in instances(where) if each.cause == "holiday"}


VALLEY = {
    "as_ordinary_days": -9,
    "lieu_as_weekend": 4,
    "all_as_holiday": 1,
    "holiday_as_rest_days": -1,
    "day_before_too": 4,
    "day_after_too": 0,
}
"""Half hours of valley more than there are: 5 on the holiday, 4 on a day of rest (the Saturday is one), none on a workday."""


@pytest.mark.parametrize("value", VALLEY)
def test_the_hours_of_a_holiday_that_was_taken_otherwise_are_found(value: str) -> None:
    where = of_a_holiday()
    cause = holidays(where)[value]
    issued = issued_under(where, [cause])
    [valley] = [line.amount for line in issued.lines if line.codes == ("purchase",) and line.band == Band.VALLEY]
    assert valley == Decimal(5 * 12 + 5 + 4 + 4 + VALLEY[value]) / 5  # at 0.2
    found = diagnosed(where, issued, sizes_max=1)
    assert found.status == ("proved" if VALLEY[value] else "agrees")
    assert VALLEY[value] == 0 or cause in {each for answer in found.answers for each in answer.causes}


def test_a_break_of_which_no_day_is_worked_may_be_no_break_at_all() -> None:
    where = of_a_holiday(is_worked=False)
    assert set(holidays(where)) == set(VALLEY) - {"lieu_as_weekend"}
    found = diagnosed(where, issued_under(where, [holidays(where)["as_ordinary_days"]]), sizes_max=1)
    assert [each.value for answer in found.answers for each in answer.causes] == ["as_ordinary_days"]


@pytest.mark.parametrize(
    ("statutory", "values"),
    [(["2024-07-04", "2024-07-05"], {"holiday_as_rest_days"}), ([], {"all_as_holiday"})],
    ids=["all", "none"],
)
def test_a_break_that_is_the_holiday_itself_or_has_none_is_taken_otherwise_one_way(
    statutory: list[str], values: set[str]
) -> None:
    told = {**DRAGON_BOAT, "statutory": statutory}
    year = document("calendar", "2024-01-01", {"breaks": [told]}, area="cn", until="2025-01-01")
    where = situation(of_a_holiday().request, catalog(hours=document("time_of_use", "2020-01-01", HOURS), year=year))
    assert set(holidays(where)) & {"all_as_holiday", "holiday_as_rest_days"} == values


def test_meters_with_bands_of_their_own_know_no_calendar() -> None:
    assert holidays(situation(parsed(request()), timed())) == {}


def test_what_is_said_of_a_holiday_in_both_languages() -> None:
    cause = holidays(of_a_holiday())["as_ordinary_days"]
    told = {language: what_happened(LEXICONS[language], cause) for language in Language}
    assert told == {
        Language.ENGLISH: "the bands of the break of 2024-07-04 were billed otherwise (as days like any other)",
        Language.CHINESE: "2024-07-04 节假日的时段执行有误（按平日执行）",
    }


FUND, OTHER = LEVIES[0], {**LEVIES[0], "code": "other_fund", "price": "0.003"}


def levied(*before: Data) -> tuple[Situation, dict[str, Instance]]:
    documents = [prices("levies", list(before), until="2024-06-01"), prices("levies", [FUND, OTHER], "2024-06-01")]
    where = situation(parsed(request()), catalog(levies=documents))
    return where, {each.slot: each for each in instances(where) if each.cause == "levy_rate"}


def test_one_levy_at_the_rate_of_another_date_is_found() -> None:
    where, found = levied({**FUND, "price": "0.025"}, {**OTHER, "price": "0.001"})
    assert set(found) == {"tariff.levies.fund", "tariff.levies.other_fund"}
    [answer] = diagnosed(where, issued_under(where, [found["tariff.levies.fund"]])).answers
    assert answer.causes == (found["tariff.levies.fund"],)
    assert answer.shares == (3000,)  # 0.005 of 6,000 kWh [fen]


def test_a_levy_that_was_not_yet_due_and_one_that_was_no_more_are_found() -> None:
    where, found = levied({**FUND, "code": "old_fund"}, OTHER)
    assert set(found) == {"tariff.levies.fund", "tariff.levies.old_fund"}
    for cause in found.values():
        answers = diagnosed(where, issued_under(where, [cause])).answers
        assert cause in {each for answer in answers for each in answer.causes}


def test_a_levy_that_alone_differs_is_the_whole_table() -> None:
    assert levied({**FUND, "price": "0.025"}, OTHER)[1] == {}


def test_documents_that_are_others_stay_as_they_are() -> None:
    where, found = levied({**FUND, "price": "0.025"}, {**OTHER, "price": "0.001"})
    edit = found["tariff.levies.fund"].edit.catalog
    assert edit is not None
    made: Catalog = edit(where.catalog)
    old, new = [each for each in made.documents if each.kind == "levies"]
    assert old == next(each for each in where.catalog.documents if each.id == old.id)
    assert [str(each.price.flat.value) for each in new.components] == ["0.003", "0.025"]  # type: ignore[attr-defined]
