"""The earlier months of an account: a directory of their requests, each billed as it would have been."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from billcalc.audit.checks.facts import facts_of
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.files.loading import load
from billcalc.files.system_errors import reading_fault
from billcalc.kernel.troubles import InvalidInput, Refusal
from billcalc.tariff.catalog import Catalog

__all__ = ["Earlier", "history_of"]

_REQUESTS = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier month: its facts and its bill."""

    facts: Mapping[str, Decimal]
    bill: Bill


def history_of(directory: Path, catalog: Catalog) -> tuple[Earlier, ...] | Refusal:
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
        request = load(Request, directory / name)
        bill = calculate(request, catalog, derivation=False)
        if isinstance(bill, Refusal):
            return Refusal(bill.code, f"{directory / name}{bill.where}", bill.facts)
        found.append(Earlier(facts_of(request, bill), bill))
    return tuple(found)
