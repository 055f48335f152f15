"""What changed between two days, for one customer and for every row."""

from datetime import date
from decimal import Decimal
from typing import Any

from billcalc.tariff.catalog import Catalog
from billcalc.tariff.differences import Differences, differences
from billcalc.vocabulary import Billing, Voltage
from tests.tariff.samples import FACTORY, document, levies, network, purchase, structure

MAY, JUNE, JULY = date(2024, 5, 15), date(2024, 6, 15), date(2024, 7, 15)
OWN = {"code": "purchase", "section": "energy", "price": "given", "for": {"purchase": "market"}}
AGENT = {"code": "purchase", "section": "energy", "price": "0.5", "for": {"purchase": "agent"}}
ROWS = [
    {"code": "network_energy", "section": "network_energy", "price": "0.12", "for": {"voltage": "35kV"}},
    {"code": "network_energy", "section": "network_energy", "price": "0.1", "for": {"voltage": "110kV"}},
]
HOURS: dict[str, Any] = {
    "remainder": "flat",
    "periods": {"all": {"bands": {"peak": ["08:00-12:00"]}}},
    "ratios": {"all": {"bands": {"peak": {"of": "flat", "factor": "1.5"}, "flat": {"of": "untimed", "factor": "1"}}}},
    "floats": {"agent": {"for": {"purchase": "agent"}, "sections": ["energy"]}},
}


def library() -> Catalog:
    dearer = [{**ROWS[0], "price": "0.15"}, ROWS[1]]
    fee = {"code": "capacity", "section": "network_capacity", "quantity": "capacity_kva", "price": "30"}
    return Catalog(
        [
            structure(),
            purchase(components=[AGENT, OWN]),
            purchase("2024-07", until="2024-08-01", components=[{**AGENT, "price": "0.6"}, OWN]),
            network(components=ROWS),
            network("2024-07", start="2024-07-01", components=[*dearer, fee]),
            levies(),
            document("cn/guangxi/time_of_use/2024", start="2024-01-01", **HOURS),
        ]
    )


def shown(found: Differences) -> list[tuple[str, str, str | None, str | None, int]]:
    def text(price: Decimal | None) -> str | None:
        return None if price is None else f"{price:f}"

    return [
        (each.component, each.band.value, text(each.before), text(each.after), len(each.customers))
        for each in found.changes
    ]


def test_the_prices_of_a_customer_that_changed_are_told_by_component_and_band() -> None:
    found = differences(library(), area="cn-guangxi", first=JUNE, second=JULY, key=FACTORY)
    assert shown(found) == [
        ("purchase", "peak", "0.75", "0.90", 1),
        ("purchase", "flat", "0.5", "0.6", 1),
        ("capacity", "total", None, "30", 1),
    ]
    assert [each.is_priced for each in found.changes] == [(True, True), (True, True), (False, True)]
    assert (found.customers, found.lacking) == ((FACTORY,), ())


def test_every_row_is_compared_and_changes_of_several_rows_are_one() -> None:
    found = differences(library(), area="cn-guangxi", first=JUNE, second=JULY)
    assert ("network_energy", "total", "0.12", "0.15", 4) in shown(found)
    assert {key.voltage for key in found.customers} == {Voltage.V35, Voltage.V110}
    assert {key.time_of_use for key in found.customers} == {True, False}
    assert ("purchase", "peak", "0.75", "0.90", 2) in shown(found)


def test_what_the_contract_tells_is_the_same_on_both_days() -> None:
    market = FACTORY.model_copy(update={"purchase": "market"})
    found = differences(library(), area="cn-guangxi", first=JUNE, second=JULY, key=market)
    assert shown(found) == [("capacity", "total", None, "30", 1)]


def test_what_is_not_in_the_library_is_not_compared_and_said() -> None:
    found = differences(library(), area="cn-guangxi", first=MAY, second=JUNE, key=FACTORY)
    assert [(each.code.value, each.facts["kind"]) for each in found.lacking] == [
        ("no_document", "purchase_price"),
        ("no_document", "levies"),
    ]
    assert ("purchase", "flat", None, "0.5", 1) in shown(found)
    rows = differences(library(), area="cn-guangxi", first=MAY, second=JUNE)
    assert [each.facts["kind"] for each in rows.lacking] == ["purchase_price", "levies"]


def test_a_row_that_is_there_for_nobody_is_left_out_unless_it_was_asked_for() -> None:
    low = FACTORY.model_copy(update={"voltage": Voltage.BELOW_1, "billing": Billing.ONE_PART})
    found = differences(library(), area="cn-guangxi", first=JUNE, second=JULY, key=low)
    assert [each.code.value for each in found.lacking] == ["no_price", "no_price"]
    everyone = differences(library(), area="cn-guangxi", first=JUNE, second=JULY)
    assert Voltage.BELOW_1 not in {key.voltage for key in everyone.customers}


def test_without_a_structure_nothing_is_priced() -> None:
    alone = Catalog([network()])
    found = differences(alone, area="cn-guangxi", first=JUNE, second=JULY)
    assert (found.changes, found.lacking) == ((), ())
    assert found.customers != ()
