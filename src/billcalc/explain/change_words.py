"""What changes of use are called, and the ways in which they count."""

__all__ = ["CHINESE_CHANGES", "CHINESE_CHANGE_CHOICES", "ENGLISH_CHANGES", "ENGLISH_CHANGE_CHOICES"]

ENGLISH_CHANGE_CHOICES = {
    "in_price": "inside the price",
    "apart": "a line apart",
    "together": "their prices added first",
    "each_part": "each by itself",
    "by_law": "what the law lets count",
    "as_stated": "as they are told",
    "no_stops": "no stop counts",
    "one part": "one part from that day on",
    "largest": "the largest of them",
    "added": "all of them",
}

ENGLISH_CHANGES = {
    "suspension": "suspension",
    "reduction": "reduction",
    "exchange": "exchange",
    "contract": "contract",
    "change of mode": "change of mode",
}

CHINESE_CHANGE_CHOICES = {
    "in_price": "计入需量电价",
    "apart": "单列一行",
    "together": "单价相加后取整",
    "each_part": "各组成部分分别取整",
    "by_law": "符合规定的才计入",
    "as_stated": "按所述计入",
    "no_stops": "停用均不计入",
    "one part": "自该日起按单一制",
    "largest": "按最大的一路",
    "added": "各路相加",
}

CHINESE_CHANGES = {
    "suspension": "暂停",
    "reduction": "减容",
    "exchange": "暂换",
    "contract": "合同最大需量",
    "change of mode": "计收方式变更",
}
