"""What the help says of the options of the commands of the tariff library."""

from collections.abc import Mapping

from billcalc.words.language import Pair

__all__ = ["TARIFF_OPTIONS"]

TARIFF_OPTIONS: Mapping[str, Mapping[str, Pair]] = {
    "tariffs check": {
        "--tariffs": Pair(
            "The library, as DIRECTORY says it; other commands have it so.", "电价库目录，同参数；与其他命令写法一致。"
        ),
        "--fixtures": Pair(
            "Where the real bills are; by default beside the tariffs, if they are there.",
            "真实账单的目录；默认在电价库旁边，如有的话。",
        ),
        "--coverage": Pair("Also tell which days each kind of document covers.", "同时列出每类文件覆盖的日期。"),
    },
    "tariffs coverage": {"--area": Pair("Only this area and what it lies in.", "只看此地区及其所属地区。")},
    "tariffs import": {
        "--area": Pair("The area of the library, such as cn-anhui.", "电价库中的地区，如 cn-anhui。"),
        "--month": Pair("The month of the prices.", "价格的月份。"),
        "--url": Pair(
            "Where the notice was published; without it the evidence is graded lower.",
            "公告发布的网址；不给则依据的级别较低。",
        ),
        "--title": Pair("The title, where the file has none.", "标题；文件中没有时给出。"),
        "--correct": Pair(
            "A misprint: the cell as the reading names it, the number in the unit of the table, and how it is known.",
            "更正印刷错误：读数中所称的单元格、按表中单位的数、如何得知。",
        ),
        "--fewer": Pair("Rows and bands of last month may be gone.", "允许少于上月的行和时段。"),
        "--accept": Pair("Write the document of the reading that was kept and seen.", "已核对保存的读数，写成文件。"),
        "--format": Pair("What FILE is: a price notice, or a rate (JSON).", "文件的种类：电价公告，或费率（JSON）。"),
        "--until": Pair("Of a rate: the month in which its prices end.", "费率的价格终止的月份，默认十二个月后。"),
        "--clock": Pair("Of a rate: the offset of its clock, such as -08:00.", "费率所在地区的时钟，如 -08:00。"),
        "--staging": Pair(
            "Where the reading is kept; by default beside the notice.", "读数保存的位置；默认在公告旁边。"
        ),
        "--tariffs": Pair("The library; by default the shipped tariffs.", "电价库目录；默认为自带的电价库。"),
        "--recorded-on": Pair("The day of the import; by default today.", "导入日期；默认为今天。"),
    },
    "tariffs list": {
        "--area": Pair("Only what holds in this area.", "只看适用于此地区的文件。"),
        "--kind": Pair(
            "Only documents of this kind, such as purchase_price.", "只看此类文件，如 代理购电价格 或 purchase_price。"
        ),
        "--on": Pair("Only what is in force on this day.", "只看当日有效的文件。"),
    },
    "tariffs missing": {
        "--from": Pair("The first month.", "起始月份。"),
        "--to": Pair("The last month.", "终止月份。"),
        "--basic": Pair(
            "By what the basic charge of a two-part customer is billed.",
            "两部制用户的基本电费按容量（capacity）还是按需量（demand）计收。",
        ),
    },
}
