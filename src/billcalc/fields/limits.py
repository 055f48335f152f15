"""How long the lists of an input may be: refused before any work is done on what is in them.

What one request costs grows with its lists, and some of it with their products. The limits are far above what any
customer has, and low enough that no request is more than seconds of work. docs/requests.md lists them.
"""

from collections.abc import Mapping
from typing import Annotated, Any, cast, get_args, get_origin

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from billcalc.fields.unchanging import Unchanging
from billcalc.fields.values import YEARS, fault_error
from billcalc.kernel.closed_lists import Word
from billcalc.kernel.codes import FaultCode

__all__ = ["DAYS_MAX", "LIMITS", "YEARS", "at_most"]

LIMITS: Mapping[str, int] = {
    "advice.months": 36,
    "agreement": 100,
    "agreement.groups": 200,
    "agreement.supply_points": 200,
    "agreement.supply_points.transformers": 500,
    "agreement.basic.contracts": 400,
    "agreement.basic.demand_shares": 400,
    "changes": 200,
    "checks.history": 24,
    "claims": 400,
    "corrections.months": 60,
    "metering_points": 500,
    "metering_points.config": 100,
    "metering_points.readings": 400,
    "metering_points.intervals.values": 40_000,
    "metering_points.children": 500,
    "losses.rows": 100,
    "losses.users": 200,
    "quantities": 500,
    "facts": 400,
    "households": 200,
    "given": 1_000,
    "billed_before": 1_000,
    "given.supplies": 32,
    "price_sheet.components": 500,
    "price_sheet.prices": 500,
    "price_sheet.series.values": 40_000,
    "events": 50,
    "events.days": 400,
    "by band or register": 32,
    "words": 64,
    "names": 200,
    "variants": 64,
    "issued.lines": 2_000,
    "issued.subtotals": 200,
}
"""How many entries may stand in each list and mapping of a request, or of an issued bill.

``words`` is for every list of words from a closed list, ``names`` for every list of codes or ids of others.
"""

DAYS_MAX = 366
"""How long a cycle and a billed period may be [day]: no cycle is longer than a year."""


class _AtMost:
    """Counts a list or mapping before what is in it is read; in a schema it is ``maxItems`` or ``maxProperties``."""

    def __init__(self, limit: int) -> None:
        self._limit = limit

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        limited = cast(CoreSchema, {**handler(source), "max_length": self._limit})
        if get_origin(source) is dict:
            limited = core_schema.no_info_after_validator_function(Unchanging, limited)
        words = _words_of_keys(source)
        if words is None:
            return core_schema.no_info_before_validator_function(self._counted, limited)
        return core_schema.no_info_before_validator_function(lambda raw: _told_once(words, self._counted(raw)), limited)

    def _counted(self, raw: object) -> object:
        if isinstance(raw, list | tuple | dict) and len(raw) > self._limit:
            raise fault_error(FaultCode.TOO_MANY, count=str(len(raw)), limit=str(self._limit))
        return raw


def _words_of_keys(source: Any) -> type[Word] | None:
    """The closed list that the keys of a mapping are of."""
    if get_origin(source) is not dict:
        return None
    key = get_args(source)[0]
    key = get_args(key)[0] if get_origin(key) is Annotated else key
    return key if issubclass(key, Word) else None


def _told_once(words: type[Word], raw: object) -> object:
    """A mapping that has no word under two of its names, of which one would be lost."""
    if isinstance(raw, Mapping):
        told: set[Word] = set()
        for key in raw:
            word = words.named(key)
            if word in told:
                raise fault_error(FaultCode.DUPLICATE_KEY, key=f"{key} = {word}")
            if word is not None:
                told.add(word)
    return raw


def at_most(place: str) -> _AtMost:
    """The limit of a list or mapping, as a part of its field's type.

    Args:
        place: its name in ``LIMITS``.
    """
    return _AtMost(LIMITS[place])
