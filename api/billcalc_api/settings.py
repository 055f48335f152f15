"""The service's settings, read once from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path

from billcalc.words.language import Language
from billcalc.words.service import SETTINGS_TROUBLES, SettingsTrouble

__all__ = ["Settings", "SettingsError", "is_loopback"]


class SettingsError(ValueError):
    """The settings contradict each other; the message says what to change."""

    def __init__(self, trouble: SettingsTrouble, **facts: str) -> None:
        self._trouble, self._facts = trouble, facts
        super().__init__(self.told(Language.ENGLISH))

    def told(self, language: Language) -> str:
        """What is the matter and what to do."""
        return SETTINGS_TROUBLES[self._trouble].of(language).format_map(self._facts)


@dataclass(frozen=True, slots=True)
class Settings:
    """How the service runs; each is an environment variable ``BILLCALC_…`` of the same name in capitals.

    Attributes:
        host, port: where it listens.
        tariffs: the tariffs' directory; the shipped ones where None.
        keys: the file of hashed API keys; None turns keys off, which is allowed on a loopback address only.
        store: of findings: a file or the URL of a database; None keeps none.
        audit_rules: the rules of the office for findings; those that come with the program where None.
        jobs: a directory for the tables that the pages audit; None audits none.
        job_bytes_max: of the tables of one of them [byte].
        job_rows_max: of a table of requests.
        job_upload_seconds_max: how long a visitor may take to send them [s].
        job_seconds_max: how long one may take [s].
        job_hours_kept: how long its files are kept [h].
        jobs_at_once: how many run at once.
        tariff_imports: 1 lets the pages write the notices that are accepted into ``tariffs``.
        body_bytes_max: of a single request [byte].
        batch_bytes_max: of a batch [byte].
        batch_rows_max: lines of a batch.
        body_seconds_max: how long a client may take to send its body [s].
        head_seconds_max: how long a connection may be open without a whole head of a request [s].
        concurrency_max: requests worked on at once; more are told to come back.
        calculation_seconds_max: how much of a processor one calculation may take [s].
        wait_seconds_max: how long a request waits for a free worker before it is told to come back [s].
    """

    host: str = "127.0.0.1"
    port: int = 8000
    tariffs: Path | None = None
    keys: Path | None = None
    store: str | None = None
    audit_rules: Path | None = None
    jobs: Path | None = None
    job_bytes_max: int = 2 << 30
    job_rows_max: int = 10_000_000
    job_upload_seconds_max: int = 600
    job_seconds_max: int = 3600
    job_hours_kept: int = 72
    jobs_at_once: int = 1
    tariff_imports: int = 0
    body_bytes_max: int = 1 << 20
    batch_bytes_max: int = 64 << 20
    batch_rows_max: int = 100_000
    body_seconds_max: int = 30
    head_seconds_max: int = 15
    concurrency_max: int = 64
    calculation_seconds_max: int = 5
    wait_seconds_max: int = 10

    def __post_init__(self) -> None:
        if self.keys is None and not is_loopback(self.host):
            raise SettingsError(SettingsTrouble.NOT_LOOPBACK, host=self.host)

        for name in (each for each in _NUMBERS if each.endswith("_seconds_max")):
            if getattr(self, name) < 1:
                variable, value = f"BILLCALC_{name.upper()}", str(getattr(self, name))
                raise SettingsError(SettingsTrouble.NO_SECONDS, variable=variable, value=value)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings.

        Raises:
            SettingsError: where a number is none.
        """
        told: dict[str, object] = {}
        for name in ("host", "port", "tariffs", "keys", "store", "audit_rules", "jobs", *_NUMBERS):
            text = environment.get(f"BILLCALC_{name.upper()}")
            if not text:
                continue
            if name in ("tariffs", "keys", "audit_rules", "jobs"):
                told[name] = Path(text)
            elif name in ("host", "store"):
                told[name] = text
            elif text.isascii() and text.isdigit() and len(text) <= _DIGITS_MAX:
                told[name] = int(text)
            else:
                variable = f"BILLCALC_{name.upper()}"
                raise SettingsError(SettingsTrouble.NO_NUMBER, variable=variable, value=repr(text))
        return cls(**told)  # type: ignore[arg-type]


_DIGITS_MAX = 18
_NUMBERS = (
    "job_bytes_max",
    "job_rows_max",
    "job_upload_seconds_max",
    "job_seconds_max",
    "job_hours_kept",
    "jobs_at_once",
    "tariff_imports",
    "body_bytes_max",
    "batch_bytes_max",
    "batch_rows_max",
    "body_seconds_max",
    "head_seconds_max",
    "concurrency_max",
    "calculation_seconds_max",
    "wait_seconds_max",
)


_HOSTS_MAX = 64
"""How many addresses are kept with what they are: a service listens on few, and is asked for each request."""


@lru_cache(maxsize=_HOSTS_MAX)
def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
