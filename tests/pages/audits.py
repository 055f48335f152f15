"""Audits of a small table on the pages, for tests."""

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx

from billcalc.words.pages import PAGES
from billcalc_pages.job_run import run_job
from billcalc_pages.jobs import Job, Jobs
from tests.pages.visiting import Browser, browser
from tests.runs.test_reviews import right

HEAD = "户号,电费年月,峰电量,平电量,谷电量,变压器容量,功率因数,力调电费,基本电费,合计,抄表员"
FACTS = {
    "area": "cn-guangxi", "class": "large_industrial", "billing": "two_part", "voltage": "110kV", "purchase": "agent",
    "time_of_use": "yes", "mode": "capacity", "standard": "0.90", "side": "high",
}  # fmt: skip
"""What the customers of the table have in common."""


def word(lang: str, name: str) -> str:
    return PAGES[name][lang == "zh"]


def audited() -> bytes:
    """Two customers; of the second 400 kVA were billed in place of 315: 1819.00 too much."""
    total = right("202406")
    rows = [
        f"0301,202406,1000,1000,1000,315,0.90,0.00,6741.00,{total},李",
        f"0302,202406,1000,1000,1000,315,0.90,0.00,8560.00,{total + Decimal(1819)},李",
    ]
    return "\n".join([HEAD, *rows]).encode()


def visitor_of(folder: Path, *, start: Any = run_job, **told: Any) -> Browser:
    """A visitor of a service whose jobs run when they are started."""
    visitor = browser(jobs=folder / "jobs", **told)
    settings = visitor.app.state.service.settings
    visitor.app.state.jobs = Jobs(folder / "jobs", settings, start=start)
    return visitor


def send(visitor: Browser, table: bytes, lang: str = "zh", **files: tuple[str, bytes]) -> httpx.Response:
    parts: list[tuple[str, Any]] = [("token", (None, visitor.token()))]
    return visitor("POST", f"/{lang}/audit", files=[*parts, *{"issued": ("六月.csv", table), **files}.items()])


def sent(visitor: Browser, table: bytes, lang: str = "zh", **files: tuple[str, bytes]) -> str:
    """Where a table is that was sent."""
    answer = send(visitor, table, lang, **files)
    assert answer.status_code == 303, answer.text
    place = str(answer.headers["location"])
    assert re.fullmatch(rf"/{lang}/audit/[0-9a-f]{{32}}", place)
    return place


def columns(text: str) -> dict[str, str]:
    """What the columns are taken for on a page."""
    found = re.findall(r'<select id="(column_\d+)".*?</select>', text, re.DOTALL)
    chosen = re.findall(r'<select id="column_\d+".*?<option value="([^"]*)" selected>', text, re.DOTALL)
    return dict(zip(found, chosen, strict=True))


def accepted(visitor: Browser, place: str, changed: Mapping[str, str] | None = None) -> httpx.Response:
    """Accept what the columns are taken for."""
    shown = visitor.get(place)
    told = {**columns(shown.text), **FACTS, "rest": "1", **(changed or {})}
    return visitor.post(place, {name: value for name, value in told.items() if value != "-"})


def job_at(visitor: Browser, place: str) -> Job:
    found = visitor.app.state.jobs.job("", place.rpartition("/")[2])
    assert isinstance(found, Job)
    return found
