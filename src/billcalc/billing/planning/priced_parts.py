"""The components that make one line, and their prices."""

from collections.abc import Iterable

from billcalc.billing.plan_prices import BandPrice, PricePart
from billcalc.billing.planning.case import Case
from billcalc.billing.planning.prices import (
    Paid,
    price_part,
    takes,
)
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.vocabulary import Band

__all__ = ["by_line", "pays_the_same", "price_parts"]


def pays_the_same(parts: Iterable[PricePart], others: Iterable[PricePart]) -> bool:
    """Whether two lines have the same components at the same prices, whatever documents state them."""

    def stated(each: Iterable[PricePart]) -> list[object]:
        return [(part.code, [_stated(*price) for price in part.prices], part.in_base) for part in each]

    return stated(parts) == stated(others)


def _stated(band: Band, price: BandPrice) -> object:
    return band, price.price, price.slot, price.ratios, None if price.rounding is None else price.rounding.step


def by_line(paid: Iterable[Paid]) -> dict[str, list[Paid]]:
    """Components by the line they print on; those of one line must agree on how it is calculated.

    Raises:
        InvalidInput: where they do not.
    """
    lines: dict[str, list[Paid]] = {}
    for each in paid:
        lines.setdefault(each.component.line_code, []).append(each)
    for code, parts in lines.items():
        members = [part.component for part in parts]
        shapes = {(each.section, each.quantity, each.round_per, each.print_per, each.round.amount) for each in members}
        if len(shapes) > 1:
            facts = {"reason": Reason.COMPONENTS_DIFFER, "line": code}
            raise InvalidInput([Fault(FaultCode.INCONSISTENT, parts[0].source.id, facts)])
    return lines


def price_parts(
    case: Case, paid: Iterable[Paid], bands: tuple[Band, ...], group: str, piece: int
) -> tuple[PricePart, ...]:
    """The components of a line with their prices in the bands of a group."""
    terms = case.agreement_of(piece).groups[group]
    return tuple(
        price_part(
            case,
            each,
            bands,
            in_base=takes(case, each.component, group, terms),
            group=group,
            piece=piece,
        )
        for each in paid
    )
