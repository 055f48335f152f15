"""The change from one month to the next in words: the published order, and what moved the average price."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from billcalc.audit.checks.elimination import Cause, Change, Part, Way
from billcalc.explain.printing import Align, PrintedLine, Role, columns, printed
from billcalc.kernel.decimals import decimal_text
from billcalc.words.language import Pair, in_language
from billcalc.words.lexicon import Lexicon
from billcalc.words.naming import money

__all__ = ["change_text", "part_name", "shown"]

_PRICE, _FEN, _SHARE = Decimal("0.000001"), Decimal("0.01"), Decimal("0.0001")

_WAYS: Mapping[Way, Pair] = {
    Way.BOTH_HELD: Pair("both held", "量费均平稳"),
    Way.SAME_WAY: Pair("both went the same way: look for orders of change first", "量费同向变动：先查变更工单"),
    Way.OTHERWISE: Pair("the money did not follow the energy: certainly abnormal", "电费与电量变动不一致：必有异常"),
}
_CAUSES: Mapping[Cause, Pair] = {
    Cause.GROUP_SHARE: Pair("share of group {group}", "{group} 的电量占比"),
    Cause.BAND_SHARE: Pair("share of band {band} in group {group}", "{group} 的{band}时段占比"),
    Cause.PRICE: Pair("price of {band} in group {group}", "{group} 的{band}电价"),
    Cause.WITHOUT_ENERGY: Pair("money of groups without energy", "无电量分组的电费"),
}
_WORDS: Mapping[str, Pair] = {
    "title": Pair("Why the money changed", "电费变动原因"),
    "energy": Pair("energy: {was} → {now} kWh ({change} %)", "电量：{was} → {now} 千瓦时（{change} %）"),
    "money": Pair("money: {was} → {now} ({change} %)", "电费：{was} → {now} 元（{change} %）"),
    "orders": Pair("orders of change in the cycle: {count}", "本期变更工单：{count} 件"),
    "average": Pair(
        "average price without basic charge and adjustment: {was} → {now}",
        "不含基本电费和力调电费的平均电价：{was} → {now} 元/千瓦时",
    ),
    "held": Pair("it held, so that no share is a cause", "平均电价平稳，各项占比均不是原因"),
    "no_energy": Pair("one of the months has no energy: nothing to split", "有一个月没有电量，无法拆分"),
    "cause": Pair("cause", "原因"),
    "all": Pair("all bands", "各时段"),
    "part": Pair("part", "项目"),
    "by_kwh": Pair("per kWh", "每千瓦时"),
    "by_month": Pair("this month", "本月"),
    "sum": Pair("sum", "合计"),
    "then": Pair(
        "then the power factor against its standard and earlier months, and the basic charge: the checks above",
        "再看功率因数（对标准、对往月）和基本电费：见以上检查",
    ),
}


def change_text(change: Change, orders: int, *, lexicon: Lexicon) -> tuple[PrintedLine, ...]:
    """Tell the change of a month, and how many orders of change it has."""
    return tuple(_lines(change, orders, lexicon))


def part_name(part: Part, lexicon: Lexicon) -> str:
    """What share or price a part is."""
    words = {band.value: name for band, name in lexicon.bands.items()}
    all_bands = _WORDS["all"].of(lexicon.language)
    return _CAUSES[part.cause].of(lexicon.language).format(group=part.group, band=words.get(part.band, all_bands))


def shown(number: Fraction, step: Decimal) -> str:
    """A rational number as it is shown, rounded; all is computed with the number itself.

    >>> shown(Fraction(1, 3), Decimal("0.0001"))
    '0.3333'
    """
    steps = abs(number) / Fraction(step) + Fraction(1, 2)
    return decimal_text(Decimal(int(steps) if number >= 0 else -int(steps)) * step)


def _lines(change: Change, orders: int, lexicon: Lexicon) -> Iterator[PrintedLine]:
    words = in_language(_WORDS, lexicon.language)
    yield printed("")
    yield printed(words["title"], Role.HEADING)
    for name, (was, now) in (("energy", change.energy), ("money", change.money)):
        told = [decimal_text(each) if name == "energy" else money(each) for each in (was, now)]
        share = shown(Fraction(now - was) / Fraction(was) * 100, _FEN) if was else "…"
        yield printed("  " + words[name].format(was=told[0], now=told[1], change=share))
    yield printed("  " + _WAYS[change.way].of(lexicon.language), Role.DOUBT)
    yield printed("  " + words["orders"].format(count=orders))
    if change.average is None:
        yield printed("  " + words["no_energy"], Role.DOUBT)
        return
    averages = [shown(each, _PRICE) for each in change.average]
    yield printed("  " + words["average"].format(was=averages[0], now=averages[1]))
    if not change.changed:
        yield printed("  " + words["held"])
    yield from _table(change, words, lexicon)
    yield printed("  " + words["then"], Role.ASIDE)


def _table(change: Change, words: Mapping[str, str], lexicon: Lexicon) -> Iterator[PrintedLine]:
    energy = Fraction(change.energy[1])
    whole = sum((part.amount for part in change.parts), Fraction(0))
    rows = [(part_name(part, lexicon), part.amount, words["cause"] if part.named else "") for part in change.parts]
    body = [
        (name, shown(amount, _PRICE), shown(amount * energy, _FEN), mark)
        for name, amount, mark in (*rows, (words["sum"], whole, ""))
    ]
    head = (words["part"], words["by_kwh"], words["by_month"], "")
    aligned = (Align.LEFT, Align.RIGHT, Align.RIGHT, Align.LEFT)
    yield from (printed("  " + line) for line in columns([head, *body], aligned))
