"""The basic charge: per supply point, over the segments in which its terms and its price are the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from billcalc.agreement.models import BasicMode
from billcalc.billing.charges.basic.demand import contract_capacity, part_period, plan_demand, untimed_demand
from billcalc.billing.charges.basic.exemption import doubt_exemption
from billcalc.billing.charges.basic.left import capacity_left, doubt_mutual, mutual_rule
from billcalc.billing.charges.basic.payers import basic_price, check_fed, paying_groups
from billcalc.billing.charges.basic.records import (
    BasicPlan,
    BasicTerms,
    CapacityPlan,
    ContractTerms,
    DemandPlan,
    DiscountTerms,
    PayingGroup,
)
from billcalc.billing.charges.basic.replaced import replaced_capacity
from billcalc.billing.doubts import OtherReading, Reading
from billcalc.billing.plan_metering import Share
from billcalc.billing.planning.capacity import capacity_parts, lines_of_supply, running_capacities
from billcalc.billing.planning.case import Case, refuse, runs
from billcalc.billing.planning.prices import Paid, flat_price, takes
from billcalc.billing.planning.shares import month_share
from billcalc.kernel.codes import FaultCode, RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.slots import Slot
from billcalc.kernel.sources import Source
from billcalc.kernel.spans import Span
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.units import KW, PURE
from billcalc.kernel.values import Rounding
from billcalc.tariff.changes_of_use import MutualStandby
from billcalc.tariff.conventions import DiscountPrint
from billcalc.tariff.documents import BasicChargeRules, RulePart
from billcalc.tariff.resolved_conventions import Convention
from billcalc.vocabulary import Kind

__all__ = ["plan_basic"]


@dataclass(frozen=True, slots=True)
class _Segment:
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

    def goes_on_as(self, later: "_Segment") -> bool:
        """Whether a segment of the next piece only prolongs this one."""
        return (self.demand, self.terms) == (later.demand, later.terms)


def plan_basic(case: Case) -> tuple[BasicPlan, ...]:
    """The basic charges of every supply point.

    Args:
        case: the planning state.

    Raises:
        InvalidInput: where the mode lacks what it bills by.
        Refused: where a demand or a price is missing, or groups share a charge that is not one.
    """
    plans = []
    for supply_point in case.supply_points:
        segments = _segments(case, supply_point)
        for segment in segments:
            plan = _plan(case, segment, segments)
            if plan is not None:
                plans.append(plan)
    for piece in range(len(case.pieces)):
        check_fed(case, piece)
        doubt_exemption(case, piece)
    return tuple(plans)


def _segments(case: Case, supply_point: str) -> list[_Segment]:
    each = {piece: _segment(case, supply_point, piece) for piece in range(len(case.pieces))}
    found = {piece: segment for piece, segment in each.items() if segment is not None}
    joined = runs(found, lambda before, piece: found[before].goes_on_as(found[piece]))
    return [replace(found[run[0]], pieces=run) for run in joined]


def _segment(case: Case, supply_point: str, piece: int) -> _Segment | None:
    """The basic charge of a supply point in one piece; None where there is none or a given line stands for it."""
    entry = case.agreement_of(piece)
    point = entry.supply_points.get(supply_point)
    basic = case.basic_of(piece)
    mode = basic.mode
    if point is None or mode is BasicMode.EXEMPT:
        return None
    groups = paying_groups(case, supply_point, piece)
    if not groups:
        return None
    paid = basic_price(case, groups, piece)
    given = [paid.component.code in case.supplied[group] for group in groups]
    if all(given):
        return None
    if any(given):
        facts = {"what": Reason.GIVEN_FOR_A_PART, "group": groups[given.index(True)]}
        raise refuse(RefusalCode.NOT_SUPPORTED, "/given", **facts)
    shares = basic.demand_shares
    terms = (
        (paid.component.code, paid.component.section, flat_price(paid)),
        groups,
        tuple(shares.get(group) for group in groups) if len(groups) > 1 else (),
        tuple(
            (case.scopes.of(group, piece), case.scopes.standard(group, piece), _in_base(case, paid, group, piece))
            for group in groups
        ),
    )
    case.notes.ask(f"/agreement/{case.pieces[piece].basic}/basic/mode")
    return _Segment(supply_point, (piece,), mode, groups, _demand_terms(case, supply_point, piece), terms, paid)


def _demand_terms(case: Case, name: str, piece: int) -> object:
    """What the quantity depends on; actual demand on nothing but the meter."""
    basic, point = case.basic_of(piece), case.agreement_of(piece).supply_points[name]
    if basic.mode is BasicMode.ACTUAL:
        return basic.mode
    contract = basic.contracts.get(name, basic.contracts.get("regular"))
    standings = frozenset(each.stated for each in case.standings[name][piece])
    sets = (frozenset(map(frozenset, point.interlocked)), frozenset(map(frozenset, point.mutual_standby)))
    return (basic.mode, contract if basic.mode is BasicMode.CONTRACTED else None, standings, sets)


def _in_base(case: Case, paid: Paid, group: str, piece: int) -> bool:
    terms = case.agreement_of(piece).groups[group]
    return takes(case, paid.component, group, terms)


def _plan(case: Case, segment: _Segment, segments: Sequence[_Segment]) -> BasicPlan | None:
    """The plan of a segment; None where nothing is billed in it, such as a capacity that is all suspended."""
    here = f"/agreement/{case.pieces[segment.pieces[0]].agreement}"
    point = case.agreement_of(segment.pieces[0]).supply_points[segment.supply_point]
    if segment.mode is not BasicMode.ACTUAL and not point.transformers:
        facts = {"supply_point": segment.supply_point, "mode": segment.mode.value}
        raise InvalidInput([Fault(FaultCode.CAPACITY_MISSING, f"{here}/supply_points/{segment.supply_point}", facts)])
    if segment.mode is BasicMode.CAPACITY:
        return _capacity_plan(case, here, segment, segments)
    return _demand_plan(case, here, segment, segments)


def _capacity_plan(case: Case, here: str, segment: _Segment, segments: Sequence[_Segment]) -> CapacityPlan | None:
    span, name = case.span_of(segment.pieces), segment.supply_point
    lines = lines_of_supply(case, name, segment.pieces[0])
    mutual = mutual_rule(case, name, segment.pieces[0]) if lines else None
    largest = mutual is MutualStandby.LARGEST
    parts = capacity_parts(case, name, span, segment.pieces[0], lines if largest else ())
    if not parts:
        return None
    rules, _ = case.rules(Kind.BASIC_CHARGE_RULES, span, _nothing)
    terms = _terms(case, here, segment, case.stating(rules, RulePart.DAYS), parts[0].share)
    plan = CapacityPlan(terms, parts)
    if not parts[0].share.whole:
        billed = [piece for each in segments if each.mode is BasicMode.CAPACITY for piece in each.pieces]
        replaced, noted = replaced_capacity(case, name, span, billed) or (None, None)
        plan = CapacityPlan(terms, parts, replaced, _rounding(case, case.conventions.basic.kva_round))
        if noted is not None:
            case.notes.doubt(noted, OtherReading(Reading.OWN_DAYS, ((plan, replace(plan, replaced=None)),)))
    if lines:
        other = capacity_parts(case, name, span, segment.pieces[0], () if largest else lines)
        doubt_mutual(case, name, segment.pieces[0], ((plan, replace(plan, parts=other)),))
    return plan


def _rounding(case: Case, convention: Convention[Decimal | None]) -> Rounding | None:
    step = case.notes.decided_by(convention)
    return None if step is None else Rounding(step, convention.source)


def _demand_plan(case: Case, here: str, segment: _Segment, segments: Sequence[_Segment]) -> DemandPlan | None:
    span = case.span_of(segment.pieces)
    name = segment.supply_point
    pieces = range(len(case.pieces))
    present = case.spans(piece for piece in pieces if name in case.agreement_of(piece).supply_points)
    share = month_share(case, span, served=present, what=f"demand/{name}")
    if share is None:
        return None
    rules, _ = case.rules(Kind.BASIC_CHARGE_RULES, span, _applied)
    terms = _terms(case, here, segment, case.stating(rules, RulePart.DEMAND), share)
    if rules.discount is not None:
        case.stating(rules, RulePart.DISCOUNT)
    window, is_only = _window(case, segment, segments)
    known = plan_demand(case, name, segment.groups, segment.mode, span, window, is_only=is_only)
    metered = None if isinstance(known, int) else known
    untimed = None
    if metered is None or not is_only:
        untimed = untimed_demand(case, name, segment.groups, billed=metered)
    rounding = None if metered is None else _rounding(case, case.conventions.basic.demand_round)
    discount, noted = _discount(case, name, rules)
    apart = discount is not None and case.notes.cited(case.conventions.basic.discount) is DiscountPrint.APART
    plan = DemandPlan(terms, metered, rounding, _contract_terms(case, segment, rules), discount, untimed, apart)
    _doubt_floor(case, segment, plan)
    if isinstance(known, int) and untimed is not None:
        case.notes.doubt(known, OtherReading(Reading.CYCLE_DEMAND, ((plan, replace(plan, metered=untimed)),)))
    if noted is not None and discount is not None:
        for name, assumed in ((Reading.DISCOUNT, True), (Reading.NO_DISCOUNT, False)):
            if assumed or discount.capacity:  # of what is not tested, none is billed
                other = replace(plan, discount=replace(discount, assumed=assumed))
                case.notes.doubt(noted, OtherReading(name, ((plan, other),)))
    return plan


def _discount(case: Case, supply_point: str, rules: BasicChargeRules) -> tuple[DiscountTerms | None, int | None]:
    """The discount's terms, and the place of the doubt about its capacity; None where there is none."""
    if rules.discount is None:
        return None, None
    source = case.catalog.stating(rules, RulePart.DISCOUNT)
    part = part_period(case)
    capacity, noted = contract_capacity(case, supply_point)
    return DiscountTerms(rules.discount, source, capacity, part), noted


def _contract_terms(case: Case, segment: _Segment, rules: BasicChargeRules) -> ContractTerms | None:
    """The terms of a contract; None where the actual demand is billed."""
    if segment.mode is BasicMode.ACTUAL:
        return None
    name, piece = segment.supply_point, segment.pieces[0]
    lines = lines_of_supply(case, name, piece)
    largest = bool(lines) and mutual_rule(case, name, piece) is MutualStandby.LARGEST
    running = running_capacities(case, name, piece, lines if largest else ())
    return ContractTerms(
        *(_contract(case, segment), running, rules.floor_share, rules.over_steps),
        excess_adjusted=rules.excess_adjusted,
        idle_share=rules.idle_share,
    )


def _doubt_floor(case: Case, segment: _Segment, plan: DemandPlan) -> None:
    """Tell what the floor would be where sources differ on lines that stand by for each other."""
    name, piece = segment.supply_point, segment.pieces[0]
    lines = lines_of_supply(case, name, piece)
    if not lines or plan.contract is None:
        return
    added = mutual_rule(case, name, piece) is MutualStandby.ADDED
    running = running_capacities(case, name, piece, lines if added else ())
    other = replace(plan, contract=replace(plan.contract, running=running))
    doubt_mutual(case, name, piece, ((plan, other),))


def _terms(case: Case, here: str, segment: _Segment, rule_source: Source, share: Share) -> BasicTerms:
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


def _nothing(rules: BasicChargeRules) -> object:
    """Of the rules a capacity takes the day count alone, which is that of the day of the change."""
    return ()


def _applied(rules: BasicChargeRules) -> object:
    """What of the rules a demand is billed by."""
    return rules.told(RulePart.DEMAND), rules.discount


def _window(case: Case, segment: _Segment, segments: Sequence[_Segment]) -> tuple[Span, bool]:
    """The days around a segment in which its demand has the same terms, and whether no demand has others."""
    by_demand = [each for each in segments if each.mode is not BasicMode.CAPACITY]
    window = [segment]
    place = by_demand.index(segment)
    for each in reversed(by_demand[:place]):
        if each.pieces[-1] + 1 != window[0].pieces[0] or each.demand != segment.demand:
            break
        window.insert(0, each)
    for each in by_demand[place + 1 :]:
        if window[-1].pieces[-1] + 1 != each.pieces[0] or each.demand != segment.demand:
            break
        window.append(each)
    span = case.span_of((window[0].pieces[0], window[-1].pieces[-1]))
    return span, len(window) == len(segments)


def _contract(case: Case, segment: _Segment) -> Slot:
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


def _groups(case: Case, segment: _Segment) -> tuple[PayingGroup, ...]:
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
