"""Workers: what takes too long is ended, what fails harms nobody else, and keys are served in turn."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest

from billcalc_api.calculating import CalculationFailed, Ended, Full, Tools
from billcalc_api.workers import Workers
from tests.api import jobs
from tests.api.calling import tariffs


@pytest.fixture(scope="module")
def running() -> Iterator[Callable[[Callable[[Workers], Coroutine[Any, Any, None]]], None]]:
    """Does something with workers that may have a second of a processor for a job."""
    with asyncio.Runner() as runner:
        workers = Workers(Tools(tariffs(), 1 << 20, 1), wait_seconds=0.5)
        runner.run(workers.start())
        yield lambda doing: runner.run(doing(workers))
        runner.run(workers.stop())


Running = Callable[[Callable[[Workers], Coroutine[Any, Any, None]]], None]


@pytest.mark.parametrize("endless", [jobs.spinning, jobs.holding])
def test_a_job_that_takes_too_long_is_ended_and_others_are_done(running: Running, endless: Callable[..., Any]) -> None:
    async def doing(workers: Workers) -> None:
        long = asyncio.create_task(workers.run("a", endless))
        assert (await workers.run("b", jobs.sleeping, 0, patient=True)).body == b"done"
        with pytest.raises(Ended):
            await long
        assert (await workers.run("a", jobs.sleeping, 0, patient=True)).body == b"done"

    running(doing)


def test_a_job_that_fails_tells_where_and_nothing_of_the_customer(running: Running) -> None:
    async def doing(workers: Workers) -> None:
        with pytest.raises(CalculationFailed) as caught:
            await workers.run("a", jobs.failing)
        failure = caught.value.failure
        assert failure.error == "RuntimeError"
        assert failure.at[-1].startswith("tests/api/jobs.py:")
        assert "4711" not in repr(failure)

    running(doing)


def test_a_worker_that_dies_is_replaced(running: Running) -> None:
    async def doing(workers: Workers) -> None:
        for _ in range(workers.count + 1):
            with pytest.raises(CalculationFailed, match="worker ended with 3"):
                await workers.run("a", jobs.dying, patient=True)
        assert (await workers.run("a", jobs.sleeping, 0, patient=True)).body == b"done"

    running(doing)


def test_one_key_cannot_have_all_workers_and_who_waits_too_long_is_told(running: Running) -> None:
    async def doing(workers: Workers) -> None:
        for _ in range(workers.count):  # until those of the tests before are replaced
            await workers.run("a", jobs.sleeping, 0, patient=True)
        many = [asyncio.create_task(workers.run("a", jobs.sleeping, 1.5)) for _ in range(workers.count + 2)]
        await asyncio.sleep(0.05)
        start = time.monotonic()
        assert (await workers.run("b", jobs.sleeping, 0)).body == b"done"
        assert time.monotonic() - start < 1
        told = await asyncio.gather(*many, return_exceptions=True)
        assert [type(each) for each in told].count(Full) >= 3
        assert (await workers.run("a", jobs.sleeping, 0, patient=True)).body == b"done"

    running(doing)


def test_those_who_wait_are_served_in_turn(running: Running) -> None:
    async def doing(workers: Workers) -> None:
        done: list[str] = []

        async def asked(owner: str) -> None:
            await workers.run(owner, jobs.sleeping, 0.02, patient=True)
            done.append(owner)

        first = [asked("a") for _ in range(20)]
        await asyncio.gather(*first, asked("b"), asked("c"))
        assert {"b", "c"} <= set(done[: len(first) // 2 + workers.count]), "behind all others they would be last"

    running(doing)


def test_a_job_that_nobody_waits_for_any_more_is_ended(running: Running) -> None:
    async def doing(workers: Workers) -> None:
        task = asyncio.create_task(workers.run("a", jobs.sleeping, 30))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        for _ in range(workers.count):
            assert (await workers.run("b", jobs.sleeping, 0, patient=True)).body == b"done"

    running(doing)
