"""Why a request cannot be billed: what is missing, and what to do."""

from collections.abc import Mapping

from billcalc.kernel.codes import RefusalCode
from billcalc.words.language import Code, Pair, Wording

__all__ = ["REFUSALS"]

REFUSALS: Mapping[Code, Wording] = {
    RefusalCode.NO_DOCUMENT: Wording(
        Pair("no document of {kind} is in force in {area} on {day}", "{area} 在 {day} 没有有效的{kind}文件"),
        Pair(
            "add the document to the tariffs, or give its content with the request",
            "请把该文件加入电价库，或在请求中给出其内容",
        ),
    ),
    RefusalCode.NO_PRICE: Wording(
        Pair("{wanted}: there is no row for {key} on {day}", "{wanted}：{day} 没有适用于 {key} 的价格"),
        Pair(
            "add the row to the document {document}, or give a price sheet with the request",
            "请在文件 {document} 中补充该行，或在请求中给出价格表",
        ),
    ),
    RefusalCode.PRICE_NOT_GIVEN: Wording(
        Pair(
            'component "{component}" is priced by the customer\'s own contract, and the request does not give the '
            "price",
            "电价项“{component}”由用户自己的合同定价，而请求没有给出价格",
        ),
        Pair(
            "give it under price_sheet.prices, or by interval under price_sheet.series",
            "请在 price_sheet.prices 中给出，或在 price_sheet.series 中按区间给出",
        ),
    ),
    RefusalCode.PRICE_PARTS_UNKNOWN: Wording(
        Pair(
            "the price sheet gives {component} as a total, and a part of it is needed: by the power-factor base, or "
            "beside a line or price of the request's own",
            "价格表中的 {component} 只有合计价，而功率因数调整基数或请求自带的行、价格需要其中的一部分",
        ),
        Pair(
            "give a sheet by components, or a given line that stands for what is needed as a whole",
            "请给出分项价格表，或用给定行说明所需的整项金额",
        ),
    ),
    RefusalCode.REGISTER_MISSING: Wording(
        Pair(
            "metering point {point} has no register {register}, which {needed_by} needs",
            "计量点 {point} 没有计度器 {register}，而{needed_by}需要它",
        ),
        Pair(
            "give its readings, or say not_installed: [{register}]", "请给出其示数，或注明 not_installed: [{register}]"
        ),
    ),
    RefusalCode.READING_MISSING: Wording(
        Pair(
            "nothing tells what register {register} of metering point {point} counted from {start} to {end}",
            "计量点 {point} 的计度器 {register} 从 {start} 到 {end} 计了多少没有示数可知",
        ),
        Pair(
            "give its readings of both days (the reading at the end of {last} is at: {end}), or the quantities as "
            "given",
            "请给出这两天的示数（{last} 日终的示数写 at: {end}），或直接给定电量",
        ),
    ),
    RefusalCode.CHANGE_WITHOUT_READING: Wording(
        Pair(
            "{what} changes on {day} and metering point {point} was not read then",
            "{what} 在 {day} 变更，而计量点 {point} 当日没有抄表",
        ),
        Pair("give a reading of that day", "请给出该日的示数"),
    ),
    RefusalCode.DEMAND_KVA_MISSING: Wording(
        Pair(
            "supply point {supply_point} is billed by its maximum apparent demand, and nothing tells it",
            "受电点 {supply_point} 按最大视在需量计收，而没有给出该需量",
        ),
        Pair(
            "give facts.{supply_point}.demand_kva in kVA",
            "请在 facts.{supply_point}.demand_kva 中给出，单位千伏安",
        ),
    ),
    RefusalCode.EARLIER_DEMAND_MISSING: Wording(
        Pair(
            "supply point {supply_point} is billed at least a share of the greatest demand ({band}) of earlier months, "
            "and nothing tells that of {month}",
            "受电点 {supply_point} 至少按以前各月最大需量（{band}）的一定比例计收，而没有给出 {month} 的需量",
        ),
        Pair(
            "give facts.{supply_point}.earlier_demand_kw.{month}.{band} in kW; 0 where there was no supply",
            "请在 facts.{supply_point}.earlier_demand_kw.{month}.{band} 中给出，单位千瓦；没有供电的写 0",
        ),
    ),
    RefusalCode.DEMAND_OF_BAND_MISSING: Wording(
        Pair(
            "supply point {supply_point} is billed by the demand of bands, and nothing tells its maximum in {band}",
            "受电点 {supply_point} 按各时段的需量计收，而时段 {band} 的最大需量没有抄见也没有给定",
        ),
        Pair(
            "give facts.{supply_point}.demand_by_band_kw.{band} in kW, or the demand of each band at each of its "
            "metering points",
            "请在 facts.{supply_point}.demand_by_band_kw.{band} 中给出，单位千瓦；或在各计量点给出各时段的需量",
        ),
    ),
    RefusalCode.DEMAND_MISSING: Wording(
        Pair(
            "supply point {supply_point} is billed by demand, and nothing tells the maximum demand of {of} from "
            "{start} to {end}",
            "受电点 {supply_point} 按需量计收，而 {of} 从 {start} 到 {end} 的最大需量没有抄见也没有给定",
        ),
        Pair(
            "give the demand register of each of its metering points at both ends, say not_installed: "
            "[maximum_demand] for one that is not to be added, or give facts.demand_kw",
            "请给出其各计量点两端的需量示数；不参与相加的计量点写 not_installed: [maximum_demand]；或给定 "
            "facts.demand_kw",
        ),
    ),
    RefusalCode.NO_ACTIVE_ENERGY: Wording(
        Pair(
            "{scope} used reactive but no active energy, so its power factor would be 0.00",
            "{scope} 只有无功电量而没有有功电量，功率因数将为 0.00",
        ),
        Pair(
            "decide power_factor.no_energy for the area, or give the ratio",
            "请确定该地区的 power_factor.no_energy 惯例，或给定调整率",
        ),
    ),
    RefusalCode.POWER_FACTOR_NOT_MEASURED: Wording(
        Pair(
            "the power factor of {scope} adjusts lines of this bill, and no {energy} energy was measured for it",
            "本账单有电费按 {scope} 的功率因数调整，但没有计量其{energy}电量",
        ),
        Pair(
            "give the readings, or facts.{scope}.cosphi, or the standard none where it is not assessed",
            "请给出示数，或 facts.{scope}.cosphi；不考核的，标准写 none",
        ),
    ),
    RefusalCode.NEGATIVE_ENERGY: Wording(
        Pair("the billed energy of {group} in band {band} is below zero", "{group} 在时段“{band}”的结算电量小于零"),
        Pair("check the sub-meters and adjustments that are taken off it", "请检查从中扣减的分表电量和调整电量"),
    ),
    RefusalCode.CHILD_ABOVE_PARENT: Wording(
        Pair(
            "sub-meter {child} takes more from band {band} of {point} than there is",
            "分表 {child} 从 {point} 的时段“{band}”扣减的电量超过其电量",
        ),
        Pair("check the readings and the fixed quantity", "请检查示数和定量"),
    ),
    RefusalCode.NOT_SUPPORTED: Wording(
        Pair("{what} is not calculated yet", "尚不能计算：{what}"),
        Pair("give the affected lines with the request", "请把相关电费作为给定行写入请求"),
    ),
    RefusalCode.NO_BANDS: Wording(
        Pair("{document} does not tell the bands of {key}", "{document} 没有说明 {key} 的时段划分"),
        Pair("add the rows to it, or give the energy by band", "请在该文件中补充，或按时段给定电量"),
    ),
    RefusalCode.BAND_WITHOUT_PRICE: Wording(
        Pair(
            "group {group} used energy in band {band}, and {component} has no price in it",
            "{group} 在时段“{band}”有电量，而 {component} 在该时段没有价格",
        ),
        Pair(
            "check the registers: {document} knows the band and gives it no price; where the energy is right, give "
            "the component with the request (price_sheet)",
            "请检查计度器：文件 {document} 知道该时段而没有给出价格；如电量无误，请随请求给出该电价项（price_sheet）",
        ),
    ),
    RefusalCode.EVENT_NOT_GIVEN: Wording(
        Pair(
            "the bands of {needed_by} depend on {measure} of {day}, which is not given",
            "{needed_by} 的时段取决于 {day} 的 {measure}，而请求没有给出",
        ),
        Pair("give it under events", "请在 events 中给出"),
    ),
    RefusalCode.INTERVALS_MISSING: Wording(
        Pair(
            "metering point {point}: {count} intervals are missing, the first at {start}",
            "计量点 {point} 缺少 {count} 个区间数据，第一个始于 {start}",
        ),
        Pair(
            "give them, or choose how they are filled: zero or neighbours",
            "请补齐，或选择补数规则：zero（补零）或 neighbours（取相邻值）",
        ),
    ),
    RefusalCode.NOTHING_TO_FILL_FROM: Wording(
        Pair(
            "metering point {point}: all {count} intervals are missing, and there are no neighbours to fill them from",
            "计量点 {point} 的全部 {count} 个区间数据均缺失，没有相邻值可用于补数",
        ),
        Pair("give some of them, or the quantities as given", "请给出其中一部分，或直接给定电量"),
    ),
    RefusalCode.PRICES_MISSING: Wording(
        Pair(
            "{component} has no price for {count} intervals, the first at {start}",
            "{component} 有 {count} 个区间没有价格，第一个始于 {start}",
        ),
        Pair(
            "give the price of each interval that is billed: none is filled from its neighbours",
            "请给出计费期内每个区间的价格：价格不作补数",
        ),
    ),
    RefusalCode.OTHER_CURRENCY: Wording(
        Pair(
            "the columns of this table are in {other_currency}, and the area's currency is {currency}",
            "此表各列以 {other_currency} 计算，而该地区的货币是 {currency}",
        ),
        Pair(
            "put the bills of one currency into one table and their area into its template; what is compared or "
            "checked in tables is in CNY: compare such bills one by one",
            "请将同一货币的账单放在一张表中，并把地区写入模板；批量比对和核查只用人民币，此类账单请逐张比对",
        ),
    ),
    RefusalCode.LOSS_NOT_CALCULATED: Wording(
        Pair(
            "metering point {point} is on the low side of a transformer of a customer on high voltage, and it is not "
            "told how the losses that come on top are calculated",
            "计量点 {point} 为高供低计，而请求没有说明应另加的损耗如何计算",
        ),
        Pair(
            "tell losses.transformer: by formula, coefficient, table, fixed or share; or none, where none is added "
            "by agreement or the energies have it in them",
            "请写明 losses.transformer：“formula”（公式）、“coefficient”（系数）、“table”（查表）、“fixed”（定量）或"
            "“share”（比例）；协议不加损耗或电量已含损耗的写“none”",
        ),
    ),
    RefusalCode.LOSS_NOT_TOLD: Wording(
        Pair(
            "{document} does not tell what a transformer of series {series} and {kva} kVA, such as {transformer}, "
            "loses",
            "{document} 没有 {series} 系列 {kva} 千伏安变压器（如 {transformer}）的损耗",
        ),
        Pair(
            "give its own numbers (p0_kw, pk_kw, i0_percent, uk_percent, or the bands of its table)",
            "请给出其自身参数（p0_kw、pk_kw、i0_percent、uk_percent，或其损耗表各档 bands）",
        ),
    ),
    RefusalCode.LOSS_OF_NEGATIVE_ENERGY: Wording(
        Pair(
            "metering point {point} counted {energy} kWh, less than nothing, and the loss of that is not known",
            "计量点 {point} 的电量为 {energy} 千瓦时，小于零，无法计算其损耗",
        ),
        Pair(
            "settle the estimated months together, or tell the loss as fixed or as a share",
            "请将估抄各月合并清算，或把损耗写成定量（“fixed”）或比例（“share”）",
        ),
    ),
    RefusalCode.TRANSFORMERS_AT_REST: Wording(
        Pair(
            "metering point {point} counted {energy} kWh on {span}, and none of its transformers ran then",
            "计量点 {point} 在 {span} 有电量 {energy} 千瓦时，而其变压器当时均未运行",
        ),
        Pair("check the states of the transformers and the readings", "请检查变压器状态和示数"),
    ),
    RefusalCode.ENERGY_NOT_MEASURED: Wording(
        Pair(
            "nothing tells the energy of metering point {point}: it has no {register} register",
            "没有任何数据说明计量点 {point} 的电量：它没有计度器 {register}",
        ),
        Pair("give its readings, its intervals, or given.kwh", "请给出其示数、区间数据或 given.kwh"),
    ),
    RefusalCode.TOTAL_REGISTER_MISSING: Wording(
        Pair(
            "the convention power_factor.active: total needs the total register of metering point {point}",
            "计费惯例 power_factor.active: total 需要计量点 {point} 的总计度器",
        ),
        Pair(
            "give its readings or given.kwh.total, or state power_factor.active: bands",
            "请给出其示数或 given.kwh.total，或写明 power_factor.active: bands",
        ),
    ),
    RefusalCode.NOT_A_MONTH: Wording(
        Pair("{what} is told by the month, and the cycle has {days} days", "{what}按月给出，而计费周期为 {days} 天"),
        Pair("give the cycle of one month; bill several months one by one", "请给出一个月的周期；多个月请逐月计费"),
    ),
    RefusalCode.TIERS_MISSING: Wording(
        Pair(
            "nothing tells up to which energy the tiers of group {group} go, or it knows no tier {number}: {document}",
            "没有说明计费分组 {group} 各档的电量上限，或其中没有第 {number} 档：{document}",
        ),
        Pair(
            "add its limits under tiers to the document, or beside the own prices under price_sheet.tiers",
            "请在文件的 tiers 中补充档限，或随自带价格在 price_sheet.tiers 中给出",
        ),
    ),
    RefusalCode.TIER_NOT_PRICED: Wording(
        Pair("tier {number} of group {group} has no price", "计费分组 {group} 的第 {number} 档没有价格"),
        Pair(
            "add a component that is priced by the energy of that tier",
            "请补充以该档电量计价的电价项",
        ),
    ),
    RefusalCode.TIER_LIMIT_UNKNOWN: Wording(
        Pair(
            "group {group} used {used} kWh, and of the tiers in {document} only those up to {limit} kWh are known",
            "计费分组 {group} 累计用电 {used} 千瓦时，而 {document} 中只知道 {limit} 千瓦时以内的各档",
        ),
        Pair(
            "read the next limit in the official document, and give it under price_sheet.tiers with the prices",
            "请查阅正式文件中的下一档上限，连同价格在 price_sheet.tiers 中给出",
        ),
    ),
    RefusalCode.TIER_USE_MISSING: Wording(
        Pair(
            "nothing tells what group {group} used in {span}, which the tiers count",
            "没有说明计费分组 {group} 在 {span} 的用电量，而阶梯电价要累计它",
        ),
        Pair(
            "tell it, of exactly these days, under households.{group}.before: by one row or by one for each bill",
            "请在 households.{group}.before 中说明恰好这些天的电量：可以一行，也可以每张账单一行",
        ),
    ),
    RefusalCode.TIERS_BILLED_UNKNOWN: Wording(
        Pair(
            "the limits of group {group} changed in the period, and nothing tells how its earlier bills were tiered",
            "计费分组 {group} 的档限在周期内有变化，而没有说明此前账单各档的电量",
        ),
        Pair(
            "tell the kWh of each tier as they were billed (by_tier), or state conventions.tiers.before: onwards",
            "请用 by_tier 说明此前各档已计费的电量，或注明 conventions.tiers.before: onwards",
        ),
    ),
    RefusalCode.LARGER_HOUSEHOLD_UNKNOWN: Wording(
        Pair(
            "no document tells by how much a household of many persons, group {group}, raises its limits",
            "没有文件说明一户多人口（计费分组 {group}）每月增加多少分档电量",
        ),
        Pair("tell it there: kwh_per_month", "请在该处用 kwh_per_month 说明"),
    ),
}
