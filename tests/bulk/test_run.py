"""A run over pieces: by one process or several, in parts that are the same, with counts that add up."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing import get_all_start_methods
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from billcalc.bulk import run as module
from billcalc.bulk.output import Output
from billcalc.bulk.run import REJECTS, Counts, Piece, Rows, Work, bill_in_worker, end_with, run, start_worker
from billcalc.kernel.reasons import Reason
from tests.bulk import tariffs
from tests.bulk.test_calculate import KWH, TEMPLATE


@dataclass(frozen=True)
class Numbers:
    """An input of rows whose energies are their numbers; every tenth is no number, and row 7 is malformed."""

    name: str = "numbers"

    def read(self, place: tuple[int, ...]) -> Iterator[Rows]:
        first, last = place
        numbers = [number for number in range(first, last + 1) if number != 7]
        kwh = [f"x{number}" if number % 10 == 0 else str(number) for number in numbers]
        batch = pa.RecordBatch.from_pydict({"account": [f"A{number}" for number in numbers], KWH: kwh})
        yield Rows(
            batch,
            np.array(numbers),
            ((7, {"reason": Reason.CELLS_INSTEAD, "count": "1", "expected": "2"}),) if first <= 7 <= last else (),
        )


@dataclass
class Kept:
    """A store in memory."""

    bills: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    rejects: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    finished: dict[int, Counts] = field(default_factory=dict)

    def counts(self, number: int) -> Counts | None:
        return self.finished.get(number)

    @contextmanager
    def part(self, number: int) -> Iterator[Any]:
        store = self
        self.bills[number], self.rejects[number] = [], []

        class Part:
            def write(self, bills: pa.RecordBatch) -> None:
                store.bills[number] += bills.to_pylist()

            def reject(self, rejects: pa.RecordBatch) -> None:
                assert rejects.schema == REJECTS
                store.rejects[number] += rejects.to_pylist()

        yield Part()

    def finish(self, number: int, counts: Counts) -> None:
        self.finished[number] = counts


PIECES = [Piece(0, 0, 12, (1, 12)), Piece(1, 0, 3, (13, 15)), Piece(2, 1, 20, (1, 20))]


def work(store: Kept, output: Output = Output.TOTALS, chunk: int = 5) -> Work:
    return Work((Numbers(), Numbers("more")), store, tariffs.catalog(), TEMPLATE, output, chunk)


@pytest.fixture
def store() -> Kept:
    return Kept()


def test_every_row_is_billed_or_rejected_in_the_order_of_the_input(store: Kept) -> None:
    told: list[Counts] = []
    counts = run(work(store), PIECES, workers=1, report=told.append)
    assert (counts.rows, counts.billed, counts.rejected) == (35, 30, 5)
    assert [(each.rows, each.billed, each.rejected) for each in told] == [(12, 10, 2), (3, 3, 0), (20, 17, 3)]
    assert [row["account"] for row in store.bills[0]] == [f"A{number}" for number in (1, 2, 3, 4, 5, 6, 8, 9, 11, 12)]
    assert [(row["file"], row["row"], row["account"], row["code"]) for row in store.rejects[0]] == [
        ("numbers", 7, None, "syntax"),
        ("numbers", 10, "A10", "not_a_number"),
    ]
    assert [(row["file"], row["row"]) for row in store.rejects[2]] == [("more", 7), ("more", 10), ("more", 20)]
    assert store.rejects[0][0]["message"] == "the text cannot be read: 1 cells instead of 2; correct it at this place"


@pytest.mark.parametrize("output", list(Output))
def test_the_chunk_changes_nothing(output: Output) -> None:
    small, large = Kept(), Kept()
    run(work(small, output, chunk=1), PIECES, workers=1, report=lambda _: None)
    run(work(large, output, chunk=1000), PIECES, workers=1, report=lambda _: None)
    assert (small.bills, small.rejects, small.finished) == (large.bills, large.rejects, large.finished)


@pytest.mark.parametrize("chunk", [1, 3, 1000])
def test_rows_that_come_back_are_rejected_with_the_row_before(store: Kept, chunk: int) -> None:
    again = replace(work(store, chunk=chunk), repeats={1: {2: (0, 12), 15: (1, 1), 30: (0, 1)}})
    counts = run(again, PIECES, workers=1, report=lambda _: None)
    assert (counts.rows, counts.billed, counts.rejected) == (35, 28, 7)
    assert [(row["row"], row["code"]) for row in store.rejects[2]] == [
        (2, "twice"),
        (7, "syntax"),
        (10, "not_a_number"),
        (15, "twice"),
        (20, "not_a_number"),
    ]
    assert store.rejects[2][0]["message"].startswith(
        "the account A2 came before for the same time, in row 12 of numbers;"
    )
    assert [row["code"] for row in store.rejects[0]] == ["syntax", "not_a_number"]


def test_what_is_done_is_not_done_again(store: Kept) -> None:
    whole = run(work(store), PIECES, workers=1, report=lambda _: None)
    del store.finished[1]
    store.bills = {}
    told: list[Counts] = []
    assert run(work(store), PIECES, workers=1, report=told.append) == whole
    assert list(store.bills) == [1]
    assert [each.rows for each in told] == [12, 20, 3]


def test_a_run_of_nothing(store: Kept) -> None:
    assert run(work(store), [], workers=2, report=lambda _: None) == Counts()


def test_counts_add_up_with_their_problems() -> None:
    whole = Counts(3, 2, 1, {"given_fact": 2}) + Counts(1, 1, 0, {"given_fact": 1, "excess_demand": 1})
    assert whole == Counts(4, 3, 1, {"given_fact": 3, "excess_demand": 1})


@pytest.fixture
def no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process becomes no worker for good."""
    monkeypatch.setattr(module, "_worker", [])
    monkeypatch.setattr(pa, "set_cpu_count", lambda _: None)
    monkeypatch.setattr(signal, "signal", lambda *_: None)


@pytest.mark.usefixtures("no_worker")
def test_a_worker_bills_a_piece(store: Kept) -> None:
    start_worker(work(store))
    assert bill_in_worker(PIECES[1]) == Counts(3, 3, 0, {"given_fact": 3})
    assert [row["account"] for row in store.bills[1]] == ["A13", "A14", "A15"]


class Parent:
    """A process that has ended."""

    joined = False

    def join(self) -> None:
        self.joined = True


@pytest.mark.usefixtures("no_worker")
def test_a_worker_ends_with_the_process_that_started_it(store: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    ends: list[int] = []
    monkeypatch.setattr(os, "_exit", ends.append)
    parent = Parent()
    monkeypatch.setattr(module, "parent_process", lambda: parent)
    started: list[Any] = []

    class Started:
        def __init__(self, *, target: Any, args: Any, daemon: bool) -> None:
            started.append((target, args, daemon))

        def start(self) -> None:
            started.append("started")

    monkeypatch.setattr(module, "Thread", Started)
    start_worker(work(store))
    assert started == [(end_with, (parent,), True), "started"]
    end_with(parent)  # type: ignore[arg-type]
    assert parent.joined
    assert ends == [1]


@dataclass(frozen=True)
class Written:
    """A store of files, for workers have no common memory."""

    directory: Path

    def counts(self, number: int) -> Counts | None:
        return None

    @contextmanager
    def part(self, number: int) -> Iterator[Any]:
        kept = Kept()
        with kept.part(number) as part:
            yield part
        (self.directory / f"{number}").write_text(repr((kept.bills[number], kept.rejects[number])))

    def finish(self, number: int, counts: Counts) -> None:
        pass


@pytest.mark.parametrize("methods", [get_all_start_methods(), ["spawn"]])
def test_several_workers_make_the_same_parts(
    store: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, methods: list[str]
) -> None:
    monkeypatch.setattr(module, "get_all_start_methods", lambda: methods)
    alone = run(work(store), PIECES, workers=1, report=lambda _: None)
    told: list[Counts] = []
    together = run(work(Written(tmp_path)), PIECES, workers=2, report=told.append)  # type: ignore[arg-type]
    assert together == alone
    assert len(told) == len(PIECES)
    for piece in PIECES:
        expected = repr((store.bills[piece.number], store.rejects[piece.number]))
        assert (tmp_path / f"{piece.number}").read_text() == expected


@dataclass(frozen=True)
class Broken:
    """An input that cannot be read."""

    name: str = "broken"

    def read(self, place: tuple[int, ...]) -> Iterator[Rows]:
        raise OSError("the disk is gone")


def test_a_piece_that_fails_ends_the_run(tmp_path: Path) -> None:
    broken = Work((Broken(), Broken()), Written(tmp_path), tariffs.catalog(), TEMPLATE, Output.TOTALS, 5)
    with pytest.raises(OSError, match="the disk is gone"):
        run(broken, PIECES, workers=2, report=lambda _: None)
    assert list(tmp_path.iterdir()) == []
