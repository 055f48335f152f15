"""Types of what a series is told by: the instant at which it begins, and the minutes of its intervals."""

import re
from contextlib import suppress
from datetime import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from billcalc.fields.values import Count, fault_error
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason

__all__ = ["STEPS", "Instant", "Minutes"]

STEPS = (5, 10, 15, 30, 60)
"""The lengths of intervals that are read [min]."""

_CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]"
_INSTANT = f"[0-9]{{4}}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T{_CLOCK}(:[0-5][0-9])?(Z|[+-]{_CLOCK})"
_YEARS = range(1900, 3000)


def _instant(raw: object) -> datetime:
    found = raw if isinstance(raw, datetime) and raw.tzinfo is not None else None
    if isinstance(raw, str) and re.fullmatch(_INSTANT, raw):
        with suppress(ValueError):
            found = datetime.fromisoformat(raw)
    if found is not None and found.year in _YEARS:  # so that no clock and no step leads out of the calendar
        return found
    raise fault_error(FaultCode.WRONG_TYPE, reason=Reason.INSTANT_FORM, value=f'"{raw}"')


Instant = Annotated[datetime, BeforeValidator(_instant), WithJsonSchema({"type": "string", "pattern": f"^{_INSTANT}$"})]
"""An instant with its offset, of whatever clock: days and bands are a matter of the area's clock."""


def _step(raw: Any) -> Any:
    if str(raw) not in {str(step) for step in STEPS}:
        raise fault_error(FaultCode.UNKNOWN_WORD, value=str(raw), known=", ".join(map(str, STEPS)))
    return raw


_WAYS = [{"type": "integer", "enum": list(STEPS)}, {"type": "string", "enum": list(map(str, STEPS))}]
Minutes = Annotated[Count, BeforeValidator(_step), WithJsonSchema({"anyOf": _WAYS})]
