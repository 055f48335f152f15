"""No output harms an input or another output, by whatever name; an input that changes during a run is told."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from billcalc.bulk.run import Counts
from billcalc.kernel.troubles import InvalidInput
from billcalc.runs.batches import Settings, Watcher, bill_tables
from billcalc.runs.bulk_comparison import compare_tables
from billcalc.runs.guarding import Inputs, check_outputs
from billcalc.runs.issued_tables import IssuedTable
from billcalc.runs.recomputing import compare_requests
from tests.runs.test_batches import KWH, TARIFFS, TEMPLATE

HEAD = f"account,{KWH}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.csv").write_text(f"{HEAD}A,100\nB,200\n")
    (tmp_path / "template.csv").write_text(TEMPLATE)
    (tmp_path / "columns.csv").write_text(f"account: account\n{KWH}: {KWH}\n")
    (tmp_path / "issued.csv").write_text("account,code,amount\nA,purchase,1\n")
    (tmp_path / "layout.csv").write_text("account: account\ncode: code\namount: amount\n")
    return tmp_path


def settings(folder: Path, **changed: Any) -> Settings:
    told: dict[str, Any] = {
        "inputs": ["in.csv"],
        "out": folder / "out.csv",
        "template": "template.csv",
        "columns": "columns.csv",
        "tariffs": TARIFFS,
        "workers": 1,
        "chunk": 1,
    }
    return Settings(**{**told, **changed})


def compare(folder: Path, **changed: Any) -> None:
    compare_requests(settings(folder, **changed), folder / "issued.csv", mapping=folder / "layout.csv")


def itself(path: Path) -> Path:
    return path


def relative(path: Path) -> Path:
    return Path("..") / path.parent.name / path.name


def linked(path: Path) -> Path:
    path.with_name("link.csv").symlink_to(path.name)
    return path.with_name("link.csv")


def hard_linked(path: Path) -> Path:
    path.with_name("hard.csv").hardlink_to(path)
    return path.with_name("hard.csv")


WAYS = pytest.mark.parametrize("way", [itself, relative, linked, hard_linked])


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@WAYS
@pytest.mark.parametrize("name", ["in.csv", "template.csv", "columns.csv"])
@pytest.mark.parametrize("option", ["out", "rejects"])
def test_no_result_takes_the_place_of_an_input(
    folder: Path, way: Callable[[Path], Path], name: str, option: str
) -> None:
    path = way(folder / name)
    before = contents(folder)
    with pytest.raises(InvalidInput, match=rf"output_clashes: writing this would destroy .*{name}"):
        bill_tables(settings(folder, **{option: path}))
    assert contents(folder) == before
    assert not list(folder.glob("*.parts"))


@WAYS
@pytest.mark.parametrize("name", ["in.csv", "template.csv", "columns.csv", "issued.csv", "layout.csv"])
def test_no_table_of_differences_takes_the_place_of_an_input(
    folder: Path, way: Callable[[Path], Path], name: str
) -> None:
    path = way(folder / name)
    before = contents(folder)
    with pytest.raises(InvalidInput, match="output_clashes"):
        compare(folder, out=path)
    assert contents(folder) == before


@pytest.mark.parametrize("way", [relative, linked, hard_linked])
def test_no_result_takes_the_place_of_what_an_input_is_by_another_name(
    folder: Path, way: Callable[[Path], Path]
) -> None:
    with pytest.raises(InvalidInput, match="output_clashes"):
        check_outputs([folder / "in.csv"], [way(folder / "in.csv")])


def test_an_input_may_not_lie_among_the_parts_by_a_linked_directory(folder: Path) -> None:
    (folder / "parts").mkdir()
    (folder / "parts" / "in.csv").write_text(HEAD)
    (folder / "elsewhere").symlink_to("parts")
    with pytest.raises(InvalidInput, match="output_clashes"):
        check_outputs([folder / "out.csv"], [folder / "elsewhere" / "in.csv"], parts=folder / "parts")


def test_an_input_may_not_lie_where_rejects_go_by_themselves(folder: Path) -> None:
    (folder / "in.csv").rename(folder / "out.csv.rejects.csv")
    with pytest.raises(InvalidInput, match="output_clashes"):
        bill_tables(settings(folder, inputs=["out.csv.rejects.csv"]))


def test_no_result_takes_the_place_of_a_tariff_document(folder: Path) -> None:
    document = folder / "tariffs" / "cn" / "a.yaml"
    document.parent.mkdir(parents=True)
    document.write_text("id: a")
    (folder / "hard.csv").hardlink_to(document)
    with pytest.raises(InvalidInput, match=r"hard.csv: output_clashes: .*a\.yaml"):
        bill_tables(settings(folder, out=folder / "hard.csv", tariffs=folder / "tariffs"))


@pytest.mark.parametrize("rejects", ["out.csv", "../{}/out.csv", "link.csv"])
def test_rejects_are_another_file_than_the_bills(folder: Path, rejects: str) -> None:
    (folder / "link.csv").symlink_to("out.csv")
    with pytest.raises(InvalidInput, match=r"output_clashes: .*out\.csv"):
        bill_tables(settings(folder, rejects=Path(rejects.format(folder.name))))


@pytest.mark.parametrize("changed", [{"inputs": ["out.csv.parts/in.csv"]}, {"rejects": Path("out.csv.parts/bad.csv")}])
def test_nothing_else_lies_among_the_parts(folder: Path, changed: dict[str, Any]) -> None:
    (folder / "out.csv.parts").mkdir()
    (folder / "in.csv").rename(folder / "out.csv.parts" / "in.csv")
    with pytest.raises(InvalidInput, match="output_clashes"):
        bill_tables(settings(folder, **{"inputs": ["template.csv"], **changed}))
    assert (folder / "out.csv.parts" / "in.csv").exists()


def test_two_results_of_one_stem_have_rejects_of_their_own(folder: Path) -> None:
    (folder / "in.csv").write_text(f"{HEAD}A,x\n")
    bill_tables(settings(folder, out=folder / "x.csv"))
    bill_tables(settings(folder, out=folder / "x.parquet"))
    assert {path.name for path in folder.glob("x.*")} == {
        "x.csv", "x.csv.rejects.csv", "x.parquet", "x.parquet.rejects.csv",
    }  # fmt: skip


def test_the_tables_of_a_comparison_are_guarded_for_programs_too(folder: Path) -> None:
    with pytest.raises(InvalidInput, match="output_clashes"):
        compare_tables(folder / "issued.csv", folder / "in.csv", folder / "issued.csv", table=IssuedTable())


@pytest.mark.parametrize("way", [linked])
def test_a_link_to_a_result_stays_a_link(folder: Path, way: Callable[[Path], Path]) -> None:
    (folder / "elsewhere").mkdir()
    link = way(folder / "elsewhere" / "real.csv")
    bill_tables(settings(folder, out=link))
    assert link.is_symlink()
    assert (folder / "elsewhere" / "real.csv").read_text().startswith("account,")
    assert sorted(path.name for path in (folder / "elsewhere").iterdir()) == [
        "link.csv",
        "link.csv.rejects.csv",
        "real.csv",
    ]


def test_a_pipe_is_written_into(folder: Path) -> None:
    os.mkfifo(folder / "out.csv")
    reader = os.open(folder / "out.csv", os.O_RDONLY | os.O_NONBLOCK)
    bill_tables(settings(folder))
    assert os.read(reader, 1 << 16).startswith(b"account,")
    os.close(reader)
    assert (folder / "out.csv").is_fifo()
    assert not list(folder.glob("*.parts"))


def test_a_device_is_written_into_and_both_results_may_go_there(folder: Path) -> None:
    from billcalc.tables.writers import Tabular

    null = Path("/dev/null")
    (folder / "null.csv").symlink_to(null)
    bill_tables(settings(folder, out=null, rejects=folder / "null.csv", format=Tabular.CSV))
    assert null.is_char_device()
    assert not list(Path("/dev").glob("*.parts"))


@pytest.mark.parametrize("name", ["out.csv", "out.csv.rejects.csv"])
def test_a_result_keeps_the_permissions_of_the_old_one(folder: Path, name: str) -> None:
    (folder / name).touch(0o600)
    bill_tables(settings(folder))
    assert (folder / name).stat().st_mode & 0o777 == 0o600


class Rewriting(Watcher):
    """Does something to a file when the first piece is done."""

    def __init__(self, rewrite: Callable[[], object]) -> None:
        self.rewrite = rewrite

    def goes_on(self, counts: Counts) -> None:
        self.rewrite()


def same_size_and_time(path: Path) -> None:
    state = path.stat()
    path.write_bytes(path.read_bytes().replace(b"00", b"11"))
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def another_file(path: Path) -> None:
    content = path.read_bytes()
    path.with_name("new").write_bytes(content)
    path.with_name("new").replace(path)


REWRITES = pytest.mark.parametrize(
    "rewrite",
    [lambda path: path.write_text(f"{HEAD}A,1\n"), lambda path: path.unlink(), same_size_and_time, another_file],
)


@REWRITES
def test_an_input_that_changes_during_a_run_is_told_and_nothing_is_written(
    folder: Path, rewrite: Callable[[Path], object]
) -> None:
    (folder / "out.csv").write_text("old")
    with pytest.raises(InvalidInput, match=r"in\.csv: input_changed: the input was changed while it was read"):
        bill_tables(settings(folder), Rewriting(lambda: rewrite(folder / "in.csv")))
    assert (folder / "out.csv").read_text() == "old"
    assert not list(folder.glob("*.parts"))
    assert not (folder / "out.csv.rejects.csv").exists()
    assert not list(folder.glob(".billcalc-*"))


@REWRITES
def test_an_issued_table_that_changes_during_a_run_is_told(folder: Path, rewrite: Callable[[Path], object]) -> None:
    (folder / "issued.csv").write_text("account,code,amount\nA,purchase,100\n")
    with pytest.raises(InvalidInput, match=r"issued\.csv: (input_changed|cannot_read)"):
        compare_requests(
            settings(folder), folder / "issued.csv", watcher=Rewriting(lambda: rewrite(folder / "issued.csv"))
        )
    assert not (folder / "out.csv").exists()


def test_a_table_that_can_no_longer_be_read_because_it_changed_says_that(folder: Path) -> None:
    pq.write_table(pa.table({"account": ["A", "B"], KWH: ["1", "2"]}), folder / "in.parquet", row_group_size=1)
    damage = Rewriting(lambda: (folder / "in.parquet").write_bytes(b"noise"))
    with pytest.raises(InvalidInput, match=r"in\.parquet: input_changed"):
        bill_tables(settings(folder, inputs=["in.parquet"]), damage)


def test_a_failure_of_another_kind_is_told_as_it_is(folder: Path) -> None:
    def fail() -> None:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="the disk is full"):
        bill_tables(settings(folder), Rewriting(fail))
    assert list(folder.glob("*.parts"))


def test_a_pipe_is_no_input_that_is_read_twice(folder: Path) -> None:
    os.mkfifo(folder / "pipe.csv")
    with pytest.raises(InvalidInput, match=r"pipe\.csv: cannot_read: .* read more than once"):
        bill_tables(settings(folder, inputs=["pipe.csv"]))


def test_an_input_that_is_not_there_is_for_its_reader_to_tell(folder: Path) -> None:
    assert Inputs.look(["nowhere.csv", "a\0b", folder]).states == {"nowhere.csv": None, "a\0b": None, str(folder): None}


@pytest.mark.parametrize(
    ("name", "where", "reason"),
    [
        ("nowhere/out.csv", "nowhere", "directory_missing"),
        ("dangling.csv", "{}/nowhere", "directory_missing"),
        ("directory.csv", "directory.csv", "directory"),
        ("x" * 300, "x" * 300, "name_too_long"),
        ("circle.csv", "circle.csv", "links_in_a_circle"),
        ("in.csv/out.csv", "in.csv/out.csv", "no_directory"),
    ],
)
def test_an_output_that_cannot_be_written_is_told_before_the_work(
    folder: Path, name: str, where: str, reason: str
) -> None:
    (folder / "directory.csv").mkdir()
    (folder / "dangling.csv").symlink_to(Path("nowhere") / "out.csv")
    (folder / "circle.csv").symlink_to("circle.csv")
    with pytest.raises(InvalidInput) as raised:
        check_outputs([Path(name)], [])
    [fault] = raised.value.faults
    assert (fault.code, fault.where, fault.facts["reason"]) == ("cannot_write", where.format(folder), reason)


@pytest.mark.parametrize(("name", "denied"), [("new.csv", "{}"), ("in.csv", "in.csv"), ("in.csv", "{}")])
def test_what_may_not_be_written_is_told_before_the_work(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, denied: str
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: str(path) != denied.format(folder))
    with pytest.raises(InvalidInput, match=r"cannot_write: .* permission denied"):
        check_outputs([Path(name)], [])
