"""Differing bills of a table diagnosed: their requests read again, a chunk at a time, each with its issued lines.

Every bill gets the answer that it would get alone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pyarrow as pa

from billcalc.audit.diagnose.diagnosis import SETS_MAX, Diagnosis, Recomputed, recomputed
from billcalc.audit.diagnose.documents import narrowed
from billcalc.audit.issued import IssuedBill
from billcalc.billing.calculate import wanted_tariffs
from billcalc.bulk.arrow import as_column
from billcalc.bulk.cells import plain_cells
from billcalc.bulk.equalities import find_equalities
from billcalc.bulk.groups import Group, group_rows
from billcalc.bulk.paths import ACCOUNT, is_number
from billcalc.bulk.plans import Plans
from billcalc.bulk.run import Work
from billcalc.fields import validated
from billcalc.kernel.troubles import Refusal
from billcalc.runs.issued_rejects import KEY_MARK, KEY_SEPARATOR
from billcalc.runs.issued_tables import REST, TOTAL, IssuedTable
from billcalc.runs.request_tables import RequestTable
from billcalc.tariff.catalog import Catalog

__all__ = ["Found", "diagnosed_bills"]

_MATCHED = "SELECT account FROM findings WHERE account IN (SELECT account FROM bills WHERE state = 'matched')"
_DIFFERING = f"""
SELECT DISTINCT name FROM (SELECT split_part(account, {KEY_SEPARATOR}, 1) AS name FROM ({_MATCHED}))
WHERE name IN (SELECT unnest(?))
"""
_ISSUED = f"""
SELECT account, code, issued FROM lines
WHERE issued IS NOT NULL AND account IN ({_MATCHED}) AND account IN (SELECT unnest(?)) ORDER BY account, code
"""


@dataclass(frozen=True, slots=True)
class Found:
    """The diagnosis of one bill.

    Attributes:
        key: of the bill, as the comparison knows it.
    """

    key: str
    area: str
    diagnosis: Diagnosis


def diagnosed_bills(
    connection: Any, layout: IssuedTable, work: Work, tables: Sequence[RequestTable], *, sets_max: int = SETS_MAX
) -> Iterator[Found]:
    """Diagnose every bill that differs.

    Args:
        connection: a database with the ``lines`` and ``findings`` of a comparison.
        layout: of the issued table.
        work: what was billed.
        tables: the requests.
        sets_max: how many sets of causes are computed for a bill at most.
    """
    plans, narrow = Plans(work.catalog, work.template), dict[tuple[str, str], Catalog]()
    for table in tables:
        for _, place in table.places():
            for rows in table.read(place):
                batch = plain_cells(rows.batch)
                yield from _of_batch(connection, layout, plans, batch, narrow, sets_max)


def _of_batch(
    connection: Any,
    layout: IssuedTable,
    plans: Plans,
    batch: pa.RecordBatch,
    narrow: dict[tuple[str, str], Catalog],
    sets_max: int,
) -> Iterator[Found]:
    accounts = [(account or "").strip() for account in batch.column(ACCOUNT).cast(pa.string()).to_pylist()]
    differing = {name for (name,) in connection.execute(_DIFFERING, [sorted(set(accounts))]).fetchall()}
    batch = batch.filter(pa.array([account in differing for account in accounts], pa.bool_()))
    keys = _keys(batch, plans, [each for each in accounts if each in differing], by_month=layout.month is not None)
    issued: dict[str, dict[str, Any]] = {key: {} for key in keys}
    for key, code, amount in connection.execute(_ISSUED, [sorted(issued)]).fetchall():
        issued[key][code] = amount
    batch = batch.filter(pa.array([bool(issued[key]) for key in keys], pa.bool_()))
    keys = [key for key in keys if issued[key]]
    for group in _groups(batch, plans) if batch.num_rows else ():
        for row in group.rows:
            request = plans.request(batch, int(row))
            known = (request.area, str(request.tariff_set))
            if known not in narrow:
                narrow[known] = narrowed(wanted_tariffs(request, plans.catalog), request.area)
            tariffs = narrow[known]
            ours = recomputed(request, plans.catalog, tariffs=tariffs, derivation=False)
            assert not isinstance(ours, Refusal), "it was billed, for it was compared"
            told = issued[keys[int(row)]]
            yield Found(keys[int(row)], request.area, ours.diagnosed(_bill(told, ours, layout), sets_max=sets_max))


def _groups(batch: pa.RecordBatch, plans: Plans) -> Iterator[Group]:
    names = [name for name in batch.schema.names if name != ACCOUNT]
    numbers = [name for name in names if is_number(name)]
    columns = {name: as_column(batch.column(name)).column for name in numbers}
    equal = find_equalities(columns, plans.template, batch.num_rows)
    structure = [name for name in names if name not in columns]
    return group_rows(batch, structure, numbers, equal, plans.held(names))


def _keys(batch: pa.RecordBatch, plans: Plans, accounts: Sequence[str], *, by_month: bool) -> list[str]:
    """The key of each row, as the comparison makes it: its account, and where months are told that of its last day."""
    if not by_month:
        return list(accounts)
    ends = (plans.request(batch, row).period.end for row in range(batch.num_rows))
    return [f"{account}{KEY_MARK}{end - _DAY:%Y-%m}" for account, end in zip(accounts, ends, strict=True)]


_DAY = timedelta(1)


_CODE = re.compile("[a-z][a-z0-9_]{0,39}")
"""A name that may be a code; any other is one that nobody has told the meaning of."""
_NAMELESS = "-"


def _bill(told: Mapping[str, Any], ours: Recomputed, layout: IssuedTable) -> IssuedBill:
    """The issued bill of some amounts by code; an amount of a section is of all that ours has in it."""
    lines = []
    sections = {section.value for section in layout.sections.values()}
    for code, amount in told.items():
        if code in sections:
            codes = list(dict.fromkeys(line.code for line in ours.bill.lines if line.section.value == code)) or [code]
            lines.append({"name": code, "code": codes, "section": code, "amount": f"{amount:f}"})
        elif code not in (TOTAL, REST):  # what no column tells is in the total
            known = {"code": code} if _CODE.fullmatch(code) else {}
            lines.append({"name": code or _NAMELESS, **known, "amount": f"{amount:f}"})
    total = {"total": f"{told[TOTAL]:f}"} if TOTAL in told else {}
    return validated(IssuedBill, {"lines": lines, **total})
