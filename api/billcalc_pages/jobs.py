"""Audits of tables as jobs: a directory for each, a process of its own while it runs, until its time is over.

What a job is stands in files, each written as a whole: so it outlives whoever started it, and goes on where it was
ended. Whoever looks at jobs tends them: what waits is started as there is room, what is over its time is removed.
"""

import json
import os
import re
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import Any

from billcalc.files import disk
from billcalc.files.writing import write_file
from billcalc_api.settings import Settings

__all__ = ["JOBS_OF_KEY_MAX", "TRIES_MAX", "Job", "Jobs", "State", "Tries", "spawned"]

JOBS_OF_KEY_MAX = 20
"""How many are kept for one key."""
TRIES_MAX = 5
"""How often a job that was ended is begun again."""
_ID = re.compile(r"[0-9a-f]{32}")
_HOUR = 3600
_ABOUT, _ASKED, _PROGRESS, _OUTCOME, _FAILURE = (
    f"{name}.json" for name in ("about", "asked", "progress", "outcome", "failure")
)
_LOCK, _PROCESS, _TRIES = "lock", "process", "tries"


class State(StrEnum):
    """Where a job stands."""

    UPLOADED = "uploaded"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Tries(Exception):
    """A job was begun as often as it may be."""


class Job:
    """A job.

    Args:
        folder: where its files are.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.id = folder.name
        self.results = folder / "results"

    @property
    def about(self) -> Mapping[str, Any]:
        """Whose it is, when it was made [s since 1970], what its files are called."""
        return self._told(_ABOUT) or {}

    @property
    def asked(self) -> Mapping[str, Any] | None:
        """What was accepted; None where nothing was yet."""
        return self._told(_ASKED)

    @property
    def progress(self) -> Mapping[str, Any]:
        """How far it is."""
        return self._told(_PROGRESS) or {}

    @property
    def outcome(self) -> Mapping[str, Any]:
        """What it came to."""
        return self._told(_OUTCOME) or {}

    @property
    def failure(self) -> Mapping[str, Any]:
        """Why it came to nothing."""
        return self._told(_FAILURE) or {}

    @property
    def state(self) -> State:
        """Where it stands."""
        for name, state in ((_OUTCOME, State.DONE), (_FAILURE, State.FAILED), (_ASKED, State.RUNNING)):
            if (self.folder / name).exists():
                return state
        return State.UPLOADED

    def file(self, name: str) -> Path:
        """A file of the visitor's, under the name that it has here."""
        return self.folder / str(self.about["files"][name]["here"])

    def begin(self, asked: Mapping[str, Any]) -> None:
        """Let it run as soon as there is room; what an earlier attempt came to is forgotten."""
        for name in (_FAILURE, _PROGRESS, _TRIES):
            (self.folder / name).unlink(missing_ok=True)
        self._tell(_ASKED, asked)

    def goes_on(self, phase: str, **told: object) -> None:
        """Tell how far it is."""
        self._tell(_PROGRESS, {"phase": phase, **told})

    def is_done(self, outcome: Mapping[str, Any]) -> None:
        """Tell what it came to."""
        self._tell(_OUTCOME, outcome)

    def has_failed(self, failure: Mapping[str, Any]) -> None:
        """Tell why it came to nothing."""
        self._tell(_FAILURE, failure)

    @contextmanager
    def running(self) -> Iterator[bool]:
        """Keep others from running it, as long as this process lives; False where another runs it."""
        with disk.open_lock(self.folder / _LOCK) as file:
            is_ours = disk.try_lock(file)
            if is_ours:
                write_file(self.folder / _PROCESS, str(os.getpid()))
            yield is_ours

    @property
    def is_running(self) -> bool:
        """Whether a process runs it."""
        if not (self.folder / _LOCK).exists():
            return False
        with disk.open_lock(self.folder / _LOCK) as file:
            return not disk.try_lock(file)

    def try_again(self) -> None:
        """Count an attempt.

        Raises:
            Tries: where there were enough.
        """
        path = self.folder / _TRIES
        times = path.stat().st_size if path.exists() else 0
        if times >= TRIES_MAX:
            raise Tries
        with path.open("ab") as file:
            file.write(b".")

    def end(self) -> None:
        """End its process and those that it started."""
        with suppress(OSError, ValueError):
            os.killpg(int((self.folder / _PROCESS).read_text(encoding="utf-8")), signal.SIGKILL)

    def _told(self, name: str) -> dict[str, Any] | None:
        try:
            told: dict[str, Any] = json.loads((self.folder / name).read_bytes())
        except FileNotFoundError:
            return None
        return told

    def _tell(self, name: str, told: Mapping[str, Any]) -> None:
        write_file(self.folder / name, json.dumps(told, ensure_ascii=False, default=str))


def spawned(job: Job, settings: Settings) -> subprocess.Popen[bytes]:
    """A process that runs a job; it goes on when the service ends."""
    told = {name: getattr(settings, name) for name in ("tariffs", "store", "job_rows_max", "job_seconds_max")}
    environment = {f"BILLCALC_{name.upper()}": str(value) for name, value in told.items() if value is not None}
    return subprocess.Popen(
        [sys.executable, "-m", "billcalc_pages.job_run", str(job.folder)],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


class Jobs:
    """The jobs of a service.

    Args:
        folder: where they are.
        settings: of the service.
        start: runs a job in a process of its own.
        clock: seconds since 1970.
    """

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        *,
        start: Callable[[Job, Settings], subprocess.Popen[bytes] | None] = spawned,
        clock: Callable[[], float] = time.time,
    ) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder.resolve()
        self._settings = settings
        self._start = start
        self._clock = clock
        self._started: dict[str, subprocess.Popen[bytes] | None] = {}
        self._lock = threading.Lock()

    def all(self) -> list[Job]:
        """All jobs, the oldest first; one whose files are still arriving is none yet."""
        found = [Job(path) for path in self._folder.iterdir() if _ID.fullmatch(path.name)]
        known = [job for job in found if job.about]
        return sorted(known, key=lambda job: (job.about["made"], job.id))

    def of(self, owner: str) -> list[Job]:
        """Those of a key, the newest first."""
        return [job for job in reversed(self.all()) if job.about["owner"] == owner]

    def job(self, owner: str, told: str) -> Job | None:
        """A job of a key; None where it has none of this id."""
        job = Job(self._folder / told) if _ID.fullmatch(told) else None
        return job if job is not None and job.about.get("owner") == owner else None

    @contextmanager
    def arriving(self) -> Iterator[Job]:
        """A directory for the files of a job; it is gone where they do not arrive."""
        job = Job(self._folder / secrets.token_hex(16))
        job.results.mkdir(mode=0o700, parents=True)
        job.folder.chmod(0o700)
        try:
            yield job
        finally:
            if not job.about:
                disk.remove_tree(job.folder)

    def made(self, job: Job, owner: str, files: Mapping[str, Mapping[str, str]]) -> None:
        """Say that the files of a job are there."""
        job._tell(_ABOUT, {"owner": owner, "made": int(self._clock()), "files": files})

    def until(self, job: Job) -> int:
        """When its files are removed [s since 1970]."""
        return int(job.about["made"]) + self._settings.job_hours_kept * _HOUR

    def remove(self, job: Job) -> None:
        """End a job, and remove all its files."""
        with self._lock:
            if job.is_running:
                job.end()
            process = self._started.pop(job.id, None)
            if process is not None:
                process.wait()
            disk.remove_tree(job.folder)

    def tend(self) -> None:
        """Remove what is over its time, and start what waits."""
        for job in self.all():
            if self.until(job) < self._clock():
                self.remove(job)
        with self._lock:
            waiting, running = [], 0
            for job in (each for each in self.all() if each.state is State.RUNNING):
                if self._is_at_work(job):
                    running += 1
                else:
                    waiting.append(job)
            for job in waiting[: max(0, self._settings.jobs_at_once - running)]:
                try:
                    job.try_again()
                except Tries:
                    job.has_failed({"often": TRIES_MAX})
                else:
                    self._started[job.id] = self._start(job, self._settings)

    def _is_at_work(self, job: Job) -> bool:
        """Whether it runs; a process that was just started may not have said so yet."""
        process = self._started.get(job.id)
        return (process is not None and process.poll() is None) or job.is_running
