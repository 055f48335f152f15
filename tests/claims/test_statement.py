"""The statement of claims: its head, and what it says of clauses that were not seen."""

from dataclasses import replace

from billcalc.claims.statement import claims_statement
from billcalc.kernel.sources import Evidence
from billcalc.words.lexicon import CHINESE, ENGLISH
from tests.claims.test_claimed import claims

DEBT = {"owed": "900", "due": "2008-12-21", "paid": "2008-12-31", "customer": "other"}


def test_what_the_case_does_not_tell_is_not_in_its_head() -> None:
    head = claims_statement(claims(debts=[DEBT]), lexicon=ENGLISH)[0].rows
    assert [row[0] for row in head] == ["case", "total [CNY]", ""]


def test_a_clause_that_was_seen_needs_no_warning() -> None:
    told = claims(debts=[DEBT])
    [line] = told.lines
    seen = replace(line, source=replace(line.source, evidence=Evidence.OFFICIAL_TEXT))
    assert "" not in [row[0] for row in claims_statement(replace(told, lines=(seen,)), lexicon=CHINESE)[0].rows]
