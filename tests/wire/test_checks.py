"""The answers of the checks as data have a schema, and what is missing has a word."""

import pytest

from billcalc.audit.checks.check import Check
from billcalc.audit.checks.judging import ALL
from billcalc.audit.checks.say import fact_words, wording_of
from billcalc.wire.checks import checks_schema
from billcalc.words.language import Language
from billcalc.words.lexicon import ENGLISH, LEXICONS


def test_the_answers_have_a_schema_that_names_what_a_check_tells() -> None:
    schema = checks_schema()
    assert schema["type"] == "object"
    assert set(schema["properties"]["checks"]["items"]["required"]) >= {"code", "answer", "messages", "missing", "off"}


@pytest.mark.parametrize("check", ALL, ids=lambda check: check.code)
def test_what_speaks_has_words_in_both_languages(check: Check) -> None:
    what, do = wording_of(check.code)
    assert all((*what, *do))


def test_each_fact_and_each_limit_has_a_word() -> None:
    assert fact_words(ENGLISH, "kwh_12") == "the energy of the same month of last year"
    assert fact_words(ENGLISH, "limit") == "the limit “limit” of this day"
    assert fact_words(LEXICONS[Language.CHINESE], "told_rollover_large") == "账单疑点 rollover_large"
