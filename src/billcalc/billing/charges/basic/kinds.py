"""The basic charge by contracts of several kinds: who has them, what demand they are held against, and its plans."""

from collections.abc import Iterator

from billcalc.agreement.models import BasicMode
from billcalc.billing.charges.basic.payers import basic_price, is_priced, paying_groups
from billcalc.billing.charges.basic.records import BandDemand, KindsPlan
from billcalc.billing.charges.basic.segments import Segment, contract_of, is_given, paid_terms, step_of, terms_of
from billcalc.billing.planning.case import Case, refuse, runs
from billcalc.billing.planning.demand import band_demand
from billcalc.billing.planning.prices import group_key, paid_in, priced_bands
from billcalc.billing.planning.shares import month_share
from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.decimals import ZERO
from billcalc.kernel.reasons import Reason
from billcalc.kernel.slots import Slot
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, InvalidInput, Problem, Severity
from billcalc.kernel.units import KW
from billcalc.tariff.demand_kinds import REGULAR, ContractKinds
from billcalc.tariff.documents import BasicChargeRules, RulePart
from billcalc.vocabulary import Band, Kind

__all__ = ["check_kinds", "kinds_of", "note_untold_bands", "plan_kinds"]


def kinds_of(case: Case, supply_point: str, piece: int) -> ContractKinds | None:
    """The kinds of contract by which a supply point is billed in a piece; None where one contract covers its demand.

    They are where a contract of another kind, or a demand by band, is told, or the rules hold no demand against them;
    else the regular one is all there is.

    Raises:
        InvalidInput: where a contract is told of a kind that the rules do not have.
        Refused: where one is told and the rules have no kinds for the customer.
    """
    basic = case.basic_of(piece)
    if basic.mode is not BasicMode.CONTRACTED:
        return None
    told = basic.further_contracts.get(supply_point, {})
    kinds = _kinds(case, supply_point, piece)
    where = f"/agreement/{case.pieces[piece].basic}/basic/further_contracts/{supply_point}"
    if kinds is None:
        if told:
            raise refuse(RefusalCode.NOT_SUPPORTED, where, what=Reason.KINDS_WITHOUT_RULES, supply_point=supply_point)
        return None
    known = [kind for kind in kinds.kinds if kind != REGULAR]
    unknown = [kind for kind in told if kind not in known]
    if unknown:
        facts = {"kind": "contract", "id": unknown[0], "known": ", ".join(known)}
        raise InvalidInput([Fault(FaultCode.UNKNOWN_REFERENCE, f"{where}/{unknown[0]}", facts)])
    return kinds if told or not kinds.excess or _is_told_by_band(case, supply_point) else None


def _kinds(case: Case, supply_point: str, piece: int) -> ContractKinds | None:
    """The row of the rules for those who pay at a supply point; they are of one row, or there is none."""
    found = case.catalog.find(Kind.BASIC_CHARGE_RULES, case.request.area, case.pieces[piece].span.start)
    rules: BasicChargeRules | None = None if found is None else found.document
    if rules is None or not rules.contracts or supply_point not in case.agreement_of(piece).supply_points:
        return None
    terms = case.agreement_of(piece).groups
    groups = paying_groups(case, supply_point, piece)
    rows = [next((row for row in rules.contracts if row.is_for(group_key(terms[group]))), None) for group in groups]
    return rows[0] if rows and all(row is rows[0] for row in rows) else None


def check_kinds(case: Case, supply_point: str, piece: int) -> None:
    """Refuse a price of a kind of contract that no rules bill: it would be left out without a word.

    Raises:
        Refused: where there is one.
    """
    kinds = _kinds(case, supply_point, piece)
    known = () if kinds is None else kinds.prices
    for group in paying_groups(case, supply_point, piece):
        for component in (each.component for each in paid_in(case, group, piece)):
            if component.priced_by.startswith("demand_kw.") and component.quantity not in known:
                where = f"/agreement/{case.pieces[piece].basic}/basic"
                facts = {"what": Reason.KINDS_WITHOUT_RULES, "supply_point": supply_point}
                raise refuse(RefusalCode.NOT_SUPPORTED, where, **facts)


def _is_told_by_band(case: Case, supply_point: str) -> bool:
    facts = case.request.facts.get(supply_point)
    points = [point for point in case.request.metering_points if point.supply_point == supply_point]
    return (
        (facts is not None and bool(facts.demand_by_band_kw))
        or any(point.given.demand_by_band_kw for point in points)
        or any(reading.demand_by_band for point in points for reading in point.readings)
    )


def note_untold_bands(case: Case, supply_point: str, piece: int) -> None:
    """Tell of bands whose excess is not computed, where rules have several kinds and one demand alone is told."""
    kinds = _kinds(case, supply_point, piece)
    bands = [] if kinds is None else [limit.band.value for limit in kinds.excess if limit.band is not Band.TOTAL]
    if bands:
        facts = {"supply_point": supply_point, "bands": ", ".join(bands)}
        where = f"/facts/{supply_point}/demand_by_band_kw"
        case.notes.note(Problem(ProblemCode.DEMAND_NOT_BY_BAND, Severity.NOTE, where, facts))


def plan_kinds(case: Case, supply_point: str) -> Iterator[KindsPlan]:
    """The plans of a supply point's contracts: for each price, over the days on which it is the same.

    Raises:
        InvalidInput: where the regular contract is missing.
        Refused: where a demand or a price is missing, or the demand of the cycle would have two terms.
    """
    pieces = [piece for piece in range(len(case.pieces)) if kinds_of(case, supply_point, piece) is not None]
    _check_one_measure(case, supply_point, pieces)
    segments: dict[str, dict[int, Segment]] = {}
    for piece in pieces:
        for segment in _segments(case, supply_point, piece):
            segments.setdefault(segment.paid.component.quantity, {})[piece] = segment
    for price, found in segments.items():
        for run in runs(found, lambda before, piece: found[before].goes_on_as(found[piece])):  # noqa: B023
            yield _plan(case, found[run[0]].through(run), price, pieces)


def _segments(case: Case, supply_point: str, piece: int) -> Iterator[Segment]:
    """What is paid in a piece; kinds that are billed in a season alone have no price outside of it."""
    kinds = kinds_of(case, supply_point, piece)
    assert kinds is not None, "the piece has kinds"
    groups = paying_groups(case, supply_point, piece)
    told = _told(case, supply_point, piece)
    case.notes.ask(f"/agreement/{case.pieces[piece].basic}/basic/mode")
    for billed in kinds.billed:
        is_seasonal = kinds.seasonal.issuperset(billed.contracts) and not is_priced(case, groups, piece, billed.price)
        is_due = any(kind in told for kind in billed.contracts) or any(
            limit.price == billed.price for limit in kinds.excess if limit.band in _bands(case, groups, piece)
        )
        if is_seasonal or not is_due:
            continue
        paid = basic_price(case, groups, piece, billed.price)
        if not is_given(case, groups, paid):
            terms = paid_terms(case, groups, paid, piece)
            yield Segment(supply_point, (piece,), BasicMode.CONTRACTED, groups, None, terms, paid)


def _told(case: Case, supply_point: str, piece: int) -> set[str]:
    return {REGULAR, *case.basic_of(piece).further_contracts.get(supply_point, {})}


def _bands(case: Case, groups: tuple[str, ...], piece: int) -> frozenset[Band]:
    """The bands that a group's energy has prices of, and all hours together."""
    found = {Band.TOTAL}
    for each in paid_in(case, groups[0], piece):
        if each.component.is_energy:
            found.update(priced_bands(case, each, groups[0], piece) or ())
    return frozenset(found)


def _priced(case: Case, kinds: ContractKinds, groups: tuple[str, ...], piece: int) -> set[str]:
    """The kinds that have a price on some days."""
    billed = (each for each in kinds.billed if is_priced(case, groups, piece, each.price))
    return {kind for each in billed for kind in each.contracts}


def _measure(case: Case, supply_point: str, piece: int) -> object:
    """What a demand of the cycle is held against in a piece."""
    kinds = kinds_of(case, supply_point, piece)
    assert kinds is not None, "the piece has kinds"
    groups, basic = paying_groups(case, supply_point, piece), case.basic_of(piece)
    told = _told(case, supply_point, piece)
    out = set(kinds.kinds) - _priced(case, kinds, groups, piece)
    regular = basic.contracts.get(supply_point, basic.contracts.get(REGULAR))
    contracts = (regular, basic.further_contracts.get(supply_point))
    return kinds, contracts, told & kinds.seasonal & out, _bands(case, groups, piece), groups


def _check_one_measure(case: Case, supply_point: str, pieces: list[int]) -> None:
    """Refuse a demand by band, which is of the cycle, where it would be held against other contracts from a day on."""
    present = [piece for piece in range(len(case.pieces)) if supply_point in case.agreement_of(piece).supply_points]
    for piece in pieces:
        first = pieces[0]
        others = [each for each in present if each not in pieces]
        if others or _measure(case, supply_point, piece) != _measure(case, supply_point, first):
            day = str(case.pieces[max(piece, *others) if others else piece].span.start)
            facts = {"what": Reason.DEMAND_OF_TWO_TERMS, "supply_point": supply_point, "day": day}
            raise refuse(RefusalCode.NOT_SUPPORTED, f"/facts/{supply_point}/demand_by_band_kw", **facts)


def _plan(case: Case, segment: Segment, price: str, pieces: list[int]) -> KindsPlan:
    span, name, piece = case.span_of(segment.pieces), segment.supply_point, segment.pieces[0]
    kinds = kinds_of(case, name, piece)
    assert kinds is not None, "the piece has kinds"
    share = month_share(case, span, served=case.spans(pieces), what=f"demand/{name}/{price}")
    assert share is not None, "days of the period have a share"
    rules, _ = case.rules(Kind.BASIC_CHARGE_RULES, span, lambda rules: rules.told(RulePart.DEMAND))
    billed = next(each for each in kinds.billed if each.price == price)
    less = () if billed.less is None else _slots(case, segment, billed.less.contracts)
    return KindsPlan(
        terms=terms_of(case, segment, case.stating(rules, RulePart.DEMAND), share),
        price=price,
        contracts=_slots(case, segment, billed.contracts),
        less=less,
        less_share=ZERO if billed.less is None else billed.less.share,
        bands=tuple(_band_demands(case, segment, kinds)),
        over_steps=rules.over_steps,
        excess_adjusted=rules.excess_adjusted,
        idle_share=rules.idle_share,
        rounding=step_of(case, case.conventions.basic.demand_round),
    )


def _band_demands(case: Case, segment: Segment, kinds: ContractKinds) -> Iterator[BandDemand]:
    """The demand of each band that the customer has, and the contracts that cover it on these days."""
    name, piece, groups = segment.supply_point, segment.pieces[0], segment.groups
    known = _bands(case, groups, piece)
    priced = _priced(case, kinds, groups, piece)
    for limit in kinds.excess:
        if limit.band not in known:
            continue
        metered = band_demand(case, name, groups, limit.band, case.request.period.span)
        covering = (*limit.within, *(kind for kind in limit.while_priced if kind in priced))
        yield BandDemand(limit.band.value, metered, _slots(case, segment, covering), limit.price)


def _slots(case: Case, segment: Segment, kinds: tuple[str, ...]) -> tuple[Slot, ...]:
    """The slots of the contracts that are told of some kinds."""
    piece, name = segment.pieces[0], segment.supply_point
    told = case.basic_of(piece).further_contracts.get(name, {})
    here = f"/agreement/{case.pieces[piece].basic}/basic/further_contracts/{name}"
    return tuple(
        contract_of(case, segment)
        if kind == REGULAR
        else case.notes.slot(f"{here}/{kind}", told[kind], KW, Term.CONTRACTED_DEMAND, name, kind)
        for kind in kinds
        if kind == REGULAR or kind in told
    )
