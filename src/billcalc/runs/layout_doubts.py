"""What a guess of columns cannot decide: two that may be one, cells that are not what a name says, energy left out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from billcalc.agreement.models import BasicMode
from billcalc.audit.heads_told import is_energy_of_band
from billcalc.fields.shown import quoted
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import NumberError, parse_decimal
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault
from billcalc.runs.exported_cells import month_told, ungrouped_text
from billcalc.runs.layout_names import KWH, Known
from billcalc.vocabulary import STANDARDS, Billing, CustomerClass, Purchase, voltages_named

__all__ = ["SURE", "GuessDoubt", "doubts_of", "number_told", "share_told"]


@dataclass(frozen=True, slots=True)
class GuessDoubt:
    """What a person has to decide before a guess is used.

    Attributes:
        reason: why.
        facts: the columns, and what is the matter with them.
        is_of_amounts: whether it is about what was issued; else it is about what bills are calculated from.
    """

    reason: Reason
    facts: Mapping[str, str]
    is_of_amounts: bool

    def fault(self, name: str) -> Fault:
        """The fault of a guess that is used all the same.

        Args:
            name: of the table.
        """
        return Fault(FaultCode.INCONSISTENT, name, {"reason": self.reason, **self.facts})


def doubts_of(
    named: Mapping[str, Known], taken: Mapping[str, Known], columns: Mapping[str, Sequence[str]]
) -> Iterator[GuessDoubt]:
    """What is not to be decided by names and cells.

    Args:
        named: what each column is by its name, where that is known.
        taken: the columns whose cells are that, too, and which are the first that may be it.
        columns: their cells.
    """
    for head, known in named.items():
        key = _last(known)
        first = next((other for other, each in taken.items() if each == known), head)
        if head in taken or known.path == "account":
            continue
        if first != head and share_told(columns[head], known.path) >= SURE:
            count = sum(map(_differ(known.path), columns[first], columns[head]))
            if count:
                facts = {"column": first, "other": head, "key": key, "count": str(count)}
                yield GuessDoubt(Reason.TWO_OF_ONE, facts, known.path is None)
        elif first == head and _reader(known.path) is number_told:
            wrong = next(cell for cell in columns[head] if cell and number_told(cell) is None)
            facts = {"column": head, "key": key, "value": quoted(wrong)}
            yield GuessDoubt(Reason.CELLS_OTHERWISE, facts, known.path is None)
    if any(known.path is not None and known.path.startswith(KWH) for known in taken.values()):
        for head, cells in columns.items():
            if head not in named and is_energy_of_band(head) and any(map(_is_some, cells)):
                yield GuessDoubt(Reason.BAND_LEFT_OUT, {"column": head}, is_of_amounts=False)


SURE = 95
"""The share of cells that must be what a column is taken for [%]."""


def share_told(cells: Sequence[str], path: str | None) -> int:
    """How many of the cells that tell something are what a column is taken for [%]."""
    told = [cell for cell in cells if cell]
    if path == "account" or not told:
        return 100
    read = _reader(path)
    return 100 * sum(read(cell) is not None for cell in told) // len(told)


def number_told(cell: str) -> Decimal | None:
    """The number that a cell tells, perhaps with separators of thousands; None where it is none."""
    try:
        return parse_decimal(ungrouped_text(cell))
    except NumberError:
        return None


def _is_some(cell: str) -> bool:
    return bool(number_told(cell))


def _last(known: Known) -> str:
    return known.path or known.code or ""


def _differ(path: str | None) -> Callable[[str, str], bool]:
    """Whether two cells of one row tell two things; an empty one tells none."""
    read = _reader(path)
    return lambda one, other: bool(one and other) and read(one) != read(other)


def _voltage(cell: str) -> object:
    found = voltages_named(cell)
    return found if len(found) == 1 else None


_READERS: Mapping[str, Callable[[str], object]] = {
    "month": month_told,
    "class": CustomerClass.named,
    "voltage": _voltage,
    "billing": Billing.named,
    "purchase": Purchase.named,
    "mode": BasicMode.named,
    "power_factor_standard": lambda cell: cell if cell in STANDARDS else None,
}
"""What the cells of columns that hold words tell, by the last part of the path; None where that is nothing."""


def _reader(path: str | None) -> Callable[[str], object]:
    return _READERS.get((path or "").rpartition(".")[2], number_told)
