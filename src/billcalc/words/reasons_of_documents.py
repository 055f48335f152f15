"""Why a tariff document contradicts itself, as a part of a sentence."""

from collections.abc import Mapping

from billcalc.kernel.rate_reasons import RateReason
from billcalc.kernel.reasons import Reason
from billcalc.words.language import Pair

__all__ = ["REASONS_OF_DOCUMENTS"]

REASONS_OF_DOCUMENTS: Mapping[str, Pair] = {
    Reason.TOLD_AT_HEAD: Pair(
        "{known} is told at the head of the document and again here; tell it in one place",
        "“{known}”在文件开头和此处都有说明；请只写在一处",
    ),
    Reason.HOURS_TWICE: Pair("{hours} is twice {band}", "{hours} 两次列为{band}"),
    Reason.HOURS_OF_BOTH: Pair("{hours} is both {band} and {other_band}", "{hours} 既列为{band}又列为{other_band}"),
    Reason.RATIOS_IN_A_CIRCLE: Pair("the ratios of {in_bands} are multiples of each other", "{in_bands}的比例互为倍数"),
    Reason.STEPS_NOT_RISING: Pair("each step must be above the one before", "每一档应高于前一档"),
    Reason.FREE_BAND_AFTER_FIRST: Pair(
        "only the first step has a band below it that can be free", "只有第一档之下可以有不加收的部分"
    ),
    Reason.KIND_NOT_BILLED: Pair(
        "{value} is not among what the contracts are billed by ({known})", "{value} 不在合同的计收项（{known}）之内"
    ),
    Reason.KIND_TWICE: Pair("{value} is told twice", "{value} 重复"),
    Reason.DEMAND_OF_NO_DEMAND: Pair(
        "demand says what of a measured demand is priced ({known}), and not what of {value}",
        "demand 写明对实测需量（{known}）的哪一部分计价，不用于 {value}",
    ),
    Reason.DEMAND_OF_KVA: Pair(
        "the demand of bands and of earlier months is known in kW, and not in kVA",
        "各时段和以前各月的需量以千瓦给出，没有千伏安",
    ),
    Reason.FREE_OF_NO_REACTIVE: Pair(
        "free_share is for reactive energy (quantity: kvarh)", "free_share 只用于无功电量（quantity: kvarh）"
    ),
    RateReason.RATE_TIERS: Pair(
        "tiers of a period, which count its energy by itself", "某一时段自己的分档，只累计该时段的电量"
    ),
    RateReason.RATE_TIER_ENDS: Pair(
        "tiers whose ends (max) do not rise, or that leave out one: each has an end but the last",
        "档限没有逐档升高，或有缺：除最后一档外都应给出",
    ),
    RateReason.RATE_SELL: Pair("a price of energy that is fed back (sell)", "上网电量的价格“sell”"),
    RateReason.RATE_UNIT: Pair("{key} in {value}; {known} can be", "{key} 的单位 {value}；可用的是 {known}"),
    RateReason.RATE_SCHEDULE: Pair(
        "demandratestructure and {key}: prices and hours of demand are all told, or none",
        "“demandratestructure”与“{key}”：需量的价格和时段应同时给出或都不给",
    ),
    RateReason.RATE_PERIOD: Pair("{key} names period {number}, which has no price", "{key} 中的时段 {number} 没有价格"),
    RateReason.RATE_LOOKBACK: Pair(
        "a lookback of demand by hours, or in some months alone (lookbackPercent, lookbackMonths)",
        "分时段需量的回溯，或只在部分月份的回溯（“lookbackPercent”“lookbackMonths”）",
    ),
    RateReason.RATE_BANDS: Pair(
        "{count} kinds of hours in month {month}; {most} have names", "{month} 月有 {count} 种时段；只有 {most} 种名称"
    ),
    RateReason.RATE_DAYS: Pair(
        "the months from {start} to {end} of a rate whose {key} is {day}: ask for others (--month, --until)",
        "费率的“{key}”为 {day}，而所要的月份为 {start} 至 {end}：请改用 --month、--until",
    ),
    RateReason.RATE_AREA: Pair(
        "{value} as its area: a rate has one of its own, such as us-example",
        "地区 {value}：每个费率用自己的代码",
    ),
    RateReason.RATES_OF_A_FILE: Pair("{count} rates in one file", "一个文件中有 {count} 个费率"),
    Reason.IDLE_OF_NO_FEE: Pair(
        "idle_share is for a fee by the month (quantity: months)", "idle_share 只用于按月的费用（quantity: months）"
    ),
    Reason.KINDS_AND_FLOOR: Pair(
        "contracts by kind have neither a floor by capacity nor a discount", "分类契约没有按容量的下限，也没有优待"
    ),
    Reason.TWO_ROWS: Pair("there are two rows for {row}", "{row} 有两行"),
    Reason.TABLE_ROWS: Pair(
        "table {standard} must have a row for each {step} from 1 down, and none below 0",
        "表 {standard} 应从 1 起每降 {step} 有一行，且没有小于 0 的行",
    ),
    Reason.SEEN_REVERSED: Pair("the last day it was seen lies before the first", "最后一次见到的日期早于第一次"),
    Reason.DATED_ONCE: Pair(
        "a document is dated by effective or by seen_in_force", "文件的有效期写在“effective”或“seen_in_force”之一"
    ),
    Reason.WORD_TWICE: Pair('"{value}" stands twice in the list', "“{value}”在列表中出现两次"),
    Reason.ORDER_INCOMPLETE: Pair("the order does not tell the place of {known}", "顺序没有说明“{known}”的位置"),
    Reason.PRICE_FORM: Pair(
        "a price is official (and billed), or printed and corrected with the reason",
        "价格写“official”（可有“billed”），或写“printed”和“corrected”并说明原因",
    ),
    Reason.SUPPLIES_ITSELF: Pair(
        "a total stands for others (supplies), and not for itself", "合计所代替的是其他项（“supplies”），不是其自身"
    ),
    Reason.BAND_BOTH: Pair("the band {band} is both priced and unpriced", "时段“{band}”既有价格又列为无价格"),
    Reason.ONE_PRICE: Pair(
        "{value} has one price, told here, and not one for each band or for each customer",
        "“{value}”只有一个价格，写在此处，不分时段也不分用户",
    ),
    Reason.PRINTED_BY_BAND: Pair(
        "what is rounded for all bands together (round_per) cannot be printed by band",
        "各时段合并取整（“round_per”）的不能分时段打印",
    ),
    Reason.STATUTORY_WORKED: Pair("the statutory day {day} is not among the days off", "法定假日 {day} 不在放假日之内"),
    Reason.WORKED_WEEKDAY: Pair("{day}, worked in lieu, is no day of a weekend", "调休上班日 {day} 不是周末"),
    Reason.CALENDAR_OF_A_YEAR: Pair(
        "a calendar is in force from 1 January of its year and repealed on 1 January of the next",
        "日历自当年 1 月 1 日起有效，至次年 1 月 1 日废止",
    ),
    Reason.DAY_OF_OTHER_YEAR: Pair(
        "{day} is no day of {year}, the calendar's year", "{day} 不是日历所属 {year} 年的日期"
    ),
    Reason.DAY_TWICE: Pair(
        "{day} stands twice, as {day_kind} of {holidays} and as {other_day_kind} of {other_holidays}",
        "{day} 出现两次，分别为{holidays}的{day_kind}和{other_holidays}的{other_day_kind}",
    ),
    Reason.DAYS_UNCONDITIONAL: Pair(
        "days without a condition are every day: leave it out", "没有条件的日子就是每一天：请删去"
    ),
    Reason.SURCHARGE_OF_ITSELF: Pair(
        'the surcharge "{value}" is one of its own lines', "加价“{value}”是其自身的行之一"
    ),
    Reason.ROW_EMPTY: Pair(
        "{row} is empty, and only an amendment leaves rows out", "“{row}”为空，而只有修改文件才能略去行"
    ),
    Reason.ROWS_CLASH: Pair(
        "{hours} is {band} in {row} and {other_band} in {other_row}",
        "{hours} 在“{row}”中为{band}，在“{other_row}”中为{other_band}",
    ),
    Reason.RATIOS_TWICE: Pair(
        "{row} and {other_row} are both for {key} on {day}", "“{row}”和“{other_row}”在 {day} 都适用于{key}"
    ),
    Reason.RATIOS_MISSING: Pair(
        "{row} is for {key}, and no row is on {day}", "“{row}”适用于{key}，而 {day} 没有任何一行"
    ),
    Reason.RATIO_MISSING: Pair(
        "the band {band} has hours on {day}, and {row} has no ratio for it",
        "时段“{band}”在 {day} 有钟点，而“{row}”没有其比例",
    ),
    Reason.TOTAL_FORM: Pair(
        "a printed total is untimed or of bands, and this is neither", "打印的合计不分时或分时段，而此处都不是"
    ),
    Reason.SEASON_FORM: Pair(
        "a season starts and ends on different days; a row without a season is for the whole year",
        "季节的起止应为不同的日子；没有季节的行适用于全年",
    ),
    Reason.DOCUMENT_PLACE: Pair(
        "a document lies under nation/place/kind/, such as cn/guangxi/levies/2024-06.yaml",
        "文件应位于“国家/地方/类别/”之下，如“cn/guangxi/levies/2024-06.yaml”",
    ),
    Reason.OTHER_PLACE: Pair(
        '{key} is "{value}", and by its place the document is of "{expected}"',
        "“{key}”写为“{value}”，而按所在位置应为“{expected}”",
    ),
    Reason.COMPONENTS_DIFFER: Pair(
        'the components of the line "{line}" differ in section, quantity, grain or rounding',
        "“{line}”一行的各电价项在费用类别、计费量、粒度或取整上不一致",
    ),
}
"""What is said of each."""
