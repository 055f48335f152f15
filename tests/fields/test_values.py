"""Single values: what each type takes, and what it says of the rest."""

import pickle
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any

import pytest
from pydantic import Field, ValidationError

from billcalc.fields import Count, Day, Exact, Flag, JsonNumber, Model, NotNegative, Unchanging, at_most, validated
from tests.fields.shapes import messages_for


class One(Model):
    """One field of each kind."""

    exact: Exact | None = None
    not_negative: NotNegative | None = None
    count: Count | None = None
    day: Day | None = None
    flag: Flag | None = None
    text: str | None = None


@pytest.mark.parametrize(
    ("key", "raw", "value"),
    [
        ("exact", "-0.041825", Decimal("-0.041825")),
        ("exact", 5, Decimal(5)),
        ("exact", Decimal("0.10"), Decimal("0.1")),
        ("not_negative", "0", Decimal(0)),
        ("count", "007", 7),
        ("count", "999999999", 999_999_999),
        ("count", 999_999_999, 999_999_999),
        ("count", JsonNumber("4"), 4),
        ("day", "2024-02-29", date(2024, 2, 29)),
        ("day", date(2024, 6, 1), date(2024, 6, 1)),
        ("flag", True, True),
        ("flag", False, False),
        ("text", JsonNumber("4.0"), "4.0"),
    ],
)
def test_a_field_takes(key: str, raw: object, value: object) -> None:
    read = getattr(validated(One, {key: raw}), key)
    assert (read, type(read)) == (value, type(value))


NOT_A_COUNT = "a count is a whole number of at most 9 digits"
NOT_A_DAY = "a day is written YYYY-MM-DD, such as 2024-06-01"
NOT_A_FLAG = "this is either true or false"


@pytest.mark.parametrize(
    ("key", "raw", "reason", "value"),
    [
        ("count", "1.0", NOT_A_COUNT, '"1.0"'),
        ("count", JsonNumber("1.0"), NOT_A_COUNT, "1.0"),
        ("count", "-1", NOT_A_COUNT, '"-1"'),
        ("count", -1, NOT_A_COUNT, "-1"),
        ("count", "1234567890", NOT_A_COUNT, '"1234567890"'),
        ("count", 1_000_000_000, NOT_A_COUNT, "1000000000"),
        ("count", "٣", NOT_A_COUNT, '"٣"'),
        ("count", "1\n", NOT_A_COUNT, r'"1\n"'),
        ("count", True, NOT_A_COUNT, "true"),
        ("count", {}, NOT_A_COUNT, "(a mapping)"),
        ("day", "2024-06-31", "there is no day 2024-06-31: 2024-06 has the days 01 to 30", '"2024-06-31"'),
        ("day", "2023-02-29", "there is no day 2023-02-29: 2023-02 has the days 01 to 28", '"2023-02-29"'),
        ("day", "2024-06-00", "there is no day 2024-06-00: 2024-06 has the days 01 to 30", '"2024-06-00"'),
        (
            "day",
            "2024-13-01",
            "there is no day 2024-13-01: years start at 0001 and months are 01 to 12",
            '"2024-13-01"',
        ),
        (
            "day",
            "0000-01-01",
            "there is no day 0000-01-01: years start at 0001 and months are 01 to 12",
            '"0000-01-01"',
        ),
        ("day", "2024-W26-7", NOT_A_DAY, '"2024-W26-7"'),
        ("day", "20240601", NOT_A_DAY, '"20240601"'),
        ("day", "2024/06/01", NOT_A_DAY, '"2024/06/01"'),
        ("day", "2024-6-1", NOT_A_DAY, '"2024-6-1"'),
        ("day", "２０２４-06-01", NOT_A_DAY, '"２０２４-06-01"'),
        ("day", "2024-06-01T00:00:00", NOT_A_DAY, '"2024-06-01T00:00:00"'),
        ("day", "2024-06-01\n", NOT_A_DAY, r'"2024-06-01\n"'),
        ("day", JsonNumber("20240601"), NOT_A_DAY, "20240601"),
        (
            "day",
            datetime(2024, 6, 1, tzinfo=UTC),
            NOT_A_DAY,
            "datetime.datetime(2024, 6, 1, 0, 0, tzinfo=datetime.timez...",
        ),
        ("flag", "yes", NOT_A_FLAG, '"yes"'),
        ("flag", "true", NOT_A_FLAG, '"true"'),
        ("flag", 1, NOT_A_FLAG, "1"),
        ("flag", [], NOT_A_FLAG, "(a list)"),
        ("text", 4, "a text is expected here", "4"),
        ("text", ["a"], "a text is expected here", "(a list)"),
    ],
)
def test_a_field_refuses_a_value_of_another_type(key: str, raw: object, reason: str, value: str) -> None:
    assert messages_for(One, {key: raw}) == [f"/{key}: wrong_type: {reason}; correct the value {value}"]


@pytest.mark.parametrize("key", ["exact", "not_negative"])
def test_money_and_quantities_are_not_numbers_of_json(key: str) -> None:
    reason = "is a JSON number, which many programs turn into a float"
    assert messages_for(One, {key: JsonNumber("1.50")}) == [
        f'/{key}: json_number: 1.50 {reason}; write it as the string "1.50"'
    ]
    long = "9" * 57 + "..."
    assert messages_for(One, {key: JsonNumber("9" * 1000)}) == [
        f'/{key}: json_number: {long} {reason}; write it as the string "{long}"'
    ]


@pytest.mark.parametrize("key", ["exact", "not_negative"])
@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("1e5", 'an exponent is not accepted: write "100000" instead of "1e5"'),
        ("1_000", 'underscores are not accepted: write "1000" instead of "1_000"'),
        ("１２", 'only the digits 0-9 are accepted: write "12" instead of "１２"'),
        (0.1, 'a binary floating-point number has lost its digits: write the string "0.1"'),
        (True, "true and false are not numbers: write the number as a string of digits"),
        ("a\nb", '"a\\nb" is not a number: write digits with at most one decimal point, such as "1234.50"'),
    ],
)
def test_a_number_is_written_in_plain_digits(key: str, raw: object, reason: str) -> None:
    assert messages_for(One, {key: raw}) == [f"/{key}: not_a_number: {reason}; correct the number"]


def test_a_quantity_is_not_negative() -> None:
    assert messages_for(One, {"not_negative": "-0.01"}) == [
        "/not_negative: negative: -0.01 is negative; give a value of zero or more; a refund is a given line"
    ]
    assert validated(One, {"exact": "-0.01"}).exact == Decimal("-0.01")


def test_a_record_does_not_change() -> None:
    record = validated(One, {"count": "1"})
    with pytest.raises(ValueError, match="frozen"):
        record.count = 2  # type: ignore[misc]


class Doubling(Model):
    number: Exact

    @cached_property
    def doubled(self) -> Decimal:
        return self.number * 2


def test_a_changed_copy_computes_anew_what_follows_from_its_fields() -> None:
    one = Doubling(number=Decimal(1))
    assert one.doubled == 2
    other = one.model_copy(update={"number": Decimal(5)})
    assert (str(other.doubled), str(one.doubled)) == ("10", "2")
    assert one == Doubling(number=Decimal(1))
    assert one.model_dump() == {"number": Decimal(1)}


def test_a_copy_with_a_name_that_the_record_has_not_is_refused() -> None:
    with pytest.raises(TypeError, match="Doubling has no nunber"):
        Doubling(number=Decimal(1)).model_copy(update={"nunber": Decimal(5)})


class Holding(Model):
    by_name: Annotated[dict[str, Exact], at_most("names")] = Field(default_factory=Unchanging)
    numbers: tuple[Exact, ...] = ()


@pytest.mark.parametrize(
    "held",
    [
        Holding(),
        Holding(by_name={"a": Decimal(1)}),
        Holding().model_copy(update={"by_name": {"a": Decimal(1)}}),
        pickle.loads(pickle.dumps(Holding(by_name={"a": Decimal(1)}))),
        deepcopy(Holding(by_name={"a": Decimal(1)})),
    ],
)
@pytest.mark.parametrize(
    "change",
    [
        lambda held: held.__setitem__("a", Decimal(2)),
        lambda held: held.__delitem__("a"),
        lambda held: held.update(a=Decimal(2)),
        lambda held: held.setdefault("b", Decimal(2)),
        lambda held: held.pop("a", None),
        lambda held: held.popitem(),
        lambda held: held.clear(),
        lambda held: held.__ior__({"a": Decimal(2)}),
    ],
)
def test_a_mapping_of_a_record_does_not_change(held: Holding, change: Callable[[Any], object]) -> None:
    before = dict(held.by_name)
    with pytest.raises(TypeError, match="does not change"):
        change(held.by_name)
    assert held.by_name == before


def test_what_a_copy_is_given_does_not_change_with_the_givers() -> None:
    given: list[Any] = [Decimal(1)]
    inside: dict[str, Any] = {"a": {"b": 1}}
    copied = Holding().model_copy(update={"numbers": given, "by_name": inside})
    given.append(Decimal(2))
    inside["a"]["b"] = 2
    assert copied.numbers == (Decimal(1),)
    assert repr(copied.by_name) == "{'a': {'b': 1}}"
    assert deepcopy(copied.by_name) is copied.by_name


def test_a_record_that_was_kept_is_the_record_with_what_was_told() -> None:
    record = One(exact=Decimal("0.50"), text=None)
    again = pickle.loads(pickle.dumps(record, protocol=5))
    assert again == record
    assert again.model_fields_set == {"exact", "text"}
    assert again.model_copy(update={"text": "a"}).text == "a"
    with pytest.raises(ValidationError, match="frozen"):
        again.text = "b"
