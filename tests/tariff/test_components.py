"""Prices, the customers they are for, and components: what is read, what is refused."""

import re
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from billcalc.fields import JsonNumber, validated
from billcalc.kernel.troubles import InvalidInput
from billcalc.tariff.components import (
    BandPrices,
    Component,
    FlatPrice,
    PriceKey,
    PriceNumber,
    Selector,
)
from billcalc.tariff.roundings import RoundingStep
from billcalc.vocabulary import Band, Billing, CustomerClass, Grain, Purchase, Section, Voltage

LEVY = {"code": "levies", "section": "levies", "price": "0.041825"}


def component(**told: object) -> Component:
    return validated(Component, {**LEVY, **told})


def faults_of(**told: object) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        component(**told)
    return [str(fault) for fault in caught.value.faults]


# Prices


def test_a_price_is_its_digits() -> None:
    price = component(price="0.0777").price
    assert isinstance(price, FlatPrice)
    assert price.flat.value == Decimal("0.0777")
    assert price == component(price={"flat": "0.0777"}).price


def test_a_levy_keeps_its_official_digits_and_is_billed_by_those_that_are_billed() -> None:
    # 国家重大水利工程建设基金: 0.00196875 in the document, 0.001969 on bills in Chongqing
    price = component(price={"flat": {"official": "0.00196875", "billed": "0.001969"}}).price
    assert isinstance(price, FlatPrice)
    assert (price.flat.value, price.flat.official) == (Decimal("0.001969"), Decimal("0.00196875"))


def test_a_misprint_is_kept_beside_what_is_billed_instead() -> None:
    # Hubei, January 2026: a row prints 0.848961 where its parts give 0.846961
    told = {"printed": "0.848961", "corrected": "0.846961", "reason": "the sum of the parts"}
    number = validated(PriceNumber, told)
    assert (number.value, number.printed) == (Decimal("0.846961"), Decimal("0.848961"))


def test_a_price_that_is_built_in_code_is_taken_as_it_is() -> None:
    number = PriceNumber(official=Decimal("0.5"))
    flat = FlatPrice(flat=number)
    assert component(price=flat).price == flat
    assert validated(PriceNumber, number) is number


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"billed": "1"},
        {"printed": "1"},
        {"corrected": "1"},
        {"printed": "1", "corrected": "2"},
        {"printed": "1", "reason": "a slip"},
        {"official": "1", "reason": "a slip"},
        {"official": "1", "corrected": "2", "reason": "a slip"},
        {"official": "1", "printed": "2"},
        {"printed": "1", "corrected": "2", "reason": "a slip", "billed": "3"},
    ],
)
def test_a_price_that_is_told_by_halves_or_twice_is_refused(told: dict[str, str]) -> None:
    with pytest.raises(InvalidInput) as caught:
        validated(PriceNumber, told)
    assert str(caught.value) == (
        "/: inconsistent: a price is official (and billed), or printed and corrected with the reason; "
        "correct one of the two"
    )


@pytest.mark.parametrize("number", ["1e-2", "0,5", JsonNumber("0.5")])
def test_a_price_in_other_digits_is_refused(number: str) -> None:
    [fault] = faults_of(price=number)
    assert fault.startswith("/price: ")


def test_bands_have_prices_of_their_own_and_some_have_none() -> None:
    price = component(price={"bands": {"peak": "0.6", "flat": "0.4"}, "unpriced": ["valley"]}).price
    assert isinstance(price, BandPrices)
    assert {band: number.value for band, number in price.bands.items()} == {
        Band.PEAK: Decimal("0.6"),
        Band.FLAT: Decimal("0.4"),
    }
    assert price.known == {Band.PEAK, Band.FLAT, Band.VALLEY}


def test_a_band_is_priced_or_not() -> None:
    assert faults_of(price={"bands": {"peak": "0.6"}, "unpriced": ["peak"]}) == [
        "/price: inconsistent: the band peak is both priced and unpriced; correct one of the two"
    ]


@pytest.mark.parametrize("price", [{"bands": {"total": "0.6"}}, {"bands": {"peak": "0.6"}, "unpriced": ["total"]}])
def test_the_total_is_no_band(price: object) -> None:
    [fault] = faults_of(price=price)
    assert fault.endswith(
        'unknown_word: "total" is not an accepted value; use one of: '
        "sharp, peak, half_peak, saturday_half_peak, flat, valley, deep_valley"
    )


def test_prices_by_band_need_a_band() -> None:
    [fault] = faults_of(price={"bands": {}})
    assert fault.startswith("/price/bands: wrong_type: ")


def test_a_price_can_be_left_to_the_customers_contract() -> None:
    assert component(price="given").price is None


def test_a_price_that_is_not_told_is_no_price_of_the_contract() -> None:
    with pytest.raises(InvalidInput, match="missing_key"):
        validated(Component, {"code": "levies", "section": "levies"})
    with pytest.raises(InvalidInput, match="inconsistent"):
        component(price=None)


# Components


def test_a_component_prints_on_a_line_of_its_own_or_with_others() -> None:
    assert component().line_code == "levies"
    assert component(line="purchase").line_code == "purchase"


@pytest.mark.parametrize(
    ("quantity", "is_energy"),
    [
        ("billed_kwh", True),
        ("net_of_export", True),
        ("tier_kwh.2", True),
        ("capacity_kva", False),
        ("demand_kw", False),
        ("demand_kw.regular", False),
        ("months", False),
    ],
)
def test_capacity_demand_and_months_are_no_energy(quantity: str, is_energy: bool) -> None:
    assert component(quantity=quantity).is_energy is is_energy


@pytest.mark.parametrize("quantity", ["capacity_kva", "demand_kw", "demand_kw.regular", "months"])
@pytest.mark.parametrize("price", ["given", {"bands": {"peak": "21.4"}}])
def test_what_has_no_bands_has_one_price(quantity: str, price: object) -> None:
    assert faults_of(quantity=quantity, price=price) == [
        f"/price: inconsistent: {quantity} has one price, told here, and not one for each band or for each customer; "
        "correct one of the two"
    ]


def test_what_is_rounded_together_cannot_be_printed_by_band() -> None:
    assert faults_of(round_per="total", print_per="band") == [
        "/print_per: inconsistent: what is rounded for all bands together (round_per) cannot be printed by band; "
        "correct one of the two"
    ]


@pytest.mark.parametrize(
    ("round_per", "print_per"), [("band", "band"), ("band", "total"), ("total", "total"), (None, "band")]
)
def test_every_other_grain_can_be_printed(round_per: str | None, print_per: str) -> None:
    made = component(round_per=round_per, print_per=print_per)
    assert (made.round_per, made.print_per) == (None if round_per is None else Grain(round_per), Grain(print_per))


@pytest.mark.parametrize("step", ["0", "-0.01", "10", "1000000", "3", "0.3", "0.025001"])
def test_a_rounding_needs_a_step_that_is_a_decimal_part_of_one(step: str) -> None:
    assert faults_of(round={"amount": step}) == [
        f"/round/amount: out_of_range: {step} is not within the steps 1, 0.5, 0.1, 0.05, 0.01 and so on; "
        "correct the value"
    ]
    pattern = TypeAdapter(RoundingStep).json_schema()["pattern"]
    assert re.fullmatch(pattern, step) is None
    assert all(re.fullmatch(pattern, each) for each in ("1", "1.00", "0.5", "0.25", "0.010", "0.00005"))
    assert component(round={"price": "0.0001"}).round.price == Decimal("0.0001")
    assert component().round.amount == Decimal("0.01")


@pytest.mark.parametrize("code", ["Levies", "2nd", "", "a-b", "x" * 41])
def test_a_code_is_a_short_word_in_small_letters(code: str) -> None:
    [fault] = faults_of(code=code)
    assert fault.startswith("/code: wrong_type: ")


# For whom


KEY = PriceKey(
    customer_class=CustomerClass.INDUSTRIAL_COMMERCIAL,
    billing=Billing.TWO_PART,
    voltage=Voltage.V110,
    purchase=Purchase.AGENT,
    time_of_use=True,
)


def selector(**told: object) -> Selector:
    return validated(Selector, told)


def test_a_selector_that_tells_nothing_is_for_everybody() -> None:
    assert selector().matches(KEY)


@pytest.mark.parametrize(
    ("dimension", "own", "other"),
    [
        ("class", "industrial_commercial", "residential"),
        ("billing", "two_part", "one_part"),
        ("voltage", "110kV", "35kV"),
        ("purchase", "agent", "market"),
        ("time_of_use", True, False),
    ],
)
def test_each_dimension_of_a_selector_decides(dimension: str, own: object, other: object) -> None:
    assert selector(**{dimension: own}).matches(KEY)
    assert not selector(**{dimension: other}).matches(KEY)
    if isinstance(own, str):
        assert selector(**{dimension: [other, own]}).matches(KEY)


def test_a_subclass_is_asked_for_by_name() -> None:
    school = KEY.model_copy(update={"subclass": "school"})
    assert selector(subclass="school").matches(school)
    assert selector().matches(school)
    assert not selector(subclass="school").matches(KEY)


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        (">=220kV", {"220kV", "330kV", "500kV"}),
        ("1-10(20)kV", {"1-10kV", "20kV"}),
        ("35-110kV", {"35kV", "66kV", "110kV"}),
        ("10kV", {"1-10kV"}),
        (["<1kV", "6kV"], {"<1kV", "1-10kV"}),
    ],
)
def test_a_voltage_is_read_as_tables_print_it(printed: object, meant: set[str]) -> None:
    assert {voltage.value for voltage in selector(voltage=printed).voltage} == meant


@pytest.mark.parametrize("printed", ["110", ["110kV", "ten"], [["110kV"]], [None]])
def test_an_unknown_voltage_is_refused_with_the_known_ones(printed: object) -> None:
    with pytest.raises(InvalidInput) as caught:
        selector(voltage=printed)
    [fault] = caught.value.faults
    assert (fault.code, fault.where) == ("unknown_word", "/voltage")
    assert fault.facts["known"].startswith("<1kV, 1-10kV, 20kV")


def test_voltages_are_a_word_or_a_list() -> None:
    with pytest.raises(InvalidInput) as caught:
        selector(voltage={"from": "110kV"})
    assert str(caught.value) == "/voltage: wrong_type: a list is expected here; correct the value (a mapping)"


@pytest.mark.parametrize("dimension", ["class", "subclass", "billing", "voltage", "purchase"])
def test_a_list_of_nobody_is_refused_and_not_taken_for_everybody(dimension: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        selector(**{dimension: []})
    assert [fault.where for fault in caught.value.faults] == [f"/{dimension}"]


def test_a_key_is_told_by_all_that_decides_a_price() -> None:
    assert str(KEY) == "industrial_commercial, two_part, 110kV, agent, time of use"
    other = KEY.model_copy(update={"subclass": "school", "time_of_use": False})
    assert str(other) == "industrial_commercial, school, two_part, 110kV, agent, no time of use"


SELECTORS = st.builds(
    lambda **told: Selector.model_validate({key: word for key, word in told.items() if word}),
    **{
        "class": st.sets(st.sampled_from(["residential", "agricultural"])).map(sorted),
        "subclass": st.sets(st.sampled_from(["school", "hospital"])).map(sorted),
        "billing": st.sets(st.sampled_from(["one_part", "two_part"])).map(sorted),
        "voltage": st.sets(st.sampled_from(["<1kV", "1-10(20)kV"])).map(sorted),
        "purchase": st.sets(st.sampled_from(["agent", "market"])).map(sorted),
    },
).flatmap(
    lambda made: st.sampled_from([None, True, False]).map(lambda tou: made.model_copy(update={"time_of_use": tou}))
)
ALL_KEYS = [
    PriceKey(
        customer_class=customer_class,
        subclass=subclass,
        billing=billing,
        voltage=voltage,
        purchase=purchase,
        time_of_use=time_of_use,
    )
    for customer_class, subclass, billing, voltage, purchase, time_of_use in product(
        (CustomerClass.RESIDENTIAL, CustomerClass.AGRICULTURAL, CustomerClass.INDUSTRIAL_COMMERCIAL),
        ("school", "hospital", None),
        Billing,
        (Voltage.BELOW_1, Voltage.V20, Voltage.V35),
        (Purchase.AGENT, Purchase.MARKET, Purchase.CATALOGUE),
        (True, False),
    )
]


@given(one=SELECTORS, other=SELECTORS)
def test_two_selectors_meet_where_some_customer_is_meant_by_both(one: Selector, other: Selector) -> None:
    both = any(one.matches(key) and other.matches(key) for key in ALL_KEYS)
    assert one.meets(other) is other.meets(one) is both


def test_a_section_is_one_of_the_bills() -> None:
    assert component(section="network_energy").section is Section.NETWORK_ENERGY
    assert faults_of(section="grid")[0].startswith("/section: unknown_word: ")


def test_a_price_by_tiers_is_told_what_a_price_may_be_and_not_that_flat_is_missing() -> None:
    [told] = faults_of(price={"tiers": [{"up_to": "180", "price": "0.5"}]})
    assert told.startswith('/price: unknown_key: the key "tiers" is not known here; use one of: flat, bands, unpriced')


@pytest.mark.parametrize("told", [{}, {"quantity": "months", "section": "minimum", "minimum_of": "bill"}])
def test_a_share_of_a_month_without_use_is_of_a_fee_by_the_month(told: dict[str, object]) -> None:
    with pytest.raises(InvalidInput, match="idle_share is for a fee by the month"):
        component(idle_share="0.5", **told)
    assert component(quantity="months", idle_share="0.5").idle_share == Decimal("0.5")
