"""Facts of checks and limits in the words of a report."""

from billcalc.audit.checks.say import fact_words
from billcalc.words.lexicon import CHINESE, ENGLISH


def test_a_fact_of_this_month_of_an_earlier_one_and_a_limit_have_words() -> None:
    assert [fact_words(CHINESE, name) for name in ("kwh", "kwh_1", "kwh_12", "change_share")] == [
        "电量",
        "上月的电量",
        "上年同月的电量",
        "当日的界限“change_share”",
    ]
    assert fact_words(ENGLISH, "demand_kw_2") == "one maximum demand of two months before"
