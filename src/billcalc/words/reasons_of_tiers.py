"""Why tiers of a document, or what a request tells of a household, are not what they should be."""

from collections.abc import Mapping

from billcalc.kernel.reasons import Reason
from billcalc.words.language import Pair

__all__ = ["REASONS_OF_TIERS"]

REASONS_OF_TIERS: Mapping[str, Pair] = {
    Reason.NO_SUCH_MONTH: Pair("{number} is no month: they are 1 to 12", "没有 {number} 月：月份为 1 至 12"),
    Reason.TIER_PERIOD: Pair(
        "tiers count energy over {known} months, and not over {number}",
        "阶梯按 {known} 个月累计，没有按 {number} 个月的",
    ),
    Reason.LIMITS_NOT_RISING: Pair(
        "each limit is above the one before it, and {upper} is not above {lower}",
        "各档上限逐档升高，而 {upper} 不高于 {lower}",
    ),
    Reason.TIERS_PER_DEMAND: Pair(
        "limits per kW of demand (per) are of one month (months: 1), and no household of many persons raises them",
        "按每千瓦需量的档限（per）是一个月的（months: 1），不因一户多人口增加",
    ),
    Reason.TIERS_OF_ONE_DEMAND: Pair(
        "tiers per kW of demand for group {group}, which take a cycle of one month and one supply point of its own",
        "计费分组 {group} 按每千瓦需量分档，须为一个月的结算周期，且有一个不与其他分组共用的受电点",
    ),
    Reason.TIERS_UNLIKE: Pair("every month has as many tiers as the others", "各月的档数应当相同"),
    Reason.TIER_MONTHS: Pair(
        "one row of limits is for all months (without within); several are for tiers by the month, and name each of "
        "the months 1 to 12 once",
        "只有一行档限时不写 within，适用于各月；按月的阶梯可有多行，1 至 12 月每月恰好列出一次",
    ),
    Reason.TIER_NUMBER: Pair(
        "{value} is no tier: it has the number of one, from 1 to 9, after a point",
        "“{value}”不是分档电量：点后应为档次 1 至 9",
    ),
    Reason.TIERS_BY_MONTH: Pair(
        "energy by tiers",
        "阶梯电量",
    ),
    Reason.TIERS_OF_TWO_MONTHS: Pair(
        "a cycle of {count} months with tiers that count over two",
        "按两个月累计的阶梯用于 {count} 个月的结算周期",
    ),
    Reason.HOUSEHOLD_OF_CLASS: Pair(
        "group {group} is of class {known}, and only a residential one is a household",
        "计费分组 {group} 的用电类别为 {known}，只有居民生活用电才是居民户",
    ),
    Reason.ROWS_BEFORE_ORDER: Pair(
        "the rows of earlier use follow one another, and after {end} comes {start}",
        "此前用电各行应首尾相接，而 {end} 之后接的是 {start}",
    ),
    Reason.TIERS_OF_ROW: Pair(
        "there are {number} tiers, and {count} of them are told", "共有 {number} 档，而只说明了 {count} 档"
    ),
    Reason.TIERS_OF_ROW_SUM: Pair(
        "the tiers of the earlier bills (by_tier) do not sum to what they billed (kwh)",
        "此前账单各档电量（by_tier）之和与其电量（kwh）不符",
    ),
    Reason.TIERS_OF_SOME_ROWS: Pair(
        "of the earlier bills either all tell their tiers (by_tier), with as many tiers each, or none does",
        "此前各行要么都说明各档电量（by_tier）且档数相同，要么都不说明",
    ),
    Reason.CLOSED_NOT_AT_END: Pair(
        "the account is closed on {day}, and what is billed ends on {end}: the last bill ends on the day of closing",
        "销户日为 {day}，而计费止于 {end}：最后一张账单应止于销户日",
    ),
    Reason.OPENED_NOT_AT_START: Pair(
        "the account is opened on {day}, and is billed from {start} on", "开户日为 {day}，而自 {start} 起已计费"
    ),
    Reason.LARGER_TWICE: Pair(
        "the days as a household of many persons follow one another: from {start} on it would count twice",
        "按一户多人口计的日期应依次排列：自 {start} 起会重复计入",
    ),
    Reason.TIERS_CORRECTED: Pair(
        "months before were corrected, by {kwh} kWh of group {group}, and what is right of them by tier is not told: "
        "tell kwh and by_tier under right",
        "此前月份计费分组 {group} 的电量更正了 {kwh} 千瓦时，而更正后的各档电量不明：请在“right”中给出“kwh”和“by_tier”",
    ),
    Reason.TIERS_TWICE: Pair("two tables of tiers are for group {group}", "计费分组 {group} 适用两张分档表"),
}
