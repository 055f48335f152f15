"""Shares of a month: what part of a monthly quantity falls into a part of the cycle."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from billcalc.billing.plan_metering import Share
from billcalc.billing.planning.case import Case, refuse
from billcalc.billing.planning.days import DayWeights, Edges, weight_until
from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.slots import Slot
from billcalc.kernel.sources import Source
from billcalc.kernel.spans import Span, months_from
from billcalc.kernel.terms import Term
from billcalc.kernel.units import DAY
from billcalc.tariff.conventions import DayCount
from billcalc.tariff.documents import RulePart
from billcalc.vocabulary import Kind

__all__ = ["days_apart", "month_share", "month_shares"]


_A_CHARGE = MappingProxyType({"what": Reason.MONTHLY_CHARGE.value})


def month_shares(
    case: Case, spans: Sequence[Span], *, served: Sequence[Span], what: str, stated: Mapping[str, str] = _A_CHARGE
) -> tuple[Share | None, ...]:
    """The share of the month of each of some spans; None where nothing of it is billed.

    Args:
        case: the planning state.
        spans: the parts of the period, in their order, that the quantity is billed in one by one.
        served: the days of the period on which what is billed was there.
        what: a name of it, for the slots.
        stated: what it is, as facts for who reads that there is no such month.

    Raises:
        Refused: where the cycle is no month, or two day counts meet in it.
    """
    cycle = case.request.cycle.span
    if cycle.end not in months_from(cycle.start):
        raise refuse(RefusalCode.NOT_A_MONTH, "/cycle", **stated, days=str(cycle.days))
    if tuple(served) == (cycle,) and tuple(spans) == (cycle,):
        return (Share(whole=True),)
    changes = {day for span in (*spans, *served) for day in (span.start, span.end) if day is not None}
    weights, source = _weights(case, sorted(day for day in changes - {cycle.start} if day in cycle))
    edges = _edges(case, served)
    shares = (_share(case, span, served, weights, edges, what) for span in spans)
    return tuple(None if share is None else replace(share, source=source) for share in shares)


def month_share(case: Case, span: Span, *, served: Sequence[Span], what: str) -> Share | None:
    """The share of the month of one span; see ``month_shares``."""
    (share,) = month_shares(case, (span,), served=served, what=what)
    return share


def days_apart(case: Case, changes: Sequence[date]) -> Slot | None:
    """The slot of what a month has more than the days of its cycle (or less), for what changes on some days.

    None where it is the same, and where the day of a change is billed twice or not at all, as a convention says.
    """
    weights, _ = _weights(case, changes)
    apart = weights.whole - weights.of(weights.cycle)
    if not apart or case.conventions.basic.first_day.value == case.conventions.basic.last_day.value:
        return None
    return case.notes.computed("share/cycle/apart", apart, DAY, Term.DAYS_APART)


def _weights(case: Case, changes: Sequence[date]) -> tuple[DayWeights, Source | None]:
    """The day count and what states it: the convention, else the rules in force on the days of the changes."""
    cycle = case.request.cycle.span
    agreed = case.notes.cited(case.conventions.basic.days)
    if agreed is not None:
        return DayWeights(agreed, cycle), case.conventions.basic.days.source
    counts: dict[DayCount, date] = {}
    for day in changes:
        found = case.catalog.in_force(Kind.BASIC_CHARGE_RULES, case.request.area, day)
        case.notes.use(found, day)
        counts.setdefault(found.document.days, day)
    if len(counts) > 1:
        days = " and ".join(str(day) for day in counts.values())
        facts = {"what": Reason.TWO_DAY_COUNTS, "change_days": days}
        raise refuse(RefusalCode.NOT_SUPPORTED, "/conventions/basic/days", **facts)
    ((count, day),) = counts.items()
    rules = case.catalog.in_force(Kind.BASIC_CHARGE_RULES, case.request.area, day).document
    return DayWeights(count, cycle), case.stating(rules, RulePart.DAYS)


def _edges(case: Case, served: Sequence[Span]) -> Edges:
    """What is done on the days of a change; a convention matters where there is such a day."""
    cycle = case.request.cycle.span
    assert cycle.end is not None
    conventions = (case.conventions.basic.first_day, case.conventions.basic.last_day)
    matters = (
        any(span.start > cycle.start for span in served),
        any(span.end is not None and span.end < cycle.end for span in served),
    )
    first, last = (
        case.notes.decided_by(convention) if each else convention.value
        for convention, each in zip(conventions, matters, strict=True)
    )
    return Edges(first, last)


def _share(
    case: Case, span: Span, served: Sequence[Span], weights: DayWeights, edges: Edges, what: str
) -> Share | None:
    assert span.end is not None
    before = weight_until(served, span.start, weights, edges)
    until = weight_until(served, span.end, weights, edges)
    if until == before:
        return None
    use = f"share/{what}/{span.start}/{span.end}"
    days, whole = (
        (Term.DAYS, Term.DAYS_OF_CYCLE) if weights.are_days else (Term.WEIGHTED_DAYS, Term.WEIGHTED_DAYS_OF_CYCLE)
    )
    return Share(
        days=case.notes.computed(use, until - before, DAY, days, str(span)),
        cycle=case.notes.computed(f"share/cycle/{weights.whole}", weights.whole, DAY, whole),
        before=case.notes.computed(f"{use}/before", before, DAY, days, f"{weights.cycle.start}/{span.start}")
        if before
        else None,
    )
