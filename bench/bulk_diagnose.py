"""How long ``billcalc diagnose --bulk`` takes for bills that all differ, beside a plain loop over single diagnoses.

Every bill lacks its adjustment, its losses or both. With several structures each has an area of prices of its own: the
contract and the group are named otherwise, so that nothing that is planned for one serves another. Only some of the
bills go through the loop; both are told by the bill, in one run, in seconds of the processor: those of the machine
depend on who else uses it.
"""

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Mapping
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bench.bulk import accounts, template_of
from billcalc.audit.diagnose.diagnosis import Recomputed, recomputed
from billcalc.audit.diagnose.documents import changed
from billcalc.audit.issued import IssuedBill
from billcalc.bulk.calculate import calculate
from billcalc.bulk.cells import plain_cells
from billcalc.bulk.plans import Plans
from billcalc.fields import validated
from billcalc.library.catalog import load_catalog
from billcalc.runs.batches import Settings
from billcalc.runs.bulk_diagnosis import diagnose_requests
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.components import FlatPrice, PriceNumber
from billcalc.vocabulary import Kind

SHAPE = "guangxi-2024-06-p1"


def structured(batch: pa.RecordBatch, structures: int) -> pa.RecordBatch:
    """The rows, of so many structures: each has a meter of its own name."""
    if structures == 1:
        return batch
    names = pa.array([f"M{row % structures}" for row in range(batch.num_rows)])
    return batch.append_column("metering_points.0.id", names)


def wrong(batch: pa.RecordBatch, catalog: Catalog, template: Mapping[str, Any]) -> pa.Table:
    """The issued amounts by code: two of three bills lack the losses, and two the adjustment."""
    bills = []
    for tariffs in (catalog, changed(Kind.PURCHASE_PRICE, _free)(catalog)):
        made = calculate([batch], tariffs, output="components", template=template)
        bills.append(pa.Table.from_batches([each.bills for each in made]))
    right, without = ({name: each[name].cast(pa.string()) for name in ("account", "code", "amount")} for each in bills)
    kinds = pc.index_in(right["account"], pc.unique(right["account"])).to_numpy() % 3
    amounts = pc.if_else(pa.array(kinds > 0), without["amount"], right["amount"])
    is_adjustment = pc.equal(right["code"], "power_factor").to_numpy() & (kinds != 1)
    amounts = pc.if_else(pa.array(is_adjustment), pa.scalar("0.00"), amounts)
    return pa.table({"account": right["account"], "code": right["code"], "amount": amounts})


def _free(document: Any) -> Any:
    free = {"price": FlatPrice(flat=PriceNumber.model_validate("0")), "tags": ()}
    told = (each.model_copy(update=free) if each.code == "upstream_loss" else each for each in document.components)
    return document.model_copy(update={"components": tuple(told)})


def alone(batch: pa.RecordBatch, issued: pa.Table, plans: Plans, loop: int) -> float:
    """The seconds that a diagnosis of one bill takes, after another."""
    plain, bills = plain_cells(batch), issued.slice(0, 64 * loop).to_pylist()
    start = processor_seconds()
    for row in range(loop):
        account = plain.column("account")[row].as_py()
        lines = [
            {"name": each["code"], **{k: each[k] for k in ("code", "amount")}}
            for each in bills
            if each["account"] == account
        ]
        ours = recomputed(plans.request(plain, row), plans.catalog, derivation=False)
        assert isinstance(ours, Recomputed)
        ours.diagnosed(validated(IssuedBill, {"lines": lines}), sizes_max=2)
    return (processor_seconds() - start) / loop


def processor_seconds() -> float:
    """What this process and those that it started have used of processors; those are told of when they have ended."""
    forkserver._forkserver._stop()  # type: ignore[attr-defined] # nothing else ends the one that starts all others
    used = [resource.getrusage(each) for each in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def main() -> None:
    """Make the tables, then measure both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--structures", type=int, default=1)
    parser.add_argument("--loop", type=int, default=10)
    parser.add_argument("--workers", type=int, default=2)
    told = parser.parse_args()
    catalog, template = load_catalog(areas=["cn-guangxi"]), template_of(SHAPE)
    batch = structured(accounts(SHAPE, told.rows), told.structures)
    issued = wrong(batch, catalog, template)
    single = alone(batch, issued, Plans(catalog, template), told.loop)
    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory)
        (place / "template.json").write_text(json.dumps(template), encoding="utf-8")
        pq.write_table(pa.Table.from_batches([batch]), place / "requests.parquet")
        pq.write_table(issued, place / "issued.parquet")
        settings = Settings(
            [str(place / "requests.parquet")],
            place / "causes.parquet",
            template=str(place / "template.json"),
            workers=told.workers,
        )
        start, began = processor_seconds(), time.perf_counter()
        _, found = diagnose_requests(settings, place / "issued.parquet")
        together, passed = processor_seconds() - start, time.perf_counter() - began
    print(f"{told.rows:,} differing bills of {told.structures} structures: {dict(found.statuses)}")
    by_bill = together / told.rows * 1000
    print(f"  a table           {together:8.1f} s of processor, {by_bill:.3f} ms a bill; {passed:.1f} s by the clock")
    times = single * told.rows / together
    print(f"  one after another {single * 1000:8.1f} ms a bill, of {told.loop}: {times:,.0f} times as long")
    memory = max(resource.getrusage(each).ru_maxrss for each in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"  memory            {memory / 1024:8.0f} MB at most, of one process")


if __name__ == "__main__":
    main()
