"""The workers of a service: who calculates next, for whom, and what becomes of a worker that does not come back.

The service itself only reads, waits and writes, so that it answers at once whatever is calculated. One key cannot have
all workers, and those who wait are served in turn.
"""

import asyncio
import logging
import os
import pickle
import signal
import socket
import struct
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from multiprocessing import get_context
from typing import Any

from billcalc_api.calculating import Answer, CalculationFailed, Ended, Failure, Full, OverBudget, Tools
from billcalc_api.worker import JOB_SECONDS_MAX, work

__all__ = ["Workers"]

_LOG = logging.getLogger("billcalc_api")
_SIZE = struct.Struct("!i")  # as multiprocessing's connections write it
_CONTEXT = get_context("forkserver")
_KILLED = (-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGPROF)


class _Worker:
    """The service's end of a worker."""

    def __init__(self, tools: Tools) -> None:
        self._end, other = socket.socketpair()
        self._process = _CONTEXT.Process(target=work, args=(other, tools), daemon=True)
        self._process.start()
        other.close()

    async def connect(self) -> None:
        self._reader, self._writer = await asyncio.open_connection(sock=self._end)

    async def ask(self, job: bytes) -> Any:
        self._writer.write(_SIZE.pack(len(job)) + job)
        await self._writer.drain()
        (size,) = _SIZE.unpack(await self._reader.readexactly(_SIZE.size))
        return pickle.loads(await self._reader.readexactly(size))

    def end(self) -> int | None:
        """End the process; returns how it ended."""
        self._writer.close()
        self._process.join(1 if self._reader.at_eof() else 0)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join()
        return self._process.exitcode


class Workers:
    """Gives each job a worker.

    Args:
        tools: sent to each worker once.
        wait_seconds: how long a request waits for a worker before it is told to come back [s].
    """

    def __init__(self, tools: Tools, *, wait_seconds: float) -> None:
        self.count = (os.cpu_count() or 1) + 1
        self._tools = tools
        self._wait_seconds = wait_seconds
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._busy: Counter[str | None] = Counter()
        self._waiting: OrderedDict[str | None, deque[asyncio.Future[_Worker]]] = OrderedDict()
        self._renewals: set[asyncio.Task[None]] = set()
        self._stopping = False

    async def start(self) -> None:
        """Start all workers."""
        _CONTEXT.set_forkserver_preload([work.__module__])
        for _ in range(self.count):
            await self._add()

    async def stop(self) -> None:
        """End all workers."""
        self._stopping = True
        await asyncio.gather(*self._renewals)
        for worker in self._all:
            worker.end()
        await asyncio.sleep(0)  # so that their connections are closed too

    async def run(
        self, owner: str | None, function: Callable[..., Answer], *arguments: object, patient: bool = False
    ) -> Answer:
        """The answer to a job.

        Args:
            owner: the name of the key it is for; None where keys are off, and then all is one's own.
            function: one that workers know.
            arguments: what it takes besides the tools.
            patient: to wait for a worker as long as it takes: an answer that has begun.

        Raises:
            Full: where no worker became free.
            Ended: where the calculation took too long.
            CalculationFailed: where it failed.
        """
        job = pickle.dumps((function, arguments))
        worker = await self._turn(owner, patient=patient)
        sound = False
        try:
            async with asyncio.timeout(JOB_SECONDS_MAX):
                reply = await worker.ask(job)
            sound = True
        except (asyncio.IncompleteReadError, ConnectionError):
            code = worker.end()
            if code in _KILLED:
                raise Ended from None
            raise CalculationFailed(Failure(f"worker ended with {code}")) from None
        except TimeoutError:
            raise Ended from None
        finally:
            self._release(owner, worker, sound=sound)
        if not isinstance(reply, Failure):
            assert isinstance(reply, Answer)
            return reply
        if reply.error == OverBudget.__name__:
            raise Ended
        raise CalculationFailed(reply)

    async def _turn(self, owner: str | None, *, patient: bool) -> _Worker:
        """A worker for this owner, when it is its turn."""
        turn: asyncio.Future[_Worker] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(owner, deque()).append(turn)
        self._serve()
        try:
            async with asyncio.timeout(None if patient else self._wait_seconds):
                return await turn
        except (TimeoutError, asyncio.CancelledError) as error:
            if turn.done() and not turn.cancelled():  # given in the same moment: give it back
                self._release(owner, turn.result(), sound=True)
            elif turn in (queue := self._waiting.get(owner, deque())):
                queue.remove(turn)
            if isinstance(error, TimeoutError):
                raise Full from None
            raise

    def _release(self, owner: str | None, worker: _Worker, *, sound: bool) -> None:
        self._busy[owner] -= 1
        if not self._busy[owner]:
            del self._busy[owner]
        if sound:
            self._idle.append(worker)
        else:
            self._all.discard(worker)
            worker.end()
            renewal = asyncio.get_running_loop().create_task(self._add())
            self._renewals.add(renewal)
            renewal.add_done_callback(self._renewals.discard)
        self._serve()

    def _serve(self) -> None:
        """Give idle workers to those who wait: owners in turn, and none more than its share."""
        share = max(1, len(self._all) - 1)
        for owner in list(self._waiting):
            queue = self._waiting[owner]
            while queue and queue[0].done():  # it no longer waits
                queue.popleft()
            if queue and self._idle and (owner is None or self._busy[owner] < share):
                self._busy[owner] += 1
                queue.popleft().set_result(self._idle.pop())
                self._waiting.move_to_end(owner)
            if not queue:
                del self._waiting[owner]

    async def _add(self) -> None:
        """Start a worker; where the system has no room for one now, try again."""
        while not self._stopping:
            try:
                worker = await asyncio.to_thread(_Worker, self._tools)
            except OSError as error:
                _LOG.error('{"event": "no_worker", "error": "%s"}', type(error).__name__)
                await asyncio.sleep(1)
                continue
            await worker.connect()
            self._all.add(worker)
            self._idle.append(worker)
            self._serve()
            return
