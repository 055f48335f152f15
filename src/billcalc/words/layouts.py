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
    "unknown": Pair("not known, not read: {columns}", "无法识别、不读取的列：{columns}"),
    "sums": Pair("the amounts make the total in {summed} of {rows} rows", "{rows} 行中有 {summed} 行各项之和等于合计"),
    "rest": Pair(
        "the amounts make the total in {summed} of {rows} rows: the rest of it is compared as one line",
        "{rows} 行中有 {summed} 行各项之和等于合计：其余部分作为一项比对",
    ),
    "separators": Pair("numbers have separators of thousands", "数字带千位分隔符"),
    "written": Pair("layout written: {out}; correct it where it is wrong", "布局已写入 {out}；如有不符请修改"),
}
"""By what it is said of."""
