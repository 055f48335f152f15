"""Marks of quality: whether the value of an interval was measured, estimated or substituted, or is none."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from billcalc.fields.shown import quoted
from billcalc.kernel.closed_lists import normal, words_by_name
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.tables.interval_statements import Stated
from billcalc.tables.interval_times import Unreadable

__all__ = ["MARKED", "Quality", "marks_of"]


class Quality(StrEnum):
    """What a mark means."""

    MEASURED = "measured"
    ESTIMATED = "estimated"
    SUBSTITUTED = "substituted"
    """Put in another's place by whoever checked the data: final, and not measured."""
    MISSING = "missing"


MARKED = (Quality.ESTIMATED, Quality.SUBSTITUTED)
"""The marks of values that are billed, and told on the bill."""

_KNOWN: Mapping[Quality, Iterable[str]] = {
    Quality.MEASURED: (
        *("", "a", "actual", "measured", "good", "valid", "ok", "validated", "verified", "revenue quality"),
        *("正常", "实测", "有效", "合格", "完整"),
    ),
    Quality.ESTIMATED: (
        *("e", "estimated", "estimate", "interpolated", "projected"),
        *("估算", "估计", "推算", "插值", "拟合"),
    ),
    Quality.SUBSTITUTED: (
        *("s", "f", "substituted", "substitute", "edited", "manually edited"),
        *("替代", "补全", "修正", "人工修正"),
    ),
    Quality.MISSING: ("n", "missing", "invalid", "bad", "null", "缺失", "缺", "缺数", "无效", "异常"),
}


def marks_of(stated: Stated) -> Callable[[str], Quality]:
    """How a mark is read: as it is stated, else as everyone means it.

    The reading raises ``Unreadable`` for a mark that nobody knows.
    """
    told = {quality: getattr(stated, quality) for quality in Quality}
    known = {**words_by_name(_KNOWN), **words_by_name(told)}

    def read(mark: str) -> Quality:
        found = known.get(normal(mark))
        if found is None:
            statement = " / ".join(f"{quality}={mark}" for quality in Quality)
            facts = {"reason": Reason.MARK_UNKNOWN, "value": quoted(mark), "statement": statement}
            raise Unreadable(FaultCode.NOT_STATED, **facts)
        return found

    return read
