"""A bill with losses proves itself, too: its energies, its tables by capacity, and what is told beside the lines."""

import json
from typing import Any

import pytest

from billcalc.tariff.catalog import Catalog
from billcalc.verify import verify
from billcalc.wire.bill import proof_data
from billcalc.wire.json_writing import json_text
from tests.billing.cases import AREA, Data, bill, catalog
from tests.billing.losses.lost import COEFFICIENT, FIXED, FORMULA, LINE, SHARE, TABLE, low, series
from tests.billing.losses.test_lines import CURRENT, line
from tests.billing.losses.test_shared import U2, shared
from tests.billing.losses.test_transformers import LISTED, TABLES, of_series, of_table

BY_CURRENT = line({"method": "current", "resistance_ohm": "0.5", "reactance_ohm": "0.3", "current_a": "20"})
CASES: dict[str, tuple[Data, Catalog]] = {
    "by formula": (low({"transformer": FORMULA, "line": LINE}), AREA),
    "of a series": (of_series(), LISTED),
    "by coefficient": (low({"transformer": COEFFICIENT}), AREA),
    "by table": (low({"transformer": TABLE}), AREA),
    "by the table of a document": (of_table("50"), catalog(series=series(tables=[TABLES]))),
    "by the month": (low({"transformer": FIXED}), AREA),
    "by a share": (low({"transformer": SHARE}), AREA),
    "of a line": (line(CURRENT, transformer=FORMULA), AREA),
    "by current": (BY_CURRENT, AREA),
    "shared": (shared(U2), AREA),
}


def written(data: Data, tariffs: Catalog) -> Any:
    return json.loads(json_text(proof_data(bill(data, tariffs))))


@pytest.mark.parametrize("name", CASES)
def test_a_bill_with_losses_proves_itself(name: str) -> None:
    assert [each for each in verify(written(*CASES[name])) if not each.is_open] == []


@pytest.mark.parametrize("key", ["kwh", "kvarh", "transformer_kwh", "line_kwh"])
def test_a_loss_that_its_steps_do_not_make_is_found(key: str) -> None:
    changed = written(*CASES["by formula"])
    changed["losses"][0][key] = "9999"
    assert f"/losses/0/{key}" in [each.where for each in verify(changed) if not each.is_open]


def test_a_number_that_the_series_does_not_have_is_found() -> None:
    changed = written(*CASES["of a series"])
    for step in changed["losses"][0]["steps"]:
        if step["name"] == "no_load_loss":
            step["value"] = "0.7"
    assert "table" in {each.code for each in verify(changed)}


def test_the_hours_that_a_transformer_ran_are_those_of_its_days() -> None:
    changed = written(*CASES["by formula"])
    hours = [
        operand
        for step in changed["losses"][0]["steps"]
        for operand in step["operands"]
        if operand["name"] == "running_hours"
    ]
    assert {each["value"] for each in hours} == {"744"}
    for each in hours:
        each["value"] = "743"
    assert ("comes_to", ("2024-07-01/2024-08-01", "744 h", "743 h")) in {
        (each.code, each.facts) for each in verify(changed)
    }
