"""Bill tables of requests into a table of bills: what ``billcalc batch`` does, for programs too."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa

from billcalc._version import __version__
from billcalc.bulk.money import money_of_rows
from billcalc.bulk.output import Output, Wanted, schema_metadata
from billcalc.bulk.paths import check_places
from billcalc.bulk.run import Counts, Piece, Work, run
from billcalc.fields.shown import shown
from billcalc.files.documents import read_document
from billcalc.files.loading import load
from billcalc.files.writing import replacing
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.library.catalog import load_catalog, shipped_tariffs
from billcalc.runs.guarding import Inputs, check_outputs
from billcalc.runs.parts import Parts, locked, parts_directory
from billcalc.runs.planned import Planned
from billcalc.runs.repeats import find_repeats
from billcalc.runs.request_tables import RequestTable, interval_files, open_tables, pieces_of, read_mapping, table_names
from billcalc.runs.table_layouts import TableLayout
from billcalc.tables import workbook_writing
from billcalc.tables.grid import sheet_of
from billcalc.tables.interval_rows import RowRequests
from billcalc.tables.interval_statements import Stated
from billcalc.tables.writers import Tabular, written_format
from billcalc.tariff.catalog import Catalog
from billcalc.vocabulary import area_named
from billcalc.words.language import Language

__all__ = [
    "CHUNK",
    "Batch",
    "Billed",
    "Settings",
    "Watcher",
    "bill_tables",
    "billed",
    "default_rejects",
    "opened_requests",
    "opened_tables",
    "planned",
]

CHUNK = 64 * 1024
"""Rows that a worker reads and bills at one time, unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is asked for.

    Attributes:
        inputs: names of files and patterns.
        out: the result.
        rejects: the rows that were not billed; by default beside the result.
        output: totals, components or lines, or what another collects of each bill.
        template: what all requests have in common, or a file with it, or None.
        columns: a file that gives the columns of the inputs their paths, or None.
        layout: of tables that have the issued bills, too, or a file with it, or None.
        tariffs: a directory; by default the shipped ones.
        catalog: the tariffs, where they have been read.
        format: of the result; by default as its name tells.
        workers: processes; by default one for each core.
        chunk: rows at one time.
        restart: whether the parts of an interrupted run are thrown away.
        intervals: what the files of intervals do not tell that rows name.
    """

    inputs: Sequence[str]
    out: Path
    rejects: Path | None = None
    output: Wanted = Output.TOTALS
    template: str | Mapping[str, Any] | None = None
    columns: str | None = None
    layout: str | TableLayout | None = None
    tariffs: Path | None = None
    catalog: Catalog | None = None
    format: Tabular | None = None
    workers: int | None = None
    chunk: int = CHUNK
    restart: bool = False
    language: Language = Language.ENGLISH
    intervals: Stated = field(default_factory=Stated)


@dataclass(frozen=True, slots=True)
class Batch:
    """What is about to be billed: told before the first bill.

    Attributes:
        tables: the inputs.
        rows: how many rows they have, empty lines among them.
        resumed: whether an interrupted run is taken up.
        damaged: how many parts of it are damaged, and billed anew.
    """

    tables: Sequence[RequestTable]
    rows: int
    resumed: bool
    damaged: int = 0


class Watcher:
    """Is told how a run goes on; does nothing about it."""

    def begins(self, batch: Batch) -> None:
        """The inputs were opened."""

    def goes_on(self, counts: Counts) -> None:
        """A piece is done."""


def default_rejects(out: Path) -> Path:
    """Where rejects go unless told otherwise: each result has its own.

    >>> str(default_rejects(Path("bills.parquet")))
    'bills.parquet.rejects.csv'
    """
    return out.with_name(f"{out.name}.rejects.csv")


def planned(settings: Settings, *, reads: Sequence[Path] = ()) -> Planned:
    """See what a run would read and write; nothing is written.

    Args:
        settings: of the run.
        reads: what else is read.

    Raises:
        InvalidInput: with what is wrong with the inputs or settings, as the run itself.
    """
    outputs = (settings.out, settings.rejects or default_rejects(settings.out))
    written_format(outputs[0], settings.format)
    written_format(outputs[1])
    names = table_names(settings.inputs)
    template = _template(settings.template)
    tables, _ = opened_tables(settings)
    curves = _curves(settings, tables, template)
    check_outputs(outputs, [*names, *reads, *_files_of(settings), *curves], parts=parts_directory(settings.out))
    beside = [each for each in (settings.template, settings.columns, settings.layout) if isinstance(each, str)]
    return Planned(tables, [*beside, *curves], sum(table.rows for table in tables), outputs)


def bill_tables(settings: Settings, watcher: Watcher | None = None) -> Counts:
    """Bill every row of some tables.

    Results appear under their names when they are complete, the rejects behind the bills they belong to; until then
    their parts are in a directory beside them, from which an interrupted run goes on.

    Raises:
        InvalidInput: with what is wrong with the inputs or settings.
        OSError: where the results cannot be written; what was billed is kept for the next run.
    """
    rejects = settings.rejects or default_rejects(settings.out)
    formats = (written_format(settings.out, settings.format), written_format(rejects))
    outputs = (settings.out, rejects)
    with (
        billed(settings, formats, outputs=outputs, watcher=watcher or Watcher()) as made,
        replacing(*outputs, ready=made.check_inputs) as (bills, rejected),
    ):
        made.parts.join(made.numbers, bills, rejected)
    return made.counts


@dataclass(frozen=True, slots=True)
class Billed:
    """All parts of a run, of which its results can be made.

    Attributes:
        parts: where they are.
        numbers: of all of them, in the order of the rows.
        counts: of the rows.
        inputs: what was read, as it was when the run began.
        work: what was billed.
        tables: the requests.
        workers: how many processes what is made of it may take.
    """

    parts: Parts
    numbers: Sequence[int]
    counts: Counts
    inputs: Inputs
    work: Work
    tables: Sequence[RequestTable]
    workers: int = 1

    def check_inputs(self) -> None:
        """See that the inputs are what they were, before the results get their names.

        Raises:
            InvalidInput: where one is not.
        """
        _check_inputs(self.inputs, self.parts)


@dataclass(frozen=True, slots=True)
class Opened:
    """The requests of some settings, opened to be read by whoever bills them.

    Attributes:
        requests: makes the request of a row that names a file of intervals; None where no row does.
    """

    tables: Sequence[RequestTable]
    template: Mapping[str, Any]
    catalog: Catalog
    requests: RowRequests | None


def opened_requests(settings: Settings) -> Opened:
    """Open the tables of some settings with what is read beside them.

    Raises:
        InvalidInput: with what is wrong with the inputs or settings.
    """
    template = _template(settings.template)
    tables, _ = opened_tables(settings)
    catalog = load_catalog(settings.tariffs, areas=_areas(template, tables))
    curves = _curves(settings, tables, template)
    return Opened(tables, template, catalog, RowRequests(settings.intervals) if curves else None)


@contextmanager
def billed(
    settings: Settings,
    formats: tuple[Tabular, Tabular],
    *,
    outputs: Sequence[Path],
    watcher: Watcher,
    reads: Sequence[Path] = (),
    reads_twice: Sequence[Path] = (),
) -> Iterator[Billed]:
    """The life of a run: its rows are billed into parts, results are made of them, and the parts are removed.

    Args:
        settings: of the run; where its results are goes by ``out``.
        formats: of the parts: of the bills and of the rejects.
        outputs: what will be written.
        watcher: is told how it goes on.
        reads: what else is read.
        reads_twice: what else is read while the results are made.

    Raises:
        InvalidInput: with what is wrong with the inputs or settings.
    """
    names = table_names(settings.inputs)
    directory = parts_directory(settings.out)
    check_outputs(outputs, [*names, *_files_of(settings), *reads, *reads_twice], parts=directory)
    inputs = Inputs.look([*names, *reads_twice])
    template = _template(settings.template)
    tables, told = opened_tables(settings)
    rows = sum(table.rows for table in tables)
    if formats[0] is Tabular.EXCEL and rows > workbook_writing.WORKBOOK_ROWS_MAX:
        raise workbook_writing.too_many_rows(rows, settings.out.name)
    pieces = pieces_of(tables)
    catalog = settings.catalog or load_catalog(settings.tariffs, areas=_areas(template, tables))
    parts = Parts(directory, _schema(settings.output, catalog, template), *formats)
    curves = _curves(settings, tables, template)
    if curves:
        check_outputs(outputs, curves, parts=directory)
        inputs = Inputs.look([*names, *reads_twice, *curves])
    work = Work(
        *(tables, parts, catalog, template, settings.output, settings.chunk),
        language=settings.language,
        requests=RowRequests(settings.intervals) if curves else None,
    )
    with locked(directory):
        resumed = parts.begin(_manifest(work, pieces, formats, told, inputs, curves), restart=settings.restart)
        damaged = parts.forget_damaged()
        watcher.begins(Batch(tables, rows, resumed, len(damaged)))
        workers = settings.workers or os.cpu_count() or 1
        try:
            work = replace(work, repeats=find_repeats(tables, template, parts.scratch()))
            parts.remove_scratch()
            counts = run(work, pieces, workers=workers, report=watcher.goes_on)
        except Exception:
            _check_inputs(inputs, parts)  # what cannot be read any more may have been another file before
            raise
        if damaged := parts.forget_damaged():
            raise InvalidInput([Fault(FaultCode.PART_DAMAGED, str(directory), {"count": str(len(damaged))})])
        yield Billed(parts, [piece.number for piece in pieces], counts, inputs, work, tables, workers)
        parts.remove()


def opened_tables(settings: Settings) -> tuple[list[RequestTable], list[object]]:
    """The tables of some settings, and what decides how they are read.

    Raises:
        InvalidInput: with what is wrong with them.
    """
    names = table_names(settings.inputs)
    layout = load(TableLayout, settings.layout) if isinstance(settings.layout, str) else settings.layout
    mapping = layout.requests if layout else read_mapping(settings.columns) if settings.columns else None
    separators = layout is not None and layout.separators
    elsewhere = () if layout is None else layout.issued.read
    tables = open_tables(names, mapping=mapping, chunk=settings.chunk, separators=separators, read_elsewhere=elsewhere)
    return tables, [mapping, separators, settings.intervals.model_dump(mode="json")]


def _curves(settings: Settings, tables: Sequence[RequestTable], template: Mapping[str, Any]) -> list[str]:
    """The files of intervals of a run, whose columns have places that are there.

    Raises:
        InvalidInput: where one has not, or something is stated of files, and there are none.
    """
    for table in tables:
        check_places(table.paths, template)
    found = interval_files(tables, template)
    if settings.intervals != Stated() and not found:
        facts = {"key": "metering_points.0.intervals.file"}
        raise InvalidInput([Fault(FaultCode.MISSING_KEY, "--intervals-as", facts)])
    return found


def _check_inputs(inputs: Inputs, parts: Parts) -> None:
    """See that the inputs are what they were; the parts of others are of no run, and are thrown away.

    Raises:
        InvalidInput: where one is not.
    """
    try:
        inputs.check_unchanged()
    except InvalidInput:
        parts.remove()
        raise


def _files_of(settings: Settings) -> Iterator[str | Path]:
    """What a run reads beside its tables."""
    yield from (each for each in (settings.template, settings.columns, settings.layout) if isinstance(each, str))
    yield from (settings.tariffs or shipped_tariffs()).rglob("*.yaml")


def _template(path: str | Mapping[str, Any] | None) -> Mapping[str, Any]:
    if not isinstance(path, str):
        return path or {}
    document = read_document(path)
    if not isinstance(document.data, dict):
        facts = {"reason": Reason.MAPPING_EXPECTED, "value": shown(document.data)}
        raise InvalidInput([Fault(FaultCode.WRONG_TYPE, document.where(()), facts)])
    return document.data


def _areas(template: Mapping[str, Any], tables: Sequence[RequestTable]) -> list[str] | None:
    """The one area whose tariffs are needed, where the template tells it and no column does."""
    area = template.get("area")
    told = any(path in ("area", "/area") for table in tables for _, path in table.columns)
    return [area_named(area)] if isinstance(area, str) and not told else None


def _schema(output: Wanted, catalog: Catalog, template: Mapping[str, Any]) -> pa.Schema:
    nothing = output.collector(pa.array([], pa.string()))
    money = money_of_rows(template, catalog, output)
    return nothing.batch(schema_metadata(catalog.version, money)).schema


def _manifest(
    work: Work,
    pieces: Sequence[Piece],
    formats: tuple[Tabular, Tabular],
    mapping: object,
    inputs: Inputs,
    curves: Sequence[str],
) -> dict[str, Any]:
    """Everything that decides the parts, by the words that a difference is told in."""
    read = [source.name for source in work.sources] + [*curves]
    states = [(os.path.realpath(name), inputs.states[sheet_of(name)[0]]) for name in read]
    return {
        "inputs": [[path, *(state.content if state is not None else ())] for path, state in states],
        "template": _digest(work.template),
        "columns": _digest(mapping),
        "settings": [
            *(work.output.value, work.language.value, work.chunk),
            *(each.value for each in formats),
            len(pieces),
        ],
        "tariffs": work.catalog.version,
        "engine": f"{__version__}, Arrow {pa.__version__}",
    }


def _digest(data: object) -> str:
    return sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
