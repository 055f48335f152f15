"""Orders of change of use: what was applied for, and the days that the law asks for."""

from itertools import pairwise
from typing import Annotated

from pydantic import model_validator

from billcalc.fields import Day, Id, Model, at_most, fault_error
from billcalc.kernel.closed_lists import Word
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason

__all__ = ["Change", "ChangeKind"]


class ChangeKind(Word):
    """What a customer applied for."""

    CONNECTION = "connection", "新装"
    INCREASE = "increase", "增容"
    SUSPENSION = "suspension", "暂停"
    REDUCTION = "reduction", "减容"
    EXCHANGE = "exchange", "暂换"
    MODE = "mode", "变更计收方式", "容改需", "需改容"


_STOPS = (ChangeKind.SUSPENSION, ChangeKind.REDUCTION)


class Change(Model):
    """An order of change of use.

    Attributes:
        transformers: what it is about.
        applied: the day of the application.
        accepted: the day on which it was accepted, where that was later; the notice begins then.
        sealed: the day from which transformers are stopped, or another one stands in the place of one that failed.
        resumed: the day from which they run again, or the one that failed is back; none where that is not yet known.
        done: the day from which any other change counts.
    """

    kind: ChangeKind
    supply_point: Id
    transformers: Annotated[tuple[Id, ...], at_most("names")] = ()
    applied: Day | None = None
    accepted: Day | None = None
    sealed: Day | None = None
    resumed: Day | None = None
    done: Day | None = None

    @model_validator(mode="after")
    def _has_its_days(self) -> "Change":
        is_sealed = self.kind in (*_STOPS, ChangeKind.EXCHANGE)
        if (self.sealed is None) == is_sealed or (self.done is None) != is_sealed:
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.CHANGE_DAY)
        if is_sealed != bool(self.transformers):
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.CHANGE_TRANSFORMERS)
        days = [day for day in (self.applied, self.accepted, self.sealed, self.done) if day is not None]
        stops_at_once = self.resumed is not None and (self.sealed is None or self.resumed <= self.sealed)
        if stops_at_once or any(later < earlier for earlier, later in pairwise(days)):
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.ORDER_OF_DAYS)
        return self

    @property
    def stops(self) -> bool:
        """Whether its transformers are stopped for a time."""
        return self.kind in _STOPS
