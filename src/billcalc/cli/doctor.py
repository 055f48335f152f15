"""``billcalc doctor``: what is installed, and which tariffs are billed by."""

import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from billcalc._version import __version__
from billcalc.cli.answers import FILE, Answers
from billcalc.cli.checkout import shipped_tariffs_told
from billcalc.cli.exits import epilog
from billcalc.kernel.troubles import InvalidInput
from billcalc.library.catalog import load_catalog
from billcalc.wire.json_writing import json_text

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
def doctor(*, tariffs: Path | None, shape: str) -> None:
    """Tell the versions, the tariff set and the extras; what a report of a fault should quote."""
    read = tariffs or shipped_tariffs_told()
    try:
        catalog = load_catalog(read)
    except InvalidInput as error:
        Answers("table", None).reject(error.faults)
    extras = {extra: {package: _version_of(package) for package in packages} for extra, packages in _EXTRAS.items()}
    told = {
        "billcalc": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "tariffs": str(read),
        "documents": len(catalog.documents),
        "tariff_set": catalog.version,
    }
    if shape == "json":
        click.echo(json_text({**told, "extras": extras}), nl=False)
        return
    for name, value in told.items():
        click.echo(f"{name:<12}{value}")
    for extra, packages in extras.items():
        missing = [package for package, found in packages.items() if found is None]
        words = ", ".join(f"{package} {found}" for package, found in packages.items() if found is not None)
        state = f"not installed: pip install 'billcalc[{extra}]'" if missing else words
        click.echo(f"{extra:<12}{state}")


def _version_of(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
