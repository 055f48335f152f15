"""Millions of issued bills beside the recomputed ones: joined by account, month and code, every difference ranked.

A bill's key is its account and, where the issued table tells months, the last month it has days of; so a month too
much is never made good by a month too little. What comes twice for one key is not compared, and its rows are told. The
join runs in DuckDB within a stated memory; money is DECIMAL from the file to the sum. Every issued amount and every
recomputed one is in exactly one line of the outcome, so without a tolerance the differences of an account sum to that
of its total.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from billcalc.files.system_errors import error_told_in, reading_fault
from billcalc.files.writing import replacing
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import NumberError, parse_decimal
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.why import Why
from billcalc.runs.accounts_alike import as_requests_write_them, takes_accounts_alike
from billcalc.runs.comparison_outcome import BulkComparison, CodeMoney, KindMoney
from billcalc.runs.comparison_queries import (
    BY_KIND,
    FINDINGS,
    GIVEN,
    OFFSETTING,
    OVER_AND_UNDER,
    PROPOSALS,
    REJECTED,
    REPEATED,
    TAKE_REJECTED,
    UNTOLD_TAX,
    bills_of,
    cells_of,
    is_total_row,
    lines_of,
    printed_names,
    ranked,
    recomputed_of,
)
from billcalc.runs.comparison_results import Compared, Writer
from billcalc.runs.comparison_workbook import comparison_pages
from billcalc.runs.database import connected
from billcalc.runs.guarding import check_outputs
from billcalc.runs.issued_rejects import KEY_MARK, issued_rejects
from billcalc.runs.issued_tables import IssuedTable, columns_of, scan, text_of_cells
from billcalc.runs.layout_names import is_month
from billcalc.runs.net_amounts import define_net
from billcalc.runs.query_output import write_query
from billcalc.tables.records import Records
from billcalc.tables.writers import Tabular, written_format
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS, Lexicon
from billcalc.words.saying import reason_words

__all__ = ["compare_tables", "why", "write_ranked"]

MEMORY = "1400MB"
"""What DuckDB may hold before it spills to disk: with Python and the readers, the process stays below 2 GB."""
WORST = 10


def compare_tables(
    issued: Path,
    components: Path,
    out: Path,
    *,
    table: IssuedTable,
    tolerance: Decimal = Decimal(0),
    rejected: Path | None = None,
    rejects: Path | None = None,
    scratch: Path | None = None,
    ready: Callable[[], None] = lambda: None,
    written_in: Tabular | None = None,
    language: Language = Language.ENGLISH,
    write: Writer | None = None,
    read_elsewhere: Collection[str] = (),
) -> BulkComparison:
    """Join issued bills with recomputed ones and write the differences.

    Args:
        issued: a table of issued bills.
        components: the recomputed bills by component, as ``batch --output components`` writes them.
        out: where the differences go; a row for each finding, by account, largest first.
        table: what the issued table's columns mean.
        tolerance: amounts that differ by no more are no finding [money].
        rejected: the rows that were not billed, as ``batch`` writes them (CSV).
        rejects: where those and the issued rows that cannot be compared go (CSV).
        scratch: a directory for what does not fit into memory.
        ready: is called before the files get their names; what it raises leaves the old ones as they were.
        written_in: their format; by default as the name tells.
        language: of a workbook's words and of the messages of rejects.
        write: writes something else in place of the differences.
        read_elsewhere: columns of the issued table that the requests were made of.

    Raises:
        InvalidInput: where a table cannot be read, or the outcome is too long for a workbook.
    """
    assert tolerance >= 0, "a tolerance below zero makes findings of what agrees"
    outputs, written_in = list(filter(None, (out, rejects))), written_format(out, written_in)
    check_outputs(outputs, list(filter(None, (issued, components, rejected))))
    with connected(scratch, memory=MEMORY) as (connection, spill), replacing(*outputs, ready=ready) as files:
        with _reading(issued):
            records = scan(connection, issued, "issued_table", spill=spill)
            kinds = columns_of(connection, "issued_table")
            layout = table.completed(list(kinds))
            _check_kinds(issued, layout, kinds)
            _name_columns(connection, layout)
            cells = cells_of(layout, kinds, text_of_cells(records))
            _take_recomputed(connection, components, layout, spill)
            _take_rejected(connection, rejected, spill)
            _join(connection, layout, cells)
        connection.execute(FINDINGS.format(tolerance=tolerance))
        connection.execute("SET preserve_insertion_order=true")  # the files are sorted, and rows are numbered
        unread = tuple(name for name in kinds if name not in layout.read and name not in read_elsewhere)
        outcome = _outcome(connection, layout, unread, records, tolerance)
        (write or write_ranked)(Compared(connection, layout, outcome, files[0], written_in, language))
        if rejects is not None:
            has_any = outcome.unreadable or outcome.nameless
            query = issued_rejects(issued, layout, cells, language) if has_any else None
            _write_rejects(connection, query, files[1], language)
    return outcome


def _take_recomputed(connection: Any, components: Path, layout: IssuedTable, spill: Path) -> None:
    """Make a view of our lines."""
    scan(connection, components, "recomputed_table", spill=spill)
    if layout.tax is not None:
        define_net(connection, layout.tax.rate)
    connection.execute(recomputed_of(layout, columns_of(connection, "recomputed_table")))


def _join(connection: Any, layout: IssuedTable, cells: str) -> None:
    """Make the lines and bills of both tables, whatever the accounts of one are written like in the other."""
    _join_rows(connection, layout, cells, "SELECT * FROM issued_table")
    if takes_accounts_alike(connection):
        _join_rows(connection, layout, cells, as_requests_write_them(layout))


def _join_rows(connection: Any, layout: IssuedTable, cells: str, issued: str) -> None:
    """Make the lines and bills of both, of the rows of the issued table that are no totals."""
    connection.execute(
        "DROP TABLE IF EXISTS lines; DROP TABLE IF EXISTS bills;"
        f" CREATE OR REPLACE VIEW issued_rows AS {issued} WHERE NOT {is_total_row(layout)};"
        f" CREATE OR REPLACE VIEW cells AS {cells}; {lines_of(layout)} {bills_of(layout)}"
    )


def _take_rejected(connection: Any, rejected: Path | None, spill: Path) -> None:
    """Make a table of the rows that were not billed."""
    connection.execute(REJECTED)
    if rejected is not None:
        scan(connection, rejected, "rejected_table", spill=spill)
        connection.execute(TAKE_REJECTED)


def _write_rejects(connection: Any, issued: str | None, out: BinaryIO, language: Language) -> None:
    """Write the rejected requests, and the rows of the issued table that a query tells."""
    queries = ["SELECT * FROM rejected"]
    if issued is not None:
        lexicon = LEXICONS[language]
        # DuckDB calls it from a thread of its own, where no line of it is ever traced: nothing but a call belongs here.
        connection.create_function(
            "why", lambda cell: why(cell, lexicon=lexicon), ["VARCHAR"], "VARCHAR", null_handling="special"
        )
        queries.append(issued)
    write_query(connection, " UNION ALL ".join(f"({each})" for each in queries), out, Tabular.CSV)


def write_ranked(compared: Compared) -> None:
    """Write the differences by account, largest first."""
    compared.write(ranked(compared.layout), comparison_pages(compared))


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """What DuckDB cannot read is an input that is wrong, unless the machine is."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        failed = error_told_in(str(error)) or error
        raise InvalidInput([reading_fault(failed, str(path))]) from None


def _check_kinds(path: Path, layout: IssuedTable, kinds: Mapping[str, str]) -> None:
    faults = [
        Fault(FaultCode.NOT_A_NUMBER, f"{path}#{name}", {"reason": Reason.COLUMN_OF_FLOATS})
        for name in layout.read
        if kinds[name] in ("FLOAT", "DOUBLE")
    ]
    if faults:
        raise InvalidInput(faults)


def _name_columns(connection: Any, layout: IssuedTable) -> None:
    """A table of what printed names, or columns, mean."""
    connection.execute("CREATE TEMP TABLE printed (name VARCHAR, field VARCHAR, code VARCHAR, ignored BOOLEAN)")
    connection.executemany("INSERT INTO printed VALUES (?, ?, ?, ?)", printed_names(layout))


def _outcome(
    connection: Any, layout: IssuedTable, unread: tuple[str, ...], records: Records, tolerance: Decimal
) -> BulkComparison:
    def one(query: str) -> Any:
        [row] = connection.execute(query).fetchall()
        return row

    states = dict(connection.execute("SELECT state, count(*) FROM bills GROUP BY state").fetchall())
    issued, recomputed, unreadable_recomputed, repeated = one(
        "SELECT count(*) FILTER (cells > 0), count(recomputed),"
        " count(recomputed) FILTER (state = 'unreadable'),"
        " count(*) FILTER (repeated) FROM bills"
    )
    issued_total, recomputed_total = one(
        "SELECT coalesce(sum(issued), 0), coalesce(sum(recomputed), 0) FROM bills WHERE state = 'matched'"
    )
    over, under, too_much, too_little = one(OVER_AND_UNDER)
    by_code = connection.execute(
        "SELECT code, count(DISTINCT account), sum(difference), sum(abs(difference)) FROM findings"
        " GROUP BY code ORDER BY 4 DESC, 1"
    ).fetchall()
    worst = connection.execute(
        "SELECT account, issued, recomputed, difference FROM bills WHERE account IN (SELECT account FROM findings)"
        f" ORDER BY abs(difference) DESC, account LIMIT {WORST}"
    ).fetchall()
    return BulkComparison(
        issued=issued,
        recomputed=recomputed,
        matched=states.get("matched", 0),
        differing=one("SELECT count(DISTINCT account) FROM findings")[0],
        unreadable=states.get("unreadable", 0),
        unreadable_recomputed=unreadable_recomputed,
        rejected=states.get("request_rejected", 0),
        only_issued=states.get("only_issued", 0),
        only_recomputed=states.get("only_recomputed", 0),
        nameless=_nameless(connection, layout),
        issued_repeated=repeated,
        recomputed_repeated=one(REPEATED)[0],
        issued_total=Decimal(issued_total),
        recomputed_total=Decimal(recomputed_total),
        by_code=tuple(CodeMoney(code, bills, Decimal(net), Decimal(gross)) for code, bills, net, gross in by_code),
        worst=tuple((account.replace(KEY_MARK, " "), Decimal(i), Decimal(r), Decimal(d)) for account, i, r, d in worst),
        unread=unread,
        unread_months=tuple(filter(is_month, unread)) if layout.month is None else (),
        encoding=records.encoding,
        hidden=records.hidden,
        hidden_columns=tuple(name for name in records.hidden_columns if name in layout.read),
        over=over,
        under=under,
        too_much=too_much,
        too_little=too_little,
        totals=one(f"SELECT count(*) FROM issued_table WHERE {is_total_row(layout)}")[0],
        proposals=tuple(connection.execute(PROPOSALS).fetchall()),
        given=one(GIVEN.format(tolerance=tolerance))[0],
        offsetting=one(OFFSETTING.format(tolerance=tolerance))[0],
        untold_tax=None if layout.tax is not None else connection.execute(UNTOLD_TAX).fetchone(),
        by_kind=tuple(KindMoney(*row) for row in connection.execute(BY_KIND).fetchall()),
    )


def _nameless(connection: Any, layout: IssuedTable) -> int:
    """How many rows name no account; a row of a wide table has a cell for each column."""
    [(cells,)] = connection.execute("SELECT sum(cells) FROM lines WHERE account IS NULL").fetchall()
    return 0 if cells is None else int(cells) // (1 if layout.is_long else len(layout.coded))


def why(cell: str | None, *, lexicon: Lexicon) -> str:
    """What a single bill would be told of an amount that cannot be compared."""
    told = Why(Reason.NOT_TO_THE_FEN, {"value": cell or ""})
    try:
        parse_decimal(cell or "")
    except NumberError as error:
        told = error.why if cell else Why(Reason.NO_AMOUNT_HERE, {})
    return reason_words(lexicon, told.reason, told.facts)
