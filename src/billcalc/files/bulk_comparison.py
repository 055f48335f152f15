"""Millions of issued bills beside the recomputed ones: joined by account and code, every difference in money, ranked.

The join runs in DuckDB within a stated memory; money is DECIMAL from the file to the sum. Every issued amount and every
recomputed one is in exactly one line of the outcome, so without a tolerance the differences of an account sum to that
of its total.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from billcalc.files import disk
from billcalc.files.guarding import check_outputs
from billcalc.files.issued_tables import TOTAL, IssuedTable, columns_of, quoted, scan, text, trimmed
from billcalc.files.system_errors import error_told_in, reading_fault
from billcalc.files.tabular_output import check_output, write_table
from billcalc.files.writing import replacing
from billcalc.kernel.troubles import Fault, InvalidInput, sentence
from billcalc.kernel.wording import FaultCode

__all__ = ["BulkComparison", "CodeMoney", "compare_tables"]

MEMORY = "1400MB"
"""What DuckDB may hold before it spills to disk: with Python and the readers, the process stays below 2 GB."""
WORST = 10
_SHOWN_CHARACTERS = 60
_ROW = "row_number() OVER ()"
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
        unreadable: issued with an amount that is no exact number, or with none at all.
        unreadable_recomputed: those of them that were billed.
        rejected: issued, and their request was rejected.
        only_issued: issued, without a request.
        nameless: rows of the issued table that name no account.
        issued_repeated: with several rows of a wide table, which were added up.
        recomputed_repeated: with several bills, which were added up.
        issued_total, recomputed_total: of the matched [money].
        by_code: largest first.
        worst: account, issued, recomputed, difference; largest first.
        unread: columns of the issued table that were not read.
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
) -> BulkComparison:
    """Join issued bills with recomputed ones and write the differences.

    Args:
        issued: a table of issued bills, Parquet or CSV.
        components: the recomputed bills by component, as ``batch --output components`` writes them.
        out: where the differences go: .parquet, .csv or .xlsx; a row for each finding, by account, largest first.
        table: what the issued table's columns mean.
        tolerance: amounts that differ by no more are no finding [money].
        rejected: the rows that were not billed, as ``batch`` writes them (CSV).
        rejects: where those and the issued rows that cannot be compared go (CSV).
        scratch: a directory for what does not fit into memory; by default one of the system's.
        ready: is called before the files get their names; what it raises leaves the old ones as they were.

    Raises:
        InvalidInput: where a table cannot be read, or the outcome is too long for a workbook.
        OSError: where the files cannot be written.
    """
    assert tolerance >= 0, "a tolerance below zero would make a finding of what agrees"
    check_output(out)
    outputs = [out] if rejects is None else [out, rejects]
    check_outputs(outputs, [issued, components, *([] if rejected is None else [rejected])])
    with _connected(scratch) as (connection, spill), replacing(*outputs, ready=ready) as files:
        with _reading(issued):
            scan(connection, issued, "issued_table", spill=spill)
            kinds = columns_of(connection, "issued_table")
            layout = table.completed(list(kinds))
            _check_kinds(issued, layout, kinds)
            _name_columns(connection, layout)
            connection.execute(f"CREATE VIEW cells AS {_cells(layout, kinds)}")
            scan(connection, components, "recomputed_table", spill=spill)
            connection.execute(_LINES)
        connection.execute(_REJECTED)
        if rejected is not None:
            scan(connection, rejected, "rejected_table", spill=spill)
            connection.execute(_TAKE_REJECTED)
        connection.execute(_BILLS)
        connection.execute(_FINDINGS.format(tolerance=tolerance))
        connection.execute("SET preserve_insertion_order=true")  # the files are sorted, and rows are numbered
        outcome = _outcome(connection, layout, tuple(name for name in kinds if name not in layout.read))
        write_table(connection, _RANKED, out, files[0], scratch=spill)
        if rejects is not None:
            parts = ["SELECT * FROM rejected"]
            if outcome.unreadable or outcome.nameless:
                parts.append(_issued_rejects(issued, layout, kinds))
            query = " UNION ALL ".join(f"({part})" for part in parts)
            write_table(connection, query, rejects, files[1], scratch=spill)
    return outcome


@contextmanager
def _connected(scratch: Path | None) -> Iterator[tuple[Any, Path]]:
    """A database in memory, with a directory for what does not fit."""
    import duckdb

    with disk.scratch_directory(scratch) as spill, duckdb.connect() as connection:
        try:
            connection.execute(f"SET memory_limit='{MEMORY}'")
            connection.execute("SET temp_directory=?", [spill])
            connection.execute("SET preserve_insertion_order=false")
            yield connection, Path(spill)
        except duckdb.Error as error:  # the queries are ours, so it is the disk or the memory
            raise error_told_in(str(error)) or OSError(str(error)) from None


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


def _cells(layout: IssuedTable, kinds: Mapping[str, str], *, row: str = "NULL") -> str:
    """A query of row, account, field, code, cell, amount and whether that is bad, over a table of either shape."""
    account = f"{row} AS row_number, {trimmed(quoted(layout.account))} AS account"
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


_LINES = f"""
CREATE TEMP TABLE lines AS
  SELECT account, code, sum(issued)::{_MONEY} AS issued, sum(recomputed)::{_MONEY} AS recomputed,
    count(*) FILTER (bad) AS bad, count(bad) AS cells, count(recomputed) AS components
  FROM (
    SELECT account, code, amount AS issued, NULL::{_MONEY} AS recomputed, bad FROM cells
    UNION ALL
    SELECT coalesce({trimmed("account")}, ''), code::VARCHAR, NULL, amount, NULL FROM recomputed_table
  ) GROUP BY account, code;
"""

_REJECTED = (
    "CREATE TEMP TABLE rejected"
    ' (file VARCHAR, "row" VARCHAR, account VARCHAR, field VARCHAR, code VARCHAR, message VARCHAR)'
)

_TAKE_REJECTED = f"INSERT INTO rejected SELECT * REPLACE ({trimmed('account')} AS account) FROM rejected_table"

_BILLS = f"""
CREATE TEMP TABLE bills AS
  SELECT account, coalesce(printed, lines)::{_MONEY} AS issued, recomputed, cells,
    (coalesce(printed, lines, 0) - coalesce(recomputed, 0))::{_MONEY} AS difference,
    coalesce(printed - lines, 0)::{_MONEY} AS own_error, lines IS NULL AS is_total_only,
    CASE WHEN cells = 0 THEN 'only_recomputed'
         WHEN bad > 0 OR coalesce(printed, lines) IS NULL THEN 'unreadable'
         WHEN recomputed IS NOT NULL THEN 'matched'
         WHEN account IN (SELECT account FROM rejected) THEN 'request_rejected'
         ELSE 'only_issued' END AS state
  FROM (
    SELECT account, sum(issued) FILTER (code <> '{TOTAL}') AS lines, sum(issued) FILTER (code = '{TOTAL}') AS printed,
      sum(recomputed) AS recomputed, sum(bad) AS bad, sum(cells) AS cells
    FROM lines WHERE account IS NOT NULL GROUP BY account
  );
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
SELECT account, b.difference AS bill_difference, f.kind, f.code, f.issued, f.recomputed, f.difference
FROM (
  SELECT * FROM findings
  UNION ALL
  SELECT account, '{TOTAL}', state, issued, recomputed, difference
  FROM bills WHERE state IN ('only_issued', 'only_recomputed', 'request_rejected')
) f JOIN bills b USING (account)
ORDER BY abs(b.difference) DESC, account, abs(f.difference) DESC, f.kind, f.code
"""

_REPEATED = f"""
SELECT count(DISTINCT account) FROM (
  SELECT coalesce({trimmed("account")}, '') AS account, code, section, "group" FROM recomputed_table
  WHERE coalesce({trimmed("account")}, '') IN (SELECT account FROM lines WHERE components > 1)
  GROUP BY ALL HAVING count(*) > 1
)
"""


def _outcome(connection: Any, layout: IssuedTable, unread: tuple[str, ...]) -> BulkComparison:
    def one(query: str) -> Any:
        return connection.execute(query).fetchone()

    states = dict(connection.execute("SELECT state, count(*) FROM bills GROUP BY state").fetchall())
    issued, recomputed, unreadable_recomputed, repeated = one(
        "SELECT count(*) FILTER (cells > 0), count(recomputed),"
        " count(recomputed) FILTER (state = 'unreadable'),"
        f" count(*) FILTER (cells > {len(layout.columns)}) FROM bills"
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
        issued_repeated=0 if layout.is_long else repeated,
        recomputed_repeated=one(_REPEATED)[0],
        issued_total=Decimal(issued_total),
        recomputed_total=Decimal(recomputed_total),
        by_code=tuple(CodeMoney(code, bills, Decimal(net), Decimal(gross)) for code, bills, net, gross in by_code),
        worst=tuple((account, Decimal(i), Decimal(r), Decimal(d)) for account, i, r, d in worst),
        unread=unread,
    )


def _nameless(connection: Any, layout: IssuedTable) -> int:
    """How many rows name no account; a row of a wide table has a cell for each column."""
    (cells,) = connection.execute("SELECT sum(cells) FROM lines WHERE account IS NULL").fetchone()
    return 0 if cells is None else int(cells) // (len(layout.columns) or 1)


def _issued_rejects(issued: Path, layout: IssuedTable, kinds: Mapping[str, str]) -> str:
    """A query of the issued rows that cannot be compared: without an account, of bad amounts, or without any."""
    nameless = sentence(FaultCode.MISSING_KEY, {"key": layout.account})
    before, behind = sentence(FaultCode.NOT_A_NUMBER, {"reason": "{} is no exact amount to the fen"}).split("{}")
    nothing = sentence(FaultCode.NOT_A_NUMBER, {"reason": "the bill has no amount"})
    shown = f"coalesce('\"' || left(cell::VARCHAR, {_SHOWN_CHARACTERS}) || '\"', 'nothing')"
    return f"""
WITH numbered AS (
  SELECT coalesce(field, {text(layout.amount or "")}) AS column_name, * FROM ({_cells(layout, kinds, row=_ROW)})),
rows AS (
  SELECT row_number, account, {text(layout.account)} AS field, '{FaultCode.MISSING_KEY}' AS code,
    {text(nameless)} AS message
  FROM numbered WHERE account IS NULL GROUP BY row_number, account
  UNION ALL
  SELECT row_number, account, column_name, '{FaultCode.NOT_A_NUMBER}', {text(before)} || {shown} || {text(behind)}
  FROM numbered WHERE account IS NOT NULL AND bad
  UNION ALL
  SELECT row_number, account, '', '{FaultCode.NOT_A_NUMBER}', {text(nothing)}
  FROM numbered
  WHERE account IN (
    SELECT account FROM lines GROUP BY account HAVING sum(cells) > 0 AND sum(bad) = 0 AND count(issued) = 0)
  GROUP BY row_number, account)
SELECT {text(str(issued))} AS file, row_number::VARCHAR AS "row", account, field, code, message
FROM rows ORDER BY row_number, field
"""
