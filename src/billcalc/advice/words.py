"""What is said of an advice, in English and Chinese."""

from collections.abc import Mapping

from billcalc.advice.advice import Unknown
from billcalc.advice.basic import NotAdvised, Why
from billcalc.agreement.models import BasicMode
from billcalc.words.language import Pair
from billcalc.words.lexicon import Lexicon
from billcalc.words.saying import trouble_sentence

__all__ = ["ADVISED", "NOT_ADVISED", "TITLES", "UNKNOWN", "WAYS", "why_text"]

WAYS: Mapping[BasicMode, Pair] = {
    BasicMode.CAPACITY: Pair("by capacity", "按变压器容量"),
    BasicMode.CONTRACTED: Pair("by contracted demand", "按合同最大需量"),
    BasicMode.ACTUAL: Pair("by actual demand", "按实际最大需量"),
    BasicMode.EXEMPT: Pair("exempt", "免收"),
}

TITLES: Mapping[str, Pair] = {
    "title": Pair("Advice", "用电优化建议"),
    "advised": Pair("What is advised", "建议"),
    "ways": Pair("The ways of paying the basic charge", "容（需）量电费各计收方式"),
    "moved": Pair("Changes of the way", "变更计收方式"),
    "troubles": Pair("Ways that cannot be told", "无法测算的计收方式"),
    "shift": Pair("Load moved from peak hours into the valley", "峰段负荷移至谷段"),
    "power_factor": Pair("Power factor of {scope}, compensated to {target}", "{scope} 功率因数补偿至 {target}"),
    "power_factors": Pair("Power factor", "功率因数"),
    "left_out": Pair("Months that are in no sum", "未计入的月份"),
    "doubts": Pair("What is doubted of these bills", "这些账单的疑点"),
    "rests": Pair("What it rests on", "测算依据"),
    "documents": Pair("Documents", "依据的文件"),
    "unknown": Pair("What it does not know", "未知事项"),
    "area": Pair("area", "地区"),
    "days": Pair("days", "日期"),
    "months": Pair("months billed", "已计费月份"),
    "paid": Pair("as asked for [{currency}]", "现状电费（{currency}）"),
    "saved": Pair("saved [{currency}]", "可节省（{currency}）"),
    "advised_cost": Pair("advised [{currency}]", "建议方案（{currency}）"),
    "month": Pair("month", "月份"),
    "way": Pair("way", "计收方式"),
    "from_way": Pair("from", "原方式"),
    "to_way": Pair("to", "新方式"),
    "day": Pair("from the day", "生效日"),
    "apply_by": Pair("ask for it by", "最迟申请日"),
    "rule": Pair("rule", "依据"),
    "contract": Pair("contract [kW]", "合同需量（千瓦）"),
    "one_contract": Pair("one contract, {kw} kW", "合同需量固定为 {kw} 千瓦"),
    "best_contract": Pair("contract of the month [kW]", "当月最优合同需量（千瓦）"),
    "by_contract": Pair("by contract", "按合同最大需量"),
    "present_way": Pair("as asked for", "现方式"),
    "demand": Pair("maximum demand [kW]", "最大需量（千瓦）"),
    "floor": Pair("floor [kW]", "需量下限（千瓦）"),
    "energy": Pair("energy [kWh]", "电量（千瓦时）"),
    "bill": Pair("bill", "账单编号"),
    "sum": Pair("sum", "合计"),
    "why": Pair("why", "原因"),
    "kwh": Pair("moved [kWh]", "移动电量（千瓦时）"),
    "otherwise": Pair("otherwise [{currency}]", "改变后（{currency}）"),
    "per_kwh": Pair("saved per kWh", "每千瓦时节省"),
    "cosphi": Pair("power factor", "功率因数"),
    "kvarh": Pair("compensated [kvarh]", "补偿无功（千乏时）"),
    "kvar": Pair("capacitor [kvar]", "电容器（千乏）"),
    "document": Pair("document", "文件"),
    "evidence": Pair("weakest evidence", "最弱依据级别"),
    "what": Pair("what", "事项"),
    "simulation": Pair("Simulation", "方案测算"),
    "variants": Pair("Variants", "各方案"),
    "variant": Pair("variant", "方案"),
    "comes_to": Pair("variant [{currency}]", "方案电费（{currency}）"),
    "as_asked": Pair("as asked for [{currency}]", "现状电费（{currency}）"),
    "difference": Pair("difference [{currency}]", "差额（{currency}）"),
    "differs_by": Pair("{name}: lines that differ", "{name}：有差异的行"),
    "not_billed": Pair("{name}: not billed", "{name}：未能计费"),
    "problems_of": Pair("{name}: problems that the request itself has not", "{name}：原请求没有的疑点与提示"),
    "problems_of_request": Pair("Problems of the request as it is", "原请求的疑点与提示"),
    "line": Pair("item", "项目"),
    "band": Pair("band", "时段"),
    "rounding": Pair("rounding of the total", "合计取整"),
}

ADVISED: Mapping[str, Pair] = {
    "nothing": Pair(
        "No other way of paying the basic charge would have cost less in these months.",
        "这些月份中，没有更省的容（需）量电费计收方式。",
    ),
    "nothing_told": Pair(
        "Of the ways of paying the basic charge that can be told, none would have cost less in these months.",
        "这些月份中，可测算的容（需）量电费计收方式里没有更省的。",
    ),
    "plan": Pair(
        "By the rules of when the way may be changed, the plan below would have cost {saved} {currency} less.",
        "按计收方式变更的规定，下列方案可节省 {saved} {currency}。",
    ),
    "by_quarter": Pair(
        "Were a way to begin with a quarter of the calendar, it would be {saved} {currency}.",
        "若计收方式只能自日历季度起变更，则可节省 {saved} {currency}。",
    ),
    "doubts": Pair(
        "Of these months {doubted} are doubted, and {left} could not be billed: see below before it is followed.",
        "这些月份中有疑点的 {doubted} 个、无法计费的 {left} 个：采用前请先看下文。",
    ),
    "one_contract": Pair(
        "With one contract for all months, {contract} costs least: {cost} {currency}.",
        "各月采用同一合同需量时，以 {contract} 最省：{cost} {currency}。",
    ),
    "shift": Pair(
        "Moving {kwh} kWh from sharp and peak hours into the valley would have saved {saved} {currency}.",
        "尖、峰段移至谷段 {kwh} 千瓦时，可节省 {saved} {currency}。",
    ),
    "step": Pair(
        "With the power factor of {scope} at {target}, which takes up to {kvar} kvar at work in all hours, {saved} "
        "{currency} would have been saved.",
        "{scope} 功率因数达到 {target}（电容器全时投入，最多需 {kvar} 千乏），可节省 {saved} {currency}。",
    ),
    "step_reached": Pair(
        "The power factor of {scope} was at {target} or above in every month.",
        "{scope} 功率因数各月均不低于 {target}。",
    ),
}

NOT_ADVISED: Mapping[NotAdvised, Pair] = {
    NotAdvised.ONE_PART: Pair(
        "the customer is billed in one part, without a basic charge", "用户执行单一制，没有容（需）量电费"
    ),
    NotAdvised.EXEMPT: Pair(
        "the customer is exempt from the basic charge in some month", "用户有月份免收容（需）量电费"
    ),
    NotAdvised.GIVEN: Pair("it is given, and not computed", "该项为给定，而非计算得出"),
    NotAdvised.CONTRACT_KINDS: Pair(
        "contracts of several kinds cover the demand of the bands, and which of them is best together is not searched",
        "用户订有几种契约容量，分别涵盖各时段需量，其最优组合不作搜索",
    ),
    NotAdvised.NOT_ASSESSED: Pair("the power factor is not assessed", "不考核功率因数"),
    NotAdvised.NOT_MEASURED: Pair("active or reactive energy was not measured", "没有计量有功或无功电量"),
    NotAdvised.NETTED: Pair(
        "reverse reactive energy is taken off forward, and what of it a capacitor changes is not known",
        "反向无功从正向无功中扣减，电容器改变哪一部分无法得知",
    ),
    NotAdvised.LOST: Pair(
        "the reactive losses of transformers and lines alone keep the power factor below the step",
        "变压器和线路的无功损耗本身已使功率因数达不到该档",
    ),
    NotAdvised.NO_BANDS: Pair(
        "no meter tells a peak and a valley that are priced apart", "没有电能表同时计量分别计价的峰段和谷段"
    ),
    NotAdvised.READ_WITHIN: Pair(
        "prices or terms change within the month, and it is not known in which part the energy would be another",
        "价格或约定在月内变化，无法得知电量变化属于哪一段",
    ),
    NotAdvised.DEMAND_NOT_READ: Pair(
        "the maximum demand was not read: read it, or give it as /facts/…/demand_kw",
        "没有最大需量：请抄读，或在 /facts/…/demand_kw 中给出",
    ),
    NotAdvised.NOT_IN_FORCE: Pair(
        "no rule in force in the area offers this way on that day", "该地区当日没有提供此方式的规定"
    ),
}

UNKNOWN: Mapping[Unknown, Pair] = {
    Unknown.SHORT: Pair(
        "Fewer than twelve months were asked for: the seasons that are missing may turn it.",
        "不足十二个月：缺少的季节可能改变结论。",
    ),
    Unknown.HINDSIGHT: Pair(
        "The contract of a month is the best with its demand known; it must be agreed on before the month. Contracts "
        "are whole kilowatts.",
        "各月最优合同需量是已知当月需量时的结果，而合同须在当月之前确定。合同需量取整千瓦。",
    ),
    Unknown.LAST_CHANGE: Pair(
        "When the way was changed last before the first month is not told; it is taken to be long ago.",
        "首月之前最近一次变更计收方式的日期没有给出，按早已变更处理。",
    ),
    Unknown.QUARTER: Pair(
        "Whether a way may begin in any month, three months after the last change, or with a quarter of the calendar "
        "alone, the rule does not say: both are told.",
        "规定未说明计收方式是距上次变更满三个月即可变更，还是只能自日历季度起变更：两种都已列出。",
    ),
    Unknown.NO_RULE: Pair(
        "No document tells when the way may be changed on some of these days: it is then not changed.",
        "部分日期没有关于何时可以变更计收方式的文件：这些日期不作变更。",
    ),
    Unknown.CAPACITY: Pair("Whether transformers could be stopped or made smaller.", "变压器能否暂停、减容。"),
    Unknown.LOAD_MOVES: Pair(
        "Whether the load can be moved, and what it does to the maximum demand and to reactive energy: both are left "
        "as they were.",
        "负荷能否移动，以及移动后最大需量和无功电量如何变化：测算中保持不变。",
    ),
    Unknown.GIVEN_LINES: Pair(
        "What given lines would be: they are not computed, and stay in every bill as they were.",
        "给定行会变为多少：它们不是计算得出的，在各账单中保持不变。",
    ),
    Unknown.CAPACITOR: Pair("What a capacitor costs, and what it loses.", "电容器的价格和自身损耗。"),
    Unknown.LOAD_PROFILE: Pair(
        "The load of each hour: the kvar are those of an even load, and an uneven one takes more.",
        "各小时的负荷：所需千乏按负荷均匀计算，负荷不均匀时需要更多。",
    ),
    Unknown.SWITCHED: Pair(
        "Whether the compensation is switched with the load: what is too much counts as reactive energy, too.",
        "补偿能否随负荷投切：过补偿的无功同样计入。",
    ),
}


def why_text(why: Why, lexicon: Lexicon) -> str:
    """Why something is not told."""
    if isinstance(why, NotAdvised):
        return NOT_ADVISED[why].of(lexicon.language)
    return trouble_sentence(lexicon, why)
