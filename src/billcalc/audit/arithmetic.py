"""Whether an issued bill adds up by itself: its products, its subtotals, its total."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import Enum, auto

from billcalc.audit.comparison import Entry, Fact, FactComparison, Outcome, OwnCheck, OwnError, Part, Verdict
from billcalc.audit.issued import IssuedBill, IssuedLine, IssuedSubtotal
from billcalc.kernel.decimals import EXACT, ZERO, exact_sum
from billcalc.kernel.numbers import rounded_number
from billcalc.vocabulary import BANDS, Section

__all__ = ["FEN", "may_be_sum", "own_errors"]

_MOST_BANDS = len(BANDS) - 1
"""How many bands one line may be rounded by: no tariff has a deep valley beside a half-peak of Saturdays."""

FEN = Decimal("0.01")
_HALF_FEN = Decimal("0.005")
_UNKNOWN_MAX = 12
"""Of more lines than that nothing can be said of what they sum to."""


def own_errors(
    issued: IssuedBill,
    *,
    entries: Sequence[Entry],
    facts: Sequence[FactComparison],
    tolerance: Decimal,
    is_whole: bool = True,
) -> tuple[OwnError, ...]:
    """Where an issued bill contradicts itself by more than the tolerance.

    A line that is rounded in parts, by band or line by line, is not exactly its product. That is no contradiction where
    the recomputed line, of the same figures, has the same amount; where it cannot be known, it is said.

    Args:
        issued: the bill.
        entries: its lines beside ours, which say in which section a line is and which products are proved.
        facts: its facts beside ours.
        tolerance: what a figure may be off [money].
        is_whole: whether all lines are there; else what they sum to says nothing of the sums.
    """
    sums = _sums(issued, entries) if is_whole else ()
    found = (*_products(issued, entries), *_power_factor(issued, entries, facts), *sums)
    return tuple(error for error in found if error.difference.copy_abs() > tolerance)


def _products(issued: IssuedBill, entries: Iterable[Entry]) -> Iterator[OwnError]:
    for entry in entries:
        if _is_proved(entry):
            continue
        for row, line in zip(entry.rows, entry.issued, strict=True):
            if line.quantity is not None and line.price is not None:
                check, parts = OwnCheck.PRODUCT, 1 if line.one_band is not None else _MOST_BANDS
                if entry.section is Section.POWER_FACTOR:
                    check, parts = OwnCheck.POWER_FACTOR, len(issued.lines)
                yield _product(check, row, line, (line.quantity, line.price), parts)


def _is_proved(entry: Entry) -> bool:
    """Whether our own line has the figures of the printed one."""
    figures = (entry.verdict(Part.QUANTITY), entry.verdict(Part.PRICE))
    return entry.outcome is Outcome.AGREES and len(entry.issued) == 1 and Verdict.DIFFERS not in figures


def _product(check: OwnCheck, row: int, line: IssuedLine, factors: tuple[Decimal, Decimal], parts: int) -> OwnError:
    """What a line prints beside a product.

    Args:
        check: what is checked.
        row: where the line is.
        line: the line.
        factors: what is multiplied.
        parts: how many parts of it may have been rounded, each by half a fen at most.
    """
    computed = rounded_number(EXACT.multiply(*factors), FEN)
    off = EXACT.subtract(line.amount, computed).copy_abs()
    by_rounding = EXACT.multiply(_HALF_FEN, Decimal(parts + 1)) if parts > 1 else ZERO
    name = line.name or " + ".join(line.codes)
    return OwnError(check, name, line.amount, computed, row, factors, may_be_rounding=off <= by_rounding)


def _power_factor(issued: IssuedBill, entries: Iterable[Entry], facts: Iterable[FactComparison]) -> Iterator[OwnError]:
    """Base × ratio, where they are printed as facts and the bill has one power-factor line."""
    base, ratio = issued.facts.base, issued.facts.ratio
    lines = [entry for entry in entries if entry.section is Section.POWER_FACTOR and entry.issued]
    if base is None or ratio is None or len(lines) != 1 or len(lines[0].rows) != 1:
        return
    told = {fact.fact: fact.verdict for fact in facts}
    same = (Verdict.AGREES, Verdict.AS_PRINTED)
    if not (lines[0].outcome is Outcome.AGREES and told[Fact.BASE] in same and told[Fact.RATIO] in same):
        [entry] = lines
        yield _product(OwnCheck.POWER_FACTOR, entry.rows[0], entry.issued[0], (base, ratio), len(issued.lines))


def _sums(issued: IssuedBill, entries: Sequence[Entry]) -> Iterator[OwnError]:
    """Printed sums that no lines make; a line that is nothing of ours may be in a sum, be one itself, or be a tax."""
    places = _places(issued, entries)
    for subtotal in issued.subtotals:
        inside = [_is_inside(place, subtotal) for place in places]
        if _Inside.PARTLY not in inside:
            amounts = {where: _amounts(issued, inside, where) for where in (_Inside.ALL, _Inside.UNKNOWN)}
            computed = exact_sum(amounts[_Inside.ALL])
            if not may_be_sum(EXACT.subtract(subtotal.amount, computed), amounts[_Inside.UNKNOWN]):
                name = subtotal.name or " + ".join([*(each.value for each in subtotal.sections), *subtotal.groups])
                yield OwnError(OwnCheck.SUBTOTAL, name, subtotal.amount, computed)
    if issued.total is not None:
        computed = exact_sum(line.amount for line in issued.lines)
        unmapped = [entry.amount_issued for entry in entries if entry.outcome is Outcome.UNMAPPED]
        if not may_be_sum(EXACT.subtract(computed, issued.total), unmapped):
            yield OwnError(OwnCheck.TOTAL, None, issued.total, computed)


class _Inside(Enum):
    """Whether a subtotal sums a line."""

    ALL = auto()
    NONE = auto()
    PARTLY = auto()
    UNKNOWN = auto()


def _amounts(issued: IssuedBill, inside: Sequence[_Inside], where: _Inside) -> list[Decimal]:
    return [line.amount for line, each in zip(issued.lines, inside, strict=True) if each is where]


def may_be_sum(off: Decimal, amounts: Sequence[Decimal]) -> bool:
    """Whether a sum is off by some of the amounts of which it is not known whether they belong to it."""
    if len(amounts) > _UNKNOWN_MAX:
        return True
    sums = {ZERO}
    for amount in amounts:
        sums |= {EXACT.add(amount, each) for each in sums}
    return off in sums


_Place = tuple[frozenset[Section], frozenset[str]]


def _places(issued: IssuedBill, entries: Iterable[Entry]) -> list[_Place]:
    """The sections and groups of each printed line: as printed where told, else those of our line."""
    places: list[_Place] = [(frozenset(line.sections), frozenset()) for line in issued.lines]
    for entry in entries:
        ours = {line.section for line in entry.recomputed}
        if entry.section is not None:
            ours.add(entry.section)
        groups = frozenset(line.group for line in entry.recomputed)
        for row in entry.rows:
            line = issued.lines[row]
            told = frozenset(line.sections)
            group = groups if line.group is None else frozenset([line.group])
            places[row] = (told & ours or told or frozenset(ours), group)
    return places


def _is_inside(place: _Place, subtotal: IssuedSubtotal) -> _Inside:
    of = ((place[0], frozenset(subtotal.sections)), (place[1], frozenset(subtotal.groups)))
    asked = [(mine, wanted) for mine, wanted in of if wanted]
    if any(mine and mine.isdisjoint(wanted) for mine, wanted in asked):
        return _Inside.NONE
    if not all(mine for mine, _ in asked):
        return _Inside.UNKNOWN
    return _Inside.ALL if all(mine <= wanted for mine, wanted in asked) else _Inside.PARTLY
