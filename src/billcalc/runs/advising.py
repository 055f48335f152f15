"""The months of an advice on the disk: files of requests, directories of them, and tables with a row for each month."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from billcalc.advice.months import AskedMonth
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.files.documents import Document, read_document
from billcalc.files.system_errors import reading_fault
from billcalc.files.text import MAX_BYTES
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import Fault, InvalidInput, Refusal, Refused
from billcalc.library.catalog import load_catalog
from billcalc.tables.readers import is_table

__all__ = ["MonthFiles", "read_months"]

_REQUESTS = (".yaml", ".yml", ".json")
_CHUNK = 1024
"""Rows of a table that are read at one time."""


@dataclass(frozen=True, slots=True)
class MonthFiles:
    """Months, and where their places stand.

    Attributes:
        documents: the files of requests, by what stands before a place of theirs.
    """

    months: tuple[AskedMonth, ...]
    documents: Mapping[str, Document] = field(default_factory=dict)

    def where_pointer(self, pointer: str) -> str:
        """Where a place of a month leads: in a file to its line."""
        name, _, inner = pointer.partition("#")
        document = self.documents.get(f"{name}#")
        return pointer if document is None else document.where_pointer(inner)


def read_months(
    places: Sequence[str],
    *,
    account: str | None = None,
    tariffs: Path | None = None,
    max_bytes: int = MAX_BYTES,
) -> MonthFiles:
    """Read months of requests.

    Args:
        places: files of requests, or ``-``; directories of them; tables of requests.
        account: whose rows of a table are meant, where it has those of several.
        tariffs: where the rows of a table name what the tariffs tell.
        max_bytes: of a file of a request.

    Raises:
        InvalidInput: where one cannot be read, or a table has several accounts and none is told.
        Refused: where a row of a table needs what the tariffs do not tell.
    """
    months: list[AskedMonth] = []
    documents: dict[str, Document] = {}
    for place in places:
        if is_table(place):
            months += _of_table(place, account, tariffs)
            continue
        for name in _files(place):
            document = read_document(name, max_bytes=max_bytes)
            key = f"{name}#"
            documents[key] = document
            request = validated(Request, document.data, where=document.where, where_key=document.where_key)
            months.append(AskedMonth(request, key))
    return MonthFiles(tuple(months), documents)


def _files(place: str) -> Sequence[str]:
    """The files of requests of a place."""
    if place == "-" or not os.path.isdir(place):
        return [place]
    try:
        names = sorted(each for each in os.listdir(place) if each.lower().endswith(_REQUESTS))
    except OSError as error:
        raise InvalidInput([reading_fault(error, place)]) from None
    return [str(Path(place) / name) for name in names]


def _of_table(place: str, account: str | None, tariffs: Path | None) -> Iterator[AskedMonth]:
    """The rows of an account, or of the one that the table has."""
    from billcalc.bulk.plans import Plans
    from billcalc.runs.audit_rows import Refusals, account_key, row_requests
    from billcalc.runs.request_tables import open_tables

    refusals = Refusals()
    tables = open_tables([place], mapping=None, chunk=_CHUNK)
    rows = list(row_requests(tables, Plans(load_catalog(tariffs), {}), refusals))
    for name, trouble in refusals.told:
        told = replace(trouble, where=f"{name}{trouble.where}")
        raise Refused(told) if isinstance(told, Refusal) else InvalidInput([told])
    if account is None and len({account_key(each) for _, each, _ in rows}) > 1:
        raise InvalidInput([Fault(FaultCode.MISSING_KEY, place, {"key": "--account"})])
    for (name, number), each, request in rows:
        if account is None or account_key(account) == account_key(each):
            yield AskedMonth(request, f"{name}:{number}")
