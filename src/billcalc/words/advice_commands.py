"""What the help says of advice and its options."""

from collections.abc import Mapping

from billcalc.words.language import Pair

__all__ = ["ADVICE_COMMANDS", "ADVICE_OPTIONS"]

ADVICE_COMMANDS: Mapping[str, Pair] = {
    "advise": Pair(
        "Advise on MONTHS of a customer: requests, directories of them, or tables with a row for each month.",
        "用电优化建议。月份是请求文件、其目录，或每月一行的表；测算各种计收方式、最优合同需量、移峰和无功补偿。",
    ),
}

ADVICE_OPTIONS: Mapping[str, Mapping[str, Pair]] = {
    "advise": {
        "--format": Pair(
            "A text for people, JSON for programs, or a workbook.", "输出文本、JSON（供程序读取）或电子表格。"
        ),
        "--out": Pair("The workbook of xlsx.", "xlsx 的文件。"),
        "--shift": Pair(
            "How much load is moved from peak hours into the valley each month: 1% or 5000kWh.",
            "每月从峰段移至谷段多少负荷：1% 或 5000千瓦时。",
        ),
        "--account": Pair("Whose rows of a table are meant.", "表中哪一户。"),
    },
}
