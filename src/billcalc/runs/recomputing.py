"""Bill requests and compare them with a table of issued bills: what ``billcalc compare --bulk`` does, for programs."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from billcalc.bulk.output import Output
from billcalc.bulk.run import Counts
from billcalc.files import disk
from billcalc.files.loading import load
from billcalc.runs.batches import Billed, Settings, Watcher, billed, default_rejects
from billcalc.runs.bulk_comparison import Writer, compare_tables
from billcalc.runs.comparison_outcome import BulkComparison
from billcalc.runs.issued_tables import IssuedTable
from billcalc.runs.table_layouts import TableLayout
from billcalc.tables.readers import open_records
from billcalc.tables.writers import Tabular, written_format

__all__ = ["compare_requests"]


def compare_requests(
    settings: Settings,
    issued: Path,
    *,
    mapping: Path | IssuedTable | None = None,
    tolerance: Decimal = Decimal(0),
    watcher: Watcher | None = None,
    writer: Callable[[Billed], Writer] | None = None,
) -> tuple[Counts, BulkComparison]:
    """Bill requests and write how the bills differ from those that were issued.

    An interrupted run goes on as that of ``bill_tables`` does, also with another mapping, tolerance or issued table.

    Args:
        settings: as those of ``bill_tables``; ``out`` is the table of differences, and what could not be compared goes
            beside it.
        issued: the table of issued bills.
        mapping: what its columns mean, or a file with it; by default the layout tells it, or they tell it themselves.
        tolerance: amounts that differ by no more are no finding [money].
        watcher: is told how the billing goes on.
        writer: writes something else than the differences.

    Raises:
        InvalidInput: with what is wrong with the inputs or settings.
        OSError: where the results cannot be written; what was billed is kept for the next run.
    """
    out, rejects = settings.out, default_rejects(settings.out)
    written_in = written_format(out, settings.format)
    table, read_elsewhere = _meaning(settings, issued, mapping)
    open_records(str(issued), settings.chunk)
    with billed(
        replace(settings, output=Output.COMPONENTS),
        (Tabular.PARQUET, Tabular.CSV),
        outputs=(out, rejects),
        watcher=watcher or Watcher(),
        reads=(mapping,) if isinstance(mapping, Path) else (),
        reads_twice=(issued,),
    ) as made:
        scratch = made.parts.scratch()
        components, rejected = scratch / "components.parquet", scratch / "rejected.csv"
        with disk.create(components) as bills, disk.create(rejected) as refused:
            made.parts.join(made.numbers, bills, refused)
        outcome = compare_tables(
            issued,
            components,
            out,
            table=table,
            tolerance=tolerance,
            rejected=rejected,
            rejects=rejects,
            scratch=scratch,
            ready=made.check_inputs,
            written_in=written_in,
            language=settings.language,
            write=None if writer is None else writer(made),
            read_elsewhere=read_elsewhere,
        )
    return made.counts, outcome


def _meaning(
    settings: Settings, issued: Path, mapping: Path | IssuedTable | None
) -> tuple[IssuedTable, tuple[str, ...]]:
    """What the columns of the issued table mean, and which of them the requests were made of."""
    if settings.layout is None:
        return load(IssuedTable, mapping) if isinstance(mapping, Path) else mapping or IssuedTable(), ()
    layout = load(TableLayout, settings.layout) if isinstance(settings.layout, str) else settings.layout
    return layout.issued, tuple(layout.requests) if str(issued) in settings.inputs else ()
