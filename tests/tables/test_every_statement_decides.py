"""A law over what is stated of files of intervals: each key decides what is read, or is refused.

For each key a file, and two values of this key alone (or a value and none) that are answered otherwise. A new key
without its row fails here.
"""

from typing import Any

import pytest

from billcalc.kernel.troubles import InvalidInput
from billcalc.tables.interval_statements import Stated, Times, Values
from billcalc.tables.intervals import read_intervals


def rows(head: str, *more: str, step: int = 60) -> str:
    clock = [f"2024-06-01 {minute // 60:02}:{minute % 60:02}" for minute in range(0, 1440, step)]
    return "\n".join([head, *(",".join([each, "1", *more]) for each in clock)])


TWO = "meter,timestamp,kwh\nA,2024-06-01 00:00,1\nB,2024-06-01 00:00,2\n"
MARKED = rows("timestamp,kwh,quality", "实测x")

PAIRS: dict[str, tuple[str, Any, Any]] = {
    "times": (rows("timestamp,kwh"), "starts", "ends"),
    "values": (rows("timestamp,value", step=30), "kwh", "kw"),
    "step": (rows("timestamp,kwh"), "60", "15"),
    "zone": (rows("timestamp,kwh"), "Asia/Shanghai", "Asia/Tokyo"),
    "meter": (TWO, ("A",), ("B",)),
    "multiplier": (rows("timestamp,kwh"), "1", "100"),
    "measured": (MARKED, ("实测x",), ()),
    "estimated": (MARKED, ("实测x",), ()),
    "substituted": (MARKED, ("实测x",), ()),
    "missing": (MARKED, ("实测x",), ()),
}
WHERE_ROWS_ARE_CHOSEN = {"other_days"}
"""Decided where a request tells the days: see tests/tables/test_interval_requests.py."""


def answer(text: str, key: str, value: Any) -> str:
    told = {"zone": "Asia/Shanghai", "step": "60" if "value" not in text else None, key: value}
    try:
        return repr(read_intervals(text.encode(), stated=Stated(**{k: each for k, each in told.items() if each})))
    except InvalidInput as invalid:
        return str(invalid)


def test_every_statement_has_its_pair() -> None:
    assert sorted({*PAIRS, *WHERE_ROWS_ARE_CHOSEN}) == sorted(Stated.model_fields)


@pytest.mark.parametrize("key", PAIRS)
def test_the_answers_of_a_pair_differ(key: str) -> None:
    text, one, other = PAIRS[key]
    assert answer(text, key, one) != answer(text, key, other)


@pytest.mark.parametrize("mark", ["measured", "estimated", "substituted", "missing"])
def test_a_mark_is_answered_otherwise_than_the_others(mark: str) -> None:
    others = [each for each in ("measured", "estimated", "substituted", "missing") if each != mark]
    assert answer(MARKED, mark, ("实测x",)) not in [answer(MARKED, other, ("实测x",)) for other in others]


@pytest.mark.parametrize(
    ("key", "words", "text"),
    [("times", Times, rows("timestamp,kwh")), ("values", Values, rows("timestamp,value", step=30))],
)
def test_no_two_words_are_answered_alike(key: str, words: Any, text: str) -> None:
    answers = [answer(text, key, word.value) for word in words]
    assert len(set(answers)) == len(answers)
