"""The earlier months of an account: a directory of their requests, each billed as it would have been."""

import os
from pathlib import Path

from billcalc.audit.checks.account import Month, month_billed
from billcalc.billing.request import Request
from billcalc.files.loading import load
from billcalc.files.system_errors import reading_fault
from billcalc.kernel.troubles import InvalidInput, Refusal
from billcalc.tariff.catalog import Catalog

__all__ = ["history_of"]

_REQUESTS = (".yaml", ".yml", ".json")


def history_of(directory: Path, catalog: Catalog) -> tuple[Month, ...] | Refusal:
    """Each month that a request of the directory is for; a refusal names its file.

    Raises:
        InvalidInput: where the directory or one of its requests cannot be read.
    """
    try:
        names = sorted(each for each in os.listdir(directory) if each.lower().endswith(_REQUESTS))
    except OSError as error:
        raise InvalidInput([reading_fault(error, str(directory))]) from None
    found = []
    for name in names:
        month = month_billed(load(Request, directory / name), catalog)
        if isinstance(month, Refusal):
            return Refusal(month.code, f"{directory / name}{month.where}", month.facts)
        found.append(month)
    return tuple(found)
