"""Tables of pages as portals write them: spans, entities, tables in tables, tags that nobody closed."""

import pytest

from billcalc.library.notices.html import html_grids


def texts(text: str) -> list[list[list[str | None]]]:
    return [[[None if cell is None else cell.text for cell in row] for row in grid.rows] for grid in html_grids(text)]


@pytest.mark.parametrize(
    ("page", "tables"),
    [
        ("<p>nothing</p>", []),
        ("<table><tr><td>a<td>b<tr><td>c</table>", [[["a", "b"], ["c", None]]]),
        ("<table><td>a</td></table>", [[["a"]]]),
        ("<table><tr><th rowspan=2>a</th><td>b</td></tr><tr><td>c</td></tr></table>", [[["a", "b"], ["a", "c"]]]),
        ("<table><tr><td rowspan=0>a<td>b<tr><td>c", [[["a", "b"], ["a", "c"]]]),
        ("<table><tr><td rowspan=9>a<td colspan=' 2 '>b</table>", [[["a", "b", "b"]]]),
        ("<table><tr><td colspan=x>a<td colspan=0>b<td rowspan>c</table>", [[["a", "b", "c"]]]),
        ("<table><tr><td>a&nbsp;<b>1</b><br>2</td>between<td>b</table>", [[["a\xa012", "b"]]]),
        ("<table>between<tr>between<td>a</table>", [[["a"]]]),
        ("<table><tr><td>a<table><tr><td>in</table>z<td>b</table>", [[["in"]], [["az", "b"]]]),
        ("</td></style>x<td>y</td><tr></table><table><tr><td>a</table>", [[["xy"], ["a"]]]),
    ],
)
def test_a_table_is_read_as_it_is_shown(page: str, tables: list[list[list[str | None]]]) -> None:
    assert texts(page) == tables


def test_a_span_beyond_reason_does_not_fill_the_memory() -> None:
    [grid] = html_grids("<table><tr><td colspan=999999999>a</table>")
    assert len(grid.rows[0]) == 200


def test_lines_above_a_table_are_its_titles_and_what_is_not_shown_is_none() -> None:
    page = "<head><title>t</title></head><style>s</style><h1>代理<b>购电</b></h1><p>单位<br>元</p><table><tr><td>a<script>x</script></table>"
    [grid] = html_grids(page)
    assert [(row[0].text, row[0].address) for row in grid.rows if row[0]] == [
        ("代理购电", "t1l1"),
        ("单位", "t1l2"),
        ("元", "t1l3"),
        ("a", "t1r1c1"),
    ]
