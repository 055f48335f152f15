"""Tables of issued bills beside recomputed ones, for tests."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from billcalc.runs.bulk_comparison import compare_tables
from billcalc.runs.comparison_outcome import BulkComparison
from billcalc.runs.issued_tables import IssuedTable

Line = tuple[str | None, str | None, str | None]
HEAD = ["account", "bill_difference", "kind", "code", "issued", "recomputed", "difference"]


def recomputed(
    directory: Path,
    lines: Iterable[tuple[str, str, str]],
    *,
    groups: Sequence[str] = (),
    ends: Sequence[date] = (),
    given: Sequence[bool] = (),
) -> Path:
    rows = list(lines)
    table = {
        "account": pa.array([account for account, _, _ in rows], pa.string()),
        "code": pa.array([code for _, code, _ in rows], pa.string()).dictionary_encode(),
        "section": pa.array(["energy"] * len(rows), pa.string()),
        "group": pa.array(groups or ["main"] * len(rows), pa.string()),
        "from": pa.array([date(2024, 6, 1)] * len(rows), pa.date32()),
        "to": pa.array(list(ends) or [date(2024, 7, 1)] * len(rows), pa.date32()),
        "amount": pa.array([Decimal(amount) for _, _, amount in rows], pa.decimal128(38, 2)),
    }
    if given:
        table["given"] = pa.array(["given" if each else None for each in given], pa.string())
    path = directory / "components.parquet"
    pq.write_table(pa.table(table), path)
    return path


def written(directory: Path, text: str, *, encoding: str = "utf-8") -> Path:
    path = directory / "issued.csv"
    path.write_text(text, encoding=encoding, newline="")
    return path


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def compared(
    directory: Path, issued: str, ours: Iterable[tuple[str, str, str]], *, given: Sequence[bool] = (), **told: Any
) -> tuple[BulkComparison, list[list[str]]]:
    out = directory / "differences.csv"
    told.setdefault("table", IssuedTable())
    outcome = compare_tables(
        written(directory, issued),
        recomputed(directory, ours, given=given),
        out,
        rejects=directory / "rejects.csv",
        **told,
    )
    assert outcome.issued == outcome.matched + outcome.unreadable + outcome.rejected + outcome.only_issued
    assert outcome.recomputed == outcome.matched + outcome.unreadable_recomputed + outcome.only_recomputed
    head, *rows = rows_of(out)
    assert [name for name in head if name != "month"] == HEAD
    return outcome, rows


OURS = [("A", "energy", "10.00"), ("A", "levies", "2.00"), ("B", "energy", "5.00"), ("B", "levies", "1.00")]
