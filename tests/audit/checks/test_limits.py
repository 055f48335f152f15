"""Limits are dated data: the narrower goes before the wider, and no contradiction has any."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from billcalc.audit.checks.judging import Answer, judge
from billcalc.audit.checks.limits import Limits, LimitsDocument, Of
from billcalc.fields import validated
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import InvalidInput
from billcalc.runs.check_limits import limits_documents

DAY = date(2026, 3, 1)


def document(*limits: dict[str, Any], start: str = "2026-01-01") -> LimitsDocument:
    data = {"id": "ours", "from": start, "changed_by": "office", "source": "decision", "limits": limits}
    return validated(LimitsDocument, data)


def jump(number: str, **whom: str) -> dict[str, Any]:
    return {"check": "energy_jump", "set": {"limit": number}, "for": whom, "source": f"for {whom or 'all'}"}


def limit(*documents: LimitsDocument, **whom: str) -> Decimal:
    of = validated(Of, whom)
    return Limits.of((*limits_documents(), *documents), DAY, of).numbers["energy_jump", "limit"]


def test_the_narrower_limit_goes_before_the_wider_whatever_their_order() -> None:
    ours = document(
        jump("0.1", account="A"),
        jump("0.2", **{"class": "industrial_commercial"}),
        jump("0.4", company="N"),
        jump("0.5"),
    )
    assert limit() == Decimal("0.30")
    assert limit(ours) == Decimal("0.5")
    assert limit(ours, company="N") == Decimal("0.4")
    assert limit(ours, company="N", **{"class": "industrial_commercial"}) == Decimal("0.2")
    assert limit(ours, company="N", account="A", **{"class": "industrial_commercial"}) == Decimal("0.1")
    assert limit(ours, account="B") == Decimal("0.5")


def test_a_document_of_a_later_day_does_not_hold_yet() -> None:
    assert limit(document(jump("0.9"), start="2026-03-02")) == Decimal("0.30")


def test_a_finding_tells_who_decided_its_limit() -> None:
    limits = Limits.of((*limits_documents(), document(jump("0.5"))), DAY, Of())
    [finding] = [
        each for each in judge({"kwh": Decimal(200), "kwh_1": Decimal(100)}, limits) if each.check.code == "energy_jump"
    ]
    assert (finding.answer, finding.sources) == (Answer.SPEAKS, ("ours (office): for all",))


def test_a_check_that_is_switched_off_says_so_and_a_narrower_limit_switches_it_on() -> None:
    off = {"check": "energy_jump", "off": True, "source": "seasonal"}
    held = (*limits_documents(), document(off, jump("0.5", account="A")))
    facts = {"kwh": Decimal(200), "kwh_1": Decimal(100)}
    for of, told in ((Of(), Answer.NOT_CHECKED), (validated(Of, {"account": "A"}), Answer.SPEAKS)):
        limits = Limits.of(held, DAY, of)
        [finding] = [each for each in judge(facts, limits) if each.check.code == "energy_jump"]
        assert finding.answer is told
        assert (finding.off == "ours (office): seasonal") == (told is Answer.NOT_CHECKED)


def test_a_check_without_limits_is_switched_off_and_is_given_none() -> None:
    off = {"check": "demand_repeats", "off": True, "source": "a constant load"}
    limits = Limits.of((*limits_documents(), document(off)), DAY, Of())
    assert limits.off == {"demand_repeats": "ours (office): a constant load"}
    with pytest.raises(InvalidInput, match="there is no limit"):
        document({**off, "set": {"limit": "1"}})


def test_before_a_rule_there_is_no_limit_and_its_check_is_not_made() -> None:
    facts = {"kva": Decimal(400), "two_part": Decimal(0), "industrial": Decimal(1)}
    for day, answer in ((date(2023, 5, 31), Answer.NOT_CHECKED), (date(2023, 6, 1), Answer.SPEAKS)):
        findings = judge(facts, Limits.of(limits_documents(), day, Of()))
        [finding] = [each for each in findings if each.check.code == "two_part_not_applied"]
        assert finding.answer is answer
        assert finding.missing == (("limit",) if answer is Answer.NOT_CHECKED else ())


@pytest.mark.parametrize(
    "wrong",
    [
        {"check": "energy_jumps", "source": "a"},
        {"check": "period_overlap", "off": True, "source": "a contradiction"},
        {"check": "energy_jump", "set": {"share": "0.1"}, "source": "a"},
    ],
)
def test_a_limit_of_nothing_is_refused_with_the_names_that_there_are(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput) as raised:
        document(wrong)
    assert [fault.code for fault in raised.value.faults] == [FaultCode.UNKNOWN_REFERENCE]
    assert raised.value.faults[0].facts["known"]
