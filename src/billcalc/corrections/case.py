"""The case: which months were billed wrongly, by what, and what is right; an input like a request."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, model_validator

from billcalc.billing.request import Request
from billcalc.bulk.paths import pointer_of
from billcalc.fields import AS_TEXT, AboveZero, Day, Exact, Flag, Id, Model, NotNegative, Text, at_most, fault_error
from billcalc.kernel.closed_lists import Word
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import exact_sum
from billcalc.kernel.reasons import Reason
from billcalc.kernel.spans import Span
from billcalc.metering.models import Register

__all__ = ["Case", "CaseMonth", "Cause", "Element", "Half", "Ratios", "Wires", "Wiring", "ratio_of"]


class Cause(Word):
    """What was wrong."""

    METER_ERROR = "meter_error", "计量误差", "误差超差", "电能表误差"
    WIRING = "wiring", "接线错误", "错接线"
    VOLTAGE_LOST = "voltage_lost", "失压", "熔断器熔断", "互感器故障"
    MIXED_RATIOS = "mixed_ratios", "互感器变比不一致", "变比不一致"
    MULTIPLIER = "multiplier", "倍率错误", "倍率不符"
    NOT_MEASURED = "not_measured", "计量失准", "计量装置停走"
    CLASS = "class", "用电类别错误"
    PRICE = "price", "电价错误"
    SUSPENSION = "suspension", "暂停处理错误"
    REGISTER = "register", "漏抄", "错抄"


OF_ENERGY = (Cause.METER_ERROR, Cause.WIRING, Cause.VOLTAGE_LOST, Cause.MIXED_RATIOS, Cause.NOT_MEASURED)
"""The causes by which meters counted wrongly; by the others the file was wrong."""


class Wires(Word):
    """How a meter is connected."""

    FOUR = "three_phase_four_wire", "三相四线"
    THREE = "three_phase_three_wire", "三相三线"


class Element(Word):
    """What an element of a meter counted."""

    NORMAL = "normal", "正常"
    REVERSED = "reversed", "反接", "极性反接"
    OPEN = "open", "断开", "开路", "缺相"


class Half(Word):
    """Which half of the time is corrected, where the rule says half."""

    OF_EACH_DAY = "of_each_day", "逐日减半"
    LATER_DAYS = "later_days", "后一半日期"


class Wiring(Model):
    """How a meter was connected.

    Attributes:
        elements: of four wires the three phases; of three wires the two elements.
        cosphi: of the load, which the factor of three wires depends on.
        leading: the load is capacitive.
    """

    system: Wires
    elements: Annotated[tuple[Element, ...], at_most("words")]
    cosphi: AboveZero | None = None
    leading: Flag = False

    @model_validator(mode="after")
    def _has_its_elements(self) -> Self:
        expected = 3 if self.system is Wires.FOUR else 2
        if len(self.elements) != expected:
            facts = {"count": str(len(self.elements)), "expected": str(expected)}
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.ELEMENTS_OF_METER, **facts)
        if self.system is Wires.THREE and self.cosphi is None:
            raise fault_error(FaultCode.MISSING_KEY, key="cosphi")
        for key in ("cosphi", "leading") if self.system is Wires.FOUR else ():
            if key in self.model_fields_set:
                facts = {"key": key, "other": f"system: {self.system}"}
                raise fault_error(FaultCode.INCONSISTENT, reason=Reason.TOLD_BY_ANOTHER, **facts)
        if self.cosphi is not None and self.cosphi > 1:
            raise fault_error(FaultCode.OUT_OF_RANGE, value=str(self.cosphi), range=">0..1")
        return self


Ratio = Annotated[str, Field(pattern=r"^-?[0-9]{1,9}(\.[0-9]{1,9})?(/[0-9]{1,9})?$"), AS_TEXT]
"""A ratio such as ``150/5`` or ``30``; below zero where the transformer was reversed."""


def ratio_of(text: str) -> Fraction:
    """The number of a ratio; 0 where it is none.

    >>> ratio_of("-150/5"), ratio_of("7/0")
    (Fraction(-30, 1), Fraction(0, 1))
    """
    above, _, below = text.partition("/")
    return Fraction(above) / Fraction(below or 1) if Fraction(below or 1) else Fraction(0)


class Ratios(Model):
    """The ratios of the current transformers of three phases, beside the one that was settled by.

    None is below 1, primary ÷ secondary: ``5/150`` has changed places.
    """

    settled: Ratio
    phases: Annotated[tuple[Ratio, Ratio, Ratio], at_most("words")]

    @model_validator(mode="after")
    def _are_ratios(self) -> Self:
        if ratio_of(self.settled) <= 0 or not all(map(ratio_of, self.phases)):
            raise fault_error(FaultCode.OUT_OF_RANGE, value="0", range="above_zero")
        for each in (self.settled, *self.phases):
            if abs(ratio_of(each)) < 1:
                raise fault_error(FaultCode.OUT_OF_RANGE, value=each.lstrip("-"), range="1..")
        return self


def _each_place_once(right: dict[str, Any]) -> dict[str, Any]:
    """See that no place is told twice, in two ways to write its path."""
    places: set[str] = set()
    for path in right:
        if pointer_of(path) in places:
            raise fault_error(FaultCode.DUPLICATE_KEY, key=path)
        places.add(pointer_of(path))
    return right


Right = Annotated[dict[Text, Any], AfterValidator(_each_place_once), at_most("words")]
"""What is right, by its path in the request."""


class CaseMonth(Model):
    """A month that was billed.

    Attributes:
        billed: its request, as it was billed.
        issued: the total of the issued bill; where told, the request must come to it [the bill's currency].
        right: what is right in this month alone, by the path of the request.
    """

    billed: Request
    issued: Exact | None = None
    right: Right = Field(default_factory=dict)


class Case(Model):
    """A case (docs/rebill.md).

    Attributes:
        point: the metering point that counted wrongly; not needed where there is one.
        start, end: the first day that was wrong, and the day on which it was put right.
        error: of the meter: what it counted ÷ what was used − 1; below 0 where it is slow [1]. Of 1 or more it would be
            in percent, or no error of a meter.
        factor: the correction factor, where it was measured instead of computed from a wiring [1].
        normal_kwh: what a month without the fault uses, by register [kWh].
        bands: the shares of the bands in the corrected energy; by default those of what was counted [1].
        right: what is right in every month, by the path of the request.
    """

    id: Id = Field(alias="case")
    account: Text | None = None
    cause: Cause
    point: Id | None = None
    start: Day | None = Field(None, alias="from")
    end: Day | None = Field(None, alias="to")
    error: Exact | None = None
    half: Half = Half.OF_EACH_DAY
    factor: AboveZero | None = None
    wiring: Wiring | None = None
    ratios: Ratios | None = None
    normal_kwh: Annotated[dict[Register, NotNegative], at_most("by band or register")] | None = None
    bands: Annotated[dict[Register, NotNegative], at_most("by band or register")] | None = None
    right: Right = Field(default_factory=dict)
    months: Annotated[tuple[CaseMonth, ...], Field(min_length=1), at_most("corrections.months")]

    @model_validator(mode="after")
    def _tells_what_its_cause_needs(self) -> Self:
        for key, needed in self._needed():
            told = getattr(self, {"from": "start", "to": "end"}.get(key, key)) is not None
            if needed and not told:
                raise fault_error(FaultCode.MISSING_KEY, key=key)
            if told and not needed:
                raise fault_error(FaultCode.INCONSISTENT, reason=Reason.NOT_OF_THE_CAUSE, key=key, value=self.cause)
        if "half" in self.model_fields_set and self.cause is not Cause.METER_ERROR:
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.NOT_OF_THE_CAUSE, key="half", value=self.cause)
        if self.cause not in OF_ENERGY and not self.right and not any(month.right for month in self.months):
            raise fault_error(FaultCode.MISSING_KEY, key="right")
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise fault_error(FaultCode.SPAN_REVERSED, start=str(self.start), end=str(self.end))
        if self.error is not None and not -1 < self.error < 1:
            raise fault_error(FaultCode.OUT_OF_RANGE, value=str(self.error), range="error_of_meter")
        if self.bands is not None and (total := exact_sum(self.bands.values())) != 1:
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.SHARES_OF_BANDS, total=f"{total:f}")
        return self

    def _needed(self) -> Iterator[tuple[str, bool]]:
        """Which keys the cause needs, and which it has nothing to do with; what it may have is not among them."""
        of_energy = self.cause in OF_ENERGY
        yield "from", of_energy
        yield "to", of_energy
        yield "error", self.cause is Cause.METER_ERROR
        yield "ratios", self.cause is Cause.MIXED_RATIOS
        yield "normal_kwh", self.cause is Cause.NOT_MEASURED
        wired = self.cause in (Cause.WIRING, Cause.VOLTAGE_LOST)
        if not wired or self.factor is None:
            yield "wiring", wired
        if not wired or self.wiring is not None:
            yield "factor", False
        if not of_energy:
            yield "bands", False
            yield "point", False

    @property
    def span(self) -> Span | None:
        """The days on which a meter counted wrongly."""
        return None if self.start is None else Span(self.start, self.end)

    def right_of(self, month: CaseMonth) -> Mapping[str, Any]:
        """What is right in a month."""
        return {**self.right, **month.right}
