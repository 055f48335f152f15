"""A bill as the pages show it: the statement's parts, and beside each line how it came about."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from billcalc.billing.bill import Bill
from billcalc.explain.derivation import ExplainedLine, explained_line
from billcalc.explain.problems import alternative_text, doubts_of
from billcalc.explain.statement import Block, Cell, statement
from billcalc.kernel.decimals import decimal_text
from billcalc.kernel.troubles import Problem, Severity
from billcalc.vocabulary import AREAS
from billcalc.words.bills import Phrase
from billcalc.words.language import Language
from billcalc.words.lexicon import Lexicon
from billcalc.words.naming import money
from billcalc.words.saying import sentence

__all__ = ["Row", "Shown", "ShownBill", "ShownProblem", "Table", "area_name", "shown_bill", "shown_doubts", "table"]


class Shown(NamedTuple):
    """A cell."""

    text: str
    is_number: bool = False


class Row(NamedTuple):
    """A row of a table; a line of a bill with its derivation and its number among the lines."""

    cells: Sequence[Shown]
    is_strong: bool = False
    explained: ExplainedLine | None = None
    number: int = 0


class Table(NamedTuple):
    """A table.

    Attributes:
        numeric: the columns of numbers.
    """

    title: str
    head: Sequence[str]
    rows: Sequence[Row]
    numeric: frozenset[int]


class ShownProblem(NamedTuple):
    """What is doubtful, and what other readings would come to."""

    severity: str
    is_doubt: bool
    text: str
    where: str
    code: str
    alternatives: Sequence[str]


class ShownBill(NamedTuple):
    """A bill.

    Attributes:
        about: whose it is and what it comes to, each a name and its value.
        before, after: the tables before the lines and after them, in the order of printing.
    """

    title: str
    total: str
    about: Sequence[tuple[str, str]]
    lines: Table
    before: Sequence[Table]
    after: Sequence[Table]
    problems: Sequence[ShownProblem]
    identity: str


def shown_bill(bill: Bill, lexicon: Lexicon) -> ShownBill:
    """What a page shows of a bill."""
    phrases = lexicon.phrases
    head, *blocks = statement(bill, lexicon=lexicon)
    parts = [block for block in blocks if block.title != phrases[Phrase.PROBLEMS]]
    [at] = [place for place, block in enumerate(parts) if block.title == phrases[Phrase.LINES]]
    facts = {"id": bill.id, "version": bill.version, "tariff_set": bill.tariff_set}
    return ShownBill(
        title=head.title,
        total=money(bill.total),
        about=[(str(name), _about(value, bill, lexicon)) for name, value in head.rows],
        lines=_lines(bill, parts[at], lexicon),
        before=[table(block) for block in parts[:at]],
        after=[table(block) for block in parts[at + 1 :]],
        problems=[*_problems(bill.problems, bill.currency, lexicon)],
        identity=phrases[Phrase.IDENTITY].format(**facts),
    )


def _about(value: Cell, bill: Bill, lexicon: Lexicon) -> str:
    if value == bill.area:
        return area_name(bill.area, lexicon.language)
    return money(bill.total) if value is bill.total else _shown(value).text


def area_name(area: str, language: Language) -> str:
    """What an area is called; one without a name by its code."""
    return AREAS[area][0] if language is Language.CHINESE and area in AREAS else area


def table(block: Block) -> Table:
    """A part of a statement as a table."""
    rows = [
        Row([_shown(cell, is_money=column in block.money) for column, cell in enumerate(row)], at in block.strong)
        for at, row in enumerate(block.rows)
    ]
    return Table(block.title, block.head, rows, _numeric(rows))


def _numeric(rows: Sequence[Row]) -> frozenset[int]:
    return frozenset(at for row in rows for at, cell in enumerate(row.cells) if cell.is_number)


def _shown(cell: Cell, *, is_money: bool = False) -> Shown:
    if isinstance(cell, Decimal):
        return Shown(_signed(money(cell) if is_money else decimal_text(cell)), is_number=True)
    return Shown(cell or "")


def _signed(text: str) -> str:
    return text.replace("-", "−")


def _lines(bill: Bill, block: Block, lexicon: Lexicon) -> Table:
    """The lines by section; the rows that sum others have no derivation of their own."""
    numbered = [*enumerate(bill.lines)]
    ordered = iter([each for section in bill.sections for each in numbered if each[1].section is section])
    rows = []
    for at, row in enumerate(block.rows):
        *cells, amount = row
        shown = [*map(_shown, cells), _amount(amount)]
        strong = at in block.strong
        if strong:
            rows.append(Row(shown, is_strong=True))
        else:
            number, line = next(ordered)
            rows.append(Row(shown, explained=explained_line(bill, line, lexicon=lexicon), number=number))
    return Table(block.title, block.head, rows, _numeric(rows))


def _amount(cell: Cell) -> Shown:
    assert isinstance(cell, Decimal), "each row of the lines has an amount"
    return Shown(_signed(money(cell)), is_number=True)


def shown_doubts(bill: Bill, lexicon: Lexicon) -> Sequence[ShownProblem]:
    """What is doubtful about a bill that another one is held against."""
    return [*_problems(doubts_of(bill), bill.currency, lexicon)]


def _problems(problems: Iterable[Problem], currency: str, lexicon: Lexicon) -> Iterator[ShownProblem]:
    for problem in problems:
        yield ShownProblem(
            severity=lexicon.severities[problem.severity],
            is_doubt=problem.severity is Severity.DOUBT,
            text=sentence(lexicon, problem.code, problem.facts),
            where=problem.where,
            code=problem.code.value,
            alternatives=[alternative_text(each, currency, lexicon) for each in problem.alternatives],
        )
