"""The statement of claims: its head, and what it says of clauses that were not seen."""

from dataclasses import replace
from typing import Any

import pytest

from billcalc.claims.statement import claims_statement
from billcalc.kernel.sources import Evidence
from billcalc.words.lexicon import CHINESE, ENGLISH, Lexicon
from tests.claims.test_claimed import claims

DEBT = {"owed": "900", "due": "2008-12-21", "paid": "2008-12-31", "customer": "other"}
SEALED = {"act": "sealed", "billing": "one_part", "capacity": 50, "times": 2}
TWO_PART = {"act": "over_capacity", "billing": "two_part", "capacity": 315, "price": "20"}


def test_what_the_case_does_not_tell_is_not_in_its_head() -> None:
    head = claims_statement(claims(debts=[DEBT]), lexicon=ENGLISH)[0].rows
    assert [row[0] for row in head] == ["case", "total [CNY]", ""]


def test_a_clause_that_was_seen_needs_no_warning() -> None:
    told = claims(debts=[DEBT])
    [line] = told.lines
    seen = replace(line, sources=tuple(replace(each, evidence=Evidence.OFFICIAL_TEXT) for each in line.sources))
    assert "" not in [row[0] for row in claims_statement(replace(told, lines=(seen,)), lexicon=CHINESE)[0].rows]


@pytest.mark.parametrize(
    ("breach", "lexicon", "expected"),
    [
        ({"act": "over_capacity", "billing": "one_part", "capacity": 50}, ENGLISH, "50 CNY/kW × 50 kW = 2500.00 CNY"),
        ({"act": "own_source", "capacity": 10}, ENGLISH, "500 CNY/kW × 10 kW = 5000.00 CNY"),
        ({"act": "own_source", "capacity": 10}, CHINESE, "500 元/千瓦 × 10 千瓦 = 5000.00 元"),
        (SEALED, ENGLISH, "30 CNY/kW each time × 50 kW × 2 = 3000.00 CNY"),
        (SEALED, CHINESE, "30 元/千瓦·次 × 50 千瓦 × 2 = 3000.00 元"),
        ({"act": "meter", "customer": "other", "times": 3}, ENGLISH, "5000 CNY each time × 3 = 15000.00 CNY"),
        ({"act": "meter", "customer": "居民", "times": 1}, CHINESE, "500 元/次 × 1 = 500.00 元"),
        ({**TWO_PART, "months": 1, "days": 7}, ENGLISH, "20 CNY/kVA per month × 315 kVA × 37 ÷ 30 = 7770.00 CNY"),
    ],
)
def test_a_rate_of_a_breach_is_paid_once_or_each_time(breach: dict[str, Any], lexicon: Lexicon, expected: str) -> None:
    """Only the basic charge that is made good is by the month."""
    told = claims(found="2008-06-30", breaches=[breach])
    [formula] = [row[3] for row in claims_statement(told, lexicon=lexicon)[1].rows if expected in str(row[3])]
    assert str(formula).endswith(f" = {expected}")


def test_both_clauses_of_one_amount_are_cited() -> None:
    told = claims(debts=[{**DEBT, "due": "2024-05-30", "paid": "2024-06-02"}])
    assert [row[1] for row in claims_statement(told, lexicon=ENGLISH)[2].rows] == [
        "供电营业规则 电力工业部令第8号 第九十八条",
        "供电营业规则 国家发展改革委令第14号",
    ]
