"""The basic charge: per supply point, over the segments in which its terms and its price are the same."""

from collections.abc import Sequence
from dataclasses import replace

from billcalc.agreement.models import BasicMode
from billcalc.billing.charges.basic.added import doubt_added
from billcalc.billing.charges.basic.contract_capacity import contract_capacity, part_period
from billcalc.billing.charges.basic.exemption import doubt_exemption
from billcalc.billing.charges.basic.kinds import check_kinds, kinds_of, note_untold_bands, plan_kinds
from billcalc.billing.charges.basic.left import doubt_mutual, mutual_rule
from billcalc.billing.charges.basic.measured import has_measured, plan_measured
from billcalc.billing.charges.basic.payers import basic_price, check_fed, is_priced, paying_groups
from billcalc.billing.charges.basic.records import (
    BasicPlan,
    CapacityPlan,
    ContractTerms,
    DemandPlan,
    DiscountTerms,
)
from billcalc.billing.charges.basic.replaced import replaced_capacity
from billcalc.billing.charges.basic.segments import Segment, contract_of, is_given, paid_terms, step_of, terms_of
from billcalc.billing.doubts import OtherReading, Reading
from billcalc.billing.planning.capacity import capacity_parts, lines_of_supply, running_capacities
from billcalc.billing.planning.case import Case, runs
from billcalc.billing.planning.demand import known_part, plan_demand, untimed_demand
from billcalc.billing.planning.shares import month_share
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.spans import Span
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.tariff.changes_of_use import MutualStandby
from billcalc.tariff.conventions import DiscountPrint
from billcalc.tariff.documents import BasicChargeRules, RulePart
from billcalc.vocabulary import Kind

__all__ = ["plan_basic"]


def plan_basic(case: Case) -> tuple[BasicPlan, ...]:
    """The basic charges of every supply point.

    Args:
        case: the planning state.

    Raises:
        InvalidInput: where the mode lacks what it bills by.
        Refused: where a demand or a price is missing, or groups share a charge that is not one.
    """
    plans: list[BasicPlan] = []
    for supply_point in case.supply_points:
        segments = _segments(case, supply_point)
        for segment in segments:
            made = _plan(case, segment, segments)
            if made is not None:
                plans.append(made)
        plans.extend(plan_kinds(case, supply_point))
        plans.extend(plan_measured(case, supply_point))
    for plan in plans:
        doubt_added(case, plan)
    for piece in range(len(case.pieces)):
        if case.basic_of(piece).mode in (BasicMode.CONTRACTED, BasicMode.ACTUAL):
            for supply_point in case.agreement_of(piece).supply_points:
                check_kinds(case, supply_point, piece)
        check_fed(case, piece)
        doubt_exemption(case, piece)
    return tuple(plans)


def _segments(case: Case, supply_point: str) -> list[Segment]:
    each = {piece: _segment(case, supply_point, piece) for piece in range(len(case.pieces))}
    found = {piece: segment for piece, segment in each.items() if segment is not None}
    joined = runs(found, lambda before, piece: found[before].goes_on_as(found[piece]))
    return [found[run[0]].through(run) for run in joined]


def _segment(case: Case, supply_point: str, piece: int) -> Segment | None:
    """The basic charge of a supply point in one piece; None where there is none or a given line stands for it."""
    entry = case.agreement_of(piece)
    point = entry.supply_points.get(supply_point)
    basic = case.basic_of(piece)
    mode = basic.mode
    if point is None or mode is BasicMode.EXEMPT or kinds_of(case, supply_point, piece) is not None:
        return None
    groups = paying_groups(case, supply_point, piece)
    if not groups:
        return None
    wanted = "capacity_kva" if mode is BasicMode.CAPACITY else "demand_kw"
    if has_measured(case, supply_point, piece) and not is_priced(case, groups, piece, wanted):
        return None
    paid = basic_price(case, groups, piece, wanted)
    if is_given(case, groups, paid):
        return None
    case.notes.ask(f"/agreement/{case.pieces[piece].basic}/basic/mode")
    terms = paid_terms(case, groups, paid, piece)
    return Segment(supply_point, (piece,), mode, groups, _demand_terms(case, supply_point, piece), terms, paid)


def _demand_terms(case: Case, name: str, piece: int) -> object:
    """What the quantity depends on; actual demand on nothing but the meter."""
    basic, point = case.basic_of(piece), case.agreement_of(piece).supply_points[name]
    if basic.mode is BasicMode.ACTUAL:
        return basic.mode
    contract = basic.contracts.get(name, basic.contracts.get("regular"))
    standings = frozenset(each.stated for each in case.standings[name][piece])
    sets = (frozenset(map(frozenset, point.interlocked)), frozenset(map(frozenset, point.mutual_standby)))
    return (basic.mode, contract if basic.mode is BasicMode.CONTRACTED else None, standings, sets)


def _plan(case: Case, segment: Segment, segments: Sequence[Segment]) -> BasicPlan | None:
    """The plan of a segment; None where nothing is billed in it, such as a capacity that is all suspended."""
    here = f"/agreement/{case.pieces[segment.pieces[0]].agreement}"
    point = case.agreement_of(segment.pieces[0]).supply_points[segment.supply_point]
    if segment.mode is not BasicMode.ACTUAL and not point.transformers:
        facts = {"supply_point": segment.supply_point, "mode": segment.mode.value}
        raise InvalidInput([Fault(FaultCode.CAPACITY_MISSING, f"{here}/supply_points/{segment.supply_point}", facts)])
    if segment.mode is BasicMode.CAPACITY:
        return _capacity_plan(case, here, segment, segments)
    return _demand_plan(case, here, segment, segments)


def _capacity_plan(case: Case, here: str, segment: Segment, segments: Sequence[Segment]) -> CapacityPlan | None:
    span, name = case.span_of(segment.pieces), segment.supply_point
    lines = lines_of_supply(case, name, segment.pieces[0])
    mutual = mutual_rule(case, name, segment.pieces[0]) if lines else None
    largest = mutual is MutualStandby.LARGEST
    parts = capacity_parts(case, name, span, segment.pieces[0], lines if largest else ())
    if not parts:
        return None
    rules, _ = case.rules(Kind.BASIC_CHARGE_RULES, span, _nothing)
    terms = terms_of(case, segment, case.stating(rules, RulePart.DAYS), parts[0].share)
    plan = CapacityPlan(terms, parts)
    if not parts[0].share.whole:
        billed = [piece for each in segments if each.mode is BasicMode.CAPACITY for piece in each.pieces]
        replaced, noted = replaced_capacity(case, name, span, billed) or (None, None)
        plan = CapacityPlan(terms, parts, replaced, step_of(case, case.conventions.basic.kva_round))
        if noted is not None:
            case.notes.doubt(noted, OtherReading(Reading.OWN_DAYS, ((plan, replace(plan, replaced=None)),)))
    if lines:
        other = capacity_parts(case, name, span, segment.pieces[0], () if largest else lines)
        doubt_mutual(case, name, segment.pieces[0], ((plan, replace(plan, parts=other)),))
    return plan


def _demand_plan(case: Case, here: str, segment: Segment, segments: Sequence[Segment]) -> DemandPlan | None:
    span = case.span_of(segment.pieces)
    name = segment.supply_point
    pieces = range(len(case.pieces))
    present = case.spans(piece for piece in pieces if name in case.agreement_of(piece).supply_points)
    share = month_share(case, span, served=present, what=f"demand/{name}")
    if share is None:
        return None
    rules, _ = case.rules(Kind.BASIC_CHARGE_RULES, span, _applied)
    terms = terms_of(case, segment, case.stating(rules, RulePart.DEMAND), share)
    if rules.discount is not None:
        case.stating(rules, RulePart.DISCOUNT)
    window, is_only = _window(case, segment, segments)
    known = plan_demand(case, name, segment.groups, segment.mode, span, window, is_only=is_only)
    metered = None if isinstance(known, int) else known
    if metered is not None and segment.mode is BasicMode.CONTRACTED:
        note_untold_bands(case, name, segment.pieces[0])
    untimed = None
    if metered is None or not is_only:
        untimed = untimed_demand(case, name, segment.groups, billed=metered)
    rounding = None if metered is None else step_of(case, case.conventions.basic.demand_round)
    discount, noted = _discount(case, name, rules)
    apart = discount is not None and case.notes.cited(case.conventions.basic.discount) is DiscountPrint.APART
    plan = DemandPlan(terms, metered, rounding, _contract_terms(case, segment, rules), discount, untimed, apart)
    _doubt_floor(case, segment, plan)
    if isinstance(known, int) and untimed is not None:
        case.notes.doubt(known, OtherReading(Reading.CYCLE_DEMAND, ((plan, replace(plan, metered=untimed)),)))
    if isinstance(known, int) and (part := known_part(case, name, segment.groups, span, is_only=is_only)) is not None:
        case.notes.doubt(known, OtherReading(Reading.KNOWN_DEMANDS, ((plan, replace(plan, metered=part)),)))
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


def _contract_terms(case: Case, segment: Segment, rules: BasicChargeRules) -> ContractTerms | None:
    """The terms of a contract; None where the actual demand is billed."""
    if segment.mode is BasicMode.ACTUAL:
        return None
    name, piece = segment.supply_point, segment.pieces[0]
    lines = lines_of_supply(case, name, piece)
    largest = bool(lines) and mutual_rule(case, name, piece) is MutualStandby.LARGEST
    running = running_capacities(case, name, piece, lines if largest else ())
    return ContractTerms(
        *(contract_of(case, segment), running, rules.floor_share, rules.over_steps),
        excess_adjusted=rules.excess_adjusted,
        idle_share=rules.idle_share,
    )


def _doubt_floor(case: Case, segment: Segment, plan: DemandPlan) -> None:
    """Tell what the floor would be where sources differ on lines that stand by for each other."""
    name, piece = segment.supply_point, segment.pieces[0]
    lines = lines_of_supply(case, name, piece)
    if not lines or plan.contract is None:
        return
    added = mutual_rule(case, name, piece) is MutualStandby.ADDED
    running = running_capacities(case, name, piece, lines if added else ())
    other = replace(plan, contract=replace(plan.contract, running=running))
    doubt_mutual(case, name, piece, ((plan, other),))


def _nothing(rules: BasicChargeRules) -> object:
    """Of the rules a capacity takes the day count alone, which is that of the day of the change."""
    return ()


def _applied(rules: BasicChargeRules) -> object:
    """What of the rules a demand is billed by."""
    return rules.told(RulePart.DEMAND), rules.discount


def _window(case: Case, segment: Segment, segments: Sequence[Segment]) -> tuple[Span, bool]:
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
