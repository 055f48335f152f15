"""Plans for groups of rows: each made once, from a request with zeros for the customer's numbers."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pyarrow as pa

from billcalc.billing.calculate import wanted_tariffs
from billcalc.billing.kept import planned
from billcalc.billing.months import months_of
from billcalc.billing.plan import Plan
from billcalc.billing.planning.planner import make_plan
from billcalc.billing.request import Request
from billcalc.bulk.groups import Key
from billcalc.bulk.paths import ACCOUNT, has_place, is_not_negative, is_truth, keys_in_ours, pointer_of, request_data
from billcalc.bulk.rejects import failure
from billcalc.bulk.taped import TapedColumns
from billcalc.fields import validated
from billcalc.kernel.codes import FaultCode, RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.scalars import Input
from billcalc.kernel.slots import Slot
from billcalc.kernel.troubles import Fault, InvalidInput, Refusal, Refused
from billcalc.kernel.units import CNY
from billcalc.tariff.catalog import Catalog

__all__ = ["GroupPlan", "Limits", "Plans", "Requests"]

Requests = Callable[[dict[str, Any], Catalog], Request]
"""Makes the request of a row of its data."""

Planner = Callable[[Request, Catalog], tuple[Plan, Mapping[Slot, Input]]]
"""Plans a request, from the start or as one of its structure was planned before."""

_SHARE = re.compile(r"/metering_points/\d+/children/\d+/value")
"""The numbers that may be a share, which is at most one."""

PLANS_MAX = 2048
"""How many plans are kept; of rows that have a structure each, the oldest are forgotten."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the request's own fields demand of single numbers, and a row can therefore break.

    Attributes:
        not_negative: the number columns that may not be negative.
        at_most_one: the number columns that may not be above 1, with the place that the request's fields report.
    """

    not_negative: frozenset[str]
    at_most_one: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """The plan of a group of rows.

    Attributes:
        inputs: the slots, with the numbers that come from the template or from the dates.
        taped: its tape.
    """

    plan: Plan
    inputs: Mapping[Slot, Input]
    taped: TapedColumns


class Plans:
    """Makes plans and keeps them: a million rows of one structure are planned once.

    Attributes:
        catalog: the tariffs.
        template: what all rows have in common.
        requests: makes the request of a row of its data, where more than these is to be read.
        currency: the money of all rows.
    """

    def __init__(
        self,
        catalog: Catalog,
        template: Mapping[str, Any],
        requests: Requests | None = None,
        *,
        currency: str = CNY,
    ) -> None:
        self.catalog = catalog
        self.template = keys_in_ours(template)
        self.currency = currency
        self._requests = requests
        self._made: dict[Key, tuple[Limits, GroupPlan | Fault | Refusal]] = {}

    def held(self, columns: Iterable[str]) -> tuple[str, ...]:
        """The columns in whose places the template has something."""
        return tuple(name for name in columns if has_place(self.template, name))

    def of(self, key: Key) -> tuple[Limits, GroupPlan | Fault | Refusal]:
        """What single numbers of a structure must obey, and its plan, or why it has none."""
        made = self._made.pop(key, None)
        if made is None:
            found = self._plan(key)
            made = self._limits(key, found), found
            if len(self._made) >= PLANS_MAX:
                del self._made[next(iter(self._made))]
        self._made[key] = made
        return made

    def single(self, key: Key, numbers: Mapping[str, object]) -> tuple[Plan, Mapping[Slot, Input]]:
        """The plan of one row, with its own numbers.

        Raises:
            InvalidInput: as a single request would.
            Refused: likewise; also where the money is not that of the columns, or a row is of several months.
        """
        return self._checked(self.request_of(key, numbers), planned)

    def _checked(self, request: Request, make: Planner) -> tuple[Plan, Mapping[Slot, Input]]:
        """The plan of a request of one month whose money is that of the columns. Raises as ``single`` does."""
        if months_of(request, self.catalog):
            raise Refused(Refusal(RefusalCode.NOT_SUPPORTED, "/cycle", {"what": Reason.SEVERAL_MONTHS_IN_A_ROW.value}))
        plan, inputs = make(request, wanted_tariffs(request, self.catalog))
        if plan.currency != self.currency:
            facts = {"currency": plan.currency, "other_currency": self.currency}
            raise Refused(Refusal(RefusalCode.OTHER_CURRENCY, "/area", facts))
        return plan, inputs

    def data(self, batch: pa.RecordBatch, row: int) -> dict[str, Any]:
        """The data of the request of one row of plain cells.

        Raises:
            InvalidInput: where a path leads through what is no mapping or list.
        """
        names = [name for name in batch.schema.names if name != ACCOUNT]
        cells = {name: batch.column(name)[row].as_py() for name in names}
        absent = [name for name in self.held(names) if cells[name] is None]
        told = {name: _plain(name, value) for name, value in cells.items() if value is not None}
        return request_data(self.template, {**dict.fromkeys(absent), **told})

    def request(self, batch: pa.RecordBatch, row: int) -> Request:
        """The request of one row of plain cells.

        Raises:
            InvalidInput: as a single request would.
        """
        data = self.data(batch, row)
        return validated(Request, data) if self._requests is None else self._requests(data, self.catalog)

    def placeholder(self, key: Key) -> Request:
        """A request of a structure, with numbers that stand for those of its rows."""
        return self.request_of(key, {**_alike(key, "0"), **dict(key.placeholders)})

    def _plan(self, key: Key) -> GroupPlan | Fault | Refusal:
        try:
            plan, inputs = self._checked(self.placeholder(key), make_plan)  # it is kept here, by its key
        except InvalidInput as invalid:
            return invalid.faults[0]
        except Refused as refused:
            return refused.refusal
        except Exception as error:  # noqa: BLE001 - whatever it is, it is these rows'
            return failure(error)
        return GroupPlan(plan, inputs, TapedColumns(plan, inputs))

    def _limits(self, key: Key, found: GroupPlan | Fault | Refusal) -> Limits:
        """The limits of the numbers, by their fields; in what is no request, by asking with numbers that break them."""
        has_shares = any(_SHARE.fullmatch(pointer_of(name)) for name in key.numbers)
        above_one = self._refused_places(key, "2", FaultCode.OUT_OF_RANGE) if has_shares else set()
        if isinstance(found, Fault):
            negative = self._refused_places(key, "-1", FaultCode.NEGATIVE)
            not_negative = frozenset(name for name in key.numbers if pointer_of(name) in negative)
        else:
            not_negative = _not_negative(key.numbers)
        at_most_one = {
            name: where for name in key.numbers for where in above_one if pointer_of(name).startswith(f"{where}/")
        }
        return Limits(not_negative, at_most_one)

    def _refused_places(self, key: Key, number: str, code: FaultCode) -> set[str]:
        try:
            self.request_of(key, _alike(key, number))
        except InvalidInput as invalid:
            return {fault.where for fault in invalid.faults if fault.code is code}
        except Exception as error:  # noqa: BLE001 - the plan fails as well, and is what tells it
            failure(error)
        return set()

    def request_of(self, key: Key, numbers: Mapping[str, object]) -> Request:
        """The request of a structure and of numbers.

        Raises:
            InvalidInput: as a single request would.
        """
        absent = dict.fromkeys(key.absent)  # first, for what has no value may be a mapping, and a part of it have one
        values = {**absent, **{name: _plain(name, value) for name, value in key.told}, **numbers}
        data = request_data(self.template, values)
        return validated(Request, data) if self._requests is None else self._requests(data, self.catalog)


@lru_cache(maxsize=PLANS_MAX)
def _not_negative(numbers: tuple[str, ...]) -> frozenset[str]:
    """Those of some columns of numbers that may not be negative."""
    return frozenset(filter(is_not_negative, numbers))


def _alike(key: Key, number: str) -> dict[str, object]:
    """One number for every column of numbers."""
    return dict.fromkeys(key.numbers, number)


_TRUTHS = {"true": True, "false": False}


def _plain(name: str, value: object) -> object:
    """A cell as the data of a request: a truth may be a word, as in files that have nothing but words."""
    if isinstance(value, str) and is_truth(name):
        return _TRUTHS.get(value.lower(), value)
    return value
