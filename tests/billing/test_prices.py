"""Prices: from which documents and which day, the request's own, lines of several components, what is rounded as one."""

import pytest

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from tests.billing.cases import (
    CONVENTIONS,
    LEVIES,
    NETWORK,
    PURCHASE,
    Data,
    amounts,
    bill,
    catalog,
    changed,
    codes,
    conventions,
    document,
    energy,
    entry,
    fault,
    line,
    lines,
    point,
    prices,
    problems,
    quantities,
    reading,
    refusal,
    request,
    sheet,
    structure,
)

# Lines of several components


def test_components_of_one_line_are_added_before_they_are_multiplied() -> None:
    data = sheet(energy("base", "0.0004"), energy("extra", "0.0003333", line="base"))
    found = line(bill(data), "base")
    assert (str(found.price), str(found.amount)) == ("0.0007333", "4.40")  # 6000 × 0.0007333 = 4.3998


def test_a_banded_and_a_flat_component_of_one_line_are_added_band_by_band() -> None:
    bands = {"bands": {"peak": "0.8", "flat": "0.5", "valley": "0.2"}}
    data = sheet(energy("base", bands), energy("fund", "0.0292", line="base"))
    answer = bill(data)
    assert [str(each.price) for each in lines(answer, "base")] == ["0.8292", "0.5292", "0.2292"]
    assert amounts(answer, "base") == ["829.20", "1058.40", "687.60"]


@pytest.mark.parametrize(
    "more", [{"section": "levies"}, {"print_per": "band"}, {"round": {"amount": "0.1"}}, {"quantity": "net"}]
)
def test_components_of_one_line_must_be_calculated_alike(more: Data) -> None:
    found = fault(sheet(energy("base", "0.1"), {**energy("extra", "0.1", line="base"), **more}))
    assert (found.code, found.where) == (FaultCode.INCONSISTENT, "request/price_sheet")
    assert 'the line "base"' in str(found)


def test_a_component_that_is_priced_twice_is_found() -> None:
    data = sheet(energy("purchase", "0.1"), instead_of=[])
    found = fault(data)
    assert (found.code, found.facts) == (FaultCode.DUPLICATE_ID, {"id": "purchase"})


def test_a_component_that_is_priced_twice_on_two_lines_or_by_documents_is_found() -> None:
    for first in (energy("base", "0.1", line="another"), energy("base", "0.1", quantity="net")):
        found = fault(sheet(first, energy("base", "0.1")))
        assert (found.code, found.facts) == (FaultCode.DUPLICATE_ID, {"id": "base"})
    twice = [energy("purchase", "0.1"), energy("purchase", "0.1", line="again")]
    found = fault(request(), catalog(purchase=document("purchase_price", "2020-01-01", {"components": twice})))
    assert (found.code, found.where) == (FaultCode.DUPLICATE_ID, "cn-test/purchase_price/2020-01-01")


def test_a_component_outside_the_base_leaves_its_rounded_part_of_a_mixed_line_outside() -> None:
    bands = {"bands": {"peak": "0.8", "flat": "0.5", "valley": "0.2"}}
    data = sheet(energy("base", bands), energy("fund", "0.0292", line="base", tags=["levy"]))
    data = changed(
        data,
        {
            "agreement.0.supply_points.S1.power_factor_standard": "0.90",
            "conventions.power_factor.base": {"exclude": {"tags": ["levy"]}},
        },
    )
    # 829.20 + 1058.40 + 687.60 less 29.20, 58.40 and 87.60
    assert str(line(bill(data), "power_factor").quantity) == "2400.00"


def test_the_excluded_part_of_a_line_is_rounded_as_the_line_is() -> None:
    data = sheet(energy("base", "0.10001"), energy("fund", "0.000001", line="base", tags=["levy"]))
    data = changed(
        data,
        {
            "agreement.0.supply_points.S1.power_factor_standard": "0.90",
            "conventions.power_factor.base": {"exclude": {"tags": ["levy"]}},
        },
    )
    # 6000 × 0.100011 = 600.066 → 600.07; 6000 × 0.000001 = 0.006 → 0.01
    assert str(line(bill(data), "power_factor").quantity) == "600.06"


# What is rounded and printed as one


def test_levies_are_rounded_on_the_total_or_per_band() -> None:
    data = sheet(energy("base", "0.1"), {"code": "fund", "section": "levies", "price": "0.0000045"})
    # 1000, 2000, 3000 × 0.0000045: 0.0045, 0.009, 0.0135 → 0, 0.01, 0.01; in all 0.027 → 0.03
    assert amounts(bill(data), "fund") == ["0.03"]
    assert amounts(bill(changed(data, {"conventions.levies.round_per": "band"})), "fund") == ["0.02"]


@pytest.mark.parametrize(
    ("grains", "expected"),
    [
        ({}, ["0.03"]),
        ({"round_per": "band"}, ["0.02"]),
        ({"round_per": "band", "print_per": "band"}, ["0.00", "0.01", "0.01"]),
        ({"print_per": "band"}, ["0.00", "0.01", "0.01"]),
    ],
)
def test_a_component_tells_what_is_rounded_and_what_is_printed(grains: Data, expected: list[str]) -> None:
    answer = bill(sheet(energy("base", "0.0000045", **grains)))
    assert amounts(answer, "base") == expected
    printed = [str(each.quantity) for each in lines(answer, "base")]
    assert printed == (["6000"] if len(expected) == 1 else ["1000", "2000", "3000"])


def test_banded_prices_may_be_printed_as_one_line() -> None:
    bands = {"bands": {"peak": "0.8", "flat": "0.5", "valley": "0.2"}}
    found = line(bill(sheet(energy("base", bands, print_per="total"))), "base")
    assert (found.band, found.price, str(found.quantity), str(found.amount)) == (None, None, "6000", "2400.00")
    rounded = line(bill(sheet(energy("base", bands, print_per="total", round_per="total"))), "base")
    assert str(rounded.amount) == "2400.00"


def test_amounts_are_rounded_to_the_step_of_the_component() -> None:
    assert amounts(bill(sheet(energy("base", "0.12345", round={"amount": "1"}))), "base") == ["741"]


def test_a_price_is_rounded_where_its_component_tells_to_what() -> None:
    found = line(bill(sheet(energy("base", "0.0271687", round={"price": "0.000001"}))), "base")
    assert (str(found.price), str(found.amount)) == ("0.027169", "163.01")  # 6000 × 0.027169 = 163.014


def test_the_convention_for_levies_is_cited_by_levies_alone() -> None:
    answer = bill(request(), catalog(conventions=conventions(told={**CONVENTIONS, "levies": {"round_per": "band"}})))
    cited = {each.code for each in answer.lines if any("conventions" in source.id for source in each.sources)}
    assert "fund" in cited
    assert "purchase" in cited  # for the rounding of its readings
    amount = line(answer, "network_energy").derivation[0]
    assert amount.operands[0].rounding is None or amount.operands[0].rounding.source is None


# Which bands have a price


def test_energy_in_a_band_that_has_no_price_is_refused() -> None:
    free = {"bands": {"peak": "0.8", "flat": "0.5"}, "unpriced": ["valley"]}
    refused = refusal(sheet(energy("base", free)))
    assert (refused.code, refused.where) == (RefusalCode.BAND_WITHOUT_PRICE, "/metering_points")
    assert refused.facts == {
        "group": "main", "band": "valley", "component": "base", "document": "request/price_sheet",
    }  # fmt: skip
    unused = changed(sheet(energy("base", free)), {"metering_points.0.readings.1.valley": "0"})
    assert amounts(bill(unused), "base") == ["800.00", "1000.00"]


def test_a_band_without_a_price_that_no_meter_counts_in_some_days_is_no_matter() -> None:
    free = {"bands": {"peak": "0.8", "flat": "0.5", "valley": "0.2"}, "unpriced": ["sharp"]}
    later = point(id="M2")
    later["config"][0]["from"] = "2024-07-11"
    later["readings"] = [
        reading("2024-07-11", "installation", flat="0", sharp="0"), reading("2024-08-01", "closing", flat="1", sharp="0"),
    ]  # fmt: skip
    dear = [
        energy("base", free, **{"for": {"purchase": "agent"}}),
        energy("base", "0.9", **{"for": {"purchase": "market"}}),
    ]
    data = {**sheet(*dear), "metering_points": [point(), later]}
    data["agreement"].append(changed(data["agreement"][0], {"from": "2024-07-06", "groups.main.purchase": "market"}))
    answer = bill(data)
    # 5 of 31 days at the prices by band: 161, 323 and 484 kWh
    assert amounts(answer, "base")[:3] == ["128.80", "161.50", "96.80"]


def test_a_band_the_price_does_not_know_is_found() -> None:
    found = fault(sheet(energy("base", {"bands": {"peak": "0.8", "flat": "0.5"}})))
    assert (found.code, found.where) == (FaultCode.BAND_NOT_PRICED, "request/price_sheet")
    assert found.facts == {"component": "base", "band": "valley"}


def test_a_price_that_floats_needs_the_ratios_of_its_bands() -> None:
    refused = refusal(sheet(energy("base", "0.5", tags=["floats"])))
    assert (refused.code, refused.facts["kind"]) == (RefusalCode.NO_DOCUMENT, "time_of_use")
    untimed = changed(sheet(energy("base", "0.5", tags=["floats"])), {"agreement.0.groups.main.time_of_use": False})
    assert amounts(bill(untimed), "base") == ["3000.00"]


# Documents of other days


def test_a_new_price_splits_its_own_energy_by_days_with_a_doubt() -> None:
    dearer = [{**LEVIES[0], "price": "0.03"}, LEVIES[1]]
    tariffs = catalog(levies=[prices("levies", LEVIES), prices("levies", dearer, "2024-07-11")])
    answer = bill(request(), tariffs)
    # 6000 by 10 and 21 days: peak 323 and 677, flat 645 and 1355, valley 968 and 2032
    assert (quantities(answer, "fund"), amounts(answer, "fund")) == (["1936", "4064"], ["38.72", "121.92"])
    assert quantities(answer, "network_energy") == ["6000"]
    [problem] = problems(answer, ProblemCode.ENERGY_SPLIT_BY_DAYS)
    assert problem.where == "/metering_points/0/readings"
    assert problem.facts == {"point": "M1", "day": "2024-07-11"}


def test_a_reading_on_the_day_of_a_new_price_settles_it() -> None:
    dearer = [{**LEVIES[0], "price": "0.03"}, LEVIES[1]]
    tariffs = catalog(levies=[prices("levies", LEVIES), prices("levies", dearer, "2024-07-11")])
    data = request()
    data["metering_points"][0]["readings"].insert(1, reading("2024-07-11", "cut", peak="1", flat="2", valley="3"))
    answer = bill(data, tariffs)
    assert quantities(answer, "fund") == ["600", "5400"]
    assert codes(answer) == set()


def test_a_price_that_ends_without_another_leaves_its_line_for_its_days() -> None:
    gone = [each for each in LEVIES if each["for"]["class"] == "residential"] + [{**LEVIES[0], "code": "other"}]
    with_both = [*LEVIES, {**LEVIES[0], "code": "other"}]
    tariffs = catalog(levies=[prices("levies", with_both), prices("levies", gone, "2024-07-11")])
    answer = bill(request(), tariffs)
    assert (quantities(answer, "fund"), quantities(answer, "other")) == (["1936"], ["6000"])
    assert [each.facts["day"] for each in problems(answer, ProblemCode.ENERGY_SPLIT_BY_DAYS)] == ["2024-07-11"]


def test_a_price_by_the_month_is_that_of_the_last_day_of_the_cycle() -> None:
    june, july = PURCHASE, [{**each, "price": "0.9"} for each in PURCHASE]
    monthly = [
        prices("purchase_price", june, "2024-06-01", until="2024-07-01"),
        prices("purchase_price", july, "2024-07-01", until="2024-08-01"),
    ]
    data = request("2024-06-24", "2024-07-24", agreement=[entry("2020-01-01")])
    assert amounts(bill(data, catalog(purchase=monthly)), "purchase") == ["5400.00"]  # 6000 × 0.9
    by_day = changed(data, {"conventions.price_by.purchase_price": "consumption_day"})
    answer = bill(by_day, catalog(purchase=monthly))
    # 7 of 30 days at 0.8, 0.5, 0.2 (233, 467, 700), 23 at 0.9
    assert amounts(answer, "purchase") == ["186.40", "233.50", "140.00", "4140.00"]


def test_the_month_whose_price_is_paid_is_in_doubt_where_no_document_tells() -> None:
    dear = [{**each, "price": "0.9"} for each in PURCHASE]
    monthly = [prices("purchase_price", PURCHASE, "2024-06-01"), prices("purchase_price", dear, "2024-07-01")]
    untold = conventions(told={key: value for key, value in CONVENTIONS.items() if key != "price_by"})
    answer = bill(request("2024-06-24", "2024-07-24"), catalog(purchase=monthly, conventions=untold))
    [problem] = problems(answer, ProblemCode.CONVENTION_UNDOCUMENTED)
    assert (problem.where, problem.facts["chosen"]) == ("/conventions/price_by/purchase_price", "billing_month")
    # 4699.90 instead of 5400.00, and −0.75 % of it less given back: −700.10 + 5.25
    assert [(each.value, str(each.difference)) for each in problem.alternatives] == [("consumption_day", "-694.85")]
    whole_month = bill(request("2024-07-01", "2024-08-01"), catalog(purchase=monthly, conventions=untold))
    assert codes(whole_month) == {"bands_at_one_price"}


def test_a_price_that_changes_after_the_last_day_billed_matters_to_the_month() -> None:
    dear = [{**each, "price": "0.9"} for each in PURCHASE]
    monthly = [prices("purchase_price", PURCHASE, "2024-06-01"), prices("purchase_price", dear, "2024-07-01")]
    untold = conventions(told={key: value for key, value in CONVENTIONS.items() if key != "price_by"})
    data = changed(request("2024-06-24", "2024-06-30"), {"cycle.to": "2024-07-24"})
    answer = bill(data, catalog(purchase=monthly, conventions=untold))
    assert amounts(answer, "purchase") == ["5400.00"]
    assert [each.facts["key"] for each in problems(answer, ProblemCode.CONVENTION_UNDOCUMENTED)] == [
        "price_by.purchase_price"
    ]


def test_a_new_document_with_the_same_prices_changes_nothing() -> None:
    relabelled = [{**each, "label": "again"} for each in NETWORK]
    dearer = [{**LEVIES[0], "price": "0.03"}, LEVIES[1]]
    levies = [prices("levies", LEVIES), prices("levies", dearer, "2024-07-11")]
    again = [prices("network_price", NETWORK), prices("network_price", relabelled, "2024-07-11")]
    alone = bill(request(), catalog(network=again))
    assert [(each.code, each.amount) for each in alone.lines] == [
        (each.code, each.amount) for each in bill(request()).lines
    ]
    beside = bill(request(), catalog(network=again, levies=levies))
    assert [(each.code, each.amount) for each in beside.lines] == [
        (each.code, each.amount) for each in bill(request(), catalog(levies=levies)).lines
    ]


def test_what_a_price_is_made_of_may_change_within_the_period() -> None:
    later = structure("2024-07-11", id="cn-test/price_structure/2024-07")
    listed = [energy("listed", "0.6", section="catalogue")]
    earlier = structure(industry=["catalogue_price", "levies"])
    data = sheet()
    del data["price_sheet"]
    answer = bill(data, catalog(structure=[earlier, later], catalogue=prices("catalogue_price", listed)))
    assert [(each.code, str(each.quantity)) for each in answer.lines if each.band is None] == [
        ("network_energy", "4064"),
        ("fund", "6000"),
        ("listed", "1936"),
    ]
    gap = catalog(
        structure=[structure(until="2024-07-11"), structure("2024-07-21", id="cn-test/price_structure/2024-07")]
    )
    refused = refusal(data, gap)
    assert (refused.code, refused.facts["kind"], refused.facts["day"]) == (
        RefusalCode.NO_DOCUMENT,
        "price_structure",
        "2024-07-11",
    )


def test_a_missing_document_and_a_missing_row_are_refused() -> None:
    refused = refusal(request(), catalog(levies=None))
    assert (refused.code, refused.where) == (RefusalCode.NO_DOCUMENT, "/area")
    assert refused.facts == {"kind": "levies", "area": "cn-test", "day": "2024-07-01"}
    ended = refusal(request(), catalog(levies=prices("levies", LEVIES, until="2024-07-20")))
    assert ended.facts["day"] == "2024-07-20"
    other = refusal(request(), catalog(levies=prices("levies", [LEVIES[1]])))
    assert (other.code, other.where) == (RefusalCode.NO_PRICE, "/area")
