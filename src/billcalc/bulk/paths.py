"""Columns named by their path in the request: ``metering_points.0.readings.1.peak``.

A column of numbers is read row by row; every other column is structure: rows that agree in all of those share a plan.
"""

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from billcalc.metering.models import Register

__all__ = ["ACCOUNT", "is_number", "pointer_of", "request_data"]

ACCOUNT = "account"
"""The column that names a row; it is no part of the request."""

_REGISTERS = "|".join(register.value for register in Register)
_NUMBERS = re.compile(
    r"agreement\.\d+\.supply_points\.[^.]+\.transformers\.\d+\.kva"
    r"|agreement\.\d+\.basic\.(contracts|demand_shares)\.[^.]+"
    r"|metering_points\.\d+\.config\.\d+\.multiplier"
    rf"|metering_points\.\d+\.readings\.\d+\.({_REGISTERS})"
    rf"|metering_points\.\d+\.given\.(kwh|kvarh)\.({_REGISTERS})"
    r"|metering_points\.\d+\.given\.demand_kw"
    r"|metering_points\.\d+\.children\.\d+\.value"
    r"|quantities\.\d+\.kwh\.[a-z_]+"
    r"|facts\.[^.]+\.(cosphi|power_factor_ratio|demand_kw)"
    r"|given\.\d+\.(amount|kwh|price|power_factor\.ratio)"
    r"|price_sheet\.prices\.[^.]+\.[a-z_]+"
)


def is_number(column: str) -> bool:
    """Whether a column holds numbers of the customer.

    >>> is_number("metering_points.0.readings.1.peak"), is_number("metering_points.0.readings.1.at")
    (True, False)
    """
    return _NUMBERS.fullmatch(column) is not None


def pointer_of(column: str) -> str:
    """The JSON pointer (and so the slot) of a column.

    >>> pointer_of("facts.S1.demand_kw")
    '/facts/S1/demand_kw'
    """
    return "/" + column.replace(".", "/")


def request_data(template: Mapping[str, Any], values: Mapping[str, object]) -> dict[str, Any]:
    """The data of a request: a template with values set at their paths.

    A whole number in a path is a place in a list; places must be filled from 0 on.

    >>> request_data({"area": "cn-guangxi"}, {"agreement.0.from": "2024-06-01"})
    {'area': 'cn-guangxi', 'agreement': [{'from': '2024-06-01'}]}
    """
    data: dict[str, Any] = deepcopy(dict(template))
    for column, value in values.items():
        node: Any = data
        parts = column.split(".")
        for part, following in zip(parts, [*parts[1:], ""], strict=True):
            node = _entered(node, part, value if following == "" else _container(following))
    return data


def _container(following: str) -> Any:
    return [] if following.isdigit() else {}


def _entered(node: Any, part: str, fresh: Any) -> Any:
    """The entry of a mapping or list at a part of the path; a leaf is set, a container is made where there is none."""
    is_leaf = not isinstance(fresh, list | dict)
    if isinstance(node, list):
        place = int(part)
        node.extend(None for _ in range(place + 1 - len(node)))
        if is_leaf or node[place] is None:
            node[place] = fresh
        return node[place]
    if is_leaf or part not in node or node[part] is None:
        node[part] = fresh
    return node[part]
