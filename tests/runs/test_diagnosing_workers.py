"""Several processes tell of differing bills what one process tells, in the same order."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any

import pyarrow as pa
import pytest

from billcalc.bulk.output import Output
from billcalc.bulk.run import Work
from billcalc.runs import diagnosing, diagnosing_workers
from billcalc.runs.bulk_diagnosis import Telling
from billcalc.runs.diagnosing_workers import Job, diagnosed_bills
from billcalc.runs.issued_tables import IssuedTable
from billcalc.tariff.catalog import Catalog
from billcalc.words.language import Language


class Here:
    """A pool of processes that does everything in this one, when it is asked for."""

    def __init__(self, workers: int, context: object, start: Callable[..., None], told: tuple[Any, ...]) -> None:
        self.is_shut = False
        start(*told)

    def __enter__(self) -> "Here":
        return self

    def __exit__(self, *error: object) -> None:
        assert self.is_shut == (error[0] is not None)

    def submit(self, do: Callable[[Any], Any], bills: object) -> "Future[Any]":
        future: Future[Any] = Future()
        future.set_result(do(bills))
        return future

    def shutdown(self, **told: bool) -> None:
        self.is_shut = True


class Known:
    """A database that knows how many bills differ."""

    def __init__(self, count: int) -> None:
        self.count = count

    def execute(self, query: str) -> "Known":
        return self

    def fetchall(self) -> list[tuple[int]]:
        return [(self.count,)]


class Finding:
    """Finds twice what it is asked."""

    def __init__(self, *told: object) -> None:
        assert isinstance(told[0], IssuedTable)

    def of(self, bills: int) -> Iterator[int]:
        yield 2 * bills


JOB: Job[list[Any]] = Job(IssuedTable(), Work((), None, Catalog(()), {}, Output.COMPARED, 1), list)  # type: ignore[arg-type]


@pytest.mark.parametrize(("workers", "count"), [(1, 1000), (2, 2), (2, 1000)])
def test_bills_are_told_in_their_order_by_however_many_processes(
    monkeypatch: pytest.MonkeyPatch, workers: int, count: int
) -> None:
    monkeypatch.setattr(diagnosing_workers, "ProcessPoolExecutor", Here)
    monkeypatch.setattr(diagnosing_workers, "Diagnosing", Finding)
    monkeypatch.setattr(diagnosing_workers, "differing_bills", lambda *args: iter(range(9)))
    found = list(diagnosed_bills(Known(count), JOB, (), workers=workers))
    assert found == [[2 * each] for each in range(9)]


def test_no_bill_is_begun_after_one_that_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> Iterator[int]:
        yield 1
        raise OSError("gone")

    monkeypatch.setattr(diagnosing_workers, "ProcessPoolExecutor", Here)
    monkeypatch.setattr(diagnosing_workers, "Diagnosing", Finding)
    monkeypatch.setattr(diagnosing_workers, "differing_bills", broken)
    with pytest.raises(OSError, match="gone"):
        list(diagnosed_bills(Known(1000), JOB, (), workers=2))


def test_rows_are_gathered_up_to_a_number_and_kept_apart_by_their_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = (pa.record_batch({name: pa.array(["x", "y"])}) for name in ("account", "other"))
    monkeypatch.setattr(diagnosing, "GATHERED_ROWS", 5)
    found = list(diagnosing._gathered([one, one, one.slice(0, 1), one, other, other.slice(0, 0)]))
    assert [(each.num_rows, each.schema.names) for each in found] == [
        (5, ["account"]),
        (2, ["account"]),
        (2, ["other"]),
    ]
    assert [each.num_rows for each in diagnosing._gathered([one.slice(0, 0)])] == [0]
    assert list(diagnosing._gathered([])) == []


def test_of_nothing_found_there_is_a_table_of_nothing() -> None:
    assert Telling(Language.CHINESE)(iter(())).num_rows == 0
