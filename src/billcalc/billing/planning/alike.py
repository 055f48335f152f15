"""Components that one group pays and that charge alike, whoever states them: hardly two charges."""

from collections.abc import Iterator
from functools import partial
from itertools import combinations

from billcalc.billing.doubts import OtherReading, Reading
from billcalc.billing.planning.case import Case
from billcalc.billing.planning.own_prices import without_component
from billcalc.billing.planning.prices import OWN_PRICES, Paid, paid_in
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Problem, Severity
from billcalc.tariff.alike import charge_alike

__all__ = ["doubt_priced_alike"]


def doubt_priced_alike(case: Case) -> None:
    """Doubt the second of two components that charge alike, with the money without it where the request brings it.

    A document that tells why two of its components are right all the same is believed.
    """
    found: dict[tuple[str, str, str], tuple[Paid, Paid]] = {}
    for group in case.groups:
        for piece in range(len(case.pieces)):
            for one, two in _alike(case, group, piece):
                found.setdefault((group, one.component.code, two.component.code), (one, two))
    for (group, _, _), (one, two) in found.items():
        later, other = (one, two) if one.source.id == OWN_PRICES != two.source.id else (two, one)
        facts = {"component": later.component.code, "other": other.component.code, "group": group}
        facts["document"] = later.source.id
        if later.source.id != OWN_PRICES:
            case.notes.note(Problem(ProblemCode.PRICED_ALIKE, Severity.DOUBT, f"/tariffs/{later.source.id}", facts))
            continue
        place = _place(case, later)
        where = f"/price_sheet/components/{place}"
        noted = case.notes.note(Problem(ProblemCode.PRICED_ALIKE, Severity.DOUBT, where, facts))
        case.notes.doubt(
            noted, OtherReading(Reading.WITHOUT_COMPONENT, request=partial(without_component, place=place))
        )


def _alike(case: Case, group: str, piece: int) -> Iterator[tuple[Paid, Paid]]:
    for one, two in combinations(paid_in(case, group, piece), 2):
        if charge_alike(one.component, two.component) and not (_is_answered(case, one) or _is_answered(case, two)):
            yield one, two


def _is_answered(case: Case, paid: Paid) -> bool:
    document = case.catalog.document(paid.source.id)
    return document is not None and "charged_twice" in document.acknowledged


def _place(case: Case, paid: Paid) -> int:
    sheet = case.request.price_sheet
    assert sheet is not None, "the component is its own"
    return next(number for number, each in enumerate(sheet.components) if each is paid.component)
