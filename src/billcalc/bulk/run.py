"""A run over many pieces of many inputs, by several processes; what is done is kept, so that it can be taken up again.

The work is cut into pieces by the inputs alone, never by the number of workers, and each piece fills a part of its own:
the parts in their order are the result, whoever made them and in whatever order.
"""

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from multiprocessing import get_all_start_methods, get_context, parent_process
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from billcalc.bulk.calculate import calculate_batch
from billcalc.bulk.keys import told_twice
from billcalc.bulk.money import money_of_rows
from billcalc.bulk.output import Output, Wanted
from billcalc.bulk.paths import ACCOUNT
from billcalc.bulk.plans import Plans, Requests
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import Fault
from billcalc.tariff.catalog import Catalog
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS, Lexicon
from billcalc.words.saying import sentence

__all__ = [
    *("REJECTS", "Counts", "Part", "Piece", "Repeats", "Rows", "Source", "Store", "Work"),
    *("as_worker", "run", "workers_context"),
]

REJECTS = pa.schema(
    [
        ("file", pa.string()),
        ("row", pa.int64()),
        ("account", pa.string()),
        ("field", pa.string()),
        ("code", pa.string()),
        ("message", pa.string()),
    ]
)
"""What is told of a row that was not billed; rows count from 1 in each file."""

LINES_ROWS_MAX = 8 * 1024
"""Bills whose lines are in memory at one time: each has dozens."""


Repeats = Mapping[int, Mapping[int, tuple[int, int]]]
"""Of each input the rows that come back, each with the input and row that told its account's days before."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive rows of one input: a worker's unit of work.

    Attributes:
        number: its place in the run, and that of its part in the result.
        source: which input.
        rows: how many there are, as far as that is known before they are read.
        place: where they stand in the input; the input's own affair.
    """

    number: int
    source: int
    rows: int
    place: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that were read.

    Attributes:
        batch: columns named by their paths in the request.
        numbers: of each row, from 1 in its input.
        malformed: rows that are none, with the facts of what is wrong.
        faulty: rows of the batch, by their places in it, that are known to be no requests, and why.
    """

    batch: pa.RecordBatch
    numbers: NDArray[np.int64]
    malformed: tuple[tuple[int, Mapping[str, str]], ...] = ()
    faulty: tuple[tuple[int, Fault], ...] = ()


class Source(Protocol):
    """An input; it is sent to the workers."""

    @property
    def name(self) -> str:
        """What rejects call it."""
        ...

    def read(self, place: tuple[int, ...]) -> Iterator[Rows]:
        """The rows of a piece, a bounded number at a time."""
        ...


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows came in, and what became of them: ``rows`` is always ``billed + rejected``."""

    rows: int = 0
    billed: int = 0
    rejected: int = 0
    problems: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.rows + other.rows,
            self.billed + other.billed,
            self.rejected + other.rejected,
            Counter(self.problems) + Counter(other.problems),
        )


class Part(Protocol):
    """The results of one piece while they are written."""

    def write(self, bills: pa.RecordBatch) -> None:
        """Add some bills."""
        ...

    def reject(self, rejects: pa.RecordBatch) -> None:
        """Add some rows that were not billed."""
        ...


class Store(Protocol):
    """Where parts are kept; it is sent to the workers."""

    def counts(self, number: int) -> Counts | None:
        """What is told of a part that is complete; None of one that is not."""
        ...

    def part(self, number: int) -> AbstractContextManager[Part]:
        """A part to fill, which is complete when it is also finished."""
        ...

    def finish(self, number: int, counts: Counts) -> None:
        """Say that a part is complete."""
        ...


@dataclass(frozen=True, slots=True)
class Work:
    """What every worker needs: it is sent to each of them once."""

    sources: Sequence[Source]
    store: Store
    catalog: Catalog
    template: Mapping[str, Any]
    output: Wanted
    chunk: int
    repeats: Repeats = field(default_factory=dict)
    language: Language = Language.ENGLISH
    requests: Requests | None = None


def run(work: Work, pieces: Sequence[Piece], *, workers: int, report: Callable[[Counts], None]) -> Counts:
    """Bill every piece that has no part yet.

    Args:
        work: what the pieces are of.
        pieces: all of them, in the order of the result.
        workers: processes; with one the run stays in this process.
        report: is told the counts of each piece when it is complete, of those done before first.
    """
    done = {piece.number: counts for piece in pieces if (counts := work.store.counts(piece.number)) is not None}
    whole = Counts()
    for counts in done.values():
        whole += counts
        report(counts)
    left = [piece for piece in pieces if piece.number not in done]
    for counts in _alone(work, left) if workers == 1 or len(left) < 2 else _together(work, left, workers):
        whole += counts
        report(counts)
    return whole


def _alone(work: Work, pieces: Iterable[Piece]) -> Iterator[Counts]:
    worker = Worker(work)
    for piece in pieces:
        yield worker.bill(piece)


def _together(work: Work, pieces: Sequence[Piece], workers: int) -> Iterator[Counts]:
    """The counts of pieces as they are completed; no piece is begun after one has failed."""
    with ProcessPoolExecutor(workers, workers_context(work), start_worker, (work,)) as pool:
        try:
            for future in as_completed([pool.submit(bill_in_worker, piece) for piece in pieces]):
                yield future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def workers_context(work: Work, *modules: str) -> BaseContext:
    """How workers are started: from a process that has imported what they need and does nothing else.

    So the imports, which take as long as billing a hundred thousand rows, are made and kept in memory once for all of
    them. This process itself would not do: it has threads, whose locks a copy would find taken for ever. Where there is
    no such way (on Windows) each worker starts from nothing.
    """
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    told = [work.store, *work.sources]
    context.set_forkserver_preload(sorted({__name__, *modules, *(type(each).__module__ for each in told)}))
    return context


class Worker:
    """Bills pieces one after the other; plans once made serve all of them."""

    def __init__(self, work: Work) -> None:
        self._work = work
        money = money_of_rows(work.template, work.catalog, work.output)
        self._plans = Plans(work.catalog, work.template, work.requests, currency=money)
        has_lines = isinstance(work.output, Output) and work.output is not Output.TOTALS
        self._at_once = min(work.chunk, LINES_ROWS_MAX) if has_lines else work.chunk

    def bill(self, piece: Piece) -> Counts:
        """Make the part of a piece."""
        source = self._work.sources[piece.source]
        counts = Counts()
        with self._work.store.part(piece.number) as part:
            for rows in source.read(piece.place):
                counts += self._bill(part, piece.source, rows)
        self._work.store.finish(piece.number, counts)
        return counts

    def _bill(self, part: Part, source: int, rows: Rows) -> Counts:
        counts = Counts(len(rows.malformed), 0, len(rows.malformed))
        rejects = [_malformed(rows.malformed, LEXICONS[self._work.language])]
        for start in range(0, rows.batch.num_rows, self._at_once):
            billed, rejected = self._bill_batch(part, source, rows, start)
            counts += billed
            rejects.append(rejected)
        told = pa.Table.from_batches(rejects).sort_by("row")
        file = pa.array([self._work.sources[source].name] * told.num_rows, pa.string())
        for batch in told.add_column(0, "file", file).cast(REJECTS).to_batches():
            part.reject(batch)
        return counts

    def _bill_batch(self, part: Part, source: int, rows: Rows, start: int) -> tuple[Counts, pa.RecordBatch]:
        """Bill as many rows as are billed at one time; when it returns, of the bills only those written are left."""
        batch = rows.batch.slice(start, self._at_once)
        known = dict(self._repeated(source, batch.column(ACCOUNT), rows.numbers[start : start + batch.num_rows]))
        known |= {place - start: fault for place, fault in rows.faulty if start <= place < start + batch.num_rows}
        language = self._work.language
        result = calculate_batch(batch, self._plans, self._work.output, first_row=start, known=known, language=language)
        part.write(result.bills)
        numbers = pa.array(rows.numbers[result.rejects.column("row").to_numpy()], pa.int64())
        counts = Counts(batch.num_rows, result.billed, result.rejects.num_rows, result.problems)
        return counts, result.rejects.set_column(0, "row", numbers)

    def _repeated(self, source: int, accounts: pa.Array, numbers: NDArray[np.int64]) -> Iterator[tuple[int, Fault]]:
        """The rows of a batch that come back."""
        repeats = self._work.repeats.get(source)
        if repeats:
            for place in np.flatnonzero(np.isin(numbers, np.fromiter(repeats, np.int64))):
                before, row = repeats[int(numbers[place])]
                yield int(place), told_twice(accounts[int(place)].as_py(), row, self._work.sources[before].name)


def _malformed(rows: Sequence[tuple[int, Mapping[str, str]]], lexicon: Lexicon) -> pa.RecordBatch:
    """The rejects of rows that could not even be read."""
    code = FaultCode.SYNTAX
    return pa.RecordBatch.from_arrays(
        [
            pa.array([row for row, _ in rows], pa.int64()),
            pa.nulls(len(rows), pa.string()),
            pa.array([""] * len(rows), pa.string()),
            pa.array([code.value] * len(rows), pa.string()),
            pa.array([sentence(lexicon, code, facts) for _, facts in rows], pa.string()),
        ],
        names=["row", "account", "field", "code", "message"],
    )


_worker: list[Worker] = []
"""The one worker of a process of the pool."""


def start_worker(work: Work) -> None:
    """Make this process a worker."""
    as_worker()
    _worker[:] = [Worker(work)]


def as_worker() -> None:
    """Have this process end with the process that started it, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started it is told too, and stops it
    pa.set_cpu_count(1)  # there is a worker for each core
    parent = parent_process()
    if parent is not None:
        Thread(target=end_with, args=(parent,), daemon=True).start()


def end_with(parent: BaseProcess) -> None:
    """Wait for a process to end and end at once: what is half done is done again by the next run."""
    parent.join()
    os._exit(1)


def bill_in_worker(piece: Piece) -> Counts:
    """Bill a piece in a process of the pool."""
    [worker] = _worker
    return worker.bill(piece)
