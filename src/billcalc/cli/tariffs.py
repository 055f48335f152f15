"""``billcalc tariffs``: the tariff library."""

from collections import Counter
from pathlib import Path

import click
from click.core import ParameterSource

from billcalc.cli.answers import FILE, Answers, language_option
from billcalc.cli.checkout import shipped_tariffs_told
from billcalc.cli.exits import Exit, epilog
from billcalc.cli.speaking import misused
from billcalc.cli.tariff_answers import coverage, diff, missing, show
from billcalc.cli.tariff_answers import list_ as list_documents
from billcalc.cli.tariff_import import import_command
from billcalc.kernel.troubles import InvalidInput
from billcalc.library.catalog import check_library, load_library
from billcalc.tariff.findings import FindingSeverity
from billcalc.words.library import Say, library_words
from billcalc.words.parsing import Misuse
from billcalc.words.saying import finding_sentence

__all__ = ["tariffs"]

_EPILOG = epilog(
    "tariffs check",
    "billcalc tariffs check",
    "billcalc tariffs check my-tariffs --coverage",
)


@click.group()
def tariffs() -> None:
    """Work on the tariff library."""


for _command in (list_documents, show, diff, coverage, missing, import_command):
    tariffs.add_command(_command)


@tariffs.command(epilog=_EPILOG)
@click.argument("directory", required=False, type=FILE)
@click.option(
    "--fixtures",
    type=FILE,
    metavar="DIR",
)
@click.option("--tariffs", "library_at", type=FILE, metavar="DIR")
@click.option("--coverage", "covered", is_flag=True)
@language_option()
@click.pass_context
def check(
    ctx: click.Context,
    *,
    directory: Path | None,
    fixtures: Path | None,
    library_at: Path | None,
    covered: bool,
    lang: str | None,
) -> None:
    """Check every document of DIRECTORY, by default the shipped tariffs."""
    if directory is not None and ctx.get_parameter_source("library_at") is ParameterSource.COMMANDLINE:
        raise click.UsageError(misused(Misuse.TWO_LIBRARIES))
    answers = Answers("table", lang)
    lexicon = answers.lexicon
    root = directory or library_at or shipped_tariffs_told()
    beside = root.parent / "fixtures"
    try:
        library = load_library(root)
    except InvalidInput as error:
        answers.reject(error.faults)
    findings = check_library(library, fixtures=fixtures or (beside if beside.is_dir() else None))
    for finding in findings:
        if covered or finding.severity is not FindingSeverity.COVERAGE:
            place = library.where(finding.document, finding.path)
            told = finding_sentence(lexicon, finding.code, finding.facts)
            click.echo(f"{place}: {lexicon.things[finding.severity]}: {finding.code}: {told}")
    counted = Counter(finding.severity for finding in findings)
    counts = {severity.value: counted[severity] for severity in FindingSeverity}
    said = library_words(lexicon.language)[Say.CHECKED]
    click.echo(said.format(documents=len(library.catalog.documents), directory=root, **counts))
    if counted[FindingSeverity.ERROR]:
        raise SystemExit(Exit.INVALID)
    if counted[FindingSeverity.WARNING]:
        raise SystemExit(Exit.DIFFERS)
