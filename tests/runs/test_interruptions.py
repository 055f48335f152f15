"""Whatever fails and whenever a run ends: each result is the old one or the new one, and the next run completes."""

import random
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from billcalc.files import disk
from billcalc.kernel.troubles import InvalidInput
from billcalc.library.catalog import load_catalog
from billcalc.runs import batches
from billcalc.runs.batches import Batch, Settings, Watcher, bill_tables, default_rejects
from billcalc.runs.recomputing import compare_requests
from tests.files.faults import CHANGES, Killed, faulty_disk
from tests.runs.test_batches import KWH, TARIFFS, TEMPLATE

CATALOG = cache(load_catalog)
OLD = b"the result of an earlier run"
ISSUED = "account,code,amount\nA0,purchase,1\nA1,nothing,2\n,purchase,3\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three accounts, of which one is rejected, in two pieces; the tariffs are read once for all runs.

    No power fails here, so no run waits for the disk itself; when it is told to sync, its seam tells.
    """
    monkeypatch.setattr(batches, "load_catalog", lambda root, areas: CATALOG(root, areas=tuple(areas)))
    monkeypatch.setattr("os.fsync", lambda _: None)
    table = pa.table({"account": ["A0", "A1", "A2"], KWH: ["100", "x", "300"]})
    pq.write_table(table, tmp_path / "in.parquet", row_group_size=2)
    (tmp_path / "template.yaml").write_text(TEMPLATE)
    (tmp_path / "issued.csv").write_text(ISSUED)
    return tmp_path


def settings(folder: Path, out: str, **changed: Any) -> Settings:
    told = {
        "inputs": [str(folder / "in.parquet")],
        "out": folder / out,
        "template": str(folder / "template.yaml"),
        "tariffs": TARIFFS,
        "workers": 1,
        "chunk": 2,
    }
    return Settings(**{**told, **changed})


def bill(folder: Path, out: str, **changed: Any) -> None:
    bill_tables(settings(folder, out, **changed))


def compare(folder: Path, out: str, **changed: Any) -> None:
    compare_requests(settings(folder, out, **changed), folder / "issued.csv")


Run = Callable[..., None]
SHARES = 5 if hypothesis.settings().max_examples < 100 else 1
"""Each run has one in so many changes of the disk fail, and those of two runs are not the same; in CI it has all of them fail."""
RUNS = pytest.mark.parametrize(
    ("run", "out", "is_killed", "share"),
    [  # each two of command, form and end are met together
        (bill, "out.csv", False, 1),
        (bill, "out.parquet", True, 2),
        (compare, "out.csv", True, 1),
        (compare, "out.parquet", False, 2),
    ],
)


def results(folder: Path, out: str) -> tuple[bytes, bytes]:
    return (folder / out).read_bytes(), default_rejects(folder / out).read_bytes()


def expect_nothing_else(folder: Path, out: str) -> None:
    left = {path.name for path in folder.iterdir()}
    assert left == {"in.parquet", "template.yaml", "issued.csv", out, f"{out}.rejects.csv"}


@pytest.mark.no_cover
@RUNS
def test_after_any_single_failure_each_result_is_old_or_new(
    folder: Path, run: Run, out: str, is_killed: bool, share: int
) -> None:
    run(folder, out)
    new = results(folder, out)
    happened = set()
    for fails_at in range(min(share, SHARES), 1000, SHARES):
        for path in (folder / out, default_rejects(folder / out)):
            path.write_bytes(OLD)
            path.chmod(0o600)
        with faulty_disk(fails_at, is_killed=is_killed) as faults:
            try:
                run(folder, out)
            except (OSError, Killed):
                assert faults.happened
        bills, rejects = results(folder, out)
        assert bills in (OLD, new[0]), (fails_at, faults.happened)
        assert rejects in (OLD, new[1]), (fails_at, faults.happened)
        assert rejects == OLD or bills == new[0], "rejects are never those of a run whose bills are not there"
        run(folder, out)
        assert results(folder, out) == new, (fails_at, faults.happened)
        assert stat.S_IMODE((folder / out).stat().st_mode) == 0o600
        expect_nothing_else(folder, out)
        happened.add(faults.happened)
        if faults.happened is None:
            break
    assert happened >= {"create", "remove", "rename", "write", None}


def test_every_change_of_the_disk_can_fail_in_the_tests() -> None:
    assert set(CHANGES) == {name for name in disk.__all__ if name not in ("LOCKS", "is_at", "try_lock")}


def test_the_directory_is_synced_before_the_parts_are_removed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, str]] = []
    for name in ("rename", "sync_directory", "remove"):
        change = getattr(disk, name)

        def telling(*paths: Path, name: str = name, change: Callable[..., None] = change) -> None:
            told.append((name, paths[-1].name))
            change(*paths)

        monkeypatch.setattr(disk, name, telling)
    bill(folder, "out.csv")
    last = told.index(("rename", "out.csv"))
    assert told[last : last + 3] == [
        ("rename", "out.csv"),
        ("rename", "out.csv.rejects.csv"),
        ("sync_directory", folder.name),
    ]
    assert told[last + 3] == ("remove", "manifest.json")


def test_the_results_are_on_the_disk_before_they_get_their_names_and_no_part_waits_for_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    rename, sync = disk.rename, disk.sync

    def renaming(draft: Path, path: Path) -> None:
        told.append(path.name)
        rename(draft, path)

    def syncing(file: Any) -> None:
        told.append(f"sync in {Path(file.name).parent.name}")
        sync(file)

    monkeypatch.setattr(disk, "rename", renaming)
    monkeypatch.setattr(disk, "sync", syncing)
    bill(folder, "out.csv")
    assert told == [
        *("sync in out.csv.parts", "manifest.json"),
        *("0000000.bills", "0000000.rejects", "0000000.json"),
        *("0000001.bills", "0000001.rejects", "0000001.json"),
        *(f"sync in {folder.name}", f"sync in {folder.name}", "out.csv", "out.csv.rejects.csv"),
    ]


class Ending(Watcher):
    """Ends a run after its first piece, and remembers what it was told."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error
        self.batch: Batch | None = None

    def begins(self, batch: Batch) -> None:
        self.batch = batch

    def goes_on(self, counts: object) -> None:
        if self.error:
            raise self.error


def interrupt(folder: Path, out: str = "out.csv") -> Path:
    """A run that has one part; returns where it is."""
    with pytest.raises(KeyboardInterrupt):
        bill_tables(settings(folder, out), Ending(KeyboardInterrupt()))
    return folder / f"{out}.parts"


@pytest.mark.parametrize("out", ["out.csv", "out.parquet", "out.arrow"])
@pytest.mark.parametrize("what", ["0000000.bills", "0000000.rejects", "0000000.json"])
@pytest.mark.parametrize("damage", ["changed", "truncated", "missing"])
def test_a_damaged_part_is_made_anew(folder: Path, out: str, what: str, damage: str) -> None:
    bill(folder, out)
    whole = results(folder, out)
    path = interrupt(folder, out) / what
    content = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        middle = len(content) // 2
        path.write_bytes(
            content[:middle] + (b"" if damage == "truncated" else bytes([content[middle] ^ 1]) + content[middle + 1 :])
        )
    watcher = Ending()
    bill_tables(settings(folder, out), watcher)
    assert watcher.batch is not None
    assert (watcher.batch.resumed, watcher.batch.damaged) == (
        True,
        0 if what.endswith("json") and damage == "missing" else 1,
    )
    assert results(folder, out) == whole
    expect_nothing_else(folder, out)


def test_a_part_that_is_damaged_while_the_run_goes_on_reaches_no_result(folder: Path) -> None:
    class Damaging(Watcher):
        def goes_on(self, counts: object) -> None:
            path = folder / "out.csv.parts" / "0000000.bills"
            path.write_bytes(path.read_bytes().replace(b"A0", b"B0"))

    with pytest.raises(InvalidInput, match="part_damaged: 1 parts were changed by something else"):
        bill_tables(settings(folder, "out.csv"), Damaging())
    assert not (folder / "out.csv").exists()
    bill(folder, "out.csv")
    assert b"A0" in results(folder, "out.csv")[0]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff"])
def test_parts_without_a_readable_manifest_are_thrown_away(folder: Path, content: bytes) -> None:
    (interrupt(folder) / "manifest.json").write_bytes(content)
    watcher = Ending()
    bill_tables(settings(folder, "out.csv"), watcher)
    assert watcher.batch is not None
    assert not watcher.batch.resumed
    expect_nothing_else(folder, "out.csv")


def test_what_was_half_written_is_gone_when_the_run_goes_on(folder: Path) -> None:
    parts = interrupt(folder)
    (parts / "0000001.bills.0a0a0a0a.draft").write_text("half")
    (parts / ".billcalc-0-0.tmp").write_text("half")
    (parts / "scratch").mkdir()
    bill(folder, "out.csv")
    expect_nothing_else(folder, "out.csv")


def test_files_of_somebody_else_in_the_directory_of_parts_are_left_alone(folder: Path) -> None:
    parts = folder / "out.csv.parts"
    parts.mkdir()
    (parts / "letter.txt").write_text("dear")
    for restart in (False, True):
        with pytest.raises(InvalidInput, match=r"out.csv.parts: cannot_write: .* other files are in it"):
            bill(folder, "out.csv", restart=restart)
    assert (parts / "letter.txt").read_text() == "dear"
    (parts / "letter.txt").unlink()
    interrupt(folder)
    (parts / "letter.txt").write_text("dear")
    bill(folder, "out.csv")
    assert [path.name for path in parts.iterdir()] == ["letter.txt"]


def test_a_comparison_goes_on_from_what_was_billed_also_with_another_tolerance(folder: Path) -> None:
    compare(folder, "out.csv")
    whole = results(folder, "out.csv")
    with pytest.raises(KeyboardInterrupt):
        compare_requests(
            settings(folder, "out.csv"),
            folder / "issued.csv",
            tolerance=Decimal(1),
            watcher=Ending(KeyboardInterrupt()),
        )
    watcher = Ending()
    compare_requests(settings(folder, "out.csv"), folder / "issued.csv", watcher=watcher)
    assert watcher.batch is not None
    assert watcher.batch.resumed
    assert results(folder, "out.csv") == whole


def test_a_run_that_is_killed_at_any_moment_is_completed_by_the_next(folder: Path) -> None:
    command = [sys.executable, "-m", "billcalc", "compare", "--bulk", "issued.csv", "--requests", "in.parquet"]
    command += ["--out", "out.csv", "--template", "template.yaml", "--tariffs", str(TARIFFS)]
    begun = time.monotonic()
    subprocess.run(command, cwd=folder, check=False, capture_output=True)
    took = time.monotonic() - begun
    new = results(folder, "out.csv")
    for _ in range(2):
        for path in (folder / "out.csv", folder / "out.csv.rejects.csv"):
            path.write_bytes(OLD)
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(random.uniform(took / 3, took))
        process.send_signal(signal.SIGKILL)
        process.wait()
        bills, rejects = results(folder, "out.csv")
        assert bills in (OLD, new[0])
        assert rejects in (OLD, new[1])
    subprocess.run(command, cwd=folder, check=False, capture_output=True)
    assert results(folder, "out.csv") == new
    expect_nothing_else(folder, "out.csv")


WRITING = re.compile(
    r"""\.open\(\s*["'][wax]|\bopen\([^)]*["'][wax]b?["']|(?<!def )write_(text|bytes)\(|(?<!disk)\.(unlink|rename|touch|mkdir|rmdir|chmod)\("""
    r"""|os\.(replace|rename|remove|unlink|fsync|mkdir|makedirs|rmdir|chmod|link|symlink|truncate)\b|shutil\.(rmtree|move|copy2?|copyfile|copytree)\("""
    r"""|tempfile|TemporaryDirectory|NamedTemporaryFile|\.hardlink_to|\.symlink_to"""
)


def test_nothing_else_changes_the_disk() -> None:
    """But what another library writes by itself into the scratch: a COPY of DuckDB, a workbook."""
    root = Path(disk.__file__).parents[1]
    found = {
        f"{path.relative_to(root)}: {line.strip()}"
        for path in root.rglob("*.py")
        if path.name != "disk.py"
        for line in path.read_text(encoding="utf-8").splitlines()
        if WRITING.search(line)
    }
    assert found == set()
