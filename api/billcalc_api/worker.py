"""A worker: a process that calculates, one job after the other, and is ended by the system if one takes too long.

A timer of processor time raises ``OverBudget`` in Python code, so that a batch loses one line. What holds the processor
inside a library, where nothing can be raised, is ended by the system's own limit, and the process with it.
"""

import gc
import os
import pickle
import resource
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import NoReturn

import pyarrow as pa

from billcalc_api import batch, bills, checks, claims, compare, corrections, diagnose, simulations, tables
from billcalc_api.calculating import Failure, OverBudget, Tools, failure_of

__all__ = ["JOB_SECONDS_MAX", "work"]

JOB_SECONDS_MAX = 600
"""The processor time of a whole job, such as a block of a batch whose lines have a limit each [s]."""

_AGAIN = 0.5
"""Where what was raised was lost, as in a destructor, it is raised again after so much time [s]."""
_JOBS = (
    *(bills.answer, checks.answer, compare.answer, diagnose.answer, batch.answer, tables.answer),
    *(claims.answer, corrections.answer, simulations.answer),
)
"""What is asked of a worker; imported here, so that a new one has all it needs."""
_NICER = 2
"""How much a worker steps back behind the service, which is to answer at once whatever is calculated."""


def work(end: socket.socket, tools: Tools) -> None:
    """Answer jobs until the service is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the service is told too, and ends its workers when it is done
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGPROF, _over)
    os.nice(_NICER)
    pa.set_cpu_count(1)  # there are as many workers as processors
    tools = replace(tools, limited=lambda: _limited(tools.seconds_max))
    gc.collect()
    gc.freeze()  # what stays as long as the process need not be gone over again while bills wait
    connection = Connection(end.detach())
    try:
        while True:
            job = connection.recv_bytes()
            connection.send_bytes(_answered(job, tools))
    except (EOFError, OSError):
        return


def _answered(job: bytes, tools: Tools) -> bytes:
    """The answer to a job, or its failure."""
    _allow(JOB_SECONDS_MAX)
    try:
        function, arguments = pickle.loads(job)
        return pickle.dumps(function(tools, *arguments))
    except OverBudget:
        return pickle.dumps(Failure(OverBudget.__name__))
    except Exception as error:  # noqa: BLE001 - whatever it is, the service answers and the next job is done
        return pickle.dumps(failure_of(error))


def _over(*_: object) -> NoReturn:
    raise OverBudget


@contextmanager
def _limited(seconds: int) -> Iterator[None]:
    _allow(2 * seconds)
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        _allow(JOB_SECONDS_MAX)


def _allow(seconds: int) -> None:
    """Let the process have so much processor time from now on; then the system ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + seconds
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    until = until if hard == resource.RLIM_INFINITY else min(until, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (until, hard))
