"""``billcalc batch``: bill tables of requests, millions at a time."""

import os
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from billcalc.cli.answers import Exit
from billcalc.kernel.troubles import InvalidInput

if TYPE_CHECKING:
    from billcalc.bulk.run import Counts
    from billcalc.files.batches import Settings

__all__ = ["batch"]

_SOME_REJECTED = 1
_BROKE_OFF = 3
_INTERRUPTED = 130
_EPILOG = """
\b
Examples:
  billcalc batch accounts.parquet --out bills.parquet
  billcalc batch 'month-*.csv' --template common.yaml --out bills.parquet --output lines
  billcalc batch export.csv --columns columns.yaml --template common.yaml --out bills.csv

\b
Exit codes: 0 all billed, 1 some rows rejected, 2 invalid input or usage,
3 broken off (what was billed is kept: run again to go on), 130 interrupted (likewise).
"""


@click.command(epilog=_EPILOG)
@click.argument("inputs", metavar="IN...", nargs=-1, required=True)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The table of bills to write."
)
@click.option(
    "--output",
    type=click.Choice(["totals", "components", "lines", "problems"]),
    default="totals",
    show_default=True,
    help="A row for each bill, or for each component, printed line or problem of it.",
)
@click.option("--template", metavar="REQUEST.yaml", help="What all requests have in common.")
@click.option("--columns", metavar="MAPPING.yaml", help="The path in the request of each column; others are not read.")
@click.option(
    "--rejects",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The table of rows that were not billed; by default OUT with .rejects.csv.",
)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["parquet", "csv", "arrow"]),
    help="The format of OUT; by default as its name tells.",
)
@click.option("--tariffs", type=click.Path(path_type=Path), metavar="DIR", help="The tariffs instead of those shipped.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes; by default one for each core.")
@click.option("--chunk", type=click.IntRange(min=1), help="Rows that each works on at one time.")
@click.option(
    "--resume/--restart",
    default=True,
    show_default=True,
    help="Go on from an interrupted run of the same inputs and settings, or begin anew.",
)
def batch(*, inputs: tuple[str, ...], out: Path, resume: bool, **told: Any) -> None:
    """Bill every row of IN..., tables in Parquet, CSV or Arrow IPC; a column is named by its path in the request."""
    missing = [name for name in ("numpy", "pyarrow") if find_spec(name) is None]
    if missing:
        raise click.ClickException(f"{' and '.join(missing)} is not installed; install billcalc[bulk]")
    settings = _settings(inputs, out, told, restart=not resume)
    try:
        counts = _bill(settings)
    except InvalidInput as invalid:
        for fault in invalid.faults:
            click.echo(str(fault), err=True)
        raise SystemExit(Exit.INVALID) from None
    except KeyboardInterrupt:
        click.echo("interrupted; what was billed is kept: run again to go on", err=True)
        raise SystemExit(_INTERRUPTED) from None
    except (OSError, RuntimeError) as error:  # a full disk, a worker that was killed
        click.echo(f"broken off: {error}; what was billed is kept: run again to go on", err=True)
        raise SystemExit(_BROKE_OFF) from None
    _tell(counts, settings)
    if counts.rejected:
        raise SystemExit(_SOME_REJECTED)


def _settings(inputs: tuple[str, ...], out: Path, told: Mapping[str, Any], *, restart: bool) -> "Settings":
    from billcalc.bulk.output import Output
    from billcalc.files.batches import CHUNK, Settings
    from billcalc.files.formats import Tabular

    return Settings(
        inputs=inputs,
        out=out,
        rejects=told["rejects"],
        output=Output(told["output"]),
        template=told["template"],
        columns=told["columns"],
        tariffs=told["tariffs"],
        format=None if told["shape"] is None else Tabular(told["shape"]),
        workers=told["workers"],
        chunk=told["chunk"] or CHUNK,
        restart=restart,
    )


def _bill(settings: "Settings") -> "Counts":
    from billcalc.cli.batch_progress import Remarks, progress_bar
    from billcalc.files.batches import bill_tables

    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return bill_tables(settings, Remarks())
    with progress_bar() as bar:
        return bill_tables(settings, bar)


def _tell(counts: "Counts", settings: "Settings") -> None:
    from billcalc.files.batches import default_rejects

    width = len(f"{counts.rows:,}")
    rejects = settings.rejects or default_rejects(settings.out)
    click.echo(f"rows in   {counts.rows:>{width},}")
    click.echo(f"billed    {counts.billed:>{width},}  → {settings.out}")
    click.echo(f"rejected  {counts.rejected:>{width},}  → {rejects}")
    for code, bills in sorted(counts.problems.items()):
        click.echo(f"problem   {bills:>{width},}  {code}")
