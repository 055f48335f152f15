"""How much load is moved: an option of advice."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import click

from billcalc.advice.shifting import PERCENT_MAX, Shift
from billcalc.cli.speaking import misused
from billcalc.words.parsing import Misuse

__all__ = ["shift_option"]

_LONGEST = 20
_HOW_MUCH = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?(%|[kK][wW][hH]|千瓦时)")


def _how_much(context: click.Context, param: click.Parameter, value: str) -> Shift:
    """How much load is moved: per cent, or kilowatt-hours."""
    found = _HOW_MUCH.fullmatch(value.strip())
    if found is None or len(value) > _LONGEST:
        raise click.BadParameter(misused(Misuse.SHIFT_FORM))
    number = Decimal(found[1])
    if found[2] == "%" and number > PERCENT_MAX:
        raise click.BadParameter(misused(Misuse.SHIFT_FORM))
    return Shift(percent=number) if found[2] == "%" else Shift(kwh=number)


shift_option: Callable[[Any], Any] = click.option(
    "--shift", default="1%", show_default=True, metavar="LOAD", callback=_how_much
)
