"""Contracts of demand by kind in a document: what each row must have."""

from typing import Any

import pytest

from billcalc.tariff.documents import BasicChargeRules
from tests.tariff.test_documents import RULES, document, faults_of

Data = dict[str, Any]

KINDS: Data = {
    "billed": [
        {"price": "demand_kw", "contracts": ["regular"]},
        {"price": "demand_kw.weekend", "contracts": ["off_peak"], "less": {"contracts": ["regular"], "share": "0.5"}},
    ],
    "excess": [
        {"band": "peak", "within": ["regular"], "price": "demand_kw"},
        {"band": "valley", "within": ["regular"], "while_priced": ["off_peak"], "price": "demand_kw.weekend"},
    ],
}


def rules(**kinds: Any) -> Data:
    return {**RULES, "floor_share": "0", "contracts": [{**KINDS, **kinds}]}


def test_a_row_tells_its_kinds_and_their_prices() -> None:
    made = document(rules())
    assert isinstance(made, BasicChargeRules)
    [row] = made.contracts
    assert (row.kinds, row.prices) == (("regular", "off_peak"), ("demand_kw", "demand_kw.weekend"))
    assert row.seasonal == {"off_peak"}


@pytest.mark.parametrize(
    ("kinds", "message"),
    [
        ({"excess": [{"band": "peak", "within": ["other"], "price": "demand_kw"}]},
         "other is not among what the contracts are billed by (regular, off_peak)"),
        ({"excess": [{"band": "peak", "within": ["regular"], "price": "demand_kw.other"}]},
         "demand_kw.other is not among what the contracts are billed by (demand_kw, demand_kw.weekend)"),
        ({"excess": [KINDS["excess"][0], KINDS["excess"][0]]}, "peak is told twice"),
        ({"billed": [*KINDS["billed"], {"price": "demand_kw.more", "contracts": ["regular"]}]},
         "regular is told twice"),
        ({"billed": [KINDS["billed"][0], {"price": "demand_kw", "contracts": ["off_peak"]}],
          "excess": [KINDS["excess"][0]]}, "demand_kw is told twice"),
    ],
)  # fmt: skip
def test_a_row_that_contradicts_itself_is_named(kinds: Data, message: str) -> None:
    assert faults_of(rules(**kinds)) == [f"/contracts/0: inconsistent: {message}; correct one of the two"]


@pytest.mark.parametrize(
    "more", [{"floor_share": "0.4"}, {"discount": {"energy_per_capacity": "260", "factor": "0.9"}}]
)
def test_kinds_have_neither_a_floor_nor_a_discount(more: Data) -> None:
    assert faults_of({**rules(), **more}) == [
        "/: inconsistent: contracts by kind have neither a floor by capacity nor a discount; correct one of the two"
    ]
