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
    Reason.MARK_OF_NOTHING: Pair(
        "the value at place {place} is marked as estimated or substituted, and there is none, or it is marked twice",
        "位置 {place} 的数值标明为估算或替代，但该处没有数值，或标了两次",
    ),
    Reason.FORM_EXPECTED: Pair("the body is no whole form of several parts", "请求内容不是完整的多部分表单"),
    Reason.FEED_EXPECTED: Pair(
        "an element {value} stands where a feed of Green Button (ESPI) has another",
        "绿色按钮（ESPI）文件在此处不应有元素 {value}",
    ),
    Reason.NO_INTERVALS_IN_FEED: Pair(
        "the feed has no intervals of active energy or power, but: {value}",
        "文件中没有有功电量或有功功率的区间数据，只有：{value}",
    ),
    Reason.READING_TYPE_UNKNOWN: Pair(
        "of what the intervals of this block are, one ReadingType should tell, and {count} may be meant",
        "此数据块的含义应由一个读数类型说明，而可能的有 {count} 个",
    ),
    Reason.SECONDS_EXPECTED: Pair("{key} is {value} and should be a number of seconds", "{key} 为 {value}，应为秒数"),
    Reason.POWER_OF_TEN_EXPECTED: Pair(
        "the power of ten of the values is {value}", "数值的十的幂次为 {value}，应为整数"
    ),
    Reason.XML_MALFORMED: Pair("this is no well-formed XML", "不是格式良好的 XML 文本"),
    Reason.XML_ENCODING: Pair(
        "the XML declares an encoding that is not read; UTF-8 is", "XML 声明的编码无法读取（可用 UTF-8 编码）"
    ),
    Reason.XML_DOCTYPE: Pair(
        "the XML declares a document type, which is not read for safety", "XML 声明了文档类型，为安全起见不予读取"
    ),
    Reason.ONLY_FED_BACK: Pair(
        "that these are the intervals to be billed: their channel {value} is of what was fed back",
        "是否确以这些区间计费：其通道 {value} 是反向电量",
    ),
    Reason.ONLY_REACTIVE: Pair(
        "that these are the intervals to be billed: their channel {value} is of reactive energy",
        "是否确以这些区间计费：其通道 {value} 是无功电量",
    ),
    Reason.MULTIPLIER_BESIDE: Pair(
        "whether the values have the multiplier {value} of the column {column} already",
        "各值是否已乘以“{column}”列的倍率 {value}",
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
