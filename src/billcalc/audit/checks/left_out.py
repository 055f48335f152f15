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
    ORDERS = "orders"
    DEVICES = "devices"
    OTHERS = "others"
    PAPERS = "papers"
    PAYMENTS = "payments"
    INTERVALS = "intervals"
    LONG_HISTORY = "long_history"
    FILE = "file"
    INSIDE = "inside"


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
    Why.ORDERS: Pair(
        "a request has the orders that bear on its own cycle; this needs all orders of the account, with their states",
        "请求只含与本期有关的工单；此项需要该户的全部工单及其状态",
    ),
    Why.DEVICES: Pair("it needs the ledger of instrument transformers", "需要互感器台账"),
    Why.OTHERS: Pair("it needs other accounts: their places, owners, or like customers", "需要其他用户的资料"),
    Why.PAPERS: Pair(
        "it needs numbers, versions and dates of issue of the papers, which neither request nor facts have",
        "需要账单的编号、版本和出具日期，请求和账单事实中没有",
    ),
    Why.PAYMENTS: Pair("it needs payments and due dates", "需要缴费记录和到期日"),
    Why.INTERVALS: Pair(
        "with intervals the bands and the energy are computed from them, so they cannot differ",
        "有曲线数据时，时段电量由其计算得出，不会不符",
    ),
    Why.LONG_HISTORY: Pair("it needs more months than the four that are kept", "需要比所留四个月更长的历史"),
    Why.INSIDE: Pair(
        "listed prices have the surcharges in them, so a bill without a line of them may be right",
        "目录电价已含基金及附加，没有单列的账单可能无误",
    ),
    Why.FILE: Pair(
        "the fact that it looks at is in no request: industry, ground of an exemption, dedicated line, day of a visit",
        "其所需资料不在请求中：行业、免收依据、专线、核定日期等",
    ),
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
    Why.INSIDE: "levy_exemption_without_ground",
    Why.DIAGNOSED: (
        "price_of_other_voltage price_not_in_library price_of_other_month levy_of_other_date excess_misapplied "
        "discount_260_misapplied days_misapplied reverse_reactive_ignored residential_in_base levies_in_base "
        "loss_reactive_missing holiday_not_applied"
    ),
    Why.LIBRARY: "listed_differs_from_parts notice_changed_much notice_incomplete",
    Why.ORDERS: (
        "change_overdue one_and_half_price correction_without_reference correction_unfounded "
        "correction_time_wrong breach_multiple_too_high"
    ),
    Why.DEVICES: (
        "ratio_differs_from_devices transformer_ratio_unfit check_meter_differs capacity_differs_from_transformers"
    ),
    Why.OTHERS: "site_of_several_accounts average_price_implausible bill_missing",
    Why.PAPERS: "period_in_future duplicate_document_number adjustment_unclear versions_disagree",
    Why.PAYMENTS: "late_fee_differs",
    Why.INTERVALS: "registers_differ_from_intervals",
    Why.LONG_HISTORY: "outlier mode_would_save",
    Why.FILE: (
        "class_against_industry time_of_use_missing time_of_use_on_exempt fixed_share_stale line_customer_review "
        "reading_flagged"
    ),
}

LEFT_OUT: Mapping[str, Why] = {code: why for why, codes in _CODES.items() for code in codes.split()}
"""By code."""
