"""Totals that a notice prints beside the parts they are made of: not billed, but compared with the parts."""

from pydantic import Field, model_validator

from billcalc.fields import Exact, Model, fault_error
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.tariff.components import Selector
from billcalc.tariff.measured_demand import TimeBand

__all__ = ["PrintedTotal"]


class PrintedTotal(Model):
    """The energy price of some customers, all parts together, as printed.

    Attributes:
        selector: the customers of the row.
        untimed: without time of use [money/kWh].
        bands: by time of use [money/kWh].
    """

    selector: Selector = Field(alias="for")
    untimed: Exact | None = None
    bands: dict[TimeBand, Exact] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _prints_something(self) -> "PrintedTotal":
        if self.untimed is None and not self.bands:
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.TOTAL_FORM)
        return self
