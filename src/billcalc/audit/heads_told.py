"""What the words of a head or of a printed name say of its numbers, where a mapping takes them for something else.

Only what cannot be meant is told: a name with no such word, or with words of both, says nothing.
"""

import re
import unicodedata
from collections.abc import Collection
from enum import StrEnum

from billcalc.vocabulary import Band

__all__ = ["Measure", "band_otherwise", "is_energy_of_band", "measure_otherwise"]


class Measure(StrEnum):
    """What numbers of bills are."""

    ENERGY = "energy"
    REACTIVE = "reactive"
    DEMAND = "demand"
    CAPACITY = "capacity"
    PRICE = "price"
    MONEY = "money"


_NO_BANDS = re.compile(r"平均|水平|平台|平方|峰值")
_BANDS = (
    (re.compile(r"離峰|离峰|off[ _-]?peak|深谷|低谷|谷|valley", re.IGNORECASE), (Band.VALLEY, Band.DEEP_VALLEY)),
    (
        re.compile(r"尖|峰|peak|sharp", re.IGNORECASE),
        (Band.SHARP, Band.PEAK, Band.HALF_PEAK, Band.SATURDAY_HALF_PEAK),
    ),
    (re.compile(r"平|flat", re.IGNORECASE), (Band.FLAT,)),
)
"""Words of bands that stand for one another by mistake: what is dear, what is cheap, and what is neither."""

_WORDS = {
    Measure.ENERGY: re.compile(r"电量|示数|表码|止码|起码"),
    Measure.PRICE: re.compile(r"单价|电价(?!格)"),
    Measure.MONEY: re.compile(r"电费|金额"),
}
_REACTIVE, _ACTIVE, _DEMAND, _CAPACITY = (re.compile(word) for word in ("无功", "有功", "需量", "容量"))


_NO_ENERGY = re.compile(
    "电费|电价|单价|金额|示数|表码|止码|起码|读数|无功|抄见|需量|容量|上[年月期次]|去年|同期|累计|比|率|损|标准|系数|时间|日期|因数"
)
"""Words of what is no energy of this month, or none that is billed."""


def is_energy_of_band(text: str) -> bool:
    """Whether a head seems to be of energy of a band that is billed.

    >>> is_energy_of_band("尖"), is_energy_of_band("峰时有功MWh"), is_energy_of_band("峰电费")
    (True, True, False)
    """
    left = _NO_BANDS.sub("", unicodedata.normalize("NFKC", text))
    return _NO_ENERGY.search(left) is None and any(words.search(left) for words, _ in _BANDS)


def band_otherwise(text: str, band: Band) -> str | None:
    """The word for another band in a text that is taken for one; None where it has none, or words of several.

    >>> band_otherwise("峰电量", Band.VALLEY), band_otherwise("峰电量", Band.SHARP), band_otherwise("平均", Band.PEAK)
    ('峰', None, None)
    """
    left = _NO_BANDS.sub("", unicodedata.normalize("NFKC", text))
    told: list[tuple[str, Collection[Band]]] = []
    for words, bands in _BANDS:
        if (found := words.search(left)) is not None:
            told.append((found[0], bands))
            left = words.sub("", left)
    if len(told) != 1 or band in told[0][1]:
        return None
    return told[0][0]


def measure_otherwise(text: str, measure: Measure) -> str | None:
    """The word for another quantity in a text that is taken for one; None where it has none, or the word for it too.

    >>> measure_otherwise("谷电费", Measure.ENERGY), measure_otherwise("电量电费", Measure.MONEY)
    ('电费', None)
    >>> measure_otherwise("无功电量", Measure.ENERGY), measure_otherwise("需量电价", Measure.PRICE)
    ('无功', None)
    """
    told = {each: found[0] for each, words in _WORDS.items() if (found := words.search(text)) is not None}
    if measure is Measure.MONEY and told.get(Measure.PRICE) == "电价":
        del told[Measure.PRICE]  # components are called so: 容量电价
    wanted = {Measure.REACTIVE: Measure.ENERGY, Measure.DEMAND: Measure.ENERGY}.get(measure, measure)
    if told and wanted not in told:
        return next(iter(told.values()))
    for others, words in (
        ((Measure.ENERGY, Measure.DEMAND, Measure.CAPACITY), _REACTIVE),
        ((Measure.ENERGY, Measure.REACTIVE), _DEMAND),
        ((Measure.ENERGY, Measure.REACTIVE), _CAPACITY),
    ):
        found = words.search(text)
        if found is not None and measure in others and not (words is _REACTIVE and _ACTIVE.search(text)):
            return found[0]
    if measure is Measure.REACTIVE and _ACTIVE.search(text) and not _REACTIVE.search(text):
        return "有功"
    if told and measure is Measure.DEMAND and not _DEMAND.search(text):
        return next(iter(told.values()))
    return None
