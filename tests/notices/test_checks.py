"""What does not fit in a notice by itself is told at the cell."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from billcalc.library.catalog import load_catalog
from billcalc.notices.checks import check_alone
from billcalc.notices.findings import NoticeCode
from billcalc.notices.reading import Reading, read_tables
from billcalc.tariff.plausibility import Plausibility
from billcalc.vocabulary import Kind
from tests.notices.samples import Table, figures, in_fen, table


@cache
def limits() -> Plausibility:
    """What the shipped library says of prices."""
    found = load_catalog(areas=["cn"]).find(Kind.PLAUSIBILITY, "cn", date(2026, 9, 1))
    assert found is not None
    assert isinstance(found.document, Plausibility)
    return found.document


def checked(*tables: Table) -> Reading:
    reading = read_tables([each.grid() for each in tables], source="n")
    assert reading.findings == []
    check_alone(reading, plausible=limits())
    return reading


def found(reading: Reading) -> list[tuple[NoticeCode, str]]:
    return [(each.code, each.where) for each in reading.findings]


@pytest.mark.parametrize("tables", [[table()], [table(in_fen(figures()), lines=["分/千瓦时"])], []])
def test_a_notice_that_fits_has_no_findings(tables: Sequence[Table]) -> None:
    reading = Reading("n")
    if tables:
        reading = checked(*tables)
    else:
        check_alone(reading, plausible=None)
    assert reading.findings == []


@pytest.mark.parametrize(
    ("total", "code", "distance"),
    [
        ("0.6823", NoticeCode.SUM_NEAR, "0.0002"),
        ("0.6822", NoticeCode.SUM_APART, "0.0003"),
        ("0.6829", NoticeCode.SUM_APART, "0.0004"),
        ("0.5825", NoticeCode.SUM_APART, "0.1"),
    ],
)
def test_a_total_that_is_not_the_sum_of_its_parts_is_told(total: str, code: NoticeCode, distance: str) -> None:
    reading = checked(table().change("0.6825", total))
    assert (code, "n:5,3") in found(reading)
    facts = next(each.facts for each in reading.findings if each.code is code)
    assert facts == {"printed": str(Decimal(total).normalize()), "parts": "0.6825", "distance": distance}


def test_what_the_last_place_rounds_is_not_told() -> None:
    reading = checked(table().change("0.0125", "0.01254"))
    assert {code for code, _ in found(reading)} == set()


def test_a_head_that_is_missing_is_told_once_and_not_at_each_row() -> None:
    reading = read_tables([table().change("电度用电价格", "到手价").grid()], source="n")
    check_alone(reading, plausible=limits())
    assert {code for code, _ in found(reading)} == {NoticeCode.HEAD_UNKNOWN, NoticeCode.HEAD_MISSING}


def test_a_part_whose_head_is_not_known_is_told_once_and_not_as_a_wrong_sum_of_each_row() -> None:
    reading = read_tables([table().change("政府性基金\n及附加", "杂费").grid()], source="n")
    check_alone(reading, plausible=limits())
    assert {code for code, _ in found(reading)} == {NoticeCode.HEAD_UNKNOWN}


def test_a_row_without_a_total_cannot_be_checked() -> None:
    assert found(checked(table().change("0.6825", "/"))) == [(NoticeCode.CELL_EMPTY, "n:5,2")]


def test_a_wrong_unit_is_told_in_every_cell_it_spoils() -> None:
    as_fen = checked(table(lines=["分/千瓦时"]))
    assert (NoticeCode.UNIT_IMPLAUSIBLE, "n:4,3") in found(as_fen)
    as_yuan = checked(table(in_fen(figures()), lines=["元/千瓦时"]))
    assert (NoticeCode.UNIT_IMPLAUSIBLE, "n:4,3") in found(as_yuan)
    facts = as_yuan.findings[0].facts
    assert facts == {"printed": "70.25", "unit": "yuan", "price": "70.25", "range": "0.1–2"}


def test_swapped_voltages_are_told() -> None:
    swapped = table().change("110千伏", "x").change("35千伏", "110千伏", nth=1).change("x", "35千伏")
    reading = checked(swapped)
    # the rows of 0.1000 and 0.0800 have changed places
    assert found(reading) == [(NoticeCode.VOLTAGES_NOT_MONOTONE, "n:8,6"), (NoticeCode.VOLTAGES_NOT_MONOTONE, "n:8,3")]
    facts = {"price": "0.1", "voltage": "110kV", "lower_price": "0.08", "lower": "35kV"}
    assert reading.findings[0].facts == facts


def test_a_table_without_network_prices_has_its_totals_in_order() -> None:
    cells = [
        (text if column != 5 or row < 3 else "/", row, column, down, across)
        for text, row, column, down, across in table().cells
    ]
    codes = {code for code, _ in found(checked(Table(table().lines, cells)))}
    assert codes == {NoticeCode.SUM_APART}
