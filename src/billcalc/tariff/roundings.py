"""The type of the steps that tariffs and conventions round to."""

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

from billcalc.fields import Exact, fault_error
from billcalc.kernel.codes import FaultCode

__all__ = ["RoundingStep"]

_DIGITS = ((1,), (2,), (5,), (2, 5))
"""Those of the fractions that sums of money and quantities are rounded to."""


def _is_step(number: Decimal) -> Decimal:
    if not 0 < number <= 1 or number.normalize().as_tuple().digits not in _DIGITS:
        raise fault_error(FaultCode.OUT_OF_RANGE, value=f"{number:f}", range="steps")
    return number


RoundingStep = Annotated[
    Exact,
    AfterValidator(_is_step),
    WithJsonSchema({"type": "string", "pattern": r"^(0*1(\.0+)?|0+\.0*(1|2|5|25)0*)$", "maxLength": 40}),
]
"""The last place that is kept, such as 0.01: 1 or a decimal part of it, never more."""
