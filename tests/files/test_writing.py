"""Writing: the whole file or nothing of it."""

import os
import stat
from pathlib import Path

import pytest

from billcalc.files.writing import write_file


def test_a_text_is_written_in_utf8_as_it_is(tmp_path: Path) -> None:
    write_file(tmp_path / "bill.txt", "电费\r\n")
    assert (tmp_path / "bill.txt").read_bytes() == "电费\r\n".encode()
    assert [path.name for path in tmp_path.iterdir()] == ["bill.txt"]


def test_bytes_are_written_as_they_are(tmp_path: Path) -> None:
    write_file(str(tmp_path / "bill.xlsx"), b"\x00\xff")
    assert (tmp_path / "bill.xlsx").read_bytes() == b"\x00\xff"


def test_a_new_file_has_the_permissions_that_other_programs_give(tmp_path: Path) -> None:
    write_file(tmp_path / "bill.txt", "1")
    (tmp_path / "other.txt").touch()
    assert (tmp_path / "bill.txt").stat().st_mode == (tmp_path / "other.txt").stat().st_mode


def test_an_old_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "bill.txt"
    path.write_text("a much longer old bill")
    path.chmod(0o640)
    write_file(path, "new")
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("new", 0o640)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "bills").mkdir()
    (tmp_path / "latest.txt").symlink_to(Path("bills") / "2024-06.txt")
    write_file(tmp_path / "latest.txt", "1")
    assert (tmp_path / "latest.txt").is_symlink()
    assert (tmp_path / "bills" / "2024-06.txt").read_text() == "1"


def test_a_device_is_written_into_and_not_replaced() -> None:
    write_file("/dev/null", "gone")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, failing: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "bill.txt"
    path.write_text("old")
    monkeypatch.setattr(os if failing == "fsync" else Path, failing, fail)
    with pytest.raises(OSError, match="No space left"):
        write_file(path, "new")
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("bill.txt", "old")]


def test_a_directory_that_is_missing_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_file(tmp_path / "bills" / "a.txt", "1")
    assert list(tmp_path.iterdir()) == []


def test_a_directory_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        write_file(tmp_path, "1")


def test_a_system_that_cannot_open_directories_is_written_to_all_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delattr(os, "O_DIRECTORY")
    write_file(tmp_path / "bill.txt", "1")
    assert (tmp_path / "bill.txt").read_text() == "1"
