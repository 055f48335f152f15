"""The numbers of a transformer: its own, or those of its series by its capacity."""

from datetime import date
from decimal import Decimal

import pytest

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.library.catalog import load_catalog
from billcalc.vocabulary import Kind
from tests.billing.cases import AREA, Data, bill, catalog, changed, fault, point, problems, refusal, transformer
from tests.billing.losses.lost import COEFFICIENT, FORMULA, kwh_lost, low, series, supply_point

ROWS: list[Data] = [
    {"kva": "30", "p0_kw": "0.1", "pk_kw": "0.6", "i0_percent": "3", "uk_percent": "4"},
    {"kva": "50", "p0_kw": "0.2", "pk_kw": "1", "i0_percent": "2", "uk_percent": "4"},
]
S1: Data = {"name": "S1", "voltage": "1-10kV", "rows": ROWS}
LISTED = catalog(series=series(S1, {"name": "S1", "voltage": "35kV", "rows": [{**ROWS[1], "p0_kw": "9"}]}))
WHERE = "/metering_points/0/losses/transformer"


def of_series(name: str = "S1", **own: str) -> Data:
    return low({"transformer": {**FORMULA, "transformers": {"T1": {"series": name, **own}}}})


def test_a_series_tells_what_a_capacity_loses() -> None:
    billed = bill(of_series(), LISTED)
    assert kwh_lost(billed) == [("173", "792")]
    assert "cn-test/transformer_losses/2020-01-01" in [source.id for source in billed.losses[0].sources]


def test_what_a_transformer_tells_itself_goes_before_its_series() -> None:
    # 0.3 × 744 = 223.2 and 24.154839
    assert kwh_lost(of_series(p0_kw="0.3"), LISTED) == [("247", "792")]


def test_a_series_is_asked_for_at_the_voltage_of_the_customer() -> None:
    at_35 = changed(of_series(), {"agreement.0.groups.main.voltage": "35kV"})
    assert kwh_lost(at_35, LISTED) == [("6720", "792")]  # 9 × 744 = 6696
    at_110 = changed(of_series(), {"agreement.0.groups.main.voltage": "110kV"})
    assert refusal(at_110, LISTED).code is RefusalCode.NO_DOCUMENT


def test_a_series_without_a_voltage_is_for_all() -> None:
    tariffs = catalog(series=series({"name": "S1", "rows": ROWS}))
    assert kwh_lost(changed(of_series(), {"agreement.0.groups.main.voltage": "110kV"}), tariffs) == [("173", "792")]


def test_the_latest_document_that_knows_a_series_tells_it() -> None:
    later = series({**S1, "rows": [{**ROWS[1], "p0_kw": "0.3"}]}, start="2024-01-01")
    other = series({**S1, "name": "S2"}, start="2024-06-01")
    future = series({**S1, "rows": [{**ROWS[1], "p0_kw": "0.9"}]}, start="2024-08-01")
    tariffs = catalog(series=[series(S1), later, other, future])
    assert kwh_lost(of_series(), tariffs) == [("247", "792")]
    assert kwh_lost(of_series("S2"), tariffs) == [("173", "792")]


def test_an_unknown_series_is_told_with_those_that_are_known() -> None:
    found = fault(of_series("S9"), LISTED)
    assert (found.code, found.where) == (FaultCode.UNKNOWN_REFERENCE, f"{WHERE}/transformers/T1/series")
    assert found.facts["known"] == "S1"


def test_without_a_document_of_series_the_bill_is_refused() -> None:
    refused = refusal(of_series(), AREA)
    assert (refused.code, refused.facts["kind"]) == (RefusalCode.NO_DOCUMENT, "transformer_losses")


@pytest.mark.parametrize("kva", ["40", "51", "20"])
def test_a_capacity_that_the_series_does_not_tell_is_refused(kva: str) -> None:
    data = changed(of_series(), {"agreement.0.supply_points.S1.transformers.0.kva": kva})
    refused = refusal(data, LISTED)
    assert (refused.code, refused.where) == (RefusalCode.LOSS_NOT_TOLD, WHERE)
    assert (refused.facts["series"], refused.facts["kva"], refused.facts["transformer"]) == ("S1", kva, "T1")


def test_a_number_that_the_series_does_not_tell_is_missing() -> None:
    bare = [{key: value for key, value in ROWS[1].items() if key != "i0_percent"}]
    tariffs = catalog(series=series({**S1, "rows": bare}))
    found = fault(of_series(), tariffs)
    assert (found.code, found.facts["key"], found.where) == (
        FaultCode.MISSING_KEY,
        "i0_percent",
        f"{WHERE}/transformers/T1",
    )
    assert kwh_lost(of_series(i0_percent="2"), tariffs) == [("173", "792")]


def test_a_transformer_that_stands_still_needs_no_series() -> None:
    data = of_series("S9")
    points = {"S1": supply_point(transformer(kva="50", state="suspended"))}
    told = bill(changed(data, {"agreement.0.supply_points": points, "metering_points.0.readings.1.peak": "0",
                               "metering_points.0.readings.1.flat": "0", "metering_points.0.readings.1.valley": "0",
                               "metering_points.0.readings.1.reactive_forward": "0",
                               "agreement.0.basic.mode": "exempt"}), LISTED)  # fmt: skip
    places = [each.where for each in problems(told, ProblemCode.STATED_WITHOUT_EFFECT)]
    assert f"{WHERE}/transformers/T1/series" in places


def test_numbers_that_no_loss_depends_on_are_told() -> None:
    told = bill(low({"transformer": {**FORMULA, "assumed_cosphi": "0.8"}}))
    places = [each.where for each in problems(told, ProblemCode.STATED_WITHOUT_EFFECT)]
    assert f"{WHERE}/assumed_cosphi" in places
    assert f"{WHERE}/load_shape" not in places


# Tables

TABLES: Data = {
    "name": "old",
    "rows": [
        {"kva": "30", "bands": [{"kwh": "90", "kvarh": "1"}]},
        {"kva": "63", "bands": [{"up_to_kwh": "6000", "kwh": "180", "kvarh": "2"}, {"kwh": "200", "kvarh": "3"}]},
        {"kva": "100", "bands": [{"kwh": "300", "kvarh": "4"}]},
    ],
}


def of_table(kva: str) -> Data:
    method = {"method": "table", "transformer": "T1", "series": "old"}
    return low({"transformer": method}, {"agreement.0.supply_points.S1.transformers.0.kva": kva})


@pytest.mark.parametrize(
    ("kva", "lost"), [("30", ("90", "1")), ("50", ("180", "2")), ("63", ("180", "2")), ("64", ("300", "4"))]
)
def test_a_capacity_that_is_not_in_the_table_takes_the_next_larger(kva: str, lost: tuple[str, str]) -> None:
    tariffs = catalog(series=series(tables=[TABLES]))
    assert kwh_lost(of_table(kva), tariffs) == [lost]


def test_a_capacity_above_the_table_is_refused() -> None:
    refused = refusal(of_table("101"), catalog(series=series(tables=[TABLES])))
    assert (refused.code, refused.facts["kva"]) == (RefusalCode.LOSS_NOT_TOLD, "101")


def test_a_table_that_no_document_has_is_unknown() -> None:
    found = fault(of_table("50"), catalog(series=series(S1, tables=[{**TABLES, "name": "new"}])))
    assert (found.code, found.where, found.facts["known"]) == (FaultCode.UNKNOWN_REFERENCE, f"{WHERE}/series", "new")


# The library


@pytest.mark.parametrize(
    ("name", "kva", "no_load", "full_load"),
    [
        ("S11", "200", "0.34", "2.60"),
        ("GB20052-oil-steel-dyn11-3", "630", "0.57", "6.2"),
        ("S9", "315", "0.67", "3.65"),
    ],
)
def test_the_library_knows_series(name: str, kva: str, no_load: str, full_load: str) -> None:
    found = [
        row
        for document in load_catalog(areas=["cn"]).begun(Kind.TRANSFORMER_LOSSES, "cn-guangxi", date(2026, 1, 1))
        for each in document.document.series
        if each.name == name
        for row in each.rows
        if row.kva == Decimal(kva)
    ]
    assert [(row.p0_kw, row.pk_kw) for row in found] == [(Decimal(no_load), Decimal(full_load))]


def test_a_standard_is_not_known_before_it_begins() -> None:
    library = load_catalog(areas=["cn"])
    own = catalog(series=[document for _, document in library.series[Kind.TRANSFORMER_LOSSES, "cn"]])
    gb = "GB20052-oil-steel-yyn0-3"
    assert fault(of_series(gb), own).code is FaultCode.UNKNOWN_REFERENCE
    later = low({"transformer": {**FORMULA, "transformers": {"T1": {"series": "S9"}}}})
    assert kwh_lost(later, own)


# What stands by


def test_a_transformer_in_hot_standby_has_its_iron_loss_alone() -> None:
    two = {"T1": FORMULA["transformers"]["T1"], "T2": FORMULA["transformers"]["T1"]}
    points = {"S1": supply_point(transformer(kva="50"), transformer("T2", "50", "hot_standby"))}
    data = low({"transformer": {**FORMULA, "transformers": two}}, {"agreement.0.supply_points": points})
    # 0.4 × 744 = 297.6 and 24.154839; kvarh 1488 and 48.309677
    assert kwh_lost(data) == [("322", "1536")]
    cold = {"agreement.0.supply_points.S1.transformers.1.state": "sealed_standby"}
    assert kwh_lost(changed(data, cold)) == [("173", "792")]


@pytest.mark.parametrize(
    ("method", "lost"), [(FORMULA, ("149", "744")), (COEFFICIENT, ("149", "744"))], ids=["formula", "coefficient"]
)
def test_where_all_stand_by_there_is_no_copper_loss_and_no_energy(method: Data, lost: tuple[str, str]) -> None:
    points = {"S1": supply_point(transformer(kva="50", state="hot_standby"))}
    data = low({"transformer": method}, {"agreement.0.supply_points": points})
    assert refusal(data).code is RefusalCode.TRANSFORMERS_AT_REST
    still = {"metering_points.0.readings.1": point()["readings"][0] | {"at": "2024-08-01", "kind": "closing"}}
    assert kwh_lost(changed(data, still)) == [lost]


def test_a_suspension_that_is_an_order_cuts_the_loss_as_an_entry_does() -> None:
    two = {"T1": FORMULA["transformers"]["T1"], "T2": FORMULA["transformers"]["T1"]}
    points = {"S1": supply_point(transformer(kva="50"), transformer("T2", "50"))}
    data = low({"transformer": {**FORMULA, "transformers": two}}, {"agreement.0.supply_points": points})
    order = {"kind": "suspension", "supply_point": "S1", "transformers": ["T2"], "sealed": "2024-07-11"}
    suspended = {**data, "changes": [order], "conventions": {"basic": {"changes": "as_stated"}}}
    assert [kwh for kwh, _ in kwh_lost(suspended)] == ["100", "117"]  # as by entries, in test_methods


def test_which_of_interlocked_transformers_ran_must_be_told() -> None:
    two = {"T1": FORMULA["transformers"]["T1"], "T2": FORMULA["transformers"]["T1"]}
    both = {**supply_point(transformer(kva="50"), transformer("T2", "50")), "interlocked": [["T1", "T2"]]}
    data = low({"transformer": {**FORMULA, "transformers": two}}, {"agreement.0.supply_points": {"S1": both}})
    refused = refusal(data)
    assert (refused.code, refused.where) == (RefusalCode.NOT_SUPPORTED, WHERE)
    one = {"agreement.0.supply_points.S1.transformers.1.state": "sealed_standby"}
    assert kwh_lost(changed(data, one)) == [("173", "792")]
