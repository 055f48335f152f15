"""The words of notices: heads of columns, kinds of customers, voltages and units, by the names they are printed under.

Words are compared in one normal form, for a PDF gives some as radicals and a spreadsheet some in full width. Numbers
are taken as they stand and never normalised. What no list names is not guessed.
"""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from billcalc.vocabulary import BANDS, Band, Billing, CustomerClass, voltage_word

__all__ = [
    "BAND_COLUMNS",
    "IGNORED",
    "PART_COLUMNS",
    "Column",
    "Unit",
    "billing_of",
    "class_of",
    "column_of",
    "is_multiple",
    "months_in",
    "unit_of",
    "unmarked",
    "voltage_of",
    "word",
]


class Column(StrEnum):
    """What a column of a notice tells."""

    CUSTOMERS = "customers"
    VOLTAGE = "voltage"
    TOTAL = "total"
    PURCHASE = "purchase"
    UPSTREAM_LOSS = "upstream_loss"
    NETWORK = "network_energy"
    SYSTEM = "system_operation"
    LEVIES = "levies"
    SHARP = "sharp"
    PEAK = "peak"
    HALF_PEAK = "half_peak"
    SATURDAY_HALF_PEAK = "saturday_half_peak"
    FLAT = "flat"
    VALLEY = "valley"
    DEEP_VALLEY = "deep_valley"
    DEMAND = "demand"
    CAPACITY = "capacity"
    REMARK = "remark"


PART_COLUMNS = (Column.PURCHASE, Column.UPSTREAM_LOSS, Column.NETWORK, Column.SYSTEM, Column.LEVIES)
"""The parts whose sum is the total."""

BAND_COLUMNS: Mapping[Column, Band] = {Column(band.value): band for band in BANDS}
"""The columns of prices by time of use."""

IGNORED = ""
"""What ``column_of`` gives for a head that says nothing of its column: a number, a formula, "of which"."""

_HEADS: Mapping[Column, tuple[str, ...]] = {
    Column.CUSTOMERS: (
        *("用电分类", "用电类别", "用电类型", "用电性质", "用户类别", "用户类型", "用户分类", "用户性质", "客户类别"),
        *(
            "客户分类",
            "电价类别",
            "电价分类",
            "电价类型",
            "电价名称",
            "计价方式",
            "执行对象",
            "用户",
            "类别",
            "分类",
            "类型",
        ),
    ),
    Column.TOTAL: (
        *("电度用电价格", "电度电价", "用电价格", "合计", "小计", "总计", "电价合计", "电度用电价格合计"),
        *("非分时电度用电价格", "非分时电价", "非分时电度电价", "不分时电价", "到户电价", "到户价格", "电度到户价"),
        *("平均电度用电价格", "综合电价"),
    ),
    Column.PURCHASE: (
        *("代理购电价格", "代理购电价", "代理购电均价", "代理购电电价", "代理购电平均价格", "代理购电交易均价"),
        *("购电价格", "购电电价", "代购电价格", "代购电价"),
    ),
    Column.UPSTREAM_LOSS: (
        *("上网环节线损费用", "上网环节线损电价", "上网环节线损费", "上网环节线损", "上网环节线损价格"),
        *("上网线损费用", "上网线损电价", "线损费用", "线损电价", "线损费", "线损价格", "线损"),
    ),
    Column.NETWORK: ("电度输配电价", "输配电价", "电度输配电价格", "输配电价格", "输配电费用"),
    Column.SYSTEM: ("系统运行费用", "系统运行费", "系统运行费用电价", "系统运行电价", "系统运行费用价格"),
    Column.LEVIES: (
        *("政府性基金及附加", "政府性基金", "政府性基金和附加", "政府性基金与附加", "政府基金及附加"),
        *("基金及附加", "基金附加", "代征基金及附加"),
    ),
    **{Column(band.value): band.aliases for band in BANDS},
    Column.DEMAND: (
        *("最大需量", "需量电价", "最大需量电价", "最大需量价格", "需量用电价格", "按最大需量", "按需量", "需量"),
        *("需量价格",),
    ),
    Column.CAPACITY: (
        *("变压器容量", "容量电价", "变压器容量电价", "容量用电价格", "按变压器容量", "按容量", "容量"),
        *("变压器容量价格", "容量价格"),
    ),
    Column.REMARK: ("序号", "编号", "行次", "备注", "说明"),
}
_COLUMNS = {name: column for column, names in _HEADS.items() for name in names}
_VOLTAGE_HEAD = re.compile(r"(供电|用电|受电|接入)?电压(等级|级别|类别|分类)?")
_GROUPS = ("其中", "其中项", "容需量用电价格", "分时电度用电价格", "分时电价", "分时电度电价", "组成")
_UNIT_ALONE = re.compile(r"(单位:?)?[元分]/[^/]+(/月)?")
_NUMBERING = re.compile(r"[\d①-⑳]{0,2}(=?[\d+＋①-⑳]*)?")
_BRACKETS = re.compile(r"\([^()]*\)")
_FORMULA = re.compile(r"[\d①-⑳]{0,2}\s*[=＝][\d①-⑳+＋\s]+$")
_UNIT_BEHIND = re.compile(r"(?<=.)[元分]/.+$")
_TAIL = re.compile(r"(折价|折合度电水平|折合电价)$")
_BAND_TAIL = re.compile(r"(时段|电价|电度用电价格|电度电价)$")

_MARK = re.compile(
    r"([*＊※†‡#＃¹²³⁰⁴-⁹①-⑳⑴-⒇❶-❿]+|[\[【〔]\s*\d{1,2}\s*[\]】〕]"
    r"|[\[【〔（(]注\s*[\d一二三四五六七八九]{0,2}[\]】〕）)]|(?<!备)注\s*[\d一二三四五六七八九]{1,2})"
    r"\s*(?=$|[(（])"
)
_BLANK = re.compile(r"\s+")

_MULTIPLE = re.compile(r"1\.5倍")
_MONTH = re.compile(r"(\d{4})年0?(\d{1,2})月")


class Unit(StrEnum):
    """The unit of money in a price per kWh."""

    YUAN = "yuan"
    FEN = "fen"

    def in_yuan(self, number: Decimal) -> Decimal:
        """A number of this unit [CNY]; only the decimal point moves."""
        return number if self is Unit.YUAN else number.scaleb(-2)


def word(text: str) -> str:
    """A text as words are compared: one form of each sign, without blanks.

    >>> word("代理购⽤ 电（元／千瓦时）")
    '代理购用电(元/千瓦时)'
    """
    return _BLANK.sub("", unicodedata.normalize("NFKC", text))


def unmarked(text: str) -> str:
    """A text without the marks that lead from it to a footnote.

    >>> unmarked("代理购电价格②"), unmarked("线损费用*（元/千瓦时）"), unmarked("0.6736※"), unmarked("基金及附加[1]")
    ('代理购电价格', '线损费用（元/千瓦时）', '0.6736', '基金及附加')
    """
    while (shorter := _MARK.sub("", text)) != text:
        text = shorter
    return text


def column_of(text: str) -> Column | str | None:
    """What a head says its column is; ``IGNORED`` where it says nothing, None where it is not known.

    >>> column_of("上网环节线损费用折价（元/千瓦时）"), column_of("1=2+3+4"), column_of("网损")
    (<Column.UPSTREAM_LOSS: 'upstream_loss'>, '', None)
    >>> column_of("电度用电价格①=②+③"), column_of("需量电价 元/千瓦·月")
    (<Column.TOTAL: 'total'>, <Column.DEMAND: 'demand'>)
    """
    name = word(unmarked(_FORMULA.sub("", text))).replace("容(需)量", "容需量")
    while (shorter := _BRACKETS.sub("", name)) != name:
        name = shorter
    name = name.strip(":、,")
    if name in _GROUPS or _NUMBERING.fullmatch(name) or _UNIT_ALONE.fullmatch(name):
        return IGNORED
    name = _UNIT_BEHIND.sub("", name)
    if _VOLTAGE_HEAD.fullmatch(name):
        return Column.VOLTAGE
    if name in _COLUMNS:
        return _COLUMNS[name]
    return _COLUMNS.get(_TAIL.sub("", name)) or _COLUMNS.get(_BAND_TAIL.sub("", name))


def unit_of(text: str) -> frozenset[Unit]:
    """The units of energy prices that a text names.

    >>> unit_of("单位：分/千瓦时")
    frozenset({<Unit.FEN: 'fen'>})
    """
    name = word(text).lower().replace("千瓦时", "kwh").replace("kw·h", "kwh").replace("每", "/")
    signs = {"元/kwh": Unit.YUAN, "分/kwh": Unit.FEN}
    return frozenset(unit for sign, unit in signs.items() if sign in name)


def voltage_of(text: str) -> str | None:
    """The voltage that a cell names, as tariff documents write it; None where it names none.

    >>> voltage_of("不满1千伏"), voltage_of("220千伏及以上"), voltage_of("1～10千伏"), voltage_of("高压")
    ('<1kV', '>=220kV', '1-10kV', None)
    """
    return voltage_word(unmarked(text))


def billing_of(text: str) -> frozenset[Billing]:
    """The ways of billing that words of a row name."""
    found = frozenset(billing for billing in Billing if any(name in word(text) for name in billing.aliases))
    return found or (frozenset({Billing.TWO_PART}) if "大工业" in word(text) else found)


def class_of(text: str) -> CustomerClass | None:
    """The class that words of a row name, where they name less than all of industry and commerce."""
    named = {"大工业": CustomerClass.LARGE_INDUSTRIAL, "一般工商业": CustomerClass.GENERAL_COMMERCIAL}
    return next((found for name, found in named.items() if name in word(text)), None)


def is_multiple(text: str) -> bool:
    """Whether a title says that its table is for those who pay one and a half times the agency price."""
    return _MULTIPLE.search(word(text)) is not None


def months_in(text: str) -> tuple[str, ...]:
    """The months that a title names.

    >>> months_in("2026年9月代理购电工商业用户电价表")
    ('2026-09',)
    """
    return tuple(f"{year}-{int(month):02}" for year, month in _MONTH.findall(word(text)))
