"""What stands ready behind the pages of a tour: findings of an audit, and audits that go on, or came to nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from billcalc.store.store import Store
from billcalc_api.settings import Settings
from billcalc_pages.jobs import Job, Jobs
from tests.store.auditing import difference, examined, run

__all__ = ["Stage"]


class Stage:
    """What a service has at hand.

    Args:
        jobs: where its audits are.
        store: its findings.
        owner: whose key visits.
    """

    def __init__(self, jobs: Path, store: Path, owner: str) -> None:
        self._jobs = Jobs(jobs, Settings(jobs=jobs))
        self._store = store
        self._owner = owner

    def find(self) -> None:
        """Let an audit find something new."""
        store = Store(str(self._store))
        account = token_hex(4)
        run(store, examined(difference(1_050_000, 1_000_000, account=account), issued=1_050_000, recomputed=1_000_000))
        store.close()

    @contextmanager
    def audit(self) -> Iterator[Job]:
        """An audit that is at work, and stays so; it is gone at the end."""
        with self._jobs.arriving() as job:
            (job.folder / "issued.csv").touch()
            self._jobs.made(job, self._owner, {"issued": {"here": "issued.csv", "name": "june.csv"}})
            with job.running():
                job.begin({})
                job.goes_on("billing", done=400, rows=1000)
                yield job
        self._jobs.remove(job)
