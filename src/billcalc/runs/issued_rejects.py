"""The rows of a table of issued bills that cannot be compared, each with its place and what is wrong with it."""

from functools import partial
from pathlib import Path

from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.runs.issued_tables import TOTAL, IssuedTable, text
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS
from billcalc.words.saying import sentence

__all__ = ["KEY_MARK", "KEY_SEPARATOR", "issued_rejects"]

KEY_MARK = "\u001f"
KEY_SEPARATOR = "chr(31)"
"""What stands between the account and the month of a key, here and in SQL."""

_ACCOUNT = f"split_part(account, {KEY_SEPARATOR}, 1)"


def issued_rejects(issued: Path, layout: IssuedTable, cells: str, language: Language) -> str:
    """A query of the rows without account or month, of bad amounts, of bills without any, and of those that come again.

    Args:
        issued: the table.
        layout: what its columns mean.
        cells: a query of its cells; the function ``why`` says what is wrong with one.
        language: of the messages.
    """
    key = layout.account if layout.month is None else f"{layout.account}, {layout.month} (2024-06)"
    say = partial(sentence, LEXICONS[language])
    nameless = say(FaultCode.MISSING_KEY, {"key": key})
    before, behind = say(FaultCode.NOT_A_NUMBER, {"reason": "{}"}).split("{}")
    nothing = say(FaultCode.NOT_A_NUMBER, {"reason": Reason.NO_AMOUNT})
    twice = say(FaultCode.TWICE, {"account": "{account}", "row": "{row}", "file": str(issued)})
    months = say(FaultCode.SEVERAL_MONTHS, {"account": "{account}"})
    of_a_bill = f"code = '{TOTAL}'" if layout.is_long else "true"
    return f"""
WITH numbered AS (
  SELECT coalesce(field, {text(layout.amount or "")}) AS column_name, * FROM ({cells})),
come_again AS (
  SELECT row_number, account, min(row_number) OVER (PARTITION BY account) AS earlier
  FROM (SELECT DISTINCT row_number, account FROM numbered
        WHERE account IN (SELECT account FROM bills WHERE repeated) AND {of_a_bill})),
rows AS (
  SELECT row_number, account, {text(layout.account)} AS field, '{FaultCode.MISSING_KEY}' AS code,
    {text(nameless)} AS message
  FROM numbered WHERE account IS NULL GROUP BY row_number, account
  UNION ALL
  SELECT row_number, account, column_name, '{FaultCode.NOT_A_NUMBER}', {text(before)} || why(cell) || {text(behind)}
  FROM numbered WHERE account IS NOT NULL AND bad
  UNION ALL
  SELECT row_number, account, '', '{FaultCode.NOT_A_NUMBER}', {text(nothing)}
  FROM numbered
  WHERE account IN (
    SELECT account FROM lines GROUP BY account HAVING sum(cells) > 0 AND sum(bad) = 0 AND count(issued) = 0)
  GROUP BY row_number, account
  UNION ALL
  SELECT row_number, account, {text(layout.account)}, '{FaultCode.TWICE}', {_filled(twice)}
  FROM come_again WHERE row_number > earlier
  UNION ALL
  SELECT min(row_number), account, {text(layout.account)}, '{FaultCode.SEVERAL_MONTHS}', {_filled(months)}
  FROM numbered WHERE account IN (SELECT account FROM bills WHERE months > 1) GROUP BY account)
SELECT {text(str(issued))} AS file, row_number::VARCHAR AS "row", {_ACCOUNT} AS account, field, code, message
FROM rows ORDER BY row_number, field, code
"""


def _filled(message: str) -> str:
    """A sentence as SQL, with the facts of its row."""
    quoted = text(message)
    for name, column in (("account", _ACCOUNT), ("row", "earlier::VARCHAR")):
        quoted = quoted.replace(f"{{{name}}}", f"' || {column} || '")
    return quoted
