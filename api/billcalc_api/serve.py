"""``billcalc serve``: run the service."""

import gc
import logging
import os
from pathlib import Path

import click
import uvicorn

from billcalc.cli.answers import fault_text
from billcalc.cli.exits import Failed, Invalid, epilog
from billcalc.cli.speaking import spoken
from billcalc.kernel.troubles import InvalidInput
from billcalc.words.lexicon import LEXICONS
from billcalc.words.pages import STARTED
from billcalc_api.app import create_app
from billcalc_api.http import IDLE_MAX, bounded
from billcalc_api.keys_error import KeysError
from billcalc_api.settings import Settings, SettingsError

__all__ = ["serve"]

_EPILOG = epilog(
    "serve",
    "billcalc serve --pages",
    "billcalc serve --port 8000",
    "billcalc serve --host 0.0.0.0 --keys /etc/billcalc/keys.jsonl",
)

SHUTDOWN_SECONDS = 30
"""How long running requests may take to finish once the service is told to stop [s]."""


@click.command(epilog=_EPILOG)
@click.option("--host", default=None)
@click.option("--port", type=click.IntRange(0, 65535), default=None)
@click.option("--keys", type=click.Path(path_type=Path), default=None)
@click.option("--tariffs", type=click.Path(path_type=Path), default=None)
@click.option("--jobs", type=click.Path(path_type=Path), default=None)
@click.option("--pages", is_flag=True)
def serve(*, pages: bool, **told: str | int | Path | None) -> None:
    """Run the pricing service; settings not given here are read from BILLCALC_… in the environment."""
    environment = {
        **os.environ,
        **{f"BILLCALC_{name.upper()}": str(value) for name, value in told.items() if value is not None},
    }
    try:
        settings = Settings.from_environment(environment)
        app = create_app(settings)
    except InvalidInput as error:
        lexicon = LEXICONS[spoken().language]
        raise Invalid("\n".join(fault_text(lexicon, fault) for fault in error.faults)) from None
    except KeysError as error:
        ended = Failed if error.is_of_the_system else Invalid
        raise ended(error.told(spoken().language)) from None
    except SettingsError as error:
        raise Invalid(error.told(spoken().language)) from None
    if pages:
        from billcalc_pages.mounting import mount  # the only place that knows of them

        mount(app)
        click.echo(STARTED.of(spoken().language).format(host=settings.host, port=settings.port), err=True)
    # The tariffs stay as long as the process: the collector need not go over them, neither now nor while bills wait.
    gc.freeze()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        timeout_keep_alive=settings.head_seconds_max,
        backlog=IDLE_MAX,
        ws="none",
        http=bounded(settings.head_seconds_max),
    )
