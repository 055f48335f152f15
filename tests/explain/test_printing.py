"""Lines and columns of text: alignment, and nothing that steers a terminal."""

import pytest

from billcalc.explain.printing import Align, PrintedLine, Role, columns, plain_text, printed, width


@pytest.mark.parametrize(
    ("text", "columns_taken"),
    [("peak", 4), ("峰", 2), ("容（需）量", 10), ("cosφ 0.93", 9), ("e\u0301", 1), ("", 0), ("−0.45 %", 7)],
)
def test_a_wide_character_takes_two_columns(text: str, columns_taken: int) -> None:
    assert width(text) == columns_taken


def test_columns_align_where_chinese_stands_in_them() -> None:
    rows = [("代购电费", "峰", "132000 千瓦时", "91316.81"), ("tax", "", "5 kWh", "1.00")]
    aligned = columns(rows, (Align.LEFT, Align.LEFT, Align.RIGHT, Align.RIGHT))
    assert aligned == (
        "代购电费  峰  132000 千瓦时  91316.81",
        "tax                   5 kWh      1.00",
    )
    assert len({width(row) for row in aligned}) == 1


def test_a_row_does_not_end_in_spaces() -> None:
    assert columns([("a", ""), ("b", "long")], (Align.LEFT, Align.LEFT)) == ("a", "b  long")


def test_a_label_cannot_steer_the_terminal_nor_break_the_line() -> None:
    assert printed("fee\x1b[2J\nTotal 0") == PrintedLine("fee\\x1b[2J\\nTotal 0", Role.TEXT)
    assert columns([("fee\x07",), ("a",)], (Align.RIGHT,)) == ("fee\\x07", "      a")


def test_a_text_is_its_lines() -> None:
    assert plain_text([printed("合计", Role.TITLE), printed(""), printed("1.00  ")]) == "合计\n\n1.00\n"
