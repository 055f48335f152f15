"""How numbers enter and leave, and the context that never rounds."""

from decimal import Decimal, DivisionByZero, Inexact, InvalidOperation

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billcalc.kernel.decimals import (
    EXACT,
    NumberError,
    decimal_text,
    decimal_texts,
    exact_sum,
    parse_decimal,
    parsed_at_once,
    rewritten_at_once,
)

TOO_LONG = "no number of a bill has more than 40 characters: write fewer digits"
LIKE_THIS = 'is not a number: write digits with at most one decimal point, such as "1234.50"'

numbers = st.decimals(min_value=-(10**15), max_value=10**15, places=9)


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("0", Decimal(0)),
        ("007", Decimal(7)),
        ("-12.50", Decimal("-12.5")),
        ("0.041825", Decimal(41825).scaleb(-6)),
        (42, Decimal(42)),
        (-3, Decimal(-3)),
        (Decimal("1E+3"), Decimal(1000)),
        (Decimal("0.10"), Decimal("0.1")),
    ],
)
def test_plain_digits_are_read_to_the_last_one(raw: object, number: Decimal) -> None:
    assert parse_decimal(raw) == number


def test_the_written_decimals_are_kept() -> None:
    assert str(parse_decimal("0.4360")) == "0.4360"


def test_forty_characters_are_a_number_and_forty_one_are_not() -> None:
    assert parse_decimal("1" * 40) == Decimal("1" * 40)
    assert parse_decimal(10**40 - 1) == Decimal("9" * 40)
    with pytest.raises(NumberError, match=f"^{TOO_LONG}$"):
        parse_decimal("1" * 41)


@pytest.mark.parametrize(
    "raw",
    [10**40, 10**5000, Decimal("1E+40"), Decimal("1E+999999"), Decimal("1E-999999")],
    ids=["one too many", "more than str() writes", "as a Decimal", "a million zeros", "a million decimals"],
)
def test_an_int_or_decimal_with_too_many_digits_is_refused_without_writing_them(raw: object) -> None:
    with pytest.raises(NumberError, match=f"^{TOO_LONG}$"):
        parse_decimal(raw)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (0.1, 'a binary floating-point number has lost its digits: write the string "0.1"'),
        (np.float64(0.1), 'a binary floating-point number has lost its digits: write the string "0.1"'),
        (1e22, 'a binary floating-point number has lost its digits: write the string "10000000000000000000000"'),
        (float("nan"), "a binary floating-point number has lost its digits: write the string of its digits"),
        (True, "true and false are not numbers: write the number as a string of digits"),
        (None, "what stands here is not a number: write the number as a string of digits"),
        ([1], "what stands here is not a number: write the number as a string of digits"),
        (Decimal("NaN"), '"NaN" is not a finite number: write the number as a string of digits'),
        (Decimal("-Infinity"), '"-Infinity" is not a finite number: write the number as a string of digits'),
        ("1e5", 'an exponent is not accepted: write "100000" instead of "1e5"'),
        ("-1.5E-3", 'an exponent is not accepted: write "-0.0015" instead of "-1.5E-3"'),
        ("1e40", f'"1e40" {LIKE_THIS}'),
        ("1e100", f'"1e100" {LIKE_THIS}'),
        ("1.2.3e5", f'"1.2.3e5" {LIKE_THIS}'),
        ("1_000", 'underscores are not accepted: write "1000" instead of "1_000"'),
        ("one_half", f'"one_half" {LIKE_THIS}'),
        ("1,234,567.89", 'thousands separators are not accepted: write "1234567.89" instead of "1,234,567.89"'),
        ("12,5", f'"12,5" {LIKE_THIS}'),
        (" 12.5", 'spaces are not accepted: write "12.5" instead of " 12.5"'),
        ("1 234", 'spaces are not accepted: write "1234" instead of "1 234"'),
        ("12.5\n", 'spaces are not accepted: write "12.5" instead of "12.5\n"'),
        ("+12.5", 'a leading + is not accepted: write "12.5" instead of "+12.5"'),
        (".5", 'a decimal point needs a digit on each side: write "0.5" instead of ".5"'),
        ("-.5", 'a decimal point needs a digit on each side: write "-0.5" instead of "-.5"'),
        ("5.", 'a decimal point needs a digit on each side: write "5" instead of "5."'),
        (".", f'"." {LIKE_THIS}'),
        ("１２．５０", 'only the digits 0-9 are accepted: write "12.50" instead of "１２．５０"'),
        ("−3", 'only the digits 0-9 are accepted: write "-3" instead of "−3"'),
        ("－３", 'only the digits 0-9 are accepted: write "-3" instead of "－３"'),
        (
            "０１２３４５６７８９",
            'only the digits 0-9 are accepted: write "0123456789" instead of "０１２３４５６７８９"',
        ),
        ("٣", f'"٣" {LIKE_THIS}'),
        ("1.2.3", f'"1.2.3" {LIKE_THIS}'),
        ("--1", f'"--1" {LIKE_THIS}'),
        ("12 kWh", f'"12 kWh" {LIKE_THIS}'),
        ("NaN", f'"NaN" {LIKE_THIS}'),
        ("Infinity", f'"Infinity" {LIKE_THIS}'),
        ("", f'"" {LIKE_THIS}'),
    ],
)
def test_what_is_not_plain_digits_is_refused_with_what_to_write(raw: object, message: str) -> None:
    with pytest.raises(NumberError) as refused:
        parse_decimal(raw)
    assert str(refused.value) == message


def test_a_correction_that_is_too_long_is_not_offered() -> None:
    with pytest.raises(NumberError) as refused:
        parse_decimal("-1e38")  # a minus, a 1 and 38 zeros are 40 characters
    assert str(refused.value) == f'an exponent is not accepted: write "-1{"0" * 38}" instead of "-1e38"'
    with pytest.raises(NumberError) as refused:
        parse_decimal("-1e39")
    assert str(refused.value) == f'"-1e39" {LIKE_THIS}'


def test_a_number_error_is_a_value_error() -> None:
    assert issubclass(NumberError, ValueError)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("0", "0"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("0E+5", "0"),
        ("100", "100"),
        ("1E+2", "100"),
        ("0.10", "0.1"),
        ("-2.500", "-2.5"),
        ("1E-7", "0.0000001"),
        ("12345678901234567890123456789012345.6789", "12345678901234567890123456789012345.6789"),
    ],
)
def test_one_value_has_one_text(number: str, text: str) -> None:
    assert decimal_text(Decimal(number)) == text


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        ("5", 2, "5.00"),
        ("5.000", 2, "5.00"),
        ("-0.1", 2, "-0.10"),
        ("-0", 2, "0.00"),
        ("-0.000", 2, "0.00"),
        ("1E+3", 1, "1000.0"),
        ("0.125", 2, "0.125"),
        ("0.12", 2, "0.12"),
        ("10", 0, "10"),
        ("10.5", 0, "10.5"),
    ],
)
def test_places_are_filled_with_zeros_and_never_cut_digits(number: str, places: int, text: str) -> None:
    assert decimal_text(Decimal(number), places=places) == text


@given(numbers)
def test_a_written_number_is_read_back_as_itself(number: Decimal) -> None:
    assert parse_decimal(decimal_text(number)) == number
    assert parse_decimal(decimal_text(number, places=2)) == number


def test_a_sum_is_exact_where_the_default_context_would_round() -> None:
    # 29 digits before the point and 3 after it are more than the 28 of Python's default context.
    addends = [Decimal("10000000000000000000000000000"), Decimal("0.001"), Decimal("-0.002")]
    assert str(exact_sum(addends)) == "9999999999999999999999999999.999"


def test_a_sum_of_nothing_is_zero() -> None:
    assert exact_sum([]) == Decimal(0)


def test_what_cannot_be_exact_raises() -> None:
    with pytest.raises(Inexact):
        EXACT.divide(Decimal(1), Decimal(3))
    with pytest.raises(Inexact):
        EXACT.add(Decimal("1E+400"), Decimal(1))
    with pytest.raises(DivisionByZero):
        EXACT.divide(Decimal(1), Decimal(0))
    with pytest.raises(InvalidOperation):
        EXACT.add(Decimal("Infinity"), Decimal("-Infinity"))


def test_a_sum_of_many_is_exact_too() -> None:
    addends = [Decimal("9999999999999999999999999999.999"), *[Decimal("0.0001")] * 40]
    assert str(exact_sum(addends)) == "10000000000000000000000000000.0030"
    assert exact_sum(tuple(addends)) == exact_sum(each for each in addends)
    with pytest.raises(Inexact):
        exact_sum([Decimal("1E+400"), *[Decimal(1)] * 40])


@pytest.mark.parametrize(
    "text", ["1e5", "", "1.", ".5", "+1", " 1", "1\n2", "1\n", "٣", "1" * 41, "1,000", "--1", "NaN"]
)
def test_one_text_that_is_no_number_leaves_all_to_be_read_one_by_one(text: str) -> None:
    assert parsed_at_once(["1", text, "2"]) is None
    with pytest.raises(NumberError):
        parse_decimal(text)


def test_many_texts_are_read_as_each_is_read() -> None:
    texts = ["0", "-0.50", "007", "1" * 40, "12.3400"]
    assert str(parsed_at_once(texts)) == str(tuple(map(parse_decimal, texts)))
    assert parsed_at_once([]) == ()


@pytest.mark.parametrize("more", [(), ("1E+3",), ("1E-7", "-0.00")])
def test_many_numbers_are_written_as_each_of_them_is(more: tuple[str, ...]) -> None:
    numbers = [None, *map(Decimal, ("0.25", "0.10", "-0.0", "100", "7", "-12.500", *more))]
    assert decimal_texts(numbers) == [None if number is None else decimal_text(number) for number in numbers]


@pytest.mark.parametrize("texts", [["0.25", "0.10", "3.00"], ["1200.0", "10.5"], ["0.0"], ["5.5", "0.000"]])
def test_texts_of_numbers_are_written_anew_as_their_numbers_are(texts: list[str]) -> None:
    assert rewritten_at_once(texts) == decimal_texts([Decimal(text) for text in texts])


@pytest.mark.parametrize("text", ["1", "00.5", "01.0", "-0.0", "-1.5"])
def test_texts_that_need_more_are_left_to_their_numbers(text: str) -> None:
    assert rewritten_at_once([text, "0.5"]) is None


@pytest.mark.parametrize(
    "text", ["1.2.3", "5-", "--1", "1-2", "-", "", ".", ".5", "5.", "-.5", "1\n2", "٣", "1e5", "9" * 41]
)
def test_what_no_number_is_is_read_by_itself(text: str) -> None:
    assert parsed_at_once(["0.5", text]) is None
    assert parsed_at_once([text]) is None


def test_many_texts_are_read_as_each_is() -> None:
    texts = ["0.50", "-2", "007", "-0", "9" * 40]
    found = parsed_at_once(texts)
    assert found is not None
    assert list(map(str, found)) == [str(parse_decimal(text)) for text in texts]
    assert parsed_at_once([]) == ()
