"""The doubts about numbers that are hardly meant, of given lines and households: what is the matter, and what to do."""

from collections.abc import Mapping

from billcalc.kernel.codes import ProblemCode
from billcalc.words.language import Code, Pair, Wording

__all__ = ["PROBLEMS_OF_LIMITS"]

PROBLEMS_OF_LIMITS: Mapping[Code, Wording] = {
    ProblemCode.GIVEN_PRICE_IMPLAUSIBLE: Wording(
        Pair(
            "the given lines of group {group} that stand for {component} come to {amount} for {used} kWh; such prices "
            "lie from {least} to {most} {unit}",
            "用电组 {group} 代替 {component} 的给定行合计 {amount}，而电量为 {used} 千瓦时；"
            "这类价格在 {least} 至 {most} {unit} 之间",
        ),
        Pair(
            "check their amounts (fen for yuan) and what they stand for",
            "请核对其金额（是否误以分为元）以及所代替的项目",
        ),
    ),
    ProblemCode.RIGHT_AS_BILLED: Wording(
        Pair(
            "{name} is as it was billed in every month: it sets nothing right",
            "{name} 与各月计费时相同，没有更正任何内容",
        ),
        Pair(
            "check the path and the value, and that the months are told as they were billed",
            "请核对路径和数值，以及各月是否按当时的计费内容填写",
        ),
    ),
    ProblemCode.RIGHT_WITHOUT_EFFECT: Wording(
        Pair(
            "{name} is other than it was billed, and no line of any month is other for it",
            "{name} 与计费时不同，但各月没有任何一行因此而变化",
        ),
        Pair(
            "check the path: where the bill rests on something else, set that right; else leave it out",
            "请核对路径：账单依据的是别处内容的，请更正该处；否则请去掉",
        ),
    ),
    ProblemCode.LOSS_AT_LOW_VOLTAGE: Wording(
        Pair(
            "metering point {point}: losses of a transformer are told, and all that is supplied at {supply_point} is "
            "below 1 kV, behind a transformer of the utility",
            "计量点 {point} 计算变压器损耗，而受电点 {supply_point} 的供电电压全部不满 1 千伏，变压器属于供电企业",
        ),
        Pair(
            "of a transformer of the customer's own give the voltage that it is supplied at; else leave the losses out",
            "变压器属于用户的，请填写变压器高压侧的供电电压；否则请去掉变损",
        ),
    ),
    ProblemCode.HOUSEHOLD_USE_IMPLAUSIBLE: Wording(
        Pair(
            "the household of group {group} has {told} kWh in {span}, more than one takes in that time, {limit} kWh",
            "计费分组 {group} 的居民户在 {span} 的电量为 {told} 千瓦时，超过一户居民同期所能用的 {limit} 千瓦时",
        ),
        Pair(
            "check the readings, the multiplier and the decimal point; earlier use is told in kWh of exactly its days",
            "请核对示数、倍率和小数点；此前电量为所写起止日期之内的千瓦时数",
        ),
    ),
    ProblemCode.USED_BEFORE_APART: Wording(
        Pair(
            "the household of group {group} has {told} kWh in {span}, a day more than {times} times what it uses in "
            "the days of this bill, {used} kWh",
            "计费分组 {group} 的居民户在 {span} 的电量为 {told} 千瓦时，日均超过本次账单（{used} 千瓦时）的 {times} 倍",
        ),
        Pair(
            "check what is told of earlier days: kWh of exactly these days, once, and not × their months",
            "请核对此前电量：只写这些日子的千瓦时数，不重复累计，也不再乘以月数",
        ),
    ),
    ProblemCode.TIER_OVERFILLED: Wording(
        Pair(
            "the earlier bills of group {group} have {told} kWh in tier {number}, which holds {limit} kWh at the most",
            "计费分组 {group} 此前账单在第 {number} 档的电量为 {told} 千瓦时，而该档最多 {limit} 千瓦时",
        ),
        Pair(
            "check by_tier: the kWh that were billed in each tier, from the first on, and not up to its end",
            "请核对 by_tier：从第一档起逐档写明已计费的电量，而不是累计到该档为止的电量",
        ),
    ),
    ProblemCode.HOUSEHOLD_GRANT_IMPLAUSIBLE: Wording(
        Pair(
            "the household of group {group} is granted {told} kWh a month by {key}, hardly more than {limit} are",
            "计费分组 {group} 的 {key} 为每月 {told} 千瓦时，通常不超过 {limit} 千瓦时",
        ),
        Pair("check its decimal point, and that it is of one month", "请核对小数点，并确认是一个月的电量"),
    ),
}
