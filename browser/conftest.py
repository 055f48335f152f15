"""A service with its pages, a browser, and visits of it in both languages, with scripts allowed and forbidden."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from billcalc.store.store import Store
from billcalc.words.language import Language
from billcalc_api.keys import create_key
from browser.visit import Visit
from tests.api.live import running
from tests.store.auditing import difference, examined, run

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
    return create_key(_keys(tmp_path_factory), "office")


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory, key: str) -> Iterator[str]:
    """Where the service is."""
    kept = tmp_path_factory.mktemp("kept")
    keys, store = _keys(tmp_path_factory), _store(tmp_path_factory)
    with running(options=["--pages"], keys=keys, jobs=kept / "jobs", store=store) as live:
        yield live.url


@pytest.fixture
def found(address: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A run of an audit that found something new."""
    store = Store(str(_store(tmp_path_factory)))
    run(store, examined(difference(1_050_000, 1_000_000, account=token_hex(4)), issued=1_050_000, recomputed=1_000_000))
    store.close()


def _store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.getbasetemp() / "findings.sqlite"


def _keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.getbasetemp() / "keys.jsonl"


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
def stranger(chromium: Browser, address: str, language: Language, scripts: bool) -> Iterator[Visit]:
    """A visit for which no key was entered."""
    context = chromium.new_context(base_url=address, java_script_enabled=scripts, locale="en-GB")
    context.set_default_timeout(10_000)
    visit = Visit(context.new_page(), address, language, scripts=scripts)
    yield visit
    context.close()
    assert visit.complaints == []


@pytest.fixture
def visit(stranger: Visit, key: str) -> Visit:
    """A visit that has begun with the key."""
    stranger.open("")
    stranger.sign_in(key)
    return stranger
