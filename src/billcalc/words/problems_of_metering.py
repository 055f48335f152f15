"""The doubts about readings, intervals and demands: what is the matter, and what to do."""

from collections.abc import Mapping

from billcalc.kernel.codes import ProblemCode
from billcalc.words.language import Code, Pair, Wording

__all__ = ["PROBLEMS_OF_METERING"]

PROBLEMS_OF_METERING: Mapping[Code, Wording] = {
    ProblemCode.BAND_NOT_MEASURED: Wording(
        Pair(
            "metering point {point} tells nothing of band {register}, which group {group} has a price of",
            "计量点 {point} 没有 {register} 时段的电量，而用电组 {group} 有该时段的电价",
        ),
        Pair(
            "give its register (0 where nothing was used), or say not_installed: [{register}]",
            "请给出该时段的示数或电量（没有用电写 0）；没有该计度器的写 not_installed: [{register}]",
        ),
    ),
    ProblemCode.BAND_NOT_INSTALLED: Wording(
        Pair(
            "metering point {point} has no register of band {register}, of which this period has hours, and group "
            "{group} a price: what was used in them is billed in the bands of the registers that counted it",
            "计量点 {point} 没有 {register} 时段的计度器，而计费期内有该时段，用电组 {group} 也有其电价："
            "该时段的电量按计入它的计度器所属时段计费",
        ),
        Pair(
            "give the energy by band (given.kwh, or intervals) where it is known",
            "如知道各时段电量，请给出（given.kwh 或区间数据）",
        ),
    ),
    ProblemCode.TOTAL_DIFFERS_FROM_BANDS: Wording(
        Pair(
            "metering point {point}: the total register shows {total} kWh, its bands together {bands} kWh",
            "计量点 {point}：总计度器电量 {total} 千瓦时，各时段合计 {bands} 千瓦时",
        ),
        Pair("check the meter if the difference is more than rounding", "如果差异超出取整误差，请检查电能表"),
    ),
    ProblemCode.ENERGY_SPLIT_BY_DAYS: Wording(
        Pair(
            "metering point {point} was not read on {day}, so its energy was split by days",
            "计量点 {point} 在 {day} 没有抄表，电量已按天数分摊",
        ),
        Pair("a reading of that day would settle it", "有该日的示数即可确定"),
    ),
    ProblemCode.DEMAND_NOT_BY_BAND: Wording(
        Pair(
            "supply point {supply_point}: the maximum demand is told without its band; it was taken for that of the "
            "hours of the regular contract, and no excess of {bands} was computed",
            "受电点 {supply_point}：最大需量没有分时段给出，按经常契约时段的需量计收，没有计算 {bands} 的超约",
        ),
        Pair(
            "give facts.{supply_point}.demand_by_band_kw, the demand of each band",
            "请在 facts.{supply_point}.demand_by_band_kw 中给出各时段的需量",
        ),
    ),
    ProblemCode.DEMANDS_ADDED_UP: Wording(
        Pair(
            "supply point {supply_point}: the maximum demands of its metering points ({found}) are added up, each of "
            "its own time",
            "受电点 {supply_point}：各计量点（{found}）的最大需量各在自己的时刻，按累加计收",
        ),
        Pair(
            "right where each is a line of its own that comes in; where one line feeds them all, give what was "
            "measured of them together as facts.{supply_point}.demand_kw",
            "各为一路进线时，规定为分别计算、累加计收；同一路进线的，请以 facts.{supply_point}.demand_kw "
            "给出合并计量的最大需量",
        ),
    ),
    ProblemCode.DEMAND_NOT_READ: Wording(
        Pair(
            "supply point {supply_point}: nothing tells the maximum demand of {of} from {start} to {end}, so the "
            "contract alone was billed for {span}",
            "受电点 {supply_point}：{of} 从 {start} 到 {end} 没有抄见最大需量，{span} 仅按合同需量计收",
        ),
        Pair(
            "give the demand register's reading at both ends; a demand of the whole cycle has no place in a part of it",
            "请给出需量计度器在两端的示数；整个周期的需量无法归到其中一段",
        ),
    ),
    ProblemCode.DEMAND_DIFFERS: Wording(
        Pair(
            "supply point {supply_point}: the given maximum demand is {given} kW and the meters show {read} kW; the "
            "given one was billed, or where the terms change in the month and the meters tell each part, theirs",
            "受电点 {supply_point}：给定最大需量为 {given} 千瓦，而电能表为 {read} 千瓦，按给定值计收；期内条件变更而"
            "电能表分段抄见的，按抄见值计收",
        ),
        Pair("check which of the two is right", "请核对哪一个正确"),
    ),
    ProblemCode.ESTIMATED_READING: Wording(
        Pair(
            "metering point {point} was not read on {day}: its reading is an estimate",
            "计量点 {point} 在 {day} 未实抄，示数为估抄",
        ),
        Pair(
            "let the next actual reading settle it, with this one, of kind estimated, as its opening",
            "请在下次实抄时清算：以该示数作为上次示数，种类写 estimated",
        ),
    ),
    ProblemCode.BELOW_ESTIMATE: Wording(
        Pair(
            "register {register} of metering point {point} shows less than was estimated before: {energy} kWh are "
            "settled",
            "计量点 {point} 的计度器 {register} 示数低于此前的估抄示数：清算 {energy} 千瓦时",
        ),
        Pair("check the estimate and the reading", "请核对估抄示数和实抄示数"),
    ),
    ProblemCode.ROLLOVER_LARGE: Wording(
        Pair(
            "register {register} of metering point {point} counted {counted} through zero: over half of its range "
            "{range}",
            "计量点 {point} 的计度器 {register} 过零计量 {counted}，超过其量程 {range} 的一半",
        ),
        Pair(
            "check the readings and the meter's digits: it may have run backwards", "请核对示数和表位数：计度器可能倒走"
        ),
    ),
    ProblemCode.ENERGY_FED_BACK: Wording(
        Pair(
            "metering point {point} fed back {energy} kWh, which are not billed",
            "计量点 {point} 反向电量 {energy} 千瓦时，未计费",
        ),
        Pair(
            "give them as a line or a quantity where the contract pays for them",
            "如合同约定结算，请作为给定行或给定电量写入请求",
        ),
    ),
    ProblemCode.FROM_INTERVALS: Wording(
        Pair(
            "metering point {point}: {fact} was computed from intervals of {step} minutes",
            "计量点 {point} 的 {fact} 由 {step} 分钟区间数据计算得出",
        ),
        Pair("check them at their source", "请核对数据来源"),
    ),
    ProblemCode.INTERVALS_FILLED: Wording(
        Pair(
            "metering point {point}: {count} intervals are missing, the first at {start}; {kwh} kWh were billed for "
            "them by the rule {fill}",
            "计量点 {point} 缺少 {count} 个区间数据，第一个始于 {start}，已按规则 {fill} 补计 {kwh} 千瓦时",
        ),
        Pair("give them, or settle the difference when they are known", "请补齐，或在数据齐全后清算差额"),
    ),
    ProblemCode.INTERVALS_ESTIMATED: Wording(
        Pair(
            "metering point {point}: {count} intervals, the first at {start}, are marked as estimated; {kwh} kWh were "
            "billed for them",
            "计量点 {point}：{count} 个区间（第一个始于 {start}）标明为估算值，已计 {kwh} 千瓦时",
        ),
        Pair("settle the difference when they are measured", "请在取得实测值后清算差额"),
    ),
    ProblemCode.INTERVALS_SUBSTITUTED: Wording(
        Pair(
            "metering point {point}: {count} intervals, the first at {start}, are marked as substituted; {kwh} kWh "
            "were billed for them",
            "计量点 {point}：{count} 个区间（第一个始于 {start}）标明为替代值，已计 {kwh} 千瓦时",
        ),
        Pair("ask whoever gave the data what they were substituted by", "请向数据提供方核对替代值的依据"),
    ),
    ProblemCode.INTERVALS_DIFFER: Wording(
        Pair(
            "metering point {point}: register {register} shows {read} kWh, and {intervals} kWh were billed from "
            "intervals",
            "计量点 {point}：计度器 {register} 电量 {read} 千瓦时，区间数据合计 {intervals} 千瓦时，按后者计费",
        ),
        Pair(
            "check the meter, its multiplier and the intervals if the difference is more than rounding",
            "如果差异超出取整误差，请检查电能表、倍率和区间数据",
        ),
    ),
    ProblemCode.REGISTER_UNREAD: Wording(
        Pair(
            "nothing tells what register {register} of metering point {point} counted from {start} to {end}; the "
            "bill does not need it",
            "计量点 {point} 的计度器 {register} 从 {start} 到 {end} 计了多少没有示数可知；本账单不需要",
        ),
        Pair(
            "give its readings of both days where it is to be counted (the reading at the end of {last} is at: {end})",
            "如需计量，请给出这两天的示数（{last} 日终的示数写 at: {end}）",
        ),
    ),
    ProblemCode.DEMAND_ABOVE_CAPACITY: Wording(
        Pair(
            "supply point {supply_point}: the maximum demand {demand} kW is more than its transformers bear, {limit} "
            "kW",
            "受电点 {supply_point}：最大需量 {demand} 千瓦超过其变压器所能承受的 {limit} 千瓦",
        ),
        Pair("check the reading, the multiplier and the transformers", "请核对示数、倍率和变压器容量"),
    ),
    ProblemCode.DEMAND_ABOVE_ENERGY: Wording(
        Pair(
            "supply point {supply_point}: a maximum demand of {demand} kW lasts {minutes} minutes and takes more "
            "than the {energy} kWh of {span}",
            "受电点 {supply_point}：最大需量 {demand} 千瓦持续 {minutes} 分钟，所需电量超过 {span} 的 {energy} 千瓦时",
        ),
        Pair(
            "check the demand, the energy and their multipliers: one of them may be misread",
            "请核对需量、电量及其倍率，其中可能有误抄",
        ),
    ),
    ProblemCode.POINT_TWICE: Wording(
        Pair(
            "metering point {point} has to the last digit the {energy} kWh of metering point {other}, and both are "
            "billed",
            "计量点 {point} 的电量 {energy} 千瓦时与计量点 {other} 完全相同，两处均已计费",
        ),
        Pair("leave out the point that is there twice", "如重复，请去掉一处"),
    ),
    ProblemCode.METER_TWICE: Wording(
        Pair(
            "meter {meter} is read at metering point {point} and at another one at the same time, and both are billed",
            "电能表 {meter} 同一时间既在计量点 {point} 又在另一计量点抄表，两处均已计费",
        ),
        Pair(
            "leave out the point that is there twice; where they are two meters, give each its own id",
            "如重复，请去掉一处；如为两只电能表，请分别编号",
        ),
    ),
    ProblemCode.CONTRACT_ABOVE_CAPACITY: Wording(
        Pair(
            "supply point {supply_point}: the contracted demand {contract} kW is more than its transformers bear, "
            "{limit} kW",
            "受电点 {supply_point}：合同需量 {contract} 千瓦超过其变压器所能承受的 {limit} 千瓦",
        ),
        Pair(
            "check the contract, its unit and the transformers",
            "请核对合同需量及其单位和变压器",
        ),
    ),
    ProblemCode.ENERGY_ABOVE_CAPACITY: Wording(
        Pair(
            "supply point {supply_point}: {energy} kWh of {span} are more than its transformers in service bear in "
            "that time, {limit} kWh",
            "受电点 {supply_point}：{span} 电量 {energy} 千瓦时超过其投运变压器同期所能承受的 {limit} 千瓦时",
        ),
        Pair(
            "check the transformers, their unit (kVA) and state, and the readings",
            "请核对变压器容量（千伏安）和状态，以及示数",
        ),
    ),
    ProblemCode.DEMAND_SHARE_OF_NOTHING: Wording(
        Pair(
            "group {group} has the share 0 in the demand of supply point {supply_point}, and pays none of its charge",
            "受电点 {supply_point} 的需量中，{group} 的份额为 0，不分摊其电费",
        ),
        Pair(
            "give its share; a group that has none is better billed in one part",
            "请给出其份额；确无份额的，宜改为单一制",
        ),
    ),
    ProblemCode.TRANSFORMER_OF_NOTHING: Wording(
        Pair("a transformer has a capacity of exactly 0 kVA", "有变压器的容量恰好为 0 千伏安"),
        Pair("give its capacity, or leave it out", "请给出其容量；没有该变压器的，请删去"),
    ),
    ProblemCode.TRANSFORMER_WITHOUT_LOSS: Wording(
        Pair(
            "supply point {supply_point}: transformer {id} is in service, and no metering point tells its losses",
            "受电点 {supply_point}：变压器 {id} 在运行，而没有计量点计算其损耗",
        ),
        Pair(
            "add it to losses.transformer.transformers of the meter behind it; of one that nothing is metered behind, "
            "correct its state",
            "请在其后计量点的 losses.transformer.transformers 中补充；其后无计量的，请更正其状态",
        ),
    ),
    ProblemCode.LOSS_TWICE: Wording(
        Pair(
            "the losses of transformer {id} are counted at metering point {point} and at {other}: its iron loss is "
            "billed twice",
            "变压器 {id} 的损耗在计量点 {point} 和 {other} 各计一次：铁损重复计费",
        ),
        Pair(
            "tell them at one of the two, with the other as a user of it (losses.shared)",
            "请只在其中一处计算，并把另一处写为共用户（losses.shared）",
        ),
    ),
    ProblemCode.METER_AGAIN: Wording(
        Pair(
            "metering point {point}: the meter {meter} was taken out on {day} and put in again: what its registers "
            "moved between the two readings is not billed",
            "计量点 {point}：电能表 {meter} 于 {day} 拆下后又装回：两个示数之间走过的电量没有计费",
        ),
        Pair(
            "give another meter its own name; of the same one, give a single reading of that day (cut)",
            "另一只电能表请用自己的编号；同一只的，请只给一个当日示数（cut）",
        ),
    ),
    ProblemCode.SUB_METER_OF_NOTHING: Wording(
        Pair(
            "sub-meter {id} of metering point {point} has exactly 0: group {group} pays for nothing of it",
            "计量点 {point} 的分表 {id} 恰好为 0：用电组 {group} 没有分得任何电量",
        ),
        Pair("give its quantity or ratio, or leave the sub-meter out", "请给出其定量或定比；不分摊的，请删去该分表"),
    ),
    ProblemCode.REACTIVE_ABOVE_CAPACITY: Wording(
        Pair(
            "supply point {supply_point}: {energy} kvarh of register {register} in {span} are more than its "
            "transformers in service bear in that time, {limit} kvarh",
            "受电点 {supply_point}：{span} 计度器 {register} 的无功电量 {energy} 千乏时超过其投运变压器同期所能承受的 "
            "{limit} 千乏时",
        ),
        Pair(
            "check the readings of the register, its digits and its multiplier, and the transformers",
            "请核对该计度器的示数、位数和倍率，以及变压器容量",
        ),
    ),
    ProblemCode.CAPACITY_HARDLY_USED: Wording(
        Pair(
            "supply point {supply_point}: {energy} kWh of {span} are hardly anything of the {limit} kWh that its "
            "transformers in service bear in that time",
            "受电点 {supply_point}：{span} 电量 {energy} 千瓦时与其投运变压器同期所能承受的 {limit} 千瓦时相比微乎其微",
        ),
        Pair(
            "check the capacities, which are in kVA, and the unit of the energy, which is kWh",
            "请核对变压器容量（单位为千伏安）和电量单位（千瓦时）",
        ),
    ),
    ProblemCode.POWER_FACTOR_IMPLAUSIBLE: Wording(
        Pair(
            "power factor {scope}: {cosphi} is below {limit}, as that of hardly any customer is",
            "功率因数 {scope}：{cosphi} 低于 {limit}，一般用户很少如此",
        ),
        Pair(
            "check whether active and reactive registers were exchanged, and their multipliers; of one that is given "
            "its decimal point",
            "请核对有功、无功示数是否互换及其倍率；功率因数直接给定的，请核对小数点",
        ),
    ),
    ProblemCode.REACTIVE_OF_NOTHING: Wording(
        Pair(
            "power factor {scope}: beside {energy} kWh there are 0 kvarh, which makes a power factor of 1",
            "功率因数 {scope}：有功电量 {energy} 千瓦时，而无功电量为 0 千乏时，功率因数因此为 1",
        ),
        Pair(
            "check the reactive registers: an empty cell may have become 0; give them, or the power factor",
            "请核对无功示数：空白单元格可能被当作 0；请给出无功示数或功率因数",
        ),
    ),
    ProblemCode.LOSS_IMPLAUSIBLE: Wording(
        Pair(
            "metering point {point}: the losses have {told} for {key}, which is hardly more than {limit}",
            "计量点 {point}：损耗参数 {key} 为 {told}，通常不超过 {limit}",
        ),
        Pair(
            "check its unit (kW, %, a share of 1) and its decimal point",
            "请核对其单位（千瓦、%、以 1 为整体的比例）和小数点",
        ),
    ),
    ProblemCode.LOSS_AT_NOTHING: Wording(
        Pair(
            "metering point {point}: the losses have exactly 0 for {key}",
            "计量点 {point}：损耗参数 {key} 恰好为 0",
        ),
        Pair("give it; where there is no loss, say method: none", "请给出其数值；确实不计损耗的，请写 method: none"),
    ),
    ProblemCode.USER_BEARS_NO_LOSS: Wording(
        Pair(
            "user {id} behind the transformer of metering point {point} used {energy} kWh and has the weight 0: it "
            "bears none of the loss",
            "计量点 {point} 的变压器后的用户 {id} 用电 {energy} 千瓦时而权重为 0，不分摊损耗",
        ),
        Pair(
            "give its weight; where it is agreed that the others bear all of the loss, this is right",
            "请给出其权重；确实约定由其他用户分摊全部损耗的，无需更改",
        ),
    ),
    ProblemCode.INTERVAL_ABOVE_OTHERS: Wording(
        Pair(
            "metering point {point}: the interval from {start} is of {kw} kW, and all but {count} of the intervals are "
            "of {limit} kW at most",
            "计量点 {point}：始于 {start} 的区间为 {kw} 千瓦，而除 {count} 个区间外其余均不超过 {limit} 千瓦",
        ),
        Pair("check the value at its source", "请核对数据来源"),
    ),
    ProblemCode.INTERVAL_ABOVE_CAPACITY: Wording(
        Pair(
            "metering point {point}: the interval from {start} is of {kw} kW, more than the transformers bear, "
            "{limit} kW",
            "计量点 {point}：始于 {start} 的区间为 {kw} 千瓦，超过变压器所能承受的 {limit} 千瓦",
        ),
        Pair("check the value at its source", "请核对数据来源"),
    ),
}
