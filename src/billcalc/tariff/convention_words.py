"""The words of conventions: the closed lists of what an area's utility may do (docs/conventions.md)."""

from billcalc.kernel.closed_lists import Word

__all__ = [
    "ChangesCount",
    "DayCount",
    "DiscountPrint",
    "EdgeDay",
    "EnergySource",
    "FromBands",
    "LineLossOf",
    "LossBandsBy",
    "LossGroups",
    "LossInDemand",
    "NoEnergy",
    "OwnPrices",
    "PartRounding",
    "RatioBands",
    "RatioBase",
    "RatioOf",
    "Reactive",
    "ReactiveSum",
    "Remainder",
    "RoundScope",
    "Scope",
    "SharpElsewhere",
    "SubMeterKind",
    "TierBands",
    "TierMonths",
    "TiersBefore",
    "TiersOfPartYear",
    "WithoutSharp",
]


class Scope(Word):
    """What one power factor is calculated for."""

    SUPPLY_POINT = "supply_point", "受电点"
    ACCOUNT = "account", "全户"
    GROUP = "group", "计费分组"


class EnergySource(Word):
    """Which registers tell the energy: the bands together, or the total."""

    BANDS = "bands", "各时段"
    TOTAL = "total", "总", "总示数"


class Remainder(Word):
    """What becomes of the difference between the total register and the bands."""

    REPORT = "report", "仅提示"
    FLAT = "flat", "计入平段"


class Reactive(Word):
    """A reactive register."""

    FORWARD = "reactive_forward", "正向无功"
    REVERSE = "reactive_reverse", "反向无功"
    Q1 = "reactive_q1", "第一象限无功"
    Q2 = "reactive_q2", "第二象限无功"
    Q3 = "reactive_q3", "第三象限无功"
    Q4 = "reactive_q4", "第四象限无功"


class ReactiveSum(Word):
    """How both directions of reactive energy make one: their amounts added, or forward less reverse."""

    ABSOLUTE = "absolute", "绝对值相加"
    NET = "net", "正反向相抵"


class RoundScope(Word):
    """Whether the adjustment is rounded once on its base, for each group of it, or on each line of it."""

    ONCE = "once", "一次取整"
    GROUP = "group", "按计费分组取整"
    LINE = "line", "逐行取整"


class NoEnergy(Word):
    """What to do where reactive but no active energy was used."""

    REFUSE = "refuse", "不予计算"
    NONE = "none", "不调整"


class DayCount(Word):
    """A day's share of a monthly charge: a thirtieth, or its share of its own calendar month."""

    THIRTIETH = "thirtieth", "每月按三十天"
    CALENDAR = "calendar", "按日历天数"


class EdgeDay(Word):
    """Whether the day of a change is billed."""

    BILLED = "billed", "计费"
    FREE = "free", "不计费"


class ChangesCount(Word):
    """Which changes of use count: those that the law lets count, all as they are told, or no stop at all."""

    BY_LAW = "by_law", "符合规定的才计入"
    AS_STATED = "as_stated", "按所述计入"
    NO_STOPS = "no_stops", "停用均不计入"


class DiscountPrint(Word):
    """Where the discount for intensive use is: inside the price of demand, or a line apart."""

    IN_PRICE = "in_price", "计入需量电价"
    APART = "apart", "单列一行"


class PartRounding(Word):
    """How the components of one line are rounded: their prices added first, or the amount of each by itself."""

    TOGETHER = "together", "单价相加后取整"
    EACH_PART = "each_part", "各组成部分分别取整"


class SubMeterKind(Word):
    """How a sub-meter takes its energy off its parent."""

    FIXED = "fixed", "定量"
    RATIO = "ratio", "定比"
    METER = "meter", "装表", "分表"


class FromBands(Word):
    """Which bands of the parent a sub-meter without bands takes its energy from.

    All by their shares, rounded as running sums; all by their shares, each rounded and flat as what is left; or flat
    first.
    """

    SHARES = "shares", "按各时段比例"
    FLAT_REST = "flat_rest", "按比例取整，平段取余数"
    FLAT_FIRST = "flat_first", "先扣平段"


class RatioOf(Word):
    """What a ratio sub-meter's ratio multiplies."""

    READING = "reading", "抄见电量"
    AFTER_FIXED = "after_fixed", "扣除定量后的电量"


class RatioBands(Word):
    """How the part of a ratio sub-meter that has bands keeps its ratio.

    The whole part is rounded, each band but flat too, and flat is what is left; the whole is rounded and shared out to
    the bands by running sums; or each band is rounded by itself, so that the part need not keep its ratio.
    """

    FLAT_REST = "flat_rest", "按比例取整，平段取余数"
    SHARES = "shares", "按各时段比例"
    EACH = "each", "各时段单独取整"


class SharpElsewhere(Word):
    """What becomes of sharp energy where there is no sharp hour: it is billed as sharp, or at peak."""

    SHARP = "sharp", "按尖峰计费"
    PEAK = "peak", "按高峰计费"


class WithoutSharp(Word):
    """What becomes of a sub-meter's part of sharp energy where its group has no sharp price."""

    REFUSE = "refuse", "不予计算"
    PEAK = "peak", "按高峰计费"


class RatioBase(Word):
    """What the ratio of a band to another multiplies: the price of that band as it is rounded, or before."""

    ROUNDED = "rounded", "取整后的电价"
    EXACT = "exact", "未取整的电价"


class OwnPrices(Word):
    """What a customer's own price is in the bands he gives none for: the one price as it is, or that price floated."""

    AS_GIVEN = "as_given", "按给定电价"
    FLOAT = "float", "按比例浮动"


class LossBandsBy(Word):
    """How a loss is told for bands: by their energies, each rounded and flat as what is left, or by running sums."""

    FLAT_REST = "flat_rest", "按比例取整，平段取余数"
    SHARES = "shares", "按各时段比例"


class LossGroups(Word):
    """Which groups behind a meter pay its loss: the meter's own, or all by their energies."""

    MAIN = "main", "主表所属分组"
    SHARES = "shares", "按各分组电量比例"


class LineLossOf(Word):
    """What the share of a line's loss is of: the reading with the transformer's loss, or the reading alone."""

    WITH_TRANSFORMER = "with_transformer", "抄见电量加变损"
    READING = "reading", "抄见电量"


class LossInDemand(Word):
    """What a loss adds to a demand: its share of the energy, or nothing."""

    SHARE = "share", "按电量比例"
    NONE = "none", "不加"


class TierBands(Word):
    """Which band the energy of a tier is of, where tiers have prices by band."""

    SHARES = "shares", "按各时段比例"
    DEAREST_FIRST = "dearest_first", "先计价高时段"
    CHEAPEST_FIRST = "cheapest_first", "先计价低时段"


class TierMonths(Word):
    """How long tiers are counted whose limits are published for a year and for a month, each a twelfth."""

    AS_STATED = "as_stated", "按年累计"
    MONTH = "month", "按月分档"


class TiersBefore(Word):
    """What becomes of earlier bills of a period where the limits of its tiers change."""

    SETTLED = "settled", "按新档限清算"
    ONWARDS = "onwards", "仅适用于以后"


class TiersOfPartYear(Word):
    """The limits of an account that is opened or closed within the period of its tiers."""

    WHOLE_MONTHS = "whole_months", "按实际用电月份"
    WHOLE_PERIOD = "whole_period", "按整个周期"
