"""How fast a million accounts are checked beside twelve months of their history: ``python -m bench.bulk_checks``.

Requests of register readings in three bands, at prices of their own; each month is a row, and all of them are billed.
``--accounts`` and ``--months`` set how many.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.months import month_columns
from billcalc.audit.checks.judging import Answer
from billcalc.runs.batches import Settings
from billcalc.runs.bulk_checks import BulkChecks, check_tables
from billcalc.runs.check_limits import limits_documents
from tests.runs.accounts_with_history import READINGS, TEMPLATE

FIRST_YEAR = 2023
BANDS = ("peak", "flat", "valley")


def month(number: int, accounts: int, random: np.random.Generator) -> pa.Table:
    """The rows of a month, counted from the first of a year: readings near those of the account's other months."""
    own = np.random.default_rng(1)  # the same in every month
    columns = month_columns(FIRST_YEAR, number, accounts)
    for register in (*BANDS, "reactive_forward"):
        usual = own.integers(100, 300, accounts)
        columns[f"{READINGS}.1.{register}"] = pa.array(usual + random.integers(0, 10, accounts))
    columns["agreement.0.supply_points.S1.transformers.0.kva"] = pa.array(own.integers(1000, 2000, accounts))
    return pa.table(columns)


def written(folder: Path, accounts: int, months: int) -> tuple[Path, Path]:
    """The table of the accounts and that of their history."""
    random = np.random.default_rng(2)
    tables: Iterator[pa.Table] = (month(number, accounts, random) for number in range(months))
    history, now = folder / "history.parquet", folder / "accounts.parquet"
    first = next(tables)
    with pq.ParquetWriter(history, first.schema) as writer:
        for table in chain([first], tables):
            writer.write_table(table)
    pq.write_table(month(months, accounts, random), now)
    return now, history


def main() -> None:
    """Write the tables, check them, and say how long it took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--accounts", type=int, default=1_000_000)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        now, history = written(Path(name), asked.accounts, asked.months)
        begun, before = time.perf_counter(), sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        settings = Settings([str(now)], Path(name) / "findings.parquet", template=TEMPLATE, workers=asked.workers)
        found: BulkChecks = check_tables(settings, [str(history)], limits_documents())
        seconds = time.perf_counter() - begun
    rejected = found.accounts.rejected + found.months.rejected
    told = {answer: sum(n for (_, each), n in found.answers.items() if each is answer) for answer in Answer}
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    processor = sum(each.ru_utime + each.ru_stime for each in used) - before
    peak = max(each.ru_maxrss for each in used) // 1024
    print(f"{found.accounts.billed:,} accounts, {found.months.billed:,} months of history: {seconds:.1f} s")
    print(f"  {processor:.1f} s of processors, largest process {peak:,} MiB, rejected {rejected:,}")
    print("  " + ", ".join(f"{answer.value} {count:,}" for answer, count in told.items()))


if __name__ == "__main__":
    main()
