"""What a batch must have, what is told of rows that are not billed, and what the results say of themselves."""

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pyarrow as pa
import pytest

from billcalc import __version__
from billcalc.bulk import calculate
from billcalc.bulk.calculate import BulkResult
from billcalc.bulk.cells import check_columns
from billcalc.bulk.groups import Key
from billcalc.bulk.plans import PLANS_MAX, Plans
from billcalc.kernel.troubles import InvalidInput
from billcalc.tariff.catalog import Catalog
from tests.bulk import tariffs
from tests.bulk.comparing import bulk
from tests.bulk.numbers import accounts

KWH = "metering_points.0.given.kwh.total"
KVA = "agreement.0.supply_points.S1.transformers.0.kva"
RATIO = "metering_points.0.children.0.value"

TEMPLATE: dict[str, Any] = {
    "area": "cn-east",
    "cycle": {"from": "2024-05-01", "to": "2024-06-01"},
    "period": {"from": "2024-05-01", "to": "2024-06-01"},
    "agreement": [
        {
            "from": "2024-05-01",
            "groups": {
                "main": {
                    "class": "general_commercial",
                    "billing": "one_part",
                    "voltage": "10kV",
                    "time_of_use": False,
                    "purchase": "agent",
                },
                "home": {
                    "class": "residential",
                    "billing": "one_part",
                    "voltage": "10kV",
                    "time_of_use": False,
                    "purchase": "catalogue",
                },
            },
            "supply_points": {"S1": {"power_factor_standard": "none"}},
            "basic": {"mode": "exempt"},
        }
    ],
    "metering_points": [
        {
            "id": "M1",
            "group": "main",
            "supply_point": "S1",
            "side": "high",
            "given": {"kwh": {"total": "100"}},
            "children": [{"id": "C1", "kind": "ratio", "group": "home", "value": "0.25"}],
        }
    ],
}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return tariffs.catalog()


def billed(catalog: Catalog, columns: dict[str, Any], output: str = "totals") -> BulkResult:
    rows = max(len(values) for values in columns.values())
    named = {"account": [f"A{number}" for number in range(rows)], **columns}
    return bulk(pa.RecordBatch.from_pydict(named), catalog, output, template=TEMPLATE)


def rejects(result: BulkResult) -> list[tuple[int, str, str]]:
    return [(row["row"], row["field"], row["code"]) for row in result.rejects.to_pylist()]


def test_a_row_for_each_bill(catalog: Catalog) -> None:
    result = billed(catalog, {KWH: ["1000", "0"]})
    first, second = result.bills.to_pylist()
    assert first == {
        "account": "A0",
        "energy": Decimal("307.50"),
        "upstream_loss": Decimal("12.24"),
        "network_energy": Decimal("57.34"),
        "network_capacity": Decimal("12.50"),
        "system_operation": Decimal("11.35"),
        "levies": Decimal("16.97"),
        "catalogue": Decimal("125.08"),
        "minimum": Decimal("0.00"),
        "power_factor": Decimal("0.00"),
        "refunds": Decimal("0.00"),
        "total": Decimal("542.98"),
        "kwh": Decimal(1000),
        "path": "columns",
    }
    assert second["total"] == Decimal("12.50")
    assert (result.billed, rejects(result)) == (2, [])


def test_a_row_for_each_component(catalog: Catalog) -> None:
    rows = billed(catalog, {KWH: ["1000"]}, "components").bills.to_pylist()
    assert [(row["code"], row["group"], row["amount"]) for row in rows] == [
        ("purchase", "main", Decimal("307.50")),
        ("upstream_loss", "main", Decimal("12.24")),
        ("network_energy", "main", Decimal("57.34")),
        ("meter_fee", "main", Decimal("12.50")),
        ("operation", "main", Decimal("15.00")),
        ("cross_subsidy", "main", Decimal("-3.65")),
        ("water_projects", "main", Decimal("1.48")),
        ("rural_grid_loan", "main", Decimal("15.00")),
        ("water_projects", "home", Decimal("0.49")),
        ("catalogue_energy", "home", Decimal("125.08")),
    ]


def test_a_row_for_each_line(catalog: Catalog) -> None:
    [row] = [
        row for row in billed(catalog, {KWH: ["1000"]}, "lines").bills.to_pylist() if row["code"] == "network_energy"
    ]
    assert row == {
        "account": "A0",
        "code": "network_energy",
        "label": None,
        "section": "network_energy",
        "group": "main",
        "band": None,
        "from": date(2024, 5, 1),
        "to": date(2024, 6, 1),
        "quantity": Decimal(750),
        "unit": "kWh",
        "price": Decimal("0.07645"),
        "amount": Decimal("57.34"),
    }


def test_the_schema_tells_how_the_bills_were_made(catalog: Catalog) -> None:
    for output in ("totals", "components", "lines"):
        schema = billed(catalog, {KWH: ["1"]}, output).bills.schema
        assert schema.metadata == {
            b"billcalc.version": __version__.encode(),
            b"billcalc.tariff_set": b"invented",
            b"billcalc.currency": b"CNY",
        }
        money = {field.type for field in schema if field.name in ("amount", "total", "levies")}
        assert money == {pa.decimal128(38, 2)}
        assert billed(catalog, {KWH: ["x"]}, output).bills.schema == schema, "of no bill it is the same"
        assert {field.name for field in schema if field.nullable} <= {"label", "band", "quantity", "price"}


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ({KWH: ["1", "x", "2"]}, [(2, "/metering_points/0/given/kwh/total", "not_a_number")]),
        ({RATIO: ["0", "1", "1.5", "-1"]}, [
            (3, "/metering_points/0/children/0", "out_of_range"),
            (4, "/metering_points/0/children/0/value", "negative"),
        ]),
        ({KWH: ["x"], RATIO: ["9" * 20]}, [(1, "/metering_points/0/given/kwh/total", "not_a_number")]),
        ({KWH: ["1"], RATIO: ["9" * 20]}, [(1, "/metering_points/0/children/0", "out_of_range")]),
        ({KWH: ["1"], "agreement.0.groups.main.purchase": ["market"]}, [(1, "/price_sheet/prices", "price_not_given")]),
        ({KWH: ["-1", "x"], "area": ["cn-gansu", "cn-gansu"], "given.0.amount": ["1", "1"]}, [
            (1, "/given/0", "missing_key"),
            (2, "/metering_points/0/given/kwh/total", "not_a_number"),
        ]),
        ({KWH: ["1", "1", "9" * 20], "area": ["cn-east", "cn-gansu", "cn-gansu"]}, [
            (2, "/area", "no_document"),
            (3, "/area", "no_document"),
        ]),
        ({KWH: ["-" + "9" * 15]}, [(1, "/metering_points", "child_above_parent")]),
        ({KWH: ["x" * 50], "account": [None]}, [(1, "/account", "missing_key")]),
        ({"nonsense": ["x", None]}, [(1, "/nonsense", "unknown_key")]),
        ({"given": ["x"], "given.0.amount": ["1"]}, [(1, "/given/0/amount", "inconsistent")]),
        ({"tariff_set.hash": ["invented", "another"]}, [(2, "/tariff_set/hash", "inconsistent")]),
        ({"tariff_set.as_known_on": ["2023-12-31", "2024-06-01"]}, [(1, "/area", "no_document")]),
    ],
)  # fmt: skip
def test_what_is_told_of_rows_that_are_not_billed(
    catalog: Catalog, columns: dict[str, Any], found: list[tuple[int, str, str]]
) -> None:
    result = billed(catalog, columns)
    rows = len(next(iter(columns.values())))
    for row, field, code in found:
        told = [each for each in rejects(result) if each[0] == row]
        assert [(each[0], each[2]) for each in told] == [(row, code)]
        assert told[0][1].startswith(field.rstrip("/")) or field == ""
    assert result.billed == rows - len(found)


def test_the_sentence_of_a_reject_has_the_rows_own_numbers(catalog: Catalog) -> None:
    messages = billed(catalog, {RATIO: ["1.50", "-0.25", "x"]}).rejects.column("message").to_pylist()
    assert messages == [
        "1.5 is not within 0 to 1; correct the value",
        "-0.25 is negative; give a value of zero or more; a refund is a given line",
        '"x" is not a number: write digits with at most one decimal point, such as "1234.50"; correct the number',
    ]


@pytest.mark.parametrize("kwh", ["1.0000000001", "9999999999999999999999999999999.5"])
def test_a_result_without_room_is_rejected_and_not_rounded(catalog: Catalog, kwh: str) -> None:
    result = billed(catalog, {"given.0.kwh": [kwh, "5"], **given_line(2)})
    assert rejects(result) == [(1, "", "out_of_range")]
    assert result.billed == 1
    [message] = result.rejects.column("message").to_pylist()
    assert "what a result can hold, 36 digits in all" in message


def given_line(rows: int) -> dict[str, Any]:
    told = {"code": "refund", "section": "refunds", "group": "main"}
    return {**{f"given.0.{name}": [value] * rows for name, value in told.items()}, "given.0.amount": ["1.00"] * rows}


def test_rows_with_too_many_digits_are_billed_by_themselves_and_say_so(catalog: Catalog) -> None:
    kwh = ["1000", "1" + "0" * 20, "1000.000000000000000000000000000001", "100000000000000000000"]
    result = billed(catalog, {KWH: kwh})
    assert [row["path"] for row in result.bills.to_pylist()] == ["columns", "scalars", "scalars"]
    assert rejects(result) == [(3, "", "out_of_range")]
    assert result.bills.to_pylist()[1]["kwh"] == 10**20


def test_problems_count_the_bills_that_have_them(catalog: Catalog) -> None:
    facts = {
        "facts.S1.cosphi": ["0.9", "0.95", "1.5", "1" + "0" * 20],
        "agreement.0.supply_points.S1.power_factor_standard": ["0.90"] * 4,
    }
    result = billed(catalog, facts)
    assert result.billed == 2
    assert result.problems == {"given_fact": 2, "group_outside_base": 2}  # a household, and nothing of it is adjusted


def test_rows_are_numbered_on_over_batches(catalog: Catalog) -> None:
    batch = pa.RecordBatch.from_pydict({"account": ["a", "b"], KWH: ["1", "x"]})
    other = pa.RecordBatch.from_pydict({"account": ["c", "d"], KWH: ["1", "x"]})
    results = list(calculate([batch, other], catalog, template=TEMPLATE, first_row=11))
    assert [each.rejects.column("row").to_pylist() for each in results] == [[12], [14]]


def test_a_batch_without_rows(catalog: Catalog) -> None:
    result = billed(catalog, {KWH: []})
    assert (result.billed, result.bills.num_rows, result.rejects.num_rows) == (0, 0, 0)


@pytest.mark.parametrize(
    ("values", "day"),
    [
        (pa.array([date(2024, 5, 1)]), True),
        (pa.array(["2024-05-01"]).dictionary_encode(), True),
        (pa.array(["2024-05-01"], pa.large_string()), True),
        (pa.array([20240501]), False),
    ],
)
def test_a_day_may_be_a_date_or_its_text(catalog: Catalog, values: pa.Array, day: bool) -> None:
    batch = pa.RecordBatch.from_arrays([pa.array(["a"]), values], names=["account", "agreement.0.from"])
    result = bulk(batch, catalog, "totals", template=TEMPLATE)
    assert (result.billed == 1) is day


@pytest.mark.parametrize("value", [True, "true", "TRUE"])
def test_a_truth_may_be_a_word(catalog: Catalog, value: object) -> None:
    result = billed(catalog, {"agreement.0.groups.main.time_of_use": [value]})
    assert rejects(result) == [(1, "/metering_points/0", "energy_not_measured")]


def test_a_word_that_is_no_truth_is_refused(catalog: Catalog) -> None:
    result = billed(catalog, {"agreement.0.groups.main.time_of_use": ["yes"]})
    assert rejects(result) == [(1, "/agreement/0/groups/main/time_of_use", "wrong_type")]


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ([("account", pa.string()), (KWH, pa.float64())], [(f"/{KWH.replace('.', '/')}", "not_a_number")]),
        ([("account", pa.string()), (KWH, pa.dictionary(pa.int8(), pa.float32()))], [("/metering_points", "not_a_number")]),
        ([(KWH, pa.string())], [("", "missing_key")]),
        ([("account", pa.string()), ("account", pa.string())], [("/account", "duplicate_key")]),
        ([("account", pa.string()), ("facts.S1.cosphi", pa.string()), ("/facts/S1/cosphi", pa.string())],
         [("/facts/S1/cosphi", "duplicate_key")]),
        ([("account", pa.string()), ("given.0.supplies", pa.list_(pa.string()))], [("/given/0/supplies", "wrong_type")]),
        ([("account", pa.string()), ("area", pa.binary())], [("/area", "wrong_type")]),
        ([("account", pa.float64())], [("/account", "wrong_type")]),
        ([("account", pa.string()), ("agreement.0.from", pa.timestamp("us"))], [("/agreement/0/from", "wrong_type")]),
        ([("account", pa.string()), ("area", pa.large_binary())], [("/area", "wrong_type")]),
        ([("account", pa.string()), ("area", pa.run_end_encoded(pa.int32(), pa.float32()))], [("/area", "wrong_type")]),
        ([("account", pa.string()), ("area", pa.duration("s"))], [("/area", "wrong_type")]),
    ],
)  # fmt: skip
def test_what_a_table_must_have(fields: list[Any], faults: list[tuple[str, str]]) -> None:
    with pytest.raises(InvalidInput) as raised:
        check_columns(pa.schema(fields))
    for fault, (where, code) in zip(raised.value.faults, faults, strict=True):
        assert fault.where.startswith(where)
        assert fault.code == code


def test_a_batch_is_checked(catalog: Catalog) -> None:
    with pytest.raises(InvalidInput, match="missing_key"):
        bulk(pa.RecordBatch.from_pydict({"area": ["cn"]}), catalog, "totals")


def test_a_capacity_that_stays_over_an_entry_is_one_charge_and_one_that_changes_two(catalog: Catalog) -> None:
    [data] = [data for _, data in accounts(Random(1), 1, per_structure=1)]
    assert data["area"] in tariffs.AREAS
    first = {**TEMPLATE["agreement"][0], "basic": {"mode": "capacity"}}
    group = {**first["groups"]["main"], "class": "industrial_commercial", "billing": "two_part"}
    entries = [
        {
            **first,
            "from": day,
            "groups": {"main": group},
            "supply_points": {
                "S1": {
                    "power_factor_standard": "none",
                    "transformers": [{"id": "T1", "kva": "1", "state": "in_service"}],
                }
            },
        }
        for day in ("2024-05-01", "2024-05-11")
    ]
    template = {
        **TEMPLATE,
        "agreement": entries,
        "metering_points": [{**TEMPLATE["metering_points"][0], "children": []}],
    }
    batch = pa.RecordBatch.from_pydict(
        {
            "account": ["stays", "changes"],
            KVA: ["100", "100"],
            KVA.replace("agreement.0", "agreement.1"): ["100.0", "200"],
        }
    )
    lines = [
        (row["account"], row["quantity"])
        for row in bulk(batch, catalog, "lines", template=template).bills.to_pylist()
        if row["code"] == "capacity"
    ]
    assert lines == [
        ("stays", Decimal(100)),
        ("changes", Decimal("32.258065")),
        ("changes", Decimal("135.483871")),
    ]


def test_of_rows_with_a_structure_each_the_oldest_plans_are_forgotten(catalog: Catalog) -> None:
    plans = Plans(catalog, TEMPLATE)
    kept = Key((("conventions.total_round", "1"),), ())
    first = plans.of(kept)
    for number in range(PLANS_MAX):
        plans.of(Key((("nonsense", str(number)),), ()))
        assert plans.of(kept) is first, "what is asked for stays"
    assert len(plans._made) == PLANS_MAX


def test_a_number_of_the_template_that_cannot_be_rejects_every_row(catalog: Catalog) -> None:
    entry = {**TEMPLATE["agreement"][0], "supply_points": {"S1": {"power_factor_standard": "0.90"}}}
    template = {**TEMPLATE, "agreement": [entry], "facts": {"S1": {"cosphi": "1.5"}}}
    batch = pa.RecordBatch.from_pydict({"account": ["a", "b"], KWH: ["1", "2"]})
    result = bulk(batch, catalog, "totals", template=template)
    assert rejects(result) == [(1, "/facts/S1/cosphi", "out_of_range"), (2, "/facts/S1/cosphi", "out_of_range")]
    assert set(result.rejects.column("message").to_pylist()) == {"1.5 is not within 0 to 1; correct the value"}
