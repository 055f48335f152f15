"""``billcalc doctor``: what is installed, and which tariffs are billed by."""

import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click
from click.core import ParameterSource

from billcalc._version import __version__
from billcalc.cli.answers import FILE, Answers, language_option
from billcalc.cli.checkout import shipped_tariffs_told
from billcalc.cli.exits import epilog
from billcalc.cli.settings import SETTINGS, SETTLED, Settings, Told
from billcalc.cli.speaking import spoken
from billcalc.explain.printing import Align, columns, printed
from billcalc.kernel.troubles import InvalidInput
from billcalc.library.catalog import load_catalog
from billcalc.words.language import Language, in_language
from billcalc.words.settings import DOCTOR, ORIGINS, Doctor, Origin

__all__ = ["doctor"]

_EPILOG = epilog(
    "doctor",
    "billcalc doctor",
    "billcalc doctor --tariffs my-tariffs --format json",
)
_EXTRAS = {
    "bulk": ("numpy", "pyarrow", "duckdb"),
    "excel": ("python-calamine", "XlsxWriter"),
    "notices": ("pdfplumber", "pypdfium2", "python-calamine"),
    "api": ("fastapi", "uvicorn", "prometheus-client"),
    "client": ("httpx",),
}


@click.command(epilog=_EPILOG)
@click.option("--tariffs", type=FILE, metavar="DIR")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", show_default=True)
@language_option()
@click.pass_context
def doctor(ctx: click.Context, *, tariffs: Path | None, shape: str, lang: str | None) -> None:
    """Tell the versions, the settings, the tariff set and the extras; what a report of a fault should quote."""
    answers = Answers(shape, lang)
    read = tariffs or shipped_tariffs_told()
    try:
        catalog = load_catalog(read)
    except InvalidInput as error:
        answers.reject(error.faults)
    extras = {extra: {package: _version_of(package) for package in packages} for extra, packages in _EXTRAS.items()}
    told: dict[str, object] = {
        Doctor.BILLCALC: __version__,
        Doctor.PYTHON: platform.python_version(),
        Doctor.PLATFORM: platform.platform(),
        Doctor.TARIFFS: str(read),
        Doctor.DOCUMENTS: len(catalog.documents),
        Doctor.TARIFF_SET: catalog.version,
    }
    settings = SETTLED.get()
    settled = {setting: _told(setting, read, ctx, answers) for setting in SETTINGS}
    if answers.is_json:
        answers.data({**told, "config": _config_data(settings, settled), "extras": extras})
        return
    words = in_language(DOCTOR, answers.language)
    rows = [(words[Doctor(name)], str(value)) for name, value in told.items() if name != Doctor.TARIFFS]
    rows.append((words[Doctor.CONFIG], _file_words(settings, words)))
    rows += [(words[Doctor(name)], _setting_words(found, answers.language)) for name, found in settled.items()]
    for extra, packages in extras.items():
        missing = [package for package, found in packages.items() if found is None]
        found = words[Doctor.BETWEEN].join(f"{package} {version}" for package, version in packages.items())
        rows.append((extra, words[Doctor.NOT_INSTALLED].format(extra=extra) if missing else found))
    answers.text(map(printed, columns(rows, (Align.LEFT, Align.LEFT))))


def _told(setting: str, read: Path, ctx: click.Context, answers: Answers) -> tuple[Told, ...]:
    """All that is told of a setting, what counts before what it overrides."""
    option = {"language": "lang", "tariffs": "tariffs", "output": "shape"}.get(setting, "")
    by_option = ctx.get_parameter_source(option) is ParameterSource.COMMANDLINE or (
        setting == "language" and spoken().asked
    )
    chosen = answers.language.value if setting == "language" else str(ctx.params.get(option))
    fallback = {
        "language": (Told(answers.language.value, Origin.LOCALE),),
        "tariffs": (Told(str(read), Origin.DEFAULT),),
        "output": (Told("table", Origin.DEFAULT),),
    }
    told = (*((Told(chosen, Origin.OPTION),) if by_option else ()), *SETTLED.get().of(setting))
    return told or fallback.get(setting, ())


def _config_data(settings: Settings, settled: Mapping[str, Sequence[Told]]) -> dict[str, object]:
    told = {
        name: [{"value": each.value, "origin": each.origin.value} for each in found] for name, found in settled.items()
    }
    return {
        "file": None if settings.file is None else str(settings.file),
        "is_read": settings.read,
        "settings": told,
    }


def _file_words(settings: Settings, words: Mapping[Doctor, str]) -> str:
    if settings.file is None:
        return words[Doctor.NONE]
    return str(settings.file) if settings.read else words[Doctor.ABSENT].format(file=settings.file)


def _setting_words(told: Sequence[Told], language: Language) -> str:
    """The value that counts, where it comes from, and what a user told elsewhere."""
    words, origins = in_language(DOCTOR, language), in_language(ORIGINS, language)
    if not told:
        return words[Doctor.NONE]
    overridden = [words[Doctor.OVERRIDES].format(value=each.value, origin=origins[each.origin]) for each in told[1:]]
    return words[Doctor.FROM].format(
        value=told[0].value, origin=origins[told[0].origin], overridden="".join(overridden)
    )


def _version_of(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
