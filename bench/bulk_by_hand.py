"""Tables of a million bills of ten lines, beside programs as a good engineer would write them in an hour.

They bill what ``bench/by_hand.py`` bills, and no other table: no checks, no rejects, no bounds; their tables are equal
to ours in every cell. By numpy integers: a total of each bill and nothing else, all that columns give, and the lines;
by a query over DECIMAL; and reading and writing alone. Medians of the processor time of runs in turn, one thread.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from bench.by_duckdb import CLOSING, KVA, REGISTERS, by_duckdb
from bench.by_hand import FIXTURE, Integers, tariff_of
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.planning.planner import make_plan
from billcalc.billing.request import Request
from billcalc.bulk import calculate as calculate_batches
from billcalc.bulk.arrow import decimal_array
from billcalc.bulk.output import Output
from billcalc.fields import validated
from billcalc.files.documents import read_document
from billcalc.library.catalog import load_catalog, shipped_tariffs
from billcalc.runs.batches import Settings, bill_tables

ROWS, RUNS = 1_000_000, 5
AT_ONCE = 128 * 1024
"""Rows that the other program reads, bills and writes at one time."""

Ints = NDArray[np.int64]


def template() -> dict[str, Any]:
    """The request of the fixture; its total is not read, the registers of the bands add up to it."""
    data: Any = read_document(shipped_tariffs().parent / "fixtures" / FIXTURE / "request.yaml").data
    for reading in data["metering_points"][0]["readings"]:
        reading.pop("total", None)
    return dict(data)


def table(rows: int, common: dict[str, Any], *, seed: int = 1) -> pa.RecordBatch:
    """Accounts with readings [0.01] above the opening ones, and capacities [0.01 kVA]."""
    drawn = np.random.default_rng(seed)
    opening = common["metering_points"][0]["readings"][0]
    columns = {"account": pa.array(np.arange(rows)).cast(pa.string())}
    for register in REGISTERS:
        columns[f"{CLOSING}.{register}"] = _decimals(
            int(Decimal(opening[register]) * 100) + drawn.integers(1, 500, rows)
        )
    columns[KVA] = _decimals(100 * drawn.integers(1, 200_000, rows))
    return pa.record_batch(columns)


def _decimals(numbers: Ints, places: int = 2) -> pa.Array:
    """Whole numbers as decimals: of money [0.01], or of energy with more places [1]."""
    return decimal_array(_words_of(numbers if places == 2 else numbers * 10**places), places)


def _words_of(numbers: Ints) -> Ints:
    """Whole numbers of 128 bits, in two words each."""
    flat = numbers.reshape(-1)
    words = np.empty((len(flat), 2), dtype=np.int64)
    words[:, 0], words[:, 1] = flat, flat >> 63
    return words


def _with_nulls(words: Ints, places: int, none: NDArray[np.bool_]) -> pa.Array:
    validity = pa.py_buffer(np.packbits(~none.reshape(-1), bitorder="little"))
    return pa.Array.from_buffers(pa.decimal128(38, places), len(words), [validity, pa.py_buffer(words)])


@dataclass(frozen=True)
class Amounts:
    """The lines of many bills as they are printed.

    Attributes:
        lines: their amounts [0.01 CNY].
        kwh: of the bands [kWh].
        active: all of it [kWh].
        kva: the capacity [0.01 kVA].
        base: what the power factor adjusts [0.01 CNY].
        ratio: by which [10⁻⁶].
    """

    lines: Mapping[str, Ints]
    kwh: Mapping[str, Ints]
    active: Ints
    kva: Ints
    base: Ints
    ratio: Ints
    total: Ints


class Arrays(Integers):
    """The ten lines of ``Integers``, for many bills at a time."""

    def amounts(self, batch: pa.RecordBatch, common: dict[str, Any]) -> Amounts:
        """The lines of a table."""
        point = common["metering_points"][0]
        opening, factor = point["readings"][0], int(point["config"][0]["multiplier"])
        refund = int(Decimal(common["given"][0]["amount"]) * 100)

        def counted(register: str) -> Ints:
            opened = int(Decimal(opening[register]) * 100)
            moved = _whole(batch.column(f"{CLOSING}.{register}")) - opened
            return (moved * factor + 50) // 100

        peak, flat, valley, reactive = map(counted, REGISTERS)
        active, kva = peak + flat + valley, _whole(batch.column(KVA))
        bands = {"peak": peak, "flat": flat, "valley": valley}
        lines = {band: _fen(kwh, price) for (band, kwh), price in zip(bands.items(), self._by_band, strict=True)}
        others = zip(
            ("upstream_loss", "network_energy", "coal_capacity", "other_operation"), self._per_kwh, strict=False
        )
        lines |= {code: _fen(active, price) for code, price in others}
        lines["capacity"] = (kva * self._capacity + 500_000) // 1_000_000
        base = sum(lines.values(), np.zeros(1, dtype=np.int64))
        levy = self._per_kwh[-1]
        lines["levies"] = _fen(peak, levy) + _fen(flat, levy) + _fen(valley, levy)
        ratios = np.zeros(101, dtype=np.int64)
        ratios[list(self._ratios)] = list(self._ratios.values())
        ratio = ratios[_cosphi(active, reactive)]
        by_ratio = base * ratio
        lines["power_factor"] = np.sign(by_ratio) * ((np.abs(by_ratio) + 500_000) // 1_000_000)
        lines["refund"] = np.full(len(active), refund)
        total = base + lines["levies"] + lines["power_factor"] + refund
        return Amounts(lines, bands, active, kva, base, ratio, total)

    def totals(self, batch: pa.RecordBatch, common: dict[str, Any]) -> pa.Array:
        """The totals of a table [0.01 CNY]."""
        return _decimals(self.amounts(batch, common).total)

    def table_of_totals(self, batch: pa.RecordBatch, common: dict[str, Any]) -> pa.Table:
        """What columns give of each bill, in every cell."""
        found = self.amounts(batch, common)
        line, rows = found.lines, batch.num_rows
        sums = {
            "energy": line["peak"] + line["flat"] + line["valley"],
            "upstream_loss": line["upstream_loss"],
            "network_energy": line["network_energy"],
            "network_capacity": line["capacity"],
            "system_operation": line["coal_capacity"] + line["other_operation"],
            "levies": line["levies"],
            "catalogue": np.zeros(rows, dtype=np.int64),
            "power_factor": line["power_factor"],
            "minimum": np.zeros(rows, dtype=np.int64),
            "refunds": line["refund"],
            "total": found.total,
        }
        path = pa.DictionaryArray.from_arrays(np.zeros(rows, dtype=np.int32), ["columns"])
        decimals = {name: _decimals(numbers) for name, numbers in sums.items()}
        return pa.table(
            {"account": batch.column("account"), **decimals, "kwh": _decimals(found.active, 8), "path": path}
        )

    def table_of_lines(self, batch: pa.RecordBatch, common: dict[str, Any], words: pa.Table) -> pa.Table:
        """The lines that columns give, in every cell.

        Args:
            batch: of the rows.
            common: what they have in common.
            words: the lines of one bill, whose words and prices are those of all.
        """
        found = self.amounts(batch, common)
        rows, lines = batch.num_rows, words.num_rows
        amounts, quantities = np.empty((rows, lines), dtype=np.int64), np.empty((rows, lines), dtype=np.int64)
        prices, none = np.empty((rows, lines), dtype=np.int64), np.zeros((rows, lines), dtype=np.bool_)
        for place, told in enumerate(words.select(["code", "band", "price"]).to_pylist()):
            code, band = told["code"], told["band"]
            amounts[:, place] = found.lines[band or code]
            prices[:, place] = int((told["price"] or 0) * 10**12)
            if code == "capacity":
                quantities[:, place] = found.kva * 10**6
            elif code == "power_factor":
                quantities[:, place], prices[:, place] = found.base * 10**6, found.ratio * 10**6
            else:
                quantities[:, place] = (found.kwh[band] if band else found.active) * 10**8
            none[:, place] = code == "refund"
        repeated = {
            name: _repeated(words.column(name).combine_chunks(), rows)
            for name in ("code", "label", "section", "group", "band", "unit")
        }
        days = {name: pa.array(np.tile(words.column(name).to_numpy(), rows)) for name in ("from", "to")}
        accounts = pa.DictionaryArray.from_arrays(np.repeat(np.arange(rows, dtype=np.int32), lines), batch["account"])
        numbers = {
            "quantity": _with_nulls(_words_of(quantities), 8, none),
            "price": _with_nulls(_words_of(prices), 12, none),
            "amount": decimal_array(_words_of(amounts), 2),
        }
        told = {"account": accounts, **repeated, **days, **numbers}
        return pa.table({name: told[name] for name in ("account", *words.schema.names)})


def _repeated(words: pa.DictionaryArray, times: int) -> pa.DictionaryArray:
    """The same words of every bill."""
    none = np.tile(words.is_null().to_numpy(zero_copy_only=False), times)
    codes = np.tile(words.indices.fill_null(0).to_numpy(), times)
    return pa.DictionaryArray.from_arrays(pa.array(codes, mask=none if none.any() else None), words.dictionary)


def _whole(column: pa.Array) -> Ints:
    """The low words of decimals, which hold them."""
    return np.frombuffer(column.buffers()[1], dtype=np.int64)[2 * column.offset :: 2][: len(column)]


def _fen(kwh: Ints, price: int) -> Ints:
    return (kwh * price + 5_000) // 10_000


def _cosphi(active: Ints, reactive: Ints) -> Ints:
    """cosφ [0.01], half up: in floats, and exactly where they are near a half."""
    exact = active / np.hypot(active, reactive) * 100 + 0.5
    found = np.floor(exact).astype(np.int64)
    for row in np.flatnonzero(np.abs(exact - np.rint(exact)) < 1e-7):
        square, other = int(active[row]) ** 2, int(reactive[row]) ** 2
        found[row] = max(k for k in range(101) if 40_000 * square >= (2 * k - 1) ** 2 * (square + other) or not k)
    return found


def seconds(work: Callable[[], object]) -> float:
    """The processor time of one run."""
    before = time.process_time()
    work()
    return time.process_time() - before


def copied(requests: Path, results: pa.Table, out: Path) -> None:
    """Reads the requests and writes results that are there: what files cost whoever bills."""
    pq.read_table(requests, use_threads=False)
    pq.write_table(results, out)


class Bench:
    """The programs and the table."""

    def __init__(self, rows: int, folder: Path) -> None:
        self.common, self.catalog = template(), load_catalog(areas=["cn-guangxi"])
        request = validated(Request, self.common)
        bill = calculate(request, self.catalog)
        assert isinstance(bill, Bill)
        self.tariff = tariff_of(bill, make_plan(request, self.catalog)[0])
        self.arrays = Arrays(self.tariff)
        self.rows = rows
        self.batch = table(rows, self.common)
        self.words = pa.Table.from_batches([self.in_columns("lines", table(1, self.common))]).drop_columns("account")
        self.requests, self.ours, self.theirs = (
            folder / name for name in ("requests.parquet", "a.parquet", "b.parquet")
        )
        pq.write_table(pa.Table.from_batches([self.batch]), self.requests)

    def in_columns(self, output: Literal["totals", "lines"], batch: pa.RecordBatch) -> pa.RecordBatch:
        """What columns give in memory."""
        [result] = calculate_batches([batch], self.catalog, output=output, template=self.common)
        return result.bills

    def billed(self, output: Output) -> None:
        """From file to file by columns, one process."""
        bill_tables(Settings([str(self.requests)], self.ours, output=output, template=self.common, workers=1))

    def by_numpy(self, made: Callable[[pa.RecordBatch, dict[str, Any]], pa.Table], **written: Any) -> None:
        """From file to file by numpy, so many rows at a time."""
        writer = None
        with pq.ParquetFile(self.requests) as file:
            for batch in file.iter_batches(AT_ONCE, use_threads=False):
                results = made(batch, self.common)
                writer = writer or pq.ParquetWriter(self.theirs, results.schema, **written)
                writer.write_table(results)
        assert writer is not None, "there are rows"
        writer.close()

    def one_total(self, batch: pa.RecordBatch, common: dict[str, Any]) -> pa.Table:
        """A table of accounts and totals."""
        return pa.table({"account": batch.column("account"), "total": self.arrays.totals(batch, common)})

    def lines(self, batch: pa.RecordBatch, common: dict[str, Any]) -> pa.Table:
        """A table of lines."""
        return self.arrays.table_of_lines(batch, common, self.words)


def same(one: pa.Table, other: pa.Table) -> bool:
    """Whether two tables are equal in every cell."""
    plain = [each.cast(pa.schema([(field.name, _plain(field.type)) for field in one.schema])) for each in (one, other)]
    return bool(plain[0].equals(plain[1]))


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def main() -> None:
    """Measure all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as directory:
        made = Bench(rows, Path(directory))
        batch, common, arrays = made.batch, made.common, made.arrays
        totals, tuned = arrays.table_of_totals, {"use_dictionary": ["path"], "write_statistics": ["account"]}
        told = f"{rows:,} totals"
        report(
            f"{told} in memory",
            "numpy, one total",
            lambda: arrays.totals(batch, common),
            lambda: made.in_columns("totals", batch),
        )
        report(
            f"{told} in memory",
            "numpy, every cell",
            lambda: totals(batch, common),
            lambda: made.in_columns("totals", batch),
        )
        billed = lambda: made.billed(Output.TOTALS)  # noqa: E731
        report(f"{told}, files", "numpy, one total", lambda: made.by_numpy(made.one_total), billed)
        report(f"{told}, files", "numpy, every cell", lambda: made.by_numpy(totals), billed)
        report(f"{told}, files", "the same, written as ours", lambda: made.by_numpy(totals, **tuned), billed)
        report(
            f"{told}, files",
            "DuckDB DECIMAL",
            lambda: by_duckdb(made.requests, made.theirs, made.tariff, common),
            billed,
        )
        assert same(pq.read_table(made.ours), pq.read_table(made.theirs)), "both bill the same"
        results = pq.read_table(made.ours)
        report(f"{told}, files", "Arrow, read and write", lambda: copied(made.requests, results, made.theirs), billed)
        told = f"lines of {rows:,}"
        billed = lambda: made.billed(Output.LINES)  # noqa: E731
        report(f"{told}, files", "numpy, every cell", lambda: made.by_numpy(made.lines), billed)
        results = pq.read_table(made.ours)
        report(f"{told}, files", "Arrow, read and write", lambda: copied(made.requests, results, made.theirs), billed)


def report(name: str, other: str, by_hand: Callable[[], object], by_billcalc: Callable[[], object]) -> None:
    """Print a row."""
    times = [(seconds(by_hand), seconds(by_billcalc)) for _ in range(RUNS)]
    hand, ours = (statistics.median(each) for each in zip(*times, strict=True))
    print(f"{name:28} {other:26} {hand:7.3f} s, billcalc {ours:7.3f} s, ratio {ours / hand:5.2f}", flush=True)


if __name__ == "__main__":
    main()
