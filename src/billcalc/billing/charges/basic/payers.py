"""Who pays the basic charge of a supply point, and what prices it."""

from billcalc.agreement.models import BasicMode
from billcalc.billing.planning.case import Case, refuse
from billcalc.billing.planning.prices import Paid, flat_price, paid_in
from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.vocabulary import Billing, Kind

__all__ = ["basic_price", "check_fed", "is_priced", "paying_groups"]


def paying_groups(case: Case, supply_point: str, piece: int) -> tuple[str, ...]:
    """The two-part groups that are supplied at a supply point; all of them where nothing is metered.

    Raises:
        Refused: where other supply points are metered and this one is not: who pays it is then not told.
    """
    terms = case.agreement_of(piece).groups
    points = case.request.metering_points
    here = [point for point in points if point.supply_point == supply_point]
    if not points:
        fed = list(terms)
    else:
        fed = [point.group for point in here] + [child.group for point in here for child in point.children]
    two_part = {name for name, group in terms.items() if group.billing is Billing.TWO_PART}
    if points and not here and two_part:
        facts = {"what": Reason.SUPPLY_WITHOUT_POINT, "supply_point": supply_point}
        raise refuse(RefusalCode.NOT_SUPPORTED, "/metering_points", **facts)
    return tuple(sorted(name for name in set(fed) if name in two_part))


def is_priced(case: Case, groups: tuple[str, ...], piece: int, wanted: str) -> bool:
    """Whether the first of those who pay has a price of a quantity of the basic charge."""
    return any(each.component.priced_by == wanted for each in paid_in(case, groups[0], piece))


def check_fed(case: Case, piece: int) -> None:
    """Refuse a two-part group that no metering point feeds: it would pay no basic charge, and nobody would see it.

    Raises:
        Refused: where there is one, and no given line stands for its basic charge.
    """
    entry = case.agreement_of(piece)
    if case.basic_of(piece).mode is BasicMode.EXEMPT or not case.request.metering_points:
        return
    paying = {group for name in entry.supply_points for group in paying_groups(case, name, piece)}
    for group, terms in entry.groups.items():
        if terms.billing is not Billing.TWO_PART or group in paying:
            continue
        basic = {each.component.code for each in paid_in(case, group, piece) if each.component.is_basic}
        if basic and not basic & case.supplied[group]:
            raise refuse(RefusalCode.NOT_SUPPORTED, "/metering_points", what=Reason.GROUP_WITHOUT_POINT, group=group)


def basic_price(case: Case, groups: tuple[str, ...], piece: int, wanted: str) -> Paid:
    """The component that prices a quantity of the basic charge; one for all groups that share the charge."""
    entry = case.agreement_of(piece)
    found = []
    for group in groups:
        matching = [paid for paid in paid_in(case, group, piece) if paid.component.priced_by == wanted]
        if not matching:
            raise refuse(
                RefusalCode.NO_PRICE, f"/agreement/{case.pieces[piece].agreement}/basic", wanted=wanted,
                key=str(entry.groups[group].voltage), day=str(case.pieces[piece].span.start),
                document=Kind.NETWORK_PRICE.value,
            )  # fmt: skip
        found.extend(matching)
    if len({(paid.component.code, flat_price(paid)) for paid in found}) > 1:
        lines, prices = zip(*((paid.component.code, str(flat_price(paid))) for paid in found), strict=True)
        facts = {"what": Reason.SEVERAL_BASIC_PRICES, "lines": ", ".join(lines), "prices": ", ".join(prices)}
        raise refuse(RefusalCode.NOT_SUPPORTED, f"/agreement/{case.pieces[piece].agreement}/basic", **facts)
    return found[0]
