"""What a customer is: the parts of ``tariff.components.PriceKey``."""

from collections.abc import Mapping

from billcalc.words.language import Pair

__all__ = ["CUSTOMERS"]

CUSTOMERS: Mapping[str, Pair] = {
    "industrial_commercial": Pair("industrial and commercial", "工商业"),
    "large_industrial": Pair("large industrial", "大工业"),
    "general_commercial": Pair("general commercial", "一般工商业"),
    "residential": Pair("residential", "居民"),
    "agricultural": Pair("agricultural", "农业"),
    "one_part": Pair("one-part", "单一制"),
    "two_part": Pair("two-part", "两部制"),
    "agent": Pair("agency purchase", "代理购电"),
    "agent_1.5x": Pair("agency purchase at 1.5 times", "1.5 倍代理购电"),
    "market": Pair("market purchase", "市场化购电"),
    "catalogue": Pair("catalogue price", "目录电价"),
    "time of use": Pair("time of use", "执行分时电价"),
    "no time of use": Pair("no time of use", "不执行分时电价"),
    "every customer": Pair("every customer", "所有用户"),
}
"""By the values of class, billing and purchase, and what else is said of customers."""
