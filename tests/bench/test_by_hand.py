"""The hand-written programs that speed is held against bill the same as the engine, to the fen."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.by_hand import FIXTURE, Integers, Tariff, bill_of_decimals, tariff_of
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.planning.planner import make_plan
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.files.loading import load
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog

_REQUEST = load(Request, Path(__file__).parents[2] / "fixtures" / FIXTURE / "request.yaml")
_REGISTERS = ("peak", "flat", "valley", "reactive_forward")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="module")
def tariff(catalog: Catalog) -> Tariff:
    bill = calculate(_REQUEST, catalog, derivation=False)
    assert isinstance(bill, Bill)
    return tariff_of(bill, make_plan(_REQUEST, catalog)[0])


def _told(moved: tuple[int, ...], kva: int) -> dict[str, Any]:
    """The request of the fixture with other readings [0.01] and another capacity."""
    data: dict[str, Any] = json.loads(_REQUEST.model_dump_json(by_alias=True, exclude_none=True))
    opening, closing = data["metering_points"][0]["readings"]
    registers = {"opening": opening["registers"], "closing": closing["registers"]}
    for register, hundredths in zip(_REGISTERS, moved, strict=True):
        opened = Decimal(registers["opening"][register])
        registers["closing"][register] = str(opened + Decimal(hundredths).scaleb(-2))
    for reading, told in ((opening, registers["opening"]), (closing, registers["closing"])):
        told["total"] = str(sum((Decimal(told[band]) for band in _REGISTERS[:3]), Decimal(0)))
        del reading["registers"]
        reading.update(told)
    data["agreement"][0]["supply_points"]["S1"]["transformers"][0]["kva"] = str(kva)
    return data


@settings(max_examples=15)
@given(moved=st.tuples(*[st.integers(0, 500)] * 4), kva=st.integers(1, 200_000))
def test_both_programs_written_by_hand_bill_what_the_engine_bills(
    catalog: Catalog, tariff: Tariff, moved: tuple[int, ...], kva: int
) -> None:
    if not any(moved[:3]):
        moved = (1, *moved[1:])  # of no energy at all there is no power factor
    data = _told(moved, kva)
    bill = calculate(validated(Request, data), catalog, derivation=False)
    assert isinstance(bill, Bill)
    expected = {(line.code, line.band): line.amount for line in bill.lines}

    by_decimals = json.loads(bill_of_decimals(json.dumps(data).encode(), tariff))

    told = {(line["code"], line.get("band")): Decimal(line["amount"]) for line in by_decimals["lines"]}
    assert told == expected
    assert Decimal(by_decimals["total"]) == bill.total
    opening, closing = data["metering_points"][0]["readings"]
    pairs = [Decimal(reading[register]) for register in _REGISTERS for reading in (opening, closing)]
    rest = (data["metering_points"][0]["config"][0]["multiplier"], str(kva), data["given"][0]["amount"])
    *amounts, total = Integers(tariff).evaluate((*pairs, *map(Decimal, rest)))
    assert sorted(amounts) == sorted(int(amount.scaleb(2)) for amount in expected.values())
    assert total == int(bill.total.scaleb(2))
