"""Bill tables of requests into a table of bills: what ``billcalc batch`` does, for programs too."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa

from billcalc._version import __version__
from billcalc.bulk.output import Output, Results, schema_metadata
from billcalc.bulk.run import Counts, Piece, Work, run
from billcalc.files.catalog import load_catalog
from billcalc.files.columns import read_mapping
from billcalc.files.documents import read_document
from billcalc.files.formats import Tabular, format_of
from billcalc.files.parts import Parts, locked, replacing
from billcalc.files.tables import Table, open_tables, pieces_of, table_names
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.wording import FaultCode
from billcalc.tariff.catalog import Catalog

__all__ = ["CHUNK", "Batch", "Settings", "Watcher", "bill_tables", "default_rejects"]

CHUNK = 64 * 1024
"""Rows that a worker reads and bills at one time, unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is asked for.

    Attributes:
        inputs: names of files and patterns.
        out: the result.
        rejects: the rows that were not billed; by default beside the result.
        output: totals, components or lines.
        template: a file with what all requests have in common, or None.
        columns: a file that gives the columns of the inputs their paths, or None.
        tariffs: a directory; by default the shipped ones.
        format: of the result; by default as its name tells.
        workers: processes; by default one for each core.
        chunk: rows at one time.
        restart: whether the parts of an interrupted run are thrown away.
    """

    inputs: Sequence[str]
    out: Path
    rejects: Path | None = None
    output: Output = Output.TOTALS
    template: str | None = None
    columns: str | None = None
    tariffs: Path | None = None
    format: Tabular | None = None
    workers: int | None = None
    chunk: int = CHUNK
    restart: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """What is about to be billed: told before the first bill.

    Attributes:
        tables: the inputs.
        rows: how many rows they have, empty lines among them.
        resumed: whether an interrupted run is taken up.
    """

    tables: Sequence[Table]
    rows: int
    resumed: bool


class Watcher:
    """Is told how a run goes on; does nothing about it."""

    def begins(self, batch: Batch) -> None:
        """The inputs were opened."""

    def goes_on(self, counts: Counts) -> None:
        """A piece is done."""


def default_rejects(out: Path) -> Path:
    """Where rejects go unless told otherwise.

    >>> str(default_rejects(Path("bills.parquet")))
    'bills.rejects.csv'
    """
    return out.with_name(f"{out.stem}.rejects.csv")


def bill_tables(settings: Settings, watcher: Watcher | None = None) -> Counts:
    """Bill every row of some tables.

    Results appear under their names when they are complete; until then their parts are in a directory beside them, from
    which an interrupted run goes on.

    Raises:
        InvalidInput: with what is wrong with the inputs or settings.
        OSError: where the results cannot be written; what was billed is kept for the next run.
    """
    watcher = Watcher() if watcher is None else watcher
    formats = _formats(settings)
    mapping = None if settings.columns is None else read_mapping(settings.columns)
    template = _template(settings.template)
    tables = open_tables(table_names(settings.inputs), mapping=mapping, chunk=settings.chunk)
    pieces = pieces_of(tables)
    catalog = load_catalog(settings.tariffs, areas=_areas(template, tables))
    directory = settings.out.with_name(f"{settings.out.name}.parts")
    parts = Parts(directory, _schema(settings.output, catalog), *formats)
    work = Work(tables, parts, catalog, template, settings.output, settings.chunk)
    with locked(directory):
        resumed = parts.begin(_manifest(work, pieces, formats, mapping), restart=settings.restart)
        watcher.begins(Batch(tables, sum(table.rows for table in tables), resumed))
        workers = settings.workers or os.cpu_count() or 1
        counts = run(work, pieces, workers=workers, report=watcher.goes_on)
        rejected = settings.rejects or default_rejects(settings.out)
        with replacing(settings.out) as bills, replacing(rejected) as rejects:
            parts.join([piece.number for piece in pieces], bills, rejects)
        parts.remove()
    return counts


def _formats(settings: Settings) -> tuple[Tabular, Tabular]:
    """The formats of the result and of the rejects."""
    rejects = settings.rejects or default_rejects(settings.out)
    found = (settings.format or format_of(settings.out.name), format_of(rejects.name))
    for name, known in zip((settings.out, rejects), found, strict=True):
        if known is None:
            reason = "the name of a table ends in .parquet, .csv, .arrow or .feather"
            raise InvalidInput([Fault(FaultCode.CANNOT_READ, str(name), {"reason": reason})])
        if not name.parent.is_dir():
            reason = "there is no such directory"
            raise InvalidInput([Fault(FaultCode.CANNOT_READ, str(name.parent), {"reason": reason})])
    bills, rejected = found
    assert bills is not None
    assert rejected is not None
    return bills, rejected


def _template(path: str | None) -> Mapping[str, Any]:
    if path is None:
        return {}
    document = read_document(path)
    if not isinstance(document.data, dict):
        facts = {"reason": "a mapping is expected here", "value": "it"}
        raise InvalidInput([Fault(FaultCode.WRONG_TYPE, document.where(()), facts)])
    return document.data


def _areas(template: Mapping[str, Any], tables: Sequence[Table]) -> list[str] | None:
    """The one area whose tariffs are needed, where the template tells it and no column does."""
    area = template.get("area")
    told = any(path in ("area", "/area") for table in tables for _, path in table.columns)
    return [area] if isinstance(area, str) and not told else None


def _schema(output: Output, catalog: Catalog) -> pa.Schema:
    nothing = Results(output, pa.array([], pa.string()))
    return nothing.batch(schema_metadata(catalog.version)).schema


def _manifest(
    work: Work, pieces: Sequence[Piece], formats: tuple[Tabular, Tabular], mapping: Mapping[str, str] | None
) -> dict[str, Any]:
    """Everything that decides the result, by the words that a difference is told in."""
    told = [(Path(source.name).resolve(), Path(source.name).stat()) for source in work.sources]
    return {
        "inputs": [[str(path), state.st_size, state.st_mtime_ns] for path, state in told],
        "template": _digest(work.template),
        "columns": _digest(mapping),
        "settings": [work.output.value, work.chunk, *(each.value for each in formats), len(pieces)],
        "tariffs": work.catalog.version,
        "engine": f"{__version__}, Arrow {pa.__version__}",
    }


def _digest(data: object) -> str:
    return sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
