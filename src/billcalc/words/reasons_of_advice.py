"""Why months cannot be advised on together, as a part of a sentence."""

from collections.abc import Mapping

from billcalc.kernel.reasons import Reason
from billcalc.words.language import Pair

__all__ = ["REASONS_OF_ADVICE"]

REASONS_OF_ADVICE: Mapping[str, Pair] = {
    Reason.MONTH_TWICE: Pair(
        "the days from {day} on are also in {other}: each month is told once",
        "自 {day} 起的日期在 {other} 中也有：每个月只能给一次",
    ),
    Reason.MONTH_MISSING: Pair(
        "the days from {start} to {end} are in no month: an advice needs months that follow one another",
        "自 {start} 至 {end} 的日期不在任何账期内：优化建议需要连续的月份",
    ),
    Reason.OTHER_CUSTOMER: Pair(
        "the month from {day} on has {found}, and the month before {other}: all months are of one customer",
        "自 {day} 起的账期为 {found}，前一账期为 {other}：各月应为同一用户",
    ),
}
