"""Time-of-use documents: what each table may say, and what is wrong with them as a whole."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from billcalc.fields import validated
from billcalc.files.loading import load
from billcalc.kernel.spans import Span
from billcalc.kernel.troubles import InvalidInput
from billcalc.tariff.components import Component
from billcalc.tariff.documents import AnyDocument
from billcalc.tariff.hours import Hours
from billcalc.tariff.seasons import Season, first_days
from billcalc.tariff.time_of_use import TimeOfUse
from billcalc.tariff.time_of_use_tables import day_bands
from billcalc.vocabulary import Band, Billing, Purchase
from tests.tariff.time_of_use_samples import FACTORY, FLAT, document

BAD = Path(__file__).parents[2] / "fixtures" / "bad" / "time_of_use"

# Bad input


def inconsistent(place: str, reason: str) -> str:
    return f"{place}: inconsistent: {reason}; correct one of the two"


def wrong(place: str, reason: str, value: str) -> str:
    return f'{place}: wrong_type: {reason}; correct the value "{value}"'


ANYONE = "industrial and commercial, one-part, <1kV, agency purchase, time of use"
EXPECTED = {
    "band_without_ratio": inconsistent(
        "band_without_ratio.yaml:1:1", "the band peak has hours on 01-01, and ratios.all has no ratio for it"
    ),
    "day_of_leap_years": wrong("day_of_leap_years.yaml:8:40", "not every year has a day 02-29", "02-29"),
    "days_without_a_condition": inconsistent(
        "days_without_a_condition.yaml:10:15", "days without a condition are every day: leave it out"
    ),
    "hour_25": "hour_25.yaml:10:26: out_of_range: 25:00 is not within 00:00 to 24:00; correct the value",
    "hours_not_a_span": wrong(
        "hours_not_a_span.yaml:10:24", "hours are written HH:MM-HH:MM, such as 07:00-11:30", "8-12"
    ),
    "hours_past_midnight": wrong(
        "hours_past_midnight.yaml:10:26",
        "hours end after they begin; what passes midnight is two, such as 22:00-24:00 and 00:00-06:00",
        "22:00-06:00",
    ),
    "hours_without_band": "hours_without_band.yaml:1:1: hours_without_band: 07:30-08:00, 22:00-22:30 from 01-01 on are "
    f"in no band for {ANYONE}; add them to a band, or state the remainder",
    "minute_60": "minute_60.yaml:10:24: out_of_range: 11:60 is not within 00:00 to 24:00; correct the value",
    "no_day_in_a_row": wrong("no_day_in_a_row.yaml:11:77", "at least 1 is expected here", "0"),
    "overlapping_periods": inconsistent("overlapping_periods.yaml:10:8", "11:00-12:00 is both peak and valley"),
    "overlapping_rows": inconsistent(
        "overlapping_rows.yaml:1:1", "11:30-12:00 is peak in periods.all and valley in periods.summer"
    ),
    "peak_twice": inconsistent("peak_twice.yaml:10:8", "11:00-12:00 is twice peak"),
    "quarter_hour": wrong("quarter_hour.yaml:10:24", "hours begin and end on a full or a half hour", "08:15-12:00"),
    "ratio_of_missing_band": 'ratio_of_missing_band.yaml:12:8: unknown_reference: there is no ratio of a band "flat"; '
    "use one of: untimed, peak",
    "ratio_of_unknown_band": 'ratio_of_unknown_band.yaml:12:28: unknown_word: "plain" is not an accepted value; '
    "use one of: untimed, sharp, peak, half_peak, saturday_half_peak, flat, valley, deep_valley",
    "ratios_in_a_circle": inconsistent(
        "ratios_in_a_circle.yaml:12:8", "the ratios of peak, flat are multiples of each other"
    ),
    "ratios_of_summer_only": inconsistent(
        "ratios_of_summer_only.yaml:1:1", f"ratios.summer is for {ANYONE}, and no row is on 01-01"
    ),
    "row_of_nothing": inconsistent(
        "row_of_nothing.yaml:1:1", "periods.summer is empty, and only an amendment leaves rows out"
    ),
    "season_by_month": "\n".join(
        wrong(f"season_by_month.yaml:8:{column}", "a day of every year is written MM-DD, such as 07-01", value)
        for column, value in ((27, "July"), (37, "October"))
    ),
    "season_of_no_days": inconsistent(
        "season_of_no_days.yaml:8:20",
        "a season starts and ends on different days; a row without a season is for the whole year",
    ),
    "season_without_band": "season_without_band.yaml:1:1: hours_without_band: 00:00-24:00 from 10-01 on are in "
    f"no band for {ANYONE}; add them to a band, or state the remainder",
    "two_ratios": inconsistent(
        "two_ratios.yaml:1:1",
        "ratios.all and ratios.summer are both for industrial and commercial, one-part, 1-10kV, agency purchase, time of use "
        ""
        "on 07-01",
    ),
    "unknown_band": "\n".join(
        [
            'unknown_band.yaml:10:17: unknown_word: "peek" is not an accepted value; use one of: '
            "sharp, peak, half_peak, saturday_half_peak, flat, valley, deep_valley, total",
            'unknown_band.yaml:10:40: unknown_word: "total" is not an accepted value; use one of: '
            "sharp, peak, half_peak, saturday_half_peak, flat, valley, deep_valley",
        ]
    ),
    "unknown_season": 'unknown_season.yaml:1:1: unknown_reference: there is no season "sumer"; use one of: summer',
}


@pytest.mark.parametrize("mistake", EXPECTED)
def test_a_mistake_in_a_document_is_told_with_its_place(mistake: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        load(AnyDocument, BAD / f"{mistake}.yaml", name=f"{mistake}.yaml")
    assert str(caught.value) == EXPECTED[mistake]


def test_each_bad_document_has_its_message() -> None:
    assert {path.stem for path in BAD.iterdir()} == set(EXPECTED)


# What is no mistake


def test_sharp_and_deep_valley_lie_over_other_bands_of_the_same_days() -> None:
    bands = {
        "sharp": ["18:00-20:00"],
        "peak": ["17:00-21:00"],
        "valley": ["00:00-06:00"],
        "deep_valley": ["01:00-02:00"],
    }
    found = document(remainder="flat", periods={"all": {"bands": bands}})
    [(_, row)] = found.period_rows(FACTORY)
    assert row.slots[Band.SHARP] == {36, 37, 38, 39}
    assert row.slots[Band.DEEP_VALLEY] == {2, 3}


def test_rows_of_special_days_lie_over_those_of_all_days() -> None:
    special = {"days": {"holiday": "national_day"}, "bands": {"valley": ["10:00-14:00"]}}
    found = document(remainder="flat", periods={"all": {"bands": {"peak": ["08:00-12:00"]}}, "holidays": special})
    bands = day_bands([row for _, row in found.period_rows(FACTORY)], found.remainder)
    assert [bands[slot] for slot in (15, 16, 19, 20, 27, 28)] == [
        Band.FLAT, Band.PEAK, Band.PEAK, Band.VALLEY, Band.VALLEY, Band.FLAT,
    ]  # fmt: skip


def test_rows_of_one_season_and_rows_of_other_customers_may_have_the_same_hours() -> None:
    seasons = {"summer": [{"from": "07-01", "to": "10-01"}], "other": [{"from": "10-01", "to": "07-01"}]}
    whole_day = {"peak": ["00:00-24:00"]}
    found = document(
        seasons=seasons,
        periods={
            "summer": {"season": "summer", "for": {"billing": "one_part"}, "bands": whole_day},
            "other": {"season": "other", "for": {"billing": "one_part"}, "bands": whole_day},
            "two_part": {"for": {"billing": "two_part"}, "bands": {"valley": ["00:00-24:00"]}},
        },
    )
    assert [name for name, _ in found.period_rows(FACTORY)] == ["two_part"]
    one_part = FACTORY.model_copy(update={"billing": Billing.ONE_PART})
    assert [name for name, _ in found.period_rows(one_part)] == ["summer", "other"]


def test_a_document_that_is_for_nobody_without_time_of_use_has_no_rows_for_him() -> None:
    found = document(remainder="flat", periods={"all": {"bands": {"peak": ["08:00-12:00"]}}})
    assert found.period_rows(FACTORY)
    assert not found.period_rows(FACTORY.model_copy(update={"time_of_use": False}))


# Seasons


def season(start: str, end: str) -> Season:
    return validated(Season, {"from": start, "to": end})


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        (date(2024, 6, 30), False),
        (date(2024, 7, 1), True),
        (date(2024, 9, 30), True),
        (date(2024, 10, 1), False),
    ],
)
def test_a_season_holds_its_first_day_and_not_its_last(day: date, *, inside: bool) -> None:
    assert (day in season("07-01", "10-01")) is inside


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        (date(2024, 11, 30), False),
        (date(2024, 12, 1), True),
        (date(2025, 1, 1), True),
        (date(2024, 2, 29), True),
        (date(2025, 2, 28), True),
        (date(2025, 3, 1), False),
    ],
)
def test_a_season_may_pass_the_turn_of_the_year(day: date, *, inside: bool) -> None:
    assert (day in season("12-01", "03-01")) is inside


def test_the_first_days_of_seasons_are_those_on_which_one_starts_or_is_over() -> None:
    assert first_days([season("12-01", "03-01"), season("03-01", "07-01")], 2025) == {
        date(2025, 12, 1),
        date(2025, 3, 1),
        date(2025, 7, 1),
    }


def test_season_starts_inside_a_span_are_found_in_each_of_its_years() -> None:
    found = document(
        seasons={"dear": [{"from": "07-01", "to": "10-01"}], "cheap": [{"from": "10-01", "to": "07-01"}]},
        remainder="flat",
        periods={"all": {"bands": {"peak": ["08:00-12:00"]}}},
    )
    within = Span(date(2024, 8, 1), date(2025, 7, 2))
    assert found.season_starts(within) == {date(2024, 10, 1), date(2025, 7, 1)}
    assert found.season_starts(Span(date(2024, 7, 1), date(2024, 10, 1))) == set()  # nothing changes on the first day


def test_hours_are_shared_where_they_overlap() -> None:
    assert Hours(0, 120).shares(Hours(60, 180)) == Hours(60, 120)
    assert Hours(0, 120).shares(Hours(120, 180)) is None


# Ratios


def ratios(**bands: dict[str, str]) -> TimeOfUse:
    periods = {"all": {"bands": {"peak": ["08:00-12:00"]}}}
    return document(remainder="flat", periods=periods, ratios={"all": {"bands": {"flat": FLAT, **bands}}})


def test_ratios_lead_from_band_to_band_to_the_untimed_price() -> None:
    found = ratios(
        sharp={"of": "peak", "factor": "1.2"},
        peak={"of": "flat", "factor": "1.71"},
        valley={"of": "untimed", "factor": "0.36"},
    )
    assert found.factors(FACTORY, date(2024, 5, 1)) == {
        Band.FLAT: Decimal(1),
        Band.SHARP: Decimal("2.052"),
        Band.PEAK: Decimal("1.71"),
        Band.VALLEY: Decimal("0.36"),
    }


def test_customers_without_ratios_have_none() -> None:
    found = document(
        remainder="flat",
        periods={"all": {"bands": {"peak": ["08:00-12:00"]}}},
        ratios={
            "one_part": {
                "for": {"billing": "one_part"},
                "bands": {"flat": FLAT, "peak": {"of": "flat", "factor": "1.5"}},
            }
        },
    )
    assert found.factors(FACTORY, date(2024, 5, 1)) is None


# What floats


def component(code: str, section: str, *tags: str) -> Component:
    return validated(Component, {"code": code, "section": section, "price": "0.1", "tags": list(tags)})


PURCHASE = component("purchase_average", "energy", "floats")
DEVIATION = component("purchase_deviation", "energy")
NETWORK = component("network_energy", "network_energy")
LEVY = component("levies", "levies", "levy")


@pytest.mark.parametrize(
    ("told", "floating"),
    [
        ({"sections": ["energy", "network_energy"]}, [True, True, True, False]),
        ({"components": ["purchase_average", "network_energy"]}, [True, False, True, False]),
        ({"tags": ["floats"]}, [True, False, False, False]),
        ({}, [False, False, False, False]),
    ],
)
def test_a_component_floats_by_its_section_its_code_or_a_tag(told: dict[str, Any], floating: list[bool]) -> None:
    found = document(
        remainder="flat",
        periods={"all": {"bands": {"peak": ["08:00-12:00"]}}},
        floats={"agent": {"for": {"purchase": "agent"}, **told}},
    )
    components = (PURCHASE, DEVIATION, NETWORK, LEVY)
    assert [found.floats_for(each, FACTORY) for each in components] == floating
    market = FACTORY.model_copy(update={"purchase": Purchase.MARKET})
    assert [found.floats_for(each, market) for each in components] == [None] * 4
