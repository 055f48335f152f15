"""Metering points: the bands they are billed in, the pieces they are metered in, their sub-meters."""

from collections.abc import Mapping, Sequence

from billcalc.billing.plan_metering import ChildPlan, EnergyRules, PointPlan, Share, SharpRules
from billcalc.billing.plan_registers import Run, Unread, untold
from billcalc.billing.planning.case import Case, refuse, runs
from billcalc.billing.planning.intervals import interval_energies
from billcalc.billing.planning.registers import Teller, life_of, tellers_of, unread_days
from billcalc.billing.planning.shares import month_shares
from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.spans import Span, gaps
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, InvalidInput, Problem, Severity
from billcalc.kernel.units import KWH, PURE
from billcalc.kernel.values import Rounding
from billcalc.metering.models import ENERGY_REGISTERS, REGISTER_OF, Child, ChildKind, MeteringPoint, Register
from billcalc.tariff.conventions import EnergySource, Remainder, SubMeterKind
from billcalc.tariff.plausibility import DemandLimits
from billcalc.vocabulary import BANDS, Band

__all__ = ["energy_rules", "plan_points"]


def energy_rules(case: Case, sharp: SharpRules, limits: DemandLimits | None) -> EnergyRules:
    """The conventions that turn readings into energies, and what is plausible of them where anything is compared."""
    return EnergyRules(
        reading=case.notes.rounding(case.conventions.kwh.round_reading),
        ratio_of=case.conventions.sub_meters.ratio_of.value,
        from_bands=case.conventions.sub_meters.from_bands.value,
        ratio_bands=case.conventions.sub_meters.ratio_bands.value,
        print=_print_rounding(case),
        sharp=sharp,
        register_step=None if limits is None else limits.register_step,
    )


def _print_rounding(case: Case) -> Rounding | None:
    convention = case.conventions.kwh.round_print
    step = case.notes.cited(convention)
    return None if step is None else Rounding(step, convention.source)


def plan_points(case: Case) -> tuple[PointPlan, ...]:
    """The plan of every metering point, in the order of the request.

    Raises:
        InvalidInput: where its readings or sub-meters contradict themselves.
        Refused: where a register that is billed is missing, or what is due is not calculated yet.
    """
    inside = {child.point for point in case.request.metering_points for child in point.children}
    plans = tuple(
        _plan_point(case, number, point, is_child=point.id in inside)
        for number, point in enumerate(case.request.metering_points)
    )
    for number, (plan, point) in enumerate(zip(plans, case.request.metering_points, strict=True)):
        _check_children(case, f"/metering_points/{number}", plan, point, plans)
    return plans


def _plan_point(case: Case, number: int, point: MeteringPoint, *, is_child: bool) -> PointPlan:
    here = f"/metering_points/{number}"
    time_of_use = _by_time_of_use(case, point.group)
    tellers, compared, unread = _tellers(case, number, point, time_of_use=time_of_use)
    total_is_billed = False
    bands: tuple[Band, ...] = tuple(band for band in BANDS if REGISTER_OF[band] in tellers)
    if Register.TOTAL in tellers and not time_of_use and not _bands_tell(case, bands, unread):
        bands = _untimed_bands(bands, unread, life_of(case, point))
    elif Register.TOTAL in tellers and bands:
        conventions = case.conventions.kwh
        source, remainder = case.notes.decided_by(conventions.source), case.notes.decided_by(conventions.remainder)
        total_is_billed = source is EnergySource.TOTAL or remainder is Remainder.FLAT
    if total_is_billed:
        bands = tuple(band for band in BANDS if band in bands or band is Band.FLAT)
    _check_told(here, point, [band for band in bands if band.value in tellers], unread, total_is_billed=total_is_billed)
    if point.intervals is None:
        _check_bands(case, here, point, bands, time_of_use=time_of_use)
    return PointPlan(
        id=point.id,
        group=point.group,
        supply_point=point.supply_point,
        registers=tuple(tellers.items()),
        bands=bands,
        blocks=_blocks(tellers, bands),
        total_is_billed=total_is_billed,
        children=_children(case, here, point),
        is_child=is_child,
        compared=compared,
        unread=unread,
    )


def _tellers(
    case: Case, number: int, point: MeteringPoint, *, time_of_use: bool
) -> tuple[dict[Register, tuple[Teller, ...]], tuple[tuple[Register, tuple[Run, ...]], ...], tuple[Unread, ...]]:
    """What tells the energies that are billed: what is given, else intervals, else readings; and what tells nothing.

    Active energy that was read beside intervals is not billed; it is returned apart, to be compared with them.
    """
    stated, unread = tellers_of(case, number, point)
    computed = interval_energies(case, number, point, life_of(case, point), time_of_use=time_of_use)
    if not computed:
        return stated, (), unread
    read = {register: tuple(each for each in tellers if isinstance(each, Run)) for register, tellers in stated.items()}
    compared = {register: runs for register, runs in read.items() if runs and register in ENERGY_REGISTERS}
    kept = {register: tellers for register, tellers in stated.items() if register not in compared}
    for register in (each for each in computed if each in kept):
        where, key = f"/metering_points/{number}/intervals", f"metering_points.{number}.intervals ({register.value})"
        case.notes.note(Problem(ProblemCode.STATED_WITHOUT_EFFECT, Severity.DOUBT, where, {"key": key}))
    every = {**computed, **kept}
    untold = tuple(each for each in unread if each.register not in ENERGY_REGISTERS)
    return {register: every[register] for register in Register if register in every}, tuple(compared.items()), untold


def _untimed_bands(bands: tuple[Band, ...], unread: Sequence[Unread], life: Span) -> tuple[Band, ...]:
    """What bills a group without time of use: the total register, and on days without one the bands that are read."""
    untold = {
        band: [each.span for each in unread if each.register.value == band.value] for band in (*bands, Band.TOTAL)
    }
    if not untold[Band.TOTAL] or Band.FLAT not in bands:
        return (Band.TOTAL,)
    if not untold[Band.FLAT]:
        return bands
    with_total = gaps(untold[Band.TOTAL], within=life)
    is_apart = not any(gaps(untold[band], within=span) for band in bands for span in with_total)
    return (*bands, Band.TOTAL) if is_apart else (Band.TOTAL,)


def _check_told(
    here: str, point: MeteringPoint, bands: Sequence[Band], unread: Sequence[Unread], *, total_is_billed: bool
) -> None:
    """Refuse days of which what is billed tells nothing: any part of it, or what holds all that no other band does."""
    billed = [REGISTER_OF[band] for band in bands]
    whole = [register for register in (Register.FLAT, Register.TOTAL) if register in billed]
    if total_is_billed:
        whole = [Register.TOTAL]
    needed = [*billed, *whole] if billed == [Register.TOTAL] else [*whole, *ENERGY_REGISTERS[1:]]
    found = [each for each in unread if each.forgotten and each.register in (needed if billed else ENERGY_REGISTERS)]
    found.extend(each for registers in (whole, billed) if (each := untold(unread, registers)) is not None)
    if found:
        raise unread_days(here, point.id, min(found, key=lambda each: each.span.start))


def _bands_tell(case: Case, bands: Sequence[Band], unread: Sequence[Unread]) -> bool:
    """Whether it is told that the bands tell the energy, also of those who have no time of use, and they always did."""
    if any(each.register is Register.FLAT and not each.forgotten for each in unread):
        return False
    source, remainder = case.conventions.kwh.source.value, case.conventions.kwh.remainder.value
    is_stated = case.conventions.kwh.source.source is not None
    for each in (case.conventions.kwh.source, case.conventions.kwh.remainder) if is_stated and bands else ():
        case.notes.ask(each.pointer)
    return is_stated and Band.FLAT in bands and source is EnergySource.BANDS and remainder is not Remainder.FLAT


def _by_time_of_use(case: Case, group: str) -> bool:
    return any(entry.groups[group].time_of_use for _, entry in case.entries if group in entry.groups)


def _check_bands(case: Case, here: str, point: MeteringPoint, bands: Sequence[Band], *, time_of_use: bool) -> None:
    """Refuse where energy would be left unbilled: there is always flat energy, and without bands there is a total."""
    if not bands:
        register = Register.FLAT if time_of_use else Register.TOTAL
        raise refuse(RefusalCode.ENERGY_NOT_MEASURED, here, point=point.id, register=register.value)
    if Band.FLAT in bands or bands[0] is Band.TOTAL:
        return
    if Register.FLAT not in point.not_installed:
        facts = {"point": point.id, "register": Register.FLAT.value, "needed_by": "time of use"}
        raise refuse(RefusalCode.REGISTER_MISSING, here, **facts)
    case.notes.ask(f"{here}/not_installed/{Register.FLAT.value}")


def _blocks(tellers: Mapping[Register, Sequence[Teller]], bands: Sequence[Band]) -> tuple[tuple[int, ...], ...]:
    """The pieces of a metering point, those together through which all its billed registers run."""
    billed = [tellers[REGISTER_OF[band]] for band in bands if REGISTER_OF[band] in tellers]
    pieces = sorted({piece for stated in billed for each in stated for piece in each.pieces})

    def runs_on(before: int, piece: int) -> bool:
        return all(any({before, piece} <= set(each.pieces) for each in tellers) for tellers in billed)

    return tuple(runs(pieces, runs_on))


def _children(case: Case, here: str, point: MeteringPoint) -> tuple[ChildPlan, ...]:
    kinds = {child.kind for child in point.children}
    if len(kinds) > 1:
        case.notes.decided_by(case.conventions.sub_meters.order)
    if kinds >= {ChildKind.RATIO, ChildKind.FIXED}:
        case.notes.decided_by(case.conventions.sub_meters.ratio_of)
    order = case.conventions.sub_meters.order.value

    def rank(numbered: tuple[int, Child]) -> tuple[int, str]:
        """By kind as the convention says, and of one kind by id: the order of the request decides no digit."""
        return order.index(SubMeterKind(numbered[1].kind.value)), numbered[1].id

    ranked = sorted(enumerate(point.children), key=rank)
    return tuple(_child(case, f"{here}/children/{number}", child) for number, child in ranked)


def _child(case: Case, here: str, child: Child) -> ChildPlan:
    value = None
    shares: tuple[Share | None, ...] = ()
    if child.value is not None and child.kind is ChildKind.FIXED:
        value = case.notes.slot(f"{here}/value", child.value, KWH, Term.FIXED_ENERGY, child.id)
        spans = [piece.span for piece in case.pieces]
        served, stated = [case.request.period.span], {"what": Reason.FIXED_QUANTITY, "child": child.id}
        shares = month_shares(case, spans, served=served, what="period", stated=stated)
    elif child.value is not None:
        value = case.notes.slot(f"{here}/value", child.value, PURE, Term.SUB_METER_SHARE, child.id)
    return ChildPlan(
        id=child.id,
        kind=child.kind,
        group=child.group,
        value=value,
        point=child.point,
        bands=BANDS if _by_time_of_use(case, child.group) else (Band.TOTAL,),
        band=None if child.band is None else Band(child.band.value),
        shares=shares,
    )


def _check_children(case: Case, here: str, plan: PointPlan, point: MeteringPoint, plans: Sequence[PointPlan]) -> None:
    """Find sub-meters of bands their metering point has not; note where a convention spreads their energy over bands.

    Raises:
        InvalidInput: with the bands that are not there.
    """
    faults = []
    for number, child in enumerate(point.children):
        if child.band is not None and child.band.value not in plan.bands:
            facts = {"value": child.band.value, "known": ", ".join(plan.bands)}
            faults.append(Fault(FaultCode.UNKNOWN_WORD, f"{here}/children/{number}/band", facts))
        own_bands = child.kind is ChildKind.RATIO and _by_time_of_use(case, child.group)
        for other in plans:
            own_bands = own_bands or (other.id == child.point and set(other.bands) <= set(plan.bands))
        if len(plan.bands) > 1 and child.band is None and not own_bands:
            case.notes.decided_by(case.conventions.sub_meters.from_bands)
        if len(plan.bands) > 1 and child.band is None and child.kind is ChildKind.RATIO and own_bands:
            case.notes.decided_by(case.conventions.sub_meters.ratio_bands)
    if faults:
        raise InvalidInput(faults)
