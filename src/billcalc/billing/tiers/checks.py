"""What a request tells of households and must not, and what nothing depends on."""

from collections.abc import Collection, Iterator

from billcalc.billing.planning.case import Case
from billcalc.billing.planning.unread_place import Unread
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, Severity
from billcalc.vocabulary import CustomerClass

__all__ = ["household_faults", "unread_households"]


def household_faults(case: Case) -> Iterator[Fault]:
    """Households of groups that are not there, or that are no households."""
    for name in case.request.households:
        where = f"/households/{name}"
        if name not in case.groups:
            facts = {"kind": "group", "id": name, "known": ", ".join(case.groups)}
            yield Fault(FaultCode.UNKNOWN_REFERENCE, where, facts)
        classes = {entry.groups[name].customer_class for _, entry in case.entries if name in entry.groups}
        if classes and CustomerClass.RESIDENTIAL not in classes:
            facts = {"reason": Reason.HOUSEHOLD_OF_CLASS, "group": name, "known": ", ".join(sorted(classes))}
            yield Fault(FaultCode.INCONSISTENT, where, facts)


def unread_households(case: Case, slots: Collection[str]) -> Iterator[Unread]:
    """What is told of households that has no part in a bill: money may be amiss by an allowance that nothing prices."""
    for name, household in case.request.households.items():
        here = f"/households/{name}"
        for key in ("opened", "closed"):
            if getattr(household, key) is not None and f"{here}/{key}" not in case.notes.asked:
                yield Unread(f"{here}/{key}", Severity.NOTE)
        for number, row in enumerate(household.before):
            if f"{here}/before/{number}/kwh" not in slots:
                yield Unread(f"{here}/before/{number}", Severity.NOTE)
            elif row.by_tier and f"{here}/before/{number}/by_tier/0" not in slots:
                yield Unread(f"{here}/before/{number}/by_tier", Severity.NOTE)
        for number in range(len(household.larger)):
            if f"{here}/larger/{number}" not in case.notes.asked:
                yield Unread(f"{here}/larger/{number}", Severity.NOTE)
        if household.free_kwh is not None and f"{here}/free_kwh" not in slots:
            yield Unread(f"{here}/free_kwh", Severity.DOUBT)
