"""Which document is in force where and when, which one takes the place of which, and the prices they compose."""

from datetime import date, timedelta
from hashlib import sha256
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billcalc.kernel.codes import FaultCode, RefusalCode
from billcalc.kernel.spans import Span
from billcalc.kernel.troubles import InvalidInput, Refused
from billcalc.tariff import catalog as catalog_module
from billcalc.tariff.catalog import Catalog, InForce
from billcalc.tariff.documents import Header
from billcalc.vocabulary import Kind, Voltage
from tests.tariff.samples import (
    CATALOGUE,
    FACTORY,
    HOME,
    LEVY,
    NETWORK,
    PURCHASE,
    document,
    levies,
    network,
    purchase,
    structure,
)

JUNE, JULY = date(2024, 6, 1), date(2024, 7, 1)
DAY = timedelta(days=1)
RULES: dict[str, Any] = {"days": "thirtieth", "floor_share": "0.40", "over_steps": []}


def found(catalog: Catalog, day: date, kind: Kind = Kind.LEVIES, area: str = "cn-guangxi") -> str | None:
    in_force = catalog.find(kind, area, day)
    return None if in_force is None else in_force.document.id


# By day


def test_a_document_is_in_force_from_its_first_day_on() -> None:
    catalog = Catalog([levies()])
    assert found(catalog, JUNE - DAY) is None
    assert found(catalog, JUNE) == "cn/guangxi/levies/2024-06"
    assert found(catalog, date(2099, 12, 31)) == "cn/guangxi/levies/2024-06"


def test_a_document_ends_where_its_successor_starts() -> None:
    catalog = Catalog([levies("2024-07", start="2024-07-01"), levies()])
    assert found(catalog, JULY - DAY) == "cn/guangxi/levies/2024-06"
    assert found(catalog, JULY) == "cn/guangxi/levies/2024-07"


def test_a_document_that_was_repealed_leaves_a_gap_until_the_next() -> None:
    catalog = Catalog([purchase(), purchase("2024-08", until="2024-09-01")])
    kind = Kind.PURCHASE_PRICE
    assert found(catalog, JULY - DAY, kind) == "cn/guangxi/purchase_price/2024-06"
    assert found(catalog, JULY, kind) is None
    assert found(catalog, date(2024, 7, 31), kind) is None
    assert found(catalog, date(2024, 8, 1), kind) == "cn/guangxi/purchase_price/2024-08"
    assert found(catalog, date(2024, 9, 1), kind) is None


def test_a_document_of_unknown_start_applies_from_where_it_was_seen_on() -> None:
    seen = levies(start=None, seen_in_force={"first": "2024-06-01", "last": "2025-04-30"})
    catalog = Catalog([seen, levies("2026-01", start="2026-01-01")])
    assert catalog.find(Kind.LEVIES, "cn-guangxi", JUNE - DAY) is None
    assert catalog.find(Kind.LEVIES, "cn-guangxi", JUNE) == InForce(seen, seen.source)
    assert catalog.find(Kind.LEVIES, "cn-guangxi", date(2025, 4, 30)) == InForce(seen, seen.source)
    assert catalog.find(Kind.LEVIES, "cn-guangxi", date(2025, 5, 1)) == InForce(seen, seen.source)
    assert catalog.find(Kind.LEVIES, "cn-guangxi", date(2025, 12, 31)) == InForce(seen, seen.source)
    assert found(catalog, date(2026, 1, 1)) == "cn/guangxi/levies/2026-01"


@given(starts=st.lists(st.dates(date(1996, 1, 1), date(2030, 1, 1)), min_size=1, max_size=8, unique=True))
def test_on_every_day_the_document_that_started_last_is_in_force(starts: list[date]) -> None:
    documents = [levies(str(number), start=str(start)) for number, start in enumerate(starts)]
    catalog = Catalog(documents)
    for day in {each + offset for each in starts for offset in (-DAY, timedelta(0), DAY)}:
        started = [document for document in documents if document.start <= day]
        latest = max(started, key=lambda each: each.start, default=None)
        assert found(catalog, day) == (None if latest is None else latest.id)


@given(
    starts=st.lists(st.dates(date(2024, 1, 1), date(2024, 3, 1)), min_size=1, max_size=5, unique=True),
    lengths=st.lists(st.integers(1, 20), min_size=5, max_size=5),
    within=st.tuples(st.dates(date(2023, 12, 1), date(2024, 4, 1)), st.none() | st.integers(1, 40)),
)
def test_a_part_of_a_series_is_what_meets_its_days(
    starts: list[date], lengths: list[int], within: tuple[date, int | None]
) -> None:
    following = dict(pairwise(sorted(starts)))
    documents = []
    for start, length in zip(starts, lengths, strict=False):
        end = min(start + length * DAY, following.get(start, date.max))
        effective = {"from": str(start), "repealed_on": str(end)}
        documents.append(document(f"cn/guangxi/levies/{start}", start=None, effective=effective, components=[LEVY]))
    catalog = Catalog(documents)
    days = Span(within[0], None if within[1] is None else within[0] + within[1] * DAY)
    met = tuple(each for each in catalog.series[Kind.LEVIES, "cn-guangxi"] if each[0].intersect(days) is not None)
    assert catalog.during(Kind.LEVIES, "cn-guangxi", days) == met
    assert catalog.during(Kind.LEVIES, "cn", days) == ()


# By area


def test_an_area_has_its_own_document_before_the_nations() -> None:
    national = document("cn/national/basic_charge_rules/1996", **RULES)
    own = document("cn/guangxi/basic_charge_rules/2024", start="2024-07-01", **RULES)
    catalog = Catalog([national, own])
    kind = Kind.BASIC_CHARGE_RULES
    assert found(catalog, JULY - DAY, kind) == "cn/national/basic_charge_rules/1996"
    assert found(catalog, JULY, kind) == "cn/guangxi/basic_charge_rules/2024"
    assert found(catalog, JULY, kind, "cn-hubei") == "cn/national/basic_charge_rules/1996"
    assert found(catalog, JULY, kind, "cn") == "cn/national/basic_charge_rules/1996"
    assert found(catalog, JULY, kind, "tw") is None


def test_when_the_areas_document_is_repealed_the_nations_holds_again() -> None:
    own = document(
        "cn/guangxi/basic_charge_rules/2024",
        start=None,
        effective={"from": "2024-06-01", "repealed_on": "2024-07-01"},
        **RULES,
    )
    catalog = Catalog([document("cn/national/basic_charge_rules/1996", **RULES), own])
    assert found(catalog, JULY, Kind.BASIC_CHARGE_RULES) == "cn/national/basic_charge_rules/1996"


def test_a_zone_has_the_documents_of_the_area_it_lies_in_and_its_own_before_them() -> None:
    kind = Kind.TIME_OF_USE
    hours: dict[str, Any] = {"periods": {"all": {"bands": {"flat": ["00:00-24:00"]}}}}
    wide, zone = (
        document("cn/guangdong/time_of_use/2021-10", **hours),
        document("cn/guangdong-prd5/time_of_use/2021-10", **hours),
    )
    catalog = Catalog([wide, zone])
    assert found(catalog, JULY, kind, "cn-guangdong-prd5") == zone.id
    assert found(catalog, JULY, kind, "cn-guangdong-north") == wide.id


def test_an_area_whose_name_has_several_parts_lies_in_its_nation() -> None:
    catalog = Catalog([document("cn/national/basic_charge_rules/1996", **RULES)])
    assert found(catalog, JUNE, Kind.BASIC_CHARGE_RULES, "cn-neimenggu-west") == "cn/national/basic_charge_rules/1996"


def test_what_is_not_in_force_is_refused_with_its_kind_area_and_day() -> None:
    with pytest.raises(Refused) as caught:
        Catalog([]).in_force(Kind.LEVIES, "cn-guangxi", JUNE)
    assert caught.value.refusal.code is RefusalCode.NO_DOCUMENT
    assert str(caught.value) == (
        "/area: no_document: no document of government funds and surcharges is in force in cn-guangxi on 2024-06-01; "
        "add the document to the tariffs, or give its content with the request"
    )


def test_a_document_that_is_in_force_is_found_with_how_it_is_cited() -> None:
    seen = levies(start=None, seen_in_force={"first": "2024-06-01", "last": "2024-06-01"})
    assert Catalog([seen]).in_force(Kind.LEVIES, "cn-guangxi", JULY) == InForce(seen, seen.source)


# Changes


def test_changes_are_the_starts_and_ends_inside_a_span() -> None:
    catalog = Catalog([purchase(), purchase("2024-08", until="2024-09-01")])
    year = Span(date(2024, 1, 1), date(2025, 1, 1))
    changes = catalog.changes(Kind.PURCHASE_PRICE, "cn-guangxi", year)
    assert changes == (JUNE, JULY, date(2024, 8, 1), date(2024, 9, 1))


def test_a_change_on_the_first_day_of_a_span_is_none_inside_it() -> None:
    catalog = Catalog([levies(), levies("2024-07", start="2024-07-01")])
    assert catalog.changes(Kind.LEVIES, "cn-guangxi", Span(JUNE, JULY)) == ()
    assert catalog.changes(Kind.LEVIES, "cn-guangxi", Span(JUNE, JULY + DAY)) == (JULY,)
    assert catalog.changes(Kind.LEVIES, "cn-guangxi", Span(JULY, date(2024, 8, 1))) == ()


def test_a_change_of_the_nations_document_is_one_of_its_areas() -> None:
    catalog = Catalog(
        [
            document("cn/national/basic_charge_rules/2024-07", start="2024-07-01", **RULES),
            document("cn/guangxi/basic_charge_rules/2024-08", start="2024-08-01", **RULES),
        ]
    )
    year = Span(date(2024, 1, 1), date(2025, 1, 1))
    assert catalog.changes(Kind.BASIC_CHARGE_RULES, "cn-guangxi", year) == (JULY, date(2024, 8, 1))
    assert catalog.changes(Kind.BASIC_CHARGE_RULES, "cn-hubei", year) == (JULY,)


# Corrections


def test_a_correction_takes_the_place_of_what_it_corrects_on_all_days() -> None:
    wrong = levies()
    right = levies("2024-06-2", supersedes=wrong.id)
    again = levies("2024-06-3", supersedes=right.id)
    for documents, left in (([wrong, right], right), ([again, wrong, right], again)):
        catalog = Catalog(documents)
        assert found(catalog, JUNE) == left.id
        assert [each.id for _, each in catalog.series[Kind.LEVIES, "cn-guangxi"]] == [left.id]
        assert len(catalog.documents) == len(documents)


def test_as_known_on_a_day_a_later_correction_does_not_exist() -> None:
    wrong = levies(recorded_on="2024-06-03")
    right = levies("2024-06-2", supersedes=wrong.id, recorded_on="2024-06-20")
    catalog = Catalog([wrong, right], version="abc")
    assert found(catalog, JUNE) == right.id
    before = catalog.as_known_on(date(2024, 6, 19))
    assert (found(before, JUNE), before.version) == (wrong.id, "abc")
    assert found(catalog.as_known_on(date(2024, 6, 20)), JUNE) == right.id
    assert found(catalog.as_known_on(date(2024, 6, 2)), JUNE) is None


# What cannot stand together


def faults_of(*documents: Header) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        Catalog(documents)
    return [str(fault) for fault in caught.value.faults]


def test_two_documents_of_one_id_are_refused() -> None:
    first = levies()
    second = levies(start="2024-07-01")
    [fault] = faults_of(first, second)
    assert fault == (
        "cn/guangxi/levies/2024-06: duplicate_document: cn/guangxi/levies/2024-06 and cn/guangxi/levies/2024-06 have "
        "one id; rename one of the files"
    )


def test_two_documents_that_start_on_one_day_are_refused_once_and_leave_a_later_one_alone() -> None:
    later = levies("2025-01", start="2025-01-01")
    assert faults_of(levies(), levies("2024-06-2"), later) == [
        "cn/guangxi/levies/2024-06-2: overlapping_documents: cn/guangxi/levies/2024-06 and "
        "cn/guangxi/levies/2024-06-2 are both in force, 2024-06-01 to 2024-12-31; "
        "end one with repealed_on, or let the later one supersede the other"
    ]


def test_a_document_whose_stated_end_lies_after_its_successors_start_is_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        Catalog([purchase(until="2024-07-02"), purchase("2024-07", until="2024-08-01")])
    [fault] = caught.value.faults
    assert fault.code is FaultCode.OVERLAPPING_DOCUMENTS
    assert fault.facts["span"] == "2024-07-01/2024-07-02"


def test_documents_of_two_kinds_or_areas_do_not_overlap() -> None:
    other_area = document("cn/hubei/levies/2024-06", components=[PURCHASE])
    catalog = Catalog([levies(), network(), other_area])
    assert len(catalog.series) == 3


# Price sheets


def sheet_codes(catalog: Catalog, **told: Any) -> list[str]:
    sheet = catalog.price_sheet(**{"area": "cn-guangxi", "key": FACTORY, "on": date(2024, 6, 15), **told})
    return [each.component.code for each in sheet.components]


def test_a_price_sheet_has_the_components_of_every_kind_in_the_order_of_the_structure() -> None:
    catalog = Catalog([levies(), purchase(), network(), structure()])
    sheet = catalog.price_sheet(area="cn-guangxi", key=FACTORY, on=date(2024, 6, 15))
    assert [each.component.code for each in sheet.components] == ["purchase", "network_energy", "levies"]
    assert [each.source.id for each in sheet.components] == [
        "cn/guangxi/purchase_price/2024-06",
        "cn/guangxi/network_price/2023-06",
        "cn/guangxi/levies/2024-06",
    ]
    assert [each.document.id for each in sheet.documents] == [each.source.id for each in sheet.components]


def test_a_kind_can_be_priced_by_another_day() -> None:
    dear = {**PURCHASE, "code": "dear_purchase"}
    catalog = Catalog(
        [levies(), purchase(), purchase("2024-07", until="2024-08-01", components=[dear]), network(), structure()]
    )
    july = {Kind.PURCHASE_PRICE: JULY}
    assert sheet_codes(catalog, on_by_kind=july) == ["dear_purchase", "network_energy", "levies"]
    assert sheet_codes(catalog) == ["purchase", "network_energy", "levies"]


def test_a_sheet_is_composed_once_while_not_too_many_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog_module, "SHEETS_MAX", 2)
    catalog = Catalog([levies(), purchase(), network(), structure()])
    days = [date(2024, 6, day) for day in (1, 2, 3)]
    first, second, _ = (catalog.price_sheet(area="cn-guangxi", key=FACTORY, on=day) for day in days)
    assert catalog.price_sheet(area="cn-guangxi", key=FACTORY, on=days[1]) is not second
    assert catalog.price_sheet(area="cn-guangxi", key=FACTORY, on=days[1]).components == first.components
    third = catalog.price_sheet(area="cn-guangxi", key=FACTORY, on=days[2])
    assert catalog.price_sheet(area="cn-guangxi", key=FACTORY, on=days[2]) is third


def test_a_class_that_the_structure_does_not_know_pays_nothing_by_documents() -> None:
    catalog = Catalog([structure(made_of={"residential": ["levies"]})])
    assert sheet_codes(catalog) == []


def test_a_kind_that_is_missing_refuses_the_sheet() -> None:
    with pytest.raises(Refused, match="no document of network prices is in force in cn-guangxi on 2024-06-15"):
        sheet_codes(Catalog([levies(), purchase(), structure()]))


def test_only_the_customers_own_rows_are_taken() -> None:
    rows = [{**NETWORK, "for": {"voltage": "110kV"}}, {**NETWORK, "code": "low", "for": {"voltage": "<1kV"}}]
    catalog = Catalog([levies(), purchase(), network(components=rows), structure()])
    assert sheet_codes(catalog) == ["purchase", "network_energy", "levies"]


def test_a_document_without_a_row_for_the_customer_is_refused_and_named() -> None:
    rows = [{**NETWORK, "for": {"voltage": "110kV"}}]
    catalog = Catalog([network(components=rows)])
    key = FACTORY.model_copy(update={"voltage": Voltage.V35})
    with pytest.raises(Refused) as caught:
        catalog.components(Kind.NETWORK_PRICE, area="cn-guangxi", key=key, day=JUNE)
    assert str(caught.value) == (
        "/area: no_price: network prices: there is no row for industrial and commercial, two-part, 35kV, agency purchase, "
        "time of use on 2024-06-01; add the row to the document cn/guangxi/network_price/2023-06, or give a price sheet with the "
        "request"
    )


@pytest.mark.parametrize(
    ("make", "by_product", "wanted"),
    [
        (purchase, {"code": "coal_capacity", "section": "system_operation", "price": "0.02"}, "energy"),
        (network, {"code": "demand", "section": "network_capacity", "quantity": "demand_kw", "price": "31"}, "network"),
    ],
)
def test_a_document_that_prices_only_what_comes_on_top_is_refused(
    make: Any, by_product: dict[str, str], wanted: str
) -> None:
    # The row of the energy is for customers with time of use, that of the coal capacity is for all: without the energy,
    # a customer who has none would get a bill that is far too small.
    main = PURCHASE if make is purchase else NETWORK
    made = make(components=[{**main, "for": {"time_of_use": True}}, by_product])
    catalog = Catalog([made])
    without = FACTORY.model_copy(update={"time_of_use": False})
    assert len(catalog.components(made.kind, area="cn-guangxi", key=FACTORY, day=JUNE)[1]) == 2
    with pytest.raises(Refused) as caught:
        catalog.components(made.kind, area="cn-guangxi", key=without, day=JUNE)
    assert caught.value.refusal.code is RefusalCode.NO_PRICE
    assert caught.value.refusal.facts["wanted"].startswith(wanted)
    assert caught.value.refusal.facts["key"].endswith("no time of use")


def test_a_household_pays_its_catalogue_price() -> None:
    catalogue = document("cn/guangxi/catalogue_price/2024", components=[CATALOGUE])
    catalog = Catalog([levies(), catalogue, structure()])
    assert sheet_codes(catalog, key=HOME) == ["catalogue_energy", "levies"]


def test_components_come_with_their_document() -> None:
    seen = levies(start=None, seen_in_force={"first": "2024-06-01", "last": "2024-06-30"})
    in_force, components = Catalog([seen]).components(Kind.LEVIES, area="cn-guangxi", key=FACTORY, day=JULY)
    assert in_force == InForce(seen, seen.source)
    assert [each.source for each in components] == [seen.source]


# Fingerprints


def test_a_document_has_a_fingerprint_that_only_its_own_content_changes() -> None:
    wanted = "cn/guangxi/levies/2024-06"
    catalog = Catalog([levies(), network()])
    of_levies = catalog.fingerprints([wanted])[wanted]
    assert of_levies.sha256 == sha256(of_levies.content.encode()).hexdigest()
    assert catalog.fingerprints([wanted]) == {wanted: of_levies}
    with_another_beside_it = Catalog([levies(), purchase()])
    assert with_another_beside_it.fingerprints([wanted])[wanted].sha256 == of_levies.sha256
    assert hash(with_another_beside_it.fingerprints([wanted])[wanted]) == hash(of_levies)
    dearer = Catalog([levies(components=[{**PURCHASE, "section": "levies", "tags": ["levy"]}])])
    assert dearer.fingerprints([wanted])[wanted].sha256 != of_levies.sha256


def test_what_is_no_document_has_no_fingerprint() -> None:
    catalog = Catalog([levies(), network()])
    found = catalog.fingerprints(["request", "cn/guangxi/network_price/2023-06", "cn/guangxi/levies/2024-06"])
    assert [each.partition(":")[0] for each in found] == [
        "cn/guangxi/network_price/2023-06",
        "cn/guangxi/levies/2024-06",
    ]
