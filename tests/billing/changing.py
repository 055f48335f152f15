"""Requests with changes of use, and the law that they are billed by."""

from typing import Any

from billcalc.kernel.codes import ProblemCode
from billcalc.tariff.catalog import Catalog
from tests.billing.cases import (
    Data,
    catalog,
    changes_of_use,
    entry,
    problems,
    request,
    transformer,
)

SUSPENSION = {"article": "art. 24", "evidence": "secondary", "least_days": 15}
BY_CYCLES = {"article": "1583", "evidence": "secondary", "whole_cycles": True, "whole_capacity": False}
ALL_OF_IT = {"article": "art. 24", "evidence": "secondary", "whole_cycles": False, "whole_capacity": True}
BY_QUARTER = {"article": "1583", "evidence": "secondary", "months": 3, "notice_days": 15}


def with_law(**conditions: Any) -> Catalog:
    return catalog(changes=changes_of_use(**conditions))


def points(*transformers: Data, **more: Any) -> Data:
    return {"S1": {"power_factor_standard": "0.90", "transformers": list(transformers), **more}}


def of_two(*days: tuple[str, str], basic: Data | None = None) -> Data:
    """T1 of 1,000 kVA in service; T2 of 500 kVA in a state from each day on, the first of them 2020-01-01."""
    entries = [
        entry(start, supply_points=points(transformer(), transformer("T2", "500", state)))
        for start, state in [("2020-01-01", "in_service"), *days]
    ]
    if basic is not None:
        entries = [{**each, "basic": basic} for each in entries]
    return request(agreement=entries)


def order(kind: str = "suspension", **days: Any) -> Data:
    named = {} if "done" in days else {"transformers": ["T2"]}
    return {"kind": kind, "supply_point": "S1", **named, **days}


def alternatives(answer: Any, code: ProblemCode) -> list[tuple[str, str]]:
    [problem] = problems(answer, code)
    return [(each.value, str(each.difference)) for each in problem.alternatives]
