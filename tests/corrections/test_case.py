"""The case as it is read: each cause needs what it is computed from, and has nothing to do with the rest."""

from fractions import Fraction
from typing import Any

import pytest

from billcalc.corrections.case import Cause, Wires, ratio_of
from billcalc.kernel.troubles import InvalidInput
from tests.corrections.cases import case_of, month

DAYS = {"from": "2023-01-01", "to": "2023-02-01"}


def test_a_case_is_told_in_the_words_of_the_field() -> None:
    wiring = {"system": "三相四线", "elements": ["正常", "正常", "断开"]}
    case = case_of(cause="接线错误", wiring=wiring, **DAYS)

    assert case.cause is Cause.WIRING
    assert case.wiring is not None
    assert case.wiring.system is Wires.FOUR


def test_a_ratio_is_told_as_the_plate_has_it() -> None:
    assert ratio_of("150/5") == Fraction(30)
    assert ratio_of("-40") == Fraction(-40)


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"cause": "meter_error", **DAYS}, 'the key "error" is missing'),
        ({"cause": "meter_error", "error": "-0.1", "to": "2023-02-01"}, 'the key "from" is missing'),
        ({"cause": "meter_error", "error": "-1", **DAYS}, "-1 is not within"),
        ({"cause": "meter_error", "error": "10", **DAYS}, "10 is not within errors of meters, above -1 and below 1"),
        ({"cause": "meter_error", "error": "1", **DAYS}, "1 is not within"),
        ({"cause": "meter_error", "error": "0.1", "from": "2023-02-01", "to": "2023-01-01"}, "does not end after it"),
        ({"cause": "multiplier", "right": {"a": "1"}, "error": "0.1"}, '"error" has nothing to do with the cause'),
        ({"cause": "multiplier"}, 'the key "right" is missing'),
        ({"cause": "multiplier", "right": {"a.0": "1", "/a/0": "2"}}, 'the key "/a/0" stands twice'),
        ({"cause": "multiplier", "right": {"a": "1"}, "half": "后一半日期"}, '"half" has nothing to do with the cause'),
        ({"cause": "wiring", "factor": "3", "half": "later_days", **DAYS}, '"half" has nothing to do with the cause'),
        ({"cause": "wiring", **DAYS}, 'the key "wiring" is missing'),
        ({"cause": "meter_error", "error": "0.1", "factor": "2", **DAYS}, '"factor" has nothing to do with the cause'),
        (
            {"cause": "mixed_ratios", "ratios": {"settled": "30", "phases": ["30", "30", "0"]}, **DAYS},
            "0 is not within",
        ),
        ({"cause": "mixed_ratios", "ratios": {"settled": "30", "phases": ["30", "30", "x"]}, **DAYS}, "another form"),
        (
            {"cause": "mixed_ratios", "ratios": {"settled": "5/200", "phases": ["5/150", "5/150", "5/200"]}, **DAYS},
            "5/200 is not within 1 and more",
        ),
        (
            {"cause": "mixed_ratios", "ratios": {"settled": "40", "phases": ["-5/150", "30", "30"]}, **DAYS},
            "5/150 is not within 1 and more",
        ),
        (
            {"cause": "wiring", "wiring": {"system": "三相四线", "elements": ["normal"] * 3, "cosphi": "0.9"}, **DAYS},
            '"cosphi" has no effect beside "system: three_phase_four_wire"',
        ),
        (
            {"cause": "wiring", "wiring": {"system": "三相四线", "elements": ["normal"] * 3, "leading": False}, **DAYS},
            '"leading" has no effect',
        ),
        ({"cause": "meter_error", "error": "0.1", "bands": {"peak": "0.4", "flat": "0.5"}, **DAYS}, "sum to 0.9"),
        ({"cause": "wiring", "wiring": {"system": "三相四线", "elements": ["normal"]}, **DAYS}, "1 elements are told"),
        (
            {"cause": "wiring", "wiring": {"system": "三相三线", "elements": ["normal", "open"]}, **DAYS},
            'the key "cosphi" is missing',
        ),
        (
            {
                "cause": "wiring",
                "wiring": {"system": "三相三线", "elements": ["normal", "open"], "cosphi": "2"},
                **DAYS,
            },
            "2 is not within",
        ),
    ],
)
def test_a_case_that_does_not_tell_its_cause_is_refused(told: dict[str, Any], fault: str) -> None:
    with pytest.raises(InvalidInput, match=fault):
        case_of(**told)


def test_what_is_right_in_one_month_goes_before_what_is_right_in_all() -> None:
    case = case_of({"billed": month(), "right": {"a": "2"}}, cause="multiplier", right={"a": "1", "b": "1"})

    assert case.right_of(case.months[0]) == {"a": "2", "b": "1"}
    assert case.span is None


def test_the_right_of_one_month_alone_is_enough() -> None:
    assert case_of({"billed": month(), "right": {"a": "2"}}, cause="multiplier").right == {}
