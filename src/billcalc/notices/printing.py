"""What was read from a notice, for a person to compare: as a table, and as data with the cell of every number."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from billcalc.explain.printing import Align, PrintedLine, Role, columns, printed
from billcalc.kernel.decimals import EXACT, decimal_text
from billcalc.notices.checks_library import LastMonth
from billcalc.notices.findings import NoticeFinding
from billcalc.notices.reading import NoticeRow, Reading
from billcalc.notices.words import BAND_COLUMNS, Column
from billcalc.tariff.components import FlatPrice
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS, Lexicon
from billcalc.words.notice_tables import NOTICE_TABLE

__all__ = [
    "change_rows",
    "customers_of",
    "finding_line",
    "finding_told",
    "reading_data",
    "reading_table",
    "shown_columns",
    "table_word",
]

_SHOWN = tuple(column for column in Column if column not in (Column.CUSTOMERS, Column.VOLTAGE, Column.REMARK))


def reading_table(reading: Reading, last: LastMonth, language: Language) -> Iterator[PrintedLine]:
    """The reading in the order of the notice, the address of each row's voltage, and what changed by component."""
    shown = shown_columns(reading)
    head = [table_word("cell", language), table_word(Column.CUSTOMERS, language), table_word(Column.VOLTAGE, language)]
    table = [[*head, *(table_word(column, language) for column in shown)]]
    for row in reading.rows:
        numbers = (f"{row.figures[column].price:f}" if column in row.figures else "—" for column in shown)
        table.append([row.address, customers_of(row, language), row.voltage, *numbers])
    yield from _lines(table, Align.LEFT, Align.LEFT, Align.LEFT)
    changes = list(change_rows(reading, last, language))
    if changes:
        yield printed("")
        heads = [table_word(name, language) for name in ("component", "this month", "month before", "change")]
        yield from _lines([heads, *changes], Align.LEFT)


def _lines(table: list[list[str]], *left: Align) -> Iterator[PrintedLine]:
    aligned = (*left, *[Align.RIGHT] * (len(table[0]) - len(left)))
    for number, line in enumerate(columns(table, aligned)):
        yield printed(line, Role.TEXT if number else Role.HEADING)


def shown_columns(reading: Reading) -> list[Column]:
    """The columns of numbers that the notice has, in the order in which they are shown."""
    return [column for column in _SHOWN if any(column in row.figures for row in reading.rows)]


def table_word(name: str, language: Language) -> str:
    """A word of the table of a reading: of a head, a severity, a customer; what has none is told as it is."""
    if name in NOTICE_TABLE:
        return NOTICE_TABLE[name].of(language)
    bands = {column.value: LEXICONS[language].bands[band] for column, band in BAND_COLUMNS.items()}
    return bands.get(name, str(name).replace("_", " "))


def customers_of(row: NoticeRow, language: Language) -> str:
    """For whom a row is, besides its voltage."""
    told = (row.billing, row.customer_class, row.purchase)
    return " ".join(table_word(each, language) for each in told if each is not None)


def change_rows(reading: Reading, last: LastMonth, language: Language) -> Iterator[list[str]]:
    """By component what it costs in the first row of each table, and what it cost in the month before."""
    if last.document is None:
        return
    firsts = {row.purchase: row for row in reversed(reading.rows)}
    for purchase, row in reversed(firsts.items()):
        for column in (Column.PURCHASE, Column.UPSTREAM_LOSS, Column.SYSTEM):
            now = row.figures[column].price if column in row.figures else Decimal(0)
            before = [
                component.price.flat.value
                for component in last.document.components
                if component.line_code == column.value
                and isinstance(component.price, FlatPrice)
                and purchase in (component.selector.purchase or (purchase,))
                and row.billing in (component.selector.billing or (row.billing,))
            ]
            if before:
                was = sum(before, Decimal(0))
                name = f"{table_word(column, language)} ({table_word(purchase, language)})"
                change = EXACT.subtract(now, was)
                yield [name, decimal_text(now), decimal_text(was), f"{'+' if change > 0 else ''}{decimal_text(change)}"]


def finding_line(finding: NoticeFinding, language: Language) -> PrintedLine:
    """A finding with its place, as one line."""
    label = f"{table_word(finding.severity.value, language)} [{finding.code}]"
    colon = "：" if language is Language.CHINESE else ": "
    return printed(f"{finding.where}: {label}{colon}{finding_told(finding, language)}", Role.DOUBT)


def finding_told(finding: NoticeFinding, language: Language) -> str:
    """The sentence of a finding, its facts in the words of the notice."""
    lexicon: Lexicon = LEXICONS[language]
    facts = {name: _fact(name, value, lexicon, language) for name, value in finding.facts.items()}
    return replace(finding, facts=facts).sentence(language)


def _fact(name: str, value: str, lexicon: Lexicon, language: Language) -> str:
    if name == "kind":
        return {kind.value: word for kind, word in lexicon.kinds.items()}[value]
    if name == "row":
        return " ".join(table_word(part, language) for part in value.split(" "))
    return table_word(value, language) if name in ("band", "column", "unit") else value


def reading_data(reading: Reading) -> Mapping[str, Any]:
    """The reading as data: for each row its customers, and for each number its digits, its price and its cell."""
    rows = []
    for row in reading.rows:
        customers = dict(zip(("purchase", "class", "billing", "voltage"), row.customers, strict=True))
        figures = {}
        for column, figure in row.figures.items():
            told = {
                "printed": figure.printed,
                "unit": figure.unit,
                "price": f"{figure.price:f}",
                "cell": figure.address,
            }
            if figure.misprint is not None:
                told |= {"misprint": f"{figure.misprint[0]:f}", "reason": figure.misprint[1]}
            figures[column.value] = told
        rows.append({"for": {name: word for name, word in customers.items() if word is not None}, "figures": figures})
    found = [
        {"code": each.code, "where": each.where, "facts": each.told(Language.ENGLISH), "severity": each.severity}
        for each in reading.findings
    ]
    return {"titles": [line.text for line in reading.titles], "rows": rows, "findings": found}
