"""Fees by the month: what a group pays whatever it uses, for the days on which it was there."""

from collections.abc import Mapping
from dataclasses import dataclass

from billcalc.billing.plan import FeePlan, LineName, PricePart
from billcalc.billing.planning.context import Context
from billcalc.billing.planning.lines import by_line, pays_the_same, price_parts
from billcalc.billing.planning.prices import paid_in
from billcalc.billing.planning.scopes import Scopes
from billcalc.billing.planning.shares import joined, month_shares
from billcalc.kernel.values import Rounding
from billcalc.tariff.components import Component
from billcalc.vocabulary import Band

__all__ = ["plan_fees"]

MONTHS = "months"


@dataclass(frozen=True, slots=True)
class _Segment:
    """Neighbouring pieces in which a fee is the same."""

    pieces: tuple[int, ...]
    first: Component
    parts: tuple[PricePart, ...]
    scope: str | None
    standard: str


def plan_fees(context: Context, supplied: Mapping[str, frozenset[str]], scopes: Scopes) -> tuple[FeePlan, ...]:
    """The monthly fees of every group, each over the pieces in which it is the same.

    Args:
        context: the planning state.
        supplied: for each group the components that its given lines stand for.
        scopes: the power-factor scopes.
    """
    plans: list[FeePlan] = []
    for group in context.groups:
        pieces = [piece for piece in range(len(context.pieces)) if context.group(group, piece) is not None]
        served = joined(context, pieces)
        for code, segments in _segments(context, group, pieces, supplied.get(group, frozenset()), scopes).items():
            spans = [context.span_of(segment.pieces) for segment in segments]
            shares = month_shares(context, spans, served=served, what=f"fee/{group}/{code}")
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
                        )
                    )
    return tuple(plans)


def _segments(
    context: Context, group: str, pieces: list[int], supplied: frozenset[str], scopes: Scopes
) -> dict[str, list[_Segment]]:
    found: dict[str, list[_Segment]] = {}
    for piece in pieces:
        paid = [
            each
            for each in paid_in(context, group, piece)
            if each.component.quantity == MONTHS and each.component.code not in supplied
        ]
        for code, members in by_line(paid).items():
            parts = price_parts(context, members, (Band.TOTAL,), group, piece)
            scope, standard = scopes.of(group, piece), scopes.standard(group, piece)
            segments = found.setdefault(code, [])
            before = segments[-1] if segments else None
            if (
                before is not None
                and before.pieces[-1] == piece - 1
                and before.standard == standard
                and pays_the_same(before.parts, parts)
            ):
                segments[-1] = _Segment((*before.pieces, piece), before.first, before.parts, scope, standard)
            else:
                segments.append(_Segment((piece,), members[0].component, parts, scope, standard))
    return found
