"""What a comparison of tables is asked with, at every door: what may stand together, and what it comes to mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from billcalc.files.documents import read_document
from billcalc.files.loading import load
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.runs.issued_tables import IssuedTable
from billcalc.runs.layout_guess import LayoutGuess, guess_layout
from billcalc.runs.long_layouts import long_layout
from billcalc.runs.ready_layouts import ready_code
from billcalc.runs.shared_facts import SUPPLY_POINT, shared_template, told_facts
from billcalc.runs.table_layouts import TableLayout
from billcalc.words.parsing import Misuse

__all__ = ["AskedComparison", "Meant", "contradiction", "issued_layout", "meant", "supply_point_of"]


@dataclass(frozen=True, slots=True)
class AskedComparison:
    """What is told of two tables.

    Attributes:
        issued: the name of the table of issued bills.
        requests: names of tables and patterns; nothing where the issued table has what bills are calculated from.
        layout: a file with the layout of such a table, or the name of a layout that comes with the program.
        guess: whether the layout is guessed.
        where: facts that all bills have in common.
        mapping: a file that says what the columns of the issued table mean.
        template: what all requests have in common, or a file with it.
        columns: a file that gives the columns of the requests their paths.
    """

    issued: str
    requests: Sequence[str] = ()
    layout: str | None = None
    guess: bool = False
    where: Sequence[str] = ()
    mapping: Path | None = None
    template: str | None = None
    columns: str | None = None


@dataclass(frozen=True, slots=True)
class Meant:
    """What that comes to.

    Attributes:
        inputs: the tables of requests.
        layout, mapping, template: as a run takes them.
        guess: the layout that was proposed, for a person to see; None where none was.
    """

    inputs: Sequence[str]
    layout: str | TableLayout | None
    mapping: Path | IssuedTable | None
    template: str | Mapping[str, Any] | None
    guess: LayoutGuess | None = None


def contradiction(asked: AskedComparison) -> Misuse | None:
    """What of it does not stand together; None where all does."""
    if asked.layout and (asked.columns or asked.mapping):
        return Misuse.LAYOUT_AND_MAPPING
    if asked.guess and (asked.layout or asked.columns or asked.mapping or asked.requests):
        return Misuse.GUESS_AND_LAYOUT
    if not (asked.guess or asked.layout or asked.requests):
        return Misuse.NO_REQUESTS
    if asked.where and (asked.template or asked.requests or not (asked.guess or asked.layout)):
        return Misuse.WHERE_WITHOUT_GUESS
    return None


def meant(asked: AskedComparison, *, where: str) -> Meant:
    """What a comparison is made with.

    Args:
        asked: of which all stands together.
        where: what messages call the facts.

    Raises:
        InvalidInput: where a table or file cannot be read, nothing can be proposed, or facts are missing.
    """
    inputs = asked.requests or [asked.issued]
    ready = _ready(asked.layout)
    if ready is not None and asked.requests:
        issued = issued_layout(asked.issued, ready)
        return Meant(inputs, None, issued, asked.template)
    if not asked.guess and ready is None:
        if not asked.where or asked.layout is None:
            return Meant(inputs, asked.layout, asked.mapping, asked.template)
        layout = load(TableLayout, asked.layout)
        return Meant(inputs, layout, None, _template(asked, layout, where))
    if ready is not None and long_layout(asked.issued, ready) is not None:  # its rows are lines, and no customers
        raise InvalidInput([Fault(FaultCode.MISSING_KEY, asked.issued, {"key": "requests"})])
    guess = guess_layout(asked.issued, supply_point=supply_point_of(asked.template), ready=ready)
    layout = guess.accepted(asked.issued)
    template = _template(asked, layout, where) if asked.template is None else asked.template
    return Meant(inputs, layout, None, template, guess)


def issued_layout(table: str, name: str) -> IssuedTable:
    """What the columns of a table of issued bills mean by the names of a utility.

    Args:
        table: its name.
        name: of the layout that comes with the program.

    Raises:
        InvalidInput: where there is no such layout, or the table cannot be read.
    """
    ready = ready_code(name)
    return long_layout(table, ready) or guess_layout(table, ready=ready).accepted(table, has_requests=False).issued


def supply_point_of(template: str | None) -> str:
    """The id of the first supply point of a template; ``S1`` where it tells none.

    Raises:
        InvalidInput: where it cannot be read.
    """
    data: Any = {} if template is None else read_document(template).data
    try:
        return str(next(iter(data["agreement"][0]["supply_points"])))
    except (KeyError, IndexError, TypeError, StopIteration):  # it tells none, or is no request; batch says so
        return SUPPLY_POINT


def _template(asked: AskedComparison, layout: TableLayout, where: str) -> dict[str, Any]:
    return shared_template(told_facts(asked.where, where=where), layout.requests.values(), where=where)


def _ready(layout: str | None) -> str | None:
    """The code of the layout that comes with the program which a name means; None where it is that of a file."""
    is_file = layout is None or Path(layout).exists() or Path(layout).suffix or len(Path(layout).parts) > 1
    return None if layout is None or is_file else ready_code(layout)
