"""Tables of requests become tables of bills: the same bytes however the work is shared or interrupted."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from billcalc.bulk.output import Output
from billcalc.bulk.run import Counts
from billcalc.kernel.troubles import InvalidInput
from billcalc.runs.batches import Batch, Settings, Watcher, bill_tables, default_rejects
from billcalc.tables.writers import Tabular
from tests.few_tariffs import few_tariffs

TARIFFS = few_tariffs()
TEMPLATE = """
area: cn-guangxi
cycle: {from: 2024-06-01, to: 2024-07-01}
period: {from: 2024-06-01, to: 2024-07-01}
agreement:
- from: 2024-06-01
  groups:
    main: {class: industrial_commercial, billing: two_part, voltage: 110kV, time_of_use: true, purchase: agent}
  supply_points:
    S1: {power_factor_standard: "0.90", transformers: [{id: T1, kva: "100000", state: in_service}]}
  basic: {mode: capacity}
metering_points:
- {id: M1, group: main, supply_point: S1, side: high, given: {kwh: {peak: "1", flat: "2", valley: "3"}, kvarh: {reactive_forward: "5"}}, not_installed: [sharp]}
"""
KWH = "metering_points.0.given.kwh.peak"
ROWS, CHUNK = 210, 30


def table_of(random: Random, rows: int) -> pa.Table:
    """Accounts of which some have a bad number, another structure, or digits that columns are not for."""
    choices = ("x", "-1", "1" + "0" * 20, "5.5", None)
    kwh = [random.choice(choices) if random.random() < 0.2 else str(random.randint(1, 10**6)) for _ in range(rows)]
    areas = [random.choice(("cn-guangxi",) * 8 + ("cn-nowhere", None)) for _ in range(rows)]
    return pa.table(
        {"account": [f"A{number}" for number in range(rows)], KWH: kwh, "area": pa.array(areas, pa.string())}
    )


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    pq.write_table(table_of(Random(1), ROWS), tmp_path / "in.parquet", row_group_size=CHUNK)
    (tmp_path / "template.yaml").write_text(TEMPLATE)
    return tmp_path


def settings(folder: Path, **changed: Any) -> Settings:
    told = {
        "inputs": [str(folder / "in.parquet")],
        "out": folder / "out.parquet",
        "template": str(folder / "template.yaml"),
        "tariffs": TARIFFS,
        "workers": 1,
        "chunk": CHUNK,
    }
    return Settings(**{**told, **changed})


class Seen(Watcher):
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.batches: list[Batch] = []
        self.counts: list[Counts] = []

    def begins(self, batch: Batch) -> None:
        super().begins(batch)
        self.batches.append(batch)

    def goes_on(self, counts: Counts) -> None:
        super().goes_on(counts)
        self.counts.append(counts)


def results(folder: Path) -> tuple[bytes, bytes]:
    """The bytes of both results; nothing else was left behind."""
    left = {path.name for path in folder.iterdir()}
    assert left == {"in.parquet", "template.yaml", "out.parquet", "out.parquet.rejects.csv"}
    return (folder / "out.parquet").read_bytes(), (folder / "out.parquet.rejects.csv").read_bytes()


def test_every_row_is_in_one_of_the_two_results(inputs: Path) -> None:
    seen = Seen()
    counts = bill_tables(settings(inputs), seen)
    results(inputs)
    bills = pq.read_table(inputs / "out.parquet")
    rejects = (inputs / "out.parquet.rejects.csv").read_text().splitlines()[1:]
    assert (counts.rows, counts.billed, counts.rejected) == (ROWS, bills.num_rows, len(rejects))
    assert counts.billed + counts.rejected == ROWS
    assert counts.billed > 90 < 4 * counts.rejected
    assert [each.rows for each in seen.counts] == [CHUNK] * 7
    [batch] = seen.batches
    assert (batch.rows, batch.resumed) == (ROWS, False)
    told = {*bills.column("account").to_pylist(), *(line.split(",")[2].strip('"') for line in rejects)}
    assert told == {f"A{number}" for number in range(ROWS)}
    assert bills.schema.metadata[b"billcalc.tariff_set"]


@pytest.mark.parametrize("output", list(Output))
def test_the_number_of_workers_does_not_change_a_byte(inputs: Path, output: Output) -> None:
    bill_tables(settings(inputs, output=output))
    alone = results(inputs)
    bill_tables(settings(inputs, output=output, workers=2))
    assert results(inputs) == alone


def test_the_chunk_does_not_change_a_value(inputs: Path) -> None:
    bill_tables(settings(inputs))
    one = pq.read_table(inputs / "out.parquet").to_pylist()
    rejects = results(inputs)[1]
    bill_tables(settings(inputs, chunk=11))
    assert pq.read_table(inputs / "out.parquet").to_pylist() == one
    assert results(inputs)[1] == rejects


@pytest.mark.parametrize("out", ["out.parquet", "out.csv", "out.arrow"])
def test_two_runs_give_the_same_bytes(inputs: Path, out: str) -> None:
    found = []
    for _ in range(2):
        bill_tables(settings(inputs, out=inputs / out, rejects=inputs / "bad.parquet"))
        found.append(((inputs / out).read_bytes(), (inputs / "bad.parquet").read_bytes()))
    assert found[0] == found[1]


class Interrupting(Watcher):
    """Interrupts a run after some pieces, as a key on the terminal does."""

    def __init__(self, pieces: int) -> None:
        self.pieces = pieces

    def goes_on(self, counts: Counts) -> None:
        self.pieces -= 1
        if self.pieces == 0:
            raise KeyboardInterrupt


@pytest.mark.parametrize("pieces", [1, 4, 7])
def test_an_interrupted_run_goes_on_to_the_same_bytes(inputs: Path, pieces: int) -> None:
    bill_tables(settings(inputs))
    whole = results(inputs)
    (inputs / "out.parquet").unlink()
    with pytest.raises(KeyboardInterrupt):
        bill_tables(settings(inputs), Interrupting(pieces))
    assert not (inputs / "out.parquet").exists()
    seen = Seen()
    bill_tables(settings(inputs), seen)
    assert seen.batches[0].resumed
    assert results(inputs) == whole


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"chunk": 15}, "settings"),
        ({"output": Output.LINES}, "settings"),
        ({"rejects": Path("bad.parquet")}, "settings"),
        ({"template": None}, "template"),
    ],
)
def test_other_settings_do_not_go_on_from_an_interrupted_run(inputs: Path, changed: dict[str, Any], word: str) -> None:
    with pytest.raises(KeyboardInterrupt):
        bill_tables(settings(inputs), Interrupting(2))
    with pytest.raises(InvalidInput, match=f"with other {word}; run that one"):
        bill_tables(settings(inputs, **changed))
    bill_tables(settings(inputs, restart=True))
    results(inputs)


def test_an_input_that_has_changed_does_not_go_on(inputs: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        bill_tables(settings(inputs), Interrupting(2))
    os.utime(inputs / "in.parquet", ns=(1, 1))
    with pytest.raises(InvalidInput, match="with other inputs"):
        bill_tables(settings(inputs))


@pytest.fixture(params=[1, 2])
def slow(request: pytest.FixtureRequest, inputs: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A run in a process of its own, with one or two workers, that takes a while for each piece."""
    code = f"""
import sys, time
from pathlib import Path
from billcalc.runs.batches import Settings, Watcher, bill_tables

class Slow(Watcher):
    def goes_on(self, counts):
        time.sleep(0.2)

if __name__ == "__main__":
    folder = Path({str(inputs)!r})
    bill_tables(Settings(inputs=[str(folder / "in.parquet")], out=folder / "out.parquet",
        template=str(folder / "template.yaml"), tariffs=Path({str(TARIFFS)!r}), workers=int(sys.argv[1]), chunk={CHUNK}), Slow())
"""
    script = inputs / "slow.py"
    script.write_text(code)
    process = subprocess.Popen([sys.executable, str(script), str(request.param)])
    yield process
    process.kill()
    process.wait()


def test_a_run_that_was_killed_goes_on_to_the_same_bytes(inputs: Path, slow: subprocess.Popen[bytes]) -> None:
    parts = inputs / "out.parquet.parts"
    while len(list(parts.glob("0*.json"))) < 3:
        assert slow.poll() is None, "the run ended before it could be killed"
        time.sleep(0.01)
    slow.send_signal(signal.SIGKILL)
    slow.wait()
    done = {json.loads(path.read_text())["counts"]["rows"] for path in parts.glob("0*.json")}
    assert done == {CHUNK}
    assert not (inputs / "out.parquet").exists()
    (inputs / "slow.py").unlink()
    seen = Seen()
    bill_tables(settings(inputs), seen)
    assert seen.batches[0].resumed
    resumed = results(inputs)
    bill_tables(settings(inputs, restart=True))
    assert results(inputs) == resumed


def test_several_files_of_several_formats(inputs: Path) -> None:
    (inputs / "more.csv").write_text("户号,峰,备注\nB1,100,x\nB2,x,y\n")
    (inputs / "columns.yaml").write_text(f"户号: account\n峰: {KWH}\n")
    counts = bill_tables(
        settings(inputs, inputs=[str(inputs / "more.csv")], columns=str(inputs / "columns.yaml"), out=inputs / "o.csv")
    )
    assert (counts.rows, counts.billed, counts.rejected) == (2, 1, 1)
    both = settings(
        inputs, inputs=[str(inputs / "in.parquet"), str(inputs / "in.parquet")], out=inputs / "both.parquet"
    )
    assert bill_tables(both).rows == ROWS, "a file that is named twice is read once"


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"out": Path("out.ods")}, "the name of a result ends in .parquet, .csv, .arrow, .feather or .xlsx"),
        ({"rejects": Path("bad.txt")}, "bad.txt: cannot_write"),
        (
            {"out": Path("not-there/out.csv")},
            "not-there: cannot_write: this cannot be written: there is no such directory",
        ),
        ({"inputs": ["not-there.csv"]}, "not-there.csv: cannot_read"),
        ({"template": "not-there.yaml"}, "not-there.yaml: cannot_read"),
        ({"columns": "not-there.yaml"}, "not-there.yaml: cannot_read"),
        ({"tariffs": Path("not-there")}, "not-there: cannot_read"),
    ],
)
def test_what_cannot_be_begun(inputs: Path, changed: dict[str, Any], found: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        bill_tables(settings(inputs, **changed))
    assert found in str(raised.value)


def test_a_template_is_a_mapping(inputs: Path) -> None:
    (inputs / "template.yaml").write_text("- a\n")
    with pytest.raises(InvalidInput, match="a mapping is expected here"):
        bill_tables(settings(inputs))


def test_a_format_that_is_told_wins_over_the_name(inputs: Path) -> None:
    bill_tables(settings(inputs, out=inputs / "out.txt", format=Tabular.CSV))
    assert (inputs / "out.txt").read_text().startswith("account,energy,upstream_loss")


def test_rejects_lie_beside_the_result() -> None:
    assert default_rejects(Path("a/bills.parquet")) == Path("a/bills.parquet.rejects.csv")


def test_of_no_rows_there_are_two_empty_results(inputs: Path) -> None:
    pq.write_table(table_of(Random(1), 0), inputs / "in.parquet")
    assert bill_tables(settings(inputs)) == Counts()
    assert pq.read_table(inputs / "out.parquet").num_rows == 0


def test_a_place_behind_a_gap_in_the_name_of_a_column_is_refused_at_once(inputs: Path) -> None:
    (inputs / "far.csv").write_text("account,metering_points.39999.id\na,x\n")
    with pytest.raises(InvalidInput, match="nothing is told of the entry 1 of this list"):
        bill_tables(settings(inputs, inputs=[str(inputs / "far.csv")]))


def test_an_empty_cell_over_a_number_of_the_template_is_rejected(inputs: Path) -> None:
    kva = "agreement.0.supply_points.S1.transformers.0.kva"
    (inputs / "some.csv").write_text(f"account,{kva}\na,100\nb,\n")
    counts = bill_tables(settings(inputs, inputs=[str(inputs / "some.csv")], out=inputs / "some-bills.csv"))
    assert (counts.billed, counts.rejected) == (1, 1)
    [_, reject] = (inputs / "some-bills.csv.rejects.csv").read_text().splitlines()
    assert '"b","/agreement/0/supply_points/S1/transformers/0","missing_key"' in reject


def test_what_is_no_month_is_told_as_one(inputs: Path) -> None:
    table = pa.table({"account": ["A", "B", "C", "D"], "月份": ["202406", "202413", None, "2024-00"]})
    pq.write_table(table, inputs / "months.parquet")
    (inputs / "columns.yaml").write_text("account: account\n月份: month\n")
    template = TEMPLATE.replace("cycle: {from: 2024-06-01, to: 2024-07-01}\n", "")
    (inputs / "template.yaml").write_text(template.replace("period: {from: 2024-06-01, to: 2024-07-01}\n", ""))
    told = {"inputs": [str(inputs / "months.parquet")], "columns": str(inputs / "columns.yaml"), "chunk": 3}
    assert bill_tables(settings(inputs, **told)).rejected == 3
    _, *rejects = (inputs / "out.parquet.rejects.csv").read_text().splitlines()
    assert [line.split(",")[1:5] for line in rejects if "a month is written" in line] == [
        ["2", '"B"', '"/month"', '"wrong_type"'], ["4", '"D"', '"/month"', '"wrong_type"'],
    ]  # fmt: skip
    assert not any("YYYY" in line for line in rejects)
