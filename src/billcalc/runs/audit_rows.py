"""Rows of tables of requests checked one after the other, each beside its history: what columns are not for."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pyarrow as pa

from billcalc.audit.checks.account import Checked, Month, check_account, month_billed
from billcalc.audit.checks.limits import LimitsDocument
from billcalc.billing.request import Request
from billcalc.bulk.cells import plain_cells
from billcalc.bulk.keys import called_alike
from billcalc.bulk.paths import ACCOUNT
from billcalc.bulk.plans import Plans
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import FAULTS_MAX, Fault, InvalidInput, Refusal, Refused
from billcalc.runs.request_tables import RequestTable

__all__ = ["Only", "Refusals", "checked_rows", "history_of_tables", "row_requests"]


@dataclass(slots=True)
class Refusals:
    """The rows that cannot be billed, and are not checked therefore.

    Attributes:
        count: how many there are.
        told: the first of them: the table and the row, and why.
    """

    count: int = 0
    told: list[tuple[str, Fault | Refusal]] = field(default_factory=list)

    def add(self, table: str, row: int, trouble: Fault | Refusal) -> None:
        """Count a row."""
        self.count += 1
        if len(self.told) < FAULTS_MAX:
            self.told.append((f"{table}:{row}", trouble))


@dataclass(frozen=True, slots=True)
class Only:
    """Of which rows it is asked.

    Attributes:
        accounts: those of these accounts.
        left_out: but for these, by their tables and numbers.
        by_key: whether accounts are their keys, so that rows are of them however they write them.
    """

    accounts: Collection[str]
    left_out: Collection[tuple[str, int]] = ()
    by_key: bool = False

    def has(self, table: str, row: int, account: str) -> bool:
        """Whether it is asked of a row."""
        name = account_key(account) if self.by_key else account
        return name in self.accounts and (table, row) not in self.left_out


def account_key(account: str) -> str:
    """What an account is called whatever way it is written."""
    return str(called_alike(pa.array([account]))[0].as_py())


def history_of_tables(
    tables: Sequence[RequestTable], plans: Plans, refusals: Refusals, only: Only | None = None
) -> Mapping[str, tuple[Month, ...]]:
    """The earlier months of accounts, by their keys; a row that cannot be billed tells none, and is counted."""
    months: dict[str, tuple[Month, ...]] = {}
    if only is not None:
        only = replace(only, accounts={account_key(each) for each in only.accounts}, by_key=True)
    for place, account, request in row_requests(tables, plans, refusals, only):
        try:
            month = month_billed(request, plans.catalog)
        except InvalidInput as invalid:
            refusals.add(*place, invalid.faults[0])
            continue
        if isinstance(month, Refusal):
            refusals.add(*place, month)
        else:
            key = account_key(account)
            months[key] = (*months.get(key, ()), month)
    return months


def checked_rows(
    tables: Sequence[RequestTable],
    plans: Plans,
    documents: Sequence[LimitsDocument],
    history: Mapping[str, tuple[Month, ...]],
    refusals: Refusals,
    *,
    only: Only,
    company: str | None = None,
) -> Iterator[tuple[tuple[str, int], str, Checked]]:
    """The table and number of each row, its account, and the answers of all checks.

    Args:
        tables: of requests.
        plans: make the requests of rows.
        documents: the limits of the checks.
        history: the earlier months of accounts, by their keys.
        refusals: counts the rows that cannot be billed.
        only: of which rows it is asked.
        company: whose limits hold.
    """
    for place, account, request in row_requests(tables, plans, refusals, only):
        earlier = history.get(account_key(account), ())
        try:
            found = check_account(request, plans.catalog, documents, earlier=earlier, company=company, account=account)
        except InvalidInput as invalid:
            refusals.add(*place, invalid.faults[0])
            continue
        if isinstance(found, Refusal):
            refusals.add(*place, found)
        else:
            yield place, account, found


def row_requests(
    tables: Sequence[RequestTable], plans: Plans, refusals: Refusals, only: Only | None = None
) -> Iterator[tuple[tuple[str, int], str, Request]]:
    """The requests of rows, each with its table and number, and its account."""
    for table in tables:
        for _, place in table.places():
            for rows in table.read(place):
                for number, facts in rows.malformed if only is None else ():
                    refusals.add(table.name, number, Fault(FaultCode.SYNTAX, "", facts))
                batch, numbers = plain_cells(rows.batch), rows.numbers.tolist()
                accounts = batch.column(ACCOUNT).cast(pa.string()).to_pylist()
                for row, (number, told) in enumerate(zip(numbers, accounts, strict=True)):
                    account = (told or "").strip()
                    if only is not None and not only.has(table.name, number, account):
                        continue
                    try:
                        request = plans.request(batch, row)
                    except InvalidInput as invalid:
                        refusals.add(table.name, number, invalid.faults[0])
                    except Refused as refused:
                        refusals.add(table.name, number, refused.refusal)
                    else:
                        yield (table.name, number), account, request
