"""What a check of the tariff library finds: what is the matter, and what to do."""

from collections.abc import Mapping

from billcalc.words.language import Pair, Wording

__all__ = ["FINDINGS"]

FINDINGS: Mapping[str, Wording] = {
    "supersedes_unknown": Wording(
        Pair('it supersedes "{id}", which is not in the library', "它取代“{id}”，而电价库中没有该文件"),
        Pair("correct the id, or leave supersedes out", "请更正 id，或删去“supersedes”"),
    ),
    "supersedes_elsewhere": Wording(
        Pair("it supersedes {id}, a document of kind {kind} for {area}", "它取代 {id}，而那是 {area} 的{kind}文件"),
        Pair("supersede a document of the same kind and area", "请取代同一类别、同一地区的文件"),
    ),
    "supersedes_in_a_circle": Wording(
        Pair(
            "it supersedes itself, by way of {ids}, so that none of them is in force",
            "它经由 {ids} 取代了自身，因此其中没有一份有效",
        ),
        Pair("let only the later document supersede the earlier", "请只由后一份文件取代前一份"),
    ),
    "supersedes_less": Wording(
        Pair(
            "it supersedes {id}, and on {days}, when that one was in force, nothing is now",
            "它取代 {id}，而在那份文件有效的 {days} 现在没有任何文件有效",
        ),
        Pair(
            "repeat in it what holds on those days; to change something from a day on, add a document without "
            "supersedes",
            "请在其中重复这些日子的规定；若自某日起变更，请另加一份不含“supersedes”的文件",
        ),
    ),
    "stated_nowhere": Wording(
        Pair(
            'it leaves in force what "{id}" states, which is no earlier document of that content in the library',
            "它沿用“{id}”的规定，而电价库中没有更早的同类文件",
        ),
        Pair(
            "correct the id, or leave the part out of stated_in where the document states it itself",
            "请更正 id；由文件自身规定的部分，请从“stated_in”中删去",
        ),
    ),
    "seen_after_successor": Wording(
        Pair(
            "it was seen in force on {last}, but {successor} is in force from {start} on",
            "最后一次见到其有效是 {last}，而 {successor} 自 {start} 起有效",
        ),
        Pair("correct one of the two dates", "请更正两个日期之一"),
    ),
    "tier_limits_missing": Wording(
        Pair(
            "it has prices by tier for {key}, and no limits of their tiers: such a bill is refused",
            "它有适用于 {key} 的分档电价，而没有分档电量：这样的账单无法计费",
        ),
        Pair(
            "add the limits under tiers, or say under acknowledged why they are not there",
            "请在“tiers”中补充分档电量，或在“acknowledged”中说明为何没有",
        ),
    ),
    "tiers_ambiguous": Wording(
        Pair("two tables of tiers are for {key}", "有两张分档表适用于 {key}"),
        Pair("narrow the for of one of them", "请缩小其中一张“for”的范围"),
    ),
    "tiers_of_nobody": Wording(
        Pair("no customer has both a price by tier and this table", "没有用户既有分档电价又适用此分档表"),
        Pair("correct its for, or leave it out", "请更正其“for”，或删去"),
    ),
    "demand_tiers_apart": Wording(
        Pair(
            "{other_component} is a tier of the demand of {component}, and does not begin where that one ends or is of "
            "another ratchet or least",
            "“{other_component}”与“{component}”是同一需量的分档，而前者不是从后者的终点开始，或以往月份的比例、最低值与其不同",
        ),
        Pair(
            "correct above, up_to, ratchet or least of one of them: demand between them would be free, or paid twice",
            "请更正其中一项的“above”、“up_to”、“ratchet”或“least”：两者之间的需量会漏收或重收",
        ),
    ),
    "tier_unpriced": Wording(
        Pair("tier {number} has no price for {key}", "适用于 {key} 的第 {number} 档没有价格"),
        Pair("add a component that is priced by the energy of that tier", "请补充以该档电量计价的电价项"),
    ),
    "tier_without_limit": Wording(
        Pair(
            "tier {number} has a price for {key}, and there are {most} tiers",
            "第 {number} 档有适用于 {key} 的价格，而总共只有 {most} 档",
        ),
        Pair("correct the number of the tier, or add its limit", "请更正档次，或补充该档的上限"),
    ),
    "tier_price_falls": Wording(
        Pair(
            "tier {number} costs {price}, less than the {before} of the tier before it",
            "第 {number} 档为 {price}，低于上一档的 {before}",
        ),
        Pair(
            "compare it with the document; where it is right, say so under acknowledged",
            "请与文件核对；如无误，请在“acknowledged”中说明",
        ),
    ),
    "month_without_end": Wording(
        Pair(
            "a price of a month does not end by itself: without an end it would price every later month",
            "月度价格不会自行终止：没有截止日就会用于以后各月",
        ),
        Pair(
            "state effective.repealed_on, the first day after the month",
            "请写明“effective.repealed_on”，即该月之后的第一天",
        ),
    ),
    "evidence_unsourced": Wording(
        Pair("the evidence is {evidence}, and {reason}", "依据等级为{evidence}，而{reason}"),
        Pair("tell where the content was seen, or grade the evidence lower", "请说明内容的出处，或降低依据等级"),
    ),
    "price_unverified": Wording(
        Pair("a price with the evidence {evidence} proves nothing", "依据等级为{evidence}的价格不能证明任何事"),
        Pair(
            "enter prices that were seen; a price from a request stays in the request",
            "请录入见到过的价格；请求给定的价格留在请求里",
        ),
    ),
    "fixture_missing": Wording(
        Pair(
            'the bill "{fixture}", which it was inferred from, is not among the fixtures',
            "推断所据的账单“{fixture}”不在样例之中",
        ),
        Pair("add the bill, or correct its name", "请补充该账单，或更正其名称"),
    ),
    "component_ambiguous": Wording(
        Pair(
            'component "{component}" prices {key}, and so does {other}',
            "电价项“{component}”为{key}定价，而 {other} 也为其定价",
        ),
        Pair('make their "for" exclude each other, or give them two codes', "请使两者的“for”互斥，或使用两个代码"),
    ),
    "basic_ambiguous": Wording(
        Pair(
            '"{component}" and "{other_component}" of {other} both price {quantity} for {key}; one would never be '
            "billed",
            "“{component}”与 {other} 的“{other_component}”都为{key}的{quantity}定价，其中之一永远不会计收",
        ),
        Pair('make their "for" exclude each other', "请使两者的“for”互斥"),
    ),
    "charged_twice": Wording(
        Pair(
            'component "{component}" charges {key} the same price of the same section as "{other_component}" of '
            "{other}; both are billed",
            "电价项“{component}”与 {other} 的“{other_component}”属于同一类别，对{key}的价格相同，两者都会计收",
        ),
        Pair(
            "compare it with the document, and leave out what is there twice; where both are charged, say so under "
            "acknowledged",
            "请与文件核对，删去重复的一项；确为两项的，请写入“acknowledged”",
        ),
    ),
    "line_not_uniform": Wording(
        Pair(
            'component "{component}" of line "{line}" differs from {other} in its {differs}; a line has one of each',
            "“{line}”一行的电价项“{component}”与 {other} 的{differs}不同；一行只有一种",
        ),
        Pair("make them equal, or give the component a line of its own", "请使其一致，或让该电价项单列一行"),
    ),
    "band_missing": Wording(
        Pair(
            'component "{component}" says nothing about {bands}, which {other} knows for the same customer',
            "电价项“{component}”没有说明{bands}，而 {other} 对同样的用户有这些时段",
        ),
        Pair("price them, or list them under unpriced", "请补充价格，或列入“unpriced”"),
    ),
    "levy_not_tagged": Wording(
        Pair(
            'component "{component}" prints among the levies without the tag that conventions find levies by',
            "电价项“{component}”列在政府性基金及附加中，却没有计费惯例据以识别的标签",
        ),
        Pair("add tags: [levy]", "请写明“tags: [levy]”"),
    ),
    "price_implausible": Wording(
        Pair("the price {price} of {quantity} is not within {range}", "{quantity}的价格 {price} 不在 {range} 之内"),
        Pair(
            "compare it with the document; prices are in {unit}, not in hundredths of it",
            "请与文件核对；价格的单位是{unit}，不是其百分之一",
        ),
    ),
    "price_changed_much": Wording(
        Pair(
            'the price {price} of "{component}" was {before} in {other}',
            "“{component}”的价格 {price}，在 {other} 中为 {before}",
        ),
        Pair(
            "compare it with the document; where it is right, say so under acknowledged",
            "请与文件核对；如无误，请写入“acknowledged”",
        ),
    ),
    "voltage_not_falling": Wording(
        Pair(
            'the price {price} of "{component}" at {voltage} is above {below}, that at the lower voltage {other}',
            "“{component}”在 {voltage} 的价格 {price} 高于较低电压 {other} 的 {below}",
        ),
        Pair(
            "compare both with the document; where they are right, say so under acknowledged",
            "请与文件核对两者；如无误，请写入“acknowledged”",
        ),
    ),
    "demand_beside_capacity": Wording(
        Pair(
            "the price {price} of a kW of demand is not {range} times the price {capacity} of a kVA beside it",
            "需量每千瓦的价格 {price} 不在同一行容量每千伏安价格 {capacity} 的 {range} 倍之内",
        ),
        Pair(
            "compare both with the document; where they are right, say so under acknowledged",
            "请与文件核对两者；如无误，请写入“acknowledged”",
        ),
    ),
    "area_incomplete": Wording(
        Pair(
            "on {days} no document of kind {kind} is in force beside it: every bill of these days is refused",
            "{days} 没有同时有效的{kind}文件：这些日子的账单都不能计算",
        ),
        Pair(
            "add the document, or say under acknowledged why it is not there",
            "请补充该文件，或在“acknowledged”中说明为何没有",
        ),
    ),
    "acknowledged_nothing": Wording(
        Pair('it acknowledges "{code}", and no such warning is found in it', "它确认了“{code}”，而其中没有这样的警告"),
        Pair("leave the acknowledgement out", "请删去该确认"),
    ),
    "table_not_rising": Wording(
        Pair(
            "table {standard}: the adjustment falls from {better} at {at} to {worse} at the lower power factor {below}",
            "表 {standard}：调整率由 {at} 的 {better} 降为更低功率因数 {below} 的 {worse}",
        ),
        Pair("compare the rows with the document", "请与文件核对各行"),
    ),
    "standard_not_zero": Wording(
        Pair(
            "table {standard}: at its own standard the adjustment is {percent} and not 0",
            "表 {standard}：在其自身标准处的调整率为 {percent} 而不是 0",
        ),
        Pair("compare the row with the document", "请与文件核对该行"),
    ),
    "ratio_implausible": Wording(
        Pair("the ratio of {band} is {ratio}, more than {most}", "{band}的比例是 {ratio}，大于 {most}"),
        Pair(
            "compare it with the document; where it is right, say so under acknowledged",
            "请与文件核对；无误时在 acknowledged 中说明",
        ),
    ),
    "ratios_not_falling": Wording(
        Pair(
            "the ratio {ratio} of {band} is above {other}, that of {other_band}",
            "{band}的比例 {ratio} 大于{other_band}的 {other}",
        ),
        Pair(
            "compare both with the document; where they are right, say so under acknowledged",
            "请与文件核对两者；无误时在 acknowledged 中说明",
        ),
    ),
    "month_of_other_name": Wording(
        Pair(
            "by its name it is of the month {month}, and it is in force on {days}",
            "按名称它是 {month} 的文件，执行期却是 {days}",
        ),
        Pair(
            "let it be in force on the days of that month and no others, or give it the name of its month",
            "请使执行期为该月的各日，或改用所属月份的名称",
        ),
    ),
    "area_misspelt": Wording(
        Pair(
            "{area} is no area that is known, and it is almost {nearest}",
            "{area} 不是已知的地区，与 {nearest} 几乎相同",
        ),
        Pair(
            "correct the name of its directory and documents; where the area is your own, say so under acknowledged",
            "请更正目录和文件中的名称；确是自设地区时在 acknowledged 中说明",
        ),
    ),
    "total_near": Wording(
        Pair(
            "the printed total {printed} is {distance} from the sum of its parts {parts} ({key}), which is as far as "
            "parts that were rounded take it",
            "打印的合计 {printed} 与各部分之和 {parts} 相差 {distance}（{key}），在各部分进位所致的范围内",
        ),
        Pair(
            "compare both with the document; where they are right, say so under acknowledged",
            "请与文件核对两者；无误时在 acknowledged 中说明",
        ),
    ),
    "total_apart": Wording(
        Pair(
            "the printed total {printed} is {distance} from the sum of its parts {parts} ({key})",
            "打印的合计 {printed} 与各部分之和 {parts} 相差 {distance}（{key}）",
        ),
        Pair(
            "compare both with the document; a misprint is entered as printed and corrected",
            "请与文件核对两者；印刷错误按打印值录入并更正",
        ),
    ),
    "totals_not_compared": Wording(
        Pair(
            "the printed totals cannot be compared with their parts ({reason})",
            "打印的合计不能与其各部分比较（{reason}）",
        ),
        Pair("add the missing part, or leave the totals out", "请补充缺少的部分，或删去合计"),
    ),
    "totals_compared": Wording(
        Pair(
            "{totals} printed totals, at most {distance} from the sums of their parts",
            "{totals} 个打印的合计，与各部分之和至多相差 {distance}",
        ),
        Pair("what lies within half of the last printed place is rounding", "在最后一位的一半以内属于取整"),
    ),
    "coverage": Wording(
        Pair("documents in force, {days}: {documents}{seen}", "{documents} 份文件，有效期 {days}{seen}"),
        Pair(
            "where a day is missing that is to be billed, add the document of that day",
            "如缺少要计费的日子，请补充那一天的文件",
        ),
    ),
}
