"""Millions of issued bills beside the recomputed ones: joined by account, month and code, every difference ranked.

A bill's key is its account and, where the issued table tells months, the last month it has days of; so a month too
much is never made good by a month too little. What comes twice for one key is not compared, and its rows are told. The
join runs in DuckDB within a stated memory; money is DECIMAL from the file to the sum. Every issued amount and every
recomputed one is in exactly one line of the outcome, so without a tolerance the differences of an account sum to that
of its total.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from billcalc.files.system_errors import error_told_in, reading_fault
from billcalc.files.writing import replacing
from billcalc.kernel.decimals import NumberError, parse_decimal
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.wording import FaultCode
from billcalc.runs.database import connected
from billcalc.runs.guarding import check_outputs
from billcalc.runs.issued_rejects import KEY_MARK, KEY_SEPARATOR, issued_rejects
from billcalc.runs.issued_tables import ROW, TOTAL, IssuedTable, columns_of, month_of, quoted, scan, trimmed
from billcalc.runs.query_output import write_query
from billcalc.tables.writers import Tabular, written_format

__all__ = ["BulkComparison", "CodeMoney", "compare_tables", "why"]

MEMORY = "1400MB"
"""What DuckDB may hold before it spills to disk: with Python and the readers, the process stays below 2 GB."""
WORST = 10
_MONEY = "DECIMAL(38,2)"
_EXACT_TEXT = r"^-?[0-9]{1,30}(\.[0-9]{1,2}0*)?$"


@dataclass(frozen=True, slots=True)
class CodeMoney:
    """What the matched bills differ by in one code.

    Attributes:
        bills: how many differ in it.
        difference: issued − recomputed, summed [money].
        absolute: the sum of the differences without their signs [money].
    """

    code: str
    bills: int
    difference: Decimal
    absolute: Decimal


@dataclass(frozen=True, slots=True)
class BulkComparison:
    """The outcome, whose counts add up; all but ``nameless`` are of accounts.

    Attributes:
        issued: in the issued table = matched + unreadable + rejected + only_issued.
        recomputed: that were billed = matched + unreadable_recomputed + only_recomputed.
        differing: matched with a finding; ``agreeing`` is the rest.
        unreadable: issued with an amount that is no exact number, or with none at all, or several times.
        unreadable_recomputed: those of them that were billed.
        rejected: issued, and their request was rejected.
        only_issued: issued, without a request.
        nameless: rows of the issued table that name no account.
        issued_repeated: those of the unreadable that come on several rows of a wide table or with several totals, or
            have bills of several months where the issued table tells none.
        recomputed_repeated: with several bills of a month, which were added up.
        issued_total, recomputed_total: of the matched [money].
        by_code: largest first.
        worst: account, issued, recomputed, difference; largest first.
        unread: columns of the issued table that were not read.
        encoding: of the issued table; whoever compares one that is not UTF-8 says so.
    """

    issued: int
    recomputed: int
    matched: int
    differing: int
    unreadable: int
    unreadable_recomputed: int
    rejected: int
    only_issued: int
    only_recomputed: int
    nameless: int
    issued_repeated: int
    recomputed_repeated: int
    issued_total: Decimal
    recomputed_total: Decimal
    by_code: tuple[CodeMoney, ...]
    worst: tuple[tuple[str, Decimal, Decimal, Decimal], ...]
    unread: tuple[str, ...]
    encoding: str = "utf-8"

    @property
    def agreeing(self) -> int:
        """Matched accounts without a finding."""
        return self.matched - self.differing

    @property
    def agrees(self) -> bool:
        """Whether everything was compared and nothing differs."""
        return self.agreeing == self.issued == self.recomputed and not self.nameless


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
        scratch: a directory for what does not fit into memory; by default one of the system's.
        ready: is called before the files get their names; what it raises leaves the old ones as they were.
        written_in: their format; by default as the name tells.

    Raises:
        InvalidInput: where a table cannot be read, or the outcome is too long for a workbook.
    """
    assert tolerance >= 0, "a tolerance below zero makes findings of what agrees"
    written_in = written_format(out, written_in)
    outputs = list(filter(None, (out, rejects)))
    check_outputs(outputs, list(filter(None, (issued, components, rejected))))
    with connected(scratch, memory=MEMORY) as (connection, spill), replacing(*outputs, ready=ready) as files:
        with _reading(issued):
            encoding = scan(connection, issued, "issued_table", spill=spill)
            kinds = columns_of(connection, "issued_table")
            layout = table.completed(list(kinds))
            _check_kinds(issued, layout, kinds)
            _name_columns(connection, layout)
            connection.execute(f"CREATE VIEW cells AS {_cells(layout, kinds)}")
            scan(connection, components, "recomputed_table", spill=spill)
            connection.execute(f"{_recomputed(layout)}; {_LINES}")
        connection.execute(_REJECTED)
        if rejected is not None:
            scan(connection, rejected, "rejected_table", spill=spill)
            connection.execute(_TAKE_REJECTED)
        connection.execute(_BILLS.format(repeated=_repeated(layout)) + _FINDINGS.format(tolerance=tolerance))
        connection.execute("SET preserve_insertion_order=true")  # the files are sorted, and rows are numbered
        outcome = _outcome(connection, layout, tuple(name for name in kinds if name not in layout.read), encoding)
        write_query(connection, _RANKED.format(key=_shown_key(layout)), files[0], written_in, "differences")
        if rejects is not None:
            queries = ["SELECT * FROM rejected"]
            if outcome.unreadable or outcome.nameless:
                connection.create_function("why", why, ["VARCHAR"], "VARCHAR", null_handling="special")
                queries.append(issued_rejects(issued, layout, _cells(layout, kinds)))
            told = " UNION ALL ".join(f"({each})" for each in queries)
            write_query(connection, told, files[1], Tabular.CSV, "rejects")
    return outcome


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
    reason = "the column is of binary floating-point numbers, which have lost their digits"
    faults = [
        Fault(FaultCode.NOT_A_NUMBER, f"{path}#{name}", {"reason": reason})
        for name in layout.read
        if kinds[name] in ("FLOAT", "DOUBLE")
    ]
    if faults:
        raise InvalidInput(faults)


def _name_columns(connection: Any, layout: IssuedTable) -> None:
    """A table of what printed names, or columns, mean."""
    connection.execute("CREATE TEMP TABLE printed (name VARCHAR, field VARCHAR, code VARCHAR, ignored BOOLEAN)")
    rows: list[tuple[str, str | None, str | None, bool]]
    if layout.is_long:
        rows = [(name, layout.amount, code, False) for name, code in layout.codes.items() if name not in layout.ignore]
        rows += [(name, layout.amount, None, True) for name in dict.fromkeys(layout.ignore)]
    else:
        rows = [(f"c{place}", *named, False) for place, named in enumerate(layout.columns.items())]
    if rows:
        connection.executemany("INSERT INTO printed VALUES (?, ?, ?, ?)", rows)


def _cells(layout: IssuedTable, kinds: Mapping[str, str]) -> str:
    """A query of row, key, field, code, cell, amount and whether that is bad, over a table of either shape."""
    key = trimmed(quoted(layout.account))
    if layout.month is not None:
        key = f"{key} || {KEY_SEPARATOR} || {month_of(trimmed(quoted(layout.month)))}"
    account = f"{quoted(ROW)} AS row_number, {key} AS account"
    are_money = all(_is_money(kinds[name]) for name in layout.amounts)

    def cell(name: str) -> str:
        return f"{quoted(name)}::{_MONEY}" if are_money else trimmed(quoted(name))

    if layout.is_long:
        source = f"SELECT {account}, {trimmed(quoted(layout.code or ''))} AS name, {cell(layout.amount or '')} AS cell"
        source += " FROM issued_table"
    else:
        named = [f"{cell(name)} AS c{place}" for place, name in enumerate(layout.columns)]
        source = f"SELECT {', '.join([account, *named])} FROM issued_table"
        places = ", ".join(f"c{place}" for place in range(len(named)))
        source = f"SELECT * FROM ({source}) UNPIVOT INCLUDE NULLS (cell FOR name IN ({places}))"
    amount = "cell" if are_money else f"CASE WHEN regexp_matches(cell, '{_EXACT_TEXT}') THEN cell::{_MONEY} END"
    bad = "amount IS NULL" if layout.is_long else "amount IS NULL AND cell IS NOT NULL"
    return (
        f"SELECT row_number, account, field, coalesce(code, name, '') AS code, cell, {amount} AS amount, {bad} AS bad"
        f" FROM ({source}) s LEFT JOIN printed p USING (name) WHERE p.ignored IS NOT TRUE"
    )


def _is_money(kind: str) -> bool:
    """Whether a type of DuckDB holds nothing but exact amounts."""
    return kind.endswith(("INTEGER", "BIGINT", "SMALLINT", "TINYINT")) or (
        kind.startswith("DECIMAL") and kind.endswith((",0)", ",1)", ",2)"))
    )


def _recomputed(layout: IssuedTable) -> str:
    """The recomputed components, with the key of their bills, as a view."""
    month = """strftime("to" - INTERVAL 1 DAY, '%Y-%m')"""
    account = f"coalesce({trimmed('account')}, '')"
    key = account if layout.month is None else f"{account} || {KEY_SEPARATOR} || {month}"
    return f"CREATE VIEW recomputed AS SELECT * REPLACE ({key} AS account), {month} AS month FROM recomputed_table"


def _repeated(layout: IssuedTable) -> str:
    """Whether the cells of a key are of several bills: rows of a wide table, totals of a long one."""
    return "totals > 1" if layout.is_long else f"cells > {len(layout.columns)}"


def _shown_key(layout: IssuedTable) -> str:
    """The columns that a key is told in."""
    if layout.month is None:
        return "account"
    return f"split_part(account, {KEY_SEPARATOR}, 1) AS account, split_part(account, {KEY_SEPARATOR}, 2) AS month"


_LINES = f"""
CREATE TEMP TABLE lines AS
  SELECT account, code, sum(issued)::{_MONEY} AS issued, sum(recomputed)::{_MONEY} AS recomputed,
    count(*) FILTER (bad) AS bad, count(bad) AS cells, count(recomputed) AS components
  FROM (
    SELECT account, code, amount AS issued, NULL::{_MONEY} AS recomputed, bad FROM cells
    UNION ALL
    SELECT account, code::VARCHAR, NULL, amount, NULL FROM recomputed
  ) GROUP BY account, code;
"""

_REJECTED = (
    "CREATE TEMP TABLE rejected"
    ' (file VARCHAR, "row" VARCHAR, account VARCHAR, field VARCHAR, code VARCHAR, message VARCHAR)'
)

_TAKE_REJECTED = (
    f'INSERT INTO rejected SELECT file, "row", {trimmed("account")}, field, code, message FROM rejected_table'
)

_BILLS = f"""
CREATE TEMP TABLE bills AS
  SELECT account, coalesce(printed, lines)::{_MONEY} AS issued, recomputed, cells,
    (coalesce(printed, lines, 0) - coalesce(recomputed, 0))::{_MONEY} AS difference,
    coalesce(printed - lines, 0)::{_MONEY} AS own_error, lines IS NULL AS is_total_only,
    cells > 0 AND ({{repeated}} OR months > 1) AS repeated, months,
    CASE WHEN cells = 0 THEN 'only_recomputed'
         WHEN {{repeated}} OR months > 1 OR bad > 0 OR coalesce(printed, lines) IS NULL THEN 'unreadable'
         WHEN recomputed IS NOT NULL THEN 'matched'
         WHEN split_part(account, {KEY_SEPARATOR}, 1) IN (SELECT account FROM rejected) THEN 'request_rejected'
         ELSE 'only_issued' END AS state
  FROM (
    SELECT account, sum(issued) FILTER (code <> '{TOTAL}') AS lines, sum(issued) FILTER (code = '{TOTAL}') AS printed,
      sum(recomputed) AS recomputed, sum(bad) AS bad, sum(cells) AS cells,
      coalesce(sum(cells) FILTER (code = '{TOTAL}'), 0) AS totals
    FROM lines WHERE account IS NOT NULL GROUP BY account
  ) LEFT JOIN (SELECT account, count(DISTINCT month) AS months FROM recomputed GROUP BY account) USING (account);
"""

_FINDINGS = f"""
CREATE TEMP TABLE findings AS
  WITH known AS (SELECT DISTINCT code FROM lines WHERE recomputed IS NOT NULL),
  apart AS (
    SELECT account, code, CASE WHEN code = '{TOTAL}' THEN NULL ELSE issued END AS issued, recomputed
    FROM lines WHERE code <> '{TOTAL}' OR recomputed IS NOT NULL),
  unequal AS (
    SELECT *, (coalesce(issued, 0) - coalesce(recomputed, 0))::{_MONEY} AS difference FROM apart
    WHERE abs(coalesce(issued, 0) - coalesce(recomputed, 0)) > {{tolerance}})
  SELECT account, code,
    CASE WHEN issued IS NULL THEN 'missing_in_issued' WHEN recomputed IS NOT NULL THEN 'differing'
         WHEN code IN (SELECT code FROM known) THEN 'missing_in_recomputed' ELSE 'unmapped' END AS kind,
    issued, recomputed, difference
  FROM unequal WHERE account IN (SELECT account FROM bills WHERE state = 'matched' AND NOT is_total_only)
  UNION ALL
  SELECT account, '{TOTAL}', 'differing', issued, recomputed, difference
  FROM bills WHERE state = 'matched' AND is_total_only AND abs(difference) > {{tolerance}}
  UNION ALL
  SELECT account, '{TOTAL}', 'own_arithmetic', issued, (issued - own_error)::{_MONEY}, own_error
  FROM bills WHERE state = 'matched' AND abs(own_error) > {{tolerance}};
"""

_RANKED = f"""
SELECT {{key}}, b.difference AS bill_difference, f.kind, f.code, f.issued, f.recomputed, f.difference
FROM (
  SELECT * FROM findings
  UNION ALL
  SELECT account, '{TOTAL}', state, issued, recomputed, difference
  FROM bills WHERE state IN ('only_issued', 'only_recomputed', 'request_rejected')
) f JOIN bills b USING (account)
ORDER BY abs(b.difference) DESC, account, abs(f.difference) DESC, f.kind, f.code
"""

_REPEATED = """
SELECT count(DISTINCT account) FROM (
  SELECT account, code, section, "group" FROM recomputed
  WHERE account IN (SELECT account FROM lines WHERE components > 1)
  GROUP BY ALL HAVING count(*) > 1
)
"""


def _outcome(connection: Any, layout: IssuedTable, unread: tuple[str, ...], encoding: str) -> BulkComparison:
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
        recomputed_repeated=one(_REPEATED)[0],
        issued_total=Decimal(issued_total),
        recomputed_total=Decimal(recomputed_total),
        by_code=tuple(CodeMoney(code, bills, Decimal(net), Decimal(gross)) for code, bills, net, gross in by_code),
        worst=tuple((account.replace(KEY_MARK, " "), Decimal(i), Decimal(r), Decimal(d)) for account, i, r, d in worst),
        unread=unread,
        encoding=encoding,
    )


def _nameless(connection: Any, layout: IssuedTable) -> int:
    """How many rows name no account; a row of a wide table has a cell for each column."""
    [(cells,)] = connection.execute("SELECT sum(cells) FROM lines WHERE account IS NULL").fetchall()
    return 0 if cells is None else int(cells) // (len(layout.columns) or 1)


def why(cell: str | None) -> str:
    """What a single bill would be told of an amount that cannot be compared."""
    try:
        parse_decimal(cell or "")
    except NumberError as error:
        return str(error) if cell else "the bill has no amount here"
    return f'"{cell}" is no exact amount to the fen'
