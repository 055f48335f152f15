"""What is known of losses: how transformers of a make lose, and what the law counts losses in."""

from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from billcalc.fields import Flag, Model, NotNegative, Text, at_most, fault_error
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.tariff.components import Voltages
from billcalc.tariff.headers import Header
from billcalc.vocabulary import Kind

__all__ = [
    "LossBand",
    "LossBands",
    "LossRules",
    "RatedRow",
    "Series",
    "SeriesTable",
    "TableRow",
    "TransformerLosses",
]


class LossRules(Header):
    """That the owner of a transformer or a line bears its losses: they count in the energy and in the power factor.

    Attributes:
        in_demand: whether they count in a billed demand, too.
    """

    kind: Literal[Kind.LOSS_RULES]
    in_demand: Flag


class RatedRow(Model):
    """What a transformer of a rated capacity loses.

    Attributes:
        kva: its rated capacity [kVA].
        p0_kw: its loss without load (iron) [kW].
        pk_kw: its loss at full load (copper) [kW].
        i0_percent: its no-load current [% of the rated current], where it is known.
        uk_percent: its short-circuit voltage [% of the rated voltage], where it is known.
    """

    kva: NotNegative
    p0_kw: NotNegative
    pk_kw: NotNegative
    i0_percent: NotNegative | None = None
    uk_percent: NotNegative | None = None


class LossBand(Model):
    """The loss of a month by a table.

    Attributes:
        up_to_kwh: the most energy of the month that it is for, inclusive; None in the last band [kWh].
        kwh: the active loss [kWh].
        kvarh: the reactive loss, where the table tells it [kvarh].
    """

    up_to_kwh: NotNegative | None = None
    kwh: NotNegative
    kvarh: NotNegative | None = None


def _bands_rise(bands: tuple[LossBand, ...]) -> tuple[LossBand, ...]:
    limits = [band.up_to_kwh for band in bands[:-1]]
    if None in limits or bands[-1].up_to_kwh is not None:
        raise fault_error(FaultCode.INCONSISTENT, reason=Reason.BANDS_WITHOUT_LIMIT)
    check_rising([limit for limit in limits if limit is not None])
    if len({band.kvarh is None for band in bands}) > 1:
        raise fault_error(FaultCode.INCONSISTENT, reason=Reason.BANDS_UNLIKE)
    return bands


def check_rising(numbers: list[Decimal]) -> None:
    """Find numbers of a table that are not in their order.

    Raises:
        PydanticCustomError: where one is not above the one before.
    """
    if any(later <= before for before, later in pairwise(numbers)):
        raise fault_error(FaultCode.INCONSISTENT, reason=Reason.ROWS_NOT_RISING)


LossBands = Annotated[tuple[LossBand, ...], Field(min_length=1), at_most("losses.rows"), AfterValidator(_bands_rise)]
"""The bands of a table, from little energy to much."""


class TableRow(Model):
    """The bands of a rated capacity [kVA]."""

    kva: NotNegative
    bands: LossBands


def _rated_rise(rows: tuple[RatedRow, ...]) -> tuple[RatedRow, ...]:
    check_rising([row.kva for row in rows])
    return rows


def _table_rises(rows: tuple[TableRow, ...]) -> tuple[TableRow, ...]:
    check_rising([row.kva for row in rows])
    if len({row.bands[0].kvarh is None for row in rows}) > 1:
        raise fault_error(FaultCode.INCONSISTENT, reason=Reason.ROWS_UNLIKE)
    return rows


class Series(Model):
    """The transformers of one make.

    Attributes:
        name: what a request calls it, such as ``S11``.
        voltage: of the supply; empty for all.
        rows: by rated capacity, from the smallest up.
    """

    name: Text
    voltage: Voltages = ()
    rows: Annotated[tuple[RatedRow, ...], Field(min_length=1), AfterValidator(_rated_rise)]


class SeriesTable(Model):
    """A utility's table of the losses of one make, by the energy of the month; see ``Series``."""

    name: Text
    voltage: Voltages = ()
    rows: Annotated[tuple[TableRow, ...], Field(min_length=1), AfterValidator(_table_rises)]


class TransformerLosses(Header):
    """How transformers lose, by series and rated capacity.

    Attributes:
        series: rated losses, for the formula and the coefficient.
        tables: losses by the energy of the month.
    """

    kind: Literal[Kind.TRANSFORMER_LOSSES]
    series: tuple[Series, ...] = ()
    tables: tuple[SeriesTable, ...] = ()
