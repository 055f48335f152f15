"""What can be wrong with what a request or a tariff document says: what is the matter, and what to do."""

from collections.abc import Mapping

from billcalc.kernel.codes import FaultCode
from billcalc.words.language import Code, Pair, Wording

__all__ = ["INVALID_REQUESTS"]

INVALID_REQUESTS: Mapping[Code, Wording] = {
    FaultCode.TOO_MANY: Wording(
        Pair("{count} entries stand here, and at most {limit} may", "此处有 {count} 项，最多 {limit} 项"),
        Pair("leave out what is not needed, or bill it in several requests", "请去掉不需要的项，或分成几个请求计费"),
    ),
    FaultCode.SPAN_TOO_LONG: Wording(
        Pair(
            "the span from {start} to {end} has {days} days, and at most {limit} are billed at once",
            "{start} 至 {end} 共 {days} 天，一次最多计费 {limit} 天",
        ),
        Pair("bill it in several requests", "请分成几个请求计费"),
    ),
    FaultCode.TOO_MUCH_WORK: Wording(
        Pair(
            "the calculation takes more than {limit} s of a processor and was ended",
            "计算超过 {limit} 秒处理器时间，已被终止",
        ),
        Pair("bill it in several requests", "请分成几个请求计费"),
    ),
    FaultCode.DUPLICATE_KEY: Wording(
        Pair('the key "{key}" stands twice in one mapping', "同一映射中键“{key}”出现了两次"),
        Pair("keep one of them", "请只保留一个"),
    ),
    FaultCode.UNKNOWN_KEY: Wording(
        Pair('the key "{key}" is not known here', "此处没有名为“{key}”的键"),
        Pair("use one of: {known}", "请使用以下之一：{known}"),
    ),
    FaultCode.MISSING_KEY: Wording(
        Pair('the key "{key}" is missing', "缺少键“{key}”"),
        Pair("add it", "请补充"),
    ),
    FaultCode.UNKNOWN_WORD: Wording(
        Pair('"{value}" is not an accepted value', "“{value}”不是可接受的值"),
        Pair("use one of: {known}", "请使用以下之一：{known}"),
    ),
    FaultCode.WRONG_TYPE: Wording(
        Pair("{reason}", "{reason}"),
        Pair("correct the value {value}", "请更正该值 {value}"),
    ),
    FaultCode.NOT_A_NUMBER: Wording(
        Pair("{reason}", "{reason}"),
        Pair("correct the number", "请更正该数字"),
    ),
    FaultCode.JSON_NUMBER: Wording(
        Pair(
            "{value} is a JSON number, which many programs turn into a float",
            "{value} 是 JSON 数字，许多程序会把它变成浮点数",
        ),
        Pair('write it as the string "{value}"', '请写成字符串 "{value}"'),
    ),
    FaultCode.NEGATIVE: Wording(
        Pair("{value} is negative", "{value} 为负数"),
        Pair("give a value of zero or more; a refund is a given line", "请给出不小于零的值；退费请用给定行"),
    ),
    FaultCode.OUT_OF_RANGE: Wording(
        Pair("{value} is not within {range}", "{value} 不在 {range} 范围内"),
        Pair("correct the value", "请更正该值"),
    ),
    FaultCode.SPAN_REVERSED: Wording(
        Pair("the span from {start} to {end} does not end after it starts", "时段 {start} 至 {end} 的结束不晚于开始"),
        Pair("the end is the first day after the span", "结束日应为时段之后的第一天"),
    ),
    FaultCode.BAND_NOT_PRICED: Wording(
        Pair('component "{component}" has no price for band "{band}"', "电价项“{component}”没有时段“{band}”的价格"),
        Pair(
            "price the band; a component may list one without energy under unpriced, and of prices of the customer's "
            "own the one under total is that of all bands not named",
            "请补充该时段的价格；没有电量的时段可列入电价项的 unpriced，用户自己的价格可用 total 表示其余时段",
        ),
    ),
    FaultCode.OVERLAPPING_DOCUMENTS: Wording(
        Pair("{first} and {second} are both in force, {span}", "{first} 与 {second} 在 {span} 同时有效"),
        Pair(
            "end one with repealed_on, or let the later one supersede the other",
            "请用 repealed_on 终止其一，或让后者取代（supersedes）前者",
        ),
    ),
    FaultCode.DUPLICATE_DOCUMENT: Wording(
        Pair("{first} and {second} have one id", "{first} 与 {second} 的 id 相同"),
        Pair("rename one of the files", "请重命名其中一个文件"),
    ),
    FaultCode.DUPLICATE_ID: Wording(
        Pair('the id "{id}" stands twice', "id“{id}”出现了两次"),
        Pair("give each its own id", "请使每个 id 唯一"),
    ),
    FaultCode.UNKNOWN_REFERENCE: Wording(
        Pair('there is no {kind} "{id}"', "不存在{kind}“{id}”"),
        Pair("use one of: {known}", "请使用以下之一：{known}"),
    ),
    FaultCode.CYCLE_NOT_A_MONTH: Wording(
        Pair(
            "the cycle {span} is no month from one day to the same day; its first day after would be {meant}",
            "计费周期 {span} 不是从某日到次月同日的一个月；周期后的第一天应为 {meant}",
        ),
        Pair(
            "correct the cycle (to is the first day after it); two to twelve months are billed month by month",
            "请更正周期（to 为周期后的第一天）；两至十二个月逐月计费",
        ),
    ),
    FaultCode.AGREEMENT_GAP: Wording(
        Pair("the agreement says nothing about {span}", "用电档案未说明 {span} 的情况"),
        Pair("let its first entry start on or before the first day billed", "第一条档案应不晚于计费首日开始"),
    ),
    FaultCode.READINGS_NOT_ORDERED: Wording(
        Pair("the readings are not in the order of their days", "示数未按日期排列"),
        Pair("sort them by at", "请按 at 排序"),
    ),
    FaultCode.READING_OUTSIDE: Wording(
        Pair("the reading of {day} lies outside the billed period {span}", "{day} 的示数不在计费期间 {span} 内"),
        Pair("a reading at the end of a day has the date of the next day", "某日末的示数，日期写该日的次日"),
    ),
    FaultCode.CLOSING_BELOW_OPENING: Wording(
        Pair(
            "register {register} ran backwards: the closing reading {closing} is below the opening reading {opening}",
            "计度器 {register} 倒走：本次示数 {closing} 小于上次示数 {opening}",
        ),
        Pair(
            "if it went through zero, say rollover: [{register}] beside the closing reading; otherwise correct them",
            "如果计度器翻转，请在本次示数旁注明 rollover: [{register}]；否则请更正示数",
        ),
    ),
    FaultCode.UNKNOWN_STANDARD: Wording(
        Pair('"{value}" is not a power-factor standard', "“{value}”不是功率因数考核标准"),
        Pair(
            'use one of: {known}, or "none" where the supply point is not assessed',
            '请使用以下之一：{known}；受电点不考核的写 "none"',
        ),
    ),
    FaultCode.CAPACITY_MISSING: Wording(
        Pair(
            "the basic charge ({mode}) depends on the capacity of supply point {supply_point}, which has no "
            "transformer",
            "基本电费（{mode}）取决于受电点 {supply_point} 的容量，而该受电点没有变压器",
        ),
        Pair(
            "list its transformers with their kVA, or choose another basic mode",
            "请列出变压器及其容量（kva），或改用其他计收方式",
        ),
    ),
    FaultCode.CONTRACT_MISSING: Wording(
        Pair(
            "the basic charge is by contracted demand but no contract of supply point {supply_point} is given",
            "基本电费按合同最大需量计收，但没有给出受电点 {supply_point} 的合同需量",
        ),
        Pair(
            "give basic.contracts.{supply_point} in kW, or regular where only one supply point pays",
            "请在 basic.contracts.{supply_point} 中给出，单位 kW；只有一个受电点计收时可写“regular”",
        ),
    ),
    FaultCode.INCONSISTENT: Wording(
        Pair("{reason}", "{reason}"),
        Pair("correct one of the two", "请更正其中之一"),
    ),
    FaultCode.NOT_EXPRESSED: Wording(
        Pair("no tariff document can express {reason}", "电价文件无法表达：{reason}"),
        Pair(
            "leave it out where nothing is billed by it, or write the documents by hand",
            "不影响计费的可以删去；否则请手工编写文件",
        ),
    ),
    FaultCode.HOURS_WITHOUT_BAND: Wording(
        Pair("{hours} from {day} on are in no band for {key}", "自 {day} 起，{key} 的 {hours} 不属于任何时段"),
        Pair("add them to a band, or state the remainder", "请把它们列入某个时段，或写明其余时间属于哪个时段"),
    ),
    FaultCode.READING_ABOVE_METER: Wording(
        Pair(
            "register {register} cannot show {reading}: its meter has {digits} digits before the decimal point",
            "计度器 {register} 不可能显示 {reading}：电能表整数位为 {digits} 位",
        ),
        Pair(
            "correct the reading (a digit too many makes ten times the energy), or digits in the meter's config",
            "请更正示数（多一位电量即为十倍），或更正 config 中的 digits",
        ),
    ),
    FaultCode.READING_TOO_FINE: Wording(
        Pair(
            "register {register} cannot show {reading}: its meter has {decimals} digits after the decimal point",
            "计度器 {register} 不可能显示 {reading}：电能表小数位为 {decimals} 位",
        ),
        Pair("correct the reading, or decimals in the meter's config", "请更正示数，或更正 config 中的 decimals"),
    ),
    FaultCode.ROLLOVER_AND_RISE: Wording(
        Pair(
            "register {register} is marked to have gone through zero and rose from {opening} to {closing}",
            "计度器 {register} 注明翻转，而示数由 {opening} 上升到 {closing}",
        ),
        Pair("leave the rollover mark out, or correct the readings", "请删去 rollover，或更正示数"),
    ),
    FaultCode.DEMAND_ABOVE_ALL_HOURS: Wording(
        Pair(
            "supply point {supply_point}: the maximum demand in {band}, {demand} kW, is above that of all hours, "
            "{limit} kW",
            "受电点 {supply_point}：{band} 的最大需量 {demand} 千瓦高于全部时段的最大需量 {limit} 千瓦",
        ),
        Pair("correct one of the two, or its multiplier", "请更正其中之一或其倍率"),
    ),
    FaultCode.DEMAND_BELOW_MEAN: Wording(
        Pair(
            "supply point {supply_point}: the maximum demand {demand} kW is below the mean power of the {energy} kWh "
            "of {span}",
            "受电点 {supply_point}：最大需量 {demand} 千瓦低于 {span} 电量 {energy} 千瓦时的平均功率",
        ),
        Pair(
            "check the demand, the energy and their multipliers: one of them was misread",
            "请核对需量、电量及其倍率，其中必有误抄",
        ),
    ),
    FaultCode.MULTIPLIER_BELOW_ONE: Wording(
        Pair(
            "the multiplier {multiplier} of the meter is below 1, as the ratio of no transformer is",
            "电能表倍率 {multiplier} 小于 1，而互感器的变比不会小于 1",
        ),
        Pair(
            "give the product of its transformers' ratios, primary ÷ secondary, or 1 where it has none",
            "请给出互感器变比（一次÷二次）的乘积；没有互感器的写 1",
        ),
    ),
    FaultCode.AMOUNT_TOO_FINE: Wording(
        Pair(
            "the given amount {amount} is finer than a fen, so that the lines would not sum to the total",
            "给定金额 {amount} 细于分，各行之和将与合计不符",
        ),
        Pair("give it as it is billed, with two decimals", "请按出账金额给出，保留两位小数"),
    ),
    FaultCode.INTERVAL_OUTSIDE: Wording(
        Pair(
            "the interval that starts at {start} by the clock of the area ({clock}) is of no day of {span}",
            "按本地区时钟（{clock}）始于 {start} 的区间不属于 {span} 中的任何一天",
        ),
        Pair(
            "give the intervals of these days: a day begins at 00:00 by this clock, in whatever offset it is written",
            "请给出这些日子的区间数据：无论以何种时差书写，一天都从该时钟的 00:00 开始",
        ),
    ),
    FaultCode.INTERVAL_NOT_ALIGNED: Wording(
        Pair(
            "the intervals start at {start} by the clock of the area, which is no multiple of {step} minutes",
            "按本地区时钟，区间数据始于 {start}，不是 {step} 分钟的整倍数",
        ),
        Pair("let the first start on a multiple of the step", "请让第一个区间始于步长的整倍数"),
    ),
    FaultCode.UNKNOWN_AREA: Wording(
        Pair('there is no area "{area}"', "没有名为“{area}”的地区"),
        Pair(
            "take one of docs/codes.md (the nearest are {nearest}), or tell an area of your own under own_area",
            "请使用 docs/codes.md 中的地区（最接近的是 {nearest}），或用 own_area 说明自带的地区",
        ),
    ),
}
