"""Printed names, as they are looked up."""

import pytest

from billcalc.fields.printed_names import bracketed, listed_name, printed_forms


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("①基本电费（元）", ("基本电费(元)", "基本电费")),
        ("(2) 力调电费", ("力调电费",)),
        ("(12)其他费用", ("其他费用",)),
        ("三、输配电费", ("输配电费",)),
        ("1.5倍代理购电", ("1.5倍代理购电",)),
        ("容（需）量电费", ("容(需)量电费",)),
        ("容（需）量电费（元）", ("容(需)量电费(元)", "容(需)量电费")),
        ("【合计】", ("【合计】", "")),
    ],
)
def test_numbering_circles_and_brackets_at_the_ends_of_printed_names_are_left_out(
    name: str, forms: tuple[str, ...]
) -> None:
    assert printed_forms(name) == forms


@pytest.mark.parametrize(
    ("name", "listed", "found"),
    [
        ("电能电费（峰）", ["电能电费（峰）", "电能电费"], "电能电费（峰）"),
        ("(3)电能电费(峰)", ["电能电费（峰）", "电能电费"], "电能电费（峰）"),
        ("电能电费（深谷）", ["电能电费（峰）", "电能电费（谷）"], None),
        ("电能电费（深谷）", ["电能电费（峰）", "电能电费"], None),
        ("电能电费（深谷）", ["电能电费"], "电能电费"),
        ("力调电费", ["力调电费（元）"], "力调电费（元）"),
        ("容量电费", ["容（需）量电费"], None),
    ],
)
def test_a_printed_name_is_the_one_listed_name_that_it_can_be(name: str, listed: list[str], found: str | None) -> None:
    assert listed_name(name, listed) == found


def test_brackets_inside_a_name_are_none_at_its_end() -> None:
    assert (bracketed("容（需）量"), bracketed("电费（ 峰 ）")) == ("", "峰")
