"""Printed names as they are looked up: without numbering and circled digits, then without brackets at their ends."""

import re
from collections.abc import Iterable
from functools import lru_cache

from billcalc.kernel.closed_lists import normal

__all__ = ["bracketed", "listed_name", "printed_forms"]

_CIRCLED = re.compile("[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3220-\u3229\u3280-\u3289]")
_NUMBERING = re.compile(r"^\(?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[).、:．]+(?=\D)|^\([0-9]{1,2}\)")
_OPEN, _INSIDE, _CLOSE = r"[(\[{【〔]", r"([^()\[\]{}【】〔〕]*)", r"[)\]}】〕]"
_ENDS = re.compile(f"^{_OPEN}{_INSIDE}{_CLOSE}|{_OPEN}{_INSIDE}{_CLOSE}$")


@lru_cache(4096)
def printed_forms(name: str) -> tuple[str, ...]:
    """The forms under which a printed name is looked up: without numbering, then without brackets at its ends, too.

    What stands in brackets inside a name is a part of it: 容（需）量电费 is not 容量电费.

    >>> printed_forms("①基本电费（元）"), printed_forms("(2) 力调电费")
    (('基本电费(元)', '基本电费'), ('力调电费',))
    >>> printed_forms("容（需）量电费")
    ('容(需)量电费',)
    """
    form = _NUMBERING.sub("", normal(_CIRCLED.sub("", name)))
    return tuple(dict.fromkeys((form, _ENDS.sub("", form))))


def bracketed(name: str) -> str:
    """What stands in the brackets at the end of a printed name.

    >>> bracketed("电能电费（峰）"), bracketed("电能电费")
    ('峰', '')
    """
    found = re.search(f"{_OPEN}{_INSIDE}{_CLOSE}$", normal(name))
    return "" if found is None else found[1]


def listed_name(name: str, listed: Iterable[str]) -> str | None:
    """The one of some names that a printed one is; None where it is none, or may be several.

    >>> listed_name("④系统运行费（元）", ["系统运行费", "输配电费"])
    '系统运行费'
    """
    names = tuple(listed)
    if name in names:
        return name
    forms = [printed_forms(each) for each in names]
    mine = printed_forms(name)
    for place in (0, -1):
        found = [each for each, theirs in zip(names, forms, strict=True) if theirs[place] == mine[place]]
        if found:
            return found[0] if len(found) == 1 else None
    return None
