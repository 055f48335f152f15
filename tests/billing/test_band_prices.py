"""Prices that float with the time of use: where each product is rounded, and what a further ratio multiplies."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billcalc.billing.bill import Bill
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Severity
from billcalc.tariff.catalog import Catalog
from tests.billing.cases import (
    CONVENTIONS,
    Data,
    amounts,
    bill,
    catalog,
    changed,
    conventions,
    document,
    energy,
    lines,
    problems,
    sheet,
)

GUANGDONG: Data = {
    "for": {"class": "industrial_commercial"},
    "remainder": "flat",
    "periods": {"all": {"bands": {"sharp": ["11:00-12:00"], "peak": ["10:00-14:00"], "valley": ["00:00-08:00"]}}},
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
    "floats": {"all": {"tags": ["floats"]}},
}
"""The ratios of 粤发改价格〔2021〕331号, in invented hours."""

ROUNDED = {**GUANGDONG, "price_round": {"step": "0.0001", "of": "component"}}
EXACT = {"time_of_use": {"ratio_of": "exact"}}


def tariffs(hours: Data = ROUNDED, **told: Any) -> Catalog:
    """The area with hours and ratios, and conventions beside those it always tells."""
    return catalog(
        hours=document("time_of_use", "2020-01-01", hours), conventions=conventions(told={**CONVENTIONS, **told})
    )


def shop(*components: Data, **told: Any) -> Data:
    """A shop with 4,000 kWh of sharp energy beside 1,000 / 2,000 / 3,000 at peak, flat and valley."""
    data = sheet(*components, **told)
    for index, shown in enumerate(("0", "40")):
        data = changed(data, {f"metering_points.0.readings.{index}.sharp": shown})
    return data


def floating(price: str, code: str = "loss", **more: Any) -> Data:
    return energy(code, price, tags=["floats"], **more)


def prices_of(answer: Bill, code: str = "loss") -> list[str]:
    return [str(each.price) for each in lines(answer, code)]


def test_sharp_is_a_multiple_of_the_rounded_price_of_peak() -> None:
    answer = bill(shop(floating("0.0155")), tariffs(time_of_use={"ratio_of": "rounded"}))
    # 0.0155 × 1.7 = 0.02635: 0.0264; × 1.25 = 0.033; × 0.38 = 0.00589: 0.0059
    assert prices_of(answer) == ["0.0330", "0.0264", "0.0155", "0.0059"]
    # 4,000 × 0.033, 1,000 × 0.0264, 2,000 × 0.0155, 3,000 × 0.0059
    assert amounts(answer) == ["132.00", "26.40", "31.00", "17.70"]
    assert not problems(answer, ProblemCode.CONVENTION_UNDOCUMENTED)


def test_the_request_may_multiply_before_it_rounds() -> None:
    data = changed(shop(floating("0.0155")), {"conventions": EXACT})
    answer = bill(data, tariffs(time_of_use={"ratio_of": "rounded"}))
    assert prices_of(answer)[0] == "0.0329"  # 0.0155 × 2.125 = 0.0329375


def test_where_nobody_tells_it_the_doubt_has_the_money_of_the_other_reading() -> None:
    answer = bill(shop(floating("0.0155")), tariffs())
    assert prices_of(answer)[0] == "0.0330"
    [doubt] = problems(answer, ProblemCode.CONVENTION_UNDOCUMENTED)
    assert (doubt.facts["key"], doubt.severity) == ("time_of_use.ratio_of", Severity.DOUBT)
    assert doubt.where == "/conventions/time_of_use/ratio_of"
    # 0.0001 less on 4,000 kWh
    assert [(each.value, str(each.difference)) for each in doubt.alternatives] == [("exact", "-0.40")]


@pytest.mark.parametrize(
    ("price", "hours"),
    [("0.01", ROUNDED), ("0.0155", GUANGDONG)],  # 0.017 and 0.02125; nothing is rounded
)
def test_there_is_no_doubt_where_both_readings_are_the_same(price: str, hours: Data) -> None:
    assert not problems(bill(shop(floating(price)), tariffs(hours)), ProblemCode.CONVENTION_UNDOCUMENTED)


def test_without_a_rounding_the_ratios_are_multiplied_exactly() -> None:
    assert prices_of(bill(shop(floating("0.0155")), tariffs(GUANGDONG)))[:2] == ["0.0329375", "0.02635"]


def test_the_rounding_of_a_component_is_one_of_each_product_too() -> None:
    answer = bill(shop(floating("0.0155", round={"price": "0.001"})), tariffs(time_of_use={"ratio_of": "rounded"}))
    # 0.02635: 0.026; × 1.25 = 0.0325: 0.033 (at once 0.0329: 0.033); flat 0.0155: 0.016
    assert prices_of(answer) == ["0.033", "0.026", "0.016", "0.006"]


def test_a_convention_rounds_each_component_by_itself_and_flat_too() -> None:
    told = {"ratio_of": "rounded", "price_round": "0.00001"}
    answer = bill(shop(floating("0.3956274", "market"), floating("0.1131", "network")), tariffs(time_of_use=told))
    # 0.3956274 × 1.7 = 0.67256658, × 1.25 = 0.8407125: half up; × 0.38 = 0.150338412
    assert prices_of(answer, "market") == ["0.84071", "0.67257", "0.39563", "0.15034"]
    assert prices_of(answer, "network") == ["0.24034", "0.19227", "0.11310", "0.04298"]
    assert "cn-test/conventions/2020-01-01" in {source.id for source in answer.sources}


def test_peak_is_a_multiple_of_the_price_before_flat_is_rounded() -> None:
    answer = bill(shop(floating("0.00014")), tariffs(time_of_use={"ratio_of": "rounded"}))
    # flat 0.0001; peak 0.00014 × 1.7 = 0.000238: 0.0002, and sharp 0.00025: 0.0003
    assert prices_of(answer) == ["0.0003", "0.0002", "0.0001", "0.0001"]


def test_what_a_convention_names_floats_unrounded() -> None:
    components = (floating("0.33333333", "market"), floating("0.0155", section="upstream_loss"))
    answer = bill(shop(*components), tariffs(time_of_use={"ratio_of": "rounded", "unrounded": ["market"]}))
    ratios = [Decimal(ratio) for ratio in ("2.125", "1.7", "1", "0.38")]
    assert [Decimal(price) for price in prices_of(answer, "market")] == [Decimal("0.33333333") * r for r in ratios]
    by_section = bill(shop(*components), tariffs(time_of_use={"ratio_of": "rounded", "unrounded": ["upstream_loss"]}))
    assert prices_of(by_section)[0] == "0.0329375"
    assert prices_of(by_section, "market")[1] == "0.5667"


def test_a_convention_rounds_several_where_the_document_rounds_their_sum() -> None:
    hours = {**GUANGDONG, "price_round": {"step": "0.0001", "of": "sum"}}
    told = {"ratio_of": "rounded", "price_round": "0.0001"}
    answer = bill(shop(floating("0.0155"), floating("0.1", "network")), tariffs(hours, time_of_use=told))
    assert (prices_of(answer)[0], prices_of(answer, "network")[0]) == ("0.0330", "0.2125")


@given(st.integers(1, 99999), st.integers(1, 6))
def test_a_rounded_price_lies_within_half_a_step_of_its_ratio_to_the_one_it_is_a_multiple_of(
    price: int, places: int
) -> None:
    told = Decimal(price).scaleb(-places)
    answer = bill(shop(floating(f"{told:f}")), tariffs(time_of_use={"ratio_of": "rounded"}))
    sharp, peak, flat, valley = (Decimal(each) for each in prices_of(answer))
    half = Decimal("0.00005")
    for found, exact in (
        (sharp, peak * Decimal("1.25")),
        (peak, told * Decimal("1.7")),
        (flat, told),
        (valley, told * Decimal("0.38")),
    ):
        assert abs(found - exact) <= half


# One price of the customer's own beside prices of bands


def given_prices(**prices: str) -> Data:
    return shop(floating("given", "market"), prices={"market": prices})


def test_the_one_price_floats_in_the_bands_that_have_none_of_their_own() -> None:
    told = {"ratio_of": "rounded", "own_prices": "float"}
    data = given_prices(total="0.4", sharp="0.85")
    answer = bill(data, tariffs(GUANGDONG, time_of_use=told))
    assert prices_of(answer, "market") == ["0.85", "0.68", "0.4", "0.152"]
    assert prices_of(bill(given_prices(flat="0.4", sharp="0.85"), tariffs(GUANGDONG, time_of_use=told)), "market") == [
        "0.85", "0.68", "0.4", "0.152",
    ]  # fmt: skip
    as_given = bill(data, tariffs(GUANGDONG, time_of_use={"own_prices": "as_given"}))
    assert prices_of(as_given, "market") == ["0.85", "0.4", "0.4", "0.4"]


def test_whether_the_one_price_floats_is_in_doubt_where_nobody_tells() -> None:
    answer = bill(given_prices(total="0.4", sharp="0.85"), tariffs(GUANGDONG))
    assert prices_of(answer, "market") == ["0.85", "0.4", "0.4", "0.4"]
    [doubt] = problems(answer, ProblemCode.CONVENTION_UNDOCUMENTED)
    assert doubt.facts["key"] == "time_of_use.own_prices"
    # 1,000 × 0.28 more and 3,000 × 0.248 less
    assert [(each.value, str(each.difference)) for each in doubt.alternatives] == [("float", "-464.00")]
    whole = given_prices(total="0.4", sharp="0.85", peak="0.7", flat="0.4", valley="0.1")
    assert not problems(bill(whole, tariffs(GUANGDONG)), ProblemCode.CONVENTION_UNDOCUMENTED)
    untold = bill(
        shop(energy("market", "given"), prices={"market": {"total": "0.4", "sharp": "1"}}), tariffs(GUANGDONG)
    )
    assert not problems(untold, ProblemCode.CONVENTION_UNDOCUMENTED)
