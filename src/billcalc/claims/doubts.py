"""What is doubtful about a case of claims: numbers that are hardly meant: fen for yuan, W for kW, a year mistyped."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from billcalc.claims.case import Act, Breach, ClaimCase, Theft, Unmetered, Use
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Problem, Severity
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.plausibility import ClaimRange, Plausibility
from billcalc.vocabulary import Kind

__all__ = ["doubts_of_case"]

_NATION = "cn"
_ENERGY, _CAPACITY = "energy", "capacity_kva"
_Number = tuple[str, str, Decimal | None]
"""Where a number stands, what it is, and what it comes to, where it is told."""


def doubts_of_case(case: ClaimCase, catalog: Catalog) -> tuple[Problem, ...]:
    """A doubt for each number outside what numbers of its kind lie within.

    Args:
        case: what is claimed.
        catalog: has the limits; without them nothing is doubted.
    """
    day = case.found or max(debt.paid for debt in case.debts)
    found = catalog.find(Kind.PLAUSIBILITY, _NATION, day)
    if found is None:
        return ()
    assert isinstance(found.document, Plausibility)
    return (*_of_prices(case, found.document), *_of_numbers(case, found.document))


def _of_prices(case: ClaimCase, limits: Plausibility) -> Iterator[Problem]:
    ranges = {each.of: each for each in limits.prices}
    for where, of, price in _prices(case):
        limit = ranges.get(of)
        if limit is not None and not limit.least <= price <= limit.most:
            facts = {"component": where, "quantity": of, "unit": limit.unit, "price": f"{price:f}"}
            facts |= {"least": f"{limit.least:f}", "most": f"{limit.most:f}"}
            yield Problem(ProblemCode.OWN_PRICE_IMPLAUSIBLE, Severity.DOUBT, where, facts)


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


def _of_numbers(case: ClaimCase, limits: Plausibility) -> Iterator[Problem]:
    ranges: dict[str, ClaimRange] = {each.of: each for each in limits.claims}
    for where, of, number in _numbers(case):
        limit = ranges.get(of)
        if limit is not None and number is not None and not limit.least <= number <= limit.most:
            facts = {"name": where, "measure": of, "value": f"{number:f}", "unit": limit.unit}
            facts |= {"least": f"{limit.least:f}", "most": f"{limit.most:f}"}
            yield Problem(ProblemCode.CLAIM_IMPLAUSIBLE, Severity.DOUBT, where, facts)


def _numbers(case: ClaimCase) -> Iterable[_Number]:
    """The days, powers, energies and counts of a case."""
    for place, debt in enumerate(case.debts):
        yield f"/debts/{place}/due", "days_late", Decimal((debt.paid - debt.due).days)
    for place, breach in enumerate(case.breaches):
        yield from _of_breach(f"/breaches/{place}", breach)
    for place, theft in enumerate(case.thefts):
        yield from _of_theft(f"/thefts/{place}", theft)
    for place, supply in enumerate(case.unmetered):
        yield from _of_supply(f"/unmetered/{place}", supply)


def _of_breach(where: str, breach: Breach) -> Iterator[_Number]:
    part = "capacity_in_two_parts" if breach.is_two_part else "capacity_in_one_part"
    yield f"{where}/capacity", "own_source" if breach.act is Act.OWN_SOURCE else part, breach.capacity
    yield f"{where}/months", "months_of_use", breach.months
    yield f"{where}/days", "days_beside_months" if breach.months else "days_of_use", breach.days
    yield f"{where}/times", "times", None if breach.times is None else Decimal(breach.times)


def _of_theft(where: str, theft: Theft) -> Iterator[_Number]:
    yield f"{where}/kwh", "stolen_energy", theft.kwh
    yield f"{where}/power", "lighting_stolen" if theft.use is Use.LIGHTING else "power_stolen", theft.power
    yield f"{where}/days", "days_of_use", theft.days


def _of_supply(where: str, supply: Unmetered) -> Iterator[_Number]:
    yield f"{where}/days", "days_of_use", supply.days
    for place, load in enumerate(supply.loads):
        yield f"{where}/loads/{place}/power", "power_unmetered", load.power
