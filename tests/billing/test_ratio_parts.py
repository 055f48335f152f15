"""A part of a meter's energy by a ratio, or by a quantity without bands: what it takes of each band."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billcalc.kernel.codes import ProblemCode
from tests.billing.cases import CONVENTIONS, Data, bill, catalog, changed, conventions, prices, problems, reading
from tests.billing.test_sub_meters import HOME_BANDS, behind, energy, fixed, ratio

# The bill of Hubei whose parts these are: 653950 / 2060850 / 2695550 / 2060850 kWh, and a share of 3 % without a meter


HUBEI = {"sharp": "653950", "peak": "2060850", "flat": "2695550", "valley": "2060850"}


def share_of(value: str, read: Mapping[str, str], **told: str) -> Data:
    """A ratio part with bands of a meter that counted some energies."""
    data = behind(ratio(value), home=HOME_BANDS)
    zeros, shown = dict.fromkeys(read, "0"), dict(read)
    readings = [reading("2024-07-01", "opening", **zeros), reading("2024-08-01", "closing", **shown)]
    config = [{"from": "2020-01-01", "meter": "A", "multiplier": "1", "digits": "7"}]
    data = changed(data, {"agreement.0.supply_points.S1.power_factor_standard": "none"})
    data = changed(data, {"metering_points.0.readings": readings, "metering_points.0.config": config})
    return changed(data, {"conventions.sub_meters": told} if told else {})


BY_BAND = {
    "purchase": prices(
        "purchase_price",
        [{"code": "purchase", "section": "energy", "price": {"bands": dict.fromkeys(HUBEI, "1")}}],
    )
}


def parts(data: Data) -> list[str]:
    return [str(kwh) for kwh in bill(data, catalog(**BY_BAND)).kwh["home"].values()]


def test_a_ratio_part_keeps_its_ratio_and_flat_takes_the_rest() -> None:
    # 224,136 of 7,471,200; 19,618.5 and 61,825.5 half up, and what is left: 80,865 (80,866.5 by itself)
    assert parts(share_of("0.03", HUBEI)) == ["19619", "61826", "80865", "61826"]
    assert parts(share_of("0.03", HUBEI, ratio_bands="flat_rest")) == ["19619", "61826", "80865", "61826"]


def test_a_ratio_part_may_be_shared_out_by_running_sums() -> None:
    # 19618.5, 81444, 162310.5 and 224136: 19619, 81444, 162311, 224136
    assert parts(share_of("0.03", HUBEI, ratio_bands="shares")) == ["19619", "61825", "80867", "61825"]


def test_each_band_of_a_ratio_part_may_be_rounded_by_itself() -> None:
    assert parts(share_of("0.03", HUBEI, ratio_bands="each")) == ["19619", "61826", "80867", "61826"]  # 224,138


@pytest.mark.parametrize(
    ("read", "taken"),
    [
        # 1.5 is 2; each of 5 is 2.5: 3, and flat has nothing to give back
        ({"sharp": "5", "peak": "5", "flat": "0", "valley": "5"}, ["3", "2", "0", "3"]),
        ({"sharp": "1", "peak": "1", "flat": "1", "valley": "0"}, ["1", "1", "0", "0"]),
    ],
)
def test_flat_gives_no_more_than_it_has_and_no_less_than_nothing(read: dict[str, str], taken: list[str]) -> None:
    assert parts(share_of("0.5", read)) == taken


@given(st.lists(st.integers(0, 5_000_000), min_size=4, max_size=4), st.integers(0, 10_000))
def test_a_ratio_part_is_its_ratio_of_the_whole(kwh: list[int], share: int) -> None:
    read = dict(zip(HUBEI, map(str, kwh), strict=True))
    value = Decimal(share).scaleb(-4)
    exact = value * sum(kwh)
    for spread in ("flat_rest", "shares"):
        answer = bill(share_of(f"{value:f}", read, ratio_bands=spread), catalog(**BY_BAND))
        assert sum(answer.kwh["home"].values()) == exact.quantize(Decimal(1), ROUND_HALF_UP)
        for there, taken in zip(read.values(), answer.kwh["home"].values(), strict=True):
            assert 0 <= taken <= Decimal(there)


def test_the_doubt_about_a_ratio_part_tells_its_money() -> None:
    told = {key: value for key, value in CONVENTIONS.items() if key != "sub_meters"}
    made = catalog(conventions=conventions(told=told), **BY_BAND)
    [doubt] = problems(bill(share_of("0.03", HUBEI), made), ProblemCode.CONVENTION_UNDOCUMENTED)
    assert (doubt.facts["key"], doubt.where) == ("sub_meters.ratio_bands", "/conventions/sub_meters/ratio_bands")
    # two kWh go from the factory to the household: 2 × (0.5 + 0.01) − 2 × (1 + 0.1 + 0.02)
    assert [(each.value, str(each.difference)) for each in doubt.alternatives] == [
        ("each", "-1.22"),
        ("shares", "0.00"),
    ]


def test_a_quantity_without_bands_may_be_taken_with_flat_as_what_is_left() -> None:
    told = {"conventions.sub_meters.from_bands": "flat_rest"}
    # 199.8: 200; 33.3 of peak, 100 of valley; running sums give 33, 67, 100 too; of 5 as 0.83, 1.67, 2.5
    assert energy(behind(ratio("0.0333"), changes=told))["main"] == ["967", "1933", "2900"]
    assert energy(behind(fixed("5"), changes=told))["main"] == ["999", "1999", "2997"]
    assert energy(behind(fixed("5")))["main"] == ["999", "1998", "2998"]
