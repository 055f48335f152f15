"""How long the checks of ``billcalc audit run`` take: ``python -m bench.audit_run``.

The accounts and months of ``bench.bulk_checks``, into a store that is made for it; ``--accounts`` and ``--months`` set
how many.
"""

import argparse
import resource
import tempfile
from pathlib import Path

from bench.bulk_checks import written
from billcalc.audit.findings.records import Occasion, Way
from billcalc.runs.auditing import Audit, audit_tables
from billcalc.runs.batches import Settings
from billcalc.runs.check_limits import limits_documents
from billcalc.store.store import Store
from tests.runs.accounts_with_history import TEMPLATE


def main() -> None:
    """Write the tables, audit them, and say how long it took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--accounts", type=int, default=100_000)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        now, history = written(Path(name), asked.accounts, asked.months)
        store = Store(str(Path(name) / "findings.sqlite"), make=True)
        settings = Settings([str(now)], Path(), template=TEMPLATE, workers=asked.workers)
        audit = Audit(
            *(settings, Occasion.DAILY, Way.ONLINE, "bench", "2025-01-03T08:00:00Z"),
            limits=limits_documents(),
            history=[str(history)] if asked.months else [],
        )
        before = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        made = audit_tables(audit, store).run
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        processor = sum(each.ru_utime + each.ru_stime for each in used) - before
        store.close()
    told = ", ".join(f"{name} {count:,}" for name, count in made.counts.items())
    print(f"{asked.accounts:,} accounts, {asked.months} months of history: {processor:.1f} s of processors")
    print(f"  largest process {max(each.ru_maxrss for each in used) // 1024:,} MiB; {told}")


if __name__ == "__main__":
    main()
