"""What does not fit the library is told: ratios, rows of last month, prices of other documents."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from billcalc.library.catalog import load_catalog
from billcalc.notices.checks_library import check_against, last_month
from billcalc.notices.findings import NoticeCode
from billcalc.notices.reading import Reading, read_tables
from tests.notices.samples import AREA, NETWORK, Figures, Table, documents, figures, library, table

SEPTEMBER = date(2026, 9, 1)
Checked = Callable[..., Reading]


@pytest.fixture
def checked(tmp_path: Path) -> Checked:
    def run(*tables: Table, fewer: bool = False, **changed: str | None) -> Reading:
        reading = read_tables([each.grid() for each in tables], source="n")
        assert reading.findings == []
        catalog = load_catalog(library(tmp_path, **changed), areas=[AREA])
        check_against(reading, catalog, area=AREA, day=SEPTEMBER, fewer=fewer)
        return reading

    return run


def found(reading: Reading) -> list[tuple[NoticeCode, str]]:
    return [(each.code, each.where) for each in reading.findings]


def changed(kind: str, old: str, new: str) -> dict[str, str]:
    """The documents of a kind with another text."""
    [text] = [text for path, text in documents().items() if path.split("/")[2] == kind]
    assert old in text
    return {kind: text.replace(old, new)}


def test_a_part_whose_head_is_not_known_makes_no_wrong_band_of_each_row(tmp_path: Path) -> None:
    reading = read_tables([table().change("政府性基金\n及附加", "杂费").grid()], source="n")
    check_against(reading, load_catalog(library(tmp_path), areas=[AREA]), area=AREA, day=SEPTEMBER, fewer=False)
    assert {code for code, _ in found(reading)} == {NoticeCode.HEAD_UNKNOWN}


def test_a_notice_that_fits_has_no_findings(checked: Checked) -> None:
    assert found(checked(table(), table(figures("1.5"), lines=["1.5倍", "元/千瓦时"]))) == []


def test_a_band_that_is_not_its_ratio_is_told(checked: Checked) -> None:
    reading = checked(table().change("0.9425", "0.9525"))
    [finding] = reading.findings
    assert (finding.code, finding.where) == (NoticeCode.RATIO_APART, "n:7,9")
    assert finding.facts == {
        "printed": "0.9525",
        "parts": "0.9425",
        "distance": "0.01",
        "band": "sharp",
        "document": "cn/anhui/time_of_use/2026-01",
    }
    assert found(checked(table().change("0.9425", "0.9424"))) == [(NoticeCode.SUM_NEAR, "n:7,9")]


@pytest.mark.parametrize(
    "told",
    [
        {"time_of_use": None},
        changed("time_of_use", "floats:\n  all: {tags: [floats]}\n", ""),
        changed("time_of_use", "    for: {billing: one_part}", "    for: {billing: one_part, class: residential}"),
    ],
)
def test_bands_whose_ratio_nobody_tells_are_not_compared_and_that_is_told(
    checked: Checked, told: dict[str, str | None]
) -> None:
    reading = checked(table(), **told)
    assert {code for code, _ in found(reading)} == {NoticeCode.RATIO_NOT_TOLD}
    assert reading.findings[0].where in ("n:4,10", "n:7,9")


def test_a_band_that_the_ratios_do_not_have_is_not_compared(checked: Checked) -> None:
    reading = checked(table().change("/", "1.0225"))
    assert (found(reading), reading.findings[0].facts) == ([(NoticeCode.RATIO_NOT_TOLD, "n:4,9")], {"band": "sharp"})


def without(row: int) -> Table:
    rows = [each for number, each in enumerate(figures()) if number != row]
    return table(rows)


def test_a_row_of_last_month_that_is_gone_is_told(checked: Checked) -> None:
    reading = checked(without(1))
    [finding] = reading.findings
    assert (finding.code, finding.where) == (NoticeCode.ROW_MISSING, "n")
    assert finding.facts == {"row": "agent one_part 1-10kV", "document": "cn/anhui/purchase_price/2026-08"}
    assert found(checked(without(1), fewer=True)) == [(NoticeCode.ROW_GONE, "n")]


def test_a_row_of_last_month_for_all_voltages_is_there_with_any(checked: Checked) -> None:
    told = changed("purchase_price", 'billing: one_part, voltage: "<1kV", ', "billing: one_part, ")
    assert found(checked(table(), **told)) == []
    told = changed("purchase_price", 'billing: one_part, voltage: "<1kV", ', "class: residential, ")
    reading = checked(table(), **told)
    assert found(reading) == []  # what a row says of no class, it says of all
    told = changed("purchase_price", '"<1kV", purchase: agent', '"<1kV", purchase: market')
    assert checked(table(), **told).findings[0].facts["row"] == "market one_part <1kV"


def test_a_row_for_a_class_is_that_of_the_class(checked: Checked) -> None:
    rows = table().change("两部制", "大工业 两部制")
    told = changed("purchase_price", "{billing: two_part,", "{class: general_commercial, billing: two_part,")
    reading = checked(rows, **told)
    assert {code for code, _ in found(reading)} == {NoticeCode.ROW_MISSING}
    assert reading.findings[0].facts["row"] == "agent general_commercial two_part 1-10kV"


def test_a_band_of_last_month_that_is_gone_is_told(checked: Checked) -> None:
    gone = table().change("0.9425", "/")
    reading = checked(gone)
    assert found(reading) == [(NoticeCode.BAND_MISSING, "n:7,2")]
    assert reading.findings[0].facts["band"] == "sharp"
    assert found(checked(gone, fewer=True)) == [(NoticeCode.BAND_GONE, "n:7,2")]


def test_a_band_that_the_month_does_not_have_may_be_gone(checked: Checked) -> None:
    gone = table().change("0.9425", "/").change("0.9225", "/").change("0.9025", "/", nth=1).change("0.8825", "/", nth=1)
    [(kind, text)] = changed("time_of_use", '      sharp: {of: untimed, factor: "1.8"}\n', "").items()
    text = text.replace("  sharp: {for: {billing: two_part}, bands: {sharp: [10:00-11:00]}}\n", "")
    assert {code for code, _ in found(checked(gone, **{kind: text}))} == {NoticeCode.BAND_GONE}
    assert NoticeCode.BAND_MISSING in {code for code, _ in found(checked(gone, time_of_use=None))}


def test_a_band_whose_hours_are_in_other_months_may_be_gone_though_it_has_a_ratio(checked: Checked) -> None:
    gone = table().change("0.9425", "/").change("0.9225", "/").change("0.9025", "/", nth=1).change("0.8825", "/", nth=1)
    for end, code in (("09-01", NoticeCode.BAND_GONE), ("09-02", NoticeCode.BAND_MISSING)):
        [(kind, text)] = changed("time_of_use", "sharp: {for: ", "sharp: {season: heat, for: ").items()
        text = text.replace("periods:", f"seasons: {{heat: [{{from: 07-15, to: {end}}}]}}\nperiods:")
        assert {each for each, _ in found(checked(gone, **{kind: text}))} == {code}


def test_a_band_without_any_hours_told_is_of_all_months(checked: Checked) -> None:
    gone = table().change("0.9425", "/").change("0.9225", "/").change("0.9025", "/", nth=1).change("0.8825", "/", nth=1)
    [text] = [text for path, text in documents().items() if "time_of_use" in path]
    hours = text[text.index("periods:") : text.index("ratios:")]
    assert {code for code, _ in found(checked(gone, time_of_use=text.replace(hours, "")))} == {NoticeCode.BAND_MISSING}
    ratios = text[text.index("ratios:") : text.index("floats:")]
    assert NoticeCode.BAND_MISSING in {code for code, _ in found(checked(gone, time_of_use=text.replace(ratios, "")))}


def test_without_the_month_before_nothing_is_compared_with_it(checked: Checked) -> None:
    reading = checked(table(), purchase_price=None)
    assert (found(reading), reading.findings[0].facts) == ([(NoticeCode.LAST_MONTH_MISSING, "n")], {"month": "2026-08"})
    text = documents()["cn/anhui/purchase_price/2026-08.yaml"].split("totals:")[0]
    assert found(checked(table(), purchase_price=text)) == [(NoticeCode.LAST_MONTH_MISSING, "n")]


def test_the_month_before_january_is_december(tmp_path: Path) -> None:
    assert last_month(load_catalog(library(tmp_path)), AREA, date(2027, 1, 1)) == ("2026-12", None)


def test_prices_that_another_document_states_otherwise_are_told(checked: Checked) -> None:
    rows = [
        Figures._make((*row[:13], "26" if row.voltage == "35千伏" and row[13] != "—" else row[13])) for row in figures()
    ]
    reading = checked(table(rows))
    [finding] = reading.findings
    assert (finding.code, finding.where) == (NoticeCode.PRICE_NOT_IN_FORCE, "n:8,14")
    document = {"document": "cn/anhui/network_price/2026-01"}
    assert finding.facts == {"printed": "26", "price": "25", "column": "capacity", **document}
    told = changed("levies", "0.0400", "0.0300")
    assert found(checked(table(), **told)) == [(NoticeCode.PRICE_NOT_IN_FORCE, "n:4,8")]  # one cell of all rows
    told = changed("network_price", NETWORK["单一制", "35千伏"], "0.1500")
    assert found(checked(table(), **told)) == [(NoticeCode.PRICE_NOT_IN_FORCE, "n:6,6")]


def test_prices_that_no_document_states_are_not_compared_and_that_is_told(checked: Checked) -> None:
    reading = checked(table(), network_price=None)
    assert [each.facts for each in reading.findings] == [
        {"column": column, "kind": "network_price"} for column in ("network_energy", "demand", "capacity")
    ]
    told = changed("levies", 'price: "0.0400"', 'price: {bands: {peak: "0.04"}}')
    assert {code for code, _ in found(checked(table(), **told))} == {NoticeCode.PRICE_NOT_COMPARED}


def test_what_was_not_read_is_told_once_and_is_not_gone(tmp_path: Path) -> None:
    reading = read_tables([table().change("110千伏", "高压").grid()], source="n")
    check_against(reading, load_catalog(library(tmp_path), areas=[AREA]), area=AREA, day=SEPTEMBER, fewer=False)
    assert [code for code, _ in found(reading)] == [NoticeCode.VOLTAGE_UNKNOWN]
