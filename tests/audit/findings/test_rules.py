"""The rules of an office are dated: those hold that began last before the day."""

from datetime import date

from billcalc.audit.findings.rules import RulesDocument, rules_of
from billcalc.fields import validated


def document(start: str, above: str) -> RulesDocument:
    told = {"id": "r", "from": start, "changed_by": "audit office", "source": "decision", "two_persons_above": above}
    return validated(RulesDocument, told)


def test_the_rules_that_began_last_hold_and_of_two_of_one_day_the_later_told() -> None:
    documents = [document("2024-07-01", "1000"), document("2000-01-01", "5"), document("2024-07-01", "20.50")]
    assert rules_of(documents, date(2024, 6, 30)).two_persons_above_fen == 500
    assert rules_of(documents, date(2024, 7, 1)).two_persons_above_fen == 2050
