"""A table of issued bills diagnosed so that it can be looked at: what differs ranked, each bill with its request.

Everything lies in one directory. What was billed there is kept until all of it is, so a review that was interrupted
goes on; a bill that differs can be looked at by itself afterwards, without the tables that it came from.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from billcalc.bulk.paths import ACCOUNT
from billcalc.bulk.plans import Plans
from billcalc.bulk.run import Counts
from billcalc.files.writing import replacing
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import InvalidInput
from billcalc.runs.batches import Billed, Settings, Watcher
from billcalc.runs.bulk_diagnosis import compare_with_causes
from billcalc.runs.causes_workbook import BulkDiagnosis
from billcalc.runs.comparison_queries import shown_key
from billcalc.runs.comparison_results import Compared
from billcalc.runs.database import connected
from billcalc.runs.diagnosing import bill_keys, billed_rows
from billcalc.runs.issued_rejects import KEY_MARK
from billcalc.runs.issued_tables import IssuedTable, text
from billcalc.runs.query_output import write_query
from billcalc.tables.writers import Tabular

__all__ = ["TABLE", "WORKBOOK", "BillAlone", "Ranked", "bill_alone", "ranked_bills", "review"]

WORKBOOK, TABLE = "differences.xlsx", "differences.csv"
"""What differs with its causes; as a table where it is too long for a workbook."""
_BILLS, _LINES, _REQUESTS = "bills.parquet", "lines.parquet", "requests.parquet"
_MEMORY = "400MB"
_REQUEST = pa.schema([("key", pa.string()), ("request", pa.string())])
_RANKED = """
SELECT row_number() OVER (ORDER BY abs(b.difference) DESC, account) AS number, account AS key, {key}, b.issued,
  b.recomputed, b.difference, c.area, c.status, c.causes, c.what, c."left"
FROM bills b JOIN (
  SELECT account, any_value(area) AS area, any_value(status) AS status, arg_max(what, abs(amount)) AS what,
    ' ' || string_agg(DISTINCT cause, ' ' ORDER BY cause) || ' ' AS causes, any_value("left") AS "left"
  FROM causes WHERE answer = 1 GROUP BY account
) c USING (account) ORDER BY number
"""
_ISSUED = """
SELECT account AS key, code, issued FROM lines
WHERE issued IS NOT NULL AND account IN (SELECT account FROM causes) ORDER BY account, code
"""
_WANTED = "(? = '' OR contains(causes, ' ' || ? || ' ')) AND (? = '' OR area = ?) AND (? = '' OR status = ?)"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A bill that differs.

    Attributes:
        number: its place by money, the first 1.
        month: of a table that tells months; else None.
        issued, recomputed, difference: its totals [money].
        status: what a diagnosis came to.
        what: the cause with the most money in its first answer; empty where none is named.
        left: what the first answer leaves unexplained [money].
    """

    number: int
    account: str
    month: str | None
    issued: Decimal
    recomputed: Decimal
    difference: Decimal
    area: str
    status: str
    what: str
    left: Decimal


@dataclass(frozen=True, slots=True)
class BillAlone:
    """A bill that differs, by itself.

    Attributes:
        request: its data, as JSON.
        issued: its amounts by code [money].
    """

    ranked: Ranked
    request: str
    issued: Mapping[str, Decimal]


def review(
    settings: Settings,
    issued: Path,
    folder: Path,
    *,
    mapping: Path | IssuedTable | None = None,
    watcher: Watcher | None = None,
) -> tuple[Counts, BulkDiagnosis]:
    """Diagnose a table of issued bills into a directory.

    Args:
        settings: as those of ``bill_tables``, but for where the results go.
        issued: the table of issued bills.
        folder: of its own, where all goes.
        mapping: what its columns mean; see ``compare_requests``.
        watcher: is told how the billing goes on.

    Raises:
        InvalidInput: with what is wrong with the inputs or settings.
        OSError: where the results cannot be written.
    """

    def keep(made: Billed, compared: Compared) -> None:
        connection, layout = compared.connection, compared.layout
        with replacing(folder / _BILLS, folder / _LINES, folder / _REQUESTS) as (bills, lines, requests):
            write_query(connection, _RANKED.format(key=shown_key(layout)), bills, Tabular.PARQUET)
            write_query(connection, _ISSUED, lines, Tabular.PARQUET)
            keys = {key for (key,) in connection.execute("SELECT DISTINCT account FROM causes").fetchall()}
            with pq.ParquetWriter(requests, _REQUEST, compression="zstd") as writer:
                for batch in _requests(connection, made, keys, by_month=layout.month is not None):
                    writer.write_batch(batch)

    told = replace(settings, out=folder / WORKBOOK)
    try:
        return compare_with_causes(told, issued, mapping=mapping, watcher=watcher, keep=keep)
    except InvalidInput as invalid:
        if invalid.faults[0].code is not FaultCode.TOO_MANY_ROWS:
            raise
    return compare_with_causes(replace(told, out=folder / TABLE), issued, mapping=mapping, watcher=watcher)


def _requests(connection: Any, made: Billed, wanted: Collection[str], *, by_month: bool) -> Iterator[pa.RecordBatch]:
    """The requests of some bills, read again a chunk at a time."""
    plans = Plans(made.work.catalog, made.work.template, made.work.requests)
    names = {key.split(KEY_MARK)[0] for key in wanted}
    for batch in billed_rows(connection, made.tables):
        accounts = [(account or "").strip() for account in batch.column(ACCOUNT).cast(pa.string()).to_pylist()]
        batch = batch.filter(pa.array([account in names for account in accounts], pa.bool_()))
        keys = bill_keys(batch, plans, [each for each in accounts if each in names], by_month=by_month)
        told = [
            {"key": key, "request": json.dumps(plans.data(batch, row), ensure_ascii=False, default=_exact)}
            for row, key in enumerate(keys)
            if key in wanted
        ]
        yield pa.RecordBatch.from_pylist(told, schema=_REQUEST)


def _exact(number: object) -> str:
    """A number of a table as data."""
    assert isinstance(number, Decimal | int), "cells are texts, truths and exact numbers"
    return f"{number:f}"


def ranked_bills(
    folder: Path, *, cause: str = "", area: str = "", status: str = "", first: int = 0, most: int = 100
) -> tuple[int, Sequence[Ranked]]:
    """Bills that differ in the order of their money, and how many there are.

    Args:
        folder: of a review.
        cause: only those that have it in their first answer; all where it is empty.
        area: only those of it.
        status: only those that a diagnosis came to this with.
        first: how many are passed over.
        most: how many are told.

    Raises:
        OSError: where they cannot be read.
    """
    told = [cause, cause, area, area, status, status]
    with connected(folder, memory=_MEMORY) as (connection, _):
        source = f"FROM read_parquet({text(str(folder / _BILLS))}) WHERE {_WANTED}"
        [(count,)] = connection.execute(f"SELECT count(*) {source}", told).fetchall()
        query = f"SELECT * {source} ORDER BY number LIMIT {most:d} OFFSET {first:d}"
        return count, [_ranked(each) for each in connection.sql(query, params=told).to_arrow_table().to_pylist()]


def bill_alone(folder: Path, number: int) -> BillAlone | None:
    """A bill of a review by its place; None where there is none.

    Raises:
        OSError: where it cannot be read.
    """
    with connected(folder, memory=_MEMORY) as (connection, _):

        def of(name: str, where: str, value: object) -> list[dict[str, Any]]:
            query = f"SELECT * FROM read_parquet({text(str(folder / name))}) WHERE {where} = ?"
            found: list[dict[str, Any]] = connection.sql(query, params=[value]).to_arrow_table().to_pylist()
            return found

        bills = of(_BILLS, "number", number)
        if not bills:
            return None
        key = bills[0]["key"]
        [request, *_] = of(_REQUESTS, "key", key)
        issued = {each["code"]: each["issued"] for each in of(_LINES, "key", key)}
    return BillAlone(_ranked(bills[0]), request["request"], issued)


def _ranked(row: Mapping[str, Any]) -> Ranked:
    told = {name: row.get(name) for name in Ranked.__slots__}
    return Ranked(**told)  # type: ignore[arg-type]
