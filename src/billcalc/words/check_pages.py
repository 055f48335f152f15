"""What the pages of checks say beside the checks' own words; ``{…}`` are filled in."""

from collections.abc import Mapping

from billcalc.words.language import Pair

__all__ = ["CHECK_PAGES"]

CHECK_PAGES: Mapping[str, Pair] = {
    "checks": Pair("Checks", "双控检查"),
    "checks_lead": Pair(
        "What looks wrong in a customer's file and in this month's readings, without any issued bill. "
        "Each check passes, speaks, or tells what it lacks.",
        "不需要已出账单，检查用户档案和本月抄表计费有无异常。每项检查都有结论：通过、提示异常，或说明缺什么而未能检查。",
    ),
    "checks_request": Pair("Request file of this month", "本月请求文件"),
    "checks_history": Pair("Request files of earlier months (optional)", "往月请求文件（可不选）"),
    "checks_history_hint": Pair(
        "Up to 24 files, chosen together. The three months before and the same month of last year are compared.",
        "可一次选择多份，最多 24 份。用于与前三个月和上年同月比较。",
    ),
    "check_this": Pair("Check", "开始检查"),
    "check_customer": Pair("Check this customer", "检查这户"),
    "check_customer_why": Pair(
        "What looks wrong in the file and the readings of this bill, each with its limit and its source.",
        "检查这份账单的档案和示数有无异常，逐项列出界限和出处。",
    ),
    "check_another": Pair("Check another", "再查一户"),
    "checks_unbilled": Pair(
        "Not billed, so only what needs no bill is checked",
        "无法计费，仅检查不依赖账单的项目",
    ),
    "checks_bill": Pair("the bill", "账单"),
    "checks_speak": Pair("Look at these", "需核查"),
    "checks_speak_none": Pair("Nothing speaks.", "没有发现异常。"),
    "checks_pass": Pair("Passed", "通过"),
    "checks_not_checked": Pair("Not checked", "未能检查"),
    "checks_missing": Pair("what is missing", "缺少的资料"),
    "checks_figures": Pair("What it looked at", "检查所用数据"),
    "checks_limit": Pair("Limit: {source}", "界限依据：{source}"),
    "checks_why_changed": Pair("Why the money changed from the month before", "电费较上月变动的原因"),
    "checks_catalogue": Pair("All checks", "全部检查项目"),
    "checks_catalogue_lead": Pair(
        "Checks that are made: {count}. Each opens its formula, its limits and where they come from.",
        "共 {count} 项。点开可看公式、界限及其出处。",
    ),
    "checks_name": Pair("check", "检查项目"),
    "checks_level": Pair("how much it says", "性质"),
    "checks_kind": Pair("what it looks at", "检查对象"),
    "checks_not_made": Pair("Checks that are not made", "未设的检查"),
    "checks_reason": Pair("reason", "原因"),
    "check_what": Pair("What it says", "提示内容"),
    "check_do": Pair("What to do", "处理办法"),
    "check_formula": Pair("It speaks where", "在下列情况下提示"),
    "check_formula_hint": Pair(
        "A question answered with yes counts as 1, with no as 0.", "“是否”类资料：是为 1，否为 0。"
    ),
    "check_told": Pair(
        "The calculation of the bill finds it itself; the sentence stands on the bill.",
        "由计费过程直接发现，账单上也有同样的提示。",
    ),
    "check_looks_at": Pair("What it needs", "所需资料"),
    "check_limits": Pair("Limits", "界限"),
    "check_no_limits": Pair(
        "It has no limit: a contradiction cannot be released by one.", "没有界限：矛盾不能因界限而放过。"
    ),
    "check_no_limits_other": Pair("It has no limit.", "没有界限。"),
    "check_limit_value": Pair("value", "数值"),
    "check_from": Pair("from", "起用日期"),
    "check_by": Pair("decided by", "确定者"),
    "check_source": Pair("source", "出处"),
    "check_braces": Pair("Where brackets stand, a customer's figures are told.", "方括号处为该户的数据。"),
    "level_contradiction": Pair("One of the facts must be wrong.", "所列资料中必有一项有误。"),
    "level_implausible": Pair("It may be right, but somebody should look.", "不一定有误，应当核查。"),
    "level_advice": Pair("It accuses nobody; it is worth knowing.", "并非差错，供知悉。"),
}
"""How each is said."""
