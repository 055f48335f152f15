"""Differing bills diagnosed by several processes: what is told comes in the order of the bills, whoever found it.

A cause may hold what makes other documents, which is not sent: so what each process found is told there, in the form
that is wanted, and that comes back.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from billcalc.audit.diagnose.diagnosis import SETS_MAX
from billcalc.bulk.plans import Plans
from billcalc.bulk.run import Work, as_worker, workers_context
from billcalc.runs.diagnosing import Diagnosing, Differing, Found, differing_bills
from billcalc.runs.issued_tables import IssuedTable
from billcalc.runs.request_tables import RequestTable

__all__ = ["SHARED_BILLS", "Job", "diagnose_in_worker", "diagnosed_bills", "start_diagnosing"]

Told = TypeVar("Told")

SHARED_BILLS = 256
"""Fewer differing bills are sooner diagnosed than other processes begin."""
_AHEAD = 2
"""How many groups of bills are sent to each process before one is told: the rest waits unread."""
_COUNT = "SELECT count(DISTINCT account) FROM findings"


@dataclass(frozen=True, slots=True)
class Job(Generic[Told]):
    """What each process needs: it is sent to each of them once.

    Attributes:
        layout: of the issued table.
        work: what was billed.
        tell: makes of what was found what is wanted; it is sent, too.
        sets_max: how many sets of causes are computed for a bill at most.
    """

    layout: IssuedTable
    work: Work
    tell: Callable[[Iterator[Found]], Told]
    sets_max: int = SETS_MAX

    def plans(self) -> Plans:
        """The plans of what was billed, with the files of intervals that rows name."""
        return Plans(self.work.catalog, self.work.template, self.work.requests)

    def made(self) -> Callable[[Differing], Told]:
        """Diagnoses bills, and tells what was found."""
        diagnosing = Diagnosing(self.layout, self.plans(), self.sets_max)
        return lambda bills: self.tell(diagnosing.of(bills))


def diagnosed_bills(
    connection: Any, job: Job[Told], tables: Sequence[RequestTable], *, workers: int = 1
) -> Iterator[Told]:
    """Diagnose every bill that differs, those of one structure together, and tell what was found.

    Args:
        connection: a database with the ``lines`` and ``findings`` of a comparison.
        job: what is done.
        tables: the requests.
        workers: processes; with one, and of few bills, all is done in this process.
    """
    differing = differing_bills(connection, job.layout, job.plans(), tables)
    [(count,)] = connection.execute(_COUNT).fetchall()
    if workers == 1 or count < SHARED_BILLS:
        return map(job.made(), differing)
    return _shared(job, differing, workers)


def _shared(job: Job[Told], differing: Iterable[Differing], workers: int) -> Iterator[Told]:
    waiting: deque[Future[Told]] = deque()
    with ProcessPoolExecutor(workers, workers_context(job.work, __name__), start_diagnosing, (job,)) as pool:
        try:
            for bills in differing:
                waiting.append(pool.submit(diagnose_in_worker, bills))
                if len(waiting) > _AHEAD * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


_made: list[Callable[[Differing], Any]] = []
"""What this process does with bills, where it is one of the pool."""


def start_diagnosing(job: Job[Any]) -> None:
    """Make this process one that diagnoses; it ends with the one that started it."""
    as_worker()
    _made[:] = [job.made()]


def diagnose_in_worker(bills: Differing) -> Any:
    """Diagnose bills in a process of the pool."""
    [made] = _made
    return made(bills)
