"""What the words around the tables of a notice say of its prices: whose they are, for which days, with which tax."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date

from billcalc.notices.findings import NoticeCode
from billcalc.notices.grid import Cell
from billcalc.notices.reading import Reading
from billcalc.notices.words import months_in, word
from billcalc.vocabulary import AREAS

__all__ = ["check_words"]

_NET = re.compile(r"(不|未)含(增值)?税|除税|税前")
_DRAFT = re.compile(r"征求意见|草案|试算|测算|模拟|样表|作废")
_BEGINS = re.compile(r"(\d{1,2})月(\d{1,2})日?(?:起|至|到|[-—~–])")
_ENDS = re.compile(r"(?:至|到|[-—~–])(?:(?:\d{4}年)?(\d{1,2})月)?(\d{1,2})日")
_LATER = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(?:\d{1,2}日)?起")
_OTHERS = re.compile(r"农业|居民|零售|趸售|直接交易|市场化")
_OURS = re.compile(r"工商业|代理购电|代购电")
_PRICES = re.compile(r"电价|价格")
_TOLD = re.compile(
    r"\d+(\.\d+)?(元|角|分(?!时)|厘|[%％])|百分之|(\d+(\.\d+)?|[一二两三四五六七八九十半])倍|减半|一半|半价|[一二三四五六七八九\d]折"
    r"|[加另](收|计(?!算)|价)|[上下]浮|[上下]调|优惠|减免|免[收征交]|不收|不再|不执行|不计收|暂[不缓停]|扣[减除]|返还|补贴|调整为"
    r"|\d{1,2}月(\d{1,2}日)?[起止前后]|\d{1,2}日[起止前后]|之日起|截[至止]|除税|(不|未)含(增值)?税"
)
"""What words say of prices: an amount, a share or a multiple, what is added or not charged, days, the tax."""
_SHOWN = 200
"""Characters that are told of a line."""


def check_words(reading: Reading, *, area: str, day: date) -> None:
    """Find what the titles and heads of a notice say that its document would not.

    Args:
        reading: takes the findings.
        area: that was asked for.
        day: the first of the month that was asked for.
    """
    month = f"{day:%Y-%m}"
    told = [[(found, line) for line in lines for found in months_in(line.text)] for lines in reading.headings]
    for named in told:
        if named and month not in (found for found, _ in named):
            found, line = named[0]
            reading.find(NoticeCode.MONTH_DIFFERS, line.address, found=found, month=month)
    if reading.headings and not any(told):
        reading.find(NoticeCode.MONTH_NOT_TOLD, month=month)
    lines = list(dict.fromkeys(line for heading in reading.headings for line in heading))
    for line in lines:
        text = word(line.text)
        for code, pattern in ((NoticeCode.NET_OF_TAX, _NET), (NoticeCode.DRAFT, _DRAFT)):
            if (said := pattern.search(text)) is not None:
                reading.find(code, line.address, text=said[0])
        if (later := _later(text, day)) is not None:
            reading.find(NoticeCode.MONTH_DIFFERS, line.address, found=later, month=month)
        if (others := _OTHERS.search(text)) is not None and _PRICES.search(text) and not _OURS.search(text):
            reading.find(NoticeCode.OTHER_CUSTOMERS, line.address, text=others[0])
        if _is_part(text, day):
            reading.find(NoticeCode.PART_OF_MONTH, line.address, text=line.text[:_SHOWN], month=month)
    _check_area(reading, lines, area)
    for line in reading.notes:
        of_prices = dict.fromkeys(each[0] for each in _TOLD.finditer(word(line.text)))
        facts = {"text": line.text[:_SHOWN]}
        if of_prices:
            reading.find(NoticeCode.PRICES_IN_WORDS, line.address, **facts, said="、".join(of_prices)[:_SHOWN])
        else:
            reading.find(NoticeCode.WORDS_NOT_READ, line.address, **facts)


def _later(text: str, day: date) -> str | None:
    """The month from which on a line says that the prices hold, where that is after the month; else None."""
    told = ((int(year or day.year), int(month)) for year, month in _LATER.findall(text))
    return next((f"{year}-{month:02}" for year, month in told if (year, month) > (day.year, day.month)), None)


def _is_part(text: str, day: date) -> bool:
    """Whether a line tells days of the month that are not all of it."""
    begins = [int(first) for month, first in _BEGINS.findall(text) if int(month) == day.month]
    ends = [int(last) for month, last in _ENDS.findall(text) if int(month or day.month) == day.month]
    return any(first != 1 for first in begins) or any(last != monthrange(day.year, day.month)[1] for last in ends)


def _check_area(reading: Reading, lines: Sequence[Cell], area: str) -> None:
    """Find a notice that names areas, and none that is the one asked for, lies in it or has it in it."""
    named = [(line, code) for line in lines for code in _areas_in(word(line.text))]
    if named and not any(_is_of(code, area) or _is_of(area, code) for _, code in named):
        line, code = named[0]
        reading.find(NoticeCode.AREA_DIFFERS, line.address, found=code, area=area)


def _areas_in(text: str) -> Iterator[str]:
    return (code for code, names in AREAS.items() if "-" in code and any(name in text for name in names))


def _is_of(code: str, area: str) -> bool:
    return code == area or code.startswith(f"{area}-")
