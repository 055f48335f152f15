"""The basic charge: per supply point, over the segments in which its terms and its price are the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from billcalc.agreement.models import BasicMode, SupplyPoint, TransformerState
from billcalc.billing.plan import BasicPlan, CapacityPart, DemandPlan, Share
from billcalc.billing.planning.context import Context, refuse
from billcalc.billing.planning.days import DayWeights, billed_spans, segment_weights
from billcalc.billing.planning.prices import Paid, paid_components, takes
from billcalc.kernel.sources import Source
from billcalc.kernel.spans import Span
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, InvalidInput, Problem, Severity
from billcalc.kernel.units import DAY, KVA, KW, PURE
from billcalc.kernel.wording import FaultCode, ProblemCode, RefusalCode
from billcalc.metering.models import MeteringPoint, ReadingKind, Register
from billcalc.tariff.components import FlatPrice
from billcalc.tariff.conventions import DayCount, EdgeDay
from billcalc.tariff.documents import BasicChargeRules
from billcalc.vocabulary import Billing, Kind

__all__ = ["month_share", "plan_basic"]


def plan_basic(context: Context, supplied: frozenset[str], scopes: dict[str, str | None]) -> tuple[BasicPlan, ...]:
    """The basic charges of every supply point.

    Args:
        context: the planning state.
        supplied: components that given lines stand for.
        scopes: the power-factor scope of each group.

    Raises:
        InvalidInput: where the mode lacks what it bills by.
        Refused: where a demand or a price is missing.
    """
    supply_points = {name: None for entry in context.request.agreement for name in entry.supply_points}
    plans: list[BasicPlan] = []
    for supply_point in supply_points:
        for segment in _segments(context, supply_point, supplied):
            plans.append(_plan(context, segment, scopes))
    return tuple(plans)


@dataclass(frozen=True, slots=True)
class _Segment:
    """Consecutive pieces in which a supply point's basic charge has the same terms and price."""

    supply_point: str
    pieces: tuple[int, ...]
    groups: tuple[str, ...]
    paid: Paid


def _segments(context: Context, supply_point: str, supplied: frozenset[str]) -> list[_Segment]:
    found: list[_Segment] = []
    terms_before: object = None
    for piece in range(len(context.pieces)):
        entry = context.agreement_of(piece)
        groups = _paying_groups(context, supply_point, piece)
        if supply_point not in entry.supply_points or entry.basic.mode is BasicMode.EXEMPT or not groups:
            terms_before = None
            continue
        paid = _paid(context, supply_point, groups[0], piece, supplied)
        if paid is None:
            terms_before = None
            continue
        terms = (entry.supply_points[supply_point], entry.basic, groups, paid)
        if terms == terms_before:
            last = found.pop()
            found.append(_Segment(supply_point, (*last.pieces, piece), groups, paid))
        else:
            found.append(_Segment(supply_point, (piece,), groups, paid))
        terms_before = terms
    return found


def _paying_groups(context: Context, supply_point: str, piece: int) -> tuple[str, ...]:
    """The two-part groups that are supplied at a supply point."""
    entry = context.agreement_of(piece)
    points = [point for point in context.request.metering_points if point.supply_point == supply_point]
    fed = [point.group for point in points] + [child.group for point in points for child in point.children]
    if not context.request.metering_points:
        fed = list(entry.groups)
    two_part = [name for name in dict.fromkeys(fed) if _is_two_part(context, name, piece)]
    return tuple(two_part)


def _is_two_part(context: Context, group: str, piece: int) -> bool:
    terms = context.group(group, piece)
    return terms is not None and terms.billing is Billing.TWO_PART


def _paid(context: Context, supply_point: str, group: str, piece: int, supplied: frozenset[str]) -> Paid | None:
    """The component that the basic mode is priced by; None where a given line stands for it."""
    entry = context.agreement_of(piece)
    wanted = "capacity_kva" if entry.basic.mode is BasicMode.CAPACITY else "demand_kw"
    terms = entry.groups[group]
    day = context.pieces[piece].span.start
    everything = paid_components(context, terms, day, frozenset())
    matching = [paid for paid in everything if paid.component.quantity == wanted]
    if not matching:
        raise refuse(
            RefusalCode.NO_PRICE, "/agreement/basic", wanted=wanted, key=str(terms.voltage), day=str(day),
            document=Kind.NETWORK_PRICE.value,
        )  # fmt: skip
    return None if matching[0].component.code in supplied else matching[0]


def _plan(context: Context, segment: _Segment, scopes: dict[str, str | None]) -> BasicPlan:
    entry = context.agreement_of(segment.pieces[0])
    here = f"/agreement/{context.pieces[segment.pieces[0]].agreement}"
    supply_point = entry.supply_points[segment.supply_point]
    mode = entry.basic.mode
    component = segment.paid.component
    assert isinstance(component.price, FlatPrice), "a basic charge has one price"
    span = context.span_of(segment.pieces)
    rules, rule_source = _rules(context, span.start)
    group = entry.groups[segment.groups[0]]
    capacity: tuple[CapacityPart, ...] = ()
    kva_round = None
    if mode is BasicMode.CAPACITY:
        capacity = _capacity_parts(context, here, segment, supply_point)
        if not all(part.share.whole for part in capacity):
            kva_round = context.convention("basic.kva_round")
    contract = None
    if mode is BasicMode.CONTRACTED:
        contract = _contract(context, here, segment.supply_point)
    return BasicPlan(
        mode=mode,
        code=component.code,
        label=component.label,
        section=component.section,
        supply_point=segment.supply_point,
        span=span,
        price=component.price.flat.value,
        unit=KVA if mode is BasicMode.CAPACITY else KW,
        price_source=segment.paid.source,
        rule_source=rule_source,
        share=month_share(context, segment.pieces),
        capacity=capacity,
        kva_round=kva_round,  # type: ignore[arg-type]
        kva_round_source=context.conventions.source("basic.kva_round"),
        running=_capacities(context, here, segment.supply_point, supply_point, running_only=True),
        contract=contract,
        demand=None if mode is BasicMode.CAPACITY else _demand(context, segment, mode),
        floor_share=rules.floor_share,
        over_steps=rules.over_steps,
        discount=rules.discount,
        contract_capacity=_capacities(context, here, segment.supply_point, supply_point, running_only=False),
        groups=_groups(context, here, segment),
        in_base=takes(context, component, segment.groups[0], group),
        scope=scopes.get(segment.groups[0]),
    )


def _rules(context: Context, day: date) -> tuple[BasicChargeRules, Source]:
    found = context.catalog.in_force(Kind.BASIC_CHARGE_RULES, context.request.area, day)
    return found.document, context.use(found, day)


def _weights(context: Context) -> DayWeights:
    """The day count of the cycle: the convention's, else that of the rules in force on the day of the first change."""
    request = context.request
    told = context.convention("basic.days")
    if isinstance(told, DayCount):
        return DayWeights(told, request.cycle.span)
    changes = [piece.span.start for piece in context.pieces[1:]]
    if request.period.start > request.cycle.start:
        changes.insert(0, request.period.start)
    elif request.period.end < request.cycle.end:
        changes.append(request.period.end)
    rules, source = _rules(context, changes[0])
    context.relevant.discard("basic.days")
    context.documents[source] = None
    return DayWeights(rules.days, request.cycle.span)


def month_share(context: Context, pieces: tuple[int, ...]) -> Share:
    """The share of the month that some consecutive pieces are."""
    cycle = context.request.cycle.span
    span = context.span_of(pieces)
    if span == cycle:
        return Share(whole=True)
    weights = _weights(context)
    segments = _cut_around(span, context.request.period.span)
    billed = _billed(context, [context.request.period.span])
    weight = segment_weights(billed, segments, weights)[segments.index(span)]
    return _share(context, span, weight, weights, "period")


def _cut_around(span: Span, period: Span) -> tuple[Span, ...]:
    """The period cut so that a span is one of its segments."""
    return period.cut(day for day in (span.start, span.end) if day is not None)


def _billed(context: Context, served: Sequence[Span]) -> tuple[Span, ...]:
    return billed_spans(
        served,
        context.request.cycle.span,
        first_day=EdgeDay(str(context.convention("basic.first_day"))),
        last_day=EdgeDay(str(context.convention("basic.last_day"))),
    )


def _share(context: Context, span: Span, weight: int, weights: DayWeights, what: str) -> Share:
    days = context.slot(f"#share/{what}/{span.start}/{span.end}", weight, DAY, Term.DAYS, f"{span.start}/{span.end}")
    cycle = context.slot("#share/cycle", weights.whole, DAY, Term.DAYS_OF_CYCLE)
    return Share(days, cycle)


def _capacity_parts(
    context: Context, here: str, segment: _Segment, supply_point: SupplyPoint
) -> tuple[CapacityPart, ...]:
    """Every transformer that is billed in a segment, with the share of the month it was in service."""
    if not supply_point.transformers:
        facts = {"supply_point": segment.supply_point}
        raise InvalidInput([Fault(FaultCode.CAPACITY_MISSING, f"{here}/supply_points/{segment.supply_point}", facts)])
    span = context.span_of(segment.pieces)
    parts = []
    for number, transformer in enumerate(supply_point.transformers):
        served = _served(context, segment.supply_point, transformer.id)
        kva = context.slot(
            f"{here}/supply_points/{segment.supply_point}/transformers/{number}/kva",
            transformer.kva, KVA, Term.CAPACITY, transformer.id,
        )  # fmt: skip
        if served == (context.request.cycle.span,) and span == context.request.cycle.span:
            parts.append(CapacityPart(kva, Share(whole=True)))
            continue
        weights = _weights(context)
        segments = _cut_around(span, context.request.period.span)
        weight = segment_weights(_billed(context, served), segments, weights)[segments.index(span)]
        if weight > 0:
            share = _share(context, span, weight, weights, f"{segment.supply_point}/{transformer.id}")
            parts.append(CapacityPart(kva, share))
    return tuple(parts)


def _served(context: Context, supply_point: str, transformer: str) -> tuple[Span, ...]:
    """The spans of the period in which a transformer was in service."""
    found: list[Span] = []
    for piece in range(len(context.pieces)):
        point = context.agreement_of(piece).supply_points.get(supply_point)
        in_service = point is not None and any(
            each.id == transformer and each.state is TransformerState.IN_SERVICE for each in point.transformers
        )
        span = context.pieces[piece].span
        if in_service and found and found[-1].end == span.start:
            found[-1] = Span(found[-1].start, span.end)
        elif in_service:
            found.append(span)
    return tuple(found)


def _capacities(
    context: Context, here: str, name: str, supply_point: SupplyPoint, *, running_only: bool
) -> tuple[str, ...]:
    return tuple(
        context.slot(
            f"{here}/supply_points/{name}/transformers/{number}/kva",
            transformer.kva,
            KVA,
            Term.CAPACITY,
            transformer.id,
        )
        for number, transformer in enumerate(supply_point.transformers)
        if not running_only or transformer.state is TransformerState.IN_SERVICE
    )


def _contract(context: Context, here: str, supply_point: str) -> str:
    contracts = context.request.agreement[int(here.rsplit("/", 1)[1])].basic.contracts
    name = supply_point if supply_point in contracts else "regular"
    if name not in contracts:
        raise InvalidInput([Fault(FaultCode.CONTRACT_MISSING, f"{here}/basic/contracts", {})])
    pointer = f"{here}/basic/contracts/{name}"
    return context.slot(pointer, contracts[name], KW, Term.CONTRACTED_DEMAND, name)


def _groups(context: Context, here: str, segment: _Segment) -> tuple[tuple[str, str | None], ...]:
    """Who pays the basic charge, with weights where several groups share it."""
    if len(segment.groups) == 1:
        return ((segment.groups[0], None),)
    shares = context.agreement_of(segment.pieces[0]).basic.demand_shares
    missing = [group for group in segment.groups if group not in shares]
    if missing:
        facts = {"key": f"demand_shares/{missing[0]}"}
        raise InvalidInput([Fault(FaultCode.MISSING_KEY, f"{here}/basic", facts)])
    return tuple(
        (group, context.slot(f"{here}/basic/demand_shares/{group}", shares[group], PURE, Term.DEMAND_SHARE, group))
        for group in segment.groups
    )


def _demand(context: Context, segment: _Segment, mode: BasicMode) -> DemandPlan | None:
    """The maximum demands that were reached inside a segment.

    A demand that was not read at the segment's ends belongs to no segment: actual demand is then refused, contracted demand
    is billed by the contract alone, with a problem.
    """
    given = context.request.facts.get(segment.supply_point)
    if given is not None and given.demand_kw is not None:
        pointer = f"/facts/{segment.supply_point}/demand_kw"
        return DemandPlan(context.slot(pointer, given.demand_kw, KW, Term.MAXIMUM_DEMAND, segment.supply_point), ())
    span = context.span_of(segment.pieces)
    points = [
        _point_demand(context, number, point, span)
        for number, point in enumerate(context.request.metering_points)
        if point.supply_point == segment.supply_point
    ]
    points = [readings for readings in points if readings]
    if points:
        return DemandPlan(None, tuple(points))
    if mode is BasicMode.ACTUAL:
        raise refuse(RefusalCode.DEMAND_MISSING, f"/facts/{segment.supply_point}", supply_point=segment.supply_point)
    facts = {"supply_point": segment.supply_point, "span": str(span)}
    where = f"/facts/{segment.supply_point}/demand_kw"
    context.problems.append(Problem(ProblemCode.DEMAND_NOT_READ, Severity.DOUBT, where, facts))
    return None


def _point_demand(
    context: Context, number: int, point: MeteringPoint, span: Span
) -> tuple[tuple[str, str | None], ...]:
    """The demand readings of a metering point that cover days of a segment and no others."""
    here = f"/metering_points/{number}"
    if point.given.demand_kw is not None:
        pointer = f"{here}/given/demand_kw"
        return ((context.slot(pointer, point.given.demand_kw, KW, Term.MAXIMUM_DEMAND, point.id), None),)
    found: list[tuple[str, str | None]] = []
    reset_on = None
    for index, reading in enumerate(point.readings):
        shown = reading.registers.get(Register.MAXIMUM_DEMAND)
        if shown is not None and reset_on is not None and reading.kind is not ReadingKind.INSTALLATION:
            if span.start <= reset_on and (span.end is None or reading.at <= span.end):
                config = max((each for each in point.config if each.start <= reset_on), key=lambda each: each.start)
                found.append(
                    (
                        context.slot(
                            f"{here}/readings/{index}/maximum_demand", shown, KW, Term.MAXIMUM_DEMAND, point.id
                        ),
                        context.slot(
                            f"{here}/config/{point.config.index(config)}/multiplier",
                            config.multiplier,
                            PURE,
                            Term.MULTIPLIER,
                            point.id,
                        ),
                    )  # fmt: skip
                )
        if reset_on is None or shown is not None or reading.kind is ReadingKind.INSTALLATION:
            reset_on = reading.at
    return tuple(found)
