"""Small audits: what a run finds, and what people do about it."""

from typing import Any

from billcalc.audit.checks.check import Level
from billcalc.audit.findings.acts import Act, Rules
from billcalc.audit.findings.records import Examined, Occasion, Run, RunFacts, Seen, Way
from billcalc.fields import validated
from billcalc.store.store import Shown, Store

__all__ = ["AT", "RULES", "act", "check", "difference", "examined", "run", "whole_life"]

AT = "2024-08-01T08:00:00Z"
RULES = Rules(two_persons_above_fen=100_000)
FACTS = RunFacts(Occasion.DAILY, Way.ONLINE, "0" * 64, "t" * 12, "0.1.0", "c" * 12, {"examined": 1})


def difference(issued: int, recomputed: int, *, account: str = "A-1", period: str = "2024-07") -> Seen:
    """An issued bill that differs."""
    values = {"issued_fen": issued, "recomputed_fen": recomputed}
    return Seen("bill_differs", Level.CONTRADICTION, account, period, (), values, issued - recomputed)


def check(code: str = "energy_jump", *, lasting: bool = False, period: str = "2024-07", **values: str) -> Seen:
    """What a check said."""
    return Seen(code, Level.IMPLAUSIBLE, "A-1", period, ("/metering_points/0",), values, None, lasting)


def examined(
    *seen: Seen, issued: int | None = None, recomputed: int | None = None, unchecked: tuple[str, ...] = (), **of: str
) -> Examined:
    """What a run found of an account and month."""
    known = {"account": "A-1", "period": "2024-07", **of}
    return Examined(
        known["account"], known["period"], seen, frozenset(unchecked), issued_fen=issued, recomputed_fen=recomputed
    )


def run(store: Store, *found: Examined, at: str = AT, actor: str = "li") -> Run:
    """A run that found something."""
    return store.record(FACTS, found, actor=actor, at=at)


def act(store: Store, number: int, kind: str, *, actor: str = "li", at: str = AT, **told: Any) -> Shown:
    """What somebody does to a finding."""
    return store.act(number, validated(Act, {"kind": kind, **told}), actor=actor, at=at, rules=RULES)


def whole_life(store: Store) -> None:
    """A bill of 500.00 too much, found, corrected, proved and closed: eight events."""
    run(store, examined(difference(1_050_000, 1_000_000), issued=1_050_000, recomputed=1_000_000))
    act(store, 1, "assigned", to="wang")
    act(store, 1, "confirmed", actor="wang")
    documents = [
        {"kind": "cancel", "sha256": "a" * 64, "total_fen": -1_050_000},
        {"kind": "replace", "sha256": "b" * 64, "total_fen": 1_000_000},
    ]
    act(store, 1, "corrected", documents=documents)
    run(store, examined(difference(1_050_000, 1_000_000), issued=1_050_000, recomputed=1_000_000))
    act(store, 1, "verified", run=2)
    act(store, 1, "closed")
