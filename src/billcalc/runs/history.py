"""The earlier months of an account: a directory or a table of their requests, each billed as it would have been."""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from billcalc.audit.checks.account import Month, month_billed
from billcalc.billing.request import Request
from billcalc.files.loading import load
from billcalc.files.system_errors import reading_fault
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import Fault, InvalidInput, Refusal
from billcalc.tables.readers import is_table
from billcalc.tariff.catalog import Catalog

__all__ = ["history_of"]

_REQUESTS = (".yaml", ".yml", ".json")
_CHUNK = 1024
"""Rows of a table that are read at one time."""


def history_of(place: Path, catalog: Catalog, *, account: str | None = None) -> Sequence[Month] | Refusal:
    """Each month that a request of the directory, or a row of the table, is for; a refusal names its file.

    Args:
        place: a directory, or a table of requests.
        catalog: the tariffs.
        account: whose rows of a table are meant, where it has those of several.

    Raises:
        InvalidInput: where it or one of its requests cannot be read, or a table has several accounts and none is told.
    """
    return _of_table(place, catalog, account) if is_table(str(place)) else _of_directory(place, catalog)


def _of_directory(directory: Path, catalog: Catalog) -> Sequence[Month] | Refusal:
    try:
        names = sorted(each for each in os.listdir(directory) if each.lower().endswith(_REQUESTS))
    except OSError as error:
        raise InvalidInput([reading_fault(error, str(directory))]) from None
    found = []
    for name in names:
        month = month_billed(load(Request, directory / name), catalog, where=str(directory / name))
        if isinstance(month, Refusal):
            return Refusal(month.code, f"{directory / name}{month.where}", month.facts)
        found.append(month)
    return found


def _of_table(path: Path, catalog: Catalog, account: str | None) -> Sequence[Month] | Refusal:
    """The months of a table; a row that cannot be billed is told, whosever it is."""
    from billcalc.bulk.plans import Plans
    from billcalc.runs.audit_rows import Refusals, account_key, history_of_tables
    from billcalc.runs.request_tables import open_tables

    refusals = Refusals()
    tables = open_tables([str(path)], mapping=None, chunk=_CHUNK)
    months = history_of_tables(tables, Plans(catalog, {}), refusals)
    for name, trouble in refusals.told:
        told = replace(trouble, where=f"{name}{trouble.where}")
        if isinstance(told, Refusal):
            return told
        raise InvalidInput([told])
    if account is None and len(months) > 1:
        raise InvalidInput([Fault(FaultCode.MISSING_KEY, str(path), {"key": "--account"})])
    return months.get(account_key(account), ()) if account is not None else next(iter(months.values()), ())
