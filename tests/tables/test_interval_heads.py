"""Heads of a table of days: they tell the hours, whatever their order, or are refused with what is missing."""

import random
from collections.abc import Callable

import pytest

from billcalc.kernel.troubles import InvalidInput
from billcalc.tables.interval_heads import day_columns

WAYS: dict[str, Callable[[int, int], str]] = {
    "clock": lambda number, step: f"{number * step // 60}:{number * step % 60:02}",
    "two digits": lambda number, step: f"{number * step // 60:02}:{number * step % 60:02}",
    "seconds": lambda number, step: f"{number * step // 60:02}:{number * step % 60:02}:00",
    "four digits": lambda number, step: f"{number * step // 60:02}{number * step % 60:02}",
    "full width": lambda number, step: f"{number * step // 60}：{number * step % 60:02}",
    "Chinese": lambda number, step: f"{number * step // 60}时{number * step % 60:02}分",
    "from to": lambda number, step: (
        f"{number * step // 60}:{number * step % 60:02}-{(number + 1) * step // 60}:{(number + 1) * step % 60:02}"
    ),
    "numbers": lambda number, step: str(number),
    "padded": lambda number, step: f"{number:03}",
    "from one on": lambda number, step: str(number + 1),
    "behind a word": lambda number, step: f"P{number + 1}",
    "behind a line": lambda number, step: f"value_{number}",
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("step", [5, 10, 15, 30, 60])
@pytest.mark.parametrize("order", ["hours", "texts", "chance"])
def test_heads_tell_the_hours_in_any_order(way: str, step: int, order: str) -> None:
    heads = {WAYS[way](number, step): number * step for number in range(1440 // step)}
    names = list(heads)
    if order == "texts":
        names.sort()
    if order == "chance":
        random.Random(step).shuffle(names)
    columns = day_columns(["date", "meter", *names, "total"], "x.csv:1:1", ends=False)
    assert columns.step == step
    assert columns.by_start == sorted((heads[name], place) for place, name in enumerate(names, start=2))


@pytest.mark.parametrize("ends", [False, True])
@pytest.mark.parametrize("step", [15, 60])
def test_heads_up_to_24_are_ends_without_being_told(step: int, ends: bool) -> None:
    names = [WAYS["clock"](number + 1, step) for number in range(1440 // step)]
    columns = day_columns(["date", *names], "x.csv:1:1", ends=ends)
    assert columns.by_start == [(number * step, number + 1) for number in range(1440 // step)]


HOURS = [f"{hour}:00" for hour in range(24)]


@pytest.mark.parametrize(
    ("heads", "ends", "missing", "twice", "others"),
    [
        (["total", *HOURS[1:]], False, "0:00", "–", "total"),
        (HOURS[:7] + HOURS[8:], False, "7:00", "–", "–"),
        ([*HOURS, "24:00"], False, "–", "24:00", "–"),
        ([*HOURS, "07:00"], False, "–", "7:00", "–"),
        (HOURS, True, "24:00", "0:00", "–"),  # of which day is the hour that ends at 0:00?
        ([*HOURS[:-1], "25:00"], False, "23:00", "–", "25:00"),
        ([*HOURS[:-1], "23:07"], False, "23:00", "23:07", "–"),
        ([*HOURS[:-1], "22:60"], False, "23:00", "–", "22:60"),
        (["0:00", "12:00"], False, "1:00, 2:00, 3:00, 4:00, 5:00 …", "–", "–"),
        ([str(hour) for hour in range(23)], False, "23:00", "–", "–"),
        ([str(hour) for hour in range(1, 24)], False, "0:00", "–", "–"),
        ([*map(str, range(24)), "999"], False, "–", "–", "999"),
        ([*map(str, range(24)), "3"], False, "–", "3:00", "–"),
        (["a", "b", "c", "d", "e", "f"], False, "0:00, 1:00, 2:00, 3:00, 4:00 …", "–", "a, b, c, d, e …"),
        ([], False, "0:00, 1:00, 2:00, 3:00, 4:00 …", "–", "–"),
    ],
)
def test_heads_that_make_no_day_are_told_with_what_is_missing(
    heads: list[str], ends: bool, missing: str, twice: str, others: str
) -> None:
    if (missing, twice) == ("–", "–"):
        assert day_columns(["date", *heads], "x", ends=ends).step == 60
        return
    with pytest.raises(InvalidInput) as caught:
        day_columns(["date", *heads], "x.csv:1:1", ends=ends)
    [fault] = caught.value.faults
    assert (fault.where, fault.facts) == ("x.csv:1:1", {"missing": missing, "twice": twice, "others": others})


def test_of_heads_with_numbers_those_with_the_same_word_are_the_hours() -> None:
    heads = ["date", "phase 1", *(f"h{hour}" for hour in range(24)), "ct2"]
    assert day_columns(heads, "x", ends=False).by_start[0] == (0, 2)
