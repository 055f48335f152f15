"""The closed vocabularies of tariffs, with the aliases under which notices print them (docs/codes.md)."""

from enum import StrEnum

__all__ = [
    "AREAS",
    "BANDS",
    "VOLTAGE_ALIASES",
    "Band",
    "Billing",
    "CustomerClass",
    "Grain",
    "Kind",
    "PriceBy",
    "Purchase",
    "Section",
    "Voltage",
]


class Kind(StrEnum):
    """What a tariff document states."""

    NETWORK_PRICE = "network_price"
    PURCHASE_PRICE = "purchase_price"
    CATALOGUE_PRICE = "catalogue_price"
    TIME_OF_USE = "time_of_use"
    LEVIES = "levies"
    PRICE_STRUCTURE = "price_structure"
    BASIC_CHARGE_RULES = "basic_charge_rules"
    POWER_FACTOR_RULES = "power_factor_rules"
    CONVENTIONS = "conventions"
    CALENDAR = "calendar"
    PLAUSIBILITY = "plausibility"
    """What numbers can hardly be; no bill rests on it, and a doubt may."""
    CLOCK = "clock"


class Section(StrEnum):
    """Where a line prints, in the order of printing."""

    ENERGY = "energy"
    UPSTREAM_LOSS = "upstream_loss"
    NETWORK_ENERGY = "network_energy"
    NETWORK_CAPACITY = "network_capacity"
    SYSTEM_OPERATION = "system_operation"
    LEVIES = "levies"
    CATALOGUE = "catalogue"
    POWER_FACTOR = "power_factor"
    REFUNDS = "refunds"


class Band(StrEnum):
    """A time band of the day; ``total`` is the energy of a register that has no bands."""

    SHARP = "sharp"
    PEAK = "peak"
    HALF_PEAK = "half_peak"
    FLAT = "flat"
    VALLEY = "valley"
    DEEP_VALLEY = "deep_valley"
    TOTAL = "total"


BANDS = tuple(band for band in Band if band is not Band.TOTAL)
"""The bands of a time-of-use register, in the order of printing."""


class CustomerClass(StrEnum):
    """What the energy is used for."""

    INDUSTRIAL_COMMERCIAL = "industrial_commercial"
    LARGE_INDUSTRIAL = "large_industrial"
    GENERAL_COMMERCIAL = "general_commercial"
    RESIDENTIAL = "residential"
    AGRICULTURAL = "agricultural"


class Billing(StrEnum):
    """Whether there is a basic charge beside the energy charge."""

    ONE_PART = "one_part"
    TWO_PART = "two_part"


class Purchase(StrEnum):
    """Who buys the energy, and at which multiple of the agency price."""

    AGENT = "agent"
    AGENT_1_5 = "agent_1.5x"
    MARKET = "market"
    CATALOGUE = "catalogue"


class Voltage(StrEnum):
    """The supply voltage."""

    BELOW_1 = "<1kV"
    FROM_1_TO_10 = "1-10kV"
    V20 = "20kV"
    V35 = "35kV"
    V66 = "66kV"
    V110 = "110kV"
    V220 = "220kV"
    V330 = "330kV"
    V500 = "500kV"


_HIGH = (Voltage.V220, Voltage.V330, Voltage.V500)
VOLTAGE_ALIASES: dict[str, tuple[Voltage, ...]] = {
    **{voltage.value: (voltage,) for voltage in Voltage},
    "0.4kV": (Voltage.BELOW_1,),
    "6kV": (Voltage.FROM_1_TO_10,),
    "10kV": (Voltage.FROM_1_TO_10,),
    "1-10(20)kV": (Voltage.FROM_1_TO_10, Voltage.V20),
    "35-110kV": (Voltage.V35, Voltage.V66, Voltage.V110),
    ">=220kV": _HIGH,
    ">=110kV": (Voltage.V110, *_HIGH),
    ">=35kV": (Voltage.V35, Voltage.V66, Voltage.V110, *_HIGH),
    ">=1kV": tuple(voltage for voltage in Voltage if voltage is not Voltage.BELOW_1),
}
"""What notices print for a voltage or a range of them."""


class Grain(StrEnum):
    """What is rounded to the fen, or printed, as one: each band, or all bands together."""

    BAND = "band"
    TOTAL = "total"


class PriceBy(StrEnum):
    """Which day decides the price: the last of the billing cycle's month, or the day of consumption."""

    BILLING_MONTH = "billing_month"
    CONSUMPTION_DAY = "consumption_day"


AREAS: dict[str, tuple[str, ...]] = {
    "cn": ("全国",),
    "cn-anhui": ("安徽",),
    "cn-beijing": ("北京",),
    "cn-chongqing": ("重庆",),
    "cn-fujian": ("福建",),
    "cn-gansu": ("甘肃",),
    "cn-guangdong": ("广东",),
    "cn-guangdong-east-west": ("粤东西两翼", "东西两翼地区"),
    "cn-guangdong-huizhou": ("惠州",),
    "cn-guangdong-jiangmen": ("江门",),
    "cn-guangdong-north": ("粤北山区",),
    "cn-guangdong-prd5": ("珠三角五市",),
    "cn-guangdong-prd6": ("珠三角六市",),
    "cn-guangxi": ("广西",),
    "cn-guizhou": ("贵州",),
    "cn-hainan": ("海南",),
    "cn-hebei-north": ("冀北", "cn-jibei"),
    "cn-hebei-south": ("河北南网", "冀南"),
    "cn-heilongjiang": ("黑龙江",),
    "cn-henan": ("河南",),
    "cn-hubei": ("湖北",),
    "cn-hunan": ("湖南",),
    "cn-jiangsu": ("江苏",),
    "cn-jiangxi": ("江西",),
    "cn-jilin": ("吉林",),
    "cn-liaoning": ("辽宁",),
    "cn-neimenggu-east": ("蒙东", "cn-mengdong"),
    "cn-neimenggu-west": ("蒙西", "cn-mengxi"),
    "cn-ningxia": ("宁夏",),
    "cn-qinghai": ("青海",),
    "cn-shaanxi": ("陕西",),
    "cn-shaanxi-yulin": ("陕西榆林", "榆林"),
    "cn-shandong": ("山东",),
    "cn-shanghai": ("上海",),
    "cn-shanxi": ("山西",),
    "cn-shenzhen": ("深圳",),
    "cn-sichuan": ("四川",),
    "cn-tianjin": ("天津",),
    "cn-xinjiang": ("新疆",),
    "cn-xizang": ("西藏", "cn-tibet"),
    "cn-yunnan": ("云南",),
    "cn-zhejiang": ("浙江",),
}
"""The areas with a network price of their own in mainland China, each with its Chinese name and what else it is called;
``cn`` is the nation, for exercises that are of no area. Source: 发改价格〔2026〕1077号 and, for the zones of Guangdong,
粤发改价格〔2023〕148号 and 粤发改价格〔2026〕242号."""
