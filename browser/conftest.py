"""A service with its pages, a browser, and visits of it in both languages, with scripts allowed and forbidden."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from billcalc.words.language import Language
from billcalc_api.keys import create_key
from browser.stage import Stage
from browser.visit import Visit
from tests.api.live import running

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_OPTIONS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
"""What a browser of tests does not need; it asks nothing of anybody but the service."""
_OWNER = "office"
"""Whose key it is."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser that the distribution has; BILLCALC_CHROMIUM names another."""
    found = os.environ.get("BILLCALC_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    assert found, "there is no Chromium: apt-get install chromium fonts-noto-cjk, or name one in BILLCALC_CHROMIUM"
    expect.set_options(timeout=2_000)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The key that opens the service."""
    return create_key(_at(tmp_path_factory, "keys.jsonl"), _OWNER)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory, key: str) -> Iterator[str]:
    """Where the service is."""
    keys, jobs, store = (_at(tmp_path_factory, name) for name in ("keys.jsonl", "jobs", "findings.sqlite"))
    with running(options=["--pages"], keys=keys, jobs=jobs, store=store) as live:
        yield live.url


@pytest.fixture(scope="session")
def stage(address: str, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """What stands ready behind the pages."""
    return Stage(_at(tmp_path_factory, "jobs"), _at(tmp_path_factory, "findings.sqlite"), _OWNER)


def _at(tmp_path_factory: pytest.TempPathFactory, name: str) -> Path:
    return tmp_path_factory.getbasetemp() / name


@pytest.fixture(params=[*Language], ids=lambda language: language.value)
def language(request: pytest.FixtureRequest) -> Language:
    """Each language in turn."""
    told: Language = request.param
    return told


@pytest.fixture(params=[True, False], ids=["scripts", "no_scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether the browser runs scripts."""
    told: bool = request.param
    return told


@pytest.fixture
def visit(chromium: Browser, address: str, language: Language, scripts: bool, key: str) -> Iterator[Visit]:
    """A visit that has begun with the key."""
    context = chromium.new_context(base_url=address, java_script_enabled=scripts, locale="en-GB")
    context.set_default_timeout(30_000)
    visit = Visit(context.new_page(), address, language, scripts=scripts)
    visit.open("")
    visit.sign_in(key)
    yield visit
    context.close()
    assert visit.complaints == []
