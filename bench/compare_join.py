"""The join of ``billcalc compare --bulk`` beside a query written by hand: ``python -m bench.compare_join``.

Both read the same issued lines (CSV) and recomputed components (Parquet) and write the lines that differ, those of the
bills with the most money first. One query takes what it reads for good: no cell is looked at, no row told, nothing
counted or summed by code. The other looks for blanks and for what is no amount, keeps the rows' numbers, leaves out
what cannot be compared, and tells how many bills there are of each kind and the money of each code, as compare does.
Medians of the processor time of runs in turn.
"""

import argparse
import tempfile
from pathlib import Path
from statistics import median

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from bench.bulk import accounts, template_of
from bench.bulk_by_hand import seconds
from bench.bulk_compare import _ISSUED, SHAPE
from billcalc.bulk.output import Output
from billcalc.runs.batches import Settings, bill_tables
from billcalc.runs.bulk_comparison import compare_tables
from billcalc.runs.issued_tables import IssuedTable

RUNS = 3
BY_HAND = """
COPY (
  WITH lines AS (
    SELECT account, code, coalesce(i.amount, 0) - coalesce(r.amount, 0) AS difference, i.amount AS issued,
      r.amount AS recomputed
    FROM (SELECT account, code, sum(amount) AS amount
          FROM read_csv('{issued}', columns = {{'account': 'VARCHAR', 'code': 'VARCHAR', 'amount': 'DECIMAL(18,2)'}})
          GROUP BY ALL) i
    FULL JOIN (SELECT account, code::VARCHAR AS code, sum(amount) AS amount FROM '{components}' GROUP BY ALL) r
    USING (account, code)),
  bills AS (SELECT account, sum(difference) AS bill_difference FROM lines GROUP BY account)
  SELECT account, bill_difference, code, issued, recomputed, difference
  FROM lines JOIN bills USING (account) WHERE difference <> 0
  ORDER BY abs(bill_difference) DESC, account, abs(difference) DESC, code
) TO '{out}' (FORMAT parquet)
"""

CHECKED = """
CREATE TEMP TABLE cells AS
  SELECT row, account, code, TRY_CAST(cell AS DECIMAL(18,2)) AS amount, cell FROM (
    SELECT row_number() OVER () AS row, nullif(trim(account), '') AS account, nullif(trim(code), '') AS code,
      trim(amount) AS cell
    FROM read_csv('{issued}', columns = {{'account': 'VARCHAR', 'code': 'VARCHAR', 'amount': 'VARCHAR'}}));
CREATE TEMP TABLE lines AS
  SELECT account, code, i.amount AS issued, r.amount AS recomputed, coalesce(i.bad, 0) AS bad,
    coalesce(i.cells, 0) AS cells, coalesce(r.components, 0) AS components
  FROM (SELECT account, code, sum(amount) AS amount, count(*) AS cells, count(*) FILTER (amount IS NULL) AS bad
        FROM cells WHERE account IS NOT NULL GROUP BY account, code) i
  FULL JOIN (SELECT trim(account) AS account, code::VARCHAR AS code, sum(amount) AS amount, count(*) AS components
             FROM '{components}' GROUP BY ALL) r
  USING (account, code);
CREATE TEMP TABLE bills AS
  SELECT account, sum(issued) AS issued, sum(recomputed) AS recomputed,
    coalesce(sum(issued), 0) - coalesce(sum(recomputed), 0) AS bill_difference,
    CASE WHEN sum(cells) = 0 THEN 'only_recomputed' WHEN sum(components) = 0 THEN 'only_issued'
         WHEN sum(bad) > 0 OR count(*) FILTER (code = 'total' AND cells > 1) > 0 THEN 'unreadable'
         ELSE 'matched' END AS state
  FROM lines GROUP BY account;
CREATE TEMP TABLE differing AS
  SELECT account, bill_difference, code, l.issued, l.recomputed,
    coalesce(l.issued, 0) - coalesce(l.recomputed, 0) AS difference
  FROM lines l JOIN bills USING (account)
  WHERE state = 'matched' AND coalesce(l.issued, 0) <> coalesce(l.recomputed, 0);
COPY (SELECT * FROM differing ORDER BY abs(bill_difference) DESC, account, abs(difference) DESC, code)
  TO '{out}' (FORMAT parquet);
SELECT state, count(*), sum(issued), sum(recomputed) FROM bills GROUP BY state;
SELECT code, count(DISTINCT account), sum(difference), sum(abs(difference)) FROM differing GROUP BY code;
SELECT count(*) FROM cells WHERE account IS NULL OR code IS NULL OR amount IS NULL;
SELECT count(DISTINCT account) FROM lines WHERE components > 1;
"""


def tables(folder: Path, rows: int) -> tuple[Path, Path]:
    """Issued lines, a few of which differ, and the recomputed components."""
    requests, components, issued = folder / "requests.parquet", folder / "components.parquet", folder / "issued.csv"
    pq.write_table(pa.Table.from_batches([accounts(SHAPE, rows)]), requests)
    bill_tables(Settings([str(requests)], components, output=Output.COMPONENTS, template=template_of(SHAPE), workers=1))
    with duckdb.connect() as connection:
        connection.execute(_ISSUED.format(components=components, issued=issued))
    return issued, components


def by_hand(issued: Path, components: Path, out: Path, query: str = BY_HAND) -> None:
    """A query."""
    with duckdb.connect() as connection:
        connection.execute(query.format(issued=issued, components=components, out=out))


def told(path: Path) -> list[tuple[str, ...]]:
    """The lines of an outcome."""
    columns = ("account", "bill_difference", "code", "difference")
    rows = pq.read_table(path, columns=list(columns)).to_pylist()
    return [tuple(str(row[name]) for name in columns) for row in rows]


def main() -> None:
    """Measure both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=300_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        issued, components = tables(folder, rows)
        hand, checked, ours = (folder / f"{name}.parquet" for name in ("hand", "checked", "ours"))
        times = [
            (
                seconds(lambda: by_hand(issued, components, hand)),
                seconds(lambda: by_hand(issued, components, checked, CHECKED)),
                seconds(lambda: compare_tables(issued, components, ours, table=IssuedTable())),
            )
            for _ in range(RUNS)
        ]
        assert told(hand) == told(checked) == told(ours), "all tell the same lines"
    *queries, join = (median(each) for each in zip(*times, strict=True))
    for name, query in zip(("takes all for good", "checks and counts"), queries, strict=True):
        told_of = f"{rows:,} bills: the query that {name} {query:.2f} s"
        print(f"{told_of}, compare's join {join:.2f} s of processors, ratio {join / query:.2f}")


if __name__ == "__main__":
    main()
