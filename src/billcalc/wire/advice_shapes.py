"""The shapes of an advice as data."""

from typing import Annotated, Literal, TypedDict

from billcalc.kernel.sources import Evidence
from billcalc.wire.bill import Currency, RestsOnData, SpanData
from billcalc.wire.schema import Day, Form, Number, OneOf
from billcalc.wire.troubles import ProblemData

__all__ = [
    "AdviceData",
    "AdvisedMonthData",
    "BasicData",
    "BasicMonthData",
    "BendData",
    "CompensationData",
    "DoubtData",
    "LeftOutData",
    "MovedData",
    "NotToldData",
    "OtherBillData",
    "PlanData",
    "PlannedMonthData",
    "PowerFactorAdviceData",
    "ShiftData",
    "ShiftedMonthData",
    "StepData",
    "TargetData",
    "WayData",
    "WholeData",
]

_Way = Annotated[str, Form(description="capacity, contracted, actual")]
_Why = Annotated[str | None, Form(description="why nothing is told; null where something is")]


class OtherBillData(TypedDict):
    """A month with one thing else: its bill, and what it changes of the month's request, by JSON pointer."""

    bill: str
    total: Number
    saved: Annotated[str, Form(description="the month's own total less this one")]
    changes: dict[str, str]


class AdvisedMonthData(TypedDict):
    """A month as it was asked for."""

    period: SpanData
    bill: str
    total: Number
    energy_kwh: Number
    evidence: Annotated[str, OneOf(Evidence)]


class NotToldData(TypedDict):
    """Why a way or a month cannot be told."""

    code: str
    message: str


class WayData(TypedDict):
    """What a month costs one way; or why that cannot be told."""

    way: _Way
    other: OtherBillData | None
    why: NotToldData | None


class BendData(TypedDict):
    """What a contract of a supply point is held against."""

    supply_point: str
    maximum_demand_kw: Number
    floor_kw: Number


class BasicMonthData(TypedDict):
    """The ways of a month."""

    period: SpanData
    way: _Way
    bill: str
    total: Number
    law: Annotated[str | None, Form(description="the document that tells when the way may be changed")]
    bends: list[BendData]
    contracts: Annotated[dict[str, int] | None, Form(description="the best of the month by supply point [kW]")]
    ways: list[WayData]
    one_contract: OtherBillData | None


class MovedData(TypedDict):
    """A change of the way."""

    day: Day
    before: _Way
    after: _Way
    apply_by: Day | None
    rule: str


class PlannedMonthData(TypedDict):
    """A month of a plan."""

    period: SpanData
    way: _Way
    other: OtherBillData


class PlanData(TypedDict):
    """The cheapest ways by the rules."""

    total: Number
    saved: Number
    months: list[PlannedMonthData]
    moved: list[MovedData]


class WholeData(TypedDict):
    """What all months cost one way, by contract with one contract; null where one month cannot be billed so."""

    way: _Way
    total: Number | None


class BasicData(TypedDict):
    """The ways of paying the basic charge."""

    total: Number
    contracts: Annotated[dict[str, int] | None, Form(description="the best for all months by supply point [kW]")]
    wholes: list[WholeData]
    plan: Annotated[PlanData | None, Form(description="null where nothing costs less than what was asked for")]
    by_quarter: Annotated[PlanData | None, Form(description="where a way begins with a quarter of the calendar")]
    months: list[BasicMonthData]


class ShiftedMonthData(TypedDict):
    """A month with some load in the valley."""

    period: SpanData
    bill: str
    moved_kwh: Number
    other: OtherBillData | None
    why: NotToldData | None


class ShiftData(TypedDict):
    """Load that is moved from sharp and peak hours into the valley."""

    percent: Annotated[str | None, Form(description="of the sharp and peak energy; null where it is told in kWh")]
    kwh: Annotated[str | None, Form(description="in each month; null where it is told in per cent")]
    moved_kwh: Number
    saved: Number
    months: list[ShiftedMonthData]


class StepData(TypedDict):
    """A month at a step of its power factor; nothing is changed where it is there already."""

    target: Number
    kvarh: Number
    kvar: int
    other: OtherBillData | None


class CompensationData(TypedDict):
    """The power factor of a scope in a month."""

    period: SpanData
    bill: str
    scope: str
    standard: Number
    active_kwh: Number | None
    reactive_kvarh: Number | None
    cosphi: Number | None
    steps: list[StepData]
    why: NotToldData | None


class TargetData(TypedDict):
    """A step of a scope in all months; ``kvar`` is the most that a month takes, at work in all hours."""

    scope: str
    target: Number
    kvar: int
    saved: Number


class PowerFactorAdviceData(TypedDict):
    """Reactive energy that is compensated."""

    targets: list[TargetData]
    months: list[CompensationData]


class LeftOutData(TypedDict):
    """A month that cannot be billed, and is in no sum."""

    period: SpanData
    where: str
    code: str
    message: str


class DoubtData(TypedDict):
    """What is doubted of a bill that the advice rests on."""

    bill: str
    problem: ProblemData


class AdviceData(TypedDict):
    """What months of one customer would have cost otherwise."""

    kind: Literal["advice"]
    area: str
    currency: Currency
    empty: Annotated[bool, Form(description="nothing costs less than what was asked for, but for load that is moved")]
    months: list[AdvisedMonthData]
    left_out: list[LeftOutData]
    basic: BasicData | None
    no_basic: NotToldData | None
    shift: ShiftData
    power_factor: PowerFactorAdviceData
    doubts: list[DoubtData]
    evidence: Annotated[str, OneOf(Evidence)]
    documents: list[RestsOnData]
    unknown: list[NotToldData]
