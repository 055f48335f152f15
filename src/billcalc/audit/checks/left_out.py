"""The checks of the catalogue that are not made here, each with its reason: nothing is left out silently."""

from collections.abc import Mapping
from enum import StrEnum

from billcalc.words.language import Pair

__all__ = ["LEFT_OUT", "WHY_LEFT_OUT", "Why"]


class Why(StrEnum):
    """Why a check is not made."""

    REFUSED = "refused"
    COMPARED = "compared"
    DIAGNOSED = "diagnosed"
    LIBRARY = "library"
    ADVISED = "advised"
    CLAIMED = "claimed"
    REBILLED = "rebilled"
    INTERVALS = "intervals"
    LONG_HISTORY = "long_history"
    PEERS = "peers"
    ACCOUNTS = "accounts"
    SITES = "sites"
    OPEN_ORDERS = "open_orders"
    REVERSED = "reversed"
    ISSUED_ON = "issued_on"
    NUMBERED = "numbered"
    RATIOS = "ratios"
    CHECK_METER = "check_meter"
    CONTRACTED = "contracted"
    INDUSTRY = "industry"
    DUTY = "duty"
    VERIFIED = "verified"
    OWN_LINE = "own_line"
    READER = "reader"


WHY_LEFT_OUT: Mapping[Why, Pair] = {
    Why.REFUSED: Pair(
        "a request with this contradiction is refused, or the engine itself computes the amount by the rule",
        "有此矛盾的请求不予计费，或金额由程序按规则计算",
    ),
    Why.COMPARED: Pair("`billcalc compare` tells it, in money", "由 `billcalc compare` 给出金额"),
    Why.DIAGNOSED: Pair("`billcalc diagnose` proves it, in money", "由 `billcalc diagnose` 证实并给出金额"),
    Why.LIBRARY: Pair(
        "`billcalc tariffs check` and `tariffs import` check the library",
        "由 `billcalc tariffs check` 和 `import` 检查",
    ),
    Why.ADVISED: Pair(
        "`billcalc advise` bills the months by each mode and tells the difference",
        "由 `billcalc advise` 按各种计收方式计算各月并给出差额",
    ),
    Why.CLAIMED: Pair(
        "`billcalc claim` computes the fee by the year, and refuses a multiple above the ceiling of its day",
        "由 `billcalc claim` 按年度分段计算，并拒绝超过当时上限的倍数",
    ),
    Why.REBILLED: Pair(
        "`billcalc rebill` takes the time by the rule of the cause, which nobody enters",
        "由 `billcalc rebill` 按原因所适用的规定取时间，不由人填写",
    ),
    Why.INTERVALS: Pair(
        "`bands_differ_from_intervals` tells it: it compares every register that was read, the total as well",
        "由 `bands_differ_from_intervals` 给出：它比对每个抄见的示数，包括总示数",
    ),
    Why.LONG_HISTORY: Pair(
        "it lacks the energy of 24 months: the three before and that of last year are kept",
        "缺少 24 个月的电量：只保留前三个月和上年同月",
    ),
    Why.PEERS: Pair(
        "it lacks the average price of like customers, by class and voltage",
        "缺少同类别、同电压用户的平均电价",
    ),
    Why.ACCOUNTS: Pair(
        "it lacks the list of accounts in force, with their cycles: an account without a request is in no input",
        "缺少在用户号及其抄表周期的清单：没有请求的户号不在输入中",
    ),
    Why.SITES: Pair("it lacks the place and the owner of each account", "缺少各户的用电地址和产权人"),
    Why.OPEN_ORDERS: Pair(
        "it lacks the orders that are not done: an order of a request has the day on which it was",
        "缺少未完成的工单：请求中的工单均有完成日期",
    ),
    Why.REVERSED: Pair(
        "it lacks the number of the bill that a reversal refers to",
        "缺少冲红所对应的原账单编号",
    ),
    Why.ISSUED_ON: Pair("it lacks the day on which the bill was issued", "缺少账单的出具日期"),
    Why.NUMBERED: Pair(
        "it lacks the numbers and versions of the papers: a second row of an account and period is told and not taken",
        "缺少账单的编号和版本：同一户号同一账期的第二行会指出并不予采用",
    ),
    Why.RATIOS: Pair("it lacks the ratios of the current and voltage transformers", "缺少电流、电压互感器的变比"),
    Why.CHECK_METER: Pair(
        "it lacks the energy of the check meter and the accuracy classes of both",
        "缺少考核表的电量和两块表的准确度等级",
    ),
    Why.CONTRACTED: Pair(
        "it lacks the contracted capacity: a request has the transformers alone",
        "缺少合同容量：请求中只有变压器容量",
    ),
    Why.INDUSTRY: Pair("it lacks the code of the customer's industry", "缺少用户的行业代码"),
    Why.DUTY: Pair(
        "it lacks who has to follow time of use and who may not, by the area's document",
        "缺少当地文件规定的应执行和不执行分时电价的用户范围",
    ),
    Why.VERIFIED: Pair("it lacks the day on which the share was last verified", "缺少定比定量的上次核定日期"),
    Why.OWN_LINE: Pair(
        "it lacks whether the line or the transformer is the customer's own", "缺少是否为专线或专变用户"
    ),
    Why.READER: Pair("it lacks the code that the reader noted", "缺少抄表员记录的异常代码"),
}

_CODES: Mapping[Why, str] = {
    Why.REFUSED: (
        "bill_outside_agreement no_price_for_file purchase_against_attribute agreement_missing band_out_of_season "
        "contract_changed_twice ran_backwards exchange_incomplete demand_below_mean "
        "parent_below_children loss_not_in_table loss_days sub_meter_unlinked resumed_not_billed "
        "suspended_still_billed change_not_in_bill"
    ),
    Why.COMPARED: (
        "total_differs_from_lines subtotal_differs_from_lines adjustment_product_differs metered_energy_differs "
        "groups_differ_from_energy item_counted_twice levies_differ_from_items tax_added_again demand_split_differs "
        "bill_differs_from_recomputed"
    ),
    Why.DIAGNOSED: (
        "price_of_other_voltage price_not_in_library price_of_other_month levy_of_other_date excess_misapplied "
        "discount_260_misapplied days_misapplied reverse_reactive_ignored residential_in_base levies_in_base "
        "loss_reactive_missing holiday_not_applied"
    ),
    Why.LIBRARY: "listed_differs_from_parts notice_changed_much notice_incomplete",
    Why.ADVISED: "mode_would_save",
    Why.CLAIMED: "late_fee_differs breach_multiple_too_high",
    Why.REBILLED: "correction_time_wrong",
    Why.INTERVALS: "registers_differ_from_intervals",
    Why.LONG_HISTORY: "outlier",
    Why.PEERS: "average_price_implausible",
    Why.ACCOUNTS: "bill_missing",
    Why.SITES: "site_of_several_accounts",
    Why.OPEN_ORDERS: "change_overdue",
    Why.REVERSED: "correction_without_reference",
    Why.ISSUED_ON: "period_in_future",
    Why.NUMBERED: "duplicate_document_number adjustment_unclear versions_disagree",
    Why.RATIOS: "ratio_differs_from_devices transformer_ratio_unfit",
    Why.CHECK_METER: "check_meter_differs",
    Why.CONTRACTED: "capacity_differs_from_transformers",
    Why.INDUSTRY: "class_against_industry",
    Why.DUTY: "time_of_use_missing time_of_use_on_exempt",
    Why.VERIFIED: "fixed_share_stale",
    Why.OWN_LINE: "line_customer_review",
    Why.READER: "reading_flagged",
}

LEFT_OUT: Mapping[str, Why] = {code: why for why, codes in _CODES.items() for code in codes.split()}
"""By code."""
