"""What the page of simulations says; ``{…}`` are filled in."""

from collections.abc import Mapping

from billcalc.words.language import Pair

__all__ = ["SIMULATE_PAGES"]

SIMULATE_PAGES: Mapping[str, Pair] = {
    "simulate": Pair("What if", "方案测算"),
    "simulate_lead": Pair(
        "What one bill would come to if the customer's voltage, transformers, power-factor standard or way of paying "
        "the basic charge were otherwise. Each change is billed by itself, line by line beside the bill as it is.",
        "若供电电压、变压器容量、功率因数标准或基本电费计收方式不同，这一份账单会是多少。每项变动单独计费，与现状账单逐行对照。",
    ),
    "simulate_change": Pair("What is to be otherwise", "变动项目"),
    "simulate_hint": Pair(
        "Leave empty what stays as it is; each answer makes a variant of its own.",
        "不变的留空；每填一项，测算一个方案。",
    ),
    "simulate_voltage": Pair("Voltage", "供电电压"),
    "simulate_kva": Pair("Transformers [kVA]", "变压器容量（千伏安）"),
    "simulate_demand": Pair("Maximum demand [kW], where the request has none", "最大需量（千瓦），请求中没有时填写"),
    "simulate_more": Pair("Variants of a file", "用方案文件测算其他变动"),
    "simulate_file": Pair("Variants", "方案文件"),
    "simulate_file_hint": Pair(
        "YAML or JSON with a list of variants, as billcalc simulate takes it.",
        "含 variants 列表的 YAML 或 JSON 文件，与 billcalc simulate 所用相同。",
    ),
    "simulate_this": Pair("Calculate the variants", "测算"),
    "simulate_again": Pair("Something else", "继续测算"),
    "simulate_another": Pair("Another customer", "再测算一户"),
    "simulate_missing": Pair("Choose a request file first.", "请先选择请求文件。"),
    "simulate_nothing": Pair("Nothing is to be otherwise: fill in at least one field.", "没有变动：请至少填写一项。"),
    "simulate_transformers": Pair(
        "This request has {count} transformers; write the capacity of each, in their order.",
        "这份请求有 {count} 台变压器，请按顺序填写各台容量。",
    ),
    "simulate_unbilled": Pair("Not billed", "无法计费的方案"),
    "simulate_why": Pair(
        "See what another voltage, capacity or way of paying would come to.",
        "换一种电压、容量或计收方式，看看这份账单会是多少。",
    ),
    "simulate_customer": Pair("Calculate variants", "方案测算"),
    "simulate_one_month": Pair("One bill, with something else otherwise", "单月方案测算（电压、容量、标准等）"),
}
"""How each is said."""
