"""The document of a notice, in the form of the library's."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from billcalc.fields import validated
from billcalc.files.documents import parse_document
from billcalc.library.catalog import load_catalog
from billcalc.notices.checks_library import last_month
from billcalc.notices.document import Publication, document_text
from billcalc.notices.reading import Correction, Reading, read_tables
from billcalc.tariff.documents import AnyDocument, PriceDocument
from tests.notices.samples import AREA, TITLE, Figures, Table, figures, last_month_text, library, table

SEPTEMBER = date(2026, 9, 1)
PUBLICATION = Publication(TITLE, "https://example.org/a.pdf", date(2026, 8, 30), "a note")


def made(*tables: Table, corrections: tuple[Correction, ...] = (), last: PriceDocument | None = None) -> str:
    reading: Reading = read_tables([each.grid() for each in tables], source="n", corrections=corrections)
    text = document_text(reading, PUBLICATION, area=AREA, day=SEPTEMBER, last=last)
    validated(AnyDocument, parse_document(text, name="d.yaml").data)
    return text


def prices(text: str) -> list[tuple[str, Any, Any]]:
    data: Any = parse_document(text, name="d.yaml").data
    told = []
    for component in data["components"]:
        selector = {name: words for name, words in component["for"].items() if name != "class"}
        told.append((component["code"], component["price"], selector))
    return told


def test_the_head_tells_the_month_and_where_it_comes_from() -> None:
    assert made(table()).startswith(
        "id: cn/anhui/purchase_price/2026-09\n"
        "kind: purchase_price\n"
        "area: cn-anhui\n"
        "effective: {from: 2026-09-01, repealed_on: 2026-10-01}\n"
        "document:\n"
        "  title: 国网安徽省电力有限公司代理购电工商业用户电价表（2026年9月）\n"
        '  url: "https://example.org/a.pdf"\n'
        "evidence: official_text\n"
        "recorded_on: 2026-08-30\n"
        'note: "a note"\n'
        "for: {class: [industrial_commercial, large_industrial, general_commercial]}\n"
        "components:\n"
        "- code: purchase\n"
        "  label: 代理购电价格\n"
        "  section: energy\n"
        '  price: "0.4000"\n'
        "  tags: [floats]\n"
        "  for: {purchase: agent}\n"
        "- code: purchase\n"
        "  label: 市场化购电价格\n"
        "  section: energy\n"
        "  price: given\n"
    )


def test_each_purchase_has_its_price_and_what_is_equal_is_told_once() -> None:
    assert prices(made(table(), table(figures("1.5"), lines=["1.5倍", "元/千瓦时"]))) == [
        ("purchase", "0.4000", {"purchase": "agent"}),
        ("purchase", "0.6000", {"purchase": "agent_1.5x"}),
        ("purchase", "given", {"purchase": "market"}),
        ("upstream_loss", "0.0125", {"purchase": ["agent", "agent_1.5x"]}),
        ("upstream_loss", "given", {"purchase": "market"}),
        ("system_operation", "0.0500", {"purchase": ["agent", "agent_1.5x", "market"]}),
    ]


def test_totals_are_those_that_are_printed() -> None:
    text = made(table())
    assert (
        '- for: {billing: one_part, voltage: "<1kV", purchase: agent}\n'
        '  untimed: "0.7025"\n'
        '  bands: {peak: "0.9025", flat: "0.7025", valley: "0.5025"}\n'
    ) in text
    assert '  bands: {sharp: "0.8825", peak: "0.7625", flat: "0.5625", valley: "0.3625"}\n' in text


def test_a_table_without_bands_has_totals_without_them() -> None:
    rows = [Figures._make((*row[:8], *["/"] * 4, *row[12:])) for row in figures()]
    assert "bands" not in made(table(rows))


def apart(column: int, texts: dict[int, str], words: dict[str, str] | None = None) -> Table:
    """The table with a merged part written row by row."""
    words = words or {}
    cells = [
        (words.get(cell[0], cell[0]), *cell[1:]) for cell in table().cells if not (cell[2] == column and cell[1] >= 3)
    ]
    rest = "0.0500" if column == 6 else "0.0125"
    cells += [(texts.get(number, rest), 3 + number, column, 1, 1) for number in range(7)]
    return Table(table().lines, cells)


def test_a_part_that_differs_by_rows_is_a_component_for_each_price() -> None:
    text = made(apart(6, {0: "0.0600", 4: "/"}))
    assert prices(text)[4:] == [
        ("system_operation", "0.0600", {"billing": "one_part", "voltage": "<1kV", "purchase": ["agent", "market"]}),
        ("system_operation", "0.0500", {"billing": "one_part", "voltage": ["1-10kV", "35kV"], "purchase": ["agent", "market"]}),
        ("system_operation", "0.0500", {"billing": "two_part", "voltage": ["1-10kV", "110kV", ">=220kV"], "purchase": ["agent", "market"]}),
    ]  # fmt: skip


def test_a_part_that_is_a_dash_everywhere_is_left_out() -> None:
    assert "system_operation" not in made(table().change("0.0500", "—"))


def test_a_class_of_rows_is_told_with_them() -> None:
    rows = [Figures._make(("大工业 两部制" if row[0] == "两部制" else row[0], *row[1:])) for row in figures()]
    text = made(table(rows))
    assert "- for: {class: [large_industrial], " not in text
    assert "- for: {class: large_industrial, billing: two_part, voltage: 35kV, purchase: agent}\n" in text
    assert "\nfor: " not in text
    assert "  for: {class: [industrial_commercial, large_industrial, general_commercial], purchase: agent}\n" in text
    text = made(apart(6, {0: "0.0600"}, {"两部制": "大工业两部制"}))
    assert "  for: {class: large_industrial, billing: two_part, voltage: [1-10kV, 35kV, 110kV, " in text


def test_a_correction_is_kept_beside_what_was_printed() -> None:
    corrections = (Correction("4,4", Decimal("0.41"), "the parts: 5"), Correction("4,3", Decimal("0.7125"), "x"))
    text = made(table(), corrections=corrections)
    told = {"flat": {"printed": "0.4000", "corrected": "0.41", "reason": "the parts: 5"}}
    assert prices(text)[0] == ("purchase", told, {"purchase": "agent"})
    assert 'untimed: "0.7125"' in text


def test_without_its_source_the_evidence_is_weaker() -> None:
    reading = read_tables([table().grid()], source="n")
    publication = Publication("on", None, date(2026, 8, 30), "n")
    text = document_text(reading, publication, area=AREA, day=SEPTEMBER, last=None)
    assert 'document:\n  title: "on"\nevidence: secondary\n' in text


@pytest.mark.parametrize(
    ("classes", "told"),
    [
        ("class: [large_industrial, general_commercial]", "class: [large_industrial, general_commercial]"),
        ("billing: two_part", "class: [industrial_commercial, large_industrial, general_commercial]"),
    ],
)
def test_the_classes_are_those_of_last_month(tmp_path: Path, classes: str, told: str) -> None:
    catalog = load_catalog(library(tmp_path, purchase_price=last_month_text(classes)))
    assert f"\nfor: {{{told}}}\ncomponents:\n" in made(table(), last=last_month(catalog, AREA, SEPTEMBER).document)
