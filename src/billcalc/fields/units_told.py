"""Units that heads of columns, titles and notes tell, in brackets, behind a word, or at their very end.

``峰电量(万千瓦时)``, ``energy MWh``, ``峰电量_kWh``, ``电费万元``, ``2024年6月电量，单位：万度``.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from enum import StrEnum

__all__ = ["Told", "are_units", "told_otherwise", "unit_told"]


class Told(StrEnum):
    """What numbers are by their unit, where requests have it."""

    KWH = "kWh"
    KVARH = "kvarh"
    KW = "kW"
    KVA = "kVA"
    MONEY = "CNY"
    PERCENT = "%"
    OTHER = "other"
    """A multiple or a part of these, such as MWh, of which a number is another one."""


_ENERGY, _REACTIVE = r"千瓦[·.]?时|度|kw[·.]?h", r"千乏[·.]?时|kvar[·.]?h"
_PARTS = rf"(?:{_ENERGY}|{_REACTIVE}|千?(?:瓦[·.]?时|乏[·.]?时|伏安|瓦)|k?(?:w[·.]?h|var[·.]?h|va|w)|元)"
_KINDS = tuple(
    (re.compile(pattern, re.IGNORECASE), told)
    for pattern, told in (
        (_ENERGY, Told.KWH),
        (_REACTIVE, Told.KVARH),
        (r"千瓦|kw", Told.KW),
        (r"千伏安|kva", Told.KVA),
        (r"元|人民币元?|cny|rmb|[¥￥]", Told.MONEY),
        (r"%|percent|百分比", Told.PERCENT),
        (rf"[十百千万亿兆mg]+{_PARTS}|[万亿百千分角]|{_PARTS}", Told.OTHER),
    )
)
_IN_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_SAID = re.compile(r"(?:单位|\bunits?\b)\s*[:=]?\s*([^\s。()\[\]【】]+)", re.IGNORECASE)
_COUNTED_IN = re.compile(r"(?:以|按)\s*([^\s，。,;；]+?)\s*(?:计|为单位)")
_NOTHING = frozenset(("", "-", "--", "—", "——", "/", "\\", "单位", "unit", "units"))
"""What stands in a row of units where a column has none."""
_LISTED = re.compile(r"[,;，；、]")
_BETWEEN = re.compile(r"[\s_:,;，；、。]+")
_AT_THE_END = re.compile(
    r"(?:[万亿兆百千]?(?:千瓦[·.]?时|千乏[·.]?时|千伏安)|[万亿兆](?:千瓦|瓦时|元|度)"
    r"|(?<![a-z0-9])[mgk]?(?:w[·.]?h|var[·.]?h|va)|%)$",
    re.IGNORECASE,
)


def unit_told(text: str) -> tuple[str, Told] | None:
    """The unit that a text tells, and what it is; of several one that requests do not have, else the first.

    >>> unit_told("峰电量(万千瓦时)"), unit_told("price [元/MWh]"), unit_told("峰电量_kWh"), unit_told("户名")
    (('万千瓦时', <Told.OTHER: 'other'>), ('元/MWh', <Told.OTHER: 'other'>), ('kWh', <Told.KWH: 'kWh'>), None)
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    places = [
        *_IN_BRACKETS.findall(plain),
        *(each for listed in _SAID.findall(plain) for each in _LISTED.split(listed)),
        *_COUNTED_IN.findall(plain),
        _BETWEEN.split(plain)[-1],
    ]
    places += [found[0] for found in (_AT_THE_END.search(plain),) if found is not None]
    told = [(place.strip(), kind) for place in places if (kind := _kind_of(place)) is not None]
    return next((each for each in told if each[1] is Told.OTHER), told[0] if told else None)


def are_units(cells: Iterable[str]) -> bool:
    """Whether the cells of a row below a head are the units of its columns, and nothing else.

    >>> are_units(["", "万kWh", "(元)"]), are_units(["单位", "kWh", "—"]), are_units(["0301", "5"])
    (True, True, False)
    """
    plain = [unicodedata.normalize("NFKC", cell).strip().strip("()[]【】").strip() for cell in cells]
    told = [cell for cell in plain if cell.casefold() not in _NOTHING]
    return bool(told) and all(_kind_of(cell) is not None for cell in told)


def told_otherwise(text: str, wanted: Collection[Told]) -> str | None:
    """The unit that a head or a printed name tells, where its numbers would have to be converted; None where not.

    Args:
        text: the head or name.
        wanted: what the numbers may be; where nothing is told they are that.

    >>> told_otherwise("金额(分)", [Told.MONEY]), told_otherwise("金额(元)", [Told.MONEY])
    ('分', None)
    """
    told = unit_told(text)
    return None if told is None or told[1] in wanted else told[0]


def _kind_of(place: str) -> Told | None:
    """What is told by a unit, which may be one for each of another."""
    kinds = [_part(each.strip()) for each in place.split("/")]
    return None if None in kinds else Told.OTHER if Told.OTHER in kinds else kinds[0]


def _part(unit: str) -> Told | None:
    return next((told for pattern, told in _KINDS if pattern.fullmatch(unit)), None)
