"""``billcalc doctor``: what a report of a fault should quote; and the completion of the shells."""

from importlib.metadata import PackageNotFoundError

import pytest

from billcalc import __version__, load_catalog
from billcalc.cli import doctor as module
from tests.cli.calling import call, data_of


def test_the_doctor_tells_versions_and_the_tariff_set() -> None:
    told = call("doctor").stdout

    assert f"billcalc    {__version__}\n" in told
    assert f"tariff_set  {load_catalog().version}\n" in told


def test_the_doctor_tells_the_same_as_json() -> None:
    told = data_of(call("doctor", "--format", "json"))

    assert told["tariff_set"] == load_catalog().version
    assert set(told["extras"]) == {"bulk", "excel", "notices", "api", "client"}


def test_an_extra_that_is_missing_is_told_with_its_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    def version(package: str) -> str:
        if package == "httpx":
            raise PackageNotFoundError
        return "1.0"

    monkeypatch.setattr(module, "version", version)
    told = call("doctor").stdout

    assert "client      not installed: pip install 'billcalc[client]'" in told
    assert "excel       python-calamine 1.0, XlsxWriter 1.0" in told


def test_tariffs_that_cannot_be_read_end_with_2() -> None:
    result = call("doctor", "--tariffs", "no-such-directory")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "no-such-directory" in result.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_the_commands(shell: str) -> None:
    told = call(env={"_BILLCALC_COMPLETE": f"{shell}_source"}).stdout

    assert "_BILLCALC_COMPLETE" in told
