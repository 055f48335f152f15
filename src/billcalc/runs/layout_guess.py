"""What the columns of a table of bills probably are: by their names, what stands in them, and the sums that fit.

A guess is a proposal with its evidence; a person accepts it by using the layout. What is not known is named.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from billcalc.fields import validated
from billcalc.fields.cells import is_total
from billcalc.fields.printed_names import printed_forms
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import EXACT
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.runs.exported_cells import ungrouped_text
from billcalc.runs.issued_tables import TOTAL
from billcalc.runs.layout_doubts import SURE, GuessDoubt, doubts_of, number_told, share_told
from billcalc.runs.layout_names import Known, known_names, read_once
from billcalc.runs.table_layouts import TableLayout
from billcalc.tables.readers import open_records
from billcalc.tables.records import reading

__all__ = ["ColumnGuess", "Evidence", "LayoutGuess", "guess_layout"]

SAMPLE_ROWS = 5_000
"""So many rows are looked at."""
_FITS = Decimal("0.02")
"""What printed sums may be apart [money]."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a column is taken for something.

    Attributes:
        name: the name that it has.
        share: of its cells that are what it is taken for [%].
    """

    name: str
    share: int


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What a column is taken for.

    Attributes:
        column: its name.
        path: the place in the request that it fills, ``account`` or ``month``; None where it is no part of one.
        code: the code or section of an issued amount; None where it is none.
        is_section: whether the code is that of a section.
        evidence: why; None where it is not known.
    """

    column: str
    path: str | None = None
    code: str | None = None
    is_section: bool = False
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class LayoutGuess:
    """What a table is taken for.

    Attributes:
        columns: all of them, in their order.
        rows: how many were looked at.
        summed: in how many of them the amounts that are known make the total.
        rest: whether the total has lines that no column tells.
        separators: whether numbers have separators of thousands.
        doubts: what a person has to decide first.
    """

    columns: tuple[ColumnGuess, ...]
    rows: int
    summed: int
    rest: bool
    separators: bool
    doubts: tuple[GuessDoubt, ...] = ()

    def accepted(self, name: str, *, has_requests: bool = True) -> TableLayout:
        """The layout, for a comparison.

        Args:
            name: of the table.
            has_requests: whether bills are calculated from it, too; else only its amounts are read.

        Raises:
            InvalidInput: where no column is the account, or none is the total, or a person has to decide first.
        """
        doubts = [each.fault(name) for each in self.doubts if has_requests or each.is_of_amounts]
        if doubts:
            raise InvalidInput(doubts)
        known = ", ".join(each.column for each in self.columns)
        found = {each.path or each.code for each in self.columns}
        missing = [each for each in ("account", TOTAL) if each not in found]
        if missing:
            facts = [{"kind": "column", "id": each, "known": known} for each in missing]
            raise InvalidInput([Fault(FaultCode.UNKNOWN_REFERENCE, name, each) for each in facts])
        return validated(TableLayout, self.layout())

    def layout(self) -> dict[str, Any]:
        """The layout as a file tells it."""
        found = {each.path: each.column for each in self.columns if each.path is not None}
        coded = [each for each in self.columns if each.code is not None]
        issued: dict[str, Any] = {"account": found.get("account"), "month": found.get("month")}
        issued["columns"] = {each.column: each.code for each in coded if not each.is_section}
        issued["sections"] = {each.column: each.code for each in coded if each.is_section}
        issued["rest"], issued["separators"] = self.rest, self.separators
        return {
            "requests": {column: path for path, column in found.items()},
            "separators": self.separators,
            "issued": {key: value for key, value in issued.items() if value},
        }


def guess_layout(name: str, *, supply_point: str = "S1", ready: str | None = None) -> LayoutGuess:
    """Propose what the columns of a table are.

    Args:
        name: of the file.
        supply_point: the id that the template has for it.
        ready: the code of the layout that comes with the program whose names the amounts have; None where not known.

    Raises:
        InvalidInput: where the file cannot be read.
    """
    records = open_records(name, SAMPLE_ROWS)
    heads = list(dict.fromkeys(records.schema.names))
    once = [head for head in heads if records.schema.names.count(head) == 1]
    columns: dict[str, list[str]] = {head: [] for head in heads}
    with reading(name):
        for _, place in records.places():
            for found in records.read(place, once):
                for head, column in zip(once, found.batch.columns, strict=True):
                    columns[head] += ["" if cell is None else str(cell) for cell in column.to_pylist()]
            break
    named = _named(heads, ready)
    taken = _taken(named, columns)
    guesses = _placed(heads, columns, named, taken, supply_point)
    accounts = next((columns[each.column] for each in guesses if each.path == "account"), [])
    kept = [row for row, account in enumerate(accounts) if not is_total(account)]
    lines = [columns[each.column] for each in guesses if each.code not in (None, TOTAL)]
    totals = next((columns[each.column] for each in guesses if each.code == TOTAL), None)
    summed = 0 if totals is None else sum(_fits([line[row] for line in lines], totals[row]) for row in kept)
    used = [columns[each.column] for each in guesses if each.evidence is not None]
    return LayoutGuess(
        columns=guesses,
        rows=len(kept),
        summed=summed,
        rest=totals is not None and 2 * summed < len(kept),
        separators=any(ungrouped_text(cell) != cell for column in used for cell in column),
        doubts=tuple(doubts_of({head: known for head, (known, _) in named.items()}, taken, columns)),
    )


def _named(heads: Sequence[str], ready: str | None) -> dict[str, tuple[Known, str]]:
    """What each column is by its name, where that is known, and the name."""
    known = known_names(ready)
    forms = ((head, next((form for form in printed_forms(head) if form in known), None)) for head in heads)
    return {head: (known[form], form) for head, form in forms if form is not None}


def _taken(named: Mapping[str, tuple[Known, str]], columns: Mapping[str, Sequence[str]]) -> dict[str, Known]:
    """The columns whose cells are what the name says; of two for the same the first."""
    found: dict[str, Known] = {}
    for head, (known, _) in named.items():
        if (known.is_several or known not in found.values()) and share_told(columns[head], known.path) >= SURE:
            found[head] = known
    return found


def _placed(
    heads: Sequence[str],
    columns: Mapping[str, Sequence[str]],
    named: Mapping[str, tuple[Known, str]],
    taken: Mapping[str, Known],
    supply_point: str,
) -> tuple[ColumnGuess, ...]:
    """What each column is taken for."""
    read = read_once(taken)
    why = {head: Evidence(named[head][1], share_told(columns[head], known.path)) for head, known in taken.items()}
    return tuple(_guess(head, read.get(head), why.get(head), supply_point) for head in heads)


def _guess(head: str, known: Known | None, why: Evidence | None, supply_point: str) -> ColumnGuess:
    if known is None:
        return ColumnGuess(head)
    place = None if known.path is None else known.path.replace(".S1.", f".{supply_point}.")
    return ColumnGuess(head, place, known.code, known.is_section, why)


def _fits(lines: Iterable[str], total: str) -> bool:
    """Whether the amounts of a row make its total."""
    amounts = [number_told(each) or Decimal(0) for each in lines]
    printed = number_told(total)
    return printed is not None and abs(EXACT.subtract(sum(amounts, Decimal(0)), printed)) <= _FITS
