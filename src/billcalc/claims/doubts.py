"""What is doubtful about a case of claims: prices that are hardly meant, such as fen for yuan."""

from collections.abc import Iterator
from decimal import Decimal

from billcalc.claims.case import ClaimCase
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Problem, Severity
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.plausibility import Plausibility
from billcalc.vocabulary import Kind

__all__ = ["doubts_of_case"]

_NATION = "cn"
_ENERGY, _CAPACITY = "energy", "capacity_kva"


def doubts_of_case(case: ClaimCase, catalog: Catalog) -> tuple[Problem, ...]:
    """A doubt for each price outside what prices of its kind lie within.

    Args:
        case: what is claimed.
        catalog: has the limits; without them nothing is doubted.
    """
    found = None if case.found is None else catalog.find(Kind.PLAUSIBILITY, _NATION, case.found)
    if found is None:
        return ()
    assert isinstance(found.document, Plausibility)
    ranges = {each.of: each for each in found.document.prices}
    doubts = []
    for where, of, price in _prices(case):
        limit = ranges.get(of)
        if limit is not None and not limit.least <= price <= limit.most:
            facts = {"component": where, "quantity": of, "unit": limit.unit, "price": f"{price:f}"}
            facts |= {"least": f"{limit.least:f}", "most": f"{limit.most:f}"}
            doubts.append(Problem(ProblemCode.OWN_PRICE_IMPLAUSIBLE, Severity.DOUBT, where, facts))
    return tuple(doubts)


def _prices(case: ClaimCase) -> Iterator[tuple[str, str, Decimal]]:
    """The prices of a case: where each stands, and what it is of."""
    for place, breach in enumerate(case.breaches):
        if breach.price is not None:
            yield f"/breaches/{place}/price", _CAPACITY, breach.price
    for place, theft in enumerate(case.thefts):
        yield f"/thefts/{place}/price", _ENERGY, theft.price
    for place, supply in enumerate(case.unmetered):
        for number, each in enumerate(supply.prices):
            yield f"/unmetered/{place}/prices/{number}/price", _ENERGY, each.price
