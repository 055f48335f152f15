"""What is said of a layout that is proposed."""

from collections.abc import Mapping

from billcalc.words.language import Pair

__all__ = ["GUESSED"]

GUESSED: Mapping[str, Pair] = {
    "title": Pair("{table}: {rows} rows looked at", "{table}：查看了 {rows} 行"),
    "column": Pair("column", "列"),
    "meaning": Pair("is", "含义"),
    "evidence": Pair("evidence", "依据"),
    "because": Pair('name "{name}"; {share} % of the values fit', "列名“{name}”；{share}% 的值相符"),
    "unknown": Pair(
        "not known, or told by other columns; not read: {columns}",
        "无法识别或已由其他列给出、不读取的列：{columns}",
    ),
    "sums": Pair("the amounts make the total in {summed} of {rows} rows", "{rows} 行中有 {summed} 行各项之和等于合计"),
    "rest": Pair(
        "the amounts make the total in {summed} of {rows} rows: the rest of it is compared as one line",
        "{rows} 行中有 {summed} 行各项之和等于合计：其余部分作为一项比对",
    ),
    "separators": Pair("numbers have separators of thousands", "数字带千位分隔符"),
    "layouts": Pair(
        "Layouts that come with billcalc; --layout takes any of their names", "自带的布局；--layout 可用其任一名称"
    ),
    "code": Pair("code", "代码"),
    "utility": Pair("utility", "供电企业"),
    "names": Pair("also called", "又称"),
    "printed": Pair("printed", "印刷名称"),
    "lines": Pair("Lines", "项目"),
    "sums_of": Pair("Sums", "小计"),
    "facts": Pair("Facts", "其他数据"),
    "heads": Pair("Columns of a table", "表格的列"),
    "totals": Pair("Total", "合计"),
    "ignored": Pair("Not read", "不读取"),
    "written": Pair("layout written: {out}; correct it where it is wrong", "布局已写入 {out}；如有不符请修改"),
}
"""By what it is said of."""
