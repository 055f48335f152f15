"""Lines whose amounts hang together: rounded as one with one that takes the rest; a surcharge of sharp hours apart."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billcalc.billing.bill import Bill
from billcalc.kernel.codes import ProblemCode, RefusalCode
from billcalc.kernel.decimals import exact_sum
from billcalc.kernel.troubles import Severity
from billcalc.tariff.catalog import Catalog
from tests.billing.cases import (
    CONVENTIONS,
    HOME,
    INDUSTRY,
    Data,
    amounts,
    bill,
    catalog,
    changed,
    codes,
    conventions,
    document,
    entry,
    lines,
    point,
    prices,
    problems,
    reading,
    refusal,
    request,
)

# The ratios and funds of Anhui: 1.74 and 0.382 (1.843 in the months that raise it), sharp 1.2 × peak; 0.02887 in all
FUNDS = [
    {"code": code, "section": "levies", "price": price, "for": {"class": "industrial_commercial"}}
    for code, price in (("renewable", "0.019"), ("reservoir", "0.00623"), ("water", "0.00364"))
]
HOMES = {"for": {"class": "residential"}}
HOME_FUNDS = [
    {"code": code, "section": "levies", "price": price, **HOMES}
    for code, price in (("grid", "0.10"), ("reservoir", "0.00623"), ("water", "0.00364"))
]
HOUSEHOLD = [{"code": "home_energy", "section": "catalogue", "price": "0.46043", **HOMES}]
ENERGY = [
    {"code": "market", "section": "energy", "price": "0.40123", "for": {"class": "industrial_commercial"}},
]
NETWORK = [
    {"code": "network_energy", "section": "network_energy", "price": "0.1131", "for": {"class": "industrial_commercial"}},
]  # fmt: skip
JOINT = {
    "lines": ["network_energy", "levies"],
    "rest": "water",
    "round_per": "band",
    "for": {"class": "industrial_commercial"},
}
HOME_JOINT = {"lines": ["levies"], "rest": "catalogue", "round_per": "total", **HOMES}
SURCHARGE = {"code": "sharp_surcharge", "lines": ["network_energy"], "rest": "energy", "step": "0.00001"}


def hours(peak: str = "1.74") -> Data:
    """There are sharp hours in the months that raise the ratio of peak."""
    sharp = {} if peak == "1.74" else {"sharp": ["20:00-22:00"]}
    bands = {
        "sharp": {"of": "peak", "factor": "1.2"},
        "peak": {"of": "flat", "factor": peak},
        "flat": {"of": "untimed", "factor": "1"},
        "valley": {"of": "flat", "factor": "0.382"},
    }
    return {
        "for": {"class": "industrial_commercial"},
        "remainder": "flat",
        "periods": {"all": {"bands": {**sharp, "peak": ["16:00-24:00"], "valley": ["02:00-08:00"]}}},
        "ratios": {"all": {"bands": bands}},
        "floats": {"all": {"sections": ["energy", "network_energy"]}},
        "price_round": {"step": "0.00001", "of": "component"},
    }


def tariffs(peak: str = "1.74", *, network: Any = None, levies: Any = None, energy: Any = None, **told: Any) -> Catalog:
    named = {name: {**CONVENTIONS.get(name, {}), **each} for name, each in told.items()}
    return catalog(
        hours=document("time_of_use", "2020-01-01", hours(peak)),
        purchase=prices("purchase_price", energy or ENERGY),
        network=network or prices("network_price", NETWORK),
        levies=levies or prices("levies", [*FUNDS, *HOME_FUNDS]),
        catalogue=prices("catalogue_price", HOUSEHOLD),
        conventions=conventions(told={**CONVENTIONS, "time_of_use": {"ratio_of": "rounded"}, **named}),
    )


def month(**kwh: str) -> Data:
    """A factory without a basic charge and power factor, and what its registers counted."""
    readings = [
        reading("2024-07-01", "opening", **dict.fromkeys(kwh, "0")), reading("2024-08-01", "closing", **kwh)
    ]  # fmt: skip
    config = [{"from": "2020-01-01", "meter": "A", "multiplier": "1", "digits": "9"}]
    data = request(
        agreement=[entry("2020-01-01", groups={"main": {**INDUSTRY, "billing": "one_part"}}, basic={"mode": "exempt"})],
        metering_points=[point(readings=readings, config=config)],
    )
    return changed(data, {"agreement.0.supply_points.S1.power_factor_standard": "none"})


BANDS = {"peak": "1025", "flat": "2011", "valley": "3007"}


def test_one_line_takes_what_the_others_leave_of_the_joint_amount() -> None:
    answer = bill(month(**BANDS), tariffs(amounts={"joint": [JOINT]}))
    # network 0.19679, 0.1131 and 0.0432: 201.70975, 227.4441, 129.9024
    assert amounts(answer, "network_energy") == ["201.71", "227.44", "129.90"]
    assert amounts(answer, "renewable") == ["114.82"]  # 19.475, 38.209, 57.133: 19.48 + 38.21 + 57.13
    assert amounts(answer, "reservoir") == ["37.65"]  # 6.38575, 12.52853, 18.73361: 6.39 + 12.53 + 18.73
    # × (network + 0.02887): 231.3015, 285.50167, 216.71449, less the others: 3.72 + 7.32 + 10.95
    assert amounts(answer, "water") == ["21.99"]
    assert "cn-test/conventions/2020-01-01" in {source.id for source in answer.sources}
    alone = bill(month(**BANDS), tariffs())
    assert amounts(alone, "water") == ["22.00"]  # 6043 × 0.00364 = 21.99652


def test_a_catalogue_price_may_be_what_is_left() -> None:
    data = changed(month(total="1246"), {"agreement.0.groups.main": HOME})
    answer = bill(data, tariffs(amounts={"joint": [JOINT, HOME_JOINT]}))
    # 1246 × 0.5703 = 710.5938 less 124.60, 7.76 (7.76258) and 4.54 (4.53544); by itself 573.70 (573.69578)
    assert sorted(amounts(answer)) == ["124.60", "4.54", "573.69", "7.76"]
    assert answer.total == Decimal("710.59")


@given(st.lists(st.integers(0, 10_000_000), min_size=3, max_size=3))
def test_the_lines_of_a_joint_amount_sum_to_it(kwh: list[int]) -> None:
    answer = bill(month(**dict(zip(BANDS, map(str, kwh), strict=True))), tariffs(amounts={"joint": [JOINT]}))
    found = exact_sum(each.amount for each in answer.lines if each.code != "market")
    prices_of = [Decimal(price) + Decimal("0.02887") for price in ("0.19679", "0.11310", "0.04320")]
    fen = Decimal("0.01")
    assert found == exact_sum(
        (Decimal(e) * price).quantize(fen, "ROUND_HALF_UP") for e, price in zip(kwh, prices_of, strict=True)
    )


def test_a_price_that_changes_inside_the_month_cuts_all_lines_of_the_joint_amount() -> None:
    dearer = [{**each, "price": "0.02"} if each["code"] == "renewable" else each for each in [*FUNDS, *HOME_FUNDS]]
    made = tariffs(levies=[prices("levies", [*FUNDS, *HOME_FUNDS]), prices("levies", dearer, "2024-07-16")],
                   amounts={"joint": [JOINT]})  # fmt: skip
    answer = bill(month(**BANDS), made)
    spans = {(each.code, str(each.span.start)) for each in answer.lines}
    assert {code for code, start in spans if start == "2024-07-16"} == {
        "network_energy", "renewable", "reservoir", "water",
    }  # fmt: skip


def test_a_joint_amount_without_a_line_that_takes_the_rest_is_in_doubt() -> None:
    nowhere = {**JOINT, "rest": "nothing"}
    answer = bill(month(**BANDS), tariffs(amounts={"joint": [nowhere]}))
    [doubt] = problems(answer, ProblemCode.REST_NOT_TOLD)
    assert (doubt.severity, doubt.where) == (Severity.DOUBT, "/conventions/amounts/joint")
    assert (doubt.facts["rest"], doubt.facts["count"], doubt.facts["group"]) == ("nothing", "0", "main")
    several = bill(month(**BANDS), tariffs(amounts={"joint": [{**JOINT, "rest": "levies"}]}))
    assert problems(several, ProblemCode.REST_NOT_TOLD)[0].facts["count"] == "3"
    one_line = {"lines": ["market"], "rest": "nothing", "round_per": "band"}
    assert "rest_not_told" not in codes(bill(month(**BANDS), tariffs(amounts={"joint": [one_line]})))
    alone = {"lines": ["nothing"], "rest": "market", "round_per": "band"}
    assert amounts(bill(month(**BANDS), tariffs(amounts={"joint": [alone]}))) == amounts(
        bill(month(**BANDS), tariffs())
    )


def test_lines_that_differ_in_their_rounding_cannot_be_rounded_as_one() -> None:
    coarse = [{**FUNDS[0], "round": {"amount": "0.1"}}, *FUNDS[1:]]
    refused = refusal(month(**BANDS), tariffs(levies=prices("levies", coarse), amounts={"joint": [JOINT]}))
    assert (refused.code, refused.where) == (RefusalCode.NOT_SUPPORTED, "/conventions/amounts/joint")
    twice = tariffs(amounts={"joint": [JOINT, {**JOINT, "lines": ["renewable"], "rest": "reservoir"}]})
    assert refusal(month(**BANDS), twice).where == "/conventions/amounts/joint"


# Sharp hours as a surcharge apart

SHARP = {"sharp": "1700", **BANDS}
APART = {"ratio_of": "rounded", "sharp_surcharge": [SURCHARGE]}


def test_a_surcharge_of_sharp_hours_is_a_line_of_its_own_and_the_market_price_takes_the_rest() -> None:
    answer = bill(month(**SHARP), tariffs("1.843", time_of_use=APART, amounts={"joint": [JOINT]}))
    # market 0.73947 at peak (0.40123 × 1.843), 0.88736 sharp; network 0.20844 and 0.25013
    [surcharge] = lines(answer, "sharp_surcharge")
    assert (surcharge.section, surcharge.band, str(surcharge.quantity)) == ("energy", "sharp", "1700")
    assert (str(surcharge.price), str(surcharge.amount)) == ("0.18958", "322.29")  # 0.2 × 0.94791; 322.286
    assert amounts(answer, "network_energy")[0] == "354.35"  # 354.348, at peak
    market = lines(answer, "market")[0]
    # 1508.51 (1508.512) + 425.22 (425.221) − 354.35 − 322.29; at peak by itself it would be 1257.10
    assert (market.band, str(market.price), str(market.amount)) == ("sharp", "0.73947", "1257.09")
    whole = bill(month(**SHARP), tariffs("1.843", amounts={"joint": [JOINT]}))
    sharp = [each.amount for each in whole.lines if each.band == "sharp"]
    assert [str(each) for each in sharp] == ["1508.51", "425.22"]
    # 1700 × (network + 0.02887): the fund takes the rest of 403.427 or of 474.30
    assert answer.total - whole.total in (Decimal("0.00"), Decimal("0.01"), Decimal("-0.01"))


@given(st.integers(0, 10_000_000))
def test_a_surcharge_changes_no_sum(kwh: int) -> None:
    data = month(**{**SHARP, "sharp": str(kwh)})
    assert bill(data, tariffs("1.843", time_of_use=APART)).total == bill(data, tariffs("1.843")).total


def test_without_sharp_energy_there_is_no_surcharge() -> None:
    without = changed(month(**BANDS), {"metering_points.0.not_installed": ["sharp"]})
    answer = bill(without, tariffs("1.843", time_of_use=APART))
    assert "sharp_surcharge" not in {each.code for each in answer.lines}
    elsewhere = {**SURCHARGE, "for": {"class": "residential"}}
    other = bill(month(**SHARP), tariffs("1.843", time_of_use={**APART, "sharp_surcharge": [elsewhere]}))
    assert "sharp_surcharge" not in {each.code for each in other.lines}


def test_what_does_not_float_has_no_surcharge() -> None:
    fixed = {**APART, "sharp_surcharge": [{**SURCHARGE, "lines": ["renewable"], "rest": "reservoir"}]}
    answer = bill(month(**SHARP), tariffs("1.843", time_of_use=fixed, levies=prices("levies", FUNDS)))
    assert "sharp_surcharge" not in {each.code for each in answer.lines}
    alone = {**APART, "sharp_surcharge": [{**SURCHARGE, "lines": ["energy"], "rest": "market"}]}
    answer = bill(month(**SHARP), tariffs("1.843", time_of_use=alone))
    # 0.2 × 0.73947 = 0.147894; × 1700; the rest of 1508.51
    assert amounts(answer, "sharp_surcharge") == ["251.41"]
    assert amounts(answer, "market")[0] == "1257.10"


def test_the_surcharge_is_in_the_base_where_its_lines_are() -> None:
    data = changed(
        month(**SHARP), {"agreement.0.supply_points.S1.power_factor_standard": "0.90", "facts.S1.cosphi": "0.8"}
    )
    base = {"include": {"sections": ["energy", "network_energy"]}}
    whole = bill(data, tariffs("1.843", power_factor={"base": base}))
    apart = bill(data, tariffs("1.843", power_factor={"base": base}, time_of_use=APART))
    assert lines(apart, "power_factor")[0].quantity == lines(whole, "power_factor")[0].quantity
    outside = {"include": {"sections": ["levies"]}}
    found = bill(data, tariffs("1.843", power_factor={"base": outside}, time_of_use=APART))
    assert lines(found, "power_factor")[0].quantity == bill_of_levies(found)


def bill_of_levies(answer: Bill) -> Decimal:
    return exact_sum(each.amount for each in answer.lines if each.section == "levies")


BY_BAND = {"bands": {"sharp": "0.9", "peak": "0.7", "flat": "0.4", "valley": "0.2"}}


@pytest.mark.parametrize(
    ("energy", "changes"),
    [
        ([{**ENERGY[0], "price": BY_BAND}], {}),
        ([{**ENERGY[0], "price": "given"}], {"price_sheet": {"title": "own", "prices": {"market": BY_BAND["bands"]}}}),
        ([{**ENERGY[0], "round_per": "total", "print_per": "total"}], {}),
        (
            ENERGY,
            {
                "conventions": {"power_factor": {"base": {"include": {"sections": ["energy"]}}}},
                "agreement.0.supply_points.S1.power_factor_standard": "0.90",
            },
        ),
    ],
)
def test_a_surcharge_of_what_is_no_one_multiple_of_peak_is_refused(energy: Any, changes: Data) -> None:
    refused = refusal(changed(month(**SHARP), changes), tariffs("1.843", energy=energy, time_of_use=APART))
    assert (refused.code, refused.where) == (RefusalCode.NOT_SUPPORTED, "/conventions/time_of_use/sharp_surcharge")


def test_the_line_that_takes_the_rest_of_a_surcharge_takes_none_of_a_joint_amount() -> None:
    joint = {"lines": ["levies"], "rest": "market", "round_per": "band"}
    made = tariffs("1.843", time_of_use=APART, amounts={"joint": [joint]})
    assert refusal(month(**SHARP), made).where == "/conventions/amounts/joint"
