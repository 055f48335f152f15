"""A help is laid out by the columns that its signs take, and breaks no word, bracket or stop away."""

import click
import pytest

from billcalc.cli.help_text import Context, wrapped
from billcalc.explain.printing import width


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three", ["one two", "three"]),
        ("", [""]),
        ("电费账单。", ["电费账", "单。"]),
        ("按电量（千瓦）", ["按电量", "（千瓦）"]),
        ("见 billcalc", ["见", "billcalc"]),
    ],
)
def test_a_line_breaks_where_it_may(text: str, lines: list[str]) -> None:
    assert wrapped(text, 9 if "千" in text else 8 if text.isascii() or "见" in text else 7) == lines


def test_names_and_what_they_are_stand_in_columns() -> None:
    formatter = Context(click.Command("x"), max_content_width=40, terminal_width=40).make_formatter()
    formatter.write_dl(
        [("峰", "高峰时段"), ("valley", ""), ("a-name-that-is-longer-than-the-column", "told")], col_max=8
    )
    assert formatter.getvalue().splitlines() == [
        "峰        高峰时段",
        "valley",
        "a-name-that-is-longer-than-the-column",
        "          told",
    ]
    assert {width(line) for line in formatter.getvalue().splitlines()[:1]} == {18}


def test_paragraphs_are_filled_and_those_that_are_kept_are_kept() -> None:
    formatter = Context(click.Command("x"), terminal_width=20).make_formatter()
    formatter.indent()
    formatter.write_text("one\ntwo\n\n\b\nthree\n  four")
    assert formatter.getvalue() == "  one two\n\n  three\n    four\n"
