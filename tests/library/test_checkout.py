"""The checkout around a directory: its tariffs are told where others are read."""

from pathlib import Path

import pytest

from billcalc.library.checkout import unread_tariffs


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with a directory inside."""
    (tmp_path / "tariffs" / "cn").mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "billcalc"\n')
    return tmp_path


@pytest.mark.parametrize("inside", [".", "tariffs/cn"])
def test_tariffs_of_a_checkout_that_are_not_read_are_told(inside: str, checkout: Path) -> None:
    assert unread_tariffs(checkout / inside, read=Path("/usr/lib/billcalc/_tariffs")) == checkout / "tariffs"


def test_tariffs_that_are_read_are_not_told_under_whatever_name(checkout: Path) -> None:
    (checkout / "link").symlink_to(checkout / "tariffs")
    assert unread_tariffs(checkout, read=checkout / "tariffs") is None
    assert unread_tariffs(checkout, read=checkout / "link") is None


@pytest.mark.parametrize(
    "project", [None, b'[project]\nname = "other"\n', b"project = 1\n", b"[project\n", b"\xff", b""]
)
def test_a_directory_of_another_project_is_no_checkout(project: bytes | None, checkout: Path) -> None:
    told = checkout / "pyproject.toml"
    told.unlink()
    if project is not None:
        told.write_bytes(project)
    assert unread_tariffs(checkout, read=Path("/usr/lib/billcalc/_tariffs")) is None


def test_a_checkout_without_tariffs_is_none(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "billcalc"\n')
    assert unread_tariffs(tmp_path, read=Path("/usr/lib/billcalc/_tariffs")) is None
