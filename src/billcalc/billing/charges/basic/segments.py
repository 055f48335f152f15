"""The days in which a basic charge has the same terms, and what the plans of all its kinds have in common."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from billcalc.agreement.models import BasicMode
from billcalc.billing.charges.basic.left import capacity_left
from billcalc.billing.charges.basic.payers import paying_groups
from billcalc.billing.charges.basic.records import BasicTerms, PayingGroup
from billcalc.billing.plan_metering import Share
from billcalc.billing.planning.case import Case, refuse
from billcalc.billing.planning.prices import Paid, flat_price, takes
from billcalc.kernel.codes import FaultCode, RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.slots import Slot
from billcalc.kernel.sources import Source
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.units import KW, PURE
from billcalc.kernel.values import Rounding
from billcalc.tariff.resolved_conventions import Convention

__all__ = ["Segment", "contract_of", "is_given", "paid_terms", "step_of", "terms_of"]


@dataclass(frozen=True, slots=True)
class Segment:
    """Consecutive pieces in which a supply point's basic charge has the same terms and price.

    Attributes:
        mode: what it is billed by.
        groups: the groups that pay it.
        demand: the terms of its demand: while they last, one maximum demand is that of all days, whatever the price.
        terms: everything else that must not change within it.
        paid: the component that prices it.
    """

    supply_point: str
    pieces: tuple[int, ...]
    mode: BasicMode
    groups: tuple[str, ...]
    demand: object
    terms: object
    paid: Paid

    def goes_on_as(self, later: "Segment") -> bool:
        """Whether a segment of the next piece only prolongs this one."""
        return (self.demand, self.terms) == (later.demand, later.terms)

    def through(self, pieces: tuple[int, ...]) -> "Segment":
        """This one, over some pieces."""
        return replace(self, pieces=pieces)


def is_given(case: Case, groups: Sequence[str], paid: Paid) -> bool:
    """Whether given lines stand for a basic charge.

    Raises:
        Refused: where they stand for the part of some of the groups alone.
    """
    given = [paid.component.code in case.supplied[group] for group in groups]
    if any(given) and not all(given):
        facts = {"what": Reason.GIVEN_FOR_A_PART, "group": groups[given.index(True)]}
        raise refuse(RefusalCode.NOT_SUPPORTED, "/given", **facts)
    return all(given)


def paid_terms(case: Case, groups: Sequence[str], paid: Paid, piece: int) -> object:
    """What must not change within a segment, of its price and of those who pay it."""
    shares = case.basic_of(piece).demand_shares
    return (
        (paid.component.code, paid.component.section, flat_price(paid)),
        groups,
        tuple(shares.get(group) for group in groups) if len(groups) > 1 else (),
        tuple(
            (case.scopes.of(group, piece), case.scopes.standard(group, piece), _in_base(case, paid, group, piece))
            for group in groups
        ),
    )


def terms_of(case: Case, segment: Segment, rule_source: Source, share: Share) -> BasicTerms:
    """What the plan of a segment has, whatever it is billed by."""
    component = segment.paid.component
    step = component.round.price
    return BasicTerms(
        code=component.code,
        label=component.label,
        section=component.section,
        supply_point=segment.supply_point,
        span=case.span_of(segment.pieces),
        price=flat_price(segment.paid),
        price_source=segment.paid.source,
        price_rounding=None if step is None else Rounding(step, segment.paid.source),
        rounding=Rounding(component.round.amount),
        rule_source=rule_source,
        share=share,
        groups=_groups(case, segment),
        left=capacity_left(case, segment.supply_point, segment.groups, segment.pieces[0]),
    )


def _in_base(case: Case, paid: Paid, group: str, piece: int) -> bool:
    terms = case.agreement_of(piece).groups[group]
    return takes(case, paid.component, group, terms)


def step_of(case: Case, convention: Convention[Decimal | None]) -> Rounding | None:
    """The rounding of a quantity that a convention tells, or None."""
    step = case.notes.decided_by(convention)
    return None if step is None else Rounding(step, convention.source)


def _groups(case: Case, segment: Segment) -> tuple[PayingGroup, ...]:
    """Who pays the basic charge, with weights where several groups share it."""
    piece = segment.pieces[0]
    here = f"/agreement/{case.pieces[piece].basic}"
    shares = case.basic_of(piece).demand_shares
    made = []
    for group in segment.groups:
        weight = None
        if len(segment.groups) > 1:
            if group not in shares:
                facts = {"key": group}
                raise InvalidInput([Fault(FaultCode.MISSING_KEY, f"{here}/basic/demand_shares", facts)])
            pointer = f"{here}/basic/demand_shares/{group}"
            weight = case.notes.slot(pointer, shares[group], PURE, Term.DEMAND_SHARE, group)
        made.append(
            PayingGroup(group, weight, _in_base(case, segment.paid, group, piece), case.scopes.of(group, piece))
        )
    return tuple(made)


def contract_of(case: Case, segment: Segment) -> Slot:
    """The slot of the contracted demand: the supply point's own, or the regular one where there is one to pay it.

    Raises:
        InvalidInput: where neither is told, or several supply points would pay one contract.
    """
    piece = segment.pieces[0]
    entry = case.agreement_of(piece)
    here = f"/agreement/{case.pieces[piece].basic}"
    contracts = case.basic_of(piece).contracts
    name = segment.supply_point
    if name not in contracts:
        paying = [each for each in entry.supply_points if paying_groups(case, each, piece)]
        if "regular" not in contracts or len(paying) > 1:
            facts = {"supply_point": name}
            raise InvalidInput([Fault(FaultCode.CONTRACT_MISSING, f"{here}/basic/contracts", facts)])
        name = "regular"
    return case.notes.slot(f"{here}/basic/contracts/{name}", contracts[name], KW, Term.CONTRACTED_DEMAND, name)
