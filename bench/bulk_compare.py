"""How long ``billcalc compare --bulk`` takes for many bills: billed, joined, ranked, written.

One issued bill in a thousand has another capacity charge, one in five thousand lacks its levies.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from bench.bulk import ROOT, accounts, template_of
from billcalc.bulk.output import Output
from billcalc.runs.batches import Settings, bill_tables

SHAPE = "guangxi-2024-06-p1"
_MEASURED = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True, text=True)
print(done.stdout + done.stderr)
print("peak", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
sys.exit(done.returncode)
"""
_ISSUED = """
COPY (
  SELECT account, code,
    (amount + CASE WHEN hash(account) % 1000 = 7 AND code = 'capacity' THEN 1.23 ELSE 0 END)::DECIMAL(38,2) AS amount
  FROM '{components}' WHERE NOT (hash(account) % 5000 = 9 AND code = 'levies')
) TO '{issued}' (HEADER)
"""


def main() -> None:
    """Make the tables, then measure the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory)
        requests, issued, components = place / "requests.parquet", place / "issued.csv", place / "components.parquet"
        template = place / "template.json"
        template.write_text(json.dumps(template_of(SHAPE)), encoding="utf-8")
        pq.write_table(pa.Table.from_batches([accounts(SHAPE, rows)]), requests, row_group_size=250_000)
        start = time.perf_counter()
        bill_tables(Settings([str(requests)], components, output=Output.COMPONENTS, template=str(template)))
        billed = time.perf_counter() - start
        with duckdb.connect() as connection:
            connection.execute(_ISSUED.format(components=components, issued=issued))
        lines = pq.read_metadata(components).num_rows
        command = [sys.executable, "-m", "billcalc", "compare", "--bulk", str(issued), "--requests", str(requests)]
        command += ["--template", str(template), "--out", str(place / "differences.parquet"), "--lang", "en"]
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", _MEASURED, *command], cwd=ROOT, capture_output=True, text=True, check=False
        )
        took = time.perf_counter() - start
        assert done.returncode == 1, done.stdout + done.stderr
        peak = int(re.findall(r"^peak (\d+)$", done.stdout, re.MULTILINE)[0])
        print(done.stdout.split("\n\n", 1)[0])
        print(f"{rows:,} bills, {lines:,} recomputed lines, {issued.stat().st_size / 1e6:,.0f} MB of issued CSV")
        print(f"  the whole command   {took:8.1f} s  {rows / took:10,.0f} bills/s, largest process {peak:,} MiB")
        print(f"  of it, billing      {billed:8.1f} s  measured by itself just before")
        print(f"  whole ÷ billing     {took / billed:8.1f}")


if __name__ == "__main__":
    main()
