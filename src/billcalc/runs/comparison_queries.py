"""The queries of a comparison of tables: cells and components become lines, lines bills, and bills findings.

A line is known by its code; where the issued table tells a whole section in one amount, by its section; and what no
column tells is the rest of the total.
"""

from collections.abc import Callable, Collection, Mapping

from billcalc.fields.cells import BLANKS, SUMS
from billcalc.runs.issued_rejects import KEY_SEPARATOR
from billcalc.runs.issued_tables import REST, ROW, TAX, TOTAL, IssuedTable, month_of, quoted, text, trimmed
from billcalc.runs.net_amounts import NET

__all__ = [
    "BY_KIND",
    "FINDINGS",
    "GIVEN",
    "OFFSETTING",
    "OVER_AND_UNDER",
    "PROPOSALS",
    "REJECTED",
    "REPEATED",
    "TAKE_REJECTED",
    "UNTOLD_TAX",
    "bills_of",
    "cells_of",
    "is_total_row",
    "lines_of",
    "printed_names",
    "ranked",
    "recomputed_of",
    "shown_key",
]

_MONEY = "DECIMAL(38,2)"
_EXACT_TEXT = r"^-?[0-9]{1,30}(\.[0-9]{1,2}0*)?$"
_BLANKS = f"[{BLANKS}]"
_GROUPED_TEXT = r"^-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$"


def printed_names(layout: IssuedTable) -> list[tuple[str, str | None, str | None, bool]]:
    """What printed names, or columns, mean: name, field, code, and whether it is ignored."""
    rows: list[tuple[str, str | None, str | None, bool]]
    if layout.is_long:
        rows = [(name, layout.amount, code, False) for name, code in layout.names.items() if name not in layout.ignore]
        rows += [(name, layout.amount, None, True) for name in dict.fromkeys(layout.ignore)]
    else:
        rows = [(f"c{place}", *named, False) for place, named in enumerate(layout.coded.items())]
    return rows


def cells_of(layout: IssuedTable, kinds: Mapping[str, str], told: Callable[[str], str]) -> str:
    """A query of row, key, field, code, cell, amount and whether that is bad, over a table of either shape.

    Args:
        layout: what its columns mean.
        kinds: of its columns.
        told: makes texts of cells (see ``text_of_cells``).
    """
    key = told(quoted(layout.account))
    if layout.month is not None:
        key = f"{key} || {KEY_SEPARATOR} || {month_of(told(quoted(layout.month)))}"
    account = f"{quoted(ROW)} AS row_number, {key} AS account"
    are_money = all(_is_money(kinds[name]) for name in layout.amounts)

    def cell(name: str) -> str:
        return f"{quoted(name)}::{_MONEY}" if are_money else _ungrouped(layout, told(quoted(name)))

    if layout.is_long:
        source = f"SELECT {account}, {told(quoted(layout.code or ''))} AS name, {cell(layout.amount or '')} AS cell"
        source += " FROM issued_rows"
    else:
        named = [f"{cell(name)} AS c{place}" for place, name in enumerate(layout.coded)]
        source = f"SELECT {', '.join([account, *named])} FROM issued_rows"
        places = ", ".join(f"c{place}" for place in range(len(named)))
        source = f"SELECT * FROM ({source}) UNPIVOT INCLUDE NULLS (cell FOR name IN ({places}))"
    amount = "cell" if are_money else _exact("cell")
    bad = "amount IS NULL" if layout.is_long else "amount IS NULL AND cell IS NOT NULL"
    return (
        f"SELECT row_number, account, field, coalesce(code, name, '') AS code, cell, {amount} AS amount, {bad} AS bad"
        f" FROM ({source}) s LEFT JOIN printed p USING (name) WHERE p.ignored IS NOT TRUE"
    )


def _exact(cell: str) -> str:
    """A text as an amount, null where it is none; what is written as the database writes it is seen soonest."""
    narrow = f"TRY_CAST({cell} AS DECIMAL(18,2))"
    return (
        f"CASE WHEN {narrow}::VARCHAR = {cell} THEN {narrow}::{_MONEY}"
        f" WHEN regexp_matches({cell}, '{_EXACT_TEXT}') THEN {cell}::{_MONEY} END"
    )


def _ungrouped(layout: IssuedTable, cell: str) -> str:
    """A cell without separators of thousands, where the layout says that amounts have them."""
    if not layout.separators:
        return cell
    return f"CASE WHEN regexp_matches({cell}, '{_GROUPED_TEXT}') THEN replace({cell}, ',', '') ELSE {cell} END"


def is_total_row(layout: IssuedTable) -> str:
    """Whether a row of the issued table sums others: that stands where others have an account.

    What begins with a digit and has no character but those of ASCII is no word, which is known much sooner.
    """
    account = f"{quoted(layout.account)}::VARCHAR"
    plain = f"rtrim(regexp_replace(lower({account}), {text(_BLANKS)}, '', 'g'), ':：')"
    is_word = f"coalesce(regexp_full_match({plain}, {text(SUMS)}), false)"
    is_code = f"{account} BETWEEN '0' AND ':' AND strlen({account}) = length({account})"
    return f"CASE WHEN {is_code} THEN false ELSE {is_word} END"


def _is_money(kind: str) -> bool:
    """Whether a type of DuckDB holds nothing but exact amounts."""
    return kind.endswith(("INTEGER", "BIGINT", "SMALLINT", "TINYINT")) or (
        kind.startswith("DECIMAL") and kind.endswith((",0)", ",1)", ",2)"))
    )


def recomputed_of(layout: IssuedTable, names: Collection[str]) -> str:
    """The recomputed components, with the key of their bills, as a view.

    Where the issued lines are without a tax, each of ours is too (by ``NET``), and its gross amount is kept beside.

    Args:
        layout: of the issued table.
        names: of the columns that the recomputed table has.
    """
    month = """strftime("to" - INTERVAL 1 DAY, '%Y-%m')"""
    account = f"coalesce({trimmed('account')}, '')"
    key = account if layout.month is None else f"{account} || {KEY_SEPARATOR} || {month}"
    replaced = f"{key} AS account, {_code_of(layout)} AS code"
    if layout.tax is not None:
        replaced += f", {NET}(amount) AS amount"
    is_given = "given IS NOT NULL" if "given" in names else "false"
    added = f"{month} AS month, code::VARCHAR AS component, amount AS gross, {is_given} AS is_given"
    return f"CREATE VIEW recomputed AS SELECT * REPLACE ({replaced}), {added} FROM recomputed_table"


def _code_of(layout: IssuedTable) -> str:
    """What a recomputed component is compared under."""
    cases = [
        f"WHEN section::VARCHAR = {text(each)} THEN {text(each)}" for each in dict.fromkeys(layout.sections.values())
    ]
    if layout.rest:
        told = ", ".join(text(code) for code in layout.coded.values())
        cases.append(f"WHEN code::VARCHAR NOT IN ({told}) THEN {text(REST)}")
    return f"CASE {' '.join(cases)} ELSE code::VARCHAR END" if cases else "code::VARCHAR"


def bills_of(layout: IssuedTable) -> str:
    """A table of the bills that both tables have of each key.

    The cells of a key are of several bills where it has several rows of a wide table, or totals of a long one; and so
    are components of several months, which are only looked for where there may be such.
    """
    repeated = "totals > 1" if layout.is_long else f"cells > {len(layout.coded)}"
    apart = "false" if layout.month is not None else '(SELECT count(DISTINCT "to") FROM recomputed_table) > 1'
    return _BILLS.format(repeated=repeated, apart=apart)


def shown_key(layout: IssuedTable) -> str:
    """The columns that a key is told in."""
    if layout.month is None:
        return "account"
    return f"split_part(account, {KEY_SEPARATOR}, 1) AS account, split_part(account, {KEY_SEPARATOR}, 2) AS month"


_REST = f"""
    UNION ALL
    SELECT account, '{REST}', sum(CASE code WHEN '{TOTAL}' THEN amount ELSE -amount END), NULL, NULL, NULL FROM cells
    GROUP BY account HAVING count(amount) FILTER (code = '{TOTAL}') = 1 AND count(*) FILTER (bad) = 0
"""
"""What the total of an issued bill has beside its lines."""


def lines_of(layout: IssuedTable) -> str:
    """A table of what both bills have under each code."""
    taxes = "" if layout.tax is None else _OUR_TAX if layout.tells_tax else _OUR_TAX + _TAX_AS_OURS
    return _LINES.format(rest=(_REST if layout.rest else "") + taxes)


_TAX_OF = f"SELECT account, '{TAX}', {{issued}}, {{recomputed}}, NULL, NULL FROM recomputed"
_SUM = "sum(gross) - sum(amount)"
_OUR_TAX = f" UNION ALL {_TAX_OF.format(issued='NULL', recomputed=_SUM)} GROUP BY account"
"""Our tax: what our lines without it leave of the total."""
_TAX_AS_OURS = (
    f" UNION ALL {_TAX_OF.format(issued=_SUM, recomputed='NULL')}"
    f" WHERE account IN (SELECT account FROM cells WHERE code <> '{TOTAL}') GROUP BY account"
)
"""Where no tax is printed, the total has ours in it."""


_MARKS = """CASE WHEN issued < 0 THEN 1 WHEN issued > 0 THEN 2 ELSE 0 END
  + CASE WHEN recomputed < 0 THEN 4 WHEN recomputed > 0 THEN 8 ELSE 0 END
  + CASE WHEN is_given THEN 32 WHEN NOT is_given THEN 16 ELSE 0 END"""
"""What is true of any amount of a line, as bits: one aggregate of all of them takes less than one of each.

Issued below and above zero, recomputed below and above zero, not given and given by the request.
"""

_LINES = f"""
CREATE TEMP TABLE lines AS
  SELECT * EXCLUDE (marks), marks & 48 = 32 AS is_given, marks & 3 = 3 AS offsets, marks & 12 = 12 AS our_offsets
  FROM (
    SELECT account, code, sum(issued)::{_MONEY} AS issued, sum(recomputed)::{_MONEY} AS recomputed,
      count(*) FILTER (bad) AS bad, count(bad) AS cells, count(recomputed) AS components,
      bit_or(({_MARKS})::UTINYINT) AS marks
    FROM (
      SELECT account, code, amount AS issued, NULL::{_MONEY} AS recomputed, bad, NULL::BOOLEAN AS is_given FROM cells
      UNION ALL
      SELECT account, code, NULL, amount, NULL, is_given FROM recomputed {{rest}}
    ) GROUP BY account, code);
"""

REJECTED = (
    "CREATE TEMP TABLE rejected"
    ' (file VARCHAR, "row" VARCHAR, account VARCHAR, field VARCHAR, code VARCHAR, message VARCHAR)'
)

TAKE_REJECTED = (
    f'INSERT INTO rejected SELECT file, "row", {trimmed("account")}, field, code, message FROM rejected_table'
)

_BILLS = f"""
CREATE TEMP TABLE bills AS
  SELECT account, coalesce(printed, lines)::{_MONEY} AS issued, recomputed, cells,
    (coalesce(printed, lines, 0) - coalesce(recomputed, 0))::{_MONEY} AS difference,
    coalesce(printed - lines, 0)::{_MONEY} AS own_error, NOT has_lines AS is_total_only,
    cells > 0 AND ({{repeated}} OR months > 1) AS repeated, months,
    CASE WHEN cells = 0 THEN 'only_recomputed'
         WHEN {{repeated}} OR months > 1 OR bad > 0 OR coalesce(printed, lines) IS NULL THEN 'unreadable'
         WHEN recomputed IS NOT NULL THEN 'matched'
         WHEN split_part(account, {KEY_SEPARATOR}, 1) IN (SELECT account FROM rejected) THEN 'request_rejected'
         ELSE 'only_issued' END AS state
  FROM (
    SELECT account, sum(issued) FILTER (code <> '{TOTAL}') AS lines,
      count(issued) FILTER (code NOT IN ('{TOTAL}', '{TAX}')) > 0 AS has_lines,
      sum(issued) FILTER (code = '{TOTAL}') AS printed,
      sum(recomputed) AS recomputed, sum(bad) AS bad, sum(cells) AS cells,
      coalesce(sum(cells) FILTER (code = '{TOTAL}'), 0) AS totals
    FROM lines WHERE account IS NOT NULL GROUP BY account
  ) LEFT JOIN (SELECT account, count(DISTINCT month) AS months FROM recomputed WHERE {{apart}} GROUP BY account)
  USING (account);
"""

FINDINGS = f"""
CREATE TEMP TABLE findings AS
  WITH known AS (SELECT DISTINCT code FROM lines WHERE recomputed IS NOT NULL),
  apart AS (
    SELECT account, code, CASE WHEN code = '{TOTAL}' THEN NULL ELSE issued END AS issued, recomputed
    FROM lines WHERE code <> '{TOTAL}' OR recomputed IS NOT NULL),
  unequal AS (
    SELECT *, (coalesce(issued, 0) - coalesce(recomputed, 0))::{_MONEY} AS difference FROM apart
    WHERE abs(coalesce(issued, 0) - coalesce(recomputed, 0)) > {{tolerance}})
  SELECT account, code,
    CASE WHEN issued IS NULL AND bool_or(is_unmapped) OVER (PARTITION BY account) THEN 'may_be_unmapped'
         WHEN issued IS NULL THEN 'missing_in_issued' WHEN recomputed IS NOT NULL THEN 'differing'
         WHEN is_unmapped THEN 'unmapped' ELSE 'missing_in_recomputed' END AS kind,
    issued, recomputed, difference
  FROM (SELECT *, recomputed IS NULL AND code NOT IN (SELECT code FROM known) AS is_unmapped FROM unequal)
  WHERE account IN (SELECT account FROM bills WHERE state = 'matched' AND NOT is_total_only)
  UNION ALL
  SELECT account, '{TOTAL}', 'differing', issued, recomputed, difference
  FROM bills WHERE state = 'matched' AND is_total_only AND abs(difference) > {{tolerance}}
  UNION ALL
  SELECT account, '{TOTAL}', 'own_arithmetic', issued, (issued - own_error)::{_MONEY}, own_error
  FROM bills WHERE state = 'matched' AND abs(own_error) > {{tolerance}};
"""

_RANKED = f"""
SELECT {{key}}, b.difference AS bill_difference, f.kind, f.code, f.issued, f.recomputed, f.difference{{more}}
FROM (
  SELECT * FROM findings
  UNION ALL
  SELECT account, '{TOTAL}', state, issued, recomputed, difference
  FROM bills WHERE state IN ('only_issued', 'only_recomputed', 'request_rejected')
) f JOIN bills b USING (account){{beside}}
ORDER BY abs(b.difference) DESC, b.account, abs(f.difference) DESC, f.kind, f.code
"""


def ranked(layout: IssuedTable, more: str = "", beside: str = "") -> str:
    """The query of all findings, and of the bills that are in one table alone, the most money first.

    Args:
        layout: of the issued table.
        more: columns after those of the findings, each after a comma.
        beside: what they are joined from.
    """
    return _RANKED.format(key=shown_key(layout), more=more, beside=beside)


REPEATED = """
SELECT count(DISTINCT account) FROM (
  SELECT account, component, section, "group" FROM recomputed
  WHERE account IN (SELECT account FROM lines WHERE components > 1)
  GROUP BY ALL HAVING count(*) > 1
)
"""

BY_KIND = """
SELECT kind, code, count(*) FILTER (difference > 0), count(*) FILTER (difference < 0),
  coalesce(sum(difference) FILTER (difference > 0), 0), coalesce(sum(difference) FILTER (difference < 0), 0)
FROM findings GROUP BY kind, code ORDER BY sum(abs(difference)) DESC, kind, code
"""

GIVEN = """
SELECT count(*) FROM lines WHERE is_given AND issued IS NOT NULL AND abs(issued - recomputed) <= {tolerance}
  AND account IN (SELECT account FROM bills WHERE state = 'matched')
"""
"""Lines in agreement of which the requests give the amounts: they prove nothing."""

OFFSETTING = """
SELECT count(*) FROM lines WHERE offsets AND NOT our_offsets AND recomputed IS NOT NULL AND code <> 'total'
  AND abs(issued - recomputed) <= {tolerance} AND account IN (SELECT account FROM bills WHERE state = 'matched')
"""
"""Lines in agreement that are sums of amounts above and below zero, where ours are not: they may hide each other."""

UNTOLD_TAX = """
WITH told AS (
  SELECT account, abs(issued) AS net, abs(recomputed) AS gross FROM lines
  WHERE code <> 'total' AND issued <> 0 AND recomputed <> 0
    AND account IN (SELECT account FROM findings) AND account IN (SELECT account FROM bills WHERE state = 'matched')),
rates AS (
  SELECT account, round(arg_max((gross - net) / net, net), 3) AS rate FROM told
  GROUP BY account HAVING count(*) > 1 AND NOT bool_or(net = gross)),
bills_without AS (
  SELECT account, rate FROM told JOIN rates USING (account) WHERE rate > 0
  GROUP BY ALL HAVING bool_and(abs(net - gross / (1 + rate)) < 0.05))
SELECT rate::DECIMAL(9,3)::VARCHAR, count(*) FROM bills_without GROUP BY rate ORDER BY 2 DESC, 1 LIMIT 1
"""
"""The rate of a tax that all lines of differing bills are without, and of how many: people tell it in the layout."""

PROPOSALS = """
WITH pairs AS (
  SELECT printed.code AS name, ours.code, count(*) AS bills
  FROM findings printed JOIN findings ours USING (account)
  WHERE printed.kind = 'unmapped' AND ours.kind = 'may_be_unmapped' AND printed.issued = ours.recomputed
  GROUP BY ALL),
every AS (SELECT code AS name, count(*) AS all_bills FROM findings WHERE kind = 'unmapped' GROUP BY ALL)
SELECT name, code, bills FROM pairs JOIN every USING (name) WHERE bills = all_bills
QUALIFY count(*) OVER (PARTITION BY name) = 1 AND count(*) OVER (PARTITION BY code) = 1 ORDER BY name
"""
"""Unmapped names whose amounts are, in every bill that has them, those of one code of ours that is not printed."""

OVER_AND_UNDER = """
SELECT count(*) FILTER (difference > 0), count(*) FILTER (difference < 0),
  coalesce(sum(difference) FILTER (difference > 0), 0), coalesce(sum(difference) FILTER (difference < 0), 0)
FROM bills WHERE state = 'matched' AND account IN (SELECT account FROM findings)
"""
