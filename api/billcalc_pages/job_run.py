"""Runs a job: ``python -m billcalc_pages.job_run DIRECTORY``, in a process of its own."""

import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path
from typing import Any, NoReturn

from billcalc.audit.findings.records import Occasion, Way
from billcalc.bulk.run import Counts
from billcalc.fields import validated
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.runs.asked_comparisons import AskedComparison, Meant, meant
from billcalc.runs.batches import Batch, Settings, Watcher, default_rejects
from billcalc.runs.causes_workbook import BulkDiagnosis
from billcalc.runs.check_limits import limits_documents
from billcalc.runs.reviews import TABLE, WORKBOOK, review
from billcalc.runs.shared_facts import shared_template
from billcalc.runs.table_layouts import TableLayout
from billcalc.words.language import Language
from billcalc_api.calculating import failure_of
from billcalc_api.settings import Settings as ServiceSettings
from billcalc_pages.jobs import Job

__all__ = ["main", "meaning_of", "run_job", "settings_of"]

_COUNTED = (
    *("issued", "recomputed", "matched", "agreeing", "differing", "unreadable", "rejected", "only_issued"),
    *("only_recomputed", "nameless", "totals", "over", "under", "too_much", "too_little"),
    *("issued_total", "recomputed_total", "unread", "unread_months", "encoding", "hidden", "hidden_columns"),
)
_NICER = 5


class _OverTime(BaseException):
    """The job took longer than it may; no ``except Exception`` holds it up."""


class _Telling(Watcher):
    """Tells how far a job is, and sees that its table is no longer than it may be."""

    def __init__(self, job: Job, rows_max: int) -> None:
        self._job, self._rows_max, self._rows = job, rows_max, 0

    def begins(self, batch: Batch) -> None:
        if batch.rows > self._rows_max:
            facts = {"count": str(batch.rows), "limit": str(self._rows_max)}
            raise InvalidInput([Fault(FaultCode.TOO_MANY, batch.tables[0].name, facts)])
        self._rows = batch.rows
        self._job.goes_on("billing", done=0, rows=batch.rows)

    def goes_on(self, counts: Counts) -> None:
        phase = "billing" if counts.rows < self._rows else "diagnosing"
        self._job.goes_on(phase, done=counts.rows, rows=self._rows)


def run_job(job: Job, told: ServiceSettings) -> None:
    """Audit the tables of a job; what it comes to, or why to nothing, is told beside them."""
    with job.running() as is_ours:
        if not is_ours:
            return
        try:
            job.is_done(_outcome(job, told))
        except InvalidInput as invalid:
            faults = [
                {
                    "code": each.code.value,
                    "where": _without(each.where, job),
                    "facts": {name: _without(str(fact), job) for name, fact in each.facts.items()},
                }
                for each in invalid.faults
            ]
            job.has_failed({"faults": faults})
        except _OverTime:
            job.has_failed({"seconds": told.job_seconds_max})
        except Exception as error:  # noqa: BLE001 - whatever it is, the visitor is told, and nothing of the customers
            failure = failure_of(error)
            job.has_failed({"error": f"{failure.error} {failure.at[-1] if failure.at else ''}".strip()})


def _without(text: str, job: Job) -> str:
    """A text that does not tell where the job is kept."""
    return text.replace(f"{job.folder}/", "").replace(str(job.folder), "")


def _outcome(job: Job, told: ServiceSettings) -> Mapping[str, Any]:
    found, settings = meaning_of(job), settings_of(job, told)
    settings = replace(settings, inputs=found.inputs, layout=found.layout, template=found.template)
    issued = job.file("issued")
    watcher = _Telling(job, told.job_rows_max)
    counts, diagnosis = review(settings, issued, job.results, mapping=found.mapping, watcher=watcher)
    run = _kept(job, told, settings, found) if (job.asked or {}).get("keep") and told.store is not None else None
    layout = found.layout
    sections = [each.value for each in layout.issued.sections.values()] if isinstance(layout, TableLayout) else []
    return {**_told(counts, diagnosis), "sections": sections, "run": run, "tables": _tables(job.results)}


def meaning_of(job: Job) -> Meant:
    """What the tables of a job mean, by what was accepted.

    Raises:
        InvalidInput: where facts are missing, or a table cannot be read.
    """
    asked, files = job.asked or {}, job.about["files"]
    issued = str(job.file("issued"))
    if "requests" in files:
        template = str(job.file("template")) if "template" in files else None
        names = asked.get("names") or None
        return meant(AskedComparison(issued, [str(job.file("requests"))], names, template=template), where="")
    layout = validated(TableLayout, asked["layout"])
    template_data = shared_template(asked["facts"], layout.requests.values(), where="")
    return Meant([issued], layout, None, template_data)


def settings_of(job: Job, told: ServiceSettings) -> Settings:
    """How the tables of a job are billed."""
    language = Language((job.asked or {}).get("language", Language.CHINESE))
    return Settings([], job.results / WORKBOOK, tariffs=told.tariffs, language=language)


def _kept(job: Job, told: ServiceSettings, settings: Settings, found: Meant) -> int:
    """The number of the run by which what is found is kept among the findings."""
    from billcalc.runs.auditing import Audit, audit_tables  # who keeps none needs no database
    from billcalc.store.store import Store

    assert told.store is not None, "it is asked for where there is one"
    job.goes_on("findings")
    store = Store(told.store, make=True)
    try:
        audit = Audit(
            replace(settings, out=job.results / "findings.csv"),
            Occasion.DAILY,
            Way.ONLINE,
            actor=job.about["owner"] or getuser(),
            at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            issued=job.file("issued"),
            mapping=found.mapping,
            limits=limits_documents(),
        )
        return audit_tables(audit, store).run.id
    finally:
        store.close()


def _told(counts: Counts, diagnosis: BulkDiagnosis) -> Mapping[str, Any]:
    comparison = diagnosis.comparison
    causes = [
        {"cause": each.cause, "area": each.area, "bills": each.bills, "money": each.money}
        for each in diagnosis.by_cause
    ]
    return {
        "rows": counts.rows,
        "billed": counts.billed,
        "refused": counts.rejected,
        "problems": dict(sorted(counts.problems.items())),
        **{name: getattr(comparison, name) for name in _COUNTED},
        "statuses": dict(diagnosis.statuses),
        "by_cause": causes,
    }


def _tables(results: Path) -> Mapping[str, str]:
    """The files to keep."""
    table = WORKBOOK if (results / WORKBOOK).exists() else TABLE
    return {"table": table, "rejects": default_rejects(results / table).name}


def main(folder: str) -> None:
    """Run the job of a directory, within its time."""
    told = ServiceSettings.from_environment()
    os.nice(_NICER)
    signal.signal(signal.SIGALRM, _over)
    signal.alarm(told.job_seconds_max)
    run_job(Job(Path(folder)), told)


def _over(*_: object) -> NoReturn:
    raise _OverTime


if __name__ == "__main__":
    main(sys.argv[1])
