"""Why files of intervals are refused, and what of them has to be stated: parts of sentences."""

from collections.abc import Mapping

from billcalc.kernel.reasons import Reason
from billcalc.words.language import Pair

__all__ = ["REASONS_OF_INTERVALS"]

REASONS_OF_INTERVALS: Mapping[str, Pair] = {
    Reason.STATEMENT_FORM: Pair(
        "{value} is no statement: it is written as times=ends", "{value} 不是说明：应写成“times=ends”的形式"
    ),
    Reason.KIND_OF_VALUES: Pair(
        "whether the values are energy, power or register readings", "数值是电量、功率还是示数"
    ),
    Reason.STEP_OF_ONE_ROW: Pair("how long an interval is", "一个区间有多长"),
    Reason.MULTIPLIER_OF_REGISTER: Pair("the multiplier of the register readings", "示数的倍率"),
    Reason.MULTIPLIER_CONTRADICTED: Pair(
        "the multiplier is stated to be {value}, and the meter of the request has {known}",
        "所述倍率为 {value}，而请求中电能表的倍率为 {known}",
    ),
    Reason.NUMBERED_TIMES: Pair(
        "whether the first number is the time 0:00 or a step later", "第一个序号是 0:00 还是其后一个步长"
    ),
    Reason.START_OR_END: Pair(
        "whether the times are the starts or the ends of their intervals (the first is {start}, the last {last})",
        "时刻是区间的起点还是终点（第一个为 {start}，最后一个为 {last}）",
    ),
    Reason.OTHER_DAYS: Pair(
        "what to do with the interval that starts at {start} by the clock of the area ({clock}), for it is of no day "
        "of {span}",
        "如何处理按本地区时钟（{clock}）始于 {start} 的区间：它不属于 {span} 中的任何一天",
    ),
    Reason.POINT_OF_FILE: Pair(
        "of which metering point the intervals are (the request has {known})",
        "区间数据属于哪个计量点（请求中有 {known}）",
    ),
    Reason.MARK_UNKNOWN: Pair("what the mark of quality {value} means", "质量标志 {value} 的含义"),
    Reason.UNIT_CONTRADICTED: Pair(
        'the values are stated to be {value}, and the unit of the column "{column}" is another',
        "所述数值为 {value}，而列“{column}”的单位不同",
    ),
    Reason.TIMES_CONTRADICTED: Pair(
        "the heads tell starts or ends of intervals, and the other is stated", "列名所示的起点或终点与所述不符"
    ),
    Reason.TIMES_OF_INSTANTS: Pair(
        "powers at instants and register readings are of their times, which are neither starts nor ends",
        "瞬时功率和示数属于其时刻，时刻既不是起点也不是终点",
    ),
    Reason.RECORD_EXPECTED: Pair(
        "{value} stands where a whole record {expected} should", "此处是 {value}，而应是完整的记录 {expected}"
    ),
    Reason.HOURS_BEYOND_DAY: Pair(
        "a column that only a day of 25 hours has is filled on a day of 24",
        "只有 25 小时的日子才有的列，在 24 小时的日子里有值",
    ),
    Reason.FILE_AND_VALUES: Pair(
        "metering point {point} has a file of intervals; beside it the request tells fill and demand only, here "
        "also {known}",
        "计量点 {point} 的区间数据来自文件；请求中只能同时写 fill 和 demand，此处还有 {known}",
    ),
}
