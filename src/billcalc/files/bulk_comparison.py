"""Millions of issued bills beside the recomputed ones: joined by account and code, every difference in money, ranked.

The join runs in DuckDB within a stated memory; money is DECIMAL from the file to the sum. Every issued amount and every
recomputed one is in exactly one row of the outcome, so the differences of an account sum to that of its lines.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from billcalc.files.issued_tables import TOTAL, IssuedTable, columns_of, scan
from billcalc.files.tabular_output import write_table

__all__ = ["BulkComparison", "CodeMoney", "compare_tables"]

MEMORY = "2GB"
_MONEY = "DECIMAL(38,2)"
_EXACT_TEXT = r"^\s*-?[0-9]{{1,30}}(\.[0-9]{{1,2}}0*)?\s*$"


@dataclass(frozen=True, slots=True)
class CodeMoney:
    """What the bills differ by in one code.

    Attributes:
        bills: how many differ in it.
        difference: recomputed − issued, summed [money].
        absolute: the sum of the differences without their signs [money].
    """

    code: str
    bills: int
    difference: Decimal
    absolute: Decimal


@dataclass(frozen=True, slots=True)
class BulkComparison:
    """The outcome, whose counts add up.

    Attributes:
        issued: accounts in the issued table = matched + only_issued + unreadable.
        recomputed: accounts that were billed = matched + only_recomputed.
        differing: matched accounts with a finding; ``agreeing`` is the rest.
        unreadable: issued accounts with an amount that is no exact number.
        issued_total, recomputed_total: of the matched accounts [money].
        by_code: largest first.
        worst: account, issued, recomputed, difference; largest first.
    """

    issued: int
    recomputed: int
    matched: int
    differing: int
    only_issued: int
    only_recomputed: int
    unreadable: int
    issued_total: Decimal
    recomputed_total: Decimal
    by_code: tuple[CodeMoney, ...]
    worst: tuple[tuple[str, Decimal, Decimal, Decimal], ...]

    @property
    def agreeing(self) -> int:
        """Matched accounts without a finding."""
        return self.matched - self.differing


def compare_tables(
    issued: Path, components: Path, out: Path, *, table: IssuedTable, tolerance: Decimal = Decimal(0)
) -> BulkComparison:
    """Join issued bills with recomputed ones and write the differences.

    Args:
        issued: a table of issued bills, Parquet or CSV.
        components: the recomputed bills by component, as ``batch --output components`` writes them.
        out: where the differences go: .parquet, .csv or .xlsx; a row for each finding, by account, largest first.
        table: what the issued table's columns mean.
        tolerance: a line that differs by no more is no finding [money].

    Raises:
        InvalidInput: where a table cannot be read, or the outcome is too long for a workbook.
    """
    with _connected(out.parent) as connection:
        scan(connection, issued, "issued_table")
        scan(connection, components, "recomputed_table")
        layout = table.completed([name for name, _ in columns_of(connection, "issued_table")])
        connection.execute(_ISSUED_LONG.format(source=_long(connection, layout)))
        connection.execute(_PREPARED.format(tolerance=tolerance))
        outcome = _outcome(connection)
        write_table(connection, _FINDINGS, out)
        return outcome


@contextmanager
def _connected(directory: Path) -> Iterator[Any]:
    import duckdb

    with TemporaryDirectory(dir=directory) as spill, duckdb.connect() as connection:
        connection.execute(f"SET memory_limit='{MEMORY}'")
        connection.execute("SET temp_directory=?", [spill])
        connection.execute("SET preserve_insertion_order=false")
        yield connection


def _long(connection: Any, layout: IssuedTable) -> str:
    """A query of account, code and amount (as text) over an issued table of either shape."""
    account = _quoted(layout.account)
    if layout.is_long:
        connection.execute("CREATE TEMP TABLE printed (name VARCHAR, code VARCHAR)")
        if layout.codes:
            connection.executemany("INSERT INTO printed VALUES (?, ?)", list(layout.codes.items()))
        code, amount = _quoted(str(layout.code)), _quoted(str(layout.amount))
        return (
            f"SELECT coalesce({account}::VARCHAR, '') AS account, coalesce(p.code, t.{code}::VARCHAR) AS code,"
            f" t.{amount}::VARCHAR AS text FROM issued_table t LEFT JOIN printed p ON p.name = t.{code}::VARCHAR"
        )
    parts = [
        f"SELECT coalesce({account}::VARCHAR, '') AS account, '{code}' AS code, {_quoted(name)}::VARCHAR AS text"
        f" FROM issued_table WHERE {_quoted(name)} IS NOT NULL"
        for name, code in layout.columns.items()
    ]
    return " UNION ALL ".join(parts)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


_ISSUED_LONG = f"""
CREATE TEMP TABLE issued_text AS {{source}};
CREATE TEMP TABLE unreadable AS
  SELECT DISTINCT account FROM issued_text WHERE text IS NULL OR NOT regexp_matches(text, '{_EXACT_TEXT}');
CREATE TEMP TABLE issued_lines AS
  SELECT account, code, sum(trim(text)::{_MONEY})::{_MONEY} AS amount
  FROM issued_text WHERE account NOT IN (SELECT account FROM unreadable) GROUP BY account, code;
"""

_PREPARED = f"""
CREATE TEMP TABLE recomputed_lines AS
  SELECT account::VARCHAR AS account, code::VARCHAR AS code, sum(amount)::{_MONEY} AS amount
  FROM recomputed_table GROUP BY 1, 2;
CREATE TEMP TABLE issued_bills AS
  SELECT account, sum(amount) FILTER (code <> '{TOTAL}') AS lines,
    coalesce(sum(amount) FILTER (code = '{TOTAL}'), sum(amount) FILTER (code <> '{TOTAL}'))::{_MONEY} AS total
  FROM issued_lines GROUP BY account;
CREATE TEMP TABLE recomputed_bills AS
  SELECT account, sum(amount)::{_MONEY} AS total FROM recomputed_lines GROUP BY account;
CREATE TEMP TABLE matched AS
  SELECT account, i.total AS issued, r.total AS recomputed, (r.total - i.total)::{_MONEY} AS difference,
    (i.total - coalesce(i.lines, i.total))::{_MONEY} AS own_error
  FROM issued_bills i JOIN recomputed_bills r USING (account);
CREATE TEMP TABLE known AS SELECT DISTINCT code FROM recomputed_lines;
CREATE TEMP TABLE findings AS
  SELECT account, coalesce(i.code, r.code) AS code,
    CASE WHEN r.account IS NOT NULL AND i.account IS NOT NULL THEN 'differing'
         WHEN r.account IS NOT NULL THEN 'missing_in_issued'
         WHEN i.code IN (SELECT code FROM known) THEN 'missing_in_recomputed'
         ELSE 'unmapped' END AS kind,
    i.amount AS issued, r.amount AS recomputed,
    (coalesce(r.amount, 0) - coalesce(i.amount, 0))::{_MONEY} AS difference
  FROM (SELECT * FROM issued_lines WHERE code <> '{TOTAL}') i
  FULL JOIN recomputed_lines r USING (account, code)
  WHERE account IN (SELECT account FROM matched)
    AND abs(coalesce(r.amount, 0) - coalesce(i.amount, 0)) > {{tolerance}}
  UNION ALL
  SELECT account, '{TOTAL}', 'own_arithmetic', issued, (issued - own_error)::{_MONEY}, (-own_error)::{_MONEY}
  FROM matched WHERE own_error <> 0;
"""

_FINDINGS = """
SELECT f.account, m.difference AS bill_difference, f.kind, f.code, f.issued, f.recomputed, f.difference
FROM findings f JOIN matched m USING (account)
ORDER BY abs(m.difference) DESC, f.account, abs(f.difference) DESC, f.kind, f.code
"""


def _outcome(connection: Any) -> BulkComparison:
    def one(query: str) -> Any:
        return connection.execute(query).fetchone()

    issued = one("SELECT count(DISTINCT account) FROM issued_text")[0]
    (unreadable,) = one("SELECT count(*) FROM unreadable")
    (recomputed,) = one("SELECT count(*) FROM recomputed_bills")
    matched, issued_total, recomputed_total = one(
        "SELECT count(*), coalesce(sum(issued), 0), coalesce(sum(recomputed), 0) FROM matched"
    )
    (differing,) = one("SELECT count(DISTINCT account) FROM findings")
    by_code = connection.execute(
        "SELECT code, count(DISTINCT account), sum(difference), sum(abs(difference)) FROM findings"
        " GROUP BY code ORDER BY 4 DESC, 1"
    ).fetchall()
    worst = connection.execute(
        "SELECT account, issued, recomputed, difference FROM matched WHERE account IN (SELECT account FROM findings)"
        " ORDER BY abs(difference) DESC, account LIMIT 10"
    ).fetchall()
    return BulkComparison(
        issued=issued,
        recomputed=recomputed,
        matched=matched,
        differing=differing,
        only_issued=issued - unreadable - matched,
        only_recomputed=recomputed - matched,
        unreadable=unreadable,
        issued_total=Decimal(issued_total),
        recomputed_total=Decimal(recomputed_total),
        by_code=tuple(CodeMoney(code, bills, Decimal(net), Decimal(gross)) for code, bills, net, gross in by_code),
        worst=tuple((account, Decimal(i), Decimal(r), Decimal(d)) for account, i, r, d in worst),
    )
