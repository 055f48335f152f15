"""From readings to energy: published answers, and that no kWh is lost or made when energy is split."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from billcalc.kernel.derived import Derived
from billcalc.kernel.steps import steps_of
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Rounding, Value
from billcalc.metering.energy import difference, ratio_part, read_energy, split_by_days, taken_by_shares
from tests.billing.charges.kinds import Make, all_on_both, derived, on_both

WHOLE = Rounding(Decimal(1))


def energy(opening: str, closing: str, multiplier: str, rollover: str | None = None) -> Decimal:
    def rule(make: Make) -> Value:
        counted = difference(
            opening=make(opening),
            closing=make(closing),
            rollover_range=None if rollover is None else make(rollover),
        )
        return read_energy(counted=counted, multiplier=make(multiplier, "kWh"), rounding=WHOLE, of=("M1", "total"))

    return on_both(rule)


@pytest.mark.parametrize(
    ("opening", "closing", "multiplier", "kwh"),
    [
        ("2155", "2305", "1000", 150000),  # https://85l.net/l/154239019.html: 50/5 A and 10000/100 V
        ("150", "200", "10", 500),  # https://o15.net/index.php/431533659009337684.html: 50/5 A
        ("0", "20", "1000", 20000),  # http://itgle.com/jinengqita/qYdT6fI.html
        ("5953.8", "6124.4", "3000", 511800),  # https://m.274949.com/2644/t28908703.html
        ("3.62", "7.42", "660000", 2508000),  # Guangxi, July 2024, the register of the total
        ("1.91", "4.18", "660000", 1498200),  # and that of the valley
    ],
)
def test_the_energy_is_the_difference_of_two_readings_times_the_multiplier(
    opening: str, closing: str, multiplier: str, kwh: int
) -> None:
    assert energy(opening, closing, multiplier) == kwh


def test_energy_is_rounded_for_each_reading_half_up() -> None:
    assert energy("0", "0.125", "100") == 13
    assert energy("0", "0.124", "100") == 12


def test_a_register_that_went_through_zero_counted_its_range_more() -> None:
    # four digits: from 9998.50 to 1.25 are 2.75
    assert energy("9998.50", "1.25", "100", rollover="10000") == 275


def test_the_difference_of_a_register_that_did_not_is_left_alone_even_below_zero() -> None:
    assert on_both(lambda make: difference(opening=make(5), closing=make(3), rollover_range=None)) == -2


def test_a_read_energy_tells_its_readings() -> None:
    opening = derived("3.62", "1", Term.OPENING_READING)
    counted = difference(opening=opening, closing=derived("7.42", "1", Term.CLOSING_READING), rollover_range=None)
    read = read_energy(counted=counted, multiplier=derived("660000", "kWh"), rounding=WHOLE, of=("M1", "total"))
    assert isinstance(read, Derived)
    [told] = steps_of(read)
    assert (told.term, told.of, told.formula, told.rounded_to) == (
        Term.READ_ENERGY,
        ("M1", "total"),
        "({0} − {1}) × {2}",
        Decimal(1),
    )


def test_a_ratio_sub_meter_takes_its_ratio_of_the_reading() -> None:
    # Hubei, October 2025: 0.03 of 7471200 kWh are 224136
    part = on_both(
        lambda make: ratio_part(whole=make(7471200, "kWh"), ratio=make("0.03"), rounding=WHOLE, of=("C1", "total"))
    )
    assert part == 224136


def test_a_ratio_part_is_rounded_and_told() -> None:
    part = ratio_part(whole=derived(1250, "kWh"), ratio=derived("0.05"), rounding=WHOLE, of=("C1",))
    assert isinstance(part, Derived)
    [told] = steps_of(part)
    assert (told.term, told.of, told.exact, told.number) == (
        Term.SUB_METERED_ENERGY,
        ("C1",),
        "62.5",
        Decimal(63),
    )


def split(kwh: int | Decimal, days: Sequence[int], step: str = "1") -> list[Decimal]:
    def rule(make: Make) -> Sequence[Value]:
        weights = [make(each, "day") for each in days]
        return split_by_days(energy=make(kwh, "kWh"), days=weights, step=Decimal(step), of=("M1", "peak"))

    return all_on_both(rule)


def test_energy_that_was_not_read_at_a_cut_is_split_by_days() -> None:
    # 1000 kWh over 11 and 19 days: 366.67 and the rest
    assert split(1000, [11, 19]) == [367, 633]
    assert split(1000, [30]) == [1000]


def test_the_parts_of_a_split_are_named_after_what_was_split() -> None:
    parts = split_by_days(
        energy=derived(1000, "kWh"), days=[derived(11, "day"), derived(19, "day")], step=Decimal(1), of=("M1", "peak")
    )
    for part in parts:
        assert isinstance(part, Derived)
        assert [(each.term, each.of) for each in steps_of(part)] == [(Term.SPLIT_ENERGY, ("M1", "peak"))]


def taken(kwh: int, bands: Sequence[int]) -> list[Decimal]:
    def rule(make: Make) -> Sequence[Value]:
        return taken_by_shares(energy=make(kwh, "kWh"), bands=[make(each, "kWh") for each in bands], step=Decimal(1))

    return all_on_both(rule)


def test_a_sub_meter_without_bands_takes_from_each_band_by_its_share() -> None:
    assert taken(100, [1000, 2000, 1000]) == [25, 50, 25]


def test_a_sub_meter_that_takes_all_leaves_nothing() -> None:
    assert taken(7, [3, 0, 4]) == [3, 0, 4]


WEIGHTS = st.lists(st.integers(0, 31), min_size=1, max_size=6)


@given(kwh=st.integers(0, 10**8), days=WEIGHTS)
@example(kwh=7, days=[0, 0])
def test_each_kwh_is_in_one_part(kwh: int, days: list[int]) -> None:
    parts = split(kwh, days)
    assert sum(parts) == kwh
    assert len(parts) == len(days)
    if sum(days):
        exact = [Fraction(kwh * each, sum(days)) for each in days]
        assert all(abs(Fraction(part) - share) <= 1 for part, share in zip(parts, exact, strict=True))


@given(bands=st.lists(st.integers(0, 10**6), min_size=1, max_size=6), share=st.integers(0, 1000))
def test_no_band_gives_more_than_it_has(bands: list[int], share: int) -> None:
    kwh = sum(bands) * share // 1000
    parts = taken(kwh, bands)
    assert sum(parts) == kwh
    assert all(0 <= part <= band for part, band in zip(parts, bands, strict=True))


@given(
    opening=st.integers(0, 999999),
    used=st.integers(0, 999998),
    multiplier=st.sampled_from(["1", "60", "3000", "660000"]),
)
def test_going_through_zero_changes_nothing_about_the_energy(opening: int, used: int, multiplier: str) -> None:
    digits, places = 4, 2
    all_marks = 10 ** (digits + places)
    reached = opening + used

    def marks(count: int) -> str:
        return str(Decimal(count).scaleb(-places))

    rolled = str(10**digits) if reached >= all_marks else None
    assert energy(marks(opening), marks(reached % all_marks), multiplier, rolled) == energy(
        "0", marks(used), multiplier
    )
