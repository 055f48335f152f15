"""Bill requests and compare them with a table of issued bills: what ``billcalc compare --bulk`` does, for programs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from pathlib import Path

from billcalc.bulk.output import Output
from billcalc.bulk.run import Counts
from billcalc.files import disk
from billcalc.files.loading import load
from billcalc.runs.batches import Billed, Settings, Watcher, billed, default_rejects, planned
from billcalc.runs.bulk_comparison import compare_tables, write_ranked
from billcalc.runs.comparison_outcome import BulkComparison
from billcalc.runs.comparison_results import Compared
from billcalc.runs.issued_tables import MONTH, IssuedTable
from billcalc.runs.planned import Planned
from billcalc.runs.table_layouts import TableLayout
from billcalc.tables.readers import open_records
from billcalc.tables.writers import Tabular, written_format

__all__ = ["compare_requests", "meaning_of", "planned_comparison"]


def compare_requests(
    settings: Settings,
    issued: Path,
    *,
    mapping: Path | IssuedTable | None = None,
    tolerance: Decimal = Decimal(0),
    watcher: Watcher | None = None,
    write: Callable[[Billed, Compared], None] = lambda made, compared: write_ranked(compared),
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
        write: writes the results; by default the differences.

    Raises:
        InvalidInput: with what is wrong with the inputs or settings.
        OSError: where the results cannot be written; what was billed is kept for the next run.
    """
    out, rejects = settings.out, default_rejects(settings.out)
    written_in = written_format(out, settings.format)
    table, read_elsewhere = meaning_of(settings, issued, mapping)
    open_records(str(issued), settings.chunk)
    with billed(
        replace(settings, output=Output.COMPARED if table.tax is None else Output.COMPARED_LINES),
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
            write=partial(write, made),
            read_elsewhere=read_elsewhere,
        )
    return made.counts, outcome


@dataclass(frozen=True, slots=True)
class _Issued:
    """A table of issued bills that would be read; see ``PlannedTable``."""

    name: str
    rows: int
    columns: Sequence[tuple[str, str]]
    unread: Sequence[str]


def planned_comparison(settings: Settings, issued: Path, *, mapping: Path | IssuedTable | None = None) -> Planned:
    """See what a comparison would read and write; nothing is written.

    Args:
        settings: see ``compare_requests``.
        issued: see ``compare_requests``.
        mapping: see ``compare_requests``.

    Raises:
        InvalidInput: with what is wrong with the inputs or settings, as the comparison itself.
    """
    table, read_elsewhere = meaning_of(settings, issued, mapping)
    records = open_records(str(issued), settings.chunk)
    names = records.schema.names
    layout = table.completed(names)
    own = {layout.account: "account", layout.month: MONTH, layout.code: "code", layout.amount: "amount"}
    told = {**layout.coded, **{name: place for name, place in own.items() if name is not None}}
    rows = sum(count for count, _ in records.places())
    columns = [(name, told[name]) for name in layout.read]
    unread = [name for name in names if name not in layout.read and name not in read_elsewhere]
    files = [mapping] if isinstance(mapping, Path) else []
    found = planned(settings, reads=[issued, *files])
    beside = [*found.beside, *map(str, files)]
    return replace(found, beside=beside, issued=[_Issued(str(issued), rows, columns, unread)])


def meaning_of(
    settings: Settings, issued: Path, mapping: Path | IssuedTable | None
) -> tuple[IssuedTable, tuple[str, ...]]:
    """What the columns of the issued table mean, and which of them the requests were made of."""
    if settings.layout is None:
        return load(IssuedTable, mapping) if isinstance(mapping, Path) else mapping or IssuedTable(), ()
    layout = load(TableLayout, settings.layout) if isinstance(settings.layout, str) else settings.layout
    return layout.issued, tuple(layout.requests) if str(issued) in settings.inputs else ()
