"""What people may do to a finding, and when; each refusal says what to do."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from billcalc.audit.checks.check import Level
from billcalc.audit.findings.acts import ACTS, Act, Rules, allowed, body_of
from billcalc.audit.findings.life import Gone, Life, Status
from billcalc.audit.findings.records import EventKind, Finding
from billcalc.fields import validated
from billcalc.fields.shown import JsonNumber
from billcalc.kernel.troubles import InvalidInput
from billcalc.words.lexicon import CHINESE, ENGLISH
from billcalc.words.saying import sentence

DAY = date(2024, 8, 1)
OVERCHARGED = Finding(1, "f", "bill_differs", Level.CONTRADICTION, "A-1", "2024-07", (), {}, 50_000, 1, 1)
CHECKED = Finding(2, "g", "energy_jump", Level.IMPLAUSIBLE, "A-1", "2024-07", (), {}, None, 1, 1)
BACK = {"kind": "back_bill", "sha256": "a" * 64, "total_fen": "-50000"}


def done(finding: Finding, life: Life, *, actor: str = "li", limit: int = 10**9, **told: Any) -> dict[str, Any]:
    rules = Rules(two_persons_above_fen=limit)
    return body_of(validated(Act, told), finding, life, actor=actor, day=DAY, rules=rules)


def refused(finding: Finding, life: Life, **told: Any) -> str:
    with pytest.raises(InvalidInput) as raised:
        done(finding, life, **told)
    [fault] = raised.value.faults
    assert fault.where == f"/findings/{finding.id}"
    assert sentence(CHINESE, fault.code, fault.facts)
    return f"{fault.code.value}: {sentence(ENGLISH, fault.code, fault.facts)}"


def malformed(**told: Any) -> list[str]:
    with pytest.raises(InvalidInput) as raised:
        validated(Act, told)
    return [
        f"{fault.code.value} {fault.facts.get('key', fault.facts.get('value', ''))}" for fault in raised.value.faults
    ]


@pytest.mark.parametrize(
    ("told", "body"),
    [
        ({"kind": "assigned", "to": "wang"}, {"to": "wang"}),
        ({"kind": "site_check", "text": "the seal is broken"}, {"text": "the seal is broken"}),
        ({"kind": "confirmed"}, {}),
        ({"kind": "confirmed", "text": "as the order says"}, {"text": "as the order says"}),
        ({"kind": "dismissed", "reason": "known", "until": "2024-08-02"}, {"reason": "known", "until": "2024-08-02"}),
        ({"kind": "note", "text": "asked"}, {"text": "asked"}),
    ],
)
def test_the_log_keeps_what_is_told(told: dict[str, Any], body: dict[str, Any]) -> None:
    assert done(CHECKED, Life(Status.ASSIGNED), **told) == body


def test_an_act_needs_what_it_needs_and_takes_nothing_else() -> None:
    assert malformed(kind="assigned") == ["missing_key to"]
    assert malformed(kind="dismissed", reason="known") == ["missing_key until"]
    assert malformed(kind="closed", text="at last") == ["unknown_key text"]
    assert malformed(kind="found") == ["unknown_word found"]
    assert malformed(kind="corrected", documents=[]) == ["missing_key documents"]


@pytest.mark.parametrize("total", ["1.5", "", "12345678901234567", True, None, 1.5])
def test_the_total_of_a_document_is_whole_fen(total: object) -> None:
    assert malformed(kind="corrected", documents=[{**BACK, "total_fen": total}])[0].startswith("wrong_type")


@pytest.mark.parametrize("total", ["-50000", -50000, JsonNumber("-50000")])
def test_the_total_of_a_document_may_be_written_in_several_ways(total: object) -> None:
    act = validated(Act, {"kind": "corrected", "documents": [{**BACK, "total_fen": total}]})
    assert act.documents[0].record.total_fen == -50000


@pytest.mark.parametrize("kind", ACTS)
def test_each_act_is_refused_where_it_is_not_the_next_step(kind: EventKind) -> None:
    needs = {"to": "w", "text": "t", "reason": "r", "until": "2024-09-01", "documents": [BACK], "run": 1}
    wanted = {
        "assigned": ("to",), "site_check": ("text",), "dismissed": ("reason", "until"), "corrected": ("documents",),
        "file_fixed": ("text",), "verified": ("run",), "reopened": ("reason",), "note": ("text",),
    }  # fmt: skip
    told = {"kind": kind.value, **{name: needs[name] for name in wanted.get(kind.value, ())}}
    for status in Status:
        if kind not in allowed(status):
            assert refused(OVERCHARGED, Life(status), **told).startswith("act_not_allowed")


def test_what_comes_next_is_told_by_where_a_finding_stands() -> None:
    assert [kind.value for kind in allowed(Status.FOUND)] == ["assigned", "note"]
    assert [kind.value for kind in allowed(Status.CLOSED)] == ["reopened", "note"]


def test_a_finding_is_dismissed_until_a_day_that_is_to_come() -> None:
    said = refused(CHECKED, Life(Status.ASSIGNED), kind="dismissed", reason="known", until="2024-08-01")
    assert said.startswith("until_past: the day 2024-08-01 is not after 2024-08-01")


def test_the_documents_undo_the_attributed_money_to_the_fen() -> None:
    confirmed = Life(Status.CONFIRMED, confirmed_by="wang")
    body = done(OVERCHARGED, confirmed, kind="corrected", documents=[BACK])
    documents = [{**BACK, "total_fen": -50000}]
    assert body == {"documents": documents, "left_fen": 0, "two_persons_above_fen": 10**9}
    said = refused(OVERCHARGED, confirmed, kind="corrected", documents=[{**BACK, "total_fen": -49999}])
    assert said.startswith(
        "correction_sum: the documents come to -499.99, and -500.00 is to be corrected: -0.01 is left"
    )


def test_what_is_left_is_told_exactly_and_with_a_reason() -> None:
    confirmed, part = Life(Status.CONFIRMED), [{**BACK, "total_fen": -20000}]
    told: dict[str, Any] = {"kind": "corrected", "documents": part, "left_fen": -30000}
    assert done(OVERCHARGED, confirmed, **told, reason="in instalments")["left_fen"] == -30000
    assert refused(OVERCHARGED, confirmed, **told).startswith("missing_key")
    assert refused(OVERCHARGED, confirmed, **{**told, "left_fen": -1}, reason="so").startswith("correction_sum")


def test_a_later_document_corrects_what_was_left() -> None:
    part = Life(Status.CORRECTED, corrected_fen=-20000, left_fen=-30000)
    rest = [{**BACK, "total_fen": -30000}]
    assert done(OVERCHARGED, part, kind="corrected", documents=rest)["left_fen"] == 0


def test_a_check_without_money_may_be_corrected_by_any_documents() -> None:
    assert done(CHECKED, Life(Status.CONFIRMED), kind="corrected", documents=[BACK])["left_fen"] == 0


def test_more_than_the_limit_is_corrected_by_another_person_than_who_confirmed() -> None:
    confirmed = Life(Status.CONFIRMED, confirmed_by="wang")
    told: dict[str, Any] = {"kind": "corrected", "documents": [BACK]}
    said = refused(OVERCHARGED, confirmed, **told, actor="wang", limit=49_999)
    assert said.startswith(
        "two_persons: wang confirmed this finding, and corrections above 499.99 are another person's"
    )
    assert done(OVERCHARGED, confirmed, **told, actor="wang", limit=50_000)
    assert done(OVERCHARGED, confirmed, **told, actor="li", limit=0)


@pytest.mark.parametrize("actor", ["Wang Li", " wang  li", "WANG LI", "Ｗａｎｇ　Ｌｉ", "wang\u200bli"])
def test_who_writes_a_name_otherwise_is_the_same_person(actor: str) -> None:
    confirmed = Life(Status.CONFIRMED, confirmed_by="wang li")
    told: dict[str, Any] = {"kind": "corrected", "documents": [BACK]}

    assert refused(OVERCHARGED, confirmed, **told, actor=actor, limit=49_999).startswith("two_persons")
    assert done(OVERCHARGED, confirmed, **told, actor="wang lin", limit=49_999)


def test_what_takes_back_a_correction_of_another_is_held_to_the_limit_by_itself() -> None:
    """Another gave 900.00 too much, and who confirmed takes it back: little is left of both, and much was moved."""
    part = Life(Status.CORRECTED, confirmed_by="wang", corrected_fen=-140_000)
    told = {"kind": "corrected", "documents": [{**BACK, "total_fen": 90_000}], "actor": "wang", "limit": 60_000}
    assert "(900.00)" in refused(OVERCHARGED, part, **told)


def test_the_limit_is_for_all_documents_of_a_finding_together() -> None:
    part = Life(Status.CORRECTED, confirmed_by="wang", corrected_fen=-40000)
    told = {"kind": "corrected", "documents": [{**BACK, "total_fen": -10000}], "actor": "wang", "limit": 45_000}
    assert refused(OVERCHARGED, part, **told).startswith("two_persons")


GONE = Gone(9, 3, 1_050_000, 1_000_000)
PROVED = Life(
    Status.CORRECTED,
    issued_fen=1_050_000,
    recomputed_fen=1_000_000,
    corrected_fen=-50_000,
    seen=2,
    corrected=8,
    gone=GONE,
)


def test_a_run_that_found_it_gone_verifies_it() -> None:
    body = done(OVERCHARGED, PROVED, kind="verified", run=3)
    assert body == {"run": 3, "corrected_fen": -50_000, "issued_fen": 1_050_000, "recomputed_fen": 1_000_000}


def test_a_finding_without_money_is_verified_where_it_is_gone() -> None:
    life = Life(Status.CORRECTED, corrected=8, gone=Gone(9, 3, None, None))
    assert done(CHECKED, life, kind="verified", run="3") == {"run": 3, "corrected_fen": 0}


@pytest.mark.parametrize("gone", [None, Gone(7, 3, 1_050_000, 1_000_000)])
def test_a_run_before_the_correction_proves_nothing(gone: Gone | None) -> None:
    life = Life(Status.CORRECTED, issued_fen=1, corrected=8, gone=gone)
    assert refused(OVERCHARGED, life, kind="verified", run=3).startswith("not_gone")


def test_another_run_is_not_the_proof() -> None:
    assert refused(OVERCHARGED, PROVED, kind="verified", run=2).startswith("other_run_proves: the run 2")


def test_a_check_that_was_corrected_by_documents_is_held_to_them_in_its_month() -> None:
    life = replace(PROVED, corrected_fen=-49_999)
    assert refused(CHECKED, life, kind="verified", run=3).startswith("corrections_differ")
    assert done(CHECKED, replace(life, corrected_fen=None), kind="verified", run=3)
    assert done(CHECKED, replace(life, lasting=True), kind="verified", run=3)


def test_money_is_not_proved_by_a_run_that_compared_no_bill() -> None:
    life = Life(Status.CORRECTED, issued_fen=1_050_000, corrected=8, gone=Gone(9, 3, None, None))
    assert refused(OVERCHARGED, life, kind="verified", run=3).startswith("not_compared")


@pytest.mark.parametrize(("kind", "status"), [("verified", Status.CORRECTED), ("closed", Status.VERIFIED)])
def test_nothing_is_verified_or_closed_whose_sum_is_a_fen_off(kind: str, status: Status) -> None:
    life = Life(status, issued_fen=1_050_000, corrected_fen=-49_999, corrected=8, gone=GONE)
    said = refused(OVERCHARGED, life, kind=kind, **({"run": 3} if kind == "verified" else {}))
    assert "issued 10500.00 and corrections of -499.99 are not the recomputed 10000.00: -0.01 is missing" in said


def test_what_is_closed_names_the_run_that_proved_it() -> None:
    life = Life(Status.VERIFIED, issued_fen=1_050_000, corrected_fen=-50_000, corrected=8, gone=GONE, verified_run=3)
    assert done(OVERCHARGED, life, kind="closed") == {"run": 3}
