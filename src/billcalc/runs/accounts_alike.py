"""Accounts that the issued table writes otherwise than the requests: 301 for 0301, as spreadsheets leave it."""

from typing import Any

from billcalc.bulk.keys import called_alike
from billcalc.runs.issued_rejects import KEY_SEPARATOR
from billcalc.runs.issued_tables import IssuedTable, quoted, trimmed

__all__ = ["as_requests_write_them", "takes_accounts_alike"]

_ACCOUNT = f"split_part(account, {KEY_SEPARATOR}, 1)"
_TOLD = f"""
CREATE TEMP TABLE accounts_told AS
  SELECT {_ACCOUNT} AS account FROM bills WHERE recomputed IS NOT NULL UNION SELECT account FROM rejected;
"""
_ALONE = f"""
CREATE TEMP TABLE accounts_alone AS
  SELECT {_ACCOUNT} AS account FROM bills WHERE recomputed IS NULL EXCEPT SELECT account FROM accounts_told;
"""
_ALIKE = """
CREATE TEMP TABLE accounts_alike AS
  SELECT a.account AS told, any_value(t.account) AS ours
  FROM accounts_alone a JOIN accounts_told t ON called_alike(a.account) = called_alike(t.account)
  GROUP BY a.account HAVING count(*) = 1;
"""


def takes_accounts_alike(connection: Any) -> bool:
    """Make a table of the accounts that only the issued table has, each with the one of ours that it is; is there any?

    Args:
        connection: with the bills of both tables, joined as they are written, and the rejected requests.
    """
    [(alone,)] = connection.execute("SELECT count(*) FROM bills WHERE recomputed IS NULL").fetchall()
    if not alone:
        return False
    # DuckDB calls it from a thread of its own, where no line of it is ever traced: nothing but a call belongs here.
    connection.create_function(
        "called_alike", lambda column: called_alike(column.combine_chunks()), ["VARCHAR"], "VARCHAR", type="arrow"
    )
    connection.execute(_TOLD + _ALONE + _ALIKE)
    [(alike,)] = connection.execute("SELECT count(*) FROM accounts_alike").fetchall()
    return bool(alike)


def as_requests_write_them(layout: IssuedTable) -> str:
    """A query of the rows of the issued table, with accounts as the requests write them."""
    account = quoted(layout.account)
    return (
        f"SELECT i.* REPLACE (coalesce(ours, {account}::VARCHAR) AS {account})"
        f" FROM issued_table i LEFT JOIN accounts_alike ON {trimmed(account)} = told"
    )
