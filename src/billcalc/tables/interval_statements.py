"""What is stated of a file of intervals where the file itself does not tell it: ``times=ends``, ``values=kw``."""

from collections.abc import Iterable

from billcalc.fields import AtLeastOne, Model, Text, validated
from billcalc.fields.instants import Minutes
from billcalc.kernel.closed_lists import Word
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput

__all__ = ["OtherDays", "Stated", "Times", "Values", "stated_of"]


class Times(Word):
    """What the time of a row is of its interval."""

    STARTS = "starts", "起点", "开始时间", "始"
    ENDS = "ends", "终点", "结束时间", "止"


class Values(Word):
    """What the values are."""

    KWH = "kwh", "电量", "千瓦时"
    """The energy of each interval."""
    KW = "kw", "平均功率", "功率", "千瓦"
    """The mean power of each interval."""
    KW_INSTANT = "kw_instant", "瞬时功率"
    """The power at each time."""
    REGISTER = "register", "示数", "表码"
    """What the register showed at each time, before the multiplier."""

    @property
    def is_at_times(self) -> bool:
        """Whether a value is of a time, and not of an interval."""
        return self in (Values.KW_INSTANT, Values.REGISTER)


class OtherDays(Word):
    """What becomes of the intervals of other days than are billed."""

    REFUSE = "refuse", "不予计算"
    LEAVE_OUT = "leave_out", "舍去"


class Stated(Model):
    """What is stated of a file of intervals.

    Attributes:
        times: what a time is of its interval.
        values: what the values are.
        step: the length of an interval [min].
        zone: whose wall clock times without an offset are of; by default the area's.
        meter: what the rows that are read have in the columns that tell meters and channels apart.
        multiplier: what the values are multiplied by, 1 or more [1].
        other_days: what becomes of intervals of other days.
        measured, estimated, substituted, missing: marks of quality, by what they mean.
    """

    times: Times | None = None
    values: Values | None = None
    step: Minutes | None = None
    zone: Text | None = None
    meter: tuple[Text, ...] = ()
    multiplier: AtLeastOne | None = None
    other_days: OtherDays = OtherDays.REFUSE
    measured: tuple[Text, ...] = ()
    estimated: tuple[Text, ...] = ()
    substituted: tuple[Text, ...] = ()
    missing: tuple[Text, ...] = ()


_LISTS = ("meter", "measured", "estimated", "substituted", "missing")


def stated_of(pairs: Iterable[str], *, where: str) -> Stated:
    """Read statements as they are given one by one.

    Args:
        pairs: of a key of ``Stated``, ``=`` and its value; those of lists may come several times.
        where: what messages call the place they are given at.

    Raises:
        InvalidInput: where one is no pair, has a key or value that is none, or comes twice.

    >>> stated_of(["times=ends", "step=60"], where="here").step
    60
    """
    data: dict[str, object] = {}
    lists: dict[str, list[str]] = {}
    for pair in pairs:
        key, mark, value = (part.strip() for part in pair.partition("="))
        if not (key and mark and value):
            facts = {"reason": Reason.STATEMENT_FORM, "value": pair}
            raise InvalidInput([Fault(FaultCode.WRONG_TYPE, where, facts)])
        if key in _LISTS:
            lists.setdefault(key, []).append(value)
        elif key in data:
            raise InvalidInput([Fault(FaultCode.DUPLICATE_KEY, where, {"key": key})])
        else:
            data[key] = value
    return validated(Stated, {**data, **lists}, where=lambda path: ": ".join([where, *map(str, path[:1])]))
