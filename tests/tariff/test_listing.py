"""Which documents there are, and the days they cover."""

from datetime import date

from billcalc.kernel.sources import Evidence
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.listing import covered, listed
from billcalc.vocabulary import Kind
from tests.tariff.samples import levies, network, purchase, structure

SEEN = {"first": "2024-08-01", "last": "2024-08-31"}


def library() -> Catalog:
    return Catalog(
        [
            structure(),
            network(),
            purchase(),
            purchase("2024-07", until="2024-08-01"),
            purchase("2024-09", until="2024-10-01"),
            levies("2024-01", effective={"from": "2024-01-01"}, start=None),
            levies("2024-06"),
            levies("2024-06-01", supersedes="cn/guangxi/levies/2024-06"),
            levies("2024-08", start=None, seen_in_force=SEEN),
        ]
    )


def test_documents_are_listed_by_area_kind_and_day() -> None:
    found = listed(library(), areas=["cn-guangxi"], kind=Kind.LEVIES)
    assert [(each.document.id[-7:], str(each.span), each.superseded_by) for each in found] == [
        ("2024-01", "2024-01-01/2024-06-01", None),
        ("2024-06", "2024-06-01/..", "cn/guangxi/levies/2024-06-01"),
        ("4-06-01", "2024-06-01/2024-08-01", None),
        ("2024-08", "2024-08-01/..", None),
    ]
    assert [each.document.id for each in listed(library(), on=date(2024, 6, 15), areas=["cn", "cn-guangxi"])] == [
        "cn/guangxi/levies/2024-06-01",
        "cn/guangxi/network_price/2023-06",
        "cn/guangxi/purchase_price/2024-06",
        "cn/national/price_structure/2021-12",
    ]
    assert len(listed(library())) == 9


def test_days_of_one_evidence_that_follow_one_another_are_covered_together() -> None:
    found = covered(library(), areas=["cn-guangxi"])
    assert [(each.kind.value, str(each.span), len(each.documents), each.seen_until) for each in found] == [
        ("network_price", "2023-06-01/..", 1, None),
        ("purchase_price", "2024-06-01/2024-08-01", 2, None),
        ("purchase_price", "2024-09-01/2024-10-01", 1, None),
        ("levies", "2024-01-01/2024-08-01", 2, None),
        ("levies", "2024-08-01/..", 1, date(2024, 8, 31)),
    ]
    assert {each.evidence for each in found} == {Evidence.SECONDARY}
    assert [each.area for each in covered(library())][:1] == ["cn"]
