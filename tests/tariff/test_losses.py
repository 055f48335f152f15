"""Documents of losses: their rows are in order, and tell the same things."""

from typing import Any

import pytest

from billcalc.fields import validated
from billcalc.kernel.troubles import InvalidInput
from billcalc.tariff.losses import Series, SeriesTable
from tests.billing.cases import document

ROW = {"kva": "50", "p0_kw": "0.2", "pk_kw": "1"}
BANDS: list[dict[str, Any]] = [{"up_to_kwh": "10", "kwh": "1", "kvarh": "1"}, {"kwh": "2", "kvarh": "2"}]


def fault_of(model: type[Series] | type[SeriesTable], data: object) -> str:
    with pytest.raises(InvalidInput) as caught:
        validated(model, data)
    [fault] = caught.value.faults
    return str(fault)


def test_capacities_rise() -> None:
    told = fault_of(Series, {"name": "S", "rows": [ROW, ROW]})
    assert told.startswith("/rows: inconsistent: each row of the table must be above the one before")


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([{"kva": "50", "bands": BANDS[:1]}], "each band but the last has its up_to_kwh, and the last none"),
        ([{"kva": "50", "bands": [BANDS[1], BANDS[1]]}], "each band but the last has its up_to_kwh, and the last none"),
        ([{"kva": "50", "bands": [BANDS[0], BANDS[0], BANDS[1]]}], "each row of the table must be above"),
        ([{"kva": "50", "bands": [BANDS[0], {"kwh": "2"}]}], "some bands of the table tell the kvarh and some do not"),
        ([{"kva": "50", "bands": BANDS}, {"kva": "50", "bands": BANDS}], "each row of the table must be above"),
        (
            [{"kva": "50", "bands": BANDS}, {"kva": "60", "bands": [{"kwh": "2"}]}],
            "some rows of the table tell the kvarh and some do not",
        ),
    ],
)
def test_tables_are_in_order(rows: list[dict[str, Any]], reason: str) -> None:
    assert reason in fault_of(SeriesTable, {"name": "S", "rows": rows})


def test_documents_of_losses_are_read() -> None:
    series = [{"name": "S", "voltage": "1-10(20)kV", "rows": [ROW]}]
    read = document("transformer_losses", "2020-01-01", {"series": series})
    assert read.series[0].rows[0].i0_percent is None  # type: ignore[attr-defined]
    assert [each.value for each in read.series[0].voltage] == ["1-10kV", "20kV"]  # type: ignore[attr-defined]
