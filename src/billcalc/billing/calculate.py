"""From a request to a bill or a refusal: the one place that plans, evaluates and returns."""

from collections.abc import Sequence
from dataclasses import replace

from billcalc._version import __version__
from billcalc.billing.alternatives import Billed
from billcalc.billing.bill import Bill, make_bill
from billcalc.billing.identity import bill_id
from billcalc.billing.kept import kept_plan
from billcalc.billing.months import Month, check_turns, joined, months_of
from billcalc.billing.request import Request
from billcalc.billing.structure import canonical_text
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput, Refusal, Refused
from billcalc.tariff.catalog import Catalog

__all__ = ["calculate", "wanted_tariffs"]


def calculate(request: Request, catalog: Catalog, *, derivation: bool = True) -> Bill | Refusal:
    """Calculate one bill, of a month or of several.

    Args:
        request: what is billed.
        catalog: the tariffs.
        derivation: whether lines carry their steps; the numbers are the same without them, and sooner there.

    Returns:
        The bill, or what is missing for it.

    Raises:
        InvalidInput: where the request contradicts itself or the tariff set it asks for is another.
    """
    catalog = wanted_tariffs(request, catalog)
    try:
        months = months_of(request, catalog)
    except Refused as refused:
        return refused.refusal
    return (
        _of_months(request, months, catalog, derivation=derivation)
        if months
        else _of_one(request, catalog, derivation=derivation)
    )


def _of_months(request: Request, months: Sequence[Month], catalog: Catalog, *, derivation: bool) -> Bill | Refusal:
    """The months of a request as one answer, or what the first that cannot be billed is missing."""
    check_turns(request)
    bills = []
    for month in months:
        try:
            bill = _of_one(month.request, catalog, derivation=derivation)
        except InvalidInput as invalid:
            faults = (replace(fault, where=month.where(fault.where)) for fault in invalid.faults)
            raise InvalidInput(faults) from None
        if isinstance(bill, Refusal):
            return replace(bill, where=month.where(bill.where))
        bills.append(bill)
    documents = {key: value for bill in bills for key, value in bill.documents.items()}
    return joined(request, months, bills, identity=bill_id(canonical_text(request), documents, __version__))


def _of_one(request: Request, catalog: Catalog, *, derivation: bool) -> Bill | Refusal:
    """The bill of one month."""
    try:
        kept, numbers = kept_plan(request, catalog)
        outcome = kept.derived(numbers) if derivation else kept.outcome(numbers)
    except Refused as refused:
        return refused.refusal
    plan = kept.plan
    fingerprints = catalog.fingerprints(source.id for source in (*plan.documents, *plan.limits))
    billed = Billed(request, catalog, kept, numbers, outcome.figures.total, outcome.quantities)
    return make_bill(
        plan,
        outcome.figures,
        bill_id=bill_id(canonical_text(request), fingerprints, __version__),
        request=request.as_data(),
        documents=fingerprints,
        version=__version__,
        tariff_set=catalog.version,
        problems=(*billed.weighed((*plan.problems, *outcome.problems)), *billed.undocumented()),
    )


def wanted_tariffs(request: Request, catalog: Catalog) -> Catalog:
    """The tariffs that a request asks for: those at hand, or what was known of them on a day.

    Raises:
        InvalidInput: where the tariff set it asks for is another.
    """
    wanted = request.tariff_set
    if wanted.hash is not None and wanted.hash != catalog.version:
        facts = {"reason": Reason.OTHER_TARIFFS, "asked": wanted.hash, "found": catalog.version}
        raise InvalidInput([Fault(FaultCode.INCONSISTENT, "/tariff_set/hash", facts)])
    return catalog if wanted.as_known_on is None else catalog.as_known_on(wanted.as_known_on)
