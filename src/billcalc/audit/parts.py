"""The parts of lines that are the same thing: which agree, which differ, and what that is in money."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from billcalc.audit.arithmetic import FEN
from billcalc.audit.comparison import Effects, Part, PartComparison, Shown, Verdict
from billcalc.audit.issued import IssuedLine
from billcalc.billing.bill import Line
from billcalc.kernel.decimals import EXACT, exact_sum
from billcalc.kernel.numbers import rounded_number
from billcalc.vocabulary import Band, Section

__all__ = ["compared_number", "effects_of", "parts_of"]


def parts_of(issued: Sequence[IssuedLine], ours: Sequence[Line], *, amount_agrees: bool) -> tuple[PartComparison, ...]:
    """Compare what lines tell besides their amounts.

    Args:
        issued: printed lines.
        ours: the lines of ours that are the same thing.
        amount_agrees: a number that is printed with fewer decimals agrees only where the amount does.
    """
    quantity = _sum(line.quantity for line in issued), _sum(line.quantity for line in ours)
    price = _single(line.price for line in issued), _single(line.price for line in ours)
    return (
        PartComparison(Part.QUANTITY, *quantity, compared_number(*quantity, rounded=amount_agrees)),
        PartComparison(Part.PRICE, *price, compared_number(*price, rounded=amount_agrees)),
        *_places(issued, ours),
    )


def _sum(numbers: Iterable[Decimal | None]) -> Decimal | None:
    told = list(numbers)
    return None if None in told else exact_sum(number for number in told if number is not None)


def _single(numbers: Iterable[Decimal | None]) -> Decimal | None:
    """The one number that all of them are; None where they are several."""
    told = set(numbers)
    return told.pop() if len(told) == 1 else None


def compared_number(issued: Decimal | None, ours: Decimal | None, *, rounded: bool) -> Verdict:
    """How a printed number compares.

    Args:
        issued: the printed number, or None where not told.
        ours: the recomputed one.
        rounded: whether ours may be printed with fewer decimals.
    """
    if issued is None or ours is None:
        return Verdict.NOT_TOLD
    if issued == ours:
        return Verdict.AGREES
    exponent = issued.as_tuple().exponent
    assert isinstance(exponent, int), "numbers of the input are finite"
    as_printed = rounded and rounded_number(ours, Decimal(1).scaleb(exponent)) == issued
    return Verdict.AS_PRINTED if as_printed else Verdict.DIFFERS


def _places(issued: Sequence[IssuedLine], ours: Sequence[Line]) -> tuple[PartComparison, ...]:
    """Band, group, section and days of one line beside one of ours, where the bill prints them."""
    if len(issued) != 1 or len(ours) != 1:
        return ()
    [line], [our] = issued, ours
    band = None if our.band is Band.TOTAL else our.band
    sections = " + ".join(section.value for section in line.sections)
    in_section = our.section.value if our.section in line.sections else sections
    group = our.group if our.section is not Section.POWER_FACTOR or line.group == our.group else line.group
    told: tuple[tuple[Part, str | None, str | None], ...] = (
        (Part.BAND, _text(line.one_band), _text(band)),
        (Part.GROUP, line.group, group),
        (Part.SECTION, in_section or None, our.section.value),
        (Part.SPAN, _text(line.span), str(our.span)),
    )
    return tuple(
        PartComparison(part, mine, other, Verdict.AGREES if mine == other else Verdict.DIFFERS)
        for part, mine, other in told
        if mine is not None and other is not None
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def effects_of(parts: Sequence[PartComparison], *, difference: Decimal) -> Effects | None:
    """Split a difference over quantity and price; None where one of them is not told on both sides."""
    numbers: dict[Part, tuple[Shown, Shown]] = {each.part: (each.issued, each.recomputed) for each in parts}
    quantity, our_quantity = numbers[Part.QUANTITY]
    price, our_price = numbers[Part.PRICE]
    if not (
        isinstance(quantity, Decimal)
        and isinstance(our_quantity, Decimal)
        and isinstance(price, Decimal)
        and isinstance(our_price, Decimal)
    ):
        return None
    of_quantity = rounded_number(EXACT.multiply(EXACT.subtract(quantity, our_quantity), our_price), FEN)
    of_price = rounded_number(EXACT.multiply(quantity, EXACT.subtract(price, our_price)), FEN)
    return Effects(of_quantity, of_price, EXACT.subtract(EXACT.subtract(difference, of_quantity), of_price))
