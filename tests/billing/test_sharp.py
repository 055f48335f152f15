"""Sharp energy of days without sharp hours, and of groups without a sharp price: billed at peak where that is told."""

from typing import Any

import pytest

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.troubles import Severity
from billcalc.tariff.catalog import Catalog
from tests.billing.cases import (
    CONVENTIONS,
    HOME,
    INDUSTRY,
    Data,
    bill,
    catalog,
    changed,
    codes,
    conventions,
    document,
    entry,
    fault,
    line,
    lines,
    prices,
    problems,
    refusal,
    request,
)

SUMMER = {"seasons": {"summer": [{"from": "07-01", "to": "10-01"}], "other": [{"from": "10-01", "to": "07-01"}]}}
DAYS: Data = {"peak": ["10:00-12:00", "14:00-19:00"], "valley": ["00:00-08:00"]}
NOON: Data = {"bands": {"sharp": ["11:00-12:00"]}}
HOT: Data = {"season": "other", "days": {"event": {"measure": "heat", "at_least": "35"}}, **NOON}
HOURS: Data = {
    "for": {"class": "industrial_commercial"},
    "remainder": "flat",
    **SUMMER,
    "periods": {"all": {"bands": DAYS}, "summer": {"season": "summer", **NOON}, "hot": HOT},
    "ratios": {
        "all": {
            "bands": {
                "sharp": {"of": "peak", "factor": "1.25"},
                "peak": {"of": "flat", "factor": "1.7"},
                "flat": {"of": "untimed", "factor": "1"},
                "valley": {"of": "flat", "factor": "0.38"},
            }
        }
    },
    "floats": {"all": {"sections": ["energy"]}},
}
"""Sharp hours from July to September, and on hot days of the other months."""

PRICES = [{"code": "purchase", "section": "energy", "price": "1"}]


def tariffs(hours: Data = HOURS, components: Any = PRICES, **told: Any) -> Catalog:
    return catalog(
        hours=document("time_of_use", "2020-01-01", hours),
        purchase=prices("purchase_price", components),
        conventions=conventions(told={**CONVENTIONS, **told}),
    )


def month(start: str = "2024-12-01", end: str = "2025-01-01", *, hot: tuple[int, ...] = ()) -> Data:
    """1,000 / 2,000 / 3,000 kWh at peak, flat, valley, and 100 by the sharp register; hot on some days."""
    data = request(start, end)
    for index, shown in enumerate(("0", "1")):
        data = changed(data, {f"metering_points.0.readings.{index}.sharp": shown})
    heat = {f"{start[:8]}{day:02}": "36" if day in hot else "20" for day in range(1, 32)}
    return {**data, "events": {"heat": heat}}


PEAK = {"kwh": {**CONVENTIONS["kwh"], "sharp_elsewhere": "peak"}}
SHARP = {"kwh": {**CONVENTIONS["kwh"], "sharp_elsewhere": "sharp"}}


def test_what_the_register_shows_where_no_day_has_sharp_hours_is_billed_at_peak() -> None:
    answer = bill(month(), tariffs(**PEAK))
    assert [(each.band, str(each.quantity), str(each.amount)) for each in lines(answer, "purchase")] == [
        ("peak", "1100", "1870.00"),  # 1,100 × 1.7
        ("flat", "2000", "2000.00"),
        ("valley", "3000", "1140.00"),
    ]
    assert str(line(answer, "network_energy").quantity) == "6100"
    assert {source.id for source in answer.sources} >= {
        "cn-test/conventions/2020-01-01",
        "cn-test/time_of_use/2020-01-01",
    }
    assert not problems(answer, ProblemCode.CONVENTION_UNDOCUMENTED)


def test_it_is_billed_as_sharp_where_every_day_has_sharp_hours_or_that_is_told() -> None:
    summer = bill(month("2024-07-01", "2024-08-01"), tariffs(**PEAK))
    assert str(lines(summer, "purchase")[0].amount) == "212.50"  # 100 × 2.125
    assert str(lines(bill(month(), tariffs(**SHARP)), "purchase")[0].amount) == "212.50"


def test_where_nobody_tells_it_is_billed_as_sharp_with_the_money_of_the_other_reading() -> None:
    answer = bill(month(), tariffs())
    [doubt] = problems(answer, ProblemCode.CONVENTION_UNDOCUMENTED)
    assert (doubt.facts["key"], doubt.severity) == ("kwh.sharp_elsewhere", Severity.DOUBT)
    # 100 × 0.425 less, and −0.75 % of it
    assert [(each.value, str(each.difference)) for each in doubt.alternatives] == [("peak", "-42.18")]
    still = changed(month(), {"metering_points.0.readings.1.sharp": "0"})
    assert not problems(bill(still, tariffs()), ProblemCode.CONVENTION_UNDOCUMENTED)


def test_an_area_without_sharp_hours_may_bill_a_sharp_register_at_peak() -> None:
    ratios = {band: ratio for band, ratio in HOURS["ratios"]["all"]["bands"].items() if band != "sharp"}
    hours = {**HOURS, "periods": {"all": {"bands": DAYS}}, "ratios": {"all": {"bands": ratios}}}
    assert str(lines(bill(month(), tariffs(hours, **PEAK)), "purchase")[0].quantity) == "1100"
    assert refusal(month(), tariffs(hours, **SHARP)).code is RefusalCode.BAND_WITHOUT_PRICE


def test_a_register_cannot_tell_a_month_with_both_kinds_of_day() -> None:
    refused = refusal(month(hot=(3, 4)), tariffs(**PEAK))
    assert (refused.code, refused.where) == (RefusalCode.NOT_SUPPORTED, "/metering_points")
    assert "some days of which there are no sharp hours" in str(refused)
    given = changed(month(hot=(3, 4)), {"metering_points.0.given": {"kwh": {"sharp": "60", "peak": "1040"}}})
    assert [str(each.quantity) for each in lines(bill(given, tariffs(**PEAK)), "purchase")][:2] == ["60", "1040"]
    still = changed(month(hot=(3, 4)), {"metering_points.0.readings.1.sharp": "0"})
    assert str(lines(bill(still, tariffs(**PEAK)), "purchase")[1].quantity) == "1000"
    assert str(lines(bill(month(hot=(3, 4)), tariffs(**SHARP)), "purchase")[0].quantity) == "100"


def test_a_day_that_is_not_told_hot_or_not_is_asked_for() -> None:
    untold = changed(month(), {"events": {}})
    refused = refusal(untold, tariffs(**PEAK))
    assert (refused.code, refused.facts["day"]) == (RefusalCode.EVENT_NOT_GIVEN, "2024-12-01")
    assert str(lines(bill(untold, tariffs()), "purchase")[0].quantity) == "100"


@pytest.mark.parametrize("hours", [None, {**HOURS, "for": {"class": "large_industrial"}}])
def test_where_no_document_tells_the_hours_they_are_the_registers(hours: Data | None) -> None:
    by_band = [{**PRICES[0], "price": {"bands": dict.fromkeys(("sharp", "peak", "flat", "valley"), "1")}}]
    made = tariffs(hours or HOURS, by_band, **PEAK)
    if hours is None:
        made = catalog(
            purchase=prices("purchase_price", by_band), conventions=conventions(told={**CONVENTIONS, **PEAK})
        )
    assert str(lines(bill(month(), made), "purchase")[0].quantity) == "100"


def test_each_part_of_the_month_is_billed_by_its_own_hours() -> None:
    """No sharp hours until the middle of the month, and then every day."""
    data = month("2024-12-01", "2025-01-01")
    data["metering_points"][0]["readings"].insert(
        1,
        {"at": "2024-12-16", "kind": "cut", "peak": "4", "flat": "8", "valley": "12", "sharp": "0.4", "reactive_forward": "5"},
    )  # fmt: skip
    seasons = {"summer": [{"from": "12-16", "to": "10-01"}], "other": [{"from": "10-01", "to": "12-16"}]}
    ratio = HOURS["ratios"]["all"]["bands"]
    ratios = {"early": {"season": "other", "bands": {**ratio, "peak": {"of": "flat", "factor": "1.6"}}},
              "late": {"season": "summer", "bands": ratio}}  # fmt: skip
    answer = bill(data, tariffs({**HOURS, "seasons": seasons, "ratios": ratios}, **PEAK))
    assert [(each.band, str(each.quantity)) for each in lines(answer, "purchase") if each.band in ("sharp", "peak")] == [
        ("peak", "440"), ("sharp", "60"), ("peak", "600"),
    ]  # fmt: skip
    assert str(line(answer, "network_energy").quantity) == "6100"


# A part of a meter's energy whose group has no sharp price

LIGHT = {**INDUSTRY, "billing": "one_part", "subclass": "light"}
AT_PEAK = {"sub_meters": {**CONVENTIONS["sub_meters"], "without_sharp": "peak", "ratio_bands": "flat_rest"}}
TWO = [
    {**PRICES[0], "price": {"bands": {"sharp": "2", "peak": "1.5", "flat": "1", "valley": "0.5"}},
     "for": {"billing": "two_part"}},
    {**PRICES[0], "price": {"bands": {"peak": "1.6", "flat": "1", "valley": "0.6"}, "unpriced": ["sharp"]},
     "for": {"billing": "one_part"}},
]  # fmt: skip


def lit(group: Data = LIGHT, **child: str) -> Data:
    """A tenth of M1 is lighting, in July."""
    part = {"id": "R", "kind": "ratio", "group": "light", "value": "0.1", **child}
    data = changed(month("2024-07-01", "2024-08-01"), {"metering_points.0.children": [part]})
    return changed(data, {"agreement.0": entry("2020-01-01", groups={"main": INDUSTRY, "light": group})})


def test_a_part_without_a_sharp_price_is_billed_at_peak_for_its_part_of_the_sharp_register() -> None:
    answer = bill(lit(), tariffs(components=TWO, **AT_PEAK))
    found = [(each.band, str(each.quantity)) for each in lines(answer, "purchase") if each.group == "light"]
    assert found == [("peak", "110"), ("flat", "200"), ("valley", "300")]  # 10 of 100 and 100 of 1,000
    main = [str(each.quantity) for each in lines(answer, "purchase") if each.group == "main"]
    assert main == ["90", "900", "1800", "2700"]
    assert sum(kwh for bands in answer.kwh.values() for kwh in bands.values()) == 6100


def test_without_the_convention_its_sharp_energy_is_refused() -> None:
    refused = refusal(lit(), tariffs(components=TWO))
    assert (refused.code, refused.facts["group"]) == (RefusalCode.BAND_WITHOUT_PRICE, "light")
    listed = [TWO[0], changed(TWO[1], {"price": {"bands": {"peak": "1.6", "flat": "1", "valley": "0.6"}}})]
    assert fault(lit(), tariffs(components=listed)).code is FaultCode.BAND_NOT_PRICED
    assert bill(lit(), tariffs(components=listed, **AT_PEAK)).kwh["light"]


def test_a_part_with_a_sharp_price_keeps_it() -> None:
    listed = [changed(TWO[0], {"for": {"class": "industrial_commercial"}})]
    answer = bill(lit(), tariffs(components=listed, **AT_PEAK))
    assert list(answer.kwh["light"]) == ["sharp", "peak", "flat", "valley"]
    floating = bill(lit(), tariffs(**AT_PEAK))
    assert str(next(each.amount for each in lines(floating, "purchase") if each.group == "light")) == "21.25"


def test_a_group_with_a_meter_of_its_own_is_not_billed_at_peak_by_that_convention() -> None:
    data = changed(lit(), {"metering_points.0.children": [], "agreement.0.groups": {"main": LIGHT}})
    data = changed(data, {"agreement.0.basic": {"mode": "exempt"}})
    assert refusal(data, tariffs(components=TWO, **AT_PEAK)).code is RefusalCode.BAND_WITHOUT_PRICE


@pytest.mark.parametrize(
    ("own", "bands"),
    [
        ({"peak": "1.6", "flat": "1", "valley": "0.6"}, ["peak", "flat", "valley"]),
        ({"peak": "1.6", "total": "1"}, ["sharp", "peak", "flat", "valley"]),
        ({"sharp": "2", "peak": "1.6", "flat": "1", "valley": "0.6"}, ["sharp", "peak", "flat", "valley"]),
        ({"total": "1"}, ["sharp", "peak", "flat", "valley"]),
    ],
)
def test_a_price_of_the_customers_own_may_lack_sharp(own: Data, bands: list[str]) -> None:
    components = [TWO[0], {**PRICES[0], "price": "given", "for": {"billing": "one_part"}}]
    data = {**lit(), "price_sheet": {"title": "contract", "prices": {"purchase": own}}}
    told = {**AT_PEAK, "time_of_use": {"own_prices": "as_given"}}
    assert list(bill(data, tariffs(components=components, **told)).kwh["light"]) == bands


def test_a_household_behind_the_meter_is_one_row() -> None:
    answer = bill(lit(HOME), tariffs(components=TWO, **AT_PEAK))
    assert {band: str(kwh) for band, kwh in answer.kwh["light"].items()} == {"total": "610"}


# A meter that tells nothing of a band whose hours there are

DEEP = {**HOURS["periods"], "deep": {"season": "summer", "bands": {"deep_valley": ["02:00-04:00"]}}}
DEEPER = {**HOURS["ratios"]["all"]["bands"], "deep_valley": {"of": "valley", "factor": "0.8"}}
WITH_DEEP = {**HOURS, "periods": DEEP, "ratios": {"all": {"bands": DEEPER}}}


def test_a_month_of_sharp_hours_needs_a_sharp_register() -> None:
    refused = refusal(request(), tariffs())  # of July, every day of which has a sharp hour at noon
    assert (refused.code, refused.where) == (RefusalCode.REGISTER_MISSING, "/metering_points/0")
    assert dict(refused.facts) == {"point": "M1", "register": "sharp", "needed_by": "time of use"}
    zero = changed(request(), {f"metering_points.0.readings.{index}.sharp": "0" for index in (0, 1)})
    assert codes(bill(zero, tariffs())) == set()
    assert codes(bill(request("2024-12-01", "2025-01-01", events=month()["events"]), tariffs())) == set()


def test_so_does_a_given_quantity_and_every_band_that_some_months_have() -> None:
    given = {"kwh": {"peak": "1000", "flat": "2000", "valley": "3000"}, "kvarh": {"reactive_forward": "1200"}}
    data = changed(request(), {"metering_points.0.given": given, "metering_points.0.readings": []})
    assert refusal(data, tariffs()).facts["register"] == "sharp"
    for register in ("sharp", "deep_valley"):
        assert refusal(data, tariffs(WITH_DEEP)).facts["register"] == register
        data = changed(data, {f"metering_points.0.given.kwh.{register}": "0"})
    assert codes(bill(data, tariffs(WITH_DEEP))) == {"given_fact"}


def test_a_register_that_is_not_installed_leaves_its_hours_to_the_others_and_the_bill_says_so() -> None:
    data = changed(request(), {"metering_points.0.not_installed": ["sharp"]})
    [doubt] = problems(bill(data, tariffs()), ProblemCode.BAND_NOT_INSTALLED)
    assert (doubt.severity, doubt.where) == (Severity.DOUBT, "/metering_points/0")
    assert dict(doubt.facts) == {"point": "M1", "register": "sharp", "group": "main"}
    winter = {**request("2024-12-01", "2025-01-01"), "events": month()["events"]}
    assert codes(bill(changed(winter, {"metering_points.0.not_installed": ["sharp"]}), tariffs())) == set()


def test_where_nothing_tells_whether_there_are_sharp_hours_it_is_a_doubt() -> None:
    untold = request("2024-12-01", "2025-01-01")  # a day may be hot
    assert codes(bill(untold, tariffs())) == {"band_not_measured"}
    listed = [changed(PRICES[0], {"price": {"bands": dict.fromkeys(("sharp", "peak", "flat", "valley"), "1")}})]
    no_hours = tariffs({**HOURS, "for": {"class": "large_industrial"}}, listed)
    assert codes(bill(request(), no_hours)) == {"band_not_measured"}
    stated = changed(request(), {"metering_points.0.not_installed": ["sharp"]})
    assert codes(bill(stated, no_hours)) == set()
    shown = {f"metering_points.0.readings.{index}.total": each for index, each in enumerate(("0", "60"))}
    assert codes(bill(changed(request(), shown), no_hours)) == set()  # the total shows that nothing is left out


def test_days_without_the_price_or_the_customer_are_not_asked() -> None:
    """Until 16 July group main has no time of use; and from 16 December on there are sharp hours."""
    untimed = {"main": {**INDUSTRY, "time_of_use": False}}
    data = request(agreement=[entry("2020-01-01", groups=untimed), entry("2024-07-16")])
    data["metering_points"][0]["readings"].insert(
        1, {"at": "2024-07-16", "kind": "cut", "peak": "4", "flat": "8", "valley": "12", "reactive_forward": "5"}
    )
    assert refusal(data, tariffs()).code is RefusalCode.REGISTER_MISSING


def test_a_part_of_a_meters_energy_needs_its_sharp_register_where_it_has_the_price() -> None:
    main, light = {**INDUSTRY, "billing": "one_part"}, {**INDUSTRY, "subclass": "light"}
    part = {"id": "R", "kind": "ratio", "group": "light", "value": "0.1"}
    data = changed(request(), {"metering_points.0.children": [part], "agreement.0.groups": {"main": main}})
    assert codes(bill(changed(data, {"metering_points.0.children": []}), tariffs(components=TWO))) == set()
    refused = refusal(changed(data, {"agreement.0.groups.light": light}), tariffs(components=TWO))
    assert (refused.code, refused.facts["register"]) == (RefusalCode.REGISTER_MISSING, "sharp")
