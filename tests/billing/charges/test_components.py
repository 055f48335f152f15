"""Quantity × price: real lines to the fen, both grains, and what adding grains may change."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billcalc.billing.charges import components
from billcalc.kernel.derived import Derived
from billcalc.kernel.plain import Plain
from billcalc.kernel.steps import steps_of
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Rounding, Value
from billcalc.vocabulary import BANDS, Band, Grain
from tests.billing.charges.kinds import FEN, Make, derived, each_on_both, on_both

PEAK, FLAT, VALLEY, TOTAL = Band.PEAK, Band.FLAT, Band.VALLEY, Band.TOTAL

Numbers = Mapping[Band, str | Decimal | int]


def amounts(quantities: Numbers, prices: Numbers, round_per: Grain, rounding: Rounding = FEN) -> dict[Band, Decimal]:
    def rule(make: Make) -> dict[Band, Value]:
        return components.grains(
            quantity=components.BilledQuantity.of({band: make(number, "kWh") for band, number in quantities.items()}),
            prices={band: make(number, "CNY/kWh") for band, number in prices.items()},
            round_per=round_per,
            rounding=rounding,
        )

    return each_on_both(rule)


GUANGXI_2024_06 = {PEAK: 132000, FLAT: 105600, VALLEY: 250800}
GUANGXI_2024_07 = {PEAK: 554400, FLAT: 455400, VALLEY: 1498200}


def test_levies_of_guangxi_are_rounded_by_band() -> None:
    # Guangxi, June 2024, first point: 20427.33 in three bands
    by_band = amounts(GUANGXI_2024_06, {TOTAL: "0.041825"}, Grain.BAND)
    assert by_band == {PEAK: Decimal("5520.90"), FLAT: Decimal("4416.72"), VALLEY: Decimal("10489.71")}


def test_the_grain_decides_a_fen() -> None:
    # Guangxi, July 2024: 104897.11 is printed; rounded for all bands together it would be 104897.10
    by_band = amounts(GUANGXI_2024_07, {TOTAL: "0.041825"}, Grain.BAND)
    assert sum(by_band.values()) == Decimal("104897.11")
    together = amounts(GUANGXI_2024_07, {TOTAL: "0.041825"}, Grain.TOTAL)
    assert together == {TOTAL: Decimal("104897.10")}


def test_each_band_has_its_own_price() -> None:
    # Guangxi, July 2024
    prices = {PEAK: "0.629029", FLAT: "0.403989", VALLEY: "0.178949"}
    by_band = amounts(GUANGXI_2024_07, prices, Grain.BAND)
    assert by_band == {PEAK: Decimal("348733.68"), FLAT: Decimal("183976.59"), VALLEY: Decimal("268101.39")}


def test_bands_of_different_prices_can_be_rounded_together() -> None:
    # http://m.xyx234.com/dadabav/babgacds: 1803.48 + 2600.286 + 98.568, published unrounded
    energies = {FLAT: 2280, PEAK: 2220, VALLEY: 240}
    prices = {FLAT: "0.791", PEAK: "1.1713", VALLEY: "0.4107"}
    together = amounts(energies, prices, Grain.TOTAL, Rounding(Decimal("0.001")))
    assert together == {TOTAL: Decimal("4502.334")}
    assert amounts(energies, prices, Grain.TOTAL) == {TOTAL: Decimal("4502.33")}


@pytest.mark.parametrize(
    ("kwh", "price", "amount"),
    [
        (150000, "0.53", "79500.00"),  # https://85l.net/index.php/l/154239019.html
        (59886, "0.385", "23056.11"),  # http://32336.cn/lhd_37ayz5eewy05ej21u7zl_4.html, item 408
        (448803, "0.366", "164261.90"),  # https://www.51dzw.com/embed/embed_125888.html; printed .89, cut off
        (547287, "0.001969", "1077.61"),  # hydro levy of a bill in Chongqing, August 2026
        (547287, "-0.001436", "-785.90"),  # and a return of the same bill
    ],
)
def test_a_line_without_bands_is_its_energy_times_its_price(kwh: int, price: str, amount: str) -> None:
    for grain in Grain:
        assert amounts({TOTAL: kwh}, {TOTAL: price}, grain) == {TOTAL: Decimal(amount)}


def test_half_a_fen_is_rounded_away_from_zero() -> None:
    # 6250 × 0.8777 = 5485.625: http://gaojiufeng.cn/?id=2834051 bills 5485.63
    assert amounts({TOTAL: 6250}, {TOTAL: "0.8777"}, Grain.TOTAL) == {TOTAL: Decimal("5485.63")}
    assert amounts({TOTAL: 6250}, {TOTAL: "-0.8777"}, Grain.TOTAL) == {TOTAL: Decimal("-5485.63")}


def test_energy_that_has_no_bands_is_priced_beside_energy_that_has() -> None:
    # the customer's own prices: 100 × 0.5 in the peak, and 10 × 0.3 of a point without bands
    energies, prices = {PEAK: 100, TOTAL: 10}, {PEAK: "0.5", TOTAL: "0.3"}
    assert amounts(energies, prices, Grain.BAND) == {PEAK: Decimal("50.00"), TOTAL: Decimal("3.00")}
    assert amounts(energies, prices, Grain.TOTAL) == {TOTAL: Decimal("53.00")}


def test_a_band_that_nothing_prices_is_a_programmers_error() -> None:
    for grain in Grain:
        with pytest.raises(KeyError):
            components.grains(
                quantity=components.BilledQuantity.of({PEAK: Plain(Decimal(1)), FLAT: Plain(Decimal(1))}),
                prices={PEAK: Plain(Decimal(1))},
                round_per=grain,
                rounding=FEN,
            )


def test_the_components_of_a_line_are_priced_together() -> None:
    # Hubei, January 2026: purchase by the agency 0.384470, losses upstream 0.013643
    def price(make: Make) -> Value:
        parts = [{PEAK: make("0.384470", "CNY/kWh")}, {TOTAL: make("0.013643", "CNY/kWh")}]
        return components.line_price(parts=parts, band=PEAK, component="purchase")

    assert on_both(price) == Decimal("0.398113")


def test_a_component_with_a_price_for_the_band_is_not_priced_by_its_total() -> None:
    def price(make: Make) -> Value:
        part = {PEAK: make("0.6", "CNY/kWh"), TOTAL: make("0.3", "CNY/kWh")}
        return components.line_price(parts=[part], band=PEAK, component="purchase")

    assert on_both(price) == Decimal("0.6")


def test_the_price_of_one_component_stays_the_value_it_is() -> None:
    stated = derived("0.0777", "CNY/kWh")
    assert components.line_price(parts=[{TOTAL: stated}], band=PEAK, component="network_energy") is stated


def test_an_added_price_is_a_step_of_the_line() -> None:
    parts = [{TOTAL: derived("0.384470", "CNY/kWh")}, {TOTAL: derived("0.013643", "CNY/kWh")}]
    price = components.line_price(parts=parts, band=TOTAL, component="purchase")
    assert isinstance(price, Derived)
    assert [(each.term, each.of, each.formula) for each in steps_of(price)] == [
        (Term.UNIT_PRICE, ("purchase",), "{0} + {1}")
    ]


def test_amounts_by_band_are_steps_of_their_bands() -> None:
    by_band = components.grains(
        quantity=components.BilledQuantity.of({PEAK: derived(132000, "kWh")}),
        prices={TOTAL: derived("0.041825", "CNY/kWh")},
        round_per=Grain.BAND,
        rounding=FEN,
    )
    amount = by_band[PEAK]
    assert isinstance(amount, Derived)
    assert amount.unit == "CNY"
    [told] = steps_of(amount)
    assert (told.term, told.of, told.formula) == (Term.BAND_AMOUNT, ("peak",), "{0} × {1}")
    assert (told.exact, told.rounded_to) == ("5520.9", Decimal("0.01"))


def test_an_amount_for_all_bands_tells_the_energy_they_sum_to() -> None:
    together = components.grains(
        quantity=components.BilledQuantity.of({PEAK: derived(132000, "kWh"), FLAT: derived(105600, "kWh")}),
        prices={TOTAL: derived("0.041825", "CNY/kWh")},
        round_per=Grain.TOTAL,
        rounding=FEN,
    )
    amount = together[TOTAL]
    assert isinstance(amount, Derived)
    assert [(each.term, each.number) for each in steps_of(amount)] == [(Term.BILLED_QUANTITY, Decimal(237600))]


ENERGIES = st.dictionaries(st.sampled_from(BANDS), st.integers(0, 10**7), min_size=1)
PRICES = st.decimals(min_value=-1, max_value=2, places=8)
NOT_NEGATIVE_PRICES = st.decimals(min_value=0, max_value=2, places=8)


@given(energies=ENERGIES, price=NOT_NEGATIVE_PRICES)
def test_rounding_by_band_or_together_differs_by_half_a_fen_for_each_band(
    energies: dict[Band, int], price: Decimal
) -> None:
    by_band = amounts(energies, {TOTAL: price}, Grain.BAND)
    together = amounts(energies, {TOTAL: price}, Grain.TOTAL)
    assert list(by_band) == list(energies)
    assert abs(sum(by_band.values()) - together[TOTAL]) <= len(energies) * Decimal("0.005")


@given(energies=ENERGIES, prices=st.tuples(PRICES, PRICES), grain=st.sampled_from(Grain))
def test_a_higher_price_never_costs_less(
    energies: dict[Band, int], prices: tuple[Decimal, Decimal], grain: Grain
) -> None:
    less, more = (sum(amounts(energies, {TOTAL: price}, grain).values()) for price in sorted(prices))
    assert less <= more


@given(energies=ENERGIES, price=PRICES)
def test_one_price_for_all_bands_is_that_price_in_each_of_them(energies: dict[Band, int], price: Decimal) -> None:
    for grain in Grain:
        told_by_band = amounts(energies, dict.fromkeys(energies, price), grain)
        assert told_by_band == amounts(energies, {TOTAL: price}, grain)


@given(price=st.integers(-100, 200), energies=ENERGIES)
def test_prices_in_whole_fen_leave_nothing_to_round(price: int, energies: dict[Band, int]) -> None:
    fen = Decimal(price).scaleb(-2)
    by_band = amounts(energies, {TOTAL: fen}, Grain.BAND)
    assert sum(by_band.values()) == amounts(energies, {TOTAL: fen}, Grain.TOTAL)[TOTAL] == fen * sum(energies.values())
