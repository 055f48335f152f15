"""The customer's agreement, as it is read: the voltages it may name, and what it never assumes."""

from decimal import Decimal

import pytest

from billcalc.agreement.models import Agreement, BasicMode, Group, SupplyPoint
from billcalc.fields import validated
from billcalc.kernel.troubles import InvalidInput
from billcalc.vocabulary import Billing, CustomerClass, Purchase, TransformerState, Voltage

GROUP = {
    "class": "industrial_commercial",
    "billing": "two_part",
    "voltage": "110kV",
    "time_of_use": True,
    "purchase": "agent",
}
SUPPLY_POINT = {
    "power_factor_standard": "0.90",
    "transformers": [{"id": "T1", "kva": "100000", "state": "in_service"}],
}


def test_an_agreement_is_read_with_its_groups_supply_points_and_mode() -> None:
    agreement = validated(
        Agreement,
        {
            "from": "2024-06-12",
            "groups": {"main": GROUP},
            "supply_points": {"S1": SUPPLY_POINT},
            "basic": {"mode": "contracted", "contracts": {"regular": "1000"}},
        },
    )
    main, supply_point = agreement.groups["main"], agreement.supply_points["S1"]
    assert (main.customer_class, main.billing) == (CustomerClass.INDUSTRIAL_COMMERCIAL, Billing.TWO_PART)
    assert (main.voltage, main.purchase, main.time_of_use) == (Voltage.V110, Purchase.AGENT, True)
    assert (main.power_factor.counts_energy, main.power_factor.money_in_base) == (None, None)
    assert supply_point.transformers[0].kva == Decimal(100000)
    assert supply_point.transformers[0].state is TransformerState.IN_SERVICE
    assert (agreement.basic.mode, agreement.basic.contracts) == (BasicMode.CONTRACTED, {"regular": Decimal(1000)})


@pytest.mark.parametrize(
    ("printed", "voltage"),
    [(name, voltage) for voltage in Voltage for name in (voltage.value, *voltage.aliases)],
)
def test_a_supply_has_one_voltage_under_any_of_its_names(printed: str, voltage: Voltage) -> None:
    assert validated(Group, {**GROUP, "voltage": printed}).voltage is voltage


@pytest.mark.parametrize(
    ("printed", "known"),
    [
        (">=110kV", "110kV, 220kV, 330kV, 500kV"),
        ("35-110kV", "35kV, 66kV, 110kV"),
        ("1-10(20)kV", "1-10kV, 20kV"),
        ("", ", ".join(Voltage)),
        (["110kV"], ", ".join(Voltage)),
        (None, ", ".join(Voltage)),
    ],
)
def test_a_range_of_voltages_is_a_row_of_a_table_and_no_supply(printed: object, known: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        validated(Group, {**GROUP, "voltage": printed})
    [fault] = caught.value.faults
    assert (fault.code, fault.where) == ("unknown_word", "/voltage")
    assert fault.facts["known"] == known


def test_the_standard_of_the_power_factor_is_never_assumed() -> None:
    with pytest.raises(InvalidInput) as caught:
        validated(SupplyPoint, {"transformers": []})
    assert [str(fault) for fault in caught.value.faults] == [
        '/: missing_key: the key "power_factor_standard" is missing; add it'
    ]


@pytest.mark.parametrize("missing", ["groups", "supply_points"])
def test_an_agreement_without_groups_or_supply_points_is_refused(missing: str) -> None:
    agreement = {
        "from": "2024-06-12",
        "groups": {"main": GROUP},
        "supply_points": {"S1": SUPPLY_POINT},
        "basic": {"mode": "exempt"},
    }
    with pytest.raises(InvalidInput) as caught:
        validated(Agreement, {**agreement, missing: {}})
    assert [fault.where for fault in caught.value.faults] == [f"/{missing}"]


def test_of_interlocked_transformers_there_are_two_at_least() -> None:
    with pytest.raises(InvalidInput) as caught:
        validated(SupplyPoint, {**SUPPLY_POINT, "interlocked": [["T1"]]})
    [fault] = caught.value.faults
    assert fault.where == "/interlocked/0"
