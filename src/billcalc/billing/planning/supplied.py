"""Given lines and what is computed: what stands for energy is held against it, what does not against money."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial

from billcalc.billing.charges.given.records import GivenLinePlan
from billcalc.billing.doubts import OtherReading, Reading
from billcalc.billing.plan_checks import GivenCheck, PriceLimit, SuppliedCheck
from billcalc.billing.planning.case import Case
from billcalc.billing.planning.limits import ranges_of
from billcalc.billing.planning.prices import paid_in
from billcalc.billing.planning.repeats import without_lines
from billcalc.kernel.decimals import exact_sum
from billcalc.tariff.catalog import InForce
from billcalc.tariff.plausibility import PriceRange
from billcalc.tariff.price_ranges import range_of
from billcalc.vocabulary import Section

__all__ = ["ONCE", "given_checks", "supplied_checks"]


ONCE = (Section.ENERGY, Section.CATALOGUE, Section.UPSTREAM_LOSS, Section.NETWORK_ENERGY, Section.NETWORK_CAPACITY)
"""The sections of which a customer has one price."""

_GIVEN_ENERGY = "given_energy"
"""What the energy of a month costs in all, in which single bands of a market may cost nothing."""


def given_checks(case: Case, lines: Sequence[GivenLinePlan], share: Decimal | None) -> tuple[GivenCheck, ...]:
    """The given lines that stand for nothing; a refund is none, for it takes back what was billed before."""
    return tuple(
        GivenCheck(
            where=f"/given/{number}",
            line=line.name.code,
            group=line.name.group,
            section=line.name.section,
            amount=line.amount,
            share=share if line.name.section in ONCE else None,
            without=OtherReading(Reading.PRICED, request=partial(without_lines, numbers=(number,))),
        )
        for number, (line, told) in enumerate(zip(lines, case.request.given, strict=True))
        if line.name.section is not Section.REFUNDS and not told.supplies
    )


def supplied_checks(
    case: Case, lines: Sequence[GivenLinePlan], limits: InForce | None, currency: str
) -> tuple[SuppliedCheck, ...]:
    """For each group and component of energy the given lines that stand for it.

    Lines that stand for several components together are held to the prices of all of them.
    """
    found: dict[tuple[str, str], list[int]] = {}
    for number, line in enumerate(case.request.given):
        for code in dict.fromkeys(line.supplies):
            if _is_energy(case, line.group, code):
                found.setdefault((line.group, code), []).append(number)
    ranges = ranges_of(limits, currency)
    checks = []
    for (group, code), numbers in found.items():
        together = [each for (payer, each), others in found.items() if payer == group and others == numbers]
        are_all = all(_energies(case, group, case.request.given[number].supplies) == together for number in numbers)
        limit = _limit(case, group, together, ranges) if are_all and code == together[0] else None
        checks.append(_check(case, group, code, numbers, lines, limit))
    return tuple(checks)


def _energies(case: Case, group: str, codes: Sequence[str]) -> list[str]:
    return [code for code in dict.fromkeys(codes) if _is_energy(case, group, code)]


def _limit(case: Case, group: str, codes: Sequence[str], ranges: Mapping[str, PriceRange]) -> PriceLimit | None:
    """What the prices of some components together lie within; None where no document tells of one of them."""
    found: list[PriceRange | None] = []
    for code in codes:
        paid = [each.component for piece in range(len(case.pieces)) for each in paid_in(case, group, piece)]
        component = next(each for each in paid if each.code == code)
        whole = ranges.get(_GIVEN_ENERGY) if component.section is Section.ENERGY else None
        found.append(whole or range_of(component, paid, ranges))
    told = [each for each in found if each is not None]
    if len(told) < len(found):
        return None
    return PriceLimit(exact_sum(each.least for each in told), exact_sum(each.most for each in told), told[0].unit)


def _is_energy(case: Case, group: str, code: str) -> bool:
    return any(
        each.component.code == code and each.component.is_energy
        for piece in range(len(case.pieces))
        for each in paid_in(case, group, piece)
    )


def _check(
    case: Case,
    group: str,
    code: str,
    numbers: Sequence[int],
    lines: Sequence[GivenLinePlan],
    limit: PriceLimit | None,
) -> SuppliedCheck:
    standing = [lines[number] for number in numbers]
    told = [line.kwh for line in standing if line.kwh is not None]
    bands = [line.band for line in standing if line.band is not None]
    priced = OtherReading(Reading.PRICED, request=partial(without_lines, numbers=numbers))
    return SuppliedCheck(
        group=group,
        component=code,
        section=case.request.given[numbers[0]].section,
        where=f"/given/{numbers[0]}",
        kwh=tuple((slot, case.notes.last_digit(slot)) for slot in told) if len(told) == len(standing) else (),
        bands=tuple(bands) if len(bands) == len(standing) else (),
        amounts=tuple(line.amount for line in standing),
        limit=limit,
        others=(priced,),
    )
