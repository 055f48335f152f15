"""Many requests as Arrow columns, billed in columns and one by one, and compared to the last digit."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pyarrow as pa

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.bulk.calculate import BulkResult, calculate_batch
from billcalc.bulk.calculate import calculate as calculate_in_columns
from billcalc.bulk.output import Output
from billcalc.bulk.plans import Plans
from billcalc.fields import validated
from billcalc.kernel.decimals import EXACT, ZERO, exact_sum
from billcalc.kernel.troubles import InvalidInput, Refusal
from billcalc.tariff.catalog import Catalog
from billcalc.vocabulary import Section
from billcalc.words.saying import in_english

Data = Mapping[str, Any]


def flattened(data: object, path: str = "") -> Iterator[tuple[str, object]]:
    """The leaves of a request by their paths, which are the names of columns."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from flattened(value, f"{path}{key}.")
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from flattened(value, f"{path}{place}.")
    else:
        yield path.removesuffix("."), data


def batch_of(accounts: Iterable[tuple[str, Data]]) -> pa.RecordBatch:
    """A row for each account, a column for each path that one of them has."""
    rows = [{"account": name, **dict(flattened(data))} for name, data in accounts]
    names = dict.fromkeys(name for row in rows for name in row)
    return pa.RecordBatch.from_pydict({name: [row.get(name) for row in rows] for name in names})


@dataclass
class Tally:
    """What was compared; a comparison that finds a difference raises.

    Attributes:
        billed: accounts with a bill.
        lines: lines of these bills.
        rejected: accounts without one, by code.
    """

    billed: int = 0
    lines: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    paths: Counter[str] = field(default_factory=Counter)


def bulk(batch: pa.RecordBatch, catalog: Catalog, output: Any, **settings: Any) -> BulkResult:
    """The one result of one batch."""
    [result] = calculate_in_columns([batch], catalog, output=output, **settings)
    return result


def compare(accounts: Sequence[tuple[str, Data]], catalog: Catalog, tally: Tally) -> None:
    """Bill accounts in columns and one by one, and see that nothing differs."""
    batch = batch_of(accounts)
    plans = Plans(catalog, {})
    results = {output.value: calculate_batch(batch, plans, output, first_row=1) for output in Output}
    rejects = {row["account"]: row for row in results["lines"].rejects.to_pylist()}
    by_account = {output: _by_account(result.bills) for output, result in results.items()}
    for result in results.values():
        assert result.rejects.equals(results["lines"].rejects)
        assert result.billed + result.rejects.num_rows == len(accounts)
    for place, (name, data) in enumerate(accounts, start=1):
        alone = _alone(data, catalog)
        told = rejects.get(name)
        if isinstance(alone, Bill) and told is None:
            assert _in_order(by_account["lines"][name]) == _in_order(lines_of(alone)), name
            assert _in_order(by_account["components"][name]) == _in_order(components_of(alone)), name
            assert by_account["problems"].get(name, []) == problems_of(alone), name
            [total] = by_account["totals"][name]
            tally.paths[total.pop("path")] += 1
            assert total == totals_of(alone), name
            tally.billed += 1
            tally.lines += len(alone.lines)
        else:
            assert told is not None, (name, alone)
            _compare_reject(alone, told)
            assert told["row"] == place
            assert name not in by_account["totals"]
            tally.rejected[told["code"]] += 1


def _by_account(bills: pa.RecordBatch) -> dict[str, list[dict[str, Any]]]:
    found = defaultdict(list)
    for row in bills.to_pylist():
        found[row.pop("account")].append(row)
    return found


def _in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows in an order of their own: groups come in the order of the columns, in a request in that of its mapping."""
    return sorted(
        rows, key=lambda row: [str(row[name]) for name in ("section", "code", "group", "band", "from") if name in row]
    )


def _alone(data: Data, catalog: Catalog) -> Bill | Refusal | InvalidInput:
    try:
        return calculate(validated(Request, data), catalog, derivation=False)
    except InvalidInput as invalid:
        return invalid


def _compare_reject(alone: Bill | Refusal | InvalidInput, told: Mapping[str, Any]) -> None:
    found = (told["code"], told["field"])
    if isinstance(alone, Bill):  # exact, and more digits than a result has
        assert found == ("out_of_range", ""), (told, alone)
        assert "what a result can hold" in told["message"]
    else:
        troubles = (alone,) if isinstance(alone, Refusal) else alone.faults
        fitting = [each for each in troubles if found == (each.code.value, each.where)]
        assert fitting, (told, alone)
        if told["code"] not in (
            "negative",
            "out_of_range",
            "closing_below_opening",
        ):  # these repeat a number as written
            assert told["message"] in [in_english(each.code, each.facts) for each in fitting], (told, fitting)


def lines_of(bill: Bill) -> list[dict[str, Any]]:
    """The printed lines of a bill as rows of the output ``lines``."""
    return [
        {
            "code": line.code,
            "label": line.label,
            "section": line.section.value,
            "group": line.group,
            "band": None if line.band is None else line.band.value,
            "from": line.span.start,
            "to": line.span.end,
            "quantity": line.quantity,
            "unit": line.unit,
            "price": line.price,
            "amount": line.amount,
        }
        for line in bill.lines
    ]


def problems_of(bill: Bill) -> list[dict[str, Any]]:
    """The problems of a bill as rows of the output ``problems``."""
    return [{"code": problem.code.value, "where": problem.where} for problem in bill.problems]


def components_of(bill: Bill) -> list[dict[str, Any]]:
    """A bill as rows of the output ``components``."""
    found: dict[tuple[str, str, str], Decimal] = {}
    for line in bill.lines:
        key = (line.code, line.section.value, line.group)
        found[key] = EXACT.add(found.get(key, ZERO), line.amount)
    return [
        {
            "code": code,
            "section": section,
            "group": group,
            "from": bill.period.start,
            "to": bill.period.end,
            "amount": amount,
        }
        for (code, section, group), amount in found.items()
    ]


def totals_of(bill: Bill) -> dict[str, Any]:
    """A bill as a row of the output ``totals``."""
    kwh = exact_sum(energy for by_band in bill.kwh.values() for energy in by_band.values())
    return {**{section.value: bill.sections.get(section, 0) for section in Section}, "total": bill.total, "kwh": kwh}
