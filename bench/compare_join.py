"""The join of ``billcalc compare --bulk`` beside a query written by hand: ``python -m bench.compare_join``.

Both read the same issued lines (CSV) and recomputed components (Parquet) and write the lines that differ, those of the
bills with the most money first. The query takes what it reads for good: no cell is looked at, no row told, nothing
counted or summed by code. Medians of the processor time of runs in turn.
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


def tables(folder: Path, rows: int) -> tuple[Path, Path]:
    """Issued lines, a few of which differ, and the recomputed components."""
    requests, components, issued = folder / "requests.parquet", folder / "components.parquet", folder / "issued.csv"
    pq.write_table(pa.Table.from_batches([accounts(SHAPE, rows)]), requests)
    bill_tables(Settings([str(requests)], components, output=Output.COMPONENTS, template=template_of(SHAPE), workers=1))
    with duckdb.connect() as connection:
        connection.execute(_ISSUED.format(components=components, issued=issued))
    return issued, components


def by_hand(issued: Path, components: Path, out: Path) -> None:
    """The query."""
    with duckdb.connect() as connection:
        connection.execute(BY_HAND.format(issued=issued, components=components, out=out))


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
        hand, ours = folder / "hand.parquet", folder / "ours.parquet"
        times = [
            (
                seconds(lambda: by_hand(issued, components, hand)),
                seconds(lambda: compare_tables(issued, components, ours, table=IssuedTable())),
            )
            for _ in range(RUNS)
        ]
        assert told(hand) == told(ours), "both tell the same lines"
    query, join = (median(each) for each in zip(*times, strict=True))
    print(
        f"{rows:,} bills: the query {query:.2f} s, compare's join {join:.2f} s of processors, ratio {join / query:.2f}"
    )


if __name__ == "__main__":
    main()
