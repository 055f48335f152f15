"""Shares of a month: what part of a monthly quantity falls into a part of the cycle."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from billcalc.billing.plan import Share
from billcalc.billing.planning.context import Context, refuse
from billcalc.billing.planning.days import DayWeights, Edges, weight_until
from billcalc.kernel.sources import Source
from billcalc.kernel.spans import Span, months_from
from billcalc.kernel.terms import Term
from billcalc.kernel.units import DAY
from billcalc.kernel.wording import RefusalCode
from billcalc.tariff.conventions import DayCount, EdgeDay
from billcalc.tariff.documents import RulePart
from billcalc.vocabulary import Kind

__all__ = ["days_apart", "joined", "month_share", "month_shares"]


def joined(context: Context, pieces: Iterable[int]) -> tuple[Span, ...]:
    """The days of some pieces, neighbours as one span."""
    spans: list[Span] = []
    for piece in pieces:
        span = context.pieces[piece].span
        if spans and spans[-1].end == span.start:
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    return tuple(spans)


def month_shares(
    context: Context, spans: Sequence[Span], *, served: Sequence[Span], what: str, told: str = "a charge"
) -> tuple[Share | None, ...]:
    """The share of the month of each of some spans; None where nothing of it is billed.

    Args:
        context: the planning state.
        spans: the parts of the period, in their order, that the quantity is billed in one by one.
        served: the days of the period on which what is billed was there.
        what: a name of it, for the slots.
        told: what it is, for who reads that there is no such month.

    Raises:
        Refused: where the cycle is no month, or two day counts meet in it.
    """
    cycle = context.request.cycle.span
    if cycle.end not in months_from(cycle.start):
        raise refuse(RefusalCode.NOT_A_MONTH, "/cycle", what=told, days=str(cycle.days))
    if tuple(served) == (cycle,) and tuple(spans) == (cycle,):
        return (Share(whole=True),)
    changes = {day for span in (*spans, *served) for day in (span.start, span.end) if day is not None}
    weights, source = _weights(context, sorted(day for day in changes - {cycle.start} if day in cycle))
    edges = _edges(context, served)
    shares = (_share(context, span, served, weights, edges, what) for span in spans)
    return tuple(None if share is None else replace(share, source=source) for share in shares)


def month_share(context: Context, span: Span, *, served: Sequence[Span], what: str) -> Share | None:
    """The share of the month of one span; see ``month_shares``."""
    (share,) = month_shares(context, (span,), served=served, what=what)
    return share


def days_apart(context: Context, changes: Sequence[date]) -> str | None:
    """The slot of what a month has more than the days of its cycle (or less), for what changes on some days.

    None where it is the same, and where the day of a change is billed twice or not at all, as a convention says.
    """
    weights, _ = _weights(context, changes)
    apart = weights.whole - weights.of(weights.cycle)
    if not apart or context.conventions["basic.first_day"] == context.conventions["basic.last_day"]:
        return None
    return context.slot("#share/cycle/apart", apart, DAY, Term.DAYS_APART)


def _weights(context: Context, changes: Sequence[date]) -> tuple[DayWeights, Source | None]:
    """The day count and what states it: the convention, else the rules in force on the days of the changes."""
    cycle = context.request.cycle.span
    told = context.told("basic.days")
    if told is not None:
        return DayWeights(told, cycle), context.conventions.source("basic.days")
    counts: dict[DayCount, date] = {}
    for day in changes:
        found = context.catalog.in_force(Kind.BASIC_CHARGE_RULES, context.request.area, day)
        context.use(found, day)
        counts.setdefault(found.document.days, day)
    if len(counts) > 1:
        days = " and ".join(str(day) for day in counts.values())
        what = f"a month with changes under two day counts, on {days}, without the convention basic.days"
        raise refuse(RefusalCode.NOT_SUPPORTED, "/conventions/basic/days", what=what)
    ((count, day),) = counts.items()
    rules = context.catalog.in_force(Kind.BASIC_CHARGE_RULES, context.request.area, day).document
    return DayWeights(count, cycle), context.stating(rules, RulePart.DAYS)


def _edges(context: Context, served: Sequence[Span]) -> Edges:
    """What is done on the days of a change; a convention matters where there is such a day."""
    cycle = context.request.cycle.span
    assert cycle.end is not None
    keys = ("basic.first_day", "basic.last_day")
    matters = (
        any(span.start > cycle.start for span in served),
        any(span.end is not None and span.end < cycle.end for span in served),
    )
    first, last = (
        context.convention(key) if each else EdgeDay(context.conventions[key])
        for key, each in zip(keys, matters, strict=True)
    )
    return Edges(first, last)


def _share(
    context: Context, span: Span, served: Sequence[Span], weights: DayWeights, edges: Edges, what: str
) -> Share | None:
    assert span.end is not None
    before = weight_until(served, span.start, weights, edges)
    until = weight_until(served, span.end, weights, edges)
    if until == before:
        return None
    pointer = f"#share/{what}/{span.start}/{span.end}"
    days, whole = (
        (Term.DAYS, Term.DAYS_OF_CYCLE) if weights.are_days else (Term.WEIGHTED_DAYS, Term.WEIGHTED_DAYS_OF_CYCLE)
    )
    return Share(
        days=context.slot(pointer, until - before, DAY, days, str(span)),
        cycle=context.slot(f"#share/cycle/{weights.whole}", weights.whole, DAY, whole),
        before=context.slot(f"{pointer}/before", before, DAY, days, f"{weights.cycle.start}/{span.start}")
        if before
        else "",
    )
