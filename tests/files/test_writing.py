"""Writing: the whole file or nothing of it."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from billcalc.files import disk
from billcalc.files.writing import replacing, write_file


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
    monkeypatch.setattr(os, failing, fail)
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


def test_files_get_their_names_together_in_their_order(tmp_path: Path) -> None:
    told: list[str] = []

    def ready() -> None:
        told.extend(sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".csv"))

    with replacing(tmp_path / "bills.csv", tmp_path / "rejects.csv", ready=ready) as (bills, rejects):
        bills.write(b"1")
        rejects.write(b"2")
    assert told == []
    assert [(path.name, path.read_text()) for path in sorted(tmp_path.iterdir())] == [
        ("bills.csv", "1"),
        ("rejects.csv", "2"),
    ]


def test_what_is_not_ready_leaves_the_old_files(tmp_path: Path) -> None:
    def ready() -> None:
        raise ValueError("not yet")

    (tmp_path / "bills.csv").write_text("old")
    with pytest.raises(ValueError, match="not yet"), replacing(tmp_path / "bills.csv", ready=ready) as (bills,):
        bills.write(b"new")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("bills.csv", "old")]


def abandoned(directory: Path, name: str) -> Path:
    """What a process leaves that is killed while it writes a file."""
    code = (
        "import os, sys; from pathlib import Path; from billcalc.files.writing import replacing\n"
        "with replacing(Path(sys.argv[1])) as (file,): os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(directory / name)], check=False)
    [left] = directory.glob(".billcalc-*.tmp")
    return left


def test_what_a_killed_process_left_is_removed_by_the_next_of_the_same_file(tmp_path: Path) -> None:
    left = abandoned(tmp_path, "a.csv")
    write_file(tmp_path / "b.csv", "1")
    assert left.exists()
    write_file(tmp_path / "a.csv", "1")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.csv"]


def test_what_another_process_is_writing_is_left_alone(tmp_path: Path) -> None:
    with replacing(tmp_path / "a.csv") as (first,):
        first.write(b"first")
        write_file(tmp_path / "a.csv", "second")
        assert (tmp_path / "a.csv").read_text() == "second"
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.csv", "first")]


def test_a_draft_that_was_taken_for_abandoned_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locks = [False, True]
    monkeypatch.setattr(disk, "try_lock", lambda file: locks.pop(0))
    write_file(tmp_path / "a.csv", "1")
    assert (locks, [path.name for path in tmp_path.iterdir()]) == ([], ["a.csv"])


def test_a_file_that_has_lost_its_name_is_not_there(tmp_path: Path) -> None:
    with (tmp_path / "a").open("wb") as file:
        assert disk.is_at(file, tmp_path / "a")
        (tmp_path / "a").unlink()
        assert not disk.is_at(file, tmp_path / "a")


def test_where_there_are_no_locks_a_file_is_closed_before_it_is_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "LOCKS", None)
    with replacing(tmp_path / "a.csv") as (file,):
        file.write(b"1")
    assert file.closed
    assert (tmp_path / "a.csv").read_text() == "1"


@pytest.mark.parametrize("length", [255])
def test_every_name_that_fits_can_be_written(tmp_path: Path, length: int) -> None:
    write_file(tmp_path / ("x" * length), "1")


def test_an_error_names_its_file() -> None:
    with pytest.raises(OSError, match="No space left on device: '/dev/full'"):
        write_file("/dev/full", "1")
