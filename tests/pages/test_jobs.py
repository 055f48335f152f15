"""Audits as jobs: a process each, that goes on where it was ended, and files that are removed after their time."""

import asyncio
import json
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from billcalc_api.settings import Settings
from billcalc_pages import audit_views, job_run, jobs
from billcalc_pages.job_run import run_job
from billcalc_pages.jobs import TRIES_MAX, Job, Jobs, State
from billcalc_pages.mounting import _with_jobs
from tests.pages.audits import accepted, audited, job_at, send, sent, visitor_of, word


@pytest.fixture(scope="module")
def table() -> bytes:
    return audited()


def test_a_form_that_is_none_too_large_or_of_another_visit_is_refused(tmp_path: Path, table: bytes) -> None:
    visitor = visitor_of(tmp_path, job_bytes_max=100)
    assert send(visitor, b"a" * 70_000).status_code == 413
    assert visitor("POST", "/zh/audit", content=b"x", headers={"content-type": "text/plain"}).status_code == 400
    assert visitor.post("/zh/audit", token="0" * 64, issued=("a.csv", b"a")).status_code == 403
    assert not [*(tmp_path / "jobs").iterdir()]


def test_a_table_that_takes_too_long_is_refused(tmp_path: Path, table: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("billcalc_pages.uploads.MultiPartParser.parse", lambda self: asyncio.sleep(60))
    visitor = visitor_of(tmp_path)
    object.__setattr__(visitor.app.state.service.settings, "job_upload_seconds_max", 0)

    assert send(visitor, table).status_code == 408


def test_a_table_with_too_many_rows_is_refused(tmp_path: Path, table: bytes) -> None:
    visitor = visitor_of(tmp_path, job_rows_max=1)
    place = sent(visitor, table)
    accepted(visitor, place)
    answer = visitor.get(place)

    assert word("zh", "failed_title") in answer.text
    assert "issued.csv" in answer.text
    assert str(tmp_path) not in answer.text
    assert word("zh", "state_failed") in visitor.get("/zh/audit").text


class _Interrupted(BaseException):
    """As if the power failed."""


def test_an_interrupted_audit_goes_on_where_it_was(
    tmp_path: Path, table: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(self: object, counts: object) -> None:
        raise _Interrupted

    def ended(job: Job, settings: Settings) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(job_run._Telling, "goes_on", interrupted)
            with pytest.raises(_Interrupted):
                run_job(job, settings)

    visitor = visitor_of(tmp_path, start=ended)
    place = sent(visitor, table)
    accepted(visitor, place)
    text = visitor.get(place)
    assert word("zh", "running_title") in text.text
    assert text.headers["refresh"]
    assert word("zh", "running_billing").format(done=0, rows=2) in text.text
    job = job_at(visitor, place)
    assert (job.state, job.is_running) == (State.RUNNING, False)
    assert [*job.results.glob("*.parts/*.json")], "what was billed is kept"

    again = visitor_of(tmp_path)
    assert again.get(place).status_code == 303
    assert ">0302</a>" in again.get(place).text


def test_a_job_that_is_ended_again_and_again_is_given_up(tmp_path: Path, table: bytes) -> None:
    visitor = visitor_of(tmp_path, start=lambda job, settings: None)
    place = sent(visitor, table)
    accepted(visitor, place)
    assert word("zh", "running_waiting") in visitor.get(place).text
    for _ in range(TRIES_MAX):
        visitor.app.state.jobs.tend()

    assert word("zh", "failed_often").format(times=TRIES_MAX) in visitor.get(place).text


@pytest.mark.parametrize(
    ("progress", "told"),
    [
        ({"phase": "diagnosing", "done": 2, "rows": 2}, ("running_diagnosing", {"rows": 2})),
        ({"phase": "findings"}, ("running_findings", {})),
    ],
)
def test_how_far_an_audit_is_is_told(
    tmp_path: Path, table: bytes, progress: dict[str, Any], told: tuple[str, dict[str, int]]
) -> None:
    visitor = visitor_of(tmp_path, start=lambda job, settings: job.goes_on(**progress))
    place = sent(visitor, table)
    accepted(visitor, place)

    assert word("zh", told[0]).format(**told[1]) in visitor.get(place).text


@pytest.mark.parametrize(
    ("error", "told"),
    [(job_run._OverTime(), "failed_time"), (ZeroDivisionError("customer 0301"), "failed_inside")],
)
def test_what_fails_is_told_without_a_word_of_the_customers(
    tmp_path: Path, table: bytes, monkeypatch: pytest.MonkeyPatch, error: BaseException, told: str
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(job_run, "review", fails)
    visitor = visitor_of(tmp_path)
    place = sent(visitor, table)
    accepted(visitor, place)
    text = visitor.get(place).text

    assert word("zh", told).partition("{")[0] in text
    assert "0301" not in text


def test_files_are_removed_after_their_time(tmp_path: Path, table: bytes) -> None:
    visitor = visitor_of(tmp_path, job_hours_kept=1)
    place = sent(visitor, table)
    settings = visitor.app.state.service.settings
    made = job_at(visitor, place).about["made"]

    Jobs(tmp_path / "jobs", settings, clock=lambda: made + 3600).tend()
    assert job_at(visitor, place).folder.exists()
    Jobs(tmp_path / "jobs", settings, clock=lambda: made + 3601).tend()
    assert visitor.get(place).status_code == 404
    assert not [*(tmp_path / "jobs").iterdir()]


def test_as_many_audits_run_at_once_as_may(tmp_path: Path, table: bytes) -> None:
    started: list[Job] = []

    class Process:
        def poll(self) -> None:
            return None

        def wait(self) -> int:
            return 0

    def start(job: Job, settings: Settings) -> Any:
        started.append(job)
        return Process()

    visitor = visitor_of(tmp_path, start=start)
    places = [sent(visitor, table) for _ in range(2)]
    for place in places:
        accepted(visitor, place)
    assert [job.id for job in started] == [places[0].rpartition("/")[2]]
    visitor.post(f"{places[0]}/remove")
    visitor.app.state.jobs.tend()
    assert [job.id for job in started] == [place.rpartition("/")[2] for place in places]


def test_a_running_audit_is_ended_before_its_files_are_removed(
    tmp_path: Path, table: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[tuple[int, int]] = []
    monkeypatch.setattr("os.killpg", lambda process, signal: ended.append((process, signal)))
    visitor = visitor_of(tmp_path)
    place = sent(visitor, table)
    job = job_at(visitor, place)
    with job.running() as is_ours:
        assert is_ours
        assert job.is_running
        with job.running() as twice:
            assert not twice
        run_job(job, visitor.app.state.service.settings)
        assert job.state is State.UPLOADED, "another runs it"
        visitor.post(f"{place}/remove")

    assert len(ended) == 1
    assert not job.folder.exists()


def test_what_did_not_arrive_whole_leaves_nothing(
    tmp_path: Path, table: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = visitor_of(tmp_path)
    monkeypatch.setattr("shutil.copyfileobj", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        audit_views._kept(visitor.app.state.jobs, "", _form(table))
    assert not [*(tmp_path / "jobs").iterdir()]


def _form(table: bytes) -> Any:
    import io

    from starlette.datastructures import UploadFile

    from billcalc_pages.uploads import Received

    return Received({}, {"issued": UploadFile(io.BytesIO(table), size=len(table), filename="六月.csv")})


def test_a_job_is_run_by_a_process_with_the_settings_of_the_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[tuple[list[str], dict[str, Any]]] = []
    monkeypatch.setattr(subprocess, "Popen", lambda command, **told: called.append((command, told)))
    jobs.spawned(Job(tmp_path), Settings(job_rows_max=7, store="f.sqlite"))

    [(command, told)] = called
    assert command[1:] == ["-m", "billcalc_pages.job_run", str(tmp_path)]
    assert (told["env"]["BILLCALC_JOB_ROWS_MAX"], told["env"]["BILLCALC_STORE"]) == ("7", "f.sqlite")
    assert told["start_new_session"]


def test_the_process_limits_its_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alarms: list[int] = []
    monkeypatch.setattr("signal.alarm", alarms.append)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setattr("os.nice", lambda by: by)
    monkeypatch.setenv("BILLCALC_JOB_SECONDS_MAX", "60")
    ran: list[str] = []
    monkeypatch.setattr(job_run, "run_job", lambda job, told: ran.append(job.id))
    job_run.main(str(tmp_path / "one"))

    assert (alarms, ran) == ([60], ["one"])
    with pytest.raises(job_run._OverTime):
        job_run._over()


def test_what_a_job_is_told_in_is_json(tmp_path: Path) -> None:
    job = Job(tmp_path)
    job.is_done({"money": Decimal("1.50")})

    assert json.loads((tmp_path / "outcome.json").read_text(encoding="utf-8")) == {"money": "1.50"}
    job.end()  # no process was told


class _Tended:
    """Jobs that tell how often they were looked after."""

    def __init__(self, *errors: OSError) -> None:
        self.times = 0
        self._errors = [*errors]

    def tend(self) -> None:
        self.times += 1
        if self._errors:
            raise self._errors.pop()


def serve(tended: _Tended | None) -> None:
    """Let a service run for as long as it takes to look after its jobs twice."""
    app = FastAPI()
    app.state.jobs = tended

    async def running() -> None:
        async with _with_jobs(_nothing)(app):
            while tended is not None and tended.times < 2:
                await asyncio.sleep(0)

    asyncio.run(running())


@asynccontextmanager
async def _nothing(app: FastAPI) -> AsyncIterator[None]:
    yield


def test_jobs_are_looked_after_while_the_service_runs_whatever_the_disk_does(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(audit_views, "_TEND_SECONDS", 0)
    tended = _Tended(OSError("full"))
    serve(tended)
    serve(None)

    assert tended.times >= 2
    assert '"event": "jobs"' in caplog.text
    assert "full" not in caplog.text
