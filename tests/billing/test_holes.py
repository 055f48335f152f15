"""A price sheet that leaves out what the area's price has, and time of use at one price, are doubts."""

from typing import Any

from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Severity
from tests.billing.cases import (
    AREA,
    HOME,
    Data,
    bill,
    catalog,
    changed,
    document,
    energy,
    prices,
    problems,
    request,
    sheet,
)

BANDS = {"bands": {"peak": "0.8", "flat": "0.5", "valley": "0.2"}}
FULL = catalog(
    structure=document(
        "price_structure",
        "2020-01-01",
        {
            "made_of": {"industrial_commercial": ["purchase_price", "network_price", "levies"]},
            "sections": {
                "industrial_commercial": ["energy", "upstream_loss", "network_energy", "system_operation", "levies"]
            },
        },
    )
)


def missing(data: Data, tariffs: Any = AREA) -> list[str]:
    found = problems(bill(data, tariffs), ProblemCode.SECTION_NOT_PRICED)
    assert all((each.where, each.severity) == ("/price_sheet", Severity.DOUBT) for each in found)
    return [each.facts["section"] for each in found]


def test_each_section_that_nothing_prices_is_named() -> None:
    assert missing(sheet(energy("energy", BANDS))) == ["network_energy", "levies"]
    assert missing(sheet(energy("energy", BANDS)), FULL) == [
        "upstream_loss", "network_energy", "system_operation", "levies"
    ]  # fmt: skip


def test_a_section_may_be_said_not_to_be_charged() -> None:
    told = ["network_energy", "levies"]
    answer = bill(sheet(energy("energy", BANDS), not_charged=told))
    assert problems(answer, ProblemCode.SECTION_NOT_PRICED) == []
    assert not [each for each in problems(answer, ProblemCode.STATED_WITHOUT_EFFECT) if "not_charged" in each.where]


def test_a_line_a_fee_a_levy_within_another_price_and_a_total_price_their_sections() -> None:
    network = {"code": "network_fee", "section": "network_energy", "quantity": "months", "price": "5"}
    levy = energy("fund", "0.02", tags=["levy"])
    assert missing(sheet(energy("energy", BANDS), network, levy)) == []
    line = {"code": "network_energy", "section": "network_energy", "group": "main", "amount": "5.00"}
    data = {**sheet(energy("energy", BANDS, supplies=["levies"])), "given": [line]}
    assert missing(data) == []
    supplying = {**data, "given": [{**line, "section": "energy", "supplies": ["network_energy"]}]}
    assert missing(supplying) == []


def test_kinds_that_documents_price_have_no_hole() -> None:
    assert missing(sheet(energy("energy", BANDS), instead_of=["purchase_price"])) == []
    assert missing(sheet(energy("network", BANDS), instead_of=["network_price"])) == ["network_energy"]
    assert missing(request()) == []


def test_a_group_without_energy_and_a_class_or_area_without_structure_miss_nothing() -> None:
    unmetered = changed(sheet(energy("energy", BANDS)), {"metering_points": []})
    assert missing(unmetered) == []
    assert missing(sheet(energy("energy", BANDS)), catalog(structure=None)) == []
    farm = changed(sheet(energy("energy", BANDS)), {"agreement.0.groups.main.class": "agricultural"})
    assert missing(farm) == []


def test_a_household_pays_a_catalogue_price_and_energy_is_as_good() -> None:
    home = changed(sheet(energy("energy", "0.5")), {"agreement.0.groups.main": HOME})
    assert missing(home) == ["levies"]


# Time of use at one price


def at_one_price(data: Data, tariffs: Any = AREA) -> list[str]:
    found = problems(bill(data, tariffs), ProblemCode.BANDS_AT_ONE_PRICE)
    assert all(each.severity is Severity.DOUBT for each in found)
    return [each.where for each in found]


WHERE = ["/agreement/0/groups/main/time_of_use"]


def test_time_of_use_at_one_price_is_a_doubt_whether_the_request_or_a_document_prices_it() -> None:
    assert at_one_price(sheet(energy("energy", "0.5"))) == WHERE
    flat = catalog(purchase=prices("purchase_price", [energy("purchase", "0.5")]))
    assert at_one_price(request(), flat) == WHERE


def test_equal_prices_of_bands_say_that_it_is_meant() -> None:
    equal = {"bands": {"peak": "0.5", "flat": "0.5", "valley": "0.5"}}
    assert at_one_price(sheet(energy("energy", equal))) == []
    assert at_one_price(sheet(energy("energy", "0.5"), energy("shift", BANDS))) == []


def test_one_price_is_no_doubt_without_time_of_use_or_without_bands_or_for_what_is_no_energy() -> None:
    untimed = changed(sheet(energy("energy", "0.5")), {"agreement.0.groups.main.time_of_use": False})
    assert at_one_price(untimed) == []
    assert at_one_price(request()) == []


def test_a_document_that_tells_what_floats_and_not_this_price_settles_it() -> None:
    told = document(
        "time_of_use",
        "2020-01-01",
        {
            "remainder": "flat",
            "periods": {"day": {"bands": {"peak": ["08:00-12:00"]}}},
            "ratios": {
                "all": {"bands": {band: {"of": "untimed", "factor": "1.5"} for band in ("peak", "flat", "valley")}}
            },
            "floats": {"all": {"sections": ["network_energy"]}},
        },
    )
    flat = catalog(purchase=prices("purchase_price", [energy("purchase", "0.5")]), time_of_use=told)
    assert at_one_price(request(), flat) == []


def test_a_section_that_the_structure_names_and_no_document_prices_is_told() -> None:
    found = problems(bill(request(), FULL), ProblemCode.SECTION_NOT_PRICED)
    assert [(each.where, each.facts["section"]) for each in found] == [
        ("/area", "upstream_loss"), ("/area", "system_operation"),
    ]  # fmt: skip
    meant = {"title": "none", "not_charged": ["upstream_loss", "system_operation"]}
    assert problems(bill({**request(), "price_sheet": meant}, FULL), ProblemCode.SECTION_NOT_PRICED) == []
    assert problems(bill(request()), ProblemCode.SECTION_NOT_PRICED) == []
