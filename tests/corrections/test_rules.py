"""The rules of corrections are dated documents, each with a rule for every cause."""

from datetime import date
from decimal import Decimal

import pytest

from billcalc.corrections.case import Cause
from billcalc.corrections.rules import rule_in_force
from billcalc.runs.corrections import correction_rules


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(1990, 1, 1), "电力工业部令第8号"),
        (date(2024, 5, 31), "电力工业部令第8号"),
        (date(2024, 6, 1), "国家发展改革委令第14号"),
    ],
)
def test_the_document_of_the_day_decides(day: date, number: str) -> None:
    assert rule_in_force(correction_rules(), day).number == number


@pytest.mark.parametrize("cause", Cause)
def test_every_document_has_a_rule_for_every_cause(cause: Cause) -> None:
    for document in correction_rules():
        rule = document.of(cause)
        assert rule.english
        assert rule.chinese
        assert rule.share == (Decimal("0.5") if cause is Cause.METER_ERROR else 1)
        assert document.source(rule).title == "供电营业规则"
