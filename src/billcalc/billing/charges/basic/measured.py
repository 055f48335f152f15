"""The basic charge by demand as measured: of some bands, in kilovolt-amperes, or with what earlier months leave."""

from collections.abc import Iterator

from billcalc.agreement.models import BasicMode
from billcalc.billing.charges.basic.payers import paying_groups
from billcalc.billing.charges.basic.records import MeasuredPlan
from billcalc.billing.charges.basic.segments import Segment, is_given, paid_terms, step_of, terms_of
from billcalc.billing.plan_demand import MaximumDemand
from billcalc.billing.planning.case import Case, refuse, runs
from billcalc.billing.planning.demand import band_demand, plan_demand
from billcalc.billing.planning.prices import Paid, paid_in
from billcalc.billing.planning.shares import month_share
from billcalc.kernel.codes import ProblemCode, RefusalCode
from billcalc.kernel.decimals import ZERO
from billcalc.kernel.reasons import Reason
from billcalc.kernel.slots import Slot
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Problem, Severity
from billcalc.kernel.units import KVA, KW
from billcalc.tariff.measured_demand import MeasuredDemand, Ratchet, tiers_apart
from billcalc.vocabulary import Band

__all__ = ["has_measured", "plan_measured"]

_MONTHS_OF_YEAR = 12


def has_measured(case: Case, supply_point: str, piece: int) -> bool:
    """Whether those who pay at a supply point have a price of demand as it was measured.

    Raises:
        Refused: where they have one and are billed by contract.
    """
    paid = _paid(case, supply_point, piece)
    if paid and case.basic_of(piece).mode is BasicMode.CONTRACTED:
        where = f"/agreement/{case.pieces[piece].basic}/basic/mode"
        facts = {"what": Reason.MEASURED_IN_CONTRACT, "line": paid[0].component.code, "supply_point": supply_point}
        raise refuse(RefusalCode.NOT_SUPPORTED, where, **facts)
    return bool(paid) and case.basic_of(piece).mode is BasicMode.ACTUAL


def _paid(case: Case, supply_point: str, piece: int) -> list[Paid]:
    """The prices of measured demand of those who pay at a supply point: they are the same for all of them.

    Raises:
        Refused: where they are not.
    """
    if supply_point not in case.agreement_of(piece).supply_points:
        return []
    groups = paying_groups(case, supply_point, piece)
    of_each = [
        [each for each in paid_in(case, group, piece) if each.component.measured is not None] for group in groups
    ]
    told = [{(each.component.code, each.component.price) for each in paid} for paid in of_each]
    if any(each != told[0] for each in told):
        lines = ", ".join(sorted({each.component.code for paid in of_each for each in paid}))
        facts = {"what": Reason.SEVERAL_BASIC_PRICES, "lines": lines, "prices": ", ".join(groups)}
        raise refuse(RefusalCode.NOT_SUPPORTED, f"/agreement/{case.pieces[piece].agreement}/basic", **facts)
    return of_each[0] if of_each else []


def plan_measured(case: Case, supply_point: str) -> Iterator[MeasuredPlan]:
    """The plans of a supply point's measured demands: for each price, over the days on which it is the same.

    Raises:
        Refused: where a demand is missing, or one of the whole cycle would be billed for a part of it.
    """
    pieces = [piece for piece in range(len(case.pieces)) if has_measured(case, supply_point, piece)]
    segments: dict[str, dict[int, Segment]] = {}
    for piece in pieces:
        groups = paying_groups(case, supply_point, piece)
        case.notes.ask(f"/agreement/{case.pieces[piece].basic}/basic/mode")
        _check_tiers(case, supply_point, piece)
        for paid in _paid(case, supply_point, piece):
            if not is_given(case, groups, paid):
                terms = (paid_terms(case, groups, paid, piece), paid.component.measured, paid.component.quantity)
                segment = Segment(supply_point, (piece,), BasicMode.ACTUAL, groups, None, terms, paid)
                segments.setdefault(paid.component.code, {})[piece] = segment
    for code, found in segments.items():
        _check_whole(case, supply_point, found)
        for run in runs(found, lambda before, piece: found[before].goes_on_as(found[piece])):  # noqa: B023
            yield _plan(case, found[run[0]].through(run), code, pieces)


def _check_whole(case: Case, supply_point: str, found: dict[int, Segment]) -> None:
    """Refuse a demand that would be of some days of the period alone, or of other bands from a day on."""
    first = found[min(found)].paid.component.measured
    for piece in range(len(case.pieces)):
        if piece not in found or found[piece].paid.component.measured != first:
            day = str(case.pieces[piece].span.start)
            facts = {"what": Reason.DEMAND_OF_TWO_TERMS, "supply_point": supply_point, "day": day}
            raise refuse(RefusalCode.NOT_SUPPORTED, f"/facts/{supply_point}/demand_by_band_kw", **facts)


def _check_tiers(case: Case, supply_point: str, piece: int) -> None:
    """Refuse tiers of a demand that leave a gap, which would be billed at nothing, or overlap."""
    by_demand: dict[tuple[str, str], dict[str, MeasuredDemand]] = {}
    for each in (paid.component for paid in _paid(case, supply_point, piece)):
        if each.demand is not None and each.demand != each.demand.whole:
            by_demand.setdefault((each.quantity, str(each.demand.bands)), {})[each.code] = each.demand
    for found in by_demand.values():
        if apart := tiers_apart(found.values()):
            lower, upper = (next(code for code, each in found.items() if each is tier) for tier in apart)
            facts = {"what": Reason.DEMAND_TIERS_APART, "component": lower, "other_component": upper}
            raise refuse(RefusalCode.NOT_SUPPORTED, "/price_sheet", **facts)


def _plan(case: Case, segment: Segment, code: str, pieces: list[int]) -> MeasuredPlan:
    span, name = case.span_of(segment.pieces), segment.supply_point
    demand = segment.paid.component.measured
    assert demand is not None, "the component prices a measured demand"
    share = month_share(case, span, served=case.spans(pieces), what=f"demand/{name}/{code}")
    assert share is not None, "days of the period have a share"
    is_kva = segment.paid.component.quantity.partition(".")[0] == "demand_kva"
    ratchet = demand.ratchet
    return MeasuredPlan(
        terms=terms_of(case, segment, segment.paid.source, share),
        unit=KVA if is_kva else KW,
        bands=(("", _apparent(case, name)),) if is_kva else tuple(_demands(case, segment, demand)),
        earlier=() if ratchet is None else tuple(_earlier(case, name, demand, ratchet)),
        earlier_share=ZERO if ratchet is None else ratchet.share,
        least=demand.least,
        above=demand.above,
        up_to=demand.up_to,
        rounding=step_of(case, case.conventions.basic.demand_round),
    )


def _demands(case: Case, segment: Segment, demand: MeasuredDemand) -> Iterator[tuple[str, MaximumDemand]]:
    """The demands of which the greatest is billed."""
    name, period = segment.supply_point, case.request.period.span
    if demand.bands is not None:
        for band in demand.bands:
            yield band.value, band_demand(case, name, segment.groups, band, period)
        return
    known = plan_demand(case, name, segment.groups, BasicMode.ACTUAL, period, period, is_only=True)
    assert isinstance(known, MaximumDemand), "an actual demand that is not known is refused"
    yield "", known


def _apparent(case: Case, supply_point: str) -> MaximumDemand:
    """The maximum apparent demand, which is given."""
    facts, pointer = case.request.facts.get(supply_point), f"/facts/{supply_point}/demand_kva"
    if facts is None or facts.demand_kva is None:
        raise refuse(RefusalCode.DEMAND_KVA_MISSING, pointer, supply_point=supply_point)
    case.notes.note(Problem(ProblemCode.GIVEN_FACT, Severity.NOTE, pointer, {"fact": "demand_kva"}))
    return MaximumDemand(case.notes.slot(pointer, facts.demand_kva, KVA, Term.APPARENT_DEMAND, supply_point), ())


def _earlier(case: Case, supply_point: str, demand: MeasuredDemand, ratchet: Ratchet) -> Iterator[Slot]:
    """The slots of the demands of earlier months, of each band that is billed.

    Raises:
        Refused: where one of them is not told, by its month.
    """
    first = case.request.cycle.span.start
    facts = case.request.facts.get(supply_point)
    for count in range(1, ratchet.months + 1):
        year, month = divmod(first.year * _MONTHS_OF_YEAR + first.month - 1 - count, _MONTHS_OF_YEAR)
        name = f"{year:04}-{month + 1:02}"
        told = {} if facts is None else facts.earlier_demand_kw.get(name, {})
        for band in demand.bands or (Band.TOTAL,):
            pointer = f"/facts/{supply_point}/earlier_demand_kw/{name}/{band.value}"
            if band not in told:
                missing = {"supply_point": supply_point, "month": name, "band": band.value}
                raise refuse(RefusalCode.EARLIER_DEMAND_MISSING, pointer, **missing)
            yield case.notes.slot(pointer, told[band], KW, Term.MAXIMUM_DEMAND, supply_point, band.value, name)
