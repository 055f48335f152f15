"""Why prices by interval are not billed or read: parts of sentences."""

from collections.abc import Mapping

from billcalc.kernel.hour_reasons import HourReason
from billcalc.words.language import Pair

__all__ = ["REASONS_OF_HOURS"]

REASONS_OF_HOURS: Mapping[str, Pair] = {
    HourReason.SERIES_OF_COMPONENT: Pair(
        "prices by interval are of all billed energy, on a line of their own, float with no time of use, and are "
        "rounded in the amount alone, once; {component} has another quantity, line, tag or rounding",
        "按区间的价格适用于全部结算电量，单独成行，不随分时浮动，只对金额取整一次；"
        "{component} 的计价量、行、标记或取整方式不同",
    ),
    HourReason.SERIES_FINER: Pair(
        "{component} at prices of {minutes} minutes each for intervals of {step} minutes (metering point {point})",
        "计量点 {point} 按 {step} 分钟计量、而 {component} 每 {minutes} 分钟一个价格的电量",
    ),
    HourReason.SERIES_NOT_ALIGNED: Pair(
        "{component} at prices from {start} on, at which no interval of metering point {point} begins,",
        "{component} 自 {start} 起、与计量点 {point} 的区间不对齐的价格",
    ),
    HourReason.SERIES_WITHOUT_INTERVALS: Pair(
        "{component} at prices by interval for metering point {point}, which has no intervals,",
        "没有区间数据的计量点 {point} 按区间计价的 {component}",
    ),
    HourReason.SERIES_OF_PARTS: Pair(
        "{component} at prices by interval for group {group}, of whose energy a part is in no intervals of its own "
        "(sub-meters, losses, given energy),",
        "计费分组 {group} 按区间计价的 {component}，其部分电量不在自己的区间数据中（分表、损耗、给定电量）",
    ),
    HourReason.PRICE_UNIT: Pair(
        'the unit of the prices, in the head of their column, such as "price [CNY/kWh]" or "price [CNY/MWh]"',
        "价格的单位，写在价格列的列名中，例如“电价（元/兆瓦时）”或“电价（元/千瓦时）”",
    ),
    HourReason.PRICE_CURRENCY: Pair(
        "the prices of {component} are in {value}, and the area's money is {known}",
        "{component} 的价格以 {value} 计，而该地区的货币为 {known}",
    ),
}
