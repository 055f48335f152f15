"""What numbers of households are held against: the most that households use and are granted, which is data."""

from collections.abc import Iterator, Sequence

from billcalc.billing.plan_checks import GrantCheck, UseCheck
from billcalc.billing.planning.case import Case
from billcalc.billing.planning.prices import paid_in
from billcalc.billing.quantities import Quantities
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.slots import Slot
from billcalc.kernel.spans import Span
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Problem, Severity
from billcalc.kernel.units import DAY, KWH
from billcalc.kernel.values import Arithmetic, Value, choose, maximum, total
from billcalc.tariff.catalog import InForce
from billcalc.tariff.plausibility import HouseholdLimits, Plausibility
from billcalc.vocabulary import CustomerClass

__all__ = ["check_households", "household_checks"]


def household_checks(case: Case, found: InForce | None) -> tuple[UseCheck | GrantCheck, ...]:
    """What each number that a bill has of its households is held against; nothing where no document tells limits."""
    if found is None:
        return ()
    assert isinstance(found.document, Plausibility)
    limits = found.document.households
    if limits is None:
        return ()
    tiered = [group for group in case.groups if _is_tiered_household(case, group)]
    return (*(check for group in tiered for check in _of_use(case, group, limits)), *_of_grants(case, limits))


def _is_tiered_household(case: Case, group: str) -> bool:
    """Whether a group is one household, all days: what pays by tiers and is of another class may be of any size."""
    classes = {entry.groups[group].customer_class for _, entry in case.entries if group in entry.groups}
    pieces = range(len(case.pieces))
    return classes == {CustomerClass.RESIDENTIAL} and all(
        any(paid.component.tier is not None for paid in paid_in(case, group, piece)) for piece in pieces
    )


def _of_use(case: Case, group: str, limits: HouseholdLimits) -> Iterator[UseCheck]:
    billed = case.request.period.span
    yield UseCheck(group, "/metering_points", None, billed, billed.days, limits)
    household = case.request.households.get(group)
    for number, row in enumerate(() if household is None else household.before):
        slot = Slot(f"/households/{group}/before/{number}/kwh")
        if slot in case.notes.inputs:
            yield UseCheck(group, slot.where, slot, Span(row.start, row.end), billed.days, limits)


def _of_grants(case: Case, limits: HouseholdLimits) -> Iterator[GrantCheck]:
    for group, household in case.request.households.items():
        here = f"/households/{group}"
        raised = [(f"larger/{number}/kwh_per_month", limits.larger_kwh) for number in range(len(household.larger))]
        for key, limit in (("free_kwh", limits.free_kwh), *raised):
            slot = Slot(f"{here}/{key}")
            if slot in case.notes.inputs:
                yield GrantCheck(group, key.rpartition("/")[2], slot, limit)


def check_households(checks: Sequence[UseCheck | GrantCheck], quantities: Quantities, arithmetic: Arithmetic) -> None:
    """Hold what households use, used and are granted against what such numbers are."""
    for check in checks:
        if isinstance(check, UseCheck):
            _check_use(check, quantities, arithmetic)
        else:
            _check_grant(check, arithmetic)


def _check_use(check: UseCheck, quantities: Quantities, arithmetic: Arithmetic) -> None:
    """A household hardly uses more than it can take, nor in earlier days many times what it uses now."""
    parts = [energy for part in quantities.parts if part.group == check.group for energy in part.kwh.values()]
    if check.told is None and not parts:
        return  # what is measured of nothing is refused or told elsewhere
    used = arithmetic.input(check.told) if check.told is not None else total(parts)
    facts = {"group": check.group, "span": str(check.span)}
    days = arithmetic.constant(check.span.days, term=Term.DAYS, unit=DAY)
    most = days * arithmetic.constant(check.limits.kwh_per_day, term=Term.BILLED_ENERGY, unit=f"{KWH}/{DAY}")
    doubt = Problem(ProblemCode.HOUSEHOLD_USE_IMPLAUSIBLE, Severity.DOUBT, check.where, facts)
    arithmetic.report(used > most, doubt, told=used, limit=most)
    if check.told is not None and parts:
        _check_pace(check, used, total(parts), arithmetic)


def _check_pace(check: UseCheck, used: Value, now: Value, arithmetic: Arithmetic) -> None:
    """Earlier days beside the billed ones, where any energy is billed; each × the days of the other."""
    limits, facts = check.limits, {"group": check.group, "span": str(check.span), "times": f"{check.limits.times:f}"}
    days = arithmetic.constant(check.span.days, term=Term.DAYS, unit=DAY)
    billed = arithmetic.constant(check.billed, term=Term.DAYS, unit=DAY)
    least = days * arithmetic.constant(limits.least, term=Term.BILLED_ENERGY, unit=f"{KWH}/{DAY}")
    pace, most = used * billed, now * limits.times * days
    doubt = Problem(ProblemCode.USED_BEFORE_APART, Severity.DOUBT, check.where, facts)
    arithmetic.report(choose(now > 0, pace, most) > maximum(most, least * billed), doubt, told=used, used=now)


def _check_grant(check: GrantCheck, arithmetic: Arithmetic) -> None:
    told = arithmetic.input(check.told)
    facts = {"group": check.group, "key": check.key, "limit": f"{check.limit:f}"}
    doubt = Problem(ProblemCode.HOUSEHOLD_GRANT_IMPLAUSIBLE, Severity.DOUBT, check.told.where, facts)
    arithmetic.report(told > check.limit, doubt, told=told)
