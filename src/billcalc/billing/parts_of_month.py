"""A month that is settled in parts: what was billed before is taken off the rows of the whole month."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from billcalc.billing.evaluated import EvaluatedLine, of_band
from billcalc.billing.line_name import LineName
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.slots import Slot
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Problem, Severity
from billcalc.kernel.units import KWH, MONEY
from billcalc.kernel.values import Arithmetic, Value, absolute, maximum, named
from billcalc.tariff.plausibility import PriceChange
from billcalc.vocabulary import Band

__all__ = ["BilledRow", "less_billed"]


@dataclass(frozen=True, slots=True)
class BilledRow:
    """A row that was billed before.

    Attributes:
        amount, kwh: the slots of what was billed of it; of energy None where it was not told.
        alike: the places of earlier rows of the same name.
        change: by how much prices hardly change; None where no document tells.
    """

    name: LineName
    band: Band | None
    amount: Slot
    kwh: Slot | None
    alike: tuple[int, ...] = ()
    change: PriceChange | None = None


def less_billed(
    lines: Sequence[EvaluatedLine], rows: Sequence[BilledRow], arithmetic: Arithmetic
) -> list[EvaluatedLine]:
    """The lines of a month less what was billed of each; what the month does not have is given back.

    A row of which the month has several lines, as where a price changes, is taken off the last of them.

    Source: a final settlement of two parts of a month, Anhui 2024: item by item and row by row.
    """
    found = list(lines)
    for number, row in enumerate(rows):
        amount = arithmetic.input(row.amount)
        for before in (arithmetic.input(rows[place].amount) for place in row.alike):
            arithmetic.report(absolute(amount - before) <= 0, _doubt(number, row, Reason.ROW_AGAIN))
        kwh = None if row.kwh is None else arithmetic.input(row.kwh)
        places = [place for place, line in enumerate(found) if _is_of(line, row)]
        if places:
            line = found[places[-1]]
            if len(places) == 1:
                _check_price(number, row, line, amount, arithmetic)
            left = named(Term.AMOUNT, line.amount - amount, row.name.code)
            larger = maximum(absolute(left), absolute(amount))
            arithmetic.report(larger > absolute(line.amount), _doubt(number, row, Reason.ROW_MORE_THAN_MONTH))
            found[places[-1]] = replace(line, amount=left, quantity=_less(line, kwh), given=False)
        else:
            arithmetic.report(True, _doubt(number, row, Reason.ROW_NOT_OF_MONTH))  # noqa: FBT003 - the plan knows it
            back = named(Term.AMOUNT, -amount, row.name.code)
            quantity = None if kwh is None else -kwh
            found.append(EvaluatedLine(row.name, row.band, quantity, KWH, None, back, None, None))
    return found


def _check_price(number: int, row: BilledRow, line: EvaluatedLine, amount: Value, arithmetic: Arithmetic) -> None:
    """What was billed of some energy hardly differs from the month's price of it by more than prices do.

    Amounts are held against each other as products, for an energy may be nothing: a × W against A × w.
    """
    if row.change is None or row.kwh is None or line.quantity is None or line.unit != KWH:
        return
    kwh = arithmetic.input(row.kwh)
    apart, whole = absolute(amount * line.quantity - line.amount * kwh), absolute(line.amount * kwh)
    little = arithmetic.constant(row.change.energy, term=Term.UNIT_PRICE, unit=f"{MONEY}/{KWH}") * kwh * line.quantity
    most = maximum(whole * row.change.share, little)
    doubt = _doubt(number, row, Reason.ROW_AT_ANOTHER_PRICE)
    arithmetic.report(apart > most, doubt, amount=amount, kwh=kwh)


def _doubt(number: int, row: BilledRow, reason: Reason) -> Problem:
    facts = {"component": row.name.code, "group": row.name.group, "reason": reason}
    return Problem(ProblemCode.BILLED_BEFORE_DIFFERS, Severity.DOUBT, f"/billed_before/{number}", facts)


def _is_of(line: EvaluatedLine, row: BilledRow) -> bool:
    name = (row.name.code, row.name.section, row.name.group)
    is_named = (line.name.code, line.name.section, line.name.group) == name
    return is_named and of_band(line.band) == of_band(row.band)


def _less(line: EvaluatedLine, kwh: Value | None) -> Value | None:
    """The energy of a line that is left; of a line of something else, or of energy not told, as it was."""
    if kwh is None or line.quantity is None or line.unit != KWH:
        return line.quantity
    return named(Term.BILLED_QUANTITY, line.quantity - kwh)
