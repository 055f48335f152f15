"""What bills show is told by the tariffs or has its reason, and nothing is told of a utility that nobody saw."""

import pytest

from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.documents import ConventionsDocument
from billcalc.tariff.time_of_use import TimeOfUse
from tools.coverage_page import PAGE
from tools.seen_on_bills import section, seen

THINGS = {
    "cn-anhui": 23, "cn-beijing": 2, "cn-chongqing": 4, "cn-guangdong": 2, "cn-guangdong-prd5": 13, "cn-guangxi": 10,
    "cn-neimenggu-west": 6,
}  # fmt: skip
"""How many things the bills and tables of each area show."""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def stated(catalog: Catalog) -> dict[str, set[str]]:
    """By document of conventions what it states."""
    return {
        each.id: {".".join(path) for path in each.conventions.stated}
        for each in catalog.documents
        if isinstance(each, ConventionsDocument) and each.evidence == "inferred"
    }


def test_the_list_has_all_that_the_bills_of_each_area_show() -> None:
    counted: dict[str, int] = {}
    for row in seen():
        counted[row.area] = counted.get(row.area, 0) + 1
    assert counted == THINGS


def test_what_was_seen_is_told_by_the_documents_that_are_named_or_has_its_reason(catalog: Catalog) -> None:
    told = stated(catalog)
    by_id = {each.id: each for each in catalog.documents}
    for row in seen():
        assert bool(row.documents) == bool(row.told), row
        assert row.documents or row.reason, row
        for name in row.documents:
            document = by_id[name]
            assert document.area == row.area, row
            if isinstance(document, TimeOfUse):
                assert getattr(document, row.told), row
            else:
                assert row.told in told[name], row


def test_what_a_document_of_conventions_states_was_seen_on_bills(catalog: Catalog) -> None:
    shown = {(name, row.told) for row in seen() for name in row.documents}
    for name, keys in stated(catalog).items():
        assert not {key for key in keys if (name, key) not in shown}, name


def test_the_page_lists_them() -> None:
    assert "\n".join(section(seen())) in PAGE.read_text(encoding="utf-8")
