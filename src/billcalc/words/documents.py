"""Kinds of tariff documents, grades of evidence."""

from collections.abc import Mapping

from billcalc.kernel.sources import Evidence
from billcalc.vocabulary import Kind
from billcalc.words.language import Pair

__all__ = ["EVIDENCE", "KINDS"]

KINDS: Mapping[Kind, Pair] = {
    Kind.NETWORK_PRICE: Pair("network prices", "输配电价"),
    Kind.PURCHASE_PRICE: Pair("agency purchase prices", "代理购电价格"),
    Kind.CATALOGUE_PRICE: Pair("catalogue prices", "目录电价"),
    Kind.RESIDENTIAL_PRICE: Pair("prices of households", "居民生活电价"),
    Kind.TIME_OF_USE: Pair("time of use", "分时电价"),
    Kind.LEVIES: Pair("government funds and surcharges", "政府性基金及附加"),
    Kind.PRICE_STRUCTURE: Pair("structure of the price", "电价构成"),
    Kind.BASIC_CHARGE_RULES: Pair("rules of the basic charge", "容（需）量电费计收规则"),
    Kind.CHANGES_OF_USE: Pair("conditions of changes of use", "变更用电规定"),
    Kind.TRANSFORMER_LOSSES: Pair("losses of transformers", "变压器损耗参数"),
    Kind.LOSS_RULES: Pair("rules of losses", "损耗计费规则"),
    Kind.POWER_FACTOR_RULES: Pair("rules of the power-factor adjustment", "功率因数调整电费办法"),
    Kind.CONVENTIONS: Pair("billing conventions", "计费惯例"),
    Kind.CALENDAR: Pair("calendar", "日历"),
    Kind.PLAUSIBILITY: Pair("limits of plausibility", "合理性界限"),
    Kind.CLOCK: Pair("clock", "时钟"),
}

EVIDENCE: Mapping[Evidence, Pair] = {
    Evidence.OFFICIAL_TEXT: Pair("official text", "官方原文"),
    Evidence.OFFICIAL_QUOTED: Pair("official text as quoted elsewhere", "官方文件的转引"),
    Evidence.SECONDARY: Pair("secondary source", "二手资料"),
    Evidence.INFERRED: Pair("inferred from issued bills", "由已出账单推断"),
    Evidence.UNVERIFIED: Pair("known but not seen", "已知但未见原文"),
    Evidence.GIVEN: Pair("stated in the request", "请求给定"),
}
