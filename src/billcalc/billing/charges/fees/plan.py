"""Fees by the month: what a group pays whatever it uses, for the days on which it was there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dateutil.relativedelta import relativedelta

from billcalc.billing.charges.fees.records import FeePlan
from billcalc.billing.line_name import LineName
from billcalc.billing.plan_metering import Share
from billcalc.billing.plan_prices import PricePart
from billcalc.billing.planning.case import Case, refuse, runs
from billcalc.billing.planning.priced_parts import by_line, pays_the_same, price_parts
from billcalc.billing.planning.prices import paid_in
from billcalc.billing.planning.shares import month_shares
from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.slots import Slot
from billcalc.kernel.spans import Span
from billcalc.kernel.terms import Term
from billcalc.kernel.units import DAY, PURE
from billcalc.kernel.values import Rounding
from billcalc.tariff.components import Component
from billcalc.tariff.tiers import MONTHS_OF_YEAR
from billcalc.vocabulary import Band

__all__ = ["plan_fees"]

MONTHS, DAYS = "months", "days"


@dataclass(frozen=True, slots=True)
class _Segment:
    """Neighbouring pieces in which a fee is the same."""

    pieces: tuple[int, ...]
    first: Component
    parts: tuple[PricePart, ...]
    scope: str | None
    standard: str


def plan_fees(case: Case) -> tuple[FeePlan, ...]:
    """The monthly fees of every group, each over the pieces in which it is the same.

    Args:
        case: the planning state.
    """
    plans: list[FeePlan] = []
    for group in case.groups:
        pieces = [piece for piece in range(len(case.pieces)) if case.group(group, piece) is not None]
        served = case.spans(pieces)
        for code, segments in _segments(case, group, pieces).items():
            spans = [case.span_of(segment.pieces) for segment in segments]
            by_day = {segment.first.quantity == DAYS for segment in segments}
            if len(by_day) > 1:
                facts = {"what": Reason.FEE_BY_BOTH, "line": code, "group": group}
                raise refuse(RefusalCode.NOT_SUPPORTED, "/cycle", **facts)
            whole, months = (Share(whole=True),) * len(spans), None if True in by_day else _months(case, spans)
            is_whole = True in by_day or months is not None
            shares = whole if is_whole else month_shares(case, spans, served=served, what=f"fee/{group}/{code}")
            for segment, span, share in zip(segments, spans, shares, strict=True):
                if share is not None:
                    first = segment.first
                    plans.append(
                        FeePlan(
                            name=LineName(code, first.label, first.section, group, span),
                            parts=segment.parts,
                            share=share,
                            rounding=Rounding(first.round.amount),
                            scope=segment.scope,
                            idle_share=first.idle_share,
                            days=_days(case, span) if first.quantity == DAYS else None,
                            months=months,
                        )
                    )
    return tuple(plans)


def _days(case: Case, span: Span) -> Slot:
    assert span.end is not None, "what is billed has an end"
    return case.notes.computed(f"days/{span.start}/{span.end}", span.days, DAY, Term.DAYS, str(span))


def _months(case: Case, spans: Sequence[Span]) -> Slot | None:
    """How many months a fee is paid for in a cycle of several that is billed as one; None of a cycle of one month.

    Of such a cycle that is billed in part, or in which the fee changes, ``month_shares`` tells that it is no month.
    """
    cycle = case.request.cycle
    starts = [cycle.start + relativedelta(months=number) for number in range(2, MONTHS_OF_YEAR + 1)]
    if not cycle.as_one or list(spans) != [cycle.span] or cycle.end not in starts:
        return None
    count = starts.index(cycle.end) + 2
    return case.notes.computed("months/cycle", count, PURE, Term.MONTHS, str(cycle.span))


def _segments(case: Case, group: str, pieces: list[int]) -> dict[str, list[_Segment]]:
    found: dict[str, dict[int, _Segment]] = {}
    for piece in pieces:
        paid = [
            each
            for each in paid_in(case, group, piece)
            if each.component.priced_by in (MONTHS, DAYS) and each.component.code not in case.supplied[group]
        ]
        for code, members in by_line(paid).items():
            parts = price_parts(case, members, (Band.TOTAL,), group, piece)
            scope, standard = case.scopes.of(group, piece), case.scopes.standard(group, piece)
            segment = _Segment((piece,), members[0].component, parts, scope, standard)
            found.setdefault(code, {})[piece] = segment
    return {code: _joined(segments) for code, segments in found.items()}


def _joined(segments: Mapping[int, _Segment]) -> list[_Segment]:
    def same(before: int, piece: int) -> bool:
        one, other = segments[before], segments[piece]
        if (one.first.idle_share, one.first.quantity) != (other.first.idle_share, other.first.quantity):
            return False
        return one.standard == other.standard and pays_the_same(one.parts, other.parts)

    return [replace(segments[run[0]], pieces=run) for run in runs(segments, same)]
