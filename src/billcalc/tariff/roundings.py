"""The type of the steps that tariffs and conventions round to."""

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

from billcalc.fields import Exact, fault_error
from billcalc.kernel.codes import FaultCode

__all__ = ["RoundingStep"]


def _above_zero(step: Decimal) -> Decimal:
    if step <= 0:
        raise fault_error(FaultCode.OUT_OF_RANGE, value=f"{step:f}", range="above_zero")
    return step


_ABOVE_ZERO = r"^(0*[1-9][0-9]*(\.[0-9]+)?|0+\.0*[1-9][0-9]*)$"

RoundingStep = Annotated[
    Exact, AfterValidator(_above_zero), WithJsonSchema({"type": "string", "pattern": _ABOVE_ZERO, "maxLength": 40})
]
"""The last place that is kept, such as 0.01; above zero."""
