"""How long ``billcalc diagnose --bulk`` takes for bills that all differ, beside a plain loop over single diagnoses.

Every bill lacks its adjustment, its losses or both. Only some of the bills go through the loop; both are told by the
bill, in one run.
"""

import argparse
import json
import tempfile
import time
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from bench.bulk import accounts, template_of
from billcalc.audit.diagnose.diagnosis import Recomputed, recomputed
from billcalc.audit.issued import IssuedBill
from billcalc.bulk.cells import plain_cells
from billcalc.bulk.plans import Plans
from billcalc.fields import validated
from billcalc.kernel.scalars import number_of
from billcalc.library.catalog import load_catalog
from billcalc.runs.batches import Settings
from billcalc.runs.bulk_diagnosis import diagnose_requests

SHAPE = "guangxi-2024-06-p1"


def wrong(ours: Recomputed, row: int) -> dict[str, Decimal]:
    """The amounts by code of a bill, without its adjustment, its losses or both."""
    left_out = (("power_factor",), ("upstream_loss",), ("power_factor", "upstream_loss"))[row % 3]
    found: dict[str, Decimal] = {}
    for line in ours.stacked.repricing.lines(()):
        amount = Decimal("0.00") if line.name.code in left_out else number_of(line.amount)
        found[line.name.code] = found.get(line.name.code, Decimal(0)) + amount
    return found


def main() -> None:
    """Make the tables, then measure both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--loop", type=int, default=20)
    told = parser.parse_args()
    batch, catalog, template = accounts(SHAPE, told.rows), load_catalog(areas=["cn-guangxi"]), template_of(SHAPE)
    plans, plain = Plans(catalog, template), plain_cells(batch)
    requests = [plans.request(plain, row) for row in range(told.rows)]
    bills = []
    for row, request in enumerate(requests):
        ours = recomputed(request, catalog, derivation=False)
        assert isinstance(ours, Recomputed)
        bills.append(wrong(ours, row))
    start = time.perf_counter()
    for request, bill in list(zip(requests, bills, strict=True))[: told.loop]:
        ours = recomputed(request, catalog, derivation=False)
        assert isinstance(ours, Recomputed)
        lines = [{"name": code, "code": code, "amount": f"{amount:f}"} for code, amount in bill.items()]
        ours.diagnosed(validated(IssuedBill, {"lines": lines}))
    alone = (time.perf_counter() - start) / told.loop
    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory)
        (place / "template.json").write_text(json.dumps(template), encoding="utf-8")
        pq.write_table(pa.Table.from_batches([batch]), place / "requests.parquet")
        names = batch.column("account").to_pylist()
        cells = [(name, *cell) for name, bill in zip(names, bills, strict=True) for cell in bill.items()]
        columns = dict(zip(("account", "code", "amount"), map(list, zip(*cells, strict=True)), strict=True))
        pq.write_table(pa.table(columns), place / "issued.parquet")
        settings = Settings(
            [str(place / "requests.parquet")], place / "causes.csv", template=str(place / "template.json")
        )
        start = time.perf_counter()
        _, found = diagnose_requests(settings, place / "issued.parquet")
        together = (time.perf_counter() - start) / told.rows
    print(f"{told.rows:,} differing bills of one structure: {dict(found.statuses)}")
    print(f"  a table           {together * 1000:8.1f} ms a bill")
    print(f"  one after another {alone * 1000:8.1f} ms a bill, of {told.loop}")


if __name__ == "__main__":
    main()
