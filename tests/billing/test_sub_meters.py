"""Sub-meters: fixed, ratio and metered; in which order, of what, from which bands; every kWh stays billed once."""

from collections.abc import Mapping
from typing import Any

import pytest

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from tests.billing.cases import (
    CONVENTIONS,
    HOME,
    INDUSTRY,
    LEVIES,
    SHOP,
    Data,
    bill,
    catalog,
    changed,
    conventions,
    entry,
    fault,
    faults,
    point,
    prices,
    problems,
    reading,
    refusal,
    request,
)

HOME_BANDS = {**HOME, "time_of_use": True}


def behind(
    *children: Data, home: Data = HOME, others: tuple[Data, ...] = (), changes: Mapping[str, Any] | None = None
) -> Data:
    """M1 with 1,000 / 2,000 / 3,000 kWh at peak, flat, valley of group main, and sub-meters."""
    groups = {"main": INDUSTRY, "home": home}
    data = request(
        agreement=[entry("2020-01-01", groups=groups)], metering_points=[point(children=list(children)), *others]
    )
    return changed(data, changes or {})


def fixed(value: str, name: str = "F", group: str = "home", **more: str) -> Data:
    return {"id": name, "kind": "fixed", "group": group, "value": value, **more}


def ratio(value: str, name: str = "R", group: str = "home", **more: str) -> Data:
    return {"id": name, "kind": "ratio", "group": group, "value": value, **more}


def metered(name: str, group: str = "home", **more: str) -> Data:
    return {"id": f"C{name}", "kind": "meter", "group": group, "point": name, **more}


def home_meter(name: str = "M2", **shown: str) -> Data:
    """A meter of group home behind M1."""
    zeros = dict.fromkeys(shown, "0")
    return point(
        id=name,
        group="home",
        readings=[reading("2024-07-01", "opening", **zeros), reading("2024-08-01", "closing", **shown)],
    )


def energy(data: Data, **tariffs: Any) -> dict[str, list[str]]:
    """The billed energy of each group, in the order of bands."""
    answer = bill(data, catalog(**tariffs))
    found = {group: [str(kwh) for kwh in bands.values()] for group, bands in answer.kwh.items()}
    assert sum(kwh for bands in answer.kwh.values() for kwh in bands.values()) == 6000
    return found


@pytest.mark.parametrize(
    ("child", "home", "main"),
    [
        # 600 of 6,000 by shares: 100, 200, 300
        (fixed("600"), ["600"], ["900", "1800", "2700"]),
        (fixed("600", band="flat"), ["600"], ["1000", "1400", "3000"]),
        (ratio("0.1"), ["600"], ["900", "1800", "2700"]),
        (ratio("0.1", band="valley"), ["600"], ["1000", "2000", "2400"]),
        (ratio("0.0333"), ["200"], ["967", "1933", "2900"]),  # 199.8: 200 as 33, 67, 100
    ],
)
def test_a_sub_meter_takes_its_energy_off_its_parent(child: Data, home: list[str], main: list[str]) -> None:
    assert energy(behind(child)) == {"home": home, "main": main}


def test_a_sub_meter_of_a_time_of_use_group_takes_its_part_of_each_band() -> None:
    prices_by_band = [{"code": "home_energy", "section": "catalogue", "price": "0.5"}]
    found = energy(behind(ratio("0.0333"), home=HOME_BANDS), catalogue=prices("catalogue_price", prices_by_band))
    assert found["home"] == ["33", "67", "100"]  # 33.3, 66.6, 99.9
    assert energy(behind(fixed("600"), home=HOME_BANDS))["home"] == ["100", "200", "300"]
    assert energy(behind(fixed("600", band="peak"), home=HOME_BANDS))["home"] == ["600"]


def test_energy_may_be_taken_from_flat_first() -> None:
    data = behind(fixed("600"), changes={"conventions.sub_meters.from_bands": "flat_first"})
    assert energy(data) == {"home": ["600"], "main": ["1000", "1400", "3000"]}
    without_flat = behind(fixed("600"), changes={"conventions.sub_meters.from_bands": "flat_first"})
    for each in without_flat["metering_points"][0]["readings"]:
        each["valley"] = "0" if each["at"] == "2024-07-01" else "50"
        del each["flat"]
    without_flat = changed(without_flat, {"metering_points.0.not_installed": ["flat"]})
    assert energy(without_flat)["main"] == ["400", "5000"]


def test_a_ratio_is_of_the_reading_or_of_what_fixed_quantities_leave() -> None:
    children = (ratio("0.03"), fixed("1000", band="flat"))
    of_reading = bill(behind(*children))
    assert [str(part) for part in of_reading.kwh["home"].values()] == ["1180"]  # 1000 + 0.03 × 6000
    after = bill(behind(*children, changes={"conventions.sub_meters.ratio_of": "after_fixed"}))
    assert [str(part) for part in after.kwh["home"].values()] == ["1150"]  # 1000 + 0.03 × 5000


def test_two_ratios_are_of_the_same_energy() -> None:
    children = (fixed("1000", band="flat"), ratio("0.5"), ratio("0.5", "R2"))
    found = energy(behind(*children, changes={"conventions.sub_meters.ratio_of": "after_fixed"}))
    assert found == {"home": ["6000"], "main": ["0", "0", "0"]}  # 1000 + 2500 + 2500


def test_sub_meters_are_taken_off_in_the_order_of_the_convention() -> None:
    # of 2,000 flat kWh, 1,500 fixed leave 500: the ratio's part is then spread over 1000, 500, 3000
    children = (ratio("0.75"), fixed("1500", band="flat"))
    assert energy(behind(*children))["main"] == ["0", "0", "0"]
    reversed_order = behind(*children, changes={"conventions.sub_meters.order": ["ratio", "fixed", "meter"]})
    refused = refusal(reversed_order)  # 4,500 by shares leave 500 flat kWh for the 1,500
    assert (refused.code, refused.facts["band"]) == (RefusalCode.CHILD_ABOVE_PARENT, "flat")


def test_a_metered_sub_meter_is_taken_off_band_by_band() -> None:
    data = behind(metered("M2"), home=HOME_BANDS, others=(home_meter(peak="1", flat="2", valley="0"),))
    data = changed(data, {"metering_points.1.not_installed": ["reactive_forward"]})
    assert energy(data) == {"main": ["900", "1800", "3000"], "home": ["100", "200", "0"]}


def test_a_metered_sub_meter_without_bands_is_spread_over_those_of_its_parent() -> None:
    data = behind(metered("M2"), others=(home_meter(total="6"),))
    assert energy(data) == {"main": ["900", "1800", "2700"], "home": ["600"]}
    from_peak = behind(metered("M2", band="peak"), others=(home_meter(total="6"),))
    assert energy(from_peak) == {"main": ["400", "2000", "3000"], "home": ["600"]}


def test_a_metered_sub_meter_with_bands_its_parent_has_not_is_spread() -> None:
    data = behind(metered("M2"), home=HOME_BANDS, others=(home_meter(sharp="1", flat="5"),))
    found = energy(
        data, catalogue=prices("catalogue_price", [{"code": "home_energy", "section": "catalogue", "price": "0.5"}])
    )
    assert found == {"main": ["900", "1800", "2700"], "home": ["100", "500"]}


def test_a_total_behind_a_total_is_taken_off_it() -> None:
    plain = {**INDUSTRY, "time_of_use": False}
    data = behind(metered("M2"), others=(home_meter(total="6"),))
    data = changed(data, {"agreement.0.groups.main": plain, "conventions.kwh.source": "total"})
    for index, total in enumerate(("0", "60")):
        data = changed(data, {f"metering_points.0.readings.{index}.total": total})
    assert energy(data) == {"main": ["5400"], "home": ["600"]}


def test_a_sub_meter_of_a_sub_meter_is_taken_off_it_alone() -> None:
    middle = home_meter(total="10") | {"children": [metered("M3")]}
    data = behind(metered("M2"), others=(middle, home_meter("M3", total="4")))
    assert energy(data) == {"main": ["833", "1667", "2500"], "home": ["1000"]}


@pytest.mark.parametrize(
    ("child", "band"),
    [(fixed("2001", band="flat"), "flat"), (fixed("6001"), "valley"), (metered("M2", band="peak"), "peak")],
)
def test_a_sub_meter_above_its_parent_is_refused(child: Data, band: str) -> None:
    others = (home_meter(total="11"),) if child["kind"] == "meter" else ()
    refused = refusal(behind(child, others=others))
    assert (refused.code, refused.where) == (RefusalCode.CHILD_ABOVE_PARENT, "/metering_points/0/children")
    assert (refused.facts["point"], refused.facts["child"]) == ("M1", child["id"])
    assert refused.facts["band"] in {band, "flat", "peak"}


def test_a_sub_meter_may_take_everything() -> None:
    assert energy(behind(fixed("2000", band="flat")))["main"] == ["1000", "0", "3000"]


# Months that are cut


def test_a_fixed_quantity_is_that_of_the_days_billed() -> None:
    data = behind(
        fixed("1000", band="flat"),
        changes={"period.from": "2024-07-12", "metering_points.0.readings.0.at": "2024-07-12"},
    )
    assert energy(data)["home"] == ["645"]  # 1000 × 20/31 = 645.16


def dearer_levies(*days: str) -> list[Any]:
    told = [{**LEVIES[0], "price": "0.03"}, {**LEVIES[1], "price": "0.02"}]
    return [
        prices("levies", LEVIES),
        *(prices("levies", told if index % 2 == 0 else LEVIES, day) for index, day in enumerate(days)),
    ]


def test_the_parts_of_a_fixed_quantity_sum_to_it_however_often_a_price_changes() -> None:
    levies = dearer_levies("2024-07-11", "2024-07-21")
    answer = bill(behind(fixed("1000", band="flat")), catalog(levies=levies))
    parts = [str(each.quantity) for each in answer.lines if (each.code, each.group) == ("fund", "home")]
    # 322.58, 645.16 and 1000, rounded as running sums: 323, 645, 1000
    assert parts == ["323", "322", "355"]
    assert [str(kwh) for kwh in answer.kwh["home"].values()] == ["1000"]


@pytest.mark.parametrize(
    "child", [ratio("0.0305"), fixed("1003"), fixed("1003", band="valley"), metered("M2", band="flat")]
)
def test_a_price_moves_no_energy_from_one_group_to_another(child: Data) -> None:
    others = (home_meter(total="7.77"),) if child["kind"] == "meter" else ()
    plain = energy(behind(child, others=others))
    assert energy(behind(child, others=others), levies=dearer_levies("2024-07-09", "2024-07-20")) == plain


def test_a_price_moves_no_energy_from_one_band_to_another() -> None:
    data = behind(metered("M2"), others=(home_meter(total="0.57"),))  # 57 kWh by 1 : 2 : 3
    assert (
        energy(data, levies=dearer_levies("2024-07-02"))
        == energy(data)
        == {
            "main": ["990", "1981", "2972"],
            "home": ["57"],
        }
    )


def test_a_ratio_is_of_the_month_however_often_it_was_read() -> None:
    data = behind(ratio("0.5"))
    cut = reading("2024-07-11", "cut", peak="0.01", flat="0", valley="0", reactive_forward="4")
    data["metering_points"][0]["readings"].insert(1, cut)
    levies = dearer_levies("2024-07-11", "2024-07-21")
    assert energy(data, levies=levies)["home"] == energy(data)["home"] == ["3000"]
    answer = bill(data, catalog(levies=levies))
    parts = [str(each.quantity) for each in answer.lines if (each.code, each.group) == ("fund", "home")]
    # peak: 500 by 1, 476, 523; flat: 1000 by 0, 952, 1048; valley: 1500 by 0, 1429, 1571; running sums rounded
    assert parts == ["1", "1429", "1570"]


def test_a_fixed_quantity_goes_by_days_where_its_parent_was_read() -> None:
    data = behind(fixed("310", band="flat"))
    cut = reading("2024-07-11", "cut", peak="5", flat="5", valley="15", reactive_forward="6")
    data["metering_points"][0]["readings"].insert(1, cut)
    tariffs = catalog(levies=dearer_levies("2024-07-11"))
    parts = [str(each.quantity) for each in bill(data, tariffs).lines if (each.code, each.group) == ("fund", "home")]
    assert parts == ["100", "210"]
    late = changed(data, {"metering_points.0.readings.1.flat": "18"})  # 200 flat kWh are left for 21 days
    assert refusal(late, tariffs).code is RefusalCode.CHILD_ABOVE_PARENT


def test_a_fixed_quantity_of_a_day_that_is_not_billed_is_nothing() -> None:
    data = behind(
        fixed("1000", band="flat"),
        changes={
            "period.from": "2024-07-10",
            "metering_points.0.readings.0.at": "2024-07-10",
            "conventions.basic.first_day": "free",
        },
    )
    levies = dearer_levies("2024-07-11")
    data["metering_points"][0]["readings"].insert(
        1, reading("2024-07-11", "cut", peak="1", flat="1", valley="1", reactive_forward="1")
    )
    answer = bill(data, catalog(levies=levies))
    assert [str(kwh) for kwh in answer.kwh["home"].values()] == ["677"]  # 1000 × 21/31 = 677.42
    only_day = changed(data, {"period.to": "2024-07-11", "metering_points.0.readings.2.at": "2024-07-11"})
    del only_day["metering_points"][0]["readings"][1]
    assert "home" not in bill(only_day).kwh


def test_a_sub_meter_that_was_put_in_later_takes_nothing_before() -> None:
    later = home_meter(total="6")
    later["config"][0]["from"] = "2024-07-16"
    later["readings"][0].update(at="2024-07-16", kind="installation")
    data = behind(metered("M2"), others=(later,))
    levies = dearer_levies("2024-07-16")
    cut = reading("2024-07-16", "cut", peak="5", flat="10", valley="15", reactive_forward="6")
    data["metering_points"][0]["readings"].insert(1, cut)
    answer = bill(data, catalog(levies=levies))
    parts = [(each.group, str(each.quantity)) for each in answer.lines if each.code == "fund"]
    assert parts == [("main", "3000"), ("main", "2400"), ("home", "600")]


# What contradicts itself


def test_a_band_the_parent_has_not_is_found() -> None:
    found = fault(behind(fixed("5", band="sharp")))
    assert (found.code, found.where) == (FaultCode.UNKNOWN_WORD, "/metering_points/0/children/0/band")
    assert found.facts == {"value": "sharp", "known": "peak, flat, valley"}
    assert fault(behind(ratio("0.5", band="reactive_forward"))).code is FaultCode.UNKNOWN_WORD


def test_a_sub_meter_of_another_group_or_supply_point_than_its_own_is_found() -> None:
    found = fault(behind(metered("M2", group="main"), others=(home_meter(total="6"),)))
    assert (found.code, found.where) == (FaultCode.INCONSISTENT, "/metering_points/0/children/0/point")
    points = {name: {"power_factor_standard": "none"} for name in ("S1", "S2")}
    elsewhere = behind(metered("M2"), others=(home_meter(total="6") | {"supply_point": "S2"},))
    elsewhere = changed(elsewhere, {"agreement.0.supply_points": points, "agreement.0.basic.mode": "exempt"})
    assert fault(elsewhere).code is FaultCode.INCONSISTENT


def test_a_sub_meter_of_two_parents_is_found() -> None:
    other = point(id="M3", children=[metered("M2")])
    found = fault(behind(metered("M2"), others=(home_meter(total="6"), other)))
    assert "M2 is a sub-meter of M1 and of M3" in str(found)


def test_meters_inside_each_other_are_found() -> None:
    itself = fault(behind(metered("M1", group="main")))
    assert "M1 is inside M1, and M1 inside M1" in str(itself)
    circle = home_meter(total="6") | {"children": [metered("M1", group="main"), metered("M3")]}
    found = faults(behind(metered("M2"), others=(circle, home_meter("M3", total="1"))))
    assert [each.where for each in found] == ["/metering_points/1/children/0/point"]


def test_names_that_stand_nowhere_are_found() -> None:
    data = behind(fixed("5", group="shop"), metered("M9"))
    assert [(each.where, each.facts["kind"]) for each in faults(data)] == [
        ("/metering_points/0/children/0/group", "group"),
        ("/metering_points/0/children/1/point", "metering point"),
    ]


# What no convention tells


def untold(data: Data, *keys: str) -> dict[str, list[tuple[str, str | None]]]:
    """The doubts about sub-meters where the area tells nothing about them, with the money of the other readings."""
    told = {key: value for key, value in CONVENTIONS.items() if key != "sub_meters"}
    answer = bill(data, catalog(conventions=conventions(told=told)))
    found = problems(answer, ProblemCode.CONVENTION_UNDOCUMENTED)
    assert {each.facts["key"] for each in found} == set(keys)
    return {each.facts["key"]: [(other.value, str(other.difference)) for other in each.alternatives] for each in found}


def test_a_convention_is_in_doubt_only_where_it_matters() -> None:
    assert untold(behind(fixed("600", band="flat"))) == {}
    assert untold(behind(ratio("0.5"), home=HOME_BANDS)) == {}
    assert untold(behind(metered("M2"), home=HOME_BANDS, others=(home_meter(peak="1", flat="1"),))) == {}
    assert untold(
        behind(metered("M2", band="flat"), fixed("1", band="flat"), others=(home_meter(total="1"),)), "sub_meters.order"
    )


def test_the_doubt_about_the_bands_of_a_sub_meter_tells_its_money() -> None:
    # From flat first: 600 × 0.5 less and (100 × 0.8 + 200 × 0.5 + 300 × 0.2) more to pay, so 60 less; and −0.75 % of it
    assert untold(behind(fixed("600")), "sub_meters.from_bands") == {
        "sub_meters.from_bands": [("flat_first", "-59.55")]
    }


def test_the_doubt_about_what_a_ratio_is_of_tells_its_money() -> None:
    found = untold(
        behind(ratio("0.03", band="flat"), fixed("1000", band="flat")), "sub_meters.order", "sub_meters.ratio_of"
    )
    # 30 kWh go back from the household to the factory: 30 × (0.5 + 0.1 + 0.02) − 30 × (0.5 + 0.01), and −0.75 % of 18
    assert found["sub_meters.ratio_of"] == [("after_fixed", "3.16")]
    assert found["sub_meters.order"] == [("ratio + fixed + meter", "0.00")]


def test_a_fixed_quantity_in_a_cycle_that_is_no_month_is_refused_as_what_it_is() -> None:
    groups = {"main": SHOP, "home": HOME}
    child = {"id": "L1", "kind": "fixed", "group": "home", "value": "310"}
    data = request("2024-07-01", "2024-07-21", agreement=[entry("2020-01-01", groups=groups, basic={"mode": "exempt"})])
    refused = refusal(changed(data, {"metering_points.0.children": [child]}))
    assert (refused.code, refused.where) == (RefusalCode.NOT_A_MONTH, "/cycle")
    assert refused.facts == {"what": "fixed_quantity", "child": "L1", "days": "20"}
