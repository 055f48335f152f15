"""The closed vocabularies of tariffs, with the aliases under which notices print them (docs/codes.md)."""

import re
from collections.abc import Mapping

from billcalc.kernel.closed_lists import Word, nearest, normal, words_by_name

__all__ = [
    "AREAS",
    "BANDS",
    "COMPONENTS",
    "FROM_THE_DEAREST",
    "RANGES",
    "RANGE_ALIASES",
    "STANDARDS",
    "Band",
    "Billing",
    "CustomerClass",
    "Grain",
    "Kind",
    "PriceBy",
    "Purchase",
    "Section",
    "TransformerState",
    "Voltage",
    "area_named",
    "component_named",
    "component_names",
    "components_named",
    "nearest_areas",
    "standard_named",
    "voltage_word",
    "voltages_named",
]


class Kind(Word):
    """What a tariff document states."""

    NETWORK_PRICE = "network_price", "输配电价"
    PURCHASE_PRICE = "purchase_price", "代理购电价格", "代理购电价格表"
    CATALOGUE_PRICE = "catalogue_price", "目录电价", "目录销售电价"
    RESIDENTIAL_PRICE = "residential_price", "居民生活电价", "居民阶梯电价"
    TIME_OF_USE = "time_of_use", "分时电价"
    LEVIES = "levies", "政府性基金及附加"
    PRICE_STRUCTURE = "price_structure", "电价构成"
    BASIC_CHARGE_RULES = "basic_charge_rules", "容（需）量电费计收规则", "基本电费计收规则"
    POWER_FACTOR_RULES = "power_factor_rules", "功率因数调整电费办法"
    CONVENTIONS = "conventions", "计费惯例"
    CALENDAR = "calendar", "日历"
    PLAUSIBILITY = "plausibility", "合理性界限"
    """What numbers can hardly be; no bill rests on it, and a doubt may."""
    CLOCK = "clock", "时钟"
    CHANGES_OF_USE = "changes_of_use", "变更用电规定"
    TRANSFORMER_LOSSES = "transformer_losses", "变压器损耗参数"
    LOSS_RULES = "loss_rules", "损耗计费规则"


class Section(Word):
    """Where a line prints, in the order of printing."""

    ENERGY = "energy", "购电电费", "电能电费", "电能量电费"
    UPSTREAM_LOSS = "upstream_loss", "上网环节线损费用", "上网环节线损电费", "上网环节线损费"
    NETWORK_ENERGY = "network_energy", "输配电量电费", "输配电费", "电度输配电费"
    NETWORK_CAPACITY = "network_capacity", "输配容（需）量电费", "容（需）量电费", "基本电费"
    SYSTEM_OPERATION = "system_operation", "系统运行费用", "系统运行费", "系统运行电费"
    LEVIES = "levies", "政府性基金及附加", "政府性基金及附加电费", "代征电费", "基金及附加"
    CATALOGUE = "catalogue", "目录电度电费", "目录电费"
    POWER_FACTOR = "power_factor", "功率因数调整电费", "力调电费", "力率调整电费", "力率电费"
    MINIMUM = "minimum", "最低电费", "保底电费"
    REFUNDS = "refunds", "退补电费"


class Band(Word):
    """A time band of the day; ``total`` is the energy of a register that has no bands."""

    SHARP = "sharp", "尖", "尖峰", "尖段", "尖峰段", "尖峰时段"
    PEAK = "peak", "峰", "高峰", "峰段", "高峰段", "峰时", "高峰时段"
    HALF_PEAK = "half_peak", "半尖峰", "次高峰"
    SATURDAY_HALF_PEAK = "saturday_half_peak", "週六半尖峰", "周六半尖峰"
    FLAT = "flat", "平", "平段", "平时", "平期", "平时段", "平段时段"
    VALLEY = "valley", "谷", "低谷", "谷段", "低谷段", "谷时", "低谷时段", "離峰"
    DEEP_VALLEY = "deep_valley", "深谷", "深谷段", "深谷时段"
    TOTAL = "total", "总", "合计", "全部"


BANDS = tuple(band for band in Band if band is not Band.TOTAL)
"""The bands of a time-of-use register, in the order of printing."""

FROM_THE_DEAREST = (Band.SHARP, Band.PEAK, Band.HALF_PEAK, Band.FLAT, Band.VALLEY, Band.DEEP_VALLEY)
"""The bands from the dearest to the cheapest, as their names have it."""


class CustomerClass(Word):
    """What the energy is used for."""

    INDUSTRIAL_COMMERCIAL = "industrial_commercial", "工商业", "工商业用电", "工商业及其他用电", "工商业及其他"
    LARGE_INDUSTRIAL = "large_industrial", "大工业", "大工业用电"
    GENERAL_COMMERCIAL = (
        *("general_commercial", "一般工商业", "一般工商业用电"),
        *("一般工商业及其他用电", "一般工商业及其他"),
    )
    RESIDENTIAL = "residential", "居民", "居民生活", "居民生活用电"
    AGRICULTURAL = "agricultural", "农业", "农业生产", "农业生产用电"


class Billing(Word):
    """Whether there is a basic charge beside the energy charge."""

    ONE_PART = "one_part", "单一制", "单一制电价"
    TWO_PART = "two_part", "两部制", "两部制电价", "二部制"


class Purchase(Word):
    """Who buys the energy, and at which multiple of the agency price."""

    AGENT = "agent", "代理购电", "代理", "电网代理购电", "电网企业代理购电"
    AGENT_1_5 = "agent_1.5x", "1.5倍代理购电", "代理购电1.5倍"
    MARKET = "market", "市场化", "市场化购电", "市场", "直接参与市场交易"
    CATALOGUE = "catalogue", "目录电价", "目录"


class TransformerState(Word):
    """Whether a transformer (or a motor on high voltage) runs, stands by, or was stopped."""

    IN_SERVICE = "in_service", "运行", "在用"
    HOT_STANDBY = "hot_standby", "热备用"
    COLD_STANDBY = "cold_standby", "未加封冷备用"
    """It stands by without voltage, and the supplier has not sealed it."""
    SEALED_STANDBY = "sealed_standby", "加封备用", "加封冷备用"
    SUSPENDED = "suspended", "暂停"


class Voltage(Word):
    """The supply voltage."""

    BELOW_1 = (
        *("<1kV", "不满1千伏", "1千伏以下", "不足1千伏", "低于1千伏", "低压"),
        *("0.4kV", "0.38kV", "380V", "220V", "220/380V"),
    )
    FROM_1_TO_10 = "1-10kV", "1-10千伏", "6kV", "10kV"
    V20 = "20kV", "20千伏"
    V35 = "35kV", "35千伏"
    V66 = "66kV", "66千伏"
    V110 = "110kV", "110千伏", "110-220kV以下", "110-220kV(不含)", "110kV及以上220kV以下"
    V220 = "220kV", "220千伏"
    V330 = "330kV", "330千伏"
    V500 = "500kV", "500千伏"


_HIGH = (Voltage.V220, Voltage.V330, Voltage.V500)
RANGES: Mapping[str, tuple[Voltage, ...]] = {
    "1-10(20)kV": (Voltage.FROM_1_TO_10, Voltage.V20),
    "35-66kV": (Voltage.V35, Voltage.V66),
    "35-110kV": (Voltage.V35, Voltage.V66, Voltage.V110),
    "110(66)kV": (Voltage.V66, Voltage.V110),
    ">=220kV": _HIGH,
    ">=110kV": (Voltage.V110, *_HIGH),
    ">=35kV": (Voltage.V35, Voltage.V66, Voltage.V110, *_HIGH),
    ">=1kV": tuple(voltage for voltage in Voltage if voltage is not Voltage.BELOW_1),
}
"""The voltages of a row of a price table; no customer has a range of them."""

RANGE_ALIASES: Mapping[str, tuple[str, ...]] = {
    "1-10(20)kV": (
        *("1-10kV(20kV)", "1-10(含20)kV", "1-10kV(含20kV)", "1-20kV", "1-35kV以下", "1kV及以上35kV以下"),
        *("1-10kV及20kV", "1-10kV、20kV", "10(20)kV"),
    ),
    "35-66kV": ("35(66)kV", "35kV(66kV)", "35-110kV以下", "35-110kV(不含)", "35kV及以上110kV以下"),
    "35-110kV": ("35-110千伏",),
    "110(66)kV": ("66-110kV", "110kV(66kV)"),
    ">=220kV": ("220千伏及以上",),
    ">=110kV": ("110千伏及以上",),
    ">=35kV": ("35千伏及以上",),
    ">=1kV": ("1千伏及以上",),
}
"""How else they are printed."""

_DASHES = re.compile("[~～〜—–－至到−]")


def _voltage_form(text: str) -> str:
    return _DASHES.sub("-", normal(text).replace("千伏", "kv").removeprefix("交流"))  # as systems print it


_VOLTAGES = {
    _voltage_form(name): word
    for word, names in (*((each.value, each.aliases) for each in Voltage), *RANGE_ALIASES.items())
    for name in (word, *names)
}


def voltage_word(text: str) -> str | None:
    """The voltage, or the range of voltages, that a text names, in our word; None where it names none.

    >>> voltage_word("不满1千伏"), voltage_word("220千伏及以上"), voltage_word("交流10kV"), voltage_word("高压")
    ('<1kV', '>=220kV', '1-10kV', None)
    """
    return _VOLTAGES.get(_voltage_form(text))


def voltages_named(text: str) -> tuple[Voltage, ...]:
    """The voltages that a text names; none where it names none.

    >>> [each.value for each in voltages_named("1-10(20)kV")]
    ['1-10kV', '20kV']
    """
    word = voltage_word(text)
    if word is None:
        return ()
    return RANGES[word] if word in RANGES else (Voltage(word),)


class Grain(Word):
    """What is rounded to the fen, or printed, as one: each band, or all bands together."""

    BAND = "band", "逐时段", "分时段"
    TOTAL = "total", "总", "合计"


class PriceBy(Word):
    """Which day decides the price: the last of the billing cycle's month, or the day of consumption."""

    BILLING_MONTH = "billing_month", "电费年月"
    CONSUMPTION_DAY = "consumption_day", "用电日"


AREAS: Mapping[str, tuple[str, ...]] = {
    "cn": ("全国",),
    "cn-anhui": ("安徽", "安徽省"),
    "cn-beijing": ("北京", "北京市"),
    "cn-chongqing": ("重庆", "重庆市"),
    "cn-fujian": ("福建", "福建省"),
    "cn-gansu": ("甘肃", "甘肃省"),
    "cn-guangdong": ("广东", "广东省"),
    "cn-guangdong-east-west": ("粤东西两翼", "东西两翼地区"),
    "cn-guangdong-huizhou": ("惠州", "惠州市"),
    "cn-guangdong-jiangmen": ("江门", "江门市"),
    "cn-guangdong-north": ("粤北山区",),
    "cn-guangdong-prd5": ("珠三角五市",),
    "cn-guangdong-prd6": ("珠三角六市",),
    "cn-guangxi": ("广西", "广西壮族自治区"),
    "cn-guizhou": ("贵州", "贵州省"),
    "cn-hainan": ("海南", "海南省"),
    "cn-hebei-north": ("冀北", "河北北部", "cn-jibei"),
    "cn-hebei-south": ("河北南网", "河北南部", "冀南"),
    "cn-heilongjiang": ("黑龙江", "黑龙江省"),
    "cn-henan": ("河南", "河南省"),
    "cn-hubei": ("湖北", "湖北省"),
    "cn-hunan": ("湖南", "湖南省"),
    "cn-jiangsu": ("江苏", "江苏省"),
    "cn-jiangxi": ("江西", "江西省"),
    "cn-jilin": ("吉林", "吉林省"),
    "cn-liaoning": ("辽宁", "辽宁省"),
    "cn-neimenggu-east": ("蒙东", "内蒙古东部", "内蒙古东部地区", "cn-mengdong"),
    "cn-neimenggu-west": ("蒙西", "内蒙古西部", "内蒙古西部地区", "cn-mengxi"),
    "cn-ningxia": ("宁夏", "宁夏回族自治区"),
    "cn-qinghai": ("青海", "青海省"),
    "cn-shaanxi": ("陕西", "陕西省"),
    "cn-shaanxi-yulin": ("陕西榆林", "榆林"),
    "cn-shandong": ("山东", "山东省"),
    "cn-shanghai": ("上海", "上海市"),
    "cn-shanxi": ("山西", "山西省"),
    "cn-shenzhen": ("深圳", "深圳市"),
    "cn-sichuan": ("四川", "四川省"),
    "cn-tianjin": ("天津", "天津市"),
    "cn-xinjiang": ("新疆", "新疆维吾尔自治区"),
    "cn-xizang": ("西藏", "西藏自治区", "cn-tibet"),
    "cn-yunnan": ("云南", "云南省"),
    "cn-zhejiang": ("浙江", "浙江省"),
    "tw": ("台灣", "台湾"),
    "tw-taipower": ("台電", "台电", "台灣電力", "台湾电力"),
}
"""The areas with prices of their own, each with its Chinese names; ``cn`` and ``tw`` are what others lie in. Source:
发改价格〔2026〕1077号; of the zones of Guangdong 粤发改价格〔2023〕148号 and 〔2026〕242号; of 台電 its 詳細電價表."""
_AREAS = words_by_name(AREAS)


def area_named(text: str) -> str:
    """The code of an area by any of its names; what is no name of one is left as it is.

    >>> area_named("安徽省"), area_named("cn-anhui"), area_named("x-island")
    ('cn-anhui', 'cn-anhui', 'x-island')
    """
    return _AREAS.get(normal(text), text)


def nearest_areas(text: str) -> str:
    """The areas whose codes or names are most like a text."""
    chinese = {name: code for code, names in AREAS.items() for name in names if not name.isascii()}
    return ", ".join(nearest(text, {code: code for code in AREAS} if text.isascii() else chinese))


COMPONENTS: Mapping[str, tuple[str, ...]] = {
    "energy_total": ("电度电费（各项合计）",),
    "purchase": ("购电电费", "代理购电价格", "代理购电电费", "购电价格", "市场化购电电费"),
    "purchase_average": ("当月平均购电电费",),
    "purchase_deviation": ("历史偏差电费",),
    "purchase_difference": ("购电损益分摊电费",),
    "direct_trade": ("直接交易电费",),
    "green_energy": ("绿电交易电费",),
    "green_deviation": ("绿电偏差补偿费用",),
    "generation_return": ("发电侧收益返还电费",),
    "over_declared_return": ("超额申报费用返还",),
    "deviation_return": ("偏差回收返还",),
    "market_returns": ("市场偏差、返还及阻塞费用",),
    "capacity_compensation": ("容量补偿电费",),
    "upstream_loss": ("上网环节线损费用", "上网环节线损电费", "上网环节线损费", "上网环节线损费用折价"),
    "network_energy": ("输配电量电费", "电度输配电价", "电度输配电费", "输配电费"),
    "capacity": ("容量电费", "容量电价", "变压器容量电费", "按容量基本电费"),
    "demand_discount": ("需量电价折扣", "需量折扣"),
    "demand": ("需量电费", "需量电价", "最大需量电费", "按需量基本电费"),
    "system_operation": ("系统运行费用", "系统运行费", "系统运行费用折价", "系统运行电费"),
    "coal_capacity": ("煤电容量电费", "煤电容量电价"),
    "gas_capacity": ("气电容量电费",),
    "other": ("其他费用折合度电水平",),
    "local_reservoir_resettlement": ("地方水库移民后期扶持资金",),
    "time_of_use_difference": ("峰谷分时电价损益",),
    "other_funds": ("其他基金（未分列）",),
    "energy_without_network": ("电度用电价格（不含输配电价）",),
    "priority_generation_difference": ("剩余优先发电价差损益",),
    "residential_guarantee": ("保障居民农业用电价格稳定的新增损益",),
    "local_water_works": ("地方水利建设基金",),
    "pumped_storage": ("抽水蓄能容量电费", "抽水蓄能容量电价"),
    "ancillary_services": ("辅助服务费用", "辅助服务费"),
    "residential_stability": ("居民农业电价稳定损益",),
    "cross_subsidy": ("居民农业交叉补贴新增损益",),
    "new_difference": ("新增损益",),
    "renewable_difference": ("新能源机制差价分摊电费",),
    "capacity_compensation_bands": ("容量补偿峰谷损益分摊费用",),
    "loss_difference": ("上网环节线损损益",),
    "power_factor_difference": ("功率因数调整电费损益",),
    "other_operation": ("其他系统运行费用",),
    "levies": ("政府性基金及附加", "政府性基金", "政府性基金及附加电费", "代征电费", "基金及附加"),
    "rural_grid_loan": ("农网还贷资金",),
    "sharp_surcharge": ("尖峰加价",),
    "water_project": ("国家重大水利工程建设基金", "重大水利工程建设基金"),
    "water_projects": ("国家重大水利工程建设基金", "重大水利工程建设基金"),
    "three_gorges": ("三峡工程建设基金",),
    "reservoir_resettlement": ("大中型水库移民后期扶持资金", "水库移民后期扶持资金"),
    "small_reservoirs": ("小型水库移民后期扶持资金", "小型水库移民扶助基金"),
    "local_levy": ("地方附加",),
    "renewable_energy": ("可再生能源电价附加",),
    "demand_half_peak": ("半尖峰契约基本电费", "半尖峰契約基本電費"),
    "demand_non_summer": ("非夏月契约基本电费", "非夏月契約基本電費"),
    "demand_weekend": ("周六半尖峰或离峰契约基本电费", "週六半尖峰或離峰契約基本電費"),
    "customer_charge": ("按户计收基本电费", "按戶計收基本電費"),
    "catalogue_energy": ("目录电度电费", "目录电费", "目录电度电价"),
    "residential_energy": ("居民生活电费",),
    **{f"tier_{number}": (f"第{word}档电费", f"{word}档电费") for number, word in enumerate("一二三四五六", 1)},
    **{f"tier_{number}_addition": (f"第{word}档加价", f"{word}档加价") for number, word in ((2, "二"), (3, "三"))},
    "free_energy": ("免费电量", "免费用电基数"),
    "lighting_energy": ("照明电费",),
    "power_factor": ("功率因数调整电费", "力调电费", "力率调整电费", "力率电费"),
    "tax_added": ("价外税",),
    "refund": ("退补电费", "退补"),
}
"""The components and charges that bills commonly name, each with its Chinese name and what else papers call it."""

_COMPONENTS: dict[str, tuple[str, ...]] = {}
for _code, _form in ((code, form) for code, names in COMPONENTS.items() for form in dict.fromkeys(map(normal, names))):
    _COMPONENTS[_form] = (*_COMPONENTS.get(_form, ()), _code)


def components_named(text: str) -> tuple[str, ...]:
    """The codes of the components that a name may mean; the text itself where it is no name of one.

    >>> components_named("力调电费"), components_named("purchase")
    (('power_factor',), ('purchase',))
    """
    return _COMPONENTS.get(normal(text), (text,)) if not text.isascii() else (text,)


def component_named(text: str) -> str:
    """The code of the one component that a name means; the text itself where it is no name, or one of several.

    >>> component_named("力调电费"), component_named("国家重大水利工程建设基金")
    ('power_factor', '国家重大水利工程建设基金')
    """
    codes = components_named(text)
    return codes[0] if len(codes) == 1 else text


def component_names() -> Mapping[str, str]:
    """Every name that means one component, with its code."""
    every = (name for names in COMPONENTS.values() for name in names)
    return {name: code for name in every if (code := component_named(name)) != name}


STANDARDS: Mapping[str, tuple[str, ...]] = {"0.90": ("0.9",), "0.85": (), "0.80": ("0.8",), "none": ("不考核",)}
"""The standards of the power factor as a request writes them, and how else people do."""


def standard_named(text: str) -> str | None:
    """The standard of the power factor that a text means, or None.

    >>> standard_named("0.9"), standard_named("不考核"), standard_named("0.95")
    ('0.90', 'none', None)
    """
    return next((word for word, aliases in STANDARDS.items() if text in (word, *aliases)), None)
