"""The settings, and the command that starts the service with them."""

from pathlib import Path
from typing import Any

import pytest
import uvicorn
from click.testing import CliRunner

from billcalc_api import app as app_module
from billcalc_api.serve import serve
from billcalc_api.settings import Settings, SettingsError, is_loopback
from tests.api.calling import ROOT

KEYS = Path("keys.jsonl")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "billing.example"])
def test_without_keys_only_loopback_may_be_listened_on(host: str) -> None:
    with pytest.raises(SettingsError, match="set BILLCALC_KEYS"):
        Settings(host=host)
    assert Settings(host=host, keys=KEYS).host == host


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_loopback_is_told_from_the_rest(host: str) -> None:
    assert is_loopback(host)


def test_settings_are_read_from_the_environment() -> None:
    told = Settings.from_environment(
        {"BILLCALC_HOST": "::1", "BILLCALC_PORT": "81", "BILLCALC_KEYS": "keys.jsonl", "BILLCALC_TARIFFS": ""}
    )

    assert told == Settings(host="::1", port=81, keys=KEYS)


@pytest.mark.parametrize("text", ["many", "-1", "1e3", "٣"])
def test_a_number_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match=r"BILLCALC_PORT is .* write a whole number"):
        Settings.from_environment({"BILLCALC_PORT": text})


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What uvicorn is told, without running it."""
    found: list[dict[str, Any]] = []
    monkeypatch.setattr(uvicorn, "run", lambda app, **options: found.append({"app": app, **options}))
    return found


def test_serve_listens_where_it_is_told(runs: list[dict[str, Any]]) -> None:
    result = CliRunner().invoke(serve, ["--port", "8123", "--tariffs", str(ROOT / "tariffs")])

    assert result.exit_code == 0, result.output
    [told] = runs
    assert (told["host"], told["port"], told["server_header"], told["access_log"]) == ("127.0.0.1", 8123, False, False)
    assert told["app"].state.service.settings.tariffs == ROOT / "tariffs"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--host", "0.0.0.0"], "0.0.0.0 is not a loopback address: set BILLCALC_KEYS"),
        (["--tariffs", "no-such-directory"], "no-such-directory"),
    ],
)
def test_serve_says_what_is_wrong_and_does_not_run(
    runs: list[dict[str, Any]], arguments: list[str], message: str
) -> None:
    result = CliRunner().invoke(serve, arguments)

    assert (result.exit_code, runs) == (2, [])
    assert message in result.output


@pytest.mark.parametrize(("damage", "code"), [(b"damage", 2), (None, 4)])
def test_serve_says_what_is_wrong_with_the_keys(
    runs: list[dict[str, Any]], damage: bytes | None, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    keys = tmp_path / "keys"
    if damage is None:
        keys.mkdir()
    else:
        keys.write_bytes(damage)
    result = CliRunner().invoke(serve, ["--keys", str(keys), "--tariffs", str(ROOT / "tariffs")])
    assert (result.exit_code, runs) == (code, [])
    assert "密钥" in result.output


def test_the_application_is_made_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILLCALC_TARIFFS", str(ROOT / "tariffs"))

    assert app_module.app.title == "billcalc"
    with pytest.raises(AttributeError):
        app_module.application  # noqa: B018 - asking is the test


@pytest.mark.parametrize("name", ["body", "head", "calculation", "wait"])
def test_a_time_of_nothing_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match=f"BILLCALC_{name.upper()}_SECONDS_MAX is 0: write 1 or more"):
        Settings.from_environment({f"BILLCALC_{name.upper()}_SECONDS_MAX": "0"})


def test_a_number_of_thousands_of_digits_is_refused() -> None:
    with pytest.raises(SettingsError, match="write a whole number"):
        Settings.from_environment({"BILLCALC_PORT": "9" * 5000})
