"""Parts are there as a whole or not at all, belong to one run, and are joined in their order."""

import errno
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from billcalc.bulk.run import REJECTS, Counts
from billcalc.files import disk
from billcalc.kernel.troubles import InvalidInput
from billcalc.runs.parts import Parts, locked
from billcalc.tables.writers import Tabular, format_of

SCHEMA = pa.schema(
    [
        ("account", pa.string()),
        ("code", pa.dictionary(pa.int32(), pa.string())),
        ("amount", pa.decimal128(38, 2)),
    ],
    {"billcalc.version": "1"},
)


def bills(*accounts: str, code: str = "purchase") -> pa.RecordBatch:
    amounts = pa.array([Decimal("-1.50")] * len(accounts), pa.decimal128(38, 2))
    codes = pa.array([code] * len(accounts), pa.string()).dictionary_encode()
    return pa.RecordBatch.from_arrays([pa.array(accounts, pa.string()), codes, amounts], names=SCHEMA.names)


def rejects(*accounts: str) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(
        [
            {
                "file": "in.csv",
                "row": row,
                "account": name,
                "field": "/x",
                "code": "negative",
                "message": 'a "sign", no',
            }
            for row, name in enumerate(accounts, start=1)
        ],
        REJECTS,
    )


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    path = tmp_path / "out.parts"
    path.mkdir()
    return path


def read(path: Path, written_in: Tabular) -> list[dict[str, Any]]:
    """The rows of a file, whatever its format."""
    match written_in:
        case Tabular.PARQUET:
            table = pq.read_table(path)
        case Tabular.ARROW:
            table = pa.ipc.open_file(path.read_bytes()).read_all()
        case Tabular.CSV | Tabular.MARKED_CSV:
            table = pa_csv.read_csv(path)
        case Tabular.EXCEL:
            head, *cells = (
                CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes())).get_sheet_by_name("bills").to_python()
            )
            return [dict(zip(map(str, head), row, strict=True)) for row in cells]
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows


@pytest.mark.parametrize("written_in", list(Tabular))
def test_parts_are_joined_in_their_order(directory: Path, written_in: Tabular) -> None:
    parts = Parts(directory, SCHEMA, written_in, written_in)
    for number, names in ((2, ("e", "f")), (0, ("a", "b")), (1, ())):
        with parts.part(number) as part:
            part.write(bills())
            for name in names:
                part.write(bills(name, code=f"code of {name}"))
                part.reject(rejects(f"not {name}"))
    told, refused = directory / "bills", directory / "rejects"
    with told.open("wb") as bills_file, refused.open("wb") as rejects_file:
        parts.join([0, 1, 2], bills_file, rejects_file)
    assert [(row["account"], row["code"]) for row in read(told, written_in)] == [
        (name, f"code of {name}") for name in "abef"
    ]
    assert {row["amount"] for row in read(told, written_in)} == {
        -1.5 if written_in in ("csv", "csv-bom", "xlsx") else Decimal("-1.50")
    }
    assert [row["account"] for row in read(refused, written_in)] == [f"not {name}" for name in "abef"]
    assert {row["message"] for row in read(refused, written_in)} == {'a "sign", no'}


@pytest.mark.parametrize("written_in", list(Tabular))
def test_of_no_parts_there_is_a_table_without_rows(directory: Path, written_in: Tabular) -> None:
    told, refused = directory / "bills", directory / "rejects"
    with told.open("wb") as bills_file, refused.open("wb") as rejects_file:
        Parts(directory, SCHEMA, written_in, Tabular.CSV).join([], bills_file, rejects_file)
    assert read(told, written_in) == []
    assert refused.read_text() == "file,row,account,field,code,message\n"


def test_what_a_table_tells_of_itself_stays(directory: Path) -> None:
    parts = Parts(directory, SCHEMA, Tabular.PARQUET, Tabular.ARROW)
    with parts.part(0) as part:
        part.write(bills("a"))
    told, refused = directory / "bills", directory / "rejects"
    with told.open("wb") as bills_file, refused.open("wb") as rejects_file:
        parts.join([0], bills_file, rejects_file)
    assert pq.read_schema(told).metadata[b"billcalc.version"] == b"1"
    assert pq.read_schema(told).field("code").type == SCHEMA.field("code").type


def test_a_part_is_complete_when_it_is_finished(directory: Path) -> None:
    parts = Parts(directory, SCHEMA, Tabular.CSV, Tabular.CSV)
    with parts.part(0) as part:
        part.write(bills("a"))
    assert parts.counts(0) is None
    parts.finish(0, Counts(2, 1, 1, {"given_fact": 1}))
    assert parts.counts(0) == Counts(2, 1, 1, {"given_fact": 1})


def test_a_part_that_breaks_off_has_another_name(directory: Path) -> None:
    parts = Parts(directory, SCHEMA, Tabular.CSV, Tabular.CSV)

    def break_off() -> None:
        with parts.part(0) as part:
            part.write(bills("a"))
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        break_off()
    assert {path.suffix for path in directory.iterdir()} == {".draft"}


def test_what_was_not_on_the_disk_when_the_power_failed_is_made_anew(directory: Path) -> None:
    """The names were there and not the bytes; or the parts, and half of what is told of one under another name."""
    parts = Parts(directory, SCHEMA, Tabular.PARQUET, Tabular.CSV)
    parts.begin({"of": "1"}, restart=False)
    for number in range(3):
        with parts.part(number) as part:
            part.write(bills("a"))
        parts.finish(number, Counts(1, 1, 0))
    (directory / "0000000.bills").write_bytes(b"")
    (directory / "0000001.json").write_bytes(b"")
    (directory / "0000003.json.ab12cd34.draft").write_bytes(b"{")
    assert parts.begin({"of": "1"}, restart=False)
    assert not (directory / "0000003.json.ab12cd34.draft").exists()
    assert parts.forget_damaged() == [0, 1]
    assert [parts.counts(number) is not None for number in range(3)] == [False, False, True]


def test_a_run_goes_on_from_its_own_parts_and_from_no_others(directory: Path) -> None:
    parts = Parts(directory, SCHEMA, Tabular.CSV, Tabular.CSV)
    manifest = {"inputs": ["a"], "settings": [1], "engine": "1"}
    assert not parts.begin(manifest, restart=False)
    with parts.part(0) as part:
        part.write(bills("a"))
    parts.finish(0, Counts(1, 1, 0))
    assert parts.begin(manifest, restart=False)
    assert parts.counts(0) == Counts(1, 1, 0)
    with pytest.raises(
        InvalidInput, match="with other engine, inputs; run that one again, or throw its parts away with --restart"
    ):
        parts.begin({**manifest, "inputs": ["b"], "engine": "2"}, restart=False)
    assert not parts.begin({**manifest, "inputs": ["b"]}, restart=True)
    assert parts.counts(0) is None
    parts.remove()
    assert not directory.exists()


def test_two_runs_do_not_write_one_result(tmp_path: Path) -> None:
    directory = tmp_path / "deep" / "out.parts"
    with locked(directory), pytest.raises(InvalidInput, match="another run is writing it"), locked(directory):
        pytest.fail("the lock was open")
    with locked(directory):
        pass


def test_where_there_are_no_locks_there_is_a_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "LOCKS", None)
    with locked(tmp_path / "out.parts"), locked(tmp_path / "out.parts"):
        assert (tmp_path / "out.parts").is_dir()


@pytest.mark.parametrize(
    ("name", "expected"), [("a.PARQUET", "parquet"), ("a.csv", "csv"), ("b.feather", "arrow"), ("a.ods", None)]
)
def test_the_name_tells_the_format(name: str, expected: str | None) -> None:
    assert format_of(name) == expected


def test_a_directory_that_stays_for_another_reason_than_what_lies_in_it_is_told(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_: Path) -> None:
        raise OSError(errno.EBUSY, "it is in use")

    monkeypatch.setattr(disk, "remove_directory", busy)
    with pytest.raises(OSError, match="it is in use"):
        Parts(directory, SCHEMA, Tabular.CSV, Tabular.CSV).remove()
